"""Waiting for a host's turn: briefly here, or else by coming back later."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from worker.runtime import Runtime

LONGEST_PAUSE_SECONDS = 2.0  # a host that asks for more is left for a later round
BUSY_SECONDS = 1.0  # until the next try, when as many as may are asking the host


@contextmanager
def host_turn(run: Runtime, host: str, crawl_delay: float | None = None) -> Iterator[float]:
    """Have the host for one request. 0: go; else the seconds of a wait too long to sleep.

    How many ask a host at the same time, and how often, is counted over all workers.
    """
    with run.turns.take(host) as is_ours:
        yield _paced(run, host, crawl_delay) if is_ours else BUSY_SECONDS


def _paced(run: Runtime, host: str, crawl_delay: float | None) -> float:
    """Ask the host's pace, and sleep if the turn comes soon; else how long that would be."""
    pause = run.pace.take(host, crawl_delay=crawl_delay)
    while 0 < pause <= LONGEST_PAUSE_SECONDS:
        time.sleep(pause)
        pause = run.pace.take(host, crawl_delay=crawl_delay)
    return pause
