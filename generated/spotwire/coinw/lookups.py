"""How to find out what became of a call to CoinW spot REST API. Generated from `specs/coinw`; do not edit."""

from spotwire.coinw.api.trade import OPEN_ORDERS, ORDER_HISTORY
from spotwire.coinw.api.wallet import DEPOSITS_AND_WITHDRAWALS
from spotwire_core.resolve import Lookup

LOOKUPS: dict[str, tuple[Lookup, ...]] = {
    "placeOrder": (
        Lookup(
            operation=OPEN_ORDERS,
            arguments=((0, "symbol"),),
            match=(("type", "type"), ("price", "rate"), ("total", "amount")),
            time="date",
        ),
        Lookup(
            operation=ORDER_HISTORY,
            arguments=((0, "symbol"),),
            match=(("out_trade_no", "out_trade_no"),),
            time="date",
            by_id=True,
        ),
    ),
    "withdraw": (
        Lookup(
            operation=DEPOSITS_AND_WITHDRAWALS,
            arguments=((0, "currency"),),
            match=(("address", "address"),),
            time="time",
            proves=False,
        ),
    ),
}
