"""Where names stand in a text: runs of capitalised words, with titles, demonyms and dates taken off.

This is the first half of `names`, which joins what is found here. A name is sure where capitals are evidence; a Title
Case line and the first word of a sentence show nothing, so there only names known otherwise are recognised.

    sentences -> runs of capitals -> parts (cut at titles) -> Sighting, or a Stretch in which to recognise
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from worker.stages.names import known
from worker.stages.names.known import KNOWN, KNOWN_BY_FIRST_WORD, Key, words_of
from worker.stages.text.stems import name_key, name_stem
from worker.stages.text.stopwords import stopwords
from worker.stages.text.words import Word, sentences, split

TITLES = words_of(known.TITLES)
TITLE_PARTS = words_of(known.TITLE_PARTS)
SURNAMES_LIKE_TITLES = words_of(known.SURNAMES_LIKE_TITLES)
ORGANISATION_WORDS = words_of(known.ORGANISATION_WORDS)
DEMONYMS = words_of(known.DEMONYMS) | {word + "s" for word in words_of(known.DEMONYMS)}
CALENDAR = words_of(known.CALENDAR)
NAMES_LIKE_MONTHS = frozenset(["april", "may", "june", "august"])
PARTICLES = words_of(known.PARTICLES)
CYRILLIC_PARTICLES = frozenset(known.CYRILLIC_PARTICLES.split())
ARTICLES = words_of(known.ARTICLES)
_LEFT_OFF = frozenset(["the", "a", "an", "der", "die", "das", "den", "dem"])  # not La Paz, Los Angeles, Le Monde
ABBREVIATIONS = words_of(known.ABBREVIATIONS)
HEADLINE_LOWER_CASE = words_of(known.HEADLINE_LOWER_CASE)
IN_WORDS = words_of(known.IN_WORDS)
SPEECH_WORDS = words_of(known.SPEECH_WORDS)

MAX_WORDS_IN_NAME = 8
_MAX_RUN = 30  # longer runs are lists and headings; cut, so that work stays in proportion
_MAX_PARTICLES = 2  # Ursula von der Leyen, Museum of the Moving Image
_SHORTEST_CAMEL = 2  # longer than this: eBay, iPhone; not pH
_ACRONYM_LENGTHS = range(2, 7)
_SURE_LENGTH = 4  # a known name shorter than this is recognised in capitals only: US, not us
_SHOUTED_WORDS = 3  # from this many words on, a line all in capitals has no acronyms
_OPENING = frozenset('“"‘«„:•*|')
_GAP = re.compile(r"[ \u00a0]|[-‐‑]")
_GAP_AFTER_ABBREVIATION = re.compile(r"\.?[ \u00a0]?")
NOUNS_HAVE_CAPITALS = frozenset(["de", "lb"])  # languages in which a single capital says little
NAMES_MEET = frozenset(["uk", "ru", "tr"])  # whose cases do without "of": "президент Туреччини Ердоган"
_CASE_ENDING = re.compile(r"['’ʼ][a-zçğıöşü]{1,7}$")  # "Zelenskiy'nin": in Turkish it ends a name


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name once, where it stands, with what its neighbours say about it."""

    key: Key
    shown: str
    is_titled: bool = False  # "President" before it
    speaks: bool = False  # "said" beside it
    is_within: bool = False  # "in" before it


@dataclass(frozen=True, slots=True)
class Stretch:
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
        length = _length_of_known(words, index, known, code) if is_capital(words[index]) else 0
        if length == 1 and _is_mere_word(words[index], code, shouts):
            length = 0
        if length:
            yield _sighting(stretch.text, words[index : index + length], code)
        index += length or 1


def is_capital(word: Word) -> bool:
    """Written like a name: a capital first, or one inside as in eBay."""
    text = word.text
    if text.islower():  # most words are, and this is asked of all
        return False
    return text[0].isupper() or (text[0].islower() and len(text) > _SHORTEST_CAMEL)


def is_acronym(word: Word) -> bool:
    """Two to six capitals: NATO, U.S., ЄС."""
    letters = word.text.replace(".", "")
    return len(letters) in _ACRONYM_LENGTHS and letters.isupper()


# --- Passages: words, sentences, and how words are written ---


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text with its words, and its sentences as ranges of them."""

    text: str
    code: str
    words: tuple[Word, ...]
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Cases:
    """How an article in some language writes words: ever in lower case, ever with a capital inside a sentence."""

    code: str
    lower: Set[str]
    inner: Set[str]

    def is_common(self, word: Word) -> bool:
        """Whether a capital on this word may come from its place in the sentence alone."""
        return word.folded in self.lower or word.folded in stopwords(self.code)


def _passage(text: str, code: str) -> _Passage:
    words = split(text)
    ranges: list[tuple[int, int]] = []
    first = 0
    for sentence in sentences(text):
        last = first
        while last < len(words) and words[last].start < sentence.end:
            last += 1
        if ranges and _ends_in_initials(text, words, first) and last > first:
            ranges[-1] = (ranges[-1][0], last)
        elif last > first:
            ranges.append((first, last))
        first = last
    return _Passage(text, code, words, tuple(ranges))


def _ends_in_initials(text: str, words: Sequence[Word], first: int) -> bool:
    """Whether a sentence begins only because the word before has dots: "U.S. President"."""
    before, word = words[first - 1], words[min(first, len(words) - 1)]
    return before.text.endswith(".") and "\n" not in text[before.end : word.start]


def _cases(passages: Iterable[_Passage], code: str) -> _Cases:
    lower: set[str] = set()
    inner: set[str] = set()
    for passage in passages:
        lower.update(word.folded for word in passage.words if word.text.islower())
        for first, last in passage.ranges:
            if _shows_capitals(passage.words[first:last]):
                inner.update(word.folded for word in passage.words[first + 1 : last] if word.text[0].isupper())
    return _Cases(code, lower, inner)


def _shows_capitals(words: Sequence[Word]) -> bool:
    """Whether capitals mean something here: a word that a Title Case headline would capitalise is in lower case."""
    return any(word.text[0].islower() and word.folded not in HEADLINE_LOWER_CASE for word in words)


def _seen(passage: _Passage, cases: _Cases) -> Seen:
    sure: list[Sighting] = []
    unsure: list[Stretch] = []
    for first, last in passage.ranges:
        if not _shows_capitals(passage.words[first:last]):
            unsure.append(Stretch(passage.text, passage.words[first:last]))
            continue
        for run in _runs(passage, first, last):
            for part in _parts(run, cases):
                if part.is_sure:
                    sure.append(_seen_in(passage.text, part, run, cases.code))
                else:
                    unsure.append(Stretch(passage.text, part.words))
    return Seen(tuple(sure), tuple(unsure))


def _seen_in(text: str, part: "_Part", run: "_Run", code: str) -> Sighting:
    ends_run, starts_run = part.words[-1] is run.words[-1], part.words[0] is run.words[0]
    is_person_like = len(part.words) > 1 and not _has_organisation_word(part.words)
    return _sighting(
        text,
        part.words,
        code,
        is_titled=part.is_titled or (starts_run and is_person_like and run.before in TITLES),
        speaks=(ends_run and run.after in SPEECH_WORDS) or (starts_run and run.before in SPEECH_WORDS),
        is_within=starts_run and run.before in IN_WORDS,
    )


def _sighting(text: str, words: Sequence[Word], code: str, **evidence: bool) -> Sighting:
    key = name_key([word.text for word in words], code)
    return Sighting(key, text[words[0].start : words[-1].end], **evidence)


def _length_of_known(words: Sequence[Word], at: int, known: Mapping[str, Set[Key]], code: str) -> int:
    """How many words from `at` on make up the longest known name there; 0 for none."""
    first = name_stem(words[at].text, code)
    if first not in known and first not in KNOWN_BY_FIRST_WORD:
        return 0
    for length in range(min(MAX_WORDS_IN_NAME, len(words) - at), 0, -1):
        name = words[at : at + length]
        key = name_key([word.text for word in name], code)
        if is_capital(name[-1]) and (key in KNOWN or key in known.get(first, ())):
            return length
    return 0


def _is_mere_word(word: Word, code: str, shouts: bool) -> bool:
    """Whether a short or common word would be a name only as an acronym, and is not meant as one: Us, Who."""
    is_ambiguous = len(word.folded) < _SURE_LENGTH or word.folded in stopwords(code)
    return is_ambiguous and (shouts or not is_acronym(word))


def _is_shouted(words: Sequence[Word]) -> bool:
    return len(words) >= _SHOUTED_WORDS and all(word.text.isupper() for word in words)


# --- Runs: neighbouring capitalised words of one sentence ---


@dataclass(frozen=True, slots=True)
class _Run:
    words: tuple[Word, ...]
    opens: bool  # its first word would have a capital anyway
    before: str  # the folded word before and after it in the sentence, articles skipped
    after: str


def _runs(passage: _Passage, first: int, last: int) -> Iterator[_Run]:
    words = passage.words
    at = first
    while at < last:
        if not is_capital(words[at]):
            at += 1
            continue
        end = _end_of_run(passage, at, last)
        before = at - 1 if at - 1 < first or words[at - 1].folded not in ARTICLES else at - 2
        yield _Run(
            words[at:end],
            opens=at == first or _follows_opening(passage.text, words[at]),
            before=words[before].folded if before >= first else "",
            after=words[end].folded if end < last else "",
        )
        at = end


def _end_of_run(passage: _Passage, start: int, last: int) -> int:
    """One past the last word of the run that begins at `start`; particles inside belong to it."""
    end = start + 1
    while end < min(last, start + _MAX_RUN):
        following = end
        while following < last and following - end < _MAX_PARTICLES and _is_particle(passage.words[following]):
            following += 1
        if following == last or not is_capital(passage.words[following]):
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
    gap = _GAP_AFTER_ABBREVIATION if is_short else _GAP
    return gap.fullmatch(passage.text, previous.end, word.start) is not None


def _is_particle(word: Word) -> bool:
    is_written = word.text.isascii() or word.text in CYRILLIC_PARTICLES
    return word.folded in PARTICLES and is_written and word.text[0].islower()


def _follows_opening(text: str, word: Word) -> bool:
    """After an opening quote, a colon or a bullet, a capital is no evidence."""
    return text[max(0, word.start - 2) : word.start].strip()[-1:] in _OPENING


# --- Parts: what a run is made of ---


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a run that may be one name. It is sure unless its capital could come from its place."""

    words: tuple[Word, ...]
    is_sure: bool = True
    is_titled: bool = False


def _parts(run: _Run, cases: _Cases) -> Iterator[_Part]:
    """The names of a run: "Ukrainian President Volodymyr Zelensky" holds one, "U.S. Senator Jane Smith" two."""
    words = _trimmed(run.words)
    opens = run.opens and bool(words) and words[:1] == run.words[:1]
    if opens and _is_only_opening(words, cases):
        words, opens = _trimmed(words[1:]), False
    for piece in _cut(words, cases.code):
        at_opening = opens and piece.words[:1] == words[:1]
        is_shown = piece.is_titled or (piece.is_sure and _is_shown(piece.words, at_opening, cases))
        yield _Part(piece.words, is_shown and len(piece.words) <= MAX_WORDS_IN_NAME, piece.is_titled)


def _trimmed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without weekdays and months at the ends (April Ryan and Theresa May keep theirs), and without an article."""
    while words and (_is_date(words[-1], len(words)) or _is_particle(words[-1])):
        words = words[:-1]
    while words and (_is_date(words[0], len(words)) or _is_particle(words[0]) or words[0].folded in _LEFT_OFF):
        words = words[1:]
    return words


def _is_date(word: Word, words_in_run: int) -> bool:
    return word.folded in CALENDAR and (words_in_run == 1 or word.folded not in NAMES_LIKE_MONTHS)


def _is_only_opening(words: Sequence[Word], cases: _Cases) -> bool:
    """Whether the first word of a run is merely the first of a sentence: "Later Zelensky", "Critics of Zelensky"."""
    if len(words) == 1 or _is_known(words, cases.code) or _has_organisation_word(words[:1]):
        return False
    first = words[0]
    is_kept = first.folded in TITLES or first.folded in DEMONYMS or first.folded in cases.inner or is_acronym(first)
    is_of_known = words[1].text == "of" or (cases.code in NAMES_MEET and _is_known(words[1:], cases.code))
    return not is_kept and (cases.is_common(first) or is_of_known)


def _is_shown(words: Sequence[Word], opens: bool, cases: _Cases) -> bool:
    """Whether capitals are evidence enough that these words are a name."""
    if len(words) > 1:
        return True
    word = words[0]
    if len(word.text) == 1:  # "I", which some languages write in capitals, or a bullet
        return False
    if is_acronym(word) or (_is_known(words, cases.code) and len(word.folded) >= _SURE_LENGTH):
        return True
    return not (opens or cases.is_common(word) or cases.code in NOUNS_HAVE_CAPITALS)


def _cut(words: tuple[Word, ...], code: str) -> Iterator[_Part]:
    """Cut a run at the title in it, if there is one."""
    at = _title_at(words)
    if at is None:
        yield from (_Part(name) for name in _names_in(words, code))
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


def _before_title(words: tuple[Word, ...], code: str) -> Iterator[_Part]:
    """What stands before a title: a known name, an organisation, or a part of the title, which is no name."""
    for length in range(len(words), 0, -1):
        if _is_known(words[:length], code):
            yield _Part(words[:length])
            return
    if _has_organisation_word(words):
        yield from (_Part(name) for name in _names_in(words, code))
        return
    while words and (words[-1].folded in TITLE_PARTS or words[-1].folded in TITLES or _is_particle(words[-1])):
        words = words[:-1]
    yield from (_Part(name, is_sure=False) for name in _names_in(words, code))


def _after_title(words: tuple[Word, ...], code: str) -> Iterator[_Part]:
    """What stands after a title: a person; after "of" first that of which: "President of Ukraine Petro Poroshenko".

    Some languages do without "of", but not without the person.
    """
    if code in NAMES_MEET:
        known = _known_first(words, code)
        if known and len(known) < len(words):
            yield _Part(known)
            yield _Part(words[len(known) :], is_titled=True)
            return
    is_of = bool(words) and _is_particle(words[0])
    while words and (_is_particle(words[0]) or words[0].folded in TITLE_PARTS):
        is_of = is_of and words[0].folded not in TITLE_PARTS
        words = words[1:]
    for length in range(len(words), 0, -1) if is_of else ():
        if _is_known(words[:length], code):
            yield _Part(words[:length])
            words, is_of = words[length:], False
            break
    if words:
        yield _Part(words, is_titled=not is_of and not _is_known(words, code))


def _known_first(words: tuple[Word, ...], code: str) -> tuple[Word, ...]:
    """The longest known name that the words begin with; () for none."""
    return next((words[:length] for length in range(len(words), 0, -1) if _is_known(words[:length], code)), ())


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
    if len(words) == len(halves) and not _is_known(words, code) and all(_is_known(half, code) for half in halves):
        yield from halves  # "Canada-US"
    elif (known := _meeting(words, code)) and len(words) - len(known) >= len(halves):
        yield known  # "(посланник) США Стів Віткофф"
        yield words[len(known) :]
    elif words:
        yield words


def _has_organisation_word(words: Iterable[Word]) -> bool:
    return any(word.folded in ORGANISATION_WORDS for word in words)


def _is_known(words: Sequence[Word], code: str) -> bool:
    if not words or name_stem(words[0].text, code) not in KNOWN_BY_FIRST_WORD:
        return False
    return name_key([word.text for word in words], code) in KNOWN
