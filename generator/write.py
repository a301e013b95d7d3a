"""Format the rendered files, compare them with what is there, and write or report. The only module here that writes."""

from __future__ import annotations

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

LAYOUT = ("--isolated", "--quiet", "--line-length", "120")
FIRST_PARTY = 'lint.isort={known-first-party=["spotwire","spotwire_core","auth_hooks"],combine-as-imports=true}'


def formatted(files: dict[str, str]) -> dict[str, str]:
    """Return the files laid out by ruff: unused imports removed, imports sorted, formatted."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in files.items():
            path = inside(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        _ruff("check", *LAYOUT, "--fix", "--exit-zero", "--select", "I001,F401", "--config", FIRST_PARTY, folder)
        _ruff("format", *LAYOUT, folder)
        return {name: (root / name).read_text(encoding="utf-8") for name in files}


def _ruff(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own interpreter and arguments
        [sys.executable, "-m", "ruff", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"ruff {arguments[0]} failed:\n{done.stdout}{done.stderr}")


def inside(root: Path, name: str) -> Path:
    """Return the path of a file below `root`. Raises ValueError where the name leads out of it."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError(f"{name} is outside {root}")
    return path


def differences(root: Path, files: dict[str, str], orphans: list[str]) -> list[str]:
    """Return a unified diff of each file that is not as it should be."""
    found: list[str] = []
    for name, text in sorted(files.items()):
        path = inside(root, name)
        there = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        if there != text or not path.is_file():
            lines = difflib.unified_diff(there.splitlines(), text.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
            found.append("\n".join(lines) or f"{name} is missing or has other line endings")
    return found + [f"{name} is left over: nothing generates it" for name in orphans]


def leftovers(root: Path, folders: list[str], files: dict[str, str]) -> list[str]:
    """Return the files below the folders that no run wrote, compiled code aside."""
    found: list[str] = []
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and name not in files:
                found.append(name)
    return found


def write(root: Path, files: dict[str, str], orphans: list[str]) -> int:
    """Write what changed, remove what is left over, and return how many files that were."""
    changed = 0
    for name, text in files.items():
        path = inside(root, name)
        if not path.is_file() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    for name in orphans:
        inside(root, name).unlink()
    _remove_empty(root, {inside(root, name).parent for name in orphans})
    return changed + len(orphans)


def _remove_empty(root: Path, folders: set[Path]) -> None:
    for start in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        folder = start
        while folder != root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
