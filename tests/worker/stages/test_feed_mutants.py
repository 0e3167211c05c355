"""Broken feeds, sitemaps and pages by the thousand: no parser raises, stalls or dies, and every answer keeps its word.

The mutants are made and judged in `bench.mutants`, which has the long run. What it has found stands at the end.
"""

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from bench.feeds.quirk import FOLDER
from bench.mutants.corpus import Kind, Original, read_corpus
from bench.mutants.mutate import MAX_BYTES, Mutant, numbered
from bench.mutants.promises import broken
from bench.mutants.tally import Tally, as_lines
from bench.mutants.trial import Direct, Path, Trial, attempt
from worker.confine.pool import Confined
from worker.stages.feed import Entry, Feed, NotAFeed, parse_feed, parse_feed_swiftly, parse_feed_thoroughly
from worker.stages.feed.sitemap_index import Child, SitemapIndex

SEED = 2025
OWN = read_corpus()
URL = "https://news.example/feeds/world.xml"
LONGEST_SECONDS = 10.0
"""The limit of a parse in production. Here the clock also counts what else the machine is doing."""


def mutants(first: int, count: int, corpus: Sequence[Original] = OWN) -> Iterator[tuple[int, Mutant]]:
    for number in range(first, first + count):
        yield number, numbered(SEED, number, corpus)


@lru_cache
def tried(first: int, count: int, corpus: tuple[Original, ...] = OWN) -> Tally:
    tally, caller = Tally(), Direct()
    for number, mutant in mutants(first, count, corpus):
        tally.add(number, attempt(mutant, caller))
    return tally


@pytest.mark.parametrize("first", range(0, 2100, 300))
def test_no_mutant_makes_a_parser_raise_stall_or_lie(first: int) -> None:
    tally = tried(first, 300)
    assert tally.faulty == {}
    assert tally.elsewhere[0] < LONGEST_SECONDS
    assert tally.by_path[Path.SWIFT] > 20  # so many were read both ways, and alike


def test_no_mutant_of_foreign_feeds_does_either() -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"there are no feeds in {FOLDER}")
    corpus = tuple(original for original in read_corpus(FOLDER) if original not in OWN)
    assert tried(10_000, 200, corpus).faulty == {}


def test_no_mutant_ends_a_child_or_passes_a_limit() -> None:
    tally = Tally()
    with Confined(seconds=LONGEST_SECONDS, memory_mib=512, children=1) as confined:
        for number, mutant in mutants(20_000, 200):
            tally.add(number, attempt(mutant, confined))
    assert (tally.faulty, tally.died, tally.limits.total()) == ({}, 0, 0)


# The mutants are what they should be


def test_the_corpus_has_every_kind_and_each_original_once() -> None:
    assert len(OWN) == len({original.name for original in OWN}) >= 40
    assert min(Counter(original.kind for original in OWN)[kind] for kind in Kind) >= 3


def test_a_mutant_is_the_same_each_time_and_seldom_its_original() -> None:
    first, again = list(mutants(0, 300)), list(mutants(0, 300))
    assert first == again
    bodies = {original.body for original in OWN}
    assert sum(mutant.body in bodies for _, mutant in first) < 60
    assert max(len(mutant.body) for _, mutant in first) <= MAX_BYTES


def test_mutants_reach_what_is_behind_the_first_byte() -> None:
    """Were all of them refused at once, nothing would be tested."""
    tally = tried(0, 300)
    assert set(tally.by_path) == set(Path)
    assert tally.refused < 150
    assert tally.entries > 300


# And their judges see what is wrong

ENTRY = Entry(uid="0" * 64, url="https://news.example/1", title="A", content_digest="1" * 64)
FEED = Feed(title="World", language="en", link="", kind="rss20", entries=(ENTRY,))
FORGED = "https://news.example/\n"


@pytest.mark.parametrize(
    "answer",
    [
        replace(FEED, title="A\0"),
        replace(FEED, title="A\nB"),
        replace(FEED, link="javascript:alert(1)"),
        replace(FEED, hub="https://"),
        replace(FEED, own_url="https://[x/"),
        replace(FEED, language="no language"),
        replace(FEED, ttl_minutes=0),
        replace(FEED, skip_hours=frozenset([24])),
        replace(FEED, entries=(ENTRY, ENTRY)),  # one uid for two
        replace(FEED, entries=tuple(replace(ENTRY, uid=f"{n:064x}") for n in range(4))),  # more than were asked for
        *(
            replace(FEED, entries=(replace(ENTRY, **change),))
            for change in (
                {"uid": ""},
                {"url": "data:,x"},
                {"url": FORGED},
                {"title": "A\ud800"},
                {"title": "A" * 1001},
                {"summary": "\x1b"},
                {"summary": "A" * 20_001},
                {"content": "\x85"},
                {"guid": "\ufffe"},
                {"authors": ("",)},
                {"authors": ("A\tB",)},
                {"published_raw": "\x07"},
                {"published": datetime(1989, 12, 31, tzinfo=UTC)},
                {"updated": datetime(2100, 1, 1, tzinfo=UTC)},
                {"published": datetime(2025, 1, 1)},  # noqa: DTZ001 - without a zone on purpose
                {"language": "<b>"},
            )
        ),
        SitemapIndex("https://news.example/", (Child("file:///etc/passwd"),)),
        SitemapIndex("https://news.example/", (Child(""),)),
        NotAFeed(""),
        NotAFeed("\0"),
    ],
)
def test_a_broken_promise_is_seen(answer: Feed | SitemapIndex | NotAFeed) -> None:
    assert broken(FEED, max_entries=3) == []
    assert broken(answer, max_entries=3) != []


FAULTY_CALLS = {
    "raises": ZeroDivisionError("oh"),
    "is another answer": NotAFeed("not what the swift way said"),
    "breaks a promise": replace(FEED, title="\0"),
}


@pytest.mark.parametrize("what", FAULTY_CALLS)
def test_a_parser_that_misbehaves_is_found_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty:
        def call(self, *_arguments: object, **_named: object) -> object:
            given = FAULTY_CALLS[what]
            if isinstance(given, Exception):
                raise given
            return given

    ordinary = next(original for original in OWN if original.name == "rss-0.92.xml")
    mutant = Mutant(ordinary.body, Kind.FEED, URL, "", is_truncated=False, max_entries=2000, made="")
    assert attempt(mutant, Direct()).faults == ()
    trial = attempt(mutant, Faulty())  # type: ignore[arg-type] # it is no good, that is the point
    assert trial.path is Path.SWIFT
    assert trial.faults != ()


def test_a_swift_way_that_raises_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def raises(*_arguments: object, **_named: object) -> None:
        raise RecursionError

    monkeypatch.setattr("bench.mutants.trial.parse_feed_swiftly", raises)
    mutant = Mutant(b"<rss/>", Kind.FEED, URL, "", is_truncated=False, max_entries=2000, made="")
    assert attempt(mutant, Direct()).faults == ("the swift way raised RecursionError()",)


def test_the_report_counts_everything() -> None:
    tally = Tally()
    tally.add(3, Trial(Path.SWIFT, here=0.5, entries=2))
    tally.add(4, Trial(Path.THOROUGH, elsewhere=10.5, is_refused=True, limit="time"))
    tally.add(5, Trial(Path.THOROUGH, elsewhere=1.0, has_died=True, faults=("in the child: it died",)))
    assert list(as_lines(tally, seed=7)) == [
        "mutants: 3 of seed 7, answered by: thorough 2, swift 1",
        "entries found in them: 2; refused with a reason: 1",
        "limits that were hit: time 1 (4)",
        "workers that died: 1",
        "slowest in this process: 0.500 s of processor time, number 3",
        "slowest in a child: 10.50 s by the clock, number 4",
        "slower than 2 s in a child: 1 (4)",
        "mutants with faults: 1 (5)",
    ]


# What mutants and quirks have found


def thorough(body: bytes, content_type: str = "") -> Feed:
    feed = parse_feed_thoroughly(body, url=URL, content_type=content_type)
    assert isinstance(feed, Feed), feed
    assert parse_feed_swiftly(body, url=URL, content_type=content_type) in (None, feed)
    return feed


def rss(item: str, before: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>Мир</title><item>{item}</item></channel></rss>'


@pytest.mark.parametrize(
    "body",
    [
        "<rss" + "".join(f' a{number}="1"' for number in range(1000)) + ' version="2.0"><channel/></rss>',
        rss(f"<description><![CDATA[{'<b/>' * 20_001}]]></description>"),
        rss(f'<title>A</title><description><![CDATA[<!ENTITY a "{"b" * 3000}">{"&amp;" * 4000}]]></description>'),
    ],
    ids=["attributes", "tags", "entities"],
)
def test_what_the_thorough_way_leaves_out_the_swift_way_leaves_to_it(body: str) -> None:
    assert parse_feed_swiftly(body.encode(), url=URL) in (None, thorough(body.encode()))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("blank", ["\n", "\r\n", " \n", "\n\t"])
def test_blank_lines_before_a_feed_take_no_time(blank: str) -> None:
    """feedparser's search for a document type took ten seconds over 30,000 of them."""
    assert thorough(rss("<title>A</title>", before=blank * 100_000).encode()).entries[0].title == "A"


@pytest.mark.parametrize("value", [r"a\y", r"\1", "\\", "C:\\\\news"])
def test_a_backslash_in_an_entity_loses_no_feed(value: str) -> None:
    """feedparser takes it for one in a pattern, and breaks, or puts in what is not there."""
    declaration = f'<!DOCTYPE rss [\n<!ENTITY place "{value}">\n]>\n'
    assert thorough(rss("<title>In &place;</title>", before=declaration).encode()).entries[0].title == f"In {value}"


@pytest.mark.parametrize(
    "reference", ["&#xFFFFFFFFFFFF;", "&#x0000000080;", "&#99999999999;", "&#1" + "0" * 5000 + ";"]
)
def test_a_reference_of_any_length_is_read_alike(reference: str) -> None:
    markup = html.escape(f"<p>{reference} and {reference}</p>")
    assert thorough(rss(f"<title>A</title><description>{markup}</description>").encode()).entries[0].title == "A"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>'])
@pytest.mark.parametrize("content_type", ["", "text/xml", "application/rss+xml; charset=iso-8859-1"])
def test_wide_characters_need_no_declaration(charset: str, declaration: str, content_type: str) -> None:
    """feedparser took such feeds for UTF-8 with many NULs, and found nothing in them."""
    body = rss("<title>Порт</title>", before=declaration).encode(charset)
    feed = thorough(body, content_type)
    assert (feed.title, feed.entries[0].title) == ("Мир", "Порт")
    assert thorough(body[:-1], content_type) == feed  # cut within a character


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("ada@news.media (Ada Lind)", ("Ada Lind",)),  # feedparser knows domains of four letters: "a (Ada Lind)"
        ("Ada Lind &lt;ada@post.international&gt;", ("Ada Lind",)),
        ("ada@news.xn--p1ai (Ада)", ("Ада",)),
        ("ada@news.media", ("ada@news.media",)),
        ("ada@news.com (Ada Lind)", ("Ada Lind",)),
        ("Ada @ news.media", ("Ada @ news.media",)),
    ],
)
@pytest.mark.parametrize("element", ["author", "managingEditor"])
def test_a_mail_address_is_taken_from_an_author_whole(element: str, author: str, expected: tuple[str, ...]) -> None:
    assert thorough(rss(f"<{element}>{author}</{element}>").encode()).entries[0].authors == expected


def test_a_title_that_is_cut_does_not_end_in_a_space() -> None:
    title = thorough(rss(f"<title>{'A' * 999} {'B' * 10}</title>").encode()).entries[0].title
    assert title == "A" * 999


def test_an_enclosures_address_is_not_the_entrys() -> None:
    """feedparser takes any link that is written as a text for the entry's own, if it is the last."""
    links = (
        '<link rel="alternate" href="https://news.example/1"/>',
        '<link rel="enclosure">https://news.example/1.mp3</link>',
    )
    for order in (links, links[::-1]):
        body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{"".join(order)}</entry></feed>'
        assert thorough(body.encode()).entries[0].url == "https://news.example/1"


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>', "<!-- <b> - -- --> <!DOCTYPE x> "])
def test_a_channel_without_items_is_a_feed(before: str) -> None:
    """CDF names no version, and without an item it was called no feed."""
    body = f'{before}<CHANNEL HREF="http://old.example/"><TITLE>Old</TITLE></CHANNEL>'.encode()
    assert (thorough(body).title, thorough(body).link) == ("Old", "http://old.example/")
    assert isinstance(parse_feed(b"<html><channel>x</channel></html>", url=URL), NotAFeed)
