"""Migrations: they lead to the tables, on both databases, whoever runs them and however often."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.database import Database
from storage.migrate import is_current, migrate
from storage.search import is_ours
from storage.tables import Base


def test_migrations_lead_to_the_tables_as_they_are_now(database_url: str) -> None:
    database = Database(database_url)
    assert not is_current(database)
    migrate(database)
    assert is_current(database)
    with database.engine.connect() as connection:
        difference = compare_metadata(
            MigrationContext.configure(connection, opts={"include_name": is_ours}), Base.metadata
        )
    assert difference == []
    database.close()


def test_several_processes_may_migrate_at_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, databases))
    assert all(is_current(database) for database in databases)
    for database in databases:
        database.close()
