"""On how little a match hangs, and how near a miss was: what is looked at first when a query is changed.

    (Orla OR Osprey) AND ferry     support: of what must be there, that which is there least: 1 when one word carries it
                                   nearness: how many of its conditions hold, and how many do not

Counted over the clauses of a compiled query. Alternatives support each other, so their places add up; of what is
needed together, the weakest counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from worker.stages.query import PreparedDocument
from worker.stages.query.clauses import AllOf, AnyOf, Clause

PLENTY = 1_000  # places; what hangs on no word at all, such as a language, does not hang on few


@dataclass(frozen=True, slots=True)
class Nearness:
    """How many conditions an article lacks, how many it has, and the first that it lacks, in words."""

    lacks: int
    holds: int
    decisive: str = ""

    @property
    def is_near(self) -> bool:
        """Whether it lacks exactly one, and has others."""
        return self.lacks == 1 and self.holds > 0


def support(clause: Clause, document: PreparedDocument) -> int:
    """In how many places of the article stands what the match hangs on; 0 when there is no match."""
    if isinstance(clause, AllOf):
        return min((support(part, document) for part in clause.clauses), default=PLENTY)
    if isinstance(clause, AnyOf):
        return min(PLENTY, sum(support(part, document) for part in clause.clauses))
    if not clause.holds(document):
        return 0
    return len(list(clause.hits(document))) or PLENTY


def nearness(clause: Clause, document: PreparedDocument) -> Nearness:
    """How far the article is from matching."""
    if isinstance(clause, AllOf):
        return _together([nearness(part, document) for part in clause.clauses])
    if clause.holds(document):
        return Nearness(0, 1 if support(clause, document) < PLENTY else 0)
    if isinstance(clause, AnyOf):
        nearest = min((nearness(part, document) for part in clause.clauses), key=_distance)
        if nearest.holds:  # one of the alternatives is half there: what that one lacks is the word
            return nearest
    return Nearness(1, 0, clause.missing(document))


def _together(parts: Sequence[Nearness]) -> Nearness:
    decisive = next((part.decisive for part in parts if part.lacks), "")
    return Nearness(sum(part.lacks for part in parts), sum(part.holds for part in parts), decisive)


def _distance(one: Nearness) -> tuple[int, int]:
    return one.lacks, -one.holds
