"""Hold what the client was told against what the venue knows, and print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from soak.account import Account, Placed
from soak.traffic import Run
from soak.venue import Booked, Books

MOST_OBJECTS = 2.0
"""How many objects a call may leave behind. What the run writes down of its orders is about one."""

MOST_MIB = 128
"""How much the process may grow after the first fifth of the run: holes in memory after twenty long answers at once, what is written
down, and the windows of the limits, of which JEX's are a day and five minutes."""

SHOWN = 3
"""Offences of a kind that are printed."""


@dataclass(frozen=True)
class Verdict:
    """The offences of one run by kind; all must be empty."""

    run: Run
    offences: dict[str, list[str]]

    @property
    def clean(self) -> bool:
        """Whether there is none."""
        return not any(self.offences.values())


def judge(run: Run) -> Verdict:
    """Look for everything that may not happen."""
    watched, books, account = run.watched, run.books, run.account
    return Verdict(
        run,
        {
            **_orders(account, books),
            "over limit": books.over_limit,
            "wrong answers": account.wrong,
            "secrets": watched.showing + account.showing,
            "left open": watched.left,
            "memory": _growth(run),
            "money": books.unbalanced,
            "simulator": books.broken,
        },
    )


def _growth(run: Run) -> list[str]:
    grown, calls = run.watched.grown, run.account.made
    found = [f"{grown.mib:.0f} MiB more"] if grown.mib > MOST_MIB else []
    return [*found, f"{grown.objects} objects left by {calls} calls"] if grown.objects > MOST_OBJECTS * calls else found


def _orders(account: Account, books: Books) -> dict[str, list[str]]:
    """Compare the orders: no two have the same price."""
    booked: dict[Decimal, list[Booked]] = {}
    for order in books.orders:
        booked.setdefault(order.price, []).append(order)
    found: dict[str, list[str]] = {"twice": [], "lost": [], "made up": [], "unresolved": []}
    for placed in account.placed:
        kind = _offence(placed, booked.get(placed.terms.price, []))
        if kind:
            found[kind].append(_story(placed, books))
    return found


def _offence(placed: Placed, orders: list[Booked]) -> str:
    """Say what is wrong with an order: nothing, where it is empty."""
    if len(orders) > 1:
        return "twice"
    if placed.fate == "refused":
        return "lost" if orders else ""
    if placed.fate == "ok":
        return "" if orders and _same(placed, orders[0]) else "made up"
    return "" if placed.accepted is bool(orders) else "unresolved"


def _same(placed: Placed, order: Booked) -> bool:
    """Tell whether an order has the id and the size that the client was told. An ack without an id is true, too."""
    return placed.terms.quantity == order.quantity and (placed.order_id or order.order_id).endswith(order.order_id)


def _story(placed: Placed, books: Books) -> str:
    terms = placed.terms
    heard = [line for text, line in books.heard if terms.name in text or f"{terms.price}" in text]
    lines = [f"{terms.name}, {terms.quantity} at {terms.price}: {placed.fate}, accepted={placed.accepted}"]
    return "\n      ".join(lines + [f"client: {line}" for line in placed.story] + [f"venue: {line}" for line in heard])


# Printing

COLUMNS = (
    *("venue", "calls", "faults", "kinds", "retries", "orders", "unknown", "accepted", "not"),
    *("twice", "lost", "made up", "unresolved", "over limit", "wrong answers", "secrets", "left open"),
    *("money", "objects a call", "MiB", "seconds"),
)


def heading() -> str:
    """Write the head of the table, in Markdown."""
    return f"{_line(COLUMNS)}\n{_line(['---' if name == 'venue' else '---:' for name in COLUMNS])}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def line(verdict: Verdict) -> str:
    """Write the table's line of one venue."""
    return _line(_row(verdict))


def _row(verdict: Verdict) -> list[str]:
    run = verdict.run
    unknown = [placed for placed in run.account.placed if placed.fate == "unknown"]
    accepted = sum(placed.accepted is True for placed in unknown)
    cells: dict[str, object] = {
        "venue": run.venue,
        "calls": run.account.made,
        "faults": sum(run.books.faults.values()),
        "kinds": len(run.books.faults),
        "retries": run.watched.retries,
        "orders": len(run.account.placed),
        "unknown": len(unknown),
        "accepted": accepted,
        "not": len(unknown) - accepted,
        "MiB": f"{run.watched.grown.mib:+.0f}",
        "objects a call": f"{run.watched.grown.objects / run.account.made:.2f}",
        "seconds": f"{run.seconds:.0f}",
        **{kind: len(found) for kind, found in verdict.offences.items() if kind != "memory"},
    }
    return [f"{cells[name]:,}" if isinstance(cells[name], int) else str(cells[name]) for name in COLUMNS]


def offences(verdict: Verdict, seed: int) -> str:
    """Write the first offences of every kind with their story."""
    lines = [f"{verdict.run.venue}, seed {seed}:"]
    for kind, found in verdict.offences.items():
        if found:
            lines += [f"  {kind}: {len(found)}", *(f"    - {story}" for story in found[:SHOWN])]
    return "\n".join(lines)
