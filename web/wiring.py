"""The page's numbers, asked of the database, its address for hubs, and the topics' feeds."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from config.errors import ConfigError
from storage import alerts, sources, stories, subscriptions, troubles
from storage.counts import count_all
from storage.tables import Alert, Story
from web import feeds, websub
from web.app import create_app
from web.status import FailingSource, LatestAlert, LatestStory, StatusReport
from worker.runtime import Runtime
from worker.steps.channel_health import dead_channels

LATEST = 20


def page_of(run: Runtime) -> Starlette:
    """The page over this process's database."""
    return create_app(
        run.settings,
        report=lambda: run.database.read(lambda session: _report(session, run)),
        ping=lambda: run.database.read(lambda session: session.scalar(text("SELECT 1"))),
        more=(*websub.routes(run), *feeds.routes(run)),
    )


def _report(session: Session, run: Runtime) -> StatusReport:
    counts, hubs = count_all(session), subscriptions.hubs_at_work(session, run.now())
    return StatusReport(
        taken=run.now(),
        sources=counts.sources,
        articles=counts.articles,
        copies=counts.copies,
        stories=counts.stories,
        alerts=counts.alerts,
        deliveries=counts.deliveries,
        failing=_failing(session, hubs),
        latest_stories=_stories(session),
        latest_alerts=[_alert(session, alert) for alert in alerts.newest(session, LATEST)],
        pushed=len(hubs),
        problems=[*_problems(run), *map(troubles.in_words, dead_channels(run, session))],
    )


def _problems(run: Runtime) -> Sequence[str]:
    """What keeps a topics file from being taken as it is now. This process reads the files itself."""
    try:
        run.topics.current()  # looks whether a file has changed
        found = run.topics.problems
    except ConfigError as error:  # broken since before this process began: it has no good version of its own
        found = error.problems
    return [f"Not taken, so the last good version of the topics stays in force: {problem}" for problem in found]


def _failing(session: Session, hubs: Mapping[int, str]) -> Sequence[FailingSource]:
    return [
        FailingSource(s.title or s.url, s.url, s.state, s.since, s.reason, hubs.get(s.id, ""))
        for s in sources.unwell(session)
    ]


def _stories(session: Session) -> Sequence[LatestStory]:
    found = stories.newest(session, LATEST)
    sizes = stories.sizes(session, [story.id for story in found])
    return [LatestStory(s.title, s.first, s.last, *sizes.get(s.id, (0, 0))) for s in found]


def _alert(session: Session, alert: Alert) -> LatestAlert:
    deliveries = Counter(delivery.status for delivery in alerts.deliveries_of(session, alert.id))
    story = session.get_one(Story, alert.story_id)
    return LatestAlert(alert.topic, story.title, alert.reason, alert.created, tuple(alert.new), deliveries)
