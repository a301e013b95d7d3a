"""Make text from outside safe to show: no secrets, no control characters, not too long."""

from __future__ import annotations

from collections.abc import Iterable

HIDDEN = "***"


def scrub(text: str, sensitive: Iterable[str], *, limit: int) -> str:
    """Replace every sensitive text, neutralise terminal escapes and line breaks, and cut at `limit` characters."""
    for secret in sensitive:
        if secret:
            text = text.replace(secret, HIDDEN)
    shown = "".join(character if character.isprintable() else " " for character in text[: limit + 1])
    return shown if len(shown) <= limit else shown[:limit] + "…"


def scrub_bytes(body: bytes, sensitive: Iterable[str]) -> bytes:
    """Replace every sensitive text in the bytes of an answer."""
    for secret in sensitive:
        if secret:
            body = body.replace(secret.encode(), HIDDEN.encode())
    return body
