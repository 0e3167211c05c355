"""Splitting text into words with their places, the same way for tagging, grouping and matching.

Positions count words, so that a phrase is a run of neighbours; offsets count characters of the given text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from worker.stages.text.fold import fold

LONG_CHARACTERS = 10_000  # split, it may take more than a megabyte

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<initials>(?:[^\W\d_]\.){{2,200}})"  # U.S., e.g.
    rf"|(?P<number>\d{{1,200}}(?:[.,]\d{{1,200}}){{0,100}})"
    rf"|(?P<cjk>[{_CJK}])"  # no spaces between words: each character is one
    # What is longer is no word; folded in one piece, and remembered as such, it would fill the memory.
    rf"|(?P<word>(?:(?![{_CJK}])[^\W\d_])(?:(?![{_CJK}])[^\W_]|[\u0300-\u036f]){{0,100}}"
    rf"(?:['’ʼ](?:(?![{_CJK}])[^\W_]){{1,40}}){{0,4}})"
)
_APOSTROPHE = re.compile("['’ʼ]")
# Short words that French and Italian run together with the next: l'Ukraine, dell'Ucraina.
_ELIDED = frozenset(["l", "d", "j", "c", "n", "m", "t", "s", "qu", "un", "dell", "all", "nell", "sull", "dall"])
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?P<closing>[\"”’)\]]*)\s+(?=[\"“‘(\[]*[^\Wa-zа-я_])|(?<=[。！？])|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]\.)*(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Lt|Sen|Rep|Gov|No|Sgt|vs|Jr|Sr)\.$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, folded, and where it stands in the text (character offsets)."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
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


@_remembered
def split(text: str) -> tuple[Word, ...]:
    """Split into words. "Zelensky's" gives zelensky, "l'Ukraine" ukraine, "U.S." us, "2,500" 2500, 東京 two words."""
    return tuple(word for token in _TOKEN.finditer(text) for word in _words_of(token))


@_remembered
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split into sentences by end marks and line breaks; abbreviations and initials do not end one."""
    return tuple(_sentences(text))


def _words_of(token: re.Match[str]) -> Iterator[Word]:
    text, start = token.group(), token.start()
    kind = token.lastgroup
    if kind == "initials":
        yield Word(text, fold(text.replace(".", "")), start, token.end())
    elif kind == "number":
        yield Word(text, text.replace(",", "").rstrip("."), start, token.end())
    elif kind == "cjk":
        yield Word(text, text, start, token.end())
    elif text.isalnum():
        folded = fold(text)
        if folded:
            yield Word(text, folded, start, token.end())
    else:
        yield from _apostrophes(text, start)


def _apostrophes(text: str, start: int) -> Iterator[Word]:
    """The word without a possessive ending or an elided article; other apostrophes join (O'Brien)."""
    parts = _APOSTROPHE.split(text)
    if len(parts) > 1 and parts[0].lower() in _ELIDED and len(parts[1]) > 1:
        start += len(parts[0]) + 1
        text = text[len(parts[0]) + 1 :]
        parts = parts[1:]
    if len(parts) > 1 and parts[-1].lower() == "s":
        text = text[:-2]
        parts = parts[:-1]
    folded = fold("".join(parts))
    if folded:
        yield Word(text, folded, start, start + len(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        if "\n" not in mark.group() and _ABBREVIATION.search(text[max(start, mark.start() - 8) : mark.start()]):
            continue
        yield from _trimmed(text, start, mark.start() + len(mark["closing"] or ""))
        start = mark.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += piece.index(stripped)
        yield Sentence(stripped, start, start + len(stripped))
