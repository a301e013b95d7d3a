"""Run something with generated input, the same in every run, and keep what was found."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from spotwire_contract.findings import Finding

_health_checks: Any = HealthCheck  # an enum, which its metaclass hides from type checkers
T = TypeVar("T")

ENOUGH = 5
"""Findings that are kept of one operation: the first ones say enough."""


class Notes:
    """The first findings, each once."""

    def __init__(self) -> None:
        """Start with none."""
        self.findings: list[Finding] = []

    def add(self, found: Iterable[Finding]) -> None:
        """Keep what is new."""
        for finding in found:
            if len(self.findings) < ENOUGH and finding not in self.findings:
                self.findings.append(finding)


def drive(strategy: SearchStrategy[T], act: Callable[[T], None], *, examples: int) -> None:
    """Call `act` with generated values. They follow from the strategy alone: neither chance nor a database has a part."""

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),  # shrinking costs minutes, and requests are short
        suppress_health_check=list(_health_checks),
    )
    @given(value=strategy)
    def run(value: T) -> None:
        act(value)

    run()
