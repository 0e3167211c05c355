"""Which sentences are worth reading closely: those that hold a word without which there is no fact.

Most sentences hold none. The text has been split into words for other stages already, and of these each different one
is looked at once; this only passes over sentences, and finds no fact itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from itertools import compress

from worker.stages.text.words import Sentence, pieces

_SIGNS = "$€£¥₺₴%"
# A year, behind which nothing stands that it might count or be a sum of; or what makes no number at all.
_COUNTS_NOTHING = re.compile(
    r"(?:19|20)\d\d(?:[,.;!?)\]\"”](?!\d)|$"
    r"|\s(?:and|or|but|when|that|to|in|the|for|with|on|by|as|is|was|were|after|before|because|while|at|from|he|she|it"
    r"|they|would|will|had|und|oder|als|mit|wurde|et|où|avec|y|cuando|con|e|quando|com|і|та|и)\b)"
    r"|\d+(?:st|nd|rd|th|s)\b|\d+/\d"
)


def cue_places(text: str, cues: Set[str]) -> list[tuple[int, str]]:
    """Where the words of a text begin that are among the cues, which are folded, or hold a digit or another sign; and
    each word, folded.
    """
    words = pieces(text)
    folded, starts = words.folded, words.starts
    different = set(folded)
    found = {word for word in different if not word.isalpha()} | (different & cues)
    return [(starts[place], folded[place]) for place in compress(range(len(folded)), map(found.__contains__, folded))]


def holding(sentences: Sequence[Sentence], places: Iterable[int]) -> list[int]:
    """In which of the sentences, by their number in order, each of the places is; those before all are left out."""
    begins = [sentence.start for sentence in sentences]
    return [index for place in places if (index := bisect_right(begins, place) - 1) >= 0]


def may_count(text: str, place: int) -> bool:
    """Whether a number that begins at a place of a text may count something: not as "in 2018, …", "the 5th", "9/11"."""
    if _COUNTS_NOTHING.match(text, place) is None:
        return True
    return any(sign in _SIGNS for sign in text[max(0, place - 2) : place])
