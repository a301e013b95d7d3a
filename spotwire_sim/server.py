"""Run a simulated venue as a real HTTP server in a thread of this process, with an event loop of its own."""

import asyncio
import socket
import threading
import warnings
from collections.abc import Callable, Collection, Coroutine, Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import uvicorn
from msgspec import structs

from spotwire_sim.chaos import reset
from spotwire_sim.clock import Clock, system_time
from spotwire_sim.control import is_local
from spotwire_sim.exchange import Exchange
from spotwire_sim.faces import Face, api_key, api_secret, face_of
from spotwire_sim.faults import Faults, rows_of
from spotwire_sim.spec import load
from spotwire_sim.streams.hub import Streams, StreamTimes
from spotwire_sim.venue import Dialect, Received, Venue

LOOPBACK = "127.0.0.1"
START_SECONDS = 10.0
STOP_SECONDS = 1
BACKLOG = 2048


class SimulatedVenue:
    """A venue on loopback: `with simulate("mexc") as venue: ...`, or `start()` and `stop()`.

    Everything but `url` works before the start, too. Change the state (`exchange`, `clock`) between requests,
    not while one is being answered.
    """

    def __init__(
        self,
        venue: str,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        seed: int = 0,
        dialect: Dialect = "venue",
        symbols: Collection[str] | None = None,
        faults: str | Path | None = None,
        limits: bool = True,
        now: Callable[[], int] = system_time,
        stream_times: StreamTimes | None = None,
    ) -> None:
        """Prepare the venue; `simulate` says what the arguments mean."""
        if dialect not in ("venue", "strict"):
            raise ValueError(f"the dialect is 'venue' or 'strict', not {dialect!r}")
        self.venue = venue
        self.clock = Clock(now)
        self._spec = load(face_of(venue).venue)
        self._app = Venue(
            self._spec,
            _with_symbols(face_of(venue), symbols),
            clock=self.clock,
            seed=seed,
            dialect=dialect,
            limits=limits,
            faults=() if faults is None else rows_of(Path(faults)),
            stream_times=stream_times,
        )
        self._address = host, port
        self._running: _Running | None = None

    # What a test needs

    @property
    def url(self) -> str:
        """Base URL of the running server; raises RuntimeError before the start and after the stop."""
        if self._running is None:
            raise RuntimeError(f"the simulated {self.venue} is not running: use `with simulate(...)` or start()")
        return self._running.url

    @property
    def streams_url(self) -> str:
        """Address of the streams of the running server; raises RuntimeError as `url` does, ValueError without streams."""
        return f"ws{self.url.removeprefix('http')}{self.streams.path}"

    @property
    def has_streams(self) -> bool:
        """Whether the venue has streams that are simulated."""
        return self._app.streams is not None

    @property
    def api_key(self) -> str:
        """API key of the test account."""
        return api_key(self.venue)

    @property
    def api_secret(self) -> str:
        """API secret of the test account."""
        return api_secret(self.venue)

    @property
    def auth(self) -> Any:
        """The client's auth object for the test account.

        This is the only place where the simulator touches the client's side, and only when it is read: the class
        that the document names, from `auth_hooks.<venue>`. Signatures are checked without it.
        """
        hook = getattr(import_module(f"auth_hooks.{self.venue}"), self._spec.auth_hook)
        return hook(self.api_key, self.api_secret)

    @property
    def exchange(self) -> Exchange:
        """The exchange behind the venue, to look at balances and orders or to change them. A new one after `reset`."""
        return self._app.desk.exchange

    @property
    def user(self) -> str:
        """Name of the test account at the exchange."""
        return self._app.desk.user

    @property
    def requests(self) -> list[Received]:
        """The requests that came in, oldest first; at most the last ten thousand."""
        return self._app.requests

    @property
    def faults(self) -> Faults:
        """What is to go wrong: `venue.faults.plan("placeOrder", Fault.reset_after())`."""
        return self._app.faults

    @property
    def streams(self) -> Streams:
        """What is to go wrong with streams, and what was sent; raises ValueError where the venue has none."""
        if self._app.streams is None:
            raise ValueError(f"the simulated {self.venue} has no streams")
        return self._app.streams

    def check(self) -> None:
        """Raise AssertionError, naming the faults that were planned, for requests or streams, and did not happen."""
        for plan in self._app.plans:
            plan.check()

    def reset(self) -> None:
        """Go back to the state at the start: orders, balances, clock, limits, planned faults, records; streams are closed."""
        self._app.reset()

    @contextmanager
    def refusing(self) -> Generator[None]:
        """Refuse connections within a `with` block: nothing listens at the port, and open connections are reset."""
        running = self._running
        if running is None:
            raise RuntimeError(f"the simulated {self.venue} is not running")
        running.go_down()
        try:
            yield
        finally:
            if self._running is running:
                running.come_back()

    # Life

    def start(self) -> Self:
        """Bind, and serve in a thread. Raises OSError where the port is taken."""
        if self._running is not None:
            raise RuntimeError(f"the simulated {self.venue} is running already")
        self._running = _Running(self._app, *self._address)
        return self

    def stop(self) -> None:
        """Stop serving, close every connection and wait for the thread; stopping twice is no error."""
        if self._running is not None:
            running, self._running = self._running, None
            running.stop()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def __repr__(self) -> str:
        """Name the venue and where it listens."""
        return f"<simulated {self.venue} {'stopped' if self._running is None else self._running.url}>"


def simulate(
    venue: str,
    *,
    host: str = LOOPBACK,
    port: int = 0,
    seed: int = 0,
    dialect: Dialect = "venue",
    symbols: Collection[str] | None = None,
    faults: str | Path | None = None,
    limits: bool = True,
    now: Callable[[], int] = system_time,
    stream_times: StreamTimes | None = None,
) -> SimulatedVenue:
    """Return a simulated venue to be used in a `with` statement.

    `port` 0 lets the system choose one. The same `seed`, clock and calls give the same bytes; `now` returns epoch
    milliseconds and may be a constant. The dialect `strict` answers refusals with HTTP 4xx or 5xx where the venue
    says 200. `symbols` lists only these, of those that the venue would list. `faults` is a file, YAML or JSON, of faults
    to plan: `[{operation: placeOrder, fault: latency, ms: 300, times: 2}]`. The venue's rate limits hold unless `limits`
    is False, for runs that ask as fast as they can. `stream_times` shortens the life of streams, which the document gives
    in hours, and the time between their pings. A `host` that is not loopback is warned about: anybody who reaches
    it can trade with the test account.
    """
    return SimulatedVenue(
        venue,
        host=host,
        port=port,
        seed=seed,
        dialect=dialect,
        symbols=symbols,
        faults=faults,
        limits=limits,
        now=now,
        stream_times=stream_times,
    )


def _with_symbols(face: Face, symbols: Collection[str] | None) -> Face:
    if symbols is None:
        return face
    known = {listing.rules.symbol: listing for listing in face.listings}
    strangers = sorted(set(symbols) - set(known))
    if strangers:
        raise ValueError(f"{face.venue} does not list {', '.join(strangers)}; it lists {', '.join(known)}")
    return structs.replace(face, listings=tuple(known[name] for name in known if name in symbols))


class _Server(uvicorn.Server):
    """Uvicorn's server, told to stop by an event instead of looking ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped: asyncio.Event | None = None
        self._address: Any = None
        self._return: asyncio.Task[None] | None = None

    async def main_loop(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set()
        await self._stopped.wait()
        if self._return is not None:
            self._return.cancel()

    def stop(self) -> None:
        """Let `main_loop` return; called from another thread."""
        if self._loop is not None and self._stopped is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)

    def call(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the loop, and wait for it; called from another thread."""
        if self._loop is None:
            raise RuntimeError("the server has not started")
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def run_here(self, listener: socket.socket) -> None:
        """Serve until stopped, then drop what did not close in time: a client that does not read."""
        self._address = listener.family, listener.getsockname()[:2]
        try:
            await self.serve(sockets=[listener])
        finally:
            for connection in list(self.server_state.connections):
                transport = getattr(connection, "transport", None)
                if transport is not None:
                    transport.abort()
            await asyncio.sleep(0)

    # Faults

    def go_down_for(self, ms: int) -> None:
        """Refuse connections for so long, from now on; called in the loop."""
        self._close()
        if self._return is not None:
            self._return.cancel()
        self._return = asyncio.ensure_future(self._come_back_after(ms))

    async def go_down(self) -> None:
        """Refuse connections until `come_back`."""
        self._close()
        await asyncio.sleep(0)

    async def come_back(self) -> None:
        """Listen again, at the same address."""
        family, address = self._address
        await self.startup([socket.create_server(address, family=family, backlog=BACKLOG)])

    async def _come_back_after(self, ms: int) -> None:
        await asyncio.sleep(ms / 1000)
        await self.come_back()

    def _close(self) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            reset(connection.transport)


class _Running:
    """A bound listener and the thread that serves it."""

    def __init__(self, app: Venue, host: str, port: int) -> None:
        self._listener = _bind(host, port)
        address = self._listener.getsockname()
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        self.url = f"http://{shown}:{address[1]}"
        config = uvicorn.Config(
            app,
            ws="none" if app.streams is None else cast("type[asyncio.Protocol]", app.streams.connection),
            lifespan="off",
            log_config=None,
            access_log=False,
            log_level="warning",  # pytest hears access logs that are switched off, and they show signatures
            proxy_headers=False,
            server_header=False,
            date_header=False,
            backlog=BACKLOG,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Server(config)
        app.go_down = self._server.go_down_for
        self._loop_factory = config.get_loop_factory()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"simulated venue {self.url}", daemon=True)
        self._thread.start()
        self._server.ready.wait(START_SECONDS)
        if self._failure is not None:
            raise RuntimeError("the simulated venue did not start") from self._failure

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=self._loop_factory) as runner:
                runner.run(self._server.run_here(self._listener))
        except BaseException as failure:  # noqa: BLE001 - handed to the thread that waits
            self._failure = failure
        finally:
            self._listener.close()
            self._server.ready.set()

    def stop(self) -> None:
        self._server.stop()
        self._thread.join()

    def go_down(self) -> None:
        self._server.call(self._server.go_down())

    def come_back(self) -> None:
        self._server.call(self._server.come_back())


def _bind(host: str, port: int) -> socket.socket:
    if not _is_loopback(host):
        warnings.warn(
            f"the simulated venue listens at {host}: anybody who reaches it can trade with its test account",
            stacklevel=5,
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or is_local(host)
