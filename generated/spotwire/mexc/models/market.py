"""Values of the market operations of MEXC spot API v3. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.mexc.enums import OrderType, SymbolStatus, TradeSideType, TradeType
from spotwire_core.types import Id, Row


@attrs.frozen(kw_only=True)
class ServerTime:
    """The venue's clock."""

    server_time: int = attrs.field(metadata={"wire": "serverTime"})
    """Time, in milliseconds."""


@attrs.frozen(kw_only=True)
class ExchangeInfo:
    """Trading rules and symbols."""

    timezone: str
    """Name of the venue's time zone."""
    server_time: int = attrs.field(metadata={"wire": "serverTime"})
    """Time, in milliseconds."""
    rate_limits: list[dict[str, str]] = attrs.field(metadata={"wire": "rateLimits"})
    """Rate limits; always empty."""
    exchange_filters: list[dict[str, str]] = attrs.field(metadata={"wire": "exchangeFilters"})
    """Rules for the whole venue; always empty."""
    symbols: list[Symbol]
    """The symbols."""


@attrs.frozen(kw_only=True)
class OrderBook:
    """Bids and asks."""

    last_update_id: int = attrs.field(metadata={"wire": "lastUpdateId"})
    """Id of the last update of the book."""
    bids: list[BookLevel]
    """Buy side, best price first."""
    asks: list[BookLevel]
    """Sell side, best price first."""
    timestamp: int | None = None
    """Time of the book, in milliseconds."""


@attrs.frozen(kw_only=True)
class Trade:
    """A public trade."""

    id: Id | None
    """Trade id; null."""
    price: Decimal
    """Price, in the quote asset."""
    qty: Decimal
    """Quantity, in the base asset."""
    quote_qty: Decimal = attrs.field(metadata={"wire": "quoteQty"})
    """Amount, in the quote asset."""
    time: int
    """Time of the trade, in milliseconds."""
    is_buyer_maker: bool = attrs.field(metadata={"wire": "isBuyerMaker"})
    """Whether the buyer was the maker."""
    is_best_match: bool = attrs.field(metadata={"wire": "isBestMatch"})
    """Whether the trade was at the best price."""
    trade_type: TradeType | None = attrs.field(default=None, metadata={"wire": "tradeType"})
    """Side of the trade."""


@attrs.frozen(kw_only=True)
class AggTrade:
    """Public trades of one price, side and time."""

    agg_trade_id: Id | None = attrs.field(metadata={"wire": "a"})
    """Id of the aggregate; null."""
    first_trade_id: Id | None = attrs.field(metadata={"wire": "f"})
    """Id of the first trade; null."""
    last_trade_id: Id | None = attrs.field(metadata={"wire": "l"})
    """Id of the last trade; null."""
    price: Decimal = attrs.field(metadata={"wire": "p"})
    """Price, in the quote asset."""
    quantity: Decimal = attrs.field(metadata={"wire": "q"})
    """Quantity, in the base asset."""
    time: int = attrs.field(metadata={"wire": "T"})
    """Time, in milliseconds."""
    is_buyer_maker: bool = attrs.field(metadata={"wire": "m"})
    """Whether the seller took, so that the buyer was the maker."""
    is_best_match: bool = attrs.field(metadata={"wire": "M"})
    """Whether the trade was at the best price; always so."""


class Kline(Row, frozen=True):
    """A candle."""

    open_time: int
    """Open time, in milliseconds."""
    open: Decimal
    """First price, in the quote asset."""
    high: Decimal
    """Highest price, in the quote asset."""
    low: Decimal
    """Lowest price, in the quote asset."""
    close: Decimal
    """Last price, in the quote asset."""
    volume: Decimal
    """Volume, in the base asset."""
    close_time: int
    """Close time, open time plus the interval, in milliseconds."""
    quote_volume: Decimal
    """Volume, in the quote asset."""


@attrs.frozen(kw_only=True)
class AvgPrice:
    """An average price."""

    mins: int
    """Span of the average, in minutes."""
    price: Decimal
    """Average price, in the quote asset."""


@attrs.frozen(kw_only=True)
class Ticker24h:
    """Price changes of 24 hours."""

    symbol: str
    """Symbol."""
    price_change: Decimal = attrs.field(metadata={"wire": "priceChange"})
    """Change of the price, in the quote asset."""
    price_change_percent: Decimal = attrs.field(metadata={"wire": "priceChangePercent"})
    """Change of the price as a fraction; 0.0173 is 1.73 %."""
    prev_close_price: Decimal = attrs.field(metadata={"wire": "prevClosePrice"})
    """Close price before, in the quote asset."""
    last_price: Decimal = attrs.field(metadata={"wire": "lastPrice"})
    """Last price, in the quote asset."""
    last_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "lastQty"})
    """Last quantity, in the base asset; no longer sent."""
    bid_price: Decimal | None = attrs.field(metadata={"wire": "bidPrice"})
    """Best bid, in the quote asset."""
    bid_qty: Decimal | None = attrs.field(metadata={"wire": "bidQty"})
    """Quantity of the best bid, in the base asset."""
    ask_price: Decimal | None = attrs.field(metadata={"wire": "askPrice"})
    """Best ask, in the quote asset."""
    ask_qty: Decimal | None = attrs.field(metadata={"wire": "askQty"})
    """Quantity of the best ask, in the base asset."""
    open_price: Decimal = attrs.field(metadata={"wire": "openPrice"})
    """First price, in the quote asset."""
    high_price: Decimal = attrs.field(metadata={"wire": "highPrice"})
    """Highest price, in the quote asset."""
    low_price: Decimal = attrs.field(metadata={"wire": "lowPrice"})
    """Lowest price, in the quote asset."""
    volume: Decimal
    """Volume, in the base asset."""
    quote_volume: Decimal | None = attrs.field(metadata={"wire": "quoteVolume"})
    """Volume, in the quote asset."""
    open_time: int = attrs.field(metadata={"wire": "openTime"})
    """Start, in milliseconds; only seconds before closeTime in practice."""
    close_time: int = attrs.field(metadata={"wire": "closeTime"})
    """End, in milliseconds."""
    count: int | None
    """Number of trades; null."""


@attrs.frozen(kw_only=True)
class PriceTicker:
    """The latest price of a symbol."""

    symbol: str
    """Symbol."""
    price: Decimal
    """Latest price, in the quote asset."""


@attrs.frozen(kw_only=True)
class BookTicker:
    """Best bid and ask of a symbol."""

    symbol: str
    """Symbol."""
    bid_price: Decimal | None = attrs.field(metadata={"wire": "bidPrice"})
    """Best bid, in the quote asset."""
    bid_qty: Decimal | None = attrs.field(metadata={"wire": "bidQty"})
    """Quantity of the best bid, in the base asset."""
    ask_price: Decimal | None = attrs.field(metadata={"wire": "askPrice"})
    """Best ask, in the quote asset."""
    ask_qty: Decimal | None = attrs.field(metadata={"wire": "askQty"})
    """Quantity of the best ask, in the base asset."""


@attrs.frozen(kw_only=True)
class Symbol:
    """A symbol and its rules."""

    symbol: str
    """Symbol."""
    status: SymbolStatus
    """State of the symbol."""
    base_asset: str = attrs.field(metadata={"wire": "baseAsset"})
    """Base asset."""
    base_asset_precision: int = attrs.field(metadata={"wire": "baseAssetPrecision"})
    """Decimal places of the quantity."""
    quote_asset: str = attrs.field(metadata={"wire": "quoteAsset"})
    """Quote asset."""
    quote_precision: int = attrs.field(metadata={"wire": "quotePrecision"})
    """Decimal places of the price."""
    quote_asset_precision: int = attrs.field(metadata={"wire": "quoteAssetPrecision"})
    """Decimal places of the quote asset."""
    base_commission_precision: int = attrs.field(metadata={"wire": "baseCommissionPrecision"})
    """Decimal places of commissions in the base asset."""
    quote_commission_precision: int = attrs.field(metadata={"wire": "quoteCommissionPrecision"})
    """Decimal places of commissions in the quote asset."""
    order_types: list[OrderType] = attrs.field(metadata={"wire": "orderTypes"})
    """Order types that the symbol takes."""
    iceberg_allowed: bool | None = attrs.field(default=None, metadata={"wire": "icebergAllowed"})
    """Whether iceberg orders are allowed; gone since July 2022."""
    oco_allowed: bool | None = attrs.field(default=None, metadata={"wire": "ocoAllowed"})
    """Whether OCO orders are allowed; gone since July 2022."""
    quote_order_qty_market_allowed: bool | None = attrs.field(
        default=None, metadata={"wire": "quoteOrderQtyMarketAllowed"}
    )
    """Whether market orders may give an amount instead of a quantity."""
    is_spot_trading_allowed: bool = attrs.field(metadata={"wire": "isSpotTradingAllowed"})
    """Whether the symbol can be traded through the API."""
    is_margin_trading_allowed: bool = attrs.field(metadata={"wire": "isMarginTradingAllowed"})
    """Whether margin trading is allowed."""
    permissions: list[str]
    """Markets on which the symbol is traded."""
    filters: list[SymbolFilter]
    """Further rules."""
    quote_amount_precision: Decimal | None = attrs.field(default=None, metadata={"wire": "quoteAmountPrecision"})
    """Smallest amount of an order, in the quote asset."""
    base_size_precision: Decimal | None = attrs.field(default=None, metadata={"wire": "baseSizePrecision"})
    """Smallest quantity of an order, in the base asset."""
    max_quote_amount: Decimal | None = attrs.field(default=None, metadata={"wire": "maxQuoteAmount"})
    """Largest amount of an order, in the quote asset."""
    maker_commission: Decimal | None = attrs.field(default=None, metadata={"wire": "makerCommission"})
    """Commission of the maker as a fraction."""
    taker_commission: Decimal | None = attrs.field(default=None, metadata={"wire": "takerCommission"})
    """Commission of the taker as a fraction."""
    quote_amount_precision_market: Decimal | None = attrs.field(
        default=None, metadata={"wire": "quoteAmountPrecisionMarket"}
    )
    """Smallest amount of a market order, in the quote asset."""
    max_quote_amount_market: Decimal | None = attrs.field(default=None, metadata={"wire": "maxQuoteAmountMarket"})
    """Largest amount of a market order, in the quote asset."""
    full_name: str | None = attrs.field(default=None, metadata={"wire": "fullName"})
    """Full name of the base asset."""
    trade_side_type: TradeSideType | None = attrs.field(default=None, metadata={"wire": "tradeSideType"})
    """Which orders the symbol takes."""
    contract_address: str | None = attrs.field(default=None, metadata={"wire": "contractAddress"})
    """Address of the base asset's contract."""
    concept_plate_ids: list[int] | None = attrs.field(default=None, metadata={"wire": "conceptPlateIds"})
    """Ids of the venue's topics to which the asset belongs."""
    first_open_time: int | None = attrs.field(default=None, metadata={"wire": "firstOpenTime"})
    """Time at which trading opened first, in milliseconds."""
    st: bool | None = None
    """A flag of the symbol, by its name special treatment; not documented."""


class BookLevel(Row, frozen=True):
    """A price and the quantity offered at it."""

    price: Decimal
    """Price, in the quote asset."""
    quantity: Decimal
    """Quantity, in the base asset."""


@attrs.frozen(kw_only=True)
class SymbolFilter:
    """A rule of a symbol."""

    filter_type: str | None = attrs.field(default=None, metadata={"wire": "filterType"})
    """Name of the rule."""
    bid_multiplier_up: Decimal | None = attrs.field(default=None, metadata={"wire": "bidMultiplierUp"})
    """How far above the last price a bid may be, as a fraction."""
    ask_multiplier_down: Decimal | None = attrs.field(default=None, metadata={"wire": "askMultiplierDown"})
    """How far below the last price an ask may be, as a fraction."""
