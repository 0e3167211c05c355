"""Addresses of articles: those that may be meant where one is not known."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Article


def addresses_on(session: Session, hosts: Collection[str], most: int) -> Sequence[str]:
    """The addresses of the newest articles on these hosts."""
    statement = select(Article.url).where(Article.host.in_(hosts)).order_by(Article.id.desc()).limit(most)
    return session.scalars(statement).all()
