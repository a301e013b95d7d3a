"""Commands are imported when they are used, and failures are one line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from spotwire_cli.lazy import Lazy, LazyGroup

COMMANDS = """
import click
from spotwire_cli.lazy import Lazy, LazyGroup
from spotwire_core.errors import ConfigError

@click.command()
@click.argument("symbol")
def book(symbol):
    click.echo(f"the book of {symbol}")

@click.command()
def refused():
    raise ConfigError("wrong\\n  in two lines")

@click.command()
def broken():
    raise RuntimeError("a bug")

market = LazyGroup("market", lazy={"book": Lazy("lazy_commands:book", "Show the book.")})
"""


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LazyGroup:
    (tmp_path / "lazy_commands.py").write_text(COMMANDS)
    (tmp_path / "lazy_needing.py").write_text("import nowhere_to_be_found")
    monkeypatch.syspath_prepend(tmp_path)
    targets = {
        "market": "lazy_commands:market",
        "refused": "lazy_commands:refused",
        "broken": "lazy_commands:broken",
        "needing": "lazy_needing:command",
        "number": "lazy_commands:COUNT",
    }
    return LazyGroup("top", lazy={name: Lazy(target, f"The {name}.", "tools") for name, target in targets.items()})


def run(group: click.Command, *arguments: str) -> Result:
    return CliRunner().invoke(group, arguments, prog_name="top")


def test_command_in_a_lazy_group_of_a_lazy_group_runs(group: LazyGroup) -> None:
    """Groups nest, so that a tree of any depth is imported along one branch."""
    assert "the book of BTCUSDT\n" == run(group, "market", "book", "BTCUSDT").stdout


def test_help_imports_no_command(group: LazyGroup) -> None:
    """Not even one that could not be imported; the lines come from the table, in its order."""
    lines = run(group, "--help").stdout.splitlines()

    assert ["market", "refused", "broken", "needing", "number"] == [line.split()[0] for line in lines[-5:]]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("", ["market", "refused", "broken", "needing", "number"]), ("ne", ["needing"]), ("--h", ["--help"])],
)
def test_completion_imports_no_command(group: LazyGroup, typed: str, offered: list[str]) -> None:
    """The tab key waits for nobody, and a command that could not be imported is offered like the others."""
    completed = ShellComplete(group, {}, "top", "_TOP_COMPLETE").get_completions([], typed)

    assert offered == [item.value for item in completed]


def test_unknown_command_is_a_mistake_of_usage(group: LazyGroup) -> None:
    """Exit code 2 is the shell's word for it."""
    result = run(group, "nowhere")

    assert (2, True) == (result.exit_code, "No such command 'nowhere'" in result.stderr)


def test_error_of_the_library_is_one_line(group: LazyGroup) -> None:
    """Class and message, exit code 1, no traceback."""
    result = run(group, "refused")

    assert (1, "Error: ConfigError: wrong in two lines\n") == (result.exit_code, result.stderr)


def test_bug_is_not_hidden(group: LazyGroup) -> None:
    """What is not an error of the library keeps its traceback."""
    assert "a bug" == str(run(group, "broken").exception)


def test_missing_dependency_names_the_extra_that_brings_it(group: LazyGroup) -> None:
    """Somebody who installed too little learns what to install."""
    result = run(group, "needing")

    assert 'Error: needing needs nowhere_to_be_found: pip install "spotwire[tools]"\n' == result.stderr
    assert 1 == result.exit_code
