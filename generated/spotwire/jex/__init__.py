"""JEX spot: typed client. Generated from `specs/jex`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.jex import JexAuth as JexAuth

    from .client import AsyncJex as AsyncJex, Jex as Jex
    from .enums import (
        DepthLimit as DepthLimit,
        FilterType as FilterType,
        Interval as Interval,
        OrderResponseType as OrderResponseType,
        OrderStatus as OrderStatus,
        OrderType as OrderType,
        RateLimitInterval as RateLimitInterval,
        RateLimitType as RateLimitType,
        Side as Side,
        SymbolOrderType as SymbolOrderType,
        SymbolStatus as SymbolStatus,
        TimeInForce as TimeInForce,
    )
    from .models.account import Account as Account, Balance as Balance
    from .models.market import (
        AvgPrice as AvgPrice,
        BookLevel as BookLevel,
        BookTicker as BookTicker,
        ExchangeInfo as ExchangeInfo,
        HistoricalTrade as HistoricalTrade,
        Kline as Kline,
        OrderBook as OrderBook,
        RateLimit as RateLimit,
        ServerTime as ServerTime,
        Symbol as Symbol,
        SymbolFilter as SymbolFilter,
        SymbolPrice as SymbolPrice,
        Ticker as Ticker,
        Trade as Trade,
    )
    from .models.trade import CanceledOrder as CanceledOrder, Order as Order, OrderAck as OrderAck

__all__ = [
    "Account",
    "AsyncJex",
    "AvgPrice",
    "Balance",
    "BookLevel",
    "BookTicker",
    "CanceledOrder",
    "DepthLimit",
    "ExchangeInfo",
    "FilterType",
    "HistoricalTrade",
    "Interval",
    "Jex",
    "JexAuth",
    "Kline",
    "Order",
    "OrderAck",
    "OrderBook",
    "OrderResponseType",
    "OrderStatus",
    "OrderType",
    "RateLimit",
    "RateLimitInterval",
    "RateLimitType",
    "ServerTime",
    "Side",
    "Symbol",
    "SymbolFilter",
    "SymbolOrderType",
    "SymbolPrice",
    "SymbolStatus",
    "Ticker",
    "TimeInForce",
    "Trade",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Account": ".models.account",
        "AsyncJex": ".client",
        "AvgPrice": ".models.market",
        "Balance": ".models.account",
        "BookLevel": ".models.market",
        "BookTicker": ".models.market",
        "CanceledOrder": ".models.trade",
        "DepthLimit": ".enums",
        "ExchangeInfo": ".models.market",
        "FilterType": ".enums",
        "HistoricalTrade": ".models.market",
        "Interval": ".enums",
        "Jex": ".client",
        "JexAuth": "auth_hooks.jex",
        "Kline": ".models.market",
        "Order": ".models.trade",
        "OrderAck": ".models.trade",
        "OrderBook": ".models.market",
        "OrderResponseType": ".enums",
        "OrderStatus": ".enums",
        "OrderType": ".enums",
        "RateLimit": ".models.market",
        "RateLimitInterval": ".enums",
        "RateLimitType": ".enums",
        "ServerTime": ".models.market",
        "Side": ".enums",
        "Symbol": ".models.market",
        "SymbolFilter": ".models.market",
        "SymbolOrderType": ".enums",
        "SymbolPrice": ".models.market",
        "SymbolStatus": ".enums",
        "Ticker": ".models.market",
        "TimeInForce": ".enums",
        "Trade": ".models.market",
    },
)
