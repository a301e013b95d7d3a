"""The market operations of MEXC spot API v3. Generated from `specs/mexc`; do not edit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING, overload

from spotwire.mexc.enums import Interval
from spotwire.mexc.models.market import (
    AggTrade,
    AvgPrice,
    BookTicker,
    ExchangeInfo,
    Kline,
    OrderBook,
    PriceTicker,
    ServerTime,
    Ticker24h,
    Trade,
)
from spotwire_core.operation import Charge, Operation, Paging, Param
from spotwire_core.paging import async_pages, pages

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

PING: Operation[None] = Operation(
    name="ping",
    method="GET",
    path="/api/v3/ping",
    result=None,
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
SERVER_TIME: Operation[ServerTime] = Operation(
    name="serverTime",
    method="GET",
    path="/api/v3/time",
    result=ServerTime,
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
EXCHANGE_INFO: Operation[ExchangeInfo] = Operation(
    name="exchangeInfo",
    method="GET",
    path="/api/v3/exchangeInfo",
    result=ExchangeInfo,
    params=(
        Param(name="symbol", wire="symbol", min_length=1),
        Param(
            name="symbols",
            wire="symbols",
            kind="list",
            min_length=1,
            items=Param(name="symbols", wire="symbols", required=True, min_length=1),
        ),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip", weight=10),),
)
ORDER_BOOK: Operation[OrderBook] = Operation(
    name="orderBook",
    method="GET",
    path="/api/v3/depth",
    result=OrderBook,
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=5000),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
TRADES: Operation[list[Trade]] = Operation(
    name="trades",
    method="GET",
    path="/api/v3/trades",
    result=list[Trade],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=1000),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip", weight=5),),
)
HISTORICAL_TRADES: Operation[list[Trade]] = Operation(
    name="historicalTrades",
    method="GET",
    path="/api/v3/historicalTrades",
    result=list[Trade],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=1000),
        Param(name="from_id", wire="fromId", kind="integer"),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
AGG_TRADES: Operation[list[AggTrade]] = Operation(
    name="aggTrades",
    method="GET",
    path="/api/v3/aggTrades",
    result=list[AggTrade],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="from_id", wire="fromId", kind="integer"),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=1000),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
KLINES: Operation[list[Kline]] = Operation(
    name="klines",
    method="GET",
    path="/api/v3/klines",
    result=list[Kline],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="interval", wire="interval", required=True, enum=Interval),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=1000),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
    paging=Paging(parameter=2, limit=4, item="open_time"),
)
AVG_PRICE: Operation[AvgPrice] = Operation(
    name="avgPrice",
    method="GET",
    path="/api/v3/avgPrice",
    result=AvgPrice,
    params=(Param(name="symbol", wire="symbol", required=True, min_length=1),),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
TICKER_24H: Operation[Ticker24h | list[Ticker24h]] = Operation(
    name="ticker24h",
    method="GET",
    path="/api/v3/ticker/24hr",
    result=Ticker24h,
    params=(Param(name="symbol", wire="symbol", min_length=1),),
    security="none",
    safety="read",
    one_or_list=0,
    charges=(Charge(bucket="ip", unless=0, weight_without=40),),
)
PRICE: Operation[PriceTicker | list[PriceTicker]] = Operation(
    name="price",
    method="GET",
    path="/api/v3/ticker/price",
    result=PriceTicker,
    params=(Param(name="symbol", wire="symbol", min_length=1),),
    security="none",
    safety="read",
    one_or_list=0,
    charges=(Charge(bucket="ip", unless=0, weight_without=2),),
)
BOOK_TICKER: Operation[BookTicker | list[BookTicker]] = Operation(
    name="bookTicker",
    method="GET",
    path="/api/v3/ticker/bookTicker",
    result=BookTicker,
    params=(Param(name="symbol", wire="symbol", min_length=1),),
    security="none",
    safety="read",
    one_or_list=0,
    charges=(Charge(bucket="ip"),),
)


class MarketApi:
    """The market operations of MEXC spot API v3."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def ping(self, *, options: CallOptions | None = None) -> None:
        """Test that the venue can be reached.

        Public: GET /api/v3/ping. Source: API document, spot v3 (API 文档), Test connectivity (测试服务器连通性).
        """
        return self._call(PING, (), options)

    def server_time(self, *, options: CallOptions | None = None) -> ServerTime:
        """Get the venue's clock.

        Public: GET /api/v3/time. Source: API document, spot v3 (API 文档), Server time (获取服务器时间).
        """
        return self._call(SERVER_TIME, (), options)

    def exchange_info(
        self, *, symbol: str | None = None, symbols: Sequence[str] | None = None, options: CallOptions | None = None
    ) -> ExchangeInfo:
        """Get the trading rules and the symbols.

        Without a parameter all symbols are returned; `symbol` asks for one, `symbols` for several. Symbols that cannot
        be traded through the API have `isSpotTradingAllowed` false even while they are online.

        Args:
            symbol: One symbol.
            symbols: Several symbols, separated by commas.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/exchangeInfo. Source: API document, spot v3 (API 文档), Exchange information (交易规范信息).
        """
        return self._call(EXCHANGE_INFO, (symbol, symbols), options)

    def order_book(self, symbol: str, *, limit: int | None = None, options: CallOptions | None = None) -> OrderBook:
        """Get bids and asks of a symbol.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            limit: Number of levels per side. Default 100, from 1 to 5000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/depth. Source: API document, spot v3 (API 文档), Depth (深度信息).
        """
        return self._call(ORDER_BOOK, (symbol, limit), options)

    def trades(self, symbol: str, *, limit: int | None = None, options: CallOptions | None = None) -> list[Trade]:
        """Get the most recent public trades of a symbol.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            limit: Number of rows. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/trades. Source: API document, spot v3 (API 文档), Recent trades (近期成交列表).
        """
        return self._call(TRADES, (symbol, limit), options)

    def historical_trades(
        self, symbol: str, *, limit: int | None = None, from_id: int | None = None, options: CallOptions | None = None
    ) -> list[Trade]:
        """Get older public trades of a symbol.

        Dropped from later editions of the documentation; whether the venue still answers is not certain. Without usable
        trade ids there is no way to ask for a particular stretch.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            limit: Number of rows. Default 500, from 1 to 1000.
            from_id: Trade id to start from. Removed by the venue; trade ids are null.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/historicalTrades. Source: API document, spot v3 (API 文档), Recent trades, second section of
        that name (近期成交列表).
        """
        return self._call(HISTORICAL_TRADES, (symbol, limit, from_id), options)

    def agg_trades(
        self,
        symbol: str,
        *,
        from_id: int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[AggTrade]:
        """Get public trades of a symbol aggregated by price, side and time.

        Give `startTime` and `endTime` together; a lone `startTime` is ignored.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            from_id: Trade id to start from, included. Removed by the venue; trade ids are null.
            start_time: Earliest time of a trade, in milliseconds; only together with endTime.
            end_time: Latest time of a trade, in milliseconds; only together with startTime.
            limit: Number of rows. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/aggTrades. Source: API document, spot v3 (API 文档), Aggregated trades (近期成交（归集）).
        """
        return self._call(AGG_TRADES, (symbol, from_id, start_time, end_time, limit), options)

    def klines(
        self,
        symbol: str,
        interval: Interval | str,
        *,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Kline]:
        """Get the candles of a symbol.

        The open time identifies a candle. Give `startTime` and `endTime` together; a lone `startTime` is ignored, so an
        iteration over pages needs both.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            interval: Length of a candle.
            start_time: Earliest open time, in milliseconds; only together with endTime.
            end_time: Latest open time, in milliseconds; only together with startTime.
            limit: Number of rows. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/klines. Source: API document, spot v3 (API 文档), Klines (K线数据).
        """
        return self._call(KLINES, (symbol, interval, start_time, end_time, limit), options)

    def iter_klines(
        self,
        symbol: str,
        interval: Interval | str,
        *,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Kline]:
        """Yield what `klines` gives, page after page and each item once, until the venue has no more."""
        return pages(self._call, KLINES, (symbol, interval, start_time, end_time, limit), options)

    def avg_price(self, symbol: str, *, options: CallOptions | None = None) -> AvgPrice:
        """Get the average price of a symbol over a few minutes.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/avgPrice. Source: API document, spot v3 (API 文档), Current average price (当前平均价格).
        """
        return self._call(AVG_PRICE, (symbol,), options)

    @overload
    def ticker_24h(self, symbol: str, *, options: CallOptions | None = None) -> Ticker24h: ...
    @overload
    def ticker_24h(self, symbol: None = None, *, options: CallOptions | None = None) -> list[Ticker24h]: ...
    @overload
    def ticker_24h(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> Ticker24h | list[Ticker24h]: ...
    def ticker_24h(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> Ticker24h | list[Ticker24h]:
        """Get the price changes of 24 hours for one symbol or all.

        Without `symbol` the answer covers every symbol and weighs 40 times as much.

        Args:
            symbol: Symbol, base and quote asset without a separator; all symbols when left out.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/ticker/24hr. Source: API document, spot v3 (API 文档), 24 hour price changes (24小时价格滚动情况).
        """
        return self._call(TICKER_24H, (symbol,), options)

    @overload
    def price(self, symbol: str, *, options: CallOptions | None = None) -> PriceTicker: ...
    @overload
    def price(self, symbol: None = None, *, options: CallOptions | None = None) -> list[PriceTicker]: ...
    @overload
    def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> PriceTicker | list[PriceTicker]: ...
    def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> PriceTicker | list[PriceTicker]:
        """Get the latest price of one symbol or all.

        Args:
            symbol: Symbol, base and quote asset without a separator; all symbols when left out.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/ticker/price. Source: API document, spot v3 (API 文档), Latest price (最新价格).
        """
        return self._call(PRICE, (symbol,), options)

    @overload
    def book_ticker(self, symbol: str, *, options: CallOptions | None = None) -> BookTicker: ...
    @overload
    def book_ticker(self, symbol: None = None, *, options: CallOptions | None = None) -> list[BookTicker]: ...
    @overload
    def book_ticker(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> BookTicker | list[BookTicker]: ...
    def book_ticker(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> BookTicker | list[BookTicker]:
        """Get the best bid and ask of one symbol or all.

        Args:
            symbol: Symbol, base and quote asset without a separator; all symbols when left out.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/ticker/bookTicker. Source: API document, spot v3 (API 文档), Best orders (当前最优挂单).
        """
        return self._call(BOOK_TICKER, (symbol,), options)


class AsyncMarketApi:
    """The market operations of MEXC spot API v3, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def ping(self, *, options: CallOptions | None = None) -> None:
        """Test that the venue can be reached.

        Public: GET /api/v3/ping. Source: API document, spot v3 (API 文档), Test connectivity (测试服务器连通性).
        """
        return await self._call(PING, (), options)

    async def server_time(self, *, options: CallOptions | None = None) -> ServerTime:
        """Get the venue's clock.

        Public: GET /api/v3/time. Source: API document, spot v3 (API 文档), Server time (获取服务器时间).
        """
        return await self._call(SERVER_TIME, (), options)

    async def exchange_info(
        self, *, symbol: str | None = None, symbols: Sequence[str] | None = None, options: CallOptions | None = None
    ) -> ExchangeInfo:
        """Get the trading rules and the symbols.

        Without a parameter all symbols are returned; `symbol` asks for one, `symbols` for several. Symbols that cannot
        be traded through the API have `isSpotTradingAllowed` false even while they are online.

        Args:
            symbol: One symbol.
            symbols: Several symbols, separated by commas.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/exchangeInfo. Source: API document, spot v3 (API 文档), Exchange information (交易规范信息).
        """
        return await self._call(EXCHANGE_INFO, (symbol, symbols), options)

    async def order_book(
        self, symbol: str, *, limit: int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Get bids and asks of a symbol.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            limit: Number of levels per side. Default 100, from 1 to 5000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/depth. Source: API document, spot v3 (API 文档), Depth (深度信息).
        """
        return await self._call(ORDER_BOOK, (symbol, limit), options)

    async def trades(self, symbol: str, *, limit: int | None = None, options: CallOptions | None = None) -> list[Trade]:
        """Get the most recent public trades of a symbol.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            limit: Number of rows. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/trades. Source: API document, spot v3 (API 文档), Recent trades (近期成交列表).
        """
        return await self._call(TRADES, (symbol, limit), options)

    async def historical_trades(
        self, symbol: str, *, limit: int | None = None, from_id: int | None = None, options: CallOptions | None = None
    ) -> list[Trade]:
        """Get older public trades of a symbol.

        Dropped from later editions of the documentation; whether the venue still answers is not certain. Without usable
        trade ids there is no way to ask for a particular stretch.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            limit: Number of rows. Default 500, from 1 to 1000.
            from_id: Trade id to start from. Removed by the venue; trade ids are null.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/historicalTrades. Source: API document, spot v3 (API 文档), Recent trades, second section of
        that name (近期成交列表).
        """
        return await self._call(HISTORICAL_TRADES, (symbol, limit, from_id), options)

    async def agg_trades(
        self,
        symbol: str,
        *,
        from_id: int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[AggTrade]:
        """Get public trades of a symbol aggregated by price, side and time.

        Give `startTime` and `endTime` together; a lone `startTime` is ignored.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            from_id: Trade id to start from, included. Removed by the venue; trade ids are null.
            start_time: Earliest time of a trade, in milliseconds; only together with endTime.
            end_time: Latest time of a trade, in milliseconds; only together with startTime.
            limit: Number of rows. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/aggTrades. Source: API document, spot v3 (API 文档), Aggregated trades (近期成交（归集）).
        """
        return await self._call(AGG_TRADES, (symbol, from_id, start_time, end_time, limit), options)

    async def klines(
        self,
        symbol: str,
        interval: Interval | str,
        *,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Kline]:
        """Get the candles of a symbol.

        The open time identifies a candle. Give `startTime` and `endTime` together; a lone `startTime` is ignored, so an
        iteration over pages needs both.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            interval: Length of a candle.
            start_time: Earliest open time, in milliseconds; only together with endTime.
            end_time: Latest open time, in milliseconds; only together with startTime.
            limit: Number of rows. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/klines. Source: API document, spot v3 (API 文档), Klines (K线数据).
        """
        return await self._call(KLINES, (symbol, interval, start_time, end_time, limit), options)

    def iter_klines(
        self,
        symbol: str,
        interval: Interval | str,
        *,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Kline]:
        """Yield what `klines` gives, page after page and each item once, until the venue has no more."""
        return async_pages(self._call, KLINES, (symbol, interval, start_time, end_time, limit), options)

    async def avg_price(self, symbol: str, *, options: CallOptions | None = None) -> AvgPrice:
        """Get the average price of a symbol over a few minutes.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/avgPrice. Source: API document, spot v3 (API 文档), Current average price (当前平均价格).
        """
        return await self._call(AVG_PRICE, (symbol,), options)

    @overload
    async def ticker_24h(self, symbol: str, *, options: CallOptions | None = None) -> Ticker24h: ...
    @overload
    async def ticker_24h(self, symbol: None = None, *, options: CallOptions | None = None) -> list[Ticker24h]: ...
    @overload
    async def ticker_24h(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> Ticker24h | list[Ticker24h]: ...
    async def ticker_24h(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> Ticker24h | list[Ticker24h]:
        """Get the price changes of 24 hours for one symbol or all.

        Without `symbol` the answer covers every symbol and weighs 40 times as much.

        Args:
            symbol: Symbol, base and quote asset without a separator; all symbols when left out.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/ticker/24hr. Source: API document, spot v3 (API 文档), 24 hour price changes (24小时价格滚动情况).
        """
        return await self._call(TICKER_24H, (symbol,), options)

    @overload
    async def price(self, symbol: str, *, options: CallOptions | None = None) -> PriceTicker: ...
    @overload
    async def price(self, symbol: None = None, *, options: CallOptions | None = None) -> list[PriceTicker]: ...
    @overload
    async def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> PriceTicker | list[PriceTicker]: ...
    async def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> PriceTicker | list[PriceTicker]:
        """Get the latest price of one symbol or all.

        Args:
            symbol: Symbol, base and quote asset without a separator; all symbols when left out.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/ticker/price. Source: API document, spot v3 (API 文档), Latest price (最新价格).
        """
        return await self._call(PRICE, (symbol,), options)

    @overload
    async def book_ticker(self, symbol: str, *, options: CallOptions | None = None) -> BookTicker: ...
    @overload
    async def book_ticker(self, symbol: None = None, *, options: CallOptions | None = None) -> list[BookTicker]: ...
    @overload
    async def book_ticker(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> BookTicker | list[BookTicker]: ...
    async def book_ticker(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> BookTicker | list[BookTicker]:
        """Get the best bid and ask of one symbol or all.

        Args:
            symbol: Symbol, base and quote asset without a separator; all symbols when left out.
            options: Timeout and extra headers of this call.

        Public: GET /api/v3/ticker/bookTicker. Source: API document, spot v3 (API 文档), Best orders (当前最优挂单).
        """
        return await self._call(BOOK_TICKER, (symbol,), options)
