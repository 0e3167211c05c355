"""All topics against one article: only those are asked that may match.

After the presearcher of Lucene Monitor: a query is entered under the words that it cannot do without. What it needs is
a list of sets of words, names or values, of each of which an article must have one (`clauses.Clause.anchors`). The
query is entered under each member of the set that fewest articles are expected to meet; an article that meets it is
then held against the other sets, and only when it meets all of them is the query run. So the work follows the topics
that an article is about, and hardly the number of topics.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from worker.stages.address import canonical, is_id
from worker.stages.anchor_share import share
from worker.stages.match import Match, Topic, judge
from worker.stages.query import PreparedDocument
from worker.stages.query.document import FIELD_MARK, field_key, language_key, outlet_key
from worker.stages.query.patterns import Anchors
from worker.stages.query.values import host_of

Needs: TypeAlias = tuple[tuple[str, ...], ...]

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
        self._always: list[int] = []
        self._by_anchor: dict[str, list[int]] = defaultdict(list)
        self._needs: list[Needs] = []  # of each topic; it is entered under the first set
        self._by_example: dict[str, list[str]] = defaultdict(list)
        self._fields: set[str] = set()
        for place, topic in enumerate(self._topics):
            self._needs.append(before.needs_of(topic) if before else _needs(topic))
            self._enter(place, topic)

    def judge(
        self, document: PreparedDocument, *, followed: Mapping[str, str] = _NONE, liked: Mapping[str, str] = _NONE
    ) -> tuple[Match, ...]:
        """The topics that match, in the order given. `followed` and `liked`: topic key -> what to call the story."""
        verdicts = (
            judge(topic, document, followed_story=followed.get(topic.key, ""), like_story=liked.get(topic.key, ""))
            for topic in self.candidates(document, followed, liked)
            if topic.key in followed or topic.key in liked or _holds(topic, document)  # else nobody asks for a reason
        )
        return tuple(verdict for verdict in verdicts if isinstance(verdict, Match))

    def candidates(self, document: PreparedDocument, *known: Iterable[str]) -> tuple[Topic, ...]:
        """The topics that may match: those whose needs the article meets, those without any, and the `known` keys."""
        places = {self._place[key] for keys in known for key in keys if key in self._place}
        places.update(self._always)
        places.update(self._met(document) if self._by_anchor else ())
        return tuple(self._topics[place] for place in sorted(places))

    def with_example(self, labels: Collection[str]) -> tuple[str, ...]:
        """The keys of the topics that have one of these articles, ids or addresses, among their examples."""
        places = {self._place[key] for label in labels for key in self._by_example.get(label, ())}
        return tuple(self._topics[place].key for place in sorted(places))

    @property
    def has_examples(self) -> bool:
        """Whether any topic has one."""
        return bool(self._by_example)

    def needs_of(self, topic: Topic) -> Needs:
        """The sets that an article must meet for the topic's query to be run, the rarest first."""
        place = self._place.get(topic.key)
        is_known = place is not None and self._topics[place] is topic
        return self._needs[place] if is_known and place is not None else _needs(topic)

    def _met(self, document: PreparedDocument) -> set[int]:
        present = document.anchors.union(*map(document.anchors_of, self._fields))
        met: set[int] = set()
        needs, lacks = self._needs, present.isdisjoint
        for anchor in present & self._by_anchor.keys():
            for place in self._by_anchor[anchor]:
                for one_of in needs[place]:
                    if lacks(one_of):
                        break
                else:
                    met.add(place)
        return met

    def _enter(self, place: int, topic: Topic) -> None:
        for example in topic.like:
            self._by_example[_label(example)].append(topic.key)
        if topic.query is None:
            return
        needs = self._needs[place]
        if not needs or not needs[0]:
            self._always.append(place)
            return
        for anchor in needs[0]:
            self._by_anchor[anchor].append(place)
        for one_of in needs:
            self._fields.update(_fields_in(one_of))


def _holds(topic: Topic, document: PreparedDocument) -> bool:
    return topic.query is not None and topic.query.clause.holds(document)


@lru_cache(maxsize=1_024)
def _filters(languages: frozenset[str], only_sources: frozenset[str]) -> Anchors:
    """What a topic's own filters need of an article."""
    codes = frozenset(field_key("lang", language_key(code)) for code in languages)
    hosts = frozenset(field_key("site", host_of(entry)) for entry in only_sources)
    outlets = frozenset(field_key("outlet", outlet_key(entry)) for entry in only_sources)
    return tuple(keys for keys in (codes, hosts | outlets) if keys)


def _needs(topic: Topic) -> Needs:
    """The sets, those first which fewest articles will meet."""
    if topic.query is None:
        return ()
    anchors = (*topic.query.anchors, *_filters(topic.languages, topic.only_sources))
    return tuple([keys for _, keys in sorted([_weighed(keys, topic.languages) for keys in anchors])])


@lru_cache(maxsize=_REMEMBERED)
def _weighed(keys: frozenset[str], languages: frozenset[str]) -> tuple[float, tuple[str, ...]]:
    """The share of articles that will meet a set, and the set with the likeliest key first, to be met soon."""
    shares = sorted([(share(key, languages), key) for key in keys], reverse=True)
    return sum([part for part, _ in shares]), tuple([key for _, key in shares])


@lru_cache(maxsize=_REMEMBERED)
def _fields_in(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that these keys are asked of; most are asked of none."""
    return tuple({key.partition(FIELD_MARK)[0] for key in keys if FIELD_MARK in key})


def _label(example: str) -> str:
    return example if is_id(example) else canonical(example)
