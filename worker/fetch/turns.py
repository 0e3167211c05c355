"""Whose turn it is to ask a host: one thread of this process at a time.

A thread that waits for a host's pace would otherwise be joined by others with more pages of the same host, until none
is left for all the other hosts. How often a host is asked by all processes together is `pace`'s matter.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """The hosts that are being asked at this moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: set[str] = set()

    @contextmanager
    def take(self, host: str) -> Iterator[bool]:
        """Whether the host is ours while this is open; False at once when another thread has it."""
        with self._lock:
            is_ours = host not in self._taken
            self._taken.add(host)
        try:
            yield is_ours
        finally:
            if is_ours:
                with self._lock:
                    self._taken.discard(host)
