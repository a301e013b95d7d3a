"""What goes out and what comes back, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

import msgspec

T = TypeVar("T")


class Request(msgspec.Struct, frozen=True):
    """An encoded request. `query` and `body` are exactly what is sent, so they are what is signed.

    `path` has no query; `query` no question mark. `sensitive` lists the texts in it that must show nowhere.
    """

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    sensitive: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """Path and query as they stand in the request line."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def __repr__(self) -> str:
        """Return method and path alone: queries, headers and bodies carry keys and signatures."""
        return f"Request({self.method} {self.path})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Give rich, which prints all members of a struct, no more than that."""
        return [("method", self.method), ("path", self.path)]


class Headers(Mapping[str, str]):
    """Headers of an answer, looked up without regard to case; repeated ones are joined by commas."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, str] = {}
        for raw_name, raw_value in pairs:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            self._values[name] = f"{self._values[name]}, {value}" if name in self._values else value

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        """Return the names alone: a venue may repeat a key."""
        return f"Headers({', '.join(self._values)})"


class Response(msgspec.Struct, frozen=True):
    """An answer as it came. `headers` are looked up without regard to case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        """Return status and length alone: a venue may repeat a key."""
        return f"Response({self.status}, {len(self.body)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Give rich no more than that."""
        return [("status", self.status), ("bytes", len(self.body))]


class RawResponse(msgspec.Struct, Generic[T], frozen=True):
    """An answer together with the value that was decoded from it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    value: T

    def __repr__(self) -> str:
        """Return status, length and value: a venue may repeat a key in the rest."""
        return f"RawResponse({self.status}, {len(self.body)} bytes, value={self.value!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Give rich no more than that."""
        return [("status", self.status), ("bytes", len(self.body)), ("value", self.value)]


class Auth(Protocol):
    """A hand-written auth hook: a pure function from an encoded request to a signed one."""

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        """Return the request signed. `timestamp` is epoch ms by the venue's clock, `nonce` 32 random hex digits."""
        ...

    def sensitive(self) -> tuple[str, ...]:
        """Return the texts that must show nowhere."""
        ...


@runtime_checkable
class KeyedAuth(Protocol):
    """An auth hook of a venue where some operations want the API key without a signature."""

    def identify(self, request: Request) -> Request:
        """Return the request with the API key."""
        ...
