"""Digests: when the next one is due by the clock of a zone. How one is worded is in `message`.

Pure. A clock time that comes twice in a day, as the clocks go back, is taken the first time; one that is left out is as
late as it would have been. So there is one digest a day whatever the clocks do.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

EVERY_DAY = frozenset(range(7))
_DAYS_AHEAD = 9  # among which there is each day of the week, whatever the zone has left out


@dataclass(frozen=True, slots=True)
class DigestTimes:
    """At which time of day, by the clock of which zone, on which days (Monday is 0)."""

    at: time
    zone: tzinfo
    days: frozenset[int] = EVERY_DAY


def next_digest(after: datetime, times: DigestTimes) -> datetime:
    """The first instant after this one at which there is a digest."""
    yesterday = after.astimezone(times.zone).date() - timedelta(days=1)
    for ahead in range(_DAYS_AHEAD + 1):
        day = yesterday + timedelta(days=ahead)
        moment = datetime.combine(day, times.at, times.zone).astimezone(UTC)
        if moment > after and day.weekday() in times.days:
            return moment.astimezone(after.tzinfo)
    raise ValueError("a digest needs a day of the week, from 0 to 6")


def day_of(moment: datetime, times: DigestTimes | None) -> date:
    """The day by which a digest is known; by UTC when the topic has none any more."""
    return moment.astimezone(times.zone if times else UTC).date()
