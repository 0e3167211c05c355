"""Listing pages: which links are entries, what they are called, and what a hostile page does not achieve."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from worker.stages.feed import Entry, Feed, NotAFeed
from worker.stages.feed.listing import day_in, is_list, is_same_site, looks_like_article, matches, parse_listing

URL = "https://news.example/latest/"
SECONDS_AT_MOST = 8  # of the processor; what goes wrong here takes minutes


def page(*blocks: str, head: str = "<title>Latest news</title>") -> bytes:
    return f'<!doctype html><html lang="en-gb"><head>{head}</head><body>{"".join(blocks)}</body></html>'.encode()


def read(body: bytes, *links: str, content_type: str = "text/html", max_entries: int = 100) -> Feed:
    found = parse_listing(body, url=URL, links=links, max_entries=max_entries, content_type=content_type)
    assert isinstance(found, Feed), found
    return found


def only(*blocks: str) -> Entry:
    (entry,) = read(page(*blocks), "/news/*").entries
    return entry


def refused(body: bytes, *links: str) -> str:
    found = parse_listing(body, url=URL, links=links, max_entries=100)
    assert isinstance(found, NotAFeed), found
    return found.reason


def addresses(body: bytes, *links: str) -> list[str]:
    return [entry.url.removeprefix("https://news.example") for entry in read(body, *links).entries]


# Which links


def test_the_links_that_fit_are_entries_in_the_order_of_the_page() -> None:
    body = page(
        '<nav><a href="/news/">News</a> <a href="/sport/1">Sport</a></nav>',
        '<a href="/news/talks-begin">Talks begin in Ankara</a>',
        '<a href="https://news.example/news/harvest?utm_source=front">Harvest fails again</a>',
        '<a href="//news.example/news/election#comments">Election called</a>',
        '<a rel="nofollow" href="../news/storm">Storm warning for coast</a>',
    )
    feed = read(body, "/news/?*")
    assert [entry.url for entry in feed.entries] == [
        "https://news.example/news/talks-begin",
        "https://news.example/news/harvest?utm_source=front",
        "https://news.example/news/election",
        "https://news.example/news/storm",
    ]
    assert [entry.title for entry in feed.entries][:2] == ["Talks begin in Ankara", "Harvest fails again"]
    assert (feed.kind, feed.title, feed.language, feed.link) == ("listing", "Latest news", "en-gb", URL)
    assert feed.truncated is None
    assert {(entry.content, entry.summary, entry.published) for entry in feed.entries} == {("", "", None)}


def test_a_base_moves_the_links_that_need_one() -> None:
    links = '<a href="news/talks">Talks</a><a href="/news/storm">Storm</a>'
    assert addresses(page(links, head='<base href="/en/"><base href="/de/">'), "*/news/*") == [
        "/en/news/talks",
        "/news/storm",
    ]
    # One that leads nowhere is no base.
    assert addresses(page(links, head='<base href="javascript:alert(1)">'), "*/news/*")[1:] == ["/news/storm"]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "mailto:desk@news.example",
        "data:text/html,news",
        "#news",
        "",
        "   ",
        "/latest/",  # the page itself
        "https://news.example/latest/#top",
        "https://news.example/latest/?utm_source=self",
        "http://[broken/news/",
        "file:///news/1",
    ],
)
def test_links_that_lead_nowhere_else_are_none(href: str) -> None:
    body = page(f'<a href="{href}">x</a>', "<a>no link</a>", '<a href="/news/1">One</a>')
    assert addresses(body, "*") == ["/news/1"]


def test_exclusions_outweigh_whatever_comes_before_or_after() -> None:
    body = page(*(f'<a href="/news/{name}">x</a>' for name in ("talks", "live/1", "talks/video")))
    for links in (["/news/*", "-/news/live/*", "-*/video"], ["-*/video", "-/news/live/*", "/news/*"]):
        assert addresses(body, *links) == ["/news/talks"]


def test_exclusions_alone_leave_the_rest_to_the_guess() -> None:
    body = page('<a href="/a-long-enough-slug">x</a><a href="/live/a-long-enough-slug">x</a><a href="/short">x</a>')
    assert addresses(body, "-/live/*") == ["/a-long-enough-slug"]


def test_a_pattern_without_a_host_is_about_the_pages_own_site() -> None:
    body = page(
        '<a href="https://other.example/news/1">x</a><a href="https://live.news.example/news/2">x</a>'
        '<a href="https://wire.example/news/3">x</a>'
    )
    feed = read(body, "/news/*", "https://wire.example/news/*")
    assert [entry.url for entry in feed.entries] == [
        "https://live.news.example/news/2",
        "https://wire.example/news/3",
    ]


@pytest.mark.parametrize(
    ("pattern", "address", "fits"),
    [
        ("/news/*", "https://news.example/news/a/b", True),
        ("/news/*", "https://news.example/news/", True),  # also no characters
        ("/news/*", "https://news.example/old/news/a", False),
        ("/news/*", "https://news.example/News/a", False),
        ("*/news/*", "https://news.example/old/news/a", True),
        ("*.html", "https://news.example/a.html", True),
        ("*.html", "https://news.example/a.html?utm_source=x&page=2", True),  # a query counts only when asked for
        ("*.html", "https://news.example/a.htmlx", False),
        ("/news/?", "https://news.example/news/1", True),
        ("/news/?", "https://news.example/news/12", False),
        ("/20??/*", "https://news.example/2026/a", True),
        ("/story.php?id=*", "https://news.example/story.php?id=12", True),
        ("/story.php?id=*", "https://news.example/story.php?page=12", False),
        ("https://news.example/a*", "http://news.example/ab", True),  # the scheme does not count
        ("https://news.example/a*", "https://www.news.example/ab", False),
        ("https://*.example/a", "https://news.example/a", True),
        ("/новини/*", "https://news.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/1", True),
        ("/%D0%BD*", "https://news.example/новини/1", True),
        ("news/*", "https://news.example/news/1", True),  # a slash forgotten
        ("/a*b*c", "https://news.example/abcbc", True),  # the last part is looked for from the end
        ("/a*bc*c", "https://news.example/abc", False),
        ("/a**b", "https://news.example/a/x/b", True),
        ("/a.b", "https://news.example/axb", False),  # no regular expressions
        ("/(a+)+$", "https://news.example/aaaa", False),
        ("/[ab]", "https://news.example/a", False),
        ("*", "https://news.example/", True),
    ],
)
def test_patterns_fit_paths_or_whole_addresses(pattern: str, address: str, fits: bool) -> None:
    assert matches(pattern, address) is fits


def test_a_pattern_made_to_be_slow_is_not() -> None:
    start = time.process_time()
    for pattern in ("/" + "*a" * 200 + "*b", "/" + "*?" * 200 + "*b", "/" + "*" * 2000 + "b", "/*aaaaaaaaaaab*c"):
        assert not matches(pattern, "https://news.example/" + "a" * 4000)
    assert time.process_time() - start < SECONDS_AT_MOST


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://news.example/2026/03/02/talks", True),
        ("https://news.example/world/2026-03-02-talks.html", True),
        ("https://news.example/world/2026/mar/02/talks", True),
        ("https://news.example/2026/03/02/", False),  # the day's own list
        ("https://news.example/talks-begin-in-ankara", True),
        ("https://news.example/talks_begin_in_ankara.html", True),
        ("https://news.example/about-the-new-talks/", True),
        ("https://news.example/world/middle-east", False),  # a section
        ("https://news.example/world/articles/c0a1b2c3d4", False),  # nothing to know it by
        ("https://news.example/a-71234567", True),
        ("https://news.example/71234567/talks", True),
        ("https://news.example/story.php?id=123", True),
        ("https://news.example/list.php?page=123", False),
        ("https://news.example/", False),
        ("https://news.example", False),
        ("https://news.example/tag/one-two-three-four", False),
        ("https://news.example/Category/one-two-three-four", False),
        ("https://news.example/author/ada-de-la-cruz", False),
        ("https://news.example/world/page/71234567", False),
        ("https://news.example/one-two-three-four.jpg", False),
        ("https://news.example/one-two-three-four.PDF", False),
        (
            "https://news.example/xn/%D0%BF%D0%B5%D1%80%D0%B5%D0%B3%D0%BE%D0%B2%D0%BE%D1%80%D0%B8-%D0%B2-%D0%B0-%D0%B1",
            True,
        ),
    ],
)
def test_without_patterns_an_address_has_to_look_like_an_articles(address: str, is_one: bool) -> None:
    assert looks_like_article(address) is is_one


def test_without_patterns_only_the_pages_own_site_counts() -> None:
    body = page(
        '<a href="https://other.example/one-two-three-four">x</a>',
        '<a href="https://www.news.example/one-two-three-four">x</a>',
    )
    assert [entry.url for entry in read(body).entries] == ["https://www.news.example/one-two-three-four"]


def test_without_patterns_menus_do_not_count() -> None:
    slugs = [f"/one-two-three-{name}" for name in ("nav", "footer", "four")]
    body = page(
        f'<nav><ul><li><a href="{slugs[0]}">x</a></ul></nav><footer><p><a href="{slugs[1]}">x</a></p></footer>',
        f'<a href="{slugs[2]}">x</a>',
    )
    assert addresses(body) == [slugs[2]]
    assert addresses(body, "/one-*") == slugs


@pytest.mark.parametrize(
    ("one", "other", "is_one_site"),
    [
        ("https://news.example/", "https://news.example:8443/", True),
        ("https://news.example/", "http://www.news.example/", True),
        ("https://edition.news.com/", "https://cdn.news.com/", True),
        ("https://edition.news.co.uk/", "https://other.co.uk/", False),
        ("https://ada.github.io/", "https://bo.github.io/", False),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:9000/", True),
        ("http://127.0.0.1/", "http://10.0.0.1/", False),
        ("https://news.example/", "https://badnews.example/", False),
    ],
)
def test_a_site_is_a_registered_domain(one: str, other: str, is_one_site: bool) -> None:
    assert is_same_site(one, other) is is_one_site
    assert is_same_site(other, one) is is_one_site


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/2026/03/02/talks", "2026-03-02"),
        ("/2026/3/2/talks", "2026-03-02"),
        ("/2026/Mar/02/talks", "2026-03-02"),
        ("/talks-2026-03-02.html", "2026-03-02"),
        ("/20260302-talks", "2026-03-02"),
        ("/2026/02/talks", "2026-02-28"),  # of a month, its last day
        ("/2026/02-30/talks", None),
        ("/2026/02/30/talks", None),
        ("/2026/foo/02/talks", None),
        ("/2026/talks-of-2026", None),
        ("/a-1202603021", None),  # a longer number
        ("/1850/01/01/", None),
    ],
)
def test_an_address_may_name_a_day(address: str, day: str | None) -> None:
    found = day_in(address)
    assert (found.isoformat() if found else None) == day


def test_home_pages_and_lists_are_known() -> None:
    assert is_list("https://news.example/")
    assert is_list("https://news.example/blog/TAG/talks")
    assert not is_list("https://news.example/taglines/talks")


# What they are called


def test_an_address_that_is_linked_several_times_is_one_entry_with_its_longest_text() -> None:
    entry = only(
        '<a href="/news/talks"><img src="a.jpg" alt="A long description of who stands where in this picture"></a>',
        '<a href="/news/talks?utm_source=x">Talks begin in Ankara</a>',
        '<a href="/news/talks#comments">12 comments</a>',
        '<a href="/news/talks">Read more</a>',
    )
    assert entry.title == "Talks begin in Ankara"
    assert entry.url == "https://news.example/news/talks"


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="/news/1">Talks <b>begin</b>\n in&nbsp;Ankara</a>', "Talks begin in Ankara"),
        ('<a href="/news/1" title="Talks begin in Ankara"></a>', "Talks begin in Ankara"),
        ('<a href="/news/1" aria-label="Talks begin in Ankara"><svg></svg></a>', "Talks begin in Ankara"),
        ('<a href="/news/1"><img alt="Talks begin in Ankara"></a>', "Talks begin in Ankara"),
        ('<a href="/news/1" title="Open"><img alt="Two men at a table"></a>', "Open"),
        ('<h2><a href="/news/1"><img alt="Two men at a table"></a></h2>', "Two men at a table"),
        ('<a href="/news/1"><i></i></a>', ""),
        # A whole teaser in one link.
        (
            '<a href="/news/1"><span>World</span><span>Talks begin in Ankara</span><p>The two sides met on Monday, '
            "for the first time since the spring.</p></a>",
            "Talks begin in Ankara",
        ),
        (
            '<a href="/news/1"><p>The two sides met on Monday.</p><h3>Talks <em>begin</em></h3></a>',
            "Talks begin",
        ),
        # What a program in the page or a clock would say is no title.
        ('<a href="/news/1">Talks begin<script>track("a very long thing")</script></a>', "Talks begin"),
        ('<a href="/news/1"><time datetime="2026-03-02">about three hours ago</time> Talks begin</a>', "Talks begin"),
        ('<a href="/news/1">&lt;script&gt;alert(1)&lt;/script&gt;</a>', "<script>alert(1)</script>"),  # text is text
        ('<a href="/news/1">A&#0;B\u200bC</a>', "A\ufffdBC"),
    ],
)
def test_a_link_is_called_what_its_reader_sees(link: str, title: str) -> None:
    assert only(link).title == title


def test_a_heading_outweighs_a_longer_text() -> None:
    entry = only(
        '<h3><a href="/news/1">Talks begin</a></h3>',
        '<a href="/news/1">Leave a comment on this article before anybody else does</a>',
    )
    assert entry.title == "Talks begin"


def test_another_order_of_the_page_changes_no_entry() -> None:
    teasers = [
        '<a href="/news/1">Talks begin in Ankara</a>',
        '<a href="/news/2">Harvest fails again</a>',
        '<a href="/news/1">More</a>',
    ]
    one, other = (read(page(*order), "/news/*") for order in (teasers, teasers[1:] + teasers[:1]))
    assert [entry.url for entry in one.entries] != [entry.url for entry in other.entries]
    assert {(entry.uid, entry.content_digest) for entry in one.entries} == {
        (entry.uid, entry.content_digest) for entry in other.entries
    }
    changed = only('<a href="/news/1">Talks end in Ankara</a>')
    assert changed.uid == one.entries[0].uid
    assert changed.content_digest != one.entries[0].content_digest


# Since when


@pytest.mark.parametrize(
    "block",
    [
        '<article><a href="/news/1">x</a><time datetime="2026-03-02T10:30:00+03:00">now</time></article>',
        '<li><time datetime="2026-03-02T07:30:00Z"></time><h3><a href="/news/1">x</a></h3></li>',
        '<div><div><a href="/news/1"><img></a></div><div><a href="/news/1">x</a></div>'
        '<p>by <a href="/people/ada">Ada</a>, <time datetime="Mon, 02 Mar 2026 07:30:00 GMT">now</time></p></div>',
        '<a href="/news/1"><h3>x</h3><time datetime="2026-03-02 07:30">now</time></a>',
        # Said twice, and meant once.
        '<li><a href="/news/1">x</a><time datetime="2026-03-02T07:30Z">a</time>'
        '<time datetime="2026-03-02T07:30Z">b</time></li>',
    ],
)
def test_a_date_in_the_same_block_is_the_entrys(block: str) -> None:
    other = '<li><a href="/news/2">y</a><time datetime="2020-01-01T00:00:00Z"></time></li>'
    first = read(page(f"<ul>{block}{other}</ul>"), "/news/*").entries[0]
    assert first.published == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert first.published_raw


@pytest.mark.parametrize(
    "block",
    [
        '<p><a href="/news/1">x</a> <a href="/news/2">y</a> <time datetime="2026-03-02">now</time></p>',
        '<li><a href="/news/1">x</a><time datetime="2026-03-02">a</time><time datetime="2026-03-05">b</time></li>',
        '<li><a href="/news/1">x</a><time datetime="yesterday">a</time></li>',
        '<li><a href="/news/1">x</a><time>2026-03-02</time></li>',
        '<li><a href="/news/1">x</a></li><footer><time datetime="2026-03-02">page made</time></footer>',
    ],
)
def test_a_date_that_may_be_anothers_is_not_taken(block: str) -> None:
    assert read(page(block), "/news/*").entries[0].published is None


# What comes in


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Nyheter på svenska</title><a href=/news/1>Översvämning i Malmö</a>".encode(), ""),
        ("<title>Nyheter på svenska</title><a href=/news/1>Översvämning i Malmö</a>".encode("latin-1"), ""),
        (
            "<meta charset=utf-16><title>Nyheter på svenska</title><a href=/news/1>Översvämning i Malmö</a>".encode(),
            "text/html; charset=iso-8859-1",  # both are wrong
        ),
        ("<title>Nyheter på svenska</title><a href=/news/1>Översvämning i Malmö</a>".encode("utf-16"), ""),
    ],
)
def test_a_page_is_decoded_as_pages_are_elsewhere(body: bytes, content_type: str) -> None:
    feed = read(body, "/news/*", content_type=content_type)
    assert (feed.title, feed.entries[0].title) == ("Nyheter på svenska", "Översvämning i Malmö")


@pytest.mark.parametrize(
    ("body", "links", "reason"),
    [
        (b"", [], "the answer is no page that can be read"),
        (b"\x00\xff\xfe\x01", [], "the page has no links"),
        (page("<p>Nothing here.</p>"), ["/news/*"], "the page has no links"),
        (
            page('<a href="/a">x</a><a href="/b">y</a>'),
            ["/news/*", "/x"],
            "none of the page's 2 links fits /news/*, /x",
        ),
        (
            page('<a href="/a">x</a>'),
            [],
            "none of the page's 1 links looks like an article; patterns for them can be set",
        ),
    ],
)
def test_a_page_without_entries_says_why(body: bytes, links: Sequence[str], reason: str) -> None:
    assert refused(body, *links) == reason


def test_what_is_beyond_the_limit_is_said() -> None:
    body = page(*(f'<a href="/news/{n}">Number {n}</a>' for n in range(30)))
    feed = read(body, "/news/*", max_entries=10)
    assert len(feed.entries) == 10
    assert feed.truncated == "the first 10 of 30 links"
    cut = parse_listing(body[:250], url=URL, links=["/news/*"], max_entries=10, body_truncated=True)
    assert isinstance(cut, Feed)
    assert cut.truncated == "the page was too long and is cut"


def test_links_in_comments_and_scripts_are_not_there() -> None:
    body = page(
        '<!-- <a href="/news/1">x</a> --><script>"<a href=/news/2>x</a>"</script><style><a href="/news/3"></style>',
        '<a href="/news/4">x</a><SCRIPT src=x></SCRIPT><a href="/news/5">y</a>',
        '<script>if (a --> b) { "<!--" }</script><a href="/news/6">z</a><script>never ended <a href="/news/7">',
    )
    assert addresses(body, "/news/*") == ["/news/4", "/news/5", "/news/6"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " + " ".join(f"a{n}=1" for n in range(200_000)) + " href=/news/2>x</a>",  # compared two by two
        "".join("<a " + " ".join(f"a{n}" for n in range(1500)) + " href=/news/2>x</a>" for _ in range(150)),
        "<script" * 150_000,
        "<!--" * 250_000,
        "<div>" * 200_000,
        "<div><p>" * 100_000,
        "<li><a href=/news/2>x" * 50_000,  # links within links
        "<a href=/news/2>" + "<b>x</b>" * 100_000 + "</a>",
        "<a href='/news/2'>" + "<time datetime=2026-03-02>" * 50_000,
        "".join(f"<a href=/news/{n}>x</a>" for n in range(40_000)),
        "<a href='" + "/news/" * 100_000 + "'>x</a>",
        "<base href='http://[' />" * 20_000,
        "&amp;" * 200_000,
        "<a href=/news/2>" + "&#xD800;&#x110000;" * 10_000,
        "\x00" * 500_000,
    ],
    ids=lambda hostile: hostile[:12].replace("\x00", "0"),
)
def test_a_hostile_page_costs_little_and_loses_nothing_before_it(hostile: str) -> None:
    start = time.process_time()
    feed = read(page('<a href="/news/1">The first</a>', hostile), "/news/*")
    assert time.process_time() - start < SECONDS_AT_MOST
    assert (feed.entries[0].url, feed.entries[0].title) == ("https://news.example/news/1", "The first")
    assert len(feed.entries) <= 100
