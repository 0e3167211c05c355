"""Places of words put together: rows, loose phrases, nearness. Numbers in, numbers out; each step is one merge.

A span covers the words from place `start` up to, without, `end`, and carries how it was found and for which term.
All lists are sorted by start.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias, get_args

# How a word was found, from what the query says to what is farthest from it. A phrase is found as its farthest word is.
By: TypeAlias = Literal["exact", "word", "ending", "prefix", "pattern", "spelling", "alias", "value"]
_FARNESS: dict[By, int] = {by: farness for farness, by in enumerate(get_args(By))}


class Span(NamedTuple):
    start: int
    end: int
    by: By
    term: str


def farther(one: By, other: By) -> By:
    """The one of two ways that is farther from what the query says."""
    return one if _FARNESS[one] >= _FARNESS[other] else other


def merged(lists: Iterable[Sequence[Span]]) -> list[Span]:
    """All spans in order, each place once: of spans over the same words the first list's stays."""
    by_place: dict[tuple[int, int], Span] = {}
    for spans in lists:
        for span in spans:
            by_place.setdefault((span.start, span.end), span)
    return sorted(by_place.values())


def rows(parts: Sequence[Sequence[Span]], term: str) -> list[Span]:
    """Where the parts follow each other without a gap."""
    reached: dict[tuple[int, int], By] = {(span.start, span.end): span.by for span in parts[0]}
    for part in parts[1:]:
        by_start: dict[int, list[Span]] = {}
        for span in part:
            by_start.setdefault(span.start, []).append(span)
        reached = {
            (start, span.end): farther(by, span.by)
            for (start, end), by in reached.items()
            for span in by_start.get(end, ())
        }
    return sorted(Span(start, end, by, term) for (start, end), by in reached.items())


def windows(parts: Sequence[tuple[Sequence[Span], int]], between: int, term: str) -> list[Span]:
    """Where every part, as many times as its number says, stands within a window with at most `between` other words.

    For each span in turn the window reaches back to the latest span of every part: one pass, in any order of parts.
    """
    latest: list[deque[Span]] = [deque(maxlen=count) for _, count in parts]
    found: list[Span] = []
    for span, part in sorted((span, part) for part, (spans, _) in enumerate(parts) for span in spans):
        latest[part].append(span)
        if all(len(held) == held.maxlen for held in latest):
            chosen = [one for held in latest for one in held]
            start, end = min(chosen).start, max(map(attrgetter("end"), chosen))
            if end - start - sum(one.end - one.start for one in chosen) <= between:
                found.append(Span(start, end, max((one.by for one in chosen), key=_FARNESS.__getitem__), term))
    return merged([found])


def near(one: Sequence[Span], other: Sequence[Span], distance: int) -> list[Span]:
    """The spans of `other` with one of `one` before or behind, at most `distance` words between, none shared."""
    starts = [span.start for span in one]
    ends = sorted(span.end for span in one)
    return [
        span
        for span in other
        if _has_between(ends, span.start - distance, span.start) or _has_between(starts, span.end, span.end + distance)
    ]


def chains(operands: Sequence[Sequence[Span]], distances: Sequence[int]) -> list[Span]:
    """Every span that is part of a chain in which each operand is near the one before it.

    Forwards it keeps what has a predecessor, backwards what also has a successor.
    """
    kept = [list(operands[0])]
    for spans, distance in zip(operands[1:], distances, strict=True):
        kept.append(near(kept[-1], spans, distance))
    for index in range(len(distances) - 1, -1, -1):
        kept[index] = near(kept[index + 1], kept[index], distances[index])
    return merged(kept)


def _has_between(ascending: Sequence[int], lowest: int, highest: int) -> bool:
    index = bisect_left(ascending, lowest)
    return index < len(ascending) and ascending[index] <= highest
