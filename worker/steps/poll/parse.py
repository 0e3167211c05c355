"""The bytes of a source, parsed by what stands at its address, and so that no bytes can hold up or fell this process.

An ordinary feed is read here, in linear time and little memory. Everything else is for a child that can be stopped.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from storage.tables import Source, SourceKind
from worker.fetch.door import Response
from worker.runtime import Runtime
from worker.stages.feed import Feed, NotAFeed, parse_feed, parse_feed_swiftly, parse_feed_thoroughly
from worker.stages.feed.listing import parse_listing
from worker.stages.feed.sitemap import parse_sitemap
from worker.stages.feed.sitemap_index import SitemapIndex

SWIFT_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Bytes:
    """What was sent, by a server that was asked or by a hub. `url` is where it comes from, after redirects."""

    body: bytes
    url: str
    content_type: str = ""
    truncated: bool = False


class _Known(TypedDict):
    """What is known of a feed's bytes before they are parsed."""

    url: str
    content_type: str
    body_truncated: bool
    max_entries: int


def bytes_of(response: Response) -> Bytes:
    return Bytes(response.body, response.url, response.header("content-type"), response.truncated)


def parsed(run: Runtime, source: Source, sent: Bytes, now: datetime) -> Feed | SitemapIndex | NotAFeed:
    """Raises ConfinedError when the bytes are more than the limits allow, NoChildError when nobody could try."""
    most = run.settings.max_feed_entries
    match source.kind:
        case SourceKind.SITEMAP:
            return run.confined.call(
                parse_sitemap, sent.body, url=sent.url, max_entries=most, now=now, last_read=source.last_ok,
                content_type=sent.content_type, body_truncated=sent.truncated,
            )  # fmt: skip
        case SourceKind.LISTING:
            return run.confined.call(
                parse_listing, sent.body, url=sent.url, links=tuple(source.links), max_entries=most,
                content_type=sent.content_type, body_truncated=sent.truncated,
            )  # fmt: skip
        case _:
            return _feed(run, sent, most)


def _feed(run: Runtime, sent: Bytes, most: int) -> Feed | NotAFeed:
    known = _Known(url=sent.url, content_type=sent.content_type, body_truncated=sent.truncated, max_entries=most)
    if len(sent.body) > SWIFT_BYTES:
        return run.confined.call(parse_feed, sent.body, **known)
    return parse_feed_swiftly(sent.body, **known) or run.confined.call(parse_feed_thoroughly, sent.body, **known)
