"""Hold what the consumers were given against what the venue made and sent, and print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from soak.process import Memory
from soak.streams.diary import Diary, Line, Party
from soak.streams.keys import key_of_row
from soak.streams.traffic import Run
from soak.streams.venue import Books, Pushed
from soak.streams.weather import UNREADABLE, WITHOUT_NUMBER
from spotwire import ClientClosed, Connected, Disconnected, Dropped, Gap, Notice, Reconnected, Unreadable

GROWN = Memory(mib=32, objects=1_000)
"""How much the process may gain after the first fifth of the run: what the run writes down and a message of 16 MiB that is under
way; and so many objects, with FOR_A_FAULT more for each fault, which every consumer writes down with a notice or two."""

FOR_A_FAULT = 40

AROUND = 6
"""Items of a diary that are printed before and after an offence."""

Kind = type[Notice]
CAUSES: frozenset[Kind] = frozenset({Disconnected, Gap, Dropped})
"""The notices of which one must tell of a missing event. Which event a swallowed frame held is not in the venue's record, so a Gap
may tell of each; Unreadable tells of one that arrived so."""


@dataclass
class Judged:
    """One consumer: what it was given, and its offences by kind; all must be empty.

    Missing is what it was not given of what was produced: `announced` by a notice, or `superseded` by a snapshot that a
    connection brought after it had taken over, as its first of that channel: then it cannot be told from a quiet market.
    """

    diary: Diary
    produced: int = 0
    seen: int = 0
    missing: int = 0
    announced: int = 0
    superseded: int = 0
    late: int = 0
    offences: dict[str, list[str]] = field(
        default_factory=lambda: {kind: [] for kind in ("twice", "order", "invented", "unannounced", "ended")}
    )

    @property
    def notices(self) -> Counter[str]:
        """How many notices of each kind came."""
        return Counter(type(item).__name__ for item in self.diary.items if isinstance(item, Notice))


@dataclass
class Verdict:
    """All consumers, and the offences of the run; all must be empty."""

    run: Run
    consumers: list[Judged]
    offences: dict[str, list[str]]
    gaps: int
    """Frames that clients said were missing."""
    takeovers: int

    @property
    def clean(self) -> bool:
        """Whether there is no offence."""
        return not any(self.offences.values()) and not any(any(one.offences.values()) for one in self.consumers)


def judge(run: Run) -> Verdict:
    """Look for everything that may not happen."""
    books = run.books
    assert books is not None
    arrivals = {party.name: Arrivals(party, books) for party in run.parties}
    consumers = [_judged(diary, run, arrivals[party.name]) for party in run.parties for diary in party.diaries]
    return Verdict(
        run,
        consumers,
        {
            "frames": [offence for one in arrivals.values() for offence in one.offences()],
            "logged": run.logged,
            "left open": run.left,
            "memory": _grown(run, books),
            "stale": _stale(run),
            "idle": [] if books.faults else ["nothing went wrong"],
        },
        sum(_missing(one.heard_gaps) for one in arrivals.values()),
        sum(line.took_over for party in run.parties for line in party.lines),
    )


def _grown(run: Run, books: Books) -> list[str]:
    grown, faults = run.grown, books.faults.total()
    if grown.mib <= GROWN.mib and grown.objects <= GROWN.objects + FOR_A_FAULT * faults:
        return []
    return [f"{grown.mib:.1f} MiB and {grown.objects} objects more after {faults} faults"]


def _stale(run: Run) -> list[str]:
    return [
        f"{diary.name}: the last event is {diary.newest}, the venue's {run.newest.get(diary.channel)}"
        for party in run.parties
        for diary in party.diaries
        if diary.newest != run.newest.get(diary.channel)
    ]


# What arrived at a client


class Arrivals:
    """The frames of a client's connections, as the venue sent them and as they arrived."""

    def __init__(self, party: Party, books: Books) -> None:
        self._party = party
        self._books = books
        self.rows = {line: self._arrived(line) for line in party.lines if line.sid}
        self.heard_gaps = Counter((one.expected, one.got) for one in party.heard if isinstance(one, Gap))

    def _arrived(self, line: Line) -> list[Pushed]:
        """Return what of a session arrived: all until something is left over. Raises nothing; `offences` looks for holes."""
        sent, rows = iter(self._books.sent[line.sid]), []
        for crc in line.arrived:
            for row in sent:
                rows.append(row)
                if row.crc == crc and row.fault != "binary_frame":
                    break
        return rows

    def offences(self) -> list[str]:
        """Say what is wrong between socket and client, and in what the client told of the frames."""
        found = [
            f"{self._party.name}, session {line.sid}: other frames arrived than were sent"
            for line, rows in self.rows.items()
            if line.arrived != [row.crc for row in rows if row.fault != "binary_frame"]
        ]
        served = [rows for line, rows in self.rows.items() if line.served]
        told, true = self.heard_gaps, Counter(gap for rows in served for gap in _gaps(rows))
        if told != true:
            found.append(
                f"{self._party.name}: gaps not told {dict(true - told)}, told and not there {dict(told - true)}"
            )
        unread = sum(isinstance(one, Unreadable) for one in self._party.heard)
        least = sum(row.fault in UNREADABLE for rows in served for row in rows)
        if not least <= unread <= least + self._perhaps():
            found.append(f"{self._party.name}: {unread} frames were said to be unreadable, {least} were")
        return found

    def _perhaps(self) -> int:
        """Count binary frames that were the last to arrive, if they did."""
        return sum(
            row.fault == "binary_frame"
            for line, rows in self.rows.items()
            for row in self._books.sent[line.sid][len(rows) :]
        )

    def first_after_takeover(self, channel: str) -> Iterator[Pushed]:
        """Return what connections brought first of a channel of which they brought nothing before they took over."""
        for line, rows in self.rows.items():
            place, row = next(((at, row) for at, row in enumerate(rows) if row.channel == channel), (0, None))
            if row is not None and line.took_over and place >= line.ahead:
                yield row

    def story(self, channel: str, number: int) -> str:
        """Say on which connections an event was sent, and what became of it there."""
        found = [
            f"session {line.sid[:4]}, frame {row.sequence} {row.fault}, "
            + (f"arrived{' before it took over' * (place < line.ahead)}" if place < len(rows) else "did not arrive")
            + ("" if line.served else ", on a connection that never counted")
            for line, rows in self.rows.items()
            for place, row in enumerate(self._books.sent[line.sid])
            if (row.channel, row.number) == (channel, number)
        ]
        return f"event {number} of {channel}: {'; '.join(found) or 'not sent'}"

    def pushes(self, channel: str) -> Iterator[tuple[Pushed, bool]]:
        """Return the pushes of a channel that were sent, and whether they arrived on a connection that counts."""
        for line, rows in self.rows.items():
            for place, row in enumerate(self._books.sent[line.sid]):
                if row.channel == channel:
                    yield row, line.served and place < len(rows)


def _gaps(rows: Sequence[Pushed]) -> Iterator[tuple[int, int]]:
    """Say where the numbers of frames do not follow each other."""
    expected: int | None = None
    for row in rows:
        if row.sequence is None or row.fault in WITHOUT_NUMBER:
            continue
        if expected is not None and row.sequence != expected:
            yield expected, row.sequence
        if expected is None or row.sequence >= expected:
            expected = row.sequence + 1


def _missing(gaps: Counter[tuple[int, int]]) -> int:
    return sum((got - expected) * times for (expected, got), times in gaps.items() if got > expected)


# What a consumer was given


def _judged(diary: Diary, run: Run, arrivals: Arrivals) -> Judged:
    assert run.books is not None
    judged = Judged(diary)
    if not isinstance(diary.ended, ClientClosed):
        judged.offences["ended"].append(f"{diary.ended!r}")
    rows = [key_of_row(row) for row in run.books.produced.get(diary.channel, [])]
    if diary.twin is not None:
        _compare(judged, diary.twin, rows)
    _Reader(judged, rows, run.books.trades.get(diary.channel), arrivals).read()
    return judged


def _compare(judged: Judged, twin: Diary, rows: list[int]) -> None:
    """Hold a consumer against the one that was given the same, from the first event on that was new to both."""
    both = {*judged.diary.items} & {*twin.items}
    first = next((key for key in rows if key in both), None)
    ours, theirs = _since(judged.diary.items, first), _since(twin.items, first)
    if judged.diary.plain:
        ours, theirs = _events(ours), _events(theirs)
    place = 0
    for at, item in enumerate(ours):
        if isinstance(item, Dropped) and item not in theirs[place : place + 1]:
            place += item.count
        elif item in theirs[place : place + 1]:
            place += 1
        else:
            judged.offences["order"].append(f"{twin.name} has {theirs[place : place + 1]}\n{_around(ours, at)}")
            return
    if place != len(theirs):
        judged.offences["unannounced"].append(f"{len(theirs) - place} items fewer than {twin.name}")


def _events(items: list[Any]) -> list[Any]:
    return [item for item in items if not isinstance(item, Notice)]


def _since(items: list[Any], first: int | None) -> list[Any]:
    return items if first is None else items[items.index(first) :]


class _Reader:
    """Reads a diary from its beginning.

    `top` is the place of the newest event so far, `told` what was announced since it, `told_late` what is announced after an
    event without a number. While `late` come the events of a frame that was overtaken, and announced to be missing.
    """

    def __init__(self, judged: Judged, rows: list[int], trades: list[int] | None, arrivals: Arrivals) -> None:
        self._judged = judged
        self._adds_up = trades is not None
        self._rows = rows if trades is None else trades
        self._new = len(self._rows) - len(rows)
        """The place of the first event that the venue recorded; a list of the past shows earlier ones."""
        self._places: dict[int, list[int]] = {}
        for place, key in enumerate(self._rows):
            self._places.setdefault(key, []).append(place)
        self._had_to_be_read: set[int] = set()
        self._without_number: set[int] = set()
        self._overtaken: set[int] = set()
        self._arrivals = arrivals
        self._unreadable: set[int] = set()
        self._supersedes: set[int] = set()
        self._learn(arrivals)
        self._top = -1
        self._seen: set[int] = set()
        self._told: set[Kind] = set()
        self._told_late: set[Kind] = set()
        self._late = False
        self._skipped: dict[int, tuple[set[Kind], int]] = {}
        self._replaced: set[int] = set()

    def _learn(self, arrivals: Arrivals) -> None:
        """Learn which events the client has read, and what may have become of the others."""
        channel = self._judged.diary.channel
        if not self._adds_up:
            self._supersedes = {row.number - 1 for row in arrivals.first_after_takeover(channel)}
        for row, arrived in arrivals.pushes(channel):
            places = [self._new + row.number - 1] if row.number else [self._places[key][0] for key in row.trades]
            if arrived:
                (self._unreadable if row.fault in UNREADABLE else self._had_to_be_read).update(places)
            if row.fault == "bare":
                self._without_number.update(places)
            if row.fault == "reorder":
                self._overtaken.update(places)

    def read(self) -> None:
        """Look at every item, and at what is missing in the end."""
        for at, item in enumerate(self._judged.diary.items):
            if isinstance(item, Notice):
                self._note(item)
            else:
                self._event(item, at)
        self._look_back()

    def _note(self, notice: Notice) -> None:
        self._late = isinstance(notice, Gap) and notice.got < notice.expected
        if not self._late:
            kind = Disconnected if isinstance(notice, Reconnected) else type(notice)  # it ends what that began
            self._told.add(kind)
            self._told_late.add(kind)

    def _event(self, key: int, at: int) -> None:
        places = self._places.get(key, [])
        place = next((place for place in places if place > self._top), places[-1] if places else None)
        self._late = self._late and place in self._overtaken
        if place is None:
            self._offend("invented", at)
        elif place > self._top:
            skipped = range(self._top + 1, place) if self._top >= 0 else ()
            self._skipped.update(dict.fromkeys(skipped, (self._told, at)))
            self._replaced.update(skipped if place in self._supersedes else ())
            # What has no number shows no gap: the next frame does.
            self._told_late = self._told if place in self._without_number else set()
            self._top, self._told = place, {*self._told} if self._late else set()
        elif place in self._seen:
            # A new connection begins with the snapshot as it is; one without its channel is not known to be the same.
            again = place == self._top and (Disconnected in self._told or place in self._without_number)
            if self._adds_up or not again:
                self._offend("twice", at, self._story(place))
        elif self._adds_up and place in self._skipped:
            self._judged.late += 1
        else:
            self._offend("order", at)
        if place is not None:
            self._seen.add(place)
        if place != self._top:
            self._told_late = set()

    def _look_back(self) -> None:
        judged, diary = self._judged, self._judged.diary
        dropped = diary.twin is not None or any(isinstance(item, Dropped) for item in diary.items)
        first = min((place for place in self._seen if place >= self._new), default=len(self._rows))
        judged.produced = len(self._rows) - first
        judged.seen = sum(place >= first for place in self._seen)
        for place, (told, at) in self._skipped.items():
            if place in self._seen or place < first:
                continue
            judged.missing += 1
            causes = CAUSES | {Unreadable} if place in self._unreadable else CAUSES
            if diary.twin or told & causes:  # with a twin every item has been compared
                judged.announced += 1
            elif place in self._replaced:
                judged.superseded += 1
            else:
                self._offend("unannounced", at, f"{self._story(place)}\none of these must tell: {_names(causes)}")
            if self._adds_up and not dropped and place in self._had_to_be_read:
                self._offend("unannounced", at, f"{self._story(place)}\nit was not given")

    def _story(self, place: int) -> str:
        """Tell of an event and its neighbours."""
        number, channel = place - self._new + 1, self._judged.diary.channel
        return "\n".join(self._arrivals.story(channel, one) for one in range(max(number - 1, 1), number + 3))

    def _offend(self, kind: str, at: int, what: str = "") -> None:
        self._judged.offences[kind].append(f"{what}\n{_around(self._judged.diary.items, at)}".strip())


def _names(kinds: frozenset[Kind]) -> str:
    return ", ".join(sorted(kind.__name__ for kind in kinds))


def _around(items: list[Any], at: int) -> str:
    lines = [f"{'>' if place == at else ' '} {item}" for place, item in enumerate(items)]
    return "\n".join(lines[max(at - AROUND, 0) : at + AROUND + 1])


# Printing

NOTICES: tuple[Kind, ...] = (Connected, Disconnected, Reconnected, Gap, Dropped, Unreadable)
COLUMNS = (
    "consumer",
    "produced",
    "seen",
    "missing",
    "announced",
    "superseded",
    "late",
    *(kind.__name__ for kind in NOTICES),
)
ZEROS = ("twice", "order", "invented", "unannounced", "ended")


def table(verdict: Verdict) -> str:
    """Write one line a consumer, as Markdown, and one line about the run."""
    names = [*COLUMNS, *ZEROS]
    rows = [names, ["---" if name == "consumer" else "---:" for name in names], *map(_row, verdict.consumers)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + f"\n\n{_summary(verdict)}"


def _row(judged: Judged) -> list[str]:
    numbers = [judged.produced, judged.seen, judged.missing, judged.announced, judged.superseded, judged.late]
    numbers += [judged.notices[kind.__name__] for kind in NOTICES]
    return [
        judged.diary.name,
        *(f"{number:,}" for number in numbers),
        *(str(len(judged.offences[kind])) for kind in ZEROS),
    ]


def _summary(verdict: Verdict) -> str:
    run = verdict.run
    assert run.books is not None
    lines = sum(len(party.lines) for party in run.parties)
    zeros = ", ".join(f"{kind}: {len(found)}" for kind, found in verdict.offences.items())
    return (
        f"{sum(run.books.faults.values()):,} faults of {len(run.books.faults)} kinds, {lines} connections, "
        f"{verdict.takeovers} taken over in time, {verdict.gaps:,} frames told to be missing, "
        f"{run.grown.mib:+.1f} MiB and {run.grown.objects:+,} objects, {run.seconds:.0f} s; {zeros}"
    )


def offences(verdict: Verdict, seed: int) -> str:
    """Write the first offence of every kind with its story."""
    lines = [f"seed {seed}:"]
    for name, found in verdict.offences.items():
        lines += [f"  {name}: {len(found)}", f"    {found[0]}"] if found else []
    for judged in verdict.consumers:
        for kind, found in judged.offences.items():
            if found:
                story = found[0].replace("\n", "\n    ")
                lines += [f"  {judged.diary.name}, {kind}: {len(found)}", f"    {story}"]
    return "\n".join(lines)
