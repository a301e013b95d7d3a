"""A folder that looks like the project to the generator: real grammar and vocabulary, one venue of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
"""The project."""

Layout = Callable[..., Path]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """Return a function that lays a case out as the only venue of a project, and returns the project's folder."""

    def lay(case: Path, venue: str = "demo") -> Path:
        folder = tmp_path / "specs" / venue
        folder.mkdir(parents=True)
        for name in ("extensions.schema.json", "methods.yaml"):
            shutil.copyfile(ROOT / "specs" / name, tmp_path / "specs" / name)
        shutil.copyfile(case / "spec.yaml", folder / "openapi.yaml")
        if (case / "asyncapi.yaml").is_file():
            shutil.copyfile(case / "asyncapi.yaml", folder / "asyncapi.yaml")
        if (case / "examples").is_dir():
            shutil.copytree(case / "examples", folder / "examples")
        return tmp_path

    return lay


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project: everything that the generator reads and writes, without the stamp."""
    copy = tmp_path / "project"
    for folder in ("generator", "specs", "generated", "docs/venues"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return copy
