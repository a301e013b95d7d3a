"""Enums of MEXC spot API v3: values that are not known arrive as themselves. Generated; do not edit."""

from spotwire_core.types import OpenStrEnum


class Interval(OpenStrEnum):
    """Length of a candle."""

    ONE_MINUTE = "1m"
    """1 minute."""
    FIVE_MINUTES = "5m"
    """5 minutes."""
    FIFTEEN_MINUTES = "15m"
    """15 minutes."""
    THIRTY_MINUTES = "30m"
    """30 minutes."""
    ONE_HOUR = "60m"
    """60 minutes."""
    FOUR_HOURS = "4h"
    """4 hours."""
    ONE_DAY = "1d"
    """1 day."""
    ONE_WEEK = "1W"
    """1 week."""
    ONE_MONTH = "1M"
    """1 month."""


class OrderStatus(OpenStrEnum):
    """State of an order."""

    NEW = "NEW"
    """Open."""
    FILLED = "FILLED"
    """Filled."""
    PARTIALLY_FILLED = "PARTIALLY_FILLED"
    """Partly filled and open."""
    CANCELED = "CANCELED"
    """Cancelled."""
    PARTIALLY_CANCELED = "PARTIALLY_CANCELED"
    """Partly filled and cancelled."""


class OrderType(OpenStrEnum):
    """Type of an order."""

    LIMIT = "LIMIT"
    """Limit order."""
    LIMIT_MAKER = "LIMIT_MAKER"
    """Limit order that may only make, never take."""
    MARKET = "MARKET"
    """Market order."""
    IMMEDIATE_OR_CANCEL = "IMMEDIATE_OR_CANCEL"
    """Limit order whose unfilled rest is cancelled at once."""
    FILL_OR_KILL = "FILL_OR_KILL"
    """Limit order that is filled completely at once or not at all."""


class Side(OpenStrEnum):
    """Side of an order."""

    BUY = "BUY"
    """Buy."""
    SELL = "SELL"
    """Sell."""


class SymbolStatus(OpenStrEnum):
    """State of a symbol."""

    ONLINE = "1"
    """Online."""
    PAUSED = "2"
    """Paused."""
    OFFLINE = "3"
    """Offline."""
    ENABLED = "ENABLED"
    """Tradable, before August 2024."""
    DISABLED = "DISABLED"
    """Not tradable, before August 2024."""


class TimeInForce(OpenStrEnum):
    """Time in force of an order; null in practice."""

    GTC = "GTC"
    """Good till cancelled."""


class TradeSideType(OpenStrEnum):
    """Which orders a symbol takes."""

    ALL = "1"
    """All orders."""
    BUY_ONLY = "2"
    """Buy orders only."""
    SELL_ONLY = "3"
    """Sell orders only."""
    CLOSED = "4"
    """None."""


class TradeType(OpenStrEnum):
    """Side of a trade."""

    BID = "BID"
    """Bid."""
    ASK = "ASK"
    """Ask."""
