"""A feed in three formats: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. What is in it is decided elsewhere.

No format names the feed's own address: it holds a key, and readers that follow such a link without it would stand
before a closed door.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree

GENERATOR = "Storytrail"
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"

# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as it was told so far. `html` is safe to show; `url` is of the report that the title is about."""

    id: str
    title: str
    url: str
    html: str
    text: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A topic's feed; `home` is the web page's address."""

    id: str
    title: str
    home: str
    updated: datetime
    entries: tuple[Entry, ...]


Writer = Callable[[Feed], bytes]


def as_rss(feed: Feed) -> bytes:
    """An item's date is when it last changed: readers sort by it, and RSS knows no other."""
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.home)
    _add(channel, "description", f"{feed.title}: what is new")
    _add(channel, "lastBuildDate", _rfc_822(feed.updated))
    _add(channel, "generator", GENERATOR)
    for entry in feed.entries:
        item = etree.SubElement(channel, "item")
        _add(item, "title", entry.title)
        if _is_link(entry.url):
            _add(item, "link", entry.url)
        _add(item, "guid", entry.id, isPermaLink="false")
        _add(item, "pubDate", _rfc_822(entry.updated))
        _add(item, "description", entry.html)
    return _document(root)


def as_atom(feed: Feed) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _rfc_3339(feed.updated))
    _add(root, "generator", GENERATOR)
    _add(_add(root, "author", ""), "name", GENERATOR)
    _add(root, "link", "", rel="alternate", type="text/html", href=feed.home)
    for entry in feed.entries:
        item = _add(root, "entry", "")
        _add(item, "id", entry.id)
        _add(item, "title", entry.title)
        if _is_link(entry.url):
            _add(item, "link", "", rel="alternate", href=entry.url)
        _add(item, "published", _rfc_3339(entry.published))
        _add(item, "updated", _rfc_3339(entry.updated))
        _add(item, "content", entry.html, type="html")
    return _document(root)


def as_json_feed(feed: Feed) -> bytes:
    document = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.home,
        "authors": [{"name": GENERATOR}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_item(entry: Entry) -> dict[str, str]:
    item = {
        "id": entry.id,
        "title": entry.title,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": _rfc_3339(entry.published),
        "date_modified": _rfc_3339(entry.updated),
    }
    return item | {"url": entry.url} if _is_link(entry.url) else item


def _add(parent: Any, name: str, text: str, **attributes: str) -> Any:
    """An element below another, in its namespace."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    for attribute, value in attributes.items():
        element.set(attribute, _UNWRITABLE.sub("", value))
    element.text = _UNWRITABLE.sub("", text) or None
    return element


def _document(root: Any) -> bytes:
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _is_link(url: str) -> bool:
    return _WEB.fullmatch(url) is not None


def _rfc_822(when: datetime) -> str:
    return format_datetime(when.astimezone(UTC), usegmt=True)


def _rfc_3339(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
