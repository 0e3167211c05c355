"""What full-text search costs: CPU time to make articles searchable, time to find them, room on disk.

    python -m bench.search articles.jsonl          so many lines as there are, as `storytrail ingest` takes them
    python -m bench.search articles.jsonl 500      the first 500

On a fresh SQLite file, and on PostgreSQL where the development extra has brought one. CPU microseconds are of this
process: on PostgreSQL the server's own are not among them. Times of searches are the best of five, in milliseconds.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from config.settings import load_settings
from storage import search
from storage.database import Database, create_all
from storage.search import Indexed
from storage.tables import Article, ArticleState
from tests.servers import PostgresServer
from worker.runtime import Runtime
from worker.stages.search import Search, index_terms, read_search, text_terms
from worker.stages.text.words import split
from worker.steps.document import document_of
from worker.steps.index import index_articles
from worker.steps.search import search_articles

BATCHES = (1, 20, 50)
AT_ONCE = 20
MOST = 20
ALL = 1_000_000
SEARCHES = (
    "president",  # in most articles
    "kavanaugh",
    "kavanaugh AND (ford OR senate) NOT trump",
    '"supreme court"',
    '"the who"',  # common words, seldom together
    "WHO",  # a rare one beside a common one
    "negotiat*",
    "title:hurricane",
    "site:foxnews.com since:2018-10-05",
    "zzyzx",  # in none
    "東京",
)
SIZES = {
    "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'article_search%'",
    "postgresql": "SELECT pg_total_relation_size('article_search')",
}


def main() -> None:
    rows = list(_lines(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
    print(f"{len(rows)} articles")
    indexed = _measure_terms(rows)
    for name, opened in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        for batch in BATCHES:
            with opened() as run:
                run.database.write(lambda session: session.add_all(map(_copied, rows)))
                _measure_storing(run, indexed, name, batch)
                if batch == BATCHES[-1]:
                    _measure_searches(run, name)
                    _measure_step(run, rows, name)


def _lines(path: Path, most: int | None) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if most is not None and number > most:
                return
            yield _article(number, json.loads(line))


def _article(number: int, row: dict[str, str]) -> Article:
    day = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC) + timedelta(seconds=number)
    return Article(
        id=number, url=row["url"], url_hash=f"{number}", host=row["url"].split("/")[2], given={}, outlet=row["source"],
        state=ArticleState.DONE, first_seen=day, next_attempt_at=day, published=day, event_time=day, revision=1,
        title=row["title"], text=row["text"], language="en", authors=[row["authors"] or ""],
    )  # fmt: skip


def _measure_terms(rows: Sequence[Article]) -> Sequence[Indexed]:
    """Apart from splitting, which reading has done before."""
    splitting = working = 0.0
    indexed = []
    for row in rows:
        splitting += _cpu(partial(split, row.text))
        document = document_of(row, ())
        working += _cpu(partial(index_terms, document))
        indexed.append(Indexed(row.id, row.revision, index_terms(document)))
    many, terms = len(rows), [len(one.terms) for one in indexed]
    size = sum(len(" ".join(one.terms).encode()) for one in indexed)
    print(f"{'split into words':40}{splitting / many * 1e6:8.0f} us CPU an article")
    print(f"{'terms of the words':40}{working / many * 1e6:8.0f}")
    print(f"{'terms of an article':40}{sum(terms) / many:8.0f}, {size / many / 1024:.1f} KB")
    return indexed


def _measure_storing(run: Runtime, indexed: Sequence[Indexed], name: str, batch: int) -> None:
    spent = 0.0
    for first in range(0, len(indexed), batch):
        store = partial(search.store, indexed=indexed[first : first + batch])
        spent += _cpu(partial(run.database.write, store))
    room = run.database.read(lambda session: session.scalar(text(SIZES[session.get_bind().dialect.name])))
    told = f"{name}: stored, {batch} at once"
    print(f"{told:40}{spent / len(indexed) * 1e6:8.0f} us CPU an article, {(room or 0) / len(indexed) / 1024:.1f} KB")


def _measure_step(run: Runtime, rows: Sequence[Article], name: str) -> None:
    """All of it, as a worker does after reading twenty; and later, when what reading knew is forgotten."""
    for told, knows in (("after reading", True), ("later", False)):
        run.database.write(lambda session: session.execute(text("UPDATE article SET indexed_revision = 0")))
        spent = 0.0
        for first in range(0, len(rows), AT_ONCE):
            batch = rows[first : first + AT_ONCE]
            for row in batch:
                if knows:
                    split(row.text)
                    spent += _cpu(partial(text_terms, row.text, row.language))
            spent += _cpu(partial(index_articles, run, len(batch), [row.id for row in batch]))
        print(f"{name + ': in all, ' + told:40}{spent / len(rows) * 1e6:8.0f} us CPU an article")
        _forget()


def _forget() -> None:
    for number in range(1_000):
        text_terms(str(number))


def _copied(row: Article) -> Article:
    """A session takes what it is given for its own."""
    return Article(**{column.name: getattr(row, column.name) for column in Article.__table__.columns
                      if getattr(row, column.name) is not None})  # fmt: skip


def _measure_searches(run: Runtime, name: str) -> None:
    for query in SEARCHES:
        wanted = read_search(query)
        asking = partial(run.database.read, partial(_candidates, wanted=wanted))
        asked = min(_wall(asking) for _ in range(5))
        whole = min(_wall(partial(search_articles, run, wanted, MOST)) for _ in range(5))
        found = len(search_articles(run, wanted, ALL).found)
        told = f"{found} of {len(asking())} candidates"
        print(f"{name}: {query:44}{asked * 1000:8.1f} ms index, {whole * 1000:8.1f} ms in all for {MOST}; {told}")


def _candidates(session: Session, wanted: Search) -> Sequence[int]:
    return search.candidates(session, wanted.needs, ALL, wanted.since, wanted.until)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _wall(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def _sqlite() -> Iterator[Runtime]:
    with tempfile.TemporaryDirectory() as folder:
        run = Runtime(load_settings({"STORYTRAIL_DATA": folder}))
        _prepare(run.database)
        yield run
        run.close()


@contextmanager
def _postgresql() -> Iterator[Runtime]:
    with tempfile.TemporaryDirectory() as folder, PostgresServer() as server:
        url = server.url_of(server.create_database())
        run = Runtime(load_settings({"STORYTRAIL_DATA": folder, "STORYTRAIL_DATABASE_URL": url}))
        _prepare(run.database)
        yield run
        run.close()


def _prepare(database: Database) -> None:
    create_all(database)
    with database.engine.begin() as connection:
        search.create(connection)


if __name__ == "__main__":
    main()
