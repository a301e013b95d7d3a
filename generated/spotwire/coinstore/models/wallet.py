"""Values of the wallet operations of Coinstore spot REST API. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.coinstore.enums import DepositStatus, InternalType, WithdrawalStatus
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class DepositAddress:
    """An address for deposits."""

    address: str
    """Address."""
    tag: str | None
    """Tag or memo; empty where none is needed."""
    deposit_min: Decimal = attrs.field(metadata={"wire": "depositMin"})
    """Smallest deposit in the currency."""


@attrs.frozen(kw_only=True)
class DepositRecords:
    """Deposits with the filter that was asked for."""

    deposit_list: list[Deposit] = attrs.field(metadata={"wire": "depositList"})
    """The deposits."""
    external_id: str | None = attrs.field(metadata={"wire": "externalId"})
    """External id."""
    label: str | None
    """Label."""


@attrs.frozen(kw_only=True)
class WithdrawalRecords:
    """Withdrawals with the filter that was asked for."""

    withdraw_list: list[Withdrawal] = attrs.field(metadata={"wire": "withdrawList"})
    """The withdrawals."""
    external_id: str | None = attrs.field(metadata={"wire": "externalId"})
    """External id."""
    label: str | None
    """Label."""


@attrs.frozen(kw_only=True)
class WithdrawalId:
    """Id of a withdrawal."""

    id: Id
    """Id of the withdrawal."""


@attrs.frozen(kw_only=True)
class Deposit:
    """A deposit."""

    id: Id
    """Id of the deposit."""
    symbol: str
    """Code of the currency, lower case."""
    chain_name: str | None = attrs.field(metadata={"wire": "chainName"})
    """Name of the network."""
    chain_protocol: str | None = attrs.field(metadata={"wire": "chainProtocol"})
    """Protocol of the network."""
    amount: Decimal
    """Amount in the currency."""
    created_at: str = attrs.field(metadata={"wire": "createdAt"})
    """Time, as YYYY-MM-DD HH:MM:SS; the zone is not stated."""
    status: DepositStatus
    """State of the deposit."""
    explorer: str | None = None
    """Link to a block explorer; not always a URL."""
    tx_id: str | None = attrs.field(default=None, metadata={"wire": "txId"})
    """Transaction hash."""
    internal_type: InternalType = attrs.field(metadata={"wire": "internalType"})
    """Whether the deposit came from another user of the venue."""
    lock_account: bool = attrs.field(metadata={"wire": "lockAccount"})
    """Whether the account is locked."""
    no_deposit_msg: str | None = attrs.field(default=None, metadata={"wire": "noDepositMsg"})
    """Why the deposit was not credited; no table explains it."""


@attrs.frozen(kw_only=True)
class Withdrawal:
    """A withdrawal."""

    id: Id
    """Id of the withdrawal."""
    symbol: str
    """Code of the currency, upper case."""
    amount: Decimal
    """Amount in the currency."""
    fee: Decimal
    """Fee in the currency."""
    created_at: str = attrs.field(metadata={"wire": "createdAt"})
    """Time, as YYYY-MM-DD HH:MM:SS; the zone is not stated."""
    status: WithdrawalStatus
    """State of the withdrawal."""
    show_status: int | None = attrs.field(default=None, metadata={"wire": "showStatus"})
    """State as the web site shows it; no table explains its values."""
    explorer: str | None = None
    """Beginning of a link to a block explorer."""
    tx_id: str | None = attrs.field(default=None, metadata={"wire": "txId"})
    """Transaction hash."""
    address_to: str | None = attrs.field(metadata={"wire": "addressTo"})
    """Target address."""
    tag: str | None = None
    """Tag or memo."""
    chain_name: str | None = attrs.field(metadata={"wire": "chainName"})
    """Name of the network."""
    chain_protocol: str | None = attrs.field(metadata={"wire": "chainProtocol"})
    """Protocol of the network."""
    internal_type: InternalType = attrs.field(metadata={"wire": "internalType"})
    """Whether the withdrawal went to another user of the venue."""
