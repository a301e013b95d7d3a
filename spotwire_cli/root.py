"""The tree of commands."""

from importlib.util import find_spec
from pathlib import Path

import click

from spotwire_cli.lazy import Lazy, LazyGroup


def venues_with_streams() -> list[str]:
    """Find the venues whose generated package describes streams, without importing one."""
    return _venues_with("streams")


def _venues_with(module: str) -> list[str]:
    package = find_spec("spotwire")
    places = package.submodule_search_locations if package is not None else None
    return sorted(path.parent.name for place in places or () for path in Path(place).glob(f"*/{module}.py"))


class Root(LazyGroup):
    """All commands, among them the venues that can be watched."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. A venue that is none has no streams."""
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None and args[0] in _venues_with("venue"):
            ctx.fail(f"{args[0]} has no streams to watch; {', '.join(venues_with_streams())} has")
        return super().resolve_command(ctx, args)


spotwire = Root(
    "spotwire",
    help="Spot APIs of crypto exchanges: typed clients, simulated venues, contract tests.",
    context_settings={"help_option_names": ["-h", "--help"]},
    lazy={
        "venues": Lazy("spotwire_cli.venues:venues", "List the venues that there are clients for."),
        "simulate": Lazy("spotwire_cli.simulate:simulate", "Run simulated venues until Ctrl-C.", "sim"),
        "operations": Lazy("spotwire_cli.operations:operations", "List what the simulated venues answer.", "sim"),
        "contract": Lazy("spotwire_contract.command:contract", "Check a venue against its document.", "contract"),
        **{name: Lazy("spotwire_cli.root:venue", f"Watch the market of {name}.") for name in venues_with_streams()},
    },
)
click.version_option(package_name="spotwire")(spotwire)

venue = LazyGroup(
    "venue",
    help="What goes on at this venue.",
    lazy={"watch": Lazy("spotwire_cli.watch:watch", "Show a live order book and trades until Ctrl-C.", "streams")},
)
