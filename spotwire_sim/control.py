"""The simulator's own paths, for test runners that are not in this process: what `SimulatedVenue` has, over HTTP.

| request | effect |
|---|---|
| `POST /__sim/faults` `[{"operation": "placeOrder", "fault": "latency", "ms": 300, "times": 2}]` | plan faults |
| `GET /__sim/faults` | those that were planned and have not happened |
| `DELETE /__sim/faults` | forget them |
| `POST /__sim/clock` `{"offset_ms": 5000}` | move the venue's clock |
| `POST /__sim/reset` | go back to the start |
| `GET /__sim/requests` | the record of requests, without headers and secrets |

Only clients on this machine are answered.
"""

import re
from collections.abc import Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from spotwire_sim.call import Request
from spotwire_sim.clock import Clock
from spotwire_sim.faults import Header

if TYPE_CHECKING:
    from spotwire_sim.venue import Received, Venue

PREFIX = "/__sim/"

# Names of members and parameters whose values are not shown: api_key=…, "apiSecret": "…", signature=….
_secret = re.compile(r'([\w-]*(?:key|secret|sign|token|passphrase)[\w-]*"?\s*[=:]\s*"?)[^"&,}\s]+', re.IGNORECASE)


class ClockSetting(Struct, forbid_unknown_fields=True):
    """What POST /__sim/clock takes."""

    offset_ms: int


class Control:
    """Answers to the simulator's own paths."""

    def __init__(self, venue: "Venue", clock: Clock) -> None:
        """Control a venue and its clock."""
        self._venue = venue
        self._clock = clock
        self._answers: dict[tuple[str, str], Callable[[bytes], object]] = {
            ("POST", "faults"): self._plan,
            ("GET", "faults"): self._planned,
            ("DELETE", "faults"): self._forget,
            ("POST", "clock"): self._move_clock,
            ("POST", "reset"): self._reset,
            ("GET", "requests"): self._requests,
        }

    def answer(self, request: Request) -> tuple[int, list[Header], bytes]:
        """Return status, headers and body."""
        status, body = self._answer(request)
        return status, [(b"content-type", b"application/json")], msgspec.json.encode(body)

    def _answer(self, request: Request) -> tuple[int, object]:
        if not is_local(request.address):
            return 403, {"error": "only clients on this machine are answered"}
        answer = self._answers.get((request.method, request.path.removeprefix(PREFIX)))
        if answer is None:
            known = ", ".join(f"{method} {PREFIX}{name}" for method, name in self._answers)
            return 404, {"error": f"there are {known}"}
        try:
            return 200, answer(request.body)
        except (ValueError, msgspec.MsgspecError) as error:
            return 400, {"error": str(error)}

    def _plan(self, body: bytes) -> object:
        self._venue.plan_rows(msgspec.json.decode(body))
        return self._planned(b"")

    def _planned(self, _: bytes) -> object:
        return [row for plan in self._venue.plans for row in plan.rows()]

    def _forget(self, _: bytes) -> object:
        for plan in self._venue.plans:
            plan.clear()
        return []

    def _move_clock(self, body: bytes) -> object:
        self._clock.offset = msgspec.json.decode(body, type=ClockSetting).offset_ms
        return {"offset_ms": self._clock.offset}

    def _reset(self, _: bytes) -> object:
        self._venue.reset()
        return {}

    def _requests(self, _: bytes) -> object:
        return [_shown(request) for request in self._venue.requests]


def is_local(address: str) -> bool:
    """Tell whether an address is of loopback."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _shown(request: "Received") -> dict[str, object]:
    return {
        "method": request.method,
        "path": request.path,
        "query": _secret.sub(r"\1***", request.query),
        "body": _secret.sub(r"\1***", request.body.decode("utf-8", "replace")),
        "operation": request.operation,
        "status": request.status,
        "situation": request.situation,
        "fault": request.fault,
    }
