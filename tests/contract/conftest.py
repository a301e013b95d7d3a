"""A server that gives one prepared answer and keeps what it was sent, byte for byte."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from spotwire_sim import SimulatedVenue, simulate

NOW = 1_700_000_000_000


@dataclass
class Received:
    """A request as it came over the wire."""

    verb: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Echo:
    """Gives `answer` with `status` to everything."""

    url: str
    answer: bytes = b"{}"
    status: int = 200
    received: list[Received] = field(default_factory=list)


@pytest.fixture(scope="session")
def _server() -> Generator[Echo]:
    echo = Echo("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            echo.received.append(Received(self.command, self.path, headers, self.rfile.read(length)))
            self.send_response(echo.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(echo.answer)))
            self.end_headers()
            self.wfile.write(echo.answer)

        do_GET = do_POST = do_DELETE = do_PUT = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    echo.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield echo
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def echo(_server: Echo) -> Echo:
    """A fresh record, answering `{}`."""
    _server.answer, _server.status = b"{}", 200
    _server.received.clear()
    return _server


Venues = Callable[[str], SimulatedVenue]


@pytest.fixture(scope="session")
def simulated() -> Generator[Venues]:
    """Give simulated venues by name, each started once and as it is at the start."""
    yield from _venues(simulate)


@pytest.fixture(scope="session")
def strict() -> Generator[Venues]:
    """Give simulated venues that refuse with 4xx, at a clock that stands still."""
    yield from _venues(lambda name: simulate(name, dialect="strict", now=lambda: NOW))


def _venues(make: Callable[[str], SimulatedVenue]) -> Generator[Venues]:
    running: dict[str, SimulatedVenue] = {}

    def venue(name: str) -> SimulatedVenue:
        if name not in running:
            running[name] = make(name).start()
        running[name].reset()
        return running[name]

    yield venue
    for one in running.values():
        one.stop()
