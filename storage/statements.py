"""Statements that the two databases spell differently."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table
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
    key = _table(table).primary_key.columns[0]
    statement = _insert(session, table).values(row).on_conflict_do_nothing().returning(key)
    return session.execute(statement).first() is not None  # drivers count such inserts differently


def insert_or_add(session: Session, table: type[Base], rows: Sequence[Row], keys: Sequence[str], column: str) -> None:
    """Insert the rows; where one with the same `keys` stands already, add to its `column` instead.

    The rows are written in the order of their keys, so that two transactions cannot wait for each other.
    """
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: tuple(row[key] for key in keys))
    statement = _insert(session, table)
    current = cast(ColumnElement[float], _table(table).c[column])
    total = current + getattr(statement.excluded, column)
    adding = statement.on_conflict_do_update(index_elements=list(keys), set_={column: total})
    session.connection().execute(adding, ordered)


def _insert(session: Session, table: type[Base]) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT. Both spell it alike, but share no type."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(_table(table)) if is_postgresql else sqlite.insert(_table(table))


def _table(table: type[Base]) -> Table:
    return cast(Table, table.__table__)
