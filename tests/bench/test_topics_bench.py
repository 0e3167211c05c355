"""The measures of many topics, with few: that they run, compare what they say, and are the same each time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.topics import percolation
from bench.topics.__main__ import measure
from bench.topics.articles import read_articles
from bench.topics.cost import by_every_query, topics_of
from bench.topics.each_query import EachQuery
from bench.topics.synthetic import queries
from tests.worker.stages.test_topic_index import TEXTS, topics_of_many_kinds
from worker.stages.match import Topic
from worker.stages.query import Document, prepare

ARTICLES = read_articles(None)


def test_all_is_measured_with_the_articles_that_come_with_the_program() -> None:
    rows = {row.what: row for row in measure(ARTICLES[:20], 40, every=False)}
    assert {"loading 40 topics: again", "times the cost", "cheaper than the fastest"} <= rows.keys()
    assert all(row.ours is not None and row.ours > 0 for row in rows.values())
    assert rows["percolation, 40 topics"].others["SQLite FTS5"] > 0


def test_the_topics_are_the_same_each_time_and_all_different() -> None:
    written = queries(ARTICLES, 200)
    assert written == queries(ARTICLES, 200)
    assert len(set(written)) == 200
    assert any("NEAR/" in query for query in written)
    assert any("title:" in query for query in written)


def test_percolation_by_sqlite_finds_what_the_index_finds() -> None:
    texts = percolation.plain_articles(ARTICLES)
    asked = percolation.shared_queries(texts, 60)
    mine, theirs = (percolation.milliseconds(find(asked), texts)[1] for find in (percolation.ours, percolation.fts5))
    assert mine == theirs
    assert any(mine)


DOCUMENTS = st.lists(
    st.builds(Document, TEXTS, TEXTS, source=TEXTS, site=st.sampled_from(["example.org", ""])), max_size=3
)


@settings(deadline=None)  # a loaded machine is no failure
@given(topics_of_many_kinds(), DOCUMENTS)
def test_asking_what_queries_share_finds_what_asking_each_finds(topics: list[Topic], documents: list[Document]) -> None:
    expected = [by_every_query(topics, prepare(document)) for document in documents]
    assert EachQuery(topics).matches(documents) == expected


def test_asking_what_topics_share_finds_what_asking_each_finds() -> None:
    topics, articles = topics_of(queries(ARTICLES, 300)), ARTICLES[::3]
    expected = [by_every_query(topics, prepare(article)) for article in articles]
    assert any(expected)
    assert EachQuery(topics).matches(articles) == expected
