"""Names the program knows without being told: places, people and large organisations with their other names.

The tables stand in `data`, as people write (any script, any case), each with its source at the top; they are looked up
under keys. Users add theirs as aliases, which come first. Words that hint at names are in `vocabulary`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pkgutil import get_data
from typing import Protocol

from worker.stages.text.fold import spelling_key
from worker.stages.text.stems import name_key
from worker.stages.text.words import split

PERSON, PLACE, ORGANISATION = "person", "place", "organisation"

_CASED = re.compile(r"[A-Za-z\u00c0-\u058f\u1e00-\u1fff]")  # Latin, Greek, Cyrillic, Armenian
_MARKS = re.compile("[\u200c-\u200f\u064b-\u0652\u0591-\u05c7]")  # vowel points, joiners: written or not
_ARABIC_LETTERS = str.maketrans("أإآٱىیکةۀ", "ااااييكهه")
_SHORTEST = 5  # letters of a name from a list; shorter ones are words of some language
_ONE_WORD = re.compile(r"[^\W\d_]{2,40}")

Key = tuple[str, ...]


class Folds(Protocol):
    """Other names that the user gave."""

    def canonical(self, phrase: str) -> str | None:
        """The key under which a phrase is known with its other names; None where there are none."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name from the tables: the key that stands for all its forms, and what it names."""

    key: Key
    shown: str
    kind: str
    is_minor: bool = False  # a city that many people are called after: Houston, Jackson


def lines(name: str) -> Iterator[str]:
    """The lines of a table, without comments."""
    table = get_data(__package__, f"data/{name}")  # as much a part of the package as its code
    for line in table.decode().splitlines() if table else ():
        if line and not line.startswith("#"):
            yield line


def is_cased(form: str) -> bool:
    """Whether a name is written in a script that has capitals. 习近平, 김정은, بوتين and נתניהו are not."""
    return _CASED.search(form) is not None


def bare(form: str) -> str:
    """A name in a script without capitals as it is looked up: one form of each letter, no vowel points."""
    return _MARKS.sub("", form).translate(_ARABIC_LETTERS)


def by_first_word(keys: Iterable[Key]) -> dict[str, set[Key]]:
    """Keys listed under their first words, for recognising them in running words."""
    found: dict[str, set[Key]] = defaultdict(set)
    for key in keys:
        if key:
            found[key[0]].add(key)
    return found


def key_of(name: str) -> Key:
    """The key of a name as written, whatever the language."""
    if name.isascii() and name.isalpha():  # as a third of the tables; it need not be split, nor remembered
        return (spelling_key.__wrapped__(name.lower()),)
    words = [name] if _ONE_WORD.fullmatch(name) else [word.text for word in split(name)]
    return name_key(words, code="")


class _Tables:
    """What is known, filled from the tables in order: of two lines with the same form the first keeps it."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Known] = {}
        self.uncased: dict[str, Known] = {}
        self.country_of_capital: dict[str, str] = {}
        self.forms: dict[Key, list[str]] = defaultdict(list)

    def add(self, forms: list[str], kind: str, *, is_minor: bool = False, is_listed: bool = False) -> Known:
        first = key_of(forms[0])
        entry = self.by_key.get(first)
        if entry is None or entry.kind != kind:
            entry = Known(first, forms[0], kind, is_minor)
        self.forms[first] += forms if not is_minor else forms[:1]
        for form in forms:
            if not is_cased(form):
                self.uncased.setdefault(bare(form), entry)
                continue
            key = key_of(form)
            if not (is_listed and _says_too_little(key)):
                self.by_key.setdefault(key, entry)
        return entry

    def add_countries(self) -> None:
        for line in lines("countries.txt"):
            country, *capital = [self.add(forms.strip().split(", "), PLACE) for forms in line.split(" > ")]
            for entry in capital:
                self.country_of_capital[" ".join(entry.key)] = " ".join(country.key)

    def add_people(self) -> None:
        for line in lines("people.txt"):
            forms = line.removeprefix("* ").split(", ")
            alone = [form.split()[-1] for form in forms if line.startswith("*")]
            self.add([*forms, *alone], PERSON)


def _says_too_little(key: Key) -> bool:
    """Whether a name from a list is a given name too, or so short that it is a word of some language."""
    return len(key) == 1 and (len(key[0]) < _SHORTEST or key[0] in GIVEN_NAMES)


def _tables() -> _Tables:
    tables = _Tables()
    tables.add_countries()
    for line in lines("places.txt"):
        tables.add(line.split(", "), PLACE)
    for line in lines("organisations.txt"):
        tables.add(line.split(", "), ORGANISATION)
    tables.add_people()
    for line in lines("territories.txt"):
        tables.add(line.split(", "), PLACE, is_listed=True)
    for line in lines("cities.txt"):
        tables.add(line.split(", "), PLACE, is_minor=True, is_listed=True)
    tables.by_key.pop((), None)
    return tables


GIVEN_NAMES: Set[str] = {spelling_key(word) for line in lines("given_names.txt") for word in line.split()}
_TABLES = _tables()


def forms_of(known: Known) -> Sequence[str]:
    """The forms of a name as the tables write them; of a city the first alone."""
    return _TABLES.forms[known.key]


KNOWN: Mapping[Key, Known] = _TABLES.by_key
KNOWN_UNCASED: Mapping[str, Known] = _TABLES.uncased
KNOWN_BY_FIRST_WORD: Mapping[str, Set[Key]] = by_first_word(KNOWN)
KNOWN_PLACES: Set[str] = {" ".join(known.key) for known in KNOWN.values() if known.kind == PLACE}
COUNTRY_OF_CAPITAL: Mapping[str, str] = _TABLES.country_of_capital
