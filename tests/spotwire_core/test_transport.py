"""Sending: the exact bytes, one request, no redirects, and honest failures."""

import asyncio
import contextlib
import gc
import gzip
import socket
import threading
import time
import traceback
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from auth_hooks.mexc import MexcAuth
from spotwire.mexc.api.market import ORDER_BOOK, SERVER_TIME
from spotwire.mexc.api.trade import CANCEL_ORDER, ORDER, PLACE_ORDER
from spotwire.mexc.models.market import ServerTime
from spotwire.mexc.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.config import CallOptions
from spotwire_core.errors import ApiError, ConfigError, DecodeError, OutcomeUnknown, TransportError
from spotwire_core.message import Request
from spotwire_core.raw_server import Answer, Received, Server, ok
from spotwire_core.retries import Retries
from spotwire_core.transport import AsyncTransport, SyncTransport, check_client

Call = Callable[..., Any]

TLS = httpx.create_ssl_context(trust_env=False)
"""Made once: it costs more than most tests."""
AUTH = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
TIME = (SERVER_TIME, ())
READ = (ORDER, ("BTCUSDT", None, "7", None))
CANCEL = (CANCEL_ORDER, ("BTCUSDT", "7", None, None, None))
PLACE = (PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", "sw1", None))
ANSWER = ok(b'{"serverTime":5}')


def sent_by(server: Server, request: Request, kind: str, base_url: str | None = None) -> Received:
    """Send one request with a transport of its own or a client handed in, and return what the server got."""
    server.answer(ok())
    url = base_url if base_url is not None else server.url
    if kind.startswith("sync"):
        http = httpx.Client(verify=TLS, trust_env=False) if "httpx" in kind else None
        transport = SyncTransport(url, http)
        transport.send(request, operation="doIt", timeout=5)
        transport.close()
        if http:
            http.close()
    else:
        asyncio.run(sent_async(request, url, handed_in="httpx" in kind))
    return server.requests[-1]


async def sent_async(request: Request, url: str, *, handed_in: bool) -> None:
    http = httpx.AsyncClient(verify=TLS, trust_env=False) if handed_in else None
    transport = AsyncTransport(url, http)
    await transport.send(request, operation="doIt", timeout=5)
    await transport.aclose()
    if http:
        await http.aclose()


KINDS = ["sync", "async", "sync httpx", "async httpx"]
every_kind = pytest.mark.parametrize("kind", KINDS)

# What is sent


@every_kind
@pytest.mark.parametrize(
    "query",
    [
        "",
        "a=1",
        "a=%2c&b=%E2%82%AC&c=%20",
        "a=1+2&b='x'~;[]|\"{}",
        "a=b=c&&d",
        "command=doTrade&a=1",
        "a=%",
        "a=?/x/../y",
        "a=http://evil.example/",
    ],
)
def test_target_is_sent_byte_for_byte(server: Server, kind: str, query: str) -> None:
    """The HTTP library neither escapes, unescapes, sorts nor drops anything of the signed query (C4, D8)."""
    received = sent_by(server, Request("GET", "/api/v3/order", query), kind)

    assert f"GET /api/v3/order{'?' if query else ''}{query} HTTP/1.1".encode() == received.line


@every_kind
@pytest.mark.parametrize("path", ["/a%2Fb", "/price;symbol=A,B", "/a%2e%2e/b", "/%2e%2e/%2e%2e/b", "//evil.example/x"])
def test_path_is_sent_byte_for_byte(server: Server, kind: str, path: str) -> None:
    """Escapes and matrix parameters of a path arrive as they are, at the same host (D3, D4)."""
    received = sent_by(server, Request("GET", path, "a=1"), kind)

    assert f"GET {path}?a=1 HTTP/1.1".encode() == received.line
    assert server.url.removeprefix("http://") == received.header("host")


@every_kind
def test_path_of_the_base_url_goes_before(server: Server, kind: str) -> None:
    """A base URL with a path is a prefix of every target."""
    received = sent_by(server, Request("GET", "/api/v3/time", "a=%2c"), kind, base_url=f"{server.url}/mexc/v3")

    assert b"/mexc/v3/api/v3/time?a=%2c" == received.target


@every_kind
@pytest.mark.parametrize("body", [b"", b'{"a":"\xc3\xbc"}', b"a=1&b=%2C", bytes(range(256))])
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_body_is_sent_byte_for_byte(server: Server, kind: str, method: str, body: bytes) -> None:
    """The bytes that were signed are the body, with their length, also when there are none (C7, C9)."""
    received = sent_by(server, Request(method, "/p", body=body), kind)

    assert (body, method.encode()) == (received.body, received.line.split(b" ")[0])
    if body or "httpx" not in kind:
        assert str(len(body)) == received.header("content-length")


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_headers_are_ours_alone(server: Server, kind: str) -> None:
    """Without a client handed in nothing is added but Host and the length."""
    received = sent_by(server, Request("POST", "/p", headers=(("X-A", "1"), ("X-B", "2")), body=b"x"), kind)
    host = server.url.removeprefix("http://")

    ours = [("accept-encoding", "gzip"), ("x-a", "1"), ("x-b", "2")]
    assert [("host", host), *ours, ("content-length", "1")] == received.headers


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_get_has_no_length(server: Server, kind: str) -> None:
    """A GET without a body says nothing of a body."""
    assert [("host", server.url.removeprefix("http://")), ("accept-encoding", "gzip")] == sent_by(
        server, Request("GET", "/p"), kind
    ).headers


def test_headers_are_sent_with_a_client_handed_in(server: Server) -> None:
    """A client handed in may add its own headers, and keeps ours."""
    for kind in ("sync httpx", "async httpx"):
        received = sent_by(server, Request("POST", "/p", headers=(("User-Agent", "spotwire"), ("X-A", "1"))), kind)

        assert ("spotwire", "1") == (received.header("user-agent"), received.header("x-a"))


# What comes back


def test_answer_is_decoded(server: Server, any_way: Call) -> None:
    """An ordinary call gives the value, over one connection for several calls."""
    server.answer(ANSWER, ANSWER)

    assert [ServerTime(server_time=5)] * 2 == any_way(server.url, [TIME, TIME])
    assert 2 == len(server.requests)


def test_headers_of_an_answer_are_found_without_regard_to_case(server: Server) -> None:
    """`Retry-After` is found however it is written."""
    server.answer(ok(headers=b"rEtRy-AfTeR: 7\r\n"))
    transport = SyncTransport(server.url, None)
    response = transport.send(Request("GET", "/p"), operation="doIt", timeout=5)
    transport.close()

    assert ("7", "7") == (response.headers.get("retry-after"), response.headers.get("Retry-After"))


def test_interim_answers_are_skipped(server: Server, any_way: Call) -> None:
    """Answers of 1xx before the real one are not taken for it (A23)."""
    server.answer(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 50 + ANSWER)

    assert [ServerTime(server_time=5)] == any_way(server.url, [TIME])


def test_gzip_is_decoded(server: Server, any_way: Call) -> None:
    """A compressed answer is read, though none is asked for."""
    body = gzip.compress(b'{"serverTime":5}')
    server.answer(ok(body, headers=b"Content-Encoding: gzip\r\n"))

    assert [ServerTime(server_time=5)] == any_way(server.url, [TIME])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(server: Server, any_way: Call, status: int) -> None:
    """Neither key nor signed body go anywhere else: a redirect is an error (B1, B3)."""
    with Server() as other:
        location = b"Location: %s/evil\r\n" % other.url.encode()
        server.answer(ok(b"", status=f"{status} Moved", headers=location))
        with pytest.raises(ApiError) as caught:
            any_way(server.url, [PLACE], auth=AUTH)

        assert (1, []) == (len(server.requests), other.requests)
        assert status == caught.value.status
        assert other.url not in str(caught.value)


def test_redirect_to_itself_is_not_followed(server: Server, any_way: Call) -> None:
    """A loop of redirects is one request (B3)."""
    server.answer(ok(b"", status="302 Found", headers=b"Location: /api/v3/time\r\n"))
    with pytest.raises(ApiError):
        any_way(server.url, [TIME])

    assert 1 == len(server.requests)


def test_cookies_are_not_sent_back(server: Server, any_way: Call) -> None:
    """A cookie of one answer does not go into the next request, whosever client sends it (F8)."""
    cookie = b"Set-Cookie: session=1; Path=/\r\n"
    server.answer(ok(b'{"serverTime":5}', headers=cookie), ANSWER)
    any_way(server.url, [TIME, TIME])

    assert [None, None] == [request.header("cookie") for request in server.requests]


def test_cookies_of_a_client_handed_in_are_not_sent(server: Server) -> None:
    """Nor do those that its owner collected for requests of his own, which still have them (F8)."""
    server.answer(ANSWER, ANSWER)
    with httpx.Client(trust_env=False, cookies={"session": "his"}) as http:
        call_time(http, server.url)
        http.get(server.url)

    assert [None, "session=his"] == [request.header("cookie") for request in server.requests]


def call_time(http: httpx.Client, url: str) -> None:
    with SyncClient(VENUE, None, base_url=url, http=http, timeout=5) as client:
        client.call(*TIME)


def test_proxies_and_netrc_of_the_environment_are_ignored(
    server: Server, way: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Neither HTTP_PROXY nor .netrc touches a call (F7)."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password SECRETCANARY\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.answer(ANSWER)

    assert [ServerTime(server_time=5)] == way(server.url, [TIME])
    assert server.requests[0].header("authorization") is None


# Failures before anything was sent


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.parametrize("call", [READ, CANCEL, PLACE], ids=["read", "cancel", "place"])
def test_refused_connection_is_certainly_not_sent(any_way: Call, call: Any) -> None:
    """Nothing reached the venue, so even an order has a known outcome (A1)."""
    with pytest.raises(TransportError) as caught:
        any_way(f"http://127.0.0.1:{closed_port()}", [call], auth=AUTH)

    assert not caught.value.sent
    assert f"{call[0].name} failed before anything was sent: could not connect" == str(caught.value)


def test_unknown_host_is_certainly_not_sent(any_way: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the name of the venue has no address nothing was sent (A1)."""

    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    with pytest.raises(TransportError) as caught:
        any_way("https://venue.invalid", [PLACE], auth=AUTH)

    assert ("placeOrder failed before anything was sent: could not connect", False) == (
        str(caught.value),
        caught.value.sent,
    )


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port whose queue is full: who connects waits for an answer that does not come."""
    with socket.socket() as listening, contextlib.ExitStack() as held:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(10):
            waiting = held.enter_context(socket.socket())
            waiting.settimeout(0.2)
            try:
                waiting.connect(listening.getsockname())
            except TimeoutError:
                break
        else:
            pytest.skip("this system queues without an end")
        yield int(listening.getsockname()[1])


def test_timeout_while_connecting_is_certainly_not_sent(full_port: int, any_way: Call) -> None:
    """An order whose connection was not ready in time has not reached the venue (A2)."""
    with pytest.raises(TransportError) as caught:
        any_way(f"http://127.0.0.1:{full_port}", [PLACE], auth=AUTH, timeout=0.3)

    assert ("placeOrder failed before anything was sent: timed out", False) == (str(caught.value), caught.value.sent)


def test_timeout_in_the_tls_handshake_is_certainly_not_sent(any_way: Call) -> None:
    """The same where the venue connects and says nothing more (A2, A4)."""
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TransportError) as caught:
        any_way(f"https://127.0.0.1:{silent.getsockname()[1]}", [PLACE], auth=AUTH, timeout=0.3)

    assert ("placeOrder failed before anything was sent: timed out", False) == (str(caught.value), caught.value.sent)


@pytest.mark.parametrize("call", [READ, PLACE], ids=["read", "place"])
def test_failed_tls_handshake_is_certainly_not_sent(server: Server, any_way: Call, call: Any) -> None:
    """A server that speaks no TLS gets no request, and there is no second try without TLS (A4)."""
    thread = threading.Thread(target=refuse_tls, args=(listening := socket.create_server(("127.0.0.1", 0)),))
    thread.start()
    with pytest.raises(TransportError) as caught:
        any_way(f"https://127.0.0.1:{listening.getsockname()[1]}", [call], auth=AUTH)
    thread.join()

    assert not caught.value.sent
    assert [] == server.requests


def refuse_tls(listening: socket.socket) -> None:
    with listening:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_pool_timeout_is_certainly_not_sent(server: Server) -> None:
    """A call that never got a connection wrote no byte (A3)."""
    server.answer(Answer(then="hold"))

    async def main() -> TransportError:
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(trust_env=False, limits=limits) as http:
            client = AsyncClient(VENUE, AUTH, base_url=server.url, http=http, timeout=30)
            first = asyncio.create_task(client.call(*TIME))
            await asyncio.to_thread(server.wait_for_requests, 1)
            with pytest.raises(TransportError) as caught:
                await client.call(*PLACE, CallOptions(timeout=0.05))
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return caught.value

    error = asyncio.run(main())

    assert ("placeOrder failed before anything was sent: timed out", False) == (str(error), error.sent)
    assert 1 == len(server.requests)


# Failures after something was sent

CUT: dict[str, Answer] = {
    "closed before the answer (A6)": Answer(then="close"),
    "reset before the answer (A9)": Answer(then="reset"),
    "cut in the status line": Answer(data=b"HTTP/1.1 20", then="close"),
    "cut in the headers": Answer(data=b"HTTP/1.1 200 OK\r\nContent-Le", then="close"),
    "cut body with a length (A10)": Answer(data=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", then="close"),
    "cut body in chunks (A11)": Answer(
        data=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{}", then="close"
    ),
    "reset in the body": Answer(data=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", then="reset"),
    "garbage (A24)": Answer(data=b"\x00\xff garbage\r\n\r\n", then="close"),
    "HTTP/0.9 (A24)": Answer(data=b'{"serverTime":5}', then="close"),
    "two lengths (A25)": Answer(
        data=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x", then="close"
    ),
    "many headers (A22)": Answer(
        data=b"HTTP/1.1 200 OK\r\n" + b"X-Some: %s\r\n" % (b"x" * 90) * 5000 + b"Content-Length: 2\r\n\r\n{}",
        then="close",
    ),
    "a length and chunks (A25)": Answer(
        data=b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        then="close",
    ),
    "negative length": Answer(data=b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", then="close"),
    "bad chunk": Answer(data=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", then="close"),
    "corrupt gzip (A21)": Answer(data=ok(b"not gzip at all", headers=b"Content-Encoding: gzip\r\n"), then="close"),
    "huge header (A22)": Answer(
        data=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 500_000 + b"\r\nContent-Length: 2\r\n\r\n{}", then="close"
    ),
}
every_cut = pytest.mark.parametrize("cut", CUT)


@every_cut
def test_failure_after_sending_says_so(server: Server, way: Call, cut: str) -> None:
    """A10, A11, A24: a read that may have been sent is a TransportError that says so."""
    server.answer(CUT[cut])
    with pytest.raises(TransportError) as caught:
        way(server.url, [READ], auth=AUTH)

    assert caught.value.sent
    assert str(caught.value).startswith("order failed after it may have been sent: ")
    assert 1 == len(server.requests)


def test_cancellation_is_not_sent_again(server: Server, any_way: Call) -> None:
    """A DELETE whose answer is lost is sent once: no library repeats it behind our back (A8)."""
    server.answer(Answer(then="close"))
    with pytest.raises(TransportError, match="cancelOrder failed after it may have been sent"):
        any_way(server.url, [CANCEL], auth=AUTH)

    assert [b"DELETE"] == [request.line.split(b" ")[0] for request in server.requests]


@every_cut
def test_order_that_may_have_been_sent_is_outcome_unknown(server: Server, any_way: Call, cut: str) -> None:
    """After any failure from the first byte on an order may stand; the server saw it exactly once (A6, A9)."""
    server.answer(CUT[cut])
    with pytest.raises(OutcomeUnknown) as caught:
        any_way(server.url, [PLACE], auth=AUTH)

    assert ("placeOrder", ("sw1",)) == (caught.value.operation, caught.value.client_order_ids)
    assert isinstance(caught.value.__cause__, TransportError)
    assert 1 == len(server.requests)


class Flooding(Server):
    """Sends the answer to its only request, and the end of it again and again for as long as the client listens."""

    def _serve(self, connection: Any) -> None:
        connection.recv(65536)
        with self._changed:
            self.requests.append(Received(b"", b""))
        begin, again = FLOODS[self.flood]
        with connection, contextlib.suppress(OSError):
            connection.sendall(begin)
            while True:
                connection.sendall(again * (65536 // len(again)))

    flood = ""


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FLOODS = {
    "interim answers (A23)": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "headers (A22)": (b"HTTP/1.1 200 OK\r\n", b"X-Some: 1\r\n"),
    "one header (A22)": (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "the status line": (b"HTTP/1.1 200 ", b"x"),
    "a name of a chunk": (CHUNKED + b"2;", b"x"),
    "trailers": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-Some: 1\r\n"),
    "the body (A19)": (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    "chunks (A19)": (CHUNKED, b"1\r\n \r\n"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_flood_is_bounded(way: Call, flood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer without an end, of whatever, ends the call in time and in little memory (A19, A22, A23)."""
    monkeypatch.setattr("spotwire_core.transport.LARGEST_ANSWER", 1_000_000)
    with Flooding() as server:
        server.flood = flood
        tracemalloc.start()
        begun = time.monotonic()
        with pytest.raises(TransportError) as caught:
            way(server.url, [READ], auth=AUTH, timeout=1)
        took, (_, peak) = time.monotonic() - begun, tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert caught.value.sent
    assert (True, True) == (took < 5, peak < 16_000_000), (took, peak)


def test_many_interim_answers_are_skipped(server: Server, any_way: Call) -> None:
    """After 20,000 answers of 1xx the real one is found (A23)."""
    server.answer(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20_000 + ANSWER)

    assert [ServerTime(server_time=5)] == any_way(server.url, [TIME], timeout=20)


CLOSE_DELIMITED = Answer(data=b'HTTP/1.1 200 OK\r\n\r\n{"symbol":"BTCUSDT","orderId":"7","pri', then="close")


def test_cut_body_without_a_length_is_no_value(server: Server, any_way: Call) -> None:
    """JSON that ends in the middle of a word is a DecodeError for a read (A12)."""
    server.answer(CLOSE_DELIMITED)
    with pytest.raises(DecodeError):
        any_way(server.url, [READ], auth=AUTH)


def test_cut_body_without_a_length_leaves_an_order_unknown(server: Server, any_way: Call) -> None:
    """The same answer to an order says nothing about the order (A12)."""
    server.answer(CLOSE_DELIMITED)
    with pytest.raises(OutcomeUnknown):
        any_way(server.url, [PLACE], auth=AUTH)


def test_silent_server_ends_in_a_timeout(server: Server, any_way: Call) -> None:
    """A server that never answers ends the call after its timeout, the order unknown."""
    server.answer(Answer(then="hold"))
    with pytest.raises(OutcomeUnknown, match="after it may have been sent: timed out"):
        any_way(server.url, [PLACE], auth=AUTH, timeout=0.1)


def test_timeout_of_the_call_goes_before_that_of_the_client(server: Server, any_way: Call) -> None:
    """CallOptions give one call a timeout of its own."""
    server.answer(Answer(then="hold"))
    with pytest.raises(TransportError, match="timed out"):
        any_way(server.url, [TIME], timeout=600, options=CallOptions(timeout=0.1))


def test_connection_that_failed_is_not_used_again(server: Server) -> None:
    """A call after a failure gets a connection of its own and its own answer (A13)."""
    server.answer(Answer(data=ok(b'{"serverTime":1}')[:-3], then="close"), ANSWER)
    client = SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5, retries=Retries(attempts=1))
    with client:
        with pytest.raises(TransportError):
            client.call(*TIME)

        assert ServerTime(server_time=5) == client.call(*TIME)


def test_text_of_the_http_library_does_not_show(server: Server, any_way: Call) -> None:
    """A transport error names its kind alone: no URL, no key, no signature, also with local variables (F1, F3)."""
    server.answer(Answer(then="close"))
    with pytest.raises(TransportError) as caught:
        any_way(server.url, [READ], auth=AUTH)
    lines = traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    own = [line for line in lines if "/tests/" not in line]

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert "CANARY" not in "".join(own)
    assert "signature=" not in "".join(own)


# Clients handed in and closing


def test_client_handed_in_stays_open(server: Server) -> None:
    """Closing ours leaves a client that was handed in to its owner."""
    server.answer(ANSWER, ok())
    with httpx.Client(trust_env=False) as http:
        with SyncClient(VENUE, None, base_url=server.url, http=http, timeout=5) as client:
            client.call(*TIME)

        assert not http.is_closed
        assert 200 == http.get(server.url).status_code

    async def main() -> bool:
        async with httpx.AsyncClient(trust_env=False) as http:
            async with AsyncClient(VENUE, None, base_url=server.url, http=http, timeout=5) as client:
                server.answer(ANSWER)
                await client.call(*TIME)
            return http.is_closed

    assert not asyncio.run(main())


def test_base_url_and_redirects_of_a_client_handed_in_do_not_matter(server: Server) -> None:
    """A client that has another base URL and follows redirects sends ours where it belongs (B1)."""
    with Server() as other:
        server.answer(ok(b"", status="307 Temporary Redirect", headers=b"Location: %s\r\n" % other.url.encode()))
        with (
            httpx.Client(base_url=other.url, follow_redirects=True, auth=("user", "pass"), trust_env=False) as http,
            SyncClient(VENUE, AUTH, base_url=server.url, http=http, timeout=5) as client,
            pytest.raises(ApiError, match="HTTP 307"),
        ):
            client.call(*PLACE)

        assert [] == other.requests
        assert server.requests[0].header("authorization") is None


@pytest.mark.parametrize("client", ["httpx", object(), 5])
def test_what_is_no_http_client_is_refused(client: Any) -> None:
    """A ConfigError says what is wanted."""
    for asynchronous, wanted in ((False, "httpx.Client"), (True, "httpx.AsyncClient")):
        with pytest.raises(
            ConfigError, match=f"http must be an {wanted} or look like one, got {type(client).__name__}"
        ):
            check_client(client, asynchronous=asynchronous)


def test_http_client_of_the_other_kind_is_refused() -> None:
    """A synchronous client needs a synchronous httpx.Client, and the other way round."""
    with httpx.Client() as http, pytest.raises(ConfigError, match=r"httpx\.AsyncClient"):
        AsyncClient(VENUE, None, base_url=None, http=http, timeout=5)
    http_async = httpx.AsyncClient()
    with pytest.raises(ConfigError, match=r"httpx\.Client"):
        SyncClient(VENUE, None, base_url=None, http=http_async, timeout=5)
    asyncio.run(http_async.aclose())


def test_closing_leaves_no_socket(server: Server, way: Call) -> None:
    """After closing nothing is left for the garbage collector to complain about (H7)."""
    server.answer(ANSWER)
    way(server.url, [TIME])

    gc.collect()  # a ResourceWarning is an error here


def test_unused_client_can_be_closed() -> None:
    """A client that never sent anything closes, twice even."""
    client = SyncClient(VENUE, None, base_url=None, http=None, timeout=5)
    client.close()
    client.close()


def test_kept_connection_that_the_server_closed_is_not_used(server: Server) -> None:
    """After a connection was closed in between the next call opens another, and nothing is sent twice (A8)."""
    server.answer(Answer(data=ANSWER, then="close"), ANSWER)
    with SyncClient(VENUE, None, base_url=server.url, http=None, timeout=5) as client:
        client.call(*TIME)
        server.wait_for_closed(1)
        client.call(*TIME)

    assert 2 == len(server.requests)


def test_threads_share_one_client(server: Server) -> None:
    """Calls from many threads each get their own answer (H8)."""

    def echo(request: Received) -> bytes:
        limit = request.target.rpartition(b"limit=")[2]
        return ok(b'{"lastUpdateId":%s,"bids":[],"asks":[]}' % limit)

    server.answer(*[Answer(data=echo)] * 200)
    wrong: list[tuple[int, int]] = []
    with SyncClient(VENUE, None, base_url=server.url, http=None, timeout=10) as client:

        def work(number: int) -> None:
            for step in range(25):
                limit = 1 + number * 25 + step
                book = client.call(ORDER_BOOK, ("BTCUSDT", limit))
                if book.last_update_id != limit:
                    wrong.append((limit, book.last_update_id))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [] == wrong
    assert 200 == len(server.requests)
