"""What the client was told of every call, kept so that it can be held against the venue's books."""

from __future__ import annotations

import pickle
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from soak.words import Terms, Words
from spotwire import CallOptions, InvalidRequest, OrderNotFound, OutcomeUnknown, SpotwireError, outcome_of
from spotwire_core.resolve import Resolution

CENT = Decimal("0.01")
RESTING, CROSSING = Decimal(20_000), Decimal(80_000)
"""Prices far below the market, where nothing is bought, and far above, where it is at once."""

ATTEMPTS = 30
"""How often it is asked what became of an order."""

SMALL, TOO_LARGE = Decimal("0.001"), Decimal(500)


@dataclass
class Placed:
    """One order: what was asked for, what came back, what the venue said when it was asked."""

    terms: Terms
    fate: str = "under way"
    """ok, refused or unknown."""
    order_id: str | None = None
    outcome: OutcomeUnknown | None = None
    accepted: bool | None = None
    story: list[str] = field(default_factory=list)


@dataclass
class Call:
    """A call to make: `make` gets client and options, `done` what came back, `failed` what was raised."""

    make: Callable[[Any, CallOptions], Any]
    done: Callable[[Any], None]
    placed: Placed | None = None
    cancels: str = ""


class Account:
    """Chooses what to do next, until `calls` are `made`, and writes down what came of it. Used from many tasks and threads."""

    def __init__(self, words: Words, *, secret: Callable[[str], bool]) -> None:
        self.words = words
        self.placed: list[Placed] = []
        self.wrong: list[str] = []
        self.showing: list[str] = []
        self.made = 0
        self.calls = 0
        self._secret = secret
        self._resting: list[str] = []
        self._unknown: list[Placed] = []
        self._lock = threading.Lock()

    def next(self, random: Random) -> Call | None:
        """Return what to call next, None when enough was called."""
        with self._lock:
            if self.made == self.calls:
                return None
            self.made += 1
        kind = random.choices(
            ("market", "place", "cancel", "look up", "balances", "open orders"), (30, 26, 22, 10, 8, 4)
        )[0]
        words = self.words
        if kind == "market":
            return Call(random.choice(words.market), _nothing)
        if kind == "balances":
            return Call(words.balances, _nothing)
        if kind == "open orders":
            return Call(words.open_orders, _nothing)
        order = self._some(random, keep=kind == "look up") if kind != "place" else None
        if order is None:
            return self._place(random)
        if kind == "cancel":
            return Call(lambda client, options: words.cancel(client, order, options), _nothing, cancels=order)
        return Call(lambda client, options: words.look_up(client, order, options), lambda seen: self._saw(order, seen))

    def _some(self, random: Random, *, keep: bool) -> str | None:
        with self._lock:
            if not self._resting:
                return None
            place = random.randrange(len(self._resting))
            self._resting[place], self._resting[-1] = self._resting[-1], self._resting[place]
            return self._resting[-1] if keep else self._resting.pop()

    def _place(self, random: Random) -> Call:
        kind = random.choices(("resting", "crossing", "too large"), (80, 15, 5))[0]
        with self._lock:
            number = len(self.placed)
            price = (CROSSING if kind == "crossing" else RESTING) + number * CENT
            terms = Terms(f"soak{number:06d}", price, TOO_LARGE if kind == "too large" else SMALL)
            placed = Placed(terms)
            self.placed.append(placed)
        return Call(
            lambda client, options: self.words.place(client, terms, options),
            lambda ack: self._took(placed, ack),
            placed,
        )

    # What came back

    def _took(self, placed: Placed, ack: Any) -> None:
        placed.fate, placed.order_id = "ok", getattr(ack, self.words.order_id) or None
        if placed.order_id is not None and placed.terms.price < CROSSING:
            self._rests(placed.order_id)

    def _rests(self, order_id: str) -> None:
        with self._lock:
            self._resting.append(order_id)

    def _saw(self, order: str, seen: Any) -> None:
        shown = getattr(seen, self.words.order_id, None)
        if shown and str(shown) != order:
            self.wrong.append(f"asked for order {order}, was shown {shown}")

    def failed(self, call: Call, error: BaseException) -> None:
        """Note an error."""
        self._note(error)
        if call.cancels and not isinstance(error, OrderNotFound | InvalidRequest):
            self._rests(call.cancels)
        if call.placed is not None:
            call.placed.story.append(f"{type(error).__name__}: {error}")
            self._lost(call.placed, error)

    def _note(self, error: BaseException) -> None:
        text = "".join(traceback.format_exception(error))
        if self._secret(text):
            self.showing.append(text)
        if not isinstance(error, SpotwireError | TimeoutError):
            self.wrong.append(text)

    def _lost(self, placed: Placed, error: BaseException) -> None:
        outcome = outcome_of(error)
        placed.outcome = pickle.loads(pickle.dumps(outcome))  # without the frames of the call
        placed.fate = "refused" if placed.outcome is None else "unknown"
        if placed.outcome is not None:
            self._is_unknown(placed)

    def _is_unknown(self, placed: Placed) -> None:
        with self._lock:
            self._unknown.append(placed)

    # What became of unknown orders

    def unknown(self) -> Placed | None:
        """Return an order that is to be looked for, None where there is none."""
        with self._lock:
            return self._unknown.pop(0) if self._unknown else None

    def resolved(self, placed: Placed, resolutions: tuple[Resolution, ...]) -> None:
        """Note what became of an order."""
        (resolution,) = resolutions
        placed.accepted = resolution.accepted
        placed.story.append(f"resolved: accepted={resolution.accepted}, {len(resolution.records)} records")
        if resolution.accepted is None:
            self._look_again(placed)
        if resolution.accepted and placed.terms.price < CROSSING:
            self._rests(getattr(resolution.records[0], self.words.order_id))

    def not_resolved(self, placed: Placed, error: Exception) -> None:
        """Note that the questions failed: the order is looked for again."""
        self._note(error)
        placed.story.append(f"not resolved: {type(error).__name__}: {error}")
        self._look_again(placed)

    def _look_again(self, placed: Placed) -> None:
        if len(placed.story) < ATTEMPTS:
            self._is_unknown(placed)


def _nothing(_: object) -> None:
    """Expect nothing in particular."""
