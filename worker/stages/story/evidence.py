"""What an article and a story have in common, or keeps them apart, as a few figures. What they mean is for `model`."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from worker.stages import background
from worker.stages.background import prior
from worker.stages.names.known import COUNTRY_OF_CAPITAL, KNOWN, KNOWN_PLACES
from worker.stages.story.centre import StoryProfile
from worker.stages.story.profile import NAME_PREFIX, IdfOf, Profile, Weights
from worker.stages.story.sounds import sound
from worker.stages.vector import Centre, Vector, cosine, is_comparable

MAX_SHARED = 8  # in a receipt
LARGEST = 50  # articles; beyond, a story attracts no more than others for being large
MINORITY = 0.34  # of a story's articles: so few in a language cannot make its words count
RARE = 0.5  # of the idf of a name never seen before
AGREED = 3  # reports of a story, which show what it is about
BRIEF = 20  # words of a story; with fewer, little can be shared
QUIET = 4.0  # days, after which half of what a quiet period takes from a story is gone
_DAY = timedelta(days=1)
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
    leadless: float  # 1 if the article has nothing of the first name of a story in its language
    rare: float  # logarithm of 1 + how many names and words that few reports have both have
    rare_abroad: float  # the same where the story is in other languages, which share little else
    brief: float  # of the story: 1 if it has no words to share, half with BRIEF of them


@dataclass(frozen=True, slots=True)
class Compared:
    """An article made ready to be compared with many stories."""

    profile: Profile
    terms: Weights
    names: Weights
    title: Weights
    places: frozenset[str]
    rare_names: frozenset[str]
    rare_words: frozenset[str]

    @classmethod
    def of(cls, profile: Profile, idf_of: IdfOf) -> "Compared":
        """`idf_of` is asked for the article's own words and names alone."""
        of_terms = {key: idf_of(key) for key in profile.terms}
        of_names = {key: idf_of(NAME_PREFIX + key) for key in profile.names}
        enough = RARE * idf_of(NAME_PREFIX)
        rare_names = frozenset(key for key, rarity in of_names.items() if rarity >= enough and not is_known(key))
        in_common_names = {word for key in of_names.keys() - rare_names for word in key.split()}
        return cls(
            profile,
            {key: weight * of_terms[key] for key, weight in profile.terms.items()},
            {key: weight * of_names[key] for key, weight in profile.names.items()},
            {key: weight * idf_of(key) for key, weight in profile.title.items()},
            frozenset(KNOWN_PLACES & profile.names.keys()),
            rare_names,
            frozenset(
                key
                for key, rarity in of_terms.items()
                if rarity >= enough and key not in in_common_names and is_unlisted(key, profile.language)
            ),
        )

    def with_story(self, story: StoryProfile) -> Evidence:
        article = self.profile
        rare = math.log1p(self.shared_rare(story))
        return Evidence(
            words=alike(self.terms, story.terms),
            names=alike(self.names, story.names),
            title=alike(self.title, story.title),
            numbers=math.log1p(len(article.numbers.intersection(story.numbers))),
            elsewhere=float(self._is_elsewhere(story)),
            size=math.log(max(1, min(story.articles, LARGEST))),
            gap=_gap(article.when, story),
            meaning=meaning(article.vector, story.vector),
            leadless=float(self._lacks_lead(story)),
            rare=rare,
            rare_abroad=rare if is_foreign(article.language, story) else 0.0,
            brief=BRIEF / (BRIEF + len(story.terms)),
        )

    def _is_elsewhere(self, story: StoryProfile) -> bool:
        """Talks in Ankara are not talks in Madrid."""
        return bool(self.places) and self.places.isdisjoint(story.names) and not KNOWN_PLACES.isdisjoint(story.names)

    def _lacks_lead(self, story: StoryProfile) -> bool:
        """The name that most of a story's reports have is in the next one too. Two reports may not agree on it yet."""
        if story.articles < AGREED or not story.names or is_foreign(self.profile.language, story):
            return False
        lead = max(story.names, key=story.names.__getitem__)
        return lead not in self.profile.names and self.profile.terms.keys().isdisjoint(lead.split())

    def shared_rare(self, story: StoryProfile) -> int:
        """How many names and words both have that few reports have, each counted once."""
        names = _independent(self.rare_names & story.names.keys())
        abroad = self._alike_in_sound(names, story) if is_foreign(self.profile.language, story) else 0
        words = self.rare_words & story.terms.keys()
        if words:
            words -= {word for key in names for word in key.split()}
        return len(names) + abroad + len(words)

    def _alike_in_sound(self, names: set[str], story: StoryProfile) -> int:
        """How many names more both have, in two spellings."""
        heard = {sound(key) for key in self.rare_names} & {sound(key) for key in story.names}
        return len(_independent(heard - {sound(key) for key in names} - {""}))

    def shared_with(self, story: StoryProfile) -> tuple[str, ...]:
        """Keys in common, the strongest first; of a name its longest key alone."""
        weights = {key: weight * story.names[key] for key, weight in self.names.items() if key in story.names}
        weights = {key: weights[key] for key in _independent(weights)}
        in_names = {word for key in weights for word in key.split()}
        terms = (key for key in self.terms if key in story.terms and key not in in_names)
        weights |= {key: self.terms[key] * story.terms[key] for key in terms}
        return tuple(sorted(weights, key=lambda key: (-weights[key], key))[:MAX_SHARED])


@lru_cache(maxsize=65_536)
def is_known(key: str) -> bool:
    """Whether a name is of the tables: the same four capitals and presidents are shared daily."""
    return tuple(key.split()) in KNOWN


@lru_cache(maxsize=65_536)
def is_unlisted(key: str, code: str) -> bool:
    """Whether a word is rarer than the list of its language goes: most are names. Without a list none is."""
    return prior(key, code) == background.RARE


def _gap(when: datetime, story: StoryProfile) -> float:
    """The day after is as good as the same day. It levels off: what revives a story after weeks does after months."""
    quiet = max(story.first - when, when - story.last, _NOW) / _DAY
    return quiet**2 / (quiet**2 + QUIET**2)


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
