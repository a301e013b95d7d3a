"""Imports go one way: core ← auth hooks ← generated clients ← command; the generator and the simulated venues stand apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"spotwire", "spotwire_cli", "spotwire_contract", "spotwire_core", "spotwire_sim", "auth_hooks", "generator"}
ALLOWED = {
    "spotwire_core": set[str](),
    "auth_hooks": {"spotwire_core"},
    "generated/spotwire": {"auth_hooks", "spotwire_core"},
    "generator": set[str](),
    "spotwire_sim": set[str](),
    "spotwire_contract": {"spotwire", "spotwire_core", "spotwire_sim"},
    "spotwire_cli": {"spotwire", "spotwire_core", "spotwire_sim"},
}
"""Folder → the other packages of ours that it may import."""

PYTEST_PLUGINS = {"spotwire_sim/pytest_plugin.py"}
"""Shipped modules that pytest itself imports, so that it is there."""


def modules(folder: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py"))


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Give the line and the first part of everything imported by a statement, wherever it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, (node.module or "").split(".")[0]


@pytest.mark.parametrize("folder", ALLOWED)
def test_package_imports_only_what_stands_below_it(folder: str) -> None:
    """No statement, not even inside a function or for type checkers only, imports against the arrows."""
    forbidden = OURS - ALLOWED[folder] - {Path(folder).name}
    files = modules(folder)
    against = [
        f"{file}:{line}: imports {package}"
        for file in files
        for line, package in imports((ROOT / file).read_text(encoding="utf-8"))
        if package in forbidden
    ]

    assert files
    assert [] == against


@pytest.mark.parametrize("folder", ALLOWED)
def test_package_imports_no_tests(folder: str) -> None:
    """What is shipped or generates needs nothing of tests/, bench/ or examples/."""
    foreign = {"tests", "bench", "examples", "conftest", "pytest"}

    assert [] == [
        f"{file}:{line}: imports {package}"
        for file in modules(folder)
        for line, package in imports((ROOT / file).read_text(encoding="utf-8"))
        if package in (foreign - {"pytest"} if file in PYTEST_PLUGINS else foreign)
    ]


@pytest.mark.parametrize("folder", sorted(set(ALLOWED) - {"generated/spotwire"}))
def test_relative_imports_stay_in_their_package(folder: str) -> None:
    """A relative import cannot climb out of its package and so around the arrows."""
    climbing = [
        f"{file}:{node.lineno}"
        for file in modules(folder)
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level > len(Path(file).parts) - 1
    ]

    assert [] == climbing


def test_generator_is_not_needed_at_run_time() -> None:
    """Nothing that is shipped imports what only generation needs."""
    generation = {"openapi_python_client", "jinja2", "pydantic"}

    assert [] == [
        f"{file}:{line}: imports {package}"
        for folder in sorted(set(ALLOWED) - {"generator"})
        for file in modules(folder)
        for line, package in imports((ROOT / file).read_text(encoding="utf-8"))
        if package in generation
    ]


def test_arrows_notice_an_import() -> None:
    """The reader of imports sees every form of the statement."""
    source = "import a.b\nfrom c import d\ndef f():\n    from e.f import g\nif TYPE_CHECKING:\n    import h as i\nfrom . import j\n"

    assert [(1, "a"), (2, "c"), (4, "e"), (6, "h")] == sorted(imports(source))
