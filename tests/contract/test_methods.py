"""Every method of the clients with generated arguments: what goes out is what the document says, and so is what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.conftest import OPERATIONS
from spotwire_contract.methods import Driven
from spotwire_contract.spec import Operation
from spotwire_sim import SimulatedVenue


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_generated_calls_are_sent_as_described(
    operation: Operation, simulated: Callable[[str], SimulatedVenue]
) -> None:
    """Names, order and text of all arguments arrive as passed and nothing else; only what the document forbids is refused."""
    driven = Driven(operation, simulated(operation.venue)).run()

    assert [] == driven.notes.findings
    assert driven.called
