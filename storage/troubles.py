"""Channels that do not work: deliveries on them were given up one after the other, or their receiver is gone for good.

A dead channel is told of once, shown as long as it is dead, and tried again now and then with a delivery that is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import threads
from storage.statements import insert_or_ignore
from storage.tables import ChannelTrouble, Delivery


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A delivery was given up. `written`: digest of what the user has written; `next_probe`: when to try again."""

    channel: str
    reason: str
    written: str
    next_probe: datetime | None
    is_dead_after: int


def trouble_of(session: Session, channel: str) -> ChannelTrouble | None:
    return session.get(ChannelTrouble, channel, populate_existing=True)


def note(session: Session, given_up: GivenUp, now: datetime) -> bool:
    """Count it; whether the channel is dead from now on, and was not before: it is to be told by whoever hears this."""
    row = {"channel": given_up.channel, "given_up": 0, "since": now, "reason": "", "written": "", "told": False}
    insert_or_ignore(session, ChannelTrouble, [row])
    trouble = session.get_one(ChannelTrouble, given_up.channel, populate_existing=True, with_for_update=True)
    trouble.given_up += 1
    trouble.reason, trouble.written = given_up.reason[:500], given_up.written
    if trouble.given_up >= given_up.is_dead_after or given_up.next_probe is None:
        trouble.next_probe = given_up.next_probe
        trouble.dead_since = trouble.dead_since or now
    is_news = trouble.dead_since is not None and not trouble.told
    trouble.told = trouble.told or is_news
    session.flush()
    return is_news


def put_off_probe(session: Session, channel: str, until: datetime) -> None:
    """One delivery is tried now; the others wait for what becomes of it."""
    session.execute(update(ChannelTrouble).where(ChannelTrouble.channel == channel).values(next_probe=until))


def is_well(session: Session, channel: str, now: datetime) -> None:
    """A message arrived, or the user has changed the channel: what waited for that may ask again."""
    trouble = trouble_of(session, channel)
    if trouble is None:
        return
    session.execute(delete(ChannelTrouble).where(ChannelTrouble.channel == channel))
    if trouble.dead_since is not None:
        is_held = (Delivery.channel == channel, Delivery.digest_at.is_(None), Delivery.next_attempt_at > now)
        held = select(Delivery.id).where(*is_held, *threads.IS_WAITING).order_by(Delivery.id)
        threads.let_ask(session, session.scalars(held).all(), now)


def dead(session: Session) -> Sequence[ChannelTrouble]:
    is_dead = ChannelTrouble.dead_since.is_not(None)
    return session.scalars(select(ChannelTrouble).where(is_dead).order_by(ChannelTrouble.channel)).all()


def in_words(trouble: ChannelTrouble) -> str:
    """For the status page and `healthcheck`."""
    since = f"{trouble.dead_since:%Y-%m-%d %H:%M} UTC" if trouble.dead_since else "–"
    return f"channel {trouble.channel} is dead since {since}: {trouble.reason}"
