"""What a hub has pushed for a source: taken in place of asking it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from storage.articles import Listed
from storage.pushes import Pushed, pending_pushes
from storage.tables import Source
from worker.confine.errors import ConfinedError
from worker.runtime import Runtime
from worker.stages import address
from worker.stages.feed import Entry, Feed
from worker.stages.feed.identity import told_apart
from worker.stages.habits import Habits, from_json
from worker.steps.poll.listed import listed
from worker.steps.poll.outcome import Outcome
from worker.steps.poll.parse import Bytes, parsed
from worker.steps.poll.understand import outlet_of

log = structlog.get_logger()


def pending(run: Runtime, source: Source, now: datetime) -> Sequence[Pushed]:
    """What waits, unless it is time to ask anyway: who is pushed to without a pause is asked all the same."""
    if source.next_poll <= now:
        return ()
    return run.database.read(lambda session: pending_pushes(session, source.id))


def take(run: Runtime, source: Source, pushes: Sequence[Pushed], now: datetime) -> Outcome | None:
    """The entries that were pushed; None when there is not one feed among it, and the source has to be asked.

    A push may hold only what is new, so nothing is learned of the feed but its entries. What is no feed is left for the
    next poll, which then has nothing else to take.
    """
    feeds = {push.id: feed for push in pushes if push.body and (feed := _feed(run, source, push, now))}
    if not feeds:
        return None
    items = _items(source, list(feeds.values()), now)
    return Outcome(listed=items, habits=_habits(source, items), pushes=tuple(feeds), is_pushed=True)


def _feed(run: Runtime, source: Source, push: Pushed, now: datetime) -> Feed | None:
    try:
        found = parsed(run, source, Bytes(push.body, source.url, push.content_type), now)
    except ConfinedError as error:
        log.warning("a push could not be parsed", source=source.url, reason=str(error))
        return None
    if isinstance(found, Feed):
        return found
    log.warning("a push is no feed", source=source.url)
    return None


def _items(source: Source, feeds: Sequence[Feed], now: datetime) -> tuple[Listed, ...]:
    """Of an entry that was pushed twice the later one. Those that merely share a guid stay two, as in one feed."""
    latest = {_sign(entry): (entry, feed) for feed in feeds for entry in feed.entries}
    entries = told_apart(entry for entry, _ in latest.values())
    of_feeds = (feed for _, feed in latest.values())
    return tuple(
        listed(entry, feed, source, outlet_of(source, feed), now) for entry, feed in zip(entries, of_feeds, strict=True)
    )


def _sign(entry: Entry) -> tuple[str, str]:
    """By which an entry is the same in two pushes."""
    return entry.uid, address.canonical(entry.url) if entry.url else entry.title


def _habits(source: Source, items: Sequence[Listed]) -> Habits:
    """What was known, with the dates of these."""
    known = from_json(source.habits)
    dates = (item.published for item in items if item.published)
    return replace(known, most=max(known.most or 0, len(items))).with_dates(dates)
