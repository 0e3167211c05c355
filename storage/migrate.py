"""Bringing a database to the shape the tables have now, and asking whether it is there.

python -m storage.migrate "what changed"    writes a new migration from the difference to the tables
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x4D696772  # any number, as long as all processes use the same


def migrate(database: Database) -> None:
    """Run the migrations that are missing. Several processes may call this at once: one does it, the others wait."""
    with database.engine.execution_options(writes=True).begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        command.upgrade(_config(connection), "head")


def current_revision(database: Database) -> str | None:
    """The migration the database stands at; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def require_known(database: Database) -> None:
    """Raise alembic's CommandError when a newer version of Storytrail has been at the database."""
    revision = current_revision(database)
    if revision is not None:
        ScriptDirectory(str(MIGRATIONS)).get_revision(revision)


def is_current(database: Database) -> bool:
    return current_revision(database) == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def write_migration(message: str) -> None:
    """Compare the tables with a database at the newest migration and write the difference down as the next one."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/scratch.db")
        migrate(database)
        with database.engine.connect() as connection:
            number = len(list((MIGRATIONS / "versions").glob("0*.py"))) + 1
            command.revision(_config(connection), message, autogenerate=True, rev_id=f"{number:04}")
        database.close()


if __name__ == "__main__":
    write_migration(sys.argv[1])
