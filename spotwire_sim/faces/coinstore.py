"""Coinstore spot: answers with code, message and data, refusals mostly with HTTP 200, a key derived every 30 seconds.

https://coinstore-openapi.github.io/cn/; the facts behind each choice stand in `specs/coinstore/openapi.yaml`.
"""

import hmac
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from msgspec import Raw, Struct

from spotwire_sim.call import Call, Denied
from spotwire_sim.digits import fixed, places, plain
from spotwire_sim.exchange import (
    DAY_MS,
    MINUTE_MS,
    SPOT,
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
    TimeInForce,
    Trade,
)
from spotwire_sim.faces import Desk, Face, Listing
from spotwire_sim.ledger import ZERO, add, multiply, remainder, subtract
from spotwire_sim.spec import ErrorRow
from spotwire_sim.wire import to_integer

Row = dict[str, object]

MAKER_FEE = Decimal("0.002")
TAKER_FEE = Decimal("0.002")

USER_ID = 315
ACCOUNT_ID = 1138204
LISTED_AT = 1_609_813_531_019

MOST_OPEN_ORDERS = 50
SMALLEST_MARKET_AMOUNT = Decimal(1)


def _listing(symbol: str, base: str, *, price: str, tick: str, lot: str, step: str, quantity: str) -> Listing:
    """List a symbol against USDT; the smallest order is one lot, the lowest price one tick."""
    rules = SymbolRules(
        symbol=symbol,
        base=base,
        quote="USDT",
        tick=Decimal(tick),
        lot=Decimal(lot),
        min_quantity=Decimal(lot),
        max_quantity=Decimal(lot).scaleb(15),
        min_price=Decimal(tick),
    )
    return Listing(rules=rules, price=Decimal(price), step=Decimal(step), quantity=Decimal(quantity))


# Symbols are case-sensitive, and not all of them are upper case: the document asks for tipusdt, trxUSDT was seen.
LISTINGS = (
    _listing("BTCUSDT", "BTC", price="55000", tick="0.01", lot="0.000001", step="0.5", quantity="0.02"),
    _listing("ETHUSDT", "ETH", price="3000", tick="0.01", lot="0.00001", step="0.1", quantity="0.4"),
    _listing("EOSUSDT", "EOS", price="0.72", tick="0.0001", lot="0.01", step="0.0002", quantity="500"),
    _listing("AUTUSDT", "AUT", price="1", tick="0.0001", lot="0.01", step="0.0003", quantity="400"),
    _listing("LUFFYUSDT", "LUFFY", price="0.00000000092", tick="1E-12", lot="1", step="1E-12", quantity="500000000000"),
    _listing("tipusdt", "TIP", price="0.2173", tick="0.00001", lot="0.1", step="0.0001", quantity="1000"),
    _listing("trxUSDT", "TRX", price="0.068", tick="0.000001", lot="0.1", step="0.00001", quantity="5000"),
)
SYMBOL_IDS = {
    "BTCUSDT": 4,
    "ETHUSDT": 5,
    "EOSUSDT": 10,
    "AUTUSDT": 11,
    "LUFFYUSDT": 12,
    "tipusdt": 15,
    "trxUSDT": 2,
}
SYMBOLS = {number: symbol for symbol, number in SYMBOL_IDS.items()}

BALANCES = {
    "USDT": Decimal(1_000_000),
    "BTC": Decimal(10),
    "ETH": Decimal(100),
    "EOS": Decimal(10_000),
    "LUFFY": Decimal(1_000_000_000_000),
    "TIP": Decimal(10_000),
    "TRX": Decimal(100_000),
}


class Network(Struct, frozen=True):
    """A network of a currency; the smallest withdrawal is ten times the fee, `needs_tag` is the wire's tagType."""

    name: str
    protocol: str
    fee: Decimal
    address_start: str
    needs_tag: int = 0

    @property
    def smallest(self) -> Decimal:
        """The smallest withdrawal."""
        return multiply(self.fee, Decimal(10))


class Currency(Struct, frozen=True):
    """A currency with its number in fills and its networks."""

    code: str
    number: int
    precision: int
    networks: tuple[Network, ...]


CURRENCIES = {
    currency.code: currency
    for currency in (
        Currency(
            "USDT",
            30,
            6,
            (
                Network("TRX", "trc20", Decimal(1), "T"),
                Network("ETH", "erc20", Decimal(5), "0x"),
                Network("BSC", "bnbbsc", Decimal("0.5"), "0x"),
                Network("SOL", "sol", Decimal(1), "S"),
            ),
        ),
        Currency("BTC", 1, 8, (Network("BTC", "btc", Decimal("0.0005"), "bc1q"),)),
        Currency("ETH", 2, 8, (Network("ETH", "erc20", Decimal("0.005"), "0x"),)),
        Currency("EOS", 10, 4, (Network("EOS", "eos", Decimal("0.1"), "eos.", 1),)),
        Currency("AUT", 11, 8, (Network("ETH", "erc20", Decimal(2), "0x"),)),
        Currency("LUFFY", 12, 0, (Network("ETH", "erc20", Decimal(5_000_000), "0x"),)),
        Currency("TIP", 44, 8, (Network("ETH", "erc20", Decimal(10), "0x"),)),
        Currency("TRX", 3, 6, (Network("TRX", "trx", Decimal(1), "T"),)),
    )
}
# Codes come back in lower case from some operations; USDTTRX is USDT in the sample of the deposit address.
SPELLINGS = {
    **CURRENCIES,
    **{code.lower(): currency for code, currency in CURRENCIES.items()},
    "USDTTRX": CURRENCIES["USDT"],
}

STATUSES = {
    OrderStatus.NEW: "SUBMITTED",
    OrderStatus.PARTIALLY_FILLED: "PARTIAL_FILLED",
    OrderStatus.FILLED: "FILLED",
    OrderStatus.CANCELED: "CANCELED",
    OrderStatus.PARTIALLY_CANCELED: "CANCELED",
}

# How requests name a candle, how answers name it, and how long it is.
INTERVALS = {
    "1min": ("min_1", MINUTE_MS),
    "5min": ("min_5", 5 * MINUTE_MS),
    "15min": ("min_15", 15 * MINUTE_MS),
    "30min": ("min_30", 30 * MINUTE_MS),
    "60min": ("hour_1", 60 * MINUTE_MS),
    "4hour": ("hour_4", 240 * MINUTE_MS),
    "12hour": ("hour_12", 720 * MINUTE_MS),
    "1day": ("day_1", DAY_MS),
    "1week": ("week_1", 7 * DAY_MS),
}
# The week of the sample begins on Monday, 2022-01-10, at midnight in UTC+8.
ZONE = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_MONDAY = (datetime(1970, 1, 5, tzinfo=ZONE) - EPOCH) // timedelta(milliseconds=1)

# Defaults that the document does not tell.
DEFAULT_PERIOD = "1min"
DEFAULT_CANDLES = 500
DEFAULT_TRADES = 100

# Signing

KEY_LIFE_MS = 30_000
# How far X-CS-EXPIRES may be from the venue's time is not documented; the derived key alone would admit any time.
TOLERANCE_MS = 60_000


def verify(desk: Desk, call: Call) -> None:
    """Check key, time and signature, in this order; the venue's order is not documented."""
    key = call.headers.get("x-cs-apikey", "")
    if not key:
        raise Denied("missing-key", "the header X-CS-APIKEY is missing")
    if not hmac.compare_digest(key.encode(), desk.api_key.encode()):
        raise Denied("bad-key", f"the API key is not {desk.api_key}")
    given = call.headers.get("x-cs-sign", "")
    if not given:
        raise Denied("missing-signature", "the header X-CS-SIGN is missing")
    expires = _expires(call.headers.get("x-cs-expires", ""))
    now = desk.clock()
    if abs(now - expires) > TOLERANCE_MS:
        raise Denied(
            "clock", f"X-CS-EXPIRES {expires} is {now - expires} ms old at {now}; {TOLERANCE_MS} are tolerated"
        )
    message = call.query + call.body
    expected = sign(desk.api_secret, expires, message)
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Denied("bad-signature", f"{expected} is the signature of {message.decode('latin-1')}")


def sign(secret: str, expires: int, message: bytes) -> str:
    """Sign with the key of the 30 seconds that `expires`, epoch milliseconds, lies in: the digest's text is the key."""
    derived = _digest(secret.encode(), str(expires // KEY_LIFE_MS).encode())
    return _digest(derived.encode(), message)


def _digest(key: bytes, message: bytes) -> str:
    return hmac.digest(key, message, "sha256").hex()


def _expires(text: str) -> int:
    if not text:
        raise Denied("missing-parameter", "the header X-CS-EXPIRES is missing")
    try:
        return to_integer(text)
    except ValueError as error:
        raise Denied("bad-parameter", f"X-CS-EXPIRES is not {error}: {text!r}") from None


# Refusals

# The transfer has codes of its own, and writes msg where all others write message.
TRANSFER_CODES = {
    ("transfer", "missing-parameter"): "101040502",
    ("transfer", "unknown-parameter"): "101040502",
    ("transfer", "bad-parameter"): "101040502",
    ("transfer", "below-minimum"): "102150400",
    ("transfer", "above-maximum"): "102150400",
    ("transfer", "precision"): "102150400",
    ("transfer", "insufficient-funds"): "102150808",
}
AMOUNT_PRECISION = "3106"


def refuse(row: ErrorRow) -> object:
    """Write a refusal; real ones have no data."""
    if str(row.code) in TRANSFER_CODES.values():
        return {"code": row.code, "msg": row.message, "data": None}
    return {"message": row.message, "code": row.code}


# Reference data


def symbols(desk: Desk, call: Call) -> object:
    """List the rules of the symbols that are named by code or by number, or of all."""
    wanted = [*call.args.get("symbolCodes", []), *map(_symbol_of, call.args.get("symbolIds", []))]
    rules = [desk.exchange.rules(symbol) for symbol in dict.fromkeys(wanted)] if wanted else desk.exchange.symbols()
    return [_symbol_row(each) for each in rules]


def _symbol_of(number: int) -> str:
    if number not in SYMBOLS:
        raise Denied("unknown-symbol", f"there is no symbol with the id {number}")
    return SYMBOLS[number]


def _symbol_row(rules: SymbolRules) -> Row:
    smallest = plain(rules.min_quantity)
    return {
        "symbolId": SYMBOL_IDS[rules.symbol],
        "symbolCode": rules.symbol,
        "tradeCurrencyCode": rules.base.lower(),
        "quoteCurrencyCode": rules.quote.lower(),
        "openTrade": rules.status is SymbolStatus.TRADING,
        "onLineTime": LISTED_AT,
        "tickSz": places(rules.tick),
        "lotSz": places(rules.lot),
        "minLmtPr": plain(rules.min_price or rules.tick),
        "minLmtSz": smallest,
        "minMktVa": plain(SMALLEST_MARKET_AMOUNT),
        "minMktSz": smallest,
        "makerFee": plain(MAKER_FEE),
        "takerFee": plain(TAKER_FEE),
    }


def currency(_: Desk, call: Call) -> object:
    """Show a currency with its networks."""
    found = _currency(call.args["currencyCode"])
    code = found.code.lower()
    return {
        "name": code,
        "code": code,
        "showPrecision": found.precision,
        "chainDataList": [_network_row(code, network) for network in found.networks],
    }


def _network_row(code: str, network: Network) -> Row:
    return {
        "currencyCode": code,
        "chainName": network.name,
        "chainProtocol": network.protocol,
        "contractAddress": _made_up_address(network, f"contract of {code}"),
        "depositOpen": 1,
        "withdrawOpen": 1,
        "withdrawFee": fixed(network.fee, 8),
        "withdrawMin": fixed(network.smallest, 8),
        "withdrawMax": fixed(ZERO, 8),  # none
        "depositMin": fixed(network.fee, 8),
        "withdrawFeePlatform": fixed(ZERO, 8),
        "burningState": 0,
        "withdrawFeeOnChain": fixed(ZERO, 8),
        "tagType": network.needs_tag,
        "withdrawFeeMin": fixed(ZERO, 8),
    }


def _currency(code: str) -> Currency:
    if not code:
        raise Denied("missing-parameter", "currencyCode is empty")
    if code not in SPELLINGS:
        raise Denied("bad-parameter", f"there is no currency {code!r}; there are {', '.join(CURRENCIES)}")
    return SPELLINGS[code]


def _network(of: Currency, name: str) -> Network:
    """Find a network by name or protocol: the document uses both and does not say which is right."""
    if not name:
        raise Denied("missing-parameter", f"the network of {of.code} is empty")
    for network in of.networks:
        if name in (network.name, network.protocol):
            return network
    known = ", ".join(f"{network.name} ({network.protocol})" for network in of.networks)
    raise Denied("bad-parameter", f"{of.code} has no network {name!r}; it has {known}")


# Market data


def tickers(desk: Desk, _: Call) -> object:
    """Sum up a day of every symbol."""
    return [ticker_row(desk, rules.symbol) for rules in desk.exchange.symbols()]


def ticker_row(desk: Desk, symbol: str) -> Row:
    """Sum up a day of a symbol."""
    ticker = desk.exchange.ticker(symbol)
    day, bid, ask = ticker.day, ticker.best_bid, ticker.best_ask
    return {
        "channel": "ticker",
        "bidSize": plain(bid.quantity) if bid else None,
        "askSize": plain(ask.quantity) if ask else None,
        "count": day.trades if day else 0,
        "volume": plain(day.volume if day else ZERO),
        "amount": plain(day.quote_volume if day else ZERO),
        "close": plain(day.close) if day else None,
        "open": plain(day.open) if day else None,
        "high": plain(day.high) if day else None,
        "low": plain(day.low) if day else None,
        "bid": plain(bid.price) if bid else None,
        "ask": plain(ask.price) if ask else None,
        **instrument(symbol),
    }


def instrument(symbol: str) -> Row:
    """Name a symbol, also by its number."""
    return {"symbol": symbol, "instrumentId": SYMBOL_IDS[symbol]}


def order_book(desk: Desk, call: Call) -> object:
    """Show the best levels; each row repeats its side as a number."""
    return book_row(desk, call.args["symbol"], call.args["depth"])


def book_row(desk: Desk, symbol: str, depth: int) -> Row:
    """Show the best levels of a symbol, which streams push in the same form."""
    book = desk.exchange.book(symbol, depth)
    return {
        "channel": f"{SYMBOL_IDS[symbol]}@depth@{depth}",
        "level": depth,
        "a": [_level(level, -1) for level in book.asks],
        "b": [_level(level, 1) for level in book.bids],
        **instrument(symbol),
    }


def _level(level: Level, direction: int) -> list[object]:
    return [plain(level.price), plain(level.quantity), direction]


def klines(desk: Desk, call: Call) -> object:
    """Show candles, oldest first; their order is not documented."""
    symbol = call.args["symbol"]
    name, length = INTERVALS[call.args.get("period", DEFAULT_PERIOD)]
    limit = call.args.get("size", DEFAULT_CANDLES)
    candles = desk.exchange.klines(symbol, length, limit=limit, origin=FIRST_MONDAY)
    ids = trade_ids(desk, symbol, length, candles)
    return {
        "channel": f"{SYMBOL_IDS[symbol]}@kline@{name}",
        "item": [kline_row(candle, name, ids.get(candle.open_time, [0])) for candle in candles],
        **instrument(symbol),
    }


def trade_ids(desk: Desk, symbol: str, length: int, candles: list[Kline]) -> dict[int, list[int]]:
    """Return the ids of the trades of each candle, by the time at which it opens."""
    ids: dict[int, list[int]] = {}
    start = candles[0].open_time if candles else None
    for trade in desk.exchange.trades(symbol, start=start, limit=None):
        ids.setdefault(trade.time - (trade.time - FIRST_MONDAY) % length, []).append(trade.trade_id)
    return ids


def kline_row(candle: Kline, name: str, ids: list[int]) -> Row:
    """Show a candle."""
    start = candle.open_time // 1000
    return {
        "endTime": start + 59,  # whatever the length of the candle, as in the sample of a week
        "amount": plain(candle.quote_volume),
        "interval": name,
        "startTime": start,
        "firstTradeId": ids[0],
        "lastTradeId": ids[-1],
        "volume": plain(candle.volume),
        "close": plain(candle.close),
        "open": plain(candle.open),
        "high": plain(candle.high),
        "low": plain(candle.low),
    }


def trades(desk: Desk, call: Call) -> object:
    """Show the latest trades, newest first; their order is not documented."""
    symbol = call.args["symbol"]
    rows = desk.exchange.trades(symbol, limit=call.args.get("size", DEFAULT_TRADES))
    return [trade_row(trade) for trade in reversed(rows)]


def trade_row(trade: Trade) -> Row:
    """Show a public trade."""
    return {
        "channel": f"{SYMBOL_IDS[trade.symbol]}@trade",
        "time": trade.time // 1000,
        "volume": plain(trade.quantity),
        "price": plain(trade.price),
        "tradeId": trade.trade_id,
        "takerSide": "SELL" if trade.buyer_is_maker else "BUY",
        "seq": trade.trade_id,
        "ts": trade.time,
        **instrument(trade.symbol),
    }


def prices(desk: Desk, call: Call) -> object:
    """Tell the last prices of the symbols asked for, or of all."""
    wanted = call.args["symbol"] or [rules.symbol for rules in desk.exchange.symbols()]
    last = {symbol: desk.exchange.last_price(symbol) for symbol in wanted}
    return [
        {"id": SYMBOL_IDS[symbol], "symbol": symbol, "price": plain(price or ZERO)} for symbol, price in last.items()
    ]


# Placing orders


def place_order(desk: Desk, call: Call) -> object:
    """Place an order; the answer does not repeat the client order id."""
    return {"ordId": _place(desk, call.args["symbol"], call.args).order_id}


def place_orders(desk: Desk, call: Call) -> object:
    """Place orders one by one; one that is refused says so in its row."""
    desk.exchange.rules(call.args["symbol"])
    return [_try_place(desk, call.args["symbol"], order) for order in call.args["orders"]]


def _try_place(desk: Desk, symbol: str, args: dict[str, Any]) -> Row:
    try:
        order = _place(desk, symbol, args)
    except Denied as denied:
        return _refused_row(args, desk.spec.error(denied.situation, denied.code))
    except Refused as refused:
        return _refused_row(args, desk.spec.error(refused.situation))
    return {"ordId": order.order_id, "clOrdId": order.client_order_id}


def _refused_row(args: dict[str, Any], row: ErrorRow) -> Row:
    return {"clOrdId": args.get("clOrdId"), "errno": row.code, "errMsg": row.message}


def _place(desk: Desk, symbol: str, args: dict[str, Any]) -> Order:
    new = _new_order(desk, symbol, args)
    if len(desk.exchange.open_orders(desk.user)) >= MOST_OPEN_ORDERS:
        raise Denied("above-maximum", f"there are {MOST_OPEN_ORDERS} open orders already")
    return desk.exchange.place(desk.user, new)


def _new_order(desk: Desk, symbol: str, args: dict[str, Any]) -> NewOrder:
    side, market = Side[args["side"]], args["ordType"] == "MARKET"
    limit_needs = ("ordPrice", "ordQty")
    needed = limit_needs if not market else ("ordAmt",) if side is Side.BUY else ("ordQty",)
    for name in needed:
        if name not in args:
            raise Denied("missing-parameter", f"a {args['ordType']} order to {side} needs {name}")
    if market and side is Side.BUY:
        _check_amount(desk.exchange.rules(symbol).quote, args["ordAmt"])
    return NewOrder(
        symbol,
        side,
        OrderType.MARKET if market else OrderType.LIMIT,
        price=args.get("ordPrice"),
        quantity=args.get("ordQty"),
        quote_amount=args.get("ordAmt"),
        time_in_force=TimeInForce[args.get("timeInForce", "GTC")],
        post_only=args["ordType"] == "POST_ONLY",
        client_order_id=args.get("clOrdId") or _made_up_client_order_id(desk),
    )


def _check_amount(quote: str, amount: Decimal) -> None:
    """Refuse the amount of a market order; how many decimals it may have is not documented."""
    decimals = CURRENCIES[quote].precision
    if remainder(amount, Decimal(1).scaleb(-decimals)):
        raise Denied("precision", f"an amount has at most {decimals} decimals, not {amount}", code=AMOUNT_PRECISION)
    if amount < SMALLEST_MARKET_AMOUNT:
        raise Denied("below-minimum", f"{SMALLEST_MARKET_AMOUNT} {quote} is the least for a market order")


def _made_up_client_order_id(desk: Desk) -> str:
    number = desk.memory["orders"] = desk.memory.get("orders", 0) + 1
    return _hash(f"client order id {number}", 16)


# Cancelling orders


def cancel_order(desk: Desk, call: Call) -> object:
    """Cancel an order; for one that was cancelled before, the answer leaves the client order id out."""
    order = desk.exchange.order(desk.user, call.args["ordId"], symbol=call.args["symbol"])
    if STATUSES[order.status] == "CANCELED":
        return {"state": "CANCELED", "ordId": order.order_id}
    order = desk.exchange.cancel(desk.user, order.order_id)
    return {"clientOrderId": order.client_order_id, "state": STATUSES[order.status], "ordId": order.order_id}


def cancel_orders(desk: Desk, call: Call) -> object:
    """Cancel orders by id; those that are not open are rejected."""
    ids: list[int] = call.args["orderIds"]
    done = _cancel_each(desk, call.args["symbol"], ids)
    return {
        "success": [order_id for order_id, ok in zip(ids, done, strict=True) if ok],
        "reject": [order_id for order_id, ok in zip(ids, done, strict=True) if not ok],
    }


def cancel_orders_by_client_id(desk: Desk, call: Call) -> object:
    """Cancel orders by client order id; how the venue names those that are not open is not known, so none does."""
    ids: list[str] = call.args["clientOrderIds"]
    done = _cancel_each(desk, call.args["symbol"], ids)
    return {"success": [client_id for client_id, ok in zip(ids, done, strict=True) if ok]}


def _cancel_each(desk: Desk, symbol: str, keys: list[int] | list[str]) -> list[bool]:
    desk.exchange.rules(symbol)
    return [isinstance(result, Order) for result in desk.exchange.cancel_many(desk.user, keys, symbol=symbol)]


# Looking at orders


def open_orders(desk: Desk, call: Call) -> object:
    """Show the open orders, of one symbol or of all."""
    return [_open_row(desk, order) for order in desk.exchange.open_orders(desk.user, symbol=call.args.get("symbol"))]


def _open_row(desk: Desk, order: Order) -> Row:
    return {
        **_common(desk, order),
        "ordId": str(order.order_id),
        # A bare number, with an exponent where it is small: 9.1E-10.
        "ordPrice": Raw(str(order.price).encode()),
        "ordQty": plain(order.quantity or ZERO),
        # These two are 0 in the sample of an order that waits with all of its quantity.
        "ordAmt": "0",
        "leavesQty": "0",
        "ordStatus": STATUSES[order.status],
    }


def open_orders_v2(desk: Desk, call: Call) -> object:
    """Show the open orders that fit every filter."""
    order_id, client_id = call.args.get("ordId"), call.args.get("clOrdId")
    return [
        _v2_row(desk, order)
        for order in desk.exchange.open_orders(desk.user, symbol=call.args.get("symbol"))
        if order_id in {None, order.order_id} and client_id in {None, order.client_order_id}
    ]


def _v2_row(desk: Desk, order: Order) -> Row:
    return {
        **_common(desk, order),
        "ordPrice": _optional(order.price),
        "ordQty": _optional(order.quantity),
        "leavesQty": _leaves(order),
        "avgPrice": _average(order),
        "ordStatus": STATUSES[order.status],
    }


def order(desk: Desk, call: Call) -> object:
    """Show an order by its id."""
    found = desk.exchange.order(desk.user, call.args["ordId"])
    amount = found.quote_amount
    if found.price is not None and found.quantity is not None:
        amount = multiply(found.price, found.quantity)
    row = {
        **_common(desk, found),
        "ordState": STATUSES[found.status],
        "ordPrice": _optional(found.price),
        "ordQty": _optional(found.quantity),
        "ordAmt": _optional(amount),
        "leavesQty": _leaves(found),
        "avgPrice": _average(found),
        "feeCurrency": found.fee_asset,
    }
    return {**row, "flags": "POST_ONLY"} if found.post_only else row


def order_v2(desk: Desk, call: Call) -> object:
    """Show an order by one of its ids: one object, though the document shows a list."""
    order_id, client_id = call.args.get("ordId"), call.args.get("clOrdId")
    key = client_id if order_id is None else order_id
    if key is None:
        raise Denied("missing-parameter", "ordId or clOrdId has to be sent")
    found = desk.exchange.order(desk.user, key)
    if client_id not in {None, found.client_order_id}:
        raise Denied("unknown-order", f"order {order_id} is not {client_id!r}")
    return {**_v2_row(desk, found), "orderUpdateTime": _update_time(desk, found)}


def _update_time(desk: Desk, order: Order) -> int:
    """Return the time of the last trade in seconds, or that of the order in milliseconds if it is the same or none."""
    fills = desk.exchange.fills(desk.user, symbol=order.symbol, order_id=order.order_id, limit=1)
    last = fills[0].time if fills else order.created_at
    return order.created_at if last == order.created_at else last // 1000


def _common(desk: Desk, order: Order) -> Row:
    """Return what all rows of orders say alike."""
    rules = desk.exchange.rules(order.symbol)
    return {
        "symbol": order.symbol,
        "baseCurrency": rules.base,
        "quoteCurrency": rules.quote,
        "timestamp": order.created_at,
        "side": order.side.name,
        "timeInForce": order.time_in_force.name,
        "accountId": ACCOUNT_ID,
        "cumAmt": plain(order.filled_quote),
        "cumQty": plain(order.filled),
        "ordId": order.order_id,
        "clOrdId": order.client_order_id,
        "ordType": "POST_ONLY" if order.post_only else order.type.name,
    }


def _leaves(order: Order) -> str:
    """Return what can still be filled, which of a closed order is nothing."""
    return plain(order.remaining if order.status.is_open else ZERO)


def _average(order: Order) -> str:
    return plain(order.average_price or ZERO)


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


# Fills


def fills(desk: Desk, call: Call) -> object:
    """Show a page of the account's trades of a symbol, newest first."""
    wanted_id, wanted_side = call.args.get("ordId"), call.args.get("side")
    rows = [
        (fill, filled)
        for fill, filled in _with_progress(desk.exchange.fills(desk.user, symbol=call.args["symbol"]))
        if wanted_id in {None, fill.order_id} and wanted_side in {None, _side_number(fill)}
    ]
    size = call.args["pageSize"]
    end = len(rows) - (call.args["pageNum"] - 1) * size
    return [_fill_row(desk, *row) for row in reversed(rows[max(end - size, 0) : max(end, 0)])]


def _with_progress(rows: list[Fill]) -> Iterator[tuple[Fill, Decimal]]:
    """Give each fill how much of its order was filled after it."""
    filled: dict[int, Decimal] = {}
    for row in rows:
        filled[row.order_id] = add(filled.get(row.order_id, ZERO), row.quantity)
        yield row, filled[row.order_id]


def _side_number(fill: Fill) -> int:
    return 1 if fill.side is Side.BUY else -1


def _fill_row(desk: Desk, fill: Fill, filled: Decimal) -> Row:
    found, rules = desk.exchange.order(desk.user, fill.order_id), desk.exchange.rules(fill.symbol)
    complete = found.status is OrderStatus.FILLED and filled == found.filled
    return {
        "id": 2 * fill.trade_id + fill.is_maker,
        "remainingQty": _eighteen(ZERO if found.quantity is None else subtract(found.quantity, filled)),
        "matchRole": 2 if fill.is_maker else 1,
        "feeCurrencyId": CURRENCIES[fill.fee_asset].number,
        "acturalFeeRate": _eighteen(MAKER_FEE if fill.is_maker else TAKER_FEE),
        "role": -1 if fill.is_maker else 1,
        "accountId": ACCOUNT_ID,
        "instrumentId": SYMBOL_IDS[fill.symbol],
        "baseCurrencyId": CURRENCIES[rules.base].number,
        "quoteCurrencyId": CURRENCIES[rules.quote].number,
        "execQty": _eighteen(fill.quantity),
        "orderState": 50 if complete else 12,
        "matchId": fill.trade_id,
        "orderId": fill.order_id,
        "side": _side_number(fill),
        "execAmt": _eighteen(fill.quote_quantity),
        "selfDealingQty": _eighteen(fill.quantity if fill.is_self_trade else ZERO),
        "tradeId": fill.trade_id,
        "fee": _eighteen(fill.fee),
        "matchTime": fill.time // 1000,
        "seq": None,
        # The rest is in no table of the document; real rows have it.
        "taxRate": None,
        "tradeScale": None,
        "baseCurrencyName": None,
        "orderType": None,
    }


def _eighteen(number: Decimal) -> Raw:
    """Write a bare number with 18 decimals as the venue does: zero is 0E-18."""
    return Raw(str(Decimal(fixed(number, 18))).encode())


# The account


def balances(desk: Desk, _: Call) -> object:
    """Show two rows for each currency, what is frozen and what is available."""
    return [
        {
            "uid": USER_ID,
            "accountId": ACCOUNT_ID,
            "currency": asset,
            "balance": plain(amount),
            "type": number,
            "typeName": name,
        }
        for asset, balance in desk.exchange.balances(desk.user).items()
        for number, name, amount in ((4, "FROZEN", balance.locked), (1, "AVAILABLE", balance.free))
    ]


# Deposits and withdrawals


def deposit_address(_: Desk, call: Call) -> object:
    """Show the account's address on a network; it is always the same."""
    of = _currency(call.args["currencyCode"])
    network = _network(of, call.args["chain"])
    return {
        "address": _made_up_address(network, f"deposits of {USER_ID}"),
        "tag": str(USER_ID) if network.needs_tag else "",
        "depositMin": Raw(fixed(network.fee, 8).encode()),
    }


def _made_up_address(network: Network, what: str) -> str:
    return network.address_start + _hash(f"{network.name} {what}", 20)


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()


def deposits(desk: Desk, call: Call) -> object:
    """Show a page of deposits, oldest first."""
    return _records(desk, call, MovementKind.DEPOSIT, "depositList", _deposit_row)


def withdrawals(desk: Desk, call: Call) -> object:
    """Show a page of withdrawals, oldest first."""
    return _records(desk, call, MovementKind.WITHDRAWAL, "withdrawList", _withdrawal_row)


def _records(desk: Desk, call: Call, kind: MovementKind, member: str, row: Any) -> Row:
    """Show records from an id on, with the filter that was asked for beside them."""
    external_id, label = call.args.get("externalId") or None, call.args.get("label") or None
    code = call.args.get("currencyCode")
    found = desk.exchange.movements(
        desk.user,
        kinds=[kind],
        asset=_currency(code).code if code else None,
        start=_instant(call.args.get("startDate"), "startDate", time.min),
        end=_instant(call.args.get("endDate"), "endDate", time.max),
    )
    # No record of this venue has an external id or a label.
    chosen = [m for m in found if m.movement_id >= call.args.get("fromId", 0) and external_id is None and label is None]
    return {member: [row(m) for m in chosen[: call.args["limit"]]], "externalId": external_id, "label": label}


_date = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})( [0-9]{2}:[0-9]{2}:[0-9]{2})?", re.ASCII).fullmatch


def _instant(text: str | None, name: str, time_of_day: time) -> int | None:
    """Read a local time or, with a time of day of ours, a date; the zone is not documented."""
    if not text:
        return None
    try:
        if not (match := _date(text)):
            raise ValueError
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Denied("bad-parameter", f"{name} is YYYY-MM-DD HH:MM:SS or YYYY-MM-DD, not {text!r}") from None
    if not match[2]:
        moment = datetime.combine(moment, time_of_day)
    return (moment.replace(tzinfo=ZONE) - EPOCH) // timedelta(milliseconds=1)


def _local(milliseconds: int) -> str:
    return f"{EPOCH.astimezone(ZONE) + timedelta(milliseconds=milliseconds):%Y-%m-%d %H:%M:%S}"


def _deposit_row(deposit: Movement) -> Row:
    transaction = _hash(f"deposit {deposit.movement_id}", 32)
    return {
        "id": deposit.movement_id,
        "symbol": deposit.asset.lower(),
        **_chain(deposit),
        "amount": plain(deposit.amount),
        "createdAt": _local(deposit.created_at),
        "status": 1,
        "explorer": f"1{transaction}",  # no URL in the sample either
        "txId": transaction,
        "internalType": 0,
        "lockAccount": False,
        "noDepositMsg": None,
    }


# The status of a withdrawal and, in no table, what the web site shows for it: the sample has 2 beside 5.
WITHDRAWAL_STATUSES = {
    MovementStatus.PENDING: (0, 1),
    MovementStatus.DONE: (5, 2),
    MovementStatus.CANCELED: (6, 3),
}


def _withdrawal_row(withdrawal: Movement) -> Row:
    status, shown = WITHDRAWAL_STATUSES[withdrawal.status]
    paid = withdrawal.status is MovementStatus.DONE
    return {
        "id": withdrawal.movement_id,
        "symbol": withdrawal.asset,
        "amount": plain(withdrawal.amount),
        "fee": plain(withdrawal.fee),
        "createdAt": _local(withdrawal.created_at),
        "status": status,
        "showStatus": shown,
        "explorer": "https://explorer.invalid/txinfo/",
        "txId": _hash(f"withdrawal {withdrawal.movement_id}", 32) if paid else None,
        "addressTo": withdrawal.address,
        "tag": withdrawal.memo,
        **_chain(withdrawal),
        "internalType": 0,
    }


def _chain(movement: Movement) -> Row:
    """Name the network of a movement; one that names none took the first of its currency."""
    known = CURRENCIES.get(movement.asset)
    for network in known.networks if known else ():
        if movement.network in {None, network.name}:
            return {"chainName": network.name, "chainProtocol": network.protocol}
    return {"chainName": movement.network, "chainProtocol": None}


def withdraw(desk: Desk, call: Call) -> object:
    """Lock an amount and the network's fee until the withdrawal is paid out or cancelled."""
    of, amount, tag = _currency(call.args["currencyCode"]), call.args["amount"], call.args.get("tag") or None
    network = _network(of, call.args["chainType"])
    if not call.args["address"]:
        raise Denied("missing-parameter", "address is empty")
    if network.needs_tag and tag is None:
        raise Denied("missing-parameter", f"{of.code} on {network.name} needs a tag")
    if remainder(amount, Decimal(1).scaleb(-of.precision)):
        raise Denied("precision", f"{of.code} has {of.precision} decimals")
    if amount < network.smallest:
        raise Denied("below-minimum", f"{network.smallest} {of.code} is the least on {network.name}")
    movement = desk.exchange.withdraw(
        desk.user,
        of.code,
        amount,
        fee=network.fee,
        address=call.args["address"],
        network=network.name,
        memo=tag,
    )
    return {"id": movement.movement_id}


def cancel_withdrawal(desk: Desk, call: Call) -> object:
    """Cancel a withdrawal that still waits."""
    movement = desk.exchange.cancel_movement(desk.user, call.args["withdrawId"], kind=MovementKind.WITHDRAWAL)
    return {"id": movement.movement_id}


# Transfers

SUB_ACCOUNT = "sub-account"
CONTRACT = "futures"
ACCOUNTS = {"1": SPOT, "2": CONTRACT}


def open_sub_account(desk: Desk) -> None:
    """Open the sub account, empty."""
    desk.exchange.open_account(SUB_ACCOUNT)


def transfer(desk: Desk, call: Call) -> object:
    """Move money between spot and contract account, of the same user or of parent and sub account."""
    asset, amount = _currency(call.args["currencyCode"]).code, call.args["amount"]
    if not amount:
        raise Denied("below-minimum", "amount is zero")
    giver, receiver = _parties(desk, call)
    source, target = ACCOUNTS[call.args["from"]], ACCOUNTS[call.args["to"]]
    if giver == receiver and source == target:
        raise Denied("bad-parameter", "from and to are the same account")
    # Only the first step can be refused: each of the others moves what the one before it has brought.
    if source != SPOT:
        desk.exchange.transfer(giver, asset, amount, source=source, target=SPOT)
    if giver != receiver:
        desk.exchange.internal_transfer(giver, receiver, asset, amount)
    if target != SPOT:
        desk.exchange.transfer(receiver, asset, amount, source=SPOT, target=target)
    return None


def _parties(desk: Desk, call: Call) -> tuple[str, str]:
    """Return who gives and who receives."""
    if call.args["type"] == "0":
        return desk.user, desk.user
    name = call.args.get("subAccount")
    if not name:
        raise Denied("missing-parameter", "the types 1 and 2 need subAccount")
    if name != SUB_ACCOUNT:
        raise Denied("bad-parameter", f"there is no sub account {name!r}; there is {SUB_ACCOUNT}")
    return (desk.user, SUB_ACCOUNT) if call.args["type"] == "1" else (SUB_ACCOUNT, desk.user)


FACE = Face(
    venue="coinstore",
    listings=LISTINGS,
    balances=BALANCES,
    verify=verify,
    maker_fee=MAKER_FEE,
    taker_fee=TAKER_FEE,
    first_id=1_780_715_084_580_129,
    prepare=open_sub_account,
    refuse=refuse,
    codes=TRANSFER_CODES,
    answers={
        "symbols": symbols,
        "currency": currency,
        "tickers": tickers,
        "orderBook": order_book,
        "klines": klines,
        "trades": trades,
        "prices": prices,
        "placeOrder": place_order,
        "placeOrders": place_orders,
        "cancelOrder": cancel_order,
        "cancelOrders": cancel_orders,
        "cancelOrdersByClientId": cancel_orders_by_client_id,
        "openOrders": open_orders,
        "openOrdersV2": open_orders_v2,
        "order": order,
        "orderV2": order_v2,
        "fills": fills,
        "balances": balances,
        "depositAddress": deposit_address,
        "deposits": deposits,
        "withdrawals": withdrawals,
        "withdraw": withdraw,
        "cancelWithdrawal": cancel_withdrawal,
        "transfer": transfer,
    },
)
