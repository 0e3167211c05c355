"""What all workers share through Redis, and what each does alone for as long as Redis is away.

Not a client for anything in particular: `pace`, `turns` and the cache of robots files bring their own questions.

A server that is gone refuses connections at once, but one behind a dead network costs its whole timeout each time. So
after a failure nobody asks for some seconds, and then one thread finds out for all whether it is back.
"""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import redis
import structlog

log = structlog.get_logger()

T = TypeVar("T")

AWAY_SECONDS = 10.0
# Without these four, a connection that died without a word is not noticed for minutes.
_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 5,
}


class Shared:
    """The Redis of one process, for all its threads. `client` is None when there is nothing to share (memory://)."""

    def __init__(self, url: str = "memory://", *, clock: Callable[[], float] = time.monotonic) -> None:
        is_redis = url.startswith(("redis://", "rediss://"))
        self.client: redis.Redis | None = redis.Redis.from_url(url, **_OPTIONS) if is_redis else None
        self._clock = clock
        self._lock = threading.Lock()
        self._away_until: float | None = None  # None: it answered when it was last asked

    def ask(self, shared: Callable[[redis.Redis], T], own: Callable[[], T]) -> T:
        """What `shared` makes of Redis; what our `own` side says when there is no Redis, or it does not answer."""
        if self.client is None or not self._may_ask():
            return own()
        try:
            answer = shared(self.client)
        except redis.RedisError as error:
            self._note_failure(error)
            return own()
        self._note_answer()
        return answer

    def close(self) -> None:
        if self.client is not None:
            self.client.close()

    def _may_ask(self) -> bool:
        if self._away_until is None:
            return True
        with self._lock:
            now = self._clock()
            if self._away_until is None or now < self._away_until:
                return self._away_until is None
            self._away_until = now + AWAY_SECONDS  # we find out; the others go on alone until we know
            return True

    def _note_failure(self, error: redis.RedisError) -> None:
        with self._lock:
            is_news = self._away_until is None
            self._away_until = self._clock() + AWAY_SECONDS
        if is_news:
            log.warning("hosts are shared with no other worker for now", reason=str(error))

    def _note_answer(self) -> None:
        if self._away_until is None:
            return
        with self._lock:
            self._away_until = None
        log.info("hosts are shared with the other workers again")
