"""The slow, exact reading of an answer: forgives what the policy forgives and names what is wrong.

Forgiven: `""` where null may stand, text or number for a number, a number for an enum of texts, one object wrapped in a list
of one. Not forgiven: everything else, with the path to it. Only reached when the strict decoder has refused an answer.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, NoReturn, TypeGuard

import attrs
import msgspec

from spotwire_core.types import Id, Row

_number = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?", re.ASCII).fullmatch
_whole = re.compile(r"-?[0-9]{1,1000}", re.ASCII).fullmatch
_local = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})", re.ASCII).fullmatch


class Mismatch(ValueError):
    """An answer is not of the documented form: `path` inside it, and what was expected there."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path}: {expected}")
        self.path = path
        self.expected = expected


def read_text(target: Any, body: bytes) -> Any:
    """Parse JSON exactly and read it as `target`. Raises Mismatch."""
    try:
        value = json.loads(
            body.decode("utf-8"), parse_float=_parse_float, parse_int=_parse_int, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError as error:
        raise Mismatch("$", f"UTF-8 text, found a wrong byte at offset {error.start}") from None
    except Mismatch:
        raise
    except ValueError as error:
        raise Mismatch("$", f"JSON ({error})") from None
    try:
        return read(target, value, "$")
    except RecursionError:
        raise _too_deep() from None


def read(target: Any, value: Any, path: str) -> Any:
    """Read an untyped value as `target`."""
    origin = typing.get_origin(target)
    if target is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        return _read_union(typing.get_args(target), value, path)
    if origin is list:
        return _read_list(typing.get_args(target)[0], value, path)
    if origin is dict:
        return _read_dict(typing.get_args(target)[1], value, path)
    if target is None or target is type(None):
        return None if value is None else _wrong(path, "null", value)
    if attrs.has(target):
        return _read_model(target, value, path)
    if issubclass(target, Row):
        return _read_row(target, value, path)
    if issubclass(target, Enum):
        return _read_enum(target, value, path)
    return _SCALARS[target](value, path)


def local_time(value: Any, zone: str) -> datetime:
    """Read `YYYY-MM-DD HH:MM:SS` in the zone of the venue."""
    match = _local(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("expected a time like 2025-03-12 17:37:31")
    sign = -1 if zone.startswith("-") else 1
    offset = timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=offset)


def _too_deep() -> Mismatch:
    return Mismatch("$", "JSON that is not nested thousands of levels deep")


def _parse_int(digits: str) -> int:
    if len(digits) > 1000:
        raise Mismatch("$", f"numbers of a sensible size, found one of {len(digits)} digits")
    return int(digits)


def _parse_float(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Mismatch("$", "numbers of a sensible size") from None


def _refuse_constant(name: str) -> NoReturn:
    raise Mismatch("$", f"JSON, which has no {name}")


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _wrong(path: str, expected: str, value: Any) -> NoReturn:
    shown = repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
    raise Mismatch(path, f"expected {expected}, got {shown}")


def _read_union(members: tuple[Any, ...], value: Any, path: str) -> Any:
    optional = type(None) in members
    rest = [member for member in members if member is not type(None)]
    if optional and value is None:
        return None
    if optional and value == "" and not any(isinstance(member, type) and issubclass(member, str) for member in rest):
        return None
    if len(rest) == 1:
        return read(rest[0], value, path)
    return _read_alternative(rest, value, path)


def _read_alternative(members: list[Any], value: Any, path: str) -> Any:
    problem: Mismatch | None = None
    for member in members:
        try:
            return read(member, value, path)
        except Mismatch as mismatch:
            if problem is None or len(mismatch.path) > len(problem.path):
                problem = mismatch
    assert problem is not None
    raise problem


def _read_list(item: Any, value: Any, path: str) -> list[Any]:
    if not _is_list(value):
        _wrong(path, "an array", value)
    return [read(item, element, f"{path}[{index}]") for index, element in enumerate(value)]


def _read_dict(item: Any, value: Any, path: str) -> dict[str, Any]:
    if not _is_object(value):
        _wrong(path, "an object", value)
    return {key: read(item, element, f"{path}.{key}") for key, element in value.items()}


def _read_model(model: Any, value: Any, path: str) -> Any:
    if _is_list(value) and len(value) == 1:
        value = value[0]
    if not _is_object(value):
        _wrong(path, "an object", value)
    hints = typing.get_type_hints(model)
    arguments: dict[str, Any] = {}
    for field in attrs.fields(model):
        wire = field.metadata.get("wire", field.name)
        if wire not in value:
            if field.default is attrs.NOTHING:
                raise Mismatch(f"{path}.{wire}", "a member that is always there is missing")
            continue
        zone = field.metadata.get("zone", "")
        arguments[field.name] = _read_member(hints[field.name], value[wire], f"{path}.{wire}", zone)
    return model(**arguments)


def _read_member(hint: Any, value: Any, path: str, zone: str) -> Any:
    if not zone or value is None or value == "":
        return read(hint, value, path)
    try:
        return local_time(value, zone)
    except ValueError:
        _wrong(path, "a time like 2025-03-12 17:37:31", value)


def _read_row(row: Any, value: Any, path: str) -> Any:
    if not _is_list(value):
        _wrong(path, "an array", value)
    hints = typing.get_type_hints(row)
    needed = [field for field in msgspec.structs.fields(row) if field.required]
    if len(value) < len(needed):
        raise Mismatch(path, f"expected at least {len(needed)} members, got {len(value)}")
    pairs = zip(row.__struct_fields__, value, strict=False)
    return row(*[read(hints[name], element, f"{path}[{index}]") for index, (name, element) in enumerate(pairs)])


def _read_enum(enum: Any, value: Any, path: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        _wrong(path, "text or a whole number", value)
    if issubclass(enum, str):
        return enum(str(value))
    if isinstance(value, str) and not _whole(value):
        _wrong(path, "a whole number", value)
    return enum(int(value))


def _read_decimal(value: Any, path: str) -> Decimal:
    if isinstance(value, str) and _number(value):
        return Decimal(value)
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    _wrong(path, "a decimal number", value)


def _read_int(value: Any, path: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _whole(value):
        return int(value)
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value.adjusted()) < 1000:
        return int(value)
    _wrong(path, "a whole number", value)


def _read_str(value: Any, path: str) -> str:
    return value if isinstance(value, str) else _wrong(path, "text", value)


def _read_id(value: Any, path: str) -> Id:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        _wrong(path, "text or a whole number", value)
    return Id(value)


def _read_bool(value: Any, path: str) -> bool:
    return value if isinstance(value, bool) else _wrong(path, "true or false", value)


def _read_datetime(value: Any, path: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        _wrong(path, "a time in ISO 8601", value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_SCALARS: dict[Any, Callable[[Any, str], Any]] = {
    Decimal: _read_decimal,
    int: _read_int,
    str: _read_str,
    Id: _read_id,
    bool: _read_bool,
    datetime: _read_datetime,
}
