"""The account operations of MEXC spot API v3. Generated from `specs/mexc`; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spotwire.mexc.models.account import Account
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

ACCOUNT: Operation[Account] = Operation(
    name="account",
    method="GET",
    path="/api/v3/account",
    result=Account,
    params=(Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="ip", weight=10), Charge(bucket="uid")),
)


class AccountApi:
    """The account operations of MEXC spot API v3."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def account(self, *, recv_window: int | None = None, options: CallOptions | None = None) -> Account:
        """Get the permissions and balances of the account.

        Args:
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/account. Source: API document, spot v3 (API 文档), Account information (账户信息).
        """
        return self._call(ACCOUNT, (recv_window,), options)


class AsyncAccountApi:
    """The account operations of MEXC spot API v3, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def account(self, *, recv_window: int | None = None, options: CallOptions | None = None) -> Account:
        """Get the permissions and balances of the account.

        Args:
            recv_window: How long after timestamp the request stays valid, in milliseconds. Default 5000, from 1 to
                60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v3/account. Source: API document, spot v3 (API 文档), Account information (账户信息).
        """
        return await self._call(ACCOUNT, (recv_window,), options)
