"""What matching one article costs: with few topics, with many, and with every query asked in turn."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bench.topics.each_query import EachQuery
from worker.stages.match import Match, Topic, judge
from worker.stages.query import Document, PreparedDocument, compile_query, prepare
from worker.stages.topic_index import TopicIndex

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds for an article, those of them for asking alone; how many topics were asked and matched."""

    milliseconds: float
    asking: float
    asked: float
    matched: float

    @property
    def of_a_match(self) -> float:
        """Milliseconds for telling one."""
        return max(0.0, self.milliseconds - self.asking) / self.matched if self.matched else 0.0

    def of_a_candidate(self, few: "Cost") -> float:
        """Milliseconds for asking one topic, beyond what an article costs with few."""
        more = self.asked - few.asked
        return max(0.0, self.asking - few.asking) / more if more > 0 else 0.0

    @property
    def in_words(self) -> str:
        return f"asking {self.asking:.2f} ms; {self.asked:.1f} topics asked, {self.matched:.2f} match"


def topics_of(queries: Iterable[str]) -> list[Topic]:
    return [Topic(str(number), "", compile_query(query)) for number, query in enumerate(queries)]


def indexed_cost(index: TopicIndex, articles: Sequence[Document]) -> Cost:
    """Through the index. The first half of the articles brings everything to the temperature of a running worker."""
    half = len(articles) // 2
    _spent(index.judge, articles[:half])
    documents = articles[half:]
    asked_topics: list[Topic] = []

    def ask(document: PreparedDocument) -> tuple[Topic, ...]:
        candidates = index.candidates(document)
        asked_topics.extend(candidates)
        return tuple(topic for topic in candidates if topic.query and topic.query.clause.holds(document))

    seconds, matches = _spent(index.judge, documents)
    asking, _ = _spent(ask, documents)
    each = len(documents)
    return Cost(1_000 * seconds / each, 1_000 * asking / each, len(asked_topics) / each, sum(map(len, matches)) / each)


def plain_milliseconds(topics: Sequence[Topic], articles: Sequence[Document]) -> float:
    """For an article of which every query is asked; a reason is only sought where it holds, as through the index."""

    def every(document: PreparedDocument) -> tuple[Match, ...]:
        return by_every_query(topics, document)

    seconds, _ = _spent(every, articles)
    return 1_000 * seconds / len(articles)


def by_every_query(topics: Iterable[Topic], document: PreparedDocument) -> tuple[Match, ...]:
    verdicts = (judge(topic, document) for topic in topics if topic.query and topic.query.clause.holds(document))
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Match))


def assert_equal(index: TopicIndex, topics: Sequence[Topic], articles: Sequence[Document]) -> int:
    """The index finds what every query in turn finds, receipts and all; how many matches that were."""
    return _compared(index, articles, (by_every_query(topics, prepare(article)) for article in articles))


def assert_equal_to_each_query(index: TopicIndex, topics: Sequence[Topic], articles: Sequence[Document]) -> int:
    """The same, by asking what queries share once: of all articles at once, and without an index."""
    return _compared(index, articles, EachQuery(topics).matches(articles))


def _compared(index: TopicIndex, articles: Sequence[Document], expected: Iterable[tuple[Match, ...]]) -> int:
    found = 0
    for article, matches in zip(articles, expected, strict=True):
        assert index.judge(prepare(article)) == matches, f"the index differs for {article.url or article.title}"
        found += len(matches)
    return found


def _spent(
    work: Callable[[PreparedDocument], tuple[Found, ...]], articles: Iterable[Document]
) -> tuple[float, list[tuple[Found, ...]]]:
    """Seconds of CPU for all articles, and what was found in each."""
    seconds, found = 0.0, []
    for article in articles:
        document = prepare(article)
        for zone in document.zones(""):
            _ = zone.words  # split by then, for other stages
        before = time.process_time()
        found.append(work(document))
        seconds += time.process_time() - before
    return seconds, found
