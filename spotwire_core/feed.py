"""What of a channel's events is new, where a second connection or a list of the past brings some of them again. Pure.

The venue says nowhere which event of one connection is which of another: they are told by their content.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Protocol, get_origin, get_type_hints

import attrs

from spotwire_core.notices import Notice

REMEMBERED = 2_000
"""Events, or pushes, that are told from new ones."""


class Feed(Protocol):
    """The events of one channel. While `overlap` is set a second connection is about to take over."""

    overlap: bool
    settling: bool
    """Whether a connection is so new that events of the one before may come again."""
    met: bool
    """Whether both connections of an overlap have brought the same event: then there is no hole between them."""
    brought: bool
    """Whether the second connection has brought anything."""

    def begin(self, newest: Sequence[Any], *, met: bool) -> None:
        """Expect a second connection. `newest` is the last push; with `met` there is nothing that both could have brought."""
        ...

    def take(self, events: Sequence[Any]) -> Sequence[Any]:
        """Return what is new of a push of the connection that counts."""
        ...

    def put_ahead(self, events: Sequence[Any]) -> None:
        """Keep a push of the connection that takes over."""
        ...

    def note_ahead(self, notice: Notice) -> None:
        """Keep what is to be said of the connection that takes over, in its place among the pushes."""
        ...

    def switch(self) -> Sequence[Any]:
        """Let the second connection take over. Returns the events that only it has brought, and the notices of it."""
        ...

    def stay(self) -> None:
        """Go on without the second connection."""
        ...

    def settle(self) -> None:
        """Expect nothing again that came before."""
        ...


class AddingFeed:
    """Events that add up, such as trades: each counts once. A list of the past fills what was missed."""

    def __init__(self, event: type[Any]) -> None:
        self.overlap = self.settling = self.met = self.brought = False
        self._identity = _identity(event)
        self._seen: dict[Any, None] = {}
        self._ahead: dict[Any, Any] = {}

    def begin(self, newest: Sequence[Any], *, met: bool) -> None:
        """Expect a second connection."""
        del newest
        self.overlap, self.met, self.brought = True, met, False

    def take(self, events: Sequence[Any]) -> Sequence[Any]:
        """Return what is new."""
        if len(events) > 1 or self.settling or self.overlap:
            new = [event for event in events if self._identity(event) not in self._seen]
            self.met = self.met or len(new) < len(events)
            events = new
        self._remember(events)
        return events

    def put_ahead(self, events: Sequence[Any]) -> None:
        """Keep what has not been seen."""
        self.brought = True
        for event in events:
            identity = self._identity(event)
            if identity in self._seen:
                self.met = True
            elif len(self._ahead) < REMEMBERED:
                self._ahead[identity] = event

    def note_ahead(self, notice: Notice) -> None:
        """Keep a notice."""
        self._ahead[object()] = notice

    def switch(self) -> Sequence[Any]:
        """Return what only the second connection has brought."""
        ahead = list(self._ahead.values())
        self.stay()
        self._remember([event for event in ahead if not isinstance(event, Notice)])
        return ahead

    def stay(self) -> None:
        """Forget what the second connection brought."""
        self._ahead.clear()
        self.overlap = False

    def settle(self) -> None:
        """Compare lists alone from now on."""
        self.settling = False

    def _remember(self, events: Sequence[Any]) -> None:
        seen = self._seen
        for event in events:
            identity = self._identity(event)
            seen[identity] = None
            if self._ahead and self._ahead.pop(identity, None) is not None:
                self.met = True
        while len(seen) > REMEMBERED:
            del seen[next(iter(seen))]


class ReplacingFeed:
    """Pushes that each replace the one before, such as order books: an older one never comes after a newer one."""

    def __init__(self) -> None:
        self.overlap = self.settling = self.met = self.brought = False
        self._behind: deque[Sequence[Any]] = deque(maxlen=REMEMBERED)
        self._ahead: deque[Sequence[Any]] = deque(maxlen=REMEMBERED)

    def begin(self, newest: Sequence[Any], *, met: bool) -> None:
        """Expect a second connection, whose first push may be the last one of this."""
        self.overlap, self.met, self.brought = True, met, False
        if newest:
            self._behind.append(list(newest))

    def take(self, events: Sequence[Any]) -> Sequence[Any]:
        """Return the push, or nothing where the connection before brought it already."""
        if self.overlap:
            if not _cut(self._ahead, events):
                self._behind.append(events)
                if not self.met:  # the connections do not show the same moments: what came so far is older
                    self._ahead.clear()
            else:
                self.met = True
                self._behind.clear()  # the second connection has brought something newer, so these do not come again
        elif self.settling and _cut(self._behind, events):
            self.met = True
            return ()
        return events

    def put_ahead(self, events: Sequence[Any]) -> None:
        """Keep a push that the other connection has not brought."""
        self.brought = True
        if _cut(self._behind, events):
            self.met = True
            self._ahead.clear()  # older than this one
        else:
            self._ahead.append(events)

    def note_ahead(self, notice: Notice) -> None:
        """Keep a notice, until a newer push of the first connection makes it idle."""
        self._ahead.append((notice,))

    def switch(self) -> Sequence[Any]:
        """Return the pushes that are newer than the last one."""
        newer = [item for push in self._ahead for item in push]
        if not all(isinstance(item, Notice) for item in newer):
            self._behind.clear()
        self.stay()
        return newer

    def stay(self) -> None:
        """Forget what the second connection brought."""
        self._ahead.clear()
        self.overlap = False

    def settle(self) -> None:
        """Expect nothing again that came before."""
        self._behind.clear()
        self.settling = False


def _cut(pushes: deque[Sequence[Any]], push: Sequence[Any]) -> bool:
    """Remove a push and all before it. Returns whether it was there."""
    if push not in pushes:
        return False
    while pushes.popleft() != push:
        pass
    return True


def _identity(event: type[Any]) -> Callable[[Any], Any]:
    """Return what gives the members that an event always has: the others may be there in one form of it only."""
    hints = get_type_hints(event)
    always = [field.name for field in attrs.fields(event) if field.default is attrs.NOTHING]
    names = [name for name in always if get_origin(hints[name]) not in (list, dict)]
    return attrgetter(*names) if names else repr
