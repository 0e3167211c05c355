"""A database that is away for a moment does not make the scheduler forget the sources file."""

from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.exc import OperationalError

from config.settings import load_settings
from scheduler.sources_file import SourcesWatch
from storage import sources
from storage.database import Database
from tests.faults.machine import Blank
from tests.faults.moments import Moments, WatchedDatabase, database_is_away
from worker.runtime import Runtime

FEED = "http://courier.example/feed.xml"


def test_the_sources_file_is_taken_as_soon_as_the_database_is_back(blank: Blank, tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(f"sources:\n  - url: {FEED}\n")
    run = Runtime(load_settings({"STORYTRAIL_SOURCES": str(file)}))
    moments = Moments("write", "before", number=1, event=database_is_away)
    run.database = cast(Database, WatchedDatabase(blank.empty(), moments))
    watch = SourcesWatch()
    with pytest.raises(OperationalError):
        watch.look(run)
    watch.look(run)
    assert [source.url for source, _entries in run.database.read(sources.list_sources)] == [FEED]
