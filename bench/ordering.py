"""One signed order over loopback, synchronous and asynchronous, against httpx as it is commonly used, ccxt and aiohttp."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode

import httpx
import msgspec

from auth_hooks.mexc import MexcAuth
from bench.measure import Round, Times, cpu_clock, interleave, timed
from bench.order import KEY, ORDER, PATH, SECRET
from bench.peers import Peers
from bench.server import ANSWER
from bench.table import Goal, Line, Section, at_least, at_most, seconds
from spotwire.mexc import AsyncMexc, Mexc, OrderType, Side
from spotwire_core.message import Request, Response

NUMBER = 200
HEADERS = {"X-MEXC-APIKEY": KEY, "Content-Type": "application/json"}
POST, SEND, TRANSPORT = "httpx.Client.post(params=)", "httpx.Client.send, prebuilt", "httpx.HTTPTransport, prebuilt"
ASYNC_POST = "httpx.AsyncClient.post(params=)"
CCXT, ASYNC_CCXT, AIOHTTP = "ccxt.mexc", "ccxt.async_support.mexc", "aiohttp session.post"


def sections(url: str, peers: Peers | None, *, rounds: int) -> Generator[Section]:
    yield Section("Our own cost on top of the transport, an order", _own_cost(rounds))
    yield Section(
        "One signed order, synchronous, keep-alive loopback",
        _sync(url, peers, rounds),
        ["no fast transport exists yet"],
    )
    for in_flight in (1, 50):
        lines = _async(url, peers, in_flight, rounds=max(3, rounds // 3))
        yield Section(f"One signed order, asynchronous, {in_flight} in flight, time an order", lines)


def _signed_params() -> dict[str, str]:
    params = {**ORDER, "timestamp": str(time.time_ns() // 1_000_000)}
    params["signature"] = hmac.new(SECRET.encode(), urlencode(params).encode(), "sha256").hexdigest()
    return params


def _place(client: Mexc | AsyncMexc) -> Any:
    return client.trade.place_order(
        ORDER["symbol"],
        Side.BUY,
        OrderType.LIMIT,
        quantity=Decimal(ORDER["quantity"]),
        price=Decimal(ORDER["price"]),
        new_client_order_id=ORDER["newClientOrderId"],
    )


class NoTransport:
    """Answers at once, so that what is left is our own work."""

    def __init__(self) -> None:
        self._answer = Response(200, {"content-type": "application/json"}, ANSWER)

    def send(self, request: Request, **_: object) -> Response:  # noqa: ARG002  # a transport's interface
        return self._answer

    def close(self) -> None:
        """Close nothing."""


def _own_cost(rounds: int) -> list[Line]:
    with Mexc(MexcAuth(KEY, SECRET)) as client:
        client._transport = cast(Any, NoTransport())
        ours = interleave({"spotwire": timed(lambda: _place(client), 2000, cpu_clock)}, rounds=rounds).median(
            "spotwire"
        )
    return [Line("place_order without a transport", seconds(ours), goal=at_most(15, " µs"), judged=ours * 1e6)]


def _sync(url: str, peers: Peers | None, rounds: int) -> list[Line]:
    with ExitStack() as stack:
        ours = stack.enter_context(Mexc(MexcAuth(KEY, SECRET), base_url=url))
        client = stack.enter_context(httpx.Client())
        transport = stack.enter_context(httpx.HTTPTransport())
        request = client.build_request("POST", url + PATH, params=_signed_params(), headers=HEADERS)
        contenders: dict[str, Round] = {
            "spotwire": timed(lambda: _place(ours), NUMBER),
            POST: timed(lambda: _post(client, url), NUMBER),
            SEND: timed(lambda: client.send(request), NUMBER),
            TRANSPORT: timed(lambda: transport.handle_request(request).read(), NUMBER),
        }
        if peers is not None:
            contenders[CCXT] = peers.round("order_ccxt", NUMBER, url=url)
        times = interleave(contenders, rounds=rounds)
    lines = [_slower(times, POST, at_most(0.75), "place_order"), _slower(times, SEND), _slower(times, TRANSPORT)]
    return [*lines, _faster(times, CCXT, at_least(2.5))] if peers is not None else lines


def _post(client: httpx.Client, url: str) -> object:
    answer = client.post(url + PATH, params=_signed_params(), headers=HEADERS)
    return msgspec.json.decode(answer.content)


def _async(url: str, peers: Peers | None, in_flight: int, *, rounds: int) -> list[Line]:
    with asyncio.Runner() as runner:
        ours = AsyncMexc(MexcAuth(KEY, SECRET), base_url=url)
        client = httpx.AsyncClient()

        async def post() -> object:
            answer = await client.post(url + PATH, params=_signed_params(), headers=HEADERS)
            return msgspec.json.decode(answer.content)

        async def close() -> None:
            await ours.aclose()
            await client.aclose()

        contenders: dict[str, Round] = {
            "spotwire": _flown(runner, lambda: _place(ours), in_flight),
            ASYNC_POST: _flown(runner, post, in_flight),
        }
        if peers is not None:
            names = {ASYNC_CCXT: "async_ccxt", AIOHTTP: "async_aiohttp"}
            contenders |= peers.rounds(names, NUMBER, url=url, in_flight=in_flight)
        times = interleave(contenders, rounds=rounds)
        runner.run(close())
    lines = [_slower(times, ASYNC_POST, None, f"place_order ({1 / times.median('spotwire'):,.0f}/s)")]
    if peers is not None:
        goal = at_least(1.5) if in_flight > 1 else None
        lines += [_faster(times, ASYNC_CCXT, goal), _faster(times, AIOHTTP)]
    return lines


def _flown(runner: asyncio.Runner, call: Callable[[], Awaitable[object]], in_flight: int) -> Round:
    each = NUMBER // in_flight

    async def worker() -> None:
        for _ in range(each):
            await call()

    async def run() -> float:
        started = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(in_flight)))
        return (time.perf_counter() - started) / (each * in_flight)

    return lambda: runner.run(run())


def _slower(times: Times, peer: str, goal: Goal | None = None, what: str = "") -> Line:
    ratio = times.ratio("spotwire", peer)
    return Line(what, seconds(times.median("spotwire")), f"× {peer}", seconds(times.median(peer)), ratio, goal)


def _faster(times: Times, peer: str, goal: Goal | None = None) -> Line:
    ratio = times.ratio(peer, "spotwire")
    return Line("", seconds(times.median("spotwire")), f"faster than {peer}", seconds(times.median(peer)), ratio, goal)
