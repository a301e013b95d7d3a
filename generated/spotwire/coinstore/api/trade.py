"""The trade operations of Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.coinstore.enums import OrderType, Side, SideCode, TimeInForce
from spotwire.coinstore.models.trade import (
    CancelledByClientId,
    CancelledOrder,
    CancelledOrders,
    Fill,
    OpenOrder,
    OpenOrderV2,
    Order,
    OrderV2,
    PlacedBatchOrder,
    PlacedOrder,
)
from spotwire_core.operation import Charge, Operation, Paging, Param
from spotwire_core.paging import async_pages, pages

if TYPE_CHECKING:
    from spotwire.coinstore.models.trade import NewOrder
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions


OPEN_ORDERS: Operation[list[OpenOrder]] = Operation(
    name="openOrders",
    method="GET",
    path="/api/trade/order/active",
    result=list[OpenOrder],
    params=(Param(name="symbol", wire="symbol"),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
OPEN_ORDERS_V2: Operation[list[OpenOrderV2]] = Operation(
    name="openOrdersV2",
    method="GET",
    path="/api/v2/trade/order/active",
    result=list[OpenOrderV2],
    params=(
        Param(name="symbol", wire="symbol"),
        Param(name="ord_id", wire="ordId", kind="id"),
        Param(name="cl_ord_id", wire="clOrdId"),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
FILLS: Operation[list[Fill]] = Operation(
    name="fills",
    method="GET",
    path="/api/trade/match/accountMatches",
    result=list[Fill],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="ord_id", wire="ordId", kind="id"),
        Param(name="page_num", wire="pageNum", kind="integer", minimum=1),
        Param(name="page_size", wire="pageSize", kind="integer", minimum=1),
        Param(name="side", wire="side", kind="integer", enum=SideCode),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
    paging=Paging(parameter=2, limit=3),
)
CANCEL_ORDER: Operation[CancelledOrder] = Operation(
    name="cancelOrder",
    method="POST",
    path="/api/trade/order/cancel",
    result=CancelledOrder,
    params=(
        Param(name="symbol", wire="symbol", place="json", required=True),
        Param(name="ord_id", wire="ordId", place="json", kind="id", required=True, bare=True),
    ),
    body="json",
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
CANCEL_ORDERS_BY_CLIENT_ID: Operation[CancelledByClientId] = Operation(
    name="cancelOrdersByClientId",
    method="POST",
    path="/api/trade/order/cancelBatchByClOrdId",
    result=CancelledByClientId,
    params=(
        Param(name="symbol", wire="symbol", place="json", required=True),
        Param(
            name="client_order_ids",
            wire="clientOrderIds",
            place="json",
            kind="list",
            required=True,
            items=Param(name="client_order_ids", wire="clientOrderIds", place="json", required=True),
        ),
    ),
    body="json",
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
PLACE_ORDER: Operation[PlacedOrder] = Operation(
    name="placeOrder",
    method="POST",
    path="/api/trade/order/place",
    result=PlacedOrder,
    params=(
        Param(
            name="cl_ord_id",
            wire="clOrdId",
            place="json",
            fill="client-order-id",
            min_length=1,
            max_length=32,
            pattern="^[A-Za-z0-9_-]+$",
        ),
        Param(name="symbol", wire="symbol", place="json", required=True),
        Param(name="side", wire="side", place="json", required=True, enum=Side),
        Param(name="ord_type", wire="ordType", place="json", required=True, enum=OrderType),
        Param(name="time_in_force", wire="timeInForce", place="json", enum=TimeInForce),
        Param(name="ord_price", wire="ordPrice", place="json", kind="decimal"),
        Param(name="ord_qty", wire="ordQty", place="json", kind="decimal"),
        Param(name="ord_amt", wire="ordAmt", place="json", kind="decimal"),
        Param(name="timestamp", wire="timestamp", place="json", kind="integer", bare=True, fill="clock"),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
PLACE_ORDERS: Operation[list[PlacedBatchOrder]] = Operation(
    name="placeOrders",
    method="POST",
    path="/api/trade/order/placeBatch",
    result=list[PlacedBatchOrder],
    params=(
        Param(name="symbol", wire="symbol", place="json", required=True),
        Param(name="timestamp", wire="timestamp", place="json", kind="integer", bare=True, fill="clock"),
        Param(
            name="orders",
            wire="orders",
            place="json",
            kind="list",
            required=True,
            fill="client-order-id",
            items=Param(
                name="orders",
                wire="orders",
                place="json",
                kind="model",
                required=True,
                members=(
                    Param(
                        name="cl_ord_id",
                        wire="clOrdId",
                        place="json",
                        fill="client-order-id",
                        min_length=1,
                        max_length=32,
                        pattern="^[A-Za-z0-9_-]+$",
                    ),
                    Param(name="side", wire="side", place="json", required=True, enum=Side),
                    Param(name="ord_type", wire="ordType", place="json", required=True, enum=OrderType),
                    Param(name="time_in_force", wire="timeInForce", place="json", enum=TimeInForce),
                    Param(name="ord_price", wire="ordPrice", place="json", kind="decimal"),
                    Param(name="ord_qty", wire="ordQty", place="json", kind="decimal"),
                    Param(name="ord_amt", wire="ordAmt", place="json", kind="decimal"),
                ),
            ),
        ),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
CANCEL_ORDERS: Operation[CancelledOrders] = Operation(
    name="cancelOrders",
    method="POST",
    path="/api/trade/order/cancelBatch",
    result=CancelledOrders,
    params=(
        Param(name="symbol", wire="symbol", place="json", required=True),
        Param(
            name="order_ids",
            wire="orderIds",
            place="json",
            kind="list",
            required=True,
            items=Param(name="order_ids", wire="orderIds", place="json", kind="id", required=True, bare=True),
        ),
    ),
    body="json",
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
ORDER: Operation[Order] = Operation(
    name="order",
    method="GET",
    path="/api/trade/order/orderInfo",
    result=Order,
    params=(Param(name="ord_id", wire="ordId", kind="id", required=True),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
ORDER_V2: Operation[OrderV2] = Operation(
    name="orderV2",
    method="GET",
    path="/api/v2/trade/order/orderInfo",
    result=OrderV2,
    params=(
        Param(name="ord_id", wire="ordId", kind="id"),
        Param(name="cl_ord_id", wire="clOrdId"),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)


class TradeApi:
    """The trade operations of Coinstore spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def open_orders(self, *, symbol: str | None = None, options: CallOptions | None = None) -> list[OpenOrder]:
        """Orders that can still be filled.

        Args:
            symbol: Only orders of this symbol.
            options: Timeout and extra headers of this call.

        Signed: GET /api/trade/order/active. Source: Coinstore API documentation, spot, Chinese edition, Orders / Open
        orders (获取当前订单).
        """
        return self._call(OPEN_ORDERS, (symbol,), options)

    def open_orders_v2(
        self,
        *,
        symbol: str | None = None,
        ord_id: str | int | None = None,
        cl_ord_id: str | None = None,
        options: CallOptions | None = None,
    ) -> list[OpenOrderV2]:
        """Orders that can still be filled, second version.

        Args:
            symbol: Only orders of this symbol.
            ord_id: Only the order with this id.
            cl_ord_id: Only the order with this client order id.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v2/trade/order/active. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Open orders v2 (获取当前订单V2).
        """
        return self._call(OPEN_ORDERS_V2, (symbol, ord_id, cl_ord_id), options)

    def fills(
        self,
        symbol: str,
        *,
        ord_id: str | int | None = None,
        page_num: int | None = None,
        page_size: int | None = None,
        side: SideCode | int | None = None,
        options: CallOptions | None = None,
    ) -> list[Fill]:
        """The account's own trades of one symbol.

        Args:
            symbol: Symbol.
            ord_id: Only trades of this order.
            page_num: Page, counted from 1. Default 1, at least 1.
            page_size: Number of trades on a page. Default 20, at least 1.
            side: Only trades of this side.
            options: Timeout and extra headers of this call.

        Signed: GET /api/trade/match/accountMatches. Source: Coinstore API documentation, spot, Chinese edition, Orders
        / User's trades (获取用户最新成交).
        """
        return self._call(FILLS, (symbol, ord_id, page_num, page_size, side), options)

    def iter_fills(
        self,
        symbol: str,
        *,
        ord_id: str | int | None = None,
        page_num: int | None = None,
        page_size: int | None = None,
        side: SideCode | int | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Fill]:
        """Yield what `fills` gives, page after page and each item once, until the venue has no more."""
        return pages(self._call, FILLS, (symbol, ord_id, page_num, page_size, side), options)

    def cancel_order(self, symbol: str, ord_id: str | int, *, options: CallOptions | None = None) -> CancelledOrder:
        """Cancel one order.

        Args:
            symbol: Symbol.
            ord_id: Id of the order.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/cancel. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Cancel order (取消委托单).
        """
        return self._call(CANCEL_ORDER, (symbol, ord_id), options)

    def cancel_orders_by_client_id(
        self, symbol: str, client_order_ids: Sequence[str], *, options: CallOptions | None = None
    ) -> CancelledByClientId:
        """Cancel several orders of one symbol by client order id.

        Args:
            symbol: Symbol.
            client_order_ids: Client order ids of the orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/cancelBatchByClOrdId. Source: Coinstore API documentation, spot, Chinese edition,
        Orders / Cancel by client order ids (通过ClientOrderId批量撤单).
        """
        return self._call(CANCEL_ORDERS_BY_CLIENT_ID, (symbol, client_order_ids), options)

    def place_order(
        self,
        symbol: str,
        side: Side | str,
        ord_type: OrderType | str,
        *,
        cl_ord_id: str | None = None,
        time_in_force: TimeInForce | str | None = None,
        ord_price: Decimal | int | str | None = None,
        ord_qty: Decimal | int | str | None = None,
        ord_amt: Decimal | int | str | None = None,
        options: CallOptions | None = None,
    ) -> PlacedOrder:
        """Place one order.

        A limit order needs ordPrice and ordQty, a market sell ordQty, a market buy ordAmt. Ordinary users may have 50
        open orders at a time, market makers more.

        Args:
            symbol: Symbol.
            side: Side.
            ord_type: Order type.
            cl_ord_id: Client order id, unique for the account; the venue makes one up when it is missing. Length
                and characters are inferred from the ids in the document; one client limits them to 32 characters. At
                most 32 characters, made up when left out.
            time_in_force: Time in force.
            ord_price: Price in quote asset; for limit orders.
            ord_qty: Quantity in base asset; for limit orders and market sells.
            ord_amt: Amount in quote asset; for market buys.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/place. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Orders / Place order (创建订单).
        """
        return self._call(
            PLACE_ORDER, (cl_ord_id, symbol, side, ord_type, time_in_force, ord_price, ord_qty, ord_amt, None), options
        )

    def place_orders(
        self, symbol: str, orders: Sequence[NewOrder], *, options: CallOptions | None = None
    ) -> list[PlacedBatchOrder]:
        """Place several orders of one symbol in one request.

        Rows that were refused carry an error code and text in the answer, beside the rows that were accepted. Ordinary
        users may have 50 open orders at a time, market makers more.

        Args:
            symbol: Symbol of all the orders.
            orders: The orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/placeBatch. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Orders / Place orders in batch (批量下单).
        """
        return self._call(PLACE_ORDERS, (symbol, None, orders), options)

    def cancel_orders(
        self, symbol: str, order_ids: Sequence[str | int], *, options: CallOptions | None = None
    ) -> CancelledOrders:
        """Cancel several orders of one symbol by order id.

        Args:
            symbol: Symbol.
            order_ids: Ids of the orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/cancelBatch. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Cancel orders in batch (根据订单id批量进行撤单).
        """
        return self._call(CANCEL_ORDERS, (symbol, order_ids), options)

    def order(self, ord_id: str | int, *, options: CallOptions | None = None) -> Order:
        """One order, by its id.

        Args:
            ord_id: Id of the order.
            options: Timeout and extra headers of this call.

        Signed: GET /api/trade/order/orderInfo. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Order information (获取订单信息).
        """
        return self._call(ORDER, (ord_id,), options)

    def order_v2(
        self, *, ord_id: str | int | None = None, cl_ord_id: str | None = None, options: CallOptions | None = None
    ) -> OrderV2:
        """One order, by its id or client order id.

        One of the two ids has to be given.

        Args:
            ord_id: Id of the order.
            cl_ord_id: Client order id of the order.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v2/trade/order/orderInfo. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Order information v2 (获取订单信息V2).
        """
        return self._call(ORDER_V2, (ord_id, cl_ord_id), options)


class AsyncTradeApi:
    """The trade operations of Coinstore spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def open_orders(self, *, symbol: str | None = None, options: CallOptions | None = None) -> list[OpenOrder]:
        """Orders that can still be filled.

        Args:
            symbol: Only orders of this symbol.
            options: Timeout and extra headers of this call.

        Signed: GET /api/trade/order/active. Source: Coinstore API documentation, spot, Chinese edition, Orders / Open
        orders (获取当前订单).
        """
        return await self._call(OPEN_ORDERS, (symbol,), options)

    async def open_orders_v2(
        self,
        *,
        symbol: str | None = None,
        ord_id: str | int | None = None,
        cl_ord_id: str | None = None,
        options: CallOptions | None = None,
    ) -> list[OpenOrderV2]:
        """Orders that can still be filled, second version.

        Args:
            symbol: Only orders of this symbol.
            ord_id: Only the order with this id.
            cl_ord_id: Only the order with this client order id.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v2/trade/order/active. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Open orders v2 (获取当前订单V2).
        """
        return await self._call(OPEN_ORDERS_V2, (symbol, ord_id, cl_ord_id), options)

    async def fills(
        self,
        symbol: str,
        *,
        ord_id: str | int | None = None,
        page_num: int | None = None,
        page_size: int | None = None,
        side: SideCode | int | None = None,
        options: CallOptions | None = None,
    ) -> list[Fill]:
        """The account's own trades of one symbol.

        Args:
            symbol: Symbol.
            ord_id: Only trades of this order.
            page_num: Page, counted from 1. Default 1, at least 1.
            page_size: Number of trades on a page. Default 20, at least 1.
            side: Only trades of this side.
            options: Timeout and extra headers of this call.

        Signed: GET /api/trade/match/accountMatches. Source: Coinstore API documentation, spot, Chinese edition, Orders
        / User's trades (获取用户最新成交).
        """
        return await self._call(FILLS, (symbol, ord_id, page_num, page_size, side), options)

    def iter_fills(
        self,
        symbol: str,
        *,
        ord_id: str | int | None = None,
        page_num: int | None = None,
        page_size: int | None = None,
        side: SideCode | int | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Fill]:
        """Yield what `fills` gives, page after page and each item once, until the venue has no more."""
        return async_pages(self._call, FILLS, (symbol, ord_id, page_num, page_size, side), options)

    async def cancel_order(
        self, symbol: str, ord_id: str | int, *, options: CallOptions | None = None
    ) -> CancelledOrder:
        """Cancel one order.

        Args:
            symbol: Symbol.
            ord_id: Id of the order.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/cancel. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Cancel order (取消委托单).
        """
        return await self._call(CANCEL_ORDER, (symbol, ord_id), options)

    async def cancel_orders_by_client_id(
        self, symbol: str, client_order_ids: Sequence[str], *, options: CallOptions | None = None
    ) -> CancelledByClientId:
        """Cancel several orders of one symbol by client order id.

        Args:
            symbol: Symbol.
            client_order_ids: Client order ids of the orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/cancelBatchByClOrdId. Source: Coinstore API documentation, spot, Chinese edition,
        Orders / Cancel by client order ids (通过ClientOrderId批量撤单).
        """
        return await self._call(CANCEL_ORDERS_BY_CLIENT_ID, (symbol, client_order_ids), options)

    async def place_order(
        self,
        symbol: str,
        side: Side | str,
        ord_type: OrderType | str,
        *,
        cl_ord_id: str | None = None,
        time_in_force: TimeInForce | str | None = None,
        ord_price: Decimal | int | str | None = None,
        ord_qty: Decimal | int | str | None = None,
        ord_amt: Decimal | int | str | None = None,
        options: CallOptions | None = None,
    ) -> PlacedOrder:
        """Place one order.

        A limit order needs ordPrice and ordQty, a market sell ordQty, a market buy ordAmt. Ordinary users may have 50
        open orders at a time, market makers more.

        Args:
            symbol: Symbol.
            side: Side.
            ord_type: Order type.
            cl_ord_id: Client order id, unique for the account; the venue makes one up when it is missing. Length
                and characters are inferred from the ids in the document; one client limits them to 32 characters. At
                most 32 characters, made up when left out.
            time_in_force: Time in force.
            ord_price: Price in quote asset; for limit orders.
            ord_qty: Quantity in base asset; for limit orders and market sells.
            ord_amt: Amount in quote asset; for market buys.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/place. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Orders / Place order (创建订单).
        """
        return await self._call(
            PLACE_ORDER, (cl_ord_id, symbol, side, ord_type, time_in_force, ord_price, ord_qty, ord_amt, None), options
        )

    async def place_orders(
        self, symbol: str, orders: Sequence[NewOrder], *, options: CallOptions | None = None
    ) -> list[PlacedBatchOrder]:
        """Place several orders of one symbol in one request.

        Rows that were refused carry an error code and text in the answer, beside the rows that were accepted. Ordinary
        users may have 50 open orders at a time, market makers more.

        Args:
            symbol: Symbol of all the orders.
            orders: The orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/placeBatch. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Orders / Place orders in batch (批量下单).
        """
        return await self._call(PLACE_ORDERS, (symbol, None, orders), options)

    async def cancel_orders(
        self, symbol: str, order_ids: Sequence[str | int], *, options: CallOptions | None = None
    ) -> CancelledOrders:
        """Cancel several orders of one symbol by order id.

        Args:
            symbol: Symbol.
            order_ids: Ids of the orders.
            options: Timeout and extra headers of this call.

        Signed: POST /api/trade/order/cancelBatch. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Cancel orders in batch (根据订单id批量进行撤单).
        """
        return await self._call(CANCEL_ORDERS, (symbol, order_ids), options)

    async def order(self, ord_id: str | int, *, options: CallOptions | None = None) -> Order:
        """One order, by its id.

        Args:
            ord_id: Id of the order.
            options: Timeout and extra headers of this call.

        Signed: GET /api/trade/order/orderInfo. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Order information (获取订单信息).
        """
        return await self._call(ORDER, (ord_id,), options)

    async def order_v2(
        self, *, ord_id: str | int | None = None, cl_ord_id: str | None = None, options: CallOptions | None = None
    ) -> OrderV2:
        """One order, by its id or client order id.

        One of the two ids has to be given.

        Args:
            ord_id: Id of the order.
            cl_ord_id: Client order id of the order.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v2/trade/order/orderInfo. Source: Coinstore API documentation, spot, Chinese edition, Orders /
        Order information v2 (获取订单信息V2).
        """
        return await self._call(ORDER_V2, (ord_id, cl_ord_id), options)
