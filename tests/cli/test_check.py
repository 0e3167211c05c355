"""`storytrail check`: what is well, and where what is not."""

import pytest

from tests.cli.command import Done, Storytrail

TOPICS = """\
channels:
  desk: {webhook: "https://desk.example/hook", secret: "${DESK_SECRET}"}
topics:
  - name: Ferry
    query: ferry
    alert: {to: [desk]}
"""


def test_without_any_configuration_all_is_well(storytrail: Storytrail) -> None:
    done = storytrail.does("check", "--json")
    parts = ["settings", "topics", "sources", "network", "reading", "database", "broker"]
    assert [row["what"] for row in done.rows] == parts
    assert all(row["problems"] == [] for row in done.rows)
    assert done.err == ""


def test_it_says_what_it_found(storytrail: Storytrail, broker_url: str, postgres_database: str) -> None:
    storytrail.settings |= {"STORYTRAIL_BROKER_URL": broker_url, "STORYTRAIL_DATABASE_URL": postgres_database}
    storytrail.settings["DESK_SECRET"] = "a-secret-of-the-desk"
    storytrail.follows(TOPICS)
    storytrail.write("config/sources.yaml", "sources:\n  - url: https://tarn.example/rss\n")
    storytrail.does("migrate")
    found = found_by(storytrail.does("check", "--json"))
    assert found["topics"] == "1 topic, 2 channels in config/topics.yaml"
    assert found["sources"] == "1 source in config/sources.yaml"
    assert found["database"] == "postgresql, at this version"
    assert found["broker"] == "answers, and evicts nothing"


def test_it_shows_the_settings_that_were_made_without_their_secrets(storytrail: Storytrail) -> None:
    done = storytrail.does("check", admin_token="a-token-that-is-secret", tick="2")
    assert "STORYTRAIL_TICK=2.0" in done.out
    assert "STORYTRAIL_ADMIN_TOKEN=***" in done.out
    assert "STORYTRAIL_LEASE" not in done.out
    assert "a-token-that-is-secret" not in done.told


def test_it_changes_nothing(storytrail: Storytrail) -> None:
    storytrail.does("check")
    done = storytrail.does("check", "--json")
    assert found_by(done)["database"] == "sqlite, to be made ready by the first command that uses it"


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        ("topics:\n  - nmae: Ferry\n", "config/topics.yaml:2:5"),
        ("topics:\n  - name: Ferry\n    query: ferry AND\n", "config/topics.yaml:3:"),
        ("topics: [", "config/topics.yaml:"),
        (TOPICS, "config/topics.yaml:2:"),  # DESK_SECRET is not set
        ("channels: {desk: {apprise: 'nosuch://x'}}\n", "config/topics.yaml channel desk: nosuch is not among"),
    ],
)
def test_a_topics_file_with_an_error_is_told_with_its_place(topics: str, told: str, storytrail: Storytrail) -> None:
    storytrail.follows(topics)
    done = storytrail("check")
    assert done.code == 2, done.told
    assert done.err.startswith(told), done.told
    assert "topics:   not well" in done.out


def test_a_file_that_was_set_must_be_there(storytrail: Storytrail) -> None:
    done = storytrail("check", topics="mine.yaml", sources="ours.yaml")
    assert done.code == 2
    assert done.err.splitlines() == ["mine.yaml does not exist", "ours.yaml does not exist"]


def test_it_looks_at_everything_though_something_is_wrong(storytrail: Storytrail) -> None:
    storytrail.follows("topics: 7\n")
    storytrail.write("config/sources.yaml", "sources: 8\n")
    done = storytrail("check", "--json")
    assert done.code == 2
    assert [row["what"] for row in done.rows if row["problems"]] == ["topics", "sources"]
    assert all(place in str(done.rows) for place in ("config/topics.yaml:1:", "config/sources.yaml:1:"))


def found_by(done: Done) -> dict[str, str]:
    return {row["what"]: row["found"] for row in done.rows}


def test_it_says_who_decides_what_can_be_reached(storytrail: Storytrail) -> None:
    assert found_by(storytrail.does("check", "--json"))["network"] == "public addresses, on ports 80,443"
    done = storytrail.does("check", "--json", proxy="http://me:a-secret@127.0.0.1:3128")
    assert "the proxy http://me:***@127.0.0.1:3128" in found_by(done)["network"]
    assert "it decides what can be reached" in found_by(done)["network"]
    assert "a-secret" not in done.out
