"""Whether silence means that nothing happened: who carries a topic, and how they are."""

import pytest

from tests.pipeline.newsroom import AGROUND, AGROUND_COPIED, MORNING, PIGEONS, SCHOOL, Outlet
from tests.pipeline.pipeline import Pipeline
from worker.steps.coverage import Coverage, coverage_of

NEWS = {"name": "News", "query": "Orla OR pigeons OR Vellinge"}
DAYS = 30


@pytest.fixture
def carried(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """Three stories: the Herald has all of them, the Courier one, as a copy."""
    pipeline.waits(hours=30)
    pipeline.follows(NEWS)
    pipeline.polls(herald.feed_url, courier.feed_url)
    for report in (AGROUND, PIGEONS, SCHOOL):
        herald.publishes(report)
    courier.publishes(AGROUND_COPIED)
    pipeline.runs()
    return pipeline


def coverage(pipeline: Pipeline) -> Coverage:
    return coverage_of(pipeline.runtime, "News", DAYS)


def test_a_source_carries_a_story_with_a_copy_and_is_no_list_by_it(carried: Pipeline) -> None:
    found = coverage(carried)
    assert (found.reports, found.stories) == (4, 3)
    assert [(carrier.title, carrier.stories, carrier.is_usual) for carrier in found.carriers] == [
        ("Herald", 3, True),
        ("Courier", 1, False),  # one story may be chance
    ]
    assert (found.missed.seen, found.missed.lists, found.missed.total) == (3, 1, None)


def test_each_share_has_its_interval(carried: Pipeline) -> None:
    herald, courier = coverage(carried).carriers
    assert herald.share.low < herald.share.estimate == 1
    assert courier.share.estimate == pytest.approx(1 / 3)
    assert courier.share.low < 1 / 3 < courier.share.high


def test_a_source_that_usually_carries_it_and_fails_comes_first_with_since_when(
    carried: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    courier.publishes(PIGEONS.later(90))
    courier.publishes(SCHOOL.later(90))
    herald.site.fails(herald.feed_path, 500)
    before = carried.now
    for _ in range(3):
        carried.polls_again()
    found = coverage(carried)
    first = found.carriers[0]
    assert (first.title, first.state, first.is_well) == ("Herald", "failing", False)
    assert before < first.since <= carried.now
    assert "500" in first.reason
    assert [carrier.title for carrier in found.unwell] == ["Herald"]
    assert [carrier.title for carrier in found.usual] == ["Herald", "Courier"]


def test_what_lies_before_the_time_asked_about_does_not_count(carried: Pipeline) -> None:
    carried.waits(days=DAYS + 2)
    found = coverage(carried)
    assert (found.reports, found.stories, found.carriers) == (0, 0, ())
    assert found.silence is not None  # when the last report was is told all the same
    assert found.silence.since == AGROUND_COPIED.published
    assert found.silence.since > MORNING


def test_a_topic_that_has_matched_nothing_has_no_silence_to_measure(pipeline: Pipeline) -> None:
    pipeline.follows(NEWS)
    found = coverage(pipeline)
    assert (found.silence, found.carriers, found.missed.total) == (None, (), None)
