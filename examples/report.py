"""`make run`: trade on every simulated venue, check the contract, print what happened. Exits 1 when anything went wrong."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from examples.tours import TOURS, Balances, Tour
from spotwire_core.errors import AuthError, SpotwireError
from spotwire_core.pipeline import VenueClosedWarning
from spotwire_sim import simulate

console = Console(width=124 if not sys.stdout.isatty() else None)
ROOT = Path(__file__).parents[1]


def main() -> int:
    """Run all tours and the contract tests."""
    warnings.simplefilter("ignore", VenueClosedWarning)
    console.rule("spotwire: five venues, simulated on loopback")
    tours = _table(
        "Trading", "venue", "best bid", "best ask", "order", "order id", "found", "cancelled", "bad signature"
    )
    money = _table("Balances", "venue", "asset", "free before", "free, order open", "locked, order open", "free after")
    failed = sum(_tour(name, tour, tours, money) for name, tour in TOURS.items())
    console.print(tours, money)
    passed, broken = _contract()
    summary = _table("Contract", "venue", "operations", "documented examples", "checks passed", "checks failed")
    for name in TOURS:
        examples = len(list((ROOT / "specs" / name / "examples").glob("*.json")))
        operations = sum(line.startswith("      operationId: ") for line in _spec(name))
        summary.add_row(name, str(operations), str(examples), str(passed[name]), str(broken[name]))
    console.print(summary)
    wrong = failed + sum(broken.values())
    console.print(f"[bold]{'All of it worked.' if not wrong else f'{wrong} step(s) went wrong.'}[/]")
    return 1 if wrong or not sum(passed.values()) else 0


def _spec(venue: str) -> list[str]:
    return (ROOT / "specs" / venue / "openapi.yaml").read_text(encoding="utf-8").splitlines()


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column)
    return table


def _tour(name: str, tour: Tour, trading: Table, money: Table) -> int:
    """Trade once on one venue and add a row to each table. Return 1 when it failed."""
    client_class = getattr(import_module(f"spotwire.{name}"), tour.client)
    with simulate(name) as venue, client_class(auth=venue.auth, base_url=venue.url) as client:
        try:
            trading.add_row(name, *_trade(client, tour, name, money), _bad_signature(client_class, venue, tour))
        except SpotwireError as error:
            trading.add_row(name, "", "", "", f"[red]{type(error).__name__}: {error}[/]", "", "", "")
            return 1
    return 0


def _trade(client: Any, tour: Tour, name: str, money: Table) -> list[str]:
    bid, ask = tour.book(client, tour.symbol)
    quantity, price = Decimal("0.01"), (bid[0] / 2).quantize(Decimal(1))
    before = tour.balances(client)
    order = tour.place(client, tour.symbol, quantity, price)
    during = tour.balances(client)
    found = tour.status(client, tour.symbol, order)
    tour.cancel(client, tour.symbol, order)
    left = tour.status(client, tour.symbol, order)
    after = tour.balances(client)
    for asset in _changed(before, during):
        money.add_row(name, asset, *(f"{n:f}" for n in (before[asset][0], *during[asset], after[asset][0])))
    return [
        f"{bid[1].normalize():f} @ {bid[0].normalize():f}",
        f"{ask[1].normalize():f} @ {ask[0].normalize():f}",
        f"buy {quantity} @ {price}",
        str(order),
        found,
        left,
    ]


def _changed(before: Balances, during: Balances) -> list[str]:
    return [asset for asset in sorted(before) if before[asset] != during.get(asset)]


def _bad_signature(client_class: Any, venue: Any, tour: Tour) -> str:
    wrong = type(venue.auth)(venue.api_key, "not-the-secret")
    with client_class(auth=wrong, base_url=venue.url) as client:
        try:
            tour.balances(client)
        except AuthError as error:
            return f"refused, {error.code}"
    raise SpotwireError(f"{tour.client}: a wrong signature was accepted")


class _Tally:
    """Counts the results of the contract tests by venue."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        venue = next((name for name in TOURS if f"[{name}-" in report.nodeid or f"-{name}-" in report.nodeid), "")
        if report.when == "call" and report.passed:
            self.passed[venue] += 1
        elif report.failed:
            self.failed[venue] += 1


def _contract() -> tuple[Counter[str], Counter[str]]:
    tally = _Tally()
    with console.status("checking the contract"):
        # Without the terminal, the options of pyproject.toml that belong to it are unknown. The tours have imported anyio
        # already, which is a warning at the start, and a warning would be an error.
        quiet = ["-p", "no:terminal", "-o", "addopts=--import-mode=importlib"]
        known = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        tests = [str(ROOT / "tests/contract" / f"test_{what}.py") for what in ("documented", "simulated")]
        pytest.main([*quiet, *known, *tests], [tally])
    return tally.passed, tally.failed


if __name__ == "__main__":
    sys.exit(main())
