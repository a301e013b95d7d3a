"""The simulated venues refuse what is beyond their documented limits, as they document it, and nothing else."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from spotwire_sim import SimulatedVenue, simulate, venues
from spotwire_sim.clock import Clock
from spotwire_sim.faces import bitunix, coinstore, coinw, face_of, jex, mexc
from spotwire_sim.limits import Bucket, Limits, Window
from spotwire_sim.spec import load

NOON = 1_700_000_040_000
SERIAL = count(1)

Ask = Callable[[SimulatedVenue, httpx.Client], httpx.Response]


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def public(path: str) -> Ask:
    return lambda venue, http: http.get(venue.url + path)


def mexc_order(venue: SimulatedVenue, http: httpx.Client) -> httpx.Response:
    query = f"symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=11&timestamp={venue.clock()}"
    return http.post(mexc_url(venue, "order", query), headers=mexc_headers(venue))


def mexc_account(venue: SimulatedVenue, http: httpx.Client) -> httpx.Response:
    return http.get(mexc_url(venue, "account", f"timestamp={venue.clock()}"), headers=mexc_headers(venue))


def mexc_url(venue: SimulatedVenue, path: str, query: str) -> str:
    signature = mexc.sign(venue.api_secret, query.encode()).decode()
    return f"{venue.url}/api/v3/{path}?{query}&signature={signature}"


def mexc_headers(venue: SimulatedVenue) -> dict[str, str]:
    return {"X-MEXC-APIKEY": venue.api_key, "Content-Type": "application/json"}


def jex_order(venue: SimulatedVenue, http: httpx.Client) -> httpx.Response:
    body = f"symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.001&price=1000&timestamp={venue.clock()}"
    signature = jex.sign(venue.api_secret, body.encode()).decode()
    headers = {"X-JEX-APIKEY": venue.api_key, "Content-Type": "application/x-www-form-urlencoded"}
    return http.post(f"{venue.url}/api/v1/spot/order", content=f"{body}&signature={signature}", headers=headers)


def coinw_balances(venue: SimulatedVenue, http: httpx.Client) -> httpx.Response:
    signature = coinw.sign(venue.api_secret, f"api_key={venue.api_key}&")
    query = f"command=returnBalances&api_key={venue.api_key}&sign={signature}"
    return http.post(f"{venue.url}/api/v1/private?{query}", headers={"Content-Type": "application/json"})


def bitunix_deposits(venue: SimulatedVenue, http: httpx.Client) -> httpx.Response:
    nonce, now, body = f"{next(SERIAL):032d}", str(venue.clock()), b"{}"
    text = bitunix.string_to_sign(nonce, now, venue.api_key, [], body)
    headers = {"api-key": venue.api_key, "nonce": nonce, "timestamp": now, "sign": bitunix.sign(venue.api_secret, text)}
    headers["Content-Type"] = "application/json"
    return http.post(f"{venue.url}/api/spot/v1/deposit/page", content=body, headers=headers)


def coinstore_balances(venue: SimulatedVenue, http: httpx.Client) -> httpx.Response:
    now = venue.clock()
    signature = coinstore.sign(venue.api_secret, now, b"{}")
    headers = {"X-CS-APIKEY": venue.api_key, "X-CS-EXPIRES": str(now), "X-CS-SIGN": signature}
    headers["Content-Type"] = "application/json"
    return http.post(f"{venue.url}/api/spot/accountList", content=b"{}", headers=headers)


def documented(
    venue: str, name: str, ask: Ask, most: int, ms: int, status: int, code: object, after: str | None
) -> Any:
    return pytest.param(venue, ask, most, ms, status, code, after, id=f"{venue}-{name}")


# Numbers, codes and statuses are those of the venues' documents, written down here once more.
DOCUMENTED = [
    documented("mexc", "endpoint", public("/api/v3/ping"), 500, 10_000, 429, 429, "10"),
    documented("mexc", "weight of 10", public("/api/v3/exchangeInfo"), 50, 10_000, 429, 429, "10"),
    documented("mexc", "weight of 40", public("/api/v3/ticker/24hr"), 12, 10_000, 429, 429, "10"),
    documented("mexc", "signed weight", mexc_account, 50, 10_000, 429, 429, "10"),
    documented("mexc", "orders", mexc_order, 12, 1_000, 429, 429, "1"),
    documented("coinw", "address", public("/api/v1/public?command=returnTicker"), 80, 1_000, 200, 29001, None),
    documented("coinw", "book", public("/api/v1/public?command=returnOrderBook&symbol=BTC_USDT&size=5"), 10, 1_000, 200, 29001, None),
    documented("coinw", "user", coinw_balances, 3, 1_000, 200, 29001, None),
    documented("bitunix", "wallet", bitunix_deposits, 10, 1_000, 200, "110041", None),
    documented("jex", "weight of 40", public("/api/v1/spot/ticker/24hr"), 30, 60_000, 429, -1003, "60"),
    documented("jex", "orders", jex_order, 10, 1_000, 429, -1015, "1"),
    documented("coinstore", "address", public("/api/v1/ticker/price"), 300, 3_000, 429, 429, "3"),
    documented("coinstore", "user", coinstore_balances, 120, 3_000, 429, 429, "3"),
]  # fmt: skip


def code_of(response: httpx.Response) -> object:
    answer = response.json()
    return answer.get("code") if isinstance(answer, dict) else None


@pytest.mark.parametrize(("name", "ask", "most", "ms", "status", "code", "after"), DOCUMENTED)
def test_documented_number_passes_and_one_more_is_refused(
    name: str, ask: Ask, most: int, ms: int, status: int, code: object, after: str | None, http: httpx.Client
) -> None:
    """With the venue's code, status and Retry-After; a millisecond before the window's end still, at its end no more."""
    with simulate(name, now=lambda: NOON) as venue:
        passed = [ask(venue, http) for _ in range(most)]
        refused = ask(venue, http)
        venue.clock.offset = ms - 1
        early = ask(venue, http)
        venue.clock.offset = ms
        late = ask(venue, http)
        situations = [request.situation for request in venue.requests]

    assert [None] * most + ["rate-limit", "rate-limit", None] == situations
    assert {200} == {response.status_code for response in passed}
    assert (status, code) == (refused.status_code, code_of(refused))
    assert after == refused.headers.get("retry-after")
    assert (None if after is None else "1") == early.headers.get("retry-after")
    assert 200 == late.status_code


def test_windows_slide(http: httpx.Client) -> None:
    """Room comes back as each request leaves the window, not when a second is over."""
    with simulate("coinw", now=lambda: NOON) as venue:
        for offset in (0, 400, 800, 999, 1000, 1001, 1399, 1400):
            venue.clock.offset = offset
            coinw_balances(venue, http)
        situations = [request.situation for request in venue.requests]

    assert [None, None, None, "rate-limit", None, "rate-limit", "rate-limit", None] == situations


def test_named_bucket_is_shared_by_its_operations(http: httpx.Client) -> None:
    """At MEXC placing and cancelling draw from one budget; asking for the account does not."""
    with simulate("mexc", now=lambda: NOON) as venue:
        for _ in range(12):
            mexc_order(venue, http)
        url = mexc_url(venue, "openOrders", f"symbol=BTCUSDT&timestamp={NOON}")
        cancelled = http.delete(url, headers=mexc_headers(venue))
        account = mexc_account(venue, http)

    assert (429, 200) == (cancelled.status_code, account.status_code)


def test_bucket_of_each_operation_is_its_own(http: httpx.Client) -> None:
    """At MEXC one endpoint's limit leaves the others alone."""
    with simulate("mexc", now=lambda: NOON) as venue:
        statuses = [public("/api/v3/exchangeInfo")(venue, http).status_code for _ in range(51)]
        other = public("/api/v3/time")(venue, http)

    assert (429, 200) == (statuses[-1], other.status_code)


def test_bucket_of_all_operations_is_shared(http: httpx.Client) -> None:
    """At CoinW 100 requests a second are all that an address has, whatever they ask for."""
    public_paths = ["returnTicker"] * 70 + ["returnSymbol"] * 31
    with simulate("coinw", now=lambda: NOON) as venue:
        answers = [public(f"/api/v1/public?command={path}")(venue, http).json() for path in public_paths]

    assert (100, 29001) == (sum("data" in a and a["data"] is not None for a in answers), int(answers[-1]["code"]))


def test_parameter_that_is_given_lowers_the_weight(http: httpx.Client) -> None:
    """The ticker of one symbol weighs 1, of all symbols 40."""
    with simulate("mexc", now=lambda: NOON) as venue:
        statuses = {public("/api/v3/ticker/24hr?symbol=BTCUSDT")(venue, http).status_code for _ in range(13)}

    assert {200} == statuses


def test_badly_signed_requests_cost_the_user_nothing(http: httpx.Client) -> None:
    """Whoever does not have the secret cannot use up the owner's budget."""
    with simulate("coinw", now=lambda: NOON) as venue:
        for _ in range(5):
            http.post(f"{venue.url}/api/v1/private?command=returnBalances&api_key={venue.api_key}&sign=00")
        situation = coinw_balances(venue, http) and venue.requests[-1].situation

    assert situation is None


def test_refused_requests_do_not_count(http: httpx.Client) -> None:
    """Room comes back when what was admitted has left the window."""
    with simulate("coinw", now=lambda: NOON) as venue:
        for offset in (0, 0, 0, 500, 999, 1000):
            venue.clock.offset = offset
            coinw_balances(venue, http)
        situations = [request.situation for request in venue.requests]

    assert [None, None, None, "rate-limit", "rate-limit", None] == situations


def test_going_on_brings_a_ban(http: httpx.Client) -> None:
    """The fourth refusal within the window is the ban: 418, 120 s, for every operation of the address."""
    with simulate("mexc", now=lambda: NOON) as venue:
        statuses = [public("/api/v3/exchangeInfo")(venue, http).status_code for _ in range(54)]
        banned = public("/api/v3/time")(venue, http)
        venue.clock.offset = 119_001
        still = public("/api/v3/time")(venue, http)
        venue.clock.offset = 120_000
        free = public("/api/v3/time")(venue, http)

    assert [200] * 50 + [429] * 3 + [418] == statuses
    assert (418, 418, "120") == (banned.status_code, code_of(banned), banned.headers["retry-after"])
    assert (418, "1", 200) == (still.status_code, still.headers["retry-after"], free.status_code)


def test_refusals_far_apart_bring_no_ban(http: httpx.Client) -> None:
    """Refusals count for a ban within one window only."""
    with simulate("mexc", now=lambda: NOON) as venue:
        for second in range(0, 50, 10):
            venue.clock.offset = second * 1000
            for _ in range(51):
                public("/api/v3/exchangeInfo")(venue, http)
        situations = {request.situation for request in venue.requests}

    assert {None, "rate-limit"} == situations


def test_venue_without_bans_bans_nobody(http: httpx.Client) -> None:
    """Coinstore documents no ban."""
    with simulate("coinstore", now=lambda: NOON) as venue:
        for _ in range(310):
            public("/api/v1/ticker/price")(venue, http)

        assert {None, "rate-limit"} == {request.situation for request in venue.requests}


def test_addresses_have_budgets_of_their_own(http: httpx.Client) -> None:
    """Limits by address are not shared between addresses."""
    with simulate("mexc", now=lambda: NOON) as venue:
        refused = [public("/api/v3/exchangeInfo")(venue, http) for _ in range(51)][-1]
        try:
            with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2")) as neighbour:
                other = public("/api/v3/exchangeInfo")(venue, neighbour)
        except httpx.ConnectError:
            pytest.skip("this machine has no 127.0.0.2")

    assert (429, 200) == (refused.status_code, other.status_code)


def test_limits_can_be_left_out(http: httpx.Client) -> None:
    """For load, and for runs that ask as fast as they can."""
    with simulate("mexc", limits=False, now=lambda: NOON) as venue:
        statuses = {public("/api/v3/exchangeInfo")(venue, http).status_code for _ in range(60)}

    assert {200} == statuses


def test_reset_gives_the_budget_back(http: httpx.Client) -> None:
    """Bans are lifted, too."""
    with simulate("mexc", now=lambda: NOON) as venue:
        before = [public("/api/v3/exchangeInfo")(venue, http) for _ in range(54)][-1]
        venue.reset()
        after = public("/api/v3/exchangeInfo")(venue, http)

    assert (418, 200) == (before.status_code, after.status_code)


def test_strict_dialect_refuses_with_429(http: httpx.Client) -> None:
    """Where the venue says 200 it announces no Retry-After, and neither does the strict dialect."""
    with simulate("coinw", dialect="strict", now=lambda: NOON) as venue:
        refused = [coinw_balances(venue, http) for _ in range(4)][-1]

    assert (429, None) == (refused.status_code, refused.headers.get("retry-after"))


def test_clock_that_is_moved_back_does_not_lock_the_venue() -> None:
    """What was taken later than now is forgotten."""
    window = Window(Bucket(("all", ""), 2, 1000))
    window.take(10_000, 2)

    assert (1000, 0) == (window.wait(10_000, 1), window.wait(5_000, 1))


@pytest.mark.parametrize(("weight", "expected"), [(1, 100), (2, 300), (3, 1000)])
def test_wait_is_until_enough_has_left(weight: int, expected: int) -> None:
    """A heavier request waits for more of them."""
    window = Window(Bucket(("all", ""), 3, 1000))
    for time in (100, 300, 1000):
        window.take(time, 1)

    assert expected == window.wait(1000, weight)


@pytest.mark.parametrize("name", venues())
def test_every_documented_bucket_is_built(name: str) -> None:
    """Each bucket of a document is drawn from by some operation."""
    spec = load(face_of(name).venue)
    charges = Limits(spec, Clock())._charges.values()
    built = {charge.bucket.key[0] for charges_of in charges for charge in charges_of}

    assert {node["bucket"] for node in spec.limits} <= built
