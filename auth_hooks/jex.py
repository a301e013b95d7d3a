"""Sign requests to JEX, closed since December 2021.

https://github.com/JexApi/jex-official-api-docs/blob/master/rest-api.md

HMAC-SHA256 over the query followed, without a separator, by the form body, in the order of the endpoint's table. Queries carry
the parameters of GET and DELETE, bodies those of POST.
"""

from __future__ import annotations

import hmac

from spotwire_core.message import Request
from spotwire_core.secret import KeyPair


def string_to_sign(query: str, body: bytes = b"") -> bytes:
    """Return what is signed: `query` and `body` with the timestamp and without a signature, nothing between them."""
    return query.encode("ascii") + body


def signature(secret: str, text: bytes) -> str:
    """Return HMAC-SHA256 of `text` as lower-case hex."""
    return hmac.digest(secret.encode("ascii"), text, "sha256").hex()


class JexAuth(KeyPair, venue="jex"):
    """API key and secret of a JEX account."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        """Append timestamp and signature to the body of a POST, else to the query, and add the key header."""
        query, body = request.query, request.body.decode("ascii")
        if request.method == "POST":
            body = _appended(body, f"timestamp={timestamp}")
        else:
            query = _appended(query, f"timestamp={timestamp}")
        signed = signature(self._secret.reveal(), string_to_sign(query, body.encode("ascii")))
        if request.method == "POST":
            body = _appended(body, f"signature={signed}")
        else:
            query = _appended(query, f"signature={signed}")
        key = self._key.reveal()
        headers = (*request.headers, ("X-JEX-APIKEY", key))
        return Request(request.method, request.path, query, headers, body.encode("ascii"), (key, signed))

    def identify(self, request: Request) -> Request:
        """Add the key header."""
        key = self._key.reveal()
        headers = (*request.headers, ("X-JEX-APIKEY", key))
        return Request(request.method, request.path, request.query, headers, request.body, (key,))


def _appended(text: str, pair: str) -> str:
    return f"{text}&{pair}" if text else pair
