"""Limits shared through Redis: what several processes send together, and what happens without the Redis."""

import asyncio
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest

import spotwire_core.fleet
from spotwire import RedisLimits
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.errors import ClientClosed, ConfigError, RateLimited, SpotwireError, TransportError, WouldExceedLimit
from spotwire_core.fleet import AsyncFleet, Draw, Late, Shut, SyncFleet
from spotwire_core.limits import Limiter
from spotwire_core.operation import Charge, Limit
from spotwire_core.pipeline import Send, Sleep, Slot
from spotwire_core.raw_server import Answer, Received, Server, ok
from spotwire_core.retries import Retries
from spotwire_core.transport import CONNECTIONS
from spotwire_core.virtual import AUTH, answer, limited, operation

ROOT = Path(__file__).resolve().parents[2]
BINARY = shutil.which("redis-server")
if BINARY is None and os.environ.get("SPOTWIRE_REDIS") != "required":
    pytest.skip("redis-server is not installed", allow_module_level=True)
redis = pytest.importorskip("redis") if os.environ.get("SPOTWIRE_REDIS") != "required" else __import__("redis")

LIMIT = Limit(bucket="a", requests=3, seconds=0.5, scope="ip")
VENUE = limited(LIMIT)
DO = operation(Charge(bucket="a"))
LONG = limited(Limit(bucket="a", requests=3, seconds=60, scope="ip"))
"""Three in a window that no test outlives."""
ONCE = Retries(attempts=1)


class RedisServer:
    """A redis-server on loopback that keeps nothing on disk. It can be killed and started again at the same port."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.admin = redis.Redis(port=self.port, retry=None)
        self.start()

    def start(self) -> None:
        """Return when it answers."""
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self._process = subprocess.Popen([str(BINARY), "--port", str(self.port), *options], stdout=subprocess.DEVNULL)
        for _ in range(200):
            with suppress(redis.ConnectionError):
                self.admin.ping()
                return
            time.sleep(0.05)
        raise AssertionError("redis-server does not start")

    def kill(self) -> None:
        """Return when it has gone, without a word to its clients."""
        self._process.kill()
        self._process.wait()

    def settle(self) -> "RedisServer":
        """Return when it has been up for so long that a window of half a second is trusted."""
        while self.admin.info("server")["uptime_in_seconds"] < 2:
            time.sleep(0.1)
        return self


@pytest.fixture(scope="module")
def settled() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server.settle()
    server.kill()
    server.admin.close()


@pytest.fixture
def store(settled: RedisServer) -> RedisServer:
    """An empty Redis that has been up for some time."""
    settled.admin.flushall()
    return settled


@pytest.fixture
def own_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """A Redis to kill, trusted from its start until a test undoes that."""
    monkeypatch.setattr(spotwire_core.fleet, "AFTER_RESTART", -10.0)
    server = RedisServer()
    yield server
    server.kill()
    server.admin.close()


def one_call(kind: str, url: str, limits: RedisLimits, **kwargs: Any) -> Exception | None:
    """Make one call as a process of its own would: with a limiter of its own. Returns its error."""
    of, venue = kwargs.pop("of", DO), kwargs.pop("venue", VENUE)
    settings: dict[str, Any] = {"http": None, "timeout": 5, "retries": ONCE, "limits": limits} | kwargs

    async def asynchronously() -> None:
        async with AsyncClient(venue, AUTH, base_url=url, **settings) as client:
            client._limiter = Limiter()
            await client.call(of, ())

    try:
        if kind == "async":
            asyncio.run(asynchronously())
        else:
            with SyncClient(venue, AUTH, base_url=url, **settings) as client:
                client._limiter = Limiter()
                client.call(of, ())
    except SpotwireError as error:
        return error
    return None


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# Several processes

WORKER = """
import asyncio, json, sys, threading, time

kind, redis_url, url, calls, ahead = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])
real = time.time
time.time = lambda: real() + ahead

from auth_hooks.mexc import MexcAuth
from spotwire import RedisLimits
from spotwire.mexc.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.operation import Charge, Limit, Operation
import msgspec

limits = (
    Limit(bucket="a", requests=20, seconds=2, scope="ip"),
    Limit(bucket="b", requests=20, seconds=1.5, scope="user"),
)
venue = msgspec.structs.replace(VENUE, limits=limits)
light = Operation(name="light", method="GET", path="/light", result=None, charges=(Charge(bucket="a"),), security="signed")
heavy = Operation(
    name="heavy", method="GET", path="/heavy", result=None, security="signed",
    charges=(Charge(bucket="b", weight=4), Charge(bucket="a", weight=2)),
)
auth = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
settings = dict(base_url=url, http=None, timeout=30, limits=RedisLimits(redis_url))
plan = [heavy if i % 4 == 0 else light for i in range(calls)]

def in_threads():
    with SyncClient(venue, auth, **settings) as client:
        threads = [threading.Thread(target=client.call, args=(of, ())) for of in plan]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]

async def in_a_loop():
    async with AsyncClient(venue, auth, **settings) as client:
        await asyncio.gather(*(client.call(of, ()) for of in plan))

in_threads() if kind == "sync" else asyncio.run(in_a_loop())
"""


def workers(store: RedisServer, url: str, calls: int) -> list["subprocess.Popen[str]"]:
    """Start four processes: two kinds of client, clocks that are an hour ahead, an hour behind, and right."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "generated")))
    return [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, kind, store.url, url, str(calls), str(ahead)],
            env=os.environ | {"PYTHONPATH": paths},
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind, ahead in (("sync", 0), ("async", 3600), ("sync", -3600), ("async", 0.2))
    ]


def most_in_a_window(moments: list[tuple[float, int]], seconds: float) -> int:
    """The largest weight in any half-open window: it is enough to look at those that begin with a call."""
    return max(sum(w for m, w in moments if begin <= m < begin + seconds) for begin, _ in moments)


def test_processes_together_keep_every_limit(store: RedisServer, server: Server) -> None:
    """Four processes with different wall clocks never send more than any limit in any window, as the venue sees it (L10).

    The fleet's Redis holds neither key nor secret afterwards.
    """
    calls = 8
    arrivals: list[tuple[float, bytes]] = []

    def note(request: Received) -> bytes:
        arrivals.append((time.monotonic(), request.target.split(b"?")[0]))
        return ok()

    server.answer(*(Answer(data=note) for _ in range(4 * calls)))
    begun = time.monotonic()
    errors = [worker.communicate(timeout=60)[1] for worker in workers(store, server.url, calls)]
    of_a = [(moment, 2 if path == b"/heavy" else 1) for moment, path in arrivals]
    of_b = [(moment, 4) for moment, path in arrivals if path == b"/heavy"]
    held = dump(store)

    assert [""] * 4 == errors
    assert 4 * calls == len(arrivals)
    assert most_in_a_window(of_a, 2) <= 20
    assert most_in_a_window(of_b, 1.5) <= 20
    assert time.monotonic() - begun < 30
    assert "light" not in held  # what is not counted by operation is not told apart by it
    assert "spotwire:mexc:" in held
    assert "CANARY" not in held


def dump(store: RedisServer) -> str:
    """All keys and values."""
    keys = sorted(store.admin.keys())
    values = [store.admin.lrange(k, 0, -1) if store.admin.type(k) == b"list" else store.admin.get(k) for k in keys]
    return repr(list(zip(keys, values, strict=True)))


# One call


def test_another_process_waits_for_its_turn(kind: str, store: RedisServer, server: Server) -> None:
    """A call that does not fit waits until the window, and the margin, is over."""
    server.answer(*[ok()] * 4)
    begun = time.monotonic()
    errors = [one_call(kind, server.url, RedisLimits(store.url)) for _ in range(4)]

    assert [None] * 4 == errors
    assert time.monotonic() - begun >= LIMIT.seconds + spotwire_core.fleet.MARGIN


def test_mode_raise_sends_nothing_beyond_the_limit(kind: str, store: RedisServer, server: Server) -> None:
    """With mode="raise" a call that does not fit fails at once and says when it would."""
    server.answer(*[ok()] * 3)
    limits = RedisLimits(store.url, mode="raise")
    errors = [one_call(kind, server.url, limits) for _ in range(4)]

    assert [None] * 3 == errors[:3]
    assert isinstance(errors[3], WouldExceedLimit)
    assert "doIt would break a limit of the venue; nothing was sent" == str(errors[3])
    assert 0 < (errors[3].retry_after or 0) <= 1


@pytest.mark.parametrize(("kind", "then"), [("sync", "keep"), ("async", "close")])
def test_call_counts_from_when_it_was_over(kind: str, then: Any, store: RedisServer, server: Server) -> None:
    """A venue that counts a call late, or never answers, sees the next one a window after that, not after the units."""
    venue = limited(Limit(bucket="a", requests=3, seconds=0.6, scope="ip"))
    moments: list[float] = []

    def slowly(_: Received) -> bytes:
        time.sleep(0.5)
        moments.append(time.monotonic())
        return ok() if then == "keep" else b""

    def at_once(_: Received) -> bytes:
        moments.append(time.monotonic())
        return ok()

    server.answer(Answer(data=slowly, then=then), Answer(data=at_once))
    heavy = operation(Charge(bucket="a", weight=3))
    first = one_call(kind, server.url, RedisLimits(store.url), venue=venue, of=heavy)
    (units,) = (store.admin.llen(key) for key in store.admin.keys())  # noqa: SIM118  # no dict
    second = one_call(kind, server.url, RedisLimits(store.url), venue=venue, of=heavy)

    assert (then == "keep", None) == (first is None, second)
    assert moments[1] - moments[0] >= 0.6
    assert 3 == units


def test_other_prefix_counts_for_itself(store: RedisServer, server: Server) -> None:
    """Fleets with different prefixes do not know of each other."""
    server.answer(*[ok()] * 6)
    errors = [
        one_call("sync", server.url, RedisLimits(store.url, mode="raise", prefix=prefix))
        for prefix in ("one", "two")
        for _ in range(3)
    ]

    assert [None] * 6 == errors


def test_full_bucket_costs_nothing_of_the_others(kind: str, store: RedisServer, server: Server) -> None:
    """A call refused by one of its buckets leaves the other as it was, whatever their order."""
    venue = limited(*(Limit(bucket=b, requests=2, seconds=0.5, scope="ip") for b in "abc"))
    limits = RedisLimits(store.url, mode="raise")
    server.answer(*[ok()] * 4)

    def call(buckets: str, weight: int = 1) -> Exception | None:
        of = operation(*(Charge(bucket=b, weight=weight) for b in buckets))
        return one_call(kind, server.url, limits, venue=venue, of=of)

    errors = [call("b", 2), call("ab"), call("cb"), call("ba"), call("a"), call("a"), call("c", 2)]

    refused = [type(error) for error in errors]
    assert [type(None), *[WouldExceedLimit] * 3, *[type(None)] * 3] == refused


@pytest.mark.parametrize(("scope", "more"), [("ip", WouldExceedLimit), ("user", type(None))])
def test_other_key_shares_the_limits_of_the_address_alone(
    scope: Any, more: type, store: RedisServer, server: Server
) -> None:
    """What is counted by account is counted for each key apart."""
    venue = limited(Limit(bucket="a", requests=1, seconds=0.5, scope=scope))
    limits = RedisLimits(store.url, mode="raise")
    server.answer(*[ok()] * (1 if scope == "ip" else 2))
    first = one_call("sync", server.url, limits, venue=venue)
    with SyncClient(venue, None, base_url=server.url, http=None, timeout=5, limits=limits) as nobody:
        nobody._limiter = Limiter()
        try:
            nobody.call(DO, ())
            second: Exception | None = None
        except WouldExceedLimit as error:
            second = error

    assert None is first
    assert more is type(second)


def test_every_attempt_draws(store: RedisServer, server: Server) -> None:
    """A repetition takes units like a first attempt."""
    server.answer(ok(status="503 Slow"), ok(status="503 Slow"), ok())
    limits = RedisLimits(store.url, mode="raise")
    errors = [one_call("sync", server.url, limits, retries=Retries(attempts=3)) for _ in range(2)]

    assert None is errors[0]
    assert isinstance(errors[1], WouldExceedLimit)


@pytest.mark.parametrize(
    ("status", "of", "refused"),
    [
        ("429 Slow", DO, True),
        ("429 Slow", operation(name="other"), False),
        ("418 Gone", operation(name="other"), True),
    ],
)
def test_what_the_venue_closes_is_closed_for_all(
    kind: str, status: str, of: Any, refused: bool, store: RedisServer, server: Server
) -> None:
    """Too many requests closes operation and buckets, a ban the address, in every process, for as long as the venue says (B7, B8)."""
    limits = RedisLimits(store.url)
    server.answer(ok(status=status, headers=b"Retry-After: 90\r\n"))
    first = one_call(kind, server.url, limits)
    if not refused:
        server.answer(ok())
    second = one_call(kind, server.url, limits, of=of)

    assert isinstance(first, RateLimited)
    assert refused is isinstance(second, WouldExceedLimit)
    assert not refused or 85 < (getattr(second, "retry_after", 0) or 0) <= 90


def test_shorter_closing_does_not_end_a_longer_one(store: RedisServer, server: Server) -> None:
    """Of two answers "too many" the later end counts."""
    limits = RedisLimits(store.url, mode="raise")
    client = SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits=limits)
    ticket = Limiter().ticket(VENUE, DO, (), address=server.url, user="")
    assert client._shared is not None
    client._shared.do(Shut(ticket, 50, everything=False))
    client._shared.do(Shut(ticket, 1, everything=False))
    with client, pytest.raises(WouldExceedLimit) as refused:
        client.call(DO, ())

    assert (refused.value.retry_after or 0) > 40


def steps_until(kind: type, store: RedisServer) -> tuple[Any, Limiter]:
    """Run a call by hand until it does such a step. The client opens no connection."""
    client = SyncClient(VENUE, None, base_url="http://127.0.0.1:1", http=None, timeout=5, limits=RedisLimits(store.url))
    limiter = client._limiter = Limiter()
    steps = client._steps(DO, (), None)
    outcomes: dict[type, Any] = {Slot: True, Draw: 0.5 if kind is Sleep else 0.0}
    step = next(steps)
    while type(step) is not kind:
        step = steps.send(outcomes[type(step)])
    return steps, limiter


@pytest.mark.parametrize("waits_for", [Slot, Draw, Sleep])
@pytest.mark.parametrize("error", [asyncio.CancelledError, KeyboardInterrupt, GeneratorExit])
def test_call_stopped_while_it_draws_leaves_no_place_taken(
    waits_for: type, error: type[BaseException], store: RedisServer
) -> None:
    """Wherever a call is stopped before it is sent, its place in the process is free again (H4)."""
    steps, limiter = steps_until(waits_for, store)
    with pytest.raises(error):
        steps.throw(error())

    assert [0] == [bucket.under_way for bucket in limiter._buckets.values()]


def test_units_are_drawn_with_the_connection_in_hand(kind: str, store: RedisServer, server: Server) -> None:
    """The slot is taken before the units and kept until the call is sent, so that they do not grow old in a queue."""
    taken: list[int] = []

    def watched(client: Any) -> Any:
        do = client._shared.do

        def drawing(*arguments: Any) -> Any:
            taken.append(CONNECTIONS - client._slots._value)
            return do(*arguments)

        def answering(_: Received) -> bytes:
            taken.append(CONNECTIONS - client._slots._value)
            return ok()

        client._shared.do = drawing
        server.answer(Answer(data=answering))
        return client

    settings: dict[str, Any] = {"base_url": server.url, "http": None, "timeout": 5, "limits": RedisLimits(store.url)}

    async def asynchronously() -> None:
        async with AsyncClient(VENUE, None, **settings) as client:
            await watched(client).call(DO, ())

    if kind == "async":
        asyncio.run(asynchronously())
    else:
        with SyncClient(VENUE, None, **settings) as client:
            watched(client).call(DO, ())

    assert [1, 1, 1] == taken  # to draw, to answer, and when it is over


@pytest.mark.parametrize("outcome", [answer(), TransportError("reset", operation="doIt", sent=True)])
def test_order_cancelled_while_the_fleet_is_told_says_that_it_may_stand(outcome: Any, store: RedisServer) -> None:
    """Being stopped after the answer came, but before the caller has it, is an unknown outcome like any other."""
    limits = RedisLimits(store.url)
    client = SyncClient(VENUE, None, base_url="http://127.0.0.1:1", http=None, timeout=5, limits=limits)
    client._limiter = Limiter()
    steps = client._steps(operation(Charge(bucket="a"), safety="unsafe"), (), None)
    step = next(steps)
    while type(step) is not Send:
        if isinstance(step, Draw):
            step.ticket.drawn = (0.0, 0)
        step = steps.send(0.0 if isinstance(step, Draw) else True)
    step = steps.throw(outcome) if isinstance(outcome, Exception) else steps.send(outcome)
    with pytest.raises(asyncio.CancelledError) as stopped:
        steps.throw(asyncio.CancelledError())

    assert Late is type(step)
    assert "doIt" in stopped.value.__notes__[0]


def test_cancelled_tasks_leave_slots_and_places(store: RedisServer, server: Server) -> None:
    """Tasks that are cancelled while they draw or wait leave a client through which the next calls go."""

    async def main() -> None:
        async with AsyncClient(
            VENUE, None, base_url=server.url, http=None, timeout=5, limits=RedisLimits(store.url)
        ) as client:
            client._limiter = Limiter()
            for pause in (0.0, 0.001, 0.002, 0.004, 0.008):
                tasks = [asyncio.create_task(client.call(DO, ())) for _ in range(150)]
                await asyncio.sleep(pause)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            sent = len(server.requests)
            server.answers.clear()
            server.answer(*[ok()] * 3)
            await asyncio.gather(*(client.call(DO, ()) for _ in range(3)))
            assert len(server.requests) >= sent + 3

    server.answer(*[ok()] * 100)
    asyncio.run(main())


# Without the Redis


@attrs.frozen
class Away:
    """A Redis that is not one, and how long a call may take to notice."""

    url: str
    stop: Callable[[], None] = lambda: None


def refusing() -> Away:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return Away(f"redis://user:PASSCANARY@127.0.0.1:{free.getsockname()[1]}/0")


def answering(reply: bytes) -> Away:
    """A server that accepts every connection and gives the same answer to everything, or none at all."""
    listening = socket.create_server(("127.0.0.1", 0))
    connections: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        with suppress(OSError):
            while received := connection.recv(65536):
                connection.sendall(reply * received.count(b"*"))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connections.append(listening.accept()[0])
                threading.Thread(target=serve, args=(connections[-1],), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()

    def stop() -> None:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        accepting.join()
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    return Away(f"redis://:PASSCANARY@127.0.0.1:{listening.getsockname()[1]}/0", stop)


@pytest.fixture(params=["refused", "silent", "loading", "nonsense"])
def away(request: pytest.FixtureRequest) -> Iterator[Away]:
    kinds: dict[str, Callable[[], Away]] = {
        "refused": refusing,
        "silent": lambda: answering(b""),
        "loading": lambda: answering(b"-LOADING Redis is loading the dataset in memory\r\n"),
        "nonsense": lambda: answering(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    }
    made = kinds[request.param]()
    yield made
    made.stop()


def test_redis_away_sends_nothing(kind: str, away: Away, server: Server) -> None:
    """Without the Redis a call fails before anything is sent, within its time, and shows no password."""
    begun = time.monotonic()
    error = one_call(kind, server.url, RedisLimits(away.url), timeout=2)

    assert isinstance(error, WouldExceedLimit)
    assert str(error).startswith("doIt was not sent: the Redis that shares the limits is away (")
    assert None is error.retry_after
    assert "CANARY" not in str(error)
    assert None is error.__cause__
    assert [] == server.requests
    assert time.monotonic() - begun < 4


def test_redis_away_leaves_the_limits_of_the_process(
    kind: str, away: Away, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """With when_away="local" the process goes on with its own limits and says so once."""
    limits = RedisLimits(away.url, mode="raise", when_away="local")
    server.answer(*[ok()] * 3)
    errors: list[Exception | None] = []

    def note(call: Callable[[], Any]) -> None:
        try:
            call()
        except SpotwireError as error:
            errors.append(error)

    settings: dict[str, Any] = {"base_url": server.url, "http": None, "timeout": 2, "limits": limits}

    async def asynchronously() -> None:
        async with AsyncClient(LONG, None, **settings) as client:
            client._limiter = Limiter()
            for _ in range(4):
                try:
                    await client.call(DO, ())
                except SpotwireError as error:
                    errors.append(error)

    with caplog.at_level(logging.WARNING, logger="spotwire"):
        if kind == "async":
            asyncio.run(asynchronously())
        else:
            with SyncClient(LONG, None, **settings) as client:
                client._limiter = Limiter()
                for _ in range(4):
                    note(lambda: client.call(DO, ()))

    assert ["doIt would break a limit of the venue; nothing was sent"] == [str(error) for error in errors]
    assert 1 == len(caplog.messages)
    assert "this process keeps them alone" in caplog.messages[0]
    assert "CANARY" not in caplog.text


def test_redis_that_refuses_to_write_is_away(kind: str, store: RedisServer, server: Server) -> None:
    """A replica, which does not write, shares no limits."""
    store.admin.replicaof("127.0.0.1", 1)
    error = one_call(kind, server.url, RedisLimits(store.url))
    store.admin.replicaof("no", "one")

    assert isinstance(error, WouldExceedLimit)
    assert "is away (ReadOnlyError)" in str(error)


def test_slow_redis_is_away(kind: str, store: RedisServer, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Units that took too long to get are not sent with."""
    monkeypatch.setattr(spotwire_core.fleet, "MARGIN", 0.0)
    error = one_call(kind, server.url, RedisLimits(store.url))

    assert isinstance(error, WouldExceedLimit)
    assert "is away (TimeoutError)" in str(error)


@pytest.mark.parametrize("kind", ["async"])  # of the other kind: test_client_outlives_a_restart
def test_restarted_redis_is_not_trusted_for_a_window(
    kind: str, own_store: RedisServer, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle the calls fail; a Redis that came back empty lets nothing through before a window has passed."""
    limits = RedisLimits(own_store.url)
    server.answer(*[ok()] * 3)
    before = [one_call(kind, server.url, limits) for _ in range(3)]
    own_store.kill()
    during = one_call(kind, server.url, limits)
    monkeypatch.undo()
    own_store.start()
    started = time.monotonic()
    server.answer(ok())
    after = one_call(kind, server.url, limits)

    assert [None] * 3 == before
    assert isinstance(during, WouldExceedLimit)
    assert None is after
    assert time.monotonic() - started >= LIMIT.seconds


def test_redis_killed_in_the_middle_breaks_no_limit(
    own_store: RedisServer, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the Redis is killed and comes back empty, calls of two processes fail, and no window has more than the limit."""
    arrivals: list[tuple[float, int]] = []
    errors: list[SpotwireError] = []
    stop, noticed = threading.Event(), threading.Event()

    def note(_: Received) -> bytes:
        arrivals.append((time.monotonic(), 1))
        return ok()

    def go_on() -> None:
        with SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits=limits) as client:
            client._limiter = Limiter()
            while not stop.is_set():
                try:
                    client.call(DO, ())
                except SpotwireError as error:
                    errors.append(error)
                    noticed.set()
                    time.sleep(0.001)

    limits = RedisLimits(own_store.url)
    server.answer(*[Answer(data=note)] * 50)
    threads = [threading.Thread(target=go_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    server.wait_for_requests(4)
    monkeypatch.undo()
    own_store.kill()
    assert noticed.wait(10)
    before = len(arrivals)
    own_store.start()
    server.wait_for_requests(before + 2)
    stop.set()
    for thread in threads:
        thread.join()
    server.answers.clear()

    assert errors
    assert {WouldExceedLimit} == {type(error) for error in errors}
    assert most_in_a_window(arrivals, LIMIT.seconds) <= LIMIT.requests


def test_client_outlives_a_restart(own_store: RedisServer, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same clients, with their open connections, notice that the Redis restarted and wait."""
    settings: dict[str, Any] = {"http": None, "timeout": 5, "limits": RedisLimits(own_store.url, mode="raise")}
    server.answer(ok())
    with SyncClient(VENUE, None, base_url=server.url, **settings) as client:
        client.call(DO, ())
        monkeypatch.undo()
        own_store.kill()
        own_store.start()
        with pytest.raises(WouldExceedLimit, match="would break a limit") as refused:
            client.call(DO, ())
        own_store.settle()
        server.answer(ok())
        client.call(DO, ())

    assert 0 < (refused.value.retry_after or 0) <= 2


def test_process_that_went_on_alone_shares_again(
    own_store: RedisServer, server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the Redis is back, a process that went on without it draws from it again and says so."""
    monkeypatch.setattr(spotwire_core.fleet, "LOCAL_PAUSE", 0.0)
    limits = RedisLimits(own_store.url, when_away="local")
    server.answer(ok(), ok())
    with (
        caplog.at_level(logging.WARNING, logger="spotwire"),
        SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits=limits) as client,
    ):
        own_store.kill()
        client.call(DO, ())
        own_store.start()
        client.call(DO, ())

    assert ["this process keeps them alone", "are kept again"] == [
        next(end for end in ("this process keeps them alone", "are kept again") if text.endswith(end))
        for text in caplog.messages
    ]
    assert 1 == sum(own_store.admin.llen(key) for key in own_store.admin.keys())  # noqa: SIM118  # no dict


def test_closing_tells_the_others_only_where_it_can(
    kind: str, own_store: RedisServer, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """A venue's "too many" reaches the caller also where the Redis has gone in the meantime."""

    def refuse(_: Received) -> bytes:
        own_store.kill()
        return ok(status="429 Slow")

    server.answer(Answer(data=refuse))
    with caplog.at_level(logging.WARNING, logger="spotwire"):
        error = one_call(kind, server.url, RedisLimits(own_store.url))

    assert isinstance(error, RateLimited)
    assert caplog.messages[-1].startswith("doIt: the other processes were not told what the venue said (")


def test_closed_client_says_so_while_it_draws(server: Server) -> None:
    """A client that is closed while its call waits for the Redis raises ClientClosed."""
    silent = answering(b"")
    client = SyncClient(VENUE, None, base_url=server.url, http=None, timeout=20, limits=RedisLimits(silent.url))
    closing = threading.Timer(0.2, client.close)
    closing.start()
    with pytest.raises(ClientClosed):
        client.call(DO, ())
    closing.join()
    silent.stop()


def test_second_event_loop_is_refused(store: RedisServer, server: Server) -> None:
    """An asynchronous client's connections to the Redis belong to one loop as well."""
    server.answer(ok())
    limits = RedisLimits(store.url)
    client = AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits=limits)

    async def first() -> None:
        await client.call(DO, ())
        await client.aclose()
        assert client._shared is not None
        client._closed = client._shared._closed = False

    asyncio.run(first())
    with pytest.raises(ConfigError, match="belongs to one event loop"):
        asyncio.run(client.call(DO, ()))


# Setting it up


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"url": "http://127.0.0.1"}, "begins with redis://"),
        ({"url": "redis://h", "mode": "off"}, 'mode is "wait" or "raise", got \'off\''),
        ({"url": "redis://h", "when_away": "wait"}, 'when_away is "raise" or "local", got \'wait\''),
        ({"url": "redis://h", "prefix": ""}, "prefix is a text"),
    ],
)
def test_wrong_argument_is_refused(arguments: Any, message: str) -> None:
    """What cannot work is refused before the first call."""
    with pytest.raises(ConfigError, match=message):
        RedisLimits(**arguments)


@pytest.mark.parametrize("client", [SyncClient, AsyncClient])
def test_url_that_cannot_be_read_shows_no_password(client: Any) -> None:
    """A URL with a mistake is a ConfigError without the URL's password."""
    limits = RedisLimits("redis://:PASSCANARY@127.0.0.1:port/0")
    with pytest.raises(ConfigError, match="the URL of the Redis is not valid") as refused:
        client(VENUE, None, base_url=None, http=None, timeout=5, limits=limits)

    assert "CANARY" not in f"{refused.value}{limits!r}"


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the error says what to install."""
    monkeypatch.setattr(spotwire_core.fleet, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r'pip install "spotwire\[redis\]"'):
        RedisLimits("redis://127.0.0.1")


def test_clients_without_it_import_nothing_of_it() -> None:
    """A client that shares no limits needs neither library."""
    script = (
        "import json, sys; from spotwire.mexc import Mexc; Mexc(); "
        "print(json.dumps([m for m in ('redis', 'limits') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert [] == json.loads(done.stdout)


def test_kinds_of_client_get_their_kind_of_fleet(store: RedisServer) -> None:
    """One RedisLimits serves both kinds of client."""
    limits = RedisLimits(store.url)
    sync = SyncClient(VENUE, None, base_url=None, http=None, timeout=5, limits=limits)
    other = AsyncClient(VENUE, None, base_url=None, http=None, timeout=5, limits=limits)
    sync.close()
    asyncio.run(other.aclose())

    assert (SyncFleet, AsyncFleet) == (type(sync._shared), type(other._shared))
