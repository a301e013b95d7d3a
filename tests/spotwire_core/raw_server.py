"""A raw HTTP server on loopback that answers with canned bytes, and misbehaves on demand.

Imported as `spotwire_core.raw_server`, though it lies among the tests: pytest puts `tests/` on the path.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Literal, Self

import attrs

JSON_HEADERS = b"Content-Type: application/json\r\n"


@attrs.frozen
class Received:
    """A request as it came."""

    head: bytes
    body: bytes

    @property
    def line(self) -> bytes:
        """The request line."""
        return self.head.split(b"\r\n", 1)[0]

    @property
    def target(self) -> bytes:
        """Path and query."""
        return self.line.split(b" ")[1]

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Names in lower case and values, in their order."""
        pairs = [line.decode("latin-1").split(":", 1) for line in self.head.split(b"\r\n")[1:]]
        return [(name.lower(), value.strip()) for name, value in pairs]

    def header(self, name: str) -> str | None:
        """Return the value of a header."""
        return dict(self.headers).get(name.lower())


@attrs.frozen(kw_only=True)
class Answer:
    """Bytes to send, and what becomes of the connection: kept, closed, reset, or held open until the server stops."""

    data: bytes | Callable[[Received], bytes] = b""
    then: Literal["keep", "close", "reset", "hold"] = "keep"


def ok(body: bytes = b"{}", *, status: str = "200 OK", headers: bytes = b"") -> bytes:
    """Return a complete answer."""
    return b"HTTP/1.1 %s\r\n%s%sContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        JSON_HEADERS,
        headers,
        len(body),
        body,
    )


class Server:
    """Answers the requests one after the other with `answers`; what is beyond them is not answered but closed."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._connections: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._closed = 0
        self.answers: deque[Answer] = deque()
        self.requests: list[Received] = []
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads[0].start()

    def answer(self, *answers: Answer | bytes) -> None:
        """Add answers, in the order of the requests."""
        self.answers.extend(a if isinstance(a, Answer) else Answer(data=a) for a in answers)

    @property
    def connections(self) -> int:
        """How many there have been."""
        return len(self._connections)

    def push(self, data: bytes) -> None:
        """Send bytes that nobody asked for, on the last connection that was opened, unless the client has closed it."""
        with suppress(OSError):
            self._connections[-1].sendall(data)

    def wait_for_requests(self, count: int) -> None:
        """Return when so many requests have come. Fails after 10 seconds."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.requests) >= count, timeout=10)

    def wait_for_closed(self, count: int) -> None:
        """Return when the server has closed so many connections. Fails after 10 seconds."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._closed >= count, timeout=10)

    def stop(self) -> None:
        """Close all connections."""
        self._stopping.set()
        with socket.create_connection(self._listening.getsockname()):
            pass  # wakes the thread that accepts
        self._threads[0].join()
        self._listening.close()
        for connection in self._connections:
            with self._changed, suppress(OSError):  # it may be closed already
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            if self._stopping.is_set():
                connection.close()
                return
            if self._tls:  # the handshake is made when the first byte is read
                connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            while (request := _read(connection)) is not None:
                with self._changed:
                    answer = self.answers.popleft() if self.answers else Answer(then="close")
                    self.requests.append(request)
                    self._changed.notify_all()
                connection.sendall(answer.data(request) if callable(answer.data) else answer.data)
                if answer.then == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if answer.then == "hold":
                    self._stopping.wait(30)
                if answer.then != "keep":
                    return
        except OSError:
            pass  # the client has gone
        finally:
            with self._changed:
                connection.close()
                self._closed += 1
                self._changed.notify_all()


def _read(connection: socket.socket) -> Received | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    request = Received(head, body)
    length = int(request.header("content-length") or 0)
    while len(body) < length:
        more = connection.recv(65536)
        if not more:
            return None
        body += more
    return Received(head, body)
