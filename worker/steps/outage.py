"""Tell a topic's readers when the sources that usually carry it fail or fall silent: their silence then means nothing.

The alert stands on the last report that came through. It is told once for each outage, which ends when enough of the
sources are well again.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.topics import Topic
from storage import alerts, outages
from storage.alerts import NewAlert
from storage.heartbeats import beat, last_beats
from storage.tables import SourceState
from storage.threads import COVERAGE
from worker.runtime import Runtime
from worker.stages.outage import Lost, in_words, is_outage
from worker.steps.coverage import Carrier, coverage_of

PART = "coverage"
LOOK_EVERY = timedelta(minutes=10)
DAYS = 30  # of reports that say who usually carries a topic
UNWELL = (SourceState.FAILING, SourceState.QUIET, SourceState.QUARANTINED)


def watch_outages(run: Runtime) -> Sequence[int]:
    """Look at the topics that may be concerned, if it is time; ids of the deliveries of what is to be told."""
    now = run.now()
    if not run.database.write(lambda session: _is_time(session, now)):
        return ()
    since = now - timedelta(days=DAYS)
    topics = run.topics.current().by_name
    found: list[int] = []
    for name in run.database.read(lambda session: outages.in_question(session, UNWELL, since)):
        topic = topics.get(name)
        if topic is not None and COVERAGE in topic.alert.wanted:
            found += _look(run, topic)
    return found


def _is_time(session: Session, now: datetime) -> bool:
    last = last_beats(session).get(PART)
    if last is not None and last > now - LOOK_EVERY:
        return False
    beat(session, PART, now)
    return True


def _look(run: Runtime, topic: Topic) -> Sequence[int]:
    usual = [one for one in coverage_of(run, topic.name, DAYS).usual if one.state != SourceState.RETIRED]
    lost = [one for one in usual if not one.is_well]
    if is_outage(len(usual), len(lost)):
        return run.database.write(lambda session: _tell(session, topic, usual, lost, run.now()))
    run.database.write(lambda session: outages.end(session, topic.name))
    return ()


def _tell(
    session: Session, topic: Topic, usual: Sequence[Carrier], lost: Sequence[Carrier], now: datetime
) -> Sequence[int]:
    last = outages.last_match(session, topic.name, now)
    if last is None or not outages.begin(session, topic.name, now):
        return ()
    article, story = last
    named = json.dumps([topic.name, COVERAGE, now.isoformat()], ensure_ascii=False)
    alert = NewAlert(
        key=hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest(),
        topic=topic.name,
        reason=COVERAGE,
        new=[in_words([Lost(one.title, one.state, one.reason) for one in lost], len(usual))],
        disagreements=(),
        changes=(),
        facts=(),
        receipt={
            "usual": len(usual),
            "sources": [
                {"name": one.title, "url": one.url, "since": one.since.isoformat(), "reason": one.reason or one.state}
                for one in lost
            ],
        },
        channels=list(topic.alert.to),
    )
    return alerts.raise_alert(session, story, article, alert, now)
