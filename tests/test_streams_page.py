"""The code in docs/streams.md runs as it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "streams.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
PRINTED = (
    r"BTCUSDT True True\n2\n",
    r"\w+\nBTCUSDT\n",
    r"Connected\(\)\nDisconnected\(reason='.*'\)\nfrom here on something may be missing: .*\nReconnected\(.*\)\n",
    r"True True False False\n",
)


@pytest.mark.parametrize(("block", "printed"), list(zip(BLOCKS, PRINTED, strict=True)))
def test_example_prints_what_it_says(block: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """On the simulated venue, which trades with itself."""
    exec(compile(block, PAGE.name, "exec"), {"__name__": "__main__"})

    assert re.fullmatch(printed, capsys.readouterr().out)
