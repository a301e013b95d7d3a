"""The strict checks of what a request carries, compiled from the schemas of a venue's document."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import jsonschema_rs

from spotwire_sim.call import Denied, Pairs
from spotwire_sim.wire import (
    decode_json,
    decode_pairs,
    to_boolean,
    to_decimal,
    to_integer,
    to_list,
    to_number,
    to_text,
    to_whole,
)

Schema = dict[str, Any]
Finish = Callable[[Any], Any]

FORM = "application/x-www-form-urlencoded"

# Candle lengths have a refusal of their own; every document calls their schema so.
_interval = re.compile(r"(^|/)Interval$").search


class Document:
    """A parsed OpenAPI document whose local references can be followed."""

    def __init__(self, root: Schema) -> None:
        """Keep the parsed document."""
        self.root = root

    def follow(self, node: Schema) -> Schema:
        """Return a node with its `$ref` replaced by what it points to; members beside the reference win."""
        while "$ref" in node:
            target: Any = self.root
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def validator(self, schema: Schema) -> jsonschema_rs.Draft202012Validator:
        """Compile a schema whose references lead into this document."""
        components = {"schemas": self.root["components"].get("schemas", {})}
        return jsonschema_rs.Draft202012Validator({**schema, "components": components})

    def coercion(self, schema: Schema) -> Callable[[str], Any]:
        """Return what reads text of the declared type."""
        schema = self.follow(schema)
        types = _types(schema)
        if "array" in types:
            return to_list(self.coercion(schema["items"]))
        by_type = {"string": to_text, "integer": to_integer, "number": to_number, "boolean": to_boolean}
        return next((read for name, read in by_type.items() if name in types), to_text)

    def finish(self, schema: Schema) -> Finish | None:
        """Return what makes Decimals of a checked value's decimals and refuses 2.0 for 2, None where it has neither."""
        schema = self.follow(schema)
        if schema.get("format") == "decimal":
            return to_decimal
        if "integer" in _types(schema):
            return to_whole
        if schema.get("items", False) is not False:
            inner = self.finish(schema["items"])
            return None if inner is None else lambda items: [inner(item) for item in items]
        steps = self._member_steps(schema)
        return (lambda members: _finished(members, steps)) if steps else None

    def _member_steps(self, schema: Schema) -> dict[str, Finish]:
        steps = {name: self.finish(member) for name, member in schema.get("properties", {}).items()}
        return {name: step for name, step in steps.items() if step is not None}


def _types(schema: Schema) -> list[str]:
    declared: Any = schema.get("type", "string")
    return [declared] if isinstance(declared, str) else declared


def _finished(members: dict[str, Any], steps: Mapping[str, Finish]) -> dict[str, Any]:
    return {name: steps[name](value) if name in steps else value for name, value in members.items()}


class Values:
    """The check of a set of named values: query and path parameters, or the members of a body."""

    def __init__(self, document: Document, schemas: Mapping[str, Schema], required: Iterable[str]) -> None:
        """Compile the schemas."""
        self._required = tuple(required)
        self._coerce = {name: document.coercion(schema) for name, schema in schemas.items()}
        self._validator = document.validator(
            {
                "type": "object",
                "required": list(self._required),
                "additionalProperties": False,
                "properties": dict(schemas),
            }
        )
        followed = {name: document.follow(schema) for name, schema in schemas.items()}
        self._defaults = {name: schema["default"] for name, schema in followed.items() if "default" in schema}
        self._steps = {name: step for name, s in schemas.items() if (step := document.finish(s)) is not None}
        # Text was read by its type, so only its decimals are left to convert.
        self._text_steps = {name: step for name, step in self._steps.items() if step is not to_whole}
        self._intervals = frozenset(name for name, s in schemas.items() if _interval(s.get("$ref", "")))

    def read(self, pairs: Pairs) -> dict[str, Any]:
        """Check and convert text values; turn down unknown, duplicate, missing and malformed ones."""
        values: dict[str, Any] = {}
        for name, text in pairs:
            coerce = self._coerce.get(name)
            if coerce is None:
                raise Denied("unknown-parameter", f"there is no parameter {name!r} here")
            if name in values:
                raise Denied("bad-parameter", f"{name} is given twice")
            try:
                values[name] = coerce(text)
            except ValueError as error:
                raise self._malformed(name, text, f"{name} is not {error}: {text!r}") from None
        return self._checked(values, self._text_steps)

    def check(self, values: dict[str, Any]) -> dict[str, Any]:
        """Check typed values; return them with decimals converted and defaults filled in."""
        return self._checked(values, self._steps)

    def _checked(self, values: dict[str, Any], steps: Mapping[str, Finish]) -> dict[str, Any]:
        if not _valid(self._validator, values):
            raise self._explain(values)
        for name, step in steps.items():
            if name in values:
                try:
                    values[name] = step(values[name])
                except ValueError as error:
                    raise self._malformed(name, values[name], f"{name} is not {error}") from None
        return {**self._defaults, **values}

    def _explain(self, values: dict[str, Any]) -> Denied:
        for name in self._required:
            if name not in values:
                return Denied("missing-parameter", f"{name} is missing")
        for name in values:
            if name not in self._coerce:
                return Denied("unknown-parameter", f"there is no parameter {name!r} here")
        path, problem = _problem(self._validator, values)
        name = str(path[0]) if path else ""
        return self._malformed(name, values.get(name), f"{name} is wrong: {problem}")

    def _malformed(self, name: str, value: object, reason: str) -> Denied:
        if value == "" and name in self._required:
            return Denied("missing-parameter", f"{name} is empty")
        return Denied("bad-interval" if name in self._intervals else "bad-parameter", reason)


def _valid(validator: jsonschema_rs.Draft202012Validator, value: object) -> bool:
    try:
        return validator.is_valid(value)
    except (ValueError, RecursionError):  # a lone surrogate, a nesting too deep for the validator
        return False


def _problem(validator: jsonschema_rs.Draft202012Validator, value: object) -> tuple[list[str | int], str]:
    try:
        error = next(validator.iter_errors(value), None)
    except (ValueError, RecursionError) as failure:
        return [], str(failure)
    return ([], "") if error is None else (list(error.instance_path), error.message)


class Body:
    """The check of a request body: none, a form, or JSON."""

    def __init__(self, document: Document, node: Schema | None) -> None:
        """Compile the first media type of a `requestBody`."""
        self.media_type, self.required = "", False
        if node is None:
            return
        self.required = bool(node.get("required"))
        self.media_type, media = next(iter(document.follow(node)["content"].items()))
        schema = document.follow(media["schema"])
        self._values, self._any = None, None
        if schema.get("type") == "object":
            self._values = Values(document, schema.get("properties", {}), schema.get("required", []))
        else:
            self._any, self._finish = document.validator(media["schema"]), document.finish(schema)

    def read(self, body: bytes, content_type: str) -> tuple[dict[str, Any], Any]:
        """Return the members of an object or a form, and a body that is neither."""
        if not self.media_type:
            if body:
                raise Denied("bad-parameter", "this operation takes no body")
            return {}, None
        if not body and not self.required:
            return {}, None
        if content_type.partition(";")[0].strip().lower() != self.media_type:
            raise Denied("bad-content-type", f"the body must be {self.media_type}, not {content_type!r}")
        if self.media_type == FORM:
            return self._form(body), None
        return self._json(decode_json(body))

    def _form(self, body: bytes) -> dict[str, Any]:
        if self._values is None:
            raise AssertionError("a form is an object")
        return self._values.read(decode_pairs(body, plus_is_blank=True))

    def _json(self, value: Any) -> tuple[dict[str, Any], Any]:
        if self._values is not None:
            if not isinstance(value, dict):
                raise Denied("bad-parameter", "the body must be a JSON object")
            return self._values.check(cast("dict[str, Any]", value)), None
        if self._any is not None and not _valid(self._any, value):
            raise Denied("bad-parameter", f"the body is wrong: {_problem(self._any, value)[1]}")
        try:
            return {}, value if self._finish is None else self._finish(value)
        except ValueError as error:
            raise Denied("bad-parameter", f"a part of the body is not {error}") from None
