"""How to find out what became of a call to Bitunix spot. Generated from `specs/bitunix`; do not edit."""

from spotwire.bitunix.api.trade import OPEN_ORDERS, ORDER_HISTORY
from spotwire.bitunix.api.wallet import WITHDRAWALS
from spotwire_core.resolve import Lookup

LOOKUPS: dict[str, tuple[Lookup, ...]] = {
    "placeOrder": (
        Lookup(
            operation=OPEN_ORDERS,
            arguments=((0, "symbol"),),
            match=(("client_id", "client_id"),),
            time="ctime",
            by_id=True,
        ),
        Lookup(
            operation=ORDER_HISTORY,
            arguments=((7, "symbol"), (2, "sent-at")),
            match=(("client_id", "client_id"),),
            by_id=True,
        ),
    ),
    "placeOrders": (
        Lookup(
            operation=OPEN_ORDERS,
            arguments=((0, "symbol"),),
            match=(("client_id", "client_id"),),
            time="ctime",
            by_id=True,
        ),
        Lookup(
            operation=ORDER_HISTORY,
            arguments=((7, "symbol"), (2, "sent-at")),
            match=(("client_id", "client_id"),),
            by_id=True,
        ),
    ),
    "withdraw": (
        Lookup(
            operation=WITHDRAWALS,
            arguments=((2, "coin"), (5, "sent-at")),
            match=(("coin", "coin"),),
            time="ctime",
            proves=False,
        ),
    ),
    "internalTransfer": (
        Lookup(
            operation=WITHDRAWALS,
            arguments=((1, "out_biz_id"),),
            match=(("out_biz_id", "out_biz_id"),),
            time="ctime",
            by_id=True,
        ),
    ),
}
