"""Typed tickers from a second process: with a callback, with `async for`, and as a plain client of `websockets` reads them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator

import msgspec
from websockets.asyncio.client import connect

from bench.measure import Round, cpu_clock, interleave
from bench.stream_server import CHANNEL, FRAMES, SIZE, streaming
from bench.table import Line, Section, at_least
from spotwire import StreamOptions
from spotwire.coinstore import AsyncCoinstore, TickerEvent
from spotwire.coinstore.streams import STREAMS
from spotwire_core import frames
from spotwire_core.decode import decoder

PLAIN = "faster than websockets + msgspec, same type"
LISTEN, ITERATE = "listen(callback)", "async for"


class Enough(Exception):
    """All frames came."""


def sections(*, rounds: int) -> Generator[Section]:
    with streaming() as url:
        contenders = {
            PLAIN: _timed(lambda: _plain(url)),
            LISTEN: _timed(lambda: _listened(url)),
            ITERATE: _timed(lambda: _iterated(url)),
        }
        times = interleave(contenders, rounds=max(3, rounds // 3))
    theirs, rate = f"{1 / times.median(PLAIN):,.0f}/s", 1 / times.median(LISTEN)
    lines = [
        Line(LISTEN, f"{rate:,.0f}/s", PLAIN, theirs, times.ratio(PLAIN, LISTEN), at_least(1.5)),
        Line("", f"{rate:,.0f}/s", goal=at_least(250_000, "/s"), judged=rate),
        Line(ITERATE, f"{1 / times.median(ITERATE):,.0f}/s", PLAIN, theirs, times.ratio(PLAIN, ITERATE)),
    ]
    yield Section(f"Typed tickers of {SIZE} bytes from a socket, CPU time of one core", lines)


def _timed(run: Callable[[], Awaitable[None]]) -> Round:
    async def measured() -> float:
        started = cpu_clock()
        await run()
        return (cpu_clock() - started) / FRAMES

    return lambda: asyncio.run(measured())


async def _plain(url: str) -> None:
    decode = msgspec_decoder()
    async with connect(url, compression=None, max_queue=None) as connection:
        await connection.send(frames.subscribe(STREAMS, [CHANNEL], None, 1))
        count = 0
        async for text in connection:
            if b'"T":"ticker"' in (body := text.encode() if isinstance(text, str) else text):
                decode(body)
                count += 1
                if count == FRAMES:
                    return


def msgspec_decoder() -> Callable[[bytes], TickerEvent]:
    """Return msgspec's own decoder of the model, without our checks."""
    strict: msgspec.json.Decoder[TickerEvent] = decoder(TickerEvent)._strict
    return strict.decode


async def _listened(url: str) -> None:
    count = 0

    def take(_: TickerEvent) -> None:
        nonlocal count
        count += 1
        if count == FRAMES:
            raise Enough

    async with AsyncCoinstore(streams=StreamOptions(url=url)) as coinstore:
        try:
            await coinstore.streams.ticker("4").listen(take)
        except Enough:
            return


async def _iterated(url: str) -> None:
    count = 0
    async with AsyncCoinstore(streams=StreamOptions(url=url, buffer=FRAMES)) as coinstore:
        async for _ in coinstore.streams.ticker("4"):
            count += 1
            if count == FRAMES:
                return
