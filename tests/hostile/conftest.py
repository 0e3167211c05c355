"""One pipeline for all attacks, with the limits that they have to be left in, and the hostile server beside it."""

import gc
from collections.abc import Callable, Iterator

import pytest
import structlog

from storage.migrate import migrate
from tests.faults.effort import IS_THOROUGH
from tests.hostile.elsewhere import Elsewhere
from tests.hostile.measure import MIB, Cost
from tests.pipeline.conftest import examine
from tests.pipeline.newsroom import Outlet, Report
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from worker.confine.pool import Confined
from worker.stages.extract import extract_page
from worker.stages.feed import parse_feed_thoroughly
from worker.stages.language import identify

Neighbour = Callable[[str], tuple[Outlet, Report]]
Tell = Callable[[str, Cost], None]

# Time and room enough for what is honest. The long way (FAULTS=thorough) has the limits that users have.
SHORT = {"FETCH_TIMEOUT": "2", "MAX_BODY_BYTES": str(4 * MIB), "MAX_FEED_ENTRIES": "200"}
LONG = {"FETCH_TIMEOUT": "20"}


@pytest.fixture(autouse=True)
def _quiet_log() -> Iterator[None]:
    """Failures are what is tried here; their log lines would bury what pytest has to say."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as elsewhere:
        yield elsewhere


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(scope="session")
def neighbour(site: Site) -> Neighbour:
    """An outlet with which nothing is wrong, and what it has published, by a name that is its own."""

    def settles(name: str) -> tuple[Outlet, Report]:
        outlet = Outlet(site, name)
        text = f"Nothing of the kind has happened at {name}, the harbour office said on Monday. Ferries are in time."
        report = Report("notice", f"All is well at {name}", (text,))
        outlet.publishes(report)
        return outlet, report

    return settles


@pytest.fixture(scope="session")
def _pipeline(tmp_path_factory: pytest.TempPathFactory, neighbour: Neighbour) -> Iterator[Pipeline]:
    """A pipeline that may go to 127.0.0.1 alone; the canary is on 127.0.0.2.

    What stays in memory once it is there, such as what languages look like, is no attack's matter and there already.
    """
    folder = tmp_path_factory.mktemp("hostile")
    pipeline = Pipeline(
        folder,
        f"sqlite:///{folder}/storytrail.db",
        ALLOW_PRIVATE_NETWORKS="127.0.0.1/32",
        MAX_ATTEMPTS="1",  # tests/pipeline/test_fetch.py waits for what fails in passing
        **(LONG if IS_THOROUGH else SHORT),
    )
    migrate(pipeline.database)
    pipeline.runtime.confined = Confined()  # its own: what its children take at most is looked at
    pipeline.runtime.confined.start(parse_feed_thoroughly, extract_page)
    outlet, report = neighbour("first")
    pipeline.polls(outlet.feed_url)
    pipeline.runs()
    assert report.text in pipeline.article(outlet.url(report)).text
    identify("", "Mae'r tywydd yn braf yng Nghymru heddiw, meddai'r llefarydd")  # its model is loaded for rare ones
    gc.collect()
    gc.freeze()  # what is there now need not be looked through before each attack
    yield pipeline
    gc.unfreeze()
    examine(pipeline)
    pipeline.close()


@pytest.fixture
def pipeline(_pipeline: Pipeline, elsewhere: Elsewhere) -> Iterator[Pipeline]:
    """The pipeline, for one attack after the other. None may lead it to the canary."""
    yield _pipeline
    _pipeline.runtime.__dict__.pop("pace", None)  # or the next one, from the same host, would have to wait
    assert elsewhere.visits() == []


@pytest.fixture
def tells(record_property: Callable[[str, object], None]) -> Tell:
    """Show what an attack cost at the end of the run, when the long way was gone."""

    def tell(name: str, cost: Cost) -> None:
        if IS_THOROUGH:
            record_property(name, cost.shown)

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.stats.get("passed", []):
        if "tests/hostile/" in report.nodeid:
            for name, figures in report.user_properties:
                terminalreporter.write_line(f"{name}: {figures}")
