"""The pipeline: four tasks, each of which brings what is due one step further.

    scheduler ──▶ poll     conditional GET, parse the feed; entries, ETag and next poll in one transaction
         │         │
         │         ▼ ids, by host
         └─────▶ fetch     robots.txt, the host's pace, one deadline; the page is stored once, and looked at again later
                   │
                   ▼ ids
                  read     extract → clean → language → copy? → tag → story → match → facts → alert; one transaction
                   │
                   ▼ ids
                  deliver  the outbox: send, record, or try again later

A fifth, `subscribe`, asks hubs to push what is new (WebSub); what they push is taken by the next poll. A sixth, `tidy`,
makes searchable what was read, and chooses what stories are called.

The arrows are hints: messages with ids that may be lost, doubled or late. What is due stands in the database, where
each step claims it (`storage/claims.py`); the scheduler looks there and hints again. So a task may be run for any ids
at any time, and a worker may be killed at any moment.

What a step does is in the file of its name in `worker/steps/`; how a task works through its ids, in `worker/batch.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import structlog
from celery import Task
from kombu.exceptions import OperationalError

from storage import articles
from storage.tables import ArticleState
from worker.app import DELIVER, FETCH, POLL, READ, app
from worker.batch import Shift, show_life, work_through
from worker.runtime import runtime
from worker.steps.deliver import deliver as deliver_one
from worker.steps.fetch import Fetched, fetch_article
from worker.steps.poll import poll_sources
from worker.steps.read import read_article
from worker.steps.renew import is_renewed, renew_stories
from worker.steps.subscribe import subscribe as subscribe_one
from worker.steps.tidy import tidy as tidy_up

log = structlog.get_logger()

BATCH = 20
AT_ONCE_AFTER_UPGRADE = 100  # stories of an older version, renewed before anything else is read
HINT_EXPIRES_SECONDS = 30  # a stale hint is not worth its message: every tick hints anew at what is still due


@app.task(name="poll")
def poll(source_ids: Sequence[int]) -> None:
    """Poll these sources, and hint to fetch what is new or changed."""
    run = runtime()
    for stored in poll_sources(run, source_ids, Shift(run, POLL).goes_on):
        hint_articles((*stored.new, *stored.changed))


@app.task(name="fetch")
def fetch(article_ids: Sequence[int], host: str) -> None:
    """Fetch these pages of one host, unless another thread is at it, and hint to read them and to fetch on."""
    run = runtime()
    with run.at_work.take(host) as is_ours:
        if not is_ours:
            return
        fetched = work_through(run, FETCH, article_ids, lambda run, i: (i, fetch_article(run, i)))
        hint(read, [article_id for article_id, outcome in fetched if outcome is Fetched.TO_READ])
    more = run.database.read(lambda session: articles.due_at_host(session, host, run.now(), BATCH))
    hint(fetch, more, host)


@app.task(name="read")
def read(article_ids: Sequence[int]) -> None:
    """Read these articles, and hint to deliver the alerts that came of them."""
    run = runtime()
    renew_stories(run, AT_ONCE_AFTER_UPGRADE)
    if not is_renewed(run):  # the scheduler hints again
        return
    for deliveries in work_through(run, READ, article_ids, read_article):
        hint(deliver, deliveries)
    tidy_up(run, len(article_ids), article_ids)


@app.task(name="tidy")
def tidy(most: int) -> None:
    """Make searchable, and describe, what a worker that was stopped after reading, or an older version, has left."""
    renew_stories(runtime(), AT_ONCE_AFTER_UPGRADE)
    tidy_up(runtime(), most)


@app.task(name="deliver")
def deliver(delivery_ids: Sequence[int]) -> None:
    """Send these deliveries."""
    for _ in work_through(runtime(), DELIVER, delivery_ids, deliver_one):
        pass


@app.task(name="subscribe")
def subscribe(subscription_ids: Sequence[int]) -> None:
    """Ask these hubs to push, or to go on pushing, what is new."""
    for _ in work_through(runtime(), POLL, subscription_ids, subscribe_one):
        pass


@app.task(name="pulse")
def pulse(queue: str) -> None:
    """Show life without work to do: a message came from the scheduler, and the database can be written."""
    show_life(runtime(), queue)


def hint(task: Task, ids: Sequence[int], *more: str) -> None:
    """Tell a worker that there is work, in batches. With the broker away, the scheduler will tell it later."""
    for batch in _batches(ids):
        send(task, batch, *more)


def send(task: Task, *arguments: object) -> None:
    try:
        task.apply_async(arguments, expires=HINT_EXPIRES_SECONDS, retry=False)
    except OperationalError as error:
        log.warning("hint lost", task=task.name, reason=str(error))


def hint_articles(ids: Sequence[int]) -> None:
    """Hint the next step of each of these articles."""
    if ids:
        hint_waiting(runtime().database.read(lambda session: articles.waiting_among(session, ids)))


def hint_waiting(waiting: Sequence[articles.Waiting]) -> None:
    """Hint each article's next step: read when all is here, or fetch; of each host one batch, which fetches on."""
    hint(read, [article.id for article in waiting if article.state == ArticleState.READ])
    for host, of_host in pages_by_host(waiting).items():
        hint(fetch, of_host[:BATCH], host)


def pages_by_host(waiting: Iterable[articles.Waiting]) -> Mapping[str, list[int]]:
    """The articles whose page is to be fetched, by host, each host's in the order given."""
    hosts: dict[str, list[int]] = defaultdict(list)
    for article in waiting:
        if article.state == ArticleState.FETCH:
            hosts[article.host].append(article.id)
    return hosts


def _batches(ids: Sequence[int]) -> Iterable[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
