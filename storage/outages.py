"""Outages: topics whose usual sources do not come through. Each is told once, however long it lasts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.statements import insert_new
from storage.tables import Article, Entry, Match, Outage, Source


def in_question(session: Session, unwell: Collection[str], since: datetime) -> Sequence[str]:
    """Topics to look at: those with an outage, and those that sources in these states have carried since then."""
    carried = (
        select(Match.topic)
        .join(Entry, Entry.article_id == Match.article_id)
        .join(Source, Source.id == Entry.source_id)
        .where(Source.state.in_(unwell), Entry.first_seen >= since)
        .distinct()
    )
    return sorted({*session.scalars(carried), *session.scalars(select(Outage.topic))})


def begin(session: Session, topic: str, now: datetime) -> bool:
    """Write down that an outage has begun. False: it had begun before, and is told."""
    return bool(insert_new(session, Outage, [{"topic": topic, "began": now}], "topic"))


def end(session: Session, topic: str) -> None:
    session.execute(delete(Outage).where(Outage.topic == topic))


def last_match(session: Session, topic: str, until: datetime) -> tuple[int, int] | None:
    """Article and story of the newest report that the topic has matched."""
    statement = (
        select(Article.id, Article.story_id)
        .join(Match, Match.article_id == Article.id)
        .where(Match.topic == topic, Article.story_id.is_not(None), Article.event_time <= until)
        .order_by(Article.event_time.desc(), Article.id.desc())
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row is not None and row[1] is not None else None
