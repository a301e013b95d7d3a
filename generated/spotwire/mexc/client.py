"""The clients of MEXC spot API v3. Generated from `specs/mexc`; do not edit."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from spotwire.mexc.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient, has_key_in_env, settings_from_env
from spotwire_core.config import DEFAULT_TIMEOUT, PATIENCE

if TYPE_CHECKING:
    from auth_hooks.mexc import MexcAuth
    from spotwire.mexc.api.account import AccountApi, AsyncAccountApi
    from spotwire.mexc.api.market import AsyncMarketApi, MarketApi
    from spotwire.mexc.api.trade import AsyncTradeApi, TradeApi
    from spotwire_core.errors import DuplicateOrder, OutcomeUnknown
    from spotwire_core.fleet import RedisLimits
    from spotwire_core.limits import LimitMode
    from spotwire_core.resolve import Resolution
    from spotwire_core.retries import Retries
    from spotwire_core.transport import HttpClient


class Mexc(SyncClient):
    """MEXC spot API v3.

    The 21 operations of the first published edition of the spot v3 documentation, corrected to what the venue does.

    Answers are bare JSON objects or arrays without an envelope; a refusal is a 4xx answer with `code` and `msg`.
    Symbols are written without a separator, as in `BTCUSDT`. Prices and quantities are decimal text, times are
    milliseconds since 1970. Order ids are text: 18 digits, 32 hexadecimal digits, or `C02__` followed by digits.

    All parameters travel in the query string, for POST and DELETE too; their body is empty. After a 5xx answer to an
    order the outcome is unknown: the venue may have executed it. After 429 or 418 the header `Retry-After` gives the
    seconds to wait.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://api.mexc.com.
        http: An httpx.Client to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
    """

    def __init__(
        self,
        auth: MexcAuth | None = None,
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
        """Configure from the environment: `SPOTWIRE_MEXC_API_KEY`, `_API_SECRET`, `_BASE_URL` and `_TIMEOUT`."""
        from auth_hooks.mexc import MexcAuth

        return cls(MexcAuth.from_env() if has_key_in_env(VENUE) else None, **settings_from_env(VENUE))

    def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.mexc.lookups import LOOKUPS

        return self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> MarketApi:
        """The market operations."""
        from spotwire.mexc.api.market import MarketApi

        return MarketApi(self.call)

    @cached_property
    def trade(self) -> TradeApi:
        """The trade operations."""
        from spotwire.mexc.api.trade import TradeApi

        return TradeApi(self.call)

    @cached_property
    def account(self) -> AccountApi:
        """The account operations."""
        from spotwire.mexc.api.account import AccountApi

        return AccountApi(self.call)


class AsyncMexc(AsyncClient):
    """MEXC spot API v3, asynchronous.

    The 21 operations of the first published edition of the spot v3 documentation, corrected to what the venue does.

    Answers are bare JSON objects or arrays without an envelope; a refusal is a 4xx answer with `code` and `msg`.
    Symbols are written without a separator, as in `BTCUSDT`. Prices and quantities are decimal text, times are
    milliseconds since 1970. Order ids are text: 18 digits, 32 hexadecimal digits, or `C02__` followed by digits.

    All parameters travel in the query string, for POST and DELETE too; their body is empty. After a 5xx answer to an
    order the outcome is unknown: the venue may have executed it. After 429 or 418 the header `Retry-After` gives the
    seconds to wait.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://api.mexc.com.
        http: An httpx.AsyncClient to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
    """

    def __init__(
        self,
        auth: MexcAuth | None = None,
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
        """Configure from the environment: `SPOTWIRE_MEXC_API_KEY`, `_API_SECRET`, `_BASE_URL` and `_TIMEOUT`."""
        from auth_hooks.mexc import MexcAuth

        return cls(MexcAuth.from_env() if has_key_in_env(VENUE) else None, **settings_from_env(VENUE))

    async def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.mexc.lookups import LOOKUPS

        return await self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> AsyncMarketApi:
        """The market operations."""
        from spotwire.mexc.api.market import AsyncMarketApi

        return AsyncMarketApi(self.call)

    @cached_property
    def trade(self) -> AsyncTradeApi:
        """The trade operations."""
        from spotwire.mexc.api.trade import AsyncTradeApi

        return AsyncTradeApi(self.call)

    @cached_property
    def account(self) -> AsyncAccountApi:
        """The account operations."""
        from spotwire.mexc.api.account import AsyncAccountApi

        return AsyncAccountApi(self.call)
