"""Alerts and the outbox: what is to be told to whom, and what has been. What they stand on is in `matches`.

An alert and its deliveries are written in the transaction that found the match, so neither can be there without the
other. Sending comes after; what is not sent yet stands in the outbox.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, select, text, update
from sqlalchemy.orm import Session

from storage import claims
from storage.claims import Claim
from storage.statements import insert_new
from storage.tables import Alert, Delivery, DeliveryStatus

# Asked for each match, and so written down once.
_TOLD = (
    select(Alert.id, Alert.created, Alert.reason, Alert.facts, Alert.new, Alert.disagreements)
    .where(Alert.topic == bindparam("topic"), Alert.story_id == bindparam("story"))
    .order_by(Alert.id)
)
OPEN = (DeliveryStatus.PENDING, DeliveryStatus.SENDING)


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
    statement = (
        select(Delivery.id)
        .where(Delivery.status.in_(OPEN), Delivery.next_attempt_at <= now, claims.is_free(Delivery, now))
        .order_by(Delivery.next_attempt_at, Delivery.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """What is looked at before a delivery is claimed: to which channel, of which topic."""

    id: int
    channel: str
    topic: str


def look_at(session: Session, delivery_id: int, now: datetime) -> DueDelivery | None:
    """The delivery, if it is due; no other may look at one of this channel until the transaction ends.

    Otherwise two workers would each count what was sent before either has sent, and both spend a budget's last one.
    """
    statement = (
        select(Delivery.id, Delivery.channel, Alert.topic)
        .join(Alert)
        .where(Delivery.id == delivery_id, Delivery.status.in_(OPEN))
        .where(Delivery.next_attempt_at <= now, claims.is_free(Delivery, now))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    if session.get_bind().dialect.name == "postgresql":  # SQLite's one write lock is held already
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:channel))"), {"channel": row.channel})
    return DueDelivery(row.id, row.channel, row.topic)


def hold_back(session: Session, delivery_id: int, until: datetime) -> None:
    """Not now: quiet hours, or a spent budget. Nothing was tried, so it is not an attempt."""
    session.execute(update(Delivery).where(Delivery.id == delivery_id).values(next_attempt_at=until))


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """A delivery about to be sent, and the alert it carries.

    `was_sending`: the last attempt ended without a word, so nobody knows whether it arrived. When the delivery was put
    into the outbox again since, somebody has decided about that.
    """

    claim: Claim
    delivery: Delivery
    alert: Alert
    was_sending: bool


def claim_delivery(session: Session, delivery_id: int, now: datetime, lease: timedelta) -> ClaimedDelivery | None:
    """Claim a delivery and mark it `sending`, which stays if we die between sending and saying so.

    One that is `sending` already was left so by a worker that died: nobody knows whether it arrived, a doubt.
    """
    before = session.scalar(select(Delivery.doubts).where(Delivery.id == delivery_id).with_for_update())
    claim = claims.take(
        session, Delivery, delivery_id, now, lease,
        Delivery.status.in_(OPEN), Delivery.next_attempt_at <= now,
        status=DeliveryStatus.SENDING,
        doubts=case((Delivery.status == DeliveryStatus.SENDING, Delivery.doubts + 1), else_=Delivery.doubts),
    )  # fmt: skip
    if claim is None:
        return None
    delivery = session.get_one(Delivery, delivery_id)
    alert = session.get_one(Alert, delivery.alert_id)
    return ClaimedDelivery(claim, delivery, alert, was_sending=delivery.doubts != before)


def settle_delivery(session: Session, claim: Claim, status: DeliveryStatus, **columns: Any) -> bool:
    return claims.settle(session, Delivery, claim, status=status, **columns)


def give_up_exhausted(session: Session, now: datetime, max_attempts: int) -> int:
    is_open = Delivery.status.in_(OPEN)
    return claims.set_apart(session, Delivery, now, max_attempts, is_open, status=DeliveryStatus.DEAD)


def sent_times(session: Session, topic: str, channel: str, since: datetime, now: datetime) -> Sequence[datetime]:
    """When deliveries of this topic went out on this channel, the oldest first: what a budget is counted on.

    What a worker is sending at this moment counts as sent now.
    """
    of_topic = select(Delivery.sent).join(Alert).where(Alert.topic == topic, Delivery.channel == channel)
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


def resend(session: Session, delivery_id: int, now: datetime) -> bool:
    """Put a delivery that was given up, or is uncertain, into the outbox again; False if it is neither."""
    statement = (
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.status.in_((DeliveryStatus.UNCERTAIN, DeliveryStatus.DEAD)))
        .values(status=DeliveryStatus.PENDING, attempts=0, next_attempt_at=now, last_error="")
        .returning(Delivery.id)
    )
    return session.scalar(statement) is not None
