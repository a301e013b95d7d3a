"""Walk through the pages of an operation. `following` and `fresh_items` are pure; the iterators only call in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from spotwire_core.operation import Operation, Paging

if TYPE_CHECKING:
    from spotwire_core.client import AsyncCaller, SyncCaller
    from spotwire_core.config import CallOptions

Values = tuple[Any, ...]


class Walk:
    """Where a walk stands: the arguments of the next call, and what was seen at the edge of the last page."""

    def __init__(self, operation: Operation[Any], values: Values) -> None:
        assert operation.paging is not None
        self.paging: Paging = operation.paging
        self.values: Values | None = values
        if self.paging.start is not None and values[self.paging.parameter] is None:
            self.values = self._with(self.paging.start)
        self._key = attrgetter(self.paging.item) if self.paging.item else None
        self._page: list[Any] | None = None
        self._edge: Any = None
        self._seen: list[Any] = []
        self.repeated = False
        """Whether the last page was that before: the venue ignores its number, or new items pushed all on by a whole page."""

    def take(self, answer: Any) -> list[Any]:
        """Return the items of a page that are new, and prepare the next call. `values` is None when there is none."""
        page: list[Any] = (getattr(answer, self.paging.items) if self.paging.items else answer) or []
        self.repeated = bool(page) and page == self._page
        fresh = [] if self.repeated else [item for item in page if self._is_new(item)]
        self._page = page
        limit = None if self.values is None else self.values[self.paging.limit]
        short = limit is not None and len(page) < int(limit)
        self.values = None if short or not fresh else self._following(fresh)
        return fresh

    def _is_new(self, item: Any) -> bool:
        """Tell items from those of the page before: a venue may repeat the edge, or ignore where we asked it to go on."""
        if self._key is None or self._edge is None:
            return True
        key = _comparable(self._key(item))
        if key == self._edge:
            return item not in self._seen
        if type(key) is not type(self._edge):  # an id in other letters than those before
            return True
        return bool(key < self._edge if self.paging.descending else key > self._edge)

    def _following(self, fresh: list[Any]) -> Values:
        assert self.values is not None
        if self._key is None:
            page = self.values[self.paging.parameter]
            return self._with(1 + (1 if page is None else int(page)))
        keys = [_comparable(self._key(item)) for item in fresh]
        ordered = [key for key in keys if isinstance(key, int)] or keys
        edge = min(ordered) if self.paging.descending else max(ordered)
        kept = self._seen if edge == self._edge else []
        self._seen = kept + [item for item, key in zip(fresh, keys, strict=True) if key == edge]
        self._edge = edge
        return self._with(edge)

    def _with(self, value: Any) -> Values:
        assert self.values is not None
        place = self.paging.parameter
        return (*self.values[:place], value, *self.values[place + 1 :])


def _comparable(key: Any) -> Any:
    """Order ids of digits as numbers, whatever they are written as."""
    return int(key) if isinstance(key, str) and key.isascii() and key.isdigit() else key


def pages(call: SyncCaller, operation: Operation[Any], values: Values, options: CallOptions | None) -> Iterator[Any]:
    """Yield every item once, page after page, until the venue has no more."""
    walk = Walk(operation, values)
    while walk.values is not None:
        yield from walk.take(call(operation, walk.values, options))


async def async_pages(
    call: AsyncCaller, operation: Operation[Any], values: Values, options: CallOptions | None
) -> AsyncIterator[Any]:
    """Yield every item once, page after page, until the venue has no more."""
    walk = Walk(operation, values)
    while walk.values is not None:
        for item in walk.take(await call(operation, walk.values, options)):
            yield item
