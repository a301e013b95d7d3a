"""A short soak of the streams, and a weather that leaves nothing out. `make soak` is the long one."""

from __future__ import annotations

from soak.streams import weather
from soak.streams.traffic import soak
from soak.streams.verdict import judge, offences
from spotwire_sim.streams.faults import StreamFaults

SECONDS, SEED = 3, 1


def test_nothing_is_lost_without_being_said() -> None:
    """Faults of all kinds and successors: each consumer got what happened, once and in order, apart from what a notice tells of."""
    verdict = judge(soak(SECONDS, seed=SEED))

    assert verdict.clean, offences(verdict, SEED)
    assert all(consumer.seen for consumer in verdict.consumers)


def test_every_kind_of_fault_happens() -> None:
    """A new kind of fault has to be given its share; only a refused command ends a subscription for good."""
    drawn = {*weather.UPGRADES, *weather.COMMANDS, *weather.PUSHES}

    assert {*StreamFaults.kinds} - {"error_ack"} == drawn
