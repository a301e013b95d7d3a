"""Requests that no client sends, to every path of every venue, signed and not: refused in the venue's words, never a failure."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator

import pytest

from spotwire_contract.calls import arguments, declared
from spotwire_contract.spec import Operation, operations, venues
from spotwire_core.encode import build, prepare
from spotwire_core.message import Request
from spotwire_sim import SimulatedVenue, simulate

NASTY = [
    b"", b"0", b"-1", b"1e999999", b"NaN", b"1_0", b"9" * 5000, b"true", b"null", b"%", b"%zz", b"%00", b"%ff", b"%c0%af",
    b"%ed%a0%80", b"%D9%A1", b"..%2f..", b"%0d%0aX:1", b"'%22%5C%3Cscript%3E", b"{{7*7}}", b"a" * 5000, b"[]", b"{}", b"&&=&", b"\xff",
]  # fmt: skip
BODIES = [
    b"", b"{", b"null", b"[]", b'""', b"1" * 5000, b"[" * 5000, b'{"a":' * 900, b"\xff\xfe{\x00}\x00", b'{"a":NaN}', b"\0", b"a=b&a=b",
]  # fmt: skip
VERBS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "BREW"]


@pytest.fixture(scope="module", params=venues())
def venue(request: pytest.FixtureRequest) -> Iterator[SimulatedVenue]:
    with simulate(request.param, limits=False) as running:
        yield running


def documented(operation: Operation, now: int) -> Request:
    """Return a request as the document shows it, not signed."""
    described, given = declared(operation), arguments(operation, optional="documented")
    values = tuple(given.get(param.name) for param in described.params)
    return build(prepare(described, values, new_client_order_id=lambda: "sw1"), timestamp=now)


def spoilt(request: Request, dice: random.Random) -> Request:
    """Return a request with something odd in its query, its body or its verb."""
    verb, query, body = request.method, request.query, request.body
    change = dice.randrange(6)
    if change == 0:
        verb = dice.choice(VERBS)
    elif change == 1:
        body = dice.choice(BODIES)
    elif change == 2 and body:
        at = dice.randrange(len(body))
        body = body[:at] + dice.choice(NASTY) + body[at + 1 :]
    elif change == 3 and query:
        query = f"{query}&{dice.choice(query.split('&'))}"
    else:
        pairs = query.split("&")
        pairs[dice.randrange(len(pairs))] = (
            f"{dice.choice(['symbol', 'limit', 'x', ''])}={dice.choice(NASTY).decode('latin-1')}"
        )
        query = "&".join(pairs)
    return Request(verb, request.path, query, request.headers, body)


def signed(venue: SimulatedVenue, request: Request) -> Request:
    """Sign what can be signed: then the check of the signature does not stop it."""
    try:
        return venue.auth.sign(request, timestamp=venue.clock(), nonce="0123456789abcdef" * 2)  # type: ignore[no-any-return]
    except UnicodeError:
        return request


def sent(venue: SimulatedVenue, request: Request) -> bytes:
    """Send the bytes as they are, which no HTTP library does, and return all that comes back."""
    lines = [
        f"{request.method} {request.target} HTTP/1.1",
        "Host: x",
        "Connection: close",
        f"Content-Length: {len(request.body)}",
        *(f"{name}: {value}" for name, value in request.headers),
    ]
    port = int(venue.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + request.body)
        with connection.makefile("rb") as answer:
            return answer.read()


def test_no_request_makes_a_venue_fail(venue: SimulatedVenue, caplog: pytest.LogCaptureFixture) -> None:
    """K2: a thousand odd requests over every path: no 5xx, no traceback in an answer or a log, and the venue stays up."""
    dice = random.Random(7)
    count = 0
    for operation in operations(venue.venue):
        plain = documented(operation, venue.clock())
        for _ in range(40):
            request = spoilt(plain, dice)
            answer = sent(venue, signed(venue, request) if dice.random() < 0.7 else request)
            count += 1
            assert not answer.startswith(b"HTTP/1.1 5"), (request.target[:200], answer[:200])
            assert b"Traceback" not in answer

    assert count >= 500
    assert {None} < {request.situation for request in venue.requests}
    assert "internal" not in {request.situation for request in venue.requests}
    assert [] == [record for record in caplog.records if record.name.startswith("spotwire_sim")]
    assert sent(venue, plain).startswith(b"HTTP/1.1 ")
