"""What was read becomes searchable: all of it, once, whoever is killed meanwhile."""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import Session

from storage import search
from storage.articles import NameCount, store_mentions
from storage.tables import Article, ArticleState
from tests.pipeline.newsroom import MORNING
from tests.pipeline.pipeline import Pipeline
from worker.stages.query import Document
from worker.stages.search import index_terms, read_search
from worker.steps import index
from worker.steps.index import BATCH, index_articles
from worker.steps.search import search_articles


@pytest.fixture
def archive(unexamined: Pipeline) -> Pipeline:
    """A pipeline whose articles are written by hand, so that the doctor would find their counts missing."""
    return unexamined


@pytest.fixture
def either_archive(tmp_path: Path, migrated_url: str) -> Iterator[Pipeline]:
    """The same on each kind of database."""
    pipeline = Pipeline(tmp_path, migrated_url)
    yield pipeline
    pipeline.close()


def write(pipeline: Pipeline, *texts: str) -> None:
    """Articles as if they had been read, numbered from 1."""
    pipeline.database.write(partial(_write, texts=texts))


def _write(session: Session, texts: Sequence[str]) -> None:
    session.add_all(_article(number, text) for number, text in enumerate(texts, start=1))


def _article(number: int, text: str) -> Article:
    return Article(
        id=number, url=f"https://www.example.org/{number}", url_hash=f"{number}", host="www.example.org", given={},
        state=ArticleState.DONE, first_seen=MORNING, next_attempt_at=MORNING, published=MORNING, event_time=MORNING,
        revision=1, text=text, outlet="Herald", language="en",
    )  # fmt: skip


def find(pipeline: Pipeline, query: str) -> list[int]:
    return sorted(found.article.id for found in search_articles(pipeline.runtime, read_search(query), 100).found)


def test_what_was_read_is_found_once_it_is_indexed(either_archive: Pipeline) -> None:
    write(either_archive, "The ferry Orla", "東京で地震", "A regatta")
    either_archive.database.write(
        lambda session: store_mentions(session, 3, [NameCount("ruth halloran", "Ruth Halloran", "person", 1)])
    )
    assert find(either_archive, "orla") == []
    assert index_articles(either_archive.runtime, 100) == 3
    assert find(either_archive, "orla") == [1]
    assert find(either_archive, "東京") == [2]
    assert find(either_archive, "震") == [2]
    assert find(either_archive, "name:halloran site:example.org lang:en source:herald") == [3]


def test_doing_it_again_changes_nothing(archive: Pipeline) -> None:
    write(archive, "one", "two")
    assert index_articles(archive.runtime, 100) == 2
    assert index_articles(archive.runtime, 100) == 0


def test_no_more_than_asked_for_in_one_go(archive: Pipeline) -> None:
    write(archive, *["ferry"] * (BATCH + 5))
    assert index_articles(archive.runtime, 3) == 3
    assert index_articles(archive.runtime, BATCH + 1) == BATCH + 1
    assert index_articles(archive.runtime, BATCH) == 1


def test_a_worker_may_name_its_own(archive: Pipeline) -> None:
    write(archive, "ferry", "ferry", "ferry")
    assert index_articles(archive.runtime, 100, among=[2, 3, 99]) == 2
    assert find(archive, "ferry") == [2, 3]
    assert index_articles(archive.runtime, 100, among=[]) == 0
    assert archive.database.read(search.count_unindexed) == 1


def test_a_revision_replaces_what_the_article_is_found_by(archive: Pipeline) -> None:
    write(archive, "fourteen injured")
    index_articles(archive.runtime, 100)
    archive.database.write(_correct)
    assert index_articles(archive.runtime, 100) == 1
    assert find(archive, "fourteen") == []
    assert find(archive, "seventeen") == [1]


def _correct(session: Session) -> None:
    article = session.get_one(Article, 1)
    article.text, article.revision = "seventeen injured", article.revision + 1


def test_who_is_killed_leaves_the_rest_to_the_next(archive: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two transactions, or in the midst of one: what was not stored is not said to be."""
    write(archive, *["ferry"] * (BATCH + 2))
    dies = _DiesAtTheSecondBatch()
    with monkeypatch.context() as patched:
        patched.setattr(search, "store", dies.store)
        with pytest.raises(KeyboardInterrupt):
            index_articles(archive.runtime, 1_000)
    assert len(find(archive, "ferry")) == BATCH
    archive.restarts()
    assert index_articles(archive.runtime, 1_000) == 2
    assert len(find(archive, "ferry")) == BATCH + 2


class _DiesAtTheSecondBatch:
    def __init__(self) -> None:
        self._store = search.store
        self._batches = 0

    def store(self, session: Session, indexed: Sequence[search.Indexed]) -> None:
        self._store(session, indexed)
        self._batches += 1
        if self._batches == 2:
            raise KeyboardInterrupt


def test_an_article_that_changes_meanwhile_is_done_again(archive: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    write(archive, "fourteen injured")
    store = search.store

    def change_then_store(session: Session, indexed: Sequence[search.Indexed]) -> None:
        monkeypatch.setattr(search, "store", store)
        _correct(session)
        session.flush()
        store(session, indexed)

    monkeypatch.setattr(search, "store", change_then_store)
    assert index_articles(archive.runtime, 2) == 2  # the same article twice
    assert find(archive, "seventeen") == [1]


def test_an_article_that_cannot_be_worked_out_holds_up_no_other(
    archive: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(archive, "poison", "ferry")
    monkeypatch.setattr(index, "index_terms", _chokes_on_poison)
    assert index_articles(archive.runtime, 100) == 2
    assert find(archive, "ferry") == [2]
    assert find(archive, "poison") == []


def _chokes_on_poison(document: Document) -> set[str]:
    if "poison" in document.text:
        raise RecursionError
    return index_terms(document)


def test_an_archive_of_an_older_version_is_found_meanwhile_and_brought_up_to_date(either_archive: Pipeline) -> None:
    write(either_archive, "In den Ländern", "In those lands", "Die Länder")
    either_archive.database.write(_call_german)
    index_articles(either_archive.runtime, 2)
    upgrade = import_module("storage.migrations.versions.0005_endings_in_search").upgrade
    with (
        either_archive.database.engine.begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        upgrade()
    assert either_archive.database.read(search.count_unindexed) == 2  # the first, and the third as before
    assert find(either_archive, "in") == [1, 2]
    assert index_articles(either_archive.runtime, 100) == 2
    assert find(either_archive, "Land") == [1, 3]


def _call_german(session: Session) -> None:
    for number in (1, 3):
        session.get_one(Article, number).language = "de"


BAD = [
    "",
    "🙂🙃 … \u202e",
    "a\u0300" * 200,
    "x" * 100_000,
    "word " * 300_000 + "end",
    " ".join(str(number) for number in range(100_000)),
    "東" * 200_000,
    "\ufdfa" * 50_000 + " ferry",
    'NEAR(ferry) AND "OR" NOT * ^ : - + ( ) title: {terms}',
    "' & | ! <-> :* \\ ferry",
]


def test_any_text_becomes_searchable(either_archive: Pipeline) -> None:
    write(either_archive, *BAD)
    assert index_articles(either_archive.runtime, 100) == len(BAD)
    assert find(either_archive, "ferry") == [8, 9, 10]  # the eighth has it behind a word of 50,000 letters
    assert find(either_archive, "东 OR 東") == [7]
    assert find(either_archive, '"near ferry and or not"') == [9]
