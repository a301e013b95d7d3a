"""What users install: the built wheel, in a clean environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRADE = """
import sys
from decimal import Decimal
from importlib import import_module
from spotwire_sim import simulate
from spotwire.mexc import Mexc, OrderType, Side

with simulate("mexc") as venue, Mexc(auth=venue.auth, base_url=venue.url) as mexc:
    ack = mexc.trade.place_order("BTCUSDT", Side.BUY, OrderType.LIMIT, quantity=Decimal("0.5"), price=Decimal("11"))
    print(mexc.trade.order("BTCUSDT", order_id=ack.order_id).status)
print(*sorted(name for name in ("generator", "tests", "examples", "jinja2", "schemathesis") if _importable(name)))
"""
IMPORTABLE = """
def _importable(name):
    from importlib.util import find_spec
    return find_spec(name) is not None
"""


@pytest.mark.package
@pytest.mark.filterwarnings("ignore")
def test_wheel_trades_in_a_clean_environment(tmp_path: Path) -> None:
    """The wheel brings clients, hooks, core, simulator, specs and the command, and nothing of the workshop."""
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path), cwd=ROOT)
    [wheel] = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[cli,sim]", cwd=tmp_path)

    printed = _run(python, "-W", "error", "-c", IMPORTABLE + TRADE, cwd=tmp_path)

    assert ["NEW", ""] == printed.splitlines()
    listed = _run(python.with_name("spotwire"), "operations", cwd=tmp_path)
    assert _run(Path(sys.executable).with_name("spotwire"), "operations", cwd=ROOT) == listed


def _run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout
