"""One run: load, check, model, render, format, verify. Writes nothing itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator import write
from generator.from_asyncapi import read_streams
from generator.from_openapi import Vocabulary, read_venue
from generator.load import Document, Problem, Problems, load
from generator.model import Venue
from generator.names import Name
from generator.render import render_page, render_root, render_venue
from generator.rules import Rules, StreamExamples
from generator.verify import verify


class UnknownVenue(ValueError):
    """There is no such folder in specs/."""


@dataclass(frozen=True)
class Result:
    """What a run made, and what is there that it did not make."""

    root: Path
    venues: list[Venue]
    files: dict[str, str]
    orphans: list[str]

    def differences(self) -> list[str]:
        """Return a diff for each file that is not up to date."""
        return write.differences(self.root, self.files, self.orphans)

    def write(self) -> int:
        """Write the files and return how many changed."""
        return write.write(self.root, self.files, self.orphans)

    def summary(self) -> str:
        """Return a line for people."""
        operations = sum(len(venue.operations) for venue in self.venues)
        return f"{len(self.venues)} venue(s), {operations} operations, {len(self.files)} files"


def generate(root: Path, wanted: list[str]) -> Result:
    """Generate the wanted venues, all where none is named. Raises Problems with everything that is wrong."""
    known = sorted(path.parent.name for path in (root / "specs").glob("*/openapi.yaml"))
    for name in wanted:
        if name not in known:
            raise UnknownVenue(f"there is no specs/{name}/openapi.yaml; there is: {', '.join(known)}")
    names = [name for name in known if not wanted or name in wanted]
    venues = read_all(root, names)
    files = {f"generated/{path}": text for path, text in render_root([Name(name) for name in known]).items()}
    pages = {f"docs/venues/{venue.id}.md": render_page(venue) for venue in venues}
    for venue in venues:
        files.update({f"generated/{path}": text for path, text in render_venue(venue).items()})
    files = write.formatted({name: text for name, text in files.items() if name.endswith(".py")}) | {
        name: text for name, text in files.items() if not name.endswith(".py")
    }
    trouble = [trouble for name, text in files.items() if name.endswith(".py") for trouble in verify(name, text)]
    if trouble:
        raise RuntimeError("the templates made what generated code must not hold:\n" + "\n".join(trouble))
    folders = [f"generated/spotwire/{venue.id}" for venue in venues] if wanted else ["generated", "docs/venues"]
    files |= pages
    return Result(root, venues, files, write.leftovers(root, folders, files))


def read_all(root: Path, names: list[str]) -> list[Venue]:
    """Load and check documents and read them into the model."""
    extensions = json.loads((root / "specs/extensions.schema.json").read_bytes())
    vocabulary: Vocabulary = load(root / "specs/methods.yaml", "specs/methods.yaml").data
    rules = Rules(extensions)
    venues: list[Venue] = []
    found: list[Problem] = []
    for name in names:
        try:
            venues.append(
                _read_one(root / "specs" / name / "openapi.yaml", f"specs/{name}/openapi.yaml", rules, vocabulary)
            )
        except Problems as problems:
            found += problems.found
    if found:
        raise Problems(found)
    return venues


def _read_one(path: Path, shown: str, rules: Rules, vocabulary: Vocabulary) -> Venue:
    document: Document = load(path, shown)
    _raise(rules.check(document))
    venue = read_venue(document, vocabulary)
    beside = path.with_name("asyncapi.yaml")
    if not beside.is_file():
        return venue
    streams = load(beside, str(PurePosixPath(shown).with_name(beside.name)))
    _raise(rules.check_streams(streams, document))
    venue = read_streams(streams, document, venue, vocabulary)
    _raise(list(StreamExamples(streams, document).problems()))
    return venue


def _raise(found: list[Problem]) -> None:
    if found:
        raise Problems(sorted(set(found), key=lambda one: (one.file, one.line, one.column, one.message)))
