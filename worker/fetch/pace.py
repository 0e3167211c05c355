"""How fast each host may be asked, counted over all workers that share a storage.

A moving window, because a fixed one lets twice its rate through at the turn. Nothing here sleeps: a caller that has to
wait is told how long, and puts its work back. When the shared storage is away, each process keeps its own count, so
that a broken Redis makes us at most as impolite as the number of workers.
"""

import math
import time
from fractions import Fraction

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

MAX_BACKOFF_SECONDS = 24 * 3600
LONGEST_WINDOW_SECONDS = 3600
_REDIS_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 5,
}


class Pace:
    """Counts requests to hosts. `rate_per_second` 0 means no limit; `storage_url` is memory:// or redis://…"""

    def __init__(self, rate_per_second: float, storage_url: str = "memory://") -> None:
        self._window = _window(rate_per_second)
        self._own = _Tally(MemoryStorage())
        is_shared = not storage_url.startswith("memory:")
        self._shared = _Tally(_shared_storage(storage_url)) if is_shared else self._own

    def take(self, host: str, *, crawl_delay: float | None = None) -> float:
        """Ask to send one request now: 0.0 counts it as sent, otherwise the seconds to wait before asking again.

        `crawl_delay`: seconds that the host's robots.txt wants between requests, obeyed when slower than our rate.
        """
        window = _slower(self._window, _window(1 / crawl_delay) if crawl_delay else None)
        try:
            return self._shared.take(host, window)
        except StorageError:
            return self._own.take(host, window)

    def backoff(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while, as after 429 or 503. A longer backoff already under way stays."""
        duration = math.ceil(min(max(seconds, 1), MAX_BACKOFF_SECONDS))
        try:
            self._shared.back_off(host, duration)
        except StorageError:
            self._own.back_off(host, duration)


class _Tally:
    """The counts in one storage."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._limiter = MovingWindowRateLimiter(storage)

    def take(self, host: str, window: RateLimitItemPerSecond | None) -> float:
        resting = self._resting(host)
        if resting > 0 or window is None or self._limiter.hit(window, host):
            return resting
        return max(0.01, self._limiter.get_window_stats(window, host).reset_time - time.time())

    def back_off(self, host: str, seconds: int) -> None:
        if self._resting(host) < seconds:
            self._storage.clear(_resting_key(host))
            self._storage.incr(_resting_key(host), seconds)

    def _resting(self, host: str) -> float:
        key = _resting_key(host)
        if not self._storage.get(key):
            return 0.0
        return max(0.0, self._storage.get_expiry(key) - time.time())


def _resting_key(host: str) -> str:
    return f"resting/{host}"


def _shared_storage(url: str) -> Storage:
    storage = storage_from_string(url, wrap_exceptions=True, **_REDIS_OPTIONS)
    if not isinstance(storage, Storage):
        raise TypeError(f"{url.split('://')[0]} cannot be used without an event loop")
    return storage


def _window(rate_per_second: float) -> RateLimitItemPerSecond | None:
    """So many requests in so many seconds: 5 -> 5 in 1, 0.4 -> 2 in 5. The window is kept as short as can be."""
    if rate_per_second <= 0:
        return None
    rate = Fraction(rate_per_second).limit_denominator(10)
    if rate.numerator == 0:
        return RateLimitItemPerSecond(1, min(LONGEST_WINDOW_SECONDS, math.ceil(1 / rate_per_second)))
    return RateLimitItemPerSecond(rate.numerator, rate.denominator)


def _slower(
    ours: RateLimitItemPerSecond | None, theirs: RateLimitItemPerSecond | None
) -> RateLimitItemPerSecond | None:
    given = [window for window in (ours, theirs) if window is not None]
    return min(given, key=lambda window: window.amount / window.get_expiry(), default=None)
