"""Answers become typed values exactly, at full speed; what the strict decoder refuses is read once more, tolerantly."""

import json
import pickle
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given, strategies as st

from spotwire.coinw.models.market import Trade
from spotwire.mexc.enums import OrderStatus, Side
from spotwire.mexc.models.market import AggTrade, Kline, OrderBook
from spotwire.mexc.models.trade import Order, OrderAck
from spotwire_core.decode import Decoder, Mismatch, decoder, list_decoder, wire_name
from spotwire_core.tolerant import read_text
from spotwire_core.types import Id, OpenIntEnum, OpenStrEnum, Row

D = Decimal


class Kind(OpenStrEnum):
    LIMIT = "LIMIT"


class State(OpenIntEnum):
    OPEN = 1


class Level(Row, frozen=True):
    price: Decimal
    quantity: Decimal


@attrs.frozen(kw_only=True)
class Small:
    price: Decimal


@attrs.frozen(kw_only=True)
class Everything:
    price: Decimal
    id: Id = attrs.field(metadata={"wire": "orderId"})
    kind: Kind | None = None
    state: State | None = None
    count: int | None = None
    ready: bool | None = None
    note: str | None = None
    last: Decimal | None = attrs.field(default=None, metadata={"wire": "lastPrice"})
    levels: list[Level] = attrs.field(factory=list)
    inner: Small | None = None
    prices: dict[str, Decimal] = attrs.field(factory=dict)
    time: datetime | None = attrs.field(default=None, metadata={"zone": "+08:00"})


@attrs.frozen(kw_only=True)
class Tree:
    name: str
    children: list["Tree"] = attrs.field(factory=list)


def decode(target: Any, text: str | bytes) -> Any:
    return decoder(target).decode(text.encode() if isinstance(text, str) else text)


def mismatch(target: Any, text: str | bytes) -> str:
    with pytest.raises(Mismatch) as caught:
        decode(target, text)
    return str(caught.value)


def price(text: str) -> Decimal:
    return decode(Small, '{"price":' + text + "}").price  # type: ignore[no-any-return]


# Numbers


@pytest.mark.parametrize(
    "text",
    [
        "1.10",
        "0.10000000000000000000000000001",
        "12345678901234567890123456789.123456789",
        "1e-8",
        "1E+3",
        "0",
        "-1.5",
    ],
)
def test_digits_are_kept(text: str) -> None:
    """A number and the same number as text are the Decimal of exactly these digits: no float in between (E6)."""
    assert D(text).as_tuple() == price(text).as_tuple() == price(f'"{text}"').as_tuple()


@pytest.mark.parametrize(
    "text",
    [
        '"NaN"',
        '"nan"',
        '"-Infinity"',
        '"inf"',
        '"sNaN"',
        '"NaN123"',
        '" NaN"',
        '"N_aN"',
        '"\\u004eaN"',
        '"\u00a0NaN"',
        '" 1"',
        '"1 "',
        '"1\\n"',
        '"1_0"',
        '"_1"',
        '"+ 1"',
        '"1e_5"',
        '"١"',
        '"1٣"',
        '"\\u0661"',
        '"1\\u00a0"',
        '"0x1"',
        '"1,5"',
        '"abc"',
        "true",
        "[1]",
        "{}",
    ],
)
def test_text_that_is_no_number_is_refused_as_price(text: str) -> None:
    """Nothing that Decimal alone would forgive becomes a price (E3, E6)."""
    assert mismatch(Small, '{"price":' + text + "}").startswith("$.price: expected a decimal number, got")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x1", "1e", "nan"])
def test_number_that_json_has_not_is_refused(text: str) -> None:
    """NaN, infinities and other spellings are not JSON (E3, E10)."""
    assert mismatch(Small, '{"price":' + text + "}").startswith("$: JSON")


def test_number_beyond_decimal_is_refused() -> None:
    """An exponent that no Decimal can hold is a mismatch, not an exception of the decimal module (E3)."""
    assert "$: numbers of a sensible size" == mismatch(Small, '{"price":1e999999999999999999999}')


def test_number_beyond_float_is_exact() -> None:
    """1e400 overflows a double; here it is the number that was sent (E3)."""
    assert D("1e400") == price("1e400") == price('"1e400"')


@pytest.mark.parametrize("number", [2**63, 2**63 + 1, 2**64, 2**70, 10**40])
def test_ids_and_whole_numbers_beyond_64_bits_are_exact(number: int) -> None:
    """An id or a whole number never passes through a double (E5)."""
    for text in (f"{number}", f'"{number}"'):
        value = decode(Everything, f'{{"price":1,"orderId":{text},"count":{text}}}')

        assert (str(number), number) == (value.id, value.count)
        assert isinstance(value.id, Id)


@pytest.mark.parametrize("text", ["1.0", "1e3", "true", "null", "[]", "{}"])
def test_id_is_text_or_a_whole_number(text: str) -> None:
    """Anything else is refused: an id that went through a float is not one (E5)."""
    assert "$.orderId: expected text or a whole number" in mismatch(Everything, '{"price":1,"orderId":' + text + "}")


@pytest.mark.parametrize(("text", "expected"), [("5", 5), ('"5"', 5), ("5.0", 5), ("1e3", 1000), ('"-5"', -5)])
def test_whole_number_may_be_text(text: str, expected: int) -> None:
    """A whole number is accepted as number and as text (E6)."""
    assert expected == decode(Everything, '{"price":1,"orderId":1,"count":' + text + "}").count


@pytest.mark.parametrize("text", ["5.5", '"5.5"', '"5a"', "true", '" 5"', '"٥"', '"1_0"', "1e5000"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    """A fraction, a flag or odd text is not rounded or forgiven (E6)."""
    assert "$.count" in mismatch(Everything, '{"price":1,"orderId":1,"count":' + text + "}")


@pytest.mark.parametrize("number", ['"NaN"', '" NaN"', '"Infinity"', '"1_0"', '"\\u004eaN"'])
@pytest.mark.parametrize(
    "member",
    [
        '"lastPrice":%s',
        '"levels":[["1","1"],["1",%s]]',
        '"inner":{"price":%s}',
        '"prices":{"BTC":%s}',
    ],
)
def test_text_that_is_no_number_is_refused_wherever_it_stands(member: str, number: str) -> None:
    """Rows, inner objects and tables of prices are looked at like any price (E3)."""
    body = '{"price":"1","orderId":1,' + member % number + "}"

    assert "expected a decimal number, got" in mismatch(Everything, body)
    assert mismatch(list[Everything], f"[{body}]").startswith("$[0].")


# What the policy forgives


def test_unknown_members_are_ignored() -> None:
    """A venue may add members anywhere (E7)."""
    assert Small(price=D(1)) == decode(Small, '{"new":{"a":[1]},"price":"1","newer":null}')


def test_unknown_enum_values_arrive_as_themselves() -> None:
    """New texts and numbers of an enum are members named after themselves (E7)."""
    value = decode(Everything, '{"price":1,"orderId":1,"kind":"ICEBERG","state":99}')

    assert (Kind("ICEBERG"), State(99)) == (value.kind, value.state)
    assert (Kind, State) == (type(value.kind), type(value.state))


def test_enum_of_texts_may_come_as_a_number_and_the_other_way_round() -> None:
    """`1` and `"1"` are the same value of an enum."""
    value = decode(Everything, '{"price":1,"orderId":1,"kind":7,"state":"1"}')

    assert (Kind("7"), State.OPEN) == (value.kind, value.state)


def test_blank_is_null_where_null_may_stand() -> None:
    """`""` in place of a number, a flag, a time or an object is None; whatever is text stays an empty text (E6, E7)."""
    body = '{"price":"1","orderId":"","lastPrice":"","count" : "","ready":"","note":"","time":"","inner":"","kind":""}'
    value = decode(Everything, body)

    assert (None, None, None, None, None) == (value.last, value.count, value.ready, value.time, value.inner)
    assert ("", "", "") == (value.note, value.id, value.kind)


def test_blank_is_refused_where_a_number_must_stand() -> None:
    """A blank price that is never null is a mismatch, not zero (E6)."""
    assert "$.price: expected a decimal number, got ''" == mismatch(Small, '{"price":""}')


def test_blank_inside_text_is_left_alone() -> None:
    """What looks like a blank member inside a text is not touched."""
    note = '{"lastPrice":""}'
    value = decode(Everything, json.dumps({"price": "1", "orderId": 1, "note": note, "lastPrice": ""}))

    assert (note, None) == (value.note, value.last)


def test_null_and_absence_are_none() -> None:
    """Null and a missing member of an optional field are None (E7)."""
    assert decode(Everything, '{"price":1,"orderId":1}') == decode(
        Everything, '{"price":1,"orderId":1,"kind":null,"state":null,"count":null,"note":null,"lastPrice":null}'
    )


def test_single_object_may_come_in_a_list() -> None:
    """One object wrapped in a list of one is the object; two are not (E7)."""
    assert Small(price=D(1)) == decode(Small, '[{"price":"1"}]')
    assert "$: expected an object, got []" == mismatch(Small, "[]")
    assert mismatch(Small, '[{"price":"1"},{"price":"2"}]').startswith("$: expected an object, got [{")


# What it does not


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "$.price: a member that is always there is missing"),
        ('{"price":null}', "$.price: expected a decimal number, got None"),
        ('{"price":1}', "$.orderId: a member that is always there is missing"),
        ('{"price":1,"orderId":1,"note":5}', "$.note: expected text, got 5"),
        ('{"price":1,"orderId":1,"ready":1}', "$.ready: expected true or false, got 1"),
        ('{"price":1,"orderId":1,"ready":"true"}', "$.ready: expected true or false, got 'true'"),
        ('{"price":1,"orderId":1,"kind":true}', "$.kind: expected text or a whole number, got True"),
        ('{"price":1,"orderId":1,"state":"open"}', "$.state: expected a whole number, got 'open'"),
        ('{"price":1,"orderId":1,"levels":{}}', "$.levels: expected an array, got {}"),
        ('{"price":1,"orderId":1,"levels":[["1","2"],["3"]]}', "$.levels[1]: expected at least 2 members, got 1"),
        ('{"price":1,"orderId":1,"levels":[["1","x"]]}', "$.levels[0][1]: expected a decimal number, got 'x'"),
        ('{"price":1,"orderId":1,"levels":[{"price":1}]}', "$.levels[0]: expected an array, got {'price': 1}"),
        ('{"price":1,"orderId":1,"prices":{"BTC":"x"}}', "$.prices.BTC: expected a decimal number, got 'x'"),
        ('{"price":1,"orderId":1,"prices":[]}', "$.prices: expected an object, got []"),
        ('{"price":1,"orderId":1,"inner":{"price":"x"}}', "$.inner.price: expected a decimal number, got 'x'"),
        ('{"price":1,"orderId":1,"time":"2025-02-30 00:00:00"}', "$.time: expected a time like 2025-03-12 17:37:31"),
        ('{"price":1,"orderId":1,"time":1741772251}', "$.time: expected a time like 2025-03-12 17:37:31"),
        ("null", "$: expected an object, got None"),
        ('"text"', "$: expected an object, got 'text'"),
        ("5", "$: expected an object, got 5"),
    ],
)
def test_wrong_type_is_named_with_its_path(text: str, expected: str) -> None:
    """The mismatch says where inside the answer, what was expected and what came (E7, E8)."""
    assert mismatch(Everything, text).startswith(expected)


@pytest.mark.parametrize(
    "body",
    [
        b'{"price":1,"orderId":1,"note":"\xff"}',
        b'{"price":1,"orderId":1,"note":"\xc0\xaf"}',
        b'{"price":1,"orderId":1,"new":"\xff"}',
        b'{"price":1,"orderId":1,"new":["\xed\xa0\x80"]}',
        b'{"price":1,"orderId":1,"\xff":1}',
        b'{"price":1,"orderId":1,"note":"\xed\xa0\x80"}',
        '{"price":1,"orderId":1}'.encode("utf-16"),
        b'\xef\xbb\xbf{"price":1,"orderId":1}',
        b'{"price":1,"orderId":1}x',
        b'{"price":1,"orderId":1}{"price":1,"orderId":1}',
        b'{"price":1,"orderId":1}\0',
        b'{"price":1,"orderId":1',
        b'{"price":1,"orderId":1,}',
        b"{'price':1,'orderId':1}",
        b'{"price":1,"orderId":1,"note":"a\nb"}',
        b"<html></html>",
        b"",
        b" ",
        b"\0",
    ],
)
def test_what_is_not_json_in_utf_8_is_refused(body: bytes) -> None:
    """Bad UTF-8, other encodings, a BOM, trailing garbage and cut JSON are mismatches at the root (E1, E10)."""
    assert mismatch(Everything, body).startswith(("$: JSON", "$: UTF-8"))


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_of_any_depth_is_a_mismatch(opening: str) -> None:
    """E4: no depth lies between what JSON may have and what can be shown."""
    closing = "]" if opening == "[" else "}"
    for depth in [*range(900, 1010), 2_000, 5_000]:
        assert mismatch(Small, '{"price":' + opening * depth + "1" + closing * depth + "}").startswith("$")


@pytest.mark.parametrize("body", ["[" * 100_000, '{"price":1,"deep":' + "[" * 100_000 + "]" * 100_000 + "}"])
def test_deep_nesting_is_refused_at_once(body: str) -> None:
    """A hundred thousand brackets are a mismatch in no time, not a RecursionError (E4)."""
    started = time.perf_counter()

    assert "nested thousands of levels deep" in mismatch(Small, body)
    assert time.perf_counter() - started < 0.5


def test_number_of_thousands_of_digits_is_refused_at_once() -> None:
    """Five thousand digits are a mismatch, not a ValueError of int (E4)."""
    started = time.perf_counter()

    assert "one of 5000 digits" in mismatch(Everything, '{"price":1,"orderId":1,"count":' + "9" * 5000 + "}")
    assert time.perf_counter() - started < 0.5


def test_escaped_lone_surrogate_is_text() -> None:
    """E1: an escape without its other half is kept where text stands; the bytes themselves were UTF-8."""
    assert "a\ud800b" == decode(Everything, '{"price":1,"orderId":1,"note":"a\\ud800b"}').note
    assert "expected a decimal number" in mismatch(Small, '{"price":"\\ud800"}')


def test_last_of_duplicate_keys_wins() -> None:
    """A name that comes twice has its last value, as in every JSON library (E2)."""
    assert D(2) == decode(Small, '{"price":"1","price":"2"}').price
    assert D(2) == read_text(Small, b'{"price":"1","price":"2"}').price


def test_long_value_is_cut_in_the_message() -> None:
    """A mismatch shows the beginning of what came, not a megabyte of it (E11)."""
    assert len(mismatch(Small, json.dumps({"price": "x" * 1_000_000}))) < 150


# Rows, times, lists


def test_row_longer_than_documented_is_cut() -> None:
    """Members that a venue appends to a row are ignored (E8)."""
    assert Level(D(1), D(2)) == decode(Level, '["1","2","3",null,{}]')


def test_row_shorter_than_documented_is_refused() -> None:
    """A row that lacks a place is a mismatch (E8)."""
    assert "$: expected at least 2 members, got 1" == mismatch(Level, '["1"]')


def test_generated_kline_is_a_row() -> None:
    """A candle of MEXC as its documentation shows it."""
    body = '[[1640804880000,"47482.36","47482.36","47416.57","47436.1","3.550717",1640804940000,"168387.3"]]'
    (kline,) = list_decoder(Kline).decode(body.encode())

    assert (1640804880000, D("47482.36"), D("168387.3")) == (kline.open_time, kline.open, kline.quote_volume)


def test_local_time_has_its_zone() -> None:
    """A time without a zone is read in the zone of the venue, fast and tolerantly alike (E9)."""
    expected = datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC)
    body = '{"price":%s,"orderId":1,"time":"2025-03-12 17:37:31"}'
    fast, slow = decode(Everything, body % 1).time, read_text(Everything, (body % 1).encode()).time

    assert expected == fast == slow
    assert timezone(timedelta(hours=8)) == fast.tzinfo


@pytest.mark.parametrize(
    "text",
    ["2025-13-01 00:00:00", "0000-01-01 00:00:00", "2025-03-12", "2025-03-12 17:37:31.5", "٢025-03-12 17:37:31", "now"],
)
def test_odd_local_time_is_refused(text: str) -> None:
    """What is no such time is a mismatch, not an OverflowError (E9)."""
    assert "$.time: expected a time" in mismatch(Everything, json.dumps({"price": 1, "orderId": 1, "time": text}))


@attrs.frozen(kw_only=True)
class Moments:
    time: datetime
    end: datetime | None = None


@pytest.mark.parametrize("text", ["2025-03-12T17:37:31+08:00", "2025-03-12T09:37:31Z", "2025-03-12T09:37:31"])
def test_time_in_iso_8601_is_aware(text: str) -> None:
    """E9: with an offset, or without one in UTC, fast and tolerantly alike."""
    expected = datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC)
    body = json.dumps({"time": text, "end": text})
    fast, slow = decode(Moments, body), read_text(Moments, body.encode())

    assert [expected] * 4 == [fast.time, fast.end, slow.time, slow.end]
    assert None not in {moment.tzinfo for moment in (fast.time, fast.end, slow.time, slow.end)}


@pytest.mark.parametrize(
    "value", ["10000-01-01T00:00:00Z", "2025-02-30T00:00:00Z", "now", "-1", 1741772251, 1741772251000, -1]
)
def test_odd_time_in_iso_8601_is_refused(value: object) -> None:
    """E9: neither the year 10000 nor epoch seconds, milliseconds or a number before 1970 are guessed at."""
    assert "$.time: expected a time in ISO 8601" in mismatch(Moments, json.dumps({"time": value}))


@pytest.mark.parametrize("moment", [-1, 0, 253402300800000, 10**30])
def test_epoch_numbers_are_just_numbers(moment: int) -> None:
    """Epoch times stay whole numbers, so no year overflows (E9)."""
    assert moment == decode(Everything, f'{{"price":1,"orderId":1,"count":{moment}}}').count


def test_trade_of_coinw_is_in_its_zone() -> None:
    """CoinW's times are those of UTC+8."""
    body = '{"id":1,"type":"SELL","price":"1","amount":"2","total":"2","time":"2025-03-12 17:37:31"}'

    assert datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC) == decode(Trade, body).time


def test_list_decoder_reads_a_list() -> None:
    """The decoder of a list names the item that is wrong."""
    assert [Small(price=D(1)), Small(price=D(2))] == list_decoder(Small).decode(b'[{"price":1},{"price":"2"}]')
    with pytest.raises(Mismatch, match=r"\$\[1\].price: a member that is always there is missing"):
        list_decoder(Small).decode(b'[{"price":1},{}]')


def test_models_may_refer_to_themselves() -> None:
    """A model that contains itself is decoded to any sensible depth."""
    assert Tree(name="a", children=[Tree(name="b", children=[Tree(name="c")])]) == decode(
        Tree, '{"name":"a","children":[{"name":"b","children":[{"name":"c"}]}]}'
    )


def test_generated_models_are_decoded() -> None:
    """Answers of MEXC as its documentation shows them."""
    book = decode(OrderBook, '{"lastUpdateId":1377043284,"bids":[["30225.82","0.112075"]],"asks":[["30225.83",2]]}')
    agg = decode(
        AggTrade, '{"a":null,"f":null,"l":null,"p":"46782.67","q":"0.0038","T":1641380483000,"m":false,"M":true}'
    )
    ack = decode(OrderAck, '{"symbol":"BTCUSDT","orderId":"06a480e69e604477bfb48dddd5f0b750","orderListId":-1}')

    assert (D("30225.82"), D(2)) == (book.bids[0].price, book.asks[0].quantity)
    assert (None, D("0.0038"), True) == (agg.agg_trade_id, agg.quantity, agg.is_best_match)
    assert ("06a480e69e604477bfb48dddd5f0b750", -1) == (ack.order_id, ack.order_list_id)


# The strict and the tolerant path


numbers = st.one_of(
    st.integers(-(10**30), 10**30).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12).map(str),
)
plain_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
documents = st.fixed_dictionaries(
    {
        "price": numbers | numbers.map(lambda text: f'"{text}"'),
        "orderId": plain_text.map(json.dumps) | st.integers(0, 2**80).map(str),
    },
    optional={
        "kind": st.sampled_from(['"LIMIT"', '"NEW"', "null", '""', "5"]),
        "state": st.sampled_from(["1", "99", "null", '"1"', '""']),
        "count": st.integers().map(str) | st.integers().map(lambda n: f'"{n}"') | st.just("null"),
        "ready": st.sampled_from(["true", "false", "null", '""']),
        "note": plain_text.map(json.dumps) | plain_text.map(lambda text: json.dumps(text, ensure_ascii=False)),
        "lastPrice": numbers | st.sampled_from(["null", '""']),
        "levels": st.lists(
            st.tuples(numbers, numbers).map(lambda row: f'["{row[0]}",{row[1]},"more"]'), max_size=3
        ).map(lambda rows: "[" + ",".join(rows) + "]"),
        "inner": numbers.map(lambda text: '{"price":' + text + ',"x":[{}]}'),
        "prices": st.dictionaries(plain_text, numbers, max_size=2).map(
            lambda prices: "{" + ",".join(f"{json.dumps(key)}:{value}" for key, value in prices.items()) + "}"
        ),
        "time": st.datetimes().map(lambda moment: json.dumps(moment.replace(microsecond=0).isoformat(" ")[:19])),
        "unknown": st.sampled_from(["[1,[2]]", '{"a":null}', '"NaN"', "1e5"]),
    },
)


@given(documents)
def test_strict_and_tolerant_reading_agree(document: dict[str, str]) -> None:
    """Where the strict decoder accepts an answer, the tolerant one reads the same value from it."""
    body = ("{" + ",".join(f'"{name}":{text}' for name, text in document.items()) + "}").encode()
    try:
        expected = decoder(Everything)._strict.decode(body)
    except msgspec.ValidationError:
        expected = read_text(Everything, body)

    assert expected == read_text(Everything, body) == decoder(Everything).decode(body)


@given(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_a_mismatch(body: bytes) -> None:
    """No body, however broken, raises anything but Mismatch."""
    with suppress(Mismatch):
        assert isinstance(decoder(Everything).decode(body), Everything)


@given(st.sampled_from(["price", "count", "state", "kind", "ready", "inner", "levels", "time", "orderId"]), st.data())
def test_any_json_in_any_member_is_read_or_a_mismatch(name: str, data: st.DataObject) -> None:
    """A member of any form is read as its type or is a mismatch that names a place."""
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | plain_text,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_text, inner, max_size=3),
        max_leaves=6,
    )
    document = {"price": "1", "orderId": "2", name: data.draw(values, "value")}
    try:
        assert isinstance(decoder(Everything).decode(json.dumps(document).encode()), Everything)
    except Mismatch as problem:
        assert problem.path.startswith("$")  # noqa: PT017


# The technique


def test_msgspec_reads_attrs_attrs() -> None:
    """An attrs class gives msgspec its names in `__attrs_attrs__`: the decoder shows other names there."""

    @attrs.define
    class Plain:
        order_id: int

    (field,) = attrs.fields(Plain)
    Plain.__attrs_attrs__ = (field.evolve(name="orderId"),)  # type: ignore[assignment]
    Plain.__annotations__ = {"orderId": int}
    Plain.orderId = Plain.__dict__["order_id"]  # type: ignore[attr-defined]  # the slot under its wire name

    value = msgspec.json.decode(b'{"orderId":5}', type=Plain)

    assert 5 == value.order_id


def test_wire_name_is_that_of_the_venue() -> None:
    """The venue's name stands in the metadata, else it is Python's."""
    fields = attrs.fields_dict(Everything)

    assert ("orderId", "price") == (wire_name(fields["id"]), wire_name(fields["price"]))


@pytest.mark.parametrize(
    ("model", "arguments"),
    [
        (
            Everything,
            {
                "price": D(1),
                "id": Id("7"),
                "last": D(2),
                "time": datetime(2025, 3, 12, tzinfo=timezone(timedelta(hours=8))),
            },
        ),
        (OrderAck, {"symbol": "BTCUSDT", "order_id": Id("7"), "orig_qty": D(2), "side": Side.BUY}),
    ],
)
def test_model_stays_as_declared_after_its_decoder_was_built(model: Any, arguments: dict[str, Any]) -> None:
    """Building a decoder leaves fields, annotations, equality, hash, repr, evolve and pickling as they were."""
    before = [field.name for field in attrs.fields(model)], dict(model.__annotations__), repr(model(**arguments))
    Decoder(model)
    value = model(**arguments)

    assert before == ([field.name for field in attrs.fields(model)], dict(model.__annotations__), repr(value))
    assert model(**arguments) == value
    assert attrs.asdict(value, recurse=False).items() >= arguments.items()
    assert value == pickle.loads(pickle.dumps(value))
    changed = attrs.evolve(value, **{list(arguments)[1]: Id("8")})
    assert changed != value
    assert repr(changed) != repr(value)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.price = D(3)


def test_hash_of_a_decoded_model_is_that_of_a_made_one() -> None:
    """A decoded value is equal to, and hashes like, one that the caller makes."""
    made = OrderAck(symbol="BTCUSDT", order_id=Id("7"), orig_qty=D(2))
    decoded = decode(OrderAck, '{"symbol":"BTCUSDT","orderId":"7","origQty":"2"}')

    assert made == decoded
    assert hash(made) == hash(decoded)


def test_decoded_model_is_frozen_and_complete() -> None:
    """Missing optional members have their defaults, and nothing can be set."""
    value = decode(Order, json.dumps(ORDER))

    assert (OrderStatus.NEW, None, None) == (value.status, value.time_in_force, value.stop_price)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.symbol = "ETHUSDT"


ORDER = {
    "symbol": "BTCUSDT",
    "orderId": "C02__5",
    "clientOrderId": "",
    "price": "11.00",
    "origQty": "1",
    "executedQty": "0",
    "cummulativeQuoteQty": "0",
    "status": "NEW",
    "type": "LIMIT",
    "side": "BUY",
    "time": 1,
    "updateTime": None,
    "isWorking": True,
}


def test_decoder_is_built_once() -> None:
    """The same type has one decoder."""
    assert decoder(Small) is decoder(Small)
    assert list_decoder(Small) is list_decoder(Small)


@pytest.mark.parametrize("price", ["11.00", "  "])
def test_decoders_may_be_built_from_many_threads(price: str) -> None:
    """Threads that need a decoder of the same models at once all get a right one, and read right meanwhile (H8)."""
    barrier = threading.Barrier(8)
    values: list[object] = []
    body = json.dumps(ORDER | {"price": price}).encode()

    def read() -> object:
        try:
            return Decoder(Order).decode(body)
        except Mismatch as problem:
            return str(problem)

    def build() -> None:
        barrier.wait()
        for _ in range(20):
            values.append(read())  # noqa: PERF401

    threads = [threading.Thread(target=build) for _ in range(8)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)

    assert [read()] * 160 == values
