"""The simulated JEX: who is let in, what is turned down and how, and that orders and money add up."""

import hashlib
import json
import time
from collections.abc import Generator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import yaml

from generator.rules import Closed
from spotwire_sim import simulate
from spotwire_sim.call import Request
from spotwire_sim.clock import Clock
from spotwire_sim.exchange import MARKET_MAKER, SymbolStatus, Trade
from spotwire_sim.faces.jex import FACE, INTERVALS, LISTINGS, sign
from spotwire_sim.server import SimulatedVenue
from spotwire_sim.spec import load
from spotwire_sim.venue import Answer, Venue

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "specs/jex/openapi.yaml").read_text(encoding="utf-8"))
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    node["operationId"]: (verb.upper(), path, node)
    for path, item in DOCUMENT["paths"].items()
    for verb, node in item.items()
}
CLOSED = Closed(DOCUMENT)
FORM = "application/x-www-form-urlencoded"
ORDER = "/api/v1/spot/order"
BUY = {"symbol": "BTCUSDT", "side": "BUY", "type": "LIMIT", "quantity": "0.01", "price": "50000"}

# Signing, written out from RFC 2104 so that it shares nothing with the code under test.


def hmac_sha256(secret: str, text: str) -> str:
    key = secret.encode().ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + text.encode()).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner).hexdigest()


def signed(params: dict[str, Any], *, secret: str = "sim-secret-jex", now: int | None = None) -> str:
    """Return the parameters as text with timestamp and signature."""
    text = urlencode({**params, "timestamp": int(time.time() * 1000) if now is None else now})
    return f"{text}&signature={hmac_sha256(secret, text)}"


class Account:
    """A client made by hand: every call signed, GET and DELETE in the query, POST as a form."""

    def __init__(self, venue: SimulatedVenue) -> None:
        self.venue = venue
        self.http = httpx.Client(base_url=venue.url, headers={"X-JEX-APIKEY": "sim-key-jex"})

    def call(self, method: str, path: str, **params: Any) -> httpx.Response:
        text = signed(params, now=self.venue.clock())
        if method == "POST":
            return self.http.post(path, content=text, headers={"Content-Type": FORM})
        return self.http.request(method, f"{path}?{text}")

    def get(self, path: str, **params: Any) -> Any:
        return self._done(self.call("GET", path, **params))

    def place(self, **params: Any) -> Any:
        return self._done(self.call("POST", ORDER, **{**BUY, **params, "newOrderRespType": "RESULT"}))

    def cancel(self, order_id: int, symbol: str = "BTCUSDT") -> Any:
        return self._done(self.call("DELETE", ORDER, symbol=symbol, orderId=order_id))

    def public(self, path: str, **params: Any) -> Any:
        return self._done(self.http.get(path, params=params))

    def spot(self) -> dict[str, tuple[Decimal, Decimal]]:
        rows = self.get("/api/v1/account")["spotBalances"]
        return {row["asset"]: (Decimal(row["free"]), Decimal(row["locked"])) for row in rows}

    def _done(self, response: httpx.Response) -> Any:
        assert response.status_code == 200, f"{response.text} {response.headers.get('x-sim-reason')}"
        return response.json()


@pytest.fixture(scope="module")
def server() -> Generator[SimulatedVenue]:
    with simulate("jex", limits=False) as venue:
        yield venue


@pytest.fixture
def venue(server: SimulatedVenue) -> SimulatedVenue:
    server.reset()
    return server


@pytest.fixture
def user(venue: SimulatedVenue) -> Generator[Account]:
    account = Account(venue)
    with account.http:
        yield account


def venue_at(now: int, secret: str = "sim-secret-jex") -> Venue:
    """Return a venue without a server, whose clock stands and whose test account has another secret."""
    app = Venue(load("jex"), FACE, clock=Clock(lambda: now), seed=0, dialect="venue")
    app.desk.api_secret = secret
    return app


def asked(app: Venue, method: str, path: str, query: str = "", body: str = "", **headers: str) -> Answer:
    named = {"x-jex-apikey": "sim-key-jex", **({"content-type": FORM} if body else {})}
    named.update({name.replace("_", "-"): value for name, value in headers.items()})
    return app.answer(Request(method, path, query.encode("latin-1"), named, body.encode("latin-1")))


def situation(answer: Answer) -> str | None:
    return None if answer.denied is None else answer.denied.situation


# Signatures

JEX_SECRET = "jexsecret0123456789"
JEX_TIME = 1569000000000
ACCOUNT_TEXT = "recvWindow=5000&timestamp=1569000000000"
ACCOUNT_SIGNATURE = "ec4409ac937fa6e9963128ad952860ac9b398ed35ccfd643c4b6c94c778ae386"
ORDER_TEXT = (
    "symbol=JEXBTC&side=BUY&type=LIMIT&quantity=1&price=0.1&newOrderRespType=RESULT"
    "&recvWindow=5000&timestamp=1569000000000"
)
ORDER_SIGNATURE = "2337d20932d90b5811295b0df0dde60bd4f20b773f0f59a1793e688cc16aa9b0"
SORTED_SIGNATURE = "2244c43a6004d5a7a5bfd5ac4e8b2e69c5909a47c3b04dc12e483e617ae2c2e6"

# Printed in the venue's general documentation, with a parameter timeInForce that its own order table does not have.
PUBLISHED_SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
PUBLISHED_TIME = 1499827319559
PUBLISHED_QUERY = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC"
PUBLISHED_BODY = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"
PUBLISHED_SIGNATURE = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"
PUBLISHED_MIXED_SIGNATURE = "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77"


@pytest.mark.parametrize(
    ("secret", "text", "signature"),
    [
        (JEX_SECRET, ACCOUNT_TEXT, ACCOUNT_SIGNATURE),
        (JEX_SECRET, ORDER_TEXT, ORDER_SIGNATURE),
        (JEX_SECRET, "&".join(sorted(ORDER_TEXT.split("&"))), SORTED_SIGNATURE),
        (PUBLISHED_SECRET, f"{PUBLISHED_QUERY}&{PUBLISHED_BODY}", PUBLISHED_SIGNATURE),
        (PUBLISHED_SECRET, PUBLISHED_QUERY + PUBLISHED_BODY, PUBLISHED_MIXED_SIGNATURE),
    ],
)
def test_signature_is_that_of_the_vector(secret: str, text: str, signature: str) -> None:
    """The published and the hand-made signatures come out, here and by the formula of RFC 2104."""
    assert signature == hmac_sha256(secret, text)
    assert signature == sign(secret, text.encode()).decode()


def test_account_is_shown_to_the_signature_of_the_vector() -> None:
    """A GET is signed in the query."""
    answer = asked(
        venue_at(JEX_TIME, JEX_SECRET), "GET", "/api/v1/account", f"{ACCOUNT_TEXT}&signature={ACCOUNT_SIGNATURE}"
    )

    assert (200, None) == (answer.status, situation(answer))


@pytest.mark.parametrize("signature", [ORDER_SIGNATURE, ORDER_SIGNATURE.upper()])
def test_order_is_taken_with_the_signature_of_the_vector(signature: str) -> None:
    """A POST is signed in the form; the signature's case means nothing."""
    answer = asked(venue_at(JEX_TIME, JEX_SECRET), "POST", ORDER, body=f"{ORDER_TEXT}&signature={signature}")

    assert (200, None) == (answer.status, situation(answer))
    assert "JEXBTC" == json.loads(answer.body)["symbol"]


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (f"{PUBLISHED_QUERY}&{PUBLISHED_BODY}&signature={PUBLISHED_SIGNATURE}", ""),
        ("", f"{PUBLISHED_QUERY}&{PUBLISHED_BODY}&signature={PUBLISHED_SIGNATURE}"),
        (PUBLISHED_QUERY, f"{PUBLISHED_BODY}&signature={PUBLISHED_MIXED_SIGNATURE}"),
    ],
    ids=["query", "body", "mixed"],
)
def test_published_signature_is_accepted_in_all_three_forms(query: str, body: str) -> None:
    """The published requests pass the check of the signature and fail only at timeInForce, which no table has."""
    answer = asked(venue_at(PUBLISHED_TIME, PUBLISHED_SECRET), "POST", ORDER, query, body)

    assert (400, "unknown-parameter") == (answer.status, situation(answer))
    assert -1103 == json.loads(answer.body)["code"]


SORTED_TEXT = "&".join(sorted(ORDER_TEXT.split("&")))


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("", f"{SORTED_TEXT}&signature={SORTED_SIGNATURE}"),
        ("", f"{ORDER_TEXT}&signature={SORTED_SIGNATURE}"),
        ("", f"{ORDER_TEXT.replace('quantity=1', 'quantity=2')}&signature={ORDER_SIGNATURE}"),
        ("", f"signature={ORDER_SIGNATURE}&{ORDER_TEXT}"),
        (f"signature={ORDER_SIGNATURE}", ORDER_TEXT),
        # The & between query and body that the venue does not sign.
        ("symbol=JEXBTC", f"{ORDER_TEXT.removeprefix('symbol=JEXBTC&')}&signature={ORDER_SIGNATURE}"),
        ("", f"{ORDER_TEXT}&signature={ORDER_SIGNATURE[:-1]}1"),
        ("", f"{ORDER_TEXT}&signature={ORDER_SIGNATURE[:-1]}"),
        ("", f"{ORDER_TEXT}&signature=%C3%A9"),
    ],
)
def test_order_is_refused_with_a_signature_of_something_else(query: str, body: str) -> None:
    """Sorted parameters, another order than the signed one, a signature that is not last: -1022."""
    answer = asked(venue_at(JEX_TIME, JEX_SECRET), "POST", ORDER, query, body)

    assert (400, "bad-signature") == (answer.status, situation(answer))
    assert {
        "code": -1022,
        "msg": "Signature for this request is not valid or user does not exist",
    } == json.loads(answer.body)


def test_sorted_parameters_are_refused_though_their_signature_is_right() -> None:
    """The order of the table is part of the protocol, so the reason says it."""
    answer = asked(venue_at(JEX_TIME, JEX_SECRET), "POST", ORDER, body=f"{SORTED_TEXT}&signature={SORTED_SIGNATURE}")

    assert answer.denied is not None
    assert "symbol, side, type, quantity, price, newOrderRespType, recvWindow, timestamp" in answer.denied.reason


@pytest.mark.parametrize(
    ("age", "window", "code"),
    [
        (5000, None, None),
        (5001, None, -1021),
        (-999, None, None),
        (-1000, None, -1021),
        (60_000, 60_000, None),
        (60_001, 60_000, -1021),
        (100, 100, None),
        (101, 100, -1021),
        (0, 60_001, -1100),
        (0, 0, -1100),
        (0, -1, -1021),
    ],
)
def test_timestamp_is_accepted_within_the_window(age: int, window: int | None, code: int | None) -> None:
    """Below 1000 ms ahead of the venue's clock, and at most recvWindow behind it."""
    params = {} if window is None else {"recvWindow": window}
    answer = asked(venue_at(JEX_TIME), "GET", "/api/v1/account", signed(params, now=JEX_TIME - age))

    assert code == json.loads(answer.body).get("code")


def test_clock_may_be_moved(venue: SimulatedVenue, user: Account) -> None:
    """Moving the venue's clock makes an honest timestamp old, and shows in the time it tells."""
    text = signed({})
    venue.clock.offset = 60_000
    response = user.http.get(f"/api/v1/account?{text}")

    assert (400, -1021) == (response.status_code, response.json()["code"])
    assert 50_000 < user.public("/api/v1/time")["serverTime"] - int(time.time() * 1000) < 70_000


# Refusals


def text_of(**changes: Any) -> str:
    """Return a good order's form, signed, with members changed or (None) left out."""
    given = {name: value for name, value in {**BUY, **changes}.items() if value is not None}
    return signed(given)


SCALE = "Precision is over the maximum defined for this asset."
MISSING = "A mandatory parameter was not sent, was empty/null, or malformed."
ILLEGAL = "Illegal characters found in a parameter."
FILTER = "下单被拒  校验参数"
REFUSED_ORDERS: list[tuple[dict[str, Any], int, str]] = [
    ({"symbol": "BNBBTC"}, -1121, "Invalid symbol."),
    ({"symbol": "btcusdt"}, -1121, "Invalid symbol."),
    ({"symbol": "JEXBTC", "quantity": "10", "price": "0.000000011"}, -1111, SCALE),
    ({"quantity": "0.00015"}, -1111, SCALE),
    ({"price": "50000.001"}, -1111, SCALE),
    ({"symbol": "DASHUSDT", "quantity": "0.5", "price": "80"}, -9000, FILTER),
    ({"quantity": "1000000000"}, -9000, FILTER),
    ({"price": "100000.01"}, -9000, FILTER),
    ({"quantity": "21", "price": "50000"}, -7007, "asset not enough"),
    ({"side": "SELL", "quantity": "10.0001"}, -7007, "asset not enough"),
    ({"side": "SHORT"}, -1117, "Invalid side."),
    ({"side": "buy"}, -1117, "Invalid side."),
    ({"type": "MARKET"}, -1116, "Invalid orderType."),
    ({"type": "LIMIT_MAKER"}, -1116, "Invalid orderType."),
    ({"quantity": "0"}, -9000, FILTER),
    ({"price": "0.00"}, -9000, FILTER),
    ({"quantity": "-1"}, -1100, ILLEGAL),
    ({"quantity": "1e-1"}, -1100, ILLEGAL),
    ({"quantity": ".5"}, -1100, ILLEGAL),
    ({"quantity": " 1"}, -1100, ILLEGAL),
    ({"price": "١"}, -1100, ILLEGAL),
    ({"price": "NaN"}, -1100, ILLEGAL),
    ({"newOrderRespType": "FULL"}, -1100, ILLEGAL),
    ({"quantity": None}, -1102, MISSING),
    ({"quantity": ""}, -1102, MISSING),
    ({"side": None}, -1102, MISSING),
    ({"type": ""}, -1102, MISSING),
    ({"timeInForce": "GTC"}, -1103, "An unknown parameter was sent."),
    ({"newClientOrderId": "mine"}, -1103, "An unknown parameter was sent."),
]


@pytest.mark.parametrize(("changes", "code", "message"), REFUSED_ORDERS)
@pytest.mark.parametrize("path", [ORDER, f"{ORDER}/test"])
def test_order_is_refused(user: Account, path: str, changes: dict[str, Any], code: int, message: str) -> None:
    """The answer is the venue's code and text with status 400, nothing else, and no money moves."""
    before = user.spot()
    response = user.http.post(path, content=text_of(**changes), headers={"Content-Type": FORM})

    assert (400, {"code": code, "msg": message}) == (response.status_code, response.json())
    assert before == user.spot()


def test_order_is_refused_while_the_symbol_is_halted(venue: SimulatedVenue, user: Account) -> None:
    """A halted symbol has the status BREAK and takes no orders."""
    venue.exchange.set_status("BTCUSDT", SymbolStatus.HALTED)
    response = user.call("POST", ORDER, **BUY)

    assert (400, -1121) == (response.status_code, response.json()["code"])
    assert "BREAK" == user.public("/api/v1/exchangeInfo")["spotSymbols"][0]["status"]


def test_order_is_refused_beside_200_open_ones(user: Account) -> None:
    """An account may have 200 open orders."""
    for _ in range(200):
        user.place(quantity="0.0001", price="1000")
    response = user.call("POST", ORDER, **BUY)

    assert (400, {"code": -2019, "msg": "has reach max order number 200"}) == (response.status_code, response.json())


@pytest.mark.parametrize(
    ("method", "path", "params", "code"),
    [
        ("GET", ORDER, {"symbol": "BTCUSDT", "orderId": 987654321}, -2013),
        ("GET", ORDER, {"symbol": "BTCUSDT", "orderId": -1}, -2013),
        ("DELETE", ORDER, {"symbol": "BTCUSDT", "orderId": 987654321}, -2013),
        ("GET", ORDER, {"symbol": "NOSUCH", "orderId": 1}, -1121),
        ("GET", ORDER, {"symbol": "BTCUSDT"}, -1102),
        ("GET", ORDER, {"symbol": "BTCUSDT", "orderId": "x1"}, -1100),
        ("GET", ORDER, {"symbol": "BTCUSDT", "orderId": "٣"}, -1100),
        ("GET", "/api/v1/spot/openOrders", {}, -1102),
        ("GET", "/api/v1/spot/openOrders", {"symbol": ""}, -1121),
        ("GET", "/api/v1/spot/openOrders", {"symbol": "NOSUCH"}, -1121),
        ("GET", "/api/v1/spot/openOrders", {"symbol": "BTCUSDT", "limit": 501}, -1100),
        ("GET", "/api/v1/spot/historyOrders", {"symbol": "BTCUSDT", "limit": 0}, -1100),
        ("GET", "/api/v1/spot/historyOrders", {"symbol": "BTCUSDT", "startTime": 2, "endTime": 1}, -1127),
        ("GET", "/api/v1/account", {"asset": "BTC"}, -1103),
    ],
)
def test_signed_call_is_refused(user: Account, method: str, path: str, params: dict[str, Any], code: int) -> None:
    """What is wrong with a question is answered by its own code."""
    response = user.call(method, path, **params)

    assert (400, code) == (response.status_code, response.json()["code"])
    assert {"code", "msg"} == set(response.json())


def test_order_of_somebody_else_is_unknown(venue: SimulatedVenue, user: Account) -> None:
    """The market maker's orders are not the user's to see or to cancel."""
    theirs = venue.exchange.open_orders(MARKET_MAKER, symbol="BTCUSDT")[0].order_id

    for method in ("GET", "DELETE"):
        response = user.call(method, ORDER, symbol="BTCUSDT", orderId=theirs)

        assert (400, {"code": -2013, "msg": "Order does not exist."}) == (response.status_code, response.json())


@pytest.mark.parametrize(
    ("path", "params", "code"),
    [
        ("/api/v1/spot/depth", {"symbol": "NOSUCH"}, -1121),
        ("/api/v1/spot/depth", {"symbol": "BTCUSDT", "limit": 7}, -1100),
        ("/api/v1/spot/depth", {}, -1102),
        ("/api/v1/spot/trades", {"symbol": "BTCUSDT", "limit": 61}, -1100),
        ("/api/v1/spot/klines", {"symbol": "BTCUSDT", "interval": "1M"}, -1120),
        ("/api/v1/spot/klines", {"symbol": "BTCUSDT"}, -1102),
        ("/api/v1/spot/klines", {"symbol": "BTCUSDT", "interval": "1h", "startTime": 2, "endTime": 1}, -1127),
        ("/api/v1/spot/avgPrice", {"symbol": "NOSUCH"}, -1121),
        ("/api/v1/spot/ticker/24hr", {"symbol": "NOSUCH"}, -1121),
        ("/api/v1/spot/ticker/price", {"pair": "BTCUSDT"}, -1103),
        ("/api/v1/ping", {"a": "b"}, -1103),
    ],
)
def test_public_call_is_refused(user: Account, path: str, params: dict[str, Any], code: int) -> None:
    """Market data checks its parameters too."""
    response = user.http.get(path, params=params)

    assert (400, code) == (response.status_code, response.json()["code"])


def test_parameter_that_is_sent_twice_is_refused(user: Account) -> None:
    """In one place a name may stand once, signed or not."""
    text = f"symbol=BTCUSDT&orderId=1&orderId=2&timestamp={int(time.time() * 1000)}"
    answers = [
        user.http.get("/api/v1/spot/depth?symbol=BTCUSDT&symbol=BTCUSDT"),
        user.http.get(f"{ORDER}?{text}&signature={hmac_sha256('sim-secret-jex', text)}"),
    ]

    assert [(400, -1101)] * 2 == [(answer.status_code, answer.json()["code"]) for answer in answers]


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, -2014),
        ({"X-JEX-APIKEY": ""}, 401, -2014),
        ({"X-MBX-APIKEY": "sim-key-jex"}, 401, -2014),
        ({"X-JEX-APIKEY": "sim-key-jex2"}, 401, -2015),
        ({"X-JEX-APIKEY": "SIM-KEY-JEX"}, 401, -2015),
        ({"X-JEX-APIKEY": "sim-key-jex"}, 200, None),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/account", "/api/v1/spot/historicalTrades"])
def test_key_is_needed_in_the_header(
    venue: SimulatedVenue, path: str, headers: dict[str, str], status: int, code: int | None
) -> None:
    """A signed call and a keyed one look at the same header."""
    query = "symbol=BTCUSDT" if path.endswith("Trades") else signed({})
    response = httpx.get(f"{venue.url}{path}?{query}", headers=headers)

    assert (status, code) == (response.status_code, response.json().get("code") if status != 200 else None)


def test_keyed_call_takes_no_signature(user: Account) -> None:
    """The call wants the key alone; timestamp and signature are unknown there."""
    response = user.call("GET", "/api/v1/spot/historicalTrades", symbol="BTCUSDT")

    assert (400, -1103) == (response.status_code, response.json()["code"])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", -1102),
        (f"timestamp={JEX_TIME}", -1102),
        (f"timestamp={JEX_TIME}&signature=", -1102),
        (f"signature={ACCOUNT_SIGNATURE}", -1102),
        (f"timestamp=&signature={ACCOUNT_SIGNATURE}", -1102),
        (f"timestamp=now&signature={ACCOUNT_SIGNATURE}", -1100),
        (f"timestamp=0{JEX_TIME}&signature={ACCOUNT_SIGNATURE}", -1100),
        (f"timestamp={JEX_TIME}&signature={ACCOUNT_SIGNATURE}", -1022),
    ],
)
def test_signed_call_is_refused_without_timestamp_or_signature(query: str, code: int) -> None:
    """Both are mandatory parameters."""
    assert code == json.loads(asked(venue_at(JEX_TIME), "GET", "/api/v1/account", query).body)["code"]


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_form_is_refused_under_another_content_type(method: str, content_type: str) -> None:
    """The venue lists the wrong content type among the causes of -1022."""
    params = BUY if method == "POST" else {"symbol": "BTCUSDT", "orderId": 1}
    body = signed(params, now=JEX_TIME)
    answer = asked(venue_at(JEX_TIME), method, ORDER, body=body, content_type=content_type)

    assert (400, -1022) == (answer.status, json.loads(answer.body)["code"])
    assert "bad-content-type" == situation(answer)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/order"), ("PUT", ORDER), ("GET", "/api/v1/contract/depth"), ("GET", "//")]
)
def test_unknown_path_is_refused(user: Account, method: str, path: str) -> None:
    """What is not among the documented operations is not supported."""
    response = user.http.request(method, user.venue.url + path)

    assert (404, {"code": -1020, "msg": "This operation is not supported."}) == (response.status_code, response.json())


# Where parameters travel


def signed_parts(query: dict[str, Any], body: dict[str, Any], *, now: int) -> tuple[str, str]:
    """Sign query and body with nothing in between, the signature at the end of the body."""
    left, right = urlencode(query), urlencode({**body, "timestamp": now})
    return left, f"{right}&signature={hmac_sha256('sim-secret-jex', left + right)}"


def test_order_is_placed_from_the_query_alone() -> None:
    """POST takes its parameters in the query too."""
    answer = asked(venue_at(JEX_TIME), "POST", ORDER, signed(BUY, now=JEX_TIME))

    assert (200, None) == (answer.status, situation(answer))


def test_query_wins_where_a_name_stands_in_both_places() -> None:
    """The body's value of such a name is signed, and then not read."""
    app = venue_at(JEX_TIME)
    first = {"symbol": "BTCUSDT", "side": "BUY", "type": "LIMIT", "quantity": "0.02"}
    query, body = signed_parts(first, {"quantity": "7", "price": "50000", "newOrderRespType": "RESULT"}, now=JEX_TIME)
    answer = asked(app, "POST", ORDER, query, body)

    assert "0.02" == json.loads(answer.body)["origQty"]
    assert "bad-signature" == situation(asked(app, "POST", ORDER, query, body.replace("quantity=7", "quantity=8")))


@pytest.mark.parametrize("place", ["query", "body", "mixed"])
def test_order_is_cancelled_from_query_and_body(place: str) -> None:
    """DELETE takes its parameters in either place, or some in each."""
    app = venue_at(JEX_TIME)
    order = json.loads(asked(app, "POST", ORDER, body=signed(BUY, now=JEX_TIME)).body)["orderId"]
    text = signed({"symbol": "BTCUSDT", "orderId": order}, now=JEX_TIME)
    parts = {
        "query": (text, ""),
        "body": ("", text),
        "mixed": signed_parts({"symbol": "BTCUSDT"}, {"orderId": order}, now=JEX_TIME),
    }
    answer = asked(app, "DELETE", ORDER, *parts[place])

    assert (200, "CANCELED") == (answer.status, json.loads(answer.body)["status"])


def test_get_is_refused_with_a_body() -> None:
    """GET has its parameters in the query only."""
    app = venue_at(JEX_TIME)

    assert -1102 == json.loads(asked(app, "GET", "/api/v1/account", body=signed({}, now=JEX_TIME)).body)["code"]
    answer = asked(app, "GET", "/api/v1/account", signed({}, now=JEX_TIME), "a=b")

    assert (400, -1100) == (answer.status, json.loads(answer.body)["code"])


# Orders and money


def test_order_goes_its_way_from_place_to_history(user: Account) -> None:
    """Placed, found, open, cancelled, history; its money is held as long as it is open and then free again."""
    before = user.spot()
    placed = user.place(quantity="0.01", price="50000")

    assert isinstance(placed["orderId"], int)
    assert ("NEW", "50000.00000000", "0.01", "0", "0.00000000") == tuple(
        placed[name] for name in ("status", "price", "origQty", "executedQty", "cummulativeQuoteQty")
    )
    during = user.spot()
    assert (before["USDT"][0] - 500, before["USDT"][1] + 500) == during["USDT"]

    found = user.get(ORDER, symbol="BTCUSDT", orderId=placed["orderId"])
    assert str(placed["orderId"]) == found["orderId"]
    assert ("NEW", "0.01000000", "0.00000000", True) == tuple(
        found[name] for name in ("status", "origQty", "executedQty", "working")
    )
    assert 0 == found["time"] % 1000
    assert found["time"] <= placed["transactTime"] < found["time"] + 60_000
    assert [found] == user.get("/api/v1/spot/openOrders", symbol="BTCUSDT")
    assert [] == user.get("/api/v1/spot/openOrders", symbol="JEXBTC")
    assert [] == user.get("/api/v1/spot/historyOrders", symbol="BTCUSDT")

    cancelled = user.cancel(placed["orderId"])
    assert {**placed, "status": "CANCELED", "transactTime": cancelled["transactTime"]} == cancelled
    assert [] == user.get("/api/v1/spot/openOrders", symbol="BTCUSDT")
    assert [{**found, "status": "CANCELED"}] == [
        {**row, "updateTime": found["updateTime"]} for row in user.get("/api/v1/spot/historyOrders", symbol="BTCUSDT")
    ]
    assert before == user.spot()

    again = user.call("DELETE", ORDER, symbol="BTCUSDT", orderId=placed["orderId"])
    assert (400, -2013) == (again.status_code, again.json()["code"])


def test_acknowledgement_has_three_members_by_default(user: Account) -> None:
    """Without newOrderRespType the answer is the short one."""
    for params in ({}, {"newOrderRespType": "ACK"}):
        answer = user.call("POST", ORDER, **BUY, **params).json()

        assert {"symbol", "orderId", "transactTime"} == set(answer)


def test_order_is_filled_against_the_seeded_book(user: Account) -> None:
    """A buy at the best ask is filled at once; the fee is a thousandth of what is received."""
    before, book = user.spot(), user.public("/api/v1/spot/depth", symbol="BTCUSDT", limit=5)
    ask, offered = map(Decimal, book["asks"][0])
    placed = user.place(quantity="0.01", price=f"{ask:f}")

    assert ("FILLED", "0.01", f"{ask * Decimal('0.01'):.8f}") == tuple(
        placed[name] for name in ("status", "executedQty", "cummulativeQuoteQty")
    )
    after = user.spot()
    assert before["BTC"][0] + Decimal("0.01") * Decimal("0.999") == after["BTC"][0]
    assert (before["USDT"][0] - ask * Decimal("0.01"), Decimal(0)) == after["USDT"]
    assert [str(placed["orderId"])] == [
        row["orderId"] for row in user.get("/api/v1/spot/historyOrders", symbol="BTCUSDT")
    ]
    newest = user.public("/api/v1/spot/trades", symbol="BTCUSDT", limit=1)[0]
    assert (f"{ask:.8f}", "0.01000000") == (newest["price"], newest["qty"])
    left = user.public("/api/v1/spot/depth", symbol="BTCUSDT", limit=5)["asks"][0]
    assert [f"{ask:.8f}", f"{offered - Decimal('0.01'):.8f}"] == left
    assert f"{ask:.8f}" == user.public("/api/v1/spot/ticker/price", symbol="BTCUSDT")["price"]


def test_rest_of_a_partial_fill_is_open_until_cancelled(user: Account) -> None:
    """What the book does not fill rests; cancelling shows how much had been filled."""
    before, book = user.spot(), user.public("/api/v1/spot/depth", symbol="BTCUSDT", limit=5)
    ask, offered = map(Decimal, book["asks"][0])
    wanted = offered + Decimal("0.5")
    placed = user.place(quantity=f"{wanted:f}", price=f"{ask:f}")

    assert ("PARTIALLY_FILLED", offered) == (placed["status"], Decimal(placed["executedQty"]))
    assert user.spot()["USDT"] == (before["USDT"][0] - ask * wanted, ask * Decimal("0.5"))
    assert [str(placed["orderId"])] == [r["orderId"] for r in user.get("/api/v1/spot/openOrders", symbol="BTCUSDT")]

    cancelled = user.cancel(placed["orderId"])
    assert ("CANCELED", offered) == (cancelled["status"], Decimal(cancelled["executedQty"]))
    assert user.spot()["USDT"] == (before["USDT"][0] - ask * offered, Decimal(0))


def test_sale_holds_the_base_asset(user: Account) -> None:
    """A sell above the market locks what is for sale."""
    before = user.spot()
    user.place(side="SELL", quantity="2.5", price="90000")

    assert (before["BTC"][0] - Decimal("2.5"), Decimal("2.5")) == user.spot()["BTC"]


def test_test_order_changes_nothing(user: Account) -> None:
    """A good order is answered by an empty object, and is nowhere to be found."""
    before = user.spot()

    assert {} == user.call("POST", f"{ORDER}/test", **BUY).json()
    assert before == user.spot()
    assert [] == user.get("/api/v1/spot/openOrders", symbol="BTCUSDT")


def test_orders_are_paged_by_id_from_the_oldest_on(user: Account) -> None:
    """Without orderId the newest come; with it those after it, oldest first."""
    ids = [str(user.place(quantity="0.001", price=f"{50000 + n}")["orderId"]) for n in range(5)]

    def page(**params: Any) -> list[str]:
        return [row["orderId"] for row in user.get("/api/v1/spot/openOrders", symbol="BTCUSDT", **params)]

    assert ids == page()
    assert ids[3:] == page(limit=2)
    assert ids[:2] == page(orderId=0, limit=2)
    assert ids[2:4] == page(orderId=ids[1], limit=2)
    assert [] == page(orderId=ids[4])


def test_orders_are_found_by_the_times_that_are_shown(user: Account) -> None:
    """Both ends belong to the window, in the whole seconds that the answers have."""
    user.place()
    shown = user.get("/api/v1/spot/openOrders", symbol="BTCUSDT")[0]["time"]
    found = [
        len(user.get("/api/v1/spot/openOrders", symbol="BTCUSDT", startTime=start, endTime=end))
        for start, end in ((shown, shown), (shown - 5000, shown - 1), (shown + 1, shown + 5000))
    ]

    assert [1, 0, 0] == found


def test_account_has_three_lists(user: Account) -> None:
    """Assets of contracts are in lower case, those of spot in capitals; updateTime is the last change."""
    account = user.get("/api/v1/account")

    assert [("usdt", "8144.0412")] == [(row["asset"], row["free"]) for row in account["contractBalances"]]
    assert ["BTCCALLM"] == [row["asset"] for row in account["optionBalances"]]
    spot = {row["asset"]: Decimal(row["free"]) for row in account["spotBalances"]}
    assert spot["USDT"] >= 100_000
    assert spot["BTC"] >= 10
    user.venue.clock.offset = 1234
    placed = user.place()
    assert account["updateTime"] < user.get("/api/v1/account")["updateTime"] <= placed["transactTime"]


# Market data


def test_exchange_info_lists_what_can_be_traded(user: Account) -> None:
    """Precisions are the decimal places of tick and lot; the rules tell the rest."""
    info = user.public("/api/v1/exchangeInfo")
    rows = {row["symbol"]: row for row in info["spotSymbols"]}

    assert {listing.rules.symbol for listing in LISTINGS} == set(rows)
    assert ("BTC", 4, "USDT", 2) == tuple(
        rows["BTCUSDT"][name] for name in ("baseAsset", "baseAssetPrecision", "quoteAsset", "quotePrecision")
    )
    assert ["LIMIT"] == rows["BTCUSDT"]["orderTypes"]
    assert [1200, 10, 100000, 5000] == [limit["limit"] for limit in info["rateLimits"]]
    assert "BTCUSDT" in [row["symbol"] for row in info["contractSymbols"]]


@pytest.mark.parametrize("limit", [5, 10, 20, 50, None])
def test_book_is_as_deep_as_asked_for(user: Account, limit: int | None) -> None:
    """Pairs of price and quantity, best first; the default is more than the seeded fifty."""
    book = user.public("/api/v1/spot/depth", symbol="BTCUSDT", **({} if limit is None else {"limit": limit}))
    bids, asks = ([Decimal(price) for price, _ in book[side]] for side in ("bids", "asks"))

    assert {"bids", "asks"} == set(book)
    assert [limit or 50] * 2 == [len(bids), len(asks)]
    assert sorted(bids, reverse=True) == bids
    assert sorted(asks) == asks
    assert 50_000 < bids[0] < asks[0] < 60_000


def test_trades_come_newest_first(user: Account) -> None:
    """Sixty rows by default, of price, quantity and time only."""
    rows = user.public("/api/v1/spot/trades", symbol="DASHUSDT")
    times = [row["time"] for row in rows]

    assert 60 == len(rows)
    assert sorted(times, reverse=True) == times
    assert {"price", "qty", "time"} == set(rows[0])


def test_historical_trades_walk_back_from_an_id(user: Account) -> None:
    """The trade that is named comes first, then older ones, so that the last id leads on."""
    path = "/api/v1/spot/historicalTrades"
    newest = user.public(path, symbol="JEXBTC", limit=4)
    ids = [int(row["id"]) for row in newest]
    from_third = user.public(path, symbol="JEXBTC", limit=2, fromId=ids[2])

    assert sorted(ids, reverse=True) == ids
    assert newest[2:4] == from_third
    assert [] == user.public(path, symbol="JEXBTC", fromId=0)


@pytest.mark.parametrize("interval", INTERVALS)
def test_candle_ends_with_its_last_millisecond(user: Account, interval: str) -> None:
    """Candles follow each other without gaps; the newest holds now; a week begins on a Monday."""
    rows = user.public("/api/v1/spot/klines", symbol="BTCUSDT", interval=interval, limit=3)

    assert [INTERVALS[interval] - 1] * len(rows) == [row[6] - row[0] for row in rows]
    assert [row[6] + 1 for row in rows[:-1]] == [row[0] for row in rows[1:]]
    assert rows[-1][0] <= int(time.time() * 1000) <= rows[-1][6] + 1000
    if interval == "1w":
        assert 0 == time.gmtime(rows[-1][0] // 1000).tm_wday


def test_candles_add_up_to_the_trades(user: Account) -> None:
    """Volume, quote volume and number over all candles are those of all trades."""
    rows = user.public("/api/v1/spot/klines", symbol="JEXBTC", interval="1h", limit=1000)
    known = user.public("/api/v1/spot/historicalTrades", symbol="JEXBTC", limit=500)

    assert len(known) == sum(row[8] for row in rows)
    assert sum(Decimal(row["qty"]) for row in known) == sum(Decimal(row[5]) for row in rows)
    assert sum(Decimal(row["qty"]) * Decimal(row["price"]) for row in known) == sum(Decimal(row[7]) for row in rows)


def test_candles_are_cut_by_start_and_limit(user: Account) -> None:
    """With startTime the oldest come, without it the newest."""
    path, params = "/api/v1/spot/klines", {"symbol": "BTCUSDT", "interval": "1m"}
    rows = user.public(path, **params, limit=1000)
    first, last = rows[0][0], rows[-1][0]

    assert rows[:2] == user.public(path, **params, limit=2, startTime=first)
    assert [rows[1]] == user.public(path, **params, startTime=rows[1][0], endTime=rows[1][0])
    assert rows[-3:-1] == user.public(path, **params, limit=2, endTime=last - 1)


def test_ticker_sums_up_the_day() -> None:
    """The percentage is cut to two places and padded to four; the opening time is no window."""
    app = venue_at(JEX_TIME)
    market = app.desk.exchange.trades("BTCUSDT", limit=None)
    day = [trade for trade in market if trade.time > JEX_TIME - 86_400_000]
    ticker = json.loads(asked(app, "GET", "/api/v1/spot/ticker/24hr", "symbol=BTCUSDT").body)
    change = day[-1].price - day[0].price

    assert f"{change:.8f}" == ticker["priceChange"]
    percent = change * 100 / day[0].price
    assert ticker["priceChangePercent"].endswith("00")
    assert 0 <= abs(percent) - abs(Decimal(ticker["priceChangePercent"])) < Decimal("0.01")
    assert sum(trade.quantity for trade in day) == Decimal(ticker["volume"])
    average = sum(t.quote_quantity for t in day) / sum(t.quantity for t in day)
    assert f"{average:.2f}" == f"{Decimal(ticker['weightedAvgPrice']):.2f}"
    assert 0 <= ticker["openTime"] - ticker["closeTime"] <= 3


@pytest.mark.parametrize(
    ("last", "percent", "average"), [("9936.52", "-0.6300", "9968.26"), ("10063.90", "0.6300", "10031.95")]
)
def test_percentage_is_cut_and_not_rounded(last: str, percent: str, average: str) -> None:
    """-0.6348 percent is shown as -0.6300, as a real answer had it; 0.639 is not rounded up."""
    app = venue_at(JEX_TIME)
    trades = app.desk.exchange._markets["BTCUSDT"].trades
    trades[:] = [
        Trade(number, "BTCUSDT", price, Decimal(1), price, JEX_TIME, buyer_is_maker=True)
        for number, price in enumerate((Decimal(10_000), Decimal(last)))
    ]
    ticker = json.loads(asked(app, "GET", "/api/v1/spot/ticker/24hr", "symbol=BTCUSDT").body)

    assert (percent, average) == (ticker["priceChangePercent"], ticker["weightedAvgPrice"])


@pytest.mark.parametrize("path", ["24hr", "price", "bookTicker"])
def test_ticker_is_one_row_or_all(user: Account, path: str) -> None:
    """With a symbol an object, without one a list of all spot symbols."""
    everything = user.public(f"/api/v1/spot/ticker/{path}")

    assert [listing.rules.symbol for listing in LISTINGS] == [row["symbol"] for row in everything]
    assert "LTCBTC" == user.public(f"/api/v1/spot/ticker/{path}", symbol="LTCBTC")["symbol"]


# Every operation


def example_of(operation_id: str) -> dict[str, Any]:
    """Return the documented example request, without what signing adds."""
    node = OPERATIONS[operation_id][2]
    if "requestBody" in node:
        example: dict[str, Any] = node["requestBody"]["content"][FORM]["example"]
    else:
        example = {p["name"]: p["example"] for p in node.get("parameters", []) if "example" in p}
    return {name: value for name, value in example.items() if name not in ("timestamp", "signature")}


def response_schema(operation_id: str) -> dict[str, Any]:
    schema: dict[str, Any] = OPERATIONS[operation_id][2]["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


def ask_example(user: Account, operation_id: str, **more: Any) -> httpx.Response:
    method, path, node = OPERATIONS[operation_id]
    params = {**example_of(operation_id), **more}
    if node["security"] == [{"signed": []}]:
        return user.call(method, path, **params)
    return user.http.request(method, path, params=params)


def test_face_has_every_operation() -> None:
    """No answer is a canned one."""
    assert set(OPERATIONS) == set(FACE.answers)


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_documented_request_gets_an_answer_of_the_documented_form(user: Account, operation_id: str) -> None:
    """Every operation answers its example, with nothing missing and nothing undocumented."""
    order = user.place(symbol="JEXBTC", quantity="10", price="0.00001000")["orderId"]
    user.cancel(user.place(symbol="JEXBTC", quantity="10", price="0.00001000")["orderId"], "JEXBTC")
    more = {"orderId": order} if "orderId" in example_of(operation_id) else {}
    response = ask_example(user, operation_id, **more)

    assert (200, operation_id) == (response.status_code, user.venue.requests[-1].operation), response.text
    assert [] == [
        error.message for error in CLOSED.validator(response_schema(operation_id)).iter_errors(response.json())
    ]
    if operation_id not in ("ping", "testOrder"):
        assert response.json()


@pytest.mark.parametrize("operation_id", ["ticker24h", "price", "bookTicker"])
def test_one_symbol_gets_an_answer_of_the_documented_form(user: Account, operation_id: str) -> None:
    """The form for one symbol is checked like the list."""
    answer = ask_example(user, operation_id, symbol="BTCUSDT").json()

    assert CLOSED.validator(response_schema(operation_id)).is_valid(answer)


def test_closed_schema_notices_another_member() -> None:
    """The check of the tests above can fail."""
    row = json.loads((ROOT / "specs/jex/examples/order.json").read_text(encoding="utf-8"))

    assert CLOSED.validator(response_schema("order")).is_valid(row)
    assert not CLOSED.validator(response_schema("order")).is_valid({**row, "clientOrderId": ""})


def test_empty_market_is_answered(venue: SimulatedVenue, user: Account) -> None:
    """Without trades and orders there are zeros and empty lists."""
    venue.exchange.cancel_all(MARKET_MAKER)
    venue.exchange._markets["BTCUSDT"].trades.clear()
    operations = ("orderBook", "trades", "historicalTrades", "klines", "avgPrice", "ticker24h", "price", "bookTicker")

    for operation_id in operations:
        more = {"interval": "1m"} if operation_id == "klines" else {}
        response = ask_example(user, operation_id, symbol="BTCUSDT", **more)

        assert 200 == response.status_code
        assert CLOSED.validator(response_schema(operation_id)).is_valid(response.json())


# Steadiness


def story(seed: int) -> list[bytes]:
    """Answer the same calls of a venue whose clock stands."""
    app = Venue(load("jex"), FACE, clock=Clock(lambda: JEX_TIME), seed=seed, dialect="venue")
    order = signed({**BUY, "price": "54400", "newOrderRespType": "RESULT"}, now=JEX_TIME)
    answers = [
        asked(app, "POST", ORDER, body=order),
        asked(app, "POST", ORDER, body=signed(BUY, now=JEX_TIME)),
        asked(app, "GET", "/api/v1/account", signed({}, now=JEX_TIME)),
        asked(app, "GET", "/api/v1/spot/openOrders", signed({"symbol": "BTCUSDT"}, now=JEX_TIME)),
        asked(app, "GET", "/api/v1/spot/ticker/24hr"),
        asked(app, "GET", "/api/v1/spot/historicalTrades", "symbol=JEXBTC"),
        asked(app, "GET", "/api/v1/exchangeInfo"),
    ]

    assert [200] * len(answers) == [answer.status for answer in answers]
    return [answer.body for answer in answers]


def test_same_seed_and_calls_give_the_same_bytes() -> None:
    """Two venues of one seed cannot be told apart; another seed is another market."""
    assert story(1) == story(1)
    assert story(1) != story(2)


def test_strict_dialect_says_the_same() -> None:
    """Refusals have their status in any case, so nothing is different."""
    with simulate("jex", dialect="strict") as venue:
        response = httpx.get(f"{venue.url}/api/v1/spot/depth?symbol=NOSUCH")

    assert (400, -1121) == (response.status_code, response.json()["code"])


NUL, LONG = "%00", "9" * 5000
ODD_VALUES = (
    *("", "0", "-0", "00", "+1", "1.", "1,2", "1_0", "0x10", "1e5", "1E400", "-1", "null", "true", "NaN", "Infinity"),
    *(NUL, LONG, "%ED%A0%80", "%FF", "%", "%zz", "%2e%2e%2f", "%D9%A1", "%F0%9F%92%A9", "' OR 1=1--", "{}", "[1]"),
    *("BTCUSDT%00", "BTCUSDT%20", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "<b>"),
)


def sound(answer: Answer) -> bool:
    """Tell whether an answer is one the venue could give: a JSON answer, or a refusal that was meant."""
    body = json.loads(answer.body)
    if answer.status == 200:
        return True
    return 400 <= answer.status < 500 and {"code", "msg"} == set(body) and body["code"] < 0


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_odd_values_are_refused_or_answered(operation_id: str) -> None:
    """Whatever stands in a parameter, signed as it should be, the venue does not break."""
    app = venue_at(JEX_TIME)
    method, path, node = OPERATIONS[operation_id]
    example = {"symbol": "BTCUSDT", **example_of(operation_id)}
    names = [*example, *(p["name"] for p in node.get("parameters", []) if "name" in p and p["name"] not in example)]
    for name in names:
        for odd in ODD_VALUES:
            text = "&".join(f"{each}={odd if each == name else example[each]}" for each in [*example, name])
            text = text if name not in example else text.rpartition("&")[0]
            if node["security"] == [{"signed": []}]:
                text += f"&timestamp={JEX_TIME}"
                text += f"&signature={hmac_sha256('sim-secret-jex', text)}"
            answer = asked(app, method, path, *(("", text) if method == "POST" else (text, "")))

            assert sound(answer), f"{name}={odd[:40]}: {answer}"


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/api/v1/account", "&&&", ""),
        ("GET", "/api/v1/account", "=", ""),
        ("GET", "/api/v1/account", "timestamp", ""),
        ("GET", "/api/v1/account", "signature=&signature=&timestamp=1", ""),
        ("GET", "/api/v1/account", "\xff\xfe=1", ""),
        ("GET", "/api/v1/account", "a=1;b=2", ""),
        ("GET", "/api/v1/account", "timestamp=1&timestamp=2&signature=0", ""),
        ("GET", "/api/v1/account", "a=1&" * 20_000, ""),
        ("GET", "/api/v1/account", "?timestamp=1", ""),
        ("GET", "/api/v1/spot/depth", "symbol[]=BTCUSDT", ""),
        ("GET", "/api/v1/spot/depth", "SYMBOL=BTCUSDT", ""),
        ("GET", "/api/v1/spot/depth/", "symbol=BTCUSDT", ""),
        ("GET", "/api/v1/spot/%64epth", "symbol=BTCUSDT", ""),
        ("GET", "/api/v1/../v1/ping", "", ""),
        ("GET", "", "", ""),
        ("POST", ORDER, "", "\xff" * 10),
        ("POST", ORDER, "", "{}"),
        ("POST", ORDER, "", "&"),
        ("POST", ORDER, "", "signature"),
        ("POST", ORDER, "", "x" * (1 << 20) + "x"),
        ("POST", ORDER, "", "+=+&timestamp=1&signature=1"),
        ("POST", ORDER, "timestamp=1", "signature=1"),
        ("POST", ORDER, "signature=1", "timestamp=1"),
        ("DELETE", ORDER, "", "symbol=BTCUSDT"),
        ("DELETE", ORDER, "orderId=1", "orderId=1&signature=2"),
        ("DELETE", ORDER, "", "%"),
        ("PATCH", ORDER, "", ""),
        ("CONNECT", "www.jex.com:443", "", ""),
        ("GET", "*", "", ""),
    ],
)
def test_odd_request_is_refused(method: str, path: str, query: str, body: str) -> None:
    """Broken text gets a refusal in the venue's form, and the venue goes on."""
    app = venue_at(JEX_TIME)
    answer = asked(app, method, path, query, body)

    assert answer.status != 200
    assert sound(answer), answer
    assert 200 == asked(app, "GET", "/api/v1/ping").status
