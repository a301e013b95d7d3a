"""Peers with many dependencies, in an environment of their own and a process of their own that takes part in the rounds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build/bench-venv"
PINS = ("aiohttp==3.14.5", "ccxt==4.5.90", "httpx==0.28.1", "python-binance==1.0.37")

WITHOUT = "ccxt, python-binance and aiohttp are left out: python -m bench --peers installs them into build/bench-venv"


class Peers:
    """The process of the peers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def round(self, what: str, number: int, **arguments: Any) -> Callable[[], float]:
        """Return the round that the process runs: `number` operations of `what`."""

        def run() -> float:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps({"what": what, "number": number, **arguments}) + "\n")
            self._process.stdin.flush()
            return float(self._process.stdout.readline())

        return run

    def rounds(self, names: Mapping[str, str], number: int, **arguments: Any) -> dict[str, Callable[[], float]]:
        """Return several rounds: shown name to `what`."""
        return {shown: self.round(what, number, **arguments) for shown, what in names.items()}


@contextmanager
def peers(*, wanted: bool) -> Generator[Peers | None]:
    """Start the process of the peers, None where they are not wanted."""
    if not wanted:
        yield None
        return
    python = _environment()
    command = [str(python), "-m", "bench.peer_worker"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        yield Peers(process)
    finally:
        process.communicate(timeout=10)  # the end of its input is its end


def _environment() -> Path:
    """Return the environment's interpreter, after installing what is missing."""
    python = FOLDER / "bin/python"
    done = FOLDER / "installed.txt"
    if not done.is_file() or done.read_text() != "\n".join(PINS):
        print(f"installing {', '.join(PINS)} into {FOLDER}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PINS], check=True)
        done.write_text("\n".join(PINS))
    return python
