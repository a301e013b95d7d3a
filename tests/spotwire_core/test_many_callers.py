"""Many calls at once: each is signed freshly and by itself, sends what it was given, and has its turn."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from auth_hooks.bitunix import BitunixAuth
from spotwire.bitunix import AsyncBitunix, Bitunix
from spotwire_core.config import CallOptions
from spotwire_core.message import Request
from spotwire_core.operation import Charge, Limit, Operation, Param
from spotwire_core.pipeline import Send, Slot
from spotwire_core.virtual import EPOCH, START, World, limited, operation

ROOT = Path(__file__).resolve().parents[2]
AUTH = BitunixAuth("KEYCANARY0123456789", "SECRETCANARY0123456789")
TEN_A_SECOND = limited(Limit(bucket="a", requests=10, seconds=1, scope="ip"))
IDS: Operation[Any] = Operation(
    name="cancelThese",
    method="POST",
    path="/cancel",
    result=None,
    params=(Param(name="ids", wire="ids", place="json", kind="list", items=Param(name="id", wire="id", kind="id")),),
    body="json",
    charges=(Charge(bucket="a"),),
)


class Desk:
    """Answers everything, and keeps the headers of what was asked."""

    def __init__(self) -> None:
        self.headers: list[httpx.Headers] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.headers.append(request.headers)
        return httpx.Response(200, content=b'{"code":"0","data":[]}')


def from_threads(desk: Desk, calls: int) -> None:
    http = httpx.Client(transport=httpx.MockTransport(desk), trust_env=False)
    with http, Bitunix(AUTH, http=http, limits="off") as client, ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda _: client.account.balances(), range(calls)))


def from_tasks(desk: Desk, calls: int) -> None:
    async def main() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(desk), trust_env=False)
        async with http, AsyncBitunix(AUTH, http=http, limits="off") as client:
            await asyncio.gather(*(client.account.balances() for _ in range(calls)))

    asyncio.run(main())


@pytest.mark.parametrize("call", [from_threads, from_tasks])
def test_nonces_of_concurrent_calls_are_unique(call: Callable[[Desk, int], None]) -> None:
    """C14: a thousand signed calls at once, of threads or of tasks, have a thousand nonces of 32 hex digits, and UTC times."""
    desk = Desk()
    call(desk, 1000)
    nonces = {headers["nonce"] for headers in desk.headers}

    assert 1000 == len(desk.headers) == len(nonces)
    assert all(re.fullmatch("[0-9a-f]{32}", nonce) for nonce in nonces)
    assert 1000 == len({headers["sign"] for headers in desk.headers})


FORKED = """
import os, sys
from spotwire_core.test_many_callers import Desk, from_threads

from_threads(Desk(), 1)
child = os.fork()
desk = Desk()
from_threads(desk, 50)
os.write(1, "".join(headers["nonce"] + "\\n" for headers in desk.headers).encode())
if child:
    sys.exit(os.waitpid(child, 0)[1])
"""


def test_nonces_of_two_processes_are_unique() -> None:
    """C15: processes that share a key, even after a fork, do not draw the same nonces."""
    path = os.pathsep.join(map(str, (ROOT / "tests", ROOT, ROOT / "generated")))
    done = subprocess.run(
        [sys.executable, "-c", FORKED],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert 100 == len(set(done.stdout.split()))


def timestamp(request: Request) -> int:
    found = re.search(r"timestamp=(\d+)", request.query)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("seconds", [0, 3, 8])
def test_call_that_waits_for_a_connection_is_signed_afterwards(seconds: float) -> None:
    """C10: however long the wait for a free connection was, the signature is as old as the request."""
    world = World()
    steps = world.client()._steps(operation(security="signed"), (), None)
    waits = next(steps)
    world.now += seconds
    sends = steps.send(True)

    assert isinstance(waits, Slot)
    assert isinstance(sends, Send)
    assert (EPOCH + seconds) * 1000 == timestamp(sends.request)


def test_call_that_waits_for_the_limit_is_signed_afterwards() -> None:
    """C10: nor does a signature grow old in the queue of a limit."""
    world = World()
    client = world.client(TEN_A_SECOND)
    signed = operation(Charge(bucket="a", weight=10), security="signed")
    calls = [world.call(client, signed) for _ in range(4)]
    world.run()

    assert [START + second for second in range(4)] == [call.sent[0][0] for call in calls]
    assert [(EPOCH + second) * 1000 for second in range(4)] == [timestamp(request) for request in world.requests]


def test_thousand_callers_are_served_in_their_order() -> None:
    """L9: a thousand calls on a limit of ten a second: first come first served, none starves, no window has eleven."""
    world = World()
    client = world.client(TEN_A_SECOND)
    calls = [world.call(client, operation(Charge(bucket="a")), after=i / 10_000) for i in range(1000)]
    world.run()
    sent = [call.sent[0][0] for call in calls]

    assert all(call.done and call.error is None for call in calls)
    assert sorted(sent) == sent
    assert all(later - earlier > 0.999999 for earlier, later in zip(sent, sent[10:], strict=False))
    assert sent[-1] < START + 101


def test_call_sends_what_it_was_given() -> None:
    """L4: a list or mapping that the caller changes while the call waits for the limit changes nothing."""
    world = World()
    client = world.client(TEN_A_SECOND)
    ids, headers = ["1", "2"], {"X-Trace": "7"}
    world.call(client, operation(Charge(bucket="a", weight=10)))
    waiting = world.call(client, IDS, (ids,), after=0.1, options=CallOptions(headers=headers))
    world.at(START + 0.5, lambda: ids.append("3"))
    world.at(START + 0.5, lambda: headers.update({"X-Trace": "8", "Host": "evil.example"}))
    world.run()
    request = world.requests[-1]

    assert START + 1 <= waiting.sent[0][0]
    assert {"ids": ["1", "2"]} == json.loads(request.body)
    assert [("X-Trace", "7")] == [pair for pair in request.headers if pair[0] in ("X-Trace", "Host")]
