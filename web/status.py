"""What the status page shows, as values. Where they come from is the business of whoever hands the report over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FailingSource:
    """A source that is not well, since when, and why. `hub`: what pushes it to us all the same."""

    title: str
    url: str
    state: str
    since: datetime
    reason: str
    hub: str = ""


@dataclass(frozen=True, slots=True)
class LatestStory:
    """A story whose coverage grew last: when its first and latest article appeared, and how many tell it themselves."""

    title: str
    first: datetime
    last: datetime
    articles: int
    origins: int


@dataclass(frozen=True, slots=True)
class LatestAlert:
    """An alert, the sentences that are new in it, and its deliveries: how many in each status."""

    topic: str
    story: str
    reason: str
    created: datetime
    new: Sequence[str]
    deliveries: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StatusReport:
    """Numbers of rows (by state or status where they are mappings) and the newest of each kind, the newest first."""

    taken: datetime
    sources: Mapping[str, int]
    articles: Mapping[str, int]
    copies: int
    stories: int
    alerts: int
    deliveries: Mapping[str, int]
    failing: Sequence[FailingSource]
    latest_stories: Sequence[LatestStory]
    latest_alerts: Sequence[LatestAlert]
    pushed: int = 0  # sources that hubs push to us
    problems: Sequence[str] = ()  # of the configuration: what keeps the newest version of a file from being used
