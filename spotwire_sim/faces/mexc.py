"""MEXC spot v3: bare answers, order ids as text, everything signed in the query.

https://www.mexc.com/api-docs/spot-v3/introduction; the facts behind each choice stand in `specs/mexc/openapi.yaml`.
"""

import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from spotwire_sim.call import Call, Denied
from spotwire_sim.digits import places, plain
from spotwire_sim.exchange import (
    DAY_MS,
    MINUTE_MS,
    Fill,
    Kline,
    Level,
    NewOrder,
    Order,
    OrderKey,
    OrderStatus,
    OrderType,
    Side,
    SymbolRules,
    SymbolStatus,
    Ticker,
    TimeInForce,
    Trade,
)
from spotwire_sim.faces import Desk, Face, Listing
from spotwire_sim.ledger import ZERO, add
from spotwire_sim.wire import to_integer

Row = dict[str, object]

WEEK_MS = 7 * DAY_MS
MONTH_MS = 30 * DAY_MS
FIRST_MONDAY = 4 * DAY_MS  # 1970-01-05

MAKER_FEE = Decimal(0)
TAKER_FEE = Decimal("0.0005")

LISTINGS = (
    Listing(
        rules=SymbolRules(
            symbol="BTCUSDT",
            base="BTC",
            quote="USDT",
            tick=Decimal("0.01"),
            lot=Decimal("0.000001"),
            min_quantity=Decimal("0.000001"),
            max_quantity=Decimal(10_000),
            min_notional=Decimal("0.5"),
            max_price=Decimal(10_000_000),
        ),
        price=Decimal("46263.71"),
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
            min_quantity=Decimal("0.00001"),
            max_quantity=Decimal(100_000),
            min_notional=Decimal("0.5"),
            max_price=Decimal(1_000_000),
        ),
        price=Decimal("3180.25"),
        step=Decimal("0.1"),
        quantity=Decimal("0.4"),
    ),
    Listing(
        rules=SymbolRules(
            symbol="MXUSDT",
            base="MX",
            quote="USDT",
            tick=Decimal("0.0001"),
            lot=Decimal("0.01"),
            min_quantity=Decimal("0.01"),
            max_quantity=Decimal(10_000_000),
            min_notional=Decimal("0.5"),
            max_price=Decimal(10_000),
        ),
        price=Decimal("2.8542"),
        step=Decimal("0.0005"),
        quantity=Decimal(120),
    ),
)
BALANCES = {
    "USDT": Decimal(1_000_000),
    "BTC": Decimal(10),
    "ETH": Decimal(100),
    "MX": Decimal(100_000),
}

# The wire's order types: type, time in force and whether the order may only make.
ORDER_TYPES = {
    "LIMIT": (OrderType.LIMIT, TimeInForce.GTC, False),
    "LIMIT_MAKER": (OrderType.LIMIT, TimeInForce.GTC, True),
    "MARKET": (OrderType.MARKET, TimeInForce.IOC, False),
    "IMMEDIATE_OR_CANCEL": (OrderType.LIMIT, TimeInForce.IOC, False),
    "FILL_OR_KILL": (OrderType.LIMIT, TimeInForce.FOK, False),
}
WIRE_TYPES = {kind: name for name, kind in ORDER_TYPES.items()}

INTERVALS = {
    "1m": MINUTE_MS,
    "5m": 5 * MINUTE_MS,
    "15m": 15 * MINUTE_MS,
    "30m": 30 * MINUTE_MS,
    "60m": 60 * MINUTE_MS,
    "4h": 240 * MINUTE_MS,
    "1d": DAY_MS,
    "1W": WEEK_MS,
}

# Signing

LARGEST_WINDOW = 60_000
DEFAULT_WINDOW = "5000"
AHEAD_MS = 1_000

_lower_case_escape = re.compile(rb"%[0-9A-F]?[a-f]").search


def verify(desk: Desk, call: Call) -> None:
    """Check content type, key, timestamp and signature.

    The order of the checks is not documented; the content type is known to come before everything else
    (mexc-api-sdk issue 68), and a request that is too old is refused whatever its signature.
    """
    _check_content_type(call)
    key = call.headers.get("x-mexc-apikey", "")
    if not key:
        raise Denied("missing-key", "the header X-MEXC-APIKEY is missing")
    text, signature = split_signature(call.query)
    if not signature:
        raise Denied("missing-signature", "the query has no parameter signature")
    _check_time(dict(call.pairs), desk.clock())
    if not hmac.compare_digest(key.encode(), desk.api_key.encode()):
        raise Denied("bad-key", f"the API key is not {desk.api_key}")
    if _lower_case_escape(call.query):
        raise Denied("bad-signature", "percent escapes are signed and sent with upper-case digits")
    expected = sign(desk.api_secret, text + call.body)
    if not hmac.compare_digest(signature, expected):
        signed = (text + call.body).decode("latin-1")
        raise Denied("bad-signature", f"{expected.decode()} is the signature of {signed}")


def split_signature(query: bytes) -> tuple[bytes, bytes]:
    """Return the query as it came without the parameter signature, wherever that stood, and its value."""
    text, found, signature = query.rpartition(b"&signature=")
    if found and b"&" not in signature and b"signature=" not in text:
        return text, signature
    pieces = query.split(b"&")
    signatures = [piece for piece in pieces if piece.startswith(b"signature=")]
    text = b"&".join([piece for piece in pieces if not piece.startswith(b"signature=")])
    return text, signatures[0].removeprefix(b"signature=") if signatures else b""


def sign(secret: str, text: bytes) -> bytes:
    """Return HMAC-SHA256 in lower-case hexadecimal digits."""
    return hmac.digest(secret.encode(), text, "sha256").hex().encode()


def _check_content_type(call: Call) -> None:
    """Refuse what is not JSON: always with POST, and with other methods if they name another type."""
    given = call.headers.get("content-type")
    if call.method == "GET" or (call.method != "POST" and given is None):
        return
    if given is None or given.partition(";")[0].strip().lower() != "application/json":
        raise Denied("bad-content-type", f"Content-Type must be application/json, not {given!r}")


def _check_time(given: dict[str, str], now: int) -> None:
    if not given.get("timestamp"):
        raise Denied("missing-parameter", "the query has no parameter timestamp")
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


# Market data


def server_time(desk: Desk, _: Call) -> object:
    """Tell the time."""
    return {"serverTime": desk.clock()}


def exchange_info(desk: Desk, call: Call) -> object:
    """List the rules of all symbols, or of those asked for."""
    wanted = call.args.get("symbols", [])
    if "symbol" in call.args:
        wanted = [call.args["symbol"], *wanted]
    rules = [desk.exchange.rules(symbol) for symbol in wanted] if wanted else desk.exchange.symbols()
    return {
        "timezone": "CST",
        "serverTime": desk.clock(),
        "rateLimits": [],
        "exchangeFilters": [],
        "symbols": [_symbol_row(each) for each in rules],
    }


def _symbol_row(rules: SymbolRules) -> Row:
    trading = rules.status is SymbolStatus.TRADING
    least = plain(rules.min_notional)
    return {
        "symbol": rules.symbol,
        "status": "1" if trading else "2",
        "baseAsset": rules.base,
        "baseAssetPrecision": places(rules.lot),
        "quoteAsset": rules.quote,
        "quotePrecision": places(rules.tick),
        "quoteAssetPrecision": places(rules.tick),
        "baseCommissionPrecision": places(rules.lot),
        "quoteCommissionPrecision": places(rules.tick),
        "orderTypes": list(ORDER_TYPES),
        "quoteOrderQtyMarketAllowed": True,
        "isSpotTradingAllowed": trading,
        "isMarginTradingAllowed": False,
        "permissions": ["SPOT"],
        "filters": [],
        "quoteAmountPrecision": least,
        "baseSizePrecision": plain(rules.min_quantity),
        "maxQuoteAmount": None,
        "makerCommission": plain(MAKER_FEE),
        "takerCommission": plain(TAKER_FEE),
        "quoteAmountPrecisionMarket": least,
        "maxQuoteAmountMarket": None,
        "fullName": rules.base,
        "tradeSideType": "1",
        "contractAddress": "",
        "conceptPlateIds": [],
        "firstOpenTime": None,
        "st": False,
    }


def order_book(desk: Desk, call: Call) -> object:
    """Show the best levels."""
    book = desk.exchange.book(call.args["symbol"], call.args["limit"])
    return {
        "lastUpdateId": book.version,
        "bids": [_level(level) for level in book.bids],
        "asks": [_level(level) for level in book.asks],
        "timestamp": book.time,
    }


def _level(level: Level) -> list[str]:
    return [plain(level.price), plain(level.quantity)]


def trades(desk: Desk, call: Call) -> object:
    """Show the latest trades, oldest first; ids are null as they are at the venue, and fromId means nothing."""
    rows = desk.exchange.trades(call.args["symbol"], limit=call.args["limit"])
    return [_trade_row(trade) for trade in rows]


def _trade_row(trade: Trade) -> Row:
    return {
        "id": None,
        "price": plain(trade.price),
        "qty": plain(trade.quantity),
        "quoteQty": plain(trade.quote_quantity),
        "time": trade.time,
        "isBuyerMaker": trade.buyer_is_maker,
        "isBestMatch": True,
        "tradeType": "ASK" if trade.buyer_is_maker else "BID",
    }


def agg_trades(desk: Desk, call: Call) -> object:
    """Show the latest trades, those of one price, time and side as one."""
    start, end = _both_ends(call)
    rows = desk.exchange.aggregated_trades(call.args["symbol"], start=start, end=end, limit=call.args["limit"])
    return [
        {
            "a": None,
            "f": None,
            "l": None,
            "p": plain(row.price),
            "q": plain(row.quantity),
            "T": row.time,
            "m": row.buyer_is_maker,
            "M": True,
        }
        for row in rows
    ]


def _both_ends(call: Call) -> tuple[int | None, int | None]:
    """Return startTime and endTime where both are given; a lone one is ignored by the venue."""
    start, end = call.args.get("startTime"), call.args.get("endTime")
    return (None, None) if start is None or end is None else (start, end)


def klines(desk: Desk, call: Call) -> object:
    """Show candles; each closes a whole interval after it opens."""
    symbol, name, limit = call.args["symbol"], call.args["interval"], call.args["limit"]
    start, end = _both_ends(call)
    if name == "1M":
        return _monthly(desk, symbol, start, end, limit)
    interval = INTERVALS[name]
    origin = FIRST_MONDAY if name == "1W" else 0
    candles = desk.exchange.klines(symbol, interval, start=start, end=end, limit=limit, origin=origin)
    return [_kline_row(candle, candle.open_time + interval) for candle in candles]


def _monthly(desk: Desk, symbol: str, start: int | None, end: int | None, limit: int) -> list[object]:
    """Make candles of calendar months out of those of days."""
    days = desk.exchange.klines(symbol, DAY_MS, start=0, limit=1_000_000)
    months = [list(group) for _, group in groupby(days, key=lambda day: _month_start(day.open_time))]
    rows = [(_month_start(month[0].open_time), month) for month in months]
    chosen = [(opened, month) for opened, month in rows if (start or 0) <= opened and (end is None or opened <= end)]
    chosen = chosen[-limit:] if start is None else chosen[:limit]
    return [_month_row(opened, month) for opened, month in chosen]


def _month_start(time: int) -> int:
    day = datetime.fromtimestamp(time // 1000, UTC)
    return int(day.replace(day=1, hour=0, minute=0, second=0).timestamp()) * 1000


def _month_row(opened: int, days: list[Kline]) -> list[object]:
    after = _month_start(opened + 31 * DAY_MS)
    volume, quote_volume = _sum(day.volume for day in days), _sum(day.quote_volume for day in days)
    high, low = max(day.high for day in days), min(day.low for day in days)
    amounts = (days[0].open, high, low, days[-1].close, volume)
    return [opened, *map(plain, amounts), after, plain(quote_volume)]


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    result = ZERO
    for amount in amounts:
        result = add(result, amount)
    return result


def _kline_row(candle: Kline, close_time: int) -> list[object]:
    amounts = (candle.open, candle.high, candle.low, candle.close, candle.volume)
    return [candle.open_time, *map(plain, amounts), close_time, plain(candle.quote_volume)]


def avg_price(desk: Desk, call: Call) -> object:
    """Average the trades of the last five minutes."""
    average = desk.exchange.average_price(call.args["symbol"], minutes=5) or ZERO
    return {"mins": 5, "price": plain(round(average, 8))}


def ticker_24h(desk: Desk, call: Call) -> object:
    """Sum up a day, for one symbol or for all."""
    return _one_or_all(desk, call, _ticker_row)


def price(desk: Desk, call: Call) -> object:
    """Tell the last price, of one symbol or of all."""
    return _one_or_all(desk, call, _price_row)


def book_ticker(desk: Desk, call: Call) -> object:
    """Show the best bid and ask, of one symbol or of all."""
    return _one_or_all(desk, call, _book_row)


def _one_or_all(desk: Desk, call: Call, row: Any) -> object:
    if "symbol" in call.args:
        return row(desk, desk.exchange.ticker(call.args["symbol"]))
    return [row(desk, desk.exchange.ticker(rules.symbol)) for rules in desk.exchange.symbols()]


def _ticker_row(desk: Desk, ticker: Ticker) -> Row:
    now, day = desk.clock(), ticker.day
    amounts = (day.change, day.change_ratio, day.open, day.high, day.low, day.close) if day else (ZERO,) * 6
    change, ratio, opened, high, low, last = amounts
    return {
        "symbol": ticker.symbol,
        "priceChange": plain(change),
        "priceChangePercent": plain(round(ratio, 8)),
        "prevClosePrice": plain(opened),
        "lastPrice": plain(last),
        **_best(ticker),
        "openPrice": plain(opened),
        "highPrice": plain(high),
        "lowPrice": plain(low),
        "volume": plain(day.volume if day else ZERO),
        "quoteVolume": plain(day.quote_volume if day else ZERO),
        # Only seconds apart at the venue, though the figures are those of 24 hours.
        "openTime": now - now % MINUTE_MS,
        "closeTime": now,
        "count": None,
    }


def _price_row(_: Desk, ticker: Ticker) -> Row:
    return {"symbol": ticker.symbol, "price": plain(ticker.day.close if ticker.day else ZERO)}


def _book_row(_: Desk, ticker: Ticker) -> Row:
    return {"symbol": ticker.symbol, **_best(ticker)}


def _best(ticker: Ticker) -> dict[str, str | None]:
    bid, ask = ticker.best_bid, ticker.best_ask
    return {
        "bidPrice": plain(bid.price) if bid else None,
        "bidQty": plain(bid.quantity) if bid else None,
        "askPrice": plain(ask.price) if ask else None,
        "askQty": plain(ask.quantity) if ask else None,
    }


# Orders


def test_order(desk: Desk, call: Call) -> object:
    """Check an order and place nothing."""
    desk.exchange.validate(desk.user, _new_order(call.args))
    return {}


def place_order(desk: Desk, call: Call) -> object:
    """Place an order; the answer does not repeat the client order id."""
    order = desk.exchange.place(desk.user, _new_order(call.args))
    return {
        "symbol": order.symbol,
        "orderId": _wire_id(order.order_id),
        "orderListId": -1,
        "price": _optional(order.price),
        "origQty": _optional(order.quantity),
        "type": _wire_type(order),
        "side": order.side.name,
        "transactTime": order.created_at,
    }


def _new_order(args: dict[str, Any]) -> NewOrder:
    kind, time_in_force, post_only = ORDER_TYPES[args["type"]]
    side, amount = Side[args["side"]], args.get("quoteOrderQty")
    needed = ("quantity", "price") if kind is OrderType.LIMIT else ("quantity",) if amount is None else ()
    for name in needed:
        if name not in args:
            raise Denied("missing-parameter", f"a {args['type']} order needs {name}")
    if kind is OrderType.MARKET and amount is not None and side is Side.SELL:
        raise Denied("bad-parameter", "quoteOrderQty is for market orders that buy")
    return NewOrder(
        args["symbol"],
        side,
        kind,
        price=args.get("price"),
        quantity=args.get("quantity"),
        quote_amount=amount,
        time_in_force=time_in_force,
        post_only=post_only,
        client_order_id=args.get("newClientOrderId"),
    )


def cancel_order(desk: Desk, call: Call) -> object:
    """Cancel an order by one of its ids."""
    order = desk.exchange.cancel(desk.user, _key(call.args), symbol=call.args["symbol"])
    return _cancelled_row(order, call.args.get("newClientOrderId"))


def cancel_all_orders(desk: Desk, call: Call) -> object:
    """Cancel every open order of a symbol."""
    return [_cancelled_row(order, None) for order in desk.exchange.cancel_all(desk.user, symbol=call.args["symbol"])]


def _cancelled_row(order: Order, cancellation: str | None) -> Row:
    return {
        "symbol": order.symbol,
        "origClientOrderId": order.client_order_id,
        "orderId": _wire_id(order.order_id),
        "orderListId": -1,
        "clientOrderId": cancellation,
        "price": plain(order.price or ZERO),
        "origQty": plain(order.quantity or ZERO),
        "executedQty": plain(order.filled),
        "cummulativeQuoteQty": plain(order.filled_quote),
        "status": order.status.name,
        "timeInForce": None,
        "type": _wire_type(order),
        "side": order.side.name,
    }


def order(desk: Desk, call: Call) -> object:
    """Show an order of the last seven days."""
    found = desk.exchange.order(desk.user, _key(call.args), symbol=call.args["symbol"])
    if found.created_at < desk.exchange.now() - WEEK_MS:
        raise Denied("unknown-order", "orders are found for seven days")
    return _order_row(found)


def open_orders(desk: Desk, call: Call) -> object:
    """Show the open orders of up to five symbols, a thousand at most."""
    symbols = call.args["symbol"].split(",")
    if len(symbols) > 5 or len(set(symbols)) < len(symbols):
        raise Denied("bad-parameter", "symbol is up to five different symbols, separated by commas")
    found = [order for symbol in symbols for order in desk.exchange.open_orders(desk.user, symbol=symbol)]
    return [_order_row(order) for order in found[:1000]]


def order_history(desk: Desk, call: Call) -> object:
    """Show orders of the last day, or of a window of a week at most; orderId means nothing any more."""
    end = call.args.get("endTime", desk.exchange.now())
    start = call.args.get("startTime", end - DAY_MS)
    if not 0 <= end - start <= WEEK_MS:
        raise Denied("bad-parameter", "a window spans up to seven days")
    rows = desk.exchange.orders(desk.user, symbol=call.args["symbol"], start=start, end=end, limit=call.args["limit"])
    return [_order_row(row) for row in rows]


def _order_row(order: Order) -> Row:
    return {
        "symbol": order.symbol,
        "origClientOrderId": order.client_order_id,
        "orderId": _wire_id(order.order_id),
        "orderListId": -1,
        "clientOrderId": order.client_order_id,
        "price": _optional(order.price),
        "origQty": _optional(order.quantity),
        "executedQty": plain(order.filled),
        "cummulativeQuoteQty": plain(order.filled_quote),
        "status": order.status.name,
        "timeInForce": None,
        "type": _wire_type(order),
        "side": order.side.name,
        "stopPrice": None,
        "icebergQty": None,
        "time": order.created_at,
        "updateTime": None if order.status is OrderStatus.NEW else order.updated_at,
        "isWorking": order.status.is_open,
        "origQuoteOrderQty": _optional(order.quote_amount),
    }


def _key(args: dict[str, Any]) -> OrderKey:
    """Return the order id, or else the client order id."""
    if "orderId" in args:
        return _order_id(args["orderId"])
    if "origClientOrderId" in args:
        return str(args["origClientOrderId"])
    raise Denied("missing-parameter", "orderId or origClientOrderId has to be sent")


# Order ids are text at the venue. This one of its three forms is the one that no client can take for a number.
_wire_id_form = re.compile(r"C02__([0-9]{21})", re.ASCII).fullmatch


def _wire_id(order_id: int) -> str:
    return f"C02__{order_id:021d}"


def _order_id(text: str) -> int:
    """Return the exchange's id; one that never exists for text that is no order id of this venue."""
    match = _wire_id_form(text)
    return int(match[1]) if match else 0


def _wire_type(order: Order) -> str:
    return WIRE_TYPES[order.type, order.time_in_force, order.post_only]


def _optional(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


# The account


def account(desk: Desk, _: Call) -> object:
    """Show permissions and balances; commissions and the time of the last change are null as they are at the venue."""
    return {
        "makerCommission": None,
        "takerCommission": None,
        "buyerCommission": None,
        "sellerCommission": None,
        "canTrade": True,
        "canWithdraw": True,
        "canDeposit": True,
        "updateTime": None,
        "accountType": "SPOT",
        "balances": [
            {"asset": asset, "free": plain(balance.free), "locked": plain(balance.locked)}
            for asset, balance in desk.exchange.balances(desk.user).items()
        ],
        "permissions": ["SPOT"],
    }


def fills(desk: Desk, call: Call) -> object:
    """Show the account's trades of the last month; fromId means nothing any more."""
    oldest = desk.exchange.now() - MONTH_MS
    rows = desk.exchange.fills(
        desk.user,
        symbol=call.args["symbol"],
        order_id=_order_id(call.args["orderId"]) if "orderId" in call.args else None,
        start=max(call.args.get("startTime", oldest), oldest),
        end=call.args.get("endTime"),
        limit=call.args["limit"],
    )
    desk.exchange.rules(call.args["symbol"])
    return [_fill_row(row) for row in rows]


def _fill_row(fill: Fill) -> Row:
    return {
        "symbol": fill.symbol,
        "id": str(fill.trade_id),
        "orderId": _wire_id(fill.order_id),
        "orderListId": -1,
        "price": plain(fill.price),
        "qty": plain(fill.quantity),
        "quoteQty": plain(fill.quote_quantity),
        "commission": plain(fill.fee),
        "commissionAsset": fill.fee_asset,
        "time": fill.time,
        "isBuyer": fill.side is Side.BUY,
        "isMaker": fill.is_maker,
        "isBestMatch": True,
        "isSelfTrade": fill.is_self_trade,
        "clientOrderId": fill.client_order_id,
    }


FACE = Face(
    venue="mexc",
    listings=LISTINGS,
    balances=BALANCES,
    verify=verify,
    maker_fee=MAKER_FEE,
    taker_fee=TAKER_FEE,
    first_id=443_776_347_957_968_896,
    answers={
        "serverTime": server_time,
        "exchangeInfo": exchange_info,
        "orderBook": order_book,
        "trades": trades,
        "historicalTrades": trades,
        "aggTrades": agg_trades,
        "klines": klines,
        "avgPrice": avg_price,
        "ticker24h": ticker_24h,
        "price": price,
        "bookTicker": book_ticker,
        "testOrder": test_order,
        "placeOrder": place_order,
        "cancelOrder": cancel_order,
        "cancelAllOrders": cancel_all_orders,
        "order": order,
        "openOrders": open_orders,
        "orderHistory": order_history,
        "account": account,
        "fills": fills,
    },
)
