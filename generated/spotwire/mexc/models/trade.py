"""Values of the trade operations of MEXC spot API v3. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.mexc.enums import OrderStatus, OrderType, Side, TimeInForce
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class OrderAck:
    """An accepted order."""

    symbol: str
    """Symbol."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    order_list_id: int | None = attrs.field(default=None, metadata={"wire": "orderListId"})
    """Id of an order list; -1."""
    price: Decimal | None = None
    """Limit price, in the quote asset."""
    orig_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "origQty"})
    """Quantity ordered, in the base asset."""
    type: OrderType | None = None
    """Order type."""
    side: Side | None = None
    """Buy or sell."""
    transact_time: int | None = attrs.field(default=None, metadata={"wire": "transactTime"})
    """Time at which the venue took the order, in milliseconds."""


@attrs.frozen(kw_only=True)
class CancelledOrder:
    """A cancelled order."""

    symbol: str
    """Symbol."""
    orig_client_order_id: str | None = attrs.field(default=None, metadata={"wire": "origClientOrderId"})
    """Client order id given when the order was placed."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    order_list_id: int | None = attrs.field(default=None, metadata={"wire": "orderListId"})
    """Id of an order list; -1."""
    client_order_id: str | None = attrs.field(default=None, metadata={"wire": "clientOrderId"})
    """Client order id of the cancellation."""
    price: Decimal
    """Limit price, in the quote asset."""
    orig_qty: Decimal = attrs.field(metadata={"wire": "origQty"})
    """Quantity ordered, in the base asset."""
    executed_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "executedQty"})
    """Quantity filled, in the base asset."""
    cummulative_quote_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "cummulativeQuoteQty"})
    """Amount filled, in the quote asset."""
    status: OrderStatus | None = None
    """State of the order."""
    time_in_force: TimeInForce | None = attrs.field(default=None, metadata={"wire": "timeInForce"})
    """Time in force; GTC in the documentation, null in practice."""
    type: OrderType
    """Order type."""
    side: Side
    """Buy or sell."""


@attrs.frozen(kw_only=True)
class Order:
    """An order."""

    symbol: str
    """Symbol."""
    orig_client_order_id: str | None = attrs.field(default=None, metadata={"wire": "origClientOrderId"})
    """Client order id given when the order was placed."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    order_list_id: int | None = attrs.field(default=None, metadata={"wire": "orderListId"})
    """Id of an order list; -1."""
    client_order_id: str | None = attrs.field(metadata={"wire": "clientOrderId"})
    """Client order id; empty or null without one."""
    price: Decimal | None
    """Limit price, in the quote asset."""
    orig_qty: Decimal | None = attrs.field(metadata={"wire": "origQty"})
    """Quantity ordered, in the base asset."""
    executed_qty: Decimal = attrs.field(metadata={"wire": "executedQty"})
    """Quantity filled, in the base asset."""
    cummulative_quote_qty: Decimal = attrs.field(metadata={"wire": "cummulativeQuoteQty"})
    """Amount filled, in the quote asset."""
    status: OrderStatus
    """State of the order."""
    time_in_force: TimeInForce | None = attrs.field(default=None, metadata={"wire": "timeInForce"})
    """Time in force; GTC in the documentation, null in practice."""
    type: OrderType
    """Order type."""
    side: Side
    """Buy or sell."""
    stop_price: Decimal | None = attrs.field(default=None, metadata={"wire": "stopPrice"})
    """Stop price, in the quote asset."""
    iceberg_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "icebergQty"})
    """Visible quantity of an iceberg order, in the base asset."""
    time: int
    """Time at which the order was placed, in milliseconds."""
    update_time: int | None = attrs.field(metadata={"wire": "updateTime"})
    """Time of the last change, in milliseconds."""
    is_working: bool = attrs.field(metadata={"wire": "isWorking"})
    """Whether the order is in the order book."""
    orig_quote_order_qty: Decimal | None = attrs.field(default=None, metadata={"wire": "origQuoteOrderQty"})
    """Amount ordered, in the quote asset."""


@attrs.frozen(kw_only=True)
class Fill:
    """One of the account's own trades."""

    symbol: str
    """Symbol."""
    id: Id
    """Trade id."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    order_list_id: int | None = attrs.field(default=None, metadata={"wire": "orderListId"})
    """Id of an order list; -1."""
    price: Decimal
    """Price, in the quote asset."""
    qty: Decimal
    """Quantity, in the base asset."""
    quote_qty: Decimal = attrs.field(metadata={"wire": "quoteQty"})
    """Amount, in the quote asset."""
    commission: Decimal
    """Commission, in commissionAsset."""
    commission_asset: str = attrs.field(metadata={"wire": "commissionAsset"})
    """Asset of the commission."""
    time: int
    """Time of the trade, in milliseconds."""
    is_buyer: bool = attrs.field(metadata={"wire": "isBuyer"})
    """Whether the account bought."""
    is_maker: bool = attrs.field(metadata={"wire": "isMaker"})
    """Whether the account was the maker."""
    is_buyer_maker: bool | None = attrs.field(default=None, metadata={"wire": "isBuyerMaker"})
    """Whether the buyer was the maker; in the table of the document only."""
    is_best_match: bool = attrs.field(metadata={"wire": "isBestMatch"})
    """Whether the trade was at the best price."""
    is_self_trade: bool | None = attrs.field(default=None, metadata={"wire": "isSelfTrade"})
    """Whether the account traded with itself."""
    client_order_id: str | None = attrs.field(default=None, metadata={"wire": "clientOrderId"})
    """Client order id; empty or null without one."""
