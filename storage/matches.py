"""Matches: which articles belong to which topics, with their receipts, and what a topic has matched of a story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from storage.statements import dialect_of, insert_or_ignore, is_among
from storage.tables import Article, Match, Mention

FOLLOW = "follow"  # how a match was made that its words did not make

# Asked for each article read, or for each that is followed, and so written down once.
_COVERAGE = (
    select(Match.topic, func.min(Article.event_time), func.max(Article.event_time))
    .join(Article)
    .where(Article.story_id == bindparam("story"))
    .group_by(Match.topic)
    .order_by(Match.topic)
)
_COVERAGE_BEFORE = _COVERAGE.where(Article.id != bindparam("article"), Match.created <= bindparam("read"))
_LABELS = select(Article.id, Article.url).where(Article.story_id == bindparam("story")).order_by(Article.id)
_MAIN_NAMES = (
    select(Mention.name_id)
    .where(Mention.article_id == bindparam("article"))
    .order_by(Mention.count.desc(), Mention.name_id)
    .limit(bindparam("most"))
)


def _newest_matched(how: ColumnElement[bool]) -> Select[Any]:
    """Copies say nothing that their origins do not."""
    return (
        select(Article.id)
        .join(Match, Match.article_id == Article.id)
        .where(Article.story_id == bindparam("story"), Article.copy_of.is_(None))
        .where(Match.topic == bindparam("topic"), how)
        .order_by(Article.event_time.desc(), Article.id.desc())
        .limit(bindparam("most"))
    )


_FOLLOWED, _FOUND = _newest_matched(Match.by == FOLLOW), _newest_matched(Match.by != FOLLOW)


@dataclass(frozen=True, slots=True)
class NewMatch:
    topic: str
    version: str
    by: str
    receipt: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Coverage:
    """When the first and the last of the articles of a story appeared that a topic has matched."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What a topic has matched so far: how many articles in how many stories, and when the last of them was read."""

    matches: int = 0
    stories: int = 0
    last: datetime | None = None


def store_match(session: Session, article_id: int, match: NewMatch, now: datetime) -> None:
    """Store a match; a later revision of the article that still matches keeps the first receipt."""
    insert_or_ignore(session, Match, [{
        "article_id": article_id, "topic": match.topic, "version": match.version, "by": match.by,
        "receipt": dict(match.receipt), "created": now,
    }])  # fmt: skip


def matches_of(session: Session, article_id: int) -> Sequence[Match]:
    return session.scalars(select(Match).where(Match.article_id == article_id).order_by(Match.topic)).all()


def found_by_topic(session: Session) -> Mapping[str, Found]:
    """Every topic that has matched anything."""
    statement = (
        select(Match.topic, func.count(), func.count(Article.story_id.distinct()), func.max(Match.created))
        .join(Article)
        .group_by(Match.topic)
    )
    return {topic: Found(number, stories, last) for topic, number, stories, last in session.execute(statement)}


def coverage_by_topic(session: Session, story_id: int) -> Mapping[str, Coverage]:
    """The topics of which an article in this story has been matched."""
    rows = session.connection().execute(_COVERAGE, {"story": story_id})
    return {topic: Coverage(*span) for topic, *span in rows}


def coverage_before(session: Session, story_id: int, article_id: int, read: datetime) -> Mapping[str, Coverage]:
    """The same as it was when this article was read, and without it."""
    asked = {"story": story_id, "article": article_id, "read": read}
    return {topic: Coverage(*span) for topic, *span in session.connection().execute(_COVERAGE_BEFORE, asked)}


def labels_in(session: Session, story_id: int) -> Sequence[tuple[int, str]]:
    """By what the articles of a story may be named: id and address of each."""
    return [(row.id, row.url) for row in session.connection().execute(_LABELS, {"story": story_id})]


def found_in(session: Session, topic: str, story_id: int, most: int) -> Sequence[int]:
    """The newest articles of a story that this topic has matched by their words or its examples, the newest first."""
    return _ids(session, _FOUND, topic, story_id, most)


def followed_in(session: Session, topic: str, story_id: int, most: int) -> Sequence[int]:
    """The newest articles of a story that this topic has matched by following it, the newest first."""
    return _ids(session, _FOLLOWED, topic, story_id, most)


def main_names(session: Session, article_id: int, most: int) -> frozenset[int]:
    """Ids of the names that an article mentions most."""
    return frozenset(session.connection().scalars(_MAIN_NAMES, {"article": article_id, "most": most}))


def names_of_all(session: Session, article_ids: Sequence[int]) -> frozenset[int]:
    """Ids of all names that any of these articles mentions."""
    asked = {"articles": list(article_ids)}
    return frozenset(session.connection().scalars(_names_of_all(dialect_of(session)), asked))


def _ids(session: Session, statement: Select[Any], topic: str, story_id: int, most: int) -> Sequence[int]:
    asked = {"topic": topic, "story": story_id, "most": most}
    return session.connection().scalars(statement, asked).all()


@lru_cache
def _names_of_all(dialect: str) -> Select[int]:
    return select(Mention.name_id).where(is_among(dialect, Mention.article_id, "articles")).distinct()
