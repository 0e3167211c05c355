"""When the page of an article is looked at again, to see whether its outlet has changed what it says.

Outlets edit what they have published, and do so mostly while the news is fresh: first reports are filled in within the
hour, corrections come in the course of the day, and a page that has been left alone for days mostly stays as it is.
Those who keep versions of news pages look in the same manner: NewsDiffs began minutes after publication and went on
at ever longer intervals; diffengine looks when a page has been left alone for a fixed share of its age. So here too the
waits grow with the page. After a week it is left alone: what is reported by then stands in another article.

Pure: the time and the jitter come from the caller.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

STEPS = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(days=1),
    timedelta(days=2),
    timedelta(days=4),
    timedelta(days=7),
)
"""After how long since it was first seen a page is looked at."""

# A page that was old when it was first seen has its edits behind it: it is first looked at when it is a quarter older.
QUARTER = 4
SHORTEST_WAIT = STEPS[0]  # also after a look that came late
MOST_LOOKS = 30  # at one page, whatever the clocks say; one that changes at every look comes to about twenty
JITTER_SHARE = 0.2


def next_look(
    now: datetime, *, published: datetime, first_seen: datetime, looks: int, has_changed: bool, jitter: float
) -> datetime | None:
    """When to look at a page after it was read, or looked at, at `now`; None when it has been looked at enough.

    `looks`: how often it has been looked at. `has_changed`: at the last look; a story that is being written on is seen
    again after the wait before this one once more. `jitter`: in [0, 1), spreads the pages of one morning.
    """
    if looks >= MOST_LOOKS:
        return None
    steps = _steps_from(max(first_seen - published, timedelta(0)))
    coming = next((number for number, step in enumerate(steps) if first_seen + step > now), None)
    if coming is None:
        return None
    wait = first_seen + steps[coming] - now
    if has_changed:
        wait = min(wait, _wait_before(steps, coming))
    return now + max(wait, SHORTEST_WAIT) * (1 + JITTER_SHARE * jitter)


def _steps_from(age: timedelta) -> Sequence[timedelta]:
    return [step for step in STEPS if step * QUARTER >= age]


def _wait_before(steps: Sequence[timedelta], coming: int) -> timedelta:
    """The wait that led to the last step that is past, or the first of all."""
    ends = [timedelta(0), *steps]
    last = max(coming, 1)
    return ends[last] - ends[last - 1]
