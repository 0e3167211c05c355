"""Topics with examples: what is like one matches by itself, whatever its story, and its receipt says how much."""

import pytest

from tests.pipeline.newsroom import AGROUND, SCHOOL, STEERING, Outlet
from tests.pipeline.pipeline import Pipeline
from worker.steps.backtest import backtest

YEAR = 365 * 24 * 60  # minutes; later than anything of the same story
ANNIVERSARY = STEERING.named("anniversary").later(YEAR)


@pytest.fixture
def later(either_pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """An hour at which the reports of two years are out."""
    either_pipeline.waits(days=500)
    either_pipeline.polls(herald.feed_url, courier.feed_url)
    return either_pipeline


def publishes_years_apart(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> str:
    """A report, an unlike one, and a year after one that is like the first; the address of the last."""
    herald.publishes(AGROUND)
    herald.publishes(SCHOOL)
    pipeline.polls_again()
    address = courier.publishes(ANNIVERSARY)
    pipeline.polls_again()
    return address


def test_an_article_like_an_example_matches_in_another_story_and_the_receipt_says_how_much(
    later: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    later.follows({"name": "Ferry", "like": [herald.url(AGROUND)], "like_at_least": 0.2})
    address = publishes_years_apart(later, herald, courier)
    first, school, last = (later.article(url) for url in (herald.url(AGROUND), herald.url(SCHOOL), address))
    assert last.story_id != first.story_id
    receipts = {match.article_id: match.receipt for match in later.matches()}
    assert receipts.keys() == {first.id, last.id}
    assert school.id not in receipts
    [score] = receipts[last.id]["scores"]
    assert score["value"] >= score["limit"] == 0.2


def test_without_a_limit_only_the_examples_own_story_matches(later: Pipeline, herald: Outlet, courier: Outlet) -> None:
    later.follows({"name": "Ferry", "like": [herald.url(AGROUND)]})
    publishes_years_apart(later, herald, courier)
    assert [match.article_id for match in later.matches()] == [later.article(herald.url(AGROUND)).id]


def test_an_example_counts_from_when_it_is_read(later: Pipeline, herald: Outlet, courier: Outlet) -> None:
    later.follows({"name": "Ferry", "like": [courier.url(ANNIVERSARY)], "like_at_least": 0.2, "follow": False})
    address = publishes_years_apart(later, herald, courier)
    again = herald.publishes(AGROUND.named("once-more").later(2 * YEAR // 3))
    later.polls_again()
    matched = {match.article_id for match in later.matches()}
    assert later.article(address).id in matched
    assert later.article(herald.url(AGROUND)).id not in matched
    assert (later.article(again).id in matched) is (later.article(again).copy_of is None)


def test_a_backtest_finds_what_is_like_an_example(later: Pipeline, herald: Outlet, courier: Outlet) -> None:
    address = publishes_years_apart(later, herald, courier)
    later.follows({"name": "Ferry", "like": [herald.url(AGROUND)], "like_at_least": 0.2, "follow": False})
    tried = backtest(later.runtime, later.runtime.topics.current(), "Ferry")
    expected = [later.article(url).id for url in (herald.url(AGROUND), address)]
    assert [(match.article, match.by) for match in tried.replay.matches] == [(number, "like") for number in expected]
