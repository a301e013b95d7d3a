"""The trade operations of JEX spot. Generated from `specs/jex`; do not edit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.jex.enums import OrderResponseType, OrderType, Side
from spotwire.jex.models.trade import CanceledOrder, Order, OrderAck
from spotwire_core.operation import Charge, Operation, Paging, Param
from spotwire_core.paging import async_pages, pages

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

PLACE_ORDER: Operation[OrderAck] = Operation(
    name="placeOrder",
    method="POST",
    path="/api/v1/spot/order",
    result=OrderAck,
    params=(
        Param(name="symbol", wire="symbol", place="form", required=True),
        Param(name="side", wire="side", place="form", required=True, enum=Side),
        Param(name="type", wire="type", place="form", required=True, enum=OrderType),
        Param(name="quantity", wire="quantity", place="form", kind="decimal", required=True),
        Param(name="price", wire="price", place="form", kind="decimal", required=True),
        Param(name="new_order_resp_type", wire="newOrderRespType", place="form", enum=OrderResponseType),
        Param(name="recv_window", wire="recvWindow", place="form", kind="integer", minimum=1, maximum=60000),
    ),
    body="form",
    security="signed",
    safety="unsafe",
    charges=(
        Charge(bucket="weight"),
        Charge(bucket="raw-requests"),
        Charge(bucket="orders-second"),
        Charge(bucket="orders-day"),
    ),
)
ORDER: Operation[Order] = Operation(
    name="order",
    method="GET",
    path="/api/v1/spot/order",
    result=Order,
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="order_id", wire="orderId", kind="id", required=True),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
CANCEL_ORDER: Operation[CanceledOrder] = Operation(
    name="cancelOrder",
    method="DELETE",
    path="/api/v1/spot/order",
    result=CanceledOrder,
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="order_id", wire="orderId", kind="id", required=True),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="idempotent",
    charges=(
        Charge(bucket="weight"),
        Charge(bucket="raw-requests"),
        Charge(bucket="orders-second"),
        Charge(bucket="orders-day"),
    ),
)
TEST_ORDER: Operation[None] = Operation(
    name="testOrder",
    method="POST",
    path="/api/v1/spot/order/test",
    result=None,
    params=(
        Param(name="symbol", wire="symbol", place="form", required=True),
        Param(name="side", wire="side", place="form", required=True, enum=Side),
        Param(name="type", wire="type", place="form", required=True, enum=OrderType),
        Param(name="quantity", wire="quantity", place="form", kind="decimal", required=True),
        Param(name="price", wire="price", place="form", kind="decimal", required=True),
        Param(name="new_order_resp_type", wire="newOrderRespType", place="form", enum=OrderResponseType),
        Param(name="recv_window", wire="recvWindow", place="form", kind="integer", minimum=1, maximum=60000),
    ),
    body="form",
    security="signed",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)
OPEN_ORDERS: Operation[list[Order]] = Operation(
    name="openOrders",
    method="GET",
    path="/api/v1/spot/openOrders",
    result=list[Order],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="order_id", wire="orderId", kind="id"),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=500),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="weight", weight=5), Charge(bucket="raw-requests")),
    paging=Paging(parameter=1, limit=4, item="order_id", start=0),
)
ORDER_HISTORY: Operation[list[Order]] = Operation(
    name="orderHistory",
    method="GET",
    path="/api/v1/spot/historyOrders",
    result=list[Order],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="order_id", wire="orderId", kind="id"),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=500),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="weight", weight=5), Charge(bucket="raw-requests")),
    paging=Paging(parameter=1, limit=4, item="order_id", start=0),
)


class TradeApi:
    """The trade operations of JEX spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def place_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        quantity: Decimal | int | str,
        price: Decimal | int | str,
        *,
        new_order_resp_type: OrderResponseType | str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place one limit order.

        With newOrderRespType ACK the answer comes fastest and has symbol, orderId and transactTime; with RESULT it
        waits for the order to be matched and has the other fields too. There is no client order id: after an unknown
        outcome look for the order in openOrders and historyOrders.

        Args:
            symbol: Spot symbol in capitals.
            side: Buy or sell.
            type: Type of the order, LIMIT.
            quantity: Quantity, in the base asset.
            price: Limit price, in the quote asset.
            new_order_resp_type: How much the answer tells.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/spot/order. Never sent twice: raises OutcomeUnknown when it is not certain what happened.
        Source: spot api (行情接口, 交易接口), Place spot order (币币下单).
        """
        return self._call(PLACE_ORDER, (symbol, side, type, quantity, price, new_order_resp_type, recv_window), options)

    def order(
        self, symbol: str, order_id: str | int, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> Order:
        """One order, by its id.

        Finds filled orders too.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Order id.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/spot/order. Source: spot api (行情接口, 交易接口), Query spot order (币币查询订单).
        """
        return self._call(ORDER, (symbol, order_id, recv_window), options)

    def cancel_order(
        self, symbol: str, order_id: str | int, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> CanceledOrder:
        """Cancel one order.

        The answer shows how much of the order had been filled.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Order id.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: DELETE /api/v1/spot/order. Source: spot api (行情接口, 交易接口), Cancel spot order (币币撤销订单).
        """
        return self._call(CANCEL_ORDER, (symbol, order_id, recv_window), options)

    def test_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        quantity: Decimal | int | str,
        price: Decimal | int | str,
        *,
        new_order_resp_type: OrderResponseType | str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> None:
        """Validate an order without sending it to the matching engine.

        Takes what placeOrder takes. The answer is an empty object.

        Args:
            symbol: Spot symbol in capitals.
            side: Buy or sell.
            type: Type of the order, LIMIT.
            quantity: Quantity, in the base asset.
            price: Limit price, in the quote asset.
            new_order_resp_type: How much the answer tells.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/spot/order/test. Source: spot api (行情接口, 交易接口), Test spot order (币币测试下单接口).
        """
        return self._call(TEST_ORDER, (symbol, side, type, quantity, price, new_order_resp_type, recv_window), options)

    def open_orders(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Order]:
        """Open orders of one symbol.

        Without orderId the newest orders come; with it those that follow that order. To list all of them from the
        oldest on, begin with a small orderId.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Only orders after this order id.
            start_time: Earliest time of an order, in epoch milliseconds.
            end_time: Latest time of an order, in epoch milliseconds.
            limit: Number of orders. Default 500, from 1 to 500.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/spot/openOrders. Source: spot api (行情接口, 交易接口), Open spot orders (查看账户当前币币挂单).
        """
        return self._call(OPEN_ORDERS, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    def iter_open_orders(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Order]:
        """Yield what `open_orders` gives, page after page and each item once, until the venue has no more."""
        return pages(self._call, OPEN_ORDERS, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    def order_history(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Order]:
        """Orders of the past of one symbol.

        Without orderId the newest orders come; with it those that follow that order. To list all of them from the
        oldest on, begin with a small orderId.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Only orders after this order id.
            start_time: Earliest time of an order, in epoch milliseconds.
            end_time: Latest time of an order, in epoch milliseconds.
            limit: Number of orders. Default 500, from 1 to 500.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/spot/historyOrders. Source: spot api (行情接口, 交易接口), Spot order history (账户币币历史委托).
        """
        return self._call(ORDER_HISTORY, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    def iter_order_history(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Order]:
        """Yield what `order_history` gives, page after page and each item once, until the venue has no more."""
        return pages(self._call, ORDER_HISTORY, (symbol, order_id, start_time, end_time, limit, recv_window), options)


class AsyncTradeApi:
    """The trade operations of JEX spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def place_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        quantity: Decimal | int | str,
        price: Decimal | int | str,
        *,
        new_order_resp_type: OrderResponseType | str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place one limit order.

        With newOrderRespType ACK the answer comes fastest and has symbol, orderId and transactTime; with RESULT it
        waits for the order to be matched and has the other fields too. There is no client order id: after an unknown
        outcome look for the order in openOrders and historyOrders.

        Args:
            symbol: Spot symbol in capitals.
            side: Buy or sell.
            type: Type of the order, LIMIT.
            quantity: Quantity, in the base asset.
            price: Limit price, in the quote asset.
            new_order_resp_type: How much the answer tells.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/spot/order. Never sent twice: raises OutcomeUnknown when it is not certain what happened.
        Source: spot api (行情接口, 交易接口), Place spot order (币币下单).
        """
        return await self._call(
            PLACE_ORDER, (symbol, side, type, quantity, price, new_order_resp_type, recv_window), options
        )

    async def order(
        self, symbol: str, order_id: str | int, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> Order:
        """One order, by its id.

        Finds filled orders too.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Order id.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/spot/order. Source: spot api (行情接口, 交易接口), Query spot order (币币查询订单).
        """
        return await self._call(ORDER, (symbol, order_id, recv_window), options)

    async def cancel_order(
        self, symbol: str, order_id: str | int, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> CanceledOrder:
        """Cancel one order.

        The answer shows how much of the order had been filled.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Order id.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: DELETE /api/v1/spot/order. Source: spot api (行情接口, 交易接口), Cancel spot order (币币撤销订单).
        """
        return await self._call(CANCEL_ORDER, (symbol, order_id, recv_window), options)

    async def test_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        quantity: Decimal | int | str,
        price: Decimal | int | str,
        *,
        new_order_resp_type: OrderResponseType | str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> None:
        """Validate an order without sending it to the matching engine.

        Takes what placeOrder takes. The answer is an empty object.

        Args:
            symbol: Spot symbol in capitals.
            side: Buy or sell.
            type: Type of the order, LIMIT.
            quantity: Quantity, in the base asset.
            price: Limit price, in the quote asset.
            new_order_resp_type: How much the answer tells.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/spot/order/test. Source: spot api (行情接口, 交易接口), Test spot order (币币测试下单接口).
        """
        return await self._call(
            TEST_ORDER, (symbol, side, type, quantity, price, new_order_resp_type, recv_window), options
        )

    async def open_orders(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Order]:
        """Open orders of one symbol.

        Without orderId the newest orders come; with it those that follow that order. To list all of them from the
        oldest on, begin with a small orderId.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Only orders after this order id.
            start_time: Earliest time of an order, in epoch milliseconds.
            end_time: Latest time of an order, in epoch milliseconds.
            limit: Number of orders. Default 500, from 1 to 500.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/spot/openOrders. Source: spot api (行情接口, 交易接口), Open spot orders (查看账户当前币币挂单).
        """
        return await self._call(OPEN_ORDERS, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    def iter_open_orders(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Order]:
        """Yield what `open_orders` gives, page after page and each item once, until the venue has no more."""
        return async_pages(
            self._call, OPEN_ORDERS, (symbol, order_id, start_time, end_time, limit, recv_window), options
        )

    async def order_history(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Order]:
        """Orders of the past of one symbol.

        Without orderId the newest orders come; with it those that follow that order. To list all of them from the
        oldest on, begin with a small orderId.

        Args:
            symbol: Spot symbol in capitals.
            order_id: Only orders after this order id.
            start_time: Earliest time of an order, in epoch milliseconds.
            end_time: Latest time of an order, in epoch milliseconds.
            limit: Number of orders. Default 500, from 1 to 500.
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/spot/historyOrders. Source: spot api (行情接口, 交易接口), Spot order history (账户币币历史委托).
        """
        return await self._call(ORDER_HISTORY, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    def iter_order_history(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Order]:
        """Yield what `order_history` gives, page after page and each item once, until the venue has no more."""
        return async_pages(
            self._call, ORDER_HISTORY, (symbol, order_id, start_time, end_time, limit, recv_window), options
        )
