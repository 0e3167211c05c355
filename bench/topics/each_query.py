"""Every query asked of every article, without any index and in bounded time.

Many queries share words: each word, phrase or nearness is asked of each article once, and the answer kept as a set of
articles, a bit for each. What a query finds is then put together from such sets as its brackets say. Nothing here knows
of anchors: a phrase is looked for where all its words are, since words that are not there stand in no phrase.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from worker.stages.match import Match, Topic, judge
from worker.stages.query import Document, PreparedDocument, prepare
from worker.stages.query.clauses import AllOf, AnyOf, Clause, NearWords, Without, Words
from worker.stages.query.patterns import Pattern
from worker.stages.query.sources import Chain, Choice, Row, Run, Source, Window

Leaf = tuple[str, Source] | Clause
"""Words in a field, or a clause that is asked as a whole."""


def leaves(clause: Clause) -> Iterator[Leaf]:
    """What a clause asks of an article, from left to right."""
    if isinstance(clause, AllOf | AnyOf):
        for part in clause.clauses:
            yield from leaves(part)
    elif isinstance(clause, Without):
        yield from leaves(clause.clause)
    else:
        yield _leaf(clause)


def _leaf(clause: Clause) -> Leaf:
    if isinstance(clause, NearWords):
        return _leaf(clause.together)
    return (clause.field, clause.source) if isinstance(clause, Words) else clause


def found_by(clause: Clause, found: Mapping[Leaf, int], every: int) -> int:
    """The set of articles for which a clause holds, from those for which its leaves do; `every` is all articles."""
    if isinstance(clause, AllOf):
        for part in clause.clauses:
            every &= found_by(part, found, every)
        return every
    if isinstance(clause, AnyOf):
        together = 0
        for part in clause.clauses:
            together |= found_by(part, found, every)
        return together
    if isinstance(clause, Without):
        return every & ~found_by(clause.clause, found, every)
    return found[_leaf(clause)] & every


@dataclass(frozen=True, slots=True)
class _Together:
    """A phrase or a nearness, and words of which an article must have one of each: else it is nowhere in it."""

    leaf: tuple[str, Source]
    words: tuple[frozenset[int], ...]

    def holds(self, document: PreparedDocument, present: frozenset[int]) -> bool:
        if any(map(present.isdisjoint, self.words)):
            return False
        field, source = self.leaf
        return any(map(source.holds, document.zones(field)))


class EachQuery:
    """All that these topics' queries ask, each thing once."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = topics
        self._words: dict[tuple[str, Pattern], int] = {}
        asked = dict.fromkeys(leaf for topic in topics if topic.query for leaf in leaves(topic.query.clause))
        self._values = [leaf for leaf in asked if not isinstance(leaf, tuple)]
        pairs = [leaf for leaf in asked if isinstance(leaf, tuple)]
        self._together = [_Together(leaf, self._words_of(*leaf)) for leaf in pairs]

    def matches(self, articles: Sequence[Document]) -> list[tuple[Match, ...]]:
        """For each article all that match, told by `judge`."""
        by_article: list[list[Topic]] = [[] for _ in articles]
        found, every = self._found(articles), (1 << len(articles)) - 1
        for topic in self._topics:
            members = found_by(topic.query.clause, found, every) if topic.query else 0
            while members:
                by_article[(members & -members).bit_length() - 1].append(topic)
                members &= members - 1
        return [_told(article, topics) for article, topics in zip(articles, by_article, strict=True)]

    def _found(self, articles: Sequence[Document]) -> Mapping[Leaf, int]:
        found: dict[Leaf, int] = dict.fromkeys([*self._values, *(one.leaf for one in self._together)], 0)
        for number, article in enumerate(articles):
            for leaf in self._held(prepare(article)):
                found[leaf] |= 1 << number
            if number % 20 == 0:
                print(
                    f"\r{number} of {len(articles)} articles asked of every query", end="", file=sys.stderr, flush=True
                )
        return found

    def _held(self, document: PreparedDocument) -> Iterator[Leaf]:
        present = frozenset(
            number for (field, word), number in self._words.items() if any(map(word.members, document.zones(field)))
        )
        yield from (one.leaf for one in self._together if one.holds(document, present))
        yield from (clause for clause in self._values if clause.holds(document))

    def _words_of(self, field: str, source: Source) -> tuple[frozenset[int], ...]:
        """Sets of words: what matches has one of each."""
        if isinstance(source, Run):
            words = [self._words.setdefault((field, word), len(self._words)) for word in source.patterns]
            return tuple(frozenset([word]) for word in words)
        if isinstance(source, Choice):
            return (frozenset().union(*(self._words_of(field, one)[0] for one in source.sources)),)
        return tuple(words for part in _parts(source) for words in self._words_of(field, part))


def _parts(source: Source) -> Iterable[Source]:
    """Of what needs all of its parts."""
    if isinstance(source, Row):
        return source.parts
    if isinstance(source, Window):
        return [part for part, _ in source.parts]
    assert isinstance(source, Chain)
    return source.operands


def _told(article: Document, topics: Iterable[Topic]) -> tuple[Match, ...]:
    document = prepare(article)
    return tuple(verdict for topic in topics if isinstance(verdict := judge(topic, document), Match))
