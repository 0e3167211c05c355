"""The story that an article belongs to, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from worker.stages.story.centre import StoryProfile
from worker.stages.story.evidence import Compared, Evidence, alike, is_foreign, meaning
from worker.stages.story.model import FARTHEST, Model, probability
from worker.stages.story.profile import NAME_PREFIX, IdfOf, Profile, Weights
from worker.stages.story.thresholds import LEARNED
from worker.stages.vector import is_comparable

# Reports in two languages share names alone. They must agree on these strongly, since wrong merges cost more. It is
# the same for the third report in a language, whose words two others cannot make count in a story of twenty.
NAMES_ALONE_SHARED = 3
SAME_DAYS = 0.5  # of `Evidence.gap`
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

    @property
    def name_likeness(self) -> float:
        """Of names alone, less with every day between."""
        return self.evidence.names / (1 + self.evidence.gap)


def choose(profile: Profile, candidates: Sequence[StoryProfile], idf_of: IdfOf, *, model: Model = LEARNED) -> Choice:
    """The candidate that the article most likely belongs to, if likely enough; failing that, by names alone."""
    if not candidates:
        return Choice(None, 0.0, probability(model.words.limit(profile.words)), ())
    compared = Compared.of(profile, idf_of)
    found = sorted((_found(compared, story, model) for story in candidates), key=lambda one: -one.margin)
    best = found[0]
    if best.margin < 0:
        foreign = _by_names_alone(compared, found, model)
        if foreign is not None:
            shared = compared.shared_with(foreign.story)
            return Choice(foreign.story.id, foreign.name_likeness, model.names_alone, shared)
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
    has_grounds = evidence.words or evidence.names or evidence.meaning
    margin = weighing.margin(evidence, words) if has_grounds else -FARTHEST
    return _Found(story, evidence, margin, weighing.limit(words))


def _by_names_alone(compared: Compared, found: Sequence[_Found], model: Model) -> _Found | None:
    """A story in other languages that has several rare names in common with the article, at about its time."""
    foreign = [one for one in found if is_foreign(compared.profile.language, one.story)]
    likeliest = sorted(foreign, key=lambda one: -one.name_likeness)
    return next((one for one in likeliest if _agree_in_names(compared, one, model)), None)


def _agree_in_names(compared: Compared, one: _Found, model: Model) -> bool:
    """Names that few know join on the same days by their number; all others must weigh as well."""
    if one.name_likeness >= model.names_alone:
        return compared.shared_rare_names(one.story) >= NAMES_ALONE_SHARED
    return one.evidence.gap < SAME_DAYS and compared.shared_obscure_names(one.story) >= NAMES_ALONE_SHARED


def _by_archive(weights: Weights, idf_of: IdfOf, prefix: str = "") -> dict[str, float]:
    """The rarity in the language is in the weights already, so that half of that in the archive is enough."""
    return {key: weight * idf_of(prefix + key) ** 0.5 for key, weight in weights.items()}
