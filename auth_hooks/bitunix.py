"""Sign private requests to Bitunix.

https://www.bitunix.com/api-docs/spots/en_us/sign/

Two plain SHA-256, not an HMAC: the second is over the hex text of the first with the secret behind it. The query enters as
names and raw values run together, sorted, without `=` and `&`: the form with `=` that the page prints is refused. The body
enters as the bytes that are sent, blanks included.
"""

from __future__ import annotations

import hashlib
from urllib.parse import unquote

from spotwire_core.message import Request
from spotwire_core.secret import KeyPair


def string_to_sign(*, nonce: str, timestamp: int, api_key: str, query: str, body: bytes) -> bytes:
    """Return what the first hash is over. Empty query values are left out."""
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    raw = sorted((unquote(name), unquote(value)) for name, _, value in pairs)
    text = "".join(name + value for name, value in raw if value)
    return f"{nonce}{timestamp}{api_key}{text}".encode() + body


def signature(secret: str, text: bytes) -> str:
    """Return SHA-256 of the first digest, as hex text, and the secret."""
    digest = hashlib.sha256(text).hexdigest()
    return hashlib.sha256(f"{digest}{secret}".encode()).hexdigest()


class BitunixAuth(KeyPair, venue="bitunix"):
    """API key and secret of a Bitunix account."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        """Add the headers api-key, nonce, timestamp and sign."""
        text = string_to_sign(
            nonce=nonce,
            timestamp=timestamp,
            api_key=self._key.reveal(),
            query=request.query,
            body=request.body,
        )
        signed = signature(self._secret.reveal(), text)
        headers = dict(request.headers) | {
            "api-key": self._key.reveal(),
            "nonce": nonce,
            "timestamp": str(timestamp),
            "sign": signed,
            "Content-Type": "application/json",
        }
        sensitive = (self._key.reveal(), signed)
        return Request(request.method, request.path, request.query, tuple(headers.items()), request.body, sensitive)
