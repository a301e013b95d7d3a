"""An order whose answer was lost is found again at every venue, and one that never arrived is not (B14)."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import attrs
import pytest

from examples.tours import TOURS
from spotwire import ConfigError, DuplicateOrder, OutcomeUnknown
from spotwire.bitunix import Bitunix, NewOrder as BitunixOrder
from spotwire.coinstore import Coinstore, NewOrder
from spotwire.coinw import Coinw
from spotwire.mexc import Mexc
from spotwire_sim import Fault, SimulatedVenue

Venues = Callable[[str], SimulatedVenue]

QUANTITY, PRICE = Decimal("0.003"), Decimal(21_000)
BY_ID = {"bitunix", "coinstore", "mexc"}


def client_of(venue: SimulatedVenue, name: str, prefix: str = "") -> Any:
    kind = getattr(import_module(f"spotwire.{name}"), prefix + TOURS[name].client)
    return kind(auth=venue.auth, base_url=venue.url, limits="off")


def lost_order(client: Any, name: str, venue: SimulatedVenue, fault: Fault) -> OutcomeUnknown:
    """Place an order whose answer does not come."""
    venue.faults.plan("placeOrder", fault)
    with pytest.raises(OutcomeUnknown) as raised:
        TOURS[name].place(client, TOURS[name].symbol, QUANTITY, PRICE)
    venue.faults.check()
    return raised.value


@pytest.mark.parametrize("name", TOURS)
def test_order_whose_answer_was_lost_is_found(name: str, simulated: Venues) -> None:
    """B14: the venue has exactly one order, and the record that is handed back is that one; also after pickling."""
    venue = simulated(name)
    with client_of(venue, name) as client:
        outcome = pickle.loads(pickle.dumps(lost_order(client, name, venue, Fault.reset_after())))
        (resolution,) = client.resolve(outcome)

    (order,) = venue.exchange.open_orders(venue.user)
    assert (True, name in BY_ID) == (resolution.accepted, resolution.by_id)
    ids = " ".join(str(value) for value in attrs.asdict(resolution.records[0]).values())
    assert str(order.order_id) in ids


@pytest.mark.parametrize("name", TOURS)
def test_order_that_was_not_accepted_is_not_found(name: str, simulated: Venues) -> None:
    """An order that the venue never booked is reported as not executed, and one of before with the same terms does not count."""
    venue = simulated(name)
    with client_of(venue, name) as client:
        TOURS[name].place(client, TOURS[name].symbol, QUANTITY, PRICE)
        venue.clock.offset += 60_000
        client.clock.correct(venue.clock(), asked_at=client._monotonic())
        outcome = lost_order(client, name, venue, Fault.status(503))
        (resolution,) = client.resolve(outcome, patience=0)

    assert (False, ()) == (resolution.accepted, resolution.records)


@pytest.mark.parametrize("name", TOURS)
def test_order_is_found_by_the_asynchronous_client(name: str, simulated: Venues) -> None:
    """The asynchronous client asks the same questions."""
    venue = simulated(name)
    with client_of(venue, name) as client:
        outcome = lost_order(client, name, venue, Fault.reset_after())

    async def resolved() -> Any:
        async with client_of(venue, name, "Async") as client:
            return await client.resolve(outcome)

    (resolution,) = asyncio.run(resolved())
    assert resolution.accepted is True


@pytest.mark.parametrize("name", ["coinw", "jex"])
def test_equal_terms_leave_it_open(name: str, simulated: Venues) -> None:
    """Where no client order id tells, two orders with equal terms of the same seconds are both shown and nothing is claimed."""
    venue = simulated(name)
    with client_of(venue, name) as client:
        TOURS[name].place(client, TOURS[name].symbol, QUANTITY, PRICE)
        (resolution,) = client.resolve(lost_order(client, name, venue, Fault.reset_after()))

    assert (None, 2, False) == (resolution.accepted, len(resolution.records), resolution.by_id)


def test_order_in_the_history_is_found_by_its_client_order_id(simulated: Venues) -> None:
    """An order that is filled and so no longer among the open ones is found in the history."""
    venue = simulated("coinw")
    with Coinw(auth=venue.auth, base_url=venue.url, limits="off") as coinw:
        venue.faults.plan("placeOrder", Fault.reset_after())
        with pytest.raises(OutcomeUnknown) as raised:
            coinw.trade.place_order("BTC_USDT", "0", is_market=False, amount=QUANTITY, rate=90_000)
        (resolution,) = coinw.resolve(raised.value)

    assert (True, True) == (resolution.accepted, resolution.by_id)
    assert raised.value.client_order_id == resolution.records[0].out_trade_no


def test_each_order_of_a_batch_is_resolved(simulated: Venues) -> None:
    """A batch gives a resolution for each order, in order, whichever way the venue tells them apart."""
    venue = simulated("coinstore")
    orders = [NewOrder(side="BUY", ord_type="LIMIT", ord_price=PRICE + n, ord_qty=QUANTITY) for n in range(3)]  # type: ignore[arg-type]  # text is fine
    with Coinstore(auth=venue.auth, base_url=venue.url, limits="off") as coinstore:
        venue.faults.plan("placeOrders", Fault.reset_after())
        with pytest.raises(OutcomeUnknown) as raised:
            coinstore.trade.place_orders("BTCUSDT", orders)
        resolutions = coinstore.resolve(raised.value)

    assert [True] * 3 == [one.accepted for one in resolutions]
    assert [PRICE, PRICE + 1, PRICE + 2] == [one.records[0].ord_price for one in resolutions]
    assert raised.value.client_order_ids == tuple(one.records[0].cl_ord_id for one in resolutions)


def test_batch_whose_orders_name_their_symbols_is_resolved(simulated: Venues) -> None:
    """The symbol to look under is the order's own where the batch has none."""
    venue = simulated("bitunix")
    order = BitunixOrder(side="2", type="1", volume=QUANTITY, price=PRICE, symbol="BTCUSDT")  # type: ignore[arg-type]  # text is fine
    with Bitunix(auth=venue.auth, base_url=venue.url, limits="off") as bitunix:
        venue.faults.plan("placeOrders", Fault.reset_after())
        with pytest.raises(OutcomeUnknown) as raised:
            bitunix.trade.place_orders([order])
        (resolution,) = bitunix.resolve(raised.value)

    assert resolution.accepted is True


def test_duplicate_is_resolved_to_the_order_that_exists(simulated: Venues) -> None:
    """B13: whoever repeats an order with its client order id is told that it exists, and finds it."""
    venue = simulated("coinstore")
    with Coinstore(auth=venue.auth, base_url=venue.url, limits="off") as coinstore:
        outcome = lost_order(coinstore, "coinstore", venue, Fault.reset_after())
        with pytest.raises(DuplicateOrder) as raised:
            coinstore.trade.place_order(**{k: v for k, v in outcome.requests[0].items() if v is not None})
        (resolution,) = coinstore.resolve(raised.value)

    (order,) = venue.exchange.open_orders(venue.user)
    assert (True, str(order.order_id)) == (resolution.accepted, resolution.records[0].ord_id)


def test_outcome_of_another_venue_is_refused(simulated: Venues) -> None:
    """Asking the wrong venue would find nothing, which looks like "not executed"."""
    venue = simulated("coinstore")
    with Coinstore(auth=venue.auth, base_url=venue.url, limits="off") as coinstore:
        outcome = lost_order(coinstore, "coinstore", venue, Fault.reset_after())
    with Mexc(auth=simulated("mexc").auth, base_url=venue.url) as mexc, pytest.raises(ConfigError) as raised:
        mexc.resolve(outcome)

    assert "the outcome is one of coinstore, this is a client of mexc" == str(raised.value)


@pytest.mark.parametrize(("name", "price"), [("coinw", PRICE), ("bitunix", Decimal(90_000))])
def test_order_is_found_where_the_machine_is_ahead_of_the_venue(name: str, price: Decimal, simulated: Venues) -> None:
    """Venues that tolerate a wrong time never tell the client so: an order that looks older than it is counts all the same."""
    venue = simulated(name)
    with client_of(venue, name) as client:
        client.clock.correct(venue.clock() + 30_000, asked_at=client._monotonic())
        venue.faults.plan("placeOrder", Fault.reset_after())
        with pytest.raises(OutcomeUnknown) as raised:
            TOURS[name].place(client, TOURS[name].symbol, QUANTITY, price)
        (resolution,) = client.resolve(raised.value, patience=0)

    assert resolution.accepted is True


@pytest.mark.parametrize("ahead", [0, 3_000, 20_000])
def test_withdrawal_is_shown_and_not_claimed(ahead: int, simulated: Venues) -> None:
    """A withdrawal without an id is never reported as missing where it went out; its record shows it without the fee."""
    venue = simulated("bitunix")
    with client_of(venue, "bitunix") as bitunix:
        bitunix.clock.correct(venue.clock() + ahead, asked_at=bitunix._monotonic())
        venue.faults.plan("withdraw", Fault.reset_after())
        with pytest.raises(OutcomeUnknown) as raised:
            bitunix.wallet.withdraw("USDT", "Tron (TRC-20)", "T" + "a" * 33, Decimal(20))
        (resolution,) = bitunix.resolve(raised.value, patience=0)

    assert (None, [19]) == (resolution.accepted, [record.amount for record in resolution.records])


def test_order_of_the_other_side_is_not_the_one(simulated: Venues) -> None:
    """A sale that was lost is not taken for a purchase of the same size and price."""
    venue = simulated("coinw")
    with Coinw(auth=venue.auth, base_url=venue.url, limits="off") as coinw:
        venue.faults.plan("placeOrder", Fault.status(503))
        with pytest.raises(OutcomeUnknown) as raised:
            coinw.trade.place_order("BTC_USDT", "1", is_market=False, amount=QUANTITY, rate=PRICE)
        TOURS["coinw"].place(coinw, "BTC_USDT", QUANTITY, PRICE)
        (resolution,) = coinw.resolve(raised.value, patience=0)

    assert (False, ()) == (resolution.accepted, resolution.records)
