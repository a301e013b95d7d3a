"""The clients of Coinstore spot REST API. Generated from `specs/coinstore`; do not edit."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from spotwire.coinstore.venue import VENUE
from spotwire_core.client import AsyncClient, SyncClient, has_key_in_env, settings_from_env
from spotwire_core.config import DEFAULT_TIMEOUT, PATIENCE
from spotwire_core.notices import stream_options_from_env

if TYPE_CHECKING:
    from auth_hooks.coinstore import CoinstoreAuth
    from spotwire.coinstore.api.account import AccountApi, AsyncAccountApi
    from spotwire.coinstore.api.market import AsyncMarketApi, MarketApi
    from spotwire.coinstore.api.trade import AsyncTradeApi, TradeApi
    from spotwire.coinstore.api.wallet import AsyncWalletApi, WalletApi
    from spotwire.coinstore.streams import AsyncStreams, Streams
    from spotwire_core.errors import DuplicateOrder, OutcomeUnknown
    from spotwire_core.fleet import RedisLimits
    from spotwire_core.limits import LimitMode
    from spotwire_core.notices import StreamOptions
    from spotwire_core.resolve import Resolution
    from spotwire_core.retries import Retries
    from spotwire_core.transport import HttpClient


class Coinstore(SyncClient):
    """Coinstore spot REST API.

    Spot trading, account, wallet and market data of Coinstore. Every answer is JSON with `code`, `message` and `data`.
    GET requests carry their parameters in the query, POST requests in a JSON body; a POST without parameters sends
    `{}`. Symbols are case-sensitive and mostly upper case (`BTCUSDT`); never change the case of a symbol that was
    received.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://api.coinstore.com.
        http: An httpx.Client to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
        streams: StreamOptions for another address of the streams, slow consumers and notices.
    """

    def __init__(
        self,
        auth: CoinstoreAuth | None = None,
        *,
        base_url: str | None = None,
        http: HttpClient | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
        streams: StreamOptions | None = None,
    ) -> None:
        super().__init__(
            VENUE, auth, base_url=base_url, http=http, timeout=timeout, retries=retries, limits=limits, streams=streams
        )

    @classmethod
    def from_env(cls) -> Self:
        """Configure from the environment: `SPOTWIRE_COINSTORE_API_KEY`, `_API_SECRET`, `_BASE_URL`, `_STREAMS_URL` and `_TIMEOUT`."""
        from auth_hooks.coinstore import CoinstoreAuth

        return cls(
            CoinstoreAuth.from_env() if has_key_in_env(VENUE) else None,
            **settings_from_env(VENUE),
            streams=stream_options_from_env(VENUE),
        )

    def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.coinstore.lookups import LOOKUPS

        return self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> MarketApi:
        """The market operations."""
        from spotwire.coinstore.api.market import MarketApi

        return MarketApi(self.call)

    @cached_property
    def trade(self) -> TradeApi:
        """The trade operations."""
        from spotwire.coinstore.api.trade import TradeApi

        return TradeApi(self.call)

    @cached_property
    def account(self) -> AccountApi:
        """The account operations."""
        from spotwire.coinstore.api.account import AccountApi

        return AccountApi(self.call)

    @cached_property
    def wallet(self) -> WalletApi:
        """The wallet operations."""
        from spotwire.coinstore.api.wallet import WalletApi

        return WalletApi(self.call)

    @cached_property
    def streams(self) -> Streams:
        """The streams, over one connection that is open while there are subscriptions."""
        from spotwire.coinstore.streams import STREAMS, Streams

        return Streams(self._streaming(STREAMS))


class AsyncCoinstore(AsyncClient):
    """Coinstore spot REST API, asynchronous.

    Spot trading, account, wallet and market data of Coinstore. Every answer is JSON with `code`, `message` and `data`.
    GET requests carry their parameters in the query, POST requests in a JSON body; a POST without parameters sends
    `{}`. Symbols are case-sensitive and mostly upper case (`BTCUSDT`); never change the case of a symbol that was
    received.

    Args:
        auth: Key and secret, for the operations that need them.
        base_url: Another address than https://api.coinstore.com.
        http: An httpx.AsyncClient to send with, or one that looks like it. It stays its owner's to close.
        timeout: Seconds for one call, repetitions included, waiting for limits aside.
        retries: How often a call that cannot do harm is repeated; three attempts when left out.
        limits: "wait" until the venue's limits allow a call, "raise" WouldExceedLimit, or "off"; RedisLimits(url) for a fleet.
        streams: StreamOptions for another address of the streams, slow consumers and notices.
    """

    def __init__(
        self,
        auth: CoinstoreAuth | None = None,
        *,
        base_url: str | None = None,
        http: HttpClient | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: Retries | None = None,
        limits: LimitMode | RedisLimits = "wait",
        streams: StreamOptions | None = None,
    ) -> None:
        super().__init__(
            VENUE, auth, base_url=base_url, http=http, timeout=timeout, retries=retries, limits=limits, streams=streams
        )

    @classmethod
    def from_env(cls) -> Self:
        """Configure from the environment: `SPOTWIRE_COINSTORE_API_KEY`, `_API_SECRET`, `_BASE_URL`, `_STREAMS_URL` and `_TIMEOUT`."""
        from auth_hooks.coinstore import CoinstoreAuth

        return cls(
            CoinstoreAuth.from_env() if has_key_in_env(VENUE) else None,
            **settings_from_env(VENUE),
            streams=stream_options_from_env(VENUE),
        )

    async def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *, patience: float = PATIENCE
    ) -> tuple[Resolution, ...]:
        """Ask the venue what became of a call whose outcome is unknown, one Resolution for each order that it held.

        An order that does not show up is asked for again until `patience` seconds after it was sent, 10 when left out. What
        goes wrong with the questions themselves is raised, and the outcome can be resolved again later.
        """
        from spotwire.coinstore.lookups import LOOKUPS

        return await self._resolve(outcome, LOOKUPS, patience)

    @cached_property
    def market(self) -> AsyncMarketApi:
        """The market operations."""
        from spotwire.coinstore.api.market import AsyncMarketApi

        return AsyncMarketApi(self.call)

    @cached_property
    def trade(self) -> AsyncTradeApi:
        """The trade operations."""
        from spotwire.coinstore.api.trade import AsyncTradeApi

        return AsyncTradeApi(self.call)

    @cached_property
    def account(self) -> AsyncAccountApi:
        """The account operations."""
        from spotwire.coinstore.api.account import AsyncAccountApi

        return AsyncAccountApi(self.call)

    @cached_property
    def wallet(self) -> AsyncWalletApi:
        """The wallet operations."""
        from spotwire.coinstore.api.wallet import AsyncWalletApi

        return AsyncWalletApi(self.call)

    @cached_property
    def streams(self) -> AsyncStreams:
        """The streams, over one connection that is open while there are subscriptions."""
        from spotwire.coinstore.streams import STREAMS, AsyncStreams

        return AsyncStreams(self._streaming(STREAMS))
