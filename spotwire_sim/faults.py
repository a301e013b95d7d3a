"""Faults on demand: what a network, a proxy or a venue may do to one request, planned and accounted for.

`venue.faults.plan("placeOrder", Fault.reset_after())`; `spotwire_sim.chaos` carries out what is described here.
"""

import gzip
import inspect
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, Generic, Literal, ParamSpec, TypeVar, cast, get_type_hints

import msgspec
import yaml
from msgspec import Struct, structs

ANY = "*"
HTML = b"<!DOCTYPE html><html><head><title>%d</title></head><body><h1>The origin did not answer</h1></body></html>"
MIB = 1 << 20

Row = dict[str, object]
Header = tuple[bytes, bytes]
Params = ParamSpec("Params")
Made = TypeVar("Made", bound="AnyFault")


class Reply(Struct, frozen=True):
    """What goes back to the client, before it becomes bytes; Content-Length is added when it does."""

    status: int
    headers: list[Header]
    body: bytes


class Ineffective(Exception):
    """The answer has nothing that the fault could change."""


def named(make: Callable[Params, Made]) -> Callable[Params, Made]:
    """Give a fault the name of the function that makes it, and its arguments."""
    signature = inspect.signature(make)

    @wraps(make)
    def with_name(*args: Params.args, **kwargs: Params.kwargs) -> Made:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return structs.replace(make(*args, **kwargs), kind=make.__name__, parameters=dict(given.arguments))

    return with_name


class AnyFault(Struct, frozen=True, kw_only=True):
    """What faults of requests and of streams have in common: the name of their kind, and its parameters."""

    kind: str = ""
    parameters: dict[str, Any] = {}

    def __str__(self) -> str:
        """Write the fault as it is planned: latency(ms=300)."""
        return f"{self.kind}({', '.join(f'{name}={value!r}' for name, value in self.parameters.items())})"


class Fault(AnyFault, frozen=True, kw_only=True):
    """One thing that goes wrong with one request; made by the functions below, whose names are the kinds.

    A request is executed, and booked, unless the kind says that it is not. `times` is an argument of `plan`.
    """

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
    @named
    def latency(ms: int) -> "Fault":
        """Answer late: the request is executed at once, the answer waits."""
        return Fault(delay_ms=ms)

    @staticmethod
    @named
    def clock_skew(ms: int) -> "Fault":
        """Move the venue's clock forward (or back) with this request, before its time is checked; it stays moved."""
        return Fault(skew_ms=ms)

    # The connection

    @staticmethod
    @named
    def refuse(ms: int = 1000) -> "Fault":
        """Go down: the request is not executed, all connections are reset, and for so long new ones are refused.

        Whether a client was refused cannot be seen from here, so what counts is the request that brings the venue down.
        To refuse a client from its first connection on: `with venue.refusing(): ...`.
        """
        return Fault(executed=False, wire=_nothing, end="reset", down_ms=ms)

    @staticmethod
    @named
    def reset_before() -> "Fault":
        """Reset the connection (RST); the request is not executed."""
        return Fault(executed=False, wire=_nothing, end="reset")

    @staticmethod
    @named
    def reset_after() -> "Fault":
        """Execute the request and lose the answer: the connection is reset (RST)."""
        return Fault(wire=_nothing, end="reset")

    @staticmethod
    @named
    def close_before() -> "Fault":
        """Close the connection (FIN) without an answer; the request is not executed."""
        return Fault(executed=False, wire=_nothing, end="close")

    @staticmethod
    @named
    def close_after() -> "Fault":
        """Execute the request and lose the answer: the connection is closed (FIN)."""
        return Fault(wire=_nothing, end="close")

    # What is not HTTP any more

    @staticmethod
    @named
    def half_body() -> "Fault":
        """Announce the whole body, send half of it and close."""
        return Fault(wire=_half_body, end="close")

    @staticmethod
    @named
    def garbage_status_line() -> "Fault":
        """Send a first line that is no status line."""
        return Fault(wire=lambda wire: [b"\x00HTTX/one 2OO\r\n" + wire.partition(b"\r\n")[2]], end="close")

    @staticmethod
    @named
    def conflicting_lengths() -> "Fault":
        """Send a second Content-Length, which announces seven bytes more than there are."""
        return Fault(wire=_conflicting_lengths, end="close")

    @staticmethod
    @named
    def slow_headers(ms: int = 200) -> "Fault":
        """Send status line and headers byte by byte, so many milliseconds apart."""
        return Fault(wire=_slow_headers, pace_ms=ms)

    @staticmethod
    @named
    def slow_body(ms: int = 200) -> "Fault":
        """Send the body byte by byte, so many milliseconds apart."""
        return Fault(wire=_slow_body, pace_ms=ms)

    @staticmethod
    @named
    def extra_bytes() -> "Fault":
        """Send more bytes than Content-Length announces, in the same packet; the connection stays open."""
        return Fault(wire=lambda wire: [wire + b'{"sim":"extra bytes"}'])

    @staticmethod
    @named
    def two_answers() -> "Fault":
        """Send a second answer in the same packet, which nobody asked for; the connection stays open."""
        return Fault(wire=lambda wire: [wire + _spare_answer()])

    # What is HTTP, but not the venue's answer

    @staticmethod
    @named
    def status(
        code: int, body: str = "", headers: Mapping[str, str] | None = None, *, executed: bool = False
    ) -> "Fault":
        """Answer with this status, body and headers: 429 with or without `Retry-After`, 418, 503, 502 behind an order."""
        _check_status(code)
        own = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
        return Fault(executed=executed, change=lambda reply: Reply(code, _headers(reply, own), body.encode()))

    @staticmethod
    @named
    def html(status: int = 502, *, executed: bool = False) -> "Fault":
        """Answer with the page of a proxy, with 502, 520 or even 200."""
        _check_status(status)
        own = [(b"content-type", b"text/html; charset=utf-8")]
        return Fault(executed=executed, change=lambda reply: Reply(status, _headers(reply, own), HTML % status))

    @staticmethod
    @named
    def redirect(url: str, status: int = 307) -> "Fault":
        """Send the client elsewhere; the request is not executed."""
        _check_status(status)
        own = [(b"location", url.encode())]
        return Fault(executed=False, change=lambda reply: Reply(status, _headers(reply, own), b""))

    @staticmethod
    @named
    def huge_header(kib: int = 256) -> "Fault":
        """Add a header of so many kibibytes."""
        own = [(b"x-sim-huge", b"x" * (kib << 10))]
        return Fault(change=lambda reply: structs.replace(reply, headers=_headers(reply, own)))

    @staticmethod
    @named
    def gzip_bomb(mib: int = 64) -> "Fault":
        """Answer with a small compressed body that is blanks of so many mebibytes when it is unpacked."""
        return Fault(change=lambda reply: Reply(reply.status, _headers(reply, GZIPPED), _bomb(mib)))

    @staticmethod
    @named
    def corrupt_gzip() -> "Fault":
        """Compress the answer and spoil the middle of it."""
        return Fault(change=_corrupt_gzip)

    # What is JSON no more, or other JSON than documented

    @staticmethod
    @named
    def malformed_json() -> "Fault":
        """Leave out the last byte of the body; Content-Length is right."""
        return Fault(change=lambda reply: structs.replace(reply, body=reply.body[:-1]))

    @staticmethod
    @named
    def unknown_field() -> "Fault":
        """Add a member `simUnknown` to every object of the answer."""
        return Fault(change=_in_objects(lambda members: {**members, "simUnknown": "new"}))

    @staticmethod
    @named
    def unknown_enum(member: str) -> "Fault":
        """Give the members of this name a value that nobody documented, of the same type."""
        return Fault(change=_in_member(member, lambda value: 987654 if isinstance(value, int) else "SIM_UNKNOWN"))

    @staticmethod
    @named
    def null_member(member: str) -> "Fault":
        """Make the members of this name null."""
        return Fault(change=_in_member(member, lambda _: None))

    @staticmethod
    @named
    def empty_member(member: str) -> "Fault":
        """Make the members of this name an empty text."""
        return Fault(change=_in_member(member, lambda _: ""))

    @staticmethod
    @named
    def rename_member(old: str, new: str) -> "Fault":
        """Rename the members of this name."""
        return Fault(
            change=_in_objects(lambda members: {new if name == old else name: v for name, v in members.items()})
        )

    @staticmethod
    @named
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


def kinds_of(fault: type[Made]) -> dict[str, Callable[..., Made]]:
    """Return the functions that make faults of a class, by name."""
    return {name: getattr(fault, name) for name, member in vars(fault).items() if isinstance(member, staticmethod)}


KINDS = kinds_of(Fault)


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


class Waiting(Struct, Generic[Made]):
    """A fault that waits for an operation, or for any with `*`, so many times more."""

    operation: str
    fault: Made
    left: int

    def __str__(self) -> str:
        """Write it for people: placeOrder: latency(ms=300), 2 times."""
        return f"{self.operation}: {self.fault}, {self.left} time{'' if self.left == 1 else 's'}"


Planned = Waiting[Fault]


class Plan(Generic[Made]):
    """The faults that wait. What is planned first comes first. All methods may be called from any thread.

    `key` is the member of a row that says what a fault waits for, `kinds` are the functions that make faults.
    """

    key: str
    kinds: Mapping[str, Callable[..., Made]]

    def __init__(self) -> None:
        """Plan nothing yet."""
        self._planned: list[Waiting[Made]] = []
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        """Tell whether a fault is waiting."""
        return bool(self._planned)

    def check_place(self, operation: str, fault: Made) -> None:
        """Raise ValueError where a fault cannot happen."""
        raise NotImplementedError

    def plan(self, operation: str, fault: Made, times: int = 1) -> None:
        """Let the next calls of an operation, or of any operation with `*`, meet this fault."""
        self.extend([Waiting(operation, fault, times)])

    def plan_rows(self, rows: object) -> None:
        """Plan from JSON: `[{"operation": "placeOrder", "fault": "latency", "ms": 300, "times": 2}]`; raises ValueError.

        Nothing is planned where one row is wrong.
        """
        self.extend(self.read(rows_in(rows)))

    def read(self, rows: Iterable[Row]) -> list[Waiting[Made]]:
        """Read and check rows without planning them; raises ValueError."""
        plans = [self._from_row(given) for given in rows]
        for planned in plans:
            self._check(planned)
        return plans

    def extend(self, plans: Sequence[Waiting[Made]]) -> None:
        """Plan faults, or none of them where one is wrong; raises ValueError."""
        for planned in plans:
            self._check(planned)
        with self._lock:
            self._planned.extend(plans)

    def _check(self, planned: Waiting[Made]) -> None:
        self.check_place(planned.operation, planned.fault)
        if planned.left < 1:
            raise ValueError(f"times is at least 1, not {planned.left}")

    def unused(self) -> list[Waiting[Made]]:
        """Return what was planned and has not happened yet."""
        with self._lock:
            return [structs.replace(planned) for planned in self._planned]

    def rows(self) -> list[Row]:
        """Return the same as JSON has it."""
        return [
            {self.key: one.operation, "fault": one.fault.kind, **one.fault.parameters, "times": one.left}
            for one in self.unused()
        ]

    def check(self) -> None:
        """Raise AssertionError, naming the faults that were planned and did not happen."""
        unused = self.unused()
        if unused:
            raise AssertionError(f"planned faults did not happen: {'; '.join(map(str, unused))}")

    def clear(self) -> None:
        """Forget what was planned."""
        with self._lock:
            self._planned.clear()

    def peek(self, operation: str | None) -> Waiting[Made] | None:
        """Return what the next request for an operation meets; None stands for a request that asks for none."""
        return self.first(ANY, operation)

    def first(self, *names: str | None) -> Waiting[Made] | None:
        """Return the first fault that was planned for one of these names."""
        with self._lock:
            return next((planned for planned in self._planned if planned.operation in names), None)

    def use(self, planned: Waiting[Made]) -> None:
        """Count that it happened."""
        with self._lock:
            planned.left -= 1
            if planned.left == 0:
                self._planned = [other for other in self._planned if other is not planned]

    def _from_row(self, given: Row) -> Waiting[Made]:
        rest = dict(given)
        operation, kind, times = rest.pop(self.key, None), rest.pop("fault", None), rest.pop("times", 1)
        if not isinstance(operation, str) or not isinstance(kind, str) or not isinstance(times, int):
            raise ValueError(f"{given}: {self.key} and fault are texts and required, times is a number")  # noqa: TRY004
        return Waiting(operation, self.make(kind, rest), times)

    def make(self, kind: str, parameters: Row) -> Made:
        """Make a fault of its kind and parameters as JSON has them; raises ValueError."""
        make = self.kinds.get(kind)
        if make is None:
            raise ValueError(f"there is no fault {kind!r}; there are {', '.join(sorted(self.kinds))}")
        hints = get_type_hints(make)
        try:
            checked = {name: msgspec.convert(value, hints.get(name, Any)) for name, value in parameters.items()}
            return make(**checked)
        except (TypeError, msgspec.ValidationError) as error:
            raise ValueError(f"{kind}: {error}") from None


class Faults(Plan[Fault]):
    """The faults that wait for a request; one request meets one fault.

    A fault that finds nothing to change in an answer waits for the next.
    """

    key = "operation"
    kinds = KINDS

    def __init__(self, operations: Collection[str]) -> None:
        """Plan nothing yet, for operations of these ids."""
        super().__init__()
        self._operations = operations

    def check_place(self, operation: str, fault: Fault) -> None:  # noqa: ARG002 - every fault can meet any request
        """Raise ValueError for an operation that there is not."""
        if operation != ANY and operation not in self._operations:
            raise ValueError(f"there is no operation {operation!r}; there are {', '.join(self._operations)}")


def rows_of(path: Path) -> object:
    """Read planned faults from a file of YAML or JSON; raises ValueError where it is neither."""
    try:
        return yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {error}") from None


def rows_in(rows: object) -> list[Row]:
    """Check that rows are a list of objects; raises ValueError."""
    try:
        return msgspec.convert(rows, list[Row])
    except msgspec.ValidationError as error:
        raise ValueError(f"faults are a list of objects: {error}") from None
