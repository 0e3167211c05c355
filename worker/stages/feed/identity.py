"""Telling entries of one feed apart, and knowing them again at the next poll.

By guid, as long as the feed gives each entry its own. Some feeds use one guid for several entries: those are told
apart by guid, address and title together, so that five stay five. Without a guid the address stands in for it, and
without an address title and date.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from worker.stages.address import canonical
from worker.stages.feed.model import Entry


def identified(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give each entry its uid and content digest. Entries that agree in everything are numbered."""
    return told_apart(
        replace(
            entry,
            uid=own_uid(entry.guid, entry.url, entry.title, entry.published_raw),
            content_digest=content_digest(entry.title, entry.summary, entry.content),
        )
        for entry in entries
    )


def own_uid(guid: str, url: str, title: str, published_raw: str) -> str:
    """The identity that an entry has by itself."""
    if guid:
        return _hash("guid", guid)
    if url:
        return _hash("address", canonical(url))
    return _hash("title", title, published_raw)


def content_digest(title: str, summary: str, content: str) -> str:
    """It changes with what an entry tells. Dates are left out: some feeds give each poll's own."""
    return _hash("content", title, summary, content)


def told_apart(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries that have their own uid and digest: those that share a uid with another get one that tells them apart."""
    entries = tuple(entries)
    counts = Counter(entry.uid for entry in entries)
    if len(counts) == len(entries):
        return entries
    shared = [entry for entry in entries if counts[entry.uid] > 1]
    uids = iter(_distinct(shared))
    return tuple(replace(entry, uid=next(uids)) if counts[entry.uid] > 1 else entry for entry in entries)


def _distinct(entries: Sequence[Entry]) -> Iterator[str]:
    """For each entry the shortest identity that tells it from the others.

    It is enough to look at entries that share their own uid: what two entries have in common further on, guid,
    address and title, gives them the same own uid, or they have neither guid nor address, and then the title alone
    tells none of those apart that share title and date.
    """
    rows = [_identities(entry) for entry in entries]
    counts: list[Counter[str]] = [Counter(column) for column in zip(*dict.fromkeys(rows), strict=True)]
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        uid = next(uid for uid, count in zip(row, counts, strict=True) if count[uid] == 1)
        seen[row] += 1
        yield uid if seen[row] == 1 else _hash("again", uid, str(seen[row]))


def _identities(entry: Entry) -> tuple[str, ...]:
    address = canonical(entry.url) if entry.url else ""
    second = _hash("all", entry.guid, address, entry.title)
    return entry.uid, second, _hash("content", second, entry.published_raw, entry.content_digest)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
