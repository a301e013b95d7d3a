"""A venue's AsyncAPI document, compiled once: path, times, commands and channels of its streams.

It knows the format and no venue, and shares nothing with the client's reading of the same document.
"""

import re
from functools import cache
from typing import Any, cast

from msgspec import Struct

from spotwire_sim.call import Denied
from spotwire_sim.checks import Document, Schema, Values
from spotwire_sim.spec import SPECS, parsed
from spotwire_sim.wire import decode_json

_placeholder = re.compile(r"\\\{(\w+)\\\}")


class Command(Struct, frozen=True):
    """What a client sent, checked against the document: the operation and all members, `op` among them."""

    op: str
    members: dict[str, Any]


class ChannelName(Struct, frozen=True):
    """A channel that the document describes: `kind` is its key there, `values` are the parts of the name."""

    text: str
    kind: str
    values: dict[str, str]


class _Address:
    """A channel of the document: what its names look like, and which values their parts may have."""

    def __init__(self, document: Document, kind: str, node: Schema) -> None:
        self.kind = kind
        self.parts = len(_placeholder.findall(re.escape(node["address"])))
        self.match = re.compile(_placeholder.sub(r"(?P<\1>.+?)", re.escape(node["address"]))).fullmatch
        parameters = {name: document.follow(given) for name, given in node.get("parameters", {}).items()}
        self.choices = {name: given["enum"] for name, given in parameters.items() if "enum" in given}


class StreamDocument:
    """Everything that simulated streams need to know about a venue. All times are in seconds."""

    def __init__(self, root: Schema) -> None:
        """Compile a parsed document."""
        document = Document(root)
        connection: Schema = root["x-connection"]
        self.path: str = next(iter(root["servers"].values()))["pathname"]
        self.lifetime: float = connection["lifetime"]
        self.ping_every: float = connection["ping-every"]
        self.silence: float = connection["silence"]
        self.sequence: str = root["x-frame"]["sequence"]
        self._op: str = root["x-command"]["op"]
        self._commands: dict[str, Values] = {}
        self._params: dict[str, Values] = {}
        self._offered: set[str] = set()
        addresses = [_Address(document, kind, node) for kind, node in root["channels"].items()]
        self._addresses = sorted(addresses, key=lambda address: address.parts)  # fixed names before templates
        for operation in root["operations"].values():
            self._compile(document, operation)

    def _compile(self, document: Document, operation: Schema) -> None:
        kind = operation["channel"]["$ref"].rpartition("/")[2]
        if operation["action"] == "receive":
            self._offered.add(kind)
            if "x-param" in operation:
                self._params[kind] = _values(document, operation["x-param"])
            return
        for message in operation["messages"]:
            schema = document.follow(document.follow(message)["payload"])
            op = document.follow(schema["properties"][self._op])
            checks = _values(document, schema)
            self._commands.update(dict.fromkeys([op["const"]] if "const" in op else op["enum"], checks))

    @property
    def ops(self) -> list[str]:
        """The operations that clients may send."""
        return list(self._commands)

    def read(self, data: bytes) -> Command:
        """Read what a client sent; raises Denied."""
        given = decode_json(data)
        if not isinstance(given, dict):
            raise Denied("bad-parameter", "a command is a JSON object")
        members = cast("dict[str, Any]", given)
        op = members.get(self._op)
        if not isinstance(op, str) or op not in self._commands:
            raise Denied("bad-parameter", f"there is no command {op!r}; there are {', '.join(self._commands)}")
        return Command(op, self._commands[op].check(members))

    def param(self, kind: str, given: dict[str, Any]) -> dict[str, Any]:
        """Check what a subscription carries for a channel besides its name; raises Denied."""
        if kind not in self._params:
            return {}
        return self._params[kind].check(given)

    def channel(self, text: str) -> ChannelName:
        """Read the name of a channel; raises Denied for one that is not described, or not offered."""
        for address in self._addresses:
            match = address.match(text)
            if match is None:
                continue
            if address.kind not in self._offered:
                raise Denied("missing-key", f"{text} is not offered: only public channels are")
            for name, choices in address.choices.items():
                if match[name] not in choices:
                    raise Denied("bad-parameter", f"{name} of {text} is one of {', '.join(choices)}")
            return ChannelName(text, address.kind, match.groupdict())
        raise Denied("bad-parameter", f"there is no channel {text!r}")


def _values(document: Document, schema: Schema) -> Values:
    schema = document.follow(schema)
    return Values(document, schema["properties"], schema["required"])


@cache
def load_streams(venue: str) -> StreamDocument | None:
    """Read and compile a venue's document, once in a process; None where it has no streams."""
    path = SPECS / venue / "asyncapi.yaml"
    return StreamDocument(parsed(path)) if path.exists() else None
