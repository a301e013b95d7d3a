"""A simulated venue as an ASGI application: route, authenticate, validate, handle, answer.

Every refusal is a situation that is looked up in the table of the venue's document and written in its envelope.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from email.utils import formatdate
from typing import Any, Literal

from msgspec import Struct, json, structs

from spotwire_sim.call import Call, Denied, Pairs, Request
from spotwire_sim.chaos import Message, Receive, Send, play
from spotwire_sim.clock import Clock
from spotwire_sim.control import PREFIX, Control
from spotwire_sim.exchange import Refused
from spotwire_sim.faces import Desk, Face
from spotwire_sim.faults import Fault, Faults, Header, Ineffective, Plan, Reply, rows_in
from spotwire_sim.limits import Limits
from spotwire_sim.spec import ErrorRow, Operation, Spec
from spotwire_sim.streams.hub import StreamTimes, open_streams
from spotwire_sim.wire import decode_pairs

Dialect = Literal["venue", "strict"]

LARGEST_BODY = 1 << 20
KEPT_REQUESTS = 10_000
LONGEST_REASON = 400

# What the strict dialect answers where the venue says 200.
STRICT_STATUS = {
    "bad-key": 401,
    "missing-key": 401,
    "bad-signature": 401,
    "missing-signature": 401,
    "clock": 401,
    "replayed-nonce": 401,
    "no-permission": 403,
    "unknown-path": 404,
    "unknown-order": 404,
    "ip-ban": 418,
    "rate-limit": 429,
    "internal": 500,
    "unavailable": 503,
}

# Retry-After is documented with these statuses alone.
ANNOUNCED = (418, 429)

NO_FAULT = Fault()

log = logging.getLogger(__name__)
encode = json.Encoder().encode


class Received(Struct, frozen=True, kw_only=True, gc=False):
    """A request that came in, as it came, and how it was answered.

    `query` is without the question mark; `operation` is None where nothing was found at the path; `situation` and
    `reason` are None unless it was turned down, and `malformed` says whether that was because the document does not
    allow such a request. `fault` is the kind of the fault that it met; the status is 0 where it got no answer.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    operation: str | None
    status: int
    situation: str | None
    reason: str | None
    malformed: bool
    fault: str | None = None


class Answer(Struct, frozen=True):
    """What goes back; `operation` and `denied` are for the record."""

    status: int
    body: bytes
    operation: Operation | None = None
    denied: Denied | None = None


class Venue:
    """The application. `desk` is its state, `requests` the record of what came in, `faults` what is to go wrong.

    `go_down` is called with milliseconds when a fault wants the server to refuse connections for so long.
    """

    def __init__(
        self,
        spec: Spec,
        face: Face,
        *,
        clock: Clock,
        seed: int,
        dialect: Dialect,
        limits: bool = False,
        faults: object = (),
        stream_times: StreamTimes | None = None,
    ) -> None:
        """Open for business; every function of the face must belong to an operation of the document."""
        strangers = sorted(set(face.answers) - set(spec.operations))
        if strangers:
            raise ValueError(f"{face.venue} has no operations {', '.join(strangers)}")
        self._spec = spec
        self._face = face
        self._clock = clock
        self._seed = seed
        self._strict = dialect == "strict"
        self._requests: deque[Received] = deque(maxlen=KEPT_REQUESTS)
        self._date = (-1, b"")
        self._control = Control(self, clock)
        self._limits = Limits(spec, clock) if limits else None
        self._fault_rows = faults
        self.faults = Faults(spec.operations)
        self.go_down: Callable[[int], None] = _stay_up
        self.desk = Desk(face, spec, clock=clock, seed=seed)
        self.streams = open_streams(
            face.venue, self.desk, seed=seed, times=stream_times or StreamTimes(), note=self._record_upgrade
        )
        self.plan_rows(faults)

    def reset(self) -> None:
        """Go back to the start: state, clock, limits, faults and record."""
        self._clock.offset = 0
        self.desk = Desk(self._face, self._spec, clock=self._clock, seed=self._seed)
        self._requests.clear()
        if self._limits is not None:
            self._limits.clear()
        if self.streams is not None:
            self.streams.reset(self.desk)
        for plan in self.plans:
            plan.clear()
        self.plan_rows(self._fault_rows)

    @property
    def plans(self) -> list[Plan[Any]]:
        """What is planned to go wrong, with requests and with streams."""
        return [self.faults] if self.streams is None else [self.faults, self.streams.faults]

    def plan_rows(self, rows: object) -> None:
        """Plan faults of requests and, with `stream` for `operation`, of streams; raises ValueError.

        Nothing is planned where one row is wrong.
        """
        given = rows_in(rows)
        streamed = [row for row in given if "stream" in row]
        requested = self.faults.read(row for row in given if "stream" not in row)
        if streamed and self.streams is None:
            raise ValueError(f"{self._face.venue} has no streams")
        if self.streams is not None:
            self.streams.faults.plan_rows(streamed)
        self.faults.extend(requested)

    @property
    def requests(self) -> list[Received]:
        """The last requests, oldest first."""
        return list(self._requests)

    # ASGI

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one HTTP request; streams do not come here."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close"})
            return
        body = await read_body(receive)
        if body is None:
            return
        path = scope["raw_path"].decode("latin-1")
        headers, address = header_dict(scope["headers"]), (scope["client"] or ("",))[0]
        request = Request(scope["method"], path, scope["query_string"], headers, body, address)
        if path.startswith(PREFIX):
            await respond(send, *self._control.answer(request))
        elif self.faults:
            await self._meet_fault(request, receive, send)
        else:
            answer = self.answer(request)
            self._record(request, answer)
            await respond(send, answer.status, self._headers(answer.denied), answer.body)

    def _headers(self, denied: Denied | None = None) -> list[Header]:
        headers = [(b"content-type", b"application/json"), (b"date", self._http_date())]
        if denied is not None:
            headers.append((b"x-sim-situation", denied.situation.encode()))
            headers.append((b"x-sim-reason", printable(denied.reason)))
            if denied.retry_after:
                headers.append((b"retry-after", str(denied.retry_after).encode()))
        return headers

    # Faults

    def _operation(self, request: Request) -> Operation | None:
        try:
            return self._spec.router.find(request.method, request.path, decode_pairs(request.query))[0]
        except Denied:
            return None

    async def _meet_fault(self, request: Request, receive: Receive, send: Send) -> None:
        """Let a request meet its fault, if it has one: clock, execution, change of the answer, connection."""
        operation = self._operation(request)
        planned = self.faults.peek(None if operation is None else operation.operation_id)
        fault = NO_FAULT if planned is None else planned.fault
        self._clock.offset += fault.skew_ms
        answer = self.answer(request) if fault.executed else Answer(200, b"{}", operation)
        reply = Reply(answer.status, self._headers(answer.denied), answer.body)
        try:
            reply = fault.changed(reply)
        except Ineffective:
            fault, planned = NO_FAULT, None
        if planned is not None:
            self.faults.use(planned)
        status = 0 if fault.silent else reply.status
        self._record(request, structs.replace(answer, status=status), fault.kind or None)
        if fault.down_ms:
            self.go_down(fault.down_ms)
        await play(fault, reply, receive, send)

    def _http_date(self) -> bytes:
        """Return the venue's time for the header Date, which some clients set their clock by."""
        second = self._clock() // 1000
        if second != self._date[0]:
            self._date = (second, formatdate(second, usegmt=True).encode())
        return self._date[1]

    def _record(self, request: Request, answer: Answer, fault: str | None = None) -> None:
        denied = answer.denied
        self._requests.append(
            Received(
                method=request.method,
                path=request.path,
                query=request.query.decode("latin-1"),
                headers=request.headers,
                body=request.body,
                operation=None if answer.operation is None else answer.operation.operation_id,
                status=answer.status,
                situation=None if denied is None else denied.situation,
                reason=None if denied is None else denied.reason,
                malformed=denied is not None and (denied.malformed or answer.operation is None),
                fault=fault,
            )
        )

    def _record_upgrade(self, request: Request, status: int, fault: str) -> None:
        self._record(request, Answer(status, b""), fault or None)

    # One request

    def answer(self, request: Request) -> Answer:
        """Answer one request, whatever is wrong with it."""
        operation = None
        try:
            pairs = decode_pairs(request.query)
            operation, path_pairs, pairs = self._spec.router.find(request.method, request.path, pairs)
            if self._limits is not None:
                self._limits.admit_address(request.address, operation, pairs)
            return Answer(200, self._handle(operation, path_pairs, pairs, request), operation)
        except Denied as denied:
            return self._refuse(operation, denied)
        except Refused as refused:
            return self._refuse(operation, Denied(refused.situation, refused.message))
        except Exception:
            log.exception("the simulated %s failed at %s %s", self._face.venue, request.method, request.path)
            return self._refuse(operation, Denied("internal", "the simulator has a bug, see its log"))

    def _handle(self, operation: Operation, path_pairs: Pairs, pairs: Pairs, request: Request) -> bytes:
        if len(request.body) > LARGEST_BODY:
            raise Denied("bad-parameter", f"a body has at most {LARGEST_BODY} bytes")
        call = Call(operation, request.method, request.query, request.headers, request.body, pairs)
        if operation.security:
            self._face.verify(self.desk, call)
            if self._limits is not None:
                self._limits.admit_user(request.address, self.desk.user, operation, pairs)
        if self._face.arrange is not None:
            self._face.arrange(call)
        try:
            content_type = call.headers.get("content-type", "")
            call.args, call.document = operation.read(path_pairs, call.pairs, call.body, content_type)
        except Denied as denied:
            denied.malformed = True
            raise
        answer = self._face.answers.get(operation.operation_id)
        if answer is None:
            return operation.example(call.args)
        return encode(operation.wrap(answer(self.desk, call)))

    def _refuse(self, operation: Operation | None, denied: Denied) -> Answer:
        own = None if operation is None else self._face.codes.get((operation.operation_id, denied.situation))
        row = self._spec.error(denied.situation, denied.code or own)
        if row.status not in ANNOUNCED:
            denied.retry_after = 0
        status = STRICT_STATUS.get(denied.situation, 400) if self._strict and row.status < 400 else row.status
        return Answer(status, encode(self._refusal(row)), operation, denied)

    def _refusal(self, row: ErrorRow) -> object:
        if self._face.refuse is not None:
            return self._face.refuse(row)
        envelope = self._spec.envelope
        members: dict[str, object] = {envelope.code: row.code, envelope.message: row.message}
        if envelope.data:
            members[envelope.data] = None
        if envelope.success_flag:
            members[envelope.success_flag] = False
        return members


async def respond(send: Send, status: int, headers: list[Header], body: bytes) -> None:
    """Send an answer."""
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _stay_up(_: int) -> None:
    """Do nothing: there is no server to go down."""


async def read_body(receive: Receive) -> bytes | None:
    """Read a body to its end, keeping one byte more than is allowed; None if the client went away."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
        body = (body + message.get("body", b""))[: LARGEST_BODY + 1]
    return body[: LARGEST_BODY + 1] if message["type"] == "http.request" else None


def header_dict(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; repeated ones are joined, as HTTP has it."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def printable(text: str) -> bytes:
    """Make text fit for a header: ASCII, no control characters, not too long."""
    shown = text[:LONGEST_REASON].encode("ascii", "backslashreplace")
    return bytes(byte if 0x20 <= byte < 0x7F else 0x3F for byte in shown)
