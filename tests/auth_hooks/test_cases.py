"""Every folder of `cases/<venue>/` is one request whose signature was published, or computed with another tool than Python.

A case is compared step by step, so that a failure says which step went wrong. `source` says where its values are from.
"""

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
import yaml

from auth_hooks import bitunix, coinstore, coinw, jex, mexc
from spotwire_core.message import Auth, Request

CASES = sorted(Path(__file__).parent.glob("cases/*/*/case.yaml"))
CONTENT_TYPES = {"jex": ("Content-Type", "application/x-www-form-urlencoded")}
"""What the encoder puts on a request with a form body before it is signed."""

Case = dict[str, Any]


@attrs.frozen(kw_only=True)
class Steps:
    """How a hook signs, taken apart. `digest` is the step between, done here from the string to sign."""

    auth: Callable[[str, str], Auth]
    string_to_sign: Callable[[Case], bytes]
    signature: Callable[[Case, bytes], str]
    digest: Callable[[Case, bytes], str] = lambda case, text: ""


def signed_part(case: Case) -> tuple[str, bytes]:
    """Return query and body as they enter the string to sign."""
    part: Case = case["signs"] if "signs" in case else case["request"]
    return part["query"], part["body"].encode()


VENUES = {
    "mexc": Steps(
        auth=mexc.MexcAuth,
        string_to_sign=lambda case: mexc.string_to_sign(*signed_part(case)),
        signature=lambda case, text: mexc.signature(case["secret"], text),
    ),
    "jex": Steps(
        auth=jex.JexAuth,
        string_to_sign=lambda case: jex.string_to_sign(*signed_part(case)),
        signature=lambda case, text: jex.signature(case["secret"], text),
    ),
    "coinw": Steps(
        auth=coinw.CoinwAuth,
        string_to_sign=lambda case: coinw.string_to_sign(case["request"]["query"], case["key"]).encode(),
        signature=lambda case, text: coinw.signature(case["secret"], text.decode()),
    ),
    "bitunix": Steps(
        auth=bitunix.BitunixAuth,
        string_to_sign=lambda case: bitunix.string_to_sign(
            nonce=case["nonce"],
            timestamp=case["timestamp"],
            api_key=case["key"],
            query=case["request"]["query"],
            body=case["request"]["body"].encode(),
        ),
        digest=lambda case, text: hashlib.sha256(text).hexdigest(),
        signature=lambda case, text: bitunix.signature(case["secret"], text),
    ),
    "coinstore": Steps(
        auth=coinstore.CoinstoreAuth,
        string_to_sign=lambda case: coinstore.string_to_sign(*signed_part(case)),
        digest=lambda case, text: hmac.digest(
            case["secret"].encode(), b"%d" % (case["timestamp"] // 30_000), "sha256"
        ).hex(),
        signature=lambda case, text: coinstore.signature(case["secret"], text, expires=case["timestamp"]),
    ),
}


def request_of(case: Case, venue: str) -> Request:
    """Return the encoded request before it is signed."""
    request = case["request"]
    form = CONTENT_TYPES.get(venue) if request["method"] == "POST" else None
    headers = (form,) if form else ()
    return Request(request["method"], request["path"], request["query"], headers, request["body"].encode())


def steps_of(case: Case, venue: str) -> dict[str, Any]:
    """Return what the hook makes of a case at each step, in their order."""
    steps = VENUES[venue]
    text = case["string_to_sign"].encode()
    result: dict[str, Any] = {"string_to_sign": steps.string_to_sign(case).decode()}
    if "digest" in case:
        result["digest"] = steps.digest(case, text)
    result["signature"] = steps.signature(case, text)
    if "signed" in case:
        auth = steps.auth(case["key"], case["secret"])
        request = auth.sign(request_of(case, venue), timestamp=case["timestamp"], nonce=case["nonce"])
        result["signed"] = {
            "query": request.query,
            "headers": dict(request.headers),
            "body": request.body.decode(),
        }
    return result


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_signing_step_by_step(path: Path) -> None:
    """String to sign, digest, signature and signed request are the published ones (C1, C3, C5, C7)."""
    case: Case = yaml.safe_load(path.read_text("utf-8"))
    expected = {name: case[name] for name in ("string_to_sign", "digest", "signature", "signed") if name in case}
    actual = steps_of(case, path.parent.parent.name)
    for step, value in expected.items():
        assert (step, value) == (step, actual[step])


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_known_wrong_signatures_are_not_made(path: Path) -> None:
    """The signatures that wrong readings of the documentation give do not come out."""
    case: Case = yaml.safe_load(path.read_text("utf-8"))

    assert steps_of(case, path.parent.parent.name)["signature"] not in case.get("never", {})


def test_signed_request_keeps_method_and_path() -> None:
    """A hook changes neither the method nor the path, and lists key and signature as what must show nowhere."""
    for path in CASES:
        case: Case = yaml.safe_load(path.read_text("utf-8"))
        if "signed" not in case:
            continue
        venue = path.parent.parent.name
        request = request_of(case, venue)
        signed = (
            VENUES[venue]
            .auth(case["key"], case["secret"])
            .sign(request, timestamp=case["timestamp"], nonce=case["nonce"])
        )

        assert (request.method, request.path) == (signed.method, signed.path)
        assert {case["key"], case["signature"]} == set(signed.sensitive)


def test_every_venue_has_cases() -> None:
    """No hook goes without vectors, and no folder of cases without a hook."""
    assert set(VENUES) == {path.parent.parent.name for path in CASES}


def test_signature_printed_by_mexc_belongs_to_another_string() -> None:
    """MEXC's page prints, beside a string with recvWindow, the signature of the string without it."""
    secret = "45d0b3c26f2644f19bfb98b07741b2f5"
    printed = "ddbaf78eaf7abc69ce44d7781cc9e53b5aaee48c890a20d606fd825c9ee2a285"
    beside = b"symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&recvWindow=5000&timestamp=1644489390087"

    assert printed != mexc.signature(secret, beside)
    assert printed == mexc.signature(secret, beside.replace(b"&recvWindow=5000", b""))


def test_keyed_operation_of_jex_carries_the_key_alone() -> None:
    """Operations that want the API key without a signature get the header and nothing else."""
    request = Request("GET", "/api/v1/spot/historicalTrades", "symbol=JEXBTC")
    identified = jex.JexAuth("thekey", "thesecret").identify(request)

    assert (("X-JEX-APIKEY", "thekey"),) == identified.headers
    assert (request.query, request.body) == (identified.query, identified.body)
    assert ("thekey",) == identified.sensitive
