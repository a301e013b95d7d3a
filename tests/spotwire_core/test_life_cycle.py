"""Clients that are interrupted, forked, closed and made by the thousand."""

import asyncio
import contextlib
import gc
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from auth_hooks.mexc import MexcAuth
from spotwire.mexc.api.market import SERVER_TIME
from spotwire.mexc.api.trade import ORDER, PLACE_ORDER
from spotwire.mexc.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.config import CallOptions
from spotwire_core.errors import ClientClosed, SpotwireError, TransportError
from spotwire_core.raw_server import Answer, Server, ok
from spotwire_core.retries import Retries

AUTH = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
TIME = (SERVER_TIME, ())
READ = (ORDER, ("BTCUSDT", None, "7", None))
PLACE = (PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", "sw1", None))
ACK = ok(b'{"symbol":"BTCUSDT","orderId":"7"}')
ANSWER = ok(b'{"serverTime":5}')

posix = pytest.mark.skipif(sys.platform == "win32", reason="no fork, and other signals")
both = pytest.mark.parametrize("kind", ["sync", "async"])

# In a process of their own

BEGIN = """
import asyncio, os, sys, traceback
from spotwire.mexc import AsyncMexc, Mexc, MexcAuth, OrderType, Side
from spotwire import SpotwireError

URL = sys.argv[1]
AUTH = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
ORDER = ("BTCUSDT", Side.BUY, OrderType.LIMIT)
REST = {"quantity": "1", "price": "11", "new_client_order_id": "sw1"}
"""

INTERRUPTED = {
    "sync": """
mexc = Mexc(AUTH, base_url=URL, timeout=30)
try:
    mexc.trade.place_order(*ORDER, **REST)
except KeyboardInterrupt as stopped:
    print(*stopped.__notes__)
print(mexc.trade.place_order(*ORDER, **REST).order_id)
mexc.close()
""",
    "async": """
async def main():
    async with AsyncMexc(AUTH, base_url=URL, timeout=30) as mexc:
        try:
            await mexc.trade.place_order(*ORDER, **REST)
        except asyncio.CancelledError as stopped:
            print(*stopped.__notes__)
            asyncio.current_task().uncancel()
        print((await mexc.trade.place_order(*ORDER, **REST)).order_id)
asyncio.run(main())
""",
}

UNHANDLED = {
    "sync": "Mexc(AUTH, base_url=URL, timeout=30).trade.place_order(*ORDER, **REST)",
    "async": """
async def main():
    async with AsyncMexc(AUTH, base_url=URL, timeout=30) as mexc:
        await mexc.trade.place_order(*ORDER, **REST)
asyncio.run(main())
""",
}


def started(script: str, server: Server) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + script, server.url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@posix
@both
def test_interrupted_order_leaves_a_working_client(server: Server, kind: str) -> None:
    """Ctrl-C during an order propagates with a note that names the order; the next one has a new connection (L14, H5)."""
    server.answer(Answer(then="hold"), ACK)
    with started(INTERRUPTED[kind], server) as process:
        server.wait_for_requests(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert ("", 0) == (err, process.returncode)
    note, order_id = out.splitlines()
    assert note.startswith("placeOrder may have been executed: look for client order id sw1 before repeating it")
    assert ("7", 2, 2) == (order_id, len(server.requests), server.connections)


@posix
@both
def test_interrupted_order_ends_the_program(server: Server, kind: str) -> None:
    """Where nobody catches it Ctrl-C ends the program; the traceback has the note, and no secret (L14, H5, F3)."""
    server.answer(Answer(then="hold"))
    with started(UNHANDLED[kind], server) as process:
        server.wait_for_requests(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)

    assert (-signal.SIGINT, 1) == (process.returncode, len(server.requests))
    assert "look for client order id sw1" in err
    assert err.rstrip().splitlines()[-1].startswith(("KeyboardInterrupt", "placeOrder may have been executed"))
    assert "CANARY" not in err


FORKED = {
    "sync": """
mexc = Mexc(base_url=URL)
print(mexc.market.server_time().server_time)
sys.stdout.flush()
if os.fork() == 0:
    with mexc:
        try:
            mexc.market.server_time()
        except SpotwireError as error:
            print(type(error).__name__, error)
        with Mexc(base_url=URL) as own:
            print(own.market.server_time().server_time)
    sys.exit(0)
print(os.waitstatus_to_exitcode(os.wait()[1]))
print(mexc.market.server_time().server_time)
mexc.close()
""",
    "async": """
async def child(mexc):
    async with mexc:
        try:
            await mexc.market.server_time()
        except SpotwireError as error:
            print(type(error).__name__, error)
        async with AsyncMexc(base_url=URL) as own:
            print((await own.market.server_time()).server_time)

async def main():
    async with AsyncMexc(base_url=URL) as mexc:
        print((await mexc.market.server_time()).server_time)
        sys.stdout.flush()
        if os.fork() == 0:
            asyncio.run(child(mexc))
            sys.stdout.flush()
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.wait()[1]))
        print((await mexc.market.server_time()).server_time)
asyncio.run(main())
""",
}


@posix
@both
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_forked_client_is_refused_in_the_child(request: pytest.FixtureRequest, kind: str, secure: bool) -> None:
    """A child gets an error that says what to do; what it does and its end leave the parent's connection alone (H6, L14)."""
    server: Server = request.getfixturevalue("secure_server" if secure else "server")
    server.answer(*[ok(b'{"serverTime":%d}' % n) for n in (1, 2, 3)])
    with started(FORKED[kind], server) as process:
        out, err = process.communicate(timeout=20)

    error = "ConfigError a client that was used before a fork does not work after it: make another one there"
    assert (["1", error, "2", "0", "3"], "", 0) == (out.splitlines(), err, process.returncode)
    assert 2 == server.connections


@posix
def test_client_that_was_not_used_survives_a_fork(server: Server) -> None:
    """A client made before the fork and used after it works on both sides, as servers that fork need it (H6)."""
    server.answer(ANSWER, ANSWER)
    script = """
mexc = Mexc(base_url=URL)
forked = os.fork() == 0
if not forked:
    os.wait()
print(mexc.market.server_time().server_time)
mexc.close()
"""
    with started(script, server) as process:
        out, err = process.communicate(timeout=20)

    assert (["5", "5"], "", 2) == (out.splitlines(), err, server.connections)


@posix
def test_forked_client_is_refused_with_a_client_handed_in(server: Server) -> None:
    """The same with a client handed in, whose connections are shared just so (H6)."""
    server.answer(ANSWER)
    script = """
import httpx
http = httpx.Client(trust_env=False)
mexc = Mexc(base_url=URL, http=http)
mexc.market.server_time()
if os.fork() == 0:
    try:
        mexc.market.server_time()
    except SpotwireError as error:
        print(type(error).__name__)
        sys.stdout.flush()
    os._exit(0)
os.wait()
"""
    with started(script, server) as process:
        out, err = process.communicate(timeout=20)

    assert ("ConfigError\n", "", 1) == (out, err, len(server.requests))


# Closing


@both
def test_closed_client_sends_nothing(server: Server, kind: str) -> None:
    """A call after closing is ClientClosed at once, also where the client was used before (H6)."""
    server.answer(ANSWER)
    sync = SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5)

    async def asynchronously() -> None:
        client = AsyncClient(VENUE, None, base_url=server.url, http=None, timeout=5)
        await client.call(*TIME)
        await client.aclose()
        with pytest.raises(ClientClosed):
            await client.call(*TIME)

    if kind == "async":
        asyncio.run(asynchronously())
    else:
        sync.call(*TIME)
        sync.close()
        with pytest.raises(ClientClosed):
            sync.call(*TIME)

    assert 1 == len(server.requests)


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files")


@needs_proc
@both
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_closing_leaves_no_socket(request: pytest.FixtureRequest, kind: str, secure: bool) -> None:
    """After good, failed, timed out and poisoned calls closing leaves no socket for the garbage collector (H7)."""
    server: Server = request.getfixturevalue("secure_server" if secure else "server")
    calls(kind, server)
    gc.collect()
    before = descriptors()
    calls(kind, server)
    server.wait_for_closed(server.connections - 2)  # the two that are held have their ends open
    gc.collect()  # a ResourceWarning is an error here

    assert descriptors() <= before + 1


def calls(kind: str, server: Server) -> None:
    answers: list[Answer | bytes] = [
        ANSWER,
        ok(b"", status="503 No"),
        Answer(then="reset"),
        ANSWER + ANSWER,
        Answer(data=ANSWER[:-3], then="close"),
    ]
    server.answer(*answers, Answer(data=ANSWER[:-3], then="hold"), ANSWER)
    kwargs: Any = {"http": None, "timeout": 5, "limits": "off", "retries": Retries(attempts=1)}

    async def asynchronously() -> None:
        async with AsyncClient(VENUE, AUTH, base_url=server.url, **kwargs) as client:
            for n in range(7):
                await asyncio.gather(client.call(*TIME, options(n)), return_exceptions=True)

    if kind == "async":
        asyncio.run(asynchronously())
        return
    with SyncClient(VENUE, AUTH, base_url=server.url, **kwargs) as client:
        for n in range(7):
            with contextlib.suppress(SpotwireError):
                client.call(*TIME, options(n))


def options(n: int) -> CallOptions | None:
    return CallOptions(timeout=0.1) if n == 5 else None


@both
def test_closing_with_many_calls_under_way_ends_them_all(server: Server, kind: str) -> None:
    """Twenty calls end when their client is closed, whether they hold a connection or wait for one (H7)."""
    count = 20
    server.answer(*[Answer(then="hold")] * count)
    ended: list[BaseException] = []
    sync = SyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=30, limits="off")

    def work() -> None:
        try:
            sync.call(*READ)
        except (ClientClosed, TransportError) as error:
            ended.append(error)

    async def asynchronously() -> None:
        client = AsyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=30, limits="off")
        tasks = [asyncio.create_task(client.call(*READ)) for _ in range(count)]
        await asyncio.to_thread(server.wait_for_requests, count)
        await client.aclose()
        async with asyncio.timeout(10):
            ended.extend(
                e for e in await asyncio.gather(*tasks, return_exceptions=True) if isinstance(e, BaseException)
            )

    if kind == "async":
        asyncio.run(asynchronously())
    else:
        threads = [threading.Thread(target=work) for _ in range(count)]
        for thread in threads:
            thread.start()
        server.wait_for_requests(count)
        sync.close()
        for thread in threads:
            thread.join(timeout=10)

    assert count == len(ended)
    assert {ClientClosed, TransportError} >= {type(error) for error in ended}


# Memory


class Quiet(Server):
    """Answers everything the same and remembers nothing."""

    def _serve(self, connection: Any) -> None:
        try:
            while connection.recv(65536):
                connection.sendall(ANSWER)
        except OSError:
            pass  # the client has gone
        finally:
            connection.close()
            self._connections.remove(connection)
            self._threads.remove(threading.current_thread())


MEASURED = """
import gc, tracemalloc

def sync_calls(mexc, count):
    for _ in range(count):
        mexc.market.server_time()

async def async_calls(mexc, count):
    for _ in range(count):
        await mexc.market.server_time()

async def async_clients(count):
    for _ in range(count):
        async with AsyncMexc(AUTH, base_url=URL, timeout=30, limits="off") as mexc:
            await async_calls(mexc, 1)

def sync_clients(count):
    for _ in range(count):
        with Mexc(AUTH, base_url=URL, timeout=30, limits="off") as mexc:
            sync_calls(mexc, 1)

def state():
    gc.collect()
    return tracemalloc.get_traced_memory()[0], len(os.listdir("/proc/self/fd"))

def told(before):
    kept, files = state()
    print(kept - before[0], files - before[1])

tracemalloc.start()
"""

CALLS = {
    "sync": """
with Mexc(AUTH, base_url=URL, timeout=30, limits="off") as mexc:
    sync_calls(mexc, 300)
    before = state()
    sync_calls(mexc, 3000)
    told(before)
""",
    "async": """
async def main():
    async with AsyncMexc(AUTH, base_url=URL, timeout=30, limits="off") as mexc:
        await async_calls(mexc, 300)
        before = state()
        await async_calls(mexc, 3000)
        told(before)
asyncio.run(main())
""",
}
CLIENTS = {
    "sync": """
sync_clients(50)
before = state()
sync_clients(1000)
told(before)
""",
    "async": """
asyncio.run(async_clients(50))
before = state()
asyncio.run(async_clients(1000))
told(before)
""",
}


def left_behind(script: str) -> tuple[int, int]:
    """Return the bytes and the files that are kept after a script's work, in a process that does nothing else."""
    with Quiet() as server, started(MEASURED + script, server) as process:
        out, err = process.communicate(timeout=120)
    assert ("", 0) == (err, process.returncode)
    kept, files = out.split()
    return int(kept), int(files)


@needs_proc
@both
def test_calls_leave_nothing_behind(kind: str) -> None:
    """Thousands of calls leave less than 30 bytes each: no record, cache or list grows with them (H10)."""
    kept, _ = left_behind(CALLS[kind])

    assert kept < 30 * 3000


@needs_proc
@both
def test_closed_clients_leave_nothing_behind(kind: str) -> None:
    """A thousand clients, each used once and closed, leave less than 100 bytes each, and no file open (H10)."""
    kept, files = left_behind(CLIENTS[kind])

    assert kept < 100 * 1000
    assert files <= 1
