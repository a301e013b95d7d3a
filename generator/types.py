"""Decide the Python type of a schema: the only place where that happens."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.load import Node, Problem
from generator.model import NONE, Code, PythonType
from generator.names import BadName, Name, class_name

SCALARS = {"decimal": "Decimal", "id": "Id", "date-time": "datetime"}
PLAIN = {"integer": "int", "string": "str", "boolean": "bool"}
ALLOWED = {
    "decimal": {"string", "number", "integer"},
    "id": {"string", "integer"},
    "date-time": {"string"},
    "epoch-ms": {"integer"},
    "epoch-s": {"integer"},
    "int64": {"integer"},
    "int32": {"integer"},
}

SHARED = "./openapi.yaml#/components/schemas/"
"""The only references that lead out of a document."""

_ERROR = PythonType(Code("Any"))


@dataclass
class Types:
    """Resolves references and types of one document; collects what is wrong.

    `beside` is the venue's `openapi.yaml` for a document that may use its schemas.
    """

    root: Node
    problems: list[Problem] = field(default_factory=list[Problem])
    beside: Node | None = None

    def resolve(self, node: Node) -> Node:
        """Follow local references. The node that is returned has none."""
        seen: set[str] = set()
        while "$ref" in node:
            ref = node.get("$ref")
            target = self._target(node, ref)
            if target is None or ref in seen:
                beside = f" or {SHARED}..." if self.beside is not None else ""
                self.problems.append(
                    node.problem(f"the reference {ref!r} leads nowhere; only #/components/... of this file{beside}")
                )
                return Node(node.document, node.pointer, {})
            seen.add(ref)
            node = target
        return node

    def _target(self, at: Node, ref: object) -> Node | None:
        if not isinstance(ref, str):
            return None
        node = at.document.root()
        if self.beside is not None and node.document is self.root.document and ref.startswith(SHARED):
            node, ref = self.beside, ref[SHARED.index("#") :]
        if not ref.startswith("#/"):
            return None
        for part in ref[2:].split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            if key not in node:
                return None
            node = node[key]
        return node

    def named(self, node: Node) -> Name | None:
        """Return the class that a reference stands for: a model, a row or an enum. None for an alias of a scalar."""
        if "$ref" not in node:
            return None
        target = self.resolve(node)
        if not is_class(target):
            return None
        try:
            return class_name(str(target.pointer[-1]))
        except BadName as bad:
            self.problems.append(target.problem(str(bad)))
            return None

    def type_of(self, node: Node) -> PythonType:
        """Return the type to which a value of this schema is decoded."""
        name = self.named(node)
        target = self.resolve(node)
        if name is not None:
            return _optional(PythonType(Code(name), frozenset({name})), "null" in types_of(target))
        if target.value == {} or target.value is True:
            return PythonType(Code("Any"))
        if "oneOf" in target:
            return self._alternatives(target["oneOf"])
        kinds = types_of(target)
        rest = [kind for kind in kinds if kind != "null"]
        if kinds and not rest:
            return NONE
        return _optional(self._bare(target, rest), "null" in kinds)

    def _bare(self, node: Node, kinds: list[str]) -> PythonType:
        if "enum" in node and "x-enum-varnames" in node:
            return self._fail(node, "an enum with names must be a named schema under components/schemas")
        if kinds == ["array"]:
            return self._array(node)
        if kinds == ["object"]:
            return self._object(node)
        return self._scalar(node, kinds)

    def _scalar(self, node: Node, kinds: list[str]) -> PythonType:
        form = node.get("format", "")
        if form and not set(kinds) <= ALLOWED.get(form, set()):
            return self._fail(node, f"format {form!r} does not go with type {', '.join(kinds) or 'none'}")
        if form in SCALARS:
            return PythonType(Code(SCALARS[form]))
        if len(kinds) == 1 and kinds[0] in PLAIN:
            return PythonType(Code(PLAIN[kinds[0]]))
        if "number" in kinds:
            return self._fail(node, "a number needs format decimal: it is never a float")
        return self._fail(node, f"no Python type for type {', '.join(kinds) or 'none'}: see specs/README.md, Types")

    def _array(self, node: Node) -> PythonType:
        if "prefixItems" in node:
            return self._fail(node, "rows with named places must be a named schema under components/schemas")
        if "items" not in node:
            return self._fail(node, "an array says what its items are")
        item = self.type_of(node["items"])
        return PythonType(Code(f"list[{item.code}]"), item.uses)

    def _object(self, node: Node) -> PythonType:
        if node.get("properties") or "allOf" in node:
            return self._fail(node, "an object with properties must be a named schema under components/schemas")
        values = node.child("additionalProperties")
        if values is None or isinstance(values.value, bool):
            return NONE
        value = self.type_of(values)
        return PythonType(Code(f"dict[str, {value.code}]"), value.uses)

    def _alternatives(self, node: Node) -> PythonType:
        """`A or a list of one A` is A; `A or a list of A` is A where x-one-or-list decides; else a union."""
        branches = list(node.elements())
        types = [self.type_of(branch) for branch in branches]
        if len(branches) == 2 and types[1].code == f"list[{types[0].code}]" and branches[1].get("maxItems") == 1:
            return types[0]
        uses = frozenset(name for type_ in types for name in type_.uses)
        return PythonType(Code(" | ".join(dict.fromkeys(type_.code for type_ in types))), uses)

    def _fail(self, node: Node, message: str) -> PythonType:
        self.problems.append(node.problem(message))
        return _ERROR


def types_of(node: Node) -> list[str]:
    """Return the JSON types of a schema, in the order in which they are written."""
    kind = node.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def is_class(node: Node) -> bool:
    """Tell whether a named schema becomes a class rather than an alias."""
    return bool(node.get("properties")) or "allOf" in node or "prefixItems" in node or "x-enum-varnames" in node


def _optional(type_: PythonType, nullable: bool) -> PythonType:
    if not nullable or type_.code.endswith("None"):
        return type_
    return PythonType(Code(f"{type_.code} | None"), type_.uses)


def optional(type_: PythonType) -> PythonType:
    """Return the type that also admits None."""
    return _optional(type_, nullable=True)
