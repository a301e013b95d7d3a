"""Sign private requests to Coinstore.

https://coinstore-openapi.github.io/en/index.html#signature-authentication

HMAC-SHA256 twice: the key of the second is the hex text of the first, which is over the number of the 30-second window. The
payload is the query as it is sent followed, without a separator, by the body as it is sent. No sorting.
"""

from __future__ import annotations

import hmac

from spotwire_core.message import Request
from spotwire_core.secret import KeyPair

WINDOW_MS = 30_000


def string_to_sign(query: str, body: bytes) -> bytes:
    """Return the payload: raw query, then raw body."""
    return query.encode("ascii") + body


def signature(secret: str, text: bytes, *, expires: int) -> str:
    """Return the signature as lower-case hex. `expires` is epoch ms, the time of sending in spite of its name."""
    window = hmac.digest(secret.encode("ascii"), str(expires // WINDOW_MS).encode("ascii"), "sha256").hex()
    return hmac.digest(window.encode("ascii"), text, "sha256").hex()


class CoinstoreAuth(KeyPair, venue="coinstore"):
    """API key and secret of a Coinstore account."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        """Add the headers X-CS-APIKEY, X-CS-EXPIRES and X-CS-SIGN. The nonce is not used."""
        signed = signature(self._secret.reveal(), string_to_sign(request.query, request.body), expires=timestamp)
        headers = dict(request.headers) | {
            "X-CS-APIKEY": self._key.reveal(),
            "X-CS-EXPIRES": str(timestamp),
            "X-CS-SIGN": signed,
            "Content-Type": "application/json",
        }
        sensitive = (self._key.reveal(), signed)
        return Request(request.method, request.path, request.query, tuple(headers.items()), request.body, sensitive)
