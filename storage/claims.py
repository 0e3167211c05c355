"""Claiming: how several workers share rows without doing the same work twice, or losing any.

A claim is one statement that raises `fence` and `attempts` and sets a lease, *before* the work. The result is written
with `WHERE fence = mine`: when the lease has lapsed and another has claimed the row since, the late result is dropped.
Nothing is held while the work is done, so a worker may die at any moment; its claim lapses with its lease.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Update, and_, bindparam, or_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.statements import run, table_of
from storage.tables import Article, Delivery, Source, Subscription
from storage.types import UtcDateTime


class LostClaimError(Exception):
    """The claim under which the work was done has been lost: nothing that it found may be written."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write one row's result, as long as its fence stands. `attempt` is 1 at the first try."""

    id: int
    fence: int
    attempt: int


WORDLESS = "each attempt ended without a word, as when the work kills its process"

SQL_VALUE = (ColumnElement, InstrumentedAttribute)  # a column's new value that the database works out
NOW: ColumnElement[datetime] = bindparam("now", type_=UtcDateTime())
_VALUE = "new_"  # before the name of a column: its new value

Work = type[Source] | type[Article] | type[Delivery] | type[Subscription]


def take(
    session: Session,
    table: Work,
    row_id: int,
    now: datetime,
    lease: timedelta,
    *conditions: ColumnElement[bool],
    **also: Any,
) -> Claim | None:
    """Claim the row if it is free and meets `conditions`, setting the columns `also`; None if not."""
    statement = taking(table, *conditions, **also).returning(table.fence, table.attempts)
    row = session.execute(statement, when_taking(row_id, now, lease)).one_or_none()
    return Claim(row_id, row.fence, row.attempts) if row else None


def taking(table: Work, *conditions: ColumnElement[bool], **also: Any) -> Update:
    """The claim as a statement, for rows that are claimed so often that it is written down once.

    Its parameters are `when_taking`; conditions may ask for `now` as well.
    """
    return (
        update(table)
        .where(table.id == bindparam("row"), is_free(table, NOW), *conditions)
        .values(fence=table.fence + 1, attempts=table.attempts + 1, lease_until=bindparam("leased_until"), **also)
        .execution_options(synchronize_session=False)
    )


def when_taking(row_id: int, now: datetime, lease: timedelta) -> Mapping[str, Any]:
    return {"row": row_id, "now": now, "leased_until": now + lease}


def settle(session: Session, table: Work, claim: Claim, **columns: Any) -> bool:
    """Write the result and give the claim back. False: the claim was lost, nothing was written, drop the result."""
    plain = {name: value for name, value in columns.items() if not isinstance(value, SQL_VALUE)}
    statement = _settling(table, tuple(plain))
    given = {"claimed": claim.id, "held": claim.fence, **{_VALUE + name: value for name, value in plain.items()}}
    if len(plain) == len(columns):
        return run(session, statement, given).rowcount == 1
    statement = statement.values({name: columns[name] for name in columns.keys() - plain.keys()})
    return cast(CursorResult[Any], session.connection().execute(statement, given)).rowcount == 1


@lru_cache
def _settling(table: Work, columns: tuple[str, ...]) -> Update:
    """Made once for each set of columns: to write it down costs more than the database takes to do it."""
    own = table_of(table).c
    values = {name: bindparam(_VALUE + name, type_=own[name].type) for name in columns}
    is_held = (own["id"] == bindparam("claimed"), own["fence"] == bindparam("held"), own["lease_until"].is_not(None))
    return update(table_of(table)).where(*is_held).values(lease_until=None, **values)


def is_free(table: Work, now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(table.lease_until.is_(None), table.lease_until <= now)


def _is_exhausted(table: Work, now: datetime, max_attempts: int) -> ColumnElement[bool]:
    """Claimed as often as allowed, and the last claim lapsed without a result: the work kills its worker."""
    return and_(table.attempts >= max_attempts, table.lease_until.is_not(None), table.lease_until <= now)


def set_apart(
    session: Session, table: Work, now: datetime, max_attempts: int, *conditions: ColumnElement[bool], **columns: Any
) -> int:
    """Write `columns` to the exhausted rows that meet `conditions`, with the reason, and free them; how many."""
    statement = (
        update(table)
        .where(*conditions, _is_exhausted(table, now, max_attempts))
        .values(lease_until=None, fence=table.fence + 1, last_error=WORDLESS, **columns)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount
