"""Turn the names of the wire into names of Python: the only place where that happens."""

from __future__ import annotations

import builtins
import keyword
import re
from typing import Self

from openapi_python_client.strings import snake_case

_identifier = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII).fullmatch

# Names that annotations and bodies of generated code use, and would mean something else beside an attribute so called.
_USED = {
    "Any", "AsyncClient", "CallOptions", "Decimal", "Id", "Operation", "Param", "Row", "Sequence", "SyncClient",
    "annotations", "attrs", "datetime", "options", "overload", "self",
    "AsyncCaller", "Charge", "Envelope", "Refusal", "SyncCaller",
    "bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple", "property", "super", "type_",
}  # fmt: skip


class BadName(ValueError):
    """A wire name from which no Python name can be made."""


class Name(str):
    """An identifier that has been checked: the only text that templates print without a filter."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Check the text."""
        if not _identifier(text) or keyword.iskeyword(text) or (text.startswith("__") and text.endswith("__")):
            raise BadName(f"{_shown(text)} is not usable as a Python name: give it an x-name")
        return super().__new__(cls, text)


def attribute(wire: str) -> Name:
    """Return the name of a parameter or attribute: snake case, with an underscore behind reserved words."""
    if not wire.isascii():
        raise BadName(f"{_shown(wire)} has characters outside ASCII: give it an x-name")
    text = snake_case(wire)
    if text[:1].isdigit():
        raise BadName(f"{_shown(wire)} begins with a digit: give it an x-name")
    return Name(
        f"{text}_"
        if keyword.iskeyword(text) or (keyword.issoftkeyword(text) and text != "type") or text in _USED
        else text
    )


def given(text: str) -> Name:
    """Check a name that a document chose itself (x-name)."""
    if text in _USED:
        raise BadName(f"{_shown(text)} means something else in generated code: choose another x-name")
    return Name(text)


def class_name(name: str) -> Name:
    """Return the name of a named schema, which must be written in PascalCase already."""
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name, re.ASCII) or name in _USED or hasattr(builtins, name):
        raise BadName(f"{_shown(name)} is not usable as a class name: write it in PascalCase, not after a builtin")
    return Name(name)


def camel_case(method: str) -> str:
    """Return the operationId of a method name: order_book is orderBook, ticker_24h is ticker24h."""
    first, *rest = method.split("_")
    return first + "".join(part.capitalize() for part in rest)


def constant(name: str) -> Name:
    """Return the name of a module constant: PLACE_ORDER for place_order."""
    return Name(name.upper())


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
