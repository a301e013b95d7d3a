"""The market operations of Bitunix spot. Generated from `specs/bitunix`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.bitunix.enums import Interval
from spotwire.bitunix.models.market import Currency, Kline, OrderBook, Rate, Symbol
from spotwire_core.operation import Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

PRICE: Operation[Decimal] = Operation(
    name="price",
    method="GET",
    path="/api/spot/v1/market/last_price",
    result=Decimal,
    params=(Param(name="symbol", wire="symbol", required=True),),
    security="none",
    safety="read",
)
ORDER_BOOK: Operation[OrderBook] = Operation(
    name="orderBook",
    method="GET",
    path="/api/spot/v1/market/depth",
    result=OrderBook,
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="precision", wire="precision", kind="decimal"),
    ),
    security="none",
    safety="read",
)
KLINES: Operation[list[Kline]] = Operation(
    name="klines",
    method="GET",
    path="/api/spot/v1/market/kline",
    result=list[Kline],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="interval", wire="interval", required=True, enum=Interval),
    ),
    security="none",
    safety="read",
)
HISTORICAL_KLINES: Operation[list[Kline]] = Operation(
    name="historicalKlines",
    method="GET",
    path="/api/spot/v1/market/kline/history",
    result=list[Kline],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="interval", wire="interval", enum=Interval),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=500),
    ),
    security="none",
    safety="read",
)
SYMBOLS: Operation[list[Symbol]] = Operation(
    name="symbols",
    method="GET",
    path="/api/spot/v1/common/coin_pair/list",
    result=list[Symbol],
    security="none",
    safety="read",
)
RATES: Operation[list[Rate]] = Operation(
    name="rates",
    method="GET",
    path="/api/spot/v1/common/rate/list",
    result=list[Rate],
    security="none",
    safety="read",
)
CURRENCIES: Operation[list[Currency]] = Operation(
    name="currencies",
    method="GET",
    path="/api/spot/v1/common/coin/coin_network/list",
    result=list[Currency],
    security="none",
    safety="read",
)


class MarketApi:
    """The market operations of Bitunix spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def price(self, symbol: str, *, options: CallOptions | None = None) -> Decimal:
        """Get the latest price of one symbol.

        There is no call that gives the prices of all symbols.

        Args:
            symbol: Symbol, base and quote asset run together; upper and lower case both work.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/last_price. Source: Bitunix open platform, spot, pages public, user and order,
        Public interface, 1. Get latest price.
        """
        return self._call(PRICE, (symbol,), options)

    def order_book(
        self, symbol: str, *, precision: Decimal | int | str | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Get bids and asks of one symbol.

        Up to 50 levels a side. There is no parameter for the number of levels.

        Args:
            symbol: Symbol, base and quote asset run together; upper and lower case both work.
            precision: Price step into which levels are merged, one of the precisions of the symbol such as 0.01,
                not a number of decimals.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/depth. Source: Bitunix open platform, spot, pages public, user and order, Public
        interface, 2. Get depth data.
        """
        return self._call(ORDER_BOOK, (symbol, precision), options)

    def klines(self, symbol: str, interval: Interval | str, *, options: CallOptions | None = None) -> list[Kline]:
        """Get the most recent candles of one symbol.

        About 201 candles, the running one included. Older candles come from historicalKlines.

        Args:
            symbol: Symbol, base and quote asset run together.
            interval: Length of a candle.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/kline. Source: Bitunix open platform, spot, pages public, user and order, Public
        interface, 3. Get K-line data.
        """
        return self._call(KLINES, (symbol, interval), options)

    def historical_klines(
        self,
        symbol: str,
        *,
        interval: Interval | str | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Kline]:
        """Get closed candles of one symbol, back to its listing.

        Newest first, without the running candle. To go further back, pass the opening time of the last candle, in
        seconds, as endTime.

        Args:
            symbol: Symbol, base and quote asset run together.
            interval: Length of a candle; 1 minute if left out.
            end_time: Only candles that open before this time, exclusive, in seconds; without it the current
                time.
            limit: Number of candles. Default 200, from 1 to 500.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/kline/history. Source: Bitunix open platform, spot, pages public, user and
        order, Public interface, 4. Get K-line history data.
        """
        return self._call(HISTORICAL_KLINES, (symbol, interval, end_time, limit), options)

    def symbols(self, *, options: CallOptions | None = None) -> list[Symbol]:
        """List the symbols with their precisions and minimum sizes.

        Every symbol of the venue in one answer of several hundred kilobytes, those closed for trading included.

        Public: GET /api/spot/v1/common/coin_pair/list. Source: Bitunix open platform, spot, pages public, user and
        order, Public interface, 5. Query trading pair data.
        """
        return self._call(SYMBOLS, (), options)

    def rates(self, *, options: CallOptions | None = None) -> list[Rate]:
        """List the conversion rates between assets.

        Public: GET /api/spot/v1/common/rate/list. Source: Bitunix open platform, spot, pages public, user and order,
        Public interface, 6. Query rate data.
        """
        return self._call(RATES, (), options)

    def currencies(self, *, options: CallOptions | None = None) -> list[Currency]:
        """List the assets with their networks and deposit and withdrawal rules.

        The network that withdraw and depositAddress want is the member network of an entry of networks, not chain.

        Public: GET /api/spot/v1/common/coin/coin_network/list. Source: Bitunix open platform, spot, pages public, user
        and order, Public interface, 7. Query token data.
        """
        return self._call(CURRENCIES, (), options)


class AsyncMarketApi:
    """The market operations of Bitunix spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def price(self, symbol: str, *, options: CallOptions | None = None) -> Decimal:
        """Get the latest price of one symbol.

        There is no call that gives the prices of all symbols.

        Args:
            symbol: Symbol, base and quote asset run together; upper and lower case both work.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/last_price. Source: Bitunix open platform, spot, pages public, user and order,
        Public interface, 1. Get latest price.
        """
        return await self._call(PRICE, (symbol,), options)

    async def order_book(
        self, symbol: str, *, precision: Decimal | int | str | None = None, options: CallOptions | None = None
    ) -> OrderBook:
        """Get bids and asks of one symbol.

        Up to 50 levels a side. There is no parameter for the number of levels.

        Args:
            symbol: Symbol, base and quote asset run together; upper and lower case both work.
            precision: Price step into which levels are merged, one of the precisions of the symbol such as 0.01,
                not a number of decimals.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/depth. Source: Bitunix open platform, spot, pages public, user and order, Public
        interface, 2. Get depth data.
        """
        return await self._call(ORDER_BOOK, (symbol, precision), options)

    async def klines(self, symbol: str, interval: Interval | str, *, options: CallOptions | None = None) -> list[Kline]:
        """Get the most recent candles of one symbol.

        About 201 candles, the running one included. Older candles come from historicalKlines.

        Args:
            symbol: Symbol, base and quote asset run together.
            interval: Length of a candle.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/kline. Source: Bitunix open platform, spot, pages public, user and order, Public
        interface, 3. Get K-line data.
        """
        return await self._call(KLINES, (symbol, interval), options)

    async def historical_klines(
        self,
        symbol: str,
        *,
        interval: Interval | str | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Kline]:
        """Get closed candles of one symbol, back to its listing.

        Newest first, without the running candle. To go further back, pass the opening time of the last candle, in
        seconds, as endTime.

        Args:
            symbol: Symbol, base and quote asset run together.
            interval: Length of a candle; 1 minute if left out.
            end_time: Only candles that open before this time, exclusive, in seconds; without it the current
                time.
            limit: Number of candles. Default 200, from 1 to 500.
            options: Timeout and extra headers of this call.

        Public: GET /api/spot/v1/market/kline/history. Source: Bitunix open platform, spot, pages public, user and
        order, Public interface, 4. Get K-line history data.
        """
        return await self._call(HISTORICAL_KLINES, (symbol, interval, end_time, limit), options)

    async def symbols(self, *, options: CallOptions | None = None) -> list[Symbol]:
        """List the symbols with their precisions and minimum sizes.

        Every symbol of the venue in one answer of several hundred kilobytes, those closed for trading included.

        Public: GET /api/spot/v1/common/coin_pair/list. Source: Bitunix open platform, spot, pages public, user and
        order, Public interface, 5. Query trading pair data.
        """
        return await self._call(SYMBOLS, (), options)

    async def rates(self, *, options: CallOptions | None = None) -> list[Rate]:
        """List the conversion rates between assets.

        Public: GET /api/spot/v1/common/rate/list. Source: Bitunix open platform, spot, pages public, user and order,
        Public interface, 6. Query rate data.
        """
        return await self._call(RATES, (), options)

    async def currencies(self, *, options: CallOptions | None = None) -> list[Currency]:
        """List the assets with their networks and deposit and withdrawal rules.

        The network that withdraw and depositAddress want is the member network of an entry of networks, not chain.

        Public: GET /api/spot/v1/common/coin/coin_network/list. Source: Bitunix open platform, spot, pages public, user
        and order, Public interface, 7. Query token data.
        """
        return await self._call(CURRENCIES, (), options)
