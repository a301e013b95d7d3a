"""Subscriptions over real sockets: a venue that misbehaves on demand, cancellations, threads, and what is left behind."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import ssl
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Self, TypeVar

import attrs
import pytest
import trustme

from spotwire.coinstore import Coinstore
from spotwire.coinstore.streams import STREAMS, AsyncStreams, Streams, TradeEvent
from spotwire_core import threaded, websocket
from spotwire_core.errors import (
    ApiError,
    AuthError,
    ClientClosed,
    ConfigError,
    StaleBook,
    StreamOverflow,
    TransportError,
)
from spotwire_core.frames import AsyncSubscription
from spotwire_core.live_book import Newest, live_book
from spotwire_core.notices import (
    Connected,
    Disconnected,
    Dropped,
    Gap,
    Notice,
    Reconnected,
    StreamOptions,
    Unreadable,
    check_stream_url,
)
from spotwire_core.session import Timing
from spotwire_core.stream_server import (
    Command,
    Peer,
    StreamVenue,
    accepting,
    book,
    refusal,
    streaming_venue,
    trade,
    trades,
)
from spotwire_core.streaming import AsyncStreaming
from spotwire_core.threaded import SyncStreaming

T = TypeVar("T")

QUICK = Timing(ack=0.2, idle=0.2, pong=0.2, healthy=30, grace=0.05, settle=0.5, linger=0.1)
PATIENT = 10.0


@attrs.frozen
class Symbol:
    """What the symbol look-up gives."""

    symbol_code: str
    symbol_id: int


class Rest:
    """The client's REST half: symbols, counted."""

    def __init__(self) -> None:
        self.calls = 0
        self.symbols = [Symbol("BTCUSDT", 4), Symbol("ETHUSDT", 7)]

    def __call__(self, *_: Any) -> Any:
        self.calls += 1
        return list(self.symbols)

    async def later(self, *_: Any) -> Any:
        await asyncio.sleep(0)
        return self()


def run(test: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a test in a loop of its own; nothing may be left in it."""

    async def checked() -> T:
        async with asyncio.timeout(30):
            result = await test()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, f"tasks are left: {left}"
        return result

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = asyncio.run(checked())
        gc.collect()
    return result


@asynccontextmanager
async def streams(
    venue: StreamVenue, *, rest: Rest | None = None, timing: Timing = QUICK, timeout: float = PATIENT, **options: Any
) -> AsyncIterator[AsyncStreams]:
    streaming = AsyncStreaming(
        STREAMS, (rest or Rest()).later, StreamOptions(**options), url=venue.url, timeout=timeout, timing=timing
    )
    try:
        yield AsyncStreams(streaming)
    finally:
        await streaming.aclose()


async def numbers(subscription: Any, count: int) -> list[int]:
    """Return the ids of so many trades."""
    return [int((await anext(subscription)).trade_id) for _ in range(count)]


# What users do


def test_trades_arrive_typed() -> None:
    """By symbol, whose id is looked up once for all subscriptions of the client."""

    async def test() -> None:
        rest = Rest()
        async with (
            streaming_venue() as venue,
            streams(venue, rest=rest) as ours,
            ours.trades("BTCUSDT", size=3) as subscription,
            ours.ticker("ETHUSDT"),
            ours.ticker("4"),
        ):
            await venue.peer.send(trades(1, 2))
            first = await anext(subscription)

        assert (TradeEvent, Decimal("1.5")) == (type(first), first.price)
        assert ("4@trade", {"size": 3}) == (venue.peer.commands[0]["channel"][0], venue.peer.commands[0]["param"])
        assert {"4@trade", "7@ticker", "4@ticker"} == {name for one in venue.peer.commands for name in one["channel"]}
        assert (1, 1) == (rest.calls, len(venue.peers))

    run(test)


def test_unknown_symbol_is_told_with_what_comes_near() -> None:
    """It is looked up once more, since markets open; nothing is sent to the streams."""

    async def test() -> None:
        rest = Rest()
        async with streaming_venue() as venue, streams(venue, rest=rest) as ours:
            with pytest.raises(ConfigError, match="no symbol 'BTCUSD'; did you mean BTCUSDT"):
                await anext(ours.trades("BTCUSD"))
            rest.symbols.append(Symbol("BTCUSD", 9))
            async with ours.trades("BTCUSD"):
                assert ["9@trade"] == venue.peer.channels

    run(test)


def test_wrong_argument_is_refused_at_once() -> None:
    """Before anything is looked up, opened or sent."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            with pytest.raises(ConfigError, match="symbol"):
                ours.trades("4@ticker")
            with pytest.raises(ConfigError, match="limit"):
                await ours.history("4", "min_1", limit=10_000)

        assert 0 == venue.upgrades

    run(test)


def test_iterating_alone_begins_and_breaking_off_ends() -> None:
    """A subscription that nobody holds any more is left, and the connection with it."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:

            async def consume() -> None:
                async for _ in ours.trades("4"):
                    break

            consumer = asyncio.create_task(consume())
            await (await venue.subscribed("4@trade")).send(trade(1))
            await consumer
            gc.collect()
            await asyncio.wait_for(venue.peer.connection.wait_closed(), PATIENT)

    run(test)


def test_history_is_asked_over_the_same_connection() -> None:
    """Its answer has the type of the REST answer."""

    async def answering(peer: Peer, command: Command) -> None:
        if command["op"] == "REQ":
            await peer.echo(command)
            await peer.send(
                {"channel": command["param"]["channel"], "symbol": "BTCUSDT", "instrumentId": 4, "item": []}
            )
        else:
            await peer.accept(command)

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            venue.answering = answering
            async with ours.trades("4"):
                candles = await ours.history("BTCUSDT", "min_1", limit=5)

            assert ("4@kline@min_1", []) == (candles.channel, candles.item)
            assert {"channel": "4@kline@min_1", "limit": 5} == venue.peer.commands[-1]["param"]

    run(test)


def test_question_that_is_cancelled_is_forgotten() -> None:
    """The next one is answered."""

    async def silent(peer: Peer, command: Command) -> None:
        await peer.echo(command)

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            venue.answering = silent
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await ours.history("4", "min_1")
            asked = asyncio.create_task(ours.history("4", "min_5"))
            await venue.until(lambda: len(venue.peer.commands) == 2)
            for interval in ("min_1", "min_5"):
                await venue.peer.send({"channel": f"4@kline@{interval}", "symbol": "B", "instrumentId": 4, "item": []})
            assert "4@kline@min_5" == (await asked).channel

            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await ours.history("4", "min_1")
            await asyncio.wait_for(venue.peer.connection.wait_closed(), PATIENT / 2)

    run(test)


def test_callback_gets_every_event_until_it_raises() -> None:
    """What it raises comes out of listen; the subscription is left."""

    async def test() -> None:
        got: list[str] = []

        def take(event: TradeEvent) -> None:
            got.append(event.trade_id)
            if len(got) == 3:
                raise ValueError("enough")

        async with streaming_venue() as venue, streams(venue) as ours:
            listening = asyncio.create_task(_raised(ours.trades("4").listen(take)))
            await venue.subscribed("4@trade")
            for number in range(5):
                await venue.peer.send(trade(number))
            assert isinstance(await listening, ValueError)
            with pytest.raises(ConfigError, match="plain function"):
                await ours.trades("4").listen(asyncio.sleep)  # type: ignore[arg-type]  # what is tested

        assert ["0", "1", "2"] == got

    run(test)


async def _raised(doing: Coroutine[Any, Any, Any]) -> BaseException | None:
    try:
        await doing
    except Exception as error:  # noqa: BLE001  # it is handed on
        return error
    return None


def test_listening_ends_with_the_subscription() -> None:
    """Closing it from elsewhere returns, cancelling it unsubscribes."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.ticker("4"):
            subscription = ours.trades("4")
            listening = asyncio.create_task(subscription.listen(print))
            await venue.subscribed("4@trade")
            await subscription.close()
            await listening
            await venue.until(lambda: venue.peer.channels == ["4@ticker"])

            cancelled = asyncio.create_task(ours.trades("7").listen(print))
            await venue.subscribed("7@trade")
            cancelled.cancel()
            await venue.until(lambda: venue.peer.channels == ["4@ticker"])

    run(test)


def test_notices_stand_among_the_events() -> None:
    """I3: and the listener to the connection hears of each, too."""

    async def test() -> None:
        heard: list[Notice] = []
        async with (
            streaming_venue() as venue,
            streams(venue, on_notice=heard.append) as ours,
            ours.trades("4") as subscription,
        ):
            items = subscription.with_notices()
            await venue.peer.send(trade(1))
            await venue.peer.send(trade(2), sequence=9)
            await venue.peer.raw("garbage")
            await venue.peer.raw(b"\x00binary")
            got = [await anext(items) for _ in range(6)]
            venue.peer.reset()
            await venue.subscribed("4@trade", connections=2)
            await venue.peer.send(trade(3))
            got += [await anext(items) for _ in range(3)]

        kinds = [Connected, TradeEvent, Gap, TradeEvent, Unreadable, Unreadable, Disconnected, Reconnected, TradeEvent]
        assert kinds == [type(item) for item in got]
        assert Gap(5, 9) == got[2]
        assert [Connected, Gap, Unreadable, Unreadable, Disconnected, Reconnected] == [type(one) for one in heard]

    run(test)


def test_listener_that_fails_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """What on_notice raises is logged."""

    async def test() -> None:
        def fail(notice: Notice) -> None:
            raise RuntimeError(str(notice))

        async with streaming_venue() as venue, streams(venue, on_notice=fail) as ours, ours.trades("4") as subscription:
            await venue.peer.send(trade(1))
            assert [1] == await numbers(subscription, 1)

    run(test)
    assert "on_notice failed" in caplog.text


# A venue that misbehaves


async def _abort(peer: Peer) -> None:
    peer.connection.transport.abort()


async def _reset(peer: Peer) -> None:
    peer.reset()


def _closing(code: int) -> Callable[[Peer], Coroutine[Any, Any, None]]:
    async def close(peer: Peer) -> None:
        await peer.connection.close(code, "reason")

    return close


async def _oversized(peer: Peer) -> None:
    await peer.raw(json.dumps({"T": "x" * websocket.LARGEST_MESSAGE}))


async def _oversized_in_parts(peer: Peer) -> None:
    await peer.raw(*(["x" * (1 << 20)] * 17))


async def _invalid_text(peer: Peer) -> None:
    peer.connection.transport.write(b"\x81\x05hello\xc1\x00")  # the second has a bit that means compression


async def _masked(peer: Peer) -> None:
    peer.connection.transport.write(b"\x81\x82abcd\x00\x00")


LOSSES: dict[str, Callable[[Peer], Coroutine[Any, Any, None]]] = {
    "abort": _abort,
    "reset": _reset,
    "1000": _closing(1000),
    "1001": _closing(1001),
    "1011": _closing(1011),
    "1012": _closing(1012),
    "4000": _closing(4000),
    "too large": _oversized,
    "too large in parts": _oversized_in_parts,
    "masked": _masked,
}


@pytest.mark.parametrize("loss", LOSSES)
def test_loss_is_followed_by_a_new_connection(loss: str) -> None:
    """I1, I5: whatever ends a connection, but for 1008, the subscription goes on with the next one."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            await LOSSES[loss](venue.peer)
            await venue.subscribed("4@trade", connections=2)
            await venue.peer.send(trade(1))
            items = [await anext(aiter(subscription.with_notices())) for _ in range(2)]
            assert isinstance(items[1], Disconnected)
            assert [1] == await numbers(subscription, 1)

    run(test)


def test_code_1008_is_final() -> None:
    """I1: the consumer learns code and reason, and there is no other attempt."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            await venue.peer.connection.close(1008, "not you")
            with pytest.raises(AuthError, match=r"code 1008: .*not you"):
                await anext(subscription)
            await asyncio.sleep(0.3)

        assert 1 == venue.upgrades

    run(test)


def test_silent_venue_is_noticed() -> None:
    """I2: a venue that answers no ping is left, though its connection is open."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            venue.peer.connection.transport.pause_reading()
            items = subscription.with_notices()
            got = [await anext(items) for _ in range(3)]

            assert [Connected, Disconnected, Reconnected] == [type(item) for item in got]
            assert "not even a pong" in got[1].reason  # type: ignore[union-attr]  # seen above

    run(test)


def test_quiet_venue_that_answers_pings_is_kept() -> None:
    """I2: both sides' pings are answered."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4"):
            waiter = await venue.peer.connection.ping()
            await asyncio.wait_for(waiter, PATIENT)
            await asyncio.sleep(4 * (QUICK.idle + QUICK.pong))

            assert 1 == venue.upgrades

    run(test)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (("no json",), [Unreadable]),
        ((b"\x1f\x8b\x08compressed",), [Unreadable]),
        (('{"T":"trade","tradeId":1}',), [Unreadable]),
        (('{"T":"new kind"}',), []),
        (("[1]",), [Unreadable]),
        ((b"bin", b"ary"), [Unreadable]),
    ],
)
def test_what_cannot_be_read_is_a_notice(parts: tuple[Any, ...], shown: list[type[Notice]]) -> None:
    """I5: garbage and binary messages, also in parts, cost nothing else."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            await venue.peer.raw(*parts)
            await venue.peer.send(trade(1))
            items = subscription.with_notices()
            got = [await anext(items) for _ in range(len(shown) + 2)]

        assert [Connected, *shown, TradeEvent] == [type(item) for item in got]
        assert 1 == venue.upgrades

    run(test)


def test_invalid_utf8_is_a_notice() -> None:
    """I5: websockets refuses to send it, so the bytes are written by hand."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            venue.peer.connection.transport.write(b'\x81\x09{"T":"\xff"}')
            await venue.peer.send(trade(1))
            items = subscription.with_notices()

            assert [Connected, Unreadable, TradeEvent] == [type(await anext(items)) for _ in range(3)]

    run(test)


def test_message_in_parts_is_joined() -> None:
    """I5: with a ping in between, which is answered at once."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            text = json.dumps({"S": 4, **trade(1)})
            await venue.peer.raw(text[:10], text[10:50], "", text[50:])

            assert [1] == await numbers(subscription, 1)
            await asyncio.wait_for(await venue.peer.connection.ping(), PATIENT)

    run(test)


def test_parts_out_of_order_are_a_notice() -> None:
    """I5: a part without a beginning, and a beginning inside another message."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            venue.peer.connection.transport.write(b"\x80\x01x" + b"\x01\x01y" + b"\x01\x01z" + b"\x80\x01!")
            await venue.peer.send(trade(1))
            items = subscription.with_notices()
            got = [type(await anext(items)) for _ in range(4)]

        assert [Connected, Unreadable, Unreadable, TradeEvent] == got

    run(test)


def test_lost_answers_do_not_lock() -> None:
    """I6: neither echo nor answer for the first command; events come all the same."""

    async def forgetful(peer: Peer, command: Command) -> None:
        if len(peer.commands) > 1:
            await peer.accept(command)

    async def test() -> None:
        async with streaming_venue() as venue:
            venue.answering = forgetful
            async with streams(venue) as ours, ours.trades("4") as subscription:
                await venue.peer.send(trade(1))
                assert [1] == await numbers(subscription, 1)

    run(test)


def test_refused_subscription_raises_and_others_go_on() -> None:
    """I6: with the venue's code and message; also where it is iterated only."""

    async def refusing(peer: Peer, command: Command) -> None:
        await peer.echo(command)
        bad = "999@trade" in command["channel"]
        await peer.answer(*((4001, "no such channel") if bad else (200, "")))

    async def test() -> None:
        async with streaming_venue() as venue:
            venue.answering = refusing
            async with streams(venue) as ours, ours.trades("4") as good:
                with pytest.raises(ApiError, match="trades 999 was refused with code 4001: no such channel"):
                    async with ours.trades("999"):
                        pass
                with pytest.raises(ApiError, match="no such channel"):
                    await anext(ours.trades("999"))
                await venue.peer.send(trade(1))
                assert [1] == await numbers(good, 1)

    run(test)


def test_errors_name_what_the_user_named() -> None:
    """The symbol and not its number at the venue; a subscription shows what it is to and whether it is open."""

    async def refusing(peer: Peer, command: Command) -> None:
        await peer.echo(command)
        await peer.answer(4001, "no")

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            subscription = ours.trades("BTCUSDT", size=3)
            assert "<subscription to trades BTCUSDT, not begun>" == repr(subscription)
            async with subscription:
                assert "<subscription to trades BTCUSDT, open>" == repr(subscription)
                venue.answering = refusing
                with pytest.raises(ApiError, match="orderBook ETHUSDT 5 was refused with code 4001: no"):
                    await anext(ours.order_book("ETHUSDT", levels=5))
                with pytest.raises(ApiError, match="history ETHUSDT min_1 was refused with code 4001: no"):
                    await ours.history("ETHUSDT", "min_1")
            assert "<subscription to trades BTCUSDT, closed>" == repr(subscription)

    run(test)


# The upgrade


@pytest.mark.parametrize("status", [401, 403])
def test_upgrade_that_is_forbidden_is_final(status: int) -> None:
    """I8: AuthError with the status."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            venue.upgrade = lambda _: refusal(status, "No")
            with pytest.raises(AuthError, match=f"HTTP {status}"):
                await anext(ours.trades("4"))

        assert 1 == venue.upgrades

    run(test)


def test_redirect_is_not_followed() -> None:
    """I8: nothing is sent to where it points."""

    async def test() -> None:
        async with streaming_venue() as elsewhere, streaming_venue() as venue, streams(venue, timeout=0.6) as ours:
            venue.upgrade = lambda _: refusal(302, "Found", Location=f"{elsewhere.url}/elsewhere")
            with pytest.raises(TransportError, match=r"HTTP 302 \(redirects are not followed"):
                async with ours.trades("4"):
                    pass

            assert 0 == elsewhere.upgrades
            assert {"/s/ws"} == {request.path for request in venue.requests}

    run(test)


def test_too_many_is_tried_again_when_the_venue_says() -> None:
    """I8: HTTP 429 with Retry-After."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            venue.upgrade = lambda count: refusal(429, "Too Many Requests", Retry_After="1") if count == 1 else None
            begun = time.monotonic()
            async with ours.trades("4"):
                assert time.monotonic() - begun > 0.9

        assert 2 == venue.upgrades

    run(test)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 101 Switching", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_venue_that_closes_during_the_handshake(answer: bytes) -> None:
    """I8: it is tried again until the time is over; the reason is told."""

    async def test() -> None:
        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(answer)
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            venue = StreamVenue()
            venue.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            async with streams(venue, timeout=0.5) as ours:
                with pytest.raises(TransportError, match="was not confirmed in time: ") as raised:
                    await anext(ours.trades("4"))
            assert not raised.value.sent

    run(test)


def test_nobody_listens() -> None:
    """A refused connection is told with the venue's answer being none."""

    async def test() -> None:
        venue = StreamVenue()
        venue.url = "ws://127.0.0.1:9/s/ws"
        async with streams(venue, timeout=0.3) as ours:
            with pytest.raises(TransportError, match="no connection"):
                async with ours.trades("4"):
                    pass

    run(test)


def test_venue_that_never_answers_the_upgrade_leaves_nothing() -> None:
    """Closing, or cancelling, in the middle of the handshake leaves no socket open."""

    async def test() -> None:
        gone = asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await reader.read(1000):
                pass
            writer.close()
            gone.set()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            venue = StreamVenue()
            venue.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            async with streams(venue) as ours:
                waiting = asyncio.create_task(_raised(ours.trades("4").listen(print)))
                await asyncio.sleep(0.1)
            assert isinstance(await waiting, ClientClosed)
            await asyncio.wait_for(gone.wait(), PATIENT)

    run(test)


def certified(host: str, **how: Any) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server proves to be a host with, and what believes it."""
    authority, server, client = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(host, **how).configure_cert(server)
    authority.configure_trust(client)
    return server, client


def test_certificate_that_is_trusted_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """G1: the other tests of certificates fail for their own reasons."""
    server, client = certified("127.0.0.1")
    monkeypatch.setattr(websocket, "tls", lambda: client)

    async def test() -> None:
        async with streaming_venue(server) as venue, streams(venue) as ours, ours.trades("4") as subscription:
            await venue.peer.send(trade(1))
            assert [1] == await numbers(subscription, 1)

    run(test)


@pytest.mark.parametrize(
    ("host", "how", "known", "complaint"),
    [
        ("127.0.0.1", {}, False, "issuer certificate"),
        ("127.0.0.2", {}, True, "mismatch"),
        ("127.0.0.1", {"not_after": datetime(2020, 1, 1, tzinfo=UTC), "not_before": datetime(2019, 1, 1, tzinfo=UTC)}, True, "expired"),
    ],
)  # fmt: skip
def test_certificate_that_is_wrong_is_refused(
    monkeypatch: pytest.MonkeyPatch, host: str, how: dict[str, Any], complaint: str, *, known: bool
) -> None:
    """G1: a venue that cannot prove who it is gets no request."""
    server, client = certified(host, **how)
    if known:
        monkeypatch.setattr(websocket, "tls", lambda: client)

    async def test() -> None:
        async with streaming_venue(server) as venue, streams(venue, timeout=0.5) as ours:
            with pytest.raises(TransportError, match=complaint):
                await anext(ours.trades("4"))

            assert 0 == venue.upgrades

    run(test)


# Slow consumers


def test_slow_consumer_gets_an_error_with_the_count() -> None:
    """H11: the buffer is bounded; the others go on."""

    async def test() -> None:
        async with (
            streaming_venue() as venue,
            streams(venue, buffer=100) as ours,
            ours.trades("4") as slow,
            ours.trades("7") as other,
        ):
            for number in range(150):
                await venue.peer.send(trade(number))
            await venue.until(lambda: venue.peer.channels == ["7@trade"])
            with pytest.raises(StreamOverflow, match="101 events waited") as raised:
                await numbers(slow, 1)
            await venue.peer.send(trade(1, "7@trade"))

            assert [1] == await numbers(other, 1)
            assert 101 == raised.value.count

    run(test)


def test_slow_consumer_keeps_the_newest_where_it_wants() -> None:
    """H11: what was dropped is counted, and told before what comes after it."""

    async def test() -> None:
        async with (
            streaming_venue() as venue,
            streams(venue, buffer=100, overflow="newest") as ours,
            ours.trades("4") as slow,
            ours.trades("7") as mark,
        ):
            for number in range(1000):
                await venue.peer.send(trade(number))
            await venue.peer.send(trade(1, "7@trade"))
            await anext(mark)
            items = slow.with_notices()
            dropped, first = await anext(items), await anext(items)

            assert Dropped(901) == dropped  # one of them is Connected
            assert isinstance(first, TradeEvent)
            assert "900" == first.trade_id
            assert list(range(901, 1000)) == await numbers(slow, 99)

    run(test)


# Cancelling, closing, loops


def test_storm_of_cancellations_leaves_a_working_client() -> None:
    """At every moment of beginning, waiting and leaving; then twenty subscriptions work."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:

            async def use(number: int) -> None:
                async with ours.trades(str(number)) as subscription:
                    await anext(subscription)

            for pause in (0.0, 0.0005, 0.002, 0.01):
                for _ in range(5):
                    tasks = [asyncio.create_task(use(number)) for number in range(8)]
                    await asyncio.sleep(pause)
                    for task in tasks:
                        task.cancel()
                    assert {asyncio.CancelledError} == {
                        type(one) for one in await asyncio.gather(*tasks, return_exceptions=True)
                    }
            tasks = [asyncio.create_task(use(number)) for number in range(20)]
            await venue.until(lambda: len(venue.peers[-1].channels) >= 20)
            for number in range(20):
                await venue.peer.send(trade(1, f"{number}@trade"))
            await asyncio.gather(*tasks)

    run(test)


def test_waiting_with_a_timeout_loses_no_event() -> None:
    """A consumer that is cancelled while it waits goes on where it was."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            for number in range(20):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(anext(subscription), 0.002)
                await venue.peer.send(trade(number))

                assert [number] == await numbers(subscription, 1)

    run(test)


def test_closing_ends_consumers_in_other_tasks() -> None:
    """H7: with ClientClosed; a subscription that is closed itself just stops."""

    async def test() -> None:
        async with streaming_venue() as venue:
            async with streams(venue) as ours:
                waiting = asyncio.create_task(_raised(anext(ours.trades("4"))))
                subscription = ours.ticker("4")
                stopped = asyncio.create_task(_raised(anext(subscription)))
                await venue.subscribed("4@trade", "4@ticker")
                await subscription.close()
                assert isinstance(await stopped, StopAsyncIteration)
            assert isinstance(await waiting, ClientClosed)
            with pytest.raises(ClientClosed):
                await anext(ours.trades("4"))
            with pytest.raises(ClientClosed):
                await ours.history("4", "min_1")

    run(test)


def test_closing_does_not_wait_for_a_dead_venue() -> None:
    """A peer that reads nothing any more holds nobody for longer than a second or two."""

    async def test() -> None:
        async with streaming_venue() as venue:
            async with streams(venue) as ours, ours.trades("4"):
                venue.peer.connection.transport.pause_reading()
                begun = time.monotonic()
            assert time.monotonic() - begun < 5

    run(test)


def test_subscription_that_is_closed_during_the_look_up_stops() -> None:
    """Nothing is subscribed then."""

    class Closing(Rest):
        subscription: AsyncSubscription[Any]

        async def later(self, *_: Any) -> Any:
            await self.subscription.close()
            return await super().later()

    async def test() -> None:
        rest = Closing()
        async with streaming_venue() as venue, streams(venue, rest=rest) as ours, ours.ticker("4"):
            rest.subscription = ours.trades("BTCUSDT")
            with pytest.raises(StopAsyncIteration):
                await anext(rest.subscription)
            async with ours.ticker("7"):
                assert ["4@ticker", "7@ticker"] == venue.peer.channels

    run(test)


def test_subscription_is_entered_once() -> None:
    """It would bring nothing the second time."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            async with ours.trades("4") as subscription:
                pass
            with pytest.raises(ConfigError, match="trades 4: used already: open the stream anew"):
                await subscription.__aenter__()

    run(test)


def test_another_loop_is_refused() -> None:
    """H6: the connection belongs to the loop of its first use."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4"):
            other = asyncio.to_thread(lambda: asyncio.run(_raised(anext(ours.ticker("4")))))
            assert "belong to the event loop of their first use" in str(await other)

    run(test)


def test_two_consumers_of_one_subscription_are_refused() -> None:
    """Each would get half of the events."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours, ours.trades("4") as subscription:
            first = asyncio.create_task(numbers(subscription, 1))
            await asyncio.sleep(0)
            with pytest.raises(ConfigError, match="one task or thread at a time"):
                await anext(subscription)
            await venue.peer.send(trade(1))
            assert [1] == await first

    run(test)


def test_connection_near_its_end_is_replaced_without_a_hole() -> None:
    """Every trade comes once, over the switch and in order, though both connections bring it."""

    async def test() -> None:
        lifetime = STREAMS.lifetime
        timing = Timing(renew=lifetime / 2, grace=0.05, settle=0.5)
        async with streaming_venue() as venue:
            streaming = AsyncStreaming(
                _living(1.0), Rest().later, StreamOptions(), url=venue.url, timeout=PATIENT, timing=timing
            )
            async with AsyncStreams(streaming).trades("4") as subscription:
                number = 0
                while len(venue.peers) < 3:
                    number += 1
                    for peer in venue.peers[-2:]:
                        if "4@trade" in peer.channels:
                            await peer.send(trade(number))
                    await asyncio.sleep(0.005)
                got = await numbers(subscription, number)
            await streaming.aclose()

            assert list(range(1, number + 1)) == got

    run(test)


def _living(seconds: float) -> Any:
    import msgspec

    return msgspec.structs.replace(STREAMS, lifetime=seconds)  # whole seconds are too long for a test


# The order book


def test_live_book_shows_the_newest() -> None:
    """It waits for the first one; a new one replaces it."""

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue) as ours:
            entering = asyncio.create_task(_entered(live_book(ours.order_book("4", levels=5))))
            await venue.subscribed("4@depth@5")
            await venue.peer.send(book("10", "11"))
            live = await entering
            assert (Decimal(10), Decimal(11)) == (live.bids[0].price, live.asks[0].price)
            assert live.age < 5
            assert not live.stale

            await venue.peer.send(book("12", "13"))
            await venue.until(lambda: live.bids[0].price == 12)
            await live.__aexit__()
            with pytest.raises(StaleBook, match="ended"):
                live.live()

    run(test)


async def _entered(context: Any) -> Any:
    return await context.__aenter__()


def test_live_book_is_stale_without_a_connection() -> None:
    """I3: until the first book after the loss; the old one can still be looked at."""

    async def test() -> None:
        async with streaming_venue() as venue:

            async def greet(peer: Peer) -> None:
                if len(venue.peers) == 1:
                    await peer.send(book("10", "11"))

            async def answering(peer: Peer, command: Command) -> None:
                await accepting(peer, command)
                await greet(peer)

            venue.answering = answering
            async with streams(venue) as ours, live_book(ours.order_book("4", levels=5)) as live:
                venue.peer.reset()
                await venue.subscribed("4@depth@5", connections=2)
                await venue.until(lambda: live.stale)
                with pytest.raises(StaleBook, match="disconnected"):
                    _ = live.bids
                assert 10 == live.snapshot.bids[0].price
                await venue.peer.send(book("12", "13"))
                await venue.until(lambda: not live.stale)
                await venue.peer.send(book("14", "15"), sequence=99)
                await venue.until(lambda: live.snapshot.bids[0].price == 14)
                assert not live.stale
                await venue.peer.raw(json.dumps({"S": 300, "T": "resp"}))
                await venue.until(lambda: live.stale)
                assert "missing" in live.trouble

    run(test)


def test_live_book_grows_old() -> None:
    """I3: a venue that sends nothing for longer than the bound has no live book."""

    async def greeting(peer: Peer, command: Command) -> None:
        await peer.accept(command)
        await peer.send(book("10", "11"))

    async def test() -> None:
        async with streaming_venue() as venue:
            venue.answering = greeting
            async with streams(venue) as ours, live_book(ours.order_book("4", levels=5), stale_after=0.1) as live:
                await asyncio.sleep(0.15)

                assert live.stale
                assert "s old" in live.trouble

    run(test)


def test_crossed_book_is_not_handed_out() -> None:
    """I4: the best bid is below the best ask, or there is no live book."""

    async def greeting(peer: Peer, command: Command) -> None:
        await peer.accept(command)
        await peer.send(book("11", "11"))

    async def test() -> None:
        async with streaming_venue() as venue:
            venue.answering = greeting
            async with streams(venue) as ours, live_book(ours.order_book("4", levels=5)) as live:
                assert (True, False) == (live.crossed, live.stale)
                with pytest.raises(StaleBook, match="best bid"):
                    _ = live.asks

    run(test)


def test_live_book_that_does_not_come_is_an_error() -> None:
    """It is not waited for longer than the client's timeout; a refusal is raised as such."""

    async def refusing(peer: Peer, command: Command) -> None:
        await peer.echo(command)
        await peer.answer(400, "no")

    async def test() -> None:
        async with streaming_venue() as venue, streams(venue, timeout=0.3) as ours:
            with pytest.raises(TransportError, match="no order book"):
                async with live_book(ours.order_book("4", levels=5)):
                    pass
            venue.answering = refusing
            with pytest.raises(ApiError, match="400: no"):
                async with live_book(ours.order_book("7", levels=5)):
                    pass

    run(test)


def test_live_book_that_has_ended_stays_so() -> None:
    """A synchronous one is ended in another thread than that in which books come."""
    newest = Newest[Any]()
    newest.push(["before"])
    newest.end(None)
    newest.push(["after"])
    newest.note(Gap(1, 2))

    assert ("before", "the subscription ended") == (newest.kept.book, newest.kept.trouble)


def test_live_book_hands_out_the_book_that_it_judged() -> None:
    """Another one may come meanwhile."""
    with Thread() as server:
        live: Any = live_book(Streams(server.streaming).order_book("4", levels=5))

        class Turning:
            asks = ()

            @property
            def bids(self) -> tuple[()]:
                live._newest.push([attrs.make_class("Other", ["bids", "asks"])((), ())])
                return ()

        book = Turning()
        live._newest.push([book])

        assert book is live.live()
        assert book is not live.snapshot


# Synchronous


class Thread:
    """A venue on a loop in a thread, for synchronous clients."""

    def __enter__(self) -> Self:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self._context = streaming_venue()
        self.venue = self.do(self._context.__aenter__())
        self.rest = Rest()
        self.streaming = self.client()
        return self

    def client(self, **options: Any) -> SyncStreaming:
        return SyncStreaming(
            STREAMS, self.rest, StreamOptions(**options), url=self.venue.url, timeout=PATIENT, timing=QUICK
        )

    def do(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENT)

    def send(self, *frames: Command) -> None:
        for frame in frames:
            self.do(self.venue.peer.send(frame))

    def __exit__(self, *_: object) -> None:
        self.streaming.close()
        self.do(self._context.__aexit__(None, None, None))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


def our_threads() -> list[str]:
    return [one.name for one in threading.enumerate() if one.name == "coinstore streams"]


def test_synchronous_subscriptions_share_a_thread_that_ends() -> None:
    """One connection and one thread for the client, whatever the number of subscriptions."""
    with Thread() as server:
        ours = Streams(server.streaming)
        with ours.trades("BTCUSDT") as first, ours.trades("ETHUSDT") as second:
            server.send(trade(1), trade(2, "7@trade"), trade(3))

            assert ["1", "3"] == [next(first).trade_id for _ in range(2)]
            assert "2" == next(second).trade_id
            assert ["coinstore streams"] == our_threads()
            assert 1 == len(server.venue.peers)
        server.streaming.close()
        assert [] == our_threads()
        with pytest.raises(ClientClosed):
            next(ours.trades("BTCUSDT"))


def test_synchronous_notices_questions_callbacks_and_books() -> None:
    """What the asynchronous client has, this one has."""

    async def answering(peer: Peer, command: Command) -> None:
        if command["op"] == "REQ":
            await peer.send({"channel": "4@kline@min_1", "symbol": "B", "instrumentId": 4, "item": []})
            return
        await peer.accept(command)
        if command["channel"] == ["4@depth@5"]:
            await peer.send(book("10", "11"))

    def fail(_: TradeEvent) -> None:
        raise ValueError("enough")

    with Thread() as server:
        server.venue.answering = answering
        ours = Streams(server.streaming)
        assert [] == ours.history("4", "min_1").item
        with live_book(ours.order_book("4", levels=5)) as live, ours.trades("4") as subscription:
            server.send(trade(1), trade(2))
            items = subscription.with_notices()
            assert [Connected, TradeEvent, TradeEvent] == [type(next(items)) for _ in range(3)]
            assert 10 == live.bids[0].price
            sending = threading.Timer(0.1, lambda: server.send(trade(3)))
            sending.start()
            with pytest.raises(ValueError, match="enough"):
                ours.trades("4").listen(fail)
            sending.join()


def test_synchronous_consumer_in_a_slow_thread() -> None:
    """H11: the same policies hold between threads."""
    with Thread() as server:
        ours = Streams(server.client(buffer=50, overflow="newest"))
        with ours.trades("4") as subscription, ours.trades("7") as mark:
            server.send(*(trade(number) for number in range(200)), trade(1, "7@trade"))
            next(mark)
            first = next(subscription.with_notices())

            assert Dropped(151) == first
            assert "150" == next(subscription).trade_id
        ours._open.__self__.close()  # type: ignore[attr-defined]  # the client's business otherwise


def test_many_events_between_threads_arrive_in_order() -> None:
    """No wake-up is lost: the consumer waits again and again while the producer goes on."""
    with Thread() as server, Streams(server.streaming).trades("4") as subscription:

        async def send() -> None:
            for number in range(3000):
                await server.venue.peer.send(trade(number))
                if number % 7 == 0:
                    await asyncio.sleep(0)

        sending = asyncio.run_coroutine_threadsafe(send(), server.loop)
        assert list(range(3000)) == [int(next(subscription).trade_id) for _ in range(3000)]
        sending.result(PATIENT)


def test_waiting_thread_is_woken() -> None:
    """An event is handed over when it comes, not when the thread looks again by itself a second later."""
    with Thread() as server, Streams(server.streaming).trades("4") as subscription:
        begun = time.monotonic()
        for number in range(10):
            sending = threading.Timer(0.05, server.send, [trade(number)])
            sending.start()
            assert str(number) == next(subscription).trade_id
            sending.join()

        assert time.monotonic() - begun < 5


def test_closing_ends_a_synchronous_consumer() -> None:
    """H7: a thread that waits gets ClientClosed at once."""
    with Thread() as server:
        ours, ended = Streams(server.streaming), list[BaseException]()

        def consume() -> None:
            try:
                for _ in ours.trades("4"):
                    pass
            except ClientClosed as error:
                ended.append(error)

        consumer = threading.Thread(target=consume)
        consumer.start()
        server.do(server.venue.subscribed("4@trade"))
        server.streaming.close()
        consumer.join(PATIENT)

        assert 1 == len(ended)


def test_synchronous_subscription_that_is_closed_during_the_look_up_is_left() -> None:
    """By another thread: nothing stays subscribed at the venue, and iterating stops."""

    class Closing(Rest):
        def __call__(self, *_: Any) -> Any:
            subscription.close()
            return super().__call__()

    with Thread() as server:
        server.rest = Closing()
        ours = Streams(server.client())
        with ours.ticker("4"):
            subscription = ours.trades("BTCUSDT")
            assert [] == list(subscription)
            with ours.ticker("7"):
                server.do(server.venue.until(lambda: server.venue.peer.channels == ["4@ticker", "7@ticker"]))
        ours._open.__self__.close()  # type: ignore[attr-defined]  # the client's business otherwise


def test_synchronous_subscription_is_entered_once() -> None:
    """It would bring nothing the second time."""
    with Thread() as server:
        with Streams(server.streaming).trades("4") as subscription:
            assert "<subscription to trades 4, open>" == repr(subscription)
        with pytest.raises(ConfigError, match="trades 4: used already: open the stream anew"):
            subscription.__enter__()


def test_event_loop_that_cannot_be_made_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is raised where streams are used, and the next use tries again."""

    def fail() -> None:
        raise OSError(24, "Too many open files")

    def use() -> None:
        try:
            next(ours.trades("4"))
        except OSError as error:
            raised.append(error.strerror)

    raised = list[str | None]()
    with Thread() as server:
        ours = Streams(server.client())
        with monkeypatch.context() as full:
            full.setattr("asyncio.events.new_event_loop", fail)
            using = threading.Thread(target=use, daemon=True)
            using.start()
            using.join(PATIENT)

            assert ["Too many open files"] == raised
        with ours.trades("4"):
            pass
        ours._open.__self__.close()  # type: ignore[attr-defined]  # the client's business otherwise


def test_result_that_comes_when_the_thread_looks_again_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not taken for one that does not come."""

    class Late(Future[str]):
        def result(self, timeout: float | None = None) -> str:
            try:
                return super().result(timeout)
            except TimeoutError:
                self.finish()
                raise

        def finish(self) -> None:
            if not self.done():
                self.set_result("late")

    monkeypatch.setattr(threaded, "LOOK_AGAIN", 0.01)
    with Thread() as server:
        late = Late()
        finishing = threading.Timer(0.05, late.finish)
        finishing.start()

        assert "late" == server.streaming._result(late)
        finishing.join()


def test_client_has_one_set_of_streams() -> None:
    """Two threads may be the first to use them: from Python 3.12 on a cached property can be made twice."""
    with Coinstore(streams=StreamOptions(url="ws://127.0.0.1:9/")) as client:
        assert client._streaming(STREAMS) is client._streaming(STREAMS)
    with pytest.raises(ClientClosed):
        client._streaming(STREAMS)


def test_callback_that_uses_the_streams_is_refused() -> None:
    """It would wait for itself."""
    with Thread() as server:
        ours = Streams(server.streaming)
        sending = threading.Timer(0.1, lambda: server.send(trade(1)))
        sending.start()
        with pytest.raises(ConfigError, match="wait for itself"):
            ours.trades("4").listen(lambda _: next(ours.ticker("4")))
        sending.join()


def test_synchronous_refusal_and_wrong_address_are_errors() -> None:
    """The same errors as the asynchronous ones."""
    with Thread() as server:
        server.venue.upgrade = lambda _: refusal(403, "No")
        with pytest.raises(AuthError):
            next(Streams(server.streaming).trades("4"))
        with pytest.raises(ConfigError, match="no symbol"):
            next(Streams(server.streaming).trades("NOPE"))


def test_process_that_was_forked_is_told_to_make_a_client_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """L14: the thread exists in the parent alone; the child gets an error and no hang."""
    with Thread() as server, Streams(server.streaming).trades("4"), monkeypatch.context() as child:
        child.setattr("os.getpid", lambda: -1)
        with pytest.raises(ConfigError, match="fork"):
            next(Streams(server.streaming).ticker("4"))


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGINT for another process")
def test_waiting_consumer_can_be_interrupted() -> None:
    """Ctrl-C ends a program that waits for an event, and its thread with it."""
    code = (
        "import sys; from spotwire import StreamOptions; from spotwire.coinstore import Coinstore\n"
        "with Coinstore(streams=StreamOptions(url=sys.argv[1])) as coinstore:\n"
        "    with coinstore.streams.trades('4') as trades:\n"
        "        print('waiting', flush=True)\n"
        "        next(trades)\n"
    )
    with (
        Thread() as server,
        subprocess.Popen(
            [sys.executable, "-c", code, server.venue.url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process,
    ):
        assert process.stdout is not None
        assert "waiting\n" == process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=PATIENT)

        assert complaint.rstrip().endswith("KeyboardInterrupt")


# Settings


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "ws://example.com/ws", "wss://user:key@example.com/", "wss://example.com/?key=1", "wss://h/#x",
        "wss://", "", "wss://exämple.com/", "wss://h/../x", "127.0.0.1",
    ],
)  # fmt: skip
def test_address_that_is_none_is_refused(url: str) -> None:
    """Only wss, or ws to this machine; nothing in it that could be a secret."""
    with pytest.raises(ConfigError, match="the address of streams"):
        StreamOptions(url=url)


def test_address_is_taken() -> None:
    """With port and path."""
    assert "wss://ws.coinstore.com/s/ws" == check_stream_url(STREAMS.url)
    assert "ws://127.0.0.1:8000/s/ws" == StreamOptions(url="ws://127.0.0.1:8000/s/ws").url


@pytest.mark.parametrize("wrong", [{"buffer": 0}, {"buffer": True}, {"overflow": "drop"}, {"on_notice": 5}])
def test_wrong_options_are_refused(wrong: dict[str, Any]) -> None:
    """When they are set, not when they would matter."""
    with pytest.raises(ConfigError):
        StreamOptions(**wrong)


def test_live_book_takes_order_books() -> None:
    """Anything else is refused."""
    with pytest.raises(ConfigError, match="live_book takes"):
        live_book([])  # type: ignore[call-overload]
    with pytest.raises(ConfigError, match="stale_after"):
        live_book([], stale_after=0)  # type: ignore[call-overload]


def test_missing_picows_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The import of the one module that needs it says what to install."""
    monkeypatch.setitem(sys.modules, "picows", None)
    monkeypatch.delitem(sys.modules, "spotwire_core.websocket")
    monkeypatch.delattr("spotwire_core.websocket")

    async def test() -> None:
        venue = StreamVenue()
        venue.url = "ws://127.0.0.1:9/"
        async with streams(venue) as ours:
            with pytest.raises(ConfigError, match=r'pip install "spotwire\[streams\]"'):
                await anext(ours.trades("4"))

    run(test)
