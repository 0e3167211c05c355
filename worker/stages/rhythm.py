"""When to ask a source again, and what to say about how it does.

Pure: `now` and the jitter come from the caller, so the same source at the same time gives the same answer. The wait is
the longest of what the source's own rhythm, its failures and its server's wishes call for, inside the user's bounds;
hours and days in which it says that it does not change are passed over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Literal

HOUR = 3600.0
DAY = 24 * HOUR

# Two looks for each entry, on average: an entry is seen after a quarter of its source's usual gap.
LOOKS_FOR_EACH_ENTRY = 2
# A source that has been silent for a while is asked at a twelfth of that silence: after a day, every two hours.
SILENCE_SHARE = 12
ENTRIES_FOR_A_RHYTHM = 3
ENTRIES_LOOKED_AT = 30
JITTER_SHARE = 0.2

FAILURES_TO_TELL = 2  # one failure is weather
SLOW_SECONDS = 10.0
QUIET_GAPS = 10  # usual ones; who publishes in bursts has short ones, and long silences between them:
QUIET_LONG_GAPS = 3
QUIET_AT_LEAST = timedelta(days=7)
EMPTY_AT_LEAST = timedelta(days=1)  # silent for so long, a source that lists nothing at all any more is told earlier

# We keep answers for ourselves alone, so s-maxage, which is for caches that many share, is not for us.
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?=$|[\s,])", re.IGNORECASE)
_AGE = re.compile(r"\s*(\d{1,10})\s*")

State = Literal["healthy", "slow", "quiet", "failing", "retired"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The user's limits, in seconds. `usual`: for sources whose rhythm is not known yet.

    `longest_wish`: how far a server's ttl or max-age can hold us off. Some say a year, and mean their pictures.
    `pushed`: for sources whose hub tells us what is new, where polls only make sure of it.
    """

    shortest: float = 5 * 60.0
    longest: float = 12 * 3600.0
    usual: float = 30 * 60.0
    longest_wish: float = HOUR
    longest_retry: float = DAY
    pushed: float = 6 * HOUR


def next_poll(
    now: datetime,
    *,
    published: Sequence[datetime] = (),
    interval: float | None = None,
    ttl_minutes: int | None = None,
    cache_control: str = "",
    expires: str = "",
    date: str = "",
    age: str = "",
    skip_hours: frozenset[int] = frozenset(),
    skip_days: frozenset[int] = frozenset(),
    is_pushed: bool = False,
    retry_after: float | None = None,
    failures: int = 0,
    bounds: Bounds,
    jitter: float,
) -> datetime:
    """When to ask next. `interval`: seconds the user set for this source, instead of its rhythm and wishes.

    `published`: dates of its entries, in any order. `cache_control`, `expires`, `date`, `age`: headers of its last
    answer. `skip_hours` (0-23) and `skip_days` (0 is Monday), both GMT: when its feed says that it does not change.
    `is_pushed`: a hub tells us what is new. `retry_after`: seconds (see `retry_after_seconds`). `failures`: in a row.
    `jitter`: in [0, 1), spreads sources that would otherwise come due together.
    """
    first = wait = bounds.usual if interval is None else interval
    if interval is None:
        rhythm = max(rhythm_seconds(now, published, bounds), bounds.pushed if is_pushed else 0.0)
        wish = max((ttl_minutes or 0) * 60.0, fresh_seconds(now, cache_control, expires, date, age))
        wait = max(_clipped(rhythm, bounds), min(bounds.longest_wish, wish))
    if failures > 0:
        wait = max(wait, min(bounds.longest, first * 2.0 ** min(failures - 1, 30)))
    wait *= 1 + JITTER_SHARE * (jitter - 0.5)
    if retry_after is not None:
        wait = max(wait, min(retry_after, bounds.longest_retry) * (1 + JITTER_SHARE * jitter))
    due = now + timedelta(seconds=wait)
    if interval is not None:
        return due
    latest = max(due, now + timedelta(seconds=bounds.longest))
    return min(latest, after_skips(due, skip_hours, skip_days, jitter))


def fresh_seconds(now: datetime, cache_control: str, expires: str = "", date: str = "", age: str = "") -> float:
    """How much longer an answer keeps, by its headers (RFC 9111, 4.2); 0 when they do not say, or say to ask always.

    An expiry is by the server's own clock, if it tells the time; one that is no date, such as "0", is past.
    """
    if not (cache_control or expires) or _NOT_KEPT.search(cache_control):
        return 0.0
    max_age, expiry, spent = _MAX_AGE.search(cache_control), expires and _http_date(expires), _AGE.fullmatch(age)
    lifetime = 0.0
    if max_age:
        lifetime = float(max_age[1])
    elif expiry:
        lifetime = (expiry - (_http_date(date) or now)).total_seconds()
    return max(0.0, lifetime - (float(spent[1]) if spent else 0.0))


def after_skips(due: datetime, skip_hours: frozenset[int], skip_days: frozenset[int], jitter: float) -> datetime:
    """The same instant, or one early in the next hour that is not skipped; skips that leave no hour are ignored."""
    if not (skip_hours or skip_days):
        return due
    for hours in range(7 * 24 + 1):
        at = due.astimezone(UTC) + timedelta(hours=hours)
        if at.hour not in skip_hours and at.weekday() not in skip_days:
            into_the_hour = timedelta(seconds=HOUR * JITTER_SHARE * jitter)
            return at.replace(minute=0, second=0, microsecond=0) + into_the_hour if hours else due
    return due


def rhythm_seconds(now: datetime, published: Sequence[datetime], bounds: Bounds) -> float:
    """How often a source that publishes like this is worth a look, in seconds."""
    rhythm = _rhythm(published, now)
    if rhythm is None:
        return bounds.usual
    return max(median(rhythm.gaps) / LOOKS_FOR_EACH_ENTRY, rhythm.silence.total_seconds() / SILENCE_SHARE)


def source_state(
    now: datetime,
    *,
    failures: int = 0,
    last_ok: datetime | None = None,
    last_error: str = "",
    is_gone: bool = False,
    answer_seconds: float | None = None,
    published: Sequence[datetime] = (),
    listed: int | None = None,
    known: int | None = None,
    added: datetime | None = None,
) -> tuple[State, str]:
    """How a source does, and why, in words for its reader. The gravest thing is said; a healthy source has no reason.

    `is_gone`: its server answered 410. `answer_seconds`: how long the last answer took. `listed`: entries in its last
    answer, None if that was the answer before or is not known; `known`: entries it ever had; `added`: when we began to
    ask it.
    """
    if is_gone:
        return "retired", "its server says that it is gone for good"
    if failures >= FAILURES_TO_TELL or (failures and last_ok is None):
        return "failing", _failing_reason(failures, last_ok, last_error)
    quiet = _never_had_reason(known, last_ok, added, now) or _quiet_reason(published, listed, now)
    if quiet:
        return "quiet", quiet
    if answer_seconds is not None and answer_seconds > SLOW_SECONDS:
        return "slow", f"its last answer took {answer_seconds:.0f} s"
    return "healthy", ""


def _clipped(wait: float, bounds: Bounds) -> float:
    return min(max(wait, bounds.shortest), bounds.longest)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """`gaps`: seconds between one entry and the next, the shortest first. `silence`: since the newest one."""

    gaps: tuple[float, ...]
    silence: timedelta


def _rhythm(published: Sequence[datetime], now: datetime) -> _Rhythm | None:
    """None when there are too few; entries of one moment count once, and those in the future not at all."""
    return _rhythm_of(tuple(published), now)


@lru_cache(maxsize=64)  # the state of a source and its next poll are asked for one after the other
def _rhythm_of(published: tuple[datetime, ...], now: datetime) -> _Rhythm | None:
    dates = sorted({date for date in published if date <= now})[-ENTRIES_LOOKED_AT:]
    if len(dates) < ENTRIES_FOR_A_RHYTHM:
        return None
    gaps = sorted((later - earlier).total_seconds() for earlier, later in pairwise(dates))
    return _Rhythm(tuple(gaps), now - dates[-1])


def _failing_reason(failures: int, last_ok: datetime | None, last_error: str) -> str:
    times = "once" if failures == 1 else f"{failures} times in a row"
    since = "it never answered well" if last_ok is None else f"it last answered well at {last_ok:%Y-%m-%d %H:%M}"
    return f"{last_error or 'it failed'} ({times}; {since})"


def _never_had_reason(known: int | None, last_ok: datetime | None, added: datetime | None, now: datetime) -> str:
    if known != 0 or last_ok is None or added is None or now - added < QUIET_AT_LEAST:
        return ""
    return f"it answers, but has had no entry in {(now - added).days} days"


def _quiet_reason(published: Sequence[datetime], listed: int | None, now: datetime) -> str:
    rhythm = _rhythm(published, now)
    if rhythm is None:
        return ""
    gaps, silence = rhythm.gaps, rhythm.silence
    usual, long = timedelta(seconds=median(gaps)), timedelta(seconds=gaps[len(gaps) * 9 // 10])
    if listed == 0 and silence >= max(EMPTY_AT_LEAST, long):
        return f"its list is empty; it used to bring something every {_shown(usual)}"
    if silence < max(QUIET_AT_LEAST, usual * QUIET_GAPS, long * QUIET_LONG_GAPS):
        return ""
    used_to = (
        f"was seldom silent for more than {_shown(long)}"
        if long > usual * QUIET_LONG_GAPS
        else (f"used to bring something every {_shown(usual)}")
    )
    return f"nothing new for {silence.days} days; it {used_to}"


def _shown(gap: timedelta) -> str:
    seconds = gap.total_seconds()
    for unit, length in (("days", DAY), ("hours", HOUR), ("minutes", 60.0)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return "minute or two"
