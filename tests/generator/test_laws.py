"""A fact about a venue is written in its spec (and its auth hook) and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENUES = sorted(path.parent.name for path in (ROOT / "specs").glob("*/openapi.yaml"))
NEUTRAL = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("generator", "spotwire_core")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
)


def test_files_and_venues_are_found() -> None:
    """The rule below looks at something."""
    assert VENUES
    assert {"generator/templates/client.py.jinja", "generator/rules.py", "spotwire_core/pipeline.py"} <= set(NEUTRAL)


@pytest.mark.parametrize("name", NEUTRAL)
def test_no_venue_is_named(name: str) -> None:
    """Neither the generator, nor a template, nor the core names a venue, in code, comment or docstring."""
    text = (ROOT / name).read_text(encoding="utf-8")
    pattern = re.compile("|".join(VENUES), re.IGNORECASE)
    lines = text.splitlines()

    assert [] == [
        f"{name}:{number}: {line.strip()}" for number, line in enumerate(lines, start=1) if pattern.search(line)
    ]
