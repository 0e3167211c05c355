"""Where names stand in a text: runs of capitalised words, with titles, demonyms and dates taken off.

This is the first half of `names`, which joins what is found here. A name is sure where capitals are evidence; a Title
Case line and the first word of a sentence show nothing, so there only names known otherwise are recognised.

    sentences -> runs of capitals -> parts (cut at titles) -> Sighting, or a Stretch in which to recognise
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from worker.stages.names import vocabulary
from worker.stages.names.cases import INFLECTED, readings
from worker.stages.names.known import KNOWN, KNOWN_BY_FIRST_WORD, ORGANISATION, PERSON, Key, Known
from worker.stages.names.vocabulary import words_of
from worker.stages.text.stems import name_key, name_stem
from worker.stages.text.stopwords import stopwords
from worker.stages.text.words import Word, fold_word, sentences, split

TITLES = words_of(vocabulary.TITLES)
TITLE_PARTS = words_of(vocabulary.TITLE_PARTS)
SURNAMES_LIKE_TITLES = words_of(vocabulary.SURNAMES_LIKE_TITLES)
ORGANISATION_WORDS = words_of(vocabulary.ORGANISATION_WORDS)
DEMONYMS = words_of(vocabulary.DEMONYMS) | {word + "s" for word in words_of(vocabulary.DEMONYMS)}
CALENDAR = words_of(vocabulary.CALENDAR)
NAMES_LIKE_MONTHS = frozenset(["april", "may", "june", "august"])
PARTICLES = words_of(vocabulary.PARTICLES)
CYRILLIC_PARTICLES = frozenset(vocabulary.CYRILLIC_PARTICLES.split())
ARTICLES = words_of(vocabulary.ARTICLES)
_LEFT_OFF = frozenset(["the", "a", "an", "der", "die", "das", "den", "dem"])  # not La Paz, Los Angeles, Le Monde
ABBREVIATIONS = words_of(vocabulary.ABBREVIATIONS)
HEADLINE_LOWER_CASE = words_of(vocabulary.HEADLINE_LOWER_CASE)
IN_WORDS = words_of(vocabulary.IN_WORDS)
SPEECH_WORDS = words_of(vocabulary.SPEECH_WORDS)

MAX_WORDS_IN_NAME = 8
_MOST_WORDS_IN_FORM = 3  # of a known name in a language with cases
_MAX_RUN = 30  # longer runs are lists and headings; cut, so that work stays in proportion
_MAX_PARTICLES = 2  # Ursula von der Leyen, Museum of the Moving Image
_SHORTEST_CAMEL = 2  # longer than this: eBay, iPhone; not pH
_ACRONYM_LENGTHS = range(2, 7)
_SURE_LENGTH = 4  # a known name shorter than this is recognised in capitals only: US, not us
_SHOUTED_WORDS = 3  # from this many words on, a line all in capitals has no acronyms
_OPENING = frozenset('“"‘«„:•*|')
_GAPS = frozenset(" \u00a0-‐‑")
_GAP_AFTER_ABBREVIATION = re.compile(r"\.?[ \u00a0]?")
NOUNS_HAVE_CAPITALS = frozenset(["de", "lb"])  # languages in which a single capital says little
NAMES_MEET = frozenset(
    ["uk", "ru", "tr", "pl", "cs", "sk"]
)  # whose cases do without "of": "президент Туреччини Ердоган"
_CASE_ENDING = re.compile(r"['’ʼ][a-zçğıöşü]{1,7}$")  # "Zelenskiy'nin": in Turkish it ends a name


class Sighting(NamedTuple):
    """A name once, where it stands, with what its neighbours say about it."""

    key: Key
    shown: str
    is_titled: bool = False  # "President" before it
    speaks: bool = False  # "said" beside it
    is_within: bool = False  # "in" before it


class Stretch(NamedTuple):
    """Neighbouring words of a text, whose capitals are no evidence."""

    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a text shows: names by evidence of their capitals, and where only known names can be recognised."""

    sure: tuple[Sighting, ...]
    unsure: tuple[Stretch, ...]


def look(texts: Iterable[str], code: str) -> tuple[Seen, ...]:
    """Find names in the texts of one article (its title, its body); how one writes a word is evidence for all."""
    passages = [_passage(text, code) for text in texts]
    cases = _cases(passages, code)
    return tuple(_seen(passage, cases) for passage in passages)


def recognise(stretch: Stretch, known: Mapping[str, Set[Key]], code: str) -> Iterator[Sighting]:
    """The names in a stretch that are in `known` (keys listed under their first word) or in the tables."""
    words, shouts = stretch.words, _is_shouted(stretch.words)
    index = 0
    while index < len(words):
        length = _length_of_known(words, index, known, code) if is_capital(words[index].text) else 0
        if length == 1 and _is_mere_word(words[index], code, shouts=shouts):
            length = 0
        if length:
            yield _sighting(stretch.text, words[index : index + length], code)
        index += length or 1


def is_capital(text: str) -> bool:
    """Written like a name: a capital first, or one inside as in eBay."""
    if text.islower():  # most words are, and this is asked of all
        return False
    return text[0].isupper() or (text[0].islower() and len(text) > _SHORTEST_CAMEL)


def is_acronym(word: Word) -> bool:
    """Two to six capitals: NATO, U.S., ЄС."""
    letters = word.text.replace(".", "")
    return len(letters) in _ACRONYM_LENGTHS and letters.isupper()


# --- Passages: words, sentences, and how words are written ---


_TEXT: Callable[[Word], str] = itemgetter(0)
_FOLDED: Callable[[Word], str] = itemgetter(1)
_START: Callable[[Word], int] = itemgetter(2)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text with its words, and where those with capitals stand in each sentence that has any."""

    text: str
    code: str
    words: tuple[Word, ...]
    texts: tuple[str, ...]  # of the words
    sentences: tuple["_Sentence", ...]
    lower: Set[str]  # folded words in lower case


class _Sentence(NamedTuple):
    """A sentence as a range of words, and which of these are written like names."""

    first: int
    last: int
    capitals: list[int]
    shows: bool  # whether a capital is evidence here


@dataclass(frozen=True, slots=True)
class _Cases:
    """How an article in some language writes words: ever in lower case, ever with a capital inside a sentence."""

    code: str
    common: Set[str]  # stop words of the language
    lower: Set[str]
    inner: Set[str]

    def is_common(self, folded: str) -> bool:
        """Whether a capital on this word may come from its place in the sentence alone."""
        return folded in self.lower or folded in self.common


def _passage(text: str, code: str) -> _Passage:
    words = split(text)
    texts = tuple(map(_TEXT, words))
    capitals = [index for index, written in enumerate(texts) if not written.islower() and is_capital(written)]
    found: list[_Sentence] = []
    common = stopwords(code)
    at = 0
    for first, last in _ranges(text, words):
        start = at
        while at < len(capitals) and capitals[at] < last:
            at += 1
        if at > start and not (at - start == 1 and capitals[start] == first and _only_opens(words[first], common)):
            found.append(_Sentence(first, last, capitals[start:at], _shows_capitals(words, first, last)))
    return _Passage(text, code, words, texts, tuple(found), _lower(words, capitals))


def _only_opens(word: Word, common: Set[str]) -> bool:
    """Whether a word that opens a sentence has its capital from that alone: "The", as most sentences begin."""
    return word.folded in common and not is_acronym(word)


def _lower(words: Sequence[Word], capitals: Iterable[int]) -> set[str]:
    """The folded words that are not written like names."""
    folded = list(map(_FOLDED, words))
    for index in capitals:
        folded[index] = ""
    return set(folded)


def _ranges(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The sentences of a text as ranges of its words."""
    starts = list(map(_START, words))
    ranges: list[tuple[int, int]] = []
    first = 0
    for sentence in sentences(text):
        last = bisect_left(starts, sentence.end, first)
        if last > first:
            if ranges and _ends_in_initials(text, words, first):
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
        first = last
    return ranges


def _ends_in_initials(text: str, words: Sequence[Word], first: int) -> bool:
    """Whether a sentence begins only because the word before has dots: "U.S. President"."""
    before = words[first - 1]
    return before.text.endswith(".") and "\n" not in text[before.end : words[first].start]


def _cases(passages: Iterable[_Passage], code: str) -> _Cases:
    lower: set[str] = set()
    inner: set[str] = set()
    for passage in passages:
        words = passage.words
        lower |= passage.lower
        for sentence in passage.sentences:
            if sentence.shows:
                inside = sentence.capitals[sentence.capitals[0] == sentence.first :]
                inner.update([words[index].folded for index in inside if words[index].text[0].isupper()])
    return _Cases(code, stopwords(code), lower, inner)


def _shows_capitals(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether capitals mean something here: a word that a Title Case headline would capitalise is in lower case."""
    for index in range(first, last):
        word = words[index]
        if word.text[0].islower() and word.folded not in HEADLINE_LOWER_CASE:
            return True
    return False


def _seen(passage: _Passage, cases: _Cases) -> Seen:
    sure: list[Sighting] = []
    unsure: list[Stretch] = []
    for sentence in passage.sentences:
        if not sentence.shows:
            unsure.append(Stretch(passage.text, passage.words[sentence.first : sentence.last]))
            continue
        for run in _runs(passage, sentence):
            first, words = run.first, passage.words
            if run.opens and run.last == first + 1 and _only_opens(words[first], cases.common):
                continue
            for part in _parts_of(run, passage, cases):
                if part.is_sure or (part.is_sure is None and not cases.is_common(words[first + part.first].folded)):
                    sure.append(_seen_in(passage, part, run))
                else:
                    unsure.append(Stretch(passage.text, words[first + part.first : first + part.last]))
    return Seen(tuple(sure), tuple(unsure))


def _parts_of(run: "_Run", passage: _Passage, cases: _Cases) -> tuple["_Part", ...]:
    """The parts of a run. The same few names come again and again, so what they are made of is remembered."""
    texts = passage.texts[run.first : run.last]
    if not run.opens:
        return _remembered_parts(texts, False, False, False, cases.code)
    first = passage.words[run.first].folded
    is_inner = first in cases.inner
    return _remembered_parts(texts, True, not is_inner and cases.is_common(first), is_inner, cases.code)


def _seen_in(passage: _Passage, part: "_Part", run: "_Run") -> Sighting:
    words = passage.words
    first, last = run.first + part.first, run.first + part.last - 1
    before = _before(words, run) if first == run.first else ""
    after = words[last + 1].folded if last + 1 == run.last < run.sentence_end else ""
    return Sighting(
        part.key,
        passage.text[words[first].start : words[last].end],
        part.is_titled or (part.is_person_like and before in TITLES),
        after in SPEECH_WORDS or before in SPEECH_WORDS,
        before in IN_WORDS,
    )


def _before(words: Sequence[Word], run: "_Run") -> str:
    """The folded word before a run in its sentence, articles skipped."""
    at = run.first - 1
    if at >= run.sentence_start and words[at].folded in ARTICLES:
        at -= 1
    return words[at].folded if at >= run.sentence_start else ""


def _sighting(text: str, words: Sequence[Word], code: str) -> Sighting:
    key = _key(tuple([word.text for word in words]), code)
    return Sighting(key, text[words[0].start : words[-1].end])


def _length_of_known(words: Sequence[Word], at: int, known: Mapping[str, Set[Key]], code: str) -> int:
    """How many words from `at` on make up the longest known name there; 0 for none."""
    first = name_stem(words[at].text, code)
    if first not in known and first not in KNOWN_BY_FIRST_WORD and code not in INFLECTED:
        return 0
    for length in range(min(_MOST_WORDS_IN_FORM if code in INFLECTED else MAX_WORDS_IN_NAME, len(words) - at), 0, -1):
        name = words[at : at + length]
        if is_capital(name[-1].text):
            key = _key(tuple([word.text for word in name]), code)
            if key in KNOWN or key in known.get(first, ()):
                return length
    return 0


def _is_mere_word(word: Word, code: str, shouts: bool) -> bool:
    """Whether a short or common word would be a name only as an acronym, and is not meant as one: Us, Who."""
    is_ambiguous = len(word.folded) < _SURE_LENGTH or word.folded in stopwords(code)
    return is_ambiguous and (shouts or not is_acronym(word))


def _is_shouted(words: Sequence[Word]) -> bool:
    return len(words) >= _SHOUTED_WORDS and all(word.text.isupper() for word in words)


# --- Runs: neighbouring capitalised words of one sentence ---


class _Run(NamedTuple):
    """A run as a range of words, the sentence it stands in, and whether its first word would have a capital anyway."""

    first: int
    last: int
    sentence_start: int
    sentence_end: int
    opens: bool


def _runs(passage: _Passage, sentence: _Sentence) -> Iterator[_Run]:
    end = -1
    for at in sentence.capitals:
        if at >= end:
            end = _end_of_run(passage, at, sentence.last)
            opens = at == sentence.first or _follows_opening(passage.text, passage.words[at])
            yield _Run(at, end, sentence.first, sentence.last, opens)


def _end_of_run(passage: _Passage, start: int, last: int) -> int:
    """One past the last word of the run that begins at `start`; particles inside belong to it."""
    words, end = passage.words, start + 1
    if end < last and passage.texts[end].islower() and words[end].folded not in PARTICLES:
        return end  # as most runs
    most = min(last, start + _MAX_RUN)
    while end < most:
        following = end
        while following < last and following - end < _MAX_PARTICLES and words[following].folded in PARTICLES:
            if not _is_particle(words[following]):
                break
            following += 1
        if following == last or words[following].text.islower() or not is_capital(words[following].text):
            break
        if not all(_joins(passage, index) for index in range(end, following + 1)):
            break
        end = following + 1
    return end


def _joins(passage: _Passage, index: int) -> bool:
    """Whether nothing but a space, a hyphen or an abbreviation's dot parts a word from the one before."""
    previous, word = passage.words[index - 1], passage.words[index]
    if passage.code == "tr" and _CASE_ENDING.search(previous.text):
        return False
    is_short = len(previous.text) == 1 or previous.folded in ABBREVIATIONS
    if not is_short and word.start - previous.end == 1:
        return passage.text[previous.end] in _GAPS
    return is_short and _GAP_AFTER_ABBREVIATION.fullmatch(passage.text, previous.end, word.start) is not None


def _is_particle(word: Word) -> bool:
    if word.folded not in PARTICLES:
        return False
    return word.text[0].islower() and (word.text.isascii() or word.text in CYRILLIC_PARTICLES)


def _follows_opening(text: str, word: Word) -> bool:
    """After an opening quote, a colon or a bullet, a capital is no evidence."""
    before = text[word.start - 1 : word.start]
    return (text[word.start - 2 : word.start - 1] if before.isspace() else before) in _OPENING


# --- Parts: what a run is made of ---


class _Part(NamedTuple):
    """Words of a run that may be one name, as a range of the run."""

    first: int
    last: int
    key: Key
    is_sure: bool | None  # None: sure unless the article also writes its one word in lower case
    is_titled: bool
    is_person_like: bool


class _Piece(NamedTuple):
    """Words of a run that may be one name."""

    words: tuple[Word, ...]
    is_sure: bool = True
    is_titled: bool = False


@lru_cache(maxsize=16_384)
def _remembered_parts(
    texts: tuple[str, ...], opens: bool, is_plain: bool, is_inner: bool, code: str
) -> tuple[_Part, ...]:
    """The parts of a run, given its words as written.

    `is_plain` says that the first word has its capital from its place only, `is_inner` that it has one elsewhere too.
    """
    words = tuple(Word(text, fold_word(text), index, index + 1) for index, text in enumerate(texts))
    return tuple(_parts(words, code, opens=opens, is_plain=is_plain, is_inner=is_inner))


def _parts(words: tuple[Word, ...], code: str, *, opens: bool, is_plain: bool, is_inner: bool) -> Iterator[_Part]:
    """The names of a run: "Ukrainian President Volodymyr Zelensky" holds one, "U.S. Senator Jane Smith" two.

    The words' offsets are their places in the run.
    """
    run, words = words, _trimmed(words)
    opens = opens and words[:1] == run[:1]
    if opens and not is_inner and _is_only_opening(words, code, is_plain=is_plain):
        words, opens = _trimmed(words[1:]), False
    for piece in _cut(words, code):
        name = piece.words
        is_sure: bool | None = piece.is_sure
        if is_sure and not piece.is_titled:
            is_sure = _is_shown(name, code, opens=opens and name[:1] == words[:1])
        if len(name) > MAX_WORDS_IN_NAME:
            is_sure = False
        is_person_like = len(name) > 1 and not _has_organisation_word(name)
        key = _key(tuple([word.text for word in name]), code)
        yield _Part(name[0].start, name[-1].end, key, is_sure, piece.is_titled, is_person_like)


def _trimmed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without weekdays and months at the ends (April Ryan and Theresa May keep theirs), and without an article."""
    while words and (_is_date(words[-1], len(words)) or _is_particle(words[-1])):
        words = words[:-1]
    while words and (_is_date(words[0], len(words)) or _is_particle(words[0]) or words[0].folded in _LEFT_OFF):
        words = words[1:]
    return words


def _is_date(word: Word, words_in_run: int) -> bool:
    return word.folded in CALENDAR and (words_in_run == 1 or word.folded not in NAMES_LIKE_MONTHS)


def _is_only_opening(words: Sequence[Word], code: str, *, is_plain: bool) -> bool:
    """Whether the first word of a run is merely the first of a sentence: "Later Zelensky", "Critics of Zelensky"."""
    if len(words) <= 1 or _is_known(words, code) or _has_organisation_word(words[:1]):
        return False
    first = words[0]
    is_kept = first.folded in TITLES or first.folded in DEMONYMS or is_acronym(first)
    is_of_known = words[1].text == "of" or (code in NAMES_MEET and _is_known(words[1:], code))
    return not is_kept and (is_plain or is_of_known)


def _is_shown(words: Sequence[Word], code: str, *, opens: bool) -> bool | None:
    """Whether capitals are evidence enough that these words are a name; None: unless the one word is common."""
    if len(words) > 1:
        return True
    word = words[0]
    if len(word.text) == 1:  # "I", which some languages write in capitals, or a bullet
        return False
    if is_acronym(word) or (_is_known(words, code) and len(word.folded) >= _SURE_LENGTH):
        return True
    return False if opens or code in NOUNS_HAVE_CAPITALS else None


def _cut(words: tuple[Word, ...], code: str) -> Iterator[_Piece]:
    """Cut a run at the title in it, if there is one."""
    at = _title_at(words)
    if at is None:
        yield from (_Piece(name) for name in _names_in(words, code))
    else:
        yield from _before_title(words[:at], code)
        yield from _after_title(words[at + 1 :], code)


def _title_at(words: Sequence[Word]) -> int | None:
    """Where the last title of a run stands. Titles inside an organisation's name are none: Department of Justice."""
    for at in range(len(words) - 1, -1, -1):
        if words[at].folded in TITLES and not _may_be_surname(words, at):
            rest = words[at + 1 :] or words[:at]
            return None if _has_organisation_word(rest) else at
    return None


def _may_be_surname(words: Sequence[Word], at: int) -> bool:
    previous = words[at - 1].folded if at else ""
    is_within_title = previous in TITLES or previous in TITLE_PARTS or previous in DEMONYMS
    return words[at].folded in SURNAMES_LIKE_TITLES and at > 0 and not is_within_title


def _before_title(words: tuple[Word, ...], code: str) -> Iterator[_Piece]:
    """What stands before a title: a known name, an organisation, or a part of the title, which is no name."""
    for length in range(len(words), 0, -1):
        if _is_known(words[:length], code):
            yield _Piece(words[:length])
            return
    if _has_organisation_word(words):
        yield from (_Piece(name) for name in _names_in(words, code))
        return
    while words and (words[-1].folded in TITLE_PARTS or words[-1].folded in TITLES or _is_particle(words[-1])):
        words = words[:-1]
    yield from (_Piece(name, is_sure=False) for name in _names_in(words, code))


def _after_title(words: tuple[Word, ...], code: str) -> Iterator[_Piece]:
    """What stands after a title: a person; after "of" first that of which: "President of Ukraine Petro Poroshenko".

    Some languages do without "of", but not without the person.
    """
    if code in NAMES_MEET:
        known = _known_first(words, code)
        if known and len(known) < len(words):
            yield _Piece(known)
            yield _Piece(words[len(known) :], is_titled=True)
            return
    is_of = bool(words) and _is_particle(words[0])
    while words and (_is_particle(words[0]) or words[0].folded in TITLE_PARTS):
        is_of = is_of and words[0].folded not in TITLE_PARTS
        words = words[1:]
    for length in range(len(words), 0, -1) if is_of else ():
        if _is_no_person(words[:length], code):
            yield _Piece(words[:length])
            words, is_of = words[length:], False
            break
    if words:
        yield _Piece(words, is_titled=not is_of and not _is_no_person(words, code))


def _known_first(words: tuple[Word, ...], code: str) -> tuple[Word, ...]:
    """The longest known place or organisation that the words begin with; () for none."""
    return next((words[:length] for length in range(len(words), 0, -1) if _is_no_person(words[:length], code)), ())


def _meeting(words: tuple[Word, ...], code: str) -> tuple[Word, ...]:
    """The known name that another one follows in a language that needs no "of"; () where it may be a part of it.

    A Turkish name takes an ending there, but for acronyms.
    """
    if not words or code not in NAMES_MEET or _is_known(words, code) or _has_organisation_word(words):
        return ()
    return () if code == "tr" and not is_acronym(words[0]) else _known_first(words, code)


def _names_in(words: tuple[Word, ...], code: str) -> Iterator[tuple[Word, ...]]:
    """The names in words without a title; nationalities at the ends are none, unless of an organisation."""
    if not _is_known(words, code) and not _has_organisation_word(words):
        while words and (words[0].folded in DEMONYMS or _is_particle(words[0])):
            words = words[1:]
        while words and (words[-1].folded in DEMONYMS or _is_particle(words[-1])):
            words = words[:-1]
    halves = [words[:1], words[1:]]
    if len(words) == len(halves) and not _is_known(words, code) and _are_neighbours(words[:1], words[1:], code):
        yield from halves
    elif (known := _meeting(words, code)) and len(words) - len(known) >= len(halves):
        yield known  # "(посланник) США Стів Віткофф"
        yield words[len(known) :]
    elif words:
        yield words


def _are_neighbours(one: Sequence[Word], other: Sequence[Word], code: str) -> bool:
    """Whether two known names stand side by side: "Canada-US", "Trump-Putin", not "US Senate"."""
    first, second = _known(one, code), _known(other, code)
    return first is not None and second is not None and ORGANISATION not in (first.kind, second.kind)


def _has_organisation_word(words: Iterable[Word]) -> bool:
    return any(word.folded in ORGANISATION_WORDS for word in words)


def _is_known(words: Sequence[Word], code: str) -> bool:
    return _known(words, code) is not None


def _is_no_person(words: Sequence[Word], code: str) -> bool:
    """Whether these words are known to name a place or an organisation."""
    known = _known(words, code)
    return known is not None and known.kind != PERSON


def _known(words: Sequence[Word], code: str) -> Known | None:
    if not words:
        return None
    if code not in INFLECTED and name_stem(words[0].text, code) not in KNOWN_BY_FIRST_WORD:
        return None
    return KNOWN.get(_key(tuple([word.text for word in words]), code))


@lru_cache(maxsize=16_384)
def _key(texts: tuple[str, ...], code: str) -> Key:
    """The key of a name; where it is a case form of a known name, that one's."""
    key = name_key(texts, code)
    if code not in INFLECTED or key in KNOWN:
        return key
    return next(
        (found for form in readings(texts, code) if (found := name_key(form, code)) in KNOWN and _is_long(found)), key
    )


def _is_long(key: Key) -> bool:
    """Whether a name is long enough to be recognised behind an ending."""
    return sum(map(len, key)) >= _SURE_LENGTH
