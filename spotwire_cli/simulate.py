"""`spotwire simulate`: venues on loopback, for programs that are not tests."""

import signal
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from spotwire_sim import SimulatedVenue, simulate as simulated, venues

ALL = "all"


@click.command()
@click.argument("venue", type=click.Choice([*venues(), ALL]))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The first port; 0 takes any that is free.")
@click.option("--seed", type=int, default=0, help="Prices, sizes and sides of the market at the start follow from it.")
@click.option("--symbols", metavar="A,B", help="List these symbols only.")
@click.option("--faults", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Faults to plan, YAML.")
@click.option("--limits/--no-limits", default=True, help="Whether requests beyond the venue's limits are refused.")
@click.option(
    "--dialect", type=click.Choice(["venue", "strict"]), default="venue", help="strict: refusals are HTTP 4xx."
)
def simulate(venue: str, port: int, symbols: str | None, **settings: Any) -> None:
    """Run one simulated venue, or all of them on consecutive ports, until Ctrl-C.

    Prints address and test credentials as lines for a shell, so that `from_env()` of a client finds them.
    """
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell starts background jobs with SIGINT ignored
        signal.signal(ending, signal.default_int_handler)
    names = venues() if venue == ALL else [venue]
    if symbols is not None:
        settings["symbols"] = symbols.split(",")
    try:
        with ExitStack() as running:
            ports = [port and port + place for place in range(len(names))]
            started = [_start(running, *place, **settings) for place in zip(names, ports, strict=True)]
            click.echo("\n".join(map(_exports, started)))
            threading.Event().wait()
    except KeyboardInterrupt:
        pass


def _start(running: ExitStack, name: str, port: int, **settings: Any) -> SimulatedVenue:
    """Start one venue; settings that do not fit it are a mistake of usage."""
    try:
        return running.enter_context(simulated(name, port=port, **settings))
    except (ValueError, OverflowError) as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{name} cannot listen at port {port}: {error.strerror}") from error


def _exports(venue: SimulatedVenue) -> str:
    prefix = f"export SPOTWIRE_{venue.venue.upper()}"
    streams = f"\n{prefix}_STREAMS_URL={venue.streams_url}" if venue.has_streams else ""
    return (
        f"# the simulated {venue.venue} runs until Ctrl-C\n"
        f"{prefix}_BASE_URL={venue.url}\n{prefix}_API_KEY={venue.api_key}\n{prefix}_API_SECRET={venue.api_secret}"
        f"{streams}"
    )
