"""A pipeline of each test's own, an outside world for it, and the doctor at the end of every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from structlog.typing import EventDict

from tests.pipeline.newsroom import Outlet
from tests.pipeline.pipeline import Pipeline
from tests.receiver import Receiver
from tests.site import Site


@pytest.fixture(autouse=True)
def _quiet_log() -> Iterator[None]:
    """The log is not what commands answer, and answers are compared."""
    structlog.configure(processors=[_drop])
    yield
    structlog.reset_defaults()


def _drop(logger: object, method: str, event: EventDict) -> EventDict:
    raise structlog.DropEvent


@pytest.fixture
def unexamined(tmp_path: Path, migrated_sqlite_url: str) -> Iterator[Pipeline]:
    """A pipeline on SQLite whose database may come to harm."""
    pipeline = Pipeline(tmp_path, migrated_sqlite_url)
    yield pipeline
    pipeline.close()


def examine(pipeline: Pipeline) -> None:
    """Whatever a test did, every promise must still hold and every sum come out."""
    assert pipeline.breaches() == []
    assert pipeline.discrepancies() == []


@pytest.fixture
def pipeline(unexamined: Pipeline) -> Iterator[Pipeline]:
    """A pipeline on SQLite, found sound by the doctor when the test is over."""
    yield unexamined
    examine(unexamined)


@pytest.fixture
def either_pipeline(tmp_path: Path, migrated_url: str) -> Iterator[Pipeline]:
    """The same on each kind of database: for the tests that stand for the others."""
    pipeline = Pipeline(tmp_path, migrated_url)
    yield pipeline
    examine(pipeline)
    pipeline.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def herald(site: Site) -> Outlet:
    return Outlet(site, "Herald")


@pytest.fixture
def courier(site: Site) -> Outlet:
    return Outlet(site, "Courier")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver
