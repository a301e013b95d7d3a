"""The house rules of venue documents. Each failure is a problem with its place; all are collected.

The grammar of OpenAPI itself is checked by openapi-python-client's typed model of a document, the extensions by
`specs/extensions.schema.json`, the examples by the schemas that they illustrate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

import jsonschema_rs
from openapi_python_client.schema import OpenAPI
from openapi_python_client.schema.untrusted_string import UntrustedString
from pydantic import BaseModel, ValidationError

from generator.load import Document, Node, Pointer, Problem
from generator.types import SHARED, Types

VERBS = ("get", "post", "put", "delete", "patch", "head", "options", "trace")
EXTENDED = ("OpenAPI", "Operation", "Parameter", "Schema", "Reference", "SecurityScheme")
BESIDE = {"Reference": ("description", "default"), "Info": ("summary",)}
"""What OpenAPI 3.1 allows and openapi-python-client's model does not know."""
STREAMS = "streams"
"""The folder of examples that belongs to a venue's asyncapi.yaml."""
_DOCUMENT = "urn:venue"
ORDER = (
    "operationId", "summary", "description", "externalDocs", "tags", "security", "parameters", "requestBody", "responses",
)  # fmt: skip


class Rules:
    """Checks documents against the grammar of the extensions and the house rules."""

    def __init__(self, extensions: dict[str, Any]) -> None:
        definitions = extensions["$defs"]
        self._grammar = {
            place: jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{place}", "$defs": definitions})
            for place in ("root", "operation", "parameter", "schema", "securityScheme", "asyncapi")
        }

    def check(self, document: Document) -> list[Problem]:
        """Return all problems of one document."""
        root = document.root()
        found = list(_openapi_problems(document))
        if found:
            return found
        found += self._extensions(root, "root")
        found += _root(root)
        found += _components(root)
        found += _references(document)
        for operation in operations(root):
            found += self._extensions(operation, "operation")
            found += _operation(operation)
        for parameter in _parameters(root):
            found += self._extensions(parameter, "parameter")
            found += _parameter(parameter)
        for schema in _schemas(root):
            found += self._extensions(schema, "schema")
            found += _schema(schema)
        for _, scheme in _members(root, "components", "securitySchemes"):
            found += self._extensions(scheme, "securityScheme")
        return found or list(_examples(root))

    def check_streams(self, document: Document, openapi: Document) -> list[Problem]:
        """Return the problems of the asyncapi.yaml beside an openapi.yaml that has none, those of its examples aside."""
        root = document.root()
        found = list(self._grammatical(root, "asyncapi", document.data))
        if found:
            return found
        found += _references(document, openapi)
        for operation in (*root["operations"].values(), *root["channels"].values()):
            found += _source(operation, str(operation.pointer[-1]))
        for schema in _stream_schemas(root):
            found += self._extensions(schema, "schema")
            found += _schema(schema)
        return found

    def _extensions(self, node: Node, place: str) -> Iterator[Problem]:
        stated = {key: value for key, value in node.value.items() if key.startswith("x-")}
        return self._grammatical(node, place, stated)

    def _grammatical(self, node: Node, place: str, stated: Any) -> Iterator[Problem]:
        for error in self._grammar[place].iter_errors(stated):
            path = tuple(int(part) if isinstance(part, int) else part for part in error.instance_path)
            yield node.document.problem((*node.pointer, *path), error.message)


def _openapi_problems(document: Document) -> Iterator[Problem]:
    """Parse a copy of the document with openapi-python-client."""
    if not document.root().members:
        yield document.problem((), "a venue document is a mapping")
        return
    try:
        parsed = OpenAPI.model_validate(_without_boolean_items(document.data))
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            pointer = _existing(document, detail["loc"])
            yield document.problem(
                pointer, f"not OpenAPI 3.1: {detail['msg']} ({'.'.join(str(part) for part in detail['loc'])})"
            )
    else:
        yield from _unread(parsed, document, ())


def _unread(value: Any, document: Document, pointer: Pointer) -> Iterator[Problem]:
    """Report the keys that are neither OpenAPI's nor ours: nothing would read them."""
    if isinstance(value, BaseModel):
        kind = type(value).__name__
        for key in value.model_extra or {}:
            if key not in BESIDE.get(kind, ()) and not (key.startswith("x-") and kind in EXTENDED):
                yield document.problem((*pointer, key), f"{key} means nothing here: is it misspelt?")
        for name, field in type(value).model_fields.items():
            yield from _unread(getattr(value, name), document, (*pointer, field.alias or name))
    elif is_object(value):
        for key, member in value.items():
            plain = key.get_untrusted_value() if isinstance(key, UntrustedString) else key
            yield from _unread(member, document, (*pointer, plain))
    elif is_list(value):
        for index, member in enumerate(value):
            yield from _unread(member, document, (*pointer, index))


def _without_boolean_items(value: Any) -> Any:
    """Copy a document. openapi-python-client's model takes no boolean `items`."""
    if is_object(value):
        return {k: _without_boolean_items(v) for k, v in value.items() if not (k == "items" and isinstance(v, bool))}
    return [_without_boolean_items(v) for v in value] if is_list(value) else value


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Tell whether plain data is a mapping."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Tell whether plain data is a sequence."""
    return isinstance(value, list)


def _existing(document: Document, location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Leave out the parts of a pydantic location that are its own (names of union branches)."""
    pointer: tuple[int | str, ...] = ()
    for part in location:
        if (*pointer, part) in document.places:
            pointer = (*pointer, part)
    return pointer


def operations(root: Node) -> Iterator[Node]:
    """Iterate over all operations of a document."""
    for _, item in _members(root, "paths"):
        for verb, node in item.items():
            if verb in VERBS:
                yield node


def _members(root: Node, *keys: str) -> Iterator[tuple[str, Node]]:
    node: Node | None = root
    for key in keys:
        node = node.child(key) if node is not None else None
    if node is not None:
        yield from node.items()


def _parameters(root: Node) -> Iterator[Node]:
    for _, node in _members(root, "components", "parameters"):
        yield node
    for operation in operations(root):
        parameters = operation.child("parameters")
        for node in parameters.elements() if parameters else ():
            if "$ref" not in node:
                yield node


def _schemas(root: Node) -> Iterator[Node]:
    """Iterate over every schema, named or inline."""
    for _, node in _members(root, "components", "schemas"):
        yield from _within(node)
    for parameter in _parameters(root):
        if "schema" in parameter:
            yield from _within(parameter["schema"])
    for operation in operations(root):
        for content in _contents(operation):
            if "schema" in content:
                yield from _within(content["schema"])


def _contents(operation: Node) -> Iterator[Node]:
    if "requestBody" in operation and "content" in operation["requestBody"]:
        yield from operation["requestBody"]["content"].values()
    for response in operation["responses"].values():
        if "content" in response:
            yield from response["content"].values()


def _stream_schemas(root: Node) -> Iterator[Node]:
    for _, node in _members(root, "components", "schemas"):
        yield from _within(node)
    for _, message in _members(root, "components", "messages"):
        yield from _within(message["payload"])


def _within(node: Node) -> Iterator[Node]:
    if not isinstance(node.value, dict):
        return
    yield node
    for key in ("items", "additionalProperties", "not"):
        if key in node:
            yield from _within(node[key])
    for key in ("allOf", "oneOf", "anyOf", "prefixItems"):
        if key in node:
            for element in node[key].elements():
                yield from _within(element)
    if "properties" in node:
        for member in node["properties"].values():
            yield from _within(member)


def _references(document: Document, beside: Document | None = None) -> Iterator[Problem]:
    """Check every $ref, wherever it stands: nothing but the file, and schemas of the one beside it, is ever read or fetched."""
    types = Types(document.root(), beside=beside.root() if beside is not None else None)
    for pointer in document.places:
        if pointer[-1:] == ("$ref",):
            node = document.root()
            for key in pointer[:-1]:
                node = node[key]
            types.resolve(node)
    yield from types.problems


def _root(root: Node) -> Iterator[Problem]:
    for key in ("servers", "components"):
        if not root.get(key):
            yield root.problem(f"the document has no {key}")
    venue = root.child("x-venue")
    if venue is not None and venue.get("id") != root.document.folder.name:
        yield venue.problem(f"id must be the name of the folder, {root.document.folder.name}")


def _components(root: Node) -> Iterator[Problem]:
    for kind, components in _members(root, "components"):
        for name, component in components.items():
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name, re.ASCII):
                yield component.problem(f"{name!r} is no name for components/{kind}: letters and digits only")
    for name, scheme in _members(root, "components", "securitySchemes"):
        if name not in ("signed", "keyed"):
            yield scheme.problem(f"security schemes are called signed and keyed, not {name}")
    if not any(name == "signed" for name, _ in _members(root, "components", "securitySchemes")):
        yield root.problem("components/securitySchemes has no scheme signed, which names the auth hook")


def _operation(node: Node) -> Iterator[Problem]:
    name = node.get("operationId", "an operation")
    for key in ("operationId", "summary", "tags", "security", "responses"):
        if node.get(key) is None:
            yield node.problem(f"{name} has no {key}")
    if str(node.get("summary", "")).endswith("."):
        yield node["summary"].problem("a summary is one sentence without a full stop")
    for status in ("200", "default"):
        if status not in node.get("responses", {}):
            yield node["responses"].problem(f"{name} has no {status} response")
    known = [key for key in node.value if key in ORDER]
    if known != sorted(known, key=ORDER.index):
        yield node.problem(f"{name}: order of keys is {', '.join(ORDER)}, extensions")
    yield from _source(node, name)


def _source(node: Node, name: str) -> Iterator[Problem]:
    source, documents = node.child("x-source"), node.document.root().get("x-documents", {})
    if source is not None and source.get("document") not in documents:
        yield source.problem(f"{name}: x-source names {source.get('document')!r}, which is not in x-documents")


def _parameter(node: Node) -> Iterator[Problem]:
    name = node.get("name")
    if "required" not in node:
        yield node.problem(f"{name}: required is always written")
    if "schema" not in node:
        yield node.problem(f"{name} has no schema")
    if not node.get("description"):
        yield node.problem(f"{name} has no description")
    if node.get("required") and "example" not in node and "default" not in node.get("schema", {}):
        yield node.problem(f"{name} is required and needs an example")
    if node.get("x-fill") == "auth" and "schema" in node and node.get("in") not in ("query", "header"):
        yield node.problem(f"{name}: what the auth hook fills in stands in the query or a header")


def _schema(node: Node) -> Iterator[Problem]:
    if node.get("properties") and "required" not in node:
        yield node.problem("required is always written, with [] where nothing is")
    required = node.child("required")
    for name in required.elements() if required and "properties" in node else ():
        if name.value not in node["properties"]:
            yield name.problem(f"{name.value!r} is required but not among the properties")
    if "prefixItems" in node and ("minItems" not in node or "maxItems" not in node):
        yield node.problem("minItems and maxItems stand beside prefixItems")
    try:
        re.compile(str(node.get("pattern", "")))
    except re.error as wrong:
        yield node["pattern"].problem(f"not a regular expression: {wrong}")
    if re.search(r"\)[*+{]", str(node.get("pattern", ""))):
        yield node["pattern"].problem("a group that repeats may be matched for ever: repeat what is inside it")
    if node.get("format") == "decimal" and "float" in str(node.get("type")):
        yield node.problem("money is never a float")


def _examples(root: Node) -> Iterator[Problem]:
    folder = root.document.folder / "examples"
    used: dict[str, Node] = {}
    closed = Closed(root.value)
    for operation in operations(root):
        name = operation.get("operationId")
        content = _answer(root, operation)
        named = content.child("examples") if content else None
        files = list(named.items()) if named else []
        if not files:
            yield operation.problem(f"{name} has no example")
        for _, example in files:
            file = str(example.get("externalValue", ""))
            if not file.startswith(f"examples/{name}.") or not file.endswith(".json") or file.count("/") != 1:
                yield example.problem(f"an example of {name} is a file examples/{name}[.<case>].json")
                continue
            if file in used:
                yield example.problem(f"{file} is used twice")
            used[file] = example
            yield from _example(closed, content, example, folder.parent / file)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if f"examples/{path.name}" not in used and not (path.name == STREAMS and path.is_dir()):
            yield root.problem(f"examples/{path.name} is not named by any operation")


def _answer(root: Node, operation: Node) -> Any:
    response = operation["responses"]["200"]
    if "$ref" in response:
        response = root["components"]["responses"][str(response.get("$ref")).rsplit("/", 1)[1]]
    content = response.child("content")
    answer = content.child("application/json") if content else None
    return answer if answer and "schema" in answer else None


def _example(closed: Closed, content: Node, at: Node, path: Path) -> Iterator[Problem]:
    if not path.is_file():
        yield at.problem(f"there is no file {path.name}")
        return
    try:
        example = json.loads(path.read_bytes())
    except ValueError as wrong:
        yield at.problem(f"{path.name} is not JSON: {wrong}")
        return
    for error in closed.validator(content["schema"].value).iter_errors(example):
        where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.instance_path)
        yield at.problem(f"{path.name} ${where}: {error.message[:300]}")


class Closed:
    """Makes validators that admit nothing undocumented, whatever the schemas of a document leave open."""

    def __init__(self, root: dict[str, Any]) -> None:
        schemas = root["components"].get("schemas", {})
        components = {
            "schemas": {name: _closed(named) for name, named in schemas.items()},
            "parts": {name: _closed(named, part=True) for name, named in schemas.items()},
        }
        self._registry = jsonschema_rs.Registry([(_DOCUMENT, {"components": components})])

    def validator(self, schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        """Return the validator of one schema."""
        return jsonschema_rs.Draft202012Validator(_closed(schema), registry=self._registry, offline=True)


def _closed(schema: Any, *, part: bool = False) -> Any:
    """Add `unevaluatedProperties: false` to objects with properties; not to parts of an allOf, which see only themselves."""
    if is_list(schema):
        return [_closed(element) for element in schema]
    if not is_object(schema):
        return schema
    closed = {key: _closed_member(key, value) for key, value in schema.items()}
    describes = "properties" in closed or "allOf" in closed
    if describes and "additionalProperties" not in closed and not part:
        closed["unevaluatedProperties"] = False
    return closed


def _as_part(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    return {**schema, "$ref": schema["$ref"].replace("/schemas/", "/parts/")}


def _closed_member(key: str, value: Any) -> Any:
    if key == "allOf":
        return [_closed(_as_part(part), part=True) for part in value]
    if key == "properties":
        return {name: _closed(member) for name, member in value.items()}
    if key == "$ref":
        return _DOCUMENT + value
    if key in ("items", "prefixItems", "oneOf", "anyOf", "additionalProperties"):
        return _closed(value)
    return value


class StreamExamples:
    """Checks the case files of a venue's streams: `examples/streams/<operation>[.<case>].txt`.

    A case is a script with one JSON object a line: `> ` is sent by the client, `< ` answers it, `= ` is pushed, and what begins
    with `# ` is a remark.
    """

    def __init__(self, document: Document, openapi: Document) -> None:
        self._root = document.root()
        self._types = Types(self._root, beside=openapi.root())
        self._folder = document.folder / "examples" / STREAMS
        self._shown = f"{document.file.rpartition('/')[0]}/examples/{STREAMS}".lstrip("/")
        self._named = [word for said in _documented(self._root) for word in re.findall(r'"([^"]+)"', said)]
        schemas = openapi.data["components"].get("schemas", {}) | document.data["components"]["schemas"]
        self._closed = Closed({"components": {"schemas": self._opened(schemas)}})
        self._sent = list(self._messages("send", "messages"))
        self._received = [*self._messages("send", "reply"), *self._messages("receive", "messages")]

    def problems(self) -> Iterator[Problem]:
        """Give everything that is wrong with the files, and what is missing."""
        files = sorted(self._folder.glob("*")) if self._folder.is_dir() else []
        named = {path.name.partition(".")[0] for path in files}
        for name, operation in _members(self._root, "operations"):
            if name not in named:
                yield operation.problem(f"{name} has no example examples/{STREAMS}/{name}[.<case>].txt")
        for path in files:
            if not path.name.endswith(".txt") or path.name.partition(".")[0] not in self._root["operations"]:
                yield self._root.problem(f"examples/{STREAMS}/{path.name} is not named after an operation")
                continue
            for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
                yield from self._line(line, f"{self._shown}/{path.name}", number)

    def _messages(self, action: str, part: str) -> Iterator[Node]:
        for _, operation in _members(self._root, "operations"):
            told = operation.child(part) if operation.get("action") == action else None
            if told is not None:
                references = told["messages"] if part == "reply" else told
                yield from (self._types.resolve(one) for one in references.elements())

    def _line(self, line: str, file: str, number: int) -> Iterator[Problem]:
        mark, _, text = line.partition(" ")
        if mark == "#":
            return
        if mark not in (">", "<", "="):
            yield Problem(file, number, 1, "a line begins with '> ', '< ', '= ' or '# '")
            return
        try:
            frame = json.loads(text)
        except ValueError as wrong:
            yield Problem(file, number, 3, f"not JSON: {wrong}")
            return
        found = [self._wrong(message, frame) for message in (self._sent if mark == ">" else self._received)]
        if [] not in found:
            yield from (Problem(file, number, 3, said) for said in min(found, key=_how_far, default=["no message"]))

    def _wrong(self, message: Node, frame: Any) -> list[str]:
        """Say why a frame is not that message."""
        wrong: list[str] = []
        for error in self._closed.validator(self._opened(message["payload"].value)).iter_errors(frame):
            where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.instance_path)
            wrong.append(f"no {message.get('title')}: ${where}: {error.message[:300]}")
        return wrong

    def _opened(self, value: Any) -> Any:
        """Copy a schema as part of one document, its open enums with the values that errata name: samples are as printed."""
        if is_list(value):
            return [self._opened(member) for member in value]
        if not is_object(value):
            return value
        copied = {key: self._opened(member) for key, member in value.items()}
        if isinstance(copied.get("$ref"), str):
            copied["$ref"] = copied["$ref"].replace(SHARED, "#/components/schemas/")
        if "x-enum-varnames" in copied and is_list(copied.get("enum")):
            copied["enum"] = [*copied["enum"], *self._named]
        return copied


def _how_far(wrong: list[str]) -> tuple[bool, int]:
    """Tell how far a frame is from a message: one of another kind is farther than any other."""
    return any(said.endswith("was expected") for said in wrong), len(wrong)


def _documented(root: Node) -> Iterator[str]:
    """Give what errata say of the samples."""
    for node in (root, *root["operations"].values()):
        yield from (entry.get("documented", "") for entry in node["x-errata"].elements()) if "x-errata" in node else ()
