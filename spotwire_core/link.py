"""One connection of a session: what it counts, what it has asked and what it carries. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from spotwire_core.frames import Frame, Json, Request
from spotwire_core.notices import Notice

FARTHEST_JUMP = 1_000
"""Frames: a sequence number further ahead is not believed."""

MOST_REPEATED = 100
"""Frames in a row with numbers that were there already: then the venue counts in another way than is believed."""

Order = Literal["next", "gap", "late", "repeated", "absurd"]


@attrs.define(eq=False)
class Question:
    """A request that is answered once. `done` gets the answer or the error."""

    request: Request[Any]
    channel: str
    params: Mapping[str, Json]
    deadline: float
    done: Callable[[Any, BaseException | None], None]
    called: str
    """What errors call it."""
    asked_on: Link | None = None


@attrs.define(eq=False)
class Command:
    """A command under way."""

    id: int
    kind: Literal["subscribe", "unsubscribe", "ask"]
    sent_at: float
    channels: tuple[str, ...] = ()
    question: Question | None = None
    attempt: int = 1
    echoed: bool = False


@attrs.define(eq=False)
class Link:
    """A connection from when it is being opened until it is lost."""

    opened_at: float | None = None
    confirmed: set[str] = attrs.Factory(set[str])
    """The channels that the venue has confirmed here."""
    commands: list[Command] = attrs.Factory(list[Command])
    alone: set[str] = attrs.Factory(set[str])
    """Channels that were refused together with others, and are asked for one by one."""
    expected: int | None = None
    frames: int = 0
    """Everything that came, pongs included."""
    frames_checked: int = 0
    checked_at: float = 0.0
    pinged_at: float | None = None
    answered_at: float = 0.0
    """When the venue last saw a pong."""
    closed: bool = False
    notices: list[Notice] = attrs.Factory(list[Notice])
    """What is to be said of a connection once it takes over."""
    _missing: dict[int, None] = attrs.Factory(dict[int, None])
    _repeated: int = 0

    def order(self, sequence: int) -> Order:
        """Count a frame, and tell how its number follows the one before."""
        if self.expected is None or sequence == self.expected:
            self.expected, self._repeated = sequence + 1, 0
            return "next"
        if sequence > self.expected:
            return self._skip_to(sequence)
        if sequence in self._missing:
            del self._missing[sequence]
            return "late"
        self._repeated += 1
        return "absurd" if self._repeated > MOST_REPEATED else "repeated"

    def _skip_to(self, sequence: int) -> Order:
        assert self.expected is not None
        if sequence - self.expected > FARTHEST_JUMP:
            return "absurd"
        self._missing |= dict.fromkeys(range(self.expected, sequence))
        while len(self._missing) > FARTHEST_JUMP:
            del self._missing[next(iter(self._missing))]
        self.expected, self._repeated = sequence + 1, 0
        return "gap"

    def answered(self, frame: Frame) -> Command | None:
        """Return the command that an answer or an error belongs to: the one it names, else the oldest that was echoed.

        A command that was sent again may have lost its echo. Questions are answered in a way of their own, but refused in this.
        """
        if frame.request_id is not None:
            return self.command(frame.request_id)
        fitting = [one for one in self.commands if frame.kind == "error" or one.kind != "ask"]
        return next((one for one in fitting if one.echoed or one.attempt > 1), None)

    def command(self, request_id: int | str) -> Command | None:
        """Return the command under way with an id."""
        return next((one for one in self.commands if str(one.id) == str(request_id)), None)

    def of_kind(self, *kinds: str) -> Command | None:
        """Return the oldest command of these kinds."""
        return next((one for one in self.commands if one.kind in kinds), None)
