"""Values of the trade operations of CoinW spot REST API. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import attrs

from spotwire.coinw.enums import OrderSide, OrderStatus, OrderType, TradeSide
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class OrderAck:
    """Id of an order that was placed."""

    order_number: Id = attrs.field(metadata={"wire": "orderNumber"})
    """Order id."""


@attrs.frozen(kw_only=True)
class CancelAck:
    """Id of an order that was cancelled."""

    order_number: Id = attrs.field(metadata={"wire": "clientOrderId"})
    """The venue's order id, in spite of the name."""


@attrs.frozen(kw_only=True)
class OpenOrder:
    """One order that can still be filled."""

    order_number: Id = attrs.field(metadata={"wire": "orderNumber"})
    """Order id."""
    date: int
    """Time of the order, epoch milliseconds."""
    starting_amount: Decimal = attrs.field(metadata={"wire": "startingAmount"})
    """Size of the order, in the quote asset."""
    total: Decimal
    """Size of the order, in the base asset."""
    type: OrderSide
    """Side of the order."""
    price: Decimal = attrs.field(metadata={"wire": "prize"})
    """Price of the order, in the quote asset."""
    success_count: Decimal
    """Filled quantity, in the base asset."""
    success_amount: Decimal
    """Filled amount, in the quote asset."""
    status: OrderStatus
    """State of the order."""


@attrs.frozen(kw_only=True)
class Order:
    """One order."""

    order_number: Id = attrs.field(metadata={"wire": "tradeID"})
    """Order id, in spite of the name."""
    currency_pair: str = attrs.field(metadata={"wire": "currencyPair"})
    """Symbol."""
    type: OrderSide
    """Side of the order."""
    amount: Decimal
    """What evidently remains to be filled, in the quote asset."""
    success_amount: Decimal
    """Filled amount, in the quote asset, truncated."""
    total: Decimal
    """What evidently remains to be filled, in the base asset."""
    success_total: Decimal
    """Filled quantity, in the base asset."""
    fee: Decimal
    """Fee."""
    date: datetime = attrs.field(metadata={"zone": "+08:00"})
    """Time of the order, UTC+8."""
    status: OrderStatus
    """State of the order."""


@attrs.frozen(kw_only=True)
class OrderState:
    """State of one order, without its id and what was filled."""

    currency_pair: str = attrs.field(metadata={"wire": "currencyPair"})
    """Symbol."""
    type: OrderSide
    """Side of the order."""
    total: Decimal
    """Original size of the order, in the base asset."""
    starting_amount: Decimal = attrs.field(metadata={"wire": "startingAmount"})
    """Size of the order, in the quote asset."""
    status: OrderStatus
    """State of the order."""
    date: datetime = attrs.field(metadata={"zone": "+08:00"})
    """Time of the order, UTC+8."""


@attrs.frozen(kw_only=True)
class HistoricalOrder:
    """One order of the past."""

    order_number: Id = attrs.field(metadata={"wire": "tradeID"})
    """Order id, in spite of the name."""
    type: OrderSide
    """Side of the order."""
    amount: Decimal
    """Original or unfilled size of the order, in the quote asset."""
    success_amount: Decimal
    """Filled amount, in the quote asset."""
    total: Decimal
    """Original or unfilled size of the order, in the base asset."""
    success_count: Decimal
    """Filled quantity, in the base asset."""
    fee: Decimal
    """Fee."""
    price: Decimal = attrs.field(metadata={"wire": "prize"})
    """Price of the order, in the quote asset."""
    date: int
    """Time of the order, epoch milliseconds."""
    status: OrderStatus
    """State of the order."""
    out_trade_no: str | None = None
    """Client order id."""


@attrs.frozen(kw_only=True)
class FillPage:
    """One page of the account's trades."""

    fills: list[Fill] = attrs.field(metadata={"wire": "list"})
    """Trades."""
    before: Id | None = None
    """Paging value of the previous page, if there is one; where it stands in the answer is not documented."""
    after: Id | None = None
    """Paging value of the next page, if there is one; where it stands in the answer is not documented."""


@attrs.frozen(kw_only=True)
class Fill:
    """One fill, a trade of the account."""

    trade_id: Id = attrs.field(metadata={"wire": "tradeId"})
    """Id of the trade."""
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    """Order id."""
    price: Decimal
    """Price, in the quote asset."""
    size: Decimal
    """Quantity, in the base asset."""
    side: TradeSide
    """Side of the trade."""
    order_type: OrderType = attrs.field(metadata={"wire": "orderType"})
    """Type of the order; LIMIT for market orders too."""
    time: int
    """Time of the trade, epoch milliseconds."""
    fee: Decimal
    """Fee, possibly in scientific notation."""
