"""Values of the trade operations of JEX spot. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.jex.enums import OrderStatus, OrderType, Side, TimeInForce
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class OrderAck:
    """Answer to a new order. The fields after transactTime come only with newOrderRespType RESULT."""

    symbol: str
    """Symbol."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    transact_time: int = attrs.field(metadata={"wire": "transactTime"})
    """Time of the answer's making, in epoch milliseconds; later than the order's time."""
    price: Decimal | None = None
    """Limit price, in the quote asset."""
    orig_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "origQty"})
    """Quantity ordered, in the base asset."""
    executed_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "executedQty"})
    """Quantity filled, in the base asset."""
    cummulative_quote_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "cummulativeQuoteQty"})
    """Amount filled, in the quote asset."""
    status: OrderStatus | None = None
    """State of the order."""
    time_in_force: TimeInForce | None = attrs.field(default=None, metadata={"wire": "timeInForce"})
    """How long the order stays."""
    type: OrderType | None = None
    """Type of the order."""
    side: Side | None = None
    """Side of the order."""


@attrs.frozen(kw_only=True)
class Order:
    """An order."""

    symbol: str
    """Symbol."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    price: Decimal
    """Limit price, in the quote asset."""
    orig_qty: Decimal = attrs.field(metadata={"wire": "origQty"})
    """Quantity ordered, in the base asset."""
    executed_qty: Decimal = attrs.field(metadata={"wire": "executedQty"})
    """Quantity filled, in the base asset."""
    cummulative_quote_qty: Decimal = attrs.field(metadata={"wire": "cummulativeQuoteQty"})
    """Amount filled, in the quote asset."""
    status: OrderStatus
    """State of the order."""
    time_in_force: TimeInForce = attrs.field(metadata={"wire": "timeInForce"})
    """How long the order stays."""
    type: OrderType
    """Type of the order."""
    side: Side
    """Side of the order."""
    time: int
    """Time of the order in epoch milliseconds, whole seconds in all samples."""
    update_time: int = attrs.field(metadata={"wire": "updateTime"})
    """Time of the last change in epoch milliseconds, whole seconds in all samples."""
    working: bool
    """Whether the order is or was on the book; true in all samples, of filled orders too."""


@attrs.frozen(kw_only=True)
class CanceledOrder:
    """An order that was cancelled."""

    symbol: str
    """Symbol."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    transact_time: int = attrs.field(metadata={"wire": "transactTime"})
    """Time of the cancellation, in epoch milliseconds."""
    price: Decimal
    """Limit price, in the quote asset."""
    orig_qty: Decimal = attrs.field(metadata={"wire": "origQty"})
    """Quantity ordered, in the base asset."""
    executed_qty: Decimal = attrs.field(metadata={"wire": "executedQty"})
    """Quantity filled, in the base asset."""
    cummulative_quote_qty: Decimal = attrs.field(metadata={"wire": "cummulativeQuoteQty"})
    """Amount filled, in the quote asset."""
    status: OrderStatus
    """State of the order."""
    time_in_force: TimeInForce = attrs.field(metadata={"wire": "timeInForce"})
    """How long the order stayed."""
    type: OrderType
    """Type of the order."""
    side: Side
    """Side of the order."""
