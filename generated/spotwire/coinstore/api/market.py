"""The market operations of Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spotwire.coinstore.enums import Depth, Interval
from spotwire.coinstore.models.market import Currency, Klines, LatestPrice, OrderBook, Symbol, Ticker, Trade
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

SYMBOLS: Operation[list[Symbol]] = Operation(
    name="symbols",
    method="POST",
    path="/api/v2/public/config/spot/symbols",
    result=list[Symbol],
    params=(
        Param(
            name="symbol_codes",
            wire="symbolCodes",
            place="json",
            kind="list",
            items=Param(name="symbol_codes", wire="symbolCodes", place="json", required=True),
        ),
        Param(
            name="symbol_ids",
            wire="symbolIds",
            place="json",
            kind="list",
            items=Param(name="symbol_ids", wire="symbolIds", place="json", kind="integer", required=True, bare=True),
        ),
    ),
    body="json",
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
CURRENCY: Operation[Currency] = Operation(
    name="currency",
    method="GET",
    path="/api/fi/v1/common/currency",
    result=Currency,
    params=(Param(name="currency_code", wire="currencyCode", required=True),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
TICKERS: Operation[list[Ticker]] = Operation(
    name="tickers",
    method="GET",
    path="/api/v1/market/tickers",
    result=list[Ticker],
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
ORDER_BOOK: Operation[OrderBook] = Operation(
    name="orderBook",
    method="GET",
    path="/api/v1/market/depth/{symbol}",
    result=OrderBook,
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="depth", wire="depth", kind="integer", enum=Depth),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
KLINES: Operation[Klines] = Operation(
    name="klines",
    method="GET",
    path="/api/v1/market/kline/{symbol}",
    result=Klines,
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="period", wire="period", enum=Interval),
        Param(name="size", wire="size", kind="integer", minimum=1, maximum=2000),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
TRADES: Operation[list[Trade]] = Operation(
    name="trades",
    method="GET",
    path="/api/v1/market/trade/{symbol}",
    result=list[Trade],
    params=(
        Param(name="symbol", wire="symbol", place="path", required=True),
        Param(name="size", wire="size", kind="integer", minimum=1, maximum=100),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)
PRICES: Operation[list[LatestPrice]] = Operation(
    name="prices",
    method="GET",
    path="/api/v1/ticker/price{symbol}",
    result=list[LatestPrice],
    params=(
        Param(
            name="symbol",
            wire="symbol",
            place="path",
            kind="list",
            matrix=True,
            items=Param(name="symbol", wire="symbol", place="path", required=True),
        ),
    ),
    security="none",
    safety="read",
    charges=(Charge(bucket="ip"),),
)


class MarketApi:
    """The market operations of Coinstore spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def symbols(
        self,
        *,
        symbol_codes: Sequence[str] | None = None,
        symbol_ids: Sequence[int] | None = None,
        options: CallOptions | None = None,
    ) -> list[Symbol]:
        """Trading rules of all spot symbols or of the chosen ones.

        Without codes and ids the answer holds every symbol.

        Args:
            symbol_codes: Codes of the symbols, such as BTCUSDT.
            symbol_ids: Numeric ids of the symbols.
            options: Timeout and extra headers of this call.

        Public: POST /api/v2/public/config/spot/symbols. Source: Coinstore API documentation, spot, Chinese edition,
        Basic information / Spot symbols (现货币种币对信息).
        """
        return self._call(SYMBOLS, (symbol_codes, symbol_ids), options)

    def currency(self, currency_code: str, *, options: CallOptions | None = None) -> Currency:
        """One currency with its networks and their limits and fees.

        The document counts this among the public operations, but its sample signs; so does this client.

        Args:
            currency_code: Code of the currency, such as ETH.
            options: Timeout and extra headers of this call.

        Signed: GET /api/fi/v1/common/currency. Source: Coinstore API documentation, spot, Chinese edition, Basic
        information / Currency information (查询币种信息).
        """
        return self._call(CURRENCY, (currency_code,), options)

    def tickers(self, *, options: CallOptions | None = None) -> list[Ticker]:
        """The last 24 hours of every symbol.

        Public: GET /api/v1/market/tickers. Source: Coinstore API documentation, spot, Chinese edition, Market data /
        Ticker (Ticker).
        """
        return self._call(TICKERS, (), options)

    def order_book(
        self, symbol: str, *, depth: Depth | int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Bids and asks of one symbol.

        Args:
            symbol: Symbol.
            depth: Number of levels on each side.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/market/depth/{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Depth (获取深度).
        """
        return self._call(ORDER_BOOK, (symbol, depth), options)

    def klines(
        self,
        symbol: str,
        *,
        period: Interval | str | None = None,
        size: int | None = None,
        options: CallOptions | None = None,
    ) -> Klines:
        """Candles of one symbol.

        The order of the candles is not stated; sort them by startTime.

        Args:
            symbol: Symbol.
            period: Length of a candle.
            size: Number of candles. From 1 to 2000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/market/kline/{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Klines (获取K线).
        """
        return self._call(KLINES, (symbol, period, size), options)

    def trades(self, symbol: str, *, size: int | None = None, options: CallOptions | None = None) -> list[Trade]:
        """The most recent public trades of one symbol.

        Args:
            symbol: Symbol.
            size: Number of trades. From 1 to 100.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/market/trade/{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Latest trades (最新成交).
        """
        return self._call(TRADES, (symbol, size), options)

    def prices(self, *, symbol: Sequence[str] = (), options: CallOptions | None = None) -> list[LatestPrice]:
        """The latest prices of the chosen symbols or of all.

        The symbols stand behind the path as a matrix parameter, `;symbol=BTCUSDT,EOSUSDT`; without symbols nothing
        stands there and the prices of all symbols come back.

        Args:
            symbol: Symbols, case-sensitive; all when empty.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/ticker/price{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Latest prices (获取所有交易对最新价格).
        """
        return self._call(PRICES, (symbol,), options)


class AsyncMarketApi:
    """The market operations of Coinstore spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def symbols(
        self,
        *,
        symbol_codes: Sequence[str] | None = None,
        symbol_ids: Sequence[int] | None = None,
        options: CallOptions | None = None,
    ) -> list[Symbol]:
        """Trading rules of all spot symbols or of the chosen ones.

        Without codes and ids the answer holds every symbol.

        Args:
            symbol_codes: Codes of the symbols, such as BTCUSDT.
            symbol_ids: Numeric ids of the symbols.
            options: Timeout and extra headers of this call.

        Public: POST /api/v2/public/config/spot/symbols. Source: Coinstore API documentation, spot, Chinese edition,
        Basic information / Spot symbols (现货币种币对信息).
        """
        return await self._call(SYMBOLS, (symbol_codes, symbol_ids), options)

    async def currency(self, currency_code: str, *, options: CallOptions | None = None) -> Currency:
        """One currency with its networks and their limits and fees.

        The document counts this among the public operations, but its sample signs; so does this client.

        Args:
            currency_code: Code of the currency, such as ETH.
            options: Timeout and extra headers of this call.

        Signed: GET /api/fi/v1/common/currency. Source: Coinstore API documentation, spot, Chinese edition, Basic
        information / Currency information (查询币种信息).
        """
        return await self._call(CURRENCY, (currency_code,), options)

    async def tickers(self, *, options: CallOptions | None = None) -> list[Ticker]:
        """The last 24 hours of every symbol.

        Public: GET /api/v1/market/tickers. Source: Coinstore API documentation, spot, Chinese edition, Market data /
        Ticker (Ticker).
        """
        return await self._call(TICKERS, (), options)

    async def order_book(
        self, symbol: str, *, depth: Depth | int | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Bids and asks of one symbol.

        Args:
            symbol: Symbol.
            depth: Number of levels on each side.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/market/depth/{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Depth (获取深度).
        """
        return await self._call(ORDER_BOOK, (symbol, depth), options)

    async def klines(
        self,
        symbol: str,
        *,
        period: Interval | str | None = None,
        size: int | None = None,
        options: CallOptions | None = None,
    ) -> Klines:
        """Candles of one symbol.

        The order of the candles is not stated; sort them by startTime.

        Args:
            symbol: Symbol.
            period: Length of a candle.
            size: Number of candles. From 1 to 2000.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/market/kline/{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Klines (获取K线).
        """
        return await self._call(KLINES, (symbol, period, size), options)

    async def trades(self, symbol: str, *, size: int | None = None, options: CallOptions | None = None) -> list[Trade]:
        """The most recent public trades of one symbol.

        Args:
            symbol: Symbol.
            size: Number of trades. From 1 to 100.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/market/trade/{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Latest trades (最新成交).
        """
        return await self._call(TRADES, (symbol, size), options)

    async def prices(self, *, symbol: Sequence[str] = (), options: CallOptions | None = None) -> list[LatestPrice]:
        """The latest prices of the chosen symbols or of all.

        The symbols stand behind the path as a matrix parameter, `;symbol=BTCUSDT,EOSUSDT`; without symbols nothing
        stands there and the prices of all symbols come back.

        Args:
            symbol: Symbols, case-sensitive; all when empty.
            options: Timeout and extra headers of this call.

        Public: GET /api/v1/ticker/price{symbol}. Source: Coinstore API documentation, spot, Chinese edition, Market
        data / Latest prices (获取所有交易对最新价格).
        """
        return await self._call(PRICES, (symbol,), options)
