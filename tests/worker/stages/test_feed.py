"""Feeds as they come: every format, every quirk, and what a hostile one does not achieve.

The feeds here are written for the tests; `rss` and `atom` put the usual frame around an item.
"""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest

from worker.stages.feed import Entry, Feed, NotAFeed, clamp, discover_feeds, parse_feed, parse_feed_thoroughly
from worker.stages.feed.text import plain

URL = "https://news.example/feeds/world.xml"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(*items: str, head: str = "<title>World</title>", before: str = '<?xml version="1.0"?>') -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{before}<rss version="2.0" {NAMESPACES}><channel>{head}{inside}</channel></rss>'.encode()


def atom(*entries: str, head: str = "<title>World</title>") -> bytes:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{head}{inside}</feed>'.encode()


def json_feed(*items: object, **fields: object) -> bytes:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "World", "items": items} | fields
    ).encode()


def read(body: bytes, *, content_type: str = "", **options: Any) -> Feed:
    """Read a feed thoroughly, and see that the swift way, where it answers, gives the same."""
    feed = parse_feed_thoroughly(body, url=URL, content_type=content_type, **options)
    assert isinstance(feed, Feed), feed
    assert parse_feed(body, url=URL, content_type=content_type, **options) == feed
    return feed


def only(body: bytes, *, content_type: str = "") -> Entry:
    (entry,) = read(body, content_type=content_type).entries
    return entry


# Formats


def test_rss_is_read() -> None:
    feed = read(
        rss(
            "<title>Talks begin in Ankara</title><link>/2026/talks?utm_source=rss</link>"
            "<guid isPermaLink='false'>n-1</guid><pubDate>Mon, 24 Nov 2025 10:00:00 +0300</pubDate>"
            "<dc:creator>Ada Lind</dc:creator>"
            "<description>&lt;p&gt;They &lt;b&gt;met&lt;/b&gt;.&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>They met on Monday.</p>]]></content:encoded>",
            head="<title>World</title><link>https://news.example/</link><language>en-gb</language><ttl>30</ttl>"
            '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://news.example/rss"/>',
        )
    )
    assert (feed.kind, feed.title, feed.link, feed.language, feed.ttl_minutes) == (
        "rss20",
        "World",
        "https://news.example/",
        "en-gb",
        30,
    )
    assert (feed.hub, feed.own_url, feed.truncated) == ("https://hub.example/", "https://news.example/rss", None)
    entry = feed.entries[0]
    assert entry.url == "https://news.example/2026/talks?utm_source=rss"
    assert (entry.title, entry.guid, entry.authors) == ("Talks begin in Ankara", "n-1", ("Ada Lind",))
    assert entry.published == datetime(2025, 11, 24, 7, tzinfo=UTC)
    assert entry.published_raw == "Mon, 24 Nov 2025 10:00:00 +0300"
    assert (entry.summary, entry.content) == ("They met.", "<p>They met on Monday.</p>")
    assert entry.language == "en-gb"


def test_atom_is_read() -> None:
    entry = only(
        atom(
            "<title type='html'>Talks &amp;amp; tea</title><id>tag:news.example,2025:1</id>"
            "<link rel='alternate' href='../talks'/><link rel='enclosure' href='/a.mp3'/>"
            "<published>2025-11-24T10:00:00+03:00</published><updated>2025-11-24T11:00:00Z</updated>"
            "<author><name>Ada Lind</name></author><author><name>Bo Berg</name></author>"
            "<content type='xhtml' xml:lang='de'><div xmlns='http://www.w3.org/1999/xhtml'><p>Tee</p></div></content>"
        )
    )
    assert (entry.title, entry.url, entry.language) == ("Talks & tea", "https://news.example/talks", "de")
    assert entry.published == datetime(2025, 11, 24, 7, tzinfo=UTC)
    assert entry.updated == datetime(2025, 11, 24, 11, tzinfo=UTC)
    assert entry.authors == ("Ada Lind", "Bo Berg")
    assert plain(entry.content) == "Tee"


def test_rdf_is_read() -> None:
    feed = read(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>World</title></channel>'
        b'<item rdf:about="https://news.example/1"><title>One</title><dc:date>2025-11-24T10:00:00Z</dc:date></item>'
        b"</rdf:RDF>"
    )
    assert feed.kind == "rss10"
    assert feed.entries[0].url == "https://news.example/1"
    assert feed.entries[0].published == datetime(2025, 11, 24, 10, tzinfo=UTC)


def test_json_feed_is_read() -> None:
    feed = read(
        json_feed(
            {
                "id": 17,  # a number, where the format wants text
                "url": "/talks",
                "title": "Talks begin",
                "content_html": "<p>They met.</p>",
                "summary": "A <meeting>",
                "date_published": "2025-11-24T10:00:00+03:00",
                "authors": [{"name": "Ada Lind"}, {"url": "https://x.example"}],
            },
            {"id": "2", "content_text": "Fish & chips\n\nAnd < tea", "external_url": "https://other.example/2"},
            "not an item",
            home_page_url="https://news.example/",
            feed_url="https://news.example/feed.json",
            language="en_GB",
            hubs=[{"type": "rssCloud", "url": "https://a.example"}, {"type": "WebSub", "url": "https://hub.example/"}],
        ),
        content_type="application/feed+json",
    )
    assert (feed.kind, feed.title, feed.language, feed.hub) == ("json11", "World", "en-GB", "https://hub.example/")
    first, second = feed.entries
    assert (first.guid, first.url, first.authors) == ("17", "https://news.example/talks", ("Ada Lind",))
    assert (first.summary, first.content) == ("A <meeting>", "<p>They met.</p>")
    assert first.published == datetime(2025, 11, 24, 7, tzinfo=UTC)
    assert (second.url, second.title) == ("https://other.example/2", "")
    assert second.content == "<p>Fish &amp; chips</p><p>And &lt; tea</p>"


def test_the_first_json_feed_is_read_too() -> None:
    body = json_feed({"id": "1", "author": {"name": "Ada"}}, version="https://jsonfeed.org/version/1")
    assert (read(body).kind, only(body).authors) == ("json1", ("Ada",))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><head><title>Home</title></head><body>hi</body></html>", "HTML page"),
        (b"just some words", "no format"),
        (b"/etc/passwd", "no format"),  # feedparser would open it
        (b"https://news.example/feed", "no format"),  # and ask for this
        (b'{"a": 1}', "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "not a JSON Feed"),
        (b'{"version": ', "cannot be read"),
        (b'{"a":' * 100_000, "cannot be read"),
        (bytes(range(256)) * 10, "no format"),
    ],
)
def test_what_is_no_feed_says_why(body: bytes, reason: str) -> None:
    answer = parse_feed(body, url=URL)
    assert isinstance(answer, NotAFeed)
    assert reason in answer.reason


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss()).entries == ()


# Text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Cats &amp; dogs", "Cats & dogs"),
        ("AT&amp;amp;T rises", "AT&T rises"),  # escaped twice, as RSS titles often are
        ("1 &lt; 2", "1 < 2"),
        ("<![CDATA[A <em>new</em> day]]>", "A new day"),
        ("  two\n  lines ", "two lines"),
        ("It&#8217;s here", "It’s here"),
        ("<![CDATA[It\x92s here]]>", "It’s here"),  # a Windows byte in a feed that says otherwise
        ("", ""),
    ],
)
def test_titles_are_shown_as_a_reader_would_see_them(title: str, shown: str) -> None:
    assert only(rss(f"<title>{title}</title><link>/a</link>")).title == shown


def test_control_characters_and_halves_of_characters_do_not_come_in() -> None:
    """Two of three databases refuse them, and so does JSON."""
    body = json_feed({"id": "1", "title": "a\x00b\ud800c\x1bd", "content_text": "x\x00y", "summary": "s\ufffft"})
    entry = only(body)
    assert (entry.title, entry.content, entry.summary) == ("abcd", "xy", "st")
    raw = rss("<title>a\x00b</title><description>c&#0;d</description><guid>g\x01</guid>")
    assert "\x00" not in repr(read(raw).entries)


def test_summaries_are_text_a_line_for_each_block() -> None:
    summary = "<p>One <b>two</b></p><script>evil()</script><ul><li>three</li><li>four &lt; five</li></ul>"
    entry = only(rss(f"<title>t</title><description><![CDATA[{summary}]]></description>"))
    assert entry.summary == "One two\nthree\nfour < five"


def test_text_survives_thousands_of_elements_inside_each_other() -> None:
    assert plain("<div>" * 5000 + "still here" + "</div>" * 5000) == "still here"


def test_the_longest_text_is_the_content() -> None:
    entry = only(
        rss("<title>t</title><description>A long description of it</description><content:encoded>x</content:encoded>")
    )
    assert entry.content == "A long description of it"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Grüße aus Łódź</title>".encode(), ""),
        ("<title>Grüße aus Łódź</title>".encode(), "text/xml"),  # by the book this would be ASCII
        ("<title>Grüße aus Łódź</title>".encode(), "text/xml; charset=iso-8859-1"),  # a server's default, and wrong
        ("<title>Grüße aus Łódź</title>".encode("iso-8859-2"), "application/xml; charset=iso-8859-2"),
    ],
)
def test_the_charset_that_fits_is_used(body: bytes, content_type: str) -> None:
    feed = b'<rss version="2.0"><channel><title>x</title><item>' + body + b"</item></channel></rss>"
    assert only(feed, content_type=content_type).title == "Grüße aus Łódź"


def test_a_wrong_declaration_does_not_spoil_utf8() -> None:
    body = rss("<title>Grüße</title>", before='<?xml version="1.0" encoding="windows-1251"?>')
    assert only(body).title == "Grüße"


def test_utf16_is_read() -> None:
    body = rss("<title>Grüße</title>", before='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16")
    assert only(body).title == "Grüße"


@pytest.mark.parametrize("name", ["unicode_escape", "raw-unicode-escape", "utf-7", "punycode", "idna", "x-klingon"])
def test_codecs_that_are_no_charsets_are_not_used(name: str) -> None:
    title = r"<title>\x3cscript\x3e +ADw-</title>"
    declared = rss(title, before=f'<?xml version="1.0" encoding="{name}"?>')
    for entry in (only(declared), only(rss(title), content_type=f"text/xml; charset={name}")):
        assert entry.title == r"\x3cscript\x3e +ADw-"


# Links


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/a</link>", "https://news.example/a"),
        ("<link>https://other.example/a</link>", "https://other.example/a"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>data:text/html,x</link>", ""),
        ("<link>file:///etc/passwd</link>", ""),
        ("<link>http://[bad</link>", ""),
        ("<guid>https://news.example/b</guid>", "https://news.example/b"),  # a guid is a permanent link by default
        ("<guid isPermaLink='false'>https://news.example/b</guid>", ""),
        ("<guid>/b</guid>", "https://news.example/b"),
        ("<link>https://hop.example/x</link><feedburner:origLink>https://news.example/c</feedburner:origLink>",
         "https://news.example/c"),
        ("<title>t</title>", ""),
    ],
)  # fmt: skip
def test_an_entry_leads_to_the_web_or_nowhere(item: str, url: str) -> None:
    assert only(rss(item + "<description>x</description>")).url == url


def test_links_follow_the_base_that_a_feed_sets() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/x/"><title>t</title>
      <entry><id>1</id><title>t</title><link href="y"/></entry></feed>"""
    assert only(body).url == "https://base.example/x/y"


# Dates


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Mon, 24 Nov 2025 10:00:00 GMT", datetime(2025, 11, 24, 10, tzinfo=UTC)),
        ("Mon, 24 Nov 2025 10:00:00 EST", datetime(2025, 11, 24, 15, tzinfo=UTC)),
        ("2025-11-24T10:00:00+03:00", datetime(2025, 11, 24, 7, tzinfo=UTC)),
        ("lun., 24 nov. 2025 10:00:00 +0100", datetime(2025, 11, 24, 9, tzinfo=UTC)),  # French
        ("Mi, 03 Dez 2025 10:00:00 GMT", datetime(2025, 12, 3, 10, tzinfo=UTC)),  # German
        ("mié, 03 dic 2025 10:00:00 GMT", datetime(2025, 12, 3, 10, tzinfo=UTC)),  # Spanish
        ("Sal, 25 Kas 2025 10:00:00 +0300", datetime(2025, 11, 25, 7, tzinfo=UTC)),  # Turkish
        ("hace 2 horas", None),  # would depend on when it is read
        ("31 Feb 2025", None),
        ("0000-00-00", None),
        ("99999-01-01", None),
        ("1970-01-01T00:00:00Z", None),  # nobody's news: an empty field in somebody's database
        ("soon", None),
    ],
)
def test_dates_are_read_or_left_but_never_made_up(written: str, read_as: datetime | None) -> None:
    entry = only(rss(f"<title>t</title><pubDate>{written}</pubDate>"))
    assert (entry.published, entry.published_raw) == (read_as, written)


def test_an_article_is_filed_by_its_date_but_not_after_it_was_seen() -> None:
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    earlier, later = seen - timedelta(hours=3), seen + timedelta(hours=3)
    assert (clamp(earlier, seen), clamp(later, seen), clamp(None, seen)) == (earlier, seen, seen)


# Identity


def items(*pairs: tuple[str, str]) -> list[str]:
    return [f"<title>{title}</title><guid isPermaLink='false'>{guid}</guid>" for guid, title in pairs]


def uids(*item: str) -> list[str]:
    return [entry.uid for entry in read(rss(*item)).entries]


def test_a_guid_is_the_identity_whatever_else_changes() -> None:
    before = uids("<guid isPermaLink='false'>1</guid><title>Old</title><link>/a</link>")
    assert uids("<guid isPermaLink='false'>1</guid><title>New</title><link>/b</link>") == before


def test_five_entries_with_one_guid_stay_five_and_are_known_again() -> None:
    listed = items(*[("same", f"Title {place}") for place in range(5)])
    assert len(set(uids(*listed))) == 5
    assert set(uids(*reversed(listed))) == set(uids(*listed))


def test_one_reused_guid_does_not_change_the_identity_of_the_others() -> None:
    alone = uids(*items(("a", "A")))
    assert uids(*items(("same", "1"), ("same", "2"), ("a", "A")))[2] == alone[0]


def test_without_a_guid_the_address_stands_in_without_its_trackers() -> None:
    assert uids("<title>t</title><link>/a?utm_source=x</link>") == uids("<title>u</title><link>/a?utm_source=y</link>")


def test_without_guid_and_address_title_and_date_stand_in() -> None:
    monday, tuesday = (f"<title>Quote of the day</title><pubDate>2025-11-2{day}</pubDate>" for day in (4, 5))
    assert len(set(uids(monday, tuesday))) == 2
    assert uids(monday) == uids(monday, tuesday)[:1]


def test_entries_that_all_lead_to_the_home_page_are_told_apart() -> None:
    assert len(set(uids("<title>a</title><link>/</link>", "<title>b</title><link>/</link>"))) == 2


def test_entries_that_differ_only_in_their_text_are_told_apart() -> None:
    same = "<guid isPermaLink='false'>1</guid><title>Update</title>"
    assert len(set(uids(f"{same}<description>a</description>", f"{same}<description>b</description>"))) == 2


def test_an_entry_listed_twice_keeps_its_identity_when_it_is_listed_once() -> None:
    (item,) = items(("1", "A"))
    twice = uids(item, item)
    assert len(set(twice)) == 2
    assert uids(item) == twice[:1]


def test_the_digest_changes_with_the_text_and_not_with_the_dates() -> None:
    def digest(text: str, date: str, built: str) -> str:
        head = f"<title>World</title><lastBuildDate>{built}</lastBuildDate>"
        item = f"<guid>1</guid><description>{text}</description><pubDate>{date}</pubDate>"
        return read(rss(item, head=head)).entries[0].content_digest

    first = digest("a", "2025-11-24", "2025-11-24")
    assert digest("a", "2025-11-25", "2025-11-26") == first
    assert digest("b", "2025-11-24", "2025-11-24") != first


# Hostile feeds


def numbered(count: int) -> list[str]:
    return [f"<title>Entry {place}</title><guid isPermaLink='false'>{place}</guid>" for place in range(count)]


@pytest.mark.parametrize("reference", ["&#xD800;", "&#x110000;", "&#99999999999;", "&#" + "9" * 5000 + ";"])
@pytest.mark.parametrize("element", ["title", "category", "author", "description", "guid"])
def test_a_reference_to_no_character_costs_no_entry(reference: str, element: str) -> None:
    bad = f"<link>/bad</link><{element}>before {reference} after</{element}>"
    feed = read(rss(*numbered(2), bad, *numbered(4)[2:]))
    assert len(feed.entries) == 5
    assert [entry.title for entry in feed.entries if entry.url != "https://news.example/bad"] == [
        f"Entry {place}" for place in range(4)
    ]
    assert feed.truncated is None


def test_an_entry_that_breaks_the_parser_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the next way to break it will be: here a marker in the bytes stands for it."""
    parse = feedparser.parse

    def breaks_on_marker(stream: Any, **options: Any) -> Any:
        if b"BREAK" in stream.read():
            raise AttributeError("an accident")
        stream.seek(0)
        return parse(stream, **options)

    monkeypatch.setattr(feedparser, "parse", breaks_on_marker)
    feed = parse_feed_thoroughly(rss(*numbered(7), "<title>BREAK</title>", "<title>The end</title>"), url=URL)
    assert isinstance(feed, Feed)
    assert [entry.title for entry in feed.entries] == [*(f"Entry {place}" for place in range(7)), "The end"]
    assert feed.truncated == "1 entries that cannot be parsed"
    assert isinstance(parse_feed_thoroughly(rss("<title>BREAK</title>"), url=URL), Feed)
    assert isinstance(parse_feed_thoroughly(rss(head="<title>BREAK</title>"), url=URL), NotAFeed)


def test_broken_xml_still_gives_its_entries() -> None:
    body = rss(*numbered(3)).replace(b"<title>Entry 1", b"<title>Entry & <b>1")
    assert len(read(body).entries) == 3


def test_a_feed_that_is_cut_gives_the_entries_that_are_whole() -> None:
    body = rss(*numbered(10))
    feed = read(body[: body.index(b"Entry 7") + 4], body_truncated=True)
    assert [entry.title for entry in feed.entries] == [f"Entry {place}" for place in range(7)]
    assert feed.truncated == "the answer was too long and is cut"


def test_of_too_many_entries_the_first_are_read_and_the_feed_says_so() -> None:
    for body in (rss(*numbered(50)), json_feed(*({"id": str(place)} for place in range(50)))):
        feed = read(body, max_entries=20)
        assert (len(feed.entries), feed.truncated) == (20, "the first 20 of 50 entries")


@pytest.mark.parametrize(
    "author",
    ["a@" + "a." * 31_000 + "!", "&#97;@" + "&#97;." * 20_000 + "!", "a" * 200_000],
    ids=["dots", "dots as references", "one long word"],
)
@pytest.mark.parametrize("element", ["author", "dc:creator", "managingEditor"])
def test_an_endless_author_takes_no_time(author: str, element: str) -> None:
    """Unbounded, the first of these takes 24 seconds."""
    began = time.monotonic()
    feed = read(rss(f"<title>t</title><{element}>{author}</{element}>"))
    assert time.monotonic() - began < 5
    assert all(len(name) <= 320 for name in feed.entries[0].authors)


def test_entities_do_not_multiply_or_read_files() -> None:
    laughs = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    assert len(repr(read(rss("<title>&c;</title><link>/a</link>", before=laughs)).entries)) < 1000
    reads = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    entry = only(rss("<title>x&f;</title><link>/a</link>", before=reads))
    assert entry.title in ("x", "x&f;")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999999999999999</ttl>", None),
        ("<ttl>9999999</ttl>", 7 * 24 * 60),
        ("<ttl>²</ttl>", None),  # a digit to Python, not a number
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 15),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 24 * 60),
        ("<sy:updatePeriod>never</sy:updatePeriod>", None),
    ],
)
def test_how_long_a_feed_keeps_is_read(written: str, minutes: int | None) -> None:
    assert read(rss(head=f"<title>t</title>{written}")).ttl_minutes == minutes


# Discovery


def test_a_page_announces_its_feeds_in_its_head() -> None:
    page = b"""<html><head><base href="/en/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
      <link rel="alternate" type="application/rss+xml" title="News" href="feed">
      <link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="https://other.example/atom">
      <link rel="alternate" type="application/feed+json" href="/feed.json">
      <link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/a.css">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml" href="feed"></head></html>"""
    assert discover_feeds(page, "https://news.example/") == (
        "https://news.example/en/feed",
        "https://other.example/atom",
        "https://news.example/feed.json",
        "https://news.example/en/comments/feed",
    )


@pytest.mark.parametrize("page", [b"", b"\x00\x01", b"<html>", b"no html at all", b"<" * 10_000])
def test_a_page_without_feeds_announces_none(page: bytes) -> None:
    assert discover_feeds(page, "https://news.example/") == ()
