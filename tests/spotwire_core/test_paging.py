"""Walks through pages: every item once, in spite of venues that repeat edges or ignore where they should go on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from spotwire_core import paging
from spotwire_core.operation import Operation, Paging, Param

# The callers here are plain functions with one kind of answer, the real one is generic.
pages: Any = paging.pages
async_pages: Any = paging.async_pages


@attrs.frozen
class Item:
    """Something with a time and an id."""

    id: str
    time: int


@attrs.frozen
class Page:
    """Items behind a member."""

    rows: list[Item]


def operation(**paging: Any) -> Operation[Any]:
    """Return an operation with the parameters `start` and `limit`."""
    params = (Param(name="start", wire="start"), Param(name="limit", wire="limit"))
    return Operation(
        name="things", method="GET", path="/", result=None, params=params, paging=Paging(parameter=0, limit=1, **paging)
    )


class Venue:
    """Serves a list by `start` and `limit`, and counts the calls."""

    def __init__(
        self, items: Sequence[Item], *, key: str, descending: bool = False, honours_start: bool = True
    ) -> None:
        self.items = sorted(items, key=lambda item: int(getattr(item, key)), reverse=descending)
        self.key = key
        self.descending = descending
        self.honours_start = honours_start
        self.calls = 0

    def __call__(self, _: Operation[Any], values: tuple[Any, ...], options: object) -> list[Item]:
        self.calls += 1
        assert 50 > self.calls, "the walk does not end"
        start, limit = values
        found = [item for item in self.items if start is None or not self.honours_start or self._reached(item, start)]
        return found[: limit or 3]

    def _reached(self, item: Item, start: Any) -> bool:
        value = int(getattr(item, self.key))
        return value <= int(start) if self.descending else value >= int(start)


@given(times=st.lists(st.integers(0, 12), max_size=30), limit=st.integers(14, 40), descending=st.booleans())
def test_every_item_comes_once_when_pages_overlap(times: list[int], limit: int, descending: bool) -> None:
    """Pages that begin with the item at which the last one ended lose and repeat nothing."""
    limit = max(limit, max((times.count(time) for time in times), default=0) + 1)
    items = [Item(str(number), time) for number, time in enumerate(times)]
    venue = Venue(items, key="time", descending=descending)

    walked = list(pages(venue, operation(item="time", descending=descending), (None, limit), None))

    assert venue.items == walked


def test_ids_of_digits_are_compared_as_numbers() -> None:
    """The id "10" comes after "9", though its text does not."""
    venue = Venue([Item(str(number), 0) for number in range(8, 13)], key="id")

    walked = [item.id for item in pages(venue, operation(item="id"), (None, 2), None)]

    assert ["8", "9", "10", "11", "12"] == walked


def test_id_of_letters_among_digits_ends_no_walk() -> None:
    """An id that nobody expected is handed on like any other, and the walk goes on by the numbers."""
    rows = iter([[Item("1", 0), Item("x", 0)], [Item("", 0), Item("2", 0)], []])
    asked: list[Any] = []

    def venue(_: Operation[Any], values: tuple[Any, ...], options: object) -> list[Item]:
        asked.append(values[0])
        return next(rows)

    walked = [item.id for item in pages(venue, operation(item="id"), (None, 2), None)]

    assert (["1", "x", "", "2"], [None, 1, 2]) == (walked, asked)


def test_walk_ends_when_the_venue_ignores_the_start() -> None:
    """A venue that gives its newest page again and again is asked twice, not for ever."""
    venue = Venue([Item(str(number), number) for number in range(3)], key="time", honours_start=False)

    walked = list(pages(venue, operation(item="time"), (None, 3), None))

    assert (3, 2) == (len(walked), venue.calls)


@pytest.mark.parametrize("limit", [2, None])
def test_pages_by_number_are_counted_from_the_first(limit: int | None) -> None:
    """Numbers go up from 1 until a page is short or empty."""
    asked: list[Any] = []

    def venue(_: Operation[Any], values: tuple[Any, ...], options: object) -> Page:
        asked.append(values[0])
        number = values[0] or 1
        return Page([Item(str(n), n) for n in range(5)][2 * (number - 1) : 2 * number])

    walked = list(pages(venue, operation(items="rows"), (None, limit), None))

    assert 5 == len(walked)
    assert ([None, 2, 3] if limit else [None, 2, 3, 4]) == asked


def test_numbered_walk_ends_when_the_venue_repeats_a_page() -> None:
    """A venue without paging gives the same page under every number."""

    def venue(_: Operation[Any], values: tuple[Any, ...], options: object) -> list[Item]:
        return [Item("1", 1)]

    assert [Item("1", 1)] == list(pages(venue, operation(), (None, None), None))


def test_null_instead_of_a_list_ends_the_walk() -> None:
    """Some venues answer null where there is nothing."""

    assert [] == list(pages(lambda *_: None, operation(), (None, None), None))


def test_walk_begins_where_the_spec_says_when_the_caller_does_not() -> None:
    """A venue that gives its newest items without a start is asked for the oldest ones."""
    asked: list[Any] = []

    def venue(_: Operation[Any], values: tuple[Any, ...], options: object) -> list[Item]:
        asked.append(values[0])
        return []

    list(pages(venue, operation(item="id", start=0), (None, None), None))
    list(pages(venue, operation(item="id", start=0), (7, None), None))

    assert [0, 7] == asked


def test_asynchronous_walk_gives_the_same() -> None:
    """Both kinds of client walk alike."""
    venue = Venue([Item(str(number), number) for number in range(7)], key="time")

    async def call(operation: Operation[Any], values: tuple[Any, ...], options: object) -> list[Item]:
        return venue(operation, values, options)

    async def walk() -> list[Item]:
        return [item async for item in async_pages(call, operation(item="time"), (None, 3), None)]

    assert venue.items == asyncio.run(walk())
