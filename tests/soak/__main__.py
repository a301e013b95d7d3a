"""`python -m soak [VENUE ...] [--calls N] [--seed N]`: many calls at simulated venues where everything goes wrong, held to account."""

from __future__ import annotations

import argparse
import sys

from soak.traffic import soak
from soak.verdict import Verdict, heading, judge, line, offences
from soak.words import WORDS


def main() -> int:
    options = _options()
    verdicts: list[Verdict] = []
    _say(heading())
    for name in options.venues or WORDS:
        verdicts.append(judge(soak(name, options.calls, seed=options.seed)))
        _say(line(verdicts[-1]))
    for verdict in verdicts:
        if not verdict.clean:
            _say(f"\n{offences(verdict, options.seed)}")
    return int(any(not verdict.clean for verdict in verdicts))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m soak", description="Call simulated venues where everything fails.")
    parser.add_argument("venues", nargs="*", metavar="VENUE", choices=[*WORDS, []], help=f"{', '.join(WORDS)}; all")
    parser.add_argument("--calls", type=int, default=20_000, help="calls at each venue (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of faults and calls (default: %(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
