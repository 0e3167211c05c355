"""Statements that the two databases spell differently."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnDefault, ColumnElement, Table, bindparam, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Base

Row = Mapping[str, Any]


def insert_or_ignore(session: Session, table: type[Base], rows: Sequence[Row]) -> None:
    """Insert the rows that break no unique rule."""
    if rows:
        session.connection().execute(_insert(session, table).on_conflict_do_nothing(), list(rows))


def insert_if_new(session: Session, table: type[Base], row: Row) -> bool:
    """Insert the row unless it breaks a unique rule; whether it was inserted."""
    key = table_of(table).primary_key.columns[0].name
    return bool(insert_new(session, table, [row], key))  # drivers count such inserts differently


def insert_new(session: Session, table: type[Base], rows: Sequence[Row], *columns: str) -> Sequence[Any]:
    """Insert the rows, all with the same keys, that break no unique rule; `columns` of those that were inserted."""
    if not rows:
        return []
    statement = _insert_returning(session.get_bind().dialect.name, table, tuple(rows[0]), columns)
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
    return _insert_of(dialect, table).values(values).on_conflict_do_nothing().returning(*(own.c[c] for c in columns))


def _constant(default: ColumnDefault) -> ColumnElement[Any]:
    """A column's default as SQL: a number, a text, or an empty list or object as JSON."""
    value = default.arg(None) if callable(default.arg) else default.arg
    if isinstance(value, int):
        return literal_column(str(value))
    text = value if isinstance(value, str) else json.dumps(value)
    return literal_column("'" + text.replace("'", "''") + "'")


def insert_or_add(session: Session, table: type[Base], rows: Sequence[Row], keys: Sequence[str], column: str) -> None:
    """Insert the rows; where one with the same `keys` stands already, add to its `column` instead.

    The rows are written in the order of their keys, so that two transactions cannot wait for each other.
    """
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: tuple(row[key] for key in keys))
    statement = _insert(session, table)
    current = cast(ColumnElement[float], table_of(table).c[column])
    total = current + getattr(statement.excluded, column)
    adding = statement.on_conflict_do_update(index_elements=list(keys), set_={column: total})
    session.connection().execute(adding, ordered)


def _insert(session: Session, table: type[Base]) -> Any:
    return _insert_of(session.get_bind().dialect.name, table)


@lru_cache
def _insert_of(dialect: str, table: type[Base]) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT. Both spell it alike, but share no type."""
    is_postgresql = dialect == "postgresql"
    return postgresql.insert(table_of(table)) if is_postgresql else sqlite.insert(table_of(table))


def table_of(table: type[Base]) -> Table:
    """The table itself: its statements go past the ORM, which would cost more than the database does."""
    return cast(Table, table.__table__)
