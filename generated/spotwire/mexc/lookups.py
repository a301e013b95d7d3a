"""How to find out what became of a call to MEXC spot API v3. Generated from `specs/mexc`; do not edit."""

from spotwire.mexc.api.trade import ORDER
from spotwire_core.resolve import Lookup

LOOKUPS: dict[str, tuple[Lookup, ...]] = {
    "placeOrder": (Lookup(operation=ORDER, arguments=((0, "symbol"), (1, "new_client_order_id")), by_id=True),),
}
