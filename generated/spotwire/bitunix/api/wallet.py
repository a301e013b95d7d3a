"""The wallet operations of Bitunix spot. Generated from `specs/bitunix`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.bitunix.enums import DepositType, RecipientType, TransferType, WithdrawalType
from spotwire.bitunix.models.wallet import Deposit, DepositAddress, Withdrawal
from spotwire_core.operation import Charge, Operation, Param
from spotwire_core.types import Id

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

WITHDRAW: Operation[Id] = Operation(
    name="withdraw",
    method="POST",
    path="/api/spot/v1/withdraw",
    result=Id,
    params=(
        Param(name="coin", wire="coin", place="json", required=True),
        Param(name="network", wire="network", place="json", required=True),
        Param(name="address", wire="address", place="json", required=True),
        Param(name="amount", wire="amount", place="json", kind="decimal", required=True, bare=True),
        Param(name="memo", wire="memo", place="json"),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="withdraw"),),
)
CANCEL_WITHDRAWAL: Operation[None] = Operation(
    name="cancelWithdrawal",
    method="POST",
    path="/api/spot/v1/withdraw/cancel",
    result=None,
    params=(Param(name="withdraw_id", wire="withdrawId", place="json", kind="id", required=True),),
    body="json",
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="cancelWithdrawal"),),
)
INTERNAL_TRANSFER: Operation[Id] = Operation(
    name="internalTransfer",
    method="POST",
    path="/api/spot/v1/inside_transfer",
    result=Id,
    params=(
        Param(name="out_biz_id", wire="outBizId", place="json", fill="client-order-id", max_length=32),
        Param(name="coin", wire="coin", place="json", required=True),
        Param(name="amount", wire="amount", place="json", kind="decimal", required=True, bare=True),
        Param(name="to_type", wire="toType", place="json", required=True, enum=RecipientType),
        Param(name="to_uid", wire="toUid", place="json", kind="integer", bare=True),
        Param(name="to_phone_country_code", wire="toPhoneCountryCode", place="json"),
        Param(name="to_phone_number", wire="toPhoneNumber", place="json"),
        Param(name="to_email", wire="toEmail", place="json"),
        Param(name="remark", wire="remark", place="json", max_length=256),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="internalTransfer"),),
)
CANCEL_INTERNAL_TRANSFER: Operation[None] = Operation(
    name="cancelInternalTransfer",
    method="POST",
    path="/api/spot/v1/inside_transfer/cancel",
    result=None,
    params=(Param(name="inside_transfer_id", wire="insideTransferId", place="json", kind="id", required=True),),
    body="json",
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="cancelInternalTransfer"),),
)
WITHDRAWALS: Operation[list[Withdrawal] | None] = Operation(
    name="withdrawals",
    method="POST",
    path="/api/spot/v1/withdraw_transfer/page",
    result=list[Withdrawal] | None,
    params=(
        Param(name="id", wire="id", place="json", kind="id"),
        Param(name="out_biz_id", wire="outBizId", place="json"),
        Param(name="coin", wire="coin", place="json"),
        Param(name="transaction_hash", wire="transactionHash", place="json"),
        Param(name="type", wire="type", place="json", enum=WithdrawalType),
        Param(name="start_time", wire="startTime", place="json", kind="integer", bare=True),
        Param(name="end_time", wire="endTime", place="json", kind="integer", bare=True),
        Param(name="remark", wire="remark", place="json"),
        Param(name="limit", wire="limit", place="json", kind="integer", bare=True, maximum=100),
    ),
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="withdrawals"),),
)
TRANSFER: Operation[Id] = Operation(
    name="transfer",
    method="POST",
    path="/api/spot/v1/funds_transfer",
    result=Id,
    params=(
        Param(name="type", wire="type", place="json", required=True, enum=TransferType),
        Param(name="coin", wire="coin", place="json", required=True),
        Param(name="amount", wire="amount", place="json", kind="decimal", required=True, bare=True),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="transfer"),),
)
DEPOSITS: Operation[list[Deposit] | None] = Operation(
    name="deposits",
    method="POST",
    path="/api/spot/v1/deposit/page",
    result=list[Deposit] | None,
    params=(
        Param(name="id", wire="id", place="json", kind="id"),
        Param(name="coin", wire="coin", place="json"),
        Param(name="type", wire="type", place="json", enum=DepositType),
        Param(name="transaction_hash", wire="transactionHash", place="json"),
        Param(name="start_time", wire="startTime", place="json", kind="integer", bare=True),
        Param(name="end_time", wire="endTime", place="json", kind="integer", bare=True),
        Param(name="limit", wire="limit", place="json", kind="integer", bare=True, maximum=100),
    ),
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="deposits"),),
)
DEPOSIT_ADDRESS: Operation[list[DepositAddress] | None] = Operation(
    name="depositAddress",
    method="POST",
    path="/api/spot/v1/deposit/address",
    result=list[DepositAddress] | None,
    params=(
        Param(name="coin", wire="coin", place="json", required=True),
        Param(name="network", wire="network", place="json", required=True),
    ),
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="depositAddress"),),
)


class WalletApi:
    """The wallet operations of Bitunix spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def withdraw(
        self,
        coin: str,
        network: str,
        address: str,
        amount: Decimal | int | str,
        *,
        memo: str | None = None,
        options: CallOptions | None = None,
    ) -> Id:
        """Withdraw an asset to an address outside the venue.

        Only to addresses that were freed from verification on the web site or in the app, and only with a key that has
        the withdrawal permission. What arrives is the amount less the fee.

        Args:
            coin: Asset, as listed by currencies.
            network: Network, the network of an entry of networks as listed by currencies, such as Tron
                (TRC-20).
            address: Address to withdraw to.
            amount: Amount including the fee, in the asset; its precision is listed by currencies. At least 0.
            memo: Memo or tag; needed for assets whose deposit addresses have one, where without it the
                funds may be lost.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/withdraw. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, user interface (9 endpoints), 2. Withdraw (发起提币).
        """
        return self._call(WITHDRAW, (coin, network, address, amount, memo), options)

    def cancel_withdrawal(self, withdraw_id: str | int, *, options: CallOptions | None = None) -> None:
        """Cancel a withdrawal that has not been approved yet.

        Possible only while it waits for its first manual approval; not once it is approved or on the chain.

        Args:
            withdraw_id: Withdrawal id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/withdraw/cancel. Source: Bitunix open platform, spot, user interface (9 endpoints), 3.
        Cancel withdrawal (撤销提币).
        """
        return self._call(CANCEL_WITHDRAWAL, (withdraw_id,), options)

    def internal_transfer(
        self,
        coin: str,
        amount: Decimal | int | str,
        to_type: RecipientType | str,
        *,
        out_biz_id: str | None = None,
        to_uid: int | None = None,
        to_phone_country_code: str | None = None,
        to_phone_number: str | None = None,
        to_email: str | None = None,
        remark: str | None = None,
        options: CallOptions | None = None,
    ) -> Id:
        """Transfer an asset to another user of the venue.

        The receiver is named as toType says: by toUid, by toPhoneCountryCode and toPhoneNumber, or by toEmail. Only
        with a key that has the withdrawal permission. A second request with the same outBizId is the same transfer.

        Args:
            coin: Asset, as listed by currencies.
            amount: Amount, in the asset; its precision is listed by currencies. At least 0.
            to_type: How the receiver is named.
            out_biz_id: Id of your own that makes the request idempotent. At most 32 characters, made up when left
                out.
            to_uid: User id of the receiver, with toType uid.
            to_phone_country_code: Country code of the phone number, with toType phone.
            to_phone_number: Phone number, with toType phone.
            to_email: E-mail address, with toType email.
            remark: Remark. At most 256 characters.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/inside_transfer. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, user interface (9 endpoints), 4. Internal transfer to another
        user (发起站内转账).
        """
        return self._call(
            INTERNAL_TRANSFER,
            (out_biz_id, coin, amount, to_type, to_uid, to_phone_country_code, to_phone_number, to_email, remark),
            options,
        )

    def cancel_internal_transfer(self, inside_transfer_id: str | int, *, options: CallOptions | None = None) -> None:
        """Cancel an internal transfer that has not been approved yet.

        Possible only while it waits for its first manual approval.

        Args:
            inside_transfer_id: Transfer id, as answered by internalTransfer or listed by withdrawals.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/inside_transfer/cancel. Source: Bitunix open platform, spot, user interface (9
        endpoints), 5. Cancel internal transfer (撤销站内转账).
        """
        return self._call(CANCEL_INTERNAL_TRANSFER, (inside_transfer_id,), options)

    def withdrawals(
        self,
        *,
        id: str | int | None = None,
        out_biz_id: str | None = None,
        coin: str | None = None,
        transaction_hash: str | None = None,
        type: WithdrawalType | str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        remark: str | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Withdrawal] | None:
        """List withdrawals and outgoing internal transfers of the past.

        At most 100 records an answer, and no page number; narrow the answer by id or time instead.

        Args:
            id: Withdrawal id or transfer id.
            out_biz_id: Id of your own, as sent with the transfer.
            coin: Asset, as listed by currencies.
            transaction_hash: Hash of the transaction on the chain; counts only with type withdraw.
            type: Only records of this type.
            start_time: Only records from this time on, in milliseconds.
            end_time: Only records up to this time, in milliseconds.
            remark: Only records with exactly this remark.
            limit: Number of records. Default 100, at most 100.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/withdraw_transfer/page. Source: Bitunix open platform, spot, user interface (9
        endpoints), 6. Withdrawal and internal transfer records (获取提币记录(提币+站内转账)).
        """
        return self._call(
            WITHDRAWALS, (id, out_biz_id, coin, transaction_hash, type, start_time, end_time, remark, limit), options
        )

    def transfer(
        self, type: TransferType | str, coin: str, amount: Decimal | int | str, *, options: CallOptions | None = None
    ) -> Id:
        """Transfer an asset between the spot and the futures account of the same user.

        Args:
            type: Direction.
            coin: Asset, as listed by currencies.
            amount: Amount, in the asset; its precision is listed by currencies. At least 0.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/funds_transfer. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, user interface (9 endpoints), 7. Transfer between accounts (划转).
        """
        return self._call(TRANSFER, (type, coin, amount), options)

    def deposits(
        self,
        *,
        id: str | int | None = None,
        coin: str | None = None,
        type: DepositType | str | None = None,
        transaction_hash: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Deposit] | None:
        """List deposits and incoming internal transfers of the past.

        At most 100 records an answer, and no page number; narrow the answer by id or time instead.

        Args:
            id: Deposit id or transfer id.
            coin: Asset, as listed by currencies.
            type: Only records of this type.
            transaction_hash: Hash of the transaction on the chain; counts only with type deposit.
            start_time: Only records from this time on, in milliseconds.
            end_time: Only records up to this time, in milliseconds.
            limit: Number of records. Default 100, at most 100.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/deposit/page. Source: Bitunix open platform, spot, user interface (9 endpoints), 8.
        Deposit and internal transfer records (获取充币记录(充币+站内转账)).
        """
        return self._call(DEPOSITS, (id, coin, type, transaction_hash, start_time, end_time, limit), options)

    def deposit_address(
        self, coin: str, network: str, *, options: CallOptions | None = None
    ) -> list[DepositAddress] | None:
        """List the addresses to which an asset can be deposited.

        There may be several addresses, and each can be used.

        Args:
            coin: Asset, as listed by currencies.
            network: Network, the network of an entry of networks as listed by currencies, such as Tron
                (TRC-20).
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/deposit/address. Source: Bitunix open platform, spot, user interface (9 endpoints), 9.
        Deposit addresses (获取充币地址).
        """
        return self._call(DEPOSIT_ADDRESS, (coin, network), options)


class AsyncWalletApi:
    """The wallet operations of Bitunix spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def withdraw(
        self,
        coin: str,
        network: str,
        address: str,
        amount: Decimal | int | str,
        *,
        memo: str | None = None,
        options: CallOptions | None = None,
    ) -> Id:
        """Withdraw an asset to an address outside the venue.

        Only to addresses that were freed from verification on the web site or in the app, and only with a key that has
        the withdrawal permission. What arrives is the amount less the fee.

        Args:
            coin: Asset, as listed by currencies.
            network: Network, the network of an entry of networks as listed by currencies, such as Tron
                (TRC-20).
            address: Address to withdraw to.
            amount: Amount including the fee, in the asset; its precision is listed by currencies. At least 0.
            memo: Memo or tag; needed for assets whose deposit addresses have one, where without it the
                funds may be lost.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/withdraw. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, user interface (9 endpoints), 2. Withdraw (发起提币).
        """
        return await self._call(WITHDRAW, (coin, network, address, amount, memo), options)

    async def cancel_withdrawal(self, withdraw_id: str | int, *, options: CallOptions | None = None) -> None:
        """Cancel a withdrawal that has not been approved yet.

        Possible only while it waits for its first manual approval; not once it is approved or on the chain.

        Args:
            withdraw_id: Withdrawal id.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/withdraw/cancel. Source: Bitunix open platform, spot, user interface (9 endpoints), 3.
        Cancel withdrawal (撤销提币).
        """
        return await self._call(CANCEL_WITHDRAWAL, (withdraw_id,), options)

    async def internal_transfer(
        self,
        coin: str,
        amount: Decimal | int | str,
        to_type: RecipientType | str,
        *,
        out_biz_id: str | None = None,
        to_uid: int | None = None,
        to_phone_country_code: str | None = None,
        to_phone_number: str | None = None,
        to_email: str | None = None,
        remark: str | None = None,
        options: CallOptions | None = None,
    ) -> Id:
        """Transfer an asset to another user of the venue.

        The receiver is named as toType says: by toUid, by toPhoneCountryCode and toPhoneNumber, or by toEmail. Only
        with a key that has the withdrawal permission. A second request with the same outBizId is the same transfer.

        Args:
            coin: Asset, as listed by currencies.
            amount: Amount, in the asset; its precision is listed by currencies. At least 0.
            to_type: How the receiver is named.
            out_biz_id: Id of your own that makes the request idempotent. At most 32 characters, made up when left
                out.
            to_uid: User id of the receiver, with toType uid.
            to_phone_country_code: Country code of the phone number, with toType phone.
            to_phone_number: Phone number, with toType phone.
            to_email: E-mail address, with toType email.
            remark: Remark. At most 256 characters.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/inside_transfer. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, user interface (9 endpoints), 4. Internal transfer to another
        user (发起站内转账).
        """
        return await self._call(
            INTERNAL_TRANSFER,
            (out_biz_id, coin, amount, to_type, to_uid, to_phone_country_code, to_phone_number, to_email, remark),
            options,
        )

    async def cancel_internal_transfer(
        self, inside_transfer_id: str | int, *, options: CallOptions | None = None
    ) -> None:
        """Cancel an internal transfer that has not been approved yet.

        Possible only while it waits for its first manual approval.

        Args:
            inside_transfer_id: Transfer id, as answered by internalTransfer or listed by withdrawals.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/inside_transfer/cancel. Source: Bitunix open platform, spot, user interface (9
        endpoints), 5. Cancel internal transfer (撤销站内转账).
        """
        return await self._call(CANCEL_INTERNAL_TRANSFER, (inside_transfer_id,), options)

    async def withdrawals(
        self,
        *,
        id: str | int | None = None,
        out_biz_id: str | None = None,
        coin: str | None = None,
        transaction_hash: str | None = None,
        type: WithdrawalType | str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        remark: str | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Withdrawal] | None:
        """List withdrawals and outgoing internal transfers of the past.

        At most 100 records an answer, and no page number; narrow the answer by id or time instead.

        Args:
            id: Withdrawal id or transfer id.
            out_biz_id: Id of your own, as sent with the transfer.
            coin: Asset, as listed by currencies.
            transaction_hash: Hash of the transaction on the chain; counts only with type withdraw.
            type: Only records of this type.
            start_time: Only records from this time on, in milliseconds.
            end_time: Only records up to this time, in milliseconds.
            remark: Only records with exactly this remark.
            limit: Number of records. Default 100, at most 100.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/withdraw_transfer/page. Source: Bitunix open platform, spot, user interface (9
        endpoints), 6. Withdrawal and internal transfer records (获取提币记录(提币+站内转账)).
        """
        return await self._call(
            WITHDRAWALS, (id, out_biz_id, coin, transaction_hash, type, start_time, end_time, remark, limit), options
        )

    async def transfer(
        self, type: TransferType | str, coin: str, amount: Decimal | int | str, *, options: CallOptions | None = None
    ) -> Id:
        """Transfer an asset between the spot and the futures account of the same user.

        Args:
            type: Direction.
            coin: Asset, as listed by currencies.
            amount: Amount, in the asset; its precision is listed by currencies. At least 0.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/funds_transfer. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Bitunix open platform, spot, user interface (9 endpoints), 7. Transfer between accounts (划转).
        """
        return await self._call(TRANSFER, (type, coin, amount), options)

    async def deposits(
        self,
        *,
        id: str | int | None = None,
        coin: str | None = None,
        type: DepositType | str | None = None,
        transaction_hash: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        options: CallOptions | None = None,
    ) -> list[Deposit] | None:
        """List deposits and incoming internal transfers of the past.

        At most 100 records an answer, and no page number; narrow the answer by id or time instead.

        Args:
            id: Deposit id or transfer id.
            coin: Asset, as listed by currencies.
            type: Only records of this type.
            transaction_hash: Hash of the transaction on the chain; counts only with type deposit.
            start_time: Only records from this time on, in milliseconds.
            end_time: Only records up to this time, in milliseconds.
            limit: Number of records. Default 100, at most 100.
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/deposit/page. Source: Bitunix open platform, spot, user interface (9 endpoints), 8.
        Deposit and internal transfer records (获取充币记录(充币+站内转账)).
        """
        return await self._call(DEPOSITS, (id, coin, type, transaction_hash, start_time, end_time, limit), options)

    async def deposit_address(
        self, coin: str, network: str, *, options: CallOptions | None = None
    ) -> list[DepositAddress] | None:
        """List the addresses to which an asset can be deposited.

        There may be several addresses, and each can be used.

        Args:
            coin: Asset, as listed by currencies.
            network: Network, the network of an entry of networks as listed by currencies, such as Tron
                (TRC-20).
            options: Timeout and extra headers of this call.

        Signed: POST /api/spot/v1/deposit/address. Source: Bitunix open platform, spot, user interface (9 endpoints), 9.
        Deposit addresses (获取充币地址).
        """
        return await self._call(DEPOSIT_ADDRESS, (coin, network), options)
