"""The venue documents as a reader of OpenAPI sees them, without the generator: what everything here is compared with."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from spotwire_sim.spec import SPECS

Node = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter or a property of the body. `place` is path, query, header or body."""

    wire: str
    place: str
    schema: Node
    required: bool
    fill: str
    python: str
    example: Any
    style: str


@dataclass(frozen=True, eq=False)
class Operation:
    """An operation with everything that a check needs of it."""

    spec: "Spec"
    node: Node
    venue: str
    id: str
    group: str
    method: str
    verb: str
    path: str
    constant_query: str
    security: str
    parameters: tuple[Parameter, ...]
    media: str
    answer: Node
    payload: Node
    payload_member: str
    one_or_list: str
    examples: tuple[Path, ...]

    def __str__(self) -> str:
        """Return the name under which pytest shows it."""
        return f"{self.venue}-{self.id}"


@dataclass(frozen=True, eq=False)
class Spec:
    """One document."""

    venue: str
    root: Node

    def resolve(self, node: Node) -> Node:
        """Follow references of this document; what stands beside a reference is kept."""
        while "$ref" in node:
            target: Any = self.root
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def operation(self, key: str, verb: str, node: Node) -> Operation:
        """Read one operation."""
        path, _, query = key.partition("?")
        parameters = [self._parameter(self.resolve(p)) for p in node.get("parameters", [])]
        media = ""
        if "requestBody" in node:
            media, content = next(iter(self.resolve(node["requestBody"])["content"].items()))
            body, given = self.resolve(content["schema"]), content.get("example", {})
            parameters += [
                self._property(wire, schema, required=wire in body["required"], given=given.get(wire))
                for wire, schema in body.get("properties", {}).items()
            ]
        answer = self.resolve(node["responses"]["200"])["content"]["application/json"]
        member = (node.get("x-envelope") or self.root["x-envelope"]).get("data", "")
        return Operation(
            spec=self,
            node=node,
            venue=self.venue,
            id=node["operationId"],
            group=node["tags"][0],
            method=_methods()[node["operationId"]],
            verb=verb.upper(),
            path=path,
            constant_query=query,
            security=next((name for entry in node["security"] for name in entry), "none"),
            parameters=tuple(parameters),
            media=media,
            answer=answer["schema"],
            payload=self._member(answer["schema"], member) if member else answer["schema"],
            payload_member=member,
            one_or_list=node.get("x-one-or-list", ""),
            examples=tuple(SPECS / self.venue / e["externalValue"] for e in answer["examples"].values()),
        )

    def _parameter(self, node: Node) -> Parameter:
        return Parameter(
            wire=node["name"],
            place=node["in"],
            schema=self.resolve(node["schema"]),
            required=node["required"],
            fill=node.get("x-fill", ""),
            python=node.get("x-name") or snake(node["name"]),
            example=node.get("example"),
            style=node.get("style", ""),
        )

    def _property(self, wire: str, node: Node, *, required: bool, given: Any) -> Parameter:
        schema = self.resolve(node)
        fill, name = schema.get("x-fill", ""), schema.get("x-name") or snake(wire)
        example = given if given is not None else schema.get("example")
        return Parameter(wire, "body", schema, required, fill, name, example, "")

    def _member(self, schema: Node, member: str) -> Any:
        schema = self.resolve(schema)
        if member in schema.get("properties", {}):
            return schema["properties"][member]
        parts = [self._member(part, member) for part in schema.get("allOf", [])]
        return next((part for part in reversed(parts) if part is not None), None)


def is_object(value: Any) -> TypeGuard[Node]:
    """Tell whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Tell whether a JSON value is an array."""
    return isinstance(value, list)


def snake(wire: str) -> str:
    """Write a wire name as Python does: written again here, so that a slip of the generator shows."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", wire.replace("-", "_"))
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text).lower()
    return text + "_" if text in ("from", "list", "class", "import") else text


def exact(text: bytes | str) -> Any:
    """Read JSON with its numbers as the text that is printed. Raises ValueError."""
    return json.loads(text, parse_float=Decimal)


def venues() -> list[str]:
    """List the venues that are described."""
    return sorted(path.parent.name for path in SPECS.glob("*/openapi.yaml"))


@cache
def load(venue: str) -> Spec:
    """Read a venue's document, once in a process."""
    return Spec(venue, _yaml(SPECS / venue / "openapi.yaml"))


@cache
def operations(venue: str) -> tuple[Operation, ...]:
    """Return all operations of a venue in the order of its document."""
    spec = load(venue)
    paths: Mapping[str, Mapping[str, Node]] = spec.root["paths"]
    return tuple(spec.operation(key, verb, node) for key, item in paths.items() for verb, node in item.items())


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where there is one: five times as fast


class _Loader(_Base):  # type: ignore[misc]  # whichever it is
    """Reads dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def _yaml(path: Path) -> Node:
    document: Node = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - a safe loader
    return document


@cache
def _methods() -> dict[str, str]:
    """Return the names of the methods by operationId."""
    names = [name for group in _yaml(SPECS / "methods.yaml").values() for name in group]
    return {_camel(name.split("_")): name for name in names}


def _camel(words: list[str]) -> str:
    return "".join([words[0], *(word.capitalize() for word in words[1:])])
