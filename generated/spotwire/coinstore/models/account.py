"""Values of the account operations of Coinstore spot REST API. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.coinstore.enums import BalanceType


@attrs.frozen(kw_only=True)
class Balance:
    """Available or frozen amount of one currency."""

    uid: int
    """Id of the user."""
    account_id: int = attrs.field(metadata={"wire": "accountId"})
    """Id of the account."""
    currency: str
    """Code of the currency."""
    balance: Decimal
    """Amount in the currency."""
    type: BalanceType
    """Whether the amount is available or frozen."""
    type_name: str = attrs.field(metadata={"wire": "typeName"})
    """The type in words, AVAILABLE or FROZEN."""
