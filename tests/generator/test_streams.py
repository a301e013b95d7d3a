"""What is wrong with an asyncapi.yaml is reported with its place; a venue without one is none the wiser.

Each mistake in `mistakes/streams.yaml` is one change of the document of the case `streams`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load import Problems, load
from generator.run import Result, generate

CASE = Path(__file__).parent / "cases/streams"
DOCUMENT = "specs/demo/asyncapi.yaml"
EXAMPLES = "specs/demo/examples/streams"

Layout = Callable[..., Path]

MISTAKES: dict[str, dict[str, str]] = load(Path(__file__).parent / "mistakes/streams.yaml", "streams.yaml").data


def changed(layout: Layout, old: str, new: str) -> Path:
    root = layout(CASE)
    path = root / DOCUMENT
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return root


def problems(root: Path) -> list[str]:
    with pytest.raises(Problems) as raised:
        generate(root, [])
    return [str(problem) for problem in raised.value.found]


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_reported_where_it_stands(name: str, layout: Layout) -> None:
    """Every mistake is a line `file:line:col: message` that leads to it, and nothing is generated."""
    mistake = MISTAKES[name]
    root = changed(layout, mistake["old"], mistake["new"])
    found = problems(root)
    text = (root / DOCUMENT).read_text(encoding="utf-8").splitlines()
    told = [line.split(":", 3) for line in found if line.startswith(f"{DOCUMENT}:") and mistake["said"] in line]

    assert told, found
    assert {True} == {text[int(line) - 1][int(column) - 1 :].startswith(mistake["at"]) for _, line, column, _ in told}


FILES: dict[str, tuple[str, str, str]] = {
    "not JSON": ("list.txt", "> {", f"{EXAMPLES}/list.txt:1:3: not JSON"),
    "no mark": ("list.txt", '{"method":"all"}', f"{EXAMPLES}/list.txt:1:1: a line begins with"),
    "undocumented member": ("list.txt", '# a\n> {"method":"all","x":1}', f"{EXAMPLES}/list.txt:2:3: no List: $: Unevaluated"),
    "command that is none": ("list.txt", '> {"method":"every"}', f"{EXAMPLES}/list.txt:1:3: no "),
    "sent what is pushed": ("list.txt", '> {"e":"echo","ref":1}', f"{EXAMPLES}/list.txt:1:3: no "),
    "number where text is": ("orderBook.txt", '= {"e":"b","bids":[[1,"2"]]}', f"{EXAMPLES}/orderBook.txt:1:3: no Book: $.bids[0][0]"),
    "value that no erratum names": ("trades.txt", '= {"e":"t","p":"1","side":"down"}', f"{EXAMPLES}/trades.txt:1:3: no Trade: $.side"),
    "case of no operation": ("other.txt", "# a", f"{DOCUMENT}:2:1: examples/streams/other.txt is not named after an operation"),
    "case of another kind": ("list.json", "{}", f"{DOCUMENT}:2:1: examples/streams/list.json is not named after an operation"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_mistake_in_a_case_is_reported_where_it_stands(name: str, layout: Layout) -> None:
    """A documented frame that does not fit its message is a problem with the line of the file."""
    file, text, said = FILES[name]
    root = layout(CASE)
    (root / EXAMPLES / file).write_text(f"{text}\n", encoding="utf-8")
    found = problems(root)

    assert any(line.startswith(said) for line in found), found


def test_operation_without_a_case_is_reported(layout: Layout) -> None:
    """Every operation has a documented frame or a constructed one."""
    root = layout(CASE)
    (root / EXAMPLES / "pong.txt").unlink()

    assert [f"{DOCUMENT}:78:3: pong has no example examples/streams/pong[.<case>].txt"] == problems(root)


def test_problems_of_both_documents_come_apart(layout: Layout) -> None:
    """What is wrong in an openapi.yaml is said first: streams lean on it."""
    root = changed(layout, "asyncapi: 3.0.0", "asyncapi: 2.6.0")
    openapi = root / "specs/demo/openapi.yaml"
    openapi.write_text(
        openapi.read_text(encoding="utf-8").replace("x-safety: read", "x-safety: maybe"), encoding="utf-8"
    )

    assert {"specs/demo/openapi.yaml"} == {line.split(":")[0] for line in problems(root)}


def test_venue_without_streams_is_generated_as_if_there_were_none(layout: Layout) -> None:
    """An asyncapi.yaml adds a module, and what leads to it from client, package and page; every other file is as it was."""
    root = layout(CASE)
    with_streams = generate(root, []).files
    (root / DOCUMENT).unlink()
    without = generate(root, []).files
    package = "generated/spotwire/demo"

    assert {f"{package}/streams.py"} == with_streams.keys() - without.keys()
    assert {f"{package}/__init__.py", f"{package}/client.py", f"{package}/enums.py", "docs/venues/demo.md"} == {
        name for name, text in without.items() if with_streams[name] != text
    }
    assert "Streams" not in "".join(text for name, text in without.items() if name.startswith((package, "docs")))


def test_streams_leave_other_venues_alone(project: Path) -> None:
    """With the asyncapi.yaml files of the project taken away, only the venues that had one are generated otherwise."""
    before = generate(project, []).files
    streaming = {path.parent.name for path in project.glob("specs/*/asyncapi.yaml")}
    for venue in streaming:
        (project / f"specs/{venue}/asyncapi.yaml").unlink()
        shutil.rmtree(project / f"specs/{venue}/examples/streams")
    after = generate(project, []).files
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}

    assert streaming
    assert {f"generated/spotwire/{venue}/streams.py" for venue in streaming} <= differing
    assert [] == [name for name in differing if not any(venue in name for venue in streaming)]


def test_generated_streams_are_what_the_case_shows(layout: Layout) -> None:
    """Two runs give the same bytes."""
    root = layout(CASE)
    results: list[Result] = [generate(root, []) for _ in range(2)]

    assert results[0].files == results[1].files


def test_grammar_knows_every_extension_of_the_table() -> None:
    """The extensions of streams that the grammar admits stand in specs/README.md."""
    root = Path(__file__).resolve().parents[2]
    grammar = json.loads((root / "specs/extensions.schema.json").read_bytes())["$defs"]["asyncapi"]["properties"]
    table = (root / "specs/README.md").read_text(encoding="utf-8")

    assert [] == [name for name in grammar if name.startswith("x-") and f"`{name}`" not in table]
