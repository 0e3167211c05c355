"""One process that runs several parts of Storytrail in threads: all of them for `up` and `demo`, two for `scheduler`.

Each part is what it is elsewhere, a Celery worker, Celery Beat, a web server; only their threads are kept here.
"""

import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from celery.beat import EmbeddedService
from celery.worker import WorkController

from scheduler.tasks import hint_at_once
from scheduler.timetable import timetable
from web.server import ServerThread
from worker.app import configure
from worker.batch import stopping
from worker.runtime import Runtime

STOP_SECONDS = 30


@dataclass(frozen=True)
class Parts:
    """What to run: a worker on these queues with so many threads (1: one after the other), and a page or none."""

    queues: Sequence[str]
    threads: int
    page: ServerThread | None = None


class Process:
    """Context manager: the parts run while it is open, Beat always among them."""

    def __init__(self, run: Runtime, parts: Parts) -> None:
        self._parts = parts
        app = configure(run.settings)
        app.conf.beat_schedule = timetable(run.settings)
        pool = "threads" if parts.threads > 1 else "solo"
        self._worker: Any = WorkController(
            app=app, pool_cls=pool, hostname=f"storytrail@{socket.gethostname()}",
            concurrency=parts.threads, queues=list(parts.queues), without_gossip=True,
            without_mingle=True, without_heartbeat=True,
        )  # fmt: skip
        # The timetable is kept in memory: what was due while nobody looked stands in the database.
        self._beat: Any = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler", max_interval=1)
        self._thread = threading.Thread(target=self._worker.start, name="worker", daemon=True)

    def __enter__(self) -> "Process":
        if self._parts.page:
            self._parts.page.start()  # first, as it is what may be refused: its port may be taken
        stopping.clear()
        self._thread.start()
        self._beat.start()
        hint_at_once()
        return self

    def __exit__(self, *_: object) -> None:
        if self._parts.page:
            self._parts.page.stop()
        stopping.set()
        self._beat.stop()
        self._worker.stop()
        self._thread.join(STOP_SECONDS)

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive() and self._beat.is_alive()
