"""Call every method of the generated clients with generated arguments.

What arrives at the simulated venue is compared with the document, and what the client refuses must be what the document
forbids.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote

from hypothesis import strategies as st

from spotwire_contract.calls import client_class, method_of
from spotwire_contract.drive import Notes, drive
from spotwire_contract.findings import Finding
from spotwire_contract.fuzz import SAID_BEFORE
from spotwire_contract.oracle import Forbidden, check_member, check_text, key_parameters
from spotwire_contract.spec import Operation, Parameter, is_list
from spotwire_contract.values import MADE_UP, Digits, Given, Members, allowed, odd
from spotwire_core.errors import ApiError, ConfigError, SpotwireError
from spotwire_core.retries import Retries
from spotwire_sim import Received, SimulatedVenue

EXAMPLES = 40
"""Calls of each method with arguments that are all allowed."""

ODD_EXAMPLES = 20
"""Calls for each argument where that one may be wrong."""

AUTH_FAILED = frozenset({"bad-key", "missing-key", "bad-signature", "missing-signature"})

Arguments = Mapping[str, Given]
Place = tuple[str, str, Any]
"""Where something stands in a request, under which name, and what it is."""

_json_number = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII).fullmatch


class Driven:
    """The generated calls of one operation's method, and what was found on the way."""

    def __init__(self, operation: Operation, venue: SimulatedVenue) -> None:
        """Start from the beginning: a fresh venue, no calls."""
        venue.reset()
        self.called = 0
        self.refused = 0
        self.notes = Notes()
        self._operation = operation
        self._venue = venue

    def run(self) -> "Driven":
        """Make all calls."""
        settings = {"base_url": self._venue.url, "limits": "off", "retries": Retries(attempts=1)}
        with client_class(self._operation)(auth=self._venue.auth, **settings) as client:
            method = method_of(client, self._operation)
            drive(_all_allowed(self._operation), partial(self.call, method), examples=EXAMPLES)
            for parameter in _arguments_of(self._operation):
                drive(_one_odd(self._operation, parameter), partial(self.call, method), examples=ODD_EXAMPLES)
        return self

    def call(self, method: Any, arguments: Arguments) -> None:
        """Make one call and keep what is wrong with it."""
        self.called += 1
        before = len(self._venue.requests)
        try:
            method(**{name: value.python for name, value in arguments.items()})
        except ConfigError as error:
            self.refused += 1
            found = self._refused(arguments, error)
        except ApiError:
            found = self._sent(arguments, self._venue.requests[before:])
        except SpotwireError as error:
            found = iter([Finding("answer", "", f"{type(error).__name__}: {error}")])
        except Exception as error:  # noqa: BLE001 - whatever it is, the report names it
            found = iter([Finding("crash", "", f"{type(error).__name__}: {error}, called with {_shown(arguments)}")])
        else:
            found = self._sent(arguments, self._venue.requests[before:])
        self.notes.add(found)

    def _refused(self, arguments: Arguments, error: ConfigError) -> Iterator[Finding]:
        if why_forbidden(self._operation, arguments) is None:
            yield Finding("client-refuses", "", f"allowed, but {error}")

    def _sent(self, arguments: Arguments, requests: Sequence[Received]) -> Iterator[Finding]:
        own = [request for request in requests if request.operation == self._operation.id]
        if not own:
            yield Finding("request", "", f"the operation was not asked for: {_shown(arguments)}")
            return
        received = own[-1]  # a call that came too late, with a recv window of 1 ms, is sent once more
        forbidden = why_forbidden(self._operation, arguments)
        expected, sent = (
            list(expected_request(self._operation, arguments)),
            list(sent_request(self._operation, received)),
        )
        if not (len(expected) == len(sent) and all(map(_same, expected, sent))):
            yield Finding("request", "", f"sent {sent}, expected {expected}")
        if received.situation in AUTH_FAILED:
            yield Finding("signature", "", f"{received.situation}, {received.reason}: {_shown(arguments)}")
        elif forbidden is None and received.malformed:
            yield Finding("refused", "", f"allowed, but {received.situation}, {received.reason}: {_shown(arguments)}")
        elif forbidden is not None and not received.malformed and received.situation not in SAID_BEFORE:
            yield Finding("accepted", "", f"forbidden ({forbidden}), but {received.situation}: {_shown(arguments)}")


def _shown(arguments: Arguments) -> str:
    return str({name: value.python for name, value in arguments.items()})


# Arguments


def _arguments_of(operation: Operation) -> list[Parameter]:
    return [parameter for parameter in operation.parameters if parameter.fill not in ("auth", "clock")]


def _is_needed(parameter: Parameter) -> bool:
    return parameter.required and not parameter.fill and parameter.schema.get("default") != []


def _all_allowed(operation: Operation) -> st.SearchStrategy[Arguments]:
    """Give all required arguments and some of the others."""
    values = {p.python: _values(operation, p) for p in _arguments_of(operation)}
    needed = {p.python for p in _arguments_of(operation) if _is_needed(p)}
    return st.fixed_dictionaries(
        {name: value for name, value in values.items() if name in needed},
        optional={name: value for name, value in values.items() if name not in needed},
    )


def _values(operation: Operation, parameter: Parameter) -> st.SearchStrategy[Given]:
    """Give allowed values, for text the documented example too: a symbol that is listed gets an answer."""
    values = allowed(operation, parameter.schema, inside={"path": "/", "query": ""}.get(parameter.place, ""))
    example = parameter.example
    if isinstance(example, str) and parameter.schema.keys().isdisjoint({"enum", "format"}):
        return st.just(Given(example, example)) | values
    return values


def _one_odd(operation: Operation, parameter: Parameter) -> st.SearchStrategy[Arguments]:
    """Give the same with one argument that may be wrong, None for instance."""
    odd_one = odd(operation, parameter.schema) | st.just(Given(None, None))

    def replaced(arguments: Arguments, value: Given) -> Arguments:
        return {**arguments, parameter.python: value}

    return st.builds(replaced, _all_allowed(operation), odd_one)


def why_forbidden(operation: Operation, arguments: Arguments) -> str | None:
    """Return why the document forbids a call, None where it allows it."""
    for parameter in _arguments_of(operation):
        value = arguments.get(parameter.python, Given(None, None))
        try:
            _check(operation, parameter, value)
        except (Forbidden, ValueError) as wrong:
            return f"{parameter.wire}: {wrong}"
    return None


def _check(operation: Operation, parameter: Parameter, value: Given) -> None:
    if value.python is None:
        if _is_needed(parameter):
            raise Forbidden("it is missing")
    elif parameter.place == "body" and operation.media == "application/json":
        check_member(operation, parameter.schema, _document(value.wire))
    else:
        text = as_text(value.wire)
        parts: list[str] = value.wire if is_list(value.wire) else [text]
        if parameter.place == "path" and not {"", ".", ".."}.isdisjoint(parts):
            raise Forbidden("no part of a path")
        text.encode()
        check_text(operation, parameter, text)


def as_text(wire: Any) -> str:
    """Return a value as it stands in a path, a query or a form."""
    if isinstance(wire, bool):
        return "true" if wire else "false"
    return ",".join(as_text(item) for item in wire) if is_list(wire) else str(wire)


def _document(wire: Any) -> Any:
    """Return the JSON value that a wire value stands for."""
    if isinstance(wire, Members):
        return {name: _document(value) for name, value in wire if not isinstance(value, re.Pattern)}
    if is_list(wire):
        return [_document(item) for item in wire]
    if not isinstance(wire, Digits):
        return wire
    if not _json_number(wire):
        raise Forbidden(f"{wire!r} is no JSON number in plain digits")
    return int(wire) if wire.removeprefix("-").isdigit() else Decimal(wire)


# The request


def expected_request(operation: Operation, arguments: Arguments) -> Iterator[Place]:
    """Give what must be sent for a call, in the order of the document, the signature's own parts left out."""
    for parameter in operation.parameters:
        if parameter.fill == "auth":
            continue
        value = arguments.get(parameter.python, Given(None, None))
        if value.python is None and parameter.fill in MADE_UP:
            yield parameter.place, parameter.wire, MADE_UP[parameter.fill]
        elif value.python is not None and not (parameter.style == "matrix" and not value.wire):
            in_json = parameter.place == "body" and operation.media == "application/json"
            yield parameter.place, parameter.wire, value.wire if in_json else as_text(value.wire)


def sent_request(operation: Operation, received: Received) -> Iterator[Place]:
    """Give what was sent, in its order, the signature's own parts left out."""
    auth = {p.wire for p in operation.parameters if p.fill == "auth"}
    for wire, value in _in_path(operation, received.path):
        yield "path", wire, value
    constant = parse_qsl(operation.constant_query)
    for pair in parse_qsl(received.query, keep_blank_values=True, strict_parsing=bool(received.query)):
        if pair in constant:
            constant.remove(pair)
        elif pair[0] not in auth | key_parameters(operation):
            yield "query", *pair
    for missing in constant:
        yield "constant query is missing", *missing
    for wire, value in _in_body(operation, received.body):
        if wire not in auth:
            yield "body", wire, value


def _in_path(operation: Operation, path: str) -> Iterator[tuple[str, str]]:
    parameters = {p.wire: p for p in operation.parameters if p.place == "path"}
    pattern = re.escape(operation.path)
    for wire in parameters:
        pattern = pattern.replace(re.escape("{" + wire + "}"), f"(?P<{wire}>[^/]*)")
    match = re.fullmatch(pattern, path)
    if match is None:
        yield "path", path
        return
    for wire, text in match.groupdict().items():
        if parameters[wire].style != "matrix":
            yield wire, unquote(text, errors="strict")
        elif text:
            yield wire, unquote(text.removeprefix(f";{wire}="), errors="strict")


def _in_body(operation: Operation, body: bytes) -> Iterator[tuple[str, Any]]:
    if operation.media == "application/json":
        yield from json.loads(body, object_pairs_hook=Members, parse_float=Digits, parse_int=Digits)
    elif body:
        yield from parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)


def _same(expected: Any, sent: Any) -> bool:
    """Compare by text and by kind: digits are not text, and what is made up only has to look right."""
    if isinstance(expected, re.Pattern):
        return expected.fullmatch(sent) is not None  # pyright: ignore[reportUnknownMemberType]
    if isinstance(expected, tuple | list):
        alike = isinstance(sent, tuple | list) and len(expected) == len(sent)  # pyright: ignore[reportUnknownArgumentType]
        return alike and all(map(_same, expected, sent))  # pyright: ignore[reportUnknownArgumentType]
    return expected == sent and isinstance(expected, Digits) == isinstance(sent, Digits)
