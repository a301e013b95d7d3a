"""Repeated calls as the venue sees them: what is sent again, what is not, and when it ends."""

import asyncio
import contextlib
import random
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from auth_hooks.bitunix import BitunixAuth
from spotwire.bitunix import AsyncBitunix, Bitunix
from spotwire.mexc.api.market import SERVER_TIME
from spotwire.mexc.api.trade import CANCEL_ORDER, ORDER, PLACE_ORDER
from spotwire.mexc.venue import VENUE
from spotwire_core import transport
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.config import CallOptions
from spotwire_core.errors import (
    AuthError,
    ClientClosed,
    ConfigError,
    DecodeError,
    OutcomeUnknown,
    RateLimited,
    SpotwireError,
    TransportError,
    VenueUnavailable,
)
from spotwire_core.message import Request, Response
from spotwire_core.raw_server import Answer, Received, Server, ok
from spotwire_core.retries import Budget, Retries
from spotwire_core.virtual import AUTH, World, answer

TIME = (SERVER_TIME, ())
READ = (ORDER, ("BTCUSDT", None, "7", None))
CANCEL = (CANCEL_ORDER, ("BTCUSDT", "7", None, None, None))
PLACE = (PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", None, None))
ACK = b'{"symbol":"BTCUSDT","orderId":"7"}'
ANSWER = ok(b'{"serverTime":5}')

LOST = TransportError("reset", operation="x", sent=True)
REFUSED = TransportError("refused", operation="x", sent=False)


def in_turn(*told: Response | Exception) -> Callable[[Request], Response | Exception]:
    """Answer the first calls as told, all others well."""
    rest = list(told)
    return lambda _: rest.pop(0) if rest else answer(body=ACK)


# What is repeated


@pytest.mark.parametrize("call", [READ, CANCEL], ids=["read", "idempotent"])
@pytest.mark.parametrize("failure", [LOST, REFUSED, answer(502), answer(503), answer(504), answer(429)], ids=repr)
def test_harmless_call_is_repeated(call: Any, failure: Any) -> None:
    """Reads and idempotent calls are sent again after a lost connection, 502 to 504 and 429, with the same arguments."""
    world = World(answers=in_turn(failure))
    running = world.one(world.client(retries=Retries(attempts=2)), *call)
    first, second = (parse_qs(request.query) for request in world.requests)

    assert not isinstance(running.error, (TransportError, VenueUnavailable, RateLimited))
    assert {k: v for k, v in first.items() if k not in ("timestamp", "signature")} == {
        k: v for k, v in second.items() if k not in ("timestamp", "signature")
    }


@pytest.mark.parametrize(("attempts", "sent"), [(1, 1), (2, 2), (5, 5)])
def test_attempts_are_bounded(attempts: int, sent: int) -> None:
    """A call is sent as often as the user allows and then fails with the last error (A7)."""
    world = World(answers=lambda _: LOST)
    running = world.one(world.client(retries=Retries(attempts=attempts)), *READ)

    assert (LOST, sent) == (running.error, len(world.requests))


def test_unsafe_call_is_repeated_where_nothing_was_sent() -> None:
    """An order whose connection was refused is sent again with the same client order id, signed anew (A1, A2, B12)."""
    world = World(answers=in_turn(REFUSED, REFUSED))
    running = world.one(world.client(retries=Retries(base=0.5)), *PLACE)
    asked = [parse_qs(request.query) for request in world.requests]

    assert (None, 3) == (running.error, len(asked))
    assert 1 == len({query["newClientOrderId"][0] for query in asked})
    assert 3 == len({query["timestamp"][0] for query in asked}) == len({query["signature"][0] for query in asked})


@pytest.mark.parametrize("failure", [LOST, answer(500), answer(502), answer(503), answer(504)], ids=repr)
def test_unsafe_call_that_may_have_been_sent_is_sent_once(failure: Any) -> None:
    """An order that may have been executed is OutcomeUnknown with its client order id after a single request (B9)."""
    world = World(answers=in_turn(failure))
    running = world.one(world.client(), *PLACE)
    (sent,) = world.requests

    assert isinstance(running.error, OutcomeUnknown)
    assert parse_qs(sent.query)["newClientOrderId"] == [running.error.client_order_id]


@pytest.mark.parametrize("then", ["close", "reset"])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_order_whose_answer_is_lost_is_seen_once(server: Server, kind: str, then: Any) -> None:
    """The venue sees exactly one order where the connection went before the answer came (A6, A9)."""
    server.answer(Answer(then=then))
    with pytest.raises(OutcomeUnknown):
        one(kind, server.url, PLACE)

    assert 1 == len(server.requests)


class Impatient(Server):
    """Resets a connection after the first bytes of a request."""

    def _serve(self, connection: Any) -> None:
        with self._changed:
            self.requests.append(Received(connection.recv(1000), b""))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_order_cut_while_writing_is_sent_once(kind: str) -> None:
    """An order of which some bytes went out is OutcomeUnknown too (A5)."""
    options = CallOptions(headers={f"X-{i}": "x" * 60_000 for i in range(100)})
    with Impatient() as server:
        with pytest.raises(OutcomeUnknown):
            one(kind, server.url, (*PLACE, options))

        assert 1 == len(server.requests)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_refusal_is_not_repeated(status: int) -> None:
    """What the venue refuses is refused (B10)."""
    world = World(answers=lambda _: answer(status, b'{"code":700002,"msg":"Signature for this request is not valid."}'))
    running = world.one(world.client(), *READ)

    assert (AuthError, 1) == (type(running.error), len(world.requests))


def test_unreadable_answer_is_not_repeated() -> None:
    """An answer of another shape would come again."""
    world = World(answers=lambda _: answer(body=b"<html>"))
    running = world.one(world.client(), *READ)

    assert (DecodeError, 1) == (type(running.error), len(world.requests))


# When


def test_waits_are_drawn_within_their_bounds() -> None:
    """Waits lie between nothing and the doubled base, and differ from call to call."""
    random.seed(5)
    world = World(answers=lambda _: LOST)
    client = world.client(retries=Retries(attempts=4, base=1, cap=2), timeout=100)
    client._budget = Budget(reserve=1000)
    waits = [world.one(client, *READ).slept for _ in range(50)]

    assert {3} == {len(slept) for slept in waits}
    for i, longest in enumerate((1, 2, 2)):
        drawn = [slept[i] for slept in waits]
        assert 0 <= min(drawn) < longest / 4 < longest * 3 / 4 < max(drawn) <= longest


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(status: int) -> None:
    """A call is repeated when the venue said, not before (B7)."""
    world = World(answers=in_turn(answer(status, b"{}", {"retry-after": "3"})))
    running = world.one(world.client(), *READ)

    assert [1000.0, 1003.0] == [begun for begun, _ in running.sent]


@pytest.mark.parametrize("retry_after", ["10", "999999999", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_retry_after_beyond_the_deadline_ends_the_call(retry_after: str) -> None:
    """Where the venue wants to wait longer than the call has, the refusal is raised at once (B7)."""
    world = World(answers=in_turn(answer(429, b"{}", {"retry-after": retry_after})))
    running = world.one(world.client(timeout=5), *READ)

    assert (RateLimited, 1000.0, 1) == (type(running.error), running.ended, len(world.requests))


def test_too_many_without_a_time_ends_a_short_call() -> None:
    """A call with less time than the pause after 429 is told of the 429, not of a time-out."""
    world = World(answers=in_turn(answer(429)))
    running = world.one(world.client(timeout=2), *READ)

    assert (RateLimited, 1000.0) == (type(running.error), running.ended)


def test_all_attempts_share_one_deadline() -> None:
    """However many attempts, a call ends within its time, and each gets what is left of it."""
    world = World(answers=lambda _: LOST, under_way=1.5)
    running = world.one(world.client(timeout=4, retries=Retries(attempts=50, base=0.1)), *READ)

    assert running.ended - running.begun <= 5.5
    assert len(world.requests) <= 3


def test_waiting_for_limits_takes_nothing_from_the_deadline() -> None:
    """The time of a call is that of sending and repeating; its turn may come later."""
    world = World(under_way=1.0)
    client = world.client(timeout=1.5)
    calls = [world.call(client, PLACE_ORDER, PLACE[1]) for _ in range(40)]
    world.answers = in_turn(*[REFUSED] * 3)
    world.run()

    assert [None] * 40 == [call.error for call in calls]


@pytest.mark.parametrize("mode", ["wait", "raise", "off"])
def test_many_callers_share_a_budget(mode: Any) -> None:
    """A hundred callers against a dead venue send no more than the budget besides their own calls (B11, L11)."""
    world = World(answers=lambda _: REFUSED)
    client = world.client(limits=mode)
    calls = [world.call(client, *READ) for _ in range(100)]
    world.run()

    assert [REFUSED] * 100 == [call.error for call in calls]
    assert 110 == len(world.requests)


def test_outage_of_an_hour_brings_no_storm() -> None:
    """100 tasks that go on asking a venue which is down for an hour repeat next to nothing, and then it works again (L11)."""
    world = World(answers=lambda _: REFUSED if world.now < 4600 else answer())
    client = world.client(limits="off")
    calls = [world.call(client, *READ, after=minute * 60 + task * 0.1) for minute in range(62) for task in range(100)]
    world.run()
    down = [call for call in calls if call.begun < 4590]

    assert {REFUSED} == {call.error for call in down}
    assert len(world.requests) <= len(calls) + 20
    assert not [call for call in calls if call.begun >= 4600 and isinstance(call.error, TransportError)]


def test_repetition_that_does_not_fit_the_limits_tells_the_failure() -> None:
    """With limits="raise" a repetition without room ends in the failure itself: the call was sent, after all."""
    world = World(answers=in_turn(answer(503)))
    client = world.client(limits="raise", timeout=100)
    running = world.call(client, *READ)
    world.run(until=1000.0)
    ticket = world.limiter.ticket(VENUE, ORDER, READ[1], address=client.base_url, user=client._user)
    world.limiter.close(ticket, 50)
    world.run()

    assert isinstance(running.error, VenueUnavailable)


# Over real sockets


def one(kind: str, url: str, call: Any, **kwargs: Any) -> Any:
    """Make one call with a client of its own."""
    budget = kwargs.pop("budget", Budget())
    kwargs = {"http": None, "timeout": 5, "limits": "off", "retries": Retries(base=0), **kwargs}

    async def asynchronously() -> Any:
        async with AsyncClient(VENUE, AUTH, base_url=url, **kwargs) as client:
            client._budget = budget
            return await client.call(*call)

    if kind == "async":
        return asyncio.run(asynchronously())
    with SyncClient(VENUE, AUTH, base_url=url, **kwargs) as client:
        client._budget = budget
        return client.call(*call)


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
def test_read_survives_two_failures(server: Server, kind: str) -> None:
    """A read is repeated over a reset connection and a gateway that failed (A7, B9)."""
    server.answer(Answer(then="reset"), ok(b"", status="502 Bad Gateway"), ANSWER)

    assert 5 == one(kind, server.url, TIME).server_time
    assert 3 == len(server.requests)


@both
def test_read_fails_after_its_attempts(server: Server, kind: str) -> None:
    """A read whose connection is closed every time is sent as often as allowed and then fails (A7)."""
    server.answer(*[Answer(then="close")] * 3)
    with pytest.raises(TransportError):
        one(kind, server.url, READ)

    assert 3 == len(server.requests)


@both
def test_order_is_repeated_while_nothing_is_sent(kind: str) -> None:
    """An order that no connection was made for is tried again, and then certainly was not sent (A1)."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    budget = Budget()
    with pytest.raises(TransportError) as caught:
        one(kind, f"http://127.0.0.1:{port}", PLACE, budget=budget)

    assert not caught.value.sent
    assert 8 == budget._left


@both
def test_repetitions_sleep_as_drawn(server: Server, kind: str) -> None:
    """Both kinds of client sleep through the one function that they were given."""
    server.answer(Answer(then="close"), ANSWER)
    slept: list[float] = []

    async def asynchronously() -> None:
        async with AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5) as client:

            async def sleep(seconds: float) -> None:
                slept.append(seconds)

            client._sleep = sleep
            await client.call(*TIME)

    if kind == "async":
        asyncio.run(asynchronously())
    else:
        with SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5) as client:
            client._sleep = slept.append
            client.call(*TIME)

    assert 1 == len(slept)
    assert 0 <= slept[0] <= 0.2


class Dripping(Server):
    """Sends its answers a byte at a time, one every 50 ms."""

    def _serve(self, connection: Any) -> None:
        connection.recv(65536)
        with self._changed:
            self.requests.append(Received(b"", b""))
            data = self.answers.popleft().data
        try:
            for i in range(len(data)):  # type: ignore[arg-type]
                connection.sendall(data[i : i + 1])  # type: ignore[index]
                if self._stopping.wait(0.05):
                    break
        except OSError:
            pass  # the client has gone
        finally:
            connection.close()


HEADERS_DRIP = Answer(data=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000)
BODY_DRIPS = Answer(data=b"HTTP/1.1 200 OK\r\nA:\r\n\r\n" + b" " * 1000)


@both
@pytest.mark.parametrize("dripping", [HEADERS_DRIP, BODY_DRIPS], ids=["headers (A16)", "body (A17)"])
def test_deadline_holds_against_a_dripping_server(kind: str, dripping: Answer) -> None:
    """A16, A17: a venue that sends a byte now and then does not hold a call beyond its time."""
    with Dripping() as server:
        server.answer(dripping)
        begun = time.monotonic()
        with pytest.raises(TransportError, match="timed out"):
            one(kind, server.url, TIME, timeout=0.5)

        assert 0.5 <= time.monotonic() - begun < 0.8  # making a client is in it, too


@both
def test_stalled_answer_gives_its_connection_back(server: Server, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a stall in the middle of a body the next call gets the only connection that there may be (A18)."""
    monkeypatch.setattr("spotwire_core.client.CONNECTIONS", 1)
    monkeypatch.setattr("spotwire_core.transport.CONNECTIONS", 1)
    server.answer(Answer(data=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", then="hold"), ANSWER)

    async def asynchronously() -> Any:
        async with AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5) as client:
            with pytest.raises(TransportError):
                await client.call(*TIME, CallOptions(timeout=0.1))
            return await client.call(*TIME)

    if kind == "async":
        assert 5 == asyncio.run(asynchronously()).server_time
        return
    with SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5) as client:
        with pytest.raises(TransportError):
            client.call(*TIME, CallOptions(timeout=0.1))

        assert 5 == client.call(*TIME).server_time


def bomb(size: int) -> bytes:
    import gzip

    return ok(gzip.compress(b" " * size, 9), headers=b"Content-Encoding: gzip\r\n")


@both
@pytest.mark.parametrize("packed", [True, False], ids=["gzip bomb (A20)", "large answer (A19)"])
def test_answer_beyond_the_cap_is_not_read(
    server: Server, kind: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer of more than the cap, as it comes or unpacked, ends the call at the cap."""
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 1_000_000)
    server.answer(Answer(data=bomb(30_000_000) if packed else ok(b" " * 30_000_000), then="close"))
    tracemalloc.start()
    with pytest.raises(TransportError, match="more than 1000000 bytes"):
        one(kind, server.url, TIME, retries=Retries(attempts=1))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 1_000_000 + 2 * 1024 * 1024


def test_bytes_behind_a_packed_answer_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after the end of a compressed body is not collected without an end (A20)."""
    import gzip

    monkeypatch.setattr(transport, "LARGEST_ANSWER", 10_000)
    body = transport.Body("gzip")
    body.add(gzip.compress(b"{}"))
    for _ in range(9):
        body.add(b"x" * 1000)
    with pytest.raises(transport.TooLarge):
        body.add(b"x" * 1000)


@both
@pytest.mark.parametrize("body", [b"not gzip", b"\x1f\x8b\x08\x00"], ids=["corrupt", "cut short"])
def test_corrupt_packed_answer_is_no_value(server: Server, kind: str, body: bytes) -> None:
    """A body that cannot be unpacked is a TransportError (A21)."""
    server.answer(ok(body, headers=b"Content-Encoding: gzip\r\n"))
    with pytest.raises(TransportError, match="cannot be decompressed"):
        one(kind, server.url, TIME, retries=Retries(attempts=1))


# Cancellation and life cycle


def test_cancellation_storm_leaves_a_working_client(server: Server) -> None:
    """After 480 cancellations at 0, 1, 10 and 50 ms the next 20 calls succeed (H1)."""
    server.answers.extend(Answer(data=ANSWER) for _ in range(2000))

    async def main() -> list[int]:
        async with AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits="off") as client:
            for delay in (0, 0.001, 0.01, 0.05) * 2:
                tasks = [asyncio.create_task(client.call(*TIME)) for _ in range(60)]
                await asyncio.sleep(delay)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            return [(await client.call(*TIME)).server_time for _ in range(20)]

    assert [5] * 20 == asyncio.run(main())
    server.answers.clear()


def test_cancelled_calls_never_mix_answers(server: Server) -> None:
    """In 400 rounds with random cancellations each answer belongs to its request (H2)."""
    echo = Answer(data=lambda received: ok(b'{"serverTime":%d}' % int(received.header("x-n") or 0)))
    server.answers.extend([echo] * 1000)
    rng = random.Random(7)

    async def main() -> int:
        right = 0
        async with AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits="off") as client:
            for n in range(400):
                options = CallOptions(headers={"X-N": str(n)})
                task = asyncio.create_task(client.call(*TIME, options))
                await asyncio.sleep(rng.random() * 0.003)
                task.cancel()
                try:
                    assert n == (await task).server_time
                    right += 1
                except asyncio.CancelledError:
                    pass
            assert 5000 == (await client.call(*TIME, CallOptions(headers={"X-N": "5000"}))).server_time
        return right

    assert asyncio.run(main()) > 0
    server.answers.clear()


@both
@pytest.mark.parametrize("call", [READ, CANCEL], ids=["GET", "DELETE"])
def test_kept_connection_that_drops_is_not_sent_again_by_the_library(server: Server, kind: str, call: Any) -> None:
    """The repetition of GET and DELETE that aiohttp makes by itself is off: what is sent twice is our decision (A8)."""
    server.answer(ANSWER, Answer(then="close"))
    kwargs: Any = {"http": None, "timeout": 5, "retries": Retries(attempts=1)}

    async def asynchronously() -> None:
        async with AsyncClient(VENUE, AUTH, base_url=server.url, **kwargs) as client:
            await client.call(*TIME)
            await client.call(*call)

    def synchronously() -> None:
        with SyncClient(VENUE, AUTH, base_url=server.url, **kwargs) as client:
            client.call(*TIME)
            client.call(*call)

    with pytest.raises(TransportError):
        asyncio.run(asynchronously()) if kind == "async" else synchronously()

    assert (2, 1) == (len(server.requests), server.connections)


def test_second_event_loop_is_an_error(server: Server) -> None:
    """An asynchronous client that is used in another loop says so instead of hanging (H6)."""
    server.answer(ANSWER)
    client = AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5)

    async def first() -> None:
        await client.call(*TIME)

    async def second() -> None:
        with pytest.raises(ConfigError, match="belongs to one event loop"):
            await client.call(*TIME)

    with asyncio.Runner() as runner:
        runner.run(first())
        with asyncio.Runner() as other:
            thread = threading.Thread(target=lambda: other.run(second()))
            thread.start()
            thread.join()
        runner.run(client.aclose())

    assert 1 == len(server.requests)


@pytest.mark.parametrize(("call", "ends_in"), [(TIME, (ClientClosed, TransportError)), (PLACE, OutcomeUnknown)])
def test_closing_ends_calls_that_are_under_way(server: Server, call: Any, ends_in: Any) -> None:
    """Closing a synchronous client from another thread ends its calls at once (H7)."""
    server.answer(Answer(then="hold"))
    client = SyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=8)
    ended: list[BaseException] = []

    def work() -> None:
        try:
            client.call(*call)
        except SpotwireError as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    server.wait_for_requests(1)
    begun = time.monotonic()
    client.close()
    thread.join()

    assert isinstance(ended[0], ends_in)
    assert time.monotonic() - begun < 2
    assert 1 == len(server.requests)


@pytest.mark.parametrize(("call", "ends_in"), [(TIME, (ClientClosed, TransportError)), (PLACE, OutcomeUnknown)])
def test_closing_ends_tasks_that_are_under_way(server: Server, call: Any, ends_in: Any) -> None:
    """Closing an asynchronous client ends its calls at once (H7)."""
    server.answer(Answer(then="hold"))

    async def main() -> tuple[Any, float]:
        client = AsyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=8)
        task = asyncio.create_task(client.call(*call))
        await asyncio.to_thread(server.wait_for_requests, 1)
        begun = time.monotonic()
        await client.aclose()
        told = await asyncio.gather(task, return_exceptions=True)
        return told[0], time.monotonic() - begun

    error, seconds = asyncio.run(main())

    assert isinstance(error, ends_in)
    assert seconds < 2
    assert 1 == len(server.requests)


def test_call_that_waits_for_its_turn_ends_when_the_client_is_closed() -> None:
    """A call in the queue is not sent by a client that was closed (H7)."""
    world = World()
    client = world.client()
    calls = [world.call(client, *PLACE) for _ in range(13)]
    world.at(1000.5, lambda: setattr(client, "_closed", True))
    world.answers = in_turn()
    world.run()

    assert ClientClosed is type(calls[12].error)
    assert 12 == len(world.requests)


def test_call_without_a_free_connection_was_not_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all connections are busy for the whole time of an order, it is certain that it was not sent (A3)."""
    monkeypatch.setattr("spotwire_core.client.CONNECTIONS", 1)
    server.answer(Answer(then="hold"))
    for kind in ("sync", "async"):
        error = _without_connection(server, kind)
        server.answers.clear()
        server.answer(Answer(then="hold"))

        assert ("placeOrder failed before anything was sent: timed out", False) == (str(error), error.sent)
    server.answers.clear()


def _without_connection(server: Server, kind: str) -> TransportError:
    options: dict[str, Any] = {"http": None, "timeout": 5, "limits": "off", "retries": Retries(attempts=1)}
    seen = len(server.requests)

    async def asynchronously() -> TransportError:
        async with AsyncClient(VENUE, AUTH, base_url=server.url, **options) as client:
            first = asyncio.create_task(client.call(*TIME))
            await asyncio.to_thread(server.wait_for_requests, seen + 1)
            with pytest.raises(TransportError) as caught:
                await client.call(*PLACE, CallOptions(timeout=0.05))
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
            return caught.value

    if kind == "async":
        return asyncio.run(asynchronously())
    client = SyncClient(VENUE, AUTH, base_url=server.url, **options)
    held = threading.Thread(target=lambda: _ignoring_failure(client))
    held.start()
    server.wait_for_requests(seen + 1)
    with pytest.raises(TransportError) as caught:
        client.call(*PLACE, CallOptions(timeout=0.05))
    client.close()
    held.join()
    return caught.value


def _ignoring_failure(client: SyncClient) -> None:
    with contextlib.suppress(SpotwireError):
        client.call(*TIME)


def test_threads_share_a_client_with_repetitions(server: Server) -> None:
    """32 threads on one client whose venue fails now and then get each its own answer (H8)."""
    count, failing = [0], threading.Lock()

    def echo(received: Received) -> bytes:
        with failing:
            count[0] += 1
            fails = count[0] % 40 == 0
        if fails:
            return ok(b"", status="503 Service Unavailable")
        return ok(b'{"serverTime":%s}' % (received.header("x-n") or "0").encode())

    server.answers.extend([Answer(data=echo)] * 1000)
    wrong: list[int] = []
    client = SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits="off", retries=Retries(base=0))

    def work(n: int) -> None:
        for i in range(10):
            number = n * 100 + i
            if client.call(*TIME, CallOptions(headers={"X-N": str(number)})).server_time != number:
                wrong.append(number)

    with client:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [] == wrong
    assert count[0] > 320
    server.answers.clear()


@both
def test_repetition_has_a_fresh_nonce(server: Server, kind: str) -> None:
    """Where the venue wants a nonce, no two attempts have the same (B12)."""
    server.answer(Answer(then="close"), ok(b'{"code":"0","msg":"","data":[]}'))
    auth = BitunixAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")

    async def asynchronously() -> None:
        async with AsyncBitunix(auth, base_url=server.url, retries=Retries(base=0)) as client:
            await client.account.balances()

    if kind == "async":
        asyncio.run(asynchronously())
    else:
        with Bitunix(auth, base_url=server.url, retries=Retries(base=0)) as client:
            client.account.balances()
    nonces, signatures = ([r.header(name) for r in server.requests] for name in ("nonce", "sign"))

    assert (2, 2) == (len(set(nonces)), len(set(signatures)))
