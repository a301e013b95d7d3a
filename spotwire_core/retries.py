"""Whether and when a call is sent again. Pure: randomness and time come in as arguments."""

from __future__ import annotations

import threading

import attrs

from spotwire_core.errors import ConfigError, RateLimited, SpotwireError, TransportError, VenueUnavailable

MOST_DOUBLINGS = 60
"""More have no meaning, and numbers have an end."""


@attrs.frozen(kw_only=True)
class Retries:
    """How often a call is sent at most, and the waits in between: `base` seconds, doubled each time, `cap` at most.

    The waits are drawn between nothing and that (full jitter). `attempts=1` sends everything once.
    """

    attempts: int = 3
    base: float = 0.2
    cap: float = 5.0

    def __attrs_post_init__(self) -> None:
        """Refuse what makes no sense."""
        if not (self.attempts >= 1 and 0 <= self.base <= self.cap < float("inf")):
            raise ConfigError("retries need attempts of at least 1 and 0 <= base <= cap")

    def wait(self, attempt: int, *, random: float, retry_after: float | None) -> float:
        """Return the seconds to wait after the given attempt (1 is the first), no less than the venue asks for."""
        longest: float = min(self.cap, self.base * 2 ** min(attempt - 1, MOST_DOUBLINGS))
        return max(random * longest, retry_after or 0.0)


def may_repeat(error: SpotwireError, safety: str) -> bool:
    """Tell whether a call that failed so may be sent again.

    An unsafe one only where nothing reached the venue; the others also where the venue could not serve or was too busy.
    """
    if isinstance(error, TransportError):
        return not error.sent or safety != "unsafe"
    return safety != "unsafe" and isinstance(error, (RateLimited, VenueUnavailable))


class Budget:
    """Bounds the repeated calls of one client: a tenth of its calls and a few more, so that an outage brings no storm."""

    def __init__(self, *, reserve: float = 10.0, share: float = 0.1) -> None:
        self._lock = threading.Lock()
        self._reserve = reserve
        self._left = reserve
        self._share = share

    def succeeded(self) -> None:
        """Earn a share of a repetition."""
        with self._lock:
            self._left = min(self._reserve, self._left + self._share)

    def spend(self) -> bool:
        """Take one repetition, or say that there is none left."""
        with self._lock:
            if self._left < 1:
                return False
            self._left -= 1
            return True
