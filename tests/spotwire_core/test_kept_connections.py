"""Kept connections: what comes on one unasked never becomes the answer to the next request."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from auth_hooks.mexc import MexcAuth
from spotwire.mexc.api.market import SERVER_TIME
from spotwire.mexc.api.trade import PLACE_ORDER
from spotwire.mexc.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.errors import OutcomeUnknown, TransportError
from spotwire_core.raw_server import Answer, Received, Server, ok
from spotwire_core.retries import Retries
from spotwire_core.transport import SyncTransport

AUTH = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
TIME = (SERVER_TIME, ())
PLACE = (PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", "sw1", None))

FIRST = ok(b'{"serverTime":1}')
POISON = ok(b'{"serverTime":666,"symbol":"POISON","orderId":"666"}')
SECOND = ok(b'{"serverTime":2,"symbol":"BTCUSDT","orderId":"2"}')
EMPTY = b"HTTP/1.1 %s\r\nContent-Length: 18\r\n\r\n"

SPARE = {
    "a second answer in the packet (A14)": FIRST + POISON,
    "two more answers (A14)": FIRST + POISON + POISON,
    "most of a second answer (A14)": FIRST + POISON[:-3],
    "a second answer behind chunks (A14)": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'10\r\n{"serverTime":1}\r\n0\r\n\r\n' + POISON,
    "an interim answer behind the last (A23)": FIRST + b"HTTP/1.1 103 Early Hints\r\n\r\n",
    "a body longer than its length (A13)": FIRST + b" ",
    "garbage behind the body (A13)": FIRST + b'{"serverTime":666}',
    "204 with a body (A26)": EMPTY % b"204 No Content" + b'{"serverTime":666}',
    "204 with an answer behind it (A26)": EMPTY % b"204 No Content" + POISON,
    "304 with a body (A26)": EMPTY % b"304 Not Modified" + b'{"serverTime":666}',
    "length and chunks (A25)": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'10\r\n{"serverTime":1}\r\n0\r\n\r\n' + POISON,
    "two lengths (A25)": b'HTTP/1.1 200 OK\r\nContent-Length: 16\r\nContent-Length: 2\r\n\r\n{"serverTime":1}' + POISON,
    "a switch to another protocol": b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n" + POISON,
}


def nothing() -> None:
    pass


def two_calls(
    kind: str, url: str, second: Any = TIME, *, between: Callable[[], object] = nothing, idle: bool = False
) -> Any:
    """Make two calls with one client, the first maybe in vain, and return the outcome of the second.

    With `idle` the event loop reads in between what came.
    """
    kwargs: Any = {"http": None, "timeout": 5, "limits": "off", "retries": Retries(attempts=1)}

    async def asynchronously() -> Any:
        async with AsyncClient(VENUE, AUTH, base_url=url, **kwargs) as client:
            with contextlib.suppress(Exception):
                await client.call(*TIME)
            between()
            if idle:
                await asyncio.sleep(0.05)
            return await client.call(*second)

    if kind == "async":
        return asyncio.run(asynchronously())
    with SyncClient(VENUE, AUTH, base_url=url, **kwargs) as client:
        with contextlib.suppress(Exception):
            client.call(*TIME)
        between()
        return client.call(*second)


both = pytest.mark.parametrize("kind", ["sync", "async"])


@both
def test_connection_is_kept(server: Server, kind: str) -> None:
    """Two calls go over one connection: what makes the others of this module take a second one is what came unasked."""
    server.answer(FIRST, SECOND)

    assert 2 == two_calls(kind, server.url).server_time
    assert 1 == server.connections


@both
def test_connection_with_tls_is_kept(secure_server: Server, kind: str) -> None:
    """The same with TLS, whose tickets come unasked, too."""
    secure_server.answer(FIRST, SECOND)

    assert 2 == two_calls(kind, secure_server.url, idle=True).server_time
    assert 1 == secure_server.connections


@both
@pytest.mark.parametrize("spare", SPARE)
def test_spare_bytes_are_not_the_next_answer(server: Server, kind: str, spare: str) -> None:
    """What comes behind the end of an answer costs its connection; the next call has its own answer (A13, A14, A25, A26)."""
    server.answer(SPARE[spare], SECOND)

    assert 2 == two_calls(kind, server.url).server_time
    assert 2 == server.connections


@both
def test_order_gets_its_own_answer(server: Server, kind: str) -> None:
    """A14: an order after a poisoned read is acknowledged by the answer to the order."""
    server.answer(FIRST + POISON, SECOND)

    assert "2" == two_calls(kind, server.url, PLACE).order_id


@both
@pytest.mark.parametrize("idle", [True, False], ids=["read by the loop", "not read yet"])
@pytest.mark.parametrize("late", [POISON, b" ", POISON[:-3]], ids=["an answer", "a blank", "most of an answer"])
def test_late_bytes_are_not_the_next_answer(server: Server, kind: str, idle: bool, late: bytes) -> None:
    """A15: what comes on an idle connection costs it."""
    server.answer(FIRST, SECOND)

    assert 2 == two_calls(kind, server.url, between=lambda: server.push(late), idle=idle).server_time
    assert 2 == server.connections


@both
@pytest.mark.parametrize("cut", [1, 12, 30])
def test_answer_that_comes_in_two_parts_is_not_the_next_one(server: Server, kind: str, cut: int) -> None:
    """A14, A15: the beginning of a spare answer behind the first, the rest while the connection is idle."""
    server.answer(FIRST + POISON[:cut], SECOND)

    assert 2 == two_calls(kind, server.url, between=lambda: server.push(POISON[cut:]), idle=True).server_time
    assert 2 == server.connections


@both
@pytest.mark.parametrize("cut", [1, 12, 30])
def test_beginning_of_a_spare_answer_is_not_that_of_the_next(server: Server, kind: str, cut: int) -> None:
    """A14: of a spare answer whose end comes with the next answer nothing is believed."""
    server.answer(FIRST + POISON[:cut], Answer(data=POISON[cut:] + SECOND, then="close"))
    try:
        told = two_calls(kind, server.url, PLACE).order_id
    except OutcomeUnknown:
        return  # it cannot be told what belongs to what
    raise AssertionError(told)


@both
@pytest.mark.parametrize("idle", [True, False], ids=["read by the loop", "not read yet"])
@pytest.mark.parametrize("records", ["one", "two", "late"])
def test_spare_answer_over_tls_is_not_the_next_one(secure_server: Server, kind: str, records: str, idle: bool) -> None:
    """A14, A15: the same with TLS, whether the spare answer comes in the same record, in the next, or later."""

    def first(_: Received) -> bytes:
        if records == "two":
            secure_server.push(FIRST)
            return POISON
        return FIRST + POISON if records == "one" else FIRST

    def late() -> None:
        if records == "late":
            secure_server.push(POISON)

    secure_server.answer(Answer(data=first), SECOND)

    assert 2 == two_calls(kind, secure_server.url, between=late, idle=idle).server_time
    assert 2 == secure_server.connections


@both
def test_many_poisoned_connections_are_all_dropped(server: Server, kind: str) -> None:
    """A14, A15: with several kept connections none of the poisoned ones is used."""
    count = 8
    server.answer(*[Answer(data=FIRST + POISON)] * count, *[SECOND] * count)

    async def asynchronously() -> list[int]:
        async with AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits="off") as client:
            for _ in range(2):
                told = await asyncio.gather(*[client.call(*TIME) for _ in range(count)])
        return [answer.server_time for answer in told]

    if kind == "async":
        assert [2] * count == asyncio.run(asynchronously())
        return
    with SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, limits="off") as client:
        assert [1] * count + [2] * count == [client.call(*TIME).server_time for _ in range(2 * count)]


def test_connection_is_not_kept_where_httpcore_hides_what_came(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A14: with an httpcore that is built otherwise every call gets a connection of its own."""
    import h11

    monkeypatch.delattr(h11.Connection, "trailing_data")
    monkeypatch.setattr("httpcore._sync.http11.HTTP11Connection._receive_response_headers", _without_trailing_data)
    server.answer(FIRST, SECOND)

    assert 2 == two_calls("sync", server.url).server_time
    assert 2 == server.connections


def _without_trailing_data(self: Any, request: Any) -> Any:
    import h11

    while not isinstance(event := self._receive_event(timeout=5), h11.Response):
        pass
    return b"HTTP/1.1", event.status_code, event.reason, event.headers.raw_items(), b""


@both
def test_answer_with_two_lengths_is_none(server: Server, kind: str) -> None:
    """A25: an answer with Content-Length and Transfer-Encoding leaves an order unknown."""
    both_lengths = b"HTTP/1.1 200 OK\r\nContent-Length: 34\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.answer(FIRST, both_lengths + b'22\r\n{"symbol":"BTCUSDT","orderId":"7"}\r\n0\r\n\r\n')
    with pytest.raises(OutcomeUnknown) as caught:
        two_calls(kind, server.url, PLACE)

    assert isinstance(caught.value.__cause__, TransportError)


def test_failed_call_drops_its_connection(server: Server) -> None:
    """A13, A25: nothing of an answer that could not be read is left in the pool."""
    transport = SyncTransport(server.url, None)
    server.answer(SPARE["length and chunks (A25)"])
    with pytest.raises(TransportError):
        transport.send(_request(), operation="doIt", timeout=5)

    assert transport._pool is not None
    assert [] == transport._pool.connections
    transport.close()


def _request() -> Any:
    from spotwire_core.message import Request

    return Request("GET", "/p")
