"""RSS, RDF and Atom: from feedparser's terms to ours. How feedparser is kept in bounds stands in `bounded`."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from worker.stages.feed.bounded import MAX_AUTHOR_CHARS, Outcome, cut_up, parse
from worker.stages.feed.charset import settled
from worker.stages.feed.dates import from_parsed, from_words
from worker.stages.feed.identity import content_digest, own_uid, told_apart
from worker.stages.feed.links import is_absolute, language_tag, web_link
from worker.stages.feed.model import Entry, Feed, NotAFeed
from worker.stages.feed.reader import PLAIN
from worker.stages.feed.skips import skip_days, skip_hours
from worker.stages.feed.swift import parse_swiftly
from worker.stages.feed.text import MAX_CONTENT_CHARS, MAX_SUMMARY_CHARS, as_markup, one_line, plain, without_controls

MAX_WORDED_DATES = 100  # entries whose date may be looked up in ten languages, some milliseconds each
MAX_TTL_MINUTES = 7 * 24 * 60

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
# The root element of CDF, which names no version: without an item nothing else tells it from an HTML page.
_CHANNEL = re.compile(rb"(?:[^<]++|<!--(?:[^-]++|-(?!->))*+-->|<[?!][^>]*+>)*+<channel[\s>]", re.IGNORECASE)
_PERIOD_MINUTES = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60}


def parse_swift_syndication(body: bytes, *, url: str, content_type: str, max_entries: int) -> Feed | None:
    """Read ordinary RSS, RDF or Atom; None for what is not certain to be read as feedparser reads it."""
    body, content_type = settled(body, content_type)
    outcome = parse_swiftly(body, url=url, content_type=content_type, max_entries=max_entries)
    return None if outcome is None else _feed(outcome, body, url, max_entries)


def parse_syndication(
    body: bytes, *, url: str, content_type: str, body_truncated: bool, max_entries: int
) -> Feed | NotAFeed:
    """Read RSS, RDF or Atom, as far as it can be read; what was left out is said in `truncated`."""
    body, content_type = settled(body, content_type)
    cut, notes = cut_up(body, body_truncated=body_truncated, max_entries=max_entries)
    outcome = parse(cut, {"content-type": content_type, "content-location": url})
    if outcome.lost:
        notes = [*notes, f"{outcome.lost} entries that cannot be parsed"]
    if not outcome.version and not outcome.entries and not _CHANNEL.match(body):
        return NotAFeed(_why_not(body, outcome))
    if len(outcome.entries) > max_entries:
        notes = [*notes, f"the first {max_entries} of {len(outcome.entries)} entries"]
    return _feed(outcome, body, url, max_entries, "; ".join(notes) or None)


def _why_not(body: bytes, outcome: Outcome) -> str:
    if outcome.lost:
        return "it looks like a feed, but none of it can be parsed"
    if _HTML.search(body[:4096]):
        return "it is an HTML page, not a feed"
    return "it is in no format of feeds that is known"


def _feed(outcome: Outcome, body: bytes, url: str, max_entries: int, truncated: str | None = None) -> Feed:
    feed = outcome.feed
    language = language_tag(_text(feed, "language")) or language_tag(_text(_get(feed, "title_detail"), "language"))
    read = (
        _entry(entry, url, language, look_up_date=place < MAX_WORDED_DATES)
        for place, entry in enumerate(outcome.entries[:max_entries])
    )
    return Feed(
        title=one_line(_shown(feed, "title")),
        language=language,
        link=_absolute(url, _text(feed, "link")),
        kind=outcome.version,
        entries=told_apart(read),
        ttl_minutes=_ttl_minutes(feed),
        truncated=truncated,
        hub=next(_links(feed, "hub"), ""),
        own_url=next(_links(feed, "self"), ""),
        skip_hours=skip_hours(body),
        skip_days=skip_days(body),
    )


def _entry(entry: Mapping[str, Any], base: str, feed_language: str, *, look_up_date: bool) -> Entry:
    raw, published = _published(entry, look_up_date=look_up_date)
    guid, url = without_controls(_text(entry, "id")).strip(), _address(entry, base)
    title, summary, content = one_line(_shown(entry, "title")), _summary(entry), _content(entry)
    published_raw = one_line(raw)
    return Entry(
        uid=own_uid(guid, url, title, published_raw),
        guid=guid,
        url=url,
        title=title,
        published=published,
        published_raw=published_raw,
        updated=from_parsed(_get(entry, "updated_parsed")),
        authors=_authors(entry),
        summary=summary,
        content=content,
        language=_language(entry) or feed_language,
        content_digest=content_digest(title, summary, content),
    )


def _get(holder: Mapping[str, Any], name: str) -> Any:
    """A plain look-up: feedparser's own dictionaries answer with another field when the one asked for is missing."""
    return dict.get(holder, name) if isinstance(holder, dict) else None


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = dict.get(holder, name) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, Any], name: str) -> list[Any]:
    value = _get(holder, name)
    return value if isinstance(value, list) else []


def _kind(holder: Mapping[str, Any], name: str) -> str:
    """The type of a text; HTML where none is given."""
    detail = _get(holder, f"{name}_detail")
    return _text(detail, "type") if isinstance(detail, dict) else "text/html"


def _shown(holder: Mapping[str, Any], name: str) -> str:
    """What a reader would see of a title or summary.

    Where feedparser took text and type from different elements, the text is right.
    """
    value = _text(holder, name)
    return without_controls(value) if _kind(holder, name) == PLAIN else plain(value)


def _summary(entry: Mapping[str, Any]) -> str:
    """Summaries called plain text often hold markup, and those in HTML markup that was escaped twice."""
    shown = _shown(entry, "summary")
    is_plain = "<" not in shown and "&" not in shown and len(shown) < MAX_SUMMARY_CHARS
    return shown if is_plain and _kind(entry, "summary") != PLAIN else plain(shown)


def _content(entry: Mapping[str, Any]) -> str:
    """The longest of all texts, as HTML."""
    told = [_markup(_text(part, "value"), _text(part, "type")) for part in _contents(entry)]
    told.append(_markup(_text(entry, "summary"), _kind(entry, "summary")))
    return max(told, key=len)[:MAX_CONTENT_CHARS]


def _contents(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [part for part in _list(entry, "content") if isinstance(part, dict)]


def _markup(value: str, kind: str) -> str:
    value = without_controls(value)
    return as_markup(value) if kind == PLAIN else value


def _published(entry: Mapping[str, Any], *, look_up_date: bool) -> tuple[str, Any]:
    """The date as written and as read: published, else created, else updated."""
    for name in ("published", "created", "updated"):
        raw = _text(entry, name)
        if raw:
            found = from_parsed(_get(entry, f"{name}_parsed"))
            return raw, found or (from_words(raw.strip()) if look_up_date else None)
    return "", None


def _address(entry: Mapping[str, Any], base: str) -> str:
    """The article's address: what an aggregator says the original link is, the link, an alternate, a permanent id."""
    for found in (_text(entry, "feedburner_origlink"), _own_link(entry)):
        address = _absolute(base, found)
        if address:
            return address
    permanent = "" if _get(entry, "guidislink") is False else _text(entry, "id")
    return next(_links(entry, "alternate"), "") or web_link(permanent)


def _own_link(entry: Mapping[str, Any]) -> str:
    """The link; or an alternate one, where feedparser took an enclosure's for it, as it does when that is a text."""
    link, listed = _text(entry, "link"), _list(entry, "links")
    relations = [_text(each, "rel") for each in listed if _text(each, "href") == link] if len(listed) > 1 else []
    is_another = bool(relations) and "alternate" not in relations
    return (is_another and next(_links(entry, "alternate"), "")) or link


def _absolute(base: str, link: str) -> str:
    link = link.strip()
    if not link or is_absolute(link):
        return link
    try:
        return web_link(urljoin(base, link))
    except ValueError:
        return ""


def _links(holder: Mapping[str, Any], relation: str) -> Iterator[str]:
    for link in _list(holder, "links"):
        if relation in _text(link, "rel").split() and web_link(_text(link, "href")):
            yield web_link(_text(link, "href"))


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    named = [_text(author, "name") or _text(author, "email") for author in _list(entry, "authors")]
    shown = (_shown_name(name) for name in (named if any(named) else [_text(entry, "author")]))
    return tuple(dict.fromkeys(name for name in shown if name))


@lru_cache(maxsize=1024)
def _shown_name(name: str) -> str:
    return one_line(plain(name, MAX_AUTHOR_CHARS))


def _language(entry: Mapping[str, Any]) -> str:
    """The entry's own language, or that of the first of its texts that has one."""
    tag = language_tag(_text(entry, "language"))
    for told in (*_contents(entry), _get(entry, "title_detail"), _get(entry, "summary_detail")):
        tag = tag or language_tag(_text(told, "language"))
    return tag


def _ttl_minutes(feed: Mapping[str, Any]) -> int | None:
    """RSS `ttl`, or the syndication module's so many times an hour, day or week."""
    ttl = _text(feed, "ttl").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 9:
        return min(int(ttl), MAX_TTL_MINUTES) or None
    period = _PERIOD_MINUTES.get(_text(feed, "sy_updateperiod").strip().lower())
    often = _text(feed, "sy_updatefrequency").strip()
    if period is None:
        return None
    return max(1, period // max(1, int(often) if often.isascii() and often.isdigit() and len(often) < 9 else 1))
