"""A venue that sends the same tickers as fast as they are taken, in a process of its own: prints its port.

What it sends is made before: after the upgrade and one command come the answers to that and FRAMES frames, in one go.
"""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

FRAMES = 60_000
SIZE = 300
CHANNEL = "4@ticker"

_KEY = re.compile(rb"(?i)sec-websocket-key: *([^\r]+)\r\n")
_ANSWERS = (
    b'{"S":1,"T":"resp","C":200,"M":"established"}',
    b'{"S":2,"T":"echo","C":200,"M":"command.received","echo":{"op":"SUB","id":1}}',
    b'{"S":3,"T":"resp","C":200,"M":"sub.channel.success"}',
)


def ticker(sequence: int) -> bytes:
    """Return the text of a ticker, always of the same size."""
    head = b'{"S":%d,"T":"ticker","channel":"4@ticker","instrumentId":4,"symbol":"BTCUSDT",' % sequence
    body = b'"open":"43210.1234567","high":"43999.0000001","low":"42100.5000000","close":"43777.1234567",'
    tail = b'"volume":"12345.678901234","amount":"543210987.123456789","sid":"'
    return head + body + tail + b"x" * (SIZE - len(head + body + tail) - 2) + b'"}'


def framed(text: bytes) -> bytes:
    """Return a text as the frame of a server."""
    length = bytes([len(text)]) if len(text) < 126 else b"\x7e" + len(text).to_bytes(2, "big")
    return b"\x81" + length + text


def _serve() -> None:
    stream = b"".join(framed(text) for text in (*_ANSWERS, *(ticker(number + 4) for number in range(FRAMES))))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        while True:
            with listening.accept()[0] as taken:
                _send(taken, stream)


def _send(taken: socket.socket, stream: bytes) -> None:
    found = _KEY.search(taken.recv(65_536))
    assert found is not None
    accepted = base64.b64encode(hashlib.sha1(found[1] + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
    head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    taken.sendall(head + b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n")
    taken.recv(65_536)
    taken.sendall(stream)
    while taken.recv(65_536):
        pass


@contextmanager
def streaming() -> Generator[str]:
    """Start the server and return its address."""
    process = subprocess.Popen([sys.executable, "-m", "bench.stream_server"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"ws://127.0.0.1:{int(process.stdout.readline())}/s/ws"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]  # a pipe was asked for


if __name__ == "__main__":
    _serve()
