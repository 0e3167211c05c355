"""What holds of every answer that a parser gives, whatever the bytes were."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from worker.stages import address
from worker.stages.feed import Entry, Feed, NotAFeed
from worker.stages.feed.links import MAX_LINK_CHARS
from worker.stages.feed.sitemap_index import SitemapIndex
from worker.stages.feed.text import MAX_CONTENT_CHARS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS

EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MAX_TTL_MINUTES = 7 * 24 * 60

_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?")
_UID = re.compile(r"[0-9a-f]{64}")


def broken(answer: Feed | SitemapIndex | NotAFeed, max_entries: int) -> list[str]:
    """Each promise that does not hold, as a sentence."""
    match answer:
        case Feed():
            return [*_of_feed(answer, max_entries), *(each for entry in answer.entries for each in _of_entry(entry))]
        case SitemapIndex():
            return [*_of_text("an index", answer.url, answer.truncated or ""), *_of_children(answer)]
        case NotAFeed():
            return [*_of_text("a reason", answer.reason), *([] if answer.reason else ["there is no reason"])]


def _of_feed(feed: Feed, max_entries: int) -> Iterator[str]:
    yield from _of_text("the feed", feed.title, feed.kind, feed.truncated or "")
    yield from _of_line("its title", feed.title)
    for link in (feed.link, feed.hub, feed.own_url):
        yield from _of_address("a link of the feed", link)
    if not _TAG.fullmatch(feed.language):
        yield f"a language that is none: {feed.language!r}"
    if not (feed.ttl_minutes is None or 0 < feed.ttl_minutes <= MAX_TTL_MINUTES):
        yield f"a time to live of {feed.ttl_minutes}"
    if not (feed.skip_hours <= set(range(24)) and feed.skip_days <= set(range(7))):
        yield f"hours {feed.skip_hours} or days {feed.skip_days} that are none"
    if len(feed.entries) > max_entries:
        yield f"{len(feed.entries)} entries, where {max_entries} are the most"
    if len({entry.uid for entry in feed.entries}) < len(feed.entries):
        yield "two entries with one uid"


def _of_entry(entry: Entry) -> Iterator[str]:
    texts = (entry.title, entry.summary, entry.content, entry.guid, entry.published_raw, *entry.authors)
    yield from _of_text("an entry", *texts)
    yield from _of_line("a title", entry.title)
    yield from _of_line("a date", entry.published_raw)
    yield from _of_address("an entry's address", entry.url)
    for name in entry.authors:
        yield from _of_line("an author", name)
        if not name:
            yield "an author without a name"
    for date in (entry.published, entry.updated):
        if date is not None and not (date.utcoffset() == UTC.utcoffset(None) and EARLIEST <= date < LATEST):
            yield f"a date out of all bounds: {date}"
    if not (_UID.fullmatch(entry.uid) and _UID.fullmatch(entry.content_digest)):
        yield f"a uid or digest that is none: {entry.uid!r} {entry.content_digest!r}"
    if not _TAG.fullmatch(entry.language):
        yield f"a language that is none: {entry.language!r}"
    if len(entry.summary) > MAX_SUMMARY_CHARS or len(entry.content) > MAX_CONTENT_CHARS:
        yield "a text that is too long"


def _of_children(index: SitemapIndex) -> Iterator[str]:
    for child in index.children:
        yield from _of_address("a sitemap's address", child.url)
        if not child.url:
            yield "a sitemap without an address"


def _of_text(what: str, *texts: str) -> Iterator[str]:
    """No NUL, other control or half of a character, and so nothing that cannot be written down."""
    for text in texts:
        found = _ODD.search(text)
        if found:
            yield f"{what} with {found[0]!r}: {text[max(0, found.start() - 20) : found.end() + 20]!r}"
        if json.loads(json.dumps(text)) != text:
            yield f"{what} that is another when it is read back: {text[:100]!r}"


def _of_line(what: str, text: str) -> Iterator[str]:
    if text != " ".join(text.split()) or len(text) > MAX_TITLE_CHARS:
        yield f"{what} that is no line of a decent length: {text[:100]!r}"


def _of_address(what: str, url: str) -> Iterator[str]:
    """Empty, or on the web. What storage asks of it must not raise either."""
    if not url:
        return
    yield from _of_text(what, url)
    try:
        parts = urlsplit(url)
    except ValueError:
        yield f"{what} that cannot be read: {url[:100]!r}"
        return
    if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > MAX_LINK_CHARS or url != url.strip():
        yield f"{what} that is not on the web: {url[:100]!r}"
    read = address.read(url)
    if address.canonical(read.url) != read.url:
        yield f"{what} with two canonical forms: {url[:100]!r}"
