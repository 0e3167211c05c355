"""What is stored of an article that a file gave, whether the file was ingested by command or lies in a watched folder.

The same file becomes the same article on both ways: it is known by its address, or by its path when it has none.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy.orm import Session

from storage.articles import Listed
from storage.bodies import Packed, pack, store_body
from storage.tables import ArticleState
from worker.files import Item
from worker.stages import address
from worker.stages.extract import Given
from worker.stages.feed import clamp


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An article ready to be stored: its page, if it has one, goes before it, in the same transaction."""

    listed: Listed
    body: Packed | None = None


def found_item(item: Item, now: datetime, *, outlet: str = "", language: str = "") -> FoundItem:
    """Translate an item for storage. `outlet` and `language` stand in where the item does not say its own."""
    url = address.canonical(item.given.url)
    body = pack(item.page) if item.page else None
    body_digest = body.digest if body else None
    given = _told(item.given, outlet, language)
    listed = Listed(
        uid=url,
        fallback=f"address {url}",
        url=url,
        url_hash=address.address_hash(url),
        host=address.host(url) or PurePosixPath(url).stem,  # a file has none: its name tells it from others
        title=item.given.title,
        published=item.given.published,
        event_time=clamp(item.given.published, now),
        content_digest=_digest([given, body_digest]),
        state=ArticleState.READ,
        body_digest=body_digest,
        content_type=item.content_type,
        given=given,
    )
    return FoundItem(listed, body)


def store_pages(session: Session, items: Iterable[FoundItem], now: datetime) -> None:
    """Store the pages of these items, which go before their articles."""
    for item in items:
        if item.body is not None:
            store_body(session, item.body, now)


def _told(given: Given, outlet: str, language: str) -> dict[str, Any]:
    return {
        "title": given.title,
        "text": given.text,
        "html": given.html,
        "authors": list(given.authors),
        "published": given.published.isoformat() if given.published else None,
        "language": given.language or language,
        "outlet": given.outlet or outlet,
        "is_file": True,
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
