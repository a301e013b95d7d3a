"""One request as the simulated venue sees it, and how it is turned down."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from spotwire_sim.spec import Operation

Pairs = list[tuple[str, str]]


class Denied(Exception):
    """The venue turns a request down: `situation` picks the code and text, `reason` is for the developer.

    Situations are those that `x-errors[].when` of a venue's document may name. A `code` of the table picks its own
    text instead, where the venue tells apart what has no situation: a withdrawal below its fee, an unknown receiver.
    `malformed` tells a request that the document does not allow from one that a rule of the venue forbids;
    `retry_after` is seconds for the header of that name, 0 for none.
    """

    def __init__(self, situation: str, reason: str, *, code: str | None = None) -> None:
        """Keep the first two as arguments, so that the refusal survives pickling."""
        super().__init__(situation, reason)
        self.situation = situation
        self.reason = reason
        self.code = code
        self.malformed = False
        self.retry_after = 0

    def __str__(self) -> str:
        """Show the situation before the reason."""
        return f"{self.situation}: {self.reason}"


class Request(Struct, frozen=True):
    """A request as it came.

    `path` is still percent-encoded, `query` has no question mark, names of headers are in lower case; `address` is
    the client's.
    """

    method: str
    path: str
    query: bytes
    headers: dict[str, str]
    body: bytes
    address: str = "127.0.0.1"


class Call(Struct):
    """A request for an operation.

    `query` and `body` are the bytes that came; `pairs` is the query decoded, without the constant part that
    tells operations apart. `headers` have lower-case names. `args` holds the checked values of all parameters
    and of the members of an object body, defaults filled in, decimals as Decimal; it is empty while the
    signature is checked. `document` is a JSON body that is no object.
    """

    operation: "Operation"
    method: str
    query: bytes
    headers: dict[str, str]
    body: bytes
    pairs: Pairs
    args: dict[str, Any] = {}
    document: Any = None
