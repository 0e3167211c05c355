"""When a delivery may go: quiet hours, a budget of so many in so long, and the wait before another attempt.

Pure reckoning with given instants (aware, any zone). Quiet hours go by the clock of a zone, so a night in which the
clocks change is an hour shorter or longer; when a clock time comes twice, the longer reading is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

FIRST_RETRY_SECONDS = 30.0
LAST_RETRY_SECONDS = 6 * 3600.0
_JITTER_SHARE = 0.5  # the part of a wait that jitter may take off, so that many failures do not return as one


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours of each day by the clock of a zone; across midnight when they begin later than they end."""

    begins: time
    ends: time
    zone: tzinfo


def due_at(
    now: datetime, *, sent: Sequence[datetime], budget: tuple[int, float] | None, quiet: Quiet | None
) -> datetime:
    """The earliest instant from `now` on at which a delivery may go.

    `sent`: when earlier ones went. `budget`: at most so many in any stretch of so many seconds.
    """
    due = now
    if budget is not None:
        due = _when_affordable(due, sent, *budget)
    return _when_loud(due, quiet) if quiet is not None else due


def retry_at(now: datetime, attempts: int, retry_after: float | None, jitter: float) -> datetime:
    """When to try again after `attempts` failures: doubling waits between 30 seconds and 6 hours.

    `retry_after`: seconds the other side asked for, obeyed within those bounds. `jitter`: from 0 to 1, drawn by the
    caller.
    """
    doubled = FIRST_RETRY_SECONDS * 2.0 ** min(max(attempts - 1, 0), 32)
    wait = min(doubled, LAST_RETRY_SECONDS) * (1 - _JITTER_SHARE * jitter)
    wait = max(wait, retry_after or 0.0)
    return now + timedelta(seconds=min(max(wait, FIRST_RETRY_SECONDS), LAST_RETRY_SECONDS))


def _when_affordable(now: datetime, sent: Sequence[datetime], count: int, per_seconds: float) -> datetime:
    """Now, or when enough of what was sent has left the window. Waiting longer, for quiet hours, never spends more."""
    window = timedelta(seconds=per_seconds)
    recent = sorted(instant for instant in sent if instant > now - window)
    return now if len(recent) < count else recent[len(recent) - count] + window


def _when_loud(now: datetime, quiet: Quiet) -> datetime:
    today = now.astimezone(quiet.zone).date()
    for begins, ends in _nights(today, quiet):
        if begins <= now < ends:
            return ends.astimezone(now.tzinfo)
    return now


def _nights(today: date, quiet: Quiet) -> Iterator[tuple[datetime, datetime]]:
    """The quiet stretches that may hold an instant of today, as instants. Equal ends mean no quiet at all."""
    length = timedelta(days=1 if quiet.begins > quiet.ends else 0)
    for day in (today - timedelta(days=1), today):
        # A clock time may come twice in a night, or not at all; the widest reading is taken.
        yield min(_instants(day, quiet.begins, quiet.zone)), max(_instants(day + length, quiet.ends, quiet.zone))


def _instants(day: date, clock: time, zone: tzinfo) -> tuple[datetime, datetime]:
    local = datetime.combine(day, clock, zone)
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)
