"""The venue documents, judged by libraries that the generator does not use."""

from __future__ import annotations

import openapi_spec_validator
import pytest

from spotwire_contract.spec import load, operations, venues

DOCUMENTED = {"bitunix": 24, "coinstore": 24, "coinw": 22, "jex": 18, "mexc": 21}


@pytest.mark.parametrize("venue", venues())
def test_document_is_valid_openapi(venue: str) -> None:
    """openapi-spec-validator has nothing against it."""
    openapi_spec_validator.validate(load(venue).root)


def test_every_documented_operation_is_there() -> None:
    """The five documents have 94 operations between them, and Bitunix 15 more on its other pages."""
    assert all(len(operations(venue)) >= DOCUMENTED.get(venue, 0) for venue in venues())
