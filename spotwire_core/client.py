"""The pipeline of one call: check and encode, sign, send, interpret. Synchronous and asynchronous differ only at the rim."""

from __future__ import annotations

import logging
import secrets
import time
import warnings
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, Protocol, Self, TypeVar

from spotwire_core.config import DEFAULT_TIMEOUT, CallOptions, check_base_url, check_timeout, setting
from spotwire_core.encode import Call, build, prepare
from spotwire_core.errors import ClientClosed, ConfigError, TransportError
from spotwire_core.interpret import interpret, outcome_unknown
from spotwire_core.message import Auth, KeyedAuth, RawResponse, Request, Response
from spotwire_core.operation import Operation, Venue
from spotwire_core.redact import Hidden
from spotwire_core.transport import AsyncTransport, HttpClient, SyncTransport, check_client

T = TypeVar("T")
P = ParamSpec("P")

log = logging.getLogger("spotwire")

USER_AGENT = ("User-Agent", "spotwire")


class VenueClosedWarning(UserWarning):
    """The venue does not trade any more."""


class SyncCaller(Protocol):
    """What a group of synchronous methods calls."""

    def __call__(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None, /) -> T:
        """Send one call and return its decoded payload."""
        ...


class AsyncCaller(Protocol):
    """What a group of asynchronous methods calls."""

    async def __call__(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None, /) -> T:
        """Send one call and return its decoded payload."""
        ...


def now_ms() -> int:
    """Return the wall clock in epoch ms."""
    return time.time_ns() // 1_000_000


def new_client_order_id() -> str:
    """Return a unique id of 22 lower-case letters and digits that begins with `sw` and sorts by time."""
    return f"sw{now_ms():011x}{secrets.token_hex(5)[:9]}"


class Client:
    """What both kinds of client share: configuration and the pure steps of a call."""

    def __init__(self, venue: Venue, auth: Auth | None, *, base_url: str | None, timeout: float) -> None:
        self.venue = venue
        self.base_url = check_base_url(base_url if base_url is not None else venue.base_url)
        self.timeout = check_timeout(timeout)
        self._auth = _checked_auth(venue, auth)
        self._closed = False
        if venue.closed and base_url is None:
            warnings.warn(f"{venue.title}: {venue.closed}", VenueClosedWarning, stacklevel=4)

    def __repr__(self) -> str:
        """Return the venue, the address and whether there is a key."""
        return f"{type(self).__name__}(base_url={self.base_url!r}, auth={'***' if self._auth else None})"

    def _prepared(self, operation: Operation[Any], values: tuple[Any, ...]) -> Call:
        if self._closed:
            raise ClientClosed(f"{operation.name} was called on a client that is closed: open a new one")
        if operation.security != "none" and self._auth is None:
            raise ConfigError(f"{operation.name} is {operation.security}: give the client auth={self.venue.auth}(...)")
        return prepare(operation, values, new_client_order_id=new_client_order_id)

    def _signed(self, call: Call, options: CallOptions | None, timestamp: int) -> Request:
        request = build(call, timestamp=timestamp)
        if self._auth is not None and call.operation.security == "signed":
            request = self._auth.sign(request, timestamp=timestamp, nonce=secrets.token_hex(16))
        elif isinstance(self._auth, KeyedAuth) and call.operation.security == "keyed":
            request = self._auth.identify(request)
        headers = (USER_AGENT, *request.headers)
        if options is not None and options.headers:
            headers += self._extra(call, request, options)
        return Request(request.method, request.path, request.query, headers, request.body, request.sensitive)

    @staticmethod
    def _extra(call: Call, request: Request, options: CallOptions) -> tuple[tuple[str, str], ...]:
        taken = {name.lower() for name, _ in request.headers}
        for name in options.headers:
            if name.lower() in taken:
                raise ConfigError(
                    f"{call.operation.name} sends the header {name} itself: leave it out of the extra headers"
                )
        return tuple(options.headers.items())

    def _timeout(self, options: CallOptions | None) -> float:
        return self.timeout if options is None or options.timeout is None else options.timeout

    def _read(self, call: Call, request: Request, response: Response, timestamp: int) -> RawResponse[Any]:
        log.debug(
            "%s %s %s %s: HTTP %d", self.venue.name, call.operation.name, request.method, request.path, response.status
        )
        sensitive = Hidden((*request.sensitive, *(self._auth.sensitive() if self._auth is not None else ())))
        value = interpret(self.venue, call, response, sent_at=timestamp, sensitive=sensitive)
        return RawResponse(response.status, response.headers, response.body, value)

    def _failed(self, call: Call, error: TransportError, timestamp: int) -> Exception:
        log.debug("%s %s: %s", self.venue.name, call.operation.name, error)
        if call.operation.safety == "unsafe" and error.sent:
            unknown = outcome_unknown(call, sent_at=timestamp, reason=str(error))
            unknown.__cause__ = error
            return unknown
        return error


class SyncClient(Client):
    """A synchronous client; safe to use from many threads. Generated clients add the groups of methods."""

    def __init__(
        self, venue: Venue, auth: Auth | None, *, base_url: str | None, http: HttpClient | None, timeout: float
    ) -> None:
        super().__init__(venue, auth, base_url=base_url, timeout=timeout)
        self._transport = SyncTransport(self.base_url, check_client(http, asynchronous=False))

    def call(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None = None, /) -> T:
        """Send one call and return its decoded payload."""
        value: T = self._exchange(operation, values, options).value
        return value

    def raw(self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        """Call one of this client's methods and return status, headers and body beside the value.

        `client.raw(client.market.order_book, "BTCUSDT", limit=5).headers`
        """
        return _raw_twin(method, self._exchange)(*args, **kwargs)  # type: ignore[no-any-return]  # same method, other caller

    def _exchange(
        self, operation: Operation[Any], values: tuple[Any, ...], options: CallOptions | None
    ) -> RawResponse[Any]:
        call = self._prepared(operation, values)
        timestamp = now_ms()
        request = self._signed(call, options, timestamp)
        try:
            response = self._transport.send(request, operation=operation.name, timeout=self._timeout(options))
        except TransportError as error:
            failed = self._failed(call, error, timestamp)
            raise failed from failed.__cause__
        return self._read(call, request, response, timestamp)

    def close(self) -> None:
        """Close the connections."""
        self._closed = True
        self._transport.close()

    def __enter__(self) -> Self:
        """Return the client; it is closed on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        self.close()


class AsyncClient(Client):
    """An asynchronous client for one event loop. Generated clients add the groups of methods."""

    def __init__(
        self, venue: Venue, auth: Auth | None, *, base_url: str | None, http: HttpClient | None, timeout: float
    ) -> None:
        super().__init__(venue, auth, base_url=base_url, timeout=timeout)
        self._transport = AsyncTransport(self.base_url, check_client(http, asynchronous=True))

    async def call(self, operation: Operation[T], values: tuple[Any, ...], options: CallOptions | None = None, /) -> T:
        """Send one call and return its decoded payload."""
        value: T = (await self._exchange(operation, values, options)).value
        return value

    async def raw(self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        """Call one of this client's methods and return status, headers and body beside the value.

        `(await client.raw(client.market.order_book, "BTCUSDT", limit=5)).headers`
        """
        return await _raw_twin(method, self._exchange)(*args, **kwargs)  # type: ignore[no-any-return]  # same method, other caller

    async def _exchange(
        self, operation: Operation[Any], values: tuple[Any, ...], options: CallOptions | None
    ) -> RawResponse[Any]:
        call = self._prepared(operation, values)
        timestamp = now_ms()
        request = self._signed(call, options, timestamp)
        try:
            response = await self._transport.send(request, operation=operation.name, timeout=self._timeout(options))
        except TransportError as error:
            failed = self._failed(call, error, timestamp)
            raise failed from failed.__cause__
        except BaseException as cancelled:
            from asyncio import CancelledError  # running in a loop, so it is imported; 20 ms for who does not

            if isinstance(cancelled, CancelledError) and operation.safety == "unsafe":
                cancelled.add_note(
                    str(outcome_unknown(call, sent_at=timestamp, reason="cancelled while waiting for the answer"))
                )
            raise
        return self._read(call, request, response, timestamp)

    async def aclose(self) -> None:
        """Close the connections."""
        self._closed = True
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        """Return the client; it is closed on leaving."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the client."""
        await self.aclose()


def settings_from_env(venue: Venue) -> dict[str, Any]:
    """Return what the environment says of a venue: `SPOTWIRE_<VENUE>_BASE_URL` and `SPOTWIRE_<VENUE>_TIMEOUT` (seconds)."""
    timeout = setting(venue.name, "TIMEOUT")
    try:
        seconds = float(timeout) if timeout is not None else DEFAULT_TIMEOUT
    except ValueError:
        raise ConfigError(
            f"SPOTWIRE_{venue.name.upper()}_TIMEOUT must be a number of seconds, got {timeout!r}"
        ) from None
    return {"base_url": setting(venue.name, "BASE_URL"), "timeout": seconds}


def has_key_in_env(venue: Venue) -> bool:
    """Tell whether the environment names an API key of the venue."""
    return setting(venue.name, "API_KEY") is not None


def _checked_auth(venue: Venue, auth: Auth | None) -> Auth | None:
    if auth is None:
        return None
    of = getattr(auth, "venue", venue.name)
    if of != venue.name or not callable(getattr(auth, "sign", None)):
        raise ConfigError(f"{venue.title} needs auth={venue.auth}(...), got {type(auth).__name__}")
    return auth


def _raw_twin(method: Callable[..., Any], exchange: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same method of a group that hands back the whole answer."""
    group: Any = getattr(method, "__self__", None)
    if not hasattr(group, "_call"):
        raise ConfigError("raw() takes a method of this client, such as client.market.order_book")
    twin: Callable[..., Any] = getattr(type(group)(exchange), method.__name__)
    return twin
