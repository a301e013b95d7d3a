"""Find out what became of a call whose outcome is unknown: which questions to ask the venue, and what the answers mean. Pure."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

import attrs
import msgspec

from spotwire_core.clock import date_ms
from spotwire_core.config import PATIENCE
from spotwire_core.errors import ConfigError, DuplicateOrder, OrderNotFound, OutcomeUnknown
from spotwire_core.message import RawResponse
from spotwire_core.operation import Operation
from spotwire_core.paging import Walk

PAUSE = 1.0
"""Seconds between two rounds of questions."""

SLACK = timedelta(seconds=5)
"""How far the date of an order may be off, by clocks that agree."""

CUT = 20
"""Records from which on a list without pages may have been cut off, unless it goes back further than the order."""

FURTHEST = timedelta(days=1)
"""A venue's clock that is further off is not believed."""

NOTICED = timedelta(seconds=2)
"""How far a venue's clock has to be off to be noticed: the header Date has whole seconds."""

PAGES = 100
"""Pages of a list that are read at most."""

SENT_AT = "sent-at"
"""The source of an argument that bounds a list to what came after the call."""


class Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """A read operation that shows what an unsafe one did.

    `arguments` gives places of its parameters, each with the argument of the unsafe call that goes there. Records count whose
    attributes equal the arguments in `match`; `time` is the attribute that dates them. With `by_id` a client order id tells,
    otherwise equal terms at an equal time; these prove nothing where `proves` is False.
    """

    operation: Operation[Any]
    arguments: tuple[tuple[int, str], ...]
    match: tuple[tuple[str, str], ...] = ()
    time: str = ""
    by_id: bool = False
    proves: bool = True


@attrs.frozen(kw_only=True)
class Resolution:
    """What became of one order, withdrawal or transfer.

    `accepted` is True when the venue shows it, False when it does not although everything was asked, None when that cannot be
    told: several records fit, only later or similar ones do, a list may have been cut off, or the venue has nothing to ask.
    `records` are the venue's own, of the class that the lookup returns; whether an order was filled is in them. Without `by_id`
    they were found by their terms, so an equal order of the same seconds looks the same.
    """

    request: Mapping[str, Any]
    accepted: bool | None
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


def questions(
    outcome: OutcomeUnknown | DuplicateOrder,
    venue: str,
    lookups: Mapping[str, tuple[Lookup, ...]],
    *,
    patience: float,
    now: Callable[[], datetime],
) -> Questions:
    """Ask until every request is found, or `patience` seconds have passed since they were sent."""
    _check(outcome, venue, patience)
    ways = lookups.get(outcome.operation, ())
    if not ways or outcome.sent_at is None:
        return tuple(Resolution(request=request, accepted=None) for request in outcome.requests)
    inquiry = _Inquiry(ways, outcome.sent_at, max(patience, PATIENCE), now)
    found: dict[int, Resolution] = {}
    waited = 0.0  # a clock that was set back meanwhile must not prolong it
    while True:
        late = waited >= patience or now() >= outcome.sent_at + timedelta(seconds=patience)
        span = inquiry.since
        for place, request in enumerate(outcome.requests):
            if place not in found or found[place].accepted is False:
                found[place] = yield from inquiry.look(request)
        if any(one.accepted is False for one in found.values()):
            if inquiry.since != span:
                continue  # the lists were asked for too short a span
            if not late:
                yield Pause(PAUSE)
                waited += PAUSE
                continue
        return tuple(_concluded(outcome, found[place]) for place in sorted(found))


def _check(outcome: OutcomeUnknown | DuplicateOrder, venue: str, patience: float) -> None:
    if not isinstance(outcome, OutcomeUnknown | DuplicateOrder):
        raise ConfigError(f"resolve takes an OutcomeUnknown or a DuplicateOrder, got {type(outcome).__name__}")
    if outcome.venue != venue:
        raise ConfigError(f"the outcome is one of {outcome.venue or 'no venue'}, this is a client of {venue}")
    if isinstance(patience, bool) or not isinstance(patience, (int, float)) or not 0 <= patience < float("inf"):
        raise ConfigError(f"patience is a number of seconds, got {patience!r}")


def _concluded(outcome: OutcomeUnknown | DuplicateOrder, found: Resolution) -> Resolution:
    """Claim no more than is certain: a venue that speaks of a duplicate has the order, wherever it shows it."""
    doubtful = isinstance(outcome, DuplicateOrder) and found.accepted is False
    return attrs.evolve(found, accepted=None) if doubtful else found


@attrs.define
class _Inquiry:
    """How the venue is asked about requests of one moment, and how far its clock has turned out to be off."""

    ways: tuple[Lookup, ...]
    sent_at: datetime
    patience: float
    now: Callable[[], datetime]
    behind: timedelta = timedelta()
    ahead: timedelta = timedelta()

    @property
    def since(self) -> datetime:
        """The earliest date that the venue can have given to what was sent."""
        return self.sent_at - self.behind - SLACK

    @property
    def until(self) -> datetime:
        """The latest date that it can have."""
        return self.sent_at + self.ahead + timedelta(seconds=self.patience) + SLACK

    def look(self, request: Mapping[str, Any]) -> Generator[Ask, Any, Resolution]:
        """Ask in one way after the other until records turn up."""
        all_seen, later = True, list[Any]()
        for way in self.ways:
            if any(request.get(argument) is None for _, argument in way.match):
                all_seen = False  # there is nothing to tell the record by
                continue
            records, complete = yield from self._records(way, request)
            all_seen = all_seen and complete
            alike = [record for record in records if _alike(way, record, request)]
            alike = [record for place, record in enumerate(alike) if record not in alike[:place]]
            fitting = [record for record in alike if self._in_time(way, record)]
            if fitting:
                accepted = True if len(fitting) == 1 and way.proves else None
                return Resolution(request=request, accepted=accepted, records=tuple(fitting), by_id=way.by_id)
            later += [record for record in alike if _moment(way, record) > self.until.timestamp()]
        accepted = False if all_seen and not later else None
        return Resolution(request=request, accepted=accepted, records=tuple(later))

    def _records(self, way: Lookup, request: Mapping[str, Any]) -> Generator[Ask, Any, tuple[list[Any], bool]]:
        """Read one record, a list, or the pages of one, and tell whether that was all.

        A page may repeat records of the one before, since new ones push them on.
        """
        values: list[Any] = [None] * len(way.operation.params)
        for place, source in way.arguments:
            as_text = way.operation.params[place].kind == "datetime"
            moment = self.since if as_text else int(self.since.timestamp() * 1000)
            values[place] = moment if source == SENT_AT else request.get(source)
        found, walk, paging = list[Any](), None, way.operation.paging
        if paging is not None and way.match:
            values[paging.limit] = way.operation.params[paging.limit].maximum
            walk = Walk(way.operation, tuple(values))
        for _ in range(PAGES):
            try:
                answer: RawResponse[Any] = yield Ask(
                    way.operation, tuple(values) if walk is None else walk.values or ()
                )
            except OrderNotFound:
                return found, True
            self._compare_clocks(answer.headers)
            found += _listed(answer.value) if walk is None else walk.take(answer.value)
            if walk is None:
                return found, len(found) < CUT or any(_moment(way, one) < self.since.timestamp() for one in found)
            if walk.values is None:
                return found, not walk.repeated
        return found, False

    def _compare_clocks(self, headers: Mapping[str, str]) -> None:
        """Note how far the venue's clock is off: not every venue refuses a request because of its time."""
        date = date_ms(headers)
        if date is None:
            return
        off = datetime.fromtimestamp(date / 1000, UTC) - self.now()
        if self.behind + NOTICED < -off < FURTHEST:
            self.behind = -off
        if self.ahead + NOTICED < off < FURTHEST:
            self.ahead = off

    def _in_time(self, way: Lookup, record: Any) -> bool:
        return way.by_id or self.since.timestamp() <= _moment(way, record) <= self.until.timestamp()


def _listed(payload: Any) -> list[Any]:
    if payload is None:
        return []
    return payload if isinstance(payload, list) else [payload]  # pyright: ignore[reportUnknownVariableType]  # of records


def _alike(way: Lookup, record: Any, request: Mapping[str, Any]) -> bool:
    return all(_equal(getattr(record, member), request[argument]) for member, argument in way.match)


def _moment(way: Lookup, record: Any) -> float:
    """Return when a record is dated, in seconds since 1970; a way without dates gives infinity."""
    if not way.time:
        return float("inf")
    time: datetime | int = getattr(record, way.time)
    return time.timestamp() if isinstance(time, datetime) else time / 1000


def _equal(seen: object, sent: object) -> bool:
    """Compare numbers by value, members of enums by name, everything else as text."""
    if isinstance(seen, Decimal):
        try:
            return seen == Decimal(str(sent))
        except InvalidOperation:
            return False
    if isinstance(seen, Enum) and isinstance(sent, Enum):
        return seen.name == sent.name or seen.value == sent.value
    return _text(seen) == _text(sent)


def _text(value: object) -> str:
    return str(getattr(value, "value", value))
