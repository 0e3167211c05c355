"""The numbers of a sentence, in figures or words, and the unit that makes them a sum or a share.

"US$2.5bn", "twenty-three", "690p", "yüzde 12". What a number counts, and whether it counts anything, is for `counts`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from worker.stages.facts.count_words import COUNT_WORDS, CountWords

PERCENT = "percent"

_CURRENCY_SIGNS = {
    "$": "usd", "A$": "aud", "C$": "cad", "NZ$": "nzd", "€": "eur", "£": "gbp", "¥": "jpy", "₺": "try", "₴": "uah",
}  # fmt: skip
_CURRENCY_NAMES = (
    ("usd", re.compile(r"\s?(?:(?:us )?dollars?|dólares|доларів|dolar)\b", re.IGNORECASE)),
    ("eur", re.compile(r"\s?(?:d[’'])?(?:euros?|євро|avro)\b", re.IGNORECASE)),
    # Pounds may be a weight; millions of them are money.
    ("gbp", re.compile(r"\s?(?:pounds? sterling|libras|(?<=illion\s)pounds|(?<=thousand\s)pounds)\b", re.IGNORECASE)),
    ("uah", re.compile(r"\s?(?:hryvnias?|гривень|гривні|грн)\b", re.IGNORECASE)),
    ("try", re.compile(r"\s?(?:turkish )?liras?\b", re.IGNORECASE)),
)
_PENCE = re.compile(r"\s?pence\b", re.IGNORECASE)
_PRICED = re.compile(r"\b(?:shares?|price[ds]?)\b|pence\b|£", re.IGNORECASE)  # else "1080p" would be a price
_PERCENT_AFTER = re.compile(r"\s?(?:%|(?:per ?cent|pour ?cent|por ciento|відсотк\w+)\b)", re.IGNORECASE)
_PERCENT_BEFORE = re.compile(r"(?:%|\byüzde\s)$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands, its unit included. `unit` is "", PERCENT, or a currency such as "eur"."""

    value: float
    unit: str
    is_word: bool
    start: int
    end: int

    @property
    def looks_like_a_year(self) -> bool:
        return not (self.unit or self.is_word) and self.end - self.start == 4 and 1900 <= self.value < 2100


def find_numbers(sentence: str, language: str) -> tuple[Number, ...]:
    """The numbers of a sentence, in order. A language without a table is read as English."""
    forms = _forms(language)
    # Most sentences hold none, and plain search is the fastest way to see it.
    if _DIGIT.search(sentence) is None:
        small = _small(sentence)
        if not any(word in small for word in forms.spelled):
            return ()
    return tuple(_numbers(sentence, forms))


@dataclass(frozen=True, slots=True)
class _Forms:
    """How one language writes numbers, compiled once."""

    spelled: Mapping[str, int]
    scales: Mapping[str, float]
    decimal: str
    pattern: re.Pattern[str]


def _numbers(sentence: str, forms: _Forms) -> Iterator[Number]:
    for found in forms.pattern.finditer(sentence):
        if found["pence"] and not _PRICED.search(sentence):
            continue
        spelled = found["word"]
        base = forms.spelled[_small(spelled)] if spelled else _value(found["digits"], forms.decimal)
        if found["ones"]:
            base += forms.spelled[_small(found["ones"])]
        scale = forms.scales[_small(found["scale"])] if found["scale"] else 1.0
        unit, hundredths, end = _unit(sentence, found)
        yield Number(base * scale / hundredths, unit, spelled is not None, found.start(), end)


def _unit(sentence: str, found: re.Match[str]) -> tuple[str, int, int]:
    """The unit of a number, how many of what was written make one of it, and where the number with its unit ends."""
    if found["currency"]:
        return _CURRENCY_SIGNS[found["currency"].strip().upper().removeprefix("US")], 1, found.end()
    if found["pence"]:
        return "gbp", 100, found.end()
    if percent := _PERCENT_AFTER.match(sentence, found.end()):
        return PERCENT, 1, percent.end()
    if _PERCENT_BEFORE.search(sentence, 0, found.start("number")):
        return PERCENT, 1, found.end()
    if pence := _PENCE.match(sentence, found.end()):
        return "gbp", 100, pence.end()
    for currency, name in _CURRENCY_NAMES:
        if named := name.match(sentence, found.end()):
            return currency, 1, named.end()
    return "", 1, found.end()


def _small(text: str) -> str:
    """In small letters, the Turkish ones with and without a dot as one, as they are for a pattern that ignores case."""
    return text.lower().replace("\u0307", "").replace("ı", "i")


def _value(digits: str, decimal: str) -> float:
    """The number that the digits write: "2,500" in English and "2.500" in Spanish are the same."""
    grouping = "," if decimal == "." else "."
    plain = re.sub(rf"[{grouping}\s]", "", digits)
    return float(plain.replace(decimal, "."))


@lru_cache(maxsize=len(COUNT_WORDS) + 1)
def _forms(language: str) -> _Forms:
    words = COUNT_WORDS.get(language) or COUNT_WORDS["en"]
    return _Forms(
        spelled={_small(word): number for word, number in _both_apostrophes(words.numbers).items()},
        scales={_small(word): scale for word, scale in words.scales.items()},
        decimal=words.decimal,
        pattern=_pattern(words),
    )


def _pattern(words: CountWords) -> re.Pattern[str]:
    """Digits or number words, with the currency before and the scale after: "US$2.5bn", "twenty-three"."""
    grouping, decimal = (",", r"\.") if words.decimal == "." else (r"\.", ",")
    spelled = _any_of(_both_apostrophes(words.numbers))
    digits = rf"\d{{1,3}}(?:[{grouping}\u00a0\u202f\u2009 ]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"
    return re.compile(
        rf"(?<![\w.,/:#+–-])(?P<currency>(?:(?:US|A|C|NZ)?\$|[€£¥₺₴])\s?)?(?P<number>"
        rf"(?P<digits>{digits})(?P<pence>p(?!\w))?|\b(?P<word>{spelled})\b(?:[- ](?P<ones>{spelled})\b)?)"
        rf"(?:[\s-]?(?P<scale>{_any_of(words.scales)})\b)?"
        rf"(?![\w/:]|[-–]\w|[.,]\d)",
        re.IGNORECASE,
    )


def _both_apostrophes(numbers: Mapping[str, int]) -> dict[str, int]:
    return dict(numbers) | {word.replace("’", "'"): value for word, value in numbers.items()}


def _any_of(words: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
