"""An index of sitemaps: which of them are worth a look now.

We follow news and do not crawl archives: what is a week old, or is named for tags, authors or pictures, is never asked.
How an index is read stands in `sitemap`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from worker.stages.feed.listing import day_in, last_of_month, moment_of

FRESH = timedelta(days=7)

_NEWS_NAME = re.compile(r"news|latest|today|recent|breaking|nachrichten|noticias|actualit", re.IGNORECASE)
_NO_NEWS_NAME = re.compile(
    r"(?<![a-z])(?:authors?|categor(?:y|ies)|images?|keywords?|post_tag|products?|profiles?|sections?|tags?|topics?"
    r"|users?|videos?)(?![a-z])|(?<![a-z])page-sitemap",
    re.IGNORECASE,
)
_ARCHIVE_NAME = re.compile(r"(?<![a-z])archives?(?![a-z])", re.IGNORECASE)
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_/.]?(?P<month>0[1-9]|1[0-2]))?(?!\d)")
_PARAMETER = re.compile(r"[?&]\w+=")


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap in an index. `lastmod` as it is written there, empty when missing."""

    url: str
    lastmod: str = ""


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """Sitemaps of the same site as the index, the last changed first. `truncated`: what was left out and why."""

    url: str
    children: tuple[Child, ...]
    truncated: str | None = None


def children_to_ask(index: SitemapIndex, seen: Mapping[str, str], now: datetime, most: int) -> tuple[Child, ...]:
    """Which sitemaps of an index to fetch now, at most `most` (two or more, or some never have their turn).

    Those named for news come first, then those that changed, the newest first. A quarter of the places is for the
    rest, those without a date among them, in turn. `seen`: see `remember`. Archives, and lists of tags, authors or
    pictures, are never asked.
    """
    worth = [child for child in index.children if _is_worth_asking(child, seen.get(child.url), now)]
    urgent = sorted((child for child in worth if child.lastmod or _is_news(child)), key=_urgency, reverse=True)
    kept_free = max(1, most // 4) if len(worth) > most > 1 else 0
    first = urgent[: most - kept_free]
    rest = sorted((child for child in worth if child not in first), key=lambda child: seen.get(child.url, ""))
    return (*first, *rest[: most - len(first)])


def remember(index: SitemapIndex, seen: Mapping[str, str], asked: Iterable[Child], now: datetime) -> dict[str, str]:
    """What to give as `seen` the next time: by address, the date under which a sitemap was asked, or else when.

    Sitemaps that the index no longer lists are forgotten.
    """
    listed = {child.url for child in index.children}
    kept = {url: stamp for url, stamp in seen.items() if url in listed}
    return kept | {child.url: child.lastmod or now.astimezone(UTC).isoformat() for child in asked}


def _is_worth_asking(child: Child, seen: str | None, now: datetime) -> bool:
    if _NO_NEWS_NAME.search(urlsplit(child.url).path) or _is_archive(child, now):
        return False
    return not child.lastmod or child.lastmod != seen


def _is_archive(child: Child, now: datetime) -> bool:
    """Whether all in it is old, by its name or by when it changed."""
    oldest = now - FRESH
    changed, named = moment_of(child.lastmod), _last_day(_name(child))
    if named is not None and named < oldest.date():
        return True
    if changed is not None:
        return changed < oldest
    return bool(_ARCHIVE_NAME.search(_name(child)))


def _last_day(name: str) -> date | None:
    """The last day of the day, month or year that a sitemap is named for."""
    name = _PARAMETER.sub("/", name)
    day = day_in(name)
    if day is not None:
        return day
    found = _YEAR_IN_NAME.search(name)
    return last_of_month(int(found["year"]), int(found["month"] or 12)) if found else None


def _is_news(child: Child) -> bool:
    return bool(_NEWS_NAME.search(_name(child)))


def _name(child: Child) -> str:
    parts = urlsplit(child.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _urgency(child: Child) -> tuple[bool, float]:
    changed = moment_of(child.lastmod)
    return _is_news(child), changed.timestamp() if changed else 0.0
