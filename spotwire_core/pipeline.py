"""The steps of one call: limits, slot, signature, sending, reading, repetition. They do no I/O; the clients do what they yield."""

from __future__ import annotations

import logging
import random
import secrets
import time
import warnings
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from spotwire_core.clock import SLOWEST_ANSWER, Clock
from spotwire_core.config import CallOptions, check_base_url, check_timeout
from spotwire_core.encode import Call, build, prepare
from spotwire_core.errors import (
    AuthError,
    ClientClosed,
    ClockError,
    ConfigError,
    RateLimited,
    SpotwireError,
    TransportError,
    WouldExceedLimit,
    attach,
)
from spotwire_core.fleet import Draw, Late, RedisLimits, Shut
from spotwire_core.interpret import interpret, outcome_unknown
from spotwire_core.limits import SHARED, Limiter, LimitMode, Ticket, check_mode, who
from spotwire_core.message import Auth, KeyedAuth, RawResponse, Request, Response
from spotwire_core.operation import Operation, Security, TimeSource, Venue
from spotwire_core.redact import Hidden
from spotwire_core.retries import Budget, Retries, may_repeat

log = logging.getLogger("spotwire")

USER_AGENT = ("User-Agent", "spotwire")


PAUSE = 5.0
"""Seconds for which nothing is sent after a venue said "too many" without saying for how long."""

BANNED = 418
"""The status of an address that went on after "too many". More requests make the ban longer."""

BAN_PAUSE = 120.0
"""Seconds for which nothing is sent after a ban without a length."""

SAME_TIME = 50
"""Milliseconds: a correction below that was not why a signature was refused."""


class Send(msgspec.Struct, frozen=True, gc=False):
    """Send a request and hand back its answer."""

    request: Request
    operation: str
    timeout: float


class Sleep(msgspec.Struct, frozen=True, gc=False):
    """Wait before a call is repeated, or asks the fleet again."""

    seconds: float


class Await(msgspec.Struct, frozen=True, gc=False):
    """Wait for a ticket's turn, for some seconds or until it is woken."""

    ticket: Ticket
    seconds: float | None


class Slot(msgspec.Struct, frozen=True, gc=False):
    """Take a free connection, so that what is signed next does not grow old in a queue. The outcome is whether there was one."""

    timeout: float


Step = Send | Sleep | Await | Slot | Draw | Shut | Late
Steps = Generator[Step, Any, RawResponse[Any]]


class _Refused(Exception):
    """A failed attempt, with what the answer's headers were and when it was asked for."""

    def __init__(self, error: SpotwireError, headers: Mapping[str, str], asked_at: float) -> None:
        super().__init__()
        self.error = error
        self.headers = headers
        self.asked_at = asked_at


class VenueClosedWarning(UserWarning):
    """The venue does not trade any more."""


def now_ms() -> int:
    """Return the wall clock in epoch ms."""
    return time.time_ns() // 1_000_000


def new_client_order_id() -> str:
    """Return a unique id of 22 lower-case letters and digits that begins with `sw` and sorts by time."""
    return f"sw{now_ms():011x}{secrets.token_hex(5)[:9]}"


class Pipeline:
    """What both kinds of client share: configuration, and the steps of a call without their I/O."""

    def __init__(
        self,
        venue: Venue,
        auth: Auth | None,
        *,
        base_url: str | None,
        timeout: float,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
    ) -> None:
        self.venue = venue
        self.base_url = check_base_url(base_url if base_url is not None else venue.base_url)
        self.timeout = check_timeout(timeout)
        self.clock = Clock()
        self._monotonic = time.monotonic
        self._limiter: Limiter = SHARED
        self._auth = _checked_auth(venue, auth)
        self._user = who(next(iter(self._auth.sensitive()), "")) if self._auth is not None else ""
        self._retries = Retries() if retries is None else retries
        self._budget = Budget()
        self._fleet = limits if isinstance(limits, RedisLimits) else None
        self._limits = check_mode(limits.mode if isinstance(limits, RedisLimits) else limits)
        self._closed = False
        if venue.closed and base_url is None:
            warnings.warn(f"{venue.title}: {venue.closed}", VenueClosedWarning, stacklevel=4)

    def _now(self) -> datetime:
        """Return the venue's time."""
        return datetime.fromtimestamp(self.clock.now() / 1000, UTC)

    def __repr__(self) -> str:
        """Return the venue, the address and whether there is a key."""
        return f"{type(self).__name__}(base_url={self.base_url!r}, auth={'***' if self._auth else None})"

    def _steps(self, operation: Operation[Any], values: tuple[Any, ...], options: CallOptions | None) -> Steps:
        """Do a call: every wait and everything sent is yielded to the rim, which hands back what came of it."""
        call = self._prepared(operation, values, options)
        timeout = self.timeout if options is None or options.timeout is None else options.timeout
        deadline = self._monotonic() + timeout
        failure: SpotwireError | None = None
        corrected = False
        attempt = 0
        while True:
            attempt += 1
            try:
                ticket, waited = yield from self._granted(call, deadline)
            except WouldExceedLimit:
                if failure is None:
                    raise
                raise failure from failure.__cause__
            deadline += waited
            try:
                return (yield from self._attempt(call, options, deadline, ticket))
            except _Refused as refused:
                failure, headers, asked_at = refused.error, refused.headers, refused.asked_at
            if isinstance(failure, AuthError) and not corrected and operation.security == "signed":
                corrected = True
                if (yield from self._clock_corrected(failure, headers, asked_at, deadline)):
                    continue
            yield Sleep(self._wait(call, failure, attempt, deadline))

    def _wait(self, call: Call, error: SpotwireError, attempt: int, deadline: float) -> float:
        """Return the seconds after which a call is repeated. Raises the error where it is not."""
        jitter = random.random()  # noqa: S311  # it spreads load, it hides nothing
        wait = self._retries.wait(attempt, random=jitter, retry_after=_pause(error))
        may = attempt < self._retries.attempts and may_repeat(error, call.operation.safety)
        if not may or self._monotonic() + wait >= deadline or not self._budget.spend():
            raise error from error.__cause__
        log.debug("%s %s: again in %.2f s", self.venue.name, call.operation.name, wait)
        return wait

    def _granted(self, call: Call, deadline: float) -> Generator[Step, Any, tuple[Ticket | None, float]]:
        """Wait until the limits let the call through. Returns its ticket and the seconds that it waited."""
        if self._limits == "off":
            return None, 0.0
        since = self._monotonic()
        ticket = self._limiter.ticket(self.venue, call.operation, call.values, address=self.base_url, user=self._user)
        try:
            delay = self._limiter.enter(ticket)
            while delay != 0:
                self._check_patience(call, delay)
                yield Await(ticket, delay)
                self._check_open(call)
                delay = self._limiter.again(ticket)
            waited = self._monotonic() - since
            if self._fleet is not None:
                waited += yield from self._drawn(call, ticket, deadline + waited)
        except BaseException:
            self._limiter.give_up(ticket)
            raise
        return ticket, waited

    def _drawn(self, call: Call, ticket: Ticket, deadline: float) -> Generator[Step, Any, float]:
        """Take the call's units from the fleet as well. Returns the seconds that it waited for them."""
        waited = 0.0
        while True:
            left = yield from self._slot(call, deadline + waited)  # first, so that the units do not grow old in a queue
            try:
                delay: float = yield Draw(ticket, left)
            except WouldExceedLimit:
                self._check_open(call)  # a client that closes takes its connections to the fleet away
                raise
            if delay == 0:
                return waited
            self._check_patience(call, delay)
            since = self._monotonic()
            yield Sleep(delay)
            waited += self._monotonic() - since

    def _check_patience(self, call: Call, delay: float | None) -> None:
        if self._limits == "raise":
            raise WouldExceedLimit(
                f"{call.operation.name} would break a limit of the venue; nothing was sent", retry_after=delay
            )

    def _attempt(
        self, call: Call, options: CallOptions | None, deadline: float, ticket: Ticket | None
    ) -> Generator[Step, Any, RawResponse[Any]]:
        """Sign, send once and read the answer. Raises _Refused with the error that the caller may see."""
        sent = False
        try:
            left = yield from self._slot(call, deadline)
            asked_at, timestamp = self._monotonic(), self.clock.now()
            request = self._signed(call, options, timestamp)
            sent = True
            try:
                response = yield from self._answered(Send(request, call.operation.name, left), ticket)
            except TransportError as error:
                sent = error.sent
                raise _Refused(self._failed(call, error, timestamp), {}, asked_at) from None
            except BaseException as stopped:  # raised again
                _note(stopped, self.venue, call, timestamp)
                raise
            try:
                answer = self._read(call, request, response, timestamp)
            except SpotwireError as error:
                yield from self._obey(error, ticket)  # before the ticket is settled, or the next call slips through
                raise _Refused(error, response.headers, asked_at) from None
        finally:
            if ticket is not None:
                (self._limiter.settle if sent else self._limiter.give_up)(ticket)
        self._budget.succeeded()
        return answer

    @staticmethod
    def _answered(send: Send, ticket: Ticket | None) -> Generator[Step, Any, Response]:
        """Send and hand back the answer. The fleet hears of one that came late, or not at all."""
        try:
            response: Response = yield send
        except TransportError as error:
            if error.sent and ticket is not None and ticket.drawn is not None:
                yield Late(ticket)
            raise
        if ticket is not None and ticket.drawn is not None:
            yield Late(ticket)
        return response

    def _slot(self, call: Call, deadline: float) -> Generator[Step, Any, float]:
        """Take a connection, and return the seconds that are left for sending."""
        free = yield Slot(max(deadline - self._monotonic(), 0.0))
        self._check_open(call)
        left = deadline - self._monotonic()
        if not free or left <= 0:
            name = call.operation.name
            raise TransportError(f"{name} failed before anything was sent: timed out", operation=name, sent=False)
        return left

    def _obey(self, error: SpotwireError, ticket: Ticket | None) -> Generator[Step, Any, None]:
        """Let nothing through for as long as the venue wants: the call's buckets, or everything after a ban."""
        if isinstance(error, RateLimited) and ticket is not None:
            seconds, everything = _pause(error) or 0.0, error.status == BANNED
            self._limiter.close(ticket, seconds, everything=everything)
            if self._fleet is not None and seconds > 0:
                yield Shut(ticket, seconds, everything)

    def _clock_corrected(
        self, error: AuthError, headers: Mapping[str, str], asked_at: float, deadline: float
    ) -> Generator[Step, Any, bool]:
        """Correct the clock where that is why a signature was refused: by the answer's Date, else by asking."""
        if self.clock.corrected_at > asked_at:
            return True  # for another call that was refused at the same time
        if self.clock.correct_by_date(headers, asked_at=asked_at):
            return True
        source = self.venue.clock
        if source is None or not isinstance(error, ClockError):
            return False
        before, asked_at = self.clock.now(), self._monotonic()
        request = Request("GET", source.path, headers=(USER_AGENT,))
        try:
            response: Response = yield Send(request, "clock", max(min(deadline - asked_at, SLOWEST_ANSWER), 0.001))
        except TransportError:
            return False
        told = time_in(source, response.body)
        return self.clock.correct(told, asked_at=asked_at) and abs(self.clock.now() - before) > SAME_TIME

    def _prepared(self, operation: Operation[Any], values: tuple[Any, ...], options: CallOptions | None) -> Call:
        if options is not None and not isinstance(options, CallOptions):
            raise ConfigError(f"options must be CallOptions(...), got {type(options).__name__}")
        if self._closed:
            raise ClientClosed(f"{operation.name} was called on a client that is closed: open a new one")
        if operation.security != "none" and self._auth is None:
            raise ConfigError(f"{operation.name} is {operation.security}: give the client auth={self.venue.auth}(...)")
        return prepare(operation, values, new_client_order_id=new_client_order_id)

    def _check_open(self, call: Call) -> None:
        if self._closed:
            raise ClientClosed(f"{call.operation.name} was not sent: the client was closed during the call")

    def _signed(self, call: Call, options: CallOptions | None, timestamp: int) -> Request:
        request = self._with_credentials(build(call, timestamp=timestamp), call.operation.security, timestamp)
        headers = (USER_AGENT, *request.headers)
        if options is not None and options.headers:
            headers += self._extra(call, request, options)
        return Request(request.method, request.path, request.query, headers, request.body, request.sensitive)

    def _with_credentials(self, request: Request, security: Security, timestamp: int) -> Request:
        """Let the auth hook sign or name the key. Raises ConfigError where it changes what the request is for."""
        try:
            if self._auth is not None and security == "signed":
                signed = self._auth.sign(request, timestamp=timestamp, nonce=secrets.token_hex(16))
            elif isinstance(self._auth, KeyedAuth) and security == "keyed":
                signed = self._auth.identify(request)
            else:
                return request
        except BaseException as stopped:  # noqa: BLE001  # raised again
            raise stopped.with_traceback(None)  # noqa: B904  # the frames of a hook hold key and secret
        if (signed.method, signed.path) != (request.method, request.path):
            raise ConfigError(f"{type(self._auth).__name__} changed where the request goes: a hook signs, no more")
        return signed

    @staticmethod
    def _extra(call: Call, request: Request, options: CallOptions) -> tuple[tuple[str, str], ...]:
        taken = {name.lower() for name, _ in request.headers}
        for name in options.headers:
            if name.lower() in taken:
                raise ConfigError(
                    f"{call.operation.name} sends the header {name} itself: leave it out of the extra headers"
                )
        return tuple(options.headers.items())

    def _read(self, call: Call, request: Request, response: Response, timestamp: int) -> RawResponse[Any]:
        log.debug(
            "%s %s %s %s: HTTP %d", self.venue.name, call.operation.name, request.method, request.path, response.status
        )
        sensitive = Hidden((*request.sensitive, *(self._auth.sensitive() if self._auth is not None else ())))
        value = interpret(self.venue, call, response, sent_at=timestamp, sensitive=sensitive)
        return RawResponse(response.status, response.headers, response.body, value)

    def _failed(self, call: Call, error: TransportError, timestamp: int) -> SpotwireError:
        log.debug("%s %s: %s", self.venue.name, call.operation.name, error)
        if call.operation.safety == "unsafe" and error.sent:
            unknown = outcome_unknown(self.venue, call, sent_at=timestamp, reason=str(error))
            unknown.__cause__ = error
            return unknown
        return error


def _pause(error: SpotwireError) -> float | None:
    """Return the seconds for which the venue wants no requests, None where it said nothing of that kind."""
    retry_after: float | None = getattr(error, "retry_after", None)
    if retry_after is None and isinstance(error, RateLimited):
        return BAN_PAUSE if error.status == BANNED else PAUSE
    return retry_after


def _note(stopped: BaseException, venue: Venue, call: Call, timestamp: int) -> None:
    """Say with what stopped an unsafe call that it may have been executed."""
    if call.operation.safety == "unsafe":
        reason = "stopped while waiting for the answer"
        attach(stopped, outcome_unknown(venue, call, sent_at=timestamp, reason=reason))


def time_in(source: TimeSource, body: bytes) -> int | None:
    """Return the time in an answer in ms, None where there is none."""
    try:
        told = msgspec.json.decode(body, type=dict[str, Any]).get(source.member)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return told * source.unit_ms if isinstance(told, int) and not isinstance(told, bool) else None


def _checked_auth(venue: Venue, auth: Auth | None) -> Auth | None:
    if auth is None:
        return None
    if isinstance(auth, type):
        raise ConfigError(
            f"{venue.title} needs auth={venue.auth}(...), got the class itself: call it with key and secret"
        )
    of = getattr(auth, "venue", venue.name)
    if of != venue.name or not callable(getattr(auth, "sign", None)):
        raise ConfigError(f"{venue.title} needs auth={venue.auth}(...), got {type(auth).__name__}")
    return auth
