"""The market operations of JEX spot. Generated from `specs/jex`; do not edit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, overload

from spotwire.jex.enums import DepthLimit, Interval
from spotwire.jex.models.market import (
    AvgPrice,
    BookTicker,
    ExchangeInfo,
    HistoricalTrade,
    Kline,
    OrderBook,
    ServerTime,
    SymbolPrice,
    Ticker,
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
    path="/api/v1/ping",
    result=None,
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
SERVER_TIME: Operation[ServerTime] = Operation(
    name="serverTime",
    method="GET",
    path="/api/v1/time",
    result=ServerTime,
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
EXCHANGE_INFO: Operation[ExchangeInfo] = Operation(
    name="exchangeInfo",
    method="GET",
    path="/api/v1/exchangeInfo",
    result=ExchangeInfo,
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
ORDER_BOOK: Operation[OrderBook] = Operation(
    name="orderBook",
    method="GET",
    path="/api/v1/spot/depth",
    result=OrderBook,
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="limit", wire="limit", kind="integer", enum=DepthLimit),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
TRADES: Operation[list[Trade]] = Operation(
    name="trades",
    method="GET",
    path="/api/v1/spot/trades",
    result=list[Trade],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=60),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
HISTORICAL_TRADES: Operation[list[HistoricalTrade]] = Operation(
    name="historicalTrades",
    method="GET",
    path="/api/v1/spot/historicalTrades",
    result=list[HistoricalTrade],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=500),
        Param(name="from_id", wire="fromId", kind="id"),
    ),
    security="keyed",
    safety="read",
    charges=(Charge(bucket="weight", weight=5), Charge(bucket="raw-requests")),
    paging=Paging(parameter=2, limit=1, item="id", descending=True),
)
KLINES: Operation[list[Kline]] = Operation(
    name="klines",
    method="GET",
    path="/api/v1/spot/klines",
    result=list[Kline],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="interval", wire="interval", required=True, enum=Interval),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=1000),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
    paging=Paging(parameter=2, limit=4, item="open_time"),
)
AVG_PRICE: Operation[AvgPrice] = Operation(
    name="avgPrice",
    method="GET",
    path="/api/v1/spot/avgPrice",
    result=AvgPrice,
    params=(Param(name="symbol", wire="symbol", required=True),),
    security="none",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
TICKER_24H: Operation[Ticker | list[Ticker]] = Operation(
    name="ticker24h",
    method="GET",
    path="/api/v1/spot/ticker/24hr",
    result=Ticker,
    params=(Param(name="symbol", wire="symbol"),),
    security="none",
    safety="read",
    one_or_list=0,
    charges=(Charge(bucket="weight", unless=0, weight_without=40), Charge(bucket="raw-requests")),
)
PRICE: Operation[SymbolPrice | list[SymbolPrice]] = Operation(
    name="price",
    method="GET",
    path="/api/v1/spot/ticker/price",
    result=SymbolPrice,
    params=(Param(name="symbol", wire="symbol"),),
    security="none",
    safety="read",
    one_or_list=0,
    charges=(Charge(bucket="weight", unless=0, weight_without=2), Charge(bucket="raw-requests")),
)
BOOK_TICKER: Operation[BookTicker | list[BookTicker]] = Operation(
    name="bookTicker",
    method="GET",
    path="/api/v1/spot/ticker/bookTicker",
    result=BookTicker,
    params=(Param(name="symbol", wire="symbol"),),
    security="none",
    safety="read",
    one_or_list=0,
    charges=(Charge(bucket="weight", unless=0, weight_without=2), Charge(bucket="raw-requests")),
)


class MarketApi:
    """The market operations of JEX spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def ping(self, *, options: CallOptions | None = None) -> None:
        """Test that the venue can be reached.

        The answer is an empty object.

        Public: GET /api/v1/ping. Source: spot api (行情接口, 交易接口), Test connectivity (测试服务器连通性).
        """
        return self._call(PING, (), options)

    def server_time(self, *, options: CallOptions | None = None) -> ServerTime:
        """The venue's clock.

        Serves to correct the timestamp of signed calls, which may be at most 1000 ms ahead of this clock.

        Public: GET /api/v1/time. Source: spot api (行情接口, 交易接口), Server time (获取服务器时间).
        """
        return self._call(SERVER_TIME, (), options)

    def exchange_info(self, *, options: CallOptions | None = None) -> ExchangeInfo:
        """Rate limits and the symbols of spot, options and contracts.

        The three lists share one form. On 2019-09-20 there were 28 spot symbols, 3 contracts and 28 options. A symbol
        is unique only within its list.

        Public: GET /api/v1/exchangeInfo. Source: spot api (行情接口, 交易接口), Symbol information (交易对信息).
        """
        return self._call(EXCHANGE_INFO, (), options)

    def order_book(
        self, symbol: str, *, limit: DepthLimit | int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Bids and asks of one symbol.

        Bids come best (highest) first, asks best (lowest) first. A thin book has fewer levels than asked for.

        Args:
            symbol: Spot symbol in capitals.
            limit: Levels of each side.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/depth. Source: spot api (行情接口, 交易接口), Spot depth (币币深度信息).
        """
        return self._call(ORDER_BOOK, (symbol, limit), options)

    def trades(self, symbol: str, *, limit: int | None = None, options: CallOptions | None = None) -> list[Trade]:
        """The most recent public trades of one symbol.

        Newest first.

        Args:
            symbol: Spot symbol in capitals.
            limit: Number of trades. Default 60, from 1 to 60.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/trades. Source: spot api (行情接口, 交易接口), Spot recent trades (币币近期成交).
        """
        return self._call(TRADES, (symbol, limit), options)

    def historical_trades(
        self,
        symbol: str,
        *,
        limit: int | None = None,
        from_id: str | int | None = None,
        options: CallOptions | None = None,
    ) -> list[HistoricalTrade]:
        """Older public trades of one symbol.

        Needs the API key, but no signature. Newest first.

        Args:
            symbol: Spot symbol in capitals.
            limit: Number of trades. Default 200, from 1 to 500.
            from_id: Id of the trade to begin with. Without it the newest trades come.
            options: Timeout and extra headers of this call.

        Needs an API key: GET /api/v1/spot/historicalTrades. Source: spot api (行情接口, 交易接口), Spot historical trades
        (查询币币历史成交).
        """
        return self._call(HISTORICAL_TRADES, (symbol, limit, from_id), options)

    def iter_historical_trades(
        self,
        symbol: str,
        *,
        limit: int | None = None,
        from_id: str | int | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[HistoricalTrade]:
        """Yield what `historical_trades` gives, page after page and each item once, until the venue has no more."""
        return pages(self._call, HISTORICAL_TRADES, (symbol, limit, from_id), options)

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
        """Candles of one symbol.

        The opening time identifies a candle. Without startTime and endTime the newest candles come.

        Args:
            symbol: Spot symbol in capitals.
            interval: Length of a candle.
            start_time: Earliest opening time, in epoch milliseconds.
            end_time: Latest opening time, in epoch milliseconds.
            limit: Number of candles. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/klines. Source: spot api (行情接口, 交易接口), Spot klines (币币K线数据).
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
        """The average price of one symbol over some minutes.

        The answer tells the number of minutes.

        Args:
            symbol: Spot symbol in capitals.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/avgPrice. Source: spot api (行情接口, 交易接口), Spot average price (币币当前平均价格).
        """
        return self._call(AVG_PRICE, (symbol,), options)

    @overload
    def ticker_24h(self, symbol: str, *, options: CallOptions | None = None) -> Ticker: ...
    @overload
    def ticker_24h(self, symbol: None = None, *, options: CallOptions | None = None) -> list[Ticker]: ...
    @overload
    def ticker_24h(self, symbol: str | None = None, *, options: CallOptions | None = None) -> Ticker | list[Ticker]: ...
    def ticker_24h(self, symbol: str | None = None, *, options: CallOptions | None = None) -> Ticker | list[Ticker]:
        """A summary of the last 24 hours for one symbol or all.

        Without symbol the answer is a list of all symbols, and the weight 40 instead of 1. The list of 2019-09-20 had
        28 rows with the documented 16 fields.

        Args:
            symbol: Spot symbol in capitals. Without it all symbols come.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/ticker/24hr. Source: spot api (行情接口, 交易接口), Spot 24 h change (币币24hr价格变动情况).
        """
        return self._call(TICKER_24H, (symbol,), options)

    @overload
    def price(self, symbol: str, *, options: CallOptions | None = None) -> SymbolPrice: ...
    @overload
    def price(self, symbol: None = None, *, options: CallOptions | None = None) -> list[SymbolPrice]: ...
    @overload
    def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> SymbolPrice | list[SymbolPrice]: ...
    def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> SymbolPrice | list[SymbolPrice]:
        """The latest price of one symbol or all.

        Without symbol the answer is a list of all symbols, and the weight 2 instead of 1.

        Args:
            symbol: Spot symbol in capitals. Without it all symbols come.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/ticker/price. Source: spot api (行情接口, 交易接口), Spot latest price (币币最新价格接口).
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
        """Best bid and ask of one symbol or all.

        Without symbol the answer is a list of all symbols, and the weight 2 instead of 1.

        Args:
            symbol: Spot symbol in capitals. Without it all symbols come.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/ticker/bookTicker. Source: spot api (行情接口, 交易接口), Spot best orders (币币最优挂单接口).
        """
        return self._call(BOOK_TICKER, (symbol,), options)


class AsyncMarketApi:
    """The market operations of JEX spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def ping(self, *, options: CallOptions | None = None) -> None:
        """Test that the venue can be reached.

        The answer is an empty object.

        Public: GET /api/v1/ping. Source: spot api (行情接口, 交易接口), Test connectivity (测试服务器连通性).
        """
        return await self._call(PING, (), options)

    async def server_time(self, *, options: CallOptions | None = None) -> ServerTime:
        """The venue's clock.

        Serves to correct the timestamp of signed calls, which may be at most 1000 ms ahead of this clock.

        Public: GET /api/v1/time. Source: spot api (行情接口, 交易接口), Server time (获取服务器时间).
        """
        return await self._call(SERVER_TIME, (), options)

    async def exchange_info(self, *, options: CallOptions | None = None) -> ExchangeInfo:
        """Rate limits and the symbols of spot, options and contracts.

        The three lists share one form. On 2019-09-20 there were 28 spot symbols, 3 contracts and 28 options. A symbol
        is unique only within its list.

        Public: GET /api/v1/exchangeInfo. Source: spot api (行情接口, 交易接口), Symbol information (交易对信息).
        """
        return await self._call(EXCHANGE_INFO, (), options)

    async def order_book(
        self, symbol: str, *, limit: DepthLimit | int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Bids and asks of one symbol.

        Bids come best (highest) first, asks best (lowest) first. A thin book has fewer levels than asked for.

        Args:
            symbol: Spot symbol in capitals.
            limit: Levels of each side.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/depth. Source: spot api (行情接口, 交易接口), Spot depth (币币深度信息).
        """
        return await self._call(ORDER_BOOK, (symbol, limit), options)

    async def trades(self, symbol: str, *, limit: int | None = None, options: CallOptions | None = None) -> list[Trade]:
        """The most recent public trades of one symbol.

        Newest first.

        Args:
            symbol: Spot symbol in capitals.
            limit: Number of trades. Default 60, from 1 to 60.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/trades. Source: spot api (行情接口, 交易接口), Spot recent trades (币币近期成交).
        """
        return await self._call(TRADES, (symbol, limit), options)

    async def historical_trades(
        self,
        symbol: str,
        *,
        limit: int | None = None,
        from_id: str | int | None = None,
        options: CallOptions | None = None,
    ) -> list[HistoricalTrade]:
        """Older public trades of one symbol.

        Needs the API key, but no signature. Newest first.

        Args:
            symbol: Spot symbol in capitals.
            limit: Number of trades. Default 200, from 1 to 500.
            from_id: Id of the trade to begin with. Without it the newest trades come.
            options: Timeout and extra headers of this call.

        Needs an API key: GET /api/v1/spot/historicalTrades. Source: spot api (行情接口, 交易接口), Spot historical trades
        (查询币币历史成交).
        """
        return await self._call(HISTORICAL_TRADES, (symbol, limit, from_id), options)

    def iter_historical_trades(
        self,
        symbol: str,
        *,
        limit: int | None = None,
        from_id: str | int | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[HistoricalTrade]:
        """Yield what `historical_trades` gives, page after page and each item once, until the venue has no more."""
        return async_pages(self._call, HISTORICAL_TRADES, (symbol, limit, from_id), options)

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
        """Candles of one symbol.

        The opening time identifies a candle. Without startTime and endTime the newest candles come.

        Args:
            symbol: Spot symbol in capitals.
            interval: Length of a candle.
            start_time: Earliest opening time, in epoch milliseconds.
            end_time: Latest opening time, in epoch milliseconds.
            limit: Number of candles. Default 500, from 1 to 1000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/klines. Source: spot api (行情接口, 交易接口), Spot klines (币币K线数据).
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
        """The average price of one symbol over some minutes.

        The answer tells the number of minutes.

        Args:
            symbol: Spot symbol in capitals.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/avgPrice. Source: spot api (行情接口, 交易接口), Spot average price (币币当前平均价格).
        """
        return await self._call(AVG_PRICE, (symbol,), options)

    @overload
    async def ticker_24h(self, symbol: str, *, options: CallOptions | None = None) -> Ticker: ...
    @overload
    async def ticker_24h(self, symbol: None = None, *, options: CallOptions | None = None) -> list[Ticker]: ...
    @overload
    async def ticker_24h(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> Ticker | list[Ticker]: ...
    async def ticker_24h(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> Ticker | list[Ticker]:
        """A summary of the last 24 hours for one symbol or all.

        Without symbol the answer is a list of all symbols, and the weight 40 instead of 1. The list of 2019-09-20 had
        28 rows with the documented 16 fields.

        Args:
            symbol: Spot symbol in capitals. Without it all symbols come.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/ticker/24hr. Source: spot api (行情接口, 交易接口), Spot 24 h change (币币24hr价格变动情况).
        """
        return await self._call(TICKER_24H, (symbol,), options)

    @overload
    async def price(self, symbol: str, *, options: CallOptions | None = None) -> SymbolPrice: ...
    @overload
    async def price(self, symbol: None = None, *, options: CallOptions | None = None) -> list[SymbolPrice]: ...
    @overload
    async def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> SymbolPrice | list[SymbolPrice]: ...
    async def price(
        self, symbol: str | None = None, *, options: CallOptions | None = None
    ) -> SymbolPrice | list[SymbolPrice]:
        """The latest price of one symbol or all.

        Without symbol the answer is a list of all symbols, and the weight 2 instead of 1.

        Args:
            symbol: Spot symbol in capitals. Without it all symbols come.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/ticker/price. Source: spot api (行情接口, 交易接口), Spot latest price (币币最新价格接口).
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
        """Best bid and ask of one symbol or all.

        Without symbol the answer is a list of all symbols, and the weight 2 instead of 1.

        Args:
            symbol: Spot symbol in capitals. Without it all symbols come.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/spot/ticker/bookTicker. Source: spot api (行情接口, 交易接口), Spot best orders (币币最优挂单接口).
        """
        return await self._call(BOOK_TICKER, (symbol,), options)
