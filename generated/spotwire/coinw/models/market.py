"""Values of the market operations of CoinW spot REST API. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import attrs

from spotwire.coinw.enums import Flag, SymbolState, TradeSide
from spotwire_core.types import Id, Row


@attrs.frozen(kw_only=True)
class Ticker:
    """The last 24 hours of one symbol."""

    id: Id
    """Id of the symbol, 78 for BTC_USDT."""
    last: Decimal
    """Latest price, in the quote asset."""
    lowest_ask: Decimal = attrs.field(metadata={"wire": "lowestAsk"})
    """Best ask price, in the quote asset."""
    highest_bid: Decimal = attrs.field(metadata={"wire": "highestBid"})
    """Best bid price, in the quote asset."""
    percent_change: Decimal = attrs.field(metadata={"wire": "percentChange"})
    """Change of the price, as a fraction; 0.0135 is 1.35 %."""
    is_frozen: Flag = attrs.field(metadata={"wire": "isFrozen"})
    """Whether the symbol is frozen."""
    high24hr: Decimal
    """Highest price, in the quote asset."""
    low24hr: Decimal
    """Lowest price, in the quote asset."""
    base_volume: Decimal = attrs.field(metadata={"wire": "baseVolume"})
    """Volume in the quote asset, in spite of the name."""


@attrs.frozen(kw_only=True)
class Currency:
    """Deposit and withdrawal rules of one currency."""

    chain: str
    """Chains, joined with @."""
    max_qty: Decimal = attrs.field(metadata={"wire": "maxQty"})
    """Largest withdrawal, in units of the currency."""
    min_qty: Decimal = attrs.field(metadata={"wire": "minQty"})
    """Smallest withdrawal, in units of the currency."""
    recharge: Flag
    """Whether deposits are open, for the currency as a whole."""
    symbol: str
    """Name of the currency."""
    symbol_id: Id = attrs.field(metadata={"wire": "symbolId"})
    """Id of the currency, 50 for BTC."""
    tx_fee: Decimal = attrs.field(metadata={"wire": "txFee"})
    """Of no meaning to users."""
    withdraw: Flag = attrs.field(metadata={"wire": "withDraw"})
    """Whether withdrawals are open, for the currency as a whole."""


@attrs.frozen(kw_only=True)
class Symbol:
    """Precisions and order limits of one symbol; the limits hold for both sides."""

    currency_pair: str = attrs.field(metadata={"wire": "currencyPair"})
    """Symbol."""
    currency_base: str = attrs.field(metadata={"wire": "currencyBase"})
    """Base asset."""
    currency_quote: str = attrs.field(metadata={"wire": "currencyQuote"})
    """Quote asset."""
    max_buy_count: Decimal = attrs.field(metadata={"wire": "maxBuyCount"})
    """Largest quantity, in the base asset."""
    min_buy_count: Decimal = attrs.field(metadata={"wire": "minBuyCount"})
    """Smallest quantity, in the base asset."""
    price_precision: int = attrs.field(metadata={"wire": "pricePrecision"})
    """Decimals of a price."""
    count_precision: int = attrs.field(metadata={"wire": "countPrecision"})
    """Decimals of a quantity."""
    min_buy_amount: Decimal = attrs.field(metadata={"wire": "minBuyAmount"})
    """Smallest value of an order, in the quote asset."""
    max_buy_amount: Decimal = attrs.field(metadata={"wire": "maxBuyAmount"})
    """Largest value of an order, in the quote asset."""
    min_buy_price: Decimal = attrs.field(metadata={"wire": "minBuyPrice"})
    """Lowest price, in the quote asset."""
    max_buy_price: Decimal = attrs.field(metadata={"wire": "maxBuyPrice"})
    """Highest price, in the quote asset."""
    state: SymbolState
    """State of the symbol."""


@attrs.frozen(kw_only=True)
class OrderBook:
    """Bids and asks of one symbol."""

    asks: list[BookLevel]
    """Asks, lowest price first."""
    bids: list[BookLevel]
    """Bids, highest price first."""
    pair: str | None = None
    """Symbol; since about July 2026."""


@attrs.frozen(kw_only=True)
class Trade:
    """One public trade."""

    id: Id
    """Id of the trade."""
    type: TradeSide
    """Side of the trade."""
    price: Decimal
    """Price, in the quote asset."""
    amount: Decimal
    """Quantity, in the base asset."""
    total: Decimal
    """Price times amount, in the quote asset."""
    time: datetime = attrs.field(metadata={"zone": "+08:00"})
    """Time of the trade, UTC+8."""
    pair: str | None = None
    """Symbol; since about July 2026."""


@attrs.frozen(kw_only=True)
class Kline:
    """One candle."""

    date: int
    """Start of the candle, epoch milliseconds."""
    high: Decimal
    """Highest price, in the quote asset."""
    low: Decimal
    """Lowest price, in the quote asset."""
    open: Decimal
    """First price, in the quote asset."""
    close: Decimal
    """Last price, in the quote asset."""
    volume: Decimal
    """Volume, presumably in the base asset."""
    pair: str | None = None
    """Symbol; since about July 2026."""


class BookLevel(Row, frozen=True):
    """One price of an order book."""

    price: Decimal
    """Price, in the quote asset."""
    quantity: Decimal
    """Quantity, in the base asset."""
