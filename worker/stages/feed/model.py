"""What a feed is made of, whatever format it came in."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. Text fields hold no markup and no control characters; missing ones are empty.

    `uid` tells entries of one feed apart and stays the same from poll to poll. `url` is http(s) or empty.
    `published` and `updated` are in UTC, or None when missing, unreadable or before 1990; a date in the future is
    still here (see `clamp`). `content` is HTML as the feed gave it, not made safe; the longest text there was.
    `content_digest` changes when title, summary or content change.
    """

    uid: str
    url: str
    title: str
    published: datetime | None = None
    published_raw: str = ""
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    language: str = ""
    guid: str = ""
    content_digest: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, in the feed's order. `kind` is the format ("rss20", "atom10", "json11").

    `ttl_minutes`: how long the feed says it may be kept. `skip_hours` (0-23, GMT) and `skip_days` (0 is Monday): when
    it says that it does not change. `hub` and `own_url`: where WebSub subscriptions go and under which address.
    `truncated`: what was left out and why, or None.
    """

    title: str
    language: str
    link: str
    kind: str
    entries: tuple[Entry, ...]
    ttl_minutes: int | None = None
    truncated: str | None = None
    hub: str = ""
    own_url: str = ""
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NotAFeed:
    """The bytes are no feed, and why: a sentence for the person who added the source."""

    reason: str
