"""The feeds of topics, from what was told to what a feed reader makes of it."""

import hashlib
import json
from typing import Any

import feedparser
import pytest
from starlette.testclient import TestClient

from storage import alerts
from storage.alerts import NewAlert
from tests.pipeline.newsroom import AGROUND, PIGEONS, SCHOOL, Outlet, Report
from tests.pipeline.pipeline import Pipeline
from web.feed_address import FORMATS, feed_path, feed_url
from web.wiring import page_of
from worker.stages.feed import Feed, parse_feed

TOKEN = "sixteen-letters-or-more"
TOPIC = "Anna/Новини & <more> 100%?"
HOSTILE = "<script>alert('x')</script> \x0b\ufffe]]> &amp;"
HOME = "http://testserver"


class Desk:
    """A topic that tells a feed, and a reader of it."""

    def __init__(self, pipeline: Pipeline, herald: Outlet, token: str = TOKEN) -> None:
        self.pipeline, self._herald = pipeline, herald
        self.token = token
        self.tells(TOPIC, to=["reader"])
        pipeline.polls(herald.feed_url)
        for report in (AGROUND, SCHOOL, PIGEONS):
            herald.publishes(report)
        pipeline.runs("poll", "fetch", "read")

    def tells(self, *names: str, to: list[str]) -> None:
        rules = {"to": to, "on": ["quiet-source"]}  # reading raises nothing: these tests raise their own
        topics = [{"name": name, "query": "Orla OR Vellinge OR Ghent", "alert": rules} for name in names]
        written = {"reader": {"feed": True}, "second": {"feed": True}, "diary": {"log": True}}
        self.pipeline.follows(*topics, channels=written)

    def raises(self, report: Report, *new: str, to: str = "reader", reason: str = "new-fact") -> None:
        article = self.pipeline.article(self._herald.url(report))
        key = hashlib.sha256(repr((report, new, to, reason)).encode("utf-8", "replace")).hexdigest()
        alert = NewAlert(key, TOPIC, reason, new, (), (), (), {}, [to])
        story = article.story_id
        assert story is not None
        self.pipeline.database.write(
            lambda session: alerts.raise_alert(session, story, article.id, alert, self.pipeline.now)
        )

    def sends(self, report: Report, *new: str, to: str = "reader") -> None:
        self.raises(report, *new, to=to)
        self.pipeline.runs("deliver")
        self.pipeline.waits(hours=1)

    def asks(self, form: str = "atom", topic: str = TOPIC, **headers: str) -> Any:
        """What the page answers to a reader with the feed's own address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client().get(feed_url(HOME, topic, form, self.token), headers=named)

    def client(self) -> TestClient:
        return TestClient(page_of(self.pipeline.runtime), base_url=HOME)


@pytest.fixture
def desk(pipeline: Pipeline, herald: Outlet) -> Desk:
    pipeline._settings["ADMIN_TOKEN"] = TOKEN
    pipeline.restarts()
    return Desk(pipeline, herald)


def parsed(answer: Any) -> Feed:
    feed = parse_feed(answer.content, url=HOME, content_type=answer.headers["content-type"])
    assert isinstance(feed, Feed)
    return feed


@pytest.mark.parametrize("form", FORMATS)
def test_our_own_reader_finds_what_was_told(desk: Desk, form: str) -> None:
    desk.sends(AGROUND, "The Orla was pulled free.")
    desk.sends(SCHOOL, "The council voted again.")
    feed = parsed(desk.asks(form))
    assert feed.title == TOPIC
    assert [entry.title.partition(" – ")[2] for entry in feed.entries] == [
        f"new: {SCHOOL.title}",
        f"new: {AGROUND.title}",
    ]
    assert all(entry.url.startswith("http://127.0.0.1") for entry in feed.entries)
    assert "Herald" in feed.entries[0].summary + feed.entries[0].content


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_another_reader_finds_no_fault(desk: Desk, form: str) -> None:
    desk.sends(AGROUND, HOSTILE, "The Orla was pulled free.")
    feed = feedparser.parse(desk.asks(form).content)
    assert not feed.bozo
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[form]
    [entry] = feed.entries
    assert entry.id.startswith("urn:storytrail:")
    assert "<script" not in entry.summary
    assert entry.updated_parsed or entry.published_parsed


def test_what_is_told_is_never_markup_of_others(desk: Desk) -> None:
    desk.sends(AGROUND, HOSTILE, HOSTILE * 9)
    [item] = json.loads(desk.asks("json").content)["items"]
    assert "<script" not in item["content_html"]
    assert "&lt;script&gt;" in item["content_html"]


def test_a_story_has_one_entry_that_grows(desk: Desk) -> None:
    desk.sends(AGROUND, "The Orla was pulled free.")
    [before] = json.loads(desk.asks("json").content)["items"]
    desk.sends(AGROUND, "Her captain was questioned.")
    [after] = json.loads(desk.asks("json").content)["items"]
    assert before["id"] == after["id"]
    assert before["date_published"] == before["date_modified"] == after["date_published"] < after["date_modified"]
    assert after["title"].endswith(f"update 1: {AGROUND.title}")
    assert "The Orla was pulled free." in after["content_text"]


def test_only_what_was_told_on_the_topics_feed_stands_in_it(desk: Desk) -> None:
    desk.raises(AGROUND, "Not sent yet.")
    desk.sends(SCHOOL, "Told to the log.", to="diary")
    desk.sends(PIGEONS, "Told to another feed.", to="second")
    shown = desk.asks("json").text
    assert "Told to" not in shown
    desk.pipeline.runs("deliver")
    assert "Not sent yet." in desk.asks("json").text


@pytest.mark.parametrize("form", FORMATS)
def test_a_topic_that_told_nothing_has_an_empty_feed(desk: Desk, form: str) -> None:
    answer = desk.asks(form)
    assert answer.status_code == 200
    assert parsed(answer).entries == ()


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_that_has_it_is_told_so(desk: Desk, form: str) -> None:
    desk.sends(AGROUND, "The Orla was pulled free.")
    first = desk.asks(form)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    for known in (tag, f'W/"x", W/{tag}', "*"):
        again = desk.asks(form, If_None_Match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert desk.asks(form, If_Modified_Since=modified).status_code == 304
    assert desk.asks(form, If_None_Match='"other"', If_Modified_Since=modified).status_code == 200
    assert desk.asks(form, If_Modified_Since="some day").status_code == 200
    desk.sends(AGROUND, "Her captain was questioned.")
    assert desk.asks(form, If_None_Match=tag, If_Modified_Since=modified).status_code == 200


def test_the_key_opens_one_topics_feeds_and_nothing_else(desk: Desk) -> None:
    desk.tells(TOPIC, "Another", to=["reader"])
    client = desk.client()
    key = feed_url("", TOPIC, "rss", TOKEN).partition("?")[2]
    assert client.get(f"{feed_path(TOPIC, 'json')}?{key}").status_code == 200
    for closed in (feed_path("Another", "rss"), "/", "/feeds/", "/static/style.css"):
        assert client.get(f"{closed}?{key}").status_code == 401
    for wrong in ("", "?key=", "?key=é", f"?{key}0", f"?{key}&key=1", f"?{'a=1&' * 999}{key}", f"?{key.upper()}"):
        assert client.get(feed_path(TOPIC, "rss") + wrong).status_code == 401
    assert client.get(feed_path(TOPIC, "rss"), headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_without_a_token_feeds_are_for_this_machine(pipeline: Pipeline, herald: Outlet) -> None:
    desk = Desk(pipeline, herald, token="")
    path = feed_path(TOPIC, "rss")
    assert TestClient(page_of(pipeline.runtime), base_url="http://127.0.0.1:8000").get(path).status_code == 200
    assert desk.client().get(path).status_code == 403


def test_what_is_no_feed_is_not_found(desk: Desk) -> None:
    assert desk.asks(topic="Nobody's").status_code == 404
    desk.tells(TOPIC, to=["diary"])
    assert desk.asks().status_code == 404


def test_an_answer_may_be_kept_by_its_reader_alone(desk: Desk) -> None:
    assert desk.asks().headers["cache-control"] == "private, no-cache"
    assert desk.client().get("/healthz").headers["cache-control"] == "no-store"
    assert TOKEN not in desk.asks().text + str(desk.asks().headers)
