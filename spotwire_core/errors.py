"""What can go wrong, ordered by what the caller does next.

Every exception can be pickled and copied, and none of them carries a secret: texts are scrubbed before they get here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

EXCERPT = 200
"""Characters of an answer or of the venue's message that a text shows."""


SWITCHED = 101
"""The status of what the venue says over a WebSocket."""


class SpotwireError(Exception):
    """Base of all errors of this library."""

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the attributes, so that keyword-only constructors survive pickling."""
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(cls: type[SpotwireError], args: tuple[object, ...], state: dict[str, object]) -> SpotwireError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigError(SpotwireError, ValueError):
    """The call or the configuration is wrong and nothing was sent: fix it."""


class ClientClosed(ConfigError):
    """The client was closed before or during the call."""


class WouldExceedLimit(SpotwireError):
    """Sending the call now would break a limit of the venue; nothing was sent.

    `retry_after` is the number of seconds after which it fits, None where that is not known.
    """

    def __init__(self, message: str, *, retry_after: float | None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TransportError(SpotwireError):
    """The network failed.

    `sent` is False where it is certain that no byte of the request reached the venue, otherwise True.
    """

    def __init__(self, message: str, *, operation: str, sent: bool) -> None:
        super().__init__(message)
        self.operation = operation
        self.sent = sent


class OutcomeUnknown(SpotwireError):
    """An unsafe call may or may not have been executed: look before repeating it, as the client's `resolve` does.

    `client_order_ids` are what the orders were sent with, where the venue has such ids, and `sent_at` is when. `requests` are
    the arguments by name, one mapping for each order, withdrawal or transfer. `venue` is the venue's id.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: str,
        client_order_ids: tuple[str, ...],
        sent_at: datetime,
        requests: tuple[Mapping[str, Any], ...] = (),
        venue: str = "",
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.client_order_ids = client_order_ids
        self.sent_at = sent_at
        self.requests = requests
        self.venue = venue

    @property
    def client_order_id(self) -> str | None:
        """The client order id of a single order, None where the venue has none."""
        return self.client_order_ids[0] if len(self.client_order_ids) == 1 else None


def attach(stopped: BaseException, outcome: OutcomeUnknown) -> None:
    """Let what stopped a call say that it may have been executed: as a note, and for `outcome_of`."""
    stopped.add_note(str(outcome))
    stopped.__dict__["spotwire_outcome"] = outcome


def outcome_of(error: BaseException) -> OutcomeUnknown | None:
    """Return what an exception says of an unsafe call that may have been executed, None where none was under way.

    That is an OutcomeUnknown itself, or one that a CancelledError or KeyboardInterrupt carries which stopped the call, also where
    it has become the cause of another exception, such as the TimeoutError of `asyncio.timeout`.
    """
    seen: BaseException | None = error
    while seen is not None:
        outcome = seen if isinstance(seen, OutcomeUnknown) else seen.__dict__.get("spotwire_outcome")
        if isinstance(outcome, OutcomeUnknown):
            return outcome
        seen = seen.__cause__ or seen.__context__
    return None


class ApiError(SpotwireError):
    """The venue answered and said no.

    `code` is the venue's code as text, None where the answer had none; `message` is the venue's text. `status` is 101 for what
    was said over a WebSocket.
    """

    def __init__(
        self,
        *,
        operation: str,
        status: int,
        code: str | None,
        message: str,
        meaning: str = "",
        retry_after: float | None = None,
    ) -> None:
        self.operation = operation
        self.status = status
        self.code = code
        self.message = message
        self.meaning = meaning
        self.retry_after = retry_after
        super().__init__(self._text())

    def _text(self) -> str:
        what = f"code {self.code}" if self.code is not None else "no code"
        if self.status != SWITCHED:
            what = f"HTTP {self.status}, {what}"
        said = f": {self.message}" if self.message else ""
        repeats = self.meaning.strip(" .").lower() == self.message.strip(" .").lower()
        means = f" ({self.meaning})" if self.meaning and not repeats else ""
        return f"{self.operation} was refused with {what}{said}{means}"


class AuthError(ApiError):
    """Key, signature or permission is wrong."""


class ClockError(AuthError):
    """The timestamp is outside the window that the venue accepts: correct the clock."""


class RateLimited(ApiError):
    """Too many requests. `retry_after` is the number of seconds to wait, where the venue says so."""


class InsufficientFunds(ApiError):
    """The balance does not cover the order, withdrawal or transfer."""


class OrderNotFound(ApiError):
    """The venue knows no such order, or it is not open any more."""


class InvalidRequest(ApiError):
    """The venue refuses a parameter: symbol, precision, size, price or a combination."""


class DuplicateOrder(InvalidRequest):
    """The client order id has been used before: the order exists already, and the client's `resolve` finds it.

    `sent_at` is when, and `requests` are the arguments by name, one mapping for each order.
    """

    sent_at: datetime | None = None
    requests: tuple[Mapping[str, Any], ...] = ()
    venue: str = ""


class VenueUnavailable(ApiError):
    """The venue cannot serve now. For an unsafe call OutcomeUnknown is raised instead."""


class StreamOverflow(SpotwireError):
    """A subscription ended because its events were not taken in time. `count` is how many waited."""

    def __init__(self, message: str, *, count: int) -> None:
        super().__init__(message)
        self.count = count


class StaleBook(SpotwireError):
    """The newest order book is not live: old, disconnected, incomplete or crossed."""


class DecodeError(SpotwireError):
    """The answer is not what the venue documents.

    `path` says where inside the answer (`$.bids[0][1]`), `expected` what should stand there, `body` is the whole answer.
    """

    def __init__(self, *, operation: str, status: int, path: str, expected: str, body: bytes, excerpt: str) -> None:
        super().__init__(
            f"{operation} answered HTTP {status} with something unexpected at {path}: {expected}. It begins {excerpt!r}"
        )
        self.operation = operation
        self.status = status
        self.path = path
        self.expected = expected
        self.body = body


ERROR_CLASSES: dict[str, type[ApiError]] = {
    cls.__name__: cls
    for cls in (
        ApiError,
        AuthError,
        ClockError,
        RateLimited,
        InsufficientFunds,
        OrderNotFound,
        DuplicateOrder,
        InvalidRequest,
        VenueUnavailable,
    )
}
"""The classes that a venue document can name."""
