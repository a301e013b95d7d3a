"""What the tests of the core share: a raw server, and ways to call it."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from hypothesis import settings

from spotwire.mexc.venue import VENUE
from spotwire_core import transport
from spotwire_core.client import AsyncClient, SyncClient
from spotwire_core.config import CallOptions
from spotwire_core.message import Auth
from spotwire_core.operation import Operation
from spotwire_core.raw_server import Server
from spotwire_core.retries import Retries

settings.register_profile("core", deadline=None)
settings.load_profile("core")

Call = Callable[..., Any]
TLS = httpx.create_ssl_context(trust_env=False)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback. A test that leaves some of its answers unused fails."""
    with Server() as running:
        yield running
        unused = list(running.answers)
    assert [] == unused


@pytest.fixture(scope="session")
def ca() -> trustme.CA:
    """Who signs the certificates of the tests."""
    return trustme.CA()


@pytest.fixture
def certificate_file(ca: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clients of a test trust the certificates of `ca`, in the one way there is."""
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    transport.tls.cache_clear()
    yield
    transport.tls.cache_clear()


@pytest.fixture
def secure_server(ca: trustme.CA, certificate_file: None) -> Iterator[Server]:
    """A server with a certificate that the clients of the test trust."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    with Server(context) as running:
        yield running
        unused = list(running.answers)
    assert [] == unused


def call_sync(
    http: httpx.Client | None, base_url: str, calls: list[tuple[Operation[Any], tuple[Any, ...]]], **kwargs: Any
) -> list[Any]:
    options: CallOptions | None = kwargs.get("options")
    auth: Auth | None = kwargs.get("auth")
    client = SyncClient(
        kwargs.get("venue", VENUE),
        auth,
        base_url=base_url,
        http=http,
        timeout=kwargs.get("timeout", 5),
        retries=Retries(attempts=1),
        limits="off",
    )
    with client:
        return [client.call(operation, values, options) for operation, values in calls]


async def call_async(
    http: httpx.AsyncClient | None, base_url: str, calls: list[tuple[Operation[Any], tuple[Any, ...]]], **kwargs: Any
) -> list[Any]:
    options: CallOptions | None = kwargs.get("options")
    auth: Auth | None = kwargs.get("auth")
    client = AsyncClient(
        kwargs.get("venue", VENUE),
        auth,
        base_url=base_url,
        http=http,
        timeout=kwargs.get("timeout", 5),
        retries=Retries(attempts=1),
        limits="off",
    )
    async with client:
        return [await client.call(operation, values, options) for operation, values in calls]


async def call_async_handed_in(base_url: str, calls: list[Any], **kwargs: Any) -> list[Any]:
    async with httpx.AsyncClient(verify=TLS, trust_env=False) as http:
        return await call_async(http, base_url, calls, **kwargs)


def call_sync_handed_in(base_url: str, calls: list[Any], **kwargs: Any) -> list[Any]:
    with httpx.Client(verify=TLS, trust_env=False) as http:
        return call_sync(http, base_url, calls, **kwargs)


WAYS: dict[str, Callable[..., list[Any]]] = {
    "sync": lambda base_url, calls, **kwargs: call_sync(None, base_url, calls, **kwargs),
    "async": lambda base_url, calls, **kwargs: asyncio.run(call_async(None, base_url, calls, **kwargs)),
    "sync, httpx.Client": call_sync_handed_in,
    "async, httpx.AsyncClient": lambda base_url, calls, **kwargs: asyncio.run(
        call_async_handed_in(base_url, calls, **kwargs)
    ),
}


@pytest.fixture(params=["sync", "async"])
def way(request: pytest.FixtureRequest) -> Call:
    """Both kinds of client, with their own transport."""
    return WAYS[request.param]


@pytest.fixture(params=list(WAYS))
def any_way(request: pytest.FixtureRequest) -> Call:
    """Both kinds of client, with their own transport and with a client handed in."""
    return WAYS[request.param]
