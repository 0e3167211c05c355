"""Alerts and the outbox: what is to be told to whom, and what has been. What they stand on is in `matches`.

An alert and its deliveries are written in the transaction that found the match, so neither can be there without the
other. Sending comes after; what is not sent yet stands in the outbox. Several deliveries may go out as one message: the
first of them leads, and is what is claimed and settled; see `threads.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, select, text, update
from sqlalchemy.orm import Session

from storage import claims, threads
from storage.claims import Claim
from storage.statements import dialect_of, insert_new
from storage.tables import Alert, Delivery, DeliveryStatus, DigestMessage
from storage.threads import OPEN

# Asked for each match, and so written down once.
_TOLD = (
    select(Alert.id, Alert.created, Alert.reason, Alert.facts, Alert.new, Alert.disagreements)
    .where(Alert.topic == bindparam("topic"), Alert.story_id == bindparam("story"))
    .order_by(Alert.id)
)
CAN_GO_AGAIN = (DeliveryStatus.UNCERTAIN, DeliveryStatus.DEAD, DeliveryStatus.MUTED)


@dataclass(frozen=True, slots=True)
class NewAlert:
    key: str
    topic: str
    reason: str
    new: Sequence[str]
    disagreements: Sequence[Mapping[str, Any]]
    changes: Sequence[Mapping[str, Any]]
    facts: Sequence[str]
    receipt: Mapping[str, Any]
    channels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What an alert told, as far as later ones are held against it."""

    id: int
    created: datetime
    reason: str
    facts: Sequence[str]
    new: Sequence[str]
    disagreements: Sequence[Mapping[str, Any]]


def told(session: Session, topic: str, story_id: int) -> Sequence[Told]:
    """What this topic's readers were told of the story, the oldest first."""
    return [Told(*row) for row in session.connection().execute(_TOLD, {"topic": topic, "story": story_id})]


def raised_by(session: Session, article_id: int) -> Sequence[Alert]:
    """The alerts that came of this article, the oldest first."""
    return session.scalars(select(Alert).where(Alert.article_id == article_id).order_by(Alert.id)).all()


def count_by_topic(session: Session, since: datetime) -> Mapping[str, int]:
    """How many alerts were raised since then, by topic."""
    statement = select(Alert.topic, func.count()).where(Alert.created >= since).group_by(Alert.topic)
    return dict(session.execute(statement).all())


def raise_alert(session: Session, story_id: int, article_id: int, alert: NewAlert, now: datetime) -> Sequence[int]:
    """Store an alert and its outbox rows; ids of the deliveries. An alert whose key stands already is told already."""
    raised = insert_new(session, Alert, [{
        "key": alert.key, "topic": alert.topic, "story_id": story_id, "article_id": article_id,
        "reason": alert.reason, "created": now, "new": list(alert.new),
        "disagreements": [dict(d) for d in alert.disagreements], "changes": [dict(c) for c in alert.changes],
        "facts": list(alert.facts), "receipt": dict(alert.receipt),
    }], "id")  # fmt: skip
    deliveries = [
        {"alert_id": new.id, "channel": name, "next_attempt_at": now} for new in raised for name in alert.channels
    ]
    return [delivery.id for delivery in insert_new(session, Delivery, deliveries, "id")]


def due_deliveries(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """The oldest first. What goes out with another is not due by itself."""
    statement = (
        select(Delivery.id)
        .where(Delivery.status.in_(OPEN), Delivery.next_attempt_at <= now, claims.is_free(Delivery, now))
        .where(Delivery.sent_with.is_(None))
        .order_by(Delivery.next_attempt_at, Delivery.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """What is looked at before a delivery is claimed. `thread`: "" before its first attempt."""

    id: int
    channel: str
    topic: str
    story: int
    reason: str
    sentences: int
    raised: datetime
    thread: str
    digest_at: datetime | None


def look_at(session: Session, delivery_id: int, now: datetime) -> DueDelivery | None:
    """The delivery, if it is due; no other may look at one of this channel until the transaction ends.

    Otherwise two workers would each count what was sent before either has sent, and both spend a budget's last one, or
    send about one story at once.
    """
    due = _due(session, _is_due(delivery_id, now))
    if due is not None and dialect_of(session) == "postgresql":  # SQLite's one write lock is held already
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:channel))"), {"channel": due.channel})
        due = _due(session, _is_due(delivery_id, now))  # it may have gone with another while we waited
    return due


def _is_due(delivery_id: int, now: datetime) -> Any:
    return (
        select(
            Delivery.id, Delivery.channel, Alert.topic, Alert.story_id, Alert.reason, Alert.new, Alert.created,
            Delivery.thread, Delivery.digest_at,
        )
        .join(Alert, Alert.id == Delivery.alert_id)
        .where(Delivery.id == delivery_id, Delivery.status.in_(OPEN), Delivery.sent_with.is_(None))
        .where(Delivery.next_attempt_at <= now, claims.is_free(Delivery, now))
    )  # fmt: skip


def _due(session: Session, statement: Any) -> DueDelivery | None:
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    return DueDelivery(
        row.id, row.channel, row.topic, row.story_id, row.reason, len(row.new), row.created, row.thread, row.digest_at
    )


def hold_back(session: Session, delivery_id: int, until: datetime) -> None:
    """Not now: quiet hours, or a spent budget. Nothing was tried, so it is not an attempt."""
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(next_attempt_at=until))


def put_into_digest(session: Session, delivery_id: int, at: datetime) -> None:
    """It waits for the digest of then."""
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(next_attempt_at=at, digest_at=at))


def mute(session: Session, delivery_id: int) -> None:
    """It is not sent, as a reader wanted it so."""
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(status=DeliveryStatus.MUTED))


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A delivery about to be sent, the alert it carries, and those that go along. `digest`: as which it goes.

    `was_sending`: the last attempt ended without a word, so nobody knows whether it arrived. When the delivery was put
    into the outbox again since, somebody has decided about that.
    """

    claim: Claim
    delivery: Delivery
    alert: Alert
    was_sending: bool
    along: Sequence[Alert] = ()
    digest: DigestMessage | None = None


def claim_delivery(
    session: Session, delivery_id: int, now: datetime, lease: timedelta, day: date | None = None
) -> ClaimedDelivery | None:
    """Claim a delivery and mark it `sending`, which stays if we die between sending and saying so.

    Before the first attempt, what is to go out with it is bound to it. `day`: of the digest that it is to go as.
    One that is `sending` already was left so by a worker that died: nobody knows whether it arrived, a doubt.
    """
    before = session.scalar(select(Delivery.doubts).where(Delivery.id == delivery_id).with_for_update())
    claim = claims.take(
        session, Delivery, delivery_id, now, lease,
        Delivery.status.in_(OPEN), Delivery.next_attempt_at <= now, Delivery.sent_with.is_(None),
        status=DeliveryStatus.SENDING,
        doubts=case((Delivery.status == DeliveryStatus.SENDING, Delivery.doubts + 1), else_=Delivery.doubts),
    )  # fmt: skip
    if claim is None:
        return None
    delivery = session.get_one(Delivery, delivery_id, populate_existing=True)
    alert = session.get_one(Alert, delivery.alert_id)
    if not delivery.thread:
        if delivery.digest_at is None:
            threads.bind(session, delivery, alert)
        else:
            threads.bind_digest(session, delivery, alert, day or delivery.digest_at.date(), now)
    threads.follow_lead(session, claim.id)
    return ClaimedDelivery(
        claim, delivery, alert,
        was_sending=delivery.doubts != before,
        along=threads.alerts_along(session, claim.id),
        digest=session.get_one(DigestMessage, delivery.digest_id) if delivery.digest_id else None,
    )  # fmt: skip


def settle_delivery(session: Session, claim: Claim, status: DeliveryStatus, **columns: Any) -> bool:
    """Write what became of it, and of all that went out with it."""
    is_written = claims.settle(session, Delivery, claim, status=status, **columns)
    if is_written:
        threads.follow_lead(session, claim.id)
    return is_written


def give_up_exhausted(session: Session, now: datetime, max_attempts: int) -> int:
    is_open = Delivery.status.in_(OPEN)
    given_up = claims.set_apart(session, Delivery, now, max_attempts, is_open, status=DeliveryStatus.DEAD)
    if given_up:
        threads.follow_dead_leads(session)
    return given_up


def sent_times(session: Session, topic: str, channel: str, since: datetime, now: datetime) -> Sequence[datetime]:
    """When messages of this topic went out on this channel, the oldest first: what a budget is counted on.

    What a worker is sending at this moment counts as sent now; digests do not count.
    """
    of_topic = select(Delivery.sent).join(Alert, Alert.id == Delivery.alert_id).where(
        Alert.topic == topic, Delivery.channel == channel, Delivery.sent_with.is_(None), Delivery.digest_id.is_(None)
    )  # fmt: skip
    sent = [moment for moment in session.scalars(of_topic.where(Delivery.sent >= since)) if moment is not None]
    sending = of_topic.where(Delivery.status == DeliveryStatus.SENDING, Delivery.lease_until > now)
    return sorted(sent) + [now] * len(session.scalars(sending).all())


def newest(session: Session, most: int, topic: str | None = None) -> Sequence[Alert]:
    statement = select(Alert).order_by(Alert.id.desc()).limit(most)
    if topic is not None:
        statement = statement.where(Alert.topic == topic)
    return session.scalars(statement).all()


def since(session: Session, alert_id: int) -> Sequence[Alert]:
    """Alerts raised after this one, the oldest first."""
    return session.scalars(select(Alert).where(Alert.id > alert_id).order_by(Alert.id)).all()


def deliveries_of(session: Session, alert_id: int) -> Sequence[Delivery]:
    return session.scalars(select(Delivery).where(Delivery.alert_id == alert_id).order_by(Delivery.channel)).all()


def find(session: Session, alert_id: int) -> Alert | None:
    return session.get(Alert, alert_id)


def of_delivery(session: Session, delivery_id: int) -> Alert | None:
    delivery = session.get(Delivery, delivery_id)
    return session.get_one(Alert, delivery.alert_id) if delivery else None


def acknowledge(session: Session, alert_id: int, now: datetime) -> bool:
    """A reader has taken note: what is not on its way yet is not sent any more. False: acknowledged already."""
    statement = update(Alert).where(Alert.id == alert_id, Alert.acknowledged.is_(None)).values(acknowledged=now)
    is_new = session.scalar(statement.returning(Alert.id)) is not None
    waiting = select(Delivery.id).where(Delivery.alert_id == alert_id, *threads.IS_WAITING)
    for delivery_id in session.scalars(waiting).all():
        mute(session, delivery_id)
    return is_new


def resend(session: Session, delivery_id: int, now: datetime) -> bool:
    """Put a delivery that was not sent in the end into the outbox again; False if it was, or is still to be.

    What went out with it goes with it again, under the same id.
    """
    delivery = session.get(Delivery, delivery_id, populate_existing=True)
    if delivery is None:
        return False
    lead = delivery.sent_with or delivery.id
    statement = (
        update(Delivery)
        .where(Delivery.id == lead, Delivery.status.in_(CAN_GO_AGAIN))
        .values(status=DeliveryStatus.PENDING, attempts=0, next_attempt_at=now, last_error="")
        .returning(Delivery.id)
    )
    is_done = session.scalar(statement) is not None
    threads.follow_lead(session, lead)
    return is_done
