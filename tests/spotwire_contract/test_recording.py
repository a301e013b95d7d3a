"""Recorded answers: kept without secrets, and judged later as they were when they came."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spotwire_contract.findings import Checked
from spotwire_contract.live import check_live
from spotwire_contract.pace import Pace
from spotwire_contract.recording import check_recorded
from spotwire_contract.spec import venues
from spotwire_sim import Fault, simulate


def record(venue: str, folder: Path, *faults: tuple[str, Fault]) -> list[Checked]:
    with simulate(venue, limits=False) as simulated:
        for name, fault in faults:
            simulated.faults.plan(name, fault)
        return list(check_live(venue, url=simulated.url, record=folder, pace=Pace(venue, sleep=lambda _: None)))


def by_operation(checked: list[Checked]) -> dict[str, Checked]:
    return {one.operation: one for one in checked}


@pytest.mark.parametrize("venue", venues())
def test_recorded_answers_are_judged_as_they_were(venue: str, tmp_path: Path) -> None:
    """A replay, without any network, says of every operation what the live run said."""
    live = record(venue, tmp_path)

    assert by_operation(live) == by_operation(list(check_recorded(venue, tmp_path)))
    assert sum(one.calls for one in live) == len(list(tmp_path.iterdir()))


@pytest.mark.parametrize(
    "fault",
    [
        Fault.unknown_field(),
        Fault.change_type("price"),
        Fault.status(400, '{"code": 31337, "msg": "new"}'),
        Fault.html(200),
        Fault.html(502),
        Fault.reset_after(),
        Fault.corrupt_gzip(),
    ],
    ids=str,
)
def test_drift_is_found_again(fault: Fault, tmp_path: Path) -> None:
    """What went wrong in the live run goes wrong in the replay in the same way."""
    live = record("mexc", tmp_path, ("avgPrice", fault))

    before, after = by_operation(live)["avgPrice"], by_operation(list(check_recorded("mexc", tmp_path)))["avgPrice"]
    assert before == after
    assert before.findings or before.not_checked


def test_recorded_file_is_the_answer_without_secrets(tmp_path: Path) -> None:
    """Operation, arguments, status, headers and body are kept; cookies and anything that looks like a key are not."""
    secrets = {"Set-Cookie": "session=s3cret", "X-Auth-Token": "s3cret", "X-Api-Key": "s3cret", "X-Trace": "7"}
    record("mexc", tmp_path, ("avgPrice", Fault.status(200, '{"mins":5,"price":"1.50"}', secrets)))

    kept = json.loads((tmp_path / "avgPrice.json").read_bytes())
    assert "s3cret" not in str(kept)
    assert ["x-trace", "7"] in kept["headers"]
    assert {
        "venue": "mexc",
        "operation": "avgPrice",
        "arguments": {"symbol": "BTCUSDT"},
        "status": 200,
        "body": '{"mins":5,"price":"1.50"}',
    } == {name: kept[name] for name in ("venue", "operation", "arguments", "status", "body")}


def test_answers_of_another_venue_are_left_alone(tmp_path: Path) -> None:
    """A folder may hold what several venues answered."""
    record("coinstore", tmp_path)

    assert [] == list(check_recorded("mexc", tmp_path))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is no recorded answer"),
        ("[]", "is no recorded answer"),
        ('{"venue": "mexc"}', "is no recorded answer"),
        ('{"venue": "mexc", "name": "x", "operation": "gone", "arguments": {}}', "has no operation gone"),
    ],
)
def test_file_is_refused_when_it_is_no_recorded_answer(text: str, says: str, tmp_path: Path) -> None:
    """Nothing in the folder is passed over in silence."""
    (tmp_path / "x.json").write_text(text, "utf-8")

    with pytest.raises(ValueError, match=says):
        list(check_recorded("mexc", tmp_path))


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A misspelt folder is not a folder without answers."""
    with pytest.raises(NotADirectoryError, match="nowhere"):
        list(check_recorded("mexc", tmp_path / "nowhere"))
