"""Whose turn it is to ask a host: so many threads at a time, of all workers together.

A thread that waits for a host's pace would otherwise be joined by others with more pages of the same host, until none
is left for all the other hosts. How often a host is asked is `pace`'s matter.

A turn is a key in Redis that lapses by itself, so that a worker that dies does not keep its hosts for ever. It is not
renewed: a request ends well before its lease, and one that did not would share its host, still at the host's pace.
While Redis is away, each process has turns of its own.
"""

import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import redis

from worker.fetch.shared import Shared

LEASE_SECONDS = 300.0

# Ours only: a turn that lapsed may have been taken by another worker meanwhile.
_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end"


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn, as it stands in Redis; with an empty key nobody else knows of it."""

    key: str = ""
    token: str = ""


class Turns:
    """The hosts that are being asked at this moment, each by `at_once` threads at most.

    `lease_seconds`: how long a turn may be held; longer than what is done in it.
    """

    def __init__(self, shared: Shared | None = None, *, at_once: int = 1, lease_seconds: float = LEASE_SECONDS) -> None:
        self._shared = shared or Shared()
        self._at_once = at_once
        self._lease_ms = round(lease_seconds * 1000)
        self._lock = threading.Lock()
        self._taken: Counter[str] = Counter()

    @contextmanager
    def take(self, host: str) -> Iterator[bool]:
        """Whether the host is ours while this is open; False at once when all its turns are taken."""
        with ExitStack() as held:
            turn = self._turn(host, held) if self._enter(host, held) else None
            yield turn is not None

    def _enter(self, host: str, held: ExitStack) -> bool:
        """This process's own threads are counted first: that costs nothing, and holds without Redis too."""
        with self._lock:
            if self._taken[host] >= self._at_once:
                return False
            self._taken[host] += 1
        held.callback(self._leave, host)
        return True

    def _leave(self, host: str) -> None:
        with self._lock:
            self._taken[host] -= 1
            if not self._taken[host]:
                del self._taken[host]

    def _turn(self, host: str, held: ExitStack) -> _Turn | None:
        turn = self._shared.ask(lambda client: self._claim(client, host), _Turn)
        if turn is not None and turn.key:
            held.callback(self._shared.ask, lambda client: _release(client, turn), lambda: None)
        return turn

    def _claim(self, client: redis.Redis, host: str) -> _Turn | None:
        token = secrets.token_hex(16)
        for number in range(self._at_once):
            key = f"storytrail:turn:{number}:{host}"
            if client.set(key, token, nx=True, px=self._lease_ms):
                return _Turn(key, token)
        return None


def _release(client: redis.Redis, turn: _Turn) -> None:
    client.eval(_RELEASE, 1, turn.key, turn.token)
