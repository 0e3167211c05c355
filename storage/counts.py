"""How much there is of everything, and what waits: for the status page, `healthcheck` and the end of a run."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.articles import WAITING
from storage.tables import Alert, Article, Delivery, Source, Story
from storage.threads import OPEN


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of rows; the mappings are by state or status."""

    sources: Mapping[str, int]
    articles: Mapping[str, int]
    copies: int
    stories: int
    alerts: int
    deliveries: Mapping[str, int]


def count_all(session: Session) -> Counts:
    return Counts(
        sources=_by(session, Source.state),
        articles=_by(session, Article.state),
        copies=session.scalar(select(func.count()).where(Article.copy_of.is_not(None))) or 0,
        stories=session.scalar(select(func.count()).where(Story.articles > 0)) or 0,
        alerts=session.scalar(select(func.count(Alert.id))) or 0,
        deliveries=_by(session, Delivery.status),
    )


def unfinished(session: Session) -> int:
    """Articles that are on their way and deliveries that may still go out, held or not."""
    articles = session.scalar(select(func.count()).where(Article.state.in_(WAITING))) or 0
    deliveries = session.scalar(select(func.count()).where(Delivery.status.in_(OPEN))) or 0
    return articles + deliveries


def _by(session: Session, state: InstrumentedAttribute[str]) -> Mapping[str, int]:
    rows = session.execute(select(state, func.count()).group_by(state).order_by(state))
    return {row[0]: row[1] for row in rows}
