"""The simulated MEXC: signatures, refusals, the life of an order, and every answer against the document."""

import hmac
import json
import random
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from generator.rules import Closed
from spotwire_sim import simulate
from spotwire_sim.call import Request
from spotwire_sim.clock import Clock
from spotwire_sim.exchange import DAY_MS, MINUTE_MS, SymbolStatus
from spotwire_sim.faces.mexc import FACE, sign, split_signature
from spotwire_sim.spec import load
from spotwire_sim.venue import Answer, Venue

ROOT: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "specs/mexc/openapi.yaml").read_text("utf-8"))
# Admits nothing undocumented, whatever the schemas leave open.
CLOSED = Closed(ROOT)
NODES = {node["operationId"]: node for item in ROOT["paths"].values() for node in item.values()}
SECRET_OF_SIM = "sim-secret-mexc"
NOON = 1_700_000_040_000  # a whole minute


def make(*, now: int = NOON, seed: int = 0) -> Venue:
    """Open the venue without a server, with a clock that stands still."""
    return Venue(load("mexc"), FACE, clock=Clock(lambda: now), seed=seed, dialect="venue")


def signed_query(query: str, *, now: int = NOON, secret: str = SECRET_OF_SIM) -> str:
    """Append timestamp and signature by hand."""
    text = f"{query}&timestamp={now}" if query else f"timestamp={now}"
    return f"{text}&signature={hmac.new(secret.encode(), text.encode(), 'sha256').hexdigest()}"


def mexc_request(method: str, path: str, query: str = "", *, body: bytes = b"", **headers: str) -> Request:
    """Make a request as MEXC wants it, with the key; `content_type=""` leaves a header away."""
    defaults = {"x-mexc-apikey": "sim-key-mexc", "content-type": "application/json"}
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {name: value for name, value in {**defaults, **given}.items() if value}
    return Request(method, f"/api/v3/{path}", query.encode("latin-1"), sent, body)


@pytest.fixture
def mexc() -> Venue:
    return make()


def public(venue: Venue, path: str, query: str = "") -> Answer:
    return venue.answer(mexc_request("GET", path, query, x_mexc_apikey="", content_type=""))


def private(venue: Venue, method: str, path: str, query: str = "") -> Answer:
    return venue.answer(mexc_request(method, path, signed_query(query, now=venue.desk.clock())))


def payload(answer: Answer) -> Any:
    """Decode an answer that must be a success and keep to the closed schema of its operation."""
    assert (200, None) == (answer.status, answer.denied and str(answer.denied))
    assert answer.operation is not None
    value = json.loads(answer.body)
    schema = NODES[answer.operation.operation_id]["responses"]["200"]["content"]["application/json"]["schema"]
    CLOSED.validator(schema).validate(value)
    return value


def refusal(answer: Answer) -> tuple[int, int, str]:
    """Return HTTP status, code and situation of an answer that must be a refusal."""
    assert answer.denied is not None
    members = json.loads(answer.body)
    assert {"code", "msg"} == set(members)
    return answer.status, members["code"], answer.denied.situation


# Key, secret and time of the worked examples in the venue's documentation; digests by `openssl dgst -sha256 -hmac`.
KEY = "mx0aBYs33eIilxBWC5"
SECRET = "45d0b3c26f2644f19bfb98b07741b2f5"
TIME = 1644489390087
ORDER = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11"
ESCAPED = "symbol=BTCUSDT&origClientOrderId=a%20b%2C%E2%82%AC"
VECTORS = {
    f"{ORDER}&recvWindow=5000&timestamp={TIME}": "fd3e4e8543c5188531eb7279d68ae7d26a573d0fc5ab0d18eb692451654d837a",
    f"{ORDER}&timestamp={TIME}": "ddbaf78eaf7abc69ce44d7781cc9e53b5aaee48c890a20d606fd825c9ee2a285",
    f"timestamp={TIME}": "09b4b5a40aeec864d2caa60f2e6a740b61dc423d76c5615c00fd72681f52a094",
    f"{ESCAPED}&timestamp={TIME}": "a10111e48f9f6d5e9ca2c49f43ecbfca25595a08e9c771040a41f961b5f7a76c",
}
LOWER = "b1983e0766e1c3fa39a52981926c2dc87222bebdd210c8dc02ed0b2645d9f215"


@pytest.fixture
def documented() -> Venue:
    """MEXC at the time and with the credentials of the documentation's examples."""
    venue = make(now=TIME)
    venue.desk.api_key, venue.desk.api_secret = KEY, SECRET
    return venue


@pytest.mark.parametrize(("text", "digest"), VECTORS.items())
def test_sign_gives_the_published_digest(text: str, digest: str) -> None:
    """The signature is HMAC-SHA256 of the query as it is sent."""
    assert digest == sign(SECRET, text.encode()).decode()


@pytest.mark.parametrize("query", list(VECTORS)[:2])
def test_documented_order_is_accepted(documented: Venue, query: str) -> None:
    """The worked example of the documentation places an order, with its corrected signature."""
    request = mexc_request("POST", "order", f"{query}&signature={VECTORS[query]}", x_mexc_apikey=KEY)

    assert (200, None) == (documented.answer(request).status, documented.answer(request).denied)


def test_printed_signature_of_example_one_is_refused(documented: Venue) -> None:
    """The digest that the documentation prints beside recvWindow belongs to another string."""
    with_window, without = list(VECTORS)[:2]
    request = mexc_request("POST", "order", f"{with_window}&signature={VECTORS[without]}", x_mexc_apikey=KEY)

    assert b'{"code":700002,"msg":"Signature for this request is not valid."}' == documented.answer(request).body


def test_escapes_are_signed_as_they_are_sent(documented: Venue) -> None:
    """Percent-encoded text passes the check of the signature; the order is not known, that is all."""
    query, digest = list(VECTORS.items())[3]
    answer = documented.answer(mexc_request("GET", "order", f"{query}&signature={digest}", x_mexc_apikey=KEY))

    assert answer.denied is not None
    assert "unknown-order" == answer.denied.situation


def test_escapes_in_lower_case_are_refused(documented: Venue) -> None:
    """Though the signature fits, as at the venue."""
    query = f"symbol=BTCUSDT&origClientOrderId=a%20b%2c%e2%82%ac&timestamp={TIME}"
    answer = documented.answer(mexc_request("GET", "order", f"{query}&signature={LOWER}", x_mexc_apikey=KEY))

    assert LOWER == sign(SECRET, query.encode()).decode()
    assert b'{"code":700002,"msg":"Signature for this request is not valid."}' == answer.body


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        (b"a=1&signature=ff", (b"a=1", b"ff")),
        (b"signature=ff&a=1", (b"a=1", b"ff")),
        (b"a=1&signature=ff&b=2", (b"a=1&b=2", b"ff")),
        (b"signature=ff", (b"", b"ff")),
        (b"a=1&signature=ff&signature=ee", (b"a=1", b"ff")),
        (b"a=1", (b"a=1", b"")),
        (b"", (b"", b"")),
    ],
)
def test_signature_is_left_out_wherever_it_stands(query: bytes, parts: tuple[bytes, bytes]) -> None:
    """The venue hashes what it received without the parameter signature."""
    assert parts == split_signature(query)


def test_body_is_signed_behind_the_query(mexc: Venue) -> None:
    """A body is part of the signed text, so adding one breaks the signature."""
    answer = mexc.answer(mexc_request("POST", "order/test", signed_query(ORDER), body=b"price=12"))

    assert answer.denied is not None
    assert "bad-signature" == answer.denied.situation


def test_any_flipped_bit_is_refused(mexc: Venue) -> None:
    """No byte of a signed query can change on the way."""
    query = signed_query("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11").encode()
    dice = random.Random(7)
    for _ in range(500):
        damaged = bytearray(query)
        damaged[dice.randrange(len(query))] ^= 1 << dice.randrange(8)
        request = mexc_request("POST", "order", damaged.decode("latin-1"))

        assert 400 == mexc.answer(request).status, bytes(damaged)

    assert 200 == mexc.answer(mexc_request("POST", "order", query.decode())).status


ACCOUNT = "recvWindow=5000"


def resigned(query: str) -> str:
    """Sign a query that brings its own timestamp."""
    return f"{query}&signature={sign(SECRET_OF_SIM, query.encode()).decode()}"


@pytest.mark.parametrize(
    ("query", "headers", "code"),
    [
        (signed_query(ACCOUNT), {"x_mexc_apikey": ""}, 400),
        (signed_query(ACCOUNT), {"x_mexc_apikey": "another"}, 10072),
        (signed_query(ACCOUNT), {"x_mexc_apikey": "sim-key-mexc, sim-key-mexc"}, 10072),
        (f"timestamp={NOON}", {}, 700004),
        ("", {}, 700004),
        (f"timestamp={NOON}&signature=", {}, 700004),
        (resigned("recvWindow=5000"), {}, 700004),
        (resigned("timestamp="), {}, 700004),
        (resigned("timestamp=1e12"), {}, 33333),
        (resigned(f"timestamp=+{NOON}"), {}, 33333),
        (resigned("timestamp=1_700_000_040_000"), {}, 33333),
        (resigned(f"timestamp={NOON}&recvWindow=abc"), {}, 33333),
        (resigned(f"timestamp={NOON}&timestamp={NOON}"), {}, 33333),
        (resigned(f"timestamp={NOON}&recvWindow=0"), {}, 33333),
        (resigned(f"timestamp={NOON}&recvWindow=60001"), {}, 700005),
        (resigned(f"timestamp={NOON - 5001}"), {}, 700003),
        (resigned(f"timestamp={NOON - 60001}&recvWindow=60000"), {}, 700003),
        (resigned(f"timestamp={NOON + 1000}"), {}, 700003),
        (resigned(f"timestamp={NOON // 1000}"), {}, 700003),
        (signed_query(ACCOUNT, secret="another"), {}, 700002),
        (signed_query(ACCOUNT).replace("=5000", "=5001"), {}, 700002),
        (f"timestamp={NOON}&recvWindow=5000&" + signed_query(ACCOUNT).split("&")[-1], {}, 700002),
        (signed_query(ACCOUNT)[:-64] + signed_query(ACCOUNT)[-64:].upper(), {}, 700002),
        (signed_query(ACCOUNT)[:-1], {}, 700002),
        (signed_query(ACCOUNT) + "&signature=" + "0" * 64, {}, 33333),
    ],
)
def test_wrong_thing_gives_its_own_code(mexc: Venue, query: str, headers: dict[str, Any], code: int) -> None:
    """Key, time, window and signature are told apart as the venue does."""
    answer = mexc.answer(mexc_request("GET", "account", query, **headers))

    assert (400, f'{{"code":{code},'.encode()) == (answer.status, answer.body[: len(f'{{"code":{code},')])


@pytest.mark.parametrize("age", [5000, 0, -999])
def test_timestamp_within_the_window_is_accepted(mexc: Venue, age: int) -> None:
    """The window reaches from just under a second ahead to recvWindow behind."""
    assert 200 == mexc.answer(mexc_request("GET", "account", resigned(f"timestamp={NOON - age}"))).status


def test_replayed_query_is_refused_only_by_the_client_order_id(mexc: Venue) -> None:
    """There is no nonce: within the window the venue takes a query twice, unless it names a client order id."""
    order = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11"
    plain, named = signed_query(order), signed_query(f"{order}&newClientOrderId=once")
    statuses = [mexc.answer(mexc_request("POST", "order", query)).status for query in (plain, plain, named, named)]

    assert [200, 200, 200, 400] == statuses


@pytest.mark.parametrize(
    ("method", "content_type", "status"),
    [
        ("POST", "application/json", 200),
        ("POST", "application/json; charset=utf-8", 200),
        ("POST", "application/x-www-form-urlencoded", 400),
        ("POST", "", 400),
        ("DELETE", "", 200),
        ("DELETE", "text/plain", 400),
    ],
)
def test_content_type_of_signed_calls(mexc: Venue, method: str, content_type: str, status: int) -> None:
    """A signed POST says that it is JSON though its body is empty; DELETE must not say anything else."""
    path, query = ("order/test", ORDER) if method == "POST" else ("openOrders", "symbol=BTCUSDT")
    answer = mexc.answer(mexc_request(method, path, signed_query(query), content_type=content_type))

    assert status == answer.status
    assert (answer.denied is not None) == (status == 400)


def test_clock_can_be_moved(mexc: Venue) -> None:
    """Ten minutes later the same query is too old."""
    query = signed_query(ACCOUNT)
    mexc.desk.clock.offset = 600_000

    assert b"700003" in mexc.answer(mexc_request("GET", "account", query)).body


# The life of an order

LIMIT = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.5&price=11"


def test_round_trip_over_http() -> None:
    """An order is placed, found, listed, cancelled and part of the history; the money is held and freed."""
    with simulate("mexc") as venue, httpx.Client(base_url=f"{venue.url}/api/v3", trust_env=False) as http:

        def ask(method: str, path: str, query: str = "") -> Any:
            query = signed_query(query, now=venue.clock())
            headers = {"X-MEXC-APIKEY": "sim-key-mexc", "Content-Type": "application/json"}
            response = http.request(method, f"{path}?{query}", headers=headers)
            assert 200 == response.status_code, response.text
            return response.json()

        def usdt() -> tuple[str, str]:
            row = next(row for row in ask("GET", "/account")["balances"] if row["asset"] == "USDT")
            return row["free"], row["locked"]

        placed = ask("POST", "/order", f"{LIMIT}&newClientOrderId=mine")
        assert ("1000000", "0") != usdt() == ("999994.5", "5.5")
        found = ask("GET", "/order", f"symbol=BTCUSDT&orderId={placed['orderId']}")
        assert ("NEW", "mine", "0.5") == (found["status"], found["clientOrderId"], found["origQty"])
        assert [found] == ask("GET", "/openOrders", "symbol=BTCUSDT")
        cancelled = ask("DELETE", "/order", "symbol=BTCUSDT&origClientOrderId=mine")
        assert ("CANCELED", placed["orderId"]) == (cancelled["status"], cancelled["orderId"])
        assert [] == ask("GET", "/openOrders", "symbol=BTCUSDT")
        history = ask("GET", "/allOrders", "symbol=BTCUSDT")
        assert [(placed["orderId"], "CANCELED")] == [(row["orderId"], row["status"]) for row in history]
        assert ("1000000", "0") == usdt()
        assert {"placeOrder", "order", "cancelOrder"} <= {str(request.operation) for request in venue.requests}


@pytest.mark.parametrize(
    ("kind", "status", "filled"),
    [
        ("type=LIMIT&quantity=0.01&price=46300", "FILLED", True),
        ("type=LIMIT&quantity=1000&price=11", "NEW", False),
        ("type=LIMIT_MAKER&quantity=1&price=11", "NEW", False),
        ("type=MARKET&quantity=0.01", "FILLED", True),
        ("type=MARKET&quoteOrderQty=500", "FILLED", True),
        ("type=IMMEDIATE_OR_CANCEL&quantity=5&price=46264.21", "PARTIALLY_CANCELED", True),
        ("type=IMMEDIATE_OR_CANCEL&quantity=1&price=11", "CANCELED", False),
        ("type=FILL_OR_KILL&quantity=5&price=46264.21", "CANCELED", False),
        ("type=FILL_OR_KILL&quantity=0.01&price=46300", "FILLED", True),
    ],
)
def test_order_types_do_what_they_are_called(mexc: Venue, kind: str, status: str, filled: bool) -> None:
    """Every documented order type is placed, and comes back under the name it was given."""
    placed = payload(private(mexc, "POST", "order", f"symbol=BTCUSDT&side=BUY&{kind}"))
    found = payload(private(mexc, "GET", "order", f"symbol=BTCUSDT&orderId={placed['orderId']}"))
    fills = payload(private(mexc, "GET", "myTrades", f"symbol=BTCUSDT&orderId={placed['orderId']}"))

    assert (status, kind.partition("&")[0]) == (found["status"], f"type={found['type']}")
    assert placed["type"] == found["type"]
    assert filled == bool(fills)


def test_partly_filled_order_stays_open(mexc: Venue) -> None:
    """What the book does not fill rests as PARTIALLY_FILLED and can be cancelled."""
    query = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=46264.21&newClientOrderId=part"
    payload(private(mexc, "POST", "order", query))
    (found,) = payload(private(mexc, "GET", "openOrders", "symbol=BTCUSDT"))
    cancelled = payload(private(mexc, "DELETE", "order", "symbol=BTCUSDT&origClientOrderId=part&newClientOrderId=bye"))

    assert ("PARTIALLY_FILLED", True) == (found["status"], found["isWorking"])
    assert ("PARTIALLY_CANCELED", "part", "bye") == (
        cancelled["status"],
        cancelled["origClientOrderId"],
        cancelled["clientOrderId"],
    )


def test_cancel_all_covers_one_symbol(mexc: Venue) -> None:
    """Orders of other symbols stay; several symbols can be listed at once."""
    payload(private(mexc, "POST", "order", LIMIT))
    payload(private(mexc, "POST", "order", LIMIT))
    payload(private(mexc, "POST", "order", "symbol=MXUSDT&side=SELL&type=LIMIT&quantity=10&price=5"))
    before = payload(private(mexc, "GET", "openOrders", "symbol=BTCUSDT%2CMXUSDT"))
    gone = payload(private(mexc, "DELETE", "openOrders", "symbol=BTCUSDT"))
    after = payload(private(mexc, "GET", "openOrders", "symbol=BTCUSDT%2CMXUSDT"))

    assert ([3, 2, 1], ["MXUSDT"]) == ([len(before), len(gone), len(after)], [row["symbol"] for row in after])


def test_test_order_places_nothing(mexc: Venue) -> None:
    """The order is checked, the money stays free."""
    assert {} == payload(private(mexc, "POST", "order/test", LIMIT))
    assert (400, 30004, "insufficient-funds") == refusal(
        private(mexc, "POST", "order/test", "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1000&price=46000")
    )
    assert [] == payload(private(mexc, "GET", "openOrders", "symbol=BTCUSDT"))


PLACE = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("symbol=BTCUSDT", "symbol=NOUSDT"), 10007),
        (("symbol=BTCUSDT", "symbol=btcusdt"), 10007),
        (("symbol=BTCUSDT", "symbol="), 700004),
        (("symbol=BTCUSDT&", ""), 700004),
        (("side=BUY", "side=buy"), 33333),
        (("side=BUY", "side=BUY%0A"), 33333),
        (("side=BUY", "side=BUY&side=SELL"), 33333),
        (("type=LIMIT", "type=STOP"), 33333),
        (("&price=11", ""), 700004),
        (("&quantity=1", ""), 700004),
        (("price=11", "price=11.001"), 10096),
        (("price=11", "price=1e1"), 33333),
        (("price=11", "price=+11"), 33333),
        (("price=11", "price=011"), 33333),
        (("price=11", "price=%D9%A1"), 33333),
        (("price=11", "price=0"), 33333),
        (("price=11", "price=-11"), 33333),
        (("price=11", "price=99999999"), 30087),
        (("quantity=1", "quantity=0.0000001"), 10096),
        (("quantity=1", "quantity=0.01"), 30002),
        (("quantity=1", "quantity=10001"), 30003),
        (("quantity=1", "quantity=1_0"), 33333),
        (("type=LIMIT", "type=LIMIT_MAKER&newClientOrderId=" + "x" * 33), 33333),
        (("type=LIMIT", "type=LIMIT&newClientOrderId="), 33333),
        (("type=LIMIT", "type=LIMIT&quoteOrderQty=10"), 33333),
        (("type=LIMIT", "type=LIMIT&timeInForce=GTC"), 33333),
        (("type=LIMIT&quantity=1&price=11", "type=MARKET"), 700004),
        (("type=LIMIT&quantity=1&price=11", "type=MARKET&quantity=1&price=11"), 33333),
        (("type=LIMIT&quantity=1&price=11", "type=MARKET&quantity=1&quoteOrderQty=11"), 33333),
        (("side=BUY&type=LIMIT&quantity=1&price=11", "side=SELL&type=MARKET&quoteOrderQty=11"), 33333),
        (("type=LIMIT&quantity=1&price=11", "type=LIMIT_MAKER&quantity=1&price=46300"), 30041),
        (("quantity=1&price=11", "quantity=1000&price=46000"), 30004),
        (("side=BUY&type=LIMIT&quantity=1&price=11", "side=SELL&type=LIMIT&quantity=11&price=50000"), 30004),
    ],
)
def test_order_with_a_fault_is_refused_and_changes_nothing(mexc: Venue, change: tuple[str, str], code: int) -> None:
    """Each fault has its code, and after it there is no order and all money is free."""
    before = payload(private(mexc, "GET", "account"))

    assert (400, code) == refusal(private(mexc, "POST", "order", PLACE.replace(*change)))[:2]
    assert before == payload(private(mexc, "GET", "account"))
    assert [] == payload(private(mexc, "GET", "allOrders", "symbol=BTCUSDT"))


def test_client_order_id_is_taken_once(mexc: Venue) -> None:
    """A second order of the same client order id is refused, even after the first is cancelled."""
    payload(private(mexc, "POST", "order", f"{PLACE}&newClientOrderId=mine"))
    again = private(mexc, "POST", "order", f"{PLACE}&newClientOrderId=mine")
    payload(private(mexc, "DELETE", "openOrders", "symbol=BTCUSDT"))

    assert (400, 30026, "duplicate-client-order-id") == refusal(again)
    assert (400, 30026, "duplicate-client-order-id") == refusal(
        private(mexc, "POST", "order", f"{PLACE}&newClientOrderId=mine")
    )


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ("", 700004),
        ("&orderId=", 33333),
        ("&orderId=1", -2011),
        ("&orderId=C02__000000000000000000001", -2011),
        ("&orderId=%00", -2011),
        ("&origClientOrderId=nobody", -2011),
        ("&origClientOrderId=%F0%9F%92%A9", -2011),
        ("&origClientOrderId=" + "9" * 5000, -2011),
    ],
)
def test_unknown_order(mexc: Venue, method: str, ids: str, code: int) -> None:
    """An order that is not there has the code -2011; without any id the call is malformed."""
    assert (400, code) == refusal(private(mexc, method, "order", f"symbol=BTCUSDT{ids}"))[:2]


def test_orders_of_the_market_maker_are_not_shown(mexc: Venue) -> None:
    """The account sees its own orders only."""
    placed = payload(private(mexc, "POST", "order", PLACE))["orderId"]
    theirs = mexc.desk.exchange.open_orders("@market-maker", symbol="BTCUSDT")[0].order_id

    assert -2011 == refusal(private(mexc, "GET", "order", f"symbol=BTCUSDT&orderId=C02__{theirs:021d}"))[1]
    assert -2011 == refusal(private(mexc, "GET", "order", f"symbol=ETHUSDT&orderId={placed}"))[1]


def test_cancelling_twice_is_refused(mexc: Venue) -> None:
    """The second time the order is unknown."""
    payload(private(mexc, "POST", "order", f"{PLACE}&newClientOrderId=mine"))
    payload(private(mexc, "DELETE", "order", "symbol=BTCUSDT&origClientOrderId=mine"))

    assert -2011 == refusal(private(mexc, "DELETE", "order", "symbol=BTCUSDT&origClientOrderId=mine"))[1]


def test_old_orders_and_fills_vanish(mexc: Venue) -> None:
    """An order is found for seven days, listed for one by default; fills for thirty days."""
    placed = payload(private(mexc, "POST", "order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01"))["orderId"]

    def seen(path: str, query: str = "symbol=BTCUSDT") -> int:
        answer = private(mexc, "GET", path, query)
        return 0 if answer.denied is not None else len(payload(answer))

    week = f"symbol=BTCUSDT&startTime={NOON}&endTime={NOON + 7 * DAY_MS}"
    mexc.desk.clock.offset = 2 * DAY_MS
    assert (0, 1, 1) == (seen("allOrders"), seen("allOrders", week), seen("myTrades"))
    mexc.desk.clock.offset = 8 * DAY_MS
    assert (0, 1) == (seen("order", f"symbol=BTCUSDT&orderId={placed}"), seen("myTrades"))
    mexc.desk.clock.offset = 31 * DAY_MS
    assert 0 == seen("myTrades")


@pytest.mark.parametrize("window", [(0, 7 * DAY_MS + 1), (1, 0)])
def test_history_window_is_bounded(mexc: Venue, window: tuple[int, int]) -> None:
    """Seven days at most, and not backwards."""
    query = f"symbol=BTCUSDT&startTime={NOON + window[0]}&endTime={NOON + window[1]}"

    assert (400, 33333) == refusal(private(mexc, "GET", "allOrders", query))[:2]


def test_limit_is_obeyed_everywhere(mexc: Venue) -> None:
    """Never more rows than asked for, and the newest of them."""
    for _ in range(5):
        payload(private(mexc, "POST", "order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001"))
    for path in ("trades", "historicalTrades", "aggTrades", "klines"):
        extra = "&interval=1m" if path == "klines" else ""
        every = payload(public(mexc, path, f"symbol=BTCUSDT&limit=1000{extra}"))
        assert every[-3:] == payload(public(mexc, path, f"symbol=BTCUSDT&limit=3{extra}"))
    for path in ("allOrders", "myTrades"):
        every = payload(private(mexc, "GET", path, "symbol=BTCUSDT"))
        assert every[-3:] == payload(private(mexc, "GET", path, "symbol=BTCUSDT&limit=3"))
    book = payload(public(mexc, "depth", "symbol=BTCUSDT&limit=2"))
    assert (2, 2) == (len(book["bids"]), len(book["asks"]))


# Market data


def test_order_book_shows_resting_orders(mexc: Venue) -> None:
    """An order inside the spread becomes the best bid, and lastUpdateId grows."""
    before = payload(public(mexc, "depth", "symbol=BTCUSDT"))
    payload(private(mexc, "POST", "order", "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.25&price=46263.9"))
    after = payload(public(mexc, "depth", "symbol=BTCUSDT"))

    assert ["46263.9", "0.25"] == after["bids"][0]
    assert before["lastUpdateId"] < after["lastUpdateId"]
    assert ["46263.9", "0.25"] == [
        payload(public(mexc, "ticker/bookTicker", "symbol=BTCUSDT"))[key] for key in ("bidPrice", "bidQty")
    ]


def test_trade_is_seen_everywhere(mexc: Venue) -> None:
    """A market order shows in the public trades, the price, the ticker, the candles and the fills."""
    payload(private(mexc, "POST", "order", "symbol=MXUSDT&side=SELL&type=MARKET&quantity=7.5"))
    trade = payload(public(mexc, "trades", "symbol=MXUSDT&limit=1"))[0]
    fill = payload(private(mexc, "GET", "myTrades", "symbol=MXUSDT"))[0]
    candle = payload(public(mexc, "klines", "symbol=MXUSDT&interval=1m&limit=1"))[0]

    assert ("2.8537", "7.5", "ASK", None) == (trade["price"], trade["qty"], trade["tradeType"], trade["id"])
    assert ("2.8537", "7.5", False, False) == (fill["price"], fill["qty"], fill["isBuyer"], fill["isMaker"])
    assert ("0.010701375", "USDT") == (fill["commission"], fill["commissionAsset"])
    assert "2.8537" == payload(public(mexc, "ticker/price", "symbol=MXUSDT"))["price"] == candle[4]
    assert "2.8537" == payload(public(mexc, "ticker/24hr", "symbol=MXUSDT"))["lastPrice"]


@pytest.mark.parametrize(
    ("interval", "opened", "closed"),
    [
        ("1m", NOON, NOON + MINUTE_MS),
        ("60m", NOON - NOON % (60 * MINUTE_MS), NOON - NOON % (60 * MINUTE_MS) + 60 * MINUTE_MS),
        ("1d", 1_699_920_000_000, 1_700_006_400_000),  # Tuesday, 14 November 2023
        ("1W", 1_699_833_600_000, 1_700_438_400_000),  # Monday, 13 November
        ("1M", 1_698_796_800_000, 1_701_388_800_000),  # 1 November, 1 December
    ],
)
def test_candles_open_where_the_calendar_says(mexc: Venue, interval: str, opened: int, closed: int) -> None:
    """Weeks open on Monday, months on the first; the close time is the next open time."""
    candle = payload(public(mexc, "klines", f"symbol=BTCUSDT&interval={interval}"))[-1]

    assert [opened, closed] == [candle[0], candle[6]]


def test_candles_of_a_window(mexc: Venue) -> None:
    """Both ends together bound the open times; a lone one is ignored."""
    start, end = NOON - 10 * MINUTE_MS, NOON - 6 * MINUTE_MS
    both = payload(public(mexc, "klines", f"symbol=BTCUSDT&interval=1m&startTime={start}&endTime={end}"))
    lone = payload(public(mexc, "klines", f"symbol=BTCUSDT&interval=1m&startTime={start}"))

    assert [start + i * MINUTE_MS for i in range(5)] == [candle[0] for candle in both]
    assert lone == payload(public(mexc, "klines", "symbol=BTCUSDT&interval=1m"))


@pytest.mark.parametrize("interval", ["1h", "1w", "", "1m%00", "60"])
def test_unknown_interval_has_its_code(mexc: Venue, interval: str) -> None:
    """-1121, but an empty one is a missing parameter."""
    answer = public(mexc, "klines", f"symbol=BTCUSDT&interval={interval}")

    assert (400, -1121 if interval else 700004) == refusal(answer)[:2]


def test_halted_symbol_is_listed_as_paused(mexc: Venue) -> None:
    """It takes no orders, and exchangeInfo says so."""
    mexc.desk.exchange.set_status("MXUSDT", SymbolStatus.HALTED)
    (row,) = payload(public(mexc, "exchangeInfo", "symbol=MXUSDT"))["symbols"]

    assert ("2", False) == (row["status"], row["isSpotTradingAllowed"])
    assert 10007 == refusal(private(mexc, "POST", "order", PLACE.replace("BTC", "MX")))[1]


@pytest.mark.parametrize(
    ("query", "symbols"),
    [
        ("", ["BTCUSDT", "ETHUSDT", "MXUSDT"]),
        ("symbol=MXUSDT", ["MXUSDT"]),
        ("symbols=MXUSDT%2CBTCUSDT", ["MXUSDT", "BTCUSDT"]),
        ("symbols=MXUSDT,BTCUSDT", ["MXUSDT", "BTCUSDT"]),
    ],
)
def test_exchange_info_filters_symbols(mexc: Venue, query: str, symbols: list[str]) -> None:
    """All symbols, one, or those of a list."""
    assert symbols == [row["symbol"] for row in payload(public(mexc, "exchangeInfo", query))["symbols"]]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("exchangeInfo", "symbols=", 33333),
        ("exchangeInfo", "symbols=MXUSDT%2C", 33333),
        ("exchangeInfo", "symbol=NO", 10007),
        ("depth", "symbol=NO", 10007),
        ("depth", "", 700004),
        ("depth", "symbol=BTCUSDT&limit=0", 33333),
        ("depth", "symbol=BTCUSDT&limit=5001", 33333),
        ("depth", "symbol=BTCUSDT&limit=%2B5", 33333),
        ("depth", "symbol=BTCUSDT&limit=5.0", 33333),
        ("depth", "symbol=BTCUSDT&limit=" + "9" * 5000, 33333),
        ("depth", "symbol=BTCUSDT&limit=5&limit=5", 33333),
        ("depth", "symbol=BTCUSDT&depth=5", 33333),
        ("depth", "symbol", 33333),
        ("depth", "symbol=BTCUSDT&", 33333),
        ("depth", "symbol=BTC%", 33333),
        ("depth", "symbol=%FF", 33333),
        ("depth", "symbol=\xff", 33333),
        ("depth", "symbol=BTCUSDT&%6Cimit=x", 33333),
        ("ticker/price", "symbol=", 33333),
        ("trades", "symbol=BTCUSDT&limit=1001", 33333),
        ("klines", "symbol=BTCUSDT&interval=1m&startTime=9223372036854775808", 33333),
        ("time", "x=1", 33333),
    ],
)
def test_malformed_public_call(mexc: Venue, path: str, query: str, code: int) -> None:
    """Strict: unknown, duplicate, missing and malformed parameters are refused."""
    assert (400, code) == refusal(public(mexc, path, query))[:2]


@pytest.mark.parametrize("times", ["startTime=-1&endTime=9223372036854775807", "startTime=5&endTime=-5"])
@pytest.mark.parametrize("path", ["klines", "aggTrades"])
@pytest.mark.parametrize("interval", ["1m", "1W", "1M"])
def test_absurd_windows_are_answered(mexc: Venue, path: str, interval: str, times: str) -> None:
    """Any 64-bit time is a time."""
    extra = f"&interval={interval}" if path == "klines" else ""
    payload(public(mexc, path, f"symbol=BTCUSDT&{times}{extra}"))


# Every operation


def test_every_operation_answers_as_documented(mexc: Venue) -> None:
    """With its documented example values each operation answers, and nothing in the answer is undocumented."""
    known = payload(private(mexc, "POST", "order", LIMIT))["orderId"]
    payload(private(mexc, "POST", "order", "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.01"))
    answered = set[str]()
    for path, item in ROOT["paths"].items():
        for verb, node in item.items():
            parameters = [
                ROOT["components"]["parameters"][p["$ref"].rsplit("/", 1)[1]] if "$ref" in p else p
                for p in node["parameters"]
            ]
            given = {p["name"]: p["example"] for p in parameters if p["required"] and p.get("x-fill") != "auth"}
            if node["operationId"] in ("placeOrder", "testOrder"):
                given |= {"quantity": "1", "price": "11"}
            if node["operationId"] in ("order", "cancelOrder"):
                given["orderId"] = known
            query = "&".join(f"{name}={value}" for name, value in given.items())
            ask = path.removeprefix("/api/v3/")
            answer = private(mexc, verb.upper(), ask, query) if node["security"] else public(mexc, ask, query)
            payload(answer)
            answered.add(node["operationId"])

    assert set(NODES) == answered


@pytest.mark.parametrize("path", ["ticker/24hr", "ticker/price", "ticker/bookTicker"])
def test_one_or_all(mexc: Venue, path: str) -> None:
    """With a symbol there is one object, without it the same one in a list."""
    assert payload(public(mexc, path, "symbol=ETHUSDT")) in payload(public(mexc, path))


def test_empty_book_is_answered(mexc: Venue) -> None:
    """Best prices are null and the market order has nobody to trade with."""
    mexc.desk.exchange.cancel_all("@market-maker", symbol="BTCUSDT")
    row = payload(public(mexc, "ticker/24hr", "symbol=BTCUSDT"))

    assert (None, None) == (row["bidPrice"], row["askQty"])
    assert 30025 == refusal(private(mexc, "POST", "order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1"))[1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nope"),
        ("POST", "time"),
        ("PUT", "order"),
        ("HEAD", "time"),
        ("TRACE", "order"),
        ("GET", "time/"),
        ("GET", "%74ime"),
    ],
)
def test_unknown_path(mexc: Venue, method: str, path: str) -> None:
    """A path or a method that is not documented is not found."""
    assert (404, 404, "unknown-path") == refusal(mexc.answer(mexc_request(method, path, signed_query(""))))


def test_body_is_refused_where_none_is_documented(mexc: Venue) -> None:
    """All parameters travel in the query, so a signed body is an error too."""
    text = f"symbol=BTCUSDT&timestamp={NOON}"
    digest = sign(SECRET_OF_SIM, text.encode() + b"{}").decode()
    request = mexc_request("DELETE", "openOrders", f"{text}&signature={digest}", body=b"{}")

    assert (400, 33333) == refusal(mexc.answer(request))[:2]


def test_random_requests_never_break_the_venue(mexc: Venue) -> None:
    """Whatever is sent, signed or not: no situation `internal`."""
    dice = random.Random(11)
    names = ["symbol", "symbols", "limit", "interval", "startTime", "endTime", "orderId", "origClientOrderId", "side"]
    names += ["type", "quantity", "price", "quoteOrderQty", "newClientOrderId", "recvWindow", "fromId", "x", "%00", ""]
    values = [
        "BTCUSDT",
        "1",
        "0",
        "-1",
        "1m",
        "1M",
        "LIMIT",
        "MARKET",
        "BUY",
        "SELL",
        "46263.71",
        "%",
        "%00",
        "%F0%9F%98%80",
    ]
    values += [
        "",
        "a,b",
        "9" * 30,
        "1e400",
        "NaN",
        "\x80",
        "+",
        "a=b",
        "9223372036854775807",
        "0.000001",
        "true",
        "%ED%A0%80",
    ]
    routes = [(v.upper(), p.removeprefix("/api/v3/")) for p, item in ROOT["paths"].items() for v in item]
    situations = set[str]()
    for _ in range(8000):
        method, path = dice.choice(routes)
        pairs = [f"{dice.choice(names)}={dice.choice(values)}" for _ in range(dice.randrange(6))]
        if dice.random() < 0.7:
            pairs = ["symbol=BTCUSDT", *pairs]
        query = "&".join(pairs)
        text = f"{query}&timestamp={NOON}" if query else f"timestamp={NOON}"
        digest = sign(SECRET_OF_SIM, text.encode("latin-1")).decode()
        answer = mexc.answer(mexc_request(method, path, f"{text}&signature={digest}"))
        situations.add(answer.denied.situation if answer.denied else "")

    assert "internal" not in situations
    assert {"", "bad-parameter", "unknown-parameter", "missing-parameter", "unknown-order"} <= situations
    totals = mexc.desk.exchange.totals()
    assert all(total.held == total.deposited - total.withdrawn for total in totals.values())


def test_amounts_are_plain_digits(mexc: Venue) -> None:
    """No exponent anywhere, though the smallest fee has many decimal places."""
    payload(private(mexc, "POST", "order", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.000011"))
    fill = payload(private(mexc, "GET", "myTrades", "symbol=BTCUSDT"))[0]

    assert ("0.000011", "0.0000000055") == (fill["qty"], fill["commission"])
