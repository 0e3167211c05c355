"""A text as `runs` reads it: its words in columns, and its sentences with the places of the words written like names.

How an article writes a word elsewhere is evidence too: one also written in lower case has its capital from its place.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import compress
from operator import ne, not_
from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.tokens import is_acronym, is_capital
from worker.stages.names.vocabulary import words_of
from worker.stages.text.stopwords import stopwords
from worker.stages.text.table import Table
from worker.stages.text.words import Pieces, fold_word, pieces, sentences

_HEADLINE_LOWER_CASE = words_of(vocabulary.HEADLINE_LOWER_CASE)

Range = tuple[int, int]  # of words: the first, and one past the last


class Sentence(NamedTuple):
    """A sentence as a range of words, and which of these are written like names."""

    first: int
    last: int  # one past the last word
    capitals: Sequence[int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in columns, and the sentences that have words written like names."""

    pieces: Pieces
    texts: Sequence[str]  # of the words, as written
    folded: Sequence[str]
    gaps: Sequence[str]  # before each word, and behind the last
    sentences: Sequence[Sentence]  # in which a capital is evidence
    headlines: Sequence[Range]  # sentences in which it is none
    lower: Sequence[str]  # folded words that are not written like names, as far as they are written otherwise

    def written(self, first: int, last: int) -> str:
        """Some neighbouring words with what is between them."""
        return self.texts[first] if last - first == 1 else "".join(self.pieces.all[2 * first + 1 : 2 * last])


@dataclass(frozen=True, slots=True)
class Writing:
    """How an article writes words: ever in lower case, ever with a capital inside a sentence."""

    code: str  # of its language
    common: Set[str]  # stop words of the language
    lower: Set[str]
    inner: Set[str]

    def is_common(self, folded: str) -> bool:
        """Whether a capital on this word may come from its place in the sentence alone."""
        return folded in self.lower or folded in self.common


def passage(text: str, code: str) -> Passage:
    """Read a text in some language."""
    found = pieces(text)
    texts, folded = found.words, found.folded
    capitals, others = _capitals(texts, folded)
    lower = [folded[index] for index in others]
    showing, headlines = _sentences(_ranges(text, found), found, capitals, stopwords(code))
    return Passage(found, texts, folded, found.all[::2], showing, headlines, lower)


def _capitals(texts: Sequence[str], folded: Sequence[str]) -> tuple[list[int], list[int]]:
    """Which words are written like names, and which others are not written as they are folded."""
    # What has a capital differs from what it is folded to; which words do is found without a step for each in Python.
    differing = list(compress(range(len(texts)), map(ne, texts, folded)))
    are_upper = [texts[index][0].isupper() for index in differing]
    capitals, others = list(compress(differing, are_upper)), list(compress(differing, map(not_, are_upper)))
    if inside := {index for index in others if is_capital(texts[index])}:  # eBay
        return sorted([*capitals, *inside]), [index for index in others if index not in inside]
    return capitals, others


def only_opens(text: str, folded: str, common: Set[str]) -> bool:
    """Whether a word that opens a sentence has its capital from that alone: "The", as most sentences begin."""
    return folded in common and not is_acronym(text)


def _sentences(
    ranges: Iterable[Range], pieces: Pieces, capitals: Sequence[int], common: Set[str]
) -> tuple[list[Sentence], list[Range]]:
    """The sentences with words written like names, but for those whose one such word only opens them.

    Those in which a capital is evidence, and the others.
    """
    texts, folded, at = pieces.words, pieces.folded, 0
    showing: list[Sentence] = []
    headlines: list[Range] = []
    for first, last in ranges:
        start, at = at, bisect_left(capitals, last, at)
        if at == start:
            continue
        if at - start == 1 and capitals[start] == first and only_opens(texts[first], folded[first], common):
            continue
        if any(map(_SHOWS_CAPITALS.__getitem__, texts[first:last])):
            showing.append(Sentence(first, last, capitals[start:at]))
        else:
            headlines.append((first, last))
    return showing, headlines


def _ranges(text: str, pieces: Pieces) -> list[tuple[int, int]]:
    """The sentences of a text as ranges of its words."""
    ranges: list[tuple[int, int]] = []
    words, starts, first = pieces.words, pieces.starts, 0
    for sentence in sentences(text):
        last = bisect_left(starts, sentence.end, first)
        if last > first:
            if ranges and words[first - 1][-1] == "." and "\n" not in pieces.all[2 * first]:
                # It begins only because the word before has dots: "U.S. President".
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
        first = last
    return ranges


def _shows_capitals(text: str) -> bool:
    """Whether capitals mean something beside a word: it is in lower case where a Title Case headline has a capital."""
    return text[0].islower() and fold_word(text) not in _HEADLINE_LOWER_CASE


_SHOWS_CAPITALS = Table(_shows_capitals, most=32_768)


def writing(passages: Sequence[Passage], code: str) -> Writing:
    """How the passages of one article, in some language, write words."""
    lower: set[str] = set()
    inner: set[str] = set()
    for piece in passages:
        # As most words in lower case are folded as they stand, it does no harm that others are here as written.
        lower.update(piece.pieces.counts, piece.lower)
        texts, folded = piece.texts, piece.folded
        for first, _, capitals in piece.sentences:
            inside = capitals[1:] if capitals[0] == first else capitals
            inner.update([folded[index] for index in inside if texts[index][0].isupper()])
    return Writing(code, stopwords(code), lower, inner)
