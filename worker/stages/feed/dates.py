"""Dates as feeds write them, brought to UTC; none is ever made up.

feedparser and `datetime` read the formats of the standards; what is left, mostly RFC 822 with the day and month names
of the outlet's own language, is read by dateparser, which is only imported when a feed needs it.
"""

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


def clamp(published: datetime | None, first_seen: datetime) -> datetime:
    """The time to file an article under: as published, but never after it was first seen.

    A date in the future is a wrong clock, a wrong zone or an embargo; when we saw it, the article was out.
    """
    return published if published is not None and published <= first_seen else first_seen


def from_parsed(parsed: struct_time | None) -> datetime | None:
    """feedparser's reading of a date. It gives years like -1 and 9999 for some nonsense; that is no date."""
    if parsed is None:
        return None
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
