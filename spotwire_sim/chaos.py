"""Carry out faults on the connection of one request. Uvicorn gives its transport away for the time of that answer.

Requests that meet no fault never come here.
"""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from spotwire_sim.faults import Fault, Reply

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# On, and no time to wait: closing sends RST.
NO_LINGER = struct.pack("ii", 1, 0)


class _Held:
    """Stands in for a transport and keeps what is written."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += data


async def play(fault: Fault, reply: Reply, receive: Receive, send: Send) -> None:
    """Answer as the fault has it."""
    if fault.delay_ms and await _gone(receive, fault.delay_ms):
        return
    cycle = _cycle(send)
    transport: asyncio.Transport = cycle.transport
    await _write(fault, reply, cycle, transport, receive, send)
    if fault.end == "keep":
        await send({"type": "http.response.body", "body": b""})
        return
    if fault.end == "reset":
        reset(transport)
    else:
        transport.close()
    await _disconnect(receive)


async def _write(
    fault: Fault, reply: Reply, cycle: Any, transport: asyncio.Transport, receive: Receive, send: Send
) -> None:
    """Let uvicorn write the answer, change its bytes, and write those."""
    held = cycle.transport = _Held()
    try:
        headers = [*reply.headers, (b"content-length", str(len(reply.body)).encode())]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body, "more_body": True})
    finally:
        cycle.transport = transport
    for piece in [held.data] if fault.wire is None else fault.wire(held.data):
        if transport.is_closing():  # the client went away, or another fault brought the venue down
            return
        transport.write(piece)
        if fault.pace_ms and await _gone(receive, fault.pace_ms):
            return


def _cycle(send: Send) -> Any:
    """Return uvicorn's object behind `send`: the one thing here that ASGI does not have."""
    cycle: Any = getattr(send, "__self__", None)
    if not hasattr(cycle, "transport"):
        raise RuntimeError("faults need a real connection, and uvicorn")
    return cycle


async def _gone(receive: Receive, ms: int) -> bool:
    """Wait, and tell whether the client went away meanwhile."""
    try:
        await asyncio.wait_for(_disconnect(receive), ms / 1000)
    except TimeoutError:
        return False
    return True


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def reset(transport: asyncio.Transport) -> None:
    """Reset a connection, unless it is being closed already."""
    if transport.is_closing():
        return
    # A copy of the descriptor: uvloop's own object has no options to set.
    with socket.socket(fileno=socket.dup(transport.get_extra_info("socket").fileno())) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()
