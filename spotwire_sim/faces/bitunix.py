"""Bitunix spot: an envelope with textual codes, JSON bodies, two plain SHA-256 hashes for a signature.

https://www.bitunix.com/api-docs/spots/zh_cn/user/; the facts behind each choice stand in `specs/bitunix/openapi.yaml`.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any

from msgspec import Struct, structs

from spotwire_sim.call import Call, Denied, Pairs
from spotwire_sim.digits import fixed, places, plain, raw_number
from spotwire_sim.exchange import (
    DAY_MS,
    MINUTE_MS,
    SPOT,
    Exchange,
    Fill,
    Kline,
    Level,
    Movement,
    MovementKind,
    MovementStatus,
    NewOrder,
    Order,
    OrderStatus,
    OrderType,
    Refused,
    Side,
    SymbolRules,
    SymbolStatus,
)
from spotwire_sim.faces import USER, Desk, Face, Listing
from spotwire_sim.ledger import ZERO, add, check_amount, multiply, ratio, remainder, subtract, total
from spotwire_sim.spec import ErrorRow
from spotwire_sim.wire import to_integer

Args = Mapping[str, Any]
Row = dict[str, object]

# The test account and the other user to whom it can transfer, by each way of naming that user. The ids are those of
# the documented transfer; a phone number is named by its country code and the rest.
USER_ID = 989541187
FRIEND = "friend"
FRIEND_ID = 681979174
FRIEND_NAMES = {
    ("uid", FRIEND_ID): FRIEND,
    ("phone", "1", "5550100"): FRIEND,
    ("email", "friend@example.com"): FRIEND,
}
USER_IDS = {USER: USER_ID, FRIEND: FRIEND_ID}
FUTURES = "futures"

WEEK_MS = 7 * DAY_MS
FIRST_MONDAY = 4 * DAY_MS  # 1970-01-05

MAKER_FEE = Decimal("0.0008")
TAKER_FEE = Decimal("0.001")

# How far a price may lie from the last one, as a fraction of it.
BUY_OFFSET = Decimal("-0.9")
SELL_OFFSET = Decimal(50)

LISTINGS = (
    Listing(
        rules=SymbolRules(
            symbol="BTCUSDT",
            base="BTC",
            quote="USDT",
            tick=Decimal("0.01"),
            lot=Decimal("0.000001"),
            min_quantity=Decimal("0.00001"),
            max_quantity=Decimal(10_000),
            min_notional=Decimal(1),
        ),
        price=Decimal("60123.45"),
        step=Decimal("0.5"),
        quantity=Decimal("0.02"),
    ),
    Listing(
        rules=SymbolRules(
            symbol="ETHUSDT",
            base="ETH",
            quote="USDT",
            tick=Decimal("0.01"),
            lot=Decimal("0.00001"),
            min_quantity=Decimal("0.0001"),
            max_quantity=Decimal(100_000),
            min_notional=Decimal(1),
        ),
        price=Decimal("3180.25"),
        step=Decimal("0.1"),
        quantity=Decimal("0.4"),
    ),
    Listing(
        rules=SymbolRules(
            symbol="TRXUSDT",
            base="TRX",
            quote="USDT",
            tick=Decimal("0.00001"),
            lot=Decimal("0.1"),
            min_quantity=Decimal(1),
            max_quantity=Decimal(10_000_000),
            min_notional=Decimal(1),
        ),
        price=Decimal("0.24512"),
        step=Decimal("0.00002"),
        quantity=Decimal(2_000),
    ),
    Listing(
        rules=SymbolRules(
            symbol="XRPUSDT",
            base="XRP",
            quote="USDT",
            tick=Decimal("0.0001"),
            lot=Decimal("0.01"),
            min_quantity=Decimal("0.1"),
            max_quantity=Decimal(1_000_000),
            min_notional=Decimal(1),
        ),
        price=Decimal("2.1034"),
        step=Decimal("0.0002"),
        quantity=Decimal(250),
    ),
)
BALANCES = {
    "USDT": Decimal(1_000_000),
    "BTC": Decimal(10),
    "ETH": Decimal(100),
    "TRX": Decimal(100_000),
    "XRP": Decimal(10_000),
}


class Network(Struct, frozen=True, kw_only=True):
    """A way on the chain for an asset; `address` is where the test account deposits, with `memo` if there is one."""

    name: str
    chain: str
    contract: str | None = None
    decimals: int
    confirmations: int
    least: Decimal
    fee: Decimal
    address: str
    memo: str | None = None


class Asset(Struct, frozen=True):
    """An asset that can be held."""

    name: str
    networks: tuple[Network, ...]

    @property
    def decimals(self) -> int:
        """The most decimals that an amount may have."""
        return max(network.decimals for network in self.networks)


TRON_ADDRESS = "TPKhSAEy84qvpomF5wF7h5ih1WmbmupXor"
ETHEREUM_ADDRESS = "0x8f2b1a0c4d6e9375b8a1c0d2e4f60718293a4b5c"
ASSETS = {
    "USDT": Asset(
        "Tether",
        (
            Network(
                name="Tron (TRC-20)",
                chain="TRON",
                contract="TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
                decimals=6,
                confirmations=20,
                least=Decimal("0.000001"),
                fee=Decimal(1),
                address=TRON_ADDRESS,
            ),
            Network(
                name="Ethereum (ERC-20)",
                chain="ETH",
                contract="0xdac17f958d2ee523a2206206994597c13d831ec7",
                decimals=6,
                confirmations=64,
                least=Decimal(10),
                fee=Decimal(4),
                address=ETHEREUM_ADDRESS,
            ),
        ),
    ),
    "BTC": Asset(
        "Bitcoin",
        (
            Network(
                name="Bitcoin",
                chain="BTC",
                decimals=8,
                confirmations=2,
                least=Decimal("0.0005"),
                fee=Decimal("0.0001"),
                address="bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            ),
        ),
    ),
    "ETH": Asset(
        "Ethereum",
        (
            Network(
                name="Ethereum (ERC-20)",
                chain="ETH",
                decimals=18,
                confirmations=64,
                least=Decimal("0.01"),
                fee=Decimal("0.001"),
                address=ETHEREUM_ADDRESS,
            ),
        ),
    ),
    "TRX": Asset(
        "TRON",
        (
            Network(
                name="Tron (TRC-20)",
                chain="TRON",
                decimals=6,
                confirmations=20,
                least=Decimal(2),
                fee=Decimal(1),
                address=TRON_ADDRESS,
            ),
        ),
    ),
    "XRP": Asset(
        "XRP",
        (
            Network(
                name="XRP Ledger",
                chain="XRP",
                decimals=6,
                confirmations=1,
                least=Decimal(1),
                fee=Decimal("0.2"),
                address="rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh",
                memo="989541187",
            ),
        ),
    ),
}

SIDES = {1: Side.SELL, 2: Side.BUY}
ORDER_TYPES = {1: OrderType.LIMIT, 2: OrderType.MARKET}
WIRE_SIDES = {side: number for number, side in SIDES.items()}
WIRE_TYPES = {kind: number for number, kind in ORDER_TYPES.items()}
WIRE_STATUSES = {
    OrderStatus.NEW: 1,
    OrderStatus.FILLED: 2,
    OrderStatus.PARTIALLY_FILLED: 3,
    OrderStatus.CANCELED: 4,
    OrderStatus.PARTIALLY_CANCELED: 7,
}
MAKER, TAKER = "1", "2"
REFUSED, PLACED = "0", "1"

# Minutes by name; a month, M, has no fixed length.
INTERVALS = {
    **{name: int(name) * MINUTE_MS for name in ("1", "3", "5", "15", "30", "60", "120", "240", "360", "720")},
    "D": DAY_MS,
    "W": WEEK_MS,
}
RECENT_KLINES = 201
BOOK_LEVELS = 50

MOVEMENT_STATUSES = {
    MovementStatus.PENDING: "pending",
    MovementStatus.DONE: "success",
    MovementStatus.CANCELED: "cancelled",
}
OUTGOING = {MovementKind.WITHDRAWAL: "withdraw", MovementKind.INTERNAL_TRANSFER: "inside_transfer_out"}
INCOMING = {MovementKind.DEPOSIT: "deposit", MovementKind.INTERNAL_TRANSFER: "inside_transfer_in"}

# Signing

# 61 s behind is refused and 61 s ahead accepted, as seen live; how far ahead is still accepted is not known.
BEHIND_MS = 60_000
AHEAD_MS = 120_000
NONCE_LENGTH = 32

# What is missing with a header; without another one it is a parameter.
MISSING = {"api-key": "missing-key", "sign": "missing-signature"}


def verify(desk: Desk, call: Call) -> None:
    """Check content type, key, nonce, timestamp and signature; in which order the venue does is not documented."""
    content_type = call.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Denied("bad-content-type", f"Content-Type must be application/json, with GET too, not {content_type!r}")
    given = {name: _header(call, name) for name in ("api-key", "sign", "nonce", "timestamp")}
    if not hmac.compare_digest(given["api-key"].encode(), desk.api_key.encode()):
        raise Denied("bad-key", f"the API key is not {desk.api_key}")
    if len(given["nonce"]) != NONCE_LENGTH:
        raise Denied("bad-parameter", f"the nonce has {NONCE_LENGTH} characters, not {len(given['nonce'])}")
    _check_time(given["timestamp"], desk.clock())
    text = string_to_sign(given["nonce"], given["timestamp"], given["api-key"], call.pairs, call.body)
    expected = sign(desk.api_secret, text)
    if not hmac.compare_digest(given["sign"].encode(), expected.encode()):
        shown = text.decode("utf-8", "backslashreplace")
        raise Denied("bad-signature", f"{expected} is the signature of {shown}")


def _header(call: Call, name: str) -> str:
    given = call.headers.get(name, "")
    if not given:
        raise Denied(MISSING.get(name, "missing-parameter"), f"the header {name} is missing")
    return given


def string_to_sign(nonce: str, timestamp: str, key: str, pairs: Pairs, body: bytes) -> bytes:
    """Run together nonce, timestamp, key, the query sorted by name without = and &, and the body as it came."""
    query = "".join(name + value for name, value in sorted(pairs, key=_name) if value)
    # The headers were read as Latin-1, which turns into the same bytes again.
    return (nonce + timestamp + key).encode("latin-1") + query.encode() + body


def _name(pair: tuple[str, str]) -> str:
    return pair[0]


def sign(secret: str, text: bytes) -> str:
    """Hash the text, then its hexadecimal digits and the secret."""
    digest = sha256(text).hexdigest()
    return sha256((digest + secret).encode()).hexdigest()


def _check_time(text: str, now: int) -> None:
    try:
        age = now - to_integer(text)
    except ValueError as error:
        raise Denied("bad-parameter", f"timestamp is not {error}: {text!r}") from None
    if not -AHEAD_MS <= age <= BEHIND_MS:
        raise Denied("clock", f"timestamp {text} is {age} ms old at {now}, and {BEHIND_MS} are allowed")


def refuse(row: ErrorRow) -> object:
    """Write a refusal; every answer of the venue says whether it is a success."""
    return {"code": row.code, "msg": row.message, "data": None, "success": False}


# Market data


def price(desk: Desk, call: Call) -> object:
    """Tell the last price of a symbol, in upper or lower case."""
    rules = desk.exchange.rules(call.args["symbol"].upper())
    return fixed(desk.exchange.last_price(rules.symbol) or ZERO, places(rules.tick))


def order_book(desk: Desk, call: Call) -> object:
    """Show the book of a symbol, in upper or lower case, levels merged into steps of a precision."""
    rules = desk.exchange.rules(call.args["symbol"].upper())
    step = call.args.get("precision", rules.tick)
    if step not in _precisions(rules):
        raise Denied("bad-parameter", f"precision is one of {', '.join(map(plain, _precisions(rules)))}")
    book = desk.exchange.book(rules.symbol, 1_000_000)
    return {
        "asks": _levels(book.asks, step, rules, up=True),
        "bids": _levels(book.bids, step, rules, up=False),
        "ts": str(book.time),
    }


def _precisions(rules: SymbolRules) -> list[Decimal]:
    return [rules.tick.scaleb(shift) for shift in range(3)]


def _levels(levels: Iterable[Level], step: Decimal, rules: SymbolRules, *, up: bool) -> list[Row]:
    """Merge levels into steps, prices rounded away from the middle of the book."""
    merged = groupby(levels, key=lambda level: _stepped(level.price, step, up=up))
    rows = [(at, total(level.quantity for level in group)) for at, group in merged]
    return [{"price": fixed(at, places(rules.tick)), "volume": plain(size)} for at, size in rows[:BOOK_LEVELS]]


def _stepped(amount: Decimal, step: Decimal, *, up: bool) -> Decimal:
    over = remainder(amount, step)
    down = subtract(amount, over)
    return add(down, step) if up and over else down


def klines(desk: Desk, call: Call) -> object:
    """Show the latest candles with the running one, newest first."""
    rules = desk.exchange.rules(call.args["symbol"])
    candles = _candles(desk.exchange, rules.symbol, call.args["interval"], None, RECENT_KLINES)
    return [_kline_row(candle, rules) for candle in reversed(candles)]


def historical_klines(desk: Desk, call: Call) -> object:
    """Show candles that are over, newest first; endTime, in seconds, does not belong to the window."""
    rules, limit = desk.exchange.rules(call.args["symbol"]), call.args["limit"]
    end = call.args["endTime"] * 1000 - 1 if "endTime" in call.args else None
    # One more, because the running candle is left out.
    candles = _candles(desk.exchange, rules.symbol, call.args["interval"], end, limit + 1)
    closed = [candle for candle in candles if candle.close_time < desk.exchange.now()]
    return [_kline_row(candle, rules) for candle in reversed(closed[-limit:])]


def _candles(exchange: Exchange, symbol: str, interval: str, end: int | None, limit: int) -> list[Kline]:
    """Return the candles that open up to `end`, milliseconds, oldest first."""
    if interval == "M":
        days = exchange.klines(symbol, DAY_MS, limit=1_000_000)
        months = [_month(list(group)) for _, group in groupby(days, key=lambda day: _month_start(day.open_time))]
        return [month for month in months if end is None or month.open_time <= end][-limit:]
    origin = FIRST_MONDAY if interval == "W" else 0
    return exchange.klines(symbol, INTERVALS[interval], end=end, limit=limit, origin=origin)


def _month_start(time: int) -> int:
    return milliseconds(moment(time).replace(day=1, hour=0, minute=0, second=0))


def _month(days: list[Kline]) -> Kline:
    """Make one candle of those of the days of a month."""
    return structs.replace(
        days[0],
        open_time=_month_start(days[0].open_time),
        close_time=days[-1].close_time,
        high=max(day.high for day in days),
        low=min(day.low for day in days),
        close=days[-1].close,
        volume=total(day.volume for day in days),
    )


def _kline_row(candle: Kline, rules: SymbolRules) -> Row:
    digits = places(rules.tick)
    return {
        "symbol": rules.symbol,
        "open": fixed(candle.open, digits),
        "high": fixed(candle.high, digits),
        "low": fixed(candle.low, digits),
        "close": fixed(candle.close, digits),
        "volume": plain(candle.volume),
        "ts": iso(candle.open_time),
    }


def symbols(desk: Desk, _: Call) -> object:
    """List all symbols, here in lower case."""
    return [_symbol_row(number, rules) for number, rules in enumerate(desk.exchange.symbols(), 1)]


def _symbol_row(number: int, rules: SymbolRules) -> Row:
    return {
        "id": number,
        "symbol": rules.symbol.lower(),
        "base": rules.base,
        "quote": rules.quote,
        "basePrecision": places(rules.lot),
        "quotePrecision": places(rules.tick),
        # In spite of its name the least value of an order.
        "minPrice": plain(rules.min_notional),
        "minVolume": plain(rules.min_quantity),
        "isOpen": int(rules.status is SymbolStatus.TRADING),
        "isHot": 1,
        "isRecommend": 0,
        "isShow": 1,
        "tradeArea": rules.quote,
        "sort": number,
        "openTime": "2020-01-01 00:00:00",
        "precisions": [plain(step) for step in _precisions(rules)],
        "minBuyPriceOffset": plain(BUY_OFFSET),
        "maxSellPriceOffset": plain(SELL_OFFSET),
    }


def currencies(_: Desk, __: Call) -> object:
    """List all assets with their networks."""
    return [_currency_row(name, asset) for name, asset in ASSETS.items()]


def _currency_row(name: str, asset: Asset) -> Row:
    return {
        "name": name,
        "fullName": asset.name,
        "logo": None,
        "track": None,
        "isHot": 1,
        "isOpen": 1,
        "isShow": 1,
        "depositOpen": 1,
        "withdrawOpen": 1,
        "withdrawMin": "0",
        "withdrawMax": None,
        "networks": [_network_row(network) for network in asset.networks],
    }


def _network_row(network: Network) -> Row:
    return {
        "contractPrecision": network.decimals,
        "contractAddress": network.contract,
        "requireMemo": 0 if network.memo is None else 2,
        "chain": network.chain,
        "depositConfirm": network.confirmations,
        "addressRegular": ".+",
        "network": network.name,
        "isOpen": 1,
        "isShow": 1,
        "depositOpen": 1,
        "withdrawOpen": 1,
        "withdrawMax": None,
        "withdrawMin": plain(network.least),
        "depositMin": plain(network.least),
    }


# Orders


def place_order(desk: Desk, call: Call) -> object:
    """Place an order; one that the balance does not cover is refused inside a success."""
    try:
        return _accepted(desk, call.args)
    except Refused as refused:
        if refused.situation != "insufficient-funds":
            raise
        return _refused(desk, call.args, refused.situation)


def place_orders(desk: Desk, call: Call) -> object:
    """Place orders one by one; each is answered by itself, whatever it is refused for."""
    return [_placed_or_refused(desk, args) for args in call.args["orderList"]]


def _placed_or_refused(desk: Desk, args: Args) -> Row:
    try:
        return _accepted(desk, args)
    except (Refused, Denied) as refused:
        return _refused(desk, args, refused.situation)


def _accepted(desk: Desk, args: Args) -> Row:
    new = _new_order(args)
    _check_offset(desk.exchange, new)
    order = desk.exchange.place(desk.user, new)
    _client_ids(desk)[order.order_id] = args.get("clientId") or None
    return {"orderId": str(order.order_id), **_as_sent(args), "placeStatus": PLACED}


def _refused(desk: Desk, args: Args, situation: str) -> Row:
    row = desk.spec.error(situation)
    refusal = {"placeStatus": REFUSED, "placeCode": row.code, "placeMsg": row.message}
    return {"orderId": None, **_as_sent(args), **refusal}


def _as_sent(args: Args) -> Row:
    return {
        "side": int(args["side"]),
        "type": int(args["type"]),
        "volume": format(args["volume"], "f"),
        "price": format(args["price"], "f") if "price" in args else None,
        "symbol": args["symbol"],
    }


def _new_order(args: Args) -> NewOrder:
    """Read an order: to buy at market, volume is what to spend, else it is a quantity."""
    kind, side, volume = ORDER_TYPES[int(args["type"])], SIDES[int(args["side"])], args["volume"]
    if kind is OrderType.MARKET:  # a price, which the documentation asks for, means nothing
        spends = side is Side.BUY
        amounts = {"quote_amount": volume} if spends else {"quantity": volume}
        return NewOrder(args["symbol"], side, kind, **amounts)
    if "price" not in args:
        raise Denied("missing-parameter", "a limit order needs a price")
    return NewOrder(args["symbol"], side, kind, price=args["price"], quantity=volume)


def _check_offset(exchange: Exchange, new: NewOrder) -> None:
    """Refuse to buy far below or to sell far above the last price."""
    last = exchange.last_price(new.symbol)
    if new.price is None or last is None:
        return
    offset = subtract(ratio(new.price, last), Decimal(1))
    if (new.side is Side.BUY and offset < BUY_OFFSET) or (new.side is Side.SELL and offset > SELL_OFFSET):
        raise Denied("price-range", f"price {new.price} is too far from the last price {last}")


def _client_ids(desk: Desk) -> dict[int, str | None]:
    """Return client ids by order id: they are kept and shown, but nothing is found by them and none is a duplicate."""
    kept: dict[int, str | None] = desk.memory.setdefault("client-ids", {})
    return kept


def cancel_orders(desk: Desk, call: Call) -> None:
    """Cancel orders; one that is unknown or done gives the same answer."""
    for reference in call.args["orderIdList"]:
        desk.exchange.rules(reference["symbol"])
    for reference in call.args["orderIdList"]:
        desk.exchange.cancel_many(desk.user, [number(reference["orderId"])], symbol=reference["symbol"])


def order(desk: Desk, call: Call) -> object:
    """Show an order, null if there is none."""
    found = _order(desk, call.args["orderId"])
    return None if found is None else _order_row(desk, found)


def _order(desk: Desk, text: str) -> Order | None:
    try:
        return desk.exchange.order(desk.user, number(text))
    except Refused:
        return None


def open_orders(desk: Desk, call: Call) -> object:
    """Show the open orders of a symbol, newest first."""
    return [_order_row(desk, row) for row in reversed(desk.exchange.open_orders(desk.user, symbol=call.args["symbol"]))]


HISTORY_PAGE = 10


def order_history(desk: Desk, call: Call) -> object:
    """Show a page of a symbol's orders, newest first."""
    args = call.args
    page, size = args.get("page", 1), args.get("pageSize", HISTORY_PAGE)
    if page < 1 or size < 1:
        raise Denied("below-minimum", "page and pageSize count from 1")
    start, end = _time(args, "startTime"), _time(args, "endTime")
    # Times are shown in seconds, and an order belongs to the one that it shows.
    last = None if end is None else end - end % 1000 + 999
    found = desk.exchange.orders(desk.user, symbol=args["symbol"], start=start, end=last)
    wanted = {name: str(int(args[name])) for name in ("status", "side", "type") if name in args}
    rows = [row for each in reversed(found) if wanted.items() <= (row := _order_row(desk, each)).items()]
    return {"total": len(rows), "pageNum": page, "pageSize": size, "data": rows[(page - 1) * size : page * size]}


def _order_row(desk: Desk, order: Order) -> Row:
    rules = desk.exchange.rules(order.symbol)
    amount, left = _amounts(order)
    return {
        "orderId": str(order.order_id),
        "userId": str(USER_ID),
        "clientId": _client_ids(desk).get(order.order_id),
        "orderType": str(WIRE_TYPES[order.type]),
        "amount": _optional(amount),
        "dealAmount": plain(order.filled_quote),
        "volume": _optional(order.quantity),
        "leftAmount": _optional(left),
        "dealVolume": plain(order.filled),
        "leftVolume": None if order.quantity is None else plain(order.remaining),
        "status": str(WIRE_STATUSES[order.status]),
        "type": str(WIRE_TYPES[order.type]),
        "side": str(WIRE_SIDES[order.side]),
        "price": _optional(order.price),
        "avgPrice": plain(order.average_price or ZERO),
        "progress": plain(_progress(order)),
        "ctime": iso(order.created_at),
        "utime": iso(order.updated_at),
        "base": rules.base,
        "quote": rules.quote,
        "symbol": order.symbol,
        "fee": plain(order.fee),
        "feeCoin": order.fee_asset,
    }


def _amounts(order: Order) -> tuple[Decimal | None, Decimal | None]:
    """Return the value of an order and of what is not filled of it; neither of a quantity to sell at market."""
    if order.quote_amount is not None:
        return order.quote_amount, subtract(order.quote_amount, order.filled_quote)
    if order.price is None or order.quantity is None:
        return None, None
    return multiply(order.price, order.quantity), multiply(order.price, order.remaining)


def _progress(order: Order) -> Decimal:
    """Return the filled part in percent."""
    if order.status is OrderStatus.FILLED:
        return Decimal(100)
    done, whole = (order.filled_quote, order.quote_amount) if order.quantity is None else (order.filled, order.quantity)
    return round(multiply(ratio(done, whole), Decimal(100)), 2) if whole else ZERO


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def fills(desk: Desk, call: Call) -> object:
    """Show the trades of an order, none for one that is unknown."""
    rows = desk.exchange.fills(desk.user, symbol=call.args["symbol"], order_id=number(call.args["orderId"]))
    return [_fill_row(row) for row in rows]


def _fill_row(fill: Fill) -> Row:
    return {
        "volume": plain(fill.quantity),
        "price": plain(fill.price),
        "fee": plain(fill.fee),
        "feeCoin": fill.fee_asset,
        "role": MAKER if fill.is_maker else TAKER,
        "ctime": iso(fill.time),
        "id": str(fill.trade_id),
    }


# The account


def balances(desk: Desk, _: Call) -> object:
    """Show what is free and what is locked, as numbers; null if there is nothing.

    Whether `balance` includes the locked part is not documented; here it does not.
    """
    rows = [
        {"coin": coin, "balance": raw_number(balance.free), "balanceLocked": raw_number(balance.locked)}
        for coin, balance in desk.exchange.balances(desk.user).items()
        if balance.total
    ]
    return rows or None


def user_info(_: Desk, __: Call) -> object:
    """Tell the user id."""
    return {"uid": USER_ID}


# The wallet

WHOLE_FEE = "110007"
NO_USER = "10016"


def prepare(desk: Desk) -> None:
    """Let another user receive transfers."""
    desk.exchange.open_account(FRIEND)


def withdraw(desk: Desk, call: Call) -> object:
    """Lock an amount, of which the fee does not arrive, until it is approved or cancelled."""
    coin, amount, memo = call.args["coin"], call.args["amount"], call.args.get("memo") or None
    network = _network(coin, call.args["network"])
    check_asset_amount(coin, amount)
    if not call.args["address"]:
        raise Denied("missing-parameter", "address is empty")
    if network.memo is not None and memo is None:
        raise Denied("missing-parameter", f"{coin} on {network.name} needs a memo")
    if amount <= network.fee:
        raise Denied("below-minimum", f"the fee is {network.fee} {coin}", code=WHOLE_FEE)
    if amount < network.least:
        raise Denied("below-minimum", f"the least amount is {network.least} {coin}")
    movement = desk.exchange.withdraw(
        desk.user,
        coin,
        subtract(amount, network.fee),
        fee=network.fee,
        address=call.args["address"],
        network=network.name,
        memo=memo,
    )
    return str(movement.movement_id)


def cancel_withdrawal(desk: Desk, call: Call) -> None:
    """Cancel a withdrawal that is not approved yet."""
    desk.exchange.cancel_movement(desk.user, number(call.args["withdrawId"]), kind=MovementKind.WITHDRAWAL)


def internal_transfer(desk: Desk, call: Call) -> object:
    """Lock an amount for another user until it is approved or cancelled; the same outBizId is the same transfer."""
    coin, amount = call.args["coin"], call.args["amount"]
    check_asset_amount(coin, amount)
    recipient = _recipient(call.args)
    movement = desk.exchange.internal_transfer(
        desk.user,
        recipient,
        coin,
        amount,
        pending=True,
        external_id=call.args.get("outBizId") or None,
        memo=call.args.get("remark"),
    )
    _named(desk).setdefault(movement.movement_id, {name: call.args.get(name) for name in RECIPIENT_MEMBERS})
    return str(movement.movement_id)


RECIPIENT_MEMBERS = ("toType", "toUid", "toPhoneCountryCode", "toPhoneNumber", "toEmail")
NAMED_BY = {"uid": ("toUid",), "phone": ("toPhoneCountryCode", "toPhoneNumber"), "email": ("toEmail",)}


def _recipient(args: Args) -> str:
    """Find the user whom toType and the members that belong to it name."""
    members = NAMED_BY[args["toType"]]
    for name in members:
        if not args.get(name):
            raise Denied("missing-parameter", f"toType {args['toType']} needs {name}")
    found = FRIEND_NAMES.get((args["toType"], *(args[name] for name in members)))
    if found is None:
        raise Denied("bad-parameter", f"there is no such user; there is {list(FRIEND_NAMES)}", code=NO_USER)
    return found


def _named(desk: Desk) -> dict[int, dict[str, Any]]:
    """Return how the receivers of internal transfers were named, by transfer id."""
    kept: dict[int, dict[str, Any]] = desk.memory.setdefault("recipients", {})
    return kept


def cancel_internal_transfer(desk: Desk, call: Call) -> None:
    """Cancel an internal transfer that is not approved yet."""
    transfer_id = number(call.args["insideTransferId"])
    desk.exchange.cancel_movement(desk.user, transfer_id, kind=MovementKind.INTERNAL_TRANSFER)


def transfer(desk: Desk, call: Call) -> object:
    """Move an amount between the spot and the futures account."""
    check_asset_amount(call.args["coin"], call.args["amount"])
    source, target = (SPOT, FUTURES) if call.args["type"] == "spot_futures" else (FUTURES, SPOT)
    movement = desk.exchange.transfer(desk.user, call.args["coin"], call.args["amount"], source=source, target=target)
    return str(movement.movement_id)


def withdrawals(desk: Desk, call: Call) -> object:
    """List withdrawals and outgoing internal transfers, newest first."""
    found = _movements(desk, call.args, OUTGOING)
    rows = [_withdrawal_row(desk, movement) for movement in found if movement.user == desk.user]
    return _chosen(rows, call.args, ("outBizId", "remark"), hashes="withdraw")


def _withdrawal_row(desk: Desk, movement: Movement) -> Row:
    on_chain = movement.kind is MovementKind.WITHDRAWAL
    paid = on_chain and movement.status is MovementStatus.DONE
    named = _named(desk).get(movement.movement_id, {})
    return {
        "id": str(movement.movement_id),
        "outBizId": movement.external_id,
        "type": OUTGOING[movement.kind],
        "coin": movement.asset,
        "amount": fixed(movement.amount, 20),
        "status": MOVEMENT_STATUSES[movement.status],
        "ctime": movement.created_at,
        "network": movement.network,
        "address": movement.address,
        "transactionHash": _hash(movement) if paid else None,
        # Null in the documented record, which is pending as well.
        "feeCoin": movement.asset if paid else None,
        "fee": plain(movement.fee) if paid else None,
        "memo": movement.memo if on_chain else None,
        **{name: named.get(name) for name in RECIPIENT_MEMBERS},
        "remark": None if on_chain else movement.memo,
    }


def deposits(desk: Desk, call: Call) -> object:
    """List deposits and incoming internal transfers, newest first."""
    found = _movements(desk, call.args, INCOMING)
    rows = [_deposit_row(movement) for movement in found if movement.recipient == desk.user]
    return _chosen(rows, call.args, (), hashes="deposit")


OUTSIDE_ADDRESS = "TB73gtW1hsTxxA9XUYKLSJKTSHw6Jk53eH"


def _deposit_row(movement: Movement) -> Row:
    on_chain = movement.kind is MovementKind.DEPOSIT
    network = _deposit_network(movement) if on_chain else None
    return {
        "id": movement.movement_id,
        "transactionHash": _hash(movement) if on_chain else None,
        "coin": movement.asset,
        "network": movement.network or (network and network.name),
        "type": INCOMING[movement.kind],
        "fromAddress": OUTSIDE_ADDRESS if on_chain else _user_id(movement.user),
        "toAddress": (movement.address or (network.address if network else "")) if on_chain else str(USER_ID),
        "amount": fixed(movement.amount, max(8, places(movement.amount))),
        "status": MOVEMENT_STATUSES[movement.status],
        "ctime": movement.created_at,
    }


def _deposit_network(movement: Movement) -> Network | None:
    """Return the first network of the asset, for deposits that say nothing of one."""
    asset = ASSETS.get(movement.asset)
    return asset.networks[0] if asset is not None else None


def _user_id(user: str) -> str:
    return str(USER_IDS.get(user, user))


def _hash(movement: Movement) -> str:
    return sha256(str(movement.movement_id).encode()).hexdigest()


def _movements(desk: Desk, args: Args, kinds: Iterable[MovementKind]) -> list[Movement]:
    """Return the movements of some kinds that fit asset and time, newest first."""
    rows = desk.exchange.movements(
        desk.user, kinds=kinds, asset=args.get("coin") or None, start=args.get("startTime"), end=args.get("endTime")
    )
    return rows[::-1]


def _chosen(rows: list[Row], args: Args, members: Iterable[str], *, hashes: str) -> list[Row]:
    """Keep the rows that fit the request, at most `limit`; a transactionHash counts only with the type `hashes`."""
    if args["limit"] < 1:
        raise Denied("below-minimum", "limit is at least 1")
    named = [*members, "type", *(["transactionHash"] if args.get("type") == hashes else [])]
    wanted = {name: args[name] for name in named if args.get(name)}
    fitting = [row for row in rows if wanted.items() <= row.items() and args.get("id") in {None, "", str(row["id"])}]
    return fitting[: args["limit"]]


def deposit_address(_: Desk, call: Call) -> object:
    """Show the one address of an asset on a network."""
    coin = call.args["coin"]
    network = _network(coin, call.args["network"])
    return [{"coin": coin, "network": network.name, "address": network.address, "memo": network.memo}]


def _asset(coin: str) -> Asset:
    asset = ASSETS.get(coin)
    if asset is None:
        raise Denied("unknown-symbol", f"there is no asset {coin!r}; there are {', '.join(ASSETS)}")
    return asset


def _network(coin: str, name: str) -> Network:
    networks = {network.name: network for network in _asset(coin).networks}
    if name not in networks:
        raise Denied("unknown-symbol", f"{coin} has no network {name!r}; it has {', '.join(networks)}")
    return networks[name]


def check_asset_amount(coin: str, amount: Decimal) -> None:
    """Refuse an unknown asset, and what is no positive amount or has more decimals than the asset."""
    decimals = _asset(coin).decimals
    check_amount("amount", amount)
    if remainder(amount, Decimal(1).scaleb(-decimals)):
        raise Denied("precision", f"{coin} has {decimals} decimals")


# Ids and times

_id_form = re.compile(r"[1-9][0-9]{0,18}", re.ASCII).fullmatch
_time_form = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
).fullmatch
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number(text: str) -> int:
    """Return the exchange's id; one that never exists for text that is no id."""
    return int(text) if _id_form(text) else 0


def moment(time: int) -> datetime:
    """Turn epoch milliseconds into a time without fractions of a second."""
    return EPOCH + timedelta(seconds=time // 1000)


def milliseconds(time: datetime) -> int:
    """Turn a time into epoch milliseconds."""
    return (time - EPOCH) // timedelta(milliseconds=1)


def iso(time: int) -> str:
    """Write epoch milliseconds as ISO 8601 in UTC, to the second."""
    return f"{moment(time):%Y-%m-%dT%H:%M:%SZ}"


def _time(args: Args, name: str) -> int | None:
    """Read an ISO 8601 time with its zone, None if it was not sent."""
    if name not in args:
        return None
    text = args[name]
    try:
        if _time_form(text):
            return milliseconds(datetime.fromisoformat(text))
    except ValueError:
        pass
    raise Denied("bad-parameter", f"{name} is no time such as 2019-01-01T00:00:00Z: {text!r}")


FACE = Face(
    venue="bitunix",
    listings=LISTINGS,
    balances=BALANCES,
    verify=verify,
    maker_fee=MAKER_FEE,
    taker_fee=TAKER_FEE,
    first_id=1_909_877_667_383_767_042,
    prepare=prepare,
    refuse=refuse,
    # `rates` is missing: it converts currencies of states, which the exchange does not know.
    answers={
        "price": price,
        "orderBook": order_book,
        "klines": klines,
        "historicalKlines": historical_klines,
        "symbols": symbols,
        "currencies": currencies,
        "placeOrder": place_order,
        "placeOrders": place_orders,
        "cancelOrders": cancel_orders,
        "fills": fills,
        "orderHistory": order_history,
        "openOrders": open_orders,
        "order": order,
        "balances": balances,
        "userInfo": user_info,
        "withdraw": withdraw,
        "cancelWithdrawal": cancel_withdrawal,
        "internalTransfer": internal_transfer,
        "cancelInternalTransfer": cancel_internal_transfer,
        "withdrawals": withdrawals,
        "transfer": transfer,
        "deposits": deposits,
        "depositAddress": deposit_address,
    },
)
