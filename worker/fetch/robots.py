"""robots.txt: asked for once a day for each origin, read by protego, kept in a cache that workers may share.

After RFC 9309: a file that is not there (4xx) allows everything; a server that fails (5xx, no connection) allows
nothing for now, unless an older copy is at hand; after a month without an answer it is taken as not there.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from worker.errors import PermanentError, TransientError
from worker.fetch.door import Door, Response

MAX_ROBOTS_BYTES = 500 * 1024
KEPT_SECONDS = 24 * 3600.0
RETRY_SECONDS = 3600.0  # how long a failing server is left alone
GIVEN_UP_AFTER_SECONDS = 30 * 24 * 3600.0
MAX_ORIGINS = 4096
TOO_MANY_REQUESTS = 429  # counted with the failures and not with 4xx: it asks us to stay away for a while


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
    """Where robots.txt files are kept: in memory here, or wherever several workers can share them."""

    def get(self, origin: str) -> Kept | None: ...

    def put(self, origin: str, kept: Kept) -> None: ...


class MemoryCache:
    """Keeps the files of the origins used last, for one process."""

    def __init__(self, size: int = MAX_ORIGINS) -> None:
        self._size = size
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, origin: str) -> Kept | None:
        with self._lock:
            if origin in self._kept:
                self._kept.move_to_end(origin)
            return self._kept.get(origin)

    def put(self, origin: str, kept: Kept) -> None:
        with self._lock:
            self._kept[origin] = kept
            self._kept.move_to_end(origin)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


class Robots:
    """Answers whether an address may be fetched. `now` gives seconds since 1970; `name` is how files call us."""

    def __init__(self, door: Door, cache: Cache, *, now: Callable[[], float], name: str = "") -> None:
        self._door = door
        self._cache = cache
        self._now = now
        self._name = name or door.policy.user_agent.split("/")[0]

    def allowed(self, url: str) -> bool:
        """May we fetch this address? Raises TransientError as long as its server cannot tell."""
        return _rules(self._text(url)).can_fetch(url, self._name) is not False

    def crawl_delay(self, url: str) -> float | None:
        """Seconds that the server wants between two requests, when it says so. Raises TransientError as above."""
        delay = _rules(self._text(url)).crawl_delay(self._name)
        return None if delay is None else float(delay)

    def _text(self, url: str) -> str:
        origin = _origin(url)
        kept = self._cache.get(origin)
        if kept is None or kept.until <= self._now():
            kept = self._ask(origin, kept)
            self._cache.put(origin, kept)
        if kept.text is None:
            raise TransientError(f"{origin}/robots.txt cannot be read for now", retry_after=kept.until - self._now())
        return kept.text

    def _ask(self, origin: str, before: Kept | None) -> Kept:
        try:
            answer = self._door.get(f"{origin}/robots.txt", max_body_bytes=MAX_ROBOTS_BYTES)
        except TransientError:
            return _after_failure(before, self._now())
        except PermanentError:
            return Kept("", self._now() + KEPT_SECONDS)  # it leads nowhere, in circles, or where we do not go
        if answer.status >= 500 or answer.status == TOO_MANY_REQUESTS:
            return _after_failure(before, self._now())
        return Kept(_readable(answer), self._now() + KEPT_SECONDS)


def _after_failure(before: Kept | None, now: float) -> Kept:
    if before is None:
        return Kept(None, now + RETRY_SECONDS, failing_since=now)
    since = now if before.failing_since is None else before.failing_since
    if now - since > GIVEN_UP_AFTER_SECONDS:
        return Kept("", now + KEPT_SECONDS, failing_since=since)
    return replace(before, until=now + RETRY_SECONDS, failing_since=since)


def _readable(answer: Response) -> str:
    """The file's text. A page of HTML in its place has no lines that a robots file would have: it allows everything."""
    if not answer.is_success:
        return ""
    text = answer.body.decode("utf-8-sig", "replace")
    return text[: text.rfind("\n") + 1] if answer.truncated else text


@lru_cache(maxsize=512)
def _rules(text: str) -> Protego:
    return Protego.parse(text)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
