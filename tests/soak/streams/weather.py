"""Bad weather on the streams: upgrades, commands and pushes meet faults of every kind that a client is to survive, at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from time import monotonic

from spotwire_sim.streams.document import StreamDocument
from spotwire_sim.streams.faults import CONNECT, NO_STREAM_FAULT, StreamFault, StreamFaults

Make = Callable[[Random], StreamFault]

SHARE = 0.2
"""Of upgrades and commands that meet a fault."""

EVERY = 0.2
"""Seconds between two pushes that meet one, on average."""

ELSEWHERE = "ws://127.0.0.1:1/"
STALLS = (50, 300, 1_000, 2_000, None)

ENDS: dict[str, tuple[float, Make]] = {
    "drop": (0.7, lambda _: StreamFault.drop()),
    "cut": (0.4, lambda _: StreamFault.cut()),
    "close": (0.7, lambda r: StreamFault.close(r.choice((1000, 1001, 1011, 1012, 1013, 4000)), "soaked")),
    "stall": (0.7, lambda r: StreamFault.stall(r.choice(STALLS))),
}
UPGRADES: dict[str, tuple[float, Make]] = {
    **ENDS,
    "refuse": (
        4,
        lambda r: StreamFault.refuse(r.choice((429, 302, 500, 503)), {"Retry-After": "1", "Location": ELSEWHERE}),
    ),
}
COMMANDS: dict[str, tuple[float, Make]] = {
    **ENDS,
    "lost_ack": (4, lambda r: StreamFault.lost_ack(executed=r.random() < 0.5, echo=r.random() < 0.5)),
    "late_ack": (4, lambda _: StreamFault.late_ack()),
}
PUSHES: dict[str, tuple[float, Make]] = {
    **ENDS,
    "gap": (6, lambda _: StreamFault.gap()),
    "duplicate": (3, lambda _: StreamFault.duplicate()),
    "reorder": (3, lambda _: StreamFault.reorder()),
    "garbage": (2, lambda _: StreamFault.garbage()),
    "wrong_shape": (2, lambda _: StreamFault.wrong_shape()),
    "bare": (2, lambda _: StreamFault.bare()),
    "binary_frame": (2, lambda _: StreamFault.binary_frame()),
    "invalid_utf8": (2, lambda _: StreamFault.invalid_utf8()),
    "oversize": (0.3, lambda r: StreamFault.oversize(r.choice((1, 17)))),
    "slow": (2, lambda r: StreamFault.slow(r.choice((1, 2, 4)))),
    "fragmented": (2, lambda r: StreamFault.fragmented(r.randrange(2, 40))),
}
"""Every kind with its share. What ends a subscription for good is not among them: 1008, 403, and a command that is refused."""

UNREADABLE = ("garbage", "wrong_shape", "binary_frame", "invalid_utf8")
WITHOUT_NUMBER = ("garbage", "bare", "binary_frame", "invalid_utf8")


class Weather(StreamFaults):
    """Faults that nobody plans, from `begin` to `end`."""

    def __init__(self, document: StreamDocument, *, seed: int) -> None:
        super().__init__(document)
        self.happened: Counter[str] = Counter()
        self._random = Random(seed)
        self._fair = True
        self._next = 0.0

    def begin(self) -> None:
        """Let things go wrong."""
        self._fair = False

    def end(self) -> None:
        """Let nothing go wrong any more."""
        self._fair = True

    def meet(self, *names: str) -> StreamFault:
        """Draw what happens to the upgrade, command or push of these names."""
        if self._fair:
            return NO_STREAM_FAULT
        if self._place(names[-1]) == "push":
            return self._push()
        if self._random.random() >= SHARE:
            return NO_STREAM_FAULT
        return self._drawn(UPGRADES if names[-1] == CONNECT else COMMANDS)

    def _push(self) -> StreamFault:
        now = monotonic()
        if now < self._next:
            return NO_STREAM_FAULT
        self._next = now + self._random.expovariate(1 / EVERY)
        return self._drawn(PUSHES)

    def _drawn(self, kinds: dict[str, tuple[float, Make]]) -> StreamFault:
        (name,) = self._random.choices(list(kinds), [weight for weight, _ in kinds.values()])
        self.happened[name] += 1
        return kinds[name][1](self._random)
