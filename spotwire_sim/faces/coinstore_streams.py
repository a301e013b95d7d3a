"""Coinstore's streams: each command is repeated in an echo and answered, channels are named after numeric ids.

The facts behind each choice stand in `specs/coinstore/asyncapi.yaml`. What no document says is inference: the codes and the
`payload` of refusals, that a command is refused as a whole, that unsubscribing is answered like subscribing, that a second
subscription to a channel changes nothing, and how many trades come first where nobody asked for a number.
"""

from collections.abc import Mapping
from typing import Any

from spotwire_sim.call import Denied
from spotwire_sim.faces import Desk
from spotwire_sim.faces.coinstore import (
    FIRST_MONDAY,
    INTERVALS,
    SYMBOLS,
    book_row,
    instrument,
    kline_row,
    ticker_row,
    trade_ids,
    trade_row,
)
from spotwire_sim.market import Kline, Trade
from spotwire_sim.spec import ErrorRow
from spotwire_sim.streams.document import ChannelName, Command
from spotwire_sim.streams.session import Channel, Kind, Reply, Session, StreamFace, Subscription

Row = dict[str, object]

OK = 200
LENGTHS = dict(INTERVALS.values())
MOST_CANDLES = 200
FIRST_TRADES = 1

# Frames


def _resp(session: Session, **members: object) -> Row:
    return {"T": "resp", "sid": session.sid, **members}


def greeting(session: Session) -> Row:
    """Write the first frame of a connection."""
    return _resp(session, C=OK, M="established")


def refusal(session: Session, row: ErrorRow, reason: str) -> Row:
    """Answer what was refused; the documented but never seen `payload` has the reason."""
    return _resp(session, C=int(row.code), M=row.message, payload=reason)


def echo(session: Session, command: Command) -> Row:
    """Repeat a command as it was understood; of a refused one, the channels that there are, and nothing of a login."""
    given = command.members
    said: Row = {"op": command.op}
    if "channel" in given and "auth" not in given:
        known = [_describe(session, name) for name in given["channel"]]
        said["channel"] = [row | {"pub": True} for row in known if row is not None]
    if "param" in given:
        said["param"] = given["param"]
    if "id" in given:
        said["id"] = given["id"]
    return {"T": "echo", "sid": session.sid, "C": OK, "M": "command.received", "echo": said}


def _describe(session: Session, name: str) -> Row | None:
    """Write a channel as the venue keeps it, None where there is none of the name."""
    subscription = session.subscriptions.get(name)
    if subscription is not None:
        return _kept(name, subscription.channel.kind.word, subscription)
    try:
        return _kept(name, KINDS[session.streams.document.channel(name).kind].word, session.streams.desk.clock())
    except Denied:
        return None


def _kept(name: str, word: str, of: Subscription | int) -> Row:
    opened_at, pushes = (of, 0) if isinstance(of, int) else (of.opened_at, of.pushes)
    return {
        "name": name,
        "type": {"name": word, "auth": "PUB"},
        "instrumentId": name.partition("@")[0],
        "lifeStartTime": opened_at // 1000,
        "msgCount": pushes,
    }


# Commands


def subscribe(session: Session, command: Command) -> Reply:
    """Subscribe to all channels or, where one of them is wrong, to none."""
    names = _names(session, command)
    param = {name: _param(session, name, command) for name in names}
    said = echo(session, command)
    events = [session.subscribe(name, param[name]) for name in names]
    return Reply(said, _resp(session, C=OK, M="sub.channel.success"), pushes=tuple(e for e in events if e is not None))


def unsubscribe(session: Session, command: Command) -> Reply:
    """Leave channels, also such as were not subscribed to."""
    said = echo(session, command)
    for name in _names(session, command):
        session.unsubscribe(name)
    return Reply(said, _resp(session, C=OK, M="unsub.channel.success"))


def _names(session: Session, command: Command) -> list[str]:
    names = list(dict.fromkeys(command.members["channel"]))
    if not names:
        raise Denied("missing-parameter", "channel is empty")
    for name in names:
        symbol = symbol_of(session.streams.document.channel(name))
        if symbol is not None:
            session.streams.desk.exchange.rules(symbol)  # it may not be listed
    return names


def _param(session: Session, name: str, command: Command) -> dict[str, Any]:
    kind = session.streams.document.channel(name).kind
    param = session.streams.document.param(kind, command.members.get("param", {}))
    if param.get("size", 1) < 1:
        raise Denied("bad-parameter", f"size is at least 1, not {param['size']}")
    return param


def subscriptions(session: Session, command: Command) -> Reply:
    """List the channels of the connection; the answer has no code."""
    rows = [_describe(session, name) for name in session.subscriptions]
    return Reply(echo(session, command), _resp(session, subs=rows))


def history(session: Session, command: Command) -> Reply:
    """Show candles that begin before a time, oldest first; the answer has no number, kind or id."""
    param = command.members["param"]
    name, desk = session.streams.document.channel(param["channel"]), session.streams.desk
    symbol = symbol_of(name)
    if name.kind != "klines" or symbol is None:
        raise Denied("bad-parameter", f"{name.text} has no history; channels of candles have one")
    interval, end = name.values["interval"], param.get("endTime")
    candles = desk.exchange.klines(
        symbol,
        LENGTHS[interval],
        end=None if end is None else end * 1000 - 1,
        limit=param.get("limit", MOST_CANDLES),
        origin=FIRST_MONDAY,
    )
    rows = _candle_rows(desk, symbol, interval, candles)
    return Reply(echo(session, command), {"channel": name.text, **instrument(symbol), "item": rows}, numbered=False)


def login(_: Session, __: Command) -> Reply:
    """Refuse: nothing shows that the venue still has private channels."""
    raise Denied("missing-key", "private channels are not offered, so there is nothing to log in for")


def pong(session: Session, _: Command) -> Reply:
    """Take it for a pong frame; nothing is answered."""
    session.connection.heard()
    return Reply()


# Channels


def symbol_of(name: ChannelName) -> str | None:
    """Find the symbol of an id; raises Denied. Names are not taken, whatever the samples show."""
    if "symbol" not in name.values:
        return None
    number = name.values["symbol"]
    symbol = SYMBOLS.get(int(number)) if number.isascii() and number.isdigit() else None
    if symbol is None or number != str(int(number)):
        raise Denied("unknown-symbol", f"there is no symbol with the id {number!r}: ask for the symbols' symbolId")
    return symbol


def _symbol(channel: Channel) -> str:
    if channel.symbol is None:
        raise AssertionError(f"{channel.name} is of one symbol")
    return channel.symbol


def trade(_: Desk, __: Channel, happened: Trade) -> Row:
    """Show a trade."""
    return {"T": "trade", **trade_row(happened)}


def latest_trades(desk: Desk, channel: Channel, param: Mapping[str, Any]) -> Row:
    """List the trades before a subscription, oldest first."""
    rows = desk.exchange.trades(_symbol(channel), limit=param.get("size", FIRST_TRADES))
    return {"T": "trade", "data": [trade_row(row) for row in rows]}


def candle(desk: Desk, channel: Channel) -> Row:
    """Show the current candle."""
    symbol, interval = _symbol(channel), channel.values["interval"]
    candles = desk.exchange.klines(symbol, LENGTHS[interval], limit=1, origin=FIRST_MONDAY)
    rows = _candle_rows(desk, symbol, interval, candles)
    return {"T": "kline", "channel": channel.name, **instrument(symbol), **rows[-1]}


def _candle_rows(desk: Desk, symbol: str, interval: str, candles: list[Kline]) -> list[Row]:
    ids = trade_ids(desk, symbol, LENGTHS[interval], candles)
    return [
        # Its last second, which the REST answers get wrong for candles that are longer than a minute.
        {**kline_row(candle, interval, ids.get(candle.open_time, [0])), "endTime": candle.close_time // 1000}
        for candle in candles
    ]


def ticker(desk: Desk, channel: Channel) -> Row:
    """Sum up a day of a symbol."""
    return {"T": "ticker", "channel": channel.name, **_day(desk, _symbol(channel))}


def tickers(desk: Desk, _: Channel) -> Row:
    """Sum up a day of every symbol; the form that is printed names no channel."""
    return {"T": "ticker", "data": [_day(desk, rules.symbol) for rules in desk.exchange.symbols()]}


def _day(desk: Desk, symbol: str) -> Row:
    row = ticker_row(desk, symbol)
    return {**instrument(symbol), **{name: row[name] for name in ("open", "high", "low", "close", "volume", "amount")}}


def book(desk: Desk, channel: Channel) -> Row:
    """Show the best levels."""
    return {"T": "depth", **book_row(desk, _symbol(channel), int(channel.values["levels"]))}


KINDS = {
    "trades": Kind(word="trade", trade=trade, first=latest_trades),
    "klines": Kind(word="kline", snapshot=candle),
    "ticker": Kind(word="ticker", snapshot=ticker),
    "tickers": Kind(word="ticker", snapshot=tickers),
    "orderBook": Kind(word="depth", snapshot=book),
}

STREAMS = StreamFace(
    kinds=KINDS,
    obey={
        "SUB": subscribe,
        "UNSUB": unsubscribe,
        "LIST": subscriptions,
        "REQ": history,
        "LOGIN": login,
        "login": login,
        "pong": pong,
    },
    symbol_of=symbol_of,
    greeting=greeting,
    echo=echo,
    refusal=refusal,
)
