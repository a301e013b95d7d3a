"""The pipeline of one call, from the arguments to the value or the error, over a real socket."""

import asyncio
import copy
import hashlib
import hmac
import logging
import pickle
import re
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from auth_hooks.bitunix import BitunixAuth
from auth_hooks.coinw import CoinwAuth
from auth_hooks.jex import JexAuth
from auth_hooks.mexc import MexcAuth
from spotwire.bitunix import Bitunix
from spotwire.coinw import AsyncCoinw, Coinw
from spotwire.coinw.api.trade import PLACE_ORDER as COINW_PLACE_ORDER
from spotwire.coinw.venue import VENUE as COINW
from spotwire.jex import Jex
from spotwire.mexc import AsyncMexc, Mexc, OrderType, Side
from spotwire.mexc.api.market import SERVER_TIME
from spotwire.mexc.api.trade import ORDER, PLACE_ORDER
from spotwire.mexc.models.market import ServerTime
from spotwire.mexc.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.config import CallOptions
from spotwire_core.errors import (
    AuthError,
    ClientClosed,
    ConfigError,
    DecodeError,
    OutcomeUnknown,
    SpotwireError,
    TransportError,
    outcome_of,
)
from spotwire_core.message import Request
from spotwire_core.pipeline import VenueClosedWarning, new_client_order_id, now_ms
from spotwire_core.raw_server import Answer, Server, ok
from spotwire_core.retries import Retries

Call = Callable[..., Any]

KEY, SECRET = "KEYCANARY0123456789", "SECRETCANARY0123456789"
AUTH = MexcAuth(KEY, SECRET)
TIME = (SERVER_TIME, ())
READ = (ORDER, ("BTCUSDT", None, "7", None))
PLACE = (PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", "1", None, "11", "sw1", None))
COINW_PLACE = (COINW_PLACE_ORDER, ("BTC_USDT", "0", "1", "11", None, False, "sw1"))
ANSWER = ok(b'{"serverTime":5}')
ACK = ok(b'{"symbol":"BTCUSDT","orderId":"7"}')


@pytest.fixture
def mexc(server: Server) -> Iterator[Mexc]:
    """A client of the raw server with a key."""
    with Mexc(AUTH, base_url=server.url, timeout=5) as client:
        yield client


# What goes out


def test_signed_call_on_the_wire(server: Server, mexc: Mexc) -> None:
    """A generated method sends the documented request, signed over exactly the bytes of its query, now (C1, C3)."""
    server.answer(ACK)
    before = now_ms()
    mexc.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, quantity="0.5", price="11", new_client_order_id="mine")
    after = now_ms()
    (received,) = server.requests
    path, _, query = received.target.partition(b"?")
    signed, _, signature = query.partition(b"&signature=")
    arguments, _, timestamp = signed.partition(b"&timestamp=")

    assert (b"POST", b"/api/v3/order", b"") == (received.line.split(b" ")[0], path, received.body)
    assert b"symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.5&price=11&newClientOrderId=mine" == arguments
    assert before <= int(timestamp) <= after
    assert hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest().encode() == signature
    assert (KEY, "application/json", "spotwire", "0") == tuple(
        received.header(name) for name in ("X-MEXC-APIKEY", "Content-Type", "User-Agent", "Content-Length")
    )


def test_public_call_carries_no_key(server: Server, mexc: Mexc) -> None:
    """An operation that needs no signature tells nobody who calls."""
    server.answer(ANSWER)

    assert ServerTime(server_time=5) == mexc.market.server_time()
    assert b"CANARY" not in server.requests[0].head
    assert b"/api/v3/time" == server.requests[0].target


def test_keyed_call_carries_the_key_alone(server: Server) -> None:
    """An operation of JEX that wants the key gets it in its header, without signature and timestamp."""
    server.answer(ok(b"[]"))
    with Jex(JexAuth(KEY, SECRET), base_url=server.url) as jex:
        jex.market.historical_trades("JEXBTC")
    (received,) = server.requests

    assert KEY == received.header("X-JEX-APIKEY")
    assert b"/api/v1/spot/historicalTrades?symbol=JEXBTC" == received.target


def test_constant_query_and_parameters_are_both_sent(server: Server) -> None:
    """The command of CoinW stands first, the parameters behind it (D8)."""
    server.answer(ok(b'{"code":"200","data":{"orderNumber":"7"},"success":true}'))
    with Coinw(CoinwAuth(KEY, SECRET), base_url=server.url) as coinw:
        coinw.call(*COINW_PLACE)
    query = server.requests[0].target.partition(b"?")[2]

    assert query.startswith(b"command=doTrade&sign=")
    assert query.endswith(
        b"&symbol=BTC_USDT&type=0&amount=1&rate=11&isMarket=false&out_trade_no=sw1&api_key=" + KEY.encode()
    )


def test_client_order_id_of_an_order_is_ours_unless_given(server: Server, mexc: Mexc) -> None:
    """An order without an id is sent with a new one, which an error would name."""
    server.answer(Answer(then="close"))
    with pytest.raises(OutcomeUnknown) as caught:
        mexc.trade.place_order("BTCUSDT", Side.BUY, OrderType.MARKET, quantity="1")
    sent = re.search(rb"newClientOrderId=(\w+)", server.requests[0].target)

    assert sent is not None
    assert sent[1].decode() == caught.value.client_order_id
    assert abs(caught.value.sent_at.timestamp() - time.time()) < 10


def test_new_client_order_ids_are_short_unique_and_sorted_by_time() -> None:
    """22 lower-case letters and digits that every venue takes, never twice, later ones behind earlier ones."""
    ids = [new_client_order_id() for _ in range(10_000)]

    assert all(re.fullmatch("sw[0-9a-f]{20}", one) for one in ids)
    assert len(ids) == len(set(ids))
    assert [one[:13] for one in ids] == sorted(one[:13] for one in ids)


def test_nonces_are_unique(server: Server) -> None:
    """Every signed call has a random nonce of 32 hex digits (C14, C15)."""
    server.answer(*[ok(b'{"code":"0","data":[]}')] * 50)
    with Bitunix(BitunixAuth(KEY, SECRET), base_url=server.url) as client:
        for _ in range(50):
            client.account.balances()
    nonces = [request.header("nonce") or "" for request in server.requests]

    assert 50 == len(set(nonces))
    assert all(re.fullmatch("[0-9a-f]{32}", nonce) for nonce in nonces)


# Refused before anything is sent


def test_signed_call_without_a_key_is_refused(server: Server, any_way: Call) -> None:
    """A signed call without a hook fails before anything is sent, and says what to give."""
    with pytest.raises(ConfigError, match=r"^placeOrder is signed: give the client auth=MexcAuth\(\.\.\.\)$"):
        any_way(server.url, [PLACE])

    assert [] == server.requests


def test_wrong_argument_is_refused(server: Server, mexc: Mexc) -> None:
    """What the venue's bounds forbid is not sent."""
    with pytest.raises(ConfigError, match="orderBook: limit must be from 1 to 5000, got 0"):
        mexc.market.order_book("BTCUSDT", limit=0)

    assert [] == server.requests


@pytest.mark.parametrize("make", [Mexc, AsyncMexc])
@pytest.mark.parametrize("auth", [CoinwAuth(KEY, SECRET), object(), "key", (KEY, SECRET)])
def test_auth_of_another_venue_is_refused(make: Any, auth: object) -> None:
    """A key for one venue given to the client of another is an error at once, which does not show it (L13)."""
    with pytest.raises(ConfigError) as caught:
        make(auth)

    assert f"MEXC spot API v3 needs auth=MexcAuth(...), got {type(auth).__name__}" == str(caught.value)


def test_own_hook_is_accepted(server: Server) -> None:
    """Any object that signs may be the hook, such as one that asks a vault."""

    class Vault:
        def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
            return Request(request.method, request.path, request.query + "&signed=1", (("X-V", "1"),))

        def sensitive(self) -> tuple[str, ...]:
            return ()

    server.answer(ACK)
    with SyncClient(VENUE, Vault(), base_url=server.url, http=None, timeout=5) as client:
        client.call(*PLACE)

    assert "1" == server.requests[0].header("X-V")


def test_closed_client_is_refused(server: Server) -> None:
    """A call on a closed client names the call and sends nothing (H6)."""
    with Mexc(base_url=server.url) as client:
        pass
    with pytest.raises(ClientClosed, match="serverTime was called on a client that is closed"):
        client.market.server_time()

    async def main() -> None:
        async with AsyncMexc(base_url=server.url) as client:
            pass
        with pytest.raises(ClientClosed, match="serverTime was called on a client that is closed"):
            await client.market.server_time()

    asyncio.run(main())

    assert [] == server.requests


# Options


def test_extra_headers_are_sent(server: Server, any_way: Call) -> None:
    """Headers of one call go out besides ours, which stay."""
    server.answer(ACK)
    any_way(server.url, [PLACE], auth=AUTH, options=CallOptions(headers={"X-Trace": "abc"}))
    (received,) = server.requests

    assert ("abc", KEY) == (received.header("X-Trace"), received.header("X-MEXC-APIKEY"))


@pytest.mark.parametrize("name", ["X-MEXC-APIKEY", "x-mexc-apikey"])
def test_extra_header_cannot_replace_the_key(server: Server, any_way: Call, name: str) -> None:
    """A header that the hook sets cannot be given, in any spelling (D11)."""
    with pytest.raises(ConfigError, match=f"placeOrder sends the header {name} itself"):
        any_way(server.url, [PLACE], auth=AUTH, options=CallOptions(headers={name: "other"}))

    assert [] == server.requests


def test_options_are_given_to_a_generated_method(server: Server, mexc: Mexc) -> None:
    """Every generated method takes `options`."""
    server.answer(ANSWER)
    mexc.market.server_time(options=CallOptions(timeout=3, headers={"X-Trace": "abc"}))

    assert "abc" == server.requests[0].header("X-Trace")


@pytest.mark.parametrize("url", ["http://api.mexc.com", "https://user@api.mexc.com", "https://api.mexc.com?x"])
@pytest.mark.parametrize("make", [Mexc, AsyncMexc])
def test_base_url_is_checked_when_the_client_is_made(make: Any, url: str) -> None:
    """A base URL that would leak a key is refused at once (D10)."""
    with pytest.raises(ConfigError, match="base URL"):
        make(base_url=url)


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), True])
def test_timeout_is_checked_when_the_client_is_made(timeout: float) -> None:
    """A timeout that is none is refused at once."""
    with pytest.raises(ConfigError, match="positive number of seconds"):
        Mexc(timeout=timeout)


# raw


def test_raw_returns_the_whole_answer(server: Server, mexc: Mexc) -> None:
    """Status, headers, body and value of one call, by the method that one would call."""
    server.answer(ok(b'{"serverTime":5}', headers=b"X-Weight: 1\r\n"))
    raw = mexc.raw(mexc.market.server_time)

    assert (200, "1", b'{"serverTime":5}', ServerTime(server_time=5)) == (
        raw.status,
        raw.headers["x-weight"],
        raw.body,
        raw.value,
    )


def test_raw_returns_the_whole_answer_asynchronously(server: Server) -> None:
    """The same, awaited, with arguments."""
    server.answer(ok(b'{"lastUpdateId":1,"bids":[],"asks":[]}'))

    async def main() -> tuple[int, int]:
        async with AsyncMexc(base_url=server.url) as client:
            raw = await client.raw(client.market.order_book, "BTCUSDT", limit=5)
            return raw.status, raw.value.last_update_id

    assert (200, 1) == asyncio.run(main())
    assert b"/api/v3/depth?symbol=BTCUSDT&limit=5" == server.requests[0].target


def test_raw_raises_like_the_method(server: Server, mexc: Mexc) -> None:
    """A refusal is an exception here too."""
    server.answer(ok(b'{"code":700002,"msg":"no"}', status="400 Bad Request"))
    with pytest.raises(AuthError):
        mexc.raw(mexc.trade.open_orders, "BTCUSDT")


def test_raw_takes_a_method_of_a_client() -> None:
    """Anything else is a ConfigError that shows how."""
    with Mexc() as mexc, pytest.raises(ConfigError, match=r"such as client\.market\.order_book"):
        mexc.raw(len, [])


# Environment, closed venues, repr


def test_client_is_made_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key, secret, address and timeout come from variables named after the venue."""
    for name, value in (("API_KEY", KEY), ("API_SECRET", SECRET), ("BASE_URL", server.url), ("TIMEOUT", "2.5")):
        monkeypatch.setenv(f"SPOTWIRE_MEXC_{name}", value)
    server.answer(ACK)
    with Mexc.from_env() as client:
        client.call(*PLACE)

        assert (server.url, 2.5) == (client.base_url, client.timeout)
    assert KEY == server.requests[0].header("X-MEXC-APIKEY")


def test_client_from_an_empty_environment_has_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without variables the client is that of the public operations at the venue's own address."""
    for name in ("API_KEY", "API_SECRET", "BASE_URL", "TIMEOUT"):
        monkeypatch.delenv(f"SPOTWIRE_COINW_{name}", raising=False)
    with Coinw.from_env() as client:
        assert ("https://api.coinw.com", 10.0) == (client.base_url, client.timeout)
        assert "Coinw(base_url='https://api.coinw.com', auth=None)" == repr(client)
    asyncio.run(AsyncCoinw.from_env().aclose())


def test_timeout_of_the_environment_must_be_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable."""
    monkeypatch.setenv("SPOTWIRE_MEXC_TIMEOUT", "soon")

    with pytest.raises(ConfigError, match="SPOTWIRE_MEXC_TIMEOUT must be a number of seconds, got 'soon'"):
        Mexc.from_env()


def test_key_without_a_secret_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a pair is a mistake, not a client without a key."""
    monkeypatch.setenv("SPOTWIRE_MEXC_API_KEY", KEY)
    monkeypatch.delenv("SPOTWIRE_MEXC_API_SECRET", raising=False)

    with pytest.raises(ConfigError, match="SPOTWIRE_MEXC_API_SECRET is not set"):
        Mexc.from_env()


def test_closed_venue_warns_where_the_client_is_made(server: Server) -> None:
    """A venue that does not trade any more says so at the caller's line; not with an address of the caller's own."""
    with pytest.warns(VenueClosedWarning, match=r"JEX spot: Registration stopped on 2021-09-30") as caught:
        Jex().close()
    Jex(base_url=server.url).close()  # a warning would be an error here

    assert [__file__] == [warning.filename for warning in caught]


# Cancellation


def cancelled(server: Server, call: Any) -> asyncio.CancelledError:
    """Cancel one call after its request has arrived, and return what it raised."""

    async def main() -> asyncio.CancelledError:
        async with AsyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=30) as client:
            task = asyncio.create_task(client.call(*call))
            await asyncio.to_thread(server.wait_for_requests, 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            return caught.value

    return asyncio.run(main())


def test_cancelled_order_says_that_it_may_stand(server: Server) -> None:
    """Cancelling the task stays a cancellation, with a note that names the order (H3, H5)."""
    server.answer(Answer(then="hold"))
    (note,) = cancelled(server, PLACE).__notes__

    assert note.startswith("placeOrder may have been executed: look for client order id sw1 before repeating it")
    assert 1 == len(server.requests)


def test_cancelled_read_says_nothing(server: Server) -> None:
    """A read has nothing to look for (H5)."""
    server.answer(Answer(then="hold"))

    assert not hasattr(cancelled(server, READ), "__notes__")


async def place_within_a_moment_after(arrived: Callable[[], None], client: AsyncClient) -> None:
    async with asyncio.timeout(None) as limit:
        task = asyncio.create_task(asyncio.to_thread(arrived))
        task.add_done_callback(lambda _: limit.reschedule(0))
        await client.call(*PLACE)


def test_timeout_around_an_order_keeps_the_note(server: Server) -> None:
    """`asyncio.timeout` raises TimeoutError, caused by the cancellation with its note (H3)."""
    server.answer(Answer(then="hold"))

    async def main() -> TimeoutError:
        async with AsyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=30) as client:
            with pytest.raises(TimeoutError) as caught:
                await place_within_a_moment_after(lambda: server.wait_for_requests(1), client)
            return caught.value

    error = asyncio.run(main())

    assert error.__cause__ is not None
    assert "look for client order id sw1" in error.__cause__.__notes__[0]
    outcome = outcome_of(pickle.loads(pickle.dumps(error.__cause__)))  # made just here
    assert outcome is not None
    assert ("placeOrder", ("sw1",), str(outcome_of(error))) == (
        outcome.operation,
        outcome.client_order_ids,
        str(outcome),
    )


def test_error_of_a_call_that_moved_nothing_has_no_outcome() -> None:
    """Nothing is to be looked for where no order, withdrawal or transfer was under way."""
    assert outcome_of(TimeoutError()) is None
    assert outcome_of(TransportError("x", operation="time", sent=True)) is None


def test_many_tasks_share_one_client(server: Server) -> None:
    """A hundred calls at once each get their own answer (H2)."""

    def echo(request: Any) -> bytes:
        return ok(b'{"lastUpdateId":%s,"bids":[],"asks":[]}' % request.target.rpartition(b"limit=")[2])

    server.answer(*[Answer(data=echo)] * 100)

    async def main() -> list[int]:
        async with AsyncMexc(base_url=server.url, timeout=30) as client:
            books = await asyncio.gather(*(client.market.order_book("BTCUSDT", limit=n) for n in range(1, 101)))
            return [book.last_update_id for book in books]

    assert list(range(1, 101)) == asyncio.run(main())


# Secrets


FAILURES: dict[str, tuple[Answer, type[SpotwireError]]] = {
    "refused": (
        Answer(
            data=ok(
                b'{"code":"10007","msg":"bad sign KEYCANARY0123456789 SECRETCANARY0123456789"}',
                status="400 Bad Request",
            )
        ),
        SpotwireError,
    ),
    "unreadable": (Answer(data=ok(b"<p>KEYCANARY0123456789</p>")), OutcomeUnknown),
    "unavailable": (Answer(data=ok(b"KEYCANARY0123456789", status="503 Down")), OutcomeUnknown),
    "cut": (Answer(data=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", then="close"), OutcomeUnknown),
    "closed": (Answer(then="close"), OutcomeUnknown),
    "garbage": (Answer(data=b"garbage\r\n\r\n", then="close"), OutcomeUnknown),
    "redirected": (
        Answer(data=ok(b"", status="302 Found", headers=b"Location: https://evil.example/\r\n")),
        SpotwireError,
    ),
}
VENUES: dict[str, Any] = {
    "mexc": (VENUE, AUTH, PLACE, rb"signature=(\w+)"),
    "coinw": (COINW, CoinwAuth(KEY, SECRET), COINW_PLACE, rb"sign=(\w+)"),
}


def shown_by(error: BaseException) -> str:
    """Return all that an exception can show: texts, notes, pickle, and the traceback with local variables of our frames."""
    lines = traceback.TracebackException.from_exception(error, capture_locals=True).format()
    ours = [line for line in lines if "/tests/" not in line]
    return "".join([str(error), repr(error), repr(vars(error)), repr(pickle.dumps(error)), *ours])


@pytest.mark.parametrize("venue", VENUES)
@pytest.mark.parametrize("failure", FAILURES)
def test_failure_shows_no_secret(
    server: Server, any_way: Call, venue: str, failure: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Key, secret and signature stand in no text, pickle, traceback or log of a failed call (F1, F2, F3, F4)."""
    description, auth, call, signature = VENUES[venue]
    answer, cls = FAILURES[failure]
    server.answer(answer)
    with caplog.at_level(logging.DEBUG), pytest.raises(cls) as caught:
        any_way(server.url, [call], auth=auth, venue=description)
    found = re.search(signature, server.requests[0].target)

    assert found is not None
    shown = shown_by(caught.value) + caplog.text + repr([vars(record) for record in caplog.records])
    assert "CANARY" not in shown
    assert found[1].decode() not in shown
    assert "spotwire" in {record.name for record in caplog.records}


@pytest.mark.parametrize("venue", VENUES)
def test_success_logs_no_secret(server: Server, any_way: Call, venue: str, caplog: pytest.LogCaptureFixture) -> None:
    """With every logger at DEBUG a signed call leaves method, path and status, and nothing to sign with (F2)."""
    description, auth, call, signature = VENUES[venue]
    body = b'{"symbol":"B","orderId":7}' if venue == "mexc" else b'{"code":"200","data":{"orderNumber":"7"}}'
    server.answer(ok(body))
    with caplog.at_level(logging.DEBUG):
        for name in ("httpx", "httpcore", "asyncio", "spotwire"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        any_way(server.url, [call], auth=auth, venue=description)
    found = re.search(signature, server.requests[0].target)

    assert found is not None
    assert "CANARY" not in caplog.text
    assert found[1].decode() not in caplog.text
    assert f"{venue} placeOrder POST {call[0].path}: HTTP 200" in caplog.text


@pytest.mark.parametrize("make", [Mexc, AsyncMexc])
def test_client_shows_no_secret(make: Any) -> None:
    """repr, vars and a shallow copy of a client show that there is a key, and not which (F1, F6)."""
    client = make(AUTH)
    shown = repr(client) + repr(vars(client)) + repr(copy.copy(client)) + str(client)

    assert f"{make.__name__}(base_url='https://api.mexc.com', auth=***)" == repr(client)
    assert "CANARY" not in shown
    for again in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            again(client)


def test_answer_shows_no_secret(server: Server, mexc: Mexc) -> None:
    """The answer that `raw` returns does not hold what was sent (F1)."""
    server.answer(ACK)
    raw = mexc.raw(mexc.trade.place_order, "BTCUSDT", Side.BUY, OrderType.LIMIT, quantity="1", price="11")

    assert repr(raw).startswith("RawResponse(200, 34 bytes, value=OrderAck(symbol='BTCUSDT'")
    assert "CANARY" not in repr(raw)


def test_two_clients_share_no_state(server: Server) -> None:
    """Two accounts side by side each sign with their own key, over connections of their own (F8)."""
    server.answer(ACK, ACK)
    with (
        Mexc(MexcAuth("one", "s1"), base_url=server.url) as one,
        Mexc(MexcAuth("two", "s2"), base_url=server.url) as two,
    ):
        one.call(*PLACE)
        two.call(*PLACE)

    assert ["one", "two"] == [request.header("X-MEXC-APIKEY") for request in server.requests]


def test_client_handed_in_shares_no_key(server: Server) -> None:
    """A client handed in keeps nothing of ours for its own requests (F8)."""
    server.answer(ACK, ok())
    with httpx.Client(trust_env=False) as http:
        with Mexc(AUTH, base_url=server.url, http=http) as client:
            client.call(*PLACE)
        http.get(server.url)

    assert b"CANARY" not in server.requests[1].head


# Errors all the way


def test_outcome_unknown_has_its_cause(server: Server, any_way: Call) -> None:
    """The exception behind OutcomeUnknown says what failed."""
    server.answer(Answer(then="close"), ok(b"<html>"))
    with pytest.raises(OutcomeUnknown) as lost:
        any_way(server.url, [PLACE], auth=AUTH)
    with pytest.raises(OutcomeUnknown) as unreadable:
        any_way(server.url, [PLACE], auth=AUTH)

    assert isinstance(lost.value.__cause__, TransportError)
    assert isinstance(unreadable.value.__cause__, DecodeError)


@pytest.mark.parametrize(("call", "times"), [(PLACE, 1), (READ, 3)], ids=["order", "read"])
def test_order_is_sent_once_where_a_read_is_repeated(server: Server, call: Any, times: int) -> None:
    """An order whose answer is lost may stand: it is not sent again, however often the client may repeat (A5, A6)."""
    server.answer(*[Answer(then="close")] * times)
    often = Retries(attempts=3, base=0, cap=0)
    with (
        SyncClient(VENUE, AUTH, base_url=server.url, http=None, timeout=5, retries=often) as client,
        pytest.raises((OutcomeUnknown, TransportError)),
    ):
        client.call(*call)

    assert times == len(server.requests)


def test_refusal_is_an_error_of_its_class(server: Server, mexc: Mexc) -> None:
    """A documented code raises its class, with status and meaning."""
    server.answer(ok(b'{"code":700002,"msg":"Signature for this request is not valid."}', status="400 Bad Request"))
    with pytest.raises(AuthError) as caught:
        mexc.trade.open_orders("BTCUSDT")

    assert (400, "700002", "The signature does not fit what was sent") == (
        caught.value.status,
        caught.value.code,
        caught.value.meaning,
    )


def test_groups_are_made_once() -> None:
    """`client.market` is the same object every time."""
    with Mexc() as mexc:
        assert mexc.market is mexc.market
