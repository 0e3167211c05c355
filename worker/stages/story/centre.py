"""What the articles of a story amount to: the sums of their profiles, bounded, and written as one JSON document."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import nlargest
from typing import Any

from worker.stages.story.profile import Profile, Weights
from worker.stages.vector import Centre, Vector

# What falls out was in few of a story's articles. Together about 200: eight stories are read for each article.
MAX_TERMS, MAX_NAMES, MAX_TITLE, MAX_NUMBERS, MAX_LANGUAGES = 100, 50, 30, 20, 12
# A long story keeps growing by its newest words only if the old ones make room.
SLACK = 1.25  # of the largest size, to which a sum may grow before the lightest are dropped

_BETWEEN = "|"  # in no key


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """A story as the sum of its articles' profiles, covered from `first` to `last`."""

    id: int
    terms: Weights
    names: Weights
    articles: int
    first: datetime
    last: datetime
    languages: Weights = field(default_factory=dict)  # number of its articles in each
    title: Weights = field(default_factory=dict)
    numbers: Weights = field(default_factory=dict)  # number of its articles that have each
    vector: Centre | None = None

    def to_json(self) -> dict[str, Any]:
        """One document of a few kilobytes. Keys and weights stand apart, which is read fastest."""
        return {
            "t": _written(self.terms),
            "n": _written(self.names),
            "h": _written(self.title),
            "u": _written(self.numbers),
            "g": _written(self.languages),
            "a": self.articles,
            "f": self.first.isoformat(),
            "l": self.last.isoformat(),
            "v": self.vector.to_text() if self.vector else None,
        }

    @classmethod
    def from_json(cls, id: int, kept: Mapping[str, Any]) -> "StoryProfile":  # noqa: A002 - the field's name
        """What `to_json` wrote."""
        return cls(
            id,
            _read(kept["t"]),
            _read(kept["n"]),
            kept["a"],
            datetime.fromisoformat(kept["f"]),
            datetime.fromisoformat(kept["l"]),
            _read(kept["g"]),
            _read(kept["h"]),
            _read(kept["u"]),
            Centre.from_text(kept["v"]) if kept["v"] else None,
        )


def open_story(id: int, profile: Profile) -> StoryProfile:  # noqa: A002 - the field's name
    """A story of one article."""
    return StoryProfile(
        id=id,
        terms=dict(profile.terms),
        names=dict(profile.names),
        articles=1,
        first=profile.when,
        last=profile.when,
        languages={profile.language: 1},
        title=dict(profile.title),
        numbers=dict.fromkeys(profile.numbers, 1),
        vector=Centre.of(profile.vector) if profile.vector else None,
    )


def add(story: StoryProfile, profile: Profile) -> StoryProfile:
    """The story with one more article."""
    return replace(
        _summed(story, profile, +1), first=min(story.first, profile.when), last=max(story.last, profile.when)
    )


def remove(story: StoryProfile, profile: Profile) -> StoryProfile:
    """The story without an article that it had, as when a revision takes its place.

    Its span stays: from the sums alone nobody can tell when its other articles were.
    """
    return _summed(story, profile, -1)


def _summed(story: StoryProfile, profile: Profile, sign: int) -> StoryProfile:
    return replace(
        story,
        terms=_heaviest(_sum(story.terms, profile.terms, sign), MAX_TERMS),
        names=_heaviest(_sum(story.names, profile.names, sign), MAX_NAMES),
        title=_heaviest(_sum(story.title, profile.title, sign), MAX_TITLE),
        numbers=_heaviest(_sum(story.numbers, dict.fromkeys(profile.numbers, 1), sign), MAX_NUMBERS),
        languages=_heaviest(_sum(story.languages, {profile.language: 1}, sign), MAX_LANGUAGES),
        articles=story.articles + sign,
        vector=_moved(story.vector, profile.vector, sign),
    )


def _sum(weights: Weights, others: Weights, sign: int) -> dict[str, float]:
    total = dict(weights)
    for key, weight in others.items():
        total[key] = total.get(key, 0.0) + sign * weight
    if sign > 0:
        return total
    return {key: weight for key, weight in total.items() if weight > 0}


def _heaviest(weights: dict[str, float], most: int) -> dict[str, float]:
    if len(weights) <= most * SLACK:
        return weights
    ranked = nlargest(most, zip(weights.values(), weights, strict=True))  # of equal ones the later in the alphabet
    return {key: weight for weight, key in ranked}


def _moved(centre: Centre | None, vector: Vector | None, sign: int) -> Centre | None:
    """With one more vector, or one fewer. When the model changes, a story goes on from its newest articles."""
    if vector is None:
        return centre
    if centre is None or centre.model != vector.model:
        return Centre.of(vector) if sign > 0 else centre
    return centre.add(vector) if sign > 0 else centre.remove(vector)


def _written(weights: Weights) -> list[Any]:
    return [_BETWEEN.join(weights), list(weights.values())]


def _read(kept: list[Any]) -> dict[str, float]:
    keys, weights = kept
    return dict(zip(keys.split(_BETWEEN), weights, strict=True)) if weights else {}
