"""Marks: what people have said of articles and topics, right or wrong.

They are kept as expectations, to hold a topic against; nothing here or elsewhere learns from them by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.statements import dialect_of, insert_of
from storage.tables import Article, Mark


@dataclass(frozen=True, slots=True)
class NewMark:
    """`is_right`: the article belongs to the topic, whether or not it was matched."""

    topic: str
    version: str
    article_id: int
    is_right: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """A mark, and which article it is on."""

    mark: Mark
    url: str
    title: str


def store_mark(session: Session, new: NewMark, now: datetime) -> None:
    """Keep a mark; a later one on the same article and topic takes its place."""
    said = {"is_right": new.is_right, "note": new.note, "version": new.version, "created": now}
    statement = insert_of(dialect_of(session), Mark).values(article_id=new.article_id, topic=new.topic, **said)
    session.execute(statement.on_conflict_do_update(index_elements=["article_id", "topic"], set_=said))


def remove_mark(session: Session, topic: str, article_id: int) -> bool:
    """Take back what was said; False: nothing was."""
    statement = delete(Mark).where(Mark.topic == topic, Mark.article_id == article_id).returning(Mark.id)
    return session.scalar(statement) is not None


def marks_of(session: Session, topic: str) -> Sequence[Mark]:
    """What was said of this topic, in order of the articles' ids."""
    return session.scalars(select(Mark).where(Mark.topic == topic).order_by(Mark.article_id)).all()


def marks_on(session: Session, article_id: int) -> Mapping[str, Mark]:
    """What was said of this article, by topic."""
    return {mark.topic: mark for mark in session.scalars(select(Mark).where(Mark.article_id == article_id))}


def list_marks(session: Session, topic: str | None = None) -> Sequence[MarkedArticle]:
    """The newest first; of one topic, or of all."""
    statement = select(Mark, Article.url, Article.title).join(Article).order_by(Mark.created.desc(), Mark.id.desc())
    if topic is not None:
        statement = statement.where(Mark.topic == topic)
    return [MarkedArticle(*row) for row in session.execute(statement)]


def wrong_in(session: Session, topic: str, story_id: int | None) -> int:
    """How many articles of a story are marked as none of this topic's."""
    statement = select(func.count()).select_from(Mark).join(Article)
    return session.scalar(statement.where(Mark.topic == topic, ~Mark.is_right, Article.story_id == story_id)) or 0


def count_marks(session: Session) -> Mapping[str, tuple[int, int]]:
    """For each topic with marks: how many are right, and how many wrong."""
    right, wrong = func.count().filter(Mark.is_right), func.count().filter(~Mark.is_right)
    return {row[0]: (row[1], row[2]) for row in session.execute(select(Mark.topic, right, wrong).group_by(Mark.topic))}
