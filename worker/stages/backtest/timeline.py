"""In which order the archive was read, and in which story each article was at that moment.

The archive holds what came of it all: each article in the story that it is in now. What was merged and split is written
down with its time, so going back from now, change by change, gives the story in which an article was read. Going
forward again, the changes are made at their place, and what was told moves with them as it did.

Several articles may have been read in one instant (by a clock that stands still, as in a test); they then come in the
order of their own times, in which a worker takes what is due. A merge by the rule comes with the article that led to
it: the first one, read in that instant, after all that were moved.

What is not written down cannot be brought back: articles that went along when a late origin or a revision took them to
another story are taken to have been there from the beginning.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Reading:
    """One time that an article was read and said something else than before. `at`: when; `due`: its place in line."""

    article: int
    revision: int
    at: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Two stories made one (`other` into `story`) or one made two (`other` off `story`), as it was written down."""

    id: int
    kind: Literal["merge", "split"]
    at: datetime
    undone: datetime | None
    is_by_rule: bool
    story: int
    other: int
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """An article is read, in this revision, and is in this story when its readers are told."""

    article: int
    revision: int
    story: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Articles change from one story to another, by a change or by its being undone."""

    change: int
    kind: Literal["merge", "split"]
    is_undoing: bool
    articles: tuple[int, ...]
    source: int
    target: int


Event: TypeAlias = Read | Moved


def timeline(
    readings: Iterable[Reading],
    changes: Iterable[Change],
    stories: Mapping[int, int],
    copy_of: Mapping[int, int] = MappingProxyType({}),
) -> tuple[Event, ...]:
    """Everything in its order. `stories`: in which story each article is now; `copy_of`: of which it is a copy."""
    changes = [_with_copies(change, copy_of) if change.undone else change for change in changes]
    order = sorted(readings, key=lambda one: (one.at, one.due, one.article, one.revision))
    moves = sorted(_placed(changes, order, stories), key=lambda placed: placed[:3])
    return _backwards(_woven(order, moves), stories)


def _with_copies(change: Change, copy_of: Mapping[int, int]) -> Change:
    """What is put back takes the copies along that have come since."""
    moved = frozenset(change.articles)
    copies = (copy for copy, origin in copy_of.items() if origin in moved and copy not in moved)
    return replace(change, articles=(*change.articles, *copies))


_Placed: TypeAlias = tuple[int, datetime, int, Moved]  # before which reading, when, which change, what it moves


def _placed(changes: Iterable[Change], order: Sequence[Reading], stories: Mapping[int, int]) -> Iterable[_Placed]:
    times = [reading.at for reading in order]
    for change in changes:
        gone, kept = (change.other, change.story) if change.kind == "merge" else (change.story, change.other)
        done = Moved(change.id, change.kind, False, change.articles, gone, kept)
        yield _place(change, order, times, stories), change.at, change.id, done
        if change.undone is not None:
            undone = Moved(change.id, change.kind, True, change.articles, kept, gone)
            yield bisect_right(times, change.undone), change.undone, change.id, undone


def _place(change: Change, order: Sequence[Reading], times: Sequence[datetime], stories: Mapping[int, int]) -> int:
    """Before which reading a change was made: of a person, the next one; of the rule, the one that led to it."""
    after = bisect_right(times, change.at)
    if not change.is_by_rule:
        return after
    moved = frozenset(change.articles)
    together = {stories[article] for article in moved if article in stories}
    last = max((index for index in range(after) if order[index].article in moved), default=0)
    for index in range(last, after):
        if times[index] == change.at and stories.get(order[index].article) in together:
            return index
    return after


def _woven(order: Sequence[Reading], moves: Sequence[_Placed]) -> list[Reading | Moved]:
    woven: list[Reading | Moved] = []
    rest = list(reversed(moves))
    for index, reading in enumerate(order):
        while rest and rest[-1][0] <= index:
            woven.append(rest.pop()[3])
        woven.append(reading)
    return [*woven, *(placed[3] for placed in reversed(rest))]


def _backwards(woven: Sequence[Reading | Moved], stories: Mapping[int, int]) -> tuple[Event, ...]:
    """The events with the story of each reading, found on the way back from now."""
    now = dict(stories)
    events: list[Event] = []
    for one in reversed(woven):
        if isinstance(one, Moved):
            now |= {article: one.source for article in one.articles if now.get(article) == one.target}
            events.append(one)
        elif one.article in now:
            events.append(Read(one.article, one.revision, now[one.article]))
    return tuple(reversed(events))
