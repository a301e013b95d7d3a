"""Arguments become exactly the text that is sent, or a ConfigError that says what is wrong with which of them."""

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from spotwire.bitunix.api.trade import PLACE_ORDERS
from spotwire.bitunix.models.trade import NewOrder, OrderRef
from spotwire.coinstore.api.market import PRICES
from spotwire.coinw.api.trade import PLACE_ORDER as COINW_PLACE_ORDER
from spotwire.mexc.api.trade import PLACE_ORDER
from spotwire_core.encode import Call, build, prepare
from spotwire_core.errors import ConfigError
from spotwire_core.message import Request
from spotwire_core.operation import Kind, Operation, Param
from spotwire_core.types import Id, OpenStrEnum

D = Decimal
NOW = 1_700_000_012_345
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")


class Side(StrEnum):
    BUY = "BUY"


class Code(IntEnum):
    BUY = 1


@attrs.frozen(kw_only=True)
class Order:
    symbol: str
    price: Decimal | None = None
    client_id: str | None = None


def operation(*params: Param, path: str = "/path", body: Any = "", constant: str = "") -> Operation[None]:
    return Operation(
        name="doIt", method="POST", path=path, result=None, params=params, body=body, constant_query=constant
    )


def prepared(params: Sequence[Param], values: Sequence[Any], **kwargs: Any) -> Call:
    numbers = iter(range(1000))
    return prepare(operation(*params, **kwargs), tuple(values), new_client_order_id=lambda: f"sw{next(numbers)}")


def sent(params: Sequence[Param], values: Sequence[Any], **kwargs: Any) -> Request:
    return build(prepared(params, values, **kwargs), timestamp=NOW)


def text_of(value: Any, **described: Any) -> str:
    """Return the one value as it travels in a query."""
    return sent([Param(name="value", wire="v", **described)], [value]).query.removeprefix("v=")


def refusal(value: Any, **described: Any) -> str:
    """Return the error about the one value."""
    with pytest.raises(ConfigError) as caught:
        sent([Param(name="value", wire="v", **described)], [value])
    return str(caught.value)


# Decimals


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (D("1E-8"), "0.00000001"),
        (D("1E+3"), "1000"),
        (D("0.10"), "0.10"),
        (D("-1.5"), "-1.5"),
        (D(0), "0"),
        (D("0E-8"), "0.00000000"),
        (D("12345678901234567890.123456789012345678"), "12345678901234567890.123456789012345678"),
        (5, "5"),
        ("0.10", "0.10"),
        ("11", "11"),
    ],
)
def test_decimal_is_written_in_plain_digits(value: object, expected: str) -> None:
    """No exponent goes out and no digit is lost or added (C6)."""
    assert expected == text_of(value, kind="decimal")


@pytest.mark.parametrize(
    "value", [D("-0"), D("-0.00"), "-0", "-0.0", D("NaN"), D("sNaN"), D("Infinity"), D("-Infinity")]
)
def test_decimal_that_is_no_amount_is_refused(value: object) -> None:
    """Negative zero, NaN and infinities never reach the signer (C6)."""
    assert "doIt: value must be a" in refusal(value, kind="decimal")


ABSURD = {
    "text": "1" * 10_000,
    "digits": D("1" * 10_000),
    "places": D("0." + "1" * 10_000),
    "zeros": D("1." + "0" * 10_000),
    "large": D("1E+999999"),
    "small": D("1E-999999"),
    "largest": D("1E+999999999999999999"),
    "smallest": D("1E-999999999999999999"),
    "zero": D("0E-999999"),
    "int": 10**1_000_000,
    "one more": "9" * 61,
    "one more place": D("0." + "9" * 59),
    "one more digit": D("9" * 61),
    "one more in an int": 10**60,
}


@pytest.mark.parametrize("name", ABSURD)
@pytest.mark.parametrize("place", ["query", "json"])
def test_decimal_of_absurd_size_is_refused(name: str, place: Any) -> None:
    """L3: a number of thousands of digits is a mistake, not an order: the error names the bound, shows little, and is quick."""
    started = time.perf_counter()
    param = Param(name="value", wire="v", place=place, kind="decimal", bare=place == "json")
    with pytest.raises(
        ConfigError, match=r"value must be an? (number|int) of at most 60 (characters|digits)"
    ) as caught:
        prepared([param], [ABSURD[name]], body="json" if place == "json" else "")

    assert len(str(caught.value)) < 200
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("value", [D("0." + "9" * 58), D("9" * 60), D("1E+59"), D("1E-58"), 10**60 - 1, "9" * 60])
def test_number_of_sixty_characters_is_sent(value: object) -> None:
    """The bound itself is allowed."""
    assert 60 == len(text_of(value, kind="decimal"))


@pytest.mark.parametrize("value", [0.1, 1.0, float("nan")])
def test_float_is_refused_as_money(value: float) -> None:
    """A float is refused and the error says what to use instead (L5, C6)."""
    assert "doIt: value must be a Decimal or text, not a float" in refusal(value, kind="decimal")


@pytest.mark.parametrize("value", [True, False, [D(1)], b"1"])
def test_other_types_are_refused_as_money(value: object) -> None:
    """A bool is not a number, and neither is a list (L1)."""
    assert f"a Decimal, got {value!r} ({type(value).__name__})" in refusal(value, kind="decimal")


@pytest.mark.parametrize(
    "value",
    ["1e-8", "1E5", " 1", "1 ", "1_0", "١", "1\n", "NaN", "Infinity", "", "+1", "1.", ".5", "0x1", "1&side=SELL"],
)
def test_text_that_is_no_plain_decimal_is_refused(value: str) -> None:
    """Text for money must be plain digits: nothing that Decimal would forgive (E6, D7)."""
    assert "a decimal number in plain digits, got" in refusal(value, kind="decimal")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=12))
def test_any_amount_arrives_as_the_same_number(value: Decimal) -> None:
    """What the venue reads is what the caller gave, digit for digit."""
    if value.is_zero():
        value = abs(value)
    text = text_of(value, kind="decimal")

    assert value.as_tuple() == D(text).as_tuple()
    assert "e" not in text.lower()


# Integers, booleans, text, ids, enums, times


@pytest.mark.parametrize(
    ("value", "expected"),
    [(5, "5"), (-5, "-5"), (0, "0"), ("5", "5"), ("-5", "-5"), (Code.BUY, "1"), (2**63, str(2**63))],
)
def test_integer_is_written_in_digits(value: object, expected: str) -> None:
    """Ints, members of enums of numbers and their text are integers."""
    assert expected == text_of(value, kind="integer")


@pytest.mark.parametrize(
    "value", [True, 1.0, "1.0", "--5", "5-", "", "٥", " 5", "1e3", pytest.param("9" * 5000, id="long"), D(5), None]
)
def test_integer_is_refused(value: object) -> None:
    """A bool, a float or text that is no number is refused; None is missing (L1, L2)."""
    message = refusal(value, kind="integer", required=True)

    assert "value" in message
    assert message.startswith("doIt")


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (61, "61"), ("61", "61")])
def test_integer_out_of_bounds_is_refused_by_name(value: object, shown: str) -> None:
    """The error names the venue's bounds and what came (L3)."""
    assert f"doIt: value must be from 1 to 60, got {shown} (int)" == refusal(
        value, kind="integer", minimum=1, maximum=60
    )


@pytest.mark.parametrize("value", [1, 60, "60"])
def test_integer_at_its_bounds_is_sent(value: object) -> None:
    """The bounds themselves are allowed."""
    assert str(value) == text_of(value, kind="integer", minimum=1, maximum=60)


def test_half_open_bounds_are_named() -> None:
    """A bound on one side alone is shown as such."""
    assert "from 1 to ∞, got 0" in refusal(0, kind="integer", minimum=1)
    assert "from -∞ to 9, got 10" in refusal(10, kind="integer", maximum=9)


@pytest.mark.parametrize("kind", ["integer", "id", "decimal"])
def test_huge_int_is_refused(kind: Kind) -> None:
    """L3: an int that Python would not even print is a ConfigError like any other."""
    assert "value must be an int of at most 60 digits, got a huge number (int)" in refusal(10**5000, kind=kind)


def test_huge_int_out_of_bounds_is_refused() -> None:
    """L3: the venue's bound is named where it has one."""
    assert "from -∞ to 9, got a huge number (int)" in refusal(10**5000, kind="integer", maximum=9)


def test_boolean_is_written_in_the_venues_spelling() -> None:
    """True goes out as `true`, never as `True` (L1)."""
    assert ("true", "false") == (text_of(True, kind="boolean"), text_of(False, kind="boolean"))


@pytest.mark.parametrize("value", ["true", 1, 0, "True"])
def test_boolean_is_refused(value: object) -> None:
    """Only True and False are booleans (L1)."""
    assert "True or False, got" in refusal(value, kind="boolean")


def test_enum_is_sent_as_its_value() -> None:
    """A member, its text, and text that no enum knows are all sent as they are (L2)."""
    assert ["BUY", "BUY", "HOLD"] == [text_of(value) for value in (Side.BUY, "BUY", "HOLD")]


@pytest.mark.parametrize("value", [1, True, 1.5, b"BUY", D(1), ["BUY"], object])
def test_text_is_refused(value: object) -> None:
    """What is not text is not turned into text."""
    assert "value must be text, got" in refusal(value)


def test_id_may_be_text_or_number() -> None:
    """Ids are accepted as they came, as text, or as a number, and sent exactly (E5)."""
    assert [str(2**70)] * 3 == [text_of(value, kind="id") for value in (Id(2**70), str(2**70), 2**70)]
    assert "text, got True (bool)" in refusal(True, kind="id")
    assert "text, got 1.0 (float)" in refusal(1.0, kind="id")


def test_length_of_text_is_bounded_by_name() -> None:
    """Too long and too short name the bound and the length, not the text (L3)."""
    assert "doIt: value must be at most 32 characters long, got 1000000" == refusal("x" * 1_000_000, max_length=32)
    assert "doIt: value must be at least 1 character(s) long, got 0" == refusal("", min_length=1)


@pytest.mark.parametrize("value", ["ВТCUSDT", "BTC USDT", "BTCUSDT\n", "BTCUSDT\0", "BTC\u200bUSDT", "BTCUSDT٣"])
def test_text_must_match_the_whole_pattern_in_ascii(value: str) -> None:
    """Look-alike letters, digits of other scripts and a line break at the end do not pass (D6)."""
    assert "value must be text like [A-Z\\d]+, got" in refusal(value, pattern="[A-Z\\d]+")


def test_long_value_is_cut_in_the_error() -> None:
    """An error shows the beginning of a long value and its type."""
    message = refusal(["x" * 1000])

    assert message.endswith("... (list)")
    assert len(message) < 120


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("", "2025-03-12T09:37:31Z"), ("+08:00", "2025-03-12 17:37:31"), ("-03:30", "2025-03-12 06:07:31")],
)
def test_datetime_is_sent_in_the_venues_form(zone: str, expected: str) -> None:
    """An aware datetime of any zone is the same moment in the venue's zone and form."""
    moments = [
        datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC),
        datetime(2025, 3, 12, 4, 37, 31, tzinfo=timezone(timedelta(hours=-5))),
    ]
    texts = {
        json.loads(sent([Param(name="t", wire="t", place="json", kind="datetime", zone=zone)], [m], body="json").body)[
            "t"
        ]
        for m in moments
    }

    assert {expected} == texts


@pytest.mark.parametrize(
    ("described", "value"),
    [
        ({}, "x" * 1_000_000),
        ({"kind": "id"}, "x" * 1_000_000),
        ({"kind": "list", "items": Param(name="i", wire="i", kind="id")}, list(range(100_000))),
    ],
    ids=["memo", "id", "batch"],
)
@pytest.mark.parametrize("place", ["query", "form", "json", "path"])
def test_request_of_absurd_length_is_refused(described: dict[str, Any], value: Any, place: Any) -> None:
    """L3: where the venue documents no bound, a request that no server would take is refused with ours."""
    param = Param(name="value", wire="v", place=place, **described)
    with pytest.raises(ConfigError, match=r"^doIt would be \d+ characters long, at most 65536 are sent$"):
        prepared([param], [value], path="/{v}", body=place if place in ("form", "json") else "")


def test_datetime_may_be_the_venues_text() -> None:
    """Text is sent as it is."""
    assert "2025-03-12" == text_of("2025-03-12", kind="datetime")


@pytest.mark.parametrize("value", [datetime(2025, 3, 12), 1741772251000, None])  # noqa: DTZ001
def test_datetime_without_a_zone_is_refused(value: object) -> None:
    """A naive datetime could mean anything."""
    message = refusal(value, kind="datetime", required=True)

    assert "aware datetime" in message or "got None" in message


# Required, missing, order, places


def test_missing_required_argument_is_refused() -> None:
    """None for a required argument names it, and nothing is sent (L2)."""
    assert "doIt needs value: got None" == refusal(None, required=True)


def test_missing_optional_argument_is_left_out() -> None:
    """C5: None is not sent, an empty text is: they are different things, in a query, a form and JSON, where null is never sent."""
    places: list[Any] = ["query", "form", "json"]
    params = {place: [Param(name=name, wire=name, place=place) for name in "abc"] for place in places}

    assert "a=1&c=" == sent(params["query"], ["1", None, ""]).query
    assert b"a=1&c=" == sent(params["form"], ["1", None, ""], body="form").body
    assert b'{"a":"1","c":""}' == sent(params["json"], ["1", None, ""], body="json").body


def test_order_is_that_of_the_operation() -> None:
    """Parameters go out in the order of the description, after the constant query (C3, D8)."""
    params = [Param(name=name, wire=name) for name in ("zz", "b", "a")]

    assert "command=doTrade&zz=1&b=2&a=3" == sent(params, "123", constant="command=doTrade").query


def test_form_goes_into_the_body() -> None:
    """A form body has the order of the description, its content type, and leaves the query alone."""
    params = [Param(name="s", wire="symbol", place="form"), Param(name="n", wire="note", place="form")]
    request = sent(params, ["BTC", "a b&side=SELL"], body="form")

    assert (b"symbol=BTC&note=a%20b%26side%3DSELL", "", (FORM,)) == (request.body, request.query, request.headers)


def test_json_goes_into_the_body_compact_and_ordered() -> None:
    """A JSON body is compact, in the order of the description; bare numbers stay numbers, others become text (C7)."""
    params = [
        Param(name="b", wire="b", place="json", kind="decimal"),
        Param(name="a", wire="a", place="json", kind="decimal", bare=True),
        Param(name="i", wire="i", place="json", kind="integer", bare=True),
        Param(name="f", wire="f", place="json", kind="boolean"),
        Param(name="t", wire="t", place="json"),
    ]
    request = sent(params, [D("1E-8"), D("20.00"), Code.BUY, False, 'ü"\n\0😀'], body="json")
    expected = '{"b":"0.00000001","a":20.00,"i":1,"f":false,"t":"ü\\"\\n\\u0000😀"}'

    assert expected == request.body.decode()
    assert (JSON,) == request.headers


@pytest.mark.parametrize(
    ("kind", "value"), [("id", "7"), ("id", 7), ("text", "-7"), ("decimal", "7.50"), ("integer", "7")]
)
def test_bare_number_may_be_given_as_text(kind: Kind, value: str | int) -> None:
    """What travels as a JSON number stands in the body as it was given, without quotes."""
    body = sent([Param(name="a", wire="a", place="json", kind=kind, bare=True)], [value], body="json").body

    assert f'{{"a":{value}}}' == body.decode()


@pytest.mark.parametrize("value", ["", "abc", '1,"b":2', "1}", "01", "1.5", "1e5", " 1", "٣", "null"])
@pytest.mark.parametrize("kind", ["id", "text"])
def test_bare_number_is_refused_when_its_text_is_no_number(kind: Kind, value: str) -> None:
    """Text without quotes around it would change the body: members could be added or replaced."""
    with pytest.raises(ConfigError, match="a must be a number in plain digits"):
        sent([Param(name="a", wire="a", place="json", kind=kind, bare=True)], [value], body="json")


def test_empty_json_body_is_an_object() -> None:
    """A JSON operation without arguments sends `{}`; one without a body sends nothing."""
    assert b"{}" == sent([Param(name="a", wire="a", place="json")], [None], body="json").body
    assert (b"", ()) == (sent([], []).body, sent([], []).headers)


def test_path_query_and_body_go_together() -> None:
    """One operation may use a path, a query and a body at once."""
    params = [
        Param(name="p", wire="id", place="path", required=True),
        Param(name="q", wire="q"),
        Param(name="j", wire="j", place="json"),
    ]
    request = sent(params, ["7", "x", "y"], path="/orders/{id}/fills", body="json")

    assert ("/orders/7/fills", "q=x", b'{"j":"y"}') == (request.path, request.query, request.body)


# Lists and models

IDS = Param(name="ids", wire="ids", kind="list", min_length=1, max_length=3, items=Param(name="i", wire="i", kind="id"))


@pytest.mark.parametrize(
    ("values", "expected"), [(["1"], "ids=1"), (("1", 2, Id(3)), "ids=1%2C2%2C3"), (["a,b"], "ids=a%2Cb")]
)
def test_list_in_a_query_is_separated_by_commas(values: Any, expected: str) -> None:
    """Lists and tuples become one parameter (C8)."""
    assert expected == sent([IDS], [values]).query


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ([], "at least 1 item(s), got 0"),
        (["1"] * 10_000, "at most 3 items, got 10000"),
        ("123", "a list, got '123' (str)"),
        (b"123", "a list, got b'123' (bytes)"),
        ({"1": 2}, "a list, got {'1': 2} (dict)"),
        (5, "a list, got 5 (int)"),
        ([True], "text, got True (bool)"),
    ],
)
@pytest.mark.parametrize("place", ["query", "json"])
def test_list_is_refused_with_its_bound(values: Any, problem: str, place: Any) -> None:
    """The error names the venue's bound; text is not taken for a list of characters (L3)."""
    param = Param(
        name="ids",
        wire="ids",
        place=place,
        kind="list",
        min_length=1,
        max_length=3,
        items=Param(name="i", wire="i", place=place, kind="id"),
    )
    with pytest.raises(ConfigError) as caught:
        sent([param], [values], body="json" if place == "json" else "")

    assert f"doIt: ids must be {problem}" == str(caught.value)


def test_list_in_json_is_an_array() -> None:
    """In a JSON body a list is an array, and its items are encoded like any value."""
    param = Param(
        name="ids", wire="ids", place="json", kind="list", items=Param(name="i", wire="i", place="json", kind="id")
    )

    assert b'{"ids":["1","2"]}' == sent([param], [["1", 2]], body="json").body


@pytest.mark.parametrize(
    ("symbols", "path"),
    [
        (["BTCUSDT"], "/api/v1/ticker/price;symbol=BTCUSDT"),
        (["BTCUSDT", "ETH/USDT"], "/api/v1/ticker/price;symbol=BTCUSDT,ETH%2FUSDT"),
        ([], "/api/v1/ticker/price"),
    ],
)
def test_matrix_parameter_is_part_of_the_path(symbols: list[str], path: str) -> None:
    """A matrix parameter stands in the path with its name; an empty list vanishes."""
    assert path == build(prepare(PRICES, (symbols,), new_client_order_id=str), timestamp=NOW).path


ORDERS = Param(
    name="orders",
    wire="orderList",
    place="json",
    kind="list",
    required=True,
    fill="client-order-id",
    max_length=3,
    items=Param(
        name="orders",
        wire="orderList",
        place="json",
        kind="model",
        members=(
            Param(name="symbol", wire="symbol", place="json", required=True),
            Param(name="price", wire="price", place="json", kind="decimal"),
            Param(name="client_id", wire="clientId", place="json", fill="client-order-id", max_length=8),
        ),
    ),
)


def test_models_get_client_order_ids() -> None:
    """Every order of a batch is sent with a client order id, the caller's or a new one, and all of them are known."""
    orders = [Order(symbol="A", price=D("1E-8")), Order(symbol="B", client_id="mine"), Order(symbol="C", client_id="")]
    call = prepared([ORDERS], [orders], body="json")
    expected = [
        {"symbol": "A", "price": "0.00000001", "clientId": "sw0"},
        {"symbol": "B", "clientId": "mine"},
        {"symbol": "C", "clientId": "sw1"},
    ]

    assert expected == json.loads(build(call, timestamp=NOW).body)["orderList"]
    assert ("sw0", "mine", "sw1") == call.client_order_ids
    assert orders[0].client_id is None  # the caller's own object is not touched


@pytest.mark.parametrize(
    ("orders", "problem"),
    [
        ([{"symbol": "A"}], "orders must be made of model objects, got {'symbol': 'A'} (dict)"),
        ([Order(symbol="A", price=0.1)], "orders must be made of items whose price is a Decimal or text, not a float"),  # type: ignore[arg-type]
        ([Order(symbol=None)], "orders must be given with symbol in every item"),  # type: ignore[arg-type]
        ([Order(symbol="A", client_id="x" * 9)], "whose client_id is at most 8 characters long, got 9"),
        ([Order(symbol="A")] * 4, "orders must be at most 3 items, got 4"),
        (Order(symbol="A"), "orders must be a list, got Order("),
        ("A", "orders must be a list, got 'A' (str)"),
        (None, "needs orders: got None"),
        ([OrderRef(order_id=Id(1), symbol="A"), None], "orders must be made of model objects, got None"),
    ],
)
def test_wrong_models_are_refused_by_name(orders: Any, problem: str) -> None:
    """The error names argument, member, what was expected and what came; nothing is silently left out (L2, L3, L5)."""
    with pytest.raises(ConfigError) as caught:
        prepared([ORDERS], [orders], body="json")

    assert problem in str(caught.value)


def test_generated_batch_refuses_another_model() -> None:
    """An object of another class of the venue is refused for the member it lacks."""
    with pytest.raises(ConfigError, match="placeOrders: order_list must be given with side in every item"):
        prepare(PLACE_ORDERS, ([OrderRef(order_id=Id(1), symbol="A")],), new_client_order_id=str)


# Client order ids and the clock


def test_client_order_id_is_filled_in_once() -> None:
    """Without an id of the caller's a new one is sent, and the call knows it."""
    call = prepare(
        PLACE_ORDER, ("BTCUSDT", "BUY", "LIMIT", D(1), None, D(11), None, None), new_client_order_id=lambda: "sw1"
    )

    assert "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&newClientOrderId=sw1" == call.query
    assert ("sw1",) == call.client_order_ids


def test_client_order_id_of_the_caller_is_kept() -> None:
    """The caller's id is checked, sent and known."""
    values = ("BTC_USDT", "0", D("0.01"), D("25000.5"), None, False, "test-0001")
    call = prepare(COINW_PLACE_ORDER, values, new_client_order_id=lambda: "unused")

    assert call.query.endswith("&isMarket=false&out_trade_no=test-0001")
    assert ("test-0001",) == call.client_order_ids
    with pytest.raises(ConfigError, match="out_trade_no must be text like"):
        prepare(COINW_PLACE_ORDER, (*values[:-1], "a&b"), new_client_order_id=str)


CLOCK = Param(name="timestamp", wire="timestamp", place="json", kind="integer", bare=True, fill="clock")


def test_clock_is_filled_in_when_the_request_is_built() -> None:
    """The time in a body is that of building, so a call that waited is still fresh."""
    call = prepared([Param(name="s", wire="s", place="json"), CLOCK], ["A", None], body="json")

    assert b'{"s":"A","timestamp":1}' == build(call, timestamp=1).body
    assert b'{"s":"A","timestamp":2}' == build(call, timestamp=2).body


def test_text_cannot_forge_the_clock() -> None:
    """A value that looks like the placeholder stays a value."""
    call = prepared([Param(name="s", wire="s", place="json"), CLOCK], ["\0clock", None], body="json")
    form = prepared([Param(name="s", wire="s", place="form")], ["\0clock"], body="form")

    assert b'{"s":"\\u0000clock","timestamp":7}' == build(call, timestamp=7).body
    assert b"s=%00clock" == build(form, timestamp=7).body


def test_clock_inside_a_model_is_filled_in() -> None:
    """A member that carries the time gets it too."""
    param = Param(
        name="o",
        wire="o",
        place="json",
        kind="list",
        items=Param(name="o", wire="o", place="json", kind="model", members=(CLOCK,)),
    )

    assert b'{"o":[{"timestamp":9}]}' == build(prepared([param], [[Order(symbol="A")]], body="json"), timestamp=9).body


# What cannot be smuggled in

NASTY = [
    "../..",
    "..%2f",
    "%2e%2e",
    "a/b",
    "?x=1",
    "#top",
    "\\",
    ";a=b",
    "%",
    "😀",
    "//evil.example",
    "https://evil.example",
    "@evil.example",
    "a b",
    "a\r\nX-Evil: 1",
    "\0",
    "{id}",
    "...",
]


@pytest.mark.parametrize("value", NASTY)
def test_path_parameter_is_exactly_one_segment(value: str) -> None:
    """Nothing in a path parameter ends its segment, climbs out of it, or reaches another host (D3, D4)."""
    param = Param(name="id", wire="id", place="path", required=True)
    path = sent([param], [value], path="/orders/{id}/fills").path
    start, orders, segment, fills = path.split("/")

    assert ("", "orders", "fills") == (start, orders, fills)
    assert percent_encoded(value) == segment
    assert not set(segment) & set("/?#\\;@ \r\n\0")


@pytest.mark.parametrize("value", ["", ".", ".."])
@pytest.mark.parametrize("described", [{}, {"kind": "list", "matrix": True, "items": Param(name="i", wire="i")}])
def test_path_parameter_that_is_no_segment_is_refused(value: str, described: dict[str, Any]) -> None:
    """Empty, `.` and `..` would change the path and are refused, also inside a matrix parameter (D3)."""
    param = Param(name="id", wire="id", place="path", required=True, **described)
    with pytest.raises(ConfigError, match="id must be usable as a part of a path"):
        sent([param], [[value] if described else value], path="/orders/{id}")


def test_path_parameter_cannot_name_another() -> None:
    """A value in braces does not become the place of the next parameter (D3)."""
    params = [Param(name=name, wire=name, place="path", required=True) for name in "ab"]

    assert "/%7Bb%7D/2" == sent(params, ["{b}", "2"], path="/{a}/{b}").path


def percent_encoded(text: str) -> str:
    """RFC 3986: unreserved characters stay, every other byte of the UTF-8 text is written %XX in capitals."""
    unreserved = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    return "".join(chr(byte) if byte in unreserved else f"%{byte:02X}" for byte in text.encode())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_query_value_is_encoded_by_rfc_3986(text: str) -> None:
    """A query value is what another encoder makes of it: nothing ends it or adds a parameter (C4, D5, D7)."""
    assert percent_encoded(text) == text_of(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_value_is_the_same_text_again(text: str) -> None:
    """What a JSON parser reads is what the caller gave (C4, D7)."""
    body = sent([Param(name="v", wire="v", place="json")], [text], body="json").body

    assert {"v": text} == json.loads(body)


@pytest.mark.parametrize("place", ["query", "form", "path", "json"])
def test_lone_surrogate_is_refused(place: Any) -> None:
    """Text that has no UTF-8 is a ConfigError, not a UnicodeEncodeError (D2)."""
    with pytest.raises(ConfigError, match="v must be text that can be encoded as UTF-8"):
        sent(
            [Param(name="v", wire="v", place=place)],
            ["a\ud800"],
            path="/{v}",
            body=place if place in ("form", "json") else "",
        )


@pytest.mark.parametrize("name", ["sign", "signature", "timestamp", "api_key", "command"])
def test_reserved_names_are_no_arguments(name: str) -> None:
    """No generated method takes a name that the signature needs (D9)."""
    from spotwire.coinw import Coinw
    from spotwire.mexc import Mexc

    for method in (Mexc().trade.place_order, Coinw().trade.place_order):
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            method("BTCUSDT", "BUY", "LIMIT", **{name: "x"})  # type: ignore[arg-type]


RESERVED = {
    "mexc": {"timestamp", "signature", "X-MEXC-APIKEY"},
    "jex": {"timestamp", "signature", "X-JEX-APIKEY"},
    "coinw": {"command", "sign", "api_key", "secret_key"},
    "bitunix": {"api-key", "nonce", "timestamp", "sign"},
    "coinstore": {"X-CS-APIKEY", "X-CS-EXPIRES", "X-CS-SIGN"},
}
"""What a hook adds, and the constant part of a query."""


def generated() -> list[tuple[str, Operation[Any]]]:
    """Return all operations that the clients declare, with the venue of each."""
    modules = [import_module(f"spotwire.{venue}.api.{group}") for venue in RESERVED for group in groups_of(venue)]
    return [(m.__name__.split(".")[1], o) for m in modules for o in vars(m).values() if isinstance(o, Operation)]


def groups_of(venue: str) -> list[str]:
    return [module.name for module in iter_modules(import_module(f"spotwire.{venue}.api").__path__)]


def test_no_generated_operation_sends_a_reserved_name() -> None:
    """D9: no argument of any operation travels under a name that its venue's hook adds."""
    found = generated()
    taken = [
        (venue, o.name, p.wire)
        for venue, o in found
        for p in o.params
        if p.wire in RESERVED[venue] and p.fill != "clock"
    ]

    assert 109 == len(found)
    assert [] == taken


AMOUNTS = [
    (f"{v}-{o.name}-{p.wire}", o, n) for v, o in generated() for n, p in enumerate(o.params) if p.kind == "decimal"
]


@pytest.mark.parametrize("value", [0.1, D("NaN"), D("-0"), D("Infinity"), True, "1e-8", " 1", D("1E+999999")])
@pytest.mark.parametrize(("operation", "place"), [pytest.param(o, n, id=name) for name, o, n in AMOUNTS])
def test_no_generated_operation_sends_an_amount_that_is_none(operation: Operation[Any], place: int, value: Any) -> None:
    """C6, L1, L5: every amount of every operation is checked before anything is signed, whatever else is right or wrong."""
    one = structs.replace(operation, params=(operation.params[place],), constant_query="")
    with pytest.raises(ConfigError, match=f"{operation.name}: {operation.params[place].name} must be"):
        prepare(one, (value,), new_client_order_id=str)


def test_caller_may_change_arguments_after_the_call_was_prepared() -> None:
    """A list changed while the call waits does not change what is sent (L4)."""
    ids = ["1", "2"]
    orders = [NewOrder(side=2, type=1, volume=D(1), symbol="A")]  # type: ignore[arg-type]
    one = prepared([IDS], [ids])
    two = prepare(PLACE_ORDERS, (orders,), new_client_order_id=lambda: "sw1")
    before = build(one, timestamp=1), build(two, timestamp=1)
    ids.append("3")
    orders.clear()

    assert before == (build(one, timestamp=1), build(two, timestamp=1))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.decimals(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    ),
    st.sampled_from(["text", "integer", "decimal", "boolean", "id", "datetime", "list"]),
    st.sampled_from(["query", "form", "json", "path"]),
)
def test_any_value_is_sent_or_refused(value: Any, kind: Any, place: Any) -> None:
    """Whatever is given, the outcome is an ASCII request or a ConfigError, never another exception."""
    items = Param(name="i", wire="i", place=place) if kind == "list" else None
    param = Param(name="v", wire="v", place=place, kind=kind, required=True, items=items, matrix=place == "path")
    try:
        request = sent([param], [value], path="/{v}", body=place if place in ("form", "json") else "")
    except ConfigError:
        return

    assert request.target.isascii()
    assert request.target.isprintable()


# Enums


class Direction(OpenStrEnum):
    """Known values of one parameter."""

    UP = "up"


class Pace(OpenStrEnum):
    """Known values of another one."""

    FAST = "fast"


@pytest.mark.parametrize(("value", "text"), [(Direction.UP, "up"), ("up", "up"), ("sideways", "sideways")])
def test_value_of_a_parameter_with_an_enum_is_sent_as_it_is(value: str, text: str) -> None:
    """A member, its text, and text that is not known yet: all go out as they are (L2)."""
    assert text == text_of(value, enum=Direction)


def test_member_of_another_enum_is_refused() -> None:
    """Two swapped arguments do not become an order: a member of another enum is no value of this one."""
    expected = "doIt: value must be a Direction of this venue, got Pace.FAST"

    assert expected == refusal(Pace.FAST, enum=Direction)


def test_member_of_another_enum_is_refused_in_a_body() -> None:
    """The same in JSON."""
    param = Param(name="way", wire="way", place="json", enum=Direction)

    with pytest.raises(ConfigError, match=r"way must be a Direction of this venue, got Pace\.FAST"):
        prepared([param], [Pace.FAST], body="json")


def test_member_of_an_unknown_value_is_sent() -> None:
    """A value made on purpose, which the documentation does not have yet, passes."""
    assert "new" == text_of(Direction("new"), enum=Direction)
