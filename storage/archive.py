"""The archive as it came to be: what was read when, in which versions, and how stories changed. Only ever read.

For replaying what was read. Lists of ids may be as long as they like: they are asked about in pieces.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session, load_only

from storage import search
from storage.articles import MOST_IN_A_LIST
from storage.stories import FactRow
from storage.tables import Article, Fact, Revision, StageLog, Story, StoryChange

_EVERY = 2**62  # a limit that is none
_IS_BEHIND = text("indexed_revision <> revision")  # as the index on it says
_SHOWN = (
    *(Article.revision, Article.url, Article.host, Article.title, Article.text, Article.outlet, Article.authors),
    *(Article.language, Article.event_time, Article.story_id, Article.copy_of, Article.credit, Article.published),
    Article.first_seen,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An article as it stands in its story, without its text. `given_published`: what its source said, ISO 8601."""

    id: int
    story: int
    event_time: datetime
    read_at: datetime
    revision: int
    copy_of: int | None
    first_seen: datetime
    given_published: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of an article, and when it was replaced."""

    article: int
    number: int
    title: str
    text: str
    replaced: datetime


def candidates(
    session: Session,
    needs: Sequence[Collection[str]],
    since: datetime | None,
    until: datetime | None,
    limit: int = _EVERY,
) -> Sequence[int]:
    """The articles that full-text search finds, and no others; the newest first."""
    return search.candidates(session, needs, limit, since, until)


def unsearchable(session: Session, since: datetime | None, until: datetime | None) -> Sequence[int]:
    """What full-text search does not find for sure: read since it was last brought up to date, or in several versions,
    of which it knows the last alone.
    """
    has_versions = Article.id.in_(select(Revision.article_id))
    statement = select(Article.id).where(or_(_IS_BEHIND, has_versions), Article.story_id.is_not(None))
    if since is not None:
        statement = statement.where(Article.event_time >= since)
    if until is not None:
        statement = statement.where(Article.event_time < until)
    return session.scalars(statement.order_by(Article.event_time.desc(), Article.id.desc())).all()


def profiles_after(
    session: Session, after: int, most: int, since: datetime | None, until: datetime | None
) -> Sequence[tuple[int, Mapping[str, Any]]]:
    """What is compared of articles of a time, of those with ids above `after` the first; copies have nothing."""
    statement = select(Article.id, Article.profile).where(Article.id > after, Article.story_id.is_not(None))
    statement = statement.where(Article.copy_of.is_(None))
    if since is not None:
        statement = statement.where(Article.event_time >= since)
    if until is not None:
        statement = statement.where(Article.event_time < until)
    rows = session.execute(statement.order_by(Article.id).limit(most))
    return [(article, profile) for article, profile in rows if profile]


def by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Article]:
    """These articles, as far as they are judged and shown."""
    statement = select(Article).options(load_only(*_SHOWN))
    found = _each(session, ids, lambda some: statement.where(Article.id.in_(some)))
    return {article.id: article for (article,) in found}


def stories_of(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """In which story each of these articles is, those in none left out."""
    statement = select(Article.id, Article.story_id).where(Article.story_id.is_not(None))
    return dict(_each(session, ids, lambda some: statement.where(Article.id.in_(some))))


def standing_in(session: Session, stories: Sequence[int]) -> Sequence[Standing]:
    """Every article of these stories that was read."""
    statement = select(
        Article.id,
        Article.story_id,
        Article.event_time,
        Article.read_at,
        Article.revision,
        Article.copy_of,
        Article.first_seen,
        Article.given["published"].as_string(),
    ).where(Article.read_at.is_not(None), Article.revision > 0)
    found = _each(session, stories, lambda some: statement.where(Article.story_id.in_(some)))
    return [Standing(*row) for row in found]


def first_reads(session: Session, ids: Sequence[int]) -> Mapping[int, datetime]:
    """When each of these articles was first read."""
    statement = select(StageLog.article_id, func.min(StageLog.committed)).where(StageLog.stage == "read")
    found = _each(
        session, ids, lambda some: statement.where(StageLog.article_id.in_(some)).group_by(StageLog.article_id)
    )
    return dict(found)


def replacements(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[datetime]]:
    """When each earlier version of these articles was replaced, in order; without their texts."""
    statement = select(Revision.article_id, Revision.replaced).order_by(Revision.article_id, Revision.number)
    found: dict[int, list[datetime]] = defaultdict(list)
    for article, replaced in _each(session, ids, lambda some: statement.where(Revision.article_id.in_(some))):
        found[article].append(replaced)
    return found


def versions(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Version]]:
    """The earlier versions of these articles, the first one first."""
    columns = (Revision.article_id, Revision.number, Revision.title, Revision.text, Revision.replaced)
    statement = select(*columns).order_by(Revision.article_id, Revision.number)
    found: dict[int, list[Version]] = defaultdict(list)
    for row in _each(session, ids, lambda some: statement.where(Revision.article_id.in_(some))):
        found[row.article_id].append(Version(*row))
    return found


def facts_of(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[FactRow]]:
    """What these articles state in their current version, in the order in which it was found."""
    statement = (
        select(Fact, Article.outlet, Article.host, Article.event_time)
        .join(Article, Article.id == Fact.article_id)
        .order_by(Fact.article_id, Fact.id)
    )
    found: dict[int, list[FactRow]] = defaultdict(list)
    for fact, outlet, host, when in _each(session, ids, lambda some: statement.where(Fact.article_id.in_(some))):
        found[fact.article_id].append(
            FactRow(
                fact.article_id,
                outlet or host,
                when,
                fact.key,
                fact.slot,
                fact.value,
                fact.qualifier,
                fact.hedged,
                fact.text,
                fact.start,
                fact.said,
            )
        )
    return found


def titles(session: Session, stories: Sequence[int]) -> Mapping[int, str]:
    statement = select(Story.id, Story.title)
    return dict(_each(session, stories, lambda some: statement.where(Story.id.in_(some))))


def changes(session: Session) -> Sequence[StoryChange]:
    """Every merge and split, in the order in which they were made."""
    return session.scalars(select(StoryChange).order_by(StoryChange.id)).all()


def _each(session: Session, values: Sequence[int], statement: Callable[[Sequence[int]], Any]) -> Iterator[Any]:
    """The rows for all of the values, asked for piece by piece."""
    for first in range(0, len(values), MOST_IN_A_LIST):
        yield from session.execute(statement(values[first : first + MOST_IN_A_LIST]))
