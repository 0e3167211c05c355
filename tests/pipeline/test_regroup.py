"""Merging, splitting and undoing with all that follows: what stories hold, say, and are found by, and what is told."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import stories, story_changes
from storage.articles import Listed, store_article
from storage.database import Database, create_all
from storage.stories import Member
from storage.story_changes import ChangeError
from storage.tables import Article, Story, StoryKey
from tests.pipeline.newsroom import AGROUND, MORNING, PIGEONS, REGATTA, SALVAGE, SCHOOL, STEERING, Outlet, Report
from tests.pipeline.pipeline import Pipeline
from worker.stages.aliases import NO_ALIASES
from worker.stages.names import find_names
from worker.stages.story import Profile, profile
from worker.steps import regroup
from worker.steps.group import centre_of
from worker.steps.regroup import PERSON, RULE

NOW = MORNING + timedelta(days=2)


class Desk:
    """Stories made of reports, put in order by verbs."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._numbers = iter(range(1, 1000))

    def opens(self, *reports: Report) -> int:
        story = self.database.write(lambda session: stories.open_story(session, reports[0].title, MORNING, NOW))
        for report in reports:
            self.joins(story, report)
        self.database.write(lambda session: regroup._describe_all(session, story))
        return story

    def joins(self, story: int, report: Report, **columns: Any) -> int:
        """The report's article in the story, with what is kept of it."""
        when = report.published or MORNING
        url = f"https://{next(self._numbers)}.example/{report.slug}"
        listed = Listed(url, url, url[:64], url.split("/")[2], report.title, when, when, "", {})

        def work(session: Session) -> int:
            article = session.get_one(Article, store_article(session, listed, NOW)[0])
            article.story_id, article.text, article.language = story, report.text, report.language
            article.profile = profile_of(report).to_json()
            for name, value in columns.items():
                setattr(article, name, value)
            session.flush()
            regroup._renew(session, story)
            return article.id

        return self.database.write(work)

    def merges(self, one: int, other: int) -> int:
        return self.database.write(lambda session: regroup.merge(session, one, other, PERSON, NOW))

    def splits(self, story: int, *articles: int) -> tuple[int, int]:
        return self.database.write(lambda session: regroup.split(session, story, articles, PERSON, NOW))

    def undoes(self, change: int) -> None:
        self.database.write(lambda session: regroup.undo(session, change, NOW))

    def sees_whether_one(self, story: int, *also: int) -> int:
        return self.database.write(lambda session: regroup.merge_if_one(session, story, also, NOW))

    def story(self, story: int) -> Story:
        return self.database.read(lambda session: session.get_one(Story, story))

    def members(self, story: int) -> Sequence[Member]:
        return self.database.read(lambda session: stories.members(session, story))

    def articles(self, story: int) -> list[int]:
        return [member.id for member in self.members(story)]

    def centre(self, story: int) -> Mapping[str, Any]:
        return self.story(story).centre

    def keys(self, story: int) -> set[str]:
        statement = select(StoryKey.term).where(StoryKey.story_id == story)
        return set(self.database.read(lambda session: session.scalars(statement).all()))


@pytest.fixture
def desk() -> Iterator[Desk]:
    database = Database("sqlite://")
    create_all(database)
    yield Desk(database)
    database.close()


def profile_of(report: Report) -> Profile:
    names = find_names(report.title, report.text, report.language, NO_ALIASES)
    return profile(report.title, report.text, names, report.language, report.published or MORNING)


def flat(value: object, path: str = "") -> dict[str, object]:
    """Nested JSON as one level, whose numbers pytest can compare to within rounding."""
    if isinstance(value, Mapping):
        return {key: each for name, inner in value.items() for key, each in flat(inner, f"{path}/{name}").items()}
    return {path: pytest.approx(value) if isinstance(value, float) else value}


def test_a_merged_story_holds_says_and_is_found_by_what_both_were(desk: Desk) -> None:
    one, other = desk.opens(AGROUND, REGATTA), desk.opens(SALVAGE, STEERING)
    alike = desk.opens(AGROUND, REGATTA, SALVAGE, STEERING)
    desk.merges(one, other)
    assert flat(desk.centre(one)) == flat(desk.centre(alike))
    assert desk.keys(one) == desk.keys(alike)
    assert (desk.centre(other), desk.keys(other)) == ({}, set())
    merged = desk.story(one)
    assert (merged.articles, merged.first, merged.last) == (4, AGROUND.published, SALVAGE.published)
    assert merged.summary == desk.story(alike).summary
    assert merged.title in (AGROUND.title, STEERING.title)


def test_both_parts_of_a_split_story_hold_and_say_their_own(desk: Desk) -> None:
    story = desk.opens(AGROUND, PIGEONS, STEERING)
    pigeons = next(member for member in desk.members(story) if member.title == PIGEONS.title)
    made, _ = desk.splits(story, pigeons.id)
    assert flat(desk.centre(story)) == flat(desk.centre(desk.opens(AGROUND, STEERING)))
    assert flat(desk.centre(made)) == flat(desk.centre(desk.opens(PIGEONS)))
    assert desk.story(made).title == PIGEONS.title
    assert all(sentence in PIGEONS.text for sentence in desk.story(made).summary)
    assert all(sentence not in PIGEONS.text for sentence in desk.story(story).summary)


def test_the_older_id_is_kept_and_ids_that_were_merged_away_are_understood(desk: Desk) -> None:
    first, second, third = desk.opens(AGROUND), desk.opens(STEERING), desk.opens(SALVAGE)
    desk.merges(third, second)
    desk.merges(third, first)  # by an id that leads to the second
    assert len(desk.articles(first)) == 3
    made, _ = desk.splits(third, desk.articles(first)[0])
    assert made not in (first, second, third)
    with pytest.raises(ChangeError, match=f"{third} and {first} are one story already"):
        desk.merges(third, first)
    with pytest.raises(ChangeError, match="there is no story 99"):
        desk.merges(first, 99)


def test_what_cannot_be_done_changes_nothing(desk: Desk) -> None:
    story = desk.opens(AGROUND, STEERING)
    before = desk.centre(story), desk.keys(story), desk.story(story).summary
    with pytest.raises(ChangeError):
        desk.splits(story, *desk.articles(story))
    assert (desk.centre(story), desk.keys(story), desk.story(story).summary) == before


def test_a_story_that_lives_on_after_its_split_was_undone_is_called_by_what_is_left(desk: Desk) -> None:
    story = desk.opens(AGROUND, PIGEONS)
    made, change = desk.splits(story, 2)
    desk.joins(made, SCHOOL)
    desk.undoes(change)
    assert desk.story(made).title == SCHOOL.title
    assert flat(desk.centre(made)) == flat(desk.centre(desk.opens(SCHOOL)))


def test_a_story_of_an_older_version_waits_until_it_is_renewed(desk: Desk) -> None:
    story, other = desk.opens(AGROUND, STEERING), desk.opens(SALVAGE)

    def age(session: Session) -> None:
        session.get_one(Story, story).described = 0

    desk.database.write(age)
    for attempt in (lambda: desk.merges(other, story), lambda: desk.splits(story, 1)):
        with pytest.raises(ChangeError, match=f"story {story} was made by an older version"):
            attempt()


def test_what_was_chosen_with_a_change_is_not_chosen_again(desk: Desk) -> None:
    one, other = desk.opens(AGROUND, STEERING), desk.opens(SALVAGE, PIGEONS)
    desk.merges(one, other)
    desk.splits(one, 4)
    assert desk.database.read(lambda session: stories.undescribed(session, 10)) == []


def test_two_stories_of_one_event_are_merged_by_the_rule(desk: Desk) -> None:
    first = desk.opens(AGROUND, STEERING)
    other = desk.opens(PIGEONS, SCHOOL)
    again = desk.opens(AGROUND.later(30), STEERING.later(30))
    assert desk.sees_whether_one(again, other, again, 99) == again
    assert desk.sees_whether_one(again, other, first) == first
    assert (len(desk.articles(first)), desk.articles(again)) == (4, [])
    (change,) = desk.database.read(lambda session: story_changes.changes_of(session, again))
    assert change.by == RULE


def test_an_article_at_hand_knows_of_the_merge(desk: Desk) -> None:
    """Reading goes on with it, in the same transaction."""
    first, again = desk.opens(AGROUND, STEERING), desk.opens(AGROUND.later(30), STEERING.later(30))

    def work(session: Session) -> tuple[int, int | None]:
        article = session.get_one(Article, desk.articles(again)[0])
        return regroup.merge_if_one(session, again, [first], NOW), article.story_id

    assert desk.database.write(work) == (first, first)


def test_the_rule_does_not_undo_what_a_person_has_done(desk: Desk) -> None:
    story = desk.opens(AGROUND, AGROUND.later(5), AGROUND.later(10), AGROUND.later(15))
    made, _ = desk.splits(story, *desk.articles(story)[:2])
    assert desk.sees_whether_one(made, story) == made
    other = desk.opens(AGROUND.later(20))
    desk.undoes(desk.merges(story, other))
    assert desk.sees_whether_one(other, story) == other


def test_stories_far_apart_in_time_are_not_merged_by_the_rule(desk: Desk) -> None:
    first = desk.opens(AGROUND)
    next_year = desk.opens(AGROUND.later(60 * 24 * 365))
    assert desk.sees_whether_one(next_year, first) == next_year


def test_chapters_and_a_split_are_suggested_from_what_was_kept(desk: Desk) -> None:
    ferry = [AGROUND, STEERING, SALVAGE]
    school = [replace(SCHOOL, slug=str(n)).later(60 * 24 * 40 + n) for n in range(3)]
    story = desk.opens(*ferry, *school)
    chapters = desk.database.read(lambda session: regroup.chapters_of(session, story))
    assert [len(chapter.reports) for chapter in chapters] == [3, 3]
    parts = desk.database.read(lambda session: regroup.suggest(session, story))
    assert parts is not None
    assert sorted(map(sorted, parts)) == [desk.articles(story)[:3], desk.articles(story)[3:]]
    assert desk.database.read(lambda session: regroup.suggest(session, desk.opens(*ferry))) is None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_stories_hold_what_their_articles_amount_to(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- changes that can be repeated
    for reports in ((AGROUND, STEERING), (SALVAGE, REGATTA), (PIGEONS, SCHOOL, REGATTA.later(9))):
        desk.opens(*reports)
    before = _held(desk)
    changes = [change for _ in range(6) if (change := _change_something(desk, dice)) is not None]
    assert len(changes) >= 3
    for change in reversed(changes):
        desk.undoes(change)
    after = _held(desk)
    assert {story: after[story] for story in before} == before
    assert all(held == ({}, set(), 0) for story, held in after.items() if story not in before)


def _held(desk: Desk) -> dict[int, tuple[Mapping[str, object], set[str], int]]:
    found = desk.database.read(lambda session: session.scalars(select(Story)).all())
    living = [story for story in found if story.articles]
    centres = desk.database.read(lambda session: [centre_of(session, story.id) for story in living])
    assert [centre.articles for centre in centres] == [story.articles for story in living]
    return {story.id: (flat(story.centre), desk.keys(story.id), story.articles) for story in found}


def _change_something(desk: Desk, dice: random.Random) -> int | None:
    living = [row.id for row in desk.database.read(lambda s: s.scalars(select(Story)).all()) if row.articles]
    if dice.random() < 0.5 and len(living) > 1:
        return desk.merges(*dice.sample(living, 2))
    story = dice.choice(living)
    try:
        return desk.splits(story, dice.choice(desk.articles(story)))[1]
    except ChangeError:
        return None


# --- Through the whole pipeline ---

BRANNOCK = {"name": "Brannock", "query": "Orla OR regatta OR pigeons"}


def _merge(pipeline: Pipeline, one: int, other: int) -> int:
    return pipeline.database.write(lambda session: regroup.merge(session, one, other, PERSON, pipeline.now))


def _story(pipeline: Pipeline, url: str) -> int:
    story = pipeline.article(url).story_id
    assert story is not None
    return story


def test_what_was_told_of_two_stories_is_not_told_again_when_they_are_one(
    either_pipeline: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    pipeline = either_pipeline
    pipeline.follows(BRANNOCK)
    pipeline.polls(herald.feed_url, courier.feed_url)
    ferry, birds = herald.publishes(AGROUND), courier.publishes(PIGEONS)
    pipeline.runs()
    assert pipeline.reasons() == ["first", "first"]
    change = _merge(pipeline, _story(pipeline, ferry), _story(pipeline, birds))

    steering = courier.publishes(STEERING)
    pipeline.polls_again()
    assert _story(pipeline, steering) == _story(pipeline, ferry) == _story(pipeline, birds)
    assert pipeline.reasons().count("first") == 2
    told = len(pipeline.alerts())
    pipeline.polls_again()
    assert len(pipeline.alerts()) == told

    pipeline.database.write(lambda session: regroup.undo(session, change, pipeline.now))
    assert _story(pipeline, birds) != _story(pipeline, ferry) == _story(pipeline, steering)
    assert sorted(alert.story_id for alert in pipeline.alerts() if alert.reason == "first") == sorted(
        {_story(pipeline, ferry), _story(pipeline, birds)}
    )


def test_a_report_that_was_split_off_is_corrected_in_its_new_story(pipeline: Pipeline, herald: Outlet) -> None:
    pipeline.follows(BRANNOCK)
    pipeline.polls(herald.feed_url)
    ferry, steering = herald.publishes(AGROUND), herald.publishes(STEERING)
    pipeline.runs()
    story, article = _story(pipeline, ferry), pipeline.article(steering).id
    assert _story(pipeline, steering) == story
    pipeline.database.write(lambda session: regroup.split(session, story, [article], PERSON, pipeline.now))
    made = _story(pipeline, steering)

    herald.corrects(STEERING, replace(STEERING, paragraphs=(*STEERING.paragraphs, "The port of Skelby stayed open.")))
    pipeline.polls_again()
    assert (_story(pipeline, ferry), _story(pipeline, steering)) == (story, made)
    assert {row.articles for row in pipeline.stories()} == {1}
