"""The specs as a reader of OpenAPI sees them, without the generator: what the tests compare the clients with."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

SPECS = Path(__file__).parents[2] / "specs"
VENUES = sorted(path.parent.name for path in SPECS.glob("*/openapi.yaml"))


@dataclass(frozen=True)
class Parameter:
    """A parameter or a property of the body."""

    wire: str
    place: str
    schema: dict[str, Any]
    required: bool
    fill: str
    python: str
    example: Any
    style: str


@dataclass(frozen=True)
class Operation:
    """An operation with everything that a test needs of it."""

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
    answer: dict[str, Any]
    payload: dict[str, Any]
    payload_member: str
    one_or_list: str
    examples: tuple[Path, ...]

    def __str__(self) -> str:
        """Return the name under which pytest shows it."""
        return f"{self.venue}-{self.id}"


@dataclass(frozen=True)
class Spec:
    """One document."""

    venue: str
    root: dict[str, Any]

    def resolve(self, node: Any) -> Any:
        """Follow references of this document; what stands beside a reference is kept."""
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.root
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def operations(self) -> list[Operation]:
        """Return all operations."""
        return [
            self._operation(key, verb, node) for key, item in self.root["paths"].items() for verb, node in item.items()
        ]

    def _operation(self, key: str, verb: str, node: dict[str, Any]) -> Operation:
        path, _, query = key.partition("?")
        parameters = [self._parameter(self.resolve(p)) for p in node.get("parameters", [])]
        media = ""
        if "requestBody" in node:
            media, content = next(iter(self.resolve(node["requestBody"])["content"].items()))
            body = self.resolve(content["schema"])
            given = content.get("example", {})
            parameters += [
                self._property(w, s, w in body["required"], given.get(w)) for w, s in body.get("properties", {}).items()
            ]
        content = self.resolve(node["responses"]["200"])["content"]["application/json"]
        member = (node.get("x-envelope") or self.root["x-envelope"]).get("data", "")
        return Operation(
            venue=self.venue,
            id=node["operationId"],
            group=node["tags"][0],
            method=METHODS[node["operationId"]],
            verb=verb.upper(),
            path=path,
            constant_query=query,
            security=next((name for entry in node["security"] for name in entry), "none"),
            parameters=tuple(parameters),
            media=media,
            answer=content["schema"],
            payload=self._member(content["schema"], member) if member else content["schema"],
            payload_member=member,
            one_or_list=node.get("x-one-or-list", ""),
            examples=tuple(SPECS / self.venue / e["externalValue"] for e in content["examples"].values()),
        )

    def _parameter(self, node: dict[str, Any]) -> Parameter:
        schema = self.resolve(node["schema"])
        return Parameter(
            wire=node["name"],
            place=node["in"],
            schema=schema,
            required=node["required"],
            fill=node.get("x-fill", ""),
            python=node.get("x-name") or snake(node["name"]),
            example=node.get("example"),
            style=node.get("style", ""),
        )

    def _property(self, wire: str, node: dict[str, Any], required: bool, given: Any) -> Parameter:
        schema = self.resolve(node)
        fill, name = schema.get("x-fill", ""), schema.get("x-name") or snake(wire)
        example = given if given is not None else schema.get("example")
        return Parameter(wire, "body", schema, required, fill, name, example, "")

    def _member(self, schema: dict[str, Any], member: str) -> Any:
        schema = self.resolve(schema)
        if member in schema.get("properties", {}):
            return schema["properties"][member]
        parts = [self._member(part, member) for part in schema.get("allOf", [])]
        return next((part for part in reversed(parts) if part is not None), None)


def snake(wire: str) -> str:
    """Write a wire name as Python does: written again here, so that a slip of the generator shows."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", wire.replace("-", "_"))
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text).lower()
    return text + "_" if text in ("from", "list", "class", "import") else text


def exact(path: Path) -> Any:
    """Read JSON with its numbers as the text that is printed."""
    return json.loads(path.read_bytes(), parse_float=Decimal)


def _load(venue: str) -> Spec:
    return Spec(venue, yaml.load((SPECS / venue / "openapi.yaml").read_bytes(), Loader=_Loader))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # whichever is there
    """Reads dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}

_vocabulary = yaml.load((SPECS / "methods.yaml").read_bytes(), Loader=_Loader)
METHODS = {
    "".join([first, *(part.capitalize() for part in rest)]): "_".join([first, *rest])
    for names in _vocabulary.values()
    for first, *rest in (name.split("_") for name in names)
}
ALL = {venue: _load(venue) for venue in VENUES}
OPERATIONS = [operation for spec in ALL.values() for operation in spec.operations()]
EXAMPLES = [(operation, path) for operation in OPERATIONS for path in operation.examples]
