"""The feeds that a page announces, from a page that was fetched: nothing is asked for here."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HTMLParser, fromstring

from worker.stages.feed.links import web_link

MAX_FEEDS = 20

_TYPES = frozenset(
    [
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/x-rss+xml",
        "text/rss+xml",
        "text/xml",
        "application/xml",
    ]
)
_COMMENTS = ("comments", "commentaires", "comentarios", "kommentare")


def discover_feeds(html: bytes, url: str) -> tuple[str, ...]:
    """Addresses of feeds in the page's head, in the page's own order, those of comments last."""
    announced = dict(_announced(html, url))
    in_order = sorted(announced, key=lambda address: _is_about_comments(address, announced[address]))
    return tuple(in_order[:MAX_FEEDS])


def _announced(html: bytes, url: str) -> Iterator[tuple[str, str]]:
    try:
        page = fromstring(html, parser=HTMLParser())
    except (etree.LxmlError, ValueError, AssertionError):
        return
    base = urljoin(url, next((str(found.get("href") or "") for found in page.iter("base")), ""))
    for link in page.iter("link"):
        relations = str(link.get("rel") or "").lower().split()
        kind = str(link.get("type") or "").partition(";")[0].strip().lower()
        if "feed" in relations or ("alternate" in relations and kind in _TYPES):
            address = _joined(base, str(link.get("href") or ""))
            if address:
                yield address, str(link.get("title") or "")


def _joined(base: str, link: str) -> str:
    try:
        return web_link(urljoin(base, link.strip())) if link.strip() else ""
    except ValueError:
        return ""


def _is_about_comments(address: str, title: str) -> bool:
    return any(word in f"{address} {title}".lower() for word in _COMMENTS)
