"""What goes out now, and together: how alerts become messages.

One message at a time for each story, topic and channel. Each alert asks for itself what is to become of it, by `judge`;
when one goes, it leads, and all that wait for the same thread go along. What it waits for, in this order:

    digest       its reason is one that the topic wants to be told in the digest only
    snooze       a reader has put the story off
    group        the first message of a story waits a little for more; the next ones keep a distance
    quiet hours  by the clock of a zone; some reasons are told all the same
    budget       so many messages in any stretch of time, spent on what is most new; the rest is for later, or a digest

Pure reckoning with given instants, so that trying a topic on the archive gives what live sending gives.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias

from worker.stages.digest import DigestTimes, next_digest
from worker.stages.timing import Quiet, due_at

# How much each reason weighs when a budget is short. What corrects something told comes before anything else: its
# readers hold something for true that is not.
WEIGHTS: Mapping[str, int] = MappingProxyType({
    "correction": 8, "first": 6, "disagreement": 6, "quiet-source": 5, "revival": 4, "settled": 4, "new-fact": 2,
    "new-origin": 1,
})  # fmt: skip
MOST_SENTENCES = 5  # that count
NO_PAUSE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a topic says about sending. `budget`: at most so many messages in any stretch of so many seconds.

    `wakes`: reasons that quiet hours do not hold back. `digested`: reasons that are told in the digest only.
    """

    wait: timedelta = NO_PAUSE
    every: timedelta = NO_PAUSE
    budget: tuple[int, float] | None = None
    quiet: Quiet | None = None
    wakes: frozenset[str] = frozenset()
    digest: DigestTimes | None = None
    digested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert that is to go out on a channel. `last`: when the last message of its thread went; `snoozed`: until when.

    `thread`: what it shares with those that it may go out with.
    """

    thread: Hashable
    reason: str
    sentences: int
    raised: datetime
    last: datetime | None = None
    snoozed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Go:
    """Now, with all that waits for the same thread."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Not before then; it is to ask again."""

    until: datetime


@dataclass(frozen=True, slots=True)
class IntoDigest:
    """With the digest of then."""

    at: datetime


Verdict: TypeAlias = Go | Hold | IntoDigest


def judge(
    one: Waiting, now: datetime, rules: Rules, sent: Sequence[datetime] = (), rivals: Iterable[Waiting] = ()
) -> Verdict:
    """What is to become of an alert at this moment.

    `sent`: when messages of the topic went out on the channel, as far as the budget counts them. `rivals`: all that
    waits there, the oldest first, this one among it or not.
    """
    if rules.digest and one.reason in rules.digested:
        return IntoDigest(next_digest(one.raised, rules.digest))
    free = _free_at(one, now, rules)
    if free > now:
        return Hold(free)
    if rules.budget is None:
        return Go()
    return _within_budget(one, now, rules, rules.budget, sent, rivals)


def novelty(reason: str, sentences: int) -> int:
    """How much an alert is worth telling beside others."""
    return WEIGHTS.get(reason, 1) + min(sentences, MOST_SENTENCES)


def _free_at(one: Waiting, now: datetime, rules: Rules) -> datetime:
    """When snooze, group and quiet hours let it go; now, if they do."""
    return _loud(max(now, _grouped(one, rules)), one, rules)


def _grouped(one: Waiting, rules: Rules) -> datetime:
    grouped = one.raised + rules.wait if one.last is None else one.last + rules.every
    return grouped if one.snoozed is None else max(grouped, one.snoozed)


def _loud(moment: datetime, one: Waiting, rules: Rules) -> datetime:
    quiet = None if one.reason in rules.wakes else rules.quiet
    return due_at(moment, sent=(), budget=None, quiet=quiet)


def _within_budget(
    one: Waiting,
    now: datetime,
    rules: Rules,
    budget: tuple[int, float],
    sent: Sequence[datetime],
    rivals: Iterable[Waiting],
) -> Verdict:
    count, window = budget[0], timedelta(seconds=budget[1])
    recent = sorted(moment for moment in sent if moment > now - window)[-count:]
    room = count - len(recent)
    before = _threads_before(one, _ready(rivals, now, rules))
    if before < room:
        return Go()
    if rules.digest:
        return IntoDigest(next_digest(now, rules.digest))
    turns = [*recent, *(now for _ in range(room))]  # each of which comes again when it has left the window
    rounds, place = divmod(before - room, count)
    return Hold(_loud(turns[place] + window * (rounds + 1), one, rules))


def _ready(rivals: Iterable[Waiting], now: datetime, rules: Rules) -> Iterator[Waiting]:
    """Those that would go now, if only the budget had room for them."""
    is_quiet = rules.quiet is not None and due_at(now, sent=(), budget=None, quiet=rules.quiet) > now
    for rival in rivals:
        is_loud = not is_quiet or rival.reason in rules.wakes
        goes_to_digest = rules.digest is not None and rival.reason in rules.digested
        if is_loud and not goes_to_digest and _grouped(rival, rules) <= now:
            yield rival


def _threads_before(one: Waiting, ready: Iterable[Waiting]) -> int:
    """How many threads are worth more than this one's; of what is worth the same, those that were raised first."""
    worth: dict[Hashable, int] = {}
    since: dict[Hashable, datetime] = {}
    for each in ready:
        worth[each.thread] = worth.get(each.thread, 0) + novelty(each.reason, each.sentences)
        since.setdefault(each.thread, each.raised)
    own = worth.get(one.thread, novelty(one.reason, one.sentences))
    own_since = since.get(one.thread, one.raised)
    before, is_behind = 0, False
    for thread, theirs in worth.items():
        if thread == one.thread:
            is_behind = True
        elif theirs > own or (theirs == own and (since[thread], is_behind) < (own_since, True)):
            before += 1
    return before
