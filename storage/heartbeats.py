"""When each part of a running system last showed that work goes through it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Heartbeat


def beat(session: Session, part: str, now: datetime) -> None:
    session.merge(Heartbeat(part=part, seen=now))


def last_beats(session: Session) -> Mapping[str, datetime]:
    return {row.part: row.seen for row in session.scalars(select(Heartbeat))}
