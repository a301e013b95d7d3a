"""Generated requests and calls: the same in every run, and a document that says something else than the venue is found out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from dataclasses import replace

import pytest

from spotwire_contract.fuzz import NOW, Fuzzed
from spotwire_contract.methods import Driven
from spotwire_contract.spec import Node, Operation, Parameter, operations
from spotwire_sim import SimulatedVenue, simulate

Altered = Callable[[Operation], Operation]

PRINTED = """
import hashlib, json
from msgspec.structs import asdict
from spotwire_contract.fuzz import NOW, Fuzzed
from spotwire_contract.spec import operations
from spotwire_sim import simulate

for venue, names in {"mexc": ("klines",), "bitunix": ("placeOrders",), "coinw": ("withdraw",)}.items():
    with simulate(venue, dialect="strict", now=lambda: NOW, limits=False) as simulated:
        for operation in operations(venue):
            if operation.id in names:
                sent = Fuzzed(operation, simulated).run().sent
                seen = [json.loads(json.dumps(asdict(request), default=str)) for request in simulated.requests]
                for request in seen:
                    del request["headers"]["host"], request["headers"]["x-schemathesis-testcaseid"]
                print(venue, operation.id, sent, hashlib.sha256(repr(seen).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def mexc() -> Generator[SimulatedVenue]:
    with simulate("mexc", dialect="strict", now=lambda: NOW, limits=False) as venue:
        yield venue


@pytest.fixture(scope="module")
def usual() -> Generator[SimulatedVenue]:
    with simulate("mexc", limits=False) as venue:
        yield venue


def test_run_is_the_same_as_the_one_before() -> None:
    """Two processes send the same bytes, signatures included, and get the same verdicts."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert 3 == len(runs[0].splitlines())
    assert runs[0] == runs[1]


def operation(name: str) -> Operation:
    return next(operation for operation in operations("mexc") if operation.id == name)


def with_schema(operation: Operation, wire: str, **changed: object) -> Operation:
    def altered(parameter: Parameter) -> Parameter:
        schema: Node = {**parameter.schema, **changed}
        return replace(parameter, schema=schema) if parameter.wire == wire else parameter

    return replace(operation, parameters=tuple(map(altered, operation.parameters)))


def without(operation: Operation, wire: str) -> Operation:
    return replace(operation, parameters=tuple(p for p in operation.parameters if p.wire != wire))


def not_required(operation: Operation) -> Operation:
    return replace(operation, parameters=tuple(replace(p, required=False) for p in operation.parameters))


def reordered(operation: Operation) -> Operation:
    return replace(operation, parameters=operation.parameters[::-1])


def renamed(operation: Operation) -> Operation:
    return replace(operation, parameters=tuple(replace(p, wire=p.wire.upper()) for p in operation.parameters))


def another_answer(operation: Operation) -> Operation:
    return replace(operation, answer={"type": "array", "items": {"type": "object"}})


def numbers_as_text(operation: Operation) -> Operation:
    return with_schema(operation, "limit", type="string")


@pytest.mark.parametrize(
    ("alter", "kind"),
    [
        (lambda o: with_schema(o, "limit", maximum=5), "accepted"),
        (lambda o: without(o, "endTime"), "accepted"),
        (not_required, "refused"),
        (lambda o: with_schema(o, "interval", enum=["2m"]), "accepted"),
        (another_answer, "wrong-type"),
    ],
)
def test_document_that_differs_from_the_venue_is_found_out(alter: Altered, kind: str, mexc: SimulatedVenue) -> None:
    """Where the document is stricter, laxer or of another opinion about the answer, some request shows it."""
    found = Fuzzed(alter(operation("klines")), mexc).run().notes.findings

    assert kind in {finding.kind for finding in found}


@pytest.mark.parametrize(
    ("alter", "kind"),
    [
        (lambda o: with_schema(o, "limit", maximum=5), "accepted"),
        (lambda o: with_schema(o, "limit", maximum=10_000), "client-refuses"),
        (not_required, "crash"),
        (reordered, "request"),
        (renamed, "request"),
        (numbers_as_text, "client-refuses"),
        (lambda o: without(o, "limit"), ""),
    ],
)
def test_document_that_differs_from_the_client_is_found_out(alter: Altered, kind: str, usual: SimulatedVenue) -> None:
    """A call shows where the client sends another order or name, or has other bounds; an argument it leaves out is no fault."""
    found = Driven(alter(operation("orderBook")), usual).run().notes.findings

    assert ({kind} if kind else set()) <= {finding.kind for finding in found}
    assert bool(kind) == bool(found)


def test_finding_is_kept_once(mexc: SimulatedVenue) -> None:
    """The first findings say enough: a broken operation does not fill the report."""
    found = Fuzzed(another_answer(operation("klines")), mexc).run().notes.findings

    assert 5 >= len(found)
    assert len(found) == len(set(found))
