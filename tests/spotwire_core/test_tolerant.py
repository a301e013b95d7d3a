"""The slow, exact reading of an answer, called by itself."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest

from spotwire_core.tolerant import Mismatch, local_time, read, read_text
from spotwire_core.types import Id, Row


@attrs.frozen(kw_only=True)
class One:
    a: int


@attrs.frozen(kw_only=True)
class Two:
    b: int
    c: list[int]


class Pair(Row, frozen=True):
    name: str
    value: Decimal
    note: str = "none"


@pytest.mark.parametrize(
    ("target", "value", "expected"),
    [
        (Any, {"a": [1]}, {"a": [1]}),
        (None, None, None),
        (int | None, "", None),
        (str | None, "", ""),
        (Id | None, "", Id("")),
        (dict[str, int], {"a": "1"}, {"a": 1}),
        (list[int | None], [1, "", None], [1, None, None]),
        (One, {"new": {"b": 2}, "a": 1, "newer": None}, One(a=1)),
        (One | Two, {"b": 1, "c": []}, Two(b=1, c=[])),
        (One | list[One], [{"a": 1}, {"a": 2}], [One(a=1), One(a=2)]),
        (Pair, ["x", 1], Pair("x", Decimal(1))),
        (Pair, ["x", "1", "y", "z"], Pair("x", Decimal(1), "y")),
        (datetime, "2025-03-12T09:37:31Z", datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC)),
        (datetime, "2025-03-12T17:37:31+08:00", datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC)),
        (datetime, "2025-03-12T09:37:31", datetime(2025, 3, 12, 9, 37, 31, tzinfo=UTC)),
    ],
)
def test_value_is_read(target: Any, value: Any, expected: Any) -> None:
    """Each kind of type is read from what JSON gives."""
    assert expected == read(target, value, "$")


@pytest.mark.parametrize(
    ("target", "value", "path"),
    [
        (None, 0, "$"),
        (One | Two, {"b": 1, "c": ["x"]}, "$.c[0]"),
        (datetime, 1741772251, "$"),
        (datetime, "yesterday", "$"),
        (datetime, "10000-01-01T00:00:00Z", "$"),
        (list[One], [{"a": 1}, {"a": []}], "$[1].a"),
        (int, Decimal("1E+2000"), "$"),
    ],
)
def test_mismatch_names_the_deepest_place(target: Any, value: Any, path: str) -> None:
    """Of several readings that fail, the one that came furthest is reported."""
    with pytest.raises(Mismatch) as caught:
        read(target, value, "$")

    assert path == caught.value.path
    assert str(caught.value) == f"{path}: {caught.value.expected}"


@pytest.mark.parametrize(("zone", "hours"), [("+08:00", 8), ("-03:30", -3.5), ("+00:00", 0), ("+05:45", 5.75)])
def test_local_time_is_read_in_its_zone(zone: str, hours: float) -> None:
    """The offset of the venue belongs to the moment; a T in the middle is as good as a blank."""
    expected = datetime(2025, 3, 12, 17, 37, 31, tzinfo=timezone(timedelta(hours=hours)))

    assert expected == local_time("2025-03-12 17:37:31", zone) == local_time("2025-03-12T17:37:31", zone)
    assert expected.utcoffset() == local_time("2025-03-12 17:37:31", zone).utcoffset()


def test_body_is_parsed_without_a_float() -> None:
    """Numbers of an untyped answer are ints and Decimals."""
    value = read_text(Any, b'{"a":[1,1.10,1e400]}')

    assert {"a": [1, Decimal("1.10"), Decimal("1e400")]} == value
    assert [int, Decimal, Decimal] == [type(item) for item in value["a"]]


def test_offset_of_a_wrong_byte_is_named() -> None:
    """An answer that is not UTF-8 says where (E1)."""
    with pytest.raises(Mismatch, match="wrong byte at offset 2"):
        read_text(Any, b'{"\xff":1}')
