"""Runs the measures and prints them beside their goals."""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from bench.quality.table import Row, show
from bench.topics import percolation
from bench.topics.articles import read_articles
from bench.topics.cost import (
    assert_equal,
    assert_equal_to_each_query,
    indexed_cost,
    plain_milliseconds,
    topics_of,
)
from bench.topics.loading import load_in_new_process, seconds_to_take_a_change, write_folder
from bench.topics.synthetic import queries
from worker.stages.match import Topic
from worker.stages.query import Document
from worker.stages.topic_index import TopicIndex
from worker.topics import LiveTopics

FEW = 1_000
FULL = 100_000
DEFAULT = 2_000
AT_ONCE = 300  # articles that are timed
ASKED = 1_000_000  # times that a query is asked of an article to see what that costs without an index
FEWEST_ASKED = 5  # articles
PERCOLATED = 10_000  # topics
PERCOLATIONS = 5  # articles


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="bench.topics")
    parser.add_argument("articles", nargs="?", type=Path, help="a file with an article a line")
    parser.add_argument("--topics", type=int, default=DEFAULT)
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} topics")
    parser.add_argument("--every", action="store_true", help="every article asked of every query")
    wanted = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    articles, count = read_articles(wanted.articles), FULL if wanted.full else wanted.topics
    show(list(measure(articles, count, every=wanted.every)))


def measure(articles: Sequence[Document], count: int, *, every: bool) -> Iterator[Row]:
    """All that is measured, with so many topics. `every`: the index is compared on every article for all of them."""
    written = queries(articles, count)
    yield from _loading(written)
    yield from _matching(articles, written, every=every)
    yield from _of_other_stories(articles, written[:FEW], count) if count > FEW else ()
    yield from _percolating(articles, min(count, PERCOLATED))


def _loading(written: Sequence[str]) -> Iterator[Row]:
    share = len(written) / FULL  # the goals are for a hundred thousand
    with tempfile.TemporaryDirectory() as name:
        folder, kept = Path(name, "topics"), Path(name, "kept.sqlite")
        folder.mkdir()
        write_folder(folder, written)
        first, again = load_in_new_process(folder, kept), load_in_new_process(folder, kept)
        assert first.topics == again.topics == len(written)
        clock = [0.0]
        live = LiveTopics(folder, required=True, kept=kept, clock=lambda: clock[0])
        changed = seconds_to_take_a_change(live, folder, clock)
        room = kept.stat().st_size / 2**20
    many = f"{len(written):,} topics"
    for what, seconds, goal in (("first", first.seconds, 60), ("again", again.seconds, 5), ("one changed", changed, 5)):
        yield Row(f"loading {many}: {what}", seconds, goal if share == 1 else None, unit="s", more_is_better=False)
    yield Row(f"memory with {many}", again.mebibytes, unit="MiB", note=f"{room:.0f} MiB kept between runs")


def _matching(articles: Sequence[Document], written: Sequence[str], *, every: bool) -> Iterator[Row]:
    topics = topics_of(written)
    few, many = TopicIndex(topics[:FEW]), TopicIndex(topics)
    timed = articles[:: max(1, len(articles) // (2 * AT_ONCE))]
    asked = articles[:: max(1, len(articles) // max(FEWEST_ASKED, ASKED // len(topics)))]
    of_few, of_many, plain = indexed_cost(few, timed), indexed_cost(many, timed), plain_milliseconds(topics, asked)
    matches_note = f"{of_few.matched:.2f} and {of_many.matched:.2f} match"
    yield Row(
        f"an article against {min(FEW, len(written)):,} topics", of_few.milliseconds, unit="ms", note=of_few.in_words
    )
    yield Row(f"an article against {len(written):,} topics", of_many.milliseconds, unit="ms", note=of_many.in_words)
    ratio, of_asking = of_many.milliseconds / of_few.milliseconds, of_many.asking / of_few.asking
    yield Row("times the cost", ratio, 4, unit="x", more_is_better=False, note=matches_note)
    yield Row("times the cost of asking", of_asking, unit="x", more_is_better=False)
    if len(written) > FEW:
        yield Row("asking one topic more", 1_000 * of_many.of_a_candidate(of_few), unit="us", more_is_better=False)
        yield Row("telling a match", 1_000 * of_many.of_a_match, unit="us", more_is_better=False)
    yield Row("every query asked", plain, unit="ms", note=_equal(asked, articles, topics, many, every=every))
    goal = 25 if len(written) >= FULL else None
    yield Row("cheaper than asking every query", plain / of_many.milliseconds, goal, unit="x")


def _of_other_stories(articles: Sequence[Document], few: Sequence[str], count: int) -> Iterator[Row]:
    """A hundred times the people, who follow other stories: as many topics as before are about an article at hand."""
    elsewhere = queries(articles, count - len(few), at_hand=0.0)
    added = [query for query in elsewhere if query not in set(few)]
    timed = articles[:: max(1, len(articles) // (2 * AT_ONCE))]
    of_few = indexed_cost(TopicIndex(topics_of(few)), timed)
    of_many = indexed_cost(TopicIndex(topics_of([*few, *added])), timed)
    what = f"the same, {len(added):,} of {len(few) + len(added):,} about stories elsewhere"
    ratio = of_many.milliseconds / of_few.milliseconds
    note = f"{of_few.matched:.2f} and {of_many.matched:.2f} match; {of_many.in_words}"
    yield Row(what, ratio, 4, unit="x", more_is_better=False, note=note)


def _equal(
    few: Sequence[Document], articles: Sequence[Document], topics: Sequence[Topic], index: TopicIndex, *, every: bool
) -> str:
    """That the index finds the same: for all topics on `few` articles, or on `every`; for some topics on all."""
    found = assert_equal(index, topics, few)
    if every:
        few, found = articles, assert_equal_to_each_query(index, topics, articles)
    some = topics[:: max(1, len(topics) // FEW)]
    of_some = assert_equal(TopicIndex(some), some, articles)
    return (
        f"same {found:,} matches of all on {len(few):,} articles, "
        f"{of_some:,} of {len(some):,} topics on {len(articles):,}"
    )


def _percolating(articles: Sequence[Document], count: int) -> Iterator[Row]:
    texts = percolation.plain_articles(articles[:: max(1, len(articles) // (2 * PERCOLATIONS))])
    asked = percolation.shared_queries(percolation.plain_articles(articles), count)
    find = percolation.ours(asked)
    percolation.milliseconds(find, texts[PERCOLATIONS:])  # brought to the temperature of a running worker
    texts = texts[:PERCOLATIONS]
    mine, found = percolation.milliseconds(find, texts)
    others = {}
    for name, other in (("SQLite FTS5", percolation.fts5(asked)), ("tantivy", percolation.tantivy(asked))):
        if other is not None:
            others[name], theirs = percolation.milliseconds(other, texts)
            assert theirs == found, f"{name} finds other topics"
    note = "" if "tantivy" in others else "tantivy is not installed"
    yield Row(f"percolation, {count:,} topics", mine, unit="ms", others=others, note=note)
    yield Row("cheaper than the fastest", min(others.values()) / mine, 5 if count >= PERCOLATED else None, unit="x")


if __name__ == "__main__":
    main()
