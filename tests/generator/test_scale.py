"""A document of any size is generated in time that grows with it, not with its square."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from generator.from_openapi import read_venue
from generator.load import load
from generator.render import render_page, render_venue
from generator.rules import Rules

ROOT = Path(__file__).resolve().parents[2]
SMALLEST = Path(__file__).parent / "cases/minimal"


def written(folder: Path, operations: int, schemas: int) -> Path:
    """Write a venue with many operations, and schemas that refer to each other in rings of five."""
    document: dict[str, Any] = load(SMALLEST / "spec.yaml", "spec.yaml").data
    (original,) = document["paths"].values()
    time = document["components"]["schemas"].pop("Time")
    for number in range(schemas):
        schema = copy.deepcopy(time)
        schema["properties"]["next"] = {"$ref": f"#/components/schemas/Time{ring(number, schemas)}"}
        document["components"]["schemas"][f"Time{number}"] = schema
    document["paths"] = {}
    (folder / "demo/examples").mkdir(parents=True)
    for number in range(operations):
        operation = copy.deepcopy(original["get"])
        operation["operationId"] = f"time{number}"
        answer = operation["responses"]["200"]["content"]["application/json"]
        answer["schema"] = {"$ref": f"#/components/schemas/Time{number * schemas // operations}"}
        answer["examples"] = {"documented": {"externalValue": f"examples/time{number}.json"}}
        document["paths"][f"/time{number}"] = {"get": operation}
        (folder / f"demo/examples/time{number}.json").write_text('{"now": 1}')
    path = folder / "demo/openapi.yaml"
    path.write_text(json.dumps(document, indent=1))
    return path


def ring(number: int, schemas: int) -> int:
    first = number // 5 * 5
    return first + (number - first + 1) % min(5, schemas - first)


def generated(path: Path, operations: int) -> dict[str, str]:
    document = load(path, "openapi.yaml")
    found = Rules(json.loads((ROOT / "specs/extensions.schema.json").read_bytes())).check(document)

    assert [] == found

    words = {f"time{number}": "The clock." for number in range(operations)}
    venue = read_venue(document, {"market": words, "trade": {}, "account": {}, "wallet": {}})
    return {**render_venue(venue), "page": render_page(venue)}


def calls(path: Path, operations: int) -> int:
    """Count the calls of Python functions that a generation takes, comprehensions and generators included."""
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        generated(path, operations)
    finally:
        sys.setprofile(before)
    return count


def test_work_grows_with_the_document(tmp_path: Path) -> None:
    """J8: twice the operations and schemas take twice the calls, not four times as many."""
    generated(written(tmp_path / "warm", 1, 1), 1)
    once = calls(written(tmp_path / "once", 50, 250), 50)
    twice = calls(written(tmp_path / "twice", 100, 500), 100)

    assert twice / once < 2.3, f"{once} calls for 50 operations, {twice} for 100"


@pytest.mark.parametrize("operations", [1000])
def test_large_document_is_generated(operations: int, tmp_path: Path) -> None:
    """J8: a thousand operations and five thousand schemas pass through memory in one go."""
    files = generated(written(tmp_path, operations, 5000), operations)

    assert operations * 2 == files["spotwire/demo/api/market.py"].count("    def time") + files[
        "spotwire/demo/api/market.py"
    ].count("    async def time")
    assert 5000 == files["spotwire/demo/models/market.py"].count("\nclass Time")
