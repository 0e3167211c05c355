"""Whose turn it is: what becomes of a delivery that is due, by its topic's rules and by what went out before it.

Translates between the rows of storage and the values of the stages `grouping` and `digest`. Nothing is written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from sqlalchemy.orm import Session

from config.alerting import DAYS, AlertRules
from storage import alerts, hushes, threads
from storage.alerts import DueDelivery
from storage.threads import COVERAGE, Thread
from worker.stages.digest import DigestTimes, day_of, next_digest
from worker.stages.grouping import NO_PAUSE, Go, Hold, IntoDigest, Rules, Verdict, Waiting, judge
from worker.stages.timing import Quiet

AT_ONCE = Rules()
SOON = timedelta(seconds=5)  # to ask again, when what is under way was to be over by now
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AsDigest:
    """Now, as the digest of this day."""

    day: date


@dataclass(frozen=True, slots=True)
class Mute:
    """Never: its readers want to hear no more of the story."""


Turn: TypeAlias = Verdict | AsDigest | Mute


def sending_rules(written: AlertRules) -> Rules:
    """A topic's rules as the stages know them."""
    quiet, digest = written.quiet, written.digest
    return Rules(
        wait=written.group.wait,
        every=written.group.every,
        budget=(written.at_most.count, float(written.at_most.per_seconds)) if written.at_most else None,
        quiet=Quiet(quiet.start, quiet.end, quiet.zone) if quiet else None,
        wakes=frozenset(quiet.excepted) if quiet else frozenset(),
        digest=DigestTimes(digest.at, digest.zone, frozenset(map(DAYS.index, digest.days))) if digest else None,
        digested=frozenset(digest.reasons) if digest else frozenset(),
    )


def turn_of(session: Session, due: DueDelivery, rules: Rules, now: datetime) -> Turn:
    """What is to become of it now. The channel's deliveries must be looked at by nobody else meanwhile."""
    if due.thread:
        return _again(session, due, rules, now)
    said = hushes.hushed(session, due.topic, [due.story]) if due.reason != COVERAGE else {}
    if due.story in said and said[due.story] is None:
        return Mute()
    snoozed = said.get(due.story)
    if due.digest_at is not None and snoozed is not None and snoozed > now:
        return IntoDigest(_digest_after(snoozed, rules))
    if due.digest_at is not None:
        return _digest_turn(session, due, due.digest_at, rules, now)
    state = threads.state_of(session, thread_of(due), apart_from=due.id)
    if state.under_way is not None:  # one at a time
        return Hold(max(state.under_way, now + SOON))
    waiting = Waiting(_key(due), due.reason, due.sentences, due.raised, state.last, snoozed)
    return _judge(session, due, waiting, rules, now)


def thread_of(due: DueDelivery) -> Thread:
    return Thread(due.topic, due.story, due.reason == COVERAGE, due.channel)


def _again(session: Session, due: DueDelivery, rules: Rules, now: datetime) -> Verdict:
    """It was tried before: what it carries is settled, and only quiet hours and the budget may hold it back."""
    if due.digest_at is not None:
        return Go()
    rules = replace(rules, wait=NO_PAUSE, every=NO_PAUSE, digest=None)
    return _judge(session, due, Waiting(_key(due), due.reason, due.sentences, due.raised), rules, now)


def _digest_turn(session: Session, due: DueDelivery, at: datetime, rules: Rules, now: datetime) -> Turn:
    """A digest that has gone, or is under way, takes nothing more: what comes late is for the next one."""
    day = day_of(at, rules.digest)
    if not threads.has_digest(session, due.topic, due.channel, day):
        return AsDigest(day)
    late = max(now, at)
    return IntoDigest(next_digest(late, rules.digest) if rules.digest else late + A_DAY)


def _digest_after(snoozed: datetime, rules: Rules) -> datetime:
    """The first one when the snooze is over; where there are no digests any more, its end."""
    return next_digest(snoozed, rules.digest) if rules.digest else snoozed


def _judge(session: Session, due: DueDelivery, waiting: Waiting, rules: Rules, now: datetime) -> Verdict:
    if rules.budget is None:
        return judge(waiting, now, rules)
    since = now - timedelta(seconds=rules.budget[1])
    sent = alerts.sent_times(session, due.topic, due.channel, since, now)
    return judge(waiting, now, rules, sent, _rivals(session, due))


def _rivals(session: Session, due: DueDelivery) -> Sequence[Waiting]:
    waiting = threads.waiting_on(session, due.topic, due.channel)
    last = threads.last_sent(session, due.topic, due.channel)
    said = hushes.hushed(session, due.topic, {one.story for one in waiting})
    return [
        Waiting(
            thread=COVERAGE if one.reason == COVERAGE else one.story,
            reason=one.reason,
            sentences=one.sentences,
            raised=one.raised,
            last=last.get((one.story, one.reason == COVERAGE)),
            snoozed=said.get(one.story) if one.reason != COVERAGE else None,
        )
        for one in waiting
        if one.reason == COVERAGE or said.get(one.story, one.raised) is not None  # not muted
    ]


def _key(due: DueDelivery) -> int | str:
    return COVERAGE if due.reason == COVERAGE else due.story
