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
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import attrs
import msgspec

from spotwire_core.tolerant import Mismatch, local_time, read_text
from spotwire_core.types import Id, Row

_building = threading.Lock()
_not_a_number = re.compile(rb'"[ \x80-\xff]*[+-]?s?(nan|inf)')
_odd_digits = re.compile(rb'(?s)[_ \x80-\xff](?<=["0-9.eE+-].)[0-9.eE+_ \x80-\xff-]*"')
_odd_escape = re.compile(rb'"[0-9+.eEnNaAsSiI_ \x80-\xff-]*\\')
"""Text that Decimal would take for a number and that is none on the wire: ` NaN`, `1_0`, digits of other scripts."""


class Decoder:
    """Decodes one type. Keep it: building one costs more than using it."""

    def __init__(self, target: Any) -> None:
        self.target = target
        self._blank = _blank_numbers(target)
        with _building, _wire_names(_models_in(target)):
            self._strict = msgspec.json.Decoder(_marked(target), dec_hook=_decode_marked)

    def decode(self, body: bytes | msgspec.Raw) -> Any:
        """Return the value. Raises Mismatch with the place inside the answer."""
        try:
            value = self._strict.decode(body)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return self._decode_tolerantly(bytes(body))
        if _may_hide_non_number(body):
            return read_text(self.target, bytes(body))
        return value

    def _decode_tolerantly(self, body: bytes) -> Any:
        if self._blank is not None:
            filled, count = self._blank.subn(rb"\1null", body)
            if count and not _may_hide_non_number(body):
                try:
                    return self._strict.decode(filled)
                except (msgspec.MsgspecError, ValueError, RecursionError):
                    pass
        return read_text(self.target, body)


@cache
def decoder(target: Any) -> Decoder:
    """Return the decoder of a type, built once."""
    return Decoder(target)


@cache
def list_decoder(target: Any) -> Decoder:
    """Return the decoder of a list of a type, built once."""
    return Decoder(types.GenericAlias(list, (target,)))


def _may_hide_non_number(body: bytes | msgspec.Raw) -> bool:
    text = bytes(body)
    if b"\\" in text and _odd_escape.search(text):
        return True
    if (b"_" in text or b" " in text or not text.isascii()) and _odd_digits.search(text):
        return True
    lowered = text.lower().replace(b"_", b"")
    return (b"nan" in lowered or b"inf" in lowered) and _not_a_number.search(lowered) is not None


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
    """Replace datetime by its marker where the text has no zone of its own."""
    if not zone:
        return annotation
    marker = _local_time_type(zone)
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


def _blank_numbers(target: Any) -> re.Pattern[bytes] | None:
    """Match `"name":""` for members that are numbers or null, so that blanks can be decoded as null at full speed."""
    blank: set[str] = set()
    text: set[str] = set()
    for model in _models_in(target):
        hints = typing.get_type_hints(model)
        for field in attrs.fields(model):
            (text if _takes_text(hints[field.name]) else blank).add(wire_name(field))
    names = sorted(blank - text)
    if not names:
        return None
    return re.compile(rb'("(?:' + b"|".join(re.escape(name.encode()) for name in names) + rb')"\s*:\s*)""')


def _takes_text(annotation: Any) -> bool:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return any(_takes_text(argument) for argument in typing.get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, str)


__all__ = ["Decoder", "Mismatch", "decoder", "list_decoder", "wire_name"]
