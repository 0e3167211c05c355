"""A backtest on an archive that was read without topics finds what reading would have found and told with them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from seeds.world import load_world
from storage import articles
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_COPIED,
    AGROUND_CORRECTED,
    PIGEONS,
    REGATTA,
    SALVAGE,
    SCHOOL,
    STEERING,
    Report,
)
from tests.pipeline.pipeline import Pipeline, Topic
from worker.files import Item
from worker.given import found_item
from worker.stages.extract import Given
from worker.steps.backtest import Backtest, Period, backtest
from worker.steps.read import read_article
from worker.steps.regroup import PERSON, merge, split, undo
from worker.steps.tidy import tidy

T = TypeVar("T")

ALWAYS = Period()
LONGEST = 8  # articles in a generated archive


@dataclass(frozen=True, slots=True)
class Step:
    """An outlet publishes a report, and so long after, and after the last one, it is read. No age: it has no date."""

    outlet: str
    report: Report
    age: int | None = 3
    pause: int = 5

    @property
    def url(self) -> str:
        return f"https://{self.outlet.lower()}.example/{self.report.slug}"


class Archive:
    """A pipeline that is given reports one after the other, as files are."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        folder.mkdir(parents=True)
        shutil.copy(migrated, folder / "storytrail.db")
        self.pipeline = Pipeline(folder, f"sqlite:///{folder}/storytrail.db")
        self._published: dict[str, datetime | None] = {}

    def reads(self, *steps: Step, tidies: bool = True) -> None:
        for step in steps:
            self.pipeline.waits(minutes=step.pause)
            read_article(self.pipeline.runtime, self.takes(step))
        if tidies:
            tidy(self.pipeline.runtime, len(steps))

    def takes(self, step: Step) -> int:
        """Store it unread; its id. A later version has the date of the first: of one that was replaced none is kept."""
        now, report = self.pipeline.now, step.report
        published = None if step.age is None else now - timedelta(minutes=step.age)
        published = self._published.setdefault(step.url, published)
        given = Given(step.url, report.title, report.text, published=published, outlet=step.outlet)
        listed = found_item(Item(given), now).listed
        return self.pipeline.database.write(lambda session: articles.store_given(session, listed, now))[0]

    def changes(self, work: Callable[[Session, datetime], T]) -> T:
        """What a person changes by hand, some time later."""
        self.pipeline.waits(minutes=5)
        return self.pipeline.database.write(lambda session: work(session, self.pipeline.now))

    def tries(self, *topics: Topic, period: Period = ALWAYS, **options: Any) -> list[Backtest]:
        """A backtest of each of these topics, which are in force from now on."""
        self.pipeline.follows(*topics)
        run = self.pipeline.runtime
        in_force = run.topics.current()
        return [backtest(run, in_force, str(topic["name"]), period, **options) for topic in topics]


class Archives:
    """Any number of them, each in a folder of its own."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        self._folder, self._migrated = folder, migrated
        self._open: list[Archive] = []

    def new(self, *topics: Topic) -> Archive:
        archive = Archive(self._folder / str(len(self._open)), self._migrated)
        self._open.append(archive)
        if topics:
            archive.pipeline.follows(*topics)
        return archive

    def close(self) -> None:
        for archive in self._open:
            archive.pipeline.close()


@pytest.fixture
def archives(tmp_path: Path, migrated_file: Path) -> Iterator[Archives]:
    archives = Archives(tmp_path / "archives", migrated_file)
    yield archives
    archives.close()


@pytest.fixture
def archive(archives: Archives) -> Archive:
    """One that follows nothing."""
    return archives.new()


def lived(archive: Archive) -> tuple[set[tuple[str, int, str]], set[tuple[str, str, int]]]:
    """What reading matched (topic, article, by what) and told (key, reason, article)."""
    pipeline = archive.pipeline
    return (
        {(match.topic, match.article_id, match.by) for match in pipeline.matches()},
        {(alert.key, alert.reason, alert.article_id) for alert in pipeline.alerts()},
    )


def replayed(tried: Sequence[Backtest]) -> tuple[set[tuple[str, int, str]], set[tuple[str, str, int]]]:
    """What a backtest says that it would have matched and told."""
    return (
        {(one.topic, match.article, match.by) for one in tried for match in one.replay.matches},
        {(alert.key, alert.reason, alert.article) for one in tried for alert in one.replay.alerts},
    )


# --- It finds what reading finds ---

TOPICS: Sequence[Topic] = (
    {"name": "Orla", "query": "Orla AND (ferry OR rocks)"},
    {"name": "Briefly", "query": "Orla AND aground", "follow": {"quiet_days": 1}},
    {"name": "Words alone", "query": "Orla AND aground", "follow": False},
    {"name": "Words first", "query": "aground"},
    {"name": "Without", "query": "Brannock NOT regatta", "alert": {"to": ["log"], "on": ["first", "disagreement"]}},
    {"name": "Like", "like": ["https://herald.example/aground"]},
    {"name": "Alike", "like": ["https://herald.example/aground"], "like_at_least": 0.2, "follow": False},
    {"name": "Talks", "query": 'Zelensky AND (Ankara OR Erdogan) AND talks', "sources": {"except": ["mail.example"]}},
    {"name": "Sula", "query": '"Sula Dawn" AND (pier OR crash)', "languages": ["en"]},
    {"name": "Anything", "query": "-pigeons the", "follow": False},
)  # fmt: skip
CORRECTED_AGAIN = replace(
    AGROUND_CORRECTED, paragraphs=(AGROUND_CORRECTED.paragraphs[0].replace("17", "19"), *AGROUND.paragraphs[1:])
)
DROPPED = replace(AGROUND, paragraphs=(AGROUND.paragraphs[0].replace("ran aground", "stopped"), AGROUND.paragraphs[2]))


@cache
def _pool() -> Sequence[Report]:
    """The newsroom's reports, and two stories of the demo's world with what looks like them."""
    world = [
        Report(found.slug, found.title, tuple(p.text for p in found.paragraphs))
        for found in load_world().articles
        if any(word in found.title for word in ("Ankara", "Zelensk", "ferry", "Sula", "Ferry"))
    ]
    own = (AGROUND_COPIED, STEERING, SALVAGE, REGATTA, PIGEONS)
    return (*own, *own, SCHOOL, *world)


def _steps(outlet: str, reports: Callable[[], Sequence[Report]]) -> st.SearchStrategy[Step]:
    """Reports of one outlet. The ages are those of its first version; None: it has no date."""
    drawn = st.deferred(lambda: st.sampled_from(reports()))
    return st.builds(Step, st.just(outlet), drawn, st.sampled_from([1, 3, 30, 600, None]), PAUSES)


PAUSES = st.sampled_from([1, 5, 90, 2000])  # minutes
# One outlet corrects its report, and may take it back; whether a version that was replaced was a copy is not kept.
VERSIONS = (AGROUND, AGROUND_CORRECTED, CORRECTED_AGAIN)
STEPS = st.one_of(
    _steps("Herald", lambda: VERSIONS), *(_steps(outlet, _pool) for outlet in ("Courier", "Mail", "Reuters"))
)


@settings(
    max_examples=5, deadline=None, phases=[Phase.generate], derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(STEPS, min_size=3, max_size=LONGEST), st.booleans())
def test_it_finds_what_reading_would_have_found_and_told(archives: Archives, steps: list[Step], tidies: bool) -> None:
    living, archive = archives.new(*TOPICS), archives.new()
    for one in (living, archive):
        one.reads(*steps, tidies=tidies)
    assert replayed(archive.tries(*TOPICS)) == lived(living)


def test_a_copy_that_is_read_before_its_origin_speaks_for_itself_until_then(archives: Archives) -> None:
    """Its figures are told; when the origin comes it is no voice of its own any more, and contradicts nobody."""
    steps = (
        Step("Mail", AGROUND_COPIED, age=1),
        Step("Courier", STEERING),
        Step("Herald", AGROUND, age=90),
        Step("Courier", SALVAGE),
    )
    living, archive = archives.new(TOPICS[0]), archives.new()
    for one in (living, archive):
        one.reads(*steps)
    copy, _, origin, _ = archive.pipeline.articles()
    assert copy.copy_of == origin.id
    assert replayed(archive.tries(TOPICS[0])) == lived(living)


def put_in_order(archive: Archive) -> None:
    """A person takes pigeons for a part of the ferry's story, and then thinks better of it."""
    archive.reads(Step("Herald", AGROUND), Step("Courier", PIGEONS), Step("Mail", STEERING))
    change = archive.changes(lambda session, now: merge(session, 1, 2, PERSON, now))
    archive.reads(Step("Mail", PIGEONS))
    archive.changes(lambda session, now: undo(session, change, now))
    archive.changes(lambda session, now: split(session, 1, [3], PERSON, now))
    archive.reads(Step("Courier", SCHOOL), Step("Courier", SALVAGE), Step("Herald", AGROUND_CORRECTED))


def test_stories_that_a_person_merged_split_and_put_back_are_replayed_in_their_time(archives: Archives) -> None:
    living, archive = archives.new(*TOPICS), archives.new()
    put_in_order(living)
    put_in_order(archive)
    matches, alerts = lived(living)
    assert ("Orla", 4, "follow") in matches  # of pigeons, while they were of that story
    assert ("Orla", 2, "follow") not in matches
    assert archive.pipeline.articles()[3].story_id == 2
    assert replayed(archive.tries(*TOPICS)) == (matches, alerts)


def test_what_the_search_index_does_not_know_is_found_all_the_same(archive: Archive) -> None:
    """Of the first article it knows the last version alone, of the second none."""
    archive.reads(Step("Herald", AGROUND), Step("Herald", DROPPED))
    archive.reads(Step("Mail", AGROUND_COPIED), tidies=False)
    [tried] = archive.tries({"name": "Aground", "query": "aground injured", "follow": False})
    assert [(match.article, match.revision) for match in tried.replay.matches] == [(1, 1), (2, 1)]


def test_only_what_the_query_cannot_do_without_is_looked_at(archive: Archive) -> None:
    archive.reads(*(Step("Herald", report) for report in (AGROUND, PIGEONS, SCHOOL, REGATTA)))
    [tried] = archive.tries({"name": "Pigeons", "query": "pigeons"})
    assert (tried.examined, len(tried.replay.matches)) == (1, 1)


# --- It writes nothing ---


def test_nothing_is_written(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.reads(Step("Herald", AGROUND), Step("Mail", AGROUND_COPIED), Step("Herald", AGROUND_CORRECTED))
    archive.pipeline.follows(*TOPICS)
    archive.pipeline.runtime.topics.current()
    archive.pipeline.restarts()
    file = archive.pipeline.folder / "storytrail.db"
    before, rows = file.read_bytes(), archive.pipeline.snapshot()

    def refuse(*_: object) -> None:
        pytest.fail("a backtest writes nothing")

    monkeypatch.setattr(archive.pipeline.database, "write", refuse)
    tried = archive.tries(*TOPICS)
    assert any(one.replay.alerts for one in tried)
    assert archive.pipeline.snapshot() == rows
    monkeypatch.undo()
    archive.pipeline.restarts()  # what waited in the write-ahead log is in the file when it is closed
    assert file.read_bytes() == before


# --- What it says ---


def test_it_is_tried_as_if_it_had_been_written_at_the_beginning_of_the_time_asked_about(archive: Archive) -> None:
    archive.reads(Step("Herald", AGROUND), Step("Mail", STEERING, pause=300), Step("Herald", AGROUND_CORRECTED))
    second = archive.pipeline.articles()[1]
    [since] = archive.tries(TOPICS[0], period=Period(since=second.event_time))
    assert [match.article for match in since.replay.matches] == [2]
    first = since.replay.alerts[0]
    assert (first.reason, first.article) == ("first", 2)
    assert "disagreement" in {alert.reason for alert in since.replay.alerts}  # with what was read before that time
    [until] = archive.tries(TOPICS[0], period=Period(until=second.event_time))
    assert [match.article for match in until.replay.matches] == [1]


def test_quiet_hours_and_a_budget_hold_messages_back(archive: Archive) -> None:
    archive.reads(Step("Herald", AGROUND), Step("Mail", STEERING, pause=120), Step("Courier", PIGEONS))
    rules = {"to": ["log"], "at_most": "1/day"}
    [tried] = archive.tries({"name": "All", "query": "Orla OR pigeons", "alert": rules})
    first, *others = tried.sent
    assert first.waited == timedelta(0)
    assert [one.at - first.at for one in others] == [timedelta(days=number) for number in range(1, len(others) + 1)]
    assert (tried.days[0].alerts, tried.days[0].sent) == (len(tried.sent), 1)
    assert sum(day.sent for day in tried.days) == len(tried.replay.alerts)


def test_what_lacks_one_thing_is_shown_with_that(archive: Archive) -> None:
    archive.reads(*(Step("Herald", report) for report in (AGROUND, REGATTA, SCHOOL, STEERING)))
    [tried] = archive.tries({"name": "Orla", "query": "ferry AND Brannock AND captain", "follow": False})
    assert {match.article for match in tried.replay.matches} == {1, 4}
    assert [(near.article, near.nearness.decisive) for near in tried.near] == [(2, "no word captain")]


def test_marks_are_expectations(archive: Archive) -> None:
    archive.reads(*(Step("Herald", report) for report in (AGROUND, REGATTA, SCHOOL, STEERING)))
    marks = [Said(1, True), Said(2, True), Said(3, False), Said(4, False)]
    [tried] = archive.tries({"name": "Orla", "query": "Orla", "follow": False}, marks=marks)
    assert tried.marks is not None
    assert (tried.marks.matched, tried.marks.right, tried.marks.hits) == (2, 2, 1)
    assert [(one.article, one.is_right) for one in tried.marks.broken] == [(2, True), (4, False)]
    assert tried.marks.broken[0].why == "no word Orla"


@dataclass(frozen=True, slots=True)
class Said:
    article_id: int
    is_right: bool
