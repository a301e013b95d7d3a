"""What the consumers of one client were given, and what arrived on its connections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from zlib import crc32

import msgspec

from soak.streams.keys import key_of_event
from spotwire import Notice
from spotwire_core import websocket


@dataclass(eq=False)
class Diary:
    """What one consumer was given: keys of events, and notices.

    `twin` is the consumer that must have been given the same; a `plain` one asks for events alone.
    """

    name: str
    channel: str
    twin: Diary | None = None
    plain: bool = False
    items: list[Any] = field(default_factory=list)
    ended: BaseException | None = None

    def write(self, item: Any) -> None:
        """Write down an event or a notice."""
        self.items.append(item if isinstance(item, Notice) else key_of_event(item))

    @property
    def newest(self) -> int | None:
        """The key of the last event, None before the first."""
        return next((item for item in reversed(self.items) if not isinstance(item, Notice)), None)


@dataclass(eq=False)
class Line:
    """A connection as it is seen between socket and client: what arrived, until one of both ended it.

    `beside` are those that were open before it, `ahead` counts what arrived while one of them was. It served if it was the only
    one left in the end: only then what it brought counts.
    """

    sid: str = ""
    arrived: list[int] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)
    ahead: int = 0
    took_over: bool = False
    served: bool = False
    over: bool = False

    def take(self, body: bytes) -> None:
        """Write down a message; the first one tells the session."""
        if not self.over:
            self.sid = self.sid or msgspec.json.decode(body)["sid"]
            self.arrived.append(crc32(body))
            if not all(other.over for other in self.beside):
                self.ahead = len(self.arrived)

    def end(self) -> None:
        """Take nothing more."""
        if not self.over:
            self.over = True
            self.served = all(other.over for other in self.beside)
            self.took_over = self.served and bool(self.beside)


@dataclass(eq=False)
class Party:
    """The consumers of one client, its connections, and what it told of them."""

    name: str
    diaries: list[Diary] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    heard: list[Notice] = field(default_factory=list)
    listening: list[Diary] = field(default_factory=list)
    """Consumers who hear of notices as the client does."""

    def diary(self, name: str, channel: str, *, twin: Diary | None = None, plain: bool = False) -> Diary:
        """Begin the diary of another consumer."""
        diary = Diary(f"{self.name}, {name}", channel, twin, plain)
        self.diaries.append(diary)
        return diary

    def hear(self, notice: Notice) -> None:
        """Write down what the client tells."""
        self.heard.append(notice)
        for diary in self.listening:
            diary.write(notice)

    def opened(self, line: Line) -> None:
        """Write down a connection."""
        line.beside = [other for other in self.lines if not other.over]
        self.lines.append(line)

    def finish(self) -> None:
        """Take down no more of what arrives."""
        for line in self.lines:
            line.end()


@contextmanager
def tapped(party: Callable[[], Party]) -> Generator[None]:
    """Take down what arrives at clients; `party` tells whose loop runs in this thread."""

    class Tapped(websocket.WebSocket):
        def __init__(self, text: Callable[[bytes], None], receiver: websocket.Receiver) -> None:
            self._line = Line()
            super().__init__(self._tap(text), receiver)

        def _tap(self, text: Callable[[bytes], None]) -> Callable[[bytes], None]:
            def take(body: bytes) -> None:
                self._line.take(body)
                text(body)

            return take

        def on_ws_connected(self, transport: Any) -> None:
            party().opened(self._line)
            super().on_ws_connected(transport)

        def on_ws_disconnected(self, transport: Any) -> None:
            del transport
            self._line.end()

        def close(self) -> None:
            self._line.end()
            super().close()

    with mock.patch.object(websocket, "WebSocket", Tapped):
        yield


def by_thread(here: Party, elsewhere: Party) -> Callable[[], Party]:
    """Tell parties apart: one in this thread, one in the others."""
    ident = threading.get_ident()
    return lambda: here if threading.get_ident() == ident else elsewhere
