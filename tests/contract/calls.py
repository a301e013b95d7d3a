"""Call any operation of any client with arguments taken from its spec."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from contract.spec import ALL, Operation, Parameter

KEY, SECRET = "key-of-the-contract-tests", "secret-of-the-contract-tests"


Optional = Literal["none", "documented", "all"]


def arguments(operation: Operation, *, optional: Optional, many: bool = False) -> dict[str, Any]:
    """Return arguments by Python name: the required ones, and of the others none, those with an example, or all."""
    chosen: dict[str, Any] = {}
    for parameter in operation.parameters:
        decides = parameter.wire == operation.one_or_list
        if parameter.fill in ("auth", "clock") or (decides and many):
            continue
        needed = parameter.required and not parameter.fill and parameter.schema.get("default") != []
        shown = optional == "documented" and parameter.example is not None and not parameter.fill
        if needed or optional == "all" or shown or decides:
            chosen[parameter.python] = value_of(operation, parameter)
    return chosen


def value_of(operation: Operation, parameter: Parameter) -> Any:
    """Return a value that the spec allows: its example where there is one."""
    example = parameter.example if parameter.example is not None else _made_up(operation, parameter.schema)
    return _as_python(operation, parameter.schema, example)


def _made_up(operation: Operation, schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if "array" in kinds:
        return [_made_up(operation, ALL[operation.venue].resolve(schema["items"]))] * schema.get("minItems", 1)
    if schema.get("format") == "decimal":
        return "1.50"
    if "integer" in kinds:
        return schema.get("default", schema.get("minimum", 7))
    if "boolean" in kinds:
        return True
    if schema.get("format") == "date-time":
        return "2025-03-12 17:37:31" if "x-timezone" in schema else "2025-03-12T17:37:31Z"
    return "a1"


def _as_python(operation: Operation, schema: dict[str, Any], example: Any) -> Any:
    """Turn an example into what a user would pass: Decimal for money, a model for an object."""
    spec = ALL[operation.venue]
    if isinstance(example, list):
        return [_as_python(operation, spec.resolve(schema["items"]), item) for item in example]
    if isinstance(example, dict):
        name = next(
            n for n, s in spec.root["components"]["schemas"].items() if s.get("properties") == schema["properties"]
        )
        members = {w: spec.resolve(s) for w, s in schema["properties"].items()}
        module = importlib.import_module(f"spotwire.{operation.venue}")
        from contract.spec import snake

        return getattr(module, name)(
            **{members[w].get("x-name") or snake(w): _as_python(operation, members[w], v) for w, v in example.items()}
        )
    if schema.get("format") == "decimal":
        return Decimal(str(example))
    return example


def module_of(operation: Operation) -> Any:
    """Return the venue's package."""
    return importlib.import_module(f"spotwire.{operation.venue}")


def credentials(operation: Operation) -> Any:
    """Return an auth hook with the test's key."""
    scheme = ALL[operation.venue].root["components"]["securitySchemes"]["signed"]["x-auth-hook"]
    return getattr(module_of(operation), scheme)(KEY, SECRET)


def client_class(operation: Operation, prefix: str = "") -> Any:
    """Return the synchronous client class, or the asynchronous one with prefix Async."""
    return getattr(module_of(operation), prefix + ALL[operation.venue].root["x-venue"]["class"])


def call(operation: Operation, url: str, auth: Any, kwargs: Mapping[str, Any], *, asynchronous: bool) -> Any:
    """Call the operation's method over real HTTP and return its value."""
    if asynchronous:
        return asyncio.run(_call_async(operation, url, auth, kwargs))
    with client_class(operation)(auth=auth, base_url=url) as client:
        return getattr(getattr(client, operation.group), operation.method)(**kwargs)


async def _call_async(operation: Operation, url: str, auth: Any, kwargs: Mapping[str, Any]) -> Any:
    async with client_class(operation, "Async")(auth=auth, base_url=url) as client:
        return await getattr(getattr(client, operation.group), operation.method)(**kwargs)
