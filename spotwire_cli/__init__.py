"""The `spotwire` command: one module a command, imported when the command is used."""

import sys


def main() -> None:
    """Run the command with the arguments of the process."""
    try:
        from spotwire_cli.root import spotwire
    except ModuleNotFoundError as missing:
        sys.exit(f'the spotwire command needs {missing.name}: pip install "spotwire[cli]"')
    spotwire.main(prog_name="spotwire")
