"""The account operations of CoinW spot REST API. Generated from `specs/coinw`; do not edit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from spotwire.coinw.models.account import Balance
from spotwire_core.operation import Charge, Operation

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

BALANCES: Operation[dict[str, Decimal] | None] = Operation(
    name="balances",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnBalances",
    result=dict[str, Decimal] | None,
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="balances")),
)
COMPLETE_BALANCES: Operation[dict[str, Balance]] = Operation(
    name="completeBalances",
    method="POST",
    path="/api/v1/private",
    constant_query="command=returnCompleteBalances",
    result=dict[str, Balance],
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="uid"), Charge(bucket="completeBalances")),
)


class AccountApi:
    """The account operations of CoinW spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def balances(self, *, options: CallOptions | None = None) -> dict[str, Decimal] | None:
        """Get the available balance of every asset in the spot account.

        Answers with an empty map or null when the account holds nothing. Amounts have differing numbers of decimals.

        Signed: POST /api/v1/private?command=returnBalances. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Spot account balances
        (获取现货账户余额).
        """
        return self._call(BALANCES, (), options)

    def complete_balances(self, *, options: CallOptions | None = None) -> dict[str, Balance]:
        """Get the available balance and the amount held by open orders for every asset in the spot account.

        Use this one where the whole of the funds matters.

        Signed: POST /api/v1/private?command=returnCompleteBalances. Source: CoinW API documentation, spot REST pages
        (the document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Complete spot account
        balances (获取完整现货账户余额).
        """
        return self._call(COMPLETE_BALANCES, (), options)


class AsyncAccountApi:
    """The account operations of CoinW spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def balances(self, *, options: CallOptions | None = None) -> dict[str, Decimal] | None:
        """Get the available balance of every asset in the spot account.

        Answers with an empty map or null when the account holds nothing. Amounts have differing numbers of decimals.

        Signed: POST /api/v1/private?command=returnBalances. Source: CoinW API documentation, spot REST pages (the
        document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Spot account balances
        (获取现货账户余额).
        """
        return await self._call(BALANCES, (), options)

    async def complete_balances(self, *, options: CallOptions | None = None) -> dict[str, Balance]:
        """Get the available balance and the amount held by open orders for every asset in the spot account.

        Use this one where the whole of the funds matters.

        Signed: POST /api/v1/private?command=returnCompleteBalances. Source: CoinW API documentation, spot REST pages
        (the document), as copied in the public repository yuhsien0411/COINWAPI, spot/spot.md, Complete spot account
        balances (获取完整现货账户余额).
        """
        return await self._call(COMPLETE_BALANCES, (), options)
