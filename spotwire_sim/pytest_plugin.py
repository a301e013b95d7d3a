"""The simulated venues as pytest fixtures: `def test_it(mexc_venue): ...`, and so for every venue there is.

pytest loads this module in every run where the package is installed, so it imports nothing until a fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from spotwire_sim import venues

if TYPE_CHECKING:
    from spotwire_sim import SimulatedVenue


@pytest.fixture
def venue_factory() -> Iterator[Callable[..., SimulatedVenue]]:
    """Start venues with settings of the test's choice: `venue_factory("mexc", seed=7)`, as `simulate` takes them.

    They are stopped after the test, which fails where a planned fault did not happen.
    """
    from spotwire_sim import simulate

    started: list[SimulatedVenue] = []
    with ExitStack() as running:

        def start(venue: str, **settings: Any) -> SimulatedVenue:
            started.append(running.enter_context(simulate(venue, **settings)))
            return started[-1]

        yield start
    for venue in started:
        venue.check()


@pytest.fixture(scope="session")
def _spotwire_servers() -> Iterator[Callable[[str], SimulatedVenue]]:
    """Start each venue when it is first asked for, and keep it until the session ends."""
    from spotwire_sim import simulate

    servers: dict[str, SimulatedVenue] = {}
    with ExitStack() as running:

        def server(venue: str) -> SimulatedVenue:
            if venue not in servers:
                servers[venue] = running.enter_context(simulate(venue))
            return servers[venue]

        yield server


def _fixture(name: str) -> object:
    """Make the fixture of one venue."""

    def venue(_spotwire_servers: Callable[[str], SimulatedVenue]) -> Iterator[SimulatedVenue]:
        server = _spotwire_servers(name)
        server.reset()
        yield server
        server.check()

    venue.__doc__ = f"The simulated {name} as it starts. A test fails where a fault that it planned did not happen."
    return pytest.fixture(name=f"{name}_venue")(venue)


globals().update({f"{name}_venue": _fixture(name) for name in venues()})
