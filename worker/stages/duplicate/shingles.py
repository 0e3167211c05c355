"""A text as it is compared: a number for each of its folded words, and one for every run of a few words, a shingle.

Not for searching or tagging: words are split by the simplest rule that treats equal texts alike, and most texts are
never split at all: all their words are hashed at once, from the bytes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from worker.stages.text.fold import fold
from worker.stages.text.words import CJK, HAS_CJK

SHINGLE_WORDS = 5
# Of a script without spaces each character is a word, and five of them are two or three words: shared by chance.
SHINGLE_CHARACTERS = 9
LONGEST_COMPARED = 200_000  # characters; what stands behind them is in no shingle

_WORD = re.compile(r"[^\W_]+")
_WORD_AND_CHARACTER = re.compile(rf"[{CJK}]|(?:(?![{CJK}])[^\W_])+")
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
# Signs that stand in texts of plain letters; without them, those are split in a third of the time.
_SIGNS = "’‘“”–—…•·«»„′″©®™\xa0\xad\u200b\ufeff"

_STEP = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio, an odd number that spreads over all bits
_STEP_BACK = pow(_STEP, -1, 1 << 64)
_LONGEST_WORD = 256  # bytes; behind them the powers begin anew
_MOST_BYTES = 16_384  # of a text whose powers are at hand; few are longer
_MIX, _HALF = np.uint64(0xFF51AFD7ED558CCD), np.uint64(33)

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Bytes = NDArray[np.uint8]


def _powers(step: int, count: int) -> Numbers:
    """The powers of a number from 0 on, modulo 2**64."""
    factors = np.full(count, step, np.uint64)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


_POWERS, _POWERS_BACK = _powers(_STEP, _MOST_BYTES), _powers(_STEP_BACK, _MOST_BYTES)


@dataclass(frozen=True)
class Shingled:
    """The folded words; the hash of each; and at each the hash of the shingle that begins there, and how many words it
    has.
    """

    folded: Sequence[str]
    words: Numbers
    hashes: Numbers
    widths: NDArray[np.int64] | int

    @cached_property
    def known(self) -> frozenset[int]:
        """Of the one that is compared with several."""
        return frozenset(self.hashes.tolist())


def folded_words(text: str) -> list[str]:
    """Words that are equal for texts that differ in case, diacritics and punctuation only."""
    return _folded(text)[0].split()


def written_words(text: str) -> list[str]:
    """The same words as they are written; in Chinese and Japanese, each character is one."""
    text = _without_signs(text)
    return text.translate(_ASCII_WORDS).split() if text.isascii() else _found(text)[0]


def _folded(text: str) -> tuple[str, bool]:
    """The folded words with blanks between them, and whether there are characters of scripts without spaces."""
    text = _without_signs(text)
    if text.isascii():
        return text.lower().translate(_ASCII_WORDS), False
    words, has_characters = _found(text)
    return " ".join([word.lower() if word.isascii() else _without_marks(word) for word in words]), has_characters


def _without_marks(word: str) -> str:
    return word if HAS_CJK.match(word) else fold(word) or word


def _without_signs(text: str) -> str:
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    return text


def _found(text: str) -> tuple[list[str], bool]:
    has_characters = not _is_western(text) and HAS_CJK.search(text) is not None
    return (_WORD_AND_CHARACTER if has_characters else _WORD).findall(text), has_characters


def _is_western(text: str) -> bool:
    """Whether the text is in the letters of Western Europe: asked in a hundredth of the time of a search."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def shingled(text: str) -> Shingled:
    """The text's shingles. The one just read is compared with several, and remembered for that."""
    return _shingled(text[:LONGEST_COMPARED])


@lru_cache(maxsize=8)
def _shingled(text: str) -> Shingled:
    joined, has_characters = _folded(text)
    folded, words = joined.split(), _hashed(joined)
    of_words = _runs(words, SHINGLE_WORDS)
    return (_with_characters if has_characters else _without_characters)(folded, words, of_words)


def _without_characters(folded: Sequence[str], words: Numbers, of_words: Numbers) -> Shingled:
    return Shingled(folded, words, of_words, SHINGLE_WORDS)


def _with_characters(folded: Sequence[str], words: Numbers, of_words: Numbers) -> Shingled:
    """A shingle that begins with a character of a script without spaces is as long as such shingles are."""
    of_characters = _runs(words, SHINGLE_CHARACTERS)
    is_character = [HAS_CJK.match(word) is not None for word in folded]
    starts = np.array(is_character[: len(of_characters)], bool)
    both = np.where(starts, of_characters, of_words[: len(of_characters)])
    return Shingled(folded, words, both, np.where(starts, SHINGLE_CHARACTERS, SHINGLE_WORDS))


def _hashed(folded: str) -> Numbers:
    """One number for each word: a polynomial in its bytes, mixed."""
    data = np.frombuffer(b" %b " % folded.encode(), np.uint8)
    is_letter = data != ord(" ")
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    if not len(edges):
        return np.zeros(0, np.uint64)
    begins, lengths = edges[::2] + 1, edges[1::2] - edges[::2]
    is_usual = lengths.max() <= _LONGEST_WORD
    return _mixed((_summed if is_usual else _summed_by_places)(data * is_letter, begins))


def _summed(data: Bytes, begins: Places) -> Numbers:
    """Each word's bytes times the powers of their places in the text, taken back by the power of its beginning."""
    powers, back = _POWERS, _POWERS_BACK
    if len(data) > len(powers):
        powers, back = _powers(_STEP, len(data)), _powers(_STEP_BACK, len(data))
    sums: Numbers = np.add.reduceat(data * powers[: len(data)], begins)
    sums *= back[begins]
    return sums


def _summed_by_places(data: Bytes, begins: Places) -> Numbers:
    """The same, of words of any length: each of its bytes times the power of its place in the word."""
    spans = np.diff(begins, append=len(data))
    places = np.arange(begins[0], len(data)) - np.repeat(begins, spans)
    powers = _POWERS[:_LONGEST_WORD].take(places, mode="wrap")
    return np.add.reduceat(data[begins[0] :] * powers, begins - begins[0])


def _runs(words: Numbers, width: int) -> Numbers:
    """One number for each run of so many neighbours: a polynomial in their hashes, mixed."""
    count = max(len(words) - width + 1, 0)
    runs = words[:count].copy()  # times the power 0
    for place in range(1, width):
        runs += words[place : place + count] * _POWERS[place]
    return _mixed(runs)


def _mixed(numbers: Numbers) -> Numbers:
    """Each number's bits spread over all others, in place, the way of MurmurHash3."""
    numbers ^= numbers >> _HALF
    numbers *= _MIX
    numbers ^= numbers >> _HALF
    return numbers
