"""The newest order book of a subscription, which is shown as live only while it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Generic, Protocol, Self, TypeVar, overload

import attrs

from spotwire_core.errors import ConfigError, SpotwireError, StaleBook, TransportError
from spotwire_core.frames import AsyncSubscription, Subscription
from spotwire_core.notices import Disconnected, Gap, Notice
from spotwire_core.streaming import AsyncSub
from spotwire_core.threaded import LOOK_AGAIN, Bell, SyncSub

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


@attrs.frozen
class Kept(Generic[B]):
    """A book, when it came by the monotonic clock, and what speaks against it. Replaced as a whole: any thread may read it."""

    book: B | None = None
    at: float = float("-inf")
    trouble: str = ""

    @property
    def age(self) -> float:
        """Seconds since it came."""
        return time.monotonic() - self.at


class Newest(Generic[B]):
    """A sink that keeps the newest book and knows what speaks against it."""

    def __init__(self) -> None:
        self.kept: Kept[B] = Kept()
        self.ended = False
        self.error: BaseException | None = None
        self.on_change: Callable[[], None] | None = None

    def push(self, events: Sequence[B]) -> None:
        """Keep the last one."""
        if self.ended:
            return
        self.kept = Kept(events[-1], time.monotonic())
        self._changed()

    def note(self, notice: Notice) -> None:
        """Learn that what was kept may be old."""
        if self.ended:
            return
        if isinstance(notice, Disconnected):
            self._doubt(f"disconnected: {notice.reason}")
        elif isinstance(notice, Gap):
            self._doubt("frames have been missing since it came")

    def end(self, error: BaseException | None) -> None:
        """Learn that nothing will come any more."""
        if not self.ended:
            self.error, self.ended = error, True
            self._doubt("the subscription ended" if error is None else f"the subscription ended: {error}")
            self._changed()

    def _doubt(self, trouble: str) -> None:
        self.kept = attrs.evolve(self.kept, trouble=trouble)

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
        book = self._newest.kept.book
        if book is None:
            raise StaleBook("no order book has come yet: enter the live book with `with` or `async with`")
        return book

    @property
    def age(self) -> float:
        """Seconds since the newest book came."""
        return self._newest.kept.age

    @property
    def trouble(self) -> str:
        """Why the newest book is not to be used; empty where it is live."""
        kept = self._newest.kept
        return self._staleness(kept) or _crossing(kept.book)

    @property
    def stale(self) -> bool:
        """Whether the connection is lost, frames are missing, or no book came for `stale_after` seconds."""
        return bool(self._staleness(self._newest.kept))

    @property
    def crossed(self) -> bool:
        """Whether the newest book has a bid that is not below an ask."""
        return bool(_crossing(self._newest.kept.book))

    def live(self) -> B:
        """Return the newest book, whose sides belong together. Raises StaleBook where it is stale or crossed."""
        kept = self._newest.kept
        trouble = self._staleness(kept) or _crossing(kept.book)
        if kept.book is None or trouble:
            raise StaleBook(f"the order book is not live: {trouble}") from self._newest.error
        return kept.book

    @property
    def bids(self) -> Sequence[Any]:
        """The bids of the live book; the next look may be at another book. Raises StaleBook where it is stale or crossed."""
        return self.live().bids

    @property
    def asks(self) -> Sequence[Any]:
        """The asks of the live book; the next look may be at another book. Raises StaleBook where it is stale or crossed."""
        return self.live().asks

    def _staleness(self, kept: Kept[B]) -> str:
        """Return why a book is stale; empty where it is not."""
        if kept.trouble:
            return kept.trouble
        if kept.book is None:
            return "no order book has come yet"
        old = self._stale_after is not None and kept.age > self._stale_after
        return f"it is {kept.age:.1f} s old" if old else ""

    def _late(self, name: str, seconds: float) -> SpotwireError:
        return TransportError(f"no order book came within {seconds:g} s", operation=name, sent=True)


def _crossing(book: Book | None) -> str:
    """Return what is wrong with the prices of a book; empty where nothing is."""
    if book is None or not book.bids or not book.asks:
        return ""
    crossed = max(row.price for row in book.bids) >= min(row.price for row in book.asks)
    return "its best bid is not below its best ask" if crossed else ""


class LiveBook(_LiveBook[B]):
    """The newest order book of a synchronous subscription, while the `with` block lasts."""

    def __init__(self, subscription: SyncSub[B], stale_after: float | None) -> None:
        super().__init__(stale_after)
        self._subscription = subscription

    def __enter__(self) -> Self:
        """Subscribe and wait for the first book. Raises what ends the subscription, or TransportError where none comes."""
        came, newest = Bell(), self._newest
        newest.on_change = came.ring
        deadline = time.monotonic() + self._subscription.timeout
        try:
            self._subscription.attach(newest)
            while newest.kept.book is None and not newest.ended:
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

    `with live_book(client.streams.order_book("BTCUSDT")) as book: print(book.live().bids[0].price)`

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
