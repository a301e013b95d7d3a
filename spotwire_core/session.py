"""The rules of a venue's streams without their I/O: what to open, send and close, and who gets which event.

A `Session` is told what happens (`subscribe`, `connected`, `frame`, `lost`, `tick`) and given a clock. What is to be done stands
in `effects` afterwards; `deadline` says when `tick` wants to be called. Events go straight to the sinks of their channel. One
thread at a time.

While a connection nears the end of its life a second one is opened beside it: `_current` counts, `_next` takes over once
everything is confirmed on it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

import attrs
import msgspec

from spotwire_core import frames
from spotwire_core.decode import Mismatch, decoder
from spotwire_core.errors import SWITCHED, ApiError, ClientClosed, DecodeError, SpotwireError, TransportError
from spotwire_core.feed import AddingFeed, Feed, ReplacingFeed
from spotwire_core.frames import Frame, Json, Stream, StreamVenue
from spotwire_core.inbox import Sink
from spotwire_core.link import Command, Link, Question
from spotwire_core.notices import Connected, Disconnected, Gap, Notice, Reconnected, Unreadable
from spotwire_core.retries import Retries

log = logging.getLogger("spotwire")

FOREVER = float("inf")
UNSET = msgspec.UNSET

UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError, Mismatch)
"""What reading a frame may raise."""

MOST_CHANNELS = 100
"""Channels in one command."""

OVERTAKEN = "another connection took over before it was known that this one had brought everything"

TRIES = 3
"""Times that a command is sent on one connection before it is given up."""


@attrs.frozen(kw_only=True)
class Timing:
    """Bounds of a session, all in seconds.

    `ack`: a command that is not answered is sent again. `idle`: a connection on which nothing comes is pinged, and lost when
    nothing comes within `pong` then. `healthy`: after that long a connection has made up for the failures before it.
    `renew`: so long before the end of its life a connection gets a successor, which takes over `grace` after everything is
    confirmed. `settle`: so long, and until it brings something new, a new connection's events are compared with those before.
    `linger`: so long a connection waits for the next question.
    """

    ack: float = 5.0
    idle: float = 20.0
    pong: float = 10.0
    healthy: float = 30.0
    renew: float = 300.0
    grace: float = 1.0
    settle: float = 10.0
    linger: float = 5.0


class Open(msgspec.Struct, frozen=True):
    """Open a connection; tell `connected` or `lost`."""

    link: Link


class Send(msgspec.Struct, frozen=True):
    """Send a text."""

    link: Link
    text: str


class Ping(msgspec.Struct, frozen=True):
    """Send a ping; tell `heard` when its pong comes."""

    link: Link


class Close(msgspec.Struct, frozen=True):
    """Close a connection. Nothing more of it is told."""

    link: Link


class Wait(msgspec.Struct, frozen=True):
    """Ask for the deadline again."""


Effect = Open | Send | Ping | Close | Wait


@attrs.define(eq=False)
class Channel:
    """A channel with those who want it. `direct` is the connection whose events need no further look."""

    name: str
    stream: Stream[Any]
    params: Mapping[str, Json]
    feed: Feed
    called: str
    """What errors call it."""
    sinks: tuple[Sink, ...] = ()
    waiting: dict[Sink, float] = attrs.Factory(dict[Sink, float])
    """Sinks that were not confirmed yet, and when they give up."""
    direct: Link | None = None
    decode: Callable[[bytes], Any] = attrs.field(init=False)
    newest: Sequence[Any] = ()
    """The last push, where each replaces the one before."""
    in_doubt: bool = False
    """Whether the first push of a new connection is to show that there is no hole before it."""
    was_confirmed: bool = False
    down_since: float | None = None

    def __attrs_post_init__(self) -> None:
        """Read events of the stream alone."""
        self.decode = decoder(self.stream.event).decode


class Session:
    """All streams of one client.

    `clock` gives seconds that only go forward, `wall_ms` the epoch time in ms, `random` numbers from 0 to 1.
    """

    def __init__(
        self,
        venue: StreamVenue,
        *,
        timing: Timing,
        retries: Retries,
        clock: Callable[[], float],
        random: Callable[[], float],
        wall_ms: Callable[[], int],
        on_notice: Callable[[Notice], Any] | None = None,
    ) -> None:
        self.effects: list[Effect] = []
        self._venue = venue
        self._timing = timing
        self._retries = retries
        self._clock = clock
        self._random = random
        self._wall_ms = wall_ms
        self._on_notice = on_notice
        self._frames = frames.Frames(venue)
        self._ids = count(1)
        self._channels: dict[str | None, Channel] = {}
        self._questions: list[Question] = []
        self._current: Link | None = None
        self._next: Link | None = None
        self._failures = 0
        self._failure = ""
        self._open_at = 0.0
        """No connection is opened before, but for a successor."""
        self._renew_at = FOREVER
        self._switch_at = FOREVER
        self._settled_at = 0.0
        self._lingers_until = 0.0
        self._down_since: float | None = None
        self._was_connected = False
        self._told_of_failure = False
        self._told_of_hole = False
        self._closed = False
        self._now = clock()

    # What users want

    def subscribe(
        self, stream: Stream[Any], name: str, params: Mapping[str, Json], sink: Sink, *, within: float, called: str
    ) -> None:
        """Give a channel's events to a sink, which gives up where the venue does not confirm that within some seconds.

        `called` is what errors call the channel: that of its first sink counts.
        """
        self._now = self._clock()
        if self._closed:
            sink.end(_closed())
            return
        channel = self._channels.get(name)
        if channel is None:
            feed: Feed = AddingFeed(stream.event) if stream.bare and stream.listed else ReplacingFeed()
            channel = self._channels[name] = Channel(name, stream, params, feed, called)
        channel.sinks += (sink,)
        if any(name in link.confirmed for link in self._links()):
            sink.note(Connected())
            if isinstance(channel.feed, ReplacingFeed) and channel.newest:
                sink.push(channel.newest)  # in a quiet market the next one may be long in coming
        else:
            channel.waiting[sink] = self._now + within
        self._work()

    def unsubscribe(self, sink: Sink) -> None:
        """Give a sink nothing any more."""
        self._now = self._clock()
        for channel in list(self._channels.values()):
            if sink in channel.sinks:
                channel.sinks = tuple(one for one in channel.sinks if one is not sink)
                channel.waiting.pop(sink, None)
                if not channel.sinks:
                    del self._channels[channel.name]
        sink.end(None)
        self._work()

    def ask(self, question: Question) -> None:
        """Send a question; its `done` is called once."""
        self._now = self._clock()
        if self._closed:
            question.done(None, _closed())
            return
        self._questions.append(question)
        self._work()

    def forget(self, question: Question) -> None:
        """Do not wait for an answer any more."""
        self._now = self._clock()
        self._drop_question(question)
        self._work()

    def close(self) -> None:
        """End everything."""
        self._closed = True
        self._fail(_closed())

    # What happens

    def connected(self, link: Link) -> None:
        """A connection is open."""
        self._now = self._clock()
        if link.closed:
            return
        link.opened_at = link.checked_at = link.answered_at = self._now
        if link is self._current:
            self._renew_at = self._renewal_of(link)
            down = self._now - (self._now if self._down_since is None else self._down_since)
            self._tell(Reconnected(down) if self._was_connected else Connected())
            self._was_connected, self._down_since, self._told_of_failure = True, None, False
        log.debug("%s streams: connected", self._venue.name)
        self._work()

    def lost(
        self,
        link: Link,
        reason: str,
        *,
        final: SpotwireError | None = None,
        retry_after: float | None = None,
    ) -> None:
        """A connection is lost, or could not be opened. With `final` no other one is tried."""
        self._now = self._clock()
        if link.closed:
            return
        link.closed = True
        log.info("%s streams: %s", self._venue.name, reason)
        self._failure = reason
        if final is not None:
            self._tell(Disconnected(reason))
            self._fail(final)
            return
        self._open_at = max(self._open_at, self._now + self._wait_after(link, retry_after))
        self._leave(link, reason)
        if link is self._next:
            self._next, self._renew_at = None, self._open_at
            self._end_overlap()
        elif link is self._current:
            self._current = None
            self._replace(reason)
        self._work()

    def receiver(self, link: Link, do: Callable[[], None]) -> Callable[[bytes], None]:
        """Return what every text of a connection is given to. It calls `do` where there is something to be done.

        Most texts are events of a settled connection, so these come first and cost least.
        """
        header_of, read, channels, effects = self._frames.header, self._frames.read, self._channels, self.effects

        def receive(body: bytes) -> None:
            link.frames += 1
            event, expected = UNSET, link.expected
            try:
                header = header_of(body)
                channel = channels.get(header.channel)
                if (
                    channel is not None
                    and channel.direct is link
                    and header.sequence == expected is not None
                    and header.kind == channel.stream.kind
                    and header.events is UNSET
                    and body.isascii()
                ):
                    event = channel.decode(body)
            except UNREADABLE:
                channel = None
            if channel is None or event is UNSET or expected is None:
                self._frame(link, read(body))
                if effects:
                    do()
                return
            link.expected = expected + 1
            push = channel.newest = (event,)
            for sink in channel.sinks:
                sink.push(push)

        return receive

    def unreadable(self, link: Link, expected: str) -> None:
        """Something came that is no text."""
        link.frames += 1
        self._tell_all(link, Unreadable("$", expected, ""))

    def heard(self, link: Link) -> None:
        """A pong or a part of a message came."""
        link.frames += 1

    def ponged(self, link: Link) -> None:
        """A ping of the venue was answered."""
        link.frames += 1
        link.answered_at = self._clock()

    def deadline(self) -> float:
        """Return when `tick` is due."""
        moments = [self._renew_at, self._switch_at]
        if self._current is None and self._is_needed():
            moments.append(self._open_at)
        moments += [moment for channel in self._channels.values() for moment in channel.waiting.values()]
        moments += [question.deadline for question in self._questions]
        for link in self._links():
            if link.opened_at is not None:
                moments += [self._check_at(link), link.answered_at + self._venue.ping_every * 1.5]
                moments += [one.sent_at + self._timing.ack for one in link.commands if one.kind != "ask"]
        if self._links() and not self._channels:
            moments.append(self._lingers_until)
        return min(moments)

    def tick(self) -> None:
        """Do what is due."""
        self._now = self._clock()
        for link in self._links():
            self._look_after(link)
        if self._now >= self._switch_at:
            self._switch()
        self._give_up_late_ones()
        if self._now >= self._renew_at and self._current is not None:
            self._renew_at, self._next = FOREVER, self._opened()
        self._work()

    # Connections

    def _links(self) -> list[Link]:
        return [link for link in (self._current, self._next) if link is not None]

    def _opened(self) -> Link:
        link = Link()
        self.effects.append(Open(link))
        return link

    def _work(self) -> None:
        """Open what is needed, close what is not, and send what was not sent yet."""
        if self._closed:
            return
        needed = self._is_needed()
        if not needed and self._now >= self._lingers_until:
            self._hang_up()
            return
        if needed and self._current is None and self._now >= self._open_at:
            self._current = self._opened()
        for link in self._links():
            if link.opened_at is not None:
                self._catch_up(link)
        self._look_for_switch()
        if not self.effects:
            self.effects.append(Wait())

    def _is_needed(self) -> bool:
        return bool(self._channels or self._questions)

    def _hang_up(self) -> None:
        """Close all connections. How long the venue is to be left alone stays known."""
        for link in self._links():
            link.closed = True
            self._forgive(link)
            self.effects.append(Close(link))
        self._current = self._next = None
        self._renew_at = self._switch_at = FOREVER
        self._down_since, self._was_connected, self._told_of_failure = None, False, False

    def _drop(self, link: Link, reason: str) -> None:
        """Give a connection up that the network has not."""
        self.effects.append(Close(link))
        self.lost(link, reason)

    def _wait_after(self, link: Link, retry_after: float | None) -> float:
        """Return the seconds to wait before the next attempt."""
        self._forgive(link)
        self._failures += 1
        return self._retries.wait(self._failures, random=self._random(), retry_after=retry_after)

    def _forgive(self, link: Link) -> None:
        """Forget the failures before a connection that lasted."""
        if link.opened_at is not None and self._now - link.opened_at >= self._timing.healthy:
            self._failures = 0

    def _replace(self, reason: str) -> None:
        """Go on with the successor where there is one, otherwise wait and open another connection."""
        if self._down_since is None:
            self._down_since = self._now
        if self._next is not None and self._next.opened_at is not None:
            self._tell(Disconnected(reason))
            self._tell(Reconnected(0.0))
            self._switch(reason)
            self._down_since = None
            return
        if not self._told_of_failure:
            self._told_of_failure = True
            self._tell(Disconnected(reason))
        self._renew_at = FOREVER
        if self._next is not None:
            self._current, self._next = self._next, None
            self._end_overlap()

    def _leave(self, link: Link, reason: str) -> None:
        """Say which channels are lost with a connection; what was asked on it is asked again."""
        for question in self._questions:
            if question.asked_on is link:
                question.asked_on = None
        others = [one for one in self._links() if one is not link]
        for channel in self._channels.values():
            if channel.direct is link:
                channel.direct = None
            if channel.name in link.confirmed and not any(channel.name in one.confirmed for one in others):
                channel.down_since, channel.in_doubt = self._now, False
                _note(channel, Disconnected(reason))

    def _fail(self, error: SpotwireError) -> None:
        """End everything with an error."""
        channels, questions = list(self._channels.values()), list(self._questions)
        self._channels.clear()
        self._questions.clear()
        self._lingers_until = 0.0
        self._hang_up()
        for channel in channels:
            for sink in channel.sinks:
                sink.end(error)
        for question in questions:
            question.done(None, error)

    # The successor

    def _look_for_switch(self) -> None:
        """Let the successor take over a little after all is confirmed on it."""
        if self._next is None or self._next.opened_at is None or self._current is None:
            return
        for channel in self._channels.values():
            channel.direct = None
            if not channel.feed.overlap:
                channel.feed.begin(channel.newest, met=channel.name not in self._current.confirmed)
        if any(name not in self._next.confirmed for name in self._channels):
            self._switch_at = FOREVER
        elif self._switch_at == FOREVER:
            self._switch_at = self._now + self._timing.grace

    def _switch(self, reason: str = "") -> None:
        """Let the successor take over. With a reason everybody who listens knows of the loss of the connection before."""
        old, self._current, self._next, self._switch_at = self._current, self._next, None, FOREVER
        assert self._current is not None
        for channel in self._channels.values():
            channel.in_doubt = not channel.feed.met and channel.down_since is None
        ahead = {channel: channel.feed.switch() for channel in self._channels.values()}
        self._told_of_hole = bool(reason)
        self._tell_of_holes([channel for channel in ahead if channel.in_doubt and channel.feed.brought], reason)
        for notice in self._current.notices:
            self._tell(notice)
        for channel, items in ahead.items():
            _push_all(channel, items)
        if old is not None and not old.closed:
            self._leave(old, "")
            old.closed = True
            self.effects.append(Close(old))
        self._renew_at = self._renewal_of(self._current)
        for channel in self._channels.values():
            channel.feed.settling = True
            if not reason and isinstance(channel.feed, ReplacingFeed):
                channel.in_doubt = False  # where the new one has brought nothing, all was quiet
        self._settled_at = self._now + self._timing.settle

    def _tell_of_holes(self, channels: list[Channel], reason: str = "") -> None:
        """Say that something may be missing between two connections."""
        if channels and not self._told_of_hole:
            self._told_of_hole = True
            self._tell(Disconnected(OVERTAKEN))
            self._tell(Reconnected(0.0))
        for channel in channels:
            channel.in_doubt = False
            _note(channel, Disconnected(reason or OVERTAKEN))
            _note(channel, Reconnected(0.0))

    def _renewal_of(self, link: Link) -> float:
        """Return when a connection needs a successor."""
        opened = self._now if link.opened_at is None else link.opened_at
        return opened + max(self._venue.lifetime - self._timing.renew, self._venue.lifetime / 2)

    def _end_overlap(self) -> None:
        """Go on without a successor."""
        self._switch_at = FOREVER
        for channel in self._channels.values():
            channel.feed.stay()

    # Commands

    def _catch_up(self, link: Link) -> None:
        """Send what a connection lacks: one command for channels at a time, and all questions."""
        if link is self._current:
            for question in self._questions:
                if question.asked_on is None:
                    self._ask(link, question)
        if link.of_kind("subscribe", "unsubscribe") is not None:
            return
        gone = tuple(name for name in link.confirmed if name not in self._channels)[:MOST_CHANNELS]
        if gone:
            link.confirmed.difference_update(gone)
            self._command(link, "unsubscribe", gone)
            return
        missing = [channel for channel in self._channels.values() if channel.name not in link.confirmed]
        if missing:
            self._command(link, "subscribe", tuple(one.name for one in _together(missing, link.alone)))

    def _ask(self, link: Link, question: Question) -> None:
        question.asked_on = link
        command = Command(next(self._ids), "ask", self._now, question=question)
        link.commands.append(command)
        text = frames.request(self._venue, question.channel, question.params, command.id)
        self.effects.append(Send(link, text))

    def _command(self, link: Link, kind: Any, channels: tuple[str, ...], attempt: int = 1) -> None:
        command = Command(next(self._ids), kind, self._now, channels, attempt=attempt)
        link.commands.append(command)
        if kind == "subscribe":
            text = frames.subscribe(self._venue, channels, self._channels[channels[0]].params, command.id)
        else:
            text = frames.unsubscribe(self._venue, channels, command.id)
        self.effects.append(Send(link, text))

    def _repeat(self, link: Link, command: Command) -> None:
        """Send a command again that was not answered in time."""
        link.commands.remove(command)
        still = [
            name for name in command.channels if (name in self._channels) == (command.kind == "subscribe")
            and name not in link.confirmed
        ]  # fmt: skip
        if not still:
            return
        if command.attempt < TRIES:
            self._command(link, command.kind, tuple(still), command.attempt + 1)
        elif command.kind == "subscribe":
            self._drop(link, f"{TRIES} subscriptions were not answered")

    # Frames

    def _frame(self, link: Link, frame: Frame) -> None:
        if frame.sequence is not None and not self._in_order(link, frame, frame.sequence):
            return
        if frame.kind == "event":
            self._event(link, frame)
        elif not link.closed:
            self._said(link, frame)

    def _in_order(self, link: Link, frame: Frame, sequence: int) -> bool:
        """Act on a sequence number that is not the next one. Returns whether the frame counts as it is."""
        expected, order = link.expected, link.order(sequence)
        if order == "next":
            return True
        assert expected is not None
        self._now = self._clock()
        log.info("%s streams: frame %d came where %d was expected", self._venue.name, sequence, expected)
        self._tell_all(link, Gap(expected, sequence))
        if order == "absurd":
            if not link.closed:
                self._drop(link, f"frame {sequence} came where {expected} was expected")
        elif order == "late" and frame.kind == "event":
            channel = self._channel_of(frame)
            if channel is not None and isinstance(channel.feed, AddingFeed):
                self._event(link, frame)
        return order == "gap" or (order == "late" and frame.kind != "event")

    def _event(self, link: Link, frame: Frame) -> None:
        channel = None if link.closed else self._channel_of(frame)
        if channel is None:
            return
        if channel.name not in link.confirmed:
            self._confirm_by_event(link, channel)
        self._take(link, channel, frame)

    def _take(self, link: Link, channel: Channel, frame: Frame) -> None:
        feed = channel.feed
        if link is self._next:
            feed.put_ahead(frame.events)
        elif link is self._current:
            events = feed.take(frame.events)
            if channel.in_doubt:
                self._tell_of_holes([] if feed.met else [channel])
                channel.in_doubt = False
            if events:
                channel.newest = events
                _push(channel, events)
                if feed.settling and self._clock() >= self._settled_at:
                    feed.settle()
            if not feed.overlap and not feed.settling and isinstance(feed, ReplacingFeed):
                channel.direct = link

    def _channel_of(self, frame: Frame) -> Channel | None:
        """Return the channel of an event; one that does not name it belongs to the only one of its stream."""
        channel = self._channels.get(frame.channel)
        if channel is None and frame.channel is None:
            fitting = [one for one in self._channels.values() if one.stream is frame.stream]
            channel = fitting[0] if len(fitting) == 1 else None
        return channel

    def _confirm_by_event(self, link: Link, channel: Channel) -> None:
        """An event says as much as the answer to a subscription, which may come later or never."""
        command = link.of_kind("subscribe")
        if command is not None and channel.name in command.channels:
            self._now = self._clock()
            self._confirm(link, channel)
            if link.confirmed.issuperset(command.channels):
                link.commands.remove(command)
            self._work()

    def _said(self, link: Link, frame: Frame) -> None:
        """Act on a frame that is no event."""
        self._now = self._clock()
        if frame.kind == "echo":
            command = link.command(frame.request_id) if frame.request_id is not None else None
            if command is not None:
                command.echoed = True
        elif frame.kind == "answer" and frame.request is not None:
            self._answered(link, frame)
        elif frame.kind in ("answer", "error"):
            self._acknowledged(link, frame)
        elif frame.kind == "unreadable":
            self._unread(link, frame)
        self._work()

    def _acknowledged(self, link: Link, frame: Frame) -> None:
        command = link.answered(frame)
        if command is None:
            if frame.kind == "error":
                self._tell_all(link, Unreadable("$", "an answer to a command", f"{frame.code} {frame.message}"))
            return
        link.commands.remove(command)
        if frame.kind == "error":
            self._refused(link, command, frame)
        elif command.kind == "subscribe":
            for name in command.channels:
                if name in self._channels:
                    self._confirm(link, self._channels[name])
                else:
                    link.confirmed.add(name)

    def _refused(self, link: Link, command: Command, frame: Frame) -> None:
        """Hand a refusal to whom it concerns; of several channels, to see which, each is asked for again alone."""
        if command.question is not None:
            self._finish(command.question, None, self._refusal(command.question.called, frame))
        elif command.kind == "subscribe" and len(command.channels) > 1:
            link.alone.update(command.channels)
        elif command.kind == "subscribe":
            for channel in [self._channels.pop(name) for name in command.channels if name in self._channels]:
                for sink in channel.sinks:
                    sink.end(self._refusal(channel.called, frame))

    @staticmethod
    def _refusal(name: str, frame: Frame) -> ApiError:
        return ApiError(operation=name, status=SWITCHED, code=frame.code, message=frame.message or "")

    def _confirm(self, link: Link, channel: Channel) -> None:
        """The venue serves a channel on a connection."""
        link.confirmed.add(channel.name)
        channel.waiting.clear()
        if not channel.was_confirmed:
            _note(channel, Connected())
        elif channel.down_since is not None:
            channel.feed.settling = True
            self._settled_at = self._now + self._timing.settle
            _note(channel, Reconnected(self._now - channel.down_since))
        channel.was_confirmed, channel.down_since = True, None

    def _answered(self, link: Link, frame: Frame) -> None:
        """Give an answer to the oldest question that it answers."""
        for question in self._questions:
            if (
                question.asked_on is link
                and question.request is frame.request
                and frame.channel in (None, question.channel)
            ):
                self._finish(question, frame.value, None)
                return

    def _unread(self, link: Link, frame: Frame) -> None:
        problem = frame.problem
        assert problem is not None
        log.warning("%s streams: a frame could not be read at %s", self._venue.name, problem.path)
        self._tell_all(link, problem)
        for question in self._questions:
            if question.asked_on is link and question.channel == frame.channel not in self._channels:
                error = DecodeError(
                    operation=question.called, status=SWITCHED, path=problem.path, expected=problem.expected,
                    body=frame.body, excerpt=problem.excerpt,
                )  # fmt: skip
                self._finish(question, None, error)
                return

    # Questions, time, notices

    def _finish(self, question: Question, value: Any, error: BaseException | None) -> None:
        self._drop_question(question)
        question.done(value, error)

    def _drop_question(self, question: Question) -> None:
        if question in self._questions:
            self._questions.remove(question)
            self._lingers_until = self._now + self._timing.linger
        for link in self._links():
            link.commands = [one for one in link.commands if one.question is not question]

    def _check_at(self, link: Link) -> float:
        if link.pinged_at is not None:
            return link.pinged_at + self._timing.pong
        return link.checked_at + self._timing.idle

    def _look_after(self, link: Link) -> None:
        """Ping a silent connection, give up a dead one, show the venue that we live, and repeat what was not answered."""
        if link.opened_at is None or link.closed:
            return
        if self._now >= self._check_at(link):
            self._check(link)
        if self._now >= link.answered_at + self._venue.ping_every * 1.5 and not link.closed:
            link.answered_at = self._now
            self.effects.append(Send(link, frames.pong(self._venue, self._wall_ms())))
        for command in list(link.commands):
            if command.kind != "ask" and self._now >= command.sent_at + self._timing.ack and not link.closed:
                self._repeat(link, command)

    def _check(self, link: Link) -> None:
        came = link.frames != link.frames_checked
        link.frames_checked = link.frames
        if came:
            link.checked_at, link.pinged_at = self._now, None
        elif link.pinged_at is None:
            link.pinged_at = self._now
            self.effects.append(Ping(link))
        else:
            self._drop(link, f"nothing came for {self._timing.idle + self._timing.pong:g} s, not even a pong")

    def _give_up_late_ones(self) -> None:
        for channel in list(self._channels.values()):
            for sink in [sink for sink, moment in channel.waiting.items() if self._now >= moment]:
                sink.end(self._late(channel.called))
                self.unsubscribe(sink)
        for question in [one for one in self._questions if self._now >= one.deadline]:
            self._finish(question, None, self._late(question.called))

    def _late(self, name: str) -> TransportError:
        reason = f": {self._failure}" if self._failure and self._down() else ""
        sent = not self._down()
        return TransportError(f"{name} was not confirmed in time{reason}", operation=name, sent=sent)

    def _down(self) -> bool:
        return self._current is None or self._current.opened_at is None

    def _tell(self, notice: Notice) -> None:
        """Tell the listener to the whole connection."""
        if self._on_notice is None:
            return
        try:
            self._on_notice(notice)
        except Exception:
            log.exception("%s streams: on_notice failed", self._venue.name)

    def _tell_all(self, link: Link, notice: Notice) -> None:
        """Tell everybody who has a subscription on a connection; what is said of a successor waits until it takes over."""
        channels = [channel for channel in self._channels.values() if channel.name in link.confirmed]
        if link is self._next:
            link.notices.append(notice)
            for channel in channels:
                channel.feed.note_ahead(notice)
            return
        self._tell(notice)
        for channel in channels:
            _note(channel, notice)


def _together(missing: list[Channel], alone: set[str]) -> list[Channel]:
    """Return the channels that one command can hold: all with the parameters of the first."""
    first = missing[0]
    if first.name in alone:
        return [first]
    alike = [one for one in missing if one.params == first.params and one.name not in alone]
    return alike[:MOST_CHANNELS]


def _closed() -> ClientClosed:
    return ClientClosed("the client was closed")


def _push(channel: Channel, events: Any) -> None:
    if events:
        for sink in channel.sinks:
            sink.push(events)


def _push_all(channel: Channel, items: Sequence[Any]) -> None:
    """Give events and notices in their order."""
    for item in items:
        if isinstance(item, Notice):
            _note(channel, item)
        else:
            _push(channel, [item])


def _note(channel: Channel, notice: Notice) -> None:
    for sink in channel.sinks:
        sink.note(notice)
