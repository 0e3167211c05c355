"""What is compared of stored articles: of those that topics name as examples, and of those they are held against."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import QueryableAttribute, Session, aliased

from storage.tables import Article

AT_ONCE = 500
LONGEST_ID = 18  # digits; a database has no longer numbers

Kept = Mapping[str, Any]  # a profile as it is kept


def profiles_in(session: Session, stories: Collection[int]) -> Sequence[Kept]:
    """Of the articles of these stories, copies apart."""
    if not stories:
        return ()
    of_stories = Article.story_id.in_(stories), Article.copy_of.is_(None)
    rows = session.scalars(select(Article.profile).where(*of_stories))
    return [profile for profile in rows if profile]


def newest_profiles(session: Session, most: int, without: Collection[int]) -> Sequence[Kept]:
    """Of the newest articles that are in none of these stories."""
    rows = session.execute(select(Article.story_id, Article.profile).order_by(Article.id.desc()).limit(most))
    return [profile for story, profile in rows if profile and story not in without]


def profiles_by_key(session: Session, keys: Sequence[str]) -> Mapping[str, Kept]:
    """Of the articles with these ids or hashes of their addresses, each under its key; of a copy that of its origin.

    What is not in the archive, or not read yet, is left out.
    """
    hashes = [key for key in keys if len(key) > LONGEST_ID]
    ids = [int(key) for key in keys if len(key) <= LONGEST_ID]
    origin = aliased(Article)
    is_origin = origin.id == func.coalesce(Article.copy_of, Article.id)
    statement = select(Article.id, Article.url_hash, origin.profile).join(origin, is_origin)
    found: dict[str, Kept] = {}
    for which in (*_pieces(Article.id, ids), *_pieces(Article.url_hash, hashes)):
        for article_id, url_hash, profile in session.execute(statement.where(which)):
            if profile:
                found |= dict.fromkeys((str(article_id), url_hash), profile)
    return {key: found[key] for key in keys if key in found}


def _pieces(column: QueryableAttribute[Any], values: Sequence[object]) -> Iterator[ColumnElement[bool]]:
    """A few hundred at a time: a database takes so many values and no more."""
    for first in range(0, len(values), AT_ONCE):
        yield column.in_(values[first : first + AT_ONCE])
