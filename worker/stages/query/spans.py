"""Places of words put together: rows, loose phrases, nearness, all places of an article at once.

Places are sets, held as whole numbers: bit n stands for the n-th word. What a word, a phrase or a group matches is
`Starts`: for each length in words, where a span of that length starts. So putting together takes a few operations on
numbers, as many as there are parts and lengths, and not one for each place: a query's cost depends on its own length
times that of the article in machine words, however often its words stand there.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias, get_args

# How a word was found, from what the query says to what is farthest from it. A phrase is found as its farthest word is.
By: TypeAlias = Literal["exact", "word", "ending", "prefix", "pattern", "spelling", "alias", "value"]
_FARNESS: dict[By, int] = {by: farness for farness, by in enumerate(get_args(By))}

Starts: TypeAlias = Mapping[int, int]
_FEW = 4  # places, put together one by one
NOWHERE: Starts = {}


class Span(NamedTuple):
    """The words from place `start` up to, without, `end`; how it was found, and for which term."""

    start: int
    end: int
    by: By
    term: str


def farther(one: By, other: By) -> By:
    """The one of two ways that is farther from what the query says."""
    return one if _FARNESS[one] >= _FARNESS[other] else other


# --- Sets of places ---


def set_of(places: Sequence[int]) -> int:
    """Places, ascending, as a set."""
    if len(places) <= _FEW:
        members = 0
        for place in places:
            members |= 1 << place
        return members
    bits = bytearray((places[-1] >> 3) + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def any_of(sets: Iterable[int]) -> int:
    """The places that are in one of several sets."""
    together = 0
    for members in sets:
        together |= members
    return together


def places_in(members: int) -> Iterator[int]:
    """The places of a set, ascending."""
    digits = bin(members)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def first_places(members: int, most: int) -> list[int]:
    """The first places of a set, without a look at the others."""
    found: list[int] = []
    while members and len(found) < most:
        lowest = members & -members
        found.append(lowest.bit_length() - 1)
        members ^= lowest
    return found


def _upwards(members: int, reach: int) -> int:
    """Every place that is at most `reach` behind one of these, themselves included."""
    done = 0
    while done < reach:
        step = min(done + 1, reach - done)
        members |= members << step
        done += step
    return members


def _downwards(members: int, reach: int) -> int:
    """Every place that is at most `reach` before one of these, themselves included."""
    done = 0
    while done < reach:
        step = min(done + 1, reach - done)
        members |= members >> step
        done += step
    return members


# --- Spans put together ---


def either(options: Iterable[Starts]) -> Starts:
    """Where any of several is."""
    together: dict[int, int] = {}
    for starts in options:
        for length, members in starts.items():
            together[length] = together.get(length, 0) | members
    return together


def rows(parts: Iterable[Starts]) -> Starts:
    """Where the parts follow each other without a gap."""
    reached: dict[int, int] | None = None
    for part in parts:
        if reached is None:
            reached = dict(part)
            continue
        longer: dict[int, int] = {}
        for length, members in reached.items():
            for more, others in part.items():
                if both := members & (others >> length):
                    longer[length + more] = longer.get(length + more, 0) | both
        reached = longer
    return reached or NOWHERE


def near(one: Starts, other: Starts, distance: int) -> Starts:
    """The spans of `other` with one of `one` before or behind, at most `distance` words between, none shared."""
    starts, ends = 0, 0
    for length, members in one.items():
        starts |= members
        ends |= members << length
    behind, before = _upwards(ends, distance), _downwards(starts, distance)
    kept = {length: members & (behind | (before >> length)) for length, members in other.items()}
    return {length: members for length, members in kept.items() if members}


def chains(operands: Sequence[Starts], distances: Sequence[int]) -> list[Starts]:
    """Of each operand the spans that are part of a chain in which each operand is near the one before it.

    Forwards it keeps what has a predecessor, backwards what also has a successor.
    """
    kept = [operands[0]]
    for starts, distance in zip(operands[1:], distances, strict=True):
        kept.append(near(kept[-1], starts, distance))
    for index in range(len(distances) - 1, -1, -1):
        kept[index] = near(kept[index + 1], kept[index], distances[index])
    return kept


def near_to(starts: Starts, begins: int, width: int) -> Starts:
    """The spans that start at most `width` places behind one of these beginnings."""
    reached = _upwards(begins, width)
    return {length: members & reached for length, members in starts.items()}


def window_starts(parts: Sequence[tuple[Starts, int]], between: int) -> int:
    """Where a window may begin that holds every part as often as its number says, with few other words `between`.

    Exactly so where all spans are one word long; of longer ones it finds all there are, and some that are not.
    """
    width = between + sum(count * max(starts) for starts, count in parts)
    return _common(_with_several(anywhere(starts), count, width - min(starts) + 1) for starts, count in parts)


def has_window(parts: Sequence[tuple[Starts, int]], between: int) -> bool:
    """Is there such a window for certain? Exact where all spans of a part are of one length."""
    width = between + sum(count * min(starts) for starts, count in parts)
    return bool(_common(_with_several(anywhere(starts), count, width - max(starts) + 1) for starts, count in parts))


def anywhere(starts: Starts) -> int:
    """Where a span starts, of whatever length."""
    return any_of(starts.values())


def _common(sets: Iterable[int]) -> int:
    shared = -1
    for members in sets:
        shared &= members
        if not shared:
            return 0
    return shared


def _with_several(members: int, count: int, width: int) -> int:
    """Every place from which on a stretch so wide has so many of these.

    Of a stretch of each power of two: where it has at least one, two, … of them. Two stretches in a row have three
    where the first has one and the second two, and so on; so their sum makes up any width.
    """
    if width <= 0:
        return 0
    has, stretch = [-1, *[0] * count], [-1, members, *[0] * (count - 1)]
    done, length = 0, 1
    while True:
        if width & length:
            has, done = _in_a_row(has, stretch, done), done + length
        length *= 2
        if length > width:
            return has[count]
        stretch = _in_a_row(stretch, stretch, length // 2)


def _in_a_row(first: Sequence[int], second: Sequence[int], length: int) -> list[int]:
    """Where two stretches in a row have at least none, one, two, …; the first is so long."""
    return [
        -1 if number == 0 else any_of(first[some] & (second[number - some] >> length) for some in range(number + 1))
        for number in range(len(first))
    ]


def windows(parts: Sequence[tuple[Sequence[Span], int]], between: int, term: str) -> list[Span]:
    """Where every part, as many times as its number says, stands within a window with at most `between` other words.

    For each span in turn the window reaches back to the latest span of every part: one pass, in any order of parts.
    """
    latest: list[deque[Span]] = [deque(maxlen=count) for _, count in parts]
    found: dict[tuple[int, int], Span] = {}
    for span, part in sorted((span, part) for part, (spans, _) in enumerate(parts) for span in spans):
        latest[part].append(span)
        if all(len(held) == held.maxlen for held in latest):
            chosen = [one for held in latest for one in held]
            start, end = min(chosen).start, max(map(attrgetter("end"), chosen))
            if end - start - sum(one.end - one.start for one in chosen) <= between:
                by = max((one.by for one in chosen), key=_FARNESS.__getitem__)
                found.setdefault((start, end), Span(start, end, by, term))
    return sorted(found.values())


def merged(lists: Iterable[Sequence[Span]]) -> list[Span]:
    """All spans in order, each place once: of spans over the same words the first list's stays."""
    by_place: dict[tuple[int, int], Span] = {}
    for spans in lists:
        for span in spans:
            by_place.setdefault((span.start, span.end), span)
    return sorted(by_place.values())
