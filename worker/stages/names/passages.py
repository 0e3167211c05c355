"""A text as `runs` reads it: its words in columns, and its sentences with the places of the words written like names.

How an article writes a word elsewhere is evidence too: one also written in lower case has its capital from its place.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import compress
from operator import ne
from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.tokens import is_acronym, is_capital
from worker.stages.names.vocabulary import words_of
from worker.stages.text.stopwords import stopwords
from worker.stages.text.words import Pieces, pieces, sentences

_HEADLINE_LOWER_CASE = words_of(vocabulary.HEADLINE_LOWER_CASE)


class Sentence(NamedTuple):
    """A sentence as a range of words, and which of these are written like names."""

    first: int
    last: int  # one past the last word
    capitals: Sequence[int]
    shows: bool  # whether a capital is evidence here


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in columns, and the sentences that have words written like names."""

    pieces: Pieces
    texts: Sequence[str]  # of the words, as written
    folded: Sequence[str]
    gaps: Sequence[str]  # before each word, and behind the last
    capitals: Sequence[int]  # which of the words are written like names
    sentences: Sequence[Sentence]

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
    # What has a capital differs from what it is folded to; which words do is found without a step for each in Python.
    differing = compress(range(len(texts)), map(ne, texts, folded))
    capitals = [index for index in differing if texts[index][0].isupper() or is_capital(texts[index])]
    read = list(_sentences(_ranges(text, found), found, capitals, stopwords(code)))
    return Passage(found, texts, folded, found.all[::2], capitals, read)


def only_opens(text: str, folded: str, common: Set[str]) -> bool:
    """Whether a word that opens a sentence has its capital from that alone: "The", as most sentences begin."""
    return folded in common and not is_acronym(text)


def _sentences(
    ranges: Iterable[tuple[int, int]], pieces: Pieces, capitals: Sequence[int], common: Set[str]
) -> Iterable[Sentence]:
    """The sentences with words written like names, but for those whose one such word only opens them."""
    texts, folded, at = pieces.words, pieces.folded, 0
    for first, last in ranges:
        start, at = at, bisect_left(capitals, last, at)
        if at == start:
            continue
        if at - start == 1 and capitals[start] == first and only_opens(texts[first], folded[first], common):
            continue
        yield Sentence(first, last, capitals[start:at], _shows_capitals(texts, folded, first, last))


def _ranges(text: str, pieces: Pieces) -> list[tuple[int, int]]:
    """The sentences of a text as ranges of its words."""
    ranges: list[tuple[int, int]] = []
    starts, first = pieces.starts, 0
    for sentence in sentences(text):
        last = bisect_left(starts, sentence.end, first)
        if last > first:
            if ranges and _ends_in_initials(pieces, first):
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
        first = last
    return ranges


def _ends_in_initials(pieces: Pieces, first: int) -> bool:
    """Whether a sentence begins only because the word before has dots: "U.S. President"."""
    return pieces.words[first - 1].endswith(".") and "\n" not in pieces.all[2 * first]


def _shows_capitals(texts: Sequence[str], folded: Sequence[str], first: int, last: int) -> bool:
    """Whether capitals mean something here: a word that a Title Case headline would capitalise is in lower case."""
    return any(texts[index][0].islower() and folded[index] not in _HEADLINE_LOWER_CASE for index in range(first, last))


def writing(passages: Sequence[Passage], code: str) -> Writing:
    """How the passages of one article, in some language, write words."""
    inner: set[str] = set()
    for piece in passages:
        for sentence in piece.sentences:
            if sentence.shows:
                inside = sentence.capitals[sentence.capitals[0] == sentence.first :]
                inner.update([piece.folded[index] for index in inside if piece.texts[index][0].isupper()])
    return Writing(code, stopwords(code), _lower(passages), inner)


def _lower(passages: Iterable[Passage]) -> Set[str]:
    """The folded words that are not written like names."""
    words: list[str] = []
    for piece in passages:
        start = len(words)
        words += piece.folded
        for index in piece.capitals:
            words[start + index] = ""
    return set(words)
