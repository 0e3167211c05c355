"""What two replays differ in, whether marks come out as expected, and sums for each day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from worker.stages.backtest.replay import Matched, Raised, Replay
from worker.stages.backtest.sending import Sent

UNSEEN = "nothing that it asks for is in it"


class Mark(Protocol):
    """A person's word on an article: whether it belongs to the topic."""

    @property
    def article_id(self) -> int: ...

    @property
    def is_right(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """From one replay to another: what is matched and told that was not, and what no longer is."""

    gained: tuple[Matched, ...]
    lost: tuple[Matched, ...]
    alerts_gained: tuple[Raised, ...]
    alerts_lost: tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A mark that does not come out: an article that is wrong and matched, or right and missed, and why."""

    article: int
    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Expectations:
    """The marks held against a replay.

    `matched`: of the marked articles, how many match; `right`: how many are marked right; `hits`: both.
    """

    matched: int
    right: int
    hits: int
    broken: tuple[Broken, ...]

    @property
    def precision(self) -> float | None:
        """Of the marked articles that match, which share is right; None when none matches."""
        return self.hits / self.matched if self.matched else None

    @property
    def recall(self) -> float | None:
        """Of the articles marked right, which share matches; None when there are none."""
        return self.hits / self.right if self.right else None


@dataclass(frozen=True, slots=True)
class Day:
    """What a day brought, in UTC: articles that matched, alerts that were raised, messages that were sent."""

    day: date
    matches: int
    alerts: int
    sent: int


def compare(before: Replay, after: Replay) -> Comparison:
    """Article by article and alert by alert; an alert is the same if it says the same for ever: by its key."""
    had, has = ({match.article for match in one.matches} for one in (before, after))
    told, tells = ({alert.key for alert in one.alerts} for one in (before, after))
    return Comparison(
        gained=tuple(match for match in after.matches if match.article not in had),
        lost=tuple(match for match in before.matches if match.article not in has),
        alerts_gained=tuple(alert for alert in after.alerts if alert.key not in told),
        alerts_lost=tuple(alert for alert in before.alerts if alert.key not in tells),
    )


def measure_marks(replay: Replay, marks: Iterable[Mark]) -> Expectations:
    """Marks as expectations; of two on one article the later one counts. Each that is broken says why."""
    said = {mark.article_id: mark.is_right for mark in marks}
    found = {match.article: match.reason for match in replay.matches}
    right = {article for article, is_right in said.items() if is_right}
    matched = said.keys() & found.keys()
    broken = [Broken(article, False, found[article]) for article in matched - right]
    broken += [Broken(article, True, replay.misses.get(article, UNSEEN)) for article in right - matched]
    broken.sort(key=lambda one: one.article)
    return Expectations(len(matched), len(right), len(matched & right), tuple(broken))


def days_of(matches: Sequence[Matched], alerts: Sequence[Raised], sent: Sequence[Sent]) -> tuple[Day, ...]:
    """The days on which anything happened, in order."""
    counts: Sequence[Mapping[date, int]] = (
        _by_day(match.when for match in matches),
        _by_day(alert.when for alert in alerts),
        _by_day(one.at for one in sent),
    )
    days = sorted(set().union(*counts))
    return tuple(Day(day, *(count.get(day, 0) for count in counts)) for day in days)


def _by_day(moments: Iterable[datetime]) -> Counter[date]:
    return Counter(moment.date() for moment in moments)
