"""Enums of JEX spot: values that are not known arrive as themselves. Generated; do not edit."""

from spotwire_core.types import OpenIntEnum, OpenStrEnum


class DepthLimit(OpenIntEnum):
    """Number of levels of each side of an order book."""

    LEVELS_5 = 5
    """5 levels."""
    LEVELS_10 = 10
    """10 levels."""
    LEVELS_20 = 20
    """20 levels."""
    LEVELS_50 = 50
    """50 levels."""
    LEVELS_60 = 60
    """60 levels."""


class FilterType(OpenStrEnum):
    """What a filter restricts."""

    PRICE_FILTER = "PRICE_FILTER"
    """The price of an order."""
    LOT_SIZE = "LOT_SIZE"
    """The quantity of an order."""


class Interval(OpenStrEnum):
    """Length of a candle."""

    MINUTE_1 = "1m"
    """1 minute."""
    MINUTE_3 = "3m"
    """3 minutes."""
    MINUTE_5 = "5m"
    """5 minutes."""
    MINUTE_15 = "15m"
    """15 minutes."""
    MINUTE_30 = "30m"
    """30 minutes."""
    HOUR_1 = "1h"
    """1 hour."""
    HOUR_2 = "2h"
    """2 hours."""
    HOUR_4 = "4h"
    """4 hours."""
    HOUR_6 = "6h"
    """6 hours."""
    HOUR_12 = "12h"
    """12 hours."""
    DAY_1 = "1d"
    """1 day."""
    DAY_3 = "3d"
    """3 days; missing in the general documentation."""
    WEEK_1 = "1w"
    """1 week."""


class OrderResponseType(OpenStrEnum):
    """How much the answer to a new order tells."""

    ACK = "ACK"
    """The fastest answer, without fills."""
    RESULT = "RESULT"
    """A slower answer, with what was filled at once."""


class OrderStatus(OpenStrEnum):
    """State of a spot order."""

    NEW = "NEW"
    """Accepted."""
    PARTIALLY_FILLED = "PARTIALLY_FILLED"
    """Partly filled."""
    FILLED = "FILLED"
    """Filled."""
    CANCELED = "CANCELED"
    """Cancelled."""
    PENDING_CANCEL = "PENDING_CANCEL"
    """Being cancelled; not in use."""
    FAIL = "FAIL"
    """Placing it failed."""
    CANCLEFILLED = "CANCLEFILLED"
    """Cancellation completed; the spelling is the venue's."""
    REJECTED = "REJECTED"
    """Rejected; not in use."""
    EXPIRED = "EXPIRED"
    """Expired; not in use."""


class OrderType(OpenStrEnum):
    """Type of a spot order."""

    LIMIT = "LIMIT"
    """Limit order."""


class RateLimitInterval(OpenStrEnum):
    """Unit of time of a rate limit."""

    SECOND = "second"
    """Second."""
    MINUTE = "minute"
    """Minute."""
    DAY = "day"
    """Day."""


class RateLimitType(OpenStrEnum):
    """What a rate limit counts."""

    REQUESTS_WEIGHT = "requestsWeight"
    """Weight of requests."""
    ORDERS = "orders"
    """Orders and cancellations."""
    RAW_REQUESTS = "rawRequests"
    """Requests whatever their weight."""


class Side(OpenStrEnum):
    """Side of an order."""

    BUY = "BUY"
    """Buy the base asset."""
    SELL = "SELL"
    """Sell the base asset."""


class SymbolOrderType(OpenStrEnum):
    """Type of order that a symbol of any section may accept. Spot symbols accept LIMIT only."""

    LIMIT = "LIMIT"
    """Limit order."""
    MARKET = "MARKET"
    """Market order."""
    STOPLIMIT = "STOPLIMIT"
    """Stop loss with a limit price."""
    STOPMARKET = "STOPMARKET"
    """Stop loss at the market price."""
    PROFITLIMIT = "PROFITLIMIT"
    """Take profit with a limit price."""
    PROFITMARKET = "PROFITMARKET"
    """Take profit at the market price."""


class SymbolStatus(OpenStrEnum):
    """Trading state of a symbol."""

    PRE_TRADING = "PRE_TRADING"
    """Before trading."""
    TRADING = "TRADING"
    """Trading."""
    POST_TRADING = "POST_TRADING"
    """After trading."""
    END_OF_DAY = "END_OF_DAY"
    """Closed for the day."""
    HALT = "HALT"
    """Ended; the symbol was taken off the list."""
    AUCTION_MATCH = "AUCTION_MATCH"
    """Call auction."""
    BREAK = "BREAK"
    """Interrupted."""


class TimeInForce(OpenStrEnum):
    """How long an order stays."""

    GTC = "GTC"
    """Until it is filled or cancelled."""
    IOC = "IOC"
    """What cannot be filled at once is cancelled."""
    FOK = "FOK"
    """Filled at once in full or cancelled."""
