"""Which sentences are worth reading closely: those that hold a word without which there is no fact.

Most sentences hold none. The text has been split into words for other stages already, so that this costs a look at
each word; it only passes over sentences, and finds no fact itself.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence

from worker.stages.text.words import Sentence, Word, split


def cue_words(text: str, cues: Container[str]) -> list[Word]:
    """The words of a text that are among the cues, which are folded, or hold a digit or another sign."""
    return [word for word in split(text) if word[1] in cues or not word[1].isalpha()]


def holding(pieces: Sequence[Sentence], words: Iterable[Word]) -> list[int]:
    """Which of the sentences, by their number in order, hold one of the words."""
    begins = [piece.start for piece in pieces]
    return sorted({index for word in words if (index := bisect_right(begins, word.start) - 1) >= 0})
