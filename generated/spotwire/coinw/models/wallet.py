"""Values of the wallet operations of CoinW spot REST API. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.coinw.enums import DepositOrWithdrawalSide, DepositOrWithdrawalStatus, Destination
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class DepositOrWithdrawal:
    """One deposit or withdrawal."""

    amount: Decimal
    """Amount, in units of the currency."""
    chain: str
    """Name of the chain."""
    side: DepositOrWithdrawalSide
    """Deposit or withdrawal."""
    deposit_number: Id = attrs.field(metadata={"wire": "depositNumber"})
    """Id of the deposit or withdrawal."""
    address: str
    """Address."""
    txid: str | None
    """Hash of the transaction."""
    memo: str | None
    """Memo of the address."""
    currency: str
    """Currency."""
    time: int
    """Time of the deposit or withdrawal, epoch milliseconds."""
    confirmations: int
    """Number of confirmations."""
    status: DepositOrWithdrawalStatus
    """State of the deposit or withdrawal."""
    dest: Destination | None = None
    """Where a withdrawal went."""
    from_address: str | None = attrs.field(default=None, metadata={"wire": "fromAddress"})
    """User id of the sender of a withdrawal."""
    to_address: str | None = attrs.field(default=None, metadata={"wire": "toAddress"})
    """Address on the chain, or user id, e-mail address or phone number of the receiver of an internal transfer."""


@attrs.frozen(kw_only=True)
class DepositAddress:
    """One deposit address."""

    min_recharge_amount: Decimal = attrs.field(metadata={"wire": "minRechargeAmount"})
    """Smallest deposit, in units of the currency."""
    chain_name: str = attrs.field(metadata={"wire": "chainName"})
    """Name of the chain."""
    address: str
    """Address."""
    memo: str | None = None
    """Memo of the address, where the chain has one."""


@attrs.frozen(kw_only=True)
class WithdrawalAck:
    """Id of a withdrawal that was accepted."""

    deposit_number: Id = attrs.field(metadata={"wire": "depositNumber"})
    """Id of the withdrawal."""
