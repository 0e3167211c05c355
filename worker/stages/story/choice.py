"""The story that an article belongs to, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from worker.stages.story.centre import StoryProfile
from worker.stages.story.evidence import Compared, Evidence, alike, meaning
from worker.stages.story.model import FARTHEST, Model, probability
from worker.stages.story.profile import NAME_PREFIX, IdfOf, Profile, Weights
from worker.stages.story.thresholds import LEARNED
from worker.stages.vector import is_comparable

NAMES_SHARE = 0.4  # of the likeness of two stories
MEANING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an article belongs to, None for a new one; with the best candidate's score and the grounds.

    `score` and `threshold` lie between 0 and 1: how likely it is that the article is one of that story.
    """

    story: int | None
    score: float
    threshold: float
    shared: tuple[str, ...]  # keys of the strongest words and names in common with the best candidate
    also: tuple[int, ...] = ()  # other stories that it as good as certainly belongs to: they may be one with `story`


@dataclass(frozen=True, slots=True)
class _Found:
    story: StoryProfile
    evidence: Evidence
    margin: float  # log odds above the limit
    limit: float


def choose(profile: Profile, candidates: Sequence[StoryProfile], idf_of: IdfOf, *, model: Model = LEARNED) -> Choice:
    """The candidate that the article most likely belongs to, if likely enough."""
    if not candidates:
        return Choice(None, 0.0, probability(model.words.limit(profile.words)), ())
    compared = Compared.of(profile, idf_of)
    found = sorted((_found(compared, story, model) for story in candidates), key=lambda one: -one.margin)
    best = found[0]
    return Choice(
        story=best.story.id if best.margin >= 0 else None,
        score=probability(best.limit + best.margin),
        threshold=probability(best.limit),
        shared=compared.shared_with(best.story),
        also=tuple(one.story.id for one in found[1:] if one.margin >= model.merge),
    )


def likeness(one: StoryProfile, other: StoryProfile, idf_of: IdfOf) -> float:
    """How much two stories resemble each other, from 0 to 1, by their words and names; time is left out."""
    words = alike(_by_archive(one.terms, idf_of), _by_archive(other.terms, idf_of))
    names = alike(_by_archive(one.names, idf_of, NAME_PREFIX), _by_archive(other.names, idf_of, NAME_PREFIX))
    textual = (1 - NAMES_SHARE) * words + NAMES_SHARE * names
    close = meaning(one.vector, other.vector)
    return (1 - MEANING_SHARE) * textual + MEANING_SHARE * close if close else textual


def _found(compared: Compared, story: StoryProfile, model: Model) -> _Found:
    vector, words = compared.profile.vector, compared.profile.words
    weighing = model.weighing(with_meaning=is_comparable(vector, story.vector))
    evidence = compared.with_story(story)
    # Where nothing is compared, nothing speaks for the story: the weights are those of pairs with something in common.
    has_grounds = evidence.words or evidence.names or evidence.meaning or evidence.rare
    margin = weighing.margin(evidence, words) if has_grounds else -FARTHEST
    return _Found(story, evidence, margin, weighing.limit(words))


def _by_archive(weights: Weights, idf_of: IdfOf, prefix: str = "") -> dict[str, float]:
    """The rarity in the language is in the weights already, so that half of that in the archive is enough."""
    return {key: weight * idf_of(prefix + key) ** 0.5 for key, weight in weights.items()}
