"""Pushes: kept until a poll takes them, in order and within limits, and nothing of them is left behind."""

import threading
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import articles, polls, pushes, sources, subscriptions
from storage.articles import Listed
from storage.bodies import Packed, pack, store_body
from storage.claims import Claim
from storage.database import Database
from storage.pushes import Pushed
from storage.sources import NewSource
from storage.tables import Body, Push, Source, Subscription

LATER = timedelta(hours=5)


@pytest.fixture
def subscription(database: Database, now: datetime) -> Subscription:
    """Of a source that is to be polled some hours later."""
    return subscribed(database, now, "https://news.example/rss.xml")


def subscribed(database: Database, now: datetime, url: str) -> Subscription:
    new = NewSource(url, sha256(url.encode()).hexdigest())
    source = database.write(lambda session: sources.add_source(session, new, "command", now + LATER))
    assert source is not None
    database.write(lambda session: subscriptions.want(session, source.id, "https://hub.example/", url, now))
    subscription = database.read(lambda session: subscriptions.of_source(session, source.id))
    assert subscription is not None
    return subscription


def push(database: Database, to: Subscription, packed: Packed | None, now: datetime) -> bool:
    return database.write(lambda s: pushes.store_push(s, to.id, to.source_id, packed, "text/xml", now))


def waiting(database: Database, subscription: Subscription) -> list[Pushed]:
    return list(database.read(lambda session: pushes.pending_pushes(session, subscription.source_id)))


def drop(database: Database, *ids: int) -> None:
    database.write(lambda session: pushes.drop_pushes(session, ids))


def stored_bodies(database: Database) -> int:
    return database.read(lambda session: session.scalar(select(func.count()).select_from(Body))) or 0


def next_poll(database: Database, source_id: int) -> datetime:
    return database.read(lambda session: session.get_one(Source, source_id).next_poll)


def due(database: Database, now: datetime) -> list[int]:
    return [source_id for source_id, _ in database.read(lambda session: polls.due_sources(session, now, 10))]


def claim(database: Database, source_id: int, now: datetime) -> Claim:
    lease = timedelta(minutes=5)
    [(_, claim)] = database.write(lambda session: polls.claim_sources(session, [source_id], now, lease))
    return claim


def make_all_due(database: Database, now: datetime) -> None:
    database.write(lambda session: polls.make_all_due(session, now))


def test_a_push_is_kept_and_makes_its_source_due(database: Database, subscription: Subscription, now: datetime) -> None:
    subscribed(database, now, "https://other.example/rss.xml")
    assert due(database, now) == []
    assert push(database, subscription, pack(b"one"), now)
    assert push(database, subscription, pack(b"two"), now)
    assert [(p.content_type, p.body) for p in waiting(database, subscription)] == [
        ("text/xml", b"one"), ("text/xml", b"two"),
    ]  # fmt: skip
    assert due(database, now) == [subscription.source_id]
    assert database.read(lambda s: s.get_one(Subscription, subscription.id).last_push) == now


def test_the_time_at_which_the_source_is_to_be_asked_stays(
    database: Database, subscription: Subscription, now: datetime
) -> None:
    push(database, subscription, pack(b"one"), now)
    assert next_poll(database, subscription.source_id) == now + LATER


def test_the_word_alone_makes_the_source_due(database: Database, subscription: Subscription, now: datetime) -> None:
    assert push(database, subscription, None, now)
    assert due(database, now) == [subscription.source_id]
    [word] = waiting(database, subscription)
    assert (word.body, stored_bodies(database)) == (b"", 0)
    drop(database, word.id)
    assert waiting(database, subscription) == []


@pytest.mark.parametrize("packed", [pack(b"one"), None])
def test_the_same_again_waits_once(
    database: Database, subscription: Subscription, now: datetime, packed: Packed | None
) -> None:
    assert push(database, subscription, packed, now)
    assert push(database, subscription, packed, now)
    assert len(waiting(database, subscription)) == 1


@pytest.mark.parametrize("packed", [pack(b"one"), None])
def test_what_is_pushed_again_while_it_is_being_taken_is_not_dropped_with_it(
    database: Database, subscription: Subscription, now: datetime, packed: Packed | None
) -> None:
    """The feed was asked between the first word and the second."""
    push(database, subscription, packed, now)
    [taken] = waiting(database, subscription)
    push(database, subscription, packed, now)
    drop(database, taken.id)
    assert due(database, now) == [subscription.source_id]
    assert [p.body for p in waiting(database, subscription)] == [taken.body]


def test_a_source_that_is_given_back_until_a_time_is_not_due_before_it_for_what_waits(
    database: Database, subscription: Subscription, now: datetime
) -> None:
    push(database, subscription, None, now)
    until = now + timedelta(minutes=10)
    released = [(claim(database, subscription.source_id, now), until)]
    database.write(lambda session: polls.release_sources(session, released))
    assert (due(database, now), due(database, until)) == ([], [subscription.source_id])
    assert next_poll(database, subscription.source_id) == now + LATER

    push(database, subscription, pack(b"one"), now)  # for that nobody need be asked
    assert due(database, now) == [subscription.source_id]


def test_a_source_whose_time_had_come_is_put_off_by_giving_it_back(
    database: Database, subscription: Subscription, now: datetime
) -> None:
    at, until = now + LATER, now + LATER * 2
    released = [(claim(database, subscription.source_id, at), until)]
    database.write(lambda session: polls.release_sources(session, released))
    assert next_poll(database, subscription.source_id) == until


def test_no_more_waits_than_so_many_and_the_hub_is_told(
    database: Database, subscription: Subscription, now: datetime
) -> None:
    for number in range(pushes.MAX_WAITING):
        assert push(database, subscription, pack(b"%d" % number), now)
    assert not push(database, subscription, pack(b"one more"), now)
    assert push(database, subscription, pack(b"0"), now)  # it waits already
    taken = waiting(database, subscription)
    assert len(taken) == pushes.MAX_WAITING
    drop(database, taken[0].id)
    assert push(database, subscription, pack(b"one more"), now)


def test_of_very_much_a_poll_takes_a_part(
    database: Database, subscription: Subscription, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushes, "MAX_BYTES_AT_ONCE", 10)
    for body in (b"a" * 9, b"b" * 9, b"c" * 9):
        push(database, subscription, pack(body), now)
    first = waiting(database, subscription)
    assert [p.body[:1] for p in first] == [b"a", b"b"]
    drop(database, *(p.id for p in first))
    assert [p.body[:1] for p in waiting(database, subscription)] == [b"c"]


def test_what_was_taken_leaves_nothing_behind(database: Database, subscription: Subscription, now: datetime) -> None:
    push(database, subscription, pack(b"one"), now)
    push(database, subscription, pack(b"two"), now)
    drop(database, waiting(database, subscription)[0].id)
    assert [p.body for p in waiting(database, subscription)] == [b"two"]
    assert stored_bodies(database) == 1


def test_nothing_taken_is_nothing_dropped(database: Database, subscription: Subscription, now: datetime) -> None:
    push(database, subscription, pack(b"one"), now)
    drop(database)
    assert len(waiting(database, subscription)) == 1


def test_bytes_that_others_need_stay(database: Database, subscription: Subscription, now: datetime) -> None:
    """An article's page, and another source's push, happen to be the same bytes."""
    other = subscribed(database, now, "https://other.example/rss.xml")
    for body in (b"page", b"shared"):
        push(database, subscription, pack(body), now)
    push(database, other, pack(b"shared"), now)
    item = Listed(
        uid="1", url="http://a.example/1", url_hash="", host="a.example", title="", published=None, event_time=now,
        content_digest="", given={}, body_digest=pack(b"page").digest,
    )  # fmt: skip
    database.write(lambda session: articles.store_article(session, item, now))

    drop(database, *(p.id for p in waiting(database, subscription)))

    assert stored_bodies(database) == 2
    assert [p.body for p in waiting(database, other)] == [b"shared"]


def test_bytes_that_somebody_stores_at_the_same_moment_stay(
    database: Database, subscription: Subscription, now: datetime
) -> None:
    """Whoever is first, the other must not fail for it. On SQLite one waits for the other anyway."""
    other = subscribed(database, now, "https://other.example/rss.xml")
    packed = pack(b"shared")
    push(database, subscription, packed, now)
    [taken] = waiting(database, subscription)
    dropper = threading.Thread(target=lambda: drop(database, taken.id))

    def store(session: Session) -> None:
        digest = store_body(session, packed, now)
        session.add(Push(source_id=other.source_id, body_digest=digest, content_type="", next_attempt_at=now))
        session.flush()
        dropper.start()
        dropper.join(0.3)  # it waits for us, or has gone past

    database.write(store)
    dropper.join(30)

    assert not dropper.is_alive()
    assert waiting(database, subscription) == []
    assert [p.body for p in waiting(database, other)] == [b"shared"]


def test_a_push_waits_for_a_poll_that_is_being_written(
    database: Database, subscription: Subscription, now: datetime
) -> None:
    """A deadlock would be tried again, but only after a second."""
    push(database, subscription, pack(b"one"), now)
    drop(database, *(taken.id for taken in waiting(database, subscription)))
    make_all_due(database, now)
    held, tries = claim(database, subscription.source_id, now), list[str]()

    def store(session: Session) -> None:
        tries.append("push")
        pushes.store_push(session, subscription.id, subscription.source_id, pack(b"two"), "text/xml", now)

    pusher = threading.Thread(target=lambda: database.write(store))

    def write(session: Session) -> None:
        tries.append("poll")
        assert polls.still_held(session, [held])
        if tries == ["poll"]:
            pusher.start()
            pusher.join(0.3)
        subscriptions.doubt(session, subscription.source_id, now)
        polls.settle_sources(session, {subscription.source_id: {"next_poll": now + LATER}})

    database.write(write)
    pusher.join(30)

    assert sorted(tries) == ["poll", "push"]
    assert [p.body for p in waiting(database, subscription)] == [b"two"]
