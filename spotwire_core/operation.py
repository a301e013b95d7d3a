"""Operations and venues as data: what generated code declares and the core interprets."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")

Place = Literal["query", "path", "form", "json"]
Kind = Literal["text", "integer", "decimal", "boolean", "id", "datetime", "list", "model"]
Fill = Literal["", "clock", "client-order-id"]
Safety = Literal["read", "idempotent", "unsafe"]
Security = Literal["none", "keyed", "signed"]


class Param(msgspec.Struct, frozen=True, kw_only=True):
    """One argument of an operation and how it travels.

    `name` is Python's, `wire` the venue's. `bare` says that it travels as a JSON number. `items` is the element of a list,
    `members` are those of a model, `zone` that of a local time, `enum` the class of the known values. Bounds are the
    venue's, checked before anything is sent.
    """

    name: str
    wire: str
    place: Place = "query"
    kind: Kind = "text"
    required: bool = False
    bare: bool = False
    fill: Fill = ""
    matrix: bool = False
    minimum: int | None = None
    maximum: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    items: Param | None = None
    members: tuple[Param, ...] = ()
    zone: str = ""
    enum: type[Any] | None = None


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """So many units in so many seconds, counted by IP address or by account.

    The operations that name `bucket` share it; with `each`, every one of them has such a bucket of its own.
    """

    bucket: str
    requests: int
    seconds: float
    scope: Literal["ip", "user"]
    each: bool = False


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """What one call takes from a bucket: `weight`, or `weight_without` when the argument at place `unless` is not given."""

    bucket: str
    weight: int = 1
    unless: int | None = None
    weight_without: int = 1


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """How an answer says whether it succeeded, and where its payload stands.

    Without `data` the body itself is the payload; without `success_codes` an answer that shows an error code failed.
    """

    code: str
    message: tuple[str, ...]
    data: str = ""
    success_codes: frozenset[str] = frozenset()
    success_flag: str = ""


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """How an order is refused inside a success envelope: `member` is not among `accepted`."""

    member: str
    accepted: tuple[str | int | None, ...]
    code: str
    message: str


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """How pages follow one another: the argument at place `parameter` moves on, `limit` is the place of the page's size.

    The items are the payload or its attribute `items`; the next value is an item's attribute `item`, or the next number of
    a page where that is empty. A walk begins at `start` where the caller names no beginning.
    """

    parameter: int
    limit: int
    items: str = ""
    item: str = ""
    descending: bool = False
    start: int | None = None


class KnownError(msgspec.Struct, frozen=True):
    """A documented error code: the exception's class by name, and what the code means."""

    error: str
    meaning: str


class Operation(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """One endpoint: `params` in the order of the wire, `result` the type that the payload decodes to.

    With `one_or_list` (the place of a parameter) the payload is one `result` when that argument is given, else a list.
    Operations are compared by identity.
    """

    name: str
    method: str
    path: str
    result: Any
    constant_query: str = ""
    params: tuple[Param, ...] = ()
    body: Literal["", "form", "json"] = ""
    security: Security = "none"
    safety: Safety = "read"
    one_or_list: int | None = None
    charges: tuple[Charge, ...] = ()
    envelope: Envelope | None = None
    refusal: Refusal | None = None
    paging: Paging | None = None


class TimeSource(msgspec.Struct, frozen=True, kw_only=True):
    """Where the venue's time is asked for: a path, the member of the answer, and how many ms its unit has."""

    path: str
    member: str
    unit_ms: int = 1


class Venue(msgspec.Struct, frozen=True, kw_only=True):
    """What is true of every operation of a venue. `clock` is None where only the header Date tells its time."""

    name: str
    title: str
    base_url: str
    auth: str
    envelope: Envelope
    errors: dict[str, KnownError]
    limits: tuple[Limit, ...] = ()
    closed: str = ""
    clock: TimeSource | None = None
