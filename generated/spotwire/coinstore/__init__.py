"""Coinstore spot REST API: typed client. Generated from `specs/coinstore`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.coinstore import CoinstoreAuth as CoinstoreAuth

    from .client import AsyncCoinstore as AsyncCoinstore
    from .client import Coinstore as Coinstore
    from .enums import BalanceType as BalanceType
    from .enums import DepositStatus as DepositStatus
    from .enums import Depth as Depth
    from .enums import FillOrderState as FillOrderState
    from .enums import FillRole as FillRole
    from .enums import InternalType as InternalType
    from .enums import Interval as Interval
    from .enums import KlineInterval as KlineInterval
    from .enums import MatchRole as MatchRole
    from .enums import OpenState as OpenState
    from .enums import OrderFlag as OrderFlag
    from .enums import OrderStatus as OrderStatus
    from .enums import OrderType as OrderType
    from .enums import Side as Side
    from .enums import SideCode as SideCode
    from .enums import TagType as TagType
    from .enums import TimeInForce as TimeInForce
    from .enums import TransferAccount as TransferAccount
    from .enums import TransferType as TransferType
    from .enums import WithdrawalStatus as WithdrawalStatus
    from .enums import YesNo as YesNo
    from .models.account import Balance as Balance
    from .models.market import BookLevel as BookLevel
    from .models.market import Currency as Currency
    from .models.market import Kline as Kline
    from .models.market import Klines as Klines
    from .models.market import LatestPrice as LatestPrice
    from .models.market import Network as Network
    from .models.market import OrderBook as OrderBook
    from .models.market import Symbol as Symbol
    from .models.market import Ticker as Ticker
    from .models.market import Trade as Trade
    from .models.trade import CancelledByClientId as CancelledByClientId
    from .models.trade import CancelledOrder as CancelledOrder
    from .models.trade import CancelledOrders as CancelledOrders
    from .models.trade import Fill as Fill
    from .models.trade import NewOrder as NewOrder
    from .models.trade import OpenOrder as OpenOrder
    from .models.trade import OpenOrderV2 as OpenOrderV2
    from .models.trade import Order as Order
    from .models.trade import OrderV2 as OrderV2
    from .models.trade import PlacedBatchOrder as PlacedBatchOrder
    from .models.trade import PlacedOrder as PlacedOrder
    from .models.wallet import Deposit as Deposit
    from .models.wallet import DepositAddress as DepositAddress
    from .models.wallet import DepositRecords as DepositRecords
    from .models.wallet import Withdrawal as Withdrawal
    from .models.wallet import WithdrawalId as WithdrawalId
    from .models.wallet import WithdrawalRecords as WithdrawalRecords

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "AsyncCoinstore": ".client",
        "Balance": ".models.account",
        "BalanceType": ".enums",
        "BookLevel": ".models.market",
        "CancelledByClientId": ".models.trade",
        "CancelledOrder": ".models.trade",
        "CancelledOrders": ".models.trade",
        "Coinstore": ".client",
        "CoinstoreAuth": "auth_hooks.coinstore",
        "Currency": ".models.market",
        "Deposit": ".models.wallet",
        "DepositAddress": ".models.wallet",
        "DepositRecords": ".models.wallet",
        "DepositStatus": ".enums",
        "Depth": ".enums",
        "Fill": ".models.trade",
        "FillOrderState": ".enums",
        "FillRole": ".enums",
        "InternalType": ".enums",
        "Interval": ".enums",
        "Kline": ".models.market",
        "KlineInterval": ".enums",
        "Klines": ".models.market",
        "LatestPrice": ".models.market",
        "MatchRole": ".enums",
        "Network": ".models.market",
        "NewOrder": ".models.trade",
        "OpenOrder": ".models.trade",
        "OpenOrderV2": ".models.trade",
        "OpenState": ".enums",
        "Order": ".models.trade",
        "OrderBook": ".models.market",
        "OrderFlag": ".enums",
        "OrderStatus": ".enums",
        "OrderType": ".enums",
        "OrderV2": ".models.trade",
        "PlacedBatchOrder": ".models.trade",
        "PlacedOrder": ".models.trade",
        "Side": ".enums",
        "SideCode": ".enums",
        "Symbol": ".models.market",
        "TagType": ".enums",
        "Ticker": ".models.market",
        "TimeInForce": ".enums",
        "Trade": ".models.market",
        "TransferAccount": ".enums",
        "TransferType": ".enums",
        "Withdrawal": ".models.wallet",
        "WithdrawalId": ".models.wallet",
        "WithdrawalRecords": ".models.wallet",
        "WithdrawalStatus": ".enums",
        "YesNo": ".enums",
    },
)
