"""Orders placed, looked up and cancelled in any order: what the clients are told stays true of the money."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from examples.tours import TOURS
from spotwire_sim import SimulatedVenue

THOUSANDTH = Decimal("0.001")
PRICES = st.integers(20_000, 40_000).map(Decimal)  # far below the market: nothing is bought
QUANTITIES = st.integers(1, 100).map(lambda steps: steps * THOUSANDTH)


def machine(name: str, venue: SimulatedVenue) -> type[RuleBasedStateMachine]:
    """Return the machine that trades at one venue through its client."""
    tour = TOURS[name]
    client_class = getattr(import_module(f"spotwire.{name}"), tour.client)

    class Trading(RuleBasedStateMachine):
        """Knows what was placed and not cancelled, and so what must be locked."""

        resting = Bundle("resting")
        gone = Bundle("gone")

        def __init__(self) -> None:
            super().__init__()
            venue.reset()
            self.client = client_class(auth=venue.auth, base_url=venue.url, limits="off")
            self.costs: dict[str, Decimal] = {}
            self.before, self.locked_before = self.money(), self.locked()
            self.words: set[str] = set()

        def teardown(self) -> None:
            self.client.close()

        def money(self) -> dict[str, Decimal]:
            return {asset: free + locked for asset, (free, locked) in tour.balances(self.client).items()}

        def locked(self) -> Decimal:
            return sum((locked for _, locked in tour.balances(self.client).values()), Decimal(0))

        @rule(target=resting, quantity=QUANTITIES, price=PRICES)
        def place(self, quantity: Decimal, price: Decimal) -> Any:
            order = tour.place(self.client, tour.symbol, quantity, price)
            assert order not in self.costs
            self.costs[order] = quantity * price
            return order

        @rule(order=resting)
        def look_up(self, order: str) -> None:
            self.words.add(tour.status(self.client, tour.symbol, order))
            assert 1 == len(self.words)

        @rule(target=gone, order=consumes(resting))
        def cancel(self, order: str) -> Any:
            tour.cancel(self.client, tour.symbol, order)
            del self.costs[order]
            return order

        @rule(order=gone)
        def look_up_cancelled(self, order: str) -> None:
            assert tour.status(self.client, tour.symbol, order) not in self.words

        @invariant()
        def locked_is_what_the_open_orders_cost(self) -> None:
            assert sum(self.costs.values(), self.locked_before) == self.locked()
            assert self.before == self.money()

    return Trading


@pytest.mark.parametrize("name", TOURS)
def test_money_follows_the_orders(name: str, simulated: Callable[[str], SimulatedVenue]) -> None:
    """What open orders cost is locked, all else is free, and nothing is lost: after every step of any sequence."""
    run_state_machine_as_test(
        machine(name, simulated(name)),
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
