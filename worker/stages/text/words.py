"""Splitting text into words with their places, the same way for tagging, grouping and matching.

Positions count words, so that a phrase is a run of neighbours; offsets count characters of the given text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial, wraps
from typing import NamedTuple, TypeVar

from worker.stages.text.fold import fold

LONG_CHARACTERS = 10_000  # split, it may take more than a megabyte

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAS_CJK = re.compile(f"[{_CJK}]")


def _token(letter: str, more: str) -> re.Pattern[str]:
    """The shapes of a word; `letter` begins one, `more` goes on with it."""
    return re.compile(
        rf"(?P<initials>(?:[^\W\d_]\.){{2,200}})"  # U.S., e.g.
        rf"|(?P<number>\d{{1,200}}(?:[.,]\d{{1,200}}){{0,100}})"
        rf"|(?P<cjk>[{_CJK}])"  # no spaces between words: each character is one
        # What is longer is no word; folded in one piece, and remembered as such, it would fill the memory.
        rf"|(?P<word>{letter}{more}{{0,100}}(?:[\u0300-\u036f]{{1,9}}{more}{{0,100}}){{0,20}}(?:['’ʼ]{more}{{1,40}}){{0,4}})"
    )


# Most texts have none of the characters that make a word each, and are spared being asked for them at every letter.
_TOKEN = _token(r"[^\W\d_]", r"[^\W_]")
_TOKEN_AMONG_CJK = _token(rf"(?:(?![{_CJK}])[^\W\d_])", rf"(?:(?![{_CJK}])[^\W_])")
_APOSTROPHE = re.compile("['’ʼ]")
# Short words that French and Italian run together with the next: l'Ukraine, dell'Ucraina.
_ELIDED = frozenset(["l", "d", "j", "c", "n", "m", "t", "s", "qu", "un", "dell", "all", "nell", "sull", "dall"])
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?P<closing>[\"”’)\]]*)\s+(?=[\"“‘(\[]*[^\Wa-zа-я_])|(?<=[。！？])|\n+")
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
_word: Callable[[tuple[str, str, int, int]], Word] = partial(tuple.__new__, Word)


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
    found: list[Word] = []
    add = found.append
    tokens = _TOKEN_AMONG_CJK if _HAS_CJK.search(text) else _TOKEN
    for token in tokens.finditer(text):
        written = token[0]
        folded = _folded(written)
        if folded is None:
            found += _words_of(token)
        elif folded:
            add(_word((written, folded, *token.span())))
    return tuple(found)


@_remembered
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split into sentences by end marks and line breaks; abbreviations and initials do not end one."""
    return tuple(_sentences(text))


@lru_cache(maxsize=65_536)
def _folded(written: str) -> str | None:
    """A token that is one plain word, as most are; None for the others."""
    return fold(written) if written.isalnum() and not written[0].isdigit() and not _HAS_CJK.match(written) else None


def _words_of(token: re.Match[str]) -> Iterator[Word]:
    text, start = token.group(), token.start()
    kind = token.lastgroup
    if kind == "initials":
        yield Word(text, fold(text.replace(".", "")), start, token.end())
    elif kind == "number":
        yield Word(text, text.replace(",", "").rstrip("."), start, token.end())
    elif kind == "cjk":
        yield Word(text, text, start, token.end())
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
