"""Ask a venue everything that may be asked without a key and without harm, and compare its answers with its document.

Only public read operations are called, with the arguments that the document shows, no faster than its rate limits allow.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from spotwire_contract.asking import Asker
from spotwire_contract.calls import chosen_parameters, example_of
from spotwire_contract.drift import check, together
from spotwire_contract.findings import Checked
from spotwire_contract.pace import Pace
from spotwire_contract.recording import keep
from spotwire_contract.spec import Operation, is_list, is_object, operations

TIMEOUT = 30.0

LISTINGS = ("exchangeInfo", "symbols", "tickers")
"""Operations that say which symbols there are, by the names that they have at every venue."""

SYMBOLS = frozenset({"symbol", "symbols", "symbolCode", "currencyPair"})
"""What a symbol is called in parameters and answers."""

Arguments = dict[str, Any]


def public_operations(venue: str) -> list[Operation]:
    """Return what needs no key and changes nothing, the lists of symbols first."""
    found = [o for o in operations(venue) if o.security == "none" and o.node["x-safety"] == "read"]
    return sorted(found, key=lambda o: LISTINGS.index(o.id) if o.id in LISTINGS else len(LISTINGS))


class Symbols:
    """The symbols that a venue lists."""

    def __init__(self) -> None:
        """Know none."""
        self._listed: dict[str, None] = {}

    def learn(self, body: str) -> None:
        """Note all symbols of an answer."""
        try:
            self._note(json.loads(body))
        except ValueError:
            return

    def _note(self, value: Any) -> None:
        if is_object(value):
            for name, member in value.items():
                if name in SYMBOLS and isinstance(member, str):
                    self._listed[member] = None
                self._note(member)
        elif is_list(value):
            for item in value:
                self._note(item)

    def instead_of(self, example: str) -> str:
        """Return the example where it is listed or nothing is; else a listed symbol, best one with the same quote asset."""
        listed = [symbol.upper() if example.isupper() else symbol for symbol in self._listed]
        if not listed or example in listed:
            return example
        return next((symbol for symbol in listed if symbol[-3:] == example[-3:]), listed[0])


def documented_arguments(operation: Operation, symbols: Symbols, *, many: bool) -> Arguments:
    """Return the required arguments as the document shows them, with symbols that the venue lists."""
    found: Arguments = {}
    for parameter in chosen_parameters(operation, optional="none", many=many):
        example = example_of(operation, parameter)
        if parameter.wire in SYMBOLS:
            several = is_list(example)
            example = [symbols.instead_of(one) for one in example] if several else symbols.instead_of(example)
        found[parameter.python] = example
    return found


def check_live(venue: str, *, url: str | None, record: Path | None, pace: Pace | None = None) -> Iterator[Checked]:
    """Ask the venue, or whoever answers at `url`, and give what was found, operation by operation."""
    pace, symbols = pace or Pace(venue), Symbols()
    with httpx.Client(timeout=TIMEOUT) as http:
        asker = Asker(venue, base_url=url, http=http)
        for operation in public_operations(venue):
            checked: list[Checked] = []
            for many in (False, True) if operation.one_or_list else (False,):
                arguments = documented_arguments(operation, symbols, many=many)
                pace.wait(operation, arguments)
                answer, error = asker.ask(operation, arguments, f"{operation.id}.list" if many else operation.id)
                if operation.id in LISTINGS:
                    symbols.learn(answer.body)
                if record is not None:
                    keep(record, venue, answer)
                checked.append(check(operation, answer, error))
            yield together(checked)
