"""schemathesis drives the simulated venues through their specs with signed requests, and an oracle of our own judges each
request: what the spec allows may not be turned down for its form, what it forbids must be turned down.

schemathesis alone misses missing parameters where an operation has more than one (it takes a valid sibling for an excuse), so
the oracle is what this run rests on.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from requests.auth import AuthBase
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from contract.conftest import NOW
from contract.spec import ALL, OPERATIONS, VENUES, Operation, Parameter
from spotwire_core.message import Request
from spotwire_sim import SimulatedVenue

# The first two send requests of their own, past our signature; the others are what the oracle judges.
NOT_OURS = [
    checks.ignored_auth,
    checks.unsupported_method,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
    checks.missing_required_header,
]
LARGEST_EXPONENT = 60
CONFIG = {
    "seed": 1,
    "cache": {"enabled": False},
    "generation": {"deterministic": True, "with-security-parameters": False, "max-examples": 25},
    "phases": {
        "examples": {"extra-data-sources": {"responses": False}},
        "coverage": {"unexpected-methods": [], "extra-data-sources": {"responses": False}},
        "fuzzing": {"extra-data-sources": {"responses": False}, "error-feedback": {"enabled": False}},
    },
}


def _derived(venue: str) -> dict[str, Any]:
    """Return the document as schemathesis takes it: no prefixItems, no parameters that the signature brings along."""
    root = copy.deepcopy(ALL[venue].root)
    auth = {name for name, p in root["components"].get("parameters", {}).items() if p.get("x-fill") == "auth"}
    for item in root["paths"].values():
        for operation in item.values():
            operation["parameters"] = [
                p for p in operation.get("parameters", []) if p.get("$ref", "").rsplit("/", 1)[-1] not in auth
            ]
    derived: dict[str, Any] = _without_rows(root)
    return derived


def _without_rows(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_rows(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "x-timezone" in node:
        return {key: value for key, value in node.items() if key != "format"}  # local times are no RFC 3339
    if "prefixItems" in node:
        rest = {key: value for key, value in node.items() if key not in ("prefixItems", "items")}
        return {**rest, "items": {"anyOf": _without_rows(node["prefixItems"])}}
    return {
        key: {wire: _without_rows(schema) for wire, schema in value.items() if schema.get("x-fill") != "auth"}
        if key == "properties" and isinstance(value, dict)
        else [w for w in value if w not in _filled(node)]
        if key == "required" and isinstance(value, list)
        else _without_rows(value)
        for key, value in node.items()
    }


def _filled(node: dict[str, Any]) -> set[str]:
    return {w for w, s in node.get("properties", {}).items() if isinstance(s, dict) and s.get("x-fill") == "auth"}


class _Signed(AuthBase):
    """Signs the final bytes with the client's own hook."""

    def __init__(self, hook: Any, operation: Operation) -> None:
        self.hook = hook
        self.operation = operation

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(str(prepared.url))
        body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
        assert isinstance(body, bytes)
        request = Request(str(prepared.method), parts.path, parts.query, (), body)
        if self.operation.security == "signed":
            request = self.hook.sign(request, timestamp=NOW, nonce="0" * 32)
        else:
            request = self.hook.identify(request)
        prepared.url = f"{parts.scheme}://{parts.netloc}{request.target}"
        for name, value in request.headers:
            if name.lower() != "content-type" or "Content-Type" not in prepared.headers:
                prepared.headers[name] = value
        prepared.body = request.body
        if request.body:
            prepared.headers["Content-Length"] = str(len(request.body))
        return prepared


_SCHEMAS = {
    name: schemathesis.openapi.from_dict(_derived(name), config=SchemathesisConfig.from_dict(CONFIG)) for name in VENUES
}


def _run(operation: Operation, case: Any, venue: SimulatedVenue) -> None:
    venue.reset()
    auth = _Signed(venue.auth, operation) if operation.security != "none" else None
    response = case.call(base_url=venue.url, auth=auth)
    received = venue.requests[-1]
    assert 500 > response.status_code, received.reason
    valid, why = judge(operation, response.request)
    assert not (valid and received.malformed), (
        f"the spec allows it, the venue says {received.situation}: {received.reason}"
    )
    assert valid or received.situation is not None, f"the spec forbids it ({why}), the venue accepted it"
    case.validate_response(response, excluded_checks=NOT_OURS)


def judge(operation: Operation, request: requests.PreparedRequest) -> tuple[bool, str]:
    """Say whether the spec allows a request, read from its final bytes, and if not why."""
    parts = urlsplit(str(request.url))
    try:
        query = parse_qsl(
            parts.query, keep_blank_values=True, strict_parsing=bool(parts.query), errors="strict", separator="&"
        )
        _check_path(operation, parts.path)
        _check_pairs(operation, query, "query")
        _check_body(operation, request)
    except (_Wrong, UnicodeError, ValueError) as wrong:
        return False, str(wrong)
    return True, ""


class _Wrong(Exception):
    """What the spec forbids."""


def _check_pairs(operation: Operation, pairs: list[tuple[str, str]], place: str) -> None:
    constant = dict(parse_qsl(operation.constant_query)) if place == "query" else {}
    schemes = ALL[operation.venue].root["components"]["securitySchemes"].values()
    keys = {s["name"] for s in schemes if s["in"] == "query"} if operation.security != "none" else set()
    known = {p.wire: p for p in operation.parameters if p.place == place}
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise _Wrong("a parameter twice")
    for name, text in pairs:
        if name in constant or name in keys:
            continue
        if name not in known:
            raise _Wrong(f"unknown parameter {name}")
        if known[name].fill != "auth":
            _check_text(operation, known[name], text)
    for parameter in known.values():
        if parameter.required and parameter.wire not in names:
            raise _Wrong(f"{parameter.wire} is missing")


def _check_text(operation: Operation, parameter: Parameter, text: str) -> None:
    schema = parameter.schema
    if schema.get("type") == "array":
        items = text.split(",") if text else []
        _check_schema(operation, {key: value for key, value in schema.items() if key != "items"}, items)
        for item in items:
            _check_value(operation, ALL[operation.venue].resolve(schema["items"]), item)
        return
    _check_value(operation, schema, text)


def _check_value(operation: Operation, schema: dict[str, Any], text: str) -> None:
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    value: Any = text
    if "string" not in kinds and "integer" in kinds:
        if not re.fullmatch(r"-?(0|[1-9][0-9]*)", text, re.ASCII):
            raise _Wrong(f"{text!r} is no integer")
        value = int(text)
        if abs(value) >= 2**63:
            raise _Wrong(f"{text!r} has more than 64 bits")
    elif "string" not in kinds and "number" in kinds:
        if not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text, re.ASCII):
            raise _Wrong(f"{text!r} is no number in plain digits")
        value = json.loads(text)
    elif kinds == ["boolean"]:
        if text not in ("true", "false"):
            raise _Wrong(f"{text!r} is neither true nor false")
        value = text == "true"
    _check_schema(operation, schema, value)


def _check_schema(operation: Operation, schema: dict[str, Any], value: Any) -> None:
    whole = {**schema, "components": ALL[operation.venue].root["components"]}
    try:
        jsonschema_rs.Draft202012Validator(whole).validate(value)
    except jsonschema_rs.ValidationError as error:
        raise _Wrong(error.message[:200]) from None


def _check_path(operation: Operation, path: str) -> None:
    for parameter in operation.parameters:
        if parameter.place == "path":
            before, after = operation.path.split("{" + parameter.wire + "}")
            text = path[len(before) : len(path) - len(after) if after else None]
            if parameter.style == "matrix":
                text = text.removeprefix(f";{parameter.wire}=")
            _check_text(operation, parameter, unquote(text, errors="strict"))


def _check_body(operation: Operation, request: requests.PreparedRequest) -> None:
    if not operation.media:
        return
    if str(request.headers.get("Content-Type", "")).partition(";")[0].strip().lower() != operation.media:
        raise _Wrong("another content type")
    raw = request.body.encode() if isinstance(request.body, str) else request.body or b""
    assert isinstance(raw, bytes)
    if operation.media != "application/json":
        _check_pairs(
            operation, parse_qsl(raw.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(raw)), "body"
        )
        return
    node = next(
        n for i in ALL[operation.venue].root["paths"].values() for n in i.values() if n["operationId"] == operation.id
    )
    schema = ALL[operation.venue].resolve(node["requestBody"])["content"]["application/json"]["schema"]
    exact = json.loads(raw, parse_float=Decimal)
    _check_numbers(exact)
    for parameter in operation.parameters:
        value = exact.get(parameter.wire) if isinstance(exact, dict) else None
        if parameter.schema.get("type") == "integer" and isinstance(value, Decimal):
            raise _Wrong(f"{parameter.wire} is no integer in plain digits")  # JSON Schema takes 1.0 for one
    _check_schema(operation, ALL[operation.venue].resolve(schema), json.loads(raw))


def _check_numbers(value: Any) -> None:
    """Whole numbers have 64 bits at most, others a sensible size: JSON Schema has no word for either."""
    if isinstance(value, dict):
        _check_numbers(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            _check_numbers(item)
    elif isinstance(value, int) and abs(value) >= 2**63:
        raise _Wrong(f"{value} has more than 64 bits")
    elif isinstance(value, Decimal) and value and abs(value.adjusted()) > LARGEST_EXPONENT:
        raise _Wrong(f"{value} is out of all proportion")


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_generated_requests_are_judged_alike(operation: Operation, strict: Callable[[str], SimulatedVenue]) -> None:
    """The venue and an independent reading of the spec agree on every generated request, good or bad; no request fails it."""
    schema = _SCHEMAS[operation.venue]
    target = schema.find_operation_by_id(operation.id)
    venue = strict(operation.venue)
    for mode in schemathesis.GenerationMode:
        if mode.is_positive or _can_be_wrong(operation):
            _drive(operation, target.as_strategy(generation_mode=mode), venue)


def _can_be_wrong(operation: Operation) -> bool:
    return any(parameter.fill != "auth" for parameter in operation.parameters)


def _drive(operation: Operation, strategy: Any, venue: SimulatedVenue) -> None:
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),  # the first failure says enough; shrinking costs minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def run(case: Any) -> None:
        _run(operation, case, venue)

    run()
