"""Turn arguments into the text that is sent. Pure: the time of sending comes in as a number.

`prepare` checks the arguments and freezes them as text, so that nothing the caller changes later is sent; `build` makes the
request when it may go out, since a few bodies carry the time of sending.
"""

from __future__ import annotations

import contextlib
import operator
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeGuard
from urllib.parse import quote

import attrs
import msgspec

from spotwire_core.errors import ConfigError
from spotwire_core.message import Request
from spotwire_core.operation import Operation, Param

Encoder = Callable[[Any], str]

CLOCK = "\0clock"
"""Stands for the time of sending in a prepared body. Encoded text never contains a control character."""

CONTENT_TYPES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (),
    "form": (("Content-Type", "application/x-www-form-urlencoded"),),
    "json": (("Content-Type", "application/json"),),
}

_plain = re.compile(r"[A-Za-z0-9._~-]*", re.ASCII).fullmatch
_plain_decimal = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII).fullmatch
_plain_integer = re.compile(r"-?[0-9]{1,60}", re.ASCII).fullmatch
_json_number = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII).fullmatch
_json_integer = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII).fullmatch
_LONGEST_NUMBER = 60
"""Characters of a number in plain digits, with its sign and point."""

LONGEST_REQUEST = 65_536
"""Characters of path, query and body together. The longest documented request has a few thousand."""

_written: Any = operator.call


class Call(msgspec.Struct, frozen=True):
    """Checked and encoded arguments. `body` may still hold the placeholder for the time of sending."""

    operation: Operation[Any]
    values: tuple[Any, ...]
    path: str
    query: str
    body: str
    client_order_ids: tuple[str, ...]


class _Bad(Exception):
    """What was expected of one value, and what came."""


def prepare(operation: Operation[Any], values: tuple[Any, ...], *, new_client_order_id: Callable[[], str]) -> Call:
    """Check and encode the arguments, in the order of `operation.params`.

    Raises ConfigError that names the operation, the argument, what was expected and what came.
    """
    plan = _plan(operation)
    if len(values) != len(operation.params):
        raise ConfigError(f"{operation.name} takes {len(operation.params)} values, got {len(values)}")
    ids: list[str] = []
    given = list(values)
    for place, param in plan.fills:
        given[place] = _filled(param, given[place], new_client_order_id, ids)
    try:
        query = "&".join(filter(None, map(_written, plan.query, given)))
        body = plan.separator.join(filter(None, map(_written, plan.body, given))) if plan.body else ""
        path = plan.path(given)
    except _Bad as bad:
        raise ConfigError(f"{operation.name}{bad}") from None
    if operation.constant_query:
        query = f"{operation.constant_query}&{query}" if query else operation.constant_query
    if operation.body == "json":
        body = "{" + body + "}"
    length = len(path) + len(query) + len(body)
    if length > LONGEST_REQUEST:
        raise ConfigError(f"{operation.name} would be {length} characters long, at most {LONGEST_REQUEST} are sent")
    return Call(operation, tuple(given), path, query, body, tuple(ids))


def requests(call: Call) -> tuple[dict[str, Any], ...]:
    """Return the arguments of a call by name, one dictionary for each order of a batch."""
    params = call.operation.params
    named = {p.name: _as_member(p, value) for p, value in zip(params, call.values, strict=True) if p.fill != "clock"}
    batch = next((p for p in params if p.items is not None and p.items.kind == "model"), None)
    if batch is None or batch.items is None:
        return (named,)
    items, members = named.pop(batch.name), batch.items.members
    return tuple({**named, **{m.name: _as_member(m, getattr(item, m.name)) for m in members}} for item in items)


def _as_member(param: Param, value: Any) -> Any:
    """Return the member of the argument's enum that was meant, whichever way it was given."""
    if param.enum is None or value is None:
        return value
    with contextlib.suppress(ValueError):
        return param.enum(value)
    return value


def build(call: Call, *, timestamp: int) -> Request:
    """Make the request that is signed and sent at `timestamp`, epoch ms."""
    body = call.body.replace(CLOCK, str(timestamp)) if CLOCK in call.body else call.body
    return Request(call.operation.method, call.path, call.query, CONTENT_TYPES[call.operation.body], body.encode())


def _filled(param: Param, value: Any, new_client_order_id: Callable[[], str], ids: list[str]) -> Any:
    """Fill in what the caller leaves out, here and in the members of a list, and note the client order ids."""
    if param.fill == "clock":
        return CLOCK
    if param.kind == "list":
        if not _is_sequence(value):
            return value  # the encoder says what was expected
        return [_filled_model(param, item, new_client_order_id, ids) for item in value]
    if value is None:
        value = new_client_order_id()
    ids.append(str.__str__(value) if isinstance(value, str) else str(value))
    return value


def _members_to_fill(param: Param) -> list[Param]:
    return [member for member in param.items.members if member.fill == "client-order-id"] if param.items else []


def _filled_model(param: Param, item: Any, new_client_order_id: Callable[[], str], ids: list[str]) -> Any:
    members = _members_to_fill(param)
    if not _is_model(item) or not all(hasattr(item, member.name) for member in members):
        return item  # the encoder says what was expected
    for member in members:
        item = attrs.evolve(item, **{member.name: getattr(item, member.name) or new_client_order_id()})
        ids.append(getattr(item, member.name))
    return item


class _Plan(msgspec.Struct, frozen=True):
    """An operation compiled: a writer for each argument and each place where it may travel, `_nothing` elsewhere."""

    query: tuple[Encoder, ...]
    body: tuple[Encoder, ...]
    separator: str
    path: Callable[[Sequence[Any]], str]
    fills: tuple[tuple[int, Param], ...]


@cache
def _plan(operation: Operation[Any]) -> _Plan:
    writers = [(param.place, _writer(param)) for param in operation.params]
    return _Plan(
        query=tuple(writer if place == "query" else _nothing for place, writer in writers),
        body=tuple(writer if place in ("json", "form") else _nothing for place, writer in writers)
        if operation.body
        else (),
        separator="," if operation.body == "json" else "&",
        path=_path_writer(operation, [writer for _, writer in writers]),
        fills=tuple((place, param) for place, param in enumerate(operation.params) if param.fill),
    )


def _nothing(_: Any) -> str:
    return ""


def _path_writer(operation: Operation[Any], writers: list[Encoder]) -> Callable[[Sequence[Any]], str]:
    places = [(place, _prefix(param)) for place, param in enumerate(operation.params) if param.place == "path"]
    if not places:
        return lambda _: operation.path

    def write(given: Sequence[Any]) -> str:
        path = operation.path
        for place, name in places:
            path = path.replace(name, writers[place](given[place]), 1)
        return path

    return write


def _writer(param: Param) -> Encoder:
    """Return the function that writes name and value: no text for an argument left out, `_Bad` with its name for a wrong one."""
    prefix, encode = "" if param.place == "path" else _prefix(param), _of_enum(param, _encoder(param))

    def write(value: Any) -> str:
        if value is None:
            if param.required:
                raise _Bad(f" needs {param.name}: got None")
            return ""
        try:
            return prefix + encode(value)
        except _Bad as bad:
            raise _Bad(f": {param.name} must be {bad}") from None

    quote_mark = '"' if param.place == "json" and not param.bare else ""
    if param.place == "path" or param.fill == "clock":
        return write
    if param.kind == "decimal":
        return _decimal_writer(prefix + quote_mark, quote_mark, write)
    if param.kind in ("text", "id") and not param.bare:
        return _text_writer(param, prefix + quote_mark, quote_mark, write)
    return write


def _of_enum(param: Param, encode: Encoder) -> Encoder:
    """Refuse a member of another enum, which two swapped arguments would be; text that is not known passes."""
    enum = param.enum
    if enum is None:
        return encode

    def check(value: Any) -> str:
        if isinstance(value, Enum) and not isinstance(value, enum):
            raise _Bad(f"a {enum.__name__} of this venue, got {type(value).__name__}.{value.name}")
        return encode(value)

    return check


def _text_writer(param: Param, start: str, end: str, otherwise: Encoder) -> Encoder:
    """Write text that keeps its bounds and needs no escaping, which is almost all, at once."""
    pattern = f"(?={param.pattern.removeprefix('^').removesuffix('$')}$)" if param.pattern else ""
    most = "" if param.max_length is None else param.max_length
    takes = re.compile(rf"{pattern}[A-Za-z0-9._~-]{{{param.min_length or 0},{most}}}", re.ASCII).fullmatch

    least, longest = param.min_length or 0, 1000 if param.max_length is None else param.max_length
    any_characters, enum = not param.pattern, param.enum

    def write(value: Any) -> str:
        if isinstance(value, str) and (enum is None or not isinstance(value, Enum) or isinstance(value, enum)):
            if any_characters and value.isalnum() and value.isascii() and least <= len(value) <= longest:
                return start + value + end
            if takes(value):
                return start + value + end
        return otherwise(value)

    return write


def _decimal_writer(start: str, end: str, otherwise: Encoder) -> Encoder:
    def write(value: Any) -> str:
        if type(value) is Decimal:
            text = str(value)
            # A digit first is neither a sign nor NaN nor Infinity; without an E these are all the digits.
            if "/" < text < ":" and "E" not in text and len(text) <= _LONGEST_NUMBER:
                return start + text + end
        return otherwise(value)

    return write


def _prefix(param: Param) -> str:
    if param.place == "path":
        return "{" + param.wire + "}"
    if param.place == "json":
        return _json(param.wire) + ":"
    return _url(param.wire) + "="


def _encoder(param: Param) -> Encoder:
    """Compose the check of the value and the way it is written, once for each parameter."""
    if param.place == "json":
        return _json_encoder(param)
    if param.kind == "list" and param.items is not None:
        return _list_encoder(param, param.items)
    read = _reader(param)
    if param.place == "path":
        return lambda value: _segment(read(value))
    if param.kind in ("integer", "decimal", "boolean"):
        return read  # such text needs no escaping
    return lambda value: _url(read(value))


def _json_encoder(param: Param) -> Encoder:
    if param.kind == "list" and param.items is not None:
        items, bounded = _json_encoder(param.items), _bounded(param)
        return lambda value: "[" + ",".join([items(item) for item in bounded(value)]) + "]"
    if param.kind == "model":
        return _model_encoder(param)
    read = _reader(param)
    if param.fill == "clock" or param.kind == "boolean":
        return read
    if param.bare:
        return _bare(read, _json_number if param.kind == "decimal" else _json_integer)
    return lambda value: _json(read(value))


def _bare(read: Encoder, is_number: Callable[[str], object]) -> Encoder:
    """Write a JSON number; any other text without quotes would change the body around it."""

    def encode(value: Any) -> str:
        text = read(value)
        if not is_number(text):
            raise _Bad(f"a number in plain digits, got {_shown(value)}")
        return text

    return encode


def _is_model(value: object) -> bool:
    return hasattr(type(value), "__attrs_attrs__")


def _model_encoder(param: Param) -> Encoder:
    steps = [(m, _json(m.wire) + ":", _of_enum(m, _json_encoder(m))) for m in param.members]

    def encode(value: Any) -> str:
        if not _is_model(value):
            raise _Bad(f"made of model objects, got {_shown(value)}")
        pieces: list[str] = []
        for member, prefix, encode_member in steps:
            given = CLOCK if member.fill == "clock" else getattr(value, member.name, None)
            if given is None:
                if member.required:
                    raise _Bad(f"given with {member.name} in every item")
                continue
            try:
                pieces.append(prefix + encode_member(given))
            except _Bad as bad:
                raise _Bad(f"made of items whose {member.name} is {bad}") from None
        return "{" + ",".join(pieces) + "}"

    return encode


def _list_encoder(param: Param, item: Param) -> Encoder:
    """Comma-separated values: in a query, or as a matrix parameter of a path, where an empty list vanishes."""
    read, bounded = _reader(item), _bounded(param)
    if param.matrix:
        start = f";{_url(param.wire)}="
        return lambda value: start + ",".join([_segment(read(item)) for item in bounded(value)]) if value else ""
    return lambda value: "%2C".join([_url(read(item)) for item in bounded(value)])


def _bounded(param: Param) -> Callable[[Any], Sequence[Any]]:
    least, most = param.min_length, param.max_length

    def check(value: Any) -> Sequence[Any]:
        if not _is_sequence(value):
            raise _Bad(f"a list, got {_shown(value)}")
        if most is not None and len(value) > most:
            raise _Bad(f"at most {most} items, got {len(value)}")
        if least is not None and len(value) < least:
            raise _Bad(f"at least {least} item(s), got {len(value)}")
        return value

    return check


def _is_sequence(value: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _reader(param: Param) -> Encoder:
    """Return the function that checks a value and gives its plain text."""
    if param.fill == "clock":
        return str
    if param.kind == "integer":
        return _integer_reader(param)
    if param.kind == "datetime":
        return _datetime_reader(param)
    if param.kind == "decimal":
        return _decimal
    if param.kind == "boolean":
        return _boolean
    return _text_reader(param)


def _text_reader(param: Param) -> Encoder:
    least, most, also_int = param.min_length, param.max_length, param.kind == "id"
    matches = re.compile(param.pattern, re.ASCII).fullmatch if param.pattern else None

    def read(value: Any) -> str:
        if not isinstance(value, str):
            if not also_int or not isinstance(value, int) or isinstance(value, bool):
                raise _Bad(f"text, got {_shown(value)}")
            value = _digits(value)
        if most is not None and len(value) > most:
            raise _Bad(f"at most {most} characters long, got {len(value)}")
        if least is not None and len(value) < least:
            raise _Bad(f"at least {least} character(s) long, got {len(value)}")
        if matches is not None and not matches(value):
            raise _Bad(f"text like {param.pattern}, got {_shown(value)}")
        return str.__str__(value)  # of a class E(str, Enum) the value, not the name

    return read


def _integer_reader(param: Param) -> Encoder:
    least, most = param.minimum, param.maximum

    def read(value: Any) -> str:
        if not isinstance(value, int) or isinstance(value, bool):
            if isinstance(value, str) and _plain_integer(value):
                value = int(value)
            else:
                raise _Bad(f"an int, got {_shown(value)}")
        if (most is not None and value > most) or (least is not None and value < least):
            raise _Bad(
                f"from {'-∞' if least is None else least} to {'∞' if most is None else most}, got {_shown(value)}"
            )
        return _digits(value)

    return read


def _digits(value: int) -> str:
    """Write an int. A longer one than any number may be is refused before it is: that would take seconds."""
    if abs(value) >= 10**_LONGEST_NUMBER:
        raise _Bad(f"an int of at most {_LONGEST_NUMBER} digits, got {_shown(value)}")
    return format(value, "d")


def _decimal(value: Any) -> str:
    if isinstance(value, str):
        if not _plain_decimal(value) or (value[0] == "-" and not value.strip("-0.")):
            raise _Bad(f"a decimal number in plain digits, got {_shown(value)}")
        return _short(value, value)
    if isinstance(value, float):
        raise _Bad(f"a Decimal or text, not a float, which cannot hold money exactly: got {value!r}")
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise _Bad(f"a Decimal, got {_shown(value)}")
    if isinstance(value, int):
        return _digits(value)
    if not value.is_finite() or (value.is_zero() and value.is_signed()):
        raise _Bad(f"a finite decimal number, got {_shown(value)}")
    far = abs(value.adjusted()) > _LONGEST_NUMBER  # written out it could fill the memory
    return _short("" if far else format(value, "f"), value)


def _short(text: str, value: object) -> str:
    if not 0 < len(text) <= _LONGEST_NUMBER:
        raise _Bad(f"a number of at most {_LONGEST_NUMBER} characters in plain digits, got {_shown(value)}")
    return text


def _boolean(value: Any) -> str:
    if not isinstance(value, bool):
        raise _Bad(f"True or False, got {_shown(value)}")
    return "true" if value else "false"


def _datetime_reader(param: Param) -> Encoder:
    zone = _zone(param.zone)

    def read(value: Any) -> str:
        if isinstance(value, str):
            return value
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise _Bad(f"an aware datetime or the venue's text, got {_shown(value)}")
        if zone is not None:
            return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    return read


def _zone(offset: str) -> timezone | None:
    if not offset:
        return None
    sign = -1 if offset.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))


def _url(text: str) -> str:
    """Percent-encode all but the unreserved characters of RFC 3986, with upper-case hex."""
    if _plain(text):
        return text
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise _Bad("text that can be encoded as UTF-8") from None


def _segment(text: str) -> str:
    """Encode one segment of a path, which can neither end it nor climb out of it."""
    if text in ("", ".", ".."):
        raise _Bad(f"usable as a part of a path, got {text!r}")
    return _url(text)


def _json(text: str) -> str:
    if _plain(text):
        return f'"{text}"'
    try:
        return msgspec.json.encode(text).decode()
    except UnicodeEncodeError:
        raise _Bad("text that can be encoded as UTF-8") from None


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # an int of thousands of digits
        text = "a huge number"
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"
