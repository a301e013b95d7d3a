"""What a user may set is checked when it is set."""

import pytest

from spotwire_core.config import CallOptions, check_base_url, check_timeout, setting
from spotwire_core.errors import ConfigError


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.mexc.com", "https://api.mexc.com"),
        ("https://api.mexc.com/", "https://api.mexc.com"),
        ("https://proxy.example:8443/mexc/v3/", "https://proxy.example:8443/mexc/v3"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_base_url_is_accepted(url: str, expected: str) -> None:
    """An origin with or without a path is accepted: https anywhere, http on loopback (D10)."""
    assert expected == check_base_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.mexc.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "ftp://api.mexc.com",
        "file:///etc/passwd",
        "api.mexc.com",
        "//api.mexc.com",
        "",
        "https://",
        "https:///path",
        "https://user@api.mexc.com",
        "https://user:pass@api.mexc.com",
        "https://@api.mexc.com",
        "https://api.mexc.com@evil.example",
        "https://api.mexc.com?x=1",
        "https://api.mexc.com?",
        "https://api.mexc.com/#top",
        "https://api.mexc.com#",
        "https://api.mexc.com/../admin",
        "https://api.mexc.com/v1/..",
        "https://api.mexc.com:99999",
        "https://api.mexc.com:port",
        "https://[::1",
        "https://api.mexc.com\\@evil.example",
        "https://api.mexc.com /v1",
        "https://api.mexc.com\r\nX: 1",
        "https://api.mexc.com\t",
        "https://аpi.mexc.com",  # a Cyrillic а
        "https://api.mexc.com/\u202e",
    ],
)
def test_base_url_is_refused(url: str) -> None:
    """No other scheme, no user, query, fragment, look-alike or white space gets into a base URL (D10, D6)."""
    with pytest.raises(ConfigError, match="base URL"):
        check_base_url(url)


def test_password_in_a_base_url_is_not_repeated() -> None:
    """The error about user and password does not show them."""
    with pytest.raises(ConfigError) as caught:
        check_base_url("https://user:SECRETCANARY@api.mexc.com")

    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("seconds", [0.001, 1, 3600.5])
def test_timeout_is_accepted(seconds: float) -> None:
    """Any positive number of seconds is a timeout."""
    assert seconds == check_timeout(seconds)


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan"), True, "5", None])
def test_timeout_is_refused(seconds: object) -> None:
    """What is no positive number of seconds is refused, infinity too."""
    with pytest.raises(ConfigError, match="positive number of seconds"):
        check_timeout(seconds)  # type: ignore[arg-type]


def test_options_are_accepted() -> None:
    """A timeout and harmless headers may be given for one call."""
    options = CallOptions(timeout=2.5, headers={"X-Trace": "abc 123", "exch-language": "en_US"})

    assert 2.5 == options.timeout
    assert {"X-Trace": "abc 123", "exch-language": "en_US"} == dict(options.headers)
    assert {} == dict(CallOptions().headers)


@pytest.mark.parametrize(
    "name",
    [
        "Host",
        "host",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Content-Type",
        "Content-Encoding",
        "Cookie",
        "User-Agent",
        "Accept-Encoding",
        "Expect",
        "TE",
        "Upgrade",
        "X Y",
        "X:Y",
        "",
        "X\r\nY",
        "X\n",
        "X\0",
        "Ключ",
        5,
    ],
)
def test_extra_header_that_could_break_the_request_is_refused(name: str) -> None:
    """Neither framing headers nor names that end a line may be added (D1, D2, D11)."""
    with pytest.raises(ConfigError, match="extra header"):
        CallOptions(headers={name: "value"})


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\n", "a\0", "a\tb", "é", "😀", b"bytes", None])
def test_extra_header_value_that_could_break_the_request_is_refused(value: str) -> None:
    """Values are printable ASCII: no line break, no NUL, no UnicodeEncodeError later (D1, D2)."""
    with pytest.raises(ConfigError, match="X-Trace must be printable ASCII"):
        CallOptions(headers={"X-Trace": value})


def test_options_cannot_be_changed() -> None:
    """What was checked stays as it was."""
    options = CallOptions(timeout=1, headers={"X-Trace": "7"})

    with pytest.raises(AttributeError):
        options.timeout = -1  # type: ignore[misc]
    with pytest.raises(TypeError):
        options.headers["X-Evil"] = "\r\n"  # type: ignore[index]


def test_headers_are_those_that_were_given() -> None:
    """L4: a mapping that the caller changes afterwards adds nothing that was not checked."""
    given = {"X-Trace": "7"}
    options = CallOptions(headers=given)
    given |= {"X-Trace": "8", "Host": "evil.example"}

    assert {"X-Trace": "7"} == dict(options.headers)


def test_header_in_two_spellings_is_refused() -> None:
    """D11: `X-A` and `x-a` are one header; which of them a server would take is nobody's guess."""
    with pytest.raises(ConfigError, match="an extra header is given twice: X-A, x-a, X-B"):
        CallOptions(headers={"X-A": "1", "X-B": "2", "x-a": "3"})


@pytest.mark.parametrize("headers", [[("X-A", "1")], "X-A: 1", 5, None])
def test_headers_that_are_no_mapping_are_refused(headers: object) -> None:
    """The error says what is expected."""
    with pytest.raises(ConfigError, match=f"a mapping of names to values, got {type(headers).__name__}"):
        CallOptions(headers=headers)  # type: ignore[arg-type]


def test_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable is named after venue and setting; an empty one counts as not set."""
    monkeypatch.setenv("SPOTWIRE_MEXC_BASE_URL", "https://proxy.example")
    monkeypatch.setenv("SPOTWIRE_COINW_BASE_URL", "")
    monkeypatch.delenv("SPOTWIRE_JEX_BASE_URL", raising=False)

    assert "https://proxy.example" == setting("mexc", "BASE_URL")
    assert setting("coinw", "BASE_URL") is None
    assert setting("jex", "BASE_URL") is None
