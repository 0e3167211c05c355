"""The doctor: it finds nothing in a database that the pipeline wrote, and each kind of damage done to it by hand."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.invariants import check_all
from tests.pipeline.newsroom import AGROUND, AGROUND_COPIED, FERRY, Outlet
from tests.pipeline.pipeline import Pipeline
from tests.site import Site

DAMAGE: Sequence[tuple[str, str]] = [
    ("entries", "UPDATE entry SET article_id = 999 WHERE id = 1"),
    ("progress", "UPDATE article SET state = 'fetch', next_attempt_at = '2026-03-01 00:00:00' WHERE id = 1"),
    ("progress", "UPDATE article SET state = 'read', next_attempt_at = '2026-03-01 00:00:00', "
                 "lease_until = '2026-03-01 00:05:00' WHERE id = 1"),  # its holder died, and nobody looked since
    ("stages", "DELETE FROM stage_log WHERE article_id = 1 AND stage = 'read'"),
    ("stages", "UPDATE article SET round = 2 WHERE id = 1"),  # sent again, and said to be done before it was
    ("copies", "UPDATE article SET copy_of = 2 WHERE id = 1"),  # 2 is a copy of 1
    ("copies", "UPDATE article SET copy_of = 1 WHERE id = 1"),  # of itself
    ("stories", "UPDATE article SET story_id = NULL WHERE id = 1"),
    ("stories", "UPDATE article SET story_id = 999 WHERE id = 1"),
    ("merged", "UPDATE story SET merged_into = 1 WHERE id = 1"),  # its articles were left behind
    ("redirects", "UPDATE story SET merged_into = 1 WHERE id = 1"),  # in a circle
    ("redirects", "UPDATE story SET merged_into = 999 WHERE id = 1"),
    ("carriers", "UPDATE article SET story_id = 999 WHERE id = 2"),
    ("facts", "UPDATE fact SET story_id = 999"),
    ("origins", "UPDATE story SET articles = 7 WHERE id = 1"),
    ("matches", "DELETE FROM match WHERE article_id = 1"),
    ("looks", "DELETE FROM match WHERE article_id = 2"),  # nobody wants to know whether it changes
    ("outbox", "DELETE FROM delivery"),
    ("deliveries", "UPDATE delivery SET status = 'pending', next_attempt_at = '2026-03-01 00:00:00'"),
    ("deliveries", "UPDATE delivery SET status = 'sending', next_attempt_at = '2026-03-01 00:00:00', "
                   "lease_until = '2026-03-01 00:05:00'"),
    ("messages", "UPDATE delivery SET sent_with = 1"),  # with itself
    ("digests", "INSERT INTO digest VALUES (1, 'k', 'Orla', 'log', '2026-03-04', '2026-03-04 08:00:00')"),  # of nothing
    ("quarantine", "UPDATE article SET state = 'quarantined' WHERE id = 1"),
    ("leases", "UPDATE source SET lease_until = '2026-03-01 00:00:00'"),
]  # fmt: skip


@pytest.fixture(scope="module")
def written_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """A database as the pipeline wrote it: two articles, the second a copy of the first, and one alert, sent."""
    folder = tmp_path_factory.mktemp("written")
    file = Path(shutil.copy(migrated_file, folder))
    pipeline = Pipeline(folder, f"sqlite:///{file}")
    with Site() as site:
        herald, courier = Outlet(site, "Herald"), Outlet(site, "Courier")
        pipeline.follows(FERRY)
        pipeline.polls(herald.feed_url, courier.feed_url)
        herald.publishes(AGROUND)
        courier.publishes(AGROUND_COPIED)
        pipeline.runs()
    assert [article.copy_of for article in pipeline.articles()] == [None, 1]
    assert len(pipeline.deliveries()) == 1
    pipeline.close()
    return file


@pytest.fixture
def read_through(tmp_path: Path, written_file: Path) -> Iterator[Pipeline]:
    """A copy of it, to be damaged."""
    pipeline = Pipeline(tmp_path, f"sqlite:///{shutil.copy(written_file, tmp_path)}")
    yield pipeline
    pipeline.close()


def file_of(pipeline: Pipeline) -> Path:
    return Path(str(pipeline.database.url.database))


def damage(pipeline: Pipeline, statement: str) -> None:
    """As by a hand that knows of no rules: without the foreign keys that our own connections insist on."""
    with closing(sqlite3.connect(file_of(pipeline))) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def test_every_promise_is_checked_on_what_there_is(read_through: Pipeline) -> None:
    checks = read_through.database.read(lambda session: check_all(session, read_through.now))
    assert {check.breaches for check in checks} == {0}
    assert {check.name for check in checks} == {name for name, _ in DAMAGE} | {"integrity"}
    assert all(check.checked for check in checks if check.name != "digests")


@pytest.mark.parametrize(("promise", "statement"), DAMAGE)
def test_the_doctor_finds_what_was_damaged(read_through: Pipeline, promise: str, statement: str) -> None:
    damage(read_through, statement)
    found = {check.name: check for check in read_through.breaches()}
    assert promise in found
    assert found[promise].breaches >= 1
    assert found[promise].example in {1, 2}


def test_the_doctor_finds_a_file_that_is_not_sound(read_through: Pipeline) -> None:
    """The number of unused pages, in bytes 36 to 39 of the file, is made a lie."""
    file = file_of(read_through)
    read_through.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = bytearray(file.read_bytes())
    raw[36:40] = (7).to_bytes(4, "big")
    file.write_bytes(raw)
    database = Database(f"sqlite:///{file}")
    checks = database.read(lambda session: check_all(session, read_through.now))
    database.close()
    assert [check.name for check in checks if check.breaches] == ["integrity"]


@pytest.mark.parametrize("ahead", [timedelta(minutes=1), timedelta(days=300)])
def test_what_is_over_is_sound_at_any_later_time(read_through: Pipeline, ahead: timedelta) -> None:
    read_through.clock.now += ahead
    assert read_through.breaches() == []


def test_what_waits_for_its_time_is_sound(unexamined: Pipeline, herald: Outlet) -> None:
    """A page that fails is not stuck; it would be if nobody looked for hours."""
    unexamined.polls(herald.feed_url)
    herald.lists(AGROUND)
    herald.site.fails(herald.path(AGROUND), 503)
    unexamined.runs()
    assert unexamined.article(herald.url(AGROUND)).state == "fetch"
    assert unexamined.breaches() == []

    unexamined.waits(hours=3)
    assert [check.name for check in unexamined.breaches()] == ["progress"]


def test_the_doctor_has_a_promise_in_words_for_each_check(read_through: Pipeline) -> None:
    checks = read_through.database.read(lambda session: check_all(session, read_through.now))
    promises = [check.promise for check in checks]
    assert len(set(promises)) == len(promises)
    assert all(len(promise.split()) > 3 for promise in promises)
