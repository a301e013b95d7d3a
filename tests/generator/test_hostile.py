"""A document is hostile input: whatever it says, in whatever place, is refused with a place or stays text.

`hostile/spec.yaml` has one of everything; each test puts every payload into one place of it, renders in memory and reads
the result as code.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from generator.from_asyncapi import read_streams
from generator.from_openapi import Vocabulary, read_venue
from generator.load import Document, Pointer, Problems, load
from generator.model import Venue
from generator.names import Name
from generator.render import Unescaped, _templates, doc, literal, render_page, render_root, render_venue
from generator.rules import Rules
from generator.verify import verify
from generator.write import write

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(__file__).parent / "hostile"
TOUCH = "__import__('os').system('touch CANARY')"

PAYLOADS = {
    "single quote": "it's",
    "double quote": 'a "b"',
    "three double quotes": '"""',
    "four double quotes": 'a """"',
    "three single quotes": "'''",
    "both quotes": "'\"",
    "backslash last": "a\\",
    "backslashes and quotes": 'a\\"""',
    "backslash and quote last": 'a \\"',
    "escaped quotes": "\\'\\\"",
    "newline": f"a\n{TOUCH}\nb",
    "paragraphs": f"a\n\n{TOUCH}\n\nb",
    "carriage return": f"a\r{TOUCH}",
    "carriage return and newline": f"a\r\n    {TOUCH}",
    "form feed": f"a\f{TOUCH}",
    "null": "a\0b",
    "line separator": f"a\u2028{TOUCH}",
    "next line": f"a\x85{TOUCH}",
    "right to left": "a\u202e\u2066b",
    "zero width": "a\u200b\ufeffb",
    "escape sequence of a terminal": "a\x1b[31mb",
    "braces": "{}{0}{x!r}",
    "expression of a template": "{{ 7 * 7 }}{{ venue.__class__ }}",
    "statement of a template": "{% for x in y %}{% include 'page.md.jinja' %}",
    "end of a comment of a template": "#} {#",
    "named character": "\\N{BULLET}\\u0041\\x41\\101",
    "call": TOUCH,
    "end of a docstring and code": f'"""\n{TOUCH}\n"""',
    "end of a docstring in one line": f'"""; {TOUCH}; """',
    "end of a string and code": f'" + {TOUCH} + "',
    "end of a call and code": f"') or {TOUCH}; raise SystemExit(3)  #",
    "annotation": "x: int = open('CANARY', 'w')",
    "statement": "x; import os",
    "dunder": "__init__",
    "dunder of a class": "__class__",
    "keyword": "class",
    "constant": "None",
    "self": "self",
    "builtin": "print",
    "type in use": "Decimal",
    "digits first": "1st",
    "empty": "",
    "blank": "  ",
    "punctuation": "...",
    "long": "A" * 300,
    "long and wide": "ab\\ " * 100,
    "Cyrillic": "\u0430pi",
    "full width": "\uff49mport",
    "path": "../../etc/x",
    "device": "CON",
    "address of a file": "file:///etc/passwd",
    "markup": "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "cells": "a | b \\| c",
    "end of an HTML comment": "--> *x* <!--",
    "backticks": "`a` ``b``",
}  # fmt: skip


WORST = (
    "three double quotes", "backslashes and quotes", "newline", "carriage return", "line separator", "right to left",
    "expression of a template", "call", "end of a docstring and code", "end of a call and code", "dunder", "empty", "long",
    "path", "address of a file", "markup",
)  # fmt: skip
"""Where text should not be seen at all, these are enough to find out."""


@dataclass(frozen=True)
class Place:
    """A place of the document and what becomes of text there."""

    pointer: Pointer
    becomes: str = "unseen"
    """`literal`: a string constant; `text`: part of a docstring or page; `name`: an identifier; `unseen`: nothing."""
    key: bool = False
    """Tell whether the last part of the pointer is renamed rather than its value replaced."""


OPERATION: Pointer = ("paths", "/orders/{id}", "post")
ANSWER: Pointer = (*OPERATION, "responses", "200", "content", "application/json")
BODY: Pointer = (*OPERATION, "requestBody", "content", "application/json", "schema")
SCHEMAS: Pointer = ("components", "schemas")
ACK: Pointer = (*SCHEMAS, "Ack", "properties")

PLACES = {
    "title": Place(("info", "title"), "literal"),
    "version": Place(("info", "version")),
    "summary of the document": Place(("info", "summary")),
    "description of the document": Place(("info", "description"), "text"),
    "external documentation": Place(("externalDocs", "url")),
    "external documentation text": Place(("externalDocs", "description")),
    "server": Place(("servers", 0, "url"), "literal"),
    "server description": Place(("servers", 0, "description"), "text"),
    "tag description": Place(("tags", 0, "description")),
    "tag of the root": Place(("tags", 0, "name")),
    "venue id": Place(("x-venue", "id"), "name"),
    "venue class": Place(("x-venue", "class"), "name"),
    "venue status": Place(("x-venue", "status")),
    "venue note": Place(("x-venue", "note"), "literal"),
    "document id": Place(("x-documents", "api"), key=True),
    "document title": Place(("x-documents", "api", "title"), "text"),
    "document edition": Place(("x-documents", "api", "edition")),
    "envelope code": Place(("x-envelope", "code"), "literal"),
    "envelope message": Place(("x-envelope", "message", 0), "literal"),
    "envelope data": Place(("x-envelope", "data"), "literal"),
    "envelope success code": Place(("x-envelope", "success-codes", 0), "literal"),
    "envelope success flag": Place(("x-envelope", "success-flag"), "literal"),
    "error code": Place(("x-errors", 0, "code"), "literal"),
    "error meaning": Place(("x-errors", 0, "meaning"), "literal"),
    "error class": Place(("x-errors", 0, "error"), "literal"),
    "error message": Place(("x-errors", 0, "message")),
    "error confidence": Place(("x-errors", 0, "confidence", 0), "text"),
    "bucket": Place(("x-rate-limit", 0, "bucket"), "literal"),
    "bucket scope": Place(("x-rate-limit", 0, "scope"), "literal"),
    "bucket seconds": Place(("x-rate-limit", 0, "seconds")),
    "bucket description": Place(("x-rate-limit", 0, "description"), "text"),
    "erratum": Place(("x-errata", 0, "documented"), "text"),
    "erratum truth": Place(("x-errata", 0, "actual"), "text"),
    "erratum evidence": Place(("x-errata", 0, "evidence"), "text"),
    "path": Place(("paths", "/orders/{id}"), "literal", key=True),
    "verb": Place(OPERATION, key=True),
    "operation id": Place((*OPERATION, "operationId"), "name"),
    "summary": Place((*OPERATION, "summary"), "text"),
    "description": Place((*OPERATION, "description"), "text"),
    "external documentation of an operation": Place((*OPERATION, "externalDocs", "description")),
    "tag": Place((*OPERATION, "tags", 0), "name"),
    "security": Place((*OPERATION, "security", 0, "signed"), "literal", key=True),
    "path parameter": Place((*OPERATION, "parameters", 0, "name"), "name"),
    "example of a parameter": Place((*OPERATION, "parameters", 0, "example")),
    "parameter": Place((*OPERATION, "parameters", 1, "name"), "name"),
    "place of a parameter": Place((*OPERATION, "parameters", 1, "in"), "literal"),
    "parameter description": Place((*OPERATION, "parameters", 1, "description"), "text"),
    "default of a parameter": Place((*OPERATION, "parameters", 1, "schema", "default"), "text"),
    "pattern of a parameter": Place((*OPERATION, "parameters", 1, "schema", "pattern"), "literal"),
    "type of a parameter": Place((*OPERATION, "parameters", 1, "schema", "type")),
    "Python name of a parameter": Place((*OPERATION, "parameters", 2, "x-name"), "name"),
    "reference to a parameter": Place((*OPERATION, "parameters", 3, "$ref")),
    "media type": Place((*OPERATION, "requestBody", "content", "application/json"), key=True),
    "body description": Place((*BODY, "description")),
    "body property": Place((*BODY, "properties", "note"), "name", key=True),
    "body property description": Place((*BODY, "properties", "note", "description"), "text"),
    "example of a body": Place((*OPERATION, "requestBody", "content", "application/json", "example", "note")),
    "response status": Place((*OPERATION, "responses", "default"), key=True),
    "response description": Place((*OPERATION, "responses", "200", "description")),
    "reference to a schema": Place((*ANSWER, "schema", "allOf", 0, "$ref")),
    "name of an example": Place((*ANSWER, "examples", "documented"), key=True),
    "summary of an example": Place((*ANSWER, "examples", "documented", "summary")),
    "file of an example": Place((*ANSWER, "examples", "documented", "externalValue")),
    "source document": Place((*OPERATION, "x-source", "document")),
    "source section": Place((*OPERATION, "x-source", "section"), "text"),
    "source note": Place((*OPERATION, "x-source", "note")),
    "erratum of an operation": Place((*OPERATION, "x-errata", 0, "documented"), "text"),
    "refusal member": Place((*OPERATION, "x-refused", "member"), "literal"),
    "refusal accepted": Place((*OPERATION, "x-refused", "accepted", 0), "literal"),
    "refusal message": Place((*OPERATION, "x-refused", "message"), "literal"),
    "charged bucket": Place((*OPERATION, "x-rate-limit", 0, "bucket"), "literal"),
    "charged parameter": Place((*OPERATION, "x-rate-limit", 0, "weight-without", "symbol"), key=True),
    "safety": Place((*OPERATION, "x-safety"), "literal"),
    "security scheme": Place(("components", "securitySchemes", "signed"), key=True),
    "security scheme description": Place(("components", "securitySchemes", "signed", "description"), "text"),
    "header of the key": Place(("components", "securitySchemes", "signed", "name")),
    "auth hook": Place(("components", "securitySchemes", "signed", "x-auth-hook"), "hook"),
    "parameter of the auth hook": Place(("components", "parameters", "Signature", "name")),
    "schema": Place((*SCHEMAS, "Ack"), "name", key=True),
    "schema title": Place((*SCHEMAS, "Ack", "title")),
    "schema description": Place((*SCHEMAS, "Ack", "description"), "text"),
    "property": Place((*ACK, "limit"), "name", key=True),
    "property description": Place((*ACK, "id", "description"), "text"),
    "description beside a reference": Place((*ACK, "side", "description"), "text"),
    "default of a property": Place((*ACK, "limit", "default")),
    "example of a property": Place((*ACK, "id", "example")),
    "required": Place((*SCHEMAS, "Ack", "required", 0)),
    "format": Place((*ACK, "zone", "format")),
    "time zone": Place((*ACK, "zone", "x-timezone"), "literal"),
    "row description": Place((*SCHEMAS, "Level", "description"), "text"),
    "name in a row": Place((*SCHEMAS, "Level", "prefixItems", 0, "x-name"), "name"),
    "enum": Place((*SCHEMAS, "Side"), "name", key=True),
    "enum description": Place((*SCHEMAS, "Side", "description"), "text"),
    "enum value": Place((*SCHEMAS, "Side", "enum", 0), "literal"),
    "enum name": Place((*SCHEMAS, "Side", "x-enum-varnames", 0), "name"),
    "enum value description": Place((*SCHEMAS, "Side", "x-enum-descriptions", 0), "text"),
}


@dataclass
class Output:
    """What was rendered, read as code."""

    files: dict[str, str]
    page: str

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return [node for name, text in self.files.items() for node in ast.walk(ast.parse(text, name))]

    @cached_property
    def strings(self) -> set[str]:
        return {node.value for node in self.nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    @cached_property
    def calls(self) -> set[str]:
        return {ast.unparse(node.func) for node in self.nodes if isinstance(node, ast.Call)}

    @cached_property
    def imported(self) -> set[str]:
        modules = {node.module or "" for node in self.nodes if isinstance(node, ast.ImportFrom)}
        return modules | {alias.name for node in self.nodes if isinstance(node, ast.Import) for alias in node.names}

    @cached_property
    def identifiers(self) -> set[str]:
        found: set[str] = set()
        for node in self.nodes:
            for name in ("id", "attr", "arg", "name", "asname"):
                value = getattr(node, name, None)
                if isinstance(value, str):
                    found.add(value)
        return found

    @cached_property
    def bases(self) -> set[str]:
        return {ast.unparse(base) for node in self.nodes if isinstance(node, ast.ClassDef) for base in node.bases}


@cache
def target() -> dict[str, Any]:
    data: dict[str, Any] = load(TARGET / "spec.yaml", "spec.yaml").data
    return data


@cache
def rules() -> Rules:
    return Rules(json.loads((ROOT / "specs/extensions.schema.json").read_bytes()))


@cache
def vocabulary() -> Vocabulary:
    words: Vocabulary = load(ROOT / "specs/methods.yaml", "methods.yaml").data
    return words


def every_place(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    yield pointer
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from every_place(member, (*pointer, key))


def changed(data: dict[str, Any], place: Place, payload: str) -> dict[str, Any]:
    """Return the document with the payload in one place. References to a renamed schema follow it."""
    document = copy.deepcopy(data)
    parent: Any = document
    for key in place.pointer[:-1]:
        parent = parent[key]
    last = place.pointer[-1]
    if not place.key:
        parent[last] = payload
        return document
    renamed = {payload if key == last else key: value for key, value in parent.items()}
    parent.clear()
    parent.update(renamed)
    if place.pointer[:-1] == SCHEMAS:
        escaped = payload.replace("~", "~0").replace("/", "~1")
        followed: dict[str, Any] = follow(document, f"#/components/schemas/{last}", f"#/components/schemas/{escaped}")
        return followed
    return document


def follow(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {
            key: new if key == "$ref" and member == old else follow(member, old, new) for key, member in value.items()
        }
    return [follow(member, old, new) for member in value] if isinstance(value, list) else value


def rendered(data: dict[str, Any]) -> Output:
    """Render a document in memory. Raises Problems."""
    places = {pointer: (line, 1) for line, pointer in enumerate(every_place(data), start=1)}
    document = Document("spec.yaml", TARGET, data, places)
    found = rules().check(document)
    if found:
        raise Problems(found)
    venue = read_venue(document, vocabulary())
    return Output(render_venue(venue), render_page(venue))


@cache
def harmless() -> Output:
    return rendered(target())


def squeezed(text: str) -> str:
    """Leave only what layout and escaping must keep of a text."""
    return "".join(c for c in text if c.isprintable() and not c.isspace()).casefold()


def trouble(output: Output, place: Place, payload: str, known: Output | None = None) -> list[str]:
    """Return what is wrong with an output into which a payload went. `known` is the output without it."""
    found = [line for name, text in output.files.items() for line in verify(name, text)]
    if found:
        return found
    known = known or harmless()
    found += [f"calls {call}" for call in output.calls - known.calls if place.becomes != "hook"]
    found += [f"imports {module}" for module in output.imported - known.imported]
    found += [f"inherits {base}" for base in output.bases - known.bases]
    if place.becomes not in ("name", "hook"):
        found += [f"names {name}" for name in output.identifiers - known.identifiers]
    texts = [*output.files.values(), output.page]
    found += [f"prints {c!r}" for c in sorted({c for text in texts for c in text if c != "\n" and not c.isprintable()})]
    if place.becomes == "literal" and payload and payload not in output.strings:
        found.append("the payload is not a string of the output")
    if place.becomes == "text" and squeezed(payload) not in squeezed(said(output)):
        found.append("the payload is not part of any text of the output")
    return found + page_trouble(output.page, known.page)


def said(output: Output) -> str:
    """Return all docstrings, strings and the page, without the backslashes of Markdown."""
    unescaped = re.sub(r"\\([\\`*_{}\[\]<>#|])", r"\1", output.page.replace("&lt;", "<"))
    return "\0".join([*output.strings, output.page, unescaped])


def page_trouble(page: str, known: str) -> list[str]:
    without_code = re.sub(r"`[^`\n]*`", "", page)
    found = [f"HTML: {tag}" for tag in re.findall(r"(?<!\\)<[a-z/][^>]*>?", without_code)]
    rows = [line for line in page.splitlines() if line.startswith("|")]
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in rows]
    expected = [line.startswith("|") and len(re.findall(r"(?<!\\)\|", line)) for line in known.splitlines()]
    return found + (["the tables have other cells"] if cells != [n for n in expected if n] else [])


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_is_refused_or_inert(place: str) -> None:
    """J1, J2, J7: in every place every payload is a problem with a place, or stays text; it never becomes code."""
    payloads = WORST if PLACES[place].becomes == "unseen" else tuple(PAYLOADS)

    assert {} == harm(PLACES[place], payloads, target(), rendered, harmless())


def harm(
    place: Place,
    payloads: tuple[str, ...],
    document: dict[str, Any],
    render: Callable[[dict[str, Any]], Output],
    known: Output,
) -> dict[str, list[str]]:
    """Put payloads into a place, and return what is wrong with what becomes of each."""
    wrong: dict[str, list[str]] = {}
    for name in payloads:
        payload = PAYLOADS[name]
        try:
            output = render(changed(document, place, payload))
        except Problems as problems:
            lines = [str(problem) for problem in problems.found]
            found = [
                repr(line)
                for line in lines
                if not re.fullmatch(r"spec\.yaml:\d+:\d+: .+", line) or not line.isprintable()
            ]
        else:
            found = trouble(output, place, payload, known)
        if found:
            wrong[name] = found
    return wrong


def everywhere(payload: str) -> dict[str, Any]:
    """Return the document with the payload in every place of text that takes it."""
    document = target()
    for place in PLACES.values():
        if place.becomes in ("literal", "text") and not place.key:
            candidate = changed(document, place, payload)
            try:
                rendered(candidate)
            except Problems:
                continue
            document = candidate
    return document


IMPORTED = (
    "call",
    "end of a docstring and code",
    "end of a docstring in one line",
    "end of a string and code",
    "end of a call and code",
    "annotation",
    "backslashes and quotes",
    "four double quotes",
    "named character",
    "expression of a template",
    "carriage return",
    "line separator",
)
IMPORT = """
import importlib, pathlib, sys
for root in sys.argv[1:]:
    for name in [name for name in sys.modules if name.split(".")[0] == "spotwire"]:
        del sys.modules[name]
    sys.path.insert(0, root)
    for path in sorted(pathlib.Path(root, "spotwire/hostile").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        assert module.__file__.startswith(root), module.__file__
    print(importlib.import_module("spotwire.hostile.venue").VENUE.base_url.encode())
    sys.path.remove(root)
"""


def test_hostile_text_is_executed_neither_when_read_nor_when_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J1: with code in every place of text, nothing runs; the modules import and give the text back as it was."""
    monkeypatch.chdir(tmp_path)
    roots: list[str] = []
    for number, name in enumerate(IMPORTED):
        root = tmp_path / str(number)
        for file, text in {**rendered(everywhere(PAYLOADS[name])).files, **render_root([Name("hostile")])}.items():
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        roots.append(str(root))
    done = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT, *roots], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "" == done.stderr
    assert [repr(PAYLOADS[name].encode()) for name in IMPORTED] == done.stdout.splitlines()
    assert not (tmp_path / "CANARY").exists()


def test_template_syntax_is_printed_as_it_stands() -> None:
    """J7: what looks like a template in a document is never rendered as one."""
    output = rendered(changed(target(), PLACES["summary"], "{{ 7 * 7 }} {% raw %} #}"))
    docstrings = [text for text in output.strings if "Signed: POST" in text]

    assert docstrings
    assert all(text.startswith("{{ 7 * 7 }} {% raw %} #}.") for text in docstrings)
    assert "49" not in output.files["spotwire/hostile/api/trade.py"]


def test_text_without_a_filter_stops_the_run() -> None:
    """J7: a template that prints text of a document without escaping it cannot be used by mistake."""
    with pytest.raises(Unescaped, match="without a filter"):
        _templates.from_string("{{ text }}").render(text="x")


def test_text_of_a_docstring_survives_exactly() -> None:
    """J1: quotes and backslashes at the end of a docstring are neither lost nor doubled."""
    for text in ('a "b"', 'a """', 'a """"', "a\\", 'a \\"', 'a\\"""', 'a \\\\""'):
        source = f'"""{doc(text)}"""'

        assert text == ast.literal_eval(source)


def test_literal_survives_exactly() -> None:
    """J1: a literal of any payload is plain ASCII and evaluates to the payload."""
    for payload in PAYLOADS.values():
        source = literal(payload)

        assert source.isascii()
        assert payload == ast.literal_eval(source)


@pytest.mark.parametrize("name", ["../../etc/x", "/etc/x", "generated/../../x"])
def test_file_outside_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    """J2: no name leads out of the folder that is written to."""
    with pytest.raises(ValueError, match="is outside"):
        write(tmp_path, {name: "text"}, [])


def test_file_behind_a_link_is_refused(tmp_path: Path) -> None:
    """J2: a link inside the output does not lead out of it either."""
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (root / "generated").symlink_to(outside)
    with pytest.raises(ValueError, match="is outside"):
        write(root, {"generated/x.py": "text"}, [])

    assert [] == list(outside.iterdir())


def test_names_that_differ_on_the_wire_only_are_refused() -> None:
    """J3: `symbol` and `Symbol` do not overwrite each other silently."""
    document = changed(target(), Place((*ACK, "limit"), key=True), "Side")
    with pytest.raises(Problems, match="two members are called side in Python"):
        rendered(document)


PLACES_OF_REFERENCES = {
    "answer": (*ANSWER, "schema", "allOf", 0),
    "property": (*ACK, "side"),
    "parameter": (*OPERATION, "parameters", 3),
    "items": (*ACK, "rows", "items"),
    "response": (*OPERATION, "responses", "default"),
    "branch that types never look at": (*SCHEMAS, "Ack", "not"),
    "additional properties": (*SCHEMAS, "Head", "additionalProperties"),
}


@pytest.mark.parametrize("place", PLACES_OF_REFERENCES)
def test_foreign_reference_is_never_followed(place: str, tmp_path: Path) -> None:
    """J4: a reference to a file or an address is a problem; nothing is read and nothing fetched, wherever it stands."""
    secret = tmp_path / "schema.json"
    secret.write_text('{"type": "object"}')
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        for address in (f"http://127.0.0.1:{server.getsockname()[1]}/schema.json", secret.as_uri(), str(secret)):
            document = copy.deepcopy(target())
            parent: Any = document
            *path, last = PLACES_OF_REFERENCES[place]
            for key in path:
                parent = parent[key]
            parent[last] = {"$ref": address}
            with pytest.raises(Problems) as raised:
                rendered(document)

            assert any("leads nowhere" in problem.message for problem in raised.value.found)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("key", ["$schema", "$id", "$dynamicRef"])
def test_foreign_address_of_a_schema_is_never_fetched(key: str) -> None:
    """J4: nor do the other words by which a schema can point elsewhere lead to a request."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        document = copy.deepcopy(target())
        document["components"]["schemas"]["Ack"][key] = f"http://127.0.0.1:{server.getsockname()[1]}/schema.json"
        with contextlib.suppress(Problems):
            rendered(document)
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a+){2,}$", "^([a-z]+)*x$"])
def test_pattern_with_backtracking_is_refused(pattern: str) -> None:
    """J6: clients match arguments with the pattern of a parameter, so one that takes for ever is a problem with a place."""
    document = changed(target(), PLACES["pattern of a parameter"], pattern)
    document = changed(document, PLACES["default of a parameter"], "a" * 60 + "!")

    with pytest.raises(Problems, match="a group that repeats may be matched for ever"):
        rendered(document)


def test_pattern_is_not_run() -> None:
    """J6: generation compiles a pattern and writes it down; it matches nothing with it."""
    pattern = "^a*a*a*a*a*a*$"
    document = changed(target(), PLACES["pattern of a parameter"], pattern)
    document = changed(document, PLACES["default of a parameter"], "a" * 200 + "!")

    assert pattern in rendered(document).strings


CODE = {
    "call": "print(1)",
    "call of a dunder": "x = __import__('os')",
    "attribute of a dunder": "x = ().__class__",
    "import": "import os",
    "import of a part": "from os import path",
    "lambda": "x = lambda: 1",
    "comprehension": "x = [a for a in b]",
    "raise": "raise SystemExit",
    "formatted string": "x = f'{a}'",
    "assertion": "assert x",
    "deletion": "del x",
    "arithmetic": "x = 1 + 1",
    "loop": "while x: y = 1",
    "walrus": "x = (y := 1)",
    "not Python": "x = = 1",
}


@pytest.mark.parametrize("code", CODE)
def test_second_look_notices(code: str) -> None:
    """J1: what is no declaration is reported, even if the escaping had let it through."""
    found = verify("spotwire/demo/venue.py", f'"""Docstring."""\n{CODE[code]}\n')

    assert found
    assert re.match(r"spotwire/demo/venue\.py:\d: ", found[0])


# Streams

STREAMING = Path(__file__).parent / "cases/streams"
TRADES: Pointer = ("operations", "trades")
TRADE: Pointer = (*SCHEMAS, "TradeEvent", "properties")
STREAM_PLACES = {
    "title": Place(("info", "title"), "literal"),
    "version": Place(("info", "version")),
    "description": Place(("info", "description"), "text"),
    "external documentation": Place(("info", "externalDocs", "description")),
    "server": Place(("servers", "live"), key=True),
    "host": Place(("servers", "live", "host")),
    "path of the server": Place(("servers", "live", "pathname")),
    "server description": Place(("servers", "live", "description")),
    "document id": Place(("x-documents", "api"), key=True),
    "document title": Place(("x-documents", "api", "title"), "text"),
    "member with the kind": Place(("x-frame", "kind")),
    "member with the sequence": Place(("x-frame", "sequence"), "literal"),
    "member with the events": Place(("x-frame", "events")),
    "success code": Place(("x-frame", "success-codes", 0), "literal"),
    "member with the command": Place(("x-command", "op")),
    "member with the channels": Place(("x-command", "channel"), "literal"),
    "member with the number": Place(("x-command", "id"), "literal"),
    "parameter that is a symbol": Place(("x-symbols", "parameter"), "literal"),
    "operation for symbols": Place(("x-symbols", "operation")),
    "member with the id": Place(("x-symbols", "id")),
    "erratum": Place(("x-errata", 0, "actual"), "text"),
    "address": Place(("channels", "book", "address"), "literal"),
    "address of a channel that is not offered": Place(("channels", "account", "address")),
    "title of a channel": Place(("channels", "account", "title"), "text"),
    "note on a channel": Place(("channels", "account", "x-source", "note"), "text"),
    "channel": Place(("channels", "account"), "text", key=True),
    "parameter of a channel": Place(("channels", "trades", "parameters", "symbol"), "name", key=True),
    "message of a channel": Place(("channels", "account", "messages", "Trade"), key=True),
    "operation": Place(TRADES, "name", key=True),
    "action": Place((*TRADES, "action")),
    "summary": Place((*TRADES, "summary"), "text"),
    "description of an operation": Place((*TRADES, "description"), "text"),
    "reference to a channel": Place((*TRADES, "channel", "$ref")),
    "reference to a message": Place((*TRADES, "messages", 0, "$ref")),
    "section": Place((*TRADES, "x-source", "section"), "text"),
    "erratum of an operation": Place((*TRADES, "x-errata", 0, "documented"), "text"),
    "summary of a command": Place(("operations", "subscribe", "summary"), "text"),
    "description of a parameter": Place(("components", "parameters", "Symbol", "description"), "text"),
    "location": Place(("components", "parameters", "Symbol", "location")),
    "default of a parameter": Place(("components", "parameters", "Depth", "default")),
    "value of a parameter": Place(("components", "parameters", "Depth", "enum", 0)),
    "Python name of a parameter": Place(("components", "parameters", "Depth", "x-name"), "name"),
    "reference to the other document": Place(("components", "parameters", "Depth", "x-schema", "$ref")),
    "title of a message": Place(("components", "messages", "Trade", "title")),
    "correlation": Place(("components", "messages", "Echo", "correlationId", "location")),
    "command": Place((*SCHEMAS, "UnsubscribeCommand", "properties", "method", "const"), "literal"),
    "kind of an answer": Place((*SCHEMAS, "Answer", "properties", "e", "const"), "literal"),
    "schema": Place((*SCHEMAS, "PastBook"), "name", key=True),
    "schema description": Place((*SCHEMAS, "TradeEvent", "description"), "text"),
    "property": Place((*TRADE, "T"), key=True),
    "Python name of a property": Place((*TRADE, "T", "x-name"), "name"),
    "description of a property": Place((*TRADE, "p", "description"), "text"),
    "time zone": Place((*TRADE, "local", "x-timezone"), "literal"),
    "pattern": Place((*SCHEMAS, "AskParam", "properties", "day", "pattern"), "literal"),
    "argument": Place((*SCHEMAS, "AskParam", "properties", "note"), "name", key=True),
    "enum value": Place((*SCHEMAS, "TradeSide", "enum", 0), "literal"),
    "enum name": Place((*SCHEMAS, "TradeSide", "x-enum-varnames", 0), "name"),
    "name in a row": Place((*SCHEMAS, "PastLevel", "prefixItems", 0, "x-name"), "name"),
}


@cache
def streaming() -> tuple[Document, Venue]:
    """Return the openapi.yaml of the case `streams`, and its venue."""
    document = load(STREAMING / "spec.yaml", "openapi.yaml")
    return document, read_venue(document, vocabulary())


@cache
def stream_target() -> dict[str, Any]:
    data: dict[str, Any] = load(STREAMING / "asyncapi.yaml", "spec.yaml").data
    return data


def rendered_streams(data: dict[str, Any]) -> Output:
    """Render the streams of a document in memory. Raises Problems."""
    places = {pointer: (line, 1) for line, pointer in enumerate(every_place(data), start=1)}
    document, (openapi, venue) = Document("spec.yaml", STREAMING, data, places), streaming()
    found = rules().check_streams(document, openapi)
    if found:
        raise Problems(found)
    with_streams = read_streams(document, openapi, venue, vocabulary())
    return Output(render_venue(with_streams), render_page(with_streams))


@cache
def harmless_streams() -> Output:
    return rendered_streams(stream_target())


@pytest.mark.parametrize("place", STREAM_PLACES)
def test_hostile_text_in_streams_is_refused_or_inert(place: str) -> None:
    """J1, J2, J7: an asyncapi.yaml is hostile input as well; its text goes through the filters that the test above tries in full."""
    assert {} == harm(STREAM_PLACES[place], WORST, stream_target(), rendered_streams, harmless_streams())


def test_hostile_text_in_streams_is_not_executed(tmp_path: Path) -> None:
    """J1: with code in every place of text, the module of streams imports and nothing runs."""
    document = stream_target()
    for place in STREAM_PLACES.values():
        if place.becomes in ("literal", "text") and not place.key:
            candidate = changed(document, place, PAYLOADS["end of a docstring and code"])
            with contextlib.suppress(Problems):
                rendered_streams(candidate)
                document = candidate
    for file, text in {**rendered_streams(document).files, **render_root([Name("demo")])}.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    script = "import sys; sys.path.insert(0, sys.argv[1]); from spotwire.demo.streams import STREAMS; print(repr(STREAMS.title))"
    done = subprocess.run(
        [sys.executable, "-B", "-c", script, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "" == done.stderr
    assert repr(PAYLOADS["end of a docstring and code"]) == done.stdout.strip()
    assert not (tmp_path / "CANARY").exists()


def test_reference_beside_is_never_followed_elsewhere(tmp_path: Path) -> None:
    """J4: streams may use schemas of their own openapi.yaml, and read or fetch nothing else."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        for address in (
            f"http://127.0.0.1:{server.getsockname()[1]}/openapi.yaml#/components/schemas/Level",
            (STREAMING / "spec.yaml").as_uri() + "#/components/schemas/Level",
            "../openapi.yaml#/components/schemas/Level",
            "./openapi.yaml#/components/securitySchemes/signed",
            "./openapi.yaml#/components/schemas/../securitySchemes/signed",
            "./openapi.yaml",
        ):
            bids = Place((*SCHEMAS, "BookEvent", "properties", "bids", "items", "$ref"))
            with pytest.raises(Problems) as raised:
                rendered_streams(changed(stream_target(), bids, address))

            assert any("leads nowhere" in problem.message for problem in raised.value.found)
        with pytest.raises(BlockingIOError):
            server.accept()
