"""The clock: set by the venue's time where that is believable, and never more than once for a call."""

import asyncio
from email.utils import formatdate
from typing import Any

import pytest
from hypothesis import given, strategies as st

from spotwire.bitunix import Bitunix
from spotwire.coinstore import AsyncCoinstore, Coinstore, OrderType as CoinstoreOrderType, Side as CoinstoreSide
from spotwire.mexc import AsyncMexc, Mexc, OrderType, Side
from spotwire.mexc.api.trade import OPEN_ORDERS, PLACE_ORDER
from spotwire_core.clock import EARLIEST, LATEST, Clock
from spotwire_core.errors import ClockError
from spotwire_core.message import Request, Response
from spotwire_core.operation import TimeSource
from spotwire_core.pipeline import Pipeline, time_in
from spotwire_core.virtual import EPOCH, World, answer
from spotwire_sim import simulate

NOW = int(EPOCH * 1000)
ORDER = ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", "sw1", None)
AHEAD = 600_000


class Times:
    """A wall clock and a monotonic one that a test moves."""

    def __init__(self) -> None:
        self.wall = EPOCH
        self.monotonic = 50.0
        self.clock = Clock(wall=lambda: self.wall, monotonic=lambda: self.monotonic)

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.monotonic += seconds


# What is believed


def test_clock_begins_with_the_time_of_the_machine() -> None:
    """Before any correction it is the wall clock's time."""
    assert Times().clock.now() == NOW


@pytest.mark.parametrize("jump", [-3600.0, 3600.0, 1e9])
def test_jump_of_the_wall_clock_moves_nothing(jump: float) -> None:
    """A wall clock that is set while the client lives does not move the venue's time (C12)."""
    times = Times()
    times.wall += jump
    times.pass_by(1.5)

    assert NOW + 1500 == times.clock.now()


def test_time_of_the_venue_is_taken_over() -> None:
    """The venue's time is that of the middle of the way there and back."""
    times = Times()
    asked_at = times.monotonic
    times.pass_by(0.4)

    assert times.clock.correct(NOW + AHEAD, asked_at=asked_at)
    assert NOW + AHEAD + 200 == times.clock.now()


@pytest.mark.parametrize(
    "told",
    [
        0,
        -1,
        2**63,
        -(2**63),
        10**30,
        EARLIEST - 1,
        LATEST + 1,
        "1700000000000",
        1.7e12,
        None,
        True,
        [],
        {},
        NOW // 1000,
    ],
)
def test_absurd_time_is_ignored(told: object) -> None:
    """What cannot be a time in ms changes nothing (C13)."""
    times = Times()

    assert not times.clock.correct(told, asked_at=times.monotonic)
    assert NOW == times.clock.now()


@pytest.mark.parametrize(("seconds", "believed"), [(5.0, True), (5.001, False), (60.0, False), (-1.0, False)])
def test_slow_answer_is_ignored(seconds: float, believed: bool) -> None:
    """A time that was longer than 5 s under way says little; one that came before it was asked for says nothing (C13)."""
    times = Times()
    asked_at = times.monotonic
    times.pass_by(seconds)

    assert believed == times.clock.correct(NOW + AHEAD, asked_at=asked_at)


@pytest.mark.parametrize(("off", "noticed"), [(0, False), (1, False), (-1, False), (3, True), (-3, True), (600, True)])
def test_date_counts_only_where_it_is_noticeably_off(off: int, noticed: bool) -> None:
    """The header has whole seconds: it is no reason to move a clock that may be better."""
    times = Times()
    headers = {"date": formatdate(EPOCH + off, usegmt=True)}

    assert noticed == times.clock.correct_by_date(headers, asked_at=times.monotonic)
    assert (NOW + off * 1000 + 500 if noticed else NOW) == times.clock.now()


@given(text=st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,5} [A-Z][a-z]{2} \d{1,6} \d\d:\d\d:\d\d [+-]?\w{1,5}"))
def test_nonsense_of_a_date_is_ignored(text: str) -> None:
    """Whatever stands in the header Date, nothing is raised."""
    times = Times()
    times.clock.correct_by_date({"date": text}, asked_at=times.monotonic)

    assert EARLIEST <= times.clock.now() <= LATEST


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"serverTime":1700000000}', 1_700_000_000_000),
        (b'{"serverTime":"1700000000"}', None),
        (b'{"serverTime":1.5}', None),
        (b'{"serverTime":true}', None),
        (b'{"other":1}', None),
        (b"[1]", None),
        (b"<html>", None),
        (b"", None),
        (b"\xff", None),
        (b'{"serverTime":' + b"[" * 100_000, None),
    ],
)
def test_time_is_found_in_an_answer(body: bytes, told: int | None) -> None:
    """The member is read in its unit; anything else is no time (C13)."""
    assert told == time_in(TimeSource(path="/time", member="serverTime", unit_ms=1000), body)


# Corrections of a call

REFUSED = b'{"code":700003,"msg":"Timestamp for this request is outside of the recvWindow."}'


class MexcTime:
    """Accepts timestamps within 5 s of its time, tells its time on request, and counts both."""

    def __init__(self, world: World, *, ahead: int, told: bytes | None = None) -> None:
        self.world = world
        self.ahead = ahead
        self.told = told
        self.timestamps: list[int] = []
        self.asked = 0

    def __call__(self, request: Request) -> Response:
        now = int(self.world.wall() * 1000) + self.ahead
        if request.path == "/api/v3/time":
            self.asked += 1
            return answer(body=self.told if self.told is not None else b'{"serverTime":%d}' % now)
        self.timestamps.append(int(request.query.partition("timestamp=")[2].partition("&")[0]))
        if abs(self.timestamps[-1] - now) > 5000:
            return answer(400, REFUSED)
        return answer(body=b'{"symbol":"BTCUSDT","orderId":"7"}' if request.method == "POST" else b"[]")


@pytest.mark.parametrize("ahead", [AHEAD, -AHEAD])
@pytest.mark.parametrize(("operation", "values"), [(OPEN_ORDERS, ("BTCUSDT", None)), (PLACE_ORDER, ORDER)])
def test_refused_timestamp_is_corrected_once(ahead: int, operation: Any, values: tuple[Any, ...]) -> None:
    """A clock ten minutes off costs one question and one repetition, also for an order: it was refused, not executed (C11)."""
    world = World()
    venue = world.answers = MexcTime(world, ahead=ahead)
    client = world.client()
    call = world.one(client, operation, values)
    again = world.one(client, operation, values)

    assert [None, None] == [call.error, again.error]
    assert [NOW, NOW + ahead, NOW + ahead] == venue.timestamps
    assert 1 == venue.asked


def test_correction_that_does_not_help_ends() -> None:
    """A venue that refuses every timestamp is asked once, the call repeated once, then the refusal is raised (C11)."""
    world = World()
    venue = world.answers = MexcTime(world, ahead=10**9, told=b'{"serverTime":%d}' % (NOW + 60_000))
    call = world.one(world.client(), PLACE_ORDER, ORDER)

    assert isinstance(call.error, ClockError)
    assert ([NOW, NOW + 60_000], 1) == (venue.timestamps, venue.asked)


@pytest.mark.parametrize(
    "told", [b'{"serverTime":0}', b'{"serverTime":"now"}', b"", b"<html>", b'{"serverTime":%d}' % NOW]
)
def test_correction_without_a_believable_time_repeats_nothing(told: bytes) -> None:
    """Where the venue tells nothing sensible or what the clock says already, the refusal is raised at once (C11, C13)."""
    world = World()
    venue = world.answers = MexcTime(world, ahead=AHEAD, told=told)
    call = world.one(world.client(), PLACE_ORDER, ORDER)

    assert isinstance(call.error, ClockError)
    assert ([NOW], 1) == (venue.timestamps, venue.asked)


def test_calls_refused_together_are_all_repeated() -> None:
    """Calls that were under way with the wrong time are repeated after the first correction, without asking again."""
    world = World(under_way=0.5)
    venue = world.answers = MexcTime(world, ahead=AHEAD)
    client = world.client()
    calls = [world.call(client, OPEN_ORDERS, ("BTCUSDT", None), under_way=0.5 + i) for i in range(3)]
    world.run()

    assert [None] * 3 == [call.error for call in calls]
    assert (6, 1) == (len(venue.timestamps), venue.asked)


# Simulated venues


@pytest.mark.parametrize("ahead", [AHEAD, -AHEAD])
def test_clock_is_corrected_by_the_time_operation(ahead: int) -> None:
    """At a venue that tells its time, an order with a clock ten minutes off is placed, once (C11)."""
    with simulate("mexc") as venue, Mexc(venue.auth, base_url=venue.url) as mexc:
        venue.clock.offset = ahead
        mexc.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, quantity="0.5", price="11")

        assert 1 == len(mexc.trade.open_orders("BTCUSDT"))
        assert abs(mexc.clock.now() - venue.clock()) < 1_000


def test_clock_is_corrected_by_the_time_operation_asynchronously() -> None:
    """The asynchronous client does the same (C11)."""
    with simulate("mexc") as venue:
        venue.clock.offset = AHEAD

        async def main() -> int:
            async with AsyncMexc(venue.auth, base_url=venue.url) as mexc:
                await mexc.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, quantity="0.5", price="11")
                return len(await mexc.trade.open_orders("BTCUSDT"))

        assert 1 == asyncio.run(main())


def test_clock_is_corrected_by_the_date_alone() -> None:
    """At a venue without a time operation the header Date of the refusal is enough; signed anew, the order is placed (C11)."""
    with simulate("coinstore") as venue, Coinstore(venue.auth, base_url=venue.url) as coinstore:
        venue.clock.offset = AHEAD
        coinstore.trade.place_order(
            "BTCUSDT", CoinstoreSide.BUY, CoinstoreOrderType.LIMIT, ord_price="11", ord_qty="0.5"
        )

        assert [False, True] == [request.situation is None for request in venue.requests]
        assert 1 == len(coinstore.trade.open_orders(symbol="BTCUSDT"))
        assert 3 == len(venue.requests)


def test_clock_is_corrected_by_the_date_alone_asynchronously() -> None:
    """The asynchronous client does the same (C11)."""
    with simulate("coinstore") as venue:
        venue.clock.offset = -AHEAD

        async def main() -> None:
            async with AsyncCoinstore(venue.auth, base_url=venue.url) as coinstore:
                await coinstore.account.balances()
                await coinstore.account.balances()

        asyncio.run(main())

        assert 3 == len(venue.requests)


def test_repeated_call_has_a_fresh_nonce() -> None:
    """The repetition after a correction is signed anew: timestamp, nonce and signature differ (B12)."""
    with simulate("bitunix") as venue, Bitunix(venue.auth, base_url=venue.url) as bitunix:
        venue.clock.offset = AHEAD
        bitunix.account.balances()
        refused, repeated = venue.requests

    for header in ("timestamp", "nonce", "sign"):
        assert refused.headers[header] != repeated.headers[header]


def test_public_call_does_not_move_the_clock() -> None:
    """Only a refused signature is a reason to correct the clock."""
    world = World(answers=lambda _: answer(401, b"{}", {"date": formatdate(EPOCH + 600, usegmt=True)}))
    client: Pipeline = world.client()
    from spotwire.mexc.api.market import SERVER_TIME

    world.one(client, SERVER_TIME)

    assert (NOW, 1) == (client.clock.now(), len(world.requests))
