"""Sign private commands of CoinW.

https://www.coinw.com/api-doc/en/common/AuthCode/certify-code-spot

MD5 over the raw parameters sorted by name, with the secret last. `command` and `sign` are not signed. There is no timestamp,
so a signed URL can be replayed: key and signature stand in it and must show nowhere.
"""

from __future__ import annotations

import hashlib
from urllib.parse import unquote

from spotwire_core.message import Request
from spotwire_core.secret import KeyPair

UNSIGNED = ("command", "sign")


def string_to_sign(query: str, api_key: str) -> str:
    """Return what is signed but for the secret: `name=value&` of the raw parameters and the key, sorted by name."""
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    raw = {unquote(name): unquote(value) for name, _, value in pairs if name not in UNSIGNED}
    raw["api_key"] = api_key
    return "".join(f"{name}={raw[name]}&" for name in sorted(raw))


def signature(secret: str, text: str) -> str:
    """Return MD5 of the text with the secret behind it, as upper-case hex."""
    return hashlib.md5(f"{text}secret_key={secret}".encode(), usedforsecurity=False).hexdigest().upper()


class CoinwAuth(KeyPair, venue="coinw"):
    """API key and secret of a CoinW account."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        """Add signature and key to the query. Timestamp and nonce are not used."""
        signed = signature(self._secret.reveal(), string_to_sign(request.query, self._key.reveal()))
        # The order of the venue's own sample; it sends an empty body as JSON.
        command, _, rest = request.query.partition("&")
        parts = [command, f"sign={signed}", rest, f"api_key={self._key.reveal()}"]
        return Request(
            request.method,
            request.path,
            "&".join(part for part in parts if part),
            (*request.headers, ("Content-Type", "application/json")),
            request.body,
            (self._key.reveal(), signed),
        )
