"""Key, secret and signature show nowhere: every signed operation of every venue, with faults, and everything that could be read.

What is looked through: texts, notes, attributes and pickles of exceptions, tracebacks with local variables as the standard
library, rich and pytest print them, all log records at DEBUG, warnings, the output, and the files that pytest writes.
"""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import logging
import pickle
import re
import subprocess
import sys
import traceback
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.traceback import Traceback

from auth_hooks.coinw import CoinwAuth
from auth_hooks.mexc import MexcAuth
from spotwire.mexc import AsyncMexc, Mexc
from spotwire_contract.calls import arguments, client_class, method_of
from spotwire_contract.spec import Operation, operations, venues
from spotwire_core.errors import SpotwireError
from spotwire_core.message import Request
from spotwire_core.raw_server import Answer, Received, Server
from spotwire_core.retries import Retries
from spotwire_sim import Fault, SimulatedVenue, simulate

TLS = httpx.create_ssl_context(trust_env=False)  # it takes 40 ms
KEY, SECRET = "KEYCANARY0123456789", "SECRETCANARY0123456789"
LIBRARIES = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "aiohttp",
    "asyncio",
    "spotwire",
    "hpack",
    "urllib3",
)
SIGNATURE = re.compile(r"(?:^|&)sign(?:ature)?=(\w+)")
SIGNED_BY = ("sign", "x-cs-sign")
"""Headers that carry a signature."""


@pytest.fixture(scope="module", params=venues())
def venue(request: pytest.FixtureRequest) -> Iterator[SimulatedVenue]:
    with simulate(request.param, limits=False) as running:
        yield running


# Everything that could be read


def frames_below_the_tests(error: BaseException) -> Any:
    """Return the traceback without the frames of the tests, which know the secrets."""
    frames = error.__traceback__
    while frames is not None and "/tests/" in frames.tb_frame.f_code.co_filename:
        frames = frames.tb_next
    return frames


def shown_by(error: BaseException, *, also_by_rich: bool = True) -> str:
    """Return all that an exception can show. Rich is slow, so it need not see each."""
    frames = frames_below_the_tests(error)
    plain = traceback.TracebackException(type(error), error, frames, capture_locals=True)
    texts = [*plain.format(), str(error), repr(error), repr(vars(error))]
    if also_by_rich:
        texts += by_rich(error, frames)
    with suppress(TypeError, AttributeError, pickle.PicklingError):
        texts.append(repr(pickle.dumps(error)))
    return "\n".join(texts)


def by_rich(error: BaseException, frames: Any) -> Iterator[str]:
    """Return what rich shows in a traceback, without its frames and colours, which take seconds."""
    trace = Traceback.extract(
        type(error), error, frames, show_locals=True, locals_max_length=1000, locals_max_string=100_000
    )
    for stack in trace.stacks:
        yield f"{stack.exc_type}: {stack.exc_value} {stack.notes}"
        for frame in stack.frames:
            yield from (f"{name} = {node.render()}" for name, node in (frame.locals or {}).items())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect the text and all attributes of every log record, at DEBUG, and every warning."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(f"{record.name}: {self.format(record)} {vars(record)!r}")

    listener = Listener(logging.DEBUG)
    loggers = [logging.getLogger(), *map(logging.getLogger, LIBRARIES)]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(listener)
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield heard
    finally:
        heard += [str(warning.message) for warning in warned]
        logging.getLogger().removeHandler(listener)
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def sensitive(venue: SimulatedVenue) -> set[str]:
    """Return key, secret, and the signatures of all requests that came in."""
    found = {venue.api_key, venue.api_secret}
    for request in venue.requests:
        found |= set(SIGNATURE.findall(request.query)) | set(SIGNATURE.findall(request.body.decode("utf-8", "replace")))
        found |= {request.headers[name] for name in SIGNED_BY if name in request.headers}
    return found


# Calls


def sync_call(operation: Operation, url: str, auth: Any, http: Any = None) -> None:
    with client_class(operation)(
        auth=auth, base_url=url, http=http, limits="off", retries=Retries(attempts=1)
    ) as client:
        method_of(client, operation)(**arguments(operation, optional="all"))


async def async_call(operation: Operation, url: str, auth: Any, http: Any = None) -> None:
    make = client_class(operation, "Async")
    async with make(auth=auth, base_url=url, http=http, limits="off", retries=Retries(attempts=1)) as client:
        await method_of(client, operation)(**arguments(operation, optional="all"))


def sync_call_handed_in(operation: Operation, url: str, auth: Any) -> None:
    with httpx.Client(verify=TLS, trust_env=False) as http:
        sync_call(operation, url, auth, http)


async def async_call_handed_in(operation: Operation, url: str, auth: Any) -> None:
    async with httpx.AsyncClient(verify=TLS, trust_env=False) as http:
        await async_call(operation, url, auth, http)


Way = Callable[[Operation, str, Any], None]
WAYS: dict[str, Way] = {
    "sync": sync_call,
    "async": lambda operation, url, auth: asyncio.run(async_call(operation, url, auth), debug=True),
    "sync, httpx.Client": sync_call_handed_in,
    "async, httpx.AsyncClient": lambda operation, url, auth: asyncio.run(
        async_call_handed_in(operation, url, auth), debug=True
    ),
}


def faults_of(venue: SimulatedVenue) -> list[Fault]:
    """Return what may happen to a request. A venue may also repeat what it was sent."""
    echo = f'{{"code":"1","msg":"{venue.api_key}","message":"{venue.api_secret}"}}'
    return [
        Fault.status(400, echo),
        Fault.status(200, echo),
        Fault.status(503, echo),
        Fault.html(200),
        Fault.redirect("https://evil.example/"),
        Fault.reset_after(),
        Fault.close_before(),
        Fault.half_body(),
        Fault.garbage_status_line(),
        Fault.malformed_json(),
        Fault.corrupt_gzip(),
        Fault.clock_skew(3_600_000),
    ]


def signed_operations(venue: SimulatedVenue) -> list[Operation]:
    return [operation for operation in operations(venue.venue) if operation.security != "none"]


def outcome_of(way: Way, operation: Operation, venue: SimulatedVenue, auth: Any, *, also_by_rich: bool = False) -> str:
    try:
        way(operation, venue.url, auth)
    except SpotwireError as error:
        return shown_by(error, also_by_rich=also_by_rich)
    return ""


@pytest.mark.parametrize("way", WAYS)
def test_no_signed_operation_shows_a_secret(venue: SimulatedVenue, way: str, capfd: pytest.CaptureFixture[str]) -> None:
    """F1, F2, F3, F4: each signed operation called well and with a fault; the first one with every fault in turn."""
    venue.reset()
    faults = faults_of(venue)
    signed = signed_operations(venue)
    shown: list[str] = []
    with listening() as heard:
        for number, operation in enumerate(signed):
            for fault in [None, *faults] if number == 0 else [None, faults[number % len(faults)]]:
                if fault is not None:
                    venue.faults.plan(operation.id, fault)
                shown.append(outcome_of(WAYS[way], operation, venue, venue.auth, also_by_rich=number == 0))
    text = "\n".join([*shown, *heard, *capfd.readouterr()])
    secrets = sensitive(venue)

    assert 10 < len(secrets)
    assert f"spotwire: {venue.venue} " in text
    assert "_exchange" in text
    assert [] == [secret for secret in secrets if secret in text]


def test_refused_signature_shows_no_secret(venue: SimulatedVenue, capfd: pytest.CaptureFixture[str]) -> None:
    """F1, F2: nor does an operation that is signed with another secret, and refused. The venue's own reason names its key."""
    venue.reset()
    stranger = type(venue.auth)(venue.api_key, SECRET)
    with listening() as heard:
        shown = [
            outcome_of(way, operation, venue, stranger)
            for way in (WAYS["sync"], WAYS["async"])
            for operation in signed_operations(venue)
        ]
    text = "\n".join([*shown, *heard, *capfd.readouterr()])
    secrets = sensitive(venue) - {venue.api_key} | {SECRET}

    assert "AuthError" in text
    assert [] == [secret for secret in secrets if secret in text]


# Calls that are stopped


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


async def _cancelled(mexc: AsyncMexc, server: Server) -> None:
    task = asyncio.create_task(mexc.trade.open_orders("BTCUSDT"))
    await asyncio.to_thread(server.wait_for_requests, 1)
    task.cancel()
    await task


async def _timed_out(mexc: AsyncMexc, server: Server) -> None:
    async with asyncio.timeout(0.2):
        await mexc.trade.open_orders("BTCUSDT")


@pytest.mark.parametrize("handed_in", [False, True])
@pytest.mark.parametrize(("stop", "cls"), [(_cancelled, asyncio.CancelledError), (_timed_out, TimeoutError)])
def test_stopped_call_shows_no_secret(
    server: Server, stop: Callable[[AsyncMexc, Server], Awaitable[None]], cls: type[BaseException], handed_in: bool
) -> None:
    """F3: a call that was cancelled, or ran into `asyncio.timeout`, shows no URL and header in a traceback with local variables."""
    server.answer(Answer(then="hold"))

    async def main() -> BaseException:
        async with contextlib.AsyncExitStack() as opened:
            http = (
                await opened.enter_async_context(httpx.AsyncClient(verify=TLS, trust_env=False)) if handed_in else None
            )
            mexc = await opened.enter_async_context(AsyncMexc(MexcAuth(KEY, SECRET), base_url=server.url, http=http))
            with pytest.raises(cls) as caught:
                await stop(mexc, server)
            return caught.value

    shown = shown_by(asyncio.run(main()))
    found = SIGNATURE.search(server.requests[0].target.decode().partition("?")[2])

    assert found is not None
    assert "/spotwire_core/" in shown
    assert [] == [secret for secret in ("CANARY", found[1]) if secret in shown]


def test_interrupted_call_shows_no_secret(server: Server) -> None:
    """F3: nor does a call that Ctrl-C stopped while its answer came."""

    def half(_: Received) -> bytes:
        _thread.interrupt_main()
        return b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"

    server.answer(Answer(data=half, then="hold"))
    with Mexc(MexcAuth(KEY, SECRET), base_url=server.url) as mexc, pytest.raises(KeyboardInterrupt) as caught:
        mexc.trade.open_orders("BTCUSDT")

    assert "CANARY" not in shown_by(caught.value)


class Broken(MexcAuth):
    """A hook that fails with everything in its hands."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        signed = super().sign(request, timestamp=timestamp, nonce=nonce)
        headers, query, key, secret = signed.headers, signed.query, self._key.reveal(), self._secret.reveal()
        raise KeyboardInterrupt(len(headers) + len(query) + len(key) + len(secret))


def test_interrupted_hook_shows_no_secret() -> None:
    """F3: what a hook holds while it signs is in no traceback, whoever wrote the hook."""
    with Mexc(Broken(KEY, SECRET)) as mexc, pytest.raises(KeyboardInterrupt) as caught:
        mexc.trade.open_orders("BTCUSDT")

    assert "CANARY" not in shown_by(caught.value)


# What pytest writes


SUITE = """
import logging
from decimal import Decimal
from pathlib import Path

from spotwire.mexc import Mexc, OrderType, Side
from spotwire_sim import Fault


def test_order(mexc_venue):
    logging.getLogger().setLevel(logging.DEBUG)
    mexc_venue.faults.plan("placeOrder", Fault.half_body())
    auth = mexc_venue.auth
    with Mexc(auth, base_url=mexc_venue.url) as mexc:
        try:
            mexc.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, quantity=Decimal(1), price=Decimal(11))
        finally:
            Path("sent").write_text(mexc_venue.requests[0].query)


def test_credentials():
    from spotwire.coinw import Coinw

    Coinw.from_env()
"""


def test_report_of_a_failed_test_shows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F3, F5: a suite that fails in a signed call, with local variables shown and captured logs, on the screen and as JUnit XML."""
    (tmp_path / "test_it.py").write_text(SUITE)
    junit = tmp_path / "junit.xml"
    monkeypatch.setenv("SPOTWIRE_COINW_API_KEY", KEY)
    monkeypatch.setenv("SPOTWIRE_COINW_API_SECRET", SECRET + "\n")
    options = ("-vv", "--showlocals", "--tb=long", "--log-level=DEBUG", f"--junitxml={junit}", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-o", "junit_logging=all", "test_it.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    signatures = SIGNATURE.findall((tmp_path / "sent").read_text())
    written = done.stdout + done.stderr + junit.read_text("utf-8")

    assert (1, 1) == (done.returncode, len(signatures))
    assert [] == [
        text for text in ("OutcomeUnknown", "white space", "MexcAuth(***)", "httpcore") if text not in written
    ]
    assert [] == [secret for secret in (*signatures, "CANARY", "sim-key-mexc", "sim-secret-mexc") if secret in written]


def test_secrets_of_both_kinds_are_known_here() -> None:
    """The patterns above find the signature in a query and in a header."""
    query = CoinwAuth(KEY, SECRET).sign(Request("POST", "/p", "command=x"), timestamp=1, nonce="n").query

    assert 32 == len(SIGNATURE.findall(query)[0])
