"""Keep the venue's limits: a call waits, or fails at once, until sending it breaks none of them.

A call counts from before it is sent until a whole window after its answer came, so that however long it was under way the venue
never sees more than the limit in any window. Buckets are shared by everything in this process that uses the same address (and,
for limits by account, the same key). The clock is the monotonic one.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Literal

from spotwire_core.errors import ConfigError, WouldExceedLimit
from spotwire_core.operation import Charge, Limit, Operation, Venue

Monotonic = Callable[[], float]
LimitMode = Literal["wait", "raise", "off"]

LONGEST_PAUSE = 60.0
"""Seconds: a call does not wait for what the venue has closed for longer than that."""


class _Bucket:
    """What one limit counts: calls under way, calls whose answer came, and who waits, in order.

    `name` tells it from every other bucket of a fleet.
    """

    def __init__(self, limit: Limit, name: str) -> None:
        self.limit = limit
        self.name = name
        self.under_way = 0
        self.settled: deque[tuple[float, int]] = deque()
        self.settled_weight = 0
        self.closed_until = 0.0
        self.waiting: deque[Ticket] = deque()

    def delay(self, weight: int, now: float) -> float | None:
        """Return the seconds until `weight` fits, 0 when it does now, None when an answer has to come first."""
        self._forget(now)
        free = self.limit.requests - self.under_way - self.settled_weight
        if weight <= free:
            return 0.0
        for moment, settled in self.settled:
            free += settled
            if weight <= free:
                return moment + self.limit.seconds - now
        return None

    def settle(self, weight: int, now: float) -> None:
        """Note that the answer to a call came."""
        self.under_way -= weight
        self.settled.append((now, weight))
        self.settled_weight += weight

    def _forget(self, now: float) -> None:
        while self.settled and self.settled[0][0] + self.limit.seconds <= now:
            self.settled_weight -= self.settled.popleft()[1]


def _nobody() -> None:
    """Wake nobody: the call has not begun to wait."""


class Ticket:
    """One call's place in its buckets. `address` and `operation` are what a venue may close as a whole.

    `drawn` is when the call took its units from the fleet: by the monotonic clock, and as it stands in Redis.
    """

    __slots__ = ("_wakes", "_woken", "address", "charges", "drawn", "granted", "operation")

    def __init__(
        self, charges: Sequence[tuple[_Bucket, int]], *, address: tuple[str, ...], operation: tuple[str, ...]
    ) -> None:
        self.charges = charges
        self.address = address
        self.operation = operation
        self.granted = False
        self.drawn: tuple[float, int] | None = None
        self._woken = False
        self._wakes = _nobody

    def wake(self) -> None:
        """Say that it may be this call's turn."""
        self._woken = True
        self._wakes()

    def on_wake(self, callback: Callable[[], None]) -> None:
        """Set what `wake` calls; it is called at once where the turn came before anybody waited."""
        self._wakes = callback
        if self._woken:
            callback()

    def look(self) -> None:
        """Forget what came before: the call looks for itself."""
        self._woken = False
        self._wakes = _nobody


class Limiter:
    """The buckets of one process. First come first served in each bucket; safe for threads and event loops at once."""

    def __init__(self, *, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        # Reentrant, since a collected coroutine gives up its place in whatever thread collects it.
        self._lock = threading.RLock()
        self._buckets: dict[tuple[object, ...], _Bucket] = {}
        self._closed: dict[tuple[str, ...], float] = {}

    def ticket(
        self, venue: Venue, operation: Operation[Any], values: Sequence[Any], *, address: str, user: str
    ) -> Ticket:
        """Return a ticket for a call: the buckets that it draws from, with its weight in each."""
        place = (venue.name, address)
        charges: list[tuple[_Bucket, int]] = []
        if operation.charges:
            limits = {limit.bucket: limit for limit in venue.limits}
            charges = [
                (self._bucket(limits[charge.bucket], operation, place, user), _weight(charge, values))
                for charge in operation.charges
            ]
        return Ticket(charges, address=place, operation=(*place, operation.name))

    def _bucket(self, limit: Limit, operation: Operation[Any], place: tuple[str, ...], user: str) -> _Bucket:
        who = user if limit.scope == "user" else ""
        key = (place, who, limit, operation.name if limit.each else "")
        with self._lock:
            bucket = self._buckets.get(key)
            if bucket is None:
                counts = f"{limit.bucket}={limit.requests}/{limit.seconds:g}"
                name = ":".join((*place, counts, who, operation.name if limit.each else ""))
                bucket = self._buckets[key] = _Bucket(limit, name)
            return bucket

    def enter(self, ticket: Ticket) -> float | None:
        """Queue a call and try at once: 0 granted, otherwise as `again`."""
        for bucket, weight in ticket.charges:
            if weight > bucket.limit.requests:
                raise WouldExceedLimit(
                    f"{ticket.operation[-1]} weighs {weight}, which never fits into {bucket.limit.requests}",
                    retry_after=None,
                )
        with self._lock:
            for bucket, _ in ticket.charges:
                bucket.waiting.append(ticket)
            return self._try(ticket)

    def again(self, ticket: Ticket) -> float | None:
        """Try again: 0 granted, seconds after which to try again, None when to wait for `wake`.

        Raises WouldExceedLimit where the venue has closed what the call needs for more than LONGEST_PAUSE.
        """
        with self._lock:
            return self._try(ticket)

    def _try(self, ticket: Ticket) -> float | None:
        ticket.look()
        now = self._monotonic()
        closed = self._closed_for(ticket, now)
        refuse_closed(ticket, closed)
        if any(bucket.waiting[0] is not ticket for bucket, _ in ticket.charges):
            return None
        if closed > 0:
            return closed
        delays = [bucket.delay(weight, now) for bucket, weight in ticket.charges]
        if any(delay is None for delay in delays):
            return None
        longest = max((delay for delay in delays if delay is not None), default=0.0)
        if longest > 0:
            return longest
        for bucket, weight in ticket.charges:
            bucket.under_way += weight
        ticket.granted = True
        self._leave(ticket)
        return 0.0

    def give_up(self, ticket: Ticket) -> None:
        """Leave without sending: cancelled, timed out, or refused before a byte went out."""
        with self._lock:
            if ticket.granted:
                for bucket, weight in ticket.charges:
                    bucket.under_way -= weight
                self._wake(ticket)
            else:
                self._leave(ticket)

    def settle(self, ticket: Ticket) -> None:
        """Note that the call is over."""
        with self._lock:
            now = self._monotonic()
            for bucket, weight in ticket.charges:
                bucket.settle(weight, now)
            self._wake(ticket)

    def _closed_for(self, ticket: Ticket, now: float) -> float:
        """Return the seconds for which the venue has closed something that the call needs."""
        moments = [bucket.closed_until for bucket, _ in ticket.charges]
        if self._closed:
            moments += (self._closed.get(ticket.address, now), self._closed.get(ticket.operation, now))
        return max(moments, default=now) - now

    def close(self, ticket: Ticket, seconds: float, *, everything: bool = False) -> None:
        """Let nothing through for some time, since the venue said so: this call's operation and buckets, or everything."""
        with self._lock:
            until = self._monotonic() + seconds
            name = ticket.address if everything else ticket.operation
            self._closed[name] = max(self._closed.get(name, until), until)
            for bucket, _ in ticket.charges:
                bucket.closed_until = max(bucket.closed_until, until)

    def _leave(self, ticket: Ticket) -> None:
        for bucket, _ in ticket.charges:
            if ticket in bucket.waiting:
                bucket.waiting.remove(ticket)
        self._wake(ticket)

    @staticmethod
    def _wake(ticket: Ticket) -> None:
        for bucket, _ in ticket.charges:
            if bucket.waiting:
                bucket.waiting[0].wake()


SHARED = Limiter()
"""The limiter of this process."""


def who(key: str) -> str:
    """Return a name for an account that does not show its key."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def refuse_closed(ticket: Ticket, seconds: float) -> None:
    """Raise WouldExceedLimit where the venue has closed what a call needs for more than LONGEST_PAUSE."""
    if seconds > LONGEST_PAUSE:
        raise WouldExceedLimit(
            f"the venue lets no {ticket.operation[-1]} through for another {seconds:.0f} s; nothing was sent",
            retry_after=seconds,
        )


def check_mode(limits: str) -> LimitMode:
    """Return what happens to a call that does not fit. Raises ConfigError for a word that is none of the three."""
    if limits not in ("wait", "raise", "off"):
        raise ConfigError(f'limits is "wait", "raise" or "off", got {limits!r}')
    return limits  # type: ignore[return-value]  # checked just above


def _weight(charge: Charge, values: Sequence[Any]) -> int:
    if charge.unless is not None and values[charge.unless] is None:
        return charge.weight_without
    return charge.weight
