"""The message that a claimed delivery is sent as: its alert, what goes along, and what the thread told before.

Where the channel can edit, an update replaces the thread's last message and tells all that was told so far; elsewhere
it is a message of its own, "update 3".
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from storage import threads
from storage.alerts import ClaimedDelivery
from storage.tables import Alert, DigestMessage
from storage.threads import COVERAGE, Thread
from worker.notify.channel import Abilities, Message
from worker.stages.message import AlertView, digest_payload, group_payload, render_digest, render_group
from worker.steps.view import view_of

MOST_AGAIN = 30  # alerts of earlier messages, the newest, that an update tells again


def bundle(session: Session, claimed: ClaimedDelivery, can: Abilities, *, is_repeat: bool, period: str) -> Message:
    """`period`: of a digest, "daily" or "weekly"."""
    carried = sorted([claimed.alert, *claimed.along], key=lambda alert: alert.id)
    if claimed.digest is not None:
        return _digest(session, claimed, claimed.digest, carried, period, is_repeat=is_repeat)
    alert, delivery = claimed.alert, claimed.delivery
    thread = Thread(alert.topic, alert.story_id, alert.reason == COVERAGE, delivery.channel)
    edits = _edits(session, claimed, thread, can)
    told = [*_told_before(session, thread), *carried] if edits else carried
    views = [view_of(session, one) for one in told]
    rendered = render_group(views, delivery.number)
    return Message(
        id=alert.key,
        title=rendered.title,
        body=rendered.body,
        html=rendered.html,
        url=rendered.url,
        payload=group_payload(views, delivery.thread, delivery.number),
        is_repeat=is_repeat,
        created=alert.created,
        topic=alert.topic,
        thread=delivery.thread,
        update=delivery.number,
        edits=edits,
    )


def _edits(session: Session, claimed: ClaimedDelivery, thread: Thread, can: Abilities) -> str | None:
    if not can.edit or not claimed.delivery.number:
        return None
    return threads.state_of(session, thread, apart_from=claimed.delivery.id).handle or None


def _told_before(session: Session, thread: Thread) -> Sequence[Alert]:
    return list(reversed(threads.told_before(session, thread)[:MOST_AGAIN]))


def _digest(
    session: Session,
    claimed: ClaimedDelivery,
    digest: DigestMessage,
    carried: Sequence[Alert],
    period: str,
    *,
    is_repeat: bool,
) -> Message:
    views = [view_of(session, one) for one in carried]
    rendered = render_digest(digest.topic, views, period)
    known_by = {"key": digest.key, "day": date.fromisoformat(digest.day).isoformat()}
    return Message(
        id=digest.key,
        title=rendered.title,
        body=rendered.body,
        html=rendered.html,
        url=_address(views),
        payload=digest_payload(digest.topic, views, period) | known_by,
        is_repeat=is_repeat,
        created=digest.created,
        topic=digest.topic,
        thread=claimed.delivery.thread,
    )


def _address(views: Sequence[AlertView]) -> str:
    """Of the newest article there is something new in."""
    return views[-1].articles[0].url if views[-1].articles else ""
