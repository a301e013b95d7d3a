"""Values of the wallet operations of Bitunix spot. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.bitunix.enums import DepositStatus, DepositType, RecipientType, WithdrawalStatus, WithdrawalType
from spotwire_core.types import Id


@attrs.frozen(kw_only=True)
class Withdrawal:
    """Withdrawal."""

    id: Id
    """Withdrawal id or transfer id."""
    out_biz_id: str | None = attrs.field(default=None, metadata={"wire": "outBizId"})
    """Id of your own, as sent with the transfer."""
    coin: str
    """Asset."""
    network: str | None
    """Network."""
    amount: Decimal
    """Amount that arrives, in the asset."""
    fee_coin: str | None = attrs.field(metadata={"wire": "feeCoin"})
    """Asset of the fee."""
    fee: Decimal | None
    """Fee, in feeCoin."""
    type: WithdrawalType
    """Withdrawal on the chain or internal transfer."""
    to_address: str | None = attrs.field(default=None, metadata={"wire": "toAddress"})
    """Receiving address, as the document names it; the example has address instead."""
    address: str | None = None
    """Receiving address of a withdrawal on the chain."""
    memo: str | None = None
    """Memo or tag of the address."""
    transaction_hash: str | None = attrs.field(default=None, metadata={"wire": "transactionHash"})
    """Hash of the transaction of a withdrawal on the chain."""
    to_type: RecipientType | None = attrs.field(default=None, metadata={"wire": "toType"})
    """How the receiver of an internal transfer is named."""
    to_uid: int | None = attrs.field(default=None, metadata={"wire": "toUid"})
    """User id of the receiver, with toType uid."""
    to_phone_country_code: str | None = attrs.field(default=None, metadata={"wire": "toPhoneCountryCode"})
    """Country code of the receiver's phone number, with toType phone."""
    to_phone_number: str | None = attrs.field(default=None, metadata={"wire": "toPhoneNumber"})
    """Phone number of the receiver, with toType phone."""
    to_email: str | None = attrs.field(default=None, metadata={"wire": "toEmail"})
    """E-mail address of the receiver, with toType email."""
    remark: str | None = None
    """Remark, at most 256 characters."""
    status: WithdrawalStatus
    """State."""
    ctime: int
    """When the record was created, in milliseconds."""


@attrs.frozen(kw_only=True)
class Deposit:
    """Deposit."""

    id: Id
    """Deposit id or transfer id."""
    transaction_hash: str | None = attrs.field(default=None, metadata={"wire": "transactionHash"})
    """Hash of the transaction of a deposit on the chain."""
    coin: str
    """Asset."""
    network: str | None = None
    """Network of a deposit on the chain."""
    type: DepositType
    """Deposit on the chain or internal transfer."""
    from_address: str = attrs.field(metadata={"wire": "fromAddress"})
    """Sending address; for an internal transfer the id of the sending user."""
    to_address: str = attrs.field(metadata={"wire": "toAddress"})
    """Receiving address; for an internal transfer the id of the receiving user."""
    amount: Decimal
    """Amount that arrived, in the asset."""
    status: DepositStatus
    """State."""
    ctime: int
    """When the record was created, in milliseconds."""


@attrs.frozen(kw_only=True)
class DepositAddress:
    """DepositAddress."""

    coin: str
    """Asset."""
    network: str
    """Network."""
    address: str
    """Address to deposit to."""
    memo: str | None = None
    """Memo or tag that the deposit has to carry."""
