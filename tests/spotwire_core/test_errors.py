"""Exceptions say what to do next, and survive pickling, copying and other processes."""

import copy
import multiprocessing
import pickle
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from spotwire_core import errors
from spotwire_core.errors import (
    ERROR_CLASSES,
    ApiError,
    AuthError,
    ClientClosed,
    ClockError,
    ConfigError,
    DecodeError,
    DuplicateOrder,
    InvalidRequest,
    OutcomeUnknown,
    RateLimited,
    SpotwireError,
    StaleBook,
    StreamOverflow,
    TransportError,
    WouldExceedLimit,
)

SENT_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ALL: list[SpotwireError] = [
    SpotwireError("something"),
    ConfigError("placeOrder needs symbol: got None"),
    ClientClosed("closed"),
    TransportError("placeOrder failed", operation="placeOrder", sent=False),
    OutcomeUnknown("may have run", operation="placeOrder", client_order_ids=("a", "b"), sent_at=SENT_AT),
    OutcomeUnknown(
        "", operation="o", client_order_ids=(), sent_at=SENT_AT, requests=({"symbol": "A", "price": Decimal("1.0")},)
    ),
    WouldExceedLimit("placeOrder would break a limit", retry_after=0.5),
    StreamOverflow("too many events", count=7),
    StaleBook("the order book is old"),
    DecodeError(operation="order", status=200, path="$.a[0]", expected="a number", body=b"\xff{", excerpt="{"),
    *(
        cls(operation="order", status=429, code="-1003", message="slow down", meaning="Too many", retry_after=2.5)
        for cls in ERROR_CLASSES.values()
    ),
]


def same(expected: SpotwireError, actual: SpotwireError) -> bool:
    return type(expected) is type(actual) and expected.args == actual.args and vars(expected) == vars(actual)


@pytest.mark.parametrize("error", ALL, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_error_survives_pickling_and_copying(error: SpotwireError, again: object) -> None:
    """Type, text and all attributes come through (F4)."""
    assert callable(again)
    assert same(error, again(error))


def test_notes_survive_pickling() -> None:
    """What was noted on an exception travels with it."""
    error = ConfigError("wrong")
    error.add_note("look here")

    assert ["look here"] == pickle.loads(pickle.dumps(error)).__notes__


def fail_in_another_process(number: int) -> None:
    raise ALL[number]


def test_every_error_survives_another_process() -> None:
    """A worker process hands back the same exception, whichever it is (F4)."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        for number, error in enumerate(ALL):
            with pytest.raises(type(error)) as caught:
                pool.apply(fail_in_another_process, (number,))
            assert same(error, caught.value)


def test_no_class_is_left_out() -> None:
    """Every class of the module is among those that the tests above look at (F4)."""
    declared = {cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, SpotwireError)}

    assert declared == {type(error) for error in ALL}


def test_every_error_has_the_one_base() -> None:
    """One except clause catches everything that this library raises."""
    public = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]

    assert all(issubclass(cls, SpotwireError) for cls in public)


def test_wrong_call_is_a_value_error_too() -> None:
    """A ConfigError is a ValueError, as a wrong argument is elsewhere in Python."""
    assert issubclass(ConfigError, ValueError)
    assert issubclass(ClientClosed, ConfigError)
    assert issubclass(ClockError, AuthError)
    assert issubclass(DuplicateOrder, InvalidRequest)


def test_api_error_says_all_of_it() -> None:
    """The text has operation, status, code, the venue's message and what the code means."""
    error = ApiError(
        operation="placeOrder", status=400, code="30004", message="余额不足", meaning="The balance does not suffice"
    )

    assert "placeOrder was refused with HTTP 400, code 30004: 余额不足 (The balance does not suffice)" == str(error)


def test_api_error_without_a_code_says_so() -> None:
    """An answer without code and message still makes a readable text."""
    error = RateLimited(operation="order", status=429, code=None, message="")

    assert "order was refused with HTTP 429, no code" == str(error)
    assert error.retry_after is None


def test_client_order_id_is_there_for_one_order_alone() -> None:
    """`client_order_id` is the id of a single order; of a batch, or without ids, it is None."""
    expected = {(): None, ("a",): "a", ("a", "b"): None}
    actual = {
        ids: OutcomeUnknown("", operation="o", client_order_ids=ids, sent_at=SENT_AT).client_order_id
        for ids in expected
    }

    assert expected == actual


def test_every_class_a_document_can_name_is_an_api_error() -> None:
    """The names that venue documents use are the names of the classes."""
    assert all(name == cls.__name__ and issubclass(cls, ApiError) for name, cls in ERROR_CLASSES.items())
