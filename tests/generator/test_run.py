"""A run: what it writes, what it notices, what it says, and that it is the same everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import __main__ as program

CASES = Path(__file__).parent / "cases"

Layout = Callable[..., Path]


def output(project: Path) -> dict[str, bytes]:
    paths = [*(project / "generated").rglob("*"), *(project / "docs/venues").rglob("*")]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in sorted(paths) if path.is_file()}


# the whole project, in a process of its own


def generator(
    project: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL", "TZ")}
    return subprocess.run(
        [sys.executable, "-B", "-m", "generator", *arguments],
        cwd=cwd or project,
        env={**inherited, "PYTHONPATH": str(project), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_committed_output_is_up_to_date(project: Path) -> None:
    """J9: generated/ and docs/venues/ are what the specs and templates beside them give."""
    done = generator(project, "--check")

    assert (0, "") == (done.returncode, done.stderr), done.stdout


ENVIRONMENTS = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a third hash seed and time zone": {"PYTHONHASHSEED": "12345", "TZ": "Asia/Shanghai"},
    "an ASCII locale": {
        "PYTHONHASHSEED": "0",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    "a Turkish locale": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns"},
}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_output_is_the_same_in(environment: str, project: Path, tmp_path: Path) -> None:
    """J10: hash seed, time zone, locale and working directory do not show in a byte of the output."""
    before = output(project)
    shutil.rmtree(project / "generated")
    shutil.rmtree(project / "docs")
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    done = generator(project, cwd=elsewhere, **ENVIRONMENTS[environment])

    assert (0, "") == (done.returncode, done.stderr)
    assert before == output(project)
    assert [] == [name for name, text in output(project).items() if b"\r" in text]


def test_unknown_venue_is_a_usage_error(project: Path) -> None:
    """`python -m generator nosuch` exits 2, says what there is, and writes nothing."""
    known = sorted(path.parent.name for path in (project / "specs").glob("*/openapi.yaml"))
    before = output(project)
    done = generator(project, "nosuch")

    assert (2, "") == (done.returncode, done.stdout)
    assert f"there is no specs/nosuch/openapi.yaml; there is: {', '.join(known)}\n" == done.stderr
    assert before == output(project)


def test_second_run_is_recognised_by_its_stamp(project: Path) -> None:
    """A run after a run does nothing, and the stamp is void as soon as a file changes."""
    first, second = generator(project), generator(project, "--check")

    assert first.stdout.endswith(" 0 changed\n")
    assert (0, "generated/ is up to date\n") == (second.returncode, second.stdout)

    (project / "generated/spotwire/stray.txt").write_text("")

    assert 1 == generator(project, "--check").returncode


# a small project, in this process


@dataclass
class Small:
    """Two venues that have been generated, and the program that works on them."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, list[str], list[str]]:
        """Return exit code, standard output and standard error."""
        code = program.main(list(arguments))
        out, err = self.capsys.readouterr()
        return code, out.splitlines(), err.splitlines()


@pytest.fixture
def small(layout: Layout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Small:
    root = layout(CASES / "enums")
    other = root / "specs/other"
    shutil.copytree(root / "specs/demo", other)
    document = (other / "openapi.yaml").read_text().replace("id: demo, class: Demo", "id: other, class: Other")
    (other / "openapi.yaml").write_text(document)
    monkeypatch.setattr(program, "ROOT", root)
    monkeypatch.setattr(program, "STAMP", root / ".stamp")
    small = Small(root, capsys)

    assert 0 == small.run()[0]

    return small


DEMO = "generated/spotwire/demo"


def test_run_says_what_it_did(small: Small) -> None:
    """A run ends with one line of figures."""
    (small.root / f"{DEMO}/venue.py").unlink()

    assert (0, ["2 venue(s), 2 operations, 22 files, 1 changed"], []) == small.run()


def test_specs_with_other_line_endings_give_the_same(small: Small) -> None:
    """J10: a checkout with CRLF generates the same bytes."""
    for path in (small.root / "specs").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert (0, ["2 venue(s), 2 operations, 22 files"], []) == small.run("--check")


def test_check_notices_an_edited_file(small: Small) -> None:
    """J9: --check shows the difference, exits 1 and writes nothing."""
    file = small.root / f"{DEMO}/venue.py"
    file.write_text(file.read_text().replace("VENUE = ", "VENUE: object = "))
    before = output(small.root)
    code, out, _ = small.run("--check")

    assert 1 == code
    assert [f"--- a/{DEMO}/venue.py", f"+++ b/{DEMO}/venue.py"] == out[:2]
    assert {"-VENUE: object = Venue(", "+VENUE = Venue("} <= set(out)
    assert "1 file(s) differ: run make generate" == out[-1]
    assert before == output(small.root)


def test_check_notices_other_line_endings(small: Small) -> None:
    """J9: a file that differs in its line endings only is not up to date either."""
    file = small.root / f"{DEMO}/venue.py"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    code, out, _ = small.run("--check", "demo")

    assert 1 == code
    assert f"{DEMO}/venue.py is missing or has other line endings" == out[0]


@pytest.mark.parametrize("name", [f"{DEMO}/enums.py", "generated/spotwire/py.typed", "docs/venues/demo.md"])
def test_check_notices_a_missing_file(name: str, small: Small) -> None:
    """J9: a file that is not there, even an empty one, is a difference."""
    (small.root / name).unlink()
    code, out, _ = small.run("--check", "demo")

    assert 1 == code
    assert name in "\n".join(out)
    assert not (small.root / name).exists()


LEFT_OVER = ("docs/venues/closed.md", "generated/spotwire/closed/api/market.py", "generated/spotwire/old.py")


def leave(root: Path) -> None:
    for name in LEFT_OVER:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def test_check_notices_files_left_over(small: Small) -> None:
    """J9: what nothing generates any more is named; nothing is removed by looking."""
    leave(small.root)
    code, out, _ = small.run("--check")

    assert 1 == code
    assert [f"{name} is left over: nothing generates it" for name in LEFT_OVER] == sorted(out[:-1])
    assert all((small.root / name).exists() for name in LEFT_OVER)


def test_run_repairs_edited_missing_and_left_over_files(small: Small) -> None:
    """J9: a run restores what it writes, and removes files and folders that it no longer writes."""
    before = output(small.root)
    (small.root / f"{DEMO}/venue.py").write_text("edited")
    (small.root / f"{DEMO}/enums.py").unlink()
    leave(small.root)
    _, out, _ = small.run()

    assert out[0].endswith(" 5 changed")
    assert before == output(small.root)
    assert not (small.root / "generated/spotwire/closed").exists()


def test_run_touches_no_file_that_is_as_it_should_be(small: Small) -> None:
    """A run that changes nothing keeps the files' times, so that nothing is built anew."""
    times = {name: (small.root / name).stat().st_mtime_ns for name in output(small.root)}
    (small.root / ".stamp").unlink()
    small.run()

    assert times == {name: (small.root / name).stat().st_mtime_ns for name in output(small.root)}


def test_compiled_files_are_not_left_over(small: Small) -> None:
    """What Python writes beside generated code is nobody's business."""
    cache = small.root / f"{DEMO}/__pycache__"
    cache.mkdir()
    (cache / "venue.cpython-311.pyc").write_bytes(b"")
    (small.root / ".stamp").unlink()

    assert 0 == small.run("--check")[0]


def test_run_for_one_venue_leaves_the_others_alone(small: Small) -> None:
    """A venue that is not asked for is neither repaired nor taken for left over."""
    edited = small.root / "generated/spotwire/other/venue.py"
    edited.write_text("edited")
    code, out, _ = small.run("demo")

    assert (0, ["1 venue(s), 1 operations, 12 files, 0 changed"]) == (code, out)
    assert "edited" == edited.read_text()
    assert (small.root / "generated/spotwire/other/enums.py").exists()


def test_venue_that_is_removed_disappears(small: Small) -> None:
    """A folder that is taken out of specs/ takes its package and its page with it."""
    shutil.rmtree(small.root / "specs/demo")
    code, _, err = small.run()

    assert (0, []) == (code, err)
    assert not (small.root / DEMO).exists()
    assert [] == [name for name in output(small.root) if "demo" in name]
    assert "spotwire.demo" not in (small.root / "generated/spotwire/__init__.py").read_text()


@pytest.mark.parametrize("name", ["../specs/demo", "/etc", ".", "", "demo/", "DEMO"])
def test_venue_that_is_a_path_is_unknown(name: str, small: Small) -> None:
    """J2: the command line leads nowhere outside specs/."""
    assert (2, []) == small.run(name)[:2]


def test_wrong_document_is_reported_and_nothing_written(small: Small) -> None:
    """One wrong document stops the run: problems on stderr as file:line:col, exit 1, no file touched."""
    document = small.root / "specs/demo/openapi.yaml"
    document.write_text(document.read_text().replace("x-safety: read", "x-safety: maybe"))
    (small.root / "generated/spotwire/other/venue.py").unlink()
    before = output(small.root)
    code, out, err = small.run()

    assert (1, []) == (code, out)
    assert re.fullmatch(
        r'specs/demo/openapi\.yaml:\d+:7: "maybe" is not one of "read", "idempotent" or "unsafe"', err[0]
    )
    assert ["1 problem(s): nothing was written"] == err[1:]
    assert before == output(small.root)


def test_wrong_vocabulary_is_reported_as_a_problem(small: Small) -> None:
    """A fault in methods.yaml is reported like one in a document."""
    with (small.root / "specs/methods.yaml").open("a") as file:
        file.write("market: {}\n")
    code, out, err = small.run()

    assert (1, []) == (code, out)
    assert re.fullmatch(r"specs/methods\.yaml:\d+:1: the key 'market' stands twice", err[0])


def test_run_after_a_run_does_nothing(small: Small) -> None:
    """The stamp says that nothing changed, for a run and for a check."""
    assert (0, ["generated/ is up to date"], []) == small.run()
    assert (0, ["generated/ is up to date"], []) == small.run("--check")


def test_run_that_found_problems_leaves_no_stamp(small: Small) -> None:
    """A failed run is not remembered as a good one."""
    document = small.root / "specs/demo/openapi.yaml"
    document.write_text(document.read_text().replace("x-safety: read", "x-safety: maybe"))
    small.run()

    assert 1 == small.run()[0]


COUNTED = (
    "specs/methods.yaml", "specs/extensions.schema.json", "specs/demo/openapi.yaml", "specs/demo/examples/symbols.json",
    "generated/spotwire/__init__.py", f"{DEMO}/venue.py", "docs/venues/demo.md", "generator/names.py",
    "generator/templates/enums.py.jinja",
)  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_stamp_is_void_when_a_file_changed(name: str, small: Small) -> None:
    """Whatever is read or written counts: documents, examples, grammar, generator, templates, output."""
    path = small.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    before = program._digest()
    path.write_bytes(path.read_bytes() + b"\n")

    assert before != program._digest()

    path.unlink()

    assert before != program._digest()
