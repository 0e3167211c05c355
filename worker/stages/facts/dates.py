"""When something happens: dates of events in a sentence, resolved against the day of publication.

A `FoundDate` becomes a Fact with the same slot, its value, and the grain as qualifier ("day", "month", "year" or
"minute"). Values count days (`date.toordinal`, of a month or year the first one), with the time of day as the fraction.

The day on which somebody spoke ("said on Tuesday") dates no event, and is none of these. Dates are compared only where
both are planned, or both past: what was planned for one day and happened on another was put off, and nobody erred.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from worker.stages.facts import date_words
from worker.stages.facts.events import (
    BEGINS,
    BREAK,
    CONDITION,
    END,
    FUTURE,
    HEDGES,
    NOT,
    SAYS,
    START,
    Labels,
    Span,
    Stated,
    Word,
    arguments,
    aspect_in,
    by_language,
    clause,
    kinds_in,
    name_other_things,
    names_apart,
    read,
    roles_in,
    shared,
)
from worker.stages.facts.lexicon import DATE, EVENT, SAYING, THING_MARK, date_names, marked, marks_in, things_in
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import primary

DAY, MONTH, YEAR, MINUTE = "day", "month", "year", "minute"
_PREFIX = "date:"
_PLANNED, _PAST = "planned", "past"
_UNTIL, _SINCE, _BY, _NOT_THAT_DAY, _NEXT, _LAST = "until", "since", "by", "not that day", "next", "last"

PAST_APART = 10  # days; past events of one kind that lie further apart are two
PLANNED_APART = 400
YEARS_APART = 15
BACKGROUND_YEARS = 1  # before the year of publication, in which an event is no news
_YEAR_DIGITS = 4
_SENTENCE_REACH = 20  # words from a date to what happens then, at the most
_CLOCK_BEFORE, _CLOCK_BEHIND = 30, 60  # characters around a date in which its time of day may stand
_SAYING_REACH = 5  # words between a verb of saying and its day
_HALF_YEAR = 183
_WEEK = 7
_FEBRUARY_29 = 29

# Of these, one story may have several; a shared kind is not enough.
_COMMON = frozenset(
    """
    meet attack arrest release visit arrive deliver open close died publish verdict trial discover run march withdraw
    sign build final concert parade resign founded born appeal
    """.split()  # noqa: SIM905 - a list of words reads better without its marks
)
# There is one in a story, whoever is named beside it.
_ONE_OFF = frozenset(["runoff", "launch", "truce", "office"])
# Of these a story tells of several with one person in common.
_OF_MANY = frozenset(["meet", "attack", "arrest", "release", "visit", "died", "discover"])
# What comes of something else: of an explosion that killed people on Monday the day of the explosion is told.
_OUTCOMES = frozenset(["died", "run", "discover"])
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b|\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°|-го|-го)?")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.h]([0-5]\d)\b(?![.:\d%])\s?([ap])?\.?(m)?\b", re.IGNORECASE)
_FULL_HOUR = re.compile(
    r"\b(?:(?:at|um|kl)\s)?([01]?\d|2[0-3])\s?(?:([ap])\.?m\b|(uhr|o['’]clock|uur)\b)", re.IGNORECASE
)
_KIND_SHOWN = {
    "appeal": "the appeal",
    "launch": "the launch",
    "produce": "production",
    "runoff": "the run-off",
    "vote": "the vote",
    "meet": "the meeting",
    "walkout": "the strike",
    "march": "the march",
    "trial": "the hearing",
    "verdict": "the decision",
    "build": "construction",
    "publish": "the publication",
    "wedding": "the wedding",
    "funeral": "the funeral",
    "final": "the match",
    "parade": "the parade",
    "concert": "the event",
    "vaccinate": "the vaccination",
    "truce": "the truce",
    "attack": "the attack",
    "explosion": "the explosion",
    "fire": "the fire",
    "crash": "the accident",
    "quake": "the quake",
    "storm": "the storm",
    "flood": "the flood",
    "sink": "the sinking",
    "land": "the landing",
    "discover": "the discovery",
    "arrest": "the arrest",
    "release": "the release",
    "resign": "the resignation",
    "sign": "the signing",
    "visit": "the visit",
    "arrive": "the arrival",
    "office": "taking office",
    "open": "the opening",
    "close": "the closure",
    "withdraw": "the withdrawal",
    "founded": "the founding",
    "born": "the birth",
    "died": "the death",
    "deliver": "the delivery",
    "run": "service",
}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """`slot` is "date:" with what happens then: planned or past, kinds of events, and who and what."""

    slot: str
    value: float
    grain: str
    hedged: bool


@dataclass(frozen=True, slots=True)
class _Named:
    """A date as a sentence names it, from word `first` to before `end`. What it leaves open is None."""

    first: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    away: int | None = None  # days from the day of publication


# --- Finding ---


def cues_in(text: str, language: str) -> list[int]:
    """Where in the text words stand without which a sentence names no date: for `cues.holding`."""
    words, starts, marks, cues = marked(text, language)
    return [starts[place] for place in cues if marks[words[place]] & DATE and _may_date(words, marks, place)]


def _may_date(words: Sequence[str], marks: Mapping[str, int], place: int) -> bool:
    """Whether something happens near a date, and it is not merely the day on which somebody spoke."""
    if any(marks[word] & SAYING for word in words[max(0, place - 2) : place]):
        return False
    near = words[max(0, place - _SENTENCE_REACH) : place + _SENTENCE_REACH]
    return any(map(EVENT.__and__, map(marks.__getitem__, near)))  # no step for each word in Python: dates are many


def find_dates(sentence: str, language: str, published: date) -> tuple[FoundDate, ...]:
    """The dates of what the sentence says happens, in reading order."""
    code = primary(language)
    words = read(sentence, language)
    found: dict[tuple[str, float], FoundDate] = {}
    for named in _named(words, code):
        if dated := _dated(words, named, code, published, sentence):
            found.setdefault((dated.slot, dated.value), dated)
    return tuple(found.values())


def _named(words: Sequence[Word], code: str) -> Iterator[_Named]:
    """The dates named, in order; a weekday beside a date is part of it."""
    marks = marks_in(code)
    end = 0
    for place, word in enumerate(words):
        if place < end or not (marks[word.text] & DATE or word.text[0].isdigit()):
            continue
        if named := _date_at(words, place, code):
            yield named
            end = named.end


def _date_at(words: Sequence[Word], place: int, code: str) -> _Named | None:
    word = words[place]
    if word.text[0].isdigit():
        return _of_number(words, place, code)
    labels = date_names(code).of[word.folded]
    for label in labels:
        kind, _, number = label.partition(" ")
        if kind == "weekday" and _is_capital_where_due(word, code):
            return _of_weekday(words, place, int(number), code)
        if kind == "away":
            return _Named(place, place + 1, away=int(number))
        if kind == "month" and _is_capital_where_due(word, code):
            return _of_month(words, place, int(number), code)
    return None


def _is_capital_where_due(word: Word, code: str) -> bool:
    """English, German and Turkish write months and weekdays with a capital: march and may are other words."""
    return word.is_capitalised or code not in ("en", "de", "nl", "tr")[:2]


def _of_number(words: Sequence[Word], place: int, code: str) -> _Named | None:
    """ "15 September 2025", "15 de septiembre de 2025", "2027" where a year may stand."""
    word = words[place]
    if whole := _ISO.fullmatch(word.text):
        parts = [int(part) for part in whole.groups() if part]
        in_year, in_month, on = parts if whole[1] else reversed(parts)
        return _Named(place, place + 1, day=on, month=in_month, year=in_year)
    if (written := _DAY.fullmatch(word.text)) and 1 <= (day := int(written[1])) <= 31:
        at = _after_fillers(words, place + 1)
        month = _month_of(words, at, code)
        if month is not None:
            end, year = _year_after(words, at + 1)
            return _Named(place, end, day=day, month=month, year=year)
        return None
    if _YEAR.match(word.text) and (len(word.text) == _YEAR_DIGITS or word.text[_YEAR_DIGITS] in "'’"):
        return _of_year(words, place, code)
    return None


def _after_fillers(words: Sequence[Word], place: int) -> int:
    while place < len(words) and words[place].folded in date_words.WITHIN_DATE:
        place += 1
    return place


def _month_of(words: Sequence[Word], place: int, code: str) -> int | None:
    if place >= len(words):
        return None
    for label in date_names(code).of[words[place].folded.partition("'")[0]]:
        if label.startswith("month "):
            return int(label[6:])
    return None


def _year_after(words: Sequence[Word], place: int) -> tuple[int, int | None]:
    """Where a date that has come to a place ends, and its year."""
    at = place + 1 if place < len(words) and words[place].text == "," else place
    at = _after_fillers(words, at)
    if at < len(words) and (year := _YEAR.match(words[at].text)) and not words[at].text[4:5].isdigit():
        return at + 1, int(year[0])
    return place, None


def _of_year(words: Sequence[Word], place: int, code: str) -> _Named | None:
    word, before = words[place], words[place - 1] if place else None
    year = int(word.text[:4])
    if code == "tr":
        is_year = place + 1 < len(words) and words[place + 1].folded.startswith("yil")
        return _Named(place, place + 1, year=year) if len(word.text) > _YEAR_DIGITS or is_year else None
    if before is None or before.folded not in _before_year(code):
        return None
    follows = words[place + 1] if place + 1 < len(words) else None
    # "in 2028 homes" counts; "in 2028 according to" does not.
    if code == "en" and follows is not None and follows.folded.endswith("s") and not follows.roles:
        return None
    return _Named(place, place + 1, year=year)


def _of_month(words: Sequence[Word], place: int, month: int, code: str) -> _Named | None:
    """ "May 12", "in September", "September 2025"."""
    word = words[place]
    follows = words[place + 1] if place + 1 < len(words) else None
    if follows and (written := _DAY.fullmatch(follows.text)) and 1 <= int(written[1]) <= 31 and code == "en":
        end, year = _year_after(words, place + 2)
        return _Named(place, end, day=int(written[1]), month=month, year=year)
    end, year = _year_after(words, place + 1)
    word_before = words[place - 1].folded if place else ""
    if (
        year is None
        and word.folded in ("may", "march")
        and word_before not in ("in", "by", "until", "since", "early", "late")
    ):
        return None
    if year is None and word_before not in _before_month(code):
        return None
    return _Named(place, end, month=month, year=year)


def _of_weekday(words: Sequence[Word], place: int, weekday: int, code: str) -> _Named:
    """A weekday; with "12 May" behind it, that date."""
    at = place + 1
    while (
        at < len(words)
        and at <= place + 3
        and (words[at].text == "," or words[at].folded in ("der", "den", "dem", "el", "the", "dia"))
    ):
        at += 1
    if at < len(words) and (dated := _date_at(words, at, code)) and dated.month:
        return _Named(place, dated.end, dated.day, dated.month, dated.year)
    return _Named(place, place + 1, weekday=weekday)


# --- What is dated ---


def _dated(words: Sequence[Word], named: _Named, code: str, published: date, sentence: str) -> FoundDate | None:
    marks = _marks(words, named, code)
    if _NOT_THAT_DAY in marks or _is_of_saying(words, named):
        return None
    span = _clause_of(words, named)
    if span is None:
        return None
    inside = words[span.first : span.end]
    roles = roles_in(words, span)
    if any(word.roles & (CONDITION | NOT) for word in words[span.first : named.first]):
        return None
    is_planned = bool(roles & FUTURE) or _has_infinitive(inside, code)
    resolved = _resolved(named, published, is_planned=is_planned, marks=marks)
    if resolved is None:
        return None
    value, grain = resolved
    if grain == DAY and (minutes := _clock(sentence, words, named)) is not None:
        value, grain = value + minutes / 1440, MINUTE
    slot = _slot(words, span, named, marks, published, value, grain, code)
    return FoundDate(slot, value, grain, bool(roles & HEDGES)) if slot else None


def _marks(words: Sequence[Word], named: _Named, code: str) -> frozenset[str]:
    """What the words beside a date say of it: "until", "since", "by", "next", "last", or that it is not that day."""
    near = range(max(0, named.first - 3), named.first)
    found: set[str] = set()
    marks = _mark_words(code)
    for place in near:
        if any(word.roles & BREAK or word.roles & SAYS for word in words[place + 1 : named.first]):
            continue
        found.update(marks.of[words[place].folded], marks.with_next(words[place].folded, words[place + 1].folded))
    if named.end < len(words):
        behind = set(marks.of[words[named.end].folded])
        found |= behind if code == "tr" else behind & {_NEXT, _LAST}  # Turkish says "Monday until"
    return frozenset(found)


def _is_of_saying(words: Sequence[Word], named: _Named) -> bool:
    """Whether a date is the day on which somebody spoke: "said the governor on Tuesday", "police on Monday said"."""
    for place in range(named.first - 1, max(-1, named.first - 2 - _SAYING_REACH), -1):
        word = words[place]
        if word.roles & BREAK or word.kinds:
            break
        if word.roles & SAYS:
            return True
    return _is_said_after(words, named)


def _is_said_after(words: Sequence[Word], named: _Named) -> bool:
    """Whether somebody speaks before anything happens: "On Tuesday, the ministry said …", "police on Monday said"."""
    before = clause(words, named.first)
    happens = any(word.kinds or word.roles & BEGINS for word in words[before.first : named.first])
    for word in words[named.end : named.end + _SAYING_REACH]:
        if word.roles & SAYS:
            return True
        if word.kinds or (happens and word.roles & BREAK):
            return False
    return False


def _clause_of(words: Sequence[Word], named: _Named) -> Span | None:
    """The clause in which something happens then: the date's own, else the one it opens or follows."""
    own = clause(words, named.first)
    own = Span(own.first, max(own.end, clause(words, named.end - 1).end))
    if kinds_in(words, own) or aspect_in(words, own):
        return own
    for place in (own.end + 1, own.first - 2):
        if 0 <= place < len(words) and (kinds := kinds_in(words, near := clause(words, place))):
            touches = words[own.end].roles if place > own.end and own.end < len(words) else words[own.first - 1].roles
            return Span(min(own.first, near.first), max(own.end, near.end)) if kinds and not touches & SAYS else None
    return None


def _has_infinitive(words: Sequence[Word], code: str) -> bool:
    """ "Velin to vote again": what is to come, in headlines."""
    return code == "en" and any(
        one.folded == "to" and (other.kinds or other.roles & BEGINS) for one, other in pairwise(words)
    )


def _slot(
    words: Sequence[Word],
    span: Span,
    named: _Named,
    marks: frozenset[str],
    published: date,
    value: float,
    grain: str,
    code: str,
) -> str:
    kinds = _kinds_by_nearness(words, span, named)
    aspect = aspect_in(words, span)
    keys = _without_date(
        words, named, [key for key in arguments(words, span, code) if not date_names(code).of[key.lower()]]
    )
    if not kinds and not (aspect and keys):
        return ""
    keys = [*things_in(words, span, code), *keys]
    tense = _tense(words, span, published, value, grain)
    mark = next((mark for mark in (_UNTIL, _SINCE, _BY) if mark in marks), aspect)
    return f"{_PREFIX}{tense}:{mark}:{','.join(kinds)}:{','.join(keys)}" if tense else ""


def _tense(words: Sequence[Word], span: Span, published: date, value: float, grain: str) -> str:
    """Planned or past; "" for a day long past, which is background."""
    year = date.fromordinal(int(value)).year
    is_past = value < published.toordinal() + 1 if grain in (DAY, MINUTE) else year < published.year
    if is_past and year < published.year - BACKGROUND_YEARS and grain != YEAR:
        return ""
    return _PAST if is_past and not _is_to_come_today(words, span, value, published) else _PLANNED


def _kinds_by_nearness(words: Sequence[Word], span: Span, named: _Named) -> list[str]:
    """The kinds of events in a clause, first what the date is most likely the date of: the nearest before it."""
    before, behind = Span(span.first, named.first), Span(named.end, span.end)
    kinds = list(dict.fromkeys((*reversed(kinds_in(words, before)), *kinds_in(words, behind))))
    return sorted(kinds, key=lambda kind: (kind != "runoff", kind in _OUTCOMES))


def _is_to_come_today(words: Sequence[Word], span: Span, value: float, published: date) -> bool:
    return value >= published.toordinal() and any(word.roles & FUTURE for word in words[span.first : span.end])


def _without_date(words: Sequence[Word], named: _Named, keys: Sequence[str]) -> list[str]:
    within = {word.folded[:5] for word in words[named.first : named.end]}
    return [key for key in keys if key.lower() not in within]


def _clock(sentence: str, words: Sequence[Word], named: _Named) -> int | None:
    """The time of day beside a date, in minutes: "at 8:30", "8 p.m.", "um 20 Uhr"."""
    at = sentence.find(words[named.first].text)
    near = sentence[max(0, at - _CLOCK_BEFORE) : at + _CLOCK_BEHIND]
    found = _CLOCK.search(near)
    if found:
        hour, minute, half = int(found[1]), int(found[2]), found[3]
    elif found := _FULL_HOUR.search(near):
        hour, minute, half = int(found[1]), 0, found[2]
    else:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 60 + minute


# --- Resolving ---


def _resolved(named: _Named, published: date, *, is_planned: bool, marks: frozenset[str]) -> tuple[float, str] | None:
    """The value and grain of a date; None where it cannot be known which day is meant."""
    if named.away is not None:
        return published.toordinal() + named.away, DAY
    if named.weekday is not None:
        return _of_week(named.weekday, published, is_planned=is_planned, marks=marks)
    if named.month is None:
        return (date(named.year, 1, 1).toordinal(), YEAR) if named.year else None
    if named.day is None:
        year = named.year or _nearest_year(named.month, 15, published)
        return (date(year, named.month, 1).toordinal(), MONTH)
    year = named.year or _nearest_year(named.month, named.day, published)
    day = _real(year, named.month, named.day)
    return (day.toordinal(), DAY) if day else None


def _of_week(weekday: int, published: date, *, is_planned: bool, marks: frozenset[str]) -> tuple[float, str] | None:
    ahead = (weekday - published.weekday()) % _WEEK
    if _LAST in marks:
        return None if ahead == 0 else (published.toordinal() + ahead - _WEEK, DAY)
    if _NEXT in marks:
        # Said on Monday, "next Friday" may be this week's or the next one's.
        return None if weekday > published.weekday() else (published.toordinal() + (ahead or _WEEK), DAY)
    if is_planned or _UNTIL in marks:
        return published.toordinal() + ahead, DAY
    return published.toordinal() - (_WEEK - ahead if ahead else 0), DAY


def _nearest_year(month: int, day: int, published: date) -> int:
    guess = _real(published.year, month, day) or published
    away = (guess - published).days
    return published.year + (1 if away < -_HALF_YEAR else -1 if away > _HALF_YEAR else 0)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- Words ---


@cache
def _mark_words(code: str) -> Labels:
    tables = {
        _UNTIL: date_words.UNTIL,
        _SINCE: date_words.SINCE,
        _BY: date_words.BY,
        _NOT_THAT_DAY: date_words.NOT_THAT_DAY,
        _NEXT: date_words.NEXT,
        _LAST: date_words.LAST,
    }
    return Labels((mark, entry) for mark, table in tables.items() for entry in by_language(table).get(code, ()))


@cache
def _moved_words(code: str) -> Labels:
    return Labels((_NEXT, entry) for entry in by_language(date_words.MOVED).get(code, ()))


@cache
def _before_year(code: str) -> frozenset[str]:
    return frozenset(map(fold, date_words.BEFORE_YEAR.get(code, "").split()))


@cache
def _before_month(code: str) -> frozenset[str]:
    return frozenset(map(fold, date_words.BEFORE_MONTH.get(code, "").split()))


# --- Comparing ---


@dataclass(frozen=True, slots=True)
class _Subject:
    tense: str
    mark: str
    kinds: tuple[str, ...]
    keys: tuple[str, ...]
    things: frozenset[str]


def _subject(fact: Stated) -> _Subject:
    tense, mark, kinds, keys = ((fact.slot or "").removeprefix(_PREFIX).split(":") + [""] * 4)[:4]
    all_keys = [key for key in keys.split(",") if key]
    things = frozenset(key for key in all_keys if key.startswith(THING_MARK))
    return _Subject(
        tense,
        mark,
        tuple(filter(None, kinds.split(","))),
        tuple(key for key in all_keys if key not in things),
        things,
    )


# What closes, opens or falls there does so every day.
_MARKET = re.compile(r"\b(?:clos\w+ price|shares|stocks?|Aktien?|Kurs\w*|actions|acciones|azioni|akcj\w+|акци\w+)\b")


def may_be_one(fact: Stated, other: Stated) -> bool:
    """Whether both may date the same event: one kind of it, and nothing that tells it from the other."""
    if not ((fact.slot or "").startswith(_PREFIX) and (other.slot or "").startswith(_PREFIX)):
        return False
    if _MARKET.search(fact.text) or _MARKET.search(other.text):
        return False
    ours, theirs = _subject(fact), _subject(other)
    if ours.tense != theirs.tense or not _fit(ours.mark, theirs.mark):
        return False
    kinds = set(ours.kinds) & set(theirs.kinds)
    if kinds and not {ours.kinds[0], theirs.kinds[0]} <= kinds:
        return False
    names, words = shared(ours.keys, theirs.keys)
    if not kinds:
        return not ours.kinds and not theirs.kinds and names > 0 and names + words > 1
    if kinds <= _OF_MANY and names_apart(ours.keys, theirs.keys):
        return False
    if kinds <= _COMMON:
        is_bare = not ours.keys and not theirs.keys
        return names > 0 or words > 0 or bool(ours.things & theirs.things) or is_bare
    return bool(kinds & _ONE_OFF) or names + words > 0 or not name_other_things(ours.keys, theirs.keys)


def _fit(mark: str, other: str) -> bool:
    """A date of a beginning may be that of the whole, as long as none speaks of an end or a limit."""
    return mark == other or {mark, other} <= {"", START}


def agree(fact: Stated, other: Stated) -> bool | None:
    """Whether both dates can be true; None where they cannot be compared."""
    if fact.value is None or other.value is None:
        return None
    (first, last), (other_first, other_last) = _bounds(fact), _bounds(other)
    if max(first, other_first) <= min(last, other_last):
        return True
    if _is_moved(fact) or _is_moved(other):
        return None
    apart = max(first, other_first) - min(last, other_last)
    return False if apart <= _most_apart(fact, other) else None


def _bounds(fact: Stated) -> tuple[float, float]:
    """The first and the last moment that a date allows."""
    value = fact.value or 0.0
    day = date.fromordinal(max(1, int(value)))
    if fact.qualifier == YEAR:
        return value, date(day.year, 12, 31).toordinal() + 0.99
    if fact.qualifier == MONTH:
        return value, (day.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - 0.01
    if fact.qualifier == MINUTE:
        reach = 15 / 1440
        return value - reach, value + reach
    return value, value + 0.99


def _most_apart(fact: Stated, other: Stated) -> float:
    if YEAR in (fact.qualifier, other.qualifier):
        return YEARS_APART * 366
    return PAST_APART if _subject(fact).tense == _PAST else PLANNED_APART


def _is_moved(fact: Stated) -> bool:
    return _tells_of_a_move(fact.text)


def _tells_of_a_move(text: str) -> bool:
    low = text.lower()
    return any(part in low for part in _MOVES)


_MOVES = tuple(
    entry.rstrip("*").replace("_", " ")
    for entries in by_language(date_words.MOVED).values()
    for entry in entries
    if len(entry) > 4
)

# --- Showing ---

_MONTHS = ["January", "February", "March", "April", "May", "June"]
_MONTHS += ["July", "August", "September", "October", "November", "December"]


def shown(fact: Stated) -> str:
    """As people read it: "15 September 2025", "September 2025", "2025", "15 September 2025, 08:30"."""
    value = fact.value or 1.0
    day = date.fromordinal(max(1, int(value)))
    if fact.qualifier == YEAR:
        return str(day.year)
    if fact.qualifier == MONTH:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    whole = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if fact.qualifier != MINUTE:
        return whole
    minutes = round((value - int(value)) * 1440)
    return f"{whole}, {minutes // 60:02d}:{minutes % 60:02d}"


def about(facts: Iterable[Stated]) -> str:
    """For people: "date of the run-off", "start of production"."""
    subjects = [_subject(fact) for fact in facts]
    kinds = [set(subject.kinds) for subject in subjects if subject.kinds]
    common = set.intersection(*kinds) if kinds else set()
    kind = next((kind for subject in subjects for kind in subject.kinds if not common or kind in common), "")
    what = _KIND_SHOWN.get(kind, "")
    marks = {subject.mark for subject in subjects}
    if END in marks:
        return f"end of {what}" if what else "date of the end"
    if START in marks and kind not in ("launch", "office", "open"):
        return f"start of {what}" if what else "date of the start"
    return f"date of {what}" if what else "date"
