"""The way in: which format the bytes are in, and one answer for all of them.

    parse_feed ── parse_feed_swiftly: bounded, a millisecond ── not certain ── parse_feed_thoroughly: feedparser

Who cannot have a worker stalled asks the swift way first, and runs the thorough one where it can be ended.
"""

from worker.stages.feed.json_feed import looks_like_json, parse_json_feed
from worker.stages.feed.model import Feed, NotAFeed
from worker.stages.feed.syndication import parse_swift_syndication, parse_syndication

MAX_ENTRIES = 2000


def parse_feed(
    body: bytes, *, url: str, content_type: str = "", body_truncated: bool = False, max_entries: int = MAX_ENTRIES
) -> Feed | NotAFeed:
    """Parse a feed that was fetched from `url`, against which its links are resolved. Never raises.

    `content_type` is the server's header; its charset counts. `body_truncated`: the body was cut when it was fetched,
    so its last entry may be half an entry and is left for the next poll.
    """
    answer = parse_feed_swiftly(
        body, url=url, content_type=content_type, body_truncated=body_truncated, max_entries=max_entries
    )
    return answer or parse_feed_thoroughly(
        body, url=url, content_type=content_type, body_truncated=body_truncated, max_entries=max_entries
    )


def parse_feed_swiftly(
    body: bytes, *, url: str, content_type: str = "", body_truncated: bool = False, max_entries: int = MAX_ENTRIES
) -> Feed | NotAFeed | None:
    """What `parse_feed` gives, for ordinary feeds; None when it takes the thorough way to know. A few tenths of a
    second at most, whatever the bytes are.
    """
    if not body.strip():
        return NotAFeed("the answer is empty")
    if looks_like_json(body):
        return parse_json_feed(body, url=url, max_entries=max_entries)
    if body_truncated:
        return None
    return parse_swift_syndication(body, url=url, content_type=content_type, max_entries=max_entries)


def parse_feed_thoroughly(
    body: bytes, *, url: str, content_type: str = "", body_truncated: bool = False, max_entries: int = MAX_ENTRIES
) -> Feed | NotAFeed:
    """What `parse_feed` gives, by way of feedparser; it may take most of a minute over a hostile feed."""
    if not body.strip():
        return NotAFeed("the answer is empty")
    if looks_like_json(body):
        return parse_json_feed(body, url=url, max_entries=max_entries)
    return parse_syndication(
        body, url=url, content_type=content_type, body_truncated=body_truncated, max_entries=max_entries
    )
