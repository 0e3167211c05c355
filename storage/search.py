"""Full-text search: which articles have which terms, in the way of each database.

What a term is, and which ones an article or a search has, is decided elsewhere; here they are opaque, but for a `*` at
the end of one that is asked for: it stands for every term that begins so. SQLite keeps them in an FTS5 table,
PostgreSQL in a tsvector with a GIN index. Neither parts or folds them, neither keeps their places in the text: a search
asks which articles have one term of each group, and both databases give the same answer.

These tables are no part of `Base`: SQLAlchemy knows neither FTS5 nor what it keeps beside. The migration makes them
with `create`, and whoever compares tables with the database leaves them out with `is_ours`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, Select, func, select, text, update
from sqlalchemy.orm import Session, load_only

from storage.tables import Article

TABLE = "article_search"
_CREATE = {
    # Terms hold letters, digits and these signs alone, which keep them whole; "ascii" lets other scripts be.
    "sqlite": [
        "CREATE VIRTUAL TABLE IF NOT EXISTS article_search USING fts5"
        "(terms, tokenize = \"ascii tokenchars ':.'\", detail = none, columnsize = 0)"
    ],
    "postgresql": [
        "CREATE TABLE IF NOT EXISTS article_search "
        "(article_id BIGINT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE, terms TSVECTOR NOT NULL)",
        "CREATE INDEX IF NOT EXISTS ix_article_search_terms ON article_search USING gin (terms)",
    ],
}
_DELETE = "DELETE FROM article_search WHERE rowid = :id"  # FTS5 has no ON CONFLICT
_STORE = {
    "sqlite": "INSERT INTO article_search (rowid, terms) VALUES (:id, :terms)",
    # Through an array and not a parser, which would take addresses and numbers apart.
    "postgresql": "INSERT INTO article_search (article_id, terms) "
    "VALUES (:id, array_to_tsvector(string_to_array(:terms, ' '))) "
    "ON CONFLICT (article_id) DO UPDATE SET terms = excluded.terms",
}
_HAS_TERMS = {
    "sqlite": "article.id IN (SELECT rowid FROM article_search WHERE article_search MATCH :wanted)",
    "postgresql": "article.id IN (SELECT article_id FROM article_search WHERE terms @@ CAST(:wanted AS tsquery))",
}
_SEARCHED = (
    *(Article.revision, Article.url, Article.host, Article.title, Article.text, Article.outlet),
    *(Article.authors, Article.language, Article.event_time),
)
_IS_BEHIND = text("indexed_revision <> revision")  # as the index on it says
_NEVER = 0  # made searchable; below it, with terms of an older version of Storytrail
MAX_BYTES = 1_000_000  # of an article's terms; PostgreSQL takes little more (1 MiB)
_LONGEST_LETTER = 4  # bytes, in UTF-8


@dataclass(frozen=True, slots=True)
class Indexed:
    """The terms of a revision of an article."""

    article_id: int
    revision: int
    terms: Collection[str]


def create(connection: Connection) -> None:
    """Make the tables, for the migration."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    connection.exec_driver_sql(f"DROP TABLE {TABLE}")


def is_ours(name: str | None, kind: str, parents: object = None) -> bool:  # noqa: ARG001 -- Alembic's signature
    """For Alembic's `include_name`: whether `Base` knows of it. FTS5 has tables of its own beside the one."""
    return not (kind == "table" and name is not None and name.startswith(TABLE))


def unindexed(session: Session, limit: int, among: Sequence[int] | None = None) -> Sequence[Article]:
    """Articles (of all, or of these) that were read since they last became searchable, in the order of their ids.

    Of their columns only those are loaded that are searched.
    """
    statement = select(Article).options(load_only(*_SEARCHED)).where(_IS_BEHIND).order_by(Article.id).limit(limit)
    if among is not None:
        statement = statement.where(Article.id.in_(among))
    return session.scalars(statement).all()


def count_unindexed(session: Session) -> int:
    return session.scalars(select(func.count()).select_from(Article).where(_IS_BEHIND)).one()


def store(session: Session, indexed: Sequence[Indexed]) -> None:
    """Replace what these articles are found by."""
    if not indexed:
        return
    connection, dialect = session.connection(), session.get_bind().dialect.name
    rows = [{"id": one.article_id, "terms": _fitting(one.terms)} for one in indexed]
    if dialect == "sqlite":
        connection.execute(text(_DELETE), [{"id": row["id"]} for row in rows])
    connection.execute(text(_STORE[dialect]), rows)
    session.execute(update(Article), [{"id": one.article_id, "indexed_revision": one.revision} for one in indexed])


def candidates(
    session: Session,
    needs: Sequence[Collection[str]],
    limit: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[int]:
    """Articles that have a term of each group (of no group: all), by event time, the newest first."""
    statement = select(Article.id).where(Article.indexed_revision != _NEVER)
    if needs:
        dialect = session.get_bind().dialect.name
        statement = statement.where(text(_HAS_TERMS[dialect]).bindparams(wanted=_wanted(needs, dialect)))
    statement = _within(statement, since, until)
    return session.scalars(statement.order_by(Article.event_time.desc(), Article.id.desc()).limit(limit)).all()


def _within(statement: Select[Any], since: datetime | None, until: datetime | None) -> Select[Any]:
    if since is not None:
        statement = statement.where(Article.event_time >= since)
    return statement if until is None else statement.where(Article.event_time < until)


def _wanted(needs: Sequence[Collection[str]], dialect: str) -> str:
    """The groups as the database asks for them: one of each, all of them."""
    is_sqlite = dialect == "sqlite"
    term, either, both = (_fts5_term, " OR ", " AND ") if is_sqlite else (_tsquery_term, " | ", " & ")
    return both.join(f"({either.join(map(term, sorted(group)))})" for group in needs)


def _fts5_term(term: str) -> str:
    return f'"{term[:-1]}" *' if term.endswith("*") else f'"{term}"'


def _tsquery_term(term: str) -> str:
    return f"'{term[:-1]}':*" if term.endswith("*") else f"'{term}'"


def _fitting(terms: Collection[str]) -> str:
    """As many as the database takes; only texts that were made for it have more."""
    ordered = sorted(terms)  # so that both databases keep the same ones
    joined = " ".join(ordered)
    if len(joined) * _LONGEST_LETTER <= MAX_BYTES or len(joined.encode()) <= MAX_BYTES:
        return joined
    sizes = accumulate(len(term.encode()) + 1 for term in ordered)
    return " ".join(term for term, size in zip(ordered, sizes, strict=True) if size <= MAX_BYTES)
