"""A connector for aiohttp that does not use a kept connection on which something came that nobody asked for.

aiohttp looks for that when an answer ends, not when the next request begins, and would take what came in between for the
answer to it.
"""

from __future__ import annotations

import asyncio
import select
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.connector import Connection

if TYPE_CHECKING:
    from ssl import SSLContext

    from aiohttp.client_proto import ResponseHandler
    from aiohttp.tracing import Trace

connected: ContextVar[bool] = ContextVar("connected", default=False)
"""Whether the call of this task was handed a connection: before that nothing is sent."""


class Connector(aiohttp.TCPConnector):
    """Hands out kept connections only where nothing has come since the last answer."""

    def __init__(self, *, limit: int, tls: SSLContext | None) -> None:
        super().__init__(limit=limit, ssl=tls or True)  # pyright: ignore[reportUnknownMemberType]  # of its socket_factory
        self._open: dict[ResponseHandler, asyncio.Transport] = {}

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """Return a connection for a request: a kept one on which nothing came, or a new one."""
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol = connection.protocol
            assert protocol is not None
            kept = protocol in self._open
            if kept and (protocol.should_close or _readable(connection)):
                connection.close()
                continue
            if not kept:
                self._remember(protocol)
            connected.set(True)
            return connection

    def _remember(self, protocol: ResponseHandler) -> None:
        def forget(closed: asyncio.Future[None]) -> None:
            del self._open[protocol]
            if not closed.cancelled():
                closed.exception()  # or asyncio complains that nobody looked

        if protocol.closed is not None and protocol.transport is not None:
            self._open[protocol] = protocol.transport
            protocol.closed.add_done_callback(forget)

    async def cut(self) -> None:
        """Cut connections that were dropped earlier: with TLS they stay open until the other side says goodbye, too."""
        closed = [protocol.closed for protocol in self._open if protocol.closed is not None]
        for transport in self._open.values():
            transport.abort()
        if closed:
            await asyncio.wait(closed, timeout=1)


def _readable(connection: Connection) -> bool:
    """Tell whether something has come that the event loop has not read yet."""
    descriptor = connection.transport.get_extra_info("socket").fileno() if connection.transport else -1
    if descriptor < 0:
        return True
    if sys.platform == "win32":
        return bool(select.select([descriptor], [], [], 0)[0])
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
