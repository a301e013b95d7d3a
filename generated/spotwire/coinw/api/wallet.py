"""The wallet operations of CoinW spot REST API. Generated from `specs/coinw`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.coinw.enums import AccountType, InternalAddressType, TransferDirection, WithdrawalType
from spotwire.coinw.models.wallet import DepositAddress, DepositOrWithdrawal, WithdrawalAck
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

DEPOSITS_AND_WITHDRAWALS: Operation[list[DepositOrWithdrawal]] = Operation(
    name="depositsAndWithdrawals",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnDepositsWithdrawals",
    result=list[DepositOrWithdrawal],
    params=(
        Param(name="symbol", wire="symbol", required=True),
        Param(name="deposit_number", wire="depositNumber", kind="id"),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="depositsAndWithdrawals")),
)
DEPOSIT_ADDRESS: Operation[list[DepositAddress]] = Operation(
    name="depositAddress",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnDepositAddresses",
    result=list[DepositAddress],
    params=(
        Param(name="symbol_id", wire="symbolId", kind="id", required=True),
        Param(name="chain", wire="chain", required=True),
    ),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="depositAddress")),
)
WITHDRAW: Operation[WithdrawalAck] = Operation(
    name="withdraw",
    method="POST",
    path="/api/v1/private",
    constant_query="command=doWithdraw",
    result=WithdrawalAck,
    params=(
        Param(name="memo", wire="memo"),
        Param(name="type", wire="type", enum=WithdrawalType),
        Param(name="amount", wire="amount", kind="decimal", required=True),
        Param(name="currency", wire="currency", required=True),
        Param(name="address", wire="address", required=True),
        Param(name="chain", wire="chain", required=True),
        Param(name="inner_to_type", wire="innerToType", kind="integer", enum=InternalAddressType),
    ),
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="withdraw")),
)
CANCEL_WITHDRAWAL: Operation[None] = Operation(
    name="cancelWithdrawal",
    method="POST",
    path="/api/v1/private",
    constant_query="command=cancelWithdraw",
    result=None,
    params=(Param(name="id", wire="id", kind="id", required=True),),
    security="signed",
    safety="idempotent",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="cancelWithdrawal")),
)
TRANSFER: Operation[bool] = Operation(
    name="transfer",
    method="POST",
    path="/api/v1/private",
    constant_query="command=spotWealthTransfer",
    result=bool,
    params=(
        Param(name="account_type", wire="accountType", required=True, enum=AccountType),
        Param(name="target_account_type", wire="targetAccountType", required=True, enum=AccountType),
        Param(name="biz_type", wire="bizType", required=True, enum=TransferDirection),
        Param(name="coin_code", wire="coinCode", required=True),
        Param(name="amount", wire="amount", kind="decimal", required=True),
    ),
    security="signed",
    safety="unsafe",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="transfer")),
)


class WalletApi:
    """The wallet operations of CoinW spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def deposits_and_withdrawals(
        self, symbol: str, *, deposit_number: str | int | None = None, options: CallOptions | None = None
    ) -> list[DepositOrWithdrawal]:
        """List deposits and withdrawals of one currency.

        Deposits and withdrawals come in one list; `side` tells them apart.

        Args:
            symbol: Currency.
            deposit_number: Id of one deposit or withdrawal.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnDepositsWithdrawals. Source: CoinW API documentation, spot REST pages
        (the document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Deposit and withdrawal
        history (获取充值和提现历史).
        """
        return self._call(DEPOSITS_AND_WITHDRAWALS, (symbol, deposit_number), options)

    def deposit_address(
        self, symbol_id: str | int, chain: str, *, options: CallOptions | None = None
    ) -> list[DepositAddress]:
        """List the deposit addresses of one currency on one chain.

        The id of the currency comes from `returnCurrencies`.

        Args:
            symbol_id: Id of the currency, 50 for BTC.
            chain: Name of the chain.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnDepositAddresses. Source: CoinW API documentation, spot REST pages
        (the document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Deposit and withdrawal
        addresses (获取充值和提现地址).
        """
        return self._call(DEPOSIT_ADDRESS, (symbol_id, chain), options)

    def withdraw(
        self,
        amount: Decimal | int | str,
        currency: str,
        address: str,
        chain: str,
        *,
        memo: str | None = None,
        type: WithdrawalType | str | None = None,
        inner_to_type: InternalAddressType | int | None = None,
        options: CallOptions | None = None,
    ) -> WithdrawalAck:
        """Withdraw a currency to an address on a chain or to another user of the venue.

        With the default `type` the address is one on the chain. With `internal_transfer` it is the user id, phone
        number or e-mail address of another user, as `innerToType` says.

        Args:
            amount: Amount in units of the currency.
            currency: Currency.
            address: Address on the chain, or user id, phone number or e-mail address of the receiver of an
                internal transfer.
            chain: Name of the chain, such as ERC20, TRC20 or BSC.
            memo: Memo of the address, where the chain has one.
            type: Kind of withdrawal.
            inner_to_type: What the address of an internal transfer is; needed for internal transfers.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=doWithdraw. Never sent twice: raises OutcomeUnknown when it is not certain
        what happened. Source: CoinW API documentation, spot REST pages (the document), as copied in the public
        repository yuhsien0411/COINWAPI, spot/spot.md, Withdraw (发起提现).
        """
        return self._call(WITHDRAW, (memo, type, amount, currency, address, chain, inner_to_type), options)

    def cancel_withdrawal(self, id: str | int, *, options: CallOptions | None = None) -> None:
        """Cancel a withdrawal that has been asked for.

        The id is presumably the `depositNumber` that the withdrawal was answered with.

        Args:
            id: Id of the withdrawal.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=cancelWithdraw. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Cancel withdrawal (取消提现).
        """
        return self._call(CANCEL_WITHDRAWAL, (id,), options)

    def transfer(
        self,
        account_type: AccountType | str,
        target_account_type: AccountType | str,
        biz_type: TransferDirection | str,
        coin_code: str,
        amount: Decimal | int | str,
        *,
        options: CallOptions | None = None,
    ) -> bool:
        """Transfer an asset between the spot account and the funding account.

        `bizType` repeats the direction that the two account types give: the three must agree.

        Args:
            account_type: Account to take from.
            target_account_type: Account to give to.
            biz_type: Direction of the transfer.
            coin_code: Asset.
            amount: Amount in units of the asset.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=spotWealthTransfer. Never sent twice: raises OutcomeUnknown when it is not
        certain what happened. Source: CoinW API documentation, spot REST pages (the document), as copied in the public
        repository yuhsien0411/COINWAPI, spot/spot.md, Asset transfer (产转账资).
        """
        return self._call(TRANSFER, (account_type, target_account_type, biz_type, coin_code, amount), options)


class AsyncWalletApi:
    """The wallet operations of CoinW spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def deposits_and_withdrawals(
        self, symbol: str, *, deposit_number: str | int | None = None, options: CallOptions | None = None
    ) -> list[DepositOrWithdrawal]:
        """List deposits and withdrawals of one currency.

        Deposits and withdrawals come in one list; `side` tells them apart.

        Args:
            symbol: Currency.
            deposit_number: Id of one deposit or withdrawal.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnDepositsWithdrawals. Source: CoinW API documentation, spot REST pages
        (the document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Deposit and withdrawal
        history (获取充值和提现历史).
        """
        return await self._call(DEPOSITS_AND_WITHDRAWALS, (symbol, deposit_number), options)

    async def deposit_address(
        self, symbol_id: str | int, chain: str, *, options: CallOptions | None = None
    ) -> list[DepositAddress]:
        """List the deposit addresses of one currency on one chain.

        The id of the currency comes from `returnCurrencies`.

        Args:
            symbol_id: Id of the currency, 50 for BTC.
            chain: Name of the chain.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=returnDepositAddresses. Source: CoinW API documentation, spot REST pages
        (the document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Deposit and withdrawal
        addresses (获取充值和提现地址).
        """
        return await self._call(DEPOSIT_ADDRESS, (symbol_id, chain), options)

    async def withdraw(
        self,
        amount: Decimal | int | str,
        currency: str,
        address: str,
        chain: str,
        *,
        memo: str | None = None,
        type: WithdrawalType | str | None = None,
        inner_to_type: InternalAddressType | int | None = None,
        options: CallOptions | None = None,
    ) -> WithdrawalAck:
        """Withdraw a currency to an address on a chain or to another user of the venue.

        With the default `type` the address is one on the chain. With `internal_transfer` it is the user id, phone
        number or e-mail address of another user, as `innerToType` says.

        Args:
            amount: Amount in units of the currency.
            currency: Currency.
            address: Address on the chain, or user id, phone number or e-mail address of the receiver of an
                internal transfer.
            chain: Name of the chain, such as ERC20, TRC20 or BSC.
            memo: Memo of the address, where the chain has one.
            type: Kind of withdrawal.
            inner_to_type: What the address of an internal transfer is; needed for internal transfers.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=doWithdraw. Never sent twice: raises OutcomeUnknown when it is not certain
        what happened. Source: CoinW API documentation, spot REST pages (the document), as copied in the public
        repository yuhsien0411/COINWAPI, spot/spot.md, Withdraw (发起提现).
        """
        return await self._call(WITHDRAW, (memo, type, amount, currency, address, chain, inner_to_type), options)

    async def cancel_withdrawal(self, id: str | int, *, options: CallOptions | None = None) -> None:
        """Cancel a withdrawal that has been asked for.

        The id is presumably the `depositNumber` that the withdrawal was answered with.

        Args:
            id: Id of the withdrawal.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=cancelWithdraw. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Cancel withdrawal (取消提现).
        """
        return await self._call(CANCEL_WITHDRAWAL, (id,), options)

    async def transfer(
        self,
        account_type: AccountType | str,
        target_account_type: AccountType | str,
        biz_type: TransferDirection | str,
        coin_code: str,
        amount: Decimal | int | str,
        *,
        options: CallOptions | None = None,
    ) -> bool:
        """Transfer an asset between the spot account and the funding account.

        `bizType` repeats the direction that the two account types give: the three must agree.

        Args:
            account_type: Account to take from.
            target_account_type: Account to give to.
            biz_type: Direction of the transfer.
            coin_code: Asset.
            amount: Amount in units of the asset.
            options: Timeout and extra headers of this call.

        Signed: POST /api/v1/private?command=spotWealthTransfer. Never sent twice: raises OutcomeUnknown when it is not
        certain what happened. Source: CoinW API documentation, spot REST pages (the document), as copied in the public
        repository yuhsien0411/COINWAPI, spot/spot.md, Asset transfer (产转账资).
        """
        return await self._call(TRANSFER, (account_type, target_account_type, biz_type, coin_code, amount), options)
