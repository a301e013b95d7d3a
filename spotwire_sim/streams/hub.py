"""Makes events of what happens at the exchange, keeps record of them, and hands them to the sessions that subscribed.

The exchange tells in whatever thread it was changed; sessions live in the server's loop. What both touch is guarded by the
exchange's lock.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from time import monotonic
from typing import Any
from uuid import UUID

from msgspec import Struct, json

from spotwire_sim.call import Request
from spotwire_sim.faces import Desk
from spotwire_sim.market import Trade
from spotwire_sim.streams.connection import RESTART, Connection, Sent
from spotwire_sim.streams.document import StreamDocument, load_streams
from spotwire_sim.streams.faults import StreamFault, StreamFaults
from spotwire_sim.streams.session import Channel, Event, Session, StreamFace, close_all

KEPT_EVENTS = 100_000
KEPT_SESSIONS = 1_000
# Time alone changes a snapshot, too: the day of a ticker moves on, a candle ends.
TICK_SECONDS = 1.0
# Snapshots take at most a fifth of the loop's time, however long the past is that they sum up.
REST_AFTER_WORK = 4

Note = Callable[[Request, int, str], None]


class StreamTimes(Struct, frozen=True, kw_only=True):
    """Seconds after which things happen to a connection; those that are None are the document's.

    A connection is closed after `lifetime`; the venue pings every `ping_every`, and closes one that was silent for `silence`.
    A snapshot is pushed at most every `push_every`.
    """

    lifetime: float | None = None
    ping_every: float | None = None
    silence: float | None = None
    push_every: float = 0.1


class _Times(Struct, frozen=True):
    lifetime: float
    ping_every: float
    silence: float
    push_every: float


class Streams:
    """The streams of a venue: what is to go wrong, and the record of what happened and what was sent."""

    def __init__(
        self, document: StreamDocument, face: StreamFace, desk: Desk, *, seed: int, times: StreamTimes, note: Note
    ) -> None:
        """Wait for connections; `note` records an upgrade with the status and the fault that it met."""
        self.document = document
        self.face = face
        self.faults = StreamFaults(document)
        self.path = document.path
        self.sequence_member = document.sequence.encode()
        self.times = _times(document, times)
        self.note = note
        self._seed = seed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: dict[Session, None] = {}
        self._ticker: asyncio.TimerHandle | None = None
        self._start(desk)

    def _start(self, desk: Desk) -> None:
        self.desk = desk
        self.lock = desk.exchange.lock
        self._sessions: deque[Session] = deque(maxlen=KEPT_SESSIONS)
        self._numbers = 0
        self._channels: dict[str, Channel] = {}
        self._produced: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self._sent: deque[Sent] = deque(maxlen=KEPT_EVENTS)
        self._pending: deque[tuple[Channel, Event]] = deque()
        self._woken = False
        self._waits = False
        self._due = 0.0

    # What a test needs. Any thread may call these.

    @property
    def sessions(self) -> list[Session]:
        """The last thousand connections, oldest first."""
        return list(self._sessions)

    def plan(self, target: str, fault: StreamFault, times: int = 1) -> None:
        """Let the next upgrades (`connect`), commands (their `op`) or pushes (their channel, or `*`) meet a fault.

        Raises ValueError where that fault cannot meet them.
        """
        self.faults.plan(target, fault, times)

    def check(self) -> None:
        """Raise AssertionError, naming the faults that were planned and did not happen."""
        self.faults.check()

    def produced(self, channel: str | None = None) -> list[Event]:
        """Return the events of a channel or of all, in the order in which they happened; at most the last 100,000.

        A channel is recorded from its first subscription on, whoever listens. Snapshots are taken while somebody is connected.
        """
        return [event for event in list(self._produced) if channel in {None, event.channel}]

    def sent(self, session: int | None = None) -> list[Sent]:
        """Return what was put on the wire, of one session by its number or of all, in order; at most the last 100,000.

        What was on its way when a connection was reset may not have arrived.
        """
        return [sent for sent in list(self._sent) if session in {None, sent.session}]

    # Connections

    def connection(self, **given: Any) -> Connection:
        """Make what uvicorn hands a connection to."""
        return Connection(self, **given)

    def enter(self, connection: Connection) -> Session:
        """Begin a session."""
        self._loop = asyncio.get_running_loop()
        self._numbers += 1
        name = blake2b(f"{self._seed} session {self._numbers}".encode(), digest_size=16)
        session = Session(self, connection, self._numbers, str(UUID(bytes=name.digest())))
        self._sessions.append(session)
        self._open[session] = None
        if self._ticker is None:
            self._ticker = self._loop.call_later(TICK_SECONDS, self._tick)
        return session

    def leave(self, session: Session) -> None:
        """End a session."""
        with self.lock:
            for name in list(session.subscriptions):
                session.unsubscribe(name)
        self._open.pop(session, None)
        if not self._open and self._ticker is not None:
            self._ticker.cancel()
            self._ticker = None

    def wrote(self, sent: Sent) -> None:
        """Take note of a message that went out."""
        self._sent.append(sent)

    def reset(self, desk: Desk) -> None:
        """Go on with a new exchange: close all connections and forget what happened."""
        self.desk.exchange.observer = None
        sessions, loop = list(self._open), self._loop
        self._start(desk)
        self.faults.clear()
        if sessions and loop is not None:
            loop.call_soon_threadsafe(close_all, sessions, RESTART, "reset")

    # Channels; the caller holds the lock

    def channel(self, name: str) -> Channel:
        """Find a channel by its name, or begin to record it; raises Denied."""
        channel = self._channels.get(name)
        if channel is None:
            described = self.document.channel(name)
            kind = self.face.kinds[described.kind]
            channel = self._channels[name] = Channel(described, self.face.symbol_of(described), kind)
            self.desk.exchange.observer = self._happened
        return channel

    def first(self, channel: Channel, param: Any) -> Event:
        """Return what a new subscriber gets to begin with."""
        if channel.kind.first is not None:
            return self._event(channel, 0, channel.kind.first(self.desk, channel, param))
        self._take(channel)
        if channel.last is None:
            raise AssertionError("a snapshot was just taken")
        return channel.last

    def _event(self, channel: Channel, number: int, row: dict[str, object]) -> Event:
        return Event(channel.name, number, self.desk.clock(), json.encode(row))

    def _produce(self, channel: Channel, row: dict[str, object]) -> None:
        event = self._event(channel, channel.made + 1, row)
        if channel.last is not None and channel.kind.snapshot is not None and event.body == channel.last.body:
            return
        channel.made += 1
        channel.last = event
        self._produced.append(event)
        if channel.subscribers:
            self._pending.append((channel, event))

    def _take(self, channel: Channel) -> None:
        """Take a snapshot, which is an event where it differs from the last one."""
        channel.changed = False
        if channel.kind.snapshot is not None:
            self._produce(channel, channel.kind.snapshot(self.desk, channel))

    # What happens

    def _happened(self, symbol: str, trades: Sequence[Trade]) -> None:
        """Hear from the exchange, which holds its lock."""
        for channel in self._channels.values():
            if channel.symbol not in {None, symbol}:
                continue
            if channel.kind.trade is None:
                channel.changed = True
                continue
            for trade in trades:
                self._produce(channel, channel.kind.trade(self.desk, channel, trade))
        self._wake()

    def _wake(self) -> None:
        """Let the loop deliver, once."""
        if self._open and not self._woken and self._loop is not None:
            self._woken = True
            self._loop.call_soon_threadsafe(self._deliver)

    def _tick(self) -> None:
        with self.lock:
            for channel in self._channels.values():
                channel.changed = True
        self._deliver()
        self._ticker = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)

    def _deliver(self) -> None:
        """Take the snapshots that are due and push everything that waits."""
        with self.lock:
            self._woken = False
            self._take_due()
            pending, self._pending = self._pending, deque()
        for channel, event in pending:
            for session, subscription in list(channel.subscribers.items()):
                if event.number > subscription.since:
                    session.push(event)

    def _take_due(self) -> None:
        changed = [channel for channel in self._channels.values() if channel.changed and channel.subscribers]
        if not changed or self._waits:
            return
        now = monotonic()
        if now < self._due:
            self._waits = True
            asyncio.get_running_loop().call_later(self._due - now, self._deliver_due)
            return
        for channel in changed:
            self._take(channel)
        self._due = monotonic() + max(self.times.push_every, REST_AFTER_WORK * (monotonic() - now))

    def _deliver_due(self) -> None:
        self._waits = False
        self._deliver()


def _times(document: StreamDocument, given: StreamTimes) -> _Times:
    times = _Times(
        document.lifetime if given.lifetime is None else given.lifetime,
        document.ping_every if given.ping_every is None else given.ping_every,
        document.silence if given.silence is None else given.silence,
        given.push_every,
    )
    if min(times.lifetime, times.ping_every, times.silence) <= 0 or times.push_every < 0:
        raise ValueError(f"times of streams are positive seconds, not {given}")
    return times


def open_streams(venue: str, desk: Desk, *, seed: int, times: StreamTimes, note: Note) -> Streams | None:
    """Open the streams of a venue, None for one that has none."""
    module = f"spotwire_sim.faces.{venue}_streams"
    document = load_streams(venue)
    if document is None or find_spec(module) is None:
        return None
    return Streams(document, import_module(module).STREAMS, desk, seed=seed, times=times, note=note)
