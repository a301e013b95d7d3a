"""Generated arguments: what a user would pass, beside what must then stand in the request.

Both come from the schema of the parameter and from nothing of the client. `allowed` keeps to the schema; `odd` gives what a
user may pass by mistake, some of it allowed all the same.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from spotwire_contract.calls import model_of, module_of, types_of
from spotwire_contract.spec import Node, Operation

LONGEST_TEXT = 12
LONGEST_LIST = 3
SMALLEST, LARGEST = 0, 2**63 - 1

CLOCK = re.compile(r"[1-9][0-9]{12}", re.ASCII)
CLIENT_ORDER_ID = re.compile(r"[0-9a-z]{1,32}", re.ASCII)
MADE_UP = {"clock": CLOCK, "client-order-id": CLIENT_ORDER_ID}
"""What the client fills in."""


class Digits(str):
    """The text of a JSON number."""

    __slots__ = ()


class Members(tuple[tuple[str, Any], ...]):
    """The members of a JSON object in their order."""

    __slots__ = ()


class Given(NamedTuple):
    """An argument, and what must be sent: text, digits, a boolean, a list or members; a pattern for what is made up."""

    python: Any
    wire: Any


Values = SearchStrategy[Given]


def allowed(operation: Operation, schema: Node, *, inside: str = "") -> Values:
    """Return values that the schema allows. `inside` is what the text must not contain where it stands."""
    kinds = types_of(schema)
    if "enum" in schema:
        return _enum(operation, schema)
    if schema.get("format") == "decimal":
        return _decimals(schema)
    if schema.get("format") == "id":
        return st.integers(1, LARGEST).flatmap(lambda n: st.sampled_from([n, str(n)])).map(_given(schema))
    if "array" in kinds:
        return _lists(operation, schema)
    if "object" in kinds:
        return _models(operation, schema)
    if schema.get("format") == "date-time":
        return _times(schema)
    if "integer" in kinds:
        least, most = schema.get("minimum", SMALLEST), schema.get("maximum", LARGEST)
        return (st.sampled_from([least, most]) | st.integers(least, most)).map(_given(schema))
    if "boolean" in kinds:
        return st.booleans().map(lambda value: Given(value, value))
    return _texts(schema, inside)


def _given(schema: Node) -> Callable[[object], Given]:
    return lambda value: Given(value, _as_wire(schema, str(value)))


def _as_wire(schema: Node, text: str) -> Any:
    """Return text as a request has it: of the first type that the schema names."""
    return text if types_of(schema)[:1] == ["string"] else Digits(text)


def _enum(operation: Operation, schema: Node) -> Values:
    """Give members of the client's enum, and their values; text where the venue mixes text and numbers."""
    schemas: Mapping[str, Node] = operation.spec.root["components"]["schemas"]
    alike = ("enum", "x-enum-varnames", "type")
    name = next((n for n, s in schemas.items() if all(s.get(key) == schema.get(key) for key in alike)), "")
    enum = getattr(module_of(operation), name, None)
    kind = int if types_of(schema) == ["integer"] else str
    names = dict(zip(map(str, schema["enum"]), schema.get("x-enum-varnames", ()), strict=False))
    forms: list[Given] = []
    for text in dict.fromkeys(str(value) for value in schema["enum"]):
        forms.append(Given(kind(text), _as_wire(schema, text)))
        if enum is not None:
            forms.append(Given(getattr(enum, names[text]), _as_wire(schema, text)))
    return st.sampled_from(forms)


def _decimals(schema: Node) -> Values:
    pattern = schema.get("pattern", r"^[1-9][0-9]{0,6}(\.[0-9]{1,8})?$")
    texts = _matching(pattern)
    return texts.flatmap(lambda text: st.sampled_from(_decimal_forms(schema, text)))


def _decimal_forms(schema: Node, text: str) -> list[Given]:
    """Return the same number as text, as Decimal, as Decimal with an exponent, and as int where it is whole."""
    number = Decimal(text)
    forms: list[Any] = [text, number, number.normalize()]
    if number == number.to_integral_value():
        forms.append(int(number))
    return [Given(form, _as_wire(schema, plain(form))) for form in forms]


def _matching(pattern: str) -> SearchStrategy[str]:
    texts: Any = st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    found: SearchStrategy[str] = texts
    return found


def plain(value: Any) -> str:
    """Write a number in plain digits, as the venues want it."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _lists(operation: Operation, schema: Node) -> Values:
    items = allowed(operation, operation.spec.resolve(schema["items"]), inside=",")
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", LONGEST_LIST), least + LONGEST_LIST)
    return st.lists(items, min_size=least, max_size=most).map(
        lambda given: Given([one.python for one in given], [one.wire for one in given])
    )


def _models(operation: Operation, schema: Node, replaced: Mapping[str, Values] | None = None) -> Values:
    """Give models with all required members and some of the others; `replaced` has other values for some of them."""
    members = {wire: operation.spec.resolve(member) for wire, member in schema["properties"].items()}
    ours = {wire: member for wire, member in members.items() if member.get("x-fill") != "clock"}
    values = {wire: allowed(operation, member) for wire, member in ours.items()} | dict(replaced or {})
    needed = {w for w in schema["required"] if not members[w].get("x-fill")} | set(replaced or ())

    def made(given: dict[str, Given]) -> Given:
        python = model_of(operation, schema, {wire: value.python for wire, value in given.items()})
        made_up = {w: MADE_UP[m["x-fill"]] for w, m in members.items() if m.get("x-fill")}
        # In a list of orders an empty client order id is none.
        sent = made_up | {w: value.wire for w, value in given.items() if value.wire != "" or w not in made_up}
        return Given(python, Members((wire, sent[wire]) for wire in members if wire in sent))

    optional = {wire: value for wire, value in values.items() if wire not in needed}
    return st.fixed_dictionaries({w: v for w, v in values.items() if w in needed}, optional=optional).map(made)


def _times(schema: Node) -> Values:
    """Give aware times in any zone, to the second: that is what the venues' texts hold."""
    zone = _zone(schema.get("x-timezone", ""))
    offsets = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
    moments = st.integers(10**9, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))

    def given(moment: datetime, offset: timezone) -> Given:
        there = moment.astimezone(zone or UTC)
        text = there.strftime("%Y-%m-%d %H:%M:%S") if zone else there.strftime("%Y-%m-%dT%H:%M:%SZ")
        return Given(moment.astimezone(offset), text)

    return st.builds(given, moments, offsets)


def _zone(text: str) -> tzinfo | None:
    return datetime.fromisoformat(f"2001-01-01T00:00:00{text}").tzinfo if text else None


def _texts(schema: Node, inside: str) -> Values:
    """Give text with all kinds of characters; neither dots alone nor nothing where it is a part of a path."""
    if "pattern" in schema:
        texts = _matching(schema["pattern"])
    else:
        least = max(schema.get("minLength", 0), 1 if inside else 0)
        most = min(schema.get("maxLength", LONGEST_TEXT), least + LONGEST_TEXT)
        characters = st.characters(codec="utf-8", exclude_characters=inside)
        letters = st.text("ABCabc012_-", min_size=least, max_size=most)
        texts = letters | st.text(characters, min_size=least, max_size=most)
    if inside == "/":
        texts = texts.filter(lambda text: text not in (".", ".."))
    return texts.map(lambda text: Given(text, text))


ODD_NUMBERS = [
    "", " 1", "1 ", "+1", "1_0", "٣", "0x1", "01", "-0", "-1", "1e5", "1E-5", ".5", "1.", "1.0", "NaN", "Infinity", "null",
    "1.1234567890123456789", "9" * 25, "9" * 70,
]  # fmt: skip
ODD_INTEGERS: list[str | int] = [*ODD_NUMBERS, 2**63, 10**70]
ODD_DECIMALS = ["-1", "-0", "0E+3", "1E-19", "1E+25", "1E+70", "1E-70", "NaN", "sNaN", "-Infinity", "00012.50"]
ODD_TEXTS = ["", " ", "\0", "\n", "a\nb", "&a=b", "a+b%20c", "../..", "..", "é", "𝟙", "\ud800", "x" * 300]


def odd(operation: Operation, schema: Node) -> Values:
    """Return what may be passed by mistake. What it means on the wire is as plain as it can be."""
    kinds = types_of(schema)
    if "array" in kinds:
        return _odd_lists(operation, schema)
    if "object" in kinds:
        return _odd_models(operation, schema)
    if "boolean" in kinds:
        return allowed(operation, schema)
    if schema.get("format") == "decimal":
        numbers = st.sampled_from([Decimal(text) for text in ODD_DECIMALS]) | st.integers(-(10**25), 10**25)
        return (st.sampled_from(ODD_NUMBERS) | numbers).map(lambda v: Given(v, _as_wire(schema, plain(v))))
    if "integer" in kinds and "string" not in kinds:
        bounds = [schema[key] for key in ("minimum", "maximum") if key in schema] or [0]
        near = st.sampled_from([bound + step for bound in bounds for step in (-1, 0, 1)])
        values: SearchStrategy[str | int] = near | st.sampled_from(ODD_INTEGERS) | st.integers()
        if schema.get("format") == "id":
            return values.map(_given(schema))
        return values.map(lambda value: Given(value, _as_wire(schema, _integer(value))))
    texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=schema.get("maxLength", LONGEST_TEXT) + 1)
    return texts.map(lambda text: Given(text, _as_wire(schema, text)))


def _odd_models(operation: Operation, schema: Node) -> Values:
    members = {wire: operation.spec.resolve(member) for wire, member in schema["properties"].items()}
    wires = [wire for wire, member in members.items() if member.get("x-fill") != "clock"]
    return st.sampled_from(wires).flatmap(
        lambda wire: _models(operation, schema, {wire: odd(operation, members[wire])})
    )


def _integer(value: str | int) -> str:
    """Text with leading zeros is a number for the client; only its digits are sent."""
    return str(int(value)) if isinstance(value, int) or re.fullmatch("-?[0-9]{1,60}", value, re.ASCII) else value


def _odd_lists(operation: Operation, schema: Node) -> Values:
    items = operation.spec.resolve(schema["items"])
    odd_items = odd(operation, items)
    long = schema.get("maxItems", LONGEST_LIST) + 1
    several = st.lists(allowed(operation, items, inside=","), min_size=long, max_size=long)
    return (several | st.lists(odd_items, max_size=1)).map(
        lambda given: Given([one.python for one in given], [one.wire for one in given])
    )
