"""Find out what became of a call whose outcome is unknown: which questions to ask the venue, and what the answers mean. Pure."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, cast

import attrs
import msgspec

from spotwire_core.clock import date_ms
from spotwire_core.errors import ConfigError, DuplicateOrder, OrderNotFound, OutcomeUnknown
from spotwire_core.message import RawResponse
from spotwire_core.operation import Operation
from spotwire_core.paging import Walk

PAUSE = 1.0
"""Seconds between two rounds of questions."""

SLACK = timedelta(seconds=5)
"""How much earlier than it was sent an order may be dated, by clocks that agree."""

FURTHEST = timedelta(days=1)
"""A venue's clock that is further behind is not believed."""

PAGES = 100
"""Pages of a list that are read at most."""

SENT_AT = "sent-at"
"""The source of an argument that bounds a list to what came after the call."""


class Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """A read operation that shows what an unsafe one did.

    `arguments` gives places of its parameters, each with the argument of the unsafe call that goes there. Records count whose
    attributes equal the arguments in `match`; `time` is the attribute that dates them. With `by_id` a client order id tells,
    otherwise equal terms at an equal time.
    """

    operation: Operation[Any]
    arguments: tuple[tuple[int, str], ...]
    match: tuple[tuple[str, str], ...] = ()
    time: str = ""
    by_id: bool = False


@attrs.frozen(kw_only=True)
class Resolution:
    """What became of one order, withdrawal or transfer.

    `executed` is True when the venue shows it, False when it does not although all its lists were asked, None when that cannot
    be told: several records fit, a list is longer than is read, or the venue has nothing to ask. `records` are the venue's own,
    of the class that the lookup returns. Without `by_id` they were found by their terms, so an equal order of the same seconds
    looks the same.
    """

    request: Mapping[str, Any]
    executed: bool | None
    records: tuple[Any, ...] = ()
    by_id: bool = False


class Ask(msgspec.Struct, frozen=True, gc=False):
    """Call a read operation and hand back its RawResponse, or throw OrderNotFound in."""

    operation: Operation[Any]
    values: tuple[Any, ...]


class Pause(msgspec.Struct, frozen=True, gc=False):
    """Wait before the venue is asked again."""

    seconds: float


Questions = Generator[Ask | Pause, Any, tuple[Resolution, ...]]
Looking = Generator[Ask | Pause, Any, Resolution]


def questions(
    outcome: OutcomeUnknown | DuplicateOrder,
    venue: str,
    lookups: Mapping[str, tuple[Lookup, ...]],
    *,
    patience: float,
    now: Callable[[], datetime],
) -> Questions:
    """Ask until every request is found, or `patience` seconds have passed since they were sent."""
    if not isinstance(outcome, OutcomeUnknown | DuplicateOrder):
        raise ConfigError(f"resolve takes an OutcomeUnknown or a DuplicateOrder, got {type(outcome).__name__}")
    if outcome.venue != venue:
        raise ConfigError(f"the outcome is one of {outcome.venue or 'no venue'}, this is a client of {venue}")
    ways = lookups.get(outcome.operation, ())
    if not ways or outcome.sent_at is None:
        return tuple(Resolution(request=request, executed=None) for request in outcome.requests)
    found: dict[int, Resolution] = {}
    waited = 0.0  # a clock that was set back meanwhile must not prolong it
    while True:
        late = waited >= patience or now() >= outcome.sent_at + timedelta(seconds=patience)
        for place, request in enumerate(outcome.requests):
            if place not in found or found[place].executed is False:
                found[place] = yield from _look(ways, request, outcome.sent_at, now)
        if late or all(one.executed is not False for one in found.values()):
            return tuple(found[place] for place in sorted(found))
        yield Pause(PAUSE)
        waited += PAUSE


def _look(
    ways: tuple[Lookup, ...], request: Mapping[str, Any], sent_at: datetime, now: Callable[[], datetime]
) -> Looking:
    """Ask in one way after the other until records turn up."""
    since, all_read = sent_at - SLACK, True
    for way in ways:
        records, behind, to_the_end = yield from _records(way, request, since, now)
        since, all_read = min(since, sent_at - behind - SLACK), all_read and to_the_end
        fitting = [record for record in records if _fits(way, record, request, since)]
        fitting = [record for place, record in enumerate(fitting) if record not in fitting[:place]]
        if fitting:
            executed = True if len(fitting) == 1 else None
            return Resolution(request=request, executed=executed, records=tuple(fitting), by_id=way.by_id)
    return Resolution(request=request, executed=False if all_read else None, by_id=any(way.by_id for way in ways))


def _records(
    way: Lookup, request: Mapping[str, Any], since: datetime, now: Callable[[], datetime]
) -> Generator[Ask, Any, tuple[list[Any], timedelta, bool]]:
    """Read one record, a list, or the pages of one.

    Returns what was read, how far the venue's clock is behind, and whether that was all. A page may repeat records of the one
    before, since new ones push them on.
    """
    values: list[Any] = [None] * len(way.operation.params)
    for place, source in way.arguments:
        as_text = way.operation.params[place].kind == "datetime"
        moment = since if as_text else int(since.timestamp() * 1000)
        values[place] = moment if source == SENT_AT else request.get(source)
    found: list[Any] = []
    behind, walk, paging = timedelta(), None, way.operation.paging
    if paging is not None and way.match:
        values[paging.limit] = way.operation.params[paging.limit].maximum
        walk = Walk(way.operation, tuple(values))
    for _ in range(PAGES):
        try:
            answer: RawResponse[Any] = yield Ask(way.operation, tuple(values) if walk is None else walk.values or ())
        except OrderNotFound:
            return found, behind, True
        behind = max(behind, _behind(answer.headers, now()))
        found += _listed(answer.value) if walk is None else walk.take(answer.value)
        if walk is None or walk.values is None:
            return found, behind, walk is None or not walk.repeated
    return found, behind, False


def _behind(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how far the venue's clock is behind ours: not every venue refuses a request because of its time."""
    date = date_ms(headers)
    behind = timedelta() if date is None else now - datetime.fromtimestamp(date / 1000, UTC)
    return behind if timedelta() < behind < FURTHEST else timedelta()


def _listed(payload: Any) -> list[Any]:
    if payload is None:
        return []
    return cast("list[Any]", payload) if isinstance(payload, list) else [payload]


def _fits(way: Lookup, record: Any, request: Mapping[str, Any], since: datetime) -> bool:
    terms = [(getattr(record, member), request.get(argument)) for member, argument in way.match]
    if not all(_equal(seen, sent) for seen, sent in terms if sent is not None):
        return False
    return way.by_id or not way.time or _moment(getattr(record, way.time)) >= since.timestamp()


def _moment(time: datetime | float) -> float:
    """Return seconds since 1970 of a time in ms or as a datetime."""
    return time.timestamp() if isinstance(time, datetime) else time / 1000


def _equal(seen: object, sent: object) -> bool:
    """Compare a number by its value, everything else as text."""
    if isinstance(seen, Decimal):
        try:
            return seen == Decimal(str(sent))
        except InvalidOperation:
            return False
    return _text(seen) == _text(sent)


def _text(value: object) -> str:
    return str(getattr(value, "value", value))
