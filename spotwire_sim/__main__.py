"""Run one simulated venue from a shell: `python -m spotwire_sim mexc --port 8000`."""

import argparse
import signal
import sys
import threading
from collections.abc import Sequence

from spotwire_sim.faces import venues
from spotwire_sim.server import LOOPBACK, simulate


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the venue, print where it is and what to sign with, and run until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m spotwire_sim", description=__doc__)
    parser.add_argument("venue", choices=venues())
    parser.add_argument("--port", type=int, default=0, help="0, the default, lets the system choose")
    parser.add_argument("--host", default=LOOPBACK, help="another address than loopback is warned about")
    parser.add_argument(
        "--seed", type=int, default=0, help="prices, sizes and sides of the seeded market follow from it"
    )
    parser.add_argument("--dialect", choices=("venue", "strict"), default="venue", help="strict: refusals are HTTP 4xx")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with simulate(given.venue, host=given.host, port=given.port, seed=given.seed, dialect=given.dialect) as venue:
            sys.stdout.write(f"{given.venue} at {venue.url}\nAPI key {venue.api_key}\nAPI secret {venue.api_secret}\n")
            sys.stdout.flush()
            threading.Event().wait()
    except OSError as error:
        sys.stderr.write(f"cannot listen at {given.host}:{given.port}: {error.strerror}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
