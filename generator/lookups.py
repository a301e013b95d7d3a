"""Read `x-lookup`: which read operations show what an unsafe one did."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.load import Node, Problem
from generator.model import Code, Lookup, Operation, Param
from generator.names import BadName, attribute, given

SENT_AT = "sent-at"
"""The source that bounds a list to what came after the call."""

Members = Callable[[str], Mapping[str, Node]]


class Lookups:
    """Reads the lookups of one document. `members` gives the members of a schema by wire name."""

    def __init__(self, operations: Mapping[str, Operation], members: Members, problems: list[Problem]) -> None:
        self._operations = operations
        self._members = members
        self._problems = problems

    def read(self, node: Node, operation: Operation) -> tuple[Lookup, ...]:
        """Return the lookups of an operation, in the order in which they are asked."""
        entries = node.child("x-lookup")
        if entries is None:
            return ()
        if operation.safety != "unsafe":
            self._problems.append(entries.problem("only an unsafe operation needs x-lookup"))
        found = [self._one(entry, _sources(operation)) for entry in entries.elements()]
        return tuple(lookup for lookup in found if lookup is not None)

    def _one(self, entry: Node, sources: Mapping[str, Param]) -> Lookup | None:
        asked = self._operations.get(entry.get("operation"))
        if asked is None or asked.safety != "read":
            self._problems.append(entry.problem(f"{entry.get('operation')!r} is not a read operation of this document"))
            return None
        send, match = entry["send"].members, entry.get("match", {})
        used = [*(wire for wire in send.values() if wire != SENT_AT), *match.values()]
        for wire in used:
            if wire not in sources:
                self._problems.append(entry.problem(f"{wire!r} is not a parameter of the unsafe operation"))
                return None
        by_id = any(sources[wire].fill == "client-order-id" for wire in used)
        self._check_time(entry, _record(asked), needed=not by_id)
        return Lookup(
            operation=Code(asked.constant),
            arguments=tuple(self._argument(entry, asked, wire, source, sources) for wire, source in send.items()),
            match=tuple((self._member(entry, _record(asked), m), sources[w].name) for m, w in match.items()),
            time=self._member(entry, _record(asked), entry.get("time", "")),
            by_id=by_id,
            proves=entry.get("proves", True),
        )

    def _argument(
        self, entry: Node, asked: Operation, wire: str, source: str, sources: Mapping[str, Param]
    ) -> tuple[int, str]:
        place = next((i for i, argument in enumerate(asked.arguments) if argument.param.wire == wire), None)
        if place is None:
            self._problems.append(entry.problem(f"{asked.id} has no parameter {wire!r}"))
        return place or 0, source if source == SENT_AT else sources[source].name

    def _check_time(self, entry: Node, model: str, *, needed: bool) -> None:
        if needed and "time" not in entry:
            self._problems.append(entry.problem("without a client order id a record is told by its time: say time"))
        member = self._members(model).get(entry.get("time", ""))
        if member is not None and member.get("format") not in ("epoch-ms", "date-time"):
            self._problems.append(entry.problem("time is a member in epoch milliseconds or a date-time"))

    def _member(self, entry: Node, model: str, wire: str) -> str:
        if not wire:
            return ""
        member = self._members(model).get(wire)
        if member is None:
            self._problems.append(entry.problem(f"{model} has no member {wire!r}"))
            return ""
        try:
            return str(given(member.get("x-name")) if member.get("x-name") else attribute(wire))
        except BadName as bad:
            self._problems.append(member.problem(str(bad)))
            return ""


def _record(asked: Operation) -> str:
    """Return the class of one record: the payload or an element of it."""
    code = asked.item.code if asked.paging is not None else asked.result.code
    return code.removesuffix(" | None").removeprefix("list[").removesuffix("]")


def _sources(operation: Operation) -> dict[str, Param]:
    """Return the arguments of a call, and those of each order of a batch, by wire name."""
    params = [argument.param for argument in operation.arguments]
    inner = [member for param in params if param.items is not None for member in param.items.members]
    return {param.wire: param for param in [*params, *inner] if param.items is None}
