"""`search` and `names`: for people and for machines."""

import json
import re
from collections.abc import Sequence

import pytest

from cli.failure import MISUSED
from tests.cli.command import Storytrail
from tests.cli.ferry import ARTICLES, COPY, ELSEWHERE, ORIGIN


def urls(archive: Storytrail, *words: str) -> Sequence[str]:
    return [str(row["url"]) for row in archive.does("search", *words, "--json").rows]


def test_what_was_just_read_is_found(storytrail: Storytrail) -> None:
    article = {
        "url": "https://tarn.example/1",
        "title": "Orla aground",
        "text": "The Orla ran aground.",
        "outlet": "Herald",
    }
    storytrail.does("ingest", storytrail.write("one.jsonl", json.dumps(article)))
    assert urls(storytrail, "orla") == [article["url"]]
    changed = {**article, "text": "The Orla was pulled off the rocks at last."}
    storytrail.does("ingest", storytrail.write("one.jsonl", json.dumps(changed)))
    assert urls(storytrail, "rocks") == [article["url"]]
    assert urls(storytrail, "ran") == []


def test_articles_are_found_by_words_names_outlets_and_dates(archive: Storytrail) -> None:
    assert len(urls(archive, "osprey")) == len(ARTICLES) - 1
    assert urls(archive, "osprey", "since:2025-11-19") == ["https://tarn.example/osprey-inquiry"]
    assert urls(archive, "ferry", "--since", "2025-11-19") == ["https://tarn.example/osprey-inquiry"]
    assert set(urls(archive, '"north quay" source:"Tarn Times" OR site:mail.example -cake')) >= {ORIGIN, COPY}
    assert urls(archive, "name:Marlow", "NOT", "ferry") == []
    assert urls(archive, "title:cake") == [ELSEWHERE]


def test_the_newest_come_first_and_no_more_than_asked_for(archive: Storytrail) -> None:
    everything = urls(archive, "osprey")
    assert everything[0] == "https://tarn.example/osprey-inquiry"
    assert urls(archive, "osprey", "--most", "1") == everything[:1]
    assert set(urls(archive, "osprey", "--best")) == set(everything)


def test_machines_get_the_row_of_the_article_and_what_was_found(archive: Storytrail) -> None:
    (row,) = archive.does("search", "plum jam", "--json").rows
    (article,) = (one for one in archive.does("articles", "--json").rows if one["url"] == ELSEWHERE)
    assert {key: row[key] for key in article} == article
    assert [row["snippet"][start:end] for start, end in row["marks"]] == ["plum", "jam"]


def test_people_see_where_it_was_found(archive: Storytrail) -> None:
    lines = archive.does("search", "jam").out.splitlines()
    assert re.fullmatch(r"\d+  A cake for the weekend", lines[0])
    assert re.fullmatch(r" {4}2025-11-18 12:00  Morning Mail, story \d+", lines[1])
    assert lines[2] == f"    {ELSEWHERE}"
    assert lines[3].endswith("serve it with plum *jam*.")


def test_at_a_terminal_it_is_coloured(archive: Storytrail) -> None:
    assert "\x1b[1;33mjam\x1b[0m" in archive.at_a_terminal("search", "jam").out


def test_nothing_found_is_no_failure(archive: Storytrail) -> None:
    assert archive.does("search", "zeppelin").out == "nothing found\n"
    assert archive.does("search", "zeppelin", "--json").out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["(ferry"], "1:1: this bracket is never closed"),
        (["ferry", "since:monday"], "1:7: since: takes a date"),
        (["ferry", "--since", "monday"], "1:7: since: takes a date"),
        (["ferry", "AND"], "1:7: nothing follows AND"),
        (["tilte:ferry"], "1:1: there is no field tilte: (did you mean title:?)"),
        ([""], "1:1: the query is empty"),
    ],
)
def test_a_query_with_an_error_is_wrong_usage(archive: Storytrail, words: Sequence[str], told: str) -> None:
    done = archive("search", *words)
    assert (done.code, done.out) == (MISUSED, "")
    first, query, caret = done.err.splitlines()
    assert first.startswith(told)
    assert len(query) >= caret.index("^")


def test_names_are_counted(archive: Storytrail) -> None:
    rows = archive.does("names", "--json").rows
    assert all(set(row) == {"id", "name", "kind", "articles", "spellings"} for row in rows)
    counts = {row["name"]: row["articles"] for row in rows}
    assert counts["Marlow"] == len(ARTICLES) - 1
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_names_begin_as_asked_for(archive: Storytrail) -> None:
    assert [line[0] for line in archive.does("names", "marl").table] == ["Marlow"]
    assert archive.does("names", "zz").out == "no such names\n"
    assert archive.does("names", "...").out == "no such names\n"
    assert archive.does("names", "MARL", "--json").rows[0]["spellings"] == ["Marlow"]


def test_an_empty_archive_has_no_names(storytrail: Storytrail) -> None:
    assert storytrail.does("names").out == "no names yet\n"
    assert storytrail.does("search", "ferry").out == "nothing found\n"
