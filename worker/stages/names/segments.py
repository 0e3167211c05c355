"""What a run of capitalised words is made of: "Ukrainian President Volodymyr Zelensky" holds one name.

    run → trimmed (dates and articles off) → cut at the title in it → names side by side → Segment

It sees the words of a run alone, and whether the first one would have its capital anyway; so what it finds is
remembered, as the same few names come again and again.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple

from worker.stages.names.cases import INFLECTED
from worker.stages.names.known import KNOWN, ORGANISATION, Key
from worker.stages.names.lookup import (
    MAX_WORDS_IN_NAME,
    SURE_LENGTH,
    Texts,
    is_known,
    is_no_person,
    key_in,
    known_in,
)
from worker.stages.names.tokens import LISTED, TOKENS, Token, is_acronym
from worker.stages.text.stems import name_key
from worker.stages.text.table import Table
from worker.stages.text.words import fold_word

_NOUNS_HAVE_CAPITALS = frozenset(["de", "lb"])  # languages in which a single capital says little
# Languages whose cases do without "of": "президент Туреччини Ердоган"
_NAMES_MEET = frozenset(["uk", "ru", "tr", "pl", "cs", "sk"])
_WITH_CASES = _NAMES_MEET | INFLECTED
_WITH_RULES = _WITH_CASES | _NOUNS_HAVE_CAPITALS
_TWO_NAMES = 2  # of one word each

# Asked of each word of a run, without a step in Python.
_is_listed = attrgetter("is_listed")
_is_title = attrgetter("is_title")
_is_organisation_word = attrgetter("is_organisation_word")


class Segment(NamedTuple):
    """Words of a run that may be one name, as a range of the run."""

    first: int
    last: int  # one past the last word
    key: Key
    is_sure: bool | None  # None: sure unless the article also writes its one word in lower case
    is_titled: bool
    is_person_like: bool


class _Words(NamedTuple):
    """Neighbouring words of a run, and where in it they begin."""

    texts: Texts
    tokens: tuple[Token, ...]
    first: int
    code: str

    def part(self, start: int, end: int) -> "_Words":
        """Some of them, counted from the first."""
        return _Words(self.texts[start:end], self.tokens[start:end], self.first + start, self.code)

    @property
    def is_known(self) -> bool:
        return is_known(self.texts, self.code)

    @property
    def is_no_person(self) -> bool:
        return is_no_person(self.texts, self.code)

    @property
    def has_listed(self) -> bool:
        """Whether a word may be a title, a nationality and the like: most runs have none."""
        return any(map(_is_listed, self.tokens))

    @property
    def has_organisation_word(self) -> bool:
        return any(map(_is_organisation_word, self.tokens))


class _Piece(NamedTuple):
    """Words of a run that may be one name."""

    words: _Words
    is_sure: bool = True
    is_titled: bool = False


def rules_of(code: str) -> str:
    """The language by whose rules runs are read: "" stands for the many that have none of their own."""
    return code if code in _WITH_RULES else ""


@lru_cache(maxsize=64)
def segments_of_word(code: str, *, opens: bool) -> Table[tuple[Segment, ...]]:
    """The segments of runs of one word, as most are; how its article writes it elsewhere says nothing of these."""
    return Table(partial(_read_word, opens=opens, code=code), most=16_384)


def _read_word(text: str, opens: bool, code: str) -> tuple[Segment, ...]:
    if code or fold_word(text) in LISTED:
        return segments_of((text,), opens, False, False, code)
    key = name_key((text,), code)
    return (Segment(0, 1, key, _is_shown(text, code, is_known=key in KNOWN, opens=opens), False, False),)


def segments_of_plain(texts: Texts) -> tuple[Segment, ...]:
    """The segments of a run of several words of which none is listed, by no rules: one name, as nearly always."""
    length = len(texts)
    if length == _TWO_NAMES and _are_neighbours(texts, ""):
        return segments_of(texts, False, False, False, "")
    return (Segment(0, length, name_key(texts, ""), length <= MAX_WORDS_IN_NAME, False, True),)


@lru_cache(maxsize=16_384)
def segments_of(texts: Texts, opens: bool, is_plain: bool, is_inner: bool, code: str) -> tuple[Segment, ...]:
    """The segments of a run, given its words as written.

    `opens` says that its first word would have a capital anyway, `is_plain` that it has one from its place only,
    `is_inner` that it has one elsewhere too. `code` is as `rules_of` gives it.
    """
    words = _trimmed(_Words(texts, tuple(map(TOKENS.__getitem__, texts)), 0, code))
    if not words.texts:
        return ()
    opens = opens and words.first == 0
    if opens and not is_inner and _is_only_opening(words, is_plain=is_plain):
        words, opens = _trimmed(words.part(1, len(words.texts))), False
    pieces = _cut(words) if words.has_listed else _names_in(words)
    return tuple([_segment(piece, opens=opens and piece.words.first == words.first) for piece in pieces])


def _segment(piece: _Piece, *, opens: bool) -> Segment:
    words = piece.words
    length = len(words.texts)
    is_sure: bool | None = piece.is_sure and length <= MAX_WORDS_IN_NAME
    if is_sure and length == 1 and not piece.is_titled:
        is_sure = _is_shown(words.texts[0], words.code, is_known=words.is_known, opens=opens)
    is_person_like = length > 1 and not words.has_organisation_word
    key = key_in(words.texts, words.code)
    return Segment(words.first, words.first + length, key, is_sure, piece.is_titled, is_person_like)


def _trimmed(words: _Words) -> _Words:
    """Without weekdays and months at the ends (April Ryan and Theresa May keep theirs), and without an article."""
    tokens = words.tokens
    if not tokens or not (tokens[0].is_listed or tokens[-1].is_listed):
        return words
    start, end = 0, len(tokens)
    while end and (_is_date(tokens[end - 1], end) or tokens[end - 1].is_particle):
        end -= 1
    while start < end and (
        tokens[start].is_left_off or tokens[start].is_particle or _is_date(tokens[start], end - start)
    ):
        start += 1
    return words if end - start == len(tokens) else words.part(start, end)


def _is_date(word: Token, words_in_run: int) -> bool:
    return word.is_date and (words_in_run == 1 or not word.is_name_like_month)


def _is_only_opening(words: _Words, *, is_plain: bool) -> bool:
    """Whether the first word of a run is merely the first of a sentence: "Later Zelensky", "Critics of Zelensky"."""
    first, length = words.tokens[0], len(words.texts)
    if length <= 1 or first.is_title or first.is_demonym or first.is_acronym or first.is_organisation_word:
        return False
    if words.is_known:
        return False
    return is_plain or words.texts[1] == "of" or (words.code in _NAMES_MEET and words.part(1, length).is_known)


def _is_shown(text: str, code: str, *, is_known: bool, opens: bool) -> bool | None:
    """Whether its capital is evidence enough that one word is a name; None: unless the word is common."""
    if len(text) == 1:  # "I", which some languages write in capitals, or a bullet
        return False
    if is_acronym(text) or (is_known and len(fold_word(text)) >= SURE_LENGTH):
        return True
    return False if opens or code in _NOUNS_HAVE_CAPITALS else None


# --- Titles ---


def _cut(words: _Words) -> Iterator[_Piece]:
    """Cut a run at the title in it, if there is one."""
    at = _title_at(words) if any(map(_is_title, words.tokens)) else None
    if at is None:
        yield from _names_in(words)
    else:
        yield from _before_title(words.part(0, at))
        yield from _after_title(words.part(at + 1, len(words.texts)))


def _title_at(words: _Words) -> int | None:
    """Where the last title of a run stands. Titles inside an organisation's name are none: Department of Justice."""
    tokens = words.tokens
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].is_title and not _may_be_surname(tokens, at):
            rest = tokens[at + 1 :] or tokens[:at]
            return None if any(word.is_organisation_word for word in rest) else at
    return None


def _may_be_surname(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].is_surname_like_title and at > 0 and not tokens[at - 1].may_be_in_title


def _before_title(words: _Words) -> Iterator[_Piece]:
    """What stands before a title: a known name, an organisation, or a part of the title, which is no name."""
    for length in range(len(words.texts), 0, -1):
        known = words.part(0, length)
        if known.is_known:
            yield _Piece(known)
            return
    if words.has_organisation_word:
        yield from _names_in(words)
        return
    end = len(words.tokens)
    while end and (
        words.tokens[end - 1].is_title_part or words.tokens[end - 1].is_title or words.tokens[end - 1].is_particle
    ):
        end -= 1
    yield from (piece._replace(is_sure=False) for piece in _names_in(words.part(0, end)))


def _after_title(words: _Words) -> Iterator[_Piece]:
    """What stands after a title: a person; after "of" first that of which: "President of Ukraine Petro Poroshenko".

    Some languages do without "of", but not without the person.
    """
    length = len(words.texts)
    if words.code in _NAMES_MEET:
        known = _length_of_no_person(words)
        if 0 < known < length:
            yield _Piece(words.part(0, known))
            yield _Piece(words.part(known, length), is_titled=True)
            return
    is_of = bool(length) and words.tokens[0].is_particle
    start = 0
    while start < length and (words.tokens[start].is_particle or words.tokens[start].is_title_part):
        is_of = is_of and not words.tokens[start].is_title_part
        start += 1
    words = words.part(start, length)
    known = _length_of_no_person(words) if is_of else 0
    if known:
        yield _Piece(words.part(0, known))
        words, is_of = words.part(known, length), False
    if words.texts:
        yield _Piece(words, is_titled=not is_of and not words.is_no_person)


# --- Names side by side ---


def _names_in(words: _Words) -> Iterator[_Piece]:
    """The names in words without a title; nationalities at the ends are none, unless of an organisation."""
    words = _without_demonyms(words)
    length, cut = len(words.texts), _end_of_first_name(words)
    if cut:
        yield _Piece(words.part(0, cut))
    if length:
        yield _Piece(words.part(cut, length) if cut else words)


def _end_of_first_name(words: _Words) -> int:
    """After how many words another name begins; 0 where all are one name."""
    length = len(words.texts)
    if length <= _TWO_NAMES:
        return int(length == _TWO_NAMES and _are_neighbours(words.texts, words.code))
    known = _length_of_meeting(words)
    return known if length - known > 1 else 0  # "(посланник) США Стів Віткофф"


def _without_demonyms(words: _Words) -> _Words:
    tokens = words.tokens
    if not tokens or not (tokens[0].is_listed or tokens[-1].is_listed):
        return words
    start, end = 0, len(tokens)
    while start < end and (tokens[start].is_demonym or tokens[start].is_particle):
        start += 1
    while end > start and (tokens[end - 1].is_demonym or tokens[end - 1].is_particle):
        end -= 1
    if end - start == len(tokens) or words.is_known or words.has_organisation_word:
        return words
    return words.part(start, end)


def _are_neighbours(texts: Texts, code: str) -> bool:
    """Whether two known names stand side by side: "Canada-US", "Trump-Putin", not "US Senate"."""
    first = known_in(texts[:1], code)
    second = known_in(texts[1:], code) if first is not None else None
    if first is None or second is None:
        return False
    return ORGANISATION not in (first.kind, second.kind) and not is_known(texts, code)


def _length_of_meeting(words: _Words) -> int:
    """How many words of known name another one follows in a language that needs no "of"; 0 where it may be a part.

    A Turkish name takes an ending there, but for acronyms.
    """
    if words.code not in _NAMES_MEET or words.is_known or words.has_organisation_word:
        return 0
    return 0 if words.code == "tr" and not words.tokens[0].is_acronym else _length_of_no_person(words)


def _length_of_no_person(words: _Words) -> int:
    """How many words make up the longest known place or organisation that these begin with; 0 for none."""
    texts, code = words.texts, words.code
    return next((length for length in range(len(texts), 0, -1) if is_no_person(texts[:length], code)), 0)
