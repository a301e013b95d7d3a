"""What goes out and comes back, as data."""

import pytest
from rich.pretty import pretty_repr

from auth_hooks.jex import JexAuth
from auth_hooks.mexc import MexcAuth
from spotwire_core.message import Headers, KeyedAuth, RawResponse, Request, Response


def test_target_is_path_and_query() -> None:
    """The target has a question mark where there is a query, and none where there is none."""
    assert "/p?a=1&b=%20" == Request("GET", "/p", "a=1&b=%20").target
    assert "/p" == Request("GET", "/p").target


def test_repr_shows_method_and_path_alone() -> None:
    """Query, headers, body and secrets do not show (F1)."""
    request = Request("POST", "/p", "signature=CANARY", (("X-KEY", "CANARY"),), b"CANARY", sensitive=("CANARY",))

    assert "Request(POST /p)" == repr(request)
    assert "[Request(POST /p)]" == f"{[request]}"


def test_repr_of_an_answer_shows_no_body() -> None:
    """A venue may repeat a key in headers or body: status, length and value are enough (F1)."""
    assert "Response(200, 6 bytes)" == repr(Response(200, {"X": "CANARY"}, b"CANARY"))
    assert "RawResponse(200, 6 bytes, value=5)" == repr(RawResponse(200, {"X": "CANARY"}, b"CANARY", 5))


def test_rich_shows_no_more_than_repr() -> None:
    """F1, F3: rich, which prints the members of a struct, alone and in tracebacks with locals, prints what repr does."""
    request = Request("POST", "/p", "signature=CANARY", (("X-KEY", "CANARY"),), b"CANARY", sensitive=("CANARY",))
    response = Response(200, {"X": "CANARY"}, b"CANARY")
    shown = [pretty_repr(one) for one in (request, response, RawResponse(200, {"X": "CANARY"}, b"CANARY", 5))]

    assert [
        "Request(method='POST', path='/p')",
        "Response(status=200, bytes=6)",
        "RawResponse(status=200, bytes=6, value=5)",
    ] == shown
    assert "CANARY" not in pretty_repr({"sent": [request], "headers": Headers([(b"x", b"CANARY")])})


def test_request_cannot_be_changed() -> None:
    """What was signed stays what it was."""
    request = Request("GET", "/p")

    with pytest.raises(AttributeError):
        request.query = "a=2"  # type: ignore[misc]


def test_keyed_hooks_are_told_by_their_method() -> None:
    """A hook that can send the key alone is known by `identify`."""
    assert isinstance(JexAuth("k", "s"), KeyedAuth)
    assert not isinstance(MexcAuth("k", "s"), KeyedAuth)
