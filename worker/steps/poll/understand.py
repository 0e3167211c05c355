"""What the bytes are that a source answered with: unchanged ones, or entries, or something that is no list at all."""

import hashlib
from datetime import datetime
from typing import Any

from storage.tables import Source
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.stages.feed import Feed, NotAFeed
from worker.stages.feed.sitemap_index import SitemapIndex
from worker.stages.habits import Habits, from_json
from worker.stages.link_header import Announced, announced
from worker.steps.asking import broke_off
from worker.steps.poll.index import read_index
from worker.steps.poll.listed import listed
from worker.steps.poll.outcome import Outcome
from worker.steps.poll.parse import bytes_of, parsed

MAX_TITLE = 500  # characters
NOT_KNOWN_AGAIN = {"etag": "", "last_modified": "", "body_digest": ""}  # the same answer is then parsed again


def understand(
    run: Runtime, source: Source, response: Response, columns: dict[str, Any], seconds: float, now: datetime
) -> Outcome:
    """An answer with the status 200. The same bytes as the last time are not parsed."""
    columns = columns | {
        "etag": response.header("etag"),
        "last_modified": response.header("last-modified"),
        "body_digest": hashlib.sha256(response.body).hexdigest(),
    }
    if columns["body_digest"] == source.body_digest:
        changed = {name: value for name, value in columns.items() if getattr(source, name) != value}
        return Outcome(is_unchanged=True, columns=changed, headers=response.headers, seconds=seconds)
    found = parsed(run, source, bytes_of(response), now)
    if isinstance(found, SitemapIndex):
        # Its sitemaps may change although it does not, so it is read anew each time.
        found, columns["memory"] = read_index(run, source, found, now)
        columns |= NOT_KNOWN_AGAIN
    if isinstance(found, NotAFeed):
        return Outcome(found.reason)
    if broke_off(run, response):
        columns |= NOT_KNOWN_AGAIN  # the rest may come with the next poll
    outlet = outlet_of(source, found)
    return Outcome(
        listed=tuple(listed(entry, found, source, outlet, now) for entry in found.entries),
        note=_note(run, response, found),
        headers=response.headers,
        seconds=seconds,
        habits=habits_of(found, source),
        announced=_announced(response, found),
        columns=columns | {"title": outlet},
    )


def _note(run: Runtime, response: Response, feed: Feed) -> str:
    missing = "the answer broke off" if broke_off(run, response) else feed.truncated
    return f"not all of it was taken: {missing}" if missing else ""


def outlet_of(source: Source, feed: Feed) -> str:
    """The outlet's name: the user's for it, or its own."""
    return (source.title or feed.title)[:MAX_TITLE]


def habits_of(feed: Feed, source: Source) -> Habits:
    """What this answer says of when the source publishes, with what was known of it."""
    known = from_json(source.habits)
    wishes = Habits((), max(known.most or 0, len(feed.entries)), feed.ttl_minutes, feed.skip_hours, feed.skip_days)
    return wishes.with_dates((*(entry.published for entry in feed.entries if entry.published), *known.dates))


def _announced(response: Response, feed: Feed) -> Announced | None:
    """Where a subscription would go: as the header says, or the feed. None: what is missing may have said it."""
    header = announced(response.header("link"), response.url)
    found = Announced(header.hub or feed.hub, header.own_url or feed.own_url)
    return None if response.truncated and not found.hub else found
