"""What a venue document says, in the terms of generated code. Templates see only this.

Two kinds of text occur: `Name`, a checked identifier that may be printed as it is, and `str`, which comes from the document
and may be printed only through a filter that escapes it. `Code` is text made by this generator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from generator.names import Name


class Code(str):
    """A fragment of Python that the generator composed from checked parts."""

    __slots__ = ()


@dataclass(frozen=True)
class PythonType:
    """A type: how it is written, and the names of models, rows and enums in it."""

    code: Code
    uses: frozenset[Name] = frozenset()


SYMBOLS = ("symbol", "currency_pair")
"""How a symbol is called as an argument; it comes first in every method, wherever it travels."""

NONE = PythonType(Code("None"))


@dataclass(frozen=True)
class Member:
    """A field of a model or a place of a row."""

    name: Name
    wire: str
    type: PythonType
    required: bool
    description: str
    zone: str = ""

    @property
    def default(self) -> Code:
        """What stands behind the annotation of an attribute: nothing, a default, or its wire name and zone."""
        metadata = [f'"{key}": {value!a}' for key, value in self._metadata() if value]
        if not metadata:
            return Code("" if self.required else " = None")
        default = "" if self.required else "default=None, "
        return Code(f" = attrs.field({default}metadata={{{', '.join(metadata)}}})")

    def _metadata(self) -> list[tuple[str, str]]:
        return [("wire", self.wire if self.wire != self.name else ""), ("zone", self.zone)]


@dataclass(frozen=True)
class Model:
    """A class: of attributes, or of the places of an array (`row`)."""

    name: Name
    description: str
    members: tuple[Member, ...]
    row: bool = False

    @property
    def uses(self) -> frozenset[Name]:
        """The classes that its members name."""
        return frozenset(name for member in self.members for name in member.type.uses)


@dataclass(frozen=True)
class EnumMember:
    """One value of an enum."""

    name: Name
    value: str | int
    description: str


@dataclass(frozen=True)
class Enum:
    """An open enum, of texts or of numbers."""

    name: Name
    description: str
    members: tuple[EnumMember, ...]
    textual: bool


@dataclass(frozen=True)
class Param:
    """An argument as the core wants it described. The names of the fields are those of `spotwire_core.operation.Param`."""

    name: str
    wire: str
    place: str = "query"
    kind: str = "text"
    required: bool = False
    bare: bool = False
    fill: str = ""
    matrix: bool = False
    minimum: int | None = None
    maximum: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    items: Param | None = None
    members: tuple[Param, ...] = ()
    zone: str = ""
    enum: Code | None = None


def _enums_in(param: Param) -> set[Name]:
    own = {Name(param.enum)} if param.enum else set[Name]()
    inner = [*param.members, *([param.items] if param.items else [])]
    return own.union(*(_enums_in(one) for one in inner))


@dataclass(frozen=True)
class Argument:
    """An argument of a method: its description for the core and for the reader."""

    param: Param
    name: Name
    type: PythonType
    default: Code
    description: str

    @property
    def shown(self) -> bool:
        """Tell whether the caller passes it."""
        return self.param.fill != "clock"

    @property
    def declared(self) -> Code:
        """Annotation and default, as they stand in a signature."""
        return Code(f"{self.type.code} = {self.default}" if self.default else self.type.code)


@dataclass(frozen=True)
class Charge:
    """What a call takes from a bucket, in the words of `spotwire_core.operation.Charge`."""

    bucket: str
    weight: int = 1
    unless: int | None = None
    weight_without: int = 1

    def otherwise(self, operation: Operation) -> str:
        """Say what it costs without the argument that makes it cheaper."""
        if self.unless is None:
            return ""
        return f" ({self.weight_without} without {operation.arguments[self.unless].name})"


@dataclass(frozen=True)
class Limit:
    """A bucket, in the words of `spotwire_core.operation.Limit`."""

    bucket: str
    requests: int
    seconds: int | float
    scope: str
    each: bool = False


@dataclass(frozen=True)
class Envelope:
    """How success and failure are told apart, in the words of `spotwire_core.operation.Envelope`."""

    code: str
    message: tuple[str, ...]
    data: str = ""
    success_codes: frozenset[str] = frozenset()
    success_flag: str = ""


@dataclass(frozen=True)
class Refusal:
    """An order refused inside a success, in the words of `spotwire_core.operation.Refusal`."""

    member: str
    accepted: tuple[str | int | None, ...]
    code: str
    message: str


@dataclass(frozen=True)
class Paging:
    """How pages follow one another, in the words of `spotwire_core.operation.Paging`."""

    parameter: int
    limit: int
    items: str = ""
    item: str = ""
    descending: bool = False
    start: int | None = None


@dataclass(frozen=True)
class Lookup:
    """How to find what an unsafe operation did, in the words of `spotwire_core.resolve.Lookup`."""

    operation: Code
    arguments: tuple[tuple[int, str], ...]
    match: tuple[tuple[str, str], ...] = ()
    time: str = ""
    by_id: bool = False
    proves: bool = True


@dataclass(frozen=True)
class TimeSource:
    """Where the venue's time is asked for, in the words of `spotwire_core.operation.TimeSource`."""

    path: str
    member: str
    unit_ms: int = 1


@dataclass(frozen=True)
class KnownError:
    """One row of the table of error codes."""

    code: str
    error: Name
    meaning: str
    confidence: tuple[str, ...]

    @property
    def sure(self) -> str:
        """How sure the row is, in words."""
        return ", ".join(self.confidence).replace("-", " ")


@dataclass(frozen=True)
class Erratum:
    """A place where the venue's document is wrong."""

    documented: str
    actual: str
    evidence: str
    confidence: tuple[str, ...]

    @property
    def sure(self) -> str:
        """How sure it is, in words."""
        return ", ".join(self.confidence).replace("-", " ")


@dataclass(frozen=True)
class Source:
    """Where the description of an operation was taken from."""

    title: str
    section: str
    note: str
    confidence: tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    """One endpoint and the method that calls it."""

    id: str
    name: Name
    group: Name
    constant: Name
    summary: str
    description: str
    verb: str
    path: str
    constant_query: str
    arguments: tuple[Argument, ...]
    body: str
    security: str
    safety: str
    result: PythonType
    charges: tuple[Charge, ...]
    source: Source
    one_or_list: int | None = None
    envelope: Envelope | None = None
    refusal: Refusal | None = None
    paging: Paging | None = None
    item: PythonType = NONE
    errata: tuple[Erratum, ...] = ()
    deprecated: bool = False

    @property
    def positionals(self) -> list[Argument]:
        """The arguments that may be passed by place: the symbol, other required ones, the one that decides about a list."""
        shown = [argument for argument in self.arguments if argument.shown]
        required = sorted((a for a in shown if not a.default), key=lambda a: a.name not in SYMBOLS)
        return required + [a for a in shown if a is self.deciding]

    @property
    def keywords(self) -> list[Argument]:
        """The arguments that are passed by name."""
        return [a for a in self.arguments if a.shown and a.default and a is not self.deciding]

    @property
    def deciding(self) -> Argument | None:
        """The argument with which the answer is one object and without which it is a list."""
        return None if self.one_or_list is None else self.arguments[self.one_or_list]

    @property
    def one(self) -> dict[str, Code]:
        """The deciding argument as it is declared where the answer is one object."""
        deciding = self.deciding
        return {deciding.name: Code(deciding.type.code.removesuffix(" | None"))} if deciding else {}

    @property
    def listed(self) -> dict[str, Code]:
        """The deciding argument as it is declared where the answer is a list."""
        return {self.deciding.name: Code("None = None")} if self.deciding else {}

    @property
    def access(self) -> str:
        """Who may call it, in words."""
        return {"none": "public", "keyed": "API key", "signed": "signed"}[self.security]

    @property
    def request(self) -> str:
        """Method and path."""
        return f"{self.verb} {self.path}" + (f"?{self.constant_query}" if self.constant_query else "")

    @property
    def cost(self) -> str:
        """What it takes from which buckets, in words."""
        return ", ".join(f"{charge.weight} of {charge.bucket}" + charge.otherwise(self) for charge in self.charges)

    @property
    def call(self) -> str:
        """How the method is reached from a client."""
        return f"{self.group}.{self.name}"

    @property
    def footnote(self) -> str:
        """Where the request goes, what it costs and where that is written."""
        access = {"none": "Public", "keyed": "Needs an API key", "signed": "Signed"}[self.security]
        unsafe = (
            " Never sent twice: raises OutcomeUnknown when it is not certain what happened."
            if self.safety == "unsafe"
            else ""
        )
        return f"{access}: {self.request}.{unsafe} Source: {self.source.title}, {self.source.section}."

    @property
    def answer(self) -> PythonType:
        """The type that the method returns."""
        if self.one_or_list is None:
            return self.result
        return PythonType(Code(f"{self.result.code} | list[{self.result.code}]"), self.result.uses)


@dataclass(frozen=True)
class Group:
    """The operations under one heading, and the models that they use first."""

    name: Name
    class_name: Name
    operations: tuple[Operation, ...]
    models: tuple[Model, ...]

    @property
    def outside(self) -> frozenset[Name]:
        """Classes that its models use and that stand elsewhere."""
        return frozenset(name for model in self.models for name in model.uses) - {model.name for model in self.models}

    @property
    def results(self) -> frozenset[Name]:
        """Classes of answers and of arguments' enums, needed when the module is imported."""
        answers = {name for operation in self.operations for name in operation.result.uses}
        params = [a.param for operation in self.operations for a in operation.arguments]
        return frozenset(answers | {name for param in params for name in _enums_in(param)})

    @property
    def others(self) -> frozenset[Name]:
        """Classes that only annotations name."""
        named = frozenset(name for operation in self.operations for a in operation.arguments for name in a.type.uses)
        return named.union(*(operation.item.uses for operation in self.operations)) - self.results


@dataclass(frozen=True)
class FrameFormat:
    """How a frame says what it is, in the words of `spotwire_core.frames.FrameFormat`."""

    kind: str
    sequence: str
    code: str
    message: str
    channel: str
    events: str
    echoes: str
    answers: str
    echo_id: tuple[str, ...]
    success_codes: frozenset[str]


@dataclass(frozen=True)
class Commands:
    """How commands are written, in the words of `spotwire_core.frames.Commands`."""

    op: str
    channel: str
    param: str
    id: str
    subscribe: str
    unsubscribe: str
    list: str
    request: str
    pong: str
    pong_time: str
    pong_unit_ms: int = 1


@dataclass(frozen=True)
class SymbolLookup:
    """How a symbol becomes the id in a channel's name, in the words of `spotwire_core.frames.SymbolLookup`."""

    operation: Code
    symbol: str
    id: str
    parameter: str


@dataclass(frozen=True)
class Stream:
    """A channel, or a request over the connection, and its method."""

    id: str
    name: Name
    constant: Name
    summary: str
    description: str
    address: str
    result: PythonType
    arguments: tuple[Argument, ...]
    source: Source
    kind: str = ""
    bare: bool = False
    listed: bool = False
    members: frozenset[str] = frozenset()
    channel: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    member: str = ""
    errata: tuple[Erratum, ...] = ()

    @property
    def is_request(self) -> bool:
        """Tell whether it is asked and answered once."""
        return bool(self.member)

    @property
    def positionals(self) -> list[Argument]:
        """The arguments that may be passed by place: the symbol, then the other required ones."""
        return sorted((a for a in self.arguments if not a.default), key=lambda a: a.name not in SYMBOLS)

    @property
    def keywords(self) -> list[Argument]:
        """The arguments that are passed by name."""
        return [a for a in self.arguments if a.default]

    @property
    def param(self) -> str:
        """What the command carries besides the channel, by wire name."""
        return ", ".join(a.param.wire for a in self.arguments if a.param.place == "json")

    @property
    def footnote(self) -> str:
        """Which channel it is and where that is written."""
        what = "Request" if self.is_request else "Channel"
        return f"{what}: {self.address}. Source: {self.source.title}, {self.source.section}."


@dataclass(frozen=True)
class Command:
    """A command of the connection, for the reader."""

    text: str
    summary: str


@dataclass(frozen=True)
class Streams:
    """What a venue streams. All times are in seconds."""

    title: str
    description: str
    url: str
    frame: FrameFormat
    commands: Commands
    lifetime: int
    ping_every: int
    silence: int
    symbols: SymbolLookup | None
    streams: tuple[Stream, ...]
    models: tuple[Model, ...]
    shown_commands: tuple[Command, ...] = ()
    not_offered: tuple[tuple[str, str, str], ...] = ()
    errata: tuple[tuple[str, Erratum], ...] = ()

    @property
    def subscribed(self) -> list[Stream]:
        """The channels."""
        return [stream for stream in self.streams if not stream.is_request]

    @property
    def asked(self) -> list[Stream]:
        """The requests."""
        return [stream for stream in self.streams if stream.is_request]

    @property
    def lookup_group(self) -> Code:
        """The module of the operation that translates symbols."""
        return Code(self.symbols.operation.split(".")[0]) if self.symbols else Code("")

    @property
    def uses(self) -> frozenset[Name]:
        """The classes that stand elsewhere in the venue's package."""
        params = frozenset(name for s in self.streams for a in s.arguments for name in _enums_in(a.param))
        used = params.union(*(model.uses for model in self.models), *(stream.result.uses for stream in self.streams))
        return used - {model.name for model in self.models}

    @property
    def others(self) -> frozenset[Name]:
        """Classes that only annotations name."""
        return frozenset(name for s in self.streams for a in s.arguments for name in a.type.uses) - self.uses


@dataclass(frozen=True)
class Venue:
    """A whole venue."""

    id: Name
    class_name: Name
    title: str
    description: str
    base_url: str
    servers: tuple[tuple[str, str], ...]
    closed: str
    auth: Name | None
    signing: str
    envelope: Envelope
    errors: tuple[KnownError, ...]
    limits: tuple[Limit, ...]
    groups: tuple[Group, ...]
    enums: tuple[Enum, ...]
    clock: TimeSource | None = None
    lookups: tuple[tuple[Operation, tuple[Lookup, ...]], ...] = ()
    errata: tuple[Erratum, ...] = ()
    limit_notes: tuple[tuple[str, str, tuple[str, ...]], ...] = field(default=())
    streams: Streams | None = None

    @property
    def all_errata(self) -> list[tuple[str, Erratum]]:
        """Errata of the whole document and of each operation, with where they stand."""
        own = [(operation.id, erratum) for operation in self.operations for erratum in operation.errata]
        return [("everywhere", erratum) for erratum in self.errata] + own

    @property
    def limit_rows(self) -> list[tuple[str, str, str, str, str]]:
        """The table of limits: bucket, units, period, who is counted, remarks."""
        notes = {
            bucket: f"{text} ({', '.join(sure).replace('-', ' ')})".strip() for bucket, text, sure in self.limit_notes
        }
        counted = {"ip": "IP address", "user": "account"}
        return [
            (
                limit.bucket,
                str(limit.requests),
                f"{limit.seconds} s" + (", for each operation" if limit.each else ""),
                counted[limit.scope],
                notes.get(limit.bucket, ""),
            )
            for limit in self.limits
        ]

    @property
    def env(self) -> Code:
        """The venue's part of the names of environment variables."""
        return Code(self.id.upper())

    @property
    def operations(self) -> list[Operation]:
        """All operations, in the order of the document."""
        return [operation for group in self.groups for operation in group.operations]

    def module_of(self, name: Name) -> Code:
        """Return the module, below the venue's package, in which a model, row or enum stands."""
        for group in self.groups:
            if any(model.name == name for model in group.models):
                return Code(f"models.{group.name}")
        return Code("enums")

    def imports(self, uses: Iterable[Name]) -> list[tuple[Code, list[Name]]]:
        """Return the modules to import from, each with its names, in order."""
        found: dict[Code, list[Name]] = {}
        for name in sorted(set(uses)):
            found.setdefault(self.module_of(name), []).append(name)
        return sorted(found.items())

    @property
    def lookup_imports(self) -> list[tuple[Name, list[Name]]]:
        """The groups whose operations are asked in lookups, each with their constants, in order."""
        asked = {lookup.operation for _, lookups in self.lookups for lookup in lookups}
        found = [(group.name, sorted({o.constant for o in group.operations} & asked)) for group in self.groups]
        return [(group, names) for group, names in found if names]

    @property
    def exports(self) -> list[tuple[Name, Code]]:
        """Return every public name of the package with its module, sorted."""
        package = [(self.class_name, Code(".client")), (Name(f"Async{self.class_name}"), Code(".client"))]
        hook = [(self.auth, Code(f"auth_hooks.{self.id}"))] if self.auth else []
        enums = [(enum.name, Code(".enums")) for enum in self.enums]
        models = [(m.name, Code(f".models.{group.name}")) for group in self.groups for m in group.models]
        events = [(m.name, Code(".streams")) for m in self.streams.models] if self.streams else []
        return sorted(package + hook + enums + models + events)


def stated(item: Any) -> list[tuple[Name, Any]]:
    """Return the fields of a description that differ from their defaults, in order."""
    return [(Name(f.name), getattr(item, f.name)) for f in fields(item) if getattr(item, f.name) != f.default]
