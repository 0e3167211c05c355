"""One mutant through the parsers, as the poll step calls them, and what came of it.

    feed: swiftly, here ──┬── answered ──▶ and thoroughly in a child: must be the same
                          └── declined ──▶ thoroughly, in a child
    sitemap, listing: in a child

Here nothing can be stopped, so here the time is watched; in the child all limits are in force, as in production.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from time import perf_counter, thread_time
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bench.mutants.corpus import Kind
from bench.mutants.mutate import Mutant
from bench.mutants.promises import broken
from worker.confine.errors import ConfinedError
from worker.stages.feed import Feed, NotAFeed, parse_feed_swiftly, parse_feed_thoroughly
from worker.stages.feed.listing import parse_listing
from worker.stages.feed.sitemap import parse_sitemap
from worker.stages.feed.sitemap_index import SitemapIndex

P = ParamSpec("P")
R = TypeVar("R")
Parsed = Feed | SitemapIndex | NotAFeed

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
MAX_SWIFT_SECONDS = 1.0
"""Of processor time: twice what the swift way may take at its very worst, as the machine may be busy."""
LIMITS = frozenset(["time", "memory", "size"])


class Path(StrEnum):
    """Which way gave the answer."""

    SWIFT = "swift"
    THOROUGH = "thorough"
    SITEMAP = "sitemap"
    LISTING = "listing"


class Caller(Protocol):
    """Calls a parser somewhere: `Confined`, or nothing between."""

    def call(
        self, function: Callable[Concatenate[bytes, P], R], body: bytes, /, *args: P.args, **kwargs: P.kwargs
    ) -> R: ...


class Direct:
    """Calls it in this process."""

    def call(
        self, function: Callable[Concatenate[bytes, P], R], body: bytes, /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        return function(body, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one mutant. `limit`: which one ended it, if one did, and that is no fault. `faults`: what is.

    `here`: processor seconds of the swift way. `elsewhere`: seconds of the call of a child, by the clock.
    """

    path: Path
    here: float = 0.0
    elsewhere: float = 0.0
    is_refused: bool = False
    entries: int = 0
    limit: str = ""
    has_died: bool = False
    faults: Sequence[str] = ()


def attempt(mutant: Mutant, caller: Caller) -> Trial:
    """Try a mutant. Never raises: an exception is a fault."""
    match mutant.kind:
        case Kind.SITEMAP:
            known = _known(mutant) | {"now": NOW, "last_read": None}
            return _called(Path.SITEMAP, partial(caller.call, parse_sitemap, mutant.body, **known), mutant)[0]
        case Kind.LISTING:
            known = _known(mutant) | {"links": ()}
            return _called(Path.LISTING, partial(caller.call, parse_listing, mutant.body, **known), mutant)[0]
        case Kind.FEED:
            return _feed(mutant, caller)


def _known(mutant: Mutant) -> dict[str, Any]:
    return {
        "url": mutant.url,
        "content_type": mutant.content_type,
        "body_truncated": mutant.is_truncated,
        "max_entries": mutant.max_entries,
    }


def _feed(mutant: Mutant, caller: Caller) -> Trial:
    began = thread_time()
    try:
        swift = parse_feed_swiftly(mutant.body, **_known(mutant))
    except Exception as error:
        return Trial(Path.SWIFT, faults=(f"the swift way raised {error!r}",))
    here = thread_time() - began
    slow = (f"the swift way took {here:.1f} s",) if here > MAX_SWIFT_SECONDS else ()
    known = _known(mutant)
    trial, thorough = _called(Path.THOROUGH, partial(caller.call, parse_feed_thoroughly, mutant.body, **known), mutant)
    if swift is None:
        return replace(trial, here=here, faults=(*trial.faults, *slow))
    if thorough is not None and swift != thorough:
        slow = (*slow, f"the two ways differ: {difference(swift, thorough)}")
    answered = _answered(Path.SWIFT, swift, mutant)
    faults = (*answered.faults, *trial.faults, *slow)
    return replace(answered, here=here, elsewhere=trial.elsewhere, has_died=trial.has_died, faults=faults)


def _called(path: Path, read: Callable[[], Parsed], mutant: Mutant) -> tuple[Trial, Parsed | None]:
    """Call a parser; what became of it, and its answer if there is one."""
    began = perf_counter()
    try:
        answer = read()
    except ConfinedError as error:
        elsewhere = perf_counter() - began
        if error.kind in LIMITS:
            return Trial(path, elsewhere=elsewhere, is_refused=True, limit=error.kind), None
        faults = (f"in the child: {error}",)
        return Trial(path, elsewhere=elsewhere, has_died=error.kind == "death", faults=faults), None
    except Exception as error:
        return Trial(path, elsewhere=perf_counter() - began, faults=(f"it raised {error!r}",)), None
    return replace(_answered(path, answer, mutant), elsewhere=perf_counter() - began), answer


def _answered(path: Path, answer: Parsed, mutant: Mutant) -> Trial:
    entries = len(answer.entries) if isinstance(answer, Feed) else 0
    try:
        faults = broken(answer, mutant.max_entries)
    except Exception as error:
        faults = [f"the answer is of no use: {error!r}"]
    return Trial(path, is_refused=isinstance(answer, NotAFeed), entries=entries, faults=tuple(faults))


def difference(first: Parsed, second: Parsed) -> str:
    """Where two answers begin to differ."""
    one, other = repr(first), repr(second)
    place = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, place - 60)
    return f"…{one[start : place + 60]}… and …{other[start : place + 60]}…"
