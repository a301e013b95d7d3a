"""A short soak at every venue, and a weather that leaves nothing out. `make soak` is the long one."""

from __future__ import annotations

import pytest

from soak import weather
from soak.traffic import soak
from soak.verdict import judge, offences
from soak.words import WORDS
from spotwire_sim import faults

CALLS, SEED = 300, 1


@pytest.mark.parametrize("name", WORDS)
def test_what_the_client_says_is_true(name: str) -> None:
    """Faults of all kinds, cancelled and impatient calls: no order is doubled, lost or made up, no limit broken, nothing left open."""
    verdict = judge(soak(name, CALLS, seed=SEED))

    assert verdict.clean, offences(verdict, SEED)
    assert sum(verdict.run.books.faults.values()) > 0


def test_every_kind_of_fault_happens() -> None:
    """A new kind of fault has to be given its share."""
    assert set(faults.KINDS) == set(weather.KINDS)
