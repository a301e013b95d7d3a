"""Drives a `Session` on an event loop: opens, sends and closes what it says, and tells it what comes and when."""

from __future__ import annotations

import asyncio
import random
import re
import time
from typing import TYPE_CHECKING, Any

from spotwire_core.errors import SWITCHED, AuthError
from spotwire_core.frames import Json, Request, Stream, StreamVenue
from spotwire_core.inbox import Sink
from spotwire_core.link import Link, Question
from spotwire_core.notices import StreamOptions
from spotwire_core.pipeline import PAUSE
from spotwire_core.retries import Retries
from spotwire_core.session import FOREVER, Close, Effect, Open, Ping, Send, Session, Timing, Wait

if TYPE_CHECKING:
    from spotwire_core.websocket import Refused, WebSocket

HANDSHAKE = 10.0
"""Seconds for name, connection, TLS and upgrade together."""

GOODBYE = 1.0
"""Seconds that a connection gets to close before it is aborted."""

LONGEST_PAUSE = 300.0
"""Seconds: a venue that wants a longer pause before the next connection is asked again after this."""

POLICY_VIOLATION = 1008

_is_number = re.compile(r"[0-9]+", re.ASCII).fullmatch


class Driver:
    """Does what a session wants on an event loop. All methods are for the loop's thread."""

    def __init__(self, venue: StreamVenue, url: str, options: StreamOptions, *, timing: Timing) -> None:
        from spotwire_core import websocket  # here, so that a missing picows is seen before anything is begun

        self._websocket = websocket
        self._url = url
        self._name = venue.name
        self._loop = asyncio.get_running_loop()
        self._sockets: dict[Link, WebSocket] = {}
        self._tasks: dict[Link, asyncio.Task[None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._session = Session(
            venue,
            timing=timing,
            retries=Retries(),
            clock=self._loop.time,
            random=random.random,
            wall_ms=lambda: time.time_ns() // 1_000_000,
            on_notice=options.on_notice,
        )

    def subscribe(
        self, stream: Stream[Any], name: str, params: dict[str, Json], sink: Sink, *, within: float, called: str
    ) -> None:
        """Give the events of a channel to a sink."""
        self._session.subscribe(stream, name, params, sink, within=within, called=called)
        self.do()

    def unsubscribe(self, sink: Sink) -> None:
        """Give a sink nothing any more."""
        self._session.unsubscribe(sink)
        self.do()

    def ask(
        self, request: Request[Any], name: str, params: dict[str, Json], *, within: float, called: str
    ) -> asyncio.Future[Any]:
        """Send a question. The answer comes with the future; cancelling that forgets the question."""
        answer: asyncio.Future[Any] = self._loop.create_future()

        def done(value: Any, error: BaseException | None) -> None:
            if answer.done():
                return
            if error is None:
                answer.set_result(value)
            else:
                answer.set_exception(error)

        question = Question(request, name, params, self._loop.time() + within, done, called)
        answer.add_done_callback(lambda _: self._forget(question))
        self._session.ask(question)
        self.do()
        return answer

    def _forget(self, question: Question) -> None:
        self._session.forget(question)
        self.do()

    async def aclose(self) -> None:
        """End everything, and return when no task and no connection is left."""
        self._session.close()
        self.do()
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=GOODBYE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def do(self) -> None:
        """Do what is to be done, and come back when the session wants it."""
        effects = self._session.effects
        while effects:
            batch = effects.copy()
            effects.clear()
            for effect in batch:
                self._act(effect)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self._session.deadline()
        if due < FOREVER:
            self._timer = self._loop.call_at(due, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._session.tick()
        self.do()

    def _act(self, effect: Effect) -> None:
        if isinstance(effect, Open):
            self._tasks[effect.link] = self._loop.create_task(self._run(effect.link))
            return
        if isinstance(effect, Wait):
            return
        made = self._sockets.get(effect.link)
        if isinstance(effect, Close):
            if made is not None:
                made.close()
                self._loop.call_later(GOODBYE, made.abort)
            elif effect.link in self._tasks:
                self._tasks[effect.link].cancel()
        elif made is not None and isinstance(effect, Send):
            made.send(effect.text)
        elif made is not None and isinstance(effect, Ping):
            made.ping()

    async def _run(self, link: Link) -> None:
        """Open a connection, and stay with it until it is gone."""
        made = self._websocket.WebSocket(self._session.receiver(link, self.do), _Receiver(self, self._session, link))
        try:
            await self._websocket.connect(self._url, made, within=HANDSHAKE)
            self._lost(link, *await made.closed())
        except self._websocket.Refused as refused:
            self._refused(link, refused)
        finally:
            self._sockets.pop(link, None)
            del self._tasks[link]
        self.do()

    def opened(self, link: Link, made: WebSocket) -> None:
        """A connection is open."""
        self._sockets[link] = made
        self._session.connected(link)
        self.do()

    def _lost(self, link: Link, reason: str, code: int | None) -> None:
        final = None
        if code == POLICY_VIOLATION:
            final = AuthError(operation=f"{self._name} streams", status=SWITCHED, code=str(code), message=reason)
        self._session.lost(link, reason, final=final)

    def _refused(self, link: Link, refused: Refused) -> None:
        final, pause = None, None
        if refused.status in (401, 403):
            final = AuthError(
                operation=f"{self._name} streams", status=refused.status, code=None, message=refused.reason
            )
        if refused.status == 429 or refused.retry_after is not None:
            asked = refused.retry_after or ""
            pause = min(float(asked), LONGEST_PAUSE) if _is_number(asked) else PAUSE
        self._session.lost(link, refused.reason, final=final, retry_after=pause)


class _Receiver:
    """Tells a session what one connection brings besides texts."""

    def __init__(self, driver: Driver, session: Session, link: Link) -> None:
        self._driver = driver
        self._session = session
        self._link = link

    def opened(self, made: WebSocket) -> None:
        self._driver.opened(self._link, made)

    def unreadable(self, expected: str) -> None:
        self._session.unreadable(self._link, expected)

    def heard(self) -> None:
        self._session.heard(self._link)

    def ponged(self) -> None:
        self._session.ponged(self._link)
        self._driver.do()
