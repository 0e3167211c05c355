"""Pushes: what hubs have sent for a source, kept until one of its polls takes it.

A source is due when something waits for it. When it is to be asked is another thing, and stays as it was appointed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from storage.bodies import Packed, drop_unused, load_body, store_body
from storage.tables import Push, Source, Subscription

MAX_WAITING = 20  # of one source
MAX_BYTES_AT_ONCE = 16 * 2**20  # that one poll takes, but for the last body


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a hub sent: the feed, or the part of it that is new; or only word of it, and then the body is empty."""

    id: int
    content_type: str
    body: bytes


def store_push(
    session: Session, subscription_id: int, source_id: int, packed: Packed | None, content_type: str, now: datetime
) -> bool:
    """Keep what was pushed, which makes its source due. `packed` None: only the word that there is something new.

    False: too much waits already, the hub is to try again later.
    """
    _wait_for_its_poll(session, source_id)
    pushed = update(Subscription).where(Subscription.id == subscription_id).values(last_push=now)
    session.execute(pushed.execution_options(synchronize_session=False))
    digest = packed.digest if packed else None
    waiting = session.execute(select(Push.id, Push.body_digest).where(Push.source_id == source_id)).all()
    same = [row.id for row in waiting if row.body_digest == digest]
    if len(waiting) - len(same) >= MAX_WAITING:
        return False
    if packed:
        store_body(session, packed, now)
    session.add(Push(source_id=source_id, body_digest=digest, content_type=content_type, next_attempt_at=now))
    session.flush()
    # Not sooner, or SQLite would give its number to the new one: a poll under way is about to drop it by that.
    session.execute(delete(Push).where(Push.id.in_(same)).execution_options(synchronize_session=False))
    return True


def _wait_for_its_poll(session: Session, source_id: int) -> None:
    """What a poll is just writing comes first: each would else hold what the other needs next."""
    session.execute(select(Source.id).where(Source.id == source_id).with_for_update(read=True, key_share=True))


def has_push(now: datetime) -> ColumnElement[bool]:
    """Of a source: something waits for it, and was not put off."""
    return Source.id.in_(select(Push.source_id).where(Push.next_attempt_at <= now))


def pending_pushes(session: Session, source_id: int) -> Sequence[Pushed]:
    """What waits for this source, the oldest first; of much, a part, the rest is for the next poll."""
    taken: list[Pushed] = []
    size = 0
    for push in session.scalars(select(Push).where(Push.source_id == source_id).order_by(Push.id)):
        body = load_body(session, push.body_digest) if push.body_digest else b""
        taken.append(Pushed(push.id, push.content_type, body))
        size += len(body)
        if size >= MAX_BYTES_AT_ONCE:
            break
    return taken


def put_off_pushes(session: Session, source_id: int, until: datetime) -> None:
    """What waits for this source could not be taken, and is not looked at before."""
    waiting = update(Push).where(Push.source_id == source_id, Push.next_attempt_at < until)
    session.execute(waiting.values(next_attempt_at=until).execution_options(synchronize_session=False))


def drop_pushes(session: Session, ids: Iterable[int]) -> None:
    """These were taken. In the transaction that stores what was in them, or they would be lost."""
    _drop(session, Push.id.in_(list(ids)))


def drop_pushes_of(session: Session, source_id: int) -> None:
    _drop(session, Push.source_id == source_id)


def _drop(session: Session, which: ColumnElement[bool]) -> None:
    digests = session.scalars(delete(Push).where(which).returning(Push.body_digest)).all()
    for digest in sorted({digest for digest in digests if digest}):
        drop_unused(session, digest)
