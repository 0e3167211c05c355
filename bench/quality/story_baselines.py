"""What plain methods reach on our stories: single pass against centroids, with the best threshold for this very set.

Three of them, so that the set's difficulty can be told from ours: cosine of TF-IDF among the stories of the last month
(the time window of topic detection), the same times a decay with the days between, and that of sentence vectors.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.quality.story_sets import Report, Reports

Score = Callable[[Sequence[int]], float]  # of the groups that were found
Vector = Mapping[str, float]

WINDOW = timedelta(days=30)
SIGMA = 5.0  # days, of the decay
OF_WORDS, OF_MEANING = (0.15, 0.2, 0.25, 0.3), (0.5, 0.6, 0.7, 0.8)


def baselines(reports: Reports, score: Score) -> dict[str, float]:
    """The best F1 of each method, by name."""
    words = [_unit({**one.profile.terms, **{f"n:{key}": weight for key, weight in one.profile.names.items()}})
             for one in reports]  # fmt: skip
    found = {
        "TF-IDF, window": _best(reports, words, OF_WORDS, math.inf, score),
        "TF-IDF, decay": _best(reports, words, OF_WORDS, SIGMA, score),
    }
    if all(one.profile.vector is not None for one in reports):
        meanings = [_of_meaning(one) for one in reports]
        found["MiniLM, decay"] = _best(reports, meanings, OF_MEANING, SIGMA, score)
    return found


def _best(
    reports: Reports, vectors: Sequence[Vector], thresholds: Sequence[float], sigma: float, score: Score
) -> float:
    return max(score(list(_single_pass(reports, vectors, threshold, sigma))) for threshold in thresholds)


@dataclass(slots=True)
class _Centres:
    """Sums of vectors, and which of them hold each key."""

    sums: list[dict[str, float]] = field(default_factory=list)
    lengths: list[float] = field(default_factory=list)
    last: list[datetime] = field(default_factory=list)
    holding: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, vector: Vector, to: int, when: datetime) -> None:
        if to == len(self.sums):
            self.sums.append({})
            self.lengths.append(0.0)
            self.last.append(when)
        self.last[to] = max(self.last[to], when)
        for key, weight in vector.items():
            self.sums[to][key] = self.sums[to].get(key, 0.0) + weight
            self.holding[key].add(to)
        self.lengths[to] = math.hypot(*self.sums[to].values())

    def alike(self, vector: Vector, when: datetime, sigma: float) -> tuple[float, int]:
        """The cosine with the nearest, and which it is; the number of them all if there is none."""
        products: dict[int, float] = defaultdict(float)
        for key, weight in vector.items():
            for place in self.holding.get(key, ()):
                products[place] += weight * self.sums[place][key]
        near = ((self._decayed(product, place, when, sigma), place) for place, product in products.items())
        return max(near, default=(0.0, len(self.sums)))

    def _decayed(self, product: float, place: int, when: datetime, sigma: float) -> float:
        quiet = abs(when - self.last[place])
        if quiet > WINDOW:
            return 0.0
        days = quiet / timedelta(days=1)
        return product / self.lengths[place] * math.exp(-((days / sigma) ** 2) / 2)


def _single_pass(reports: Reports, vectors: Sequence[Vector], threshold: float, sigma: float) -> Iterator[int]:
    centres = _Centres()
    for one, vector in zip(reports, vectors, strict=True):
        likeness, nearest = centres.alike(vector, one.profile.when, sigma)
        chosen = nearest if likeness >= threshold else len(centres.sums)
        centres.add(vector, chosen, one.profile.when)
        yield chosen


def _unit(weights: Vector) -> Vector:
    length = math.hypot(*weights.values())
    return {key: weight / length for key, weight in weights.items()} if length else {}


def _of_meaning(one: Report) -> Vector:
    assert one.profile.vector is not None
    return {str(place): float(number) for place, number in enumerate(one.profile.vector.unit)}
