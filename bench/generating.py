"""All venues generated, cold and when nothing changed, in a copy of the folders that it reads and writes."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from bench.table import Line, Section, at_most, seconds

_ROOT = Path(__file__).resolve().parent.parent


def sections(*, rounds: int) -> Generator[Section]:
    cold: list[float] = []
    unchanged: list[float] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("specs", "generator"):
                shutil.copytree(_ROOT / name, Path(folder, name))
            cold.append(_run(folder))
            unchanged.append(_run(folder))
    yield Section(
        "Generate all venues",
        [_line("cold", cold, 3), _line("nothing changed", unchanged, 0.3)],
    )


def _line(what: str, times: list[float], bound: float) -> Line:
    took = statistics.median(times)
    return Line(what, seconds(took), goal=at_most(bound, " s"), judged=took)


def _run(folder: str) -> float:
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "generator"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"python -m generator failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - started
