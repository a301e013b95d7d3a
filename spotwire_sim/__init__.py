"""Simulated venues: real HTTP servers on loopback, in this process, that behave like the exchanges they stand for."""

from spotwire_sim.server import SimulatedVenue, simulate
from spotwire_sim.venue import Received

__all__ = ["Received", "SimulatedVenue", "simulate"]
