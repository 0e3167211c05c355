"""What came out, for people and for machines: medians with the least and the most, and how contenders compare."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.poll.measure import ADD, COLD, PHASES, START, UNCHANGED, Run

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cold": (COLD,),
    "unchanged": (UNCHANGED,),
    "start, add, cold": (START, ADD, COLD),
    "add": (ADD,),
}
"""CPU for each feed, by the phases that a column adds up."""
COMPARED = ("cold", "unchanged", "start, add, cold")


@dataclass(frozen=True, slots=True)
class Spread:
    """A value over the rounds."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        digits = 0 if self.median >= 100 else 2
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}-{self.most:.{digits}f})"


@dataclass(frozen=True, slots=True)
class Measured:
    """The runs of each round, contenders in the same order, with the site they polled."""

    rounds: Sequence[Sequence[Run]]
    feeds: int
    entries_each: int
    mean_bytes: int
    hosts: int

    @property
    def names(self) -> Sequence[str]:
        return [run.contender for run in self.rounds[0]]

    def each_feed(self, name: str, *phases: str) -> Spread:
        """CPU milliseconds for each feed."""
        return spread([run.milliseconds(*phases) / self.feeds for run in self.runs(name)])

    def start(self, name: str) -> Spread:
        """CPU milliseconds of a process until its database is there."""
        return spread([run.milliseconds(START) for run in self.runs(name)])

    def ratio(self, name: str, to: str, *phases: str) -> Spread:
        """How often `to` goes into `name`, compared within each round."""
        pairs = zip(self.runs(name), self.runs(to), strict=True)
        return spread([one.milliseconds(*phases) / other.milliseconds(*phases) for one, other in pairs])

    def in_children(self, name: str, phase: str) -> Spread:
        """CPU milliseconds for each feed that processes took which the contender had started."""
        return spread([run.phases[phase].children * 1000 / self.feeds for run in self.runs(name)])

    def runs(self, name: str) -> Sequence[Run]:
        return [run for runs in self.rounds for run in runs if run.contender == name]


def spread(values: Sequence[float]) -> Spread:
    return Spread(median(values), min(values), max(values))


def as_lines(measured: Measured, peer: str | None) -> Iterator[str]:
    """The report. With a peer, a line for how much more CPU it takes than each of the others."""
    yield (
        f"{measured.feeds} feeds of {measured.entries_each} entries, {measured.mean_bytes / 1000:.1f} kB on average, "
        f"on {measured.hosts} hosts"
    )
    yield f"CPU milliseconds for each feed, whole process tree; median (least-most) of {len(measured.rounds)} rounds"
    yield ""
    yield from _table(
        [["", *COLUMNS, "start, not divided", "stored", "304"], *(_row(measured, name) for name in measured.names)]
    )
    if peer is not None:
        yield ""
        yield from _table(
            [f"{peer} / {name}", *(str(measured.ratio(peer, name, *COLUMNS[column])) for column in COMPARED)]
            for name in measured.names
            if name != peer
        )


def as_object(measured: Measured, peer: str | None) -> Mapping[str, Any]:
    """The same as one JSON object; a spread is [median, least, most]."""
    return {
        "feeds": measured.feeds,
        "entries_each": measured.entries_each,
        "mean_bytes": measured.mean_bytes,
        "hosts": measured.hosts,
        "rounds": len(measured.rounds),
        "contenders": {name: _object(measured, name) for name in measured.names},
        "ratios": {
            name: {column: _listed(measured.ratio(peer, name, *COLUMNS[column])) for column in COMPARED}
            for name in measured.names
            if peer is not None and name != peer
        },
    }


def _row(measured: Measured, name: str) -> Sequence[str]:
    last = measured.runs(name)[-1]  # all runs were held to the same counts
    return [
        name,
        *(str(measured.each_feed(name, *phases)) for phases in COLUMNS.values()),
        str(measured.start(name)),
        str(last.entries),
        str(last.statuses[304]),
    ]


def _table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as they have to be, the first to the left, the others to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "   ".join([first.ljust(widths[0]), *cells]).rstrip()


def _object(measured: Measured, name: str) -> Mapping[str, Any]:
    last = measured.runs(name)[-1]
    return {
        "cpu_ms_per_feed": {column: _listed(measured.each_feed(name, *phases)) for column, phases in COLUMNS.items()},
        "in_children_ms_per_feed": {phase: _listed(measured.in_children(name, phase)) for phase in PHASES},
        "start_ms": _listed(measured.start(name)),
        "entries": last.entries,
        "statuses": {str(status): count for status, count in sorted(last.statuses.items())},
    }


def _listed(value: Spread) -> Sequence[float]:
    return [round(figure, 4) for figure in (value.median, value.least, value.most)]
