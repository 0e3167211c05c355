"""What finds spans in a zone: runs of words, phrases, loose phrases, nearness, and choices among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from worker.stages.query.document import Zone
from worker.stages.query.patterns import Anchors, Pattern, all_needed, any_needed
from worker.stages.query.spans import By, Span, chains, farther, merged, rows, windows


class Source(Protocol):
    def find(self, zone: Zone) -> list[Span]:
        """Every span that matches, sorted by start."""

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

    def find(self, zone: Zone) -> list[Span]:
        places = self._places(zone)
        length = len(self.patterns)
        return sorted(
            Span(place, place + length, "alias" if self.is_alias else by, self.term)
            for place, by in places.items()
            if not self.signs or self._has_signs(zone, place)
        )

    def anchors(self) -> Anchors:
        return all_needed(pattern.anchors() for pattern in self.patterns)

    def _places(self, zone: Zone) -> dict[int, By]:
        found = self.patterns[0].places(zone)
        for step, pattern in enumerate(self.patterns[1:], start=1):
            if not found:
                break
            here = pattern.places(zone)
            found = {at: farther(by, here[at + step]) for at, by in found.items() if at + step in here}
        return found

    def _has_signs(self, zone: Zone, place: int) -> bool:
        start = zone.words[place].start
        return zone.text[start : start + len(self.signs)].casefold() == self.signs.casefold()


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of its sources; a place that several find is told in the way of the first."""

    sources: tuple[Source, ...]

    def find(self, zone: Zone) -> list[Span]:
        if len(self.sources) == 1:
            return self.sources[0].find(zone)
        return merged([source.find(zone) for source in self.sources])

    def anchors(self) -> Anchors:
        return any_needed(source.anchors() for source in self.sources)


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase: its parts directly behind each other."""

    parts: tuple[Source, ...]
    term: str

    def find(self, zone: Zone) -> list[Span]:
        found = _all_found(self.parts, zone)
        return rows(found, self.term) if found else []

    def anchors(self) -> Anchors:
        return all_needed(part.anchors() for part in self.parts)


@dataclass(frozen=True, slots=True)
class Window:
    """A loose phrase: its parts, each as often as its number says, with few other words `between` them."""

    parts: tuple[tuple[Source, int], ...]
    between: int
    term: str

    def find(self, zone: Zone) -> list[Span]:
        found = _all_found([part for part, _ in self.parts], zone)
        counts = (count for _, count in self.parts)
        return windows(list(zip(found, counts, strict=True)), self.between, self.term) if found else []

    def anchors(self) -> Anchors:
        return all_needed(part.anchors() for part, _ in self.parts)


@dataclass(frozen=True, slots=True)
class Chain:
    """NEAR: each operand at most its distance from the one before it."""

    operands: tuple[Source, ...]
    distances: tuple[int, ...]

    def find(self, zone: Zone) -> list[Span]:
        found = _all_found(self.operands, zone)
        return chains(found, self.distances) if found else []

    def anchors(self) -> Anchors:
        return all_needed(operand.anchors() for operand in self.operands)


def _all_found(sources: Sequence[Source], zone: Zone) -> list[list[Span]]:
    """The spans of every source, or [] as soon as one has none."""
    found: list[list[Span]] = []
    for source in sources:
        spans = source.find(zone)
        if not spans:
            return []
        found.append(spans)
    return found
