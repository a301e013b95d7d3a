"""Sign requests to MEXC, spot API v3.

https://www.mexc.com/api-docs/spot-v3/general-info#signed

The signed text is the query exactly as it is sent, followed without a separator by the body. There is no sorting. The
scheme with the headers ApiKey, Request-Time and Signature, which the edition of February 2022 describes too, belongs to
other APIs of the venue.
"""

from __future__ import annotations

import hmac

from spotwire_core.message import Request
from spotwire_core.secret import KeyPair


def string_to_sign(query: str, body: bytes = b"") -> bytes:
    """Return what is signed: `query` with its timestamp and without a signature, then `body`, nothing between them."""
    return query.encode("ascii") + body


def signature(secret: str, text: bytes) -> str:
    """Return HMAC-SHA256 of `text` as lower-case hex."""
    return hmac.digest(secret.encode("ascii"), text, "sha256").hex()


class MexcAuth(KeyPair, venue="mexc"):
    """API key and secret of a MEXC account."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        """Append timestamp and signature to the query and add the key header. The nonce is not used."""
        query = f"{request.query}&timestamp={timestamp}" if request.query else f"timestamp={timestamp}"
        signed = signature(self._secret.reveal(), string_to_sign(query, request.body))
        return Request(
            request.method,
            request.path,
            f"{query}&signature={signed}",
            request.headers + self._headers(request.method),
            request.body,
            (self._key.reveal(), signed),
        )

    def _headers(self, method: str) -> tuple[tuple[str, str], ...]:
        key = ("X-MEXC-APIKEY", self._key.reveal())
        # A signed POST with another content type is refused with 700013, https://github.com/mexcdevelop/mexc-api-sdk/issues/68
        return (key,) if method == "GET" else (key, ("Content-Type", "application/json"))
