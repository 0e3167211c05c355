"""Messages made of several deliveries, and the thread that all messages about a story are to a topic's readers.

A thread is a topic, a story and a channel; what tells of a topic's sources is a thread by itself. Before a delivery is
tried for the first time, all that waits for the same thread is bound to it (`Delivery.sent_with`), and stays so: tried
again, the message carries the same alerts under the same id. Only the one that leads is claimed; the others are what
it is.

A digest is made in the same way of what waits for it, whatever the story; there is one for each topic, channel and day.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from storage.statements import insert_new
from storage.tables import Alert, Delivery, DeliveryStatus, DigestMessage, Hush

COVERAGE = "quiet-source"  # the reason of alerts about a topic's sources
OPEN = (DeliveryStatus.PENDING, DeliveryStatus.SENDING)
REACHED = (DeliveryStatus.SENT, DeliveryStatus.UNCERTAIN)  # its readers, for certain or perhaps
IS_WAITING = (Delivery.status == DeliveryStatus.PENDING, Delivery.sent_with.is_(None), Delivery.thread == "")
"""Has not been tried, and is bound to nothing."""


@dataclass(frozen=True, slots=True)
class Thread:
    topic: str
    story: int
    is_coverage: bool
    channel: str


@dataclass(frozen=True, slots=True)
class ThreadState:
    """How a thread stands: when its last message went, and until when one is under way, if it is.

    `handle`: by which the channel can edit the last message, if it gave one.
    """

    last: datetime | None
    under_way: datetime | None
    handle: str


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """A delivery that waits for its turn."""

    story: int
    reason: str
    sentences: int
    raised: datetime


def name_of(topic: str, story: int, reason: str) -> str:
    """By which channels, and receivers, know that messages belong together."""
    return _digest([topic, COVERAGE if reason == COVERAGE else story])


def state_of(session: Session, thread: Thread, apart_from: int) -> ThreadState:
    """`apart_from`: the delivery that asks."""
    is_lead = and_(Delivery.sent_with.is_(None), Delivery.thread != "", Delivery.id != apart_from)
    columns = (Delivery.status, Delivery.sent, Delivery.lease_until, Delivery.next_attempt_at, Delivery.handle)
    statement = select(*columns).join(Alert, Alert.id == Delivery.alert_id).where(is_lead, _is_in(thread))
    leads = session.execute(statement.order_by(Delivery.sent, Delivery.id)).all()
    sent = [lead for lead in leads if lead.sent is not None]
    return ThreadState(
        last=max((lead.sent for lead in sent), default=None),
        under_way=max(
            (lead.lease_until or lead.next_attempt_at for lead in leads if lead.status in OPEN), default=None
        ),
        handle=next((lead.handle for lead in reversed(sent) if lead.handle), ""),
    )


def told_before(session: Session, thread: Thread) -> Sequence[Alert]:
    """What the thread's messages have told, the newest first."""
    statement = select(Alert).join(Delivery, Delivery.alert_id == Alert.id)
    statement = statement.where(_is_in(thread), Delivery.status == DeliveryStatus.SENT)
    return session.scalars(statement.order_by(Alert.id.desc())).all()


def last_sent(session: Session, topic: str, channel: str) -> Mapping[tuple[int, bool], datetime]:
    """When the last message of each of a topic's threads went: (story, whether it is about sources) -> when."""
    about_sources = Alert.reason == COVERAGE
    statement = (
        select(Alert.story_id, about_sources, func.max(Delivery.sent))
        .join(Delivery, Delivery.alert_id == Alert.id)
        .where(Alert.topic == topic, Delivery.channel == channel)
        .where(Delivery.sent.is_not(None), Delivery.digest_at.is_(None))
        .group_by(Alert.story_id, about_sources)
    )
    rows = session.execute(statement)
    return {(story, bool(is_coverage)): sent for story, is_coverage, sent in rows if sent is not None}


def waiting_on(session: Session, topic: str, channel: str) -> Sequence[WaitingDelivery]:
    """All of a topic that waits on a channel, the oldest first; but for what waits for a digest."""
    statement = (
        select(Alert.story_id, Alert.reason, Alert.new, Alert.created)
        .join(Delivery, Delivery.alert_id == Alert.id)
        .where(Alert.topic == topic, Delivery.channel == channel, *IS_WAITING)
        .where(Delivery.digest_at.is_(None))
        .order_by(Delivery.id)
    )
    return [WaitingDelivery(s, reason, len(new), raised) for s, reason, new, raised in session.execute(statement)]


# --- Binding ---


def bind(session: Session, lead: Delivery, alert: Alert) -> None:
    """Make a message of all that waits for the thread, and give it its place there."""
    thread = Thread(alert.topic, alert.story_id, alert.reason == COVERAGE, lead.channel)
    earlier = _messages(session, thread, lead.id)
    lead.thread = earlier[0] if earlier else name_of(alert.topic, alert.story_id, alert.reason)
    lead.number = len(earlier)
    session.flush()
    _bind(session, lead.id, _waiting_in(session, _is_in(thread)))


def bind_digest(session: Session, lead: Delivery, alert: Alert, day: date, now: datetime) -> None:
    """Make the day's digest of all that waits for it. There must be none yet: see `has_digest`."""
    key = _digest(["digest", alert.topic, lead.channel, day.isoformat()])
    row = {"key": key, "topic": alert.topic, "channel": lead.channel, "day": day.isoformat(), "created": now}
    [digest] = insert_new(session, DigestMessage, [row], "id")
    lead.thread, lead.digest_id = key, digest.id
    session.flush()
    is_its = and_(
        Alert.topic == alert.topic,
        Delivery.channel == lead.channel,
        Delivery.digest_at <= now,
        or_(Alert.reason == COVERAGE, Alert.story_id.not_in(_hushed(alert.topic, now))),
    )
    _bind(session, lead.id, _waiting_in(session, is_its))


def _hushed(topic: str, now: datetime) -> Select[int]:
    """Stories of which the topic's readers want to hear nothing now."""
    is_hushed = or_(Hush.until.is_(None), Hush.until > now)
    return select(Hush.story_id).where(Hush.topic == topic, is_hushed)


def has_digest(session: Session, topic: str, channel: str, day: date) -> bool:
    is_it = (DigestMessage.topic == topic, DigestMessage.channel == channel, DigestMessage.day == day.isoformat())
    return session.scalar(select(DigestMessage.id).where(*is_it)) is not None


def alerts_along(session: Session, lead: int) -> Sequence[Alert]:
    """The alerts that go out with a delivery, the oldest first."""
    statement = select(Alert).join(Delivery, Delivery.alert_id == Alert.id).where(Delivery.sent_with == lead)
    return session.scalars(statement.order_by(Alert.id)).all()


def follow_lead(session: Session, lead: int) -> None:
    """What became of the message became of all that is in it."""
    session.flush()
    leading = aliased(Delivery)
    columns = (leading.status, leading.sent, leading.attempts, leading.last_error, leading.doubts, leading.digest_id)
    now = session.execute(select(*columns).where(leading.id == lead)).mappings().one_or_none()  # fmt: skip
    if now is not None:
        session.execute(
            update(Delivery).where(Delivery.sent_with == lead).values(dict(now)),
            execution_options={"synchronize_session": False},
        )


def follow_dead_leads(session: Session) -> None:
    """After some were given up together."""
    leading = aliased(Delivery)
    statement = (
        select(leading.id)
        .join(Delivery, Delivery.sent_with == leading.id)
        .where(leading.status == DeliveryStatus.DEAD, Delivery.status.in_(OPEN))
        .distinct()
    )
    for lead in session.scalars(statement).all():
        follow_lead(session, lead)


def waiting_behind(session: Session, delivery_id: int) -> Sequence[int]:
    """What waits in the thread of a delivery that is under way no more, the oldest first; nothing as long as it is."""
    delivery = session.get_one(Delivery, delivery_id, populate_existing=True)
    if delivery.status in OPEN:
        return ()
    alert = session.get_one(Alert, delivery.alert_id)
    thread = Thread(alert.topic, alert.story_id, alert.reason == COVERAGE, delivery.channel)
    return _waiting_in(session, _is_in(thread))


def let_ask(session: Session, waiting: Sequence[int], now: datetime) -> None:
    """What was held back may ask again now what is to become of it."""
    is_held = (Delivery.id.in_(waiting), *IS_WAITING, Delivery.next_attempt_at > now)
    session.execute(update(Delivery).where(*is_held).values(next_attempt_at=now))


def _messages(session: Session, thread: Thread, apart_from: int) -> Sequence[str]:
    """The names of the thread under which its messages went so far: stories merge, and take theirs along."""
    statement = select(Delivery.thread).join(Alert, Alert.id == Delivery.alert_id)
    is_message = (Delivery.sent_with.is_(None), Delivery.thread != "", Delivery.id != apart_from)
    is_there = Delivery.status.in_(REACHED)
    return session.scalars(statement.where(_is_in(thread), *is_message, is_there).order_by(Delivery.id)).all()


def _is_in(thread: Thread) -> ColumnElement[bool]:
    """What a digest tells is in no thread."""
    about_sources = Alert.reason == COVERAGE if thread.is_coverage else Alert.reason != COVERAGE
    return and_(
        Alert.topic == thread.topic,
        true() if thread.is_coverage else Alert.story_id == thread.story,
        about_sources,
        Delivery.channel == thread.channel,
        Delivery.digest_at.is_(None),
    )


def _waiting_in(session: Session, condition: ColumnElement[bool]) -> Sequence[int]:
    statement = select(Delivery.id).join(Alert, Alert.id == Delivery.alert_id).where(condition, *IS_WAITING)
    return session.scalars(statement.order_by(Delivery.id)).all()


def _bind(session: Session, lead: int, waiting: Sequence[int]) -> None:
    along = [delivery for delivery in waiting if delivery != lead]
    session.execute(
        update(Delivery).where(Delivery.id.in_(along)).values(sent_with=lead),
        execution_options={"synchronize_session": False},
    )


def _digest(named: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(named, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
