"""`spotwire operations`: what the simulated venues answer, and which of it follows from their state."""

from collections.abc import Iterable, Iterator

import click

from spotwire_cli.table import Row, markdown_table, print_table
from spotwire_sim import venues
from spotwire_sim.faces import face_of
from spotwire_sim.spec import Operation, load

COLUMNS = ("operation", "request", "security", "answer")

INTRODUCTION = """\
<!-- Written by `make docs`; do not edit. -->
# What the simulated venues answer

Of {total} operations {stateful} are stateful: the answer follows from orders, balances, markets and clock of the simulated venue.
The others give the answer that the venue's documentation prints. Requests are checked in the same way for both.
"""


@click.command()
@click.option("--markdown", is_flag=True, help="Print the page docs/simulator-operations.md.")
def operations(markdown: bool) -> None:
    """List the operations of the simulated venues: stateful ones and those with the documented answer."""
    if markdown:
        click.echo(page(), nl=False)
    else:
        print_table(("venue", *COLUMNS), [(venue, *row) for venue in venues() for row in _rows(venue)])


def page() -> str:
    """Return all operations as a Markdown page, a table a venue."""
    tables = {venue: list(_rows(venue)) for venue in venues()}
    answers = [row[-1] for rows in tables.values() for row in rows]
    head = INTRODUCTION.format(total=len(answers), stateful=answers.count("stateful"))
    return head + "".join(f"\n## {venue}\n\n{markdown_table(COLUMNS, _code(rows))}" for venue, rows in tables.items())


def _rows(venue: str) -> Iterator[Row]:
    stateful = face_of(venue).answers
    for name, operation in load(venue).operations.items():
        answer = "stateful" if name in stateful else "documented"
        yield name, _request(operation), operation.security or "none", answer


def _code(rows: Iterable[Row]) -> Iterator[Row]:
    """Mark what is code."""
    for name, request, security, answer in rows:
        yield f"`{name}`", f"`{request}`", security, answer


def _request(operation: Operation) -> str:
    query = "&".join(f"{name}={value}" for name, value in operation.constant)
    return f"{operation.method} {operation.path}{'?' if query else ''}{query}"
