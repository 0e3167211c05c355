"""Storing what sources list: every item becomes one entry and one article, however often and wherever it is listed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import entries, sources
from storage.articles import Listed
from storage.database import Database
from storage.entries import Stored
from storage.sources import NewSource
from storage.tables import Article, Entry
from tests.storage.test_claims import listed
from worker.stages.feed.recognise import recognise


def add(database: Database, url: str, now: datetime) -> int:
    source = database.write(lambda session: sources.add_source(session, NewSource(url, url), "command", now))
    assert source is not None
    return source.id


def store_listed(session: Session, source_id: int, listed: Sequence[Listed], now: datetime) -> Stored:
    return entries.store_listed(session, {source_id: listed}, recognise, now)[source_id]


def count(database: Database, table: type[Article] | type[Entry]) -> int:
    return database.read(lambda session: session.scalar(select(func.count(table.id)))) or 0


def test_a_second_poll_of_the_same_items_adds_nothing(database: Database, now: datetime) -> None:
    source = add(database, "http://a.example/feed", now)
    items = [listed("1"), listed("2")]
    first = database.write(lambda s: store_listed(s, source, items, now))
    assert len(first.new) == 2
    assert database.write(lambda s: store_listed(s, source, items, now)) == Stored((), ())
    assert count(database, Entry) == count(database, Article) == 2


def test_one_address_on_two_feeds_is_one_article(database: Database, now: datetime) -> None:
    one, other = add(database, "http://a.example/feed", now), add(database, "http://b.example/feed", now)
    database.write(lambda s: store_listed(s, one, [listed("1")], now))
    same = [listed("other-id", url="http://a.example/1")]
    stored = database.write(lambda s: store_listed(s, other, same, now))
    assert stored == Stored((), ())
    assert count(database, Article) == 1
    assert count(database, Entry) == 2


def test_an_item_that_changed_sends_its_article_on_its_way_again(database: Database, now: datetime) -> None:
    source = add(database, "http://a.example/feed", now)
    (article,) = database.write(lambda s: store_listed(s, source, [listed("1")], now)).new
    stored = database.write(lambda s: store_listed(s, source, [listed("1", content_digest="e")], now))
    assert stored == Stored((), (article,))


def test_an_item_listed_twice_in_one_feed_is_stored_once(database: Database, now: datetime) -> None:
    source = add(database, "http://a.example/feed", now)
    stored = database.write(lambda s: store_listed(s, source, [listed("1"), listed("1")], now))
    assert len(stored.new) == 1


def test_a_very_long_address_is_stored(database: Database, now: datetime) -> None:
    """PostgreSQL refuses to index more than 8 KB, so what is unique is a hash."""
    source = add(database, "http://a.example/feed", now)
    long = listed("1", url="http://a.example/" + "x" * 20_000)
    assert len(database.write(lambda s: store_listed(s, source, [long], now)).new) == 1
    assert database.write(lambda s: store_listed(s, source, [long], now)) == Stored((), ())
