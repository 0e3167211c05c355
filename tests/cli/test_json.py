"""What machines read: one object a line, with the keys of the contract, and nothing else on standard output."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from tests.cli.command import Done, Row, Storytrail
from tests.cli.ferry import ARTICLES, COPY, ELSEWHERE, ORIGIN, TOPIC
from tests.site import Site

SOURCE = {"url", "title", "state", "since", "reason", "next_poll", "entries"}
ARTICLE = {
    *("id", "url", "state", "title", "published", "language"),
    *("copy_of", "story", "tags", "names", "matches"),
}
PAGE = {"title", "authors", "published", "language", "text"}
STORY = {"id", "title", "first", "last", "origins", "articles", "facts", "disagreements"}
MEMBER = {"id", "url", "outlet", "title", "published", "copy_of"}
FACT = {"text", "article", "first"}
DISAGREEMENT = {"about", "values"}
VALUE = {"value", "articles", "sentence"}
ALERT = {
    *("id", "topic", "story", "reason", "created"),
    *("new", "disagreements", "articles", "receipt", "deliveries"),
}
DELIVERY = {"channel", "status", "attempts"}


@pytest.fixture(scope="module")
def articles(archive: Storytrail) -> Sequence[Row]:
    return archive.does("articles", "--json").rows


@pytest.fixture(scope="module")
def stories(archive: Storytrail) -> Sequence[Row]:
    return archive.does("stories", "--json").rows


@pytest.fixture(scope="module")
def alerts(archive: Storytrail) -> Sequence[Row]:
    return archive.does("alerts", "--json").rows


def test_ingest_gives_each_article(archive: Storytrail) -> None:
    rows = archive.does("ingest", "ferry.jsonl", "--json").rows
    assert {row["url"] for row in rows} == {article["url"] for article in ARTICLES}
    for row in rows:
        has(row, ARTICLE)
        assert row["state"] == "done"
        assert row["language"] == "en"
        assert_moment(row["published"])
        assert row["tags"]


def test_ingest_points_from_a_copy_to_its_origin(articles: Sequence[Row]) -> None:
    by_url = {row["url"]: row for row in articles}
    assert by_url[COPY]["copy_of"] == by_url[ORIGIN]["id"]
    assert [row["url"] for row in articles if row["copy_of"] is not None] == [COPY]


def test_articles_name_the_topics_they_matched(articles: Sequence[Row]) -> None:
    assert {row["url"] for row in articles if not row["matches"]} == {ELSEWHERE}
    assert all(row["matches"] in ([], [TOPIC]) for row in articles)
    assert all("Marlow" in row["names"] for row in articles if row["matches"])


def test_stories_have_articles_facts_and_disagreements(stories: Sequence[Row]) -> None:
    ferry, cake = sorted(stories, key=lambda row: len(row["articles"]), reverse=True)
    for story in (ferry, cake):
        has(story, STORY)
        assert_moment(story["first"], story["last"])
    assert [len(story["articles"]) for story in (ferry, cake)] == [4, 1]
    assert ferry["origins"] == 3
    for member in ferry["articles"]:
        has(member, MEMBER)
    ids = {member["id"] for member in ferry["articles"]}
    assert ferry["facts"]
    for fact in ferry["facts"]:
        has(fact, FACT)
        assert fact["article"] in ids
        assert_moment(fact["first"])


def test_a_disagreement_gives_each_value_with_who_says_so(stories: Sequence[Row]) -> None:
    (disagreement,) = (one for story in stories for one in story["disagreements"])
    has(disagreement, DISAGREEMENT)
    for value in disagreement["values"]:
        has(value, VALUE)
        assert value["articles"]
    assert [value["value"] for value in disagreement["values"]] == ["14", "at least 21"]
    assert "14 people were injured" in disagreement["values"][0]["sentence"]


def test_alerts_have_receipts_and_deliveries(alerts: Sequence[Row]) -> None:
    assert {alert["reason"] for alert in alerts} >= {"first", "disagreement"}
    for alert in alerts:
        has(alert, ALERT)
        assert alert["topic"] == TOPIC
        assert alert["receipt"]
        assert alert["articles"]
        assert_moment(alert["created"])
        (delivery,) = alert["deliveries"]
        has(delivery, DELIVERY)
        assert (delivery["channel"], delivery["status"], delivery["attempts"]) == ("log", "sent", 1)


def test_the_first_alert_says_what_is_new_and_who_reports(alerts: Sequence[Row], articles: Sequence[Row]) -> None:
    first = min(alerts, key=lambda alert: int(alert["id"]))
    assert first["reason"] == "first"
    assert all(isinstance(sentence, str) and sentence for sentence in first["new"])
    assert first["articles"][0] == next(row["id"] for row in articles if row["url"] == ORIGIN)


def test_an_alert_on_a_disagreement_carries_it(alerts: Sequence[Row]) -> None:
    alert = next(alert for alert in alerts if alert["reason"] == "disagreement")
    (disagreement,) = alert["disagreements"]
    has(disagreement, DISAGREEMENT)
    for value in disagreement["values"]:
        has(value, VALUE)


@pytest.mark.parametrize("command", ["articles", "stories", "alerts"])
def test_a_topic_leaves_out_what_it_did_not_match(command: str, archive: Storytrail) -> None:
    everything = archive.does(command, "--json").rows
    of_topic = archive.does(command, "--topic", TOPIC, "--json").rows
    assert of_topic == [row for row in everything if ELSEWHERE not in str(row)]
    assert of_topic


@pytest.mark.parametrize("command", ["articles", "stories", "alerts"])
def test_most_keeps_the_newest(command: str, archive: Storytrail) -> None:
    everything = archive.does(command, "--json").rows
    assert archive.does(command, "--most", "1", "--json").rows == everything[:1]
    assert len(everything) > 1


def test_extract_gives_what_a_page_says(storytrail: Storytrail) -> None:
    page = storytrail.write("page.html", "<title>Of a pier</title><p>The pier at Marlow opened again on Friday.</p>")
    (row,) = storytrail.does("extract", page, "--json").rows
    has(row, PAGE)
    assert row["title"] == "Of a pier"


def test_sources_list_gives_each_source(storytrail: Storytrail, site: Site) -> None:
    storytrail.does("sources", "add", site.url("/feed.xml"), allow_private_networks="127.0.0.0/8")
    (row,) = storytrail.does("sources", "list", "--json").rows
    has(row, SOURCE)
    assert (row["url"], row["title"], row["state"]) == (site.url("/feed.xml"), "Marlow News", "healthy")
    assert (row["reason"], row["entries"]) == ("", 0)
    assert_moment(row["since"], row["next_poll"])


@pytest.mark.parametrize(
    "words",
    [
        ["articles"],
        ["stories"],
        ["alerts"],
        ["quarantine"],
        ["sources", "list"],
        ["doctor"],
        ["poll"],
        ["check"],
        ["healthcheck"],
    ],
    ids=" ".join,
)
def test_an_empty_database_prints_objects_or_nothing(words: Sequence[str], storytrail: Storytrail) -> None:
    done = storytrail(*words, "--json")
    assert is_json(done)
    assert done.code == (1 if words == ["healthcheck"] else 0), done.told


def has(row: Row, keys: set[str]) -> None:
    """The keys of the contract; more are allowed."""
    assert keys <= set(row)


def is_json(done: Done) -> bool:
    return all(isinstance(row, dict) for row in done.rows)


def assert_moment(*written: str) -> None:
    for moment in written:
        assert datetime.fromisoformat(moment).tzinfo is not None
