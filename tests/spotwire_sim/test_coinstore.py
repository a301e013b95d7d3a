"""What the simulated Coinstore promises: its signature, its refusals, its wire formats, and an account that adds up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import jsonschema_rs
import pytest
import yaml

from generator.rules import Closed
from spotwire_sim import SimulatedVenue, simulate
from spotwire_sim.call import Call, Denied
from spotwire_sim.clock import Clock
from spotwire_sim.exchange import SymbolStatus
from spotwire_sim.faces import Desk
from spotwire_sim.faces.coinstore import FACE, SUB_ACCOUNT, sign, verify
from spotwire_sim.spec import load

D = Decimal
SPEC_FOLDER = Path(__file__).parents[2] / "specs" / "coinstore"
SPEC: dict[str, Any] = yaml.safe_load((SPEC_FOLDER / "openapi.yaml").read_bytes())
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    node["operationId"]: (verb.upper(), path, node)
    for path, item in SPEC["paths"].items()
    for verb, node in item.items()
}

# 2024-11-19 07:06:40 UTC, in the middle of one of the 30 seconds that a derived key lives.
NOW = 1_732_000_000_000 + 15_000
JSON = {"content-type": "application/json"}


# Signing once more, from RFC 2104 and without the module hmac


def mac(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256 by its definition, for keys of up to 64 bytes."""
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()


def signature(secret: str, expires: int, message: bytes) -> str:
    derived = mac(secret.encode(), str(expires // 30_000).encode()).hex()
    return mac(derived.encode(), message).hex()


# The wire


def operation_schema(operation_id: str) -> dict[str, Any]:
    schema: dict[str, Any] = OPERATIONS[operation_id][2]["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


CLOSED = Closed(SPEC)
VALIDATORS = {name: CLOSED.validator(operation_schema(name)) for name in OPERATIONS}
REFUSAL = CLOSED.validator({"$ref": "#/components/schemas/Error"})


def problems(validator: jsonschema_rs.Draft202012Validator, body: bytes) -> list[str]:
    return [f"{list(error.instance_path)}: {error.message}" for error in validator.iter_errors(json.loads(body))]


class Trader:
    """The test account, signing by hand."""

    def __init__(self, venue: SimulatedVenue, http: httpx.Client) -> None:
        self.venue, self.http = venue, http

    def headers(self, message: bytes, *, now: int = NOW, **changes: str | None) -> dict[str, str]:
        """The headers of a signed request; a change to None leaves one away."""
        headers: dict[str, str | None] = {
            **JSON,
            "x-cs-apikey": self.venue.api_key,
            "x-cs-expires": str(now),
            "x-cs-sign": signature(self.venue.api_secret, now, message),
        }
        headers.update({name.replace("_", "-"): value for name, value in changes.items()})
        return {name: value for name, value in headers.items() if value is not None}

    def raw(
        self, method: str, path: str, query: str = "", body: bytes = b"", *, now: int = NOW, **changes: str | None
    ) -> httpx.Response:
        """Send exactly these bytes."""
        url = self.venue.url + path + (f"?{query}" if query else "")
        headers = self.headers(query.encode() + body, now=now, **changes)
        return self.http.request(method, url, content=body or None, headers=headers)

    def send(self, operation_id: str, **args: Any) -> httpx.Response:
        """Call an operation with arguments by wire name; `from_` is from."""
        method, path, node = OPERATIONS[operation_id]
        args = {name.rstrip("_"): value for name, value in args.items()}
        if "{symbol}" in path:
            symbol = args.pop("symbol", [])
            matrix = f";symbol={','.join(symbol)}" if symbol else ""
            path = path.replace("{symbol}", quote(symbol) if isinstance(symbol, str) else matrix)
        if "requestBody" in node:
            return self.raw(method, path, body=json.dumps(args).encode())
        return self.raw(method, path, query=urlencode(args))

    def ask(self, operation_id: str, **args: Any) -> Any:
        """Call an operation, which must succeed in its documented form, and return the data with exact numbers."""
        answer = self.send(operation_id, **args)
        assert 200 == answer.status_code, answer.text
        assert [] == problems(VALIDATORS[operation_id], answer.content), answer.text
        parsed = json.loads(answer.content, parse_float=Decimal)
        assert "0" == str(parsed["code"]), answer.text
        return parsed["data"]

    def refused(self, operation_id: str, **args: Any) -> tuple[int, Any]:
        """Call an operation, which must be refused, and return the status and the body."""
        answer = self.send(operation_id, **args)
        assert [] == problems(REFUSAL, answer.content), answer.text
        return answer.status_code, answer.json()

    def place(self, side: str = "BUY", price: str = "50000", quantity: str = "0.01", **args: Any) -> int:
        """Place a limit order and return its id."""
        order = {"symbol": "BTCUSDT", "side": side, "ordType": "LIMIT", "ordPrice": price, "ordQty": quantity}
        return int(self.ask("placeOrder", **{**order, "timestamp": NOW, **args})["ordId"])

    def balance(self, currency: str) -> tuple[Decimal, Decimal]:
        """What is available and what is frozen."""
        rows = {row["type"]: D(row["balance"]) for row in self.ask("balances") if row["currency"] == currency}
        return rows[1], rows[4]


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatedVenue]:
    with simulate("coinstore", now=lambda: NOW) as venue:
        yield venue


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


@pytest.fixture
def venue(server: SimulatedVenue) -> SimulatedVenue:
    """The venue as it was at the start."""
    server.reset()
    return server


@pytest.fixture
def me(venue: SimulatedVenue, http: httpx.Client) -> Trader:
    return Trader(venue, http)


# The signature

SECRET = "sk_coinstore_0123456789abcdef"
SENT_AT = 1_629_291_143_107
VECTORS = [
    pytest.param(
        "your secret_key",
        SENT_AT,
        b"currencyCode=ETH",
        "4c4944b6957d4f5c833b3022e43da1f5773f2891a7ed004ee57644b376a76d8b",
        id="published by DamageBDD",
    ),
    pytest.param(
        "test-secret",
        1_717_171_717_171,
        b'symbol=BTCUSDT{"price":"100","quantity":"0.01"}',
        "c7809f64f79937ee7eb5be1a1a084315f05bdf5a065e608a7438cd787f3a755f",
        id="published by rustcta",
    ),
    pytest.param(
        SECRET,
        SENT_AT,
        b"ordId=1780715084580128",
        "a947f00fb765c6a63fbbc718af2bd09063d6228deb9286f285667b6951f3b99e",
        id="query",
    ),
    pytest.param(
        SECRET, SENT_AT, b"{}", "38ac0f24f008fa4e76229e5fc5ffd827fcec5e3ad5c3bfd8414d59cf7c538e85", id="empty object"
    ),
    pytest.param(
        SECRET, SENT_AT, b"", "41eaf3e3c83c7ba8ffc75b33e3a57151c8cfe3262086598d23c7cee735dc478f", id="nothing"
    ),
    pytest.param(
        SECRET,
        SENT_AT,
        b'{"symbol":"BTCUSDT","side":"BUY","ordType":"LIMIT","ordPrice":"30000","ordQty":"1","timestamp":1629291143107}',
        "48e1722e9e3dede1defd31abed9cc6cfe5ea3ec8fa81b916066f270e8e34e28d",
        id="compact body",
    ),
    pytest.param(
        SECRET,
        SENT_AT,
        b'{"symbol": "BTCUSDT", "side": "BUY", "ordType": "LIMIT", "ordPrice": "30000", "ordQty": "1", '
        b'"timestamp": 1629291143107}',
        "155f4ce96cec4d460bf26c21b62f5b0f2b9b4c1390eb23c338b7515e393f8d5a",
        id="spaced body",
    ),
    pytest.param(
        SECRET,
        SENT_AT,
        b'symbol=aaaa88&size=10{"symbol":"aaaa88","side":"SELL","ordType":"LIMIT","ordPrice":2,"ordQty":1,'
        b'"timestamp":1627384801051}',
        "0d2d8dba4e37efa0d7523c5dac36ae4fa6d1f6af66561434c74a987b03e47974",
        id="query and body",
    ),
    pytest.param(
        SECRET,
        SENT_AT,
        b'symbol=aaaa88&size=10{"symbol":"aaaa88","side":"SELL","ordType":"LIMIT","ordPrice":2,"ordQty":1, '
        b'"timestamp":1627384801051}',
        "7b72f9d2ce4cb472d1a2d8c8953d05b1c6cbbb30ff12b85a277710e3bc4e253d",
        id="query and body with one blank",
    ),
]


@pytest.mark.parametrize(("secret", "expires", "message", "expected"), VECTORS)
def test_signature_is_that_of_others_when_vectors_are_signed(
    secret: str, expires: int, message: bytes, expected: str
) -> None:
    """The venue, and the formula that these tests sign with, give what other implementations gave."""
    ours = sign(secret, expires, message), signature(secret, expires, message)

    assert (expected, expected) == ours


def call_of(message: bytes, given: str, expires: int = SENT_AT) -> Call:
    """A call that carries a message as its query and body."""
    query, brace, rest = message.partition(b"{")
    headers = {"x-cs-apikey": FACE_KEY, "x-cs-expires": str(expires), "x-cs-sign": given}
    return Call(load("coinstore").operations["balances"], "POST", query, headers, brace + rest, [])


FACE_KEY = "sim-key-coinstore"


def desk_at(now: int, secret: str) -> Desk:
    desk = Desk(FACE, load("coinstore"), clock=Clock(lambda: now), seed=0)
    desk.api_secret = secret
    return desk


@pytest.mark.parametrize(("secret", "expires", "message", "expected"), VECTORS)
def test_verify_accepts_when_the_signature_is_that_of_a_vector(
    secret: str, expires: int, message: bytes, expected: str
) -> None:
    """Query and body are signed as they came, one behind the other."""
    verify(desk_at(expires, secret), call_of(message, expected, expires))


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        pytest.param(
            b"{}", "dc7ad3c7435ac238eab3a73ea43412c8bc2d244f7f90867760bf126805f5ec3a", id="32 raw bytes as derived key"
        ),
        pytest.param(b"{}", mac(SECRET.encode(), b"{}").hex(), id="no derived key"),
        pytest.param(b"{}", signature(SECRET, SENT_AT * 1000, b"{}"), id="another window"),
        pytest.param(b"{}", signature(SECRET, SENT_AT, b"{}").upper(), id="upper-case digits"),
        pytest.param(b"{}", signature(SECRET, SENT_AT, b""), id="body not signed"),
        pytest.param(b"size=1&a=2", signature(SECRET, SENT_AT, b"a=2&size=1"), id="query sorted"),
        pytest.param(b"a=2", signature(SECRET, SENT_AT, b"?a=2"), id="question mark signed"),
        pytest.param(b'{"a": 1}', signature(SECRET, SENT_AT, b'{"a":1}'), id="blanks stripped"),
        pytest.param(b'a=2{"b":1}', signature(SECRET, SENT_AT, b'a=2&{"b":1}'), id="something between query and body"),
        pytest.param(b"", "é", id="not even ASCII"),
    ],
)
def test_verify_denies_when_the_signature_is_made_differently(message: bytes, wrong: str) -> None:
    """Each of the mistakes that the scheme invites is noticed."""
    with pytest.raises(Denied) as caught:
        verify(desk_at(SENT_AT, SECRET), call_of(message, wrong))

    assert "bad-signature" == caught.value.situation


def test_derived_key_changes_when_a_multiple_of_30_seconds_is_reached() -> None:
    """All milliseconds of a window have one key; the multiple itself belongs to the next window."""
    start = 30_000 * 57_733_333
    signatures = [sign(SECRET, start + offset, b"{}") for offset in (-1, 0, 29_999, 30_000)]

    assert [False, True, False] == [a == b for a, b in pairwise(signatures)]


@pytest.mark.parametrize("offset", [-60_000, 0, 60_000])
def test_request_is_accepted_when_it_is_a_minute_off_at_most(me: Trader, offset: int) -> None:
    """The tolerance is a check of its own: the key of another window is no mistake."""
    answer = me.raw("POST", "/api/spot/accountList", body=b"{}", now=NOW + offset)

    assert (200, 0) == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("offset", [-60_001, 60_001, -NOW + NOW // 1000, -NOW, -2 * NOW])
def test_request_is_refused_when_it_is_more_than_a_minute_off(me: Trader, offset: int) -> None:
    """Seconds instead of milliseconds are far off, too."""
    answer = me.raw("POST", "/api/spot/accountList", body=b"{}", now=NOW + offset)

    assert (200, {"message": "Unauthorized", "code": 1401}) == (answer.status_code, answer.json())
    assert "clock" == me.venue.requests[-1].situation


def test_request_is_refused_when_the_venue_s_clock_has_moved_on(me: Trader) -> None:
    """The tolerance counts from the venue's clock, which a test can move."""
    me.venue.clock.offset = 60_001

    answer = me.raw("POST", "/api/spot/accountList", body=b"{}")
    assert 1401 == answer.json()["code"]


@pytest.mark.parametrize(
    ("changes", "situation", "status", "body"),
    [
        ({"x_cs_apikey": None}, "missing-key", 200, {"message": "Unauthorized", "code": 1401}),
        ({"x_cs_apikey": "somebody"}, "bad-key", 401, {"message": "signature-failed", "code": 401}),
        ({"x_cs_sign": None}, "missing-signature", 200, {"message": "signature error", "code": 3005}),
        ({"x_cs_sign": "0" * 64}, "bad-signature", 200, {"message": "Unauthorized", "code": 1401}),
        ({"x_cs_expires": None}, "missing-parameter", 400, {"message": "Invalid request format", "code": 400}),
        ({"x_cs_expires": "soon"}, "bad-parameter", 400, {"message": "Invalid request format", "code": 400}),
        ({"x_cs_expires": f"{NOW}.0"}, "bad-parameter", 400, {"message": "Invalid request format", "code": 400}),
        ({"content_type": "text/plain"}, "bad-content-type", 400, {"message": "Invalid request format", "code": 400}),
    ],
)
def test_request_is_refused_when_a_header_is_wrong(
    me: Trader, changes: dict[str, Any], situation: str, status: int, body: Any
) -> None:
    """Each wrong header has its status and code; refusals of business come with HTTP 200 and no data."""
    answer = me.raw("POST", "/api/spot/accountList", body=b"{}", **changes)

    assert (status, body) == (answer.status_code, answer.json())
    assert situation == me.venue.requests[-1].situation


def test_public_operations_answer_when_nothing_is_signed(venue: SimulatedVenue, http: httpx.Client) -> None:
    """Market data and the list of symbols need no key."""
    public = [name for name, (_, _, node) in OPERATIONS.items() if not node["security"]]
    paths = [OPERATIONS[name][1].replace("price{symbol}", "price").replace("{symbol}", "BTCUSDT") for name in public]
    answers = [
        http.post(venue.url + path, content=b"{}", headers=JSON) if "config" in path else http.get(venue.url + path)
        for path in paths
    ]

    assert ["symbols", "tickers", "orderBook", "klines", "trades", "prices"] == public
    assert [200] * 6 == [answer.status_code for answer in answers]
    assert [[]] * 6 == [problems(VALIDATORS[n], a.content) for n, a in zip(public, answers, strict=True)]


@pytest.mark.parametrize("name", [name for name, (_, _, node) in OPERATIONS.items() if node["security"]])
def test_operation_is_refused_when_it_is_not_signed(venue: SimulatedVenue, http: httpx.Client, name: str) -> None:
    """Everything that the document does not call public wants a key."""
    method, path, _ = OPERATIONS[name]

    answer = http.request(method, venue.url + path)

    assert (200, 1401, "missing-key") == (answer.status_code, answer.json()["code"], venue.requests[-1].situation)


# Every operation


def documented_request(name: str) -> dict[str, Any]:
    """The arguments that the document prints."""
    node = OPERATIONS[name][2]
    arguments = {p["name"]: p["example"] for p in node.get("parameters", []) if "example" in p and p["in"] != "header"}
    body = node.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example", {})
    renamed = {"from_" if key == "from" else key: value for key, value in body.items()}
    return {**arguments, **renamed}


# These name an order or a withdrawal that nobody has placed yet, or leave out what is needed.
REFUSED_AS_PRINTED = {
    "order": (200, 3103, "unknown-order"),
    "cancelOrder": (200, 3103, "unknown-order"),
    "cancelWithdrawal": (400, 400, "bad-parameter"),
    "orderV2": (400, 400, "missing-parameter"),
}


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_operation_answers_when_it_is_asked_as_documented(me: Trader, name: str) -> None:
    """Every printed request is understood, and every answer keeps to its schema with nothing undocumented in it."""
    if name in REFUSED_AS_PRINTED:
        status, body = me.refused(name, **documented_request(name))

        assert (status, body["code"], me.venue.requests[-1].situation) == REFUSED_AS_PRINTED[name]
    else:
        me.ask(name, **documented_request(name))

    assert name == me.venue.requests[-1].operation


def test_closed_schema_notices_a_member_that_is_not_documented(me: Trader) -> None:
    """What the other tests rely on: one more member anywhere is a problem."""
    answer = json.loads(me.send("openOrdersV2").content)
    answer["data"] = [{"surprise": 1}]

    assert any("surprise" in problem for problem in problems(VALIDATORS["openOrdersV2"], json.dumps(answer).encode()))


def test_every_operation_is_answered_from_the_exchange() -> None:
    """None falls back on its printed example."""
    assert sorted(OPERATIONS) == sorted(FACE.answers)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_envelope_is_that_of_the_sample_when_an_operation_succeeds(me: Trader, name: str) -> None:
    """Code is the number 0 or the text "0", and message is there or absent, as the document prints it."""
    if name in REFUSED_AS_PRINTED:
        order_id = me.place()
        body: dict[str, Any] = (
            {"ordId": order_id, "symbol": "BTCUSDT"} if name == "cancelOrder" else {"ordId": order_id}
        )
        if name == "cancelWithdrawal":
            withdrawal = {"currencyCode": "USDT", "amount": "10", "address": "T1", "chainType": "trc20"}
            body = {"withdrawId": me.ask("withdraw", **withdrawal)["id"]}
        answer = me.send(name, **body).json()
    else:
        answer = me.send(name, **documented_request(name)).json()
    printed = json.loads((SPEC_FOLDER / "examples" / f"{name}.json").read_bytes())

    assert (printed["code"], printed.get("message")) == (answer["code"], answer.get("message"))
    assert {*printed, "data"} == set(answer)


# Orders


def test_order_is_found_open_cancelled_and_kept_when_it_waits(me: Trader) -> None:
    """Placing holds its cost, cancelling frees it, and the order stays to be asked for."""
    before = me.balance("USDT")
    order_id = me.place(price="50000", quantity="0.01", clOrdId="mine-1")
    during = me.balance("USDT")
    found = me.ask("orderV2", clOrdId="mine-1")
    listed = [row["ordId"] for row in me.ask("openOrdersV2", symbol="BTCUSDT")]
    cancelled = me.ask("cancelOrder", symbol="BTCUSDT", ordId=order_id)

    assert (before[0] - 500, before[1] + 500) == during
    assert (order_id, "SUBMITTED", "10000") == (found["ordId"], found["ordStatus"], str(int(D(found["ordPrice"]) / 5)))
    assert [order_id] == listed
    assert {"clientOrderId": "mine-1", "state": "CANCELED", "ordId": order_id} == cancelled
    assert [] == me.ask("openOrders")
    assert "CANCELED" == me.ask("order", ordId=order_id)["ordState"]
    assert before == me.balance("USDT")


def test_order_shows_every_documented_field_when_it_is_asked_for(me: Trader) -> None:
    """The first version calls the state ordState, has ordAmt and feeCurrency, and no time of the last change."""
    order_id = me.place(price="50000.50", quantity="0.01", clOrdId="mine-1", timeInForce="GTC")

    assert {
        "baseCurrency": "BTC",
        "quoteCurrency": "USDT",
        "symbol": "BTCUSDT",
        "timestamp": NOW,
        "side": "BUY",
        "accountId": 1138204,
        "ordId": order_id,
        "clOrdId": "mine-1",
        "ordType": "LIMIT",
        "ordState": "SUBMITTED",
        "ordPrice": "50000.5",
        "ordQty": "0.01",
        "ordAmt": "500.005",
        "cumAmt": "0",
        "cumQty": "0",
        "leavesQty": "0.01",
        "avgPrice": "0",
        "feeCurrency": "BTC",
        "timeInForce": "GTC",
    } == me.ask("order", ordId=order_id)


def test_second_version_shows_every_documented_field_when_it_is_asked_for(me: Trader) -> None:
    """The second version answers with one object, and with the time of the order where nothing was filled."""
    order_id = me.place(price="50000", quantity="0.01", clOrdId="mine-1")
    open_row = {
        "baseCurrency": "BTC",
        "quoteCurrency": "USDT",
        "side": "BUY",
        "cumQty": "0",
        "ordId": order_id,
        "clOrdId": "mine-1",
        "ordType": "LIMIT",
        "ordQty": "0.01",
        "cumAmt": "0",
        "accountId": 1138204,
        "timeInForce": "GTC",
        "ordPrice": "50000",
        "leavesQty": "0.01",
        "avgPrice": "0",
        "ordStatus": "SUBMITTED",
        "symbol": "BTCUSDT",
        "timestamp": NOW,
    }

    assert {**open_row, "orderUpdateTime": NOW} == me.ask("orderV2", ordId=order_id)
    assert [open_row] == me.ask("openOrdersV2", ordId=order_id, clOrdId="mine-1", symbol="BTCUSDT")
    assert [] == me.ask("openOrdersV2", clOrdId="mine-2")
    assert [] == me.ask("openOrdersV2", ordId=order_id, symbol="ETHUSDT")


def test_first_version_of_open_orders_writes_its_price_as_a_bare_number(me: Trader) -> None:
    """The id is text and a small price a number with an exponent; ordAmt and leavesQty are as useless as in the sample."""
    order_id = me.place(symbol="LUFFYUSDT", price="0.00000000091", quantity="1000000000")

    text = me.send("openOrders", symbol="LUFFYUSDT").text
    [row] = me.ask("openOrders", symbol="LUFFYUSDT")

    assert '"ordPrice":9.1E-10,' in text
    assert f'"ordId":"{order_id}"' in text
    assert ("0", "0", "SUBMITTED") == (row["ordAmt"], row["leavesQty"], row["ordStatus"])
    assert [] == me.ask("openOrders", symbol="BTCUSDT")


def test_order_of_the_document_rests_when_it_is_placed_as_printed(me: Trader) -> None:
    """The printed order of a huge quantity at a tiny price is held exactly."""
    before = me.balance("USDT")
    order_id = me.ask("placeOrder", **documented_request("placeOrder"))["ordId"]
    order = me.ask("order", ordId=order_id)

    assert ("0.00000000092", "12323231243") == (order["ordPrice"], order["ordQty"])
    assert D("0.00000000092") * 12323231243 == before[0] - me.balance("USDT")[0]


def test_buy_is_filled_when_it_crosses_the_book(me: Trader) -> None:
    """What is paid and received adds up: the quote at the resting prices, the base less the fee."""
    asks = me.ask("orderBook", symbol="BTCUSDT", depth=5)["a"]
    best, second = (D(asks[0][0]), D(asks[0][1])), (D(asks[1][0]), D(asks[1][1]))
    quantity = best[1] + D("0.001")
    usdt, btc = me.balance("USDT"), me.balance("BTC")

    order_id = me.place(price=asks[1][0], quantity=str(quantity), clOrdId="taker")

    order = me.ask("orderV2", ordId=order_id)
    cost = best[0] * best[1] + second[0] * D("0.001")
    assert ("FILLED", str(quantity), "0") == (order["ordStatus"], order["cumQty"], order["leavesQty"])
    assert cost == D(order["cumAmt"])
    assert (usdt[0] - cost, usdt[1]) == me.balance("USDT")
    assert (btc[0] + quantity * D("0.998"), btc[1]) == me.balance("BTC")
    assert abs(D(order["avgPrice"]) - cost / quantity) < D("1E-12")
    rows = me.ask("fills", symbol="BTCUSDT")
    assert [D("0.001"), best[1]] == [D(row["execQty"]) for row in rows]
    assert [50, 12] == [row["orderState"] for row in rows]
    assert [0, D("0.001")] == [D(row["remainingQty"]) for row in rows]
    left = me.ask("orderBook", symbol="BTCUSDT", depth=5)["a"][0]
    assert [asks[1][0], second[1] - D("0.001"), -1] == [left[0], D(left[1]), left[2]]


def test_fill_is_written_with_bare_numbers_of_18_decimals(me: Trader) -> None:
    """Zero is 0E-18 and nothing is text; role and matchRole number takers and makers differently."""
    me.place(price="56000", quantity="0.01")
    trade = me.ask("trades", symbol="BTCUSDT", size=1)[0]

    text = me.send("fills", symbol="BTCUSDT").text
    [row] = me.ask("fills", symbol="BTCUSDT")

    assert '"execQty":0.010000000000000000,' in text
    assert '"selfDealingQty":0E-18,' in text
    assert '"acturalFeeRate":0.002000000000000000,' in text
    assert D("0.00002") == row["fee"]
    assert D(trade["price"]) * D("0.01") == row["execAmt"]
    assert {
        "id": 2 * trade["tradeId"],
        "matchRole": 1,
        "role": 1,
        "side": 1,
        "accountId": 1138204,
        "instrumentId": 4,
        "baseCurrencyId": 1,
        "quoteCurrencyId": 30,
        "feeCurrencyId": 1,
        "orderState": 50,
        "matchId": trade["tradeId"],
        "tradeId": trade["tradeId"],
        "matchTime": NOW // 1000,
        "seq": None,
    }.items() <= row.items()


def test_fill_is_a_maker_s_when_the_order_waited(me: Trader) -> None:
    """Trading with oneself gives a row for each side."""
    maker = me.place(price="55000.1", quantity="0.01")
    taker = me.place("SELL", price="55000.1", quantity="0.01")

    rows = {row["orderId"]: row for row in me.ask("fills", symbol="BTCUSDT")}

    assert (2, -1, 1, 1) == tuple(rows[maker][name] for name in ("matchRole", "role", "side", "feeCurrencyId"))
    assert (1, 1, -1, 30) == tuple(rows[taker][name] for name in ("matchRole", "role", "side", "feeCurrencyId"))
    assert {D("0.01")} == {row["selfDealingQty"] for row in rows.values()}
    assert 2 == len({row["id"] for row in rows.values()})


def test_fills_come_in_pages_when_there_are_many(me: Trader) -> None:
    """The newest come first; side and order id choose among them."""
    bought = [me.place(price="56000", quantity="0.001") for _ in range(3)]
    sold = me.place("SELL", price="54000", quantity="0.001")

    def ids(**args: Any) -> list[int]:
        return [row["orderId"] for row in me.ask("fills", symbol="BTCUSDT", **args)]

    assert [sold, *reversed(bought)] == ids()
    assert [[sold, bought[2], bought[1]], [bought[0]], []] == [ids(pageNum=n, pageSize=3) for n in (1, 2, 3)]
    assert [sold] == ids(side=-1)
    assert [bought[1]] == ids(ordId=bought[1])
    assert [] == ids(ordId=bought[1], side=-1)


def test_update_time_is_in_seconds_when_an_order_was_filled_later(me: Trader) -> None:
    """It is that of the last trade, not of the cancellation."""
    order_id = me.place(price="55000.1", quantity="0.01")
    me.venue.clock.offset = 5_000
    me.place("SELL", price="55000.1", quantity="0.004")
    me.venue.clock.offset = 9_000
    me.ask("cancelOrder", symbol="BTCUSDT", ordId=order_id)

    order = me.ask("orderV2", ordId=order_id)

    assert ("CANCELED", "0.004", "0") == (order["ordStatus"], order["cumQty"], order["leavesQty"])
    assert (NOW, (NOW + 5_000) // 1000) == (order["timestamp"], order["orderUpdateTime"])


def test_order_is_partly_filled_when_only_a_part_was_taken(me: Trader) -> None:
    """What is left stays open."""
    order_id = me.place(price="55000.1", quantity="0.01")
    me.place("SELL", price="55000.1", quantity="0.004")

    [row] = me.ask("openOrdersV2")

    assert (order_id, "PARTIAL_FILLED", "0.004", "0.006") == (
        row["ordId"],
        row["ordStatus"],
        row["cumQty"],
        row["leavesQty"],
    )
    assert "55000.1" == row["avgPrice"]


def test_market_order_spends_an_amount_or_sells_a_quantity(me: Trader) -> None:
    """A market buy is counted in the quote asset and never spends more; a market sell in the base asset."""
    before = me.balance("USDT")[0]
    bought = me.ask(
        "placeOrder", symbol="BTCUSDT", side="BUY", ordType="MARKET", ordAmt="100", timestamp=NOW, clOrdId="m1"
    )["ordId"]
    spent = before - me.balance("USDT")[0]
    sold = me.ask("placeOrder", symbol="BTCUSDT", side="SELL", ordType="MARKET", ordQty="0.01", timestamp=NOW)["ordId"]

    assert D("99.9") < spent <= 100
    first, second = me.ask("order", ordId=bought), me.ask("orderV2", ordId=sold)
    assert (None, None, "100", "MARKET") == tuple(first[n] for n in ("ordPrice", "ordQty", "ordAmt", "ordType"))
    assert (None, "0.01", "FILLED") == tuple(second[n] for n in ("ordPrice", "ordQty", "ordStatus"))


@pytest.mark.parametrize(
    ("order", "status", "filled"),
    [
        ({"timeInForce": "IOC", "ordPrice": "55000.5", "ordQty": "1"}, "CANCELED", True),
        ({"timeInForce": "FOK", "ordPrice": "55000.5", "ordQty": "1"}, "CANCELED", False),
        ({"timeInForce": "FOK", "ordPrice": "55000.5", "ordQty": "0.01"}, "FILLED", True),
        ({"timeInForce": "GTC", "ordPrice": "55000.5", "ordQty": "1"}, "PARTIAL_FILLED", True),
        ({"ordType": "POST_ONLY", "ordPrice": "55000", "ordQty": "1"}, "SUBMITTED", False),
    ],
)
def test_order_ends_as_its_time_in_force_says(me: Trader, order: dict[str, str], status: str, filled: bool) -> None:
    """Each type and time in force behaves and is shown as itself."""
    new = {"symbol": "BTCUSDT", "side": "BUY", "ordType": "LIMIT", "timestamp": NOW, **order}
    found = me.ask("order", ordId=me.ask("placeOrder", **new)["ordId"])

    assert (status, filled) == (found["ordState"], D(found["cumQty"]) > 0)
    assert (new["ordType"], order.get("timeInForce", "GTC")) == (found["ordType"], found["timeInForce"])
    assert ("POST_ONLY" if new["ordType"] == "POST_ONLY" else None) == found.get("flags")


LIMIT = {
    "symbol": "BTCUSDT",
    "side": "BUY",
    "ordType": "LIMIT",
    "ordPrice": "50000",
    "ordQty": "0.01",
    "timestamp": NOW,
}
MARKET = {"symbol": "BTCUSDT", "side": "BUY", "ordType": "MARKET", "timestamp": NOW}
BAD_FORMAT = (400, {"message": "Invalid request format", "code": 400})


@pytest.mark.parametrize(
    ("order", "situation", "expected"),
    [
        ({**LIMIT, "symbol": "NOUSDT"}, "unknown-symbol", (200, {"message": "symbol not found", "code": 3011})),
        ({**LIMIT, "symbol": "btcusdt"}, "unknown-symbol", (200, {"message": "symbol not found", "code": 3011})),
        ({**LIMIT, "ordQty": "0.0000001"}, "precision", (200, {"message": "quantity precision", "code": 3104})),
        ({**LIMIT, "ordPrice": "1.001"}, "precision", (200, {"message": "quantity precision", "code": 3104})),
        ({**MARKET, "ordAmt": "10.0000001"}, "precision", (200, {"message": "amount precision", "code": 3106})),
        ({**LIMIT, "ordQty": "1000"}, "insufficient-funds", (200, {"message": "account-insufficient", "code": 3113})),
        ({**LIMIT, "ordQty": "0"}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "ordQty": "10000000000"}, "above-maximum", BAD_FORMAT),
        ({**MARKET, "ordAmt": "0.99"}, "below-minimum", BAD_FORMAT),
        ({**MARKET, "ordQty": "1"}, "missing-parameter", BAD_FORMAT),
        ({**MARKET, "side": "SELL", "ordAmt": "1"}, "missing-parameter", BAD_FORMAT),
        ({**MARKET, "side": "SELL", "ordQty": "1", "ordAmt": "1"}, "bad-parameter", BAD_FORMAT),
        ({**MARKET, "ordAmt": "10", "ordPrice": "1"}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "ordAmt": "1"}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "ordType": "POST_ONLY", "ordPrice": "56000"}, "would-match", BAD_FORMAT),
        ({**LIMIT, "ordType": "POST_ONLY", "timeInForce": "IOC"}, "unsupported-order-type", BAD_FORMAT),
        ({**LIMIT, "ordPrice": "1e5"}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "ordPrice": 50000}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "timestamp": float(NOW)}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "side": "buy"}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "clOrdId": "no blanks"}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "clOrdId": "a" * 33}, "bad-parameter", BAD_FORMAT),
        ({**LIMIT, "extra": 1}, "unknown-parameter", BAD_FORMAT),
        ({k: v for k, v in LIMIT.items() if k != "timestamp"}, "missing-parameter", BAD_FORMAT),
        ({k: v for k, v in LIMIT.items() if k != "ordPrice"}, "missing-parameter", BAD_FORMAT),
    ],
)
def test_order_is_refused_when_it_breaks_a_rule(
    me: Trader, order: dict[str, Any], situation: str, expected: tuple[int, Any]
) -> None:
    """Each refusal has its code and status, and changes nothing."""
    before = me.ask("balances")

    assert expected == me.refused("placeOrder", **order)
    assert situation == me.venue.requests[-1].situation
    assert (before, []) == (me.ask("balances"), me.ask("openOrders"))


def test_order_is_refused_when_its_client_order_id_was_used_before(me: Trader) -> None:
    """An id stays used after its order is gone."""
    me.ask("cancelOrder", symbol="BTCUSDT", ordId=me.place(clOrdId="mine-1"))

    assert (200, {"message": "duplicate-order", "code": 3111}) == me.refused("placeOrder", **LIMIT, clOrdId="mine-1")


def test_client_order_id_is_made_up_when_none_is_sent(me: Trader) -> None:
    """Each order can be found by the id that the venue gave it."""
    ids = [me.ask("order", ordId=order_id)["clOrdId"] for order_id in (me.place(), me.place())]

    assert 2 == len(set(ids))
    assert ids == [me.ask("orderV2", clOrdId=client_id)["clOrdId"] for client_id in ids]
    assert [32, 32] == [len(client_id) for client_id in ids]


def test_order_is_refused_when_fifty_are_open(me: Trader) -> None:
    """Ordinary users may have fifty open orders."""
    for _ in range(50):
        me.place(quantity="0.0001")

    assert BAD_FORMAT == me.refused("placeOrder", **LIMIT)
    assert "above-maximum" == me.venue.requests[-1].situation


def test_symbol_takes_no_orders_when_it_is_halted(me: Trader) -> None:
    """The list of symbols says so, and cancelling still works."""
    order_id = me.place()
    me.venue.exchange.set_status("BTCUSDT", SymbolStatus.HALTED)

    assert 3011 == me.refused("placeOrder", **LIMIT)[1]["code"]
    assert [False] == [row["openTrade"] for row in me.ask("symbols", symbolCodes=["BTCUSDT"])]
    assert "CANCELED" == me.ask("cancelOrder", symbol="BTCUSDT", ordId=order_id)["state"]


def test_batch_places_what_it_can_when_some_orders_are_wrong(me: Trader) -> None:
    """Rows come in the order of the request; refused ones have code and text and no order id."""
    good: dict[str, str] = {"side": "BUY", "ordType": "LIMIT", "ordPrice": "50000", "ordQty": "0.01"}
    market = {"side": "BUY", "ordType": "MARKET", "ordAmt": "5.0000001"}
    orders = [
        {**good, "clOrdId": "a"},
        {**good, "clOrdId": "a"},
        {**good, "ordQty": "10000"},
        {"side": "BUY", "ordType": "LIMIT"},
        market,
        good,
    ]

    rows = me.ask("placeOrders", symbol="BTCUSDT", timestamp=NOW, orders=orders)

    assert [None, 3111, 3113, 400, 3106, None] == [row.get("errno") for row in rows]
    assert "duplicate-order" == rows[1]["errMsg"]
    assert ["ordId", "ordId"] == [name for row in rows for name in row if name == "ordId"]
    assert [rows[0]["ordId"], rows[5]["ordId"]] == [row["ordId"] for row in me.ask("openOrdersV2")]
    assert ["a", rows[5]["clOrdId"]] == [row["clOrdId"] for row in me.ask("openOrdersV2")]
    assert 3011 == me.refused("placeOrders", symbol="NOUSDT", timestamp=NOW, orders=[good])[1]["code"]


def test_batch_is_cancelled_when_ids_are_given(me: Trader) -> None:
    """What is not open is rejected, a second mention of an id, too; another symbol's order is not found."""
    ids = [me.place() for _ in range(2)]
    other = me.place(symbol="ETHUSDT", price="2000")

    answer = me.ask("cancelOrders", symbol="BTCUSDT", orderIds=[ids[1], ids[0], ids[0], other, 1])

    assert {"success": [ids[1], ids[0]], "reject": [ids[0], other, 1]} == answer
    assert [other] == [row["ordId"] for row in me.ask("openOrdersV2")]
    assert 3011 == me.refused("cancelOrders", symbol="NOUSDT", orderIds=ids)[1]["code"]


def test_batch_is_cancelled_when_client_order_ids_are_given(me: Trader) -> None:
    """Only those that were cancelled are named."""
    for client_id in ("c1", "c2", "c3"):
        me.place(clOrdId=client_id)

    answer = me.ask("cancelOrdersByClientId", symbol="BTCUSDT", clientOrderIds=["c3", "nobody's", "c1"])

    assert {"success": ["c3", "c1"]} == answer
    assert ["c2"] == [row["clOrdId"] for row in me.ask("openOrdersV2")]


def test_cancelling_says_less_when_the_order_was_cancelled_before(me: Trader) -> None:
    """A second cancellation is no mistake; the client order id is missing from its answer."""
    order_id = me.place(clOrdId="mine-1")
    me.ask("cancelOrder", symbol="BTCUSDT", ordId=order_id)

    assert {"state": "CANCELED", "ordId": order_id} == me.ask("cancelOrder", symbol="BTCUSDT", ordId=order_id)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("order", {"ordId": 1}),
        ("orderV2", {"ordId": 1}),
        ("orderV2", {"clOrdId": "nobody's"}),
        ("cancelOrder", {"symbol": "BTCUSDT", "ordId": 1}),
    ],
)
def test_order_is_unknown_when_nobody_placed_it(me: Trader, name: str, arguments: dict[str, Any]) -> None:
    """There is one code for it."""
    assert (200, {"message": "order-not-found", "code": 3103}) == me.refused(name, **arguments)


def test_order_is_unknown_when_it_is_somebody_else_s_or_of_another_symbol(me: Trader) -> None:
    """The market maker's orders, filled orders and orders of another symbol cannot be cancelled."""
    filled = me.place(price="56000", quantity="0.0001", clOrdId="f")
    waiting = me.place()
    strangers = next(row.order_id for row in me.venue.exchange.open_orders("@market-maker"))
    attempts = [("BTCUSDT", strangers), ("BTCUSDT", filled), ("ETHUSDT", waiting)]

    assert [3103] * 3 == [me.refused("cancelOrder", symbol=s, ordId=i)[1]["code"] for s, i in attempts]
    assert 3103 == me.refused("orderV2", ordId=waiting, clOrdId="f")[1]["code"]
    assert 3103 == me.refused("order", ordId=strangers)[1]["code"]


@pytest.mark.parametrize("name", ["openOrders", "openOrdersV2", "fills"])
def test_symbol_is_unknown_when_orders_of_it_are_asked_for(me: Trader, name: str) -> None:
    """An unlisted symbol has no orders to show."""
    assert 3011 == me.refused(name, symbol="NOUSDT")[1]["code"]


# Market data


def test_symbols_are_chosen_by_code_and_by_id(me: Trader) -> None:
    """Codes and ids add up; none asks for all, and the ids are those of the market data."""
    chosen = me.ask("symbols", symbolCodes=["BTCUSDT"], symbolIds=[10, 4])
    everything = me.ask("symbols")

    assert [(4, "BTCUSDT"), (10, "EOSUSDT")] == [(row["symbolId"], row["symbolCode"]) for row in chosen]
    assert 7 == len(everything)
    assert {row["symbolId"]: row["symbolCode"] for row in everything} == {
        row["instrumentId"]: row["symbol"] for row in me.ask("tickers")
    }
    assert 3011 == me.refused("symbols", symbolIds=[999])[1]["code"]
    assert 3011 == me.refused("symbols", symbolCodes=["btcusdt"])[1]["code"]


def test_symbol_shows_the_rules_that_orders_are_held_to(me: Trader) -> None:
    """Ticks and lots are told as numbers of decimals."""
    assert [
        {
            "symbolId": 4,
            "symbolCode": "BTCUSDT",
            "tradeCurrencyCode": "btc",
            "quoteCurrencyCode": "usdt",
            "openTrade": True,
            "onLineTime": 1609813531019,
            "tickSz": 2,
            "lotSz": 6,
            "minLmtPr": "0.01",
            "minLmtSz": "0.000001",
            "minMktVa": "1",
            "minMktSz": "0.000001",
            "makerFee": "0.002",
            "takerFee": "0.002",
        }
    ] == me.ask("symbols", symbolCodes=["BTCUSDT"])


@pytest.mark.parametrize("symbol", [rules.rules.symbol for rules in FACE.listings])
def test_market_is_there_when_a_symbol_is_listed(me: Trader, symbol: str) -> None:
    """Every listed symbol has a book, trades, candles, a ticker and currencies that are known."""
    book = me.ask("orderBook", symbol=symbol, depth=100)
    candles = me.ask("klines", symbol=symbol, period="5min", size=10)["item"]
    [rules] = me.ask("symbols", symbolCodes=[symbol])
    [price] = me.ask("prices", symbol=[symbol])

    assert D(book["b"][0][0]) < D(price["price"]) < D(book["a"][0][0])
    assert (50, 50) == (len(book["a"]), len(book["b"]))
    assert 10 == len(candles)
    assert 100 == len(me.ask("trades", symbol=symbol))
    for code in (rules["tradeCurrencyCode"], rules["quoteCurrencyCode"]):
        assert (
            code
            == me.ask("currency", currencyCode=code)["code"]
            == me.ask("currency", currencyCode=code.upper())["code"]
        )


@pytest.mark.parametrize(("depth", "level"), [(None, 20), (5, 5), (50, 50)])
def test_order_book_has_as_many_levels_as_asked_for(me: Trader, depth: int | None, level: int) -> None:
    """Twenty without being told; asks rise, bids fall, and the third member of a row is its side."""
    book = me.ask("orderBook", symbol="BTCUSDT", **({} if depth is None else {"depth": depth}))
    asks, bids = [D(row[0]) for row in book["a"]], [D(row[0]) for row in book["b"]]

    assert (level, f"4@depth@{level}", 4, "BTCUSDT") == (
        book["level"],
        book["channel"],
        book["instrumentId"],
        book["symbol"],
    )
    assert (level, level) == (len(asks), len(bids))
    assert (sorted(asks), sorted(bids, reverse=True)) == (asks, bids)
    assert ({-1}, {1}) == ({row[2] for row in book["a"]}, {row[2] for row in book["b"]})


def test_trade_shows_up_everywhere_when_it_happens(me: Trader) -> None:
    """The newest trade leads the list, sets the price and counts in ticker and candle."""
    before = next(row for row in me.ask("tickers") if row["symbol"] == "BTCUSDT")
    me.place("SELL", price="54999.5", quantity="0.01")
    after = next(row for row in me.ask("tickers") if row["symbol"] == "BTCUSDT")
    newest, older = me.ask("trades", symbol="BTCUSDT", size=2)
    candle = me.ask("klines", symbol="BTCUSDT", size=1)["item"][0]

    assert {
        "channel": "4@trade",
        "time": NOW // 1000,
        "volume": "0.01",
        "price": "54999.5",
        "tradeId": older["tradeId"] + 601,
        "takerSide": "SELL",
        "seq": newest["tradeId"],
        "ts": NOW,
        "symbol": "BTCUSDT",
        "instrumentId": 4,
    } == {**newest, "tradeId": older["tradeId"] + 601}
    assert [{"id": 4, "symbol": "BTCUSDT", "price": "54999.5"}] == me.ask("prices", symbol=["BTCUSDT"])
    assert (before["count"] + 1, "54999.5") == (after["count"], after["close"])
    assert D("0.01") == D(after["volume"]) - D(before["volume"])
    assert D("549.995") == D(after["amount"]) - D(before["amount"])
    assert (newest["tradeId"], "54999.5") == (candle["lastTradeId"], candle["close"])


@pytest.mark.parametrize(
    ("period", "interval", "seconds"),
    [
        ("1min", "min_1", 60),
        ("5min", "min_5", 300),
        ("15min", "min_15", 900),
        ("30min", "min_30", 1800),
        ("60min", "hour_1", 3600),
        ("4hour", "hour_4", 14400),
        ("12hour", "hour_12", 43200),
        ("1day", "day_1", 86400),
        ("1week", "week_1", 604800),
    ],
)
def test_candles_have_the_answer_s_name_of_their_length(me: Trader, period: str, interval: str, seconds: int) -> None:
    """Requests say 60min, answers hour_1; candles open on whole lengths, days at midnight in UTC+8."""
    answer = me.ask("klines", symbol="BTCUSDT", period=period)
    sample_week = 1_641_744_000

    assert (f"4@kline@{interval}", 4, "BTCUSDT") == (answer["channel"], answer["instrumentId"], answer["symbol"])
    assert {interval} == {candle["interval"] for candle in answer["item"]}
    assert {0} == {(candle["startTime"] - sample_week) % seconds for candle in answer["item"]}
    assert {59} == {candle["endTime"] - candle["startTime"] for candle in answer["item"]}
    ids = [(candle["firstTradeId"], candle["lastTradeId"]) for candle in answer["item"]]
    assert [first for first, _ in ids[1:]] == [last + 1 for _, last in ids[:-1]]
    volume = sum(D(candle["volume"]) for candle in answer["item"])
    assert volume == D(next(row for row in me.ask("tickers") if row["symbol"] == "BTCUSDT")["volume"])


def test_candle_has_no_trade_ids_when_nothing_was_traded(me: Trader) -> None:
    """It is flat at the last price, with 0 as first and last id."""
    me.venue.clock.offset = 180_000

    candle = me.ask("klines", symbol="BTCUSDT", size=1)["item"][0]

    assert (0, 0, "0", "55000", "55000") == tuple(
        candle[name] for name in ("firstTradeId", "lastTradeId", "volume", "open", "close")
    )


def test_prices_are_chosen_by_the_matrix_parameter(me: Trader) -> None:
    """Nothing behind the path asks for all; a query does not choose, and is no parameter."""
    assert ["EOSUSDT", "BTCUSDT"] == [row["symbol"] for row in me.ask("prices", symbol=["EOSUSDT", "BTCUSDT"])]
    assert 7 == len(me.ask("prices"))
    assert 3011 == me.refused("prices", symbol=["eosusdt"])[1]["code"]
    assert 400 == me.raw("GET", "/api/v1/ticker/price", "symbol=BTCUSDT").status_code


@pytest.mark.parametrize("name", ["orderBook", "klines", "trades"])
def test_symbol_is_unknown_when_its_case_is_wrong(me: Trader, name: str) -> None:
    """Symbols are case-sensitive; some are lower case."""
    assert 3011 == me.refused(name, symbol="btcusdt")[1]["code"]
    assert "tipusdt" in me.send(name, symbol="tipusdt").text


@pytest.mark.parametrize(
    ("name", "arguments", "situation"),
    [
        ("orderBook", {"symbol": "BTCUSDT", "depth": 7}, "bad-parameter"),
        ("klines", {"symbol": "BTCUSDT", "period": "60m"}, "bad-interval"),
        ("klines", {"symbol": "BTCUSDT", "size": 2001}, "bad-parameter"),
        ("trades", {"symbol": "BTCUSDT", "size": 101}, "bad-parameter"),
        ("trades", {"symbol": "BTCUSDT", "size": 0}, "bad-parameter"),
        ("fills", {}, "missing-parameter"),
        ("fills", {"symbol": "BTCUSDT", "side": 2}, "bad-parameter"),
        ("fills", {"symbol": "BTCUSDT", "pageNum": 0}, "bad-parameter"),
        ("order", {}, "missing-parameter"),
        ("order", {"ordId": "one"}, "bad-parameter"),
        ("order", {"ordId": 1, "clOrdId": "a"}, "unknown-parameter"),
        ("currency", {"currencyCode": "NOPE"}, "bad-parameter"),
        ("currency", {"currencyCode": ""}, "missing-parameter"),
        ("deposits", {"limit": 1001}, "bad-parameter"),
        ("deposits", {"limit": 2.0}, "bad-parameter"),
        ("deposits", {"startDate": "01/02/2024"}, "bad-parameter"),
        ("deposits", {"endDate": "2024-02-30"}, "bad-parameter"),
        ("balances", {"currency": "BTC"}, "unknown-parameter"),
    ],
)
def test_request_is_refused_when_a_parameter_is_wrong(
    me: Trader, name: str, arguments: dict[str, Any], situation: str
) -> None:
    """Unknown, missing and impossible parameters have no valid format, with HTTP 400."""
    assert BAD_FORMAT == me.refused(name, **arguments)
    assert situation == me.venue.requests[-1].situation


# Currencies, deposits and withdrawals


def test_currency_has_networks_that_withdrawals_take(me: Trader) -> None:
    """Name and protocol of a network are both accepted; codes come back in lower case."""
    usdt = me.ask("currency", currencyCode="USDT")
    names = [n for network in usdt["chainDataList"] for n in (network["chainName"], network["chainProtocol"])]
    made = [me.ask("withdraw", currencyCode="USDT", amount="50", address="a", chainType=n)["id"] for n in names]

    assert "usdt" == usdt["code"] == usdt["name"]
    assert 8 == len(set(made))


def test_deposit_address_is_the_same_when_it_is_asked_for_again(me: Trader) -> None:
    """Each network has its own, depositMin is a bare number, and a tag is there where one is needed."""
    tron = me.send("depositAddress", currencyCode="USDTTRX", chain="TRX")
    again = me.ask("depositAddress", currencyCode="USDT", chain="trc20")
    ether = me.ask("depositAddress", currencyCode="USDT", chain="ETH")
    eos = me.ask("depositAddress", currencyCode="EOS", chain="EOS")

    assert '"depositMin":1.00000000' in tron.text
    assert tron.json()["data"]["address"] == again["address"] != ether["address"]
    assert ("", True) == (again["tag"], bool(eos["tag"]))
    assert BAD_FORMAT == me.refused("depositAddress", currencyCode="USDT", chain="MARS")


def test_deposits_are_listed_when_money_came_in(me: Trader) -> None:
    """Oldest first, by page, currency and date; the filter's external id and label stand beside the list."""
    me.venue.clock.offset = 86_400_000
    me.venue.exchange.deposit(me.venue.user, "TIP", D("10.61"), network="ETH")
    me.venue.exchange.deposit(me.venue.user, "DOGE", D(1))
    me.venue.clock.offset = 0

    rows = me.ask("deposits")["depositList"]
    tip = me.ask("deposits", currencyCode="tip")["depositList"]

    assert sorted(row["id"] for row in rows) == [row["id"] for row in rows]
    assert ["10000", "10.61"] == [row["amount"] for row in tip]
    assert {
        "symbol": "tip",
        "chainName": "ETH",
        "chainProtocol": "erc20",
        "amount": "10.61",
        "createdAt": "2024-11-20 15:06:55",
        "status": 1,
        "explorer": "1" + tip[1]["txId"],
        "internalType": 0,
        "lockAccount": False,
        "noDepositMsg": None,
    }.items() <= tip[1].items()
    pages = [
        me.ask("deposits", limit=4)["depositList"],
        me.ask("deposits", limit=4, fromId=rows[3]["id"])["depositList"],
    ]
    assert rows[:4] == pages[0]
    assert rows[3:7] == pages[1]
    assert rows[-2:] == me.ask("deposits", startDate="2024-11-20 15:06:55", endDate="2024-11-20")["depositList"]
    assert rows[:-2] == me.ask("deposits", startDate="2024-11-19", endDate="2024-11-19 15:06:55")["depositList"]
    nothing: dict[str, Any] = {"depositList": [], "externalId": "x", "label": None}
    assert nothing == me.ask("deposits", externalId="x", label="")


WITHDRAWAL = {"currencyCode": "USDT", "amount": "100.5", "address": "T1", "chainType": "trc20"}


def test_withdrawal_holds_its_money_until_it_is_cancelled(me: Trader) -> None:
    """Amount and fee are frozen while it waits, and free again afterwards."""
    before = me.balance("USDT")
    number = me.ask("withdraw", **WITHDRAWAL, tag="")["id"]
    during = me.balance("USDT")
    [waiting] = me.ask("withdrawals")["withdrawList"]
    cancelled = me.ask("cancelWithdrawal", withdrawId=number)
    [row] = me.ask("withdrawals", currencyCode="USDT")["withdrawList"]

    assert (before[0] - D("101.5"), before[1] + D("101.5")) == during
    assert {
        "id": number,
        "symbol": "USDT",
        "amount": "100.5",
        "fee": "1",
        "createdAt": "2024-11-19 15:06:55",
        "status": 0,
        "showStatus": 1,
        "explorer": "https://explorer.invalid/txinfo/",
        "txId": None,
        "addressTo": "T1",
        "tag": None,
        "chainName": "TRX",
        "chainProtocol": "trc20",
        "internalType": 0,
    } == waiting
    assert ({"id": number}, 6) == (cancelled, row["status"])
    assert before == me.balance("USDT")
    assert BAD_FORMAT == me.refused("cancelWithdrawal", withdrawId=number)


def test_withdrawal_is_done_when_the_venue_paid_it_out(me: Trader) -> None:
    """The money is gone, the transaction has a hash, and it cannot be cancelled any more."""
    before = me.balance("USDT")
    number = me.ask("withdraw", **WITHDRAWAL)["id"]
    me.venue.exchange.complete_movement(number)

    [row] = me.ask("withdrawals")["withdrawList"]

    assert (5, 2, 64) == (row["status"], row["showStatus"], len(row["txId"]))
    assert (before[0] - D("101.5"), before[1]) == me.balance("USDT")
    assert BAD_FORMAT == me.refused("cancelWithdrawal", withdrawId=number)


@pytest.mark.parametrize(
    ("change", "status", "code", "situation"),
    [
        ({"amount": "2000000"}, 200, 3113, "insufficient-funds"),
        ({"amount": "100.0000001"}, 200, 3104, "precision"),
        ({"amount": "9.999999"}, 400, 400, "below-minimum"),
        ({"amount": "-1"}, 400, 400, "bad-parameter"),
        ({"address": ""}, 400, 400, "missing-parameter"),
        ({"chainType": "mars"}, 400, 400, "bad-parameter"),
        ({"currencyCode": "NOPE"}, 400, 400, "bad-parameter"),
        ({"currencyCode": "EOS", "chainType": "eos"}, 400, 400, "missing-parameter"),
    ],
)
def test_withdrawal_is_refused_when_it_breaks_a_rule(
    me: Trader, change: dict[str, str], status: int, code: int, situation: str
) -> None:
    """Each refusal has its code and status, and holds nothing."""
    answer = me.refused("withdraw", **{**WITHDRAWAL, **change})

    assert (status, code, situation) == (answer[0], answer[1]["code"], me.venue.requests[-1].situation)
    assert [] == me.ask("withdrawals")["withdrawList"]


# Transfers

TRANSFER = {"type": "0", "currencyCode": "USDT", "amount": "100", "from_": "1", "to": "2"}


def held(me: Trader, user: str, account: str) -> Decimal:
    return me.venue.exchange.balance(user, "USDT", account=account).free


def test_transfer_moves_money_between_accounts_and_users(me: Trader) -> None:
    """Spot to contract and back, and between parent and sub account from any account to any."""
    steps: list[dict[str, str]] = [
        {},
        {"from_": "2", "to": "1", "amount": "30"},
        {"type": "1", "from_": "1", "to": "1", "subAccount": SUB_ACCOUNT, "amount": "5"},
        {"type": "1", "from_": "2", "to": "2", "subAccount": SUB_ACCOUNT, "amount": "7"},
        {"type": "2", "from_": "2", "to": "1", "subAccount": SUB_ACCOUNT, "amount": "4"},
    ]
    start = me.balance("USDT")[0]
    for step in steps:
        me.ask("transfer", **{**TRANSFER, **step})

    tester = me.venue.user
    assert start - 100 + 30 - 5 + 4 == me.balance("USDT")[0] == held(me, tester, "spot")
    assert 100 - 30 - 7 == held(me, tester, "futures")
    assert (D(5), D(7 - 4)) == (held(me, SUB_ACCOUNT, "spot"), held(me, SUB_ACCOUNT, "futures"))


FIELD_MISSING = {"code": 101040502, "msg": "request field missing", "data": None}


@pytest.mark.parametrize(
    ("change", "body"),
    [
        ({"amount": None}, FIELD_MISSING),
        ({"currencyCode": "NOPE"}, FIELD_MISSING),
        ({"type": "3"}, FIELD_MISSING),
        ({"from_": "2"}, FIELD_MISSING),
        ({"from_": 1}, FIELD_MISSING),
        ({"extra": "1"}, FIELD_MISSING),
        ({"type": "1"}, FIELD_MISSING),
        ({"type": "1", "subAccount": "nobody"}, FIELD_MISSING),
        ({"amount": "0"}, {"code": 102150400, "msg": "transfer failed", "data": None}),
        ({"amount": "2000000"}, {"code": 102150808, "msg": "insufficient balance or duplicate order", "data": None}),
        (
            {"type": "2", "from_": "1", "to": "1", "subAccount": SUB_ACCOUNT},
            {"code": 102150808, "msg": "insufficient balance or duplicate order", "data": None},
        ),
    ],
)
def test_transfer_is_refused_with_codes_of_its_own(me: Trader, change: dict[str, Any], body: Any) -> None:
    """It writes msg and null data, with HTTP 200, and moves nothing."""
    before = me.ask("balances")
    arguments = {name: value for name, value in {**TRANSFER, **change}.items() if value is not None}

    assert (200, body) == me.refused("transfer", **arguments)
    assert before == me.ask("balances")


def test_transfer_is_refused_like_everything_else_when_it_is_not_signed_right(me: Trader) -> None:
    """The codes of its own are for its fields."""
    answer = me.raw("POST", "/api/v1/future/transfer", body=b"{}", x_cs_sign="0" * 64)

    assert {"message": "Unauthorized", "code": 1401} == answer.json()


# The balances


def test_balances_have_two_rows_for_each_currency(me: Trader) -> None:
    """Frozen and available amounts stand apart, as decimal text."""
    me.place(price="50000", quantity="0.01")

    rows = [row for row in me.ask("balances") if row["currency"] == "USDT"]

    owner = {"uid": 315, "accountId": 1138204, "currency": "USDT"}
    assert [
        {**owner, "balance": "500", "type": 4, "typeName": "FROZEN"},
        {**owner, "balance": "999500", "type": 1, "typeName": "AVAILABLE"},
    ] == rows
    assert {"USDT", "BTC"} <= {row["currency"] for row in me.ask("balances")}


# Sameness and robustness


def a_session(http: httpx.Client, seed: int) -> list[bytes]:
    """What one venue answers to a round of calls."""
    with simulate("coinstore", seed=seed, now=lambda: NOW) as venue:
        me = Trader(venue, http)
        answers = [me.send(name, **documented_request(name)) for name in sorted(OPERATIONS)]
        answers += [me.send("placeOrder", **{**LIMIT, "ordPrice": "55010"}), me.send("fills", symbol="BTCUSDT")]
        answers += [me.send("openOrders"), me.send("withdrawals"), me.send("balances")]
    return [answer.content for answer in answers]


def test_answers_are_the_same_bytes_when_seed_clock_and_calls_are_the_same(http: httpx.Client) -> None:
    """Made-up ids, addresses and hashes repeat; another seed has another market."""
    first, second, other = a_session(http, 3), a_session(http, 3), a_session(http, 4)

    assert first == second
    assert first != other


DEEP = b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}"
HOSTILE_BODIES = [
    b"",
    b"null",
    b"[]",
    b'""',
    b"0",
    b"{",
    b"{}{}",
    b'{"symbol":"BTCUSDT","symbol":"BTCUSDT"}',
    b'{"symbol":null}',
    b'{"symbol":["BTCUSDT"]}',
    b'{"symbol":"\\ud800","orderIds":[1]}',
    b'{"symbol":"BTCUSDT","orderIds":[1.0]}',
    b'{"symbol":"BTCUSDT","orderIds":[1e400]}',
    b'{"symbol":"BTCUSDT","orderIds":[99999999999999999999999999]}',
    b'{"symbol":"BTCUSDT","orderIds":[true]}',
    b'{"symbol":"BTCUSDT","orderIds":["1"]}',
    b'{"symbol":"BTCUSDT","orderIds":[NaN]}',
    b'{"symbol":"BTCUSDT","ordId":-9223372036854775808}',
    b'{"symbol":"BTCUSDT","clientOrderIds":["\\u0000","\xc3\xa9",""]}',
    b'{"symbol":"BTCUSDT","clientOrderIds":[{}]}',
    b'{"symbol":"BTCUSDT","timestamp":1,"orders":[{"side":"BUY","ordType":"LIMIT","ordPrice":"1e99","ordQty":"1"}]}',
    b'{"symbol":"BTCUSDT","timestamp":1,"orders":[{"side":"BUY","ordType":"LIMIT","ordPrice":"NaN","ordQty":"1"}]}',
    b'{"symbol":"BTCUSDT","timestamp":1,"orders":[{"side":"BUY","ordType":"MARKET","ordAmt":"999999999999999999"}]}',
    b'{"symbol":"BTCUSDT","timestamp":1,"orders":[{"side":"BUY","ordType":"LIMIT","ordPrice":"0","ordQty":"0"}]}',
    b'{"symbol":"BTCUSDT","timestamp":1,"orders":[{}]}',
    b'{"symbol":"BTCUSDT","timestamp":1,"orders":[1]}',
    b'{"symbolIds":[-1]}',
    b'{"symbolIds":[4.0]}',
    b'{"symbolCodes":["' + b"A" * 100_000 + b'"]}',
    b'{"startDate":"0001-01-01","endDate":"9999-12-31 23:59:59"}',
    b'{"startDate":"2024-01-01T00:00:00Z"}',
    b'{"fromId":-5,"limit":1000}',
    b'{"limit":1E3}',
    b'{"currencyCode":"\xef\xbf\xbf","chain":"TRX"}',
    b'{"currencyCode":"USDT","amount":"0.000000000000000001","address":"a","chainType":"trc20"}',
    b'{"withdrawId":0}',
    b'{"type":"0","currencyCode":"USDT","amount":"1","from":"1","to":"1"}',
    DEEP,
    b"\xff\xfe",
    b"\x00",
]


@pytest.mark.parametrize(
    "path", [path for method, path, node in OPERATIONS.values() if method == "POST"], ids=lambda path: path[5:]
)
def test_venue_keeps_its_head_when_bodies_are_hostile(me: Trader, path: str) -> None:
    """No body makes the venue fail; what it refuses is a refusal in its own form."""
    answers = [me.raw("POST", path, body=body) for body in HOSTILE_BODIES]

    assert [] == [answer.text for answer in answers if answer.status_code >= 500]
    refused = [answer for answer in answers if answer.json()["code"] not in (0, "0")]
    assert [] == [problem for answer in refused for problem in problems(REFUSAL, answer.content)]
    assert not {"internal", None} & {r.situation for r in me.venue.requests if r.status >= 400}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/v1/market/depth/BTCUSDT", "depth=5&depth=5"),
        ("/api/v1/market/depth/BTCUSDT", "depth=+5"),
        ("/api/v1/market/depth/BTCUSDT", "depth=5_0"),
        ("/api/v1/market/depth/BTCUSDT", "depth=%D9%A5"),
        ("/api/v1/market/depth/%FF", ""),
        ("/api/v1/market/depth/%00", ""),
        ("/api/v1/market/depth/..%2F..%2Fetc", ""),
        ("/api/v1/market/depth/", ""),
        ("/api/v1/market/depth/BTCUSDT/", ""),
        ("/api/v1/market/depth/BTCUSDT", "%zz=1"),
        ("/api/v1/market/depth/BTCUSDT", "&&&"),
        ("/api/v1/market/depth/BTCUSDT", "="),
        ("/api/v1/market/kline/BTCUSDT", "size=-1"),
        ("/api/v1/market/kline/BTCUSDT", "size=1e3"),
        ("/api/v1/market/trade/BTCUSDT", "size=99999999999999999999999"),
        ("/api/v1/ticker/price;symbol=", ""),
        ("/api/v1/ticker/price;symbol=,", ""),
        ("/api/v1/ticker/price;symbol=BTCUSDT;symbol=EOSUSDT", ""),
        ("/api/v1/ticker/price;symbol=%2C%2C", ""),
        ("/api/v1/ticker/price;SYMBOL=BTCUSDT", ""),
        ("/api/trade/match/accountMatches", "symbol=BTCUSDT&pageNum=9223372036854775807&pageSize=9223372036854775807"),
        ("/api/trade/order/orderInfo", "ordId=-0"),
        ("/api/trade/order/orderInfo", "ordId=1&ordId=2"),
        ("/api/v2/trade/order/orderInfo", "clOrdId="),
        ("/api/v2/trade/order/active", "clOrdId=%F0%9F%92%B0"),
        ("/nowhere", ""),
        ("/", ""),
        ("//api//spot", ""),
    ],
)
def test_venue_keeps_its_head_when_paths_and_queries_are_hostile(me: Trader, path: str, query: str) -> None:
    """Nothing makes the venue fail, and nothing is guessed at."""
    answer = me.raw("GET", path, query)

    assert answer.status_code < 500, answer.text
    if answer.json()["code"] != 0:
        assert [] == problems(REFUSAL, answer.content)


def test_get_with_a_body_is_refused_although_it_is_signed(me: Trader) -> None:
    """Parameters of a GET stand in the query, whatever one of the document's samples does."""
    answer = me.raw("GET", "/api/v2/trade/order/active", body=b"symbol=btcusdt")

    assert BAD_FORMAT == (answer.status_code, answer.json())


def test_refusals_are_http_errors_when_the_dialect_is_strict(http: httpx.Client) -> None:
    """Codes stay, and no refusal hides behind HTTP 200."""
    with simulate("coinstore", dialect="strict", now=lambda: NOW) as venue:
        me = Trader(venue, http)
        refusals = [me.refused("order", ordId=1), me.refused("placeOrder", **{**LIMIT, "symbol": "NOUSDT"})]
        signed_wrong = me.raw("POST", "/api/spot/accountList", body=b"{}", x_cs_sign="0" * 64)

    assert [(404, 3103), (400, 3011)] == [(status, body["code"]) for status, body in refusals]
    assert (401, 1401) == (signed_wrong.status_code, signed_wrong.json()["code"])
