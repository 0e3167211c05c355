"""Sources: which there are, which are due, and what a poll found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import Session

from storage import claims
from storage.claims import Claim
from storage.tables import Entry, Source, SourceState

POLLED = (SourceState.HEALTHY, SourceState.SLOW, SourceState.FAILING, SourceState.QUIET)

NOT_LISTED = "no longer in the sources file"


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source as the user names it. `url_hash` is of its canonical form. `interval_seconds` overrides the rhythm."""

    url: str
    url_hash: str
    title: str = ""
    language: str = ""
    interval_seconds: int | None = None


def add_source(session: Session, new: NewSource, origin: str, now: datetime) -> Source | None:
    """Add a source, due at once; None if it is there already, under this address or under the one it moved to."""
    known = or_(Source.url_hash == new.url_hash, Source.listed_hash == new.url_hash)
    if session.scalar(select(Source.id).where(known).limit(1)):
        return None
    source = Source(
        url=new.url, url_hash=new.url_hash, listed_hash=new.url_hash, title=new.title, language=new.language,
        origin=origin, created=now, since=now, next_poll=now, interval_seconds=new.interval_seconds,
    )  # fmt: skip
    session.add(source)
    session.flush()
    return source


def revive(session: Session, url_hash: str, now: datetime) -> bool:
    """Poll a source again that was retired or quarantined; False if it is polled anyway, or not there."""
    source = find_source(session, url_hash)
    if source is None or source.state in POLLED:
        return False
    _set_state(source, SourceState.HEALTHY, "", now)
    source.origin, source.next_poll, source.attempts, source.failures = "command", now, 0, 0
    return True


def align_with_file(session: Session, listed: Iterable[NewSource], now: datetime) -> None:
    """Make the sources that came from the sources file those it lists now.

    What the file no longer lists is retired, not deleted: its entries stay. A source that has moved is known by its
    old address and its new one. Sources added by command are left alone, and so are those that retired by themselves.
    """
    wanted = {new.url_hash: new for new in listed}
    for source in session.scalars(select(Source).where(Source.origin == "file")):
        found = [new for key in (source.url_hash, source.listed_hash) if (new := wanted.pop(key, None))]
        if not found:
            _set_state(source, SourceState.RETIRED, NOT_LISTED, now)
            continue
        new = found[0]
        source.title = new.title or source.title
        source.language = new.language
        source.interval_seconds = new.interval_seconds
        if source.state == SourceState.RETIRED and source.reason == NOT_LISTED:
            _set_state(source, SourceState.HEALTHY, "", now)
            source.next_poll = now
    for new in wanted.values():
        add_source(session, new, "file", now)


def find_source(session: Session, url_hash: str) -> Source | None:
    return session.scalar(select(Source).where(Source.url_hash == url_hash))


def list_sources(session: Session) -> Sequence[tuple[Source, int]]:
    """Each source with the number of its entries, in the order they were added."""
    entries = select(func.count()).where(Entry.source_id == Source.id).scalar_subquery()
    return [(source, count) for source, count in session.execute(select(Source, entries).order_by(Source.id))]


def unwell(session: Session) -> Sequence[Source]:
    """The sources that are not healthy, those that have been so longest first."""
    statement = select(Source).where(Source.state != SourceState.HEALTHY).order_by(Source.since, Source.id)
    return session.scalars(statement).all()


def due_sources(session: Session, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
    """(id, address) of the free sources whose time has come, the longest due first."""
    statement = (
        select(Source.id, Source.url)
        .where(Source.next_poll <= now, Source.state.in_(POLLED), claims.is_free(Source, now))
        .order_by(Source.next_poll, Source.id)
        .limit(limit)
    )
    return [(row.id, row.url) for row in session.execute(statement)]


def being_polled(session: Session, now: datetime) -> int:
    """How many sources are due or held by a worker at the moment."""
    busy = or_(Source.next_poll <= now, Source.lease_until.is_not(None))
    return session.scalar(select(func.count()).where(Source.state.in_(POLLED), busy)) or 0


def make_all_due(session: Session, now: datetime) -> None:
    session.execute(update(Source).where(Source.state.in_(POLLED)).values(next_poll=now))


def recent_dates(session: Session, source_id: int, most: int = 30) -> list[datetime]:
    """When the source's newest entries were published, the newest first."""
    statement = (
        select(Entry.published)
        .where(Entry.source_id == source_id, Entry.published.is_not(None))
        .order_by(Entry.published.desc())
        .limit(most)
    )
    return [moment for moment in session.scalars(statement) if moment is not None]


def claim_source(session: Session, source_id: int, now: datetime, lease: timedelta) -> tuple[Source, Claim] | None:
    """Claim a source that is due. It is due no more for the length of the lease, whatever becomes of us."""
    claim = claims.take(
        session, Source, source_id, now, lease,
        Source.next_poll <= now, Source.state.in_(POLLED),
    )  # fmt: skip
    return (session.get_one(Source, source_id), claim) if claim else None


def settle_source(
    session: Session, claim: Claim, state: SourceState, reason: str, now: datetime, **columns: Any
) -> bool:
    """Write what a poll found, in the transaction that also stores its entries."""
    since = case((Source.state == state, Source.since), else_=now)
    return claims.settle(session, Source, claim, attempts=0, state=state, since=since, reason=reason, **columns)


def forget_answer(session: Session, source_id: int) -> None:
    """Ask for the whole feed the next time: an answer that nothing is new would hide what was put off this time."""
    session.execute(update(Source).where(Source.id == source_id).values(etag="", last_modified="", body_digest=""))


def quarantine_exhausted(session: Session, now: datetime, max_attempts: int) -> int:
    return claims.set_apart(
        session, Source, now, max_attempts,
        state=SourceState.QUARANTINED, since=now, reason=claims.WORDLESS,
    )  # fmt: skip


def _set_state(source: Source, state: SourceState, reason: str, now: datetime) -> None:
    if source.state != state:
        source.since = now
    source.state, source.reason = state, reason
