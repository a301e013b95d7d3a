"""What a user may set, checked when it is set."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

import attrs

from spotwire_core.errors import ConfigError

DEFAULT_TIMEOUT = 10.0

PATIENCE = 10.0
"""Seconds after sending for which a request may still be under way, so that "no such order" is not believed."""

_header_name = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII).fullmatch
_header_value = re.compile(r"[ -~]*", re.ASCII).fullmatch
_reserved = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)
"""What the client sends itself, and what changes how the request is carried."""

_loopback = frozenset({"localhost", "127.0.0.1", "::1"})


def _frozen(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Copy the headers, so that nothing the caller changes later is sent."""
    if not isinstance(headers, Mapping):
        raise ConfigError(f"extra headers are a mapping of names to values, got {type(headers).__name__}")
    return MappingProxyType(dict(headers))


@attrs.frozen(kw_only=True)
class CallOptions:
    """Options of one call: `timeout` in seconds instead of the client's, and `headers` to send besides.

    Raises ConfigError for a header that the client sends itself, that could break the request, or that is given twice.
    """

    timeout: float | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], converter=_frozen)

    def __attrs_post_init__(self) -> None:
        """Refuse what could break the request or override its signature."""
        if self.timeout is not None:
            check_timeout(self.timeout)
        for name, value in self.headers.items():
            if not isinstance(name, str) or not _header_name(name) or name.lower() in _reserved:
                raise ConfigError(f"{name!r} cannot be sent as an extra header")
            if not isinstance(value, str) or not _header_value(value):
                raise ConfigError(f"the value of the extra header {name} must be printable ASCII text")
        if len({name.lower() for name in self.headers}) < len(self.headers):
            raise ConfigError(f"an extra header is given twice: {', '.join(sorted(self.headers, key=str.lower))}")


def check_timeout(seconds: float) -> float:
    """Return a timeout in seconds, refuse what is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 < seconds < float("inf"):
        raise ConfigError(f"a timeout is a positive number of seconds, got {seconds!r}")
    return seconds


def check_base_url(url: str) -> str:
    """Return a base URL without a trailing slash. Only https, or http to loopback; nothing but an origin and a path."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigError(f"the base URL is not valid: {error}") from None
    if parts.username is not None or parts.password is not None or "?" in url or "#" in url or not host:
        raise ConfigError("a base URL looks like https://host[:port][/path], without user, query or fragment")
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url or ".." in parts.path:
        raise ConfigError("a base URL is plain ASCII text like https://host[:port][/path]")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _loopback):
        raise ConfigError(f"a base URL is https (http only to loopback), got {parts.scheme}://{host}")
    return url.rstrip("/")


def setting(venue: str, name: str) -> str | None:
    """Return the environment variable `SPOTWIRE_<VENUE>_<NAME>`, None where it is not set or empty."""
    return os.environ.get(f"SPOTWIRE_{venue.upper()}_{name}") or None
