"""Who carries a topic: the reports that matched it, the sources that listed them, and how those are. Only ever read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from storage.articles import MOST_IN_A_LIST
from storage.sources import WITHOUT_MEMORY
from storage.tables import Article, Entry, Match, Source

_OUTLET = case((Article.outlet == "", Article.host), else_=Article.outlet)


@dataclass(frozen=True, slots=True)
class Report:
    """An article that a topic has matched. `source`: that which brought it first; None: it came as a file."""

    article: int
    story: int
    event_time: datetime
    outlet: str
    is_copy: bool
    source: int | None


def reports(session: Session, topic: str, since: datetime, until: datetime) -> Sequence[Report]:
    """What the topic has matched of this time, by the articles' own time, in its order."""
    columns = (Article.id, Article.story_id, Article.event_time, _OUTLET, Article.copy_of.is_not(None))
    statement = (
        select(*columns, Article.source_id)
        .join(Match, Match.article_id == Article.id)
        .where(Match.topic == topic, Article.story_id.is_not(None))
        .where(Article.event_time >= since, Article.event_time <= until)
        .order_by(Article.event_time, Article.id)
    )
    return [Report(*row) for row in session.execute(statement)]


def last_report(session: Session, topic: str, until: datetime) -> datetime | None:
    """When the last article appeared that the topic has matched, whenever that was."""
    statement = (
        select(Article.event_time)
        .join(Match, Match.article_id == Article.id)
        .where(Match.topic == topic, Article.event_time <= until)
        .order_by(Article.event_time.desc())
        .limit(1)
    )
    return session.scalar(statement)


def listed_by(session: Session, articles: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """For each of these articles the sources that list it; one may be listed by several."""
    found: dict[int, set[int]] = defaultdict(set)
    for first in range(0, len(articles), MOST_IN_A_LIST):
        some = articles[first : first + MOST_IN_A_LIST]
        rows = session.execute(select(Entry.article_id, Entry.source_id).where(Entry.article_id.in_(some)).distinct())
        for article, source in rows:
            found[article].add(source)
    return {article: frozenset(sources) for article, sources in found.items()}


def sources_by_id(session: Session) -> Mapping[int, Source]:
    """All sources, those that are polled no more among them."""
    return {source.id: source for source in session.scalars(select(Source).options(*WITHOUT_MEMORY))}
