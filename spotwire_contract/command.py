"""`spotwire contract`: check a venue against its document and say what was found."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from spotwire_contract.findings import Checked, as_data, exit_code
from spotwire_contract.spec import load, venues
from spotwire_core.config import check_base_url
from spotwire_core.errors import ConfigError


@click.command()
@click.argument("venue", type=click.Choice([*venues(), "all"]))
@click.option("--live", is_flag=True, help="Ask the real venue, public read operations only, at the pace it allows.")
@click.option("--url", help="Ask whoever answers at this address instead.")
@click.option("--record", type=click.Path(path_type=Path), help="Keep the answers of a live run in this folder.")
@click.option("--replay", type=click.Path(path_type=Path), help="Check the answers in this folder, without a network.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def contract(
    ctx: click.Context,
    venue: str,
    *,
    live: bool,
    url: str | None,
    record: Path | None,
    replay: Path | None,
    as_json: bool,
) -> None:
    """Check that a venue does what its document says.

    Without options, generated requests and calls of every method go to the simulated venue, and every answer is compared
    with the document. Exit codes: 0 as documented, 1 something is not, 2 something could not be checked.
    """
    _check_options(venue, live=live, url=url, record=record, replay=replay)
    reports: list[object] = []
    everything: list[Checked] = []
    for name in venues() if venue == "all" else [venue]:
        against, checks = _checks(name, live=live, url=url, record=record, replay=replay)
        checked = list(_told(name, against, _guarded(checks), silent=as_json))
        everything += checked
        reports.append({"venue": name, "against": against, "operations": as_data(checked)})
    if as_json:
        click.echo(json.dumps(reports, indent=2))
    ctx.exit(exit_code(everything))


def _check_options(venue: str, *, live: bool, url: str | None, record: Path | None, replay: Path | None) -> None:
    if sum((live, url is not None, replay is not None)) > 1:
        raise click.UsageError("--live, --url and --replay exclude each other")
    if record is not None and not live and url is None:
        raise click.UsageError("--record needs --live or --url: the simulated venue is there at any time")
    if url is not None and venue == "all":
        raise click.UsageError("--url is the address of one venue")
    if url is not None:
        try:
            check_base_url(url)
        except ConfigError as error:  # before it is printed: it may have a password in it
            raise click.UsageError(str(error)) from None


def _checks(
    venue: str, *, live: bool, url: str | None, record: Path | None, replay: Path | None
) -> tuple[str, Iterator[Checked]]:
    """Return what the venue's document is compared with, and the checks, which run as they are asked for."""
    if replay is not None:
        from spotwire_contract.recording import check_recorded

        return str(replay), check_recorded(venue, replay)
    if live or url is not None:
        from spotwire_contract.live import check_live

        return url or str(load(venue).root["servers"][0]["url"]), check_live(venue, url=url, record=record)
    try:
        from spotwire_contract.simulated import check_simulated
    except ModuleNotFoundError as missing:
        raise CouldNotRun(f'contract needs {missing.name}: pip install "spotwire[contract]"') from missing
    return "the simulated venue", check_simulated(venue)


def _guarded(checks: Iterable[Checked]) -> Iterator[Checked]:
    """Turn what prevents a run into a message and the exit code for it."""
    try:
        yield from checks
    except (ConfigError, OSError, ValueError) as error:
        raise CouldNotRun(str(error)) from error


class CouldNotRun(click.ClickException):
    """Says why in one line."""

    exit_code = 2


# What is printed


def _told(venue: str, against: str, checks: Iterable[Checked], *, silent: bool) -> Iterator[Checked]:
    """Print each result when it is there: a live run takes its time."""
    said = (lambda _: None) if silent else click.echo  # pyright: ignore[reportUnknownLambdaType, reportUnknownVariableType]
    said(f"{venue}, compared with {against}")
    calls = found = operations = 0
    for checked in checks:
        for line in lines(checked):
            said(line)
        calls, found, operations = calls + checked.calls, found + len(checked.findings), operations + 1
        yield checked
    said(f"  {operations} operations, {calls} calls, {found} findings\n")


def lines(checked: Checked) -> Iterator[str]:
    """Write a result: a line for the operation, and one for each finding."""
    result = "not as documented" if checked.findings else "as documented"
    if checked.not_checked:
        result = f"not checked: {checked.not_checked}"
    note = f" ({checked.note})" if checked.note else ""
    yield f"  {checked.operation:<26}{checked.calls:>6}  {result}{note}"
    for finding in checked.findings:
        yield f"      {finding.kind:<20} {finding.path:<28} {finding.text}"
