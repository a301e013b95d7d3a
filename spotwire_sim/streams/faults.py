"""Faults of streams: what may go wrong with an upgrade, a command or a push, planned and accounted for.

`venue.streams.plan("4@trade", StreamFault.gap())`; `session` and `connection` carry out what is described here.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

from websockets.exceptions import ProtocolError
from websockets.frames import Close

from spotwire_sim.call import Denied
from spotwire_sim.faults import ANY, MIB, AnyFault, Plan, kinds_of, named
from spotwire_sim.streams.document import StreamDocument

CONNECT = "connect"

Place = Literal["connect", "command", "push"]
EVERYWHERE: frozenset[Place] = frozenset({"connect", "command", "push"})


class StreamFault(AnyFault, frozen=True, kw_only=True):
    """One thing that goes wrong; made by the functions below, whose names are the kinds.

    It meets the upgrade of a connection, planned for `connect`; a command, planned for its `op`, such as SUB; or a push,
    planned for the name of a channel or for `*`, any. Each function says what it can meet. What is pushed counts in the
    session's sequence whatever happens to it on the way.
    """

    places: frozenset[Place] = frozenset({"push"})
    status: int = 0
    headers: Mapping[str, str] = {}
    end: Literal["", "reset", "cut", "close"] = ""
    code: int = 0
    reason: str = ""
    stall_ms: float = 0
    executed: bool = True
    echoed: bool = True
    answered: bool = True
    late: bool = False
    error: tuple[int, str] | None = None
    change: Callable[[bytes], bytes] | None = None
    binary: bool = False
    parts: int = 1
    pace_ms: int = 0
    copies: int = 1
    behind: bool = False

    # The upgrade

    @staticmethod
    @named
    def refuse(status: int = 429, headers: Mapping[str, str] | None = None) -> "StreamFault":
        """Answer the upgrade with an HTTP status: 429, 403, or 302 with a header `Location`. For `connect`."""
        if not 200 <= status <= 599:
            raise ValueError(f"a status is a number from 200 to 599, not {status}")
        return StreamFault(places=frozenset({"connect"}), status=status, headers=headers or {})

    # Anywhere

    @staticmethod
    @named
    def drop() -> "StreamFault":
        """Reset the connection (RST); nothing is sent or executed. For an upgrade, a command or a push."""
        return StreamFault(places=EVERYWHERE, end="reset")

    @staticmethod
    @named
    def cut() -> "StreamFault":
        """End the connection (FIN) without a close frame, which clients report as 1006. For an upgrade, a command or a push."""
        return StreamFault(places=EVERYWHERE, end="cut")

    @staticmethod
    @named
    def close(code: int = 1011, reason: str = "") -> "StreamFault":
        """Close the connection with a code: 1001, 1008, 1011, 1012. For an upgrade, then with its answer, a command or a push."""
        try:
            Close(code, reason).serialize()
        except ProtocolError:
            raise ValueError(f"{code} cannot be sent in a close frame; for 1006 there is cut()") from None
        return StreamFault(places=EVERYWHERE, end="close", code=code, reason=reason)

    @staticmethod
    @named
    def stall(ms: int | None = None) -> "StreamFault":
        """Send nothing more, not even a pong, for so long; then what has waited. None is for ever, and hears nothing either.

        For an upgrade, a command or a push.
        """
        return StreamFault(places=EVERYWHERE, stall_ms=float("inf") if ms is None else ms)

    # Commands

    @staticmethod
    @named
    def lost_ack(*, executed: bool = True, echo: bool = False) -> "StreamFault":
        """Do not answer a command; where `echo`, repeat it all the same. The sequence counts what was sent."""
        return StreamFault(places=frozenset({"command"}), executed=executed, echoed=echo, answered=False)

    @staticmethod
    @named
    def late_ack() -> "StreamFault":
        """Answer a command after the next push instead of before it."""
        return StreamFault(places=frozenset({"command"}), late=True)

    @staticmethod
    @named
    def error_ack(code: int = 500, message: str = "Internal Server Error") -> "StreamFault":
        """Answer a command with an error, and do not execute it."""
        return StreamFault(places=frozenset({"command"}), executed=False, error=(code, message))

    # Pushes

    @staticmethod
    @named
    def gap() -> "StreamFault":
        """Leave a push out."""
        return StreamFault(copies=0)

    @staticmethod
    @named
    def duplicate() -> "StreamFault":
        """Send a push twice, with the same number."""
        return StreamFault(copies=2)

    @staticmethod
    @named
    def reorder() -> "StreamFault":
        """Send a push behind the next frame of the session; never, if there is none."""
        return StreamFault(behind=True)

    @staticmethod
    @named
    def garbage() -> "StreamFault":
        """Send a text that is no JSON."""
        return StreamFault(change=lambda payload: b"<html>" + payload[: len(payload) // 2])

    @staticmethod
    @named
    def wrong_shape() -> "StreamFault":
        """Send JSON in which each member but those in capitals and the channel is an object that nobody documented."""
        return StreamFault(change=_wrong_shape)

    @staticmethod
    @named
    def bare() -> "StreamFault":
        """Send a push as the document's samples of streams print it: without kind, number and channel."""
        return StreamFault(change=_bare)

    @staticmethod
    @named
    def binary_frame() -> "StreamFault":
        """Send a push in a binary frame."""
        return StreamFault(binary=True)

    @staticmethod
    @named
    def invalid_utf8() -> "StreamFault":
        """Send a text frame that is no UTF-8."""
        return StreamFault(change=lambda payload: payload[:-1] + b',"sim":"\xff\xfe"}')

    @staticmethod
    @named
    def oversize(mib: int = 8) -> "StreamFault":
        """Send a frame of so many mebibytes."""
        return StreamFault(change=lambda payload: payload[:-1] + b',"sim":"%s"}' % (b"x" * (mib * MIB)))

    @staticmethod
    @named
    def slow(ms: int = 20) -> "StreamFault":
        """Send a frame byte by byte, so many milliseconds apart; everything behind it waits."""
        return StreamFault(pace_ms=ms)

    @staticmethod
    @named
    def fragmented(parts: int = 3) -> "StreamFault":
        """Send a push in so many fragments."""
        if parts < 2:
            raise ValueError(f"parts is at least 2, not {parts}")
        return StreamFault(parts=parts)

    @property
    def keeps_silent(self) -> bool:
        """Whether it stalls for ever."""
        return self.stall_ms == float("inf")


NO_STREAM_FAULT = StreamFault(places=EVERYWHERE)


def _wrong_shape(payload: bytes) -> bytes:
    members = json.loads(payload)
    return _dump(
        {name: value if name.isupper() or name == "channel" else {"sim": 1} for name, value in members.items()}
    )


def _bare(payload: bytes) -> bytes:
    members = json.loads(payload)
    return _dump({name: value for name, value in members.items() if not name.isupper() and name != "channel"})


def _dump(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


class StreamFaults(Plan[StreamFault]):
    """The stream faults that wait; an upgrade, a command or a push meets one of them."""

    key = "stream"
    kinds = kinds_of(StreamFault)

    def __init__(self, document: StreamDocument) -> None:
        """Plan nothing yet, for the operations and channels of a document."""
        super().__init__()
        self._document = document

    def check_place(self, operation: str, fault: StreamFault) -> None:
        """Raise ValueError where a fault cannot meet what it is planned for."""
        place = self._place(operation)
        if place not in fault.places:
            known = ", ".join(sorted(fault.places))
            raise ValueError(f"{operation!r} is a {place}, and {fault.kind} meets {known}")

    def _place(self, operation: str) -> Place:
        if operation == CONNECT:
            return "connect"
        if operation in self._document.ops:
            return "command"
        if operation != ANY:
            try:
                self._document.channel(operation)
            except Denied as denied:
                known = ", ".join([CONNECT, *self._document.ops])
                raise ValueError(f"{denied.reason}; besides channels there are {known} and *") from None
        return "push"

    def meet(self, *names: str) -> StreamFault:
        """Return the fault that happens now to what has these names, and count it; one that does nothing where there is none."""
        planned = self.first(*names) if self else None
        if planned is None:
            return NO_STREAM_FAULT
        self.use(planned)
        return planned.fault
