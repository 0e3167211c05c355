"""Telling entries of one feed apart, and knowing them again at the next poll.

By guid, as long as the feed gives each entry its own. Some feeds use one guid for several entries: those are told
apart by guid, address and title together, so that five stay five. Without a guid the address stands in for it, and
without an address title and date.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from worker.stages.address import canonical
from worker.stages.feed.model import Entry


def identified(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give each entry its uid and content digest. Entries that agree in everything are numbered."""
    digested = [replace(entry, content_digest=_hash("content", *_told(entry))) for entry in entries]
    uids = _distinct(digested)
    return tuple(replace(entry, uid=uid) for entry, uid in zip(digested, uids, strict=True))


def _distinct(entries: Sequence[Entry]) -> list[str]:
    """The shortest identity that tells each entry from the others of its feed."""
    rows = [_identities(entry) for entry in entries]
    counts: list[Counter[str]] = [Counter(column) for column in zip(*dict.fromkeys(rows), strict=True)]
    seen: Counter[tuple[str, ...]] = Counter()
    uids = []
    for row in rows:
        uid = next(uid for uid, count in zip(row, counts, strict=True) if count[uid] == 1)
        seen[row] += 1
        uids.append(uid if seen[row] == 1 else _hash("again", uid, str(seen[row])))
    return uids


def _identities(entry: Entry) -> tuple[str, ...]:
    address = canonical(entry.url) if entry.url else ""
    if entry.guid:
        first = _hash("guid", entry.guid)
    elif address:
        first = _hash("address", address)
    else:
        first = _hash("title", entry.title, entry.published_raw)
    second = _hash("all", entry.guid, address, entry.title)
    return first, second, _hash("content", second, entry.published_raw, entry.content_digest)


def _told(entry: Entry) -> tuple[str, ...]:
    """What makes an entry a changed one. Dates are left out: some feeds give each poll's own."""
    return entry.title, entry.summary, entry.content


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
