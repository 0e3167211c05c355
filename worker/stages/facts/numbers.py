"""The numbers of a sentence, in figures or words, and the unit that makes them a sum, a share or a measure.

"US$2.5bn", "twenty-three", "two million four hundred thousand", "yüzde 12", "ten miles". What a number counts, and
whether it counts anything, is for `counts`; of units that measure see `units`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite

from worker.stages.facts.count_words import COUNT_WORDS, CountWords
from worker.stages.facts.units import Measure, measure_after
from worker.stages.text.fold import fold
from worker.stages.text.words import pieces

PERCENT = "percent"
REST_WORDS = frozenset(
    ["rest", "reste", "resto", "remainder", "kalan", "kalanini", "kinca", "kintsya", "kontsa", "konca"]
)
SMALL = 10  # a spelled number below mostly points back ("the two sides") and says nothing new

_CURRENCY_SIGNS = {
    "$": "usd", "A$": "aud", "C$": "cad", "NZ$": "nzd", "€": "eur", "£": "gbp", "¥": "jpy", "₺": "try", "₴": "uah",
}  # fmt: skip
# Pounds may be a weight; millions of them are money.
_NAME_OF_UNIT = re.compile(
    r"\s?(?:(?P<percent>%|(?:per ?cent|percentage points?|pour ?cent|por ciento|por cento|per cento|prozent|procent\w*"
    r"|відсотк\w+|процент\w*)\b)|(?P<pence>pence\b)"
    r"|(?:(?P<usd>(?:us[- ])?dollars?|d[oó]lar(?:es)?|dollari|доларів|доларa|доллар\w*|dolar\w*|usd)"
    r"|(?P<eur>(?:de\s|di\s|d[’'])?(?:euros?|євро|евро|avro|eur))"
    r"|(?P<gbp>pounds? sterling|libras|sterline|(?<=illion\s)pounds|(?<=thousand\s)pounds)"
    r"|(?P<uah>hryvnias?|гривень|гривні|грн)|(?P<try>(?:turkish )?liras?)|(?P<rub>roubles?|rubles?|рубл\w+)"
    r"|(?P<pln>zlot\w+|zł)|(?P<crown>(?:de\s)?(?:crowns?|kron\w+|couronnes|coronas|corone|coroas))"
    r"|(?P<jpy>yen)|(?P<chf>(?:swiss )?francs?|franken))\b)",
    re.IGNORECASE,
)
_PRICED = re.compile(r"\b(?:shares?|price[ds]?)\b|pence\b|£", re.IGNORECASE)  # else "1080p" would be a price
_PERCENT_BEFORE = re.compile(r"(?:%|\byüzde\s)$", re.IGNORECASE)
# Of each unit something that stands wherever it does, in small letters.
_TRACES_OF_UNITS = (
    *("%", "$", "€", "£", "¥", "₺", "₴", "cent", "ciento", "відсот", "yüzde", "pence", "dol", "dólar", "долар", "euro"),
    *("євро", "avro", "pounds", "libras", "hryvnia", "грив", "грн", "lira", "prozent", "процент", "доллар", "евро"),
    *("rouble", "ruble", "рубл", "zlot", "zł", "crown", "kron", "franc", "yen"),
)
# "A six-year sentence", but not "a 19-year-old" nor "the 20-point plan".
_HYPHENATED = (
    "(?:magnitude|inch|foot|mile|met(?:er|re)|kilomet(?:er|re)|hectare|acre|ton|tonne|minute|hour|day|week|month|year)"
    "(?![\\w-])"
)
_PERCENT_REACH = 8  # characters before a number in which that stands
_BETWEEN_PARTS = re.compile(r"\s(?:(?:and|y|e|et|und|en)\s)?|-", re.IGNORECASE)
_JOINT = 5  # characters of the longest
_ROOM = re.compile(r"0+$")  # what may still be added: below 100 to two hundred
_LEAST_JOINED = 20  # "treinta y cinco"


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands, its unit included. `unit` is "", PERCENT, or a currency such as "eur".

    `measure`: it is a length, a span of time …; then `end` is still that of the number, and `counts` decides.
    """

    value: float
    unit: str
    is_word: bool
    start: int
    end: int
    measure: Measure | None = None

    @property
    def looks_like_a_year(self) -> bool:
        return not (self.unit or self.is_word) and self.end - self.start == 4 and 1900 <= self.value < 2100


def find_numbers(sentence: str, language: str) -> tuple[Number, ...]:
    """The numbers of a sentence, in order. A language without a table is read as English."""
    return tuple(_joined(sentence, _numbers(sentence, _forms(language))))


def number_words(language: str) -> frozenset[str]:
    """The folded words one of which stands wherever a number is spelled, or "the rest" of something is meant."""
    return _forms(language).folded | REST_WORDS


def small_number_words(language: str) -> frozenset[str]:
    """Those of them that by themselves are less than `SMALL`."""
    return _forms(language).small


def may_have_unit(sentence: str, language: str) -> bool:
    """Whether a unit may stand beside a number here, or what makes thousands of it."""
    small = in_small_letters(sentence)
    return any(trace in small for trace in _TRACES_OF_UNITS) or _forms(language).scale.search(small) is not None


def words_after_small(sentence: str, language: str) -> Iterator[str]:
    """The few words behind each small number that is spelled, folded."""
    for found in _forms(language).after_small.finditer(in_small_letters(sentence)):
        yield from map(fold, found[1].split())


def in_small_letters(text: str) -> str:
    """In small letters, the Turkish ones with and without a dot as one, as they are for a pattern that ignores case."""
    return text.lower().replace("\u0307", "").replace("ı", "i")


@dataclass(frozen=True, slots=True)
class _Forms:
    """How one language writes numbers, compiled once."""

    spelled: Mapping[str, int]
    scales: Mapping[str, float]
    decimal: str
    pattern: re.Pattern[str]
    small_pattern: re.Pattern[str]  # the same for small letters: twice as fast
    scale: re.Pattern[str]  # for small letters
    after_small: re.Pattern[str]  # for small letters
    folded: frozenset[str]
    small: frozenset[str]


def _numbers(sentence: str, forms: _Forms) -> Iterator[Number]:
    small = in_small_letters(sentence)
    is_as_long = len(small) == len(sentence)  # then places in the one are places in the other
    for found in forms.small_pattern.finditer(small) if is_as_long else forms.pattern.finditer(sentence):
        if found["pence"] and not _PRICED.search(sentence):
            continue
        spelled = found["word"]
        base = forms.spelled[in_small_letters(spelled)] if spelled else _value(found["digits"], forms.decimal)
        if found["ones"]:
            base += forms.spelled[in_small_letters(found["ones"])]
        scale = forms.scales[in_small_letters(found["scale"])] if found["scale"] else 1.0
        if found["larger"]:  # "four hundred thousand"
            scale *= forms.scales[in_small_letters(found["larger"])]
        unit, hundredths, end = _unit(sentence, found)
        measure = None if unit else measure_after(sentence, end)
        if isfinite(value := base * scale / hundredths):  # four hundred digits in a row are no number
            yield Number(value, unit, spelled is not None, found.start(), end, measure)


def _joined(sentence: str, numbers: Iterable[Number]) -> Iterator[Number]:
    """With the parts of a spelled number put together: "two million four hundred thousand", "dos mil quinientos"."""
    last: Number | None = None
    for number in numbers:
        if last is not None and _is_part(sentence, last, number):
            last = replace(number, value=last.value + number.value, start=last.start)
            continue
        if last is not None:
            yield last
        last = number
    if last is not None:
        yield last


def _is_part(sentence: str, larger: Number, smaller: Number) -> bool:
    """Whether the second number goes on with the first: what is below its last words, and nothing else between."""
    if not (larger.is_word and smaller.is_word) or larger.unit or smaller.start - larger.end > _JOINT:
        return False
    room = _ROOM.search(f"{larger.value:.0f}")
    fits = room is not None and smaller.value < 10 ** len(room[0]) and larger.value >= _LEAST_JOINED
    return fits and _BETWEEN_PARTS.fullmatch(sentence, larger.end, smaller.start) is not None


def _unit(sentence: str, found: re.Match[str]) -> tuple[str, int, int]:
    """The unit of a number, how many of what was written make one of it, and where the number with its unit ends."""
    if found["currency"]:
        return _CURRENCY_SIGNS[found["currency"].strip().upper().removeprefix("US")], 1, found.end()
    if found["pence"]:
        return "gbp", 100, found.end()
    named = _NAME_OF_UNIT.match(sentence, found.end())
    unit = named.lastgroup if named else None
    start = found.start("number")
    if unit != PERCENT and _PERCENT_BEFORE.search(sentence, max(0, start - _PERCENT_REACH), start):
        return PERCENT, 1, found.end()
    if named is None or unit is None:
        return "", 1, found.end()
    return ("gbp", 100, named.end()) if unit == "pence" else (unit, 1, named.end())


def _value(digits: str, decimal: str) -> float:
    """The number that the digits write: "2,500" in English and "2.500" in Spanish are the same."""
    if digits.isdecimal():
        return float(digits)
    grouping = "," if decimal == "." else "."
    return float("".join(digits.replace(grouping, "").split()).replace(decimal, "."))


@lru_cache(maxsize=len(COUNT_WORDS) + 1)
def _forms(language: str) -> _Forms:
    words = COUNT_WORDS.get(language) or COUNT_WORDS["en"]
    return _Forms(
        spelled={in_small_letters(word): number for word, number in _both_apostrophes(words.numbers).items()},
        scales={in_small_letters(word): scale for word, scale in words.scales.items()},
        decimal=words.decimal,
        pattern=re.compile(_pattern(words), re.IGNORECASE),
        small_pattern=re.compile(_pattern(words)),
        scale=re.compile(rf"\b(?:{_any_of(words.scales)})\b"),
        after_small=re.compile(
            rf"\b(?:{_any_of(word for word, number in words.numbers.items() if 1 < number < SMALL)})[\s-]"
            r"([^\W\d_]+(?:\s[^\W\d_]+){0,2})"
        ),
        folded=_folded(words.numbers),
        small=_folded(word for word, number in words.numbers.items() if number < SMALL),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for word in words for folded in pieces(word).folded)


def _pattern(words: CountWords) -> str:
    """Digits or number words, with the currency before and the scale after: "US$2.5bn", "twenty-three".

    In small letters, to be tried on such, or with case ignored. It is not tried where it could not begin.
    """
    grouping, decimal = (",", r"\.") if words.decimal == "." else (r"\.", ",")
    numbers, scales = _both_apostrophes(words.numbers), _any_of(words.scales)
    spelled, first = _any_of(numbers), "".join({in_small_letters(word)[0] for word in numbers})
    ones = _any_of(word for word, value in numbers.items() if value < SMALL)
    digits = rf"\d{{1,3}}(?:[{grouping}\u00a0\u202f\u2009 ]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"
    return (
        rf"(?=[\d$€£¥₺₴acnu{first}])(?<![\w.,/:#+–-])(?P<currency>(?:(?:us|a|c|nz)?\$|[€£¥₺₴])\s?)?(?P<number>"
        rf"(?P<digits>{digits})(?P<pence>p(?!\w))?|\b(?P<word>{spelled})\b(?:[- ](?P<ones>{ones})\b)?)"
        rf"(?:[\s-]?(?P<scale>{scales})\b(?:[\s-](?P<larger>{scales})\b)?)?"
        rf"(?![\w/:]|[-–](?!{_HYPHENATED})\w|[.,]\d)"
    )


def _both_apostrophes(numbers: Mapping[str, int]) -> dict[str, int]:
    return dict(numbers) | {word.replace("’", "'"): value for word, value in numbers.items()}


def _any_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first; they are told apart by their first letters, so that most are never tried."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in sorted(map(in_small_letters, words), key=len, reverse=True):
        by_first[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())
