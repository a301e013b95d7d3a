"""A live run, against simulated venues whose answers drift: every kind of drift is found, with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spotwire_contract.findings import Checked, Finding, exit_code
from spotwire_contract.live import Symbols, check_live, documented_arguments, public_operations
from spotwire_contract.pace import Pace
from spotwire_contract.spec import Operation, operations, venues
from spotwire_core.errors import ConfigError
from spotwire_sim import Fault, SimulatedVenue, simulate

START = 1_700_000_000.0


class Time:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = START

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, venue: str) -> Pace:
        return Pace(venue, now=lambda: self.now, sleep=self.sleep)

    def simulate(self, venue: str, **settings: Any) -> SimulatedVenue:
        return simulate(venue, now=lambda: int(self.now * 1000), **settings)


def operation(venue: str, name: str) -> Operation:
    return next(one for one in operations(venue) if one.id == name)


def run(venue: str, *faults: tuple[str, Fault], record: Path | None = None) -> list[Checked]:
    time = Time()
    with time.simulate(venue) as simulated:
        for name, fault in faults:
            simulated.faults.plan(name, fault)
        checked = list(check_live(venue, url=simulated.url, record=record, pace=time.pace(venue)))
        simulated.faults.check()
    return checked


def places(checked: list[Checked]) -> list[tuple[str, str, str]]:
    return [(one.operation, found.kind, found.path) for one in checked for found in one.findings]


@pytest.mark.parametrize("venue", venues())
def test_every_public_operation_is_asked_within_the_limits(venue: str) -> None:
    """What needs no key and changes nothing is asked once in each of its forms, without a key, and never too fast."""
    expected = {one.id: 2 if one.one_or_list else 1 for one in operations(venue) if one.node["security"] == []}
    time = Time()
    with time.simulate(venue) as simulated:
        checked = list(check_live(venue, url=simulated.url, record=None, pace=time.pace(venue)))
        seen = simulated.requests

    assert expected == {one.operation: one.calls for one in checked}
    assert sum(expected.values()) == len(seen)
    assert [] == [one for one in seen if one.situation is not None or simulated.api_key in str(one)]
    assert ([], 0) == (places(checked), exit_code(checked))


@pytest.mark.parametrize(
    ("venue", "name", "fault", "expected"),
    [
        ("mexc", "serverTime", Fault.unknown_field(), [("unknown-field", "$.simUnknown")]),
        (
            "jex",
            "avgPrice",
            Fault.rename_member("price", "p"),
            [("missing-field", "$.price"), ("unknown-field", "$.p")],
        ),
        ("coinw", "orderBook", Fault.change_type("pair"), [("wrong-type", "$.data.pair")]),
        ("coinw", "orderBook", Fault.change_type("data"), [("wrong-type", "$.data")]),
        ("bitunix", "symbols", Fault.unknown_enum("isOpen"), [("unknown-enum-value", "$.data[0].isOpen")]),
        ("mexc", "exchangeInfo", Fault.unknown_enum("status"), [("unknown-enum-value", "$.symbols[0].status")]),
        ("coinstore", "tickers", Fault.null_member("symbol"), [("wrong-type", "$.data[0].symbol")]),
        ("coinstore", "tickers", Fault.empty_member("instrumentId"), [("wrong-type", "$.data[0].instrumentId")]),
        ("coinstore", "tickers", Fault.unknown_enum("code"), [("undocumented-code", "$.code")]),
        ("mexc", "ping", Fault.status(400, '{"code": 31337, "msg": "new"}'), [("undocumented-code", "$.code")]),
        ("coinw", "currencies", Fault.rename_member("code", "status"), [("missing-field", "$.code")]),
        ("mexc", "trades", Fault.status(400, '{"code": 10007, "msg": "bad symbol"}'), [("refused", "")]),
        ("mexc", "klines", Fault.status(404, "gone"), [("refused", "")]),
        ("mexc", "klines", Fault.html(200), [("undecodable", "$")]),
        ("jex", "klines", Fault.malformed_json(), [("undecodable", "$")]),
        ("mexc", "klines", Fault.status(200, "[[1]]"), [("missing-field", "$[0][1]")]),
    ],
    ids=str,
)
def test_drift_is_found(venue: str, name: str, fault: Fault, expected: list[tuple[str, str]]) -> None:
    """Whatever a venue changes in an answer is reported for that operation alone, by its kind and JSON path."""
    checked = run(venue, (name, fault))

    found = [(kind, path) for _, kind, path in places(checked)]
    assert {name} == {operation for operation, _, _ in places(checked)}
    assert expected == [one for one in expected if one in found]
    assert expected[0] == found[0]
    assert 1 == exit_code(checked)


def test_drift_is_found_in_the_list_when_an_operation_gives_one_or_a_list() -> None:
    """An operation that answers in two ways is asked in both, and the finding says which one it was."""
    time = Time()
    with time.simulate("mexc") as simulated:
        simulated.faults.plan("price", Fault.latency(ms=0))
        simulated.faults.plan("price", Fault.unknown_field())
        checked = list(check_live("mexc", url=simulated.url, record=None, pace=time.pace("mexc")))

    [price] = [one for one in checked if one.findings]
    assert ("price", 2) == (price.operation, price.calls)
    assert (
        Finding("unknown-field", "$[0].simUnknown", 'is not documented, got "new" (asked with nothing)')
        in price.findings
    )


@pytest.mark.parametrize(
    "fault",
    [
        Fault.reset_after(),
        Fault.html(502),
        Fault.status(503, ""),
        Fault.status(403, "<html>"),
        Fault.status(429, '{"code": 429, "msg": "Too Many Requests"}', {"Retry-After": "1"}),
    ],
    ids=str,
)
def test_operation_is_not_checked_when_the_venue_cannot_answer(fault: Fault) -> None:
    """A network or a venue that fails is no drift, but the run is not a success either."""
    checked = run("mexc", ("klines", fault))

    assert [] == places(checked)
    assert ["klines"] == [one.operation for one in checked if one.not_checked]
    assert 2 == exit_code(checked)


def test_empty_answer_is_noted() -> None:
    """A list without items proves nothing about its items."""
    checked = run("mexc", ("trades", Fault.status(200, "[]")))

    assert ["trades"] == [one.operation for one in checked if one.note]


def test_bad_address_is_refused_before_anything_is_sent() -> None:
    """Only https, or http to loopback: as for every client."""
    with pytest.raises(ConfigError, match="https"):
        list(check_live("mexc", url="http://example.com", record=None))


@pytest.mark.parametrize(
    ("venue", "name", "arguments", "seconds"),
    [
        ("mexc", "ping", {}, 10 / 500),
        ("mexc", "exchangeInfo", {}, 10 * 10 / 500),
        ("mexc", "ticker24h", {"symbol": "BTCUSDT"}, 10 / 500),
        ("mexc", "ticker24h", {}, 40 * 10 / 500),
        ("jex", "ticker24h", {}, 40 * 60 / 1200),
        ("coinw", "orderBook", {"symbol": "BTC_USDT"}, 1 / 10),
        ("coinw", "tickers", {}, 1 / 80),
        ("bitunix", "price", {"symbol": "BTCUSDT"}, 1.0),
    ],
)
def test_call_is_paced_by_the_tightest_limit(venue: str, name: str, arguments: dict[str, str], seconds: float) -> None:
    """A call takes its weight of every window that counts it, and a second where the document knows no limit."""
    pace = Time().pace(venue)

    assert seconds == pytest.approx(pace.seconds(operation(venue, name), arguments))


def test_pace_counts_the_time_that_passed() -> None:
    """Who took longer than the pace asks for does not wait."""
    time = Time()
    pace = time.pace("bitunix")
    price = operation("bitunix", "price")

    pace.wait(price, {})
    pace.wait(price, {})
    time.sleep(0.75)
    pace.wait(price, {})
    time.sleep(5)
    pace.wait(price, {})

    assert START + 1 + 0.75 + 0.25 + 5 == time.now


def test_live_run_keeps_the_pace() -> None:
    """Between the calls of a run there is the time that each of them takes, here a second."""
    time = Time()
    with time.simulate("bitunix") as simulated:
        checked = list(check_live("bitunix", url=simulated.url, record=None, pace=time.pace("bitunix")))

    assert START + len(checked) - 1 == time.now


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("[]", "BTCUSDT"),
        ('{"data": [{"symbol": "ETHUSDT"}, {"symbol": "BTCUSDT"}]}', "BTCUSDT"),
        ('[{"symbolCode": "ETHBTC"}, {"symbolCode": "LTCUSDT"}]', "LTCUSDT"),
        ('{"a": {"b": [{"currencyPair": "ethbtc"}]}}', "ETHBTC"),
        ("<html>", "BTCUSDT"),
    ],
)
def test_symbol_is_one_that_the_venue_lists(listed: str, expected: str) -> None:
    """The example of the document is used unless the venue lists others only; then one with the same quote asset is."""
    symbols = Symbols()
    symbols.learn(listed)

    assert {"symbol": expected} == documented_arguments(operation("mexc", "orderBook"), symbols, many=False)


def test_symbol_is_learnt_before_it_is_needed() -> None:
    """A venue that does not know the symbol of the document's example is asked for one that it lists."""
    time = Time()
    with simulate("mexc", now=lambda: int(time.now * 1000), symbols=["MXUSDT"]) as simulated:
        checked = list(check_live("mexc", url=simulated.url, record=None, pace=time.pace("mexc")))
        asked = {one.query for one in simulated.requests if one.operation == "orderBook"}

    assert ({"symbol=MXUSDT"}, 0) == (asked, exit_code(checked))


def test_lists_of_symbols_come_first() -> None:
    """What says which symbols there are is asked before what needs one."""
    assert ["exchangeInfo", "symbols", "symbols", "exchangeInfo", "symbols"] == [
        public_operations(venue)[0].id for venue in ("mexc", "coinw", "bitunix", "jex", "coinstore")
    ]
