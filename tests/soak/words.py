"""How to trade at one venue in its own words. A method returns its value at a synchronous client and an awaitable at the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from spotwire_core.config import CallOptions
from spotwire_core.types import Id


@dataclass(frozen=True)
class Terms:
    """What an order asks for; no other order of the run has its price. `name` is the client order id."""

    name: str
    price: Decimal
    quantity: Decimal


Read = Callable[[Any, CallOptions], Any]
OfOrder = Callable[[Any, str, CallOptions], Any]


JUMPS = (-600_000, -30_000, -6_000, -2_500, 2_500, 6_000, 30_000, 600_000)
"""Milliseconds."""


@dataclass(frozen=True)
class Words:
    """The calls of one venue. `terms` are the arguments of place_order, `order_id` is what acks and records call the id.

    `drifting` are members of its answers that the weather bends, `jumps` are those of its clock. `factor` is how much more than
    documented its limits let through, so that the run takes a minute and the limits are still what holds it up; `pace` is how many
    seconds a worker waits between two calls.
    """

    client: str
    symbol: str
    order_id: str
    terms: Callable[[Terms], Mapping[str, Any]]
    look_up: OfOrder
    cancel: OfOrder
    open_orders: Read
    balances: Read
    market: tuple[Read, ...]
    drifting: tuple[str, ...]
    factor: int
    jumps: tuple[int, ...] = JUMPS
    pace: float = 0.0

    def place(self, client: Any, terms: Terms, options: CallOptions) -> Any:
        """Place a limit order."""
        return client.trade.place_order(**self.terms(terms), options=options)


def _bitunix_ref(order: str) -> Any:
    from spotwire.bitunix import OrderRef

    return OrderRef(order_id=Id(order), symbol="BTCUSDT")


WORDS = {
    "coinw": Words(
        client="Coinw",
        symbol="BTC_USDT",
        order_id="order_number",
        terms=lambda t: {
            "symbol": "BTC_USDT",
            "type": "0",
            "is_market": False,
            "amount": t.quantity,
            "rate": t.price,
            "out_trade_no": t.name,
        },
        look_up=lambda c, order, o: c.trade.order(order, options=o),
        cancel=lambda c, order, o: c.trade.cancel_order(order, options=o),
        open_orders=lambda c, o: c.trade.open_orders("BTC_USDT", options=o),
        balances=lambda c, o: c.account.complete_balances(options=o),
        market=(
            lambda c, o: c.market.order_book("BTC_USDT", options=o),
            lambda c, o: c.market.symbols(options=o),
            lambda c, o: c.market.tickers(options=o),
        ),
        drifting=("orderNumber", "code", "data", "status", "prize", "date", "free"),
        factor=12,
        # It tells lost orders by their time and never refuses one for its clock: a real jump between sending and looking hides them.
        jumps=(-500, 500),
    ),
    "bitunix": Words(
        client="Bitunix",
        symbol="BTCUSDT",
        order_id="order_id",
        terms=lambda t: {
            "symbol": "BTCUSDT",
            "side": "2",
            "type": "1",
            "volume": t.quantity,
            "price": t.price,
            "client_id": t.name,
        },
        look_up=lambda c, order, o: c.trade.order(order, options=o),
        cancel=lambda c, order, o: c.trade.cancel_orders([_bitunix_ref(order)], options=o),
        open_orders=lambda c, o: c.trade.open_orders("BTCUSDT", options=o),
        balances=lambda c, o: c.account.balances(options=o),
        market=(
            lambda c, o: c.market.order_book("BTCUSDT", options=o),
            lambda c, o: c.market.price("BTCUSDT", options=o),
            lambda c, o: c.market.symbols(options=o),
        ),
        drifting=("orderId", "code", "data", "status", "price", "clientId"),
        factor=12,
        # It tolerates a minute, so of less the client does not learn. Backwards the histories would hold everything since then.
        jumps=(600_000,),
        pace=0.1,  # or an order is 100 pages of 10 back in the history before it is looked for
    ),
    "mexc": Words(
        client="Mexc",
        symbol="BTCUSDT",
        order_id="order_id",
        terms=lambda t: {
            "symbol": "BTCUSDT",
            "side": "BUY",
            "type": "LIMIT",
            "quantity": t.quantity,
            "price": t.price,
            "new_client_order_id": t.name,
        },
        look_up=lambda c, order, o: c.trade.order("BTCUSDT", order_id=order, options=o),
        cancel=lambda c, order, o: c.trade.cancel_order("BTCUSDT", order_id=order, options=o),
        open_orders=lambda c, o: c.trade.open_orders("BTCUSDT", options=o),
        balances=lambda c, o: c.account.account(options=o),
        market=(
            lambda c, o: c.market.order_book("BTCUSDT", limit=5, options=o),
            lambda c, o: c.market.book_ticker("BTCUSDT", options=o),
            lambda c, o: c.market.trades("BTCUSDT", limit=20, options=o),
        ),
        drifting=("orderId", "symbol", "status", "price", "clientOrderId", "time", "bids"),
        factor=16,
    ),
    "jex": Words(
        client="Jex",
        symbol="BTCUSDT",
        order_id="order_id",
        terms=lambda t: {
            "symbol": "BTCUSDT",
            "side": "BUY",
            "type": "LIMIT",
            "quantity": t.quantity,
            "price": t.price,
        },
        look_up=lambda c, order, o: c.trade.order("BTCUSDT", order, options=o),
        cancel=lambda c, order, o: c.trade.cancel_order("BTCUSDT", order, options=o),
        open_orders=lambda c, o: c.trade.open_orders("BTCUSDT", options=o),
        balances=lambda c, o: c.account.account(options=o),
        market=(
            lambda c, o: c.market.order_book("BTCUSDT", limit=5, options=o),
            lambda c, o: c.market.price("BTCUSDT", options=o),
            lambda c, o: c.market.trades("BTCUSDT", limit=20, options=o),
        ),
        drifting=("orderId", "symbol", "status", "price", "origQty", "time", "bids"),
        factor=20,
        # It tells lost orders by their time, which stands still at the simulated venue until a clock that was set back has caught up.
        jumps=tuple(jump for jump in JUMPS if jump > 0),
    ),
    "coinstore": Words(
        client="Coinstore",
        symbol="BTCUSDT",
        order_id="ord_id",
        terms=lambda t: {
            "symbol": "BTCUSDT",
            "side": "BUY",
            "ord_type": "LIMIT",
            "ord_qty": t.quantity,
            "ord_price": t.price,
            "cl_ord_id": t.name,
        },
        look_up=lambda c, order, o: c.trade.order_v2(ord_id=order, options=o),
        cancel=lambda c, order, o: c.trade.cancel_order("BTCUSDT", order, options=o),
        open_orders=lambda c, o: c.trade.open_orders_v2(symbol="BTCUSDT", options=o),
        balances=lambda c, o: c.account.balances(options=o),
        market=(
            lambda c, o: c.market.order_book("BTCUSDT", options=o),
            lambda c, o: c.market.trades("BTCUSDT", size=20, options=o),
            lambda c, o: c.market.tickers(options=o),
        ),
        drifting=("ordId", "code", "data", "ordStatus", "ordPrice", "clOrdId", "type"),
        factor=6,
    ),
}
