"""Entries: storing what a source lists, so that each item is one entry and each address one article."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.orm import Session

from storage import articles
from storage.articles import MOST_IN_A_LIST, Listed, article_row
from storage.statements import insert_new, insert_or_ignore, table_of
from storage.tables import Article, ArticleState, Entry, Source

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=30), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it was listed before."""

    id: int
    uid_hash: str
    fallback_hash: str
    article_id: int
    title: str
    content_digest: str


Recognise = Callable[[Sequence[Known], Sequence[Listed]], Sequence[Known | None]]
"""Which of the known entries each listed one is; None for those that are new."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing did: ids of articles that are new, and of those that were sent on their way again.

    `put_off`: something has changed and is left alone for now; it has to be listed again to be seen then.
    """

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    put_off: bool = False


def store_listed(
    session: Session, lists: Mapping[int, Sequence[Listed]], recognise: Recognise, now: datetime
) -> Mapping[int, Stored]:
    """Store what sources list, each under its id: an article for each new address, an entry for each item.

    Several sources go together, as a statement costs more than its rows. Known items cost nothing but the looking up.
    """
    known = known_entries(session, lists)
    entries = {source_id: recognise(known[source_id], listed) for source_id, listed in lists.items()}
    fresh = {
        source_id: [item for item, entry in zip(listed, entries[source_id], strict=True) if entry is None]
        for source_id, listed in lists.items()
    }
    new, there = _store_new(session, fresh, known, now)
    changes = _Changes()
    stored = {}
    for source_id, listed in lists.items():
        pairs = [(entry, item) for entry, item in zip(entries[source_id], listed, strict=True) if entry is not None]
        sent, put_off = changes.note(session, pairs, now)
        sent += tuple(_sent_anew(session, fresh[source_id], there, now))
        stored[source_id] = Stored(new[source_id], sent, put_off)
    changes.write(session)
    return stored


def known_entries(session: Session, lists: Mapping[int, Sequence[Listed]]) -> Mapping[int, Sequence[Known]]:
    """For each source its entries that have an identity of one that it lists now."""
    has_entries = exists().where(Entry.source_id == Source.id)
    polled_before = session.connection().execute(select(Source.id).where(Source.id.in_(lists), has_entries)).scalars()
    before = frozenset(polled_before)
    return {
        source_id: _known_of(session, source_id, listed) if source_id in before else ()
        for source_id, listed in lists.items()
    }


def _known_of(session: Session, source_id: int, listed: Sequence[Listed]) -> Sequence[Known]:
    columns = (Entry.id, Entry.uid_hash, Entry.fallback_hash, Entry.article_id, Entry.title, Entry.content_digest)
    known: dict[int, Known] = {}
    for start in range(0, len(listed), MOST_IN_A_LIST):
        some = listed[start : start + MOST_IN_A_LIST]
        is_one = or_(
            Entry.uid_hash.in_([item.uid_hash for item in some]),
            Entry.fallback_hash.in_([item.fallback_hash for item in some if item.fallback_hash]),
        )
        found = session.connection().execute(select(*columns).where(Entry.source_id == source_id, is_one))
        known |= {row.id: Known(*row) for row in found}
    return list(known.values())


def _store_new(
    session: Session, fresh: Mapping[int, Sequence[Listed]], known: Mapping[int, Sequence[Known]], now: datetime
) -> tuple[Mapping[int, tuple[int, ...]], Mapping[str, int]]:
    """Entries that were never listed, and their articles: for each source, the ids of those that did not exist.

    Also the ids of those that did, by hash of address.
    """
    made, ids = _article_ids(session, fresh, now)
    rows = []
    for source_id, items in fresh.items():
        taken = {entry.uid_hash for entry in known[source_id]}
        rows += [_row(source_id, item, ids[item.url_hash], taken, now) for item in items]
    insert_or_ignore(session, Entry, rows)
    new = {article_id for of_source in made.values() for article_id in of_source}
    there = {url_hash: article_id for url_hash, article_id in ids.items() if article_id not in new}
    return {source_id: tuple(made.get(source_id, ())) for source_id in fresh}, there


def _sent_anew(session: Session, items: Iterable[Listed], there: Mapping[str, int], now: datetime) -> Iterator[int]:
    """Articles that another way has brought before, as a file that was ingested by command, and that say more here."""
    for item in items:
        if item.state == ArticleState.READ and item.url_hash in there:
            article_id, is_changed = articles.store_given(session, item, now)
            if is_changed:
                yield article_id


def _row(source_id: int, item: Listed, article_id: int, taken: set[str], now: datetime) -> Mapping[str, Any]:
    return {
        "source_id": source_id, "uid_hash": _uid_among(taken, item), "fallback_hash": item.fallback_hash,
        "article_id": article_id, "url": item.url, "title": item.title, "published": item.published,
        "content_digest": item.content_digest, "first_seen": now,
    }  # fmt: skip


def _article_ids(
    session: Session, fresh: Mapping[int, Sequence[Listed]], now: datetime
) -> tuple[Mapping[int, Sequence[int]], Mapping[str, int]]:
    """The articles of these addresses, made where missing: ids of those made, by source; all ids, by hash of address.

    An address that several list is the first one's.
    """
    first: dict[str, tuple[int, Listed]] = {}
    for source_id, items in fresh.items():
        for item in items:
            first.setdefault(item.url_hash, (source_id, item))
    rows = [article_row(item, now, source_id) for source_id, item in first.values()]
    ids = {row.url_hash: row.id for row in insert_new(session, Article, rows, "url_hash", "id")}
    made = defaultdict(list)
    for url_hash, article_id in ids.items():
        made[first[url_hash][0]].append(article_id)
    return {source_id: sorted(of_source) for source_id, of_source in made.items()}, {
        **ids,
        **_ids_by_address(session, first.keys() - ids.keys()),
    }


def _ids_by_address(session: Session, hashes: Iterable[str]) -> Mapping[str, int]:
    ordered = sorted(hashes)
    ids: dict[str, int] = {}
    for start in range(0, len(ordered), MOST_IN_A_LIST):
        some = ordered[start : start + MOST_IN_A_LIST]
        found = session.connection().execute(select(Article.url_hash, Article.id).where(Article.url_hash.in_(some)))
        ids |= {row.url_hash: row.id for row in found}
    return ids


def _uid_among(taken: set[str], item: Listed) -> str:
    """Its own identity; or, when its feed gave that to another entry before, one with the address in it."""
    if item.uid_hash not in taken:
        return item.uid_hash
    return hashlib.sha256(f"{item.uid_hash}\x1f{item.fallback_hash}".encode()).hexdigest()


class _Changes:
    """What is to be written about entries that are known."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    def note(
        self, session: Session, pairs: Iterable[tuple[Known, Listed]], now: datetime
    ) -> tuple[tuple[int, ...], bool]:
        """Send on their way again what is listed otherwise than before: those articles; was any change put off?"""
        sent, put_off = [], False
        for entry, item in pairs:
            is_changed = entry.content_digest != item.content_digest
            if is_changed and not _is_worth_a_look(session, entry, item, now):
                put_off = True
                continue
            if is_changed:
                articles.send_again(session, entry.article_id, item, now)
                sent.append(entry.article_id)
            if is_changed or entry.fallback_hash != item.fallback_hash:
                self._rows.append(_changed_row(entry, item))
        return tuple(sent), put_off

    def write(self, session: Session) -> None:
        if self._rows:
            entry = table_of(Entry)
            session.connection().execute(update(entry).where(entry.c.id == bindparam("entry")), self._rows)


def _changed_row(entry: Known, item: Listed) -> dict[str, Any]:
    return {
        "entry": entry.id, "fallback_hash": item.fallback_hash, "url": item.url, "title": item.title,
        "published": item.published, "content_digest": item.content_digest,
    }  # fmt: skip


def _is_worth_a_look(session: Session, entry: Known, item: Listed, now: datetime) -> bool:
    """Whether a change in what is listed is a reason to go to the article again; with all at hand, it always is.

    Some feeds count comments in their summaries. The more often a look brought the same text, the longer the next one
    waits: half an hour, an hour, and so on up to a day. What changed stays changed as long as it is listed.
    """
    if item.state == ArticleState.READ:
        return True
    looks, revisions, last = session.execute(
        select(Article.round, Article.revision, Article.next_attempt_at).where(Article.id == entry.article_id)
    ).one()
    in_vain = max(0, looks - max(revisions, 1))
    pause = min(FIRST_PAUSE * 2 ** min(in_vain - 1, 10), LONGEST_PAUSE) if in_vain else timedelta(0)
    return entry.title != item.title or bool(now >= last + pause)
