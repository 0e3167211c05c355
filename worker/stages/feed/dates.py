"""Dates as feeds write them, brought to UTC; none is ever made up.

feedparser and `datetime` read the formats of the standards; what is left, mostly RFC 822 with the day and month names
of the outlet's own language, is read by dateparser, which is only imported when a feed needs it.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from time import struct_time

from worker.stages.feed.accidents import ACCIDENTS

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST_YEAR = 2100
MAX_DATE_CHARS = 80
LANGUAGES = ("fr", "de", "es", "tr", "it", "pt", "nl", "pl", "ru", "uk")
# Absolute dates with day, month and year only: "two hours ago" would depend on when it is read.
_SETTINGS = {
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": True,
    "STRICT_PARSING": True,
    "PARSERS": ["absolute-time"],
    "DATE_ORDER": "DMY",
}
# The two forms in which nearly all feeds write, as the standards have them: RFC 822 (RSS) and RFC 3339 (Atom).
_MONTHS = {
    "Jan": "01",
    "Feb": "02",
    "Mar": "03",
    "Apr": "04",
    "May": "05",
    "Jun": "06",
    "Jul": "07",
    "Aug": "08",
    "Sep": "09",
    "Oct": "10",
    "Nov": "11",
    "Dec": "12",
}
_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-9]{1,2}) ([A-Z][a-z]{2}) ((?:19|20)[0-9]{2}) "
    r"([0-9]{2}:[0-9]{2}:[0-9]{2}) (?:GMT|UTC|UT|Z|([+-][0-9]{4}))"
)
_RFC_3339 = re.compile(
    r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def clamp(published: datetime | None, first_seen: datetime) -> datetime:
    """The time to file an article under: as published, but never after it was first seen.

    A date in the future is a wrong clock, a wrong zone or an embargo; when we saw it, the article was out.
    """
    return published if published is not None and published <= first_seen else first_seen


def from_standard(text: str) -> datetime | None:
    """A date exactly as the standards have it, in UTC and whole seconds; None for any other, which may be one too."""
    found = _RFC_822.fullmatch(text) or _RFC_3339.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(_as_iso(*found.groups())).astimezone(UTC)
    except (ValueError, KeyError):
        return None  # 31 February, or a month of another language


def _as_iso(day: str, month: str, year: str = "", time: str = "", zone: str | None = None) -> str:
    """From the groups of either form; RFC 3339 has two, the date and its zone."""
    return f"{year}-{_MONTHS[month]}-{day:0>2}T{time}{zone or 'Z'}" if year else day + month


def from_parsed(parsed: datetime | struct_time | None) -> datetime | None:
    """feedparser's reading of a date. It gives years like -1 and 9999 for some nonsense; that is no date."""
    if parsed is None or isinstance(parsed, datetime):
        return parsed and _plausible(parsed)
    try:
        return _plausible(datetime(*parsed[:6], tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def from_iso(text: str) -> datetime | None:
    """An ISO 8601 date and time, in UTC when it names no zone."""
    try:
        found = datetime.fromisoformat(text.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return _plausible(found)


@lru_cache(maxsize=4096)
def from_words(text: str) -> datetime | None:
    """A date with names of days and months in one of LANGUAGES."""
    if not any(character.isdigit() for character in text) or len(text) > MAX_DATE_CHARS:
        return None
    import dateparser  # slow to import and needed for few feeds

    try:
        found = dateparser.parse(text, languages=list(LANGUAGES), settings=_SETTINGS)
    except ACCIDENTS:
        return None
    return None if found is None else _plausible(found.astimezone(UTC))


def _plausible(date: datetime) -> datetime | None:
    return date if date >= EARLIEST and date.year < LATEST_YEAR else None
