"""How likely it is that an article belongs to a story, given what they have in common.

Weights add up to log odds. There is one set for headlines and one for full texts; between the two lengths, in words,
they change with the logarithm. With sentence vectors on both sides there are two more sets. The weights are learned
and lie in `thresholds`.
"""

import math
from dataclasses import dataclass

from worker.stages.story.evidence import Evidence

# A headline shares few words even with its own story, a full text some with any.
HEADLINE_WORDS = 15
FULL_TEXT_WORDS = 150
FARTHEST = 50.0  # log odds; beyond, the exponential may overflow and says nothing more


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each figure of the evidence counts, `base` what counts by itself, and the log odds that are enough."""

    each: Evidence
    base: float
    limit: float

    def margin(self, evidence: Evidence) -> float:
        """Log odds of the article belonging to the story, above those that are enough."""
        odds = self.base + sum([weight * figure for weight, figure in zip(self.each, evidence, strict=True)])
        return odds - self.limit


@dataclass(frozen=True, slots=True)
class ByLength:
    """The two ends between which articles are weighed."""

    headline: Weighing
    full_text: Weighing

    def margin(self, evidence: Evidence, words: int) -> float:
        """Log odds above those that are enough for an article of so many words."""
        share = share_of_full_text(words)
        return (1 - share) * self.headline.margin(evidence) + share * self.full_text.margin(evidence)

    def limit(self, words: int) -> float:
        """The log odds that are enough."""
        share = share_of_full_text(words)
        return (1 - share) * self.headline.limit + share * self.full_text.limit


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned: with words alone, and with sentence vectors on both sides."""

    words: ByLength
    meaning: ByLength
    merge: float  # log odds above the limit from which on a second story is as good as certain

    def weighing(self, *, with_meaning: bool) -> ByLength:
        return self.meaning if with_meaning else self.words


def share_of_full_text(words: int) -> float:
    """0 for a headline, 1 for a full text, between them by the logarithm of the length."""
    length = min(max(words, HEADLINE_WORDS), FULL_TEXT_WORDS)
    return math.log(length / HEADLINE_WORDS) / math.log(FULL_TEXT_WORDS / HEADLINE_WORDS)


def probability(odds: float) -> float:
    """From log odds."""
    return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, odds))))
