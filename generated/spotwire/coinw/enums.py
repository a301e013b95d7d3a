"""Enums of CoinW spot REST API: values that are not known arrive as themselves. Generated; do not edit."""

from spotwire_core.types import OpenIntEnum, OpenStrEnum


class AccountType(OpenStrEnum):
    """Account of a user."""

    WEALTH = "WEALTH"
    """Funding account."""
    SPOT = "SPOT"
    """Spot account."""


class DepositOrWithdrawalSide(OpenIntEnum):
    """Deposit or withdrawal."""

    DEPOSIT = 1
    WITHDRAWAL = 2


class DepositOrWithdrawalStatus(OpenIntEnum):
    """State of a deposit or withdrawal."""

    WAITING = 1
    """Waiting."""
    SUCCEEDED = 3
    """Succeeded."""
    CANCELLED = 4
    """Cancelled by the user."""


class Depth(OpenIntEnum):
    """Levels of an order book."""

    LEVELS_5 = 5
    LEVELS_20 = 20


class Destination(OpenStrEnum):
    """Where a withdrawal went."""

    ON_CHAIN = "on_chain"
    """An address on the chain."""
    INTERNAL_TRANSFER = "internal_transfer"
    """Another user of the venue."""


class Flag(OpenStrEnum):
    """Yes or no."""

    NO = "0"
    YES = "1"


class InternalAddressType(OpenIntEnum):
    """What the address of an internal transfer is."""

    USER_ID = 1
    PHONE = 2
    EMAIL = 3


class Interval(OpenIntEnum):
    """Length of a candle, seconds."""

    ONE_MINUTE = 60
    THREE_MINUTES = 180
    FIVE_MINUTES = 300
    FIFTEEN_MINUTES = 900
    THIRTY_MINUTES = 1800
    ONE_HOUR = 3600
    TWO_HOURS = 7200
    FOUR_HOURS = 14400
    ONE_DAY = 86400


class OrderSide(OpenStrEnum):
    """Side of an order, as it is reported."""

    BUY = "buy"
    SELL = "sell"


class OrderStatus(OpenIntEnum):
    """State of an order."""

    UNFILLED = 1
    """Nothing filled yet."""
    PARTIALLY_FILLED = 2
    """Partially filled."""
    FILLED = 3
    """Filled."""
    CANCELLED = 4
    """Cancelled by the user."""
    TRIGGERED = 5
    """Triggered; not in the document, reported by the batch command for historical orders."""
    TRIGGER_FAILED = 6
    """Failed to trigger; not in the document, reported by the batch command for historical orders."""


class OrderType(OpenStrEnum):
    """Type of an order. A fill always reports LIMIT; the other types are reported by the batch command for historical
    orders."""

    LIMIT = "LIMIT"
    MARKET = "MARKET"
    HL_LIMIT = "HL_LIMIT"
    PLANNING = "PLANNING"
    STOP_LIMIT_ORDER = "STOP_LIMIT_ORDER"
    SMART_MARKET_ORDER = "SMART_MARKET_ORDER"
    ICEBERG = "ICEBERG"


class Side(OpenStrEnum):
    """Side of an order, as it is placed."""

    BUY = "0"
    SELL = "1"


class SymbolState(OpenIntEnum):
    """State of a symbol."""

    NORMAL = 1
    DISABLED = 2


class TradeSide(OpenStrEnum):
    """Side of a trade."""

    BUY = "BUY"
    SELL = "SELL"


class TransferDirection(OpenStrEnum):
    """Direction of a transfer between accounts."""

    WEALTH_TO_SPOT = "WEALTH_TO_SPOT"
    """From the funding account to the spot account."""
    SPOT_TO_WEALTH = "SPOT_TO_WEALTH"
    """From the spot account to the funding account."""


class WithdrawalType(OpenStrEnum):
    """Kind of withdrawal."""

    ORDINARY_WITHDRAW = "ordinary_withdraw"
    """To an address on the chain."""
    INTERNAL_TRANSFER = "internal_transfer"
    """To another user of the venue."""
