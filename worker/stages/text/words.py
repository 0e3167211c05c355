"""Splitting text into words with their places, the same way for tagging, grouping and matching.

Positions count words, so that a phrase is a run of neighbours; offsets count characters of the given text.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial, wraps
from itertools import accumulate
from typing import NamedTuple, TypeVar

from worker.stages.text.fold import fold

LONG_CHARACTERS = 10_000  # split, it may take more than a megabyte
_MAX_FOLDED = 65_536  # tokens remembered: about 10 MB

# Characters that are a word each, as nothing parts the words of these scripts.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HAS_CJK = re.compile(f"[{CJK}]")


def _token(letter: str, more: str) -> re.Pattern[str]:
    """The shapes of a word, all one group; `letter` begins one, `more` goes on with it."""
    return re.compile(
        # Nearly all words are of the first shape, which is the last one without its rarer parts.
        rf"({letter}{more}{{1,100}}+(?![\u0300-\u036f'’ʼ])"
        rf"|(?:[^\W\d_]\.){{2,200}}"  # U.S., e.g.
        rf"|\d{{1,200}}(?:[.,]\d{{1,200}}){{0,100}}"
        rf"|[{CJK}]"  # no spaces between words: each character is one
        # What is longer is no word; folded in one piece, and remembered as such, it would fill the memory.
        rf"|{letter}{more}{{0,100}}(?:[\u0300-\u036f]{{1,9}}{more}{{0,100}}){{0,20}}(?:['’ʼ]{more}{{1,40}}){{0,4}})"
    )


# Most texts have none of the characters that make a word each, and are spared being asked for them at every letter.
_TOKEN = _token(r"[^\W\d_]", r"[^\W_]")
_TOKEN_AMONG_CJK = _token(rf"(?:(?![{CJK}])[^\W\d_])", rf"(?:(?![{CJK}])[^\W_])")
_APOSTROPHE = re.compile("['’ʼ]")
# Short words that French and Italian run together with the next: l'Ukraine, dell'Ucraina.
_ELIDED = frozenset(["l", "d", "j", "c", "n", "m", "t", "s", "qu", "un", "dell", "all", "nell", "sull", "dall"])
# Each alternative begins with a sign, at which the search can look for it.
_SENTENCE_END = re.compile(r"[.!?…](?P<closing>[\"”’)\]]*)\s+(?=[\"“‘(\[]*[^\Wa-zа-я_])|(?P<unspaced>[。！？])|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]\.)*(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Lt|Sen|Rep|Gov|No|Sgt|vs|Jr|Sr)\.$"
)


class Word(NamedTuple):
    """One word: as written, folded, and where it stands in the text (character offsets)."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper()


# A thousand words an article: made without asking Python for an argument list each.
_word: Callable[[tuple[str, str | None, int, int]], Word] = partial(tuple.__new__, Word)


class Sentence(NamedTuple):
    """One sentence and where it stands in the text (character offsets)."""

    text: str
    start: int
    end: int


T = TypeVar("T")


def _remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """Several stages split the same text, one after the other. Of long texts only the last one is remembered."""
    of_short, of_long = lru_cache(maxsize=32)(work), lru_cache(maxsize=1)(work)

    @wraps(work)
    def remembering(text: str) -> T:
        return of_short(text) if len(text) <= LONG_CHARACTERS else of_long(text)

    return remembering


class _Folded(dict[str, str | None]):
    """Tokens, folded, as they are met; None for those that are not one word just as they stand.

    A plain table, as every word of every text is looked up here: `lru_cache` would also note each use.
    """

    def __missing__(self, token: str) -> str | None:
        if len(self) >= _MAX_FOLDED:
            self.clear()
        folded = self[token] = _folded(token)
        return folded


_FOLDED = _Folded()


@_remembered
def split(text: str) -> tuple[Word, ...]:
    """Split into words. "Zelensky's" gives zelensky, "l'Ukraine" ukraine, "U.S." us, "2,500" 2500, 東京 two words."""
    # Gaps and tokens take turns. Column by column, no step is taken for each word in Python.
    pieces: list[str] = (_TOKEN_AMONG_CJK if HAS_CJK.search(text) else _TOKEN).split(text)
    ends = list(accumulate(map(len, pieces)))
    tokens = pieces[1::2]
    folded = list(map(_FOLDED.__getitem__, tokens))
    words: list[Word | None] = list(map(_word, zip(tokens, folded, ends[::2], ends[1::2], strict=False)))
    place = -1
    for _ in range(folded.count(None)):
        place = folded.index(None, place + 1)
        words[place] = _without_affixes(tokens[place], ends[2 * place])
    return tuple(filter(None, words))


def fold_word(written: str) -> str:
    """The folded form of a word, given as `split` writes it."""
    if written.isascii() and written.isalnum():  # as most are
        return written.lower()
    if written.endswith("."):  # initials
        return fold(written.replace(".", ""))
    if (number := written.replace(",", "")).replace(".", "").isdecimal():
        return number
    return written if HAS_CJK.match(written) else fold(_APOSTROPHE.sub("", written))


@_remembered
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split into sentences by end marks and line breaks; abbreviations and initials do not end one."""
    return tuple(_sentences(text))


def _folded(token: str) -> str | None:
    """The folded form of a token that is one word just as it stands; None for the others."""
    folded = fold_word(token)
    if token.endswith("."):
        return folded
    return folded if folded and (token.isalnum() or _bare(token) == (token, 0)) else None


def _without_affixes(token: str, start: int) -> Word | None:
    """The word in a token that has more to it; None where it has no word."""
    text, skipped = _bare(token)
    folded = fold(_APOSTROPHE.sub("", text))
    return Word(text, folded, start + skipped, start + skipped + len(text)) if folded else None


def _bare(token: str) -> tuple[str, int]:
    """A word without a possessive ending or an elided article, and how much stands before it in its token.

    Other apostrophes join (O'Brien).
    """
    parts = _APOSTROPHE.split(token)
    skipped = 0
    if len(parts) > 1 and parts[0].lower() in _ELIDED and len(parts[1]) > 1:
        skipped = len(parts.pop(0)) + 1
    is_possessive = len(parts) > 1 and parts[-1].lower() == "s"
    return token[skipped : -2 if is_possessive else None], skipped


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        closing, at = mark["closing"], mark.start()
        if closing is None:  # a line break, which ends no sentence but parts two, or 。
            end = at if mark["unspaced"] is None else mark.end()
        elif "\n" not in mark[0] and _ABBREVIATION.search(text[max(start, at - 7) : at + 1]):
            continue
        else:
            end = at + 1 + len(closing)
        yield from _trimmed(text, start, end)
        start = mark.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += piece.index(stripped)
        yield Sentence(stripped, start, start + len(stripped))
