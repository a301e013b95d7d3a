"""Text from outside is made safe to show."""

import time

from hypothesis import given, strategies as st

from spotwire_core.redact import HIDDEN, Hidden, scrub, scrub_bytes


def test_secrets_are_replaced_everywhere() -> None:
    """Every occurrence of every secret goes, in text and in bytes."""
    assert "key *** signed ***, again ***" == scrub("key K1 signed S1, again K1", ("K1", "S1"), limit=200)
    assert b'{"k":"***"}\xff' == scrub_bytes(b'{"k":"K1"}\xff', ("K1",))


def test_secret_that_contains_another_is_hidden_whole() -> None:
    """No tail of a longer secret is left over when a shorter one is its beginning."""
    assert HIDDEN == scrub("abcdef", ("abc", "abcdef"), limit=200)
    assert HIDDEN.encode() == scrub_bytes(b"abcdef", ("abc", "abcdef"))


def test_empty_secret_changes_nothing() -> None:
    """An empty text among the secrets does not scatter stars."""
    assert "abc" == scrub("abc", ("",), limit=200)
    assert b"abc" == scrub_bytes(b"abc", ("",))


def test_terminal_escapes_and_line_breaks_are_neutralised() -> None:
    """Escapes, line breaks, NUL and marks that turn the direction of writing become blanks (L8)."""
    assert " [31mred  and more  evil " == scrub("\x1b[31mred\r\nand more\0\u202eevil\u2028", (), limit=200)


def test_long_text_is_cut() -> None:
    """What is too long ends with an ellipsis, even at ten million characters, at once (E11)."""
    started = time.perf_counter()
    text = scrub("x" * 10_000_000, ("secret",), limit=200)

    assert "x" * 200 + "…" == text
    assert time.perf_counter() - started < 1
    assert "x" * 200 == scrub("x" * 200, (), limit=200)


def test_secret_at_the_cut_is_not_shown_by_half() -> None:
    """Secrets go before the text is cut, so none of them shows its beginning."""
    assert "x" * 196 + "***…" == scrub("x" * 196 + "SECRETCANARY" + "y" * 5, ("SECRETCANARY",), limit=199)


@given(st.text(), st.lists(st.text(min_size=4), max_size=3), st.integers(1, 50))
def test_result_is_printable_and_short(text: str, secrets: list[str], limit: int) -> None:
    """Whatever comes in, what goes out is printable and within the limit."""
    shown = scrub(text, secrets, limit=limit)

    assert shown.isprintable()
    assert len(shown) <= limit + 1


def test_hidden_texts_do_not_show_in_repr() -> None:
    """A tuple of secrets does not print them, alone or inside something else."""
    assert "[***]" == repr([Hidden(("SECRETCANARY",))])
    assert ("SECRETCANARY",) == Hidden(("SECRETCANARY",))
