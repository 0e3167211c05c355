"""What was like a topic's examples when it was read, for a backtest: as `worker/examples.py` says while reading."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from storage import archive
from storage import examples as stored
from worker.runtime import Runtime
from worker.stages.examples import likeness
from worker.stages.story import Profile

AT_ONCE = 500


def like_any(
    run: Runtime, examples: Iterable[int], limit: float, since: datetime | None, until: datetime | None
) -> Iterator[int]:
    """The articles of a time that are like one of these, as they stand now. Copies are like none by themselves."""
    wanted = list(profiles_of(run, sorted(examples)).values())
    last = 0
    while wanted:
        ask = partial(archive.profiles_after, after=last, most=AT_ONCE, since=since, until=until)
        some = run.database.read(ask)
        if not some:
            return
        for article, kept in some:
            if any(likeness(Profile.from_json(kept), example) >= limit for example in wanted):
                yield article
        last = some[-1][0]


def profiles_of(run: Runtime, ids: Sequence[int]) -> dict[int, Profile]:
    """What is compared of these articles; of a copy, of its origin."""
    found = run.database.read(partial(stored.profiles_by_key, keys=[str(number) for number in ids]))
    return {int(key): Profile.from_json(kept) for key, kept in found.items()}


@dataclass
class Resemblance:
    """Which examples have been read so far, as the replay goes on."""

    examples: frozenset[int]
    limit: float
    known: dict[int, Profile] = field(default_factory=dict)

    def is_met(self, article: int, profile_of: Callable[[], Profile], *, is_copy: bool, origin: Profile | None) -> bool:
        """Whether an article that is read now is like an example; it may be one itself."""
        if article in self.examples:
            self.known[article] = origin if is_copy and origin is not None else profile_of()
        if is_copy or not self.known:
            return False
        own = profile_of()
        return any(likeness(own, example) >= self.limit for example in self.known.values())
