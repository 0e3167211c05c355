"""What of an article is compared with stories: its heaviest words, its names and numbers, its time and length.

Every word and name is weighed by how often the article has it and by how rare it is in its language. How rare it is in
the archive changes from day to day and is no part of a profile; so what is added to a story can be taken out again.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from worker.stages.background import prior
from worker.stages.keywords import MAX_CHARACTERS, term_counts, term_key
from worker.stages.names import UNKNOWN, Name
from worker.stages.names.known import COUNTRY_OF_CAPITAL, KNOWN, PERSON
from worker.stages.text.stopwords import primary
from worker.stages.text.table import Table
from worker.stages.text.words import pieces
from worker.stages.vector import Vector

IdfOf = Callable[[str], float]  # of a term, or of a name behind NAME_PREFIX
Weights = Mapping[str, float]

NAME_PREFIX = "n:"  # words and names are counted in one table, and stories listed in one index
MAX_TERMS = 50  # of an article; the words after these tell texts apart, not events
MAX_NAME_KEYS = 30
MAX_NUMBERS = 12
MAX_TITLE = 16
LAST_NAME_SHARE = 0.7  # "Zelensky" of "Volodymyr Zelensky": what short reports and long ones have in common
COUNTRY_SHARE = 0.5  # Turkey, where a report names Ankara
# The most that the name of a head of state weighs for its rarity. Lists of words lag behind the news.
PROMINENT = 4.0

_FIRST_CJK = "\u3040"
_READ_FOR_NUMBERS = 20_000  # characters; figures that matter come early
# Of two digits or more. "3 killed" is too common to tell events apart, and a year is in every report of it.
# What stands before it is looked at afterwards: a pattern that begins with a digit is searched for faster.
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9}){0,3}(?!\w)")
_WITHIN = re.compile(r"[\w.,]")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an article is compared. `words` is its length; `title` weighs the words of its title once more."""

    terms: Weights
    names: Weights
    title: Weights
    numbers: frozenset[str]
    when: datetime
    words: int
    language: str = ""
    vector: Vector | None = None

    def to_json(self) -> dict[str, Any]:
        """To be kept with the article, so that it can be taken out of its story again."""
        return {
            "t": dict(self.terms),
            "n": dict(self.names),
            "h": dict(self.title),
            "u": sorted(self.numbers),
            "w": self.when.isoformat(),
            "l": self.words,
            "g": self.language,
            "v": self.vector.to_text() if self.vector else None,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Profile":
        """What `to_json` wrote."""
        return cls(
            kept["t"],
            kept["n"],
            kept["h"],
            frozenset(kept["u"]),
            datetime.fromisoformat(kept["w"]),
            kept["l"],
            kept["g"],
            Vector.from_text(kept["v"]) if kept["v"] else None,
        )


def profile(
    title: str, text: str, names: Iterable[Name], language: str, when: datetime, *, vector: Vector | None = None
) -> Profile:
    """What of an article the story stage compares. `when` is its own time; `vector` that of its title and opening."""
    code, found = primary(language), list(names)[:MAX_NAME_KEYS]
    prominent, rarity = _words_of_prominent(found, code), _rarities(code)

    def weighed(counts: Iterable[tuple[str, float]]) -> dict[str, float]:
        return {
            key: _weight(count, min(rarity[key], PROMINENT) if key in prominent else rarity[key])
            for key, count in counts
        }

    terms = weighed(islice(term_counts(title, text, language).counts.items(), MAX_TERMS))
    in_title = weighed((key, 1.0) for key in _title_keys(title, language))
    return Profile(
        terms=terms,
        names=_name_weights(found, code),
        title=in_title,
        numbers=_numbers(title, text),
        when=when,
        words=_length(title, text),
        language=code,
        vector=vector,
    )


def _length(title: str, text: str) -> int:
    """In words, which are taken for two characters where none stands between them."""
    words = title.count(" ") + text.count(" ") + 2
    return words if max(title, default="") < _FIRST_CJK else max(words, (len(title) + len(text)) // 2)


def _title_keys(title: str, language: str) -> list[str]:
    """As `term_counts` would have them. Only of characters in pairs does it take all the work that is done there."""
    if max(title, default="") >= _FIRST_CJK:
        return list(term_counts(title, "", language))[:MAX_TITLE]
    code = primary(language)
    keys: Counter[str] = Counter()
    for form, times in pieces(title[:MAX_CHARACTERS]).counts.items():
        keys[_key(form, code)] += times
    del keys[""]
    return [key for key, _ in keys.most_common(MAX_TITLE)]


@lru_cache(maxsize=65_536)
def _key(form: str, code: str) -> str:
    return term_key(form, code)


def _weight(count: float, rarity: float) -> float:
    """In whole hundredths, so that what was added up can be taken out without a rest."""
    return round(100 * math.log1p(count) * rarity)


@lru_cache(maxsize=16)
def _rarities(code: str) -> Table[float]:
    """Inverse document frequency in the language at large, without the archive."""
    return Table(lambda key: -math.log(prior(key, code)))


# --- Names ---


@lru_cache(maxsize=16_384)
def _is_prominent(key: str) -> bool:
    known = KNOWN.get(tuple(key.split()))
    return known is not None and known.kind == PERSON


def _words_of_prominent(names: Iterable[Name], code: str) -> frozenset[str]:
    return frozenset().union(*(_keys_of_words(name.shown, name.key, code) for name in names if _is_prominent(name.key)))


@lru_cache(maxsize=4096)
def _keys_of_words(shown: str, key: str, code: str) -> frozenset[str]:
    return frozenset(term_key(word, code) for word in f"{shown} {key}".split())


def _name_weights(names: Iterable[Name], code: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for name in names:
        if len(weights) >= MAX_NAME_KEYS:
            break
        count = math.log1p(name.count + name.in_title)
        for key, share, rarity in _keys_of(name.key, name.shown, name.kind, code):
            weights[key] = max(round(100 * count * share * rarity), weights.get(key, 0.0))
    return dict(list(weights.items())[:MAX_NAME_KEYS])


@lru_cache(maxsize=16_384)
def _keys_of(key: str, shown: str, kind: str, code: str) -> Sequence[tuple[str, float, float]]:
    """A name's own key with its share and rarity, and those of what it implies: a last name, a capital's country."""
    found = [(key, 1.0, _rarity_of_name(shown, code))]
    if kind in (PERSON, UNKNOWN) and " " in key and " of " not in key:
        last = shown.rsplit(" ", 1)[-1]
        found.append((key.rsplit(" ", 1)[-1], LAST_NAME_SHARE, _rarity_of_name(last, code)))
    country = COUNTRY_OF_CAPITAL.get(key)
    if country is not None:
        found.append((country, COUNTRY_SHARE, _rarity_of_name(country, code)))
    most = PROMINENT if _is_prominent(key) else math.inf
    return [(implied, share, min(rarity, most)) for implied, share, rarity in found]


@lru_cache(maxsize=65_536)
def _rarity_of_name(shown: str, code: str) -> float:
    """That of its rarest word: any Smith is common, Aloysius Smith is not."""
    keys = (term_key(word, code) for word in shown[:200].split())
    return max((_rarities(code)[key] for key in keys if key), default=1.0)


# --- Numbers ---


def _numbers(title: str, text: str) -> frozenset[str]:
    """The figures that come first, "2,500" and "2.500" as one."""
    found: Counter[str] = Counter()
    for match in _NUMBER.finditer(f"{title} {text[:_READ_FOR_NUMBERS]}"):
        number = match.group()
        if len(number) < _SHORTEST_NUMBER:
            continue
        if not number.isdecimal():
            number = _THOUSANDS.sub("", number).replace(",", ".")
        if not _YEAR.fullmatch(number) and not _begins_within(match):
            found[number] += 1
    return frozenset(number for number, _ in found.most_common(MAX_NUMBERS))


def _begins_within(match: re.Match[str]) -> bool:
    """Whether it is the end of something longer: F16, 1.2.3.4.5."""
    return match.start() > 0 and _WITHIN.match(match.string, match.start() - 1) is not None
