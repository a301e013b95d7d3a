"""The account operations of Bitunix spot. Generated from `specs/bitunix`; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spotwire.bitunix.models.account import Balance, UserInfo
from spotwire_core.operation import Operation

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

BALANCES: Operation[list[Balance] | None] = Operation(
    name="balances",
    method="GET",
    path="/api/spot/v1/user/account",
    result=list[Balance] | None,
    security="signed",
    safety="read",
)
USER_INFO: Operation[UserInfo] = Operation(
    name="userInfo",
    method="GET",
    path="/api/spot/v1/user/info",
    result=UserInfo,
    security="signed",
    safety="read",
)


class AccountApi:
    """The account operations of Bitunix spot."""

    def __init__(self, call: SyncCaller) -> None:
        self._call = call

    def balances(self, *, options: CallOptions | None = None) -> list[Balance] | None:
        """Get the balance of each asset.

        Signed: GET /api/spot/v1/user/account. Source: Bitunix open platform, spot, user interface (9 endpoints), 1.
        Query account balance (查询账户余额).
        """
        return self._call(BALANCES, (), options)

    def user_info(self, *, options: CallOptions | None = None) -> UserInfo:
        """Get the user id that the key belongs to.

        For the key of a sub-account the id is that of the main account.

        Signed: GET /api/spot/v1/user/info. Source: Bitunix open platform, spot, pages public, user and order, User
        interface, 2. Get user information.
        """
        return self._call(USER_INFO, (), options)


class AsyncAccountApi:
    """The account operations of Bitunix spot, asynchronous."""

    def __init__(self, call: AsyncCaller) -> None:
        self._call = call

    async def balances(self, *, options: CallOptions | None = None) -> list[Balance] | None:
        """Get the balance of each asset.

        Signed: GET /api/spot/v1/user/account. Source: Bitunix open platform, spot, user interface (9 endpoints), 1.
        Query account balance (查询账户余额).
        """
        return await self._call(BALANCES, (), options)

    async def user_info(self, *, options: CallOptions | None = None) -> UserInfo:
        """Get the user id that the key belongs to.

        For the key of a sub-account the id is that of the main account.

        Signed: GET /api/spot/v1/user/info. Source: Bitunix open platform, spot, pages public, user and order, User
        interface, 2. Get user information.
        """
        return await self._call(USER_INFO, (), options)
