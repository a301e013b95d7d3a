"""Values of the account operations of JEX spot. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs


@attrs.frozen(kw_only=True)
class Account:
    """Balances of the three accounts."""

    update_time: int = attrs.field(metadata={"wire": "updateTime"})
    """Time of the last change, in epoch milliseconds."""
    contract_balances: list[Balance] = attrs.field(metadata={"wire": "contractBalances"})
    """Contract account, assets in lower case."""
    option_balances: list[Balance] = attrs.field(metadata={"wire": "optionBalances"})
    """Option account."""
    spot_balances: list[Balance] = attrs.field(metadata={"wire": "spotBalances"})
    """Spot account, assets in capitals."""


@attrs.frozen(kw_only=True)
class Balance:
    """Balance of one asset."""

    asset: str
    """Asset."""
    can_deposit: bool = attrs.field(metadata={"wire": "canDeposit"})
    """Whether the asset can be deposited."""
    can_trade: bool = attrs.field(metadata={"wire": "canTrade"})
    """Whether the asset can be traded."""
    can_withdraw: bool = attrs.field(metadata={"wire": "canWithdraw"})
    """Whether the asset can be withdrawn."""
    free: Decimal
    """Available amount, in the asset."""
    locked: Decimal
    """Amount held by open orders, in the asset."""
