"""How fast each host may be asked, counted over all workers that share a Redis.

A moving window, because a fixed one lets twice its rate through at the turn. Nothing here sleeps: a caller that has to
wait is told how long, and puts its work back. While Redis is away, each process keeps its own count, so that it makes
us at most as impolite as the number of workers; who was told to rest remembers it without Redis.
"""

import math
import time
from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import MovingWindowRateLimiter

from worker.fetch.shared import Shared

T = TypeVar("T")

MAX_BACKOFF_SECONDS = 24 * 3600
# A delay beyond this is taken for this: it is meant for crawlers of whole sites, and who wants no visitors at all says
# Disallow. At a page an hour, the few pages that a feed names are still read on the same day.
LONGEST_WINDOW_SECONDS = 3600
SHORTEST_DELAY_SECONDS = 0.001  # what comes closer to none is taken for this: its rate would have no end
_SLOWEST_FRACTION = Fraction(1, 10)


class Pace:
    """Counts requests to hosts, each known by name and port. `rate_per_second` 0 means no limit."""

    def __init__(self, rate_per_second: float, shared: Shared | None = None) -> None:
        self._shared = shared or Shared()
        self._window = _window(rate_per_second)
        self._own = _Tally(MemoryStorage())
        self._common = self._own
        if self._shared.client is not None:
            # The storage is handed connections; of its own address it only wants to know the scheme.
            pool = self._shared.client.connection_pool
            self._common = _Tally(RedisStorage("redis://", connection_pool=pool))

    def take(self, host: str, *, crawl_delay: float | None = None) -> float:
        """Ask to send one request now: 0.0 counts it as sent, otherwise the seconds to wait before asking again.

        `crawl_delay`: seconds that the host's robots.txt wants between requests, obeyed when slower than our rate.
        """
        window = _slower(self._window, _window_after(crawl_delay))
        return self._own.resting(host) or self._ask(lambda tally: tally.take(host, window))

    def backoff(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while, as after 429 or 503: for a second at least, for a day at most.

        A longer backoff already under way stays.
        """
        duration = math.ceil(min(max(seconds, 1), MAX_BACKOFF_SECONDS))
        self._own.back_off(host, duration)
        self._ask(lambda tally: tally.back_off(host, duration))

    def resting(self, host: str) -> float:
        """The seconds for which the host still wants to be left alone; 0.0 when it does not. Counts nothing."""
        return self._own.resting(host) or self._ask(lambda tally: tally.resting(host))

    def _ask(self, question: Callable[["_Tally"], T]) -> T:
        return self._shared.ask(lambda _client: question(self._common), lambda: question(self._own))


class _Tally:
    """The counts in one storage."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._limiter = MovingWindowRateLimiter(storage)

    def take(self, host: str, window: RateLimitItemPerSecond | None) -> float:
        resting = self.resting(host)
        if resting > 0 or window is None or self._limiter.hit(window, host):
            return resting
        return max(0.01, self._limiter.get_window_stats(window, host).reset_time - time.time())

    def back_off(self, host: str, seconds: int) -> None:
        if self.resting(host) < seconds:
            self._storage.clear(_resting_key(host))
            self._storage.incr(_resting_key(host), seconds)

    def resting(self, host: str) -> float:
        return max(0.0, self._storage.get_expiry(_resting_key(host)) - time.time())


def _resting_key(host: str) -> str:
    return f"resting/{host}"


def _window(rate_per_second: float) -> RateLimitItemPerSecond | None:
    """So many requests in so many seconds: 5 -> 5 in 1, 0.4 -> 2 in 5. The window is kept as short as can be."""
    if rate_per_second <= 0:
        return None
    if rate_per_second < _SLOWEST_FRACTION:
        return _window_after(1 / rate_per_second)
    rate = Fraction(rate_per_second).limit_denominator(_SLOWEST_FRACTION.denominator)
    return RateLimitItemPerSecond(rate.numerator, rate.denominator)


def _window_after(delay_seconds: float | None) -> RateLimitItemPerSecond | None:
    """One request, and the next after this delay; windows have whole seconds, so shorter delays are made a rate."""
    if not delay_seconds:
        return None
    if delay_seconds < 1:
        return _window(1 / max(delay_seconds, SHORTEST_DELAY_SECONDS))
    return RateLimitItemPerSecond(1, math.ceil(min(delay_seconds, LONGEST_WINDOW_SECONDS)))


def _slower(
    ours: RateLimitItemPerSecond | None, theirs: RateLimitItemPerSecond | None
) -> RateLimitItemPerSecond | None:
    given = [window for window in (ours, theirs) if window is not None]
    return min(given, key=lambda window: window.amount / window.get_expiry(), default=None)
