"""Files that change while Storytrail runs: topics and sources are taken anew, and a broken file changes nothing."""

import json
from collections.abc import Iterable

import pytest
from sqlalchemy.exc import OperationalError

import scheduler.sources_file as sources_file
from config.errors import ConfigError
from scheduler.sources_file import SourcesWatch, align
from storage import sources
from storage.tables import SourceState
from tests.pipeline.newsroom import AGROUND, FERRY, SCHOOL, STEERING, Outlet
from tests.pipeline.pipeline import Pipeline
from tests.site import Site

SCHOOLS = {"name": "Schools", "query": "school AND council"}
BROKEN = 'topics:\n  - name: Orla\n    query: "(Orla AND"\n'
RETIRED = SourceState.RETIRED


# --- Topics ---


def test_a_changed_topics_file_is_taken_without_a_restart(pipeline: Pipeline, herald: Outlet) -> None:
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    pipeline.runs()

    pipeline.follows(FERRY, SCHOOLS)
    herald.publishes(SCHOOL)
    pipeline.polls_again()

    assert [alert.topic for alert in pipeline.alerts()] == ["Orla", "Schools"]


def test_a_broken_topics_file_leaves_the_last_good_one_in_force(pipeline: Pipeline, herald: Outlet) -> None:
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    herald.publishes(SCHOOL)
    pipeline.runs()
    assert pipeline.runtime.topics.error == ""

    pipeline.writes(pipeline.topics_file, BROKEN)
    herald.publishes(AGROUND)
    pipeline.polls_again()

    assert [alert.topic for alert in pipeline.alerts()] == ["Orla"]
    error = pipeline.runtime.topics.error
    assert str(pipeline.topics_file) in error
    assert ":3:" in error  # the line of the query

    pipeline.follows(FERRY, SCHOOLS)
    herald.publishes(SCHOOL.named("school-2"))
    pipeline.polls_again()
    assert pipeline.runtime.topics.error == ""
    assert pipeline.alerts()[-1].topic == "Schools"


def test_a_topics_file_that_is_gone_for_a_moment_changes_nothing(pipeline: Pipeline, herald: Outlet) -> None:
    """As between an editor's unlink and its rename."""
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    _ = pipeline.runtime.topics
    written = pipeline.topics_file.read_text()
    pipeline.topics_file.unlink()
    herald.publishes(AGROUND)
    pipeline.polls_again()
    assert [alert.topic for alert in pipeline.alerts()] == ["Orla"]

    pipeline.writes(pipeline.topics_file, written)
    assert pipeline.runtime.topics.current().by_name.keys() == {"Orla"}
    assert pipeline.runtime.topics.error == ""


def test_a_broken_topics_file_is_refused_at_the_start(pipeline: Pipeline) -> None:
    pipeline.writes(pipeline.topics_file, BROKEN)
    pipeline.restarts()
    with pytest.raises(ConfigError, match=r"topics\.yaml:3:"):
        _ = pipeline.runtime.topics


def test_a_topic_that_says_otherwise_has_another_version_on_its_receipts(pipeline: Pipeline, herald: Outlet) -> None:
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    pipeline.runs()
    pipeline.follows({**FERRY, "query": "Orla AND steering"})
    herald.publishes(STEERING)
    pipeline.waits(hours=3)
    pipeline.polls_again()
    first, second = pipeline.matches()
    assert first.version != second.version


# --- Sources ---


def lists(pipeline: Pipeline, *urls: str) -> None:
    """Write a sources file with these addresses, and let it be seen."""
    pipeline.writes(pipeline.sources_file, json.dumps({"sources": [{"url": url} for url in urls]}))
    align(pipeline.runtime)


def states(pipeline: Pipeline, outlets: Iterable[Outlet]) -> list[str]:
    return [pipeline.source(outlet.feed_url).state for outlet in outlets]


def test_the_sources_file_adds_and_retires_sources(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> None:
    herald.publishes(AGROUND)
    lists(pipeline, herald.feed_url)
    pipeline.runs()
    assert states(pipeline, [herald]) == ["healthy"]

    pipeline.waits(hours=1)
    lists(pipeline, courier.feed_url)

    left = pipeline.source(herald.feed_url)
    assert (left.state, left.since) == (RETIRED, pipeline.now)
    assert "no longer in the sources file" in left.reason
    asked = herald.times_asked()
    pipeline.polls_again()
    assert herald.times_asked() == asked
    assert courier.times_asked() == 1
    assert len(pipeline.articles()) == 1  # what it brought stays

    lists(pipeline, herald.feed_url, courier.feed_url)
    herald.publishes(SCHOOL)
    pipeline.runs()
    assert states(pipeline, [herald, courier]) == ["healthy", "healthy"]
    assert len(pipeline.articles()) == 2


def test_the_sources_file_says_how_often_and_by_which_name(pipeline: Pipeline, herald: Outlet) -> None:
    written = {"url": herald.feed_url, "interval": 60, "title": "The Herald of Brannock"}
    pipeline.writes(pipeline.sources_file, json.dumps({"sources": [written]}))
    align(pipeline.runtime)
    herald.publishes(AGROUND)
    pipeline.runs()
    source = pipeline.source(herald.feed_url)
    assert 50 <= (source.next_poll - pipeline.now).total_seconds() <= 70
    assert pipeline.articles()[0].outlet == "The Herald of Brannock"


def test_sources_added_by_command_are_not_the_files_to_retire(pipeline: Pipeline, herald: Outlet) -> None:
    pipeline.polls(herald.feed_url)
    lists(pipeline)
    assert states(pipeline, [herald]) == ["healthy"]


def test_looking_again_at_the_same_file_changes_nothing(pipeline: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    lists(pipeline, herald.feed_url)
    pipeline.runs()
    before = pipeline.snapshot()
    pipeline.waits(hours=1)
    align(pipeline.runtime)
    assert pipeline.snapshot() == before


def test_a_listed_source_that_is_gone_for_good_is_not_asked_at_each_start(pipeline: Pipeline, herald: Outlet) -> None:
    lists(pipeline, herald.feed_url)
    herald.site.fails(herald.feed_path, 410)
    pipeline.runs()
    for _ in range(3):
        pipeline.waits(hours=1)
        align(pipeline.runtime)  # as each `storytrail poll` does
        pipeline.runs()
    assert states(pipeline, [herald]) == [RETIRED]
    assert herald.times_asked() == 1


def test_a_listed_source_that_moved_for_good_goes_on_under_its_new_address(
    pipeline: Pipeline, herald: Outlet, site: Site
) -> None:
    """The file still has the old address; that must neither retire the source nor make a second one."""
    site.moves("/former.xml", herald.feed_path)
    lists(pipeline, site.url("/former.xml"))
    for report in (AGROUND, STEERING, SCHOOL, AGROUND.named("a"), STEERING.named("b"), SCHOOL.named("c")):
        herald.publishes(report)
        pipeline.polls_again()
        align(pipeline.runtime)
    assert len(site.asked("/former.xml")) == 3
    assert herald.times_asked() == 6
    assert len(pipeline.articles()) == 6
    assert states(pipeline, [herald]) == ["healthy"]
    assert len(pipeline.database.read(sources.list_sources)) == 1

    lists(pipeline, herald.feed_url)  # the user writes the new address down
    assert states(pipeline, [herald]) == ["healthy"]
    assert len(pipeline.database.read(sources.list_sources)) == 1

    lists(pipeline)
    assert states(pipeline, [herald]) == [RETIRED]


# --- The watch of the scheduler ---


def test_the_watch_takes_a_changed_file_and_leaves_a_broken_one(
    pipeline: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    watch = SourcesWatch()
    pipeline.writes(pipeline.sources_file, json.dumps({"sources": [{"url": herald.feed_url}]}))
    watch.look(pipeline.runtime)
    assert states(pipeline, [herald]) == ["healthy"]

    pipeline.writes(pipeline.sources_file, "sources: [{url: ftp://example.org/}]\n")
    watch.look(pipeline.runtime)
    assert states(pipeline, [herald]) == ["healthy"]

    both = [{"url": herald.feed_url}, {"url": courier.feed_url}]
    pipeline.writes(pipeline.sources_file, json.dumps({"sources": both}))
    watch.look(pipeline.runtime)
    assert states(pipeline, [herald, courier]) == ["healthy", "healthy"]


def test_a_file_that_changed_while_the_database_was_away_is_taken_later(
    pipeline: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_away(*_: object) -> None:
        raise OperationalError("UPDATE", {}, ConnectionError())

    watch = SourcesWatch()
    pipeline.writes(pipeline.sources_file, json.dumps({"sources": [{"url": herald.feed_url}]}))
    with monkeypatch.context() as away:
        away.setattr(sources_file, "align_with_file", is_away)
        away.setattr("storage.database.PAUSE_SECONDS", 0)
        with pytest.raises(OperationalError):
            watch.look(pipeline.runtime)
    watch.look(pipeline.runtime)
    assert states(pipeline, [herald]) == ["healthy"]
