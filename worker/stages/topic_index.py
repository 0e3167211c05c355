"""All topics against one article: only those are asked that may match.

After the presearcher of Lucene Monitor: a query is entered under the words that it cannot do without. What it needs is
a list of sets of words, names or values, of each of which an article must have one (`clauses.Clause.anchors`). The
query is entered under each member of the set that fewest articles are expected to meet; an article that meets it is
then held against the other sets, and only when it meets all of them is the query run. So the work follows the topics
that an article is about, and hardly the number of topics.

Keys and sets are numbered, and what topics need lies in a few arrays of such numbers (see `rows`): all topics that an
article may meet are held against it in a few operations, and a hundred thousand topics take some tens of megabytes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from worker.stages.address import canonical, is_id
from worker.stages.anchor_share import share
from worker.stages.follow import FOLLOWED_FOR
from worker.stages.match import Match, Topic, judge
from worker.stages.query import PreparedDocument
from worker.stages.query.document import FIELD_MARK, anchors_of_word, field_key, language_key, outlet_key
from worker.stages.query.patterns import Anchors
from worker.stages.query.values import host_of
from worker.stages.rows import Rows, all_in_each, any_in_each, numbers
from worker.stages.text.table import Table

# Sets, each a text of keys, the likeliest first; the set that fewest articles meet is the first.
Needs: TypeAlias = tuple[str, ...]

BETWEEN_KEYS, BETWEEN_SETS = "\t", "\n"  # no key has any blank but a single space

_LANGUAGES = 32  # whose words are remembered
_REMEMBERED = 131_072  # sets: among many topics, what one needs others need, too
_NONE: Mapping[str, str] = MappingProxyType({})


class TopicIndex:
    """All topics at once. A topic's query is run only if the article has all that the topic needs.

    What it finds is what `judge` finds for each topic in turn. Topics that need nothing known (such as `since:2024`)
    are always run. `before`: an index from which what is known of topics that stay the same is taken.
    """

    def __init__(self, topics: Iterable[Topic], before: "TopicIndex | None" = None) -> None:
        self._topics = tuple(topics)
        self._place = {topic.key: place for place, topic in enumerate(self._topics)}
        if len(self._place) < len(self._topics):
            raise ValueError("two topics have the same key, which would make receipts ambiguous")
        self._needs = [before.needs_of(topic) if before else _needs(topic) for topic in self._topics]
        self._by_example = _by_example(self._topics)
        asked = [place for place, topic in enumerate(self._topics) if topic.query is not None]
        self._always = [place for place in asked if not _is_entered(self._needs[place])]
        self._entered = _Entered([(place, self._needs[place]) for place in asked if _is_entered(self._needs[place])])

    def judge(
        self, document: PreparedDocument, *, followed: Mapping[str, str] = _NONE, liked: Mapping[str, str] = _NONE
    ) -> tuple[Match, ...]:
        """The topics that match, in the order given. `followed` and `liked`: topic key -> what to call the story."""
        found: list[Match] = []
        for topic in self.candidates(document, followed, liked):
            holds = topic.query is not None and topic.query.clause.holds(document)
            story, example = followed.get(topic.key, ""), liked.get(topic.key, "")
            if holds or story or example:  # else nobody asks for a reason
                verdict = judge(topic, document, followed_story=story, like_story=example, holds=holds)
                found += [verdict] if isinstance(verdict, Match) else []
        return tuple(found)

    def candidates(self, document: PreparedDocument, *known: Iterable[str]) -> tuple[Topic, ...]:
        """The topics that may match: those whose needs the article meets, those without any, and the `known` keys."""
        places = {self._place[key] for keys in known for key in keys if key in self._place}
        places.update(self._always)
        places.update(self._entered.met(document))
        return tuple(self._topics[place] for place in sorted(places))

    def with_example(self, labels: Collection[str]) -> tuple[str, ...]:
        """The keys of the topics that have one of these articles, ids or addresses, among their examples."""
        places = {self._place[key] for label in labels for key in self._by_example.get(label, ())}
        return tuple(self._topics[place].key for place in sorted(places))

    def followed_for(self, key: str) -> timedelta:
        """How long a topic follows a story that is quiet; of one that is not among these any more: as is usual."""
        place = self._place.get(key)
        return FOLLOWED_FOR if place is None else self._topics[place].followed_for

    @property
    def has_examples(self) -> bool:
        """Whether any topic has one."""
        return bool(self._by_example)

    def needs_of(self, topic: Topic) -> Needs:
        """The sets that an article must meet for the topic's query to be run, the rarest first."""
        place = self._place.get(topic.key)
        is_known = place is not None and self._topics[place] is topic
        return self._needs[place] if is_known and place is not None else _needs(topic)


class _Entered:
    """Topics, by their places, under the keys of the first set that each needs."""

    def __init__(self, topics: Sequence[tuple[int, Needs]]) -> None:
        sets = _numbered(one_of for _, needs in topics for one_of in needs)
        keys = [one_of.split(BETWEEN_KEYS) for one_of in sets]
        self._number = _numbered(chain.from_iterable(keys))
        self._by_word: dict[str, Table[tuple[int, ...]]] = {}
        self._fields = sorted({key.partition(FIELD_MARK)[0] for key in self._number if FIELD_MARK in key})
        self._places = numbers(place for place, _ in topics)
        self._sets = Rows.of([[*map(sets.__getitem__, needs)] for _, needs in topics])
        self._keys = Rows.of([[*map(self._number.__getitem__, one_of)] for one_of in keys])
        entered, lengths = self._keys.joined(numbers(sets[needs[0]] for _, needs in topics))
        self._by_key = Rows.by_key(entered, np.repeat(np.arange(len(topics)), lengths), len(self._number))

    def met(self, document: PreparedDocument) -> Iterable[int]:
        """The places of those whose every set the article meets."""
        found_keys = self._keys_of(document) if self._number else ()
        if not found_keys:
            return ()
        keys = numbers(found_keys)
        rows = np.unique(self._by_key.joined(keys)[0])
        if not len(rows):
            return ()
        is_there = np.zeros(len(self._number), bool)
        is_there[keys] = True
        sets, sets_of_each = self._sets.joined(rows)
        keys_of_sets, keys_of_each = self._keys.joined(sets)
        is_met = all_in_each(any_in_each(is_there[keys_of_sets], keys_of_each), sets_of_each)
        found: list[int] = self._places[rows[is_met]].tolist()
        return found

    def _keys_of(self, document: PreparedDocument) -> Collection[int]:
        """The numbers of the keys that the article has; others than these no topic needs."""
        of_word = self._numbers_by_word(document.document.language).__getitem__
        words = chain.from_iterable(zone.distinct for zone in document.zones(""))
        of_fields = map(self._known, map(document.anchors_of, self._fields))
        return frozenset(chain.from_iterable(chain(map(of_word, words), of_fields)))

    def _numbers_by_word(self, language: str) -> Table[tuple[int, ...]]:
        """Of most words no topic needs anything: what is remembered of them is short."""
        table = self._by_word.get(language)
        if table is None:
            if len(self._by_word) >= _LANGUAGES:
                self._by_word.clear()
            table = self._by_word[language] = Table(lambda word: self._known(anchors_of_word(word, language)))
        return table

    def _known(self, keys: Iterable[str]) -> tuple[int, ...]:
        return tuple([self._number[key] for key in keys if key in self._number])


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    """A number from 0 for each different text."""
    return {text: number for number, text in enumerate(dict.fromkeys(texts))}


def _is_entered(needs: Needs) -> bool:
    """Whether anything is known that the topic needs."""
    return bool(needs and needs[0])


def _by_example(topics: Iterable[Topic]) -> Mapping[str, Sequence[str]]:
    """The keys of the topics that have an article among their examples, by its label."""
    found: dict[str, list[str]] = defaultdict(list)
    for topic in topics:
        for example in topic.like:
            found[_label(example)].append(topic.key)
    return found


@lru_cache(maxsize=1_024)
def _filters(languages: frozenset[str], only_sources: frozenset[str]) -> Anchors:
    """What a topic's own filters need of an article."""
    codes = frozenset(field_key("lang", language_key(code)) for code in languages)
    hosts = frozenset(field_key("site", host_of(entry)) for entry in only_sources)
    outlets = frozenset(field_key("outlet", outlet_key(entry)) for entry in only_sources)
    return tuple(keys for keys in (codes, hosts | outlets) if keys)


def needs_as_text(topic: Topic) -> str:
    """What a topic needs, to be kept as its `needs`: to work it out takes longer than all else."""
    if topic.query is None:
        return ""
    anchors = (*topic.query.anchors, *_filters(topic.languages, topic.only_sources))
    return BETWEEN_SETS.join([keys for _, keys in sorted([_weighed(keys, topic.languages) for keys in anchors])])


def _needs(topic: Topic) -> Needs:
    text = needs_as_text(topic) if topic.needs is None else topic.needs
    return tuple(text.split(BETWEEN_SETS)) if text else ()


@lru_cache(maxsize=_REMEMBERED)
def _weighed(keys: frozenset[str], languages: frozenset[str]) -> tuple[float, str]:
    """The share of articles that will meet a set, and the set with the likeliest key first."""
    shares = sorted([(share(key, languages), key) for key in keys], reverse=True)
    return sum([part for part, _ in shares]), BETWEEN_KEYS.join([key for _, key in shares])


def _label(example: str) -> str:
    return example if is_id(example) else canonical(example)
