"""RSS, RDF and Atom: from feedparser's terms to ours. How feedparser is kept in bounds stands in `bounded`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from worker.stages.feed.bounded import MAX_AUTHOR_CHARS, Outcome, cut_up, parse
from worker.stages.feed.charset import settled
from worker.stages.feed.dates import from_parsed, from_words
from worker.stages.feed.identity import identified
from worker.stages.feed.links import language_tag, web_link
from worker.stages.feed.model import Entry, Feed, NotAFeed
from worker.stages.feed.text import MAX_CONTENT_CHARS, as_markup, one_line, plain, without_controls

MAX_WORDED_DATES = 100  # entries whose date may be looked up in ten languages, some milliseconds each
MAX_TTL_MINUTES = 7 * 24 * 60

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_PERIOD_MINUTES = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60}


def parse_syndication(
    body: bytes, *, url: str, content_type: str, body_truncated: bool, max_entries: int
) -> Feed | NotAFeed:
    """Read RSS, RDF or Atom, as far as it can be read; what was left out is said in `truncated`."""
    body, content_type = settled(body, content_type)
    cut, notes = cut_up(body, body_truncated=body_truncated, max_entries=max_entries)
    outcome = parse(cut, {"content-type": content_type, "content-location": url})
    if outcome.lost:
        notes = [*notes, f"{outcome.lost} entries that cannot be parsed"]
    if not outcome.version and not outcome.entries:
        return NotAFeed(_why_not(body, outcome))
    if len(outcome.entries) > max_entries:
        notes = [*notes, f"the first {max_entries} of {len(outcome.entries)} entries"]
    return _feed(outcome, url, max_entries, "; ".join(notes) or None)


def _why_not(body: bytes, outcome: Outcome) -> str:
    if outcome.lost:
        return "it looks like a feed, but none of it can be parsed"
    if _HTML.search(body[:4096]):
        return "it is an HTML page, not a feed"
    return "it is in no format of feeds that is known"


def _feed(outcome: Outcome, url: str, max_entries: int, truncated: str | None) -> Feed:
    feed = outcome.feed
    language = language_tag(_text(feed, "language")) or language_tag(_text(_detail(feed, "title"), "language"))
    read = (
        _entry(entry, url, language, look_up_date=place < MAX_WORDED_DATES)
        for place, entry in enumerate(outcome.entries[:max_entries])
    )
    return Feed(
        title=one_line(_shown(_detail(feed, "title"))),
        language=language,
        link=_absolute(url, _text(feed, "link")),
        kind=outcome.version,
        entries=identified(read),
        ttl_minutes=_ttl_minutes(feed),
        truncated=truncated,
        hub=next(_links(feed, "hub"), ""),
        own_url=next(_links(feed, "self"), ""),
    )


def _entry(entry: Mapping[str, Any], base: str, feed_language: str, *, look_up_date: bool) -> Entry:
    summary = _detail(entry, "summary")
    contents = [part for part in _list(entry, "content") if isinstance(part, dict)]
    raw, published = _published(entry, look_up_date=look_up_date)
    return Entry(
        uid="",
        guid=without_controls(_text(entry, "id")).strip(),
        url=_address(entry, base),
        title=one_line(_shown(_detail(entry, "title"))),
        published=published,
        published_raw=one_line(raw),
        updated=from_parsed(_get(entry, "updated_parsed")),
        authors=tuple(dict.fromkeys(_authors(entry))),
        summary=plain(_shown(summary)),
        content=max((_markup(part) for part in [*contents, summary]), key=len, default="")[:MAX_CONTENT_CHARS],
        language=_language(entry, contents) or feed_language,
    )


def _get(holder: Mapping[str, Any], name: str) -> Any:
    """A plain look-up: feedparser's own dictionaries answer with another field when the one asked for is missing."""
    return dict.get(holder, name) if isinstance(holder, dict) else None


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = _get(holder, name)
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, Any], name: str) -> list[Any]:
    value = _get(holder, name)
    return value if isinstance(value, list) else []


def _detail(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A text with its type and language. Where feedparser took the two from different elements, the text is right."""
    value, detail = _text(holder, name), _get(holder, f"{name}_detail")
    return {**detail, "value": value} if isinstance(detail, dict) else {"value": value, "type": "text/html"}


def _shown(detail: Mapping[str, Any]) -> str:
    """What a reader would see of a title or summary."""
    value = _text(detail, "value")
    return without_controls(value) if _text(detail, "type") == "text/plain" else plain(value)


def _markup(detail: Mapping[str, Any]) -> str:
    value = without_controls(_text(detail, "value"))
    return as_markup(value) if _text(detail, "type") == "text/plain" else value


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
    permanent = "" if _get(entry, "guidislink") is False else _text(entry, "id")
    origin, link = _text(entry, "feedburner_origlink"), _text(entry, "link")
    candidates = [*(_absolute(base, found) for found in (origin, link)), *_links(entry, "alternate")]
    return next((address for address in [*candidates, web_link(permanent)] if address), "")


def _absolute(base: str, link: str) -> str:
    if not link.strip():
        return ""
    try:
        return web_link(urljoin(base, link.strip()))
    except ValueError:
        return ""


def _links(holder: Mapping[str, Any], relation: str) -> Iterator[str]:
    for link in _list(holder, "links"):
        if _text(link, "rel") == relation and web_link(_text(link, "href")):
            yield web_link(_text(link, "href"))


def _authors(entry: Mapping[str, Any]) -> Iterator[str]:
    named = [_text(author, "name") or _text(author, "email") for author in _list(entry, "authors")]
    for name in named if any(named) else [_text(entry, "author")]:
        shown = one_line(plain(name, MAX_AUTHOR_CHARS))
        if shown:
            yield shown


def _language(entry: Mapping[str, Any], contents: list[Any]) -> str:
    details = [*contents, _detail(entry, "title"), _detail(entry, "summary")]
    tags = (language_tag(_text(detail, "language")) for detail in details)
    return language_tag(_text(entry, "language")) or next((tag for tag in tags if tag), "")


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
