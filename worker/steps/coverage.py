"""Whether a topic's silence means that nothing happened: who usually carries it, how these sources are, what is missed.

Translates between the rows of storage and the values of the stage `coverage`. Nothing is written.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from storage import coverage as stored
from storage.coverage import Report
from storage.tables import Source, SourceState
from worker.runtime import Runtime
from worker.stages.coverage import Interval, Missed, Silence, missed_stories, silence, wilson

USUAL_SHARE, USUAL_STORIES = 0.2, 2  # of the topic's stories: from there on a source usually carries it
WELL = (SourceState.HEALTHY, SourceState.SLOW)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A source that had reports of the topic: of how many of its stories, and how it is now."""

    id: int
    title: str
    url: str
    state: str
    since: datetime
    reason: str
    stories: int
    share: Interval

    @property
    def is_usual(self) -> bool:
        return self.stories >= USUAL_STORIES and self.share.estimate >= USUAL_SHARE

    @property
    def is_well(self) -> bool:
        return self.state in WELL


@dataclass(frozen=True, slots=True)
class Coverage:
    """A topic's reports of the last `days`. `carriers`: first those that usually carry it and are not well."""

    topic: str
    days: int
    reports: int
    stories: int
    carriers: tuple[Carrier, ...]
    silence: Silence | None
    missed: Missed

    @property
    def usual(self) -> Sequence[Carrier]:
        return [carrier for carrier in self.carriers if carrier.is_usual]

    @property
    def unwell(self) -> Sequence[Carrier]:
        """Of those that usually carry it, the ones that do not come through now."""
        return [carrier for carrier in self.usual if not carrier.is_well]


def coverage_of(run: Runtime, topic: str, days: int) -> Coverage:
    """What the reports of the last so many days say about the present silence."""
    return run.database.read(lambda session: _coverage(session, topic, days, run.now()))


def _coverage(session: Session, topic: str, days: int, now: datetime) -> Coverage:
    reports = stored.reports(session, topic, now - timedelta(days=days), now)
    last = stored.last_report(session, topic, now)
    times = [report.event_time for report in reports] or [one for one in [last] if one is not None]
    return Coverage(
        topic=topic,
        days=days,
        reports=len(reports),
        stories=len({report.story for report in reports}),
        carriers=tuple(sorted(_carriers(session, reports), key=_place)),
        silence=silence(times, now),
        missed=missed_stories(_captured(reports)),
    )


def _captured(reports: Sequence[Report]) -> Mapping[int, frozenset[str]]:
    """Which outlets had a report of their own of each story. Feeds of one outlet list the same, and count as one."""
    found: dict[int, set[str]] = defaultdict(set)
    for report in reports:
        if not report.is_copy:
            found[report.story].add(report.outlet)
    return {story: frozenset(outlets) for story, outlets in found.items()}


def _carriers(session: Session, reports: Sequence[Report]) -> Sequence[Carrier]:
    """Copies count here: whoever prints a report brings it to us."""
    stories: dict[int, set[int]] = defaultdict(set)
    listed = stored.listed_by(session, [report.article for report in reports])
    for report in reports:
        brought = listed.get(report.article, frozenset()) | ({report.source} if report.source is not None else set())
        for source in brought:
            stories[source].add(report.story)
    total = len({report.story for report in reports})
    known = stored.sources_by_id(session) if stories else {}
    return [_carrier(known[source], len(of), total) for source, of in stories.items() if source in known]


def _carrier(source: Source, stories: int, of: int) -> Carrier:
    return Carrier(
        id=source.id,
        title=source.title or source.url,
        url=source.url,
        state=source.state,
        since=source.since,
        reason=source.reason,
        stories=stories,
        share=wilson(stories, of),
    )


def _place(carrier: Carrier) -> tuple[bool, int, int]:
    return not (carrier.is_usual and not carrier.is_well), -carrier.stories, carrier.id
