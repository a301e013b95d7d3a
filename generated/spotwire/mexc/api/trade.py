"""The trade operations of MEXC spot API v3. Generated from `specs/mexc`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.mexc.enums import OrderType, Side
from spotwire.mexc.models.trade import CancelledOrder, Fill, Order, OrderAck
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

TEST_ORDER: Operation[None] = Operation(
    name="testOrder",
    method="POST",
    path="/api/v3/order/test",
    result=None,
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="side", wire="side", required=True, enum=Side),
        Param(name="type", wire="type", required=True, enum=OrderType),
        Param(name="quantity", wire="quantity", kind="decimal"),
        Param(name="quote_order_qty", wire="quoteOrderQty", kind="decimal"),
        Param(name="price", wire="price", kind="decimal"),
        Param(
            name="new_client_order_id",
            wire="newClientOrderId",
            fill="client-order-id",
            min_length=1,
            max_length=32,
            pattern="^[A-Za-z0-9_-]{1,32}$",
        ),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid")),
)
PLACE_ORDER: Operation[OrderAck] = Operation(
    name="placeOrder",
    method="POST",
    path="/api/v3/order",
    result=OrderAck,
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="side", wire="side", required=True, enum=Side),
        Param(name="type", wire="type", required=True, enum=OrderType),
        Param(name="quantity", wire="quantity", kind="decimal"),
        Param(name="quote_order_qty", wire="quoteOrderQty", kind="decimal"),
        Param(name="price", wire="price", kind="decimal"),
        Param(
            name="new_client_order_id",
            wire="newClientOrderId",
            fill="client-order-id",
            min_length=1,
            max_length=32,
            pattern="^[A-Za-z0-9_-]{1,32}$",
        ),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="orders")),
)
CANCEL_ORDER: Operation[CancelledOrder] = Operation(
    name="cancelOrder",
    method="DELETE",
    path="/api/v3/order",
    result=CancelledOrder,
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="order_id", wire="orderId", kind="id", min_length=1),
        Param(name="orig_client_order_id", wire="origClientOrderId", min_length=1),
        Param(name="new_client_order_id", wire="newClientOrderId"),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="orders")),
)
ORDER: Operation[Order] = Operation(
    name="order",
    method="GET",
    path="/api/v3/order",
    result=Order,
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="orig_client_order_id", wire="origClientOrderId", min_length=1),
        Param(name="order_id", wire="orderId", kind="id", min_length=1),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip", weight=2), Charge(bucket="uid")),
)
CANCEL_ALL_ORDERS: Operation[list[CancelledOrder]] = Operation(
    name="cancelAllOrders",
    method="DELETE",
    path="/api/v3/openOrders",
    result=list[CancelledOrder],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="orders")),
)
OPEN_ORDERS: Operation[list[Order]] = Operation(
    name="openOrders",
    method="GET",
    path="/api/v3/openOrders",
    result=list[Order],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip", weight=3), Charge(bucket="uid")),
)
ORDER_HISTORY: Operation[list[Order]] = Operation(
    name="orderHistory",
    method="GET",
    path="/api/v3/allOrders",
    result=list[Order],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="order_id", wire="orderId", kind="id"),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=1000),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip", weight=10), Charge(bucket="uid")),
)
FILLS: Operation[list[Fill]] = Operation(
    name="fills",
    method="GET",
    path="/api/v3/myTrades",
    result=list[Fill],
    params=(
        Param(name="symbol", wire="symbol", required=True, min_length=1),
        Param(name="order_id", wire="orderId", kind="id", min_length=1),
        Param(name="start_time", wire="startTime", kind="integer"),
        Param(name="end_time", wire="endTime", kind="integer"),
        Param(name="from_id", wire="fromId", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=100),
        Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip", weight=10), Charge(bucket="uid")),
)


class TradeApi:
    """The trade operations of MEXC spot API v3."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def test_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        *,
        quantity: Decimal | int | str | None = None,
        quote_order_qty: Decimal | int | str | None = None,
        price: Decimal | int | str | None = None,
        new_client_order_id: str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> None:
        """Check an order without sending it to the matching engine.

        Takes the parameters of placeOrder and places nothing.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            side: Buy or sell.
            type: Order type.
            quantity: Quantity, in the base asset.
            quote_order_qty: Amount to spend on a market buy, in the quote asset.
            price: Limit price, in the quote asset.
            new_client_order_id: Client order id, unique among the account's orders. The venue publishes no bounds; 32
                letters, digits, hyphens and underscores are an inference. At most 32 characters, made up when left out.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v3/order/test. Source: API document, spot v3 (API 文档), Test order (测试下单).
        """
        return self._call(
            TEST_ORDER,
            (symbol, side, type, quantity, quote_order_qty, price, new_client_order_id, recv_window),
            options,
        )

    def place_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        *,
        quantity: Decimal | int | str | None = None,
        quote_order_qty: Decimal | int | str | None = None,
        price: Decimal | int | str | None = None,
        new_client_order_id: str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place an order.

        LIMIT, LIMIT_MAKER, IMMEDIATE_OR_CANCEL and FILL_OR_KILL orders need `quantity` and `price`. A MARKET order
        needs `quantity` or, to buy for a given amount, `quoteOrderQty`. The answer does not repeat the client order id.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            side: Buy or sell.
            type: Order type.
            quantity: Quantity, in the base asset.
            quote_order_qty: Amount to spend on a market buy, in the quote asset.
            price: Limit price, in the quote asset.
            new_client_order_id: Client order id, unique among the account's orders. The venue publishes no bounds; 32
                letters, digits, hyphens and underscores are an inference. At most 32 characters, made up when left out.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v3/order. Never sent twice: raises OutcomeUnknown when it is not certain what happened.
        Source: API document, spot v3 (API 文档), Place order (下单).
        """
        return self._call(
            PLACE_ORDER,
            (symbol, side, type, quantity, quote_order_qty, price, new_client_order_id, recv_window),
            options,
        )

    def cancel_order(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        orig_client_order_id: str | None = None,
        new_client_order_id: str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> CancelledOrder:
        """Cancel an order.

        Give `orderId` or `origClientOrderId`.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            order_id: Order id.
            orig_client_order_id: Client order id given when the order was placed.
            new_client_order_id: A client order id of the user's choice; what the venue does with it here is not explained.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: DELETE /api/v3/order. Source: API document, spot v3 (API 文档), Cancel order (撤销订单).
        """
        return self._call(
            CANCEL_ORDER, (symbol, order_id, orig_client_order_id, new_client_order_id, recv_window), options
        )

    def order(
        self,
        symbol: str,
        *,
        orig_client_order_id: str | None = None,
        order_id: str | int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> Order:
        """Get an order.

        Give `orderId` or `origClientOrderId`. Only orders of the last 7 days are found.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            orig_client_order_id: Client order id given when the order was placed.
            order_id: Order id.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/order. Source: API document, spot v3 (API 文档), Query order (查询订单).
        """
        return self._call(ORDER, (symbol, orig_client_order_id, order_id, recv_window), options)

    def cancel_all_orders(
        self, symbol: str, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> list[CancelledOrder]:
        """Cancel every open order of a symbol.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: DELETE /api/v3/openOrders. Source: API document, spot v3 (API 文档), Cancel all orders of a symbol
        (撤销单一交易对所有订单).
        """
        return self._call(CANCEL_ALL_ORDERS, (symbol, recv_window), options)

    def open_orders(
        self, symbol: str, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> list[Order]:
        """Get the open orders of a symbol.

        At most 1000 orders are returned.

        Args:
            symbol: The symbol; up to 5 symbols separated by commas according to later editions.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/openOrders. Source: API document, spot v3 (API 文档), Open orders (当前挂单).
        """
        return self._call(OPEN_ORDERS, (symbol, recv_window), options)

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
        """Get the orders of a symbol, open, filled and cancelled.

        Without a window the last 24 hours are searched; a window may span 7 days at most.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            order_id: Order id. Removed by the venue.
            start_time: Start of the window, in milliseconds.
            end_time: End of the window, in milliseconds.
            limit: Number of rows. Default 500, from 1 to 1000.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/allOrders. Source: API document, spot v3 (API 文档), All orders (查询所有订单).
        """
        return self._call(ORDER_HISTORY, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    def fills(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        from_id: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Fill]:
        """Get the account's own trades of a symbol.

        Only trades of the last month are found.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            order_id: Order id.
            start_time: Start of the window, in milliseconds.
            end_time: End of the window, in milliseconds.
            from_id: Trade id to start from. Removed by the venue.
            limit: Number of trades. Default 100, from 1 to 100.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/myTrades. Source: API document, spot v3 (API 文档), Account trade history (账户成交历史).
        """
        return self._call(FILLS, (symbol, order_id, start_time, end_time, from_id, limit, recv_window), options)


class AsyncTradeApi:
    """The trade operations of MEXC spot API v3, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def test_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        *,
        quantity: Decimal | int | str | None = None,
        quote_order_qty: Decimal | int | str | None = None,
        price: Decimal | int | str | None = None,
        new_client_order_id: str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> None:
        """Check an order without sending it to the matching engine.

        Takes the parameters of placeOrder and places nothing.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            side: Buy or sell.
            type: Order type.
            quantity: Quantity, in the base asset.
            quote_order_qty: Amount to spend on a market buy, in the quote asset.
            price: Limit price, in the quote asset.
            new_client_order_id: Client order id, unique among the account's orders. The venue publishes no bounds; 32
                letters, digits, hyphens and underscores are an inference. At most 32 characters, made up when left out.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v3/order/test. Source: API document, spot v3 (API 文档), Test order (测试下单).
        """
        return await self._call(
            TEST_ORDER,
            (symbol, side, type, quantity, quote_order_qty, price, new_client_order_id, recv_window),
            options,
        )

    async def place_order(
        self,
        symbol: str,
        side: Side | str,
        type: OrderType | str,
        *,
        quantity: Decimal | int | str | None = None,
        quote_order_qty: Decimal | int | str | None = None,
        price: Decimal | int | str | None = None,
        new_client_order_id: str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place an order.

        LIMIT, LIMIT_MAKER, IMMEDIATE_OR_CANCEL and FILL_OR_KILL orders need `quantity` and `price`. A MARKET order
        needs `quantity` or, to buy for a given amount, `quoteOrderQty`. The answer does not repeat the client order id.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            side: Buy or sell.
            type: Order type.
            quantity: Quantity, in the base asset.
            quote_order_qty: Amount to spend on a market buy, in the quote asset.
            price: Limit price, in the quote asset.
            new_client_order_id: Client order id, unique among the account's orders. The venue publishes no bounds; 32
                letters, digits, hyphens and underscores are an inference. At most 32 characters, made up when left out.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v3/order. Never sent twice: raises OutcomeUnknown when it is not certain what happened.
        Source: API document, spot v3 (API 文档), Place order (下单).
        """
        return await self._call(
            PLACE_ORDER,
            (symbol, side, type, quantity, quote_order_qty, price, new_client_order_id, recv_window),
            options,
        )

    async def cancel_order(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        orig_client_order_id: str | None = None,
        new_client_order_id: str | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> CancelledOrder:
        """Cancel an order.

        Give `orderId` or `origClientOrderId`.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            order_id: Order id.
            orig_client_order_id: Client order id given when the order was placed.
            new_client_order_id: A client order id of the user's choice; what the venue does with it here is not explained.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: DELETE /api/v3/order. Source: API document, spot v3 (API 文档), Cancel order (撤销订单).
        """
        return await self._call(
            CANCEL_ORDER, (symbol, order_id, orig_client_order_id, new_client_order_id, recv_window), options
        )

    async def order(
        self,
        symbol: str,
        *,
        orig_client_order_id: str | None = None,
        order_id: str | int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> Order:
        """Get an order.

        Give `orderId` or `origClientOrderId`. Only orders of the last 7 days are found.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            orig_client_order_id: Client order id given when the order was placed.
            order_id: Order id.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/order. Source: API document, spot v3 (API 文档), Query order (查询订单).
        """
        return await self._call(ORDER, (symbol, orig_client_order_id, order_id, recv_window), options)

    async def cancel_all_orders(
        self, symbol: str, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> list[CancelledOrder]:
        """Cancel every open order of a symbol.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: DELETE /api/v3/openOrders. Source: API document, spot v3 (API 文档), Cancel all orders of a symbol
        (撤销单一交易对所有订单).
        """
        return await self._call(CANCEL_ALL_ORDERS, (symbol, recv_window), options)

    async def open_orders(
        self, symbol: str, *, recv_window: int | None = None, options: CallOptions | None = None
    ) -> list[Order]:
        """Get the open orders of a symbol.

        At most 1000 orders are returned.

        Args:
            symbol: The symbol; up to 5 symbols separated by commas according to later editions.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/openOrders. Source: API document, spot v3 (API 文档), Open orders (当前挂单).
        """
        return await self._call(OPEN_ORDERS, (symbol, recv_window), options)

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
        """Get the orders of a symbol, open, filled and cancelled.

        Without a window the last 24 hours are searched; a window may span 7 days at most.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            order_id: Order id. Removed by the venue.
            start_time: Start of the window, in milliseconds.
            end_time: End of the window, in milliseconds.
            limit: Number of rows. Default 500, from 1 to 1000.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/allOrders. Source: API document, spot v3 (API 文档), All orders (查询所有订单).
        """
        return await self._call(ORDER_HISTORY, (symbol, order_id, start_time, end_time, limit, recv_window), options)

    async def fills(
        self,
        symbol: str,
        *,
        order_id: str | int | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        from_id: int | None = None,
        limit: int | None = None,
        recv_window: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Fill]:
        """Get the account's own trades of a symbol.

        Only trades of the last month are found.

        Args:
            symbol: Symbol, base and quote asset without a separator.
            order_id: Order id.
            start_time: Start of the window, in milliseconds.
            end_time: End of the window, in milliseconds.
            from_id: Trade id to start from. Removed by the venue.
            limit: Number of trades. Default 100, from 1 to 100.
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/myTrades. Source: API document, spot v3 (API 文档), Account trade history (账户成交历史).
        """
        return await self._call(FILLS, (symbol, order_id, start_time, end_time, from_id, limit, recv_window), options)
