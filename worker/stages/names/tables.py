"""Making the index of known names from the tables in `data`, as `bench/tables/known.py` prints it and `known` reads it.

To bring forty thousand forms of names under their keys takes half a second, too long for each process that starts; so
it is done once, and the outcome is kept beside the tables. A test says when it no longer fits them.

    kind | shown | its key, other keys | forms in scripts without capitals
    place | Vienna | vienna, wien, vienne | 维也纳, 비엔나

A name that is not found under its own key, since another one is or the key says too little, has - before it.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from worker.stages.names.known import (
    CITY,
    ORGANISATION,
    PERSON,
    PLACE,
    Key,
    bare,
    countries,
    is_cased,
    key_of,
    lines,
    people,
)
from worker.stages.text.fold import spelling_key

_SHORTEST = 5  # letters of a name from a list; shorter ones are words of some language


@dataclass(eq=False, slots=True)
class _Entry:
    """A name on its way into the index."""

    key: Key
    shown: str
    kind: str
    keys: dict[Key, None] = field(default_factory=dict)  # in the order of the tables
    uncased: dict[str, None] = field(default_factory=dict)


class _Index:
    """What is known, filled from the tables in order: of two lines with the same form the first keeps it."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._by_key: dict[Key, _Entry] = {(): _Entry((), "", "")}  # what has no word is no name
        self._by_uncased: dict[str, _Entry] = {}
        self._given_names = {spelling_key(word) for line in lines("given_names.txt") for word in line.split()}

    def add(self, forms: list[str], kind: str, *, is_listed: bool = False) -> None:
        entry = self._entry(key_of(forms[0]), forms[0], kind)
        for form in forms:
            if not is_cased(form):
                if self._by_uncased.setdefault(bare(form), entry) is entry:
                    entry.uncased[bare(form)] = None
                continue
            key = key_of(form)
            says_enough = not (is_listed and _says_too_little(key, self._given_names))
            if says_enough and self._by_key.setdefault(key, entry) is entry:
                entry.keys[key] = None

    def _entry(self, key: Key, shown: str, kind: str) -> _Entry:
        """The one that there is under a key, if it is of the kind that a line is of; else a new one."""
        entry = self._by_key.get(key)
        if entry is None or _broadly(entry.kind) != _broadly(kind):
            entry = _Entry(key, shown, kind)
            self.entries.append(entry)
        return entry


def index() -> Iterator[str]:
    """The lines of the index, made from the tables."""
    made = _Index()
    for forms in (forms for country in countries() for forms in country):
        made.add(forms, PLACE)
    for table, kind in (("places.txt", PLACE), ("organisations.txt", ORGANISATION)):
        for line in lines(table):
            made.add(line.split(", "), kind)
    for forms in people():
        made.add(forms, PERSON)
    for table, kind in (("territories.txt", PLACE), ("cities.txt", CITY)):
        for line in lines(table):
            made.add(line.split(", "), kind, is_listed=True)
    return (_line(entry) for entry in made.entries if entry.keys or entry.uncased)


def _line(entry: _Entry) -> str:
    own, others = " ".join(entry.key), [" ".join(key) for key in entry.keys if key != entry.key]
    keys = [own if entry.key in entry.keys else f"-{own}", *others]
    return " | ".join([entry.kind, entry.shown, ", ".join(keys), ", ".join(entry.uncased)])


def _broadly(kind: str) -> str:
    return PLACE if kind == CITY else kind


def _says_too_little(key: Key, given_names: Set[str]) -> bool:
    """Whether a name from a list is a given name too, or so short that it is a word of some language."""
    return len(key) == 1 and (len(key[0]) < _SHORTEST or key[0] in given_names)
