"""Connections and transactions: how the two databases are opened, and how a unit of work is run.

All writing goes through `Database.write`, all reading through `Database.read`. Each takes the work as a function of a
session, so that the whole transaction can be run again when the connection breaks: work is therefore written to be
repeatable. Nothing slow (network, parsing) belongs inside.
"""

import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from storage.tables import Base

BUSY_TIMEOUT_SECONDS = 30
WAL_PAUSE_SECONDS = 0.05
WAL_PAGES = 4000  # 16 MiB: the pages of indexes change with every article, and are so written back less often
CONNECT_TIMEOUT_SECONDS = 10
HELD_SECONDS = 60
TRIES = 5
PAUSE_SECONDS = 0.5  # before the second try; twice as long before each next one
T = TypeVar("T")

GROUPING_LOCK = 0x53746F7279  # any number, as long as all processes use the same


class Database:
    """One database for this process; threads share it."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url)
        self._writer = self.engine.execution_options(writes=True)

    def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction that only reads, and return what it returns."""
        return self._run(self.engine, work)

    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction and commit it; on SQLite it holds the write lock from the start."""
        return self._run(self._writer, work)

    def close(self) -> None:
        self.engine.dispose()

    def _run(self, engine: Engine, work: Callable[[Session], T]) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                with Session(engine, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except DBAPIError as error:
                if attempt == TRIES or not _is_passing(error):
                    raise
                time.sleep(PAUSE_SECONDS * 2 ** (attempt - 1))
        raise AssertionError("the loop returns or raises")


def lock_grouping(session: Session) -> None:
    """Until this transaction ends, no other may put articles into stories.

    Two workers that read the first two reports of an event at the same moment would each open a story for it. SQLite's
    one write lock already prevents that.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": GROUPING_LOCK})


def create_all(database: Database) -> None:
    """Make the tables without migrations: for tests of queries only."""
    Base.metadata.create_all(database.engine)


def _is_passing(error: DBAPIError) -> bool:
    """Worth running the whole transaction again: the connection broke, or the database was busy or restarting."""
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:  # PostgreSQL: connection failures, serialisation, deadlock, shutting down, starting up
        return code[:2] in {"08", "40", "57"}
    if isinstance(error.orig, sqlite3.OperationalError):
        return "locked" in str(error.orig) or "busy" in str(error.orig)
    return isinstance(error, OperationalError | InterfaceError)


def _json(value: object) -> str:
    return to_json(value).decode()


def _read_json(text: str) -> Any:
    """Eight stories are read for each article, and `from_json` takes a third of the time of the one in the library.

    That one takes more, such as lone surrogates, which another program may have written.
    """
    try:
        return from_json(text)
    except ValueError:
        return json.loads(text)


# Parameters are hidden from errors: they hold the texts of articles, and errors end up in the log and on the row.
ENGINE: dict[str, Any] = {"hide_parameters": True, "json_serializer": _json, "json_deserializer": _read_json}


def _server_engine(url: str) -> Engine:
    """Without limits of ours, a server that does not answer would be waited for as long as the system likes."""
    limits = {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        # A process that was frozen inside a transaction must not hold up all others for as long as it likes.
        "options": f"-c idle_in_transaction_session_timeout={HELD_SECONDS}s -c lock_timeout={HELD_SECONDS}s",
    }
    return create_engine(url, pool_pre_ping=True, connect_args=limits, **ENGINE)


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, **ENGINE)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    _switch_to_wal(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", f"wal_autocheckpoint={WAL_PAGES}"):
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """The file keeps the mode; the first to open it sets it, and SQLite does not make the others wait for that."""
    end = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(WAL_PAUSE_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """A writing transaction takes the write lock at once.

    With a plain BEGIN, a transaction that reads before it writes fails with "database is locked" as soon as another has
    written in between, whatever the busy timeout.
    """
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
