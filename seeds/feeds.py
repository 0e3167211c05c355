"""The feeds of the demo's outlets: RSS 2.0, Atom and JSON Feed, as bytes with their content type.

Feeds only: which articles are out and when is decided by the site.
"""

import json
from collections.abc import Callable, Mapping
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from seeds.world import Article, FeedKind, Outlet, Paragraph

MOST_ITEMS = 20  # what most real feeds list
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
XML = "http://www.w3.org/XML/1998/namespace"
CONTENT_TYPES = {
    FeedKind.RSS_SUMMARY: "application/rss+xml",
    FeedKind.RSS_CONTENT: "application/rss+xml",
    FeedKind.ATOM: "application/atom+xml",
    FeedKind.JSON: "application/feed+json",
}

ET.register_namespace("atom", ATOM)
ET.register_namespace("content", CONTENT)
ET.register_namespace("dc", DUBLIN_CORE)


def write_feed(outlet: Outlet, articles: tuple[Article, ...], base_url: str) -> bytes:
    """The outlet's feed, newest first. `articles` are those that are out, oldest first, as they read now."""
    newest = articles[: -MOST_ITEMS - 1 : -1]
    return _WRITERS[outlet.feed](outlet, newest, base_url)


def _rss_with_summaries(outlet: Outlet, articles: tuple[Article, ...], base_url: str) -> bytes:
    root, channel = _rss(outlet, base_url)
    for article in articles:
        _rss_item(channel, article, base_url)
    return _encoded(root, outlet)


def _rss_with_content(outlet: Outlet, articles: tuple[Article, ...], base_url: str) -> bytes:
    root, channel = _rss(outlet, base_url)
    for article in articles:
        item = _rss_item(channel, article, base_url)
        _add(item, f"{{{CONTENT}}}encoded", _html(article.paragraphs))
    return _encoded(root, outlet)


def _rss(outlet: Outlet, base_url: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", outlet.name)
    _add(channel, "link", base_url + outlet.home_address)
    _add(channel, "description", outlet.tagline)
    _add(channel, "language", outlet.language)
    _add(channel, f"{{{ATOM}}}link", rel="self", href=base_url + outlet.feed_address)
    return root, channel


def _rss_item(channel: ET.Element, article: Article, base_url: str) -> ET.Element:
    item = ET.SubElement(channel, "item")
    _add(item, "title", article.title)
    _add(item, "link", base_url + article.path)
    _add(item, "guid", base_url + article.path, isPermaLink="true")
    _add(item, "pubDate", format_datetime(article.published))
    for author in article.authors:
        _add(item, f"{{{DUBLIN_CORE}}}creator", author)
    _add(item, "description", article.summary)
    return item


def _atom(outlet: Outlet, articles: tuple[Article, ...], base_url: str) -> bytes:
    root = ET.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": outlet.language})
    _add(root, f"{{{ATOM}}}title", outlet.name)
    _add(root, f"{{{ATOM}}}id", base_url + outlet.home_address)
    _add(root, f"{{{ATOM}}}link", rel="alternate", href=base_url + outlet.home_address)
    _add(root, f"{{{ATOM}}}link", rel="self", href=base_url + outlet.feed_address)
    if articles:
        _add(root, f"{{{ATOM}}}updated", max(article.updated for article in articles).isoformat())
    for article in articles:
        _atom_entry(root, article, base_url)
    return _encoded(root, outlet)


def _atom_entry(root: ET.Element, article: Article, base_url: str) -> None:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, f"{{{ATOM}}}title", article.title)
    _add(entry, f"{{{ATOM}}}id", f"tag:{article.outlet}.example,2025:{article.slug}")
    _add(entry, f"{{{ATOM}}}link", rel="alternate", href=base_url + article.path)
    _add(entry, f"{{{ATOM}}}published", article.published.isoformat())
    _add(entry, f"{{{ATOM}}}updated", article.updated.isoformat())
    for author in article.authors:
        _add(ET.SubElement(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", author)
    _add(entry, f"{{{ATOM}}}summary", article.summary)
    _add(entry, f"{{{ATOM}}}content", _html(article.paragraphs), type="html")


def _json(outlet: Outlet, articles: tuple[Article, ...], base_url: str) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": outlet.tagline,
        "home_page_url": base_url + outlet.home_address,
        "feed_url": base_url + outlet.feed_address,
        "language": outlet.language,
        "items": [_json_item(article, base_url) for article in articles],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode(outlet.charset)


def _json_item(article: Article, base_url: str) -> Mapping[str, object]:
    return {
        "id": base_url + article.path,
        "url": base_url + article.path,
        "title": article.title,
        "summary": article.summary,
        "content_html": _html(article.paragraphs),
        "date_published": article.published.isoformat(),
        "date_modified": article.updated.isoformat(),
        "authors": [{"name": author} for author in article.authors],
    }


def _html(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n".join(
        f"<h2>{escape(paragraph.text)}</h2>" if paragraph.is_heading else f"<p>{escape(paragraph.text)}</p>"
        for paragraph in paragraphs
    )


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _encoded(root: ET.Element, outlet: Outlet) -> bytes:
    body: bytes = ET.tostring(root, encoding=outlet.charset, xml_declaration=True)
    return body


_WRITERS: Mapping[FeedKind, Callable[[Outlet, tuple[Article, ...], str], bytes]] = {
    FeedKind.RSS_SUMMARY: _rss_with_summaries,
    FeedKind.RSS_CONTENT: _rss_with_content,
    FeedKind.ATOM: _atom,
    FeedKind.JSON: _json,
}
