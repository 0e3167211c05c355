"""Names are stored once and counted, and found by how a word of them begins."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from storage import names
from storage.articles import NameCount, store_mentions
from storage.database import Database, create_all
from storage.tables import Article, ArticleState
from tests.servers import PostgresServer

ZELENSKY = {1: "Zelensky", 2: "Zelenskyy", 3: "Zelenskyy", 4: "Зеленський"}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> Iterator[Database]:
    """Four articles about one person, two of which speak of a place as well. Tests only look at it."""
    is_file = request.param == "sqlite"
    file = tmp_path_factory.mktemp("names") / "storytrail.db"
    name = "" if is_file else postgres_server.create_database()
    database = Database(f"sqlite:///{file}" if is_file else postgres_server.url_of(name))
    create_all(database)
    database.write(_fill)
    yield database
    database.close()
    if name:
        postgres_server.drop_database(name)


def _fill(session: Session) -> None:
    session.add_all(_article(number, datetime(2026, 3, 4, tzinfo=UTC)) for number in ZELENSKY)
    session.flush()
    for number, shown in ZELENSKY.items():
        place = [NameCount("new york", "New York", "place", 1)] if number < 3 else []
        store_mentions(session, number, [NameCount("volodymyr zelensky", f"Volodymyr {shown}", "person", 3), *place])


def _article(number: int, now: datetime) -> Article:
    return Article(
        id=number, url=f"https://example.org/{number}", url_hash=f"{number}", host="example.org", given={},
        state=ArticleState.DONE, first_seen=now, next_attempt_at=now, published=now, event_time=now,
    )  # fmt: skip


def find(database: Database, *beginnings: str, limit: int = 10) -> Mapping[str, int]:
    found = database.read(lambda session: names.find_names(session, beginnings, limit))
    return {name.key: name.articles for name in found}


def test_those_of_most_articles_come_first(archive: Database) -> None:
    assert list(find(archive).items()) == [("volodymyr zelensky", 4), ("new york", 2)]
    assert list(find(archive, limit=1)) == ["volodymyr zelensky"]


@pytest.mark.parametrize(
    ("beginnings", "found"),
    [
        (["zel"], ["volodymyr zelensky"]),
        (["volod"], ["volodymyr zelensky"]),
        (["volodymyr zel"], ["volodymyr zelensky"]),
        (["volodymyr zelenskyy"], ["volodymyr zelensky"]),  # as some articles write it
        (["york"], ["new york"]),
        (["ork"], []),
        (["%"], []),  # signs of LIKE are no signs here
        (["_ew"], []),
        (["zel", "new"], ["volodymyr zelensky", "new york"]),
    ],
)
def test_a_word_of_a_name_finds_it(archive: Database, beginnings: Sequence[str], found: Sequence[str]) -> None:
    assert list(find(archive, *beginnings)) == found


def test_spellings_are_those_that_were_seen_the_most_frequent_first(archive: Database) -> None:
    (zelensky,) = archive.read(lambda session: names.find_names(session, ["zel"], 10))
    assert list(zelensky.spellings) == ["Volodymyr Zelenskyy", "Volodymyr Zelensky", "Volodymyr Зеленський"]
    assert (zelensky.shown, zelensky.kind) == ("Volodymyr Zelensky", "person")


def test_each_article_has_its_own_spelling(archive: Database) -> None:
    found = archive.read(lambda session: names.names_in(session, [1, 4, 99]))
    assert {number: set(shown) for number, shown in found.items()} == {
        1: {"Volodymyr Zelensky", "New York"},
        4: {"Volodymyr Зеленський"},
    }
