"""The pipeline: four tasks, each of which brings what is due one step further.

    scheduler ──▶ poll     conditional GET, parse the feed; entries, ETag and next poll in one transaction
                   │
                   ▼ ids, by host
                  fetch    robots.txt, the host's pace, one deadline; the page is stored once
                   │
                   ▼ ids
                  read     extract → clean → language → copy? → tag → story → match → facts → alert; one transaction
                   │
                   ▼ ids
                  deliver  the outbox: send, record, or try again later

The arrows are hints: messages with ids that may be lost, doubled or late. What is due stands in the database, where
each step claims it (`storage/claims.py`); the scheduler looks there and hints again. So a task may be run for any ids
at any time, and a worker may be killed at any moment.

Each task works through its ids one by one, as a claim covers one row: what kills the process counts against that row
alone. It stops after `BATCH_SECONDS`; what is left keeps its place in the database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from time import monotonic
from typing import TypeVar

import structlog
from celery import Task
from kombu.exceptions import OperationalError

from storage import articles
from storage.heartbeats import beat
from storage.tables import ArticleState
from worker.app import DELIVER, FETCH, POLL, READ, app
from worker.runtime import runtime
from worker.steps.deliver import deliver as deliver_one
from worker.steps.fetch import Fetched, fetch_article
from worker.steps.poll import poll_source
from worker.steps.read import read_article

log = structlog.get_logger()

T = TypeVar("T")

BATCH = 20
BATCH_SECONDS = 60  # well below the hard time limit
HINT_EXPIRES_SECONDS = 300


@app.task(name="poll", queue=POLL)
def poll(source_ids: Sequence[int]) -> None:
    """Poll these sources, and hint to fetch what is new or changed."""
    run = runtime()
    for source_id in _while_time_lasts(source_ids):
        stored = poll_source(run, source_id)
        hint_articles((*stored.new, *stored.changed))


@app.task(name="fetch", queue=FETCH)
def fetch(article_ids: Sequence[int]) -> None:
    """Fetch these pages of one host over one connection, and hint to read them."""
    run = runtime()
    fetched = [i for i in _while_time_lasts(article_ids) if fetch_article(run, i) is Fetched.TO_READ]
    hint(read, fetched)


@app.task(name="read", queue=READ)
def read(article_ids: Sequence[int]) -> None:
    """Read these articles, and hint to deliver the alerts that came of them."""
    run = runtime()
    for article_id in _while_time_lasts(article_ids):
        hint(deliver, read_article(run, article_id))


@app.task(name="deliver", queue=DELIVER)
def deliver(delivery_ids: Sequence[int]) -> None:
    """Send these deliveries."""
    run = runtime()
    for delivery_id in _while_time_lasts(delivery_ids):
        deliver_one(run, delivery_id)


@app.task(name="pulse")
def pulse(part: str) -> None:
    """Show that work goes through this queue: a message came from the scheduler, and the database can be written."""
    run = runtime()
    run.database.write(lambda session: beat(session, part, run.now()))


def hint(task: Task, ids: Sequence[int]) -> None:
    """Tell a worker that there is work, in batches. With the broker away, the scheduler will tell it later."""
    for batch in _batches(ids):
        try:
            task.apply_async((batch,), expires=HINT_EXPIRES_SECONDS, retry=False)
        except OperationalError as error:
            log.warning("hint lost", task=task.name, reason=str(error))


def hint_articles(ids: Sequence[int]) -> None:
    """Hint each article's next step: fetch, a batch for each host, or read when all is here."""
    if not ids:
        return
    waiting = runtime().database.read(lambda session: articles.waiting_among(session, ids))
    hint(read, [article.id for article in waiting if article.state == ArticleState.READ])
    for of_host in _by_host(waiting):
        hint(fetch, of_host)


def _by_host(waiting: Iterable[articles.Waiting]) -> Iterable[Sequence[int]]:
    hosts: dict[str, list[int]] = defaultdict(list)
    for article in waiting:
        if article.state == ArticleState.FETCH:
            hosts[article.host].append(article.id)
    return hosts.values()


def _batches(ids: Sequence[int]) -> Iterable[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _while_time_lasts(ids: Sequence[T], clock: Callable[[], float] = monotonic) -> Iterable[T]:
    end = clock() + BATCH_SECONDS
    for one in ids:
        if clock() >= end:
            return
        yield one
