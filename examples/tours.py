"""One round of trading on each venue: the same steps in each venue's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Balances = dict[str, tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Tour:
    """How to place, find and cancel an order at one venue. `book` gives best bid and best ask, `balances` free and locked."""

    client: str
    symbol: str
    book: Callable[[Any, str], tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]]
    place: Callable[[Any, str, Decimal, Decimal], str]
    status: Callable[[Any, str, str], str]
    cancel: Callable[[Any, str, str], object]
    balances: Callable[[Any], Balances]


def _best(book: Any) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
    bid, ask = book.bids[0], book.asks[0]
    return (bid.price, _quantity(bid)), (ask.price, _quantity(ask))


def _quantity(level: Any) -> Decimal:
    amount: Decimal = level.volume if hasattr(level, "volume") else level.quantity
    return amount


def _free_and_locked(rows: Any) -> Balances:
    return {row.asset: (row.free, row.locked) for row in rows}


def _coinstore_balances(rows: Any) -> Balances:
    """Coinstore lists what is available and what is frozen in rows of their own."""
    found: Balances = {}
    for row in rows:
        free, locked = found.get(row.currency, (Decimal(0), Decimal(0)))
        found[row.currency] = (row.balance, locked) if row.type == 1 else (free, row.balance)
    return found


TOURS = {
    "coinw": Tour(
        client="Coinw",
        symbol="BTC_USDT",
        book=lambda c, symbol: _best(c.market.order_book(symbol)),
        place=lambda c, symbol, quantity, price: (
            c.trade.place_order(symbol, "0", is_market=False, amount=quantity, rate=price).order_number
        ),
        status=lambda c, _, order: c.trade.order_status(order).status.name,
        cancel=lambda c, _, order: c.trade.cancel_order(order),
        balances=lambda c: {k: (b.available, b.on_orders) for k, b in c.account.complete_balances().items()},
    ),
    "bitunix": Tour(
        client="Bitunix",
        symbol="BTCUSDT",
        book=lambda c, symbol: _best(c.market.order_book(symbol)),
        place=lambda c, symbol, quantity, price: c.trade.place_order(symbol, "2", "1", quantity, price=price).order_id,
        status=lambda c, _, order: c.trade.order(order).status.name,
        cancel=lambda c, symbol, order: c.trade.cancel_orders([_bitunix_ref(order, symbol)]),
        balances=lambda c: {b.coin: (b.balance, b.balance_locked) for b in c.account.balances()},
    ),
    "mexc": Tour(
        client="Mexc",
        symbol="BTCUSDT",
        book=lambda c, symbol: _best(c.market.order_book(symbol, limit=5)),
        place=lambda c, symbol, quantity, price: (
            c.trade.place_order(symbol, "BUY", "LIMIT", quantity=quantity, price=price).order_id
        ),
        status=lambda c, symbol, order: c.trade.order(symbol, order_id=order).status.name,
        cancel=lambda c, symbol, order: c.trade.cancel_order(symbol, order_id=order),
        balances=lambda c: _free_and_locked(c.account.account().balances),
    ),
    "jex": Tour(
        client="Jex",
        symbol="BTCUSDT",
        book=lambda c, symbol: _best(c.market.order_book(symbol, limit=5)),
        place=lambda c, symbol, quantity, price: c.trade.place_order(symbol, "BUY", "LIMIT", quantity, price).order_id,
        status=lambda c, symbol, order: c.trade.order(symbol, order).status.name,
        cancel=lambda c, symbol, order: c.trade.cancel_order(symbol, order),
        balances=lambda c: _free_and_locked(c.account.account().spot_balances),
    ),
    "coinstore": Tour(
        client="Coinstore",
        symbol="BTCUSDT",
        book=lambda c, symbol: _best(c.market.order_book(symbol)),
        place=lambda c, symbol, quantity, price: (
            c.trade.place_order(symbol, "BUY", "LIMIT", ord_price=price, ord_qty=quantity).ord_id
        ),
        status=lambda c, _, order: c.trade.order_v2(ord_id=order).ord_status.name,
        cancel=lambda c, symbol, order: c.trade.cancel_order(symbol, order),
        balances=lambda c: _coinstore_balances(c.account.balances()),
    ),
}


def _bitunix_ref(order: str, symbol: str) -> Any:
    from spotwire.bitunix import OrderRef
    from spotwire_core.types import Id

    return OrderRef(order_id=Id(order), symbol=symbol)
