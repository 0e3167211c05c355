"""What a topic's silence is worth: how long it is beside earlier ones, and how many stories its sources let slip.

**Silence.** Reports come in bursts, so gaps of a few hours within one are not counted. Of the longer ones between
bursts it is told which share lasted at least as long as the present one, with Wilson's interval (Wilson, "Probable
inference, the law of succession, and statistical inference", 1927).

**Missed.** The topic's stories are the units, its outlets the lists on which they are caught; a copy is no capture, as
an outlet that prints an agency's text has not found the story by itself. From how many stories only one outlet had, and
how many two, follows a lower bound for those that none had (Chao, "Estimating the population size for capture-recapture
data with unequal catchability", 1987). Outlets differ in how much they have, by which that bound would come out too
high; what each has alone says by how much (Chao, "Estimating population size for sparse data in capture-recapture
experiments", 1989). With two outlets it is Chapman's estimate (Chapman, "Some properties of the hypergeometric
distribution with applications to zoological sample censuses", 1951). Intervals are of 95 %, by the logarithm of what
was missed (Chao 1987), so that no bound is below what was seen.

An estimate of few captures is no estimate: below the minimum only what was seen is told.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, TypeAlias

Z = 1.959964  # of the normal distribution, for 95 %
BURST = timedelta(hours=6)  # reports closer than this are of one burst
FEWEST_SILENCES = 8
FEWEST_STORIES = 10
# With seven captured again the bias of Chapman's estimate is negligible (Robson and Regier 1964).
FEWEST_SHARED = 7
RARE = 0.1  # of the silences
TWO = 2

Method: TypeAlias = Literal["chao", "chapman", ""]  # "": there was too little to say

ASSUMPTIONS = (
    "the stories are the same for all outlets during this time (a closed population)",
    "one outlet's having a story makes it neither likelier nor less likely that another has it (independence); "
    "outlets that read each other make the estimate too low",
    "every story is as easy to come by as every other (equal catchability); where it is not, what is told is a lower "
    "bound",
    "copies of another's text are left out, since they are no finds of their own",
)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its bounds, of 95 %."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Silence:
    """The time since the last report. `longer`: how many of `of` earlier silences lasted at least as long.

    `share` is their share with its interval; None where there were too few to say, or where the topic is not silent.
    """

    since: datetime
    lasts: timedelta
    longer: int
    of: int
    share: Interval | None

    @property
    def is_unusual(self) -> bool:
        """Hardly ever was it silent for so long, whatever chance may have added."""
        return self.share is not None and self.share.estimate <= RARE


@dataclass(frozen=True, slots=True)
class Missed:
    """How many stories there were in all, by overlap. `seen`: caught by any list; `once`, `twice`: by so many lists.

    `total` is None where there is too little to say, and `why` says what is missing.
    """

    method: Method
    seen: int
    lists: int
    once: int
    twice: int
    shared: int
    total: Interval | None
    why: str = ""

    @property
    def unseen(self) -> Interval | None:
        """How many no list had."""
        if self.total is None:
            return None
        return Interval(*(bound - self.seen for bound in (self.total.estimate, self.total.low, self.total.high)))


def wilson(hits: int, of: int) -> Interval:
    """The share `hits` of `of`, with its interval; `of` must not be 0."""
    share, spread = hits / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def silence(reports: Iterable[datetime], now: datetime) -> Silence | None:
    """The present silence beside those between earlier bursts; None when there was never a report."""
    times = sorted(reports)
    if not times:
        return None
    gaps = [later - earlier for earlier, later in pairwise(times) if later - earlier >= BURST]
    lasts = max(now - times[-1], timedelta(0))
    longer = sum(gap >= lasts for gap in gaps)
    can_say = len(gaps) >= FEWEST_SILENCES and lasts >= BURST
    return Silence(times[-1], lasts, longer, len(gaps), wilson(longer, len(gaps)) if can_say else None)


def chao(captures: Sequence[int], alone: Sequence[int]) -> Interval:
    """Chao's lower bound. `captures`: by how many lists each unit was caught; `alone`: how many each list alone has."""
    counts = Counter(captures)
    seen, once, twice = len(captures), counts[1], counts[2]
    pairs = once**2 - sum(number**2 for number in alone)  # of units that two different lists have alone
    missed = pairs / (2 * (twice + 1))
    share = pairs / (once * (once - 1)) if once > 1 else 0.0  # (t - 1) / t of t lists that are alike
    variance = missed + share**2 * (
        once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2) + once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    return _by_logarithm(seen, missed, variance)


def chapman(first: int, second: int, both: int) -> Interval:
    """Chapman's estimate. How many units the first list has, how many the second, and how many are on both."""
    seen = first + second - both
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return _by_logarithm(seen, total - seen, variance)


def missed_stories(captured: Mapping[int, Collection[str]]) -> Missed:
    """`captured`: for each story, which outlets had a report of their own of it."""
    caught = {story: frozenset(lists) for story, lists in captured.items() if lists}
    lists = sorted(frozenset().union(*caught.values()))
    captures = [len(by) for by in caught.values()]
    once, twice, shared = captures.count(1), captures.count(TWO), sum(times > 1 for times in captures)
    why = _too_little(len(caught), len(lists), shared)
    total = None if why else _estimated(list(caught.values()), lists, shared)
    if total is not None and total.high <= len(caught):
        total, why = None, "hardly a story was had by one outlet alone: nothing points to others that were missed"
    method: Method = "" if total is None else "chapman" if len(lists) == TWO else "chao"
    return Missed(method, len(caught), len(lists), once, twice, shared, total, why)


def _too_little(stories: int, lists: int, shared: int) -> str:
    if lists < TWO:
        return "overlap says nothing where fewer than two outlets have reported"
    if stories < FEWEST_STORIES:
        return f"it takes {FEWEST_STORIES} stories, and there {'was' if stories == 1 else 'were'} {stories}"
    if shared < FEWEST_SHARED:
        return f"it takes {FEWEST_SHARED} stories that more than one outlet had, and there were {shared}"
    return ""


def _estimated(caught: Sequence[Collection[str]], lists: Sequence[str], shared: int) -> Interval:
    if len(lists) == TWO:
        first, second = (sum(one in by for by in caught) for one in lists)
        return chapman(first, second, shared)
    alone = Counter(one for by in caught if len(by) == 1 for one in by)
    return chao([len(by) for by in caught], list(alone.values()))


def _by_logarithm(seen: int, missed: float, variance: float) -> Interval:
    """The interval of Chao 1987: what was missed is never below 0, and its logarithm is nearly normal."""
    if missed <= 0 or variance <= 0:
        return Interval(seen, seen, seen)
    factor = math.exp(Z * math.sqrt(math.log(1 + variance / missed**2)))
    return Interval(seen + missed, seen + missed / factor, seen + missed * factor)
