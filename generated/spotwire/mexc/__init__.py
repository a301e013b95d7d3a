"""MEXC spot API v3: typed client. Generated from `specs/mexc`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.mexc import MexcAuth as MexcAuth

    from .client import AsyncMexc as AsyncMexc
    from .client import Mexc as Mexc
    from .enums import Interval as Interval
    from .enums import OrderStatus as OrderStatus
    from .enums import OrderType as OrderType
    from .enums import Side as Side
    from .enums import SymbolStatus as SymbolStatus
    from .enums import TimeInForce as TimeInForce
    from .enums import TradeSideType as TradeSideType
    from .enums import TradeType as TradeType
    from .models.account import Account as Account
    from .models.account import Balance as Balance
    from .models.market import AggTrade as AggTrade
    from .models.market import AvgPrice as AvgPrice
    from .models.market import BookLevel as BookLevel
    from .models.market import BookTicker as BookTicker
    from .models.market import ExchangeInfo as ExchangeInfo
    from .models.market import Kline as Kline
    from .models.market import OrderBook as OrderBook
    from .models.market import PriceTicker as PriceTicker
    from .models.market import ServerTime as ServerTime
    from .models.market import Symbol as Symbol
    from .models.market import SymbolFilter as SymbolFilter
    from .models.market import Ticker24h as Ticker24h
    from .models.market import Trade as Trade
    from .models.trade import CancelledOrder as CancelledOrder
    from .models.trade import Fill as Fill
    from .models.trade import Order as Order
    from .models.trade import OrderAck as OrderAck

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
