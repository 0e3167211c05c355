"""Whether readers know already what a sentence says: how much of it stands in what they were told, however worded.

`Known` is an index of what was told, by the terms of its sentences. It measures and does not decide: `worth` weighs
what is new against what is worth telling. It does not know topics or stories.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from worker.stages.facts import Fact, Figure
from worker.stages.facts.counts import find_counts
from worker.stages.facts.statements import LARGE, Gist, gist, near

COMMON = 64  # told sentences that share a term; of more, the term is the story's subject and tells no two apart
MOST_TOLD = 600  # sentences compared, the newest: who was told more has most of it from these
_RANGES = frozenset(["at least", "up to", "about"])  # qualifiers by which a figure is more than one value


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a sentence was told: by the one sentence that comes nearest, and by all of them together.

    Shares of its terms, from 0 to 1, rare terms weighing more. `new_figures`, `new_names`: how many were in none.
    `turns`: the nearest sentence denies what this one states, or the other way round.
    """

    nearest: float = 0.0
    together: float = 0.0
    new_figures: int = 0
    new_names: int = 0
    turns: bool = False


class Known:
    """What readers were told: keys of facts, and sentences. `known` makes and remembers it."""

    def __init__(self, keys: Collection[str], texts: Sequence[str]) -> None:
        self.keys = frozenset(keys)
        self.texts = frozenset(texts)
        self.gists = [gist(text) for text in dict.fromkeys(texts)][-MOST_TOLD:]
        self._where: dict[str, list[int]] = {}
        for number, told in enumerate(self.gists):
            for term in told.terms:
                self._where.setdefault(term, []).append(number)
        self._numbers: dict[str, NDArray[np.intp]] = {}
        figures = {figure for told in self.gists for figure in told.figures}
        self._exact = {value for figure in figures for value in figure}
        self._given = sorted(self._exact)
        self._converted = sorted({value for figure in figures if len(figure) > 1 for value in figure})
        self._told: dict[str, _Values] = {}
        for figure in filter(None, map(Figure.read, self.keys)):
            self._told.setdefault(figure.compared_by, _Values()).add(figure)
        self._counting: dict[str, tuple[str, ...]] = {}

    def coverage(self, said: Gist) -> Coverage:
        """How much of what a sentence says was told."""
        if not self.gists:
            return Coverage(new_figures=len(said.figures), new_names=len(said.names))
        weights = {term: self._weight(term) for term in sorted(said.terms)}  # sums are the same on every replay
        whole = sum(weights.values()) or 1.0
        share, nearest = self._nearest(weights)
        return Coverage(
            nearest=share / whole,
            together=sum(weight for term, weight in weights.items() if term in self._where) / whole,
            new_figures=sum(not self._was_given(figure) for figure in said.figures),
            new_names=sum(name not in self._where for name in said.names),
            turns=nearest is not None and nearest.is_negated != said.is_negated,
        )

    def covers(self, fact: Fact) -> bool:
        """Whether a fact's figure, or the fact itself, was told."""
        if fact.key in self.keys:
            return True
        figure = fact.figure
        return figure is not None and figure.compared_by in self._told and self._told[figure.compared_by].cover(figure)

    def has_told(self, facts: Sequence[Fact]) -> bool:
        """Whether a sentence, of which these are the facts, was told word for word."""
        return facts[0].text in self.texts or all(fact.key in self.keys for fact in facts)

    def says_as_much(self, fact: Fact, share: float) -> bool:
        """Whether a fact was told, its figure or, of what its sentence says, at least a share in one sentence."""
        return self.covers(fact) or self.coverage(gist(fact.text)).nearest >= share

    def values_of(self, fact: Fact) -> Sequence[float]:
        """The values told that may be compared with a fact's, the lowest first."""
        told = self._told.get(fact.figure.compared_by) if fact.figure else None
        return told.ordered if told else ()

    def counting(self, slot: str) -> tuple[str, ...]:
        """The told sentences that count what the slot is of."""
        if slot not in self._counting:
            self._counting[slot] = tuple(text for text in self.texts if slot in _slots_counted(text))
        return self._counting[slot]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told."""
        return not self.gists

    def lacks(self, term: str) -> bool:
        """Whether no told sentence has this term."""
        return term not in self._where

    def _weight(self, term: str) -> float:
        """Little for what each told sentence has, most for what none has."""
        return log(2 + len(self.gists)) - log(1 + len(self._where.get(term, ())))

    def _nearest(self, weights: Mapping[str, float]) -> tuple[float, Gist | None]:
        shared = np.zeros(len(self.gists))
        for term, weight in weights.items():
            where = self._where.get(term, ())
            if where and (len(where) <= COMMON or len(where) * 2 <= len(self.gists)):
                shared[self._numbers_of(term)] += weight
        best = int(shared.argmax())
        return (float(shared[best]), self.gists[best]) if shared[best] else (0.0, None)

    def _numbers_of(self, term: str) -> NDArray[np.intp]:
        """The told sentences with a term, as an array; made when first asked for, as most never are."""
        if (known := self._numbers.get(term)) is None:
            known = self._numbers[term] = np.array(self._where[term], dtype=np.intp)
        return known

    def _was_given(self, figure: tuple[float, ...]) -> bool:
        if not self._exact.isdisjoint(figure):
            return True
        as_it_is = len(figure) == 1 and figure[0] < LARGE  # or of another unit
        return any(near(value, self._converted if as_it_is else self._given) for value in figure)


class _Values:
    """The figures told under one slot."""

    def __init__(self) -> None:
        self.ordered: list[float] = []
        self._ranges: list[Figure] = []
        self._all: list[Figure] = []

    def add(self, figure: Figure) -> None:
        self.ordered.insert(bisect_left(self.ordered, figure.value), figure.value)
        self._all.append(figure)
        if figure.qualifier in _RANGES:
            self._ranges.append(figure)

    def cover(self, figure: Figure) -> bool:
        """Whether one of them does: one of the same value, or else, for a single value, none but a range can."""
        at = bisect_left(self.ordered, figure.value)
        if at < len(self.ordered) and self.ordered[at] == figure.value:
            return True
        compared = self._all if figure.qualifier in _RANGES else self._ranges
        return any(told.covers(figure) for told in compared)


@lru_cache(maxsize=16_384)  # what was told is asked again with each new toll
def _slots_counted(text: str) -> frozenset[str]:
    return frozenset(count.slot for count in find_counts(text, "en"))


@lru_cache(maxsize=64)
def known(keys: frozenset[str], texts: tuple[str, ...]) -> Known:
    """The index of what was told; the same again as long as nothing more is."""
    return Known(keys, texts)


NOTHING = Known((), ())
