"""Typed clients for the spot APIs of exchanges, one package a venue. Generated from `specs/`; do not edit.

- `spotwire.bitunix`
- `spotwire.coinstore`
- `spotwire.coinw`
- `spotwire.jex`
- `spotwire.mexc`
"""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from spotwire_core.config import CallOptions as CallOptions
    from spotwire_core.errors import (
        ApiError as ApiError,
        AuthError as AuthError,
        ClientClosed as ClientClosed,
        ClockError as ClockError,
        ConfigError as ConfigError,
        DecodeError as DecodeError,
        DuplicateOrder as DuplicateOrder,
        InsufficientFunds as InsufficientFunds,
        InvalidRequest as InvalidRequest,
        OrderNotFound as OrderNotFound,
        OutcomeUnknown as OutcomeUnknown,
        RateLimited as RateLimited,
        SpotwireError as SpotwireError,
        StaleBook as StaleBook,
        StreamOverflow as StreamOverflow,
        TransportError as TransportError,
        VenueUnavailable as VenueUnavailable,
        WouldExceedLimit as WouldExceedLimit,
        outcome_of as outcome_of,
    )
    from spotwire_core.fleet import RedisLimits as RedisLimits
    from spotwire_core.live_book import live_book as live_book
    from spotwire_core.message import RawResponse as RawResponse
    from spotwire_core.notices import (
        Connected as Connected,
        Disconnected as Disconnected,
        Dropped as Dropped,
        Gap as Gap,
        Notice as Notice,
        Reconnected as Reconnected,
        StreamOptions as StreamOptions,
        Unreadable as Unreadable,
    )
    from spotwire_core.pipeline import VenueClosedWarning as VenueClosedWarning
    from spotwire_core.retries import Retries as Retries
    from spotwire_core.types import Id as Id

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "ApiError": "spotwire_core.errors",
        "AuthError": "spotwire_core.errors",
        "CallOptions": "spotwire_core.config",
        "ClientClosed": "spotwire_core.errors",
        "ClockError": "spotwire_core.errors",
        "ConfigError": "spotwire_core.errors",
        "Connected": "spotwire_core.notices",
        "DecodeError": "spotwire_core.errors",
        "Disconnected": "spotwire_core.notices",
        "Dropped": "spotwire_core.notices",
        "DuplicateOrder": "spotwire_core.errors",
        "Gap": "spotwire_core.notices",
        "Id": "spotwire_core.types",
        "InsufficientFunds": "spotwire_core.errors",
        "InvalidRequest": "spotwire_core.errors",
        "Notice": "spotwire_core.notices",
        "OrderNotFound": "spotwire_core.errors",
        "OutcomeUnknown": "spotwire_core.errors",
        "outcome_of": "spotwire_core.errors",
        "RateLimited": "spotwire_core.errors",
        "RawResponse": "spotwire_core.message",
        "Reconnected": "spotwire_core.notices",
        "RedisLimits": "spotwire_core.fleet",
        "Retries": "spotwire_core.retries",
        "SpotwireError": "spotwire_core.errors",
        "StaleBook": "spotwire_core.errors",
        "StreamOptions": "spotwire_core.notices",
        "StreamOverflow": "spotwire_core.errors",
        "TransportError": "spotwire_core.errors",
        "Unreadable": "spotwire_core.notices",
        "VenueClosedWarning": "spotwire_core.pipeline",
        "VenueUnavailable": "spotwire_core.errors",
        "WouldExceedLimit": "spotwire_core.errors",
        "live_book": "spotwire_core.live_book",
    },
)
