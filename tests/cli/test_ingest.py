"""Files as users have them: without title or date, in folders, broken, empty, twice."""

import json
import os
from collections.abc import Sequence

import pytest

from tests.cli.command import Storytrail
from tests.cli.ferry import ARTICLES, LINES, ORIGIN, TOPIC, TOPICS

TEXT = """\
Heron returns to the mill pond

Published: 19 November 2025
By Ida Holm

A grey heron has come back to the mill pond of Marlow after eleven years. It was first seen on Monday by a boy who was
fishing there. The miller, who counts the birds of the valley, says that the water has become clear enough for fish.
"""
PAGE = """<html><head><title>Bakery opens at dawn</title>
<meta property="article:published_time" content="2025-11-17T06:00:00Z"></head><body><article>
<p>The bakery in Quay Street opens at dawn from Monday on, its owner said, because the first ferry leaves at six.</p>
<p>Bread will be sold through a window until eight, and inside the shop from then on, as it has been for years.</p>
</article></body></html>"""


def test_a_text_without_anything_is_an_article(storytrail: Storytrail) -> None:
    path = storytrail.write("notes.txt", "The pond in Marlow froze over last night, for the first time this year.")
    (row,) = storytrail.does("ingest", path, "--json").rows
    assert row["state"] == "done"
    assert row["url"] == path.as_uri()
    assert row["title"].startswith("The pond in Marlow froze over")
    assert row["published"] is None
    assert row["story"] is not None


def test_a_text_says_its_title_date_and_author(storytrail: Storytrail) -> None:
    (row,) = storytrail.does("ingest", storytrail.write("heron.txt", TEXT), "--json").rows
    assert row["title"] == "Heron returns to the mill pond"
    assert row["published"].startswith("2025-11-19")
    assert row["authors"] == ["Ida Holm"]


def test_a_page_is_an_article(storytrail: Storytrail) -> None:
    (row,) = storytrail.does("ingest", storytrail.write("bakery.html", PAGE), "--json").rows
    assert (row["title"], row["method"]) == ("Bakery opens at dawn", "page")
    assert row["published"].startswith("2025-11-17T06:00:00")


def test_a_page_in_a_line_is_an_article(storytrail: Storytrail) -> None:
    line = json.dumps({"url": "https://tarn.example/bakery", "html": PAGE})
    (row,) = storytrail.does("ingest", storytrail.write("lines.jsonl", line), "--json").rows
    assert (row["url"], row["title"]) == ("https://tarn.example/bakery", "Bakery opens at dawn")


def test_a_folder_gives_all_it_holds_however_deep(storytrail: Storytrail) -> None:
    storytrail.write("in/heron.txt", TEXT)
    storytrail.write("in/deep/er/BAKERY.HTM", PAGE)
    storytrail.write("in/deep/ferry.jsonl", LINES)
    storytrail.write("in/picture.png", b"\x89PNG")
    assert len(storytrail.does("ingest", "in", "--json").rows) == 2 + len(ARTICLES)


def test_articles_are_read_in_order_of_publication(storytrail: Storytrail) -> None:
    """The copy is the later one, whichever comes first in the file."""
    backwards = "\n".join(reversed(LINES.splitlines()))
    rows = storytrail.does("ingest", storytrail.write("backwards.jsonl", backwards), "--json").rows
    (copy,) = (row for row in rows if row["copy_of"])
    assert next(row["url"] for row in rows if row["id"] == copy["copy_of"]) == ORIGIN


def test_twice_says_the_same_and_changes_nothing(storytrail: Storytrail) -> None:
    storytrail.follows(TOPICS)
    storytrail.write("in/ferry.jsonl", LINES)
    storytrail.write("in/heron.txt", TEXT)
    storytrail.write("in/bakery.html", PAGE)
    first = storytrail.does("ingest", "in", "--json")
    stored = {command: storytrail.does(command, "--json").out for command in ("articles", "stories", "alerts")}
    second = storytrail.does("ingest", "in", "--json")
    assert second.out == first.out
    assert {command: storytrail.does(command, "--json").out for command in stored} == stored


def test_people_are_told_in_one_line(storytrail: Storytrail) -> None:
    storytrail.follows(TOPICS)
    done = storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    assert done.out == "5 articles, 1 copy among them, in 2 stories; 4 matched a topic\n"


def test_alerts_of_the_log_channel_go_to_standard_error(storytrail: Storytrail) -> None:
    storytrail.follows(TOPICS)
    done = storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES), "--json")
    assert f"{TOPIC} – new story: Ferry Osprey hits quay at Marlow" in done.err
    assert done.rows


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("empty.html", b"", "is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "is not text"),
        ("program.html", b"\x7fELF\0\0\0\0\0\0\1", "is not text"),
        ("report.pdf", b"%PDF-1.7", "neither .html nor .txt nor .jsonl"),
        ("none", b"text", "neither .html nor .txt nor .jsonl"),
    ],
)
def test_what_is_no_article_is_told_and_the_rest_is_taken(
    name: str, content: bytes, told: str, storytrail: Storytrail
) -> None:
    path, heron = storytrail.write(name, content), storytrail.write("heron.txt", TEXT)
    done = storytrail("ingest", path, heron, "--json")
    assert done.code == 1
    assert [row["title"] for row in done.rows] == ["Heron returns to the mill pond"]
    assert done.err.splitlines()[-2:] == [f"{path}: {told}", "1 could not be taken"]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-16"),  # every other byte is zero
        TEXT.encode("utf-8-sig"),
        TEXT.replace("grey", "gr\0ey").encode(),  # a stray one
        TEXT.replace("heron", "héron").encode("latin-1"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-16", "byte order mark", "stray zero", "latin-1", "crlf"],
)
def test_a_text_may_be_written_in_many_ways(content: bytes, storytrail: Storytrail) -> None:
    (row,) = storytrail.does("ingest", storytrail.write("heron.txt", content), "--json").rows
    assert row["title"].startswith("H")
    assert row["published"].startswith("2025-11-19")


def test_a_file_that_cannot_be_read_is_told(storytrail: Storytrail) -> None:
    storytrail.write("in/heron.txt", TEXT)
    (storytrail.folder / "in" / "gone.txt").symlink_to("nowhere.txt")
    done = storytrail("ingest", "in", "--json")
    assert done.code == 1
    assert len(done.rows) == 1
    assert "in/gone.txt: No such file or directory" in done.err


def test_a_link_is_its_target(storytrail: Storytrail) -> None:
    target = storytrail.write("elsewhere/heron.txt", TEXT)
    (storytrail.folder / "in").mkdir()
    (storytrail.folder / "in" / "link.txt").symlink_to(target)
    assert [row["url"] for row in storytrail.does("ingest", "in", target, "--json").rows] == [target.as_uri()]


def test_a_pipe_is_told_and_not_waited_for(storytrail: Storytrail) -> None:
    heron = storytrail.write("in/heron.txt", TEXT)
    os.mkfifo(heron.with_name("pipe.jsonl"))
    done = storytrail("ingest", "in", "--json")
    assert (done.code, len(done.rows)) == (1, 1)
    assert "in/pipe.jsonl: is not a file that can be read to its end" in done.err


def test_what_is_too_large_is_told_and_the_rest_is_taken(storytrail: Storytrail) -> None:
    storytrail.write("in/a.txt", "x" * 5_000)
    storytrail.write("in/b.jsonl", f'{{"url": "https://a.example/1", "text": "{"x" * 5_000}"}}\n{LINES}')
    done = storytrail("ingest", "in", "--json", max_body_bytes="2048")
    assert done.code == 1
    assert len(done.rows) == len(ARTICLES)
    assert done.err.splitlines()[-3:] == [
        "in/a.txt: is larger than 0.00195 MiB",
        "in/b.jsonl:1: is larger than 0.00195 MiB",
        "2 could not be taken",
    ]


def test_a_folder_of_nothing_is_told(storytrail: Storytrail) -> None:
    (storytrail.folder / "bare").mkdir()
    done = storytrail("ingest", "bare", "--json")
    assert (done.code, done.out) == (1, "")
    assert done.err == "no .html, .txt or .jsonl files there\n"


def test_a_path_that_is_not_there_is_wrong_usage(storytrail: Storytrail) -> None:
    done = storytrail("ingest", "heron.txt", "--json")
    assert (done.code, done.out) == (2, "")
    assert "does not exist" in done.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", "not JSON: Expecting value at column 1"),
        ('{"url": "https://a.example/1"', "not JSON: Expecting ',' delimiter at column 30"),
        ("[1, 2]", "the line must be a mapping"),
        ('{"title": "A title"}', "the line needs `url`"),
        ('{"url": "", "text": "x"}', "url must not be empty"),
        ('{"url": null, "text": "x"}', "url must not be empty"),
        ('{"url": "javascript:alert(1)", "text": "x"}', "url must begin with http:// or https://"),
        ('{"url": " JavaScript:alert(1)", "text": "x"}', "url must begin with http:// or https://"),
        ('{"url": "https://a.example/1", "title": ["x"]}', "title must be text, not a list"),
        ('{"url": "https://a.example/1", "authors": {"name": "x"}}', "authors must be a list, not a mapping"),
        ("[" * 100_000, "nested too deeply"),
        (f'{{"url": "https://a.example/1", "id": {"7" * 5000}}}', "holds a number that is too long"),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_the_rest_is_taken(
    line: str, told: str, storytrail: Storytrail
) -> None:
    storytrail.write("lines.jsonl", f"\n{line}\n{LINES}")
    done = storytrail("ingest", "lines.jsonl", "--json")
    assert done.code == 1
    assert len(done.rows) == len(ARTICLES)
    assert f"lines.jsonl:2: {told}" in done.err


def test_a_line_that_is_not_utf_8_is_told(storytrail: Storytrail) -> None:
    storytrail.write("lines.jsonl", b'{"url": "https://a.example/\xff"}\n')
    done = storytrail("ingest", "lines.jsonl")
    assert done.code == 1
    assert "lines.jsonl:1: not UTF-8" in done.err


def test_nothing_counts_as_missing_and_unknown_keys_are_left_alone(storytrail: Storytrail) -> None:
    line = {"url": "https://a.example/1", "title": None, "text": TEXT, "outlet": None, "authors": None, "id": 7}
    (row,) = ingest_line(storytrail, line)
    assert row["outlet"] == "a.example"


@pytest.mark.parametrize(
    "published",
    ["2025-11-18T10:00:00Z", "2025-11-18 10:00", "2025-11-18T12:00+02:00", 1763460000, "Tue, 18 Nov 2025 10:00:00 GMT"],
)
def test_a_date_may_be_written_in_many_ways(published: object, storytrail: Storytrail) -> None:
    (row,) = ingest_line(storytrail, {"url": "https://a.example/1", "text": TEXT, "published": published})
    assert row["published"] == "2025-11-18T10:00:00+00:00"


def test_an_article_is_not_lost_for_its_date(storytrail: Storytrail) -> None:
    storytrail.write("lines.jsonl", json.dumps({"url": "https://a.example/1", "text": "x y z", "published": "soon"}))
    done = storytrail.does("ingest", "lines.jsonl", "--json")
    assert done.rows[0]["published"] is None
    assert "lines.jsonl:1: taken without its date" in done.err


def test_letters_that_no_database_holds_are_dropped(storytrail: Storytrail) -> None:
    (row,) = ingest_line(storytrail, {"url": "https://a.example/1", "title": "A\0 b\ud800c", "text": TEXT})
    assert row["title"] == "A bc"


def ingest_line(storytrail: Storytrail, line: object) -> Sequence[dict[str, object]]:
    done = storytrail.does("ingest", storytrail.write("lines.jsonl", json.dumps(line)), "--json")
    return [dict(row) for row in done.rows]
