"""MEXC spot API v3: typed client. Generated from `specs/mexc`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.mexc import MexcAuth as MexcAuth

    from .client import AsyncMexc as AsyncMexc, Mexc as Mexc
    from .enums import (
        Interval as Interval,
        OrderStatus as OrderStatus,
        OrderType as OrderType,
        Side as Side,
        SymbolStatus as SymbolStatus,
        TimeInForce as TimeInForce,
        TradeSideType as TradeSideType,
        TradeType as TradeType,
    )
    from .models.account import Account as Account, Balance as Balance
    from .models.market import (
        AggTrade as AggTrade,
        AvgPrice as AvgPrice,
        BookLevel as BookLevel,
        BookTicker as BookTicker,
        ExchangeInfo as ExchangeInfo,
        Kline as Kline,
        OrderBook as OrderBook,
        PriceTicker as PriceTicker,
        ServerTime as ServerTime,
        Symbol as Symbol,
        SymbolFilter as SymbolFilter,
        Ticker24h as Ticker24h,
        Trade as Trade,
    )
    from .models.trade import CancelledOrder as CancelledOrder, Fill as Fill, Order as Order, OrderAck as OrderAck

__all__ = [
    "Account",
    "AggTrade",
    "AsyncMexc",
    "AvgPrice",
    "Balance",
    "BookLevel",
    "BookTicker",
    "CancelledOrder",
    "ExchangeInfo",
    "Fill",
    "Interval",
    "Kline",
    "Mexc",
    "MexcAuth",
    "Order",
    "OrderAck",
    "OrderBook",
    "OrderStatus",
    "OrderType",
    "PriceTicker",
    "ServerTime",
    "Side",
    "Symbol",
    "SymbolFilter",
    "SymbolStatus",
    "Ticker24h",
    "TimeInForce",
    "Trade",
    "TradeSideType",
    "TradeType",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Account": ".models.account",
        "AggTrade": ".models.market",
        "AsyncMexc": ".client",
        "AvgPrice": ".models.market",
        "Balance": ".models.account",
        "BookLevel": ".models.market",
        "BookTicker": ".models.market",
        "CancelledOrder": ".models.trade",
        "ExchangeInfo": ".models.market",
        "Fill": ".models.trade",
        "Interval": ".enums",
        "Kline": ".models.market",
        "Mexc": ".client",
        "MexcAuth": "auth_hooks.mexc",
        "Order": ".models.trade",
        "OrderAck": ".models.trade",
        "OrderBook": ".models.market",
        "OrderStatus": ".enums",
        "OrderType": ".enums",
        "PriceTicker": ".models.market",
        "ServerTime": ".models.market",
        "Side": ".enums",
        "Symbol": ".models.market",
        "SymbolFilter": ".models.market",
        "SymbolStatus": ".enums",
        "Ticker24h": ".models.market",
        "TimeInForce": ".enums",
        "Trade": ".models.market",
        "TradeSideType": ".enums",
        "TradeType": ".enums",
    },
)
