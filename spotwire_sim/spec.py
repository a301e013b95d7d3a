"""A venue's OpenAPI document, compiled once: operations with their routes and examples, and the table of errors.

The document is the only place where a fact about a venue is written; this module knows the format, no venue.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from spotwire_sim.call import Denied, Pairs
from spotwire_sim.checks import Body, Document, Schema, Values
from spotwire_sim.wire import decode_pairs, decode_text

# Built wheels carry the documents beside this module, a checkout has them beside the package.
SHIPPED = Path(__file__).parent / "specs"
SPECS = SHIPPED if SHIPPED.is_dir() else Path(__file__).parents[1] / "specs"

VERBS = ("get", "post", "put", "delete", "patch")
JSON = "application/json"

# A situation that a venue's table does not list is answered like another one.
SIMILAR = {
    "missing-key": "bad-key",
    "missing-signature": "bad-signature",
    "replayed-nonce": "bad-signature",
    "window-too-large": "clock",
    "clock": "bad-signature",
    "ip-ban": "rate-limit",
    "would-match": "unsupported-order-type",
    "no-opposite-order": "unsupported-order-type",
    "internal": "unavailable",
}

_placeholder = re.compile(r"\{([^{}]+)\}")


def parsed(path: Path) -> Schema:
    """Read a document."""
    # The C loader where PyYAML was built with it: five times as fast.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: Schema = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - a safe loader
    return document


class ErrorRow(Struct, frozen=True):
    """What the venue says in a situation: code, text and HTTP status."""

    code: str | int
    message: str
    status: int


class Envelope(Struct, frozen=True):
    """The members of an answer that carry code, message, data and the success flag; empty where there is none."""

    code: str
    message: str
    data: str
    success_flag: str


class Operation:
    """One operation of a venue: how it is asked for and what the documentation prints as its answer."""

    def __init__(self, document: Document, folder: Path, path: str, verb: str, node: Schema) -> None:
        """Compile an operation of the document."""
        self.operation_id: str = node["operationId"]
        self.method = verb.upper()
        self.path, _, constant = path.partition("?")
        self.constant = tuple(decode_pairs(constant.encode()))
        self.security = next((name for names in node["security"] for name in names), "")
        parameters = [document.follow(parameter) for parameter in node.get("parameters", [])]
        self.path_parameters = {p["name"]: p.get("style", "simple") for p in parameters if p["in"] == "path"}
        self._values = self._compile(document, [p for p in parameters if p["in"] in ("query", "path")])
        self._body = Body(document, node.get("requestBody"))
        self.envelope = _envelope(node["x-envelope"] if "x-envelope" in node else document.root["x-envelope"])
        self.one_or_list: str | None = node.get("x-one-or-list")
        self.limits: list[Schema] = node["x-rate-limit"]
        self.examples = _examples(document, folder, node)
        self._frame = self._envelope_frame()

    def _compile(self, document: Document, parameters: list[Schema]) -> Values:
        schemas = {parameter["name"]: parameter["schema"] for parameter in parameters}
        required = [p["name"] for p in parameters if p.get("required") and "default" not in p["schema"]]
        scheme = document.root["components"].get("securitySchemes", {}).get(self.security, {})
        if scheme.get("in") == "query" and scheme["name"] not in schemas:
            schemas[scheme["name"]] = {"type": "string"}
        return Values(document, schemas, required)

    def _envelope_frame(self) -> dict[str, Any]:
        """Return what the documented answer has around its payload, with the payload empty."""
        if not self.envelope.data:
            return {}
        documented: dict[str, Any] = json.loads(next(iter(self.examples.values()), b"{}"))
        return {**documented, self.envelope.data: None}

    def read(self, path_pairs: Pairs, pairs: Pairs, body: bytes, content_type: str) -> tuple[dict[str, Any], Any]:
        """Check everything that was sent; return the arguments by name, and a body that is no object."""
        args = self._values.read([*path_pairs, *pairs])
        members, document = self._body.read(body, content_type)
        return {**args, **members}, document

    def example(self, args: Mapping[str, Any]) -> bytes:
        """Return the documented answer that fits the arguments, byte for byte."""
        if self.one_or_list is None:
            return next(iter(self.examples.values()))
        return self.examples["one" if args.get(self.one_or_list) is not None else "list"]

    def wrap(self, payload: object) -> object:
        """Put a payload into the envelope that the documented answer has."""
        return {**self._frame, self.envelope.data: payload} if self.envelope.data else payload


def _envelope(node: Schema) -> Envelope:
    return Envelope(node["code"], node["message"][0], node.get("data", ""), node.get("success-flag", ""))


def _examples(document: Document, folder: Path, node: Schema) -> dict[str, bytes]:
    response = document.follow(node["responses"]["200"])
    named: Schema = response.get("content", {}).get(JSON, {}).get("examples", {})
    return {case: (folder / example["externalValue"]).read_bytes() for case, example in named.items()}


def _error_row(node: Schema) -> ErrorRow:
    message = node["message"] if "message" in node else node["meaning"]
    return ErrorRow(node["code"], message, node.get("status", 200))


class Router:
    """The operations of a venue by method, path and constant query."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        """Index fixed paths and compile templates."""
        self._fixed: dict[tuple[str, str], list[Operation]] = {}
        self._templates: list[tuple[re.Pattern[str], Operation]] = []
        for operation in operations:
            if operation.path_parameters:
                self._templates.append((_pattern(operation), operation))
            else:
                self._fixed.setdefault((operation.method, operation.path), []).append(operation)

    def find(self, method: str, path: str, pairs: Pairs) -> tuple[Operation, Pairs, Pairs]:
        """Return the operation, its path parameters and what is left of the query.

        `path` is as it was sent, percent-encoding included.
        """
        for operation in self._fixed.get((method, path), ()):
            if all(pair in pairs for pair in operation.constant):
                return operation, [], _without(pairs, operation.constant) if operation.constant else pairs
        for pattern, operation in self._templates:
            match = pattern.fullmatch(path) if operation.method == method else None
            if match is not None:
                return operation, _path_pairs(operation, match), pairs
        raise Denied("unknown-path", f"there is no {method} {path}")


def _without(pairs: Pairs, constant: Iterable[tuple[str, str]]) -> Pairs:
    left = list(pairs)
    for pair in constant:
        left.remove(pair)  # the first one only, so that a second one is an unknown parameter
    return left


def _pattern(operation: Operation) -> re.Pattern[str]:
    """Compile a path template; a simple value is a segment, a matrix value may be absent."""
    text, end = "", 0
    for match in _placeholder.finditer(operation.path):
        style = operation.path_parameters[match[1]]
        text += re.escape(operation.path[end : match.start()])
        text += f"((?:;{re.escape(match[1])}=[^/;]*)?)" if style == "matrix" else "([^/]+)"
        end = match.end()
    return re.compile(text + re.escape(operation.path[end:]))


def _path_pairs(operation: Operation, match: re.Match[str]) -> Pairs:
    names = _placeholder.findall(operation.path)
    texts = [
        raw.partition("=")[2] if operation.path_parameters[name] == "matrix" else raw
        for name, raw in zip(names, match.groups(), strict=True)
    ]
    return [(name, decode_text(text.encode())) for name, text in zip(names, texts, strict=True)]


class Spec:
    """Everything that the simulated venue needs to know about a venue, compiled."""

    def __init__(self, venue: str, folder: Path) -> None:
        """Read `openapi.yaml` and the examples of a venue's folder."""
        self.venue = venue
        root = parsed(folder / "openapi.yaml")
        document = Document(root)
        self.operations = {
            node["operationId"]: Operation(document, folder, path, verb, node)
            for path, item in root["paths"].items()
            for verb, node in item.items()
            if verb in VERBS
        }
        self.router = Router(self.operations.values())
        self.envelope = _envelope(root["x-envelope"])
        self.limits: list[Schema] = root["x-rate-limit"]
        self._by_code = {str(row["code"]): _error_row(row) for row in root["x-errors"]}
        self._errors = {situation: _error_row(row) for row in root["x-errors"] for situation in row.get("when", ())}
        self.auth_hook = next(
            scheme["x-auth-hook"]
            for scheme in root["components"]["securitySchemes"].values()
            if "x-auth-hook" in scheme
        )

    def knows(self, situation: str) -> bool:
        """Tell whether the venue's table of errors names a situation itself."""
        return situation in self._errors

    def error(self, situation: str, code: str | None = None) -> ErrorRow:
        """Look up what the venue says; a situation that its table lacks is answered like a similar one."""
        if code is not None:
            return self._by_code[code]
        tried = situation
        while tried not in self._errors:
            if tried == "bad-parameter":
                return ErrorRow(500, "internal", 500)
            tried = SIMILAR.get(tried, "bad-parameter")
        return self._errors[tried]


@cache
def load(venue: str) -> Spec:
    """Read and compile a venue's document, once in a process."""
    return Spec(venue, SPECS / venue)
