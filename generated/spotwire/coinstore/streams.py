"""Coinstore spot streams: events, channels and methods. Generated from `specs/coinstore`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from spotwire.coinstore.api import market
from spotwire.coinstore.enums import Depth, KlineInterval, Side
from spotwire.coinstore.models.market import BookLevel, Klines
from spotwire_core.frames import Commands, FrameFormat, Request, Stream, StreamVenue, SymbolLookup
from spotwire_core.operation import Param
from spotwire_core.types import Id

if TYPE_CHECKING:
    from spotwire_core.frames import AsyncOpener, AsyncSubscription, Subscription, SyncOpener


@attrs.frozen(kw_only=True)
class TradeEvent:
    """A public trade as it happened."""

    channel: str | None = None
    """Name of the channel, such as 4@trade."""
    instrument_id: int | None = attrs.field(default=None, metadata={"wire": "instrumentId"})
    """Id of the symbol; deprecated in favour of symbol."""
    symbol: str
    """Symbol."""
    trade_id: Id = attrs.field(metadata={"wire": "tradeId"})
    """Id of the trade."""
    taker_side: Side = attrs.field(metadata={"wire": "takerSide"})
    """Side of the taker."""
    price: Decimal
    """Price in quote asset."""
    volume: Decimal
    """Quantity in base asset."""
    time: int
    """Time of the trade in seconds."""
    ts: int | None = None
    """Time of the trade in milliseconds."""
    seq: int | None = None
    """Sequence number, rising and unique."""


@attrs.frozen(kw_only=True)
class KlineEvent:
    """The current candle."""

    channel: str | None = None
    """Name of the channel, such as 4@kline@min_1."""
    instrument_id: int | None = attrs.field(default=None, metadata={"wire": "instrumentId"})
    """Id of the symbol; deprecated in favour of symbol."""
    symbol: str
    """Symbol."""
    interval: KlineInterval
    """Length of the candle."""
    start_time: int = attrs.field(metadata={"wire": "startTime"})
    """Start in seconds."""
    end_time: int = attrs.field(metadata={"wire": "endTime"})
    """Last second of the candle, epoch s."""
    first_trade_id: Id = attrs.field(metadata={"wire": "firstTradeId"})
    """Id of the first trade."""
    last_trade_id: Id = attrs.field(metadata={"wire": "lastTradeId"})
    """Id of the last trade."""
    open: Decimal
    """First price in quote asset."""
    high: Decimal
    """Highest price in quote asset."""
    low: Decimal
    """Lowest price in quote asset."""
    close: Decimal
    """Last price in quote asset."""
    volume: Decimal
    """Traded quantity in base asset."""
    amount: Decimal
    """Traded amount in quote asset."""


@attrs.frozen(kw_only=True)
class TickerEvent:
    """The last 24 hours of one symbol."""

    channel: str | None = None
    """Name of the channel, such as 4@ticker."""
    instrument_id: int | None = attrs.field(default=None, metadata={"wire": "instrumentId"})
    """Id of the symbol; deprecated in favour of symbol."""
    symbol: str
    """Symbol."""
    open: Decimal | None
    """First price of the 24 hours in quote asset."""
    high: Decimal | None
    """Highest price in quote asset."""
    low: Decimal | None
    """Lowest price in quote asset."""
    close: Decimal | None
    """Last price in quote asset."""
    volume: Decimal | None
    """Traded quantity in base asset."""
    amount: Decimal | None
    """Traded amount in quote asset."""


@attrs.frozen(kw_only=True)
class OrderBookEvent:
    """The best bids and asks of one symbol, a full snapshot."""

    channel: str | None = None
    """Name of the channel, such as 4@depth@20."""
    instrument_id: int | None = attrs.field(default=None, metadata={"wire": "instrumentId"})
    """Id of the symbol; deprecated in favour of symbol."""
    symbol: str
    """Symbol."""
    level: int
    """Depth that was asked for."""
    asks: list[BookLevel] = attrs.field(metadata={"wire": "a"})
    """Asks, best first."""
    bids: list[BookLevel] = attrs.field(metadata={"wire": "b"})
    """Bids, best first."""


TRADES: Stream[TradeEvent] = Stream(
    name="trades",
    address="{symbol}@trade",
    kind="trade",
    event=TradeEvent,
    listed=True,
    members=frozenset({"price", "symbol", "takerSide", "time", "tradeId", "volume"}),
    channel="channel",
    sources=(("symbol", "instrument_id"),),
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="size", wire="size", place="json", kind="integer", bare=True),
    ),
)
KLINES: Stream[KlineEvent] = Stream(
    name="klines",
    address="{symbol}@kline@{interval}",
    kind="kline",
    event=KlineEvent,
    members=frozenset(
        {
            "amount",
            "close",
            "endTime",
            "firstTradeId",
            "high",
            "interval",
            "lastTradeId",
            "low",
            "open",
            "startTime",
            "symbol",
            "volume",
        }
    ),
    channel="channel",
    sources=(("symbol", "instrument_id"), ("interval", "interval")),
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="interval", wire="interval", place="path", required=True, enum=KlineInterval),
    ),
)
TICKER: Stream[TickerEvent] = Stream(
    name="ticker",
    address="{symbol}@ticker",
    kind="ticker",
    event=TickerEvent,
    members=frozenset({"amount", "close", "high", "low", "open", "symbol", "volume"}),
    channel="channel",
    sources=(("symbol", "instrument_id"),),
    params=(Param(name="symbol", wire="symbol", place="path", required=True),),
)
TICKERS: Stream[TickerEvent] = Stream(
    name="tickers",
    address="!@ticker",
    kind="ticker",
    event=TickerEvent,
    bare=False,
    listed=True,
    channel="channel",
)
ORDER_BOOK: Stream[OrderBookEvent] = Stream(
    name="orderBook",
    address="{symbol}@depth@{levels}",
    kind="depth",
    event=OrderBookEvent,
    members=frozenset({"a", "b", "level", "symbol"}),
    channel="channel",
    sources=(("symbol", "instrument_id"), ("levels", "level")),
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="levels", wire="levels", place="path", kind="integer", enum=Depth),
    ),
)
HISTORY: Request[Klines] = Request(
    name="history",
    address="{symbol}@kline@{interval}",
    answer=Klines,
    member="item",
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="interval", wire="interval", place="path", required=True, enum=KlineInterval),
        Param(name="end_time", wire="endTime", place="json", kind="integer", bare=True),
        Param(name="limit", wire="limit", place="json", kind="integer", bare=True, maximum=200),
    ),
)

STREAMS = StreamVenue(
    name="coinstore",
    title="Coinstore spot streams",
    url="wss://ws.coinstore.com/s/ws",
    frame=FrameFormat(
        kind="T",
        sequence="S",
        code="C",
        message="M",
        channel="channel",
        events="data",
        echoes="echo",
        answers="resp",
        echo_id=("echo", "id"),
        success_codes=frozenset({"200"}),
    ),
    commands=Commands(
        op="op",
        channel="channel",
        param="param",
        id="id",
        subscribe="SUB",
        unsubscribe="UNSUB",
        list="LIST",
        request="REQ",
        pong="pong",
        pong_time="epochMillis",
    ),
    lifetime=86400,
    ping_every=180,
    symbols=SymbolLookup(operation=market.SYMBOLS, symbol="symbol_code", id="symbol_id", parameter="symbol"),
    streams=(
        TRADES,
        KLINES,
        TICKER,
        TICKERS,
        ORDER_BOOK,
    ),
    requests=(HISTORY,),
)


class Streams:
    """Coinstore spot streams.

    Public market data of Coinstore as it happens, over one WebSocket connection. The client subscribes to channels by
    commands, JSON objects with `op`; the venue repeats each command in an echo, answers it, and pushes events.
    Operations are written from the client's side: it sends commands and receives events. A channel is named after the
    numeric id of its symbol, such as `4@trade`, where REST operations take `BTCUSDT`.
    """

    def __init__(self, opener: SyncOpener) -> None:
        self._open = opener.open
        self._ask = opener.ask

    def trades(self, symbol: str, *, size: int | None = None) -> Subscription[TradeEvent]:
        """The trades of one symbol.

        The first push lists the latest trades, each further one is a single trade.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            size: Number of trades in the first push.

        Channel: {symbol}@trade. Source: Coinstore API documentation, spot, Chinese edition, Trades (逐笔交易).
        """
        return self._open(TRADES, (symbol, size))

    def klines(self, symbol: str, interval: KlineInterval | str) -> Subscription[KlineEvent]:
        """The current candle of one symbol, every second.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            interval: Length of a candle.

        Channel: {symbol}@kline@{interval}. Source: Coinstore API documentation, spot, Chinese edition, Kline streams
        (K线 Streams).
        """
        return self._open(KLINES, (symbol, interval))

    def ticker(self, symbol: str) -> Subscription[TickerEvent]:
        """The last 24 hours of one symbol.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.

        Channel: {symbol}@ticker. Source: Coinstore API documentation, spot, Chinese edition, Ticker of one symbol (按
        Symbol 的 Ticker信息).
        """
        return self._open(TICKER, (symbol,))

    def tickers(self) -> Subscription[TickerEvent]:
        """The last 24 hours of every symbol.

        Channel: !@ticker. Source: Coinstore API documentation, spot, English edition, Tickers of all symbols.
        """
        return self._open(TICKERS, ())

    def order_book(self, symbol: str, *, levels: Depth | int = 20) -> Subscription[OrderBookEvent]:
        """The best levels of one symbol's order book, every second or every 100 ms.

        Each push is the whole book to this depth and replaces the one before.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            levels: Number of levels on each side.

        Channel: {symbol}@depth@{levels}. Source: Coinstore API documentation, spot, Chinese edition, Depth (深度信息).
        """
        return self._open(ORDER_BOOK, (symbol, levels))

    def history(
        self, symbol: str, interval: KlineInterval | str, *, end_time: int | None = None, limit: int | None = None
    ) -> Klines:
        """Candles of the past of one symbol.

        Answered once; it needs no subscription.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            interval: Length of a candle.
            end_time: End of the candles in seconds, itself not included; now when left out.
            limit: Number of candles. At most 200.

        Request: {symbol}@kline@{interval}. Source: Coinstore API documentation, spot, Chinese edition, Kline request
        (K线 Request).
        """
        return self._ask(HISTORY, (symbol, interval, end_time, limit))


class AsyncStreams:
    """Coinstore spot streams, asynchronous.

    Public market data of Coinstore as it happens, over one WebSocket connection. The client subscribes to channels by
    commands, JSON objects with `op`; the venue repeats each command in an echo, answers it, and pushes events.
    Operations are written from the client's side: it sends commands and receives events. A channel is named after the
    numeric id of its symbol, such as `4@trade`, where REST operations take `BTCUSDT`.
    """

    def __init__(self, opener: AsyncOpener) -> None:
        self._open = opener.open
        self._ask = opener.ask

    def trades(self, symbol: str, *, size: int | None = None) -> AsyncSubscription[TradeEvent]:
        """The trades of one symbol.

        The first push lists the latest trades, each further one is a single trade.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            size: Number of trades in the first push.

        Channel: {symbol}@trade. Source: Coinstore API documentation, spot, Chinese edition, Trades (逐笔交易).
        """
        return self._open(TRADES, (symbol, size))

    def klines(self, symbol: str, interval: KlineInterval | str) -> AsyncSubscription[KlineEvent]:
        """The current candle of one symbol, every second.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            interval: Length of a candle.

        Channel: {symbol}@kline@{interval}. Source: Coinstore API documentation, spot, Chinese edition, Kline streams
        (K线 Streams).
        """
        return self._open(KLINES, (symbol, interval))

    def ticker(self, symbol: str) -> AsyncSubscription[TickerEvent]:
        """The last 24 hours of one symbol.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.

        Channel: {symbol}@ticker. Source: Coinstore API documentation, spot, Chinese edition, Ticker of one symbol (按
        Symbol 的 Ticker信息).
        """
        return self._open(TICKER, (symbol,))

    def tickers(self) -> AsyncSubscription[TickerEvent]:
        """The last 24 hours of every symbol.

        Channel: !@ticker. Source: Coinstore API documentation, spot, English edition, Tickers of all symbols.
        """
        return self._open(TICKERS, ())

    def order_book(self, symbol: str, *, levels: Depth | int = 20) -> AsyncSubscription[OrderBookEvent]:
        """The best levels of one symbol's order book, every second or every 100 ms.

        Each push is the whole book to this depth and replaces the one before.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            levels: Number of levels on each side.

        Channel: {symbol}@depth@{levels}. Source: Coinstore API documentation, spot, Chinese edition, Depth (深度信息).
        """
        return self._open(ORDER_BOOK, (symbol, levels))

    async def history(
        self, symbol: str, interval: KlineInterval | str, *, end_time: int | None = None, limit: int | None = None
    ) -> Klines:
        """Candles of the past of one symbol.

        Answered once; it needs no subscription.

        Args:
            symbol: Symbol, such as BTCUSDT; in the channel its numeric id.
            interval: Length of a candle.
            end_time: End of the candles in seconds, itself not included; now when left out.
            limit: Number of candles. At most 200.

        Request: {symbol}@kline@{interval}. Source: Coinstore API documentation, spot, Chinese edition, Kline request
        (K线 Request).
        """
        return await self._ask(HISTORY, (symbol, interval, end_time, limit))
