"""The simulated streams: every documented script, events that are the exchange's, faults that do what they say, no way to wedge it."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import httpx
import pytest
import yaml
from websockets.asyncio.client import connect as async_connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from generator.rules import Closed
from spotwire_sim import SimulatedVenue, StreamFault, StreamTimes, simulate
from spotwire_sim.exchange import NewOrder, OrderType, Side
from spotwire_sim.faces.coinstore import sign
from spotwire_sim.streams.connection import LARGEST_COMMAND, Connection, Sent
from spotwire_sim.streams.faults import StreamFaults
from spotwire_sim.streams.session import Session

D = Decimal
Members = dict[str, Any]

NOW = 1_732_000_000_000 + 15_000
PATIENCE = 10
SPECS = Path(__file__).parents[2] / "specs" / "coinstore"
CASES = sorted((SPECS / "examples" / "streams").glob("*.txt"))
EAGER = StreamTimes(push_every=0)


@pytest.fixture(scope="module")
def server() -> Iterator[SimulatedVenue]:
    symbols = ["BTCUSDT", "ETHUSDT"]
    with simulate("coinstore", limits=False, symbols=symbols, now=lambda: NOW, stream_times=EAGER) as running:
        yield running


@pytest.fixture
def venue(server: SimulatedVenue) -> Iterator[SimulatedVenue]:
    """A venue as it starts, whose faults all have to happen."""
    server.reset()
    yield server
    server.check()


# A client, and what every frame has to be


def _closed() -> Closed:
    """The schemas of both documents, closed: no member that is not described."""
    texts = [(SPECS / name).read_text(encoding="utf-8") for name in ("openapi.yaml", "asyncapi.yaml")]
    rest, streams = (yaml.safe_load(text.replace("./openapi.yaml#", "#")) for text in texts)
    payloads = {f"{name}Message": message["payload"] for name, message in streams["components"]["messages"].items()}
    return Closed(
        {"components": {"schemas": rest["components"]["schemas"] | streams["components"]["schemas"] | payloads}}
    )


CLOSED = _closed()
RECEIVED = ("Echo", "Answer", "TradeList", "Trade", "Kline", "Ticker", "TickerList", "OrderBook", "History")
VALIDATORS = {name: CLOSED.validator({"$ref": f"#/components/schemas/{name}Message"}) for name in RECEIVED}


def message_of(frame: Members) -> str:
    """Name the message of the document that a frame has to be."""
    if "item" in frame:
        return "History"
    listed = "data" in frame
    names = {
        "echo": "Echo",
        "resp": "Answer",
        "trade": "Trade",
        "kline": "Kline",
        "ticker": "Ticker",
        "depth": "OrderBook",
    }
    return names[frame["T"]] + "List" * listed


def checked(text: str | bytes) -> Members:
    frame: Members = json.loads(text)
    problems = [f"{list(e.instance_path)}: {e.message}" for e in VALIDATORS[message_of(frame)].iter_errors(frame)]

    assert [] == problems, frame
    return frame


class Client:
    """A client of the library `websockets`. Each frame is checked against the document."""

    def __init__(self, venue: SimulatedVenue) -> None:
        self._connecting = connect(venue.streams_url, proxy=None, max_size=None)
        self.heard: list[bytes] = []

    def __enter__(self) -> Self:
        self.socket = self._connecting.__enter__()
        assert "established" == self.receive()["M"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connecting.__exit__(kind, error, trace)

    def raw(self) -> str | bytes:
        return self.socket.recv(PATIENCE)

    def receive(self) -> Members:
        text = self.raw()
        assert isinstance(text, str)
        self.heard.append(text.encode())
        return checked(text)

    def send(self, **command: Any) -> None:
        self.socket.send(json.dumps(command))

    def ask(self, **command: Any) -> tuple[Members, Members]:
        """Return the echo of a command, and its answer."""
        self.send(**command)
        return self.receive(), self.receive()

    def subscribe(self, *channels: str, **members: Any) -> list[Members]:
        """Return what is pushed first on each channel."""
        assert 200 == self.ask(op="SUB", channel=list(channels), **members)[1]["C"]
        return [self.receive() for _ in channels]

    def silent(self) -> bool:
        """Tell whether nothing more came; everything that was sent before has been received when a command is answered."""
        self.send(op="LIST", channel=[])
        frames = [self.receive(), self.receive()]
        return ["echo", "resp"] == [frame["T"] for frame in frames]

    def end(self) -> tuple[int, str]:
        """Return with which code and reason it is closed, after whatever comes before."""
        deadline = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < deadline:
                self.raw()
        except ConnectionClosed as closed:
            return (1006, "") if closed.rcvd is None else (closed.rcvd.code, closed.rcvd.reason)
        return 0, "still open"


class Raw:
    """A client that does nothing by itself: no pongs, no reading."""

    def __init__(self, venue: SimulatedVenue) -> None:
        host, port = venue.url.removeprefix("http://").split(":")
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.socket.settimeout(PATIENCE)
        self.socket.connect((host, int(port)))
        self.socket.sendall(
            b"GET /s/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self._buffer = b""

    def __enter__(self) -> Self:
        head = self.until(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def until(self, end: bytes) -> bytes:
        while end not in self._buffer:
            part = self.socket.recv(65536)
            assert part
            self._buffer += part
        found, _, self._buffer = self._buffer.partition(end)
        return found + end

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            part = self.socket.recv(65536)
            if not part:
                raise EOFError
            self._buffer += part
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def frame(self) -> tuple[Opcode, bool, bytes]:
        first, size = self._exactly(2)
        if size == 126:
            size = struct.unpack("!H", self._exactly(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self._exactly(8))[0]
        return Opcode(first & 15), bool(first & 128), self._exactly(size)

    def send(self, opcode: Opcode, data: bytes, *, fin: bool = True) -> None:
        self.socket.sendall(Frame(opcode, data, fin=fin).serialize(mask=True))

    def end(self) -> str:
        """Return how the connection ends, after whatever comes before."""
        deadline = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < deadline:
                opcode, _, data = self.frame()
                if opcode is Opcode.CLOSE:
                    return f"{struct.unpack('!H', data[:2])[0]} {data[2:].decode()}"
        except EOFError:
            return "cut"
        except ConnectionResetError:
            return "reset"
        return "still open"


def buy(venue: SimulatedVenue, quantity: str = "0.001", symbol: str = "BTCUSDT") -> None:
    """Trade, in this thread and not in the server's."""
    venue.exchange.place(venue.user, NewOrder(symbol, Side.BUY, OrderType.MARKET, quantity=D(quantity)))


def rest(venue: SimulatedVenue, price: str = "54000") -> int:
    """Change the book without a trade."""
    order = NewOrder("BTCUSDT", Side.BUY, OrderType.LIMIT, price=D(price), quantity=D("0.01"))
    return venue.exchange.place(venue.user, order).order_id


def buy_over_rest(venue: SimulatedVenue, http: httpx.Client, amount: str) -> None:
    body = json.dumps(
        {"symbol": "BTCUSDT", "side": "BUY", "ordType": "MARKET", "ordAmt": amount, "timestamp": NOW}
    ).encode()
    headers = {
        "content-type": "application/json",
        "x-cs-apikey": venue.api_key,
        "x-cs-expires": str(NOW),
        "x-cs-sign": sign(venue.api_secret, NOW, body),
    }
    answer = http.post(f"{venue.url}/api/trade/order/place", content=body, headers=headers)

    assert 0 == int(answer.json()["code"]), answer.text


# The documented scripts

FIXED = {"T", "C", "M", "op", "auth", "pub", "takerSide"}
"""Members whose documented value is the venue's word and not a sample of data."""

SLIPS = {"BULL": "BUY", "1m": "min_1"}
"""Values in samples that the errata correct."""

OPTIONAL = {"S", "T", "channel", "sid", "ts", "seq"}
"""Members that only some samples have."""


def script(path: Path) -> list[tuple[str, Members]]:
    """Read a case; the symbols of samples become the one that the simulated venue has under the id 4."""
    text = re.sub(r"\b(80004|88066|28)(?=@|\"|,)", "4", path.read_text(encoding="utf-8"))
    return [(line[0], json.loads(line[2:])) for line in text.splitlines() if not line.startswith("#")]


def misfits(documented: Any, got: Any, where: str = "$") -> Iterator[str]:
    """Say where a frame differs from a sample in members, types, kind of text, or the venue's words."""
    if isinstance(documented, dict) and isinstance(got, dict):
        missing, further = set(documented) - set(got), set(got) - set(documented) - OPTIONAL
        if missing or further:
            yield f"{where}: missing {sorted(missing)}, not documented {sorted(further)}"
        for name in set(documented) & set(got):
            if name in FIXED and name != "takerSide" and documented[name] != got[name]:
                yield f"{where}.{name}: {got[name]!r} instead of {documented[name]!r}"
            yield from misfits(documented[name], got[name], f"{where}.{name}")
    elif isinstance(documented, list) and isinstance(got, list):
        if bool(documented) != bool(got):
            yield f"{where}: {got!r} instead of {documented!r}"
        for sample, one in zip(documented[:1], got[:1], strict=False):
            yield from misfits(sample, one, f"{where}[]")
    elif type(documented) is not type(got):
        yield f"{where}: {got!r} is no {type(documented).__name__}"
    elif isinstance(documented, str) and kind_of(SLIPS.get(documented, documented)) != kind_of(got):
        yield f"{where}: {got!r} is not like {documented!r}"


def kind_of(text: str) -> str:
    """Turn text into its kind: digits into 0, words and ids as they are but for their letters' case."""
    if re.fullmatch(r"[0-9a-f-]{36}", text):
        return "uuid"
    return "number" if re.fullmatch(r"[0-9.]+", text) else re.sub(r"[A-Za-z]+", "a", re.sub(r"[0-9]+", "0", text))


APART = {"subscribe.format", "list", "subscribe", "unsubscribe", "login.constructed"}
"""The general format, which answers nothing in particular; the list, which needs a subscription first; and what is refused."""


@pytest.mark.parametrize("path", [p for p in CASES if p.stem not in APART], ids=lambda path: path.stem)
def test_documented_script_is_played(path: Path, venue: SimulatedVenue) -> None:
    """What the client sends is answered, and what is to be pushed is pushed, in the documented form."""
    with Client(venue) as client:
        greeting = json.loads(client.heard[0])
        for turn, documented in script(path):
            if turn == ">":
                client.send(**documented)
            elif documented.get("M") == "established":
                assert [] == list(misfits(documented, greeting))
                assert documented["S"] == greeting["S"]
            else:
                assert [] == list(misfits(documented, _awaited(client, venue, turn, documented)))


def _awaited(client: Client, venue: SimulatedVenue, turn: str, documented: Members) -> Members:
    """Receive until a frame is of the message that is documented; trade where a push has to come."""
    if turn == "=":
        buy(venue)
    wanted = _sample(documented)
    while message_of(frame := client.receive()) != wanted:
        pass
    if message_of(frame) in {"Echo", "Answer"} and "subs" not in frame:
        assert documented["S"] == frame["S"]
    return frame


def _sample(documented: Members) -> str:
    """Name the message of a sample, which may not say its kind."""
    own = {"takerSide": "trade", "interval": "kline", "level": "depth", "open": "ticker"}
    guessed = next((kind for member, kind in own.items() if member in documented), None)
    return message_of({"T": guessed, **documented})


def test_list_is_documented_with_subscriptions(venue: SimulatedVenue) -> None:
    """The sample of the list has a row, so this one subscribes before it asks."""
    [documented] = [frame for turn, frame in script(SPECS / "examples/streams/list.txt") if turn == "<"]
    with Client(venue) as client:
        client.subscribe("4@trade")
        buy(venue)
        assert "4@trade" == client.receive()["channel"]
        answer = client.ask(op="LIST", channel=[], id=3)[1]

    assert [] == list(misfits(documented, answer))
    assert [("4@trade", 2, NOW // 1000)] == [(r["name"], r["msgCount"], r["lifeStartTime"]) for r in answer["subs"]]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("subscribe", 3011, "symbol not found"),
        ("unsubscribe", 400, "Invalid request format"),
        ("login.constructed", 1401, "Unauthorized"),
    ],
)
def test_documented_command_is_refused_when_it_cannot_work(
    venue: SimulatedVenue, name: str, code: int, message: str
) -> None:
    """Names of symbols where ids are meant, and a login for private channels: an echo, then an answer that says why."""
    [(_, command)] = script(SPECS / f"examples/streams/{name}.txt")
    with Client(venue) as client:
        echo, answer = client.ask(**command)

    assert (command["op"], command.get("id")) == (echo["echo"]["op"], echo["echo"].get("id"))
    assert (code, message) == (answer["C"], answer["M"])
    assert answer["payload"]
    assert "signature" not in json.dumps([echo, answer])


def test_cases_are_all_played() -> None:
    """A new case file is not overlooked, and what is excepted is there."""
    assert {path.stem for path in CASES} >= APART
    assert len(CASES) >= 14


# Commands


@pytest.mark.parametrize(
    ("command", "code", "reason"),
    [
        ({"op": "SUB", "channel": ["9@ticker"]}, 3011, "there is no symbol with the id '9'"),
        ({"op": "SUB", "channel": ["04@ticker"]}, 3011, "there is no symbol with the id '04'"),
        ({"op": "SUB", "channel": ["BTCUSDT@trade"]}, 3011, "there is no symbol with the id 'BTCUSDT'"),
        ({"op": "SUB", "channel": ["4@tickers"]}, 400, "there is no channel '4@tickers'"),
        ({"op": "SUB", "channel": ["4@kline@1min"]}, 400, "interval of 4@kline@1min is one of min_1, "),
        ({"op": "SUB", "channel": ["4@depth@7"]}, 400, "levels of 4@depth@7 is one of 5, 10, 20, 50, 100"),
        ({"op": "SUB", "channel": ["4@depth"]}, 400, "there is no channel '4@depth'"),
        ({"op": "SUB", "channel": ["4@account"]}, 1401, "only public channels are"),
        ({"op": "SUB", "channel": ["4@trade", "9@trade"]}, 3011, "there is no symbol with the id '9'"),
        ({"op": "SUB", "channel": []}, 400, "channel is empty"),
        ({"op": "SUB", "channel": ["4@trade"], "param": {"size": 0}}, 400, "size is at least 1, not 0"),
        ({"op": "SUB", "channel": ["4@trade"], "param": {"sise": 2}}, 400, "there is no parameter 'sise'"),
        ({"op": "REQ", "param": {"channel": "4@ticker"}}, 400, "4@ticker has no history"),
    ],
)
def test_command_is_refused(venue: SimulatedVenue, command: Members, code: int, reason: str) -> None:
    """An echo, and an answer with code and reason; nothing was subscribed to."""
    with Client(venue) as client:
        echo, answer = client.ask(**command, id=7)
        listed = client.ask(op="LIST", channel=[])[1]

    assert (7, code) == (echo["echo"]["id"], answer["C"])
    assert reason in answer["payload"]
    assert [] == listed["subs"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"op":"SUB"', "not strict JSON"),
        ("[1]", "a command is a JSON object"),
        ('{"op":"SUBS","channel":[]}', "there is no command 'SUBS'; there are SUB, UNSUB, LIST, "),
        ('{"channel":[]}', "there is no command None"),
        ('{"op":"SUB"}', "channel is missing"),
        ('{"op":"SUB","channel":"4@trade"}', "channel is wrong"),
        ('{"op":"SUB","channel":[4]}', "channel is wrong"),
        ('{"op":"SUB","channel":[],"id":-1}', "id is wrong"),
        ('{"op":"SUB","channel":[],"id":1.0}', "id is not an integer"),
        ('{"op":"SUB","channel":[],"ids":1}', "there is no parameter 'ids'"),
        ('{"op":"SUB","op":"SUB","channel":[]}', "twice"),
        ('{"op":"LIST","channel":["4@trade"]}', "channel is wrong"),
        ('{"op":"REQ","param":{"channel":"4@kline@min_1","limit":201}}', "param is wrong"),
        ('{"op":' + "[" * 10_000, "not strict JSON"),
    ],
)
def test_malformed_command_is_answered(venue: SimulatedVenue, text: str, reason: str) -> None:
    """There is nothing to repeat, so there is an answer alone; the connection stays."""
    with Client(venue) as client:
        client.socket.send(text)
        answer = client.receive()

        assert ("resp", 400) == (answer["T"], answer["C"])
        assert reason in answer["payload"]
        assert client.silent()


def test_binary_command_is_taken_for_a_text(venue: SimulatedVenue) -> None:
    """No document says otherwise."""
    with Client(venue) as client:
        client.socket.send(b'{"op":"LIST","channel":[]}')

        assert "echo" == client.receive()["T"]


@pytest.mark.parametrize(
    ("opcode", "data", "end"),
    [
        (Opcode.TEXT, b'{"op":"\xff"}', "1007 "),
        (Opcode.TEXT, b" " * (LARGEST_COMMAND + 1), "1009 "),
        (Opcode.CONT, b"x", "1002 "),
    ],
)
def test_client_that_breaks_the_protocol_is_closed(
    venue: SimulatedVenue, opcode: Opcode, data: bytes, end: str
) -> None:
    """With the code that the protocol has for it."""
    with Raw(venue) as client:
        client.send(opcode, data)

        assert client.end().startswith(end)


def test_command_in_fragments_is_read(venue: SimulatedVenue) -> None:
    """Cut anywhere, with a ping in between."""
    with Raw(venue) as client:
        client.frame()
        client.send(Opcode.TEXT, b'{"op":"LIST",', fin=False)
        client.send(Opcode.PING, b"between")
        client.send(Opcode.CONT, b'"channel":[]}')

        assert (Opcode.PONG, True, b"between") == client.frame()
        assert b'"T":"echo"' in client.frame()[2]


def test_second_subscription_to_a_channel_changes_nothing(venue: SimulatedVenue) -> None:
    """It is answered, and events come once."""
    with Client(venue) as client:
        client.subscribe("4@trade")
        assert 200 == client.ask(op="SUB", channel=["4@trade"])[1]["C"]
        buy(venue)

        assert "trade" == client.receive()["T"]
        assert client.silent()


def test_channel_is_silent_when_it_was_left(venue: SimulatedVenue) -> None:
    """The other one goes on; leaving twice is no error."""
    with Client(venue) as client:
        client.subscribe("4@trade", "5@trade")
        answers = [client.ask(op="UNSUB", channel=["4@trade"])[1]["M"] for _ in range(2)]
        buy(venue)
        buy(venue, "0.01", "ETHUSDT")

        assert ["unsub.channel.success"] * 2 == answers
        assert "5@trade" == client.receive()["channel"]
        assert client.silent()


def test_frames_are_numbered_by_connection(venue: SimulatedVenue) -> None:
    """From 1, answers and pushes alike, and anew on the next connection, which has another id."""
    ids: list[str] = []
    for _ in range(2):
        with Client(venue) as client:
            client.subscribe("4@trade", "4@ticker")
            buy(venue)
            client.receive()
            client.receive()
            frames = [json.loads(text) for text in client.heard]
        ids.append(frames[0]["sid"])

        assert list(range(1, 8)) == [frame["S"] for frame in frames]
    assert 2 == len(set(ids))


def test_same_seed_gives_the_same_bytes() -> None:
    """Ids of connections included."""

    def heard() -> list[bytes]:
        with simulate("coinstore", seed=7, now=lambda: NOW) as venue, Client(venue) as client:
            client.subscribe("4@trade", "!@ticker", "4@depth@5")
            return client.heard

    assert heard() == heard()


# History


def test_history_is_asked_for(venue: SimulatedVenue) -> None:
    """At most so many candles, which begin before endTime, oldest first; those without endTime end with the current one."""
    minute = NOW // 60_000 * 60
    with Client(venue) as client:
        client.send(op="REQ", param={"channel": "4@kline@min_1", "endTime": minute, "limit": 3}, id=1)
        echo, past = client.receive(), client.receive()
        client.send(op="REQ", param={"channel": "4@kline@min_1", "endTime": None}, id=2)
        client.receive()
        latest = client.receive()

    assert {"channel": "4@kline@min_1", "endTime": minute, "limit": 3} == echo["echo"]["param"]
    assert [minute - 180, minute - 120, minute - 60] == [candle["startTime"] for candle in past["item"]]
    assert (200, minute, minute + 59) == (
        len(latest["item"]),
        latest["item"][-1]["startTime"],
        latest["item"][-1]["endTime"],
    )
    assert {"S", "T", "sid"}.isdisjoint(past)


# Events


def test_order_over_rest_is_a_trade_on_the_stream(venue: SimulatedVenue) -> None:
    """In order, with the ids, prices and quantities of the exchange, to everybody who listens; and the ledger has the same."""
    with Client(venue) as first, Client(venue) as second, httpx.Client(trust_env=False) as http:
        clients = (first, second)
        for client in clients:
            client.subscribe("4@trade")
        for amount in ("10", "5000", "20"):
            buy_over_rest(venue, http, amount)
        trades = venue.exchange.trades("BTCUSDT", limit=None)[200:]
        pushed = [[client.receive() for _ in trades] for client in clients]

    expected = [(str(t.trade_id), t.price, t.quantity, "BUY") for t in trades]
    assert len(trades) > 3
    for frames in pushed:
        assert expected == [(str(f["tradeId"]), D(f["price"]), D(f["volume"]), f["takerSide"]) for f in frames]
    assert expected == [
        (str(e.members["tradeId"]), D(e.members["price"]), D(e.members["volume"]), e.members["takerSide"])
        for e in venue.streams.produced("4@trade")
    ]


def test_ledger_is_what_came(venue: SimulatedVenue) -> None:
    """Byte for byte, of each connection; each push says which event it carries."""
    with Client(venue) as first, Client(venue) as second:
        first.subscribe("4@trade", "4@ticker")
        buy(venue)
        first.receive(), first.receive()
        second.subscribe("4@trade")
        buy(venue)
        first.receive(), first.receive()
        second.receive()
        streams = venue.streams

        assert [client.heard for client in (first, second)] == [
            [sent.payload for sent in streams.sent(session.number)] for session in streams.sessions
        ]
        assert [("4@trade", 0), ("4@trade", 2)] == [(s.channel, s.number) for s in streams.sent(2) if s.channel]
        assert [1, 2] == [event.number for event in streams.produced("4@trade")]
        assert [1, 2, 3] == [event.number for event in streams.produced("4@ticker")]
        assert {NOW} == {event.time for event in streams.produced()}


@pytest.mark.parametrize(("size", "expected"), [(None, 1), (1, 1), (3, 3), (1_000, 200)])
def test_first_push_lists_the_latest_trades(venue: SimulatedVenue, size: int | None, expected: int) -> None:
    """As many as were asked for, oldest first, the next push is the trade behind them."""
    with Client(venue) as client:
        [first] = client.subscribe("4@trade", **({} if size is None else {"param": {"size": size}}))
        buy(venue)
        following = client.receive()

    ids = [row["tradeId"] for row in first["data"]]
    known = [trade.trade_id for trade in venue.exchange.trades("BTCUSDT", limit=expected + 1)]
    assert known == [*ids, following["tradeId"]]


def test_book_is_pushed_when_it_changes(venue: SimulatedVenue) -> None:
    """To the depth of the channel: an order beyond it changes nothing. A cancelled order is a change."""
    with Client(venue) as client:
        [first] = client.subscribe("4@depth@5")
        rest(venue, "50000")
        best = rest(venue, "54999.9")
        second = client.receive()
        venue.exchange.cancel(venue.user, best)
        third = client.receive()

        assert client.silent()
    assert (5, 5) == (len(first["a"]), len(first["b"]))
    assert ["54999.9", "0.01", 1] == second["b"][0]
    assert (first["b"], first["a"]) == (third["b"], third["a"])
    assert "-1" == str(first["a"][0][2])


@pytest.mark.parametrize("levels", [5, 10, 20, 50, 100])
def test_book_has_the_levels_of_its_channel(venue: SimulatedVenue, levels: int) -> None:
    """The venue has fifty on each side."""
    with Client(venue) as client:
        [book] = client.subscribe(f"4@depth@{levels}")

    assert (levels, min(levels, 50), min(levels, 50)) == (book["level"], len(book["a"]), len(book["b"]))


def test_tickers_of_all_symbols_are_pushed(venue: SimulatedVenue) -> None:
    """A trade of any of them is a change."""
    with Client(venue) as client:
        [first] = client.subscribe("!@ticker")
        buy(venue, "0.01", "ETHUSDT")
        second = client.receive()

    changed = [b["symbol"] for a, b in zip(first["data"], second["data"], strict=True) if a != b]
    assert [rules.symbol for rules in venue.exchange.symbols()] == [row["symbol"] for row in first["data"]]
    assert ["ETHUSDT"] == changed


@pytest.mark.parametrize(
    ("interval", "minutes"),
    {
        "min_1": 1,
        "min_5": 5,
        "min_15": 15,
        "min_30": 30,
        "hour_1": 60,
        "hour_4": 240,
        "hour_12": 720,
        "day_1": 1440,
        "week_1": 10080,
    }.items(),
)
def test_candle_grows_with_a_trade(venue: SimulatedVenue, interval: str, minutes: int) -> None:
    """Of every length; it says its own last second, its trades and what they add up to."""
    with Client(venue) as client:
        [first] = client.subscribe(f"4@kline@{interval}")
        buy(venue)
        second = client.receive()

    [trade] = venue.exchange.trades("BTCUSDT", limit=1)
    assert (interval, minutes * 60 - 1) == (first["interval"], first["endTime"] - first["startTime"])
    assert first["startTime"] <= NOW // 1000 <= first["endTime"]
    assert (trade.trade_id, trade.price) == (int(second["lastTradeId"]), D(second["close"]))
    assert D(second["volume"]) - D(first["volume"]) == D("0.001")


def test_snapshots_are_pushed_at_most_every_so_often() -> None:
    """A burst of changes is two pushes at most, the last with the last state; trades come each."""
    with (
        simulate("coinstore", now=lambda: NOW, stream_times=StreamTimes(push_every=0.2)) as venue,
        Client(venue) as client,
    ):
        client.subscribe("4@ticker", "4@trade")
        with venue.exchange.lock:
            for _ in range(20):
                buy(venue)
        frames = [client.receive() for _ in range(20)]
        while (last := ([f for f in frames if f["T"] == "ticker"] or [{}])[-1]).get("volume") != _volume(venue):
            frames.append(client.receive())

    assert 20 == sum(frame["T"] == "trade" for frame in frames)
    assert "55000.5" == last["close"]
    assert sum(frame["T"] == "ticker" for frame in frames) <= 2


def _volume(venue: SimulatedVenue) -> str:
    day = venue.exchange.ticker("BTCUSDT").day
    assert day is not None
    return format(day.volume.normalize(), "f")


class Recorder:
    """Stands where a connection does, so that a test decides when events are delivered."""

    def __init__(self, venue: SimulatedVenue, number: int) -> None:
        self.frames: list[Members] = []
        self.session = Session(venue.streams, cast("Connection", self), number, "")

    def send(self, sent: Sent, **_: object) -> None:
        self.frames.append(json.loads(sent.payload))

    def subscribe(self, channel: str) -> list[Members]:
        """Return what was pushed first; from then on, only what comes later is kept."""
        self.session.receive(json.dumps({"op": "SUB", "channel": [channel]}).encode())
        _, _, *first = self.frames[-3:]
        self.frames.clear()
        return first


def test_trade_before_a_subscription_comes_once() -> None:
    """It is in the list that a new subscriber begins with, and not pushed once more, though others still wait for it."""
    venue = simulate("coinstore", now=lambda: NOW)
    first, second = Recorder(venue, 1), Recorder(venue, 2)
    first.subscribe("4@trade")
    buy(venue)
    [listed] = second.subscribe("4@trade")
    venue.streams._deliver()
    [pushed] = first.frames

    assert pushed["tradeId"] == listed["data"][0]["tradeId"]
    assert [] == second.frames


@pytest.mark.parametrize(("price", "pushes"), [("50000", 0), ("54999.9", 1)])
def test_snapshot_that_is_as_before_is_not_pushed(price: str, pushes: int) -> None:
    """An order beyond the channel's depth changes nothing."""
    venue = simulate("coinstore", now=lambda: NOW)
    client = Recorder(venue, 1)
    client.subscribe("4@depth@5")
    rest(venue, price)
    venue.streams._deliver()

    assert pushes == len(client.frames) == len(venue.streams.produced()) - 1


def test_cancelled_order_is_a_change() -> None:
    """At once, and not when the venue looks again."""
    venue = simulate("coinstore", now=lambda: NOW)
    order_id = rest(venue, "54999.9")
    client = Recorder(venue, 1)
    [before] = client.subscribe("4@depth@5")
    venue.exchange.cancel(venue.user, order_id)
    venue.streams._deliver()
    [after] = client.frames

    assert before["b"][1] == after["b"][0]


def test_candle_ends_without_a_trade() -> None:
    """Time alone moves it on."""
    with simulate("coinstore", now=lambda: NOW) as venue, Client(venue) as client:
        [first] = client.subscribe("4@kline@min_1")
        venue.clock.offset = 60_000
        second = client.receive()

    assert (first["startTime"] + 60, "0") == (second["startTime"], second["volume"])


def test_many_subscribers_get_the_same(venue: SimulatedVenue) -> None:
    """A hundred connections, each event once and in order, while another thread trades."""

    async def listen(count: int) -> list[int]:
        async with async_connect(venue.streams_url, proxy=None) as socket:
            await socket.send('{"op":"SUB","channel":["4@trade"]}')
            for _ in range(4):
                await socket.recv()
            ready.release()
            return [json.loads(await socket.recv())["tradeId"] for _ in range(count)]

    async def everybody() -> list[list[int]]:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*(listen(100) for _ in range(100)))

    def trade() -> None:
        for _ in range(100):
            assert ready.acquire(timeout=PATIENCE)
        for _ in range(100):
            buy(venue)

    ready = threading.Semaphore(0)
    trader = threading.Thread(target=trade)
    trader.start()
    got = asyncio.run(everybody())
    trader.join()

    expected = [trade.trade_id for trade in venue.exchange.trades("BTCUSDT", limit=None)[200:300]]
    assert [expected] * 100 == got


def test_slow_reader_is_dropped_and_blocks_nobody(venue: SimulatedVenue) -> None:
    """It loses its connection when more waits for it than a venue keeps; the others get everything."""
    with Raw(venue) as slow, Client(venue) as client:
        slow.frame()
        slow.send(Opcode.TEXT, b'{"op":"SUB","channel":["4@trade"]}')
        while b"data" not in slow.frame()[2]:
            pass
        client.subscribe("4@trade")
        venue.streams.plan("4@trade", StreamFault.oversize(mib=32))  # which the first subscriber meets
        for _ in range(20):
            buy(venue)
        got = [client.receive()["tradeId"] for _ in range(20)]

        assert "did not read" == venue.streams.sessions[0].ended
        assert "reset" == slow.end()
    assert [trade.trade_id for trade in venue.exchange.trades("BTCUSDT", limit=20)] == got


# Pings and the end of a connection


def test_client_that_answers_pings_stays() -> None:
    """Longer than one may be silent."""
    times = StreamTimes(ping_every=0.02, silence=0.5)
    with simulate("coinstore", stream_times=times) as venue, Client(venue) as client:
        time.sleep(0.8)

        assert client.silent()
        assert "" == venue.streams.sessions[0].ended


def test_client_that_does_not_answer_pings_is_closed() -> None:
    """After so long; until then it is pinged."""
    times = StreamTimes(ping_every=0.05, silence=0.3)
    with simulate("coinstore", stream_times=times) as venue, Raw(venue) as client:
        client.frame()
        opcodes = [client.frame()[0] for _ in range(3)]

        assert [Opcode.PING] * 3 == opcodes
        assert "1001 no pong" == client.end()
        assert "1001 no pong" == venue.streams.sessions[0].ended


def test_message_pong_will_do() -> None:
    """The documented JSON, unasked for and not answered."""
    times = StreamTimes(ping_every=0.05, silence=0.5)
    with simulate("coinstore", stream_times=times) as venue, Raw(venue) as client:
        client.frame()
        for _ in range(16):
            client.send(Opcode.TEXT, b'{"op":"pong","epochMillis":1604040975}')
            time.sleep(0.05)
        client.send(Opcode.TEXT, b'{"op":"LIST","channel":[]}')
        frames = []
        while (frame := client.frame())[0] is not Opcode.TEXT:
            frames.append(frame[0])

        assert {Opcode.PING} == set(frames)
        assert b'"T":"echo"' in frame[2]


def test_connection_ends_with_its_lifetime() -> None:
    """Whatever happens on it, and with a close frame."""
    with simulate("coinstore", stream_times=StreamTimes(lifetime=0.3)) as venue, Client(venue) as client:
        client.subscribe("4@trade")

        assert (1001, "lifetime") == client.end()


def test_times_are_the_documents_by_default(venue: SimulatedVenue) -> None:
    """A day, three minutes, ten minutes."""
    times = venue.streams.times

    assert (86_400, 180, 600) == (times.lifetime, times.ping_every, times.silence)
    with pytest.raises(ValueError, match="positive seconds"):
        simulate("coinstore", stream_times=StreamTimes(lifetime=0))


def test_stop_and_reset_close_connections() -> None:
    """With the code for a restart; after a reset there is no record, and new connections are served."""
    with simulate("coinstore") as venue:
        with Client(venue) as client:
            client.subscribe("4@trade")
            venue.streams.plan("connect", StreamFault.refuse())
            venue.reset()

            assert (1012, "reset") == client.end()
            assert ([], [], []) == (venue.streams.produced(), venue.streams.sent(), venue.streams.sessions)
        with Client(venue) as client:
            client.subscribe("4@trade")
            venue.stop()

            assert (1012, "restart") == client.end()
            buy(venue)


def test_streams_survive_a_second_start() -> None:
    """The loop is another one then."""
    venue = simulate("coinstore", now=lambda: NOW)
    for _ in range(2):
        with venue, Client(venue) as client:
            client.subscribe("4@trade", "4@ticker")
            buy(venue)
            assert {"trade", "ticker"} == {client.receive()["T"], client.receive()["T"]}


# Upgrades


def test_streams_are_at_the_documented_path(venue: SimulatedVenue) -> None:
    """Any other is not found, and an upgrade is in the record of requests."""
    assert venue.streams_url == f"ws{venue.url.removeprefix('http')}/s/ws"
    with pytest.raises(InvalidStatus) as refused, connect(venue.streams_url + "x", proxy=None):
        pass
    with Client(venue):
        pass

    assert 404 == refused.value.response.status_code
    assert [("GET", "/s/wsx", 404), ("GET", "/s/ws", 101)] == [(r.method, r.path, r.status) for r in venue.requests]
    assert "websocket" == venue.requests[0].headers["upgrade"]


def test_venue_without_streams_says_so() -> None:
    """Its address and its plan are errors, and its upgrade is none."""
    with simulate("mexc") as venue:
        for ask in (lambda: venue.streams_url, lambda: venue.streams):
            with pytest.raises(ValueError, match="the simulated mexc has no streams"):
                ask()
        assert 101 != httpx.get(f"{venue.url}/s/ws", headers=UPGRADE, trust_env=False).status_code
        with pytest.raises(ValueError, match="mexc has no streams"):
            venue._app.plan_rows([{"stream": "*", "fault": "gap"}])


@pytest.mark.parametrize(
    ("status", "headers"),
    [(429, {"Retry-After": "7"}), (403, {}), (302, {"Location": "http://127.0.0.1:1/"}), (503, {})],
)
def test_upgrade_is_refused(venue: SimulatedVenue, status: int, headers: dict[str, str]) -> None:
    """With a status, headers, and in the record; the next one is not."""
    venue.streams.plan("connect", StreamFault.refuse(status, headers))
    answer = httpx.get(f"{venue.url}/s/ws", headers=UPGRADE, trust_env=False, follow_redirects=False)
    with Client(venue):
        pass

    assert (status, headers) == (answer.status_code, {n: v for n, v in headers.items() if answer.headers[n] == v})
    assert [(status, "refuse"), (101, None)] == [(r.status, r.fault) for r in venue.requests]


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize(
    ("fault", "end"),
    [(StreamFault.drop(), "reset"), (StreamFault.cut(), "cut")],
    ids=["drop", "cut"],
)
def test_upgrade_is_not_answered(venue: SimulatedVenue, fault: StreamFault, end: str) -> None:
    """The connection ends without a byte."""
    venue.streams.plan("connect", fault)

    client = Raw(venue)
    with closing(client.socket):
        assert end == client.end()


def test_upgrade_is_answered_with_a_close_frame(venue: SimulatedVenue) -> None:
    """In the same packet, and without a greeting."""
    venue.streams.plan("connect", StreamFault.close(1008, "no"))
    with Raw(venue) as client:
        assert "1008 no" == client.end()


def test_upgrade_stalls(venue: SimulatedVenue) -> None:
    """For ever, or for a while."""
    venue.streams.plan("connect", StreamFault.stall())
    with closing(Raw(venue).socket) as silent:
        silent.settimeout(0.2)
        with pytest.raises(TimeoutError):
            silent.recv(1)
    venue.streams.plan("connect", StreamFault.stall(ms=300))
    started = time.monotonic()
    with Client(venue):
        assert time.monotonic() - started >= 0.3


# Faults of commands


def test_acknowledgement_is_lost(venue: SimulatedVenue) -> None:
    """The command is executed, and events come; sent again it is answered."""
    venue.streams.plan("SUB", StreamFault.lost_ack())
    with Client(venue) as client:
        client.send(op="SUB", channel=["4@trade"], id=1)
        first = client.receive()

        assert ("trade", 2) == (first["T"], first["S"])
        assert 200 == client.ask(op="SUB", channel=["4@trade"], id=2)[1]["C"]


def test_command_is_lost(venue: SimulatedVenue) -> None:
    """Not executed: nothing comes but the echo, where that is asked for."""
    venue.streams.plan("SUB", StreamFault.lost_ack(executed=False, echo=True))
    with Client(venue) as client:
        client.send(op="SUB", channel=["4@trade"], id=1)

        assert "echo" == client.receive()["T"]
        assert client.silent()
        assert {} == venue.streams.sessions[0].subscriptions


def test_acknowledgement_comes_after_data(venue: SimulatedVenue) -> None:
    """The echo, the first push, and then the answer."""
    venue.streams.plan("SUB", StreamFault.late_ack())
    with Client(venue) as client:
        client.send(op="SUB", channel=["4@trade"], id=1)

        assert ["echo", "trade", "resp"] == [client.receive()["T"] for _ in range(3)]


def test_acknowledgement_is_an_error(venue: SimulatedVenue) -> None:
    """With code and message, and without a subscription; other commands are not concerned."""
    venue.streams.plan("SUB", StreamFault.error_ack(429, "Too Many Requests"))
    with Client(venue) as client:
        client.ask(op="LIST", channel=[])
        _, answer = client.ask(op="SUB", channel=["4@trade"], id=1)

        assert (429, "Too Many Requests") == (answer["C"], answer["M"])
        assert client.silent()
        assert [] == client.ask(op="LIST", channel=[])[1]["subs"]


# Faults of pushes


def pushed(venue: SimulatedVenue, client: Client, fault: StreamFault, times: int = 1) -> None:
    """Subscribe, plan, and trade three times."""
    client.subscribe("4@trade")
    venue.streams.plan("4@trade", fault, times)
    for _ in range(3):
        buy(venue)


@pytest.mark.parametrize(
    ("fault", "times", "numbers"),
    [
        (StreamFault.gap(), 1, [6, 7]),
        (StreamFault.gap(), 2, [7]),
        (StreamFault.duplicate(), 1, [5, 5, 6, 7]),
        (StreamFault.reorder(), 1, [6, 5, 7]),
        (StreamFault.reorder(), 2, [7, 5, 6]),
        (StreamFault.fragmented(), 1, [5, 6, 7]),
        (StreamFault.slow(ms=1), 1, [5, 6, 7]),
    ],
    ids=str,
)
def test_sequence_of_pushes(venue: SimulatedVenue, fault: StreamFault, times: int, numbers: list[int]) -> None:
    """What is left out counts; what comes twice or late has its own number. The record of what was sent says the same."""
    with Client(venue) as client:
        pushed(venue, client, fault, times)

        assert numbers == [client.receive()["S"] for _ in numbers]
        assert client.silent()
        sent = venue.streams.sent(1)
        assert client.heard == [s.payload for s in sent]
        assert [s.sequence for s in sent if s.channel][1:] == numbers
        assert [str(fault)] * times == [s.fault for s in sent if s.fault][:times] or fault.copies == 0


def test_push_is_bare(venue: SimulatedVenue) -> None:
    """As the samples of the section on trades print it."""
    [*_, (_, documented)] = script(SPECS / "examples/streams/trades.txt")
    with Client(venue) as client:
        pushed(venue, client, StreamFault.bare())

        assert set(documented) == set(json.loads(client.raw()))


def test_push_is_garbage(venue: SimulatedVenue) -> None:
    """Text that is no JSON, and the next one is right again."""
    with Client(venue) as client:
        pushed(venue, client, StreamFault.garbage())

        assert str(client.raw()).startswith("<html>")
        assert 6 == client.receive()["S"]


def test_push_has_the_wrong_shape(venue: SimulatedVenue) -> None:
    """Its kind, number and channel are as always."""
    with Client(venue) as client:
        pushed(venue, client, StreamFault.wrong_shape())
        frame = json.loads(client.raw())

    assert ("trade", 5, "4@trade", {"sim": 1}) == (frame["T"], frame["S"], frame["channel"], frame["price"])


def test_push_is_binary(venue: SimulatedVenue) -> None:
    """The same bytes in a binary frame."""
    with Client(venue) as client:
        pushed(venue, client, StreamFault.binary_frame())
        frame = client.raw()

    assert isinstance(frame, bytes)
    assert 5 == checked(frame)["S"]


def test_push_is_no_utf_8(venue: SimulatedVenue) -> None:
    """In a text frame, which a client has to close the connection for."""
    with Raw(venue) as client:
        client.send(Opcode.TEXT, b'{"op":"SUB","channel":["4@trade"]}')
        while b"data" not in client.frame()[2]:
            pass
        venue.streams.plan("*", StreamFault.invalid_utf8())
        buy(venue)
        opcode, _, payload = client.frame()

    assert Opcode.TEXT is opcode
    with pytest.raises(UnicodeDecodeError):
        payload.decode()


def test_push_is_too_large(venue: SimulatedVenue) -> None:
    """As large as was asked for; the connection stays."""
    with Client(venue) as client:
        client.subscribe("4@trade")
        venue.streams.plan("4@trade", StreamFault.oversize(mib=2))
        buy(venue)

        assert len(client.raw()) > 2 << 20
        assert client.silent()


def test_push_comes_in_fragments(venue: SimulatedVenue) -> None:
    """A first frame, others that continue it, and a last one that ends it."""
    with Raw(venue) as client:
        client.send(Opcode.TEXT, b'{"op":"SUB","channel":["4@trade"]}')
        while b"data" not in client.frame()[2]:
            pass
        venue.streams.plan("4@trade", StreamFault.fragmented(parts=3))
        buy(venue)
        frames = [client.frame() for _ in range(3)]

    assert [(Opcode.TEXT, False), (Opcode.CONT, False), (Opcode.CONT, True)] == [frame[:2] for frame in frames]
    assert 4 <= checked(b"".join(frame[2] for frame in frames))["S"]


def test_push_comes_byte_by_byte(venue: SimulatedVenue) -> None:
    """With so long in between."""
    with Client(venue) as client:
        client.subscribe("4@trade")
        venue.streams.plan("4@trade", StreamFault.slow(ms=2))
        started = time.monotonic()
        buy(venue)
        size = len(client.raw())

        assert time.monotonic() - started >= size * 0.002


@pytest.mark.parametrize(
    ("fault", "end"),
    [
        (StreamFault.drop(), (1006, "")),
        (StreamFault.cut(), (1006, "")),
        (StreamFault.close(1001), (1001, "")),
        (StreamFault.close(1008, "policy"), (1008, "policy")),
        (StreamFault.close(1011), (1011, "")),
        (StreamFault.close(1012), (1012, "")),
    ],
    ids=str,
)
@pytest.mark.parametrize("target", ["4@trade", "SUB"])
def test_connection_ends(venue: SimulatedVenue, target: str, fault: StreamFault, end: tuple[int, str]) -> None:
    """At a push or at a command, which is not executed."""
    with Client(venue) as client:
        if target == "SUB":
            venue.streams.plan(target, fault)
            client.send(op="SUB", channel=["4@trade"])
        else:
            pushed(venue, client, fault)

        assert end == client.end()
        expected = f"{end[0]} {end[1]}".strip() if fault.code else str(fault)
        assert expected == venue.streams.sessions[0].ended


def test_drop_is_a_reset_and_cut_is_none(venue: SimulatedVenue) -> None:
    """Both are 1006 to a client; on the wire they are not the same."""
    ends = []
    for fault in (StreamFault.drop(), StreamFault.cut()):
        with Raw(venue) as client:
            venue.streams.plan("LIST", fault)
            client.frame()
            client.send(Opcode.TEXT, b'{"op":"LIST","channel":[]}')
            ends.append(client.end())

    assert ["reset", "cut"] == ends


def test_stalled_connection_sends_nothing(venue: SimulatedVenue) -> None:
    """No push, no pong, and it hears nothing; other connections go on."""
    with Raw(venue) as stalled, Client(venue) as client:
        stalled.frame()
        stalled.send(Opcode.TEXT, b'{"op":"SUB","channel":["4@trade"]}')
        while b"data" not in stalled.frame()[2]:
            pass
        client.subscribe("4@trade")
        venue.streams.plan("4@trade", StreamFault.stall())
        buy(venue)
        buy(venue)

        assert [5, 6] == [client.receive()["S"] for _ in range(2)]
        stalled.send(Opcode.PING, b"there?")
        stalled.socket.settimeout(0.3)
        with pytest.raises(TimeoutError):
            stalled.frame()


def test_stall_that_ends_loses_nothing(venue: SimulatedVenue) -> None:
    """What waited comes, in order, pongs included."""
    with Client(venue) as client:
        client.subscribe("4@trade")
        venue.streams.plan("4@trade", StreamFault.stall(ms=300))
        started = time.monotonic()
        buy(venue)
        pong = client.socket.ping()
        buy(venue)

        assert [5, 6] == [client.receive()["S"] for _ in range(2)]
        assert time.monotonic() - started >= 0.3
        assert pong.wait(PATIENCE)


# The plan


@pytest.mark.parametrize(
    ("target", "fault", "message"),
    [
        ("connect", StreamFault.gap(), "'connect' is a connect, and gap meets push"),
        ("SUB", StreamFault.refuse(), "'SUB' is a command, and refuse meets connect"),
        ("*", StreamFault.late_ack(), r"'\*' is a push, and late_ack meets command"),
        ("4@trades", StreamFault.gap(), "there is no channel '4@trades'; besides channels there are connect, SUB, "),
        ("4@depth@7", StreamFault.gap(), "levels of 4@depth@7 is one of"),
    ],
)
def test_plan_that_cannot_happen_is_an_error(
    venue: SimulatedVenue, target: str, fault: StreamFault, message: str
) -> None:
    """It is raised where it was planned."""
    with pytest.raises(ValueError, match=message):
        venue.streams.plan(target, fault)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: StreamFault.close(1006), r"1006 cannot be sent in a close frame; for 1006 there is cut\(\)"),
        (lambda: StreamFault.refuse(99), "from 200 to 599, not 99"),
        (lambda: StreamFault.fragmented(1), "at least 2, not 1"),
    ],
)
def test_fault_that_cannot_be_is_an_error(make: Callable[[], StreamFault], message: str) -> None:
    """It is raised where it is made."""
    with pytest.raises(ValueError, match=message):
        make()


def test_fault_that_did_not_happen_is_told() -> None:
    """By name, with those of requests, and by the fixtures of the pytest plugin, which call this."""
    with simulate("coinstore") as venue:
        venue.streams.plan("4@trade", StreamFault.gap(), times=2)
        for check in (venue.check, venue.streams.check):
            with pytest.raises(AssertionError, match=r"^planned faults did not happen: 4@trade: gap\(\), 2 times$"):
                check()


def test_faults_from_a_file_and_over_http(tmp_path: Path) -> None:
    """Rows with `stream` for `operation`, beside those of requests; and none where one is wrong."""
    file = tmp_path / "faults.yaml"
    file.write_text(
        "- {operation: symbols, fault: status, code: 503}\n"
        "- {stream: connect, fault: refuse, status: 403}\n"
        '- {stream: "*", fault: gap}\n'
    )
    with simulate("coinstore", faults=file) as venue, httpx.Client(base_url=venue.url, trust_env=False) as http:
        planned = http.get("/__sim/faults").json()
        wrong = http.post(
            "/__sim/faults", json=[{"operation": "symbols", "fault": "refuse"}, {"stream": "SUB", "fault": "gap"}]
        )
        with pytest.raises(InvalidStatus), Client(venue):
            pass
        left = http.get("/__sim/faults").json()
        added = http.post("/__sim/faults", json=[{"stream": "SUB", "fault": "late_ack", "times": 2}]).json()
        gone = http.delete("/__sim/faults").json()

    assert [("symbols", None), (None, "connect"), (None, "*")] == [
        (r.get("operation"), r.get("stream")) for r in planned
    ]
    assert (400, planned[:1] + planned[2:]) == (wrong.status_code, left)
    assert {"stream": "SUB", "fault": "late_ack", "times": 2} == added[-1]
    assert [] == gone


def test_every_kind_can_be_planned_from_a_row(venue: SimulatedVenue) -> None:
    """The functions of StreamFault are all kinds there are."""
    targets = {"connect": "connect", "command": "SUB", "push": "*"}
    rows = [
        {"stream": targets[place], "fault": kind}
        for kind, make in StreamFaults.kinds.items()
        for place in sorted(make().places)
    ]
    venue.streams.faults.plan_rows(rows)

    assert 19 == len(StreamFaults.kinds)
    assert len(rows) == len(venue.streams.faults.unused())
    venue.streams.faults.clear()


def test_nothing_is_left_behind() -> None:
    """No thread and, as warnings are errors, no socket, also where clients are still connected when the venue stops."""
    before = threading.active_count()
    for _ in range(2):
        with simulate("coinstore") as venue, Raw(venue) as client:
            client.send(Opcode.TEXT, b'{"op":"SUB","channel":["4@trade","4@ticker"]}')
            while b"data" not in client.frame()[2]:
                pass
            buy(venue)

    assert before == threading.active_count()
