"""The article as queries see it: its words split once, found again by their folded form.

Many queries are run on one prepared document. All that they need is made when first asked for: where no topic may
match, preparing costs nothing.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from worker.stages.aliases import acronym_letters, is_acronym
from worker.stages.query.endings import keys_in, without_suffix
from worker.stages.query.spans import set_of
from worker.stages.query.values import host_of
from worker.stages.text.fold import fold, spelling_key
from worker.stages.text.table import Table
from worker.stages.text.words import FOLDED, Pieces, Word, pieces, split

ANCHOR_PREFIXES = (3, 5)  # letters of a word by which queries with word* are found again
_APOSTROPHES = str.maketrans("’ʼ", "''")
_LAST = "\U0010ffff"  # behind every letter in the alphabet
_BLOCK = 64  # neighbours in the alphabet whose places are kept together
FIELD_MARK = ":"  # between field and key of an anchor; no word has one


@dataclass(frozen=True, slots=True)
class Document:
    """What a query is asked about. `source` is the outlet's name, `site` its host, `names` as that stage found them."""

    title: str
    text: str
    source: str = ""
    site: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    names: tuple[str, ...] = ()
    published: datetime | None = None


class _Places:
    """Where words stand, by some key of theirs; as a set when a query first asks for it.

    `by_key`: the words as written that have the key, in order of appearance. `by_written`: where one of them stands.
    Of a thousand words four hundred are different, and what a word's keys are depends on how it is written alone.
    """

    def __init__(self, by_key: Mapping[str, Sequence[str]], by_written: Mapping[str, Sequence[int]]) -> None:
        self.by_key = by_key
        self._by_written = by_written
        self._sets: dict[str, int] = {}

    def of(self, key: str) -> int:
        if key not in self.by_key:
            return 0
        found = self._sets.get(key)
        if found is None:
            found = self._sets[key] = _set_of_all(self.by_key[key], self._by_written)
        return found


def _set_of_all(written: Iterable[str], places: Mapping[str, Sequence[int]]) -> int:
    """Where any of these words stands. Not put together set by set: of a long text's many words each may be large."""
    return set_of(sorted(chain.from_iterable(map(places.__getitem__, written))))


class Zone:
    """One stretch of text that a phrase may not leave: the title, the text, one author, one name."""

    def __init__(self, field: str, text: str, language: str = "") -> None:
        self.field = field
        self.text = text
        self.language = language
        self._keys = keys_in(language)
        self._spellings = _spellings_by_word(language)
        # What words of queries have found here: the same word stands in many topics.
        self.found_small: dict[str, int] = {}
        self.found_capitalised: dict[str, int] = {}
        self._shapes: dict[tuple[str, bool], int] = {}
        self._signs: dict[str, int] = {}

    @cached_property
    def words(self) -> Sequence[Word]:
        return split(self.text)

    @property
    def distinct(self) -> Iterable[str]:
        """Its words as they are written, each once, in order of appearance."""
        return self._pieces.counts

    @property
    def keys(self) -> Iterable[str]:
        """The keys of the distinct words: folded, and without the endings of the language."""
        return self._places.by_key.keys()

    def keys_of(self, written: str) -> tuple[str, ...]:
        """The keys under which words that meet this one stand."""
        return self._keys[written]

    def spellings_of(self, written: str) -> tuple[str, ...]:
        """The `spelling_key` of each key of a word."""
        return self._spellings[written]

    def lacks(self, written: str) -> bool:
        """Is there no word that this one could meet, whether by its keys or by another spelling of a name?"""
        return self._spelled.isdisjoint(self._spellings[written])

    @cached_property
    def _spelled(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(self._spellings.__getitem__, self.distinct)))

    def of_key(self, key: str) -> int:
        """Where words with this key stand; places count words."""
        return self._places.of(key)

    def of_form(self, folded: str) -> int:
        """Where words with this folded form stand."""
        return self._places_by_form.of(folded)

    def of_spelling(self, key: str) -> int:
        """Where words with a capital stand, the `spelling_key` of one of whose keys this is."""
        return self._capitalised_by_spelling.of(key)

    def of_acronym(self, folded: str) -> int:
        """Where a short word in capitals stands (see `aliases.is_acronym`), folded and without points and endings."""
        return self._places_by_acronym.of(folded)

    def of_letters(self, letters: str) -> int:
        """Where words of just these letters stand (see `letters_of`)."""
        return self._places_by_letters.of(letters)

    def of_signs(self, written: str) -> int:
        """Where words stand from which on the text goes on like this, signs and all, in any case."""
        if written not in self._signs:
            self._signs[written] = set_of([*self._goes_on_like(_lowered(written))])
        return self._signs[written]

    def _goes_on_like(self, lowered: str) -> Iterator[int]:
        at = self._lowered.find(lowered)
        while at >= 0:
            if at in self._place_at:
                yield self._place_at[at]
            at = self._lowered.find(lowered, at + 1)

    @cached_property
    def _lowered(self) -> str:
        return _lowered(self.text)

    @cached_property
    def _place_at(self) -> dict[int, int]:
        return {word.start: place for place, word in enumerate(self.words)}

    @cached_property
    def capitalised(self) -> int:
        return _set_of_all(self._written_with_capital, self._places_by_text)

    def of_shape(self, letters: str, *, is_open: bool) -> int:
        """Where folded words stand that have these letters, any letter for each ?, and if open anything behind."""
        shape = (letters, is_open)
        if shape not in self._shapes:
            self._shapes[shape] = self._of_shape(letters, is_open=is_open)
        return self._shapes[shape]

    def _of_shape(self, letters: str, *, is_open: bool) -> int:
        beginning = letters.partition("?")[0]
        first = bisect_left(self._vocabulary, beginning)
        following = bisect_left(self._vocabulary, beginning + _LAST)
        if is_open and beginning == letters:
            return self._of_forms_between(first, following)
        shape = re.compile("".join("." if letter == "?" else re.escape(letter) for letter in letters))
        fits = shape.match if is_open else shape.fullmatch
        return self._of_forms(form for form in self._vocabulary[first:following] if fits(form))

    def _of_forms_between(self, first: int, following: int) -> int:
        """Of neighbours in the alphabet; of many of them block by block."""
        blocks = range(-(-first // _BLOCK), following // _BLOCK)
        if not blocks:
            return self._of_forms(self._vocabulary[first:following])
        members = self._of_forms(self._vocabulary[first : blocks.start * _BLOCK])
        for block in blocks:
            members |= self._blocks[block]
        return members | self._of_forms(self._vocabulary[blocks.stop * _BLOCK : following])

    @cached_property
    def _blocks(self) -> list[int]:
        vocabulary = self._vocabulary
        return [self._of_forms(vocabulary[first : first + _BLOCK]) for first in range(0, len(vocabulary), _BLOCK)]

    def _of_forms(self, forms: Iterable[str]) -> int:
        written = chain.from_iterable(map(self._places_by_form.by_key.__getitem__, forms))
        return _set_of_all(written, self._places_by_text)

    def neighbours(self, form: str) -> Sequence[str]:
        """The folded words just before and just after this one in the alphabet, itself left out."""
        place = bisect_left(self._vocabulary, form)
        return [near for near in self._vocabulary[max(place - 1, 0) : place + 2] if near != form]

    def written(self, form: str) -> str:
        """A folded word as it is first written."""
        return self._places_by_form.by_key[form][0]

    def slice_of(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the words from place `first` up to, without, place `last`."""
        return self.words[first].start, self.words[last - 1].end

    @cached_property
    def _places(self) -> _Places:
        return self._by_keys(self.distinct, map(self._keys.__getitem__, self.distinct))

    @cached_property
    def _capitalised_by_spelling(self) -> _Places:
        written = self._written_with_capital
        return self._by_keys(written, map(self._spellings.__getitem__, written))

    @cached_property
    def _places_by_form(self) -> _Places:
        return self._by_key(self.distinct, map(FOLDED.__getitem__, self.distinct))

    @cached_property
    def _places_by_acronym(self) -> _Places:
        bare = {written: without_suffix(written, self.language) for written in self.distinct}
        acronyms = {written: fold(acronym_letters(text)) for written, text in bare.items() if is_acronym(text)}
        return self._by_key(acronyms, acronyms.values())

    @cached_property
    def _places_by_letters(self) -> _Places:
        return self._by_key(self.distinct, map(letters_of, self.distinct))

    def _by_key(self, written: Iterable[str], keys: Iterable[str]) -> _Places:
        """Of words that have one key each."""
        found: dict[str, list[str]] = defaultdict(list)
        for word, key in zip(written, keys, strict=True):
            found[key].append(word)
        return _Places(found, self._places_by_text)

    def _by_keys(self, written: Iterable[str], keys: Iterable[Iterable[str]]) -> _Places:
        found: dict[str, list[str]] = defaultdict(list)
        for word, keys_of_word in zip(written, keys, strict=True):
            for key in keys_of_word:
                found[key].append(word)
        return _Places(found, self._places_by_text)

    @cached_property
    def _pieces(self) -> Pieces:
        return pieces(self.text)

    @cached_property
    def _written_with_capital(self) -> Sequence[str]:
        return [written for written in self._pieces.counts if written[0].isupper()]

    @cached_property
    def _places_by_text(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {written: [] for written in self._pieces.counts}
        for place, written in enumerate(self._pieces.words):
            found[written].append(place)
        return found

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._places_by_form.by_key)


class PreparedDocument:
    """A document whose words are split when they are needed; make it with `prepare`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # What was found in title and text, and what was told of it: many topics ask for the same.
        self.held: dict[object, bool] = {}
        self.told: dict[object, tuple[Any, ...]] = {}
        self.host = host_of(document.site or document.url)
        self._zones: dict[str, tuple[Zone, ...]] = {
            "": (self._zone("title", document.title), self._zone("text", document.text)),
        }
        self._zones["title"] = self._zones[""][:1]

    def zones(self, field: str) -> tuple[Zone, ...]:
        """The stretches of text that a field stands for; "" stands for title and text."""
        if field not in self._zones:
            self._zones[field] = tuple(self._zone(name, text) for name, text in self._texts_of(field) if text)
        return self._zones[field]

    def _zone(self, field: str, text: str) -> Zone:
        return Zone(field, text, self.document.language)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """All by which a query of title and text that could match here may be found; see `clauses.Clause.anchors`."""
        return self._anchors_in("")

    def anchors_of(self, field: str) -> frozenset[str]:
        """The same of one field, each key marked with it; "outlet" is the source's name as a whole."""
        if field == "site":
            keys = _with_parts_above(self.host, ".", from_end=True)
        elif field == "lang":
            keys = _with_parts_above(language_key(self.document.language), "-", from_end=False)
        elif field == "url":
            keys = letters_in_threes(self.document.url)
        elif field == "outlet":
            keys = frozenset([outlet_key(self.document.source)])
        else:
            keys = self._anchors_in(field)
        return frozenset(field_key(field, key) for key in keys)

    def _anchors_in(self, field: str) -> frozenset[str]:
        language = self.document.language
        words = chain.from_iterable(zone.distinct for zone in self.zones(field))
        return frozenset(chain.from_iterable(anchors_of_word(word, language) for word in words))

    def _texts_of(self, field: str) -> list[tuple[str, str]]:
        document = self.document
        if field == "source":
            return [("source", document.source), ("site", self.host)]
        if field == "author":
            return [("author", author) for author in document.authors]
        return [("name", name) for name in document.names]


@lru_cache(maxsize=32)
def _spellings_by_word(language: str) -> Table[tuple[str, ...]]:
    """The spellings of a word's keys, each once."""
    keys = keys_in(language)

    def spellings(written: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(spelling_key, keys[written])))

    return Table(spellings)


def anchors_of_word(written: str, language: str) -> tuple[str, ...]:
    """A word's spellings and its beginnings. What meets it shares one of its keys, and so the spelling of that."""
    folded, (short, long) = FOLDED[written], ANCHOR_PREFIXES
    return (*_spellings_by_word(language)[written], folded[:short] + "*", folded[:long] + "*")


def field_key(field: str, key: str) -> str:
    """The anchor of something that is asked of one field."""
    return f"{field}{FIELD_MARK}{key}"


def language_key(code: str) -> str:
    """The code as `values.is_language` compares it."""
    return code.lower().replace("_", "-")


def outlet_key(source: str) -> str:
    """An outlet's name as filters compare it."""
    return " ".join(fold(source).split())


def _with_parts_above(whole: str, mark: str, *, from_end: bool) -> frozenset[str]:
    """The whole and what is left of it at each mark: news.example.org, example.org and org; zh-Hant-TW, zh-Hant, zh."""
    marks = [place for place, letter in enumerate(whole) if letter == mark]
    return frozenset([whole, *(whole[place + 1 :] if from_end else whole[:place] for place in marks)])


def letters_in_threes(address: str) -> frozenset[str]:
    """Every three letters in a row, lower case."""
    lowered = address.lower()
    return frozenset(lowered[place : place + 3] for place in range(len(lowered) - 2))


def _lowered(text: str) -> str:
    """The text in small letters, each where it stood: the Turkish İ, which would become two, is kept."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(map(_lowered_letter, text))


def _lowered_letter(letter: str) -> str:
    return letter.lower() if len(letter.lower()) == 1 else letter


def letters_of(text: str) -> str:
    """The letters that an exact word compares."""
    return unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)


def prepare(document: Document) -> PreparedDocument:
    """So that many queries can be run on it, its words split once, when the first needs them."""
    return PreparedDocument(document)
