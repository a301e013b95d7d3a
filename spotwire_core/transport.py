"""Send encoded requests over httpx: together with `client` the only module here that does I/O.

The query is handed over as httpcore's `target` extension, never as part of a URL: the bytes that were signed are the bytes
that are sent, and neither a log line nor an exception of the HTTP library can show them. Without a client handed in, httpx's
transport is used directly: no redirects, cookies, proxies or netrc from the environment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from spotwire_core.errors import ConfigError, TransportError
from spotwire_core.message import Request, Response

if TYPE_CHECKING:
    import httpx

CONNECTIONS = 100

_never_sent = frozenset(
    {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "LocalProtocolError", "InvalidURL"}
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


class _Exchange:
    """What synchronous and asynchronous sending share: how a request is built and an answer or failure is read."""

    def __init__(self, base_url: str, client: HttpClient | None, *, asynchronous: bool) -> None:
        self._base_url = base_url
        self._client = client
        self._asynchronous = asynchronous
        self._transport: Any = None
        self._urls: dict[str, Any] = {}
        self._lock = threading.Lock()

    def _ready(self) -> Any:
        """Return the transport, made at the first call: httpx and its TLS context cost 100 ms."""
        with self._lock:
            if self._transport is None:
                import httpx

                kind = httpx.AsyncHTTPTransport if self._asynchronous else httpx.HTTPTransport
                limits = httpx.Limits(
                    max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=30
                )
                self._transport = kind(trust_env=False, limits=limits)
        return self._transport

    def _built(self, request: Request, timeout: float) -> Any:
        target = self._target(request)
        extensions = {
            "timeout": {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout},
            "target": target,
        }
        if self._client is not None:
            url = self._base_url + request.path
            return self._client.build_request(
                request.method, url, headers=list(request.headers), content=request.body, extensions=extensions
            )
        import httpx

        headers = [("Host", self._url(request.path).netloc.decode("ascii")), *request.headers]
        if request.body or request.method != "GET":
            headers.append(("Content-Length", str(len(request.body))))
        return httpx.Request(
            request.method,
            self._url(request.path),
            headers=headers,
            stream=httpx.ByteStream(request.body),
            extensions=extensions,
        )

    def _target(self, request: Request) -> bytes:
        path = self._base_url.split("://", 1)[1].partition("/")[2]
        return (f"/{path}{request.target}" if path else request.target).encode("ascii")

    def _url(self, path: str) -> httpx.URL:
        url = self._urls.get(path)
        if url is None:
            import httpx

            url = httpx.URL(self._base_url + path)
            if len(self._urls) < 1000:
                self._urls[path] = url
        return url

    @staticmethod
    def _failure(error: Exception, operation: str) -> TransportError:
        """Say what happened without the HTTP library's own text, which may show more than it should."""
        names = {cls.__name__ for cls in type(error).__mro__}
        sent = not names & _never_sent
        where = "after it may have been sent" if sent else "before anything was sent"
        return TransportError(f"{operation} failed {where}: {type(error).__name__}", operation=operation, sent=sent)


class SyncTransport(_Exchange):
    """Sends requests with httpx.HTTPTransport or a client handed in."""

    def __init__(self, base_url: str, client: HttpClient | None) -> None:
        super().__init__(base_url, client, asynchronous=False)

    def send(self, request: Request, *, operation: str, timeout: float) -> Response:
        """Send and read the whole answer. Raises TransportError."""
        try:
            if self._client is not None:
                answer = self._client.send(self._built(request, timeout), follow_redirects=False, auth=None)
            else:
                answer = self._ready().handle_request(self._built(request, timeout))
                try:
                    answer.read()
                finally:
                    answer.close()
        except Exception as error:  # noqa: BLE001  # whatever library it is, its errors become ours
            raise self._failure(error, operation) from None
        return Response(answer.status_code, answer.headers, answer.content)

    def close(self) -> None:
        """Close the connections. A client handed in stays open: it is its owner's."""
        if self._transport is not None:
            self._transport.close()


class AsyncTransport(_Exchange):
    """Sends requests with httpx.AsyncHTTPTransport or a client handed in."""

    def __init__(self, base_url: str, client: HttpClient | None) -> None:
        super().__init__(base_url, client, asynchronous=True)

    async def send(self, request: Request, *, operation: str, timeout: float) -> Response:
        """Send and read the whole answer. Raises TransportError."""
        try:
            if self._client is not None:
                answer = await self._client.send(self._built(request, timeout), follow_redirects=False, auth=None)
            else:
                answer = await self._ready().handle_async_request(self._built(request, timeout))
                try:
                    await answer.aread()
                finally:
                    await answer.aclose()
        except Exception as error:  # noqa: BLE001  # whatever library it is, its errors become ours
            raise self._failure(error, operation) from None
        return Response(answer.status_code, answer.headers, answer.content)

    async def aclose(self) -> None:
        """Close the connections. A client handed in stays open: it is its owner's."""
        if self._transport is not None:
            await self._transport.aclose()


def check_client(client: object, *, asynchronous: bool) -> HttpClient | None:
    """Return a client handed in. Raises ConfigError when it has not httpx's interface, or is of the other kind."""
    if client is None:
        return None
    wanted = "aclose" if asynchronous else "close"
    if not all(callable(getattr(client, name, None)) for name in ("build_request", "send", wanted)):
        kind = "httpx.AsyncClient" if asynchronous else "httpx.Client"
        raise ConfigError(f"http must be an {kind} or look like one, got {type(client).__name__}")
    return client  # type: ignore[return-value]  # checked just above
