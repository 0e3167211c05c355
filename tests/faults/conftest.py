"""What the tests of faults share: evenings ready to be lived, and silence."""

from collections.abc import Iterator

import pytest
import structlog

from tests.faults.life import Evenings
from tests.faults.machine import Blank


@pytest.fixture(scope="session")
def evenings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evenings]:
    evenings = Evenings(tmp_path_factory.mktemp("evenings"))
    yield evenings
    evenings.database.close()


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Failures are what is tried here; their log lines would bury what pytest has to say."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blank]:
    blank = Blank(tmp_path_factory.mktemp("blank"))
    yield blank
    blank.database.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of the long runs, which `make faults` is for."""
    for report in terminalreporter.stats.get("passed", []):
        if "tests/faults/" in report.nodeid:
            for name, figures in report.user_properties:
                terminalreporter.write_line(f"{name}: {figures}")
