"""Claiming: how several workers share rows without doing the same work twice, or losing any.

A claim is one statement that raises `fence` and `attempts` and sets a lease, *before* the work. The result is written
with `WHERE fence = mine`: when the lease has lapsed and another has claimed the row since, the late result is dropped.
Nothing is held while the work is done, so a worker may die at any moment; its claim lapses with its lease.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, or_, update
from sqlalchemy.orm import Session

from storage.tables import Article, Delivery, Source, Subscription


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write one row's result, as long as its fence stands. `attempt` is 1 at the first try."""

    id: int
    fence: int
    attempt: int


WORDLESS = "each attempt ended without a word, as when the work kills its process"

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
    statement = (
        update(table)
        .where(table.id == row_id, is_free(table, now), *conditions)
        .values(fence=table.fence + 1, attempts=table.attempts + 1, lease_until=now + lease, **also)
        .returning(table.fence, table.attempts)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(statement).one_or_none()
    return Claim(row_id, row.fence, row.attempts) if row else None


def settle(session: Session, table: Work, claim: Claim, **columns: Any) -> bool:
    """Write the result and give the claim back. False: the claim was lost, nothing was written, drop the result."""
    statement = (
        update(table)
        .where(table.id == claim.id, table.fence == claim.fence, table.lease_until.is_not(None))
        .values(lease_until=None, **columns)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def is_free(table: Work, now: datetime) -> ColumnElement[bool]:
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
