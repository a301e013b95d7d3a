"""Write exact numbers as venues do: never with an exponent, never through a binary fraction."""

from decimal import ROUND_DOWN, Decimal

from msgspec import Raw

from spotwire_sim.ledger import EXACT

# Cutting off is meant to lose digits, so this context does not trap it.
_cut = EXACT.copy()
_cut.clear_traps()


def plain(number: Decimal) -> str:
    """Write all digits and no trailing zeros: 0.5, 100, 0.00000001."""
    return format(EXACT.normalize(number), "f") if number else "0"


def fixed(number: Decimal, places: int) -> str:
    """Write exactly so many decimal places; further ones are cut off."""
    return format(number.quantize(Decimal(1).scaleb(-places), ROUND_DOWN, _cut), "f")


def raw_number(number: Decimal) -> Raw:
    """Write a JSON number instead of text."""
    return Raw(plain(number).encode())


def places(step: Decimal) -> int:
    """Count the decimal places of a tick or a lot."""
    exponent = EXACT.normalize(step).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
