"""Enums of Coinstore spot REST API: values that are not known arrive as themselves. Generated; do not edit."""

from spotwire_core.types import OpenIntEnum, OpenStrEnum


class BalanceType(OpenIntEnum):
    """What may be done with an amount."""

    AVAILABLE = 1
    """Available."""
    FROZEN = 4
    """Frozen."""


class DepositStatus(OpenIntEnum):
    """State of a deposit."""

    UNCONFIRMED = 0
    """Not confirmed yet."""
    DONE = 1
    """Done."""
    ABNORMAL = 2
    """Abnormal."""
    IN_REVIEW = 3
    """In review."""
    REJECTED = 4
    """Rejected."""


class Depth(OpenIntEnum):
    """Number of levels on each side of the order book."""

    LEVELS_5 = 5
    """5 levels."""
    LEVELS_10 = 10
    """10 levels."""
    LEVELS_20 = 20
    """20 levels."""
    LEVELS_50 = 50
    """50 levels."""
    LEVELS_100 = 100
    """100 levels."""


class FillOrderState(OpenIntEnum):
    """State of an order as a number, in the account's trades."""

    PARTIAL_FILLED = 12
    """Filled in part."""
    FILLED = 50
    """Filled."""


class FillRole(OpenIntEnum):
    """Role of the order, as a sign."""

    TAKER = 1
    """Taker."""
    MAKER = -1
    """Maker."""


class InternalType(OpenIntEnum):
    """Whether funds stayed within the venue."""

    EXTERNAL = 0
    """Over a network."""
    INTERNAL = 1
    """Between users of the venue."""


class Interval(OpenStrEnum):
    """Length of a candle, as requests name it."""

    MIN_1 = "1min"
    """1 minute."""
    MIN_5 = "5min"
    """5 minutes."""
    MIN_15 = "15min"
    """15 minutes."""
    MIN_30 = "30min"
    """30 minutes."""
    MIN_60 = "60min"
    """1 hour."""
    HOUR_4 = "4hour"
    """4 hours."""
    HOUR_12 = "12hour"
    """12 hours."""
    DAY_1 = "1day"
    """1 day."""
    WEEK_1 = "1week"
    """1 week."""


class KlineInterval(OpenStrEnum):
    """Length of a candle, as answers name it."""

    MIN_1 = "min_1"
    """1 minute."""
    MIN_5 = "min_5"
    """5 minutes."""
    MIN_15 = "min_15"
    """15 minutes."""
    MIN_30 = "min_30"
    """30 minutes."""
    HOUR_1 = "hour_1"
    """1 hour."""
    HOUR_4 = "hour_4"
    """4 hours."""
    HOUR_12 = "hour_12"
    """12 hours."""
    DAY_1 = "day_1"
    """1 day."""
    WEEK_1 = "week_1"
    """1 week."""


class MatchRole(OpenIntEnum):
    """Role in a match."""

    TAKER = 1
    """Taker."""
    MAKER = 2
    """Maker."""


class OpenState(OpenIntEnum):
    """Whether something is open."""

    CLOSED = 0
    """Closed."""
    OPEN = 1
    """Open."""


class OrderFlag(OpenStrEnum):
    """Flag of an order."""

    POST_ONLY = "POST_ONLY"
    """Only adds to the book."""
    REDUCE_ONLY = "REDUCE_ONLY"
    """Only reduces a position."""
    HIDDEN = "HIDDEN"
    """Not shown in the book."""


class OrderStatus(OpenStrEnum):
    """State of an order."""

    NOT_FOUND = "NOT_FOUND"
    """No such order."""
    REJECTED = "REJECTED"
    """Refused."""
    SUBMITTING = "SUBMITTING"
    """Being submitted."""
    SUBMITTED = "SUBMITTED"
    """In the book."""
    PARTIAL_FILLED = "PARTIAL_FILLED"
    """Filled in part."""
    REPLACING = "REPLACING"
    """Being replaced."""
    REPLACED = "REPLACED"
    """Replaced."""
    CANCELING = "CANCELING"
    """Being cancelled."""
    CANCELED = "CANCELED"
    """Cancelled."""
    EXPIRED = "EXPIRED"
    """Expired."""
    STOPPED = "STOPPED"
    """Stopped."""
    FILLED = "FILLED"
    """Filled."""


class OrderType(OpenStrEnum):
    """Type of an order."""

    LIMIT = "LIMIT"
    """Limit order."""
    MARKET = "MARKET"
    """Market order."""
    POST_ONLY = "POST_ONLY"
    """Limit order that only adds to the book."""


class Side(OpenStrEnum):
    """Side of an order or a trade."""

    BUY = "BUY"
    """Buy."""
    SELL = "SELL"
    """Sell."""


class SideCode(OpenIntEnum):
    """Side as a number."""

    BUY = 1
    """Buy, or a bid."""
    SELL = -1
    """Sell, or an ask."""


class TagType(OpenIntEnum):
    """Whether a network needs a tag."""

    NOT_NEEDED = 0
    """No tag."""
    NEEDED = 1
    """A tag is needed."""
    OPTIONAL = 2
    """A tag may be given."""


class TimeInForce(OpenStrEnum):
    """How long an order stays."""

    GTC = "GTC"
    """Good till cancelled."""
    IOC = "IOC"
    """Immediate or cancel."""
    FOK = "FOK"
    """Fill or kill."""


class TransferAccount(OpenStrEnum):
    """Account that a transfer leaves or reaches."""

    SPOT = "1"
    """Spot account."""
    CONTRACT = "2"
    """Contract account."""


class TransferType(OpenStrEnum):
    """Between which accounts a transfer goes."""

    WITHIN_ACCOUNT = "0"
    """Within one account."""
    PARENT_TO_SUB = "1"
    """From the parent account to a sub account, with the parent's key."""
    SUB_TO_PARENT = "2"
    """From a sub account to the parent account, with the parent's key."""


class WithdrawalStatus(OpenIntEnum):
    """State of a withdrawal."""

    TO_REVIEW = 0
    """Waits for review."""
    APPROVED = 1
    """Approved."""
    REJECTED = 2
    """Rejected."""
    PAID_OUT = 3
    """Paid out to the network."""
    PAYMENT_FAILED = 4
    """Payment failed."""
    DONE = 5
    """Done."""
    CANCELLED = 6
    """Cancelled."""


class YesNo(OpenIntEnum):
    """Yes or no, as a number."""

    NO = 0
    """No."""
    YES = 1
    """Yes."""
