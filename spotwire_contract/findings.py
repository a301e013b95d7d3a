"""What a check found, in the same form whatever was checked."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that is not as documented. `path` says where inside the answer, and is empty where it is about a request."""

    kind: str
    path: str
    text: str


@dataclass(frozen=True)
class Checked:
    """How the check of an operation went: how many calls were made, and why not where it could not be checked."""

    operation: str
    calls: int
    findings: Sequence[Finding] = ()
    not_checked: str = ""
    note: str = ""


def exit_code(checked: Sequence[Checked]) -> int:
    """Return 1 where anything is not as documented, 2 where something could not be checked, else 0."""
    if any(one.findings for one in checked):
        return 1
    return 2 if not checked or any(one.not_checked for one in checked) else 0


def as_data(checked: Iterable[Checked]) -> list[dict[str, Any]]:
    """Return plain data for JSON."""
    return [asdict(one) for one in checked]
