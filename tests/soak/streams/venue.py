"""The simulated venue of a run, in a process of its own, with trading that goes on."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.connection import Connection
from random import Random
from typing import Any, Literal
from zlib import crc32

import msgspec

from soak.process import Child, child
from soak.streams.weather import UNREADABLE, Weather
from spotwire_sim import SimulatedVenue, StreamTimes, simulate
from spotwire_sim.exchange import NewOrder, Side
from spotwire_sim.faces.coinstore import SYMBOL_IDS
from spotwire_sim.streams.connection import Sent

TIMES = StreamTimes(lifetime=6, ping_every=2, silence=6)
"""What the venue documents in hours and minutes."""

PACE = 0.012
"""Seconds between two orders that trade, on average."""

TRADED = ("BTCUSDT", "ETHUSDT", "EOSUSDT")
TRADER = "trader"


@dataclass(frozen=True)
class Pushed:
    """A message as it was put on the wire. `trades` are the ids of a list of the past."""

    crc: int
    sequence: int | None
    channel: str
    number: int
    fault: str
    trades: tuple[int, ...] = ()


@dataclass(frozen=True)
class Books:
    """What the venue knows at the end: by channel what happened, by session what was sent and why it ended.

    `produced` are the events as JSON, `trades` the ids of all trades, also of those before the channel was recorded.
    """

    produced: dict[str, list[Any]]
    trades: dict[str, list[int]]
    sent: dict[str, list[Pushed]]
    faults: Counter[str]
    ended: dict[str, str]


class VenueProcess:
    """The venue as the soak sees it."""

    def __init__(self, process: Child) -> None:
        self._process = process
        self.url, self.streams_url = process.hello

    def tell(self, what: Literal["trade", "storm", "calm", "still"]) -> None:
        """Let trading begin, things go wrong, nothing go wrong any more, or trading stop."""
        self._process.ask(what)

    def newest(self) -> dict[str, Any]:
        """Return the last event of each channel."""
        return dict(self._process.ask("newest"))

    def books(self) -> Books:
        """Return what the venue knows."""
        books = self._process.ask("books")
        assert isinstance(books, Books)
        return books


@contextmanager
def venue_process(*, seed: int) -> Generator[VenueProcess]:
    """Start a venue in a process of its own, and stop it afterwards."""
    with child("simulated coinstore", _serve, seed) as process:
        yield VenueProcess(process)


def _serve(pipe: Connection, seed: int) -> None:
    """Run in the venue's process until told to stop."""
    venue = simulate("coinstore", seed=seed, limits=False, stream_times=TIMES)
    streams = venue.streams
    streams._produced, streams._sent = deque(), deque()  # all of them
    weather = streams.faults = Weather(streams.document, seed=seed)
    still = threading.Event()
    trader = threading.Thread(target=_trade, args=(venue, Random(seed), still), daemon=True)
    with venue:
        pipe.send((venue.url, venue.streams_url))
        while (question := pipe.recv()) != "stop":
            if question == "trade":
                trader.start()
            elif question == "storm":
                weather.begin()
            elif question == "calm":
                weather.end()
            elif question == "still":
                still.set()
                trader.join()
            pipe.send(_answer(venue, weather, question))


def _answer(venue: SimulatedVenue, weather: Weather, question: str) -> object:
    if question == "newest":
        return {event.channel: event.members for event in venue.streams.produced() if event.number}
    return _books(venue, weather) if question == "books" else None


def _trade(venue: SimulatedVenue, random: Random, still: threading.Event) -> None:
    """Trade until told to stop. No two books are alike: each step leaves the best ask a little larger."""
    exchange = venue.exchange
    asks = {symbol: exchange.book(symbol, 1).asks[0].price for symbol in TRADED}
    for asset in {"USDT", *(exchange.rules(symbol).base for symbol in TRADED)}:
        exchange.deposit(TRADER, asset, Decimal(10) ** 12)
    while not still.wait(random.expovariate(1 / PACE)):
        symbol = random.choice(TRADED)
        lot, size = exchange.rules(symbol).lot, random.randrange(1, 10)
        sell = NewOrder(symbol, Side.SELL, price=asks[symbol], quantity=(size + 1) * lot)
        with exchange.lock:
            exchange.place(TRADER, sell)
            exchange.place(TRADER, NewOrder(symbol, Side.BUY, price=asks[symbol], quantity=size * lot))


def _books(venue: SimulatedVenue, weather: Weather) -> Books:
    streams, exchange = venue.streams, venue.exchange
    produced: dict[str, list[Any]] = {}
    for event in streams.produced():
        if event.number:
            produced.setdefault(event.channel, []).append(event.members)
    trades = {
        f"{SYMBOL_IDS[symbol]}@trade": [trade.trade_id for trade in exchange.trades(symbol, limit=None)]
        for symbol in TRADED
    }
    sent: dict[str, list[Pushed]] = {session.sid: [] for session in streams.sessions}
    sids = {session.number: session.sid for session in streams.sessions}
    for one in streams.sent():
        sent[sids[one.session]].append(_pushed(one))
    return Books(produced, trades, sent, weather.happened, {one.sid: one.ended for one in streams.sessions})


def _pushed(sent: Sent) -> Pushed:
    kind = sent.fault.partition("(")[0]
    listed = sent.channel.endswith("@trade") and not sent.number and kind not in {*UNREADABLE, "bare"}
    trades = tuple(row["tradeId"] for row in msgspec.json.decode(sent.payload)["data"]) if listed else ()
    return Pushed(crc32(sent.payload), sent.sequence, sent.channel, sent.number, kind, trades)
