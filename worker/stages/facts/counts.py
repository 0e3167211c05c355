"""Counted numbers in a sentence: how many, how exactly, of what. "At least 20 people were killed" counts 20 killed.

What looks like a number and counts nothing is left out: years, dates, clock times, ages, ordinals, telephone numbers,
"three days later", and figures the sentence gives for another year. It reads one sentence at a time and knows no
grammar: a number belongs to the nearest word that says what is counted, and every mark or number between them costs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from worker.stages.facts.concepts import CONCEPTS
from worker.stages.facts.count_words import COUNT_WORDS, CountWords
from worker.stages.facts.counted import KNOWN_NOUNS, NOUNS, OF_KIND, PERSONS, SUBJECTS
from worker.stages.facts.numbers import (
    PERCENT,
    SMALL,
    Number,
    find_numbers,
    in_small_letters,
    may_have_unit,
    words_after_small,
)
from worker.stages.facts.tallies import Tally, find_tallies
from worker.stages.facts.units import AREA, MASS, REST, SPAN, SPEED, TEMPERATURE, VOLUME, Measure, names_unit
from worker.stages.text.fold import fold
from worker.stages.text.words import FOLDED, pieces

CASUALTIES = ("killed", "injured", "missing", "arrested", "evacuated", "rescued")

_FATES = frozenset(  # what became of few people
    ["arrest", "free", "rescue", "evacuat", "escap", "infect", "charge", "convict", "sentenc", "quarantin"]
)
_NOUN_WINDOW = 4  # words after the number among which the counted noun is looked for
_NEAR = 40  # characters beside a number in which something qualifies it
_REACH_OF_SUBJECT = 90  # characters between a sum or a measure and what it is of
_REACH = 150  # characters between a number and what says what it counts
_COST_LIMIT = 12  # words between a number and what says what it counts; a mark costs as much as four
_COST_LIMIT_OF_ONE = 2  # "one" is often no number: it counts only beside its word
_MARK_COST = 4

_LABEL_BEFORE = re.compile(  # the number is a name (Flight 370, Article 5) or an age (a man of 68)
    r"\b(?:article|resolution|flight|chapter|phase|group|route|boeing|airbus|number|no\.|room|highway|channel|section"
    r"|page|version|stage|day|level|tel\.?|phone:?|top"
    r"|(?:man|woman|boy|girl|child|patient|passenger|driver|resident)\sof)\s$",
    re.IGNORECASE,
)
_LABEL = 16  # characters of the longest
_WHOLE_BEFORE = re.compile(  # "19 of the 40 passengers died": 40 did not
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|some|many|most|half|all|any|each|none))"
    r"\s(?:out\s)?of\s(?:the\s|those\s|its\s|their\s)?$",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o[’']clock|gmt\b|utc\b|hrs\b|h\d)", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[^\W\d_][\w’'-]*,\s$")  # "Olena Moroz, 45, said"
_AGE_AFTER = re.compile(r"\s?,")
_CHAIN_BEFORE = re.compile(r"\d[\s–-]{1,3}$")  # digits in a row: a telephone number, a score, a range
_CHAIN_AFTER = re.compile(r"[\s–-]{1,3}\d")
_POINTING = re.compile(r"\b(?:no|any|every|each|this|that|the|only|last|next|another|day|which)\s$", re.IGNORECASE)
_PART_AFTER = re.compile(r"\s(?:of|another|day|thing|more|de|des|d[’'])\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w$€£.,/-])(?:19|20)\d\d(?![\w%]|[.,/]\d)")
_RECORD = re.compile(r"\b(?:deadliest|worst|largest|biggest|bloodiest|heaviest|highest|first)\b[^,;]*$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|seit|depuis|desde|dal|від|з|с|od|sinds)\s$", re.IGNORECASE)
_EARLY_COUNT = re.compile(
    r"\b(?:early|earlier|initial|first|previous|preliminary)\s(?:counts?|tolls?|figures?|estimates?|reports?)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"[,;:](?!\d)|[()—–]")
_JOIN = re.compile(r"\b(?:and|while|et|y|ve|та|і)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|which|whose|where|when|as)\b", re.IGNORECASE)  # "two mosques that killed 49"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PHRASE_WORD = re.compile(r"[\s“\"‘]*([^\W\d_][\w’'-]*)([^\s]*)")
_ASIDE = re.compile(r",(?!\d)[^,]*,(?!\d)|\([^)]*\)|[—–][^—–]*[—–]")  # "19 people, including three children, died"
_EACH = re.compile(r"\s(?:an?|per|each)\b")  # 690 pence a share
_BRACKETS = re.compile(r"\s*\([^)]*\)")


# "The two suspects", "all four" point back to what was counted before.
# "Seven, not eleven": the number is what it is not.
_REPLACED = re.compile(
    r"\b(?:not|rather than|instead of|nicht|statt|und keine|pas|au lieu de|y no|en lugar de|e non|invece di|değil|а не"
    r"|не|a nie|niet|in plaats van)\s(?:the\s)?$",
    re.IGNORECASE,
)
# "She ought to have been making five knots": what a measure should be or usually is says nothing of this time.
_NORM_BEFORE = re.compile(
    r"\b(?:ought to|should(?:n[’']t)?|supposed to|allowed|limited? (?:to|of)|usual(?:ly)?|normal(?:ly)?|sollte"
    r"|erlaubt\w*|üblich\w*|aurait dû|autorisé\w*|debía|permitid\w*|dovuto|consentit\w*|должен|должна|дозволен\w*)\b"
    r"[^.,;]{0,40}$",
    re.IGNORECASE,
)
# "6,75'ten 6,25'e": Turkish marks what a figure was by its ending.
_LEFT_AFTER = re.compile(r"\s?(?:%|puan)?[’'][dt][ae]n\s(?:yüzde\s)?\d[\d.,]*[’'][yn]?[ae]\b")
_WRONG_AFTER = re.compile(
    r"\s(?:\w+\s){0,2}(?:had been|has been|was|were|is)\s(?:an?\s)?"
    r"(?:error|mistake|wrong|incorrect|false|premature|too (?:high|low))\b",
    re.IGNORECASE,
)
_ELIDED_BEFORE = re.compile(
    r"\b(?:number|figure|total|count|toll|it|Zahl|nombre|chiffre|número|cifra|numero|cifra|aantal)\s(?:\w+\s){0,2}"
    r"(?:at|as|on|auf|mit|à|en|a|op)\s(?:about\s|some\s|only\s|just\s)?$"
    r"|\b(?:spoke|speaks|spoken|talked|sprach|sprachen|sprechen|parle|parlent|habla|hablan|parla|parlano)\s(?:of|von|de|di)"
    r"\s(?:about\s|some\s|only\s)?$",
    re.IGNORECASE,
)
_ELIDED_AFTER = re.compile(r",?\s(?:by|according to|laut|nach|selon|según|secondo)\s", re.IGNORECASE)
# "Three of them seriously": a part of what was counted.
_PART_OF_THEM = re.compile(
    r"\s(?:\w+\s)?(?:of|among)\s(?:them|whom|these|those|the\s(?:dead|injured|wounded|victims|missing|passengers))\b"
    r"|\s(?:davon|von ihnen|d[’']entre eux|d[’']entre elles|de ellos|de ellas|di loro|deles|delas|з них|із них|из них"
    r"|z nich|van hen|van wie)\b",
    re.IGNORECASE,
)
_POINTED_AT = re.compile(r"\b(?:the|those|these|all|both|other|les|los|las|die|i|gli|le)\s(?:other\s)?$", re.IGNORECASE)
_BEHIND = 12  # characters
_MOMENT_BEFORE = re.compile(
    r"\b(?:after|within|in|since|past|last|next|first|ago|every|each|at|by|over|nach|binnen|innerhalb|vor|seit|après"
    r"|depuis|hace|tras|dentro de|dopo|entro|fra|tra|há|após|через|після|после|po|za|na|binnen|over)"
    r"\s(?:the\s|just\s|about\s)?$",
    re.IGNORECASE,
)
_LASTING_BEFORE = re.compile(
    r"\b(?:for|of|to|für|auf|zu|pour|pendant|durante|por|per|di|a|na|voor|tot)\s(?:the\s|about\s|at least\s|up to\s)?$",
    re.IGNORECASE,
)
_MOMENT_AFTER = re.compile(
    r"\s(?:ago|later|earlier|before|after|old|of age|früher|später|plus tard|después|antes|dopo|fa|depois|sonra|önce"
    r"|тому|назад|потому|temu|później|geleden|later)\b|-old\b",
    re.IGNORECASE,
)
_MOST_MAGNITUDE = 10
_TRACES_OF_MAGNITUDE = ("agnitud", "ichter", "tärke", "büyükl", "агнітуд", "агнитуд")
_MAGNITUDE_BEFORE = re.compile(
    r"(?:magnitude|stärke|magnitud|magnitudo|büyüklüğünde|магнітудою|магнитудой|richter)\s(?:of\s|de\s|von\s|di\s|around\s)?$",
    re.IGNORECASE,
)
_MAGNITUDE_AFTER = re.compile(r"[\s-](?:magnitude\b|on the richter|büyüklüğünde)", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"([^\W\d_]+)\s(?:of|von|de|di)\s(?:about\s|some\s)?$")
_OF = re.compile(r"\s(?:of\s(?:the\s)?|de\s|d[’']|di\s)?([^\W\d_]{3,})")
_BY_ITSELF = {SPEED: SPEED, AREA: AREA, TEMPERATURE: TEMPERATURE}  # measures of which few words say what they are of
_REST = re.compile(
    r"(?:(?:the\s)?(?:rest|remainder) of (?:the|this) (?:season|year|tournament|campaign)|season[- ]ending"
    r"|(?:le )?reste de la saison|(?:den )?rest der saison|saisonende|(?:el )?resto de la temporada|resto da temporada"
    r"|resto della stagione|sezonun geri kalan\w*|кінця сезону|конца сезона|końca sezonu|rest van het seizoen)",
    re.IGNORECASE,
)
# One of these stands wherever that does.
_TRACES_OF_REST = ("rest of", "remainder of", "season", "aison", "temporada", "stagione", "sezon", "сезон", "seizoen")


@dataclass(frozen=True, slots=True)
class Count:
    """One counted number.

    `qualifier` is "exactly", "at least", "up to" or "about". `slot` says what is counted: one of CASUALTIES,
    "money:eur:loan", "percent:turnout", "count:jets", "length:queue", "span:prison". A number of which the sentence
    does not say that is no count. Measures are in one unit of their kind (see `units`); `said` is one as it is written.
    """

    value: float
    qualifier: str
    slot: str
    hedged: bool
    start: int
    end: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A word that says what is counted, and where it stands."""

    slot: str
    start: int
    end: int


def find_counts(sentence: str, language: str, year: int | None = None) -> tuple[Count, ...]:
    """The counted numbers of one sentence, in order.

    `year` is the article's own: a figure beside any other year tells of another event. Unknown, every year is another.
    """
    patterns = _patterns(language)
    numbers = find_numbers(sentence, language)
    tallies = tuple(_told_as_one(sentence, tally, patterns) for tally in find_tallies(sentence, numbers))
    if not numbers:
        return tallies or _rest(sentence, patterns)
    marks = tuple(_marks(sentence, patterns)) if patterns.may_mark(sentence) else ()
    found = [(n, count) for n in numbers if (count := _count(sentence, n, numbers, marks, patterns)) is not None]
    if not found:
        return tallies or _rest(sentence, patterns)
    found = [*found, *_elided(sentence, numbers, found, patterns)]
    standing = _standing(sentence, numbers)
    elsewhen = tuple(_elsewhen(sentence, patterns, year))
    kept = (c for n, c in found if n in standing and not any(_tells_of(sentence, c, place) for place in elsewhen))
    apart = [count for count in kept if not any(each.start <= count.start < each.end for each in tallies)]
    return tuple(sorted((*apart, *tallies), key=lambda count: count.start))


def _told_as_one(sentence: str, tally: Tally, patterns: "_Patterns") -> Count:
    hedged = patterns.hedge.search(sentence, *_clause(sentence, tally.start)) is not None
    return Count(tally.value, "exactly", tally.slot, hedged, tally.start, tally.end, sentence[tally.start : tally.end])


def may_count_few(sentence: str, language: str) -> bool:
    """Whether a sentence may count anything if its only number is a small one that is spelled."""
    patterns = _patterns(language)
    return patterns.may_mark(sentence) or may_have_unit(sentence, language) or _may_count_known(sentence, language)


def _may_count_known(sentence: str, language: str) -> bool:
    """Whether a small number stands before what we know to be counted, or before a unit."""
    return any(NOUNS[word] or names_unit(word) for word in words_after_small(sentence, language))


@lru_cache(maxsize=512)
def said_in(sentence: str, slot: str, value: float) -> str:
    """A measure as a sentence of any language writes it: "six years"; "" if it does not hold it."""
    for language in COUNT_WORDS:
        for count in find_counts(sentence, language):
            if count.slot == slot and count.value == value:
                return count.said
    return ""


def find_lone_death(sentence: str, language: str, year: int | None = None) -> Count | None:
    """A single person's death told without a number: "Passenger, 68, dies"."""
    patterns = _patterns(language)
    found = patterns.lone_death.search(sentence) if patterns.lone_death else None
    if found is None:
        return None
    hedged = patterns.hedge.search(sentence, *_clause(sentence, found.start())) is not None
    count = Count(1.0, "exactly", "killed", hedged, found.start(), found.end())
    return None if any(_tells_of(sentence, count, place) for place in _elsewhen(sentence, patterns, year)) else count


def says_it_rose(sentence: str) -> bool:
    """Whether a sentence announces a new count in place of an older one: "raised to 17", in any language we know."""
    return _RISING.search(sentence) is not None


def _count(
    sentence: str, number: Number, numbers: tuple[Number, ...], marks: tuple[_Mark, ...], patterns: "_Patterns"
) -> Count | None:
    """Decided by what is cheapest to see; most numbers count nothing."""
    if number.measure is not None:
        return _measured(sentence, number, number.measure, patterns)
    if (magnitude := _magnitude(sentence, number)) is not None:
        return magnitude
    is_small = number.is_word and number.value < SMALL and not number.unit
    if _is_year(sentence, number, patterns):
        return None
    slot = _casualty(sentence, number, numbers, marks, patterns) or _other_slot(sentence, number, patterns)
    if slot is None or _counts_nothing(sentence, number, patterns):
        return None
    if is_small and slot not in CASUALTIES and not _is_worth_counting(sentence, number, slot):
        return None
    hedged = patterns.hedge.search(sentence, *_clause(sentence, number.start)) is not None
    return Count(number.value, _qualifier(sentence, number, patterns), slot, hedged, number.start, number.end)


def _is_worth_counting(sentence: str, number: Number, slot: str) -> bool:
    """Whether few are counted of something known, or of people of whom it is said what became of them."""
    of = slot.partition(":")[2]
    if of in KNOWN_NOUNS:
        return True
    words = _WORD.findall(sentence[number.end : number.end + _NEAR + _NEAR]) if of in PERSONS else ()
    return any(CONCEPTS[FOLDED[word]][0] in _FATES for word in words)


def _elided(
    sentence: str, numbers: tuple[Number, ...], found: list[tuple[Number, Count]], patterns: "_Patterns"
) -> Iterator[tuple[Number, Count]]:
    """Another count of the same, said in short: "police counted 8,000 people; the union put the number at 25,000"."""
    counted = {number for number, _ in found}
    for number in numbers:
        if number in counted or number.unit or number.measure or number.looks_like_a_year:
            continue
        before, after = _around(sentence, number)
        if _ELIDED_BEFORE.search(before) or _ELIDED_AFTER.match(after):
            same = min(found, key=lambda each: abs(each[0].start - number.start))[1]
            qualifier = _qualifier(sentence, number, patterns)
            yield number, Count(number.value, qualifier, same.slot, same.hedged, number.start, number.end)


# What is measured


def _measured(sentence: str, number: Number, measure: Measure, patterns: "_Patterns") -> Count | None:
    """A length, a weight, a speed … of something; of spans of time those that last, not "three days later"."""
    if measure.kind == SPAN and _is_moment(sentence, number, measure):
        return None
    if _NORM_BEFORE.search(sentence, max(0, number.start - _NEAR - _NEAR), number.start):
        return None
    subject = _material(sentence, measure) or _subject(sentence, number, measure.kind)
    subject = subject or _BY_ITSELF.get(measure.kind, "")
    if not subject or _CHAIN_BEFORE.search(sentence, max(0, number.start - _LABEL), number.start):
        return None
    hedged = patterns.hedge.search(sentence, *_clause(sentence, number.start)) is not None
    return Count(
        value=measure.of(number.value),
        qualifier=_qualifier(sentence, number, patterns),
        slot=f"{measure.kind}:{subject}",
        hedged=hedged,
        start=number.start,
        end=measure.end,
        said=sentence[number.start : measure.end],
    )


def _material(sentence: str, measure: Measure) -> str:
    """Of what there is a weight or a volume: "900 tonnes of oil"."""
    if measure.kind not in (MASS, VOLUME):
        return ""
    found = _OF.match(sentence, measure.end)
    return SUBJECTS[fold(found[1])] or CONCEPTS[fold(found[1])][0] if found else ""


def _is_moment(sentence: str, number: Number, measure: Measure) -> bool:
    """Whether a span says when and not how long: "three days later", "within an hour", or how old somebody is."""
    before = sentence[max(0, number.start - _LABEL) : number.start]
    if _LASTING_BEFORE.search(before):
        return False
    return _MOMENT_AFTER.match(sentence, measure.end) is not None or _MOMENT_BEFORE.search(before) is not None


def _subject(sentence: str, number: Number, kind: str) -> str:
    """What of the things such a number may be of is named nearest to it in the sentence; or ""."""
    allowed = OF_KIND.get(kind, frozenset())
    start, end = max(0, number.start - _REACH_OF_SUBJECT), number.end + _REACH_OF_SUBJECT
    named = (
        (_gap(found.start(), found.end(), number), subject)
        for found in _WORD.finditer(sentence, start, end)
        if (subject := SUBJECTS[FOLDED[found.group()]]) in allowed
    )
    return min(named, default=(0, ""))[1]


def _gap(start: int, end: int, number: Number) -> int:
    """Characters between a word and a number; what stands before it is what it is of a little more often."""
    return number.start - end if end <= number.start else start - number.end + _BEHIND


def _magnitude(sentence: str, number: Number) -> Count | None:
    """The strength of an earthquake: "a 6.8-magnitude quake", "magnitude of 6.1"."""
    if number.value >= _MOST_MAGNITUDE or number.is_word or not any(t in sentence for t in _TRACES_OF_MAGNITUDE):
        return None
    before = sentence[max(0, number.start - _NEAR) : number.start]
    if _MAGNITUDE_BEFORE.search(before) or _MAGNITUDE_AFTER.match(sentence, number.end):
        return Count(number.value, "exactly", "magnitude", False, number.start, number.end)
    return None


def _rest(sentence: str, patterns: "_Patterns") -> tuple[Count, ...]:
    """ "For the rest of the season": a span without a number, that contradicts one with a number."""
    if not any(trace in sentence for trace in _TRACES_OF_REST):
        return ()
    found = _REST.search(sentence)
    if found is None or not any(SUBJECTS[word] == "out" for word in pieces(sentence).folded):
        return ()
    hedged = patterns.hedge.search(sentence, *_clause(sentence, found.start())) is not None
    return (Count(REST, "exactly", f"{SPAN}:out", hedged, found.start(), found.end(), found.group()),)


# What counts nothing


def _counts_nothing(sentence: str, number: Number, patterns: "_Patterns") -> bool:
    """Dates, times, ages, names, chains of digits, spans of time, and parts of another count."""
    before, after = _around(sentence, number)
    if number.unit:  # the same sum in another currency, or what it was
        return before.endswith("(") or _LEFT_AFTER.match(after) is not None
    return (
        patterns.not_before.search(before) is not None
        or patterns.not_after.match(after) is not None
        or patterns.part_after.match(after) is not None
        or _LABEL_BEFORE.search(before[-_LABEL:]) is not None
        or _CHAIN_BEFORE.search(before) is not None
        or _WHOLE_BEFORE.search(before) is not None
        or _CLOCK_AFTER.match(after) is not None
        or _CHAIN_AFTER.match(after) is not None
        or (_AGE_AFTER.match(after) is not None and _NAME_BEFORE.search(before) is not None)
        or (number.value == 1 and (_POINTING.search(before) or _PART_AFTER.match(after)) is not None)
        or _POINTED_AT.search(before) is not None
        or _REPLACED.search(before) is not None
        or _WRONG_AFTER.match(after) is not None
        or _PART_OF_THEM.match(after) is not None
        or (number.value == 1 and not before.strip() and after.startswith(","))  # "One, a man of 68, is in hospital."
    )


def _is_year(sentence: str, number: Number, patterns: "_Patterns") -> bool:
    if not number.looks_like_a_year:
        return False
    return patterns.people.match(sentence[number.end : number.end + _NEAR].lstrip()) is None


def _standing(sentence: str, numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    """The numbers without an early count that the sentence itself replaces: "early counts gave 14; now it is 19"."""
    if len(numbers) < 2 or _EARLY_COUNT.search(sentence) is None:  # one alone replaces none
        return numbers
    replaced = {
        number
        for number in numbers[:-1]
        if _EARLY_COUNT.search(sentence, _clause(sentence, number.start)[0], number.start)
    }
    return tuple(number for number in numbers if number not in replaced)


def _around(sentence: str, number: Number) -> tuple[str, str]:
    """The little before and after a number that can qualify it; looking further would cost the sentence's square."""
    return sentence[max(0, number.start - _NEAR) : number.start], sentence[number.end : number.end + _NEAR]


def _qualifier(sentence: str, number: Number, patterns: "_Patterns") -> str:
    before, after = _around(sentence, number)
    before = before.rstrip()
    for qualifier, pattern in patterns.qualifiers_before:
        if pattern.search(before):
            return qualifier
    for qualifier, pattern in patterns.qualifiers_after:
        if pattern.match(after):
            return qualifier
    return "exactly"


# What is counted


def _marks(sentence: str, patterns: "_Patterns") -> Iterator[_Mark]:
    for found in patterns.slots.finditer(sentence):
        yield _Mark(found.lastgroup or "", found.start(), found.end())


def _casualty(
    sentence: str, number: Number, numbers: tuple[Number, ...], marks: tuple[_Mark, ...], patterns: "_Patterns"
) -> str | None:
    """Killed, injured, …: what the nearest word says, unless the number counts things ("in 12 strikes")."""
    if not marks or number.unit or _counts_things(sentence, number, patterns):
        return None
    near = (m for m in marks if number.start - m.end <= _REACH and m.start - number.end <= _REACH)
    nearest = min(((_cost(sentence, number, numbers, mark), mark.slot) for mark in near), default=None)
    limit = _COST_LIMIT_OF_ONE if number.is_word and number.value == 1 else _COST_LIMIT
    return nearest[1] if nearest is not None and nearest[0] <= limit else None


def _cost(sentence: str, number: Number, numbers: tuple[Number, ...], mark: _Mark) -> int:
    """How far a number stands from a word: "19 dead, 60 injured" must not make the dead 60."""
    left, right = (mark.end, number.start) if mark.end <= number.start else (number.end, mark.start)
    between = _ASIDE.sub(" ", sentence[left:right])
    breaks = len(_MARK.findall(between)) + len(_JOIN.findall(between))
    asides = [found.span() for found in _ASIDE.finditer(sentence, left, right)]
    others = sum(left <= n.start < right and not any(a <= n.start < b for a, b in asides) for n in numbers)
    relative = _RELATIVE.search(between) is not None and mark.start >= number.end
    return len(_WORD.findall(between)) + _MARK_COST * (breaks + others + 3 * relative)


def _counts_things(sentence: str, number: Number, patterns: "_Patterns") -> bool:
    for word in _phrase(sentence, number, patterns):
        if patterns.people.fullmatch(word):
            return False
        if patterns.things.fullmatch(word):
            return True
    return False


def _other_slot(sentence: str, number: Number, patterns: "_Patterns") -> str | None:
    noun = _noun(sentence, number, patterns) or _group_of(sentence, number)
    if number.unit:
        kind = PERCENT if number.unit == PERCENT else f"money:{number.unit}"
        of = _subject(sentence, number, kind.partition(":")[0])
        noun = noun if kind != PERCENT and noun in KNOWN_NOUNS else of or noun
        noun = noun or _noun_before(sentence, number, patterns)
    else:
        kind = "count"
    return f"{kind}:{noun}" if noun else None


def _noun(sentence: str, number: Number, patterns: "_Patterns") -> str:
    """The counted noun, folded: the first plural of the phrase after the number ("100 Rafale fighter jets").

    A sum or a share is often of one thing ("€140 billion loan"), and not every language forms its plural with s:
    then it is the first word we know, or else the phrase's first word. Known nouns are named in English.
    """
    phrase = [word for word in _phrase(sentence, number, patterns) if not _says(word)]
    for word in phrase:
        known = NOUNS[FOLDED[word]]
        if patterns.people.fullmatch(word) or (_is_counted(word, known) if patterns.words.plural else known):
            return known or fold(word)
    return fold(phrase[0]) if phrase and (number.unit or not patterns.words.plural) else ""


def _says(word: str) -> bool:
    return word in ("says", "say", "claims", "reports", "puts")


def _group_of(sentence: str, number: Number) -> str:
    """What so many make up: "a crew of 24"."""
    found = _OF_SO_MANY.search(sentence, max(0, number.start - _NEAR), number.start)
    return NOUNS[fold(found[1])] if found else ""


def _noun_before(sentence: str, number: Number, patterns: "_Patterns") -> str:
    """What a sum or share stands behind: "turnout was 45 percent". Folded, or ""."""
    start, _ = _clause(sentence, number.start)
    words = [
        w for w in _WORD.findall(sentence[start : number.start]) if len(w) > 3 and not patterns.filler.fullmatch(w)
    ]
    return fold(words[0]) if words else ""


def _phrase(sentence: str, number: Number, patterns: "_Patterns") -> tuple[str, ...]:
    """The few words after a number, up to a mark, a joint or a word that says killed, injured, …"""
    found: list[str] = []
    brackets = _BRACKETS.match(sentence, number.end)  # "€140 billion (£121 billion) loan"
    position = brackets.end() if brackets else number.end
    if number.unit and (each := _EACH.match(sentence, position)):
        position = each.end()
    while len(found) < _NOUN_WINDOW and (piece := _PHRASE_WORD.match(sentence, position)):
        word, rest = piece.groups()
        if patterns.joints.fullmatch(word) or patterns.slots.fullmatch(word):
            break
        found.append(word)
        if rest:
            break
        position = piece.end()
    return tuple(found)


def _is_counted(word: str, known: str) -> bool:
    """Whether a noun is in the plural; of those we know less has to be seen: French "emplois", but not a school bus."""
    return _is_plural(word) or (bool(known) and word[-1] in "sx")


_SAME_IN_PLURAL = frozenset(["sheep", "cattle", "staff", "crew", "fish", "police"])


def _is_plural(word: str) -> bool:
    return (len(word) > 3 and word[-1] in "sx" and not word.endswith(("ss", "us", "is"))) or word in _SAME_IN_PLURAL


# When it was


def _elsewhen(sentence: str, patterns: "_Patterns", year: int | None) -> Iterator[int]:
    """Where the sentence names another time; "the deadliest since 2022" speaks of today's event."""
    for named in _YEAR.finditer(sentence):
        is_own = year is not None and int(named.group()) == year
        counts_people = patterns.people.match(sentence[named.end() :].lstrip()) is not None
        is_mark_of_record = _SINCE.search(sentence, 0, named.start()) and _RECORD.search(sentence, 0, named.start())
        if not is_own and not counts_people and not is_mark_of_record:
            yield named.start()
    for phrase in patterns.elsewhen.finditer(sentence):
        if not _RECORD.search(sentence, 0, phrase.start()):
            yield phrase.start()


def _tells_of(sentence: str, count: Count, place: int) -> bool:
    """Whether a count belongs to the other time named at `place`: in the same clause, or after it."""
    start, end = _clause(sentence, count.start)
    return start <= place < end or place < count.start


def _clause(sentence: str, position: int) -> tuple[int, int]:
    """The stretch between marks around a position."""
    start = max((m.end() for m in _MARK.finditer(sentence, 0, position)), default=0)
    following = _MARK.search(sentence, position)
    return start, following.start() if following else len(sentence)


# The words, compiled


@dataclass(frozen=True, slots=True)
class _Patterns:
    """One language's words, compiled once."""

    words: CountWords
    qualifiers_before: tuple[tuple[str, re.Pattern[str]], ...]
    qualifiers_after: tuple[tuple[str, re.Pattern[str]], ...]
    slots: re.Pattern[str]  # one group for each of CASUALTIES
    slot: re.Pattern[str]  # any of them, in small letters: three times as fast
    people: re.Pattern[str]
    things: re.Pattern[str]
    joints: re.Pattern[str]
    filler: re.Pattern[str]  # what no sum is named after
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    part_after: re.Pattern[str]
    elsewhen: re.Pattern[str]
    hedge: re.Pattern[str]
    lone_death: re.Pattern[str] | None

    def may_mark(self, sentence: str) -> bool:
        """Whether a sentence says killed, injured, …: most do not."""
        return self.slot.search(in_small_letters(sentence)) is not None


@lru_cache(maxsize=len(COUNT_WORDS) + 1)
def _patterns(language: str) -> _Patterns:
    words = COUNT_WORDS.get(language) or COUNT_WORDS["en"]
    before = (("at least", words.at_least), ("up to", words.up_to), ("about", words.about))
    after = (("at least", words.at_least_after), ("up to", words.up_to_after))
    return _Patterns(
        words=words,
        qualifiers_before=tuple((name, _pattern(rf"(?<!\w)(?:{each})$")) for name, each in before),
        qualifiers_after=tuple((name, _pattern(rf"(?:\s\w+)?\s?(?:{each})(?!\w)")) for name, each in after),
        slots=_slots(words.slots),
        slot=re.compile(in_small_letters(rf"\b(?:{'|'.join(words.slots.values())})\b")),
        people=_pattern(rf"(?:{words.people})\b"),
        things=_pattern(rf"(?:{words.things})"),
        joints=_pattern(rf"(?:{words.joints})"),
        filler=_pattern(rf"(?:{words.at_least}|{words.up_to}|{words.about}|{words.joints}|worth|than|least|from)"),
        not_before=_pattern(rf"\b(?:(?:{words.months})|{words.age}|{words.subset}|{words.outdated}|per)\s$"),
        not_after=_pattern(rf"(?:\s(?:de\s|of\s)?(?:{words.months})|[\s-]?(?:{words.spans}))\b"),
        part_after=_pattern(rf"\s(?:{words.part})\s(?:{'|'.join(words.slots.values())})"),
        elsewhen=_pattern(rf"\b(?:{words.elsewhen})\b"),
        hedge=_pattern(rf"\b(?:{words.hedge})\b"),
        lone_death=_pattern(words.lone_death) if words.lone_death else None,
    )


def _slots(slots: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern with a group for each slot. Only the start of a word is worth the many alternatives."""
    groups = "|".join(rf"(?P<{slot}>(?:{each})\b)" for slot, each in slots.items())
    return _pattern(rf"\b(?:{groups})")


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


_RISING = _pattern("|".join(rf"\b(?:{words.rising})\b" for words in COUNT_WORDS.values()))
