"""The code in README.md runs as it is written."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from spotwire_sim import simulate

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def test_readme_has_the_blocks_that_are_tested() -> None:
    """A new block of code needs a test here."""
    assert 5 == len(BLOCKS)


def test_first_example_trades(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The first example works with keys from the environment; only the address is another one here."""
    with simulate("mexc") as venue:
        monkeypatch.setenv("SPOTWIRE_MEXC_API_KEY", venue.api_key)
        monkeypatch.setenv("SPOTWIRE_MEXC_API_SECRET", venue.api_secret)
        code = BLOCKS[0].replace("MexcAuth.from_env()", f"MexcAuth.from_env(), base_url={venue.url!r}")

        exec(compile(code, "README.md", "exec"), {})

        value, order_id = capsys.readouterr().out.split()
        book = venue.exchange.book("BTCUSDT")
        assert book.bids[0].price * book.bids[0].quantity == Decimal(value)
        assert order_id.startswith("C02__")


def test_second_example_needs_neither_key_nor_network(capsys: pytest.CaptureFixture[str]) -> None:
    """The example with the simulator prints the state of a resting order."""
    exec(compile(BLOCKS[1], "README.md", "exec"), {})

    assert "NEW\n" == capsys.readouterr().out


def test_third_example_is_a_test(pytester: pytest.Pytester) -> None:
    """The example with pytest is a suite that passes as it stands."""
    pytester.makepyfile(BLOCKS[2])

    pytester.plugins = ["spotwire_sim.pytest_plugin"]
    pytester.runpytest_subprocess("--disable-plugin-autoload").assert_outcomes(passed=1)


def test_fourth_example_finds_the_order(capsys: pytest.CaptureFixture[str]) -> None:
    """The example with a lost answer prints that the order was executed, and its id."""
    exec(compile(BLOCKS[3], "README.md", "exec"), {})

    executed, order_id = capsys.readouterr().out.split()
    assert "True" == executed
    assert order_id.startswith("C02__")


def test_fifth_example_shows_options_and_raw_answers() -> None:
    """The lines about options and raw answers run inside the second example."""
    with simulate("mexc") as venue:
        scope: dict[str, Any] = {}
        exec("from spotwire.mexc import Mexc", scope)
        with scope["Mexc"](base_url=venue.url) as mexc:
            scope["mexc"] = mexc
            exec(compile(BLOCKS[4], "README.md", "exec"), scope)

        assert ["7"] == [r.headers["x-trace"] for r in venue.requests if "x-trace" in r.headers]
