"""Walk a checked AsyncAPI document into the model of a venue's streams. Every gap is a problem with its place."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.from_openapi import Reader, Vocabulary
from generator.load import Document, Node
from generator.model import (
    Argument,
    Code,
    Command,
    Commands,
    Erratum,
    FrameFormat,
    Model,
    Operation,
    Source,
    Stream,
    Streams,
    SymbolLookup,
    Venue,
)
from generator.names import Name, camel_case, constant
from generator.types import Types, types_of

HEADING = "streams"
"""Where methods of streams stand in the vocabulary."""

CONTROL = ("subscribe", "unsubscribe", "list", "pong")
"""The operations of the connection itself that a client needs."""

RESERVED = {
    "AsyncOpener", "AsyncStreams", "AsyncSubscription", "Commands", "FrameFormat", "Request", "Stream", "StreamVenue", "Streams",
    "Subscription", "SymbolLookup", "SyncOpener",
}  # fmt: skip

_placeholder = re.compile(r"\{([^{}]*)\}").findall
_address = re.compile(r"([A-Za-z0-9!@_.:/-]|\{[A-Za-z][A-Za-z0-9]*\})+", re.ASCII).fullmatch
_location = re.compile(r"\$message\.payload#((?:/[A-Za-z0-9_]+)+)", re.ASCII).fullmatch
_host = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.ASCII).fullmatch
_whole = re.compile(r"0|-?[1-9][0-9]{0,17}", re.ASCII).fullmatch
_pathname = re.compile(r"(/[A-Za-z0-9_.~-]+)*/?", re.ASCII).fullmatch


def read_streams(document: Document, openapi: Document, venue: Venue, vocabulary: Vocabulary) -> Venue:
    """Return the venue with its streams. `openapi` is the document whose schemas may be used. Raises Problems."""
    reader = _StreamReader(document, openapi, venue, vocabulary)
    streams = reader.read(reader.streams)
    return replace(venue, streams=streams, enums=tuple(sorted((*venue.enums, *reader.enums.values()), key=_name)))


def _name(one: object) -> str:
    return str(getattr(one, "name", ""))


class _StreamReader(Reader):
    """Reads one AsyncAPI document."""

    def __init__(self, document: Document, openapi: Document, venue: Venue, vocabulary: Vocabulary) -> None:
        super().__init__(document, vocabulary)
        self.types = Types(self.root, beside=openapi.root())
        self.problems = self.types.problems
        self.own = {name for name, _ in self.root["components"]["schemas"].items()}
        self.rest = {m.name: m for group in venue.groups for m in group.models}
        self.rest_enums = {enum.name for enum in venue.enums}
        self.rest_operations = {operation.id: operation for operation in venue.operations}
        self.rest_classes = {group.class_name for group in venue.groups} | {venue.class_name, Name(venue.auth or "_")}
        self.vocabulary = {camel_case(name): name for name in vocabulary.get(HEADING, {})}
        self.frame = self.root["x-frame"]
        self.command = self.root["x-command"]

    def streams(self) -> Streams:
        """Read the whole document."""
        root, connection = self.root, self.root["x-connection"]
        found = [one for node in root["operations"].values() if (one := self._stream(node)) is not None]
        models = self._models(found)
        named = {model.name: model for model in models}
        pushed = {Name(stream.result.code) for stream in found if not stream.is_request}
        events = {member.wire for model in models if model.name in pushed for member in model.members}
        found = [self._with_facts_of_events(stream, named, events) for stream in found]
        self._check_kinds(found)
        return Streams(
            title=root["info"].get("title"),
            description=root["info"].get("description", ""),
            url=self._url(),
            frame=self._frame(),
            commands=self._commands(),
            lifetime=connection.get("lifetime"),
            ping_every=connection.get("ping-every"),
            silence=connection.get("silence"),
            symbols=self._symbols(found),
            streams=tuple(found),
            models=models,
            shown_commands=self._shown_commands(),
            not_offered=tuple(self._not_offered()),
            errata=tuple(self._all_errata()),
        )

    def _say(self, node: Node, message: str) -> None:
        self.problems.append(node.problem(message))

    def _url(self) -> str:
        ((_, server),) = self.root["servers"].items()
        host, path = server.get("host"), server.get("pathname", "")
        if not _host(host) or not _pathname(path) or {".", ".."} & set(path.split("/")):
            self._say(server, "host and pathname are those of an address: host[:port] and /path")
        return f"{server.get('protocol')}://{host}{path}"

    # streams and requests

    def _stream(self, node: Node) -> Stream | None:
        self.at = node
        identifier, channel = str(node.pointer[-1]), self.types.resolve(node["channel"])
        if channel.get("address") == "/":
            return None
        if identifier not in self.vocabulary:
            self._say(node, f"the operation {identifier!r} is not in specs/methods.yaml under {HEADING} (in camelCase)")
            return None
        method, source = self.vocabulary[identifier], node["x-source"]
        stream = Stream(
            id=identifier,
            name=Name(method),
            constant=constant(method),
            summary=node.get("summary"),
            description=node.get("description", ""),
            address=self._address(channel),
            result=self.types.type_of(self._content(node)),
            arguments=self._stream_arguments(node, channel),
            source=Source(
                self.root["x-documents"].get(source.get("document"), {}).get("title", ""),
                source.get("section"),
                source.get("note", ""),
                tuple(source.get("confidence")),
            ),
            errata=self._errata(node),
        )
        if node.get("action") == "send":
            return replace(stream, member="?")  # known once the events are
        shapes = [self._listed(message) is not None for message in self._messages(node)]
        return replace(stream, kind=self._kind_of(node), bare=not all(shapes), listed=any(shapes))

    def _address(self, channel: Node) -> str:
        address = channel.get("address", "")
        if not _address(address):
            self._say(channel, f"the address {address!r} has characters that a channel cannot have")
        stated = [name for name, _ in channel["parameters"].items()] if "parameters" in channel else []
        if sorted(stated) != sorted(_placeholder(address)):
            self._say(channel, f"the address {address!r} and the parameters name different things")
        return str(address)

    def _messages(self, node: Node) -> list[Node]:
        return [self.types.resolve(one) for one in node["messages"].elements()]

    def _content(self, node: Node) -> Node:
        """Return the schema of what a stream's frames hold, or of what answers a request."""
        told = node["reply"] if node.get("action") == "send" else node
        found: dict[str, Node] = {}
        for message in self._messages(told):
            schema = self._listed(message) or self._bare(message)
            if schema is None or self.types.named(schema) is None:
                self._say(message, "the payload is an allOf whose last part is the event, or lists events")
                return Node(message.document, message.pointer, {})
            found[str(schema.get("$ref"))] = schema
        if len(found) != 1:
            self._say(node, "all messages of an operation carry the same event")
        return next(iter(found.values()))

    def _bare(self, message: Node) -> Node | None:
        parts = message["payload"].child("allOf")
        last = list(parts.elements())[-1] if parts is not None else None
        return last if last is not None and "$ref" in last else None

    def _listed(self, message: Node) -> Node | None:
        """Return the items of the list of events in a message, None where the frame itself is the event."""
        parts = message["payload"].child("allOf")
        for part in parts.elements() if parts is not None else ():
            listed = part["properties"].child(self.frame.get("events")) if "properties" in part else None
            if listed is not None and "items" in listed:
                return listed["items"]
        return None

    def _kind_of(self, node: Node) -> str:
        kinds = {kind for message in self._messages(node) for kind in self._constants(message, self.frame.get("kind"))}
        if len(kinds) != 1:
            self._say(node, f"every message has {self.frame.get('kind')!r} with one and the same const")
        return min(kinds, default="")

    def _constants(self, message: Node, member: str) -> list[str]:
        """Return what a member of a message's payload always says."""
        payload = self.types.resolve(message["payload"])
        properties = [part["properties"] for part in self._parts(payload) if "properties" in part]
        said = [one[member].get("const") for one in properties if member in one]
        return [str(const) for const in said if const is not None]

    # arguments

    def _stream_arguments(self, node: Node, channel: Node) -> tuple[Argument, ...]:
        found: list[Argument] = []
        for wire, stated in channel["parameters"].items() if "parameters" in channel else ():
            parameter = self.types.resolve(stated)
            self._add(found, self._part_of_address(wire, parameter), parameter)
        param = self._param_of(node)
        if param is not None:
            required = param.get("required", [])
            for wire, schema in param["properties"].items():
                if node.get("action") == "receive" or wire != self.command.get("channel"):
                    text = schema.get("description", "")
                    self._add(found, self._argument(wire, schema, "json", wire in required, text, schema), schema)
        return tuple(found)

    def _part_of_address(self, wire: str, parameter: Node) -> Argument | None:
        schema = parameter.child("x-schema") or Node(parameter.document, parameter.pointer, {"type": "string"})
        default, text = parameter.get("default"), parameter.get("description", "")
        self._check_values(parameter, schema)
        argument = self._argument(wire, schema, "path", default is None, text, parameter)
        if argument is None or default is None:
            return argument
        textual = "string" in types_of(self.types.resolve(schema))
        if not textual and not _whole(default):
            self._say(parameter["default"], "the default is a whole number, as x-schema says")
            return argument
        type_ = replace(argument.type, code=Code(argument.type.code.removesuffix(" | None")))
        return replace(argument, type=type_, default=Code(ascii(default) if textual else default))

    def _check_values(self, parameter: Node, schema: Node) -> None:
        """A parameter is text in AsyncAPI, so its values are stated twice where it stands for something else."""
        stated, known = parameter.get("enum"), self.types.resolve(schema).get("enum")
        if known is not None and stated != [str(value) for value in known]:
            self._say(parameter, "enum holds the values of x-schema as text, in the same order")
        default = parameter.get("default")
        if default is not None and default not in (stated or [default]):
            self._say(parameter["default"], "the default is not among the values")

    def _param_of(self, node: Node) -> Node | None:
        """Return the schema of what a command carries besides the channel."""
        if node.get("action") == "receive":
            stated = node.child("x-param")
            return None if stated is None else self.types.resolve(stated)
        payload = self.types.resolve(self._messages(node)[0]["payload"])
        return self.types.resolve(payload["properties"][self.command.get("param")])

    # events

    def _models(self, streams: list[Stream]) -> tuple[Model, ...]:
        wanted = [name for stream in streams for name in self._classes_of(stream)]
        found: dict[Name, Model] = {}
        seen: set[Name] = set()
        while wanted:
            name = wanted.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if name not in self.own:
                self._check_shared(name)
                continue
            self._check_class(name)
            model = self._class(name)
            if model is not None:
                found[name] = model
                wanted += sorted(model.uses)
        return tuple(found.values())

    def _classes_of(self, stream: Stream) -> list[Name]:
        return sorted(stream.result.uses.union(*(argument.type.uses for argument in stream.arguments)))

    def _check_shared(self, name: Name) -> None:
        if name not in self.rest and name not in self.rest_enums:
            self._say(
                self.root["components"]["schemas"],
                f"{name} of openapi.yaml is used by no operation there: describe it here",
            )

    def _check_class(self, name: Name) -> None:
        taken = {*self.rest, *self.rest_enums, *self.rest_classes, *RESERVED}
        if name in taken or name in {f"Async{other}" for other in taken}:
            schema = self.root["components"]["schemas"][str(name)]
            self._say(schema, f"{name} is also the name of something else in the client")

    def _with_facts_of_events(self, stream: Stream, models: dict[Name, Model], events: set[str]) -> Stream:
        """Add what is known from the classes of events: by which members frames are recognised, and what names a channel."""
        if stream.is_request:
            return replace(stream, member=self._telling_member(stream, models, events))
        if Name(stream.result.code) not in models:
            self._say(self._node(stream), "an event is described in this document")
            return stream
        members = models[Name(stream.result.code)].members
        if any(member.wire == self.frame.get("events") for member in members):
            self._say(self._node(stream), f"an event has no member {self.frame.get('events')!r}")
        named = {member.wire: str(member.name) for member in members}
        return replace(
            stream,
            members=frozenset(member.wire for member in members if member.required and stream.bare),
            channel=named.get(self.frame.get("channel"), ""),
            sources=self._sources(stream, named),
        )

    def _sources(self, stream: Stream, named: dict[str, str]) -> tuple[tuple[str, str], ...]:
        parameters = self.types.resolve(self._node(stream)["channel"]).child("parameters")
        found: list[tuple[str, str]] = []
        for wire, stated in parameters.items() if parameters is not None else ():
            location = self._path(self.types.resolve(stated))
            if location and location[0] in named:
                found.append((wire, named[location[0]]))
            elif location:
                self._say(stated, f"the event has no member {'/'.join(location)!r}")
        return tuple(found)

    def _telling_member(self, stream: Stream, models: dict[Name, Model], events: set[str]) -> str:
        """Return a member that is always in the answer to a request and never in an event."""
        answer = models.get(Name(stream.result.code)) or self.rest.get(Name(stream.result.code))
        always = [member.wire for member in answer.members if member.required] if answer else []
        telling = next((wire for wire in always if wire not in events), None)
        if telling is None:
            self._say(self._node(stream), "the answer has no member by which it can be told from an event")
        return telling or "?"

    def _check_kinds(self, streams: list[Stream]) -> None:
        """A frame says no more than its kind and its shape, so these decide what it is."""
        seen: dict[tuple[str, bool], Stream] = {}
        for stream in (one for one in streams if not one.is_request):
            for listed in (shape for shape, has in ((False, stream.bare), (True, stream.listed)) if has):
                other = seen.setdefault((stream.kind, listed), stream)
                if other is not stream:
                    self._say(self._node(stream), f"frames of {stream.id} cannot be told from those of {other.id}")

    def _node(self, stream: Stream) -> Node:
        return self.root["operations"][stream.id]

    # the connection

    def _frame(self) -> FrameFormat:
        node = self.frame
        replies = self._control("subscribe", "reply")
        echoes = [message for message in replies if message.child("correlationId") is not None]
        answers = [message for message in replies if message.child("correlationId") is None]
        kinds = [
            [kind for one in some for kind in self._constants(one, node.get("kind"))] for some in (echoes, answers)
        ]
        if [len(one) for one in kinds] != [1, 1]:
            self._say(
                self.root["operations"],
                "subscribe has a reply with a correlationId, the echo, and one without, each of a kind",
            )
            return FrameFormat("", "", "", "", "", "", "", "", (), frozenset())
        return FrameFormat(
            kind=node.get("kind"),
            sequence=node.get("sequence"),
            code=node.get("code"),
            message=node.get("message"),
            channel=node.get("channel"),
            events=node.get("events"),
            echoes=kinds[0][0],
            answers=kinds[1][0],
            echo_id=self._path(echoes[0]["correlationId"]),
            success_codes=frozenset(node.get("success-codes")),
        )

    def _path(self, node: Node) -> tuple[str, ...]:
        """Return the members that a location of AsyncAPI leads through."""
        location = node.get("location")
        match = _location(location) if isinstance(location, str) else None
        if match is None and location is not None:
            self._say(node, "a location looks like $message.payload#/member")
        return tuple(match[1][1:].split("/")) if match is not None else ()

    def _control(self, identifier: str, part: str = "") -> list[Node]:
        """Return the messages of an operation of the connection, or those of its reply."""
        operation = self.root["operations"].child(identifier)
        told = operation.child(part) if operation is not None and part else operation
        if told is None:
            self._say(self.root["operations"], f"there is no operation {identifier} with messages of its own")
            return []
        return self._messages(told)

    def _word(self, messages: list[Node]) -> str:
        """Return what the member that names a command says."""
        said = [const for message in messages for const in self._constants(message, self.command.get("op"))]
        if len(said) != 1:
            at = messages[0] if messages else self.root["operations"]
            self._say(at, f"a command has {self.command.get('op')!r} with a const")
        return said[0] if said else ""

    def _commands(self) -> Commands:
        subscribe, unsubscribe, listing, pong = (self._word(self._control(name)) for name in CONTROL)
        asked = [node for node in self.root["operations"].values() if self._is_request(node)]
        words = {self._word(self._messages(node)) for node in asked}
        if len(words) > 1:
            self._say(self.root["operations"], "all requests are the same command")
        self._check_members(asked)
        time, unit = self._pong_time()
        node = self.command
        return Commands(
            op=node.get("op"), channel=node.get("channel"), param=node.get("param"), id=node.get("id"), subscribe=subscribe,
            unsubscribe=unsubscribe, list=listing, request=min(words, default=""), pong=pong, pong_time=time, pong_unit_ms=unit,
        )  # fmt: skip

    def _check_members(self, asked: list[Node]) -> None:
        """The members that x-command names are there: in the two commands about channels, and in what asks."""
        words = self.command
        about_channels = [*self._control("subscribe"), *self._control("unsubscribe")]
        for message in about_channels:
            self._check_has(message, message["payload"], words.get("channel"))
        for message in (message for node in asked for message in self._messages(node)):
            payload = self.types.resolve(message["payload"])
            if self._check_has(message, payload, words.get("param")):
                self._check_has(message, payload["properties"][words.get("param")], words.get("channel"))
        for message in (*about_channels, *(message for node in asked for message in self._messages(node))):
            self._check_has(message, message["payload"], words.get("id"))

    def _check_has(self, message: Node, schema: Node, member: str) -> bool:
        found = member in self.types.resolve(schema).get("properties", {})
        if not found:
            self._say(message, f"the command has no member {member!r}, which x-command names")
        return found

    def _is_request(self, node: Node) -> bool:
        return bool(node.get("action") == "send" and self.types.resolve(node["channel"]).get("address") != "/")

    def _pong_time(self) -> tuple[str, int]:
        units = {"epoch-ms": 1, "epoch-s": 1000}
        for message in self._control("pong"):
            for wire, schema in self.types.resolve(message["payload"])["properties"].items():
                if schema.get("format") in units:
                    return wire, units[schema.get("format")]
            self._say(message, "the pong has a member of format epoch-ms or epoch-s")
        return "", 1

    def _symbols(self, streams: list[Stream]) -> SymbolLookup | None:
        node = self.root.child("x-symbols")
        if node is None:
            return None
        self.at = node
        if all(argument.name != node.get("parameter") for stream in streams for argument in stream.arguments):
            self._say(node["parameter"], f"no stream has an argument {node.get('parameter')!r}")
        operation = self.rest_operations.get(node.get("operation"))
        model = self.rest.get(Name(_item_of(operation))) if operation is not None else None
        named = {member.wire: str(member.name) for member in model.members} if model is not None else {}
        for key in ("symbol", "id"):
            if node.get(key) not in named:
                wanted = f"{node.get('operation')!r} is no operation that lists objects"
                self._say(node, f"{wanted} with {node.get(key)!r}")
                return None
        assert operation is not None
        code = Code(f"{operation.group}.{operation.constant}")
        return SymbolLookup(code, named[node.get("symbol")], named[node.get("id")], node.get("parameter"))

    # for the reader

    def _shown_commands(self) -> tuple[Command, ...]:
        found: list[Command] = []
        for node in self.root["operations"].values():
            if node.get("action") == "send":
                payload = self.types.resolve(self._messages(node)[0]["payload"])
                op = payload["properties"][self.command.get("op")]
                words = op.get("enum") or [op.get("const")]
                found.append(Command(" / ".join(str(word) for word in words), node.get("summary")))
        return tuple(found)

    def _not_offered(self) -> list[tuple[str, str, str]]:
        """Return the channels that no operation uses: address, title, remark."""
        used = {self.types.resolve(node["channel"]).pointer for node in self.root["operations"].values()}
        unused = [channel for channel in self.root["channels"].values() if channel.pointer not in used]
        return [
            (
                channel.get("address", ""),
                channel.get("title", ""),
                f"{channel['x-source'].get('note', '')} ({', '.join(channel['x-source'].get('confidence')).replace('-', ' ')})",
            )
            for channel in unused
        ]

    def _all_errata(self) -> list[tuple[str, Erratum]]:
        found = [("all streams", erratum) for erratum in self._errata(self.root)]
        for part in ("operations", "channels"):
            for name, node in self.root[part].items():
                found += [(name, erratum) for erratum in self._errata(node)]
        return found


def _item_of(operation: Operation) -> str:
    """Return the class of the objects that an operation lists."""
    listed = re.fullmatch(r"list\[([A-Za-z0-9]+)\]", operation.result.code, re.ASCII)
    return listed[1] if listed else "_"
