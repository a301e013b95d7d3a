"""One WebSocket connection over picows, the only module that imports it.

Redirects are not followed and nothing is unpacked: no compression is offered, so small messages stay small.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection  # pyright: ignore[reportUnknownVariableType]  # its addresses are bare tuples

from spotwire_core.errors import EXCERPT, ConfigError
from spotwire_core.transport import tls

try:
    from picows import (
        WSCloseCode,
        WSError,
        WSHandshakeError,
        WSListener,
        WSMsgType,
        ws_connect,  # pyright: ignore[reportUnknownVariableType]  # its keywords go on to create_connection
    )
except ImportError:
    raise ConfigError('streams need picows: pip install "spotwire[streams]"') from None

if TYPE_CHECKING:
    from picows import WSFrame, WSTransport

LARGEST_MESSAGE = 16 * 1024 * 1024
"""Bytes of a message, whether in one frame or in many."""

LETTING_GO = 100
"""Turns of the loop that a broken connection may take to close."""

TEXT, CONTINUATION, BINARY = WSMsgType.TEXT, WSMsgType.CONTINUATION, WSMsgType.BINARY


class Refused(Exception):
    """No connection came about. `status` is that of the answer to the upgrade, None where there was none."""

    def __init__(self, reason: str, status: int | None = None, retry_after: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after


class Receiver(Protocol):
    """Who is told what comes. None of these methods may raise."""

    def opened(self, made: WebSocket, /) -> None:
        """Learn that the connection is open."""
        ...

    def unreadable(self, expected: str, /) -> None:
        """Learn that a message came that is no text."""
        ...

    def heard(self, /) -> None:
        """Learn that a pong or a part of a message came."""
        ...

    def ponged(self, /) -> None:
        """Learn that a ping of the other side was answered."""
        ...


class WebSocket(WSListener):
    """A connection: each text goes to `text`, everything else to `receiver`."""

    def __init__(self, text: Callable[[bytes], None], receiver: Receiver) -> None:
        self._text = text
        self._receiver = receiver
        self._transport: WSTransport | None = None
        self._parts: list[bytes] | None = None
        self._size = 0
        self._skipping = False
        self._broken = ""

    def on_ws_connected(self, transport: WSTransport) -> None:
        """Tell the receiver. Called by picows."""
        self._transport = transport
        self._receiver.opened(self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Hand a text on, or see to what else it is. Called by picows."""
        kind = frame.msg_type
        if kind is TEXT and frame.fin and self._parts is None:
            self._text(frame.get_payload_as_bytes())
        elif kind in (TEXT, CONTINUATION, BINARY):
            self._receiver.heard()
            self._part(transport, frame, kind)
        elif kind is WSMsgType.PING:
            transport.send_pong(frame.get_payload_as_bytes())
            self._receiver.ponged()
        elif kind is WSMsgType.PONG:
            self._receiver.heard()
        elif kind is WSMsgType.CLOSE:
            transport.send_close(WSCloseCode.OK)
            transport.disconnect()

    def _part(self, transport: WSTransport, frame: WSFrame, kind: WSMsgType) -> None:
        """Join the parts of a text, and skip what is none."""
        if (kind is CONTINUATION) is (self._parts is None and not self._skipping):
            self._receiver.unreadable("the parts of a message in their order")
            self._parts, self._skipping = None, kind is not CONTINUATION and not frame.fin
            return
        if kind is BINARY:
            self._receiver.unreadable("a text")
        if kind is not CONTINUATION:
            self._skipping, self._size = kind is BINARY, 0
            self._parts = None if self._skipping else []
        self._keep(transport, frame)
        if frame.fin:
            parts, self._parts, self._skipping = self._parts, None, False
            if parts is not None and not self._broken:
                self._text(b"".join(parts))

    def _keep(self, transport: WSTransport, frame: WSFrame) -> None:
        self._size += frame.payload_size
        if self._size > LARGEST_MESSAGE:
            self._broken = f"a message of more than {LARGEST_MESSAGE} bytes came"
            self._parts = [] if self._parts is not None else None
            transport.send_close(WSCloseCode.MESSAGE_TOO_BIG)
            transport.disconnect(graceful=False)
        elif self._parts is not None:
            self._parts.append(frame.get_payload_as_bytes())

    def send(self, text: str) -> None:
        """Send a text."""
        if self._transport is not None and not self._transport.is_disconnected:
            self._transport.send(TEXT, text)

    def ping(self) -> None:
        """Send a ping."""
        if self._transport is not None and not self._transport.is_disconnected:
            self._transport.send_ping()

    def close(self) -> None:
        """Say good-bye and close, once everything is sent."""
        if self._transport is not None and not self._transport.is_disconnected:
            self._transport.send_close(WSCloseCode.OK)
            self._transport.disconnect()

    def abort(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    @property
    def was_open(self) -> bool:
        """Whether the handshake was completed: picows returns as well where the other side closes before it answered."""
        return self._transport is not None

    async def closed(self) -> tuple[str, int | None]:
        """Wait until the connection is gone. Returns why, and the code of the other side's close frame.

        Who is cancelled here takes the connection along.
        """
        assert self._transport is not None
        try:
            await self._transport.wait_disconnected()
        except (WSError, OSError) as error:
            self._broken = self._broken or str(error)
        except asyncio.CancelledError:
            self.abort()
            with contextlib.suppress(WSError, OSError):
                await self._transport.wait_disconnected()
            raise
        shaken: Any = self._transport.close_handshake  # None where there was none
        if shaken is not None and shaken.recv is not None:
            told = shaken.recv.code  # an enum, though a code of the venue's own is a plain number
            code = int(getattr(told, "value", told))
            said = f" {shaken.recv.reason[:EXCERPT]!r}" if shaken.recv.reason else ""
            return f"the venue closed the connection with code {code}{said}", code
        return self._broken or "the connection broke", None


async def connect(url: str, made: WebSocket, *, within: float) -> None:
    """Open a connection within so many seconds. Raises Refused; also after it failed or was cancelled no socket is left."""
    parts = urlsplit(url)
    sock: socket.socket | None = None

    async def connected(_: object) -> socket.socket:
        nonlocal sock
        sock = await _connected(parts.hostname or "", parts.port or (443 if parts.scheme == "wss" else 80))
        return sock

    try:
        async with asyncio.timeout(within):
            await ws_connect(
                lambda: made,
                url,
                ssl_context=tls() if parts.scheme == "wss" else None,
                socket_factory=connected,
                max_redirects=0,
                max_frame_size=LARGEST_MESSAGE,
                enable_auto_pong=False,
                websocket_handshake_timeout=None,
            )
        if not made.was_open:
            raise Refused("the venue closed the connection during the handshake")
    except BaseException as error:
        if sock is not None:
            await _let_go(sock)
        refused = _refused(error, within)
        if refused is None:
            raise
        raise refused from None


async def _connected(host: str, port: int) -> socket.socket:
    addresses = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return await start_connection(addresses, happy_eyeballs_delay=0.25, interleave=1)


async def _let_go(sock: socket.socket) -> None:
    """Have the loop close a socket that a failed handshake leaves open, by ending it under its transport."""
    if sock.fileno() < 0:
        return
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    for _ in range(LETTING_GO):
        if sock.fileno() < 0:
            return
        await asyncio.sleep(0)
    sock.close()


def _refused(error: BaseException, within: float) -> Refused | None:
    """Return what a failure means, None where it is none of the network's."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, WSHandshakeError) and error.response is not None and error.response.status != 101:
        status = int(error.response.status)
        moved = " (redirects are not followed)" if 300 <= status < 400 else ""
        text = f"the venue answered the upgrade with HTTP {status}{moved}"
        return Refused(text, status, error.response.headers.get("Retry-After"))
    if isinstance(error, TimeoutError):
        return Refused(f"no connection within {within:g} s")
    if isinstance(error, (WSError, OSError, UnicodeError)):
        return Refused(f"no connection: {error}")
    return None
