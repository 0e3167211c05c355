"""Do all that is due in this process, without a broker, until nothing is due: for cron, for files, for trying.

The same steps as the workers run, called directly; what they would hint at is found in the database instead.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from scheduler.due import sources_by_host
from storage import alerts, articles, sources
from storage.tables import ArticleState
from worker.runtime import Runtime
from worker.steps.deliver import deliver
from worker.steps.fetch import fetch_article
from worker.steps.poll import poll_source
from worker.steps.read import read_article

MOST_AT_ONCE = 500

T = TypeVar("T")
Progress = Callable[[str, int], None]  # told the step's name and how many rows it took


def drain(
    run: Runtime,
    progress: Progress = lambda _step, _count: None,
    steps: Sequence[str] = ("poll", "fetch", "read", "deliver"),
) -> None:
    """Take these steps with what is due until nothing is. What waits for a later time is left."""
    with ThreadPoolExecutor(run.settings.fetch_concurrency, thread_name_prefix="drain") as pool:
        while True:
            done = 0
            for step in steps:
                count = WORK[step](run, pool)
                progress(step, count)
                done += count
            if not done:
                return


def _poll(run: Runtime, pool: ThreadPoolExecutor) -> int:
    due = run.database.read(lambda session: sources.due_sources(session, run.now(), MOST_AT_ONCE))
    return _side_by_side(pool, sources_by_host(due), lambda source_id: poll_source(run, source_id))


def _fetch(run: Runtime, pool: ThreadPoolExecutor) -> int:
    due = _due(run, ArticleState.FETCH)
    hosts: dict[str, list[articles.Waiting]] = defaultdict(list)
    for article in due:
        hosts[article.host].append(article)
    return _side_by_side(pool, list(hosts.values()), lambda article: fetch_article(run, article.id))


def _read(run: Runtime, _pool: ThreadPoolExecutor) -> int:
    """One after the other: stories then come out the same on every run."""
    due = _due(run, ArticleState.READ)
    for article in due:
        read_article(run, article.id)
    return len(due)


def _deliver(run: Runtime, _pool: ThreadPoolExecutor) -> int:
    due = run.database.read(lambda session: alerts.due_deliveries(session, run.now(), MOST_AT_ONCE))
    for delivery_id in due:
        deliver(run, delivery_id)
    return len(due)


def _due(run: Runtime, state: ArticleState) -> Sequence[articles.Waiting]:
    return run.database.read(lambda session: articles.due_articles(session, run.now(), MOST_AT_ONCE, state))


def _side_by_side(pool: ThreadPoolExecutor, groups: Sequence[Sequence[T]], work: Callable[[T], object]) -> int:
    """Groups at the same time, each group's members one after the other."""

    def of_group(group: Iterable[T]) -> int:
        return sum(1 for _ in map(work, group))

    return sum(pool.map(of_group, groups))


WORK: Mapping[str, Callable[[Runtime, ThreadPoolExecutor], int]] = {
    "poll": _poll,
    "fetch": _fetch,
    "read": _read,
    "deliver": _deliver,
}
