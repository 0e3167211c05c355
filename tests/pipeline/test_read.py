"""Reading: revisions, copies and stories, and what becomes of an article that breaks a stage."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import worker.steps.read as step
import worker.steps.study as study
from seeds.world import World, load_world
from storage import articles
from storage.tables import Article, ArticleState, Band, Fact, Mention, StageLog, StoryKey, Term
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_COPIED,
    AGROUND_CORRECTED,
    FERRY,
    SALVAGE,
    STEERING,
    Outlet,
    Report,
)
from tests.pipeline.pipeline import Pipeline
from worker.stages.clean import Cleaned, clean
from worker.stages.story import Profile, counted_keys, sound_keys

COURIERS_OWN = replace(AGROUND_COPIED, paragraphs=tuple(p.replace("(Herald)", "") for p in AGROUND_COPIED.paragraphs))


@pytest.fixture
def following(either_pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    return _following(either_pipeline, herald, courier)


@pytest.fixture
def reading(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> Pipeline:
    """As `following`, on SQLite alone."""
    return _following(pipeline, herald, courier)


def _following(pipeline: Pipeline, *outlets: Outlet) -> Pipeline:
    pipeline.follows(FERRY)
    pipeline.polls(*(outlet.feed_url for outlet in outlets))
    return pipeline


# --- Revisions ---


def test_a_corrected_article_gets_a_second_revision_and_keeps_the_first(following: Pipeline, herald: Outlet) -> None:
    address = herald.publishes(AGROUND)
    following.runs()
    first = following.article(address)
    herald.corrects(AGROUND, AGROUND_CORRECTED)

    following.polls_again()

    now = following.article(address)
    assert (now.id, now.revision, now.story_id) == (first.id, 2, first.story_id)
    assert "17 people" in now.text
    assert now.title == AGROUND_CORRECTED.title
    [kept] = following.revisions()
    assert (kept.article_id, kept.number, kept.title, kept.text) == (first.id, 1, first.title, first.text)
    assert [story.articles for story in following.stories()] == [1]


def test_an_unchanged_page_makes_no_revision_though_its_feed_says_otherwise(reading: Pipeline, herald: Outlet) -> None:
    address = herald.publishes(AGROUND)
    reading.runs()
    before = reading.article(address)
    herald.publishes(replace(AGROUND, summary="Now with pictures."))

    reading.polls_again()

    after = reading.article(address)
    assert len(herald.site.asked(herald.path(AGROUND))) == 2
    assert (after.state, after.round) == ("done", 2)
    assert (after.revision, after.text, after.read_at) == (1, before.text, before.read_at)
    assert reading.revisions() == []
    assert reading.reasons() == ["first"]


def test_a_summary_that_changes_all_the_time_is_not_a_reason_to_fetch_all_the_time(
    reading: Pipeline, herald: Outlet
) -> None:
    """Some feeds count comments there. The page is looked at less and less often, as it never says anything new."""
    herald.publishes(AGROUND)
    reading.runs()
    for comments in range(24):
        herald.publishes(replace(AGROUND, summary=f"{comments} comments"))
        reading.polls_again()
    assert herald.times_asked() == 25
    assert 3 <= len(herald.site.asked(herald.path(AGROUND))) <= 8


def test_a_change_that_has_to_wait_is_not_forgotten_when_its_feed_is_quiet_again(
    reading: Pipeline, herald: Outlet
) -> None:
    """The correction comes while the page is being left alone, and after it the feed answers 304."""
    address = herald.publishes(AGROUND)
    reading.runs()
    for comments in range(5):
        herald.publishes(replace(AGROUND, summary=f"{comments} comments"))
        reading.polls_again()
    herald.corrects(AGROUND, replace(AGROUND_CORRECTED, title=AGROUND.title))
    for _ in range(12):
        reading.polls_again()
    assert "17 people" in reading.article(address).text
    assert reading.reasons() == ["first", "correction"]
    asked = herald.site.asked(herald.feed_path)
    assert "if-none-match" in asked[-1].headers


def test_what_a_revision_no_longer_says_leaves_the_story(reading: Pipeline, herald: Outlet) -> None:
    """Else the words of a withdrawn report would go on attracting others."""
    address = herald.publishes(AGROUND)
    reading.runs()
    withdrawn = replace(AGROUND, title="A note to our readers", paragraphs=(CLARIFICATION,), summary="A note.")
    herald.corrects(AGROUND, withdrawn)

    reading.polls_again()

    article = reading.article(address)
    assert article.revision == 2
    held = {row.term for row in reading.all(StoryKey) if row.story_id == article.story_id}
    assert "n:ruth halloran" not in held
    profile = Profile.from_json(article.profile)
    assert held <= {*counted_keys(profile), *sound_keys(profile)}
    assert {row.article_id for row in reading.all(Mention)} <= {article.id}
    assert max(row.articles for row in reading.all(Term)) == 1  # nothing is counted for the text that went


CLARIFICATION = (
    "An article that stood here before was published by mistake. It was a draft for an exercise of the newsroom, and "
    "none of what it told had happened. We apologise to our readers and to the harbour office for the confusion."
)


def test_a_page_that_is_gone_at_the_second_look_keeps_the_text_that_was_read(reading: Pipeline, herald: Outlet) -> None:
    address = herald.publishes(AGROUND)
    reading.runs()
    herald.lists(replace(AGROUND, summary="This article has been removed."))
    herald.site.fails(herald.path(AGROUND), 404)

    reading.polls_again()

    article = reading.article(address)
    assert AGROUND.paragraphs[-1] in article.text
    assert "404" in article.page_error
    assert article.revision == 1


def test_a_result_whose_claim_was_lost_writes_nothing(
    either_pipeline: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the article is read, its feed announces another version: what is being read is not current any more."""
    pipeline = _following(either_pipeline, herald)
    herald.publishes(AGROUND)
    pipeline.runs()
    herald.corrects(AGROUND, AGROUND_CORRECTED)
    pipeline.waits(hours=1)
    pipeline.runs("poll", "fetch")

    def is_overtaken(text: str, *, title: str) -> Cleaned:
        herald.publishes(replace(AGROUND, summary="Corrected again."))
        pipeline.waits(hours=1)
        pipeline.runs("poll")
        return clean(text, title=title)

    with monkeypatch.context() as slow:
        slow.setattr(step, "clean", is_overtaken)
        before = pipeline.snapshot()
        pipeline.waits(hours=24)
        assert step.read_article(pipeline.runtime, pipeline.articles()[0].id) == ()
        after = pipeline.snapshot()

    [article] = pipeline.articles()
    assert (article.state, article.revision) == ("fetch", 1)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"article", "entry", "source"}  # what the poll wrote


# --- Copies ---


def test_a_wire_copy_points_to_its_origin_and_raises_no_second_alert(
    following: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    original = herald.publishes(AGROUND)
    copied = courier.publishes(AGROUND_COPIED)

    following.runs()

    origin, copy = following.article(original), following.article(copied)
    assert (origin.copy_of, copy.copy_of) == (None, origin.id)
    assert copy.story_id == origin.story_id
    assert copy.copy_share is not None
    assert copy.copy_share > 0.9
    assert following.reasons() == ["first"]
    assert [story.articles for story in following.stories()] == [1]  # a copy is no second voice


def test_the_whole_text_under_another_address_is_a_copy(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    reading.runs()
    courier.publishes(AGROUND.later(30))
    reading.polls_again()
    origin, copy = reading.articles()
    assert (copy.copy_of, copy.copy_share) == (origin.id, 1.0)
    assert reading.reasons() == ["first"]


def test_independent_reports_of_one_event_are_no_copies(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    courier.publishes(STEERING)
    reading.waits(hours=4)
    reading.runs()
    assert [article.copy_of for article in reading.articles()] == [None, None]
    assert len({article.story_id for article in reading.articles()}) == 1


def test_an_origin_that_comes_after_its_copies_takes_their_place(
    either_pipeline: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    """Two outlets print what they got by wire before the agency's own page is seen; the story keeps its id."""
    pipeline, mirror = either_pipeline, Outlet(herald.site, "Mirror")
    _following(pipeline, herald, courier, mirror)
    early = courier.publishes(AGROUND_COPIED)
    pipeline.runs()
    second = mirror.publishes(replace(COURIERS_OWN, slug="orla").later(5))
    pipeline.polls_again()
    assert pipeline.article(second).copy_of == pipeline.article(early).id
    story = pipeline.article(early).story_id
    [told] = pipeline.alerts()

    original = herald.publishes(AGROUND)
    pipeline.polls_again()

    origin = pipeline.article(original)
    assert origin.copy_of is None
    assert [pipeline.article(address).copy_of for address in (early, second)] == [origin.id, origin.id]
    assert {article.story_id for article in pipeline.articles()} == {story}
    assert [story.articles for story in pipeline.stories()] == [1]
    assert [alert.key for alert in pipeline.alerts() if alert.reason == "first"] == [told.key]


def test_a_correction_that_makes_a_copy_of_an_origin_takes_its_copies_along(
    reading: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    """The outlet replaces its own report by the agency's, and who copied the outlet has not changed: no chains."""
    mirror = Outlet(herald.site, "Mirror")
    reading.polls(mirror.feed_url)
    herald.publishes(AGROUND)
    courier.publishes(STEERING)
    mirror.publishes(STEERING.named("same").later(10))
    reading.waits(hours=4)
    reading.runs()
    assert reading.article(mirror.url(STEERING.named("same"))).copy_of == reading.article(courier.url(STEERING)).id

    courier.corrects(STEERING, replace(AGROUND, summary="Replaced."))
    reading.polls_again()

    origin = reading.article(herald.url(AGROUND))
    copies = [article for article in reading.articles() if article.id != origin.id]
    assert [copy.copy_of for copy in copies] == [origin.id, origin.id]


# --- Stories ---


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_five_reports_of_one_event_are_one_story_and_look_alikes_are_not(
    following: Pipeline, herald: Outlet, world: World
) -> None:
    """Reports of the talks in Ankara by five outlets, each in its words; recipes, football and customs beside them."""
    reports = [article for article in world.articles if article.label in ANKARA]
    alike = [article for article in world.articles if article.lookalike == "ankara-talks" and article.language == "en"]
    outlets = {name: Outlet(herald.site, name) for name in {article.outlet for article in [*reports, *alike]}}
    following.clock.now = max(article.published for article in world.articles) + timedelta(hours=1)
    following.polls(*(outlet.feed_url for outlet in outlets.values()))
    addresses = {}
    for article in [*reports, *alike]:
        paragraphs = tuple(paragraph.text for paragraph in article.paragraphs)
        report = Report(article.slug, article.title, paragraphs, article.published, language=article.language)
        addresses[article.label] = outlets[article.outlet].publishes(report)

    following.runs()

    told = [following.article(addresses[article.label]) for article in reports]
    others = [following.article(addresses[article.label]) for article in alike]
    assert len(told) == 5
    assert len({article.story_id for article in told}) == 1
    assert [article.copy_of for article in told] == [None] * 5
    assert len(others) >= 4
    assert told[0].story_id not in {article.story_id for article in others}


ANKARA = (
    "meridian/zelenskiy-erdogan-open-talks",
    "northgate/zelensky-lands-in-ankara",
    "world-sketch/zelenskyy-erdogan-and-the-empty-chair",
    "daily-lantern/witkoff-set-for-ankara",
    "meridian/zelenskiy-leaves-ankara",
)


def test_a_story_goes_on_while_others_come_and_go(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    reading.runs()
    story = reading.articles()[0].story_id
    reading.waits(hours=27)
    courier.publishes(SALVAGE)
    reading.polls_again()
    assert {article.story_id for article in reading.articles()} == {story}
    [kept] = reading.stories()
    assert (kept.first, kept.last) == (AGROUND.published, SALVAGE.published)


# --- What breaks a stage ---


def break_stage(monkeypatch: pytest.MonkeyPatch, name: str, title: str) -> None:
    """Make a stage raise for the article of this title, whether it is given the title or the article's row."""
    module = study if hasattr(study, name) else step
    stage = getattr(module, name)

    def breaks(*given: object, **named: object) -> Any:
        for value in (*given, *named.values()):
            if title == (value.title if isinstance(value, Article) else value):
                raise ValueError("that is too much")
        return stage(*given, **named)

    monkeypatch.setattr(module, name, breaks)


@pytest.mark.parametrize("stage", ["clean", "identify", "find_names", "profile", "match_and_tell"])
def test_an_article_that_breaks_a_stage_is_tried_again_then_quarantined_and_the_others_go_on(
    reading: Pipeline, herald: Outlet, courier: Outlet, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    broken = herald.publishes(AGROUND)
    sound = courier.publishes(STEERING)
    reading.waits(hours=3)
    with monkeypatch.context() as patched:
        break_stage(patched, stage, AGROUND.title)
        reading.runs()
        article = reading.article(broken)
        assert (article.state, article.attempts, article.revision) == ("read", 1, 0)
        assert article.next_attempt_at > reading.now
        assert reading.article(sound).state == "done"
        for _ in range(reading.runtime.settings.max_attempts):
            reading.waits(hours=6)
            reading.runs("read")

    article = reading.article(broken)
    assert (article.state, article.last_error) == ("quarantined", "ValueError: that is too much")
    assert article.attempts == reading.runtime.settings.max_attempts
    assert rows_of(reading, article) == 0  # nothing half done was left behind

    assert reading.database.write(lambda session: articles.rerun(session, article.id, reading.now))
    reading.runs("fetch", "read", "deliver")

    article = reading.article(broken)
    assert (article.state, article.last_error, article.round) == ("done", "", 2)
    assert article.id in {match.article_id for match in reading.matches()}


def rows_of(pipeline: Pipeline, article: Article) -> int:
    """How many rows tell what reading found in the article."""
    found = [row.article_id for row in pipeline.all(StageLog) if row.stage == "read"]
    found += [row.article_id for row in pipeline.all(Band)]
    found += [row.article_id for row in pipeline.all(Mention)]
    found += [row.article_id for row in pipeline.all(Fact)]
    found += [row.article_id for row in pipeline.matches()]
    return found.count(article.id)


def test_only_what_is_quarantined_can_be_run_again(reading: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    reading.runs()
    before = reading.snapshot()
    [article] = reading.articles()
    assert not reading.database.write(lambda session: articles.rerun(session, article.id, reading.now))
    assert not reading.database.write(lambda session: articles.rerun(session, article.id + 1, reading.now))
    assert reading.snapshot() == before


def test_an_entry_without_a_page_is_not_fetched_when_it_is_run_again(
    reading: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    herald.lists(AGROUND, "")
    with monkeypatch.context() as patched:
        break_stage(patched, "clean", AGROUND.title)
        for _ in range(6):
            reading.runs("poll", "fetch", "read")
            reading.waits(hours=6)
    [article] = reading.articles()
    assert article.state == ArticleState.QUARANTINED
    asked = len(herald.site.requests)

    reading.database.write(lambda session: articles.rerun(session, article.id, reading.now))
    reading.runs("fetch", "read", "deliver")

    assert len(herald.site.requests) == asked
    [article] = reading.articles()
    assert (article.state, article.text) == ("done", AGROUND.paragraphs[0])


def test_an_article_that_kills_its_worker_is_set_apart(reading: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """A kill leaves nothing but the claim: it is counted before the work, and when it is one too many, that is said."""
    poison = herald.publishes(AGROUND)
    sound = courier.publishes(STEERING)
    reading.waits(hours=3)
    reading.runs("poll", "fetch")
    article = reading.article(poison)
    for _ in range(reading.runtime.settings.max_attempts):
        claimed = reading.database.write(
            lambda s: articles.claim_article(s, article.id, ArticleState.READ, reading.now, reading.runtime.lease)
        )
        assert claimed
        reading.waits(hours=1)

    reading.runs("read", "deliver")

    article = reading.article(poison)
    assert article.state == ArticleState.QUARANTINED
    assert "without a word" in article.last_error
    assert article.revision == 0
    assert reading.article(sound).state == "done"

    reading.database.write(lambda session: articles.rerun(session, article.id, reading.now))
    reading.runs("fetch", "read", "deliver")
    assert reading.article(poison).state == "done"


def test_an_article_without_any_text_is_set_aside_and_says_so(reading: Pipeline, herald: Outlet) -> None:
    empty = Report("empty", "", ("",))
    herald.lists(empty)
    herald.site.serves(herald.path(empty), "<!doctype html><html><body></body></html>")
    reading.runs()
    [article] = reading.articles()
    assert (article.state, article.set_aside, article.story_id) == ("done", "no-text", None)
    assert reading.alerts() == []
