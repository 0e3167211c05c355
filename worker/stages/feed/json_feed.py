"""JSON Feed 1.0 and 1.1 (jsonfeed.org): the format is small, so it is read here; wrong types count as missing."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from worker.stages.feed.dates import from_iso
from worker.stages.feed.identity import identified
from worker.stages.feed.links import language_tag, web_link
from worker.stages.feed.model import Entry, Feed, NotAFeed
from worker.stages.feed.text import MAX_CONTENT_CHARS, as_markup, one_line, plain, without_controls

_VERSION = re.compile(r"^https?://(?:www\.)?jsonfeed\.org/version/(\d)(?:\.(\d))?")


def looks_like_json(body: bytes) -> bool:
    return body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def parse_json_feed(body: bytes, *, url: str, max_entries: int) -> Feed | NotAFeed:
    """Read a JSON Feed. Other JSON is NotAFeed."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return NotAFeed("it looks like JSON and cannot be read as such")
    version = _VERSION.match(_text(document, "version"))
    items = document.get("items")
    if version is None or not isinstance(items, list):
        return NotAFeed("it is JSON, but not a JSON Feed")
    own_language = language_tag(_text(document, "language"))
    entries = identified(_entry(item, url, own_language) for item in items[:max_entries] if isinstance(item, dict))
    return Feed(
        title=one_line(_text(document, "title")),
        language=own_language,
        link=web_link(urljoin(url, _text(document, "home_page_url"))) if document.get("home_page_url") else "",
        kind=f"json1{version[2] or ''}".replace("json10", "json1"),
        entries=entries,
        truncated=f"the first {max_entries} of {len(items)} entries" if len(items) > max_entries else None,
        hub=next(_hubs(document), ""),
        own_url=web_link(_text(document, "feed_url")),
    )


def _entry(item: Mapping[str, Any], base: str, feed_language: str) -> Entry:
    markup, text = _text(item, "content_html"), _text(item, "content_text")
    summary = _text(item, "summary")
    content = max(markup, as_markup(without_controls(text)), key=len)
    link = _text(item, "url") or _text(item, "external_url")
    published = _text(item, "date_published")
    return Entry(
        uid="",
        guid=one_line(_text(item, "id")),
        url=_link(base, link),
        title=one_line(_text(item, "title")),
        published=from_iso(published),
        published_raw=one_line(published),
        updated=from_iso(_text(item, "date_modified")),
        authors=tuple(dict.fromkeys(_authors(item))),
        summary=plain(as_markup(summary)),
        content=without_controls(content)[:MAX_CONTENT_CHARS],
        language=language_tag(_text(item, "language")) or feed_language,
    )


def _link(base: str, link: str) -> str:
    try:
        return web_link(urljoin(base, link)) if link else ""
    except ValueError:
        return ""


def _text(holder: Any, name: str) -> str:
    """A text, or a number as text: some feeds number their ids."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    """Names from `authors` (1.1) or `author` (1.0)."""
    listed = item.get("authors")
    for author in listed if isinstance(listed, list) else [item.get("author")]:
        name = one_line(_text(author, "name"))
        if name:
            yield name


def _hubs(document: Mapping[str, Any]) -> Iterator[str]:
    hubs = document.get("hubs")
    for hub in hubs if isinstance(hubs, list) else []:
        if _text(hub, "type").lower() == "websub" and web_link(_text(hub, "url")):
            yield web_link(_text(hub, "url"))
