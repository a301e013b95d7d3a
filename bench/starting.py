"""Imports, the first call and memory, each in a fresh interpreter."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

from bench.order import KEY, SECRET
from bench.table import Line, Section, at_most, mebibytes

_ROOT = Path(__file__).resolve().parent.parent
_CLIENT = f"""
from spotwire.mexc import Mexc, MexcAuth
client = Mexc(MexcAuth("{KEY}", "{SECRET}"), base_url=URL)
"""
_CALL = f"""{_CLIENT}
from decimal import Decimal
from spotwire.mexc import OrderType, Side
client.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, quantity=Decimal("0.5"), price=Decimal("11"))
"""
_MEMORY = 'print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))'
_PROGRAMS = {"bare": "", "httpx": "import httpx", "client": _CLIENT, "call": _CALL}


def sections(url: str, *, rounds: int) -> Generator[Section]:
    times: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    memory: dict[str, int] = {}
    for turn in range(rounds + 1):
        for name, program in _PROGRAMS.items():
            took, memory[name] = _run(f"URL = {url!r}\n{program}\n{_MEMORY}")
            if turn:  # the first one compiles
                times[name].append(took)

    def line(what: str, name: str, bound: float | None = None) -> Line:
        beyond = 1e3 * statistics.median([took - bare for took, bare in zip(times[name], times["bare"], strict=True)])
        goal = at_most(bound, " ms") if bound else None
        return Line(what, f"{beyond:.0f} ms", "resident in all", mebibytes(memory[name]), goal=goal, judged=beyond)

    bare = Line("bare python, in all", f"{1e3 * statistics.median(times['bare']):.0f} ms", "resident")
    resident = memory["call"] / 2**20
    yield Section(
        "Import and memory, beyond a bare interpreter",
        [
            bare._replace(theirs=mebibytes(memory["bare"])),
            line("import httpx", "httpx"),
            line("import spotwire.mexc and a client", "client", 25),
            line("the same and the first private call", "call", 165),
            Line("   resident after it", mebibytes(memory["call"]), goal=at_most(32, " MiB"), judged=resident),
        ],
    )


def _run(program: str) -> tuple[float, int]:
    """Return the seconds from start to end, and the resident bytes at the end."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=_ROOT)
    return time.perf_counter() - started, int(done.stdout) * 1024
