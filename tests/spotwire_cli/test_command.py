"""The `spotwire` command as a process of its own, as a shell starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path

import click
import httpx
import pytest

from spotwire.mexc import Mexc, OrderType, Side
from spotwire_cli.root import spotwire
from spotwire_sim import Fault, simulate, venues

ROOT = Path(__file__).parents[2]
SPOTWIRE = str(Path(sys.executable).with_name("spotwire"))
PATIENCE = 20


def run(*arguments: str, program: tuple[str, ...] = (SPOTWIRE,)) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*program, *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE)


def without(module: str) -> tuple[str, ...]:
    """Run the command where a package is not installed."""
    return sys.executable, "-c", f"import sys; sys.modules[{module!r}] = None; import spotwire_cli; spotwire_cli.main()"


@contextmanager
def running(*arguments: str, end: signal.Signals = signal.SIGINT) -> Iterator[dict[str, str]]:
    """Give what `spotwire simulate` exports, then end it as Ctrl-C does; it ends well and says nothing else."""
    streams = not {"all", "coinstore"}.isdisjoint(arguments)
    expected = 4 * (len(venues()) if "all" in arguments else 1) + streams
    process = subprocess.Popen(
        [SPOTWIRE, "simulate", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline() for _ in range(expected)]
            yield dict(
                line.removeprefix("export ").rstrip().split("=", 1) for line in lines if line.startswith("export")
            )
            process.send_signal(end)
            output, errors = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()

    assert (0, "", "") == (process.returncode, output, errors)


@pytest.fixture
def with_exports(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.startswith("SPOTWIRE_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def export(monkeypatch: pytest.MonkeyPatch, exported: dict[str, str]) -> None:
    for name, value in exported.items():
        monkeypatch.setenv(name, value)


# Start


def test_help_imports_no_command() -> None:
    """It is fast: neither the simulator nor a client nor the printer of tables is imported for it."""
    program = """
import sys
from spotwire_cli.root import spotwire
spotwire.main(["--help"], standalone_mode=False)
heavy = {"spotwire", "spotwire_sim", "spotwire_contract", "uvicorn", "yaml", "httpx", "rich", "msgspec"}
sys.stderr.write(str(sorted(heavy & set(sys.modules))))
"""
    done = run("-c", program, program=(sys.executable,))

    assert "[]" == done.stderr
    assert "simulate" in done.stdout


@pytest.mark.parametrize("arguments", [["nowhere"], ["simulate"], ["simulate", "nowhere"], ["venues", "--secret", "x"]])
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    """The message says what is wrong, without a traceback. No option takes a secret (L12)."""
    done = run(*arguments)

    assert 2 == done.returncode
    assert done.stderr.startswith("Usage: spotwire")


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("click", 'the spotwire command needs click: pip install "spotwire[cli]"\n'),
        ("uvicorn", 'Error: simulate needs uvicorn: pip install "spotwire[sim]"\n'),
    ],
)
def test_missing_package_is_named(module: str, message: str) -> None:
    """Together with what installs it, in one line."""
    done = run("simulate", "mexc", program=without(module))

    assert (1, message) == (done.returncode, done.stderr)


@pytest.mark.parametrize("name", ["venues", "simulate", "operations", "contract"])
def test_every_command_of_the_tree_shows_its_help(name: str) -> None:
    """The table names modules by text; here each is imported."""
    done = run(name, "--help")

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(f"Usage: spotwire {name} ")


# Secrets


def every_command(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from every_command(found, *path, name)


def test_no_command_takes_a_secret() -> None:
    """L12: no option or argument of any command is for a key, so that none gets into the history of a shell."""
    commands = dict(every_command(spotwire))
    words = re.compile(r"key|secret|token|pass|auth|cred|sign", re.IGNORECASE)
    named = [
        (path, name) for path, command in commands.items() for p in command.params for name in (p.name or "", *p.opts)
    ]

    assert {("venues",), ("simulate",), ("operations",), ("contract",)} < set(commands)
    assert [] == [one for one in named if words.search(one[1])]


def test_secrets_of_the_environment_are_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """L12, F5: keys that lie in the environment, good or broken, show in no output and no file of any command."""
    with simulate("coinstore", limits=False) as venue:
        venue.faults.plan("tickers", Fault.unknown_field())
        for name in venues():
            monkeypatch.setenv(f"SPOTWIRE_{name.upper()}_API_KEY", "KEYCANARY0123456789")
            monkeypatch.setenv(f"SPOTWIRE_{name.upper()}_API_SECRET", "SECRETCANARY0123456789\n")
        record = tmp_path / "answers"
        done = [
            run("venues"),
            run("operations"),
            run("contract", "coinstore", "--url", venue.url, "--record", str(record)),
            run("contract", "coinstore", "--replay", str(record), "--json"),
            run("nowhere"),
        ]
    files = list(record.iterdir())
    written = "".join(one.stdout + one.stderr for one in done) + "".join(path.read_text("utf-8") for path in files)

    assert [0, 0, 1, 1, 2] == [one.returncode for one in done]
    assert files
    assert "unknown-field" in written
    assert "CANARY" not in written


@pytest.mark.parametrize(
    "url",
    ["https://user:SECRETCANARY@example.com", "https://example.com?api_secret=SECRETCANARY", "http://SECRETCANARY@x"],
)
def test_secret_in_an_address_is_refused_and_not_printed(url: str) -> None:
    """L12: an address with a password or a query is a mistake of usage, and is not repeated."""
    done = run("contract", "mexc", "--url", url)

    assert 2 == done.returncode
    assert "a base URL looks like https://host" in " ".join(done.stderr.split())
    assert "CANARY" not in done.stdout + done.stderr


# Lists


def test_venues_are_all_that_there_are_clients_for() -> None:
    """One line each: the command reads the generated packages, the expectation the documents."""
    header, *lines = (re.split(r"\s{2,}", line.rstrip()) for line in run("venues").stdout.splitlines())

    assert ["venue", "title", "status", "operations", "signed", "base URL"] == header
    assert sorted(path.name for path in (ROOT / "specs").iterdir() if path.is_dir()) == [line[0] for line in lines]
    for venue, title, status, operations, _, base_url in lines:
        document = (ROOT / "specs" / venue / "openapi.yaml").read_text(encoding="utf-8")
        assert f"title: {title}" in document
        assert re.search(rf"x-venue:[^#]*?status: {status}\b", document)
        assert document.count("\n      operationId: ") == int(operations)
        assert f"url: {base_url}" in document
    assert "9" == next(line[4] for line in lines if line[0] == "mexc")


def test_committed_table_of_operations_is_up_to_date() -> None:
    """`make docs` was run after the last change of a face or a document."""
    committed = (ROOT / "docs" / "simulator-operations.md").read_text(encoding="utf-8")

    assert committed == run("operations", "--markdown").stdout
    assert 109 == len(re.findall(r"\| (?:stateful|documented) \|$", committed, re.MULTILINE))


def test_operations_are_listed_one_a_line() -> None:
    """The lines can be cut by other programs: nothing is folded where the output is no terminal."""
    lines = run("operations").stdout.splitlines()

    assert 109 == len(lines[1:])
    assert ["coinw", "placeOrder", "POST", "/api/v1/private?command=doTrade", "signed", "stateful"] in map(
        str.split, lines
    )


# Simulate


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_client_from_the_environment_trades(end: signal.Signals, with_exports: pytest.MonkeyPatch) -> None:
    """The lines that are printed configure a client as they stand; Ctrl-C ends the venue cleanly, with a client connected."""
    with running("mexc", end=end) as exported:
        export(with_exports, exported)
        with Mexc.from_env() as mexc:
            ack = mexc.trade.place_order(
                "BTCUSDT", Side.BUY, OrderType.LIMIT, quantity=Decimal("0.5"), price=Decimal(11)
            )

            assert "NEW" == mexc.trade.order("BTCUSDT", order_id=ack.order_id).status

    assert ["SPOTWIRE_MEXC_BASE_URL", "SPOTWIRE_MEXC_API_KEY", "SPOTWIRE_MEXC_API_SECRET"] == list(exported)


def test_background_job_can_be_interrupted() -> None:
    """Scripts start background jobs with SIGINT ignored; the command listens to it nevertheless."""
    ignored = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with running("mexc"):
            pass
    finally:
        signal.signal(signal.SIGINT, ignored)


def test_all_venues_listen_at_consecutive_ports() -> None:
    """In the order of their names, from the port that was given."""
    first = _consecutive_free_ports(len(venues()))
    with running("all", "--port", str(first)) as exported:
        urls = [exported[f"SPOTWIRE_{venue.upper()}_BASE_URL"] for venue in venues()]

    assert [f"http://127.0.0.1:{first + place}" for place in range(len(venues()))] == urls


def _consecutive_free_ports(count: int) -> int:
    for first in range(20_000, 32_000, count):
        with ExitStack() as opened:
            try:
                for port in range(first, first + count):
                    opened.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first
    raise AssertionError("there are no free ports")


def test_port_that_is_taken_is_one_line() -> None:
    """With exit code 1, for the arguments were right."""
    with simulate("mexc") as venue:
        port = venue.url.rsplit(":", 1)[1]
        done = run("simulate", "mexc", "--port", port)

    assert (1, 1) == (done.returncode, done.stderr.count("\n"))
    assert done.stderr.startswith(f"Error: mexc cannot listen at port {port}: Address already in use")


def test_seed_shapes_the_market() -> None:
    """The process shows the same book as a venue with the same seed in this one, and another one than without."""
    with running("mexc", "--seed", "7") as exported, simulate("mexc", seed=7) as same, simulate("mexc") as other:
        shown, as_same, as_other = (book(url) for url in (exported["SPOTWIRE_MEXC_BASE_URL"], same.url, other.url))

    assert as_same == shown
    assert as_other != shown


def book(url: str) -> object:
    with Mexc(base_url=url) as mexc:
        shown = mexc.market.order_book("BTCUSDT", limit=5)
        return shown.bids, shown.asks


def test_symbols_restrict_the_listings(with_exports: pytest.MonkeyPatch) -> None:
    """A venue that lists what the test needs is quicker to read through."""
    with running("mexc", "--symbols", "ETHUSDT,BTCUSDT") as exported:
        export(with_exports, exported)
        with Mexc.from_env() as mexc:
            assert {"BTCUSDT", "ETHUSDT"} == {symbol.symbol for symbol in mexc.market.exchange_info().symbols}


def test_faults_are_read_from_a_file(tmp_path: Path) -> None:
    """They happen to the planned operation, as often as planned."""
    faults = tmp_path / "faults.yaml"
    faults.write_text("- {operation: serverTime, fault: status, code: 503}\n")
    with running("mexc", "--faults", str(faults)) as exported:
        assert [503, 200] == statuses(exported, "/api/v3/time", times=2)


def statuses(exported: dict[str, str], path: str, *, times: int) -> list[int]:
    """Ask without our client, which repeats what can be repeated and keeps to the limits."""
    with httpx.Client(base_url=exported["SPOTWIRE_MEXC_BASE_URL"], trust_env=False) as http:
        return [http.get(path).status_code for _ in range(times)]


@pytest.mark.parametrize(("arguments", "last"), [([], 429), (["--no-limits"], 200)])
def test_limits_hold_unless_switched_off(arguments: list[str], last: int) -> None:
    """MEXC allows a weight of 500 in ten seconds, and the tickers of all symbols weigh 40."""
    with running("mexc", *arguments) as exported:
        assert [200] * 12 + [last] == statuses(exported, "/api/v3/ticker/24hr", times=13)


def test_strict_dialect_refuses_with_a_client_error() -> None:
    """CoinW says 200 where nothing is found at a path; the option changes that."""
    with running("coinw", "--dialect", "strict") as strict, running("coinw") as usual:
        urls = [exported["SPOTWIRE_COINW_BASE_URL"] for exported in (strict, usual)]
        answers = [httpx.get(f"{url}/api/v1/public", params={"command": "nothing"}, trust_env=False) for url in urls]

    assert [404, 200] == [answer.status_code for answer in answers]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- {operation: placeOrder, fault: nonsense}", "nonsense"),
        ("- {operation: nowhere, fault: reset_after}", "nowhere"),
        ("a: [", "line 1, column 5"),
    ],
)
def test_wrong_faults_are_a_mistake_of_usage(content: str, message: str, tmp_path: Path) -> None:
    """The message names what is wrong in the file; nothing was started."""
    faults = tmp_path / "faults.yaml"
    faults.write_text(content)
    done = run("simulate", "mexc", "--faults", str(faults))

    assert (2, "") == (done.returncode, done.stdout)
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_symbol_is_a_mistake_of_usage() -> None:
    """A typo does not start a venue without a market."""
    done = run("simulate", "mexc", "--symbols", "BTCUSTD")

    assert (2, True) == (done.returncode, "BTCUSTD" in done.stderr)
