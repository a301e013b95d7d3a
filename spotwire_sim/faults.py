"""Faults on demand: what a network, a proxy or a venue may do to one request, planned and accounted for.

`venue.faults.plan("placeOrder", Fault.reset_after())`; `spotwire_sim.chaos` carries out what is described here.
"""

import gzip
import inspect
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, Literal, ParamSpec, cast, get_type_hints

import msgspec
import yaml
from msgspec import Struct, structs

ANY = "*"
HTML = b"<!DOCTYPE html><html><head><title>%d</title></head><body><h1>The origin did not answer</h1></body></html>"
MIB = 1 << 20

Header = tuple[bytes, bytes]
Params = ParamSpec("Params")


class Reply(Struct, frozen=True):
    """What goes back to the client, before it becomes bytes; Content-Length is added when it does."""

    status: int
    headers: list[Header]
    body: bytes


class Ineffective(Exception):
    """The answer has nothing that the fault could change."""


def _named(make: Callable[Params, "Fault"]) -> Callable[Params, "Fault"]:
    """Give a fault the name of the function that makes it, and its arguments."""
    signature = inspect.signature(make)

    @wraps(make)
    def named(*args: Params.args, **kwargs: Params.kwargs) -> "Fault":
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return structs.replace(make(*args, **kwargs), kind=make.__name__, parameters=dict(given.arguments))

    return named


class Fault(Struct, frozen=True, kw_only=True):
    """One thing that goes wrong with one request; made by the functions below, whose names are the kinds.

    A request is executed, and booked, unless the kind says that it is not. `times` is an argument of `plan`.
    """

    kind: str = ""
    parameters: dict[str, Any] = {}
    executed: bool = True
    skew_ms: int = 0
    down_ms: int = 0
    delay_ms: int = 0
    change: Callable[[Reply], Reply] | None = None
    wire: Callable[[bytes], list[bytes]] | None = None
    pace_ms: int = 0
    end: Literal["keep", "close", "reset"] = "keep"

    # Time

    @staticmethod
    @_named
    def latency(ms: int) -> "Fault":
        """Answer late: the request is executed at once, the answer waits."""
        return Fault(delay_ms=ms)

    @staticmethod
    @_named
    def clock_skew(ms: int) -> "Fault":
        """Move the venue's clock forward (or back) with this request, before its time is checked; it stays moved."""
        return Fault(skew_ms=ms)

    # The connection

    @staticmethod
    @_named
    def refuse(ms: int = 1000) -> "Fault":
        """Go down: the request is not executed, all connections are reset, and for so long new ones are refused.

        Whether a client was refused cannot be seen from here, so what counts is the request that brings the venue down.
        To refuse a client from its first connection on: `with venue.refusing(): ...`.
        """
        return Fault(executed=False, wire=_nothing, end="reset", down_ms=ms)

    @staticmethod
    @_named
    def reset_before() -> "Fault":
        """Reset the connection (RST); the request is not executed."""
        return Fault(executed=False, wire=_nothing, end="reset")

    @staticmethod
    @_named
    def reset_after() -> "Fault":
        """Execute the request and lose the answer: the connection is reset (RST)."""
        return Fault(wire=_nothing, end="reset")

    @staticmethod
    @_named
    def close_before() -> "Fault":
        """Close the connection (FIN) without an answer; the request is not executed."""
        return Fault(executed=False, wire=_nothing, end="close")

    @staticmethod
    @_named
    def close_after() -> "Fault":
        """Execute the request and lose the answer: the connection is closed (FIN)."""
        return Fault(wire=_nothing, end="close")

    # What is not HTTP any more

    @staticmethod
    @_named
    def half_body() -> "Fault":
        """Announce the whole body, send half of it and close."""
        return Fault(wire=_half_body, end="close")

    @staticmethod
    @_named
    def garbage_status_line() -> "Fault":
        """Send a first line that is no status line."""
        return Fault(wire=lambda wire: [b"\x00HTTX/one 2OO\r\n" + wire.partition(b"\r\n")[2]], end="close")

    @staticmethod
    @_named
    def conflicting_lengths() -> "Fault":
        """Send a second Content-Length, which announces seven bytes more than there are."""
        return Fault(wire=_conflicting_lengths, end="close")

    @staticmethod
    @_named
    def slow_headers(ms: int = 200) -> "Fault":
        """Send status line and headers byte by byte, so many milliseconds apart."""
        return Fault(wire=_slow_headers, pace_ms=ms)

    @staticmethod
    @_named
    def slow_body(ms: int = 200) -> "Fault":
        """Send the body byte by byte, so many milliseconds apart."""
        return Fault(wire=_slow_body, pace_ms=ms)

    @staticmethod
    @_named
    def extra_bytes() -> "Fault":
        """Send more bytes than Content-Length announces, in the same packet; the connection stays open."""
        return Fault(wire=lambda wire: [wire + b'{"sim":"extra bytes"}'])

    @staticmethod
    @_named
    def two_answers() -> "Fault":
        """Send a second answer in the same packet, which nobody asked for; the connection stays open."""
        return Fault(wire=lambda wire: [wire + _spare_answer()])

    # What is HTTP, but not the venue's answer

    @staticmethod
    @_named
    def status(
        code: int, body: str = "", headers: Mapping[str, str] | None = None, *, executed: bool = False
    ) -> "Fault":
        """Answer with this status, body and headers: 429 with or without `Retry-After`, 418, 503, 502 behind an order."""
        _check_status(code)
        own = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
        return Fault(executed=executed, change=lambda reply: Reply(code, _headers(reply, own), body.encode()))

    @staticmethod
    @_named
    def html(status: int = 502, *, executed: bool = False) -> "Fault":
        """Answer with the page of a proxy, with 502, 520 or even 200."""
        _check_status(status)
        own = [(b"content-type", b"text/html; charset=utf-8")]
        return Fault(executed=executed, change=lambda reply: Reply(status, _headers(reply, own), HTML % status))

    @staticmethod
    @_named
    def redirect(url: str, status: int = 307) -> "Fault":
        """Send the client elsewhere; the request is not executed."""
        _check_status(status)
        own = [(b"location", url.encode())]
        return Fault(executed=False, change=lambda reply: Reply(status, _headers(reply, own), b""))

    @staticmethod
    @_named
    def huge_header(kib: int = 256) -> "Fault":
        """Add a header of so many kibibytes."""
        own = [(b"x-sim-huge", b"x" * (kib << 10))]
        return Fault(change=lambda reply: structs.replace(reply, headers=_headers(reply, own)))

    @staticmethod
    @_named
    def gzip_bomb(mib: int = 64) -> "Fault":
        """Answer with a small compressed body that is blanks of so many mebibytes when it is unpacked."""
        return Fault(change=lambda reply: Reply(reply.status, _headers(reply, GZIPPED), _bomb(mib)))

    @staticmethod
    @_named
    def corrupt_gzip() -> "Fault":
        """Compress the answer and spoil the middle of it."""
        return Fault(change=_corrupt_gzip)

    # What is JSON no more, or other JSON than documented

    @staticmethod
    @_named
    def malformed_json() -> "Fault":
        """Leave out the last byte of the body; Content-Length is right."""
        return Fault(change=lambda reply: structs.replace(reply, body=reply.body[:-1]))

    @staticmethod
    @_named
    def unknown_field() -> "Fault":
        """Add a member `simUnknown` to every object of the answer."""
        return Fault(change=_in_objects(lambda members: {**members, "simUnknown": "new"}))

    @staticmethod
    @_named
    def unknown_enum(member: str) -> "Fault":
        """Give the members of this name a value that nobody documented, of the same type."""
        return Fault(change=_in_member(member, lambda value: 987654 if isinstance(value, int) else "SIM_UNKNOWN"))

    @staticmethod
    @_named
    def null_member(member: str) -> "Fault":
        """Make the members of this name null."""
        return Fault(change=_in_member(member, lambda _: None))

    @staticmethod
    @_named
    def empty_member(member: str) -> "Fault":
        """Make the members of this name an empty text."""
        return Fault(change=_in_member(member, lambda _: ""))

    @staticmethod
    @_named
    def rename_member(old: str, new: str) -> "Fault":
        """Rename the members of this name."""
        return Fault(
            change=_in_objects(lambda members: {new if name == old else name: v for name, v in members.items()})
        )

    @staticmethod
    @_named
    def change_type(member: str) -> "Fault":
        """Give the members of this name another JSON type: an object, or a list where it was an object."""
        return Fault(change=_in_member(member, lambda value: [value] if isinstance(value, dict) else {"sim": value}))

    @property
    def silent(self) -> bool:
        """Whether the client gets no answer at all."""
        return self.wire is _nothing

    def changed(self, reply: Reply) -> Reply:
        """Return the answer with this fault; raises Ineffective."""
        return reply if self.change is None else self.change(reply)

    def __str__(self) -> str:
        """Write the fault as it is planned: latency(ms=300)."""
        return f"{self.kind}({', '.join(f'{name}={value!r}' for name, value in self.parameters.items())})"

    @staticmethod
    def of(kind: str, parameters: Mapping[str, object]) -> "Fault":
        """Make a fault of its kind and parameters as JSON has them; raises ValueError."""
        make = KINDS.get(kind)
        if make is None:
            raise ValueError(f"there is no fault {kind!r}; there are {', '.join(sorted(KINDS))}")
        hints = get_type_hints(make)
        try:
            checked = {name: msgspec.convert(value, hints.get(name, Any)) for name, value in parameters.items()}
            return make(**checked)
        except (TypeError, msgspec.ValidationError) as error:
            raise ValueError(f"{kind}: {error}") from None


KINDS: dict[str, Callable[..., Fault]] = {
    name: getattr(Fault, name)
    for name, member in vars(Fault).items()
    if isinstance(member, staticmethod) and name != "of"
}


# How bytes and answers are changed


def _nothing(_: bytes) -> list[bytes]:
    return []


def _half_body(wire: bytes) -> list[bytes]:
    head, blank, body = wire.partition(b"\r\n\r\n")
    return [head + blank + body[: len(body) // 2]]


def _conflicting_lengths(wire: bytes) -> list[bytes]:
    head, blank, body = wire.partition(b"\r\n\r\n")
    return [head + b"\r\ncontent-length: %d" % (len(body) + 7) + blank + body]


def _slow_headers(wire: bytes) -> list[bytes]:
    head, blank, body = wire.partition(b"\r\n\r\n")
    return [*_bytewise(head + blank), body]


def _slow_body(wire: bytes) -> list[bytes]:
    head, blank, body = wire.partition(b"\r\n\r\n")
    return [head + blank, *_bytewise(body)]


def _bytewise(data: bytes) -> list[bytes]:
    return [data[place : place + 1] for place in range(len(data))]


def _spare_answer() -> bytes:
    body = b'{"sim":"second answer"}'
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)


def _check_status(status: int) -> None:
    if not 200 <= status <= 599:
        raise ValueError(f"a status is a number from 200 to 599, not {status}")


GZIPPED: list[Header] = [(b"content-encoding", b"gzip")]


def _headers(reply: Reply, own: list[Header]) -> list[Header]:
    """Return the headers of an answer with some of them added or replaced."""
    replaced = {name for name, _ in own}
    return [*(header for header in reply.headers if header[0] not in replaced), *own]


@cache
def _bomb(mib: int) -> bytes:
    return gzip.compress(b" " * (mib * MIB), mtime=0)


def _corrupt_gzip(reply: Reply) -> Reply:
    body = bytearray(gzip.compress(reply.body, mtime=0))
    middle = len(body) // 2
    body[middle : middle + 4] = bytes(byte ^ 0xFF for byte in body[middle : middle + 4])
    return Reply(reply.status, _headers(reply, GZIPPED), bytes(body))


Members = dict[str, Any]


def _same_digits(number: str) -> msgspec.Raw:
    """Keep a number with a fraction as it is written."""
    return msgspec.Raw(number.encode())


_decode: Callable[[bytes], Any] = msgspec.json.Decoder(float_hook=_same_digits).decode


def _in_objects(change: Callable[[Members], Members]) -> Callable[[Reply], Reply]:
    """Return what changes every object of an answer."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return change({name: changed(member) for name, member in cast("Members", value).items()})
        if isinstance(value, list):
            return [changed(item) for item in cast("Sequence[Any]", value)]
        return value

    def in_reply(reply: Reply) -> Reply:
        try:
            before = _decode(reply.body)
        except msgspec.DecodeError:
            raise Ineffective from None
        after = changed(before)
        if after == before:
            raise Ineffective
        return structs.replace(reply, body=msgspec.json.encode(after))

    return in_reply


def _in_member(name: str, change: Callable[[Any], Any]) -> Callable[[Reply], Reply]:
    """Return what changes the members of this name, at any depth."""
    return _in_objects(lambda members: {**members, name: change(members[name])} if name in members else members)


# The plan


class Planned(Struct):
    """A fault that waits for an operation, or for any with `*`, so many times more."""

    operation: str
    fault: Fault
    left: int

    def __str__(self) -> str:
        """Write it for people: placeOrder: latency(ms=300), 2 times."""
        return f"{self.operation}: {self.fault}, {self.left} time{'' if self.left == 1 else 's'}"


class Faults:
    """The faults that wait for a request. What is planned first comes first; one request meets one fault.

    A fault that finds nothing to change in an answer waits for the next. All methods may be called from any thread.
    """

    def __init__(self, operations: Collection[str]) -> None:
        """Plan nothing yet, for operations of these ids."""
        self._operations = operations
        self._planned: list[Planned] = []
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        """Tell whether a fault is waiting."""
        return bool(self._planned)

    def plan(self, operation: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of an operation, or of any operation with `*`, meet this fault."""
        self._extend([Planned(operation, fault, times)])

    def plan_rows(self, rows: object) -> None:
        """Plan from JSON: `[{"operation": "placeOrder", "fault": "latency", "ms": 300, "times": 2}]`; raises ValueError.

        Nothing is planned where one row is wrong.
        """
        self._extend([_from_row(given) for given in _rows(rows)])

    def _extend(self, plans: list[Planned]) -> None:
        for planned in plans:
            if planned.operation != ANY and planned.operation not in self._operations:
                known = ", ".join(self._operations)
                raise ValueError(f"there is no operation {planned.operation!r}; there are {known}")
            if planned.left < 1:
                raise ValueError(f"times is at least 1, not {planned.left}")
        with self._lock:
            self._planned.extend(plans)

    def unused(self) -> list[Planned]:
        """Return what was planned and has not happened yet."""
        with self._lock:
            return [structs.replace(planned) for planned in self._planned]

    def check(self) -> None:
        """Raise AssertionError, naming the faults that were planned and did not happen."""
        unused = self.unused()
        if unused:
            raise AssertionError(f"planned faults did not happen: {'; '.join(map(str, unused))}")

    def clear(self) -> None:
        """Forget what was planned."""
        with self._lock:
            self._planned.clear()

    def peek(self, operation: str | None) -> Planned | None:
        """Return what the next request for an operation meets; None stands for a request that asks for none."""
        with self._lock:
            return next((planned for planned in self._planned if planned.operation in (ANY, operation)), None)

    def use(self, planned: Planned) -> None:
        """Count that it happened."""
        with self._lock:
            planned.left -= 1
            if planned.left == 0:
                self._planned = [other for other in self._planned if other is not planned]


def rows_of(path: Path) -> object:
    """Read planned faults from a file of YAML or JSON; raises ValueError where it is neither."""
    try:
        return yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {error}") from None


def row(planned: Planned) -> dict[str, object]:
    """Return a planned fault as JSON has it."""
    return {
        "operation": planned.operation,
        "fault": planned.fault.kind,
        **planned.fault.parameters,
        "times": planned.left,
    }


def _rows(rows: object) -> list[dict[str, object]]:
    try:
        return msgspec.convert(rows, list[dict[str, object]])
    except msgspec.ValidationError as error:
        raise ValueError(f"faults are a list of objects: {error}") from None


def _from_row(given: dict[str, object]) -> Planned:
    try:
        head = msgspec.convert(given, _Row)
    except msgspec.ValidationError as error:
        raise ValueError(f"{given}: {error}") from None
    parameters = {name: value for name, value in given.items() if name not in _Row.__struct_fields__}
    return Planned(head.operation, Fault.of(head.fault, parameters), head.times)


class _Row(Struct):
    operation: str
    fault: str
    times: int = 1
