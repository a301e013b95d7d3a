"""The venue documents, judged by libraries that the generator does not use."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

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


def test_specs_name_no_place_outside_the_project() -> None:
    """A spec stands alone: it refers to public pages and to nothing on a developer's disk."""
    text = "".join(path.read_text(encoding="utf-8") for path in Path("specs").rglob("*.*"))

    assert [] == [word for word in ("../shared", "/work/", "fact sheet") if word in text]
