"""What matching one article costs: with few topics, with many, and with every query asked in turn."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from worker.stages.match import Match, Topic, judge
from worker.stages.query import Document, PreparedDocument, compile_query, prepare
from worker.stages.topic_index import TopicIndex


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds for an article, how many topics were asked, and how many matched."""

    milliseconds: float
    asked: float
    matched: float


def topics_of(queries: Iterable[str]) -> list[Topic]:
    return [Topic(str(number), "", compile_query(query)) for number, query in enumerate(queries)]


def indexed_cost(index: TopicIndex, articles: Sequence[Document]) -> Cost:
    """Through the index. The first half of the articles brings everything to the temperature of a running worker."""
    half = len(articles) // 2
    _spent(index.judge, articles[:half])
    documents = articles[half:]
    seconds, matches = _spent(index.judge, documents)
    asked = sum(len(index.candidates(prepare(document))) for document in documents)
    return Cost(1_000 * seconds / len(documents), asked / len(documents), sum(map(len, matches)) / len(documents))


def plain_cost(topics: Sequence[Topic], articles: Sequence[Document]) -> Cost:
    """Every query asked; a reason is only sought where it holds, as through the index."""

    def every(document: PreparedDocument) -> tuple[Match, ...]:
        return by_every_query(topics, document)

    seconds, matches = _spent(every, articles)
    return Cost(1_000 * seconds / len(articles), len(topics), sum(map(len, matches)) / len(articles))


def by_every_query(topics: Iterable[Topic], document: PreparedDocument) -> tuple[Match, ...]:
    verdicts = (judge(topic, document) for topic in topics if topic.query and topic.query.clause.holds(document))
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Match))


def assert_equal(index: TopicIndex, topics: Sequence[Topic], articles: Sequence[Document]) -> int:
    """The index finds what every query in turn finds, receipts and all; how many matches that were."""
    found = 0
    for number, article in enumerate(articles):
        document = prepare(article)
        expected = by_every_query(topics, document)
        assert index.judge(document) == expected, f"the index differs for {article.url or article.title}"
        found += len(expected)
        if number % 20 == 0:
            print(f"\r{number} of {len(articles)} articles asked of every query", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _spent(
    work: Callable[[PreparedDocument], tuple[Match, ...]], articles: Iterable[Document]
) -> tuple[float, list[tuple[Match, ...]]]:
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
