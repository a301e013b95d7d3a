"""The market operations of CoinW spot REST API. Generated from `specs/coinw`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.coinw.enums import Depth, Interval
from spotwire.coinw.models.market import Currency, Kline, OrderBook, Symbol, Ticker, Trade
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

TICKERS: Operation[dict[str, Ticker]] = Operation(
    name="tickers",
    method="GET",
    path="/api/v1/public",
    constant_query="command=returnTicker",
    result=dict[str, Ticker],
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="tickers")),
)
CURRENCIES: Operation[dict[str, Currency]] = Operation(
    name="currencies",
    method="GET",
    path="/api/v1/public",
    constant_query="command=returnCurrencies",
    result=dict[str, Currency],
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="currencies")),
)
SYMBOLS: Operation[list[Symbol]] = Operation(
    name="symbols",
    method="GET",
    path="/api/v1/public",
    constant_query="command=returnSymbol",
    result=list[Symbol],
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="symbols")),
)
ORDER_BOOK: Operation[OrderBook] = Operation(
    name="orderBook",
    method="GET",
    path="/api/v1/public",
    constant_query="command=returnOrderBook",
    result=OrderBook,
    params=(
        Param(name="size", wire="size", kind="integer", enum=Depth),
        Param(name="symbol", wire="symbol", required=True),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="orderBook")),
)
TRADES: Operation[list[Trade]] = Operation(
    name="trades",
    method="GET",
    path="/api/v1/public",
    constant_query="command=returnTradeHistory",
    result=list[Trade],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="start", wire="start", kind="integer"),
        Param(name="end", wire="end", kind="integer"),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="trades")),
)
KLINES: Operation[list[Kline]] = Operation(
    name="klines",
    method="GET",
    path="/api/v1/public",
    constant_query="command=returnChartData",
    result=list[Kline],
    params=(
        Param(name="period", wire="period", kind="integer", required=True, enum=Interval),
        Param(name="currency_pair", wire="currencyPair", required=True),
        Param(name="start", wire="start", kind="integer"),
        Param(name="end", wire="end", kind="integer"),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="klines")),
)
VOLUME_24H: Operation[dict[str, Decimal | dict[str, Decimal]]] = Operation(
    name="volume24h",
    method="GET",
    path="/api/v1/public",
    constant_query="command=return24hVolume",
    result=dict[str, Decimal | dict[str, Decimal]],
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="volume24h")),
)


class MarketApi:
    """The market operations of CoinW spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def tickers(self, *, options: CallOptions | None = None) -> dict[str, Ticker]:
        """Get a summary of the last 24 hours for every symbol.

        Always answers with all pairs; pick one by its key. A WebSocket stream exists for continuous updates.

        Public: GET /api/v1/public?command=returnTicker. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, 24-hour summary of all pairs
        (获取所有交易品种24小时交易摘要).
        """
        return self._call(TICKERS, (), options)

    def currencies(self, *, options: CallOptions | None = None) -> dict[str, Currency]:
        """Get the deposit and withdrawal rules of every currency.

        Always answers with all currencies; pick one by its key. Whether deposits and withdrawals are open is known per
        currency, not per chain.

        Public: GET /api/v1/public?command=returnCurrencies. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Deposit and withdrawal limits
        (获取充提币限制信息).
        """
        return self._call(CURRENCIES, (), options)

    def symbols(self, *, options: CallOptions | None = None) -> list[Symbol]:
        """Get precisions and order limits of every symbol.

        Always answers with all pairs, as a list.

        Public: GET /api/v1/public?command=returnSymbol. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Trading pair information
        (获取交易品种信息).
        """
        return self._call(SYMBOLS, (), options)

    def order_book(
        self, symbol: str, *, size: Depth | int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Get bids and asks of one symbol.

        The answer carries no timestamp. Depths other than 5 and 20 levels are not available.

        Args:
            symbol: Symbol.
            size: Levels per side, 5 or 20.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/public?command=returnOrderBook. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Order book (获取订单簿).
        """
        return self._call(ORDER_BOOK, (size, symbol), options)

    def trades(
        self, symbol: str, *, start: int | None = None, end: int | None = None, options: CallOptions | None = None
    ) -> list[Trade]:
        """Get the most recent public trades of one symbol.

        At most 50 trades, with or without a window of time; newest first in the documented answer.

        Args:
            symbol: Symbol.
            start: Start of the window, epoch milliseconds.
            end: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/public?command=returnTradeHistory. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Recent trades (获取最近成交).
        """
        return self._call(TRADES, (symbol, start, end), options)

    def klines(
        self,
        currency_pair: str,
        period: Interval | int,
        *,
        start: int | None = None,
        end: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Kline]:
        """Get candles of one symbol.

        100 candles without a window of time. The last candle may be unfinished. Do not rely on the order of candles:
        sort by `date`.

        Args:
            currency_pair: Symbol.
            period: Length of a candle, seconds.
            start: Start of the window, epoch milliseconds.
            end: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/public?command=returnChartData. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Klines (获取K线).
        """
        return self._call(KLINES, (period, currency_pair, start, end), options)

    def volume_24h(self, *, options: CallOptions | None = None) -> dict[str, Decimal | dict[str, Decimal]]:
        """Get the traded volume of popular symbols over the last 24 hours.

        One map holds two kinds of members. A symbol (documented are ETH_USDT, BTC_USDT, LTC_USDT, LTC_CNYT, ETC_CNYT,
        CWT_CNYT, BTC_CNYT and, in the example only, ETH_CNYT) leads to its volume in each of its two assets, such as
        `ETH` and `USDT`. The names `totalETH`, `totalUSDT` and `totalBTC` lead to the amount of that asset traded on
        the whole market. The pairs are a part of the market, so their volumes need not add up to the totals.

        Public: GET /api/v1/public?command=return24hVolume. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, 24-hour volume of popular
        pairs (获取热门交易品种24小时交易量).
        """
        return self._call(VOLUME_24H, (), options)


class AsyncMarketApi:
    """The market operations of CoinW spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def tickers(self, *, options: CallOptions | None = None) -> dict[str, Ticker]:
        """Get a summary of the last 24 hours for every symbol.

        Always answers with all pairs; pick one by its key. A WebSocket stream exists for continuous updates.

        Public: GET /api/v1/public?command=returnTicker. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, 24-hour summary of all pairs
        (获取所有交易品种24小时交易摘要).
        """
        return await self._call(TICKERS, (), options)

    async def currencies(self, *, options: CallOptions | None = None) -> dict[str, Currency]:
        """Get the deposit and withdrawal rules of every currency.

        Always answers with all currencies; pick one by its key. Whether deposits and withdrawals are open is known per
        currency, not per chain.

        Public: GET /api/v1/public?command=returnCurrencies. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Deposit and withdrawal limits
        (获取充提币限制信息).
        """
        return await self._call(CURRENCIES, (), options)

    async def symbols(self, *, options: CallOptions | None = None) -> list[Symbol]:
        """Get precisions and order limits of every symbol.

        Always answers with all pairs, as a list.

        Public: GET /api/v1/public?command=returnSymbol. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Trading pair information
        (获取交易品种信息).
        """
        return await self._call(SYMBOLS, (), options)

    async def order_book(
        self, symbol: str, *, size: Depth | int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Get bids and asks of one symbol.

        The answer carries no timestamp. Depths other than 5 and 20 levels are not available.

        Args:
            symbol: Symbol.
            size: Levels per side, 5 or 20.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/public?command=returnOrderBook. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Order book (获取订单簿).
        """
        return await self._call(ORDER_BOOK, (size, symbol), options)

    async def trades(
        self, symbol: str, *, start: int | None = None, end: int | None = None, options: CallOptions | None = None
    ) -> list[Trade]:
        """Get the most recent public trades of one symbol.

        At most 50 trades, with or without a window of time; newest first in the documented answer.

        Args:
            symbol: Symbol.
            start: Start of the window, epoch milliseconds.
            end: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/public?command=returnTradeHistory. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Recent trades (获取最近成交).
        """
        return await self._call(TRADES, (symbol, start, end), options)

    async def klines(
        self,
        currency_pair: str,
        period: Interval | int,
        *,
        start: int | None = None,
        end: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Kline]:
        """Get candles of one symbol.

        100 candles without a window of time. The last candle may be unfinished. Do not rely on the order of candles:
        sort by `date`.

        Args:
            currency_pair: Symbol.
            period: Length of a candle, seconds.
            start: Start of the window, epoch milliseconds.
            end: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/public?command=returnChartData. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Klines (获取K线).
        """
        return await self._call(KLINES, (period, currency_pair, start, end), options)

    async def volume_24h(self, *, options: CallOptions | None = None) -> dict[str, Decimal | dict[str, Decimal]]:
        """Get the traded volume of popular symbols over the last 24 hours.

        One map holds two kinds of members. A symbol (documented are ETH_USDT, BTC_USDT, LTC_USDT, LTC_CNYT, ETC_CNYT,
        CWT_CNYT, BTC_CNYT and, in the example only, ETH_CNYT) leads to its volume in each of its two assets, such as
        `ETH` and `USDT`. The names `totalETH`, `totalUSDT` and `totalBTC` lead to the amount of that asset traded on
        the whole market. The pairs are a part of the market, so their volumes need not add up to the totals.

        Public: GET /api/v1/public?command=return24hVolume. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, 24-hour volume of popular
        pairs (获取热门交易品种24小时交易量).
        """
        return await self._call(VOLUME_24H, (), options)
