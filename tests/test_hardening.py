"""Every case of docs/hardening.md has a test that names it, and the page names those tests."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs/hardening.md"
UPDATE = bool(os.environ.get("UPDATE_CASES"))

_case = re.compile(r"\b[A-L](?:1\d|2[0-6]|[1-9])\b").findall
_row = re.compile(r"^\| (?P<id>[A-L]\d+) (?P<said>\|.*\|.*)\| (?P<tests>[^|]*)\|$", re.MULTILINE)


def named_cases() -> dict[str, list[str]]:
    """Return the tests that name a case in the first paragraph of their docstring, by case."""
    found: dict[str, list[str]] = {}
    for path in sorted(HERE.rglob("test_*.py")):
        for name, says in documented(path):
            for case in sorted(set(_case(says))):
                found.setdefault(case, []).append(f"`{path.relative_to(HERE).as_posix()}::{name}`")
    return found


def documented(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
            yield node.name, (ast.get_docstring(node) or "").partition("\n\n")[0]


def test_every_case_has_a_test() -> None:
    """A case that no test names is not covered, and a test names no case that is not on the page."""
    listed = {row["id"] for row in _row.finditer(PAGE.read_text(encoding="utf-8"))}

    assert listed
    assert listed == set(named_cases())


def test_page_names_the_tests() -> None:
    """The column of tests is what the docstrings say."""
    found = named_cases()
    text = PAGE.read_text(encoding="utf-8")
    renewed = _row.sub(lambda row: f"| {row['id']} {row['said']}| {'<br>'.join(found.get(row['id'], []))} |", text)
    if UPDATE:
        PAGE.write_text(renewed, encoding="utf-8", newline="\n")
        return

    assert renewed == text
