"""`spotwire venues`: the venues that there are clients for, as the generated packages describe them."""

from importlib import import_module
from pkgutil import iter_modules

import click

import spotwire
from spotwire_cli.table import Row, print_table
from spotwire_core.operation import Operation, Venue

COLUMNS = ("venue", "title", "status", "operations", "signed", "base URL")


@click.command()
def venues() -> None:
    """List the venues that there are clients for, and how many of their operations are signed."""
    print_table(COLUMNS, [_row(module.name) for module in iter_modules(spotwire.__path__) if module.ispkg])


def _row(name: str) -> Row:
    venue: Venue = import_module(f"spotwire.{name}.venue").VENUE
    found = _operations(name)
    signed = sum(operation.security == "signed" for operation in found)
    status = "closed" if venue.closed else "live"
    return name, venue.title, status, str(len(found)), str(signed), venue.base_url


def _operations(name: str) -> list[Operation[object]]:
    api = import_module(f"spotwire.{name}.api")
    groups = [import_module(f"{api.__name__}.{module.name}") for module in iter_modules(api.__path__)]
    return [value for group in groups for value in vars(group).values() if isinstance(value, Operation)]
