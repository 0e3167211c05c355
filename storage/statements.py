"""Statements that the two databases spell differently."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast

from sqlalchemy import (
    ARRAY,
    JSON,
    ClauseElement,
    ColumnDefault,
    ColumnElement,
    Dialect,
    Executable,
    Table,
    any_,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import QueryableAttribute, Session
from sqlalchemy.sql.selectable import TableValuedAlias

from storage.tables import Base

Row = Mapping[str, Any]


def insert_or_ignore(session: Session, table: type[Base], rows: Sequence[Row]) -> None:
    """Insert the rows that break no unique rule."""
    if rows:
        session.connection().execute(_ignoring(dialect_of(session), table), list(rows))


Convert = Callable[[Any], Any]


class Answer(Protocol):
    """What both SQLAlchemy and the driver of SQLite give for a statement."""

    @property
    def rowcount(self) -> int: ...

    def fetchall(self) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class _Wording:
    """A statement in the words of one database, and how it wants the values: by their places, or by their names."""

    text: str
    places: tuple[str, ...] | None
    constants: Mapping[str, Any]
    conversions: Mapping[str, Convert]

    def values(self, given: Row) -> Any:
        named = {**self.constants, **given}
        for name, convert in self.conversions.items():
            named[name] = convert(named[name])
        return named if self.places is None else tuple(map(named.__getitem__, self.places))


def run(session: Session, statement: ClauseElement, values: Row) -> Answer:
    """Run one of the statements that every article read asks, put into the database's words only once.

    For those that return nothing, or numbers and texts alone: what comes back is not converted. SQLAlchemy's own way
    looks at the statement, its cache and its values anew, which takes as long as a short statement itself, or twice.
    """
    wording = _wording(session.get_bind().dialect, statement)
    return _run_plainly(session, wording.text, wording.values(values))


def ask(session: Session, statement: ClauseElement, values: Row) -> Sequence[Sequence[Any]]:
    """The rows that such a statement gives, each value converted as its column says."""
    dialect = session.get_bind().dialect
    if dialect.name != "sqlite":
        return session.connection().execute(cast(Executable, statement), values).all()
    wording, conversions = _wording(dialect, statement), _returning(dialect, statement)
    found = _run_plainly(session, wording.text, wording.values(values)).fetchall()
    return [_converted(row, conversions) for row in found]


def _converted(row: Sequence[Any], conversions: Mapping[int, Convert]) -> Sequence[Any]:
    values = list(row)
    for place, convert in conversions.items():
        values[place] = convert(values[place])
    return values


def _run_plainly(session: Session, wording: str, values: Any) -> Answer:
    """On SQLite by the driver itself: what SQLAlchemy does around it takes ten times as long as a short statement."""
    connection = session.connection()
    driver: Any = connection.connection.dbapi_connection
    if not isinstance(driver, sqlite3.Connection):
        return connection.exec_driver_sql(wording, values)
    is_many = isinstance(values, list)
    try:
        return driver.executemany(wording, values) if is_many else driver.execute(wording, values)
    except sqlite3.Error as error:  # in the form in which others expect it, and without the values
        raise DBAPIError.instance(
            wording, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


@lru_cache(maxsize=256)
def _wording(dialect: Dialect, statement: ClauseElement) -> _Wording:
    compiled: Any = statement.compile(dialect=dialect)
    conversions = {
        name: convert
        for value, name in compiled.bind_names.items()
        if (convert := value.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    places = tuple(compiled.positiontup) if compiled.positional else None
    return _Wording(str(compiled), places, compiled.params, conversions)


@lru_cache(maxsize=64)
def _returning(dialect: Dialect, statement: ClauseElement) -> Mapping[int, Convert]:
    """How the values of a row are converted, by their places; those that stay as they are left out."""
    return {
        place: convert
        for place, column in enumerate(cast(Any, statement).exported_columns)
        if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
    }


def for_each(session: Session, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement in words that both databases know, `?` for each value, once for each row of plain values.

    Of the many small rows that an article brings the driver takes the values as they are; to have SQLAlchemy look at
    each takes several times what the database takes.
    """
    if rows:
        written = statement.replace("?", "%s") if dialect_of(session) == "postgresql" else statement
        _run_plainly(session, written, list(map(tuple, rows)))


def insert_if_new(session: Session, table: type[Base], row: Row) -> bool:
    """Insert the row unless it breaks a unique rule; whether it was inserted."""
    key = table_of(table).primary_key.columns[0].name
    return bool(insert_new(session, table, [row], key))  # drivers count such inserts differently


def insert_row(session: Session, table: type[Base], row: Row, column: str) -> Any:
    """Insert the row, which breaks no unique rule, and return what `column` is then."""
    [[value]] = ask(session, _insert_returning(dialect_of(session), table, tuple(row), (column,)), row)
    return value


def insert_new(session: Session, table: type[Base], rows: Sequence[Row], *columns: str) -> Sequence[Any]:
    """Insert the rows, all with the same keys, that break no unique rule; `columns` of those that were inserted."""
    if not rows:
        return []
    statement = _insert_returning(dialect_of(session), table, tuple(rows[0]), columns)
    return session.connection().execute(statement, list(rows)).all()


@lru_cache
def _insert_returning(dialect: str, table: type[Base], given: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    """Made once: to write a statement down costs about as much as ten of its rows.

    Defaults stand in it as constants. An article has twice as many as columns that are given, and each value of each
    row would be asked for, converted and handed over by itself.
    """
    own = table_of(table)
    defaults = {
        column.name: _constant(column.default)
        for column in own.columns
        if isinstance(column.default, ColumnDefault) and column.name not in given
    }
    values: dict[str, Any] = {name: bindparam(name) for name in given} | defaults
    return insert_of(dialect, table).values(values).on_conflict_do_nothing().returning(*(own.c[c] for c in columns))


def _constant(default: ColumnDefault) -> ColumnElement[Any]:
    """A column's default as SQL: a number, a text, or an empty list or object as JSON."""
    value = default.arg(None) if callable(default.arg) else default.arg
    if isinstance(value, int):
        return literal_column(str(value))
    text = value if isinstance(value, str) else json.dumps(value)
    return literal_column("'" + text.replace("'", "''") + "'")


@lru_cache
def _ignoring(dialect: str, table: type[Base]) -> Any:
    return insert_of(dialect, table).on_conflict_do_nothing()


def dialect_of(session: Session) -> str:
    return session.get_bind().dialect.name


def is_among(dialect: str, column: QueryableAttribute[Any], parameter: str) -> ColumnElement[bool]:
    """Whether the column has one of the values of a list that is handed over as one parameter.

    A list of parameters, one for each value, is written into the statement anew each time, which takes as long as the
    database takes to look them up.
    """
    if dialect == "postgresql":
        return column == any_(bindparam(parameter, type_=ARRAY(column.type)))
    return column.in_(select(values_of(dialect, parameter, column).c.value))


def values_of(dialect: str, parameter: str, column: QueryableAttribute[Any]) -> TableValuedAlias:
    """The values of such a list as rows, of the column's type, in the column `value`."""
    if dialect == "postgresql":
        return func.unnest(bindparam(parameter, type_=ARRAY(column.type))).table_valued("value").render_derived()
    return func.json_each(bindparam(parameter, type_=JSON)).table_valued("value")


@lru_cache
def insert_of(dialect: str, table: type[Base]) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT. Both spell it alike, but share no type."""
    is_postgresql = dialect == "postgresql"
    return postgresql.insert(table_of(table)) if is_postgresql else sqlite.insert(table_of(table))


def table_of(table: type[Base]) -> Table:
    """The table itself: its statements go past the ORM, which would cost more than the database does."""
    return cast(Table, table.__table__)
