"""Generated requests through schemathesis and our own oracle, for every operation of the simulated venues."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contract.conftest import OPERATIONS
from spotwire_contract.fuzz import Fuzzed
from spotwire_contract.spec import Operation
from spotwire_sim import SimulatedVenue


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_generated_requests_are_judged_alike(operation: Operation, strict: Callable[[str], SimulatedVenue]) -> None:
    """K2: the venue and an independent reading of the spec agree on every generated request, good or bad; no request fails it."""
    fuzzed = Fuzzed(operation, strict(operation.venue)).run()

    assert [] == fuzzed.notes.findings
    assert fuzzed.sent
