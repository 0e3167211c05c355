"""Feeds and pages with which nothing is wrong, and the frames into which attacks put what is."""

from collections.abc import Iterable, Iterator
from html import escape

NEIGHBOUR_BEFORE = "The ferry was in time"
NEIGHBOUR_AFTER = "The bridge is open again"
SENTENCES = (
    "The harbour office said on Monday that the old crane will be taken down in spring. Its steel is to be used for "
    "the new footbridge, which the council approved last year. Work begins when the ferry has changed its berth."
)


def item(number: int | str, title: str, base: str, extra: str = "") -> str:
    """An RSS item that is read from its page. `title` and `extra` are put in as they are."""
    return (
        f"<item><title>{title}</title><link>{base}/article/{number}</link><guid>{base}/article/{number}</guid>"
        f"<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate><description>{SENTENCES}</description>{extra}</item>"
    )


def rss(items: Iterable[str], *, before: str = "", encoding: str = "utf-8") -> str:
    """An RSS feed of these items. `before` goes between the XML declaration and the root."""
    return "".join(rss_pieces(items, before=before, encoding=encoding))


def rss_pieces(items: Iterable[str], *, before: str = "", encoding: str = "utf-8") -> Iterator[str]:
    """The same, piece by piece."""
    yield f'<?xml version="1.0" encoding="{encoding}"?>\n{before}<rss version="2.0" {NAMESPACES}><channel>'
    yield "<title>Harbour notices</title><link>https://harbour.example/</link><description>Notices</description>"
    yield from items
    yield "</channel></rss>"


NAMESPACES = (
    'xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def between_neighbours(base: str, *items: str) -> list[str]:
    """These items with a good one on either side, which must not suffer from them."""
    return [item("before", NEIGHBOUR_BEFORE, base), *items, item("after", NEIGHBOUR_AFTER, base)]


def well_feed(base: str) -> bytes:
    return rss(between_neighbours(base)).encode()


def feed_of_page(url: str, name: str) -> bytes:
    return rss([f"<item><title>{name}</title><link>{url}</link><guid>{url}</guid></item>"]).encode()


def article_page(number: str) -> bytes:
    return html(f"<article><h1>Notice {escape(number)}</h1>{paragraphs(5)}</article>").encode()


def html(body: str, head: str = "") -> str:
    """A page. `head` goes beside the title."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Harbour notices</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def paragraphs(count: int) -> str:
    return f"<p>{SENTENCES}</p>" * count
