"""`python -m generator [VENUE ...] [--check]`: specs in, `generated/` and `docs/venues/` out."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / ".generated-stamp"
"""Digest of everything read and written by the last run that found nothing wrong: not committed."""


def main(arguments: list[str] | None = None) -> int:
    """Run, and return the exit code: 0 done, 1 wrong specs or, with --check, output that is not up to date."""
    options = _options(arguments)
    everything = not options.venues
    if everything and STAMP.is_file() and STAMP.read_text() == _digest():
        print("generated/ is up to date")
        return 0
    from generator.load import Problems
    from generator.run import UnknownVenue, generate

    try:
        result = generate(ROOT, options.venues)
    except Problems as problems:
        print(*problems.found, sep="\n", file=sys.stderr)
        print(f"{len(problems.found)} problem(s): nothing was written", file=sys.stderr)
        return 1
    except UnknownVenue as unknown:
        print(unknown, file=sys.stderr)
        return 2
    if options.check:
        differences = result.differences()
        said = f"{len(differences)} file(s) differ: run make generate" if differences else result.summary()
        print(*differences, said, sep="\n")
        return 1 if differences else 0
    changed = result.write()
    print(f"{result.summary()}, {changed} changed")
    if everything:
        STAMP.write_text(_digest())
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m generator", description="Generate the clients from the specs.")
    parser.add_argument("venues", nargs="*", metavar="VENUE", help="folders of specs/; all when left out")
    parser.add_argument("--check", action="store_true", help="write nothing; show what differs and exit 1")
    return parser.parse_args(arguments)


def _digest() -> str:
    digest = hashlib.sha256()
    for folder in ("specs", "generator", "generated", "docs/venues"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(ROOT).as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
