"""The screen of `spotwire <venue> watch`: order book, trades and the state of the connection."""

import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType, TracebackType
from typing import NamedTuple, Self

from rich.bar import Bar
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from spotwire_cli.market import Book, Level, Trade, aligned, clean, moment, notice_text
from spotwire_core.live_book import LiveBook
from spotwire_core.notices import Dropped, Notice

KEPT_TRADES = 12
BAR = 16
"""Columns of the longest bar; it is the first to give way."""

BETWEEN = 4
"""Columns between book and trades."""

PAUSE = 0.1
"""Seconds between two pictures at least, however busy the market is."""

BESIDES = 4
"""Lines that are not levels: title, headings, spread, status."""

SIDES = {"BUY": "green", "SELL": "red"}


class Shown(NamedTuple):
    """What is on the screen at a moment. `trouble` says why the book is not live; trades are newest first."""

    symbol: str
    venue: str
    book: Book
    age: float
    trouble: str
    trades: Sequence[Trade] = ()
    latest: str = ""
    counts: Mapping[str, int] = MappingProxyType({})


class Screen:
    """A screen of the terminal, which is as it was afterwards."""

    def __init__(self, symbol: str, venue: str, live: LiveBook[Book], levels: int) -> None:
        """Show nothing yet."""
        self._symbol = symbol
        self._venue = venue
        self._book = live
        self._levels = levels
        self._console = Console(highlight=False, markup=False)
        self._live = Live(console=self._console, screen=True, auto_refresh=False)
        self._trades: deque[Trade] = deque(maxlen=KEPT_TRADES)
        self._latest = ""
        self._counts: Counter[str] = Counter()
        self._drawn_at = float("-inf")

    def __enter__(self) -> Self:
        """Take the terminal."""
        self._live.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        self._live.__exit__(kind, error, trace)

    def trade(self, trade: Trade) -> None:
        """Keep a trade."""
        self._trades.appendleft(trade)

    def book(self, book: Book, age: float) -> None:
        """Leave it to the live book."""

    def notice(self, notice: Notice) -> None:
        """Keep the latest, and count all."""
        self._latest = f"{moment(time.time())[11:19]} {notice_text(notice)}"
        self._counts[type(notice).__name__.lower()] += notice.count if isinstance(notice, Dropped) else 1

    def refresh(self) -> None:
        """Draw, unless that was just done: whoever follows comes back soon."""
        now = time.monotonic()
        if now < self._drawn_at + PAUSE:
            return
        self._drawn_at = now
        live = self._book
        shown = Shown(
            symbol=self._symbol,
            venue=self._venue,
            book=live.snapshot,
            age=live.age,
            trouble=live.trouble,
            trades=self._trades,
            latest=self._latest,
            counts=self._counts,
        )
        self._live.update(picture(shown, self._levels, self._console), refresh=True)


def picture(shown: Shown, levels: int, console: Console) -> RenderableType:
    """Draw so many levels a side, or as many as have room, and the trades beside them where they have room."""
    room = max((console.height - BESIDES) // 2, 1)
    book, trades = _book(shown, min(levels, room)), _trades(shown.trades)
    body = Table.grid(padding=(0, BETWEEN, 0, 0))
    if console.measure(book).minimum + BETWEEN + console.measure(trades).minimum <= console.width:
        body.add_row(book, trades)
    else:
        body.add_row(book)
    return Group(_head(shown), body, _status(shown))


def _head(shown: Shown) -> Text:
    if shown.trouble:
        state = Text(f" STALE: {clean(shown.trouble)} ", "bold white on red")
    else:
        state = Text(f"live, {shown.age:.1f} s old", "green")
    head = Text("  ").join((Text(clean(shown.symbol), "bold"), state, Text(shown.venue, "dim")))
    head.no_wrap, head.overflow = True, "ellipsis"
    return head


def _book(shown: Shown, levels: int) -> Table:
    """Draw asks above bids, the best of both in the middle."""
    bids, asks = shown.book.bids[:levels], shown.book.asks[:levels]
    table = Table(box=None, pad_edge=False, header_style="dim", row_styles=["dim"] if shown.trouble else None)
    for heading in ("price", "quantity", "sum"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("", max_width=BAR)
    rows = _rows(asks, bids)
    for row in reversed(rows[: len(asks)]):
        table.add_row(*row)
    table.add_row(Text("spread", "dim"), *_spread(bids, asks))
    for row in rows[len(asks) :]:
        table.add_row(*row)
    return table


def _rows(asks: Sequence[Level], bids: Sequence[Level]) -> list[tuple[RenderableType, ...]]:
    """Draw the levels of both sides, best first, asks before bids."""
    sums = [*_summed(asks), *_summed(bids)]
    most = float(max(sums, default=Decimal(0))) or 1.0
    colours = ["red"] * len(asks) + ["green"] * len(bids)
    levels = [*asks, *bids]
    texts = zip(
        aligned(one.price for one in levels), aligned(one.quantity for one in levels), aligned(sums), strict=True
    )
    return [
        (Text(price, colour), quantity, total, Bar(most, 0, float(amount), color=colour))
        for (price, quantity, total), amount, colour in zip(texts, sums, colours, strict=True)
    ]


def _summed(levels: Sequence[Level]) -> list[Decimal]:
    total, sums = Decimal(0), list[Decimal]()
    for level in levels:
        total += level.quantity
        sums.append(total)
    return sums


def _spread(bids: Sequence[Level], asks: Sequence[Level]) -> tuple[str, str]:
    if not bids or not asks:
        return "none", ""
    spread = asks[0].price - bids[0].price
    return f"{spread:f}", f"{float(spread / asks[0].price):.3%}"


def _trades(trades: Sequence[Trade]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("time (UTC)", "side", "price", "quantity"):
        table.add_column(heading, justify="right" if heading in {"price", "quantity"} else "left", no_wrap=True)
    prices, quantities = aligned(one.price for one in trades), aligned(one.volume for one in trades)
    for trade, price, quantity in zip(trades, prices, quantities, strict=True):
        side = clean(trade.taker_side)
        table.add_row(moment(trade.time)[11:19], Text(side, SIDES.get(side, "")), price, quantity)
    return table


def _status(shown: Shown) -> Text:
    counts = ", ".join(f"{count} {kind}" for kind, count in shown.counts.items())
    return Text(f"{shown.latest}   ({counts})", "dim", no_wrap=True, overflow="ellipsis")
