"""Compare an answer with the schema of its document, taken as closed: nothing more, nothing less, nothing else.

A validator of JSON Schema says that something is wrong; this says what and where, in the words of somebody who has to
find out what a venue changed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import jsonschema_rs

from spotwire_contract.calls import types_of
from spotwire_contract.findings import Finding
from spotwire_contract.oracle import validator
from spotwire_contract.spec import Node, Spec, is_list, is_object

UNKNOWN_FIELD, MISSING_FIELD = "unknown-field", "missing-field"
WRONG_TYPE, UNKNOWN_ENUM, WRONG_VALUE = "wrong-type", "unknown-enum-value", "wrong-value"

SHOWN = 60
_INNER = frozenset({"properties", "required", "additionalProperties", "items", "prefixItems", "allOf", "oneOf", "enum"})
_SAYING = frozenset({"description", "example", "default", "format"})


def differences(spec: Spec, schema: Node, value: Any, path: str = "$") -> Iterator[Finding]:
    """Give everything in which a value is not what the schema says. Numbers are read as int and Decimal."""
    schema = spec.resolve(schema)
    if "oneOf" in schema:
        yield from _nearest(spec, schema["oneOf"], value, path)
        return
    if "allOf" in schema:
        schema = _merged(spec, schema)
    types = types_of(schema)
    if types and not any(_is(value, kind) for kind in types):
        yield Finding(WRONG_TYPE, path, f"{' or '.join(types)} is documented, got {_shown(value)}")
    elif "enum" in schema and value not in schema["enum"]:
        yield Finding(UNKNOWN_ENUM, path, f"{_shown(value)} is none of {_shown(schema['enum'])}")
    elif is_object(value):
        yield from _in_object(spec, schema, value, path)
    elif is_list(value):
        yield from _in_list(spec, schema, value, path)
    else:
        yield from _in_value(spec, schema, value, path)


def _nearest(spec: Spec, branches: Sequence[Node], value: Any, path: str) -> Iterator[Finding]:
    """Compare with every alternative and report the one that is least wrong."""
    compared = [list(differences(spec, branch, value, path)) for branch in branches]
    yield from min(compared, key=lambda found: (any(one.path == path for one in found), len(found)))


def _merged(spec: Spec, schema: Node) -> Node:
    """Put the parts of an object together."""
    whole: Node = {"type": "object", "properties": {}, "required": []}
    for part in [*schema["allOf"], {key: value for key, value in schema.items() if key != "allOf"}]:
        part = spec.resolve(part)  # noqa: PLW2901 - the same part, readable
        part = _merged(spec, part) if "allOf" in part else part  # noqa: PLW2901
        whole["properties"] |= part.get("properties", {})
        whole["required"] += part.get("required", [])
        if "additionalProperties" in part:
            whole["additionalProperties"] = part["additionalProperties"]
    return whole


def _in_object(spec: Spec, schema: Node, value: Mapping[str, Any], path: str) -> Iterator[Finding]:
    members: Mapping[str, Node] = schema.get("properties", {})
    for wire in schema.get("required", []):
        if wire not in value:
            yield Finding(MISSING_FIELD, f"{path}.{wire}", "is documented as always there")
    others = schema.get("additionalProperties", not members)
    for wire, member in value.items():
        if wire in members:
            yield from differences(spec, members[wire], member, f"{path}.{wire}")
        elif is_object(others):
            yield from differences(spec, others, member, f"{path}.{wire}")
        elif not others:
            yield Finding(UNKNOWN_FIELD, f"{path}.{wire}", f"is not documented, got {_shown(member)}")


def _in_list(spec: Spec, schema: Node, value: Sequence[Any], path: str) -> Iterator[Finding]:
    places: Sequence[Node] = schema.get("prefixItems", [])
    for index, item in enumerate(value):
        if index < len(places):
            yield from differences(spec, places[index], item, f"{path}[{index}]")
        elif index >= schema.get("maxItems", len(value)):
            yield Finding(UNKNOWN_FIELD, f"{path}[{index}]", f"is not documented, got {_shown(item)}")
        elif is_object(schema.get("items")):
            yield from differences(spec, schema["items"], item, f"{path}[{index}]")
    for index in range(len(value), schema.get("minItems", 0)):
        yield Finding(MISSING_FIELD, f"{path}[{index}]", "is documented as always there")


def _in_value(spec: Spec, schema: Node, value: Any, path: str) -> Iterator[Finding]:
    """Check patterns and bounds."""
    rules = {k: v for k, v in schema.items() if k not in _INNER | _SAYING and not k.startswith("x-")}
    if rules.keys() <= {"type"}:
        return
    try:
        validator(spec.venue, json.dumps(rules)).validate(value)
    except jsonschema_rs.ValidationError as error:
        yield Finding(WRONG_VALUE, path, error.message[: 4 * SHOWN])
    except ValueError:
        yield Finding(WRONG_VALUE, path, "is no valid Unicode")


def _is(value: Any, kind: str) -> bool:
    if kind in ("integer", "number"):
        whole = isinstance(value, int) or (isinstance(value, Decimal) and value == value.to_integral_value())
        return not isinstance(value, bool) and (whole or (kind == "number" and isinstance(value, Decimal)))
    kinds = {"string": str, "boolean": bool, "null": type(None), "object": dict, "array": list}
    return isinstance(value, kinds[kind])


def _shown(value: Any) -> str:
    text = json.dumps(value, default=str, ensure_ascii=True)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
