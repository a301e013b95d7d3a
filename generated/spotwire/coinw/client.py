"""The clients of CoinW spot REST API. Generated from `specs/coinw`; do not edit."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from spotwire.coinw.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient, has_key_in_env, settings_from_env
from spotwire_core.config import DEFAULT_TIMEOUT, PATIENCE

if TYPE_CHECKING:
    from auth_hooks.coinw import CoinwAuth
    from spotwire.coinw.api.account import AccountApi, AsyncAccountApi
    from spotwire.coinw.api.market import AsyncMarketApi, MarketApi
    from spotwire.coinw.api.trade import AsyncTradeApi, TradeApi
    from spotwire.coinw.api.wallet import AsyncWalletApi, WalletApi
    from spotwire_core.errors import DuplicateOrder, OutcomeUnknown
    from spotwire_core.fleet import RedisLimits
    from spotwire_core.limits import LimitMode
    from spotwire_core.resolve import Resolution
    from spotwire_core.retries import Retries
    from spotwire_core.transport import HttpClient


class Coinw(SyncClient):
    """CoinW spot REST API.

    Market data, orders, balances, deposits and withdrawals of the CoinW spot exchange. Every operation is a `command`
    on one of two paths: public ones are unsigned GET requests, private ones are signed POST requests whose parameters
    all stand in the query, with an empty body. Application errors arrive with HTTP status 200 and another `code` than
    200. Text times are wall-clock times of UTC+8; numeric times are epoch milliseconds.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://api.coinw.com.
        http: An httpx.Client to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
    """

    def __init__(
        self,
        auth: CoinwAuth | None = None,
        *,
        base_url: str | None = None,
        http: HttpClient | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
    ) -> None:
        super().__init__(VENUE, auth, base_url=base_url, http=http, timeout=timeout, retries=retries, limits=limits)

    @classmethod
    def from_env(cls) -> Self:
        """Configure from the environment: `SPOTWIRE_COINW_API_KEY`, `_API_SECRET`, `_BASE_URL` and `_TIMEOUT`."""
        from auth_hooks.coinw import CoinwAuth

        return cls(CoinwAuth.from_env() if has_key_in_env(VENUE) else None, **settings_from_env(VENUE))

    def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.coinw.lookups import LOOKUPS

        return self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> MarketApi:
        """The market operations."""
        from spotwire.coinw.api.market import MarketApi

        return MarketApi(self.call)

    @cached_property
    def trade(self) -> TradeApi:
        """The trade operations."""
        from spotwire.coinw.api.trade import TradeApi

        return TradeApi(self.call)

    @cached_property
    def account(self) -> AccountApi:
        """The account operations."""
        from spotwire.coinw.api.account import AccountApi

        return AccountApi(self.call)

    @cached_property
    def wallet(self) -> WalletApi:
        """The wallet operations."""
        from spotwire.coinw.api.wallet import WalletApi

        return WalletApi(self.call)


class AsyncCoinw(AsyncClient):
    """CoinW spot REST API, asynchronous.

    Market data, orders, balances, deposits and withdrawals of the CoinW spot exchange. Every operation is a `command`
    on one of two paths: public ones are unsigned GET requests, private ones are signed POST requests whose parameters
    all stand in the query, with an empty body. Application errors arrive with HTTP status 200 and another `code` than
    200. Text times are wall-clock times of UTC+8; numeric times are epoch milliseconds.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://api.coinw.com.
        http: An httpx.AsyncClient to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
    """

    def __init__(
        self,
        auth: CoinwAuth | None = None,
        *,
        base_url: str | None = None,
        http: HttpClient | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
    ) -> None:
        super().__init__(VENUE, auth, base_url=base_url, http=http, timeout=timeout, retries=retries, limits=limits)

    @classmethod
    def from_env(cls) -> Self:
        """Configure from the environment: `SPOTWIRE_COINW_API_KEY`, `_API_SECRET`, `_BASE_URL` and `_TIMEOUT`."""
        from auth_hooks.coinw import CoinwAuth

        return cls(CoinwAuth.from_env() if has_key_in_env(VENUE) else None, **settings_from_env(VENUE))

    async def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.coinw.lookups import LOOKUPS

        return await self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> AsyncMarketApi:
        """The market operations."""
        from spotwire.coinw.api.market import AsyncMarketApi

        return AsyncMarketApi(self.call)

    @cached_property
    def trade(self) -> AsyncTradeApi:
        """The trade operations."""
        from spotwire.coinw.api.trade import AsyncTradeApi

        return AsyncTradeApi(self.call)

    @cached_property
    def account(self) -> AsyncAccountApi:
        """The account operations."""
        from spotwire.coinw.api.account import AsyncAccountApi

        return AsyncAccountApi(self.call)

    @cached_property
    def wallet(self) -> AsyncWalletApi:
        """The wallet operations."""
        from spotwire.coinw.api.wallet import AsyncWalletApi

        return AsyncWalletApi(self.call)
