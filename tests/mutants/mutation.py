"""Plant a mistake in a copy of the tree and see what the suite says of it.

A mutant is an entry of one of the YAML files beside this module: `file`, the exact `old` text that stands there once and
the `new` text, what it `breaks`, and the test that must fail, `caught_by`. The failure must be that of an assertion; where
the mistake shows as an exception instead, `shows` says how the failure begins.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import attrs
import yaml

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FOLDERS = ("spotwire_*", "auth_hooks", "generated", "specs", "examples", "tests", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", HERE.name, "generator")
ASSERTION = ("AssertionError", "assert ", "Failed: DID NOT RAISE")
SECONDS = 300


@attrs.frozen(kw_only=True)
class Mutant:
    """One small mistake."""

    kind: str
    name: str
    breaks: str
    file: str
    old: str
    new: str
    caught_by: str
    shows: str = ""

    def __str__(self) -> str:
        """Return the name under which pytest shows it."""
        return f"{self.kind}-{self.name}"

    def plant(self, tree: Path) -> None:
        """Make the mistake in a copy. Raises LookupError where the text to change is not there once."""
        path = tree / self.file
        text = path.read_text("utf-8") if path.is_file() else ""
        found = text.count(self.old)
        if found != 1:
            raise LookupError(f"{self}: its old text stands {found} times in {self.file}, not once: write it anew")
        path.write_text(text.replace(self.old, self.new), "utf-8")


@attrs.frozen
class Outcome:
    """How tests went: how many ran, how those that failed begin to say why, which could not be run, what was printed."""

    ran: int
    failures: tuple[str, ...]
    broken: tuple[str, ...]
    printed: str


def load(kind: str) -> list[Mutant]:
    """Read the mutants of a YAML file."""
    entries = yaml.safe_load((HERE / f"{kind}.yaml").read_text("utf-8"))
    return [Mutant(kind=kind, **entry) for entry in entries]


def copy_tree(target: Path) -> None:
    """Copy everything that the tests need, mistakes and generator apart."""
    target.mkdir()
    for pattern in FOLDERS:
        for source in sorted(ROOT.glob(pattern)):
            if source.is_dir():
                shutil.copytree(source, target / source.name, ignore=LEFT_OUT)
            else:
                shutil.copy2(source, target / source.name)


def run(tree: Path, tests: Iterable[str]) -> Outcome:
    """Run tests, given by node id, in a process of their own that imports from the copy."""
    report = tree / "report.xml"
    options = ("-q", "--no-header", "-p", "no:cacheprovider", f"--junit-xml={report}")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "PYTHONPATH": f"{tree}{os.pathsep}{tree / 'generated'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # importing plugins costs more than most of the tests
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    root = ElementTree.parse(report).getroot() if report.is_file() else ElementTree.Element("none")
    return Outcome(
        ran=len(root.findall(".//testcase")),
        failures=tuple(node.get("message", "") for node in root.iter("failure")),
        broken=tuple(node.get("message", "") for node in root.iter("error")),
        printed=done.stdout[-4000:] + done.stderr[-4000:],
    )


def verdict(mutant: Mutant, outcome: Outcome) -> str:
    """Say what became of a mutant, `caught` if the test failed for the right reason."""
    if outcome.broken or not outcome.ran:
        return "the test could not be run"
    if not outcome.failures:
        return "survived"
    reasons = (mutant.shows,) if mutant.shows else ASSERTION
    right = any(failure.startswith(reasons) for failure in outcome.failures)
    return "caught" if right else "failed for another reason"
