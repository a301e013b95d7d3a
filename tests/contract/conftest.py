"""A server that gives one prepared answer and keeps what it was sent, byte for byte."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from spotwire_contract.calls import client_class, method_of, module_of
from spotwire_contract.fuzz import NOW
from spotwire_contract.spec import Operation, operations, venues
from spotwire_sim import SimulatedVenue, simulate

VENUES = venues()
OPERATIONS = [operation for venue in VENUES for operation in operations(venue)]
EXAMPLES = [(operation, path) for operation in OPERATIONS for path in operation.examples]

KEY, SECRET = "key-of-the-contract-tests", "secret-of-the-contract-tests"


def credentials(operation: Operation) -> Any:
    """Return an auth hook with the test's key."""
    scheme = operation.spec.root["components"]["securitySchemes"]["signed"]["x-auth-hook"]
    return getattr(module_of(operation), scheme)(KEY, SECRET)


def call(operation: Operation, url: str, auth: Any, kwargs: Mapping[str, Any], *, asynchronous: bool) -> Any:
    """Call the operation's method over real HTTP and return its value."""
    if asynchronous:
        return asyncio.run(_call_async(operation, url, auth, kwargs))
    with client_class(operation)(auth=auth, base_url=url, limits="off") as client:
        return method_of(client, operation)(**kwargs)


async def _call_async(operation: Operation, url: str, auth: Any, kwargs: Mapping[str, Any]) -> Any:
    async with client_class(operation, "Async")(auth=auth, base_url=url, limits="off") as client:
        return await method_of(client, operation)(**kwargs)


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
    yield from _venues(lambda name: simulate(name, limits=False))


@pytest.fixture(scope="session")
def strict() -> Generator[Venues]:
    """Give simulated venues that refuse with 4xx, at a clock that stands still."""
    yield from _venues(lambda name: simulate(name, dialect="strict", now=lambda: NOW, limits=False))


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
