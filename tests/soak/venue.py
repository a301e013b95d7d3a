"""The simulated venue of a run, in a process of its own: what the client holds and leaves behind is measured without it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.connection import Connection

from msgspec import structs

from soak.process import Child, child
from soak.weather import Weather
from soak.words import WORDS
from spotwire_sim import SimulatedVenue, simulate
from spotwire_sim.clock import system_time
from spotwire_sim.market import NewOrder, Side

FAULTY = 0.07
"""The share of requests that meet a fault."""

LATE = 4
"""Requests beyond a limit that the venue allows: one that the client gave up may arrive when its window is over for the client."""

PAST_MS, PAST_PRICE, SMALL = 2 * 86_400_000, Decimal(10_000), Decimal("0.001")
"""When the account traded before, and what no order of the run looks like."""


@dataclass(frozen=True)
class Booked:
    """An order as the venue has it."""

    order_id: str
    price: Decimal
    quantity: Decimal
    is_open: bool


@dataclass(frozen=True)
class Books:
    """What the venue knows at the end. `story` has what came in about an order's price, for those that went wrong."""

    orders: list[Booked]
    requests: int
    faults: Counter[str]
    over_limit: list[str]
    broken: list[str]
    unbalanced: list[str]
    heard: list[tuple[str, str]]


class VenueProcess:
    """The venue as the soak sees it."""

    def __init__(self, process: Child) -> None:
        self._process = process
        self.url = str(process.hello)

    def clear_up(self) -> None:
        """Let no more faults happen."""
        self._process.ask("clear up")

    def books(self) -> Books:
        """Return what the venue knows."""
        books = self._process.ask("books")
        assert isinstance(books, Books)
        return books


@contextmanager
def venue_process(name: str, *, seed: int) -> Generator[VenueProcess]:
    """Start a venue in a process of its own, and stop it afterwards."""
    with child(f"simulated {name}", _serve, name, seed) as process:
        yield VenueProcess(process)


def _serve(pipe: Connection, name: str, seed: int) -> None:
    """Run in the venue's process until told to stop."""
    venue = _with_past(name, seed)
    app = venue._app
    app._requests = deque()  # all of them
    weather = Weather(app._spec.operations, WORDS[name], seed=seed, share=FAULTY)
    app.faults = weather
    _hasten(venue, WORDS[name].factor)
    with venue:
        pipe.send(venue.url)
        while (question := pipe.recv()) != "stop":
            if question == "clear up":
                weather.share = 0
            pipe.send(_books(venue) if question == "books" else None)


def _with_past(name: str, seed: int) -> SimulatedVenue:
    """Return a venue whose account traded days ago: a list that goes back so far has not been cut off."""
    ago = PAST_MS
    venue = simulate(name, seed=seed, now=lambda: system_time() - ago)
    for _ in range(2):
        order = venue.exchange.place(
            venue.user, NewOrder(WORDS[name].symbol, Side.BUY, price=PAST_PRICE, quantity=SMALL)
        )
    venue.exchange.cancel(venue.user, order.order_id)
    ago = 0
    return venue


def _hasten(venue: SimulatedVenue, factor: int) -> None:
    """Let so many times more through the same windows, and LATE beside."""
    limits = venue._app._limits
    assert limits is not None
    limits._charges = {
        key: tuple(
            structs.replace(charge, bucket=structs.replace(charge.bucket, most=charge.bucket.most * factor + LATE))
            for charge in charges
        )
        for key, charges in limits._charges.items()
    }


def _books(venue: SimulatedVenue) -> Books:
    exchange, requests = venue.exchange, venue.requests
    orders = exchange.orders(venue.user)
    return Books(
        orders=[
            Booked(str(order.order_id), order.price or Decimal(0), order.quantity or Decimal(0), order.status.is_open)
            for order in orders
        ],
        requests=len(requests),
        faults=Counter(request.fault for request in requests if request.fault),
        over_limit=[
            f"{request.operation}: {request.reason}"
            for request in requests
            if request.situation in {"rate-limit", "ip-ban"}
        ],
        broken=[f"{request.operation}: {request.reason}" for request in requests if request.situation == "internal"],
        unbalanced=_unbalanced(venue),
        heard=[
            (
                request.query + request.body.decode("latin-1"),
                f"HTTP {request.status}, {request.situation or 'accepted'}, {request.fault or 'no fault'}",
            )
            for request in requests
            if request.operation == "placeOrder"
        ],
    )


def _unbalanced(venue: SimulatedVenue) -> list[str]:
    """Name every asset of which money was made, lost, owed or held for nothing."""
    exchange, user = venue.exchange, venue.user
    held: dict[str, Decimal] = {}
    for order in exchange.open_orders(user):
        asset = exchange.rules(order.symbol).paid_asset(order.side)
        held[asset] = held.get(asset, Decimal(0)) + order.held
    found = [
        f"{asset}: {totals.held} are there, {totals.deposited} came in, {totals.withdrawn} went out"
        for asset, totals in exchange.totals().items()
        if totals.held != totals.deposited - totals.withdrawn
    ]
    return found + [
        f"{asset}: {balance.free} free, {balance.locked} locked, {held.get(asset, 0)} held by open orders"
        for asset, balance in exchange.balances(user).items()
        if balance.free < 0 or balance.locked < held.get(asset, 0)
    ]
