"""Stories that a topic's readers want to hear no more of: muted for good, or snoozed until then. The last word counts.

Alerts are raised and stored all the same. Of a muted story they are not sent, and what is not on its way yet when it is
muted is not sent either; of a snoozed one they wait, and then go out together.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import threads
from storage.statements import insert_or_ignore
from storage.tables import Alert, Delivery, DeliveryStatus, Hush

FOR_GOOD = None


def hushed(session: Session, topic: str, story_ids: Iterable[int]) -> Mapping[int, datetime | None]:
    """Those of the stories that are hushed for the topic, or were once: until when, or None for good."""
    statement = select(Hush.story_id, Hush.until).where(Hush.topic == topic, Hush.story_id.in_(story_ids))
    return {row.story_id: row.until for row in session.execute(statement)}


def mute(session: Session, topic: str, story_id: int, now: datetime) -> None:
    _say(session, topic, story_id, FOR_GOOD, now)
    for delivery in _waiting(session, topic, story_id):
        session.execute(update(Delivery).where(Delivery.id == delivery).values(status=DeliveryStatus.MUTED))


def snooze(session: Session, topic: str, story_id: int, until: datetime, now: datetime) -> None:
    _say(session, topic, story_id, until, now)
    for delivery in _waiting(session, topic, story_id):
        is_earlier = (Delivery.id == delivery, Delivery.next_attempt_at < until, Delivery.digest_at.is_(None))
        session.execute(update(Delivery).where(*is_earlier).values(next_attempt_at=until))


def undo(session: Session, topic: str, story_id: int, now: datetime) -> bool:
    """The story is to be heard of again, and what waited for the end of a snooze goes. False: it was not hushed."""
    is_it = (Hush.topic == topic, Hush.story_id == story_id)
    was_hushed = session.scalar(delete(Hush).where(*is_it).returning(Hush.story_id)) is not None
    if was_hushed:
        for delivery in _waiting(session, topic, story_id):
            is_held = (Delivery.id == delivery, Delivery.digest_at.is_(None))
            session.execute(update(Delivery).where(*is_held).values(next_attempt_at=now))
    return was_hushed


def carry(session: Session, source: int, target: int) -> None:
    """What was said of a story holds for the story that its articles are in now. Of two words the longer one stands."""
    there = {row.topic: row for row in session.scalars(select(Hush).where(Hush.story_id == target))}
    for hush in session.scalars(select(Hush).where(Hush.story_id == source)).all():
        stands = there.get(hush.topic)
        if stands is None:
            session.add(Hush(topic=hush.topic, story_id=target, until=hush.until, created=hush.created))
        elif stands.until is not None and (hush.until is None or hush.until > stands.until):
            stands.until = hush.until
    session.flush()


def _say(session: Session, topic: str, story_id: int, until: datetime | None, now: datetime) -> None:
    insert_or_ignore(session, Hush, [{"topic": topic, "story_id": story_id, "until": until, "created": now}])
    is_it = (Hush.topic == topic, Hush.story_id == story_id)
    session.execute(update(Hush).where(*is_it).values(until=until, created=now))


def _waiting(session: Session, topic: str, story_id: int) -> Iterable[int]:
    """Deliveries about the story that are not on their way; what is told of the topic's sources is no part of it."""
    statement = select(Delivery.id).join(Alert, Alert.id == Delivery.alert_id)
    is_its = (Alert.topic == topic, Alert.story_id == story_id, Alert.reason != threads.COVERAGE)
    return session.scalars(statement.where(*is_its, *threads.IS_WAITING)).all()
