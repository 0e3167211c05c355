"""What finds spans in a zone: runs of words, phrases, loose phrases, nearness, and choices among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from worker.stages.query.document import Zone
from worker.stages.query.patterns import Anchors, Pattern, all_needed, any_needed
from worker.stages.query.spans import (
    NOWHERE,
    By,
    Span,
    Starts,
    anywhere,
    chains,
    either,
    farther,
    first_places,
    has_window,
    merged,
    near_to,
    places_in,
    rows,
    set_of,
    window_starts,
    windows,
)

_BEGINNINGS = (16, 128)  # of loose phrases, that are looked at to show a few of them; more only if there are too few


class Source(Protocol):
    def holds(self, zone: Zone) -> bool:
        """Does any span match?"""

    def starts(self, zone: Zone) -> Starts:
        """Every span that matches."""

    def spans(self, zone: Zone, within: Starts | None, most: int) -> list[Span]:
        """The first spans that match, sorted by start, so many of each term; with `within`, of these spans alone."""

    def spans_at(self, zone: Zone, place: int) -> list[Span]:
        """The spans that match and start at this place."""

    def anchors(self) -> Anchors: ...


@dataclass(frozen=True, slots=True)
class Run:
    """Words directly behind each other: one word, a hyphenated one, an alias, a word of Chinese characters.

    `signs`: the text as written when signs are part of it (C++, AT&T), which must then stand in the article too.
    """

    patterns: tuple[Pattern, ...]
    term: str
    signs: str = ""
    is_alias: bool = False

    def __hash__(self) -> int:
        return hash(self.term)  # of all its parts it would take longer than to look for it

    def holds(self, zone: Zone) -> bool:
        return bool(self._members(zone))

    def starts(self, zone: Zone) -> Starts:
        members = self._members(zone)
        return {len(self.patterns): members} if members else NOWHERE

    def _members(self, zone: Zone) -> int:
        members = self.patterns[0].members(zone)
        if members and len(self.patterns) > 1:
            for step, pattern in enumerate(self.patterns[1:], start=1):
                members &= pattern.members(zone) >> step
        return members & zone.of_signs(self.signs) if members and self.signs else members

    def spans(self, zone: Zone, within: Starts | None, most: int) -> list[Span]:
        return _first_spans(self, zone, within, most)

    def spans_at(self, zone: Zone, place: int) -> list[Span]:
        end = place + len(self.patterns)
        if self.signs and not zone.of_signs(self.signs) >> place & 1:
            return []
        by: By = "exact"
        for at, pattern in enumerate(self.patterns, start=place):
            if not pattern.members(zone) >> at & 1:
                return []
            by = farther(by, pattern.by(zone, at))
        return [Span(place, end, "alias" if self.is_alias else by, self.term)]

    def anchors(self) -> Anchors:
        return all_needed(pattern.anchors() for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of its sources; a place that several find is told in the way of the first."""

    sources: tuple[Source, ...]

    def holds(self, zone: Zone) -> bool:
        for source in self.sources:  # noqa: SIM110 - a generator would take as long as what it asks
            if source.holds(zone):
                return True
        return False

    def starts(self, zone: Zone) -> Starts:
        return either(source.starts(zone) for source in self.sources)

    def spans(self, zone: Zone, within: Starts | None, most: int) -> list[Span]:
        return merged(source.spans(zone, within, most) for source in self.sources)

    def spans_at(self, zone: Zone, place: int) -> list[Span]:
        return merged(source.spans_at(zone, place) for source in self.sources)

    def anchors(self) -> Anchors:
        return any_needed(source.anchors() for source in self.sources)


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase: its parts directly behind each other."""

    parts: tuple[Source, ...]
    term: str

    def holds(self, zone: Zone) -> bool:
        return bool(self.starts(zone))

    def starts(self, zone: Zone) -> Starts:
        found = _all_starts(self.parts, zone)
        return rows(found) if found else NOWHERE

    def spans(self, zone: Zone, within: Starts | None, most: int) -> list[Span]:
        return _first_spans(self, zone, within, most)

    def spans_at(self, zone: Zone, place: int) -> list[Span]:
        reached: dict[int, By] = {place: "exact"}
        for part in self.parts:
            longer: dict[int, By] = {}
            for end, by in reached.items():
                for span in part.spans_at(zone, end):
                    longer.setdefault(span.end, farther(by, span.by))
            reached = longer
        return [Span(place, end, by, self.term) for end, by in sorted(reached.items())]

    def anchors(self) -> Anchors:
        return all_needed(part.anchors() for part in self.parts)


@dataclass(frozen=True, slots=True)
class Window:
    """A loose phrase: its parts, each as often as its number says, with few other words `between` them."""

    parts: tuple[tuple[Source, int], ...]
    between: int
    term: str

    def holds(self, zone: Zone) -> bool:
        found = self._found(zone)
        if not found or not window_starts(found, self.between):
            return False
        # Only of words with aliases of several lengths is it left open.
        return has_window(found, self.between) or bool(self._spans(zone, found, most=None))

    def starts(self, zone: Zone) -> Starts:
        spans = self._spans(zone, self._found(zone), most=None)
        return either({span.end - span.start: 1 << span.start} for span in spans)

    def spans(self, zone: Zone, within: Starts | None, most: int) -> list[Span]:
        found = self._found(zone)
        kept: list[Span] = []
        for beginnings in _BEGINNINGS:
            kept = [span for span in self._spans(zone, found, most=beginnings) if _is_among(span, within)]
            if len(kept) >= most:
                break
        return kept[:most]

    def spans_at(self, zone: Zone, place: int) -> list[Span]:
        return [span for span in self._spans(zone, self._found(zone), most=None) if span.start == place]

    def anchors(self) -> Anchors:
        return all_needed(part.anchors() for part, _ in self.parts)

    def _found(self, zone: Zone) -> list[tuple[Starts, int]]:
        found = _all_starts([part for part, _ in self.parts], zone)
        return [(starts, count) for starts, (_, count) in zip(found, self.parts, strict=False)]

    def _spans(self, zone: Zone, found: Sequence[tuple[Starts, int]], most: int | None) -> list[Span]:
        """All of them, or those that begin at the first places; only words near such places are looked at."""
        begins = window_starts(found, self.between) if found else 0
        if most is not None:
            begins = set_of(first_places(begins, most))
        width = self.between + sum(count * max(starts) for starts, count in found)
        parts = [
            (_spans_of(part, zone, near_to(starts, begins, width)), count)
            for (starts, count), (part, _) in zip(found, self.parts, strict=False)
        ]
        return windows(parts, self.between, self.term) if begins else []


@dataclass(frozen=True, slots=True)
class Chain:
    """NEAR: each operand at most its distance from the one before it."""

    operands: tuple[Source, ...]
    distances: tuple[int, ...]

    def holds(self, zone: Zone) -> bool:
        return bool(self.starts(zone))

    def starts(self, zone: Zone) -> Starts:
        return either(self._kept(zone))

    def spans(self, zone: Zone, within: Starts | None, most: int) -> list[Span]:
        kept = self._kept(zone)
        spans = merged(
            operand.spans(zone, kept_of, most) for operand, kept_of in zip(self.operands, kept, strict=False)
        )
        return [span for span in spans if _is_among(span, within)]

    def spans_at(self, zone: Zone, place: int) -> list[Span]:
        return merged(operand.spans_at(zone, place) for operand in self.operands)

    def anchors(self) -> Anchors:
        return all_needed(operand.anchors() for operand in self.operands)

    def _kept(self, zone: Zone) -> Sequence[Starts]:
        found = _all_starts(self.operands, zone)
        return chains(found, self.distances) if found else ()


def _all_starts(sources: Sequence[Source], zone: Zone) -> list[Starts]:
    """Where every source matches, or [] as soon as one does nowhere."""
    found: list[Starts] = []
    for source in sources:
        starts = source.starts(zone)
        if not starts:
            return []
        found.append(starts)
    return found


def _first_spans(source: Source, zone: Zone, within: Starts | None, most: int) -> list[Span]:
    """Each of the first places asked for its spans, so that the cost is that of what is shown."""
    starts = _shared(source.starts(zone), within)
    places = first_places(anywhere(starts), most)
    return [span for place in places for span in source.spans_at(zone, place) if _is_among(span, starts)]


def _is_among(span: Span, within: Starts | None) -> bool:
    return within is None or bool(within.get(span.end - span.start, 0) >> span.start & 1)


def _shared(starts: Starts, within: Starts | None) -> Starts:
    if within is None:
        return starts
    return {length: members & within.get(length, 0) for length, members in starts.items()}


def _spans_of(source: Source, zone: Zone, within: Starts) -> list[Span]:
    """Every span within these: in order, each place once."""
    places = places_in(anywhere(within))
    return [span for place in places for span in source.spans_at(zone, place) if _is_among(span, within)]
