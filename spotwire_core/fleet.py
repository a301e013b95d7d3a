"""Limits shared by a fleet: every process takes the units of a call from one Redis before it sends.

The counting is that of the library `limits`; the time is that of Redis. The steps here do no I/O; SyncFleet and AsyncFleet do
what they yield.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Generator
from importlib import import_module
from importlib.util import find_spec
from operator import itemgetter
from typing import Any, Literal

import attrs
import msgspec

from spotwire_core.errors import ConfigError, SpotwireError, WouldExceedLimit
from spotwire_core.limits import Ticket, refuse_closed
from spotwire_core.operation import Limit

log = logging.getLogger("spotwire")

MARGIN = 0.25
"""Seconds, or a tenth of a long window: an answer that comes later than that is told to the fleet; units come back so much later."""

DRAWS = 3
"""How often units that took longer to get than MARGIN are drawn anew, before a slow Redis counts as away."""

SOCKET_TIMEOUT = 2.0
"""Seconds for one answer of Redis, or a quarter of the client's timeout where that is less."""

AFTER_RESTART = 60.0
"""Seconds of uptime up to which a Redis that has restarted is not trusted with what it counted before."""

LOCAL_PAUSE = 5.0
"""Seconds for which Redis is not asked again, with when_away="local"."""

SHORTEST_WAIT = 0.02
"""Seconds after which units that another process took first are asked for again."""

TICKS = 100
"""The library expires its keys by whole numbers only, so times are hundredths of a second; a key lives a hundred windows."""


@attrs.frozen
class RedisLimits:
    """The venue's limits, shared through one Redis by every process that uses the same URL and prefix.

    `RedisLimits("redis://127.0.0.1:6379/0")` is handed to any number of clients as `limits`, synchronous or not.

    Args:
        url: `redis://[user:password@]host[:port][/db]`, `rediss://` with TLS, or `unix://path`.
        mode: "wait" until the limits allow a call, or "raise" WouldExceedLimit.
        when_away: What happens without Redis: "raise" WouldExceedLimit and send nothing, or go on with the "local" limits of
            the process.
        prefix: What the keys in Redis begin with.

    Raises:
        ConfigError: An argument is wrong, or the extra `redis` is not installed.
    """

    url: str = attrs.field(repr=False)
    mode: Literal["wait", "raise"] = attrs.field(default="wait", kw_only=True)
    when_away: Literal["raise", "local"] = attrs.field(default="raise", kw_only=True)
    prefix: str = attrs.field(default="spotwire", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot work, before the first call."""
        if find_spec("limits") is None or find_spec("redis") is None:
            raise ConfigError('limits through Redis need an extra: pip install "spotwire[redis]"')
        if not isinstance(self.url, str) or not self.url.startswith(("redis://", "rediss://", "unix://")):
            raise ConfigError("the URL of a Redis begins with redis://, rediss:// or unix://")
        if self.mode not in ("wait", "raise"):
            raise ConfigError(f'mode is "wait" or "raise", got {self.mode!r}')
        if self.when_away not in ("raise", "local"):
            raise ConfigError(f'when_away is "raise" or "local", got {self.when_away!r}')
        if not isinstance(self.prefix, str) or not self.prefix:
            raise ConfigError("prefix is a text that is not empty")


class Draw(msgspec.Struct, frozen=True, gc=False):
    """Take a call's units from the fleet, within `timeout` seconds. The outcome is 0, or when to try again."""

    ticket: Ticket
    timeout: float


class Shut(msgspec.Struct, frozen=True, gc=False):
    """Tell the fleet for how many seconds the venue wants nothing: of this call's kind, or at all."""

    ticket: Ticket
    seconds: float
    everything: bool
    timeout: float = SOCKET_TIMEOUT


class Late(msgspec.Struct, frozen=True, gc=False):
    """Tell the fleet that a call is over, where the venue may have counted it later than the margin allows for."""

    ticket: Ticket
    timeout: float = SOCKET_TIMEOUT


Step = Draw | Shut | Late


class Ask(msgspec.Struct, frozen=True, gc=False):
    """Send commands to Redis in one round trip and hand back their answers."""

    commands: tuple[tuple[Any, ...], ...]


class Take(msgspec.Struct, frozen=True, gc=False):
    """Take units from a bucket if they fit: the key, and the arguments of the library's script."""

    key: str
    arguments: tuple[int, int, int, int]


Exchange = Generator[Ask | Take, Any, float]


def draw(ticket: Ticket, prefix: str) -> Exchange:
    """Take the units of a call from all its buckets. Returns 0.0, or the seconds after which to try again.

    Raises WouldExceedLimit where the venue has closed what the call needs for long, TimeoutError where Redis is too slow.
    """
    for _ in range(DRAWS):
        begun = time.monotonic()
        delay: float = yield from _drawn(ticket, prefix, begun)
        if delay > 0 or time.monotonic() - begun <= MARGIN:
            return delay
    raise TimeoutError


def _drawn(ticket: Ticket, prefix: str, begun: float) -> Exchange:
    """Draw once. The state of all buckets is read first, so that a full one does not cost units of the others."""
    buckets = sorted(_buckets(ticket, prefix), key=itemgetter(0))
    closings = _closings(ticket, prefix)
    commands: list[tuple[Any, ...]] = [("TIME",), ("INFO", "server"), *(("PTTL", name) for name in closings)]
    # The library keeps a list of times, the newest first: this is the entry that has to be out of the window.
    commands += [("LINDEX", key, limit.requests - weight) for key, limit, weight in buckets]
    (seconds, micros), server, *answers = yield Ask(tuple(commands))
    closed = max(answers[: len(closings)]) / 1000
    refuse_closed(ticket, closed)
    now, up = int((seconds + micros / 1e6) * TICKS), server["uptime_in_seconds"] - 1
    waits: list[float] = [closed, *(min(_window(limit) / TICKS, AFTER_RESTART) - up for _, limit, _ in buckets)]
    blocking = zip(buckets, answers[len(closings) :], strict=True)
    waits += [(int(entry) + _window(limit) - now) / TICKS for (_, limit, _), entry in blocking if entry is not None]
    if max(waits) > 0:
        return max(*waits, SHORTEST_WAIT)
    ticket.drawn = (begun, now)
    for key, limit, weight in buckets:
        if not (yield Take(key, (now, limit.requests, _window(limit), weight))):
            return SHORTEST_WAIT
    return 0.0


def late(ticket: Ticket, prefix: str) -> Exchange:
    """Count a call from when it was over, in the buckets whose margin it outran."""
    if ticket.drawn is None:
        return 0.0
    begun, taken = ticket.drawn
    elapsed = time.monotonic() - begun
    over = taken + math.ceil(elapsed * TICKS) + 1
    outrun = [(key, limit, weight) for key, limit, weight in _buckets(ticket, prefix) if elapsed > _margin(limit)]
    for key, limit, weight in outrun:
        # Added before they are removed: no moment without them.
        added, removed = ("LPUSH", key, *[over] * weight), ("LREM", key, -weight, taken)
        yield Ask((added, removed, ("EXPIRE", key, _window(limit))))
    return 0.0


def shut(ticket: Ticket, prefix: str, seconds: float, *, everything: bool) -> Exchange:
    """Let no process through for some seconds: this call's operation and buckets, or the address."""
    length = math.ceil(seconds * 1000)
    address, *others = _closings(ticket, prefix)
    names = [address] if everything else others
    left = yield Ask(tuple(("PTTL", name) for name in names))
    shorter = [name for name, milliseconds in zip(names, left, strict=True) if milliseconds < length]
    if shorter:
        yield Ask(tuple(("SET", name, 1, "PX", length) for name in shorter))
    return 0.0


def _closings(ticket: Ticket, prefix: str) -> list[str]:
    """Return the keys that exist while the venue has closed something: the address, the operation, then the buckets."""
    names = [":".join(ticket.address), ":".join(ticket.operation), *(bucket.name for bucket, _ in ticket.charges)]
    return [f"{prefix}:closed:{name}" for name in names]


def _buckets(ticket: Ticket, prefix: str) -> list[tuple[str, Limit, int]]:
    return [(f"{prefix}:{bucket.name}", bucket.limit, weight) for bucket, weight in ticket.charges]


def _margin(limit: Limit) -> float:
    return max(MARGIN, limit.seconds / 10)


def _window(limit: Limit) -> int:
    """Return the ticks after which units come back; one more, since a time is rounded down to whole ticks."""
    return math.ceil((limit.seconds + _margin(limit)) * TICKS) + 1


class _Fleet:
    """What both kinds have in common: one client's view of the Redis."""

    def __init__(self, limits: RedisLimits, timeout: float) -> None:
        self._limits = limits
        self._options: dict[str, Any] = dict.fromkeys(
            ("socket_timeout", "socket_connect_timeout"), min(SOCKET_TIMEOUT, timeout / 4)
        )
        self._closed = False
        self._away = False
        self._ask_at = 0.0

    def _exchange(self, step: Step) -> Exchange:
        if isinstance(step, Draw):
            return draw(step.ticket, self._limits.prefix)
        if isinstance(step, Shut):
            return shut(step.ticket, self._limits.prefix, step.seconds, everything=step.everything)
        return late(step.ticket, self._limits.prefix)

    def _asks(self) -> bool:
        """Tell whether Redis is asked: not again and again while it is away and the process goes on without it."""
        return not self._away or self._limits.when_away == "raise" or time.monotonic() >= self._ask_at

    def _back(self, step: Step) -> None:
        if self._away and isinstance(step, Draw):
            log.warning("the limits shared through Redis are kept again")
            self._away = False

    def _failed(self, step: Step, error: Exception) -> float:
        """Say what happens without Redis. The library's own text is left out: it may show more than it should."""
        if isinstance(error, SpotwireError):
            raise error
        name, reason = step.ticket.operation[-1], type(error).__name__
        if not isinstance(step, Draw):
            log.warning("%s: the other processes were not told what the venue said (%s)", name, reason)
            return 0.0
        if self._limits.when_away == "raise":
            raise WouldExceedLimit(
                f"{name} was not sent: the Redis that shares the limits is away ({reason})", retry_after=None
            ) from None
        if not self._away:
            log.warning("the Redis that shares the limits is away (%s): this process keeps them alone", reason)
        self._away, self._ask_at = True, time.monotonic() + LOCAL_PAUSE
        return 0.0


class SyncFleet(_Fleet):
    """Talks to Redis for a synchronous client. Safe to use from many threads."""

    def __init__(self, limits: RedisLimits, timeout: float) -> None:
        super().__init__(limits, timeout)
        import redis
        from limits.storage import RedisStorage

        import_module("httpcore")  # slow, so not between the units of the first call and its sending
        self._pool = _pool(redis.ConnectionPool, limits.url, self._options)
        self._storage: Any = RedisStorage("redis://", connection_pool=self._pool)

    def do(self, step: Step) -> float:
        """Do a step. Raises WouldExceedLimit where units cannot be had."""
        if not self._asks():
            return 0.0
        try:
            if self._closed:
                raise ConnectionError
            delay = self._run(self._exchange(step), step.timeout)
        except Exception as error:  # noqa: BLE001  # whatever the libraries raise, Redis did not answer
            return self._failed(step, error)
        self._back(step)
        return delay

    def close(self) -> None:
        """Close the connections."""
        self._closed = True
        self._pool.disconnect()

    def _run(self, exchange: Exchange, timeout: float) -> float:
        end = time.monotonic() + timeout
        try:
            step = next(exchange)
            while time.monotonic() < end:
                step = exchange.send(self._do(step))
        except StopIteration as done:
            delay: float = done.value
            return delay
        raise TimeoutError

    def _do(self, step: Ask | Take) -> Any:
        if isinstance(step, Take):
            return self._storage.lua_acquire_moving_window([step.key], step.arguments)
        with self._storage.storage.pipeline(transaction=False) as pipe:
            for command in step.commands:
                pipe.execute_command(*command)
            return pipe.execute()


class AsyncFleet(_Fleet):
    """Talks to Redis for an asynchronous client. It belongs to the event loop of its first call."""

    def __init__(self, limits: RedisLimits, timeout: float) -> None:
        super().__init__(limits, timeout)
        import redis.asyncio
        from limits.aio.storage import RedisStorage

        import_module("aiohttp")  # slow, so not between the units of the first call and its sending
        self._pool = _pool(redis.asyncio.ConnectionPool, limits.url, self._options)
        options: dict[str, Any] = {"connection_pool": self._pool}
        self._bridge: Any = RedisStorage("async+redis://", implementation="redispy", **options).bridge
        self._loop: Any = None

    async def do(self, step: Step) -> float:
        """Do a step. Raises WouldExceedLimit where units cannot be had."""
        if not self._asks():
            return 0.0
        try:
            if self._closed:
                raise ConnectionError
            delay = await self._run(self._exchange(step), step.timeout)
        except Exception as error:  # noqa: BLE001  # whatever the libraries raise, Redis did not answer
            return self._failed(step, error)
        self._back(step)
        return delay

    async def aclose(self) -> None:
        """Close the connections."""
        self._closed = True
        await self._pool.disconnect()

    async def _run(self, exchange: Exchange, timeout: float) -> float:
        from asyncio import get_running_loop, timeout as within

        if self._loop not in (None, get_running_loop()):
            raise ConfigError("an asynchronous client belongs to one event loop: make another one for this loop")
        self._loop = get_running_loop()
        async with within(timeout):
            try:
                step = next(exchange)
                while True:
                    step = exchange.send(await self._do(step))
            except StopIteration as done:
                delay: float = done.value
                return delay

    async def _do(self, step: Ask | Take) -> Any:
        if isinstance(step, Take):
            return await self._bridge.lua_acquire_moving_window([step.key], step.arguments)
        async with self._bridge.storage.pipeline(transaction=False) as pipe:
            for command in step.commands:
                pipe.execute_command(*command)
            return await pipe.execute()


def _pool(kind: Any, url: str, options: dict[str, Any]) -> Any:
    """Make a pool of connections. The library's own text is left out: it shows the URL with its password."""
    try:
        return kind.from_url(url, **options)
    except (ValueError, TypeError):
        raise ConfigError("the URL of the Redis is not valid") from None
