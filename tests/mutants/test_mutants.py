"""The suites notice: every mistake of the YAML files, planted in a copy of the tree, makes the test fail that is there for it.

Add a mutant with every guard that is added; one that survives is a test that is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import attrs
import pytest

from mutants.mutation import Mutant, Outcome, copy_tree, load, run, verdict

pytestmark = pytest.mark.mutants

LEAST = {"simulator": 12, "clients": 6, "streams": 6, "specs": 2}
MUTANTS = [mutant for kind in LEAST for mutant in load(kind)]
HARMLESS = Mutant(
    kind="none",
    name="harmless",
    breaks="nothing",
    file="spotwire_core/redact.py",
    old='HIDDEN = "***"',
    new='HIDDEN = "**" + "*"',
    caught_by="tests/spotwire_core/test_redact.py",
)


@pytest.fixture
def tree(tmp_path: Path) -> Generator[Path]:
    """A copy of the tree, removed afterwards: pytest would keep those of three runs."""
    copy = tmp_path / "tree"
    copy_tree(copy)
    yield copy
    shutil.rmtree(copy)


def test_tests_pass_where_nothing_is_changed(tree: Path) -> None:
    """The tests that catch the mutants pass in a copy without one, so it is the mistake that they fail of."""
    outcome = run(tree, dict.fromkeys(mutant.caught_by for mutant in MUTANTS))

    assert ((), ()) == (outcome.failures, outcome.broken), outcome.printed
    assert outcome.ran, outcome.printed


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_mutant_is_caught(mutant: Mutant, tree: Path) -> None:
    """The test that is there for the mistake fails, and because of what it asserts."""
    mutant.plant(tree)
    outcome = run(tree, [mutant.caught_by])

    assert "caught" == verdict(mutant, outcome), f"{mutant.breaks}\n{outcome.printed}"


@pytest.mark.parametrize("kind", LEAST)
def test_there_are_enough_mutants(kind: str) -> None:
    """No name stands twice, and no list shrinks below what it must have."""
    names = [mutant.name for mutant in MUTANTS if mutant.kind == kind]

    assert len(names) == len(set(names))
    assert LEAST[kind] <= len(names)


# The instrument itself


def test_harmless_mutant_survives(tree: Path) -> None:
    """A change that breaks nothing is not taken for a mistake that was caught."""
    HARMLESS.plant(tree)

    assert "survived" == verdict(HARMLESS, run(tree, [HARMLESS.caught_by]))


def test_mutant_that_breaks_an_import_is_not_caught(tree: Path) -> None:
    """A test that cannot be run has not noticed anything."""
    syntax_error = attrs.evolve(HARMLESS, new="HIDDEN =")
    syntax_error.plant(tree)

    assert "the test could not be run" == verdict(syntax_error, run(tree, [syntax_error.caught_by]))


def test_test_that_does_not_exist_catches_nothing(tree: Path) -> None:
    """A node id that pytest does not find is no verdict."""
    outcome = run(tree, [f"{HARMLESS.caught_by}::test_of_nothing"])

    assert "the test could not be run" == verdict(HARMLESS, outcome)


def test_failure_for_another_reason_is_not_caught() -> None:
    """A crash is no assertion, unless the mutant says that this is how it shows."""
    crashed = Outcome(ran=1, failures=("NameError: name 'x' is not defined",), broken=(), printed="")
    expected = attrs.evolve(HARMLESS, shows="NameError: name 'x'")

    assert "failed for another reason" == verdict(HARMLESS, crashed)
    assert "caught" == verdict(expected, crashed)


@pytest.mark.parametrize(
    ("old", "times"), [("no such text", 0), ("text", 12)], ids=["text-is-gone", "text-is-ambiguous"]
)
def test_old_text_must_stand_once(tmp_path: Path, old: str, times: int) -> None:
    """A mutant whose text was rewritten is an error that says so, not a mutant that survives."""
    (tmp_path / "spotwire_core").mkdir()
    (tmp_path / HARMLESS.file).write_text("text " * 12, "utf-8")

    with pytest.raises(LookupError, match=f"none-harmless: its old text stands {times} times in {HARMLESS.file}"):
        attrs.evolve(HARMLESS, old=old).plant(tmp_path)
