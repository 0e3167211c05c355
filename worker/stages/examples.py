"""Example articles of a topic: how much another article is like them, and which topics have one that it is like.

The likeness is the cosine of what the story stage compares, words and names by halves. What is rare in the language
counts more; how rare it is in the archive changes from day to day and is left out, so that a replay finds the same.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from worker.stages.story.profile import Profile, Weights

# From the labelled events of an archive: reports of one event are at .5 to .7, of one subject at .3 to .45.
DEFAULT_LIMIT = 0.45
LOWEST_LIMIT, HIGHEST_LIMIT = 0.25, 0.7
ITSELF = 0.999
_LOSS = 1e-9  # of a sum of floats


@dataclass(frozen=True, slots=True)
class Example:
    """An article that a user named as an example: as he wrote it (an address or an id), and what is compared of it."""

    label: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Likeness:
    """The example that an article is most like, how much (0 to 1), and from where on that is enough."""

    example: str
    score: float
    limit: float


def likeness(one: Profile, other: Profile) -> float:
    """From 0 to 1. Articles in two languages share hardly more than names, and come to a half at the most."""
    return (_cosine(one.terms, other.terms) + _cosine(one.names, other.names)) / 2


def limit_between(examples: Sequence[Example], inside: Iterable[Profile], outside: Iterable[Profile]) -> float:
    """The likeness from which on an article is taken to be of the examples' kind.

    In the middle between the least of most articles `inside` their stories and the most of those `outside`; among
    themselves, if there are several examples, they count as inside.
    """
    near = [score for score in map(partial(_nearest, examples), inside) if score < ITSELF]
    near = sorted([*near, *_among_themselves(examples)])
    far = max(map(partial(_nearest, examples), outside), default=0.0)
    if not near:
        return DEFAULT_LIMIT
    middle = (near[len(near) // 10] + far) / 2
    return round(min(max(middle, LOWEST_LIMIT), HIGHEST_LIMIT), 2)


def _nearest(examples: Iterable[Example], profile: Profile) -> float:
    return max(likeness(profile, example.profile) for example in examples)


def _among_themselves(examples: Sequence[Example]) -> Iterator[float]:
    for place, example in enumerate(examples):
        others = [*examples[:place], *examples[place + 1 :]]
        if others:
            yield _nearest(others, example.profile)


class ExampleIndex:
    """All examples of all topics, found again by their heaviest words and names.

    What it finds is what comparing with each of them finds: listed under so many of its keys as it takes, an example
    cannot reach its limit with an article that has none of these (prefix filtering: Bayardo, Ma and Srikant 2007).
    """

    def __init__(self, examples: Iterable[tuple[str, float, Example]]) -> None:
        """Topic, limit, example: as many as there are."""
        self._examples = tuple(examples)
        listed: dict[str, list[int]] = defaultdict(list)
        for place, (_, limit, example) in enumerate(self._examples):
            for key in listing(example.profile, limit):
                listed[key].append(place)
        self._listed: Mapping[str, Sequence[int]] = MappingProxyType(dict(listed))

    def alike(self, profile: Profile) -> Mapping[str, Likeness]:
        """The topics with an example that the article is like enough, with the one it is most like."""
        found: dict[str, Likeness] = {}
        for place in sorted({place for key in _keys(profile) for place in self._listed.get(key, ())}):
            topic, limit, example = self._examples[place]
            score = likeness(profile, example.profile)
            if score >= limit and (topic not in found or score > found[topic].score):
                found[topic] = Likeness(example.label, score, limit)
        return found


def listing(profile: Profile, limit: float) -> Sequence[str]:
    """The keys without all of which no article comes up to `limit`, the heaviest first."""
    terms, names = _ranked("t:", profile.terms), _ranked("n:", profile.names)
    taken: list[str] = []
    while (_rest(terms) + _rest(names)) / 2 >= limit - _LOSS and (terms or names):
        heavier = terms if _rest(terms) >= _rest(names) else names
        taken.append(heavier.pop(0)[0])
    return taken


def _keys(profile: Profile) -> Iterator[str]:
    yield from ("t:" + key for key in profile.terms)
    yield from ("n:" + key for key in profile.names)


def _ranked(mark: str, weights: Weights) -> list[tuple[str, float]]:
    """Keys with their share of the length of all weights, the heaviest first."""
    length = math.hypot(*weights.values()) or 1.0
    shares = [(mark + key, weight / length) for key, weight in weights.items()]
    return sorted(shares, key=lambda share: (-share[1], share[0]))


def _rest(shares: Sequence[tuple[str, float]]) -> float:
    """The most that these keys alone can add to a cosine."""
    return math.hypot(*(share for _, share in shares))


def _cosine(one: Weights, other: Weights) -> float:
    product = sum(weight * other[key] for key, weight in one.items() if key in other)
    return product / (math.hypot(*one.values()) * math.hypot(*other.values())) if product else 0.0
