"""What would have been sent when: each alert on each channel, held back by quiet hours and a spent budget.

As `worker/steps/deliver.py` does it, with a channel that always answers: whoever waits keeps his turn, since what
holds him back holds back all that come after him.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from worker.stages.timing import Quiet, due_at


@dataclass(frozen=True, slots=True)
class Rules:
    """What a topic says about sending. `budget`: at most so many in any stretch of so many seconds, on each channel."""

    channels: tuple[str, ...]
    budget: tuple[int, float] | None = None
    quiet: Quiet | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One alert on one channel, when it was raised and when it goes."""

    key: str
    channel: str
    raised: datetime
    at: datetime

    @property
    def waited(self) -> timedelta:
        return self.at - self.raised


def send(alerts: Iterable[tuple[str, datetime]], rules: Rules) -> tuple[Sent, ...]:
    """Each alert (its key, when it was raised) on each of the channels, in the order of sending."""
    raised = sorted(alerts, key=lambda alert: alert[1])
    sent = [one for channel in rules.channels for one in _on(channel, raised, rules)]
    return tuple(sorted(sent, key=lambda one: one.at))


def _on(channel: str, raised: Sequence[tuple[str, datetime]], rules: Rules) -> Iterable[Sent]:
    times: list[datetime] = []
    for key, moment in raised:
        times.append(_turn(max(moment, times[-1]) if times else moment, times, rules))
        yield Sent(key, channel, moment, times[-1])


def _turn(now: datetime, times: Sequence[datetime], rules: Rules) -> datetime:
    """When the next one may go: waiting for the end of quiet hours may spend a budget no more, but time goes on."""
    while (due := due_at(now, sent=_recent(now, times, rules), budget=rules.budget, quiet=rules.quiet)) > now:
        now = due
    return now


def _recent(now: datetime, times: Sequence[datetime], rules: Rules) -> Sequence[datetime]:
    if rules.budget is None:
        return ()
    return times[bisect_left(times, now - timedelta(seconds=rules.budget[1])) :]
