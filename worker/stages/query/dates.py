"""Dates as queries write them: a day, a month or a year, in UTC, meaning all of it; and ranges of such.

| written | means |
|---|---|
| `since:2026-03` | from the first moment of March on |
| `until:2026-03` | up to, and with, the last moment of March |
| `date:2026-03` | within March |
| `date:2026-01..2026-03-15` | from the first moment of January to the last of 15 March; either end may be left out |
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_LAST_YEAR = 9998  # the year after must be one, too
_TO = ".."


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: `first` is its first moment, `following` the first that is not in it; None: without end."""

    first: datetime | None
    following: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Is the moment within? One without a time zone is taken as UTC."""
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (self.first is None or self.first <= moment) and (self.following is None or moment < self.following)


def span_of(field: str, value: str) -> Span | None:
    """What `since:`, `until:` or `date:` means with this value; None when it means nothing."""
    if field == "date" and _TO in value:
        return _between(*value.split(_TO, 1))
    whole = whole_of(value)
    if whole is None:
        return None
    return Span(None if field == "until" else whole.first, None if field == "since" else whole.following)


def whole_of(day: str) -> Span | None:
    """All of a day, a month or a year."""
    written = _DAY.fullmatch(day)
    if written is None:
        return None
    year, month, number = (int(part) if part else None for part in written.groups())
    if year is None or year > _LAST_YEAR:
        return None
    try:
        first = datetime(year, month or 1, number or 1, tzinfo=UTC)
    except ValueError:
        return None
    if number:
        return Span(first, first + timedelta(days=1))
    next_year, next_month = year + (month or 12) // 12, (month or 12) % 12 + 1
    return Span(first, datetime(next_year, next_month, 1, tzinfo=UTC))


def _between(earliest: str, latest: str) -> Span | None:
    """An end that is left out is open; both cannot be, and a range cannot end before it begins."""
    begins, ends = (whole_of(day) if day else Span(None, None) for day in (earliest, latest))
    if begins is None or ends is None or not (earliest or latest):
        return None
    if begins.first and ends.following and ends.following <= begins.first:
        return None
    return Span(begins.first, ends.following)
