"""Looks in the database: which are due, and what is written of them while others are at work."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from storage import articles, looks
from storage.bodies import drop_unused, pack, store_body
from storage.claims import Claim
from storage.database import Database
from storage.tables import Article, ArticleState, Body, StageLog
from tests.storage.test_claims import LATER, LEASE, listed

NOW = datetime.fromisoformat("2026-03-04T12:00:00+00:00")
SOON, LONG_AGO = NOW + timedelta(minutes=15), NOW - timedelta(days=1)


@pytest.fixture
def article_id(database: Database) -> int:
    """Done, and due to be looked at."""
    return add(database, "1")


def add(database: Database, uid: str, **columns: object) -> int:
    article_id = database.write(lambda session: articles.store_article(session, listed(uid), NOW))[0]
    change(database, article_id, **{"state": ArticleState.DONE, "next_look": NOW, **columns})
    return article_id


def change(database: Database, article_id: int, **columns: object) -> None:
    database.write(lambda session: session.execute(update(Article).where(Article.id == article_id).values(columns)))


def due(database: Database, now: datetime = NOW) -> list[int]:
    return [waiting.id for waiting in database.read(lambda session: looks.due_looks(session, now, 10))]


def claim(database: Database, article_id: int, now: datetime = NOW) -> Claim | None:
    claimed = database.write(lambda session: looks.claim_look(session, article_id, now, LEASE))
    return claimed[1] if claimed else None


def held(database: Database, article_id: int) -> Claim:
    holder = claim(database, article_id)
    assert holder is not None
    return holder


def the_article(database: Database, article_id: int) -> Article:
    return database.read(lambda session: session.get_one(Article, article_id))


def test_what_waited_longest_is_due_first(database: Database) -> None:
    second = add(database, "1")
    first = add(database, "2", next_look=LONG_AGO)
    add(database, "3", next_look=SOON)
    add(database, "4", next_look=None)
    add(database, "5", state=ArticleState.READ)  # on its way, because its source has told of a change
    add(database, "6", state=ArticleState.QUARANTINED)
    add(database, "7", lease_until=SOON)  # somebody looks at it now
    lapsed = add(database, "8", lease_until=LONG_AGO)
    assert due(database) == [first, second, lapsed]


def test_one_looks_at_a_time(database: Database, article_id: int) -> None:
    assert claim(database, article_id)
    assert claim(database, article_id) is None
    assert claim(database, article_id, NOW + LATER)


@pytest.mark.parametrize(
    "columns", [{"next_look": SOON}, {"next_look": None}, {"state": ArticleState.FETCH}, {"state": ArticleState.READ}]
)
def test_what_is_not_due_is_not_claimed(database: Database, article_id: int, columns: dict[str, object]) -> None:
    change(database, article_id, **columns)
    assert claim(database, article_id) is None


def test_a_look_that_ends_leaves_the_article_as_it_is(database: Database, article_id: int) -> None:
    holder = held(database, article_id)
    assert database.write(lambda session: looks.end_look(session, holder, SOON))
    article = the_article(database, article_id)
    assert (article.state, article.round, article.looks, article.next_look) == ("done", 1, 1, SOON)
    assert (article.attempts, article.lease_until) == (0, None)
    assert database.read(lambda session: session.query(StageLog).count()) == 0


def test_a_look_that_was_put_off_counts_for_nothing(database: Database, article_id: int) -> None:
    holder = held(database, article_id)
    assert database.write(lambda session: looks.put_off_look(session, holder, SOON))
    article = the_article(database, article_id)
    assert (article.looks, article.attempts, article.next_look) == (0, 0, SOON)


def test_a_changed_page_sends_the_article_on_its_way_once_more(database: Database, article_id: int) -> None:
    holder = held(database, article_id)
    assert database.write(lambda session: looks.take_changed_page(session, holder, NOW, cut="some"))
    article = the_article(database, article_id)
    assert (article.state, article.round, article.looks, article.cut) == ("read", 2, 1, "some")
    [log] = database.read(lambda session: session.query(StageLog).all())
    assert (log.article_id, log.round, log.stage) == (article_id, 2, "fetch")


def test_a_look_that_another_has_taken_over_writes_nothing(database: Database, article_id: int) -> None:
    late = held(database, article_id)
    assert claim(database, article_id, NOW + LATER)
    before = the_article(database, article_id)
    assert not database.write(lambda session: looks.end_look(session, late, SOON))
    assert not database.write(lambda session: looks.put_off_look(session, late, SOON))
    assert not database.write(lambda session: looks.take_changed_page(session, late, NOW, cut="late"))
    after = the_article(database, article_id)
    assert (after.fence, after.looks, after.next_look, after.cut) == (before.fence, 0, NOW, "")


def test_a_change_in_its_source_takes_the_look_away(database: Database, article_id: int) -> None:
    late = held(database, article_id)
    database.write(lambda session: articles.send_again(session, article_id, listed("1"), NOW))
    assert not database.write(lambda session: looks.take_changed_page(session, late, NOW))
    assert the_article(database, article_id).state == ArticleState.FETCH


def test_a_body_is_dropped_when_the_last_article_has_another(database: Database, article_id: int) -> None:
    packed = pack(b"a page")
    other = add(database, "2")
    database.write(lambda session: store_body(session, packed, NOW))
    for each in (article_id, other):
        change(database, each, body_digest=packed.digest)
    bodies = []
    for each in (article_id, other):
        change(database, each, body_digest=None)
        database.write(lambda session: drop_unused(session, packed.digest))
        bodies.append(database.read(lambda session: session.query(Body).count()))
    assert bodies == [1, 0]
