"""The venue documents, judged by libraries that the generator does not use."""

from __future__ import annotations

from collections import Counter

import openapi_spec_validator
import pytest

from contract.spec import ALL, OPERATIONS, VENUES

DOCUMENTED = {"bitunix": 24, "coinstore": 24, "coinw": 22, "jex": 18, "mexc": 21}


@pytest.mark.parametrize("venue", VENUES)
def test_document_is_valid_openapi(venue: str) -> None:
    """openapi-spec-validator has nothing against it."""
    openapi_spec_validator.validate(ALL[venue].root)


def test_every_documented_operation_is_there() -> None:
    """The five documents have 94 operations between them, and Bitunix 15 more on its other pages."""
    assert Counter(operation.venue for operation in OPERATIONS) == DOCUMENTED
