"""Which sentences are worth reading closely: those that hold a word without which there is no fact.

Most sentences hold none. The text has been split into words for other stages already, and of these each different one
is looked at once; this only passes over sentences, and finds no fact itself.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set
from itertools import compress

from worker.stages.text.words import Sentence, pieces


def cue_places(text: str, cues: Set[str]) -> list[tuple[int, str]]:
    """Where the words of a text begin that are among the cues, which are folded, or hold a digit or another sign; and
    each word, folded.
    """
    words = pieces(text)
    different = set(words.folded)
    found = {word for word in different if not word.isalpha()} | (different & cues)
    return list(compress(zip(words.starts, words.folded, strict=True), map(found.__contains__, words.folded)))


def holding(sentences: Sequence[Sentence], places: Iterable[int]) -> list[int]:
    """In which of the sentences, by their number in order, each of the places is; those before all are left out."""
    begins = [sentence.start for sentence in sentences]
    return [index for place in places if (index := bisect_right(begins, place) - 1) >= 0]
