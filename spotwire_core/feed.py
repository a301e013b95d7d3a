"""What of a channel's events is new, where a second connection or a list of the past brings some of them again. Pure.

The venue says nowhere which event of one connection is which of another: they are told by their content.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Protocol, get_origin, get_type_hints

import attrs

REMEMBERED = 2_000
"""Events, or pushes, that are told from new ones."""


class Feed(Protocol):
    """The events of one channel. While `overlap` is set a second connection is about to take over."""

    overlap: bool
    settling: bool
    """Whether a connection is so new that events of the one before may come again."""

    def take(self, events: Sequence[Any]) -> Sequence[Any]:
        """Return what is new of a push of the connection that counts."""
        ...

    def put_ahead(self, events: Sequence[Any]) -> None:
        """Keep a push of the connection that takes over."""
        ...

    def switch(self) -> Sequence[Any]:
        """Let the second connection take over. Returns what only it has brought."""
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
        self.overlap = self.settling = False
        self._identity = _identity(event)
        self._seen: dict[Any, None] = {}
        self._ahead: dict[Any, Any] = {}

    def take(self, events: Sequence[Any]) -> Sequence[Any]:
        """Return what is new."""
        if len(events) > 1 or self.settling or self.overlap:
            events = [event for event in events if self._identity(event) not in self._seen]
        self._remember(events)
        return events

    def put_ahead(self, events: Sequence[Any]) -> None:
        """Keep what has not been seen."""
        for event in events:
            identity = self._identity(event)
            if identity not in self._seen and len(self._ahead) < REMEMBERED:
                self._ahead[identity] = event

    def switch(self) -> Sequence[Any]:
        """Return what only the second connection has brought."""
        ahead = list(self._ahead.values())
        self._remember(ahead)
        self.overlap = False
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
            if self._ahead:
                self._ahead.pop(identity, None)
        while len(seen) > REMEMBERED:
            del seen[next(iter(seen))]


class ReplacingFeed:
    """Pushes that each replace the one before, such as order books: an older one never comes after a newer one."""

    def __init__(self) -> None:
        self.overlap = self.settling = False
        self._behind: deque[Sequence[Any]] = deque(maxlen=REMEMBERED)
        self._ahead: deque[Sequence[Any]] = deque(maxlen=REMEMBERED)
        self._alike = False

    def take(self, events: Sequence[Any]) -> Sequence[Any]:
        """Return the push, or nothing where the connection before brought it already."""
        if self.overlap:
            if not _cut(self._ahead, events):
                self._behind.append(events)
                if not self._alike:  # the connections do not show the same moments: what came so far is older
                    self._ahead.clear()
            else:
                self._alike = True
        elif self.settling and _cut(self._behind, events):
            return ()
        return events

    def put_ahead(self, events: Sequence[Any]) -> None:
        """Keep a push that the other connection has not brought."""
        if _cut(self._behind, events):
            self._alike = True
        else:
            self._ahead.append(events)

    def switch(self) -> Sequence[Any]:
        """Return the pushes that are newer than the last one."""
        newer = [event for push in self._ahead for event in push]
        self.stay()
        return newer

    def stay(self) -> None:
        """Forget what the second connection brought."""
        self._ahead.clear()
        self.overlap = self._alike = False

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
