"""Make text from outside safe to show: no secrets, no control characters, not too long."""

from __future__ import annotations

from collections.abc import Iterable

HIDDEN = "***"


class Hidden(tuple[str, ...]):
    """Texts that must show nowhere, not even in a traceback that prints local variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return a placeholder."""
        return HIDDEN


def scrub(text: str, sensitive: Iterable[str], *, limit: int) -> str:
    """Replace every sensitive text, neutralise terminal escapes and line breaks, and cut at `limit` characters."""
    for secret in sorted(sensitive, key=len, reverse=True):  # one may contain another
        if secret:
            text = text.replace(secret, HIDDEN)
    shown = "".join(character if character.isprintable() else " " for character in text[: limit + 1])
    return shown if len(shown) <= limit else shown[:limit] + "…"


def scrub_bytes(body: bytes, sensitive: Iterable[str]) -> bytes:
    """Replace every sensitive text in the bytes of an answer."""
    for secret in sorted(sensitive, key=len, reverse=True):
        if secret:
            body = body.replace(secret.encode(), HIDDEN.encode())
    return body
