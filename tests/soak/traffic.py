"""The calls of one run: tasks on an event loop and threads, all of them with one account."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from random import Random
from typing import Any

from msgspec import structs

from soak.account import Account, Placed
from soak.process import Memory, memory, sockets, sockets_beyond
from soak.venue import Books, VenueProcess, venue_process
from soak.words import WORDS, Words
from spotwire import CallOptions
from spotwire_sim.faces import api_key, api_secret

TASKS, THREADS = 16, 4
TIMEOUT = 1.0
PATIENCE, BETWEEN = 1.0, 0.1
"""Seconds: no request is longer under way on loopback, and a pause before an order is looked for again."""

IMPATIENT, CUT, LOOK = 0.03, 0.04, 0.1
"""Shares of calls with a timeout of some milliseconds, of calls that are cancelled, and of those after which an unknown order is
looked for."""

AGAIN = "again in"
"""What the client's log line of a repetition has."""

WARM, LONG = 0.2, 2_000
"""The share of the calls after which memory is measured for the first time, in runs of so many calls or more."""


@dataclass
class Watched:
    """What the process holds, and what its log shows."""

    retries: int = 0
    showing: list[str] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def grown(self) -> Memory:
        """What the process gained."""
        return self.memory[-1].since(self.memory[0])


@dataclass(frozen=True)
class Run:
    """All that is known of one venue when its run is over."""

    venue: str
    account: Account
    books: Books
    watched: Watched
    seconds: float


class _Ear(logging.Handler):
    """Hears every log record of the process."""

    def __init__(self, watched: Watched, secret: Callable[[str], bool]) -> None:
        super().__init__(logging.DEBUG)
        self._watched = watched
        self._secret = secret

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        self._watched.retries += AGAIN in text
        if self._secret(text):
            self._watched.showing.append(text)


def shows_secret(name: str) -> Callable[[str], bool]:
    """Return what tells whether a text shows key, secret, or something like a signature: 32 hexadecimal digits or more."""
    pattern = re.compile(f"{api_key(name)}|{api_secret(name)}|[0-9A-Fa-f]{{32}}")
    return lambda text: pattern.search(text) is not None


def soak(name: str, calls: int, *, seed: int) -> Run:
    """Make so many calls at one venue and return what came of them."""
    secret, watched = shows_secret(name), Watched()
    account = Account(WORDS[name], secret=secret)
    ear, root = _Ear(watched, secret), logging.getLogger()
    level = root.level
    began = time.monotonic()
    with venue_process(name, seed=seed) as venue:
        gc.collect()
        open_before, threads = sockets(), set(threading.enumerate())
        root.addHandler(ear)
        root.setLevel(logging.DEBUG)
        try:
            with _client(name, venue.url) as client:
                closed = asyncio.run(_trade(client, name, venue, account, watched, calls, seed))
            watched.left += sockets_beyond(open_before)  # before the collector closes what nobody refers to
            del client, closed
        finally:
            root.removeHandler(ear)
            root.setLevel(level)
        gc.collect()
        watched.left += [f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads]
        books = venue.books()
    return Run(name, account, books, watched, time.monotonic() - began)


async def _trade(
    in_threads: Any, name: str, venue: VenueProcess, account: Account, watched: Watched, calls: int, seed: int
) -> Any:
    """Call in bad weather, then look for the orders that are unknown still. Returns the client of the tasks, closed."""
    async with _client(name, venue.url, "Async") as client:
        for share in (WARM, 1.0) if calls >= LONG else (1.0,):
            account.calls = int(calls * share)
            await _work_together(client, in_threads, account, seed)
            watched.memory.append(memory())
        venue.clear_up()
        await asyncio.gather(*(_resolve_all(client, account) for _ in range(TASKS)))
        watched.memory.append(memory())
    await asyncio.sleep(0.1)
    watched.left += [f"{task}" for task in asyncio.all_tasks() - {asyncio.current_task()}]
    return client


async def _work_together(client: Any, in_threads: Any, account: Account, seed: int) -> None:
    """Call from tasks and from threads at the same time."""
    threads = [
        asyncio.to_thread(_work_in_thread, in_threads, account, Random(f"{seed} {account.made} thread {number}"))
        for number in range(THREADS)
    ]
    tasks = [_work(client, account, Random(f"{seed} {account.made} task {number}")) for number in range(TASKS)]
    await asyncio.gather(*threads, *tasks)


def _client(name: str, url: str, prefix: str = "") -> Any:
    """Make a client whose limits are as much faster as the venue's."""
    words = WORDS[name]
    module = import_module(f"spotwire.{name}")
    auth = getattr(module, f"{words.client}Auth")(api_key(name), api_secret(name))
    client = getattr(module, prefix + words.client)(auth=auth, base_url=url, timeout=TIMEOUT)
    client.venue = _hastened(client.venue, words)
    return client


def _hastened(venue: Any, words: Words) -> Any:
    limits = [structs.replace(limit, requests=limit.requests * words.factor) for limit in venue.limits]
    return structs.replace(venue, limits=tuple(limits))


def _options(random: Random) -> CallOptions:
    return CallOptions(timeout=random.uniform(0.002, 0.05) if random.random() < IMPATIENT else None)


async def _work(client: Any, account: Account, random: Random) -> None:
    while (call := account.next(random)) is not None:
        cut = random.uniform(0, 0.03) if random.random() < CUT else None
        try:
            async with asyncio.timeout(cut):
                value = await call.make(client, _options(random))
        except Exception as error:  # noqa: BLE001  # what is not ours is written down as wrong
            account.failed(call, error)
        else:
            call.done(value)
        if random.random() < LOOK and (placed := account.unknown()) is not None:
            await _resolve(client, account, placed)
        await asyncio.sleep(account.words.pace)


async def _resolve(client: Any, account: Account, placed: Placed) -> None:
    try:
        account.resolved(placed, await client.resolve(placed.outcome, patience=PATIENCE))
    except Exception as error:  # noqa: BLE001  # what is not ours is written down as wrong
        account.not_resolved(placed, error)


async def _resolve_all(client: Any, account: Account) -> None:
    """Look for what is unknown still, now that nothing goes wrong."""
    while (placed := account.unknown()) is not None:
        await _resolve(client, account, placed)
        await asyncio.sleep(BETWEEN)


def _work_in_thread(client: Any, account: Account, random: Random) -> None:
    while (call := account.next(random)) is not None:
        try:
            value = call.make(client, _options(random))
        except Exception as error:  # noqa: BLE001  # what is not ours is written down as wrong
            account.failed(call, error)
        else:
            call.done(value)
        if random.random() < LOOK and (placed := account.unknown()) is not None:
            _resolve_in_thread(client, account, placed)
        time.sleep(account.words.pace)


def _resolve_in_thread(client: Any, account: Account, placed: Placed) -> None:
    try:
        account.resolved(placed, client.resolve(placed.outcome, patience=PATIENCE))
    except Exception as error:  # noqa: BLE001  # what is not ours is written down as wrong
        account.not_resolved(placed, error)
