"""The streams of an asynchronous client: subscriptions whose events come from one connection."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any, Generic, Protocol, Self, TypeVar

from spotwire_core import frames
from spotwire_core.driver import Driver
from spotwire_core.errors import ClientClosed, ConfigError
from spotwire_core.frames import Request, Stream, StreamVenue
from spotwire_core.inbox import Callback, Inbox, Sink
from spotwire_core.names import Names
from spotwire_core.notices import Notice, StreamOptions
from spotwire_core.operation import Operation
from spotwire_core.session import Timing

T = TypeVar("T")

SECOND_CONSUMER = "a subscription is iterated by one task or thread at a time: open another one"
USED = "used already: open the stream anew"


def check_listener(callback: object) -> None:
    """Refuse what cannot be called between frames."""
    if not callable(callback) or inspect.iscoroutinefunction(callback):
        raise ConfigError("listen takes a plain function of one event; what it does must not wait")


class AsyncCall(Protocol):
    """How a REST operation is called."""

    async def __call__(self, operation: Operation[T], values: tuple[Any, ...], /) -> T:
        """Call it."""
        ...


class AsyncStreaming:
    """The streams of an asynchronous client: what its group of stream methods calls."""

    def __init__(
        self,
        venue: StreamVenue,
        call: AsyncCall,
        options: StreamOptions,
        *,
        url: str,
        timeout: float,
        timing: Timing | None = None,
    ) -> None:
        self.venue = venue
        self.options = options
        self.timeout = timeout
        self._call = call
        self._url = url
        self._timing = Timing() if timing is None else timing
        self._names = Names(venue.symbols)
        self._looking_up: asyncio.Lock | None = None
        self._driver: Driver | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def open(self, stream: Stream[T], values: tuple[Any, ...], /) -> AsyncSub[T]:
        """Return a subscription, which begins when it is entered or iterated. Raises ConfigError for a wrong argument."""
        frames.address(stream, values)
        return AsyncSub(self, stream, values)

    async def ask(self, request: Request[T], values: tuple[Any, ...], /) -> T:
        """Send a request and return its answer. Raises TransportError where none comes within the client's timeout."""
        frames.address(request, values)
        driver, called = self.driver(), frames.called(request, values)
        values = await self.named(request, values)
        name, params = frames.address(request, values), frames.param(request, values)
        answer: T = await driver.ask(request, name, params, within=self.timeout, called=called)
        return answer

    def driver(self) -> Driver:
        """Return what drives the connection, for the running loop. Raises ConfigError for another loop, or once closed."""
        if self._closed:
            raise ClientClosed("the client was closed: open a new one")
        loop = asyncio.get_running_loop()
        if self._driver is None:
            self._driver, self._loop = Driver(self.venue, self._url, self.options, timing=self._timing), loop
        elif self._loop is not loop:
            raise ConfigError("the streams of an asynchronous client belong to the event loop of their first use")
        return self._driver

    async def named(self, described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Replace a symbol by its id, which is looked up at the venue once."""
        found = self._names.replaced(described, values)
        if found is not None or self._names.lookup is None:
            return values if found is None else found
        if self._looking_up is None:
            self._looking_up = asyncio.Lock()
        async with self._looking_up:  # those that wait for another's look-up need none
            found = self._names.replaced(described, values)
            if found is None:
                operation = self._names.lookup.operation
                self._names.learn(await self._call(operation, (None,) * len(operation.params)))
                found = self._names.replaced(described, values)
        if found is None:
            raise self._names.unknown(described, values)
        return found

    def leave(self, sink: Sink) -> None:
        """Unsubscribe, from wherever."""
        driver, loop = self._driver, self._loop
        if driver is not None and loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop was closed
                loop.call_soon_threadsafe(driver.unsubscribe, sink)

    async def aclose(self) -> None:
        """End all subscriptions and questions with ClientClosed, and close the connection."""
        self._closed = True
        if self._driver is not None and self._loop is asyncio.get_running_loop():
            await self._driver.aclose()


class AsyncSub(Generic[T]):
    """A subscription. It begins when it is entered or iterated; entering waits until the venue has confirmed it."""

    def __init__(self, streaming: AsyncStreaming, stream: Stream[T], values: tuple[Any, ...]) -> None:
        self._streaming = streaming
        self._stream = stream
        self._values = values
        self._sink: Sink | None = None
        self._inbox: Inbox | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._closed = False

    @property
    def name(self) -> str:
        """The stream with its arguments, as errors call it."""
        return frames.called(self._stream, self._values)

    def __repr__(self) -> str:
        """Return what it is to, and whether it is open."""
        state = "closed" if self._closed else "not begun" if self._sink is None else "open"
        return f"<subscription to {self.name}, {state}>"

    @property
    def timeout(self) -> float:
        """Seconds that the venue has to confirm the subscription."""
        return self._streaming.timeout

    def __aiter__(self) -> AsyncIterator[T]:
        """Return the subscription itself."""
        return self

    async def __anext__(self) -> T:
        """Wait for the next event. Raises what ended the subscription."""
        items = () if self._inbox is None else self._inbox.items
        while items:
            waiting: T | Notice = items.popleft()
            if not isinstance(waiting, Notice):
                return waiting
        while True:
            event = await self.next_of_all()
            if not isinstance(event, Notice):
                return event

    def with_notices(self) -> AsyncIterator[T | Notice]:
        """Iterate over the events, and what happens to the subscription between them."""
        return _Noticing(self)

    async def listen(self, callback: Callable[[T], object]) -> None:
        """Call a function with every event as it comes, until the subscription is closed.

        It is called between frames and must not wait. What it raises ends the subscription, and is raised here.
        """
        check_listener(callback)
        ended: asyncio.Future[BaseException | None] = asyncio.get_running_loop().create_future()
        sink = Callback(callback, lambda error: None if ended.done() else ended.set_result(error))
        try:
            await self.attach(sink)
            error = await ended
        finally:
            await self.close()
        if error is not None:
            raise error

    async def attach(self, sink: Sink) -> None:
        """Begin with a sink of one's own, without waiting for the venue."""
        if self._sink is not None or self._closed:
            raise ConfigError(f"{self.name}: {USED}")
        driver = self._streaming.driver()
        values = await self._streaming.named(self._stream, self._values)
        if self._closed:
            sink.end(None)
            return
        if self._sink is not None:
            raise ConfigError(SECOND_CONSUMER)
        name, params = frames.address(self._stream, values), frames.param(self._stream, values)
        self._sink = sink
        driver.subscribe(self._stream, name, params, sink, within=self.timeout, called=self.name)

    async def next_of_all(self) -> T | Notice:
        """Wait for the next event or notice."""
        while True:
            if self._closed:
                raise StopAsyncIteration
            inbox = self._inbox or await self._begun()
            try:
                item: T | Notice = inbox.take()
            except IndexError:
                if inbox.ended:
                    await self.close()
                    raise (StopAsyncIteration if inbox.error is None else inbox.error) from None
                await self._change(inbox)
            else:
                return item

    async def _begun(self) -> Inbox:
        options = self._streaming.options
        inbox = Inbox(options.buffer, options.overflow, name=self.name)
        inbox.on_end = functools.partial(self._streaming.leave, inbox)
        await self.attach(inbox)
        self._inbox = inbox
        return inbox

    async def _change(self, inbox: Inbox) -> None:
        """Wait until something was put into the inbox, or it ended."""
        if self._waiter is not None:
            raise ConfigError(SECOND_CONSUMER)
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        inbox.on_change = lambda: None if waiter.done() else waiter.set_result(None)
        inbox.waited_for = True
        try:
            await waiter
        finally:
            inbox.waited_for, inbox.on_change, self._waiter = False, None, None

    async def close(self) -> None:
        """Unsubscribe. Iterating stops."""
        if not self._closed:
            self._closed = True
            if self._sink is not None:
                self._streaming.leave(self._sink)
                self._sink.end(None)
            if self._inbox is not None:
                self._inbox.items.clear()

    async def __aenter__(self) -> Self:
        """Begin, and wait for the venue's word. Raises ApiError where it refuses, TransportError where it says nothing."""
        if self._closed:
            raise ConfigError(f"{self.name}: {USED}")
        try:
            inbox = self._inbox or await self._begun()
            while not inbox.confirmed and not inbox.ended:
                await self._change(inbox)
            if inbox.error is not None:
                raise inbox.error
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Unsubscribe."""
        await self.close()

    def __del__(self) -> None:
        """Unsubscribe, where nobody did."""
        if self._sink is not None and not self._closed:
            self._streaming.leave(self._sink)


class _Noticing(Generic[T]):
    """The same subscription with its notices."""

    def __init__(self, subscription: AsyncSub[T]) -> None:
        self._subscription = subscription

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T | Notice:
        return await self._subscription.next_of_all()
