"""Values of the trade operations of Coinstore spot REST API. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.coinstore.enums import (
    FillOrderState,
    FillRole,
    MatchRole,
    OrderFlag,
    OrderStatus,
    OrderType,
    Side,
    SideCode,
    TimeInForce,
)
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class OpenOrder:
    """An order that can still be filled."""

    ord_id: Id = attrs.field(metadata={"wire": "ordId"})
    """Id of the order."""
    cl_ord_id: str = attrs.field(metadata={"wire": "clOrdId"})
    """Client order id."""
    account_id: int | None = attrs.field(default=None, metadata={"wire": "accountId"})
    """Id of the account."""
    symbol: str
    """Symbol."""
    base_currency: str = attrs.field(metadata={"wire": "baseCurrency"})
    """Base asset."""
    quote_currency: str = attrs.field(metadata={"wire": "quoteCurrency"})
    """Quote asset."""
    ord_price: Decimal = attrs.field(metadata={"wire": "ordPrice"})
    """Price in quote asset."""
    ord_qty: Decimal = attrs.field(metadata={"wire": "ordQty"})
    """Quantity in base asset."""
    ord_amt: Decimal = attrs.field(metadata={"wire": "ordAmt"})
    """Amount in quote asset; not reliable."""
    side: Side
    """Side."""
    cum_amt: Decimal = attrs.field(metadata={"wire": "cumAmt"})
    """Filled amount in quote asset."""
    cum_qty: Decimal = attrs.field(metadata={"wire": "cumQty"})
    """Filled quantity in base asset."""
    leaves_qty: Decimal = attrs.field(metadata={"wire": "leavesQty"})
    """Quantity left in base asset; not reliable."""
    ord_status: OrderStatus = attrs.field(metadata={"wire": "ordStatus"})
    """State of the order."""
    ord_type: OrderType = attrs.field(metadata={"wire": "ordType"})
    """Order type."""
    time_in_force: TimeInForce = attrs.field(metadata={"wire": "timeInForce"})
    """Time in force."""
    timestamp: int
    """Time of the order in milliseconds."""


@attrs.frozen(kw_only=True)
class OpenOrderV2:
    """An order that can still be filled, second version."""

    ord_id: Id = attrs.field(metadata={"wire": "ordId"})
    """Id of the order."""
    cl_ord_id: str = attrs.field(metadata={"wire": "clOrdId"})
    """Client order id."""
    account_id: int | None = attrs.field(default=None, metadata={"wire": "accountId"})
    """Id of the account."""
    symbol: str
    """Symbol."""
    base_currency: str = attrs.field(metadata={"wire": "baseCurrency"})
    """Base asset."""
    quote_currency: str = attrs.field(metadata={"wire": "quoteCurrency"})
    """Quote asset."""
    ord_price: Decimal = attrs.field(metadata={"wire": "ordPrice"})
    """Price in quote asset."""
    ord_qty: Decimal = attrs.field(metadata={"wire": "ordQty"})
    """Quantity in base asset."""
    side: Side
    """Side."""
    cum_amt: Decimal = attrs.field(metadata={"wire": "cumAmt"})
    """Filled amount in quote asset."""
    cum_qty: Decimal = attrs.field(metadata={"wire": "cumQty"})
    """Filled quantity in base asset."""
    leaves_qty: Decimal = attrs.field(metadata={"wire": "leavesQty"})
    """Quantity left in base asset."""
    avg_price: Decimal = attrs.field(metadata={"wire": "avgPrice"})
    """Average price of the fills in quote asset."""
    ord_status: OrderStatus = attrs.field(metadata={"wire": "ordStatus"})
    """State of the order."""
    ord_type: OrderType = attrs.field(metadata={"wire": "ordType"})
    """Order type."""
    time_in_force: TimeInForce = attrs.field(metadata={"wire": "timeInForce"})
    """Time in force."""
    timestamp: int
    """Time of the order in milliseconds."""


@attrs.frozen(kw_only=True)
class Fill:
    """One of the account's own trades."""

    id: Id
    """Id of the row."""
    account_id: int = attrs.field(metadata={"wire": "accountId"})
    """Id of the account."""
    instrument_id: int = attrs.field(metadata={"wire": "instrumentId"})
    """Id of the symbol."""
    base_currency_id: int = attrs.field(metadata={"wire": "baseCurrencyId"})
    """Id of the base asset."""
    quote_currency_id: int = attrs.field(metadata={"wire": "quoteCurrencyId"})
    """Id of the quote asset."""
    match_role: MatchRole = attrs.field(metadata={"wire": "matchRole"})
    """Whether the order was taker or maker."""
    fee_currency_id: int = attrs.field(metadata={"wire": "feeCurrencyId"})
    """Id of the asset in which the fee was taken."""
    actural_fee_rate: Decimal = attrs.field(metadata={"wire": "acturalFeeRate"})
    """Rate of the fee, as a fraction."""
    role: FillRole
    """Whether the order was taker or maker."""
    exec_qty: Decimal = attrs.field(metadata={"wire": "execQty"})
    """Quantity in base asset."""
    order_state: FillOrderState = attrs.field(metadata={"wire": "orderState"})
    """State of the order; the table of numbers is not published."""
    match_id: Id = attrs.field(metadata={"wire": "matchId"})
    """Id of the match."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Id of the order."""
    side: SideCode
    """Side of the order."""
    exec_amt: Decimal = attrs.field(metadata={"wire": "execAmt"})
    """Amount in quote asset."""
    self_dealing_qty: Decimal = attrs.field(metadata={"wire": "selfDealingQty"})
    """Quantity traded with oneself in base asset."""
    trade_id: Id = attrs.field(metadata={"wire": "tradeId"})
    """Id of the trade."""
    fee: Decimal
    """Fee in the asset of feeCurrencyId."""
    match_time: int = attrs.field(metadata={"wire": "matchTime"})
    """Time of the trade in seconds."""
    remaining_qty: Decimal = attrs.field(metadata={"wire": "remainingQty"})
    """Quantity left in base asset."""
    seq: int | None = None
    """Sequence number; only null was seen."""
    tax_rate: Decimal | None = attrs.field(default=None, metadata={"wire": "taxRate"})
    """Rate of a tax."""
    trade_scale: Decimal | None = attrs.field(default=None, metadata={"wire": "tradeScale"})
    """Only null was seen."""
    base_currency_name: str | None = attrs.field(default=None, metadata={"wire": "baseCurrencyName"})
    """Base asset; only null was seen."""
    order_type: Id | None = attrs.field(default=None, metadata={"wire": "orderType"})
    """Order type; only null was seen."""


@attrs.frozen(kw_only=True)
class CancelledOrder:
    """An order that was cancelled."""

    client_order_id: str | None = attrs.field(default=None, metadata={"wire": "clientOrderId"})
    """Client order id; absent when the order was cancelled before."""
    state: OrderStatus
    """State of the order."""
    ord_id: Id = attrs.field(metadata={"wire": "ordId"})
    """Id of the order."""


@attrs.frozen(kw_only=True)
class CancelledByClientId:
    """Orders that were cancelled, by client order id."""

    success: list[str]
    """Client order ids that were cancelled."""


@attrs.frozen(kw_only=True)
class PlacedOrder:
    """Id of an order that was accepted."""

    ord_id: Id | None = attrs.field(default=None, metadata={"wire": "ordId"})
    """Id of the order."""
    documented_order_id: Id | None = attrs.field(default=None, metadata={"wire": "order_id"})
    """Id of the order under the name in the document's sample."""


@attrs.frozen(kw_only=True)
class NewOrder:
    """An order to be placed in a batch."""

    cl_ord_id: str | None = attrs.field(default=None, metadata={"wire": "clOrdId"})
    """Client order id, unique for the account; the venue makes one up when it is missing. Length and characters are
    inferred from the ids in the document; one client limits them to 32 characters."""
    side: Side
    """Side."""
    ord_type: OrderType = attrs.field(metadata={"wire": "ordType"})
    """Order type."""
    time_in_force: TimeInForce | None = attrs.field(default=None, metadata={"wire": "timeInForce"})
    """Time in force."""
    ord_price: Decimal | None = attrs.field(default=None, metadata={"wire": "ordPrice"})
    """Price in quote asset; for limit orders."""
    ord_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "ordQty"})
    """Quantity in base asset; for limit orders and market sells."""
    ord_amt: Decimal | None = attrs.field(default=None, metadata={"wire": "ordAmt"})
    """Amount in quote asset; for market buys."""


@attrs.frozen(kw_only=True)
class PlacedBatchOrder:
    """What became of one order of a batch."""

    ord_id: Id | None = attrs.field(default=None, metadata={"wire": "ordId"})
    """Id of the order; missing when the row was refused."""
    cl_ord_id: str | None = attrs.field(default=None, metadata={"wire": "clOrdId"})
    """Client order id."""
    errno: int | None = None
    """Error code of a row that was refused."""
    err_msg: str | None = attrs.field(default=None, metadata={"wire": "errMsg"})
    """Error text of a row that was refused."""


@attrs.frozen(kw_only=True)
class CancelledOrders:
    """Orders that were cancelled and orders that were not, by id."""

    success: list[Id]
    """Ids that were cancelled."""
    reject: list[Id]
    """Ids that were not cancelled."""


@attrs.frozen(kw_only=True)
class Order:
    """An order."""

    ord_id: Id = attrs.field(metadata={"wire": "ordId"})
    """Id of the order."""
    cl_ord_id: str = attrs.field(metadata={"wire": "clOrdId"})
    """Client order id."""
    account_id: int = attrs.field(metadata={"wire": "accountId"})
    """Id of the account."""
    symbol: str
    """Symbol."""
    base_currency: str = attrs.field(metadata={"wire": "baseCurrency"})
    """Base asset."""
    quote_currency: str = attrs.field(metadata={"wire": "quoteCurrency"})
    """Quote asset."""
    ord_price: Decimal | None = attrs.field(default=None, metadata={"wire": "ordPrice"})
    """Price in quote asset."""
    ord_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "ordQty"})
    """Quantity in base asset."""
    ord_amt: Decimal | None = attrs.field(default=None, metadata={"wire": "ordAmt"})
    """Amount in quote asset."""
    side: Side
    """Side."""
    cum_amt: Decimal = attrs.field(metadata={"wire": "cumAmt"})
    """Filled amount in quote asset."""
    cum_qty: Decimal = attrs.field(metadata={"wire": "cumQty"})
    """Filled quantity in base asset."""
    leaves_qty: Decimal = attrs.field(metadata={"wire": "leavesQty"})
    """Quantity that can still be filled in base asset."""
    ord_state: OrderStatus = attrs.field(metadata={"wire": "ordState"})
    """State of the order."""
    ord_type: OrderType = attrs.field(metadata={"wire": "ordType"})
    """Order type."""
    flags: OrderFlag | None = None
    """Flag of the order."""
    time_in_force: TimeInForce = attrs.field(metadata={"wire": "timeInForce"})
    """Time in force."""
    timestamp: int
    """Time of the order in milliseconds."""
    avg_price: Decimal = attrs.field(metadata={"wire": "avgPrice"})
    """Average price of the fills in quote asset."""
    fee_currency: str | None = attrs.field(default=None, metadata={"wire": "feeCurrency"})
    """Asset in which the fee is taken."""


@attrs.frozen(kw_only=True)
class OrderV2:
    """An order, second version."""

    ord_id: Id = attrs.field(metadata={"wire": "ordId"})
    """Id of the order."""
    cl_ord_id: str = attrs.field(metadata={"wire": "clOrdId"})
    """Client order id."""
    account_id: int | None = attrs.field(default=None, metadata={"wire": "accountId"})
    """Id of the account."""
    symbol: str
    """Symbol."""
    base_currency: str = attrs.field(metadata={"wire": "baseCurrency"})
    """Base asset."""
    quote_currency: str = attrs.field(metadata={"wire": "quoteCurrency"})
    """Quote asset."""
    ord_price: Decimal | None = attrs.field(default=None, metadata={"wire": "ordPrice"})
    """Price in quote asset."""
    ord_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "ordQty"})
    """Quantity in base asset."""
    side: Side
    """Side."""
    cum_amt: Decimal = attrs.field(metadata={"wire": "cumAmt"})
    """Filled amount in quote asset."""
    cum_qty: Decimal = attrs.field(metadata={"wire": "cumQty"})
    """Filled quantity in base asset."""
    leaves_qty: Decimal = attrs.field(metadata={"wire": "leavesQty"})
    """Quantity that can still be filled in base asset."""
    avg_price: Decimal = attrs.field(metadata={"wire": "avgPrice"})
    """Average price of the fills in quote asset."""
    ord_status: OrderStatus = attrs.field(metadata={"wire": "ordStatus"})
    """State of the order."""
    ord_type: OrderType = attrs.field(metadata={"wire": "ordType"})
    """Order type."""
    time_in_force: TimeInForce = attrs.field(metadata={"wire": "timeInForce"})
    """Time in force."""
    order_update_time: int = attrs.field(metadata={"wire": "orderUpdateTime"})
    """Time of the last trade, or of the order while unfilled; in milliseconds when equal to timestamp, otherwise in
    seconds."""
    timestamp: int
    """Time of the order in milliseconds."""
