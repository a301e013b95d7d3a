"""The newest order book of a subscription, which is shown as live only while it is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Generic, Protocol, Self, TypeVar, overload

from spotwire_core.errors import ConfigError, SpotwireError, StaleBook, TransportError
from spotwire_core.frames import AsyncSubscription, Subscription
from spotwire_core.notices import Disconnected, Gap, Notice
from spotwire_core.streaming import AsyncSub
from spotwire_core.threaded import LOOK_AGAIN, SyncSub

STALE_AFTER = 10.0
"""Seconds without a new book after which it is stale, unless told otherwise."""


class Level(Protocol):
    """A row of an order book."""

    @property
    def price(self) -> Decimal:
        """Price in quote asset."""
        ...


class Book(Protocol):
    """An event that is a whole order book."""

    @property
    def bids(self) -> Sequence[Level]:
        """Bids."""
        ...

    @property
    def asks(self) -> Sequence[Level]:
        """Asks."""
        ...


B = TypeVar("B", bound=Book)


class Newest(Generic[B]):
    """A sink that keeps the newest book and knows what speaks against it."""

    def __init__(self) -> None:
        self.book: B | None = None
        self.at = float("-inf")
        self.trouble = ""
        self.ended = False
        self.error: BaseException | None = None
        self.on_change: Callable[[], None] | None = None

    def push(self, events: Sequence[B]) -> None:
        """Keep the last one."""
        self.book, self.at, self.trouble = events[-1], time.monotonic(), ""
        self._changed()

    def note(self, notice: Notice) -> None:
        """Learn that what was kept may be old."""
        if isinstance(notice, Disconnected):
            self.trouble = f"disconnected: {notice.reason}"
        elif isinstance(notice, Gap):
            self.trouble = "frames are missing since"

    def end(self, error: BaseException | None) -> None:
        """Learn that nothing will come any more."""
        if not self.ended:
            self.error = error
            self.trouble = "the subscription ended" if error is None else f"the subscription ended: {error}"
            self.ended = True
            self._changed()

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()


class _LiveBook(Generic[B]):
    """What both kinds of book show. All members may be read in any thread."""

    def __init__(self, stale_after: float | None) -> None:
        self._stale_after = stale_after
        self._newest: Newest[B] = Newest()

    @property
    def snapshot(self) -> B:
        """The newest book, whatever its age."""
        if self._newest.book is None:
            raise StaleBook("no order book has come yet: enter the live book with `with` or `async with`")
        return self._newest.book

    @property
    def age(self) -> float:
        """Seconds since the newest book came."""
        return time.monotonic() - self._newest.at

    @property
    def trouble(self) -> str:
        """Why the newest book is not to be used; empty where it is live."""
        newest = self._newest
        if newest.book is None:
            return "no order book has come yet"
        if newest.trouble:
            return newest.trouble
        if self._stale_after is not None and (age := self.age) > self._stale_after:
            return f"it is {age:.1f} s old"
        return "its best bid is not below its best ask" if _is_crossed(newest.book) else ""

    @property
    def stale(self) -> bool:
        """Whether the connection is lost, frames are missing, or no book came for `stale_after` seconds."""
        return bool(self.trouble) and not self._only_crossed()

    @property
    def crossed(self) -> bool:
        """Whether the newest book has a bid that is not below an ask."""
        return self._newest.book is not None and _is_crossed(self._newest.book)

    def live(self) -> B:
        """Return the newest book. Raises StaleBook where it is stale or crossed."""
        trouble = self.trouble
        if trouble:
            raise StaleBook(f"the order book is not live: {trouble}") from self._newest.error
        return self.snapshot

    @property
    def bids(self) -> Sequence[Any]:
        """The bids of the live book. Raises StaleBook where it is stale or crossed."""
        return self.live().bids

    @property
    def asks(self) -> Sequence[Any]:
        """The asks of the live book. Raises StaleBook where it is stale or crossed."""
        return self.live().asks

    def _only_crossed(self) -> bool:
        newest = self._newest
        old = self._stale_after is not None and self.age > self._stale_after
        return newest.book is not None and not newest.trouble and not old

    def _late(self, name: str, seconds: float) -> SpotwireError:
        return TransportError(f"no order book came within {seconds:g} s", operation=name, sent=True)


def _is_crossed(book: Book) -> bool:
    if not book.bids or not book.asks:
        return False
    return max(row.price for row in book.bids) >= min(row.price for row in book.asks)


class LiveBook(_LiveBook[B]):
    """The newest order book of a synchronous subscription, while the `with` block lasts."""

    def __init__(self, subscription: SyncSub[B], stale_after: float | None) -> None:
        super().__init__(stale_after)
        self._subscription = subscription

    def __enter__(self) -> Self:
        """Subscribe and wait for the first book. Raises what ends the subscription, or TransportError where none comes."""
        came, newest = threading.Event(), self._newest
        newest.on_change = came.set
        deadline = time.monotonic() + self._subscription.timeout
        try:
            self._subscription.attach(newest)
            while newest.book is None and not newest.ended:
                if time.monotonic() > deadline:
                    raise self._late(self._subscription.name, self._subscription.timeout)
                came.wait(min(LOOK_AGAIN, self._subscription.timeout))
            if newest.error is not None:
                raise newest.error
        except BaseException:
            self._subscription.close()
            raise
        finally:
            newest.on_change = None
        return self

    def __exit__(self, *_: object) -> None:
        """Unsubscribe."""
        self._subscription.close()


class AsyncLiveBook(_LiveBook[B]):
    """The newest order book of an asynchronous subscription, while the `async with` block lasts."""

    def __init__(self, subscription: AsyncSub[B], stale_after: float | None) -> None:
        super().__init__(stale_after)
        self._subscription = subscription

    async def __aenter__(self) -> Self:
        """Subscribe and wait for the first book. Raises what ends the subscription, or TransportError where none comes."""
        came, newest = asyncio.Event(), self._newest
        newest.on_change = came.set
        try:
            async with asyncio.timeout(self._subscription.timeout):
                await self._subscription.attach(newest)
                await came.wait()
            if newest.error is not None:
                raise newest.error
        except TimeoutError:
            await self._subscription.close()
            raise self._late(self._subscription.name, self._subscription.timeout) from None
        except BaseException:
            await self._subscription.close()
            raise
        finally:
            newest.on_change = None
        return self

    async def __aexit__(self, *_: object) -> None:
        """Unsubscribe."""
        await self._subscription.close()


@overload
def live_book(subscription: Subscription[B], *, stale_after: float | None = STALE_AFTER) -> LiveBook[B]: ...
@overload
def live_book(subscription: AsyncSubscription[B], *, stale_after: float | None = STALE_AFTER) -> AsyncLiveBook[B]: ...
def live_book(
    subscription: Subscription[B] | AsyncSubscription[B], *, stale_after: float | None = STALE_AFTER
) -> LiveBook[B] | AsyncLiveBook[B]:
    """Keep the newest book of a subscription whose events are whole order books.

    `with live_book(client.streams.order_book("BTCUSDT")) as book: print(book.bids[0].price)`

    Args:
        subscription: A new one, that is not iterated.
        stale_after: Seconds without a new book after which it is stale; None where a quiet market sends none.
    """
    if stale_after is not None and not 0 < stale_after < float("inf"):
        raise ConfigError(f"stale_after is a positive number of seconds or None, got {stale_after!r}")
    if isinstance(subscription, SyncSub):
        return LiveBook(subscription, stale_after)
    if isinstance(subscription, AsyncSub):
        return AsyncLiveBook(subscription, stale_after)
    raise ConfigError(f"live_book takes a subscription to order books, got {type(subscription).__name__}")
