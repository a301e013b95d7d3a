"""The rate limits of a venue, built from its document and as strict as it says.

Windows slide and are exact: of any stretch of so many seconds none sees more than is documented. Requests that were
refused do not count. Whoever is refused more than three times within the window that he overran is banned for two
minutes, at venues that know bans; while the ban lasts everything from his address is refused.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from spotwire_sim.call import Denied, Pairs
from spotwire_sim.clock import Clock
from spotwire_sim.spec import Operation, Spec

REFUSALS_BEFORE_BAN = 3
BAN_MS = 120_000


class Bucket(Struct, frozen=True):
    """So much weight in so many milliseconds. Operations with the same key share it."""

    key: tuple[str, str]
    most: int
    span_ms: int


class Charge(Struct, frozen=True):
    """What a request takes from a bucket; another weight where a parameter is not given."""

    bucket: Bucket
    weight: int
    without: str = ""
    weight_without: int = 0

    def of(self, pairs: Pairs) -> int:
        """Return the weight of a request with these parameters."""
        if not self.without or any(name == self.without for name, _ in pairs):
            return self.weight
        return self.weight_without


class Window:
    """What one address or user took from a bucket, as far as it still counts."""

    __slots__ = ("_most", "_span", "_taken", "_total")

    def __init__(self, bucket: Bucket) -> None:
        """Start empty."""
        self._most, self._span = bucket.most, bucket.span_ms
        self._taken: deque[tuple[int, int]] = deque()
        self._total = 0

    def wait(self, now: int, weight: int) -> int:
        """Return the milliseconds until there is room for a weight, 0 if there is."""
        taken = self._taken
        if taken and taken[-1][0] > now:  # the clock was moved back
            taken.clear()
            self._total = 0
        while taken and taken[0][0] <= now - self._span:
            self._total -= taken.popleft()[1]
        if self._total + weight <= self._most:
            return 0
        left = self._total
        for time, part in taken:
            left -= part
            if left + weight <= self._most:
                return time + self._span - now
        return self._span

    def take(self, now: int, weight: int) -> None:
        """Count a weight."""
        self._taken.append((now, weight))
        self._total += weight


Node = Mapping[str, Any]


class Limits:
    """All buckets of one venue, by address and by user."""

    def __init__(self, spec: Spec, clock: Clock) -> None:
        """Read the buckets and what each operation takes from them."""
        self._clock = clock
        self._bans = spec.knows("ip-ban")
        # Refusals by address answer with the general code; an operation may have one of its own for its user limits.
        self._general_code = str(spec.error("rate-limit").code)
        self._charges = {
            (scope, name): tuple(_charges(spec.limits, scope, operation))
            for scope in ("ip", "user")
            for name, operation in spec.operations.items()
        }
        self._windows: dict[tuple[tuple[str, str], str], Window] = {}
        self._refusals: dict[str, deque[int]] = {}
        self._banned: dict[str, int] = {}

    def clear(self) -> None:
        """Forget what was taken, refused and banned."""
        self._windows.clear()
        self._refusals.clear()
        self._banned.clear()

    def admit_address(self, address: str, operation: Operation, pairs: Pairs) -> None:
        """Count a request by its address. Raises Denied."""
        if self._banned:
            self._check_ban(address)
        self._admit(self._charges["ip", operation.operation_id], address, pairs, address, self._general_code)

    def admit_user(self, address: str, user: str, operation: Operation, pairs: Pairs) -> None:
        """Count a request whose signature is right by the user who signed it. Raises Denied."""
        self._admit(self._charges["user", operation.operation_id], user, pairs, address, None)

    def _admit(self, charges: tuple[Charge, ...], who: str, pairs: Pairs, address: str, code: str | None) -> None:
        """Take from all buckets, or from none."""
        now = self._clock()
        taken: list[tuple[Window, int]] = []
        for charge in charges:
            bucket = charge.bucket
            window = self._windows.get((bucket.key, who))
            if window is None:
                window = self._windows[bucket.key, who] = Window(bucket)
            weight = charge.of(pairs)
            wait = window.wait(now, weight)
            if wait:
                raise self._refusal(bucket, wait, address, now, code)
            taken.append((window, weight))
        for window, weight in taken:
            window.take(now, weight)

    def _refusal(self, bucket: Bucket, wait: int, address: str, now: int, code: str | None) -> Denied:
        if self._bans and self._is_too_much(address, bucket, now):
            self._banned[address] = now + BAN_MS
            return _denied("ip-ban", f"{address} went on after being refused and is banned", BAN_MS)
        reason = f"{' '.join(bucket.key).strip()}: at most {bucket.most} in {bucket.span_ms} ms"
        return _denied("rate-limit", reason, wait, code)

    def _is_too_much(self, address: str, bucket: Bucket, now: int) -> bool:
        refusals = self._refusals.setdefault(address, deque(maxlen=REFUSALS_BEFORE_BAN + 1))
        refusals.append(now)
        return len(refusals) > REFUSALS_BEFORE_BAN and 0 <= now - refusals[0] < bucket.span_ms

    def _check_ban(self, address: str) -> None:
        left = self._banned.get(address, 0) - self._clock()
        if left > 0:
            raise _denied("ip-ban", f"{address} is banned for {left} ms more", left)
        if self._banned.pop(address, None) is not None:
            self._refusals.pop(address, None)


def _denied(situation: str, reason: str, wait: int, code: str | None = None) -> Denied:
    denied = Denied(situation, reason, code=code)
    denied.retry_after = -(-wait // 1000)
    return denied


def _charges(root: Iterable[Node], scope: str, operation: Operation) -> Iterable[Charge]:
    """Return what an operation takes from the buckets of a scope, in the document's order."""
    name = operation.operation_id
    named: dict[str, Node] = {node["bucket"]: node for node in operation.limits if "bucket" in node}
    for node in root:
        if node["scope"] == scope and (node["applies"] != "named" or node["bucket"] in named):
            key = (node["bucket"], name if node["applies"] == "each" else "")
            yield _charge(_bucket(key, node), named.get(node["bucket"], {}))
    for node in operation.limits:
        if node.get("scope") == scope:
            yield Charge(_bucket((name, f"{node['requests']} in {node['seconds']} s"), node), 1)


def _bucket(key: tuple[str, str], node: Node) -> Bucket:
    return Bucket(key, node["requests"], int(node["seconds"] * 1000))


def _charge(bucket: Bucket, entry: Node) -> Charge:
    weight = entry.get("weight", 1)
    without, weight_without = next(iter(entry.get("weight-without", {}).items()), ("", weight))
    return Charge(bucket, weight, without, weight_without)
