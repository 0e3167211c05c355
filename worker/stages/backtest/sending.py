"""What would have been sent when: alerts on each channel, gathered and held back as their topic says.

As `worker/steps/deliver.py` does it, by the same decisions, with a channel that always answers at once and readers who
have snoozed and muted nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import Protocol

from worker.stages.digest import day_of, next_digest
from worker.stages.grouping import Go, Hold, IntoDigest, Rules, Waiting, judge

_A_DAY = timedelta(days=1)


class Raised(Protocol):
    """An alert, as far as sending looks at it."""

    @property
    def key(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def story(self) -> int: ...
    @property
    def when(self) -> datetime: ...
    @property
    def new(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """One alert on one channel, when it was raised and when it goes. `message`: the key of the one that leads it.

    In a digest that is not the digest's own key.
    """

    key: str
    channel: str
    raised: datetime
    at: datetime
    message: str = ""
    in_digest: bool = False

    @property
    def waited(self) -> timedelta:
        return self.at - self.raised


def send(alerts: Iterable[Raised], channels: Sequence[str], rules: Rules) -> tuple[Sent, ...]:
    """Each alert on each of the channels, in the order of sending."""
    raised = sorted(alerts, key=lambda alert: alert.when)
    sent = [one for channel in channels for one in _Outbox(channel, rules).sends(raised)]
    return tuple(sorted(sent, key=lambda one: one.at))


@dataclass(slots=True)
class _Outbox:
    """What waits on one channel, and what went. An alert's place is that in the order in which they were raised."""

    channel: str
    rules: Rules
    alerts: Sequence[Raised] = ()
    due: list[tuple[datetime, int]] = field(default_factory=list)
    waiting: dict[int, tuple[datetime, Waiting]] = field(default_factory=dict)
    gathered: dict[int, datetime] = field(default_factory=dict)
    times: list[datetime] = field(default_factory=list)
    last: dict[int, datetime] = field(default_factory=dict)
    digests: set[date] = field(default_factory=set)

    def sends(self, alerts: Sequence[Raised]) -> Iterator[Sent]:
        self.alerts = alerts
        for place, alert in enumerate(alerts):
            heappush(self.due, (alert.when, place))
        raised = 0
        while self.due:
            now, place = heappop(self.due)
            while raised < len(alerts) and alerts[raised].when <= now:
                self._waits(raised, alerts[raised].when)
                raised += 1
            if self.gathered.get(place) == now:
                yield from self._digest(place, now)
            elif place in self.waiting and self.waiting[place][0] == now:
                yield from self._turn(place, now)

    def _waits(self, place: int, until: datetime) -> None:
        alert = self.alerts[place]
        last = self.last.get(alert.story)
        self.waiting[place] = until, Waiting(alert.story, alert.reason, len(alert.new), alert.when, last)

    def _turn(self, place: int, now: datetime) -> Iterator[Sent]:
        rivals = (waiting for _, waiting in self.waiting.values())
        match judge(self.waiting[place][1], now, self.rules, self._recent(now), rivals):
            case Go():
                yield from self._goes(place, now)
            case Hold(until):
                self._waits(place, until)
                heappush(self.due, (until, place))
            case IntoDigest(at):
                del self.waiting[place]
                self._is_gathered(place, at, now)

    def _goes(self, place: int, now: datetime) -> Iterator[Sent]:
        """With all that was raised of its story by now and waits."""
        story = self.alerts[place].story
        along = [one for one in self.waiting if self.alerts[one].story == story]
        self.times.append(now)
        self.last[story] = now
        for one in sorted(along):
            del self.waiting[one]
            yield self._sent(one, now, self.alerts[place].key, in_digest=False)

    def _is_gathered(self, place: int, at: datetime, now: datetime) -> None:
        at = max(at, now)
        self.gathered[place] = at
        heappush(self.due, (at, place))

    def _digest(self, place: int, now: datetime) -> Iterator[Sent]:
        day = day_of(now, self.rules.digest)
        if day in self.digests:  # it has gone already: the next one takes what comes late
            self._is_gathered(place, next_digest(now, self.rules.digest) if self.rules.digest else now + _A_DAY, now)
            return
        self.digests.add(day)
        for one in sorted(one for one, at in self.gathered.items() if at <= now):
            del self.gathered[one]
            yield self._sent(one, now, self.alerts[place].key, in_digest=True)

    def _sent(self, place: int, now: datetime, message: str, *, in_digest: bool) -> Sent:
        alert = self.alerts[place]
        return Sent(alert.key, self.channel, alert.when, now, message, in_digest)

    def _recent(self, now: datetime) -> Sequence[datetime]:
        if self.rules.budget is None:
            return ()
        return self.times[bisect_left(self.times, now - timedelta(seconds=self.rules.budget[1])) :]
