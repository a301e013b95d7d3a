"""Read query, form and JSON text strictly: what a lenient reader would guess at is turned down here."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from spotwire_sim.call import Denied, Pairs

# The longest text of a number, and the farthest place of one of its digits from the decimal point.
LONGEST_NUMBER = 60

LARGEST_INTEGER = 2**63 - 1

_broken_escape = re.compile(r"%(?![0-9A-Fa-f]{2})").search
_integer = re.compile(r"0|-?[1-9][0-9]{0,18}", re.ASCII).fullmatch
_number = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII).fullmatch
_decimal = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", re.ASCII).fullmatch


def decode_text(raw: bytes) -> str:
    """Undo percent-encoding; turn down broken escapes, raw bytes outside ASCII and what is not UTF-8."""
    return _unescape(_plain(raw))


def _unescape(text: str) -> str:
    if "%" not in text:
        return text
    if _broken_escape(text):
        raise Denied("bad-parameter", "a percent sign is not followed by two hexadecimal digits")
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        raise Denied("bad-parameter", "percent-encoded text is not UTF-8") from None


def _plain(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        raise Denied("bad-parameter", "there are bytes outside ASCII that are not percent-encoded") from None


def decode_pairs(raw: bytes, *, plus_is_blank: bool = False) -> Pairs:
    """Split `name=value` pairs at ampersands and decode them, in order, duplicates included."""
    if not raw:
        return []
    if plus_is_blank:
        raw = raw.replace(b"+", b"%20")
    pieces = [piece.partition("=") for piece in _plain(raw).split("&")]
    if not all(name and equals for name, equals, _ in pieces):
        raise Denied("bad-parameter", "query and form text consist of name=value, joined by &")
    if b"%" not in raw:
        return [(name, value) for name, _, value in pieces]
    return [(_unescape(name), _unescape(value)) for name, _, value in pieces]


def decode_json(body: bytes) -> Any:
    """Parse JSON with its digits kept, fractions as Decimal; turn down duplicate names, NaN and bad UTF-8."""
    try:
        return json.loads(
            body.decode(),
            object_pairs_hook=_without_duplicates,
            parse_constant=_no_constant,
            parse_float=_fraction,
            parse_int=_whole,
        )
    except (ValueError, RecursionError) as error:
        raise Denied("bad-parameter", f"the body is not strict JSON: {error}") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return members


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _fraction(text: str) -> Decimal:
    return bounded(Decimal(text)) if len(text) <= LONGEST_NUMBER else _too_long()


def _whole(text: str) -> int:
    number = int(text) if len(text) <= LONGEST_NUMBER else _too_long()
    if abs(number) > LARGEST_INTEGER:
        raise ValueError("an integer does not fit into 64 bits")
    return number


def _too_long() -> NoReturn:
    raise ValueError("a number is too long")


def bounded(number: Decimal) -> Decimal:
    """Return a finite number of a sensible size, raise ValueError for another one."""
    if not number.is_finite() or (number and abs(number.adjusted()) > LONGEST_NUMBER):
        raise ValueError("a number is out of all proportion")
    return number


# Coercion of text by declared type. Each raises ValueError that says what was expected.


def to_text(text: str) -> str:
    """Return the text as it is."""
    return text


def to_integer(text: str) -> int:
    """Read ASCII digits, with a minus sign at most."""
    number = int(text) if _integer(text) else None
    if number is None or abs(number) > LARGEST_INTEGER:
        raise ValueError("an integer of at most 64 bits in plain digits")
    return number


def to_number(text: str) -> Decimal:
    """Read ASCII digits with a decimal point at most."""
    if len(text) > LONGEST_NUMBER or not _number(text):
        raise ValueError("a number in plain digits")
    return Decimal(text)


def to_boolean(text: str) -> bool:
    """Read `true` or `false`."""
    if text not in ("true", "false"):
        raise ValueError("true or false")
    return text == "true"


def to_list(item: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    """Make a reader of comma-separated items; empty text is an empty list."""
    return lambda text: [item(part) for part in text.split(",")] if text else []


def to_decimal(value: str | int | Decimal | None) -> Decimal | None:
    """Turn a checked value of the format `decimal` into a Decimal; None and empty text are None."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if len(value) > LONGEST_NUMBER or not _decimal(value):
        raise ValueError("a decimal number")
    return bounded(Decimal(value))


def to_whole(value: Any) -> Any:
    """Return a checked value of an integer type; a JSON number with a point or an exponent is refused."""
    if isinstance(value, Decimal):
        raise ValueError("an integer in plain digits")  # noqa: TRY004 - callers wait for ValueError
    return value
