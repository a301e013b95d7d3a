"""Decide what an answer means: a value, or the exception that says what to do next. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from spotwire_core.decode import Decoder, Mismatch, decoder, list_decoder
from spotwire_core.encode import Call, requests
from spotwire_core.errors import (
    ERROR_CLASSES,
    EXCERPT,
    ApiError,
    AuthError,
    DecodeError,
    DuplicateOrder,
    OutcomeUnknown,
    RateLimited,
    SpotwireError,
    VenueUnavailable,
)
from spotwire_core.message import Response
from spotwire_core.operation import Envelope, Operation, Refusal, Venue
from spotwire_core.redact import scrub, scrub_bytes
from spotwire_core.tolerant import read_text

Members = dict[str, msgspec.Raw]

LONGEST_WAIT = 24 * 3600.0
"""Seconds: no Retry-After is believed beyond a day."""

_members = msgspec.json.Decoder(Members)
_empty = msgspec.Raw(b"null")
_by_status: dict[int, type[ApiError]] = {401: AuthError, 403: AuthError, 418: RateLimited, 429: RateLimited}
_may_have_run: tuple[type[SpotwireError], ...] = (VenueUnavailable, DecodeError)


def interpret(venue: Venue, call: Call, response: Response, *, sent_at: int, sensitive: tuple[str, ...]) -> Any:
    """Return the decoded payload or raise.

    Raises ApiError or a subclass when the venue says no, DecodeError when the answer is not as documented, and
    OutcomeUnknown instead of either where an unsafe call may have been executed all the same.
    """
    try:
        return _payload(venue, call, response, sensitive)
    except DuplicateOrder as error:
        error.venue, error.requests = venue.name, requests(call)
        error.sent_at = datetime.fromtimestamp(sent_at / 1000, UTC)
        raise
    except _may_have_run as error:
        if call.operation.safety != "unsafe":
            raise
        raise outcome_unknown(venue, call, sent_at=sent_at, reason=str(error)) from error


def outcome_unknown(venue: Venue, call: Call, *, sent_at: int, reason: str) -> OutcomeUnknown:
    """Say that a call may have been executed, and how to find out."""
    ids = call.client_order_ids
    look = f"look for client order id {', '.join(ids)}" if ids else "look at the venue's list"
    return OutcomeUnknown(
        f"{call.operation.name} may have been executed: {look} before repeating it ({reason})",
        operation=call.operation.name,
        client_order_ids=ids,
        sent_at=datetime.fromtimestamp(sent_at / 1000, UTC),
        requests=requests(call),
        venue=venue.name,
    )


def _payload(venue: Venue, call: Call, response: Response, sensitive: tuple[str, ...]) -> Any:
    operation = call.operation
    envelope = operation.envelope or venue.envelope
    members = _read_members(response.body) if envelope.data or _may_be_error(envelope, response) else None
    if members is not None or not _ok(response.status):
        error = _api_error(venue, envelope, operation, response, members or {}, sensitive)
        if error is not None and operation.safety == "unsafe" and _ok(response.status) and not _is_code(error.code):
            raise _decode_error(operation, response, Mismatch(f"$.{envelope.code}", "expected a code"), sensitive)
        if error is not None:
            raise error
    try:
        if not envelope.data:
            return _decode(operation, call, response.body)
        if members is None:
            read_text(dict[str, Any], response.body)
            raise Mismatch("$", "expected an object")
        payload = members.get(envelope.data, _empty)
        if operation.refusal is not None:
            _raise_if_refused(venue, operation, operation.refusal, response, payload, sensitive)
        _check_text(response.body)
        return _decode(operation, call, payload, at=f"$.{envelope.data}")
    except Mismatch as mismatch:
        raise _decode_error(operation, response, mismatch, sensitive) from None


def _check_text(body: bytes) -> None:
    """Refuse an envelope that is not UTF-8 in a member which nobody reads."""
    try:
        _ = body.isascii() or body.decode()
    except UnicodeDecodeError as error:
        raise Mismatch("$", f"UTF-8 text, found a wrong byte at offset {error.start}") from None


def _ok(status: int) -> bool:
    return 200 <= status < 300


def _read_members(body: bytes) -> Members | None:
    try:
        return _members.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _may_be_error(envelope: Envelope, response: Response) -> bool:
    """Tell whether a bare answer may be an error: cheap, since every answer passes here."""
    if not _ok(response.status):
        return True
    return response.body[:64].lstrip()[:1] == b"{" and f'"{envelope.code}"'.encode() in response.body


def _decode(operation: Operation[Any], call: Call, payload: bytes | msgspec.Raw, at: str = "$") -> Any:
    try:
        value = _decoder_of(operation, call).decode(payload)
    except Mismatch as mismatch:
        raise Mismatch(at + mismatch.path[1:], mismatch.expected) from None
    return None if operation.result is None else value


def _decoder_of(operation: Operation[Any], call: Call) -> Decoder:
    if operation.one_or_list is not None and call.values[operation.one_or_list] is None:
        return list_decoder(operation.result)
    return decoder(Any if operation.result is None else operation.result)


def _decode_error(
    operation: Operation[Any], response: Response, mismatch: Mismatch, sensitive: tuple[str, ...]
) -> DecodeError:
    body = scrub_bytes(response.body, sensitive)
    return DecodeError(
        operation=operation.name,
        status=response.status,
        path=scrub(mismatch.path, sensitive, limit=EXCERPT),
        expected=scrub(mismatch.expected, sensitive, limit=EXCERPT),
        body=body,
        excerpt=scrub(body[: 4 * EXCERPT].decode("utf-8", "replace"), (), limit=EXCERPT),
    )


def _api_error(
    venue: Venue,
    envelope: Envelope,
    operation: Operation[Any],
    response: Response,
    members: Members,
    sensitive: tuple[str, ...],
) -> ApiError | None:
    """Return the error that the answer is, or None if it is a success."""
    code = _text(members.get(envelope.code))
    if _ok(response.status) and _succeeded(envelope, members, code):
        return None
    message = next((text for name in envelope.message if (text := _text(members.get(name)))), "")
    if not message and code is None:
        message = response.body[: 4 * EXCERPT].decode("utf-8", "replace").strip()
    return _error(venue, operation, response, code, message, sensitive)


def _succeeded(envelope: Envelope, members: Members, code: str | None) -> bool:
    if envelope.success_flag and _text(members.get(envelope.success_flag)) == "false":
        return False
    if envelope.success_codes:
        return code in envelope.success_codes
    has_message = any(name in members for name in envelope.message)
    return code in (None, "0") or not has_message


def _is_code(code: str | None) -> bool:
    """Tell whether a code is one: without it, or with an object in its place, an answer of success refuses nothing for certain."""
    return code is not None and code[:1] not in ("", "{", "[")


def _error(
    venue: Venue,
    operation: Operation[Any],
    response: Response,
    code: str | None,
    message: str,
    sensitive: tuple[str, ...],
) -> ApiError:
    known = venue.errors.get(code) if code is not None else None
    cls = ERROR_CLASSES[known.error] if known else _class_by_status(response.status)
    if cls is ApiError:  # a code that says no more than the status
        cls = _class_by_status(response.status) if response.status >= 500 else cls
    return cls(
        operation=operation.name,
        status=response.status,
        code=code if code is None else scrub(code, sensitive, limit=EXCERPT),
        message=scrub(message, sensitive, limit=EXCERPT),
        meaning=known.meaning if known else "",
        retry_after=retry_after(response.headers) if issubclass(cls, RateLimited | VenueUnavailable) else None,
    )


def _class_by_status(status: int) -> type[ApiError]:
    return VenueUnavailable if status >= 500 else _by_status.get(status, ApiError)


def _raise_if_refused(
    venue: Venue,
    operation: Operation[Any],
    refusal: Refusal,
    response: Response,
    payload: msgspec.Raw,
    sensitive: tuple[str, ...],
) -> None:
    members = _read_members(bytes(payload)) or {}
    if refusal.member not in members:
        return
    status = _value(members[refusal.member])
    if status is None or status in refusal.accepted:
        return  # nothing is no refusal: where the document wants something, reading it fails
    message = _text(members.get(refusal.message)) or ""
    raise _error(venue, operation, response, _text(members.get(refusal.code)), message, sensitive)


def _value(raw: msgspec.Raw) -> Any:
    """Return a member, or its text where it is broken: a refusal stays a refusal."""
    text = bytes(raw).decode("utf-8", "replace")
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return text


def _text(raw: msgspec.Raw | None) -> str | None:
    """Return a member as text: codes are numbers here and text there."""
    if raw is None:
        return None
    value = bytes(raw)
    if value == b"null":
        return None
    return str(_value(raw)) if value[:1] == b'"' else value.decode("utf-8", "replace")


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Return the seconds of a Retry-After header (a number or a date), None where it is absent or nonsense."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    wait = (moment - (now or datetime.now(UTC))).total_seconds()
    return min(max(wait, 0.0), LONGEST_WAIT)
