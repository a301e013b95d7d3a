"""Enums of Bitunix spot: values that are not known arrive as themselves. Generated; do not edit."""

from spotwire_core.types import OpenStrEnum


class DealRole(OpenStrEnum):
    """Role in a fill."""

    MAKER = "1"
    """Maker."""
    TAKER = "2"
    """Taker."""


class DepositStatus(OpenStrEnum):
    """State of an incoming record."""

    PENDING = "pending"
    """Being processed."""
    CANCELLED = "cancelled"
    """Cancelled."""
    SUCCESS = "success"
    """Done."""
    FAIL = "fail"
    """Failed."""


class DepositType(OpenStrEnum):
    """Kind of an incoming record."""

    DEPOSIT = "deposit"
    """Deposit on the chain."""
    INSIDE_TRANSFER_IN = "inside_transfer_in"
    """Internal transfer from another user."""


class Flag(OpenStrEnum):
    """No or yes."""

    NO = "0"
    """No."""
    YES = "1"
    """Yes."""


class Interval(OpenStrEnum):
    """Length of a candle."""

    MINUTE_1 = "1"
    """1 minute."""
    MINUTE_3 = "3"
    """3 minutes."""
    MINUTE_5 = "5"
    """5 minutes."""
    MINUTE_15 = "15"
    """15 minutes."""
    MINUTE_30 = "30"
    """30 minutes."""
    HOUR_1 = "60"
    """1 hour."""
    HOUR_2 = "120"
    """2 hours."""
    HOUR_4 = "240"
    """4 hours."""
    HOUR_6 = "360"
    """6 hours."""
    HOUR_12 = "720"
    """12 hours."""
    DAY_1 = "D"
    """1 day."""
    MONTH_1 = "M"
    """1 month."""
    WEEK_1 = "W"
    """1 week."""


class MemoRule(OpenStrEnum):
    """Whether an address needs a memo."""

    NONE = "0"
    """No memo."""
    OPTIONAL = "1"
    """Memo optional."""
    REQUIRED = "2"
    """Memo required."""


class OrderStatus(OpenStrEnum):
    """State of an order."""

    OPEN = "1"
    """Open, nothing filled."""
    FILLED = "2"
    """Filled."""
    PARTIALLY_FILLED = "3"
    """Partially filled."""
    CANCELLED = "4"
    """Cancelled, nothing filled."""
    PARTIALLY_FILLED_CANCELLED = "7"
    """Partially filled, then cancelled."""


class OrderType(OpenStrEnum):
    """Type of an order; a number where orders are placed, text where they are read."""

    LIMIT = "1"
    """Limit order."""
    MARKET = "2"
    """Market order."""


class PlaceStatus(OpenStrEnum):
    """Whether an order was placed."""

    REFUSED = "0"
    """Refused."""
    PLACED = "1"
    """Placed."""


class RecipientType(OpenStrEnum):
    """How the receiver of an internal transfer is named."""

    UID = "uid"
    """By user id."""
    PHONE = "phone"
    """By phone number."""
    EMAIL = "email"
    """By e-mail address."""


class Side(OpenStrEnum):
    """Side of an order; a number where orders are placed, text where they are read."""

    SELL = "1"
    """Sell."""
    BUY = "2"
    """Buy."""


class TransferType(OpenStrEnum):
    """Direction of a transfer between accounts."""

    SPOT_FUTURES = "spot_futures"
    """From spot to futures."""
    FUTURES_SPOT = "futures_spot"
    """From futures to spot."""


class WithdrawalStatus(OpenStrEnum):
    """State of an outgoing record."""

    VERIFICATION = "verification"
    """Waits for the user's security check in the list of withdrawals of the app."""
    PENDING = "pending"
    """Being processed."""
    CANCELLED = "cancelled"
    """Cancelled."""
    SUCCESS = "success"
    """Done."""
    FAIL = "fail"
    """Failed."""


class WithdrawalType(OpenStrEnum):
    """Kind of an outgoing record."""

    WITHDRAW = "withdraw"
    """Withdrawal on the chain."""
    INSIDE_TRANSFER_OUT = "inside_transfer_out"
    """Internal transfer to another user."""
