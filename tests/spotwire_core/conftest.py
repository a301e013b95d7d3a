"""What the tests of the core share: a raw server, and ways to call it."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import settings

from spotwire.mexc.venue import VENUE
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
