"""Time contenders side by side: interleaved rounds, medians, the garbage collector on."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Mapping

cpu_clock = time.thread_time
"""For what only computes: it does not count the time in which others had the core."""

Round = Callable[[], float]
"""Runs one round and returns the seconds of one operation."""


class Times:
    """What the contenders took, round by round. A ratio is the median of the ratios of the rounds, not of the medians."""

    def __init__(self, rounds: Mapping[str, list[float]]) -> None:
        self._rounds = rounds

    def __contains__(self, name: str) -> bool:
        return name in self._rounds

    def median(self, name: str) -> float:
        return statistics.median(self._rounds[name])

    def ratio(self, name: str, to: str) -> float:
        pairs = zip(self._rounds[name], self._rounds[to], strict=True)
        return statistics.median([mine / theirs for mine, theirs in pairs])


def interleave(contenders: Mapping[str, Round], *, rounds: int) -> Times:
    """Run A B C A B C …, after one round each that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for run in contenders.values():
        run()
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            times[name].append(run())
    return Times(times)


def timed(function: Callable[[], object], number: int = 1, clock: Callable[[], float] = time.perf_counter) -> Round:
    """Return the round that calls `function` so many times."""

    def run() -> float:
        started = clock()
        for _ in range(number):
            function()
        return (clock() - started) / number

    return run


def peak_bytes(function: Callable[[], object]) -> int:
    """Return the most memory that one call and its result take, in bytes."""
    function()
    gc.collect()
    tracemalloc.start()
    try:
        result = function()
        peak = tracemalloc.get_traced_memory()[1]
        del result
    finally:
        tracemalloc.stop()
    return peak
