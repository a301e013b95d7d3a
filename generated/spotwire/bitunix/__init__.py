"""Bitunix spot: typed client. Generated from `specs/bitunix`; do not edit."""

from typing import TYPE_CHECKING

from spotwire_core.lazy import lazy_names

if TYPE_CHECKING:
    from auth_hooks.bitunix import BitunixAuth as BitunixAuth

    from .client import AsyncBitunix as AsyncBitunix, Bitunix as Bitunix
    from .enums import (
        DealRole as DealRole,
        DepositStatus as DepositStatus,
        DepositType as DepositType,
        Flag as Flag,
        Interval as Interval,
        MemoRule as MemoRule,
        OrderStatus as OrderStatus,
        OrderType as OrderType,
        PlaceStatus as PlaceStatus,
        RecipientType as RecipientType,
        Side as Side,
        TransferType as TransferType,
        WithdrawalStatus as WithdrawalStatus,
        WithdrawalType as WithdrawalType,
    )
    from .models.account import Balance as Balance, UserInfo as UserInfo
    from .models.market import (
        BookLevel as BookLevel,
        Currency as Currency,
        Kline as Kline,
        Network as Network,
        OrderBook as OrderBook,
        Rate as Rate,
        Symbol as Symbol,
    )
    from .models.trade import (
        Fill as Fill,
        NewOrder as NewOrder,
        Order as Order,
        OrderAck as OrderAck,
        OrderPage as OrderPage,
        OrderRef as OrderRef,
    )
    from .models.wallet import Deposit as Deposit, DepositAddress as DepositAddress, Withdrawal as Withdrawal

__all__ = [
    "AsyncBitunix",
    "Balance",
    "Bitunix",
    "BitunixAuth",
    "BookLevel",
    "Currency",
    "DealRole",
    "Deposit",
    "DepositAddress",
    "DepositStatus",
    "DepositType",
    "Fill",
    "Flag",
    "Interval",
    "Kline",
    "MemoRule",
    "Network",
    "NewOrder",
    "Order",
    "OrderAck",
    "OrderBook",
    "OrderPage",
    "OrderRef",
    "OrderStatus",
    "OrderType",
    "PlaceStatus",
    "Rate",
    "RecipientType",
    "Side",
    "Symbol",
    "TransferType",
    "UserInfo",
    "Withdrawal",
    "WithdrawalStatus",
    "WithdrawalType",
]

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
