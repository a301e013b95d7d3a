"""Which questions an unknown outcome leads to, and what is concluded from the answers: no I/O, no waiting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from spotwire.coinw import OrderSide, Side
from spotwire_core.errors import ConfigError, DuplicateOrder, OrderNotFound, OutcomeUnknown
from spotwire_core.message import RawResponse
from spotwire_core.operation import Operation, Paging, Param
from spotwire_core.resolve import PAGES, SENT_AT, Ask, Lookup, Pause, Resolution, questions

SENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SYMBOL = Param(name="symbol", wire="symbol")
ORDER: Operation[Any] = Operation(
    name="order", method="GET", path="/order", result=None, params=(Param(name="id", wire="id"), SYMBOL)
)
HISTORY: Operation[Any] = Operation(
    name="history",
    method="GET",
    path="/history",
    result=None,
    params=(
        SYMBOL,
        Param(name="page", wire="page", kind="integer"),
        Param(name="size", wire="size", kind="integer"),
        Param(name="since", wire="since", kind="integer"),
    ),
    paging=Paging(parameter=1, limit=2),
)
BY_ID = Lookup(operation=ORDER, arguments=((0, "client_id"), (1, "symbol")), by_id=True)
BY_TERMS = Lookup(
    operation=HISTORY,
    arguments=((0, "symbol"), (3, SENT_AT)),
    match=(("price", "price"), ("side", "side")),
    time="time",
)
ALL_AT_ONCE = Lookup(
    operation=Operation(name="all", method="GET", path="/all", result=None, params=(SYMBOL,)),
    arguments=((0, "symbol"),),
    match=BY_TERMS.match,
    time="time",
)
REQUEST: Mapping[str, Any] = {"client_id": "a", "symbol": "BTCUSDT", "price": "10.0", "side": "BUY"}


def unknown(*requests: Mapping[str, Any]) -> OutcomeUnknown:
    return OutcomeUnknown(
        "x", operation="placeOrder", client_order_ids=(), sent_at=SENT, requests=requests or (REQUEST,), venue="demo"
    )


def record(price: str = "10", side: object = "BUY", ms: int = 0) -> SimpleNamespace:
    return SimpleNamespace(price=Decimal(price), side=side, time=int(SENT.timestamp() * 1000) + ms)


class Venue:
    """Answers the questions one after the other and notes them; an exception is thrown in, nothing follows."""

    def __init__(self, *answers: Any, seconds: float = 0.0) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.now = SENT + timedelta(seconds=seconds)
        self.headers: dict[str, str] = {}

    def resolve(
        self, outcome: OutcomeUnknown | DuplicateOrder, *ways: Lookup, patience: float = 10.0
    ) -> tuple[Resolution, ...]:
        asking = questions(outcome, "demo", {"placeOrder": ways}, patience=patience, now=lambda: self.now)
        try:
            step = next(asking)
            while True:
                if isinstance(step, Pause):
                    self.now += timedelta(seconds=step.seconds)
                    step = asking.send(None)
                    continue
                assert isinstance(step, Ask)
                self.asked.append((step.operation.name, step.values))
                answer: Any = self.answers.pop(0) if self.answers else []
                raw = RawResponse(200, self.headers, b"", answer)
                step = asking.throw(answer) if isinstance(answer, Exception) else asking.send(raw)
        except StopIteration as done:
            found: tuple[Resolution, ...] = done.value
            return found


def not_found() -> OrderNotFound:
    return OrderNotFound(operation="order", status=400, code="1", message="")


def test_order_is_asked_for_by_its_client_order_id() -> None:
    """The arguments of the call go where the lookup says, and what comes is the order."""
    venue = Venue("the order")

    assert (Resolution(request=REQUEST, accepted=True, records=("the order",), by_id=True),) == venue.resolve(
        unknown(), BY_ID
    )
    assert [("order", ("a", "BTCUSDT"))] == venue.asked


def test_unknown_order_is_asked_for_until_it_may_no_longer_be_under_way() -> None:
    """That there is no such order is believed only `patience` seconds after sending: the request may still be on its way."""
    venue = Venue(*(not_found() for _ in range(20)))

    (resolution,) = venue.resolve(unknown(), BY_ID, patience=4)
    assert (False, 5) == (resolution.accepted, len(venue.asked))


def test_order_that_turns_up_late_is_found() -> None:
    """An answer that comes in a later round counts."""
    venue = Venue(not_found(), not_found(), "the order")

    assert True is venue.resolve(unknown(), BY_ID)[0].accepted


def test_old_outcome_is_asked_for_once() -> None:
    """Long after sending one round is enough."""
    venue = Venue(not_found(), seconds=3600)

    assert (False, 1) == (venue.resolve(unknown(), BY_ID)[0].accepted, len(venue.asked))


def test_only_what_is_missing_is_asked_for_again() -> None:
    """Of two orders the one that was found is not asked for in the next round."""
    second = {**REQUEST, "client_id": "b"}
    venue = Venue("first", not_found(), "second")

    assert [True, True] == [one.accepted for one in venue.resolve(unknown(REQUEST, second), BY_ID)]
    assert ["a", "b", "b"] == [values[0] for _, values in venue.asked]


def test_records_are_told_by_terms_and_time() -> None:
    """Another price, another side and an order of before are other orders; numbers are equal by value."""
    venue = Venue([record(), record(price="11"), record(side="SELL"), record(ms=-60_000)], seconds=60)

    (resolution,) = venue.resolve(unknown(), BY_TERMS)
    assert (True, (record(),), False) == (resolution.accepted, resolution.records, resolution.by_id)
    assert ("BTCUSDT", None, None, int(SENT.timestamp() * 1000) - 5_000) == venue.asked[0][1]


def test_two_records_that_fit_leave_it_open() -> None:
    """Nothing is claimed where two orders could be the one."""
    (resolution,) = Venue([record(), record(ms=1)]).resolve(unknown(), BY_TERMS)

    assert (None, 2) == (resolution.accepted, len(resolution.records))


def test_way_without_its_terms_is_not_asked() -> None:
    """A market order has no price to tell it by: any record would fit, and what is not asked proves nothing."""
    venue = Venue([record(price="77")], seconds=60)

    (resolution,) = venue.resolve(unknown({**REQUEST, "price": None}), BY_TERMS)
    assert (None, (), []) == (resolution.accepted, resolution.records, venue.asked)


def test_order_of_later_is_not_the_one() -> None:
    """An equal order that was placed after the lost one cannot have arrived any more is shown, and nothing is claimed."""
    later = record(ms=3_600_000)
    (resolution,) = Venue([later], seconds=4_000).resolve(unknown(), BY_TERMS)

    assert (None, (later,)) == (resolution.accepted, resolution.records)


def test_record_that_need_not_be_the_one_proves_nothing() -> None:
    """Another withdrawal of the same asset fits as well."""
    (resolution,) = Venue([record()]).resolve(unknown(), msgspec.structs.replace(BY_TERMS, proves=False))

    assert (None, (record(),)) == (resolution.accepted, resolution.records)


def test_members_of_enums_are_equal_by_name() -> None:
    """A venue that takes "0" for a purchase and reports "buy" means the same."""
    sent, bought, sold = Side("0"), OrderSide("buy"), OrderSide("sell")
    request = {**REQUEST, "side": sent}
    venue = Venue([record(side=bought), record(side=sold)])

    assert (record(side=bought),) == venue.resolve(unknown(request), BY_TERMS)[0].records


@pytest.mark.parametrize(("oldest", "accepted"), [(1, None), (-60_000, False)])
def test_list_without_pages_may_be_cut_off(oldest: int, accepted: bool | None) -> None:
    """A long list proves that an order is not there only where it goes back further than the order."""
    records = [record(price="1", ms=n) for n in range(30)] + [record(price="1", ms=oldest)]
    (resolution,) = Venue(records, seconds=60).resolve(unknown(), ALL_AT_ONCE)

    assert accepted is resolution.accepted


def test_list_of_too_short_a_span_is_asked_for_again() -> None:
    """A list that began after the venue dated the order cannot show it, which the Date of its answer tells."""
    venue = Venue([], [record(ms=-30_000)], seconds=60)
    venue.headers = {"date": format_datetime(venue.now - timedelta(seconds=30))}

    assert True is venue.resolve(unknown(), BY_TERMS)[0].accepted
    begun = [values[3] for _, values in venue.asked]
    assert begun[0] - begun[1] >= 30_000


def test_duplicate_is_never_reported_as_missing() -> None:
    """The venue said that the order exists."""
    duplicate = DuplicateOrder(operation="placeOrder", status=400, code="1", message="")
    duplicate.venue, duplicate.sent_at, duplicate.requests = "demo", SENT, (REQUEST,)
    (resolution,) = Venue(not_found(), seconds=60).resolve(duplicate, BY_ID)

    assert resolution.accepted is None


@pytest.mark.parametrize("patience", [-1, float("nan"), float("inf"), "3", True, None])
def test_patience_is_a_number_of_seconds(patience: Any) -> None:
    """Anything else is refused before the venue is asked."""
    with pytest.raises(ConfigError) as raised:
        Venue().resolve(unknown(), BY_ID, patience=patience)

    assert f"patience is a number of seconds, got {patience!r}" == str(raised.value)


def test_second_way_is_asked_where_the_first_finds_nothing() -> None:
    """Open orders first, then the history, say."""
    venue = Venue(not_found(), [record()])

    assert True is venue.resolve(unknown(), BY_ID, BY_TERMS)[0].accepted
    assert ["order", "history", "history"] == [name for name, _ in venue.asked]


def test_all_pages_are_read() -> None:
    """An order on the second page is not missed."""
    venue = Venue([record(price="1", ms=n) for n in range(2)], [record()], [], seconds=60)

    assert True is venue.resolve(unknown(), BY_TERMS)[0].accepted
    assert [None, 2, 3] == [values[1] for _, values in venue.asked]


def test_record_that_two_pages_show_is_one() -> None:
    """New records push those of a page on to the next while it is being read."""
    order = record()
    venue = Venue([record(price="1"), order], [order, record(price="2")], [], seconds=60)

    (resolution,) = venue.resolve(unknown(), BY_TERMS)
    assert (True, (order,)) == (resolution.accepted, resolution.records)


def test_list_that_does_not_end_proves_nothing() -> None:
    """What stands behind the last page that is read cannot be told from what is not there."""
    venue = Venue(*([record(price="1", ms=n)] for n in range(PAGES + 1)), seconds=60)

    assert None is venue.resolve(unknown(), BY_TERMS)[0].accepted


def test_page_that_comes_twice_proves_nothing() -> None:
    """New records can push all others on by a whole page, and then the next is the same: what comes behind it is not known."""
    venue = Venue([record(price="1")], [record(price="1")], [record()], seconds=60)

    assert None is venue.resolve(unknown(), BY_TERMS)[0].accepted


def test_clock_that_runs_ahead_hides_no_order() -> None:
    """A venue that does not check times dates an order by a clock that may be behind ours: the answer's Date says how far."""
    venue = Venue([record(ms=-30_000)], seconds=60)
    venue.headers = {"date": format_datetime(venue.now - timedelta(seconds=30))}

    assert True is venue.resolve(unknown(), BY_TERMS)[0].accepted


def test_clock_set_back_meanwhile_prolongs_nothing() -> None:
    """The waiting ends after `patience` seconds although it is earlier than it was."""
    venue = Venue(seconds=-600)

    assert False is venue.resolve(unknown(), BY_TERMS, patience=3)[0].accepted
    assert 4 == len(venue.asked)


def test_nothing_is_claimed_where_the_venue_has_nothing_to_ask() -> None:
    """A transfer without a list of transfers stays unknown."""
    assert (Resolution(request=REQUEST, accepted=None),) == Venue().resolve(unknown())


def test_something_else_than_an_outcome_is_refused() -> None:
    """A TransportError says itself what happened."""
    with pytest.raises(ConfigError) as raised:
        Venue().resolve(ValueError("x"))  # type: ignore[arg-type]  # what is refused

    assert "resolve takes an OutcomeUnknown or a DuplicateOrder, got ValueError" == str(raised.value)
