"""Types of values in generated models: ids, open enums and rows."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum, StrEnum
from typing import Any, Self

import msgspec


class Id(str):
    """An identifier given by the venue. Numbers and text on the wire become the same text, so ids compare equal."""

    __slots__ = ()


class OpenStrEnum(StrEnum):
    """Text with known values. A value that is not known arrives as itself, named after itself."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member


class OpenIntEnum(IntEnum):
    """Numbers with known values. A value that is not known arrives as itself, named after itself."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        member = int.__new__(cls, value)
        member._name_ = str(value)
        member._value_ = value
        return member


class Row(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A JSON array whose places have names. It unpacks like a tuple; members that a venue appends are ignored."""

    def __iter__(self) -> Iterator[Any]:
        """Iterate over the values in the order of the wire."""
        return iter(msgspec.structs.astuple(self))

    def __len__(self) -> int:
        """Return the number of named places."""
        return len(self.__struct_fields__)

    def __getitem__(self, index: int) -> Any:
        """Return the value at a place."""
        return msgspec.structs.astuple(self)[index]
