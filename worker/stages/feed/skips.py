"""The hours and days at which a feed says that it does not change (RSS skipHours, skipDays).

feedparser keeps the last hour only, so they are read from the bytes, in front of the entries.
"""

import re

MAX_HEAD_BYTES = 64 * 1024

_DAYS = {name: day for day, name in enumerate((b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"))}
_ENTRY_BEGINS = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_HOURS_ELEMENT = re.compile(rb"<skipHours\s*+>(.{0,4000}?)</skipHours\s*+>", re.IGNORECASE | re.DOTALL)
_DAYS_ELEMENT = re.compile(rb"<skipDays\s*+>(.{0,2000}?)</skipDays\s*+>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour\s*+>\s*+([0-9]{1,2})\s*+</hour", re.IGNORECASE)
_DAY = re.compile(rb"<day\s*+>\s*+(mon|tue|wed|thu|fri|sat|sun)[a-z]*+\s*+</day", re.IGNORECASE)


def skip_hours(body: bytes) -> frozenset[int]:
    """Hours of the day, GMT, 0 to 23. The first specification counts from 1 to 24, and 24 is midnight."""
    hours = (int(found) for found in _within(_HOURS_ELEMENT, _HOUR, body))
    return frozenset(hour % 24 for hour in hours if hour <= 24)


def skip_days(body: bytes) -> frozenset[int]:
    """Days of the week, 0 is Monday."""
    return frozenset(_DAYS[found.lower()] for found in _within(_DAYS_ELEMENT, _DAY, body))


def _within(element: re.Pattern[bytes], value: re.Pattern[bytes], body: bytes) -> list[bytes]:
    entry = _ENTRY_BEGINS.search(body, 0, MAX_HEAD_BYTES)
    found = element.search(body, 0, entry.start() if entry else MAX_HEAD_BYTES)
    return [match[1] for match in value.finditer(found[1])] if found else []
