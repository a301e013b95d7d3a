"""CoinW spot REST API: typed client. Generated from `specs/coinw`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.coinw import CoinwAuth as CoinwAuth

    from .client import AsyncCoinw as AsyncCoinw
    from .client import Coinw as Coinw
    from .enums import AccountType as AccountType
    from .enums import DepositOrWithdrawalSide as DepositOrWithdrawalSide
    from .enums import DepositOrWithdrawalStatus as DepositOrWithdrawalStatus
    from .enums import Depth as Depth
    from .enums import Destination as Destination
    from .enums import Flag as Flag
    from .enums import InternalAddressType as InternalAddressType
    from .enums import Interval as Interval
    from .enums import OrderSide as OrderSide
    from .enums import OrderStatus as OrderStatus
    from .enums import OrderType as OrderType
    from .enums import Side as Side
    from .enums import SymbolState as SymbolState
    from .enums import TradeSide as TradeSide
    from .enums import TransferDirection as TransferDirection
    from .enums import WithdrawalType as WithdrawalType
    from .models.account import Balance as Balance
    from .models.market import BookLevel as BookLevel
    from .models.market import Currency as Currency
    from .models.market import Kline as Kline
    from .models.market import OrderBook as OrderBook
    from .models.market import Symbol as Symbol
    from .models.market import Ticker as Ticker
    from .models.market import Trade as Trade
    from .models.trade import CancelAck as CancelAck
    from .models.trade import Fill as Fill
    from .models.trade import FillPage as FillPage
    from .models.trade import HistoricalOrder as HistoricalOrder
    from .models.trade import OpenOrder as OpenOrder
    from .models.trade import Order as Order
    from .models.trade import OrderAck as OrderAck
    from .models.trade import OrderState as OrderState
    from .models.wallet import DepositAddress as DepositAddress
    from .models.wallet import DepositOrWithdrawal as DepositOrWithdrawal
    from .models.wallet import WithdrawalAck as WithdrawalAck

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "AccountType": ".enums",
        "AsyncCoinw": ".client",
        "Balance": ".models.account",
        "BookLevel": ".models.market",
        "CancelAck": ".models.trade",
        "Coinw": ".client",
        "CoinwAuth": "auth_hooks.coinw",
        "Currency": ".models.market",
        "DepositAddress": ".models.wallet",
        "DepositOrWithdrawal": ".models.wallet",
        "DepositOrWithdrawalSide": ".enums",
        "DepositOrWithdrawalStatus": ".enums",
        "Depth": ".enums",
        "Destination": ".enums",
        "Fill": ".models.trade",
        "FillPage": ".models.trade",
        "Flag": ".enums",
        "HistoricalOrder": ".models.trade",
        "InternalAddressType": ".enums",
        "Interval": ".enums",
        "Kline": ".models.market",
        "OpenOrder": ".models.trade",
        "Order": ".models.trade",
        "OrderAck": ".models.trade",
        "OrderBook": ".models.market",
        "OrderSide": ".enums",
        "OrderState": ".models.trade",
        "OrderStatus": ".enums",
        "OrderType": ".enums",
        "Side": ".enums",
        "Symbol": ".models.market",
        "SymbolState": ".enums",
        "Ticker": ".models.market",
        "Trade": ".models.market",
        "TradeSide": ".enums",
        "TransferDirection": ".enums",
        "WithdrawalAck": ".models.wallet",
        "WithdrawalType": ".enums",
    },
)
