"""Splitting text into words with their places, the same way for tagging, grouping and matching.

Positions count words, so that a phrase is a run of neighbours; offsets count characters of the given text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial, wraps
from itertools import accumulate, chain
from sys import intern
from typing import NamedTuple, TypeVar

from worker.stages.text.fold import fold
from worker.stages.text.table import Table

SHORT_CHARACTERS = 200  # a title or a name
LONG_CHARACTERS = 10_000  # split, it may take more than a megabyte
_LONGEST_STRETCH = 30  # characters between two blanks that are remembered

# Characters that are a word each, as nothing parts the words of these scripts.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HAS_CJK = re.compile(f"[{CJK}]")
# Nearly all texts are in Latin, Greek or Cyrillic letters, which stand up to here, and have some of these signs.
_LAST_COMMON = "\u052f"
_HAS_UNCOMMON = re.compile(f"[^\0-{_LAST_COMMON}\u2000-\u206f\u20a0-\u20bf\u2122]")


def _token(letter: str, more: str, first: str) -> re.Pattern[str]:
    """The shapes of a word, all one group; `letter` begins one, `more` goes on with it. None begins with anything but
    `first`, by which the search passes over what is between words.
    """
    return re.compile(
        rf"(?={first})"
        # Nearly all words are of the first shape, which is the last one without its rarer parts.
        rf"({letter}{more}{{1,100}}+(?![\u0300-\u036f'’ʼ])"
        rf"|(?:[^\W\d_]\.){{2,200}}"  # U.S., e.g.
        rf"|\d{{1,200}}(?:[.,]\d{{1,200}}){{0,100}}"
        rf"|[{CJK}]"  # no spaces between words: each character is one
        # What is longer is no word; folded in one piece, and remembered as such, it would fill the memory.
        rf"|{letter}{more}{{0,100}}(?:[\u0300-\u036f]{{1,9}}{more}{{0,100}}){{0,20}}(?:['’ʼ]{more}{{1,40}}){{0,4}})"
    )


def _written_out(shape: str) -> str:
    """The set of the common characters of a shape: it is looked up in half the time."""
    common = map(chr, range(ord(_LAST_COMMON) + 1))
    return f"[{''.join(map(re.escape, filter(re.compile(shape).match, common)))}]"


_LETTER, _MORE = r"[^\W\d_]", r"[^\W_]"
_TOKEN_OF_COMMON = _token(_written_out(_LETTER), _written_out(_MORE), _written_out(_MORE))
# Of the others most have none of the characters that make a word each, and are not asked for them at every letter.
_TOKEN = _token(_LETTER, _MORE, _MORE)
_TOKEN_AMONG_CJK = _token(rf"(?:(?![{CJK}]){_LETTER})", rf"(?:(?![{CJK}]){_MORE})", rf"[\w{CJK}]")
_APOSTROPHE = re.compile("['’ʼ]")
# Short words that French and Italian run together with the next: l'Ukraine, dell'Ucraina.
_ELIDED = frozenset(["l", "d", "j", "c", "n", "m", "t", "s", "qu", "un", "dell", "all", "nell", "sull", "dall"])
# It begins with a set of signs, by which the search passes over all else.
_SENTENCE_END = re.compile(
    r"[.!?…。！？\n](?:(?<=[.!?…])"
    r"(?P<closing>[\"”“’)\]]*(?:[ \u00a0\u202f]?[»›])?)\s+(?=[\"“„‚‘(\[]*(?:[«‹][ \u00a0\u202f]?)?[^\Wa-zа-я_])"
    r"|(?<=(?P<unspaced>[。！？]))|(?<=\n)\n*)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]\.)*(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Lt|Sen|Rep|Gov|No|Nr|Sgt|vs|Jr|Sr|Hr|ca|bzw)\.$"
)
# "15. September" is a day wherever a full stop makes an ordinal; what ends with "in 2015. September" ends.
_DAY = re.compile(r"(?:^|[^\w.,])[0-3]?\d\.$")
_MONTH = re.compile(r"\s+(?:Jan|Feb|Mär|Mar|Apr|Mai|Maj|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec)[^\W\d_]{0,7}(?!\w)")


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
    """Several stages split the same text, one after the other. Of long texts only the last one is remembered; short
    ones are many, and push out no others.
    """
    of_short, of_text, of_long = (lru_cache(maxsize=most)(work) for most in (512, 32, 1))

    @wraps(work)
    def remembering(text: str) -> T:
        if len(text) <= SHORT_CHARACTERS:
            return of_short(text)
        return of_text(text) if len(text) <= LONG_CHARACTERS else of_long(text)

    return remembering


@_remembered
def split(text: str) -> tuple[Word, ...]:
    """Split into words. "Zelensky's" gives zelensky, "l'Ukraine" ukraine, "U.S." us, "2,500" 2500, 東京 two words."""
    found = pieces(text)
    return tuple(map(_word, zip(found.words, found.folded, found.starts, found.ends, strict=True)))


@dataclass(frozen=True)
class Pieces:
    """A text in pieces: gaps and words take turns, a gap first and last. Joined, they are the text.

    For stages that look at few words closely: these are no objects of their own, as those of `split` are. `counts` says
    how often a word is written, in order of appearance; of a thousand words four hundred are different.
    """

    words: Sequence[str]
    gaps: Sequence[str]

    @cached_property
    def all(self) -> Sequence[str]:
        woven = [""] * (len(self.words) + len(self.gaps))
        woven[::2], woven[1::2] = self.gaps, self.words
        return woven

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return Counter(self.words)

    @cached_property
    def folded(self) -> Sequence[str]:
        """Each word as `fold_word` has it."""
        return list(map(FOLDED.__getitem__, self.words))

    @property
    def starts(self) -> Sequence[int]:
        """Where each word begins, in characters."""
        return self._edges[:-1:2]

    @property
    def ends(self) -> Sequence[int]:
        return self._edges[1::2]

    @cached_property
    def _edges(self) -> Sequence[int]:
        return list(accumulate(map(len, self.all)))


@_remembered
def pieces(text: str) -> Pieces:
    """Split into words and what is between.

    No word holds a blank or a line break: what stands between those is looked up, most of it having been met before.
    """
    stretches = text.replace("\n", "\n ").split(" ")
    found = list(chain.from_iterable(map(_STRETCHES.__getitem__, stretches)))
    gaps, words = ["", *found[1::2]], found[::2]
    gaps[-1] = gaps[-1][:-1]  # behind the last stretch there is no blank
    return _without_empty(words, gaps) if "" in words else Pieces(words, gaps)


def _without_empty(words: list[str], gaps: list[str]) -> Pieces:
    """The pieces without empty words: the gaps around them become one."""
    joined: list[str] = []
    behind = 0  # all gaps up to here are joined
    for first, end in _runs_of_empty(words):
        joined += gaps[behind:first]
        joined.append("".join(gaps[first : end + 1]))
        behind = end + 1
    return Pieces(list(filter(None, words)), joined + gaps[behind:])


def _runs_of_empty(words: list[str]) -> Iterator[tuple[int, int]]:
    """Where runs of empty words begin and end."""
    words = [*words, ".", ""]  # every run has an end then, and every search
    end = 0
    while (first := words.index("", end)) < len(words) - 1:
        end = first + 1
        while not words[end]:
            end += 1
        yield first, end


def _taken_apart(stretch: str) -> tuple[str, ...]:
    """The words of a stretch, each with the gap behind it; "" for a word where a gap comes first."""
    if stretch.isascii() and len(stretch) <= _LONGEST_STRETCH:  # as most are, of which most hold letters alone
        if stretch.isalpha():
            return stretch, " "
        if stretch[:-1].isalpha() and stretch[-1] in ",.;:":
            return intern(stretch[:-1]), intern(stretch[-1] + " ")
    blank = "" if stretch.endswith("\n") else " "
    found: list[str] = _token_in(stretch).split(stretch)
    found[-1] += blank
    for place in range(1, len(found), 2):
        token = found[place]
        if (parted := _parted(token)) is not None:
            before, found[place], behind = parted
            found[place - 1] += before
            found[place + 1] = behind + found[place + 1]
    return tuple(map(intern, ["", *found] if found[0] else found[1:]))


def _token_in(text: str) -> re.Pattern[str]:
    if text.isascii() or not _HAS_UNCOMMON.search(text):
        return _TOKEN_OF_COMMON
    return _TOKEN_AMONG_CJK if HAS_CJK.search(text) else _TOKEN


def fold_word(written: str) -> str:
    """The folded form of a word, given as `split` writes it."""
    if written.isascii() and written.isalnum():  # as most are
        return intern(written.lower())
    if written.endswith("."):  # initials
        return fold(written.replace(".", ""))
    if (number := written.replace(",", "")).replace(".", "").isdecimal():
        return number
    return written if HAS_CJK.match(written) else fold(_APOSTROPHE.sub("", written))


@_remembered
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split into sentences by end marks and line breaks; abbreviations and initials do not end one."""
    return tuple(_sentences(text))


_Parted = tuple[str, str, str]  # a token: what stands before the word in it, the word, what stands behind


def _parted(token: str) -> _Parted | None:
    """The word in a token that has more to it, "" where it has none; None for a token that is a word as it stands."""
    if token.endswith(".") or (token.isascii() and token.isalnum()):
        return None
    word, skipped = _bare(token)
    if not fold_word(word):  # no letter has a Latin form
        return "", "", token
    return (token[:skipped], word, token[skipped + len(word) :]) if word != token else None


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


FOLDED = Table(fold_word)  # words as written, folded


class _Stretches(Table[tuple[str, ...]]):
    """Stretches between blanks, taken apart. Long ones are of scripts that have none, and do not come again."""

    def __missing__(self, stretch: str) -> tuple[str, ...]:
        return super().__missing__(stretch) if len(stretch) <= _LONGEST_STRETCH else self.work(stretch)


_STRETCHES = _Stretches(_taken_apart)


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        closing, at = mark["closing"], mark.start()
        if closing is None:  # a line break, which ends no sentence but parts two, or 。
            end = at if mark["unspaced"] is None else mark.end()
        elif "\n" not in mark[0] and _is_inside(text, start, at):
            continue
        else:
            end = at + 1 + len(closing)
        yield from _trimmed(text, start, end)
        start = mark.end()
    yield from _trimmed(text, start, len(text))


def _is_inside(text: str, start: int, at: int) -> bool:
    """Whether the full stop at a place ends no sentence: it shortens a word, or makes an ordinal of the day."""
    before = text[max(start, at - 7) : at + 1]
    if before[-2:-1].isdigit():
        return _DAY.search(before) is not None and _MONTH.match(text, at + 1) is not None
    return _ABBREVIATION.search(before) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += piece.index(stripped)
        yield Sentence(stripped, start, start + len(stripped))
