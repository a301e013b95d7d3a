"""A rim in virtual time: does the steps of many calls at once without waiting and without I/O.

The steps are the client's own; only the clock, the network and the order of events are the test's.
Imported as `spotwire_core.virtual`, though it lies among the tests: pytest puts `tests/` on the path.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import attrs
import msgspec

from auth_hooks.mexc import MexcAuth
from spotwire.mexc.venue import VENUE as MEXC
from spotwire_core.client import LOOK_AGAIN
from spotwire_core.clock import Clock
from spotwire_core.config import CallOptions
from spotwire_core.limits import Limiter, LimitMode
from spotwire_core.message import Auth, Request, Response
from spotwire_core.operation import Charge, Limit, Operation, Venue
from spotwire_core.pipeline import Await, Pipeline, Send, Sleep, Step
from spotwire_core.retries import Retries

AUTH = MexcAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
START = 1_000.0
EPOCH = 1_700_000_000.0

Answers = Callable[[Request], "Response | Exception"]


def answer(status: int = 200, body: bytes = b"{}", headers: Mapping[str, str] | None = None) -> Response:
    return Response(status, headers or {}, body)


def limited(*limits: Limit) -> Venue:
    """MEXC with other limits."""
    return msgspec.structs.replace(MEXC, limits=limits)


def operation(*charges: Charge, name: str = "doIt", safety: Any = "read", security: Any = "none") -> Operation[Any]:
    return Operation(
        name=name, method="GET", path=f"/{name}", result=None, charges=charges, safety=safety, security=security
    )


@attrs.define(eq=False)
class Running:
    """One call: what it waits for, what it did, and how it ended."""

    steps: Any
    begun: float
    waits_for: Step | None = None
    generation: int = 0
    sent: list[tuple[float, float]] = attrs.Factory(list)
    slept: list[float] = attrs.Factory(list)
    done: bool = False
    error: BaseException | None = None
    ended: float = 0.0


@attrs.define
class World:
    """Virtual time, the events in it, and a network that answers at once unless `under_way` says otherwise."""

    answers: Answers = lambda _: answer()
    under_way: float = 0.0
    now: float = START
    wall_offset: float = EPOCH - START
    requests: list[Request] = attrs.Factory(list)
    _events: list[tuple[float, int, Callable[[], None]]] = attrs.Factory(list)
    _order: Any = attrs.Factory(count)
    limiter: Limiter = attrs.field(
        init=False, default=attrs.Factory(lambda self: Limiter(monotonic=self.monotonic), takes_self=True)
    )

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return self.now + self.wall_offset

    def client(
        self,
        venue: Venue = MEXC,
        *,
        auth: Auth | None = AUTH,
        timeout: float = 10.0,
        retries: Retries | None = None,
        limits: LimitMode = "wait",
    ) -> Pipeline:
        client = Pipeline(venue, auth, base_url="http://127.0.0.1:1", timeout=timeout, retries=retries, limits=limits)
        client._monotonic = self.monotonic
        client._limiter = self.limiter
        client.clock = Clock(wall=self.wall, monotonic=self.monotonic)
        return client

    def at(self, moment: float, event: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._order), event))

    def call(
        self,
        client: Pipeline,
        operation: Operation[Any],
        values: tuple[Any, ...] = (),
        *,
        after: float = 0.0,
        under_way: float | None = None,
        options: CallOptions | None = None,
    ) -> Running:
        """Begin a call after some seconds."""
        running = Running(client._steps(operation, values, options), self.now + after)
        seconds = self.under_way if under_way is None else under_way
        self.at(running.begun, lambda: self._go_on(running, seconds, lambda: next(running.steps)))
        return running

    def stop(self, running: Running, error: BaseException) -> None:
        """Let a call fail where it waits now, as a cancellation does."""
        self._go_on(running, 0.0, lambda: running.steps.throw(error))

    def run(self, until: float = float("inf")) -> None:
        """Let everything happen. Fails where calls go on for ever."""
        for _ in range(200_000):
            if not self._events or self._events[0][0] > until:
                return
            self.step()
        raise AssertionError("it never ends")

    def step(self) -> None:
        """Let the next event happen, if there is one."""
        if self._events:
            moment, _, event = heapq.heappop(self._events)
            self.now = max(self.now, moment)
            event()

    def one(self, client: Pipeline, operation: Operation[Any], values: tuple[Any, ...] = (), **kwargs: Any) -> Running:
        """Make a call and let it end."""
        running = self.call(client, operation, values, **kwargs)
        self.run()
        return running

    def _go_on(self, running: Running, under_way: float, action: Callable[[], Step]) -> None:
        running.generation += 1
        try:
            step = running.waits_for = action()
        except StopIteration:
            running.done, running.ended = True, self.now
        except BaseException as error:  # noqa: BLE001  # it is what the caller would see
            running.done, running.error, running.ended = True, error, self.now
        else:
            self._do(running, under_way, step)

    def _do(self, running: Running, under_way: float, step: Step) -> None:
        def go_on(outcome: object = None, *, generation: int = running.generation) -> None:
            if running.generation == generation:
                self._go_on(running, under_way, lambda: _resume(running.steps, outcome))

        if isinstance(step, Send):
            self.requests.append(step.request)
            told = self.answers(step.request)
            running.sent.append((self.now, self.now + under_way))
            self.at(self.now + under_way, lambda: go_on(told))
        elif isinstance(step, Sleep):
            running.slept.append(step.seconds)
            self.at(self.now + step.seconds, go_on)
        elif isinstance(step, Await):
            step.ticket.on_wake(lambda: self.at(self.now, go_on))
            self.at(self.now + (LOOK_AGAIN if step.seconds is None else step.seconds), go_on)
        else:
            self.at(self.now, lambda: go_on(outcome=True))


def _resume(steps: Any, outcome: object) -> Step:
    step: Step = steps.throw(outcome) if isinstance(outcome, Exception) else steps.send(outcome)
    return step
