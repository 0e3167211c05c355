"""Feeds of every kind can be read back: feedparser for RSS and Atom, the letter of the specification for JSON Feed."""

import json
from dataclasses import replace
from datetime import datetime
from html import unescape

import feedparser
import pytest

from seeds.feeds import CONTENT_TYPES, MOST_ITEMS, write_feed
from seeds.world import FeedKind, Outlet, World

BASE = "http://news.example"


def outlets(world: World, *kinds: FeedKind) -> list[Outlet]:
    return [outlet for outlet in world.outlets if outlet.feed in kinds]


@pytest.mark.parametrize(
    ("kind", "version"), [(FeedKind.RSS_SUMMARY, "rss20"), (FeedKind.RSS_CONTENT, "rss20"), (FeedKind.ATOM, "atom10")]
)
def test_xml_feeds_parse_with_every_article_newest_first(world: World, kind: FeedKind, version: str) -> None:
    for outlet in outlets(world, kind):
        articles = world.of(outlet)
        feed = feedparser.parse(
            write_feed(outlet, articles, BASE), response_headers={"content-type": CONTENT_TYPES[kind]}
        )
        assert (feed.version, feed.feed.title) == (version, outlet.name)
        assert [entry.title for entry in feed.entries] == [article.title for article in reversed(articles)]
        assert [entry.link for entry in feed.entries] == [BASE + article.path for article in reversed(articles)]
        for entry, article in zip(feed.entries, reversed(articles), strict=True):
            assert entry.published_parsed[:5] == article.published.utctimetuple()[:5]
            assert entry.author.split(", ")[0] in article.authors
            assert ("content" in entry) == (kind != FeedKind.RSS_SUMMARY)


def test_full_text_feeds_carry_the_text(world: World) -> None:
    for outlet in outlets(world, FeedKind.RSS_CONTENT, FeedKind.ATOM):
        articles = world.of(outlet)
        entries = feedparser.parse(write_feed(outlet, articles, BASE)).entries
        for entry, article in zip(entries, reversed(articles), strict=True):
            content = unescape(entry.content[0].value)
            assert [part.text for part in article.paragraphs if part.text not in content] == [], article.label


def test_json_feeds_are_valid(world: World) -> None:
    for outlet in outlets(world, FeedKind.JSON):
        articles = world.of(outlet)
        feed = json.loads(write_feed(outlet, articles, BASE))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"] == outlet.name
        assert [item["id"] for item in feed["items"]] == [BASE + article.path for article in reversed(articles)]
        for item, article in zip(feed["items"], reversed(articles), strict=True):
            assert datetime.fromisoformat(item["date_published"]) == article.published
            assert item["content_html"].count("<p>") == len(article.paragraphs)
            assert [author["name"] for author in item["authors"]] == list(article.authors)


def test_a_correction_shows_in_the_feed(world: World) -> None:
    (article,) = [article for article in world.articles if article.revision]
    assert article.revision is not None
    outlet = world.outlet(article.outlet)
    before, after = (
        feedparser.parse(write_feed(outlet, (article.as_of(moment),), BASE)).entries[0]
        for moment in (article.published, article.revision.at)
    )
    assert before.id == after.id
    assert before.published_parsed == after.published_parsed
    assert before.updated_parsed < after.updated_parsed
    assert "Seventeen" in after.title


def test_a_feed_in_a_turkish_encoding_reads_well(world: World) -> None:
    outlet = world.outlet("kopru")
    body = write_feed(outlet, world.of(outlet), BASE)
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    titles = [entry.title for entry in feedparser.parse(body).entries]
    assert "Erdoğan yeni köprünün açılışını yaptı" in titles


def test_a_feed_lists_no_more_than_real_ones_do(world: World) -> None:
    outlet = world.outlet("meridian")
    many = tuple(replace(world.articles[0], slug=str(number)) for number in range(MOST_ITEMS + 5))
    entries = feedparser.parse(write_feed(outlet, many, BASE)).entries
    assert len(entries) == MOST_ITEMS


def test_an_empty_feed_is_a_feed(world: World) -> None:
    for outlet in outlets(world, FeedKind.RSS_SUMMARY, FeedKind.ATOM):
        feed = feedparser.parse(write_feed(outlet, (), BASE))
        assert feed.version
        assert feed.entries == []
