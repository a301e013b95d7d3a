"""The comparison of an answer with its document: as strict as a closed schema, and it says what and where."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from generator.rules import Closed
from spotwire_contract.answers import differences
from spotwire_contract.spec import Node, Operation, Spec, exact, operations, venues

Path = tuple[str | int, ...]

OPERATIONS = [operation for venue in venues() for operation in operations(venue)]

SPEC = Spec(
    "mexc",
    {
        "components": {
            "schemas": {
                "Side": {"type": "string", "enum": ["BUY", "SELL"]},
                "Level": {
                    "type": "array",
                    "prefixItems": [{"type": "string", "pattern": "^[0-9.]+$"}, {"type": "number"}],
                    "minItems": 2,
                    "maxItems": 2,
                },
                "Base": {"type": "object", "required": ["id"], "properties": {"id": {"type": ["string", "integer"]}}},
            }
        }
    },
)
SCHEMA: Node = {
    "allOf": [
        {"$ref": "#/components/schemas/Base"},
        {
            "type": "object",
            "required": ["side"],
            "properties": {
                "side": {"$ref": "#/components/schemas/Side"},
                "levels": {"type": "array", "items": {"$ref": "#/components/schemas/Level"}},
                "rates": {"type": "object", "additionalProperties": {"type": "integer"}},
                "fee": {"oneOf": [{"type": "string", "maxLength": 3}, {"type": "array", "items": {"type": "string"}}]},
            },
        },
    ]
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({}, [], id="as documented"),
        pytest.param({"id": 7, "fee": ["1", "2"], "rates": {"A": 1}}, [], id="another documented type"),
        pytest.param({"new": 1}, [("unknown-field", "$.new")], id="unknown field"),
        pytest.param({"side": ...}, [("missing-field", "$.side")], id="missing field"),
        pytest.param({"id": ...}, [("missing-field", "$.id")], id="missing field of the other part"),
        pytest.param({"id": None}, [("wrong-type", "$.id")], id="null"),
        pytest.param({"id": True}, [("wrong-type", "$.id")], id="a boolean is no integer"),
        pytest.param({"side": "buy"}, [("unknown-enum-value", "$.side")], id="unknown enum value"),
        pytest.param({"levels": {}}, [("wrong-type", "$.levels")], id="object instead of array"),
        pytest.param({"levels": [["1", 2], ["1,5", 2]]}, [("wrong-value", "$.levels[1][0]")], id="pattern"),
        pytest.param({"levels": [["1", "2"]]}, [("wrong-type", "$.levels[0][1]")], id="text instead of a number"),
        pytest.param({"levels": [["1", 2, 3]]}, [("unknown-field", "$.levels[0][2]")], id="longer row"),
        pytest.param({"levels": [["1"]]}, [("missing-field", "$.levels[0][1]")], id="shorter row"),
        pytest.param({"rates": {"A": "1"}}, [("wrong-type", "$.rates.A")], id="value of a map"),
        pytest.param({"fee": "1234"}, [("wrong-value", "$.fee")], id="nearest alternative, text"),
        pytest.param({"fee": ["1", 2]}, [("wrong-type", "$.fee[1]")], id="nearest alternative, list"),
        pytest.param({"fee": 1}, [("wrong-type", "$.fee")], id="no alternative"),
        pytest.param({"side": "\ud800"}, [("unknown-enum-value", "$.side")], id="no Unicode"),
        pytest.param({"levels": [["\ud800", 1]]}, [("wrong-value", "$.levels[0][0]")], id="no Unicode, pattern"),
    ],
)
def test_difference_is_named_with_its_place(changed: Node, expected: list[tuple[str, str]]) -> None:
    """Each kind of drift has a name of its own and the JSON path of what drifted."""
    answer: dict[str, Any] = {"id": "1", "side": "BUY", "levels": [["1.5", Decimal("2.5")]]} | changed
    answer = {name: value for name, value in answer.items() if value is not ...}

    assert expected == [(found.kind, found.path) for found in differences(SPEC, SCHEMA, answer)]


def test_object_stays_open_when_one_of_its_parts_says_so() -> None:
    """What a part says of further members holds for the whole object."""
    part: Node = {"type": "object", "required": [], "properties": {}, "additionalProperties": {"type": "integer"}}

    found = differences(SPEC, {"allOf": [{"$ref": "#/components/schemas/Base"}, part]}, {"id": 1, "a": 2, "b": "3"})

    assert [("wrong-type", "$.b")] == [(one.kind, one.path) for one in found]


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_verdict_is_that_of_the_closed_schema(operation: Operation) -> None:
    """On the documented answers, and on each of them with one change anywhere, it agrees with a JSON Schema validator."""
    validator = Closed(operation.spec.root).validator(operation.answer)
    disagreed: list[str] = []
    count = 0
    for example in operation.examples:
        if ".failure." in example.name:
            continue
        printed = json.loads(example.read_bytes())
        assert validator.is_valid(printed)
        for changed, how in [(printed, "as printed"), *_changes(printed)]:
            found = list(differences(operation.spec, operation.answer, exact(json.dumps(changed))))
            count += 1
            if bool(found) == validator.is_valid(changed):
                disagreed.append(f"{example.name} {how}: {found}")

    assert [] == disagreed
    assert count


def _changes(printed: Any) -> Iterator[tuple[Any, str]]:
    """Change one place after the other, the first item of each array only."""
    for path in _paths(printed):
        odd: list[Any] = [None, "", "odd", 987654, 1.5, True, [], {}, [[]], {"odd": 1}]
        for value in odd:
            yield _with(printed, path, value), f"{path} is {value!r}"
        yield _with(printed, path, ...), f"{path} is missing"
        yield _with(printed, (*path[:-1], "odd"), 1), f"{path[:-1]} has one more"


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    places = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
    for place, member in places:
        yield from _paths(member, (*path, place))


def _with(printed: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(printed)
    target = changed
    for place in path[:-1]:
        target = target[place]
    last = path[-1]
    if value is ...:
        del target[last]
    elif isinstance(target, list) and not isinstance(last, int):
        target.append(value)
    else:
        target[last] = value
    return changed
