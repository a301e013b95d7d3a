"""The life of a simulated venue's server, and what hostile clients cannot do to it."""

import asyncio
import hmac
import json
import os
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from spotwire_sim import SimulatedVenue, simulate, venues
from spotwire_sim.faces import face_of
from spotwire_sim.spec import load
from spotwire_sim.venue import LARGEST_BODY, Venue

NOON = 1_700_000_040_000


@pytest.fixture
def mexc() -> Iterator[SimulatedVenue]:
    with simulate("mexc", now=lambda: NOON) as venue:
        yield venue


def signed(venue: SimulatedVenue, query: str) -> str:
    text = f"{query}&timestamp={venue.clock()}"
    return f"{text}&signature={hmac.new(venue.api_secret.encode(), text.encode(), 'sha256').hexdigest()}"


def post_order(venue: SimulatedVenue, query: str) -> httpx.Response:
    headers = {"X-MEXC-APIKEY": venue.api_key, "Content-Type": "application/json"}
    with httpx.Client(trust_env=False) as http:
        return http.post(f"{venue.url}/api/v3/order?{signed(venue, query)}", headers=headers)


def get(venue: SimulatedVenue, path: str) -> httpx.Response:
    with httpx.Client(trust_env=False) as http:
        return http.get(venue.url + path)


ORDER = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11"


# Life


def test_it_listens_on_loopback_alone(mexc: SimulatedVenue) -> None:
    """K3: the port is the system's choice, the address 127.0.0.1."""
    assert mexc.url.startswith("http://127.0.0.1:")
    assert {} == get(mexc, "/api/v3/ping").json()


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_other_loopback_addresses_need_no_warning(host: str) -> None:
    """K3: they are as private as 127.0.0.1."""
    try:
        with simulate("mexc", host=host) as venue:
            assert 200 == get(venue, "/api/v3/ping").status_code
    except OSError:
        pytest.skip(f"this machine has no {host}")


def test_foreign_address_is_warned_about() -> None:
    """K3: it has to be asked for, and the warning points at the line that did."""
    with pytest.warns(UserWarning, match="anybody who reaches it") as caught, simulate("mexc", host="0.0.0.0"):
        pass

    assert [__file__] == [warning.filename for warning in caught]


def test_stop_leaves_nothing_behind() -> None:
    """No thread, no open connection, and the port is free again."""
    before = threading.active_count()
    with simulate("mexc") as venue:
        port = int(venue.url.rsplit(":", 1)[1])
        idle = socket.create_connection(("127.0.0.1", port))
        assert 200 == get(venue, "/api/v3/ping").status_code

    with idle:
        idle.settimeout(5)
        assert b"" == idle.recv(1)
    assert before == threading.active_count()
    with simulate("mexc", port=port):
        pass


def test_stop_after_an_error_in_the_block() -> None:
    """The server is stopped and the error passes through."""
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), simulate("mexc"):
        raise ZeroDivisionError

    assert before == threading.active_count()


def test_port_that_is_taken_is_an_error(mexc: SimulatedVenue) -> None:
    """It is raised where the venue was started, not in the thread."""
    with pytest.raises(OSError, match="in use"):
        simulate("mexc", port=int(mexc.url.rsplit(":", 1)[1])).start()


def test_starting_twice_is_an_error_and_stopping_twice_is_not(mexc: SimulatedVenue) -> None:
    """`start` says so, `stop` is idempotent, and a stopped venue can be started again."""
    with pytest.raises(RuntimeError, match="running already"):
        mexc.start()
    mexc.stop()
    mexc.stop()
    with pytest.raises(RuntimeError, match="not running"):
        _ = mexc.url
    mexc.start()
    assert 200 == get(mexc, "/api/v3/ping").status_code


def test_several_venues_run_side_by_side() -> None:
    """Each has its own state."""
    with simulate("mexc") as one, simulate("mexc") as other:
        assert 200 == post_order(one, ORDER).status_code
        assert (1, 0) == tuple(len(venue.exchange.open_orders(venue.user)) for venue in (one, other))


def test_it_works_inside_a_running_loop() -> None:
    """An asynchronous test starts and stops it like any other."""

    async def ask() -> int:
        with simulate("mexc") as venue:
            async with httpx.AsyncClient(trust_env=False) as http:
                return (await http.get(f"{venue.url}/api/v3/ping")).status_code

    assert 200 == asyncio.run(ask())


@pytest.mark.parametrize(
    ("arguments", "what"), [({"venue": "nowhere"}, "no simulated venue"), ({"venue": "../mexc"}, "no")]
)
def test_unknown_venue_is_an_error(arguments: dict[str, Any], what: str) -> None:
    """The message lists the venues that there are."""
    with pytest.raises(ValueError, match=what):
        simulate(**arguments)


def test_unknown_dialect_is_an_error() -> None:
    """There are two."""
    with pytest.raises(ValueError, match="'venue' or 'strict'"):
        simulate("mexc", dialect="other")  # type: ignore[arg-type]


def test_face_must_fit_the_document() -> None:
    """A function for an operation that is not documented is a mistake in the face."""
    from msgspec import structs

    from spotwire_sim.clock import Clock

    face = structs.replace(face_of("mexc"), answers={"noSuchThing": lambda _desk, _call: None})
    with pytest.raises(ValueError, match="noSuchThing"):
        Venue(load("mexc"), face, clock=Clock(), seed=0, dialect="venue")


# What tests use


def test_requests_are_recorded(mexc: SimulatedVenue) -> None:
    """As they came, with the operation and what was wrong with them."""
    post_order(mexc, f"{ORDER}&newClientOrderId=a%2Db")
    get(mexc, "/api/v3/nope?a=1")
    bad, nope = mexc.requests

    assert ("POST", "/api/v3/order", "placeOrder", 200) == (bad.method, bad.path, bad.operation, bad.status)
    assert ("a%2Db" in bad.query, bad.headers["x-mexc-apikey"], bad.body) == (True, mexc.api_key, b"")
    assert (None, "unknown-path", 404, "a=1") == (nope.operation, nope.situation, nope.status, nope.query)


def test_reset_goes_back_to_the_start(mexc: SimulatedVenue) -> None:
    """Orders, balances, record and clock."""
    start = get(mexc, "/api/v3/exchangeInfo").content
    mexc.clock.offset = 5_000
    post_order(mexc, ORDER)
    mexc.reset()

    assert ([], 0) == (mexc.requests, mexc.clock.offset)
    assert [] == mexc.exchange.orders(mexc.user)
    assert start == get(mexc, "/api/v3/exchangeInfo").content


def test_moved_clock_shows_in_the_answers_and_the_date(mexc: SimulatedVenue) -> None:
    """Clients that set their clock by the header Date see the same time."""
    mexc.clock.offset = 3_600_000
    answer = get(mexc, "/api/v3/time")

    assert {"serverTime": NOON + 3_600_000} == answer.json()
    assert "Tue, 14 Nov 2023 23:14:00 GMT" == answer.headers["date"]


def test_refusal_says_why_in_headers(mexc: SimulatedVenue) -> None:
    """The body is the venue's; the headers are for the developer and carry no control characters."""
    answer = get(mexc, "/api/v3/depth?symbol=%0D%0AX-Evil%3A%201%00%E2%82%AC")

    assert b'{"code":10007,"msg":"bad symbol"}' == answer.content
    assert "unknown-symbol" == answer.headers["x-sim-situation"]
    assert "x-evil" not in answer.headers
    assert "X-Evil: 1" in answer.headers["x-sim-reason"]


def test_auth_is_the_hook_that_the_document_names(mexc: SimulatedVenue) -> None:
    """It holds the credentials of the test account."""
    assert "MexcAuth" == type(mexc.auth).__name__
    assert (mexc.api_key, mexc.api_secret) == mexc.auth.sensitive()


def test_simulator_imports_nothing_of_the_client() -> None:
    """Not even while it serves; `auth` is the one exception, when it is read."""
    program = """
import sys
from spotwire_sim import simulate
from spotwire_sim import venues
import urllib.request
for name in venues():
    with simulate(name) as venue:
        try: urllib.request.urlopen(venue.url)
        except urllib.error.HTTPError: pass
print(sorted({name.partition(".")[0] for name in sys.modules} & {"auth_hooks", "spotwire", "spotwire_core", "generator"}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "[]\n" == done.stdout


# Dialects


@pytest.mark.parametrize("venue", venues())
def test_strict_dialect_refuses_with_a_client_error(venue: str) -> None:
    """Whatever status the venue gives a refusal, the strict dialect gives one from 400 on, with the same body."""
    with simulate(venue, now=lambda: NOON) as as_venue, simulate(venue, dialect="strict", now=lambda: NOON) as strict:
        for path in _paths(venue):
            given, wanted = get(as_venue, path), get(strict, path)
            assert given.content == wanted.content
            assert 400 <= wanted.status_code < 500, (path, wanted.text)


def _paths(venue: str) -> list[str]:
    operations = load(venue).operations.values()
    signed = (
        next(op for op in operations if op.security and op.method == "GET" and not op.path_parameters)
        if venue != "coinw"
        else None
    )
    return ["/nowhere", *([signed.path] if signed else [])]


# Hostile clients


def talk(venue: SimulatedVenue, *pieces: bytes) -> bytes:
    """Send raw bytes, close the writing side and read until the server closes."""
    with socket.create_connection(("127.0.0.1", int(venue.url.rsplit(":", 1)[1]))) as connection:
        connection.settimeout(10)
        for piece in pieces:
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except ConnectionResetError:
            pass
        return answer


HOSTILE = [
    b"\x00\x01\x02\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET /api/v3/time HTTP/9.9\r\n\r\n",
    b"GET /api/v3/time?\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v3/time?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://evil/api/v3/time HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET //api/v3/time HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v3/../v3/time HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"HEAD /api/v3/time HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v3/time HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
    b"GET /api/v3/account?timestamp=1&signature=x HTTP/1.1\r\nHost: x\r\nX-MEXC-APIKEY: \xff\xfe\r\n\r\n",
    b"GET /api/v3/account?timestamp=1&signature=x HTTP/1.1\r\nHost: x\r\nX-MEXC-APIKEY: a\r\nX-MEXC-APIKEY: b\r\n\r\n",
    b"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort",
    b"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x00",
    b"GET /api/v3/time HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    b"GET /api/v3/depth?symbol=" + b"A" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /api/v3/time HTTP/1.1\r\nHost: x\r\n\r\n" * 100,
]


def test_hostile_bytes_never_break_the_server(mexc: SimulatedVenue, caplog: pytest.LogCaptureFixture) -> None:
    """K2: no 500, no traceback in an answer, no bug in the log, and it stays up."""
    for request in HOSTILE:
        answer = talk(mexc, request)
        assert b"HTTP/1.1 500" not in answer, request[:80]
        assert b"Traceback" not in answer, request[:80]
    assert 200 == get(mexc, "/api/v3/time").status_code
    assert "internal" not in {request.situation for request in mexc.requests}
    assert [] == [record for record in caplog.records if record.name.startswith("spotwire_sim")]


def test_too_large_body_is_refused(mexc: SimulatedVenue) -> None:
    """It is read to the end and thrown away, so that the client gets its answer."""
    size = LARGEST_BODY + 100_000
    head = f"POST /api/v3/order HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n"
    answer = talk(mexc, head.encode(), b"x" * size)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert LARGEST_BODY + 1 == len(mexc.requests[-1].body)


def test_two_hundred_clients_at_once(mexc: SimulatedVenue) -> None:
    """K4: every one gets its answer."""

    async def ask() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(mexc.url.rsplit(":", 1)[1]))
        writer.write(b"GET /api/v3/ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer

    async def crowd() -> list[bytes]:
        return await asyncio.gather(*(ask() for _ in range(200)))

    assert {b"HTTP/1.1 200 OK"} == {answer.split(b"\r\n")[0] for answer in asyncio.run(crowd())}


def test_client_that_never_reads_holds_up_nobody() -> None:
    """K4: others are served meanwhile, and stopping does not wait for it."""
    with simulate("mexc") as venue:
        deaf = socket.create_connection(("127.0.0.1", int(venue.url.rsplit(":", 1)[1])))
        deaf.settimeout(0.5)
        request = b"GET /api/v3/exchangeInfo HTTP/1.1\r\nHost: x\r\n\r\n" * 1000
        try:
            for _ in range(20):
                deaf.sendall(request)
        except TimeoutError:
            pass
        assert 200 == get(venue, "/api/v3/ping").status_code
        started = time.monotonic()
    assert time.monotonic() - started < 10
    deaf.close()


# Determinism


def story(seed: int) -> list[bytes]:
    """Ask the same things in the same order."""
    answers: list[bytes] = []
    with simulate("mexc", seed=seed, now=lambda: NOON) as venue:
        orders = [
            ORDER.replace("quantity=1&price=11", f"quantity=0.3&price={price}") for price in ("11", "46300", "46263.8")
        ]
        answers += [post_order(venue, order).content for order in orders]
        paths = ("depth", "trades", "klines", "aggTrades", "avgPrice", "ticker/24hr")
        answers += [
            get(venue, f"/api/v3/{path}?symbol=BTCUSDT{'&interval=5m' * (path == 'klines')}").content for path in paths
        ]
    return answers


def test_same_seed_and_calls_give_the_same_bytes() -> None:
    """K5: with the clock held still; another seed gives another market."""
    first, second, other = story(1), story(1), story(2)

    assert first == second
    assert first != other
    assert all(json.loads(answer) for answer in other)


def test_same_bytes_under_another_hash_seed() -> None:
    """K5: nothing depends on the order of a set."""
    program = "\n".join(
        (
            "from spotwire_sim import simulate",
            "import urllib.request",
            f"with simulate('mexc', now=lambda: {NOON}) as v:",
            "    for p in ('exchangeInfo', 'depth?symbol=BTCUSDT', 'ticker/24hr'):",
            "        print(urllib.request.urlopen(v.url + '/api/v3/' + p).read())",
        )
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]

    assert runs[0] == runs[1]


def test_no_resource_is_left_open() -> None:
    """Not even a warning, when the garbage is collected."""
    import gc

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with simulate("mexc") as venue:
            get(venue, "/api/v3/ping")
        gc.collect()
