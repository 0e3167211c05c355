"""Connections kept open for the next request to the same origin.

The library's own pool looks after all its connections whenever a request begins or ends, with a system call for each:
with sixty of them that costs more than the request itself. It also lets requests queue for a connection, and here no
thread has more than one. So this one only remembers: it looks at a connection when that is wanted again.
"""

import threading
import time
from collections.abc import Callable

from httpcore2 import ConnectionInterface

MAX_KEPT = 64
KEPT_SECONDS = 20.0


class Connections:
    """Keeps idle connections for many threads. One that is in use belongs to the thread that took it."""

    def __init__(self, *, most: int = MAX_KEPT, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._count = 0
        # By origin, the one used last at the end. Of each connection the instant until which it is kept.
        self._idle: dict[str, list[tuple[ConnectionInterface, float]]] = {}

    def take(self, origin: str) -> ConnectionInterface | None:
        """A connection to this origin that is still open, as far as can be seen from here."""
        while True:
            with self._lock:
                kept = self._pop(origin, -1)
            if kept is None:
                return None
            connection, until = kept
            if until > self._clock() and not connection.has_expired():
                return connection
            connection.close()

    def give_back(self, origin: str, connection: ConnectionInterface) -> None:
        """Keep it if another request can be sent over it, for a while."""
        if not connection.is_idle():
            connection.close()
            return
        now = self._clock()
        with self._lock:
            of_origin = self._idle.pop(origin, [])
            of_origin.append((connection, now + KEPT_SECONDS))
            self._idle[origin] = of_origin
            self._count += 1
            surplus = self._pop_surplus(now)
        for each in surplus:
            each.close()

    def close(self) -> None:
        with self._lock:
            idle, self._idle, self._count = self._idle, {}, 0
        for of_origin in idle.values():
            for connection, _ in of_origin:
                connection.close()

    def _pop(self, origin: str, place: int) -> tuple[ConnectionInterface, float] | None:
        of_origin = self._idle.get(origin)
        if of_origin is None:
            return None
        kept = of_origin.pop(place)
        self._count -= 1
        if not of_origin:
            del self._idle[origin]
        return kept

    def _pop_surplus(self, now: float) -> list[ConnectionInterface]:
        """Those whose time is over or that are too many, of the origins that were not used for longest."""
        surplus = []
        while self._idle:
            oldest = next(iter(self._idle))
            if self._count <= self._most and self._idle[oldest][0][1] > now:
                break
            kept = self._pop(oldest, 0)
            if kept is not None:
                surplus.append(kept[0])
        return surplus
