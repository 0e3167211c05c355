"""When each part of a running system last showed that work goes through it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.statements import insert_or_ignore
from storage.tables import Heartbeat


def beat(session: Session, part: str, now: datetime) -> None:
    """Record a sign of life. Several workers may do so at the same moment; the latest stands."""
    insert_or_ignore(session, Heartbeat, [{"part": part, "seen": now}])
    session.execute(update(Heartbeat).where(Heartbeat.part == part, Heartbeat.seen < now).values(seen=now))


def last_beats(session: Session) -> Mapping[str, datetime]:
    return {row.part: row.seen for row in session.scalars(select(Heartbeat))}
