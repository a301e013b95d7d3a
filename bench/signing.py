"""Arguments to a signed request that is not sent: against urlencode with hmac.new, ccxt and python-binance."""

from __future__ import annotations

import hmac
import time
from collections.abc import Generator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from auth_hooks.mexc import MexcAuth
from bench.measure import cpu_clock, interleave, timed
from bench.order import KEY, ORDER, SECRET
from bench.peers import Peers
from bench.table import Line, Section, at_least, at_most, seconds
from spotwire.mexc.api.trade import PLACE_ORDER
from spotwire.mexc.enums import OrderType, Side
from spotwire_core.encode import build, prepare
from spotwire_core.pipeline import new_client_order_id

NUMBER = 2000
PLAIN, CCXT, BINANCE = "urlencode + hmac.new", "ccxt.mexc().sign", "python-binance"
_NONCE = "0" * 32


def sections(peers: Peers | None, *, rounds: int) -> Generator[Section]:
    auth = MexcAuth(KEY, SECRET)
    with_id, without_id = _values(ORDER["newClientOrderId"]), _values(None)

    def signed(values: tuple[Any, ...]) -> object:
        timestamp = time.time_ns() // 1_000_000
        call = prepare(PLACE_ORDER, values, new_client_order_id=new_client_order_id)
        return auth.sign(build(call, timestamp=timestamp), timestamp=timestamp, nonce=_NONCE)

    call = prepare(PLACE_ORDER, with_id, new_client_order_id=new_client_order_id)
    request = build(call, timestamp=0)
    contenders = {
        "spotwire": timed(lambda: signed(with_id), NUMBER, cpu_clock),
        "new id": timed(lambda: signed(without_id), NUMBER, cpu_clock),
        "prepare": timed(
            lambda: prepare(PLACE_ORDER, with_id, new_client_order_id=new_client_order_id), NUMBER, cpu_clock
        ),
        "build": timed(lambda: build(call, timestamp=0), NUMBER, cpu_clock),
        "sign": timed(lambda: auth.sign(request, timestamp=1666676533741, nonce=_NONCE), NUMBER, cpu_clock),
        PLAIN: timed(_plain, NUMBER, cpu_clock),
    }
    if peers is not None:
        contenders |= peers.rounds({CCXT: "sign_ccxt", BINANCE: "sign_binance"}, NUMBER)
    times = interleave(contenders, rounds=rounds)

    def line(what: str, peer: str, goal: Any = None) -> Line:
        theirs = seconds(times.median(peer))
        ours = seconds(times.median("spotwire"))
        return Line(what, ours, f"faster than {peer}", theirs, times.ratio(peer, "spotwire"), goal)

    ours = times.median("spotwire") * 1e6
    lines = [Line("placeOrder: prepare, build, sign", f"{ours:.2f} µs", goal=at_most(2.5, " µs"), judged=ours)]
    lines.append(line("", PLAIN))
    if peers is not None:
        lines += [line("", CCXT, at_least(5)), line("", BINANCE)]
    lines += [Line(f"   {name} alone", seconds(times.median(name))) for name in ("prepare", "build", "sign")]
    lines.append(Line("   all, with a client order id made", seconds(times.median("new id"))))
    yield Section("Build and sign an order", lines)


def _values(client_order_id: str | None) -> tuple[Any, ...]:
    given = {
        "symbol": ORDER["symbol"],
        "side": Side.BUY,
        "type": OrderType.LIMIT,
        "quantity": Decimal(ORDER["quantity"]),
        "price": Decimal(ORDER["price"]),
        "new_client_order_id": client_order_id,
    }
    return tuple(given.get(param.name) for param in PLACE_ORDER.params)


def _plain() -> tuple[str, dict[str, str]]:
    query = urlencode({**ORDER, "timestamp": time.time_ns() // 1_000_000})
    signature = hmac.new(SECRET.encode(), query.encode(), "sha256").hexdigest()
    return f"{query}&signature={signature}", {"X-MEXC-APIKEY": KEY, "Content-Type": "application/json"}
