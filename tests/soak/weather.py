"""Bad weather: faults of every kind the simulated venues know, at random, each request anew."""

from __future__ import annotations

from collections.abc import Callable, Collection
from random import Random

from soak.words import Words
from spotwire_sim.faults import ANY, Fault, Faults, Planned

Make = Callable[[Random, Words], Fault]

ELSEWHERE = "https://elsewhere.invalid/"
STATUSES = (
    lambda: Fault.status(503),
    lambda: Fault.status(502, executed=True),
    lambda: Fault.status(500, '{"code": 500, "msg": "busy"}', executed=True),
    lambda: Fault.status(200, executed=True),
    lambda: Fault.status(403, "forbidden"),
    lambda: Fault.status(429, headers={"Retry-After": "1"}),
    lambda: Fault.status(418, headers={"Retry-After": "1"}),
)
"""A venue that executes an order and answers with a refusal (4xx) is not among them: no client can know."""

ENUMS = ("status", "ordStatus", "side", "type")

KINDS: dict[str, tuple[float, Make]] = {
    "latency": (2, lambda r, _: Fault.latency(r.choice((5, 50, 300, 3_000)))),
    "clock_skew": (0.5, lambda r, words: Fault.clock_skew(r.choice(words.jumps))),
    "refuse": (0.3, lambda r, _: Fault.refuse(r.randrange(50, 200))),
    "reset_before": (2, lambda _, __: Fault.reset_before()),
    "reset_after": (2, lambda _, __: Fault.reset_after()),
    "close_before": (2, lambda _, __: Fault.close_before()),
    "close_after": (2, lambda _, __: Fault.close_after()),
    "half_body": (2, lambda _, __: Fault.half_body()),
    "garbage_status_line": (1, lambda _, __: Fault.garbage_status_line()),
    "conflicting_lengths": (1, lambda _, __: Fault.conflicting_lengths()),
    "slow_headers": (1, lambda r, _: Fault.slow_headers(r.choice((1, 20)))),
    "slow_body": (1, lambda r, _: Fault.slow_body(r.choice((1, 20)))),
    "extra_bytes": (2, lambda _, __: Fault.extra_bytes()),
    "two_answers": (2, lambda _, __: Fault.two_answers()),
    "status": (2, lambda r, _: r.choice(STATUSES)()),
    "html": (1, lambda r, _: r.choice((Fault.html(), Fault.html(200, executed=True), Fault.html(520, executed=True)))),
    "redirect": (1, lambda r, _: Fault.redirect(ELSEWHERE, r.choice((301, 302, 307, 308)))),
    "huge_header": (1, lambda _, __: Fault.huge_header()),
    "gzip_bomb": (0.3, lambda r, _: Fault.gzip_bomb(r.choice((8, 65)))),
    "corrupt_gzip": (1, lambda _, __: Fault.corrupt_gzip()),
    "malformed_json": (2, lambda _, __: Fault.malformed_json()),
    "unknown_field": (1, lambda _, __: Fault.unknown_field()),
    "unknown_enum": (1, lambda r, _: Fault.unknown_enum(r.choice(ENUMS))),
    "null_member": (1, lambda r, words: Fault.null_member(r.choice(words.drifting))),
    "empty_member": (1, lambda r, words: Fault.empty_member(r.choice(words.drifting))),
    "rename_member": (1, lambda r, words: Fault.rename_member(r.choice(words.drifting), "renamed")),
    "change_type": (1, lambda r, words: Fault.change_type(r.choice(words.drifting))),
}
"""Every kind with its share, and how one is made; members of answers are the venue's `drifting` ones."""


class Weather(Faults):
    """Faults that nobody plans: of all requests `share` meet one. A share of 0 is fair weather."""

    def __init__(self, operations: Collection[str], words: Words, *, seed: int, share: float) -> None:
        super().__init__(operations)
        self.share = share
        self._words = words
        self._random = Random(seed)
        self._kinds = [make for _, make in KINDS.values()]
        self._weights = [weight for weight, _ in KINDS.values()]

    def __bool__(self) -> bool:
        return self.share > 0

    def peek(self, operation: str | None) -> Planned | None:
        """Draw what a request meets."""
        if self._random.random() >= self.share:
            return None
        (make,) = self._random.choices(self._kinds, self._weights)
        return Planned(operation or ANY, make(self._random, self._words), 1)

    def use(self, planned: Planned) -> None:
        """Count nothing: the record of requests names the faults."""
