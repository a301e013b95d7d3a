"""Turn the bytes of an answer into typed values, without a float anywhere.

msgspec decodes straight into the attrs classes of the generated models. Since it knows no renaming for attrs classes, each
class gets the descriptors of its slots a second time under the names of the wire, and shows msgspec those names while a
decoder is being built. An answer that the strict decoder refuses goes once more through `spotwire_core.tolerant`, which
forgives blanks where a value may be null and says exactly what is wrong with the rest.
"""

from __future__ import annotations

import re
import threading
import types
import typing
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Annotated, Any

import attrs
import msgspec

from spotwire_core.tolerant import Mismatch, local_time, read_text
from spotwire_core.types import Id, Row

_building = threading.Lock()
_Check = Callable[[Iterable[Any]], bool]

_aware = Annotated[datetime, msgspec.Meta(tz=True)]
_odd_digits = re.compile(rb'(?s)[_ \x80-\xff](?<=["0-9.eE+-].)[0-9.eE+_ \x80-\xff-]*"')
_odd_escape = re.compile(rb'"[0-9+.eEnNaAsSiI_ \x80-\xff-]*\\')
"""Text that Decimal would take for a number and that is none on the wire: `1_0`, digits of other scripts."""
_starts_number = re.compile(rb"[0-9.eE+-]*").fullmatch
_BACKSLASH, _UNDERSCORE, _BLANK = b"\\_ "  # as numbers, which are found three times as fast as bytes


class Decoder:
    """Decodes one type. Keep it: building one costs more than using it."""

    def __init__(self, target: Any) -> None:
        self.target = target
        with _building:  # all of it: while another thread shows msgspec the wire's names, fields read wrong
            self._blank = _blank_numbers(target)
            self._is_finite = _finite_check_of_one(target)
            with _wire_names(_models_in(target)):
                self._strict = msgspec.json.Decoder(_marked(target), dec_hook=_decode_marked)

    def decode(self, body: bytes | msgspec.Raw) -> Any:
        """Return the value. Raises Mismatch with the place inside the answer."""
        try:
            value = self._strict.decode(body)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return self._decode_tolerantly(bytes(body))
        plain = body if type(body) is bytes else bytes(body)
        return self._read_exactly(plain) if self._holds_non_number(plain, value) else value

    def _decode_tolerantly(self, body: bytes) -> Any:
        filled = body
        for blank, null in self._blank:
            filled = filled.replace(blank, null)
        if filled is not body:
            try:
                value = self._strict.decode(filled)
            except (msgspec.MsgspecError, ValueError, RecursionError):
                return self._read_exactly(body)
            if not self._holds_non_number(filled, value):
                return value
        return self._read_exactly(body)

    def _read_exactly(self, body: bytes) -> Any:
        with _building:  # the fields of the models must have their own names meanwhile
            return read_text(self.target, body)

    def _holds_non_number(self, body: bytes, value: Any) -> bool:
        """Tell whether a Decimal was read from text that is no number."""
        if self._is_finite is None:
            return False
        if _BACKSLASH in body and _odd_escape.search(body):
            return True
        if (_UNDERSCORE in body or _BLANK in body or not body.isascii()) and _has_odd_digits(body):
            return True
        return not self._is_finite(value)


def _has_odd_digits(body: bytes) -> bool:
    odd = _odd_digits.search(body)
    while odd is not None:
        at = odd.start()
        if _starts_number(body, body.rfind(b'"', 0, at) + 1, at):
            return True
        odd = _odd_digits.search(body, odd.end())
    return False


@cache
def decoder(target: Any) -> Decoder:
    """Return the decoder of a type, built once."""
    return Decoder(target)


@cache
def list_decoder(target: Any) -> Decoder:
    """Return the decoder of a list of a type, built once."""
    return Decoder(types.GenericAlias(list, (target,)))


def wire_name(field: attrs.Attribute[Any]) -> str:
    """Return the venue's name of a model's field."""
    return typing.cast(str, field.metadata.get("wire", field.name))


class _LocalTime(type):
    """Stands for datetime text in a fixed zone: msgspec hands it to the hook and accepts the datetime that comes back."""

    zone: str

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


@cache
def _local_time_type(zone: str) -> _LocalTime:
    marker = _LocalTime("LocalTime", (), {})
    marker.zone = zone
    return marker


def _decode_marked(target: type, value: Any) -> Any:
    if target is Id:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise ValueError("expected text or a whole number")
        return Id(value)
    if isinstance(target, _LocalTime):
        return local_time(value, target.zone)
    raise NotImplementedError(target)


@contextmanager
def _wire_names(models: set[type[Any]]) -> Generator[None]:
    """Let msgspec see the wire's names, while the classes themselves stay as they were declared."""
    saved = [(model, model.__attrs_attrs__, model.__annotations__) for model in models]
    try:
        for model in models:
            hints = typing.get_type_hints(model)
            fields = attrs.fields(model)
            for field in fields:
                if wire_name(field) != field.name:
                    setattr(model, wire_name(field), model.__dict__[field.name])
            model.__attrs_attrs__ = tuple(field.evolve(name=wire_name(field)) for field in fields)
            model.__annotations__ = {wire_name(f): _marked(hints[f.name], f.metadata.get("zone", "")) for f in fields}
        yield
    finally:
        for model, fields, annotations in saved:
            model.__attrs_attrs__ = fields
            model.__annotations__ = annotations


def _marked(annotation: Any, zone: str = "") -> Any:
    """Replace datetime by its marker where the text has no zone of its own, else refuse text without a zone."""
    if not zone and annotation not in (datetime, datetime | None):
        return annotation
    marker: Any = _local_time_type(zone) if zone else _aware
    return marker | None if type(None) in typing.get_args(annotation) else marker


def _models_in(target: Any) -> set[type[Any]]:
    found: set[type[Any]] = set()
    _collect(target, found)
    return {model for model in found if attrs.has(model)}


def _collect(target: Any, found: set[type[Any]]) -> None:
    for argument in typing.get_args(target):
        _collect(argument, found)
    if isinstance(target, type) and target not in found and (attrs.has(target) or issubclass(target, Row)):
        found.add(target)
        for hint in typing.get_type_hints(target).values():
            _collect(hint, found)


def _blank_numbers(target: Any) -> list[tuple[bytes, bytes]]:
    """Return what to replace by what, so that blank members that are numbers or null can be decoded as null at full speed."""
    blank: set[str] = set()
    text: set[str] = set()
    for model in _models_in(target):
        hints = typing.get_type_hints(model)
        for field in attrs.fields(model):
            may_be_blank = type(None) in typing.get_args(hints[field.name]) and not _takes_text(hints[field.name])
            (blank if may_be_blank else text).add(wire_name(field))
    names = [msgspec.json.encode(name) + b":" for name in sorted(blank - text)]
    return [(name + b'""', name + b"null") for name in names]


def _finite_check_of_one(target: Any) -> Callable[[Any], bool] | None:
    """Return the check that all decimals inside one value of a type are finite; None where it has none."""
    check = _finite_check(target, {})
    if check is None:
        return None
    hints = typing.get_type_hints(target) if attrs.has(target) else {}
    names = [name for name, hint in hints.items() if hint in (Decimal, Decimal | None)]
    nested = any(_finite_check(hint, {}) is not None for name, hint in hints.items() if name not in names)
    if len(names) < 2 or nested:
        return lambda value: check((value,))
    read = attrgetter(*names)

    def check_side_by_side(value: Any) -> bool:
        present: Iterable[Decimal] = filter(None, read(value))
        return all(map(Decimal.is_finite, present))

    return check_side_by_side


def _finite_check(annotation: Any, known: dict[type, _Check | None]) -> _Check | None:
    """Return the check that all decimals inside values of a type are finite, column by column; None where it has none."""
    if annotation is Decimal:
        return lambda values: all(map(Decimal.is_finite, values))
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return _finite_check_of_union(arguments, known)
    if typing.get_origin(annotation) is list:
        return _finite_check_inside(_finite_check(arguments[0], known), _elements_of)
    if typing.get_origin(annotation) is dict:
        return _finite_check_inside(_finite_check(arguments[1], known), _values_of)
    if isinstance(annotation, type) and (attrs.has(annotation) or issubclass(annotation, Row)):
        return _finite_check_of(annotation, known)
    return None


def _finite_check_inside(check: _Check | None, items: Callable[[Iterable[Any]], Iterable[Any]]) -> _Check | None:
    if check is None:
        return None
    return lambda values: check(items(values))


def _elements_of(lists: Iterable[list[Any]]) -> Iterable[Any]:
    return chain.from_iterable(lists)


def _values_of(dicts: Iterable[dict[str, Any]]) -> Iterable[Any]:
    return chain.from_iterable(one.values() for one in dicts)


def _finite_check_of_union(members: tuple[Any, ...], known: dict[type, _Check | None]) -> _Check | None:
    checks = [
        (typing.get_origin(member) or member, check)
        for member in members
        if (check := _finite_check(member, known)) is not None
    ]
    if len(checks) == 1 and len(members) == 2 and type(None) in members:
        only = checks[0][1]
        return lambda values: only(filter(None, values))  # what counts as false is null, a zero or an empty list

    def check_each(values: Iterable[Any]) -> bool:
        rows = list(values)
        return all(check([row for row in rows if isinstance(row, kind)]) for kind, check in checks)

    return check_each if checks else None


def _finite_check_of(model: type[Any], known: dict[type, _Check | None]) -> _Check | None:
    if model in known:
        return known[model]
    decimals: list[str] = []
    others: list[tuple[attrgetter[Any], _Check]] = []

    def check(values: Iterable[Any]) -> bool:
        rows = list(values)
        present: Iterable[Decimal] = filter(None, numbers(rows))  # what counts as false is null or zero
        if not all(map(Decimal.is_finite, present)):
            return False
        return not others or not rows or all(inner(map(read, rows)) for read, inner in others)

    known[model] = check  # a model may hold itself
    for name, hint in typing.get_type_hints(model).items():
        if hint in (Decimal, Decimal | None):
            decimals.append(name)
        elif (inner := _finite_check(hint, known)) is not None:
            others.append((attrgetter(name), inner))
    numbers = _numbers_in(decimals)
    if not decimals and all(inner is check for _, inner in others):
        known[model] = None
    return known[model]


def _numbers_in(names: list[str]) -> Callable[[Iterable[Any]], Iterable[Any]]:
    """Return what reads these attributes of all rows, one row after the other."""
    if not names:
        return lambda _: ()
    read = attrgetter(*names)
    if len(names) == 1:  # then it gives the value itself
        return lambda rows: map(read, rows)
    return lambda rows: chain.from_iterable(map(read, rows))


def _takes_text(annotation: Any) -> bool:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return any(_takes_text(argument) for argument in typing.get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, str)


__all__ = ["Decoder", "Mismatch", "decoder", "list_decoder", "wire_name"]
