"""`python -m bench [SECTION ...] [--peers] [--rounds N]`: measure and print one table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Generator

from bench import decoding, generating, ordering, signing, starting, streams
from bench.peers import WITHOUT, peers
from bench.server import serving
from bench.table import Section, rendered

NAMES = ("decode", "sign", "order", "streams", "start", "generate")


def main() -> None:
    options = _options()
    wanted = options.sections or NAMES
    with peers(wanted=options.peers) as others, serving() as url:
        measured: dict[str, Callable[[], Generator[Section]]] = {
            "decode": lambda: decoding.sections(rounds=options.rounds),
            "sign": lambda: signing.sections(others, rounds=options.rounds),
            "order": lambda: ordering.sections(url, others, rounds=options.rounds),
            "streams": lambda: streams.sections(rounds=options.rounds),
            "start": lambda: starting.sections(url, rounds=options.rounds),
            "generate": lambda: generating.sections(rounds=min(options.rounds, 3)),
        }
        sections: list[Section] = []
        for name in wanted:
            print(f"measuring: {name}", file=sys.stderr)
            sections += measured[name]()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores; medians of {options.rounds} interleaved rounds\n"
        "Decoding, signing and our own cost in CPU time, the rest by the wall clock.\n"
    )
    print(rendered(sections))
    if not options.peers:
        print(f"\n{WITHOUT}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure spotwire beside floors and peers.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", choices=[*NAMES, []], help=f"{', '.join(NAMES)}; all")
    parser.add_argument("--peers", action="store_true", help="install ccxt and others into build/bench-venv; use them")
    parser.add_argument("--rounds", type=int, default=15, help="interleaved rounds (default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
