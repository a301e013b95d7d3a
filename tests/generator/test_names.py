"""Names of the wire become names of Python, or a refusal that says what to do."""

from __future__ import annotations

import keyword

import pytest

from generator.names import BadName, Name, attribute, camel_case, class_name, given

ATTRIBUTES = {
    "symbol": "symbol",
    "recvWindow": "recv_window",
    "newClientOrderId": "new_client_order_id",
    "X-KEY": "x_key",
    "order-id": "order_id",
    "Symbol": "symbol",
    "__init__": "init",
    "_private": "private",
    "import os": "import_os",
    "x; import os": "x_import_os",
    "../../etc/x": "etcx",
    "class": "class_",
    "None": "none",
    "self": "self_",
    "options": "options_",
    "type": "type",
    "match": "match_",
    "Decimal": "decimal",
    "str": "str_",
}


@pytest.mark.parametrize("wire", ATTRIBUTES)
def test_attribute_name(wire: str) -> None:
    """J2: a wire name becomes snake case; what Python or generated code uses gets an underscore."""
    assert ATTRIBUTES[wire] == attribute(wire)


@pytest.mark.parametrize(
    "wire", ["", "...", "-", "__", "1st", "24h", "a" * 300, "\u0430pi", "\uff49mport", "\u202e", "名前"]
)
def test_attribute_name_when_none_can_be_made(wire: str) -> None:
    """J2: a wire name without a sensible Python name asks for an x-name."""
    with pytest.raises(BadName, match="give it an x-name"):
        attribute(wire)


@pytest.mark.parametrize("word", [*keyword.kwlist, "match", "case", "type"])
def test_attribute_name_of_a_keyword(word: str) -> None:
    """J2: no keyword becomes a name as it is (`type` apart, which is one only at the beginning of a statement)."""
    name = attribute(word)

    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name == "type" or not keyword.issoftkeyword(name)


@pytest.mark.parametrize(
    "word", ["self", "options", "int", "str", "type_", "datetime", "attrs", "annotations", "class", "a b", ""]
)
def test_given_name_when_it_means_something_else(word: str) -> None:
    """J2: an x-name is taken as it stands, so it may not be what generated code uses for something else."""
    with pytest.raises(BadName):
        given(word)


@pytest.mark.parametrize(
    "word", ["", "a b", "class", "None", "__init__", "__import__", "1a", "a\n", "\u0430", "a" * 65, "a-b", "a.b"]
)
def test_name_is_a_plain_identifier(word: str) -> None:
    """J2: only a checked ASCII identifier, no keyword and no dunder, reaches a template without a filter."""
    with pytest.raises(BadName):
        Name(word)


@pytest.mark.parametrize(
    "word", ["order", "order_book", "Exception", "Any", "Decimal", "Envelope", "None", "\u0410ck", "Ack;", "", "A b"]
)
def test_class_name_when_it_is_taken_or_none(word: str) -> None:
    """J2: a class is written in PascalCase and hides neither a builtin nor what generated code imports."""
    with pytest.raises(BadName):
        class_name(word)


def test_operation_id_of_a_method() -> None:
    """The vocabulary is written in snake case, operationIds in camel case."""
    assert ["ping", "orderBook", "ticker24h", "orderV2"] == [
        camel_case(name) for name in ("ping", "order_book", "ticker_24h", "order_v2")
    ]
