"""Load a YAML document safely and keep the line and column of everything in it.

The only module here that reads specs. Duplicate keys, aliases, tags and anything larger than a document can sensibly be are
problems, not surprises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

LARGEST = 4_000_000
DEEPEST = 60

Pointer = tuple[str | int, ...]

_integer = re.compile(r"0|-?[1-9][0-9]*", re.ASCII).fullmatch
_float = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII).fullmatch
_words: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None, "~": None}


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place of a file."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return the form that editors and terminals can jump to, on one line: what a document says cannot disguise itself."""
        said = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in self.message)
        return f"{self.file}:{self.line}:{self.column}: {said}"


class Problems(Exception):
    """All that is wrong, collected before stopping."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in found))
        self.found = found


@dataclass(frozen=True)
class Document:
    """A loaded file: plain data, and where each part of it stands."""

    file: str
    folder: Path
    data: Any
    places: dict[Pointer, tuple[int, int]]

    def root(self) -> Node:
        """Return the whole document as a node."""
        return Node(self, (), self.data)

    def problem(self, pointer: Pointer, message: str) -> Problem:
        """Return a problem at a pointer, or at the nearest part of it that exists."""
        while pointer not in self.places and pointer:
            pointer = pointer[:-1]
        line, column = self.places.get(pointer, (1, 1))
        return Problem(self.file, line, column, message)


@dataclass(frozen=True)
class Node:
    """A part of a document that knows where it stands."""

    document: Document
    pointer: Pointer
    value: Any

    def __getitem__(self, key: str | int) -> Node:
        return Node(self.document, (*self.pointer, key), self.value[key])

    @property
    def members(self) -> dict[str, Any]:
        """The plain members of a mapping, none where it is something else."""
        return self.value if _is_mapping(self.value) else {}

    def __contains__(self, key: object) -> bool:
        return key in self.members

    def get(self, key: str, default: Any = None) -> Any:
        """Return the plain value of a member; null is as good as absent."""
        value = self.members.get(key)
        return default if value is None else value

    def child(self, key: str | int) -> Node | None:
        """Return a member as a node, None where it is absent."""
        return self[key] if key in self else None  # noqa: SIM401  # get() gives plain values

    def items(self) -> Iterator[tuple[str, Node]]:
        """Iterate over the members of a mapping."""
        for key in self.members:
            yield key, self[key]

    def values(self) -> Iterator[Node]:
        """Iterate over the values of a mapping."""
        for key in self.members:
            yield self[key]

    def elements(self) -> Iterator[Node]:
        """Iterate over the elements of a sequence."""
        if _is_sequence(self.value):
            for index in range(len(self.value)):
                yield self[index]

    def problem(self, message: str) -> Problem:
        """Return a problem that stands here."""
        return self.document.problem(self.pointer, message)


def _is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def _is_sequence(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def load(path: Path, shown: str) -> Document:
    """Load one document. `shown` is the file's name in messages. Raises Problems."""
    raw = path.read_bytes()
    if len(raw) > LARGEST:
        raise Problems([Problem(shown, 1, 1, f"the file has {len(raw)} bytes, at most {LARGEST} are read")])
    builder = _Builder(shown)
    try:
        root = yaml.compose(_refuse_tricks(raw, shown), Loader=SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Problems([Problem(shown, line, column, f"not YAML: {error.problem or error.context}")]) from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise Problems([Problem(shown, 1, 1, f"not YAML: {error}")]) from None
    data = builder.build(root, ()) if root is not None else None
    if builder.found:
        raise Problems(builder.found)
    return Document(shown, path.parent, data, builder.places)


def _refuse_tricks(raw: bytes, shown: str) -> bytes:
    """Stop before composing: a few lines of aliases can stand for gigabytes, and a tag makes text mean something else."""
    depth = 0
    for event in yaml.parse(raw, Loader=SafeLoader):
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if isinstance(event, yaml.AliasEvent):
            raise Problems([Problem(shown, line, column, "aliases are not used in specs: write it out or use $ref")])
        if tag := getattr(event, "tag", None):
            raise Problems([Problem(shown, line, column, f"the tag {tag} is not used in specs")])
        if depth > DEEPEST:
            raise Problems([Problem(shown, line, column, f"nested deeper than {DEEPEST} levels")])
    return raw


class _Builder:
    """Turns composed nodes into plain data by the JSON rules of YAML 1.2, and remembers the places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Pointer, tuple[int, int]] = {}
        self.found: list[Problem] = []

    def build(self, node: yaml.Node, pointer: Pointer) -> Any:
        self.places.setdefault(pointer, _place(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(element, (*pointer, index)) for index, element in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, "a key must be text")
                continue
            key = str(key_node.value)
            if key in result:
                self._report(key_node, f"the key {key!r} stands twice")
                continue
            self.places[(*pointer, key)] = _place(key_node)
            result[key] = self.build(value_node, (*pointer, key))
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        text = str(node.value)
        if getattr(node, "style", None):
            return text
        return _plain(text)

    def _report(self, node: yaml.Node, message: str) -> None:
        line, column = _place(node)
        self.found.append(Problem(self.file, line, column, message))


def _plain(text: str) -> Any:
    """Read a plain scalar by YAML 1.2's JSON schema: `no`, `on`, `0777` and dates are text."""
    if text in _words:
        return _words[text]
    if _integer(text):
        return int(text) if len(text) <= 40 else text
    if _float(text) and math.isfinite(float(text)):
        return float(text)
    return text


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
