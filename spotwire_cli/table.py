"""Tables for people and, where the output is no terminal, for programs: then nothing is folded or cut."""

import sys
from collections.abc import Iterable, Sequence

Row = Sequence[str]

PIPED_WIDTH = 1000


def print_table(columns: Row, rows: Iterable[Row]) -> None:
    """Print aligned columns; those of numbers to the right."""
    from rich.console import Console
    from rich.table import Table

    lines = list(rows)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if all(line[place].isdigit() for line in lines) else "left")
    for line in lines:
        table.add_row(*line)
    Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False).print(table)


def markdown_table(columns: Row, rows: Iterable[Row]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
