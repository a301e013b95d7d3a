"""The two clients: they share the steps of a call and do its I/O, the one with threads, the other on an event loop."""

from __future__ import annotations

import contextlib
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, Self, TypeVar

from spotwire_core.config import DEFAULT_TIMEOUT, CallOptions, check_base_url, setting
from spotwire_core.errors import ClientClosed, ConfigError, DuplicateOrder, OrderNotFound, OutcomeUnknown
from spotwire_core.fleet import AsyncFleet, Draw, Late, RedisLimits, Shut, SyncFleet
from spotwire_core.limits import LimitMode
from spotwire_core.message import Auth, RawResponse, Response
from spotwire_core.operation import Operation, Venue
from spotwire_core.pipeline import Await, Pipeline, Send, Sleep, Slot, Step
from spotwire_core.resolve import Ask, Lookup, Resolution, questions
from spotwire_core.retries import Retries
from spotwire_core.transport import CONNECTIONS, AsyncTransport, HttpClient, SyncTransport, check_client

if TYPE_CHECKING:
    from spotwire_core.frames import StreamVenue
    from spotwire_core.notices import StreamOptions
    from spotwire_core.streaming import AsyncStreaming
    from spotwire_core.threaded import SyncStreaming

T = TypeVar("T")
P = ParamSpec("P")

LOOK_AGAIN = 1.0
"""Seconds after which a call that waits for another one looks again by itself."""


class SyncCaller(Protocol):
    """What a group of synchronous methods calls."""

    def __call__(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None, /) -> T:
        """Send one call and return its decoded payload."""
        ...


class AsyncCaller(Protocol):
    """What a group of asynchronous methods calls."""

    async def __call__(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None, /) -> T:
        """Send one call and return its decoded payload."""
        ...


class SyncClient(Pipeline):
    """A synchronous client; safe to use from many threads. Generated clients add the groups of methods."""

    def __init__(
        self,
        venue: Venue,
        auth: Auth | None,
        *,
        base_url: str | None,
        http: HttpClient | None,
        timeout: float,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
        streams: StreamOptions | None = None,
    ) -> None:
        super().__init__(venue, auth, base_url=base_url, timeout=timeout, retries=retries, limits=limits)
        self._stream_options = streams
        self._streamed: SyncStreaming | None = None
        self._streaming_lock = threading.Lock()
        self._transport = SyncTransport(self.base_url, check_client(http, asynchronous=False))
        self._shared = None if self._fleet is None else SyncFleet(self._fleet, timeout)
        self._slots = threading.BoundedSemaphore(CONNECTIONS)
        self._sleep: Callable[[float], None] = time.sleep

    def call(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None = None, /) -> T:
        """Send one call and return its decoded payload."""
        value: T = self._exchange(operation, values, options).value
        return value

    def raw(self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        """Call one of this client's methods and return status, headers and body beside the value.

        `client.raw(client.market.order_book, "BTCUSDT", limit=5).headers`
        """
        return _raw_twin(method, self._exchange)(*args, **kwargs)  # type: ignore[no-any-return]  # same method, other caller

    def _exchange(
        self, operation: Operation[Any], values: tuple[Any, ...], options: CallOptions | None
    ) -> RawResponse[Any]:
        self._transport.check_process()
        steps = self._steps(operation, values, options)
        rim = _SyncRim(self._transport, self._slots, self._sleep, self._shared)
        try:
            step = next(steps)
            while True:
                try:
                    outcome = rim.do(step)
                except BaseException as error:  # noqa: BLE001  # the steps decide what becomes of it
                    step = steps.throw(error)
                else:
                    step = steps.send(outcome)
        except StopIteration as done:
            answer: RawResponse[Any] = done.value
            return answer
        finally:
            rim.free()

    def _resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, lookups: Mapping[str, tuple[Lookup, ...]], patience: float
    ) -> tuple[Resolution, ...]:
        asking = questions(outcome, self.venue.name, lookups, patience=patience, now=self._now)
        try:
            step = next(asking)
            while True:
                try:
                    answer = (
                        self._exchange(step.operation, step.values, None)
                        if isinstance(step, Ask)
                        else self._sleep(step.seconds)
                    )
                except OrderNotFound as unknown:
                    step = asking.throw(unknown)
                else:
                    step = asking.send(answer)
        except StopIteration as done:
            found: tuple[Resolution, ...] = done.value
            return found

    def _streaming(self, venue: StreamVenue) -> SyncStreaming:
        from spotwire_core.notices import StreamOptions, stream_url
        from spotwire_core.threaded import SyncStreaming

        with self._streaming_lock:  # several threads may be the first, and one may close the client
            if self._closed:
                raise ClientClosed("streams of a client that is closed: open a new one")
            if self._streamed is None:
                options = self._stream_options or StreamOptions()
                url = stream_url(venue, options, elsewhere=self.base_url != check_base_url(self.venue.base_url))
                self._streamed = SyncStreaming(venue, self.call, options, url=url, timeout=self.timeout)
            return self._streamed

    def close(self) -> None:
        """Close the connections."""
        with self._streaming_lock:
            self._closed = True
        if self._streamed is not None:
            self._streamed.close()
        try:
            self._transport.close()
        finally:
            if self._shared is not None:
                self._shared.close()

    def __enter__(self) -> Self:
        """Return the client; it is closed on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        self.close()


class _SyncRim:
    """Does the steps of one call, and knows whether it holds a connection's slot."""

    def __init__(
        self,
        transport: SyncTransport,
        slots: threading.BoundedSemaphore,
        sleep: Callable[[float], None],
        fleet: SyncFleet | None,
    ) -> None:
        self._transport = transport
        self._slots = slots
        self._sleep = sleep
        self._fleet = fleet
        self._holding = False

    def do(self, step: Step) -> Response | bool | float | None:
        if type(step) is Send:
            return self._transport.send(step.request, operation=step.operation, timeout=step.timeout)
        if type(step) is Slot:
            self._holding = self._holding or self._slots.acquire(timeout=step.timeout)
            return self._holding
        if isinstance(step, (Draw, Shut, Late)):
            assert self._fleet is not None
            return self._fleet.do(step)
        self.free()
        if isinstance(step, Sleep):
            self._sleep(step.seconds)
        elif isinstance(step, Await):
            turn = threading.Event()
            step.ticket.on_wake(turn.set)
            turn.wait(LOOK_AGAIN if step.seconds is None else step.seconds)
        return None

    def free(self) -> None:
        if self._holding:
            self._holding = False
            self._slots.release()


class AsyncClient(Pipeline):
    """An asynchronous client for one event loop. Generated clients add the groups of methods."""

    def __init__(
        self,
        venue: Venue,
        auth: Auth | None,
        *,
        base_url: str | None,
        http: HttpClient | None,
        timeout: float,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
        streams: StreamOptions | None = None,
    ) -> None:
        super().__init__(venue, auth, base_url=base_url, timeout=timeout, retries=retries, limits=limits)
        self._stream_options = streams
        self._streamed: AsyncStreaming | None = None
        self._transport = AsyncTransport(self.base_url, check_client(http, asynchronous=True))
        self._shared = None if self._fleet is None else AsyncFleet(self._fleet, timeout)
        self._slots: Any = None
        self._sleep: Callable[[float], Awaitable[None]] = _async_sleep

    async def call(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None = None, /) -> T:
        """Send one call and return its decoded payload."""
        value: T = (await self._exchange(operation, values, options)).value
        return value

    async def raw(self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        """Call one of this client's methods and return status, headers and body beside the value.

        `(await client.raw(client.market.order_book, "BTCUSDT", limit=5)).headers`
        """
        return await _raw_twin(method, self._exchange)(*args, **kwargs)  # type: ignore[no-any-return]  # same method, other caller

    async def _exchange(
        self, operation: Operation[Any], values: tuple[Any, ...], options: CallOptions | None
    ) -> RawResponse[Any]:
        self._transport.check_process()
        if self._slots is None:
            from asyncio import Semaphore

            self._slots = Semaphore(CONNECTIONS)
        steps = self._steps(operation, values, options)
        rim = _AsyncRim(self._transport, self._slots, self._sleep, self._shared)
        try:
            step = next(steps)
            while True:
                try:
                    outcome = await rim.do(step)
                except BaseException as error:  # noqa: BLE001  # the steps decide what becomes of it
                    step = steps.throw(error)
                else:
                    step = steps.send(outcome)
        except StopIteration as done:
            answer: RawResponse[Any] = done.value
            return answer
        finally:
            rim.free()

    async def _resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, lookups: Mapping[str, tuple[Lookup, ...]], patience: float
    ) -> tuple[Resolution, ...]:
        asking = questions(outcome, self.venue.name, lookups, patience=patience, now=self._now)
        try:
            step = next(asking)
            while True:
                try:
                    doing = (
                        self._exchange(step.operation, step.values, None)
                        if isinstance(step, Ask)
                        else self._sleep(step.seconds)
                    )
                    answer = await doing
                except OrderNotFound as unknown:
                    step = asking.throw(unknown)
                else:
                    step = asking.send(answer)
        except StopIteration as done:
            found: tuple[Resolution, ...] = done.value
            return found

    def _streaming(self, venue: StreamVenue) -> AsyncStreaming:
        from spotwire_core.notices import StreamOptions, stream_url
        from spotwire_core.streaming import AsyncStreaming

        if self._closed:
            raise ClientClosed("streams of a client that is closed: open a new one")
        options = self._stream_options or StreamOptions()
        url = stream_url(venue, options, elsewhere=self.base_url != check_base_url(self.venue.base_url))
        self._streamed = AsyncStreaming(venue, self.call, options, url=url, timeout=self.timeout)
        return self._streamed

    async def aclose(self) -> None:
        """Close the connections."""
        self._closed = True
        if self._streamed is not None:
            await self._streamed.aclose()
        try:
            await self._transport.aclose()
        finally:
            if self._shared is not None:
                await self._shared.aclose()

    async def __aenter__(self) -> Self:
        """Return the client; it is closed on leaving."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the client."""
        await self.aclose()


class _AsyncRim:
    """Does the steps of one call, and knows whether it holds a connection's slot."""

    def __init__(
        self,
        transport: AsyncTransport,
        slots: Any,
        sleep: Callable[[float], Awaitable[None]],
        fleet: AsyncFleet | None,
    ) -> None:
        self._transport = transport
        self._slots = slots
        self._sleep = sleep
        self._fleet = fleet
        self._holding = False

    async def do(self, step: Step) -> Response | bool | float | None:
        if type(step) is Send:
            return await self._transport.send(step.request, operation=step.operation, timeout=step.timeout)
        if type(step) is Slot:
            self._holding = self._holding or await self._acquired(step.timeout)
            return self._holding
        if isinstance(step, (Draw, Shut, Late)):
            assert self._fleet is not None
            return await self._fleet.do(step)
        self.free()
        if isinstance(step, Sleep):
            await self._sleep(step.seconds)
        elif isinstance(step, Await):
            await _turn(step)
        return None

    async def _acquired(self, timeout: float) -> bool:
        if not self._slots.locked():
            acquired: bool = await self._slots.acquire()
            return acquired
        from asyncio import timeout as within

        with contextlib.suppress(TimeoutError):
            async with within(timeout):
                await self._slots.acquire()
                return True
        return False

    def free(self) -> None:
        if self._holding:
            self._holding = False
            self._slots.release()


async def _async_sleep(seconds: float) -> None:
    import asyncio

    await asyncio.sleep(seconds)


async def _turn(step: Await) -> None:
    """Wait until the ticket is woken, which another thread may do, or its time has come."""
    import asyncio

    loop, turn = asyncio.get_running_loop(), asyncio.Event()
    # Weak, so that the queue does not keep a call alive whose loop is gone: once collected it leaves its place.
    its_loop, its_turn = weakref.ref(loop), weakref.ref(turn)

    def wake() -> None:
        waiting, event = its_loop(), its_turn()
        if waiting is not None and event is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed
                waiting.call_soon_threadsafe(event.set)

    step.ticket.on_wake(wake)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOOK_AGAIN if step.seconds is None else step.seconds):
            await turn.wait()


def settings_from_env(venue: Venue) -> dict[str, Any]:
    """Return what the environment says of a venue: `SPOTWIRE_<VENUE>_BASE_URL` and `SPOTWIRE_<VENUE>_TIMEOUT` (seconds)."""
    timeout = setting(venue.name, "TIMEOUT")
    try:
        seconds = float(timeout) if timeout is not None else DEFAULT_TIMEOUT
    except ValueError:
        raise ConfigError(
            f"SPOTWIRE_{venue.name.upper()}_TIMEOUT must be a number of seconds, got {timeout!r}"
        ) from None
    return {"base_url": setting(venue.name, "BASE_URL"), "timeout": seconds}


def has_key_in_env(venue: Venue) -> bool:
    """Tell whether the environment names an API key of the venue."""
    return setting(venue.name, "API_KEY") is not None


def _raw_twin(method: Callable[..., Any], exchange: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same method of a group that hands back the whole answer."""
    group: Any = getattr(method, "__self__", None)
    owner = getattr(getattr(group, "_call", None), "__self__", None)
    if owner is None or owner is not getattr(exchange, "__self__", None):
        raise ConfigError("raw() takes a method of this client, such as client.market.order_book")
    twin: Callable[..., Any] = getattr(type(group)(exchange), method.__name__)
    return twin
