"""Judge whether one answer of a venue is what the document says."""

from collections.abc import Sequence

from spotwire_contract.answers import differences
from spotwire_contract.asking import Answer
from spotwire_contract.findings import Checked, Finding
from spotwire_contract.spec import Operation, exact, is_object
from spotwire_core.errors import ApiError, DecodeError, RateLimited, SpotwireError, VenueUnavailable

UNKNOWN_CODE, REFUSED, UNDECODABLE = "undocumented-code", "refused", "undecodable"

GONE = (404, 410)
"""Statuses that say that an operation is not there any more, whoever it is that answers."""


def check(operation: Operation, answer: Answer, error: SpotwireError | None) -> Checked:
    """Compare one answer with the document."""
    if answer.failure:
        return Checked(answer.operation, 1, not_checked=answer.failure)
    if isinstance(error, ApiError) and (error.code is not None or not 200 <= answer.status < 300):
        return _check_refusal(operation, answer, error)
    try:
        value = exact(answer.body)
    except ValueError:
        return Checked(answer.operation, 1, [Finding(UNDECODABLE, "$", f"no JSON with HTTP {answer.status}")])
    found = [_named(finding, answer) for finding in differences(operation.spec, operation.answer, value)]
    if isinstance(error, DecodeError) and not found:
        found = [_named(Finding(UNDECODABLE, error.path, error.expected), answer)]
    payload = value.get(operation.payload_member) if operation.payload_member and is_object(value) else value
    return Checked(answer.operation, 1, found, note="nothing to compare: it is empty" if payload in ([], None) else "")


def _check_refusal(operation: Operation, answer: Answer, error: ApiError) -> Checked:
    """A refusal with a code that is not in the document is drift; so is any refusal but a passing one."""
    codes = {str(row["code"]) for row in operation.spec.root["x-errors"]}
    if error.code is not None and error.code not in codes:
        path = f"$.{operation.spec.root['x-envelope']['code']}"
        finding = Finding(UNKNOWN_CODE, path, f"{error.code} is not documented: HTTP {error.status}, {error.message}")
        return Checked(answer.operation, 1, [_named(finding, answer)])
    passing = isinstance(error, RateLimited | VenueUnavailable) or error.code is None
    if passing and error.status not in GONE:
        return Checked(answer.operation, 1, not_checked=str(error))
    return Checked(answer.operation, 1, [_named(Finding(REFUSED, "", str(error)), answer)])


def _named(finding: Finding, answer: Answer) -> Finding:
    """Say with which arguments, where an operation was asked in several ways."""
    if answer.name == answer.operation:
        return finding
    return Finding(finding.kind, finding.path, f"{finding.text} (asked with {answer.arguments or 'nothing'})")


def together(checked: Sequence[Checked]) -> Checked:
    """Put the answers of one operation together."""
    return Checked(
        checked[0].operation,
        sum(one.calls for one in checked),
        [finding for one in checked for finding in one.findings],
        "; ".join(one.not_checked for one in checked if one.not_checked),
        "; ".join(dict.fromkeys(one.note for one in checked if one.note)),
    )
