"""What a client refuses before it sends anything is what the document forbids: both have the same bounds."""

from __future__ import annotations

from typing import Any

import pytest

from contract.conftest import OPERATIONS
from spotwire_contract.calls import declared, types_of
from spotwire_contract.spec import Node, Operation

BOUNDS = {
    "integer": {"minimum": "minimum", "maximum": "maximum"},
    "string": {"minLength": "min_length", "maxLength": "max_length"},
    "array": {"minItems": "min_length", "maxItems": "max_length"},
}
"""By JSON type: the document's word and the client's."""


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_bounds_of_the_client_are_those_of_the_document(operation: Operation) -> None:
    """A limit of 5000 levels is sent and one of 5001 is refused exactly where the document says so."""
    expected = {p.wire: documented(p.schema) for p in operation.parameters if p.fill not in ("auth", "clock")}
    params = {param.wire: param for param in declared(operation).params}

    assert expected == {wire: {ours: getattr(params[wire], ours) for ours in expected[wire]} for wire in expected}


def documented(schema: Node) -> dict[str, Any]:
    """Return the bounds of a parameter under the names of the client; amounts, times and enums have none there."""
    if "enum" in schema or schema.get("format") in ("decimal", "date-time"):
        return {}
    words = next((words for kind, words in BOUNDS.items() if kind in types_of(schema)), {})
    return {ours: schema.get(theirs) for theirs, ours in words.items()}
