"""Drift: whether what a topic follows still has to do with what it asked for.

The names of an article that is followed are held against the names of those articles of its story that the topic found
by itself. One that shares few of them may be a side of the story; several in a row are another story. It is told, on
the receipt; whether to go on following is for a person to say.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

MAIN_NAMES = 10  # of an article, the most mentioned: who is quoted once tells nothing of what it is about
FEWEST_NAMES = 4  # an article with fewer says too little to be judged
FEW = 0.2  # of its main names; a later report of one story has two thirds of them as a rule, one in forty so few
IN_A_ROW = 3  # articles


@dataclass(frozen=True, slots=True)
class Kinship:
    """How many of an article's main names the topic's own articles have."""

    shared: int
    of: int

    @property
    def is_distant(self) -> bool:
        return self.of >= FEWEST_NAMES and self.shared <= FEW * self.of


def kinship(names: Set[int], of_topic: Set[int]) -> Kinship:
    """`names`: the article's main names, by id; `of_topic`: those of the articles that the topic found by itself."""
    return Kinship(len(names & of_topic), len(names))


def has_drifted(latest: Sequence[Kinship]) -> bool:
    """Of the articles followed last, the newest first: whether several in a row have little to do with the topic."""
    return len(latest) >= IN_A_ROW and all(one.is_distant for one in latest[:IN_A_ROW])


def drift_reason(newest: Kinship) -> str:
    return f"this story now shares few names with your topic ({newest.shared} of {newest.of})"
