"""Coverage health: the readers of a topic are told when its usual sources do not come through, once for each outage."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Outage, Source
from tests.pipeline.newsroom import AGROUND, PIGEONS, SCHOOL, Outlet
from tests.pipeline.pipeline import Pipeline
from worker.stages.outage import Lost, in_words, is_outage
from worker.steps.outage import LOOK_EVERY, watch_outages

NEWS = {"name": "News", "query": "Orla OR Vellinge OR Ghent", "alert": {"to": ["log"]}}


@pytest.fixture
def carried(either_pipeline: Pipeline, herald: Outlet) -> Pipeline:
    either_pipeline.follows(NEWS)
    either_pipeline.polls(herald.feed_url)
    for report in (AGROUND, SCHOOL, PIGEONS):
        herald.publishes(report)
    either_pipeline.runs()
    return either_pipeline


def becomes(pipeline: Pipeline, state: str) -> None:
    def work(session: Session) -> None:
        for source in session.scalars(select(Source)):
            source.state, source.since, source.reason = state, pipeline.now, "no answer"

    pipeline.database.write(work)


def looks(pipeline: Pipeline) -> list[str]:
    """Let it be looked again; the sentences about sources that were told so far."""
    pipeline.waits(seconds=LOOK_EVERY.total_seconds())
    watch_outages(pipeline.runtime)
    pipeline.runs("deliver")
    return [alert.new[0] for alert in pipeline.alerts() if alert.reason == "quiet-source"]


def test_an_outage_is_told_once_until_it_is_over(carried: Pipeline) -> None:
    assert looks(carried) == []
    becomes(carried, "failing")
    said = looks(carried)
    assert said == ["1 of 1 source that usually carries this topic does not come through: Herald (failing)."]
    assert looks(carried) == said
    becomes(carried, "quiet")
    assert looks(carried) == said
    becomes(carried, "healthy")
    assert looks(carried) == said
    assert carried.all(Outage) == []
    becomes(carried, "quiet")
    assert len(looks(carried)) == 2
    assert "quiet" in carried.lines[-1]


def test_it_is_not_looked_at_every_tick(carried: Pipeline) -> None:
    assert looks(carried) == []
    becomes(carried, "failing")
    assert watch_outages(carried.runtime) == ()


def test_a_topic_that_does_not_ask_is_not_told(carried: Pipeline) -> None:
    carried.follows({**NEWS, "alert": {"to": ["log"], "on": ["first"]}})
    becomes(carried, "failing")
    assert looks(carried) == []


def test_a_source_that_was_removed_is_no_outage(carried: Pipeline) -> None:
    becomes(carried, "retired")
    assert looks(carried) == []


@pytest.mark.parametrize(
    ("usual", "lost", "expected"), [(0, 0, False), (1, 0, False), (1, 1, True), (3, 1, True), (4, 1, False)]
)
def test_a_third_of_the_usual_sources_is_too_many(usual: int, lost: int, expected: bool) -> None:
    assert is_outage(usual, lost) is expected


def test_many_are_counted() -> None:
    lost = [Lost(f"Paper {number}\n", "quiet") for number in range(5)]
    assert in_words(lost, 6).endswith("do not come through: Paper 0 (quiet), Paper 1 (quiet), Paper 2 (quiet), 2 more.")
