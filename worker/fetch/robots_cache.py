"""Where robots.txt files are kept: in the memory of one process, and in Redis for all workers together.

Strangers write these files, so each place has a limit: the memory by bytes, Redis by the size of a file and the number
of them. What does not fit is asked for again, at most once a day by each process.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Protocol

import redis

from worker.fetch.recent import Recent
from worker.fetch.shared import Shared

MAX_MEMORY_BYTES = 16 * 1024 * 1024
MAX_SHARED_BYTES = 64 * 1024  # of one file; few are larger, and they are kept by each process for itself
MAX_SHARED_ORIGINS = 4096
OLD_COPY_SECONDS = 30 * 24 * 3600  # for so long, a file may serve while its server fails

_INDEX = "storytrail:robots"
# Stores a file under its key, and drops the files that lapse soonest when there are too many.
_STORE = """
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
redis.call('ZADD', KEYS[1], ARGV[3], KEYS[2])
for _, key in ipairs(redis.call('ZRANGE', KEYS[1], 0, -ARGV[4] - 1)) do
  redis.call('DEL', key)
  redis.call('ZREM', KEYS[1], key)
end
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an origin's robots.txt. Times are seconds since 1970.

    `text` is None as long as no answer ever came; empty text allows everything. `failing_since` is None when the
    last try got an answer.
    """

    text: str | None
    until: float
    failing_since: float | None = None


class Cache(Protocol):
    """Keeps what is known of each origin. What is past its `until` may still be returned: it is better than nothing."""

    def get(self, origin: str) -> Kept | None: ...

    def put(self, origin: str, kept: Kept) -> None: ...


class MemoryCache:
    """The files of the origins used last, for one process."""

    def __init__(self, most_bytes: int = MAX_MEMORY_BYTES) -> None:
        self._recent = Recent[Kept](most_bytes)

    def get(self, origin: str) -> Kept | None:
        return self._recent.get(origin)

    def put(self, origin: str, kept: Kept) -> None:
        self._recent.put(origin, kept, len(kept.text or ""))


class RedisCache:
    """The files that any worker asked for, behind a memory of our own; with Redis away, the memory alone.

    `now` gives seconds since 1970.
    """

    def __init__(self, shared: Shared, *, now: Callable[[], float], own: MemoryCache | None = None) -> None:
        self._shared = shared
        self._now = now
        self._own = own or MemoryCache()

    def get(self, origin: str) -> Kept | None:
        ours = self._own.get(origin)
        if ours is not None and ours.until > self._now():
            return ours
        theirs = self._shared.ask(lambda client: _read(client, origin), lambda: None)
        if theirs is None or (ours is not None and ours.until >= theirs.until):
            return ours
        self._own.put(origin, theirs)
        return theirs

    def put(self, origin: str, kept: Kept) -> None:
        self._own.put(origin, kept)
        written = json.dumps(asdict(kept), ensure_ascii=False).encode()
        if len(written) <= MAX_SHARED_BYTES:
            seconds = max(1, round(kept.until - self._now())) + OLD_COPY_SECONDS
            self._shared.ask(lambda client: _write(client, origin, written, seconds, kept.until), lambda: None)


def _read(client: redis.Redis, origin: str) -> Kept | None:
    """What is there, if it is one of ours."""
    try:
        return Kept(**json.loads(client.get(_key(origin)) or b"{}"))
    except (ValueError, TypeError):
        return None


def _write(client: redis.Redis, origin: str, written: bytes, seconds: int, until: float) -> None:
    client.eval(_STORE, 2, _INDEX, _key(origin), written, seconds, until, MAX_SHARED_ORIGINS)


def _key(origin: str) -> str:
    return f"{_INDEX}:{origin}"
