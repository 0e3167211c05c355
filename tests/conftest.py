"""What every test may ask for: databases, a broker, and the certainty that nothing leaves this machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.network import stay_on_loopback, take_refusals
from tests.servers import PostgresServer, ValkeyServer

stay_on_loopback()
# The settings of whoever runs the tests are not the tests' settings.
for _name in [name for name in os.environ if name.startswith("STORYTRAIL_")]:
    del os.environ[_name]


@pytest.fixture(autouse=True)
def nothing_left_this_machine() -> Iterator[None]:
    """A refused connection fails its test even when the code under test took the refusal for a network error."""
    take_refusals()
    yield
    refused = take_refusals()
    assert not refused, f"tried to reach {refused}"


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def valkey_url(valkey_server: ValkeyServer) -> str:
    """A real broker, with whatever earlier tests left in it."""
    return valkey_server.url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """A real PostgreSQL, by the database from which others are made."""
    return postgres_server.url


@pytest.fixture
def broker_url(valkey_server: ValkeyServer) -> str:
    """A real broker, empty."""
    valkey_server.flush()
    return valkey_server.url


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test's own."""
    name = postgres_server.create_database()
    yield postgres_server.url_of(name)
    postgres_server.drop_database(name)


@pytest.fixture
def sqlite_database(tmp_path: Path) -> str:
    """The address of an SQLite file of this test's own, not made yet."""
    return f"sqlite:///{tmp_path}/storytrail.db"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_database"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest migration, to be copied: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("migrated") / "storytrail.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    """The name of a PostgreSQL database at the newest migration, for one test after the other."""
    name = postgres_server.create_database()
    _migrate(postgres_server.url_of(name))
    return name


def _migrate(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@pytest.fixture
def migrated_sqlite_url(sqlite_database: str, migrated_file: Path, tmp_path: Path) -> str:
    """The address of an SQLite file of this test's own, with all tables."""
    shutil.copy(migrated_file, tmp_path / "storytrail.db")
    return sqlite_database


@pytest.fixture
def migrated_postgres_url(postgres_server: PostgresServer, migrated_postgres: str) -> Iterator[str]:
    """The address of a PostgreSQL database with all tables and no rows. A test may not change its tables."""
    yield postgres_server.url_of(migrated_postgres)
    postgres_server.clear_database(migrated_postgres)


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A database with all tables and no rows: the test runs once on each kind."""
    return str(request.getfixturevalue(f"migrated_{request.param}_url"))
