"""A watched folder through the pipeline: what is put there is read, once, whichever way it came in before."""

from pathlib import Path

import pytest

from storage import polls, sources
from storage.sources import NewSource
from storage.tables import Source, SourceKind, SourceState
from tests.pipeline.newsroom import AGROUND, FERRY, SALVAGE, STEERING, Report, page
from tests.pipeline.pipeline import Pipeline
from worker.folder import folder_address
from worker.stages.address import address_hash

AS_OF_LAST_YEAR = '<meta property="article:published_time" content="2025-03-04T09:00:00Z"></head>'


@pytest.fixture
def inbox(pipeline: Pipeline, tmp_path: Path) -> Path:
    """A folder that is a source; its files are written by `pipeline.writes`, each later than the last."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    watches(pipeline, folder)
    pipeline.follows(FERRY)
    return folder


def watches(pipeline: Pipeline, folder: Path) -> None:
    url = folder_address(folder)
    new = NewSource(url, address_hash(url), "Clippings", "en", kind=SourceKind.FOLDER)
    pipeline.database.write(lambda session: sources.add_source(session, new, "command", pipeline.now))


def as_text(report: Report) -> str:
    return f"{report.title}\n\n{report.text}"


def looks_again(pipeline: Pipeline, minutes: float = 1) -> None:
    pipeline.waits(minutes=minutes)
    pipeline.database.write(lambda session: polls.make_all_due(session, pipeline.now))
    pipeline.runs()


def the_source(pipeline: Pipeline) -> Source:
    (source,) = pipeline.all(Source)
    return source


def test_what_is_put_there_is_read_and_told(pipeline: Pipeline, inbox: Path) -> None:
    pipeline.writes(inbox / "a.txt", as_text(AGROUND))
    pipeline.writes(inbox / "b.html", page(SALVAGE))
    pipeline.runs()
    assert [article.title for article in pipeline.articles()] == [AGROUND.title, SALVAGE.title]
    assert [article.outlet for article in pipeline.articles()] == ["Clippings", "Clippings"]
    assert len(pipeline.entries()) == 2
    assert pipeline.reasons() == ["first", "new-fact"]


def test_looking_again_changes_nothing(pipeline: Pipeline, inbox: Path) -> None:
    pipeline.writes(inbox / "a.txt", as_text(AGROUND))
    pipeline.writes(inbox / "b.html", page(SALVAGE))
    pipeline.runs()
    before = pipeline.articles(), pipeline.entries(), pipeline.reasons()
    looks_again(pipeline)
    assert [row.id for rows in before[:2] for row in rows] == [
        row.id for rows in (pipeline.articles(), pipeline.entries()) for row in rows
    ]
    assert [article.round for article in pipeline.articles()] == [1, 1]
    assert pipeline.reasons() == before[2]


def test_a_file_that_changed_is_a_revision(pipeline: Pipeline, inbox: Path) -> None:
    pipeline.writes(inbox / "a.txt", as_text(AGROUND))
    pipeline.runs()
    pipeline.writes(inbox / "a.txt", as_text(AGROUND).replace("14 people", "17 people"))
    looks_again(pipeline)
    assert [article.revision for article in pipeline.articles()] == [2]
    assert pipeline.reasons() == ["first", "correction"]


def test_a_change_is_taken_however_many_changed_nothing_before_it(pipeline: Pipeline, inbox: Path) -> None:
    pipeline.writes(inbox / "a.html", page(AGROUND))
    pipeline.runs()
    for number in range(4):
        pipeline.writes(inbox / "a.html", page(AGROUND) + f"<!-- {number} -->")
        looks_again(pipeline)
    pipeline.writes(inbox / "a.html", page(AGROUND).replace("14 people", "17 people"))
    looks_again(pipeline)
    assert [article.revision for article in pipeline.articles()] == [2]


def test_a_bad_file_is_told_on_the_source_and_holds_up_nothing(pipeline: Pipeline, inbox: Path) -> None:
    pipeline.writes(inbox / "a.txt", "")
    pipeline.writes(inbox / "b.txt", as_text(AGROUND))
    for _ in range(2):
        looks_again(pipeline)
        source = the_source(pipeline)
        assert (source.state, source.reason) == (SourceState.HEALTHY, "could not be taken: a.txt: is empty")
    assert len(pipeline.articles()) == 1
    (inbox / "a.txt").unlink()
    looks_again(pipeline)
    assert the_source(pipeline).reason == ""


def test_a_folder_that_is_away_is_told_and_nothing_is_doubled_when_it_is_back(pipeline: Pipeline, inbox: Path) -> None:
    pipeline.writes(inbox / "a.txt", as_text(AGROUND))
    pipeline.runs()
    elsewhere = inbox.rename(inbox.with_name("elsewhere"))
    for _ in range(4):
        looks_again(pipeline, minutes=60)
    source = the_source(pipeline)
    assert source.state == SourceState.FAILING
    assert "cannot be read: No such file or directory" in source.reason
    elsewhere.rename(inbox)
    pipeline.writes(inbox / "b.txt", as_text(STEERING))
    looks_again(pipeline, minutes=60)
    assert the_source(pipeline).state == SourceState.HEALTHY
    assert [article.round for article in pipeline.articles()] == [1, 1]


def test_a_folder_is_never_quiet(pipeline: Pipeline, inbox: Path) -> None:
    """Files come when somebody puts them there."""
    pipeline.writes(inbox / "a.txt", as_text(AGROUND))
    pipeline.runs()
    looks_again(pipeline, minutes=60 * 24 * 60)
    assert the_source(pipeline).state == SourceState.HEALTHY


def test_more_than_one_look_takes_is_taken_in_one_run(pipeline: Pipeline, inbox: Path) -> None:
    for number in range(510):
        pipeline.writes(inbox / f"{number}.txt", f"Ferry number {number} sails from Tarn to Marlow at noon.")
    pipeline.runs("poll")
    assert len(pipeline.articles()) == 510


def test_a_file_without_a_date_joins_the_story_that_dated_ones_tell(pipeline: Pipeline, inbox: Path) -> None:
    """It was put there today, which says nothing of when it is from: as with files that are ingested."""
    pipeline.writes(inbox / "a.html", page(AGROUND).replace("</head>", AS_OF_LAST_YEAR))
    pipeline.writes(inbox / "b.txt", as_text(STEERING))
    pipeline.runs()
    assert len({article.story_id for article in pipeline.articles()}) == 1
