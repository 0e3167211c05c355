"""The measure of feed quirks: it reads the convention, polls in earnest, and says what does not hold."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.feeds.answers import answer
from bench.feeds.expectation import MISSING, Equation, read_expectation
from bench.feeds.polling import Polled, Stored
from bench.feeds.quirk import Quirk, read_folder, read_quirk
from bench.feeds.reading import Reading, read
from bench.feeds.report import UNEXPLAINED, Outcome, as_lines, as_object
from worker.stages.feed import NotAFeed

RSS = """<!--
Description: an item with the usual fields
Expect:      not bozo and entries[0]['title'] == u'Talks & tea' and entries[0]['link'] == 'http://news.example/1'
-->
<rss version="2.0"><channel><title>World</title>
<item><title>Talks &amp;amp; tea</title><link>http://news.example/1</link><guid>http://news.example/1</guid></item>
</channel></rss>
"""
DATE = (2025, 11, 24, 7, 0, 0, 0, 328, 0)
ATOM = f"""<!--
Header:      Content-type: application/atom+xml; charset=utf-8
Header:      Content-Location: http://news.example/feeds/
Description: a link that is joined to the address, and a date
Expect:      entries[0].link == 'http://news.example/talks' and entries[0].updated_parsed == {DATE}
-->
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:news.example,2025:1</id><link href="../talks"/>
<updated>2025-11-24T10:00:00+03:00</updated><author><name>Zoë</name></author></entry></feed>
"""
WIDE = """\ufeff<?xml version="1.0" encoding="utf-16"?>
<!--
Description: a feed in UTF-16
Expect:      not bozo and feed['title'] == u'\\u043c\\u0438\\u0440'
-->
<rss version="2.0"><channel><title>мир</title><item><title>1</title></item><item><title>2</title></item></channel></rss>
"""
BROKEN = """<!--
Description: it ends in the middle of an item
Expect:      bozo
-->
<rss version="2.0"><channel><item><title>One</title></item><item><title>Two</tit"""
NO_FEED = """<!--
Description: a page
Expect:      feed['tagline'] == 'Of no use to us'
-->
<html><body><h1>Not here</h1></body></html>
"""
FILES = {
    "rss.xml": RSS.encode(),
    "atom.xml": ATOM.encode(),
    "encoding/wide.xml": WIDE.encode("utf-16-le"),
    "illformed/broken.xml": BROKEN.encode(),
    "illformed/page.xml": NO_FEED.encode(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, body in FILES.items():
        file = tmp_path / "feeds" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    return tmp_path / "feeds"


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "bench.feeds", *arguments], capture_output=True, text=True)


def test_a_file_says_how_it_is_served_and_what_it_expects(folder: Path) -> None:
    quirks = {quirk.name: quirk for quirk in read_folder(folder)}
    assert list(quirks) == sorted(FILES)
    assert quirks["atom.xml"].headers == {
        "content-type": "application/atom+xml; charset=utf-8",
        "content-location": "http://news.example/feeds/",
    }
    assert quirks["encoding/wide.xml"].codec == "utf-16-le"
    assert quirks["encoding/wide.xml"].expects == r"not bozo and feed['title'] == u'\u043c\u0438\u0440'"


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-32-le", "utf-32-be", "cp037"])
def test_a_comment_is_read_in_any_encoding_and_the_longer_body_is_in_the_same(codec: str) -> None:
    quirk = read_quirk("a.xml", RSS.encode(codec))
    assert (quirk.codec, quirk.expects[:9]) == (codec, "not bozo ")
    assert quirk.longer_body.decode(codec) == RSS + "\n"


@pytest.mark.parametrize(
    ("expression", "equations", "unread"),
    [
        ("not bozo and feed['title'] == u'A'", [Equation(("feed", "title"), "A")], 1),
        ("entries[0].get('id') == 'A' + 'B'", [Equation(("entries", 0, "id"), "AB")], 0),
        (
            "entries[0].id == entries[1]['id'] == 'A'",
            [Equation(("entries", 0, "id"), "A"), Equation(("entries", 1, "id"), "A")],
            0,
        ),
        ("ord(feed['title']) == 65", [Equation(("feed", "title"), "A")], 0),
        ("not feed.has_key('language')", [Equation(("feed", "language"), MISSING)], 0),
        ("feed['a'] == feed['b']", [], 1),  # no value
        ("__import__('os').abort() == 1", [], 1),  # it is read, not run
        ("no Python at all", [], 1),
        ("", [], 1),
    ],
)
def test_equations_are_read_and_nothing_is_run(expression: str, equations: list[Equation], unread: int) -> None:
    found = read_expectation(expression)
    assert (list(found.equations), found.unread) == (equations, unread)


ITEM = b"<rss version='2.0'><channel><item>%s</item></channel></rss>"


@pytest.mark.parametrize(
    ("item", "expects", "holds"),
    [
        # The same in another form
        (b"<title>A &amp;lt;b&amp;gt;</title>", "entries[0].title == 'A &lt;b&gt;'", True),
        (b"<title>  A\n B </title>", "entries[0].title_detail.value == 'A\\n B'", True),
        (b"<author>Ada (ada@news.example)</author>", "entries[0].author == 'Ada (ada@news.example)'", True),
        (
            b"<description>&lt;a href='/b'&gt;c&lt;/a&gt;</description>",
            "entries[0].content[0].value == '<a href=\"http://127.0.0.1:8097/b\">c</a>'",
            True,
        ),
        # Another
        (b"<title>A</title>", "entries[0].title == 'B'", False),
        (b"<title>A</title>", "entries[1].title == 'A'", False),
        (b"<title>A</title>", "entries[0].title == None", False),
        (b"<pubDate>2025-11-24T10:00:00Z</pubDate>", "entries[0].published_parsed == (2025,)", False),
        (
            b"<pubDate>2025-11-24T10:00:00Z</pubDate>",
            "entries[0].published_parsed == (2025, 11, 24, 9, 0, 0, 0, 328, 0)",
            False,
        ),
        (
            b"<description>&lt;a href='/b'&gt;c&lt;/a&gt;</description>",  # it leads elsewhere
            "entries[0].content[0].value == '<a href=\"http://127.0.0.1:8097/d\">c</a>'",
            False,
        ),
    ],
)
def test_our_answer_is_held_to_what_is_expected(item: bytes, expects: str, holds: bool) -> None:
    reading = read(Quirk("a.xml", ITEM % item, {}, expects, "utf-8"))
    assert [(given.holds, given.reason) for given in reading.answers] == [(holds, "")]


def test_what_is_no_feed_answers_nothing() -> None:
    quirk = Quirk("a.xml", b"", {}, "", "utf-8")
    given = answer(quirk, Equation(("feed", "title"), "A"), NotAFeed("empty"), "http://news.example/")
    assert given is not None
    assert not given.holds
    assert answer(quirk, Equation(("feed", "tagline"), "A"), NotAFeed("empty"), "http://news.example/") is None


def test_all_files_are_polled_twice_and_nothing_is_wrong(folder: Path) -> None:
    done = run("--feeds", str(folder), "--json")
    assert done.returncode == 0, done.stderr
    assert "10 of 10 polls" in done.stderr
    found = json.loads(done.stdout)
    assert (found["files"], found["states"], found["wrong"]) == (5, {"healthy": 4, "failing": 1}, [])
    assert found["entries"] == {"feedparser": 6, "stored": 6, "dropped": []}
    assert found["second_poll"] == {"changed": [], "articles": [6, 6]}
    assert (found["expected"]["ours"], found["expected"]["hold"], found["expected"]["others"]) == (5, 5, 1)


def test_without_the_folder_it_says_so(tmp_path: Path) -> None:
    done = run("--feeds", str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (0, "")
    assert "there are no feeds in" in done.stderr


# A run in which all goes wrong that can

WRONG = Reading(
    read_quirk("a.xml", ITEM % b"<title>A</title>"),
    NotAFeed("it is in no format of feeds that is known"),
    seconds=0.25,
    is_swift=True,
    is_swift_the_same=False,
    seen=2,
    answers=read(Quirk("a.xml", ITEM % b"<title>A</title>", {}, "entries[0].title == 'B'", "utf-8")).answers,
    others=(),
    unread=0,
)


def test_everything_that_is_wrong_is_said() -> None:
    first, second = {"a.xml": Stored("failing", "it broke", 1)}, {"a.xml": Stored("failing", "it broke", 3)}
    outcome = Outcome([WRONG], Polled(first, second, (1, 2), ["a.xml"], ["an event"], ["a promise"]))
    assert [sentence.partition(":")[0] for sentence in outcome.wrong] == [
        "exceptions in the log",
        "promises of the database broken",
        "files not asked for once in each poll",
        "files with entries dropped",
        "files with other entries after the second poll",
        "articles added by the second poll",
        "files read otherwise by the swift way",
        "expected values that differ for no known reason",
    ]
    lines = list(as_lines(outcome))
    assert f"1 not: {UNEXPLAINED}" in lines
    assert any(line.startswith("WRONG files with entries dropped: a.xml") for line in lines)
    assert as_object(outcome)["wrong"] == outcome.wrong
