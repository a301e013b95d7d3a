"""Check the simulated venue and the generated client against the document, with generated requests and calls."""

from collections.abc import Iterator

from spotwire_contract.findings import Checked
from spotwire_contract.fuzz import NOW, Fuzzed
from spotwire_contract.methods import Driven
from spotwire_contract.spec import operations
from spotwire_sim import simulate


def check_simulated(venue: str) -> Iterator[Checked]:
    """Give what was found, operation by operation.

    Requests go to a venue whose clock stands still and that refuses with 4xx, calls of the client's methods to one that
    behaves as usual; neither counts them.
    """
    still = simulate(venue, dialect="strict", now=lambda: NOW, limits=False)
    usual = simulate(venue, limits=False)
    with still, usual:
        for operation in operations(venue):
            fuzzed, driven = Fuzzed(operation, still).run(), Driven(operation, usual).run()
            yield Checked(operation.id, fuzzed.sent + driven.called, [*fuzzed.notes.findings, *driven.notes.findings])
