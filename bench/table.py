"""The table that is printed: one line for each comparison, with the goal beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

HEADINGS = ("", "spotwire", "against", "theirs", "ratio", "goal", "")


class Goal(NamedTuple):
    """A bound, and whether it is one from above."""

    bound: float
    at_most: bool
    unit: str = ""

    def met(self, value: float) -> bool:
        return value <= self.bound if self.at_most else value >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.bound:g}{self.unit}"


class Line(NamedTuple):
    """One comparison. `judged` is the number that the goal is about, the ratio where there is one."""

    what: str
    ours: str = ""
    against: str = ""
    theirs: str = ""
    ratio: float | None = None
    goal: Goal | None = None
    judged: float | None = None

    def cells(self) -> tuple[str, ...]:
        value = self.judged if self.judged is not None else self.ratio
        verdict = "" if self.goal is None or value is None else "met" if self.goal.met(value) else "MISSED"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.what, self.ours, self.against, self.theirs, ratio, str(self.goal or ""), verdict


class Section(NamedTuple):
    """Lines under a title, and remarks below them."""

    title: str
    lines: Sequence[Line]
    notes: Sequence[str] = ()


def at_most(bound: float, unit: str = "") -> Goal:
    return Goal(bound, at_most=True, unit=unit)


def at_least(bound: float, unit: str = "") -> Goal:
    return Goal(bound, at_most=False, unit=unit)


def seconds(value: float) -> str:
    """Return a time in the unit in which it is read best."""
    if value < 1e-3:
        return f"{value * 1e6:.{1 if value >= 1e-5 else 2}f} µs"
    return f"{value * 1e3:.{2 if value < 0.01 else 1}f} ms" if value < 1 else f"{value:.2f} s"


def mebibytes(value: float) -> str:
    return f"{value / 2**20:.1f} MiB"


def rendered(sections: Sequence[Section]) -> str:
    """Return all sections as one table whose columns stand under each other."""
    rows = [HEADINGS, *(line.cells() for section in sections for line in section.lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    pieces = [_row(HEADINGS, widths), "─" * (sum(widths) + 2 * len(widths) - 2)]
    for section in sections:
        pieces += ["", section.title]
        pieces += [_row(line.cells(), widths) for line in section.lines]
        pieces += [f"  ({note})" for note in section.notes]
    return "\n".join(pieces)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    left = {0, 2, 6}
    aligned = [
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned).rstrip()
