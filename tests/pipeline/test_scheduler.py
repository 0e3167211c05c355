"""The scheduler: hints that lead everything on its way, and that may be lost, doubled or late."""

import json
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from time import monotonic
from typing import Any

import pytest
from celery import Celery, Task

import scheduler.tasks as scheduling
import worker.batch
import worker.runtime
from config.settings import load_settings
from scheduler.sources_file import SourcesWatch
from scheduler.tasks import tick
from storage import articles, polls
from storage.claims import WORDLESS
from storage.heartbeats import last_beats
from storage.tables import ArticleState
from tests.pipeline.broker import Broker
from tests.pipeline.newsroom import (
    AGROUND,
    AGROUND_CORRECTED,
    FERRY,
    PIGEONS,
    SCHOOL,
    STEERING,
    Outlet,
    feed,
    page,
)
from tests.pipeline.pipeline import Pipeline
from tests.receiver import Receiver
from tests.site import Site
from worker.app import _transport_options
from worker.tasks import BATCH, HINT_EXPIRES_SECONDS, deliver, fetch, hint, poll, read

AWAY = "redis://127.0.0.1:1/0"  # nobody listens there


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()

    def apply_async(task: Task, args: Sequence[Any], **how: Any) -> None:
        broker.takes(task, args, **how)

    monkeypatch.setattr(Task, "apply_async", apply_async)
    return broker


@pytest.fixture
def scheduled(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, broker: Broker) -> Pipeline:
    """A pipeline whose tasks are those of this process, as in a worker or a scheduler."""
    monkeypatch.setattr(scheduling, "_watch", SourcesWatch())
    monkeypatch.setattr(worker.runtime, "_current", pipeline.runtime)
    monkeypatch.setattr(worker.batch, "stopping", threading.Event())
    pipeline.follows(FERRY)
    return pipeline


# --- What a tick hints at ---


def test_ticks_bring_an_article_from_its_feed_to_its_reader(
    scheduled: Pipeline, broker: Broker, herald: Outlet, receiver: Receiver
) -> None:
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    scheduled.follows({**FERRY, "alert": {"to": ["desk"]}}, channels={"desk": hook})
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)

    tick()
    broker.hands_over()

    [alert] = scheduled.alerts()
    assert receiver.effects == {alert.key: 1}


def test_a_tick_hints_at_what_is_due_and_at_nothing_else(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    scheduled.polls(herald.feed_url)
    tick()
    assert broker.hinted("poll") == [[scheduled.source(herald.feed_url).id]]
    broker.hands_over()
    tick()
    assert broker.waiting == []

    scheduled.waits(days=1)
    tick()
    assert len(broker.hinted("poll")) == 1


def test_a_tick_hints_at_pages_that_are_to_be_looked_at_again(
    scheduled: Pipeline, broker: Broker, herald: Outlet
) -> None:
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    tick()
    broker.hands_over()
    [article] = scheduled.articles()
    assert article.next_look is not None
    scheduled.clock.now = article.next_look
    herald.site.serves(herald.path(AGROUND), page(AGROUND_CORRECTED))

    tick()
    assert broker.hinted("fetch") == [[article.id]]
    broker.hands_over()

    assert scheduled.reasons() == ["first", "correction"]


def test_each_step_hints_at_the_next(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    """So that nothing waits for the next tick when all goes well."""
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    tick()
    steps = []
    while broker.waiting:
        [one] = broker.waiting
        steps.append(one.name)
        broker.waiting.clear()
        one.runs()
    assert steps == ["poll", "fetch", "read", "deliver"]


def test_a_host_is_hinted_at_in_one_batch_which_fetches_on(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    with Site("127.0.0.2") as elsewhere:
        mirror = Outlet(elsewhere, "Mirror")
        scheduled.polls(herald.feed_url, mirror.feed_url)
        many = [AGROUND.named(f"report-{number}") for number in range(BATCH + 5)]
        herald.site.serves(herald.feed_path, feed("Herald", [(report, herald.url(report)) for report in many]))
        mirror.lists(STEERING)
        tick()
        assert sorted(map(len, broker.hinted("poll"))) == [1, 1]
        scheduled.runs("poll")
        broker.loses()

        tick()

        hosts = {article.id: article.host for article in scheduled.articles()}
        batches = broker.hinted("fetch")
        assert sorted(map(len, batches)) == [1, BATCH]
        assert all(len({hosts[article] for article in batch}) == 1 for batch in batches)
        assert {one.options["expires"] for one in broker.waiting} == {HINT_EXPIRES_SECONDS}
        assert {one.options["retry"] for one in broker.waiting} == {False}
        broker.hands_over()
        assert {article.state for article in scheduled.articles()} == {"done"}


def test_a_tick_shows_that_the_scheduler_lives(scheduled: Pipeline) -> None:
    tick()
    assert scheduled.database.read(last_beats)["scheduler"] == scheduled.now


def test_a_tick_takes_a_changed_sources_file(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    tick()
    assert broker.waiting == []
    scheduled.writes(scheduled.sources_file, json.dumps({"sources": [{"url": herald.feed_url}]}))
    tick()
    assert broker.hinted("poll") == [[scheduled.source(herald.feed_url).id]]


# --- Hints that go astray ---


def test_a_tick_with_the_broker_away_loses_nothing(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    broker.goes_away()
    tick()
    assert herald.times_asked() == 0

    broker.comes_back()
    tick()
    broker.hands_over()
    assert scheduled.article(herald.url(AGROUND)).state == "done"
    assert scheduled.reasons() == ["first"]


@pytest.mark.parametrize("step", ["poll", "fetch", "read", "deliver"])
def test_a_step_that_cannot_hint_at_the_next_has_done_its_own(
    scheduled: Pipeline, broker: Broker, herald: Outlet, step: str
) -> None:
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    tick()
    while [one.name for one in broker.waiting] != [step]:
        broker.waiting.pop(0).runs()
    broker.goes_away()
    broker.hands_over()

    broker.comes_back()
    tick()
    broker.hands_over()
    [line] = scheduled.lines
    assert AGROUND.title in line
    assert len(herald.site.asked(herald.path(AGROUND))) == 1


def test_lost_hints_are_given_again_at_the_next_tick(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    for _ in range(4):  # each step's hint is lost once
        tick()
        broker.loses()
        tick()
        broker.waiting.pop(0).runs()
        broker.loses()
    assert len(scheduled.lines) == 1


def test_the_ticks_of_two_schedulers_poll_a_source_once(scheduled: Pipeline, broker: Broker, herald: Outlet) -> None:
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    tick()
    tick()
    assert len(broker.hinted("poll")) == 2
    broker.hands_over()
    assert herald.times_asked() == 1
    assert scheduled.reasons() == ["first"]


def test_a_source_is_polled_once_though_the_second_hint_comes_while_it_is_being_polled(
    scheduled: Pipeline, broker: Broker, herald: Outlet
) -> None:
    scheduled.polls(herald.feed_url)
    answer = feed("Herald", [(AGROUND, herald.url(AGROUND))]).encode()

    def answers_after_the_second_hint(handler: BaseHTTPRequestHandler) -> None:
        if len(herald.site.asked(herald.feed_path)) == 1:
            tick()
            poll([scheduled.source(herald.feed_url).id])
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(answer), answer))

    herald.site.plays(herald.feed_path, answers_after_the_second_hint)
    tick()
    broker.hands_over()
    assert herald.times_asked() == 1
    assert len(scheduled.entries()) == 1


@pytest.mark.parametrize("times", [2, 5])
def test_every_hint_may_come_again(
    scheduled: Pipeline, broker: Broker, herald: Outlet, receiver: Receiver, times: int
) -> None:
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    scheduled.follows({**FERRY, "alert": {"to": ["desk"]}}, channels={"desk": hook})
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    herald.publishes(SCHOOL)
    tick()
    while broker.waiting:
        one = broker.waiting.pop(0)
        for _ in range(times):
            one.runs()
    assert set(receiver.effects.values()) == {1}
    assert {article.revision for article in scheduled.articles()} == {1}
    assert herald.times_asked() == 1


def test_hints_for_what_is_not_there_do_nothing(scheduled: Pipeline) -> None:
    before = scheduled.snapshot()
    for task in (poll, read, deliver):
        task([1, 999])
    fetch([1, 999], "nowhere.example")
    assert scheduled.snapshot() == before


def test_a_real_broker_that_is_away_holds_nobody_up() -> None:
    """Not the fake: Celery's own client, whose connection is refused."""

    def anything(ids: list[int]) -> None:
        raise AssertionError(f"nobody sent {ids}")

    options = _transport_options(load_settings({"STORYTRAIL_BROKER_URL": AWAY}))
    app = Celery("away", broker=AWAY, broker_transport_options=options)
    began = monotonic()
    for number in range(10):
        hint(app.task(anything), [number])
    assert monotonic() - began < 5  # Celery alone would wait six seconds for each


# --- What got stuck ---


def test_what_a_dead_worker_held_is_hinted_at_when_its_lease_has_lapsed(
    scheduled: Pipeline, broker: Broker, herald: Outlet
) -> None:
    scheduled.polls(herald.feed_url)
    herald.publishes(AGROUND)
    scheduled.runs("poll", "fetch")
    [article] = scheduled.articles()
    lease = scheduled.runtime.lease
    scheduled.database.write(lambda s: articles.claim_article(s, article.id, ArticleState.READ, scheduled.now, lease))
    tick()
    assert broker.hinted("read") == []

    scheduled.waits(seconds=lease.total_seconds() + 1)
    tick()
    assert broker.hinted("read") == [[article.id]]
    broker.hands_over()
    assert scheduled.article(article.url).state == "done"


def test_what_killed_its_workers_too_often_is_set_apart_and_not_hinted_at(
    scheduled: Pipeline, broker: Broker, herald: Outlet
) -> None:
    scheduled.polls(herald.feed_url)
    poison, sound = herald.publishes(AGROUND), herald.publishes(PIGEONS)
    scheduled.runs("poll", "fetch")
    article = scheduled.article(poison)
    lease = scheduled.runtime.lease
    for _ in range(scheduled.runtime.settings.max_attempts):
        assert scheduled.database.write(
            lambda s: articles.claim_article(s, article.id, ArticleState.READ, scheduled.now, lease)
        )
        scheduled.waits(minutes=10)

    tick()

    assert broker.hinted("read") == [[scheduled.article(sound).id]]
    article = scheduled.article(poison)
    assert (article.state, article.last_error) == (ArticleState.QUARANTINED, WORDLESS)
    broker.hands_over()


def test_a_source_that_kills_its_workers_is_quarantined_and_says_why(
    scheduled: Pipeline, broker: Broker, herald: Outlet
) -> None:
    scheduled.polls(herald.feed_url)
    lease = scheduled.runtime.lease
    source = scheduled.source(herald.feed_url)
    for _ in range(scheduled.runtime.settings.max_attempts):
        assert scheduled.database.write(lambda s: polls.claim_sources(s, [source.id], scheduled.now, lease))
        scheduled.waits(minutes=10)

    tick()

    source = scheduled.source(herald.feed_url)
    assert (source.state, source.reason, source.since) == ("quarantined", WORDLESS, scheduled.now)
    assert broker.waiting == []
