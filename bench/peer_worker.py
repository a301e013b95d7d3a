"""Run rounds for `bench.peers`: a JSON line in, the seconds of one operation out. Runs in build/bench-venv; no spotwire."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import binance  # type: ignore[import-not-found]  # installed in build/bench-venv alone
import ccxt  # type: ignore[import-not-found]
import ccxt.async_support  # type: ignore[import-not-found]

from bench.order import KEY, ORDER, PATH, SECRET


def _ccxt(kind: Any, url: str) -> Any:
    exchange = kind({"apiKey": KEY, "secret": SECRET, "enableRateLimit": False})
    exchange.urls["api"]["spot"] = {"public": url, "private": url}
    return exchange


def _timed(number: int, function: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    started = clock()
    for _ in range(number):
        function()
    return (clock() - started) / number


class Worker:
    """Keeps clients and their connections from one round to the next."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._kept: dict[tuple[str, str], Any] = {}

    def sign_ccxt(self, number: int) -> float:
        exchange = self._keep("ccxt", "", lambda: _ccxt(ccxt.mexc, "http://127.0.0.1"))
        return _timed(number, lambda: exchange.sign("order", ["spot", "private"], "POST", ORDER), time.thread_time)

    def sign_binance(self, number: int) -> float:
        client = self._keep("binance", "", lambda: binance.Client(KEY, SECRET, ping=False))
        return _timed(
            number, lambda: client._get_request_kwargs("post", signed=True, data=dict(ORDER)), time.thread_time
        )

    def order_ccxt(self, number: int, url: str) -> float:
        exchange = self._keep("ccxt", url, lambda: _ccxt(ccxt.mexc, url))
        return _timed(number, lambda: exchange.spotPrivatePostOrder(ORDER))

    def async_ccxt(self, number: int, url: str, in_flight: int) -> float:
        exchange = self._keep("ccxt async", url, lambda: _ccxt(ccxt.async_support.mexc, url))
        return self._flown(number, in_flight, lambda: exchange.spotPrivatePostOrder(ORDER))

    def async_aiohttp(self, number: int, url: str, in_flight: int) -> float:
        async def post() -> None:
            session = self._keep("aiohttp", url, aiohttp.ClientSession)
            async with session.post(url + PATH, params=ORDER, headers={"X-MEXC-APIKEY": KEY}) as answer:
                await answer.read()

        return self._flown(number, in_flight, post)

    def close(self) -> None:
        for (what, _), client in self._kept.items():
            if what in ("aiohttp", "ccxt async"):
                self._loop.run_until_complete(client.close())
        self._loop.close()

    def _keep(self, what: str, url: str, make: Callable[[], Any]) -> Any:
        if (what, url) not in self._kept:
            self._kept[what, url] = make()
        return self._kept[what, url]

    def _flown(self, number: int, in_flight: int, call: Callable[[], Awaitable[object]]) -> float:
        async def worker() -> None:
            for _ in range(number // in_flight):
                await call()

        async def run() -> float:
            started = time.perf_counter()
            await asyncio.gather(*(worker() for _ in range(in_flight)))
            return (time.perf_counter() - started) / (number // in_flight * in_flight)

        return self._loop.run_until_complete(run())


def main() -> None:
    worker = Worker()
    for line in sys.stdin:
        wanted = json.loads(line)
        print(getattr(worker, wanted.pop("what"))(**wanted), flush=True)
    worker.close()


if __name__ == "__main__":
    main()
