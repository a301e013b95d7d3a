"""`spotwire <venue> watch` on the simulated venue: lines in a pipe, a screen in a terminal, and how both end."""

from __future__ import annotations

import inspect
import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from importlib import import_module
from itertools import count
from pathlib import Path
from types import FrameType
from typing import IO, Any, NamedTuple

import pytest
from click.testing import CliRunner
from rich.console import Console

from spotwire.coinstore import Coinstore, OrderType, Side
from spotwire_cli import root, watch as watching_command
from spotwire_cli.market import Book, Level, Stalled, Trade, aligned, book_line, moment, notice_text, trade_line
from spotwire_cli.root import venues_with_streams
from spotwire_cli.screen import Shown, picture
from spotwire_cli.tape import Tape
from spotwire_core.errors import TransportError
from spotwire_core.inbox import Sink
from spotwire_core.notices import Connected, Disconnected, Dropped, Gap, Notice, Reconnected, Unreadable
from spotwire_core.threaded import SyncSub
from spotwire_sim import SimulatedVenue, StreamFault, simulate

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "streams.md")
SPOTWIRE = str(Path(sys.executable).with_name("spotwire"))
PATIENCE = 30
D = Decimal


@pytest.fixture
def venue(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedVenue]:
    """A venue that the environment leads to. Keys that lie there are not for this command."""
    for name in [name for name in os.environ if name.startswith("SPOTWIRE_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # lines come at once without it
    with simulate("coinstore", symbols=["BTCUSDT", "ETHUSDT"]) as running:
        monkeypatch.setenv("SPOTWIRE_COINSTORE_BASE_URL", running.url)
        monkeypatch.setenv("SPOTWIRE_COINSTORE_STREAMS_URL", running.streams_url)
        yield running


class Watching(NamedTuple):
    """The command at work in a pipe."""

    process: subprocess.Popen[str]
    out: IO[str]
    err: IO[str]

    def until(self, pattern: str, stream: IO[str] | None = None) -> str:
        """Return the first line from here on that matches."""
        for line in stream or self.out:
            if re.match(pattern, line):
                return line.rstrip("\n")
        raise AssertionError(f"it ended without {pattern!r}: {self.err.read()}")


@contextmanager
def watching(*arguments: str) -> Iterator[Watching]:
    """Start the command; one that hangs is killed, which its exit code shows."""
    process = subprocess.Popen(
        [SPOTWIRE, "coinstore", "watch", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    killer = threading.Timer(PATIENCE, process.kill)
    killer.start()
    try:
        with process:
            yield Watching(process, process.stdout, process.stderr)
    finally:
        killer.cancel()
        process.kill()


def run(*arguments: str, program: tuple[str, ...] = (SPOTWIRE,)) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*program, "coinstore", "watch", *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def buy(venue: SimulatedVenue, amount: int) -> str:
    """Trade over REST; return the line of the trade, as the venue's record has it."""
    before = len(venue.streams.produced("4@trade"))
    with Coinstore(venue.auth, base_url=venue.url) as coinstore:
        coinstore.trade.place_order("BTCUSDT", Side.BUY, OrderType.MARKET, ord_amt=amount)
    row = venue.streams.produced("4@trade")[before].members
    return rf"trade \S+Z BUY {row['volume']} @ {row['price']}$"


# In a pipe


def test_trade_over_rest_is_a_line(venue: SimulatedVenue) -> None:
    """Lines come as things happen, not when a buffer is full; the venue says what the trade was."""
    with watching("BTCUSDT") as watched:
        assert re.fullmatch(r"book bid [\d.]+ @ [\d.]+ ask [\d.]+ @ [\d.]+ age \d+\.\d", watched.until("book "))
        assert watched.until(buy(venue, 100))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_cleanly(venue: SimulatedVenue, end: signal.Signals) -> None:
    """Exit code 0, as for `simulate`, and not a word about it; the connection is closed."""
    with watching("BTCUSDT") as watched:
        watched.until("book ")
        watched.process.send_signal(end)
        _, errors = watched.process.communicate(timeout=PATIENCE)

    assert (0, ["connected"]) == (watched.process.returncode, [line.split(" ", 1)[1] for line in errors.splitlines()])


def test_disconnection_is_told_and_survived(venue: SimulatedVenue) -> None:
    """What happens to the connection goes to stderr, with the time; the trades that follow are lines as before."""
    with watching("BTCUSDT") as watched:
        watched.until("book ")
        venue.streams.plan("4@trade", StreamFault.drop())
        buy(venue, 100)

        assert watched.until(r"\S+Z disconnected: .", watched.err)
        assert watched.until(r"\S+Z reconnected after [\d.]+ s$", watched.err)
        watched.until("book ")
        assert watched.until(buy(venue, 250))
    venue.streams.check()


def test_swallowed_frame_is_told(venue: SimulatedVenue) -> None:
    """A gap in the numbers of the frames is a line on stderr."""
    with watching("BTCUSDT") as watched:
        watched.until("book ")
        venue.streams.plan("4@trade", StreamFault.gap())
        buy(venue, 100)

        assert watched.until(r"\S+Z gap: frame \d+ came where \d+ was expected$", watched.err)


def test_unreadable_frame_is_told_once(venue: SimulatedVenue) -> None:
    """As a notice, not by the log besides, which would also write across the screen."""
    with watching("BTCUSDT") as watched:
        watched.until("book ")
        venue.streams.plan("4@trade", StreamFault.garbage())
        buy(venue, 100)
        watched.until(buy(venue, 250))
        watched.process.send_signal(signal.SIGINT)
        _, errors = watched.process.communicate(timeout=PATIENCE)

    assert ["connected", "unreadable", "gap"] == re.findall(r"^\S+Z (\w+)", errors, re.MULTILINE)
    assert 3 == errors.count("\n")


def test_reader_that_leaves_ends_it_quietly(venue: SimulatedVenue) -> None:
    """As in `watch BTCUSDT | head -1`, also where nothing happens that would have to be written."""
    with watching("BTCUSDT") as watched:
        watched.until("book ")
        watched.out.close()

        assert 0 == watched.process.wait(PATIENCE)
        assert "connected" == watched.err.read().rstrip().split(" ", 1)[1]


def test_it_ends_after_the_seconds_that_were_given(venue: SimulatedVenue) -> None:
    """With exit code 0, for scripts."""
    done = run("BTCUSDT", "--seconds", "1")

    assert 0 == done.returncode
    assert {"trade", "book"} == {line.split()[0] for line in done.stdout.splitlines()}


def test_commands_of_the_pages_work(venue: SimulatedVenue) -> None:
    """Each of them starts and prints."""
    lines = [line for page in PAGES for line in page.read_text(encoding="utf-8").splitlines()]
    commands = [re.split("[|#]", line)[0].split() for line in lines if line.startswith("spotwire coinstore watch ")]

    assert 3 == len(commands)
    for _, _, _, *arguments in commands:
        with watching(*arguments) as watched:
            assert watched.until("book ")


# Mistakes


def test_unknown_symbol_is_a_mistake_of_usage(venue: SimulatedVenue) -> None:
    """With the symbols that come near."""
    done = run("BTCUSTD")

    assert (2, "") == (done.returncode, done.stdout)
    assert "the venue has no symbol 'BTCUSTD'; did you mean BTCUSDT?" in " ".join(done.stderr.split())


@pytest.mark.parametrize(("timeout", "arguments"), [("1", ()), ("1000", ("--seconds", "1"))])
def test_venue_that_is_away_is_told(
    venue: SimulatedVenue, monkeypatch: pytest.MonkeyPatch, timeout: str, arguments: tuple[str, ...]
) -> None:
    """With exit code 1, within the client's timeout and the seconds that were given."""
    monkeypatch.setenv("SPOTWIRE_COINSTORE_TIMEOUT", timeout)
    done = run("BTCUSDT", "--url", "ws://127.0.0.1:1/", *arguments)
    notice, error = done.stderr.splitlines()

    assert (1, "") == (done.returncode, done.stdout)
    assert re.match(r"\S+Z disconnected: no connection", notice)
    assert error.startswith("Error: TransportError: ")


def test_missing_package_is_named() -> None:
    """Together with what installs it, before anything is sent."""
    without = "import sys; sys.modules['picows'] = None; import spotwire_cli; spotwire_cli.main()"
    done = run("BTCUSDT", program=(sys.executable, "-c", without))

    assert (1, 1) == (done.returncode, done.stderr.count("\n"))
    assert 'streams need picows: pip install "spotwire[streams]"' in done.stderr


@pytest.mark.parametrize("url", ["wss://user:SECRETCANARY@x/", "wss://x/?token=SECRETCANARY", "ws://SECRETCANARY/"])
def test_wrong_address_is_refused_and_not_printed(url: str) -> None:
    """A password or a token in an address does not get onto the screen."""
    done = run("BTCUSDT", "--url", url)

    assert 2 == done.returncode
    assert "the address of streams looks like wss://host" in " ".join(done.stderr.split())
    assert "CANARY" not in done.stdout + done.stderr


def test_rest_elsewhere_needs_an_address_of_the_streams(venue: SimulatedVenue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Symbols of one venue are not looked for in the streams of another."""
    monkeypatch.delenv("SPOTWIRE_COINSTORE_STREAMS_URL")
    done = run("BTCUSDT")

    assert 2 == done.returncode
    assert "--url or SPOTWIRE_COINSTORE_STREAMS_URL" in " ".join(done.stderr.split())


# Venues


def test_venues_to_watch_are_those_whose_document_has_streams() -> None:
    """The command knows none of them by name."""
    documents = sorted(path.parent.name for path in (ROOT / "specs").glob("*/asyncapi.yaml"))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "spotwire_cli").glob("*.py"))

    assert documents == venues_with_streams()
    assert [] == [name for name in documents if name in sources.lower()]


def test_venue_without_streams_says_so() -> None:
    """It is a venue all the same; completion and help do not offer it."""
    documents = {path.parent.name for path in (ROOT / "specs").glob("*/openapi.yaml")}
    for name in documents - {*venues_with_streams()}:
        result = CliRunner().invoke(root.spotwire, [name, "watch", "BTCUSDT"])

        assert 2 == result.exit_code
        assert f"{name} has no streams to watch; {', '.join(venues_with_streams())} has" in result.stderr


@pytest.mark.parametrize("name", venues_with_streams())
def test_events_of_every_venue_have_what_is_shown(name: str) -> None:
    """Fields keep the venue's own words: one that calls them otherwise needs more than is there today."""
    streams = import_module(f"spotwire.{name}.streams")
    level = streams.BookLevel
    for shown, event in ((Trade, streams.TRADES.event), (Book, streams.ORDER_BOOK.event), (Level, level)):
        wanted = {word for word in vars(shown) if not word.startswith("_")}
        assert wanted <= set(dir(event)) | set(inspect.get_annotations(event))


@pytest.mark.parametrize(("levels", "depth"), [(1, 5), (5, 5), (6, 10), (51, 100), (100, 100)])
def test_depth_is_the_smallest_that_suffices(levels: int, depth: int) -> None:
    """The venue offers certain depths only; the screen may have any number of rows."""
    streams = import_module("spotwire.coinstore.streams").STREAMS

    assert depth == watching_command._depth(streams, levels)


# What the loop does


class UntilStalledTwice:
    """A view that makes a trade after a while of silence, and ends when it is told of silence again."""

    def __init__(self, venue: SimulatedVenue) -> None:
        self.told: list[str] = []
        self._venue = venue
        self._looks = 0

    def trade(self, trade: Trade) -> None:
        """Not of interest."""

    def book(self, book: Book, age: float) -> None:
        self.told.append("book")

    def notice(self, notice: Notice) -> None:
        self.told.append(type(notice).__name__)

    def refresh(self) -> None:
        self._looks += "Stalled" in self.told
        if self._looks == 5:
            buy(self._venue, 100)
        if self._looks > 5 and self.told[-1] == "Stalled":
            raise KeyboardInterrupt


def test_silence_is_told_once_each_time(venue: SimulatedVenue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that stops coming is a notice, not one a look; after the next book it can happen again."""
    monkeypatch.setattr(watching_command, "STALE_AFTER", 0.3)
    view = UntilStalledTwice(venue)
    with (
        watching_command._opened("coinstore", "BTCUSDT", 5, None) as market,
        pytest.raises(KeyboardInterrupt),
    ):
        watching_command.follow(market, view, time.monotonic() + PATIENCE)

    assert ["Connected", "book", "Stalled", "book", "Stalled"] == view.told


class FirstBook(UntilStalledTwice):
    """A view that ends a few looks after it began."""

    def refresh(self) -> None:
        self._looks += 1
        if self._looks == 5:
            raise KeyboardInterrupt


def test_first_book_is_shown_however_late_anybody_subscribes(
    venue: SimulatedVenue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quiet market sends one book, to those who are there."""

    attach = SyncSub.attach

    def late(subscription: SyncSub[Any], sink: Sink) -> None:
        time.sleep(0.5)
        attach(subscription, sink)

    monkeypatch.setenv("SPOTWIRE_COINSTORE_TIMEOUT", "2")
    monkeypatch.setattr(SyncSub, "attach", late)
    view = FirstBook(venue)
    with watching_command._opened("coinstore", "BTCUSDT", 5, None) as market, pytest.raises(KeyboardInterrupt):
        watching_command.follow(market, view, time.monotonic() + PATIENCE)

    assert 1 == view.told.count("book")


def interrupted_at(step: int, function: Callable[[], object]) -> bool:
    """Call a function with Ctrl-C before its so many-th instruction. Returns whether it had as many."""
    instructions = count(1)

    def trace(frame: FrameType, event: str, _: object) -> Any:
        frame.f_trace_opcodes = True
        if event == "opcode" and next(instructions) == step:
            raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def test_interrupted_wait_never_holds_the_producer_up() -> None:
    """Ctrl-C at any instruction leaves no lock behind: the thread of the streams could not end, nor could the command."""
    for step in count(1):
        tape = Tape()
        was_interrupted = interrupted_at(step, lambda tape=tape: list(tape.take(0.001)))  # type: ignore[misc]
        producer = threading.Thread(target=tape.push, args=(["event"],), daemon=True)
        producer.start()
        producer.join(PATIENCE / 3)

        assert not producer.is_alive(), f"step {step}"
        if not was_interrupted:
            break
    assert step > 20


def test_tape_says_what_it_dropped() -> None:
    """The oldest make room, and their number comes in their place."""
    tape = Tape(2)
    tape.push([1, 2, 3])
    tape.tell(Gap(1, 3))

    assert [Dropped(2), 3, Gap(1, 3)] == list(tape.take(PATIENCE))
    assert [] == list(tape.take(0))


def test_tape_ends_with_the_error_after_what_came_before() -> None:
    """Nothing that came is lost to the error behind it."""
    tape, came = Tape(), list[object]()
    tape.push(["last"])
    tape.end(TransportError("gone", operation="trades", sent=True))

    with pytest.raises(TransportError, match="gone"):
        came.extend(tape.take(PATIENCE))
    assert ["last"] == came


# Words


class Row(NamedTuple):
    """A level."""

    price: Decimal
    quantity: Decimal


class Rows(NamedTuple):
    """A book."""

    bids: list[Row]
    asks: list[Row]


class Happened(NamedTuple):
    """A trade."""

    time: int
    taker_side: str
    price: Decimal
    volume: Decimal


BOOK = Rows(
    bids=[Row(D("59999.5"), D("1.25")), Row(D("59999"), D("0.75"))],
    asks=[Row(D("60000.5"), D("0.5")), Row(D("60002"), D("3.5"))],
)
TRADES = [Happened(1_795_179_601, "BUY", D("60001"), D("1E-7")), Happened(1_795_179_600, "SELL", D("59999.5"), D("2"))]


def test_lines_are_those_of_the_page() -> None:
    """docs/streams.md shows them."""
    [shown] = re.findall(r"```text\n(.*?)```", PAGES[1].read_text(encoding="utf-8"), re.DOTALL)

    assert shown.splitlines() == [trade_line(TRADES[0]._replace(volume=D("0.5"))), book_line(BOOK, 0.16)]


def test_digits_are_the_venues() -> None:
    """Without exponents; a side without levels is named."""
    assert "trade 2026-11-20T13:00:01Z BUY 0.0000001 @ 60001" == trade_line(TRADES[0])
    assert "book bid none ask none age 0.0" == book_line(Rows([], []), 0)


def test_nothing_of_a_venue_gives_a_terminal_orders() -> None:
    """Control characters of a side or a reason become visible, and no line becomes two."""
    line = trade_line(TRADES[0]._replace(taker_side="\x1b[2JBUY\n"))

    assert "trade 2026-11-20T13:00:01Z ?[2JBUY? 0.0000001 @ 60001" == line
    assert "disconnected: ?]0;owned?" == notice_text(Disconnected("\x1b]0;owned\x07"))


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (Connected(), "connected"),
        (Disconnected("closed with 1012"), "disconnected: closed with 1012"),
        (Reconnected(0.44), "reconnected after 0.4 s"),
        (Gap(5, 7), "gap: frame 7 came where 5 was expected"),
        (Dropped(3), "dropped 3 that were not taken in time"),
        (Unreadable("$.a", "a list", "{}"), "unreadable at $.a: expected a list"),
        (Stalled(10.4), "stalled: no order book for 10 s"),
    ],
)
def test_every_notice_has_its_words(notice: Notice, text: str) -> None:
    """Beginning with a word to search for."""
    assert text == notice_text(notice)


def test_notices_with_words_are_all_that_there_are() -> None:
    """A new kind of notice needs a line above."""
    assert {Connected, Disconnected, Reconnected, Gap, Dropped, Unreadable, Stalled} == set(Notice.__subclasses__())


def test_time_that_is_none_stays_a_number() -> None:
    """A venue's nonsense ends nothing."""
    assert "99999999999999999" == moment(99999999999999999)


@pytest.mark.parametrize(
    ("values", "texts"),
    [((D("1"), D("0.25")), ["1.00", "0.25"]), ((D("10"), D("2")), ["10", "2"]), ((D("1E+3"),), ["1000"]), ((), [])],
)
def test_numbers_in_a_column_have_as_many_decimals(values: tuple[Decimal, ...], texts: list[str]) -> None:
    """So that their points stand below each other; no digit is lost."""
    assert texts == aligned(values)


# In a terminal


def drawn(shown: Shown, levels: int = 10, *, width: int = 80, height: int = 24, styles: bool = False) -> list[str]:
    console = Console(width=width, height=height, record=True, file=io.StringIO(), force_terminal=True)
    console.print(picture(shown, levels, console))
    return [line.rstrip() for line in console.export_text(styles=styles).splitlines()]


SHOWN = Shown(
    symbol="BTCUSDT",
    venue="Coinstore spot streams",
    book=BOOK,
    age=0.12,
    trouble="",
    trades=TRADES,
    latest="13:00:05 reconnected after 0.4 s",
    counts={"connected": 1, "disconnected": 1, "reconnected": 1},
)


def test_screen_has_book_trades_and_state() -> None:
    """Asks above bids, the best of both in the middle, quantities summed from there; trades beside them."""
    assert (
        """\
BTCUSDT  live, 0.1 s old  Coinstore spot streams
  price  quantity     sum                   time (UTC)  side    price   quantity
60002.0      3.50    4.00  █████████████    13:00:01    BUY   60001.0  0.0000001
60000.5      0.50    0.50  █▋               13:00:00    SELL  59999.5  2.0000000
 spread       1.0  0.002%
59999.5      1.25    1.25  ████
59999.0      0.75    2.00  ██████▌
13:00:05 reconnected after 0.4 s   (1 connected, 1 disconnected, 1 reconnected)""".splitlines()
        == drawn(SHOWN)
    )


def test_stale_book_says_so_first() -> None:
    """With the reason, also where there is little room; it cannot be taken for a live one."""
    stale = SHOWN._replace(trouble="disconnected: \x1b[0mreset")

    assert "BTCUSDT   STALE: disconnected: ?[0mreset   Coinstore spot streams" == drawn(stale)[0]
    assert drawn(stale, width=30)[0].startswith("BTCUSDT   STALE: disconnected")
    assert "live" not in "".join(drawn(stale))
    assert drawn(stale, styles=True)[3].startswith("\x1b[2;31m60000.5\x1b[0m")


def test_small_terminal_shows_fewer_levels_and_no_trades() -> None:
    """Rather than cut prices; the best levels stay."""
    lines = drawn(SHOWN, width=40, height=6)

    assert ["60000.5", "spread", "59999.5"] == [line.split()[0] for line in lines[2:-1]]
    assert "…" not in "".join(lines[1:-1])
    assert "SELL" not in "".join(lines)


def test_empty_book_is_drawn() -> None:
    """A symbol that nobody trades has no spread."""
    assert "spread      none" in drawn(SHOWN._replace(book=Rows([], []), trades=()))[2]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_terminal_is_given_back(venue: SimulatedVenue) -> None:
    """The screen is another one than that with the user's lines, shows what happens, and Ctrl-C ends it with exit code 0."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    with subprocess.Popen(
        [SPOTWIRE, "coinstore", "watch", "BTCUSDT"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        killer = threading.Timer(PATIENCE, process.kill)
        killer.start()
        os.close(theirs)
        written = read_until(ours, b"live, ")
        venue.streams.plan("4@trade", StreamFault.drop())
        buy(venue, 100)
        written += read_until(ours, b"reconnected after")
        process.send_signal(signal.SIGINT)
        written += read_until(ours, b"\x1b[?1049l")
        assert 0 == process.wait(PATIENCE)
        killer.cancel()
    os.close(ours)

    assert b"\x1b[?1049h" in written
    assert b"Traceback" not in written


def read_until(terminal: int, expected: bytes) -> bytes:
    written = b""
    while expected not in written:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other side is gone
            part = b""
        assert part, written[-2000:]
        written += part
    return written
