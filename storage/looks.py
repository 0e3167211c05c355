"""Looks: the pages of articles that were read are asked for again, as outlets change what they have published.

A look is no step on an article's way: the article stays done meanwhile, and whatever becomes of the look takes nothing
from it. It is claimed like a step, so that one worker looks at a time and a worker that dies over it holds up nobody;
a change that its source tells of takes the claim away. Only a page that has changed sends its article on its way, to
be read once more.

When to look is for the stage `looks` to say; it stands in `next_look`, for articles that matched a topic alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from storage import articles, claims
from storage.articles import Waiting
from storage.claims import Claim
from storage.tables import Article, ArticleState, Match


def has_matched(session: Session, article_id: int) -> bool:
    return bool(session.scalar(select(exists().where(Match.article_id == article_id))))


def due_looks(session: Session, now: datetime, limit: int) -> Sequence[Waiting]:
    """The free articles whose page is to be looked at, those that have waited longest first: work for `fetch`."""
    statement = (
        select(Article.id, Article.host)
        .where(Article.next_look <= now, Article.state == ArticleState.DONE, claims.is_free(Article, now))
        .order_by(Article.next_look, Article.id)
        .limit(limit)
    )
    return [Waiting(row.id, ArticleState.FETCH, row.host) for row in session.execute(statement)]


def claim_look(session: Session, article_id: int, now: datetime, lease: timedelta) -> tuple[Article, Claim] | None:
    claim = claims.take(
        session, Article, article_id, now, lease,
        Article.state == ArticleState.DONE, Article.next_look <= now,
    )  # fmt: skip
    return (session.get_one(Article, article_id), claim) if claim else None


def put_off_look(session: Session, claim: Claim, until: datetime) -> bool:
    """It was not our turn: as if nobody had looked, and later."""
    return claims.settle(session, Article, claim, attempts=claim.attempt - 1, next_look=until)


def end_look(session: Session, claim: Claim, next_look: datetime | None, **columns: Any) -> bool:
    """The page is as it was, or could not be had: the article stays as it is. False: the claim was lost."""
    return claims.settle(
        session, Article, claim, attempts=0, looks=Article.looks + 1, next_look=next_look, **columns
    )  # fmt: skip


def take_changed_page(session: Session, claim: Claim, now: datetime, **columns: Any) -> bool:
    """The page has changed: the article goes on its way once more, with its page fetched. False: the claim was lost."""
    return articles.advance(
        session, claim, "fetch", ArticleState.READ, now,
        round=Article.round + 1, looks=Article.looks + 1, **columns,
    )  # fmt: skip
