"""The three formats of a feed, whatever is in it."""

import json
from datetime import datetime, timedelta, timezone

import feedparser
import pytest

from web.syndication import Entry, Feed, as_atom, as_json_feed, as_rss

NOON = datetime(2026, 3, 4, 12, 30, tzinfo=timezone(timedelta(hours=2)))
ODD = "a\x00\x1b\ud800\ufffe]]> & <b> مصر 🧨"


def feed(text: str = "Toll rises", url: str = "https://herald.example/1?a=1&b=2") -> Feed:
    entry = Entry("urn:storytrail:1", text, url, f"<p>{text}</p>", text, NOON, NOON + timedelta(hours=1))
    return Feed("urn:storytrail:0", text, "https://news.example/", NOON, (entry,))


@pytest.mark.parametrize(("write", "version"), [(as_rss, "rss20"), (as_atom, "atom10")])
def test_dates_links_and_ids_are_where_readers_look(write: object, version: str) -> None:
    found = feedparser.parse(as_rss(feed()) if write is as_rss else as_atom(feed()))
    [entry] = found.entries
    assert (found.bozo, found.version) == (False, version)
    assert (entry.id, entry.link, entry.title) == ("urn:storytrail:1", "https://herald.example/1?a=1&b=2", "Toll rises")
    changed = entry.updated_parsed if version == "atom10" else entry.published_parsed
    assert tuple(changed[:5]) == (2026, 3, 4, 11, 30)


def test_json_has_what_the_standard_wants() -> None:
    written = json.loads(as_json_feed(feed()))
    assert written["version"] == "https://jsonfeed.org/version/1.1"
    [item] = written["items"]
    assert (item["id"], item["url"]) == ("urn:storytrail:1", "https://herald.example/1?a=1&b=2")
    assert (item["date_published"], item["date_modified"]) == ("2026-03-04T10:30:00Z", "2026-03-04T11:30:00Z")


def test_what_xml_cannot_hold_is_left_out() -> None:
    for written in (as_rss(feed(ODD)), as_atom(feed(ODD))):
        assert not feedparser.parse(written).bozo
    assert json.loads(as_json_feed(feed(ODD)))["title"].startswith("a")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "https://x.example/ y"])
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    assert "link" not in feedparser.parse(as_rss(feed(url=url))).entries[0]
    assert "url" not in json.loads(as_json_feed(feed(url=url)))["items"][0]
