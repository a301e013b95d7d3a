"""Send encoded requests: together with `client` the only module here that does I/O.

Three ways, one interface. Synchronously over httpcore, the engine of httpx; asynchronously over aiohttp; or over a client
handed in that has httpx's interface. Whatever the way: the query goes out as the bytes that were signed, no redirect is
followed, no cookie kept, no proxy or netrc taken from the environment unless the user's own client does, and no text of the
library's exceptions is passed on, since they show URLs.
"""

from __future__ import annotations

import functools
import os
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from spotwire_core.errors import ConfigError, TransportError
from spotwire_core.message import Headers, Request, Response

if TYPE_CHECKING:
    import ssl

    import aiohttp
    import httpcore

    from spotwire_core.connector import Connector

CONNECTIONS = 100
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes, decompressed. The largest documented answers have one or two million."""

# Errors of httpx, httpcore and aiohttp by name: a client handed in may be of another release or a fork.
_never_sent = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "PoolTimeout",
        "UnsupportedProtocol",
        "LocalProtocolError",
        "InvalidURL",
        "ClientConnectorError",
        "ConnectionTimeoutError",
    }
)


class HttpClient(Protocol):
    """A client with httpx's interface, handed in by the user."""

    @property
    def build_request(self) -> Callable[..., Any]:
        """Build a request."""
        ...

    @property
    def send(self) -> Callable[..., Any]:
        """Send it: the answer, or an awaitable of it."""
        ...


class TooLarge(ValueError):
    """An answer is larger than any that a venue sends."""


class ConnectTimeout(Exception):
    """The time was over before there was a connection."""


class TwoLengths(ValueError):
    """An answer says in two ways where it ends."""


class Body:
    """Collects the raw bytes of an answer, decompressed as they come, and stops at LARGEST_ANSWER."""

    def __init__(self, encoding: str) -> None:
        encodings = {
            "": None,
            "identity": None,
            "gzip": zlib.MAX_WBITS | 16,
            "x-gzip": zlib.MAX_WBITS | 16,
            "deflate": zlib.MAX_WBITS,
        }
        if encoding not in encodings:
            raise ValueError("an encoding that was not asked for")
        bits = encodings[encoding]
        self._inflate = None if bits is None else zlib.decompressobj(bits)
        self._chunks: list[bytes] = []
        self._size = 0
        self._came = 0

    def add(self, chunk: bytes) -> None:
        """Add a chunk. Raises TooLarge, or zlib.error where it is corrupt."""
        plain = chunk if self._inflate is None else self._inflate.decompress(chunk, LARGEST_ANSWER + 1 - self._size)
        self._size += len(plain)
        self._came += len(chunk)
        if max(self._size, self._came) > LARGEST_ANSWER:
            raise TooLarge(f"an answer of more than {LARGEST_ANSWER} bytes")
        self._chunks.append(plain)

    def content(self) -> bytes:
        """Return all of it. Raises ValueError where compressed bytes are missing."""
        if self._inflate is not None and self._chunks and not self._inflate.eof:
            raise ValueError("a compressed answer that is cut short")
        return b"".join(self._chunks)


def check_length(headers: Mapping[str, str]) -> None:
    """Refuse an answer of which it can be read in two ways where it ends, and so what the next one is."""
    if "content-length" in headers and "transfer-encoding" in headers:
        raise TwoLengths("both Content-Length and Transfer-Encoding")


@functools.cache
def tls() -> ssl.SSLContext:
    """Return what every connection of this process is checked with, made at the first call since it takes 40 ms.

    It trusts the certificates of the system, or those of SSL_CERT_FILE and SSL_CERT_DIR, and those of certifi; TLS 1.2 is the
    least. Nothing switches the checks off.
    """
    from httpcore import default_ssl_context

    context = default_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


class _Sender:
    """What the ways have in common."""

    def __init__(self, base_url: str, client: HttpClient | None) -> None:
        self._base_url = base_url
        parts = urlsplit(base_url)
        self._scheme = parts.scheme.encode("ascii")
        self._prefix = parts.path
        self._client = client
        self._lock = threading.Lock()
        self._process: int | None = None

    def check_process(self) -> None:
        """Refuse to share connections with the process that this one was forked from: answers would get mixed up."""
        if self._process is None:
            self._process = os.getpid()
        elif self._process != os.getpid():
            raise ConfigError("a client that was used before a fork does not work after it: make another one there")

    def _for_client(self, request: Request, timeout: float) -> Any:
        """Build a request for a client handed in: the query as httpcore's `target`, so that its log lines do not show it.

        Cookies that it collected from other answers are left out.
        """
        assert self._client is not None
        built = self._client.build_request(
            request.method,
            self._base_url + request.path,
            headers=list(request.headers),
            content=request.body,
            extensions={
                "timeout": {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout},
                "target": (self._prefix + request.target).encode("ascii"),
            },
        )
        built.headers.pop("cookie", None)
        return built

    @staticmethod
    def _from_client(answer: Any) -> Response:
        check_length(answer.headers)
        return Response(answer.status_code, answer.headers, answer.content)

    @staticmethod
    def _failure(error: BaseException, operation: str) -> TransportError:
        """Say what happened without the library's own text, which may show more than it should."""
        names = {cls.__name__ for cls in type(error).__mro__}
        sent = not names & _never_sent
        where = "after it may have been sent" if sent else "before anything was sent"
        return TransportError(f"{operation} failed {where}: {_reason(error, names)}", operation=operation, sent=sent)


def _reason(error: BaseException, names: set[str]) -> str:
    """Say in our words what the many exceptions of three libraries mean."""
    if any("Timeout" in name for name in names):
        return "timed out"
    if names & _never_sent:
        return "could not connect"
    if isinstance(error, TooLarge):
        return f"the answer has more than {LARGEST_ANSWER} bytes"
    if isinstance(error, TwoLengths):
        return "the answer has two lengths"
    if isinstance(error, (ValueError, zlib.error)):
        return "the answer cannot be decompressed"
    return "the connection broke, or the answer was not HTTP"


class SyncTransport(_Sender):
    """Sends with httpcore's connection pool, or a client handed in. Safe to use from many threads."""

    def __init__(self, base_url: str, client: HttpClient | None) -> None:
        super().__init__(base_url, client)
        parts = urlsplit(base_url)
        self._host = (parts.hostname or "").encode("ascii")
        self._port = parts.port
        self._netloc = (b"Host", parts.netloc.encode("ascii"))
        self._pool: httpcore.ConnectionPool | None = None
        self._deadline: Any = None

    def send(self, request: Request, *, operation: str, timeout: float) -> Response:
        """Send and read the whole answer within `timeout` seconds. Raises TransportError.

        With a client handed in the time is that of each read and write, since its interface has no other.
        """
        self.check_process()
        try:
            if self._client is not None:
                answer = self._client.send(self._for_client(request, timeout), follow_redirects=False, auth=None)
                return self._from_client(answer)
            return self._exchange(request, timeout)
        except Exception as error:  # noqa: BLE001  # whatever library it is, its errors become ours
            raise self._failure(error, operation) from None
        except BaseException as stopped:  # noqa: BLE001  # raised again
            raise stopped.with_traceback(None)  # noqa: B904  # its frames hold the URL and the headers

    def _exchange(self, request: Request, timeout: float) -> Response:
        pool = self._ready()
        import httpcore

        headers = [self._netloc, _ACCEPT_ENCODING]
        headers += [(name.encode("ascii"), value.encode("ascii")) for name, value in request.headers]
        if request.body or request.method != "GET":
            headers.append((b"Content-Length", str(len(request.body)).encode("ascii")))
        target = (self._prefix + request.target).encode("ascii")
        url = httpcore.URL(scheme=self._scheme, host=self._host, port=self._port, target=target)
        limits = {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}
        self._deadline.at = time.monotonic() + timeout
        answer = pool.handle_request(
            httpcore.Request(request.method, url, headers=headers, content=request.body, extensions={"timeout": limits})
        )
        try:
            found = Headers(answer.headers)
            check_length(found)
            body = Body(found.get("content-encoding", "").strip().lower())
            for chunk in answer.iter_stream():
                body.add(chunk)
        finally:
            _give_back(answer)
        return Response(answer.status, found, body.content())

    def _ready(self) -> httpcore.ConnectionPool:
        """Return the pool, made at the first call: it and its TLS context cost time."""
        with self._lock:
            if self._pool is None:
                import httpcore

                from spotwire_core.deadline import Backend, Deadline

                self._deadline = Deadline()
                self._pool = httpcore.ConnectionPool(
                    ssl_context=tls() if self._scheme == b"https" else None,
                    max_connections=CONNECTIONS,
                    max_keepalive_connections=CONNECTIONS,
                    keepalive_expiry=30,
                    network_backend=Backend(self._deadline),
                )
            return self._pool

    def close(self) -> None:
        """Close the connections, not those of another process. A client handed in stays open: it is its owner's."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.close()


def _give_back(answer: Any) -> None:
    """Give the connection of an httpcore answer back, or drop it where something came behind the answer.

    httpcore would take that for the answer to the next request, and has no public word for it.
    """
    try:
        behind, _ = answer.stream._stream._connection._h11_state.trailing_data
    except AttributeError:  # in another httpcore it stands elsewhere: then no connection is kept, and a test notices
        behind = True
    if behind:
        answer.extensions["network_stream"].close()
    answer.close()


class AsyncTransport(_Sender):
    """Sends with an aiohttp session, or a client handed in. It belongs to the event loop of its first call."""

    def __init__(self, base_url: str, client: HttpClient | None) -> None:
        super().__init__(base_url, client)
        self._session: aiohttp.ClientSession | None = None
        self._connector: Connector | None = None
        self._loop: Any = None

    async def send(self, request: Request, *, operation: str, timeout: float) -> Response:
        """Send and read the whole answer within `timeout` seconds. Raises TransportError."""
        self.check_process()
        try:
            if self._client is not None:
                answer = await self._client.send(self._for_client(request, timeout), follow_redirects=False, auth=None)
                return self._from_client(answer)
            return await self._exchange(request, timeout)
        except ConfigError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever library it is, its errors become ours
            raise self._failure(error, operation) from None
        except BaseException as stopped:  # noqa: BLE001  # raised again
            raise stopped.with_traceback(None)  # noqa: B904  # its frames hold the URL and the headers

    async def _exchange(self, request: Request, timeout: float) -> Response:
        session = self._ready()
        import asyncio

        from yarl import URL

        from spotwire_core.connector import connected

        connected.set(False)
        try:
            async with (
                asyncio.timeout(timeout),  # aiohttp's own rounds up, and has gaps
                session.request(
                    request.method,
                    URL(f"{self._base_url}{request.target}", encoded=True),
                    headers=(("Accept-Encoding", "gzip"), *request.headers),
                    data=request.body or None,
                    allow_redirects=False,
                ) as answer,
            ):
                found = Headers(answer.raw_headers)
                check_length(found)
                body = Body(found.get("content-encoding", "").strip().lower())
                async for chunk in answer.content.iter_any():
                    body.add(chunk)
                return Response(answer.status, found, body.content())
        except TimeoutError:
            raise (TimeoutError if connected.get() else ConnectTimeout) from None

    def _ready(self) -> aiohttp.ClientSession:
        """Return the session of this event loop, made at the first call."""
        import asyncio

        loop = asyncio.get_running_loop()
        if self._session is None:
            import aiohttp

            from spotwire_core.connector import Connector

            self._loop = loop
            self._connector = Connector(limit=CONNECTIONS, tls=tls() if self._scheme == b"https" else None)
            self._session = aiohttp.ClientSession(
                connector=self._connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                timeout=aiohttp.ClientTimeout(total=None),
                skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            )
            # aiohttp sends GET, PUT and DELETE again when a kept connection was dropped. What is sent twice is our decision.
            vars(self._session)["_retry_connection"] = False  # no public switch; a test notices if it goes
        elif self._loop is not loop:
            raise ConfigError("an asynchronous client belongs to one event loop: make another one for this loop")
        return self._session

    async def aclose(self) -> None:
        """Close the connections, not those of another process. A client handed in stays open: it is its owner's."""
        if self._session is not None and self._connector is not None and self._process == os.getpid():
            await self._session.close()
            await self._connector.cut()


_ACCEPT_ENCODING = (b"Accept-Encoding", b"gzip")


def check_client(client: object, *, asynchronous: bool) -> HttpClient | None:
    """Return a client handed in. Raises ConfigError when it has not httpx's interface, or is of the other kind."""
    if client is None:
        return None
    wanted = "aclose" if asynchronous else "close"
    if not all(callable(getattr(client, name, None)) for name in ("build_request", "send", wanted)):
        kind = "httpx.AsyncClient" if asynchronous else "httpx.Client"
        raise ConfigError(f"http must be an {kind} or look like one, got {type(client).__name__}")
    return client  # type: ignore[return-value]  # checked just above
