"""How a task works through the rows it was hinted at.

One by one, as a claim covers one row: what kills the process counts against that row alone, and what merely fails is
logged and leaves its row to its lease. (Polls are claimed together, see `worker/steps/poll`.) A batch ends when its
time is up or the process is asked to stop; what is left keeps its place in the database.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

import structlog

from storage.heartbeats import beat
from worker.runtime import Runtime

log = structlog.get_logger()

T = TypeVar("T")

LONGEST_SECONDS = 60.0
SHARE_OF_LIMIT = 0.5  # of the time after which the task is killed: the last row may still take the other half
LIFE_SECONDS = 5.0  # between two signs of life

stopping = threading.Event()
"""Set when this process is to end: batches then end with the row they are at."""


class Shift:
    """The time that a task has for its rows. Shows that work goes through its queue as it is asked."""

    def __init__(self, run: Runtime, queue: str) -> None:
        self._run = run
        self._queue = queue
        self._end = monotonic() + min(LONGEST_SECONDS, run.settings.task_time_limit * SHARE_OF_LIMIT)
        self._shown = float("-inf")

    def goes_on(self) -> bool:
        """Whether there is time for one more row."""
        if stopping.is_set() or monotonic() >= self._end:
            return False
        if monotonic() >= self._shown + LIFE_SECONDS:
            show_life(self._run, self._queue)
            self._shown = monotonic()
        return True


def work_through(run: Runtime, queue: str, ids: Sequence[int], work: Callable[[Runtime, int], T]) -> Iterator[T]:
    """What `work` gives for each id, as long as there is time."""
    shift = Shift(run, queue)
    for row in ids:
        if not shift.goes_on():
            return
        try:
            result = work(run, row)
        except Exception:
            log.exception("a row failed; the others go on", queue=queue, row=row)
        else:
            yield result


def show_life(run: Runtime, queue: str) -> None:
    """Record that work goes through this queue."""
    run.database.write(lambda session: beat(session, f"queue:{queue}", run.now()))
