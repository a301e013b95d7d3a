"""What a process holds, and a child process that answers questions."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import stat
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SECONDS = 60
"""How long a child may take to answer a question."""


@dataclass(frozen=True)
class Memory:
    """What the process holds: its memory, 0 where the system does not tell, and the objects that Python's collector knows."""

    mib: float
    objects: int

    def since(self, first: Memory) -> Memory:
        """Return what the process gained."""
        return Memory(self.mib - first.mib, self.objects - first.objects)


def memory() -> Memory:
    """Measure this process."""
    gc.collect()
    mib = 0.0
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)  # what is free but not given back is no growth
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        mib = pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return Memory(mib, len(gc.get_objects()))


def sockets() -> int:
    """Count the open sockets of this process."""
    return sum(_is_socket(int(path.name)) for path in Path("/dev/fd").iterdir())


def sockets_beyond(number: int) -> list[str]:
    """Say how many more there are now."""
    more = sockets() - number
    return [f"{more} sockets"] if more > 0 else []


def _is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:
        return False


class Child:
    """The other end of the pipe. `hello` is what the child said first."""

    def __init__(self, pipe: Connection, name: str) -> None:
        self._pipe = pipe
        self._name = name
        self.hello = self._heard("start")

    def ask(self, question: str) -> Any:
        """Return the answer."""
        self._pipe.send(question)
        return self._heard(question)

    def _heard(self, question: str) -> Any:
        assert self._pipe.poll(SECONDS), f"the {self._name} did not answer {question!r} in {SECONDS} s"
        return self._pipe.recv()


@contextmanager
def child(name: str, serve: Callable[..., None], *arguments: object) -> Generator[Child]:
    """Let `serve(pipe, *arguments)` run in a process of its own. It says hello, and answers until it is told to stop."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, *arguments), name=name, daemon=True)
    process.start()
    theirs.close()
    try:
        yield Child(ours, name)
        ours.send("stop")
        process.join(SECONDS)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
