"""A group of commands that are imported when they are used, so that help and completion stay fast."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from spotwire_core.errors import SpotwireError


class Lazy(NamedTuple):
    """A command that is not imported yet: `module:name`, its line in the help, the extra that brings what it needs."""

    target: str
    help: str
    extra: str = "cli"


class LazyGroup(click.Group):
    """A group that finds its commands by name in a table. A lazy command may itself be a group of lazy commands."""

    def __init__(self, *args: Any, lazy: Mapping[str, Lazy], **settings: Any) -> None:
        """Keep the table; everything else is click's."""
        super().__init__(*args, **settings)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is no such name."""
        lazy = self._lazy.get(cmd_name)
        return None if lazy is None else _load(cmd_name, lazy)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.help) for name, lazy in self._lazy.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete options as every command does, and names without importing one."""
        named = [
            CompletionItem(name, help=lazy.help) for name, lazy in self._lazy.items() if name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        """Run; an error of the library is one line and exit code 1, for the user did not write this program."""
        try:
            return super().invoke(ctx)
        except SpotwireError as error:
            raise click.ClickException(" ".join(f"{type(error).__name__}: {error}".split())) from error


def _load(name: str, lazy: Lazy) -> click.Command:
    module, _, attribute = lazy.target.partition(":")
    try:
        command = getattr(import_module(module), attribute)
    except ModuleNotFoundError as missing:
        raise click.ClickException(f'{name} needs {missing.name}: pip install "spotwire[{lazy.extra}]"') from missing
    if not isinstance(command, click.Command):
        raise TypeError(f"{lazy.target} is not a click command")
    return command
