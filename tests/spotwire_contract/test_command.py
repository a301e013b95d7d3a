"""`spotwire contract`: what it prints, and the exit codes that a script goes by."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from spotwire_contract.command import contract
from spotwire_sim import Fault, SimulatedVenue, simulate


@pytest.fixture
def coinstore() -> Generator[SimulatedVenue]:
    with simulate("coinstore") as venue:
        yield venue


def run(*arguments: str) -> Result:
    return CliRunner().invoke(contract, arguments)


def test_venue_is_reported_as_documented(coinstore: SimulatedVenue) -> None:
    """Without drift every operation has a line, and the exit code is 0."""
    result = run("coinstore", "--url", coinstore.url)

    assert 0 == result.exit_code
    assert f"coinstore, compared with {coinstore.url}" == result.output.splitlines()[0]
    assert "  orderBook                      1  as documented" in result.output.splitlines()
    assert "6 operations, 6 calls, 0 findings" in result.output


def test_drift_is_reported_with_its_place(coinstore: SimulatedVenue) -> None:
    """A finding is a line of its own below its operation, and the exit code is 1."""
    coinstore.faults.plan("tickers", Fault.rename_member("close", "last"))

    result = run("coinstore", "--url", coinstore.url)

    assert 1 == result.exit_code
    assert "  tickers                        1  not as documented" in result.output.splitlines()
    assert "      missing-field        $.data[0].close              is documented as always there" in result.output
    assert "      unknown-field        $.data[0].last               is not documented" in result.output


def test_drift_is_reported_as_json(coinstore: SimulatedVenue) -> None:
    """With --json the output is nothing but JSON, and the exit code is the same."""
    coinstore.faults.plan("tickers", Fault.null_member("symbol"))

    result = run("coinstore", "--url", coinstore.url, "--json")

    [report] = json.loads(result.output)
    [drifted] = [one for one in report["operations"] if one["findings"]]
    assert (1, "coinstore", coinstore.url) == (result.exit_code, report["venue"], report["against"])
    assert ("tickers", "wrong-type", "$.data[0].symbol") == (
        drifted["operation"],
        drifted["findings"][0]["kind"],
        drifted["findings"][0]["path"],
    )


def test_venue_that_cannot_be_reached_is_not_checked() -> None:
    """Nobody at the address: no drift, and no success."""
    with simulate("coinstore") as venue:
        url = venue.url

    result = run("coinstore", "--url", url)

    assert 2 == result.exit_code
    assert 6 == result.output.count("not checked")


def test_recorded_answers_are_replayed(coinstore: SimulatedVenue, tmp_path: Path) -> None:
    """What --record wrote --replay reads, with the same verdict."""
    coinstore.faults.plan("tickers", Fault.unknown_field())

    assert 1 == run("coinstore", "--url", coinstore.url, "--record", str(tmp_path)).exit_code

    result = run("coinstore", "--replay", str(tmp_path))
    assert 1 == result.exit_code
    assert "$.data[0].simUnknown" in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "'nowhere' is not one of"),
        (["mexc", "--live", "--url", "https://example.com"], "exclude each other"),
        (["mexc", "--live", "--replay", "."], "exclude each other"),
        (["mexc", "--record", "."], "--record needs --live or --url"),
        (["mexc", "--replay", ".", "--record", "."], "--record needs --live or --url"),
        (["all", "--url", "https://example.com"], "the address of one venue"),
        (["mexc", "--url", "http://example.com"], "https"),
        (["mexc", "--url", "https://user:s3cret@example.com"], "without user"),
        (["mexc", "--replay", "no-such-folder"], "no-such-folder"),
    ],
)
def test_run_that_cannot_be_is_refused(arguments: list[str], says: str) -> None:
    """Exit code 2 and one message: neither drift nor success was seen."""
    result = run(*arguments)

    assert 2 == result.exit_code
    assert says in result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)


def test_folder_without_answers_is_no_success(tmp_path: Path) -> None:
    """Nothing checked is not the same as nothing found."""
    assert 2 == run("mexc", "--replay", str(tmp_path)).exit_code


def test_simulated_venue_is_checked_without_options() -> None:
    """Without options every operation of the simulated venue is driven, with generated requests and calls."""
    result = run("jex", "--json")

    [report] = json.loads(result.output)
    assert (0, "the simulated venue", 18) == (result.exit_code, report["against"], len(report["operations"]))
    assert 0 < min(one["calls"] for one in report["operations"])
    assert 1000 < sum(one["calls"] for one in report["operations"])
