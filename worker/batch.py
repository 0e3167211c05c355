"""How a task works through the rows it was hinted at.

One by one, as a claim covers one row: what kills the process counts against that row alone, and what merely fails is
logged and leaves its row to its lease. A batch ends when its time is up or the process is asked to stop; what is left
keeps its place in the database.
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


def work_through(run: Runtime, queue: str, ids: Sequence[int], work: Callable[[Runtime, int], T]) -> Iterator[T]:
    """What `work` gives for each id, as long as there is time; signs of life for the queue on the way."""
    end = monotonic() + min(LONGEST_SECONDS, run.settings.task_time_limit * SHARE_OF_LIMIT)
    shown = float("-inf")
    for row in ids:
        if stopping.is_set() or monotonic() >= end:
            return
        if monotonic() >= shown + LIFE_SECONDS:
            show_life(run, queue)
            shown = monotonic()
        try:
            result = work(run, row)
        except Exception:
            log.exception("a row failed; the others go on", queue=queue, row=row)
        else:
            yield result


def show_life(run: Runtime, queue: str) -> None:
    """Record that work goes through this queue."""
    run.database.write(lambda session: beat(session, f"queue:{queue}", run.now()))
