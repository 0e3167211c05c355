"""Feeds: from the bytes that a server sent to entries with an identity, an address, a date and text.

    body ── swift (ordinary RSS, RDF, Atom) ──┐
         ├─ bounded (feedparser, the rest) ───┴─ syndication ──┐
         └─ json_feed (JSON Feed) ─────────────────────────────┴── identity ── Feed

Whatever the bytes are, `parse_feed` returns: a Feed, or NotAFeed with a reason. What is not here: asking for feeds
(`worker.fetch`), when to ask again (`worker.stages.rhythm`), and whether an entry is new, which only storage knows.
"""

from worker.stages.feed.dates import clamp
from worker.stages.feed.discover import discover_feeds
from worker.stages.feed.model import Entry, Feed, NotAFeed
from worker.stages.feed.parse import parse_feed, parse_feed_swiftly, parse_feed_thoroughly

__all__ = [
    "Entry",
    "Feed",
    "NotAFeed",
    "clamp",
    "discover_feeds",
    "parse_feed",
    "parse_feed_swiftly",
    "parse_feed_thoroughly",
]
