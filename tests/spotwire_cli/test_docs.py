"""The pages about simulated venues hold: code runs as it is written, commands start, what is said to be printed is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml

from spotwire_sim import simulate

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/simulator.md")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


def commands(page: str) -> list[str]:
    lines = [line.partition("#")[0].strip() for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("spotwire ") and " watch " not in line]  # test_watch.py has those


COMMANDS = [(page, command) for page in PAGES for command in commands(page)]
TRADES, TESTS, FAULTS, STREAMS = blocks("docs/simulator.md", "python")


def shell(command: str) -> list[str]:
    """Return what runs a command of a page, in this environment and at ports that nobody has."""
    program, *arguments = re.sub(r"--port \d+", "--port 0", command).split()
    return [str(Path(sys.executable).with_name(program)), *arguments]


def first_lines(command: str, count: int) -> list[str]:
    with subprocess.Popen(shell(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(count)]
        if "simulate" in command:
            process.terminate()
        assert "" == process.communicate(timeout=20)[1]
        assert 0 == process.returncode

    return lines


def test_pages_have_the_commands_that_are_tested() -> None:
    """The pattern finds the commands of the pages; one that disappears from them disappears from here."""
    assert ["README.md"] * 3 + ["docs/simulator.md"] * 4 == [page for page, _ in COMMANDS]


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_command_of_a_page_works(page: str, command: str) -> None:
    """It starts without a word on stderr, prints, and ends with exit code 0."""
    assert all(first_lines(command, 4))


def test_command_prints_what_the_page_shows() -> None:
    """But for the port, which the system chose."""
    [shown] = blocks("docs/simulator.md", "text")
    printed = "".join(first_lines("spotwire simulate mexc", 4))

    assert re.sub(r":\d+", "", shown) == re.sub(r":\d+", "", printed)


def test_first_example_trades(capsys: pytest.CaptureFixture[str]) -> None:
    """State of the order, the request that placed it, and the money that it locks."""
    exec(compile(TRADES, "docs/simulator.md", "exec"), {})

    assert ["NEW", "POST /api/v3/order 200", "5.5"] == capsys.readouterr().out.splitlines()


def test_second_example_is_a_suite(pytester: pytest.Pytester) -> None:
    """It passes without any configuration."""
    pytester.makepyfile(TESTS)

    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_third_example_loses_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The order is there once, and the exception knows its client order id."""
    exec(compile(FAULTS, "docs/simulator.md", "exec"), {})

    assert "1 True\n" == capsys.readouterr().out


def test_fourth_example_listens(capsys: pytest.CaptureFixture[str]) -> None:
    """The trade that an order made is the next event."""
    exec(compile(STREAMS, "docs/simulator.md", "exec"), {})

    assert "True\n" == capsys.readouterr().out


@pytest.mark.parametrize(("venue", "place"), [("mexc", 0), ("coinstore", 1)])
def test_file_of_faults_can_be_planned(tmp_path: Path, venue: str, place: int) -> None:
    """The examples of the page are read by a venue, which then has as many faults to account for."""
    example = blocks("docs/simulator.md", "yaml")[place]
    (tmp_path / "faults.yaml").write_text(example)
    with simulate(venue, faults=tmp_path / "faults.yaml") as running:
        unused = running.streams.faults.unused() if place else running.faults.unused()

    assert len(yaml.safe_load(example)) == len(unused)


def test_faults_can_be_planned_over_http() -> None:
    """What the page sends with curl, sent by us, at the port of another venue."""
    [line] = [line for block in blocks("docs/simulator.md", "sh") for line in block.splitlines() if "curl" in line]
    _, url, _, content = shlex.split(line)
    with simulate("mexc") as venue:
        answer = httpx.post(re.sub(r"http://[^/]+", venue.url, url), content=content, trust_env=False)

        assert 200 == answer.status_code
        assert ["placeOrder"] == [planned.operation for planned in venue.faults.unused()]


def test_fixtures_of_the_page_are_those_of_the_plugin() -> None:
    """Every venue's fixture is named on the page."""
    page = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    venues = sorted(path.name for path in (ROOT / "specs").iterdir() if path.is_dir())

    assert [] == [venue for venue in venues if f"`{venue}_venue`" not in page]
