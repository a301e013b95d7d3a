"""The wallet operations of Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.coinstore.enums import TransferAccount, TransferType
from spotwire.coinstore.models.wallet import DepositAddress, DepositRecords, WithdrawalId, WithdrawalRecords
from spotwire_core.operation import Charge, Envelope, Operation, Paging, Param
from spotwire_core.paging import async_pages, pages

if TYPE_CHECKING:
    from spotwire.coinstore.models.wallet import Deposit, Withdrawal
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions


DEPOSIT_ADDRESS: Operation[DepositAddress] = Operation(
    name="depositAddress",
    method="POST",
    path="/api/fi/v3/asset/deposit/do",
    result=DepositAddress,
    params=(
        Param(name="currency_code", wire="currencyCode", place="json", required=True),
        Param(name="chain", wire="chain", place="json", required=True),
    ),
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
DEPOSITS: Operation[DepositRecords] = Operation(
    name="deposits",
    method="POST",
    path="/api/fi/v3/asset/deposit/record/list",
    result=DepositRecords,
    params=(
        Param(name="currency_code", wire="currencyCode", place="json"),
        Param(name="start_date", wire="startDate", place="json"),
        Param(name="end_date", wire="endDate", place="json"),
        Param(name="from_id", wire="fromId", place="json", kind="id", bare=True),
        Param(name="limit", wire="limit", place="json", kind="integer", bare=True, minimum=1, maximum=1000),
        Param(name="external_id", wire="externalId", place="json"),
        Param(name="label", wire="label", place="json"),
    ),
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
    paging=Paging(parameter=3, limit=4, items="deposit_list", item="id"),
)
WITHDRAWALS: Operation[WithdrawalRecords] = Operation(
    name="withdrawals",
    method="POST",
    path="/api/fi/v3/asset/withdraw/record/list",
    result=WithdrawalRecords,
    params=(
        Param(name="currency_code", wire="currencyCode", place="json"),
        Param(name="start_date", wire="startDate", place="json"),
        Param(name="end_date", wire="endDate", place="json"),
        Param(name="from_id", wire="fromId", place="json", kind="id", bare=True),
        Param(name="limit", wire="limit", place="json", kind="integer", bare=True, minimum=1, maximum=1000),
        Param(name="external_id", wire="externalId", place="json"),
        Param(name="label", wire="label", place="json"),
    ),
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
    paging=Paging(parameter=3, limit=4, items="withdraw_list", item="id"),
)
WITHDRAW: Operation[WithdrawalId] = Operation(
    name="withdraw",
    method="POST",
    path="/api/fi/v3/asset/doWithdraw",
    result=WithdrawalId,
    params=(
        Param(name="currency_code", wire="currencyCode", place="json", required=True),
        Param(name="amount", wire="amount", place="json", kind="decimal", required=True),
        Param(name="address", wire="address", place="json", required=True),
        Param(name="tag", wire="tag", place="json"),
        Param(name="chain_type", wire="chainType", place="json", required=True),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
CANCEL_WITHDRAWAL: Operation[WithdrawalId] = Operation(
    name="cancelWithdrawal",
    method="POST",
    path="/api/fi/v3/asset/cancelWithdraw",
    result=WithdrawalId,
    params=(Param(name="withdraw_id", wire="withdrawId", place="json", kind="id", required=True, bare=True),),
    body="json",
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)
TRANSFER: Operation[int | None] = Operation(
    name="transfer",
    method="POST",
    path="/api/v1/future/transfer",
    result=int | None,
    params=(
        Param(name="type", wire="type", place="json", required=True, enum=TransferType),
        Param(name="currency_code", wire="currencyCode", place="json", required=True),
        Param(name="amount", wire="amount", place="json", kind="decimal", required=True),
        Param(name="from_", wire="from", place="json", required=True, enum=TransferAccount),
        Param(name="to", wire="to", place="json", required=True, enum=TransferAccount),
        Param(name="sub_account", wire="subAccount", place="json"),
    ),
    body="json",
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
    envelope=Envelope(code="code", message=("message", "msg"), data="data", success_codes=frozenset({"0", "200"})),
)


class WalletApi:
    """The wallet operations of Coinstore spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def deposit_address(self, currency_code: str, chain: str, *, options: CallOptions | None = None) -> DepositAddress:
        """The address to which a currency can be deposited.

        Args:
            currency_code: Code of the currency.
            chain: Name of the network.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/deposit/do. Source: Coinstore API documentation, spot, Chinese edition, Funds /
        Deposit address (获取充币地址).
        """
        return self._call(DEPOSIT_ADDRESS, (currency_code, chain), options)

    def deposits(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> DepositRecords:
        """Deposits of the past.

        A page goes on from the id that is given; without one it begins at the start.

        Args:
            currency_code: Code of the currency; all when empty.
            start_date: First time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            end_date: Last time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            from_id: Id of the record to begin with.
            limit: Number of records. Default 500, from 1 to 1000.
            external_id: External id.
            label: Label.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/deposit/record/list. Source: Coinstore API documentation, spot, Chinese edition,
        Funds / Deposit records (获取充币记录).
        """
        return self._call(DEPOSITS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options)

    def iter_deposits(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Deposit]:
        """Yield what `deposits` gives, page after page and each item once, until the venue has no more."""
        return pages(
            self._call, DEPOSITS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    def withdrawals(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> WithdrawalRecords:
        """Withdrawals of the past.

        A page goes on from the id that is given; without one it begins at the start.

        Args:
            currency_code: Code of the currency; all when empty.
            start_date: First time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            end_date: Last time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            from_id: Id of the record to begin with.
            limit: Number of records. Default 500, from 1 to 1000.
            external_id: External id.
            label: Label.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/withdraw/record/list. Source: Coinstore API documentation, spot, Chinese edition,
        Funds / Withdrawal records (获取提币记录).
        """
        return self._call(
            WITHDRAWALS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    def iter_withdrawals(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> Iterator[Withdrawal]:
        """Yield what `withdrawals` gives, page after page and each item once, until the venue has no more."""
        return pages(
            self._call, WITHDRAWALS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    def withdraw(
        self,
        currency_code: str,
        amount: Decimal | int | str,
        address: str,
        chain_type: str,
        *,
        tag: str | None = None,
        options: CallOptions | None = None,
    ) -> WithdrawalId:
        """Withdraw a currency to an address outside the venue.

        Only to addresses that were freed from verification on the web site or in the app. Ordinary sub accounts cannot
        withdraw.

        Args:
            currency_code: Code of the currency.
            amount: Amount in the currency.
            address: Target address.
            chain_type: Network protocol, chainProtocol of currency, such as trc20, bnbbsc, erc20 or sol.
            tag: Tag or memo where the network needs one.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/doWithdraw. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Funds / Withdraw (提币).
        """
        return self._call(WITHDRAW, (currency_code, amount, address, tag, chain_type), options)

    def cancel_withdrawal(self, withdraw_id: str | int, *, options: CallOptions | None = None) -> WithdrawalId:
        """Cancel a withdrawal.

        Args:
            withdraw_id: Id of the withdrawal.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/cancelWithdraw. Source: Coinstore API documentation, spot, Chinese edition, Funds
        / Cancel withdrawal (撤销提币).
        """
        return self._call(CANCEL_WITHDRAWAL, (withdraw_id,), options)

    def transfer(
        self,
        type: TransferType | str,
        currency_code: str,
        amount: Decimal | int | str,
        from_: TransferAccount | str,
        to: TransferAccount | str,
        *,
        sub_account: str | None = None,
        options: CallOptions | None = None,
    ) -> int | None:
        """Transfer a currency between the spot account and the contract account.

        Also between a parent account and its sub accounts; the types 1 and 2 need the API key of the parent account.

        Args:
            type: Between which accounts; the document gives 0 as default.
            currency_code: Code of the currency, such as USDT.
            amount: Amount in the currency.
            from_: Account that gives.
            to: Account that receives.
            sub_account: Login name of the sub account; mandatory for the types 1 and 2.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/future/transfer. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Funds / Transfer (划转资产).
        """
        return self._call(TRANSFER, (type, currency_code, amount, from_, to, sub_account), options)


class AsyncWalletApi:
    """The wallet operations of Coinstore spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def deposit_address(
        self, currency_code: str, chain: str, *, options: CallOptions | None = None
    ) -> DepositAddress:
        """The address to which a currency can be deposited.

        Args:
            currency_code: Code of the currency.
            chain: Name of the network.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/deposit/do. Source: Coinstore API documentation, spot, Chinese edition, Funds /
        Deposit address (获取充币地址).
        """
        return await self._call(DEPOSIT_ADDRESS, (currency_code, chain), options)

    async def deposits(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> DepositRecords:
        """Deposits of the past.

        A page goes on from the id that is given; without one it begins at the start.

        Args:
            currency_code: Code of the currency; all when empty.
            start_date: First time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            end_date: Last time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            from_id: Id of the record to begin with.
            limit: Number of records. Default 500, from 1 to 1000.
            external_id: External id.
            label: Label.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/deposit/record/list. Source: Coinstore API documentation, spot, Chinese edition,
        Funds / Deposit records (获取充币记录).
        """
        return await self._call(
            DEPOSITS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    def iter_deposits(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Deposit]:
        """Yield what `deposits` gives, page after page and each item once, until the venue has no more."""
        return async_pages(
            self._call, DEPOSITS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    async def withdrawals(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> WithdrawalRecords:
        """Withdrawals of the past.

        A page goes on from the id that is given; without one it begins at the start.

        Args:
            currency_code: Code of the currency; all when empty.
            start_date: First time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            end_date: Last time, as YYYY-MM-DD HH:MM:SS or YYYY-MM-DD; the zone is not stated.
            from_id: Id of the record to begin with.
            limit: Number of records. Default 500, from 1 to 1000.
            external_id: External id.
            label: Label.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/withdraw/record/list. Source: Coinstore API documentation, spot, Chinese edition,
        Funds / Withdrawal records (获取提币记录).
        """
        return await self._call(
            WITHDRAWALS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    def iter_withdrawals(
        self,
        *,
        currency_code: str | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        from_id: str | int | None = None,
        limit: int | None = None,
        external_id: str | None = None,
        label: str | None = None,
        options: CallOptions | None = None,
    ) -> AsyncIterator[Withdrawal]:
        """Yield what `withdrawals` gives, page after page and each item once, until the venue has no more."""
        return async_pages(
            self._call, WITHDRAWALS, (currency_code, start_date, end_date, from_id, limit, external_id, label), options
        )

    async def withdraw(
        self,
        currency_code: str,
        amount: Decimal | int | str,
        address: str,
        chain_type: str,
        *,
        tag: str | None = None,
        options: CallOptions | None = None,
    ) -> WithdrawalId:
        """Withdraw a currency to an address outside the venue.

        Only to addresses that were freed from verification on the web site or in the app. Ordinary sub accounts cannot
        withdraw.

        Args:
            currency_code: Code of the currency.
            amount: Amount in the currency.
            address: Target address.
            chain_type: Network protocol, chainProtocol of currency, such as trc20, bnbbsc, erc20 or sol.
            tag: Tag or memo where the network needs one.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/doWithdraw. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Funds / Withdraw (提币).
        """
        return await self._call(WITHDRAW, (currency_code, amount, address, tag, chain_type), options)

    async def cancel_withdrawal(self, withdraw_id: str | int, *, options: CallOptions | None = None) -> WithdrawalId:
        """Cancel a withdrawal.

        Args:
            withdraw_id: Id of the withdrawal.
            options: Timeout and extra headers of this call.

        Signed: POST /api/fi/v3/asset/cancelWithdraw. Source: Coinstore API documentation, spot, Chinese edition, Funds
        / Cancel withdrawal (撤销提币).
        """
        return await self._call(CANCEL_WITHDRAWAL, (withdraw_id,), options)

    async def transfer(
        self,
        type: TransferType | str,
        currency_code: str,
        amount: Decimal | int | str,
        from_: TransferAccount | str,
        to: TransferAccount | str,
        *,
        sub_account: str | None = None,
        options: CallOptions | None = None,
    ) -> int | None:
        """Transfer a currency between the spot account and the contract account.

        Also between a parent account and its sub accounts; the types 1 and 2 need the API key of the parent account.

        Args:
            type: Between which accounts; the document gives 0 as default.
            currency_code: Code of the currency, such as USDT.
            amount: Amount in the currency.
            from_: Account that gives.
            to: Account that receives.
            sub_account: Login name of the sub account; mandatory for the types 1 and 2.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/future/transfer. Never sent twice: raises OutcomeUnknown when it is not certain what
        happened. Source: Coinstore API documentation, spot, Chinese edition, Funds / Transfer (划转资产).
        """
        return await self._call(TRANSFER, (type, currency_code, amount, from_, to, sub_account), options)
