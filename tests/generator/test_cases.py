"""Documents and what the generator makes of them. A folder is a case; adding one needs no Python.

`cases/<case>/` holds `spec.yaml`, its `examples/`, and below `expected/` the files that the case is about (`.py.txt`, so
that no tool takes them for code of the project). `fails/<case>/` holds `spec.yaml` and `stderr.txt`, the problems as they
are printed. `UPDATE_CASES=1 pytest tests/generator/test_cases.py` writes the expected files anew (an empty file below
`expected/` says that it is wanted): read the diff.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load import Problems
from generator.run import Result, generate
from generator.verify import verify

HERE = Path(__file__).parent
UPDATE = bool(os.environ.get("UPDATE_CASES"))

Layout = Callable[..., Path]


def folders(kind: str) -> list[str]:
    return sorted(path.parent.name for path in (HERE / kind).glob("*/spec.yaml"))


def expected_files(case: Path) -> dict[str, str]:
    root = case / "expected"
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix().removesuffix(".txt"): path.read_text(encoding="utf-8") for path in paths}


def expected_file(case: Path, name: str) -> Path:
    return case / "expected" / (f"{name}.txt" if name.endswith(".py") else name)


def run(root: Path) -> Result:
    return generate(root, [])


@pytest.mark.parametrize("case", folders("cases"))
def test_output_of_a_document(case: str, layout: Layout) -> None:
    """Each document gives exactly the files that stand beside it, also one whose schemas refer to themselves (J4)."""
    folder = HERE / "cases" / case
    expected = expected_files(folder)
    files = run(layout(folder)).files
    if UPDATE:
        for name in expected:
            expected_file(folder, name).write_text(files[name], encoding="utf-8", newline="\n")
        expected = expected_files(folder)

    assert expected, "a case without expected files shows nothing"
    assert expected == {name: files.get(name) for name in expected}


def test_output_is_complete_for_the_smallest_document(layout: Layout) -> None:
    """Nothing else is written than what stands in the case `minimal`."""
    folder = HERE / "cases/minimal"

    assert sorted(expected_files(folder)) == sorted(run(layout(folder)).files)


@pytest.mark.parametrize("case", folders("cases"))
def test_output_is_declarations_only(case: str) -> None:
    """What stands in the expected files passes the second look at generated code."""
    files = expected_files(HERE / "cases" / case)

    assert [] == [trouble for name, text in files.items() if name.endswith(".py") for trouble in verify(name, text)]


@pytest.mark.parametrize("case", folders("fails"))
def test_problems_of_a_document(case: str, layout: Layout) -> None:
    """J2, J3, J4, J5: each wrong document gives exactly the lines that stand beside it, and nothing is generated."""
    folder = HERE / "fails" / case
    with pytest.raises(Problems) as raised:
        run(layout(folder))
    printed = "".join(f"{problem}\n" for problem in raised.value.found)
    if UPDATE:
        (folder / "stderr.txt").write_text(printed, encoding="utf-8", newline="\n")

    assert (folder / "stderr.txt").read_text(encoding="utf-8") == printed


def test_problems_of_all_documents_when_several_are_wrong(layout: Layout) -> None:
    """One run reports what is wrong in every document, not in the first one only."""
    root = layout(HERE / "fails/missing-200")
    shutil.copytree(root / "specs/demo", root / "specs/other")
    with pytest.raises(Problems) as raised:
        run(root)

    assert ["specs/demo/openapi.yaml", "specs/other/openapi.yaml"] == sorted({p.file for p in raised.value.found})
