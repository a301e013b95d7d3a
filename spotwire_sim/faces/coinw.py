"""CoinW spot: one command in the query, everything signed with MD5, no clock, order ids too large for a double.

https://www.coinw.com/api-doc/en/common/precautions; the facts behind each choice stand in `specs/coinw/openapi.yaml`.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from msgspec import Struct

from spotwire_sim.call import Call, Denied, Pairs
from spotwire_sim.digits import fixed, places, plain, raw_number
from spotwire_sim.exchange import (
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
    Ticker,
    Trade,
)
from spotwire_sim.faces import Desk, Face, Listing
from spotwire_sim.ledger import ZERO, add, multiply, subtract
from spotwire_sim.spec import ErrorRow

Row = dict[str, object]

MAKER_FEE = Decimal(0)
TAKER_FEE = Decimal("0.001")

# The documented limits of BTC_USDT; those of the other symbols are alike.
MIN_PRICE = Decimal("0.001")
MAX_PRICE = Decimal(99_999_999)
MIN_NOTIONAL = Decimal(5)
MAX_NOTIONAL = Decimal(99_999_999)
MAX_QUANTITY = Decimal(9_999_999)


def _listing(base: str, price: str, *, step: str, quantity: str, tick: str = "0.01", lot: str = "0.0001") -> Listing:
    rules = SymbolRules(
        symbol=f"{base}_USDT",
        base=base,
        quote="USDT",
        tick=Decimal(tick),
        lot=Decimal(lot),
        min_quantity=Decimal(lot),
        max_quantity=MAX_QUANTITY,
        min_notional=MIN_NOTIONAL,
        min_price=MIN_PRICE,
        max_price=MAX_PRICE,
    )
    return Listing(rules=rules, price=Decimal(price), step=Decimal(step), quantity=Decimal(quantity))


LISTINGS = (
    _listing("BTC", "54210.15", step="0.11", quantity="0.05"),
    _listing("ETH", "2731.02", step="0.09", quantity="0.8"),
    _listing("LTC", "89.61", step="0.01", quantity="5"),
    _listing("CWT", "0.0931", step="0.0001", quantity="2000", tick="0.0001", lot="0.01"),
)
# Ids of symbols; those of BTC_USDT and ETH_USDT are documented.
SYMBOL_IDS = {"BTC_USDT": 78, "ETH_USDT": 79, "LTC_USDT": 80, "CWT_USDT": 81}


class Currency(Struct, frozen=True):
    """How a currency comes in and goes out: its id, its chains and the bounds of a withdrawal."""

    symbol_id: str
    chains: tuple[str, ...]
    least: Decimal
    most: Decimal


# Those of BTC and ETH are documented.
CURRENCIES = {
    "BTC": Currency("50", ("BTC",), Decimal("0.001"), Decimal(5)),
    "ETH": Currency("16", ("ETH", "BSC", "Arbitrum", "BASE"), Decimal("0.01"), Decimal(60)),
    "LTC": Currency("24", ("LTC",), Decimal("0.05"), Decimal(5_000)),
    "CWT": Currency("27", ("ERC20",), Decimal(10), Decimal(1_000_000)),
    "USDT": Currency("54", ("ERC20", "TRC20", "BSC"), Decimal(10), Decimal(1_000_000)),
}

# What the account is funded with; a part goes on to the funding account and into a first withdrawal.
FUNDING = {"BTC": Decimal(1), "USDT": Decimal(10_000)}
WITHDRAWN = Decimal(400)
BALANCES = {
    "USDT": Decimal(1_000_000) + FUNDING["USDT"],
    "BTC": Decimal(10) + FUNDING["BTC"],
    "ETH": Decimal(100),
    "LTC": Decimal(1_000),
    "CWT": Decimal(100_000) + WITHDRAWN,
}
ACCOUNTS = {"SPOT": SPOT, "WEALTH": "funding"}

# The user ids of the test account and of another user, whom transfers by user id, phone or e-mail reach.
USER_ID = "3491076"
FRIEND_ID = "3491077"
RECIPIENTS = {1: FRIEND_ID, 2: "13800000000", 3: "friend@example.com"}

# Ids of orders are above 2^53 at the venue, those of trades and withdrawals are not.
FIRST_ID = 4_624_603_081_039_753_080
FIRST_TRADE = 127_197_811
# The first withdrawal has the number that the documented request cancels.
FIRST_WITHDRAWAL = 23_705

STATUSES = {
    OrderStatus.NEW: 1,
    OrderStatus.PARTIALLY_FILLED: 2,
    OrderStatus.FILLED: 3,
    OrderStatus.CANCELED: 4,
    OrderStatus.PARTIALLY_CANCELED: 4,
}
MOVEMENT_STATUSES = {MovementStatus.PENDING: 1, MovementStatus.DONE: 3, MovementStatus.CANCELED: 4}
SIDES = {"0": Side.BUY, "1": Side.SELL}

MOST_TRADES = 50
MOST_KLINES = 100
# How many there are with a window of time is not documented.
MOST_KLINES_IN_WINDOW = 1_000
DEFAULT_FILLS = 20

LOCAL = timezone(timedelta(hours=8))


def prepare(desk: Desk) -> None:
    """Move a part to the funding account, ask for a withdrawal and open the account of another user."""
    exchange = desk.exchange
    for asset, amount in FUNDING.items():
        exchange.transfer(desk.user, asset, amount, source=SPOT, target=ACCOUNTS["WEALTH"])
    exchange.open_account(FRIEND_ID)
    asset, chain = "CWT", CURRENCIES["CWT"].chains[0]
    first = exchange.withdraw(desk.user, asset, WITHDRAWN, address="0x" + 40 * "1", network=chain)
    desk.memory["before numbers"] = first.movement_id - FIRST_WITHDRAWAL
    desk.memory["sent"] = {}


def refuse(row: ErrorRow) -> object:
    """Write a refusal: its code is a number, where that of a success is text."""
    return {"code": row.code, "data": None, "msg": row.message, "success": False, "failed": True}


# Signing


def verify(desk: Desk, call: Call) -> None:
    """Check key and signature.

    There is no timestamp and no nonce, so nothing is remembered: a request that was captured is accepted again.
    The order of the checks is not documented. Nor is it known that the venue insists on the content type.
    """
    given = dict(call.pairs)
    key, signature = given.get("api_key", ""), given.get("sign", "")
    if not key:
        raise Denied("missing-key", "the query has no parameter api_key")
    if not signature:
        raise Denied("missing-signature", "the query has no parameter sign")
    if not hmac.compare_digest(key.encode(), desk.api_key.encode()):
        raise Denied("bad-key", f"the API key is not {desk.api_key}")
    text = signed_text(call.pairs)
    expected = sign(desk.api_secret, text)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        raise Denied("bad-signature", f"{expected} is the signature of {text}secret_key=...")


def signed_text(pairs: Pairs) -> str:
    """Join the decoded parameters without `command` and `sign`, sorted by name, an ampersand after each."""
    signed = sorted((pair for pair in pairs if pair[0] not in ("command", "sign")), key=lambda pair: pair[0].encode())
    return "".join(f"{name}={value}&" for name, value in signed)


def sign(secret: str, text: str) -> str:
    """Return MD5 in upper-case hexadecimal digits; the secret comes last, whatever its name."""
    return hashlib.md5(f"{text}secret_key={secret}".encode(), usedforsecurity=False).hexdigest().upper()


# Market data


def tickers(desk: Desk, _: Call) -> object:
    """Sum up a day of every symbol."""
    return {rules.symbol: _ticker_row(rules, desk.exchange.ticker(rules.symbol)) for rules in desk.exchange.symbols()}


def _ticker_row(rules: SymbolRules, ticker: Ticker) -> Row:
    day, bid, ask = ticker.day, ticker.best_bid, ticker.best_ask
    return {
        # A fraction, 0.0135 is 1.35 %.
        "percentChange": plain(round(day.change_ratio, 4) if day else ZERO),
        "high24hr": plain(day.high if day else ZERO),
        "last": plain(day.close if day else ZERO),
        "highestBid": fixed(bid.price if bid else ZERO, 4),
        "id": SYMBOL_IDS[rules.symbol],
        "isFrozen": 0 if rules.status is SymbolStatus.TRADING else 1,
        # In the quote asset, in spite of its name.
        "baseVolume": fixed(day.quote_volume if day else ZERO, 2),
        "lowestAsk": fixed(ask.price if ask else ZERO, 4),
        "low24hr": plain(day.low if day else ZERO),
    }


def currencies(_: Desk, __: Call) -> object:
    """List the bounds of withdrawals of every currency."""
    return {name: _currency_row(name, currency) for name, currency in CURRENCIES.items()}


def _currency_row(name: str, currency: Currency) -> Row:
    return {
        "symbolId": currency.symbol_id,
        "symbol": name,
        "withDraw": "1",
        "recharge": "1",
        "maxQty": fixed(currency.most, 6),
        "minQty": fixed(currency.least, 6),
        "txFee": "0.0",
        "chain": "@".join(currency.chains),
    }


def symbols(desk: Desk, _: Call) -> object:
    """List precisions and bounds of every symbol; amounts have twenty decimals."""
    return [_symbol_row(rules) for rules in desk.exchange.symbols()]


def _symbol_row(rules: SymbolRules) -> Row:
    return {
        "currencyBase": rules.base,
        "maxBuyCount": fixed(rules.max_quantity, 20),
        "pricePrecision": places(rules.tick),
        "minBuyPrice": fixed(MIN_PRICE, 20),
        "currencyPair": rules.symbol,
        "minBuyAmount": fixed(rules.min_notional, 20),
        "maxBuyPrice": fixed(MAX_PRICE, 20),
        "currencyQuote": rules.quote,
        "countPrecision": places(rules.lot),
        "minBuyCount": fixed(rules.min_quantity, 20),
        "state": 1 if rules.status is SymbolStatus.TRADING else 2,
        "maxBuyAmount": fixed(MAX_NOTIONAL, 20),
    }


def order_book(desk: Desk, call: Call) -> object:
    """Show the best levels, five or twenty."""
    book = desk.exchange.book(call.args["symbol"], call.args["size"])
    return {
        "asks": [_level(level) for level in book.asks],
        "bids": [_level(level) for level in book.bids],
        "pair": book.symbol,
    }


def _level(level: Level) -> list[str]:
    return [fixed(level.price, 4), fixed(level.quantity, 4)]


def trades(desk: Desk, call: Call) -> object:
    """Show the latest trades, newest first; fifty at most, with or without a window of time."""
    start, end = call.args.get("start"), call.args.get("end")
    rows = desk.exchange.trades(call.args["symbol"], start=start, end=end, limit=MOST_TRADES)
    return [_trade_row(trade) for trade in reversed(rows)]


def _trade_row(trade: Trade) -> Row:
    return {
        "id": _trade_number(trade.trade_id),
        "type": "SELL" if trade.buyer_is_maker else "BUY",
        "price": plain(trade.price),
        "amount": plain(trade.quantity),
        "total": plain(trade.quote_quantity),
        "time": _local(trade.time),
        "pair": trade.symbol,
    }


def klines(desk: Desk, call: Call) -> object:
    """Show candles, newest first."""
    symbol, interval = call.args["currencyPair"], call.args["period"] * 1000
    start, end = call.args.get("start"), call.args.get("end")
    limit = MOST_KLINES if start is None and end is None else MOST_KLINES_IN_WINDOW
    rows = desk.exchange.klines(symbol, interval, start=start, end=end, limit=limit)
    return [_kline_row(symbol, row) for row in reversed(rows)]


def _kline_row(symbol: str, row: Kline) -> Row:
    return {
        "open": plain(row.open),
        "high": plain(row.high),
        "low": plain(row.low),
        "close": plain(row.close),
        "volume": fixed(row.volume, 6),
        "date": row.open_time,
        "pair": symbol,
    }


def volume_24h(desk: Desk, _: Call) -> object:
    """Add up a day, for each symbol in both its assets and for each asset over all symbols."""
    totals: dict[str, Decimal] = {}
    pairs: Row = {}
    for rules in desk.exchange.symbols():
        day = desk.exchange.ticker(rules.symbol).day
        base, quote = (day.volume, day.quote_volume) if day else (ZERO, ZERO)
        pairs[rules.symbol] = {rules.base: fixed(base, 6), rules.quote: fixed(quote, 4)}
        totals[rules.base] = add(totals.get(rules.base, ZERO), base)
        totals[rules.quote] = add(totals.get(rules.quote, ZERO), quote)
    return {**{f"total{asset}": fixed(totals[asset], 4) for asset in ("ETH", "USDT", "BTC")}, **pairs}


# Orders


def place_order(desk: Desk, call: Call) -> object:
    """Place an order; the answer has the order id only."""
    new = _new_order(call.args)
    desk.exchange.rules(new.symbol)
    notional = new.quote_amount
    if new.price is not None and new.quantity is not None:
        notional = multiply(new.price, new.quantity)
    if notional is not None and notional > MAX_NOTIONAL:
        raise Denied("above-maximum", f"an order is worth at most {MAX_NOTIONAL}, not {notional:f}")
    return {"orderNumber": desk.exchange.place(desk.user, new).order_id}


def _new_order(args: dict[str, Any]) -> NewOrder:
    """Take what the kind of order needs; the rest is ignored, as the venue's own table marks `rate` as mandatory."""
    side, client_order_id = SIDES[args["type"]], args["out_trade_no"]
    if not args["isMarket"]:
        price, quantity = _needed(args, "rate", "a limit order"), _needed(args, "amount", "a limit order")
        return NewOrder(args["symbol"], side, price=price, quantity=quantity, client_order_id=client_order_id)
    if side is Side.BUY:
        funds = _needed(args, "funds", "a market order that buys")
        return NewOrder(args["symbol"], side, OrderType.MARKET, quote_amount=funds, client_order_id=client_order_id)
    quantity = _needed(args, "amount", "a market order that sells")
    return NewOrder(args["symbol"], side, OrderType.MARKET, quantity=quantity, client_order_id=client_order_id)


def _needed(args: dict[str, Any], name: str, what: str) -> Decimal:
    if name not in args:
        raise Denied("missing-parameter", f"{what} needs {name}")
    amount: Decimal = args[name]
    return amount


def cancel_order(desk: Desk, call: Call) -> object:
    """Cancel an order; what the answer calls the client order id is the venue's own."""
    return {"clientOrderId": desk.exchange.cancel(desk.user, _number(call.args["orderNumber"])).order_id}


def cancel_all_orders(desk: Desk, call: Call) -> object:
    """Cancel every open order, of one symbol or of all, and say nothing of them."""
    desk.exchange.cancel_all(desk.user, symbol=call.args.get("currencyPair"))
    return {}


def open_orders(desk: Desk, call: Call) -> object:
    """Show the open orders of a symbol, newest first; a window of time is not applied, as at the venue."""
    rows = desk.exchange.open_orders(desk.user, symbol=call.args["currencyPair"])
    return [_open_row(desk.exchange.rules(row.symbol), row) for row in reversed(rows)]


def _open_row(rules: SymbolRules, order: Order) -> Row:
    quote, base = places(rules.tick), places(rules.lot)
    return {
        "orderNumber": order.order_id,
        "date": order.created_at,
        "startingAmount": fixed(_asked_quote(order), quote),
        "total": fixed(order.quantity or ZERO, base),
        "type": str(order.side),
        "prize": fixed(order.price or ZERO, quote),
        "success_count": fixed(order.filled, base),
        "success_amount": fixed(order.filled_quote, quote),
        "status": STATUSES[order.status],
    }


def order(desk: Desk, call: Call) -> object:
    """Show an order with what remains of it."""
    found = _order(desk, call)
    rules = desk.exchange.rules(found.symbol)
    quote, base = places(rules.tick), places(rules.lot)
    # The little that a market order could not spend does not remain once it is filled.
    filled = found.status is OrderStatus.FILLED
    left = ZERO if filled else max(ZERO, subtract(_asked_quote(found), _paid(found)))
    return {
        "tradeID": found.order_id,
        "currencyPair": found.symbol,
        "type": str(found.side),
        "amount": fixed(left, quote),
        "success_amount": fixed(found.filled_quote, quote),
        "total": fixed(found.remaining, base),
        "success_total": fixed(found.filled, base),
        "fee": _fee(found.fee),
        "date": _local(found.created_at),
        "status": STATUSES[found.status],
    }


def order_status(desk: Desk, call: Call) -> object:
    """Show the state of an order, without its id and what was filled."""
    found = _order(desk, call)
    rules = desk.exchange.rules(found.symbol)
    return {
        "status": STATUSES[found.status],
        "currencyPair": found.symbol,
        "date": _local(found.created_at),
        "total": fixed(found.quantity or ZERO, places(rules.lot)),
        "type": str(found.side),
        "startingAmount": fixed(_asked_quote(found), places(rules.tick)),
    }


def order_history(desk: Desk, call: Call) -> object:
    """Show orders that were filled or cancelled, newest first; a window of time is not applied, as at the venue."""
    statuses = [status for status in OrderStatus if status is not OrderStatus.NEW]
    rows = desk.exchange.orders(desk.user, symbol=call.args["currencyPair"], statuses=statuses)
    return [_history_row(desk.exchange.rules(row.symbol), row) for row in reversed(rows)]


def _history_row(rules: SymbolRules, order: Order) -> Row:
    quote, base = places(rules.tick), places(rules.lot)
    return {
        "tradeID": order.order_id,
        "date": order.created_at,
        "amount": fixed(_asked_quote(order), quote),
        "total": fixed(order.quantity or ZERO, base),
        "fee": _fee(order.fee),
        "type": str(order.side),
        "prize": fixed(order.price or ZERO, quote),
        "success_count": fixed(order.filled, base),
        "success_amount": fixed(order.filled_quote, quote),
        "status": STATUSES[order.status],
        "out_trade_no": order.client_order_id,
    }


def _order(desk: Desk, call: Call) -> Order:
    return desk.exchange.order(desk.user, _number(call.args["orderNumber"]))


def _asked_quote(order: Order) -> Decimal:
    """Return the size of an order in the quote asset; zero for a market order that sells."""
    if order.price is not None and order.quantity is not None:
        return multiply(order.price, order.quantity)
    return order.quote_amount or ZERO


def _paid(order: Order) -> Decimal:
    """Return what the filled part takes away from the size: at the limit price, though it may have cost less."""
    return order.filled_quote if order.price is None else multiply(order.price, order.filled)


# The account


def fills(desk: Desk, call: Call) -> object:
    """Show the account's trades, newest first.

    `after` of a page asks for older trades, `before` for newer ones; where there are none they are null. Their
    place and meaning at the venue are not documented.
    """
    args = call.args
    rows = list(enumerate(desk.exchange.fills(desk.user), start=1))
    start, end, symbol = args.get("startAt"), args.get("endAt"), args.get("symbol")
    if symbol is not None:
        desk.exchange.rules(symbol)
    wanted = [
        (place, fill)
        for place, fill in rows
        if symbol in {None, fill.symbol} and (start is None or start <= fill.time) and (end is None or fill.time <= end)
    ]
    chosen = _page(wanted, args)
    older = bool(chosen) and chosen[0] != wanted[0]
    newer = bool(chosen) and chosen[-1] != wanted[-1]
    return {
        "list": [_fill_row(fill) for _, fill in reversed(chosen)],
        "before": chosen[-1][0] if newer else None,
        "after": chosen[0][0] if older else None,
    }


def _page(rows: Sequence[tuple[int, Fill]], args: dict[str, Any]) -> list[tuple[int, Fill]]:
    """Cut trades, oldest first, down to the newest ones, to those before `after` or to those after `before`."""
    limit = args.get("limit", DEFAULT_FILLS)
    if "after" in args:
        rows = [row for row in rows if row[0] < _number(args["after"])]
    if "before" in args:
        rows = [row for row in rows if row[0] > _number(args["before"])]
        return list(rows[:limit])
    return list(rows[-limit:])


def _fill_row(fill: Fill) -> Row:
    return {
        # Those of market orders too.
        "orderType": "LIMIT",
        "orderId": fill.order_id,
        # The venue writes nothing as 0E-18, which is what this text of a Decimal looks like.
        "fee": str(Decimal(fixed(fill.fee, 18))),
        "price": fixed(fill.price, 18),
        "size": fixed(fill.quantity, 18),
        "side": fill.side.name,
        "time": fill.time,
        "tradeId": _trade_number(fill.trade_id),
    }


def balances(desk: Desk, _: Call) -> object:
    """Show what is available of every asset."""
    return {asset: plain(balance.free) for asset, balance in desk.exchange.balances(desk.user).items()}


def complete_balances(desk: Desk, _: Call) -> object:
    """Show what is available and what is held of every asset."""
    return {
        asset: {"onOrders": plain(balance.locked), "available": plain(balance.free)}
        for asset, balance in desk.exchange.balances(desk.user).items()
    }


# Deposits, withdrawals, transfers


def deposits_and_withdrawals(desk: Desk, call: Call) -> object:
    """Show what came in and went out of a currency, newest first."""
    name = call.args["symbol"]
    _currency(name)
    kinds = (MovementKind.DEPOSIT, MovementKind.WITHDRAWAL, MovementKind.INTERNAL_TRANSFER)
    rows = [_movement_row(desk, row) for row in reversed(desk.exchange.movements(desk.user, kinds=kinds, asset=name))]
    if "depositNumber" in call.args:
        wanted = _number(call.args["depositNumber"])
        return [row for row in rows if row["depositNumber"] == wanted]
    return rows


def _movement_row(desk: Desk, movement: Movement) -> Row:
    number = movement.movement_id - desk.memory["before numbers"]
    incoming = movement.recipient == desk.user
    chain, address = desk.memory["sent"].get(movement.movement_id, (movement.network, movement.address))
    chain = chain or CURRENCIES[movement.asset].chains[0]
    address = address or _address(movement.asset, chain)
    done = movement.status is MovementStatus.DONE
    row: Row = {
        "amount": raw_number(movement.amount),
        "chain": chain,
        "side": 1 if incoming else 2,
        "depositNumber": number,
        "address": address,
        "txid": hashlib.sha256(str(number).encode()).hexdigest() if done else None,
        "memo": movement.memo,
        "currency": movement.asset,
        "time": movement.created_at,
        "confirmations": 0,
        "status": MOVEMENT_STATUSES[movement.status],
    }
    if incoming:
        return row
    internal = movement.kind is MovementKind.INTERNAL_TRANSFER
    dest = "internal_transfer" if internal else "on_chain"
    return {**row, "dest": dest, "fromAddress": USER_ID, "toAddress": address}


def deposit_address(_: Desk, call: Call) -> object:
    """Show the address of a currency on a chain."""
    found = {currency.symbol_id: name for name, currency in CURRENCIES.items()}.get(call.args["symbolId"])
    if found is None:
        raise Denied("unknown-symbol", f"no currency has the symbolId {call.args['symbolId']!r}")
    chain = _chain(found, call.args["chain"])
    least = multiply(CURRENCIES[found].least, Decimal("0.01"))
    return [{"chainName": chain, "address": _address(found, chain), "memo": None, "minRechargeAmount": plain(least)}]


def withdraw(desk: Desk, call: Call) -> object:
    """Ask for a withdrawal, on the chain or to another user; it waits until it is carried out or cancelled."""
    args = call.args
    name, amount, address = args["currency"], args["amount"], args["address"]
    currency, chain = _currency(name), _chain(name, args["chain"])
    if amount < currency.least:
        raise Denied("below-minimum", f"{amount:f} is less than {currency.least} {name}")
    if amount > currency.most:
        raise Denied("above-maximum", f"{amount:f} is more than {currency.most} {name}")
    memo = args.get("memo")
    if args["type"] == "internal_transfer":
        _check_recipient(args)
        movement = desk.exchange.internal_transfer(desk.user, FRIEND_ID, name, amount, pending=True, memo=memo)
        desk.memory["sent"][movement.movement_id] = chain, address
    else:
        movement = desk.exchange.withdraw(desk.user, name, amount, address=address, network=chain, memo=memo)
    # Text here, a number in the list.
    return {"depositNumber": str(movement.movement_id - desk.memory["before numbers"])}


def _check_recipient(args: dict[str, Any]) -> None:
    if "innerToType" not in args:
        raise Denied("missing-parameter", "an internal transfer needs innerToType")
    known = RECIPIENTS[args["innerToType"]]
    if args["address"] != known:
        raise Denied("bad-parameter", f"there is no user {args['address']!r}; there is {known}")


def cancel_withdrawal(desk: Desk, call: Call) -> None:
    """Cancel a withdrawal or an internal transfer that still waits."""
    try:
        desk.exchange.cancel_movement(desk.user, _number(call.args["id"]) + desk.memory["before numbers"])
    except Refused as refused:
        # Well formed, so not the code of a malformed parameter; there is none for withdrawals.
        raise Denied("unknown-order", refused.message) from None


def transfer(desk: Desk, call: Call) -> object:
    """Move an asset between the spot and the funding account."""
    source, target, direction = call.args["accountType"], call.args["targetAccountType"], call.args["bizType"]
    if direction != f"{source}_TO_{target}":
        raise Denied("bad-parameter", f"bizType {direction} is not the way from {source} to {target}")
    _currency(call.args["coinCode"])
    desk.exchange.transfer(
        desk.user, call.args["coinCode"], call.args["amount"], source=ACCOUNTS[source], target=ACCOUNTS[target]
    )
    return True


def _currency(name: str) -> Currency:
    if name not in CURRENCIES:
        raise Denied("unknown-symbol", f"there is no currency {name!r}")
    return CURRENCIES[name]


def _chain(name: str, chain: str) -> str:
    if chain not in _currency(name).chains:
        raise Denied("unknown-symbol", f"{name} is not on {chain!r} but on {', '.join(CURRENCIES[name].chains)}")
    return chain


def _address(name: str, chain: str) -> str:
    return f"sim-{name}-{chain}".lower()


# What the wire looks like

_digits = re.compile(r"[1-9][0-9]{0,18}", re.ASCII).fullmatch


def _number(text: str) -> int:
    """Return an id as a number; one that never exists for text that is no id of this venue."""
    return int(text) if _digits(text) else 0


def _trade_number(trade_id: int) -> int:
    return trade_id - FIRST_ID + FIRST_TRADE


def _fee(fee: Decimal) -> str:
    return plain(fee) if fee else "0.00"


def _local(time: int) -> str:
    """Write a time as the wall clock shows it at UTC+8."""
    return datetime.fromtimestamp(time // 1000, LOCAL).strftime("%Y-%m-%d %H:%M:%S")


FACE = Face(
    venue="coinw",
    listings=LISTINGS,
    balances=BALANCES,
    verify=verify,
    maker_fee=MAKER_FEE,
    taker_fee=TAKER_FEE,
    first_id=FIRST_ID,
    prepare=prepare,
    refuse=refuse,
    answers={
        "tickers": tickers,
        "currencies": currencies,
        "symbols": symbols,
        "orderBook": order_book,
        "trades": trades,
        "klines": klines,
        "volume24h": volume_24h,
        "placeOrder": place_order,
        "cancelOrder": cancel_order,
        "cancelAllOrders": cancel_all_orders,
        "openOrders": open_orders,
        "order": order,
        "orderStatus": order_status,
        "orderHistory": order_history,
        "fills": fills,
        "balances": balances,
        "completeBalances": complete_balances,
        "depositsAndWithdrawals": deposits_and_withdrawals,
        "depositAddress": deposit_address,
        "withdraw": withdraw,
        "cancelWithdrawal": cancel_withdrawal,
        "transfer": transfer,
    },
)
