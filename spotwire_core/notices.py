"""What a subscription says between its events, and what a user may set for streams."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import attrs

from spotwire_core.config import check_base_url, setting
from spotwire_core.errors import ConfigError

if TYPE_CHECKING:
    from spotwire_core.frames import StreamVenue
    from spotwire_core.operation import Venue

Overflow = Literal["raise", "newest"]


@attrs.frozen
class Notice:
    """Base of all notices. They come in their place among the events."""


@attrs.frozen
class Connected(Notice):
    """The venue confirmed the subscription for the first time."""


@attrs.frozen
class Disconnected(Notice):
    """The connection is lost, and events may be missed until Reconnected."""

    reason: str


@attrs.frozen
class Reconnected(Notice):
    """The subscription is confirmed again, after so many seconds without."""

    seconds: float


@attrs.frozen
class Gap(Notice):
    """A frame of the connection came with another sequence number than the next one: events may be missing or late."""

    expected: int
    got: int


@attrs.frozen
class Dropped(Notice):
    """So many of the oldest events or notices made room here, because they were not taken in time (`overflow="newest"`)."""

    count: int


@attrs.frozen
class Unreadable(Notice):
    """A frame could not be read: where in it, what should stand there, and how it begins."""

    path: str
    expected: str
    excerpt: str


@attrs.frozen(kw_only=True)
class StreamOptions:
    """Options of a client's streams.

    Args:
        url: Another address than the venue's, wss:// (ws:// only to loopback).
        buffer: Events that wait for a slow consumer at most, for each subscription.
        overflow: What happens beyond that: "raise" StreamOverflow, or drop the oldest and keep the "newest".
        on_notice: Is told what happens to the connection, whichever subscriptions it carries. Called between frames, so it
            must not wait; with a synchronous client in another thread.
    """

    url: str | None = None
    buffer: int = 10_000
    overflow: Overflow = "raise"
    on_notice: Callable[[Notice], Any] | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what makes no sense."""
        if self.url is not None:
            check_stream_url(self.url)
        if isinstance(self.buffer, bool) or not isinstance(self.buffer, int) or self.buffer < 1:
            raise ConfigError(f"buffer is a number of events, at least 1, got {self.buffer!r}")
        if self.overflow not in ("raise", "newest"):
            raise ConfigError(f'overflow is "raise" or "newest", got {self.overflow!r}')
        if self.on_notice is not None and not callable(self.on_notice):
            raise ConfigError("on_notice is a function that takes a notice")


def check_stream_url(url: str) -> str:
    """Return the address of a WebSocket. Only wss, or ws to loopback; no user, query or fragment. Raises ConfigError."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in ("wss", "ws"):
        raise ConfigError("the address of streams looks like wss://host[:port]/path (ws only to loopback)")
    try:
        check_base_url(f"{'https' if scheme == 'wss' else 'http'}://{rest}")
    except ConfigError:
        raise ConfigError(
            "the address of streams looks like wss://host[:port]/path, without user, query or fragment (ws only to loopback)"
        ) from None
    return url


def stream_url(venue: StreamVenue, options: StreamOptions, *, elsewhere: bool) -> str:
    """Return the address of the streams. Raises ConfigError where REST goes elsewhere and nothing says where streams go."""
    if options.url is None and elsewhere:
        raise ConfigError(
            f"this client's base_url is not that of {venue.name}: give the address of its streams, too, with "
            "streams=StreamOptions(url=...)"
        )
    return check_stream_url(venue.url if options.url is None else options.url)


def stream_options_from_env(venue: Venue) -> StreamOptions:
    """Return what the environment says of a venue's streams: `SPOTWIRE_<VENUE>_STREAMS_URL`."""
    return StreamOptions(url=setting(venue.name, "STREAMS_URL"))
