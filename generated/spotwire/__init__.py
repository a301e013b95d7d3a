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
    from spotwire_core.client import VenueClosedWarning as VenueClosedWarning
    from spotwire_core.config import CallOptions as CallOptions
    from spotwire_core.errors import (
        ApiError as ApiError,
    )
    from spotwire_core.errors import (
        AuthError as AuthError,
    )
    from spotwire_core.errors import (
        ClientClosed as ClientClosed,
    )
    from spotwire_core.errors import (
        ClockError as ClockError,
    )
    from spotwire_core.errors import (
        ConfigError as ConfigError,
    )
    from spotwire_core.errors import (
        DecodeError as DecodeError,
    )
    from spotwire_core.errors import (
        DuplicateOrder as DuplicateOrder,
    )
    from spotwire_core.errors import (
        InsufficientFunds as InsufficientFunds,
    )
    from spotwire_core.errors import (
        InvalidRequest as InvalidRequest,
    )
    from spotwire_core.errors import (
        OrderNotFound as OrderNotFound,
    )
    from spotwire_core.errors import (
        OutcomeUnknown as OutcomeUnknown,
    )
    from spotwire_core.errors import (
        RateLimited as RateLimited,
    )
    from spotwire_core.errors import (
        SpotwireError as SpotwireError,
    )
    from spotwire_core.errors import (
        TransportError as TransportError,
    )
    from spotwire_core.errors import (
        VenueUnavailable as VenueUnavailable,
    )
    from spotwire_core.message import RawResponse as RawResponse
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
        "DecodeError": "spotwire_core.errors",
        "DuplicateOrder": "spotwire_core.errors",
        "Id": "spotwire_core.types",
        "InsufficientFunds": "spotwire_core.errors",
        "InvalidRequest": "spotwire_core.errors",
        "OrderNotFound": "spotwire_core.errors",
        "OutcomeUnknown": "spotwire_core.errors",
        "RateLimited": "spotwire_core.errors",
        "RawResponse": "spotwire_core.message",
        "SpotwireError": "spotwire_core.errors",
        "TransportError": "spotwire_core.errors",
        "VenueClosedWarning": "spotwire_core.client",
        "VenueUnavailable": "spotwire_core.errors",
    },
)
