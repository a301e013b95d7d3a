"""The rules of streams in virtual time: no network, no waiting, every order of events that matters."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from spotwire.coinstore.streams import HISTORY, ORDER_BOOK, STREAMS, TICKER, TRADES
from spotwire_core.errors import ApiError, AuthError, ClientClosed, DecodeError, TransportError
from spotwire_core.frames import Stream
from spotwire_core.link import FARTHEST_JUMP, MOST_REPEATED, Link, Question
from spotwire_core.notices import Connected, Disconnected, Gap, Notice, Reconnected, Unreadable
from spotwire_core.retries import Retries
from spotwire_core.session import FOREVER, MOST_CHANNELS, OVERTAKEN, Close, Open, Ping, Send, Session, Timing
from spotwire_core.stream_server import book, trade, trades

Frame = dict[str, Any]
TIMING = Timing()
AFTER: Any = pytest.approx(0.2)


@attrs.define(eq=False)
class Consumer:
    """A sink that remembers, told by what: ids of trades, bids of books, names of notices."""

    got: list[Any] = attrs.Factory(list)
    error: BaseException | None = None
    ended: bool = False

    def push(self, events: Any) -> None:
        assert not self.ended or self.error is None, "nothing may come after an error"
        self.got += [
            int(event.trade_id) if hasattr(event, "trade_id") else str(event.bids[0].price) for event in events
        ]

    def note(self, notice: Notice) -> None:
        self.got.append(notice)

    def end(self, error: BaseException | None) -> None:
        if not self.ended:
            self.ended, self.error = True, error

    @property
    def events(self) -> list[Any]:
        return [item for item in self.got if not isinstance(item, Notice)]

    @property
    def notices(self) -> list[Notice]:
        return [item for item in self.got if isinstance(item, Notice)]


class World:
    """A session, its clock, and the venue's side of its connections."""

    def __init__(self, random: Callable[[], float] = lambda: 1.0) -> None:
        self.now = 1000.0
        self.due = FOREVER
        self.notices: list[Notice] = []
        self.links: list[Link] = []
        self.closed: list[Link] = []
        self.pings: list[Link] = []
        self.commands: dict[Link, list[Frame]] = {}
        self.sequences: dict[Link, int] = {}
        self.session = Session(
            STREAMS,
            timing=TIMING,
            retries=Retries(),
            clock=lambda: self.now,
            random=random,
            wall_ms=lambda: 1_604_040_975_000,
            on_notice=self.notices.append,
        )

    def do(self) -> None:
        """Do what the session wants."""
        effects = self.session.effects.copy()
        self.session.effects.clear()
        for effect in effects:
            if isinstance(effect, Open):
                self.links.append(effect.link)
                self.commands[effect.link], self.sequences[effect.link] = [], 0
            elif isinstance(effect, Close):
                self.closed.append(effect.link)
            elif isinstance(effect, Ping):
                self.pings.append(effect.link)
            elif isinstance(effect, Send):
                self.commands[effect.link].append(json.loads(effect.text))
        self.due = self.session.deadline()

    @property
    def link(self) -> Link:
        return self.links[-1]

    def subscribe(
        self, channel: str = "4@trade", stream: Stream[Any] = TRADES, within: float = 10.0, **params: Any
    ) -> Consumer:
        consumer = Consumer()
        called = f"{stream.name} BTCUSDT"
        self.session.subscribe(stream, channel, params, consumer, within=within, called=called)
        self.do()
        return consumer

    def connect(self, link: Link | None = None) -> Link:
        """Open the newest connection."""
        link = link or self.link
        self.session.connected(link)
        self.do()
        return link

    def say(self, link: Link, frame: Frame, *, sequence: int | None = None) -> None:
        self.sequences[link] = self.sequences[link] + 1 if sequence is None else sequence
        self.raw(link, json.dumps({"S": self.sequences[link], **frame}))

    def raw(self, link: Link, text: str) -> None:
        self.receive(link, text.encode())

    def receive(self, link: Link, body: bytes) -> None:
        self.session.receiver(link, self.do)(body)

    def echo(self, link: Link, command: Frame) -> None:
        self.say(link, {"T": "echo", "C": 200, "M": "command.received", "echo": command})

    def answer(self, link: Link, code: int = 200, message: str = "sub.channel.success") -> None:
        self.say(link, {"T": "resp", "C": code, "M": message})

    def accept(self, link: Link | None = None) -> None:
        """Echo and answer all commands of a connection, also those that this brings about."""
        link = link or self.link
        while self.commands[link]:
            self.echo(link, self.commands[link].pop(0))
            self.answer(link)

    def ready(self, *channels: str) -> tuple[Link, list[Consumer]]:
        """Subscribe, connect and accept."""
        consumers = [self.subscribe(channel) for channel in channels]
        link = self.connect()
        self.say(link, {"T": "resp", "C": 200, "M": "established"})
        self.accept()
        return link, consumers

    def lose(self, link: Link, reason: str = "broke", **how: Any) -> None:
        self.session.lost(link, reason, **how)
        self.do()

    def wait(self, seconds: float) -> None:
        """Let time pass; the session is called when it wanted to be after the last thing that was to be done."""
        until = self.now + seconds
        while self.due <= until:
            self.now = max(self.now, self.due)
            self.session.tick()
            self.do()
        self.now = until

    def ask(self, channel: str = "4@kline@min_1", within: float = 10.0) -> list[Any]:
        """Ask for candles. What comes of it is appended to the list."""
        came: list[Any] = []
        question = Question(
            HISTORY,
            channel,
            {},
            self.now + within,
            lambda value, error: came.append(value if error is None else error),
            called="history BTCUSDT min_1",
        )
        self.session.ask(question)
        self.do()
        return came


@pytest.fixture
def world() -> World:
    return World()


def candles(channel: str = "4@kline@min_1") -> Frame:
    return {"channel": channel, "symbol": "BTCUSDT", "instrumentId": 4, "item": []}


def sizes(commands: list[Frame]) -> list[tuple[str, list[str]]]:
    return [(command["op"], command["channel"]) for command in commands]


# One connection


def test_one_connection_carries_all_subscriptions(world: World) -> None:
    """It is opened with the first; what is wanted before it is open goes out in one command."""
    world.subscribe("4@trade")
    world.subscribe("7@trade")
    world.connect()

    assert [("SUB", ["4@trade", "7@trade"])] == sizes(world.commands[world.link])
    assert 1 == len(world.links)


def test_same_channel_twice_is_one_subscription(world: World) -> None:
    """Both consumers get every event; the second learns at once that it is connected."""
    link, [first] = world.ready("4@trade")
    second = world.subscribe("4@trade")
    world.say(link, trade(1))

    assert [] == world.commands[link]
    assert [Connected(), 1] == first.got == second.got


def test_second_consumer_gets_the_newest_book(world: World) -> None:
    """In a quiet market the next one may be long in coming. Trades of before are not repeated."""
    consumer = world.subscribe("4@depth@5", ORDER_BOOK)
    link = world.connect()
    world.accept()
    world.say(link, book("1", "9"))
    second = world.subscribe("4@depth@5", ORDER_BOOK)
    world.say(link, book("2", "9"))

    assert [Connected(), "1", "2"] == consumer.got == second.got


def test_last_one_closes_the_connection(world: World) -> None:
    """A channel is left with its last consumer, the connection with the last channel; nothing is to be done then."""
    link, [first, other] = world.ready("4@trade", "7@trade")
    second = world.subscribe("4@trade")
    for consumer in (first, second):
        world.session.unsubscribe(consumer)
        world.do()

    assert [("UNSUB", ["4@trade"])] == sizes(world.commands[link])
    assert [] == world.closed
    world.session.unsubscribe(other)
    world.do()
    assert [link] == world.closed
    assert FOREVER == world.due


def test_events_after_leaving_are_not_delivered(world: World) -> None:
    """The venue may go on for a while."""
    link, [first, _] = world.ready("4@trade", "7@trade")
    world.session.unsubscribe(first)
    world.say(link, trade(1))

    assert [] == first.events


def test_channels_with_other_parameters_need_a_command_of_their_own(world: World) -> None:
    """`param` of a command holds for all of its channels; the second is sent once the first is answered."""
    world.subscribe("4@trade", size=5)
    world.subscribe("7@trade")
    link = world.connect()

    assert [(["4@trade"], {"size": 5})] == [(one["channel"], one["param"]) for one in world.commands[link]]
    world.accept()
    assert {"4@trade", "7@trade"} == link.confirmed


def test_many_channels_are_asked_for_in_portions(world: World) -> None:
    """No command is larger than a bound, and all are confirmed in the end."""
    for number in range(2 * MOST_CHANNELS + 1):
        world.subscribe(f"{number}@trade")
    link = world.connect()
    first = len(world.commands[link][0]["channel"])
    world.accept()

    assert (MOST_CHANNELS, 2 * MOST_CHANNELS + 1) == (first, len(link.confirmed))


def test_channel_wanted_again_while_it_is_left_is_subscribed_again(world: World) -> None:
    """The commands of one connection go out one after the other, so that the last one counts."""
    link, [first, _] = world.ready("4@trade", "7@trade")
    world.session.unsubscribe(first)
    world.do()
    again = world.subscribe("4@trade")
    world.accept()
    world.say(link, trade(1))

    assert [1] == again.events


# Answers


def test_answer_without_a_command_confirms_nothing(world: World) -> None:
    """The venue greets with an answer, which may come after the first command was sent (I6)."""
    consumer = world.subscribe()
    link = world.connect()
    world.answer(link, message="established")

    assert [] == consumer.got
    world.accept()
    assert [Connected()] == consumer.got


@pytest.mark.parametrize("echoed", [True, False])
def test_lost_answer_is_asked_for_again(world: World, *, echoed: bool) -> None:
    """I6: the command is sent again, and the answer to that counts even where its echo is lost, too."""
    consumer = world.subscribe()
    link = world.connect()
    if echoed:
        world.echo(link, world.commands[link][0])
    world.wait(TIMING.ack)
    world.answer(link)

    assert [("SUB", ["4@trade"])] * 2 == sizes(world.commands[link])
    assert [Connected()] == consumer.got


def test_answer_after_the_first_event_is_no_deadlock(world: World) -> None:
    """I6: an event confirms as well as an answer, and the late answer is not taken for that of the next command."""
    first = world.subscribe("4@trade")
    link = world.connect()
    command = world.commands[link].pop()
    world.say(link, trade(1))
    second = world.subscribe("7@trade")
    assert [("SUB", ["7@trade"])] == sizes(world.commands[link])
    world.echo(link, command)
    world.answer(link)

    assert [Connected(), 1] == first.got
    assert [] == second.got
    world.accept()
    assert [Connected()] == second.got


def test_connection_that_answers_nothing_is_replaced(world: World) -> None:
    """I6: after three tries the connection is given up, and the consumer that waits for the first time learns it in time."""
    consumer = world.subscribe(within=60)
    link = world.connect()
    for _ in range(4):
        world.wait(TIMING.ack)
        world.session.heard(link)

    assert 3 == len(world.commands[link])
    assert [link] == world.closed
    assert not consumer.ended


def test_refused_subscription_ends_with_the_words_of_the_venue(world: World) -> None:
    """I6: the others go on."""
    link, [good] = world.ready("4@trade")
    bad = world.subscribe("999@trade")
    world.echo(link, world.commands[link].pop())
    world.answer(link, 4001, "no such channel")
    world.say(link, trade(1))

    assert isinstance(bad.error, ApiError)
    assert ("4001", "trades BTCUSDT was refused with code 4001: no such channel") == (bad.error.code, str(bad.error))
    assert [1] == good.events


def test_refusal_of_several_channels_ends_only_the_one_that_is_wrong(world: World) -> None:
    """Which of them was meant is found out by asking for each alone."""
    consumers = {name: world.subscribe(name) for name in ("4@trade", "999@trade", "7@trade")}
    link = world.connect()
    while world.commands[link]:
        command = world.commands[link].pop(0)
        world.echo(link, command)
        world.answer(link, *((4001, "no such channel") if "999@trade" in command["channel"] else (200, "")))

    assert ["999@trade"] == [name for name, one in consumers.items() if one.error is not None]
    assert {"4@trade", "7@trade"} == link.confirmed


def test_refusal_in_an_echo_counts(world: World) -> None:
    """An echo with another code than success is the answer."""
    consumer = world.subscribe()
    link = world.connect()
    world.say(link, {"T": "echo", "C": 400, "M": "bad", "echo": world.commands[link][0]})

    assert isinstance(consumer.error, ApiError)


def test_error_that_belongs_to_nothing_is_a_notice(world: World) -> None:
    """Nobody's subscription ends for it."""
    link, [consumer] = world.ready("4@trade")
    world.answer(link, 500, "trouble")

    assert [Connected(), Unreadable("$", "an answer to a command", "500 trouble")] == consumer.got


def test_subscription_that_is_not_confirmed_in_time_ends(world: World) -> None:
    """Somebody who mistyped an address learns it, with the reason, while an older subscription stays."""
    consumer = world.subscribe(within=10)
    while not consumer.ended:
        world.lose(world.link, "no connection: refused")
        world.wait(5)

    assert isinstance(consumer.error, TransportError)
    assert "trades BTCUSDT was not confirmed in time: no connection: refused" == str(consumer.error)
    assert not consumer.error.sent
    assert FOREVER == world.due


# Questions


def test_question_is_answered_by_its_own_answer(world: World) -> None:
    """An answer for another channel, or to a subscription, is not taken for it."""
    world.subscribe()
    link = world.connect()
    came = world.ask()
    world.say(link, candles("7@kline@min_1"))
    world.accept()
    assert [] == came

    world.say(link, candles())

    assert ["4@kline@min_1"] == [answer.channel for answer in came]


def test_equal_questions_are_answered_in_their_order(world: World) -> None:
    """Answers carry no id: the oldest question gets the first."""
    link, _ = world.ready("4@trade")
    first, second = world.ask(), world.ask()
    world.say(link, candles())

    assert (1, 0) == (len(first), len(second))


def test_question_without_an_answer_times_out(world: World) -> None:
    """It waits for the client's timeout, and its late answer harms nobody."""
    link, _ = world.ready("4@trade")
    came = world.ask(within=10)
    world.wait(10)
    world.say(link, candles())

    assert [TransportError] == [type(one) for one in came]


def test_answer_to_a_subscription_is_not_taken_for_that_to_an_older_question(world: World) -> None:
    """Questions are answered in a way of their own; only their refusals look like those of subscriptions."""
    link, _ = world.ready("4@trade")
    came = world.ask()
    world.echo(link, world.commands[link].pop())
    consumer = world.subscribe("7@trade")
    world.accept()

    assert ([], [Connected()]) == (came, consumer.got)


def test_refused_question_raises_the_words_of_the_venue(world: World) -> None:
    """The echo names it, the refusal follows."""
    link, _ = world.ready("4@trade")
    came = world.ask()
    world.echo(link, world.commands[link].pop())
    world.answer(link, 400, "limit is too large")

    assert ["history BTCUSDT min_1 was refused with code 400: limit is too large"] == [str(one) for one in came]


def test_unreadable_answer_is_a_decode_error(world: World) -> None:
    """The question does not wait for the time to run out."""
    link, _ = world.ready("4@trade")
    came = world.ask()
    world.say(link, candles() | {"item": [{"open": "NaN"}]})

    assert [DecodeError] == [type(one) for one in came]


def test_question_is_asked_again_on_another_connection(world: World) -> None:
    """It reads only, so that nothing happens twice."""
    link, _ = world.ready("4@trade")
    came = world.ask()
    world.lose(link)
    world.wait(0.5)
    world.connect()
    world.say(world.link, candles())

    assert 1 == len(came)


def test_connection_waits_a_little_for_the_next_question(world: World) -> None:
    """A loop over symbols needs one connection; after that it is closed."""
    for _ in range(3):
        came = world.ask()
        if world.link.opened_at is None:
            world.connect()
        world.say(world.link, candles())
        world.wait(1)
        assert 1 == len(came)

    assert (1, 0) == (len(world.links), len(world.closed))
    world.wait(TIMING.linger)
    assert world.links == world.closed
    assert FOREVER == world.due


# Losing the connection


def test_everything_is_subscribed_again(world: World) -> None:
    """I3: consumers see where the hole is: Disconnected, Reconnected with its length, then events."""
    link, [consumer, other] = world.ready("4@trade", "7@trade")
    world.say(link, trade(1))
    world.lose(link, "broke")
    world.wait(0.2)
    world.connect()
    world.accept()
    world.say(world.link, trade(2))

    assert [Connected(), 1, Disconnected("broke"), Reconnected(AFTER), 2] == consumer.got
    assert [Connected(), Disconnected("broke"), Reconnected(AFTER)] == other.got
    assert [Connected(), Disconnected("broke"), Reconnected(AFTER)] == world.notices


def test_list_of_the_past_fills_the_hole(world: World) -> None:
    """I3: what came before is not repeated, what was missed comes, in order; a list that lacks members tells as well."""
    link, [consumer] = world.ready("4@trade")
    world.say(link, trades(1, 2, 3))
    world.say(link, trade(4, seq=9, ts=1604040975000))
    world.lose(link)
    world.wait(0.2)
    world.connect()
    world.accept()
    world.say(world.link, trade(4))
    world.say(world.link, trades(3, 4, 5, 6))
    world.say(world.link, trade(7))
    world.session.heard(world.link)
    world.wait(TIMING.settle)
    world.say(world.link, trades(6, 7, 8))

    assert [1, 2, 3, 4, 5, 6, 7, 8] == consumer.events


def test_equal_books_after_each_other_are_both_delivered(world: World) -> None:
    """A quiet market is no reason to think that nothing comes."""
    consumer = world.subscribe("4@depth@5", ORDER_BOOK)
    link = world.connect()
    world.accept()
    for _ in range(2):
        world.say(link, book("10", "11"))

    assert ["10", "10"] == consumer.events


def test_waits_grow_and_are_spread(world: World) -> None:
    """L11: no more attempts than full jitter between nothing and 0.2 s, doubled up to 5 s, allows."""
    world.subscribe(within=1000)
    moments = []
    for _ in range(8):
        world.lose(world.link)
        begun = world.now
        while world.link.closed:
            world.wait(0.01)
        moments.append(round(world.now - begun, 1))

    assert [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0] == moments


def test_healthy_connection_makes_up_for_failures(world: World) -> None:
    """After 30 s the next loss is the first one again; after less it is not."""
    world.subscribe(within=1000)
    for _ in range(4):
        world.lose(world.link)
        world.wait(5)
    link = world.connect()
    world.accept()
    for _ in range(4):
        world.wait(TIMING.healthy / 4)
        world.say(link, trade(1))
    world.lose(link)
    world.wait(0.2)
    assert not world.link.closed

    world.connect()
    world.lose(world.link)
    world.wait(0.3)
    assert world.link.closed


def test_pause_that_the_venue_wants_is_kept(world: World) -> None:
    """I8: after HTTP 429 nothing is tried for as long as it says."""
    world.subscribe(within=1000)
    world.lose(world.link, "HTTP 429", retry_after=60.0)
    world.wait(59)
    assert 1 == len(world.links)

    world.wait(1)
    assert 2 == len(world.links)


def test_pause_that_the_venue_wants_is_kept_where_nobody_waits_for_it(world: World) -> None:
    """I8: who gives up and begins anew does not go round it; meanwhile nothing is to be done."""
    first = world.subscribe(within=10)
    world.lose(world.link, "HTTP 429", retry_after=120.0)
    world.wait(10)
    assert isinstance(first.error, TransportError)
    assert FOREVER == world.due

    world.subscribe(within=1000)
    world.wait(109)
    assert 1 == len(world.links)
    world.wait(1)
    assert 2 == len(world.links)


def test_pause_that_a_successor_met_holds_for_every_connection(world: World) -> None:
    """I8: the venue refused the successor; the next connection waits as long, though another one was lost."""
    old, new, _ = overlapping(world)
    world.lose(new, "HTTP 429", retry_after=60.0)
    world.lose(old)
    world.wait(59)
    assert 2 == len(world.links)

    world.wait(1)
    assert 3 == len(world.links)


def test_failures_are_counted_over_the_subscriptions(world: World) -> None:
    """L11: a program that subscribes again and again to a dead venue waits as long as one that stays."""
    for _ in range(4):
        consumer = world.subscribe()
        while world.link.closed:
            world.wait(0.1)
        world.lose(world.link)
        world.session.unsubscribe(consumer)
        world.do()
    begun = world.now
    world.subscribe()
    while world.link.closed:
        world.wait(0.01)

    assert 1.6 == round(world.now - begun, 1)


def test_final_loss_ends_everything(world: World) -> None:
    """I1: with code 1008 or HTTP 403 there is no other attempt; a later subscription makes one."""
    link, [consumer] = world.ready("4@trade")
    came = world.ask()
    error = AuthError(operation="x", status=403, code=None, message="")
    world.lose(link, "1008", final=error)
    world.wait(1000)

    assert (error, [error], 1) == (consumer.error, came, len(world.links))
    assert [Connected(), Disconnected("1008")] == world.notices
    world.subscribe()
    assert 2 == len(world.links)


def test_outage_is_told_once(world: World) -> None:
    """Not at every attempt."""
    link, [consumer] = world.ready("4@trade")
    world.lose(link, "broke")
    for _ in range(5):
        world.wait(6)
        world.lose(world.link, "refused")

    assert [Connected(), Disconnected("broke")] == consumer.got == world.notices


def test_close_ends_everything(world: World) -> None:
    """Consumers and questions get ClientClosed, also those that come later."""
    link, [consumer] = world.ready("4@trade")
    came = world.ask()
    world.session.close()
    world.do()
    late = world.subscribe()

    assert [ClientClosed] * 3 == [type(one) for one in (consumer.error, *came, late.error)]
    assert [link] == world.closed
    assert FOREVER == world.due


# Silence


def test_silent_connection_is_pinged_and_kept_where_it_answers(world: World) -> None:
    """A market in which nothing happens is no dead connection."""
    link, _ = world.ready("4@trade")
    for _ in range(20):
        asked = len(world.pings)
        world.wait(TIMING.pong / 2)
        if len(world.pings) > asked:
            world.session.heard(link)

    assert not link.closed
    assert len(world.pings) >= 2


def test_dead_connection_is_noticed(world: World) -> None:
    """I2: no frame and no pong for 30 s after the last one, at most twice that long, is a loss."""
    link, [consumer] = world.ready("4@trade")
    world.wait(2 * (TIMING.idle + TIMING.pong))

    assert [link] == world.closed
    assert [Connected(), Disconnected("nothing came for 30 s, not even a pong")] == consumer.got


def test_venue_that_does_not_ping_is_told_that_we_live(world: World) -> None:
    """The venue closes what it hears nothing of; every answered ping puts that off."""
    link, _ = world.ready("4@trade")
    for second in range(400):
        world.wait(1)
        world.session.heard(link)
        if second == 60:
            world.session.ponged(link)
        if second == 300:
            assert [] == world.commands[link]

    pongs = [one for one in world.commands[link] if one["op"] == "pong"]
    assert [{"op": "pong", "epochMillis": 1_604_040_975_000}] == pongs


# Sequence


def test_gap_is_told_in_its_place(world: World) -> None:
    """I4: the numbers count every frame of the connection, answers included."""
    link, [consumer] = world.ready("4@trade")
    world.say(link, trade(1))
    missing = world.sequences[link] + 1
    world.say(link, trade(3), sequence=missing + 1)

    assert [Connected(), 1, Gap(missing, missing + 1), 3] == consumer.got


def test_repeated_frame_is_not_delivered_again(world: World) -> None:
    """I4: the same number is the same frame."""
    link, [consumer] = world.ready("4@trade")
    world.say(link, trade(1))
    at = world.sequences[link]
    for sequence in (at, at + 2, at + 1, at + 1, at + 2):
        world.say(link, trade(sequence), sequence=sequence)

    assert [1, at + 2, at + 1] == consumer.events
    assert isinstance(consumer.got[-1], Gap)


def test_late_trade_counts_and_late_book_does_not(world: World) -> None:
    """I4: trades add up; a book that is older than the last one would show the past as the present."""
    consumer, books = world.subscribe("4@trade"), world.subscribe("4@depth@5", ORDER_BOOK)
    link = world.connect()
    world.accept()
    at = world.sequences[link]
    world.say(link, book("12", "13"), sequence=at + 3)
    world.say(link, trade(1), sequence=at + 2)
    world.say(link, book("10", "11"), sequence=at + 1)
    world.say(link, book("14", "15"), sequence=at + 4)

    assert ([1], ["12", "14"]) == (consumer.events, books.events)


def test_number_far_ahead_is_not_believed(world: World) -> None:
    """I4: the connection is replaced rather than every later frame taken for an old one."""
    link, [consumer] = world.ready("4@trade")
    world.say(link, trade(1), sequence=world.sequences[link] + FARTHEST_JUMP + 2)

    assert [link] == world.closed
    assert [] == consumer.events


def test_venue_that_counts_from_the_beginning_again_is_left(world: World) -> None:
    """I4: a hundred frames that all look old mean that the counting changed."""
    link, _ = world.ready("4@trade")
    for _ in range(10):
        world.say(link, trade(0))
    for number in range(MOST_REPEATED + 1):
        world.say(link, trade(number), sequence=1)

    assert [link] == world.closed


def test_numbers_begin_anew_on_a_new_connection(world: World) -> None:
    """A lower number there is no gap."""
    link, [consumer] = world.ready("4@trade")
    world.lose(link)
    world.wait(0.2)
    world.connect()
    world.say(world.link, {"T": "resp", "C": 200, "M": "established"})
    world.accept()

    assert [] == [notice for notice in consumer.notices if isinstance(notice, Gap)]


@pytest.mark.parametrize("text", ["no json", "[]", '{"T": 5}', '{"T":"trade","tradeId":"NaN"}', "\ud800", '{"S":-1}'])
def test_garbage_is_a_notice(world: World, text: str) -> None:
    """I5: whatever comes, the subscription goes on."""
    link, [consumer] = world.ready("4@trade")
    world.receive(link, text.encode("utf-8", "surrogatepass"))
    world.session.unreadable(link, "a text")
    world.raw(link, json.dumps(trade(2)))

    assert [2] == consumer.events
    assert Unreadable("$", "a text", "") in consumer.notices


def test_event_without_channel_goes_to_the_only_channel_of_its_stream(world: World) -> None:
    """Single pushes may leave the channel out, and the id of the symbol with it."""
    link, [consumer] = world.ready("4@trade")
    frame = trade(1, None)
    del frame["instrumentId"]
    world.say(link, frame)

    assert [1] == consumer.events


# A second connection takes over


def overlapping(world: World, stream: Stream[Any] = TRADES, channel: str = "4@trade") -> tuple[Link, Link, Consumer]:
    """Return both connections just after everything was confirmed on the second."""
    consumer = world.subscribe(channel, stream)
    old = world.connect()
    world.accept()
    return old, overlapped(world, old), consumer


def overlapped(world: World, old: Link) -> Link:
    """Return the successor just after everything was confirmed on it."""
    while len(world.links) < 2:
        world.wait(10)
        world.session.heard(old)
        world.session.ponged(old)
    new = world.connect()
    world.accept(new)
    return new


def test_successor_is_opened_before_the_end(world: World) -> None:
    """The old one serves until the new one has everything; nobody notices but who looks for connections."""
    begun = world.now
    old, new, consumer = overlapping(world)

    assert STREAMS.lifetime - TIMING.renew <= world.now - begun < STREAMS.lifetime
    world.wait(TIMING.grace / 2)
    for link in (old, new):
        world.say(link, trade(1))
    assert [] == world.closed
    world.wait(TIMING.grace / 2)
    assert [old] == world.closed
    world.say(new, trade(2))
    assert [Connected(), 1, 2] == consumer.got


def test_no_trade_is_lost_or_doubled_when_the_successor_takes_over(world: World) -> None:
    """Both bring the same in any order around the switch: each comes once, those of the old connection first."""
    old, new, consumer = overlapping(world)
    world.say(old, trades(0, 1))
    world.say(new, trades(0, 1, 2))
    world.say(old, trade(2))
    world.say(new, trade(3))
    world.say(old, trade(3))
    world.say(new, trade(4))
    world.say(new, trade(5))
    world.say(old, trade(4))
    world.wait(TIMING.grace)
    world.say(new, trade(5))
    world.say(new, trade(6))

    assert [0, 1, 2, 3, 4, 5, 6] == consumer.events


def test_no_book_is_older_than_the_one_before(world: World) -> None:
    """The same pushes come on both; what the new connection brings again after the switch is dropped."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    for price in ("1", "2", "3"):
        world.say(old, book(price, "9"))
    world.say(new, book("1", "9"))
    world.say(new, book("2", "9"))
    world.wait(TIMING.grace)
    for price in ("3", "4", "4"):
        world.say(new, book(price, "9"))

    assert ["1", "2", "3", "4", "4"] == consumer.events


def test_book_that_only_the_successor_brought_does_not_come_after_a_newer_one(world: World) -> None:
    """Where the old connection missed one, it stays missed."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(new, book("1", "9"))
    world.say(new, book("2", "9"))
    world.say(old, book("2", "9"))
    world.wait(TIMING.grace)
    world.say(new, book("3", "9"))

    assert ["2", "3"] == consumer.events


def test_books_of_other_moments_do_not_come_late(world: World) -> None:
    """A venue that samples each connection for itself: only what came after the last one of the old connection counts."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(old, book("1.0", "9"))
    world.say(new, book("1.5", "9"))
    world.say(old, book("2.0", "9"))
    world.say(new, book("2.5", "9"))
    world.wait(TIMING.grace)
    world.say(new, book("3.5", "9"))

    assert ["1.0", "2.0", "2.5", "3.5"] == consumer.events


def test_old_connection_that_breaks_early_leaves_no_hole(world: World) -> None:
    """The successor takes over at once: its list begins with what the old one had brought."""
    old, new, consumer = overlapping(world)
    world.say(old, trade(1))
    world.say(new, trades(1, 2))
    world.lose(old, "end of life")
    world.say(new, trade(3))

    assert [Connected(), 1, 2, 3] == consumer.got
    assert 2 == len(world.links)


@pytest.mark.parametrize("lost", [False, True])
def test_successor_of_a_stalled_connection_tells_of_the_hole(world: World, *, lost: bool) -> None:
    """What the old one had not brought when it went may lie between: the notices come before what the new one brought."""
    old, new, consumer = overlapping(world)
    world.session._on_notice = lambda notice: consumer.got.append(type(notice))
    world.say(old, trade(1))
    world.say(new, trades(8, 9))
    if lost:
        world.lose(old, "broke")
    world.wait(TIMING.grace)

    told = [Disconnected, Reconnected]
    assert [Connected(), 1, *told, Disconnected("broke" if lost else OVERTAKEN), Reconnected(0.0), 8, 9] == consumer.got


@pytest.mark.parametrize(("first", "told"), [((1, 2), []), ((8, 9), [Disconnected(OVERTAKEN), Reconnected(0.0)])])
def test_list_that_comes_after_the_switch_shows_whether_there_is_a_hole(
    world: World, first: tuple[int, ...], told: list[Notice]
) -> None:
    """It is told before the events, and once."""
    old, new, consumer = overlapping(world)
    world.say(old, trade(1))
    world.wait(TIMING.grace)
    world.say(new, trades(*first))
    world.say(new, trade(10))

    assert [Connected(), 1, *told, *[number for number in first if number > 1], 10] == consumer.got


def test_book_of_a_stalled_connection_tells_of_the_hole(world: World) -> None:
    """The new one shows none of the moments that the old one showed."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(old, book("1", "9"))
    world.say(new, book("3", "9"))
    world.wait(TIMING.grace)

    assert [Connected(), "1", Disconnected(OVERTAKEN), Reconnected(0.0), "3"] == consumer.got


def test_book_of_a_connection_that_is_behind_is_not_the_last_word(world: World) -> None:
    """Which of two moments is older cannot be told, so what the old one brought last is not shown as live."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(old, book("1", "9"))
    world.say(new, book("5", "9"))
    world.say(old, book("2", "9"))
    world.wait(TIMING.grace)

    assert [Connected(), "1", "2", Disconnected(OVERTAKEN), Reconnected(0.0)] == consumer.got


def test_first_push_of_a_quiet_channel_after_the_switch_is_no_alarm(world: World) -> None:
    """Where each push replaces the one before, one that both connections did not bring shows no hole."""
    consumer = world.subscribe("4@depth@5", ORDER_BOOK)
    old = world.connect()
    world.accept()
    world.say(old, book("1", "9"))
    new = overlapped(world, old)
    world.wait(TIMING.grace)
    world.say(new, book("2", "9"))

    assert [Connected(), "1", "2"] == consumer.got
    assert [Connected()] == world.notices


def test_hole_between_two_connections_is_told_to_the_listener_once(world: World) -> None:
    """However many channels it may concern, and whenever that shows."""
    consumers = [world.subscribe(f"{number}@trade") for number in (4, 7, 9)]
    old = world.connect()
    world.accept()
    for number in (4, 7, 9):
        world.say(old, trade(1, f"{number}@trade"))
    new = overlapped(world, old)
    world.say(new, trade(8, "4@trade"))
    world.wait(TIMING.grace)
    for number in (7, 9):
        world.say(new, trade(9, f"{number}@trade"))

    told = [Disconnected(OVERTAKEN), Reconnected(0.0)]
    assert [[Connected(), 1, *told, event] for event in (8, 9, 9)] == [one.got for one in consumers]
    assert [Connected(), *told] == world.notices


def test_book_that_did_not_change_comes_once(world: World) -> None:
    """A new connection begins with the book as it is, which the old one may have brought long ago."""
    consumer = world.subscribe("4@depth@5", ORDER_BOOK)
    old = world.connect()
    world.accept()
    for price in ("1", "2"):
        world.say(old, book(price, "9"))
    new = overlapped(world, old)
    world.say(new, book("2", "9"))
    world.wait(TIMING.grace)
    world.say(new, book("3", "9"))

    assert [Connected(), "1", "2", "3"] == consumer.got


def test_book_that_becomes_again_what_it_was_is_live(world: World) -> None:
    """Once both show the same, nothing older comes again: an equal book is a new one."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(old, book("1", "9"))
    world.say(new, book("2", "9"))
    world.say(old, book("2", "9"))
    world.wait(TIMING.grace)
    world.say(new, book("1", "9"))

    assert ["1", "2", "1"] == consumer.events


def test_gap_of_the_successor_is_told_in_its_place_when_it_takes_over(world: World) -> None:
    """Until then the old one may bring what is missing there, and nothing is missing at all where the new one fails."""
    old, new, consumer = overlapping(world)
    world.say(old, trade(1))
    world.say(new, trades(1, 2))
    at = world.sequences[new]
    world.say(new, trade(4), sequence=at + 2)
    assert [] == [notice for notice in world.notices if isinstance(notice, Gap)]
    world.wait(TIMING.grace)

    assert [Connected(), 1, 2, Gap(at + 1, at + 2), 4] == consumer.got
    assert Gap(at + 1, at + 2) == world.notices[-1]


def test_book_that_the_old_connection_missed_does_not_come_after_a_newer_one(world: World) -> None:
    """Its Gap told of it."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    for link in (old, new):
        world.say(link, book("1", "9"))
    world.say(new, book("2", "9"))
    world.say(old, book("3", "9"), sequence=world.sequences[old] + 2)
    world.say(new, book("3", "9"))
    world.wait(TIMING.grace)

    assert ["1", "3"] == consumer.events


def test_gap_of_the_successor_repeats_no_book(world: World) -> None:
    """What came before the switch is expected again also where the successor has brought nothing but a notice."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    for link in (old, new):
        world.say(link, book("1", "9"))
    world.say(new, {"T": "resp", "C": 200, "M": "something else"}, sequence=world.sequences[new] + 2)
    world.say(old, book("2", "9"))
    world.wait(TIMING.grace)
    world.say(new, book("2", "9"))
    world.say(new, book("3", "9"))

    assert ["1", "2", "3"] == consumer.events


def test_book_of_the_old_connection_makes_a_gap_of_the_successor_idle(world: World) -> None:
    """It is newer than what is missing."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(new, book("1", "9"))
    world.say(new, book("3", "9"), sequence=world.sequences[new] + 2)
    for price in ("1", "2", "3"):
        world.say(old, book(price, "9"))
    world.wait(TIMING.grace)

    assert [Connected(), "1", "2", "3"] == consumer.got


def test_trade_that_the_successor_brings_long_after_the_switch_comes_once(world: World) -> None:
    """It may have stalled meanwhile: what came before is expected again until it has brought something new."""
    old, new, consumer = overlapping(world)
    world.say(new, trades(1))
    for number in (1, 2):
        world.say(old, trade(number))
    world.wait(TIMING.grace + TIMING.settle)
    for number in (2, 3, 3):
        world.say(new, trade(number))

    assert [1, 2, 3, 3] == consumer.events


def test_book_that_the_successor_brings_long_after_the_switch_is_old(world: World) -> None:
    """The same for what each replaces the one before."""
    old, new, consumer = overlapping(world, ORDER_BOOK, "4@depth@5")
    world.say(new, book("1", "9"))
    for price in ("1", "2", "3"):
        world.say(old, book(price, "9"))
    world.wait(TIMING.grace + TIMING.settle)
    for price in ("2", "3", "4", "2"):
        world.say(new, book(price, "9"))

    assert ["1", "2", "3", "4", "2"] == consumer.events


def test_list_that_was_overtaken_comes_after_the_notice(world: World) -> None:
    """An event says that the subscription is there, also one that comes late."""
    link, [consumer] = world.ready("4@trade")
    world.lose(link)
    world.wait(0.2)
    new = world.connect()
    world.say(new, {"T": "resp", "C": 200, "M": "established"})
    world.raw(new, json.dumps({"S": 3, "T": "trade", "channel": "4@trade", "tradeId": {}}))
    world.raw(new, json.dumps({"S": 2, **trades(1, 2)}))

    assert [Connected(), Disconnected("broke"), Reconnected(AFTER), 1, 2] == consumer.got


def test_list_that_comes_long_after_a_new_connection_repeats_nothing(world: World) -> None:
    """A list may hold a single trade."""
    link, [consumer] = world.ready("4@trade")
    world.say(link, trade(1))
    world.lose(link)
    world.wait(0.2)
    world.connect()
    world.accept()
    world.wait(TIMING.settle)
    world.say(world.link, trades(1))
    world.say(world.link, trade(2))

    assert [1, 2] == consumer.events


def test_successor_that_fails_is_tried_again(world: World) -> None:
    """The old connection goes on meanwhile."""
    old, new, consumer = overlapping(world)
    world.say(new, trade(1))
    world.lose(new)
    world.say(old, trade(1))
    world.wait(0.2)

    assert 3 == len(world.links)
    assert [Connected(), 1] == consumer.got


def test_channel_that_comes_late_delays_the_switch(world: World) -> None:
    """Everything is confirmed on the successor before it takes over."""
    old, new, _ = overlapping(world)
    other = world.subscribe("7@ticker", TICKER)
    world.accept(old)
    world.wait(TIMING.grace)
    assert [] == world.closed

    world.accept(new)
    world.wait(TIMING.grace)
    assert [old] == world.closed
    assert [Connected()] == other.got
