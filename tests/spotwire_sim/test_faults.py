"""Faults on demand: each is on the wire what it claims to be, happens as often as planned, and is accounted for."""

import asyncio
import gzip
import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from spotwire_sim import Fault, SimulatedVenue, simulate
from spotwire_sim.call import Request
from spotwire_sim.control import Control
from spotwire_sim.faces import mexc
from spotwire_sim.faults import KINDS

NOON = 1_700_000_040_000
TIME = b'{"serverTime":1700000040000}'
ASK = b"GET /api/v3/time HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture
def venue() -> Iterator[SimulatedVenue]:
    with simulate("mexc", limits=False, now=lambda: NOON) as running:
        yield running


@pytest.fixture
def http(venue: SimulatedVenue) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=venue.url, trust_env=False) as client:
        yield client


def connect(venue: SimulatedVenue) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", int(venue.url.rsplit(":", 1)[1])))
    connection.settimeout(10)
    return connection


def talk(venue: SimulatedVenue, request: bytes = ASK) -> tuple[bytes, str]:
    """Return what comes back until the end, and how it ends."""
    with connect(venue) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except ConnectionResetError:
            return answer, "reset"
        return answer, "closed"


def first_packet(connection: socket.socket) -> tuple[bytes, bytes]:
    """Return head and everything behind it of what one read gives."""
    connection.sendall(ASK)
    head, _, rest = connection.recv(65536).partition(b"\r\n\r\n")
    return head, rest


def order(venue: SimulatedVenue) -> bytes:
    query = f"symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&newClientOrderId=mine&timestamp={NOON}"
    signature = mexc.sign(venue.api_secret, query.encode()).decode()
    head = f"POST /api/v3/order?{query}&signature={signature} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    return f"{head}X-MEXC-APIKEY: {venue.api_key}\r\nContent-Length: 0\r\n\r\n".encode()


def booked(venue: SimulatedVenue) -> int:
    return len(venue.exchange.orders(venue.user))


# The connection


@pytest.mark.parametrize(
    ("fault", "end", "orders"),
    [
        pytest.param(Fault.reset_before(), "reset", 0, id="reset_before"),
        pytest.param(Fault.reset_after(), "reset", 1, id="reset_after"),
        pytest.param(Fault.close_before(), "closed", 0, id="close_before"),
        pytest.param(Fault.close_after(), "closed", 1, id="close_after"),
        pytest.param(Fault.refuse(ms=1), "reset", 0, id="refuse"),
    ],
)
def test_lost_answer(venue: SimulatedVenue, fault: Fault, end: str, orders: int) -> None:
    """Before: no order is booked; after: exactly one is. Not a byte comes back, and the connection ends as it says."""
    venue.faults.plan("placeOrder", fault)

    assert (b"", end) == talk(venue, order(venue))
    assert orders == booked(venue)
    venue.faults.check()


def test_lost_answer_is_in_the_record(venue: SimulatedVenue) -> None:
    """With the operation, the fault, and no status."""
    venue.faults.plan("placeOrder", Fault.reset_before())
    talk(venue, order(venue))
    request = venue.requests[-1]

    assert ("placeOrder", 0, "reset_before", None) == (
        request.operation,
        request.status,
        request.fault,
        request.situation,
    )


def test_refuse_takes_the_port_away_and_gives_it_back(venue: SimulatedVenue) -> None:
    """New connections are refused and open ones are reset; after the time the venue is there again, as it was."""
    talk(venue, order(venue).replace(b"Host: x", b"Host: x\r\nConnection: close"))
    idle = connect(venue)
    first_packet(idle)
    venue.faults.plan("serverTime", Fault.refuse(ms=300))
    assert (b"", "reset") == talk(venue)

    with pytest.raises(ConnectionRefusedError):
        connect(venue)
    with idle, pytest.raises(ConnectionResetError):
        idle.recv(1)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            connection = connect(venue)
        except ConnectionRefusedError:
            continue
        break
    with connection:
        assert TIME == first_packet(connection)[1]
    assert 1 == booked(venue)


def test_refusing_from_the_first_connection_on(venue: SimulatedVenue) -> None:
    """Within the block the system refuses, and behind it the venue answers at the same address."""
    with venue.refusing(), pytest.raises(ConnectionRefusedError):
        connect(venue)

    with connect(venue) as connection:
        assert TIME == first_packet(connection)[1]


@pytest.mark.parametrize("ms", [0, 1, 60_000])
def test_stop_while_the_venue_is_down(ms: int) -> None:
    """Nothing is left behind and the port is free, also where the venue is just about to come back."""
    before = threading.active_count()
    with simulate("mexc") as venue:
        port = int(venue.url.rsplit(":", 1)[1])
        venue.faults.plan("*", Fault.refuse(ms=ms))
        talk(venue)

    assert before == threading.active_count()
    with simulate("mexc", port=port):
        pass


# Time


def test_latency_executes_at_once_and_answers_late(venue: SimulatedVenue) -> None:
    """The order is booked while the client waits."""
    venue.faults.plan("placeOrder", Fault.latency(ms=400))
    start = time.monotonic()
    with connect(venue) as connection:
        connection.sendall(order(venue))
        while not booked(venue):
            pass
        assert [] == select.select([connection], [], [], 0)[0]
        answer = connection.recv(65536)

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert time.monotonic() - start >= 0.4


def test_latency_holds_up_nobody_else(venue: SimulatedVenue, http: httpx.Client) -> None:
    """It is one answer that waits; a client that went away does not keep the venue from stopping."""
    venue.faults.plan("serverTime", Fault.latency(ms=60_000))
    with connect(venue) as waiting:
        waiting.sendall(ASK)
        assert 200 == http.get("/api/v3/ping").status_code
        while venue.faults:
            pass
        assert 200 == http.get("/api/v3/time").status_code


def test_clock_skew_moves_the_clock_before_the_time_is_checked(venue: SimulatedVenue, http: httpx.Client) -> None:
    """The signed request is out of its window, and so is the next: the clock stays moved."""
    venue.faults.plan("placeOrder", Fault.clock_skew(ms=60_000))
    for _ in range(2):
        talk(venue, order(venue).replace(b"Host: x", b"Host: x\r\nConnection: close"))

    assert ["clock", "clock"] == [request.situation for request in venue.requests]
    assert {"serverTime": NOON + 60_000} == http.get("/api/v3/time").json()


@pytest.mark.parametrize(("fault", "split"), [(Fault.slow_headers(ms=2), 0), (Fault.slow_body(ms=2), 1)])
def test_slow_comes_byte_by_byte(venue: SimulatedVenue, fault: Fault, split: int) -> None:
    """The answer is right, and arrives in as many pieces as the slow part has bytes."""
    venue.faults.plan("serverTime", fault)

    async def pieces() -> list[bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(venue.url.rsplit(":", 1)[1]))
        writer.write(ASK)
        found: list[bytes] = []
        while not b"".join(found).endswith(TIME):
            found.append(await reader.read(65536))
        writer.close()
        await writer.wait_closed()
        return found

    found = asyncio.run(pieces())
    slow = b"".join(found).partition(b"\r\n\r\n")[0] if not split else TIME

    # A busy machine may merge some of them.
    assert len(slow) / 2 < len(found) <= len(slow) + 10


def test_slow_answer_keeps_the_connection(venue: SimulatedVenue) -> None:
    """The next request on it is answered."""
    venue.faults.plan("serverTime", Fault.slow_body(ms=0))
    with connect(venue) as connection:
        answers = b""
        connection.sendall(ASK)
        while not answers.endswith(TIME):
            answers += connection.recv(65536)
        head, rest = first_packet(connection)

    assert (b"HTTP/1.1 200 OK", TIME) == (head.partition(b"\r\n")[0], rest)


# What is not HTTP any more


def test_half_body_is_cut(venue: SimulatedVenue) -> None:
    """The whole length is announced, half of it comes, and the connection is closed."""
    venue.faults.plan("serverTime", Fault.half_body())
    answer, end = talk(venue)
    head, _, body = answer.partition(b"\r\n\r\n")

    assert b"content-length: 28" in head
    assert (TIME[:14], "closed") == (body, end)


def test_garbage_status_line(venue: SimulatedVenue, http: httpx.Client) -> None:
    """No client reads it as HTTP."""
    venue.faults.plan("serverTime", Fault.garbage_status_line(), times=2)

    assert not talk(venue)[0].startswith(b"HTTP/")
    with pytest.raises(httpx.RemoteProtocolError, match="status line"):
        http.get("/api/v3/time")


def test_conflicting_lengths(venue: SimulatedVenue) -> None:
    """There are two, and they differ."""
    venue.faults.plan("serverTime", Fault.conflicting_lengths())
    head, _, body = talk(venue)[0].partition(b"\r\n\r\n")

    assert (1, 1, TIME) == (head.count(b"content-length: 28"), head.count(b"content-length: 35"), body)


@pytest.mark.parametrize(
    ("fault", "spare"), [(Fault.extra_bytes(), b'{"sim":"extra bytes"}'), (Fault.two_answers(), b"HTTP/1.1 200 OK\r\n")]
)
def test_more_than_was_asked_for_in_one_packet(venue: SimulatedVenue, fault: Fault, spare: bytes) -> None:
    """Behind the right answer something else follows at once, and the connection stays open."""
    venue.faults.plan("serverTime", fault)
    with connect(venue) as connection:
        head, rest = first_packet(connection)
        again = first_packet(connection)[1]

    assert b"content-length: 28" in head
    assert rest.startswith(TIME + spare)
    assert TIME == again


# What is HTTP, but not the venue's answer


@pytest.mark.parametrize(
    ("fault", "status", "body", "headers"),
    [
        pytest.param(Fault.status(429, headers={"Retry-After": "7"}), 429, b"", {"retry-after": "7"}, id="429"),
        pytest.param(Fault.status(429), 429, b"", {"retry-after": None}, id="429 without Retry-After"),
        pytest.param(Fault.status(418, '{"code":418}'), 418, b'{"code":418}', {}, id="418"),
        pytest.param(Fault.status(503, "busy", {"Content-Type": "a/b"}), 503, b"busy", {"content-type": "a/b"}, id="503"),
        pytest.param(Fault.redirect("http://127.0.0.1:1/"), 307, b"", {"location": "http://127.0.0.1:1/"}, id="redirect"),
    ],
)  # fmt: skip
def test_other_answer(
    venue: SimulatedVenue,
    http: httpx.Client,
    fault: Fault,
    status: int,
    body: bytes,
    headers: dict[str, str | None],
) -> None:
    """It comes in place of the venue's, and the order is not executed."""
    venue.faults.plan("*", fault, times=2)
    answer = http.get("/api/v3/time")
    assert (status, body) == (answer.status_code, answer.content)
    assert headers == {name: answer.headers.get(name) for name in headers}

    talk(venue, order(venue).replace(b"Host: x", b"Host: x\r\nConnection: close"))
    assert 0 == booked(venue)
    venue.faults.check()


@pytest.mark.parametrize("status", [200, 502, 520])
def test_html(venue: SimulatedVenue, http: httpx.Client, status: int) -> None:
    """The page of a proxy, whatever the status."""
    venue.faults.plan("serverTime", Fault.html(status))
    answer = http.get("/api/v3/time")

    assert (status, "text/html; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert answer.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("fault", [Fault.html(executed=True), Fault.status(503, executed=True)], ids=str)
def test_bad_answer_to_an_executed_order(venue: SimulatedVenue, fault: Fault) -> None:
    """The proxy gave up, the venue did not: the order is booked."""
    venue.faults.plan("placeOrder", fault)
    talk(venue, order(venue).replace(b"Host: x", b"Host: x\r\nConnection: close"))

    assert 1 == booked(venue)


def test_huge_header(venue: SimulatedVenue) -> None:
    """It is as long as was asked for."""
    venue.faults.plan("serverTime", Fault.huge_header(kib=300))
    answer, _ = talk(venue, ASK.replace(b"Host: x", b"Host: x\r\nConnection: close"))

    assert b"\r\nx-sim-huge: " + b"x" * 300 * 1024 + b"\r\n" in answer
    assert answer.endswith(TIME)


def test_gzip_bomb_is_small_on_the_wire_and_large_unpacked(venue: SimulatedVenue) -> None:
    """A thousand times as large."""
    venue.faults.plan("serverTime", Fault.gzip_bomb(mib=4))
    head, _, body = talk(venue, ASK.replace(b"Host: x", b"Host: x\r\nConnection: close"))[0].partition(b"\r\n\r\n")

    assert b"content-encoding: gzip" in head
    assert 900 * len(body) < len(gzip.decompress(body)) == 4 << 20


def test_corrupt_gzip(venue: SimulatedVenue, http: httpx.Client) -> None:
    """It says gzip and cannot be unpacked."""
    venue.faults.plan("exchangeInfo", Fault.corrupt_gzip())

    with pytest.raises(httpx.DecodingError):
        http.get("/api/v3/exchangeInfo")


# Other JSON than documented


def test_malformed_json(venue: SimulatedVenue, http: httpx.Client) -> None:
    """A complete HTTP answer whose body is no JSON."""
    venue.faults.plan("serverTime", Fault.malformed_json())

    assert TIME[:-1] == http.get("/api/v3/time").content


DRIFT = [
    pytest.param(Fault.unknown_field(), lambda price: {"price": price, "simUnknown": "new"}, id="unknown_field"),
    pytest.param(Fault.unknown_enum("price"), lambda _: {"price": "SIM_UNKNOWN"}, id="unknown_enum"),
    pytest.param(Fault.null_member("price"), lambda _: {"price": None}, id="null_member"),
    pytest.param(Fault.empty_member("price"), lambda _: {"price": ""}, id="empty_member"),
    pytest.param(Fault.rename_member("price", "last"), lambda price: {"last": price}, id="rename_member"),
    pytest.param(Fault.change_type("price"), lambda price: {"price": {"sim": price}}, id="change_type"),
]


@pytest.mark.parametrize(("fault", "drifted"), DRIFT)
def test_drift_in_every_row(
    venue: SimulatedVenue, http: httpx.Client, fault: Fault, drifted: Callable[[str], dict[str, object]]
) -> None:
    """Members of the name change at any depth; everything else stays as it was."""
    before = http.get("/api/v3/ticker/price").json()
    venue.faults.plan("price", fault)
    after = http.get("/api/v3/ticker/price").json()

    assert len(before) > 1
    assert [{"symbol": row["symbol"], **drifted(row["price"])} for row in before] == after


def test_drift_keeps_the_digits_of_numbers() -> None:
    """0.10 stays 0.10, and a long id keeps its digits."""
    from spotwire_sim.faults import Reply

    body = b'{"a":0.10,"b":123456789012345678901234567890,"c":1e-7,"d":[1.50]}'
    changed = Fault.unknown_field().changed(Reply(200, [], body)).body

    assert body[:-1] + b',"simUnknown":"new"}' == changed


def test_unknown_enum_keeps_the_type(venue: SimulatedVenue, http: httpx.Client) -> None:
    """A number stays a number."""
    venue.faults.plan("serverTime", Fault.unknown_enum("serverTime"))

    assert {"serverTime": 987654} == http.get("/api/v3/time").json()


def test_fault_that_changes_nothing_waits(venue: SimulatedVenue, http: httpx.Client) -> None:
    """The answer passes as it is, and the fault is still unused: a misspelt member is noticed."""
    venue.faults.plan("serverTime", Fault.null_member("severTime"))

    assert TIME == http.get("/api/v3/time").content
    with pytest.raises(AssertionError, match=r"serverTime: null_member\(member='severTime'\), 1 time$"):
        venue.faults.check()


# The plan


def test_fault_happens_as_often_as_planned(venue: SimulatedVenue, http: httpx.Client) -> None:
    """And only to its operation."""
    venue.faults.plan("serverTime", Fault.status(503), times=2)
    paths = ["time", "ping", "time", "time"]

    assert [503, 200, 503, 200] == [http.get(f"/api/v3/{path}").status_code for path in paths]
    assert [] == venue.faults.unused()


def test_faults_happen_in_the_order_in_which_they_were_planned(venue: SimulatedVenue, http: httpx.Client) -> None:
    """One request meets one of them; those for any operation stand in the same line."""
    venue.faults.plan("serverTime", Fault.status(501))
    venue.faults.plan("*", Fault.status(502))
    venue.faults.plan("serverTime", Fault.status(503))

    assert [501, 502, 503, 200] == [http.get("/api/v3/time").status_code for _ in range(4)]


def test_unused_faults_are_named(venue: SimulatedVenue, http: httpx.Client) -> None:
    """With operation, arguments and how often they were still to happen; leaving the block raises nothing."""
    venue.faults.plan("placeOrder", Fault.latency(ms=300), times=2)
    venue.faults.plan("*", Fault.status(503))
    http.get("/api/v3/time")

    with pytest.raises(AssertionError) as caught:
        venue.faults.check()
    assert "planned faults did not happen: placeOrder: latency(ms=300), 2 times" == str(caught.value)


def test_any_operation_includes_unknown_paths(venue: SimulatedVenue, http: httpx.Client) -> None:
    """A proxy fails whatever is asked for."""
    venue.faults.plan("*", Fault.html(502))

    assert 502 == http.get("/nowhere").status_code


def test_reset_and_clear_forget_the_plan(venue: SimulatedVenue) -> None:
    """Nothing is left to check."""
    venue.faults.plan("*", Fault.reset_before())
    venue.reset()
    venue.faults.check()
    venue.faults.plan("*", Fault.reset_before())
    venue.faults.clear()
    venue.faults.check()


@pytest.mark.parametrize(
    ("operation", "times", "message"),
    [("placeOrdr", 1, "there is no operation 'placeOrdr'; there are ping, "), ("ping", 0, "times is at least 1")],
)
def test_plan_that_cannot_happen_is_an_error(venue: SimulatedVenue, operation: str, times: int, message: str) -> None:
    """It is raised where it was planned."""
    with pytest.raises(ValueError, match=message):
        venue.faults.plan(operation, Fault.reset_before(), times)


@pytest.mark.parametrize("make", [Fault.status, Fault.html])
def test_status_must_be_one(make: Any) -> None:
    """Of three digits, and final."""
    with pytest.raises(ValueError, match="from 200 to 599, not 99"):
        make(99)


def test_faults_without_a_connection_are_an_error(venue: SimulatedVenue) -> None:
    """An application that is called in process has no connection that could break."""
    venue.faults.plan("*", Fault.reset_before())
    transport = httpx.ASGITransport(venue._app)

    async def ask() -> None:
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as http:
            await http.get("/api/v3/time")

    with pytest.raises(RuntimeError, match="real connection"):
        asyncio.run(ask())


def test_hundred_clients_meet_the_planned_number(venue: SimulatedVenue) -> None:
    """Not one more, not one less."""
    venue.faults.plan("serverTime", Fault.status(503), times=37)

    async def crowd() -> list[int]:
        async def ask() -> int:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(venue.url.rsplit(":", 1)[1]))
            writer.write(ASK)
            line = await reader.readline()
            writer.close()
            return int(line.split()[1])

        return await asyncio.gather(*(ask() for _ in range(100)))

    statuses = asyncio.run(crowd())

    assert (37, 63) == (statuses.count(503), statuses.count(200))


# From a file


@pytest.mark.parametrize(
    "text",
    [
        '[{"operation": "serverTime", "fault": "status", "code": 503, "times": 2}]',
        "- {operation: serverTime, fault: status, code: 503, times: 2}",
        "- operation: serverTime\n  fault: status\n  code: 503\n  times: 2\n",
    ],
)
def test_faults_from_a_file(tmp_path: Path, text: str) -> None:
    """YAML or JSON; planned at the start and again at each reset."""
    file = tmp_path / "faults.yaml"
    file.write_text(text)
    with simulate("mexc", faults=file) as venue, httpx.Client(base_url=venue.url) as http:
        first = [http.get("/api/v3/time").status_code for _ in range(3)]
        venue.reset()
        again = http.get("/api/v3/time").status_code

    assert ([503, 503, 200], 503) == (first, again)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"fault": "latency", "ms": 1}, "operation"),
        ({"operation": "ping", "fault": "latncy"}, "there is no fault 'latncy'; there are change_type, "),
        ({"operation": "ping", "fault": "latency"}, "latency: missing a required argument: 'ms'"),
        ({"operation": "ping", "fault": "latency", "ms": "soon"}, "latency: Expected `int`, got `str`"),
        ({"operation": "ping", "fault": "latency", "ms": 1, "mss": 1}, "latency: .*'mss'"),
        ({"operation": "ping", "fault": "of", "kind": "latency"}, "there is no fault 'of'"),
        ({"operation": "pong", "fault": "latency", "ms": 1}, "there is no operation 'pong'"),
        ("latency", "faults are a list of objects"),
    ],
)
def test_row_that_is_wrong_is_an_error(venue: SimulatedVenue, row: object, message: str) -> None:
    """It says what is wrong, and the rows beside it are not planned either."""
    with pytest.raises(ValueError, match=message):
        venue.faults.plan_rows([{"operation": "ping", "fault": "reset_before"}, row])

    assert [] == venue.faults.unused()


def test_every_kind_can_be_planned_from_a_row(venue: SimulatedVenue) -> None:
    """What a row makes is what the function of that name makes."""
    given: dict[str, dict[str, object]] = {
        "latency": {"ms": 1},
        "clock_skew": {"ms": 1},
        "status": {"code": 418, "headers": {"Retry-After": "3"}},
        "redirect": {"url": "http://127.0.0.1:1/"},
        "unknown_enum": {"member": "a"},
        "null_member": {"member": "a"},
        "empty_member": {"member": "a"},
        "change_type": {"member": "a"},
        "rename_member": {"old": "a", "new": "b"},
    }
    venue.faults.plan_rows([{"operation": "*", "fault": kind, **given.get(kind, {})} for kind in KINDS])

    assert 27 == len(KINDS)
    assert [str(getattr(Fault, kind)(**given.get(kind, {}))) for kind in KINDS] == [
        str(planned.fault) for planned in venue.faults.unused()
    ]


# Over HTTP


def test_faults_over_http(venue: SimulatedVenue, http: httpx.Client) -> None:
    """Planned, listed, used, and forgotten."""
    row = {"operation": "serverTime", "fault": "latency", "ms": 1, "times": 2}
    assert [row] == http.post("/__sim/faults", json=[row]).json()
    http.get("/api/v3/time")
    assert [row | {"times": 1}] == http.get("/__sim/faults").json()
    assert [] == http.delete("/__sim/faults").json()
    venue.faults.check()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        ("POST", "faults", b'[{"operation":"ping","fault":"x"}]', 400, "there is no fault 'x'"),
        ("POST", "faults", b"[", 400, "Input data was truncated"),
        ("POST", "clock", b'{"offset":1}', 400, "unknown field"),
        ("POST", "clock", b'{"offset_ms":"1"}', 400, "Expected `int`"),
        ("PUT", "faults", b"", 404, "there are POST /__sim/faults, "),
        ("GET", "nowhere", b"", 404, "there are POST /__sim/faults, "),
    ],
)
def test_wrong_use_over_http(
    http: httpx.Client, method: str, path: str, body: bytes, status: int, message: str
) -> None:
    """It is answered with what is wrong."""
    answer = http.request(method, f"/__sim/{path}", content=body)

    assert (status, True) == (answer.status_code, message in answer.json()["error"])


def test_clock_and_reset_over_http(venue: SimulatedVenue, http: httpx.Client) -> None:
    """As `venue.clock.offset` and `venue.reset()`."""
    assert {"offset_ms": 5000} == http.post("/__sim/clock", json={"offset_ms": 5000}).json()
    assert {"serverTime": NOON + 5000} == http.get("/api/v3/time").json()
    assert {} == http.post("/__sim/reset").json()
    assert ([], 0) == (venue.requests, venue.clock.offset)


def test_requests_over_http_show_no_secret(venue: SimulatedVenue, http: httpx.Client) -> None:
    """Neither key nor signature, in query or body; the simulator's own paths are not in the record."""
    talk(venue, order(venue).replace(b"Host: x", b"Host: x\r\nConnection: close"))
    http.post("/api/v1/private?command=x&api_key=K1Y&sign=S1G", json={"apiSecret": "S3CRET", "symbol": "A"})
    first, second = http.get("/__sim/requests").json()
    shown = json.dumps([first, second])

    assert ("placeOrder", 200, None, None) == (first["operation"], first["status"], first["situation"], first["fault"])
    assert "signature=***" in first["query"]
    assert "symbol=BTCUSDT&side=BUY" in first["query"]
    assert "command=x&api_key=***&sign=***" == second["query"]
    assert '{"apiSecret":"***","symbol":"A"}' == second["body"]
    assert not [secret for secret in (venue.api_key, "K1Y", "S1G", "S3CRET") if secret in shown]


def test_control_is_for_this_machine(venue: SimulatedVenue) -> None:
    """Whoever asks from elsewhere is turned away, even where the venue listens for him."""
    control = Control(venue._app, venue.clock)
    answers = [
        control.answer(Request("POST", "/__sim/reset", b"", {}, b"", address))[0]
        for address in ("127.0.0.1", "::1", "192.0.2.7", "")
    ]

    assert [200, 200, 403, 403] == answers


def test_control_is_not_limited_and_meets_no_fault() -> None:
    """It works while the venue does not."""
    with simulate("coinw", now=lambda: NOON) as venue, httpx.Client(base_url=venue.url) as http:
        venue.faults.plan("*", Fault.reset_before())
        statuses = {http.get("/__sim/faults").status_code for _ in range(110)}

        assert ({200}, 1) == (statuses, len(venue.faults.unused()))


# What else `simulate` takes


def test_symbols_restrict_the_listings() -> None:
    """Only these are listed; the seeded market of each is as it would be."""
    with simulate("mexc", symbols=["ETHUSDT"], now=lambda: NOON) as venue, httpx.Client(base_url=venue.url) as http:
        listed = [row["symbol"] for row in http.get("/api/v3/exchangeInfo").json()["symbols"]]
        gone = http.get("/api/v3/depth?symbol=BTCUSDT").json()

    assert (["ETHUSDT"], 10007) == (listed, gone["code"])


def test_symbol_that_is_not_listed_is_an_error() -> None:
    """The message lists those that are."""
    with pytest.raises(ValueError, match="mexc does not list NOSUCH; it lists BTCUSDT, ETHUSDT, MXUSDT"):
        simulate("mexc", symbols=["NOSUCH", "BTCUSDT"])


def test_several_venues_have_faults_of_their_own() -> None:
    """What is planned at one does not happen at the other."""
    with simulate("mexc") as one, simulate("jex") as other, httpx.Client() as http:
        one.faults.plan("*", Fault.status(503))
        statuses = [http.get(other.url + "/api/v1/ping"), http.get(one.url + "/api/v3/ping")]

    assert [200, 503] == [answer.status_code for answer in statuses]
