"""What the scheduler does at its times: look at the database, and hint.

These run on the scheduler's own queue, in its own process: no worker has to know that there is a scheduler.
"""

import structlog
from sqlalchemy.orm import Session

from scheduler.due import sources_by_host
from scheduler.reconciler import set_apart_exhausted
from scheduler.sources_file import SourcesWatch
from storage import alerts, articles, sources
from storage.heartbeats import beat
from worker.app import SCHEDULE, app
from worker.runtime import runtime
from worker.steps.deliver import MAX_ATTEMPTS
from worker.tasks import deliver, hint, hint_articles, poll

log = structlog.get_logger()

_watch = SourcesWatch()
MOST_AT_A_TICK = 500  # of each kind; the next tick sees the rest


@app.task(name="tick", queue=SCHEDULE)
def tick() -> None:
    """Hint at everything that is due."""
    run = runtime()
    now = run.now()
    _watch.look(run)
    run.database.write(lambda session: beat(session, "scheduler", now))
    for of_host in sources_by_host(run.database.read(lambda s: sources.due_sources(s, now, MOST_AT_A_TICK))):
        hint(poll, of_host)
    waiting = run.database.read(lambda s: articles.due_articles(s, now, MOST_AT_A_TICK))
    hint_articles([article.id for article in waiting])
    hint(deliver, run.database.read(lambda s: alerts.due_deliveries(s, now, MOST_AT_A_TICK)))


@app.task(name="reconcile", queue=SCHEDULE)
def reconcile() -> None:
    """Set apart what its claims killed too often, and say so."""
    run = runtime()

    def work(session: Session) -> None:
        apart = set_apart_exhausted(session, run.now(), run.settings.max_attempts, MAX_ATTEMPTS)
        if apart.any:
            log.error("set apart", sources=apart.sources, articles=apart.articles, deliveries=apart.deliveries)

    run.database.write(work)
