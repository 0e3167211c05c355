"""One word of a query, and what it matches: where in a zone, and in which way.

Each class decides one kind of word. `anchors` names what an article cannot lack for the word to match at all: of each
set, it must have one key (see `PreparedDocument.anchors`). Empty: no such keys are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Protocol, TypeAlias

from worker.stages.aliases import acronym_letters, is_acronym
from worker.stages.query.document import ANCHOR_PREFIXES, Zone, letters_of
from worker.stages.query.endings import keys_in_any
from worker.stages.query.spans import By, any_of
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.words import Word

Anchors: TypeAlias = tuple[frozenset[str], ...]


class Pattern(Protocol):
    def members(self, zone: Zone) -> int:
        """The set of places in the zone where a word matches (see `spans`)."""

    def by(self, zone: Zone, place: int) -> By:
        """How the word at this place, which matches, was found."""

    def anchors(self) -> Anchors: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A word without signs: any case, diacritics, script, and ending of the article's language.

    Written with a capital it may be a name: it also meets other spellings of that name, and other endings only of
    words with a capital, so that Gates is not gate and Zelensky is Zelenskiy.
    """

    folded: str
    is_capitalised: bool
    written: str

    def members(self, zone: Zone) -> int:
        known = zone.found_capitalised if self.is_capitalised else zone.found_small
        found = known.get(self.written)
        if found is None:
            found = known[self.written] = self._members(zone)
        return found

    def _members(self, zone: Zone) -> int:
        if zone.lacks(self.written):  # as nearly every word of nearly every query
            return 0
        found = any_of(map(zone.of_key, zone.keys_of(self.written)))
        if self.is_capitalised:
            spelled = any_of(map(zone.of_spelling, zone.spellings_of(self.written)))
            found = (found & (zone.of_form(self.folded) | zone.capitalised)) | spelled if found else spelled
        return found

    def by(self, zone: Zone, place: int) -> By:
        word = zone.words[place]
        if word.folded == self.folded:
            return "word"
        return "spelling" if set(zone.keys_of(self.written)).isdisjoint(zone.keys_of(word.text)) else "ending"

    def anchors(self) -> Anchors:
        return _spelled((self.written,))


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short word in capitals (US, WHO): only words in capitals, so that it is not us or who; points do not count."""

    folded: str

    def members(self, zone: Zone) -> int:
        return zone.of_acronym(self.folded)

    def by(self, zone: Zone, place: int) -> By:
        return "ending" if zone.words[place].text[-1:].islower() else "word"

    def anchors(self) -> Anchors:
        return _spelled(self._forms())

    def _forms(self) -> tuple[str, str]:
        return self.folded, self.folded + "s"


@dataclass(frozen=True, slots=True)
class Exact:
    """=word: the very letters with their diacritics; only case, and the form of apostrophes, do not count."""

    folded: str
    letters: str

    def members(self, zone: Zone) -> int:
        return zone.of_letters(self.letters)

    def by(self, zone: Zone, place: int) -> By:  # noqa: ARG002 - the same at every place
        return "exact"

    def anchors(self) -> Anchors:
        return _spelled((self.letters,))


@dataclass(frozen=True, slots=True)
class Shape:
    """A folded word with ? for single letters; `is_open`: it ended with *, so more letters may follow."""

    letters: str
    is_open: bool

    def members(self, zone: Zone) -> int:
        return zone.of_shape(self.letters, is_open=self.is_open)

    def by(self, zone: Zone, place: int) -> By:  # noqa: ARG002 - the same at every place
        return "pattern" if "?" in self.letters else "prefix"

    def anchors(self) -> Anchors:
        beginning = self._beginning()
        known = [length for length in ANCHOR_PREFIXES if length <= len(beginning)]
        return (frozenset([beginning[: max(known)] + "*"]),) if known else ()

    def _beginning(self) -> str:
        return self.letters.partition("?")[0]


def pattern_of(word: Word, *, exact: bool, acronyms: bool) -> Pattern:
    """The pattern of a word without wildcards. `acronyms`: short words in capitals match only such words."""
    if exact:
        return Exact(word.folded, letters_of(word.text))
    if acronyms and is_acronym(word.text):
        return Acronym(fold(acronym_letters(word.text)))
    return Plain(word.folded, word.is_capitalised, word.text)


@lru_cache(maxsize=65_536)
def _spelled(forms: tuple[str, ...]) -> Anchors:
    """The anchors of a word that may be written in one of these forms, in an article of any language."""
    return (frozenset(map(spelling_key, chain.from_iterable(map(keys_in_any, forms)))),)


def all_needed(options: Iterable[Anchors]) -> Anchors:
    """The anchors of something that needs every part: all of theirs."""
    each = tuple(options)
    return each[0] if len(each) == 1 else tuple(dict.fromkeys(chain.from_iterable(each)))


def any_needed(options: Iterable[Anchors]) -> Anchors:
    """The anchors of something that needs one part of several: whichever it is, its rarest set is met, and so on.

    None if one part has none. Which of a part's sets is rare is a guess: few alternatives are, and so are long words.
    """
    ranked = [anchors if len(anchors) == 1 else tuple(sorted(anchors, key=_by_rarity)) for anchors in options]
    return ranked[0] if len(ranked) == 1 else tuple(frozenset().union(*sets) for sets in zip(*ranked, strict=False))


def _by_rarity(keys: frozenset[str]) -> tuple[int, int, list[str]]:
    return len(keys), -min(map(len, keys), default=0), sorted(keys)
