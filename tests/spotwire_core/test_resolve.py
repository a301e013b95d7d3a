"""Which questions an unknown outcome leads to, and what is concluded from the answers: no I/O, no waiting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import pytest

from spotwire_core.errors import ConfigError, OrderNotFound, OutcomeUnknown
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
REQUEST: Mapping[str, Any] = {"client_id": "a", "symbol": "BTCUSDT", "price": "10.0", "side": "BUY"}


def unknown(*requests: Mapping[str, Any]) -> OutcomeUnknown:
    return OutcomeUnknown(
        "x", operation="placeOrder", client_order_ids=(), sent_at=SENT, requests=requests or (REQUEST,), venue="demo"
    )


def record(price: str = "10", side: str = "BUY", ms: int = 0) -> SimpleNamespace:
    return SimpleNamespace(price=Decimal(price), side=side, time=int(SENT.timestamp() * 1000) + ms)


class Venue:
    """Answers the questions one after the other and notes them; an exception is thrown in, nothing follows."""

    def __init__(self, *answers: Any, seconds: float = 0.0) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.now = SENT + timedelta(seconds=seconds)
        self.headers: dict[str, str] = {}

    def resolve(self, outcome: OutcomeUnknown, *ways: Lookup, patience: float = 10.0) -> tuple[Resolution, ...]:
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

    assert (Resolution(request=REQUEST, executed=True, records=("the order",), by_id=True),) == venue.resolve(
        unknown(), BY_ID
    )
    assert [("order", ("a", "BTCUSDT"))] == venue.asked


def test_unknown_order_is_asked_for_until_it_may_no_longer_be_under_way() -> None:
    """That there is no such order is believed only `patience` seconds after sending: the request may still be on its way."""
    venue = Venue(*(not_found() for _ in range(20)))

    (resolution,) = venue.resolve(unknown(), BY_ID, patience=4)
    assert (False, 5) == (resolution.executed, len(venue.asked))


def test_order_that_turns_up_late_is_found() -> None:
    """An answer that comes in a later round counts."""
    venue = Venue(not_found(), not_found(), "the order")

    assert True is venue.resolve(unknown(), BY_ID)[0].executed


def test_old_outcome_is_asked_for_once() -> None:
    """Long after sending one round is enough."""
    venue = Venue(not_found(), seconds=3600)

    assert (False, 1) == (venue.resolve(unknown(), BY_ID)[0].executed, len(venue.asked))


def test_only_what_is_missing_is_asked_for_again() -> None:
    """Of two orders the one that was found is not asked for in the next round."""
    second = {**REQUEST, "client_id": "b"}
    venue = Venue("first", not_found(), "second")

    assert [True, True] == [one.executed for one in venue.resolve(unknown(REQUEST, second), BY_ID)]
    assert ["a", "b", "b"] == [values[0] for _, values in venue.asked]


def test_records_are_told_by_terms_and_time() -> None:
    """Another price, another side and an order of before are other orders; numbers are equal by value."""
    venue = Venue([record(), record(price="11"), record(side="SELL"), record(ms=-60_000)], seconds=60)

    (resolution,) = venue.resolve(unknown(), BY_TERMS)
    assert (True, (record(),), False) == (resolution.executed, resolution.records, resolution.by_id)
    assert ("BTCUSDT", None, None, int(SENT.timestamp() * 1000) - 5_000) == venue.asked[0][1]


def test_two_records_that_fit_leave_it_open() -> None:
    """Nothing is claimed where two orders could be the one."""
    (resolution,) = Venue([record(), record(ms=1)]).resolve(unknown(), BY_TERMS)

    assert (None, 2) == (resolution.executed, len(resolution.records))


def test_term_that_was_not_sent_is_not_compared() -> None:
    """A market order has no price to compare."""
    (resolution,) = Venue([record(price="77")]).resolve(unknown({**REQUEST, "price": None}), BY_TERMS)

    assert resolution.executed is True


def test_second_way_is_asked_where_the_first_finds_nothing() -> None:
    """Open orders first, then the history, say."""
    venue = Venue(not_found(), [record()])

    assert True is venue.resolve(unknown(), BY_ID, BY_TERMS)[0].executed
    assert ["order", "history", "history"] == [name for name, _ in venue.asked]


def test_all_pages_are_read() -> None:
    """An order on the second page is not missed."""
    venue = Venue([record(price="1", ms=n) for n in range(2)], [record()], [], seconds=60)

    assert True is venue.resolve(unknown(), BY_TERMS)[0].executed
    assert [None, 2, 3] == [values[1] for _, values in venue.asked]


def test_record_that_two_pages_show_is_one() -> None:
    """New records push those of a page on to the next while it is being read."""
    order = record()
    venue = Venue([record(price="1"), order], [order, record(price="2")], [], seconds=60)

    (resolution,) = venue.resolve(unknown(), BY_TERMS)
    assert (True, (order,)) == (resolution.executed, resolution.records)


def test_list_that_does_not_end_proves_nothing() -> None:
    """What stands behind the last page that is read cannot be told from what is not there."""
    venue = Venue(*([record(price="1", ms=n)] for n in range(PAGES + 1)), seconds=60)

    assert None is venue.resolve(unknown(), BY_TERMS)[0].executed


def test_clock_that_runs_ahead_hides_no_order() -> None:
    """A venue that does not check times dates an order by a clock that may be behind ours: the answer's Date says how far."""
    venue = Venue([record(ms=-30_000)], seconds=60)
    venue.headers = {"date": format_datetime(venue.now - timedelta(seconds=30))}

    assert True is venue.resolve(unknown(), BY_TERMS)[0].executed


def test_clock_set_back_meanwhile_prolongs_nothing() -> None:
    """The waiting ends after `patience` seconds although it is earlier than it was."""
    venue = Venue(seconds=-600)

    assert False is venue.resolve(unknown(), BY_TERMS, patience=3)[0].executed
    assert 4 == len(venue.asked)


def test_nothing_is_claimed_where_the_venue_has_nothing_to_ask() -> None:
    """A transfer without a list of transfers stays unknown."""
    assert (Resolution(request=REQUEST, executed=None),) == Venue().resolve(unknown())


def test_something_else_than_an_outcome_is_refused() -> None:
    """A TransportError says itself what happened."""
    with pytest.raises(ConfigError) as raised:
        Venue().resolve(ValueError("x"))  # type: ignore[arg-type]  # what is refused

    assert "resolve takes an OutcomeUnknown or a DuplicateOrder, got ValueError" == str(raised.value)
