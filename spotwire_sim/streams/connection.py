"""The bytes of one WebSocket connection: handshake, frames, pings, and an orderly queue of what goes out.

Uvicorn hands the connection over at the upgrade. The protocol itself is the sans-I/O one of `websockets`; frames are
written by hand, so that faults can write what no library would.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from msgspec import Struct
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.datastructures import Headers
from websockets.frames import Frame as Wire, Opcode
from websockets.http11 import Request as Upgrade, Response
from websockets.protocol import State
from websockets.server import ServerProtocol

from spotwire_sim.call import Request
from spotwire_sim.chaos import reset
from spotwire_sim.streams.faults import CONNECT, StreamFault

if TYPE_CHECKING:
    from spotwire_sim.streams.hub import Streams
    from spotwire_sim.streams.session import Session

LARGEST_COMMAND = 1 << 16
# A client that leaves more than this unread is dropped; what the kernel takes comes on top.
LARGEST_BACKLOG = 1 << 24
# How long a client may take to answer a close frame.
CLOSE_SECONDS = 1.0

PHRASES = {status.value: status.phrase for status in HTTPStatus}

GOING_AWAY = 1001
NOT_UTF8 = 1007
RESTART = 1012


class Sent(Struct, frozen=True):
    """A message as it was put on the wire, with the faults that it met.

    `session` counts the connections, `sequence` is the number of the frame (None where it has none), `channel` and `number`
    tell which event it carries: the one with this number at `Streams.produced`, or none with 0.
    """

    session: int
    payload: bytes
    sequence: int | None = None
    channel: str = ""
    number: int = 0
    fault: str = ""


class _Piece(NamedTuple):
    """Bytes that go out `wait` seconds after those before them; `sent` when they complete a message."""

    data: bytes
    wait: float = 0
    sent: Sent | None = None
    ends: bool = False


class Connection(asyncio.Protocol):
    """One client. Everything happens in the server's loop."""

    transport: asyncio.Transport

    def __init__(
        self, streams: "Streams", *, config: Config, server_state: ServerState, app_state: dict[str, Any]
    ) -> None:
        """Be made by uvicorn for an upgrade."""
        del config, app_state
        self._streams = streams
        self._peers: set[Any] = server_state.connections
        self._loop = asyncio.get_running_loop()
        self._ws = ServerProtocol(max_size=LARGEST_COMMAND)
        self._session: Session | None = None
        self._parts: list[bytes] = []
        self._waiting: deque[_Piece] = deque()
        self._waiting_bytes = 0
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._mute = False
        self._closing = False
        self._heard_at = 0.0

    # What asyncio and uvicorn call

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection over."""
        self.transport = cast("asyncio.Transport", transport)
        self._peers.add(self)

    def data_received(self, data: bytes) -> None:
        """Read frames; the protocol itself answers pings and close frames."""
        if self._mute:
            return
        self._ws.receive_data(data)
        self._reply()
        for event in self._ws.events_received():
            if isinstance(event, Upgrade):
                self._upgrade(event)
            elif isinstance(event, Wire):
                self._frame(event)
        self._reply()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        del exc
        for timer in self._timers.values():
            timer.cancel()
        self._end("left")
        self._peers.discard(self)
        if self._session is not None:
            self._streams.leave(self._session)

    def _end(self, why: str) -> None:
        self._closing = True
        if self._session is not None and not self._session.ended:
            self._session.ended = why

    def shutdown(self) -> None:
        """End the connection because the server stops."""
        self.close(RESTART, "restart")
        self.transport.close()

    # The upgrade

    def _upgrade(self, upgrade: Upgrade) -> None:
        fault = self._streams.faults.meet(CONNECT)
        if fault.keeps_silent or fault.end in {"reset", "cut"}:
            self._note(upgrade, 0, fault)
            self.meet(fault)
            return
        response = self._response(upgrade, fault)
        self._note(upgrade, response.status_code, fault)
        if fault.stall_ms:
            self.stall(fault.stall_ms)
        self._ws.send_response(response)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            return
        if fault.end == "close":
            self.meet(fault)
            return
        self._open()

    def _response(self, upgrade: Upgrade, fault: StreamFault) -> Response:
        if fault.status:
            headers = Headers({"Connection": "close", "Content-Length": "0", **fault.headers})
            return Response(fault.status, PHRASES.get(fault.status, ""), headers, b"")
        path = upgrade.path.partition("?")[0]
        if path != self._streams.path:
            return self._ws.reject(HTTPStatus.NOT_FOUND, f"streams are at {self._streams.path}, not at {path}\n")
        return self._ws.accept(upgrade)

    def _note(self, upgrade: Upgrade, status: int, fault: StreamFault) -> None:
        path, _, query = upgrade.path.partition("?")
        headers = {name.lower(): value for name, value in upgrade.headers.raw_items()}
        address = str(self.transport.get_extra_info("peername")[0])
        self._streams.note(Request("GET", path, query.encode("latin-1"), headers, b"", address), status, fault.kind)

    def _open(self) -> None:
        self._reply()
        times = self._streams.times
        self._heard_at = self._loop.time()
        self._after("lifetime", times.lifetime, lambda: self.close(GOING_AWAY, "lifetime"))
        self._after("ping", times.ping_every, self._ping)
        self._session = self._streams.enter(self)

    # What comes in

    def _frame(self, frame: Wire) -> None:
        if frame.opcode is Opcode.PONG:
            self.heard()
        elif frame.opcode in {Opcode.TEXT, Opcode.BINARY, Opcode.CONT}:
            self._parts.append(bytes(frame.data))
            if frame.fin:
                message, self._parts = b"".join(self._parts), []
                self._message(message)

    def _message(self, message: bytes) -> None:
        try:
            message.decode()
        except UnicodeDecodeError:
            self._ws.fail(NOT_UTF8)
            return
        if self._session is not None and not self._closing:
            self._session.receive(message)

    def heard(self) -> None:
        """Take note that the client lives."""
        self._heard_at = self._loop.time()

    def _ping(self) -> None:
        times, now = self._streams.times, self._loop.time()
        if now - self._heard_at >= times.silence:
            self.close(GOING_AWAY, "no pong")
            return
        self._ws.send_ping(b"")
        self._reply()
        self._after("ping", min(times.ping_every, max(self._heard_at + times.silence - now, 0)), self._ping)

    # What goes out

    def send(self, sent: Sent, *, binary: bool = False, parts: int = 1, pace: float = 0) -> None:
        """Send a message behind everything that waits: in one frame or in parts, byte by byte where there is a pace in seconds."""
        wire = _frames(sent.payload, Opcode.BINARY if binary else Opcode.TEXT, parts)
        if pace:
            pieces = [_Piece(wire[place : place + 1], pace) for place in range(len(wire))]
            self._put([*pieces[:-1], pieces[-1]._replace(sent=sent)])
        else:
            self._put([_Piece(wire, 0, sent)])

    def stall(self, ms: float) -> None:
        """Send nothing more for so long, or ever."""
        if ms == float("inf"):
            self._mute = True
        else:
            self._put([_Piece(b"", ms / 1000)])

    def meet(self, fault: StreamFault) -> None:
        """End or stall the connection as a fault has it."""
        if fault.stall_ms:
            self.stall(fault.stall_ms)
        if fault.end == "reset":
            self._end(str(fault))
            reset(self.transport)
        elif fault.end == "cut":
            self._end(str(fault))
            self.transport.close()
        elif fault.end == "close":
            self.close(fault.code, fault.reason)

    def close(self, code: int, reason: str) -> None:
        """Send a close frame, and nothing behind it."""
        if self._closing or self._ws.state is not State.OPEN:
            return
        self._ws.send_close(code, reason)
        self._reply()
        self._end(f"{code} {reason}".strip())
        self._after("close", CLOSE_SECONDS, self.transport.abort)

    def _reply(self) -> None:
        """Send what the protocol has to say: the handshake, pings and pongs, close frames, the end."""
        said = self._ws.data_to_send()
        data = b"".join(said)
        pieces = [_Piece(data)] if data else []
        self._put([*pieces, _Piece(b"", ends=True)] if b"" in said else pieces, own=True)

    def _put(self, pieces: Sequence[_Piece], *, own: bool = False) -> None:
        if self._mute or (self._closing and not own):
            return
        if self._waiting_bytes + self.transport.get_write_buffer_size() > LARGEST_BACKLOG:
            self._end("did not read")
            reset(self.transport)
            return
        self._waiting.extend(pieces)
        self._waiting_bytes += sum(len(piece.data) for piece in pieces)
        self._flush()

    def _flush(self) -> None:
        while self._waiting and "pace" not in self._timers:
            piece = self._waiting.popleft()
            if piece.wait:
                self._waiting.appendleft(piece._replace(wait=0))
                self._after("pace", piece.wait, self._flush)
                return
            self._write(piece)

    def _write(self, piece: _Piece) -> None:
        self._waiting_bytes -= len(piece.data)
        if piece.data:
            self.transport.write(piece.data)
        if piece.sent is not None:
            self._streams.wrote(piece.sent)
        if piece.ends:
            self.transport.close()

    def _after(self, name: str, seconds: float, work: Any) -> None:
        """Do something later, once; there is one timer of each name."""

        def due() -> None:
            del self._timers[name]
            work()

        self._timers[name] = self._loop.call_later(seconds, due)


def _frames(payload: bytes, opcode: Opcode, parts: int) -> bytes:
    """Write a message as frames, cut anywhere: also within a character."""
    size = -(-len(payload) // parts)
    cuts = range(0, max(len(payload), 1), max(size, 1))
    return b"".join(
        Wire(
            opcode if start == 0 else Opcode.CONT, payload[start : start + size], fin=start + size >= len(payload)
        ).serialize(mask=False)
        for start in cuts
    )
