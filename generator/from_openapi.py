"""Walk a checked OpenAPI document into the model. Every gap is a problem with its place; all are collected."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from generator.load import Document, Node, Problem, Problems
from generator.lookups import Lookups
from generator.model import (
    NONE,
    Argument,
    Charge,
    Code,
    Enum,
    EnumMember,
    Envelope,
    Erratum,
    Group,
    KnownError,
    Limit,
    Lookup,
    Member,
    Model,
    Operation,
    Paging,
    Param,
    PythonType,
    Refusal,
    Source,
    TimeSource,
    Venue,
)
from generator.names import BadName, Name, attribute, camel_case, class_name, constant, given
from generator.types import Types, is_class, optional, types_of

VERBS = ("get", "post", "put", "delete")
GROUPS = ("market", "trade", "account", "wallet")
CONTENTS = {"application/json": "json", "application/x-www-form-urlencoded": "form"}

_path = re.compile(r"(/[A-Za-z0-9_.~-]+(\{[A-Za-z0-9_]+\})?|/\{[A-Za-z0-9_]+\})+", re.ASCII).fullmatch
_placeholder = re.compile(r"\{([^{}]*)\}").findall
_query = re.compile(r"[A-Za-z0-9_=&.-]*", re.ASCII).fullmatch

Vocabulary = dict[str, dict[str, str]]
T = TypeVar("T")


def read_venue(document: Document, vocabulary: Vocabulary) -> Venue:
    """Return the model of one venue. Raises Problems."""
    reader = Reader(document, vocabulary)
    return reader.read(reader.venue)


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.message))


class Reader:
    """Reads one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.root = self.at = document.root()
        self.types = Types(self.root)
        self.problems = self.types.problems
        self.methods = {camel_case(name): (name, group) for group in GROUPS for name in vocabulary.get(group, {})}
        self.nodes: dict[str, Node] = {}
        self.limits: list[Limit] = []
        self.enums: dict[Name, Enum] = {}
        self.models: dict[Name, Model] = {}

    def read(self, part: Callable[[], T]) -> T:
        """Return what a reading method gives. Raises Problems with everything that it found."""
        try:
            result = part()
        except RecursionError as error:
            self.problems.append(self.at.problem("a schema contains itself with no object in between"))
            raise Problems(_in_order(self.problems)) from error
        except (BadName, KeyError, TypeError, AttributeError, IndexError) as error:
            if not self.problems:
                said = str(error) if isinstance(error, BadName) else f"cannot be read: {error!r}"
                self.problems.append(self.at.problem(said))
            raise Problems(_in_order(self.problems)) from error
        if self.problems:
            raise Problems(_in_order(self.problems))
        return result

    # the venue

    def venue(self) -> Venue:
        """Read the whole document."""
        root, facts = self.root, self.root["x-venue"]
        self.limits += [self._limit(node) for node in root["x-rate-limit"].elements()]
        grouped = self._operations()
        groups: list[Group] = []
        placed: set[Name] = set()
        for name in GROUPS:
            if grouped[name]:
                models = self._models_of(grouped[name], placed)
                groups.append(Group(Name(name), Name(f"{name.capitalize()}Api"), tuple(grouped[name]), models))
        scheme = self.at = root["components"]["securitySchemes"]["signed"]
        auth = class_name(scheme.get("x-auth-hook"))
        self.at = facts
        own = class_name(facts.get("class"))
        self._check_classes({own, auth, *(group.class_name for group in groups)}, placed)
        return Venue(
            id=Name(facts.get("id")),
            class_name=own,
            title=root["info"].get("title"),
            description=root["info"].get("description", ""),
            base_url=root["servers"][0].get("url"),
            servers=tuple((s.get("url"), s.get("description", "")) for s in root["servers"].elements()),
            closed=facts.get("note", "") if facts.get("status") == "closed" else "",
            auth=auth,
            signing=scheme.get("description", ""),
            envelope=self._envelope(root["x-envelope"]),
            errors=self._errors(root["x-errors"]),
            limits=tuple(self.limits),
            groups=tuple(groups),
            enums=tuple(self.enums[name] for name in sorted(self.enums)),
            clock=self._clock(root["x-clock"], grouped),
            lookups=self._lookups(grouped),
            errata=self._errata(root),
            limit_notes=tuple(
                (n.get("bucket"), n.get("description", ""), tuple(n.get("confidence")))
                for n in root["x-rate-limit"].elements()
            ),
        )

    def _check_classes(self, generated: set[Name], schemas: set[Name]) -> None:
        for name in sorted(schemas & {made for other in generated for made in (other, f"Async{other}")}):
            schema = self.root["components"]["schemas"][str(name)]
            self.problems.append(
                schema.problem(f"{name} is also the name of a client, an auth hook or a group of methods")
            )

    def _clock(self, node: Node, grouped: dict[str, list[Operation]]) -> TimeSource | None:
        wanted = node.get("operation")
        if wanted is None:
            return None
        for operation in (one for group in grouped.values() for one in group):
            if operation.id == wanted:
                return TimeSource(operation.path, node.get("member"), 1 if node.get("unit") == "ms" else 1000)
        self.problems.append(node.problem(f"there is no operation {wanted!r} that tells the time"))
        return None

    def _lookups(self, grouped: dict[str, list[Operation]]) -> tuple[tuple[Operation, tuple[Lookup, ...]], ...]:
        operations = {operation.id: operation for group in grouped.values() for operation in group}
        reader = Lookups(operations, self._properties_of, self.problems)
        found = [(operation, reader.read(self.nodes[name], operation)) for name, operation in operations.items()]
        return tuple((operation, lookups) for operation, lookups in found if lookups)

    def _limit(self, node: Node) -> Limit:
        return Limit(
            bucket=node.get("bucket"),
            requests=node.get("requests"),
            seconds=node.get("seconds"),
            scope=node.get("scope"),
            each=node.get("applies") == "each",
        )

    def _envelope(self, node: Node) -> Envelope:
        return Envelope(
            code=node.get("code"),
            message=tuple(node.get("message")),
            data=node.get("data", ""),
            success_codes=frozenset(node.get("success-codes", ())),
            success_flag=node.get("success-flag", ""),
        )

    def _errors(self, node: Node) -> tuple[KnownError, ...]:
        found: dict[str, KnownError] = {}
        for entry in node.elements():
            code = str(entry.get("code"))
            if code in found:
                self.problems.append(entry.problem(f"the code {code} stands twice"))
            found[code] = KnownError(
                code, Name(entry.get("error")), entry.get("meaning"), tuple(entry.get("confidence"))
            )
        return tuple(found.values())

    def _errata(self, node: Node) -> tuple[Erratum, ...]:
        entries = node.child("x-errata")
        return tuple(
            Erratum(e.get("documented"), e.get("actual"), e.get("evidence", ""), tuple(e.get("confidence")))
            for e in (entries.elements() if entries else ())
        )

    # operations

    def _operations(self) -> dict[str, list[Operation]]:
        grouped: dict[str, list[Operation]] = {name: [] for name in GROUPS}
        for key, item in self.root["paths"].items():
            for verb, node in item.items():
                if verb not in VERBS:
                    self.problems.append(node.problem(f"{verb} is not a verb that is generated: {', '.join(VERBS)}"))
                    continue
                identifier = node.get("operationId", "")
                if identifier in self.nodes:
                    self.problems.append(node["operationId"].problem(f"the operationId {identifier} stands twice"))
                self.nodes[identifier] = node
                operation = self._operation(key, verb, node)
                if operation is not None:
                    grouped[self.methods[identifier][1]].append(operation)
        return grouped

    def _operation(self, key: str, verb: str, node: Node) -> Operation | None:
        self.at = node
        identifier = node.get("operationId", "")
        if identifier not in self.methods:
            self.problems.append(
                node.problem(f"the operationId {identifier!r} is not in specs/methods.yaml (in camelCase)")
            )
            return None
        method, group = self.methods[identifier]
        if node.get("tags") != [group]:
            self.problems.append(
                node.problem(f"{identifier} stands under {group} in specs/methods.yaml: tags: [{group}]")
            )
        path, _, query = key.partition("?")
        if not _path(path) or {".", ".."} & set(path.split("/")) or not _query(query):
            self.problems.append(node.problem(f"the path {key!r} has characters that a path cannot have"))
        arguments = self._arguments(node)
        stated = [argument.param.wire for argument in arguments if argument.param.place == "path"]
        if sorted(stated) != sorted(_placeholder(path)):
            self.problems.append(node.problem(f"the path {key!r} and the parameters in path name different things"))
        envelope = node.child("x-envelope")
        source = node["x-source"]
        result = self._result(node, identifier, self._envelope(envelope or self.root["x-envelope"]))
        return Operation(
            id=identifier,
            name=Name(method),
            group=Name(group),
            constant=constant(method),
            summary=node.get("summary"),
            description=node.get("description", ""),
            verb=verb.upper(),
            path=path,
            constant_query=query,
            arguments=arguments,
            body=self._body_kind(node),
            security=self._security(node),
            safety=node.get("x-safety"),
            result=result,
            charges=self._charges(node, identifier, arguments),
            source=Source(
                self.root["x-documents"].get(source.get("document"), {}).get("title", ""),
                source.get("section"),
                source.get("note", ""),
                tuple(source.get("confidence")),
            ),
            one_or_list=self._one_or_list(node, arguments),
            envelope=self._envelope(envelope) if envelope else None,
            refusal=self._refusal(node),
            paging=self._paging(node, arguments, result),
            item=self._paged_type(node, result),
            errata=self._errata(node),
            deprecated=node.get("deprecated", False),
        )

    def _security(self, node: Node) -> str:
        wanted = [name for entry in node.get("security", []) for name in entry]
        if not wanted:
            return "none"
        if wanted not in (["signed"], ["keyed"]):
            self.problems.append(node["security"].problem("security is [], [{signed: []}] or [{keyed: []}]"))
        return str(wanted[0])

    def _refusal(self, node: Node) -> Refusal | None:
        refused = node.child("x-refused")
        if refused is None:
            return None
        return Refusal(
            refused.get("member"), tuple(refused.get("accepted")), refused.get("code"), refused.get("message")
        )

    def _paging(self, node: Node, arguments: tuple[Argument, ...], result: PythonType) -> Paging | None:
        paged = node.child("x-pagination")
        if paged is None:
            return None
        item = paged.get("item", "")
        if paged.get("by") != "page" and not item:
            self.problems.append(paged.problem("paging by id or time needs item, the member that gives the next value"))
        return Paging(
            parameter=self._place_of(node, "x-pagination", paged.get("parameter"), arguments) or 0,
            limit=self._place_of(node, "x-pagination", paged.get("limit"), arguments) or 0,
            items=self._python_member(paged, result.code, paged.get("items", "")),
            item=self._python_member(paged, self._paged_type(node, result).code, item),
            descending=paged.get("order") == "descending",
            start=paged.get("start"),
        )

    def _paged_type(self, node: Node, result: PythonType) -> PythonType:
        """Return the type of what an iterator over the pages yields."""
        paged = node.child("x-pagination")
        code, uses = str(result.code).removesuffix(" | None"), result.uses
        if paged is not None and paged.get("items"):
            member = self._properties_of(code).get(paged.get("items"))
            listed = self.types.type_of(member) if member is not None else NONE
            code, uses = str(listed.code).removesuffix(" | None"), listed.uses
        if not (code.startswith("list[") and code.endswith("]")):
            if paged is not None:
                self.problems.append(paged.problem("what pages is a list: the payload, or its member items"))
            return NONE
        return PythonType(Code(code[5:-1]), uses)

    def _python_member(self, paged: Node, model: str, wire: str) -> str:
        if not wire:
            return ""
        members = self._properties_of(model)
        if wire not in members:
            self.problems.append(paged.problem(f"{model} has no member {wire!r}"))
            return ""
        return str(self._name_of(wire, members[wire]))

    def _properties_of(self, model: str) -> dict[str, Node]:
        """Return the members of a named schema by wire name, those of a row by x-name."""
        schemas = self.root["components"]["schemas"]
        if model not in schemas:
            return {}
        if "prefixItems" in schemas[model]:
            return {node.get("x-name", ""): node for node in schemas[model]["prefixItems"].elements()}
        parts = [part for part in self._parts(schemas[model]) if "properties" in part]
        return {wire: node for part in parts for wire, node in part["properties"].items()}

    def _one_or_list(self, node: Node, arguments: tuple[Argument, ...]) -> int | None:
        wire = node.get("x-one-or-list")
        return None if wire is None else self._place_of(node, "x-one-or-list", wire, arguments)

    def _place_of(self, node: Node, what: str, wire: str, arguments: tuple[Argument, ...]) -> int | None:
        for index, argument in enumerate(arguments):
            if argument.param.wire == wire:
                return index
        self.problems.append(node[what].problem(f"{what} names {wire!r}, which is not a parameter here"))
        return None

    def _charges(self, node: Node, identifier: str, arguments: tuple[Argument, ...]) -> tuple[Charge, ...]:
        charges: dict[str, Charge] = {}
        for entry in self.root["x-rate-limit"].elements():
            applies, user = entry.get("applies"), entry.get("scope") == "user"
            if applies in ("all", "each") and (not user or node.get("security")):
                charges[entry.get("bucket")] = Charge(entry.get("bucket"))
        for entry in node["x-rate-limit"].elements():
            charge = self._charge(node, entry, identifier, arguments)
            charges[charge.bucket] = charge
        return tuple(charges.values())

    def _charge(self, node: Node, entry: Node, identifier: str, arguments: tuple[Argument, ...]) -> Charge:
        bucket = entry.get("bucket")
        if bucket is None:
            own = Limit(identifier, entry.get("requests"), entry.get("seconds"), entry.get("scope"))
            if any(limit.bucket == own.bucket for limit in self.limits):
                own = Limit(f"{identifier}-{own.seconds}s", own.requests, own.seconds, own.scope)
            self.limits.append(own)
            return Charge(own.bucket)
        if all(limit.bucket != bucket for limit in self.limits):
            self.problems.append(entry.problem(f"there is no bucket {bucket!r} in the x-rate-limit of the root"))
        weight = entry.get("weight", 1)
        for wire, without in entry.get("weight-without", {}).items():
            place = self._place_of(node, "x-rate-limit", wire, arguments)
            return Charge(bucket, weight, place, without)
        return Charge(bucket, weight)

    # arguments

    def _arguments(self, node: Node) -> tuple[Argument, ...]:
        found: list[Argument] = []
        parameters = node.child("parameters")
        for parameter in parameters.elements() if parameters else ():
            target = self.types.resolve(parameter)
            if target.get("x-fill") != "auth":
                self._add(found, self._parameter(target), target)
        body = self._body(node)
        if body is not None and "properties" in body:
            self._add_properties(found, body, self._body_kind(node))
        return tuple(found)

    def _add_properties(self, found: list[Argument], body: Node, place: str) -> None:
        for wire, schema in body["properties"].items():
            if schema.get("x-fill") == "auth" or self.types.resolve(schema).get("x-fill") == "auth":
                continue
            required = wire in body.get("required", [])
            self._add(
                found, self._argument(wire, schema, place, required, schema.get("description", ""), schema), schema
            )

    def _add(self, found: list[Argument], argument: Argument | None, node: Node) -> None:
        if argument is None:
            return
        if any(other.name == argument.name for other in found):
            self.problems.append(
                node.problem(f"two parameters are called {argument.name} in Python: give one an x-name")
            )
        found.append(argument)

    def _parameter(self, node: Node) -> Argument | None:
        place = node.get("in")
        if place not in ("query", "path"):
            self.problems.append(node.problem(f"a parameter in {place!r} is only possible with x-fill: auth"))
            return None
        return self._argument(
            node.get("name"), node["schema"], place, node.get("required", False), node.get("description", ""), node
        )

    def _argument(self, wire: str, schema: Node, place: str, required: bool, text: str, at: Node) -> Argument | None:
        target = self.types.resolve(schema)
        fill = at.get("x-fill", "")
        try:
            name = given(at.get("x-name")) if at.get("x-name") else attribute(wire)
        except BadName as bad:
            self.problems.append(at.problem(str(bad)))
            return None
        empty_default = target.get("default") == []
        needed = required and not fill and not empty_default
        style = at.get("style", "")
        param = self._param(name, wire, place, schema, required=needed, fill=fill, matrix=style == "matrix")
        type_ = self._argument_type(schema, param)
        default = Code("" if needed else "()" if empty_default else "None")
        if default == "None":
            type_ = optional(type_)
        return Argument(param, name, type_, default, _with_bounds(text, target, fill))

    def _param(
        self, name: str, wire: str, place: str, schema: Node, *, required: bool, fill: str, matrix: bool = False
    ) -> Param:
        target = self.types.resolve(schema)
        kind = self._kind(target)
        is_list = kind == "list"
        enum = self.types.named(schema)
        return Param(
            name=name,
            wire=wire,
            place=place,
            kind=kind,
            required=required,
            bare=place == "json"
            and kind in ("text", "integer", "decimal", "id")
            and types_of(target)[:1] in (["integer"], ["number"]),
            fill=fill or ("client-order-id" if is_list and self._fills_items(target) else ""),
            matrix=matrix,
            minimum=target.get("minimum") if kind == "integer" else None,
            maximum=target.get("maximum") if kind == "integer" else None,
            min_length=target.get("minItems") if is_list else target.get("minLength"),
            max_length=target.get("maxItems") if is_list else target.get("maxLength"),
            pattern=target.get("pattern", "") if kind in ("text", "id") else "",
            items=self._param(name, wire, place, target["items"], required=True, fill="") if is_list else None,
            members=self._param_members(target, place) if kind == "model" else (),
            zone=target.get("x-timezone", "") if kind == "datetime" else "",
            enum=Code(enum)
            if enum is not None and kind in ("text", "integer") and "x-enum-varnames" in target
            else None,
        )

    def _fills_items(self, target: Node) -> bool:
        item = self.types.resolve(target["items"])
        return any(
            node.get("x-fill") == "client-order-id"
            for _, node in (item["properties"].items() if "properties" in item else ())
        )

    def _param_members(self, target: Node, place: str) -> tuple[Param, ...]:
        members: list[Param] = []
        for wire, schema in target["properties"].items():
            fill, needed = schema.get("x-fill", ""), wire in target.get("required", [])
            members.append(
                self._param(self._name_of(wire, schema), wire, place, schema, required=needed and not fill, fill=fill)
            )
        return tuple(members)

    def _kind(self, target: Node) -> str:
        kinds = [kind for kind in types_of(target) if kind != "null"]
        if kinds == ["array"]:
            return "list"
        if kinds == ["object"]:
            return "model"
        form = target.get("format", "")
        if form in ("decimal", "id"):
            return str(form)
        if form == "date-time":
            return "datetime"
        if kinds == ["boolean"]:
            return "boolean"
        return "integer" if kinds[:1] == ["integer"] else "text"

    def _argument_type(self, schema: Node, param: Param) -> PythonType:
        if param.kind == "list":
            item = self._argument_type(self.types.resolve(schema)["items"], param.items or param)
            return PythonType(Code(f"Sequence[{item.code}]"), item.uses)
        type_ = self.types.type_of(schema)
        widened = {"decimal": "Decimal | int | str", "id": "str | int", "datetime": "datetime | str"}.get(param.kind)
        if widened:
            return PythonType(Code(widened))
        name = self.types.named(schema)
        if name is not None and param.kind in ("text", "integer"):
            return PythonType(Code(f"{name} | {'str' if self._enum_is_textual(schema) else 'int'}"), type_.uses)
        return PythonType(Code(type_.code.removesuffix(" | None")), type_.uses)

    def _enum_is_textual(self, schema: Node) -> bool:
        return "string" in types_of(self.types.resolve(schema))

    def _body(self, node: Node) -> Node | None:
        if "requestBody" not in node:
            return None
        content = self.types.resolve(node["requestBody"])["content"]
        for media, entry in content.items():
            if media in CONTENTS:
                return self.types.resolve(entry["schema"])
        self.problems.append(content.problem(f"a request body is {' or '.join(CONTENTS)}"))
        return None

    def _body_kind(self, node: Node) -> str:
        if "requestBody" not in node:
            return ""
        content = self.types.resolve(node["requestBody"])["content"]
        return next((CONTENTS[media] for media, _ in content.items() if media in CONTENTS), "")

    # answers

    def _result(self, node: Node, identifier: str, envelope: Envelope) -> PythonType:
        responses = node["responses"]
        if "200" not in responses:
            self.problems.append(responses.problem(f"{identifier} has no 200 response"))
            return NONE
        response = self.types.resolve(responses["200"])
        schema = response["content"]["application/json"]["schema"]
        payload = self._payload(schema, envelope.data) if envelope.data else schema
        if payload is None:
            self.problems.append(
                schema.problem(f"{identifier}: no member {envelope.data!r} in the answer, where x-envelope says so")
            )
            return NONE
        if "x-one-or-list" in node:
            return self.types.type_of(self.types.resolve(payload)["oneOf"][0])
        return self.types.type_of(payload)

    def _payload(self, schema: Node, member: str) -> Node | None:
        target = self.types.resolve(schema)
        if member in target.get("properties", {}):
            return target["properties"][member]
        parts = target.child("allOf")
        for part in reversed(list(parts.elements())) if parts else ():
            found = self._payload(part, member)
            if found is not None:
                return found
        return None

    # classes

    def _models_of(self, operations: list[Operation], placed: set[Name]) -> tuple[Model, ...]:
        wanted = [name for operation in operations for name in sorted(self._uses(operation))]
        found: list[Model] = []
        while wanted:
            name = wanted.pop(0)
            if name in placed:
                continue
            placed.add(name)
            model = self._class(name)
            if model is not None:
                found.append(model)
                wanted += [use for member in model.members for use in sorted(member.type.uses)]
        return tuple(found)

    def _uses(self, operation: Operation) -> set[Name]:
        return {*operation.result.uses, *(name for argument in operation.arguments for name in argument.type.uses)}

    def _class(self, name: Name) -> Model | None:
        """Read a named schema: an enum is kept aside, a model or row is returned."""
        node = self.at = self.root["components"]["schemas"][str(name)]
        if "x-enum-varnames" in node:
            self.enums[name] = self._enum(name, node)
            return None
        if "prefixItems" in node:
            return Model(name, node.get("description", ""), self._places(node), row=True)
        members: dict[Name, Member] = {}
        for part in self._parts(node):
            for wire, schema in part["properties"].items() if "properties" in part else ():
                if schema.get("x-fill") == "clock":
                    continue
                member = self._member(wire, schema, wire in part.get("required", []) and not schema.get("x-fill"))
                if member.name in members and members[member.name].wire != wire:
                    self.problems.append(
                        schema.problem(f"two members are called {member.name} in Python: give one an x-name")
                    )
                members[member.name] = member
        self._check_shadows(node, members)
        return Model(name, node.get("description", ""), tuple(members.values()))

    def _parts(self, node: Node) -> list[Node]:
        parts = node.child("allOf")
        if parts is None:
            return [node]
        own = [node] if "properties" in node else []
        return [found for part in parts.elements() for found in self._parts(self.types.resolve(part))] + own

    def _check_shadows(self, node: Node, members: dict[Name, Member]) -> None:
        """A class carries each slot under its wire name too, so no wire name may be another member's Python name."""
        for member in members.values():
            other = members.get(member.wire)  # type: ignore[call-overload]  # a Name is a str
            if other is not None and other is not member:
                self.problems.append(
                    node.problem(f"{member.wire!r} is the wire name of one member and the Python name of another")
                )

    def _member(self, wire: str, schema: Node, required: bool) -> Member:
        target = self.types.resolve(schema)
        type_ = self.types.type_of(schema)
        description = schema.get("description") or (target.get("description", "") if not is_class(target) else "")
        unit = {"epoch-ms": "epoch ms", "epoch-s": "epoch s"}.get(target.get("format", ""), "")
        said = any(word in description.lower() for word in ("epoch", "milliseconds", "seconds", " ms"))
        text = f"{description.rstrip(' .')}, {unit}" if unit and not said else description
        zone = target.get("x-timezone", "")
        return Member(self._name_of(wire, schema), wire, type_ if required else optional(type_), required, text, zone)

    def _name_of(self, wire: str, schema: Node) -> Name:
        try:
            return given(schema.get("x-name")) if schema.get("x-name") else attribute(wire)
        except BadName as bad:
            self.problems.append(schema.problem(str(bad)))
            return Name("unnamed")

    def _places(self, node: Node) -> tuple[Member, ...]:
        always = node.get("minItems")
        if always is None or node.get("maxItems") is None:
            self.problems.append(node.problem("a row says how many members it has: minItems and maxItems"))
            always = 0
        places: list[Member] = []
        for index, schema in enumerate(node["prefixItems"].elements()):
            if not schema.get("x-name"):
                self.problems.append(schema.problem("an entry of a row needs an x-name"))
                continue
            places.append(self._member(schema.get("x-name"), schema, index < always))
        return tuple(places)

    def _enum(self, name: Name, node: Node) -> Enum:
        values, varnames = node.get("enum"), node.get("x-enum-varnames")
        texts = node.get("x-enum-descriptions", [""] * len(values))
        if not len(values) == len(varnames) == len(texts):
            self.problems.append(node.problem("enum, x-enum-varnames and x-enum-descriptions differ in length"))
            return Enum(name, "", (), textual=True)
        textual = "string" in types_of(node)
        members: dict[str, EnumMember] = {}
        for value, varname, text in zip(values, varnames, texts, strict=True):
            if value is None:
                continue
            member = EnumMember(Name(varname), str(value) if textual else value, text)
            if varname in members and members[varname].value != member.value:
                self.problems.append(node.problem(f"the name {varname} stands for two values"))
            members.setdefault(varname, member)
        return Enum(name, node.get("description", ""), tuple(members.values()), textual)


def _with_bounds(text: str, target: Node, fill: str) -> str:
    """Say default and bounds in the words of a reader."""
    facts: list[str] = []
    default: Any = target.get("default")
    if default is not None and default != []:
        facts.append(f"default {default}")
    least, most = target.get("minimum"), target.get("maximum")
    if least is not None and most is not None:
        facts.append(f"from {least} to {most}")
    elif most is not None:
        facts.append(f"at most {most}")
    elif least is not None:
        facts.append(f"at least {least}")
    if target.get("maxLength") is not None and target.get("format") != "decimal":
        facts.append(f"at most {target.get('maxLength')} characters")
    if target.get("maxItems") is not None:
        facts.append(f"at most {target.get('maxItems')} items")
    if fill == "client-order-id":
        facts.append("made up when left out")
    said = text.rstrip()
    if not facts:
        return said
    said = f"{said}." if said and said[-1] not in ".!?" else said
    return f"{said} {', '.join(facts).capitalize()}.".strip()
