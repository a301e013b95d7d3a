"""Values of the trade operations of Bitunix spot. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import attrs

from spotwire.bitunix.enums import DealRole, OrderStatus, OrderType, PlaceStatus, Side
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class OrderAck:
    """OrderAck."""

    order_id: Id | None = attrs.field(metadata={"wire": "orderId"})
    """Order id; null if the order was refused."""
    side: Side | None = None
    """Sell or buy."""
    type: OrderType | None = None
    """Limit or market."""
    volume: Decimal | None = None
    """Volume as sent."""
    price: Decimal | None = None
    """Price as sent, in the quote asset."""
    symbol: str | None = None
    """Symbol."""
    place_status: PlaceStatus = attrs.field(metadata={"wire": "placeStatus"})
    """Whether the order was placed."""
    place_code: Id | None = attrs.field(default=None, metadata={"wire": "placeCode"})
    """Code of the refusal; only known from refused orders."""
    place_msg: str | None = attrs.field(default=None, metadata={"wire": "placeMsg"})
    """Text of the refusal, in Chinese; only known from refused orders."""


@attrs.frozen(kw_only=True)
class NewOrder:
    """NewOrder."""

    side: Side
    """Sell or buy."""
    type: OrderType
    """Limit or market."""
    volume: Decimal
    """Limit order: quantity, in the base asset. Market order to buy: amount to spend, in the quote asset; to sell:
    quantity, in the base asset."""
    price: Decimal | None = None
    """Price, in the quote asset; not needed for a market order."""
    symbol: str
    """Symbol, base and quote asset run together."""
    client_id: str | None = attrs.field(default=None, metadata={"wire": "clientId"})
    """Client order id."""


@attrs.frozen(kw_only=True)
class OrderRef:
    """OrderRef."""

    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    symbol: str
    """Symbol, base and quote asset run together."""


@attrs.frozen(kw_only=True)
class Fill:
    """Fill."""

    volume: Decimal
    """Quantity, in the base asset."""
    price: Decimal
    """Price, in the quote asset."""
    fee: Decimal | None
    """Fee, in feeCoin."""
    fee_coin: str | None = attrs.field(metadata={"wire": "feeCoin"})
    """Asset of the fee."""
    role: DealRole
    """Maker or taker."""
    ctime: datetime
    """Time of the fill."""
    id: Id
    """Trade id."""


@attrs.frozen(kw_only=True)
class OrderPage:
    """OrderPage."""

    total: int | None = None
    """Orders on all pages."""
    page_num: int | None = attrs.field(default=None, metadata={"wire": "pageNum"})
    """Number of this page."""
    page_size: int | None = attrs.field(default=None, metadata={"wire": "pageSize"})
    """Orders a page."""
    data: list[Order]
    """Orders."""


@attrs.frozen(kw_only=True)
class Order:
    """Order."""

    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    user_id: Id | None = attrs.field(default=None, metadata={"wire": "userId"})
    """Id of the user."""
    client_id: str | None = attrs.field(default=None, metadata={"wire": "clientId"})
    """Client order id."""
    order_type: OrderType = attrs.field(metadata={"wire": "orderType"})
    """Limit or market; the same as type."""
    amount: Decimal | None = None
    """Value of the order, in the quote asset."""
    deal_amount: Decimal | None = attrs.field(default=None, metadata={"wire": "dealAmount"})
    """Filled value, in the quote asset."""
    volume: Decimal | None = None
    """Quantity of the order, in the base asset; seen so for limit orders."""
    left_amount: Decimal | None = attrs.field(default=None, metadata={"wire": "leftAmount"})
    """Value not filled, in the quote asset."""
    deal_volume: Decimal | None = attrs.field(default=None, metadata={"wire": "dealVolume"})
    """Filled quantity, in the base asset."""
    left_volume: Decimal | None = attrs.field(default=None, metadata={"wire": "leftVolume"})
    """Quantity not filled, in the base asset."""
    status: OrderStatus
    """State of the order."""
    type: OrderType
    """Limit or market."""
    side: Side
    """Sell or buy."""
    price: Decimal | None = None
    """Price of the order, in the quote asset."""
    avg_price: Decimal | None = attrs.field(default=None, metadata={"wire": "avgPrice"})
    """Average price of the fills, in the quote asset."""
    progress: Decimal | None = None
    """Filled part, in percent."""
    ctime: datetime
    """When the order was created."""
    utime: datetime | None = None
    """When the order was last changed."""
    base: str | None = None
    """Base asset."""
    quote: str | None = None
    """Quote asset."""
    symbol: str
    """Symbol."""
    fee: Decimal | None = None
    """Fee, in feeCoin."""
    fee_coin: str | None = attrs.field(default=None, metadata={"wire": "feeCoin"})
    """Asset of the fee."""
