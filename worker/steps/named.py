"""The article that a person means: by its id, or by its address."""

import hashlib

from sqlalchemy.orm import Session

from storage import articles
from storage.tables import Article
from worker.stages.address import address_hash, is_id


def find_named(session: Session, named: str) -> Article | None:
    """The stored article with this id or address; None where there is none."""
    if is_id(named):
        return session.get(Article, int(named))
    as_it_stands = hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()  # of an entry without a page
    return articles.find_article(session, [address_hash(named), as_it_stands])
