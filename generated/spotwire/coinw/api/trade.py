"""The trade operations of CoinW spot REST API. Generated from `specs/coinw`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.coinw.enums import Side
from spotwire.coinw.models.trade import CancelAck, FillPage, HistoricalOrder, OpenOrder, Order, OrderAck, OrderState
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

PLACE_ORDER: Operation[OrderAck] = Operation(
    name="placeOrder",
    method="POST",
    path="/api/v1/private",
    constant_query="command=doTrade",
    result=OrderAck,
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="type", wire="type", required=True, enum=Side),
        Param(name="amount", wire="amount", kind="decimal"),
        Param(name="rate", wire="rate", kind="decimal"),
        Param(name="funds", wire="funds", kind="decimal"),
        Param(name="is_market", wire="isMarket", kind="boolean", required=True),
        Param(
            name="out_trade_no", wire="out_trade_no", fill="client-order-id", max_length=50, pattern="^[A-Za-z0-9_-]+$"
        ),
    ),
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="placeOrder")),
)
CANCEL_ORDER: Operation[CancelAck] = Operation(
    name="cancelOrder",
    method="POST",
    path="/api/v1/private",
    constant_query="command=cancelOrder",
    result=CancelAck,
    params=(Param(name="order_number", wire="orderNumber", kind="id", required=True),),
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="cancelOrder")),
)
CANCEL_ALL_ORDERS: Operation[None] = Operation(
    name="cancelAllOrders",
    method="POST",
    path="/api/v1/private",
    constant_query="command=cancelAllOrder",
    result=None,
    params=(Param(name="currency_pair", wire="currencyPair"),),
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="cancelAllOrders")),
)
OPEN_ORDERS: Operation[list[OpenOrder]] = Operation(
    name="openOrders",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnOpenOrders",
    result=list[OpenOrder],
    params=(
        Param(name="currency_pair", wire="currencyPair", required=True),
        Param(name="start_at", wire="startAt", kind="integer"),
        Param(name="end_at", wire="endAt", kind="integer"),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="openOrders")),
)
ORDER: Operation[Order] = Operation(
    name="order",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnOrderTrades",
    result=Order,
    params=(Param(name="order_number", wire="orderNumber", kind="id", required=True),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="order")),
)
ORDER_STATUS: Operation[OrderState] = Operation(
    name="orderStatus",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnOrderStatus",
    result=OrderState,
    params=(Param(name="order_number", wire="orderNumber", kind="id", required=True),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="orderStatus")),
)
ORDER_HISTORY: Operation[list[HistoricalOrder]] = Operation(
    name="orderHistory",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnUTradeHistory",
    result=list[HistoricalOrder],
    params=(
        Param(name="currency_pair", wire="currencyPair", required=True),
        Param(name="start_at", wire="startAt", kind="integer"),
        Param(name="end_at", wire="endAt", kind="integer"),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="orderHistory")),
)
FILLS: Operation[FillPage] = Operation(
    name="fills",
    method="POST",
    path="/api/v1/private",
    constant_query="command=getUserTrades",
    result=FillPage,
    params=(
        Param(name="symbol", wire="symbol"),
        Param(name="start_at", wire="startAt", kind="integer"),
        Param(name="end_at", wire="endAt", kind="integer"),
        Param(name="limit", wire="limit", kind="integer", minimum=1, maximum=100),
        Param(name="before", wire="before"),
        Param(name="after", wire="after"),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="fills")),
)


class TradeApi:
    """The trade operations of CoinW spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def place_order(
        self,
        symbol: str,
        type: Side | str,
        is_market: bool,
        *,
        amount: Decimal | int | str | None = None,
        rate: Decimal | int | str | None = None,
        funds: Decimal | int | str | None = None,
        out_trade_no: str | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place a limit or market order.

        A limit order (`isMarket` false) needs `amount` and `rate`. A market buy needs `funds`, the amount to spend in
        the quote currency; a market sell needs `amount`. Market orders have no `rate`. The answer carries the order id
        only.

        Args:
            symbol: Symbol.
            type: Side of the order.
            is_market: True for a market order, false for a limit order.
            amount: Quantity in the base asset, for limit orders and market sells.
            rate: Price in the quote asset, for limit orders.
            funds: Amount to spend in the quote asset, for market buys.
            out_trade_no: Client order id, unique for each order; Latin letters, digits, hyphens and underscores. At
                most 50 characters, made up when left out.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=doTrade. Never sent twice: raises OutcomeUnknown when it is not certain
        what happened. Source: CoinW API documentation, spot REST pages (the document), as copied in the public
        repository yuhsien0411/COINWAPI, spot/spot.md, Place order (下单).
        """
        return self._call(PLACE_ORDER, (symbol, type, amount, rate, funds, is_market, out_trade_no), options)

    def cancel_order(self, order_number: str | int, *, options: CallOptions | None = None) -> CancelAck:
        """Cancel one open order.

        Takes one order id a request. The answer repeats the venue's order id under a misleading name.

        Args:
            order_number: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=cancelOrder. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Cancel order (取消订单).
        """
        return self._call(CANCEL_ORDER, (order_number,), options)

    def cancel_all_orders(self, *, currency_pair: str | None = None, options: CallOptions | None = None) -> None:
        """Cancel every open order, of one symbol where it is named.

        Without `currencyPair` the orders of all symbols are presumably cancelled. The answer says nothing.

        Args:
            currency_pair: Symbol.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=cancelAllOrder. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Cancel all orders (取消所有订单).
        """
        return self._call(CANCEL_ALL_ORDERS, (currency_pair,), options)

    def open_orders(
        self,
        currency_pair: str,
        *,
        start_at: int | None = None,
        end_at: int | None = None,
        options: CallOptions | None = None,
    ) -> list[OpenOrder]:
        """List the open orders of one symbol.

        There is no way to ask for all pairs at once. The window of time is evidently not applied: filter the answer by
        `date`.

        Args:
            currency_pair: Symbol.
            start_at: Start of the window, epoch milliseconds.
            end_at: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnOpenOrders. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Open orders (获取挂单数据).
        """
        return self._call(OPEN_ORDERS, (currency_pair, start_at, end_at), options)

    def order(self, order_number: str | int, *, options: CallOptions | None = None) -> Order:
        """Get one order by its id.

        Takes one order id a request. `amount` and `total` are evidently what remains to be filled.

        Args:
            order_number: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnOrderTrades. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Order details (获取订单详请).
        """
        return self._call(ORDER, (order_number,), options)

    def order_status(self, order_number: str | int, *, options: CallOptions | None = None) -> OrderState:
        """Get the state of one order.

        Takes one order id a request. The answer has neither the filled quantity nor the order id.

        Args:
            order_number: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnOrderStatus. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Order status (获取订单状态).
        """
        return self._call(ORDER_STATUS, (order_number,), options)

    def order_history(
        self,
        currency_pair: str,
        *,
        start_at: int | None = None,
        end_at: int | None = None,
        options: CallOptions | None = None,
    ) -> list[HistoricalOrder]:
        """List past orders of one symbol.

        The document calls them trades; they are orders. The window of time may not work, as the document admits: filter
        the answer by `date`.

        Args:
            currency_pair: Symbol.
            start_at: Start of the window, epoch milliseconds.
            end_at: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnUTradeHistory. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Trade records (获取成交记录).
        """
        return self._call(ORDER_HISTORY, (currency_pair, start_at, end_at), options)

    def fills(
        self,
        *,
        symbol: str | None = None,
        start_at: int | None = None,
        end_at: int | None = None,
        limit: int | None = None,
        before: str | None = None,
        after: str | None = None,
        options: CallOptions | None = None,
    ) -> FillPage:
        """List the account's own trades.

        Of all symbols, or of one. The rows do not say which pair they belong to. Paging goes by `before` and `after`,
        values that an answer is said to carry; no printed answer shows them. Market orders are reported as limit
        orders. Orders without a trade do not appear.

        Args:
            symbol: Symbol; all pairs when omitted.
            start_at: Start of the window, epoch milliseconds.
            end_at: End of the window, epoch milliseconds.
            limit: Number of rows, at most 100; without it 20, according to the documentation of 2021. From 1
                to 100.
            before: Paging value of the previous page.
            after: Paging value of the next page.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=getUserTrades. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Historical orders (获取历史订单).
        """
        return self._call(FILLS, (symbol, start_at, end_at, limit, before, after), options)


class AsyncTradeApi:
    """The trade operations of CoinW spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def place_order(
        self,
        symbol: str,
        type: Side | str,
        is_market: bool,
        *,
        amount: Decimal | int | str | None = None,
        rate: Decimal | int | str | None = None,
        funds: Decimal | int | str | None = None,
        out_trade_no: str | None = None,
        options: CallOptions | None = None,
    ) -> OrderAck:
        """Place a limit or market order.

        A limit order (`isMarket` false) needs `amount` and `rate`. A market buy needs `funds`, the amount to spend in
        the quote currency; a market sell needs `amount`. Market orders have no `rate`. The answer carries the order id
        only.

        Args:
            symbol: Symbol.
            type: Side of the order.
            is_market: True for a market order, false for a limit order.
            amount: Quantity in the base asset, for limit orders and market sells.
            rate: Price in the quote asset, for limit orders.
            funds: Amount to spend in the quote asset, for market buys.
            out_trade_no: Client order id, unique for each order; Latin letters, digits, hyphens and underscores. At
                most 50 characters, made up when left out.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=doTrade. Never sent twice: raises OutcomeUnknown when it is not certain
        what happened. Source: CoinW API documentation, spot REST pages (the document), as copied in the public
        repository yuhsien0411/COINWAPI, spot/spot.md, Place order (下单).
        """
        return await self._call(PLACE_ORDER, (symbol, type, amount, rate, funds, is_market, out_trade_no), options)

    async def cancel_order(self, order_number: str | int, *, options: CallOptions | None = None) -> CancelAck:
        """Cancel one open order.

        Takes one order id a request. The answer repeats the venue's order id under a misleading name.

        Args:
            order_number: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=cancelOrder. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Cancel order (取消订单).
        """
        return await self._call(CANCEL_ORDER, (order_number,), options)

    async def cancel_all_orders(self, *, currency_pair: str | None = None, options: CallOptions | None = None) -> None:
        """Cancel every open order, of one symbol where it is named.

        Without `currencyPair` the orders of all symbols are presumably cancelled. The answer says nothing.

        Args:
            currency_pair: Symbol.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=cancelAllOrder. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Cancel all orders (取消所有订单).
        """
        return await self._call(CANCEL_ALL_ORDERS, (currency_pair,), options)

    async def open_orders(
        self,
        currency_pair: str,
        *,
        start_at: int | None = None,
        end_at: int | None = None,
        options: CallOptions | None = None,
    ) -> list[OpenOrder]:
        """List the open orders of one symbol.

        There is no way to ask for all pairs at once. The window of time is evidently not applied: filter the answer by
        `date`.

        Args:
            currency_pair: Symbol.
            start_at: Start of the window, epoch milliseconds.
            end_at: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnOpenOrders. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Open orders (获取挂单数据).
        """
        return await self._call(OPEN_ORDERS, (currency_pair, start_at, end_at), options)

    async def order(self, order_number: str | int, *, options: CallOptions | None = None) -> Order:
        """Get one order by its id.

        Takes one order id a request. `amount` and `total` are evidently what remains to be filled.

        Args:
            order_number: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnOrderTrades. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Order details (获取订单详请).
        """
        return await self._call(ORDER, (order_number,), options)

    async def order_status(self, order_number: str | int, *, options: CallOptions | None = None) -> OrderState:
        """Get the state of one order.

        Takes one order id a request. The answer has neither the filled quantity nor the order id.

        Args:
            order_number: Order id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnOrderStatus. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Order status (获取订单状态).
        """
        return await self._call(ORDER_STATUS, (order_number,), options)

    async def order_history(
        self,
        currency_pair: str,
        *,
        start_at: int | None = None,
        end_at: int | None = None,
        options: CallOptions | None = None,
    ) -> list[HistoricalOrder]:
        """List past orders of one symbol.

        The document calls them trades; they are orders. The window of time may not work, as the document admits: filter
        the answer by `date`.

        Args:
            currency_pair: Symbol.
            start_at: Start of the window, epoch milliseconds.
            end_at: End of the window, epoch milliseconds.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnUTradeHistory. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Trade records (获取成交记录).
        """
        return await self._call(ORDER_HISTORY, (currency_pair, start_at, end_at), options)

    async def fills(
        self,
        *,
        symbol: str | None = None,
        start_at: int | None = None,
        end_at: int | None = None,
        limit: int | None = None,
        before: str | None = None,
        after: str | None = None,
        options: CallOptions | None = None,
    ) -> FillPage:
        """List the account's own trades.

        Of all symbols, or of one. The rows do not say which pair they belong to. Paging goes by `before` and `after`,
        values that an answer is said to carry; no printed answer shows them. Market orders are reported as limit
        orders. Orders without a trade do not appear.

        Args:
            symbol: Symbol; all pairs when omitted.
            start_at: Start of the window, epoch milliseconds.
            end_at: End of the window, epoch milliseconds.
            limit: Number of rows, at most 100; without it 20, according to the documentation of 2021. From 1
                to 100.
            before: Paging value of the previous page.
            after: Paging value of the next page.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=getUserTrades. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Historical orders (获取历史订单).
        """
        return await self._call(FILLS, (symbol, start_at, end_at, limit, before, after), options)
