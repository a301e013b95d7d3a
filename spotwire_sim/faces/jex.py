"""JEX spot: bare answers, form bodies, limit orders only, parameters signed in the order of the documented tables.

https://github.com/JexApi/jex-official-api-docs; the facts behind each choice stand in `specs/jex/openapi.yaml`.
"""

import hmac
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from spotwire_sim.call import Call, Denied, Pairs
from spotwire_sim.checks import FORM
from spotwire_sim.digits import fixed, places, plain
from spotwire_sim.exchange import (
    DAY_MS,
    MINUTE_MS,
    Balance,
    Kline,
    Level,
    NewOrder,
    Order,
    OrderStatus,
    Side,
    SymbolRules,
    SymbolStatus,
    Ticker,
    Trade,
)
from spotwire_sim.faces import Desk, Face, Listing
from spotwire_sim.ledger import ZERO, multiply, ratio
from spotwire_sim.wire import decode_pairs, to_integer

Row = dict[str, object]

SECOND_MS = 1_000
HOUR_MS = 60 * MINUTE_MS
FIRST_MONDAY = 4 * DAY_MS  # 1970-01-05

LARGEST_PRICE = Decimal(100_000)
LARGEST_QUANTITY = Decimal(100_000_000)
MOST_OPEN_ORDERS = 200

LISTINGS = (
    Listing(
        rules=SymbolRules(
            symbol="BTCUSDT",
            base="BTC",
            quote="USDT",
            tick=Decimal("0.01"),
            lot=Decimal("0.0001"),
            min_quantity=Decimal("0.0001"),
            max_quantity=LARGEST_QUANTITY,
            max_price=LARGEST_PRICE,
        ),
        price=Decimal("54321.98"),
        step=Decimal("0.5"),
        quantity=Decimal("0.02"),
    ),
    Listing(
        rules=SymbolRules(
            symbol="DASHUSDT",
            base="DASH",
            quote="USDT",
            tick=Decimal("0.01"),
            lot=Decimal("0.0001"),
            min_quantity=Decimal(1),
            max_quantity=LARGEST_QUANTITY,
            max_price=LARGEST_PRICE,
        ),
        price=Decimal("81.23"),
        step=Decimal("0.02"),
        quantity=Decimal("12.5"),
    ),
    Listing(
        rules=SymbolRules(
            symbol="JEXBTC",
            base="JEX",
            quote="BTC",
            tick=Decimal("0.00000001"),
            lot=Decimal(1),
            min_quantity=Decimal(1),
            max_quantity=LARGEST_QUANTITY,
            max_price=LARGEST_PRICE,
        ),
        price=Decimal("0.00001464"),
        step=Decimal("0.00000001"),
        quantity=Decimal(2000),
    ),
    Listing(
        rules=SymbolRules(
            symbol="LTCBTC",
            base="LTC",
            quote="BTC",
            tick=Decimal("0.000001"),
            lot=Decimal("0.01"),
            min_quantity=Decimal("0.01"),
            max_quantity=LARGEST_QUANTITY,
            max_price=LARGEST_PRICE,
        ),
        price=Decimal("0.007215"),
        step=Decimal("0.000002"),
        quantity=Decimal(5),
    ),
    Listing(
        rules=SymbolRules(
            symbol="ETHBTC",
            base="ETH",
            quote="BTC",
            tick=Decimal("0.000001"),
            lot=Decimal("0.001"),
            min_quantity=Decimal("0.001"),
            max_quantity=LARGEST_QUANTITY,
            max_price=LARGEST_PRICE,
        ),
        price=Decimal("0.079466"),
        step=Decimal("0.00001"),
        quantity=Decimal(2),
    ),
)
BALANCES = {
    "USDT": Decimal(1_000_000),
    "BTC": Decimal(10),
    "DASH": Decimal(1_000),
    "ETH": Decimal(100),
    "JEX": Decimal(1_000_000),
    "LTC": Decimal(500),
}

# The second accounts of the exchange stand for those that JEX has for contracts and options.
CONTRACT_ACCOUNT = "futures"
OPTION_ACCOUNT = "funding"

# The other two markets are no part of the simulated exchange, only of the list of symbols: a contract has the name
# of a spot symbol, as it had at the venue. The rows are the documented ones, put right where they were wrong.
OPTIONS = (
    {
        "symbol": "BTCCALLM",
        "status": "TRADING",
        "baseAsset": "BTCCALLM",
        "baseAssetPrecision": 0,
        "quoteAsset": "USDT",
        "quotePrecision": 2,
        "orderTypes": ["LIMIT"],
        "icebergAllowed": False,
        "filters": [
            {"filterType": "PRICE_FILTER", "maxPrice": "100000"},
            {"filterType": "LOT_SIZE", "minQty": "1.00000000"},
        ],
    },
)
CONTRACTS = (
    {
        "symbol": "BTCUSDT",
        "status": "TRADING",
        "baseAsset": "btc",
        "baseAssetPrecision": 4,
        "quoteAsset": "usdt",
        "quotePrecision": 1,
        "orderTypes": ["LIMIT", "MARKET"],
        "icebergAllowed": False,
        "filters": [
            {
                "filterType": "PRICE_FILTER",
                "minPrice": "0.00000001000000000000",
                "maxPrice": "1000000.00000000000000000000",
            },
            {
                "filterType": "LOT_SIZE",
                "minQty": "0.00010000000000000000",
                "maxQty": "1000000.00000000000000000000",
            },
        ],
    },
)
RATE_LIMITS = (
    ("requestsWeight", "minute", 1, 1_200),
    ("orders", "second", 1, 10),
    ("orders", "day", 1, 100_000),
    ("rawRequests", "minute", 5, 5_000),
)

INTERVALS = {
    "1m": MINUTE_MS,
    "3m": 3 * MINUTE_MS,
    "5m": 5 * MINUTE_MS,
    "15m": 15 * MINUTE_MS,
    "30m": 30 * MINUTE_MS,
    "1h": HOUR_MS,
    "2h": 2 * HOUR_MS,
    "4h": 4 * HOUR_MS,
    "6h": 6 * HOUR_MS,
    "12h": 12 * HOUR_MS,
    "1d": DAY_MS,
    "3d": 3 * DAY_MS,
    "1w": 7 * DAY_MS,
}

# The venue has CANCLEFILLED too, "cancellation completed"; nobody recorded when.
STATUSES = {
    OrderStatus.NEW: "NEW",
    OrderStatus.PARTIALLY_FILLED: "PARTIALLY_FILLED",
    OrderStatus.FILLED: "FILLED",
    OrderStatus.CANCELED: "CANCELED",
    OrderStatus.PARTIALLY_CANCELED: "CANCELED",
}
OPEN = frozenset(status for status in OrderStatus if status.is_open)
CLOSED = frozenset(OrderStatus) - OPEN

# Signing

LARGEST_WINDOW = 60_000
DEFAULT_WINDOW = "5000"
AHEAD_MS = 1_000

# Every table of a signed operation names its parameters in this order, as far as it has them.
TABLE = (
    "symbol",
    "side",
    "type",
    "quantity",
    "price",
    "newOrderRespType",
    "orderId",
    "startTime",
    "endTime",
    "limit",
    "recvWindow",
    "timestamp",
    "signature",
)
POSITIONS = {name: position for position, name in enumerate(TABLE)}


def verify(desk: Desk, call: Call) -> None:
    """Check the key, and for signed operations content type, timestamp, order of the parameters and signature.

    The order of the checks is not documented. Among the causes of a bad signature the venue's list of errors names the
    wrong content type and the wrong order of parameters.
    """
    key = call.headers.get("x-jex-apikey", "")
    if not key:
        raise Denied("missing-key", "the header X-JEX-APIKEY is missing")
    if call.operation.security == "keyed":
        _check_key(desk, key)
        return
    body = b"" if call.method == "GET" else call.body
    pairs = merged(call.pairs, _form(call, body))
    given = dict(pairs)
    for name, situation in (("timestamp", "missing-parameter"), ("signature", "missing-signature")):
        if not given.get(name):
            raise Denied(situation, f"{name} is missing")
    _check_time(given, desk.clock())
    _check_key(desk, key)
    _check_order([name for name, _ in pairs])
    text, signature = split_signature(call.query, body)
    expected = sign(desk.api_secret, text)
    if not hmac.compare_digest(signature.lower(), expected):
        raise Denied("bad-signature", f"{expected.decode()} is the signature of {text.decode('latin-1')}")


def split_signature(query: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Return what is signed, query and body with nothing in between, and the signature at its end.

    A signature that is not the last parameter is none.
    """
    rest, _, last = (body or query).rpartition(b"&")
    name, _, value = last.partition(b"=")
    if name != b"signature":
        raise Denied("bad-signature", "signature is the last parameter, of the body if there is one")
    return (query + rest if body else rest), value


def sign(secret: str, text: bytes) -> bytes:
    """Return HMAC-SHA256 in lower-case hexadecimal digits."""
    return hmac.digest(secret.encode(), text, "sha256").hex().encode()


def merged(query: Pairs, form: Pairs) -> Pairs:
    """Join the parameters of both places; a name that stands in both is taken from the query."""
    names = {name for name, _ in query}
    return [*query, *((name, value) for name, value in form if name not in names)] if form else query


def _form(call: Call, body: bytes) -> Pairs:
    content_type = call.headers.get("content-type", "")
    if body and content_type.partition(";")[0].strip().lower() != FORM:
        raise Denied("bad-content-type", f"a body must be {FORM}, not {content_type!r}")
    return decode_pairs(body, plus_is_blank=True)


def _check_key(desk: Desk, key: str) -> None:
    if not hmac.compare_digest(key.encode(), desk.api_key.encode()):
        raise Denied("bad-key", f"the API key is not {desk.api_key}")


def _check_time(given: dict[str, str], now: int) -> None:
    timestamp = _milliseconds("timestamp", given["timestamp"])
    window = _milliseconds("recvWindow", given.get("recvWindow", DEFAULT_WINDOW))
    if window > LARGEST_WINDOW:
        raise Denied("window-too-large", f"recvWindow is at most {LARGEST_WINDOW}, not {window}")
    if not (timestamp < now + AHEAD_MS and now - timestamp <= window):
        raise Denied("clock", f"timestamp {timestamp} is {now - timestamp} ms old at {now}, recvWindow {window}")


def _milliseconds(name: str, text: str) -> int:
    try:
        return to_integer(text)
    except ValueError as error:
        raise Denied("bad-parameter", f"{name} is not {error}: {text!r}") from None


def _check_order(names: list[str]) -> None:
    """Refuse parameters in another order than the table's; unknown ones are left to the check of parameters."""
    positions = [POSITIONS[name] for name in names if name in POSITIONS]
    if positions != sorted(positions):
        right = [name for name in TABLE if name in names]
        raise Denied("bad-signature", f"parameters are sent in the order of the table: {', '.join(right)}")


def arrange(call: Call) -> None:
    """Move parameters to where the document has them: those of POST into the form, of DELETE into the query.

    What has a code of its own at this venue is turned down on the way.
    """
    form = [] if call.method == "GET" else decode_pairs(call.body, plus_is_blank=True)
    for place in (call.pairs, form):
        if len(dict(place)) < len(place):
            raise Denied("bad-parameter", "a parameter is sent twice", code="-1101")
    if call.method == "DELETE":
        call.pairs, call.body = merged(call.pairs, form), b""
    elif call.method == "POST":
        pairs = merged(call.pairs, form)
        _check_words(dict(pairs))
        if call.pairs:
            call.pairs, call.body = [], urlencode(pairs).encode()
            call.headers = {**call.headers, "content-type": FORM}


def _check_words(given: dict[str, str]) -> None:
    """Refuse an order of another kind or side than there is; empty words are missing parameters, found later."""
    kind, side = given.get("type"), given.get("side")
    if kind and kind != "LIMIT":
        raise Denied("unsupported-order-type", f"spot orders are LIMIT orders, not {kind!r}")
    if side and side not in Side.__members__:
        raise Denied("bad-parameter", f"side is BUY or SELL, not {side!r}", code="-1117")


# Market data


def ping(_: Desk, __: Call) -> object:
    """Answer."""
    return {}


def server_time(desk: Desk, _: Call) -> object:
    """Tell the time."""
    return {"serverTime": desk.clock()}


def exchange_info(desk: Desk, _: Call) -> object:
    """List limits and symbols; those of options and contracts are names only."""
    return {
        "timezone": "UTC",
        "serverTime": desk.clock(),
        "rateLimits": [
            {"rateLimitType": kind, "interval": interval, "intervalNum": number, "limit": limit}
            for kind, interval, number, limit in RATE_LIMITS
        ],
        "optionSymbols": OPTIONS,
        "contractSymbols": CONTRACTS,
        "spotSymbols": [_symbol_row(rules) for rules in desk.exchange.symbols()],
    }


def _symbol_row(rules: SymbolRules) -> Row:
    return {
        "symbol": rules.symbol,
        "status": "TRADING" if rules.status is SymbolStatus.TRADING else "BREAK",
        "baseAsset": rules.base,
        "baseAssetPrecision": places(rules.lot),
        "quoteAsset": rules.quote,
        "quotePrecision": places(rules.tick),
        "orderTypes": ["LIMIT"],
        "icebergAllowed": False,
        "filters": [
            {"filterType": "PRICE_FILTER", "maxPrice": plain(rules.max_price or LARGEST_PRICE)},
            {"filterType": "LOT_SIZE", "minQty": _padded(rules.min_quantity)},
        ],
    }


def order_book(desk: Desk, call: Call) -> object:
    """Show the best levels, without the documented lastUpdateId and empty lists that real answers lack."""
    book = desk.exchange.book(call.args["symbol"], call.args["limit"])
    return {"bids": [_level(level) for level in book.bids], "asks": [_level(level) for level in book.asks]}


def _level(level: Level) -> list[str]:
    return [_padded(level.price), _padded(level.quantity)]


def trades(desk: Desk, call: Call) -> object:
    """Show the latest trades, newest first."""
    rows = desk.exchange.trades(call.args["symbol"], limit=call.args["limit"])
    return [
        {"price": _padded(trade.price), "qty": _padded(trade.quantity), "time": trade.time} for trade in reversed(rows)
    ]


def historical_trades(desk: Desk, call: Call) -> object:
    """Show trades, newest first, from the one named fromId on to older ones."""
    rows = desk.exchange.trades(call.args["symbol"], limit=None)
    newest = call.args.get("fromId")
    if newest is not None:
        rows = [trade for trade in rows if trade.trade_id <= newest]
    return [_trade_row(trade) for trade in reversed(rows[-call.args["limit"] :])]


def _trade_row(trade: Trade) -> Row:
    return {
        "id": str(trade.trade_id),
        "price": _padded(trade.price),
        "qty": plain(trade.quantity),
        "time": trade.time,
        "buyerMaker": trade.buyer_is_maker,
    }


def klines(desk: Desk, call: Call) -> object:
    """Show candles; weeks begin on Mondays."""
    name = call.args["interval"]
    start, end = _window(call)
    candles = desk.exchange.klines(
        call.args["symbol"],
        INTERVALS[name],
        start=start,
        end=end,
        limit=call.args["limit"],
        origin=FIRST_MONDAY if name == "1w" else 0,
    )
    return [_kline_row(candle) for candle in candles]


def _window(call: Call) -> tuple[int | None, int | None]:
    start, end = call.args.get("startTime"), call.args.get("endTime")
    if start is not None and end is not None and end < start:
        raise Denied("window-too-large", f"endTime {end} is before startTime {start}", code="-1127")
    return start, end


def _kline_row(candle: Kline) -> list[object]:
    return [
        candle.open_time,
        *map(_padded, (candle.open, candle.high, candle.low, candle.close, candle.volume)),
        candle.close_time,
        _padded(candle.quote_volume),
        candle.trades,
        _padded(candle.taker_buy_volume),
        _padded(candle.taker_buy_quote_volume),
        "0",
    ]


def avg_price(desk: Desk, call: Call) -> object:
    """Average the trades of the last five minutes."""
    return {"mins": 5, "price": _padded(desk.exchange.average_price(call.args["symbol"], minutes=5) or ZERO)}


def ticker_24h(desk: Desk, call: Call) -> object:
    """Sum up a day, for one symbol or for all."""
    return _one_or_all(desk, call, _ticker_row)


def price(desk: Desk, call: Call) -> object:
    """Tell the last price, of one symbol or of all."""
    return _one_or_all(desk, call, _price_row)


def book_ticker(desk: Desk, call: Call) -> object:
    """Show the best bid and ask, of one symbol or of all."""
    return _one_or_all(desk, call, _book_row)


def _one_or_all(desk: Desk, call: Call, row: Callable[[Desk, Ticker], Row]) -> object:
    if "symbol" in call.args:
        return row(desk, desk.exchange.ticker(call.args["symbol"]))
    return [row(desk, desk.exchange.ticker(rules.symbol)) for rules in desk.exchange.symbols()]


def _ticker_row(desk: Desk, ticker: Ticker) -> Row:
    day, now = ticker.day, desk.clock()
    percent = multiply(day.change_ratio, Decimal(100)) if day else ZERO
    average = ratio(day.quote_volume, day.volume) if day and day.volume else ZERO
    return {
        "symbol": ticker.symbol,
        "priceChange": _padded(day.change if day else ZERO),
        # Cut to two places and padded to four, as real answers had it.
        "priceChangePercent": fixed(percent, 2) + "00",
        "weightedAvgPrice": plain(round(average, places(desk.exchange.rules(ticker.symbol).tick))),
        "lastPrice": _padded(day.close if day else ZERO),
        **_best(ticker),
        "openPrice": _padded(day.open if day else ZERO),
        "highPrice": _padded(day.high if day else ZERO),
        "lowPrice": _padded(day.low if day else ZERO),
        "volume": _padded(day.volume if day else ZERO),
        "quoteVolume": _padded(day.quote_volume if day else ZERO),
        # Not the window: both are about now, and the opening is often the later one.
        "openTime": now,
        "closeTime": now - 1,
    }


def _price_row(_: Desk, ticker: Ticker) -> Row:
    return {"symbol": ticker.symbol, "price": _padded(ticker.day.close if ticker.day else ZERO)}


def _book_row(_: Desk, ticker: Ticker) -> Row:
    return {"symbol": ticker.symbol, **_best(ticker)}


def _best(ticker: Ticker) -> Row:
    bid, ask = ticker.best_bid, ticker.best_ask
    return {
        "bidPrice": _padded(bid.price if bid else ZERO),
        "bidQty": _padded(bid.quantity if bid else ZERO),
        "askPrice": _padded(ask.price if ask else ZERO),
        "askQty": _padded(ask.quantity if ask else ZERO),
    }


# Orders


def test_order(desk: Desk, call: Call) -> object:
    """Check an order and place nothing."""
    desk.exchange.validate(desk.user, _new_order(call.args))
    return {}


def place_order(desk: Desk, call: Call) -> object:
    """Place an order; the answer shows it only on request."""
    if len(desk.exchange.open_orders(desk.user)) >= MOST_OPEN_ORDERS:
        raise Denied("above-maximum", f"an account may have {MOST_OPEN_ORDERS} open orders", code="-2019")
    order = desk.exchange.place(desk.user, _new_order(call.args))
    return _receipt(desk, order) if call.args["newOrderRespType"] == "RESULT" else _acknowledgement(desk, order)


def _new_order(args: dict[str, Any]) -> NewOrder:
    if not (args["price"] and args["quantity"]):
        raise Denied("below-minimum", "price times quantity is zero")
    return NewOrder(args["symbol"], Side[args["side"]], price=args["price"], quantity=args["quantity"])


def cancel_order(desk: Desk, call: Call) -> object:
    """Cancel an order."""
    return _receipt(desk, desk.exchange.cancel(desk.user, call.args["orderId"], symbol=call.args["symbol"]))


def _acknowledgement(desk: Desk, order: Order) -> Row:
    return {"symbol": order.symbol, "orderId": order.order_id, "transactTime": desk.exchange.now()}


def _receipt(desk: Desk, order: Order) -> Row:
    """Write an order as POST and DELETE do: the id a number, quantities not padded."""
    return {
        **_acknowledgement(desk, order),
        "price": _padded(order.price or ZERO),
        "origQty": plain(order.quantity or ZERO),
        "executedQty": plain(order.filled),
        "cummulativeQuoteQty": _padded(order.filled_quote),
        **_kind(order),
    }


def order(desk: Desk, call: Call) -> object:
    """Show an order, whatever has become of it."""
    return _order_row(desk.exchange.order(desk.user, call.args["orderId"], symbol=call.args["symbol"]))


def open_orders(desk: Desk, call: Call) -> object:
    """Show the open orders of a symbol, oldest first."""
    return _orders(desk, call, OPEN)


def order_history(desk: Desk, call: Call) -> object:
    """Show the orders of a symbol that are not open any more, oldest first."""
    return _orders(desk, call, CLOSED)


def _orders(desk: Desk, call: Call, statuses: Iterable[OrderStatus]) -> list[Row]:
    """Find orders by their times as they are shown, in whole seconds."""
    start, end = _window(call)
    rows = desk.exchange.orders(
        desk.user,
        symbol=call.args["symbol"],
        statuses=statuses,
        start=None if start is None else _whole_second(start + SECOND_MS - 1),
        end=None if end is None else _whole_second(end) + SECOND_MS - 1,
        after_id=call.args.get("orderId"),
        limit=call.args["limit"],
    )
    return [_order_row(row) for row in rows]


def _order_row(order: Order) -> Row:
    """Write an order as GET does: the id as text, quantities padded, times in whole seconds."""
    return {
        "symbol": order.symbol,
        "orderId": str(order.order_id),
        "price": _padded(order.price or ZERO),
        "origQty": _padded(order.quantity or ZERO),
        "executedQty": _padded(order.filled),
        "cummulativeQuoteQty": _padded(order.filled_quote),
        **_kind(order),
        "time": _whole_second(order.created_at),
        "updateTime": _whole_second(order.updated_at),
        "working": True,
    }


def _kind(order: Order) -> Row:
    return {"status": STATUSES[order.status], "timeInForce": "GTC", "type": "LIMIT", "side": order.side.name}


def _whole_second(time: int) -> int:
    return time - time % SECOND_MS


def _padded(amount: Decimal) -> str:
    return fixed(amount, 8)


# The account


def account(desk: Desk, _: Call) -> object:
    """Show the balances of the three accounts; those of contracts are in lower case."""
    exchange, user = desk.exchange, desk.user
    orders = [row.updated_at for row in exchange.orders(user)]
    movements = [row.updated_at for row in exchange.movements(user)]
    contracts = exchange.balances(user, account=CONTRACT_ACCOUNT)
    return {
        "updateTime": max(orders + movements),
        "contractBalances": [_balance_row(asset.lower(), held, spot=False) for asset, held in contracts.items()],
        "optionBalances": [
            _balance_row(asset, held, spot=False)
            for asset, held in exchange.balances(user, account=OPTION_ACCOUNT).items()
        ],
        "spotBalances": [_balance_row(asset, held, spot=True) for asset, held in exchange.balances(user).items()],
    }


def _balance_row(asset: str, balance: Balance, *, spot: bool) -> Row:
    return {
        "asset": asset,
        "canDeposit": spot,
        "canTrade": True,
        "canWithdraw": spot,
        "free": plain(balance.free),
        "locked": plain(balance.locked),
    }


def prepare(desk: Desk) -> None:
    """Put something into the accounts of contracts and options."""
    desk.exchange.deposit(desk.user, "USDT", Decimal("8144.0412"), account=CONTRACT_ACCOUNT)
    desk.exchange.deposit(desk.user, "BTCCALLM", Decimal(3), account=OPTION_ACCOUNT)


FACE = Face(
    venue="jex",
    listings=LISTINGS,
    balances=BALANCES,
    verify=verify,
    arrange=arrange,
    prepare=prepare,
    codes={("placeOrder", "rate-limit"): "-1015", ("cancelOrder", "rate-limit"): "-1015"},
    answers={
        "ping": ping,
        "serverTime": server_time,
        "exchangeInfo": exchange_info,
        "orderBook": order_book,
        "trades": trades,
        "historicalTrades": historical_trades,
        "klines": klines,
        "avgPrice": avg_price,
        "ticker24h": ticker_24h,
        "price": price,
        "bookTicker": book_ticker,
        "testOrder": test_order,
        "placeOrder": place_order,
        "order": order,
        "cancelOrder": cancel_order,
        "openOrders": open_orders,
        "orderHistory": order_history,
        "account": account,
    },
)
