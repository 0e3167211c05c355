"""The swift way reads as feedparser does, or declines; it does not decline ordinary feeds; and nothing holds it up."""

import time
from collections.abc import Set
from datetime import UTC, datetime

import pytest
from feedparser.datetimes import _parse_date
from feedparser.urls import resolve_relative_uris
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from seeds.feeds import CONTENT_TYPES, write_feed
from seeds.world import FeedKind, load_world
from tests.worker.stages.odd_feeds import any_markup, feeds
from tests.worker.stages.ordinary_feeds import ORDINARY
from worker.stages.feed import Feed, NotAFeed, parse_feed, parse_feed_swiftly, parse_feed_thoroughly
from worker.stages.feed.absolute import absolute_markup
from worker.stages.feed.dates import from_parsed, from_standard
from worker.stages.feed.swift import MAX_BYTES, MAX_MARKS
from worker.stages.feed.text import _in_lines, _parsed_text, _simple_text
from worker.stages.feed.unsure import Effort, UnsureError

URL = "https://news.example/feeds/world.xml"
HEAD = (
    b'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    b'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>World</title>'
)
TAIL = b"</channel></rss>"
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>World</title>'

patient = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def rss(*items: bytes, head: bytes = b"") -> bytes:
    return HEAD + head + b"".join(b"<item>" + item + b"</item>" for item in items) + TAIL


def read_both_ways(body: bytes) -> Feed:
    swift, thorough = parse_feed_swiftly(body, url=URL), parse_feed_thoroughly(body, url=URL)
    assert swift == thorough
    assert isinstance(swift, Feed)
    return swift


# Equality


@patient
@given(feeds())
@example((b"<rss version='2.0'><channel><image><name/><title>t</title></image></channel></rss>", ""))
@example((b"<rss version='2.0'><channel><textInput><url/><link>/x</link></textInput></channel></rss>", ""))
@example(
    (b"<rss><channel><item><description>&lt;code&gt;&lt;&amp;lt;br /&gt;</description></item></channel></rss>", "")
)
@example((b'<rdf:RDF xmlns:rdf="urn:x" xmlns="http://purl.org/rss/1.0/"><item rdf:about="/1"/></rdf:RDF>', ""))
@example(("<rss><channel><title>t</title></channel></rss>".encode("utf-16-be"), ""))
def test_what_is_read_swiftly_is_what_feedparser_reads(feed: tuple[bytes, str]) -> None:
    body, content_type = feed
    swift = parse_feed_swiftly(body, url=URL, content_type=content_type)
    assert swift is None or swift == parse_feed_thoroughly(body, url=URL, content_type=content_type)


@patient
@given(any_markup, st.sampled_from([URL, "https://news.example", "https://news.example/a?b=c"]))
@example("<a title='&#34;' href=\"/x\" HREF='/y' b c=d>&copy 1 &T; &#150; <!-- - --  >", URL)
def test_markup_is_rewritten_as_feedparser_rewrites_it(markup: str, base: str) -> None:
    try:
        rewritten = absolute_markup(markup, base, Effort())
    except UnsureError:
        return
    assert rewritten == resolve_relative_uris(markup, base, "utf-8", "text/html")


@patient
@given(any_markup)
@example("<ul><li>a</li> <li>b &#8217;&amp;&nbsp;</li></ul><!--more--><img src=x />c<br>d")
def test_simple_markup_has_the_text_that_its_tree_has(markup: str) -> None:
    simple = _simple_text(markup.replace("\x92", ""))
    assert _in_lines(simple) in ("", _in_lines(_parsed_text(markup.replace("\x92", ""))))


_days, _months = st.sampled_from(["Mon, ", "Tue, ", "Sat, ", ""]), st.sampled_from(["Jan", "Oct", "Sep", "Okt", "oct"])
_zones = st.one_of(
    st.sampled_from(["GMT", "UTC", "Z", "EST"]), st.from_regex(r"[+-][0-9]{2}:?[0-9]{2}", fullmatch=True)
)


@patient
@given(
    st.one_of(
        st.builds("{}{} {} {} {:02}:{:02}:{:02} {}".format, _days, st.integers(0, 32), _months, st.integers(1900, 2099),
                  st.integers(0, 24), st.integers(0, 60), st.integers(0, 61), _zones),
        st.builds("{}-{:02}-{:02}T{:02}:{:02}:{:02}{}{}".format, st.integers(1900, 2099), st.integers(0, 13),
                  st.integers(0, 32), st.integers(0, 24), st.integers(0, 60), st.integers(0, 61),
                  st.sampled_from(["", ".5", ".999999999"]), _zones),
    )
)  # fmt: skip
def test_a_standard_date_is_read_as_feedparser_reads_it(written: str) -> None:
    read = from_standard(written)
    assert read is None or read == from_parsed(_parse_date(written)) or read.year < 1990


@pytest.mark.parametrize(
    "written", ["Mon, 3 Nov 2025 10:00:00 GMT", "03 Nov 2025 10:00:00 +0000", "2025-11-03T13:00:00.123+03:00"]
)
def test_the_usual_dates_are_read_without_feedparser(written: str) -> None:
    assert from_standard(written) == datetime(2025, 11, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "item",
    [
        # The second of two summaries is content, unless there is content already.
        b"<description>a</description><description>bb</description>",
        b"<description>a</description><content:encoded>b</content:encoded><description>ccc</description>",
        # Texts of pictures: further inside than the entry's own, beside it, before it, or after its source.
        b"<media:title>a</media:title><title>b</title>",
        b"<title>a</title><media:group><media:title>b</media:title></media:group>",
        b"<media:group><media:title>a</media:title></media:group><title/>",
        b"<title>a</title><source url='x'>s</source><media:title>b</media:title>",
        b"<title>a</title><image><url>/u</url></image><media:title>b</media:title>",
        b"<description>a</description><media:content><media:description>bb</media:description></media:content>",
        b"<description>a</description><content:encoded>b</content:encoded><media:group><media:description>ccc"
        b"</media:description></media:group>",
        # A guid is the link only when there is none, and where it does not say that it is none.
        b"<guid>/a</guid><link>/b</link>",
        b"<link></link><guid isPermaLink='TRUE'>/a</guid>",
        b"<link>javascript:a</link><guid>/b</guid>",
        b"<link>https://news.example/a;</link>",
        b"<author>ada@news.example</author><author>Bo (bo@news.example)</author><author/>",
        b"<link><![CDATA[/a?b=c&amp;d=e&f;]]></link>",
        "<title>Ã¼ber \x92s</title>".encode(),  # UTF-8 taken for Latin-1, and Windows-1252 taken for it
    ],
)
def test_what_feedparser_makes_of_odd_items_is_known(item: bytes) -> None:
    """The item before has content, which the next must not remember."""
    before = b"<description>a</description><content:encoded>b</content:encoded>"
    assert len(read_both_ways(rss(before, item)).entries) == 2


@pytest.mark.parametrize(
    "entry",
    [
        # The one div around XHTML is no part of it; of two, both are.
        b"<content type='xhtml'> <div xmlns='http://www.w3.org/1999/xhtml'> <p>a</p>b</div>\n</content>",
        b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a</div>"
        b"<div xmlns='http://www.w3.org/1999/xhtml'>b</div></content>",
        b"<content type='xhtml'/>",
        b"<title xml:lang=''>no language</title>",
        b"<title xml:lang='de' xml:base='/b/'>t</title><link href='l'/>",  # a base holds where it is set
        b"<link href=''/><link rel='alternate' type='application/pdf' href='/p'/><id>urn:x</id>",
        b"<id>/i</id><link rel='enclosure' href='/e'/>",
        b"<source><title>s</title><id>/s</id><author><name>S</name></author></source><title>t</title>",
        b"<author><email>a@b.example</email><name>A</name></author><author><name>B</name></author>",
    ],
)
def test_what_feedparser_makes_of_odd_entries_is_known(entry: bytes) -> None:
    assert len(read_both_ways(ATOM + b"<entry xml:lang='fr'>" + entry + b"</entry></feed>").entries) == 1


# Coverage


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_feed_is_read_swiftly(kind: str) -> None:
    feed = read_both_ways(ORDINARY[kind])
    assert all(entry.title and entry.url and entry.published and entry.summary for entry in feed.entries)
    assert feed.title
    assert feed.entries


def test_the_feeds_of_the_demo_are_read_swiftly() -> None:
    world = load_world()
    for outlet in world.outlets:
        body = write_feed(outlet, world.of(outlet), "https://news.example")
        kind = CONTENT_TYPES[outlet.feed]
        swift = parse_feed_swiftly(body, url=URL, content_type=kind)
        assert isinstance(swift, Feed), outlet.name
        assert swift == parse_feed_thoroughly(body, url=URL, content_type=kind)
        assert outlet.feed == FeedKind.JSON or swift.kind in ("rss20", "atom10")


@pytest.mark.parametrize("body", [b"", b" \n", b"{}", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'])
def test_json_and_nothing_are_answered_at_once(body: bytes) -> None:
    answer = parse_feed_swiftly(body, url=URL)
    assert answer is not None
    assert answer == parse_feed(body, url=URL)


# Declining


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE rss>" + rss(),
        b'<!DOCTYPE r [<!ENTITY a "b">]>' + rss(b"<title>&a;</title>"),
        rss(b"<title>&nbsp;</title>"),  # defined nowhere
        rss(b"<title>a & b</title>"),
        rss().removesuffix(b">"),
        b"<html><head><title>Home</title></head></html>",
        b"just some words",
        b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>t</title></feed>',
        b"<rss><channel><title>a</title><title>b</title></channel></rss>",
        rss(b"<item><title>inside</title></item>"),
        rss(b"<description><p>markup that is no text</p></description>"),
        rss(b"<pubDate>lun., 24 nov. 2025 10:00:00 +0100</pubDate>"),  # dateparser reads it, in some milliseconds
        rss(b"<pubDate>Fri, 2025/13/15 08:00:00 EDT</pubDate>"),  # breaks feedparser
        rss(b"<description>&lt;![CDATA[x]]&gt;</description>"),
        rss(b"<date>2025-11-24</date>"),  # feedparser takes it for `updated`
        rss(head=b"<ttl xmlns:xlink='http://www.w3.org/1999/xlink'>60</ttl>"),  # which it takes for an attribute
        ATOM + b"<entry><content type='image/png'>AAAA</content></entry></feed>",
        ATOM + b"<entry><author><email>a@news.example</email></author></entry></feed>",
        b'<?xml version="1.0" encoding="shift_jis"?>' + rss(b"<title>\x93\xfa</title>"),
        rss(b"<title>\xfc</title>"),  # in no encoding that is named
    ],
)
def test_what_is_not_certain_is_left_to_feedparser(body: bytes) -> None:
    assert parse_feed_swiftly(body, url=URL) is None
    assert parse_feed(body, url=URL) == parse_feed_thoroughly(body, url=URL)


def test_a_feed_that_is_cut_or_too_long_is_left_to_feedparser() -> None:
    body = rss(*[b"<title>t</title>"] * 5)
    assert parse_feed_swiftly(body, url=URL, max_entries=5) is not None
    assert parse_feed_swiftly(body, url=URL, max_entries=4) is None
    assert parse_feed_swiftly(body, url=URL, body_truncated=True) is None
    assert isinstance(parse_feed_swiftly(b"", url=URL, body_truncated=True), NotAFeed)


def test_an_address_that_bases_would_change_is_left_to_feedparser() -> None:
    assert parse_feed_swiftly(rss(), url="https://news.example/feed#") is None


# Hostile feeds


def many(pattern: bytes, count: int) -> bytes:
    return b"".join(pattern % number for number in range(count))


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 3_000_000,
        HEAD + b"<item>" + b"<x>" * 20_000,
        HEAD + b"<x " + many(b"a%d='' ", 300_000) + b"/>" + TAIL,
        b"<rss " + many(b"xmlns:a%d='u' ", 20_000) + b">" + TAIL,
        rss(b"<description><![CDATA[" + b"<a href=/x>" * 25_000 + b"]]></description>"),
        rss(b"<description><![CDATA[" + b"<script>" * 50_000 + b"]]></description>"),
        rss(b"<description><![CDATA[" + b'<a href="' * 50_000 + b"]]></description>"),
        rss(b"<description><![CDATA[" + b"<!--" * 50_000 + b"]]></description>"),
        rss(b"<title>" + b"&amp;" * 50_000 + b"</title>"),
        rss(b"<title>" + b"word " * (MAX_BYTES // 6) + b"</title>"),
        rss(many(b"<pubDate>24 Nov 2025 10:%d</pubDate>", 10_000)),
        rss(many(b"<author>a@" + b"a." * 40 + b"%d!</author>", 10_000)),
        rss(many(b"<link>/%d</link>", 20_000)),
        rss(*[b"<title><![CDATA[<form>%d]]></title>" % number for number in range(5_000)]),
        ATOM + b"<entry>" + many(b"<link href='javascript:%d'/>", 20_000) + b"</entry></feed>",
        b'{"a":' * 1_000_000,
        b" " * 10_000_000,
    ],
    ids=lambda body: repr(body[-60:][:30]),
)
def test_nothing_takes_the_swift_way_long(body: bytes) -> None:
    """Most of these are declined at the first look; thoroughly, some take a minute."""
    began = time.process_time()
    parse_feed_swiftly(body, url=URL)
    assert time.process_time() - began < 1.5


def test_a_feed_of_many_marks_is_declined_unread() -> None:
    assert parse_feed_swiftly(rss(b"<title>" + b"&amp;" * MAX_MARKS + b"</title>"), url=URL) is None


# What both ways read from the bytes, or for WebSub


@pytest.mark.parametrize(
    ("head", "hours", "days"),
    [
        (b"<skipHours><hour>0</hour><hour> 23 </hour></skipHours>", {0, 23}, set()),
        (b"<skipHours>\n<hour>24</hour><hour>7</hour><hour>7</hour>\n</skipHours>", {0, 7}, set()),  # 24 is midnight
        (b"<skipHours><hour>25</hour><hour>-1</hour><hour>x</hour><hour/></skipHours>", set(), set()),
        (b"<skipDays><day>Monday</day><day>sunday</day><day>Sun</day><day>Noday</day></skipDays>", set(), {0, 6}),
        (b"<SKIPHOURS><HOUR>3</HOUR></SKIPHOURS><skipdays><day>Friday</day></skipdays>", {3}, {4}),
        (b"<hour>4</hour><day>Monday</day>", set(), set()),  # outside
        (b"<skipHours><hour>5</hour>", set(), set()),  # without an end
    ],
)
def test_when_a_feed_rests_is_read(head: bytes, hours: Set[int], days: Set[int]) -> None:
    body = rss(b"<title>t</title>", head=head)
    feed = parse_feed_thoroughly(body, url=URL)
    assert isinstance(feed, Feed)
    assert (feed.skip_hours, feed.skip_days) == (hours, days)
    assert parse_feed_swiftly(body, url=URL) in (None, feed)


def test_an_entry_that_tells_of_rest_does_not_make_the_feed_rest() -> None:
    body = rss(b"<description><![CDATA[<skipHours><hour>5</hour></skipHours>]]></description>")
    assert read_both_ways(body).skip_hours == frozenset()


@pytest.mark.parametrize(
    ("links", "hub", "own_url"),
    [
        (b"<link rel='hub' href='https://hub.example/'/><link rel='self' href='/f'/>",
         "https://hub.example/", "https://news.example/f"),
        (b"<link rel='HUB' href='//hub.example/a'/><link rel='self hub' href='https://news.example/f'/>",
         "https://hub.example/a", "https://news.example/f"),  # relations in one attribute, as in HTML
        (b"<link rel='hub' href='javascript:x'/><link rel='hub' href='https://b.example'/>", "https://b.example", ""),
        (b"<link href='https://hub.example'/><link rel='hub'>https://c.example</link>", "https://c.example", ""),
        (b"<entry><link rel='hub' href='https://d.example'/></entry>", "", ""),  # an entry's own business
    ],
)  # fmt: skip
def test_hub_and_own_address_are_read(links: bytes, hub: str, own_url: str) -> None:
    feed = read_both_ways(ATOM + links + b"</feed>")
    assert (feed.hub, feed.own_url) == (hub, own_url)
