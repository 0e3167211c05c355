"""Transactions: what is written together stays together, and writers wait instead of failing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage.database import Database
from storage.heartbeats import beat, last_beats
from storage.tables import Term


def test_a_failing_transaction_leaves_nothing_behind(database: Database, now: datetime) -> None:
    def work(session: Session) -> None:
        beat(session, "a", now)
        session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        database.write(work)
    assert database.read(last_beats) == {}


def test_writers_that_read_first_wait_for_each_other(database: Database) -> None:
    """With a plain BEGIN, SQLite refuses most of these at once: the snapshot that was read is no longer the newest."""
    database.write(lambda session: session.add(Term(term="count", articles=0)))

    def add_one(_: int) -> None:
        def work(session: Session) -> None:
            row = session.scalars(select(Term).where(Term.term == "count").with_for_update()).one()
            row.articles += 1

        database.write(work)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(200)))
    assert database.read(lambda session: session.scalars(select(Term.articles)).one()) == 200


def test_work_is_run_again_when_the_connection_breaks(postgres_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.PAUSE_SECONDS", 0.0)
    database = Database(postgres_database)
    tries = []

    def work(session: Session) -> int:
        tries.append(1)
        if len(tries) == 1:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return int(session.scalars(text("SELECT 7")).one())

    assert database.write(work) == 7
    assert len(tries) == 2
    database.close()


def test_an_error_in_the_statement_is_not_tried_again(database: Database) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        session.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(Exception, match="nowhere"):
        database.write(work)
    assert len(tries) == 1


def test_sqlite_says_begin_immediate_for_writing_only(sqlite_database: str) -> None:
    """Two writers cannot be inside at once, a reader can be beside one."""
    database = Database(sqlite_database)
    other = Database(f"{sqlite_database}")
    with database.engine.execution_options(writes=True).begin():
        with other.engine.begin() as reader:
            assert reader.execute(text("SELECT 1")).scalar() == 1
        with other.engine.connect() as impatient:
            impatient.exec_driver_sql("PRAGMA busy_timeout=0")
            impatient.commit()
            with pytest.raises(OperationalError, match="locked"):
                impatient.execution_options(writes=True).begin()
    database.close()
    other.close()


def test_the_first_to_open_a_new_file_turns_no_other_away(tmp_path: Path) -> None:
    """SQLite does not wait, whatever its busy timeout, for another that is switching the file to WAL."""

    def write_once(database: Database) -> None:
        with database.engine.execution_options(writes=True).begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS seen (id INTEGER)"))

    for number in range(30):
        databases = [Database(f"sqlite:///{tmp_path}/{number}.db") for _ in range(6)]
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(write_once, databases))
        for database in databases:
            database.close()
