"""Statements that the two databases spell differently."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables import Base

Rows = Sequence[Mapping[str, Any]]


def insert_or_ignore(session: Session, table: type[Base], rows: Rows) -> int:
    """Insert the rows that break no unique rule and return how many they were."""
    if not rows:
        return 0
    key = inspect(table).primary_key[0]
    statement = _insert(session, table).values(list(rows)).on_conflict_do_nothing().returning(key)
    return len(session.execute(statement).all())  # drivers count such inserts differently


def insert_or_add(session: Session, table: type[Base], rows: Rows, keys: Sequence[str], column: str) -> None:
    """Insert the rows; where one with the same `keys` stands already, add to its `column` instead.

    The rows are written in the order of their keys, so that two transactions cannot wait for each other.
    """
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: tuple(row[key] for key in keys))
    statement = _insert(session, table).values(ordered)
    current = cast(ColumnElement[float], getattr(table, column))
    total = current + getattr(statement.excluded, column)
    session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_={column: total}))


def _insert(session: Session, table: type[Base]) -> Any:
    """The dialect's own INSERT, which knows ON CONFLICT. Both spell it alike, but share no type."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)
