"""Whether and when a call is repeated: bounded, with jitter, and never where it may do harm."""

import pytest
from hypothesis import given, strategies as st

from spotwire_core.errors import (
    ApiError,
    AuthError,
    ConfigError,
    DecodeError,
    InvalidRequest,
    RateLimited,
    SpotwireError,
    TransportError,
    VenueUnavailable,
)
from spotwire_core.retries import Budget, Retries, may_repeat


def api(cls: type[ApiError]) -> ApiError:
    return cls(operation="doIt", status=500, code=None, message="")


NOT_SENT = TransportError("refused", operation="doIt", sent=False)
SENT = TransportError("reset", operation="doIt", sent=True)
UNREADABLE = DecodeError(operation="doIt", status=200, path="$", expected="an object", body=b"", excerpt="")


@pytest.mark.parametrize(
    ("error", "harmless", "unsafe"),
    [
        (NOT_SENT, True, True),
        (SENT, True, False),
        (api(RateLimited), True, False),
        (api(VenueUnavailable), True, False),
        (api(AuthError), False, False),
        (api(InvalidRequest), False, False),
        (api(ApiError), False, False),
        (UNREADABLE, False, False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_may_be_repeated(error: SpotwireError, harmless: bool, unsafe: bool) -> None:
    """Unsafe calls only where nothing was sent, the others where the network or the venue failed; a refusal never (B10)."""
    assert [harmless, harmless, unsafe] == [may_repeat(error, safety) for safety in ("read", "idempotent", "unsafe")]


@given(
    attempt=st.integers(1, 10_000),
    random=st.floats(0, 1, exclude_max=True),
    base=st.floats(0, 10),
    more=st.floats(0, 100),
)
def test_wait_is_within_its_bounds(attempt: int, random: float, base: float, more: float) -> None:
    """A wait lies between nothing and base, doubled each time, and never beyond the cap, however many attempts."""
    retries = Retries(attempts=attempt, base=base, cap=base + more)
    wait = retries.wait(attempt, random=random, retry_after=None)

    assert 0 <= wait <= min(base + more, base * 2.0 ** min(attempt - 1, 200))


def test_wait_is_doubled() -> None:
    """The longest waits grow by two up to the cap, and jitter is full: nothing at its lowest."""
    retries = Retries(base=0.2, cap=1)

    assert [0.1, 0.2, 0.4, 0.5] == [retries.wait(n, random=0.5, retry_after=None) for n in (1, 2, 3, 4)]
    assert 0.0 == retries.wait(3, random=0.0, retry_after=None)


@pytest.mark.parametrize(("retry_after", "wait"), [(None, 0.1), (0.0, 0.1), (0.05, 0.1), (7.0, 7.0)])
def test_wait_is_no_less_than_the_venue_asks_for(retry_after: float | None, wait: float) -> None:
    """Retry-After goes before the jitter where it is longer (B7)."""
    assert wait == Retries().wait(1, random=0.5, retry_after=retry_after)


NAN, INFINITY = float("nan"), float("inf")


@pytest.mark.parametrize(
    "wrong",
    [
        {"attempts": 0},
        {"attempts": -1},
        {"base": -1},
        {"base": NAN},
        {"cap": NAN},
        {"cap": INFINITY},
        {"base": 6},
        {"cap": 0.1},
    ],
)
def test_senseless_retries_are_refused(wrong: dict[str, float]) -> None:
    """Retries that would wait for ever or never send are an error where they are made."""
    with pytest.raises(ConfigError, match="attempts of at least 1 and 0 <= base <= cap"):
        Retries(**wrong)  # type: ignore[arg-type]


def test_budget_is_spent() -> None:
    """Without successes there are as many repetitions as the reserve has (B11)."""
    budget = Budget(reserve=3)

    assert [True, True, True, False, False] == [budget.spend() for _ in range(5)]


def test_budget_is_earned_by_successes() -> None:
    """Ten successes earn one repetition, and no more is put by than the reserve."""
    budget = Budget(reserve=2, share=0.125)
    for _ in range(100):
        budget.succeeded()
    spent = [budget.spend() for _ in range(3)]
    for _ in range(8):
        budget.succeeded()

    assert [True, True, False, True, False] == [*spent, budget.spend(), budget.spend()]
