"""Credentials do not show, and are checked when they are given."""

import asyncio
import copy
import dataclasses
import io
import json
import pickle
import pprint
import traceback
from collections.abc import Callable
from typing import Any

import attrs
import msgspec
import orjson
import pytest
import yaml
from msgspec import structs
from rich.console import Console
from rich.pretty import pretty_repr
from rich.traceback import Traceback

from auth_hooks.bitunix import BitunixAuth
from auth_hooks.coinstore import CoinstoreAuth
from auth_hooks.coinw import CoinwAuth
from auth_hooks.jex import JexAuth
from auth_hooks.mexc import MexcAuth
from spotwire.bitunix import Bitunix
from spotwire.coinstore import Coinstore
from spotwire.coinw import Coinw
from spotwire.jex import Jex
from spotwire.mexc import AsyncMexc, Mexc
from spotwire_core.errors import ConfigError
from spotwire_core.message import Request
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


def test_dumps_of_a_configuration_do_not_reveal_it() -> None:
    """F6: what turns objects into data shows a placeholder or refuses, from a dataclass, a dict, or the hook itself."""

    @dataclasses.dataclass
    class Config:
        auth: KeyPair

    auth = MexcAuth("KEYCANARY", CANARY)
    dumps: list[Callable[[], object]] = [
        lambda: dataclasses.asdict(Config(auth)),
        lambda: json.dumps({"auth": auth}),
        lambda: json.dumps({"auth": auth}, default=str),
        lambda: json.dumps({"auth": auth}, default=vars),
        lambda: orjson.dumps({"auth": auth}, default=repr),
        lambda: msgspec.json.encode({"auth": auth}),
        lambda: msgspec.to_builtins(Config(auth)),
        lambda: yaml.dump({"auth": auth}),
        lambda: pprint.pformat(Config(auth)),
        lambda: pretty_repr(Config(auth)),
        lambda: pretty_repr(auth),
        lambda: str(auth.__getstate__()),
    ]
    shown: list[str] = []
    for dump in dumps:
        try:
            shown.append(str(dump()))
        except TypeError as refused:
            shown.append(str(refused))

    assert [] == [text for text in shown if "CANARY" in text]
    assert 5 <= sum("MexcAuth(***)" in text for text in shown)


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


@pytest.mark.parametrize(
    "pair", [(CANARY + "\n", "good"), ("good", CANARY + "\n"), (CANARY, 5), (CANARY.encode(), "good")]
)
def test_traceback_of_a_refused_credential_does_not_show_it(
    pair: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """F3: a traceback with local variables shows neither the text that was refused nor the one beside it."""
    with pytest.raises(ConfigError) as direct:
        MexcAuth(*pair)
    monkeypatch.setenv("SPOTWIRE_MEXC_API_KEY", CANARY)
    monkeypatch.setenv("SPOTWIRE_MEXC_API_SECRET", CANARY + " ")
    with pytest.raises(ConfigError) as from_env:
        MexcAuth.from_env()

    assert "CANARY" not in frames_below(direct.value) + frames_below(from_env.value)


def frames_below(error: BaseException) -> str:
    """Return the traceback with local variables, of the frames below the test's own."""
    assert error.__traceback__ is not None
    ours = error.__traceback__.tb_next
    plain = traceback.TracebackException(type(error), error, ours, capture_locals=True)
    console = Console(file=io.StringIO(), record=True, width=1000)
    console.print(Traceback.from_exception(type(error), error, ours, show_locals=True))
    assert "what = 'the mexc API" in console.export_text(clear=False)
    return "".join(plain.format()) + console.export_text()


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


@pytest.mark.parametrize("hook", HOOKS)
def test_class_of_a_hook_is_no_hook(hook: type[KeyPair]) -> None:
    """L13: `auth=MexcAuth` without parentheses says what is missing."""
    client: Any = {"mexc": Mexc, "coinw": Coinw, "bitunix": Bitunix, "jex": Jex, "coinstore": Coinstore}[hook.venue]
    with pytest.raises(ConfigError, match=rf"needs auth={hook.__name__}\(\.\.\.\)"):
        client(auth=hook, base_url="http://127.0.0.1:1")


class Elsewhere(MexcAuth):
    """A hook that sends what it signs to somebody else."""

    __slots__ = ()

    def sign(self, request: Request, *, timestamp: int, nonce: str) -> Request:
        return structs.replace(super().sign(request, timestamp=timestamp, nonce=nonce), path="@127.0.0.2/x")


@pytest.mark.parametrize("asynchronous", [False, True])
def test_hook_cannot_choose_where_a_request_goes(asynchronous: bool) -> None:
    """D4: method and path are those of the operation, whatever comes back from a hook."""

    async def ask() -> None:
        async with AsyncMexc(Elsewhere("key", CANARY), base_url="http://127.0.0.1:1") as mexc:
            await mexc.trade.open_orders("BTCUSDT")

    with (
        pytest.raises(ConfigError, match="Elsewhere"),
        Mexc(Elsewhere("key", CANARY), base_url="http://127.0.0.1:1") as mexc,
    ):
        asyncio.run(ask()) if asynchronous else mexc.trade.open_orders("BTCUSDT")


def test_hooks_know_their_venue() -> None:
    """Every hook names the venue that it signs for, and a class in between inherits it."""

    class Mine(MexcAuth):
        __slots__ = ()

    assert ["mexc", "coinw", "bitunix", "jex", "coinstore"] == [hook.venue for hook in HOOKS]
    assert "mexc" == Mine.venue
