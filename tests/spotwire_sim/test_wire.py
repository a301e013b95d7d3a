"""Strict reading of text, JSON, bodies and paths: what a lenient server would guess at is refused."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from spotwire_sim import venues
from spotwire_sim.call import Denied
from spotwire_sim.digits import fixed, places, plain, raw_number
from spotwire_sim.spec import load
from spotwire_sim.wire import (
    decode_json,
    decode_pairs,
    to_boolean,
    to_decimal,
    to_integer,
    to_list,
    to_number,
    to_text,
)

SPECS = Path(__file__).parents[2] / "specs"


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [
        (b"", []),
        (b"a=1&b=2", [("a", "1"), ("b", "2")]),
        (b"a=1&a=2", [("a", "1"), ("a", "2")]),
        (b"a=", [("a", "")]),
        (b"a=b=c", [("a", "b=c")]),
        (b"a=%26%3D%20+", [("a", "&= +")]),
        (b"%E2%82%AC=%f0%9f%98%80", [("€", "😀")]),
        (b"a=%00", [("a", "\0")]),
    ],
)
def test_pairs_are_decoded_in_order(raw: bytes, pairs: list[tuple[str, str]]) -> None:
    """Duplicates stay, a plus sign is a plus sign."""
    assert pairs == decode_pairs(raw)


def test_plus_is_a_blank_in_forms() -> None:
    """But not where it is percent-encoded."""
    assert [("a", "b c+d")] == decode_pairs(b"a=b+c%2Bd", plus_is_blank=True)


@pytest.mark.parametrize(
    "raw",
    [
        b"a",
        b"=1",
        b"a=1&",
        b"&a=1",
        b"a=1&&b=2",
        b"a=%",
        b"a=%2",
        b"a=%GG",
        b"a=\xff",
        b"a=%FF",
        b"a=%ED%A0%80",
        b"a=%C0%80",
    ],
)
def test_malformed_pairs_are_refused(raw: bytes) -> None:
    """Broken escapes, raw bytes, overlong and surrogate UTF-8, pieces without a name."""
    with pytest.raises(Denied, match="bad-parameter"):
        decode_pairs(raw)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (to_integer, "0", 0),
        (to_integer, "-7", -7),
        (to_integer, "9223372036854775807", 2**63 - 1),
        (to_number, "0.50", Decimal("0.50")),
        (to_number, "-1", Decimal(-1)),
        (to_boolean, "true", True),
        (to_boolean, "false", False),
        (to_text, " x ", " x "),
        (to_list(to_integer), "1,2", [1, 2]),
        (to_list(to_text), "", []),
    ],
)
def test_text_is_coerced_by_type(read: Callable[[str], Any], text: str, value: object) -> None:
    """The plain spellings."""
    assert value == read(text)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (to_integer, text)
        for text in ("", "+1", " 1", "1 ", "1\n", "01", "-0", "1_0", "1.0", "1e2", "0x1", "١", "9223372036854775808")
    ]
    + [
        (to_number, text)
        for text in ("", "+1", ".5", "5.", "1e2", "NaN", "Infinity", "1_0.0", "0.1\n", "٠.5", "1" * 61, "00.1")
    ]
    + [(to_boolean, text) for text in ("", "True", "TRUE", "1", "0", "yes", " true")]
    + [(to_list(to_integer), text) for text in ("1,", ",1", "1, 2")],
)
def test_other_spellings_are_refused(read: Callable[[str], Any], text: str) -> None:
    """ASCII digits only, no sign, blank, underscore, exponent or leading zero."""
    with pytest.raises(ValueError, match=r"^(an?|true) "):
        read(text)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'a':1}",
        b'{"a":1}x',
        b'{"a":1,"a":1}',
        b'{"b":[{"a":1,"a":1}]}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":01}',
        b'{"a":1e999}',
        b'{"a":1E-99}',
        b'{"a":9223372036854775808}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":0.' + b"1" * 5000 + b"}",
        b'{"a":"\xff"}',
        b"\xef\xbb\xbf{}",
        '{"a":1}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"a":"\n"}',
    ],
)
def test_json_is_read_strictly(body: bytes) -> None:
    """Duplicate names, constants, absurd numbers, other encodings and bottomless nesting are refused."""
    with pytest.raises(Denied, match="bad-parameter"):
        decode_json(body)


def test_json_keeps_the_digits() -> None:
    """Fractions become Decimals, integers stay exact."""
    assert {"a": Decimal("0.10"), "b": 2**63 - 1} == decode_json(b'{"a":0.10,"b":9223372036854775807}')


@pytest.mark.parametrize(("value", "number"), [(None, None), ("", None), ("1e-8", Decimal("1e-8")), (5, Decimal(5))])
def test_decimals_are_made_of_checked_values(value: Any, number: Decimal | None) -> None:
    """Text, integers and what is absent."""
    assert number == to_decimal(value)


@pytest.mark.parametrize("value", ["x", "NaN", "1e999", "1" * 61, "1\n"])
def test_what_is_no_decimal_is_refused(value: str) -> None:
    """Even where a schema has no pattern."""
    with pytest.raises(ValueError, match=r"a decimal|out of all proportion"):
        to_decimal(value)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "0"),
        ("0E-8", "0"),
        ("1E-8", "0.00000001"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.50", "0.5"),
        ("-2.0", "-2"),
    ],
)
def test_numbers_are_written_plainly(number: str, shown: str) -> None:
    """All digits, no exponent, no trailing zeros."""
    assert shown == plain(Decimal(number)) == bytes(raw_number(Decimal(number))).decode()


def test_numbers_are_written_with_fixed_places() -> None:
    """Further digits are cut off, missing ones are zeros."""
    assert ("1.99", "1.000", "0") == (fixed(Decimal("1.999"), 2), fixed(Decimal(1), 3), fixed(Decimal("0.9"), 0))
    assert (2, 0, 0) == (places(Decimal("0.010")), places(Decimal(1)), places(Decimal(100)))


# Routes and bodies of the real documents


def test_constant_query_tells_operations_apart() -> None:
    """It is no parameter of the operation; a second one is an unknown parameter."""
    router = load("coinw").router
    pairs = [("command", "cancelOrder"), ("orderNumber", "1")]
    operation, _, left = router.find("POST", "/api/v1/private", pairs)

    assert ("cancelOrder", [("orderNumber", "1")]) == (operation.operation_id, left)
    _, _, left = router.find("POST", "/api/v1/private", [*pairs, pairs[0]])
    assert pairs[0] in left
    with pytest.raises(Denied, match="unknown-path"):
        router.find("POST", "/api/v1/private", [("command", "no")])


@pytest.mark.parametrize(
    ("path", "operation", "symbol"),
    [
        ("/api/v1/market/depth/BTCUSDT", "orderBook", "BTCUSDT"),
        ("/api/v1/market/depth/%E2%82%AC%2F", "orderBook", "€/"),
        ("/api/v1/ticker/price", "prices", ""),
        ("/api/v1/ticker/price;symbol=BTCUSDT,ETHUSDT", "prices", "BTCUSDT,ETHUSDT"),
    ],
)
def test_path_parameters_are_read(path: str, operation: str, symbol: str) -> None:
    """A simple one is a segment, a matrix one may be absent."""
    found, path_pairs, _ = load("coinstore").router.find("GET", path, [])

    assert (operation, [("symbol", symbol)]) == (found.operation_id, path_pairs)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/market/depth/",
        "/api/v1/market/depth/a/b",
        "/api/v1/ticker/price;sym=A",
        "/api/v1/ticker/priceA",
        "/API/v1/ticker/price",
    ],
)
def test_other_paths_are_not_found(path: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(Denied, match="unknown-path"):
        load("coinstore").router.find("GET", path, [])


def documented_bodies() -> list[tuple[str, str, str, Any]]:
    """Collect the example bodies of all documents: venue, operation, media type, value."""
    found: list[tuple[str, str, str, Any]] = []
    for venue in venues():
        root = yaml.safe_load((SPECS / venue / "openapi.yaml").read_text("utf-8"))
        for item in root["paths"].values():
            for node in item.values():
                for media_type, media in node.get("requestBody", {}).get("content", {}).items():
                    found.append((venue, node["operationId"], media_type, media["example"]))
    return found


@pytest.mark.parametrize(("venue", "operation", "media_type", "example"), documented_bodies())
def test_documented_bodies_are_accepted(venue: str, operation: str, media_type: str, example: Any) -> None:
    """The example of every body passes the strict check."""
    if media_type == "application/json":
        body = json.dumps(example).encode()
    else:
        body = "&".join(
            f"{quote(str(name), safe='')}={quote(str(value), safe='')}" for name, value in example.items()
        ).encode()
    compiled = load(venue).operations[operation]
    args, document = compiled._body.read(body, media_type)

    assert set(example) <= set(args) if isinstance(example, dict) else example == document


@pytest.mark.parametrize("venue", venues())
def test_every_documented_situation_has_an_answer(venue: str) -> None:
    """Also those that the venue's own table lacks."""
    situations = yaml.safe_load((SPECS / "extensions.schema.json").read_text("utf-8"))["$defs"]["situation"]["enum"]
    for situation in situations:
        row = load(venue).error(situation)
        assert row.message, situation
        assert 200 <= row.status < 600, situation
