"""Every operation against every documented example, over real HTTP: what goes out is what the spec says, and nothing of what
comes back is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs
import jsonschema_rs
import pytest

from contract.conftest import EXAMPLES, KEY, OPERATIONS, SECRET, Echo, Received, call, credentials
from spotwire_contract.calls import Optional, arguments
from spotwire_contract.oracle import key_parameters
from spotwire_contract.spec import Operation, Spec, exact, snake
from spotwire_core.errors import ApiError

BOTH = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


def _is_failure(path: Path) -> bool:
    return ".failure." in path.name


ANSWERS = [(operation, path) for operation, path in EXAMPLES if not _is_failure(path)]
FAILURES = [(operation, path) for operation, path in EXAMPLES if _is_failure(path)]


def _ids(pairs: list[tuple[Operation, Path]]) -> list[str]:
    return [f"{operation.venue}-{path.stem}" for operation, path in pairs]


@BOTH
@pytest.mark.parametrize(("operation", "path"), ANSWERS, ids=_ids(ANSWERS))
def test_answer_is_decoded_when_it_is_a_documented_example(
    operation: Operation, path: Path, asynchronous: bool, echo: Echo
) -> None:
    """Every documented field can be reached, with the digits that are printed: nothing is lost on the way (E12)."""
    echo.answer = path.read_bytes()
    printed = exact(path.read_bytes())
    payload = printed.get(operation.payload_member) if operation.payload_member else printed
    many = isinstance(payload, list) and bool(operation.one_or_list)

    value = call(
        operation,
        echo.url,
        credentials(operation),
        arguments(operation, optional="none", many=many),
        asynchronous=asynchronous,
    )

    lost = list(_lost(operation.spec, operation.payload, payload, value, "$"))
    assert [] == lost


@pytest.mark.parametrize(("operation", "path"), FAILURES, ids=_ids(FAILURES))
def test_documented_failure_is_raised(operation: Operation, path: Path, echo: Echo) -> None:
    """A documented failure is an exception with the venue's code, not a value."""
    echo.answer = path.read_bytes()

    with pytest.raises(ApiError) as raised:
        call(operation, echo.url, credentials(operation), arguments(operation, optional="none"), asynchronous=False)

    assert str(json.loads(echo.answer)["code"]) == raised.value.code


@BOTH
@pytest.mark.parametrize("optional", ["none", "documented", "all"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_request_is_as_described(operation: Operation, optional: Optional, asynchronous: bool, echo: Echo) -> None:
    """Verb, path, order, names and values of the parameters are those of the spec; it is signed if and only if it should be."""
    echo.answer = operation.examples[0].read_bytes()
    kwargs = arguments(operation, optional=optional)

    try:
        call(operation, echo.url, credentials(operation), kwargs, asynchronous=asynchronous)
    except ApiError:
        assert _is_failure(operation.examples[0])

    [request] = echo.received
    assert operation.verb == request.verb
    sent = _sent(operation, request)
    _check_order(operation, kwargs, list(sent))
    _check_values(operation, kwargs, sent)
    _check_security(operation, request)


def _sent(operation: Operation, request: Received) -> dict[str, Any]:
    """Return what was sent, by wire name in the order of the wire, business parameters only."""
    parts = urlsplit(request.target)
    sent = _path_parameters(operation, parts.path)
    query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    constant = dict(parse_qsl(operation.constant_query))
    assert constant == {name: query.get(name) for name in constant}
    sent |= {name: value for name, value in query.items() if name not in constant}
    if operation.media == "application/json":
        sent |= json.loads(request.body, parse_float=Decimal)
        assert "application/json" == request.headers["content-type"]
    elif operation.media:
        sent |= dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        assert "application/x-www-form-urlencoded" == request.headers["content-type"]
    else:
        assert b"" == request.body
    auth = {p.wire for p in operation.parameters if p.fill == "auth"} | key_parameters(operation)
    return {name: value for name, value in sent.items() if name not in auth}


def _path_parameters(operation: Operation, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    template = operation.path
    for parameter in operation.parameters:
        if parameter.place == "path":
            before, after = template.split("{" + parameter.wire + "}")
            assert path.startswith(before)
            assert path.endswith(after)
            text = path[len(before) : len(path) - len(after)]
            if parameter.style == "matrix":
                if text:
                    found[parameter.wire] = unquote(text.removeprefix(f";{parameter.wire}="))
            else:
                found[parameter.wire] = unquote(text)
            template = path
    assert template == path
    return found


def _key_parameters(operation: Operation) -> set[str]:
    schemes = operation.spec.root["components"]["securitySchemes"]
    return {scheme["name"] for scheme in schemes.values() if scheme["in"] == "query"}


def _check_order(operation: Operation, kwargs: dict[str, Any], names: list[str]) -> None:
    expected = [
        p.wire
        for p in operation.parameters
        if (p.python in kwargs and (kwargs[p.python] != [] or p.style != "matrix"))
        or p.fill in ("clock", "client-order-id")
    ]
    assert expected == names


def _check_values(operation: Operation, kwargs: dict[str, Any], sent: dict[str, Any]) -> None:
    for parameter in operation.parameters:
        if parameter.python not in kwargs or parameter.wire not in sent:
            continue
        if parameter.place == "body" and operation.media == "application/json":
            schema = {**parameter.schema, "components": operation.spec.root["components"]}
            jsonschema_rs.Draft202012Validator(schema).validate(
                json.loads(json.dumps(sent[parameter.wire], default=float))
            )
            assert _plain(kwargs[parameter.python]) == _texts(sent[parameter.wire])
        else:
            value = kwargs[parameter.python]
            expected = ",".join(str(v) for v in value) if isinstance(value, list) else _plain(value)
            assert expected == sent[parameter.wire]


def _plain(value: Any) -> Any:
    """Return a passed value as text, the way the venue writes it."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if attrs.has(type(value)):
        members = {f.metadata.get("wire", f.name): getattr(value, f.name) for f in attrs.fields(type(value))}
        return {wire: _plain(member) for wire, member in members.items() if member is not None}
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _texts(value: Any) -> Any:
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, dict):
        return {name: _texts(member) for name, member in value.items() if not str(member).startswith("sw")}
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _check_security(operation: Operation, request: Received) -> None:
    whole = request.target + str(request.headers) + request.body.decode()
    assert SECRET not in whole
    assert (operation.security != "none") == (KEY in whole)
    query = dict(parse_qsl(urlsplit(request.target).query)) | dict(parse_qsl(request.body.decode()))
    for parameter in operation.parameters:
        if parameter.fill == "auth":
            assert (
                parameter.wire.lower() in request.headers
                or parameter.wire in query
                or parameter.wire in request.body.decode()
            )


def _lost(spec: Spec, schema: Any, printed: Any, value: Any, where: str) -> Iterator[str]:
    """Compare what is printed with what was decoded, member by member."""
    schema = _branch(spec, spec.resolve(schema), printed)
    if (isinstance(printed, dict) and schema.get("properties")) or "allOf" in schema:
        members = _properties(spec, schema)
        for wire, shown in printed.items():
            name = spec.resolve(members[wire]).get("x-name") or snake(wire)
            yield from _lost(spec, members[wire], shown, getattr(value, name), f"{where}.{wire}")
    elif isinstance(printed, dict) and isinstance(schema.get("additionalProperties"), dict):
        for key, shown in printed.items():
            yield from _lost(spec, schema["additionalProperties"], shown, value[key], f"{where}.{key}")
    elif isinstance(printed, list) and "prefixItems" in schema:
        for index, shown in enumerate(printed):
            if index < len(schema["prefixItems"]):
                place = schema["prefixItems"][index]
                yield from _lost(spec, place, shown, getattr(value, spec.resolve(place)["x-name"]), f"{where}[{index}]")
    elif isinstance(printed, list) and schema.get("maxItems") == 1 and not isinstance(value, list):
        yield from _lost(spec, schema["items"], printed[0], value, where)  # one object that the venue wraps
    elif isinstance(printed, list):
        if len(printed) != len(value):
            yield f"{where}: {len(printed)} printed, {len(value)} decoded"
        for index, (shown, item) in enumerate(zip(printed, value, strict=False)):
            yield from _lost(spec, schema["items"], shown, item, f"{where}[{index}]")
    elif not _same(schema, printed, value):
        yield f"{where}: printed {printed!r}, decoded {value!r}"


def _branch(spec: Spec, schema: Any, printed: Any) -> Any:
    for branch in schema.get("oneOf", []):
        candidate = {**spec.resolve(branch), "components": spec.root["components"]}
        if jsonschema_rs.Draft202012Validator(candidate).is_valid(json.loads(json.dumps(printed, default=float))):
            return _branch(spec, spec.resolve(branch), printed)
    return schema


def _properties(spec: Spec, schema: Any) -> dict[str, Any]:
    found: dict[str, Any] = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found |= _properties(spec, spec.resolve(part))
    return found


def _same(schema: Any, printed: Any, value: Any) -> bool:
    if printed is None or printed == {}:
        return value is None
    if schema.get("format") == "decimal":
        return value is None if printed == "" else isinstance(value, Decimal) and _digits(printed) == str(value)
    if schema.get("format") == "id":
        return isinstance(value, str) and str(printed) == value
    if schema.get("format") == "date-time":
        return isinstance(value, datetime) and value.tzinfo is not None and _wall(printed) in value.isoformat(sep=" ")
    if "enum" in schema:
        return str(printed) == str(getattr(value, "value", value))
    return type(printed) is type(value) and printed == value


def _digits(printed: Any) -> str:
    return str(Decimal(printed))


def _wall(printed: str) -> str:
    return printed.replace("T", " ").rstrip("Z").partition(".")[0].partition("+")[0]
