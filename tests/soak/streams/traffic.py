"""One run: consumers in tasks and threads, bad weather for so long, and what is left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import random as jitter
import threading
import time
from collections.abc import AsyncIterable, Callable, Coroutine, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from soak.process import Memory, memory, sockets, sockets_beyond
from soak.streams.diary import Diary, Party, by_thread, tapped
from soak.streams.keys import key_of_row
from soak.streams.venue import TIMES, Books, VenueProcess, venue_process
from spotwire import StreamOptions
from spotwire.coinstore import AsyncCoinstore, Coinstore
from spotwire.coinstore.streams import STREAMS, AsyncStreams, Streams
from spotwire_core.frames import AsyncSubscription, StreamVenue
from spotwire_core.session import Timing
from spotwire_core.streaming import AsyncStreaming
from spotwire_core.threaded import SyncStreaming

TIMING = Timing(ack=0.35, idle=1.4, pong=0.7, healthy=2, renew=3, grace=0.1, settle=0.7, linger=0.35)
"""A fifteenth of what holds otherwise; lifetimes are cut even shorter."""

LISTED = 30
"""Trades of the past that begin a subscription to the first symbol. To the others it is the venue's own number, one."""

BUFFER = 100
SLOWNESS = 0.15
"""Seconds that the slow consumer takes for an item."""

WARM_UP, COOL_DOWN = 0.5, 3.0
LAST = 15.0
"""Seconds within which everybody must have the last event, once all is calm and still."""

Streaming = TypeVar("Streaming", AsyncStreaming, SyncStreaming)

WARM = 0.2
"""The part of the run after which memory is measured for the first time."""


@dataclass
class Run:
    """All that is known when a run is over. `newest` is the last event of each channel."""

    parties: tuple[Party, ...]
    books: Books | None = None
    newest: dict[str, int] = field(default_factory=dict)
    logged: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def grown(self) -> Memory:
        """What the process gained."""
        return self.memory[-1].since(self.memory[0])


class _Ear(logging.Handler):
    """Hears of everything that should not happen. That a frame is too large is an error to picows and none to us."""

    def __init__(self, run: Run) -> None:
        super().__init__(logging.DEBUG)
        self._run = run

    def emit(self, record: logging.LogRecord) -> None:
        too_large = record.name.startswith("picows") and "MESSAGE_TOO_BIG" in record.getMessage()
        if (record.levelno >= logging.ERROR or record.exc_info) and not too_large:
            self._run.logged.append(self.format(record))


def soak(seconds: float, *, seed: int) -> Run:
    """Let consumers live through so many seconds of bad weather, and return what became of them."""
    jitter.seed(seed)
    tasks, threads = Party("tasks"), Party("threads")
    run = Run((tasks, threads))
    ear, root = _Ear(run), logging.getLogger()
    began = time.monotonic()
    with venue_process(seed=seed) as venue:
        gc.collect()
        open_before, alive = sockets(), set(threading.enumerate())
        root.addHandler(ear)
        try:
            with tapped(by_thread(tasks, threads)):
                _live(run, venue, seconds)
        finally:
            root.removeHandler(ear)
        run.left += sockets_beyond(open_before)  # before the collector closes what nobody refers to
        gc.collect()
        run.left += [f"thread {thread.name}" for thread in threading.enumerate() if thread not in alive]
        run.books = venue.books()
    run.seconds = time.monotonic() - began
    return run


def _live(run: Run, venue: VenueProcess, seconds: float) -> None:
    _, threads = run.parties
    noticing = threads.diary("trades, with_notices", "4@trade")
    plain = threads.diary("trades, plain", "4@trade", twin=noticing, plain=True)
    with Coinstore(base_url=venue.url, streams=_options(venue, threads)) as coinstore:
        streams = Streams(_hastened(coinstore._streaming(_hurried())))
        workers = [
            threading.Thread(target=_read, args=(streams.trades("BTCUSDT", size=LISTED).with_notices(), noticing)),
            threading.Thread(target=_read, args=(streams.trades("BTCUSDT", size=LISTED), plain)),
        ]
        for worker in workers:
            worker.start()
        asyncio.run(_live_in_loop(run, venue, seconds))
    for worker in workers:
        worker.join()


async def _live_in_loop(run: Run, venue: VenueProcess, seconds: float) -> None:
    tasks, _ = run.parties
    hurry = asyncio.Event()
    async with (
        asyncio.TaskGroup() as group,
        AsyncCoinstore(base_url=venue.url, streams=_options(venue, tasks)) as coinstore,
    ):
        for consumer in _consumers(AsyncStreams(_hastened(coinstore._streaming(_hurried()))), tasks, hurry):
            group.create_task(consumer)
        diaries = [diary for party in run.parties for diary in party.diaries]
        await _until(lambda: all(diary.items for diary in diaries if not diary.plain))
        await _weather(run, venue, seconds)
        hurry.set()
        await _until(lambda: _has_everything(run, venue))
        for party in run.parties:
            party.finish()
    await asyncio.sleep(0.1)
    run.left += [f"{task}" for task in asyncio.all_tasks() - {asyncio.current_task()}]


def _consumers(streams: AsyncStreams, party: Party, hurry: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
    """Return what each consumer does; all of them share a connection."""
    trades = party.diary("trades, with_notices", "4@trade")
    listening = party.diary("trades, listen", "4@trade", twin=trades, plain=True)
    party.listening.append(listening)
    return [
        _follow(streams.trades("BTCUSDT", size=LISTED).with_notices(), trades),
        _follow(streams.trades("BTCUSDT", size=LISTED), party.diary("trades, plain", "4@trade", twin=trades, plain=True)),
        _listen(streams.trades("BTCUSDT", size=LISTED), listening),
        _dawdle(streams.trades("BTCUSDT", size=LISTED).with_notices(), party.diary("trades, slow", "4@trade", twin=trades), hurry),
        _follow(streams.trades("ETHUSDT").with_notices(), party.diary("trades, list of one", "5@trade")),
        _follow(streams.order_book("BTCUSDT", levels=5).with_notices(), party.diary("order_book", "4@depth@5")),
        _follow(streams.order_book("AUTUSDT", levels=5).with_notices(), party.diary("order_book, quiet", "11@depth@5")),
        _follow(streams.ticker("EOSUSDT").with_notices(), party.diary("ticker", "10@ticker")),
        _follow(streams.klines("ETHUSDT", "min_1").with_notices(), party.diary("klines", "5@kline@min_1")),
    ]  # fmt: skip


async def _weather(run: Run, venue: VenueProcess, seconds: float) -> None:
    """Let it become bad and good again, and measure meanwhile."""
    await asyncio.to_thread(venue.tell, "trade")
    await asyncio.sleep(WARM_UP)
    await asyncio.to_thread(venue.tell, "storm")
    for part in (WARM, 1 - WARM):
        await asyncio.sleep(seconds * part)
        run.memory.append(memory())
    await asyncio.to_thread(venue.tell, "calm")
    await asyncio.sleep(COOL_DOWN)  # what was lost shows with what comes after it
    await asyncio.to_thread(venue.tell, "still")


def _has_everything(run: Run, venue: VenueProcess) -> bool:
    """Tell whether everybody has the last event of its channel. Time alone makes new ones, so the venue is asked each time."""
    run.newest = {name: key_of_row(row) for name, row in venue.newest().items()}
    return all(diary.newest == run.newest.get(diary.channel) for party in run.parties for diary in party.diaries)


async def _until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, or long enough: then the verdict says what does not."""
    deadline = time.monotonic() + LAST
    while not holds() and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)


# Clients


def _options(venue: VenueProcess, party: Party) -> StreamOptions:
    return StreamOptions(url=venue.streams_url, buffer=BUFFER, overflow="newest", on_notice=party.hear)


def _hurried() -> StreamVenue:
    """Return the venue with the times that the simulated one has: parts of seconds, too, which no document has."""
    return msgspec.structs.replace(STREAMS, lifetime=TIMES.lifetime, ping_every=TIMES.ping_every)


def _hastened(streaming: Streaming) -> Streaming:
    streaming._timing = TIMING
    return streaming


# Consumers: each goes on until the client is closed


async def _follow(items: AsyncIterable[Any], diary: Diary) -> None:
    with _ending(diary):
        async for item in items:
            diary.write(item)


async def _dawdle(items: AsyncIterable[Any], diary: Diary, hurry: asyncio.Event) -> None:
    with _ending(diary):
        async for item in items:
            diary.write(item)
            await asyncio.sleep(0 if hurry.is_set() else SLOWNESS)


async def _listen(subscription: AsyncSubscription[Any], diary: Diary) -> None:
    with _ending(diary):
        await subscription.listen(diary.write)


def _read(items: Iterable[Any], diary: Diary) -> None:
    with _ending(diary):
        for item in items:
            diary.write(item)


@contextmanager
def _ending(diary: Diary) -> Generator[None]:
    """Write down what ends a consumer."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # whatever it is
        diary.ended = error
