"""A migrated database of each kind, and a clock that the test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.migrate import migrate


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
