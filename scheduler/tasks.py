"""What the scheduler does at its times: look at the database, and hint.

These run on the scheduler's own queue, in its own process: no worker has to know that there is a scheduler.
"""

import structlog

from scheduler.due import batches
from scheduler.reconciler import set_apart_exhausted
from scheduler.sources_file import SourcesWatch
from storage import alerts, articles, looks, polls, subscriptions
from storage.heartbeats import beat
from worker.app import app
from worker.runtime import Runtime, runtime
from worker.steps.deliver import MAX_ATTEMPTS
from worker.steps.outage import watch_outages
from worker.steps.tidy import has_untidy
from worker.tasks import BATCH, deliver, hint, hint_waiting, poll, send, subscribe, tidy

log = structlog.get_logger()

_watch = SourcesWatch()
MOST_AT_A_TICK = 500  # of each kind; the next tick sees the rest


@app.task(name="tick")
def tick() -> None:
    """Hint at everything that is due, but for what killed its workers too often: that is set apart first."""
    run = runtime()
    now = run.now()
    _watch.look(run)
    _set_apart(run)
    run.database.write(lambda session: beat(session, "scheduler", now))
    due = run.database.read(lambda s: polls.due_sources(s, now, MOST_AT_A_TICK))
    for batch in batches(due, run.settings.fetch_concurrency):
        hint(poll, batch)
    new = run.database.read(lambda s: articles.due_articles(s, now, MOST_AT_A_TICK))
    again = run.database.read(lambda s: looks.due_looks(s, now, MOST_AT_A_TICK))
    hint_waiting([*new, *again])
    watch_outages(run)
    hint(deliver, run.database.read(lambda s: alerts.due_deliveries(s, now, MOST_AT_A_TICK)))
    if has_untidy(run):
        send(tidy, MOST_AT_A_TICK)
    if run.settings.public_url:
        hint(subscribe, run.database.read(lambda s: subscriptions.due(s, now, BATCH)))


def hint_at_once() -> None:
    """Tick now, as a process has just come up: the timetable's first tick comes only after its time."""
    send(tick)


def _set_apart(run: Runtime) -> None:
    """In each tick: a row whose last claim has lapsed is due again at that moment, and would be hinted at once more."""
    most = run.settings.max_attempts
    apart = run.database.write(lambda session: set_apart_exhausted(session, run.now(), most, MAX_ATTEMPTS))
    if apart.any:
        log.error(
            "set apart", sources=apart.sources, articles=apart.articles, deliveries=apart.deliveries,
            subscriptions=apart.subscriptions,
        )  # fmt: skip
