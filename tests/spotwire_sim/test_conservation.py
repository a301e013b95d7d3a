"""What holds after any sequence of calls: money is conserved, holds match, the book agrees with the orders.

Every test runs 200 sequences, or more where the hypothesis profile asks for more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from functools import reduce
from typing import Any

from hypothesis import given, settings, strategies as st

from spotwire_sim.exchange import (
    FEE_ACCOUNT,
    Exchange,
    Movement,
    MovementKind,
    MovementStatus,
    NewOrder,
    OrderType,
    Refused,
    Side,
    SymbolRules,
    TimeInForce,
)

D = Decimal
USERS = ("ann", "bob", "cid")
ACCOUNTS = ("spot", "funding", "futures")
EVERYBODY = (*USERS, FEE_ACCOUNT)

# Two symbols that share an asset; the second steps in thousandths of a quote unit.
SYMBOLS = [
    SymbolRules(
        symbol=symbol,
        base=base,
        quote="USDT",
        tick=D(tick),
        lot=D("0.01"),
        min_quantity=D("0.01"),
        max_quantity=D(50),
        min_notional=D(1),
    )
    for symbol, base, tick in (("BTCUSDT", "BTC", "0.5"), ("ETHUSDT", "ETH", "0.001"))
]

# A method's name and its arguments.
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def calls(name: str, *arguments: st.SearchStrategy[Any], **keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[Call]:
    return st.tuples(st.just(name), st.tuples(*arguments), st.fixed_dictionaries(keywords))


# Few values, so that orders meet, ids exist and now and then something is refused.
users = st.sampled_from(USERS)
symbols = st.sampled_from(["BTCUSDT", "BTCUSDT", "ETHUSDT"])
assets = st.sampled_from(["USDT", "BTC", "ETH"])
accounts = st.sampled_from(ACCOUNTS)
ids = st.integers(1, 20)
# After the nine deposits at the start.
movement_ids = st.integers(9, 15)
sides = st.sampled_from(Side)
prices = st.integers(16, 24).map(lambda halves: D(halves) / 2)
quantities = st.integers(1, 400).map(lambda hundredths: D(hundredths) / 100)
amounts = st.integers(1, 50_000).map(lambda thousandths: D(thousandths) / 1000)
client_order_ids = st.sampled_from([None, None, None, "a", "b", "c"])

plain_orders = st.builds(NewOrder, symbols, sides, price=prices, quantity=quantities, client_order_id=client_order_ids)
special_orders = st.builds(
    NewOrder,
    symbols,
    sides,
    price=prices,
    quantity=quantities,
    time_in_force=st.sampled_from(TimeInForce),
    post_only=st.booleans(),
)
market_orders = st.builds(NewOrder, symbols, sides, st.just(OrderType.MARKET), quantity=quantities)
amount_orders = st.builds(NewOrder, symbols, sides, st.just(OrderType.MARKET), quote_amount=amounts)
any_call = st.one_of(
    # Several times, for without orders on the book little happens.
    *[calls("place", users, plain_orders) for _ in range(6)],
    calls("place", users, special_orders),
    calls("place", users, market_orders),
    calls("place", users, amount_orders),
    calls("cancel", users, ids),
    calls("cancel_all", users, symbol=symbols),
    calls("cancel_many", users, st.lists(ids, max_size=4)),
    calls("deposit", users, assets, amounts, account=accounts),
    calls("withdraw", users, assets, amounts, fee=st.just(D(0)) | amounts),
    calls(
        "internal_transfer",
        users,
        users,
        assets,
        amounts,
        pending=st.booleans(),
        external_id=client_order_ids,
    ),
    calls("transfer", users, assets, amounts, source=accounts, target=accounts),
    calls("complete_movement", movement_ids),
    calls("cancel_movement", users, movement_ids),
)
# Hypothesis makes short lists unless told otherwise.
histories = st.lists(any_call, min_size=20, max_size=40)
many = settings(max_examples=max(200, settings().max_examples), deadline=None)


def opened() -> Exchange:
    """Three users with 100 of everything; both sides pay fees."""
    exchange = Exchange(SYMBOLS, clock=lambda: 1_700_000_000_000, maker_fee=D("0.0007"), taker_fee=D("0.0013"))
    for user in USERS:
        for asset in ("USDT", "BTC", "ETH"):
            exchange.deposit(user, asset, D(100))
    return exchange


def run(exchange: Exchange, history: Iterable[Call]) -> Iterator[object]:
    """Make the calls and yield what each returned, or its refusal."""
    for name, arguments, keywords in history:
        try:
            yield getattr(exchange, name)(*arguments, **keywords)
        except Refused as refused:
            yield refused


def summed(amounts: Iterable[Decimal]) -> Decimal:
    """Add up without rounding."""
    return reduce(Context(prec=200).add, amounts, D(0))


def pending(exchange: Exchange) -> list[Movement]:
    return [
        movement
        for user in USERS
        for movement in exchange.movements(user)
        if movement.user == user and movement.status is MovementStatus.PENDING
    ]


def state(exchange: Exchange) -> list[object]:
    """Everything that can be seen from outside."""
    return [
        [exchange.balances(user, account=account) for user in EVERYBODY for account in ACCOUNTS],
        [(exchange.orders(user), exchange.fills(user), exchange.movements(user)) for user in USERS],
        [(exchange.book(rules.symbol), exchange.trades(rules.symbol)) for rules in SYMBOLS],
    ]


@many
@given(histories)
def test_money_is_conserved(history: list[Call]) -> None:
    """All that users and fees hold is what came in less what went out, whatever was called."""
    exchange = opened()
    outside = {"USDT": D(300), "BTC": D(300), "ETH": D(300)}
    for result in run(exchange, history):
        if isinstance(result, Movement) and result.status is MovementStatus.DONE:
            if result.kind is MovementKind.DEPOSIT:
                outside[result.asset] += result.amount
            if result.kind is MovementKind.WITHDRAWAL:
                outside[result.asset] -= result.amount
        held = {
            asset: summed(
                exchange.balance(user, asset, account=account).total for user in EVERYBODY for account in ACCOUNTS
            )
            for asset in outside
        }

        assert outside == held
        assert held == {asset: totals.held for asset, totals in exchange.totals().items()}
        assert held == {asset: totals.deposited - totals.withdrawn for asset, totals in exchange.totals().items()}


@many
@given(histories)
def test_locked_money_is_what_open_orders_and_pending_movements_hold(history: list[Call]) -> None:
    """No balance is ever negative, and every locked unit has an open order or a pending movement."""
    exchange = opened()
    rules = {rule.symbol: rule for rule in SYMBOLS}
    for _ in run(exchange, history):
        for user in USERS:
            held = [(rules[order.symbol].paid_asset(order.side), order.held) for order in exchange.open_orders(user)]
            held += [(m.asset, m.charged) for m in pending(exchange) if m.user == user]
            for asset, balance in exchange.balances(user).items():
                assert summed(amount for of, amount in held if of == asset) == balance.locked
                assert balance.free >= 0


@many
@given(histories)
def test_a_refusal_changes_nothing(history: list[Call]) -> None:
    """Whatever came before, a refused call leaves no trace."""
    exchange = opened()
    before = state(exchange)
    for result in run(exchange, history):
        after = state(exchange)
        if isinstance(result, Refused):
            assert before == after
        before = after


@many
@given(histories)
def test_the_book_is_what_open_orders_have_left(history: list[Call]) -> None:
    """Level by level the book adds up the open orders, and no bid reaches an ask."""
    exchange = opened()
    for _ in run(exchange, history):
        for rules in SYMBOLS:
            book = exchange.book(rules.symbol)
            for side, levels in ((Side.BUY, book.bids), (Side.SELL, book.asks)):
                orders = [
                    order
                    for user in USERS
                    for order in exchange.open_orders(user, symbol=rules.symbol)
                    if order.side is side
                ]
                left = {
                    price: summed(order.remaining for order in orders if order.price == price)
                    for price in {order.price for order in orders}
                }

                assert left == dict(levels)
                assert all(quantity > 0 for quantity in left.values())
            if book.bids and book.asks:
                assert book.bids[0].price < book.asks[0].price


@many
@given(histories)
def test_every_trade_has_a_maker_and_a_taker(history: list[Call]) -> None:
    """Each trade has one fill for each side, and no order exceeds what it asked for."""
    exchange = opened()
    list(run(exchange, history))
    fills = [fill for user in USERS for fill in exchange.fills(user)]
    trades = [trade for rules in SYMBOLS for trade in exchange.trades(rules.symbol, limit=None)]

    assert Counter({(trade.trade_id, role): 1 for trade in trades for role in (True, False)}) == Counter(
        (fill.trade_id, fill.is_maker) for fill in fills
    )
    for order in (order for user in USERS for order in exchange.orders(user)):
        own = [fill for fill in fills if fill.order_id == order.order_id]

        assert order.filled == summed(fill.quantity for fill in own)
        assert order.filled_quote == summed(fill.quote_quantity for fill in own)
        assert order.fee == summed(fill.fee for fill in own)
        assert order.quantity is None or order.filled <= order.quantity
        assert order.quote_amount is None or order.filled_quote <= order.quote_amount
        for fill in own:
            sign = 1 if order.side is Side.BUY else -1
            assert order.price is None or sign * fill.price <= sign * order.price


@many
@given(histories)
def test_the_same_calls_give_the_same_results(history: list[Call]) -> None:
    """Two exchanges that live through the same calls return and show the same."""
    first, second = opened(), opened()
    returned = [[repr(result) for result in run(exchange, history)] for exchange in (first, second)]

    assert returned[0] == returned[1]
    assert state(first) == state(second)
