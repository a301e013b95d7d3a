"""Every operation against the simulated venue, which checks each request by the spec and its signature with its own code."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from contract.conftest import OPERATIONS, call
from examples.tours import TOURS
from spotwire_contract.calls import arguments, module_of
from spotwire_contract.spec import Operation
from spotwire_sim import SimulatedVenue

ORDER_IDS = {"order_id", "order_number", "ord_id", "order_ids"}
# What makes the thing that the parameter names.
MADE_BY = {"withdraw_id": "withdraw", "inside_transfer_id": "internalTransfer"}


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_operation_works_at_the_simulated_venue(
    operation: Operation, asynchronous: bool, simulated: Callable[[str], SimulatedVenue]
) -> None:
    """The venue accepts the request, signed where it must be, and the answer decodes."""
    venue = simulated(operation.venue)
    kwargs = arguments(operation, optional="documented") | _that_exist(operation, venue)
    before = len(venue.requests)

    call(operation, venue.url, venue.auth, kwargs, asynchronous=asynchronous)

    assert [(operation.id, None)] == [(r.operation, r.situation) for r in venue.requests[before:]]


def _that_exist(operation: Operation, venue: SimulatedVenue) -> dict[str, Any]:
    """Place an order, make a withdrawal or transfer, where the operation needs one to work on."""
    tour = TOURS[operation.venue]
    found: dict[str, Any] = {}
    wanted = {p.python for p in operation.parameters if p.place != "path" and not operation.id.startswith("place")}
    if wanted & (ORDER_IDS | {"order_id_list", "cl_ord_id", "orig_client_order_id"}):
        with getattr(module_of(operation), tour.client)(auth=venue.auth, base_url=venue.url) as client:
            order = tour.place(client, tour.symbol, Decimal("0.01"), Decimal(20000))
        found = {"symbol": tour.symbol} if "symbol" in wanted else {}
        found |= {name: [order] if name.endswith("ids") else order for name in wanted & ORDER_IDS}
        if "order_id_list" in wanted:
            reference = module_of(operation).OrderRef
            found["order_id_list"] = [reference(order_id=order, symbol=tour.symbol)]
    for name in wanted & set(MADE_BY):
        maker = next(o for o in OPERATIONS if (o.venue, o.id) == (operation.venue, MADE_BY[name]))
        kwargs = arguments(maker, optional="documented")
        made = call(maker, venue.url, venue.auth, kwargs, asynchronous=False)
        found[name] = getattr(made, "id", made)
    return found
