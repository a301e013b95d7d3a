"""The trade operations of Bitunix spot. Generated from `specs/bitunix`; do not edit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.bitunix.enums import OrderStatus, OrderType, Side
from spotwire.bitunix.models.trade import Fill, Order, OrderAck, OrderPage
from spotwire_core.operation import Operation, Paging, Param, Refusal
from spotwire_core.paging import async_pages, pages

if TYPE_CHECKING:
    from spotwire.bitunix.models.trade import NewOrder, OrderRef
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions


PLACE_ORDER: Operation[OrderAck] = Operation(
    name="placeOrder",
    method="POST",
    path="/api/spot/v1/order/place_order",
    result=OrderAck,
    params=(
        Param(name="side", wire="side", place="json", kind="integer", required=True, bare=True, enum=Side),
        Param(name="type", wire="type", place="json", kind="integer", required=True, bare=True, enum=OrderType),
        Param(name="volume", wire="volume", place="json", kind="decimal", required=True),
        Param(name="price", wire="price", place="json", kind="decimal"),
        Param(name="symbol", wire="symbol", place="json", required=True),
        Param(name="client_id", wire="clientId", place="json", fill="client-order-id", max_length=32),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    refusal=Refusal(member="placeStatus", accepted=("1", 1), code="placeCode", message="placeMsg"),
)
PLACE_ORDERS: Operation[list[OrderAck]] = Operation(
    name="placeOrders",
    method="POST",
    path="/api/spot/v1/order/place_order/batch",
    result=list[OrderAck],
    params=(
        Param(
            name="order_list",
            wire="orderList",
            place="json",
            kind="list",
            required=True,
            fill="client-order-id",
            items=Param(
                name="order_list",
                wire="orderList",
                place="json",
                kind="model",
                required=True,
                members=(
                    Param(name="side", wire="side", place="json", kind="integer", required=True, bare=True, enum=Side),
                    Param(
                        name="type", wire="type", place="json", kind="integer", required=True, bare=True, enum=OrderType
                    ),
                    Param(name="volume", wire="volume", place="json", kind="decimal", required=True),
                    Param(name="price", wire="price", place="json", kind="decimal"),
                    Param(name="symbol", wire="symbol", place="json", required=True),
                    Param(name="client_id", wire="clientId", place="json", fill="client-order-id", max_length=32),
                ),
            ),
        ),
    ),
    body="json",
    security="signed",
    safety="unsafe",
)
CANCEL_ORDERS: Operation[None] = Operation(
    name="cancelOrders",
    method="POST",
    path="/api/spot/v1/order/cancel",
    result=None,
    params=(
        Param(
            name="order_id_list",
            wire="orderIdList",
            place="json",
            kind="list",
            required=True,
            items=Param(
                name="order_id_list",
                wire="orderIdList",
                place="json",
                kind="model",
                required=True,
                members=(
                    Param(name="order_id", wire="orderId", place="json", kind="id", required=True),
                    Param(name="symbol", wire="symbol", place="json", required=True),
                ),
            ),
        ),
    ),
    body="json",
    security="signed",
    safety="idempotent",
)
FILLS: Operation[list[Fill]] = Operation(
    name="fills",
    method="POST",
    path="/api/spot/v1/order/deal/list",
    result=list[Fill],
    params=(
        Param(name="order_id", wire="orderId", place="json", kind="id", required=True),
        Param(name="symbol", wire="symbol", place="json", required=True),
    ),
    body="json",
    security="signed",
    safety="read",
)
ORDER_HISTORY: Operation[OrderPage] = Operation(
    name="orderHistory",
    method="POST",
    path="/api/spot/v1/order/history/page",
    result=OrderPage,
    params=(
        Param(name="page", wire="page", place="json", kind="integer", bare=True),
        Param(name="page_size", wire="pageSize", place="json", kind="integer", bare=True),
        Param(name="start_time", wire="startTime", place="json", kind="datetime"),
        Param(name="end_time", wire="endTime", place="json", kind="datetime"),
        Param(name="status", wire="status", place="json", enum=OrderStatus),
        Param(name="side", wire="side", place="json", pattern="^[12]$"),
        Param(name="type", wire="type", place="json", pattern="^[12]$"),
        Param(name="symbol", wire="symbol", place="json", required=True),
    ),
    body="json",
    security="signed",
    safety="read",
    paging=Paging(parameter=0, limit=1, items="data"),
)
OPEN_ORDERS: Operation[list[Order] | None] = Operation(
    name="openOrders",
    method="POST",
    path="/api/spot/v1/order/pending/list",
    result=list[Order] | None,
    params=(Param(name="symbol", wire="symbol", place="json", required=True),),
    body="json",
    security="signed",
    safety="read",
)
ORDER: Operation[Order | None] = Operation(
    name="order",
    method="GET",
    path="/api/spot/v1/order/detail",
    result=Order | None,
    params=(Param(name="order_id", wire="orderId", kind="id", required=True),),
    security="signed",
    safety="read",
)


class TradeApi:
    """The trade operations of Bitunix spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def place_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        volume: Decimal | int | str,
        *,
        price: Decimal | int | str | None = None,
        client_id: str | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place one order.

        A refused order comes back inside a success envelope, with orderId null and placeStatus 0. The client order id
        is kept and given back by every read of the order, but nothing can be read or cancelled by it.

        Args:
            symbol: Symbol, base and quote asset run together.
            side: Sell or buy.
            type: Limit or market.
            volume: Limit order: quantity, in the base asset. Market order to buy: amount to spend, in the
                quote asset; to sell: quantity, in the base asset.
            price: Price, in the quote asset; not needed for a market order.
            client_id: Client order id. At most 32 characters, made up when left out.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/place_order. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, pages public, user and order, Order interface, 1. Place order.
        """
        return self._call(PLACE_ORDER, (side, type, volume, price, symbol, client_id), options)

    def place_orders(self, order_list: Sequence[NewOrder], *, options: CallOptions | None = None) -> list[OrderAck]:
        """Place several orders in one request.

        Each order is answered by itself; look at the placeStatus of every one. The greatest number of orders is not
        documented.

        Args:
            order_list: The orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/place_order/batch. Never sent twice: raises OutcomeUnknown when it is not
        certain what happened. Source: Bitunix open platform, spot, pages public, user and order, Order interface, 2.
        Batch order.
        """
        return self._call(PLACE_ORDERS, (order_list,), options)

    def cancel_orders(self, order_id_list: Sequence[OrderRef], *, options: CallOptions | None = None) -> None:
        """Cancel several orders by order id.

        Success says only that the request was taken: an order that is unknown or already done gives the same answer.
        Read the order to know its state.

        Args:
            order_id_list: The orders to cancel.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/cancel. Source: Bitunix open platform, spot, pages public, user and order, Order
        interface, 3. Cancel order / batch cancel.
        """
        return self._call(CANCEL_ORDERS, (order_id_list,), options)

    def fills(self, symbol: str, order_id: str | int, *, options: CallOptions | None = None) -> list[Fill]:
        """List the account's own trades of one order.

        Args:
            symbol: Symbol, base and quote asset run together.
            order_id: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/deal/list. Source: Bitunix open platform, spot, pages public, user and order,
        Order interface, 4. Query matching orders.
        """
        return self._call(FILLS, (order_id, symbol), options)

    def order_history(
        self,
        symbol: str,
        *,
        page: int | None = None,
        page_size: int | None = None,
        start_time: datetime | str | None = None,
        end_time: datetime | str | None = None,
        status: OrderStatus | str | None = None,
        side: str | None = None,
        type: str | None = None,
        options: CallOptions | None = None,
    ) -> OrderPage:
        """List orders of the past, open, filled and cancelled.

        Args:
            symbol: Symbol, base and quote asset run together.
            page: Number of the page.
            page_size: Orders a page.
            start_time: Only orders created from this time on.
            end_time: Only orders created up to this time.
            status: Only orders in this state.
            side: Only orders of this side, a value of Side.
            type: Only orders of this type, a value of OrderType.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/history/page. Source: Bitunix open platform, spot, pages public, user and order,
        Order interface, 5. Query order history.
        """
        return self._call(ORDER_HISTORY, (page, page_size, start_time, end_time, status, side, type, symbol), options)

    def iter_order_history(
        self,
        symbol: str,
        *,
        page: int | None = None,
        page_size: int | None = None,
        start_time: datetime | str | None = None,
        end_time: datetime | str | None = None,
        status: OrderStatus | str | None = None,
        side: str | None = None,
        type: str | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Order]:
        """Yield what `order_history` gives, page after page and each item once, until the venue has no more."""
        return pages(
            self._call, ORDER_HISTORY, (page, page_size, start_time, end_time, status, side, type, symbol), options
        )

    def open_orders(self, symbol: str, *, options: CallOptions | None = None) -> list[Order] | None:
        """List the orders of one symbol that can still be filled.

        Args:
            symbol: Symbol, base and quote asset run together.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/pending/list. Source: Bitunix open platform, spot, pages public, user and order,
        Order interface, 6. Query current orders.
        """
        return self._call(OPEN_ORDERS, (symbol,), options)

    def order(self, order_id: str | int, *, options: CallOptions | None = None) -> Order | None:
        """Get one order by its id.

        Args:
            order_id: Order id.
            options: Timeout and extra headers of this call.

        Signed: GET /api/spot/v1/order/detail. Source: Bitunix open platform, spot, pages public, user and order, Order
        interface, 7. Query order detail.
        """
        return self._call(ORDER, (order_id,), options)


class AsyncTradeApi:
    """The trade operations of Bitunix spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def place_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        volume: Decimal | int | str,
        *,
        price: Decimal | int | str | None = None,
        client_id: str | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place one order.

        A refused order comes back inside a success envelope, with orderId null and placeStatus 0. The client order id
        is kept and given back by every read of the order, but nothing can be read or cancelled by it.

        Args:
            symbol: Symbol, base and quote asset run together.
            side: Sell or buy.
            type: Limit or market.
            volume: Limit order: quantity, in the base asset. Market order to buy: amount to spend, in the
                quote asset; to sell: quantity, in the base asset.
            price: Price, in the quote asset; not needed for a market order.
            client_id: Client order id. At most 32 characters, made up when left out.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/place_order. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, pages public, user and order, Order interface, 1. Place order.
        """
        return await self._call(PLACE_ORDER, (side, type, volume, price, symbol, client_id), options)

    async def place_orders(
        self, order_list: Sequence[NewOrder], *, options: CallOptions | None = None
    ) -> list[OrderAck]:
        """Place several orders in one request.

        Each order is answered by itself; look at the placeStatus of every one. The greatest number of orders is not
        documented.

        Args:
            order_list: The orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/place_order/batch. Never sent twice: raises OutcomeUnknown when it is not
        certain what happened. Source: Bitunix open platform, spot, pages public, user and order, Order interface, 2.
        Batch order.
        """
        return await self._call(PLACE_ORDERS, (order_list,), options)

    async def cancel_orders(self, order_id_list: Sequence[OrderRef], *, options: CallOptions | None = None) -> None:
        """Cancel several orders by order id.

        Success says only that the request was taken: an order that is unknown or already done gives the same answer.
        Read the order to know its state.

        Args:
            order_id_list: The orders to cancel.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/cancel. Source: Bitunix open platform, spot, pages public, user and order, Order
        interface, 3. Cancel order / batch cancel.
        """
        return await self._call(CANCEL_ORDERS, (order_id_list,), options)

    async def fills(self, symbol: str, order_id: str | int, *, options: CallOptions | None = None) -> list[Fill]:
        """List the account's own trades of one order.

        Args:
            symbol: Symbol, base and quote asset run together.
            order_id: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/deal/list. Source: Bitunix open platform, spot, pages public, user and order,
        Order interface, 4. Query matching orders.
        """
        return await self._call(FILLS, (order_id, symbol), options)

    async def order_history(
        self,
        symbol: str,
        *,
        page: int | None = None,
        page_size: int | None = None,
        start_time: datetime | str | None = None,
        end_time: datetime | str | None = None,
        status: OrderStatus | str | None = None,
        side: str | None = None,
        type: str | None = None,
        options: CallOptions | None = None,
    ) -> OrderPage:
        """List orders of the past, open, filled and cancelled.

        Args:
            symbol: Symbol, base and quote asset run together.
            page: Number of the page.
            page_size: Orders a page.
            start_time: Only orders created from this time on.
            end_time: Only orders created up to this time.
            status: Only orders in this state.
            side: Only orders of this side, a value of Side.
            type: Only orders of this type, a value of OrderType.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/history/page. Source: Bitunix open platform, spot, pages public, user and order,
        Order interface, 5. Query order history.
        """
        return await self._call(
            ORDER_HISTORY, (page, page_size, start_time, end_time, status, side, type, symbol), options
        )

    def iter_order_history(
        self,
        symbol: str,
        *,
        page: int | None = None,
        page_size: int | None = None,
        start_time: datetime | str | None = None,
        end_time: datetime | str | None = None,
        status: OrderStatus | str | None = None,
        side: str | None = None,
        type: str | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Order]:
        """Yield what `order_history` gives, page after page and each item once, until the venue has no more."""
        return async_pages(
            self._call, ORDER_HISTORY, (page, page_size, start_time, end_time, status, side, type, symbol), options
        )

    async def open_orders(self, symbol: str, *, options: CallOptions | None = None) -> list[Order] | None:
        """List the orders of one symbol that can still be filled.

        Args:
            symbol: Symbol, base and quote asset run together.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/order/pending/list. Source: Bitunix open platform, spot, pages public, user and order,
        Order interface, 6. Query current orders.
        """
        return await self._call(OPEN_ORDERS, (symbol,), options)

    async def order(self, order_id: str | int, *, options: CallOptions | None = None) -> Order | None:
        """Get one order by its id.

        Args:
            order_id: Order id.
            options: Timeout and extra headers of this call.

        Signed: GET /api/spot/v1/order/detail. Source: Bitunix open platform, spot, pages public, user and order, Order
        interface, 7. Query order detail.
        """
        return await self._call(ORDER, (order_id,), options)
