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
from typing import Any

from spotwire_core.errors import WouldExceedLimit
from spotwire_core.operation import Charge, Limit, Operation, Venue

Monotonic = Callable[[], float]


class _Bucket:
    """What one limit counts: calls under way, calls whose answer came, and who waits, in order."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.under_way = 0
        self.settled: deque[tuple[float, int]] = deque()
        self.settled_weight = 0
        self.closed_until = 0.0
        self.waiting: deque[Ticket] = deque()

    def delay(self, weight: int, now: float) -> float | None:
        """Return the seconds until `weight` fits, 0 when it does now, None when an answer has to come first."""
        if now < self.closed_until:
            return self.closed_until - now
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


class Ticket:
    """One call's place in its buckets. `wake` is called when it may be its turn."""

    __slots__ = ("charges", "granted", "wake")

    def __init__(self, charges: Sequence[tuple[_Bucket, int]], wake: Callable[[], None]) -> None:
        self.charges = charges
        self.granted = False
        self.wake = wake


class Limiter:
    """The buckets of one process. First come first served in each bucket; safe for threads and event loops at once."""

    def __init__(self, *, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def charges(
        self, venue: Venue, operation: Operation[Any], values: Sequence[Any], *, address: str, user: str
    ) -> list[tuple[_Bucket, int]]:
        """Return the buckets that a call draws from, with its weight in each."""
        if not operation.charges:
            return []
        limits = {limit.bucket: limit for limit in venue.limits}
        return [
            (self._bucket(limits[charge.bucket], operation, address, user), _weight(charge, values))
            for charge in operation.charges
        ]

    def _bucket(self, limit: Limit, operation: Operation[Any], address: str, user: str) -> _Bucket:
        who = user if limit.scope == "user" else ""
        key = (address, who, limit.bucket, operation.name if limit.each else "")
        with self._lock:
            bucket = self._buckets.get(key)
            if bucket is None or bucket.limit != limit:
                bucket = self._buckets[key] = _Bucket(limit)
            return bucket

    def enter(self, ticket: Ticket) -> float | None:
        """Queue a call and try at once: 0 granted, otherwise as `again`."""
        for bucket, weight in ticket.charges:
            if weight > bucket.limit.requests:
                raise WouldExceedLimit(
                    f"a weight of {weight} never fits into {bucket.limit.requests}", retry_after=None
                )
        with self._lock:
            for bucket, _ in ticket.charges:
                bucket.waiting.append(ticket)
            return self._try(ticket)

    def again(self, ticket: Ticket) -> float | None:
        """Try again: 0 granted, seconds after which to try again, None when to wait for `wake`."""
        with self._lock:
            return self._try(ticket)

    def _try(self, ticket: Ticket) -> float | None:
        if any(bucket.waiting[0] is not ticket for bucket, _ in ticket.charges):
            return None
        now = self._monotonic()
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

    def close(self, ticket: Ticket, seconds: float) -> None:
        """Let nothing through the call's buckets for some time: the venue said so."""
        with self._lock:
            until = self._monotonic() + seconds
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


def _weight(charge: Charge, values: Sequence[Any]) -> int:
    if charge.unless is not None and values[charge.unless] is None:
        return charge.weight_without
    return charge.weight
