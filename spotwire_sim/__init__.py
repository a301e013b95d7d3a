"""Simulated venues: real HTTP servers on loopback, in this process, that behave like the exchanges they stand for.

Importing this package costs next to nothing: the server and what it needs are imported when a name is first used.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spotwire_sim.faults import Fault
    from spotwire_sim.server import SimulatedVenue, simulate
    from spotwire_sim.streams.faults import StreamFault
    from spotwire_sim.streams.hub import StreamTimes
    from spotwire_sim.venue import Received

__all__ = ["Fault", "Received", "SimulatedVenue", "StreamFault", "StreamTimes", "simulate", "venues"]

_MODULES = {
    "Fault": "faults",
    "Received": "venue",
    "SimulatedVenue": "server",
    "StreamFault": "streams.faults",
    "StreamTimes": "streams.hub",
    "simulate": "server",
}


def venues() -> list[str]:
    """List the venues that can be simulated."""
    names = (module.name for module in iter_modules([str(Path(__file__).parent / "faces")]))
    return sorted(name for name in names if not name.endswith("_streams"))


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{_MODULES[name]}")
    except ModuleNotFoundError as missing:
        if not str(missing.name).startswith(__name__):
            missing.add_note('The simulated venues are an extra: pip install "spotwire[sim]"')
        raise
    return getattr(module, name)


def __dir__() -> list[str]:
    return __all__
