"""openapi-python-client's output for the real MEXC document, made anew in a temporary folder, with decimals patched in."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import yaml

DOCUMENT = Path(__file__).resolve().parent.parent / "specs/mexc/openapi.yaml"
PACKAGE = "spotwire_bench_openapi_client"

_GENERATE = "from openapi_python_client.cli import app; app()"


class OpenapiClient:
    """What the generated package does with the bytes of an answer."""

    def model(self, name: str) -> Callable[[bytes], Any]:
        """Return orjson and then `from_dict`."""
        from_dict = getattr(importlib.import_module(f"{PACKAGE}.models"), name).from_dict
        return lambda body: from_dict(orjson.loads(body))

    def models(self, name: str) -> Callable[[bytes], Any]:
        """Return the same for a list."""
        from_dict = getattr(importlib.import_module(f"{PACKAGE}.models"), name).from_dict
        return lambda body: [from_dict(item) for item in orjson.loads(body)]

    def operation(self, module: str) -> Callable[[bytes], Any]:
        """Return what the generated function of an operation does with a 200, for answers without a model."""
        parse = importlib.import_module(f"{PACKAGE}.api.{module}")._parse_response
        return lambda body: parse(
            client=None, response=SimpleNamespace(status_code=200, json=lambda: orjson.loads(body))
        )


@contextmanager
def generated(decimals: set[str]) -> Generator[OpenapiClient]:
    """Generate the package; its members of these wire names become Decimal."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "openapi.yaml")
        document.write_text(yaml.safe_dump(_digestible(yaml.safe_load(DOCUMENT.read_text(encoding="utf-8")))))
        package = Path(folder, PACKAGE)
        command = [sys.executable, "-c", _GENERATE, "generate", "--meta", "none"]
        command += ["--path", str(document), "--output-path", str(package)]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        for path in package.rglob("*.py"):
            path.write_text(_patched(path.read_text(encoding="utf-8"), decimals), encoding="utf-8")
        sys.path.insert(0, folder)
        try:
            yield OpenapiClient()
        finally:
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
                del sys.modules[name]


def _digestible(document: dict[str, Any]) -> dict[str, Any]:
    """Drop what the generator chokes on: enums of texts and numbers mixed."""
    for schema in document["components"]["schemas"].values():
        if isinstance(schema.get("type"), list):
            schema.pop("enum", None)
    return document


def _patched(source: str, decimals: set[str]) -> str:
    wire = "|".join(sorted(decimals))
    source, plain = re.subn(rf'= (d\.pop\("(?:{wire})"\))', r"= Decimal(\1)", source)
    source, nullable = re.subn(
        rf'return cast\(None \| str[^,]*, data\)(\s+\w+ = _parse_\w+\(d\.pop\("(?:{wire})")',
        r"return Decimal(data) if data else None\1",
        source,
    )
    source, members = re.subn(
        r"(def _parse_\w+_item\(data: object\) -> [^:]*str:\n\s+)return cast\([^,]*, data\)",
        r"\1return Decimal(data) if isinstance(data, str) else data",
        source,
    )
    if plain + nullable + members:
        source = source.replace("from typing import", "from decimal import Decimal\nfrom typing import", 1)
    return source
