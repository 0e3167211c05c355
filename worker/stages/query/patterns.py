"""One word of a query, and what it matches: where in a zone, and in which way.

Each class decides one kind of word. `anchors` names keys of which an article must have at least one (see
`PreparedDocument.anchors`) for the word to match at all; None: no such keys are known.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from worker.stages.aliases import acronym_letters, is_acronym
from worker.stages.query.document import ANCHOR_PREFIX, Zone
from worker.stages.query.endings import singular
from worker.stages.query.spans import By
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.words import Word

Anchors: TypeAlias = frozenset[str] | None

_APOSTROPHES = str.maketrans("’ʼ", "''")


class Pattern(Protocol):
    def places(self, zone: Zone) -> dict[int, By]:
        """Every place in the zone where a word matches, and how."""

    def anchors(self) -> Anchors: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A word without signs: any case, diacritics, script and plural.

    Written with a capital it may be a name: it also meets other spellings of that name, and other endings only of
    words with a capital, so that Gates is not gate and Zelensky is Zelenskiy.
    """

    folded: str
    is_capitalised: bool = False

    def places(self, zone: Zone) -> dict[int, By]:
        key = singular(self.folded)
        found: dict[int, By] = {}
        for place in zone.places_of(key):
            word = zone.words[place]
            if word.folded == self.folded:
                found[place] = "word"
            elif word.is_capitalised or not self.is_capitalised:
                found[place] = "ending"
        if self.is_capitalised:
            for place in zone.names_spelled(spelling_key(key)):
                found.setdefault(place, "spelling")
        return found

    def anchors(self) -> Anchors:
        return frozenset([spelling_key(singular(self.folded))])


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short word in capitals (US, WHO): only words in capitals, so that it is not us or who; points do not count."""

    folded: str

    def places(self, zone: Zone) -> dict[int, By]:
        found: dict[int, By] = {}
        for key in self._keys():
            for place in zone.places_of(key):
                text = zone.words[place].text
                if is_acronym(text) and fold(acronym_letters(text)) == self.folded:
                    found[place] = "ending" if text.endswith("s") else "word"
        return found

    def anchors(self) -> Anchors:
        return frozenset(map(spelling_key, self._keys()))

    def _keys(self) -> set[str]:
        return {singular(self.folded), singular(self.folded + "s")}


@dataclass(frozen=True, slots=True)
class Exact:
    """=word: the very letters with their diacritics; only case, and the form of apostrophes, do not count."""

    folded: str
    letters: str

    def places(self, zone: Zone) -> dict[int, By]:
        places = zone.places_of(singular(self.folded))
        return {place: "exact" for place in places if letters_of(zone.words[place].text) == self.letters}

    def anchors(self) -> Anchors:
        return frozenset([spelling_key(singular(self.folded))])


@dataclass(frozen=True, slots=True)
class Shape:
    """A folded word with ? for single letters; `is_open`: it ended with *, so more letters may follow."""

    letters: str
    is_open: bool

    def places(self, zone: Zone) -> dict[int, By]:
        by: By = "pattern" if "?" in self.letters else "prefix"
        forms = zone.starting_with(self._beginning())
        return {place: by for form, places in forms if self._fits(form) for place in places}

    def anchors(self) -> Anchors:
        beginning = self._beginning()[:ANCHOR_PREFIX]
        return frozenset([beginning + "*"]) if len(beginning) == ANCHOR_PREFIX else None

    def _beginning(self) -> str:
        return self.letters.partition("?")[0]

    def _fits(self, form: str) -> bool:
        long_enough = len(form) >= len(self.letters) if self.is_open else len(form) == len(self.letters)
        return long_enough and all(mine in ("?", theirs) for mine, theirs in zip(self.letters, form, strict=False))


def pattern_of(word: Word, *, exact: bool, acronyms: bool) -> Pattern:
    """The pattern of a word without wildcards. `acronyms`: short words in capitals match only such words."""
    if exact:
        return Exact(word.folded, letters_of(word.text))
    if acronyms and is_acronym(word.text):
        return Acronym(fold(acronym_letters(word.text)))
    return Plain(word.folded, word.is_capitalised)


def letters_of(text: str) -> str:
    """The letters that an exact word compares."""
    return unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)


def all_needed(options: Iterable[Anchors]) -> Anchors:
    """The anchors of something that needs every part: those of the part that fewest articles will have, by guess.

    The guess: fewer alternatives are rarer, and so are longer words.
    """
    known = [anchors for anchors in options if anchors is not None]
    return min(known, key=lambda anchors: (len(anchors), -min(map(len, anchors), default=0)), default=None)


def any_needed(options: Iterable[Anchors]) -> Anchors:
    """The anchors of something that needs one part of several: all of theirs, or none if one part has none."""
    together: set[str] = set()
    for anchors in options:
        if anchors is None:
            return None
        together |= anchors
    return frozenset(together)
