"""Names the program knows without being told: places, people and large organisations with their other names.

The tables stand in `data`, as people write (any script, any case), each with its source at the top. They are looked up
under keys, which `tables` has brought into an index. Users add theirs as aliases, which come first. Words that hint at
names are in `vocabulary`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import Protocol

from worker.stages.text.fold import spelling_key
from worker.stages.text.stems import name_key
from worker.stages.text.words import split

PERSON, PLACE, ORGANISATION = "person", "place", "organisation"
CITY = "city"  # in the index only: a place that many people are called after, Houston, Jackson

_CASED = re.compile(r"[A-Za-z\u00c0-\u058f\u1e00-\u1fff]")  # Latin, Greek, Cyrillic, Armenian
_MARKS = re.compile("[\u200c-\u200f\u064b-\u0652\u0591-\u05c7]")  # vowel points, joiners: written or not
_ARABIC_LETTERS = str.maketrans("أإآٱىیکةۀ", "ااااييكهه")
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
    is_minor: bool = False  # a city, see `CITY`


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


def key_of(name: str) -> Key:
    """The key of a name as written, whatever the language."""
    if name.isascii() and name.isalpha():  # as a third of the tables; it need not be split
        return (spelling_key(name.lower()),)
    words = [name] if _ONE_WORD.fullmatch(name) else [word.text for word in split(name)]
    return name_key(words, code="")


def countries() -> Iterator[list[list[str]]]:
    """Each country's names, with its capital's names where it has one."""
    return ([forms.strip().split(", ") for forms in line.split(" > ")] for line in lines("countries.txt"))


def people() -> Iterator[list[str]]:
    """Each person's names; family names that stand for a person alone come last."""
    for line in lines("people.txt"):
        forms = line.removeprefix("* ").split(", ")
        yield [*forms, *(form.split()[-1] for form in forms if line.startswith("*"))]


def forms_of(known: Known) -> Sequence[str]:
    """The forms of a person's name as the table writes them."""
    return _forms_of_people().get(known.key, ())


@cache
def _forms_of_people() -> Mapping[Key, Sequence[str]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for forms in people():
        found[key_of(forms[0])] += forms
    return found


# --- The index ---


def _read_index() -> Iterator[tuple[Known, list[Key], list[str]]]:
    """Each known name, the keys under which it is found, and its forms in scripts without capitals."""
    for line in lines("index.txt"):
        kind, shown, listed, uncased = line.split(" | ")
        own, *others = listed.split(", ")
        key = tuple(own.removeprefix("-").split())
        keys = [tuple(other.split()) for other in others]
        if not own.startswith("-"):
            keys.append(key)
        known = Known(key, shown, PLACE if kind == CITY else kind, kind == CITY)
        yield known, keys, uncased.split(", ") if uncased else []


_INDEX = list(_read_index())
KNOWN: Mapping[Key, Known] = {key: known for known, keys, _ in _INDEX for key in keys}
KNOWN_UNCASED: Mapping[str, Known] = {form: known for known, _, forms in _INDEX for form in forms}
KNOWN_FIRST_WORDS: Set[str] = {key[0] for key in KNOWN}
KNOWN_PLACES: Set[str] = {" ".join(known.key) for known, keys, _ in _INDEX if known.kind == PLACE and keys}
COUNTRY_OF_CAPITAL: Mapping[str, str] = {
    " ".join(key_of(capital[0])): " ".join(key_of(country[0]))
    for country, *capitals in countries()
    for capital in capitals
}
del _INDEX
