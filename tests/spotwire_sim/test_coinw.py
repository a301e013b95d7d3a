"""The simulated CoinW over HTTP, asked with plain httpx and signed by hand."""

from __future__ import annotations

import hashlib
import http.client
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
import pytest
import yaml

from generator.rules import Closed
from spotwire_sim import SimulatedVenue, simulate
from spotwire_sim.call import Call, Denied
from spotwire_sim.exchange import MARKET_MAKER, Side, SymbolStatus
from spotwire_sim.faces import Desk
from spotwire_sim.faces.coinw import FACE, verify
from spotwire_sim.spec import load
from spotwire_sim.wire import decode_pairs

SPEC = Path(__file__).parents[2] / "specs" / "coinw"
ROOT: dict[str, Any] = yaml.safe_load((SPEC / "openapi.yaml").read_text(encoding="utf-8"))
# Admits nothing undocumented, whatever the schemas leave open.
CLOSED = Closed(ROOT)
NODES = {
    node["operationId"]: (path.partition("command=")[2], verb, node)
    for path, item in ROOT["paths"].items()
    for verb, node in item.items()
}

# 2025-03-12 09:37:31.663 UTC, the time of an order that the documentation prints.
NOW = 1_741_772_251_663
DAY = 86_400_000

PUBLIC, PRIVATE = "/api/v1/public", "/api/v1/private"
HTTP = httpx.Client()


@pytest.fixture(scope="module")
def running() -> Iterator[SimulatedVenue]:
    with HTTP, simulate("coinw", limits=False, now=lambda: NOW) as venue:
        yield venue


@pytest.fixture
def venue(running: SimulatedVenue) -> SimulatedVenue:
    running.reset()
    return running


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest().upper()


def sign_by_hand(venue: SimulatedVenue, params: dict[str, str]) -> dict[str, str]:
    """Return what goes into the query beside the command."""
    given = {**params, "api_key": venue.api_key}
    text = "&".join(f"{name}={given[name]}" for name in sorted(given))
    return {**given, "sign": md5(f"{text}&secret_key={venue.api_secret}")}


def get(venue: SimulatedVenue, command: str, **params: str) -> httpx.Response:
    return HTTP.get(f"{venue.url}{PUBLIC}?{urlencode({'command': command, **params})}")


def send(venue: SimulatedVenue, command: str, given: dict[str, str]) -> httpx.Response:
    query = urlencode({"command": command, **given}, quote_via=quote)
    return HTTP.post(f"{venue.url}{PRIVATE}?{query}", headers={"Content-Type": "application/json"})


def post(venue: SimulatedVenue, command: str, **params: str) -> httpx.Response:
    return send(venue, command, sign_by_hand(venue, params))


def data(response: httpx.Response) -> Any:
    """Return the payload of a success, with every digit kept."""
    answer = json.loads(response.content, parse_float=Decimal)
    assert answer["code"] == "200", answer
    return answer["data"]


def refusal(venue: SimulatedVenue, response: httpx.Response) -> tuple[int, Any, str | None]:
    """Return HTTP status, code and situation of a refusal, of which the whole envelope is checked."""
    answer = response.json()
    assert list(answer) == ["code", "data", "msg", "success", "failed"]
    assert (answer["data"], answer["success"], answer["failed"]) == (None, False, True)
    assert isinstance(answer["msg"], str)
    return response.status_code, answer["code"], venue.requests[-1].situation


LIMIT = {"symbol": "BTC_USDT", "type": "0", "amount": "0.01", "rate": "30000", "isMarket": "false"}


def place(venue: SimulatedVenue, out_trade_no: str, **changes: str) -> int:
    number: int = data(post(venue, "doTrade", **{**LIMIT, "out_trade_no": out_trade_no, **changes}))["orderNumber"]
    return number


def market(venue: SimulatedVenue, out_trade_no: str, side: str, **size: str) -> int:
    params = {"symbol": "BTC_USDT", "type": side, "isMarket": "true", "out_trade_no": out_trade_no, **size}
    number: int = data(post(venue, "doTrade", **params))["orderNumber"]
    return number


def money(venue: SimulatedVenue) -> dict[str, tuple[Decimal, Decimal]]:
    rows = data(post(venue, "returnCompleteBalances")).items()
    return {asset: (Decimal(row["available"]), Decimal(row["onOrders"])) for asset, row in rows}


# Signatures

KEY, SECRET = "11111111-2222-3333-4444-555555555555", "SECRET0123456789ABCDEF"
DOCS_2021 = "c821db84-6fbd-11e4-a9e3-c86000d26d7c"

# Origin, key, secret, parameters as sent, text that is signed, signature.
VECTORS = [
    (
        "JKorf/CoinW.Net",
        "XXX",
        "XXX",
        "symbol=LTCBTC",
        "api_key=XXX&symbol=LTCBTC&secret_key=XXX",
        "AD26D501953EC615636AC668146268B4",
    ),
    (
        "zhuco/rustcta",
        "key",
        "secret",
        "symbol=BTC_USDT&amount=0.01",
        "amount=0.01&api_key=key&symbol=BTC_USDT&secret_key=secret",
        "1F739D1FCDD9E1A86F45D47630B27909",
    ),
    (
        "the venue's documentation of 2021, which prints the text; computed with openssl",
        DOCS_2021,
        "secretKey",
        "price=680&amount=1.0&symbol=btc_cny&type=0",
        f"amount=1.0&api_key={DOCS_2021}&price=680&symbol=btc_cny&type=0&secret_key=secretKey",
        "FF7C47DE0ABBC71C1ED40C5C4FFEFCF0",
    ),
    (
        "no parameters; computed with openssl",
        KEY,
        SECRET,
        "",
        f"api_key={KEY}&secret_key={SECRET}",
        "1AC4152E9BF771AB98335FE0DA501103",
    ),
    (
        "a limit order, names after secret_key in the alphabet; computed with openssl",
        KEY,
        SECRET,
        "symbol=BTC_USDT&type=0&amount=0.01&rate=25000.5&isMarket=false&out_trade_no=test-0001",
        f"amount=0.01&api_key={KEY}&isMarket=false&out_trade_no=test-0001&rate=25000.5&symbol=BTC_USDT&type=0&secret_key={SECRET}",
        "88F9EC3B66BEC0E8D4B88EC6C5F02467",
    ),
    (
        "an order id; computed with openssl",
        KEY,
        SECRET,
        "orderNumber=4624603081039753080",
        f"api_key={KEY}&orderNumber=4624603081039753080&secret_key={SECRET}",
        "F7964099D2AFBC54BB4E0F6725ACCE37",
    ),
    (
        "empty values, kept; computed with openssl",
        KEY,
        SECRET,
        "currencyPair=BTC_USDT&startAt=&endAt=",
        f"api_key={KEY}&currencyPair=BTC_USDT&endAt=&startAt=&secret_key={SECRET}",
        "859289594180133D2E1A4960C8CA70A6",
    ),
]
ORIGINS = [vector[0] for vector in VECTORS]


def check(key: str, secret: str, query: str) -> str:
    """Let the face check a query against credentials; return the situation or `accepted`."""
    desk = Desk(FACE, load("coinw"), clock=simulate("coinw").clock, seed=0)
    desk.api_key, desk.api_secret = key, secret
    pairs = decode_pairs(f"command=doTrade&{query}".encode())
    operation, _, pairs = desk.spec.router.find("POST", PRIVATE, pairs)
    try:
        verify(desk, Call(operation, "POST", query.encode(), {}, b"", pairs))
    except Denied as denied:
        return denied.situation
    return "accepted"


@pytest.mark.parametrize(("origin", "key", "secret", "sent", "text", "signature"), VECTORS, ids=ORIGINS)
def test_signature_is_accepted_when_it_is_a_known_one(
    origin: str, key: str, secret: str, sent: str, text: str, signature: str
) -> None:
    """Published signatures and those computed with openssl are right, wherever `sign` and `api_key` stand in the query."""
    rest = f"&{sent}" if sent else ""

    assert md5(text) == signature
    assert check(key, secret, f"sign={signature}{rest}&api_key={key}") == "accepted"
    assert check(key, secret, f"api_key={key}{rest}&sign={signature}") == "accepted"


CW_ORDER = "symbol=BTC_USDT&type=0&amount=0.01&rate=25000.5&isMarket=false&out_trade_no=test-0001"


@pytest.mark.parametrize(
    ("sent", "signature"),
    [
        pytest.param(CW_ORDER, "68D2A3A66479121781D648C288ACE863", id="the command is signed too"),
        pytest.param(CW_ORDER, "8B5E0D13763802A45A27116CE1D73E7B", id="the secret is sorted in"),
        pytest.param(CW_ORDER, "88f9ec3b66bec0e8d4b88ec6c5f02467", id="lower case"),
        pytest.param(CW_ORDER.replace("0.01", "0.02"), "88F9EC3B66BEC0E8D4B88EC6C5F02467", id="another amount"),
        pytest.param(CW_ORDER + "&memo=1", "88F9EC3B66BEC0E8D4B88EC6C5F02467", id="a parameter more"),
        pytest.param(
            "currencyPair=BTC_USDT&startAt=&endAt=",
            "1FD2C7A61B0E97037D03C6255C48E214",
            id="empty values are sent and not signed",
        ),
    ],
)
def test_signature_is_refused_when_it_is_made_another_way(sent: str, signature: str) -> None:
    """What only looks like the signing of this venue is refused."""
    assert check(KEY, SECRET, f"{sent}&api_key={KEY}&sign={signature}") == "bad-signature"


def test_signature_is_of_decoded_text_when_a_value_is_encoded(venue: SimulatedVenue) -> None:
    """A memo with blanks, ampersands and umlauts is signed as it reads, not as it travels."""
    withdrawal = {"amount": "0.001", "currency": "BTC", "address": "1abc", "chain": "BTC", "memo": "a b,ü&c=d%"}
    encoded = {**withdrawal, "memo": quote(withdrawal["memo"])}
    wrong = {**sign_by_hand(venue, withdrawal), "sign": sign_by_hand(venue, encoded)["sign"]}

    assert data(post(venue, "doWithdraw", **withdrawal))["depositNumber"].isdigit()
    assert refusal(venue, send(venue, "doWithdraw", wrong)) == (200, 10007, "bad-signature")


def test_request_is_accepted_again_when_it_is_replayed_a_year_later(venue: SimulatedVenue) -> None:
    """Nothing in the signature ages or is used up."""
    given = sign_by_hand(venue, {})
    first = send(venue, "returnBalances", given)
    venue.clock.offset = 365 * DAY

    assert data(send(venue, "returnBalances", given)) == data(first)


@pytest.mark.parametrize(
    ("change", "code", "situation"),
    [
        pytest.param({"api_key": None}, 10006, "missing-key", id="no key"),
        pytest.param({"api_key": ""}, 10006, "missing-key", id="empty key"),
        pytest.param({"api_key": "somebody"}, 10006, "bad-key", id="unknown key"),
        pytest.param({"api_key": "schlüssel"}, 10006, "bad-key", id="key outside ASCII"),
        pytest.param({"sign": None}, 10007, "missing-signature", id="no signature"),
        pytest.param({"sign": ""}, 10007, "missing-signature", id="empty signature"),
        pytest.param({"sign": 32 * "0"}, 10007, "bad-signature", id="wrong signature"),
        pytest.param({"sign": "ü"}, 10007, "bad-signature", id="signature outside ASCII"),
        pytest.param({"currencyPair": "ETH_USDT"}, 10007, "bad-signature", id="changed on the way"),
    ],
)
def test_request_is_refused_when_it_is_not_signed_right(
    venue: SimulatedVenue, change: dict[str, str | None], code: int, situation: str
) -> None:
    """Key and signature have a code each; the HTTP status stays 200."""
    given = {**sign_by_hand(venue, {"currencyPair": "BTC_USDT"}), **change}
    kept = {name: value for name, value in given.items() if value is not None}

    assert refusal(venue, send(venue, "returnOpenOrders", kept)) == (200, code, situation)


# Refusals


@pytest.mark.parametrize(
    ("changes", "code", "situation"),
    [
        pytest.param({"symbol": "TST_TST"}, -3, "unknown-symbol", id="unknown symbol"),
        pytest.param({"symbol": "BTCUSDT"}, -3, "unknown-symbol", id="symbol spelled another way"),
        pytest.param({"rate": "30000.001"}, -103, "precision", id="price between ticks"),
        pytest.param({"amount": "0.00015"}, -103, "precision", id="quantity between lots"),
        pytest.param({"amount": "0.0001"}, -103, "below-minimum", id="worth less than five dollars"),
        pytest.param({"amount": "10000000"}, -103, "above-maximum", id="more than the largest quantity"),
        pytest.param({"amount": "9999999"}, -103, "above-maximum", id="worth more than the largest amount"),
        pytest.param({"rate": "100000000", "amount": "0.0001"}, -103, "price-range", id="price above the highest"),
        pytest.param({"amount": "1000"}, 200005, "insufficient-funds", id="more than the account holds"),
        pytest.param({"type": "1", "amount": "11"}, 200005, "insufficient-funds", id="selling more than it holds"),
        pytest.param({"amount": "0"}, 10003, "bad-parameter", id="quantity of zero"),
        pytest.param({"amount": "-1"}, 10003, "bad-parameter", id="negative quantity"),
        pytest.param({"amount": "1e-2"}, 10003, "bad-parameter", id="quantity with an exponent"),
        pytest.param({"type": "2"}, 10003, "bad-parameter", id="unknown side"),
        pytest.param({"type": "buy"}, 10003, "bad-parameter", id="side in words"),
        pytest.param({"isMarket": "True"}, 10003, "bad-parameter", id="boolean as Python writes it"),
        pytest.param({"isMarket": "1"}, 10003, "bad-parameter", id="boolean as a number"),
        pytest.param({"out_trade_no": 51 * "x"}, 10003, "bad-parameter", id="client order id too long"),
        pytest.param({"out_trade_no": "a b"}, 10003, "bad-parameter", id="client order id with a blank"),
        pytest.param({"out_trade_no": ""}, 10003, "missing-parameter", id="client order id empty"),
        pytest.param({"price": "1"}, 10003, "unknown-parameter", id="unknown parameter"),
        pytest.param({"amount": None}, 10003, "missing-parameter", id="limit order without quantity"),
        pytest.param({"rate": None}, 10003, "missing-parameter", id="limit order without price"),
        pytest.param({"symbol": None}, 10003, "missing-parameter", id="no symbol"),
        pytest.param({"isMarket": "true"}, 10003, "missing-parameter", id="market buy without funds"),
        pytest.param({"isMarket": "true", "type": "1", "amount": None}, 10003, "missing-parameter", id="sell nothing"),
        pytest.param({"isMarket": "true", "funds": "4.99"}, -103, "below-minimum", id="market buy for too little"),
        pytest.param({"isMarket": "true", "funds": "99999999.1"}, -103, "above-maximum", id="market buy for too much"),
    ],
)
def test_order_is_refused_when_it_breaks_a_rule(
    venue: SimulatedVenue, changes: dict[str, str | None], code: int, situation: str
) -> None:
    """Each refusal has the documented code in the whole envelope, status 200, and changes no balance."""
    before = money(venue)
    given = {**LIMIT, "out_trade_no": "refused", **changes}
    params = {name: value for name, value in given.items() if value is not None}

    assert refusal(venue, post(venue, "doTrade", **params)) == (200, code, situation)
    assert money(venue) == before


def test_order_is_refused_when_its_client_order_id_was_used(venue: SimulatedVenue) -> None:
    """A client order id stays used after its order was cancelled."""
    number = place(venue, "once")
    post(venue, "cancelOrder", orderNumber=str(number))

    response = post(venue, "doTrade", **LIMIT, out_trade_no="once")

    assert refusal(venue, response) == (200, -103, "duplicate-client-order-id")


def test_market_order_is_refused_when_the_book_is_empty(venue: SimulatedVenue) -> None:
    """A market order needs somebody to trade with."""
    venue.exchange.cancel_all(MARKET_MAKER, symbol="BTC_USDT")
    order = {"symbol": "BTC_USDT", "type": "0", "isMarket": "true", "funds": "100", "out_trade_no": "alone"}

    assert refusal(venue, post(venue, "doTrade", **order)) == (200, -103, "no-opposite-order")
    assert data(get(venue, "returnOrderBook", symbol="BTC_USDT")) == {"asks": [], "bids": [], "pair": "BTC_USDT"}
    assert data(get(venue, "returnTicker"))["BTC_USDT"]["lowestAsk"] == "0.0000"


def test_symbol_is_disabled_when_it_is_halted(venue: SimulatedVenue) -> None:
    """Both lists of symbols say so, and orders are refused."""
    venue.exchange.set_status("BTC_USDT", SymbolStatus.HALTED)

    assert refusal(venue, post(venue, "doTrade", **LIMIT, out_trade_no="halted")) == (200, -3, "unknown-symbol")
    assert [row["state"] for row in data(get(venue, "returnSymbol"))] == [2, 1, 1, 1]
    assert data(get(venue, "returnTicker"))["BTC_USDT"]["isFrozen"] == 1


@pytest.mark.parametrize(
    ("command", "params", "code", "situation"),
    [
        ("nothing", {}, 10002, "unknown-path"),
        ("returnBalances", {}, 10002, "unknown-path"),
        ("returnTicker", {"symbol": "BTC_USDT"}, 10003, "unknown-parameter"),
        ("returnTicker", {"api_key": "sim-key-coinw"}, 10003, "unknown-parameter"),
        ("returnOrderBook", {}, 10003, "missing-parameter"),
        ("returnOrderBook", {"symbol": ""}, -3, "unknown-symbol"),
        ("returnOrderBook", {"symbol": "TST_TST"}, -3, "unknown-symbol"),
        ("returnOrderBook", {"symbol": "BTC_USDT", "size": "10"}, 10003, "bad-parameter"),
        ("returnOrderBook", {"symbol": "BTC_USDT", "size": "٥"}, 10003, "bad-parameter"),
        ("returnTradeHistory", {"symbol": "TSTTST"}, -3, "unknown-symbol"),
        ("returnTradeHistory", {"symbol": "BTC_USDT", "start": "1_000"}, 10003, "bad-parameter"),
        ("returnTradeHistory", {"symbol": "BTC_USDT", "start": ""}, 10003, "bad-parameter"),
        ("returnChartData", {"currencyPair": "BTC_USDT", "period": "61"}, 10003, "bad-interval"),
        ("returnChartData", {"currencyPair": "BTC_USDT", "period": "5m"}, 10003, "bad-interval"),
        ("returnChartData", {"currencyPair": "TST_TST", "period": "60"}, -3, "unknown-symbol"),
    ],
)
def test_public_request_is_refused_when_it_is_wrong(
    venue: SimulatedVenue, command: str, params: dict[str, str], code: int, situation: str
) -> None:
    """Public commands check their parameters as strictly; a private one is not found with GET."""
    assert refusal(venue, get(venue, command, **params)) == (200, code, situation)


@pytest.mark.parametrize(
    ("command", "params", "code", "situation"),
    [
        ("returnTicker", {}, 10002, "unknown-path"),
        ("cancelOrder", {"orderNumber": "4624385377826472939"}, -103, "unknown-order"),
        ("cancelOrder", {"orderNumber": "1e19"}, -103, "unknown-order"),
        ("cancelOrder", {"orderNumber": 5000 * "9"}, -103, "unknown-order"),
        ("cancelOrder", {}, 10003, "missing-parameter"),
        ("returnOrderTrades", {"orderNumber": "1"}, -103, "unknown-order"),
        ("returnOrderStatus", {"orderNumber": "1"}, -103, "unknown-order"),
        ("cancelAllOrder", {"currencyPair": "TST_TST"}, -3, "unknown-symbol"),
        ("returnOpenOrders", {"currencyPair": "TST_TST"}, -3, "unknown-symbol"),
        ("returnOpenOrders", {"currencyPair": "BTC_USDT", "startAt": ""}, 10003, "bad-parameter"),
        ("returnUTradeHistory", {"currencyPair": "TST_TST"}, -3, "unknown-symbol"),
        ("getUserTrades", {"symbol": "TST_TST"}, -3, "unknown-symbol"),
        ("getUserTrades", {"limit": "0"}, 10003, "bad-parameter"),
        ("getUserTrades", {"limit": "101"}, 10003, "bad-parameter"),
        ("returnBalances", {"timestamp": "1741772251663"}, 10003, "unknown-parameter"),
        ("returnDepositsWithdrawals", {"symbol": "DOGE"}, -3, "unknown-symbol"),
        ("returnDepositAddresses", {"symbolId": "1", "chain": "BTC"}, -3, "unknown-symbol"),
        ("returnDepositAddresses", {"symbolId": "50", "chain": "TRC20"}, -3, "unknown-symbol"),
        ("cancelWithdraw", {"id": "1"}, -103, "unknown-order"),
    ],
)
def test_private_request_is_refused_when_it_is_wrong(
    venue: SimulatedVenue, command: str, params: dict[str, str], code: int, situation: str
) -> None:
    """What does not exist is refused, and a public command is not found with POST."""
    assert refusal(venue, post(venue, command, **params)) == (200, code, situation)


@pytest.mark.usefixtures("venue")
def test_refusal_has_a_status_of_its_own_when_the_dialect_is_strict() -> None:
    """The strict dialect answers with the same body and HTTP 4xx."""
    with simulate("coinw", dialect="strict") as strict:
        assert refusal(strict, send(strict, "returnBalances", {})) == (401, 10006, "missing-key")
        assert refusal(strict, get(strict, "returnOrderBook")) == (400, 10003, "missing-parameter")
        assert refusal(strict, post(strict, "cancelOrder", orderNumber="1")) == (404, -103, "unknown-order")


# Orders


def test_order_is_found_everywhere_when_it_is_open_and_then_cancelled(venue: SimulatedVenue) -> None:
    """An order goes from the open ones to the history, with the money it held given back."""
    before = money(venue)

    number = place(venue, "round-trip")

    free, locked = before["USDT"]
    assert money(venue) == {**before, "USDT": (free - 300, locked + 300)}
    assert data(post(venue, "returnOpenOrders", currencyPair="BTC_USDT")) == [
        {
            "orderNumber": number,
            "date": NOW,
            "startingAmount": "300.00",
            "total": "0.0100",
            "type": "buy",
            "prize": "30000.00",
            "success_count": "0.0000",
            "success_amount": "0.00",
            "status": 1,
        }
    ]
    assert data(post(venue, "returnOrderTrades", orderNumber=str(number))) == {
        "tradeID": number,
        "currencyPair": "BTC_USDT",
        "type": "buy",
        "amount": "300.00",
        "success_amount": "0.00",
        "total": "0.0100",
        "success_total": "0.0000",
        "fee": "0.00",
        "date": "2025-03-12 17:37:31",
        "status": 1,
    }
    assert data(post(venue, "returnUTradeHistory", currencyPair="BTC_USDT")) == []

    assert data(post(venue, "cancelOrder", orderNumber=str(number))) == {"clientOrderId": number}

    assert money(venue) == before
    assert data(post(venue, "returnOpenOrders", currencyPair="BTC_USDT")) == []
    assert data(post(venue, "returnOrderStatus", orderNumber=str(number))) == {
        "status": 4,
        "currencyPair": "BTC_USDT",
        "date": "2025-03-12 17:37:31",
        "total": "0.0100",
        "type": "buy",
        "startingAmount": "300.00",
    }
    assert data(post(venue, "returnUTradeHistory", currencyPair="BTC_USDT")) == [
        {
            "tradeID": number,
            "date": NOW,
            "amount": "300.00",
            "total": "0.0100",
            "fee": "0.00",
            "type": "buy",
            "prize": "30000.00",
            "success_count": "0.0000",
            "success_amount": "0.00",
            "status": 4,
            "out_trade_no": "round-trip",
        }
    ]
    assert refusal(venue, post(venue, "cancelOrder", orderNumber=str(number))) == (200, -103, "unknown-order")


def test_order_is_filled_when_it_crosses_the_book(venue: SimulatedVenue) -> None:
    """It trades at the best ask, the fee is taken off what is received, and the balances add up."""
    before = money(venue)
    best, _ = data(get(venue, "returnOrderBook", symbol="BTC_USDT"))["asks"][0]
    paid = Decimal(best) * Decimal("0.01")

    number = place(venue, "taker", rate="60000")

    after = money(venue)
    assert after["USDT"] == (before["USDT"][0] - paid, before["USDT"][1])
    assert after["BTC"] == (before["BTC"][0] + Decimal("0.00999"), before["BTC"][1])
    found = data(post(venue, "returnOrderTrades", orderNumber=str(number)))
    assert (found["status"], found["amount"], found["total"]) == (3, "0.00", "0.0000")
    assert (found["success_total"], found["fee"]) == ("0.0100", "0.00001")
    assert found["success_amount"] == str(paid)[: str(paid).index(".") + 3]
    latest = data(get(venue, "returnTradeHistory", symbol="BTC_USDT"))[0]
    (fill,) = data(post(venue, "getUserTrades", symbol="BTC_USDT"))["list"]
    assert fill == {
        "orderType": "LIMIT",
        "orderId": number,
        "fee": "0.000010000000000000",
        "price": f"{Decimal(best):.18f}",
        "size": "0.010000000000000000",
        "side": "BUY",
        "time": NOW,
        "tradeId": latest["id"],
    }
    assert (latest["type"], latest["amount"], latest["time"]) == ("BUY", "0.01", "2025-03-12 17:37:31")
    assert (Decimal(latest["price"]), Decimal(latest["total"])) == (Decimal(best), paid)


def test_order_shows_both_parts_when_it_is_partially_filled_and_cancelled(venue: SimulatedVenue) -> None:
    """What was filled stays, what remained is given back."""
    price, quantity = data(get(venue, "returnOrderBook", symbol="BTC_USDT"))["asks"][0]
    size = Decimal(quantity) + 1
    number = place(venue, "part", rate=price.removesuffix("00"), amount=str(size))

    (row,) = data(post(venue, "returnOpenOrders", currencyPair="BTC_USDT"))
    shown = data(post(venue, "returnOrderTrades", orderNumber=str(number)))
    assert (row["status"], row["success_count"], row["total"]) == (2, quantity, f"{size:.4f}")
    assert (shown["total"], Decimal(shown["amount"])) == ("1.0000", Decimal(price))
    assert money(venue)["USDT"][1] == Decimal(price)
    assert [row["status"] for row in data(post(venue, "returnUTradeHistory", currencyPair="BTC_USDT"))] == [2]

    assert data(post(venue, "cancelAllOrder", currencyPair="BTC_USDT")) == {}

    assert data(post(venue, "returnOrderStatus", orderNumber=str(number)))["status"] == 4
    assert money(venue)["USDT"][1] == 0


def test_market_orders_are_filled_when_the_book_has_enough(venue: SimulatedVenue) -> None:
    """A purchase spends no more than its funds, a sale gives its amount; fills call both LIMIT."""
    before = money(venue)
    bought = market(venue, "buy", "0", funds="100", rate="1")
    middle = money(venue)
    sold = market(venue, "sell", "1", amount="0.001")
    after = money(venue)

    fills = data(post(venue, "getUserTrades"))["list"]
    spent, received = before["USDT"][0] - middle["USDT"][0], after["USDT"][0] - middle["USDT"][0]
    assert [(sold, "SELL"), (bought, "BUY")] == [(fill["orderId"], fill["side"]) for fill in fills]
    assert {fill["orderType"] for fill in fills} == {"LIMIT"}
    assert spent == Decimal(fills[1]["price"]) * Decimal(fills[1]["size"])
    assert 0 <= 100 - spent < 6
    assert received == Decimal(fills[0]["price"]) * Decimal("0.001") - Decimal(fills[0]["fee"])
    assert after["BTC"][0] == middle["BTC"][0] - Decimal("0.001")
    states = [data(post(venue, "returnOrderTrades", orderNumber=str(number))) for number in (bought, sold)]
    assert [(3, "0.00", "0.0000")] * 2 == [(row["status"], row["amount"], row["total"]) for row in states]
    history = data(post(venue, "returnUTradeHistory", currencyPair="BTC_USDT"))
    assert [("0.00", "0.0010"), ("100.00", "0.0000")] == [(row["amount"], row["total"]) for row in history]


def test_fee_is_written_with_an_exponent_when_it_is_nothing(venue: SimulatedVenue) -> None:
    """The maker pays no fee, and nothing is written as 0E-18."""
    place(venue, "maker")
    venue.exchange.cancel_all(MARKET_MAKER, symbol="BTC_USDT")
    market(venue, "own-taker", "1", amount="0.01")

    fills = data(post(venue, "getUserTrades"))["list"]

    assert [("SELL", "0.300000000000000000"), ("BUY", "0E-18")] == [(fill["side"], fill["fee"]) for fill in fills]


def test_order_ids_differ_when_doubles_would_not(venue: SimulatedVenue) -> None:
    """Ids are JSON integers above 2^53, next to each other: a client that reads doubles mixes them up."""
    first, second = place(venue, "one"), place(venue, "two")

    assert first != second
    assert float(first) == float(second)
    assert first > 2**53


def test_cancel_all_takes_every_symbol_when_none_is_named(venue: SimulatedVenue) -> None:
    """With a symbol the orders of that one are cancelled, without one all."""
    place(venue, "btc")
    place(venue, "eth", symbol="ETH_USDT", rate="1000")
    place(venue, "ltc", symbol="LTC_USDT", rate="50", amount="1")

    data(post(venue, "cancelAllOrder", currencyPair="ETH_USDT"))
    assert ["BTC_USDT", "LTC_USDT"] == [order.symbol for order in venue.exchange.open_orders(venue.user)]

    data(post(venue, "cancelAllOrder"))
    assert venue.exchange.open_orders(venue.user) == []


def test_orders_come_newest_first_and_whatever_the_window(venue: SimulatedVenue) -> None:
    """A window of time is not applied to orders, as the documentation's own examples show."""
    numbers = [place(venue, f"n{i}") for i in range(3)]
    window = {"startAt": "1631526172583", "endAt": "1631526317779"}

    rows = data(post(venue, "returnOpenOrders", currencyPair="BTC_USDT", **window))
    assert [row["orderNumber"] for row in rows] == numbers[::-1]

    for number in numbers:
        post(venue, "cancelOrder", orderNumber=str(number))
    rows = data(post(venue, "returnUTradeHistory", currencyPair="BTC_USDT", **window))
    assert [row["tradeID"] for row in rows] == numbers[::-1]


def test_orders_of_others_are_unknown(venue: SimulatedVenue) -> None:
    """The market maker's orders are neither shown nor cancelled."""
    other = venue.exchange.open_orders(MARKET_MAKER)[0].order_id

    assert refusal(venue, post(venue, "returnOrderTrades", orderNumber=str(other))) == (200, -103, "unknown-order")
    assert refusal(venue, post(venue, "cancelOrder", orderNumber=str(other))) == (200, -103, "unknown-order")


def test_fills_come_in_pages_when_there_are_many(venue: SimulatedVenue) -> None:
    """`after` leads to older trades and `before` back to newer ones; 20 are shown without a limit."""
    numbers = [market(venue, f"m{i}", "0", funds="20") for i in range(25)][::-1]

    def page(**params: str) -> tuple[list[int], str | None, str | None]:
        found = data(post(venue, "getUserTrades", **params))
        before, after = found["before"], found["after"]
        return [row["orderId"] for row in found["list"]], before and str(before), after and str(after)

    first, before, after = page(limit="10")
    assert (first, before) == (numbers[:10], None)
    second, _, after_second = page(limit="10", after=str(after))
    third, back, end = page(limit="10", after=str(after_second))
    assert (second, third, end) == (numbers[10:20], numbers[20:], None)
    assert page(limit="10", before=str(back))[0] == second
    assert page()[0] == numbers[:20]
    assert page(limit="100") == (numbers, None, None)


def test_fills_keep_to_symbol_and_window_when_they_are_given(venue: SimulatedVenue) -> None:
    """Both ends of the window belong to it."""
    market(venue, "now", "0", funds="20")
    venue.clock.offset = 1_000
    later = market(venue, "later", "0", funds="20")

    def of(**params: str) -> list[int]:
        return [row["orderId"] for row in data(post(venue, "getUserTrades", **params))["list"]]

    assert of(startAt=str(NOW + 1_000), endAt=str(NOW + 1_000)) == [later]
    assert of(endAt=str(NOW - 1)) == []
    assert len(of(symbol="BTC_USDT")) == 2
    assert of(symbol="ETH_USDT") == []


# Market data


def test_order_book_has_as_many_levels_as_asked_for(venue: SimulatedVenue) -> None:
    """Five without a size; both sides start with the best price and do not cross."""
    five = data(get(venue, "returnOrderBook", symbol="BTC_USDT"))
    twenty = data(get(venue, "returnOrderBook", symbol="BTC_USDT", size="20"))

    assert [5, 5, 20, 20] == [len(book[side]) for book in (five, twenty) for side in ("asks", "bids")]
    asks, bids = ([Decimal(price) for price, _ in twenty[side]] for side in ("asks", "bids"))
    assert sorted(asks) == asks
    assert sorted(bids, reverse=True) == bids
    assert 50_000 < bids[0] < asks[0] < 60_000


def test_trades_are_the_newest_fifty_when_there_are_more(venue: SimulatedVenue) -> None:
    """They come newest first, in the wall-clock time of UTC+8, each worth price times amount."""
    rows = data(get(venue, "returnTradeHistory", symbol="BTC_USDT"))

    ids = [row["id"] for row in rows]
    assert len(ids) == 50
    assert sorted(ids, reverse=True) == ids
    assert [rows[0]["time"], rows[1]["time"]] == ["2025-03-12 17:37:31", "2025-03-12 17:36:31"]
    assert all(Decimal(row["total"]) == Decimal(row["price"]) * Decimal(row["amount"]) for row in rows)


def test_trades_lie_in_the_window_when_there_is_one(venue: SimulatedVenue) -> None:
    """Both ends of the window belong to it."""
    window = {"start": str(NOW - 120_000), "end": str(NOW - 60_000)}
    rows = data(get(venue, "returnTradeHistory", symbol="BTC_USDT", **window))

    assert [row["time"] for row in rows] == ["2025-03-12 17:36:31", "2025-03-12 17:35:31"]


def test_klines_are_a_hundred_newest_first_when_there_is_no_window(venue: SimulatedVenue) -> None:
    """Their dates are starts of periods in epoch milliseconds."""
    rows = data(get(venue, "returnChartData", currencyPair="BTC_USDT", period="60"))

    dates = [row["date"] for row in rows]
    assert dates == [NOW - NOW % 60_000 - 60_000 * age for age in range(100)]
    assert all(Decimal(r["low"]) <= min(Decimal(r["open"]), Decimal(r["close"])) for r in rows)
    assert all(Decimal(r["high"]) >= max(Decimal(r["open"]), Decimal(r["close"])) for r in rows)


def test_klines_lie_in_the_window_when_there_is_one(venue: SimulatedVenue) -> None:
    """A candle belongs to the window in which it starts; outside the past there are none."""
    opened = NOW - NOW % 300_000
    window = {"start": str(opened - 600_000), "end": str(opened - 1)}
    rows = data(get(venue, "returnChartData", currencyPair="BTC_USDT", period="300", **window))

    assert [row["date"] for row in rows] == [opened - 300_000, opened - 600_000]
    old = {"start": "1579238517000", "end": "1581916917660"}
    assert data(get(venue, "returnChartData", currencyPair="BTC_USDT", period="300", **old)) == []


def test_ticker_and_volumes_agree_with_the_trades(venue: SimulatedVenue) -> None:
    """A trade becomes the last price, its money is added to the volumes."""
    before, volume = data(get(venue, "returnTicker"))["BTC_USDT"], data(get(venue, "return24hVolume"))
    market(venue, "volume", "0", funds="20000")
    after, grown = data(get(venue, "returnTicker"))["BTC_USDT"], data(get(venue, "return24hVolume"))
    fills = data(post(venue, "getUserTrades", limit="100"))["list"]

    spent = sum(Decimal(fill["price"]) * Decimal(fill["size"]) for fill in fills)
    base = sum(Decimal(fill["size"]) for fill in fills)
    assert Decimal(after["last"]) == Decimal(fills[0]["price"])
    assert abs(Decimal(after["baseVolume"]) - Decimal(before["baseVolume"]) - spent) <= Decimal("0.01")
    assert Decimal(grown["totalBTC"]) - Decimal(volume["totalBTC"]) == base
    assert Decimal(grown["BTC_USDT"]["BTC"]) - Decimal(volume["BTC_USDT"]["BTC"]) == base
    assert Decimal(grown["totalUSDT"]) > Decimal(volume["totalUSDT"])
    assert grown["ETH_USDT"] == volume["ETH_USDT"]


def test_lists_of_symbols_agree(venue: SimulatedVenue) -> None:
    """Symbols, tickers and volumes are of the same pairs, whose assets are all currencies."""
    rows = data(get(venue, "returnSymbol"))
    names = [row["currencyPair"] for row in rows]
    volumes = [name for name in data(get(venue, "return24hVolume")) if not name.startswith("total")]

    assert list(data(get(venue, "returnTicker"))) == names == volumes
    assets = {row["currencyBase"] for row in rows} | {row["currencyQuote"] for row in rows}
    assert set(data(get(venue, "returnCurrencies"))) == assets == set(data(post(venue, "returnBalances")))


def test_account_is_well_funded_at_the_start(venue: SimulatedVenue) -> None:
    """There is enough of everything to try things out."""
    free = data(post(venue, "returnBalances"))

    assert [1_000_000, 10] == [Decimal(free["USDT"]), Decimal(free["BTC"])]


# Deposits, withdrawals, transfers

WITHDRAWAL = {"amount": "0.5", "currency": "BTC", "address": "1abc", "chain": "BTC"}
TO_FRIEND = {**WITHDRAWAL, "type": "internal_transfer", "innerToType": "1", "address": "3491077"}


def movements(venue: SimulatedVenue, **params: str) -> Any:
    return data(post(venue, "returnDepositsWithdrawals", **{"symbol": "BTC", **params}))


@pytest.mark.parametrize(
    ("asked", "dest"),
    [
        (WITHDRAWAL, "on_chain"),
        (TO_FRIEND, "internal_transfer"),
        ({**TO_FRIEND, "innerToType": "2", "address": "13800000000"}, "internal_transfer"),
        ({**TO_FRIEND, "innerToType": "3", "address": "friend@example.com"}, "internal_transfer"),
    ],
)
def test_withdrawal_holds_its_money_until_it_is_cancelled(
    venue: SimulatedVenue, asked: dict[str, str], dest: str
) -> None:
    """It waits in the list and can be cancelled once."""
    before = money(venue)
    number = data(post(venue, "doWithdraw", **asked, memo="m"))["depositNumber"]

    assert isinstance(number, str)
    assert money(venue)["BTC"] == (before["BTC"][0] - Decimal("0.5"), Decimal("0.5"))
    waiting = {
        "amount": Decimal("0.5"),
        "chain": "BTC",
        "side": 2,
        "depositNumber": int(number),
        "address": asked["address"],
        "txid": None,
        "memo": "m",
        "currency": "BTC",
        "time": NOW,
        "confirmations": 0,
        "status": 1,
        "dest": dest,
        "fromAddress": "3491076",
        "toAddress": asked["address"],
    }
    assert movements(venue, depositNumber=number) == [waiting]

    cancelled = post(venue, "cancelWithdraw", id=number)

    assert cancelled.json() == {"code": "200", "data": None, "msg": "SUCCESS"}
    assert movements(venue, depositNumber=number) == [{**waiting, "status": 4}]
    assert money(venue) == before
    assert refusal(venue, post(venue, "cancelWithdraw", id=number)) == (200, -103, "unknown-order")


def test_internal_transfer_arrives_when_it_is_carried_out(venue: SimulatedVenue) -> None:
    """The other user has the money, and it cannot be cancelled any more."""
    number = data(post(venue, "doWithdraw", **TO_FRIEND))["depositNumber"]
    venue.exchange.complete_movement(venue.exchange.movements(venue.user)[-1].movement_id)

    (row,) = movements(venue, depositNumber=number)
    assert (row["status"], len(row["txid"])) == (3, 64)
    assert venue.exchange.balance("3491077", "BTC").free == Decimal("0.5")
    assert refusal(venue, post(venue, "cancelWithdraw", id=number)) == (200, -103, "unknown-order")


def test_deposit_is_listed_when_it_arrives(venue: SimulatedVenue) -> None:
    """Deposits are of side 1 and say nothing of where they went."""
    venue.exchange.deposit(venue.user, "ETH", Decimal("1.25"), network="BSC", address="0xabc")

    newest, first = movements(venue, symbol="ETH")

    assert (newest["amount"], newest["chain"], newest["address"]) == (Decimal("1.25"), "BSC", "0xabc")
    assert (newest["side"], newest["status"]) == (1, 3)
    assert first["address"] == data(post(venue, "returnDepositAddresses", symbolId="16", chain="ETH"))[0]["address"]
    assert not {"dest", "fromAddress", "toAddress"} & set(newest)


@pytest.mark.parametrize(
    ("changes", "code", "situation"),
    [
        pytest.param({"amount": "0.0009"}, -103, "below-minimum", id="too little"),
        pytest.param({"amount": "5.1"}, -103, "above-maximum", id="too much"),
        pytest.param({"currency": "ETH", "chain": "ETH", "amount": "60"}, None, None, id="all that is allowed"),
        pytest.param({"currency": "DOGE"}, -3, "unknown-symbol", id="unknown currency"),
        pytest.param({"chain": "TRC20"}, -3, "unknown-symbol", id="chain of another currency"),
        pytest.param({"type": "internal_transfer"}, 10003, "missing-parameter", id="no kind of recipient"),
        pytest.param({"type": "internal_transfer", "innerToType": "1"}, 10003, "bad-parameter", id="unknown user"),
        pytest.param({"type": "internal_transfer", "innerToType": "4"}, 10003, "bad-parameter", id="unknown kind"),
    ],
)
def test_withdrawal_is_refused_when_it_breaks_a_rule(
    venue: SimulatedVenue, changes: dict[str, str], code: int | None, situation: str | None
) -> None:
    """The bounds are those that the list of currencies shows."""
    response = post(venue, "doWithdraw", **{**WITHDRAWAL, **changes})

    if code is None:
        data(response)
    else:
        assert refusal(venue, response) == (200, code, situation)


def test_withdrawal_is_refused_when_the_account_holds_too_little(venue: SimulatedVenue) -> None:
    """Pending withdrawals count."""
    for _ in range(2):
        data(post(venue, "doWithdraw", **{**WITHDRAWAL, "amount": "5"}))

    assert refusal(venue, post(venue, "doWithdraw", **WITHDRAWAL)) == (200, 200005, "insufficient-funds")


def test_transfer_moves_money_between_the_accounts(venue: SimulatedVenue) -> None:
    """What leaves the spot account arrives in the funding account, and back."""
    there = {"accountType": "SPOT", "targetAccountType": "WEALTH", "bizType": "SPOT_TO_WEALTH"}
    back = {"accountType": "WEALTH", "targetAccountType": "SPOT", "bizType": "WEALTH_TO_SPOT"}
    before, funding = money(venue), venue.exchange.balance(venue.user, "BTC", account="funding").free

    assert data(post(venue, "spotWealthTransfer", **there, coinCode="BTC", amount="2.5")) is True
    assert money(venue)["BTC"][0] == before["BTC"][0] - Decimal("2.5")
    assert venue.exchange.balance(venue.user, "BTC", account="funding").free == funding + Decimal("2.5")

    assert data(post(venue, "spotWealthTransfer", **back, coinCode="BTC", amount="2.5")) is True
    assert money(venue) == before


@pytest.mark.parametrize(
    ("changes", "code", "situation"),
    [
        pytest.param({"bizType": "WEALTH_TO_SPOT"}, 10003, "bad-parameter", id="direction against the accounts"),
        pytest.param({"targetAccountType": "SPOT"}, 10003, "bad-parameter", id="to the same account"),
        pytest.param({"coinCode": "DOGE"}, -3, "unknown-symbol", id="unknown currency"),
        pytest.param({"amount": "10.01"}, 200005, "insufficient-funds", id="more than there is"),
        pytest.param({"amount": "0"}, 10003, "bad-parameter", id="nothing"),
    ],
)
def test_transfer_is_refused_when_it_breaks_a_rule(
    venue: SimulatedVenue, changes: dict[str, str], code: int, situation: str
) -> None:
    """The two accounts and the direction must agree, and the money must be there."""
    asked = {"accountType": "SPOT", "targetAccountType": "WEALTH", "bizType": "SPOT_TO_WEALTH"}
    response = post(venue, "spotWealthTransfer", **{**asked, "coinCode": "BTC", "amount": "1", **changes})

    assert refusal(venue, response) == (200, code, situation)


# Every operation


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = ROOT
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def documented_request(operation_id: str) -> dict[str, str]:
    """Return the example of every parameter that has one."""
    parameters = [resolve(parameter) for parameter in NODES[operation_id][2]["parameters"]]
    given = {p["name"]: p["example"] for p in parameters if "example" in p and p["name"] != "sign"}
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}


def ask(venue: SimulatedVenue, operation_id: str) -> httpx.Response:
    """Send the documented request; ids of orders are those of orders that exist."""
    command, verb, _ = NODES[operation_id]
    request = documented_request(operation_id)
    if "orderNumber" in request:
        request["orderNumber"] = str(place(venue, "documented"))
    if operation_id == "openOrders":
        place(venue, "open")
    if operation_id in ("orderHistory", "fills"):
        market(venue, "filled", "0", funds="100")
    if operation_id == "fills":
        del request["startAt"], request["endAt"]
    if operation_id in ("trades", "klines"):
        request |= {"start": str(NOW - DAY), "end": str(NOW)}
    return (get if verb == "get" else post)(venue, command, **request)


# Answers that are maps: what they are keyed by is not a member.
MAPS = {"tickers", "currencies", "volume24h", "balances", "completeBalances"}


def differences(example: Any, answer: Any, where: str, *, is_map: bool = False) -> Iterator[str]:
    """Say which members of a documented answer are missing and which have another JSON type."""
    if isinstance(example, dict) and isinstance(answer, dict):
        shared = [name for name in example if name in answer]
        if is_map:
            assert shared
        else:
            yield from (f"{where}.{name} is missing" for name in example if name not in answer)
        for name in shared:
            yield from differences(example[name], answer[name], f"{where}.{name}")
    elif isinstance(example, list) and isinstance(answer, list):
        assert answer, f"{where} is empty"
        yield from differences(example[0], answer[0], f"{where}[0]")
    elif None not in (example, answer) and kind(example) is not kind(answer):
        yield f"{where} is {answer!r}, documented is {example!r}"


def kind(value: Any) -> type:
    return Decimal if isinstance(value, int | Decimal) and not isinstance(value, bool) else type(value)


@pytest.mark.parametrize("operation_id", NODES)
def test_operation_answers_as_documented_when_asked_as_documented(venue: SimulatedVenue, operation_id: str) -> None:
    """The documented request is accepted; the answer has every documented member in its JSON type and nothing else."""
    node = NODES[operation_id][2]
    schema = node["responses"]["200"]["content"]["application/json"]["schema"]
    documented = json.loads((SPEC / "examples" / f"{operation_id}.json").read_bytes(), parse_float=Decimal)

    response = ask(venue, operation_id)

    answer = json.loads(response.content, parse_float=Decimal)
    assert (200, None) == (response.status_code, venue.requests[-1].situation), venue.requests[-1].reason
    assert [] == [error.message for error in CLOSED.validator(schema).iter_errors(response.json())]
    frame, printed = {**documented, "data": None}, {**answer, "data": None}
    assert frame == printed
    found = differences(documented["data"], answer["data"], operation_id, is_map=operation_id in MAPS)
    assert [] == list(found)


def test_every_operation_has_a_function() -> None:
    """Nothing is answered from a file."""
    assert set(FACE.answers) == set(NODES)


# Always the same


def tour_after_reset(venue: SimulatedVenue) -> list[bytes]:
    answers = []
    for operation_id in NODES:
        venue.reset()
        answers.append(ask(venue, operation_id).content)
    return answers


def test_answers_are_the_same_when_seed_and_calls_are(venue: SimulatedVenue) -> None:
    """The same seed, clock and calls give the same bytes; another seed gives others."""
    with simulate("coinw", now=lambda: NOW) as twin, simulate("coinw", seed=1, now=lambda: NOW) as stranger:
        first = tour_after_reset(venue)

        assert first == tour_after_reset(venue)
        assert first == tour_after_reset(twin)
        assert first != tour_after_reset(stranger)


# Whatever comes

HOSTILE = [
    ("GET", PUBLIC),
    ("GET", f"{PUBLIC}?"),
    ("GET", f"{PUBLIC}?command"),
    ("GET", f"{PUBLIC}?command="),
    ("GET", f"{PUBLIC}?=returnTicker"),
    ("GET", f"{PUBLIC}?command=returnTicker&command=returnTicker"),
    ("GET", f"{PUBLIC}?command=returnTicker&command=returnSymbol"),
    ("GET", f"{PUBLIC}?command=returnticker"),
    ("GET", f"{PUBLIC}?command=returnTicker&"),
    ("GET", f"{PUBLIC}?command=returnTicker&&"),
    ("GET", f"{PUBLIC}?command=returnTicker%00"),
    ("GET", f"{PUBLIC}?command%5B%5D=returnTicker"),
    ("GET", f"{PUBLIC}/?command=returnTicker"),
    ("GET", f"{PUBLIC}/..{PUBLIC}?command=returnTicker"),
    ("GET", "/api/v1%2Fpublic?command=returnTicker"),
    ("PUT", f"{PUBLIC}?command=returnTicker"),
    ("DELETE", f"{PRIVATE}?command=returnBalances"),
    ("PATCH", f"{PRIVATE}?command=returnBalances"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=%"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=%ZZ"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=%FF%FE"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=%ED%A0%80"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=BTC_USDT&symbol=ETH_USDT"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=BTC_USDT&size=+5"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=BTC_USDT&size=5.0"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=BTC_USDT&size=05"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=BTC_USDT&size={5000 * '9'}"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol={60_000 * 'A'}"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=%27%20OR%201%3D1--"),
    ("GET", f"{PUBLIC}?command=returnOrderBook&symbol=%0D%0ASet-Cookie:%20a=b"),
    ("GET", f"{PUBLIC}?command=returnTradeHistory&symbol=BTC_USDT&start=NaN"),
    ("GET", f"{PUBLIC}?command=returnTradeHistory&symbol=BTC_USDT&start=9223372036854775808"),
    ("GET", f"{PUBLIC}?command=returnTradeHistory&symbol=BTC_USDT&start=-0"),
    ("GET", f"{PUBLIC}?command=returnChartData&currencyPair=BTC_USDT&period=0"),
    ("GET", f"{PUBLIC}?command=returnChartData&currencyPair=BTC_USDT&period=-60"),
    ("GET", f"{PUBLIC}?command=returnChartData&currencyPair=BTC_USDT&period=%D9%A6%D9%A0"),
    ("POST", f"{PRIVATE}?command=returnBalances&api_key=%FF&sign=%FF"),
    ("POST", f"{PRIVATE}?command=returnBalances&api_key=%00&sign=%00"),
    ("POST", f"{PRIVATE}?command=returnBalances&api_key=a&api_key=b&sign=c&sign=d"),
    ("POST", f"{PRIVATE}?command=returnBalances&sign={100_000 * '0'}"[:60_000]),
]


@pytest.mark.parametrize(("method", "target"), HOSTILE, ids=[f"{m} {t[:70]}" for m, t in HOSTILE])
def test_request_is_refused_when_it_is_hostile(venue: SimulatedVenue, method: str, target: str) -> None:
    """It is turned down in the envelope of the venue, and never breaks the simulator."""
    connection = http.client.HTTPConnection(urlsplit(venue.url).netloc)
    connection.request(method, target)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()

    assert response.status == 200
    assert (answer["success"], answer["failed"]) == (False, True)
    assert venue.requests[-1].situation not in (None, "internal")


HUGE = str(2**63 - 1)

ODD = [
    ("doTrade", {**LIMIT, "amount": "999999999999999999.999999999999999999"}),
    ("doTrade", {**LIMIT, "amount": "0.000000000000000001"}),
    ("doTrade", {**LIMIT, "amount": "NaN"}),
    ("doTrade", {**LIMIT, "amount": "Infinity"}),
    ("doTrade", {**LIMIT, "amount": "٠.٠١"}),
    ("doTrade", {**LIMIT, "amount": " 0.01"}),
    ("doTrade", {**LIMIT, "amount": "0.01\n"}),
    ("doTrade", {**LIMIT, "rate": "1" * 5000}),
    ("doTrade", {**LIMIT, "rate": "999999999999999999", "amount": "999999999999999999"}),
    ("doTrade", {**LIMIT, "out_trade_no": "x\u0000"}),
    ("doTrade", {**LIMIT, "out_trade_no": "x\n"}),
    ("doTrade", {**LIMIT, "symbol": "\U0001f4a9"}),
    ("doTrade", {**LIMIT, "secret_key": "x"}),
    ("cancelOrder", {"orderNumber": "٤٦٢٤"}),
    ("cancelOrder", {"orderNumber": "-1"}),
    ("cancelOrder", {"orderNumber": HUGE}),
    ("cancelWithdraw", {"id": HUGE}),
    ("cancelWithdraw", {"id": "\ud7ff"}),
    ("doWithdraw", {**WITHDRAWAL, "amount": "0"}),
    ("doWithdraw", {**WITHDRAWAL, "chain": ""}),
    ("doWithdraw", {**WITHDRAWAL, "type": ""}),
    ("returnDepositAddresses", {"symbolId": HUGE, "chain": "BTC"}),
    ("spotWealthTransfer", {"accountType": "SPOT"}),
]


@pytest.mark.parametrize(("command", "params"), ODD)
def test_request_is_refused_when_it_is_signed_and_odd(
    venue: SimulatedVenue, command: str, params: dict[str, str]
) -> None:
    """Numbers without end, digits of other scripts and control characters are refused, and nothing changes."""
    before = venue.exchange.balances(venue.user)
    params = {"out_trade_no": "odd", **params} if command == "doTrade" else params

    answer = post(venue, command, **params).json()

    assert (answer["success"], answer["failed"]) == (False, True)
    assert venue.requests[-1].situation not in (None, "internal", "bad-signature")
    assert venue.exchange.balances(venue.user) == before


@pytest.mark.parametrize(
    ("command", "params"),
    [
        ("getUserTrades", {"before": HUGE, "after": HUGE}),
        ("getUserTrades", {"before": "x", "after": "\u0000"}),
        ("getUserTrades", {"startAt": f"-{HUGE}", "endAt": HUGE}),
        ("returnOpenOrders", {"currencyPair": "BTC_USDT", "startAt": HUGE, "endAt": "0"}),
        ("returnDepositsWithdrawals", {"symbol": "BTC", "depositNumber": "x"}),
    ],
)
def test_answer_is_empty_or_whole_when_a_window_is_odd(
    venue: SimulatedVenue, command: str, params: dict[str, str]
) -> None:
    """A window or a cursor that leads nowhere is no fault of the request."""
    data(post(venue, command, **params))


@pytest.mark.parametrize("period", ["60", "86400"])
@pytest.mark.parametrize(
    "window", [{"start": "0"}, {"end": "0"}, {"start": f"-{HUGE}"}, {"start": HUGE}, {"start": HUGE, "end": f"-{HUGE}"}]
)
def test_klines_are_bounded_when_the_window_is_odd(venue: SimulatedVenue, period: str, window: dict[str, str]) -> None:
    """No window makes the simulator build candles without end."""
    rows = data(get(venue, "returnChartData", currencyPair="BTC_USDT", period=period, **window))

    assert len(rows) <= 1000


def test_klines_are_cut_off_when_the_past_is_long(venue: SimulatedVenue) -> None:
    """A window of a month holds 43,200 minutes; a thousand are shown, from its start on."""
    opened = NOW - NOW % 60_000
    venue.clock.offset = 30 * DAY
    rows = data(get(venue, "returnChartData", currencyPair="BTC_USDT", period="60", start=str(opened)))

    assert [row["date"] for row in rows] == [opened + 60_000 * age for age in reversed(range(1000))]


def test_body_is_refused_when_there_is_one(venue: SimulatedVenue) -> None:
    """Everything stands in the query."""
    url = f"{venue.url}{PRIVATE}?{urlencode({'command': 'returnBalances', **sign_by_hand(venue, {})})}"

    assert refusal(venue, HTTP.post(url, content=b"{}")) == (200, 10003, "bad-parameter")


def test_money_is_neither_made_nor_lost_when_much_happens(venue: SimulatedVenue) -> None:
    """After trades, cancels, withdrawals and transfers every asset adds up to what came in less what went out."""
    for step in range(5):
        market(venue, f"b{step}", "0", funds="1000")
        market(venue, f"s{step}", "1", amount="0.01")
        place(venue, f"l{step}")
    post(venue, "cancelAllOrder")
    post(venue, "doWithdraw", **WITHDRAWAL)
    post(venue, "doWithdraw", **TO_FRIEND)

    assert all(row.held == row.deposited - row.withdrawn for row in venue.exchange.totals().values())
    assert {fill.side for fill in venue.exchange.fills(venue.user)} == {Side.BUY, Side.SELL}
