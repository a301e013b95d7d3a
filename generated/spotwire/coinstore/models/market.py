"""Values of the market operations of Coinstore spot REST API. Generated; do not edit."""

from __future__ import annotations

from decimal import Decimal

import attrs

from spotwire.coinstore.enums import KlineInterval, OpenState, Side, SideCode, TagType, YesNo
from spotwire_core.types import Id, Row


@attrs.frozen(kw_only=True)
class Symbol:
    """A symbol with its precisions, minimum sizes and fees."""

    symbol_id: int = attrs.field(metadata={"wire": "symbolId"})
    """Id of the symbol."""
    symbol_code: str = attrs.field(metadata={"wire": "symbolCode"})
    """Symbol, such as BTCUSDT."""
    trade_currency_code: str = attrs.field(metadata={"wire": "tradeCurrencyCode"})
    """Base asset, lower case."""
    quote_currency_code: str = attrs.field(metadata={"wire": "quoteCurrencyCode"})
    """Quote asset, lower case."""
    open_trade: bool = attrs.field(metadata={"wire": "openTrade"})
    """Whether the symbol can be traded."""
    on_line_time: int = attrs.field(metadata={"wire": "onLineTime"})
    """Time of listing in milliseconds."""
    tick_sz: int = attrs.field(metadata={"wire": "tickSz"})
    """Number of decimals of a price."""
    lot_sz: int = attrs.field(metadata={"wire": "lotSz"})
    """Number of decimals of a quantity."""
    min_lmt_pr: Decimal = attrs.field(metadata={"wire": "minLmtPr"})
    """Smallest price of a limit order in quote asset."""
    min_lmt_sz: Decimal = attrs.field(metadata={"wire": "minLmtSz"})
    """Smallest quantity of a limit order in base asset."""
    min_mkt_va: Decimal = attrs.field(metadata={"wire": "minMktVa"})
    """Smallest amount of a market order in quote asset."""
    min_mkt_sz: Decimal = attrs.field(metadata={"wire": "minMktSz"})
    """Smallest quantity of a market order in base asset."""
    maker_fee: Decimal = attrs.field(metadata={"wire": "makerFee"})
    """Maker fee, as a fraction."""
    taker_fee: Decimal = attrs.field(metadata={"wire": "takerFee"})
    """Taker fee, as a fraction."""


@attrs.frozen(kw_only=True)
class Currency:
    """A currency with its networks."""

    name: str
    """Name of the currency, lower case."""
    code: str
    """Code of the currency, lower case."""
    show_precision: int = attrs.field(metadata={"wire": "showPrecision"})
    """Number of decimals."""
    chain_data_list: list[Network] = attrs.field(metadata={"wire": "chainDataList"})
    """The networks."""


@attrs.frozen(kw_only=True)
class Ticker:
    """The last 24 hours of one symbol."""

    channel: str
    """Name of the channel, ticker."""
    instrument_id: int = attrs.field(metadata={"wire": "instrumentId"})
    """Id of the symbol."""
    symbol: str
    """Symbol."""
    count: int
    """Number of trades in the last 24 hours."""
    volume: Decimal | None
    """Traded quantity in base asset."""
    amount: Decimal | None
    """Traded amount in quote asset."""
    close: Decimal | None
    """Last price in quote asset."""
    open: Decimal | None
    """First price in quote asset."""
    high: Decimal | None
    """Highest price in quote asset."""
    low: Decimal | None
    """Lowest price in quote asset."""
    bid: Decimal | None
    """Best bid in quote asset."""
    bid_size: Decimal | None = attrs.field(metadata={"wire": "bidSize"})
    """Quantity of the best bid in base asset."""
    ask: Decimal | None
    """Best ask in quote asset."""
    ask_size: Decimal | None = attrs.field(metadata={"wire": "askSize"})
    """Quantity of the best ask in base asset."""


@attrs.frozen(kw_only=True)
class OrderBook:
    """Bids and asks of one symbol."""

    channel: str
    """Name of the channel, such as 4@depth@5."""
    level: int
    """Depth that was asked for."""
    instrument_id: int = attrs.field(metadata={"wire": "instrumentId"})
    """Id of the symbol."""
    symbol: str
    """Symbol."""
    asks: list[BookLevel] = attrs.field(metadata={"wire": "a"})
    """Asks, best first."""
    bids: list[BookLevel] = attrs.field(metadata={"wire": "b"})
    """Bids, best first."""


@attrs.frozen(kw_only=True)
class Klines:
    """Candles of one symbol."""

    channel: str
    """Name of the channel, such as 4@kline@week_1."""
    instrument_id: int = attrs.field(metadata={"wire": "instrumentId"})
    """Id of the symbol."""
    symbol: str
    """Symbol."""
    item: list[Kline]
    """The candles."""


@attrs.frozen(kw_only=True)
class Trade:
    """A public trade."""

    channel: str
    """Name of the channel, such as 4@trade."""
    instrument_id: int = attrs.field(metadata={"wire": "instrumentId"})
    """Id of the symbol."""
    symbol: str
    """Symbol."""
    interval: str | None = None
    """In the document's table only."""
    time: int
    """Time of the trade in seconds."""
    ts: int
    """Time of the trade in milliseconds."""
    trade_id: Id = attrs.field(metadata={"wire": "tradeId"})
    """Id of the trade."""
    taker_side: Side = attrs.field(metadata={"wire": "takerSide"})
    """Side of the taker."""
    volume: Decimal
    """Quantity in base asset."""
    price: Decimal
    """Price in quote asset."""
    seq: int | None = None
    """Sequence number."""


@attrs.frozen(kw_only=True)
class LatestPrice:
    """The latest price of one symbol."""

    id: int
    """Id of the symbol."""
    symbol: str
    """Symbol."""
    price: Decimal
    """Latest price in quote asset."""


@attrs.frozen(kw_only=True)
class Network:
    """A network of a currency with its limits and fees."""

    currency_code: str = attrs.field(metadata={"wire": "currencyCode"})
    """Code of the currency."""
    chain_name: str = attrs.field(metadata={"wire": "chainName"})
    """Name of the network."""
    chain_protocol: str | None = attrs.field(default=None, metadata={"wire": "chainProtocol"})
    """Protocol of the network, chainType of withdraw."""
    contract_address: str | None = attrs.field(metadata={"wire": "contractAddress"})
    """Address of the contract on the network."""
    deposit_open: OpenState = attrs.field(metadata={"wire": "depositOpen"})
    """Whether deposits are open."""
    withdraw_open: OpenState = attrs.field(metadata={"wire": "withdrawOpen"})
    """Whether withdrawals are open."""
    withdraw_fee: Decimal = attrs.field(metadata={"wire": "withdrawFee"})
    """Fee of a withdrawal in the currency."""
    withdraw_min: Decimal = attrs.field(metadata={"wire": "withdrawMin"})
    """Smallest withdrawal in the currency."""
    withdraw_max: Decimal = attrs.field(metadata={"wire": "withdrawMax"})
    """Largest withdrawal in the currency; zero presumably means none."""
    deposit_min: Decimal = attrs.field(metadata={"wire": "depositMin"})
    """Smallest deposit in the currency."""
    withdraw_fee_platform: Decimal = attrs.field(metadata={"wire": "withdrawFeePlatform"})
    """The venue's fee on a withdrawal, as a fraction."""
    burning_state: YesNo = attrs.field(metadata={"wire": "burningState"})
    """Whether transfers of the currency burn a part."""
    withdraw_fee_on_chain: Decimal = attrs.field(metadata={"wire": "withdrawFeeOnChain"})
    """Part burnt on the network by a withdrawal, as a fraction."""
    tag_type: TagType = attrs.field(metadata={"wire": "tagType"})
    """Whether a tag is needed."""
    withdraw_fee_min: Decimal = attrs.field(metadata={"wire": "withdrawFeeMin"})
    """Smallest fee of a withdrawal in the currency."""


class BookLevel(Row, frozen=True):
    """A level of the order book."""

    price: Decimal
    """Price in quote asset."""
    quantity: Decimal
    """Quantity in base asset."""
    direction: SideCode | None = None
    """Side of the level."""


@attrs.frozen(kw_only=True)
class Kline:
    """A candle."""

    interval: KlineInterval
    """Length of the candle."""
    end_time: int = attrs.field(metadata={"wire": "endTime"})
    """End in seconds; not reliable."""
    amount: Decimal
    """Traded amount in quote asset."""
    start_time: int = attrs.field(metadata={"wire": "startTime"})
    """Start in seconds."""
    first_trade_id: Id = attrs.field(metadata={"wire": "firstTradeId"})
    """Id of the first trade."""
    last_trade_id: Id = attrs.field(metadata={"wire": "lastTradeId"})
    """Id of the last trade."""
    volume: Decimal
    """Traded quantity in base asset."""
    close: Decimal
    """Last price in quote asset."""
    open: Decimal
    """First price in quote asset."""
    high: Decimal
    """Highest price in quote asset."""
    low: Decimal
    """Lowest price in quote asset."""
