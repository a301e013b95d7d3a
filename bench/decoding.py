"""Bytes of an answer to typed values: against the floor of CPython's decimals, orjson, pydantic and openapi-python-client."""

from __future__ import annotations

from collections.abc import Callable, Generator
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
import orjson
import pydantic

from bench import payloads
from bench.measure import Times, cpu_clock, interleave, peak_bytes, timed
from bench.openapi_client import OpenapiClient, generated
from bench.shapes import as_pydantic, as_structs, decimal_names, decimal_texts
from bench.table import Line, Section, at_least, at_most, mebibytes, seconds
from spotwire.mexc.models.market import ExchangeInfo, Kline, OrderBook, Symbol, SymbolFilter, Ticker24h
from spotwire.mexc.models.trade import OrderAck
from spotwire_core.decode import decoder

FLOOR, PYDANTIC, OPENAPI = "str + Decimal floor", "pydantic v2", "openapi-python-client"


class Case(NamedTuple):
    """A payload, its type and its goals: times the floor, times faster than pydantic and openapi-python-client, MiB."""

    what: str
    body: bytes
    target: Any
    openapi: Callable[[OpenapiClient], Callable[[bytes], Any]]
    floor: float | None = None
    pydantic: float | None = None
    openapi_goal: float | None = None
    mebibytes: float | None = None
    number: int = 1


def cases() -> list[Case]:
    return [
        Case(
            "a  exchangeInfo, 2,500 symbols",
            payloads.exchange_info(),
            ExchangeInfo,
            lambda client: client.model("ExchangeInfo"),
            floor=1.9,
            pydantic=1.8,
            openapi_goal=2.3,
            mebibytes=3.8,
        ),
        Case(
            "b  order book, 2 × 1,000 levels",
            payloads.order_book(),
            OrderBook,
            lambda client: client.model("OrderBook"),
            floor=1.1,
            pydantic=1.5,
            openapi_goal=1.9,
            number=5,
        ),
        Case(
            "c  1,000 klines",
            payloads.klines(),
            list[Kline],
            lambda client: client.operation("market.klines"),
            floor=1.1,
            pydantic=1.35,
            number=5,
        ),
        Case(
            "d  order ack",
            payloads.order_ack(),
            OrderAck,
            lambda client: client.model("OrderAck"),
            floor=1.15,
            pydantic=2.3,
            openapi_goal=5,
            number=2000,
        ),
        Case(
            "e  2,500 24h tickers",
            payloads.tickers(blanks=False),
            list[Ticker24h],
            lambda client: client.models("Ticker24H"),
            floor=1.4,
            pydantic=1.6,
            openapi_goal=2.2,
            mebibytes=4.6,
        ),
        Case(
            'e″ the same with ""',
            payloads.tickers(blanks=True),
            list[Ticker24h],
            lambda client: client.models("Ticker24H"),
        ),
    ]


def sections(*, rounds: int) -> Generator[Section]:
    with generated(decimal_names(ExchangeInfo, Symbol, SymbolFilter, OrderBook, OrderAck, Ticker24h)) as client:
        lines = [line for case in cases() for line in _lines(case, client, rounds)]
    yield Section(
        "Decode: bytes to typed values with Decimal",
        lines,
        [
            'the floor is msgspec into Structs of text and list(map(Decimal, …)) in the same round; "" takes a second try',
            "openapi-python-client has no decimals: they are patched into its from_dict, after orjson.loads",
        ],
    )


def _lines(case: Case, client: OpenapiClient, rounds: int) -> list[Line]:
    decode = decoder(case.target).decode
    value = decode(case.body)
    digits = decimal_texts(value)
    from_openapi = case.openapi(client)
    if decimal_count(from_openapi(case.body)) != len(digits):
        raise RuntimeError(f"openapi-python-client's {case.what} has another number of decimals: see _patched")
    times = interleave(
        {
            "spotwire": timed(lambda: decode(case.body), case.number, cpu_clock),
            FLOOR: timed(_floor(case, digits), case.number, cpu_clock),
            "orjson.loads": timed(lambda: orjson.loads(case.body), case.number, cpu_clock),
            PYDANTIC: timed(_pydantic(case), case.number, cpu_clock),
            OPENAPI: timed(lambda: from_openapi(case.body), case.number, cpu_clock),
        },
        rounds=rounds,
    )
    lines = [
        _line(times, FLOOR, at_most(case.floor) if case.floor else None, what=f"{case.what}, {_size(case.body)}"),
        _line(times, "orjson.loads", None, what=f"   {len(digits):,} decimals"),
        _line(times, PYDANTIC, at_least(case.pydantic) if case.pydantic else None),
        _line(times, OPENAPI, at_least(case.openapi_goal) if case.openapi_goal else None),
    ]
    if case.mebibytes is not None:
        peak = peak_bytes(lambda: decode(case.body))
        goal = at_most(case.mebibytes, " MiB")
        lines.append(Line("   peak memory", mebibytes(peak), goal=goal, judged=peak / 2**20))
    return lines


def _line(times: Times, peer: str, goal: Any, what: str = "") -> Line:
    """Compare with a floor as a multiple of it, with a peer as times faster."""
    slower = peer in (FLOOR, "orjson.loads")
    ratio = times.ratio("spotwire", peer) if slower else times.ratio(peer, "spotwire")
    against = f"× {peer}" if slower else f"faster than {peer}"
    return Line(what, seconds(times.median("spotwire")), against, seconds(times.median(peer)), ratio, goal)


def _floor(case: Case, digits: list[str]) -> Callable[[], object]:
    decode = msgspec.json.Decoder(as_structs(case.target)).decode
    return lambda: (decode(case.body), list(map(Decimal, digits)))


def _pydantic(case: Case) -> Callable[[], object]:
    validate = pydantic.TypeAdapter(as_pydantic(case.target, blanks=b'""' in case.body)).validate_json
    return lambda: validate(case.body)


def decimal_count(value: Any) -> int:
    """Count the Decimals in what the generated client returned."""
    if isinstance(value, Decimal):
        return 1
    if isinstance(value, list):
        return sum(decimal_count(item) for item in value)
    if hasattr(type(value), "__attrs_attrs__"):
        names = [field.name for field in type(value).__attrs_attrs__]
        return sum(decimal_count(getattr(value, name)) for name in names)
    return 0


def _size(body: bytes) -> str:
    return (
        f"{len(body) / 1e6:.1f} MB"
        if len(body) >= 1e6
        else f"{len(body) / 1e3:.0f} KB"
        if len(body) > 1e3
        else f"{len(body)} B"
    )
