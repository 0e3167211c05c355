"""Do all that is due in this process, without a broker, until nothing is due: for cron, for files, for trying.

The same steps as the workers run, called directly; what they would hint at is found in the database instead.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import structlog

from scheduler.due import sources_by_host
from scheduler.reconciler import set_apart_exhausted
from storage import alerts, articles, sources
from storage.tables import ArticleState
from worker.runtime import Runtime
from worker.steps.deliver import MAX_ATTEMPTS, deliver
from worker.steps.fetch import fetch_article
from worker.steps.poll import poll_source
from worker.steps.read import read_article
from worker.tasks import pages_by_host

log = structlog.get_logger()

MOST_AT_ONCE = 500

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told after each row: the step's name, how many rows of this round are done, and how many there are."""


def drain(
    run: Runtime,
    progress: Progress = lambda _step, _done, _due: None,
    steps: Sequence[str] = ("poll", "fetch", "read", "deliver"),
) -> None:
    """Take these steps with what is due until nothing is. What waits for a later time is left.

    What killed earlier runs too often is set apart first, or it would kill this one too.
    """
    run.topics.current()  # refused now, if it cannot be read, and not at the first article
    run.database.write(lambda s: set_apart_exhausted(s, run.now(), run.settings.max_attempts, MAX_ATTEMPTS))
    with ThreadPoolExecutor(run.settings.fetch_concurrency, thread_name_prefix="drain") as pool:
        while sum(WORK[step](_Round(run, pool, step, progress)) for step in steps):
            pass


@dataclass(frozen=True)
class _Round:
    """One step over all that is due of it."""

    run: Runtime
    pool: ThreadPoolExecutor
    step: str
    progress: Progress

    def one_by_one(self, rows: Sequence[T], work: Callable[[T], object]) -> int:
        told = self._telling(work, len(rows))
        return sum(1 for _ in map(told, rows))

    def side_by_side(self, groups: Sequence[Sequence[T]], work: Callable[[T], object]) -> int:
        """Groups at the same time, each group's members one after the other."""
        told = self._telling(work, sum(map(len, groups)))

        def of_group(group: Iterable[T]) -> int:
            return sum(1 for _ in map(told, group))

        return sum(self.pool.map(of_group, groups))

    def _telling(self, work: Callable[[T], object], due: int) -> Callable[[T], None]:
        """The same work, with its progress told by one thread at a time."""
        done, lock = count(1), threading.Lock()

        def one(row: T) -> None:
            try:
                work(row)
            except Exception:
                # Its row is left to its lease; the others go on.
                log.exception("a row failed; the others go on", step=self.step, row=row)
            with lock:
                self.progress(self.step, next(done), due)

        return one


def _poll(of: _Round) -> int:
    due = of.run.database.read(lambda session: sources.due_sources(session, of.run.now(), MOST_AT_ONCE))
    return of.side_by_side(sources_by_host(due), lambda source_id: poll_source(of.run, source_id))


def _fetch(of: _Round) -> int:
    hosts = pages_by_host(_due(of.run, ArticleState.FETCH))
    return of.side_by_side(list(hosts.values()), lambda article_id: fetch_article(of.run, article_id))


def _read(of: _Round) -> int:
    """One after the other: stories then come out the same on every run."""
    due = [article.id for article in _due(of.run, ArticleState.READ)]
    return of.one_by_one(due, lambda article_id: read_article(of.run, article_id))


def _deliver(of: _Round) -> int:
    due = of.run.database.read(lambda session: alerts.due_deliveries(session, of.run.now(), MOST_AT_ONCE))
    return of.one_by_one(due, lambda delivery_id: deliver(of.run, delivery_id))


def _due(run: Runtime, state: ArticleState) -> Sequence[articles.Waiting]:
    return run.database.read(lambda session: articles.due_articles(session, run.now(), MOST_AT_ONCE, state))


WORK: Mapping[str, Callable[[_Round], int]] = {
    "poll": _poll,
    "fetch": _fetch,
    "read": _read,
    "deliver": _deliver,
}
