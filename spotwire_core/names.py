"""The ids after which a venue names its channels, found by symbol. Pure; threads may share it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from spotwire_core.errors import ConfigError
from spotwire_core.frames import Request, Stream, SymbolLookup

_is_number = re.compile(r"[0-9]+", re.ASCII).fullmatch


class Names:
    """Symbols with their ids, as the venue last told them."""

    def __init__(self, lookup: SymbolLookup | None) -> None:
        self.lookup = lookup
        self._ids: dict[str, str] = {}

    def replaced(self, described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """Return the arguments with the id in place of the symbol, None where the symbol is not known."""
        place = self._place(described)
        if place is None or _is_number(values[place]):
            return values
        found = self._ids.get(values[place])
        return None if found is None else (*values[:place], found, *values[place + 1 :])

    def learn(self, items: Any) -> None:
        """Take the ids from the answer of the lookup's operation."""
        assert self.lookup is not None
        self._ids = {str(getattr(one, self.lookup.symbol)): str(getattr(one, self.lookup.id)) for one in items}

    def unknown(self, described: Stream[Any] | Request[Any], values: tuple[Any, ...]) -> ConfigError:
        """Return the error for a symbol that the venue does not have."""
        place = self._place(described)
        assert place is not None
        given = values[place]
        upper = {name.upper(): name for name in self._ids}
        near = [upper[name] for name in get_close_matches(str(given).upper(), upper, n=3, cutoff=0.75)]
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        return ConfigError(f"{described.name}: the venue has no symbol {str(given)[:60]!r}{hint}")

    def _place(self, described: Stream[Any] | Request[Any]) -> int | None:
        if self.lookup is None:
            return None
        names = [one.name for one in described.params]
        return names.index(self.lookup.parameter) if self.lookup.parameter in names else None
