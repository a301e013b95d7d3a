"""What the simulated Bitunix promises: signatures as documented, refusals in its envelope, orders and money that add up."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import yaml

from generator.rules import Closed
from spotwire_sim import simulate
from spotwire_sim.call import Call, Denied
from spotwire_sim.clock import Clock
from spotwire_sim.exchange import DAY_MS, MINUTE_MS, SymbolStatus
from spotwire_sim.faces import Desk
from spotwire_sim.faces.bitunix import FACE, sign, string_to_sign, verify
from spotwire_sim.server import SimulatedVenue
from spotwire_sim.spec import load
from spotwire_sim.wire import decode_pairs

D = Decimal
NOW = 1_744_191_503_000  # 2025-04-09T09:38:23Z
NONCE = "0123456789abcdef0123456789abcdef"
BASE = "/api/spot/v1"
FOLDER = Path(__file__).parents[2] / "specs" / "bitunix"
DOCUMENT: dict[str, Any] = yaml.safe_load((FOLDER / "openapi.yaml").read_bytes())
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    node["operationId"]: (verb.upper(), path, node)
    for path, item in DOCUMENT["paths"].items()
    for verb, node in item.items()
}
CLOSED = Closed(DOCUMENT)


class Trader:
    """Somebody who signs by hand, after the venue's description."""

    def __init__(self, venue: SimulatedVenue, http: httpx.Client) -> None:
        self.venue = venue
        self.http = http
        self.key, self.secret = venue.api_key, venue.api_secret

    def headers(self, query: dict[str, str], body: str, *, timestamp: int | None = None) -> dict[str, str]:
        time = str(self.venue.clock() if timestamp is None else timestamp)
        joined = "".join(name + query[name] for name in sorted(query) if query[name])
        digest = sha256((NONCE + time + self.key + joined + body).encode()).hexdigest()
        return {
            "api-key": self.key,
            "nonce": NONCE,
            "timestamp": time,
            "sign": sha256((digest + self.secret).encode()).hexdigest(),
            "content-type": "application/json",
        }

    def get(self, path: str, **query: str) -> Any:
        text = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
        target = BASE + path + (f"?{text}" if text else "")
        return parsed(self.http.get(target, headers=self.headers(query, "")))

    def post(self, path: str, body: Any = None) -> Any:
        text = json.dumps({} if body is None else body, separators=(",", ":"))
        return parsed(self.http.post(BASE + path, content=text, headers=self.headers({}, text)))

    # Shortcuts

    def place(self, side: int, kind: int, volume: str, price: str | None = None, **more: str) -> Any:
        order = {"side": side, "type": kind, "volume": volume, "symbol": "BTCUSDT", **more}
        return data(self.post("/order/place_order", order if price is None else {**order, "price": price}))

    def order(self, order_id: str) -> Any:
        return data(self.get("/order/detail", orderId=order_id))

    def open_orders(self) -> Any:
        return data(self.post("/order/pending/list", {"symbol": "BTCUSDT"}))

    def cancel(self, *order_ids: str) -> Any:
        references = [{"orderId": order_id, "symbol": "BTCUSDT"} for order_id in order_ids]
        return data(self.post("/order/cancel", {"orderIdList": references}))

    def balances(self) -> dict[str, tuple[Decimal, Decimal]]:
        rows = data(self.get("/user/account")) or []
        return {row["coin"]: (D(row["balance"]), D(row["balanceLocked"])) for row in rows}


def parsed(response: httpx.Response) -> Any:
    """Return an answer with exact numbers; the server must not have failed."""
    assert 500 > response.status_code
    return json.loads(response.content, parse_float=Decimal)


def data(answer: Any) -> Any:
    """Return the payload of a success."""
    assert ("0", True) == (answer["code"], answer["success"]), answer

    return answer["data"]


def refusal(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "msg": message, "data": None, "success": False}


WRONG = refusal("2", "Parameter error")


@pytest.fixture(scope="module")
def _running() -> Iterator[tuple[SimulatedVenue, httpx.Client]]:
    with simulate("bitunix", now=lambda: NOW) as venue, httpx.Client(base_url=venue.url) as http:
        yield venue, http


@pytest.fixture
def trader(_running: tuple[SimulatedVenue, httpx.Client]) -> Trader:
    """Somebody at the venue as it is at the start."""
    venue, http = _running
    venue.reset()
    return Trader(venue, http)


# Signatures

KEY, SECRET = "ak_0123456789abcdef0123456789abcd", "sk_fedcba9876543210fedcba9876543210"
WITHDRAWAL = b'{"coin":"TRX","network":"Tron (TRC-20)","address":"TJmW5D1p1LnMdTMmxuY1VELHht7v5HV7rU","amount":20.00}'
# Operation, query, body, digest, sign: all computed elsewhere, with NONCE, NOW, KEY and SECRET.
VECTORS = {
    "nothing to add": (
        "balances",
        b"",
        b"",
        "a1972779a9c9f3e45d94a4eac984cf57b7fe8ed591e0bc60b0a5403640220d46",
        "969a3682b13004f26341837259178f71f84ac9a99a41d51ecb39c51b4f0e8b9f",
    ),
    "query": (
        "order",
        b"orderId=1909877667383767042",
        b"",
        "02735ddb45eeab86b4fac9a5717c4b729b606146f1890e6df5962bb0d0a67eb1",
        "9b2a2346170bdb3ac3af6239fb1d5bdf991921653c1bbd4a401a8a9280d2527d",
    ),
    "body with a blank inside a value": (
        "withdraw",
        b"",
        WITHDRAWAL,
        "93935d66a8208c3a3b18445a43d6ec593da2e5e1d3d150e3ad0b1060b59e8625",
        "667258668f114e5bb0f897b6b57416a34be252f6922dd4fecbec085bb30b02e0",
    ),
    "amount as text": (
        "withdraw",
        b"",
        WITHDRAWAL.replace(b"20.00", b'"20.00"'),
        "19c553ddf86d5055718662e6de6c6b7ff21467f64d56b14b985cfe49be01ba8d",
        "030bedbfb679c0f62449d28911a1a0308561f1af2b2e0f49ca6c96998a6b223b",
    ),
    "order": (
        "placeOrder",
        b"",
        b'{"side":2,"type":1,"volume":"0.001","price":"60000","symbol":"BTCUSDT"}',
        "448843fec768fcbac912f2ed2db84501fdcda6efb4a13c1d6055528992f6d658",
        "76e41f11ce8a9f84403a66e0cfc7b34d16df6bfe7a5bbdce22076d3d0acf465c",
    ),
}


def desk_at(now: int) -> Desk:
    desk = Desk(FACE, load("bitunix"), clock=Clock(lambda: now), seed=0)
    desk.api_key, desk.api_secret = KEY, SECRET
    return desk


@pytest.fixture(scope="module")
def desk() -> Desk:
    return desk_at(NOW)


def call_for(operation: str, query: bytes, body: bytes, signature: str, **headers: str) -> Call:
    found = load("bitunix").operations[operation]
    given = {
        "api-key": KEY,
        "nonce": NONCE,
        "timestamp": str(NOW),
        "sign": signature,
        "content-type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return Call(found, found.method, query, given, body, decode_pairs(query))


def situation(desk: Desk, call: Call) -> str | None:
    try:
        verify(desk, call)
    except Denied as denied:
        return denied.situation
    return None


@pytest.mark.parametrize(("operation", "query", "body", "digest", "signature"), VECTORS.values(), ids=list(VECTORS))
def test_verify_accepts_what_was_signed_elsewhere(
    desk: Desk, operation: str, query: bytes, body: bytes, digest: str, signature: str
) -> None:
    """Both hashes agree with vectors that were computed without this code."""
    text = string_to_sign(NONCE, str(NOW), KEY, decode_pairs(query), body)

    assert digest == sha256(text).hexdigest()
    assert signature == sign(SECRET, text)
    assert None is situation(desk, call_for(operation, query, body, signature))


PUBLISHED = [
    (
        ("3" * 17, "1747104711262", "1" * 17, "2" * 17),
        [("marginCoin", "USDT")],
        b"",
        "ea0f6d6bc37d102c41ccbd820f4cfbb10663f3675a75aea80a353e0e317fcdcc",
        "40e87256554e263e39201a3979469b7fbb640d1c7c41759abf5c6a18f937f922",
    ),
    (
        ("123456", "20241120123045", "yourApiKey", "yourSecretKey"),
        [("uid", "200"), ("id", "1")],
        b'{"uid":"2899"}',
        "2afbe5b84c60cd282534783e77410b44ed17f4ba66facce2a33150dd866a0794",
        "018fe88fda21ec2c852b0f83750c4054c3ae4751a2af67f68d1c7c66fcd76736",
    ),
]


@pytest.mark.parametrize(("given", "pairs", "body", "digest", "signature"), PUBLISHED, ids=["vendor", "third party"])
def test_signature_is_that_of_published_vectors(
    given: tuple[str, str, str, str], pairs: list[tuple[str, str]], body: bytes, digest: str, signature: str
) -> None:
    """The vendor's demo and a third party agree; the query is sorted and comes before the body."""
    nonce, timestamp, key, secret = given
    text = string_to_sign(nonce, timestamp, key, pairs, body)

    assert digest == sha256(text).hexdigest()
    assert signature == sign(secret, text)


def test_empty_values_of_the_query_are_not_signed() -> None:
    """A parameter without a value is left out with its name."""
    pairs = [("b", ""), ("c", "3"), ("a", "1")]

    assert b"n1ka1c3" == string_to_sign("n", "1", "k", pairs, b"")


def _hashed(text: str, secret: str = SECRET) -> str:
    return sha256((sha256(text.encode()).hexdigest() + secret).encode()).hexdigest()


ORDER_ID = "1909877667383767042"
HEAD = NONCE + str(NOW) + KEY
FALSE_SIGNATURES = {
    "with an equals sign": _hashed(f"{HEAD}orderId={ORDER_ID}"),
    "with the value alone": _hashed(HEAD + ORDER_ID),
    "without the query": _hashed(HEAD),
    "with the key first": _hashed(f"{KEY}{NONCE}{NOW}orderId{ORDER_ID}"),
    "with another secret": _hashed(f"{HEAD}orderId{ORDER_ID}", "other"),
    "HMAC": hmac.digest(SECRET.encode(), f"{HEAD}orderId{ORDER_ID}".encode(), "sha256").hex(),
    "one hash": sha256(f"{HEAD}orderId{ORDER_ID}{SECRET}".encode()).hexdigest(),
    "of an upper-case digest": sha256(
        (sha256(f"{HEAD}orderId{ORDER_ID}".encode()).hexdigest().upper() + SECRET).encode()
    ).hexdigest(),
    "in upper case": _hashed(f"{HEAD}orderId{ORDER_ID}").upper(),
    "no hexadecimal": "ä" * 64,
}


@pytest.mark.parametrize("signature", FALSE_SIGNATURES.values(), ids=list(FALSE_SIGNATURES))
def test_verify_refuses_a_signature_that_is_made_otherwise(desk: Desk, signature: str) -> None:
    """Every known mistake of signing is found out."""
    call = call_for("order", f"orderId={ORDER_ID}".encode(), b"", signature)

    assert "bad-signature" == situation(desk, call)


def test_verify_refuses_a_body_from_which_blanks_were_removed(desk: Desk) -> None:
    """The blank inside a value is signed, whatever the venue's page says of blanks."""
    without_blank = "ab6cec0ba6354bf6564729b60bb925ef0db2a9425d1baa0dcd61c0fbc1f4322c"

    assert without_blank == sign(
        SECRET, string_to_sign(NONCE, str(NOW), KEY, [], WITHDRAWAL.replace(b"Tron (", b"Tron("))
    )
    assert "bad-signature" == situation(desk, call_for("withdraw", b"", WITHDRAWAL, without_blank))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"api_key": ""}, "missing-key"),
        ({"api_key": "other"}, "bad-key"),
        ({"api_key": KEY + "ÿ"}, "bad-key"),
        ({"sign": ""}, "missing-signature"),
        ({"nonce": ""}, "missing-parameter"),
        ({"nonce": "short"}, "bad-parameter"),
        ({"nonce": "f" * 32}, "bad-signature"),
        ({"timestamp": ""}, "missing-parameter"),
        ({"timestamp": str(NOW + 1)}, "bad-signature"),
        ({"timestamp": str(NOW // 1000)}, "clock"),
        ({"timestamp": str(NOW * 1000)}, "clock"),
        ({"timestamp": "0x10"}, "bad-parameter"),
        ({"timestamp": "١٧٤٤١٩١٥٠٣٠٠٠"}, "bad-parameter"),
        ({"timestamp": "9" * 5000}, "bad-parameter"),
        ({"content_type": ""}, "bad-content-type"),
        ({"content_type": "text/plain"}, "bad-content-type"),
        ({"content_type": "Application/JSON; charset=utf-8"}, None),
    ],
)
def test_verify_tells_what_is_wrong_with_the_headers(desk: Desk, headers: dict[str, str], expected: str | None) -> None:
    """Each wrong header has its own situation."""
    _, _, _, _, signature = VECTORS["nothing to add"]
    call = call_for("balances", b"", b"", signature)
    call.headers |= {name.replace("_", "-"): value for name, value in headers.items()}

    assert expected == situation(desk, call)


@pytest.mark.parametrize(
    ("age", "expected"), [(0, None), (60_000, None), (61_000, "clock"), (-61_000, None), (-3_600_000, "clock")]
)
def test_verify_wants_a_timestamp_of_about_a_minute(age: int, expected: str | None) -> None:
    """61 s behind is refused, 61 s ahead is not."""
    _, _, _, _, signature = VECTORS["nothing to add"]

    assert expected == situation(desk_at(NOW + age), call_for("balances", b"", b"", signature))


def test_request_can_be_sent_twice(trader: Trader) -> None:
    """Nothing is known of nonces that are refused when they come again."""
    headers = trader.headers({}, "")
    answers = [parsed(trader.http.get(f"{BASE}/user/info", headers=headers)) for _ in range(2)]

    assert 989541187 == data(answers[0])["uid"]
    assert answers[0] == answers[1]


# Refusals

LIMIT = {"side": 2, "type": 1, "volume": "0.001", "price": "50000", "symbol": "BTCUSDT"}
REFUSALS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("/order/place_order", {**LIMIT, "symbol": "BTCEUR"}, WRONG),
    ("/order/place_order", {**LIMIT, "symbol": "btcusdt"}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": "0"}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": 1}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": "1e-3"}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": "0.000001"}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": "99999"}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": "0.00001"}, WRONG),
    ("/order/place_order", {**LIMIT, "volume": "0.0000001"}, refusal("10058", "volume precision error")),
    ("/order/place_order", {**LIMIT, "price": "50000.001"}, refusal("10058", "volume precision error")),
    ("/order/place_order", {**LIMIT, "price": "6000"}, WRONG),
    ("/order/place_order", {**LIMIT, "side": 1, "price": "4000000"}, WRONG),
    ("/order/place_order", {**LIMIT, "side": 3}, WRONG),
    ("/order/place_order", {**LIMIT, "side": True}, WRONG),
    ("/order/place_order", {**LIMIT, "type": 3}, WRONG),
    ("/order/place_order", {**LIMIT, "clientId": "x" * 33}, WRONG),
    ("/order/place_order", {**LIMIT, "timeInForce": "IOC"}, WRONG),
    ("/order/place_order", {name: value for name, value in LIMIT.items() if name != "symbol"}, WRONG),
    ("/order/place_order", {name: value for name, value in LIMIT.items() if name != "price"}, WRONG),
    ("/order/place_order", {}, WRONG),
    ("/order/place_order/batch", {"orderList": [{**LIMIT, "side": 3}]}, WRONG),
    ("/order/place_order/batch", {}, WRONG),
    ("/order/cancel", {"orderIdList": [{"orderId": "1", "symbol": "BTCEUR"}]}, WRONG),
    ("/order/cancel", {"orderIdList": [{"orderId": 1, "symbol": "BTCUSDT"}]}, WRONG),
    ("/order/pending/list", {"symbol": "BTCEUR"}, WRONG),
    ("/order/pending/list", {}, WRONG),
    ("/order/deal/list", {"orderId": "1", "symbol": "BTCEUR"}, WRONG),
    ("/order/history/page", {"symbol": "BTCEUR"}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "page": 0}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "pageSize": -1}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "side": 1}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "status": "5"}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "startTime": "yesterday"}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "startTime": "2025-02-30T00:00:00Z"}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "endTime": "2025-02-20T00:00:00"}, WRONG),
    ("/order/history/page", {"symbol": "BTCUSDT", "endTime": NOW}, WRONG),
    ("/withdraw/cancel", {"withdrawId": "1"}, WRONG),
    ("/inside_transfer/cancel", {"insideTransferId": "x"}, WRONG),
    ("/withdraw_transfer/page", {"limit": 101}, WRONG),
    ("/withdraw_transfer/page", {"limit": 0}, WRONG),
    ("/deposit/page", {"type": "withdraw"}, WRONG),
    ("/deposit/page", {"limit": -5}, WRONG),
    ("/deposit/address", {"coin": "NOPE", "network": "Tron (TRC-20)"}, WRONG),
    ("/deposit/address", {"coin": "USDT", "network": "TRON"}, WRONG),
    ("/funds_transfer", {"type": "spot_margin", "coin": "USDT", "amount": 1}, WRONG),
    ("/funds_transfer", {"type": "spot_futures", "coin": "NOPE", "amount": 1}, WRONG),
    ("/funds_transfer", {"type": "spot_futures", "coin": "USDT", "amount": 0}, WRONG),
    ("/funds_transfer", {"type": "spot_futures", "coin": "USDT", "amount": "1"}, WRONG),
    ("/funds_transfer", {"type": "spot_futures", "coin": "USDT", "amount": 2_000_000}, refusal("10034", "余额不足")),
    ("/funds_transfer", {"type": "futures_spot", "coin": "USDT", "amount": 1}, refusal("10034", "余额不足")),
    (
        "/funds_transfer",
        {"type": "spot_futures", "coin": "USDT", "amount": 1.0000001},
        refusal("10058", "volume precision error"),
    ),
    ("/inside_transfer", {"coin": "USDT", "amount": 1, "toType": "uid"}, WRONG),
    ("/inside_transfer", {"coin": "USDT", "amount": 1, "toType": "email", "toUid": 681979174}, WRONG),
    (
        "/inside_transfer",
        {"coin": "USDT", "amount": 1, "toType": "uid", "toUid": 7},
        refusal("10016", "User does not exist"),
    ),
]


@pytest.mark.parametrize(("path", "body", "expected"), REFUSALS)
def test_refusal_is_written_in_the_venue_s_envelope(
    trader: Trader, path: str, body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """A refusal has HTTP status 200, its code as text, a message, no data, and success false; nothing changes."""
    before = trader.balances()
    text = json.dumps(body)
    response = trader.http.post(BASE + path, content=text, headers=trader.headers({}, text))

    assert (200, expected) == (response.status_code, response.json())
    assert before == trader.balances()


WITHDRAW = {"coin": "TRX", "network": "Tron (TRC-20)", "address": "TJmW5D1p1LnMdTMmxuY1VELHht7v5HV7rU"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({**WITHDRAW, "amount": 1}, refusal("110007", "Withdrawal amount cannot be less than the current fee")),
        ({**WITHDRAW, "amount": 1.5}, WRONG),
        ({**WITHDRAW, "amount": 20.0000001}, refusal("10058", "volume precision error")),
        ({**WITHDRAW, "amount": 10**9}, refusal("10034", "余额不足")),
        ({**WITHDRAW, "amount": -1}, WRONG),
        ({**WITHDRAW, "amount": 20, "address": ""}, WRONG),
        ({**WITHDRAW, "amount": 20, "network": "TRON"}, WRONG),
        ({**WITHDRAW, "amount": 20, "coin": "trx"}, WRONG),
        ({"coin": "XRP", "network": "XRP Ledger", "address": "rEb8TK3", "amount": 20}, WRONG),
    ],
)
def test_withdrawal_is_refused_when_it_breaks_a_rule_of_its_network(
    trader: Trader, body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Fee, least amount, decimals, balance, address, network and memo are looked at."""
    assert expected == trader.post("/withdraw", body)
    assert [] == data(trader.post("/withdraw_transfer/page"))


HEADER_REFUSALS = [
    ({"api-key": "other"}, refusal("100004", "app-key not found")),
    ({"api-key": ""}, refusal("100004", "app-key not found")),
    ({"sign": "0" * 64}, refusal("100005", "result.api.parameter.sign.illegal")),
    ({"sign": ""}, refusal("100005", "result.api.parameter.sign.illegal")),
    ({"timestamp": str(NOW - 61_000)}, refusal("100008", "result.request.time.expired")),
    ({"nonce": ""}, WRONG),
]


@pytest.mark.parametrize(("headers", "expected"), HEADER_REFUSALS)
def test_request_is_refused_when_it_is_signed_wrongly(
    trader: Trader, headers: dict[str, str], expected: dict[str, Any]
) -> None:
    """Key, signature and time have codes of their own, all with HTTP status 200."""
    response = trader.http.get(f"{BASE}/user/account", headers=trader.headers({}, "") | headers)

    assert (200, expected) == (response.status_code, response.json())


@pytest.mark.parametrize(
    ("target", "status", "expected"),
    [
        ("/market/last_price?symbol=BTCEUR", 200, WRONG),
        ("/market/last_price", 200, WRONG),
        ("/market/last_price?symbol=BTCUSDT&symbol=BTCUSDT", 200, WRONG),
        ("/market/last_price?symbol=BTCUSDT&limit=5", 200, WRONG),
        ("/market/depth?symbol=BTCUSDT&precision=0.02", 200, WRONG),
        ("/market/depth?symbol=BTCUSDT&precision=0", 200, WRONG),
        ("/market/depth?symbol=BTCUSDT&precision=5_0", 200, WRONG),
        ("/market/kline?symbol=BTCUSDT", 200, WRONG),
        ("/market/kline?symbol=BTCUSDT&interval=1min", 200, WRONG),
        ("/market/kline/history?symbol=BTCUSDT&limit=501", 200, WRONG),
        ("/market/kline/history?symbol=BTCUSDT&limit=0", 200, WRONG),
        ("/market/kline/history?symbol=BTCUSDT&endTime=1.5", 200, WRONG),
        ("/market/trades?symbol=BTCUSDT", 404, refusal("404", "Not Found")),
    ],
)
def test_market_data_is_refused_when_the_query_is_wrong(
    trader: Trader, target: str, status: int, expected: dict[str, Any]
) -> None:
    """Wrong parameters have code 2, an unknown path the status 404."""
    response = trader.http.get(BASE + target)

    assert (status, expected) == (response.status_code, response.json())


def test_refusals_have_their_own_status_when_the_dialect_is_strict() -> None:
    """The strict dialect says the same with HTTP 4xx."""
    with simulate("bitunix", dialect="strict", now=lambda: NOW) as venue, httpx.Client(base_url=venue.url) as http:
        response = http.get(f"{BASE}/user/account", headers={"content-type": "application/json"})

    assert (401, refusal("100004", "app-key not found")) == (response.status_code, response.json())


# Every operation


def example_request(operation_id: str) -> tuple[dict[str, str], Any]:
    """Return query and body of the documented example request."""
    _, _, node = OPERATIONS[operation_id]
    query = {
        p["name"]: str(p["example"]) for p in node.get("parameters", []) if p.get("in") == "query" and "example" in p
    }
    body = node.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    return query, body


def prepared(trader: Trader, operation_id: str) -> tuple[dict[str, str], Any]:
    """Return the documented request, with ids that exist where it would be turned down or find nothing without."""
    query, body = example_request(operation_id)
    if operation_id in ("fills", "order"):
        order_id = trader.place(2, 2, "100")["orderId"]
        query, body = ({"orderId": order_id}, None) if body is None else ({}, {**body, "orderId": order_id})
    elif operation_id in ("openOrders", "orderHistory", "cancelOrders"):
        order_id = trader.place(1, 1, "0.001", "70000")["orderId"]
        body = {name: value for name, value in body.items() if name not in ("startTime", "endTime", "status")}
        if operation_id == "cancelOrders":
            body = {"orderIdList": [{"orderId": order_id, "symbol": "BTCUSDT"}]}
    elif operation_id in ("cancelWithdrawal", "withdrawals"):
        withdrawal_id = data(trader.post("/withdraw", {**WITHDRAW, "amount": 20}))
        body = {"withdrawId": withdrawal_id} if operation_id == "cancelWithdrawal" else {**body, "id": withdrawal_id}
    elif operation_id == "cancelInternalTransfer":
        transfer = {"coin": "USDT", "amount": 10, "toType": "uid", "toUid": 681979174}
        body = {"insideTransferId": data(trader.post("/inside_transfer", transfer))}
    elif operation_id == "historicalKlines":
        query = {**query, "endTime": str(NOW // 1000)}
    return query, body


def ask(trader: Trader, operation_id: str, query: dict[str, str], body: Any) -> Any:
    verb, path, _ = OPERATIONS[operation_id]
    path = path.removeprefix(BASE)
    return trader.get(path, **query) if verb == "GET" else trader.post(path, body)


def plain(answer: Any) -> Any:
    """Return an answer without Decimals, for the validator."""
    return json.loads(json.dumps(answer, default=float))


def validate(operation_id: str, answer: Any) -> None:
    _, _, node = OPERATIONS[operation_id]
    schema = node["responses"]["200"]["content"]["application/json"]["schema"]
    errors = [str(error) for error in CLOSED.validator(schema).iter_errors(plain(answer))]

    assert [] == errors


def shape(value: Any) -> Any:
    """Return the names of an answer's members, of lists those of the first item."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    return None


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_operation_answers_in_its_documented_shape(trader: Trader, operation_id: str) -> None:
    """Every operation succeeds, keeps to its closed schema, and has the members that its example has."""
    _, _, node = OPERATIONS[operation_id]
    (example,) = node["responses"]["200"]["content"]["application/json"]["examples"].values()
    documented = json.loads((FOLDER / example["externalValue"]).read_bytes())
    query, body = prepared(trader, operation_id)
    answer = ask(trader, operation_id, query, body)

    data(answer)
    validate(operation_id, answer)
    if operation_id == "placeOrders":  # its example has a refused order last, here it is the first
        documented["data"].reverse()
    assert shape(documented) == shape(answer)
    assert documented["msg"] == answer["msg"]


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_operation_answers_its_example_request_as_it_is_printed(trader: Trader, operation_id: str) -> None:
    """The printed requests work, but for two that cancel what is not there."""
    answer = ask(trader, operation_id, *example_request(operation_id))

    if operation_id in ("cancelWithdrawal", "cancelInternalTransfer"):
        assert WRONG == answer
    else:
        data(answer)
        validate(operation_id, answer)


def test_refusals_keep_to_the_documented_error(trader: Trader) -> None:
    """A refusal has the members of the schema Error and no others."""
    answer = trader.get("/market/last_price", symbol="X")

    assert CLOSED.validator({"$ref": "#/components/schemas/Error"}).is_valid(answer)


# Orders


def test_order_is_found_cancelled_and_kept_when_it_rests(trader: Trader) -> None:
    """Place, find, list, cancel, find again; the balances add up at each step."""
    before = trader.balances()
    acknowledged = trader.place(2, 1, "0.0010", "50000.00", clientId="mine")
    order_id = acknowledged.pop("orderId")

    assert {
        "side": 2,
        "type": 1,
        "volume": "0.0010",
        "price": "50000.00",
        "symbol": "BTCUSDT",
        "placeStatus": "1",
    } == acknowledged
    assert re.fullmatch(r"[0-9]{19}", order_id)
    assert {
        "orderId": order_id,
        "userId": "989541187",
        "clientId": "mine",
        "orderType": "1",
        "amount": "50",
        "dealAmount": "0",
        "volume": "0.001",
        "leftAmount": "50",
        "dealVolume": "0",
        "leftVolume": "0.001",
        "status": "1",
        "type": "1",
        "side": "2",
        "price": "50000",
        "avgPrice": "0",
        "progress": "0",
        "ctime": "2025-04-09T09:38:23Z",
        "utime": "2025-04-09T09:38:23Z",
        "base": "BTC",
        "quote": "USDT",
        "symbol": "BTCUSDT",
        "fee": "0",
        "feeCoin": "BTC",
    } == trader.order(order_id)
    assert [trader.order(order_id)] == trader.open_orders()
    free, locked = before["USDT"]
    assert before | {"USDT": (free - 50, locked + 50)} == trader.balances()

    assert None is trader.cancel(order_id)
    assert [] == trader.open_orders()
    assert "4" == trader.order(order_id)["status"]
    assert before == trader.balances()
    assert [order_id] == [o["orderId"] for o in data(trader.post("/order/history/page", {"symbol": "BTCUSDT"}))["data"]]


def test_order_fills_at_the_resting_prices_when_it_crosses_the_book(trader: Trader) -> None:
    """Fills, order, balances and the last price tell the same story."""
    asks = data(trader.get("/market/depth", symbol="BTCUSDT"))["asks"]
    volume = D(asks[0]["volume"]) + D(asks[1]["volume"])
    before = trader.balances()
    order_id = trader.place(2, 1, str(volume), "61000")["orderId"]
    order = trader.order(order_id)
    fills = data(trader.post("/order/deal/list", {"orderId": order_id, "symbol": "BTCUSDT"}))
    paid = sum(D(fill["price"]) * D(fill["volume"]) for fill in fills)
    fee = sum(D(fill["fee"]) for fill in fills)
    after = trader.balances()

    assert [(D(a["price"]), D(a["volume"])) for a in asks[:2]] == [(D(f["price"]), D(f["volume"])) for f in fills]
    assert {("BTC", "2")} == {(fill["feeCoin"], fill["role"]) for fill in fills}
    assert ("2", "100", paid, volume, fee) == (
        order["status"],
        order["progress"],
        D(order["dealAmount"]),
        D(order["dealVolume"]),
        D(order["fee"]),
    )
    assert volume * D("0.001") == fee
    assert (before["USDT"][0] - paid, D(0)) == after["USDT"]
    assert (before["BTC"][0] + volume - fee, D(0)) == after["BTC"]
    assert asks[1]["price"] == data(trader.get("/market/last_price", symbol="BTCUSDT"))


def test_order_is_partly_filled_and_then_cancelled(trader: Trader) -> None:
    """The states 3 and 7, and what is left, are shown."""
    best = data(trader.get("/market/depth", symbol="BTCUSDT"))["asks"][0]
    volume = D(best["volume"]) * 4
    order_id = trader.place(2, 1, str(volume), best["price"])["orderId"]
    partly = trader.order(order_id)
    trader.cancel(order_id)

    assert ("3", "25", volume * 3 / 4) == (partly["status"], partly["progress"], D(partly["leftVolume"]))
    assert D(best["price"]) * volume * 3 / 4 == D(partly["leftAmount"])
    assert "7" == trader.order(order_id)["status"]


def test_market_order_to_buy_spends_its_volume(trader: Trader) -> None:
    """The volume of a market order to buy is an amount of the quote asset."""
    free = trader.balances()["USDT"][0]
    order = trader.order(trader.place(2, 2, "1000")["orderId"])
    spent = free - trader.balances()["USDT"][0]

    assert D(999) < spent <= D(1000)
    assert ("2", "2", "1000", None, None, None) == (
        order["status"],
        order["type"],
        order["amount"],
        order["volume"],
        order["leftVolume"],
        order["price"],
    )
    assert spent == D(order["dealAmount"])


def test_market_order_to_sell_sells_its_volume(trader: Trader) -> None:
    """The volume of a market order to sell is a quantity of the base asset; a price beside it means nothing."""
    free = trader.balances()["BTC"][0]
    order = trader.order(trader.place(1, 2, "0.5", "1")["orderId"])

    assert free - D("0.5") == trader.balances()["BTC"][0]
    assert ("2", "0.5", None, "USDT") == (order["status"], order["volume"], order["amount"], order["feeCoin"])


def test_order_is_refused_inside_a_success_when_the_balance_is_too_small(trader: Trader) -> None:
    """No order id, placeStatus 0 and the reason; the code of the envelope is that of success."""
    before = trader.balances()

    assert {
        "orderId": None,
        "side": 1,
        "type": 1,
        "volume": "100",
        "price": "70000",
        "symbol": "BTCUSDT",
        "placeStatus": "0",
        "placeCode": "10034",
        "placeMsg": "余额不足",
    } == trader.place(1, 1, "100", "70000")
    assert before == trader.balances()


def test_orders_of_a_batch_are_answered_one_by_one(trader: Trader) -> None:
    """A refused order does not touch the others, whatever it is refused for."""
    orders = [
        {**LIMIT, "side": "1", "volume": "100", "price": "70000"},
        {**LIMIT, "clientId": "second"},
        {**LIMIT, "symbol": "BTCEUR"},
        {**LIMIT, "volume": "0.0000001"},
        {**LIMIT, "type": 2, "volume": "100"},
        {"side": 2, "type": 1, "volume": "1", "symbol": "BTCUSDT"},
    ]
    answers = data(trader.post("/order/place_order/batch", {"orderList": orders}))

    assert ["10034", None, "2", "10058", None, "2"] == [answer.get("placeCode") for answer in answers]
    assert ["0", "1", "0", "0", "1", "0"] == [answer["placeStatus"] for answer in answers]
    assert ["second"] == [order["clientId"] for order in trader.open_orders()]


def test_client_id_is_kept_but_is_no_key(trader: Trader) -> None:
    """Two orders may have the same client id, and neither is found or cancelled by it."""
    ids = [trader.place(2, 1, "0.001", "50000", clientId="same")["orderId"] for _ in range(2)]

    assert None is trader.order("same")
    trader.cancel("same")
    assert [("same", i) for i in reversed(ids)] == [(o["clientId"], o["orderId"]) for o in trader.open_orders()]


def test_unknown_order_is_no_error(trader: Trader) -> None:
    """It is null, has no fills, and its cancellation succeeds, like that of an order that is done or of another symbol."""
    resting, done = trader.place(2, 1, "0.001", "50000")["orderId"], trader.place(2, 2, "10")["orderId"]

    for order_id in ("1", "0", "abc", "9" * 40, "-1"):
        assert None is trader.order(order_id)
        assert [] == data(trader.post("/order/deal/list", {"orderId": order_id, "symbol": "BTCUSDT"}))
    assert None is trader.cancel("1", done, "abc")
    other = {"orderIdList": [{"orderId": resting, "symbol": "ETHUSDT"}]}
    assert None is data(trader.post("/order/cancel", other))
    assert [resting] == [order["orderId"] for order in trader.open_orders()]


def test_order_history_is_paged_and_filtered(trader: Trader) -> None:
    """Newest first, page by page; state, side, type and time choose."""
    ids = [trader.place(2, 1, "0.001", "50000")["orderId"] for _ in range(5)]
    trader.cancel(ids[0])
    ids.append(trader.place(1, 2, "0.001")["orderId"])

    def found(**filters: Any) -> tuple[int, list[int]]:
        page = data(trader.post("/order/history/page", {"symbol": "BTCUSDT", **filters}))
        return page["total"], [ids.index(order["orderId"]) for order in page["data"]]

    assert (6, [5, 4, 3, 2, 1, 0]) == found()
    assert (6, [3, 2]) == found(page=2, pageSize=2)
    assert (6, []) == found(page=4, pageSize=2)
    assert (1, [0]) == found(status="4")
    assert (4, [4, 3, 2, 1]) == found(status=1)
    assert (1, [5]) == found(side="1")
    assert (1, [5]) == found(type="2", status="2")
    assert (6, [5, 4, 3, 2, 1, 0]) == found(startTime="2025-04-09T09:38:23Z", endTime="2025-04-09T11:38:23+02:00")
    assert (0, []) == found(startTime="2025-04-09T09:38:24Z")
    assert (0, []) == found(endTime="2025-04-09T09:38:22.999Z")


def test_times_are_shown_to_the_second(trader: Trader) -> None:
    """An order belongs to the second that it shows, though it came some milliseconds later."""
    trader.venue.clock.offset = 1_999
    order = trader.order(trader.place(2, 1, "0.001", "50000")["orderId"])
    time = "2025-04-09T09:38:24Z"

    assert time == order["ctime"]
    window = {"symbol": "BTCUSDT", "startTime": time, "endTime": time}
    assert 1 == data(trader.post("/order/history/page", window))["total"]


# Market data


def test_price_and_book_take_a_symbol_in_either_case(trader: Trader) -> None:
    """Both cases work where that is known."""
    assert "60123.45" == data(trader.get("/market/last_price", symbol="btcUSDT"))
    assert data(trader.get("/market/depth", symbol="BTCUSDT")) == data(trader.get("/market/depth", symbol="btcusdt"))


def test_book_is_merged_into_steps(trader: Trader) -> None:
    """Prices move away from the middle, quantities add up, and there are at most 50 levels a side."""
    fine = data(trader.get("/market/depth", symbol="BTCUSDT"))
    coarse = data(trader.get("/market/depth", symbol="BTCUSDT", precision="1"))

    assert str(NOW) == fine["ts"]
    for side, best, direction in (("asks", "60124.00", 1), ("bids", "60122.00", -1)):
        prices = [D(level["price"]) for level in fine[side]]
        assert prices == sorted(prices, reverse=direction < 0)
        assert 50 == len(prices)
        assert best == coarse[side][0]["price"]
        assert all(0 == D(level["price"]) % 1 for level in coarse[side])
        assert sum(D(x["volume"]) for x in fine[side]) == sum(D(x["volume"]) for x in coarse[side])


def test_book_shows_an_order_of_the_account(trader: Trader) -> None:
    """What rests is to be seen, at its price."""
    trader.place(2, 1, "0.5", "60123.40")

    assert {"price": "60123.40", "volume": "0.5"} == data(trader.get("/market/depth", symbol="BTCUSDT"))["bids"][0]


def test_latest_candles_come_with_the_running_one(trader: Trader) -> None:
    """They are newest first, and the running one closes at the last price."""
    rows = data(trader.get("/market/kline", symbol="BTCUSDT", interval="1"))

    assert 200 == len(rows)
    assert ("2025-04-09T09:38:00Z", "60123.45", "BTCUSDT") == (rows[0]["ts"], rows[0]["close"], rows[0]["symbol"])
    assert [row["ts"] for row in rows] == sorted((row["ts"] for row in rows), reverse=True)


def test_historical_candles_are_closed(trader: Trader) -> None:
    """The running one is left out; endTime in seconds is exclusive and leads further back; limit counts."""

    def times(**query: str) -> list[str]:
        rows = data(trader.get("/market/kline/history", symbol="BTCUSDT", **query))
        return [row["ts"][11:16] for row in rows]

    minute = NOW // 60_000 * 60
    assert ["09:37", "09:36"] == times(limit="2")
    assert ["09:15", "09:00", "08:45"] == times(interval="15", limit="3")
    assert ["09:36", "09:35"] == times(limit="2", endTime=str(minute - 60))
    assert ["09:37", "09:36"] == times(limit="2", endTime=str(minute - 59))
    assert 199 == len(times(limit="500"))
    assert [] == times(endTime="1696507201")
    assert [] == times(endTime="0")
    assert [] == times(endTime="-9223372036854775807")
    assert ["09:37"] == times(endTime="9223372036854775807", limit="1")


@pytest.mark.parametrize("interval", ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M"])
def test_candles_add_up_in_every_interval(trader: Trader, interval: str) -> None:
    """However long the candles are, they hold all trades, and each opens at a multiple of its length."""
    rows = data(trader.get("/market/kline", symbol="BTCUSDT", interval=interval))
    trades = trader.venue.exchange.trades("BTCUSDT", limit=None)

    assert sum(trade.quantity for trade in trades) == sum(D(row["volume"]) for row in rows)
    assert max(trade.price for trade in trades) == max(D(row["high"]) for row in rows)
    assert min(trade.price for trade in trades) == min(D(row["low"]) for row in rows)
    times = [datetime.fromisoformat(row["ts"]) for row in rows]
    if interval == "M":
        assert [datetime(2025, 4, 1, tzinfo=UTC)] == times
    elif interval == "W":
        assert [datetime(2025, 4, 7, tzinfo=UTC)] == times
    else:
        length = DAY_MS if interval == "D" else int(interval) * MINUTE_MS
        assert {0} == {round(time.timestamp() * 1000) % length for time in times}


def test_months_follow_each_other(trader: Trader) -> None:
    """A candle of a month is over when the next month begins."""
    trader.venue.clock.offset = 40 * DAY_MS
    running = data(trader.get("/market/kline", symbol="BTCUSDT", interval="M"))
    closed = data(trader.get("/market/kline/history", symbol="BTCUSDT", interval="M"))

    assert ["2025-05-01T00:00:00Z", "2025-04-01T00:00:00Z"] == [row["ts"] for row in running]
    assert ["2025-04-01T00:00:00Z"] == [row["ts"] for row in closed]
    assert running[1] == closed[0]


def test_symbols_and_currencies_belong_together(trader: Trader) -> None:
    """Every asset of a symbol is listed with its networks; a halted symbol is closed."""
    trader.venue.exchange.set_status("ETHUSDT", SymbolStatus.HALTED)
    symbols = data(trader.get("/common/coin_pair/list"))
    currencies = {row["name"]: row for row in data(trader.get("/common/coin/coin_network/list"))}

    assert {"btcusdt": 1, "ethusdt": 0, "trxusdt": 1, "xrpusdt": 1} == {row["symbol"]: row["isOpen"] for row in symbols}
    assert {row["base"] for row in symbols} | {row["quote"] for row in symbols} == set(currencies)
    for currency in currencies.values():
        for network in currency["networks"]:
            request = {"coin": currency["name"], "network": network["network"]}
            (address,) = data(trader.post("/deposit/address", request))
            assert (network["requireMemo"] == 2) == (address["memo"] is not None)


# The wallet


def test_account_holds_money_and_is_null_without_any(trader: Trader) -> None:
    """Balances are numbers; an empty wallet is null."""
    response = trader.http.get(f"{BASE}/user/account", headers=trader.headers({}, ""))
    assert b'{"coin":"USDT","balance":1000000,"balanceLocked":0}' in response.content

    for coin, (free, _) in trader.balances().items():
        trader.venue.exchange.transfer("tester", coin, free, source="spot", target="futures")
    assert None is data(trader.get("/user/account"))


def test_withdrawal_locks_its_amount_until_it_is_done(trader: Trader) -> None:
    """The fee is part of the amount; hash and fee are there when it is done."""
    withdrawal_id = data(trader.post("/withdraw", {**WITHDRAW, "amount": 20.00}))
    (pending,) = data(trader.post("/withdraw_transfer/page"))
    assert ("pending", "19.00000000000000000000", NOW) == (pending["status"], pending["amount"], pending["ctime"])
    assert (WITHDRAW["address"], WITHDRAW["network"]) == (pending["address"], pending["network"])
    assert (None, None, None) == (pending["fee"], pending["feeCoin"], pending["transactionHash"])
    assert (D(99_980), D(20)) == trader.balances()["TRX"]

    trader.venue.exchange.complete_movement(int(withdrawal_id))
    (done,) = data(trader.post("/withdraw_transfer/page", {"id": withdrawal_id, "limit": 10}))
    assert ("success", "1", "TRX") == (done["status"], done["fee"], done["feeCoin"])
    assert re.fullmatch("[0-9a-f]{64}", done["transactionHash"])
    assert (D(99_980), D(0)) == trader.balances()["TRX"]
    assert WRONG == trader.post("/withdraw/cancel", {"withdrawId": withdrawal_id})


def test_withdrawal_gives_its_amount_back_when_it_is_cancelled(trader: Trader) -> None:
    """It can be cancelled once, and not as a transfer."""
    before = trader.balances()
    order = {"coin": "XRP", "network": "XRP Ledger", "address": "rEb8TK3", "amount": 20, "memo": "7"}
    withdrawal_id = data(trader.post("/withdraw", order))

    assert WRONG == trader.post("/inside_transfer/cancel", {"insideTransferId": withdrawal_id})
    assert None is data(trader.post("/withdraw/cancel", {"withdrawId": withdrawal_id}))
    assert WRONG == trader.post("/withdraw/cancel", {"withdrawId": withdrawal_id})
    (row,) = data(trader.post("/withdraw_transfer/page", {"type": "withdraw"}))
    assert ("cancelled", "7") == (row["status"], row["memo"])
    assert before == trader.balances()


@pytest.mark.parametrize(
    "named",
    [
        {"toType": "uid", "toUid": 681979174},
        {"toType": "phone", "toPhoneCountryCode": "1", "toPhoneNumber": "5550100"},
        {"toType": "email", "toEmail": "friend@example.com"},
    ],
)
def test_internal_transfer_reaches_a_user_however_named(trader: Trader, named: dict[str, Any]) -> None:
    """It shows how the receiver was named, and arrives when it is approved."""
    request = {"coin": "USDT", "amount": 10.5, "remark": "for lunch", "outBizId": "lunch-1", **named}
    transfer_id = data(trader.post("/inside_transfer", request))
    (row,) = data(trader.post("/withdraw_transfer/page", {"outBizId": "lunch-1", "remark": "for lunch"}))

    assert ("inside_transfer_out", "pending", "for lunch", "lunch-1") == (
        row["type"],
        row["status"],
        row["remark"],
        row["outBizId"],
    )
    others = dict.fromkeys(("toUid", "toPhoneCountryCode", "toPhoneNumber", "toEmail"))
    assert {**others, **named} == {name: row[name] for name in ("toType", *others)}
    trader.venue.exchange.complete_movement(int(transfer_id))
    assert D("10.5") == trader.venue.exchange.balance("friend", "USDT").free
    assert D("999989.5") == trader.balances()["USDT"][0]


def test_internal_transfer_happens_once_when_it_is_sent_twice(trader: Trader) -> None:
    """The same outBizId is the same transfer; with other terms it is refused."""
    request = {"coin": "USDT", "amount": 10, "toType": "uid", "toUid": 681979174, "outBizId": "once"}
    ids = {data(trader.post("/inside_transfer", request)) for _ in range(3)}

    assert 1 == len(ids)
    assert (D(999_990), D(10)) == trader.balances()["USDT"]
    assert WRONG == trader.post("/inside_transfer", {**request, "amount": 11})
    assert None is data(trader.post("/inside_transfer/cancel", {"insideTransferId": ids.pop()}))
    assert (D(1_000_000), D(0)) == trader.balances()["USDT"]


def test_deposits_show_what_came_from_outside_and_from_others(trader: Trader) -> None:
    """Newest first; ids are numbers above 2**53; transfers name users instead of addresses."""
    exchange = trader.venue.exchange
    trader.venue.clock.offset = 1000
    exchange.deposit("friend", "USDT", D(50))
    sent = exchange.internal_transfer("friend", "tester", "USDT", D(10), pending=True)
    rows = data(trader.post("/deposit/page", {"coin": "USDT"}))

    assert {
        "id": sent.movement_id,
        "transactionHash": None,
        "coin": "USDT",
        "network": None,
        "type": "inside_transfer_in",
        "fromAddress": "681979174",
        "toAddress": "989541187",
        "amount": "10.00000000",
        "status": "pending",
        "ctime": NOW + 1000,
    } == rows[0]
    assert ("1000000.00000000", "success", "TPKhSAEy84qvpomF5wF7h5ih1WmbmupXor", "Tron (TRC-20)") == (
        rows[1]["amount"],
        rows[1]["status"],
        rows[1]["toAddress"],
        rows[1]["network"],
    )
    assert 2**53 < rows[1]["id"]

    def found(**filters: Any) -> list[int]:
        return [row["id"] for row in data(trader.post("/deposit/page", {"coin": "USDT", **filters}))]

    ids = [row["id"] for row in rows]
    assert ids[:1] == found(limit=1)
    assert ids[1:] == found(type="deposit")
    assert ids[1:] == found(id=str(ids[1]))
    assert ids[1:] == found(endTime=NOW)
    assert ids[:1] == found(startTime=NOW + 1)
    assert [] == found(type="deposit", transactionHash="other")
    assert ids == found(transactionHash="other")  # it counts only with the type
    assert [] == data(trader.post("/withdraw_transfer/page"))


def test_transfer_moves_money_to_the_futures_account_and_back(trader: Trader) -> None:
    """Both accounts change at once."""
    data(trader.post("/funds_transfer", {"type": "spot_futures", "coin": "USDT", "amount": 100.01}))
    assert D("999899.99") == trader.balances()["USDT"][0]
    assert D("100.01") == trader.venue.exchange.balance("tester", "USDT", account="futures").free

    data(trader.post("/funds_transfer", {"type": "futures_spot", "coin": "USDT", "amount": 100.01}))
    assert D(1_000_000) == trader.balances()["USDT"][0]


# As a whole


def _tour(seed: int) -> list[bytes]:
    with simulate("bitunix", seed=seed, now=lambda: NOW) as venue, httpx.Client(base_url=venue.url) as http:
        trader = Trader(venue, http)
        for operation_id in OPERATIONS:
            ask(trader, operation_id, *prepared(trader, operation_id))
        targets = [f"{BASE}/market/depth?symbol=BTCUSDT", f"{BASE}/market/kline?symbol=BTCUSDT&interval=1"]
        texts = [http.get(target).content for target in targets]
        history = json.dumps({"symbol": "BTCUSDT", "pageSize": 100})
        for path, body in (("/order/history/page", history), ("/withdraw_transfer/page", "{}")):
            texts.append(http.post(BASE + path, content=body, headers=trader.headers({}, body)).content)
        return texts


def test_same_seed_and_calls_give_the_same_bytes() -> None:
    """The simulation can be repeated; another seed has another market."""
    assert _tour(1) == _tour(1)
    assert _tour(1)[0] != _tour(2)[0]


def test_reset_forgets_orders_client_ids_and_transfers(trader: Trader) -> None:
    """The same calls after a reset have the same answers."""

    def calls() -> list[Any]:
        return [
            trader.place(2, 1, "0.001", "50000", clientId="mine"),
            trader.open_orders(),
            trader.post("/inside_transfer", {"coin": "USDT", "amount": 1, "toType": "uid", "toUid": 681979174}),
            trader.balances(),
        ]

    first = calls()
    trader.venue.reset()

    assert first == calls()


HUGE = "1" + "0" * 400
HOSTILE_BODIES = [
    b"",
    b"null",
    b"[]",
    b"1",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b'{"symbol":"BTCUSDT","symbol":"BTCUSDT"}',
    b'{"symbol":null}',
    b'{"symbol":{"a":1}}',
    b'{"symbol":"\\ud800"}',
    b'{"symbol":"' + b"A" * 100_000 + b'"}',
    b"[" * 20_000,
    b'{"symbol":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001,
    b'{"symbol":NaN}',
    b'{"symbol":"BTCUSDT","page":1e400}',
    b'{"symbol":"BTCUSDT","page":1.0,"pageSize":1e1}',
    b'{"symbol":"BTCUSDT","page":9223372036854775807,"pageSize":9223372036854775807}',
    f'{{"symbol":"BTCUSDT","page":{HUGE}}}'.encode(),
    b'{"symbol":"BTCUSDT","status":2.0}',
    b'{"symbol":"BTCUSDT","status":true}',
    b'{"symbol":"BTCUSDT","side":"1\\n"}',
    b'{"symbol":"BTCUSDT","startTime":"0001-01-01T00:00:00+23:59"}',
    b'{"symbol":"BTCUSDT","endTime":"9999-12-31T23:59:59-23:59"}',
    b'{"side":1.0,"type":1e0,"volume":"1","price":"60000","symbol":"BTCUSDT"}',
    b'{"side":"2","type":"2","volume":"999999999999999999.999999999999999999","symbol":"BTCUSDT"}',
    b'{"side":2,"type":1,"volume":"0.000000000000000001","price":"0","symbol":"BTCUSDT"}',
    b'{"side":2,"type":1,"volume":"1","price":"","symbol":"BTCUSDT"}',
    b'{"side":2,"type":1,"volume":"\xd9\xa1","price":"1","symbol":"BTCUSDT"}',
    b'{"orderList":[]}',
    b'{"orderList":null}',
    b'{"orderList":[null,1,"x",[]]}',
    b'{"orderIdList":[]}',
    b'{"orderIdList":[{"orderId":"' + b"9" * 5000 + b'","symbol":"BTCUSDT"}]}',
    b'{"withdrawId":"\xe2\x82\xac"}',
    b'{"insideTransferId":""}',
    b'{"coin":"USDT","network":"Tron (TRC-20)","address":"\\u0000","amount":1e17}',
    b'{"coin":"USDT","network":"Tron (TRC-20)","address":"x","amount":1e-17}',
    b'{"coin":"USDT","network":"Tron (TRC-20)","address":"x","amount":1e99}',
    b'{"coin":"USDT","amount":1e59,"toType":"uid","toUid":9223372036854775807}',
    b'{"coin":"USDT","amount":10,"toType":"uid","toUid":681979174.0}',
    b'{"coin":"USDT","amount":10,"toType":"email","toEmail":""}',
    b'{"coin":"USDT","amount":1e-60,"type":"spot_futures"}',
    b'{"startTime":-9223372036854775808,"endTime":9223372036854775807,"id":"","limit":1}',
    b'{"type":"","transactionHash":""}',
]


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=[f"{n}" for n in range(len(HOSTILE_BODIES))])
def test_no_body_makes_the_venue_fail(trader: Trader, body: bytes) -> None:
    """Whatever is posted, signed as it is, the answer is a proper envelope and no money is made."""
    held = {asset: totals.held for asset, totals in trader.venue.exchange.totals().items()}
    for verb, path, node in OPERATIONS.values():
        if verb == "POST":
            headers = {k: v for k, v in trader.headers({}, "").items() if k != "sign"}
            digest = sha256((NONCE + headers["timestamp"] + trader.key).encode() + body).hexdigest()
            headers["sign"] = sha256((digest + trader.secret).encode()).hexdigest()
            answer = parsed(trader.http.post(path, content=body, headers=headers))

            assert {"code", "msg", "data", "success"} == set(answer)
            assert answer["code"] in ("0", "2", "10034", "10058", "10016", "110007"), (path, answer)
            if answer["code"] == "0":
                validate(node["operationId"], answer)
    assert held == {asset: totals.held for asset, totals in trader.venue.exchange.totals().items()}


@pytest.mark.parametrize(
    "target",
    [
        "/market/last_price?symbol=%",
        "/market/last_price?symbol=%FF",
        "/market/last_price?symbol=%00",
        "/market/last_price?symbol=%C3%9F",
        "/market/last_price?symbol",
        "/market/last_price?=BTCUSDT",
        "/market/last_price?&&",
        "/market/last_price/?symbol=BTCUSDT",
        "/market/last_price;x=1?symbol=BTCUSDT",
        "/market/%6cast_price?symbol=BTCUSDT",
        "/market/depth?symbol=BTCUSDT&precision=1e400",
        "/market/depth?symbol=BTCUSDT&precision=-1",
        "/market/depth?symbol=BTCUSDT&precision=" + "9" * 3000,
        "/market/kline?symbol=BTCUSDT&interval=%D9%A1",
        "/market/kline/history?symbol=BTCUSDT&endTime=" + "9" * 5000,
        "/market/kline/history?symbol=BTCUSDT&interval=",
        "/market/kline/history?symbol=BTCUSDT&limit=+5",
        "/order/detail?orderId=" + "9" * 3000,
        "/order/place_order",
        "//market/last_price?symbol=BTCUSDT",
    ],
)
def test_no_target_makes_the_venue_fail(trader: Trader, target: str) -> None:
    """Odd paths and queries are refused in the envelope."""
    answer = parsed(trader.http.get(httpx.URL(trader.venue.url + BASE + target)))

    assert answer["code"] in ("2", "404"), answer
    assert False is answer["success"]


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_other_methods_are_no_paths_of_the_venue(trader: Trader, verb: str) -> None:
    """A known path with another method is unknown."""
    response = trader.http.request(verb, f"{BASE}/order/place_order", headers=trader.headers({}, ""))

    assert 404 == response.status_code


def test_requests_are_recorded_with_their_situation(trader: Trader) -> None:
    """A test can look at what was sent and why it was turned down."""
    trader.post("/order/place_order", {**LIMIT, "volume": "0.0000001"})
    (received,) = trader.venue.requests

    assert ("placeOrder", "precision", 200) == (received.operation, received.situation, received.status)
