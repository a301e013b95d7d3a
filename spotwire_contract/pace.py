"""How fast a venue may be asked."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spotwire_contract.spec import Node, Operation, load

UNSTATED = 1.0
"""Seconds between calls at a venue whose document states no limit."""


class Pace:
    """Spreads calls evenly: each waits for as long as the call before it uses up of the tightest limit."""

    def __init__(
        self, venue: str, *, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Start with nothing used up."""
        self._limits: Sequence[Node] = load(venue).root["x-rate-limit"]
        self._now = now
        self._sleep = sleep
        self._free_at = now()

    def wait(self, operation: Operation, arguments: Mapping[str, Any]) -> None:
        """Wait until the operation may be called."""
        left = self._free_at - self._now()
        if left > 0:
            self._sleep(left)
        self._free_at = self._now() + self.seconds(operation, arguments)

    def seconds(self, operation: Operation, arguments: Mapping[str, Any]) -> float:
        """Return how long a call uses up the tightest of the limits that count it."""
        charges: Sequence[Node] = operation.node["x-rate-limit"]
        weights = {charge["bucket"]: _weight(operation, charge, arguments) for charge in charges if "bucket" in charge}
        general = [(b, weights.get(b["bucket"], 0 if b["applies"] == "named" else 1)) for b in self._limits]
        own = [(charge, 1) for charge in charges if "requests" in charge]
        used = [limit["seconds"] * weight / limit["requests"] for limit, weight in [*general, *own]]
        return max(used, default=UNSTATED)


def _weight(operation: Operation, charge: Node, arguments: Mapping[str, Any]) -> int:
    names = {parameter.wire: parameter.python for parameter in operation.parameters}
    without: Mapping[str, int] = charge.get("weight-without", {})
    absent = [weight for wire, weight in without.items() if names[wire] not in arguments]
    weight: int = max(absent, default=charge.get("weight", 1))
    return weight
