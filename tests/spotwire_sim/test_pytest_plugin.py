"""The fixtures that the package gives to pytest, used by small suites in processes of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from spotwire_sim import venues

pytest_plugins = ["pytester"]

STATE = """
import urllib.request
import pytest

seen = []

@pytest.mark.parametrize("turn", [1, 2])
def test_state(mexc_venue, turn):
    seen.append((mexc_venue.url, mexc_venue))
    assert mexc_venue.requests == [] and mexc_venue.clock.offset == 0
    free = mexc_venue.exchange.balance(mexc_venue.user, "USDT").free
    urllib.request.urlopen(mexc_venue.url + "/api/v3/ping").close()
    mexc_venue.exchange.deposit(mexc_venue.user, "USDT", free)
    mexc_venue.clock.offset = 5
    assert len(mexc_venue.requests) == 1
    assert len({str(mexc_venue.exchange.balance(mexc_venue.user, "USDT").free), str(2 * free)}) == 1

def test_one_server():
    assert len(set(seen)) == 1 and len(seen) == 2
"""

FAULTS = """
import urllib.request
from urllib.error import HTTPError
import pytest
from spotwire_sim import Fault

def ping(venue):
    try:
        with urllib.request.urlopen(venue.url + "/api/v3/ping") as answer:
            return answer.status
    except HTTPError as error:
        with error:
            return error.code

def test_unused(mexc_venue):
    mexc_venue.faults.plan("ping", Fault.status(503), times=2)
    assert ping(mexc_venue) == 503

def test_next_has_none(mexc_venue):
    assert ping(mexc_venue) == 200

def test_used(mexc_venue):
    mexc_venue.faults.plan("ping", Fault.status(503))
    assert ping(mexc_venue) == 503

def test_unused_in_a_factory(venue_factory):
    venue_factory("mexc").faults.plan("placeOrder", Fault.latency(300))
"""

FACTORY = """
import urllib.request
import pytest

left = []

def test_settings(venue_factory):
    first = venue_factory("mexc", now=lambda: 1_700_000_000_000)
    second = venue_factory("mexc", seed=7)
    left.append(first)
    assert first.url != second.url
    with urllib.request.urlopen(first.url + "/api/v3/time") as answer:
        assert b"1700000000000" in answer.read()

def test_stopped():
    with pytest.raises(RuntimeError):
        left[0].url
"""


def run(pytester: pytest.Pytester) -> pytest.RunResult:
    """Run a suite in a process of its own, with no other plugin, for those of the workshop take seconds to load."""
    pytester.plugins = ["spotwire_sim.pytest_plugin"]
    return pytester.runpytest_subprocess("--disable-plugin-autoload")


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    """Pytest loads it in every run where the package is installed, so neither server nor checks may be imported."""
    program = """
import sys, pytest
before = set(sys.modules)
import spotwire_sim.pytest_plugin
print(*sorted(name for name in set(sys.modules) - before if name.partition(".")[0] not in sys.stdlib_module_names))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "spotwire_sim spotwire_sim.pytest_plugin\n" == done.stdout


def test_plugin_is_found_by_pytest(pytester: pytest.Pytester) -> None:
    """A suite needs no configuration: every venue has its fixture, with a line that says what it is."""
    shown = pytester.runpytest_subprocess("--fixtures", "-q").outlines

    for venue in venues():
        line = shown.index(next(line for line in shown if line.startswith(f"{venue}_venue -- ")))
        assert f"The simulated {venue} as it starts." in shown[line + 1]


def test_every_venue_has_a_fixture(pytester: pytest.Pytester) -> None:
    """The fixtures are made from the list of venues, so that a sixth one has its own."""
    tests = [f"def test_{venue}({venue}_venue): assert {venue}_venue.venue == {venue!r}" for venue in venues()]
    pytester.makepyfile("\n".join(tests))

    run(pytester).assert_outcomes(passed=len(venues()))


def test_a_venue_is_served_once_and_reset_for_each_test(pytester: pytest.Pytester) -> None:
    """Balances, record and clock begin anew; starting a server for each test would cost more than the test."""
    pytester.makepyfile(STATE)

    run(pytester).assert_outcomes(passed=3)


def test_fault_that_did_not_happen_fails_the_test(pytester: pytest.Pytester) -> None:
    """The planned fault is named; it does not leak into the next test."""
    pytester.makepyfile(FAULTS)

    result = run(pytester)

    result.assert_outcomes(passed=4, errors=2)
    result.stdout.fnmatch_lines(["* ERROR at teardown of test_unused *", "E * AssertionError: * ping: status(*, 1 *"])
    result.stdout.fnmatch_lines(["* test_unused_in_a_factory *", "E * AssertionError: * placeOrder: latency(*"])


def test_factory_takes_settings_and_stops_what_it_started(pytester: pytest.Pytester) -> None:
    """Several venues may run at once, even of one kind."""
    pytester.makepyfile(FACTORY)

    run(pytester).assert_outcomes(passed=2)
