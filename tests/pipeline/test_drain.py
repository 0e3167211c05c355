"""Everything that is due, in one process: in order, side by side where that is polite, and no further than now."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from scheduler.drain import drain
from seeds.answers import FAILING_FEED, MOVED_FEED
from seeds.site import Site as NewsSite
from seeds.world import load_world
from tests.pipeline.newsroom import AGROUND, FERRY, PIGEONS, SALVAGE, SCHOOL, STEERING, Outlet, feed
from tests.pipeline.pipeline import Pipeline
from tests.receiver import Receiver
from tests.repository import ROOT
from tests.site import Site

BARRIER_SECONDS = 30


@pytest.fixture
def following(pipeline: Pipeline) -> Pipeline:
    pipeline.follows(FERRY)
    return pipeline


def test_one_call_does_everything_from_feed_to_delivery(following: Pipeline, herald: Outlet) -> None:
    following.polls(herald.feed_url)
    herald.publishes(AGROUND)
    following.runs()
    assert len(following.lines) == 1
    before = following.snapshot()
    following.runs()
    assert following.snapshot() == before


def test_the_steps_that_were_asked_for_are_taken_and_no_others(following: Pipeline, herald: Outlet) -> None:
    following.polls(herald.feed_url)
    herald.publishes(AGROUND)
    following.runs("poll")
    assert following.articles()[0].state == "fetch"
    following.runs("read", "deliver")
    assert following.articles()[0].state == "fetch"
    following.runs("fetch")
    assert following.articles()[0].state == "read"
    following.runs("read")
    assert [row.status for row in following.deliveries()] == ["pending"]


def test_what_waits_for_a_later_time_is_left(following: Pipeline, herald: Outlet) -> None:
    following.polls(herald.feed_url)
    herald.lists(AGROUND)
    herald.site.fails(herald.path(AGROUND), 503)
    following.runs()
    assert len(herald.site.asked(herald.path(AGROUND))) == 1


def test_progress_is_told_for_every_row(following: Pipeline, herald: Outlet, courier: Outlet) -> None:
    following.polls(herald.feed_url, courier.feed_url)
    herald.publishes(AGROUND)
    courier.publishes(SCHOOL)
    told: list[tuple[str, int, int]] = []
    drain(following.runtime, lambda step, done, due: told.append((step, done, due)))
    assert [one for one in told if one[0] == "poll"] == [("poll", 1, 2), ("poll", 2, 2)]
    assert [one for one in told if one[0] == "read"] == [("read", 1, 2), ("read", 2, 2)]
    assert [one for one in told if one[0] == "deliver"] == [("deliver", 1, 1)]


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    with Site("127.0.0.2") as site:
        yield site


def test_two_hosts_are_asked_at_the_same_time(following: Pipeline, herald: Outlet, elsewhere: Site) -> None:
    """Each host answers only when both have been asked."""
    mirror = Outlet(elsewhere, "Mirror")
    both = threading.Barrier(2)

    def answers(handler: BaseHTTPRequestHandler) -> None:
        both.wait(BARRIER_SECONDS)
        handler.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    for outlet, report in [(herald, AGROUND), (mirror, STEERING)]:
        outlet.lists(report)
        outlet.site.plays(outlet.path(report), answers)
    following.polls(herald.feed_url, mirror.feed_url)
    following.waits(hours=3)
    following.runs()
    assert not both.broken
    assert {article.state for article in following.articles()} == {"done"}


def test_one_host_is_asked_one_thing_after_another(following: Pipeline, herald: Outlet) -> None:
    open_now, most, lock = 0, 0, threading.Lock()

    def answers(handler: BaseHTTPRequestHandler) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        herald.site.waits(0.02)
        handler.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        with lock:
            open_now -= 1

    reports = [SCHOOL.named(f"school-{number}") for number in range(6)]
    herald.site.serves(herald.feed_path, feed("Herald", [(report, herald.url(report)) for report in reports]))
    for report in reports:
        herald.site.plays(herald.path(report), answers)
    following.polls(herald.feed_url)
    following.runs()
    assert (most, len(following.articles())) == (1, 6)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_what_comes_out_does_not_depend_on_the_order_of_the_sources(
    following: Pipeline, herald: Outlet, courier: Outlet, is_reversed: bool
) -> None:
    following.waits(hours=30)
    reports = [(courier, SALVAGE), (herald, AGROUND), (courier, STEERING), (herald, PIGEONS)]
    for outlet, report in reports:
        outlet.publishes(report)
    outlets = [herald, courier]
    following.polls(*(outlet.feed_url for outlet in (reversed(outlets) if is_reversed else outlets)))

    following.runs()

    story = {article.title: article.story_id for article in following.articles()}
    assert story[AGROUND.title] == story[STEERING.title] == story[SALVAGE.title] != story[PIGEONS.title]
    titles = {article.id: article.title for article in following.articles()}
    assert [(alert.reason, titles[alert.article_id]) for alert in following.alerts()] == [
        ("first", AGROUND.title),
        ("disagreement", STEERING.title),  # and what else is new in it
    ]


def test_three_days_of_the_demos_news_are_read_once_and_told_once(pipeline: Pipeline, receiver: Receiver) -> None:
    """Polled each half day; one feed fails, one is slow, one has moved for good, and one article is corrected."""
    topics = (ROOT / "seeds" / "topics.yaml").read_text(encoding="utf-8")
    hook = f"channels:\n  log: {{log: true}}\n  desk: {{webhook: {receiver.url!r}, secret: {receiver.secret!r}}}\n"
    written = topics.replace("channels:\n  log: {log: true}\n", hook).replace("to: [log]", "to: [desk]")
    pipeline.writes(pipeline.topics_file, written)
    world = load_world()
    with NewsSite(world, pause=lambda _seconds: None) as site:
        pipeline.clock.now = site.now
        pipeline.polls(*site.feed_urls())
        for moment in site.steps():
            site.advance_to(moment)
            pipeline.clock.now = moment
            pipeline.polls_again()
        served, base = site.served_entries(), site.base_url
        again = pipeline.snapshot()
        pipeline.runs()

    assert pipeline.snapshot() == again
    articles = {article.url: article for article in pipeline.articles()}
    assert sorted(articles) == sorted(served)
    assert [article.last_error for article in articles.values() if article.state != "done"] == []
    assert receiver.told == {alert.key for alert in pipeline.alerts()}
    assert set(receiver.effects.values()) == {1}
    assert {row.status for row in pipeline.deliveries()} == {"sent"}
    assert pipeline.source(base + FAILING_FEED).state == "failing"
    assert pipeline.source(base + MOVED_FEED).state == "retired"

    by_label = {article.label: articles[base + article.path] for article in world.articles}
    corrected = [by_label[article.label] for article in world.articles if article.revision]
    assert {article.revision for article in corrected} == {2}
    assert [revision.article_id for revision in pipeline.revisions()] == [article.id for article in corrected]
    copies = {label: article for label, article in by_label.items() if article.copy_of is not None}
    assert {label: article.copy_of for label, article in copies.items()} == {
        article.label: by_label[article.copy_of].id for article in world.articles if article.copy_of
    }
    firsts = [alert for alert in pipeline.alerts() if alert.reason == "first"]
    assert {alert.topic for alert in firsts} == {"Ankara talks", "Sula Dawn ferry accident", "Quenby takeover"}
