"""The clients' streams against the simulated venue, whose words and engine are its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from typing import Any

import pytest

from spotwire import ApiError, AuthError, ClientClosed, Connected, Notice, Reconnected, StreamOptions, live_book
from spotwire.coinstore import Coinstore, OrderType, Side, TradeEvent
from spotwire_sim import SimulatedVenue, StreamFault, StreamTimes, simulate

CHANNEL = "4@trade"


@pytest.fixture
def venue() -> Generator[SimulatedVenue]:
    with simulate("coinstore", limits=False, stream_times=StreamTimes(lifetime=3)) as venue:
        yield venue
        venue.streams.check()


def client(venue: SimulatedVenue, **options: Any) -> Coinstore:
    return Coinstore(
        venue.auth, base_url=venue.url, limits="off", streams=StreamOptions(url=venue.streams_url, **options)
    )


def happened(venue: SimulatedVenue) -> list[str]:
    """Return the ids of the trades since the first subscription, as the venue's engine made them."""
    return [str(event.members["tradeId"]) for event in venue.streams.produced(CHANNEL) if event.number]


FAULTS: list[Callable[[], StreamFault]] = [
    StreamFault.drop,
    StreamFault.cut,
    lambda: StreamFault.close(1011),
    lambda: StreamFault.close(1012),
    StreamFault.gap,
    StreamFault.duplicate,
    StreamFault.reorder,
    StreamFault.garbage,
    StreamFault.wrong_shape,
    StreamFault.bare,
    StreamFault.binary_frame,
    StreamFault.invalid_utf8,
    lambda: StreamFault.oversize(17),
    StreamFault.fragmented,
    lambda: StreamFault.slow(1),
]


def test_every_trade_arrives_once_whatever_goes_wrong(venue: SimulatedVenue) -> None:
    """I1, I3, I4, I5: what a connection loses comes with the list that begins the next; nothing comes twice."""
    got: Counter[str] = Counter()
    with client(venue) as coinstore, coinstore.streams.trades("BTCUSDT", size=100) as trades:
        earlier = next(trades).trade_id
        for fault in (*FAULTS, StreamFault.drop):
            venue.streams.plan(CHANNEL, fault())
            for _ in range(3):
                coinstore.trade.place_order("BTCUSDT", Side.BUY, OrderType.MARKET, ord_amt=100)
            while not got[happened(venue)[-1]]:
                got[next(trades).trade_id] += 1

    assert 3 * len(FAULTS) < len(happened(venue))
    assert [] == [trade for trade in happened(venue) if got[trade] != 1]
    assert earlier not in got


def test_answers_that_get_lost_come_late_or_are_errors(venue: SimulatedVenue) -> None:
    """I6: neither locks a subscription, and an error is that of the consumer."""
    with client(venue) as coinstore:
        for fault in (StreamFault.lost_ack(), StreamFault.lost_ack(executed=False, echo=True)):
            venue.streams.plan("SUB", fault)
            with coinstore.streams.trades("BTCUSDT") as trades:
                assert isinstance(next(trades), TradeEvent)
        venue.streams.plan("SUB", StreamFault.error_ack(3011, "no"))
        with pytest.raises(ApiError, match="code 3011: no"):
            next(coinstore.streams.ticker("BTCUSDT"))


@pytest.mark.parametrize(("status", "error"), [(403, AuthError), (429, None), (302, None)])
def test_upgrade_that_is_refused(venue: SimulatedVenue, status: int, error: type[Exception] | None) -> None:
    """I8: 403 is final, after anything else there is another attempt; a redirect is not followed."""
    venue.streams.plan("connect", StreamFault.refuse(status, {"Location": "ws://127.0.0.1:1/", "Retry-After": "1"}))
    with client(venue) as coinstore:
        if error is not None:
            with pytest.raises(error):
                next(coinstore.streams.tickers())
        else:
            next(coinstore.streams.tickers())


def test_code_1008_is_final(venue: SimulatedVenue) -> None:
    """I1: it says that the venue does not want us."""
    with client(venue) as coinstore, coinstore.streams.trades("BTCUSDT") as trades:
        next(trades)
        venue.streams.plan(CHANNEL, StreamFault.close(1008, "go away"))
        coinstore.trade.place_order("BTCUSDT", Side.BUY, OrderType.MARKET, ord_amt=100)
        with pytest.raises(AuthError, match="go away"):
            next(trades)


def test_end_of_a_connection_is_survived(venue: SimulatedVenue) -> None:
    """The venue closes after three seconds here; the subscription goes on with another connection."""
    heard: list[Notice] = []
    with client(venue, on_notice=heard.append) as coinstore, coinstore.streams.ticker("BTCUSDT") as tickers:
        for _ in tickers:
            if any(isinstance(notice, Reconnected) for notice in heard):
                break

    assert isinstance(heard[0], Connected)


def test_book_of_the_stream_is_that_of_rest(venue: SimulatedVenue) -> None:
    """The newest push is what REST answers after a trade."""
    with client(venue) as coinstore, live_book(coinstore.streams.order_book("BTCUSDT", levels=5)) as book:
        coinstore.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, ord_qty="0.5", ord_price="1")
        rest = coinstore.market.order_book("BTCUSDT", depth=5)

        assert [row.price for row in book.asks] == [row.price for row in rest.asks]
        assert not book.crossed


def test_candles_over_the_stream_are_those_of_rest(venue: SimulatedVenue) -> None:
    """The question is answered with closed candles as the venue keeps them."""
    with client(venue) as coinstore:
        asked = coinstore.streams.history("BTCUSDT", "min_1", limit=5).item
        rest = coinstore.market.klines("BTCUSDT", period="1min", size=10).item

        assert {row.start_time for row in asked[:-1]} <= {row.start_time for row in rest}
        with pytest.raises(ApiError):
            coinstore.streams.history("999999", "min_1")


def test_streams_of_a_closed_client_are_refused(venue: SimulatedVenue) -> None:
    """Whether or not they were used before."""
    with client(venue) as used, client(venue) as unused:
        next(used.streams.tickers())
    for coinstore in (used, unused):
        with pytest.raises(ClientClosed):
            next(coinstore.streams.tickers())


def test_streams_of_a_client_with_another_address_need_theirs(venue: SimulatedVenue) -> None:
    """Orders on a simulated venue and prices of the real one do not go together."""
    with Coinstore(base_url=venue.url) as coinstore, pytest.raises(ValueError, match="streams=StreamOptions"):
        _ = coinstore.streams


def test_streams_carry_no_credentials(venue: SimulatedVenue) -> None:
    """F9, I7: no stream needs a login or a listen key, so neither the upgrade nor any command holds key or secret."""
    with client(venue) as coinstore, coinstore.streams.trades("BTCUSDT") as trades:
        next(trades)
        coinstore.streams.history("BTCUSDT", "min_1")

    (upgrade,) = [request for request in venue.requests if request.path == "/s/ws"]
    commands = [message.decode() for session in venue.streams.sessions for message in session.received]
    assert len(commands) >= 2
    sent = " ".join((upgrade.query, *upgrade.headers.values(), *commands))
    assert venue.api_key not in sent
    assert venue.api_secret not in sent
