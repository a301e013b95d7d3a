"""Where the events of one subscription wait for its consumer: bounded, and cheap where nobody waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from spotwire_core.errors import StreamOverflow
from spotwire_core.notices import Connected, Dropped, Notice, Overflow, Reconnected


class Sink(Protocol):
    """A consumer of one channel, as a session sees it. None of these methods may raise or wait."""

    def push(self, events: Sequence[Any], /) -> None:
        """Take events."""
        ...

    def note(self, notice: Notice, /) -> None:
        """Take a notice. Connected comes once the venue has confirmed the subscription."""
        ...

    def end(self, error: BaseException | None, /) -> None:
        """Learn that nothing will come any more. Called once or several times; the first time counts."""
        ...


class Inbox:
    """Events and notices in their order, `limit` at most.

    `on_change` is called after something was put in while `waited_for` is set, which the consumer does before it waits; it
    is called in the thread of the producer. One producer and one consumer may be in different threads.
    """

    def __init__(self, limit: int, overflow: Overflow, *, name: str) -> None:
        self.items: deque[Any] = deque()
        self.confirmed = False
        self.ended = False
        self.error: BaseException | None = None
        self.dropped = 0
        """All that made room; written by the producer alone."""
        self.waited_for = False
        self.on_change: Callable[[], None] | None = None
        self.on_end: Callable[[], None] | None = None
        self._limit = limit
        self._overflow = overflow
        self._name = name
        self._told = 0

    def push(self, events: Sequence[Any]) -> None:
        """Put events in, or act as `overflow` says."""
        if self.ended:
            return
        if len(events) == 1:
            self.items.append(events[0])
        else:
            self.items.extend(events)
        if len(self.items) > self._limit:
            self._make_room()
        if self.waited_for:
            self._changed()

    def note(self, notice: Notice) -> None:
        """Put a notice in."""
        self.confirmed = self.confirmed or isinstance(notice, (Connected, Reconnected))
        self.push((notice,))

    def end(self, error: BaseException | None) -> None:
        """Take nothing more. The consumer still gets what waits, unless it was too slow."""
        if self.ended:
            return
        self.error = error
        self.ended = True
        self._changed()
        if self.on_end is not None:
            self.on_end()

    def take(self) -> Any:
        """Return the next event or notice. Raises IndexError where there is none."""
        if self.dropped != self._told:
            new, self._told = self.dropped - self._told, self.dropped
            return Dropped(new)
        return self.items.popleft()

    def _make_room(self) -> None:
        if self._overflow == "raise":
            waiting = len(self.items)
            self.items.clear()
            self.end(
                StreamOverflow(
                    f"{self._name}: {waiting} events waited for a consumer that is too slow; take them faster, allow more with "
                    'StreamOptions(buffer=...), or keep the newest only with StreamOptions(overflow="newest")',
                    count=waiting,
                )
            )
            return
        while len(self.items) > self._limit:
            try:
                self.items.popleft()
            except IndexError:  # the consumer took it meanwhile
                return
            self.dropped += 1

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()


class Callback:
    """Hands every event to a function at once, in the thread and between the frames in which it came."""

    def __init__(self, function: Callable[[Any], object], ended: Callable[[BaseException | None], None]) -> None:
        self._function = function
        self._ended = ended
        self._over = False

    def push(self, events: Sequence[Any]) -> None:
        """Call the function with each event. What it raises ends the subscription."""
        if self._over:
            return
        try:
            for event in events:
                self._function(event)
        except BaseException as error:  # noqa: BLE001  # whoever listens gets it
            self.end(error)

    def note(self, notice: Notice) -> None:
        """Ignore it: notices of the connection go to on_notice."""

    def end(self, error: BaseException | None) -> None:
        """Tell whoever listens."""
        if not self._over:
            self._over = True
            self._ended(error)
