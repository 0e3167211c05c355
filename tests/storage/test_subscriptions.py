"""Subscriptions: one for each source at most, asked by one worker at a time, and never older than the wish."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import delete, select, update

from storage import pushes, sources, subscriptions
from storage.bodies import pack
from storage.database import Database
from storage.sources import NewSource
from storage.subscriptions import Claimed
from storage.tables import Push, Source, SourceState, Subscription, SubscriptionState

ACTIVE, ASKED, REFUSED, WANTED = (
    SubscriptionState.ACTIVE, SubscriptionState.ASKED, SubscriptionState.REFUSED, SubscriptionState.WANTED,
)  # fmt: skip
HUB, TOPIC = "https://hub.example/", "https://news.example/rss"
LEASE = timedelta(minutes=5)
DAY = timedelta(days=1)


def add_source(database: Database, now: datetime, url: str = "https://news.example/rss.xml") -> int:
    new = NewSource(url, sha256(url.encode()).hexdigest())
    source = database.write(lambda session: sources.add_source(session, new, "command", now))
    assert source is not None
    return source.id


@pytest.fixture
def source_id(database: Database, now: datetime) -> int:
    return add_source(database, now)


@pytest.fixture
def wanted(database: Database, source_id: int, now: datetime) -> Subscription:
    return want(database, source_id, now)


def want(database: Database, source_id: int, now: datetime, hub: str = HUB, topic: str = TOPIC) -> Subscription:
    database.write(lambda session: subscriptions.want(session, source_id, hub, topic, now))
    [subscription] = all_of(database)
    return subscription


def all_of(database: Database) -> list[Subscription]:
    return list(database.read(lambda session: session.scalars(select(Subscription)).all()))


def only(database: Database) -> Subscription:
    [subscription] = all_of(database)
    return subscription


def claim(database: Database, row: int, now: datetime) -> Claimed | None:
    return database.write(lambda session: subscriptions.claim(session, row, now, LEASE))


def ask(database: Database, row: int, now: datetime) -> Claimed:
    """Claim it and write that the hub took the request."""
    claimed = claim(database, row, now)
    assert claimed is not None
    columns = {"state": ASKED, "next_attempt_at": now + timedelta(hours=1)}
    assert database.write(lambda session: subscriptions.settle(session, claimed.claim, **columns))
    return claimed


def verify(database: Database, subscription: Subscription, now: datetime, topic: str = TOPIC) -> bool:
    until = now + 10 * DAY
    return database.write(
        lambda session: subscriptions.verified(session, subscription.token, topic, until, until - DAY)
    )


def activate(database: Database, subscription: Subscription, now: datetime) -> None:
    ask(database, subscription.id, now)
    assert verify(database, subscription, now)


def push(database: Database, subscription: Subscription, now: datetime, body: bytes = b"<rss/>") -> None:
    row, source_id = subscription.id, subscription.source_id
    assert database.write(lambda s: pushes.store_push(s, row, source_id, pack(body), "text/xml", now))


def take_pushes(database: Database) -> None:
    database.write(lambda session: session.execute(delete(Push)))


def set_state(database: Database, source_id: int, state: SourceState) -> None:
    database.write(lambda session: session.execute(update(Source).where(Source.id == source_id).values(state=state)))


def due(database: Database, now: datetime) -> list[int]:
    return list(database.read(lambda session: subscriptions.due(session, now, 10)))


def is_active(database: Database, source_id: int, now: datetime) -> bool:
    return database.read(lambda session: subscriptions.is_active(session, source_id, now))


# --- The wish ---


def test_a_wish_is_due_at_once_and_has_a_token_and_a_secret_of_its_own(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    assert (wanted.state, wanted.hub, wanted.topic) == (WANTED, HUB, TOPIC)
    assert due(database, now) == [wanted.id]
    other = add_source(database, now, "https://other.example/rss.xml")
    database.write(lambda session: subscriptions.want(session, other, HUB, TOPIC, now))
    tokens = {subscription.token for subscription in all_of(database)}
    secrets = {subscription.secret for subscription in all_of(database)}
    assert len(tokens) == len(secrets) == 2
    assert all(len(secret) >= 32 for secret in tokens | secrets)


def test_the_same_wish_again_changes_nothing(database: Database, wanted: Subscription, now: datetime) -> None:
    activate(database, wanted, now)
    again = want(database, wanted.source_id, now + DAY)
    assert (again.token, again.secret, again.state) == (wanted.token, wanted.secret, ACTIVE)


@pytest.mark.parametrize(("hub", "topic"), [("https://new.example/", TOPIC), (HUB, "https://news.example/atom")])
def test_another_hub_or_topic_is_subscribed_to_anew(
    database: Database, wanted: Subscription, now: datetime, hub: str, topic: str
) -> None:
    activate(database, wanted, now)
    push(database, wanted, now)
    anew = want(database, wanted.source_id, now, hub, topic)
    assert (anew.hub, anew.topic, anew.state, anew.until, anew.last_push) == (hub, topic, WANTED, None, None)
    assert anew.token != wanted.token
    assert anew.secret != wanted.secret
    assert due(database, now) == [anew.id]
    assert database.read(lambda session: subscriptions.by_token(session, wanted.token)) is None


@pytest.mark.parametrize(("hub", "topic"), [("", TOPIC), (HUB, ""), ("", "")])
def test_a_feed_that_announces_no_hub_any_more_is_subscribed_to_no_more(
    database: Database, wanted: Subscription, now: datetime, hub: str, topic: str
) -> None:
    database.write(lambda session: subscriptions.want(session, wanted.source_id, hub, topic, now))
    assert all_of(database) == []
    database.write(lambda session: subscriptions.want(session, wanted.source_id, hub, topic, now))
    assert all_of(database) == []


def test_an_answer_of_the_former_hub_is_not_taken_for_the_new_one(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    claimed = claim(database, wanted.id, now)
    assert claimed is not None
    anew = want(database, wanted.source_id, now, "https://new.example/")
    assert not database.write(lambda session: subscriptions.settle(session, claimed.claim, state=ASKED))
    assert not verify(database, wanted, now)
    assert only(database).state == WANTED
    assert claim(database, anew.id, now) is not None


def test_a_late_result_does_not_fit_the_row_that_has_got_the_number_of_one_that_is_gone(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    """SQLite gives the same number again."""
    late = claim(database, wanted.id, now)
    assert late is not None
    database.write(lambda session: subscriptions.want(session, wanted.source_id, "", "", now))
    next_one = want(database, wanted.source_id, now)
    assert claim(database, next_one.id, now) is not None
    assert not database.write(lambda session: subscriptions.settle(session, late.claim, state=REFUSED))
    assert only(database).state == WANTED


# --- Claims ---


def test_one_worker_at_a_time_asks_a_hub(database: Database, wanted: Subscription, now: datetime) -> None:
    assert claim(database, wanted.id, now) is not None
    assert claim(database, wanted.id, now) is None
    assert due(database, now) == []
    again = claim(database, wanted.id, now + LEASE)
    assert again is not None
    assert again.claim.attempt == 2


def test_what_was_put_off_was_no_attempt(database: Database, wanted: Subscription, now: datetime) -> None:
    claimed = claim(database, wanted.id, now)
    assert claimed is not None
    later = now + timedelta(seconds=3)
    assert database.write(lambda session: subscriptions.put_off(session, claimed.claim, later))
    assert (due(database, now), due(database, later)) == ([], [wanted.id])
    assert only(database).attempts == 0


def test_a_hub_that_kills_its_worker_each_time_is_left_alone_for_a_while(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    for attempt in range(3):
        assert claim(database, wanted.id, now + LEASE * attempt) is not None
    lapsed = now + LEASE * 3
    given_up = database.write(lambda session: subscriptions.give_up_exhausted(session, lapsed, 3, lapsed + DAY))
    assert given_up == 1
    assert only(database).state == REFUSED
    assert "without a word" in only(database).last_error
    assert (due(database, lapsed), due(database, lapsed + DAY)) == ([], [wanted.id])


# --- What the hub says ---


def test_a_subscription_is_active_when_the_hub_has_verified_it(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    ask(database, wanted.id, now)
    assert verify(database, wanted, now)
    active = only(database)
    assert (active.state, active.until, active.attempts) == (ACTIVE, now + 10 * DAY, 0)
    assert due(database, now + 9 * DAY - LEASE) == []
    assert due(database, now + 9 * DAY) == [wanted.id]


def test_a_verification_that_comes_before_the_hub_has_answered_stands(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    claimed = claim(database, wanted.id, now)
    assert claimed is not None
    assert verify(database, wanted, now)
    assert not database.write(lambda session: subscriptions.settle(session, claimed.claim, state=ASKED))
    assert only(database).state == ACTIVE


def test_what_was_never_asked_cannot_be_verified_or_denied(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    assert not verify(database, wanted, now)
    assert not database.write(lambda s: subscriptions.denied(s, wanted.token, TOPIC, "no", now))
    assert only(database).state == WANTED


def test_another_topic_or_token_is_not_ours(database: Database, wanted: Subscription, now: datetime) -> None:
    ask(database, wanted.id, now)
    assert not verify(database, wanted, now, "https://other.example/rss")
    until = now + DAY
    assert not database.write(lambda s: subscriptions.verified(s, "x" * 43, TOPIC, until, until))
    assert not database.write(lambda s: subscriptions.denied(s, wanted.token, "https://other.example/", "no", until))
    assert only(database).state == ASKED


def test_a_denied_subscription_is_asked_for_again_some_day(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    activate(database, wanted, now)
    again = now + 7 * DAY
    assert database.write(lambda s: subscriptions.denied(s, wanted.token, TOPIC, "closed " * 500, again))
    denied = only(database)
    assert (denied.state, denied.until) == (REFUSED, None)
    assert denied.last_error.startswith("closed")
    assert len(denied.last_error) <= subscriptions.MAX_REASON
    assert (due(database, again - LEASE), due(database, again)) == ([], [wanted.id])
    ask(database, wanted.id, again)
    assert verify(database, wanted, again)


# --- Polling more slowly ---


def test_a_source_is_polled_more_slowly_only_when_its_hub_has_shown_that_it_pushes(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    assert not is_active(database, wanted.source_id, now)
    activate(database, wanted, now)
    assert not is_active(database, wanted.source_id, now)
    push(database, wanted, now)
    assert is_active(database, wanted.source_id, now)
    assert not is_active(database, wanted.source_id, now + 10 * DAY)  # the hub has forgotten us


def test_a_hub_is_at_work_from_its_promise_to_the_end_of_it(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    def at_work(when: datetime) -> dict[int, str]:
        return dict(database.read(lambda session: subscriptions.hubs_at_work(session, when)))

    assert at_work(now) == {}
    activate(database, wanted, now)
    assert at_work(now) == {wanted.source_id: HUB}
    assert at_work(now + 10 * DAY) == {}


def test_a_hub_that_missed_something_is_asked_anew_and_has_to_show_it_again(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    activate(database, wanted, now)
    push(database, wanted, now)
    take_pushes(database)
    database.write(lambda session: subscriptions.doubt(session, wanted.source_id, now))
    assert not is_active(database, wanted.source_id, now)
    assert due(database, now) == [wanted.id]

    activate(database, wanted, now)
    database.write(lambda session: subscriptions.doubt(session, wanted.source_id, now))
    assert due(database, now) == []  # it is not asked at every poll
    push(database, wanted, now)
    assert is_active(database, wanted.source_id, now)


def test_a_hub_is_not_doubted_while_something_of_it_waits(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    """What the poll found may be just that."""
    activate(database, wanted, now)
    push(database, wanted, now)
    database.write(lambda session: subscriptions.doubt(session, wanted.source_id, now))
    assert is_active(database, wanted.source_id, now)
    assert due(database, now) == []


def test_a_hub_that_has_denied_us_has_to_show_again_that_it_pushes(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    activate(database, wanted, now)
    push(database, wanted, now)
    assert database.write(lambda s: subscriptions.denied(s, wanted.token, TOPIC, "no", now + DAY))
    activate(database, wanted, now + DAY)
    assert not is_active(database, wanted.source_id, now + DAY)


# --- Sources that are polled no more ---


@pytest.mark.parametrize("state", [SourceState.RETIRED, SourceState.QUARANTINED])
def test_a_subscription_ends_with_the_polling_of_its_source(
    database: Database, wanted: Subscription, now: datetime, state: SourceState
) -> None:
    activate(database, wanted, now)
    push(database, wanted, now)
    assert due(database, now) == []
    set_state(database, wanted.source_id, state)

    assert due(database, now) == [wanted.id]
    assert database.read(lambda session: subscriptions.by_token(session, wanted.token)) is None
    claimed = claim(database, wanted.id, now)
    assert claimed is not None
    assert not claimed.is_wanted
    assert not verify(database, wanted, now)  # nobody can subscribe us again
    assert database.write(lambda session: subscriptions.left(session, wanted.token, TOPIC))
    assert all_of(database) == []
    assert database.read(lambda session: session.scalars(select(Push)).all()) == []


def test_nobody_can_end_a_subscription_that_is_wanted(database: Database, wanted: Subscription, now: datetime) -> None:
    activate(database, wanted, now)
    assert not database.write(lambda session: subscriptions.left(session, wanted.token, TOPIC))
    assert only(database).state == ACTIVE


def test_the_hub_of_a_source_that_is_polled_no_more_is_not_asked_at_every_look(
    database: Database, wanted: Subscription, now: datetime
) -> None:
    activate(database, wanted, now)
    set_state(database, wanted.source_id, SourceState.RETIRED)
    ask(database, wanted.id, now)
    assert due(database, now) == []
    assert due(database, now + timedelta(hours=1)) == [wanted.id]


def test_a_subscription_is_forgotten_by_who_holds_it(database: Database, wanted: Subscription, now: datetime) -> None:
    late = claim(database, wanted.id, now)
    held = claim(database, wanted.id, now + LEASE)
    assert late is not None
    assert held is not None
    push(database, wanted, now)
    database.write(lambda session: subscriptions.forget(session, late.claim))
    assert only(database).id == wanted.id
    database.write(lambda session: subscriptions.forget(session, held.claim))
    assert all_of(database) == []
    assert database.read(lambda session: session.scalars(select(Push)).all()) == []


def test_a_subscription_is_found_by_its_source(database: Database, wanted: Subscription) -> None:
    found = database.read(lambda session: subscriptions.of_source(session, wanted.source_id))
    assert found is not None
    assert (found.source_id, found.hub) == (wanted.source_id, HUB)
