"""A migrated database of each kind, and a clock that the test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from storage.database import Database


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    database = Database(migrated_url)
    yield database
    database.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
