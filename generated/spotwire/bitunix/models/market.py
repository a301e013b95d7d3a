"""Values of the market operations of Bitunix spot. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import attrs

from spotwire.bitunix.enums import Flag, MemoRule
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class OrderBook:
    """OrderBook."""

    asks: list[BookLevel]
    """Sell levels, up to 50."""
    bids: list[BookLevel]
    """Buy levels, up to 50."""
    timestamp: str | None = attrs.field(default=None, metadata={"wire": "ts"})
    """Time of the book, in milliseconds, as text."""


@attrs.frozen(kw_only=True)
class Kline:
    """Kline."""

    symbol: str | None = None
    """Symbol."""
    open: Decimal
    """First price, in the quote asset."""
    high: Decimal
    """Highest price, in the quote asset."""
    low: Decimal
    """Lowest price, in the quote asset."""
    close: Decimal
    """Last price, in the quote asset."""
    volume: Decimal | None = None
    """Traded volume; its unit is not documented."""
    open_time: datetime = attrs.field(metadata={"wire": "ts"})
    """Opening time."""


@attrs.frozen(kw_only=True)
class Symbol:
    """Symbol."""

    id: Id | None = None
    """Id of the symbol."""
    symbol: str | None = None
    """Symbol, in lower case."""
    base: str
    """Base asset."""
    quote: str
    """Quote asset."""
    base_precision: int = attrs.field(metadata={"wire": "basePrecision"})
    """Decimals of a quantity."""
    quote_precision: int = attrs.field(metadata={"wire": "quotePrecision"})
    """Decimals of a price."""
    min_price: Decimal | None = attrs.field(default=None, metadata={"wire": "minPrice"})
    """Least value of an order, in the quote asset."""
    min_volume: Decimal | None = attrs.field(default=None, metadata={"wire": "minVolume"})
    """Least quantity of an order, in the base asset."""
    is_open: Flag = attrs.field(metadata={"wire": "isOpen"})
    """Whether it is open for trading."""
    is_hot: Flag | None = attrs.field(default=None, metadata={"wire": "isHot"})
    """Whether the venue calls it trending."""
    is_recommend: Flag | None = attrs.field(default=None, metadata={"wire": "isRecommend"})
    """Whether the venue recommends it."""
    is_show: Flag | None = attrs.field(default=None, metadata={"wire": "isShow"})
    """Whether the venue shows it."""
    trade_area: str | None = attrs.field(default=None, metadata={"wire": "tradeArea"})
    """Section of the market in which the venue lists it."""
    sort: Decimal | None = None
    """Place in the venue's list."""
    open_time: str | None = attrs.field(default=None, metadata={"wire": "openTime"})
    """When trading opened; the zone is not documented."""
    precisions: list[Decimal] | None = None
    """Price steps for which a merged order book can be had, the finest first."""
    min_buy_price_offset: Decimal | None = attrs.field(default=None, metadata={"wire": "minBuyPriceOffset"})
    """How far below the market a buy order may be priced, as a fraction; -0.8 was seen."""
    max_sell_price_offset: Decimal | None = attrs.field(default=None, metadata={"wire": "maxSellPriceOffset"})
    """How far above the market a sell order may be priced, as a fraction; 50 was seen."""


@attrs.frozen(kw_only=True)
class Rate:
    """Rate."""

    base_symbol: str = attrs.field(metadata={"wire": "baseSymbol"})
    """Asset that is priced."""
    quote_symbol: str = attrs.field(metadata={"wire": "quoteSymbol"})
    """Asset in which it is priced."""
    rate: Decimal
    """Units of quoteSymbol for one of baseSymbol."""


@attrs.frozen(kw_only=True)
class Currency:
    """Currency."""

    name: str
    """Asset."""
    full_name: str | None = attrs.field(default=None, metadata={"wire": "fullName"})
    """Name in full."""
    logo: str | None = None
    """Address of the logo."""
    track: str | None = None
    """Category."""
    quote_precision: Decimal | None = attrs.field(default=None, metadata={"wire": "quotePrecision"})
    """Decimals as a quote asset."""
    min_price: Decimal | None = attrs.field(default=None, metadata={"wire": "minPrice"})
    """Least price of an order."""
    is_open: Flag | None = attrs.field(default=None, metadata={"wire": "isOpen"})
    """Whether it can be traded."""
    is_hot: Flag | None = attrs.field(default=None, metadata={"wire": "isHot"})
    """Whether the venue calls it trending."""
    deposit_open: Flag | None = attrs.field(default=None, metadata={"wire": "depositOpen"})
    """Whether deposits are open."""
    is_show: Flag | None = attrs.field(default=None, metadata={"wire": "isShow"})
    """Whether the venue shows it."""
    withdraw_open: Flag | None = attrs.field(default=None, metadata={"wire": "withdrawOpen"})
    """Whether withdrawals are open."""
    withdraw_min: Decimal | None = attrs.field(default=None, metadata={"wire": "withdrawMin"})
    """Least amount of a withdrawal, in the asset."""
    withdraw_max: Decimal | None = attrs.field(default=None, metadata={"wire": "withdrawMax"})
    """Greatest amount of a withdrawal, in the asset; null if there is no bound."""
    networks: list[Network] | None = None
    """Networks of the asset."""


@attrs.frozen(kw_only=True)
class BookLevel:
    """BookLevel."""

    price: Decimal
    """Price, in the quote asset."""
    volume: Decimal
    """Quantity, in the base asset."""


@attrs.frozen(kw_only=True)
class Network:
    """Network."""

    contract_precision: int | None = attrs.field(default=None, metadata={"wire": "contractPrecision"})
    """Decimals on the chain."""
    contract_address: str | None = attrs.field(default=None, metadata={"wire": "contractAddress"})
    """Address of the contract."""
    require_memo: MemoRule | None = attrs.field(default=None, metadata={"wire": "requireMemo"})
    """Whether an address needs a memo."""
    chain: str | None = None
    """Chain, such as TRON; not what withdraw and depositAddress want."""
    deposit_confirm: int | None = attrs.field(default=None, metadata={"wire": "depositConfirm"})
    """Blocks until a deposit counts."""
    address_regular: str | None = attrs.field(default=None, metadata={"wire": "addressRegular"})
    """Regular expression of an address."""
    network: str
    """Name of the network, such as Tron (TRC-20); what withdraw and depositAddress want."""
    is_open: Flag | None = attrs.field(default=None, metadata={"wire": "isOpen"})
    """Whether the network is open."""
    deposit_open: Flag | None = attrs.field(default=None, metadata={"wire": "depositOpen"})
    """Whether deposits are open."""
    is_show: Flag | None = attrs.field(default=None, metadata={"wire": "isShow"})
    """Whether the venue shows it."""
    withdraw_open: Flag | None = attrs.field(default=None, metadata={"wire": "withdrawOpen"})
    """Whether withdrawals are open."""
    withdraw_min: Decimal | None = attrs.field(default=None, metadata={"wire": "withdrawMin"})
    """Least amount of a withdrawal, in the asset."""
    withdraw_max: Decimal | None = attrs.field(default=None, metadata={"wire": "withdrawMax"})
    """Greatest amount of a withdrawal, in the asset; null if there is no bound."""
    deposit_min: Decimal | None = attrs.field(default=None, metadata={"wire": "depositMin"})
    """Least amount of a deposit, in the asset."""
