"""Who knew first: for each fact of a story the outlet that stated it first, and how much later the others followed.

Facts are grouped by what they say, however worded: by their key or figure, else by the terms of their sentences. It
only orders what outlets published; that one had it from another is not claimed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from worker.stages.facts import TITLE, Fact
from worker.stages.facts.novelty import COMMON
from worker.stages.facts.statements import Gist, are_one, gist

SAME = 0.6  # of the terms of a sentence in another, for both to state one fact
FEWEST = 2  # of them
NEAREST = 5  # sentences looked at closely for each
MOST = 1_000  # facts looked at, the earliest


@dataclass(frozen=True, slots=True)
class Reported:
    """A fact as one article reports it; `when` is the article's own time."""

    fact: Fact
    outlet: str
    article: int
    when: datetime


@dataclass(frozen=True, slots=True)
class Follower:
    """An outlet that reported it later, and how much later."""

    outlet: str
    article: int
    lag: timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """One fact in the first outlet's words; `followers` in order of time, each outlet once."""

    text: str
    outlet: str
    article: int
    when: datetime
    followers: tuple[Follower, ...]


def timeline(reported: Iterable[Reported], most: int = MOST) -> tuple[Line, ...]:
    """The facts of one story, the earliest first. Titles only follow: a sentence says it in full."""
    groups = _Groups()
    for one in sorted(reported, key=lambda one: (one.when, one.article, one.fact.start == TITLE, one.fact.start))[
        :most
    ]:
        groups.add(one)
    return tuple(_line(group) for group in groups.all)


class _Groups:
    """What states the same, found by the terms of the first sentence that stated it."""

    def __init__(self) -> None:
        self.all: list[list[Reported]] = []
        self._by_key: dict[str, int] = {}
        self._where: dict[str, list[int]] = {}

    def add(self, one: Reported) -> None:
        said = gist(one.fact.text)
        number = self._by_key.get(one.fact.key, -1)
        if number < 0:
            number = self._alike(said)
        if number < 0:
            number = self._open(said)
        self._by_key.setdefault(one.fact.key, number)
        self.all[number].append(one)

    def _alike(self, said: Gist) -> int:
        """The group whose first sentence says the same; -1: there is none."""
        shared: Counter[int] = Counter()
        for term in said.terms:
            if len(where := self._where.get(term, ())) <= COMMON:
                shared.update(where)
        near = (number for number, _ in shared.most_common(NEAREST) if _is_one(said, gist(self._first(number))))
        return next(near, -1)

    def _open(self, said: Gist) -> int:
        number = len(self.all)
        self.all.append([])
        for term in said.terms:
            self._where.setdefault(term, []).append(number)
        return number

    def _first(self, number: int) -> str:
        return self.all[number][0].fact.text


def _is_one(said: Gist, other: Gist) -> bool:
    """Whether one sentence says what the other does: most terms of the shorter one, and no other figure."""
    shared, fewer = len(said.terms & other.terms), min(len(said.terms), len(other.terms))
    if shared < max(FEWEST, SAME * fewer) or said.is_negated != other.is_negated:
        return False
    few, many = sorted((said.figures, other.figures), key=len)
    return all(any(are_one(figure, another) for another in many) for figure in few)


def _line(group: Sequence[Reported]) -> Line:
    first, heard, followers = group[0], {group[0].outlet}, []
    for one in group[1:]:
        if one.outlet not in heard:
            heard.add(one.outlet)
            followers.append(Follower(one.outlet, one.article, one.when - first.when))
    return Line(first.fact.text, first.outlet, first.article, first.when, tuple(followers))
