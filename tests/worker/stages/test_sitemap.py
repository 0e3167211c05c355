"""Sitemaps as sites serve them, the choice among many of them, and what a hostile one does not achieve.

The first poll is at noon of 2 March 2026, a Monday. `sitemap` and `index` put the usual frame around records.
"""

import gzip
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from worker.stages.feed import Entry, Feed, NotAFeed
from worker.stages.feed.sitemap import MAX_RECORDS, looks_like_sitemap, parse_sitemap
from worker.stages.feed.sitemap_index import Child, SitemapIndex, children_to_ask, remember
from worker.stages.gunzip import BrokenGzipError, FloodError, gunzip

URL = "https://news.example/sitemap.xml"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECONDS_AT_MOST = 8  # of the processor; what goes wrong here takes minutes
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def sitemap(*records: str, namespaces: str = NAMESPACES) -> bytes:
    inside = "".join(f"<url>{record}</url>" for record in records)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {namespaces}>{inside}</urlset>'.encode()


def page(path: str, lastmod: str = "", more: str = "") -> str:
    return f"<loc>https://news.example{path}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}{more}"


def story(path: str, published: str = "2026-03-02T09:00:00Z", title: str = "Talks begin", lastmod: str = "") -> str:
    news = (
        "<news:news><news:publication><news:name>Example Herald</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>{published}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news>"
    )
    return page(path, lastmod, news)


def parsed(body: bytes, **options: Any) -> Feed | SitemapIndex | NotAFeed:
    return parse_sitemap(body, **{"url": URL, "max_entries": 100, "now": NOW, **options})


def read(body: bytes, **options: Any) -> Feed:
    found = parsed(body, **options)
    assert isinstance(found, Feed), found
    return found


def only(record: str) -> Entry:
    (entry,) = read(sitemap(record)).entries
    return entry


def paths(feed: Feed) -> list[str]:
    return [entry.url.removeprefix("https://news.example") for entry in feed.entries]


# Formats


def test_a_news_sitemap_is_read() -> None:
    feed = read(
        sitemap(
            story("/a", "2026-03-02T09:00:00+03:00", "Talks &amp; tea <![CDATA[<b>begin</b> & end]]>"),
            story("/b", "2026-03-02", lastmod="2026-03-02T11:00:00Z"),
        )
    )
    assert (feed.kind, feed.title, feed.language, feed.truncated) == ("news-sitemap", "Example Herald", "en", None)
    first, second = feed.entries
    assert (first.url, first.title, first.language) == ("https://news.example/a", "Talks & tea begin & end", "en")
    assert first.published == datetime(2026, 3, 2, 6, tzinfo=UTC)
    assert first.published_raw == "2026-03-02T09:00:00+03:00"
    assert (first.content, first.summary, first.guid, first.updated) == ("", "", "", None)
    assert second.published == datetime(2026, 3, 2, tzinfo=UTC)
    assert second.updated == datetime(2026, 3, 2, 11, tzinfo=UTC)


def test_a_plain_sitemap_says_when_pages_changed_and_not_when_they_came_out() -> None:
    feed = read(sitemap(page("/a", "2026-03-01T10:00:00Z", "<changefreq>daily</changefreq><priority>1</priority>")))
    (entry,) = feed.entries
    assert (feed.kind, feed.title) == ("sitemap", "")
    assert (entry.url, entry.title, entry.published, entry.published_raw) == ("https://news.example/a", "", None, "")
    assert entry.updated == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_an_index_is_read() -> None:
    body = (
        f"<sitemapindex {NAMESPACES}>"
        "<sitemap><loc>https://news.example/old.xml</loc><lastmod>2025-01-01</lastmod></sitemap>"
        "<sitemap><loc> https://news.example/undated.xml.gz </loc></sitemap>"
        "<sitemap><loc>/new.xml</loc><lastmod>2026-03-02T11:00:00Z</lastmod></sitemap>"
        "<sitemap><loc>https://elsewhere.example/x.xml</loc></sitemap>"
        "<sitemap><loc>file:///etc/passwd</loc></sitemap>"
        "</sitemapindex>"
    ).encode()
    index = parsed(body)
    assert isinstance(index, SitemapIndex)
    assert index.children == (
        Child("https://news.example/new.xml", "2026-03-02T11:00:00Z"),
        Child("https://news.example/old.xml", "2025-01-01"),
        Child("https://news.example/undated.xml.gz"),
    )
    assert index.truncated == "2 sitemaps are of other sites"
    assert index.url == URL


@pytest.mark.parametrize(
    "body",
    [
        b"https://news.example/a\nhttps://news.example/b\n",
        b"\xef\xbb\xbfhttps://news.example/a\r\n\r\n  https://news.example/b",
        b"# made by hand\nhttps://news.example/a\nnot an address\nhttps://news.example/b\njavascript:alert(1)\n"
        b"https://news.example/a\n",
        "https://news.example/a\nhttps://news.example/b\n".encode("utf-16"),
    ],
)
def test_a_file_of_one_address_a_line_is_read(body: bytes) -> None:
    feed = read(body)
    assert paths(feed) == ["/a", "/b"]
    assert (feed.kind, feed.entries[0].title, feed.entries[0].updated) == ("sitemap", "", None)


def test_a_packed_file_is_unpacked() -> None:
    body = gzip.compress(sitemap(story("/a")))
    assert paths(read(body)) == ["/a"]
    assert paths(read(body + gzip.compress(b"\n") + b"\0" * 30)) == ["/a"]  # two in one, and padding


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty"),
        (b" \n ", "the answer is empty"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "it is an HTML page, not a sitemap"),
        (b"<html><body><a href='/sitemap.xml'>here</a></body></html>", "it is an HTML page, not a sitemap"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "it is a feed, not a sitemap"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "it is a feed, not a sitemap"),
        (b'{"urlset": []}', "it is not a sitemap"),
        (b"User-agent: *\nSitemap: https://news.example/sitemap.xml\n", "it is not a sitemap"),
        (b"See\nhttps://news.example/\nand tell us\n", "it is not a sitemap"),
        (b"\x1f\x8bnonsense", "gzip that cannot be unpacked"),
        (b"\x00" * 100, "it is not a sitemap"),
        (
            b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
            "it declares a document type, which no sitemap does and hostile files do",
        ),
    ],
)
def test_what_is_no_sitemap_is_told_from_one(body: bytes, reason: str) -> None:
    assert parsed(body) == NotAFeed(reason)


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        (sitemap(page("/a")), True),
        (gzip.compress(sitemap(*(page(f"/{n}") for n in range(5000)))), True),
        ("<?xml version='1.0' encoding='utf-16'?><urlset/>".encode("utf-16"), True),
        (b"\xef\xbb\xbf\n<?xml-stylesheet href='x.xsl'?><sm:sitemapindex xmlns:sm='x'/>", True),
        (b"<rss><channel/></rss>", False),
        (b"<html><urlset>", False),
        (b"https://news.example/a", False),
        (b"\x1f\x8b", False),
        (b"\x1f\x8bnonsense", False),
        (b"", False),
    ],
)
def test_a_sitemap_is_known_by_its_beginning(body: bytes, is_one: bool) -> None:
    assert looks_like_sitemap(body) is is_one


# What sites get wrong


@pytest.mark.parametrize(
    "body",
    [
        sitemap(story("/a"), story("/b"), namespaces=""),  # a prefix that nobody declared
        sitemap(story("/a"), story("/b"), namespaces='xmlns="urn:wrong" xmlns:news="urn:wrong-too"'),
        sitemap(story("/a"), story("/b")).replace(b"news:", b"n:").replace(b"xmlns:news", b"xmlns:n"),
        sitemap(story("/a"), story("/b")).replace(b"<loc>", b"<LOC>").replace(b"</loc>", b"</LOC>"),
        b"\n\n  " + sitemap(story("/a"), story("/b")),  # nothing may stand before the declaration
        b"\xef\xbb\xbf" + sitemap(story("/a"), story("/b")),
        sitemap(story("/a"), story("/b")).replace(b'"UTF-8"', b'"utf-16"'),  # as some frameworks always say
        sitemap(story("/a"), story("/b")).replace(b'"UTF-8"', b'"x-klingon"'),
        sitemap(story("/a"), story("/b")).decode().encode("utf-16"),
        sitemap(story("/a"), story("/b")).decode().encode("utf-16-le"),
        sitemap(story("/a"), story("/b")).decode().encode("utf-32"),
        sitemap(story("/a"), story("/b")).replace(b"Herald", b"Herald\x00\x0b"),
        sitemap(story("/a"), story("/b")) + b"<!-- cached --><urlset><url><loc>https://news.example/c</loc></url>",
        sitemap(story("/a"), story("/b"), "", "<loc/>", "<lastmod>2026-03-02</lastmod>"),  # records of nothing
        sitemap(story("/a"), story("/b"), story("/a")),
        sitemap(story("/a"), story("/b"), page("javascript:alert(1)").replace("https://news.example", "")),
    ],
    ids=str,
)
def test_mistakes_that_sites_make_lose_nothing(body: bytes) -> None:
    feed = read(body)
    assert [entry.url for entry in feed.entries] == ["https://news.example/a", "https://news.example/b"]
    assert feed.entries[0].title == "Talks begin"
    assert feed.title.startswith("Example Herald")


def test_an_ampersand_that_is_none_in_xml_is_one_in_an_address() -> None:
    feed = read(
        sitemap(
            page("/a?x=1&copy=2&amp;z=3&#38;q=4"),
            page("/b<![CDATA[?x=1&y=2]]>&n=1"),
            story("/c", title="AT&T &eacute;t&eacute; &amp;amp; &lt;b&gt;bold&lt;/b&gt;"),
        )
    )
    assert sorted(paths(feed)) == ["/a?x=1&copy=2&z=3&q=4", "/b?x=1&y=2&n=1", "/c"]
    assert feed.entries[0].title == "AT&T été & bold"


def test_pictures_and_films_are_not_taken_for_the_page() -> None:
    entry = only(
        "<image:image><image:loc>https://news.example/a.jpg</image:loc><image:title>A picture</image:title>"
        "</image:image>" + story("/a") + '<video:video xmlns:video="urn:v"><video:title>A film</video:title>'
        "<video:publication_date>2020-01-01</video:publication_date></video:video>"
        '<xhtml:link xmlns:xhtml="http://www.w3.org/1999/xhtml" rel="alternate" href="https://news.example/de/a"/>'
    )
    assert (entry.url, entry.title) == ("https://news.example/a", "Talks begin")
    assert entry.published == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_cut_in_the_middle_gives_its_whole_entries(packed: bool) -> None:
    whole = sitemap(*(story(f"/{n}", title=f"Number {n} of many") for n in range(50)))
    for length in (len(whole) - 10, len(whole) // 2, len(whole) // 3 + 7):
        body = gzip.compress(whole[:length])[:-8] if packed else whole[:length]
        feed = read(body, body_truncated=True)
        count = whole[:length].count(b"</url")
        assert sorted(paths(feed)) == sorted(f"/{n}" for n in range(count))
        assert feed.truncated == "the answer was too long and is cut"


def test_an_end_tag_too_few_costs_no_neighbour() -> None:
    body = sitemap(page("/a"), page("/b"), page("/c")).replace(b"/b</loc>", b"/b")
    assert paths(read(body)) == ["/a", "/b", "/c"]
    body = sitemap(page("/a"), page("/b"), page("/c")).replace(b"/b</loc></url>", b"/b</loc>")
    assert paths(read(body)) == ["/a", "/b", "/c"]


def test_an_old_charset_is_read() -> None:
    body = sitemap(story("/a", title="Översvämning")).decode()
    assert only_title(body.replace("UTF-8", "iso-8859-1").encode("latin-1")) == "Översvämning"
    without = body.replace(' encoding="UTF-8"', "").encode("latin-1")
    assert only_title(without) == "Översvämning"
    cyrillic = sitemap(story("/a", title="Повінь")).decode().replace(' encoding="UTF-8"', "").encode("cp1251")
    assert only_title(cyrillic, content_type="text/xml; charset=windows-1251") == "Повінь"


def only_title(body: bytes, **options: Any) -> str:
    (entry,) = read(body, **options).entries
    return entry.title


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-03-02T09:00:00.123Z", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2026-03-02T09:00+01:00", datetime(2026, 3, 2, 8, tzinfo=UTC)),
        (" 2026-03-02 09:00:00 ", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 09:00:00 GMT", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2 mars 2026", datetime(2026, 3, 2, tzinfo=UTC)),
        ("0000-00-00", None),
        ("99999-01-01", None),
        ("now", None),
    ],
)
def test_dates_are_read_as_sites_write_them(written: str, expected: datetime | None) -> None:
    assert only(story("/a", written)).published == expected


# News, not archives


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    feed = read(
        sitemap(
            page("/undated-1"),
            page("/old", "2026-02-27"),
            story("/newest", "2026-03-02T11:00:00Z"),
            page("/2026/03/01/by-address"),
            page("/undated-2"),
            page("/newer", "2026-03-02T10:00:00Z"),
        )
    )
    assert paths(feed) == ["/newest", "/newer", "/2026/03/01/by-address", "/old", "/undated-1", "/undated-2"]


def test_what_is_a_week_old_is_left_out_and_counted() -> None:
    feed = read(
        sitemap(
            page("/new", "2026-02-23T13:00:00Z"),
            page("/old", "2026-02-22"),
            page("/2019/05/01/changed-today", "2026-03-02T11:00:00Z"),  # the address says when it came out
            page("/2026/02/month-that-ended-two-days-ago"),
            page("/2025/12/month-long-past"),
            page("/undated"),
            story("/news-is-news", "2025-12-01"),  # whoever lists it as news knows why
        )
    )
    assert sorted(paths(feed)) == ["/2026/02/month-that-ended-two-days-ago", "/new", "/news-is-news", "/undated"]
    assert feed.truncated == "3 entries are too old to be news"


def test_what_came_while_nobody_looked_is_not_too_old() -> None:
    body = sitemap(page("/a", "2026-02-10T10:00:00Z"), page("/b", "2026-01-10T10:00:00Z"))
    assert paths(read(body)) == []
    assert paths(read(body, last_read=datetime(2026, 2, 1, tzinfo=UTC))) == ["/a"]
    assert paths(read(body, last_read=NOW)) == []


def test_home_pages_and_lists_are_no_articles() -> None:
    assert paths(read(sitemap(page("/"), page(""), page("/tag/talks"), page("/author/ada"), page("/a")))) == ["/a"]


def test_of_too_many_the_newest_are_kept() -> None:
    minutes = [f"2026-03-02T{n // 60:02}:{n % 60:02}:00Z" for n in range(500)]
    feed = read(sitemap(*(page(f"/{n}", minute) for n, minute in enumerate(minutes)), page("/undated")), max_entries=10)
    assert paths(feed) == [f"/{n}" for n in range(499, 489, -1)]
    assert feed.truncated == "the newest 10 of 501 entries"


def test_of_too_many_without_dates_both_ends_are_kept() -> None:
    feed = read(sitemap(*(page(f"/{n}") for n in range(500)), page("/dated", "2026-03-02")), max_entries=6)
    assert paths(feed) == ["/dated", "/0", "/1", "/2", "/498", "/499"]


# What makes an entry a changed one


def digest(record: str) -> str:
    return only(record).content_digest


def test_a_page_is_a_changed_one_when_its_title_or_its_time_changed() -> None:
    assert digest(story("/a", title="One")) != digest(story("/a", title="Two"))
    one, other = (page("/a", f"2026-03-02T1{n}:00:00Z") for n in (0, 1))
    assert digest(one) != digest(other)
    assert only(one).uid == only(other).uid
    live, later = (story("/a", lastmod=f"2026-03-02T1{n}:00:00Z") for n in (0, 1))
    assert digest(live) != digest(later)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (page("/a", "2026-03-01"), page("/a", "2026-03-02")),  # a day says too little, and many bump it daily
        (page("/a", "2026-03-01T10:00:00Z"), page("/a", "2026-03-01T12:00:00+02:00")),  # the same instant
        (story("/a", "2026-03-01"), story("/a", "2026-03-02")),
        (page("/a", more="<priority>1</priority>"), page("/a", more="<priority>0.5</priority>")),
    ],
)
def test_what_changes_by_itself_makes_no_changed_entry(one: str, other: str) -> None:
    assert digest(one) == digest(other)


def test_a_site_that_is_built_anew_has_not_changed_everywhere() -> None:
    def built(at: str) -> Feed:
        return read(
            sitemap(*(page(f"/{n}", f"2026-03-02T{at}:{n:02}Z") for n in range(20)), page("/x", "2026-03-02T08:00:00Z"))
        )

    one, other = built("09:00"), built("10:30")
    assert {entry.updated for entry in one.entries} == {None}
    assert {entry.uid: entry.content_digest for entry in one.entries} == {
        entry.uid: entry.content_digest for entry in other.entries
    }


def test_the_order_of_a_sitemap_changes_no_entry() -> None:
    records = [story("/a"), story("/b", title="Other"), page("/c")]
    one, other = (read(sitemap(*order)) for order in (records, records[::-1]))
    assert {(entry.uid, entry.content_digest) for entry in one.entries} == {
        (entry.uid, entry.content_digest) for entry in other.entries
    }


# Choosing among the sitemaps of an index


def index(*children: Child) -> SitemapIndex:
    return SitemapIndex(URL, children)


def child(path: str, lastmod: str = "") -> Child:
    return Child(f"https://news.example{path}", lastmod)


def asked(children: tuple[Child, ...], seen: Mapping[str, str] | None = None, most: int = 100) -> list[str]:
    chosen = children_to_ask(index(*children), seen or {}, NOW, most)
    return [one.url.removeprefix("https://news.example/") for one in chosen]


@pytest.mark.parametrize(
    ("path", "lastmod", "is_asked"),
    [
        ("/sitemap-1.xml", "", True),
        ("/sitemap-1.xml", "2026-03-01", True),
        ("/sitemap-1.xml", "2026-01-01", False),
        ("/sitemap-1.xml", "no date", True),
        ("/sitemap-2019-03.xml", "", False),
        ("/sitemap-2019-03.xml", "2026-03-02T11:00:00Z", False),  # made anew, and still of 2019
        ("/sitemap-2026-03.xml", "", True),
        ("/sitemap-2026-02.xml", "", True),  # the last of February was two days ago
        ("/sitemap-2026-01.xml", "", False),
        ("/sitemap-2026.xml", "", True),
        ("/sitemap-2025.xml.gz", "", False),
        ("/sitemap/2026/02/01.xml", "", False),
        ("/sitemap.xml?yyyy=2019&mm=03&dd=02", "", False),
        ("/sitemap.xml?yyyy=2026&mm=03&dd=02", "", True),
        ("/sitemap-20260301.xml", "", True),
        ("/sitemap-20250301.xml", "", False),
        ("/archive-sitemap-7.xml", "", False),
        ("/archive-sitemap-7.xml", "2026-03-02", True),  # the archive of now
        ("/news-archive/sitemap.xml", "", False),
        ("/tag-sitemap.xml", "2026-03-02", False),
        ("/post_tag-sitemap2.xml", "2026-03-02", False),
        ("/category-sitemap.xml", "", False),
        ("/sitemap-authors.xml", "", False),
        ("/page-sitemap.xml", "", False),
        ("/video/sitemap.xml", "", False),
        ("/sitemap-page-2.xml", "", True),
        ("/heritage-sitemap.xml", "", True),  # no tag
    ],
)
def test_archives_and_lists_are_not_asked(path: str, lastmod: str, is_asked: bool) -> None:
    assert bool(asked((child(path, lastmod),))) is is_asked


def test_news_comes_first_then_what_changed_last() -> None:
    children = (
        child("/undated.xml"),
        child("/a.xml", "2026-03-01T10:00:00Z"),
        child("/news-old.xml", "2026-02-28"),
        child("/b.xml", "2026-03-02T10:00:00Z"),
        child("/google-news.xml", "2026-03-01"),
    )
    assert asked(children) == ["google-news.xml", "news-old.xml", "b.xml", "a.xml", "undated.xml"]


def test_what_has_not_changed_is_not_asked_again() -> None:
    children = (child("/a.xml", "2026-03-01"), child("/b.xml", "2026-03-02"), child("/news.xml"))
    seen = remember(index(*children), {}, children, NOW)
    assert asked(children, seen) == ["news.xml"]  # without a date it has to be looked at
    assert asked((child("/a.xml", "2026-03-02T09:00:00Z"), *children[1:]), seen) == ["news.xml", "a.xml"]


def test_those_without_a_date_have_their_turn_one_after_the_other() -> None:
    children = tuple(child(f"/posts-{n}.xml") for n in range(7))
    seen: dict[str, str] = {}
    rounds = []
    for poll in range(8):
        now = NOW + timedelta(hours=poll)
        chosen = children_to_ask(index(*children), seen, now, 2)
        seen = remember(index(*children), seen, chosen, now)
        rounds += [one.url for one in chosen]
    assert [rounds.count(one.url) for one in children] == [3, 3, 2, 2, 2, 2, 2]
    assert set(rounds[:7]) == {one.url for one in children}


def test_no_sitemap_starves_beside_busier_ones() -> None:
    undated = tuple(child(f"/posts-{n}.xml") for n in range(5))
    seen: dict[str, str] = {}
    counts: dict[str, int] = {}
    for poll in range(40):
        now = NOW + timedelta(hours=poll)
        busy = tuple(child(f"/busy-{n}.xml", (now - timedelta(minutes=n)).isoformat()) for n in range(10))
        chosen = children_to_ask(index(*busy, *undated), seen, now, 4)
        assert len(chosen) == 4
        assert [one.url for one in chosen[:3]] == [one.url for one in busy[:3]]
        seen = remember(index(*busy, *undated), seen, chosen, now)
        for one in chosen:
            counts[one.url] = counts.get(one.url, 0) + 1
    assert len(counts) == 15


def test_what_is_no_longer_listed_is_forgotten() -> None:
    gone, here = child("/a.xml", "2026-03-01"), child("/b.xml", "2026-03-01")
    assert remember(index(here), {gone.url: gone.lastmod, here.url: "2026-02-28"}, [], NOW) == {here.url: "2026-02-28"}


def test_one_place_is_for_the_most_urgent() -> None:
    children = (child("/a.xml"), child("/b.xml", "2026-03-02"), child("/news.xml"))
    assert asked(children, most=1) == ["news.xml"]
    assert asked(children, most=0) == []


# Hostile files

TEN_MEGABYTES = 10 * 1024 * 1024
HOSTILE = {
    "entities": b'<!DOCTYPE a [<!ENTITY a "' + b"a" * 1000 + b'">]><urlset>' + b"<url><loc>&a;</loc></url>" * 1000,
    "nesting": b"<urlset>" + b"<url>" * 1_000_000,
    "elements": b"<urlset>" + b"<a/>" * 1_000_000,
    "names": b"<urlset>" + b"".join(b"<n%d/>" % n for n in range(300_000)),
    "attributes": b"<urlset><url " + b" ".join(b'a%d=">"' % n for n in range(300_000)) + b"/></urlset>",
    "prefixes": b"<urlset " + b" ".join(b'xmlns:a%d="b"' % n for n in range(200_000)) + b"/>",
    "one long text": b"<urlset><url><loc>" + b"a" * 5_000_000,
    "references": b"<urlset><url><loc>" + b"&#65;" * 1_000_000,
    "bad references": b"<urlset><url><loc>https://news.example/" + b"&#xD800;&#99999999;" * 2000 + b"</loc></url>",
    "ampersands": b"<urlset><url><loc>" + b"&<" * 1_000_000,
    "open sections": b"<urlset>&" + b"<![CDATA[" * 500_000,
    "sections": b"<urlset>&" + b"<![CDATA[]]>" * 300_000,
    "comments": b"<urlset>" + b"<!--" * 1_000_000,
    "blanks": b" " * 5_000_000 + b"<urlset>",
    "lines": b"https://news.example/a\n" + b"http:\n" * 1_000_000,
    "one long line": b"https://news.example/a\nhttps://news.example/" + b"a" * 5_000_000,
    "dates": b"<urlset>"
    + b"".join(b"<url><loc>/%d</loc><lastmod>%d mars</lastmod></url>" % (n, n) for n in range(9999)),
    "hosts": b"<sitemapindex>"
    + b"".join(b"<sitemap><loc>https://a%d.b%d.com/</loc></sitemap>" % (n, n) for n in range(20_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_in_time(name: str) -> None:
    start = time.process_time()
    found = parsed(HOSTILE[name])
    assert time.process_time() - start < SECONDS_AT_MOST
    assert isinstance(found, Feed | SitemapIndex | NotAFeed)


def test_references_to_no_character_cost_no_entry() -> None:
    feed = read(
        sitemap(
            story("/a", title="A&#xD800;&#xdfff;&#55296;&#57343;&#0;&#x110000;B"),
            story("/b", title="&#x1F600;&#9731;&#xE000;"),
        )
    )
    assert paths(feed) == ["/a", "/b"]
    assert feed.entries[0].title.strip("A\ufffdB") == ""
    assert feed.entries[1].title == "\U0001f600\u2603\ue000"


@pytest.mark.parametrize("tail", ["nesting", "attributes", "one long text", "open sections", "comments"])
def test_what_came_before_a_hostile_part_is_kept(tail: str) -> None:
    start = sitemap(story("/a"), story("/b")).removesuffix(b"</urlset>")
    assert paths(read(start + HOSTILE[tail].removeprefix(b"<urlset>"))) == ["/a", "/b"]


def test_more_records_than_there_may_be_are_not_read() -> None:
    body = sitemap(*(page(f"/{n}") for n in range(MAX_RECORDS + 1)))
    feed = read(body)
    assert feed.truncated == f"only the first {MAX_RECORDS} addresses are read; the newest 100 of {MAX_RECORDS} entries"
    assert (
        read("\n".join(f"https://news.example/{n}" for n in range(MAX_RECORDS + 1)).encode()).truncated
        == feed.truncated
    )


def test_a_bomb_is_refused_and_a_long_file_is_cut() -> None:
    assert "flood" in str(parsed(gzip.compress(bytes(4 * TEN_MEGABYTES))))
    assert "flood" in str(parsed(gzip.compress(b"") * 2000))
    start = time.process_time()
    whole = sitemap(*(page(f"/{n * n:x}-{n}", f"2026-03-02T{n % 24:02}:{n % 60:02}:00Z") for n in range(120_000)))
    assert len(whole) > TEN_MEGABYTES
    packed = gzip.compress(whole, compresslevel=1)
    assert len(whole) / len(packed) < 200
    feed = read(packed, max_entries=2000)
    assert len(feed.entries) == 2000
    assert feed.truncated is not None
    assert feed.truncated.startswith("the answer was too long and is cut")
    assert time.process_time() - start < SECONDS_AT_MOST


def test_gzip_is_unpacked_up_to_its_limit() -> None:
    packed = gzip.compress(b"news" * 1000)
    assert (gunzip(packed, 4000).data, gunzip(packed, 4000).is_whole) == (b"news" * 1000, True)
    assert (gunzip(packed, 102).data, gunzip(packed, 102).is_whole) == (b"news" * 25 + b"ne", False)
    assert gunzip(packed, len(packed) - 1).is_whole is False  # what comes in counts as well
    assert gunzip(packed[:-9], 4000).is_whole is False
    assert gunzip(b"", 10).is_whole
    assert gunzip(packed + packed, 8000).data == b"news" * 2000
    with pytest.raises(BrokenGzipError):
        gunzip(b"no gzip at all", 100)
    with pytest.raises(BrokenGzipError):
        gunzip(packed[:20] + b"\xff" + packed[21:], 4000)
    with pytest.raises(FloodError):
        gunzip(gzip.compress(bytes(TEN_MEGABYTES)), 2 * TEN_MEGABYTES)
