"""A venue's WebSocket on loopback that answers commands as a script says, and misbehaves on demand.

It speaks Coinstore's words, through the `websockets` package. Imported as `spotwire_core.stream_server`, though it lies among the
tests: pytest puts `tests/` on the path.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

Command = dict[str, Any]


def trade(number: int, channel: str | None = "4@trade", **members: Any) -> Command:
    """Return the frame of a trade; its number is its id."""
    symbol = int((channel or "4").split("@")[0])
    event = {"instrumentId": symbol, "symbol": f"S{symbol}", "tradeId": number, "takerSide": "BUY", "price": "1.5"}
    event |= {"volume": "2", "time": 1604040975, **members}
    return {"T": "trade", **({"channel": channel} if channel else {}), **event}


def trades(*numbers: int, channel: str = "4@trade") -> Command:
    """Return the frame with the latest trades, which is the first push."""
    rows = [{key: value for key, value in trade(number, channel).items() if key != "T"} for number in numbers]
    return {"T": "trade", "data": rows}


def book(bid: str, ask: str, channel: str = "4@depth@5", quantity: str = "1") -> Command:
    """Return the frame of an order book with one level on each side."""
    symbol, _, levels = channel.split("@")
    sides = {"b": [[bid, quantity, 1]], "a": [[ask, quantity, -1]]}
    return {"T": "depth", "channel": channel, "instrumentId": int(symbol), "symbol": "S", "level": int(levels), **sides}


class Peer:
    """One connection, with the sequence of its frames."""

    def __init__(self, connection: ServerConnection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.sequence = 0
        self.commands: list[Command] = []
        self.channels: list[str] = []

    async def send(self, frame: Command, *, sequence: int | None = None) -> None:
        """Send a frame with the next sequence number, or another one."""
        self.sequence = self.sequence + 1 if sequence is None else sequence
        await self.raw(json.dumps({"S": self.sequence, **frame}))

    async def raw(self, *parts: Any) -> None:
        """Send a text, bytes, or the parts of one message."""
        with suppress(ConnectionClosed):
            await self.connection.send(parts[0] if len(parts) == 1 else list(parts))

    async def echo(self, command: Command) -> None:
        """Repeat a command."""
        await self.send({"T": "echo", "C": 200, "M": "command.received", "echo": command})

    async def answer(self, code: int = 200, message: str = "sub.channel.success") -> None:
        """Answer the oldest command."""
        await self.send({"T": "resp", "C": code, "M": message})

    async def accept(self, command: Command) -> None:
        """Echo and answer a command."""
        await self.echo(command)
        await self.answer()

    def reset(self) -> None:
        """Cut the connection without a word."""
        transport = self.connection.transport
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


Answering = Callable[[Peer, Command], Awaitable[None]]
Greeting = Callable[[Peer], Awaitable[None]]
Upgrade = Callable[[int], Response | None]


async def accepting(peer: Peer, command: Command) -> None:
    """Accept every command."""
    await peer.accept(command)


class StreamVenue:
    """What tests set: how commands are answered, what comes unasked, how upgrades are answered."""

    def __init__(self) -> None:
        self.answering: Answering = accepting
        self.greeting: Greeting | None = None
        self.upgrade: Upgrade = lambda _: None
        self.pongs = True
        self.peers: list[Peer] = []
        self.upgrades = 0
        self.requests: list[Request] = []
        self._changed = asyncio.Event()
        self.url = ""

    @property
    def peer(self) -> Peer:
        """The newest connection."""
        return self.peers[-1]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; it is looked at whenever something came."""
        async with asyncio.timeout(10):
            while not condition():
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await self._changed.wait()

    async def subscribed(self, *channels: str, connections: int = 1) -> Peer:
        """Wait until the newest of so many connections has these channels."""
        await self.until(lambda: len(self.peers) >= connections and set(channels) <= set(self.peer.channels))
        return self.peer

    async def _serve(self, connection: ServerConnection) -> None:
        peer = Peer(connection, len(self.peers))
        self.peers.append(peer)
        self._changed.set()
        await peer.send({"T": "resp", "C": 200, "M": "established"})
        if self.greeting is not None:
            await self.greeting(peer)
        with suppress(ConnectionClosed):
            async for text in connection:
                command = json.loads(text)
                peer.commands.append(command)
                await self.answering(peer, command)
                if command["op"] == "SUB":
                    peer.channels += command["channel"]
                elif command["op"] == "UNSUB":
                    peer.channels = [name for name in peer.channels if name not in command["channel"]]
                self._changed.set()

    def _process(self, _: ServerConnection, request: Request) -> Response | None:
        self.upgrades += 1
        self.requests.append(request)
        self._changed.set()
        return self.upgrade(self.upgrades)


def refusal(status: int, reason: str, **headers: str) -> Response:
    """Return the answer to an upgrade that is refused."""
    named = Headers({name.replace("_", "-"): value for name, value in headers.items()} | {"Content-Length": "0"})
    return Response(status, reason, named, b"")


@asynccontextmanager
async def streaming_venue(tls: ssl.SSLContext | None = None) -> AsyncIterator[StreamVenue]:
    """Serve on a free port, and cut what is still open at the end."""
    venue = StreamVenue()
    server: Server
    async with serve(
        venue._serve,
        "127.0.0.1",
        0,
        process_request=venue._process,
        ping_interval=None,
        compression=None,
        close_timeout=0.2,
        ssl=tls,
    ) as server:
        venue.url = f"{'ws' if tls is None else 'wss'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/s/ws"
        try:
            yield venue
        finally:
            for peer in venue.peers:
                peer.connection.transport.abort()
