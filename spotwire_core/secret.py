"""Credentials that do not show: not in repr, logs, tracebacks with locals, pickles or copies of configuration."""

from __future__ import annotations

import os
from typing import ClassVar, NoReturn, Self

from spotwire_core.errors import ConfigError


class Secret:
    """A secret text. `reveal()` is the only way to it; use it inside an expression, never bind it to a name."""

    __slots__ = ("_text",)

    def __init__(self, text: str, *, what: str) -> None:
        problem = _problem(text)
        if problem:
            del text  # not in a traceback that shows local variables
            raise ConfigError(f"{what} {problem}")
        self._text = text

    def reveal(self) -> str:
        """Return the text."""
        return self._text

    def __repr__(self) -> str:
        """Return a placeholder."""
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError("a secret is not pickled or copied: build the auth object again where it is needed")


def _problem(text: object) -> str:
    if not isinstance(text, str):
        return f"must be a str, got {type(text).__name__}"
    found = ""
    if not text:
        found = "is empty"
    elif text != text.strip():
        found = "begins or ends with white space"
    elif not text.isascii():
        found = "has characters outside ASCII"
    elif not text.isprintable():
        found = "has control characters"
    return f"{found}: copy it again from the venue's page" if found else ""


class KeyPair:
    """API key and secret of one venue: the base of every auth hook.

    A subclass names its venue, `class DemoAuth(KeyPair, venue="demo")`, and adds `sign`.
    """

    __slots__ = ("_key", "_secret")

    venue: ClassVar[str]

    def __init_subclass__(cls, *, venue: str = "", **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if venue:
            cls.venue = venue

    def __init__(self, api_key: str, api_secret: str) -> None:
        try:
            self._key = Secret(api_key, what=f"the {self.venue} API key")
            self._secret = Secret(api_secret, what=f"the {self.venue} API secret")
        finally:
            del api_key, api_secret  # not in a traceback that shows local variables

    @classmethod
    def from_env(cls) -> Self:
        """Read `SPOTWIRE_<VENUE>_API_KEY` and `SPOTWIRE_<VENUE>_API_SECRET`. Raises ConfigError when one is missing."""
        return cls(
            _variable(f"SPOTWIRE_{cls.venue.upper()}_API_KEY"), _variable(f"SPOTWIRE_{cls.venue.upper()}_API_SECRET")
        )

    def sensitive(self) -> tuple[str, ...]:
        """Return the texts that must show nowhere."""
        return self._key.reveal(), self._secret.reveal()

    def __repr__(self) -> str:
        """Return the class with placeholders."""
        return f"{type(self).__name__}(***)"


def _variable(name: str) -> str:
    value = os.environ.get(name)
    if value is None:
        raise ConfigError(f"the environment variable {name} is not set")
    return value
