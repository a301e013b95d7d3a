"""Values of the account operations of CoinW spot REST API. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs


@attrs.frozen(kw_only=True)
class Balance:
    """What the account holds of one asset."""

    available: Decimal
    """Available, in units of the asset."""
    on_orders: Decimal = attrs.field(metadata={"wire": "onOrders"})
    """Held by open orders, in units of the asset."""
