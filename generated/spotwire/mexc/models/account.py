"""Values of the account operations of MEXC spot API v3. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs


@attrs.frozen(kw_only=True)
class Account:
    """Permissions and balances of the account."""

    maker_commission: Decimal | None = attrs.field(default=None, metadata={"wire": "makerCommission"})
    """Commission of the maker; null in practice."""
    taker_commission: Decimal | None = attrs.field(default=None, metadata={"wire": "takerCommission"})
    """Commission of the taker; null in practice."""
    buyer_commission: Decimal | None = attrs.field(default=None, metadata={"wire": "buyerCommission"})
    """Commission of the buyer; null in practice."""
    seller_commission: Decimal | None = attrs.field(default=None, metadata={"wire": "sellerCommission"})
    """Commission of the seller; null in practice."""
    can_trade: bool = attrs.field(metadata={"wire": "canTrade"})
    """Whether the account may trade."""
    can_withdraw: bool = attrs.field(metadata={"wire": "canWithdraw"})
    """Whether the account may withdraw."""
    can_deposit: bool = attrs.field(metadata={"wire": "canDeposit"})
    """Whether the account may deposit."""
    update_time: int | None = attrs.field(default=None, metadata={"wire": "updateTime"})
    """Time of the last change, in milliseconds."""
    account_type: str = attrs.field(metadata={"wire": "accountType"})
    """Kind of account; SPOT."""
    balances: list[Balance]
    """Balance of each asset."""
    permissions: list[str]
    """Markets on which the account may trade."""


@attrs.frozen(kw_only=True)
class Balance:
    """Balance of an asset."""

    asset: str
    """Asset."""
    free: Decimal
    """Available quantity, in the asset."""
    locked: Decimal
    """Quantity held by open orders, in the asset."""
