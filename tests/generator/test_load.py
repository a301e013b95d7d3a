"""A document is read as JSON written in YAML: safely, within bounds, with the place of everything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.load import DEEPEST, LARGEST, Problems, load


def loaded(folder: Path, text: str | bytes) -> Any:
    path = folder / "spec.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path, "spec.yaml").data


def refused(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(Problems) as raised:
        loaded(folder, text)
    return [str(problem) for problem in raised.value.found]


SCALARS: dict[str, Any] = {
    "on": "on", "off": "off", "yes": "yes", "no": "no", "y": "y", "n": "n", "True": "True", "NULL": "NULL",
    "true": True, "false": False, "null": None, "~": None, "": None,
    "0": 0, "12": 12, "-7": -7, "1.5": 1.5, "1e3": 1000.0, "-2.5E-1": -0.25,
    "0777": "0777", "0o17": "0o17", "0x1F": "0x1F", "1_000": "1_000", "+1": "+1", ".5": ".5", "1.": "1.", "1:30": "1:30",
    "2024-01-01": "2024-01-01", ".inf": ".inf", ".nan": ".nan", "1e999": "1e999", "=": "=",
    "9" * 41: "9" * 41, "\u0661": "\u0661", '"1"': "1", "'true'": "true", '""': "",
}  # fmt: skip


@pytest.mark.parametrize("written", SCALARS)
def test_scalar_is_read_as_json_says(written: str, tmp_path: Path) -> None:
    """J5: what JSON has no notation for is text: no octal `0777`, no Norway, no dates, no infinity."""
    expected = SCALARS[written]
    actual = loaded(tmp_path, f"a: {written}\n")["a"]

    assert expected == actual
    assert type(expected) is type(actual)


@pytest.mark.parametrize("key", ["200", "on", "null", "1.0", "0777", "<<"])
def test_key_is_text_whatever_it_looks_like(key: str, tmp_path: Path) -> None:
    """J5: keys are text as in JSON; `<<` merges nothing."""
    assert {key: {"a": 1}} == loaded(tmp_path, f"{key}: {{a: 1}}\n")


REFUSED = {
    "alias": ("a: &x [1]\nb: *x\n", "2:4: aliases are not used in specs: write it out or use $ref"),
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "3:1: the key 'a' stands twice"),
    "duplicate key in another spelling": ('a: 1\n"a": 2\n', "2:1: the key 'a' stands twice"),
    "key that is a list": ("? [a]\n: 1\n", "1:3: a key must be text"),
    "tag of Python": ("a: !!python/object:os.system {}\n", "1:4: the tag tag:yaml.org,2002:python/object:os.system"),
    "tag of Python on a scalar": ("a: !!python/name:os.system x\n", "1:4: the tag tag:yaml.org,2002:python/name:os.system"),
    "tag of a key": ("!!python/name:os.system x: 1\n", "1:1: the tag tag:yaml.org,2002:python/name:os.system"),
    "tag of the standard": ("a: !!binary aGk=\n", "1:4: the tag tag:yaml.org,2002:binary is not used in specs"),
    "tag that changes a type": ("a: !!str 5\n", "1:4: the tag tag:yaml.org,2002:str is not used in specs"),
    "set": ("a: !!set {b}\n", "1:4: the tag tag:yaml.org,2002:set is not used in specs"),
    "tab": ("a:\n\t- b\n", "2:1: not YAML: found character that cannot start any token"),
    "open bracket": ("a: [1\n", "2:1: not YAML: did not find expected ',' or ']'"),
    "two documents": ("a: 1\n---\nb: 2\n", "2:1: not YAML: but found another document"),
    "lone surrogate": ('a: "\\ud800"\n', "1:7: not YAML: found invalid Unicode character escape code"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_trick_is_refused_with_its_place(case: str, tmp_path: Path) -> None:
    """J5: aliases, tags and duplicate keys are problems at the line and column where they stand."""
    text, expected = REFUSED[case]
    found = refused(tmp_path, text)

    assert 1 == len(found)
    assert found[0].startswith(f"spec.yaml:{expected}")


@pytest.mark.parametrize("text", [b"a: \xff\n", b"a: \x00\n", b"\x80", b"a: \xed\xa0\x80\n"])
def test_bytes_that_are_no_text_are_refused(text: bytes, tmp_path: Path) -> None:
    """J5: a file that is not UTF-8, or has control characters, is a problem on one line."""
    found = refused(tmp_path, text)

    assert 1 == len(found)
    assert re.fullmatch(r"spec\.yaml:\d+:\d+: not YAML: .+", found[0])


def test_bomb_of_aliases_is_refused_before_it_grows(tmp_path: Path) -> None:
    """J5: nine lines that stand for a billion strings stop at the first alias."""
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    assert ["spec.yaml:2:10: aliases are not used in specs: write it out or use $ref"] == refused(
        tmp_path, "\n".join(lines)
    )


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_is_bounded(opening: str, tmp_path: Path) -> None:
    """J5: a hundred thousand brackets neither exhaust the stack nor take long."""
    found = refused(tmp_path, opening * 100_000)

    assert 1 == len(found)
    assert found[0].endswith(f"nested deeper than {DEEPEST} levels") or "not YAML" in found[0]


def test_nesting_up_to_the_bound_is_read(tmp_path: Path) -> None:
    """J5: the bound is the one that the message names."""
    value = loaded(tmp_path, "[" * DEEPEST + "]" * DEEPEST)

    assert isinstance(value, list)
    assert ["spec.yaml:1:61: nested deeper than 60 levels"] == refused(
        tmp_path, "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)
    )


def test_size_is_bounded(tmp_path: Path) -> None:
    """J5: a file that is larger than any document can be is not even parsed."""
    found = refused(tmp_path, b"#" * (LARGEST + 1))

    assert [f"spec.yaml:1:1: the file has {LARGEST + 1} bytes, at most {LARGEST} are read"] == found


def test_all_duplicates_are_reported(tmp_path: Path) -> None:
    """A second duplicate key does not wait for the first to be mended."""
    assert 2 == len(refused(tmp_path, "a: 1\na: 2\nb: {c: 1, c: 2}\n"))


def test_place_of_every_part_is_kept(tmp_path: Path) -> None:
    """A problem points to the key of a member, to an element of a list, or to the nearest part that exists."""
    path = tmp_path / "spec.yaml"
    path.write_text("a: 1\nb:\n  - c: x\n  - d\n")
    document = load(path, "spec.yaml")

    assert "spec.yaml:3:5: here" == str(document.problem(("b", 0, "c"), "here"))
    assert "spec.yaml:4:5: here" == str(document.problem(("b", 1), "here"))
    assert "spec.yaml:2:1: here" == str(document.problem(("b", 7, "e"), "here"))


def test_problem_is_one_line_that_hides_nothing(tmp_path: Path) -> None:
    """What a document says cannot forge a second line, colour the terminal or turn the text around."""
    path = tmp_path / "spec.yaml"
    path.write_text("a: 1\n")
    problem = load(path, "spec.yaml").problem((), "x\ny\x1b[31m\u202ez\u2028")

    assert "spec.yaml:1:1: x\\ny\\x1b[31m\\u202ez\\u2028" == str(problem)
