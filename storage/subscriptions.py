"""Subscriptions: which feeds are to be pushed to us by which hub, and how far each one is on its way there.

    wanted ── asked ── active ──▶ asked again before the hub forgets us
                  └──── refused ──▶ asked again in a week

The rows are the wish and not its history: what a feed no longer announces is replaced or gone, and what a hub still
pushes for it is answered with 410. A subscription is wanted as long as its source is polled: whoever retires a source
need not know that there are hubs.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from storage import claims
from storage.claims import Claim
from storage.pushes import drop_pushes_of
from storage.sources import POLLED
from storage.tables import Push, Source, Subscription, SubscriptionState

MAX_REASON = 500  # characters of what a hub says


def want(session: Session, source_id: int, hub: str, topic: str, now: datetime) -> None:
    """Be subscribed to this topic at this hub, and to no other; when one of the two is empty, to none at all."""
    there = of_source(session, source_id)
    if there is not None and (there.hub, there.topic) == (hub, topic):
        return
    if not (hub and topic):
        session.execute(delete(Subscription).where(Subscription.source_id == source_id))
    elif there is None:
        session.add(Subscription(source_id=source_id, fence=_first_fence(), **_anew(hub, topic, now)))
    else:
        fresh = _anew(hub, topic, now) | _free_again()
        session.execute(update(Subscription).where(Subscription.id == there.id).values(fresh))
    session.flush()


def _anew(hub: str, topic: str, now: datetime) -> dict[str, Any]:
    """Another hub gets another token and another secret."""
    return {
        "hub": hub, "topic": topic, "token": secrets.token_urlsafe(32), "secret": secrets.token_urlsafe(48),
        "state": SubscriptionState.WANTED, "next_attempt_at": now, "attempts": 0, "last_error": "",
        "until": None, "last_push": None,
    }  # fmt: skip


def _first_fence() -> int:
    """SQLite gives the number of a row that is gone to the next one: a late result for that must not fit this."""
    return secrets.randbelow(2**30)


def _free_again() -> dict[str, Any]:
    """Whoever is just asking the hub asks for what is no longer so: the result is dropped."""
    return {"fence": Subscription.fence + 1, "lease_until": None}


def due(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """The subscriptions whose hub is to be asked, the longest due first."""
    statement = (
        select(Subscription.id)
        .where(_is_due(now), claims.is_free(Subscription, now))
        .order_by(Subscription.next_attempt_at, Subscription.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A subscription whose hub is about to be asked: for it, or to end it, as its source is not polled any more."""

    claim: Claim
    subscription: Subscription
    is_wanted: bool


def claim(session: Session, subscription_id: int, now: datetime, lease: timedelta) -> Claimed | None:
    claim = claims.take(session, Subscription, subscription_id, now, lease, _is_due(now))
    if claim is None:
        return None
    subscription = session.get_one(Subscription, subscription_id)
    return Claimed(claim, subscription, session.get_one(Source, subscription.source_id).state in POLLED)


def settle(session: Session, claim: Claim, **columns: Any) -> bool:
    return claims.settle(session, Subscription, claim, **columns)


def put_off(session: Session, claim: Claim, until: datetime) -> bool:
    """Not now, the hub's host is to be left alone; nothing was tried, so it is not an attempt."""
    return settle(session, claim, attempts=claim.attempt - 1, next_attempt_at=until)


def forget(session: Session, claim: Claim) -> None:
    """The subscription is over, and what was pushed for it and not looked at is of no use."""
    statement = delete(Subscription).where(Subscription.id == claim.id, Subscription.fence == claim.fence)
    source_id = session.scalar(statement.returning(Subscription.source_id))
    if source_id is not None:
        drop_pushes_of(session, source_id)


def give_up_exhausted(session: Session, now: datetime, max_attempts: int, again: datetime) -> int:
    return claims.set_apart(
        session, Subscription, now, max_attempts, state=SubscriptionState.REFUSED, next_attempt_at=again
    )


def by_token(session: Session, token: str) -> Subscription | None:
    """The subscription that a hub knows by this token, if it is still wanted."""
    return session.scalar(select(Subscription).where(Subscription.token == token, _is_polled()))


def verified(session: Session, token: str, topic: str, until: datetime, renew_at: datetime) -> bool:
    """The hub asks whether we meant it. True, and the subscription is active: we did, and still do."""
    columns = {"state": SubscriptionState.ACTIVE, "until": until, "attempts": 0, "last_error": ""}
    return _answered(session, token, topic, _is_polled(), **columns, next_attempt_at=renew_at)


def denied(session: Session, token: str, topic: str, reason: str, again: datetime) -> bool:
    """The hub does not want us, or no longer; until `again` it is not asked. False: it was never asked."""
    columns = {"state": SubscriptionState.REFUSED, "until": None, "last_push": None, "last_error": reason[:MAX_REASON]}
    return _answered(session, token, topic, **columns, next_attempt_at=again)


def left(session: Session, token: str, topic: str) -> bool:
    """The hub asks whether we meant to leave. True, and the subscription is gone: its source is not polled any more."""
    statement = delete(Subscription).where(Subscription.token == token, Subscription.topic == topic, ~_is_polled())
    source_id = session.scalar(statement.returning(Subscription.source_id))
    if source_id is not None:
        drop_pushes_of(session, source_id)
    return source_id is not None


def is_active(session: Session, source_id: int, now: datetime) -> bool:
    """May the source be polled more slowly? Its hub has promised to push, and has shown that it does."""
    statement = select(Subscription.id).where(
        Subscription.source_id == source_id, _has_promised(now), Subscription.last_push.is_not(None)
    )
    return session.scalar(statement) is not None


def doubt(session: Session, source_id: int, now: datetime) -> None:
    """A poll found what a hub that used to push did not push: it counts as silent until it does, and is asked anew.

    Unless something of it waits: that may be the very thing, or the word for which the source was polled.
    """
    session.execute(
        update(Subscription)
        .where(Subscription.source_id == source_id, Subscription.last_push.is_not(None))
        .where(Subscription.source_id.not_in(select(Push.source_id)))
        .values(last_push=None, next_attempt_at=now)
    )


def hubs_at_work(session: Session, now: datetime) -> Mapping[int, str]:
    """The hubs that have promised to push, by source."""
    statement = select(Subscription.source_id, Subscription.hub).where(_has_promised(now))
    return {row.source_id: row.hub for row in session.execute(statement)}


def of_source(session: Session, source_id: int) -> Subscription | None:
    return session.scalar(select(Subscription).where(Subscription.source_id == source_id))


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Its time has come, or its source is polled no more and nobody has told the hub yet."""
    return or_(Subscription.next_attempt_at <= now, and_(~_is_polled(), Subscription.attempts == 0))


def _is_polled() -> ColumnElement[bool]:
    return Subscription.source_id.in_(select(Source.id).where(Source.state.in_(POLLED)))


def _has_promised(now: datetime) -> ColumnElement[bool]:
    return and_(Subscription.state == SubscriptionState.ACTIVE, Subscription.until > now)


def _was_asked() -> ColumnElement[bool]:
    """Attempts are counted before the hub is asked, and it may verify before it has answered."""
    return or_(Subscription.attempts > 0, Subscription.state == SubscriptionState.ACTIVE)


def _answered(session: Session, token: str, topic: str, *conditions: ColumnElement[bool], **columns: Any) -> bool:
    """Write what the hub says by itself, over whatever the worker that asked it is about to write."""
    statement = (
        update(Subscription)
        .where(Subscription.token == token, Subscription.topic == topic, _was_asked(), *conditions)
        .values(**columns, **_free_again())
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1
