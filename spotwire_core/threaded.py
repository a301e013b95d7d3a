"""The streams of a synchronous client: the same ones on an event loop in a thread that ends with the client."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from queue import Empty, SimpleQueue
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
from spotwire_core.streaming import USED, check_listener

T = TypeVar("T")

LOOK_AGAIN = 1.0
"""Seconds after which a waiting thread looks by itself, and so can be interrupted on every system."""


class Bell:
    """Wakes the one thread that waits. It has no lock that Ctrl-C could leave taken, as those of threading have."""

    def __init__(self) -> None:
        self._rings: SimpleQueue[None] = SimpleQueue()

    def ring(self, _: object = None) -> None:
        """Wake whoever waits, or will."""
        self._rings.put(None)

    def clear(self) -> None:
        """Forget what rang before."""
        while not self._rings.empty():
            self.wait(0)

    def wait(self, seconds: float) -> None:
        """Wait until it rings, at most some seconds."""
        with contextlib.suppress(Empty):
            self._rings.get(timeout=seconds)


class SyncCall(Protocol):
    """How a REST operation is called."""

    def __call__(self, operation: Operation[T], values: tuple[Any, ...], /) -> T:
        """Call it."""
        ...


class SyncStreaming:
    """The streams of a synchronous client: an event loop in a thread of its own, from the first use to `close`."""

    def __init__(
        self,
        venue: StreamVenue,
        call: SyncCall,
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
        self._looking_up = threading.Lock()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._driver: Driver | None = None
        self._stop: asyncio.Event | None = None
        self._process: int | None = None
        self._closed = False

    def open(self, stream: Stream[T], values: tuple[Any, ...], /) -> SyncSub[T]:
        """Return a subscription, which begins when it is entered or iterated. Raises ConfigError for a wrong argument."""
        frames.address(stream, values)
        return SyncSub(self, stream, values)

    def ask(self, request: Request[T], values: tuple[Any, ...], /) -> T:
        """Send a request and return its answer. Raises TransportError where none comes within the client's timeout."""
        frames.address(request, values)
        called = frames.called(request, values)
        values = self.named(request, values)
        name, params = frames.address(request, values), frames.param(request, values)

        async def asked() -> T:
            assert self._driver is not None
            answer: T = await self._driver.ask(request, name, params, within=self.timeout, called=called)
            return answer

        loop = self._running()
        future = asyncio.run_coroutine_threadsafe(asked(), loop)
        try:
            return self._result(future)
        finally:
            future.cancel()

    def named(self, described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Replace a symbol by its id, which is looked up at the venue once."""
        found = self._names.replaced(described, values)
        if found is not None or self._names.lookup is None:
            return values if found is None else found
        with self._looking_up:
            found = self._names.replaced(described, values)
            if found is None:
                operation = self._names.lookup.operation
                self._names.learn(self._call(operation, (None,) * len(operation.params)))
                found = self._names.replaced(described, values)
        if found is None:
            raise self._names.unknown(described, values)
        return found

    def begin(self, stream: Stream[Any], values: tuple[Any, ...], sink: Sink) -> None:
        """Subscribe a sink."""
        called = frames.called(stream, values)
        values = self.named(stream, values)
        name, params = frames.address(stream, values), frames.param(stream, values)
        loop = self._running()
        done: Future[None] = Future()

        def subscribe() -> None:
            assert self._driver is not None
            try:
                self._driver.subscribe(stream, name, params, sink, within=self.timeout, called=called)
            except BaseException as error:  # noqa: BLE001  # whoever subscribed gets it
                done.set_exception(error)
            else:
                done.set_result(None)

        loop.call_soon_threadsafe(subscribe)
        self._result(done)

    def leave(self, sink: Sink) -> None:
        """Unsubscribe, from wherever."""
        loop, driver = self._loop, self._driver
        if loop is not None and driver is not None and self._process == os.getpid():
            with contextlib.suppress(RuntimeError):  # the loop was closed
                loop.call_soon_threadsafe(driver.unsubscribe, sink)

    def _running(self) -> asyncio.AbstractEventLoop:
        """Return the loop, started at the first use."""
        with self._starting:
            if self._closed:
                raise ClientClosed("the client was closed: open a new one")
            if self._thread is None:
                self._start()
            if self._process != os.getpid():
                raise ConfigError(
                    "streams that were used before a fork do not work after it: make another client there"
                )
            if self._thread is threading.current_thread():
                raise ConfigError(
                    "a function that listens to a stream cannot use streams itself: it would wait for itself"
                )
            assert self._loop is not None
            return self._loop

    def _start(self) -> None:
        started: Future[None] = Future()
        thread = threading.Thread(target=self._run, args=(started,), name=f"{self.venue.name} streams", daemon=True)
        thread.start()
        started.result()
        self._thread, self._process = thread, os.getpid()

    def _run(self, started: Future[None]) -> None:
        try:
            with asyncio.Runner() as runner:
                runner.run(self._serve(started))
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)  # whoever started it gets it

    async def _serve(self, started: Future[None]) -> None:
        """Drive the connection until the client is closed."""
        driver = Driver(self.venue, self._url, self.options, timing=self._timing)
        self._loop, self._driver, self._stop = asyncio.get_running_loop(), driver, asyncio.Event()
        started.set_result(None)
        await self._stop.wait()
        await driver.aclose()

    def _result(self, future: Future[T]) -> T:
        """Wait for what the thread does. Raises ClientClosed where it ends before."""
        bell = Bell()
        future.add_done_callback(bell.ring)
        while not future.done():
            bell.wait(LOOK_AGAIN)
            if self._closed and not future.done():
                raise ClientClosed("the client was closed")
        try:
            return future.result()
        except CancelledError:
            raise ClientClosed("the client was closed") from None

    def close(self) -> None:
        """End all subscriptions and questions with ClientClosed, close the connection and end the thread."""
        with self._starting:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is None or self._process != os.getpid():
            return
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        if thread is not threading.current_thread():
            thread.join()


class SyncSub(Generic[T]):
    """A subscription. It begins when it is entered or iterated; entering waits until the venue has confirmed it."""

    def __init__(self, streaming: SyncStreaming, stream: Stream[T], values: tuple[Any, ...]) -> None:
        self._streaming = streaming
        self._stream = stream
        self._values = values
        self._sink: Sink | None = None
        self._inbox: Inbox | None = None
        self._changed = Bell()
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

    def __iter__(self) -> Iterator[T]:
        """Return the subscription itself."""
        return self

    def __next__(self) -> T:
        """Wait for the next event. Raises what ended the subscription."""
        items = () if self._inbox is None else self._inbox.items
        while items:
            try:
                waiting: T | Notice = items.popleft()
            except IndexError:  # an overflow took it meanwhile
                break
            if not isinstance(waiting, Notice):
                return waiting
        while True:
            event = self.next_of_all()
            if not isinstance(event, Notice):
                return event

    def with_notices(self) -> Iterator[T | Notice]:
        """Iterate over the events, and what happens to the subscription between them."""
        return _SyncNoticing(self)

    def listen(self, callback: Callable[[T], object]) -> None:
        """Call a function with every event as it comes, in the thread of the streams, until the subscription is closed.

        It must not wait. What it raises ends the subscription, and is raised here.
        """
        check_listener(callback)
        bell, ends = Bell(), list[BaseException | None]()

        def ended(error: BaseException | None) -> None:
            ends.append(error)
            bell.ring()

        try:
            self.attach(Callback(callback, ended))
            while not ends:
                bell.wait(LOOK_AGAIN)
            error = ends[0]
        finally:
            self.close()
        if error is not None:
            raise error

    def attach(self, sink: Sink) -> None:
        """Begin with a sink of one's own, without waiting for the venue."""
        if self._sink is not None or self._closed:
            raise ConfigError(f"{self.name}: {USED}")
        self._sink = sink
        try:
            self._streaming.begin(self._stream, self._values, sink)
        except Exception:
            self._sink = None
            raise
        if self._closed:  # meanwhile, by another thread
            self._streaming.leave(sink)

    def next_of_all(self) -> T | Notice:
        """Wait for the next event or notice."""
        while True:
            if self._closed:
                raise StopIteration
            inbox = self._inbox or self._begun()
            try:
                item: T | Notice = inbox.take()
            except IndexError:
                if inbox.ended and not inbox.items:
                    self.close()
                    raise (StopIteration if inbox.error is None else inbox.error) from None
                self._wait(inbox, inbox.items.__len__)
            else:
                return item

    def _begun(self) -> Inbox:
        options = self._streaming.options
        inbox = Inbox(options.buffer, options.overflow, name=self.name)
        inbox.on_end = functools.partial(self._streaming.leave, inbox)
        inbox.on_change = self._changed.ring
        self.attach(inbox)
        self._inbox = inbox
        return inbox

    def _wait(self, inbox: Inbox, ready: Callable[[], int]) -> None:
        """Wait until something changes, unless all is ready or the inbox ended."""
        self._changed.clear()
        inbox.waited_for = True
        if not ready() and not inbox.ended:  # what comes after this look sets the event
            self._changed.wait(LOOK_AGAIN)
        inbox.waited_for = False

    def close(self) -> None:
        """Unsubscribe. Iterating stops."""
        if not self._closed:
            self._closed = True
            if self._sink is not None:
                self._streaming.leave(self._sink)
                self._sink.end(None)
            if self._inbox is not None:
                self._inbox.items.clear()

    def __enter__(self) -> Self:
        """Begin, and wait for the venue's word. Raises ApiError where it refuses, TransportError where it says nothing."""
        if self._closed:
            raise ConfigError(f"{self.name}: {USED}")
        try:
            inbox = self._inbox or self._begun()
            while not inbox.confirmed and not inbox.ended:
                self._wait(inbox, lambda: inbox.confirmed)
            if inbox.error is not None:
                raise inbox.error
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Unsubscribe."""
        self.close()

    def __del__(self) -> None:
        """Unsubscribe, where nobody did."""
        if self._sink is not None and not self._closed:
            self._streaming.leave(self._sink)


class _SyncNoticing(Generic[T]):
    """The same subscription with its notices."""

    def __init__(self, subscription: SyncSub[T]) -> None:
        self._subscription = subscription

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T | Notice:
        return self._subscription.next_of_all()
