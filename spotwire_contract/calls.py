"""Call any operation of any client with arguments taken from its document."""

import importlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from spotwire_contract.spec import Node, Operation, Parameter, is_list, is_object, snake

Optional = Literal["none", "documented", "all"]


def arguments(operation: Operation, *, optional: Optional, many: bool = False) -> dict[str, Any]:
    """Return arguments by Python name: the required ones, and of the others none, those with an example, or all.

    With `many` the parameter is left out without which the answer is a list.
    """
    chosen = chosen_parameters(operation, optional=optional, many=many)
    return {parameter.python: value_of(operation, parameter) for parameter in chosen}


def chosen_parameters(operation: Operation, *, optional: Optional, many: bool = False) -> list[Parameter]:
    """Choose parameters as `arguments` does."""
    chosen: list[Parameter] = []
    for parameter in operation.parameters:
        decides = parameter.wire == operation.one_or_list
        if parameter.fill in ("auth", "clock") or (decides and many):
            continue
        needed = parameter.required and not parameter.fill and parameter.schema.get("default") != []
        shown = optional == "documented" and parameter.example is not None and not parameter.fill
        if needed or optional == "all" or shown or decides:
            chosen.append(parameter)
    return chosen


def value_of(operation: Operation, parameter: Parameter) -> Any:
    """Return a value that the document allows, as a user would pass it: its example where there is one."""
    return _as_python(operation, parameter.schema, example_of(operation, parameter))


def example_of(operation: Operation, parameter: Parameter) -> Any:
    """Return a value that the document allows, as it writes it."""
    return parameter.example if parameter.example is not None else _made_up(operation, parameter.schema)


def _made_up(operation: Operation, schema: Node) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    kinds = types_of(schema)
    if "array" in kinds:
        return [_made_up(operation, operation.spec.resolve(schema["items"]))] * schema.get("minItems", 1)
    if schema.get("format") == "decimal":
        return "1.50"
    if "integer" in kinds:
        return schema.get("default", schema.get("minimum", 7))
    if "boolean" in kinds:
        return True
    if schema.get("format") == "date-time":
        return "2025-03-12 17:37:31" if "x-timezone" in schema else "2025-03-12T17:37:31Z"
    return "a1"


def types_of(schema: Node) -> list[str]:
    """Return the JSON types that a schema declares."""
    declared: str | list[str] = schema.get("type", [])
    return [declared] if isinstance(declared, str) else declared


def _as_python(operation: Operation, schema: Node, example: Any) -> Any:
    """Turn an example into what a user would pass: Decimal for money, a model for an object."""
    spec = operation.spec
    if is_list(example):
        items = spec.resolve(schema["items"])
        return [_as_python(operation, items, item) for item in example]
    if is_object(example):
        return model_of(
            operation,
            schema,
            {w: _as_python(operation, spec.resolve(schema["properties"][w]), v) for w, v in example.items()},
        )
    return Decimal(str(example)) if schema.get("format") == "decimal" else example


def model_of(operation: Operation, schema: Node, members: Mapping[str, Any]) -> Any:
    """Make the client's model of an object from its members by wire name."""
    schemas: Mapping[str, Node] = operation.spec.root["components"]["schemas"]
    name = next(name for name, named in schemas.items() if named.get("properties") == schema["properties"])
    wires = {wire: operation.spec.resolve(member) for wire, member in schema["properties"].items()}
    given = {wires[wire].get("x-name") or snake(wire): value for wire, value in members.items()}
    return getattr(module_of(operation), name)(**given)


def module_of(operation: Operation) -> Any:
    """Return the venue's package."""
    return importlib.import_module(f"spotwire.{operation.venue}")


def client_class(operation: Operation, prefix: str = "") -> Any:
    """Return the synchronous client class, or the asynchronous one with prefix Async."""
    return getattr(module_of(operation), prefix + operation.spec.root["x-venue"]["class"])


def method_of(client: Any, operation: Operation) -> Any:
    """Return a client's method for an operation."""
    return getattr(getattr(client, operation.group), operation.method)


def declared(operation: Operation) -> Any:
    """Return the operation as the generated client declares it."""
    module = importlib.import_module(f"spotwire.{operation.venue}.api.{operation.group}")
    return getattr(module, operation.method.upper())
