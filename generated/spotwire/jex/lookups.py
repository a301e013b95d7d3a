"""How to find out what became of a call to JEX spot. Generated from `specs/jex`; do not edit."""

from spotwire.jex.api.trade import OPEN_ORDERS, ORDER_HISTORY
from spotwire_core.resolve import Lookup

LOOKUPS: dict[str, tuple[Lookup, ...]] = {
    "placeOrder": (
        Lookup(
            operation=OPEN_ORDERS,
            arguments=((0, "symbol"), (2, "sent-at")),
            match=(("price", "price"), ("orig_qty", "quantity"), ("side", "side")),
            time="time",
        ),
        Lookup(
            operation=ORDER_HISTORY,
            arguments=((0, "symbol"), (2, "sent-at")),
            match=(("price", "price"), ("orig_qty", "quantity"), ("side", "side")),
            time="time",
        ),
    ),
}
