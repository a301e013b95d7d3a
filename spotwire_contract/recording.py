"""Keep the answers of a venue as files, and check them again without a network."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import httpx

from spotwire_contract.asking import Answer, Asker
from spotwire_contract.drift import check, together
from spotwire_contract.findings import Checked
from spotwire_contract.spec import Node, Operation, operations
from spotwire_core.errors import SpotwireError

OF_THE_WIRE = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that are not true of a recorded body."""


def keep(folder: Path, venue: str, answer: Answer) -> None:
    """Write an answer to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"venue": venue, **asdict(answer)}, indent=2, ensure_ascii=False)
    (folder / f"{answer.name}.json").write_text(text + "\n", encoding="utf-8")


def recorded(folder: Path, venue: str) -> Iterator[Answer]:
    """Read the answers of a venue."""
    if not folder.is_dir():
        raise NotADirectoryError(f"there is no folder {folder}")
    for path in sorted(folder.glob("*.json")):
        try:
            members: Node = json.loads(path.read_bytes())
            of = members.pop("venue")
            answer = Answer(**members)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"{path} is no recorded answer: {type(error).__name__} {error}") from error
        if of == venue:
            yield answer


def check_recorded(venue: str, folder: Path) -> Iterator[Checked]:
    """Give what was found in recorded answers: the same as when they came, or more after the document was changed.

    Raises ValueError for a file that is no recorded answer, OSError where there is no such folder.
    """
    grouped: dict[str, list[Checked]] = {}
    for answer in recorded(folder, venue):
        grouped.setdefault(answer.operation, []).append(_checked_again(venue, answer))
    yield from map(together, grouped.values())


def _checked_again(venue: str, answer: Answer) -> Checked:
    operation = next((o for o in operations(venue) if o.id == answer.operation), None)
    if operation is None:
        raise ValueError(f"{answer.name} was recorded, but the document of {venue} has no operation {answer.operation}")
    return check(operation, answer, None if answer.failure else _played(venue, operation, answer))


def _played(venue: str, operation: Operation, answer: Answer) -> SpotwireError | None:
    """Give a recorded answer to the client; return the error that it raises."""
    headers = [(name, value) for name, value in answer.headers if name.lower() not in OF_THE_WIRE]

    def play(_: httpx.Request) -> httpx.Response:
        return httpx.Response(answer.status, headers=headers, content=answer.body.encode())

    with httpx.Client(transport=httpx.MockTransport(play)) as http:
        return Asker(venue, base_url=None, http=http).ask(operation, answer.arguments, answer.name)[1]
