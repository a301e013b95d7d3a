"""Bitunix spot: typed client. Generated from `specs/bitunix`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.bitunix import BitunixAuth as BitunixAuth

    from .client import AsyncBitunix as AsyncBitunix
    from .client import Bitunix as Bitunix
    from .enums import DealRole as DealRole
    from .enums import DepositStatus as DepositStatus
    from .enums import DepositType as DepositType
    from .enums import Flag as Flag
    from .enums import Interval as Interval
    from .enums import MemoRule as MemoRule
    from .enums import OrderStatus as OrderStatus
    from .enums import OrderType as OrderType
    from .enums import PlaceStatus as PlaceStatus
    from .enums import RecipientType as RecipientType
    from .enums import Side as Side
    from .enums import TransferType as TransferType
    from .enums import WithdrawalStatus as WithdrawalStatus
    from .enums import WithdrawalType as WithdrawalType
    from .models.account import Balance as Balance
    from .models.account import UserInfo as UserInfo
    from .models.market import BookLevel as BookLevel
    from .models.market import Currency as Currency
    from .models.market import Kline as Kline
    from .models.market import Network as Network
    from .models.market import OrderBook as OrderBook
    from .models.market import Rate as Rate
    from .models.market import Symbol as Symbol
    from .models.trade import Fill as Fill
    from .models.trade import NewOrder as NewOrder
    from .models.trade import Order as Order
    from .models.trade import OrderAck as OrderAck
    from .models.trade import OrderPage as OrderPage
    from .models.trade import OrderRef as OrderRef
    from .models.wallet import Deposit as Deposit
    from .models.wallet import DepositAddress as DepositAddress
    from .models.wallet import Withdrawal as Withdrawal

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "AsyncBitunix": ".client",
        "Balance": ".models.account",
        "Bitunix": ".client",
        "BitunixAuth": "auth_hooks.bitunix",
        "BookLevel": ".models.market",
        "Currency": ".models.market",
        "DealRole": ".enums",
        "Deposit": ".models.wallet",
        "DepositAddress": ".models.wallet",
        "DepositStatus": ".enums",
        "DepositType": ".enums",
        "Fill": ".models.trade",
        "Flag": ".enums",
        "Interval": ".enums",
        "Kline": ".models.market",
        "MemoRule": ".enums",
        "Network": ".models.market",
        "NewOrder": ".models.trade",
        "Order": ".models.trade",
        "OrderAck": ".models.trade",
        "OrderBook": ".models.market",
        "OrderPage": ".models.trade",
        "OrderRef": ".models.trade",
        "OrderStatus": ".enums",
        "OrderType": ".enums",
        "PlaceStatus": ".enums",
        "Rate": ".models.market",
        "RecipientType": ".enums",
        "Side": ".enums",
        "Symbol": ".models.market",
        "TransferType": ".enums",
        "UserInfo": ".models.account",
        "Withdrawal": ".models.wallet",
        "WithdrawalStatus": ".enums",
        "WithdrawalType": ".enums",
    },
)
