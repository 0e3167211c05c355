"""Following: whether a topic that has matched a story still follows it when another article joins.

What is covered goes on to match, whatever its words, until the story goes quiet. Only what the topic itself has matched
counts as coverage: so each article that is followed carries the following on, and a silence ends it for good, until an
article matches by itself again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# As long as is usual. An inquiry or a trial is reported in steps of weeks, and at most of a month: a story that was
# silent for longer and is told of again is told of in its old words, by which it is found, or it has become another.
FOLLOWED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Coverage:
    """When the first and the last article of a story appeared that a topic has matched."""

    first: datetime
    last: datetime

    def silence(self, when: datetime) -> timedelta:
        """How long before, or after, an article of that time there was none; nothing within the coverage."""
        return max(when - self.last, self.first - when, timedelta(0))


def is_followed(coverage: Coverage, when: datetime, followed_for: timedelta = FOLLOWED_FOR) -> bool:
    """Whether the story is followed still, when an article of that time joins it."""
    return coverage.silence(when) <= followed_for


def follow_reason(coverage: Coverage, when: datetime, followed_for: timedelta = FOLLOWED_FOR) -> str:
    """The rule with its figures: "last covered 3 days before (followed for 30 quiet days)"."""
    quiet = "1 quiet day" if followed_for.days == 1 else f"{followed_for.days} quiet days"
    return f"last covered {_before(coverage.silence(when))} (followed for {quiet})"


def _before(silence: timedelta) -> str:
    if silence.days == 0:
        return "less than a day before"
    return "1 day before" if silence.days == 1 else f"{silence.days} days before"
