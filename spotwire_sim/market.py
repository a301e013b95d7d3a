"""One symbol's market: the rules for its orders, its book by price and time, and what its trades add up to.

No accounts and no clock here, and matching is only planned: the exchange carries it out.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from spotwire_sim.ledger import (
    ZERO,
    Refused,
    add,
    check_amount,
    divide_down,
    multiply,
    ratio,
    remainder,
    subtract,
    total,
)

DAY_MS = 86_400_000
MINUTE_MS = 60_000


class Side(StrEnum):
    """What the order does with the base asset."""

    BUY = "buy"
    SELL = "sell"

    @property
    def opposite(self) -> "Side":
        """The side this one trades with."""
        return Side.SELL if self is Side.BUY else Side.BUY


class OrderType(StrEnum):
    """With a limit price, or at whatever the book offers."""

    LIMIT = "limit"
    MARKET = "market"


class TimeInForce(StrEnum):
    """How long a limit order stays: until cancelled, not at all, or not at all and whole or nothing."""

    GTC = "gtc"
    IOC = "ioc"
    FOK = "fok"


class SymbolStatus(StrEnum):
    """A halted symbol takes no orders; they can still be cancelled."""

    TRADING = "trading"
    HALTED = "halted"


class SymbolRules(Struct, frozen=True, kw_only=True):
    """What an order for a symbol must keep to.

    `tick` is the step of prices, `lot` the step of base quantities, `min_notional` is price times quantity in
    the quote asset. `price_band` is how far a limit price may lie from the last price, as a fraction of it.
    """

    symbol: str
    base: str
    quote: str
    tick: Decimal
    lot: Decimal
    min_quantity: Decimal
    max_quantity: Decimal
    min_notional: Decimal = ZERO
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    price_band: Decimal | None = None
    order_types: frozenset[OrderType] = frozenset(OrderType)
    status: SymbolStatus = SymbolStatus.TRADING

    def received_asset(self, side: Side) -> str:
        """Name what the side gets, which is also what its fee is paid in."""
        return self.base if side is Side.BUY else self.quote

    def paid_asset(self, side: Side) -> str:
        """Name what the side gives, which is what its order holds."""
        return self.received_asset(side.opposite)


class NewOrder(Struct, frozen=True):
    """What a user asks for.

    A limit order has a `price` and a `quantity` of the base asset; a market order has a `quantity` or a
    `quote_amount`, no price, and ignores `time_in_force`: what the book does not fill is cancelled.
    """

    symbol: str
    side: Side
    type: OrderType = OrderType.LIMIT
    price: Decimal | None = None
    quantity: Decimal | None = None
    quote_amount: Decimal | None = None
    time_in_force: TimeInForce = TimeInForce.GTC
    post_only: bool = False
    client_order_id: str | None = None


class Trade(Struct, frozen=True):
    """A public trade; `time` is epoch milliseconds, `quote_quantity` is price times quantity."""

    trade_id: int
    symbol: str
    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal
    time: int
    buyer_is_maker: bool


class Level(NamedTuple):
    """All that rests at one price."""

    price: Decimal
    quantity: Decimal


class Depth(Struct, frozen=True):
    """The book of a symbol, best levels first; `version` grows by one with every change of the book."""

    symbol: str
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    version: int
    time: int


class Match(NamedTuple):
    """A resting order and how much of it is for the taking."""

    order_id: int
    price: Decimal
    quantity: Decimal


class BookSide:
    """The resting orders of one side, best price first and oldest first within a price."""

    def __init__(self, side: Side) -> None:
        """Start empty."""
        self._side = side
        # Price to order id to quantity; a dict keeps the order of arrival.
        self._queues: dict[Decimal, dict[int, Decimal]] = {}
        # Ascending, so that the best price, where most changes happen, is at the cheap end of the list.
        self._keys: list[Decimal] = []

    def _key(self, price: Decimal) -> Decimal:
        # Unlike a minus sign, copy_negate never rounds.
        return price if self._side is Side.BUY else price.copy_negate()

    def add(self, order_id: int, price: Decimal, quantity: Decimal) -> None:
        """Queue an order behind those of the same price."""
        queue = self._queues.get(price)
        if queue is None:
            queue = self._queues[price] = {}
            insort(self._keys, self._key(price))
        queue[order_id] = quantity

    def take(self, match: Match) -> None:
        """Lower a resting order by the matched quantity, which removes it when nothing is left."""
        queue = self._queues[match.price]
        left = subtract(queue[match.order_id], match.quantity)
        if left:
            queue[match.order_id] = left
        else:
            self.remove(match.order_id, match.price)

    def remove(self, order_id: int, price: Decimal) -> None:
        """Take an order off the book."""
        queue = self._queues[price]
        del queue[order_id]
        if not queue:
            del self._queues[price]
            del self._keys[bisect_left(self._keys, self._key(price))]

    def _prices(self) -> Iterator[Decimal]:
        return (self._key(key) for key in reversed(self._keys))

    def resting(self, limit: Decimal | None = None) -> Iterator[Match]:
        """Walk the orders in the order in which they are matched, up to a limit price of the other side."""
        for price in self._prices():
            if limit is not None and self._key(price) < self._key(limit):
                return
            for order_id, quantity in self._queues[price].items():
                yield Match(order_id, price, quantity)

    def levels(self, depth: int) -> tuple[Level, ...]:
        """Add up the orders of the best `depth` prices."""
        prices = (price for price, _ in zip(self._prices(), range(depth), strict=False))
        return tuple(Level(price, total(self._queues[price].values())) for price in prices)

    def best(self) -> Level | None:
        """Return the best price with all that rests there, None on an empty side."""
        return next(iter(self.levels(1)), None)


class Plan(NamedTuple):
    """What an order would trade; `complete` when it would get all it asked for."""

    matches: tuple[Match, ...]
    complete: bool

    @property
    def quantity(self) -> Decimal:
        """The base quantity of all matches."""
        return total(match.quantity for match in self.matches)

    @property
    def cost(self) -> Decimal:
        """The quote amount of all matches."""
        return total(multiply(match.price, match.quantity) for match in self.matches)


NO_MATCH = Plan((), complete=False)


def plan_quantity(resting: Iterable[Match], quantity: Decimal) -> Plan:
    """Match a base quantity against resting orders."""
    matches: list[Match] = []
    for offer in resting:
        taken = min(quantity, offer.quantity)
        matches.append(offer._replace(quantity=taken))
        quantity = subtract(quantity, taken)
        if not quantity:
            return Plan(tuple(matches), complete=True)
    return Plan(tuple(matches), complete=False)


def plan_amount(resting: Iterable[Match], amount: Decimal, lot: Decimal) -> Plan:
    """Match as many whole lots as a quote amount pays for; complete when no further lot is affordable."""
    matches: list[Match] = []
    for offer in resting:
        affordable = multiply(divide_down(amount, multiply(offer.price, lot)), lot)
        taken = min(affordable, offer.quantity)
        if taken:
            matches.append(offer._replace(quantity=taken))
            amount = subtract(amount, multiply(offer.price, taken))
        if taken < offer.quantity or not amount:
            return Plan(tuple(matches), complete=True)
    return Plan(tuple(matches), complete=False)


class Market:
    """The state of one symbol: rules, both sides of the book and all trades, oldest first."""

    def __init__(self, rules: SymbolRules) -> None:
        """Start with an empty book and no trades."""
        self.rules = rules
        self.bids = BookSide(Side.BUY)
        self.asks = BookSide(Side.SELL)
        self.trades: list[Trade] = []
        self.version = 0

    def side(self, side: Side) -> BookSide:
        """Return the resting orders of a side."""
        return self.bids if side is Side.BUY else self.asks

    def last_price(self) -> Decimal | None:
        """Return the price of the last trade, None before the first."""
        return self.trades[-1].price if self.trades else None

    def depth(self, depth: int, *, time: int) -> Depth:
        """Picture the best `depth` levels of both sides."""
        return Depth(self.rules.symbol, self.bids.levels(depth), self.asks.levels(depth), self.version, time)


def held_by(new: NewOrder, plan: Plan) -> Decimal:
    """Return what an order holds: all that a limit order can cost, what a market order will or may spend."""
    if new.quantity is None:
        return new.quote_amount or ZERO if new.side is Side.BUY else plan.quantity
    if new.side is Side.SELL:
        return new.quantity
    return plan.cost if new.price is None else multiply(new.price, new.quantity)


def plan_order(new: NewOrder, market: Market) -> Plan:
    """Match an order against the other side of the book without changing it."""
    resting = market.side(new.side.opposite).resting(new.price)
    if new.quantity is not None:
        return plan_quantity(resting, new.quantity)
    return plan_amount(resting, new.quote_amount or ZERO, market.rules.lot)


def check_form(new: NewOrder) -> None:
    """Refuse an order whose parts do not belong together or are no amounts."""
    for name, amount in (
        ("price", new.price),
        ("quantity", new.quantity),
        ("quote amount", new.quote_amount),
    ):
        if amount is not None:
            check_amount(name, amount)
    if new.type is OrderType.LIMIT:
        _check_limit_form(new)
    else:
        _check_market_form(new)


def _check_limit_form(new: NewOrder) -> None:
    if new.price is None or new.quantity is None or new.quote_amount is not None:
        raise Refused("bad-parameter", "a limit order needs a price and a quantity, and no quote amount")
    if new.post_only and new.time_in_force is not TimeInForce.GTC:
        raise Refused("unsupported-order-type", f"a post-only order cannot be {new.time_in_force}")


def _check_market_form(new: NewOrder) -> None:
    if new.price is not None:
        raise Refused("bad-parameter", "a market order takes no price")
    if (new.quantity is None) == (new.quote_amount is None):
        raise Refused("bad-parameter", "a market order needs a quantity or a quote amount, one of them")
    if new.post_only:
        raise Refused("unsupported-order-type", "a market order cannot be post-only")


def check_rules(new: NewOrder, market: Market) -> None:
    """Refuse an order that breaks the rules of its symbol, whatever is on the book."""
    rules = market.rules
    if rules.status is not SymbolStatus.TRADING:
        raise Refused("unknown-symbol", f"{rules.symbol} is not trading: {rules.status}")
    if new.type not in rules.order_types:
        raise Refused("unsupported-order-type", f"{rules.symbol} takes no {new.type} orders")
    if new.price is not None:
        check_price(rules, new.price, market.last_price())
    if new.quantity is not None:
        check_quantity(rules, new.quantity)
    if new.quote_amount is not None:
        check_notional(rules, new.quote_amount)
    elif new.price is not None and new.quantity is not None:
        check_notional(rules, multiply(new.price, new.quantity))


def check_price(rules: SymbolRules, price: Decimal, last: Decimal | None) -> None:
    """Refuse a price between ticks or outside the symbol's limits or band."""
    check_amount("price", price)
    if remainder(price, rules.tick):
        raise Refused("precision", f"price {price} is no multiple of the tick {rules.tick}")
    low, high = price_limits(rules, last)
    if (low is not None and price < low) or (high is not None and price > high):
        raise Refused("price-range", f"price {price} is outside {low} to {high}")


def price_limits(rules: SymbolRules, last: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and highest price allowed: the fixed ones, narrowed by the band."""
    low, high = rules.min_price, rules.max_price
    if last is not None and rules.price_band is not None:
        reach = multiply(last, rules.price_band)
        low = max(subtract(last, reach), ZERO if low is None else low)
        high = add(last, reach) if high is None else min(add(last, reach), high)
    return low, high


def check_quantity(rules: SymbolRules, quantity: Decimal) -> None:
    """Refuse a base quantity between lots, too small or too large."""
    check_amount("quantity", quantity)
    if remainder(quantity, rules.lot):
        raise Refused("precision", f"quantity {quantity} is no multiple of the lot {rules.lot}")
    if quantity < rules.min_quantity:
        raise Refused("below-minimum", f"quantity {quantity} is below {rules.min_quantity} {rules.base}")
    if quantity > rules.max_quantity:
        raise Refused("above-maximum", f"quantity {quantity} is above {rules.max_quantity} {rules.base}")


def check_notional(rules: SymbolRules, notional: Decimal) -> None:
    """Refuse an order that is worth too little."""
    if notional < rules.min_notional:
        raise Refused("below-minimum", f"{notional:f} {rules.quote} is below {rules.min_notional} {rules.quote}")


def check_plan(new: NewOrder, market: Market, plan: Plan) -> None:
    """Refuse what only the book can tell: a post-only order that would match, a market order that cannot."""
    rules = market.rules
    if new.post_only and plan.matches:
        raise Refused("would-match", f"a post-only order at {new.price} would match {plan.matches[0].price}")
    if new.type is OrderType.LIMIT:
        return
    best = market.side(new.side.opposite).best()
    if best is None:
        raise Refused("no-opposite-order", f"there is no order to {new.side} against on {rules.symbol}")
    if not plan.matches:
        raise Refused("below-minimum", f"{new.quote_amount} {rules.quote} is less than a lot at {best.price}")
    if plan.quantity > rules.max_quantity:
        raise Refused("above-maximum", f"quantity {plan.quantity} is above {rules.max_quantity} {rules.base}")
    if new.quantity is not None:
        check_notional(rules, multiply(best.price, new.quantity))


class AggregatedTrade(Struct, frozen=True):
    """Successive trades of the same price, time and taker's side, as one."""

    first_trade_id: int
    last_trade_id: int
    symbol: str
    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal
    time: int
    buyer_is_maker: bool


class Kline(Struct, frozen=True):
    """One candle; `open_time` is its first millisecond, `close_time` its last.

    `volume` is in the base asset, `quote_volume` in the quote asset; of both, the `taker_buy` ones are the
    part in which the taker bought.
    """

    open_time: int
    close_time: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal
    quote_volume: Decimal
    trades: int
    taker_buy_volume: Decimal
    taker_buy_quote_volume: Decimal

    @property
    def change(self) -> Decimal:
        """Close less open."""
        return subtract(self.close, self.open)

    @property
    def change_ratio(self) -> Decimal:
        """The change as a fraction of open (0.05 is five percent), to 18 digits."""
        return ratio(self.change, self.open)


class Ticker(Struct, frozen=True):
    """The last 24 hours and the best levels; `day` is None before the first trade, a level if none rests."""

    symbol: str
    day: Kline | None
    best_bid: Level | None
    best_ask: Level | None


def window(trades: Sequence[Trade], start: int, stop: int) -> Sequence[Trade]:
    """Cut out the trades from `start` up to but without `stop`, epoch milliseconds."""
    low = bisect_left(trades, start, key=_time)
    return trades[low : bisect_left(trades, stop, lo=low, key=_time)]


def _time(trade: Trade) -> int:
    return trade.time


def aggregate(trades: Iterable[Trade]) -> list[AggregatedTrade]:
    """Merge successive trades of the same price, time and taker's side."""
    groups = groupby(trades, key=lambda trade: (trade.price, trade.time, trade.buyer_is_maker))
    return [_merged(tuple(group)) for _, group in groups]


def _merged(group: Sequence[Trade]) -> AggregatedTrade:
    first = group[0]
    return AggregatedTrade(
        first_trade_id=first.trade_id,
        last_trade_id=group[-1].trade_id,
        symbol=first.symbol,
        price=first.price,
        quantity=total(trade.quantity for trade in group),
        quote_quantity=total(trade.quote_quantity for trade in group),
        time=first.time,
        buyer_is_maker=first.buyer_is_maker,
    )


def candle(trades: Sequence[Trade], open_time: int, close_time: int, *, before: Decimal) -> Kline:
    """Sum up the trades of a window; without any, it is flat at the price of the trade `before`."""
    prices = [trade.price for trade in trades] or [before]
    taken = [trade for trade in trades if not trade.buyer_is_maker]
    return Kline(
        open_time=open_time,
        close_time=close_time,
        open=prices[0],
        high=max(prices),
        low=min(prices),
        close=prices[-1],
        volume=total(trade.quantity for trade in trades),
        quote_volume=total(trade.quote_quantity for trade in trades),
        trades=len(trades),
        taker_buy_volume=total(trade.quantity for trade in taken),
        taker_buy_quote_volume=total(trade.quote_quantity for trade in taken),
    )


def _price_before(trades: Sequence[Trade], time: int) -> Decimal:
    """Return the price of the last trade before a time, or of the first trade of all."""
    return trades[max(bisect_left(trades, time, key=_time) - 1, 0)].price


def klines(
    trades: Sequence[Trade],
    interval: int,
    *,
    now: int,
    start: int | None,
    end: int | None,
    limit: int,
    origin: int,
) -> list[Kline]:
    """Build the candles whose open times lie from `start` to `end`, oldest first, the running one included.

    There is a candle for every interval since the first trade: one without trades is flat at the last price.
    With a `start` the oldest `limit` candles are kept, without one the newest. All times are milliseconds;
    candles open at `origin` plus whole intervals.
    """
    if not trades:
        return []
    last = _floor(now if end is None else min(end, now), interval, origin)
    first = _floor(trades[0].time, interval, origin)
    if start is None:
        first = max(first, last - (limit - 1) * interval)
    else:
        first = max(first, _floor(start + interval - 1, interval, origin))
        last = min(last, first + (limit - 1) * interval)
    candles: list[Kline] = []
    before = _price_before(trades, first)
    for open_time in range(first, last + 1, interval):
        inside = window(trades, open_time, open_time + interval)
        candles.append(candle(inside, open_time, open_time + interval - 1, before=before))
        before = candles[-1].close
    return candles


def _floor(time: int, interval: int, origin: int) -> int:
    return time - (time - origin) % interval


def ticker(market: Market, *, now: int) -> Ticker:
    """Sum up the last 24 hours up to and including `now`."""
    day = last_day(market.trades, now) if market.trades else None
    return Ticker(market.rules.symbol, day, market.bids.best(), market.asks.best())


def last_day(trades: Sequence[Trade], now: int) -> Kline:
    """Return the candle of the 24 hours that end with `now`; there must have been a trade."""
    start = now - DAY_MS + 1
    return candle(window(trades, start, now + 1), start, now, before=_price_before(trades, start))


def average_price(trades: Sequence[Trade], *, since: int) -> Decimal | None:
    """Weigh prices by quantity since a time, to 18 digits; without a trade since, it is the last price."""
    recent = trades[bisect_left(trades, since, key=_time) :]
    if not recent:
        return trades[-1].price if trades else None
    quantity = total(trade.quantity for trade in recent)
    return ratio(total(trade.quote_quantity for trade in recent), quantity)
