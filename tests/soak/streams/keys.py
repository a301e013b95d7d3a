"""One number for each event, the same for what a consumer was given and for what the venue says that it made."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from spotwire.coinstore.streams import KlineEvent, OrderBookEvent, TickerEvent, TradeEvent

DAY = ("open", "high", "low", "close", "volume", "amount")


def key_of_event(event: object) -> int:
    """Return the key of a typed event."""
    match event:
        case TradeEvent():
            return int(event.trade_id)
        case OrderBookEvent():
            return _key([value for row in [*event.asks, None, *event.bids] for value in _level(row)])
        case TickerEvent():
            return _key([getattr(event, name) for name in DAY])
        case KlineEvent():
            return _key([event.start_time, int(event.last_trade_id), *(getattr(event, name) for name in DAY)])
        case _:
            raise TypeError(f"no event: {event!r}")


def _level(row: Any) -> tuple[Decimal, ...]:
    return () if row is None else (row.price, row.quantity)


def key_of_row(row: Mapping[str, Any]) -> int:
    """Return the key of an event as JSON."""
    if "tradeId" in row:
        return int(row["tradeId"])
    if "a" in row:
        return _key([Decimal(text) for level in [*row["a"], [], *row["b"]] for text in level[:2]])
    day = [Decimal(row[name]) for name in DAY]
    return _key([row["startTime"], int(row["lastTradeId"]), *day] if "startTime" in row else day)


def _key(values: list[Any]) -> int:
    return hash(tuple(values))
