"""Polling: claiming sources that are due, several at once, and writing what their polls found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, literal, or_, select, update
from sqlalchemy.orm import Session

from storage import claims
from storage.claims import Claim
from storage.pushes import has_push, put_off_pushes
from storage.sources import POLLED
from storage.statements import table_of
from storage.tables import Source, SourceState


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of a source: its time has come, or a hub has pushed something, maybe in the middle of a poll."""
    return or_(Source.next_poll <= now, has_push(now))


def due_sources(session: Session, now: datetime, limit: int) -> Sequence[tuple[int, str]]:
    """(id, address) of the free sources whose time has come, the longest due first."""
    statement = (
        select(Source.id, Source.url)
        .where(is_due(now), Source.state.in_(POLLED), claims.is_free(Source, now))
        .order_by(Source.next_poll, Source.id)
        .limit(limit)
    )
    return [(row.id, row.url) for row in session.execute(statement)]


def being_polled(session: Session, now: datetime) -> int:
    """How many sources are due or held by a worker at the moment."""
    busy = or_(is_due(now), Source.lease_until.is_not(None))
    return session.scalar(select(func.count()).where(Source.state.in_(POLLED), busy)) or 0


def make_all_due(session: Session, now: datetime) -> None:
    session.execute(update(Source).where(Source.state.in_(POLLED)).values(next_poll=now))


def claim_sources(
    session: Session, ids: Sequence[int], now: datetime, lease: timedelta
) -> Sequence[tuple[Source, Claim]]:
    """Claim those of the sources that are due, in the order given. They are due no more for the length of the lease.

    They are claimed together, as a transaction for each would cost more than asking. But one whose last claim ended
    without a word may have killed its process: it is claimed with nobody else, so that it counts for itself alone.
    """
    due = (Source.id.in_(ids), is_due(now), Source.state.in_(POLLED), claims.is_free(Source, now))
    free = session.execute(
        select(Source.id, Source.attempts).where(*due).with_for_update(skip_locked=True).order_by(Source.id)
    ).all()
    suspect = next((row.id for row in free if row.attempts), None)
    chosen = [suspect] if suspect is not None else [row.id for row in free]
    if not chosen:
        return []
    claiming = (
        update(Source)
        .where(Source.id.in_(chosen), *due)
        .values(fence=Source.fence + 1, attempts=Source.attempts + 1, lease_until=now + lease)
        .returning(Source)
        .execution_options(synchronize_session=False)
    )
    claimed = {source.id: source for source in session.scalars(claiming)}
    in_order = (claimed[source_id] for source_id in ids if source_id in claimed)
    return [(source, Claim(source.id, source.fence, source.attempts)) for source in in_order]


def still_held(session: Session, claimed: Iterable[Claim]) -> frozenset[int]:
    """The ids of those claims that were not lost; their sources are locked until this transaction ends."""
    fences = {claim.id: claim.fence for claim in claimed}
    held = session.execute(
        select(Source.id, Source.fence)
        .where(Source.id.in_(fences), Source.lease_until.is_not(None))
        .order_by(Source.id)
        .with_for_update()
    )
    return frozenset(row.id for row in held if fences[row.id] == row.fence)


def settle_sources(session: Session, settled: Mapping[int, Mapping[str, Any]]) -> None:
    """Write what polls found, columns by id of source, in the transaction that also stores the entries.

    For claims that are still held: nobody else may have written to the sources since.
    """
    source = table_of(Source)
    alike: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for source_id, columns in settled.items():
        alike[frozenset(columns)].append({**columns, "polled": source_id})
    for rows in alike.values():
        settling = update(source).where(source.c.id == bindparam("polled")).values(lease_until=None, attempts=0)
        session.connection().execute(settling, rows)


def release_sources(session: Session, released: Iterable[tuple[Claim, datetime]]) -> None:
    """Nothing was tried, it was not their turn: give the claims back as if they had not been taken, until a time."""
    for claim, until in released:
        # One that was claimed for what a hub had pushed has its own time yet to come.
        next_poll = case((Source.next_poll > until, Source.next_poll), else_=literal(until, Source.next_poll.type))
        if claims.settle(session, Source, claim, attempts=claim.attempt - 1, next_poll=next_poll):
            put_off_pushes(session, claim.id, until)


def forget_answer(session: Session, source_id: int) -> None:
    """Ask for the whole feed the next time: an answer that nothing is new would hide what was put off this time."""
    session.execute(update(Source).where(Source.id == source_id).values(etag="", last_modified="", body_digest=""))


def quarantine_exhausted(session: Session, now: datetime, max_attempts: int) -> int:
    return claims.set_apart(
        session, Source, now, max_attempts,
        state=SourceState.QUARANTINED, since=now, reason=claims.WORDLESS,
    )  # fmt: skip
