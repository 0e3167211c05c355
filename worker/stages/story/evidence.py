"""What an article and a story have in common, or keeps them apart, as a few figures. What they mean is for `model`."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from worker.stages.names.known import COUNTRY_OF_CAPITAL, KNOWN, KNOWN_PLACES
from worker.stages.story.centre import StoryProfile
from worker.stages.story.profile import NAME_PREFIX, IdfOf, Profile, Weights
from worker.stages.vector import Centre, Vector, cosine, is_comparable

MAX_SHARED = 8  # in a receipt
LARGEST = 50  # articles; beyond, a story attracts no more than others for being large
MINORITY = 0.34  # of a story's articles: so few in a language cannot make its words count
RARE = 0.5  # of the idf of a name never seen before
QUIET = timedelta(days=4)  # after which half of what a quiet period takes from a story is gone
_NOW = timedelta(0)


class Evidence(NamedTuple):
    """Likenesses are cosines from 0 to 1. A figure that cannot be had is 0."""

    words: float
    names: float
    title: float
    numbers: float  # logarithm of 1 + how many figures both have
    elsewhere: float  # 1 if both name places, and none in common
    size: float  # logarithm of the number of the story's articles
    gap: float  # between the article and the story's coverage: 0 within it, half after QUIET, 1 after an age
    meaning: float  # of sentence vectors


@dataclass(frozen=True, slots=True)
class Compared:
    """An article made ready to be compared with many stories."""

    profile: Profile
    terms: Weights
    names: Weights
    title: Weights
    places: frozenset[str]
    idf_of: IdfOf

    @classmethod
    def of(cls, profile: Profile, idf_of: IdfOf) -> "Compared":
        """`idf_of` is asked for the article's own words and names alone.

        Its square root is taken: the rarity in the language is in the weights already.
        """
        return cls(
            profile,
            {key: weight * math.sqrt(idf_of(key)) for key, weight in profile.terms.items()},
            {key: weight * math.sqrt(idf_of(NAME_PREFIX + key)) for key, weight in profile.names.items()},
            {key: weight * math.sqrt(idf_of(key)) for key, weight in profile.title.items()},
            frozenset(KNOWN_PLACES & profile.names.keys()),
            idf_of,
        )

    def with_story(self, story: StoryProfile) -> Evidence:
        article = self.profile
        return Evidence(
            words=alike(self.terms, story.terms),
            names=alike(self.names, story.names),
            title=alike(self.title, story.title),
            numbers=math.log1p(len(article.numbers.intersection(story.numbers))),
            elsewhere=float(self._is_elsewhere(story)),
            size=math.log(max(1, min(story.articles, LARGEST))),
            gap=_gap(article.when, story),
            meaning=meaning(article.vector, story.vector),
        )

    def _is_elsewhere(self, story: StoryProfile) -> bool:
        """Talks in Ankara are not talks in Madrid."""
        return bool(self.places) and self.places.isdisjoint(story.names) and not KNOWN_PLACES.isdisjoint(story.names)

    def shared_rare_names(self, story: StoryProfile) -> int:
        """How many names that are rare in the archive both have, each counted once."""
        return len(self._shared_rare_names(story))

    def shared_obscure_names(self, story: StoryProfile) -> int:
        """The same without those of the tables: the names that the same four capitals and presidents share daily."""
        return sum(tuple(key.split()) not in KNOWN for key in self._shared_rare_names(story))

    def _shared_rare_names(self, story: StoryProfile) -> set[str]:
        limit = RARE * self.idf_of(NAME_PREFIX)
        return _independent(key for key in self.names if key in story.names and self.idf_of(NAME_PREFIX + key) >= limit)

    def shared_with(self, story: StoryProfile) -> tuple[str, ...]:
        """Keys in common, the strongest first; of a name its longest key alone."""
        weights = {key: weight * story.names[key] for key, weight in self.names.items() if key in story.names}
        weights = {key: weights[key] for key in _independent(weights)}
        in_names = {word for key in weights for word in key.split()}
        terms = (key for key in self.terms if key in story.terms and key not in in_names)
        weights |= {key: self.terms[key] * story.terms[key] for key in terms}
        return tuple(sorted(weights, key=lambda key: (-weights[key], key))[:MAX_SHARED])


def _gap(when: datetime, story: StoryProfile) -> float:
    """It levels off: what could hardly be of another story revives one after a week as after three months."""
    quiet = max(story.first - when, when - story.last, _NOW)
    return quiet / (quiet + QUIET)


def is_foreign(language: str, story: StoryProfile) -> bool:
    """Whether a story is mostly in other languages, so that names alone can be compared."""
    return bool(story.languages) and story.languages.get(language, 0.0) <= MINORITY * story.articles


def alike(one: Weights, other: Weights) -> float:
    """Cosine of two sets of weights; 0 where one of them is empty."""
    product = sum([weight * other[key] for key, weight in one.items() if key in other])
    if not product:
        return 0.0
    return min(1.0, product / (math.hypot(*one.values()) * math.hypot(*other.values())))


def meaning(one: Vector | Centre | None, other: Vector | Centre | None) -> float:
    """Cosine of two vectors; 0 where one is missing or of another model."""
    if one is None or other is None or not is_comparable(one, other):
        return 0.0
    return max(0.0, cosine(one, other))


def _independent(keys: Iterable[str]) -> set[str]:
    """Without last names and countries that stand for a longer name or a capital among the keys."""
    found = set(keys)
    implied = {key.split()[-1] for key in found if " " in key} | {COUNTRY_OF_CAPITAL.get(key, "") for key in found}
    return found - implied
