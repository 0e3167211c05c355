"""What reading leaves for later: titles and summaries, and what an older version kept in another form."""

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

import worker.steps.tidy
from storage import stories
from storage.search import count_unindexed
from storage.tables import Article, Band, Mention, Name, Story, StoryKey, Term
from tests.pipeline.newsroom import AGROUND, AGROUND_CORRECTED, SALVAGE, Outlet, Report
from tests.pipeline.pipeline import Pipeline
from worker.steps import renew
from worker.steps.regroup import describe
from worker.steps.renew import is_renewed, renew_stories
from worker.steps.study import Study, study
from worker.steps.tidy import has_untidy, tidy

PARROT = Report(
    "parrot",
    "Parrot calls taxi in Lund",
    (
        "A parrot called Rufus in Lund ordered a taxi by itself on Tuesday, its owner Karin Ek said.",
        "The driver waited for ten minutes before he rang the bell, and was greeted in three languages.",
    ),
)


@pytest.fixture
def reading(either_pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    either_pipeline.polls(herald.feed_url, courier.feed_url)
    return either_pipeline


def read_without_tidying(pipeline: Pipeline) -> None:
    pipeline.runs("poll", "fetch", "read", "deliver")


def is_untidy(pipeline: Pipeline) -> bool:
    return has_untidy(pipeline.runtime)


def as_an_older_version_left_it(pipeline: Pipeline) -> None:
    """What the migration leaves of stories that were read before it."""
    with pipeline.database.engine.begin() as connection:
        for table in (StoryKey, Band, Mention, Name, Term):
            connection.execute(delete(table))
        connection.execute(update(Article).values(profile={}))
        connection.execute(update(Story).values(centre={}, described=0))


def test_a_story_is_described_once_after_its_articles_were_read(reading: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    read_without_tidying(reading)
    assert is_untidy(reading)
    assert tidy(reading.runtime, 100) == 2  # an article to be found, a story to be described
    [story] = reading.stories()
    assert story.title == AGROUND.title
    assert story.summary
    assert all(sentence in reading.articles()[0].text for sentence in story.summary)
    assert not is_untidy(reading)
    assert tidy(reading.runtime, 100) == 0


def test_a_story_that_cannot_be_described_holds_up_no_other(
    reading: Pipeline, herald: Outlet, courier: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    herald.publishes(AGROUND)
    courier.publishes(PARROT)
    read_without_tidying(reading)
    harmful = next(article.story_id for article in reading.articles() if article.title == AGROUND.title)

    def describe_or_fail(session: Session, story_id: int) -> None:
        describe(session, story_id)
        if story_id == harmful:
            session.execute(text("SELECT no_such_column"))

    monkeypatch.setattr(worker.steps.tidy, "describe", describe_or_fail)
    tidy(reading.runtime, 100)
    assert {story.id == harmful: bool(story.summary) for story in reading.stories()} == {True: False, False: True}
    assert not is_untidy(reading)


def test_a_revision_changes_what_its_story_says(reading: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    reading.runs()
    [before] = [story.summary for story in reading.stories()]
    herald.corrects(AGROUND, AGROUND_CORRECTED)
    reading.polls_again()
    [after] = [story.summary for story in reading.stories()]
    assert any("17" in sentence for sentence in after)
    assert not any("17" in sentence for sentence in before)


def test_no_more_is_tidied_than_asked_for(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    courier.publishes(SALVAGE)
    read_without_tidying(reading)
    tidy(reading.runtime, 1)
    assert reading.database.read(count_unindexed) == 1
    tidy(reading.runtime, 1)
    assert reading.database.read(count_unindexed) == 0


def test_what_an_older_version_left_is_worked_out_again(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """Every sum comes out as if it had been read by this version: `Pipeline.close` adds them all up."""
    herald.publishes(AGROUND)
    reading.runs()
    [story] = reading.stories()
    centre, title, summary = story.centre, story.title, story.summary
    keys = {row.term for row in reading.all(StoryKey)}
    bands = {(row.band, row.article_id) for row in reading.all(Band)}
    names = {row.key for row in reading.all(Name)}
    as_an_older_version_left_it(reading)
    assert not is_renewed(reading.runtime)

    reading.runs("read", "tidy")

    [renewed] = reading.stories()
    assert (renewed.id, renewed.centre, renewed.title, renewed.summary) == (story.id, centre, title, summary)
    assert {row.term for row in reading.all(StoryKey)} == keys
    assert {(row.band, row.article_id) for row in reading.all(Band)} == bands
    assert {row.key for row in reading.all(Name)} == names
    assert not is_untidy(reading)


def test_later_coverage_finds_a_story_that_was_renewed(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    reading.runs()
    as_an_older_version_left_it(reading)
    courier.publishes(SALVAGE)
    reading.polls_again()  # what is left is renewed before anything new is read
    assert [story.articles for story in reading.stories()] == [2]


def test_a_renewal_that_was_stopped_goes_on_where_it_was(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    courier.publishes(PARROT)
    reading.runs()
    assert len(reading.stories()) == 2
    as_an_older_version_left_it(reading)
    assert renew_stories(reading.runtime, 1) == 1
    assert len([story for story in reading.stories() if story.centre]) == 1
    assert renew_stories(reading.runtime, 100) == 1
    assert all(story.centre for story in reading.stories())
    assert renew_stories(reading.runtime, 100) == 0


def test_two_that_renew_the_same_story_count_it_once(
    reading: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has seen it waiting; the second looks again under the lock."""
    herald.publishes(AGROUND)
    reading.runs()
    as_an_older_version_left_it(reading)
    waiting = [story.id for story in reading.stories()]
    assert renew_stories(reading.runtime, 100) == 1
    monkeypatch.setattr(stories, "without_centre", lambda _session, _limit: waiting)
    assert renew_stories(reading.runtime, 100) == 1


def test_an_article_that_breaks_a_stage_does_not_keep_its_story_from_being_renewed(
    unexamined: Pipeline, herald: Outlet, courier: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor then shows the story, as one that does not count all of its articles."""
    reading = unexamined
    reading.polls(herald.feed_url, courier.feed_url)
    herald.publishes(AGROUND)
    courier.publishes(PARROT)
    reading.runs()
    as_an_older_version_left_it(reading)

    def breaks(title: str, *more: object) -> Study:
        if title == PARROT.title:
            raise ValueError("that is too much")
        return study(title, *more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(renew, "study", breaks)
    assert renew_stories(reading.runtime, 100) == 2
    assert sorted(story.articles for story in reading.all(Story)) == [0, 1]
    assert is_renewed(reading.runtime)
    assert [check.name for check in reading.breaches()] == ["origins"]
