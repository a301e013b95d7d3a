"""`spotwire <venue> watch`: a live order book and trades, as a screen in a terminal and as lines in a pipe."""

import logging
import os
import select
import signal
import sys
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

import click

from spotwire_cli.market import Book, Stalled, Trade, book_line, moment, notice_text, trade_line
from spotwire_cli.tape import Tape
from spotwire_core.client import SyncClient, settings_from_env
from spotwire_core.config import setting
from spotwire_core.errors import ConfigError, SpotwireError
from spotwire_core.frames import StreamVenue, Subscription
from spotwire_core.live_book import STALE_AFTER, LiveBook, live_book
from spotwire_core.notices import Notice, StreamOptions, check_stream_url
from spotwire_core.threaded import SyncSub

LATEST_TRADES = 12
"""Trades that are shown to begin with."""

LOOK = 0.05
"""Seconds between two looks at the book. Of several that came meanwhile the newest is shown, which replaces the others."""


class Streams(Protocol):
    """The streams that a venue needs to be watched."""

    def trades(self, symbol: str, *, size: int) -> Subscription[Trade]:
        """Open the trades of a symbol, so many past ones first."""
        ...

    def order_book(self, symbol: str, *, levels: int) -> Subscription[Book]:
        """Open the order book of a symbol, so many levels deep."""
        ...


class View(Protocol):
    """Shows what happens."""

    def trade(self, trade: Trade) -> None:
        """Show a trade."""
        ...

    def book(self, book: Book, age: float) -> None:
        """Show a book that came so many seconds ago."""
        ...

    def notice(self, notice: Notice) -> None:
        """Show what happened to the connection."""
        ...

    def refresh(self) -> None:
        """Show what changes by itself."""
        ...


class Market(NamedTuple):
    """An open market: trades and notices, and the newest book with its state."""

    tape: Tape
    live: LiveBook[Book]


def _checked_url(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    try:
        return None if url is None else check_stream_url(url)
    except ConfigError as error:  # before it is printed: it may have a password in it
        raise click.UsageError(str(error)) from None


@click.command()
@click.argument("symbol")
@click.option(
    "--levels", type=click.IntRange(1, 100), default=10, show_default=True, help="Rows on each side of the book."
)
@click.option("--url", callback=_checked_url, help="The streams' address, wss://... or that of a simulated venue.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help="End after so long.")
@click.pass_context
def watch(ctx: click.Context, symbol: str, *, levels: int, url: str | None, seconds: float | None) -> None:
    """Show a live order book and trades until Ctrl-C.

    In a terminal that is a screen. In a pipe each event is a line, and what happens to the connection goes to stderr.
    """
    assert ctx.parent is not None
    assert ctx.parent.info_name is not None
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell starts background jobs with SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    logging.getLogger("spotwire").addHandler(logging.NullHandler())  # its warnings are notices here
    end = float("inf") if seconds is None else time.monotonic() + seconds
    try:
        _watch(ctx.parent.info_name, symbol, levels, url, end)
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:
        _say_no_more()


def _watch(venue: str, symbol: str, levels: int, url: str | None, end: float) -> None:
    import_module("spotwire_core.websocket")  # what is not installed is said before anything is sent
    streams: StreamVenue = import_module(f"spotwire.{venue}.streams").STREAMS
    within = max(end - time.monotonic(), LOOK)
    with _opened(venue, symbol, _depth(streams, levels), url, within=within) as market:
        if not sys.stdout.isatty():
            follow(market, Lines(), end)
            return
        from spotwire_cli.screen import Screen

        with Screen(symbol, streams.title, market.live, levels) as screen:
            follow(market, screen, end)


def follow(market: Market, view: View, end: float) -> None:
    """Show everything until a time of the monotonic clock. Raises what ends a subscription."""
    shown: Book | None = None
    stalled: Book | None = None
    while (left := end - time.monotonic()) > 0:
        for item in market.tape.take(min(LOOK, left)):
            if isinstance(item, Notice):
                view.notice(item)
            else:
                view.trade(item)
        newest, age = market.live.snapshot, market.live.age
        if shown is not newest:
            shown = newest
            view.book(newest, age)
        if age > STALE_AFTER and stalled is not newest:
            stalled = newest
            view.notice(Stalled(age))
        view.refresh()


class Lines:
    """One line an event, written at once."""

    def trade(self, trade: Trade) -> None:
        """Print a trade."""
        _print(trade_line(trade))

    def book(self, book: Book, age: float) -> None:
        """Print the best levels and how old they are."""
        _print(book_line(book, age))

    def notice(self, notice: Notice) -> None:
        """Print it to stderr, with the time."""
        click.echo(f"{moment(time.time())} {notice_text(notice)}", err=True)

    def refresh(self) -> None:
        """Raise BrokenPipeError where the reader has gone, which in a quiet market no line would notice."""
        if _reader_has_gone():
            raise BrokenPipeError


def _reader_has_gone() -> bool:
    if sys.platform == "win32":
        return False
    output = select.poll()
    output.register(sys.stdout, 0)
    return any(event & select.POLLERR for _, event in output.poll(0))


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201


@contextmanager
def _opened(venue: str, symbol: str, depth: int, url: str | None, *, within: float = float("inf")) -> Generator[Market]:
    """Subscribe to a symbol within some seconds. A symbol that there is not is a mistake of usage."""
    tape = Tape()
    with _client(venue, url, tape, within) as client, ExitStack() as stack:
        streams = cast("Streams", client.streams)
        trades = streams.trades(symbol, size=LATEST_TRADES)
        assert isinstance(trades, SyncSub)
        try:
            trades.attach(tape)
        except ConfigError as error:
            raise click.UsageError(str(error)) from error
        try:
            live = stack.enter_context(live_book(streams.order_book(symbol, levels=depth)))
        except SpotwireError:
            _tell_what_happened(tape)
            raise
        yield Market(tape, live)


def _tell_what_happened(tape: Tape) -> None:
    lines = Lines()
    with suppress(SpotwireError):  # that of the trades, like that of the book
        for item in tape.take(0):
            if isinstance(item, Notice):
                lines.notice(item)


def _client(venue: str, url: str | None, tape: Tape, within: float) -> Any:
    """Make a client without keys, which public streams do not need."""
    module = import_module(f"spotwire.{venue}.client")
    [client] = [
        one
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, SyncClient) and one is not SyncClient
    ]
    settings = settings_from_env(module.VENUE)
    settings["timeout"] = min(settings["timeout"], within)
    address = url or setting(venue, "STREAMS_URL")
    if settings["base_url"] is not None and address is None:
        prefix = f"SPOTWIRE_{venue.upper()}"
        raise click.UsageError(
            f"{prefix}_BASE_URL is set: give the streams' address with --url or {prefix}_STREAMS_URL"
        )
    return client(**settings, streams=StreamOptions(url=address, on_notice=tape.tell))


def _depth(streams: StreamVenue, levels: int) -> int:
    """Return the smallest depth that the venue offers and that has so many levels, or the deepest."""
    [stream] = [one for one in streams.streams if one.name == "orderBook"]
    [param] = [one for one in stream.params if one.name == "levels"]
    offered = sorted(cast("Iterable[int]", param.enum or (levels,)))
    return next((depth for depth in offered if depth >= levels), offered[-1])


def _say_no_more() -> None:
    """Send to nowhere what nobody reads, so that the interpreter does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
