"""Ids, open enums and rows of generated models."""

import copy
import json
import pickle
from decimal import Decimal

import pytest

from spotwire_core.types import Id, OpenIntEnum, OpenStrEnum, Row


class Side(OpenStrEnum):
    BUY = "BUY"
    SELL = "SELL"


class State(OpenIntEnum):
    OPEN = 1
    DONE = 2


class Level(Row, frozen=True):
    price: Decimal
    quantity: Decimal
    count: int = 0


def test_id_is_text_that_equals_text() -> None:
    """An id compares, hashes and prints as its text."""
    number = Id(2**70)

    assert "1180591620717411303424" == number
    assert {number} == {"1180591620717411303424"}
    assert "1180591620717411303424" == f"{number}"


def test_unknown_text_arrives_as_itself() -> None:
    """A value that the venue added is a member named after itself, not an error (E7)."""
    side = Side("HOLD")

    assert isinstance(side, Side)
    assert ("HOLD", "HOLD", "HOLD") == (side.value, side.name, str(side))
    assert side == "HOLD"
    assert side == Side("HOLD")
    assert hash(side) == hash(Side("HOLD"))
    assert side not in list(Side)


def test_unknown_number_arrives_as_itself() -> None:
    """The same holds for enums of numbers."""
    state = State(99)

    assert isinstance(state, State)
    assert (99, "99") == (state.value, state.name)
    assert state == 99
    assert json.dumps({"state": state}) == '{"state": 99}'


def test_known_value_stays_the_member() -> None:
    """A known value is the one member, whatever unknown ones came before."""
    Side("HOLD")

    assert Side("BUY") is Side.BUY
    assert State(1) is State.OPEN
    assert [Side.BUY, Side.SELL] == list(Side)


@pytest.mark.parametrize("value", [1, None, 1.0, b"BUY", ["BUY"]])
def test_enum_of_text_takes_text_alone(value: object) -> None:
    """What is not text is a ValueError."""
    with pytest.raises(ValueError, match="Side"):
        Side(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["99", None, 99.5])
def test_enum_of_numbers_takes_whole_numbers_alone(value: object) -> None:
    """What is not a whole number is a ValueError."""
    with pytest.raises(ValueError, match="State"):
        State(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("member", [Side.BUY, Side("HOLD"), State.OPEN, State(99)])
@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_enum_survives_pickling_and_copying(member: object, again: object) -> None:
    """Known and unknown members come back equal and of their type."""
    assert callable(again)
    result = again(member)

    assert (type(member), member) == (type(result), result)


def test_row_unpacks_like_a_tuple() -> None:
    """A row has names, and unpacks, indexes and counts like a tuple."""
    row = Level(Decimal(11), Decimal(2))
    price, quantity, count = row

    assert (Decimal(11), Decimal(2), 0) == (price, quantity, count)
    assert (row.price, row.quantity, row.count) == (row[0], row[1], row[2])
    assert 3 == len(row)
    assert row[-1] == 0


def test_row_is_a_value() -> None:
    """Rows are frozen, equal by value, hashable and pickled."""
    row = Level(Decimal(11), Decimal(2))

    with pytest.raises(AttributeError):
        row.price = Decimal(1)  # type: ignore[misc]
    assert row == Level(Decimal("11.0"), Decimal(2))
    assert 1 == len({row, Level(Decimal(11), Decimal(2))})
    assert row == pickle.loads(pickle.dumps(row))
