"""A compiled query: clauses that are asked of one prepared document at a time.

`holds` decides; `hits` (only of a clause that holds) says where; `missing` (only of one that does not) says why not,
in words that the compiler put there as `lack`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from worker.stages.query.dates import Span as Stretch
from worker.stages.query.document import PreparedDocument, Zone, field_key, language_key, letters_in_threes
from worker.stages.query.patterns import Anchors, all_needed, any_needed
from worker.stages.query.sources import Source
from worker.stages.query.spans import By, Span
from worker.stages.query.values import host_of, is_language, is_on_site

HITS_PER_TERM = 8  # the first ones: a receipt shows where, it does not count


@dataclass(frozen=True, slots=True)
class Hit:
    """What matched where: the query's `term` as written, and the article's words with their offsets in `field`.

    `field` is title, text, source, site, author, name, url or lang. Offsets count characters of that field's text; of
    several authors or names, of the one in which it was found.
    """

    term: str
    field: str
    start: int
    end: int
    found: str
    by: By


class Clause(Protocol):
    def holds(self, document: PreparedDocument) -> bool: ...

    def hits(self, document: PreparedDocument) -> Iterator[Hit]: ...

    def missing(self, document: PreparedDocument) -> str: ...

    def anchors(self) -> Anchors:
        """Sets of keys: of each, a document must have one for the clause to hold. Empty when it may hold without."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words, phrases or nearness in a field; "" is title and text."""

    field: str
    source: Source
    lack: str

    def holds(self, document: PreparedDocument) -> bool:
        if self.field:
            return any(map(self.source.holds, document.zones(self.field)))
        found = document.held.get(self.source)
        if found is None:
            found = document.held[self.source] = any(map(self.source.holds, document.zones("")))
        return found

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:
        asked = (self.field, self.source)
        if asked not in document.told:
            document.told[asked] = tuple(self._hits(document))
        return iter(document.told[asked])

    def _hits(self, document: PreparedDocument) -> Iterator[Hit]:
        told: Counter[str] = Counter()
        for zone in document.zones(self.field):
            for span in self.source.spans(zone, None, HITS_PER_TERM):
                told[span.term] += 1
                if told[span.term] <= HITS_PER_TERM:
                    yield _hit(zone, span)

    def missing(self, document: PreparedDocument) -> str:  # noqa: ARG002 - what is missing is the same everywhere
        return self.lack

    def anchors(self) -> Anchors:
        return in_field(self.field, self.source.anchors())


@dataclass(frozen=True, slots=True)
class NearWords:
    """NEAR, which fails in two ways: an operand is missing, or they are too far apart."""

    operands: tuple[Words, ...]
    distances: tuple[int, ...]
    together: Words

    def holds(self, document: PreparedDocument) -> bool:
        return self.together.holds(document)

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:
        return self.together.hits(document)

    def missing(self, document: PreparedDocument) -> str:
        for operand in self.operands:
            if not operand.holds(document):
                return operand.missing(document)
        return self.together.lack

    def anchors(self) -> Anchors:
        return self.together.anchors()


@dataclass(frozen=True, slots=True)
class Value:
    """A field that is compared whole: url:, lang: or site:."""

    field: str
    wanted: str
    text: str
    lack: str

    def holds(self, document: PreparedDocument) -> bool:
        if self.field == "lang":
            return is_language(document.document.language, self.wanted)
        if self.field == "site":
            return is_on_site(document.host, self.wanted)
        return self._place_in_url(document) >= 0

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:
        start, found = 0, document.host
        if self.field == "lang":
            found = document.document.language
        elif self.field == "url":
            start = self._place_in_url(document)
            found = document.document.url[start : start + len(self.wanted)]
        yield Hit(self.text, self.field, start, start + len(found), found, "value")

    def missing(self, document: PreparedDocument) -> str:  # noqa: ARG002 - the same everywhere
        return self.lack

    def anchors(self) -> Anchors:
        if self.field == "url":  # any part of an address, so it must have each three letters of it
            return in_field("url", tuple(frozenset([three]) for three in sorted(letters_in_threes(self.wanted))))
        key = host_of(self.wanted) if self.field == "site" else language_key(self.wanted)
        return in_field(self.field, (frozenset([key]),))

    def _place_in_url(self, document: PreparedDocument) -> int:
        return document.document.url.lower().find(self.wanted.lower())


@dataclass(frozen=True, slots=True)
class Published:
    """since:, until: or date:, asked of the article's time; one without a time is at no time."""

    field: str
    wanted: Stretch
    text: str
    lack: str

    def holds(self, document: PreparedDocument) -> bool:
        published = document.document.published
        return published is not None and self.wanted.holds(published)

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:
        published = document.document.published
        found = published.date().isoformat() if published else ""
        yield Hit(self.text, self.field, 0, len(found), found, "value")

    def missing(self, document: PreparedDocument) -> str:  # noqa: ARG002 - the same everywhere
        return self.lack

    def anchors(self) -> Anchors:
        return ()


@dataclass(frozen=True, slots=True)
class AllOf:
    clauses: tuple[Clause, ...]

    def holds(self, document: PreparedDocument) -> bool:
        for clause in self.clauses:  # noqa: SIM110 - a generator would take as long as what it asks
            if not clause.holds(document):
                return False
        return True

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:
        for clause in self.clauses:
            yield from clause.hits(document)

    def missing(self, document: PreparedDocument) -> str:
        return next(clause.missing(document) for clause in self.clauses if not clause.holds(document))

    def anchors(self) -> Anchors:
        return all_needed(clause.anchors() for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class AnyOf:
    clauses: tuple[Clause, ...]
    lack: str

    def holds(self, document: PreparedDocument) -> bool:
        for clause in self.clauses:  # noqa: SIM110 - a generator would take as long as what it asks
            if clause.holds(document):
                return True
        return False

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:
        for clause in self.clauses:
            if clause.holds(document):
                yield from clause.hits(document)

    def missing(self, document: PreparedDocument) -> str:  # noqa: ARG002 - all of it is missing
        return self.lack

    def anchors(self) -> Anchors:
        return any_needed(clause.anchors() for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Without:
    clause: Clause
    lack: str

    def holds(self, document: PreparedDocument) -> bool:
        return not self.clause.holds(document)

    def hits(self, document: PreparedDocument) -> Iterator[Hit]:  # noqa: ARG002 - absence is nowhere
        return iter(())

    def missing(self, document: PreparedDocument) -> str:
        found = next(self.clause.hits(document), None)
        where = f": “{found.found}” in the {found.field}" if found else ""
        return self.lack + where

    def anchors(self) -> Anchors:
        return ()


def in_field(field: str, anchors: Anchors) -> Anchors:
    """The anchors of what stands in a field; "" is title and text."""
    return tuple(frozenset(field_key(field, key) for key in keys) for keys in anchors) if field else anchors


def _hit(zone: Zone, span: Span) -> Hit:
    start, end = zone.slice_of(span.start, span.end)
    return Hit(span.term, zone.field, start, end, zone.text[start:end], span.by)
