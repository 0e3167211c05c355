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

from scheduler.due import batches
from scheduler.reconciler import set_apart_exhausted
from storage import alerts, articles, looks, polls, subscriptions
from storage.tables import ArticleState
from worker.runtime import Runtime, collect_rarely
from worker.steps.deliver import MAX_ATTEMPTS, deliver
from worker.steps.fetch import fetch_article
from worker.steps.poll import poll_sources
from worker.steps.read import read_article
from worker.steps.renew import renew_stories
from worker.steps.subscribe import subscribe
from worker.steps.tidy import tidy
from worker.tasks import pages_by_host

log = structlog.get_logger()

MOST_AT_ONCE = 500

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told after each row: the step's name, how many rows of this round are done, and how many there are."""


def drain(
    run: Runtime,
    progress: Progress = lambda _step, _done, _due: None,
    steps: Sequence[str] = ("poll", "fetch", "read", "tidy", "deliver", "subscribe"),
) -> None:
    """Take these steps with what is due until nothing is. What waits for a later time is left.

    What killed earlier runs too often is set apart first, or it would kill this one too.
    """
    collect_rarely()
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

    def batch_by_batch(self, batches: Sequence[Sequence[T]], work: Callable[[Sequence[T]], Iterable[object]]) -> int:
        """Batches at the same time; `work` takes a whole one and gives something for each of its members."""
        told = self._telling(lambda _: None, sum(map(len, batches)))

        def of_batch(batch: Sequence[T]) -> int:
            return sum(1 for _ in map(told, work(batch)))

        return sum(self.pool.map(of_batch, batches))

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
    due = of.run.database.read(lambda session: polls.due_sources(session, of.run.now(), MOST_AT_ONCE))
    return of.batch_by_batch(batches(due, of.run.settings.fetch_concurrency), lambda ids: poll_sources(of.run, ids))


def _fetch(of: _Round) -> int:
    """First what is new, then what is looked at again."""
    again = of.run.database.read(lambda session: looks.due_looks(session, of.run.now(), MOST_AT_ONCE))
    hosts = pages_by_host([*_due(of.run, ArticleState.FETCH), *again])
    return of.side_by_side(list(hosts.values()), lambda article_id: fetch_article(of.run, article_id))


def _read(of: _Round) -> int:
    """One after the other: stories then come out the same on every run. First what an older version has left."""
    while renew_stories(of.run, MOST_AT_ONCE):
        pass
    due = [article.id for article in _due(of.run, ArticleState.READ)]
    return of.one_by_one(due, lambda article_id: read_article(of.run, article_id))


def _tidy(of: _Round) -> int:
    return tidy(of.run, MOST_AT_ONCE)


def _deliver(of: _Round) -> int:
    due = of.run.database.read(lambda session: alerts.due_deliveries(session, of.run.now(), MOST_AT_ONCE))
    return of.one_by_one(due, lambda delivery_id: deliver(of.run, delivery_id))


def _subscribe(of: _Round) -> int:
    if of.run.settings.public_url is None:
        return 0
    due = of.run.database.read(lambda session: subscriptions.due(session, of.run.now(), MOST_AT_ONCE))
    return of.one_by_one(due, lambda subscription_id: subscribe(of.run, subscription_id))


def _due(run: Runtime, state: ArticleState) -> Sequence[articles.Waiting]:
    return run.database.read(lambda session: articles.due_articles(session, run.now(), MOST_AT_ONCE, state))


WORK: Mapping[str, Callable[[_Round], int]] = {
    "poll": _poll,
    "fetch": _fetch,
    "read": _read,
    "tidy": _tidy,
    "deliver": _deliver,
    "subscribe": _subscribe,
}
