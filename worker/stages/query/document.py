"""The article as queries see it: its words split once, found again by their folded form.

Many queries are run on one prepared document. All that they need is made when first asked for: where no topic may
match, preparing costs nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from worker.stages.query.endings import singular
from worker.stages.query.values import host_of
from worker.stages.text.fold import spelling_key
from worker.stages.text.words import Word, split

ANCHOR_PREFIX = 3  # letters of a word by which queries with word* are found again


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


class Zone:
    """One stretch of text that a phrase may not leave: the title, the text, one author, one name."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text

    @cached_property
    def words(self) -> Sequence[Word]:
        return split(self.text)

    @property
    def keys(self) -> Iterable[str]:
        """The distinct words, folded and without plural endings."""
        return self._places.keys()

    def places_of(self, key: str) -> Sequence[int]:
        """Where the word with this folded singular stands, ascending; places count words."""
        return self._places.get(key, ())

    def names_spelled(self, key: str) -> Sequence[int]:
        """Where a word with a capital stands whose `spelling_key` this is."""
        return self._capitalised_by_spelling.get(key, ())

    def starting_with(self, prefix: str) -> Iterator[tuple[str, list[int]]]:
        """The distinct folded words that begin so, each with its places."""
        vocabulary = self._vocabulary
        for index in range(bisect_left(vocabulary, prefix), len(vocabulary)):
            if not vocabulary[index].startswith(prefix):
                return
            yield vocabulary[index], self._places_by_form[vocabulary[index]]

    def slice_of(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the words from place `first` up to, without, place `last`."""
        return self.words[first].start, self.words[last - 1].end

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for form, places in self._places_by_form.items():
            found[singular(form)] += places
        return {key: sorted(places) for key, places in found.items()}

    @cached_property
    def _capitalised_by_spelling(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            if word.is_capitalised:
                found[spelling_key(singular(word.folded))].append(place)
        return dict(found)

    @cached_property
    def _places_by_form(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            found[word.folded].append(place)
        return dict(found)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._places_by_form)


class PreparedDocument:
    """A document whose words are split when they are needed; make it with `prepare`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.host = host_of(document.site or document.url)
        self._zones: dict[str, tuple[Zone, ...]] = {
            "": (Zone("title", document.title), Zone("text", document.text)),
        }
        self._zones["title"] = self._zones[""][:1]

    def zones(self, field: str) -> tuple[Zone, ...]:
        """The stretches of text that a field stands for; "" stands for title and text."""
        if field not in self._zones:
            self._zones[field] = tuple(Zone(name, text) for name, text in self._texts_of(field) if text)
        return self._zones[field]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Everything by which a query that could match here may be found; see `clauses.Clause.anchors`."""
        forms = {word.folded for zone in self.zones("") for word in zone.words}
        return frozenset(chain.from_iterable(map(_anchors_of_form, forms)))

    def _texts_of(self, field: str) -> list[tuple[str, str]]:
        document = self.document
        if field == "source":
            return [("source", document.source), ("site", self.host)]
        if field == "author":
            return [("author", author) for author in document.authors]
        return [("name", name) for name in document.names]


@lru_cache(maxsize=65_536)
def _anchors_of_form(folded: str) -> tuple[str, str]:
    """A word's spelling and its beginning."""
    return spelling_key(singular(folded)), folded[:ANCHOR_PREFIX] + "*"


def prepare(document: Document) -> PreparedDocument:
    """So that many queries can be run on it, its words split once, when the first needs them."""
    return PreparedDocument(document)
