"""Knowing an entry again at the next poll, decided from what its feed does and not from what guids should be.

Some feeds give each entry a new guid at every poll: it is then known by its address, or by title and date when it has
none. Some give the guid of an old entry to a new one: when neither address nor title agree, it is another entry. What
cannot be told is taken as new: an article too many is folded as a copy, one too few is lost.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Recognisable(Protocol):
    """An entry, as it is listed or as it is known. `fallback_hash`: of its address, or of title and date; or empty."""

    @property
    def uid_hash(self) -> str: ...
    @property
    def fallback_hash(self) -> str: ...
    @property
    def title(self) -> str: ...


Known = TypeVar("Known", bound=Recognisable)


def recognise(known: Iterable[Known], listed: Sequence[Recognisable]) -> tuple[Known | None, ...]:
    """For each listed entry the known one that it is, or None. No known entry is given twice."""
    by_uid = {entry.uid_hash: entry for entry in known}
    found = [_same(by_uid.get(item.uid_hash), item) for item in listed]
    taken = {entry.uid_hash for entry in found if entry is not None}
    free = _by_fallback(entry for entry in by_uid.values() if entry.uid_hash not in taken)
    return tuple(entry or _taken_from(free, item) for entry, item in zip(found, listed, strict=True))


def _same(entry: Known | None, item: Recognisable) -> Known | None:
    """The entry of this guid, unless nothing else of it agrees."""
    if entry is None or entry.fallback_hash in ("", item.fallback_hash) or entry.title == item.title:
        return entry
    return None


def _by_fallback(entries: Iterable[Known]) -> dict[str, list[Known]]:
    free: dict[str, list[Known]] = {}
    for entry in entries:
        free.setdefault(entry.fallback_hash, []).append(entry)
    return free


def _taken_from(free: dict[str, list[Known]], item: Recognisable) -> Known | None:
    """One that is listed under no other guid. Of several at one address, as in a live blog, the one of this title."""
    candidates = free.get(item.fallback_hash, []) if item.fallback_hash else []
    if not candidates:
        return None
    place = next((n for n, entry in enumerate(candidates) if entry.title == item.title), 0)
    return candidates.pop(place)
