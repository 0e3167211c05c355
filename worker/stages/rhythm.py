"""When to ask a source again, and what to say about how it does.

Pure: `now` and the jitter come from the caller, so the same source at the same time gives the same answer. The wait is
the longest of what the source's own rhythm, its failures and its server's wishes call for, inside the user's bounds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

DAY = 24 * 3600.0

# Two looks for each entry, on average: an entry is seen after a quarter of its source's usual gap.
LOOKS_FOR_EACH_ENTRY = 2
# A source that has been silent for a while is asked at a twelfth of that silence: after a day, every two hours.
SILENCE_SHARE = 12
ENTRIES_FOR_A_RHYTHM = 3
ENTRIES_LOOKED_AT = 30
JITTER_SHARE = 0.2

FAILURES_TO_TELL = 2  # one failure is weather
SLOW_SECONDS = 10.0
QUIET_GAPS = 10
QUIET_AT_LEAST = timedelta(days=7)

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)

State = Literal["healthy", "slow", "quiet", "failing", "retired"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The user's limits, in seconds. `usual`: for sources whose rhythm is not known yet.

    `longest_wish`: how far a server's ttl or max-age can hold us off. Some say a year, and mean their pictures.
    """

    shortest: float = 5 * 60.0
    longest: float = 12 * 3600.0
    usual: float = 30 * 60.0
    longest_wish: float = 3600.0
    longest_retry: float = DAY


def next_poll(
    now: datetime,
    *,
    published: Sequence[datetime] = (),
    interval: float | None = None,
    ttl_minutes: int | None = None,
    cache_control: str = "",
    retry_after: float | None = None,
    failures: int = 0,
    bounds: Bounds,
    jitter: float,
) -> datetime:
    """When to ask next. `interval`: seconds the user set for this source, instead of its rhythm and wishes.

    `published`: dates of its entries, in any order. `retry_after`: seconds (see `retry_after_seconds`). `failures`: in
    a row. `jitter`: in [0, 1), spreads sources that would otherwise come due together.
    """
    if interval is None:
        wait = max(_clipped(rhythm_seconds(now, published, bounds), bounds), _wish(ttl_minutes, cache_control, bounds))
    else:
        wait = interval
    if failures > 0:
        first = bounds.usual if interval is None else interval
        wait = max(wait, min(bounds.longest, first * 2.0 ** min(failures - 1, 30)))
    wait *= 1 + JITTER_SHARE * (jitter - 0.5)
    if retry_after is not None:
        wait = max(wait, min(retry_after, bounds.longest_retry) * (1 + JITTER_SHARE * jitter))
    return now + timedelta(seconds=wait)


def rhythm_seconds(now: datetime, published: Sequence[datetime], bounds: Bounds) -> float:
    """How often a source that publishes like this is worth a look, in seconds."""
    gap = usual_gap(published, now)
    if gap is None:
        return bounds.usual
    silence = (now - max(date for date in published if date <= now)).total_seconds()
    return max(gap.total_seconds() / LOOKS_FOR_EACH_ENTRY, silence / SILENCE_SHARE)


def usual_gap(published: Sequence[datetime], now: datetime) -> timedelta | None:
    """The median time between entries; entries of one moment count once, and those in the future not at all."""
    dates = sorted({date for date in published if date <= now})[-ENTRIES_LOOKED_AT:]
    if len(dates) < ENTRIES_FOR_A_RHYTHM:
        return None
    return timedelta(seconds=median((later - earlier).total_seconds() for earlier, later in pairwise(dates)))


def source_state(
    now: datetime,
    *,
    failures: int = 0,
    last_ok: datetime | None = None,
    last_error: str = "",
    is_gone: bool = False,
    answer_seconds: float | None = None,
    published: Sequence[datetime] = (),
) -> tuple[State, str]:
    """How a source does, and why, in words for its reader. The gravest thing is said; a healthy source has no reason.

    `is_gone`: its server answered 410. `answer_seconds`: how long the last answer took.
    """
    if is_gone:
        return "retired", "its server says that it is gone for good"
    if failures >= FAILURES_TO_TELL or (failures and last_ok is None):
        return "failing", _failing_reason(failures, last_ok, last_error)
    quiet = _quiet_reason(published, now)
    if quiet:
        return "quiet", quiet
    if answer_seconds is not None and answer_seconds > SLOW_SECONDS:
        return "slow", f"its last answer took {answer_seconds:.0f} s"
    return "healthy", ""


def _clipped(wait: float, bounds: Bounds) -> float:
    return min(max(wait, bounds.shortest), bounds.longest)


def _wish(ttl_minutes: int | None, cache_control: str, bounds: Bounds) -> float:
    """How long the feed and its server say the answer keeps."""
    found = _MAX_AGE.search(cache_control)
    return min(bounds.longest_wish, max((ttl_minutes or 0) * 60.0, float(found[1]) if found else 0.0))


def _failing_reason(failures: int, last_ok: datetime | None, last_error: str) -> str:
    times = "once" if failures == 1 else f"{failures} times in a row"
    since = "it never answered well" if last_ok is None else f"it last answered well at {last_ok:%Y-%m-%d %H:%M}"
    return f"{last_error or 'it failed'} ({times}; {since})"


def _quiet_reason(published: Sequence[datetime], now: datetime) -> str:
    gap = usual_gap(published, now)
    if gap is None:
        return ""
    silence = now - max(date for date in published if date <= now)
    if silence < max(QUIET_AT_LEAST, gap * QUIET_GAPS):
        return ""
    return f"nothing new for {silence.days} days; it used to bring something every {_shown(gap)}"


def _shown(gap: timedelta) -> str:
    seconds = gap.total_seconds()
    for unit, length in (("days", DAY), ("hours", 3600.0), ("minutes", 60.0)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return "minute or two"
