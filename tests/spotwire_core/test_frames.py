"""Frames and commands of streams: everything that is documented, and everything else that a socket may bring."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given, strategies as st

from spotwire.coinstore.enums import Depth, KlineInterval, Side
from spotwire.coinstore.models.market import BookLevel, Klines
from spotwire.coinstore.streams import (
    HISTORY,
    KLINES,
    ORDER_BOOK,
    STREAMS,
    TICKER,
    TICKERS,
    TRADES,
    AsyncStreams,
    OrderBookEvent,
    Streams,
    TradeEvent,
)
from spotwire_core.decode import wire_name
from spotwire_core.errors import EXCERPT, ConfigError
from spotwire_core.frames import (
    AsyncSubscription,
    Frame,
    Frames,
    Request,
    Stream,
    Subscription,
    address,
    list_,
    param,
    pong,
    request,
    subscribe,
    unsubscribe,
)

CASES = Path(__file__).resolve().parents[2] / "specs/coinstore/examples/streams"
FRAMES = Frames(STREAMS)
HEADERS = {"S", "T"}
TICKER_FRAME = (
    '{"S":7,"T":"ticker","channel":"4@ticker","instrumentId":4,"symbol":"BTCUSDT","open":"1.10","high":"2","low":"1",'
    '"close":"1.5","volume":"10","amount":null}'
)


def lines(*marks: str) -> list[Any]:
    """Return the lines of all case files that begin with one of the marks, each named after its place."""
    found = [
        pytest.param(line[2:], id=f"{path.stem}:{number}")
        for path in sorted(CASES.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line[:2] in {f"{mark} " for mark in marks}
    ]
    assert found
    return found


def ticker(**members: object) -> str:
    """Return a frame of a ticker with other members."""
    return json.dumps({**json.loads(TICKER_FRAME), **members})


def on_the_wire(value: object) -> object:
    """Turn a value back into what JSON has for it."""
    if isinstance(value, list):
        return [on_the_wire(one) for one in value]
    if isinstance(value, msgspec.Struct):
        places = [on_the_wire(one) for one in msgspec.structs.astuple(value)]
        return places[: len(places) - places[::-1].index(next(one for one in places[::-1] if one is not None))]
    kind: type[Any] = type(value)
    if attrs.has(kind):
        named = {wire_name(field): getattr(value, field.name) for field in attrs.fields(kind)}
        return {name: on_the_wire(one) for name, one in named.items() if one is not None}
    return str(value) if isinstance(value, Decimal) else value


def same_ids(value: object) -> object:
    """Write numbers as text: ids are text in Python."""
    if isinstance(value, dict):
        return {name: same_ids(one) for name, one in value.items()}
    if isinstance(value, list):
        return [same_ids(one) for one in value]
    return str(value) if isinstance(value, int) else value


# Documented frames


@pytest.mark.parametrize("line", lines("<", "="))
def test_documented_frame_is_read_without_a_loss(line: str) -> None:
    """Every documented frame says its kind, and every member of an event or answer comes back with the digits printed."""
    wire = json.loads(line)
    frame = FRAMES.read(line)

    assert frame.kind in ("event", "answer", "echo")
    assert (wire.get("S"), wire.get("M")) == (frame.sequence, frame.message)
    assert frame.code == (str(wire["C"]) if "C" in wire else None)
    assert (wire.get("echo") or {}).get("id") == frame.request_id
    assert line.encode() == frame.body
    if frame.kind == "event":
        expected = wire.get("data") or [{name: value for name, value in wire.items() if name not in HEADERS}]

        assert same_ids(expected) == same_ids([on_the_wire(event) for event in frame.events])
    if frame.request is not None:
        assert same_ids(wire) == same_ids(on_the_wire(frame.value))


DOCUMENTED: dict[str, list[tuple[str, str | None, Stream[Any] | None]]] = {
    "trades": [("event", "28@trade", TRADES), ("event", "88066@trade", TRADES)],
    "trades.session": [("answer", None, None), ("echo", None, None), ("answer", None, None), ("event", "80004@trade", TRADES)],
    "klines": [("event", "88066@kline@1m", KLINES)],
    "ticker": [("event", "88066@ticker", TICKER)],
    "tickers.constructed": [("event", "!@ticker", TICKERS)],
    "orderBook": [("event", "88066@depth@5", ORDER_BOOK)],
    "orderBook.constructed": [("event", "4@depth@5", ORDER_BOOK)],
    "history": [("answer", "88066@kline@min_1", None)],
    "list": [("answer", None, None)],
}  # fmt: skip


@pytest.mark.parametrize("case", DOCUMENTED)
def test_documented_frame_belongs_to_a_stream(case: str) -> None:
    """The frames of each sample are told apart, also where they name neither their kind nor their channel."""
    text = (CASES / f"{case}.txt").read_text(encoding="utf-8").splitlines()
    frames = [FRAMES.read(line[2:]) for line in text if line[:2] in ("< ", "= ")]

    assert DOCUMENTED[case] == [(frame.kind, frame.channel, frame.stream) for frame in frames]


def test_event_is_typed() -> None:
    """Prices are exact decimals, ids text, sides members of an enum; a value that is not known arrives as itself."""
    first = (CASES / "trades.txt").read_text(encoding="utf-8").splitlines()[2]
    events = FRAMES.read(first[2:]).events

    assert [Decimal("384.32"), Decimal("644.96")] == [event.price for event in events]
    assert (Side("BULL"), Side.SELL) == tuple(event.taker_side for event in events)
    assert all(isinstance(event, TradeEvent) and event.trade_id == str(event.trade_id) for event in events)
    assert "21704" == events[0].trade_id


@pytest.mark.parametrize("row", ['["0.0024","10"]', '["0.0024","10",1]'])
def test_level_of_two_or_three_members_is_read(row: str) -> None:
    """Levels are documented as pairs and are triples in reality; both are the same row."""
    frame = FRAMES.read(f'{{"T":"depth","channel":"4@depth@5","level":5,"symbol":"BTCUSDT","b":[{row}],"a":[]}}')
    (event,) = frame.events

    assert isinstance(event, OrderBookEvent)
    assert isinstance(event.bids[0], BookLevel)
    assert (Decimal("0.0024"), Decimal(10)) == (event.bids[0].price, event.bids[0].quantity)


@pytest.mark.parametrize("data", ["[]", f'[{TICKER_FRAME[:-1]},"channel":"ticker"}}]'])
def test_list_of_all_tickers_belongs_to_its_channel(data: str) -> None:
    """Whatever the tickers in a list call their channel, the list is that of all symbols."""
    frame = FRAMES.read(f'{{"S":1,"T":"ticker","data":{data}}}')

    assert ("event", TICKERS, "!@ticker") == (frame.kind, frame.stream, frame.channel)


def test_channel_is_known_without_the_deprecated_id() -> None:
    """A list of trades belongs to the channel that each of them names."""
    trade = '{"channel":"28@trade","symbol":"X","tradeId":1,"takerSide":"BUY","price":"1","volume":"1","time":1}'

    assert "28@trade" == FRAMES.read(f'{{"T":"trade","data":[{trade}]}}').channel


# What the header says


def test_bytes_and_text_are_read_alike() -> None:
    """A library may hand a text frame over as text or as its bytes."""
    assert FRAMES.read(TICKER_FRAME).events == FRAMES.read(TICKER_FRAME.encode()).events


def test_error_says_code_message_and_command() -> None:
    """A code that is no success makes an error of an echo and of an answer."""
    echo = FRAMES.read('{"S":2,"T":"echo","C":400,"M":"bad.command","echo":{"op":"SUB","id":7}}')
    answer = FRAMES.read('{"S":3,"T":"resp","C":"404","M":"channel.not.found"}')

    assert ("error", 2, "400", "bad.command", 7) == (
        echo.kind, echo.sequence, echo.code, echo.message, echo.request_id,
    )  # fmt: skip
    assert ("error", "404", None) == (answer.kind, answer.code, answer.request_id)


@pytest.mark.parametrize(
    "frame",
    ['{"S":1,"T":"news","text":"x"}', "{}", '{"S":1}', '{"T":"trade","data":null,"S":1}', '{"T":"kline","data":[]}'],
)
def test_frame_of_no_stream_raises_nothing(frame: str) -> None:
    """A kind that is not described is unknown; a shape that is not is unreadable or unknown."""
    assert FRAMES.read(frame).kind in ("unknown", "unreadable")


def test_unknown_kind_keeps_what_the_header_says() -> None:
    """Gaps in the sequence can be seen although a frame's kind is not known."""
    frame = FRAMES.read('{"S":9,"T":"news","channel":"4@news"}')

    assert ("unknown", 9, "4@news") == (frame.kind, frame.sequence, frame.channel)


@pytest.mark.parametrize("kind", [None, "resp", "kline", "req"])
def test_answer_to_a_request_is_recognised_whatever_it_calls_itself(kind: str | None) -> None:
    """The sample has no T; candles of the past are told by their list of candles."""
    line = (CASES / "history.txt").read_text(encoding="utf-8").splitlines()[2]
    wire = {**({"T": kind} if kind else {}), **json.loads(line[2:])}
    frame = FRAMES.read(json.dumps(wire))

    assert ("answer", HISTORY, "88066@kline@min_1") == (frame.kind, frame.request, frame.channel)
    assert isinstance(frame.value, Klines)
    assert [KlineInterval.MIN_1] == [candle.interval for candle in frame.value.item]


def test_answer_to_a_request_that_cannot_be_read_says_why() -> None:
    """A candle without a price is a problem with its place."""
    frame = FRAMES.read('{"S":3,"channel":"4@kline@min_1","symbol":"X","instrumentId":4,"item":[{"interval":"min_1"}]}')

    assert ("unreadable", 3, "4@kline@min_1") == (frame.kind, frame.sequence, frame.channel)
    assert frame.problem is not None
    assert frame.problem.path.startswith("$.item[0].")


def test_echo_says_its_number_at_any_depth() -> None:
    """Where the command's id lies in an echo is the venue's choice."""
    for path, wire in ((("ref",), {"ref": 7}), (("a", "b", "c"), {"a": {"b": {"c": 7}}}), (("a", "b"), {"a": None})):
        own = msgspec.structs.replace(STREAMS, frame=msgspec.structs.replace(STREAMS.frame, echo_id=path))
        frame = Frames(own).read(json.dumps({"T": "echo", "C": "200", **wire}))

        assert ("echo", None if wire == {"a": None} else 7) == (frame.kind, frame.request_id)


def test_unknown_members_are_ignored() -> None:
    """A venue that adds a member breaks nobody."""
    assert FRAMES.read(TICKER_FRAME).events == FRAMES.read(ticker(next={"a": [1, {"b": None}]})).events


def test_repr_hides_the_text() -> None:
    """An echo may repeat a key, so a frame does not show its text."""
    frame = FRAMES.read('{"S":2,"T":"echo","C":200,"M":"command.received","echo":{"auth":{"token":"CANARY"},"id":1}}')

    assert "CANARY" not in repr(frame)
    assert b"CANARY" in frame.body


# What is no frame

NUMBERS = (
    '"NaN"', '"nan"', '"sNaN"', '"-NaN123"', '"Infinity"', '"-inf"', '"1_0"', '" 1"', '"１"', '"\\u004eaN"', "NaN", "Infinity", "1e",
    '"x"', "true", "[]",
)  # fmt: skip
UNREADABLE: dict[str, bytes | str] = {
    "nothing": "",
    "blank": " ",
    "text": "hello",
    "two objects": "{}{}",
    "cut": TICKER_FRAME[:-20],
    "an array": "[1]",
    "a number": "1",
    "null": "null",
    "a kind that is a number": '{"T":1}',
    "a sequence that is text": '{"S":"1","T":"ticker"}',
    "a fraction as sequence": '{"S":1.5}',
    "an echo that is text": '{"T":"echo","echo":"x"}',
    "a member too few": '{"S":1,"T":"ticker","symbol":"X"}',
    "a list that is none": '{"S":1,"T":"trade","data":{"price":"1"}}',
    "an event in a list that is none": '{"S":1,"T":"trade","data":[1]}',
    "invalid UTF-8 in an event": TICKER_FRAME.replace("BTCUSDT", "é").encode("latin-1"),
    "invalid UTF-8 in an ignored member": b'{"S":1,"T":"news","text":"\xff"}',
    "half a surrogate pair": '{"S":1,"T":"news","text":"\ud800"}',
    "a byte order mark": "\ufeff" + TICKER_FRAME,
    "NaN in an ignored member": '{"S":1,"T":"news","x":NaN}',
    "a binary frame": bytes(range(256)),
    "thousands of levels": '{"x":' + "[" * 100_000,
    "thousands of closed levels": '{"x":' + "[" * 100_000 + "]" * 100_000 + "}",
    "a number of ten thousand digits": '{"S":' + "9" * 10_000 + "}",
    **{f"{number} as price": f'{TICKER_FRAME[:-1]},"open":{number}}}' for number in NUMBERS},
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_frame_is_an_outcome(name: str) -> None:
    """E1, E3: what is no frame of the venue raises nothing, and says what is wrong with a short excerpt that is safe to print."""
    frame = FRAMES.read(UNREADABLE[name])

    assert "unreadable" == frame.kind
    assert frame.problem is not None
    assert frame.problem.expected
    assert len(frame.problem.excerpt) <= EXCERPT + 1
    assert all(character.isprintable() for character in frame.problem.excerpt)
    assert () == frame.events


@pytest.mark.parametrize("number", NUMBERS)
def test_unreadable_event_keeps_its_place(number: str) -> None:
    """An event that cannot be read still counts in the sequence of its channel, where the frame is JSON at all."""
    frame = FRAMES.read(f'{TICKER_FRAME[:-1]},"open":{number}}}')

    if number not in ("NaN", "Infinity", "1e"):
        assert (7, "4@ticker") == (frame.sequence, frame.channel)


@given(st.binary() | st.text())
def test_no_bytes_raise(frame: bytes | str) -> None:
    """Whatever a socket brings is a Frame."""
    assert isinstance(FRAMES.read(frame), Frame)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
members = st.sampled_from(
    ["S", "T", "C", "M", "channel", "data", "echo", "id", "symbol", "open", "item", "a", "b", "price"]
)
kinds = st.sampled_from(["ticker", "trade", "kline", "depth", "echo", "resp"])


@given(st.dictionaries(members, json_values), kinds | st.none())
def test_no_frame_raises(wire: dict[str, object], kind: str | None) -> None:
    """Known members with any value are a Frame, never an exception."""
    if kind is not None:
        wire["T"] = kind

    assert isinstance(FRAMES.read(json.dumps(wire)), Frame)


# Commands


def made(command: dict[str, Any]) -> str:
    """Write a documented command with the functions."""
    op, number = command["op"], command.get("id", 0)
    if op == "SUB":
        return subscribe(STREAMS, command["channel"], command.get("param"), number)
    if op == "UNSUB":
        return unsubscribe(STREAMS, command["channel"], number)
    if op == "LIST":
        return list_(STREAMS, number)
    if op == "REQ":
        asked = dict(command["param"])
        return request(STREAMS, asked.pop("channel"), asked, number)
    return pong(STREAMS, command["epochMillis"])


@pytest.mark.parametrize("line", [case for case in lines(">") if "login" not in str(case.id)])
def test_documented_command_is_made(line: str) -> None:
    """Every documented command comes out of the functions, value by value."""
    assert json.loads(line) == json.loads(made(json.loads(line)))


@pytest.mark.parametrize(
    ("stream", "values", "channel", "params"),
    [
        (TRADES, ("28", 2), "28@trade", {"size": 2}),
        (TRADES, ("28", None), "28@trade", {}),
        (KLINES, ("4", KlineInterval.MIN_1), "4@kline@min_1", {}),
        (KLINES, ("4", "min_1"), "4@kline@min_1", {}),
        (TICKER, ("4",), "4@ticker", {}),
        (TICKERS, (), "!@ticker", {}),
        (ORDER_BOOK, ("4", 20), "4@depth@20", {}),
        (ORDER_BOOK, ("4", Depth.LEVELS_5), "4@depth@5", {}),
        (HISTORY, ("4", KlineInterval.MIN_1, None, 200), "4@kline@min_1", {"limit": 200}),
        (HISTORY, ("4", "min_1", 1603766280, None), "4@kline@min_1", {"endTime": 1603766280}),
        (TICKER, ("币",), "币@ticker", {}),
    ],
)
def test_arguments_become_a_channel_and_a_param(
    stream: Stream[Any] | Request[Any], values: tuple[Any, ...], channel: str, params: dict[str, Any]
) -> None:
    """Arguments of the address go there, the others into the command, and what is left out nowhere."""
    sent = json.loads(subscribe(STREAMS, [address(stream, values)], param(stream, values), 1))

    assert [channel] == sent["channel"]
    assert params == sent.get("param", {})


HOSTILE = (
    "", " ", "a@b", "4@ticker", 'a"b', "a'b", "a\\b", "a\nb", "a\0b", "a\x7fb", "a\u202eb", "a\u2028b", "a b", "{interval}", "{symbol}",
    "\ud800", "a\u200bb",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_argument_is_refused(text: str) -> None:
    """An argument cannot reach beyond its part of a channel's name."""
    for stream, values in (
        (TICKER, (text,)),
        (KLINES, ("4", text)),
        (KLINES, (text, "min_1")),
        (HISTORY, (text, "min_1", None, 1)),
    ):
        with pytest.raises(ConfigError, match=rf"^{stream.name}: (symbol|interval) must be "):
            address(stream, values)


@pytest.mark.parametrize(
    ("stream", "values", "said"),
    [
        (TRADES, (None, 2), "trades needs symbol"),
        (TRADES, ("4", "many"), "trades: size must be an int"),
        (HISTORY, ("4", "min_1", None, 201), "history: limit must be from"),
        (KLINES, ("4", Side.BUY), "klines: interval must be a KlineInterval"),
        (ORDER_BOOK, ("4", None), "orderBook: levels must be usable"),
        (TICKER, (), "ticker takes 1 values"),
    ],
)
def test_wrong_argument_is_a_config_error(
    stream: Stream[Any] | Request[Any], values: tuple[Any, ...], said: str
) -> None:
    """Arguments are checked as those of a call are, before anything is sent."""
    with pytest.raises(ConfigError, match=f"^{said}"):
        address(stream, values)


def test_text_cannot_leave_its_place_in_a_command() -> None:
    """A channel's name is escaped, so it cannot add a member to the command."""
    sent = subscribe(STREAMS, ['x"],"op":"LOGIN","channel":["y'], None, 1)

    assert {"op": "SUB", "channel": ['x"],"op":"LOGIN","channel":["y'], "id": 1} == json.loads(sent)


def test_separator_of_an_address_cannot_come_from_an_argument() -> None:
    """What separates the parts of a name is the venue's choice."""
    stream: Stream[TradeEvent] = Stream(
        name="book", address="book:{symbol}", kind="b", event=TradeEvent, params=TICKER.params
    )

    assert "book:4" == address(stream, ("4",))
    with pytest.raises(ConfigError, match="symbol must be usable"):
        address(stream, ("4:5",))


def test_connection_facts() -> None:
    """The times that keep a connection open are the documented ones."""
    assert (86400, 180) == (STREAMS.lifetime, STREAMS.ping_every)
    assert "wss://ws.coinstore.com/s/ws" == STREAMS.url
    assert STREAMS.symbols is not None
    assert ("symbol_code", "symbol_id", "symbol") == (
        STREAMS.symbols.symbol, STREAMS.symbols.id, STREAMS.symbols.parameter,
    )  # fmt: skip


# The generated methods


class Opener:
    """Keeps what a group of methods hands over."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, tuple[Any, ...]]] = []

    def open(self, stream: Stream[Any], values: tuple[Any, ...], /) -> Any:
        self.asked.append((stream, values))

    def ask(self, asked: Request[Any], values: tuple[Any, ...], /) -> Any:
        self.asked.append((asked, values))


class AsyncOpener(Opener):
    """The same for asynchronous methods."""

    async def ask(self, asked: Request[Any], values: tuple[Any, ...], /) -> Any:
        self.asked.append((asked, values))


HANDED_OVER: list[tuple[object, tuple[Any, ...]]] = [
    (TRADES, ("BTCUSDT", 2)),
    (KLINES, ("BTCUSDT", KlineInterval.MIN_1)),
    (TICKER, ("BTCUSDT",)),
    (TICKERS, ()),
    (ORDER_BOOK, ("BTCUSDT", 20)),
    (HISTORY, ("BTCUSDT", "min_1", None, 200)),
]


def call_streams(streams: Streams | AsyncStreams) -> None:
    calls: list[Callable[[], Subscription[Any] | AsyncSubscription[Any]]] = [
        lambda: streams.trades("BTCUSDT", size=2),
        lambda: streams.klines("BTCUSDT", KlineInterval.MIN_1),
        lambda: streams.ticker("BTCUSDT"),
        streams.tickers,
        lambda: streams.order_book("BTCUSDT"),
    ]
    for call in calls:
        call()


def test_methods_hand_over_data() -> None:
    """A method names the stream and its arguments in order, a default included, and does nothing else."""
    opener = Opener()
    streams = Streams(opener)
    call_streams(streams)
    streams.history("BTCUSDT", "min_1", limit=200)

    assert HANDED_OVER == opener.asked


def test_asynchronous_methods_hand_over_the_same() -> None:
    """Only the request is awaited: a subscription begins when it is entered."""
    opener = AsyncOpener()
    streams = AsyncStreams(opener)
    call_streams(streams)
    asyncio.run(streams.history("BTCUSDT", "min_1", limit=200))

    assert HANDED_OVER == opener.asked
