"""The account operations of Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spotwire.coinstore.models.account import Balance
from spotwire_core.operation import Charge, Operation

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

BALANCES: Operation[list[Balance]] = Operation(
    name="balances",
    method="POST",
    path="/api/spot/accountList",
    result=list[Balance],
    body="json",
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip"), Charge(bucket="user")),
)


class AccountApi:
    """The account operations of Coinstore spot REST API."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def balances(self, *, options: CallOptions | None = None) -> list[Balance]:
        """Balances of all currencies.

        Two rows for each currency, one with the available and one with the frozen amount.

        Signed: POST /api/spot/accountList. Source: Coinstore API documentation, spot, Chinese edition, Account /
        Balances (资产余额).
        """
        return self._call(BALANCES, (), options)


class AsyncAccountApi:
    """The account operations of Coinstore spot REST API, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def balances(self, *, options: CallOptions | None = None) -> list[Balance]:
        """Balances of all currencies.

        Two rows for each currency, one with the available and one with the frozen amount.

        Signed: POST /api/spot/accountList. Source: Coinstore API documentation, spot, Chinese edition, Account /
        Balances (资产余额).
        """
        return await self._call(BALANCES, (), options)
