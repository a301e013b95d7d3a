"""The clients of JEX spot. Generated from `specs/jex`; do not edit."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from spotwire.jex.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient, has_key_in_env, settings_from_env
from spotwire_core.config import DEFAULT_TIMEOUT, PATIENCE

if TYPE_CHECKING:
    from auth_hooks.jex import JexAuth
    from spotwire.jex.api.account import AccountApi, AsyncAccountApi
    from spotwire.jex.api.market import AsyncMarketApi, MarketApi
    from spotwire.jex.api.trade import AsyncTradeApi, TradeApi
    from spotwire_core.errors import DuplicateOrder, OutcomeUnknown
    from spotwire_core.fleet import RedisLimits
    from spotwire_core.limits import LimitMode
    from spotwire_core.resolve import Resolution
    from spotwire_core.retries import Retries
    from spotwire_core.transport import HttpClient


class Jex(SyncClient):
    """JEX spot.

    REST API of JEX, which traded spot pairs, options and contracts. This document covers the spot part and the
    operations that all parts share. The venue is closed: the hosts are those of the time when it was open.

    Answers are bare JSON objects or arrays; times are epoch milliseconds. The general documentation promises arrays in
    ascending order of time, the public trades come newest first all the same.

    GET parameters travel in the query. POST, PUT and DELETE accept them in the query, in a form body or partly in each,
    and a name that stands in both is taken from the query; here POST uses the form body and DELETE the query.

    Limits are announced in the headers X-MBX-USED-WEIGHT, X-MBX-USED-WEIGHT-1M, X-MBX-ORDER-COUNT-1S and
    X-MBX-ORDER-COUNT-1D, but real answers had none of them or showed the limit in place of the usage, so nothing should
    rest on them. Retry-After comes in seconds with the statuses 429 and 418. A ban (418) lasts from 2 minutes to 3 days
    and grows with each repetition. An account may have 200 open orders.

    A status of 5xx says nothing about the outcome of an order: it may have been executed.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://www.jex.com.
        http: An httpx.Client to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
    """

    def __init__(
        self,
        auth: JexAuth | None = None,
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
        """Configure from the environment: `SPOTWIRE_JEX_API_KEY`, `_API_SECRET`, `_BASE_URL` and `_TIMEOUT`."""
        from auth_hooks.jex import JexAuth

        return cls(JexAuth.from_env() if has_key_in_env(VENUE) else None, **settings_from_env(VENUE))

    def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.jex.lookups import LOOKUPS

        return self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> MarketApi:
        """The market operations."""
        from spotwire.jex.api.market import MarketApi

        return MarketApi(self.call)

    @cached_property
    def trade(self) -> TradeApi:
        """The trade operations."""
        from spotwire.jex.api.trade import TradeApi

        return TradeApi(self.call)

    @cached_property
    def account(self) -> AccountApi:
        """The account operations."""
        from spotwire.jex.api.account import AccountApi

        return AccountApi(self.call)


class AsyncJex(AsyncClient):
    """JEX spot, asynchronous.

    REST API of JEX, which traded spot pairs, options and contracts. This document covers the spot part and the
    operations that all parts share. The venue is closed: the hosts are those of the time when it was open.

    Answers are bare JSON objects or arrays; times are epoch milliseconds. The general documentation promises arrays in
    ascending order of time, the public trades come newest first all the same.

    GET parameters travel in the query. POST, PUT and DELETE accept them in the query, in a form body or partly in each,
    and a name that stands in both is taken from the query; here POST uses the form body and DELETE the query.

    Limits are announced in the headers X-MBX-USED-WEIGHT, X-MBX-USED-WEIGHT-1M, X-MBX-ORDER-COUNT-1S and
    X-MBX-ORDER-COUNT-1D, but real answers had none of them or showed the limit in place of the usage, so nothing should
    rest on them. Retry-After comes in seconds with the statuses 429 and 418. A ban (418) lasts from 2 minutes to 3 days
    and grows with each repetition. An account may have 200 open orders.

    A status of 5xx says nothing about the outcome of an order: it may have been executed.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://www.jex.com.
        http: An httpx.AsyncClient to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
    """

    def __init__(
        self,
        auth: JexAuth | None = None,
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
        """Configure from the environment: `SPOTWIRE_JEX_API_KEY`, `_API_SECRET`, `_BASE_URL` and `_TIMEOUT`."""
        from auth_hooks.jex import JexAuth

        return cls(JexAuth.from_env() if has_key_in_env(VENUE) else None, **settings_from_env(VENUE))

    async def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.jex.lookups import LOOKUPS

        return await self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> AsyncMarketApi:
        """The market operations."""
        from spotwire.jex.api.market import AsyncMarketApi

        return AsyncMarketApi(self.call)

    @cached_property
    def trade(self) -> AsyncTradeApi:
        """The trade operations."""
        from spotwire.jex.api.trade import AsyncTradeApi

        return AsyncTradeApi(self.call)

    @cached_property
    def account(self) -> AsyncAccountApi:
        """The account operations."""
        from spotwire.jex.api.account import AsyncAccountApi

        return AsyncAccountApi(self.call)
