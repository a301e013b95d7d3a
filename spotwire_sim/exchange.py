"""The exchange that simulated venues share: orders and their matching over the balances and the markets.

It knows no venue's names or wire formats; adapters translate. The rule it keeps: what is refused changes
nothing, because every call first plans and checks, and only then acts.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import count
from random import Random

from msgspec import Struct, structs

from spotwire_sim.ledger import (
    EXACT,
    FEE_ACCOUNT,
    SPOT,
    ZERO,
    Balance,
    Movement,
    MovementKind,
    MovementStatus,
    Refused,
    Situation,
    Totals,
    Wallet,
    add,
    check_amount,
    check_count,
    divide_down,
    in_window,
    multiply,
    page,
    ratio,
    subtract,
)
from spotwire_sim.market import (
    DAY_MS,
    MINUTE_MS,
    NO_MATCH,
    AggregatedTrade,
    Depth,
    Kline,
    Level,
    Market,
    Match,
    NewOrder,
    OrderType,
    Plan,
    Side,
    SymbolRules,
    SymbolStatus,
    Ticker,
    TimeInForce,
    Trade,
    aggregate,
    average_price,
    check_form,
    check_plan,
    check_price,
    check_quantity,
    check_rules,
    held_by,
    klines,
    plan_order,
    ticker,
)

__all__ = [
    "DAY_MS",
    "FEE_ACCOUNT",
    "MARKET_MAKER",
    "MINUTE_MS",
    "SPOT",
    "AggregatedTrade",
    "Balance",
    "Depth",
    "Exchange",
    "Fill",
    "Kline",
    "Level",
    "Movement",
    "MovementKind",
    "MovementStatus",
    "NewOrder",
    "Order",
    "OrderKey",
    "OrderStatus",
    "OrderType",
    "Refused",
    "Side",
    "Situation",
    "SymbolRules",
    "SymbolStatus",
    "Ticker",
    "TimeInForce",
    "Totals",
    "Trade",
]

MARKET_MAKER = "@market-maker"

# An order is named by its order id (int) or by its client order id (str).
OrderKey = int | str


class OrderStatus(StrEnum):
    """Only new and partially filled orders can still be filled or cancelled."""

    NEW = "new"
    PARTIALLY_FILLED = "partially_filled"
    FILLED = "filled"
    CANCELED = "canceled"
    PARTIALLY_CANCELED = "partially_canceled"

    @property
    def is_open(self) -> bool:
        """Whether the order can still be filled."""
        return self in {OrderStatus.NEW, OrderStatus.PARTIALLY_FILLED}


class Order(Struct, frozen=True, kw_only=True):
    """An order as it stood when it was asked for; times are epoch milliseconds.

    `filled` is in the base asset, `filled_quote` in the quote asset, `fee` in `fee_asset`. `held` is what the
    order still locks of the asset that it pays with. `price` is None for market orders, `quantity` None for
    those by quote amount.
    """

    order_id: int
    client_order_id: str | None
    user: str
    symbol: str
    side: Side
    type: OrderType
    time_in_force: TimeInForce
    post_only: bool
    price: Decimal | None
    quantity: Decimal | None
    quote_amount: Decimal | None
    status: OrderStatus
    filled: Decimal
    filled_quote: Decimal
    fee: Decimal
    fee_asset: str
    held: Decimal
    created_at: int
    updated_at: int

    @property
    def remaining(self) -> Decimal:
        """Base quantity that is not filled; zero for an order by quote amount."""
        return ZERO if self.quantity is None else subtract(self.quantity, self.filled)

    @property
    def average_price(self) -> Decimal | None:
        """Quote paid or received per base unit, to 18 digits; None without a fill."""
        return ratio(self.filled_quote, self.filled) if self.filled else None


class Fill(Struct, frozen=True, kw_only=True):
    """One side of a trade as its user sees it; both sides are the user's own where `is_self_trade`."""

    trade_id: int
    order_id: int
    client_order_id: str | None
    user: str
    symbol: str
    side: Side
    price: Decimal
    quantity: Decimal
    quote_quantity: Decimal
    fee: Decimal
    fee_asset: str
    is_maker: bool
    is_self_trade: bool
    time: int


class Exchange(Wallet):
    """A wallet whose users trade.

    Orders match by price, then by age, at the resting order's price. Each side pays its fee rate (a fraction)
    out of what it receives, into the balances of the user FEE_ACCOUNT. A user's orders may trade with each
    other. The same seed and the same calls at the same times give the same results.

    `observer` is called with a symbol and its new trades whenever its book has changed, in the thread that changed it
    and with `lock` held; who reads the markets in another thread takes the lock, too.
    """

    def __init__(
        self,
        symbols: Iterable[SymbolRules],
        *,
        clock: Callable[[], int],
        seed: int = 0,
        maker_fee: Decimal = ZERO,
        taker_fee: Decimal = Decimal("0.001"),
        second_accounts: Iterable[str] = ("funding", "futures"),
        first_id: int = 1,
    ) -> None:
        """Open empty markets; `clock` returns epoch milliseconds, ids of each kind count from `first_id`."""
        super().__init__(clock=clock, second_accounts=second_accounts, first_id=first_id)
        if not (ZERO <= maker_fee < 1 and ZERO <= taker_fee < 1):
            raise ValueError(f"fee rates are fractions from 0 to 1, not {maker_fee} and {taker_fee}")
        self._markets = {rules.symbol: Market(rules) for rules in symbols}
        self._seed = seed
        self._maker_fee = maker_fee
        self._taker_fee = taker_fee
        self._order_ids = count(first_id)
        self._trade_ids = count(first_id)
        self._orders: dict[int, Order] = {}
        # By user, in order of placement.
        self._history: dict[str, list[int]] = {}
        self._open: dict[str, dict[int, None]] = {}
        self._fills: dict[str, list[Fill]] = {}
        self._by_client_order_id: dict[tuple[str, str], int] = {}
        self.lock = threading.RLock()
        self.observer: Callable[[str, Sequence[Trade]], None] | None = None

    # Symbols

    def symbols(self) -> list[SymbolRules]:
        """List the rules of every symbol, in the order in which they were given."""
        return [market.rules for market in self._markets.values()]

    def rules(self, symbol: str) -> SymbolRules:
        """Return the rules of one symbol."""
        return self._market(symbol).rules

    def set_status(self, symbol: str, status: SymbolStatus) -> None:
        """Halt a symbol or let it trade again; resting orders stay."""
        market = self._market(symbol)
        market.rules = structs.replace(market.rules, status=status)

    def _market(self, symbol: str) -> Market:
        market = self._markets.get(symbol)
        if market is None:
            raise Refused("unknown-symbol", f"there is no symbol {symbol!r}")
        return market

    # Placing orders

    def validate(self, user: str, new: NewOrder) -> None:
        """Run every check of `place` and change nothing."""
        self._plan(user, new)

    def place(self, user: str, new: NewOrder) -> Order:
        """Match an order and let the rest of a limit order rest; return it as it stands afterwards.

        A fill-or-kill order that cannot be filled whole is recorded as canceled, not refused.
        """
        with self.lock:
            plan, hold = self._plan(user, new)
            order = self._settle(self._open_order(user, new, hold), plan)
            self._tell(new.symbol, len(plan.matches))
            return order

    def _settle(self, order: Order, plan: Plan) -> Order:
        """Carry out what was planned for a new order, and close it or let it rest."""
        for match in plan.matches:
            order = self._execute(order, match)
        if plan.complete:
            return self._close_order(order, OrderStatus.FILLED, order.updated_at)
        if order.time_in_force is not TimeInForce.GTC:
            return self._close_order(order, canceled(order), order.updated_at)
        return self._rest(order)

    def _tell(self, symbol: str, trades: int) -> None:
        """Let the observer know of a changed book and its last so many trades."""
        if self.observer is not None:
            done = self._markets[symbol].trades
            self.observer(symbol, done[len(done) - trades :])

    def _plan(self, user: str, new: NewOrder) -> tuple[Plan, Decimal]:
        """Check everything that can be wrong; return what will match and what must be held."""
        market = self._market(new.symbol)
        check_form(new)
        self._check_client_order_id(user, new.client_order_id)
        check_rules(new, market)
        plan = plan_order(new, market)
        check_plan(new, market, plan)
        if new.time_in_force is TimeInForce.FOK and new.type is OrderType.LIMIT and not plan.complete:
            plan = NO_MATCH
        hold = held_by(new, plan)
        self._require(user, market.rules.paid_asset(new.side), hold)
        return plan, hold

    def _check_client_order_id(self, user: str, client_order_id: str | None) -> None:
        if client_order_id == "":
            raise Refused("bad-parameter", "the client order id is empty")
        if client_order_id is not None and (user, client_order_id) in self._by_client_order_id:
            raise Refused("duplicate-client-order-id", f"{user} has an order {client_order_id!r} already")

    def _open_order(self, user: str, new: NewOrder, hold: Decimal) -> Order:
        rules, now = self.rules(new.symbol), self._stamp()
        order = Order(
            order_id=next(self._order_ids),
            client_order_id=new.client_order_id,
            user=user,
            symbol=new.symbol,
            side=new.side,
            type=new.type,
            time_in_force=TimeInForce.IOC if new.type is OrderType.MARKET else new.time_in_force,
            post_only=new.post_only,
            price=new.price,
            quantity=new.quantity,
            quote_amount=new.quote_amount,
            status=OrderStatus.NEW,
            filled=ZERO,
            filled_quote=ZERO,
            fee=ZERO,
            fee_asset=rules.received_asset(new.side),
            held=hold,
            created_at=now,
            updated_at=now,
        )
        self._lock(user, rules.paid_asset(new.side), hold)
        self._orders[order.order_id] = order
        self._history.setdefault(user, []).append(order.order_id)
        self._open.setdefault(user, {})[order.order_id] = None
        if new.client_order_id is not None:
            self._by_client_order_id[user, new.client_order_id] = order.order_id
        return order

    def _execute(self, taker: Order, match: Match) -> Order:
        """Trade with one resting order; return the taker's order as it stands afterwards."""
        maker = self._orders[match.order_id]
        market = self._markets[taker.symbol]
        market.side(maker.side).take(match)
        market.version += 1
        trade = Trade(
            trade_id=next(self._trade_ids),
            symbol=taker.symbol,
            price=match.price,
            quantity=match.quantity,
            quote_quantity=multiply(match.price, match.quantity),
            time=taker.updated_at,
            buyer_is_maker=maker.side is Side.BUY,
        )
        market.trades.append(trade)
        is_self_trade = maker.user == taker.user
        filled = self._fill(maker, trade, is_maker=True, is_self_trade=is_self_trade)
        if not filled.remaining:
            self._close_order(filled, OrderStatus.FILLED, trade.time)
        return self._fill(taker, trade, is_maker=False, is_self_trade=is_self_trade)

    def _fill(self, order: Order, trade: Trade, *, is_maker: bool, is_self_trade: bool) -> Order:
        """Exchange the money of one side of a trade and record it."""
        rules = self._markets[order.symbol].rules
        received, paid = trade.quantity, trade.quote_quantity
        if order.side is Side.SELL:
            received, paid = paid, received
        fee = multiply(received, self._maker_fee if is_maker else self._taker_fee)
        self._change(order.user, rules.paid_asset(order.side), locked=paid.copy_negate())
        self._change(order.user, order.fee_asset, free=subtract(received, fee))
        self._collect(order.fee_asset, fee)
        fill = Fill(
            trade_id=trade.trade_id,
            order_id=order.order_id,
            client_order_id=order.client_order_id,
            user=order.user,
            symbol=order.symbol,
            side=order.side,
            price=trade.price,
            quantity=trade.quantity,
            quote_quantity=trade.quote_quantity,
            fee=fee,
            fee_asset=order.fee_asset,
            is_maker=is_maker,
            is_self_trade=is_self_trade,
            time=trade.time,
        )
        self._fills.setdefault(order.user, []).append(fill)
        return self._store(
            structs.replace(
                order,
                status=OrderStatus.PARTIALLY_FILLED,
                filled=add(order.filled, trade.quantity),
                filled_quote=add(order.filled_quote, trade.quote_quantity),
                fee=add(order.fee, fee),
                held=subtract(order.held, paid),
                updated_at=trade.time,
            )
        )

    def _rest(self, order: Order) -> Order:
        """Put what is left of a limit order on the book, holding no more than that can cost."""
        if order.price is None:
            raise AssertionError("only limit orders rest")
        market = self._markets[order.symbol]
        market.side(order.side).add(order.order_id, order.price, order.remaining)
        market.version += 1
        cost = multiply(order.price, order.remaining) if order.side is Side.BUY else order.remaining
        return self._store(self._release(order, keep=cost))

    def _close_order(self, order: Order, status: OrderStatus, time: int) -> Order:
        del self._open[order.user][order.order_id]
        return self._store(structs.replace(self._release(order, keep=ZERO), status=status, updated_at=time))

    def _release(self, order: Order, *, keep: Decimal) -> Order:
        if order.held != keep:
            asset = self.rules(order.symbol).paid_asset(order.side)
            self._unlock(order.user, asset, subtract(order.held, keep))
        return structs.replace(order, held=keep)

    def _store(self, order: Order) -> Order:
        self._orders[order.order_id] = order
        return order

    # Cancelling orders

    def cancel(self, user: str, key: OrderKey, *, symbol: str | None = None) -> Order:
        """Cancel an open order and free what it holds; one that is closed is refused as unknown."""
        with self.lock:
            order = self.order(user, key, symbol=symbol)
            if not order.status.is_open:
                raise Refused("unknown-order", f"order {key} is already {order.status}")
            if order.price is not None:
                market = self._markets[order.symbol]
                market.side(order.side).remove(order.order_id, order.price)
                market.version += 1
            self._tell(order.symbol, 0)
            return self._close_order(order, canceled(order), self._stamp())

    def cancel_all(self, user: str, *, symbol: str | None = None) -> list[Order]:
        """Cancel every open order of the user, oldest first, of one symbol or of all."""
        return [self.cancel(user, order.order_id) for order in self.open_orders(user, symbol=symbol)]

    def cancel_many(self, user: str, keys: Iterable[OrderKey], *, symbol: str | None = None) -> list[Order | Refused]:
        """Cancel orders one by one; for each key, in order, the cancelled order or why it was refused."""
        return [self._try_cancel(user, key, symbol) for key in keys]

    def _try_cancel(self, user: str, key: OrderKey, symbol: str | None) -> Order | Refused:
        try:
            return self.cancel(user, key, symbol=symbol)
        except Refused as refused:
            return refused

    # A user's orders and fills

    def order(self, user: str, key: OrderKey, *, symbol: str | None = None) -> Order:
        """Return one order of the user; with a `symbol`, it must be of that symbol."""
        if symbol is not None:
            self._market(symbol)
        order_id = self._by_client_order_id.get((user, key)) if isinstance(key, str) else key
        order = None if order_id is None else self._orders.get(order_id)
        if order is None or order.user != user or symbol not in {None, order.symbol}:
            raise Refused("unknown-order", f"{user} has no order {key!r}" + (f" of {symbol}" if symbol else ""))
        return order

    def open_orders(self, user: str, *, symbol: str | None = None) -> list[Order]:
        """Return the orders that can still be filled, oldest first."""
        if symbol is not None:
            self._market(symbol)
        orders = [self._orders[order_id] for order_id in self._open.get(user, {})]
        return [order for order in orders if symbol in {None, order.symbol}]

    def orders(
        self,
        user: str,
        *,
        symbol: str | None = None,
        statuses: Iterable[OrderStatus] = tuple(OrderStatus),
        start: int | None = None,
        end: int | None = None,
        after_id: int | None = None,
        limit: int | None = None,
    ) -> list[Order]:
        """Return orders, open and closed, oldest first; `start` and `end` are creation times, both inclusive.

        `limit` keeps the newest, but the oldest where `after_id` asks for those with a higher id.
        """
        if symbol is not None:
            self._market(symbol)
        wanted = frozenset(statuses)
        rows = [
            order
            for order in (self._orders[order_id] for order_id in self._history.get(user, []))
            if symbol in {None, order.symbol}
            and order.status in wanted
            and in_window(order.created_at, start, end)
            and (after_id is None or order.order_id > after_id)
        ]
        return page(rows, limit, oldest=after_id is not None)

    def fills(
        self,
        user: str,
        *,
        symbol: str | None = None,
        order_id: int | None = None,
        start: int | None = None,
        end: int | None = None,
        after_id: int | None = None,
        limit: int | None = None,
    ) -> list[Fill]:
        """Return the user's side of trades, oldest first; `start` and `end` are their times, both inclusive.

        `limit` keeps the newest, but the oldest where `after_id` asks for those with a higher trade id.
        """
        if symbol is not None:
            self._market(symbol)
        rows = [
            fill
            for fill in self._fills.get(user, [])
            if symbol in {None, fill.symbol}
            and order_id in {None, fill.order_id}
            and in_window(fill.time, start, end)
            and (after_id is None or fill.trade_id > after_id)
        ]
        return page(rows, limit, oldest=after_id is not None)

    # Public market data

    def book(self, symbol: str, depth: int = 100) -> Depth:
        """Return the best `depth` levels of both sides."""
        check_count("depth", depth)
        return self._market(symbol).depth(depth, time=self.now())

    def trades(
        self,
        symbol: str,
        *,
        start: int | None = None,
        end: int | None = None,
        after_id: int | None = None,
        limit: int | None = 500,
    ) -> list[Trade]:
        """Return public trades, oldest first; `start` and `end` are their times, both inclusive.

        `limit` keeps the newest, but the oldest where `after_id` asks for those with a higher id.
        """
        rows = [
            trade
            for trade in self._market(symbol).trades
            if in_window(trade.time, start, end) and (after_id is None or trade.trade_id > after_id)
        ]
        return page(rows, limit, oldest=after_id is not None)

    def aggregated_trades(
        self, symbol: str, *, start: int | None = None, end: int | None = None, limit: int | None = 500
    ) -> list[AggregatedTrade]:
        """Return public trades, oldest first, merged where price, time and taker's side are the same."""
        return page(aggregate(self.trades(symbol, start=start, end=end, limit=None)), limit)

    def klines(
        self,
        symbol: str,
        interval: int,
        *,
        start: int | None = None,
        end: int | None = None,
        limit: int = 500,
        origin: int = 0,
    ) -> list[Kline]:
        """Return candles of `interval` milliseconds that open from `start` to `end`, oldest first, no gaps.

        An interval without trades has a flat candle at the last price; before the first trade there are none.
        `limit` keeps the newest, but the oldest where there is a `start`. `origin` is the opening time of any
        one candle, for weeks that start on a Monday.
        """
        market = self._market(symbol)
        check_count("limit", limit)
        check_count("interval", interval)
        return klines(market.trades, interval, now=self.now(), start=start, end=end, limit=limit, origin=origin)

    def ticker(self, symbol: str) -> Ticker:
        """Sum up the last 24 hours."""
        return ticker(self._market(symbol), now=self.now())

    def average_price(self, symbol: str, *, minutes: int = 5) -> Decimal | None:
        """Return the price of the last minutes weighed by quantity, or the last price if none traded."""
        check_count("minutes", minutes)
        return average_price(self._market(symbol).trades, since=self.now() - minutes * MINUTE_MS)

    def last_price(self, symbol: str) -> Decimal | None:
        """Return the price of the last trade, None before the first."""
        return self._market(symbol).last_price()

    # Liquidity

    def seed_liquidity(
        self, symbol: str, mid: Decimal, *, quantity: Decimal, step: Decimal | None = None, levels: int = 20
    ) -> list[Order]:
        """Give the user MARKET_MAKER the money for a ladder of resting orders around a price, and place it.

        The ladder has `levels` bids and asks, each a `step` (by default a tick) from the next and the first a
        step from `mid`; every order is of one to two times `quantity`, as the seed has it.
        """
        rules = self.rules(symbol)
        check_count("levels", levels)
        sizes = self._sizes(symbol, quantity)
        ladder = [
            NewOrder(symbol, side, price=price, quantity=next(sizes))
            for bid, ask in prices_around(mid, rules.tick if step is None else step, levels)
            for side, price in ((Side.BUY, bid), (Side.SELL, ask))
        ]
        for new in ladder:
            check_form(new)
            check_rules(new, self._market(symbol))
        self._fund(MARKET_MAKER, rules, ladder)
        return [self.place(MARKET_MAKER, new) for new in ladder]

    def seed_trades(
        self,
        symbol: str,
        mid: Decimal,
        *,
        quantity: Decimal,
        step: Decimal | None = None,
        trades: int = 100,
        spacing: int = MINUTE_MS,
    ) -> list[Trade]:
        """Invent a past in which strangers traded, `spacing` milliseconds apart up to now, the last at `mid`.

        From trade to trade the price moves by up to five `step` (by default a tick), as the seed has it;
        every trade is of one to two times `quantity`. No balance changes. Only for a symbol without trades.
        """
        market = self._market(symbol)
        check_count("trades", trades)
        check_count("spacing", spacing)
        if market.trades:
            raise Refused("bad-parameter", f"{symbol} has traded already: its past is what happened")
        rules = market.rules
        check_price(rules, mid, None)
        check_quantity(rules, quantity)
        dice, sizes, now = self._dice(symbol), self._sizes(symbol, quantity), self._stamp()
        prices = [mid]
        while len(prices) < trades:
            move = multiply(rules.tick if step is None else step, Decimal(dice.randint(-5, 5)))
            prices.append(max(rules.tick, add(prices[-1], move)))
        for age, price in reversed(list(enumerate(prices))):
            size = next(sizes)
            market.trades.append(
                Trade(
                    trade_id=next(self._trade_ids),
                    symbol=symbol,
                    price=price,
                    quantity=size,
                    quote_quantity=multiply(price, size),
                    time=now - age * spacing,
                    buyer_is_maker=bool(dice.getrandbits(1)),
                )
            )
        return list(market.trades)

    def _dice(self, symbol: str) -> Random:
        """Return random numbers that depend on the seed, the symbol and how far its history has come."""
        # It must be repeatable, not unguessable.
        return Random(f"{self._seed}:{symbol}:{len(self._orders)}")  # noqa: S311 - repeatable on purpose

    def _sizes(self, symbol: str, quantity: Decimal) -> Iterator[Decimal]:
        """Yield whole lots from one to two times a quantity, without end."""
        dice, lot = self._dice(symbol), self.rules(symbol).lot
        while True:
            size = multiply(quantity, Decimal(dice.randint(100, 200)))
            yield multiply(divide_down(size, multiply(lot, Decimal(100))), lot)

    def _fund(self, user: str, rules: SymbolRules, ladder: Iterable[NewOrder]) -> None:
        """Deposit what orders will hold, rounded up to whole units."""
        held = {rules.base: ZERO, rules.quote: ZERO}
        for new in ladder:
            asset = rules.paid_asset(new.side)
            held[asset] = add(held[asset], held_by(new, NO_MATCH))
        amounts = {asset: amount.to_integral_value(ROUND_CEILING, EXACT) for asset, amount in held.items()}
        for asset, amount in amounts.items():
            check_amount(asset, amount)
        for asset, amount in amounts.items():
            self.deposit(user, asset, amount)


def canceled(order: Order) -> OrderStatus:
    """Return the status of an order that is cancelled as it stands."""
    return OrderStatus.PARTIALLY_CANCELED if order.filled else OrderStatus.CANCELED


def prices_around(mid: Decimal, step: Decimal, levels: int) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield a bid and an ask price for each level, further and further from the middle."""
    for level in range(1, levels + 1):
        distance = multiply(step, Decimal(level))
        yield subtract(mid, distance), add(mid, distance)
