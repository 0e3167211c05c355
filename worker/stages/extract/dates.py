"""Dates as pages, feeds and people write them. Knows no "today": relative dates such as "2 hours ago" are not read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from enum import IntEnum

from worker.stages.text.fold import fold

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100  # outside, it is a misread number, not the date of a news article

# January to December, as written with a day. Add a language by adding a line.
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _month_numbers() -> dict[str, int]:
    """Every month name, folded, and its first three or four letters where all languages agree on what they mean."""
    numbers: dict[str, int] = {}
    ambiguous: set[str] = set()
    for names in _MONTHS.values():
        for number, name in enumerate(fold(names).split(), start=1):
            for form in {name, name[:4], name[:3]}:
                if numbers.setdefault(form, number) != number:
                    ambiguous.add(form)
    return {form: number for form, number in numbers.items() if form not in ambiguous}


_MONTH_NUMBERS = _month_numbers()
_WEEKDAY_WORDS = frozenset(form for name in _WEEKDAYS for form in (name, name[:3]))
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = tuple(
    re.compile(rf"(?<!\w){pattern}(?!\w)")
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?=T|\b)",
        r"(?P<year>(?:19|20)\d\d)[年년]\s?(?P<number>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<number>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_DAY}\s+(?:de\s+|of\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(rf"(?<!\w){pattern}(?!\w)") for pattern in (rf"{_DAY}\s+(?:de\s+)?{_MONTH}", rf"{_MONTH}\s+{_DAY}")
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_ANY_YEAR = re.compile(rf"\b{_YEAR}\b")
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")
_SECONDS, _MILLISECONDS = re.compile(r"\d{9,10}"), re.compile(r"\d{12,13}")


class Precision(IntEnum):
    """What a written date says: a day; a day and a time by some clock; a moment."""

    DAY = 0
    CLOCK = 1
    ZONED = 2


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment with a zone, and how much of it was really said: a date alone stands at midnight UTC."""

    moment: datetime
    precision: Precision


def read_stamp(written: str) -> Stamp | None:
    """A stamp meant for machines: ISO 8601, RFC 822, seconds or milliseconds since 1970; else a date in words.

    A time without a zone is taken as UTC.
    """
    written = " ".join(written[:100].split())
    moment = _iso(written) or _epoch(written) or _rfc822(written)
    if moment is not None:
        return _stamp(moment, has_time=":" in written or moment.time() != time())
    day = find_date(written)
    return None if day is None else _stamp(datetime.combine(day, time()), has_time=False)


def find_date(text: str) -> date | None:
    """The first full date in a short text: "19 November 2025", "Nov. 19, 2025", "19.11.2025", "2025年11月19日"."""
    found = sorted((match.start(), day) for pattern in _WRITTEN for match, day in _dates(pattern, text))
    return found[0][1] if found else None


def is_calendar_word(folded: str) -> bool:
    """Whether a folded word is a month, or what it is shortened to, or an English weekday."""
    return folded in _MONTH_NUMBERS or folded in _WEEKDAY_WORDS


def find_dated_weekday(text: str) -> date | None:
    """A date whose English weekday is named beside it and is the right one, as in "on Wednesday, November 19".

    Without a year of its own it takes one named in the same text, if the weekday fits: a check that a date of some
    other event, told in passing, seldom passes.
    """
    weekday = _WEEKDAY.search(text)
    if weekday is None:
        return None
    wanted = _WEEKDAYS.index(weekday.group().lower())
    full = find_date(text)
    days = [full] if full else list(_with_years(text, (match["year"] for match in _ANY_YEAR.finditer(text))))
    return next((day for day in days if day.weekday() == wanted), None)


def is_same_day(one: datetime, other: datetime) -> bool:
    """Whether the two dates are one, either as written or in UTC: a bare date does not say in which zone."""
    return one.date() == other.date() or abs(one - other) < timedelta(hours=14)


def _dates(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], date]]:
    for match in pattern.finditer(text):
        day = _date(match, match["year"])
        if day is not None:
            yield match, day


def _date(match: re.Match[str], year: str) -> date | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _MONTH_NUMBERS.get(fold(groups["month"]), 0)
    try:
        return date(int(year), month, int(groups["day"]))
    except ValueError:
        return None


def _with_years(text: str, years: Iterable[str]) -> Iterator[date]:
    for year in years:
        for pattern in _WITHOUT_YEAR:
            for match in pattern.finditer(text):
                day = _date(match, year)
                if day is not None:
                    yield day


def _iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(_FRACTION.sub("", written))
    except ValueError:
        return None


def _epoch(written: str) -> datetime | None:
    if _SECONDS.fullmatch(written):
        return datetime.fromtimestamp(int(written), UTC)
    if _MILLISECONDS.fullmatch(written):
        return datetime.fromtimestamp(int(written) // 1000, UTC)
    return None


def _rfc822(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _stamp(moment: datetime, *, has_time: bool) -> Stamp | None:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    if moment.tzinfo is None:
        return Stamp(moment.replace(tzinfo=UTC), Precision.CLOCK if has_time else Precision.DAY)
    return Stamp(moment, Precision.ZONED)
