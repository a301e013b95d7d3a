"""Values of the market operations of JEX spot. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.jex.enums import FilterType, RateLimitInterval, RateLimitType, SymbolOrderType, SymbolStatus
from spotwire_core.types import Id, Row


@attrs.frozen(kw_only=True)
class ServerTime:
    """ServerTime."""

    server_time: int = attrs.field(metadata={"wire": "serverTime"})
    """The venue's time, in epoch milliseconds."""


@attrs.frozen(kw_only=True)
class ExchangeInfo:
    """ExchangeInfo."""

    timezone: str
    """The venue's time zone, UTC."""
    server_time: int = attrs.field(metadata={"wire": "serverTime"})
    """The venue's time, in epoch milliseconds."""
    rate_limits: list[RateLimit] = attrs.field(metadata={"wire": "rateLimits"})
    """The venue's limits."""
    option_symbols: list[Symbol] = attrs.field(metadata={"wire": "optionSymbols"})
    """Options."""
    contract_symbols: list[Symbol] = attrs.field(metadata={"wire": "contractSymbols"})
    """Contracts."""
    spot_symbols: list[Symbol] = attrs.field(metadata={"wire": "spotSymbols"})
    """Spot symbols."""


@attrs.frozen(kw_only=True)
class OrderBook:
    """OrderBook."""

    last_update_id: int | None = attrs.field(default=None, metadata={"wire": "lastUpdateId"})
    """Number of the last change of the book. Documented, but absent in real answers."""
    bids: list[BookLevel]
    """Buy orders, highest price first."""
    asks: list[BookLevel]
    """Sell orders, lowest price first."""


@attrs.frozen(kw_only=True)
class Trade:
    """A public trade."""

    price: Decimal
    """Price, in the quote asset."""
    qty: Decimal
    """Quantity, in the base asset."""
    time: int
    """Time of the trade, in epoch milliseconds."""


@attrs.frozen(kw_only=True)
class HistoricalTrade:
    """A public trade of the past."""

    id: Id
    """Trade id."""
    price: Decimal
    """Price, in the quote asset."""
    qty: Decimal
    """Quantity, in the base asset."""
    time: int
    """Time of the trade, in epoch milliseconds."""
    buyer_maker: bool = attrs.field(metadata={"wire": "buyerMaker"})
    """Whether the buyer was the maker."""


class Kline(Row, frozen=True):
    """One candle. The opening time identifies it."""

    open_time: int
    """Opening time, in epoch milliseconds."""
    open: Decimal
    """First price, in the quote asset."""
    high: Decimal
    """Highest price, in the quote asset."""
    low: Decimal
    """Lowest price, in the quote asset."""
    close: Decimal
    """Last price, in the quote asset; the latest one while the candle is open."""
    volume: Decimal
    """Volume, in the base asset."""
    close_time: int
    """Last millisecond of the candle, in epoch milliseconds."""
    quote_volume: Decimal
    """Volume, in the quote asset."""
    trade_count: int
    """Number of trades."""
    taker_buy_volume: Decimal
    """Volume bought by takers, in the base asset."""
    taker_buy_quote_volume: Decimal
    """Volume bought by takers, in the quote asset."""
    ignored: Decimal
    """A number without meaning."""


@attrs.frozen(kw_only=True)
class AvgPrice:
    """AvgPrice."""

    mins: int
    """Length of the window, in minutes."""
    price: Decimal
    """Average price, in the quote asset."""


@attrs.frozen(kw_only=True)
class Ticker:
    """Summary of the last 24 hours."""

    symbol: str
    """Symbol, without the hyphen that exchangeInfo may have."""
    price_change: Decimal = attrs.field(metadata={"wire": "priceChange"})
    """Change of the price, in the quote asset."""
    price_change_percent: Decimal = attrs.field(metadata={"wire": "priceChangePercent"})
    """Change of the price in percent, cut to two places."""
    weighted_avg_price: Decimal = attrs.field(metadata={"wire": "weightedAvgPrice"})
    """Average price weighted by volume, in the quote asset."""
    last_price: Decimal = attrs.field(metadata={"wire": "lastPrice"})
    """Price of the last trade, in the quote asset."""
    bid_price: Decimal = attrs.field(metadata={"wire": "bidPrice"})
    """Highest bid, in the quote asset."""
    bid_qty: Decimal = attrs.field(metadata={"wire": "bidQty"})
    """Quantity of the highest bid, in the base asset."""
    ask_price: Decimal = attrs.field(metadata={"wire": "askPrice"})
    """Lowest ask, in the quote asset."""
    ask_qty: Decimal = attrs.field(metadata={"wire": "askQty"})
    """Quantity of the lowest ask, in the base asset."""
    open_price: Decimal = attrs.field(metadata={"wire": "openPrice"})
    """Price 24 hours ago, in the quote asset."""
    high_price: Decimal = attrs.field(metadata={"wire": "highPrice"})
    """Highest price, in the quote asset."""
    low_price: Decimal = attrs.field(metadata={"wire": "lowPrice"})
    """Lowest price, in the quote asset."""
    volume: Decimal
    """Volume, in the base asset."""
    quote_volume: Decimal = attrs.field(metadata={"wire": "quoteVolume"})
    """Volume, in the quote asset."""
    open_time: int = attrs.field(metadata={"wire": "openTime"})
    """About the time of the answer, in epoch milliseconds; not the start of the window."""
    close_time: int = attrs.field(metadata={"wire": "closeTime"})
    """About the time of the answer, in epoch milliseconds."""


@attrs.frozen(kw_only=True)
class SymbolPrice:
    """Latest price of a symbol."""

    symbol: str
    """Symbol."""
    price: Decimal
    """Price of the last trade, in the quote asset."""


@attrs.frozen(kw_only=True)
class BookTicker:
    """Best bid and ask of a symbol."""

    symbol: str
    """Symbol."""
    bid_price: Decimal = attrs.field(metadata={"wire": "bidPrice"})
    """Highest bid, in the quote asset."""
    bid_qty: Decimal = attrs.field(metadata={"wire": "bidQty"})
    """Quantity of the highest bid, in the base asset."""
    ask_price: Decimal = attrs.field(metadata={"wire": "askPrice"})
    """Lowest ask, in the quote asset."""
    ask_qty: Decimal = attrs.field(metadata={"wire": "askQty"})
    """Quantity of the lowest ask, in the base asset."""


@attrs.frozen(kw_only=True)
class RateLimit:
    """RateLimit."""

    rate_limit_type: RateLimitType = attrs.field(metadata={"wire": "rateLimitType"})
    """What is counted."""
    interval: RateLimitInterval
    """Unit of the time over which it is counted."""
    interval_num: int = attrs.field(metadata={"wire": "intervalNum"})
    """Number of those units."""
    limit: int
    """How many weight units, orders or requests are permitted in that time."""


@attrs.frozen(kw_only=True)
class Symbol:
    """A spot symbol, an option or a contract."""

    symbol: str
    """Name of the symbol, unique within its list only."""
    status: SymbolStatus
    """Trading state."""
    base_asset: str = attrs.field(metadata={"wire": "baseAsset"})
    """Base asset: in capitals for spot, in lower case for contracts, for options the symbol itself."""
    base_asset_precision: int = attrs.field(metadata={"wire": "baseAssetPrecision"})
    """Decimal places of a quantity, in the base asset."""
    quote_asset: str = attrs.field(metadata={"wire": "quoteAsset"})
    """Quote asset: in capitals, in lower case for contracts."""
    quote_precision: int = attrs.field(metadata={"wire": "quotePrecision"})
    """Decimal places of a price, in the quote asset."""
    order_types: list[SymbolOrderType] = attrs.field(metadata={"wire": "orderTypes"})
    """Types of order that the symbol accepts."""
    iceberg_allowed: bool = attrs.field(metadata={"wire": "icebergAllowed"})
    """Whether iceberg orders are allowed."""
    filters: list[SymbolFilter]
    """Bounds of price and quantity."""


class BookLevel(Row, frozen=True):
    """One price level."""

    price: Decimal
    """Price, in the quote asset."""
    quantity: Decimal
    """Quantity, in the base asset."""
    ignored: list[str] | None = None
    """An empty list without meaning. Documented, but absent in real answers."""


@attrs.frozen(kw_only=True)
class SymbolFilter:
    """Bounds of the price (PRICE_FILTER) or of the quantity (LOT_SIZE). A bound that is absent does not exist."""

    filter_type: FilterType = attrs.field(metadata={"wire": "filterType"})
    """What is bounded."""
    min_price: Decimal | None = attrs.field(default=None, metadata={"wire": "minPrice"})
    """Lowest price, in the quote asset; contracts only."""
    max_price: Decimal | None = attrs.field(default=None, metadata={"wire": "maxPrice"})
    """Highest price, in the quote asset."""
    min_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "minQty"})
    """Smallest quantity, in the base asset."""
    max_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "maxQty"})
    """Largest quantity, in the base asset; contracts only."""
