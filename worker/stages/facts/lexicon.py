"""The words of dates, decisions and places in each language, and where in a text they stand.

What the words mean in a sentence is for `dates`, `decisions` and `whereabouts` to say; this only tells which sentences
are worth their while. A text is looked through once for all three.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import compress
from typing import NamedTuple

from worker.stages.facts import date_words, decision_words, place_words
from worker.stages.facts.events import (
    BEGINS,
    DENIES,
    ENDS,
    LANGUAGES,
    NOT,
    SAYS,
    Labels,
    Span,
    Word,
    by_kind,
    by_language,
    event_kinds,
    is_form,
    kinds_labels,
    role_labels,
)
from worker.stages.text.stopwords import primary
from worker.stages.text.table import Table
from worker.stages.text.words import FOLDED, pieces

# What a word may be, as bits.
DATE, EVENT, SAYING, DECIDING, THING, HAPPENING, PREPOSITION, SPOT = (1 << bit for bit in range(8))
TURNING, WITH_NEXT = 1 << 8, 1 << 9  # says not, or that somebody denies; is a cue only before some next words
_CUES = DATE | DECIDING | HAPPENING  # with WITH_NEXT: only if the next word makes a pair of it

THING_MARK = "="  # before a key that is a thing of the tables
OCCURS = "occurs"
AT, NEAR = "at", "near"
PART, SITE = "part", "site"
# What happens in one place.
LOCATED = frozenset(
    """
    meet explosion fire attack crash wedding funeral discover land born died arrest sign concert final sink trial launch
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
_OF_ROLES = {  # what a word may be by what it does
    str(BEGINS): EVENT,
    str(ENDS): EVENT,
    str(SAYS): SAYING,
    str(NOT): DECIDING | TURNING,
    str(DENIES): DECIDING | TURNING,
}
_YEAR_DIGITS = 4


class Marked(NamedTuple):
    """The words of a text, what each different one may be, and the cues among them by their numbers."""

    words: Sequence[str]
    starts: Sequence[int]
    marks: Mapping[str, int]
    cues: tuple[int, ...]


_NOTHING = Marked((), (), {}, ())


@lru_cache(maxsize=4)  # asked for each kind of fact, one after the other
def marked(text: str, language: str) -> Marked:
    """Where a text has words without which it states no date, decision or place; nothing in an unknown language."""
    code = primary(language)
    if code not in LANGUAGES:
        return _NOTHING
    found, marks = pieces(text), marks_in(code)
    cues = {word for word in found.counts if marks[word] & _CUES}
    if not cues:
        return _NOTHING
    places = compress(range(len(found.words)), map(cues.__contains__, found.words))
    return Marked(found.words, found.starts, marks, tuple(_worth_noting(found.words, places, marks, code)))


def _worth_noting(words: Sequence[str], places: Iterable[int], marks: Mapping[str, int], code: str) -> Iterator[int]:
    """The cues without those that say something only with a next word which does not follow."""
    seconds = _seconds(code)
    for place in places:
        if not marks[words[place]] & WITH_NEXT:
            yield place
        elif place + 1 < len(words):
            follows = FOLDED[words[place + 1]]
            if any(is_form(follows, second) for second in seconds.get(FOLDED[words[place]], ())):
                yield place


@cache
def _seconds(code: str) -> Mapping[str, Sequence[str]]:
    """The words with which a word makes a pair that decides something or happens in a place."""
    seconds: dict[str, list[str]] = defaultdict(list)
    for labels in (predicates(code), happenings(code)):
        for first, pairs in labels.pairs.items():
            seconds[first] += (second for second, _ in pairs)
    return dict(seconds)


@cache
def marks_in(code: str) -> Table[int]:
    """What a word, as written, may be."""
    return Table(partial(_mark, code))


def _mark(code: str, written: str) -> int:
    word, (whole, begins, lengths) = FOLDED[written], _entries(code)
    found = whole.get(word, 0)
    for length in lengths:
        found |= begins.get(word[:length], 0)
    if word[:2] in ("19", "20") and len(word) >= _YEAR_DIGITS and word[:_YEAR_DIGITS].isdecimal():
        found |= DATE
    is_paired = bool(found & (DECIDING | HAPPENING)) and not _stands_alone(word, code)
    for label in role_labels(code).of[word]:
        found |= _OF_ROLES.get(label, 0)
    return found | WITH_NEXT if is_paired and not found & (DATE | TURNING) else found


def _stands_alone(word: str, code: str) -> bool:
    """Whether a word decides something, or happens in a place, whatever the next one is."""
    return bool(predicates(code).of[word] or happenings(code).of[word])


@cache
def _entries(code: str) -> tuple[Mapping[str, int], Mapping[str, int], Sequence[int]]:
    """What each entry of the tables may be: whole words, and beginnings with their lengths."""
    whole: dict[str, int] = defaultdict(int)
    begins: dict[str, int] = defaultdict(int)
    for bit, labels in (
        (DATE, date_names(code)),
        (EVENT, event_kinds(code)),
        (DECIDING, predicates(code)),
        (THING, things(code)),
        (HAPPENING, happenings(code)),
        (PREPOSITION, prepositions(code)),
        (SPOT, spots(code)),
    ):
        for word in (*labels.whole, *(labels.pairs if bit != DATE else ())):
            whole[word] |= bit
        for begin in labels.begins:
            begins[begin] |= bit
    for word, pairs in role_labels(code).pairs.items():
        if any(_OF_ROLES.get(label) == EVENT for _, label in pairs):
            whole[word] |= EVENT
    return dict(whole), dict(begins), sorted({len(begin) for begin in begins})


@cache
def date_names(code: str) -> Labels:
    """Months, weekdays and days near, under "month 9", "weekday 0" and "away -1"."""
    return Labels(
        (f"{kind} {number + first}", entry)
        for kind, table, first in (
            ("weekday", date_words.WEEKDAYS, 0),
            ("month", date_words.MONTHS, 1),
            ("away", date_words.NEAR_DAYS, -1),
        )
        for number, forms in enumerate(table.get(code, "").split())
        for entry in forms.split("|")
    )


@cache
def predicates(code: str) -> Labels:
    """What decides something, under its predicate, with "not-" before what denies it."""
    return Labels((kind, entry) for kind, words in by_kind(decision_words.PREDICATES) for entry in words.get(code, ()))


@cache
def things(code: str) -> Labels:
    """Of what or whom something may be decided."""
    return Labels((kind, entry) for kind, words in by_kind(decision_words.THINGS) for entry in words.get(code, ()))


@cache
def happenings(code: str) -> Labels:
    """What happens in a place, under its kind, and verbs of happening, under OCCURS."""
    occurs = ((OCCURS, entry) for entry in by_language(place_words.OCCURS).get(code, ()))
    return Labels((*occurs, *((kind, entry) for kind, entry in kinds_labels(code) if kind in LOCATED)))


@cache
def prepositions(code: str) -> Labels:
    """What stands before a place, under AT or NEAR."""
    return Labels(
        (label, entry)
        for label, table in ((AT, place_words.AT), (NEAR, place_words.NEAR))
        for entry in by_language(table).get(code, ())
    )


@cache
def spots(code: str) -> Labels:
    """Places without a name, under "part dock" or "site airport"."""
    return Labels(
        (f"{sort} {spot}", entry)
        for sort, table in ((PART, place_words.PARTS), (SITE, place_words.SITES))
        for spot, words in by_kind(table)
        for entry in words.get(code, ())
    )


def things_in(words: Sequence[Word], span: Span, code: str) -> list[str]:
    """The things of the tables in a clause, marked, each once: a bridge is one in all languages."""
    known, marks = things(code), marks_in(code)
    found = (words[place] for place in range(span.first, span.end))
    labels = (label for word in found if marks[word.text] & THING for label in known.of[word.folded])
    return list(dict.fromkeys(f"{THING_MARK}{label}" for label in labels))
