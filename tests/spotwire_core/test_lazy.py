"""Packages import their modules when a name is first used."""

import subprocess
import sys

import pytest

from spotwire_core.lazy import lazy_names


def test_name_is_imported_when_used() -> None:
    """A name comes from the module that the table gives, relative to the package."""
    get, names = lazy_names("spotwire_core", {"Secret": ".secret", "Decimal": "decimal"})

    assert "spotwire_core.secret" == get("Secret").__module__
    assert "Decimal" == get("Decimal").__name__
    assert ["Decimal", "Secret"] == names()


def test_unknown_name_is_an_attribute_error() -> None:
    """A name that is not in the table fails as it does in any module."""
    get, _ = lazy_names("spotwire_core", {})

    with pytest.raises(AttributeError, match="module 'spotwire_core' has no attribute 'Nothing'"):
        get("Nothing")


def test_import_of_a_venue_loads_no_http_library() -> None:
    """`import spotwire.mexc` and even a client cost neither httpx nor the models."""
    code = (
        "import sys, spotwire.mexc as m; c = m.Mexc(); c.close();"
        "print(sorted({'httpx', 'httpcore', 'spotwire.mexc.models.trade'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == done.stdout.strip()
