"""How to find out what became of a call to Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from spotwire.coinstore.api.trade import ORDER_V2
from spotwire_core.resolve import Lookup

LOOKUPS: dict[str, tuple[Lookup, ...]] = {
    "placeOrder": (Lookup(operation=ORDER_V2, arguments=((1, "cl_ord_id"),), by_id=True),),
    "placeOrders": (Lookup(operation=ORDER_V2, arguments=((1, "cl_ord_id"),), by_id=True),),
}
