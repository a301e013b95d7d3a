"""Credentials do not show, and are checked when they are given."""

import copy
import json
import pickle

import attrs
import pytest

from auth_hooks.bitunix import BitunixAuth
from auth_hooks.coinstore import CoinstoreAuth
from auth_hooks.coinw import CoinwAuth
from auth_hooks.jex import JexAuth
from auth_hooks.mexc import MexcAuth
from spotwire_core.errors import ConfigError
from spotwire_core.secret import KeyPair, Secret

CANARY = "SECRETCANARY0123456789"
HOOKS: list[type[KeyPair]] = [MexcAuth, CoinwAuth, BitunixAuth, JexAuth, CoinstoreAuth]


def test_secret_shows_in_no_form() -> None:
    """repr, str, format, containers and JSON show a placeholder or fail (F1, F6)."""
    secret = Secret(CANARY, what="the key")
    shown = [repr(secret), str(secret), f"{secret}", f"{secret!r}", "%s" % secret, repr({"a": [secret]})]  # noqa: UP031

    assert [] == [text for text in shown if CANARY in text]
    assert CANARY == secret.reveal()
    with pytest.raises(TypeError):
        json.dumps(secret)
    with pytest.raises(TypeError):
        vars(secret)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, pickle.dumps])
def test_secret_is_neither_copied_nor_pickled(again: object) -> None:
    """A secret cannot leave the process by accident (F4, F6)."""
    assert callable(again)
    with pytest.raises(TypeError, match="build the auth object again") as caught:
        again(Secret(CANARY, what="the key"))

    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("hook", HOOKS)
def test_hook_shows_in_no_form(hook: type[KeyPair]) -> None:
    """A hook prints its name alone, has no __dict__, and cannot be pickled or deeply copied (F1, F4, F6)."""
    auth = hook("KEYCANARY", CANARY)

    assert f"{hook.__name__}(***)" == repr(auth) == str(auth)
    with pytest.raises(TypeError):
        vars(auth)
    for again in (copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="build the auth object again"):
            again(auth)
    assert f"{hook.__name__}(***)" == repr(copy.copy(auth))


def test_configuration_around_a_hook_does_not_reveal_it() -> None:
    """A user's own attrs class with a hook inside shows and dumps no secret (F6)."""

    @attrs.define
    class Config:
        auth: MexcAuth

    config = Config(MexcAuth("KEYCANARY", CANARY))
    shown = repr(config) + repr(attrs.asdict(config)) + repr(attrs.astuple(config))

    assert "CANARY" not in shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        (CANARY + "\n", "white space"),
        (" " + CANARY, "white space"),
        (CANARY + "\t", "white space"),
        ("\ufeff" + CANARY, "outside ASCII"),
        (CANARY + "\u200b", "outside ASCII"),
        ("SECRETCАNARY", "outside ASCII"),  # a Cyrillic А
        ("SECRET\x00CANARY", "control characters"),
        ("SECRET\r\nCANARY", "control characters"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_credential_that_cannot_be_right_is_refused(text: str, problem: str, place: int) -> None:
    """What copying leaves behind is refused at once, with help and without showing the text (C16, D1, D2)."""
    pair = ["goodkey", "goodsecret"]
    pair[place] = text
    with pytest.raises(ConfigError, match=problem) as caught:
        MexcAuth(*pair)

    assert ("the mexc API key", "the mexc API secret")[place] in str(caught.value)
    assert "copy it again" in str(caught.value)
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("value", [b"key", None, 5])
def test_credential_must_be_text(value: object) -> None:
    """Bytes and None are refused by type, without showing them."""
    with pytest.raises(ConfigError, match=f"must be a str, got {type(value).__name__}"):
        MexcAuth("key", value)  # type: ignore[arg-type]


def test_hook_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key and secret come from the variables named after the venue."""
    monkeypatch.setenv("SPOTWIRE_COINW_API_KEY", "thekey")
    monkeypatch.setenv("SPOTWIRE_COINW_API_SECRET", CANARY)

    assert ("thekey", CANARY) == CoinwAuth.from_env().sensitive()


def test_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which variable is not set, and shows none that is."""
    monkeypatch.setenv("SPOTWIRE_MEXC_API_KEY", "KEYCANARY")
    monkeypatch.delenv("SPOTWIRE_MEXC_API_SECRET", raising=False)

    with pytest.raises(ConfigError, match="SPOTWIRE_MEXC_API_SECRET is not set") as caught:
        MexcAuth.from_env()

    assert "CANARY" not in str(caught.value)


def test_hooks_know_their_venue() -> None:
    """Every hook names the venue that it signs for, and a class in between inherits it."""

    class Mine(MexcAuth):
        __slots__ = ()

    assert ["mexc", "coinw", "bitunix", "jex", "coinstore"] == [hook.venue for hook in HOOKS]
    assert "mexc" == Mine.venue
