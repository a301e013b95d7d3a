"""The venue's time. It runs on the monotonic clock, so a wall clock that jumps does not move it; it is corrected from answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

EARLIEST, LATEST = 1_500_000_000_000, 4_100_000_000_000
"""Epoch ms: a time outside 2017 to 2099 is no time."""

SLOWEST_ANSWER = 5.0
"""Seconds: a time that was longer under way is not believed."""

NOTICEABLE = 2_000
"""Milliseconds by which the `Date` of an answer, which has whole seconds, must be off before it means anything."""


class Clock:
    """Epoch ms as the venue counts them."""

    def __init__(
        self, *, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._zero = wall() - monotonic()
        self.corrected_at = float("-inf")
        """When it was set by the venue's time, on the monotonic clock."""

    def now(self) -> int:
        """Return the time in epoch ms."""
        return int((self._zero + self._monotonic()) * 1000)

    def correct(self, venue_ms: object, *, asked_at: float) -> bool:
        """Set the clock by the venue's time, which came as an answer to a question of `asked_at` on the monotonic clock.

        Returns False, and changes nothing, when the time is absurd or was too long under way.
        """
        arrived = self._monotonic()
        under_way = arrived - asked_at
        if isinstance(venue_ms, bool) or not isinstance(venue_ms, int) or not EARLIEST <= venue_ms <= LATEST:
            return False
        if not 0 <= under_way <= SLOWEST_ANSWER:
            return False
        with self._lock:
            self._zero = venue_ms / 1000 + under_way / 2 - arrived
            self.corrected_at = arrived
        return True

    def correct_by_date(self, headers: Mapping[str, str], *, asked_at: float) -> bool:
        """Set the clock by the header Date of an answer where it is noticeably off. Returns whether it was."""
        date = date_ms(headers)
        if date is None or abs(date + 500 - self.now()) < NOTICEABLE:
            return False
        return self.correct(date + 500, asked_at=asked_at)


def date_ms(headers: Mapping[str, str]) -> int | None:
    """Return the header Date in epoch ms, None where there is none."""
    try:
        moment = parsedate_to_datetime(headers.get("date", ""))
        return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()) * 1000
    except (ValueError, OverflowError):
        return None
