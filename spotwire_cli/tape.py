"""The trades of a subscription and the notices of its connection, in the order in which they came."""

import contextlib
import functools
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from spotwire_core.inbox import Inbox
from spotwire_core.notices import Notice

KEPT = 10_000
"""What waits at most; beyond that the oldest makes room, and a Dropped says so."""


class Tape:
    """A sink whose producer is the thread of the streams, and whose consumer may be stopped by Ctrl-C anywhere."""

    def __init__(self, kept: int = KEPT) -> None:
        """Wait for events."""
        # Not an Event: Ctrl-C in the middle of its wait may leave it locked, and its producer stuck.
        self._calls: SimpleQueue[None] = SimpleQueue()
        self._inbox = Inbox(kept, "newest", name="watch")
        self._inbox.on_change = functools.partial(self._calls.put, None)

    def push(self, events: Sequence[Any]) -> None:
        """Take events."""
        self._inbox.push(events)

    def note(self, notice: Notice) -> None:
        """Ignore what the subscription says: the connection tells the same once, by `tell`."""

    def tell(self, notice: Notice) -> None:
        """Take a notice of the connection."""
        self._inbox.push((notice,))

    def end(self, error: BaseException | None) -> None:
        """Learn that the subscription ended."""
        self._inbox.end(error)

    def take(self, seconds: float) -> Iterator[Any]:
        """Give what waits, or what comes first within some seconds. Raises what ended the subscription."""
        self._wait(seconds)
        ended = self._inbox.ended
        for _ in range(len(self._inbox.items) + 1):  # with a Dropped before them
            try:
                item = self._inbox.take()
            except IndexError:
                break
            yield item
        if ended and self._inbox.error is not None:
            raise self._inbox.error

    def _wait(self, seconds: float) -> None:
        self._inbox.waited_for = True
        if not self._inbox.items and not self._inbox.ended:  # what comes after this look calls
            with contextlib.suppress(Empty):
                self._calls.get(timeout=seconds)
        self._inbox.waited_for = False
