"""What a sentence says, put so that another sentence that says the same in other words or another language is near.

Words become what they mean as far as `concepts` knows them, else the beginning of the word; names are written in Latin
letters; numbers in words or figures, miles or kilometres become values. Function words and weekdays are left out.
Nothing here judges: whether a sentence is new is `novelty`'s matter, whether it is worth telling that of `worth`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from worker.stages.facts.concepts import CONCEPTS
from worker.stages.facts.count_words import COUNT_WORDS
from worker.stages.facts.opening import lead_start
from worker.stages.text.fold import fold
from worker.stages.text.stopwords import stopwords
from worker.stages.text.table import Table
from worker.stages.text.words import Sentence, pieces, sentences

MAX_STATEMENTS = 16  # sentences of one article, from its lead on; what comes further down fills in
MAX_SENTENCE = 1_000  # characters; what runs on longer is a table or a list
MAX_FIGURES = 20  # of a sentence
FEWEST_WORDS = 3
ROUNDED = 0.045  # how far apart two large numbers are that may be the same, one of them rounded
LARGE = 50  # below it a number is said as it is

_SAY_LITTLE = ("accord", "prob", "signif", "call", "report", "but", "don", "declar", "let")
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "tr", "uk", "ru", "pl", "nl")
_GERMAN_NUMBERS = """
zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
zwanzig
"""
_GERMAN_TENS = "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_SCALES = {
    "hundert": 1e2,
    "tausend": 1e3,
    "mio": 1e6,
    "mrd": 1e9,
    "millionen": 1e6,
    "milliarden": 1e9,
    "milliarde": 1e9,
}
_NO_NUMBERS = frozenset(
    map(fold, ["one", "un", "bir", "один", "on", "once", "six", "seize", "k", "m", "cent", "sept", "elf"])
) - {"six"}
# What a unit makes of a number: the values under which it may be met elsewhere.
_UNITS: Mapping[str, Sequence[float]] = {
    "mile": (1.609344,), "miles": (1.609344,), "millas": (1.609344,), "meilen": (1.609344,),
    "pound": (0.45359237,), "pounds": (0.45359237,), "ton": (1_000,), "tons": (1_000,), "tonnes": (1_000,),
    "inch": (25.4, 2.54), "inches": (25.4, 2.54), "foot": (0.3048,), "feet": (0.3048,), "yards": (0.9144,),
    "centimetres": (10,), "centimeters": (10,), "cm": (10,), "zentimeter": (10,), "acres": (0.40468564,),
    "gallons": (3.78541178,), "mph": (1.609344,), "metres": (0.001,), "meters": (0.001,), "dozen": (12,),
}  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_THREE = re.compile(r"\d{3}")
_NARROW = frozenset([" ", "\u00a0", "\u202f", "\u2009"])
_NEGATIONS = frozenset(
    map(
        fold,
        [
            "not",
            "no",
            "never",
            "nobody",
            "none",
            "nothing",
            "without",
            "nor",
            "cannot",
            "nicht",
            "kein",
            "keine",
            "keinen",
            "niemand",
            "ohne",
            "nie",
            "ne",
            "pas",
            "aucun",
            "sans",
            "rien",
            "jamais",
            "no",
            "ningún",
            "sin",
            "nunca",
            "nadie",
            "nada",
            "değil",
            "yok",
            "olmadan",
            "не",
            "ні",
            "без",
            "ніхто",
            "нікого",
            "нет",
            "ни",
            "никто",
            "non",
            "nessuno",
            "senza",
            "mai",
            "nie",
            "bez",
            "nikt",
            "niet",
            "geen",
            "não",
            "sem",
        ],
    )
)
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday today tonight yesterday tomorrow
montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern morgen dienstagabend
lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui hier demain
lunes martes miércoles jueves viernes sábado domingo hoy ayer mañana
lunedì martedì mercoledì giovedì venerdì sabato domenica oggi ieri domani
segunda terça quarta quinta sexta hoje ontem amanhã
pazartesi salı çarşamba perşembe cuma cumartesi pazar bugün dün yarın
понеділок понеділка вівторок вівторка середа середу четвер четверга п'ятниця п'ятницю субота суботу неділя неділю
сьогодні вчора завтра
понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье сегодня вчера
poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę dziś wczoraj jutro
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag gisteren
"""
DAYS = frozenset(map(fold, _DAYS.split()))
_MONTHS = frozenset(
    map(
        fold,
        [
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "januar",
            "februar",
            "märz",
            "april",
            "mai",
            "juni",
            "juli",
            "oktober",
            "dezember",
            "janvier",
            "février",
            "mars",
            "avril",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
            "ocak",
            "şubat",
            "mart",
            "nisan",
            "mayıs",
            "haziran",
            "temmuz",
            "ağustos",
            "eylül",
            "ekim",
            "kasım",
            "aralık",
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня",
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
            "gennaio",
            "febbraio",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "settembre",
            "ottobre",
            "dicembre",
        ],
    )
)


@dataclass(frozen=True, slots=True)
class Gist:
    """What a sentence says. `names` are those of its terms that are written as names; `words` all its folded words.

    A figure is the values that one number may be met as.
    """

    terms: frozenset[str]
    names: frozenset[str]
    figures: tuple[tuple[float, ...], ...]
    words: frozenset[str]
    length: int
    is_negated: bool
    is_dated: bool
    has_event: bool


@lru_cache(maxsize=16_384)  # what was told is compared again with each new article of its story
def gist(sentence: str) -> Gist:
    """Read one sentence; what is longer than `MAX_SENTENCE` is cut."""
    found = pieces(sentence[:MAX_SENTENCE])
    folded = found.folded
    content = [place for place, word in enumerate(folded) if _is_content(word)]
    read = {place: CONCEPTS[_bare(found.words[place], folded[place])] for place in content}
    words = frozenset(folded)
    return Gist(
        terms=frozenset(term for term, _ in read.values()),
        names=frozenset(read[place][0] for place in content if place and found.words[place][:1].isupper()),
        figures=tuple(_figures(found.words, folded, found.all))[:MAX_FIGURES],
        words=words,
        length=len(folded),
        is_negated=not words.isdisjoint(_NEGATIONS),
        is_dated=not words.isdisjoint(DAYS) or not words.isdisjoint(_MONTHS),
        has_event=any(is_event for _, is_event in read.values()),
    )


def telling_sentences(text: str) -> Sequence[Sentence]:
    """The sentences from the lead on that may state something: not headings, captions and questions."""
    start = lead_start(text)
    found = (s for s in sentences(text) if s.start >= start and len(s.text) <= MAX_SENTENCE and _is_whole(s.text))
    return [sentence for sentence, _ in zip(found, range(MAX_STATEMENTS), strict=False)]


def are_one(figure: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two figures may be the same number, rounded or in another unit: 52,000 and 51,940, ten miles and 16."""
    return any(_is_near(one, another) for one in figure for another in other)


def near(value: float, ordered: Sequence[float]) -> bool:
    """Whether one of these values, the lowest first, may be the same number."""
    at = bisect_left(ordered, value * (1 - ROUNDED))
    while at < len(ordered) and ordered[at] * (1 - ROUNDED) <= value:
        if _is_near(value, ordered[at]):
            return True
        at += 1
    return False


def _is_near(one: float, other: float) -> bool:
    if one == other:
        return True
    least, most = sorted((abs(one), abs(other)))
    is_round = one == int(one) and other == int(other) and least < LARGE
    return not is_round and least >= 1 and most - least <= ROUNDED * most


def _is_whole(text: str) -> bool:
    return text.rstrip("\"”“’)]»›' \u00a0")[-1:] in (".", "!", "…", "。") and text.count(" ") >= FEWEST_WORDS - 1


def _is_content(word: str) -> bool:
    return _CONTENT[word]


def _counts_as_content(word: str) -> bool:
    if len(word) < 2 or word[:1].isdigit() or word in DAYS or word in _MONTHS or word in _VALUES or word in _UNITS:
        return False
    return word not in _function_words()


def _bare(written: str, folded: str) -> str:
    """Without the ending that Turkish parts from a name: Ankara'da. In "O'Brien" nothing is taken off."""
    stem, mark, _ = written.replace("’", "'").partition("'")
    return fold(stem) if mark and len(stem) > 2 else folded


def _figures(words: Sequence[str], folded: Sequence[str], gaps: Sequence[str]) -> Iterator[tuple[float, ...]]:
    """The numbers of a sentence, those in words too: "two million four hundred thousand", "8 000", "€2.5bn"."""
    total = current = 0.0
    is_open = False
    for place, word in enumerate(folded):
        value = _VALUES.get(word)
        is_digits = word[:1].isdigit()
        if is_digits:
            value = _digits(words[place])
        if value is None:
            if is_open:
                yield _met_as(total + current, word)
                total, current, is_open = 0.0, 0.0, False
            continue
        if is_digits and is_open and _goes_on(words[place], gaps[2 * place]):
            current = current * 1_000 + value
        elif not is_digits and word in _BY_SCALE and (is_open or value >= 1_000):
            total, current = (
                (total, max(1.0, current) * value) if value == 100 else (total + max(1.0, current) * value, 0.0)
            )
        elif is_open and (is_digits or current % 10 or (value >= 10 and current < 100)):
            yield _met_as(total + current, "")
            total, current = 0.0, value
        else:
            current += value
        is_open = True
    if is_open:
        yield _met_as(total + current, "")


def _met_as(value: float, unit: str) -> tuple[float, ...]:
    return (value, *(value * factor for factor in _UNITS.get(unit, ())))


def _goes_on(written: str, gap: str) -> bool:
    return gap in _NARROW and _THREE.fullmatch(written) is not None


def _digits(written: str) -> float | None:
    """2,500 and 2.500 are the same; 4.5 and 4,5 too."""
    plain = written.replace(",", "").replace(".", "") if _GROUPED.fullmatch(written) else written.replace(",", ".")
    try:
        value = float(plain[:15])
    except ValueError:  # 1.2.3, or digits of a script that says them otherwise
        return None
    return value if isfinite(value) else None


def _values() -> dict[str, float]:
    """What words of several languages count, but for those that are also other words."""
    german = dict(enumerate(_GERMAN_NUMBERS.split(), 2)) | {10 * n: w for n, w in enumerate(_GERMAN_TENS.split(), 3)}
    found = {fold(word): float(value) for value, word in german.items()} | _SCALES
    for words in COUNT_WORDS.values():
        found |= {fold(word): float(value) for word, value in words.numbers.items() if value > 1}
        found |= {fold(word): value for word, value in words.scales.items()}
    return {word: value for word, value in found.items() if word not in _NO_NUMBERS and "-" not in word}


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """Of all languages, as nothing says in which one a told sentence is. Lists for search hold many a verb of news."""
    listed = frozenset().union(*(stopwords(language) for language in _LANGUAGES)) | _NEGATIONS
    telling = {word for word in stopwords("en") if len(word) > 2 and CONCEPTS[word][1]}
    return listed - {word for word in telling if not word.startswith(_SAY_LITTLE)}


_VALUES = _values()
_BY_SCALE = frozenset(word for word, value in _VALUES.items() if value >= 100 and value in (1e2, 1e3, 1e6, 1e9, 1e12))
_CONTENT = Table(_counts_as_content)
