"""Sources: which there are, which are due, and what a poll found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.orm import Session, defer

from storage.tables import Entry, Source, SourceKind, SourceState

POLLED = (SourceState.HEALTHY, SourceState.SLOW, SourceState.FAILING, SourceState.QUIET)

NOT_LISTED = "no longer in the sources file"
REMOVED = "removed by command"
MOVED = "it moved to {}, which is polled already"

WITHOUT_MEMORY = (defer(Source.memory),)  # which may be large: all files of a folder


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source as the user names it. `url_hash` is of its canonical form. `interval_seconds` overrides the rhythm.

    `links` are patterns, for a listing page.
    """

    url: str
    url_hash: str
    title: str = ""
    language: str = ""
    interval_seconds: int | None = None
    kind: str = SourceKind.FEED
    links: tuple[str, ...] = ()


def add_source(session: Session, new: NewSource, origin: str, now: datetime) -> Source | None:
    """Add a source, due at once; None if it is there already, under this address or under the one it moved to."""
    if find_known(session, new.url_hash) is not None:
        return None
    source = Source(
        url=new.url, url_hash=new.url_hash, listed_hash=new.url_hash, kind=new.kind, links=list(new.links),
        title=new.title, language=new.language, origin=origin, created=now, since=now, next_poll=now,
        interval_seconds=new.interval_seconds,
    )  # fmt: skip
    session.add(source)
    session.flush()
    return source


def revive(session: Session, new: NewSource, now: datetime) -> bool:
    """Poll a source again that was retired or quarantined; False if it is polled anyway, or not there."""
    source = find_known(session, new.url_hash)
    if source is None or source.state in POLLED:
        return False
    if source.reason == NOT_LISTED:
        source.origin = "command"
    _wake(source, now)
    _take_shape(session, source, new, now)
    return True


def reshape(session: Session, new: NewSource, now: datetime) -> bool:
    """See another kind, or other links, in a source that was added by command; False if there is nothing to change."""
    source = find_known(session, new.url_hash)
    return source is not None and source.origin == "command" and _take_shape(session, source, new, now)


def remove_source(session: Session, source: Source, now: datetime) -> None:
    """Poll a source no more. It stays, retired, and so do its entries: nothing that was read is lost."""
    source.origin = "command"
    _retire(session, source, REMOVED, now)


def align_with_file(session: Session, listed: Iterable[NewSource], now: datetime) -> None:
    """Make the sources that came from the sources file those it lists now.

    What the file no longer lists is retired, not deleted: its entries stay. A source that has moved is known by its
    old address and its new one. Sources added by command are left alone, and so are those that retired by themselves;
    but one that was removed by command is back when the file lists it.
    """
    wanted = {new.url_hash: new for new in listed}
    for source in session.scalars(select(Source).where(Source.origin == "file")):
        found = [new for key in (source.url_hash, source.listed_hash) if (new := wanted.pop(key, None))]
        if found:
            _take_words(session, source, found[0], now)
        elif source.reason != NOT_LISTED:
            _retire(session, source, NOT_LISTED, now)
    for new in wanted.values():
        if add_source(session, new, "file", now) is None:
            _take_back(session, new, now)


def wake_replaced(session: Session, hash_of: Callable[[str], str], now: datetime) -> None:
    """Poll sources again that were given up because they moved to one that was polled already, and is no longer.

    `hash_of` gives the hash of an address.
    """
    is_replaced = (Source.state == SourceState.RETIRED, Source.reason.startswith(MOVED.partition("{")[0]))
    for source in session.scalars(select(Source).where(*is_replaced)):
        target = find_known(session, hash_of(source.moved_to))
        if target is None or target.state not in POLLED:
            _wake(source, now)


def find_source(session: Session, url_hash: str) -> Source | None:
    return session.scalar(select(Source).where(Source.url_hash == url_hash))


def find_known(session: Session, url_hash: str) -> Source | None:
    """The source of this address; else one that had it before it moved."""
    known = or_(Source.url_hash == url_hash, Source.listed_hash == url_hash)
    own_first = case((Source.url_hash == url_hash, 0), else_=1)
    return session.scalars(select(Source).where(known).order_by(own_first, Source.id).limit(1)).first()


def list_sources(session: Session, state: SourceState | None = None) -> Sequence[tuple[Source, int]]:
    """Each source, or those in one state, with the number of its entries, in the order they were added."""
    entries = select(func.count()).where(Entry.source_id == Source.id).scalar_subquery()
    statement = select(Source, entries).options(*WITHOUT_MEMORY).order_by(Source.id)
    if state is not None:
        statement = statement.where(Source.state == state)
    return [(source, count) for source, count in session.execute(statement)]


def unwell(session: Session) -> Sequence[Source]:
    """The sources that are not healthy, those that have been so longest first; not those that the user gave up."""
    is_unwell = (Source.state != SourceState.HEALTHY, Source.reason.not_in((NOT_LISTED, REMOVED)))
    statement = select(Source).options(*WITHOUT_MEMORY).where(*is_unwell).order_by(Source.since, Source.id)
    return session.scalars(statement).all()


def _take_words(session: Session, source: Source, new: NewSource, now: datetime) -> None:
    """What the file says of a source that is there."""
    source.title = new.title or source.title
    source.language = new.language
    source.interval_seconds = new.interval_seconds
    _take_shape(session, source, new, now)
    if source.state == SourceState.RETIRED and source.reason == NOT_LISTED:
        _wake(source, now)


def _take_back(session: Session, new: NewSource, now: datetime) -> None:
    """A source that was removed by command is the file's when the file lists it."""
    source = find_known(session, new.url_hash)
    if source is not None and source.state == SourceState.RETIRED and source.reason == REMOVED:
        source.origin = "file"
        _wake(source, now)
        _take_words(session, source, new, now)


def _take_shape(session: Session, source: Source, new: NewSource, now: datetime) -> bool:
    """What stands at the address, as the user says it now. What was remembered of another shape is forgotten."""
    if (source.kind, source.links) == (new.kind, list(new.links)):
        return False
    source.kind, source.links = new.kind, list(new.links)
    source.etag = source.last_modified = source.body_digest = ""
    source.memory, source.next_poll = {}, now
    _interrupt(session, source)
    return True


def _wake(source: Source, now: datetime) -> None:
    _set_state(source, SourceState.HEALTHY, "", now)
    source.next_poll, source.attempts, source.failures = now, 0, 0


def _retire(session: Session, source: Source, reason: str, now: datetime) -> None:
    _set_state(source, SourceState.RETIRED, reason, now)
    _interrupt(session, source)


def _interrupt(session: Session, source: Source) -> None:
    """A poll that is under way loses its claim: it would write over what has just been decided."""
    session.flush()
    free = {"fence": Source.fence + 1, "lease_until": None, "attempts": 0}
    session.execute(update(Source).where(Source.id == source.id).values(free))


def _set_state(source: Source, state: SourceState, reason: str, now: datetime) -> None:
    if source.state != state:
        source.since = now
    source.state, source.reason = state, reason
