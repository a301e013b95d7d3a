"""`python -m soak.streams [--seconds N] [--seed N]`: consumers of streams where everything goes wrong, held to account."""

from __future__ import annotations

import argparse
import sys

from soak.streams.traffic import soak
from soak.streams.verdict import judge, offences, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m soak.streams", description="Read streams where everything fails.")
    parser.add_argument("--seconds", type=float, default=120, help="of bad weather (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of faults and trades (default: %(default)s)")
    options = parser.parse_args()
    verdict = judge(soak(options.seconds, seed=options.seed))
    sys.stdout.write(f"{table(verdict)}\n")
    if not verdict.clean:
        sys.stdout.write(f"\n{offences(verdict, options.seed)}\n")
    return int(not verdict.clean)


if __name__ == "__main__":
    sys.exit(main())
