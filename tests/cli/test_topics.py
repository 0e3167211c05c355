"""`topics list`, `topics mark` and `topics marks`."""

import pytest

from cli.failure import MISUSED
from tests.cli import ferry
from tests.cli.command import Storytrail
from tests.cli.ferry import LINES, TOPIC, TOPICS
from tests.cli.test_health import beat

ORIGIN, COPY, ELSEWHERE = map(str, (ferry.ORIGIN, ferry.COPY, ferry.ELSEWHERE))
LISTED = {
    *("name", "query", "version", "state", "matches", "stories", "last_match", "alerts_7_days", "right", "wrong"),
}
MARK = {"topic", "version", "article", "url", "title", "mark", "note", "created"}
BROKEN = "topics:\n  - name: Ferry at Marlow\n    query: (ferry AND\n"


@pytest.fixture
def filled(storytrail: Storytrail) -> Storytrail:
    storytrail.follows(TOPICS + "  - {name: Cakes, query: cake AND -jam}\n")
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    return storytrail


def test_the_list_sums_up_each_topic(filled: Storytrail) -> None:
    marlow, cakes = filled.does("topics", "list", "--json").rows
    assert set(marlow) == LISTED
    assert (marlow["name"], marlow["state"], marlow["query"]) == (TOPIC, "ok", "ferry AND Marlow")
    assert (marlow["matches"], marlow["stories"], marlow["alerts_7_days"]) == (4, 1, 3)  # first, disagreement, new-fact
    assert marlow["last_match"]
    assert (cakes["name"], cakes["matches"], cakes["stories"], cakes["last_match"]) == ("Cakes", 0, 0, None)
    assert [line[:3] for line in filled.does("topics", "list").table] == [[TOPIC, "ok", "4"], ["Cakes", "ok", "0"]]


def test_without_topics_the_list_is_empty(storytrail: Storytrail) -> None:
    assert storytrail.does("topics", "list", "--json").rows == []
    assert "no topics yet" in storytrail.does("topics", "list").out


def test_marks_are_kept_counted_and_replaced(filled: Storytrail) -> None:
    filled.does("topics", "mark", TOPIC, ORIGIN, "--wrong", "--note", "another ferry")
    filled.does("topics", "mark", TOPIC, ORIGIN, "--right")
    filled.does("topics", "mark", TOPIC, "2", "--right")
    done = filled.does("topics", "mark", "Cakes", ELSEWHERE, "--wrong", "--note", "jam")
    assert done.out == f"article {ELSEWHERE} is wrong for Cakes: kept as an expectation\n"

    marks = filled.does("topics", "marks", "--json").rows
    assert all(set(mark) == MARK for mark in marks)
    assert [(mark["topic"], mark["url"], mark["mark"], mark["note"]) for mark in marks] == [
        ("Cakes", ELSEWHERE, "wrong", "jam"),
        (TOPIC, COPY, "right", ""),
        (TOPIC, ORIGIN, "right", ""),
    ]
    assert filled.does("topics", "marks", "Cakes", "--json").rows == marks[:1]
    assert [line[1:3] for line in filled.does("topics", "marks", "Cakes").table] == [["Cakes", "wrong"]]
    listed = {row["name"]: row for row in filled.does("topics", "list", "--json").rows}
    assert {name: (row["right"], row["wrong"]) for name, row in listed.items()} == {TOPIC: (2, 0), "Cakes": (0, 1)}
    assert {mark["version"] for mark in marks} == {row["version"] for row in listed.values()}


def test_a_mark_can_be_taken_back(filled: Storytrail) -> None:
    filled.does("topics", "mark", TOPIC, ORIGIN, "--wrong")
    assert "is gone" in filled.does("topics", "mark", TOPIC, ORIGIN, "--undo").out
    assert filled.does("topics", "marks", "--json").rows == []
    assert "had no mark" in filled.does("topics", "mark", TOPIC, ORIGIN, "--undo").out


def test_a_mark_changes_neither_matches_nor_alerts(filled: Storytrail) -> None:
    before = filled.does("alerts", "--json").out, filled.does("articles", "--json").out
    filled.does("topics", "mark", TOPIC, ORIGIN, "--wrong")
    assert (filled.does("alerts", "--json").out, filled.does("articles", "--json").out) == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["Ferry", "1", "--right"], MISUSED, "unknown topic `Ferry`"),
        (["Cake", "1", "--right"], MISUSED, "did you mean `Cakes`?"),
        (["Cakes", "4711", "--right"], 1, "there is no article 4711"),
        (["Cakes", "https://nowhere.example/", "--wrong"], 1, "there is no article https://nowhere.example/"),
        (["Cakes", "1"], MISUSED, "--right"),  # which of the two must be said
        (["Cakes", "1", "--wrong", "--undo"], MISUSED, "say one of --right, --wrong and --undo"),
    ],
)
def test_what_cannot_be_marked_is_told(words: list[str], code: int, told: str, filled: Storytrail) -> None:
    done = filled("topics", "mark", *words)
    assert done.code == code
    assert told in done.err
    assert filled.does("topics", "marks", "--json").rows == []


def test_a_broken_file_is_shown_with_what_its_topics_had_matched(filled: Storytrail) -> None:
    filled.follows(BROKEN)
    done = filled("topics", "list", "--json")
    assert done.code == MISUSED
    assert "topics.yaml:3:" in done.err
    assert [(row["name"], row["state"], row["matches"]) for row in done.rows] == [(TOPIC, "file broken", 4)]


def test_a_broken_file_is_told_by_the_healthcheck_in_both_forms(filled: Storytrail) -> None:
    filled.follows(BROKEN)
    (row,) = filled("healthcheck", "--json").rows
    (notice,) = row["notices"]
    assert "topics.yaml:3:" in notice
    assert notice not in row["problems"]
    assert notice in filled("healthcheck").out.splitlines()


def test_a_broken_file_makes_no_worker_unwell(filled: Storytrail) -> None:
    """A worker goes on with the last good version; whoever restarts what is unwell would take that away from it."""
    beat(filled, "queue:read", "now")
    filled.follows(BROKEN)
    first, notice = filled.does("healthcheck", "--queue", "read").out.splitlines()
    assert first == "healthy"
    assert "topics.yaml:3:" in notice
