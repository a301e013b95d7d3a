"""Generated requests at the simulated venue: what the document allows must be understood, what it forbids turned down.

schemathesis makes the requests: at the boundaries of every parameter, and at random from a seed. It alone misses missing
parameters where an operation has more than one (it takes a valid sibling for an excuse), so every request is judged by
`oracle` too, and every answer compared with the closed schema.
"""

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis
from requests.auth import AuthBase
from schemathesis import config
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from spotwire_contract.answers import differences
from spotwire_contract.drive import Notes, drive
from spotwire_contract.findings import Finding
from spotwire_contract.oracle import judge
from spotwire_contract.spec import Node, Operation, exact, is_list, is_object, load
from spotwire_core.message import Request
from spotwire_sim import Received, SimulatedVenue

NOW = 1_700_000_000_000
"""The simulated venue's clock stands still, so that a run is the same as the one before."""

EXAMPLES = 25
"""Random requests of each operation that are meant to be right, and as many that are meant to be wrong."""

SAID_BEFORE = frozenset(
    {"bad-content-type", "bad-parameter", "bad-signature", "clock", "unsupported-order-type", "window-too-large"}
)
"""What a venue may say of a forbidden request before it reads the parameters. Anything else means that it took them: that the
symbol is unknown, too, is no excuse for an unknown parameter."""

# schemathesis leaves parts of its types open.
_checks: Any = checks
_config: Any = config

# The first two send requests of their own, past our signature; the others are what the oracle judges.
NOT_OURS: list[Any] = [
    _checks.ignored_auth,
    _checks.unsupported_method,
    _checks.negative_data_rejection,
    _checks.positive_data_acceptance,
    _checks.missing_required_header,
]
CONFIG: dict[str, Any] = {
    "seed": 1,
    "cache": {"enabled": False},
    "generation": {"deterministic": True, "with-security-parameters": False},
    "phases": {"coverage": {"unexpected-methods": [], "extra-data-sources": {"responses": False}}},
}


class Fuzzed:
    """The generated requests of one operation, and what was found on the way."""

    def __init__(self, operation: Operation, venue: SimulatedVenue) -> None:
        """Start from the beginning: a fresh venue, no requests."""
        venue.reset()
        self.sent = 0
        self.notes = Notes()
        self._operation = operation
        self._venue = venue
        self._auth = None if operation.security == "none" else _Signed(venue.auth, operation)

    def run(self) -> "Fuzzed":
        """Send all requests and compare the verdicts."""
        target = _schema(self._operation.venue).find_operation_by_id(self._operation.id)
        modes = [mode for mode in schemathesis.GenerationMode if mode.is_positive or _can_be_wrong(self._operation)]
        for case in _boundary_cases(target, modes):
            self.send(case)
        for mode in modes:
            drive(target.as_strategy(generation_mode=mode), self.send, examples=EXAMPLES)
        return self

    def send(self, case: Any) -> None:
        """Send one request, signed over its final bytes, and keep what is wrong with the answer."""
        response: requests.Response = case.call(base_url=self._venue.url, auth=self._auth)
        self.sent += 1
        self.notes.add(self._compare(case, response, response.request, self._venue.requests[-1]))

    def _compare(
        self, case: Any, response: Any, request: requests.PreparedRequest, received: Received
    ) -> Iterator[Finding]:
        sent = f"{request.method} {received.path}?{received.query} {received.body.decode('utf-8', 'replace')}"
        forbidden = judge(
            self._operation,
            url=str(request.url),
            content_type=str(request.headers.get("Content-Type", "")),
            body=_bytes(request.body),
        )
        if received.status >= 500:
            yield Finding("venue-failed", "", f"{received.reason}: {sent}")
        if forbidden is None and received.malformed:
            yield Finding("refused", "", f"allowed, but {received.situation}, {received.reason}: {sent}")
        if forbidden is not None and not received.malformed and received.situation not in SAID_BEFORE:
            yield Finding("accepted", "", f"forbidden ({forbidden}), but {received.situation}: {sent}")
        if received.situation is None:
            yield from differences(self._operation.spec, self._operation.answer, exact(response.content))
        try:
            case.validate_response(response, excluded_checks=NOT_OURS)
        except FailureGroup as failures:
            yield Finding("answer", "", "; ".join(str(failure) for failure in failures.exceptions))


def _can_be_wrong(operation: Operation) -> bool:
    return any(parameter.fill != "auth" for parameter in operation.parameters)


def _boundary_cases(target: Any, modes: list[schemathesis.GenerationMode]) -> Iterator[Any]:
    """Give what schemathesis calls coverage: each parameter at its bounds, missing, of another type."""
    how = target.schema.config.generation_for(operation=target, phase="coverage")
    yield from target.schema.iter_coverage_cases(target, generation_modes=modes, generation_config=how)


@cache
def _schema(venue: str) -> Any:
    return schemathesis.openapi.from_dict(derived(venue), config=_config.SchemathesisConfig.from_dict(CONFIG))


def derived(venue: str) -> Node:
    """Return the document as schemathesis takes it: no prefixItems, no parameters that the signature brings along."""
    root = copy.deepcopy(load(venue).root)
    parameters: Mapping[str, Node] = root["components"].get("parameters", {})
    auth = {name for name, parameter in parameters.items() if parameter.get("x-fill") == "auth"}
    for item in root["paths"].values():
        for operation in item.values():
            operation["parameters"] = [
                p for p in operation.get("parameters", []) if p.get("$ref", "").rsplit("/", 1)[-1] not in auth
            ]
    return _plainer_object(root)


def _plainer(node: Any) -> Any:
    if is_list(node):
        return [_plainer(item) for item in node]
    return _plainer_object(node) if is_object(node) else node


def _plainer_object(node: Node) -> Node:
    if "x-timezone" in node:
        return {key: value for key, value in node.items() if key != "format"}  # local times are no RFC 3339
    if "prefixItems" in node:
        rest = {key: value for key, value in node.items() if key not in ("prefixItems", "items")}
        return {**rest, "items": {"anyOf": _plainer(node["prefixItems"])}}
    return {key: _plainer_member(node, key, value) for key, value in node.items()}


def _plainer_member(node: Node, key: str, value: Any) -> Any:
    if key == "properties" and is_object(value):
        return {wire: _plainer(schema) for wire, schema in value.items() if wire not in _filled(node)}
    if key == "required" and is_list(value):
        return [wire for wire in value if wire not in _filled(node)]
    return _plainer(value)


def _filled(node: Node) -> set[str]:
    members: Mapping[str, Any] = node.get("properties", {})
    return {wire for wire, schema in members.items() if is_object(schema) and schema.get("x-fill") == "auth"}


class _Signed(AuthBase):
    """Signs the final bytes with the client's own hook."""

    def __init__(self, hook: Any, operation: Operation) -> None:
        self._hook = hook
        self._operation = operation
        self._nonces = count()

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(str(prepared.url))
        request = Request(str(prepared.method), parts.path, parts.query, (), _bytes(prepared.body))
        if self._operation.security == "signed":
            request = self._hook.sign(request, timestamp=NOW, nonce=f"{next(self._nonces):032x}")
        else:
            request = self._hook.identify(request)
        prepared.url = f"{parts.scheme}://{parts.netloc}{request.target}"
        for name, value in request.headers:
            if name.lower() != "content-type" or "Content-Type" not in prepared.headers:
                prepared.headers[name] = value
        prepared.body = request.body
        if request.body:
            prepared.headers["Content-Length"] = str(len(request.body))
        return prepared


def _bytes(body: Any) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b""
