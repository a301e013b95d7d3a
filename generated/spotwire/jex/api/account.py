"""The account operations of JEX spot. Generated from `specs/jex`; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spotwire.jex.models.account import Account
from spotwire_core.operation import Charge, Operation, Param

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

ACCOUNT: Operation[Account] = Operation(
    name="account",
    method="GET",
    path="/api/v1/account",
    result=Account,
    params=(Param(name="recv_window", wire="recvWindow", kind="integer", minimum=1, maximum=60000),),
    security="signed",
    safety="read",
    charges=(Charge(bucket="weight"), Charge(bucket="raw-requests")),
)


class AccountApi:
    """The account operations of JEX spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def account(self, *, recv_window: int | None = None, options: CallOptions | None = None) -> Account:
        """Balances of the spot, option and contract accounts.

        Each list has one entry an asset. Contract assets are written in lower case, spot assets in capitals.

        Args:
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/account. Source: spot api (行情接口, 交易接口), Account assets (账户资产信息).
        """
        return self._call(ACCOUNT, (recv_window,), options)


class AsyncAccountApi:
    """The account operations of JEX spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def account(self, *, recv_window: int | None = None, options: CallOptions | None = None) -> Account:
        """Balances of the spot, option and contract accounts.

        Each list has one entry an asset. Contract assets are written in lower case, spot assets in capitals.

        Args:
            recv_window: How long after its timestamp the request is valid, in milliseconds. Default 5000, from 1
                to 60000.
            options: Timeout and extra headers of this call.

        Signed: GET /api/v1/account. Source: spot api (行情接口, 交易接口), Account assets (账户资产信息).
        """
        return await self._call(ACCOUNT, (recv_window,), options)
