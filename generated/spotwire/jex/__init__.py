"""JEX spot: typed client. Generated from `specs/jex`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.jex import JexAuth as JexAuth

    from .client import AsyncJex as AsyncJex
    from .client import Jex as Jex
    from .enums import DepthLimit as DepthLimit
    from .enums import FilterType as FilterType
    from .enums import Interval as Interval
    from .enums import OrderResponseType as OrderResponseType
    from .enums import OrderStatus as OrderStatus
    from .enums import OrderType as OrderType
    from .enums import RateLimitInterval as RateLimitInterval
    from .enums import RateLimitType as RateLimitType
    from .enums import Side as Side
    from .enums import SymbolOrderType as SymbolOrderType
    from .enums import SymbolStatus as SymbolStatus
    from .enums import TimeInForce as TimeInForce
    from .models.account import Account as Account
    from .models.account import Balance as Balance
    from .models.market import AvgPrice as AvgPrice
    from .models.market import BookLevel as BookLevel
    from .models.market import BookTicker as BookTicker
    from .models.market import ExchangeInfo as ExchangeInfo
    from .models.market import HistoricalTrade as HistoricalTrade
    from .models.market import Kline as Kline
    from .models.market import OrderBook as OrderBook
    from .models.market import RateLimit as RateLimit
    from .models.market import ServerTime as ServerTime
    from .models.market import Symbol as Symbol
    from .models.market import SymbolFilter as SymbolFilter
    from .models.market import SymbolPrice as SymbolPrice
    from .models.market import Ticker as Ticker
    from .models.market import Trade as Trade
    from .models.trade import CanceledOrder as CanceledOrder
    from .models.trade import Order as Order
    from .models.trade import OrderAck as OrderAck

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
