"""Search the archive: candidates from the index, newest first, and the query's word on each of them.

What is found is what the query says of each article by itself, as it would for a topic. The index only spares it most
of them, so a search whose words are common and seldom together looks at many articles in vain: after `MOST_EXAMINED`
it stops and says how far it came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from storage import articles, names, search
from storage.tables import Article
from worker.runtime import Runtime
from worker.stages.query import Document, Hit, prepare
from worker.stages.search import Search, relevance
from worker.steps.index import searched_document

MOST_EXAMINED = 2_000
AT_ONCE = 50


@dataclass(frozen=True)
class Found:
    """An article that has what was looked for, and where."""

    article: Article
    document: Document
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Findings:
    """What a search found. `stopped_at`: the time of the last article it looked at, if it gave up before the end."""

    found: Sequence[Found]
    stopped_at: datetime | None = None


def search_articles(run: Runtime, wanted: Search, limit: int, *, best_first: bool = False) -> Findings:
    """Up to `limit` articles, the newest first; or those that are most about it, of all that are looked at."""
    ids = run.database.read(
        lambda session: search.candidates(session, wanted.needs, MOST_EXAMINED + 1, wanted.since, wanted.until)
    )
    found: list[Found] = []
    last: datetime | None = None
    for document, article in _documents(run, ids[:MOST_EXAMINED]):
        verdict = wanted.query.match(prepare(document))
        last = article.event_time
        if verdict.matched:
            found.append(Found(article, document, verdict.hits))
            if len(found) == limit and not best_first:
                return Findings(found)
    if best_first:
        found.sort(key=lambda one: relevance(one.hits, one.document.text), reverse=True)
    return Findings(found[:limit], last if len(ids) > MOST_EXAMINED else None)


def _documents(run: Runtime, ids: Sequence[int]) -> Iterator[tuple[Document, Article]]:
    """In the order of the ids, a few at a time."""
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        stored = {article.id: article for article in run.database.read(partial(articles.by_ids, ids=some))}
        shown = run.database.read(partial(names.names_in, article_ids=some))
        for article_id in some:
            if article_id in stored:
                yield searched_document(stored[article_id], shown.get(article_id, ())), stored[article_id]
