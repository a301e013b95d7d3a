"""One client's conversation: commands are obeyed and answered, events are numbered and pushed, each with its fault."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, json

from spotwire_sim.call import Denied
from spotwire_sim.faces import Desk
from spotwire_sim.ledger import Refused
from spotwire_sim.market import Trade
from spotwire_sim.spec import ErrorRow
from spotwire_sim.streams.connection import Sent
from spotwire_sim.streams.document import ChannelName, Command
from spotwire_sim.streams.faults import NO_STREAM_FAULT, StreamFault

if TYPE_CHECKING:
    from spotwire_sim.streams.connection import Connection
    from spotwire_sim.streams.hub import Streams

Row = dict[str, object]

KEPT_COMMANDS = 100


class Event(Struct, frozen=True):
    """What happened on a channel: `number` counts from 1, `time` is the venue's, epoch milliseconds.

    `body` is the JSON object of the push as the venue makes it, before a session gives it its sequence number. The number is 0
    for what is said to one session alone.
    """

    channel: str
    number: int
    time: int
    body: bytes

    @property
    def members(self) -> dict[str, Any]:
        """The push as JSON has it."""
        members: dict[str, Any] = json.decode(self.body)
        return members


class Channel:
    """A channel that somebody has subscribed to: from then on its events are recorded."""

    def __init__(self, name: ChannelName, symbol: str | None, kind: "Kind") -> None:
        """Start without events; `symbol` is None for all."""
        self.name = name.text
        self.values = name.values
        self.kind = kind
        self.symbol = symbol
        self.last: Event | None = None
        self.made = 0
        self.changed = True
        self.subscribers: dict[Session, Subscription] = {}


class Subscription(Struct, eq=False):
    """A session's subscription; `since` is the number of the last event before it, `pushes` counts what was pushed."""

    channel: Channel
    opened_at: int
    since: int
    pushes: int = 0


class Reply(Struct, frozen=True):
    """What a command brings about: a repetition, an answer, and what is pushed right behind it.

    `numbered` is False for an answer that has no sequence number.
    """

    echo: Row | None = None
    answer: Row | None = None
    numbered: bool = True
    pushes: tuple[Event, ...] = ()


class Kind(Struct, frozen=True, kw_only=True):
    """How the events of one kind of channel are written: one for each trade, or a snapshot whenever it has changed.

    `first` is what a new subscriber gets to begin with, where that is not the last snapshot.
    """

    word: str
    trade: Callable[[Desk, Channel, Trade], Row] | None = None
    snapshot: Callable[[Desk, Channel], Row] | None = None
    first: Callable[[Desk, Channel, Mapping[str, Any]], Row] | None = None


class StreamFace(Struct, frozen=True, kw_only=True):
    """What is particular to one venue's streams, as `STREAMS` in `faces/<venue>_streams.py`.

    `kinds` are by the key of the channel in the document, `obey` by operation; what they raise is Denied. `symbol_of` finds
    the symbol of a channel, None for all. `greeting` is the first frame, `echo` repeats a command that is refused, and
    `refusal` answers what cannot be read or done, with the reason in plain words.
    """

    kinds: Mapping[str, Kind]
    obey: Mapping[str, Callable[["Session", Command], Reply]]
    symbol_of: Callable[[ChannelName], str | None]
    greeting: Callable[["Session"], Row]
    echo: Callable[["Session", Command], Row]
    refusal: Callable[["Session", ErrorRow, str], Row]


class Session:
    """A connection from the greeting on: `received` are the client's last messages, `ended` says why it is over, if it is."""

    def __init__(self, streams: "Streams", connection: "Connection", number: int, sid: str) -> None:
        """Begin with the venue's greeting."""
        self.streams = streams
        self.number = number
        self.sid = sid
        self.sequence = 0
        self.received: deque[bytes] = deque(maxlen=KEPT_COMMANDS)
        self.subscriptions: dict[str, Subscription] = {}
        self.connection = connection
        self.ended = ""
        self._behind: list[tuple[Sent, StreamFault]] = []
        self._late: list[Reply] = []
        self._say(self.streams.face.greeting(self))

    # Commands

    def receive(self, message: bytes) -> None:
        """Obey a command."""
        self.received.append(message)
        try:
            command = self.streams.document.read(message)
        except Denied as denied:
            self._say(self._refusal(denied))
            return
        fault = self.streams.faults.meet(command.op)
        if fault.end or fault.stall_ms:
            self.connection.meet(fault)
        if not fault.end:
            self._answer(self._reply(command, fault), fault)

    def _reply(self, command: Command, fault: StreamFault) -> Reply:
        if not fault.executed:
            answer = None if fault.error is None else self._refusal(ErrorRow(*fault.error, 200))
            return Reply(self.streams.face.echo(self, command), answer)
        try:
            with self.streams.lock:
                return self.streams.face.obey[command.op](self, command)
        except (Denied, Refused) as refused:
            return Reply(self.streams.face.echo(self, command), self._refusal(refused))

    def _refusal(self, why: Denied | Refused | ErrorRow) -> Row:
        if isinstance(why, ErrorRow):
            return self.streams.face.refusal(self, why, "a planned fault")
        reason = why.reason if isinstance(why, Denied) else why.message
        return self.streams.face.refusal(self, self.streams.desk.spec.error(why.situation), reason)

    def _answer(self, reply: Reply, fault: StreamFault) -> None:
        if reply.echo is not None and fault.echoed:
            self._say(reply.echo)
        if reply.answer is not None and fault.late:
            self._late.append(reply)
        elif reply.answer is not None and fault.answered:
            self._say(reply.answer, numbered=reply.numbered)
        for event in reply.pushes:
            self.push(event)

    def _say(self, row: Row, *, numbered: bool = True) -> None:
        body = json.encode(row)
        if numbered:
            self._send(Sent(self.number, self._numbered(body), self.sequence))
        else:
            self._send(Sent(self.number, body))

    # Subscriptions

    def subscribe(self, name: str, param: Mapping[str, Any]) -> Event | None:
        """Subscribe to a channel; return what is pushed first, None where it is subscribed to already. Raises Denied."""
        channel = self.streams.channel(name)
        if name in self.subscriptions:
            return None
        first = self.streams.first(channel, param)
        subscription = Subscription(channel, self.streams.desk.clock(), channel.made)
        self.subscriptions[name] = channel.subscribers[self] = subscription
        return first

    def unsubscribe(self, name: str) -> None:
        """Leave a channel, also one that is not subscribed to."""
        subscription = self.subscriptions.pop(name, None)
        if subscription is not None:
            del subscription.channel.subscribers[self]

    # Pushes

    def push(self, event: Event) -> None:
        """Push an event, as its fault has it."""
        subscription = self.subscriptions.get(event.channel)
        if subscription is not None:
            subscription.pushes += 1
        sent = Sent(self.number, self._numbered(event.body), self.sequence, event.channel, event.number)
        fault = self.streams.faults.meet("*", event.channel)
        if fault is NO_STREAM_FAULT:
            self._send(sent)
        else:
            self._push_faulty(sent, fault)
        late, self._late = self._late, []
        for reply in late:
            self._say(reply.answer or {}, numbered=reply.numbered)

    def _push_faulty(self, sent: Sent, fault: StreamFault) -> None:
        if fault.end or fault.stall_ms:
            self.connection.meet(fault)
        if fault.end:
            return
        payload = sent.payload if fault.change is None else fault.change(sent.payload)
        sent = Sent(sent.session, payload, sent.sequence, sent.channel, sent.number, str(fault))
        if fault.behind:
            self._behind.append((sent, fault))
            return
        for _ in range(fault.copies):
            self._send(sent, fault)

    def _numbered(self, body: bytes) -> bytes:
        self.sequence += 1
        return b'{"%s":%d,%s' % (self.streams.sequence_member, self.sequence, body[1:])

    def _send(self, sent: Sent, fault: StreamFault = NO_STREAM_FAULT) -> None:
        self._write(sent, fault)
        behind, self._behind = self._behind, []
        for waiting, its in behind:
            self._write(waiting, its)

    def _write(self, sent: Sent, fault: StreamFault) -> None:
        self.connection.send(sent, binary=fault.binary, parts=fault.parts, pace=fault.pace_ms / 1000)


def close_all(sessions: Iterable[Session], code: int, reason: str) -> None:
    """Close the connections of sessions."""
    for session in sessions:
        session.connection.close(code, reason)
