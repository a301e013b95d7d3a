"""The limiter: never more than the venue allows, in order, and no call leaves a trace behind."""

import asyncio
import gc
import pickle
import threading
import time
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from auth_hooks.mexc import MexcAuth
from spotwire.mexc.venue import VENUE as MEXC
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.errors import ConfigError, RateLimited, TransportError, WouldExceedLimit
from spotwire_core.limits import Limiter
from spotwire_core.message import Request, Response
from spotwire_core.operation import Charge, Limit, Operation
from spotwire_core.pipeline import Await, Send, Sleep, Slot
from spotwire_core.raw_server import Answer, Received, Server, ok
from spotwire_core.retries import Retries
from spotwire_core.virtual import AUTH, Running, World, answer, limited, operation

LIMIT = Limit(bucket="a", requests=3, seconds=2, scope="ip")
VENUE = limited(LIMIT)
DO = operation(Charge(bucket="a"))
ONCE = Retries(attempts=1)


def sends(calls: list[Running]) -> list[float]:
    """When each call was sent, in the order of the calls."""
    return [call.sent[0][0] for call in calls]


def most_in_a_window(moments: list[tuple[float, int]], seconds: float) -> int:
    """The largest weight that falls into any half-open window: it is enough to look at those that begin with a call."""
    ordered = sorted(moments)
    return max(sum(w for m, w in ordered if begin <= m < begin + seconds) for begin, _ in ordered)


# Never more than the limit

CALLS = st.lists(
    st.tuples(
        st.integers(0, 400),  # begins, hundredths of a second
        st.integers(0, 500),  # under way, hundredths of a second
        st.integers(0, 100),  # when the venue counts it, per cent of that
        st.sampled_from(["a", "b", "ab"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60)
@given(calls=CALLS, of_a=st.integers(3, 6), of_b=st.integers(3, 6), seconds=st.sampled_from([1, 2.5]))
def test_limit_holds_in_every_window(calls: list[Any], of_a: int, of_b: int, seconds: float) -> None:
    """Whenever the venue counts a call, between sending and answer, no window has more than the limit; all calls end (H9)."""
    limits = {"a": of_a, "b": of_b}
    venue = limited(*(Limit(bucket=b, requests=n, seconds=seconds, scope="ip") for b, n in limits.items()))
    world = World()
    client = world.client(venue, timeout=1000)
    running = [
        (
            world.call(
                client,
                operation(*(Charge(bucket=b, weight=weight) for b in buckets), name=buckets),
                after=begin / 100,
                under_way=under_way / 100,
            ),
            under_way * counted / 10_000,
            buckets,
            weight,
        )
        for begin, under_way, counted, buckets, weight in calls
    ]
    world.run()

    assert [None] * len(calls) == [call.error for call, *_ in running]
    for bucket, most in limits.items():
        counted = [(call.sent[0][0] + on_its_way, w) for call, on_its_way, names, w in running if bucket in names]
        assert not counted or most_in_a_window(counted, seconds * (1 - 1e-9)) <= most


def test_answers_that_come_late_hold_the_limit() -> None:
    """A call counts until a window after its answer: the venue may have counted it at any moment before."""
    world = World(under_way=5.0)
    client = world.client(VENUE)
    calls = [world.call(client, DO) for _ in range(4)]
    world.run()

    assert [1000.0, 1000.0, 1000.0, 1007.0] == sends(calls)


def test_wall_clock_does_not_matter() -> None:
    """A wall clock that jumps neither opens nor closes a bucket (C12, H9)."""
    world = World()
    client = world.client(VENUE)
    calls = [world.call(client, DO) for _ in range(4)]
    for offset in (-3_600.0, 1e9):
        world.at(1000.5, lambda offset=offset: setattr(world, "wall_offset", offset))  # type: ignore[misc]
    world.run()

    assert [1000.0, 1000.0, 1000.0, 1002.0] == sends(calls)


# Order


def test_first_come_is_first_served() -> None:
    """Calls are sent in the order in which they came, also where a later one is lighter."""
    world = World()
    client = world.client(VENUE)
    heavy, light = (operation(Charge(bucket="a", weight=w), name=n) for w, n in ((3, "heavy"), (1, "light")))
    calls = [world.call(client, op, after=i / 1000) for i, op in enumerate([light, heavy, light, heavy, light])]
    world.run()

    assert [1000.0, 1002.0, 1004.0, 1006.0, 1008.0] == sends(calls)


def test_heavy_call_is_not_starved() -> None:
    """A stream of light calls does not keep a heavy one from its turn."""
    world = World()
    client = world.client(VENUE)
    for i in range(60):
        world.call(client, DO, after=i / 10)
    heavy = world.call(client, operation(Charge(bucket="a", weight=3), name="heavy"), after=0.05)
    world.run()

    assert heavy.sent[0][0] < 1005


def test_independent_buckets_do_not_block_each_other() -> None:
    """A full bucket holds up only those calls that draw from it."""
    world = World()
    client = world.client(limited(LIMIT, Limit(bucket="b", requests=1, seconds=1, scope="ip")))
    for _ in range(10):
        world.call(client, DO)
    other = world.call(client, operation(Charge(bucket="b"), name="other"), after=0.1)
    world.run()

    assert 1000.1 == other.sent[0][0]


def test_call_waits_for_all_its_buckets() -> None:
    """A call that draws from two buckets is sent when both have room, and takes from neither before."""
    world = World()
    client = world.client(limited(LIMIT, Limit(bucket="b", requests=1, seconds=8, scope="ip")))
    both = operation(Charge(bucket="a"), Charge(bucket="b"), name="both")
    calls = [world.call(client, both), world.call(client, both)]
    world.run()

    assert [1000.0, 1008.0] == sends(calls)


# What a call takes


def test_weight_depends_on_an_argument() -> None:
    """A call without the argument that narrows it weighs more."""
    world = World()
    client = world.client(VENUE)
    taken = Charge(bucket="a", weight=1, unless=0, weight_without=3)
    tickets = [
        world.limiter.ticket(VENUE, operation(taken), values, address=client.base_url, user="")
        for values in (("BTCUSDT",), (None,))
    ]

    assert [[1], [3]] == [[weight for _, weight in ticket.charges] for ticket in tickets]


def test_weight_that_never_fits_is_refused() -> None:
    """A call that outweighs its limit fails at once instead of waiting for ever."""
    world = World()
    call = world.one(world.client(VENUE), operation(Charge(bucket="a", weight=4), name="tooMuch"))

    assert isinstance(call.error, WouldExceedLimit)
    assert "tooMuch weighs 4, which never fits into 3" == str(call.error)
    assert [] == world.requests


@pytest.mark.parametrize(("each", "second"), [(False, 1002.0), (True, 1000.0)])
def test_bucket_of_its_own_for_each_operation(each: bool, second: float) -> None:
    """With `each` every operation has such a bucket of its own, otherwise all share it."""
    world = World()
    client = world.client(limited(msgspec.structs.replace(LIMIT, requests=1, each=each)))
    calls = [world.call(client, operation(Charge(bucket="a"), name=name)) for name in ("one", "two")]
    world.run()

    assert [1000.0, second] == sends(calls)


@pytest.mark.parametrize(("scope", "second"), [("ip", 1002.0), ("user", 1000.0)])
def test_two_keys_share_the_limits_of_the_address_alone(scope: Any, second: float) -> None:
    """Clients with different keys share what is counted by address, not what is counted by account."""
    world = World()
    venue = limited(msgspec.structs.replace(LIMIT, requests=1, scope=scope))
    other = MexcAuth("KEYCANARY9999999999", "SECRETCANARY9999999999")
    calls = [world.call(world.client(venue, auth=auth), DO) for auth in (AUTH, other)]
    world.run()

    assert [1000.0, second] == sends(calls)


def test_two_clients_of_one_key_share_their_limits() -> None:
    """Another client with the same key draws from the same buckets."""
    world = World()
    venue = limited(msgspec.structs.replace(LIMIT, requests=1, scope="user"))
    calls = [world.call(world.client(venue), DO) for _ in range(2)]
    world.run()

    assert [1000.0, 1002.0] == sends(calls)


def test_uncharged_operation_is_not_limited() -> None:
    """An operation without a documented limit is sent at once."""
    world = World()
    client = world.client(VENUE)
    calls = [world.call(client, operation()) for _ in range(50)]
    world.run()

    assert [1000.0] * 50 == sends(calls)


# Modes


def test_mode_raise_sends_nothing_beyond_the_limit() -> None:
    """With limits="raise" a call that does not fit fails at once and says when it would."""
    world = World()
    client = world.client(VENUE, limits="raise")
    calls = [world.call(client, DO, after=i / 2) for i in range(6)]
    world.run()

    assert [None, None, None, 0.5, None, None] == [getattr(call.error, "retry_after", None) for call in calls]
    assert 5 == len(world.requests)
    assert "doIt would break a limit of the venue; nothing was sent" == str(calls[3].error)


def test_error_of_mode_raise_can_be_pickled() -> None:
    """WouldExceedLimit survives a process boundary."""
    error = pickle.loads(pickle.dumps(WouldExceedLimit("text", retry_after=0.5)))

    assert ("text", 0.5, WouldExceedLimit) == (str(error), error.retry_after, type(error))


def test_mode_off_does_not_count() -> None:
    """With limits="off" everything is sent at once."""
    world = World()
    client = world.client(VENUE, limits="off")
    calls = [world.call(client, DO) for _ in range(10)]
    world.run()

    assert [1000.0] * 10 == sends(calls)


def test_other_mode_is_refused() -> None:
    """A mode that does not exist is an error that names those that do."""
    with pytest.raises(ConfigError, match='limits is "wait", "raise" or "off", got \'drop\''):
        World().client(limits="drop")  # type: ignore[arg-type]


# Leaving


def fits(world: World, venue: Any = VENUE) -> list[float]:
    """How long each of `limit` new calls waits, well after everything else."""
    world.now += 100
    begin = world.now
    calls = [world.call(world.client(venue), DO) for _ in range(LIMIT.requests)]
    world.run()
    return [moment - begin for moment in sends(calls)]


@pytest.mark.parametrize("waits_for", [Await, Slot, Send, Sleep])
@pytest.mark.parametrize("error", [asyncio.CancelledError, KeyboardInterrupt, GeneratorExit])
def test_stopped_call_leaves_no_place_taken(waits_for: Any, error: type[BaseException]) -> None:
    """Wherever a call is stopped, afterwards as many calls as the limit allows go through at once (H4, H5)."""
    world = World(answers=lambda _: answer(503), under_way=1.0)
    client = world.client(VENUE)
    calls = [world.call(client, DO) for _ in range(5)]
    stopped = 0
    while not all(call.done for call in calls):
        for call in calls:
            if not call.done and isinstance(call.waits_for, waits_for):
                world.stop(call, error())
                stopped += 1
                assert isinstance(call.error, error)
        world.step()
    world.answers = lambda _: answer()

    assert stopped
    assert [0.0, 0.0, 0.0] == fits(world)


def test_call_that_leaves_the_queue_wakes_the_next() -> None:
    """When the first in the queue gives up, the next is looked at, at once."""
    world = World()
    client = world.client(VENUE)
    world.call(client, operation(Charge(bucket="a", weight=2), name="before"))
    first = world.call(client, operation(Charge(bucket="a", weight=3), name="heavy"))
    second = world.call(client, DO)
    world.at(1000.5, lambda: world.stop(first, asyncio.CancelledError()))
    world.run()

    assert 1000.5 == second.sent[0][0]


def test_call_that_was_certainly_not_sent_does_not_count() -> None:
    """What never reached the venue takes nothing from the limit."""
    world = World(answers=lambda _: TransportError("refused", operation="doIt", sent=False))
    client = world.client(VENUE, retries=ONCE)
    calls = [world.call(client, DO) for _ in range(9)]
    world.run()

    assert [1000.0] * 9 == sends(calls)


def test_call_that_may_have_been_sent_counts() -> None:
    """What may have reached the venue counts from when it failed."""
    world = World(answers=lambda _: TransportError("reset", operation="doIt", sent=True))
    client = world.client(VENUE, retries=ONCE)
    calls = [world.call(client, DO) for _ in range(4)]
    world.run()

    assert [1000.0, 1000.0, 1000.0, 1002.0] == sends(calls)


def test_call_that_cannot_be_signed_leaves_no_place_taken() -> None:
    """A hook that fails leaves no trace in the buckets."""

    class Broken:
        def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
            raise LookupError("no key")

        def sensitive(self) -> tuple[str, ...]:
            return ()

    world = World()
    signed = operation(Charge(bucket="a"), security="signed")
    broken = [world.call(world.client(VENUE, auth=Broken()), signed) for _ in range(9)]
    world.run()

    assert [(LookupError, 1000.0)] * 9 == [(type(call.error), call.ended) for call in broken]
    assert [0.0, 0.0, 0.0] == fits(world)


def test_turn_that_comes_before_anybody_waits_is_not_lost() -> None:
    """A ticket that is woken between looking and waiting is woken all the same."""
    ticket = Limiter().ticket(VENUE, DO, (), address="x", user="")
    woken: list[int] = []
    ticket.wake()
    ticket.on_wake(lambda: woken.append(1))

    assert [1] == woken


# What the venue closes


def refusing(status: int, headers: dict[str, str] | None = None, *, times: int = 1) -> Any:
    """Answers that refuse the first calls."""
    refusals = [answer(status, b'{"code":429,"msg":"too many"}', headers)] * times
    return lambda _: refusals.pop() if refusals else answer()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0"}, 0.0),
        ({}, 5.0),
        ({"retry-after": "-3"}, 5.0),
        ({"retry-after": "soon"}, 5.0),
    ],
)
def test_too_many_closes_the_buckets(headers: dict[str, str], seconds: float) -> None:
    """After 429 nothing goes out for as long as Retry-After says, or 5 s where it says nothing sensible (B7)."""
    world = World(answers=refusing(429, headers))
    client = world.client(VENUE, retries=ONCE)
    calls = [world.call(client, DO, after=after) for after in (0, 0.1)]
    world.run()

    assert isinstance(calls[0].error, RateLimited)
    assert [1000.0, max(1000.1, 1000.0 + seconds)] == sends(calls)


def test_too_many_lets_no_waiting_call_slip_through() -> None:
    """The buckets are closed before the refused call makes room for the next."""
    world = World(answers=refusing(429), under_way=3.0)
    client = world.client(limited(msgspec.structs.replace(LIMIT, requests=1, seconds=0.0001)), retries=ONCE)
    calls = [world.call(client, DO) for _ in range(2)]
    world.run()

    assert [1000.0, 1008.0] == sends(calls)


def test_too_many_closes_an_operation_without_buckets() -> None:
    """Where no limit is documented, the refused operation waits and the others go on."""
    world = World(answers=refusing(429))
    client = world.client(VENUE, retries=ONCE)
    world.one(client, operation(name="one"))
    calls = [world.call(client, operation(name=name)) for name in ("one", "two")]
    world.run()

    assert [1005.0, 1000.0] == sends(calls)


@pytest.mark.parametrize(("headers", "seconds"), [({"retry-after": "86400"}, 86_400), ({}, 120)])
def test_ban_stops_every_call_to_the_address(headers: dict[str, str], seconds: int) -> None:
    """After 418 calls fail at once instead of hanging or making it longer: all operations and keys; then they go on (B8)."""
    world = World(answers=refusing(418, headers))
    venue = limited(msgspec.structs.replace(LIMIT, each=True))
    client = world.client(venue)
    first = world.one(client, DO)
    other = world.client(venue, auth=MexcAuth("KEYCANARY9999999999", "SECRETCANARY9999999999"))
    refused = [
        world.one(c, op) for c in (client, other) for op in (DO, operation(name="b"), operation(Charge(bucket="a")))
    ]
    sent = len(world.requests)
    world.now += seconds
    again = world.one(client, DO)

    assert (RateLimited, 1) == (type(first.error), sent)
    assert [(WouldExceedLimit, seconds)] * 6 == [(type(c.error), getattr(c.error, "retry_after", 0)) for c in refused]
    assert f"the venue lets no doIt through for another {seconds} s; nothing was sent" == str(refused[0].error)
    assert None is again.error


def test_calls_already_waiting_are_refused_by_a_ban() -> None:
    """Those that waited in the queue when the ban came do not hang either."""
    world = World(answers=refusing(418, {"retry-after": "86400"}, times=3), under_way=1.0)
    client = world.client(VENUE)
    calls = [world.call(client, DO) for _ in range(20)]
    world.run(until=1010)

    assert [RateLimited] * 3 + [WouldExceedLimit] * 17 == [type(call.error) for call in calls]


# Real threads and loops


def stamped(server: Server, count: int) -> list[float]:
    """Let the server answer so many requests, and note when each came."""
    moments: list[float] = []

    def note(_: Received) -> bytes:
        moments.append(time.monotonic())
        return ok()

    server.answer(*(Answer(data=note) for _ in range(count)))
    return moments


def test_threads_and_event_loops_share_the_limits(server: Server) -> None:
    """Threads and two event loops together never exceed the limit of the address they share (H8, H9)."""
    venue = limited(Limit(bucket="a", requests=20, seconds=0.4, scope="ip"))
    moments = stamped(server, 60)

    def in_threads() -> None:
        with SyncClient(venue, None, base_url=server.url, http=None, timeout=10) as client:
            threads = [threading.Thread(target=client.call, args=(DO, ())) for _ in range(20)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    async def in_a_loop() -> None:
        async with AsyncClient(venue, None, base_url=server.url, http=None, timeout=10) as client:
            await asyncio.gather(*(client.call(DO, ()) for _ in range(20)))

    begun = time.monotonic()
    kinds = [in_threads, lambda: asyncio.run(in_a_loop()), lambda: asyncio.run(in_a_loop())]
    workers = [threading.Thread(target=kind) for kind in kinds]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert 60 == len(moments)
    assert most_in_a_window([(moment, 1) for moment in moments], 0.4) <= 20
    assert time.monotonic() - begun < 5


def test_cancelled_tasks_leave_no_place_taken(server: Server) -> None:
    """Tasks cancelled in the queue, and one in flight, leave a limiter through which the next calls go in order (H4)."""
    venue = limited(Limit(bucket="a", requests=2, seconds=0.3, scope="ip"))

    async def main() -> float:
        async with AsyncClient(venue, None, base_url=server.url, http=None, timeout=10) as client:
            server.answer(Answer(then="hold"), Answer(then="hold"))
            tasks = [asyncio.create_task(client.call(DO, ())) for _ in range(30)]
            await asyncio.to_thread(server.wait_for_requests, 2)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(0.31)
            server.answer(ok(), ok())
            begun = time.monotonic()
            await asyncio.gather(client.call(DO, ()), client.call(DO, ()))
            return time.monotonic() - begun

    assert asyncio.run(main()) < 0.2
    assert 4 == len(server.requests)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_closed_loop_does_not_disturb_the_others(server: Server) -> None:
    """A loop that was closed while a call of it waited neither makes other callers fail nor holds them up for ever."""
    venue = limited(Limit(bucket="a", requests=1, seconds=0.1, scope="ip"))
    go_on = threading.Event()

    def late(_: Received) -> bytes:
        go_on.wait(10)
        return ok()

    server.answer(Answer(data=late), ok())
    with SyncClient(venue, None, base_url=server.url, http=None, timeout=10) as client:
        first = threading.Thread(target=client.call, args=(DO, ()))
        first.start()
        server.wait_for_requests(1)
        loop = asyncio.new_event_loop()
        other = AsyncClient(venue, None, base_url=server.url, http=None, timeout=10)
        waiting = loop.create_task(other.call(DO, ()))
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()
        go_on.set()
        first.join()
        waiting._log_destroy_pending = False  # type: ignore[attr-defined]
        del waiting
        gc.collect()
        client.call(DO, ())

    assert 2 == len(server.requests)


def test_documented_limits_are_those_of_the_venue() -> None:
    """A client that is given nothing keeps the limits of the venue's document: twelve orders a second at MEXC."""
    from spotwire.mexc.api.trade import PLACE_ORDER

    world = World(answers=lambda _: Response(200, {}, b'{"symbol":"BTCUSDT","orderId":"7"}'))
    client = world.client(MEXC)
    values = ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", None, None)
    orders: list[Running] = [world.call(client, _any(PLACE_ORDER), values) for _ in range(30)]
    world.run()

    assert [1000.0] * 12 + [1001.0] * 12 + [1002.0] * 6 == sends(orders)
    assert all(b - a >= 0 for a, b in pairwise(sends(orders)))


def _any(of: Operation[Any]) -> Operation[Any]:
    return of
