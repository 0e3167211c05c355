"""`articles`, `stories`, `alerts` and `quarantine` for people, and what they send on its way again."""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.command import Storytrail
from tests.cli.ferry import ARTICLES, LINES, TOPIC, TOPICS


@pytest.fixture
def filled(storytrail: Storytrail) -> Storytrail:
    """An archive that a test may change."""
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    return storytrail


def change(storytrail: Storytrail, statement: str) -> None:
    """What weeks of failures would do, in one statement."""
    with closing(sqlite3.connect(storytrail.data / "storytrail.db")) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def test_articles_are_a_table(archive: Storytrail) -> None:
    done = archive.does("articles")
    assert done.out.splitlines()[0].split("\t") == [
        *("id", "published", "outlet", "language", "copy of", "story", "title")
    ]
    assert {row[6] for row in done.table} == {article["title"] for article in ARTICLES}


def test_stories_show_articles_copies_and_disagreements(archive: Storytrail) -> None:
    shown = archive.does("stories", "--topic", TOPIC).out
    assert "Ferry Osprey hits quay at Marlow" in shown
    assert "3 origins" in shown
    assert "Morning Mail: Ferry Osprey hits quay at Marlow (copy of 1)" in shown
    assert "they differ on number injured: 14 · at least 21" in shown


def test_alerts_show_what_is_new_and_what_became_of_it(archive: Storytrail) -> None:
    shown = archive.does("alerts").out
    assert f"{TOPIC} – new story: Ferry Osprey hits quay at Marlow" in shown
    assert "The ferry Osprey ran into the north quay of Marlow" in shown
    assert "delivery 1 on log: sent" in shown


@pytest.mark.parametrize("command", ["articles", "stories", "alerts"])
def test_an_unknown_topic_is_told_with_the_one_that_was_meant(command: str, archive: Storytrail) -> None:
    done = archive(command, "--topic", "Ferry in Marlow")
    assert done.err == f"unknown topic `Ferry in Marlow`; did you mean `{TOPIC}`?\n"


def test_brackets_in_a_title_are_no_markup(storytrail: Storytrail) -> None:
    """To the library that draws tables, [/bold] ends bold type, and an end without a beginning is an error."""
    line = '{"url": "https://a.example/1", "title": "Heron [/bold] [red]seen", "text": "A heron [/b] was seen."}'
    storytrail.does("ingest", storytrail.write("lines.jsonl", line))
    assert "Heron [/bold] [red]seen" in storytrail.does("articles").out
    assert "Heron [/bold] [red]seen" in storytrail.does("stories").out
    assert "[red]seen" in storytrail.at_a_terminal("articles", columns=120).out


def test_a_dead_delivery_is_sent_again(filled: Storytrail) -> None:
    change(filled, "UPDATE delivery SET status = 'dead', attempts = 12 WHERE id = 1")
    assert filled.does("alerts", "--resend", "1").out == "delivery 1 is in the outbox again\n"
    done = filled.does("poll")
    assert f"{TOPIC} – new story" in done.err  # and below it that reports differ
    assert "delivery 1 on log: sent" in filled.does("alerts").out


def test_a_delivery_that_was_sent_is_not_sent_again(filled: Storytrail) -> None:
    done = filled("alerts", "--resend", "1")
    assert (done.code, done.out) == (1, "")
    assert "no dead, uncertain or muted delivery 1" in done.err


def test_quarantine_is_empty_at_first(filled: Storytrail) -> None:
    assert filled.does("quarantine").out == "nothing is quarantined\n"
    assert filled.does("quarantine", "--json").out == ""


def test_an_article_in_quarantine_says_why_and_can_be_run_again(filled: Storytrail) -> None:
    change(filled, "UPDATE article SET state = 'quarantined', last_error = 'it bit', attempts = 5 WHERE id = 3")
    (row,) = filled.does("quarantine", "--json").rows
    assert row == {"id": 3, "url": ARTICLES[2]["url"], "attempts": 5, "reason": "it bit"}
    assert "it bit" in filled.does("quarantine").out
    assert filled.does("quarantine", "--rerun", "3").out == "1 article on the way again\n"
    filled.does("poll")
    assert filled.does("quarantine", "--json").rows == []
    assert {row["state"] for row in filled.does("articles", "--json").rows} == {"done"}


def test_only_what_is_in_quarantine_is_run_again(filled: Storytrail) -> None:
    change(filled, "UPDATE article SET state = 'quarantined', last_error = 'it bit' WHERE id = 3")
    done = filled("quarantine", "--rerun", "3", "--rerun", "4")
    assert done.code == 1
    assert done.out == "1 article on the way again\n"
    assert done.err == "not in quarantine: 4\n"


def test_an_article_that_waits_is_told_when_it_is_ingested_again(filled: Storytrail) -> None:
    change(filled, "UPDATE article SET state = 'quarantined', last_error = 'it bit' WHERE id = 3")
    done = filled("ingest", "ferry.jsonl")
    assert done.code == 1
    assert f"{ARTICLES[2]['url']}: quarantined: it bit" in done.err
