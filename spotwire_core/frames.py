"""Streams as data, and the pure half of talking to one: the text of commands, and frames read into typed events.

Nothing here opens a connection, waits or knows the time. Generated code declares a `StreamVenue` with its `Stream`s and hands
them to whoever does (`SyncOpener`, `AsyncOpener`); that one composes text with `address`, `subscribe` and the other
functions, and gives every text frame that comes in to `Frames.read`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Generic, Literal, Protocol, Self, TypeVar

import msgspec

from spotwire_core.decode import Mismatch, decoder, list_decoder
from spotwire_core.encode import prepare
from spotwire_core.errors import EXCERPT, ConfigError
from spotwire_core.notices import Notice, Unreadable
from spotwire_core.operation import Operation, Param
from spotwire_core.redact import scrub

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

FrameKind = Literal["event", "answer", "echo", "error", "unknown", "unreadable"]
Json = str | int | bool | None | msgspec.Raw | Sequence["Json"] | Mapping[str, "Json"]

_breaks_address = re.compile(r"[@{}\"'\\\s]").search
"""What stands for another part of a channel's name or ends the text around it; what separates its parts comes on top."""
_separators = re.compile(r"[:/!@]").findall


class Stream(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """A channel that pushes events of one type.

    `address` is the channel's name with its parameters in braces, `{symbol}@depth@{levels}`. `params` are the arguments of the
    method in its order: those with place "path" go into the address, those with place "json" into the command that subscribes.

    A frame of the stream says `kind`. Its event is the frame itself (`bare`), or a list of events lies under the member
    `FrameFormat.events` (`listed`), or both occur. `members` are always in a frame that is an event. `channel` is the attribute
    of an event that names its channel, and `sources` tell which attribute repeats which parameter of the address; empty where
    none does. Streams are compared by identity.
    """

    name: str
    address: str
    kind: str
    event: Any
    params: tuple[Param, ...] = ()
    bare: bool = True
    listed: bool = False
    members: frozenset[str] = frozenset()
    channel: str = ""
    sources: tuple[tuple[str, str], ...] = ()


class Request(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """A question that is asked over the connection and answered once.

    `address` and `params` are those of a `Stream`; what goes into the command stands beside the address there. The answer
    decodes to `answer`, has `member`, which no other frame has, and repeats the address as its channel.
    """

    name: str
    address: str
    answer: Any
    member: str
    params: tuple[Param, ...] = ()


class FrameFormat(msgspec.Struct, frozen=True, kw_only=True):
    """The members by which a frame says what it is.

    `events` holds a list of events. `echoes` and `answers` are the kinds of the frames that repeat a command and that answer
    one; `echo_id` is the path to the command's id in an echo. A code that is not among `success_codes` is an error.
    """

    kind: str
    sequence: str
    code: str
    message: str
    channel: str
    events: str
    echoes: str
    answers: str
    echo_id: tuple[str, ...]
    success_codes: frozenset[str]


class Commands(msgspec.Struct, frozen=True, kw_only=True):
    """How commands are written: the names of their members, then what `op` says for each command.

    `pong_time` is the member with the time in the message that keeps a connection open, `pong_unit_ms` how many milliseconds
    its unit has.
    """

    op: str
    channel: str
    param: str
    id: str
    subscribe: str
    unsubscribe: str
    list: str
    request: str
    pong: str
    pong_time: str
    pong_unit_ms: int = 1


class SymbolLookup(msgspec.Struct, frozen=True, kw_only=True):
    """How a symbol becomes the id that channels are named after.

    Call `operation` with None for every argument, and take the attribute `id` of the item whose attribute `symbol` is the
    caller's. `parameter` is the argument of streams that is replaced so before `address` is called.
    """

    operation: Operation[Any]
    symbol: str
    id: str
    parameter: str


class StreamVenue(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What is true of all streams of a venue. All times are in seconds.

    A connection ends after `lifetime`. The venue pings every `ping_every`.
    """

    name: str
    title: str
    url: str
    frame: FrameFormat
    commands: Commands
    lifetime: int
    ping_every: int
    symbols: SymbolLookup | None = None
    streams: tuple[Stream[Any], ...] = ()
    requests: tuple[Request[Any], ...] = ()


# Who does the I/O


class Subscription(Protocol[T_co]):
    """A stream. It begins when it is entered or iterated; leaving the `with` block, or `close`, unsubscribes."""

    def __enter__(self) -> Self:
        """Begin, and wait for the venue's word. Raises ApiError where it refuses, TransportError where it says nothing."""
        ...

    def __exit__(self, *error: object) -> None: ...
    def __iter__(self) -> Iterator[T_co]: ...
    def __next__(self) -> T_co: ...

    def with_notices(self) -> Iterator[T_co | Notice]:
        """Iterate over the events, and what happens to the subscription between them."""
        ...

    def listen(self, callback: Callable[[T_co], object], /) -> None:
        """Call a function with every event as it comes, in another thread, until the subscription is closed.

        It must not wait. What it raises ends the subscription, and is raised here.
        """
        ...

    def close(self) -> None:
        """Unsubscribe. Iterating stops."""
        ...


class AsyncSubscription(Protocol[T_co]):
    """A stream. It begins when it is entered or iterated; leaving the `async with` block, or `close`, unsubscribes."""

    async def __aenter__(self) -> Self:
        """Begin, and wait for the venue's word. Raises ApiError where it refuses, TransportError where it says nothing."""
        ...

    async def __aexit__(self, *error: object) -> None: ...
    def __aiter__(self) -> AsyncIterator[T_co]: ...
    async def __anext__(self) -> T_co: ...

    def with_notices(self) -> AsyncIterator[T_co | Notice]:
        """Iterate over the events, and what happens to the subscription between them."""
        ...

    async def listen(self, callback: Callable[[T_co], object], /) -> None:
        """Call a function with every event as it comes, until the subscription is closed.

        It is called between frames and must not wait. What it raises ends the subscription, and is raised here.
        """
        ...

    async def close(self) -> None:
        """Unsubscribe. Iterating stops."""
        ...


class SyncOpener(Protocol):
    """What a group of synchronous stream methods calls. `values` are the arguments in the order of `params`."""

    def open(self, stream: Stream[T], values: tuple[Any, ...], /) -> Subscription[T]:
        """Subscribe to a stream."""
        ...

    def ask(self, request: Request[T], values: tuple[Any, ...], /) -> T:
        """Send a request and return its answer."""
        ...


class AsyncOpener(Protocol):
    """What a group of asynchronous stream methods calls. `values` are the arguments in the order of `params`."""

    def open(self, stream: Stream[T], values: tuple[Any, ...], /) -> AsyncSubscription[T]:
        """Return a subscription, which begins when it is entered or iterated."""
        ...

    async def ask(self, request: Request[T], values: tuple[Any, ...], /) -> T:
        """Send a request and return its answer."""
        ...


# What is sent


def address(described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> str:
    """Return the name of a channel for arguments in the order of `params`, a symbol already replaced by its id.

    Raises ConfigError that names the argument, also where its text could be taken for more than one part of the name.
    """
    given, name = _checked(described, values), described.address
    for one in described.params:
        if one.place == "path":
            name = name.replace("{" + one.wire + "}", _part(described, one, given), 1)
    return name


def called(described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> str:
    """Return what errors call a channel: its stream and the arguments in its address as the caller gave them."""
    given = [value for one, value in zip(described.params, values, strict=True) if one.place == "path"]
    return " ".join([described.name, *(str(getattr(value, "value", value)) for value in given if value is not None)])


def param(described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> dict[str, Json]:
    """Return what the command carries besides the channel, without the arguments that were left out. Raises ConfigError."""
    given = _checked(described, values)
    return {one.wire: given[one.wire] for one in described.params if one.place == "json" and one.wire in given}


def subscribe(venue: StreamVenue, channels: Sequence[str], params: Mapping[str, Json] | None, id: int) -> str:  # noqa: A002
    """Return the command that subscribes to channels. `params` holds for all of them, None or empty for none."""
    words = venue.commands
    return _command(venue, words.subscribe, {words.channel: channels, **({words.param: params} if params else {})}, id)


def unsubscribe(venue: StreamVenue, channels: Sequence[str], id: int) -> str:  # noqa: A002
    """Return the command that leaves channels."""
    return _command(venue, venue.commands.unsubscribe, {venue.commands.channel: channels}, id)


def list_(venue: StreamVenue, id: int) -> str:  # noqa: A002
    """Return the command that asks for the subscriptions of the connection."""
    return _command(venue, venue.commands.list, {venue.commands.channel: ()}, id)


def request(venue: StreamVenue, channel: str, params: Mapping[str, Json] | None, id: int) -> str:  # noqa: A002
    """Return the command of a `Request`."""
    words = venue.commands
    return _command(venue, words.request, {words.param: {words.channel: channel, **(params or {})}}, id)


def pong(venue: StreamVenue, ms: int) -> str:
    """Return the message that keeps a connection open. `ms` is the time of sending, epoch ms."""
    words = venue.commands
    return _text({words.op: words.pong, words.pong_time: ms // words.pong_unit_ms})


def _command(venue: StreamVenue, op: str, members: Mapping[str, Json], id: int) -> str:  # noqa: A002
    return _text({venue.commands.op: op, **members, venue.commands.id: id})


def _text(command: Mapping[str, Json]) -> str:
    return msgspec.json.encode(command).decode()


def _checked(described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> dict[str, msgspec.Raw]:
    """Check arguments as those of a REST call are, and return their JSON by wire name."""
    call = prepare(_as_operation(described), values, new_client_order_id=str)
    return msgspec.json.decode(call.body, type=dict[str, msgspec.Raw])


@cache
def _as_operation(described: Stream[Any] | Request[Any]) -> Operation[Any]:
    params = tuple(msgspec.structs.replace(one, place="json") for one in described.params)
    return Operation(name=described.name, method="", path="", result=None, params=params, body="json")


def _part(described: Stream[Any] | Request[Any], one: Param, given: Mapping[str, msgspec.Raw]) -> str:
    text = str(msgspec.json.decode(given[one.wire])) if one.wire in given else ""
    separators = _separators(described.address)
    if not text or not text.isprintable() or _breaks_address(text) or any(one in text for one in separators):
        raise ConfigError(
            f"{described.name}: {one.name} must be usable as a part of a channel's name, got {text[:60]!r}"
        )
    return text


# What comes back


class Frame(msgspec.Struct, frozen=True, gc=False):
    """A frame that came in.

    `kind` is "event" (`stream`, `channel` and `events` are set), "answer" (to a `Request` with `request` and `value`, else to
    the oldest command that has none), "echo" of the command `request_id`, "error" where the code is no success, "unknown"
    where the frame fits nothing that is described, or "unreadable" where `problem` says why. `sequence` counts the frames of
    one connection; None where the frame has none. `body` is the frame as it came.
    """

    kind: FrameKind
    body: bytes
    sequence: int | None = None
    channel: str | None = None
    code: str | None = None
    message: str | None = None
    request_id: int | str | None = None
    stream: Stream[Any] | None = None
    events: Sequence[Any] = ()
    request: Request[Any] | None = None
    value: Any = None
    problem: Unreadable | None = None

    def __repr__(self) -> str:
        """Return what the frame is, without its text: a venue may repeat a key."""
        said = f"channel={self.channel!r}, code={self.code!r}, message={self.message!r}"
        return f"Frame({self.kind}, {said}, {len(self.events)} event(s), {len(self.body)} bytes)"


class Frames:
    """Reads the frames of a venue. Keep it: building one costs more than using it. It has no state; threads may share it."""

    def __init__(self, venue: StreamVenue) -> None:
        self._format = venue.frame
        self.header: Callable[[bytes], Any] = msgspec.json.Decoder(_header(venue)).decode
        """Reads what a frame says about itself, or raises: the first half of `read`."""
        self._streams = venue.streams
        self._requests = venue.requests
        self._bare = {stream.kind: (stream, decoder(stream.event).decode) for stream in venue.streams if stream.bare}
        self._listed = {
            stream.kind: (stream, list_decoder(stream.event).decode) for stream in venue.streams if stream.listed
        }

    def read(self, frame: bytes | str) -> Frame:
        """Return what a frame says. Raises nothing: what cannot be read is of the kind "unreadable"."""
        try:
            body = frame.encode() if isinstance(frame, str) else frame
            if not body.isascii():
                body.decode()
            header = self.header(body)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            return _unreadable(frame, Mismatch("$", str(error)))
        try:
            found = self._bare.get(header.kind)
            if found is None or header.events is not msgspec.UNSET:
                return self._other(body, header)
            stream, decode = found
            return self._event(body, header, stream, [decode(body)])
        except Mismatch as mismatch:
            return self._answered(body, header) or _unreadable(body, mismatch, header)

    def _other(self, body: bytes, header: Any) -> Frame:
        if header.events is not msgspec.UNSET and header.kind in self._listed:
            stream, decode = self._listed[header.kind]
            return self._event(body, header, stream, decode(header.events))
        code = None if header.code is None else str(header.code)
        if code is not None and code not in self._format.success_codes:
            return self._said("error", body, header, code)
        if header.kind == self._format.echoes:
            return self._said("echo", body, header, code)
        return self._answer(body, header, code)

    def _answer(self, body: bytes, header: Any, code: str | None) -> Frame:
        answered = self._answered(body, header)
        if answered is not None:
            return answered
        if header.kind == self._format.answers:
            return self._said("answer", body, header, code)
        if header.kind is None:
            return self._nameless(body, header, _members(body))
        return self._said("unknown", body, header, code)

    def _answered(self, body: bytes, header: Any) -> Frame | None:
        """Read the answer to a `Request`, whatever the frame calls itself; None where it is none."""
        members = _members(body)
        asked = next((one for one in self._requests if one.member in members), None)
        if asked is None:
            return None
        try:
            value = decoder(asked.answer).decode(body)
        except Mismatch as mismatch:
            return _unreadable(body, mismatch, header)
        return msgspec.structs.replace(self._said("answer", body, header, None), request=asked, value=value)

    def _nameless(self, body: bytes, header: Any, members: set[str]) -> Frame:
        """Read an event whose frame does not say its kind: the stream with the most members that are all there."""
        fitting = [stream for stream in self._streams if stream.bare and stream.members and stream.members <= members]
        if not fitting:
            return self._said("unknown", body, header, None)
        stream = max(fitting, key=lambda one: len(one.members))
        return self._event(body, header, stream, [decoder(stream.event).decode(body)])

    def _event(self, body: bytes, header: Any, stream: Stream[Any], events: Sequence[Any]) -> Frame:
        channel = header.channel if header.channel is not None else _channel(stream, events)
        return Frame("event", body, header.sequence, channel, stream=stream, events=events)

    def _said(self, kind: FrameKind, body: bytes, header: Any, code: str | None) -> Frame:
        return Frame(
            kind=kind, body=body, sequence=header.sequence, channel=header.channel, code=code,
            message=header.message, request_id=_value_at(header.echo, len(self._format.echo_id) - 1),
        )  # fmt: skip


def _header(venue: StreamVenue) -> type[msgspec.Struct]:
    """Make the type of what a frame says about itself; everything else in it is skipped."""
    names = venue.frame
    fields: list[tuple[str, Any, Any]] = [
        ("kind", str | None, None),
        ("sequence", int | None, None),
        ("code", int | str | None, None),
        ("message", str | None, None),
        ("channel", str | None, None),
        ("events", msgspec.Raw | msgspec.UnsetType, msgspec.UNSET),
        ("echo", _nested(names.echo_id[1:]), None),
    ]
    wire = {name: getattr(names, name) for name, _, _ in fields[:-1]} | {"echo": names.echo_id[0]}
    return msgspec.defstruct("Header", fields, rename=wire, frozen=True, gc=False)


def _nested(path: tuple[str, ...]) -> Any:
    if not path:
        return int | str | None
    inner = msgspec.defstruct("Inner", [("value", _nested(path[1:]), None)], rename={"value": path[0]}, frozen=True)
    return inner | None


def _members(body: bytes) -> set[str]:
    return set(msgspec.json.decode(body, type=dict[str, msgspec.Raw]))


def _value_at(outer: Any, depth: int) -> int | str | None:
    for _ in range(depth):
        if outer is None:
            return None
        outer = outer.value
    value: int | str | None = outer
    return value


def _channel(stream: Stream[Any], events: Sequence[Any]) -> str | None:
    """Name the channel of events whose frame does not: as an event says itself, else after what the events repeat."""
    if "{" not in stream.address:
        return stream.address
    if not events:
        return None
    first, name = events[0], stream.address
    own: str | None = getattr(first, stream.channel) if stream.channel else None
    if own is not None:
        return own
    for parameter, attribute in stream.sources:
        value = getattr(first, attribute, None)
        if value is None:
            return None
        name = name.replace("{" + parameter + "}", str(value), 1)
    return None if "{" in name else name


def _unreadable(frame: bytes | str, mismatch: Mismatch, header: Any = None) -> Frame:
    body = frame if isinstance(frame, bytes) else frame.encode("utf-8", "surrogatepass")
    problem = Unreadable(
        mismatch.path, mismatch.expected, scrub(body[: EXCERPT * 4].decode("utf-8", "replace"), (), limit=EXCERPT)
    )
    if header is None:
        return Frame(kind="unreadable", body=body, problem=problem)
    return Frame(
        kind="unreadable", body=body, sequence=header.sequence, channel=header.channel, message=header.message,
        problem=problem,
    )  # fmt: skip


__all__ = [
    "AsyncOpener", "AsyncSubscription", "Commands", "Frame", "FrameFormat", "FrameKind", "Frames", "Request", "Stream",
    "StreamVenue", "Subscription", "SymbolLookup", "SyncOpener", "address", "called", "list_", "param", "pong", "request",
    "subscribe", "unsubscribe",
]  # fmt: skip
