"""Answers of MEXC's shape and of a real size, the same on every run: digits as text, compact as the venue sends them."""

from __future__ import annotations

import random
from typing import Any

import orjson

SYMBOLS = 2500
LEVELS = 1000
KLINES = 1000
EMPTY_BOOKS = 120
"""Symbols among the tickers that nobody bids for or offers: their bid and ask are null."""

_START = 1640804880000


def exchange_info() -> bytes:
    """(a) 2,500 symbols with four decimals each."""
    rng = random.Random("exchangeInfo")
    return orjson.dumps(
        {
            "timezone": "UTC",
            "serverTime": 1642403250139,
            "rateLimits": [],
            "exchangeFilters": [],
            "symbols": [_symbol(rng, base) for base in _assets(rng)],
        }
    )


def order_book() -> bytes:
    """(b) 1,000 levels on each side."""
    rng = random.Random("orderBook")
    bids = [[_digits(46260 - 0.01 * level, 2), _digits(rng.expovariate(1), 6)] for level in range(LEVELS)]
    asks = [[_digits(46260.01 + 0.01 * level, 2), _digits(rng.expovariate(1), 6)] for level in range(LEVELS)]
    return orjson.dumps({"lastUpdateId": 1112416, "bids": bids, "asks": asks})


def klines() -> bytes:
    """(c) 1,000 candles of a minute."""
    rng = random.Random("klines")
    return orjson.dumps([_kline(rng, _START + 60_000 * number) for number in range(KLINES)])


def order_ack() -> bytes:
    """(d) An accepted order."""
    return orjson.dumps(
        {
            "symbol": "BTCUSDT",
            "orderId": "C02__413321238354677760043",
            "orderListId": -1,
            "price": "46260.38",
            "origQty": "0.500000",
            "type": "LIMIT",
            "side": "BUY",
            "transactTime": 1666676533741,
        }
    )


def tickers(*, blanks: bool) -> bytes:
    """(e) 2,500 tickers of 24 hours; with `blanks` three quantities are `""`, as the venue's document prints them."""
    rng = random.Random("ticker24h")
    assets = _assets(rng)
    empty = set(rng.sample(range(len(assets)), EMPTY_BOOKS))
    rows = [_ticker(rng, base, number in empty) for number, base in enumerate(assets)]
    if blanks:
        for row in rows:
            row.update(lastQty="", bidQty="", askQty="")
    return orjson.dumps(rows)


def _assets(rng: random.Random) -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return ["".join(rng.choices(letters, k=rng.randint(3, 6))) for _ in range(SYMBOLS)]


def _digits(value: float, places: int) -> str:
    return f"{value:.{places}f}"


def _symbol(rng: random.Random, base: str) -> dict[str, Any]:
    return {
        "symbol": f"{base}USDT",
        "status": rng.choice("1112"),
        "baseAsset": base,
        "baseAssetPrecision": rng.randint(0, 6),
        "quoteAsset": "USDT",
        "quotePrecision": rng.randint(2, 8),
        "quoteAssetPrecision": 8,
        "baseCommissionPrecision": 2,
        "quoteCommissionPrecision": 2,
        "orderTypes": ["LIMIT", "MARKET", "LIMIT_MAKER"],
        "quoteOrderQtyMarketAllowed": False,
        "isSpotTradingAllowed": rng.random() < 0.7,
        "isMarginTradingAllowed": False,
        "quoteAmountPrecision": "5.000000000000000000",
        "baseSizePrecision": _digits(10 ** -rng.randint(0, 6), 6),
        "permissions": ["SPOT"],
        "filters": [],
        "makerCommission": "0.002",
        "takerCommission": "0.002",
        "fullName": base.capitalize(),
        "st": False,
    }


def _kline(rng: random.Random, start: int) -> list[int | str]:
    prices = [_digits(rng.uniform(47400, 47500), 2) for _ in range(4)]
    volume = rng.expovariate(0.3)
    return [start, *prices, _digits(volume, 6), start + 60_000, _digits(volume * 47450, 1)]


def _ticker(rng: random.Random, base: str, empty: bool) -> dict[str, Any]:
    price = rng.lognormvariate(0, 4)
    last, first = _digits(price, 6), _digits(price * rng.uniform(0.9, 1.1), 6)
    return {
        "symbol": f"{base}USDT",
        "priceChange": _digits(float(last) - float(first), 6),
        "priceChangePercent": _digits(float(last) / max(float(first), 1e-6) - 1, 8),
        "prevClosePrice": first,
        "lastPrice": last,
        "lastQty": None,
        "bidPrice": None if empty else _digits(price * 0.999, 6),
        "bidQty": None if empty else _digits(rng.expovariate(0.01), 2),
        "askPrice": None if empty else _digits(price * 1.001, 6),
        "askQty": None if empty else _digits(rng.expovariate(0.01), 2),
        "openPrice": first,
        "highPrice": _digits(price * 1.12, 6),
        "lowPrice": _digits(price * 0.88, 6),
        "volume": _digits(rng.expovariate(1e-5), 2),
        "quoteVolume": _digits(rng.expovariate(1e-5), 6),
        "openTime": 1641349500000,
        "closeTime": 1641349582808,
        "count": None,
    }
