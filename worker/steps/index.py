"""Make articles searchable that were read since they last were: their terms are worked out and stored.

Apart from reading, and many in one transaction: one by one they cost three times as much. The database says which
articles are behind, so whoever is killed here leaves them to whoever comes next, and a search may come first.
"""

from collections.abc import Sequence
from functools import partial

import structlog
from sqlalchemy.orm import Session

from storage import names, search
from storage.search import Indexed
from storage.tables import Article
from worker.runtime import Runtime
from worker.stages.query import Document
from worker.stages.search import index_terms, searched_part
from worker.steps.document import document_of

log = structlog.get_logger()

BATCH = 50


def index_articles(run: Runtime, limit: int, among: Sequence[int] | None = None) -> int:
    """Make up to `limit` articles searchable (of all, or of these), those first that came first; how many there were.

    A worker names those that it has just read, so that several of them do not do each other's.
    """
    done = 0
    while done < limit:
        behind = run.database.read(partial(_next, most=min(BATCH, limit - done), among=among))
        if not behind:
            break
        indexed = [_indexed(article, shown) for article, shown in behind]
        run.database.write(partial(search.store, indexed=indexed))
        done += len(indexed)
    return done


def searched_document(article: Article, shown: Sequence[str]) -> Document:
    """A stored article as it is searched; `shown`: its names as it writes them."""
    return searched_part(document_of(article, shown))


def _next(session: Session, most: int, among: Sequence[int] | None) -> Sequence[tuple[Article, Sequence[str]]]:
    """The next articles that are behind, each with its names: of the revision that stands now."""
    articles = search.unindexed(session, most, among)
    shown = names.names_in(session, [article.id for article in articles])
    return [(article, shown.get(article.id, ())) for article in articles]


def _indexed(article: Article, shown: Sequence[str]) -> Indexed:
    try:
        return Indexed(article.id, article.revision, index_terms(searched_document(article, shown)))
    except Exception:
        # Whatever one article does to the stages, the others go on: it is found by its date alone.
        log.exception("no terms could be made of an article", article=article.id)
        return Indexed(article.id, article.revision, ())
