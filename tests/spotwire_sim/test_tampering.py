"""What becomes of a request that is sent again, late, by somebody else, or changed on its way: what the venue does with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import attrs
import httpx
import pytest
from msgspec import structs

from spotwire_contract.calls import arguments, declared
from spotwire_contract.spec import operations
from spotwire_core.encode import build, prepare
from spotwire_core.message import Request
from spotwire_sim import SimulatedVenue, simulate, venues

MINUTE = 60_000
OF_THE_SIGNATURE = ("command", "api_key", "sign", "signature", "timestamp")
"""Parameters that say who sends what and when."""


@attrs.frozen
class Trader:
    """Signs an order as the client does, and sends what it is told to."""

    venue: SimulatedVenue

    def signed(self, *, late: int = 0, secret: str = "", key: str = "") -> Request:
        now = self.venue.clock()
        auth = type(self.venue.auth)(key or self.venue.api_key, secret or self.venue.api_secret)
        request: Request = auth.sign(self._encoded(now), timestamp=now - late, nonce="0123456789abcdef" * 2)
        return request

    def _encoded(self, now: int) -> Request:
        operation = next(one for one in operations(self.venue.venue) if one.id == "placeOrder")
        described, given = declared(operation), arguments(operation, optional="documented")
        values = tuple(given.get(param.name) for param in described.params)
        return build(prepare(described, values, new_client_order_id=lambda: "sw1"), timestamp=now)

    def send(self, request: Request) -> str | None:
        """Return why the venue turned a request down, None where it did not."""
        with httpx.Client(trust_env=False) as http:
            http.request(
                request.method,
                self.venue.url + request.path,
                headers=dict(request.headers),
                content=request.body,
                extensions={"target": request.target.encode()},
            )
        return self.venue.requests[-1].situation


def again(trader: Trader) -> Request:
    request = trader.signed()
    trader.send(request)
    return request


def without_signature(trader: Trader) -> Request:
    """A header of that value vanishes, or a parameter."""
    request = trader.signed()
    kept = tuple(pair for pair in request.headers if pair[1] != request.sensitive[1])
    pairs = changed_pairs(request, lambda name, value: "" if name in ("sign", "signature") else f"{name}={value}")
    return structs.replace(pairs, headers=kept)


def in_the_other_case(trader: Trader) -> Request:
    request = trader.signed()
    old, new = request.sensitive[1], request.sensitive[1].swapcase()
    headers = tuple((name, value.replace(old, new)) for name, value in request.headers)
    body = request.body.decode().replace(old, new).encode()
    return structs.replace(request, query=request.query.replace(old, new), headers=headers, body=body)


def in_another_order(trader: Trader) -> Request:
    """The first two parameters change places."""
    request = trader.signed()
    if request.body[:1] == b"{":
        first, second, *rest = json.loads(request.body).items()
        return structs.replace(request, body=json.dumps(dict([second, first, *rest]), separators=(",", ":")).encode())
    text = request.query or request.body.decode()
    first = 1 if text.startswith("command=") else 0
    pairs = text.split("&")
    pairs[first], pairs[first + 1] = pairs[first + 1], pairs[first]
    changed = "&".join(pairs)
    return structs.replace(request, query=changed) if request.query else structs.replace(request, body=changed.encode())


def with_other_values(trader: Trader) -> Request:
    """Every digit 1 of the order is a 2."""
    request = trader.signed()
    if request.body[:1] == b"{":
        return structs.replace(request, body=request.body.replace(b"1", b"2"))
    return changed_pairs(
        request, lambda name, value: f"{name}={value if name in OF_THE_SIGNATURE else value.replace('1', '2')}"
    )


def changed_pairs(request: Request, change: Callable[[str, str], str]) -> Request:
    """Change the parameters of a query, and of a form."""

    def in_text(text: str) -> str:
        return "&".join(filter(None, (change(*pair.split("=", 1)) for pair in text.split("&") if pair)))

    body = request.body if request.body[:1] == b"{" else in_text(request.body.decode()).encode()
    return structs.replace(request, query=in_text(request.query), body=body)


ATTEMPTS: dict[str, Callable[[Trader], Request]] = {
    "as it should be": lambda trader: trader.signed(),
    "without signature": without_signature,
    "another secret": lambda trader: trader.signed(secret="another-secret"),
    "another key": lambda trader: trader.signed(key="another-key"),
    "sent again": again,
    "ten minutes old": lambda trader: trader.signed(late=10 * MINUTE),
    "from the future": lambda trader: trader.signed(late=-10 * MINUTE),
    "signature in the other case": in_the_other_case,
    "parameters in another order": in_another_order,
    "other values": with_other_values,
}
REFUSED = {
    "as it should be": None,
    "without signature": "missing-signature",
    "another secret": "bad-signature",
    "another key": "bad-key",
    "sent again": "duplicate-client-order-id",
    "ten minutes old": "clock",
    "from the future": "clock",
    "signature in the other case": "bad-signature",
    "parameters in another order": "bad-signature",
    "other values": "bad-signature",
}
EXCEPT = {
    # No nonce is remembered, and client ids may repeat.
    "bitunix": {"sent again": None},
    # There is no time in a signature, and parameters are sorted before they are signed.
    "coinw": {"ten minutes old": None, "from the future": None, "parameters in another order": None},
    "coinstore": {},
    # The case of hexadecimal digits means nothing, and the documented order has no client order id.
    "jex": {"sent again": None, "signature in the other case": None},
    "mexc": {},
}
"""What the venues do not refuse, or for another reason."""


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, SimulatedVenue]]:
    started = {name: simulate(name, limits=False).start() for name in venues()}
    yield started
    for venue in started.values():
        venue.stop()


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("name", venues())
def test_tampered_request_is_refused_as_the_venue_does(
    name: str, attempt: str, running: dict[str, SimulatedVenue]
) -> None:
    """K1: unsigned, wrongly signed, repeated, old, early or changed requests are turned down, and no order is booked."""
    venue = running[name]
    venue.reset()
    expected = {**REFUSED, **EXCEPT[name]}[attempt]
    trader = Trader(venue)
    turned_down = trader.send(ATTEMPTS[attempt](trader))

    assert expected == turned_down
    booked = sum(request.situation is None for request in venue.requests)
    assert booked == len(venue.exchange.orders(venue.user))
