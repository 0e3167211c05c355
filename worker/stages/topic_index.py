"""All topics against one article: only those are asked that may match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from worker.stages.match import Match, Topic, judge
from worker.stages.query import PreparedDocument, Query

_NONE: Mapping[str, str] = MappingProxyType({})


class TopicIndex:
    """All topics at once. A topic's query is run only if the article has one of its `anchors`.

    What it finds is what `judge` finds for each topic in turn. Topics without anchors (such as `site:example.org`) are
    always run.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = tuple(topics)
        self._place = {topic.key: place for place, topic in enumerate(self._topics)}
        if len(self._place) < len(self._topics):
            raise ValueError("two topics have the same key, which would make receipts ambiguous")
        self._always: list[int] = []
        self._by_anchor: dict[str, list[int]] = defaultdict(list)
        for place, topic in enumerate(self._topics):
            self._enter(place, topic.query)

    def judge(
        self, document: PreparedDocument, *, followed: Mapping[str, str] = _NONE, liked: Mapping[str, str] = _NONE
    ) -> tuple[Match, ...]:
        """The topics that match, in the order given. `followed` and `liked`: topic key -> what to call the story."""
        verdicts = (
            judge(topic, document, followed_story=followed.get(topic.key, ""), like_story=liked.get(topic.key, ""))
            for topic in self.candidates(document, followed, liked)
        )
        return tuple(verdict for verdict in verdicts if isinstance(verdict, Match))

    def candidates(self, document: PreparedDocument, *known: Iterable[str]) -> tuple[Topic, ...]:
        """The topics that may match: those with an anchor in the article, those without any, and the `known` keys."""
        places = {self._place[key] for keys in known for key in keys if key in self._place}
        places.update(self._always)
        for anchor in document.anchors if self._by_anchor else ():
            places.update(self._by_anchor.get(anchor, ()))
        return tuple(self._topics[place] for place in sorted(places))

    def _enter(self, place: int, query: Query | None) -> None:
        if query is None:
            return
        if query.anchors is None:
            self._always.append(place)
            return
        for anchor in query.anchors:
            self._by_anchor[anchor].append(place)
