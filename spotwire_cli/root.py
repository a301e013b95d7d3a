"""The tree of commands."""

import click

from spotwire_cli.lazy import Lazy, LazyGroup

spotwire = LazyGroup(
    "spotwire",
    help="Spot APIs of crypto exchanges: typed clients, simulated venues, contract tests.",
    context_settings={"help_option_names": ["-h", "--help"]},
    lazy={
        "venues": Lazy("spotwire_cli.venues:venues", "List the venues that there are clients for."),
        "simulate": Lazy("spotwire_cli.simulate:simulate", "Run simulated venues until Ctrl-C.", "sim"),
        "operations": Lazy("spotwire_cli.operations:operations", "List what the simulated venues answer.", "sim"),
        "contract": Lazy("spotwire_contract.command:contract", "Check a venue against its document.", "contract"),
    },
)
click.version_option(package_name="spotwire")(spotwire)
