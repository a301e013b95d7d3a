"""The clock of a simulated venue, which tests can move."""

import time
from collections.abc import Callable


def system_time() -> int:
    """Return the machine's time, epoch milliseconds."""
    return time.time_ns() // 1_000_000


class Clock:
    """A source of epoch milliseconds and an offset to it, in milliseconds, that may be changed at any time."""

    def __init__(self, source: Callable[[], int] = system_time) -> None:
        """Start without an offset."""
        self._source = source
        self.offset = 0

    def __call__(self) -> int:
        """Return the venue's time, epoch milliseconds."""
        return self._source() + self.offset
