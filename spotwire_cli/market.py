"""What is shown of a market, in plain text: nothing that comes from a venue can give a terminal orders."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

import attrs

from spotwire_core.notices import Connected, Disconnected, Dropped, Gap, Notice, Reconnected, Unreadable


class Level(Protocol):
    """A row of an order book."""

    @property
    def price(self) -> Decimal:
        """Price in quote asset."""
        ...

    @property
    def quantity(self) -> Decimal:
        """Quantity in base asset."""
        ...


class Book(Protocol):
    """A whole order book, best levels first."""

    @property
    def bids(self) -> Sequence[Level]:
        """Bids."""
        ...

    @property
    def asks(self) -> Sequence[Level]:
        """Asks."""
        ...


class Trade(Protocol):
    """A public trade."""

    @property
    def time(self) -> int:
        """Epoch seconds."""
        ...

    @property
    def taker_side(self) -> str:
        """Side of the taker."""
        ...

    @property
    def price(self) -> Decimal:
        """Price in quote asset."""
        ...

    @property
    def volume(self) -> Decimal:
        """Quantity in base asset."""
        ...


@attrs.frozen
class Stalled(Notice):
    """No order book has come for so many seconds."""

    seconds: float


def notice_text(notice: Notice) -> str:
    """Say what happened to the connection."""
    match notice:
        case Connected():
            return "connected"
        case Disconnected(reason):
            return f"disconnected: {clean(reason)}"
        case Reconnected(seconds):
            return f"reconnected after {seconds:.1f} s"
        case Gap(expected, got):
            return f"gap: frame {got} came where {expected} was expected"
        case Dropped(count):
            return f"dropped {count} that were not taken in time"
        case Unreadable(path, expected):
            return f"unreadable at {clean(path)}: expected {clean(expected)}"
        case Stalled(seconds):
            return f"stalled: no order book for {seconds:.0f} s"
        case _:
            return clean(str(notice))


def trade_line(trade: Trade) -> str:
    """Write a trade as one line."""
    return f"trade {moment(trade.time)} {clean(trade.taker_side)} {trade.volume:f} @ {trade.price:f}"


def book_line(book: Book, age: float) -> str:
    """Write the best levels of a book as one line; `age` is in seconds."""
    return f"book bid {_best(book.bids)} ask {_best(book.asks)} age {age:.1f}"


def _best(levels: Sequence[Level]) -> str:
    return f"{levels[0].quantity:f} @ {levels[0].price:f}" if levels else "none"


def moment(seconds: float) -> str:
    """Write epoch seconds as a time in UTC; a number that is none stays one."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def aligned(values: Iterable[Decimal]) -> list[str]:
    """Write numbers with as many decimals as the longest of them has."""
    numbers = [format(value, "f") for value in values]
    decimals = [len(number.partition(".")[2]) for number in numbers]
    longest = max(decimals, default=0)
    dot = "" if not longest else "."
    return [
        number + ("" if own else dot) + "0" * (longest - own) for number, own in zip(numbers, decimals, strict=True)
    ]


def clean(text: str) -> str:
    """Return a text of the venue as one line without control characters."""
    return "".join(one if one.isprintable() else "?" for one in text)
