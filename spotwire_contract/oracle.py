"""Say of a request whether its document allows it, read from the final bytes and independently of the simulated venue."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema_rs

from spotwire_contract.calls import types_of
from spotwire_contract.spec import Node, Operation, Parameter, is_list, is_object, load

# JSON Schema has no word for either.
LARGEST_EXPONENT = 60
LARGEST_INTEGER = 2**63 - 1

_integer = re.compile(r"0|-?[1-9][0-9]*", re.ASCII).fullmatch
_number = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII).fullmatch


class Forbidden(Exception):
    """What the document forbids."""


def judge(operation: Operation, *, url: str, content_type: str, body: bytes) -> str | None:
    """Return why the document forbids a request, None where it allows it."""
    parts = urlsplit(url)
    try:
        query = parse_qsl(
            parts.query, keep_blank_values=True, strict_parsing=bool(parts.query), errors="strict", separator="&"
        )
        _check_path(operation, parts.path)
        _check_pairs(operation, query, "query")
        if operation.media:
            _check_body(operation, content_type, body)
    except (Forbidden, ValueError) as wrong:
        return str(wrong) or type(wrong).__name__
    return None


def _check_pairs(operation: Operation, pairs: Sequence[tuple[str, str]], place: str) -> None:
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise Forbidden("a parameter twice")
    constant = dict(parse_qsl(operation.constant_query)) if place == "query" else {}
    keys = key_parameters(operation) if operation.security != "none" else set[str]()
    known = {parameter.wire: parameter for parameter in operation.parameters if parameter.place == place}
    for name, text in pairs:
        if name in constant or name in keys:
            continue
        if name not in known:
            raise Forbidden(f"unknown parameter {name}")
        if known[name].fill != "auth":
            check_text(operation, known[name], text)
    for parameter in known.values():
        if parameter.required and parameter.wire not in names:
            raise Forbidden(f"{parameter.wire} is missing")


def key_parameters(operation: Operation) -> set[str]:
    """Return the names under which API keys travel in the query."""
    schemes: Mapping[str, Node] = operation.spec.root["components"]["securitySchemes"]
    return {scheme["name"] for scheme in schemes.values() if scheme["in"] == "query"}


def check_text(operation: Operation, parameter: Parameter, text: str) -> None:
    """Check the text of a parameter in a path, a query or a form. Raises Forbidden."""
    schema = parameter.schema
    if schema.get("type") != "array":
        _check_one(operation, schema, text)
        return
    items = text.split(",") if text else []
    check_value(operation, {key: value for key, value in schema.items() if key != "items"}, items)
    for item in items:
        _check_one(operation, operation.spec.resolve(schema["items"]), item)


def _check_one(operation: Operation, schema: Node, text: str) -> None:
    kinds = types_of(schema)
    value: Any = text
    if "string" not in kinds and "integer" in kinds:
        if not _integer(text):
            raise Forbidden(f"{text!r} is no integer")
        value = int(text)
        _check_size(value)
    elif "string" not in kinds and "number" in kinds:
        if not _number(text) or len(text) > LARGEST_EXPONENT:
            raise Forbidden(f"{text!r} is no number in plain digits")
        value = Decimal(text)
    elif kinds == ["boolean"]:
        if text not in ("true", "false"):
            raise Forbidden(f"{text!r} is neither true nor false")
        value = text == "true"
    check_value(operation, schema, value)


def check_value(operation: Operation, schema: Node, value: Any) -> None:
    """Check a JSON value. Raises Forbidden."""
    try:
        validator(operation.venue, json.dumps(schema)).validate(value)
    except jsonschema_rs.ValidationError as error:
        raise Forbidden(error.message[:200]) from None


@cache
def validator(venue: str, schema: str) -> jsonschema_rs.Draft202012Validator:
    """Compile a schema, given as JSON, whose references lead into a venue's document."""
    components = {"schemas": load(venue).root["components"].get("schemas", {})}
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": components})


def _check_path(operation: Operation, path: str) -> None:
    for parameter in operation.parameters:
        if parameter.place == "path":
            before, after = operation.path.split("{" + parameter.wire + "}")
            text = path[len(before) : len(path) - len(after) if after else None]
            if parameter.style == "matrix":
                text = text.removeprefix(f";{parameter.wire}=")
            check_text(operation, parameter, unquote(text, errors="strict"))


def _check_body(operation: Operation, content_type: str, body: bytes) -> None:
    if content_type.partition(";")[0].strip().lower() != operation.media:
        raise Forbidden("another content type")
    if operation.media != "application/json":
        text = body.decode("utf-8")
        _check_pairs(operation, parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)), "body")
        return
    check_json(operation, json.loads(body, parse_float=Decimal))


def check_json(operation: Operation, value: Any) -> None:
    """Check the value of a JSON body. Raises Forbidden."""
    content = operation.spec.resolve(operation.node["requestBody"])["content"]["application/json"]
    schema = operation.spec.resolve(content["schema"])
    members: Mapping[str, Any] = value if is_object(value) else {}
    known = {parameter.wire: parameter.schema for parameter in operation.parameters if parameter.place == "body"}
    for wire, member in members.items():
        check_member(operation, known.get(wire, {}), member)
    check_numbers(value)
    check_value(operation, schema, value)


def check_member(operation: Operation, schema: Node, value: Any) -> None:
    """Check the value of a member of a JSON body. Raises Forbidden."""
    check_numbers(value)
    if "integer" in types_of(schema) and isinstance(value, Decimal):
        raise Forbidden(f"{value} is no integer in plain digits")  # JSON Schema takes 1.0 for one
    check_value(operation, schema, value)


def check_numbers(value: Any) -> None:
    """Check that whole numbers have 64 bits at most, and others a sensible size. Raises Forbidden."""
    inner = value.values() if is_object(value) else value
    if is_object(value) or is_list(value):
        for item in inner:
            check_numbers(item)
    else:
        _check_size(value)


def _check_size(value: Any) -> None:
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise Forbidden(f"{value} has more than 64 bits")
    if isinstance(value, Decimal) and value and abs(value.adjusted()) > LARGEST_EXPONENT:
        raise Forbidden(f"{value} is out of all proportion")
