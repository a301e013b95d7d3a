"""Values of the account operations of Bitunix spot. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs


@attrs.frozen(kw_only=True)
class Balance:
    """Balance."""

    coin: str
    """Asset."""
    balance: Decimal
    """Balance, in the asset; whether the locked part is included is not documented."""
    balance_locked: Decimal = attrs.field(metadata={"wire": "balanceLocked"})
    """Locked balance, in the asset."""


@attrs.frozen(kw_only=True)
class UserInfo:
    """UserInfo."""

    uid: int | None = None
    """User id; of the main account for the key of a sub-account."""
