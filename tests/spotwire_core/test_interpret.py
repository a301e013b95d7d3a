"""What an answer means: a value, or the exception that says what to do next."""

import json
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from spotwire.bitunix.api.trade import PLACE_ORDER as BITUNIX_PLACE_ORDER, PLACE_ORDERS as BITUNIX_PLACE_ORDERS
from spotwire.bitunix.venue import VENUE as BITUNIX
from spotwire.coinstore.api.trade import (
    CANCEL_ORDERS as COINSTORE_CANCEL_ORDERS,
    PLACE_ORDERS as COINSTORE_PLACE_ORDERS,
)
from spotwire.coinstore.models.trade import CancelledOrders, PlacedBatchOrder
from spotwire.coinstore.venue import VENUE as COINSTORE
from spotwire_core.encode import Call
from spotwire_core.errors import (
    ApiError,
    AuthError,
    ClockError,
    DecodeError,
    InsufficientFunds,
    InvalidRequest,
    OutcomeUnknown,
    RateLimited,
    SpotwireError,
    VenueUnavailable,
)
from spotwire_core.interpret import LONGEST_WAIT, interpret, retry_after
from spotwire_core.message import Response
from spotwire_core.operation import Envelope, KnownError, Operation, Venue
from spotwire_core.types import Id

CANARY = "SECRETCANARY0123456789"
SENT_AT = 1_700_000_000_000

BARE = Envelope(code="code", message=("msg", "message"))
CODED = Envelope(code="code", message=("message", "msg"), data="data", success_codes=frozenset({"0"}))
FLAGGED = Envelope(
    code="code", message=("msg",), data="data", success_codes=frozenset({"0", "200"}), success_flag="success"
)
ERRORS = {
    "1": KnownError("InvalidRequest", "A parameter is wrong"),
    "2": KnownError("ClockError", "The clock is wrong"),
    "3": KnownError("RateLimited", "Too many requests"),
    "5": KnownError("VenueUnavailable", "The venue is down"),
    "6": KnownError("ApiError", "It failed"),
}


@attrs.frozen(kw_only=True)
class Ack:
    order_id: Id = attrs.field(metadata={"wire": "orderId"})
    price: Decimal | None = None


def interpreted(
    envelope: Envelope,
    body: str | bytes,
    *,
    status: int = 200,
    result: Any = Ack,
    safety: Any = "read",
    headers: dict[str, str] | None = None,
    sensitive: tuple[str, ...] = (CANARY,),
    ids: tuple[str, ...] = ("sw1",),
    **described: Any,
) -> Any:
    venue = Venue(name="venue", title="Venue", base_url="https://v", auth="Auth", envelope=envelope, errors=ERRORS)
    operation: Operation[Any] = Operation(
        name="placeOrder", method="POST", path="/order", result=result, safety=safety, **described
    )
    call = Call(operation, (), "/order", "", "", ids)
    response = Response(status, headers or {}, body.encode() if isinstance(body, str) else body)
    return interpret(venue, call, response, sent_at=SENT_AT, sensitive=sensitive)


def failed(cls: type[SpotwireError], envelope: Envelope, body: str | bytes, **kwargs: Any) -> Any:
    with pytest.raises(SpotwireError) as caught:
        interpreted(envelope, body, **kwargs)
    assert type(caught.value) is cls
    return caught.value


# Envelopes


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (BARE, '{"orderId":7}'),
        (BARE, '{"orderId":7,"code":0,"msg":"ok"}'),
        (BARE, '{"orderId":7,"code":null,"msg":"ok"}'),
        (BARE, '{"orderId":7,"code":"BTC"}'),
        (CODED, '{"code":0,"message":"Success","data":{"orderId":7}}'),
        (CODED, '{"code":"0","data":{"orderId":"7"}}'),
        (CODED, ' {"data":{"orderId":"7"},"code":"0","new":1}'),
        (FLAGGED, '{"code":"200","success":true,"msg":"SUCCESS","data":{"orderId":7}}'),
        (FLAGGED, '{"code":0,"data":{"orderId":7}}'),
    ],
)
def test_success_is_the_payload(envelope: Envelope, body: str) -> None:
    """A success gives the payload; codes are told from each other as text, number or not (L6)."""
    assert Ack(order_id=Id(7)) == interpreted(envelope, body)


@pytest.mark.parametrize(
    ("envelope", "body", "code"),
    [
        (BARE, '{"code":1,"msg":"bad"}', "1"),
        (BARE, ' \n{"code":"1","message":"bad"}', "1"),
        (BARE, '{"msg":"bad","code":1,"orderId":7}', "1"),
        (CODED, '{"code":1,"message":"bad","data":{"orderId":7}}', "1"),
        (CODED, '{"code":"1","msg":"bad","data":null}', "1"),
        (FLAGGED, '{"code":"1","msg":"bad","data":{"orderId":7},"success":true}', "1"),
    ],
)
def test_refusal_has_code_and_message(envelope: Envelope, body: str, code: str) -> None:
    """A refusal with HTTP 200 is an ApiError of the code's class, with the venue's own text (B6)."""
    error = failed(InvalidRequest, envelope, body)

    assert ("placeOrder", 200, code, "bad", "A parameter is wrong") == (
        error.operation,
        error.status,
        error.code,
        error.message,
        error.meaning,
    )


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (FLAGGED, '{"code":"200","success":false,"msg":"no","data":{"orderId":7}}'),
        (FLAGGED, '{"code":0,"success":"false","msg":"no","data":{"orderId":7}}'),
        (CODED, '{"message":"no","data":{"orderId":7}}'),
        (CODED, '{"code":null,"message":"no","data":{"orderId":7}}'),
        (CODED, '{"code":"","message":"no","data":{"orderId":7}}'),
        (CODED, '{"code":"00","message":"no","data":{"orderId":7}}'),
        (CODED, '{"code":0.0,"message":"no","data":{"orderId":7}}'),
        (CODED, '{"code":false,"message":"no","data":{"orderId":7}}'),
    ],
)
def test_contradiction_is_no_success(envelope: Envelope, body: str) -> None:
    """A missing code, or a flag that denies the code, is an error, never a success (L6)."""
    assert "no" == failed(ApiError, envelope, body).message


def test_unknown_code_keeps_code_and_message() -> None:
    """A code that is not documented is a plain ApiError with all of it (B6, L8)."""
    error = failed(ApiError, CODED, '{"code":987654,"message":"新的错误"}')

    assert ("987654", "新的错误", "") == (error.code, error.message, error.meaning)


@pytest.mark.parametrize(
    ("data", "outcome"),
    [("null", DecodeError), ('""', DecodeError), ("[]", DecodeError), ("5", DecodeError)],
)
def test_empty_data_is_no_acknowledgement(data: str, outcome: type[SpotwireError]) -> None:
    """A success envelope without its payload is not as documented (L6, E7)."""
    error = failed(outcome, CODED, '{"code":0,"data":' + data + "}")

    assert "$.data" == error.path


def test_missing_data_is_no_acknowledgement() -> None:
    """A success envelope that lacks its payload names the place (L6)."""
    assert "$.data" == failed(DecodeError, CODED, '{"code":0}').path


def test_missing_data_is_none_where_it_may_be() -> None:
    """Where the payload may be null, null, absent and blank are None."""
    bodies = ['{"code":0}', '{"code":0,"data":null}', '{"code":0,"data":""}']

    assert [None, None, None] == [interpreted(CODED, body, result=Ack | None) for body in bodies]


def test_operation_may_have_an_envelope_of_its_own() -> None:
    """An operation whose answers are wrapped differently says so itself."""
    operation: Operation[Any] = Operation(name="o", method="GET", path="/", result=Ack, envelope=BARE)
    venue = Venue(name="venue", title="Venue", base_url="https://v", auth="Auth", envelope=CODED, errors={})
    call = Call(operation, (), "/", "", "", ())

    assert Ack(order_id=Id(7)) == interpret(
        venue, call, Response(200, {}, b'{"orderId":7}'), sent_at=SENT_AT, sensitive=()
    )


@pytest.mark.parametrize(
    ("envelope", "body"), [(BARE, "{}"), (BARE, "[]"), (CODED, '{"code":0,"data":""}'), (CODED, '{"code":0}')]
)
def test_operation_without_a_result_returns_none(envelope: Envelope, body: str) -> None:
    """Where nothing comes back, any JSON that says success is enough."""
    assert interpreted(envelope, body, result=None) is None


@pytest.mark.parametrize("given_argument", [True, False])
def test_one_or_list(given_argument: bool) -> None:
    """With the argument the answer is one object, without it a list."""
    operation: Operation[Any] = Operation(name="price", method="GET", path="/", result=Ack, one_or_list=0)
    venue = Venue(name="venue", title="Venue", base_url="https://v", auth="Auth", envelope=BARE, errors={})
    call = Call(operation, ("BTCUSDT" if given_argument else None,), "/", "", "", ())
    body = b'{"orderId":7}' if given_argument else b'[{"orderId":7},{"orderId":8}]'
    expected = Ack(order_id=Id(7)) if given_argument else [Ack(order_id=Id(7)), Ack(order_id=Id(8))]

    assert expected == interpret(venue, call, Response(200, {}, body), sent_at=SENT_AT, sensitive=())


# HTTP


@pytest.mark.parametrize(
    ("status", "cls"),
    [
        (400, ApiError),
        (401, AuthError),
        (403, AuthError),
        (404, ApiError),
        (418, RateLimited),
        (429, RateLimited),
        (500, VenueUnavailable),
        (502, VenueUnavailable),
        (503, VenueUnavailable),
        (504, VenueUnavailable),
        (301, ApiError),
        (302, ApiError),
        (304, ApiError),
        (100, ApiError),
    ],
)
@pytest.mark.parametrize("envelope", [BARE, CODED, FLAGGED])
@pytest.mark.parametrize("body", ["", "<html>no</html>", "{}", '{"orderId":7}'])
def test_status_decides_where_there_is_no_code(
    status: int, cls: type[SpotwireError], envelope: Envelope, body: str
) -> None:
    """Without a known code the status gives the class, whatever the body is (B9, B10)."""
    assert status == failed(cls, envelope, body, status=status).status


@pytest.mark.parametrize("status", [400, 404, 500])
def test_success_envelope_with_an_error_status_is_no_success(status: int) -> None:
    """HTTP 4xx and 5xx are never taken for success, not even with a success envelope (L8)."""
    error = failed(
        VenueUnavailable if status >= 500 else ApiError,
        CODED,
        '{"code":0,"message":"Success","data":{"orderId":7}}',
        status=status,
    )

    assert ("0", "Success") == (error.code, error.message)


def test_known_code_goes_before_the_status() -> None:
    """The venue's code says more than the HTTP status."""
    assert "2" == failed(ClockError, BARE, '{"code":2,"msg":"late"}', status=400).code


def test_message_without_a_code_is_the_venues_text() -> None:
    """An error answer that has a message and no code is shown by its message."""
    assert "maintenance" == failed(VenueUnavailable, BARE, '{"msg":"maintenance"}', status=503).message


def test_text_of_an_error_page_is_the_message() -> None:
    """An error without JSON shows the beginning of its body (B4)."""
    error = failed(VenueUnavailable, BARE, "<html>Bad\r\ngateway</html>" + "x" * 1000, status=502)

    assert error.message.startswith("<html>Bad  gateway</html>xxx")
    assert 201 == len(error.message)


@pytest.mark.parametrize("result", [Ack, None, list[Ack]])
@pytest.mark.parametrize("envelope", [BARE, CODED, FLAGGED])
@pytest.mark.parametrize(
    "body", ["<!doctype html><p>Just a moment</p>", "", " ", '{"code":0,"da', "OK", "\ufeff{}", "nul"]
)
def test_success_that_is_no_json_is_a_decode_error(envelope: Envelope, body: str, result: Any) -> None:
    """HTTP 200 with a page, with nothing, or cut off is not a success and not None (B4, B5, A12)."""
    error = failed(DecodeError, envelope, body, result=result)

    assert (200, body.encode()) == (error.status, error.body)
    assert error.path.startswith("$")


def test_decode_error_says_where_and_what() -> None:
    """The text has operation, place, what was expected and how the answer begins."""
    error = failed(DecodeError, CODED, '{"code":0,"data":{"orderId":7,"price":"x"}}')

    assert "$.data.price" == error.path
    assert (
        "placeOrder answered HTTP 200 with something unexpected at $.data.price: expected a decimal number, got 'x'."
        in str(error)
    )
    assert '{"code":0,"data"' in str(error)


# Unsafe calls


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, '{"code":9,"msg":"internal"}'),
        (502, "<html>"),
        (503, ""),
        (504, "{}"),
        (200, '{"code":5,"msg":"down"}'),
        (200, "<html>"),
        (200, ""),
        (200, '{"orderId":7,"pri'),
        (200, "{}"),
        (200, '{"orderId":7,"price":[]}'),
        (200, "null"),
    ],
)
def test_unsafe_call_that_may_have_run_is_outcome_unknown(status: int, body: str) -> None:
    """After 5xx, an unavailable venue or an unreadable answer an order may stand: look before repeating (B9, A12)."""
    error = failed(OutcomeUnknown, BARE, body, status=status, safety="unsafe")

    assert ("placeOrder", ("sw1",), datetime.fromtimestamp(1_700_000_000, UTC)) == (
        error.operation,
        error.client_order_ids,
        error.sent_at,
    )
    assert str(error).startswith("placeOrder may have been executed: look for client order id sw1 before repeating it")
    assert isinstance(error.__cause__, VenueUnavailable | DecodeError)


@pytest.mark.parametrize(
    "body",
    [
        '{"message":"ok","data":{"orderId":7}}',
        '{"code":null,"message":"ok","data":{"orderId":7}}',
        '{"code":"","message":"ok","data":{"orderId":7}}',
        '{"code":{"new":0},"message":"ok","data":{"orderId":7}}',
        '{"sim":"an answer to something else"}',
    ],
)
def test_success_without_a_code_refuses_no_order(body: str) -> None:
    """Where HTTP 200 comes with no code that can be read, an order may stand."""
    failed(OutcomeUnknown, CODED, body, safety="unsafe")
    failed(ApiError, CODED, body, safety="read")


def test_code_that_says_nothing_leaves_it_to_the_status() -> None:
    """After 5xx an order may stand, unless the code says what was wrong with it."""
    failed(OutcomeUnknown, CODED, '{"code":6}', status=500, safety="unsafe")
    failed(InvalidRequest, CODED, '{"code":1}', status=500, safety="unsafe")
    failed(ApiError, CODED, '{"code":6}', status=200, safety="unsafe")


@pytest.mark.parametrize("safety", ["read", "idempotent"])
def test_other_calls_keep_their_error(safety: str) -> None:
    """What may be sent twice has nothing to look for."""
    failed(VenueUnavailable, BARE, "", status=503, safety=safety)
    failed(DecodeError, BARE, "<html>", safety=safety)


@pytest.mark.parametrize(
    ("status", "body", "cls"),
    [
        (400, '{"code":1,"msg":"bad"}', InvalidRequest),
        (200, '{"code":1,"msg":"bad"}', InvalidRequest),
        (401, "", AuthError),
        (429, "", RateLimited),
    ],
)
def test_unsafe_call_that_was_refused_keeps_its_error(status: int, body: str, cls: type[SpotwireError]) -> None:
    """A refusal is certain: nothing was executed."""
    failed(cls, BARE, body, status=status, safety="unsafe")


def test_outcome_unknown_of_a_batch_names_all_ids() -> None:
    """Every client order id of a batch is there; without any, the text says so."""
    batch = failed(OutcomeUnknown, BARE, "", status=503, safety="unsafe", ids=("a", "b"))
    without = failed(OutcomeUnknown, BARE, "", status=503, safety="unsafe", ids=())

    assert ("look for client order id a, b", None) == (
        str(batch)[len("placeOrder may have been executed: ") :][:29],
        batch.client_order_id,
    )
    assert "look at the venue's list before repeating it" in str(without)


# Refused inside a success envelope


def bitunix(operation: Operation[Any], data: Any) -> Any:
    call = Call(operation, (None,) * len(operation.params), "/", "", "", ("sw1",))
    body = json.dumps({"code": "0", "msg": "Success", "data": data}).encode()
    return interpret(BITUNIX, call, Response(200, {}, body), sent_at=SENT_AT, sensitive=())


def test_refused_order_inside_a_success_envelope_is_an_error() -> None:
    """An order of Bitunix with another placeStatus than 1 was refused, whatever the envelope says (L7)."""
    with pytest.raises(InsufficientFunds) as caught:
        bitunix(BITUNIX_PLACE_ORDER, {"orderId": None, "placeStatus": 0, "placeCode": 10034, "placeMsg": "余额不足"})

    assert ("10034", "余额不足", 200) == (caught.value.code, caught.value.message, caught.value.status)


@pytest.mark.parametrize("status", [1, "1"])
def test_accepted_order_is_a_value(status: object) -> None:
    """The accepted status may be a number or text."""
    assert "7" == bitunix(BITUNIX_PLACE_ORDER, {"orderId": 7, "placeStatus": status}).order_id


@pytest.mark.parametrize("status", [0, "0", 2, "", False, "ok"])
def test_any_other_status_is_a_refusal(status: object) -> None:
    """Whatever is not an accepted status is a refusal, also what nobody documented (L7)."""
    with pytest.raises(ApiError, match="placeOrder was refused with HTTP 200, no code"):
        bitunix(BITUNIX_PLACE_ORDER, {"orderId": 7, "placeStatus": status})


def test_order_with_a_null_status_is_unknown() -> None:
    """Null is neither yes nor no: the order may have been executed (L7)."""
    with pytest.raises(OutcomeUnknown):
        bitunix(BITUNIX_PLACE_ORDER, {"orderId": 7, "placeStatus": None})


@pytest.mark.parametrize("status", [b"[]", b"{}", b'"\xff"', b"9" * 5000, b"1e400", b"1.5", b"-0", b"NaN", b"[" * 2000])
def test_odd_status_of_an_order_is_no_success(status: bytes) -> None:
    """E1, E3, E4, L7: whatever stands where yes or no should, the order is refused or unknown; nothing else is raised."""
    body = b'{"code":"0","msg":"Success","data":{"orderId":7,"placeStatus":' + status + b',"placeMsg":"\xff"}}'
    call = Call(BITUNIX_PLACE_ORDER, (None,) * len(BITUNIX_PLACE_ORDER.params), "/", "", "", ("sw1",))

    with pytest.raises((ApiError, OutcomeUnknown)):
        interpret(BITUNIX, call, Response(200, {}, body), sent_at=SENT_AT, sensitive=())


def test_order_without_a_status_is_unknown() -> None:
    """An acknowledgement without the member that says yes or no may have been executed (L7)."""
    with pytest.raises(OutcomeUnknown):
        bitunix(BITUNIX_PLACE_ORDER, {"orderId": 7})
    with pytest.raises(OutcomeUnknown):
        bitunix(BITUNIX_PLACE_ORDER, None)


def test_refused_items_of_a_batch_are_visible() -> None:
    """A batch comes back item by item, the refused ones with their code and text (L7)."""
    acks = bitunix(
        BITUNIX_PLACE_ORDERS,
        [{"orderId": 7, "placeStatus": 1}, {"orderId": None, "placeStatus": 0, "placeCode": 10034, "placeMsg": "no"}],
    )

    assert [("7", "1", None), (None, "0", "10034")] == [(a.order_id, a.place_status, a.place_code) for a in acks]


@pytest.mark.parametrize(
    ("operation", "data", "expected"),
    [
        (
            COINSTORE_PLACE_ORDERS,
            [{"ordId": 1, "clOrdId": "a"}, {"clOrdId": "b", "errno": 3111, "errMsg": "duplicate-order"}],
            [
                PlacedBatchOrder(ord_id=Id(1), cl_ord_id="a"),
                PlacedBatchOrder(cl_ord_id="b", errno=3111, err_msg="duplicate-order"),
            ],
        ),
        (COINSTORE_CANCEL_ORDERS, {"success": [1], "reject": ["2"]}, CancelledOrders(success=[Id(1)], reject=[Id(2)])),
    ],
)
def test_partial_failure_of_a_batch_is_visible(operation: Operation[Any], data: Any, expected: Any) -> None:
    """L7: Coinstore says of each order of a batch what became of it; nothing of that is lost, and nothing is raised for one of them."""
    call = Call(operation, (None,) * len(operation.params), "/", "", "", ())
    body = json.dumps({"code": 0, "data": data}).encode()

    assert expected == interpret(COINSTORE, call, Response(200, {}, body), sent_at=SENT_AT, sensitive=())


# Texts


def test_secrets_do_not_come_back_in_errors() -> None:
    """A key that the venue repeats shows neither in the message nor in the body of an error (F1, B10)."""
    refusal = failed(ApiError, CODED, json.dumps({"code": CANARY, "message": f"bad sign {CANARY}"}), status=403 + 1)
    broken = failed(DecodeError, CODED, json.dumps({"code": 0, "data": {"orderId": 1, "price": CANARY}}))
    page = failed(AuthError, CODED, f"<p>{CANARY}</p>", status=401)
    shown = [str(refusal), repr(refusal), refusal.code, refusal.message, str(broken), repr(broken), broken.expected]

    assert [] == [text for text in [*shown, str(page), page.message] if "CANARY" in text]
    assert b"CANARY" not in broken.body
    assert "bad sign ***" == refusal.message


def test_path_of_a_decode_error_is_safe_to_show() -> None:
    """F1, L8, E11: a path holds names that the venue chose: they show no secret, move no cursor and are cut."""
    name = f"\x1b[2J{CANARY}" + "x" * 10_000
    for envelope, body in ((BARE, {name: "no"}), (CODED, {"code": 0, "data": {name: "no"}})):
        error = failed(DecodeError, envelope, json.dumps(body), result=dict[str, Decimal])

        assert error.path.startswith("$.data. [2J***xx" if envelope is CODED else "$. [2J***xx")
        assert str(error).isprintable()
        assert len(str(error)) < 1000


def test_terminal_escapes_in_a_message_are_neutralised() -> None:
    """A message cannot move the cursor or forge a line of a log (L8)."""
    error = failed(ApiError, CODED, json.dumps({"code": 9, "message": "\x1b[2Jbad\r\nINFO all is well\u202e"}))

    assert " [2Jbad  INFO all is well " == error.message
    assert str(error).isprintable()


@pytest.mark.parametrize("envelope", [BARE, CODED, FLAGGED])
@pytest.mark.parametrize("status", [200, 400, 503])
def test_refusal_in_another_encoding_is_a_refusal(envelope: Envelope, status: int) -> None:
    """E1: a code counts although the message beside it is not UTF-8; what cannot be read is marked."""
    body = '{"code":1,"msg":"余额不足 7","message":"余额不足 7"}'.encode("gbk")
    error = failed(InvalidRequest, envelope, body, status=status, safety="unsafe")

    assert error.message.startswith("\ufffd")
    assert error.message.endswith(" 7")
    assert "\ufffd" == failed(ApiError, envelope, b'{"code":"\xff","msg":"m"}').code


@pytest.mark.parametrize("body", [b'"msg":"\xff"', b'"new":["\xc0\xaf"]', b'"\xed\xa0\x80":1'])
@pytest.mark.parametrize("envelope", [BARE, CODED, FLAGGED])
def test_success_in_another_encoding_is_a_decode_error(envelope: Envelope, body: bytes) -> None:
    """E1: an answer that is not UTF-8 is not believed, even where nobody reads the member."""
    error = failed(DecodeError, envelope, b'{"code":"0","orderId":7,"data":{"orderId":7},' + body + b"}")

    assert "$" == error.path
    assert "UTF-8" in error.expected


def test_success_in_chinese_is_a_success() -> None:
    """UTF-8 beyond ASCII is no problem."""
    assert Ack(order_id=Id(7)) == interpreted(CODED, '{"code":"0","message":"成功","data":{"orderId":7}}')


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (CODED, '{"code":1,"code":0,"data":{"orderId":6},"data":{"orderId":7}}'),
        (BARE, '{"code":1,"code":0,"orderId":6,"orderId":7}'),
    ],
)
def test_last_of_duplicate_members_counts(envelope: Envelope, body: str) -> None:
    """E2: code and payload that come twice count as their last, like any member."""
    assert Ack(order_id=Id(7)) == interpreted(envelope, body)


@pytest.mark.parametrize("envelope", [BARE, CODED])
@pytest.mark.parametrize("trailing", ["x", "{}", '{"code":0}', "\0", ","])
def test_two_answers_in_one_are_a_decode_error(envelope: Envelope, trailing: str) -> None:
    """E10: what follows the JSON makes all of it unbelievable, also around an envelope."""
    error = failed(DecodeError, envelope, '{"code":0,"orderId":7,"data":{"orderId":7}}' + trailing)

    assert "Extra data" in error.expected


@pytest.mark.parametrize("member", ["msg", "message", "code", "new", "data", "orderId", "success"])
@pytest.mark.parametrize("envelope", [BARE, CODED, FLAGGED])
def test_nesting_in_an_envelope_is_an_error_of_ours(envelope: Envelope, member: str) -> None:
    """E4: at no depth, and wherever the brackets stand, does a RecursionError come out."""
    for depth in [*range(900, 1010), 100_000]:
        members = {"code": "0", "data": '{"orderId":7}', "orderId": "7", member: "[" * depth + "]" * depth}
        body = "{" + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"
        try:
            value = interpreted(envelope, body)
        except SpotwireError:
            continue

        assert Ack(order_id=Id(7)) == value


def test_huge_message_is_cut() -> None:
    """Ten megabytes of message or page make a text of 200 characters, quickly (E11)."""
    started = time.perf_counter()
    huge = "x" * 10_000_000

    assert 201 == len(failed(ApiError, CODED, json.dumps({"code": 9, "message": huge})).message)
    assert 201 == len(failed(VenueUnavailable, CODED, huge, status=502).message)
    assert len(str(failed(DecodeError, CODED, huge))) < 500
    assert time.perf_counter() - started < 3


def test_message_of_another_type_is_text() -> None:
    """A message that is an object or a number is shown as it came."""
    assert '{"a":1}' == failed(ApiError, CODED, '{"code":9,"message":{"a":1}}').message
    assert "fallback" == failed(ApiError, CODED, '{"code":9,"message":null,"msg":"fallback"}').message


# Retry-After


NOW = datetime(2026, 10, 21, 7, 28, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5.0),
        (" 5 ", 5.0),
        ("0", 0.0),
        ("1000000000", LONGEST_WAIT),
        ("9" * 10_000, LONGEST_WAIT),
        ("Wed, 21 Oct 2026 07:28:30 GMT", 30.0),
        ("Wed, 21 Oct 2026 07:28:30 +0000", 30.0),
        ("Wed, 21 Oct 2026 09:28:30 +0200", 30.0),
        ("Wed, 21 Oct 2020 07:28:30 GMT", 0.0),
        ("Wed, 21 Oct 9999 07:28:30 GMT", LONGEST_WAIT),
        ("-5", None),
        ("5.5", None),
        ("1e9", None),
        ("٥", None),
        ("soon", None),
        ("", None),
        ("Wed, 21 Oct 99999 07:28:30 GMT", None),
        ("Wed, 99 Oct 2026 07:28:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, expected: float | None) -> None:
    """Seconds and HTTP dates count, the past is now, nothing is believed beyond a day, nonsense is None (B7)."""
    assert expected == retry_after({"retry-after": text}, now=NOW)


def test_missing_retry_after_is_none() -> None:
    """Without the header nothing is known."""
    assert retry_after({}) is None


@given(
    st.text(max_size=60)
    | st.from_regex(r"Wed, \d{1,6} Oct \d{1,6} \d{1,3}:\d{1,3}:\d{1,3} [+-]\d{1,25}", fullmatch=True)
)
def test_any_retry_after_is_bounded_or_none(text: str) -> None:
    """No header, however absurd, raises or makes anyone wait for more than a day (B7)."""
    wait = retry_after({"retry-after": text})

    assert wait is None or 0 <= wait <= LONGEST_WAIT


@pytest.mark.parametrize(("status", "cls"), [(429, RateLimited), (418, RateLimited), (503, VenueUnavailable)])
def test_error_carries_retry_after(status: int, cls: type[SpotwireError]) -> None:
    """Rate limits, bans and outages say how long to wait (B7, B8)."""
    assert 7.0 == failed(cls, BARE, "", status=status, headers={"retry-after": "7"}).retry_after
    assert 7.0 == failed(RateLimited, BARE, '{"code":3,"msg":"slow"}', headers={"retry-after": "7"}).retry_after
    assert failed(ApiError, BARE, "", status=404, headers={"retry-after": "7"}).retry_after is None


@given(
    st.sampled_from([BARE, CODED, FLAGGED]),
    st.integers(100, 599),
    st.binary(max_size=30)
    | st.dictionaries(
        st.sampled_from(["code", "msg", "message", "success", "data", "orderId"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda x: st.lists(x, max_size=2)
        ),
    ).map(lambda value: json.dumps(value).encode()),
    st.sampled_from(["read", "unsafe"]),
)
def test_any_answer_is_a_value_or_an_error_of_ours(envelope: Envelope, status: int, body: bytes, safety: str) -> None:
    """No answer raises anything that is not a SpotwireError, and only 2xx is ever a success (L8)."""
    try:
        value = interpreted(envelope, body, status=status, safety=safety)
    except SpotwireError:
        return

    assert isinstance(value, Ack)
    assert 200 <= status < 300
