"""Call operations through the generated client and keep what came back beside what the client made of it."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from spotwire_contract.calls import client_class, method_of
from spotwire_contract.spec import Operation, operations
from spotwire_core.errors import SpotwireError
from spotwire_core.retries import Retries


@dataclass(frozen=True)
class Answer:
    """What came back: nothing but `failure` where the network failed. `name` tells the answers of an operation apart."""

    name: str
    operation: str
    arguments: Mapping[str, Any]
    status: int = 0
    headers: Sequence[tuple[str, str]] = ()
    body: str = ""
    failure: str = ""


class Asker:
    """Asks a venue without a key. Every call is sent once: pace and repetitions are the business of who asks."""

    def __init__(self, venue: str, *, base_url: str | None, http: httpx.Client) -> None:
        """Use a client without key, own pace and repetitions; raises ConfigError for a bad address."""
        self._http = http
        self._http.event_hooks = {"response": [self._keep]}
        self._last: httpx.Response | None = None
        settings = {"base_url": base_url, "http": http, "limits": "off", "retries": Retries(attempts=1)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a venue that is closed is reported as not to be reached
            self._client = client_class(operations(venue)[0])(**settings)

    def _keep(self, response: httpx.Response) -> None:
        response.read()
        self._last = response

    def ask(self, operation: Operation, arguments: Mapping[str, Any], name: str) -> tuple[Answer, SpotwireError | None]:
        """Call an operation; return its answer and the error that the client raised."""
        self._last, error = None, None
        try:
            method_of(self._client, operation)(**arguments)
        except SpotwireError as raised:
            error = raised
        last: httpx.Response | None = self._last
        if last is None:
            return Answer(name, operation.id, arguments, failure=str(error)), error
        headers = [(name, value) for name, value in last.headers.multi_items() if not _is_secret(name)]
        body = last.content.decode("utf-8", "backslashreplace")
        return Answer(name, operation.id, arguments, last.status_code, headers, body), error


def _is_secret(header: str) -> bool:
    return any(word in header.lower() for word in ("cookie", "auth", "token", "key", "signature", "secret"))
