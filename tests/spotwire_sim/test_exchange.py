"""What the exchange of the simulated venues promises: matching, money, refusals, queries, candles, wallet."""

import pickle
from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec import structs

from spotwire_sim.exchange import (
    DAY_MS,
    FEE_ACCOUNT,
    MARKET_MAKER,
    MINUTE_MS,
    Balance,
    Exchange,
    MovementKind,
    MovementStatus,
    NewOrder,
    Order,
    OrderKey,
    OrderStatus,
    OrderType,
    Refused,
    Side,
    Situation,
    SymbolRules,
    SymbolStatus,
    TimeInForce,
)

D = Decimal
NOON = 1_700_000_040_000  # a whole minute

BTC = SymbolRules(
    symbol="BTCUSDT",
    base="BTC",
    quote="USDT",
    tick=D("0.01"),
    lot=D("0.001"),
    min_quantity=D("0.002"),
    max_quantity=D(100),
    min_notional=D(5),
    min_price=D(1),
    max_price=D(100000),
)
ETH = SymbolRules(
    symbol="ETHUSDT",
    base="ETH",
    quote="USDT",
    tick=D("0.1"),
    lot=D("0.01"),
    min_quantity=D("0.01"),
    max_quantity=D(1000),
    price_band=D("0.1"),
    order_types=frozenset({OrderType.LIMIT}),
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> int:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def exchange(clock: Clock) -> Exchange:
    """Two users with 10,000 USDT and 10 BTC each; makers pay nothing, takers 0.1 percent."""
    exchange = Exchange([BTC, ETH], clock=clock)
    for user in ("ann", "bob"):
        exchange.deposit(user, "USDT", D(10_000))
        exchange.deposit(user, "BTC", D(10))
    return exchange


def buy(price: str, quantity: str, **more: object) -> NewOrder:
    return limit(Side.BUY, price, quantity, **more)


def sell(price: str, quantity: str, **more: object) -> NewOrder:
    return limit(Side.SELL, price, quantity, **more)


def limit(side: Side, price: str, quantity: str, **more: object) -> NewOrder:
    return structs.replace(NewOrder("BTCUSDT", side, price=D(price), quantity=D(quantity)), **more)


def market(side: Side, *, quantity: str | None = None, amount: str | None = None) -> NewOrder:
    return NewOrder(
        "BTCUSDT",
        side,
        OrderType.MARKET,
        quantity=None if quantity is None else D(quantity),
        quote_amount=None if amount is None else D(amount),
    )


def state(exchange: Exchange) -> list[object]:
    """Everything that can be seen from outside."""
    users = [*exchange.users(), FEE_ACCOUNT]
    accounts = ("spot", "funding", "futures")
    return [
        [exchange.balances(user, account=account) for user in users for account in accounts],
        [(exchange.orders(user), exchange.fills(user), exchange.movements(user)) for user in users],
        [(exchange.book(rules.symbol), exchange.trades(rules.symbol)) for rules in exchange.symbols()],
        exchange.totals(),
        exchange.now(),
    ]


def order_ids(orders: list[Order]) -> list[int]:
    return [order.order_id for order in orders]


def refusal(call: Callable[[], object]) -> Situation:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.situation


# Holds


def test_place_holds_what_a_resting_buy_can_cost(exchange: Exchange) -> None:
    """A resting buy locks price times quantity of the quote asset."""
    order = exchange.place("ann", buy("100", "2"))

    assert (OrderStatus.NEW, D(200)) == (order.status, order.held)
    assert Balance(D(9_800), D(200)) == exchange.balance("ann", "USDT")


def test_place_holds_the_quantity_of_a_resting_sell(exchange: Exchange) -> None:
    """A resting sell locks its quantity of the base asset."""
    exchange.place("ann", sell("100", "2"))

    assert Balance(D(8), D(2)) == exchange.balance("ann", "BTC")


def test_cancel_frees_the_rest_of_the_hold(exchange: Exchange) -> None:
    """A cancelled order gives back what its fills did not use."""
    order = exchange.place("ann", buy("100", "2"))
    exchange.place("bob", sell("100", "0.5"))
    canceled = exchange.cancel("ann", order.order_id)

    assert (OrderStatus.PARTIALLY_CANCELED, D(0)) == (canceled.status, canceled.held)
    assert Balance(D(9_950), D(0)) == exchange.balance("ann", "USDT")
    assert ((), ()) == (exchange.book("BTCUSDT").bids, exchange.book("BTCUSDT").asks)


def test_price_improvement_is_released_at_once(exchange: Exchange) -> None:
    """A buy at 110 that takes 1 at 100 and rests with 1 holds 110 and has paid 100."""
    exchange.place("bob", sell("100", "1"))
    order = exchange.place("ann", buy("110", "2"))

    assert (OrderStatus.PARTIALLY_FILLED, D(110)) == (order.status, order.held)
    assert Balance(D(9_790), D(110)) == exchange.balance("ann", "USDT")


# Matching


def test_matching_prefers_the_better_price_then_the_older_order(exchange: Exchange) -> None:
    """Of three sells the cheapest goes first, then the older of the two at one price."""
    late = exchange.place("bob", sell("101", "1"))
    later = exchange.place("bob", sell("101", "1"))
    cheap = exchange.place("bob", sell("100", "1"))
    exchange.place("ann", buy("102", "2.5"))

    assert [cheap.order_id, late.order_id, later.order_id] == [f.order_id for f in exchange.fills("bob")]
    assert [D(100), D(101), D(101)] == [trade.price for trade in exchange.trades("BTCUSDT")]
    assert [D(1), D(1), D("0.5")] == [trade.quantity for trade in exchange.trades("BTCUSDT")]


def test_matching_prefers_the_higher_bid(exchange: Exchange) -> None:
    """A sell meets the highest bid first and trades at the bid's price."""
    for price in ("99", "100", "98"):
        exchange.place("ann", buy(price, "1"))
    order = exchange.place("bob", sell("98", "3"))

    assert [D(100), D(99), D(98)] == [trade.price for trade in exchange.trades("BTCUSDT")]
    assert (OrderStatus.FILLED, D(297), D(99)) == (order.status, order.filled_quote, order.average_price)


def test_partial_fill_keeps_the_place_in_the_queue(exchange: Exchange) -> None:
    """An order that was partly filled is still ahead of a younger one of the same price."""
    first = exchange.place("bob", sell("100", "1"))
    exchange.place("bob", sell("100", "1"))
    exchange.place("ann", buy("100", "0.4"))
    exchange.place("ann", buy("100", "0.6"))

    assert OrderStatus.FILLED is exchange.order("bob", first.order_id).status
    assert {first.order_id} == {fill.order_id for fill in exchange.fills("bob")}


def test_trade_names_the_maker_by_the_side_that_rested(exchange: Exchange) -> None:
    """The buyer is the maker exactly when the bid was there first."""
    exchange.place("ann", buy("100", "1"))
    exchange.place("bob", sell("100", "1"))
    exchange.place("bob", sell("200", "1"))
    exchange.place("ann", buy("200", "1"))

    assert [True, False] == [trade.buyer_is_maker for trade in exchange.trades("BTCUSDT")]


def test_fees_come_out_of_what_is_received(clock: Clock) -> None:
    """The taking buyer pays 0.2 percent in the base asset, the making seller 0.1 percent in the quote."""
    exchange = Exchange([BTC], clock=clock, maker_fee=D("0.001"), taker_fee=D("0.002"))
    exchange.deposit("ann", "USDT", D(1_000))
    exchange.deposit("bob", "BTC", D(1))
    exchange.place("bob", sell("1000", "1"))
    exchange.place("ann", buy("1000", "1"))

    assert D("0.998") == exchange.balance("ann", "BTC").free
    assert D("999.000") == exchange.balance("bob", "USDT").free
    assert {"BTC": Balance(D("0.002")), "USDT": Balance(D(1))} == exchange.balances(FEE_ACCOUNT)


def test_fills_tell_both_sides_of_a_trade(exchange: Exchange) -> None:
    """Maker and taker have a fill each, with the trade's id, their own order, role and fee."""
    maker = exchange.place("bob", sell("1000", "1", client_order_id="m"))
    taker = exchange.place("ann", buy("1000", "1"))
    (of_maker,), (of_taker,) = exchange.fills("bob"), exchange.fills("ann")

    assert of_maker.trade_id == of_taker.trade_id
    assert (maker.order_id, "m", True) == (of_maker.order_id, of_maker.client_order_id, of_maker.is_maker)
    assert (taker.order_id, None, False) == (of_taker.order_id, of_taker.client_order_id, of_taker.is_maker)
    assert (D(0), "USDT") == (of_maker.fee, of_maker.fee_asset)
    assert (D("0.001"), "BTC") == (of_taker.fee, of_taker.fee_asset)


def test_self_trade_is_allowed_and_marked(exchange: Exchange) -> None:
    """A user's orders may meet; only the fee is gone afterwards and both fills say so."""
    exchange.place("ann", sell("100", "1"))
    exchange.place("ann", buy("100", "1"))

    assert [True, True] == [fill.is_self_trade for fill in exchange.fills("ann")]
    assert Balance(D("9.999"), D(0)) == exchange.balance("ann", "BTC")
    assert Balance(D(10_000), D(0)) == exchange.balance("ann", "USDT")


def test_ioc_cancels_what_does_not_match(exchange: Exchange) -> None:
    """An immediate-or-cancel order takes what is there and never rests."""
    exchange.place("bob", sell("100", "1"))
    order = exchange.place("ann", buy("100", "3", time_in_force=TimeInForce.IOC))

    assert (OrderStatus.PARTIALLY_CANCELED, D(1)) == (order.status, order.filled)
    assert () == exchange.book("BTCUSDT").bids
    assert Balance(D(9_900), D(0)) == exchange.balance("ann", "USDT")


def test_fok_takes_nothing_when_it_cannot_have_all(exchange: Exchange) -> None:
    """A fill-or-kill order for more than there is is recorded as canceled without a fill."""
    exchange.place("bob", sell("100", "1"))
    order = exchange.place("ann", buy("100", "1.001", time_in_force=TimeInForce.FOK))

    assert (OrderStatus.CANCELED, D(0)) == (order.status, order.filled)
    assert Balance(D(10_000), D(0)) == exchange.balance("ann", "USDT")
    assert order == exchange.order("ann", order.order_id)


def test_fok_is_filled_when_it_can_have_all(exchange: Exchange) -> None:
    """A fill-or-kill order for what is there is filled."""
    exchange.place("bob", sell("100", "1"))

    assert OrderStatus.FILLED is exchange.place("ann", buy("100", "1", time_in_force=TimeInForce.FOK)).status


def test_post_only_rests_when_it_would_not_match(exchange: Exchange) -> None:
    """A post-only order below the best ask rests."""
    exchange.place("bob", sell("100", "1"))

    assert OrderStatus.NEW is exchange.place("ann", buy("99.99", "1", post_only=True)).status


def test_market_buy_by_amount_spends_whole_lots(exchange: Exchange) -> None:
    """For 100 USDT at 30 there are 3.333 BTC; the 0.01 USDT that is left stays with the user."""
    exchange.place("bob", sell("30", "9"))
    order = exchange.place("ann", market(Side.BUY, amount="100"))

    assert (OrderStatus.FILLED, D("3.333"), D("99.99")) == (order.status, order.filled, order.filled_quote)
    assert Balance(D("9900.01"), D(0)) == exchange.balance("ann", "USDT")


def test_market_buy_by_quantity_pays_what_the_book_asks(exchange: Exchange) -> None:
    """A market buy of 2 across two levels costs their sum and needs no more than that."""
    exchange.place("bob", sell("4000", "1"))
    exchange.place("bob", sell("6000", "1"))
    order = exchange.place("ann", market(Side.BUY, quantity="2"))

    assert (OrderStatus.FILLED, D(10_000)) == (order.status, order.filled_quote)
    assert Balance(D(0), D(0)) == exchange.balance("ann", "USDT")


def test_market_sell_by_amount_stops_at_the_amount(exchange: Exchange) -> None:
    """A market sell for 150 USDT sells 1 at 100 and half a BTC at 99.99 without passing 150."""
    exchange.place("bob", buy("100", "1"))
    exchange.place("bob", buy("99.99", "1"))
    order = exchange.place("ann", market(Side.SELL, amount="150"))

    assert (OrderStatus.FILLED, D("1.5"), D("149.995")) == (order.status, order.filled, order.filled_quote)


def test_market_order_is_cut_short_by_a_thin_book(exchange: Exchange) -> None:
    """What a market order does not find is cancelled, and its hold is free again."""
    exchange.place("bob", buy("100", "1"))
    order = exchange.place("ann", market(Side.SELL, quantity="3"))

    assert (OrderStatus.PARTIALLY_CANCELED, D(1)) == (order.status, order.filled)
    assert Balance(D(9), D(0)) == exchange.balance("ann", "BTC")


def test_amounts_stay_exact_beyond_28_digits(clock: Clock) -> None:
    """Nothing rounds where Python's default decimal context would: 17-digit price, quantity and a fee."""
    rules = SymbolRules(
        symbol="S",
        base="B",
        quote="Q",
        tick=D("1E-18"),
        lot=D("1E-18"),
        min_quantity=D("1E-18"),
        max_quantity=D("1E17"),
    )
    exchange = Exchange([rules], clock=clock)
    exchange.deposit("ann", "Q", D("999999999999999"))
    exchange.deposit("bob", "B", D("123456.123456789012345678"))
    price = D("1234567.123456789012345678")
    exchange.place("bob", NewOrder("S", Side.SELL, price=price, quantity=D("123456.123456789012345678")))
    order = exchange.place("ann", NewOrder("S", Side.BUY, price=price, quantity=D("123456.123456789012345678")))

    assert D("152414871209.174226491467913430527968299765279684") == order.filled_quote
    assert D("123.456123456789012345678") == order.fee


# Refusals

REFUSALS: dict[str, tuple[Situation, NewOrder]] = {
    "no such symbol": ("unknown-symbol", buy("100", "1", symbol="XXX")),
    "more than is free": ("insufficient-funds", buy("100.01", "100")),
    "sell without the asset": ("insufficient-funds", sell("300", "10.001")),
    "market buy by amount without money": ("insufficient-funds", market(Side.BUY, amount="10000.01")),
    "market buy by quantity without money": ("insufficient-funds", market(Side.BUY, quantity="10")),
    "price between ticks": ("precision", buy("100.001", "1")),
    "quantity between lots": ("precision", buy("100", "1.0001")),
    "19 decimals": ("precision", market(Side.BUY, amount="100.0000000000000000001")),
    "quantity too small": ("below-minimum", buy("10000", "0.001")),
    "worth too little": ("below-minimum", buy("100", "0.049")),
    "amount too small": ("below-minimum", market(Side.BUY, amount="4.99")),
    "market quantity worth too little": ("below-minimum", market(Side.SELL, quantity="0.002")),
    "quantity too large": ("above-maximum", buy("1", "100.001")),
    "price too low": ("price-range", buy("0.99", "100")),
    "price too high": ("price-range", sell("100000.01", "1")),
    "client order id used": ("duplicate-client-order-id", buy("100", "1", client_order_id="used")),
    "post-only that matches": ("would-match", buy("2000", "1", post_only=True)),
    "post-only and immediate": (
        "unsupported-order-type",
        buy("100", "1", post_only=True, time_in_force=TimeInForce.IOC),
    ),
    "market order where there is none": (
        "unsupported-order-type",
        NewOrder("ETHUSDT", Side.BUY, OrderType.MARKET, quote_amount=D(100)),
    ),
    "no price": ("bad-parameter", NewOrder("BTCUSDT", Side.BUY, quantity=D(1))),
    "no quantity": ("bad-parameter", NewOrder("BTCUSDT", Side.BUY, price=D(1))),
    "limit order by amount": ("bad-parameter", buy("100", "1", quote_amount=D(100))),
    "market order with a price": ("bad-parameter", buy("100", "1", type=OrderType.MARKET)),
    "market order without a size": ("bad-parameter", market(Side.BUY)),
    "market order with two sizes": ("bad-parameter", market(Side.BUY, quantity="1", amount="100")),
    "zero": ("bad-parameter", buy("100", "0")),
    "negative": ("bad-parameter", buy("-100", "1")),
    "not a number": ("bad-parameter", buy("NaN", "1")),
    "infinite": ("bad-parameter", buy("100", "Infinity")),
    "empty client order id": ("bad-parameter", buy("100", "1", client_order_id="")),
}


@pytest.mark.parametrize(("situation", "new"), REFUSALS.values(), ids=REFUSALS.keys())
def test_refused_order_changes_nothing(exchange: Exchange, situation: Situation, new: NewOrder) -> None:
    """An order that is refused leaves no trace, not even in the ids, and `validate` says the same."""
    exchange.place("bob", sell("2000", "10"))
    exchange.place("bob", buy("50", "1", client_order_id="of bob"))
    used = exchange.place("ann", buy("1", "5", client_order_id="used"))
    exchange.cancel("ann", "used")
    before = state(exchange)

    assert situation == refusal(lambda: exchange.validate("ann", new))
    assert situation == refusal(lambda: exchange.place("ann", new))
    assert before == state(exchange)
    assert used.order_id + 1 == exchange.place("ann", buy("1", "5")).order_id


def test_market_order_on_an_empty_book_is_refused(exchange: Exchange) -> None:
    """A market order needs an order on the other side."""
    exchange.place("bob", sell("200", "1"))

    assert "no-opposite-order" == refusal(lambda: exchange.place("ann", market(Side.SELL, quantity="1")))


def test_market_amount_below_a_lot_is_refused(exchange: Exchange) -> None:
    """An amount that does not pay for one lot at the best price buys nothing."""
    exchange.place("bob", sell("9000", "1"))

    assert "below-minimum" == refusal(lambda: exchange.place("ann", market(Side.BUY, amount="8.99")))


def test_market_amount_that_would_buy_too_much_is_refused(exchange: Exchange) -> None:
    """The largest quantity binds orders by amount too."""
    exchange.deposit("bob", "BTC", D(1_000))
    for _ in range(2):
        exchange.place("bob", sell("1", "100"))

    assert "above-maximum" == refusal(lambda: exchange.place("ann", market(Side.BUY, amount="101")))


def test_price_band_binds_once_there_is_a_last_price(exchange: Exchange) -> None:
    """With a band of ten percent around a last price of 100, 90 and 110 pass and nothing beyond."""
    exchange.deposit("bob", "ETH", D(10))
    for user, side in (("ann", Side.BUY), ("bob", Side.SELL)):
        exchange.place(user, NewOrder("ETHUSDT", side, price=D(100), quantity=D(1)))

    def check(price: str) -> None:
        exchange.validate("ann", NewOrder("ETHUSDT", Side.BUY, price=D(price), quantity=D(1)))

    check("90")
    check("110")
    assert "price-range" == refusal(lambda: check("89.9"))
    assert "price-range" == refusal(lambda: check("110.1"))


def test_halted_symbol_takes_no_orders_but_cancels(exchange: Exchange) -> None:
    """A halt refuses new orders as of an unknown symbol; what rests can be cancelled."""
    order = exchange.place("ann", buy("100", "1"))
    exchange.set_status("BTCUSDT", SymbolStatus.HALTED)

    assert "unknown-symbol" == refusal(lambda: exchange.place("ann", buy("100", "1")))
    assert OrderStatus.CANCELED is exchange.cancel("ann", order.order_id).status


def test_validate_changes_nothing(exchange: Exchange) -> None:
    """A test order that is fine leaves no trace, though it would match."""
    exchange.place("bob", sell("100", "1"))
    before = state(exchange)
    exchange.validate("ann", buy("100", "1", client_order_id="c"))

    assert before == state(exchange)


def test_refusal_survives_pickling() -> None:
    """A refusal keeps situation and message on its way between processes."""
    refused = pickle.loads(pickle.dumps(Refused("precision", "too fine")))

    assert ("precision", "too fine") == (refused.situation, refused.message)
    assert "precision: too fine" == str(refused)


# Orders: cancelling and looking up


def test_client_order_id_stays_taken_but_only_for_its_user(exchange: Exchange) -> None:
    """A client order id is unique among all orders of one user and free for another user."""
    exchange.place("ann", buy("100", "1", client_order_id="c"))
    exchange.place("bob", buy("100", "1", client_order_id="c"))
    exchange.cancel("ann", "c")

    assert "duplicate-client-order-id" == refusal(lambda: exchange.place("ann", buy("100", "1", client_order_id="c")))
    assert OrderStatus.NEW is exchange.order("bob", "c").status


@pytest.mark.parametrize("key", [1, 99, "missing", "of bob"])
def test_order_is_unknown_unless_it_is_the_users_own(exchange: Exchange, key: OrderKey) -> None:
    """Another user's order is as unknown as one that never was, to look at and to cancel."""
    exchange.place("bob", buy("100", "1", client_order_id="of bob"))

    assert "unknown-order" == refusal(lambda: exchange.order("ann", key))
    assert "unknown-order" == refusal(lambda: exchange.cancel("ann", key))


def test_order_is_unknown_under_another_symbol(exchange: Exchange) -> None:
    """An order asked for with a symbol must be of that symbol."""
    order = exchange.place("ann", buy("100", "1"))

    assert order == exchange.order("ann", order.order_id, symbol="BTCUSDT")
    assert "unknown-order" == refusal(lambda: exchange.order("ann", order.order_id, symbol="ETHUSDT"))
    assert "unknown-symbol" == refusal(lambda: exchange.order("ann", order.order_id, symbol="XXX"))


def test_cancel_refuses_a_closed_order(exchange: Exchange) -> None:
    """An order is cancelled once."""
    order = exchange.place("ann", buy("100", "1"))
    exchange.cancel("ann", order.order_id)

    assert "unknown-order" == refusal(lambda: exchange.cancel("ann", order.order_id))


def test_cancel_all_leaves_other_symbols_and_users(exchange: Exchange) -> None:
    """Cancelling all of a symbol touches neither another symbol's orders nor another user's."""
    first = exchange.place("ann", buy("100", "1"))
    exchange.place("bob", buy("100", "1"))
    second = exchange.place("ann", buy("101", "1"))
    other = exchange.place("ann", NewOrder("ETHUSDT", Side.BUY, price=D(100), quantity=D(1)))
    canceled = exchange.cancel_all("ann", symbol="BTCUSDT")

    assert [first.order_id, second.order_id] == [order.order_id for order in canceled]
    assert [other] == exchange.open_orders("ann")
    assert 1 == len(exchange.open_orders("bob"))


def test_cancel_many_answers_for_every_key(exchange: Exchange) -> None:
    """Each key has its cancelled order or its refusal, in the order asked."""
    order = exchange.place("ann", buy("100", "1", client_order_id="a"))
    good, bad, again = exchange.cancel_many("ann", ["a", 99, order.order_id])

    assert isinstance(good, Order)
    assert OrderStatus.CANCELED is good.status
    assert isinstance(bad, Refused)
    assert "unknown-order" == bad.situation
    assert isinstance(again, Refused)


def test_returned_order_is_a_picture(exchange: Exchange) -> None:
    """An order once returned does not change when it is filled later."""
    order = exchange.place("ann", buy("100", "1"))
    exchange.place("bob", sell("100", "1"))

    assert OrderStatus.NEW is order.status
    assert OrderStatus.FILLED is exchange.order("ann", order.order_id).status


def test_orders_filters_by_status_time_and_id(exchange: Exchange, clock: Clock) -> None:
    """Orders come oldest first; a limit keeps the newest, with `after_id` the oldest."""
    ids: list[int] = []
    for minute in range(4):
        clock.time = NOON + minute * MINUTE_MS
        ids.append(exchange.place("ann", buy("100", "1")).order_id)
    exchange.cancel("ann", ids[1])

    assert ids == order_ids(exchange.orders("ann"))
    assert ids[1:2] == order_ids(exchange.orders("ann", statuses={OrderStatus.CANCELED}))
    assert ids[1:3] == order_ids(exchange.orders("ann", start=NOON + MINUTE_MS, end=NOON + 2 * MINUTE_MS))
    assert ids[2:] == order_ids(exchange.orders("ann", limit=2))
    assert ids[1:3] == order_ids(exchange.orders("ann", limit=2, after_id=ids[0]))
    assert [] == exchange.orders("ann", symbol="ETHUSDT")


def test_fills_filter_by_order_time_and_id(exchange: Exchange, clock: Clock) -> None:
    """Fills come oldest first and can be asked for by order, time and trade id."""
    orders: list[int] = []
    for minute in range(3):
        clock.time = NOON + minute * MINUTE_MS
        exchange.place("bob", sell("100", "1"))
        orders.append(exchange.place("ann", buy("100", "1")).order_id)
    first, second, third = exchange.fills("ann")

    assert [second] == exchange.fills("ann", order_id=orders[1])
    assert [third] == exchange.fills("ann", start=NOON + 2 * MINUTE_MS)
    assert [first] == exchange.fills("ann", end=NOON)
    assert [second] == exchange.fills("ann", after_id=first.trade_id, limit=1)
    assert [third] == exchange.fills("ann", limit=1)


def test_limit_below_one_is_refused(exchange: Exchange) -> None:
    """A page has at least one row."""
    for call in (
        lambda: exchange.orders("ann", limit=0),
        lambda: exchange.trades("BTCUSDT", limit=0),
        lambda: exchange.book("BTCUSDT", 0),
        lambda: exchange.klines("BTCUSDT", 0),
    ):
        assert "bad-parameter" == refusal(call)


# Public data


def trade(exchange: Exchange, price: str, quantity: str = "1") -> None:
    """Let bob sell to ann, who takes."""
    exchange.place("bob", sell(price, quantity))
    exchange.place("ann", buy(price, quantity))


def test_book_adds_up_the_orders_of_a_price(exchange: Exchange) -> None:
    """A level is the sum of its orders; bids fall, asks rise, and the depth cuts."""
    for price, quantity in (("99", "1"), ("99.00", "0.5"), ("98", "1"), ("97", "1")):
        exchange.place("ann", buy(price, quantity))
    for price in ("102", "101"):
        exchange.place("bob", sell(price, "1"))
    book = exchange.book("BTCUSDT", 2)

    assert ((D(99), D("1.5")), (D(98), D(1))) == book.bids
    assert ((D(101), D(1)), (D(102), D(1))) == book.asks


def test_book_version_grows_with_every_change(exchange: Exchange) -> None:
    """Placing, trading and cancelling each change the version, a refusal does not."""
    versions = [exchange.book("BTCUSDT").version]
    order = exchange.place("ann", buy("100", "1"))
    versions.append(exchange.book("BTCUSDT").version)
    exchange.place("bob", sell("100", "0.5"))
    versions.append(exchange.book("BTCUSDT").version)
    exchange.cancel("ann", order.order_id)
    versions.append(exchange.book("BTCUSDT").version)

    assert [0, 1, 2, 3] == versions


def test_aggregated_trades_merge_one_price_time_and_side(exchange: Exchange, clock: Clock) -> None:
    """Two fills of one order at one price are one aggregated trade; another price or time starts anew."""
    for price in ("100", "100", "101"):
        exchange.place("bob", sell(price, "1"))
    exchange.place("ann", buy("101", "3"))
    clock.time += 1
    trade(exchange, "101")
    first, second, third = exchange.aggregated_trades("BTCUSDT")

    assert (1, 2, D(2), D(200)) == (
        first.first_trade_id,
        first.last_trade_id,
        first.quantity,
        first.quote_quantity,
    )
    assert (D(101), D(1), NOON) == (second.price, second.quantity, second.time)
    assert NOON + 1 == third.time


def test_klines_sum_up_and_fill_gaps(exchange: Exchange, clock: Clock) -> None:
    """A minute without a trade has a flat candle at the close before it; the running minute is included."""
    for price in ("100", "120", "90", "110"):
        trade(exchange, price, "0.5")
        clock.time += 10_000
    clock.time = NOON + 2 * MINUTE_MS
    trade(exchange, "130")
    traded, flat, running = exchange.klines("BTCUSDT", MINUTE_MS)

    assert (NOON, NOON + MINUTE_MS - 1) == (traded.open_time, traded.close_time)
    assert (D(100), D(120), D(90), D(110)) == (traded.open, traded.high, traded.low, traded.close)
    assert (D(2), D(210), 4) == (traded.volume, traded.quote_volume, traded.trades)
    assert (D(2), D(210)) == (traded.taker_buy_volume, traded.taker_buy_quote_volume)
    assert (D(110), D(110), D(0), 0) == (flat.open, flat.close, flat.volume, flat.trades)
    assert (NOON + 2 * MINUTE_MS, D(130)) == (running.open_time, running.open)


def test_klines_limit_keeps_the_newest_or_the_first_from_start(exchange: Exchange, clock: Clock) -> None:
    """Without a start the newest candles are kept, with one the oldest; both ends are inclusive."""
    trade(exchange, "100")
    clock.time += 9 * MINUTE_MS

    def minutes(*, start: int | None = None, end: int | None = None, limit: int = 500) -> list[int]:
        times = (None if t is None else NOON + t * MINUTE_MS for t in (start, end))
        rows = exchange.klines("BTCUSDT", MINUTE_MS, start=next(times), end=next(times), limit=limit)
        return [(row.open_time - NOON) // MINUTE_MS for row in rows]

    assert [7, 8, 9] == minutes(limit=3)
    assert [2, 3, 4] == minutes(start=2, limit=3)
    assert [4, 5] == minutes(start=4, end=5)
    assert [0, 1] == minutes(start=-5, end=1)
    assert [] == minutes(start=10)


def test_klines_open_at_the_origin(exchange: Exchange) -> None:
    """With a Monday as origin, weekly candles open on Mondays."""
    trade(exchange, "100")
    monday = 4 * DAY_MS
    (week,) = exchange.klines("BTCUSDT", 7 * DAY_MS, origin=monday)

    assert 0 == (week.open_time - monday) % (7 * DAY_MS)
    assert week.open_time <= NOON <= week.close_time


def test_klines_are_empty_before_the_first_trade(exchange: Exchange) -> None:
    """A symbol that never traded has no candles, no last price and no average."""
    assert [] == exchange.klines("BTCUSDT", MINUTE_MS)
    assert None is exchange.last_price("BTCUSDT")
    assert None is exchange.average_price("BTCUSDT")
    assert None is exchange.ticker("BTCUSDT").day


def test_ticker_covers_the_last_24_hours(exchange: Exchange, clock: Clock) -> None:
    """A trade of 24 hours ago is out, what came after is in; best levels stand beside."""
    trade(exchange, "500", "0.1")
    clock.time += 1
    trade(exchange, "100")
    clock.time = NOON + DAY_MS
    trade(exchange, "125")
    exchange.place("ann", buy("120", "1"))
    ticker = exchange.ticker("BTCUSDT")

    assert ticker.day is not None
    assert (D(100), D(125), D(100), D(125)) == (
        ticker.day.open,
        ticker.day.high,
        ticker.day.low,
        ticker.day.close,
    )
    assert (D(25), D("0.25"), D(2), D(225)) == (
        ticker.day.change,
        ticker.day.change_ratio,
        ticker.day.volume,
        ticker.day.quote_volume,
    )
    assert ((D(120), D(1)), None) == (ticker.best_bid, ticker.best_ask)


def test_average_price_weighs_by_quantity(exchange: Exchange, clock: Clock) -> None:
    """One at 100 and three at 200 average 175; when all of it is old, the last price counts."""
    trade(exchange, "100", "1")
    trade(exchange, "200", "3")

    assert D(175) == exchange.average_price("BTCUSDT", minutes=5)

    clock.time += 6 * MINUTE_MS

    assert D(200) == exchange.average_price("BTCUSDT", minutes=5)


def test_records_stay_in_order_when_the_clock_is_set_back(exchange: Exchange, clock: Clock) -> None:
    """The exchange's time stands still until a clock that was set back has caught up."""
    trade(exchange, "100")
    clock.time -= DAY_MS
    trade(exchange, "101")

    assert [NOON, NOON] == [row.time for row in exchange.trades("BTCUSDT")]


# Liquidity and determinism


def test_seed_liquidity_fills_both_sides(exchange: Exchange) -> None:
    """The ladder has its levels a step apart around the middle, of one to two times the quantity."""
    exchange.seed_liquidity("BTCUSDT", D(100), quantity=D("0.1"), step=D(1), levels=3)
    book = exchange.book("BTCUSDT")

    assert [D(99), D(98), D(97)] == [level.price for level in book.bids]
    assert [D(101), D(102), D(103)] == [level.price for level in book.asks]
    assert all(D("0.1") <= level.quantity <= D("0.2") for level in (*book.bids, *book.asks))
    assert OrderStatus.FILLED is exchange.place("ann", market(Side.BUY, quantity="0.2")).status


def test_seed_trades_invent_a_past(exchange: Exchange) -> None:
    """A seeded past gives candles and a last price, ends at the middle and moves no money."""
    before = exchange.totals()
    past = exchange.seed_trades("BTCUSDT", D(100), quantity=D("0.1"), trades=30)

    assert NOON == past[-1].time
    assert D(100) == exchange.last_price("BTCUSDT")
    assert [NOON - minute * MINUTE_MS for minute in (2, 1, 0)] == [
        row.open_time for row in exchange.klines("BTCUSDT", MINUTE_MS)[-3:]
    ]
    assert before == exchange.totals()


@pytest.mark.parametrize("mid", ["100.001", "-1", "100001"])
def test_refused_seeding_changes_nothing(exchange: Exchange, mid: str) -> None:
    """A ladder or a past that breaks the symbol's rules leaves no trace."""
    before = state(exchange)
    refusal(lambda: exchange.seed_liquidity("BTCUSDT", D(mid), quantity=D(1)))
    refusal(lambda: exchange.seed_trades("BTCUSDT", D(mid), quantity=D(1)))

    assert before == state(exchange)


def test_seed_trades_refuses_to_rewrite_the_past(exchange: Exchange) -> None:
    """Only a symbol that never traded can be given a past."""
    trade(exchange, "100")

    assert "bad-parameter" == refusal(lambda: exchange.seed_trades("BTCUSDT", D(100), quantity=D(1)))


def run(seed: int) -> list[object]:
    exchange = Exchange([BTC], clock=Clock(), seed=seed)
    exchange.seed_trades("BTCUSDT", D(100), quantity=D("0.1"))
    exchange.seed_liquidity("BTCUSDT", D(100), quantity=D("0.1"))
    exchange.deposit("ann", "USDT", D(1_000))
    exchange.place("ann", market(Side.BUY, amount="50"))
    return [state(exchange), exchange.orders(MARKET_MAKER)]


def test_same_seed_and_calls_give_the_same_results() -> None:
    """Two exchanges that live through the same are equal in everything visible; another seed differs."""
    assert run(7) == run(7)
    assert run(7) != run(8)


def test_ids_count_from_the_first_id() -> None:
    """Ids of every kind count up from the first id, also beyond what a double holds."""
    first = 2**53 + 1
    exchange = Exchange([BTC], clock=Clock(), first_id=first)
    deposit = exchange.deposit("ann", "USDT", D(1_000))
    order = exchange.place("ann", buy("100", "1"))

    assert (first, first) == (deposit.movement_id, order.order_id)


@pytest.mark.parametrize("fee", ["-0.1", "1"])
def test_exchange_rejects_a_fee_rate_that_is_no_fraction(fee: str) -> None:
    """A fee rate is at least zero and below one."""
    with pytest.raises(ValueError, match="fractions"):
        Exchange([], clock=Clock(), maker_fee=D(fee))


# Wallet


def test_withdrawal_locks_until_it_is_done(exchange: Exchange) -> None:
    """A pending withdrawal locks amount and fee; done, the amount has left and the fee is collected."""
    pending = exchange.withdraw("ann", "USDT", D(100), fee=D(2), address="T9", network="TRC20")

    assert MovementStatus.PENDING is pending.status
    assert Balance(D(9_898), D(102)) == exchange.balance("ann", "USDT")

    done = exchange.complete_movement(pending.movement_id)

    assert MovementStatus.DONE is done.status
    assert Balance(D(9_898), D(0)) == exchange.balance("ann", "USDT")
    assert D(2) == exchange.balance(FEE_ACCOUNT, "USDT").free
    assert D(100) == exchange.totals()["USDT"].withdrawn


def test_cancelled_withdrawal_gives_everything_back(exchange: Exchange) -> None:
    """A cancelled withdrawal costs nothing and is final."""
    pending = exchange.withdraw("ann", "USDT", D(100), fee=D(2))
    canceled = exchange.cancel_movement("ann", pending.movement_id, kind=MovementKind.WITHDRAWAL)

    assert MovementStatus.CANCELED is canceled.status
    assert Balance(D(10_000), D(0)) == exchange.balance("ann", "USDT")
    assert "bad-parameter" == refusal(lambda: exchange.complete_movement(pending.movement_id))


def test_internal_transfer_arrives_at_once(exchange: Exchange) -> None:
    """The recipient has the money and both see the transfer."""
    sent = exchange.internal_transfer("ann", "bob", "USDT", D(100))

    assert MovementStatus.DONE is sent.status
    assert (D(9_900), D(10_100)) == (
        exchange.balance("ann", "USDT").free,
        exchange.balance("bob", "USDT").free,
    )
    assert [sent] == exchange.movements("bob", kinds=[MovementKind.INTERNAL_TRANSFER])
    assert [sent] == exchange.movements("ann", kinds=[MovementKind.INTERNAL_TRANSFER])


def test_pending_internal_transfer_is_cancelled_by_its_sender_only(exchange: Exchange) -> None:
    """Until completion the money is locked with the sender, who alone can call it back."""
    sent = exchange.internal_transfer("ann", "bob", "USDT", D(100), pending=True)

    assert Balance(D(9_900), D(100)) == exchange.balance("ann", "USDT")
    assert "bad-parameter" == refusal(lambda: exchange.cancel_movement("bob", sent.movement_id))

    exchange.cancel_movement("ann", sent.movement_id)

    assert Balance(D(10_000), D(0)) == exchange.balance("ann", "USDT")


def test_external_id_makes_a_repeated_withdrawal_harmless(exchange: Exchange) -> None:
    """The same withdrawal under the same external id locks once, also after it is done."""
    first = exchange.withdraw("ann", "USDT", D(100), external_id="x")
    done = exchange.complete_movement(first.movement_id)

    assert done == exchange.withdraw("ann", "USDT", D(100), external_id="x")
    assert Balance(D(9_900), D(0)) == exchange.balance("ann", "USDT")


def test_external_id_makes_a_repeated_transfer_harmless(exchange: Exchange) -> None:
    """The same transfer under the same external id moves once; other terms under it are refused."""
    first = exchange.internal_transfer("ann", "bob", "USDT", D(100), external_id="x")
    again = exchange.internal_transfer("ann", "bob", "USDT", D(100), external_id="x")

    assert first == again
    assert D(10_100) == exchange.balance("bob", "USDT").free
    assert "bad-parameter" == refusal(lambda: exchange.internal_transfer("ann", "bob", "USDT", D(101), external_id="x"))


def test_transfer_moves_between_accounts_of_a_user(exchange: Exchange) -> None:
    """Money in a second account is out of reach for orders and comes back by another transfer."""
    exchange.transfer("ann", "USDT", D(9_950), source="spot", target="futures")

    assert "insufficient-funds" == refusal(lambda: exchange.place("ann", buy("100", "1")))
    assert D(9_950) == exchange.balance("ann", "USDT", account="futures").free

    exchange.transfer("ann", "USDT", D(9_950), source="futures", target="spot")

    assert Balance(D(10_000), D(0)) == exchange.balance("ann", "USDT")


WALLET_REFUSALS: dict[str, tuple[Situation, Callable[[Exchange], object]]] = {
    "withdraw too much": ("insufficient-funds", lambda x: x.withdraw("ann", "USDT", D(10_000), fee=D(1))),
    "withdraw an unknown asset": ("insufficient-funds", lambda x: x.withdraw("ann", "DOGE", D(1))),
    "negative fee": ("bad-parameter", lambda x: x.withdraw("ann", "USDT", D(1), fee=D(-1))),
    "deposit nothing": ("bad-parameter", lambda x: x.deposit("ann", "USDT", D(0))),
    "deposit too much": ("above-maximum", lambda x: x.deposit("ann", "USDT", D("1E18"))),
    "deposit too fine": ("precision", lambda x: x.deposit("ann", "USDT", D("1E-19"))),
    "deposit into no account": ("bad-parameter", lambda x: x.deposit("ann", "USDT", D(1), account="moon")),
    "send too much": ("insufficient-funds", lambda x: x.internal_transfer("ann", "bob", "USDT", D(10_001))),
    "send to a stranger": ("bad-parameter", lambda x: x.internal_transfer("ann", "eve", "USDT", D(1))),
    "send to oneself": ("bad-parameter", lambda x: x.internal_transfer("ann", "ann", "USDT", D(1))),
    "transfer too much": (
        "insufficient-funds",
        lambda x: x.transfer("ann", "USDT", D(1), source="futures", target="spot"),
    ),
    "transfer in place": (
        "bad-parameter",
        lambda x: x.transfer("ann", "USDT", D(1), source="spot", target="spot"),
    ),
    "transfer from nowhere": (
        "bad-parameter",
        lambda x: x.transfer("ann", "USDT", D(1), source="moon", target="spot"),
    ),
    "transfer to nowhere": (
        "bad-parameter",
        lambda x: x.transfer("ann", "USDT", D(1), source="spot", target="moon"),
    ),
    "complete nothing": ("bad-parameter", lambda x: x.complete_movement(99)),
    "cancel a deposit": ("bad-parameter", lambda x: x.cancel_movement("ann", 1)),
    "cancel another's": ("bad-parameter", lambda x: x.cancel_movement("bob", 1)),
    "look at another's": ("bad-parameter", lambda x: x.movement("bob", 1)),
}


@pytest.mark.parametrize(("situation", "call"), WALLET_REFUSALS.values(), ids=WALLET_REFUSALS.keys())
def test_refused_movement_changes_nothing(
    exchange: Exchange, situation: Situation, call: Callable[[Exchange], object]
) -> None:
    """A deposit, withdrawal or transfer that is refused leaves no trace."""
    before = state(exchange)

    assert situation == refusal(lambda: call(exchange))
    assert before == state(exchange)


def test_movements_filter_by_kind_asset_and_time(exchange: Exchange, clock: Clock) -> None:
    """Movements come oldest first; a limit keeps the newest."""
    clock.time += 1
    late = exchange.deposit("ann", "USDT", D(1))
    first, second, third = exchange.movements("ann")

    assert [first, third] == exchange.movements("ann", asset="USDT")
    assert [late] == exchange.movements("ann", start=NOON + 1)
    assert [first, second] == exchange.movements("ann", end=NOON)
    assert [third] == exchange.movements("ann", limit=1)
    assert [] == exchange.movements("ann", kinds=[MovementKind.WITHDRAWAL])
