"""What is known of a source's habits from its last answers: when it publishes, and when it wants to be asked.

Kept with the source, so that a poll that brings nothing needs to parse and to look up nothing to know the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

MOST_DATES = 30


@dataclass(frozen=True, slots=True)
class Habits:
    """`dates`: when its newest entries were published, the newest first. `most`: entries that it had at once,
    None when it never answered.

    The rest is what the feed asks for.
    """

    dates: tuple[datetime, ...] = ()
    most: int | None = None
    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = field(default=frozenset())
    skip_days: frozenset[int] = field(default=frozenset())

    def with_dates(self, dates: Iterable[datetime]) -> "Habits":
        """These dates, with those known before as far as there is room."""
        return replace(self, dates=tuple(sorted({*dates, *self.dates}, reverse=True)[:MOST_DATES]))


def to_json(habits: Habits) -> dict[str, Any]:
    """Seconds since 1970 and plain lists; what is not known is left out."""
    found = {
        "dates": [int(date.timestamp()) for date in habits.dates],
        "most": habits.most,
        "ttl_minutes": habits.ttl_minutes,
        "skip_hours": sorted(habits.skip_hours),
        "skip_days": sorted(habits.skip_days),
    }
    return {name: value for name, value in found.items() if value or value == 0}


def from_json(kept: Mapping[str, Any]) -> Habits:
    return Habits(
        tuple(datetime.fromtimestamp(seconds, UTC) for seconds in kept.get("dates", ())),
        kept.get("most"),
        kept.get("ttl_minutes"),
        frozenset(kept.get("skip_hours", ())),
        frozenset(kept.get("skip_days", ())),
    )
