"""Both databases find the same articles by their terms: those that have one of each group, and no others."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from storage import search
from storage.database import Database, create_all
from storage.search import MAX_BYTES, Indexed
from storage.tables import Article, ArticleState
from tests.servers import PostgresServer

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def archive(database_url: str, now: datetime) -> Iterator[Database]:
    """Twelve articles that were read, each an hour older than the one before; none is searchable yet."""
    with _archive(database_url, now) as database:
        yield database


@contextmanager
def _archive(url: str, now: datetime) -> Iterator[Database]:
    database = Database(url)
    create_all(database)
    with database.engine.begin() as connection:
        search.create(connection)
    database.write(lambda session: session.add_all(_article(number, now) for number in range(1, 13)))
    yield database
    database.close()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def searchable(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> Iterator[Database]:
    """The same, the first ones with terms, for tests that only look."""
    is_file = request.param == "sqlite"
    file = tmp_path_factory.mktemp("search") / "storytrail.db"
    name = "" if is_file else postgres_server.create_database()
    with _archive(f"sqlite:///{file}" if is_file else postgres_server.url_of(name), NOW) as database:
        store(database, *TERMS, *OF_LETTERS)
        yield database
    if name:
        postgres_server.drop_database(name)


def _article(number: int, now: datetime) -> Article:
    return Article(
        id=number, url=f"https://example.org/{number}", url_hash=f"{number}", host="example.org", given={},
        state=ArticleState.DONE, first_seen=now, next_attempt_at=now, published=now,
        event_time=now - timedelta(hours=number), revision=1,
    )  # fmt: skip


def store(database: Database, *terms: set[str], revision: int = 1) -> None:
    """The terms of the articles 1, 2, …"""
    indexed = [Indexed(number, revision, given) for number, given in enumerate(terms, start=1)]
    database.write(lambda session: search.store(session, indexed))


def find(database: Database, *needs: set[str], limit: int = 100, **dates: datetime) -> Sequence[int]:
    return database.read(lambda session: search.candidates(session, needs, limit, **dates))


TERMS = [
    {"ferry", "orla", "title:ferry", ".us", "us", "siteexampleorg", "site:exampleorg"},
    {"ferries", "us", "3000", "1e5", "name:orla", "東京", "京都", "都"},
    {"near", "and", "or", "not", "orlando", "x" * 60},
]

# Which of the letters a to e an article has.
OF_LETTERS = [{letter for bit, letter in enumerate("abcde") if number >> bit & 1} for number in range(3, 20, 2)]


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ([{"ferry"}], [1]),
        ([{"us"}], [1, 2]),
        ([{".us"}], [1]),  # the sign before it is part of the term
        ([{"ferry", "near"}], [1, 3]),
        ([{"ferry", "near"}, {"orla", "us"}], [1]),
        ([{"orla"}], [1]),
        ([{"orla*"}], [1, 3]),
        ([{"ferr*"}], [1, 2]),
        ([{"ferr*"}, {"3000"}], [2]),
        ([{"title:ferry"}], [1]),
        ([{"title:orla"}], []),
        ([{"name:or*"}], [2]),
        ([{"name:orla"}], [2]),
        ([{"name"}], []),  # a field's name is no term, nor what stands before a colon
        ([{"東京"}], [2]),
        ([{"京*"}], [2]),
        ([{"東"}], []),
        ([{"都"}], [2]),
        ([{"1e5"}], [2]),
        ([{"3000"}], [2]),
        ([{"300"}], []),
        ([{"near"}], [3]),  # operators of either database are words like any others
        ([{"and"}, {"or"}, {"not"}], [3]),
        ([{"x" * 60}], [3]),
        ([{"x" * 59 + "*"}], [3]),
    ],
)
def test_terms_find_articles(searchable: Database, needs: list[set[str]], found: list[int]) -> None:
    assert find(searchable, *needs) == found


letters = st.sampled_from(["a", "b", "c", "d", "e", "f", "a*", "b*"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(needs=st.lists(st.sets(letters, min_size=1, max_size=4), min_size=1, max_size=4))
def test_one_term_of_each_group_is_needed(searchable: Database, needs: list[set[str]]) -> None:
    expected = [
        number
        for number, terms in enumerate([*TERMS, *OF_LETTERS], start=1)
        if all(any(_has(terms, term) for term in group) for group in needs)
    ]
    assert find(searchable, *needs) == expected


def _has(terms: set[str], wanted: str) -> bool:
    return any(term.startswith(wanted[:-1]) for term in terms) if wanted.endswith("*") else wanted in terms


def test_the_newest_come_first_and_no_more_than_asked_for(searchable: Database) -> None:
    everything = find(searchable)
    assert everything == list(range(1, 13))
    assert find(searchable, limit=3) == everything[:3]
    assert find(searchable, since=NOW - timedelta(hours=2)) == [1, 2]
    assert find(searchable, until=NOW - timedelta(hours=10)) == [11, 12]
    assert find(searchable, since=NOW - timedelta(hours=4), until=NOW - timedelta(hours=2)) == [3, 4]


def test_what_is_stored_again_is_replaced(archive: Database) -> None:
    store(archive, {"old"}, {"old", "other"})
    store(archive, {"new"})
    assert find(archive, {"old"}) == [2]
    assert find(archive, {"new"}) == [1]


def test_an_article_is_unindexed_until_its_revision_is_stored(archive: Database) -> None:
    def waiting() -> list[int]:
        return [article.id for article in archive.read(lambda session: search.unindexed(session, 5))]

    assert waiting() == [1, 2, 3, 4, 5]
    store(archive, {"a"}, {"b"})
    assert waiting() == [3, 4, 5, 6, 7]
    archive.write(lambda session: session.execute(text("UPDATE article SET revision = 2 WHERE id = 1")))
    assert waiting()[0] == 1
    store(archive, {"a"}, revision=1)  # by somebody who read the article before it changed
    assert waiting()[0] == 1


def test_an_article_with_terms_of_an_older_version_is_found_and_waits(archive: Database) -> None:
    store(archive, {"a"}, revision=-1)
    assert find(archive, {"a"}) == [1]
    assert archive.read(search.count_unindexed) == 12
    store(archive, {"a"})
    assert archive.read(search.count_unindexed) == 11


def test_an_article_that_was_not_read_is_not_found(archive: Database) -> None:
    assert find(archive) == []


def test_an_article_without_terms_is_found_by_none(archive: Database) -> None:
    store(archive, set())
    assert find(archive) == [1]
    assert find(archive, {"a*"}) == []


def test_more_terms_than_a_database_takes_are_cut(archive: Database) -> None:
    store(archive, {f"{number:060}" for number in range(MAX_BYTES // 50)})
    assert find(archive, {f"{0:060}"}) == [1]


def test_storing_nothing_is_allowed(archive: Database) -> None:
    store(archive)
    assert find(archive) == []


def test_thousands_of_terms_may_be_asked_for(archive: Database) -> None:
    store(archive, {"a"}, {"t199"})
    group = {f"t{number}" for number in range(200)}
    assert find(archive, *[group] * 40) == [2]


def test_its_tables_are_left_out_when_tables_are_compared(searchable: Database) -> None:
    with searchable.engine.connect() as connection:
        names = database_tables(connection.dialect.get_table_names(connection))
    assert [name for name in names if not search.is_ours(name, "table")] == names
    assert search.is_ours("article", "table")
    assert search.is_ours("article_search", "index")


def database_tables(names: Sequence[str]) -> list[str]:
    found = [name for name in names if name.startswith("article_")]
    assert found
    return found


def test_what_an_article_is_found_by_goes_with_it(archive: Database) -> None:
    """On PostgreSQL; on SQLite nothing is found that is no article."""
    store(archive, {"a"}, {"a"})
    archive.write(lambda session: session.delete(session.get_one(Article, 1)))
    assert find(archive, {"a"}) == [2]
    if not archive.is_sqlite:
        left = select(func.count()).select_from(text("article_search"))
        assert archive.read(lambda session: session.scalar(left)) == 1
