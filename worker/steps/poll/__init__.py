"""Poll sources: conditional GET, parse, and one transaction for entries, ETag and the next poll.

    claim some ──▶ for each: ask ──▶ understand ──▶ write some: entries, ETags and next polls in one transaction
                                  └─ unchanged ─┘

The ETag is never stored before the entries: a crash between the two would lose them behind a 304. Sources are claimed
and written several at a time; what is left when time runs out is given back.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from time import monotonic

import structlog

from storage import polls
from storage.claims import Claim
from storage.entries import Stored
from storage.tables import Source
from worker.runtime import Runtime
from worker.steps.poll.ask import look
from worker.steps.poll.commit import Polled, write

log = structlog.get_logger()

NOTHING = Stored()
MOST_AT_ONCE = 50  # sources that are claimed together
MOST_ITEMS = 400  # that wait to be written together
LONGEST_WAIT_SECONDS = 1.0
SHARE_OF_LEASE = 0.5  # after which no more of the claimed are asked: the last one may take its time, too


def poll_source(run: Runtime, source_id: int) -> Stored:
    """Poll the source if it is due; which articles are new or changed."""
    return next(poll_sources(run, [source_id]), NOTHING)


def poll_sources(
    run: Runtime, source_ids: Sequence[int], goes_on: Callable[[], bool] = lambda: True
) -> Iterator[Stored]:
    """Poll those that are due as long as `goes_on` says so; for each one, which articles are new or changed."""
    for start in range(0, len(source_ids), MOST_AT_ONCE):
        yield from _poll_some(run, source_ids[start : start + MOST_AT_ONCE], goes_on)


def _poll_some(run: Runtime, source_ids: Sequence[int], goes_on: Callable[[], bool]) -> Iterator[Stored]:
    """Claims may come one at a time, see `claim_sources`: until none is left."""
    while claimed := run.database.write(lambda s: polls.claim_sources(s, source_ids, run.now(), run.lease)):
        batch = _Batch(run)
        end = monotonic() + run.settings.lease * SHARE_OF_LEASE
        try:
            for source, claim in claimed:
                is_time = goes_on() and monotonic() < end
                yield from batch.poll(source, claim) if is_time else batch.leave(claim, run.now())
        finally:
            rest = batch.write()
        yield from rest
        if claimed[0][1].attempt == 1 or not goes_on():
            return


class _Batch:
    """Sources that were claimed together, and what is still to be written of them.

    To write for each by itself would cost more than asking. What was found waits for a second, or for one more answer.
    """

    def __init__(self, run: Runtime) -> None:
        self._run = run
        self._polled: list[Polled] = []
        self._left: list[tuple[Claim, datetime]] = []
        self._items = 0  # that wait to be written
        self._since = monotonic()

    def poll(self, source: Source, claim: Claim) -> Sequence[Stored]:
        """Look at the source; what was stored meanwhile."""
        now = self._run.now()
        outcome = look(self._run, source, now)
        if isinstance(outcome, timedelta):
            return self.leave(claim, now + outcome)
        if not self._polled:
            self._since = monotonic()
        self._polled.append(Polled(source, claim, outcome, now))
        self._items += len(outcome.listed)
        is_time = self._items >= MOST_ITEMS or monotonic() >= self._since + LONGEST_WAIT_SECONDS
        return self.write() if is_time else ()

    def leave(self, claim: Claim, until: datetime) -> Sequence[Stored]:
        """Not now: it is given back."""
        self._left.append((claim, until))
        return (NOTHING,)

    def write(self) -> Sequence[Stored]:
        """Write what was found so far, for each source what was stored."""
        if self._left:
            left, self._left = self._left, []
            self._run.database.write(lambda session: polls.release_sources(session, left))
        polled, self._polled, self._items = self._polled, [], 0
        if not polled:
            return ()
        try:
            return self._written(polled)
        except Exception:
            if len(polled) == 1:
                # Its row is left to its lease.
                log.exception("what a source listed could not be stored", source=polled[0].source.url)
                return (NOTHING,)
            return [stored for one in polled for stored in self._alone(one)]

    def _alone(self, polled: Polled) -> Sequence[Stored]:
        self._polled = [polled]
        return self.write()

    def _written(self, polled: Sequence[Polled]) -> Sequence[Stored]:
        written = self._run.database.write(lambda session: write(session, self._run, polled))
        for poll, stored in zip(polled, written, strict=True):
            if poll.outcome.is_unchanged:
                continue
            log.debug(
                "polled one", source=poll.source.url, error=poll.outcome.error or None,
                listed=len(poll.outcome.listed), new=len(stored.new), changed=len(stored.changed),
            )  # fmt: skip
        log.info(
            "polled", sources=len(polled), failed=sum(bool(poll.outcome.error) for poll in polled),
            new=sum(len(stored.new) for stored in written), changed=sum(len(stored.changed) for stored in written),
        )  # fmt: skip
        return written
