"""How much there is of everything, and what waits: for the status page, `healthcheck` and the end of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage import claims
from storage.alerts import OPEN
from storage.articles import WAITING
from storage.sources import POLLED
from storage.tables import Alert, Article, ArticleState, Delivery, Source, Story


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of rows; the mappings are by state or status."""

    sources: Mapping[str, int]
    articles: Mapping[str, int]
    copies: int
    stories: int
    alerts: int
    deliveries: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The oldest due time of each kind of work; None when nothing of it is due."""

    poll: datetime | None
    fetch: datetime | None
    read: datetime | None
    deliver: datetime | None


def count_all(session: Session) -> Counts:
    return Counts(
        sources=_by(session, Source.state),
        articles=_by(session, Article.state),
        copies=session.scalar(select(func.count()).where(Article.copy_of.is_not(None))) or 0,
        stories=session.scalar(select(func.count()).where(Story.articles > 0)) or 0,
        alerts=session.scalar(select(func.count(Alert.id))) or 0,
        deliveries=_by(session, Delivery.status),
    )


def oldest_waiting(session: Session, now: datetime) -> Waiting:
    """What is due and free. Work that somebody holds, or that waits for its time, is not waiting."""

    def article(state: ArticleState) -> datetime | None:
        return session.scalar(
            select(func.min(Article.next_attempt_at)).where(
                Article.state == state, Article.next_attempt_at <= now, claims.is_free(Article, now)
            )
        )

    poll = select(func.min(Source.next_poll)).where(
        Source.state.in_(POLLED), Source.next_poll <= now, claims.is_free(Source, now)
    )
    deliver = select(func.min(Delivery.next_attempt_at)).where(
        Delivery.status.in_(OPEN), Delivery.next_attempt_at <= now, claims.is_free(Delivery, now)
    )
    return Waiting(
        poll=session.scalar(poll),
        fetch=article(ArticleState.FETCH),
        read=article(ArticleState.READ),
        deliver=session.scalar(deliver),
    )


def unfinished(session: Session) -> int:
    """Articles that are on their way and deliveries that may still go out, held or not."""
    articles = session.scalar(select(func.count()).where(Article.state.in_(WAITING))) or 0
    deliveries = session.scalar(select(func.count()).where(Delivery.status.in_(OPEN))) or 0
    return articles + deliveries


def _by(session: Session, state: InstrumentedAttribute[str]) -> Mapping[str, int]:
    rows = session.execute(select(state, func.count()).group_by(state).order_by(state))
    return {row[0]: row[1] for row in rows}
