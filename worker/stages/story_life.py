"""The life of a story: its chapters and quiet periods, whether two stories are one, whether one is two.

Decided from the profiles of a story's independent reports and their times; what is decided is carried out elsewhere.
Merging is for the pipeline to do by itself, so it is careful; splitting is only ever suggested, to a person.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from worker.stages.summary import Report, title_of

Weights = Mapping[str, float]  # of the words and names of a report

# A news event is reported for two days or so, its aftermath in steps of days, an inquiry or a trial in steps of weeks.
DEVELOPING_FOR = timedelta(days=2)  # since the last report
CLOSED_AFTER = timedelta(days=21)

PAUSE = timedelta(days=2)  # without a report: a new chapter may begin, if it has other words
LONG_PAUSE = timedelta(days=10)  # a new chapter begins, whatever its words
SAME_CHAPTER = 0.5  # likeness of what is said before and after a pause

MERGE_LIKENESS = 0.6  # of two stories' centres: halves of one story reach it mostly, two stories of one day do not
MERGE_WITHIN = timedelta(days=4)  # between the end of one and the beginning of the other

FEWEST_OF_A_PART = 2  # reports
MOST_COMPARED = 200  # reports, the newest; what is older goes where it fits
APART = 0.65  # how much closer reports must be to their own part than to the other, from 0 to 1
APART_OF_FEW = 0.5  # so much more, divided by the number of reports: two of them are alike by chance
_ROUNDS = 10


class Standing(StrEnum):
    """`closed`: it looks so. There is no last word on a story, and it is revived by the next report."""

    DEVELOPING = "developing"
    QUIET = "quiet"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a story between two quiet periods."""

    first: datetime
    last: datetime
    title: str
    reports: tuple[int, ...]  # ids, in event order


class Spanned(Protocol):
    """What has been covered from `first` to `last`, such as a story's profile."""

    @property
    def first(self) -> datetime: ...

    @property
    def last(self) -> datetime: ...


def standing(last: datetime, now: datetime) -> Standing:
    """How a story stands whose last report is from `last`."""
    silence = now - last
    if silence <= DEVELOPING_FOR:
        return Standing.DEVELOPING
    return Standing.QUIET if silence <= CLOSED_AFTER else Standing.CLOSED


def chapters(reports: Iterable[Report], weights: Mapping[int, Weights]) -> tuple[Chapter, ...]:
    """The chapters of a story in order. `weights`: what of each report is compared, by its id; it may be missing."""
    ordered = sorted(reports, key=lambda report: (report.when, report.id))
    rarity = _rarity([weights.get(report.id, {}) for report in ordered])
    parts: list[list[Report]] = []
    for part in _between_pauses(ordered):
        if parts and _goes_on(parts[-1], part, weights, rarity):
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(_chapter(part) for part in parts)


def should_merge(likeness: float, a: Spanned, b: Spanned) -> bool:
    """Whether two stories are the coverage of one event, given how much their centres resemble each other."""
    gap = max(a.first - b.last, b.first - a.last)
    return likeness >= MERGE_LIKENESS and gap <= MERGE_WITHIN


def suggest_split(profiles: Mapping[int, Weights]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The two parts into which a story has fallen, the larger first; None if it is of one piece.

    `profiles`: the weights of each report's words and names, rare ones weighing more, the oldest report first.
    Two-means on the sphere, accepted if the parts lie apart as the silhouette measures it (Rousseeuw, 1987).
    """
    vectors = {report: _to_unit_length(weights) for report, weights in profiles.items() if any(weights.values())}
    compared = dict(list(vectors.items())[-MOST_COMPARED:])
    if len(compared) < 2 * FEWEST_OF_A_PART:
        return None
    parts = _two_means(compared)
    smaller = min(map(len, parts))
    if smaller < FEWEST_OF_A_PART or min(_apartness(parts, compared)) < APART + APART_OF_FEW / smaller:
        return None
    centres = [_centre([compared[report] for report in part]) for part in parts]
    return _larger_first(_assigned(vectors, centres))


# --- Chapters ---


def _between_pauses(ordered: Sequence[Report]) -> list[list[Report]]:
    parts = [[ordered[0]]] if ordered else []
    for before, report in pairwise(ordered):
        if report.when - before.when > PAUSE:
            parts.append([])
        parts[-1].append(report)
    return parts


def _goes_on(
    before: Sequence[Report], after: Sequence[Report], weights: Mapping[int, Weights], rarity: Weights
) -> bool:
    """Whether a pause was only a pause: what is said after it is what was said before."""
    if after[0].when - before[-1].when > LONG_PAUSE:
        return False
    centres = [
        {key: weight * rarity[key] for key, weight in _sum(weights.get(report.id, {}) for report in part).items()}
        for part in (before, after)
    ]
    return _product(*map(_to_unit_length, centres)) >= SAME_CHAPTER


def _chapter(part: Sequence[Report]) -> Chapter:
    return Chapter(part[0].when, part[-1].when, title_of(part), tuple(report.id for report in part))


def _rarity(weights: Sequence[Weights]) -> Weights:
    """Within the story: the name that every report has tells no chapter from another."""
    times = Counter(key for each in weights for key in each)
    return {key: math.log(1 + len(weights) / number) for key, number in times.items()}


# --- Two parts ---

Vector = Mapping[str, float]  # of length 1
Part = list[int]


def _two_means(vectors: Mapping[int, Vector]) -> tuple[Part, Part]:
    """Begins with the report farthest from the middle and the one farthest from that, so that it always ends alike."""
    one = _farthest(_centre(vectors.values()), vectors)
    centres = [vectors[one], vectors[_farthest(vectors[one], vectors)]]
    parts = _assigned(vectors, centres)
    for _ in range(_ROUNDS):
        if not all(parts):
            break
        before, centres = parts, [_centre([vectors[report] for report in part]) for part in parts]
        parts = _assigned(vectors, centres)
        if parts == before:
            break
    return parts


def _assigned(vectors: Mapping[int, Vector], centres: Sequence[Vector]) -> tuple[Part, Part]:
    left, right = centres
    parts: tuple[Part, Part] = ([], [])
    for report, vector in vectors.items():
        parts[_product(vector, right) > _product(vector, left)].append(report)
    return parts


def _apartness(parts: tuple[Part, Part], vectors: Mapping[int, Vector]) -> list[float]:
    """For each part, the mean of how much closer its reports are to the rest of it than to the other part."""
    sums = [_sum(vectors[report] for report in part) for part in parts]
    return [
        sum(_silhouette(vectors[report], sums[i], len(part), sums[1 - i], len(parts[1 - i])) for report in part)
        / len(part)
        for i, part in enumerate(parts)
    ]


def _silhouette(vector: Vector, own: Weights, of_own: int, other: Weights, of_other: int) -> float:
    """From mean likenesses to the others of its part and to all of the other part."""
    here = (_product(vector, own) - 1) / max(1, of_own - 1)
    there = _product(vector, other) / of_other
    return (here - there) / max(here, there, 1e-9)


def _farthest(place: Vector, vectors: Mapping[int, Vector]) -> int:
    return min(vectors, key=lambda report: (_product(vectors[report], place), report))


def _larger_first(parts: tuple[Part, Part]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    large, small = sorted(parts, key=len, reverse=True)
    return tuple(large), tuple(small)


# --- Vectors ---


def _centre(vectors: Iterable[Vector]) -> Vector:
    return _to_unit_length(_sum(vectors))


def _sum(weights: Iterable[Weights]) -> Weights:
    total: dict[str, float] = defaultdict(float)
    for each in weights:
        for key, weight in each.items():
            total[key] += weight
    return total


def _to_unit_length(weights: Weights) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()} if length else {}


def _product(left: Weights, right: Weights) -> float:
    small, large = (left, right) if len(left) < len(right) else (right, left)
    return sum(weight * large.get(key, 0.0) for key, weight in small.items())
