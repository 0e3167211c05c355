"""Stories: which story an article belongs to, decided in one pass from words, names, places and time.

An article joins the story whose centre it resembles most, if it resembles it enough for an article of its length;
otherwise it opens one. Candidates come from an index of terms, never from all stories. Nothing is stored and no id is
given here; merging and splitting stories is not decided here either.

The method is single-pass clustering by the cosine to a story's TF-IDF centroid with decay in time, as in topic
detection and tracking. Names are compared beside the words, because outlets that share no wording share those.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from worker.stages.keywords import term_counts
from worker.stages.names import PERSON, UNKNOWN, Name
from worker.stages.names.known import COUNTRY_OF_CAPITAL, KNOWN_PLACES
from worker.stages.text.stopwords import primary

IdfOf = Callable[[str], float]  # of a term, or of a name behind NAME_PREFIX
Weights = Mapping[str, float]

# Terms, names and languages share one index and one table of document frequencies.
NAME_PREFIX = "n:"
LANGUAGE_PREFIX = "l:"
MAX_TERMS = 60  # of an article; the words after these tell texts apart, not events
MAX_NAMES = 40
MAX_STORY_TERMS = 400  # of terms and of names each; what fell out was in few of its articles
MAX_SHARED = 8  # in a receipt

NAMES_SHARE = 0.3  # of the likeness; the words carry the rest
LAST_NAME_SHARE = 0.7  # "Zelensky" of "Volodymyr Zelensky": what short reports and long ones have in common
COUNTRY_SHARE = 0.5  # Turkey, where a report names Ankara
ELSEWHERE = 0.25  # the likeness left of a headline that names places, and none of the story's
SIGMA_DAYS = 4.0  # how fast a story without coverage stops attracting articles

# A headline shares few words even with its own story, a full text some with any. Between the two lengths, in words,
# the threshold rises with the logarithm.
HEADLINE_WORDS, HEADLINE_THRESHOLD = 15, 0.09
FULL_WORDS, FULL_THRESHOLD = 250, 0.24

# Reports in two languages share names alone. They must agree on these strongly, since wrong merges cost more. It is
# the same for the third report in a language, whose words two others cannot make count in a story of twenty.
NAMES_ALONE_THRESHOLD = 0.27
NAMES_ALONE_SHARED = 3
RARE = 0.5  # of the idf of a name never seen before
MINORITY = 0.34  # of a story's articles

_NOTHING = 1e-9  # what rounding leaves of a weight taken out again


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an article is compared: weights of its term keys and name keys, its time, its length in words."""

    terms: Weights
    names: Weights
    when: datetime
    words: int
    language: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "t": dict(self.terms),
            "n": dict(self.names),
            "w": self.when.isoformat(),
            "l": self.words,
            "g": self.language,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Profile":
        return cls(kept["t"], kept["n"], datetime.fromisoformat(kept["w"]), kept["l"], kept["g"])


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

    def to_json(self) -> dict[str, Any]:
        return {
            "t": dict(self.terms),
            "n": dict(self.names),
            "a": self.articles,
            "f": self.first.isoformat(),
            "u": self.last.isoformat(),
            "g": dict(self.languages),
        }

    @classmethod
    def from_json(cls, id: int, kept: Mapping[str, Any]) -> "StoryProfile":  # noqa: A002 - the field's name
        first, last = datetime.fromisoformat(kept["f"]), datetime.fromisoformat(kept["u"])
        return cls(id, kept["t"], kept["n"], kept["a"], first, last, kept["g"])


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an article belongs to, None for a new one; with the best candidate's score and the grounds."""

    story: int | None
    score: float
    threshold: float
    shared: tuple[str, ...]  # keys of the strongest words and names in common with the best candidate
    also: tuple[int, ...] = ()


def profile(title: str, text: str, names: Iterable[Name], language: str, when: datetime) -> Profile:
    """What of an article the story stage compares. `when` is the article's own time."""
    counts = term_counts(title, text, language)
    terms = {key: math.log1p(counts[key]) for key in list(counts)[:MAX_TERMS]}
    words = len(title.split()) + len(text.split())
    return Profile(terms, _name_weights(names), when, words, primary(language))


def probe_terms(profile: Profile, idf_of: IdfOf, top: int = 12) -> tuple[str, ...]:
    """The strongest terms and names of an article, by which its candidate stories are looked up."""
    weights = _weighted({**profile.terms, **_prefixed(profile.names)}, idf_of)
    return tuple(sorted(weights, key=lambda key: -weights[key])[:top])


def to_index(profile: Profile) -> dict[str, float]:
    """All that an article adds to its story, as rows of one table: terms, names and the language."""
    return {**profile.terms, **_prefixed(profile.names), LANGUAGE_PREFIX + profile.language: 1.0}


def from_index(id: int, rows: Weights, articles: int, first: datetime, last: datetime) -> StoryProfile:  # noqa: A002 - the field's name
    """A story from the summed `to_index` rows of its articles."""
    parts: dict[str, dict[str, float]] = {"": {}, NAME_PREFIX: {}, LANGUAGE_PREFIX: {}}
    for key, weight in rows.items():
        prefix = next((prefix for prefix in (NAME_PREFIX, LANGUAGE_PREFIX) if key.startswith(prefix)), "")
        parts[prefix][key.removeprefix(prefix)] = weight
    return StoryProfile(id, parts[""], parts[NAME_PREFIX], articles, first, last, parts[LANGUAGE_PREFIX])


def counted_keys(profile: Profile | StoryProfile) -> frozenset[str]:
    return frozenset({*profile.terms, *_prefixed(profile.names)})


def probe_keys(profile: Profile, idf_of: IdfOf) -> tuple[str, ...]:
    return probe_terms(profile, idf_of, 16)


def index_keys(story: StoryProfile, idf_of: IdfOf) -> tuple[str, ...]:
    weights = _weighted({**story.terms, **_prefixed(story.names)}, idf_of)
    return tuple(sorted(weights, key=lambda key: -weights[key])[:24])


def open_story(id: int, profile: Profile) -> StoryProfile:  # noqa: A002 - the field's name
    """A story of one article."""
    return from_index(id, to_index(profile), 1, profile.when, profile.when)


def choose(profile: Profile, candidates: Sequence[StoryProfile], idf_of: IdfOf) -> Choice:
    """The candidate that the article resembles most, if enough; failing that, one whose names agree strongly."""
    compared = _Compared.of(profile, idf_of)
    threshold = threshold_for(profile.words)
    found = [compared.with_story(story) for story in candidates]
    best = max(found, key=lambda likeness: likeness.score, default=None)
    if best is None:
        return Choice(None, 0.0, threshold, ())
    if best.score >= threshold:
        return Choice(best.story.id, best.score, threshold, compared.shared_with(best.story))
    agreeing = [likeness for likeness in found if likeness.names >= NAMES_ALONE_THRESHOLD]
    for likeness in sorted(agreeing, key=lambda likeness: -likeness.names):
        if compared.agrees_in_names_alone(likeness.story):
            shared = compared.shared_with(likeness.story)
            return Choice(likeness.story.id, likeness.names, NAMES_ALONE_THRESHOLD, shared)
    return Choice(None, best.score, threshold, compared.shared_with(best.story))


def add(story: StoryProfile, profile: Profile) -> StoryProfile:
    """The story with one more article."""
    return replace(
        story,
        terms=_heaviest(_sum(story.terms, profile.terms, +1)),
        names=_heaviest(_sum(story.names, profile.names, +1)),
        articles=story.articles + 1,
        languages=_sum(story.languages, {profile.language: 1.0}, +1),
        first=min(story.first, profile.when),
        last=max(story.last, profile.when),
    )


def remove(story: StoryProfile, profile: Profile) -> StoryProfile:
    """The story without an article that it had, as when a revision takes its place.

    Its span stays: from the sums alone nobody can tell when its other articles were.
    """
    return replace(
        story,
        terms=_sum(story.terms, profile.terms, -1),
        names=_sum(story.names, profile.names, -1),
        languages=_sum(story.languages, {profile.language: 1.0}, -1),
        articles=story.articles - 1,
    )


def threshold_for(words: int) -> float:
    """How much an article of so many words must resemble a story to belong to it."""
    return _by_length(words, HEADLINE_THRESHOLD, FULL_THRESHOLD)


def _by_length(words: int, of_headline: float, of_full_text: float) -> float:
    length = min(max(words, HEADLINE_WORDS), FULL_WORDS)
    share = math.log(length / HEADLINE_WORDS) / math.log(FULL_WORDS / HEADLINE_WORDS)
    return of_headline + share * (of_full_text - of_headline)


# --- Comparing ---


@dataclass(frozen=True, slots=True)
class _Likeness:
    story: StoryProfile
    score: float  # of words and names
    names: float  # of names alone


@dataclass(frozen=True, slots=True)
class _Compared:
    """An article made ready to be compared with many stories."""

    profile: Profile
    terms: Weights
    names: Weights
    idf_of: IdfOf

    @classmethod
    def of(cls, profile: Profile, idf_of: IdfOf) -> "_Compared":
        return cls(profile, _weighted(profile.terms, idf_of), _weighted(_prefixed(profile.names), idf_of), idf_of)

    def with_story(self, story: StoryProfile) -> _Likeness:
        near = _nearness(self.profile.when, story)
        terms = _cosine(self.terms, _weighted(story.terms, self.idf_of))
        if not (self.names and story.names):
            return _Likeness(story, near * terms, 0.0)
        names = _cosine(self.names, _weighted(_prefixed(story.names), self.idf_of))
        if _is_elsewhere(self.profile.names, story.names):
            near *= _by_length(self.profile.words, ELSEWHERE, 1.0)
        return _Likeness(story, near * ((1 - NAMES_SHARE) * terms + NAMES_SHARE * names), near * names)

    def agrees_in_names_alone(self, story: StoryProfile) -> bool:
        """Whether a story mostly in other languages has several rare names in common with the article."""
        in_language = story.languages.get(self.profile.language, 0.0)
        if not story.languages or in_language > MINORITY * story.articles:
            return False
        shared = [key for key in self.profile.names if key in story.names and self._is_rare(key)]
        return len(_independent(shared)) >= NAMES_ALONE_SHARED

    def shared_with(self, story: StoryProfile) -> tuple[str, ...]:
        """Keys in common, the strongest first; of a name its longest key alone."""
        names = [key.removeprefix(NAME_PREFIX) for key in self.names]
        weights = {key: self.names[NAME_PREFIX + key] * story.names[key] for key in names if key in story.names}
        weights = {key: weights[key] for key in _independent(weights)}
        in_names = {word for key in weights for word in key.split()}
        terms = (key for key in self.terms if key in story.terms and key not in in_names)
        weights |= {key: self.terms[key] * story.terms[key] for key in terms}
        return tuple(sorted(weights, key=lambda key: (-weights[key], key))[:MAX_SHARED])

    def _is_rare(self, name: str) -> bool:
        return self.idf_of(NAME_PREFIX + name) >= RARE * self.idf_of(NAME_PREFIX)


def _nearness(when: datetime, story: StoryProfile) -> float:
    """1 within the story's coverage, falling on both sides of it like a Gaussian."""
    gap = max(story.first - when, when - story.last, timedelta(0)) / timedelta(days=1)
    return math.exp(-((gap / SIGMA_DAYS) ** 2) / 2)


def _is_elsewhere(names: Weights, others: Weights) -> bool:
    """Whether both name places, and no place in common: talks in Ankara are not talks in Madrid."""
    places = names.keys() & KNOWN_PLACES
    return bool(places) and places.isdisjoint(others) and not KNOWN_PLACES.isdisjoint(others)


def _independent(keys: Iterable[str]) -> set[str]:
    """Without last names and countries that stand for a longer name or a capital among the keys."""
    found = set(keys)
    implied = {key.split()[-1] for key in found if " " in key} | {COUNTRY_OF_CAPITAL.get(key, "") for key in found}
    return found - implied


# --- Weights ---


def _name_weights(names: Iterable[Name]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for name in list(names)[:MAX_NAMES]:
        weight = math.log1p(name.count + name.in_title)
        for key, share in _keys_of(name):
            weights[key] = max(weight * share, weights.get(key, 0.0))
    return weights


def _keys_of(name: Name) -> Iterable[tuple[str, float]]:
    """A name's own key, and those of what it implies: a person's last name, a capital's country."""
    yield name.key, 1.0
    if name.kind in (PERSON, UNKNOWN) and " " in name.key and " of " not in name.key:
        yield name.key.split()[-1], LAST_NAME_SHARE
    if name.key in COUNTRY_OF_CAPITAL:
        yield COUNTRY_OF_CAPITAL[name.key], COUNTRY_SHARE


def _prefixed(names: Weights) -> dict[str, float]:
    return {NAME_PREFIX + key: weight for key, weight in names.items()}


def _weighted(weights: Weights, idf_of: IdfOf) -> dict[str, float]:
    return {key: weight * idf_of(key) for key, weight in weights.items()}


def _cosine(left: Weights, right: Weights) -> float:
    product = sum(weight * right[key] for key, weight in left.items() if key in right)
    return product / (_length(left) * _length(right)) if product else 0.0


def _length(weights: Weights) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _sum(weights: Weights, others: Weights, sign: int) -> dict[str, float]:
    total = dict(weights)
    for key, weight in others.items():
        total[key] = total.get(key, 0.0) + sign * weight
    return {key: weight for key, weight in total.items() if weight > _NOTHING}


def _heaviest(weights: dict[str, float]) -> dict[str, float]:
    if len(weights) <= MAX_STORY_TERMS:
        return weights
    return dict(sorted(weights.items(), key=lambda item: -item[1])[:MAX_STORY_TERMS])
