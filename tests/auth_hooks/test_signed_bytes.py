"""What is signed is what is sent: verifiers that know only the bytes on the wire accept, and refuse one changed bit.

The verifiers are written from the venues' pages, with HMAC from its definition (RFC 2104), and share no code with the hooks.
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import assume, example, given, settings, strategies as st

from auth_hooks.bitunix import BitunixAuth
from auth_hooks.coinstore import CoinstoreAuth
from auth_hooks.coinw import CoinwAuth
from auth_hooks.jex import JexAuth
from auth_hooks.mexc import MexcAuth
from spotwire_core.encode import build, prepare
from spotwire_core.message import Auth, Request
from spotwire_core.operation import Operation, Param

some = settings(max_examples=60, deadline=None)

KEY, SECRET = "key-0123456789", "SECRETCANARY0123456789"
TIMESTAMP, NONCE = 1_700_000_012_345, "0123456789abcdef" * 2

Headers = dict[str, str]


@attrs.frozen
class Wire:
    """A request as the venue gets it."""

    query: bytes
    headers: Headers
    body: bytes


def hmac_sha256(key: bytes, text: bytes) -> str:
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + text).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).hexdigest()


def decoded(text: bytes) -> bytes:
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), text)


def pairs_of(query: bytes) -> list[tuple[bytes, bytes]]:
    pairs = [pair.split(b"=", 1) if b"=" in pair else [pair, b""] for pair in query.split(b"&") if pair]
    return [(decoded(name), decoded(value)) for name, value in pairs]


def mexc_accepts(wire: Wire) -> bool:
    text, _, signature = wire.query.rpartition(b"&signature=")
    return wire.headers.get("X-MEXC-APIKEY") == KEY and hmac_sha256(
        SECRET.encode(), text + wire.body
    ) == signature.decode("latin-1")


def jex_accepts(wire: Wire) -> bool:
    whole = wire.query + wire.body
    text, _, signature = whole.rpartition(b"&signature=")
    if not text and whole.startswith(b"signature="):
        return False
    return wire.headers.get("X-JEX-APIKEY") == KEY and hmac_sha256(SECRET.encode(), text) == signature.decode("latin-1")


def coinw_accepts(wire: Wire) -> bool:
    pairs = pairs_of(wire.query)
    if len({name for name, _ in pairs}) != len(pairs) or (b"api_key", KEY.encode()) not in pairs:
        return False
    signed = sorted(pair for pair in pairs if pair[0] not in (b"command", b"sign"))
    text = b"".join(name + b"=" + value + b"&" for name, value in signed) + b"secret_key=" + SECRET.encode()
    return hashlib.md5(text).hexdigest().upper().encode() == dict(pairs).get(b"sign")


def bitunix_accepts(wire: Wire) -> bool:
    run = b"".join(name + value for name, value in sorted(pairs_of(wire.query)) if value)
    start = (wire.headers["nonce"] + wire.headers["timestamp"] + wire.headers["api-key"]).encode()
    digest = hashlib.sha256(start + run + wire.body).hexdigest()
    return hashlib.sha256((digest + SECRET).encode()).hexdigest() == wire.headers["sign"]


def coinstore_accepts(wire: Wire) -> bool:
    window = b"%d" % (int(wire.headers["X-CS-EXPIRES"]) // 30_000)
    key = hmac_sha256(SECRET.encode(), window).encode()
    return wire.headers["X-CS-APIKEY"] == KEY and hmac_sha256(key, wire.query + wire.body) == wire.headers["X-CS-SIGN"]


@attrs.frozen(kw_only=True)
class Scheme:
    """A venue's hook and verifier, the form its requests have, and whether it signs what escapes stand for."""

    auth: Auth
    accepts: Callable[[Wire], bool]
    method: str
    place: str
    constant: str = ""
    signs_decoded: bool = False


SCHEMES = {
    "mexc": Scheme(auth=MexcAuth(KEY, SECRET), accepts=mexc_accepts, method="POST", place="query"),
    "jex GET": Scheme(auth=JexAuth(KEY, SECRET), accepts=jex_accepts, method="GET", place="query"),
    "jex POST": Scheme(auth=JexAuth(KEY, SECRET), accepts=jex_accepts, method="POST", place="form"),
    "coinw": Scheme(
        auth=CoinwAuth(KEY, SECRET),
        accepts=coinw_accepts,
        method="POST",
        place="query",
        constant="command=doTrade",
        signs_decoded=True,
    ),
    "bitunix GET": Scheme(
        auth=BitunixAuth(KEY, SECRET), accepts=bitunix_accepts, method="GET", place="query", signs_decoded=True
    ),
    "bitunix POST": Scheme(auth=BitunixAuth(KEY, SECRET), accepts=bitunix_accepts, method="POST", place="json"),
    "coinstore GET": Scheme(auth=CoinstoreAuth(KEY, SECRET), accepts=coinstore_accepts, method="GET", place="query"),
    "coinstore POST": Scheme(auth=CoinstoreAuth(KEY, SECRET), accepts=coinstore_accepts, method="POST", place="json"),
}

any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
troublesome = st.sampled_from(
    [
        " ",
        "+",
        "&",
        "=",
        "%",
        "%2C",
        "/",
        "?",
        "#",
        "~",
        "'",
        '"',
        "[x]",
        "{}",
        "a&side=SELL",
        "😀",
        "e\u0301",
        "é",
        "\0",
        "\r\n",
    ]
)
values = st.one_of(any_text, troublesome, st.just(""), st.lists(troublesome, min_size=2, max_size=4).map("".join))
names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("command", "sign", "signature", "timestamp", "api_key")
)
parameters = st.dictionaries(names, values, min_size=1, max_size=5)


def encoded(scheme: Scheme, given_values: dict[str, str]) -> Request:
    """Encode as a generated method does."""
    kind: Any = "" if scheme.place == "query" else scheme.place
    place: Any = scheme.place
    operation: Operation[None] = Operation(
        name="random",
        method=scheme.method,
        path="/path",
        result=None,
        constant_query=scheme.constant,
        params=tuple(Param(name=name, wire=name, place=place) for name in given_values),
        body=kind,
    )
    call = prepare(operation, tuple(given_values.values()), new_client_order_id=lambda: "unused")
    return build(call, timestamp=TIMESTAMP)


def signed(scheme: Scheme, given_values: dict[str, str]) -> Wire:
    request = scheme.auth.sign(encoded(scheme, given_values), timestamp=TIMESTAMP, nonce=NONCE)
    return Wire(request.query.encode("ascii"), dict(request.headers), request.body)


def with_bit_flipped(wire: Wire, part: str, bit: int) -> Wire:
    data = bytearray(getattr(wire, part))
    data[bit // 8] ^= 1 << bit % 8
    return attrs.evolve(wire, body=bytes(data)) if part == "body" else attrs.evolve(wire, query=bytes(data))


@pytest.mark.parametrize("name", SCHEMES)
@some
@given(parameters)
@example({"note": "symbol=BTC&side=SELL"})
@example({"b": "2", "a": "1", "ab": "3"})
def test_verifier_accepts_whatever_is_sent(name: str, given_values: dict[str, str]) -> None:
    """A verifier that has nothing but the bytes on the wire accepts any parameters, empty ones too (C2, C3, C4, C5, D5, D7)."""
    scheme = SCHEMES[name]

    assert scheme.accepts(signed(scheme, given_values))


@pytest.mark.parametrize("name", SCHEMES)
@some
@given(parameters, st.data())
def test_verifier_refuses_one_flipped_bit(name: str, given_values: dict[str, str], data: st.DataObject) -> None:
    """One changed bit anywhere in what is signed makes the signature wrong (C2)."""
    scheme = SCHEMES[name]
    wire = signed(scheme, given_values)
    part = "body" if scheme.place in ("form", "json") else "query"
    start = 8 * len(scheme.constant)  # CoinW does not sign its command
    changed = with_bit_flipped(wire, part, data.draw(st.integers(start, 8 * len(getattr(wire, part)) - 1), "bit"))
    if scheme.signs_decoded:
        before, after = (sorted(pair for pair in pairs_of(one.query) if pair[1]) for one in (wire, changed))
        assume(before != after)  # %2c says what %2C says, and Bitunix signs no empty values

    assert not scheme.accepts(changed)


@pytest.mark.parametrize("name", SCHEMES)
@some
@given(parameters)
def test_values_arrive_as_given(name: str, given_values: dict[str, str]) -> None:
    """No value can add, end or change a parameter: what the venue decodes is what the caller gave (C4, D7)."""
    scheme = SCHEMES[name]
    request = encoded(scheme, given_values)
    if scheme.place == "json":
        assert given_values == json.loads(request.body)
        return
    text = request.query.encode() if scheme.place == "query" else request.body
    expected = [(key.encode(), value.encode()) for key, value in given_values.items()]

    assert expected == [pair for pair in pairs_of(text) if pair[0] != b"command"]


@pytest.mark.parametrize("name", SCHEMES)
def test_another_secret_is_refused(name: str) -> None:
    """The verifiers can say no: a request signed with another secret is refused."""
    scheme = SCHEMES[name]
    other = type(scheme.auth)(KEY, "another secret")  # type: ignore[call-arg]  # every hook takes key and secret
    wire = signed(attrs.evolve(scheme, auth=other), {"symbol": "BTCUSDT"})

    assert not scheme.accepts(wire)


@pytest.mark.parametrize("name", SCHEMES)
def test_signing_is_a_pure_function(name: str) -> None:
    """The same request, time and nonce give the same bytes, and the request itself is not touched."""
    scheme = SCHEMES[name]
    request = encoded(scheme, {"symbol": "BTCUSDT", "note": "a b"})
    before = (request.method, request.path, request.query, request.headers, request.body)
    first = scheme.auth.sign(request, timestamp=TIMESTAMP, nonce=NONCE)

    assert first == scheme.auth.sign(request, timestamp=TIMESTAMP, nonce=NONCE)
    assert before == (request.method, request.path, request.query, request.headers, request.body)


def test_command_of_coinw_is_not_signed() -> None:
    """Two commands with the same parameters have the same signature: a fact of the venue, and why URLs must not show."""
    scheme = SCHEMES["coinw"]
    query = signed(scheme, {"symbol": "BTC_USDT"}).query

    assert scheme.accepts(Wire(query.replace(b"command=doTrade", b"command=cancelAllOrder"), {}, b""))


def test_signature_of_coinstore_changes_with_the_window_only() -> None:
    """Every millisecond of a window of 30 seconds signs alike, and the next window does not."""
    auth = CoinstoreAuth(KEY, SECRET)
    request = Request("GET", "/path", "symbol=BTCUSDT")
    first = 30_000 * 56_666_667

    def signature(timestamp: int) -> str:
        return dict(auth.sign(request, timestamp=timestamp, nonce=NONCE).headers)["X-CS-SIGN"]

    assert signature(first) == signature(first + 29_999)
    assert signature(first) != signature(first + 30_000)
    assert signature(first) != signature(first - 1)


def test_time_of_sending_is_signed_where_the_venue_asks_for_it() -> None:
    """MEXC, JEX and Bitunix sign the millisecond; CoinW signs no time at all."""
    changing = {
        name: scheme.auth.sign(encoded(scheme, {"a": "b"}), timestamp=TIMESTAMP, nonce=NONCE).sensitive[1]
        != scheme.auth.sign(encoded(scheme, {"a": "b"}), timestamp=TIMESTAMP + 1, nonce=NONCE).sensitive[1]
        for name, scheme in SCHEMES.items()
    }
    still = {name for name, changes in changing.items() if not changes}

    assert {"coinw", "coinstore GET", "coinstore POST"} == still
