"""`doctor`, `healthcheck` and `migrate`: how those who run it see that all is well, or not."""

import sqlite3
from contextlib import closing

import pytest

from tests.cli.command import Storytrail
from tests.cli.ferry import LINES, TOPICS
from tests.cli.test_look import change

PARTS = {"queue:poll", "queue:fetch", "queue:read", "queue:deliver", "scheduler"}


@pytest.fixture
def filled(storytrail: Storytrail) -> Storytrail:
    storytrail.follows(TOPICS)
    storytrail.does("ingest", storytrail.write("ferry.jsonl", LINES))
    return storytrail


def test_the_doctor_finds_nothing_wrong(filled: Storytrail) -> None:
    rows = filled.does("doctor", "--json").rows
    assert rows
    assert all(set(row) == {"name", "promise", "checked", "breaches", "example"} for row in rows)
    assert sum(row["checked"] for row in rows) > 0
    assert sum(row["breaches"] for row in rows) == 0
    assert {line[0] for line in filled.does("doctor").table} == {"ok"}


@pytest.mark.parametrize(
    ("damage", "names"),
    [
        ("UPDATE article SET copy_of = id WHERE id = 3", ["copies", "origins"]),  # its story counted it as an origin
        ("UPDATE article SET story_id = NULL WHERE id = 1", ["stories", "origins"]),  # so did this one's
        ("UPDATE article SET state = 'quarantined', last_error = '' WHERE id = 1", ["quarantine"]),
        ("DELETE FROM delivery WHERE id = 2", ["outbox"]),  # it went along with another
    ],
)
def test_a_breach_is_counted_shown_and_exits_with_failure(damage: str, names: list[str], filled: Storytrail) -> None:
    change(filled, damage)
    done = filled("doctor", "--json")
    assert done.code == 1
    assert {row["name"]: row["breaches"] for row in done.rows if row["breaches"]} == dict.fromkeys(names, 1)
    shown = filled("doctor")
    assert shown.code == 1
    assert [line[0] for line in shown.table].count("BREACH") == len(names)
    assert shown.err == f"breached: {', '.join(names)}\n"


def test_nothing_is_healthy_while_nothing_runs(storytrail: Storytrail) -> None:
    storytrail.does("migrate")
    done = storytrail("healthcheck")
    assert done.code == 1
    assert {line.split(": ")[0] for line in done.out.splitlines()} == PARTS
    assert {line.split(": ")[1] for line in done.out.splitlines()} == {"no sign of life yet"}


def test_a_sign_of_life_makes_a_part_healthy_until_it_is_old(storytrail: Storytrail) -> None:
    storytrail.does("migrate")
    beat(storytrail, "queue:read", "now")
    assert storytrail.does("healthcheck", "--queue", "read").out == "healthy\n"
    assert storytrail.does("healthcheck", "--queue", "read", "--json").rows == [
        {"healthy": True, "problems": [], "notices": []}
    ]
    beat(storytrail, "queue:read", "-1 hour")
    done = storytrail("healthcheck", "--queue", "read", "--json")
    assert done.code == 1
    assert done.rows[0]["healthy"] is False
    assert "last sign of life 36" in done.rows[0]["problems"][0]


def test_each_part_that_was_asked_after_must_be_well(storytrail: Storytrail) -> None:
    storytrail.does("migrate")
    beat(storytrail, "queue:poll", "now")
    done = storytrail("healthcheck", "--queue", "poll", "--queue", "fetch", "--scheduler")
    assert (done.code, done.out.splitlines()) == (
        1,
        ["queue:fetch: no sign of life yet", "scheduler: no sign of life yet"],
    )


def test_a_page_that_does_not_answer_is_unhealthy(storytrail: Storytrail) -> None:
    done = storytrail("healthcheck", "--web", listen="127.0.0.1:1")
    assert (done.code, done.out) == (1, "the page does not answer: ConnectError\n")


def test_a_database_without_tables_is_unhealthy(storytrail: Storytrail, postgres_database: str) -> None:
    done = storytrail("healthcheck", "--scheduler", database_url=postgres_database)
    assert done.code == 1
    assert done.out == "the database is not at this version: run `storytrail migrate`\n"


def test_migrating_twice_is_migrating_once(storytrail: Storytrail, database_url: str) -> None:
    for _ in range(2):
        done = storytrail.does("migrate", database_url=database_url)
        assert done.out == "the database is at this version\n"
    assert storytrail.does("articles", "--json", database_url=database_url).rows == []


def beat(storytrail: Storytrail, part: str, when: str) -> None:
    """As a worker leaves it, at a time such as "-1 hour" from now."""
    with closing(sqlite3.connect(storytrail.data / "storytrail.db")) as connection, connection:
        moment = connection.execute("SELECT datetime('now', ?)", ["0 seconds" if when == "now" else when]).fetchone()
        connection.execute("INSERT OR REPLACE INTO heartbeat (part, seen) VALUES (?, ?)", [part, *moment])
