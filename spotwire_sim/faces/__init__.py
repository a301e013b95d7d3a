"""The faces of the simulated venues: one module a venue that translates between its wire format and the exchange.

How to write one, `faces/<venue>.py` (read `mexc.py` beside it):

1. `LISTINGS`: a `Listing` for each symbol, named as the venue names it, with its `SymbolRules`, a price to start at
   and the size of the seeded orders. Take the symbols that the documented example requests use.
2. `verify(desk, call)`: the check of key, time and signature, written from the description of the security scheme
   in the venue's document and from nothing else; no import from the client's side. It sees `call.query` and
   `call.body` as the bytes that came, `call.pairs` decoded and `call.headers` in lower case, and raises
   `Denied(situation, reason)` at the first thing that is wrong, in the venue's order of checks. It is called for every
   operation whose `security` is not empty; `call.operation.security` tells `signed` from `keyed`. Compare with
   `hmac.compare_digest`. What has to be remembered (nonces) goes into `desk.memory`.
3. One small function for each stateful operation, `place_order(desk, call) -> payload`. `call.args` holds the checked
   parameters and the members of an object body by wire name, defaults filled in, `format: decimal` as `Decimal`
   (an optional parameter that was not sent and has no default is absent: `call.args.get(...)`); `call.document` is a
   JSON body that is no object. The function asks `desk.exchange` for `desk.user` and returns the payload as dicts and
   lists; the envelope of the documented answer is put around it. To turn the call down raise `Denied`; a `Refused`
   of the exchange passes through by itself. Code, text and HTTP status follow from the situation through `x-errors`.
   Amounts are written with `digits.plain` or `digits.fixed` (text) and `digits.raw_number` (JSON numbers); a
   Decimal that is left in a payload would be written with an exponent. Functions run one at a time: no locks.
4. `FACE = Face(...)`: ties them together, with `answers` from operationId to function. An operationId that is not in
   `answers` is answered with its documented example, after the same checks. `prepare(desk)` may add deposits, second
   accounts or addresses; `refuse(row)` replaces the body of refusals where the envelope of the document
   (`{code, message}`, with the flag false and the data null where there are such members) is not what the venue sends;
   `arrange(call)` moves parameters to where the document has them, after the signature and before everything else is
   checked, at a venue that also takes them elsewhere; `codes`, from operationId and situation to a code of the table,
   is for operations that have codes of their own.

A venue with streams has `faces/<venue>_streams.py` beside it, with `STREAMS = StreamFace(...)`: how commands are answered and
events are written (read `coinstore_streams.py`).

Nothing else is needed: `simulate("<venue>")` finds the modules by their names. Tests: vectors for `verify` that were
computed elsewhere, every operation answers and its answer keeps to the closed schema, a round trip of an order.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import import_module
from typing import Any

from msgspec import Struct

from spotwire_sim import venues
from spotwire_sim.call import Call
from spotwire_sim.clock import Clock
from spotwire_sim.exchange import Exchange, SymbolRules
from spotwire_sim.spec import ErrorRow, Spec

USER = "tester"


class Listing(Struct, frozen=True, kw_only=True):
    """A symbol and how its market starts: `price` in the middle, orders a `step` apart of about `quantity`."""

    rules: SymbolRules
    price: Decimal
    step: Decimal
    quantity: Decimal
    levels: int = 50
    trades: int = 200


class Desk:
    """What the functions of a face work on: the state of one simulated venue and its test account."""

    def __init__(self, face: "Face", spec: Spec, *, clock: Clock, seed: int) -> None:
        """Open the exchange with seeded liquidity and some past, and fund the test account."""
        self.spec = spec
        self.clock = clock
        self.user = USER
        self.api_key = api_key(face.venue)
        self.api_secret = api_secret(face.venue)
        # For the face alone, by names of its choice: nonces that were used, addresses that were made up.
        self.memory: dict[str, Any] = {}
        self.exchange = Exchange(
            [listing.rules for listing in face.listings],
            clock=clock,
            seed=seed,
            maker_fee=face.maker_fee,
            taker_fee=face.taker_fee,
            first_id=face.first_id,
        )
        for listing in face.listings:
            self._open(listing)
        for asset, amount in face.balances.items():
            self.exchange.deposit(USER, asset, amount)
        if face.prepare is not None:
            face.prepare(self)

    def _open(self, listing: Listing) -> None:
        symbol, price, size, step = listing.rules.symbol, listing.price, listing.quantity, listing.step
        self.exchange.seed_trades(symbol, price, quantity=size, step=step, trades=listing.trades)
        self.exchange.seed_liquidity(symbol, price, quantity=size, step=step, levels=listing.levels)


class Face(Struct, frozen=True, kw_only=True):
    """What is particular to one venue; see the top of this package."""

    venue: str
    listings: tuple[Listing, ...]
    balances: Mapping[str, Decimal]
    verify: Callable[[Desk, Call], None]
    answers: Mapping[str, Callable[[Desk, Call], object]]
    maker_fee: Decimal = Decimal(0)
    taker_fee: Decimal = Decimal("0.001")
    first_id: int = 1
    prepare: Callable[[Desk], None] | None = None
    refuse: Callable[[ErrorRow], object] | None = None
    arrange: Callable[[Call], None] | None = None
    codes: Mapping[tuple[str, str], str] = {}


def api_key(venue: str) -> str:
    """Return the fixed API key of the test account."""
    return f"sim-key-{venue}"


def api_secret(venue: str) -> str:
    """Return the fixed API secret of the test account."""
    return f"sim-secret-{venue}"


def face_of(venue: str) -> Face:
    """Import the face of a venue; raises ValueError for an unknown one."""
    if venue not in venues():
        raise ValueError(f"there is no simulated venue {venue!r}; there are {', '.join(venues())}")
    face = import_module(f"{__name__}.{venue}").FACE
    if not isinstance(face, Face):
        raise TypeError(f"{__name__}.{venue}.FACE must be a Face")
    return face
