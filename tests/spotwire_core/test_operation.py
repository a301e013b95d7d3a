"""Operations and venues are data that cannot change."""

import pytest

from spotwire_core.operation import Envelope, Operation, Param, Venue


def test_operations_are_compared_by_identity() -> None:
    """Two operations that look alike are two, and both can be keys of a cache."""
    one: Operation[None] = Operation(name="ping", method="GET", path="/ping", result=None)
    two: Operation[None] = Operation(name="ping", method="GET", path="/ping", result=None)

    assert one == one
    assert one != two
    assert 2 == len({one, two})


def test_description_cannot_be_changed() -> None:
    """Neither an operation nor a venue can be redirected at run time."""
    operation: Operation[None] = Operation(name="ping", method="GET", path="/ping", result=None)
    venue = Venue(
        name="v", title="V", base_url="https://v", auth="A", envelope=Envelope(code="c", message=("m",)), errors={}
    )

    for thing, name in ((operation, "path"), (venue, "base_url"), (Param(name="a", wire="a"), "wire")):
        with pytest.raises(AttributeError):
            setattr(thing, name, "elsewhere")


def test_operation_is_unsigned_and_read_only_unless_said_otherwise() -> None:
    """What a description leaves out is the harmless choice."""
    operation: Operation[None] = Operation(name="ping", method="GET", path="/ping", result=None)

    assert ("none", "read", "", ()) == (operation.security, operation.safety, operation.body, operation.params)
