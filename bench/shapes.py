"""The generated models once more, as the peers would declare them: derived, so that all decode the same members."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import msgspec
import pydantic

from spotwire_core.decode import wire_name
from spotwire_core.types import Id, Row

Translate = Callable[[Any], Any]


def as_structs(target: Any) -> Any:
    """Return the type as msgspec Structs whose decimals, ids and enums are plain text: the floor of decoding."""
    known: dict[type, type] = {}

    def leaf(annotation: Any) -> Any:
        if isinstance(annotation, type) and issubclass(annotation, (Decimal, str)):
            return str
        if isinstance(annotation, type) and attrs.has(annotation):
            return model(annotation, {field.name: wire_name(field) for field in attrs.fields(annotation)}, row=False)
        if isinstance(annotation, type) and issubclass(annotation, Row):
            return model(annotation, None, row=True)
        return annotation

    def model(cls: type, rename: dict[str, str] | None, *, row: bool) -> type:
        if cls not in known:
            members = [_struct_member(name, _translated(hint, leaf)) for name, hint in _hints(cls).items()]
            known[cls] = msgspec.defstruct(cls.__name__, members, rename=rename, array_like=row, gc=False, kw_only=True)
        return known[cls]

    return _translated(target, leaf)


def _struct_member(name: str, annotation: Any) -> tuple[str, Any] | tuple[str, Any, Any]:
    return (name, annotation, None) if _optional(annotation) else (name, annotation)


def as_pydantic(target: Any, *, blanks: bool = False) -> Any:
    """Return the type as pydantic models with Decimal; with `blanks` an empty text counts as null."""
    known: dict[type, Any] = {}

    def leaf(annotation: Any) -> Any:
        if annotation is Id:
            return str
        if isinstance(annotation, type) and attrs.has(annotation):
            return model(annotation)
        if isinstance(annotation, type) and issubclass(annotation, Row):
            return types.GenericAlias(tuple, tuple(_hints(annotation).values()))
        return annotation

    def member(field: attrs.Attribute[Any], hint: Any) -> Any:
        annotation = _translated(hint, leaf)
        if blanks and hint == Decimal | None:
            annotation = typing.Annotated[annotation, pydantic.BeforeValidator(_none_if_blank)]
        default = None if _optional(hint) else ...
        return annotation, pydantic.Field(default, alias=wire_name(field))

    def model(cls: type) -> Any:
        if cls not in known:
            hints = _hints(cls)
            members = {field.name: member(field, hints[field.name]) for field in attrs.fields(cls)}
            known[cls] = pydantic.create_model(cls.__name__, **members)
        return known[cls]

    return _translated(target, leaf)


def _none_if_blank(value: Any) -> Any:
    return value or None


def decimal_texts(value: Any) -> list[str]:
    """Return the digits of every Decimal in a decoded value."""
    if isinstance(value, Decimal):
        return [format(value, "f")]
    if isinstance(value, list):
        return [text for item in value for text in decimal_texts(item)]
    if attrs.has(type(value)):
        return [text for field in attrs.fields(type(value)) for text in decimal_texts(getattr(value, field.name))]
    if isinstance(value, Row):
        return [text for item in value for text in decimal_texts(item)]
    return []


def decimal_names(*models: type) -> set[str]:
    """Return the wire names of the members that are decimals."""
    return {
        wire_name(field)
        for cls in models
        for field in attrs.fields(cls)
        if Decimal in _arguments(_hints(cls)[field.name])
    }


def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _arguments(annotation: Any) -> tuple[Any, ...]:
    return typing.get_args(annotation) or (annotation,)


def _optional(annotation: Any) -> bool:
    return type(None) in typing.get_args(annotation)


def _translated(annotation: Any, leaf: Translate) -> Any:
    arguments = typing.get_args(annotation)
    if not arguments:
        return leaf(annotation)
    translated = tuple(dict.fromkeys(_translated(argument, leaf) for argument in arguments))
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union):
        return typing.Union[translated]  # noqa: UP007  # built from a tuple
    if origin is dict:
        return dict[_translated(arguments[0], leaf), _translated(arguments[1], leaf)]  # type: ignore[misc]
    return types.GenericAlias(origin, translated)
