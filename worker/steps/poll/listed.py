"""From an entry of a feed to an item for storage."""

import hashlib
from datetime import datetime

from storage.articles import Listed
from storage.tables import ArticleState, Source, SourceKind
from worker.stages import address
from worker.stages.feed import Entry, Feed, clamp


def listed(entry: Entry, feed: Feed, source: Source, outlet: str, now: datetime) -> Listed:
    """What is known before the page is read. An entry without an address is read from what the feed holds of it."""
    if entry.url:
        place = address.read(entry.url)
        fallback = f"address {place.url}"
    else:
        fallback = f"title {entry.title}\x1f{entry.published_raw}"
        url = f"{source.url}#{_sha256(entry.uid + fallback)}"
        place = address.Address(url, address.host(source.url), _sha256(url))
    return Listed(
        uid=entry.uid,
        fallback=fallback,
        url=place.url,
        url_hash=place.key,
        host=place.host,
        title=entry.title,
        published=entry.published,
        event_time=clamp(entry.published, now),
        content_digest=entry.content_digest,
        state=ArticleState.FETCH if entry.url else ArticleState.READ,
        given={
            "title": entry.title,
            "html": entry.content,
            "text": entry.summary,
            "authors": list(entry.authors),
            "published": entry.published.isoformat() if entry.published else None,
            "published_raw": entry.published_raw,
            "language": entry.language or source.language or feed.language,
            "outlet": outlet,
        }
        | ({"is_link_text": True} if source.kind == SourceKind.LISTING else {}),  # the title: less than a headline
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
