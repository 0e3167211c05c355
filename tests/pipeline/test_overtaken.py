"""A worker that took longer than its lease: another has the row now, so what the first found is dropped.

Each test lets the first worker do its slow part, and meanwhile the lease lapses and a second worker claims the row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

import pytest
from sqlalchemy.orm import Session

import worker.steps.read
from storage import alerts, articles, polls
from storage.tables import ArticleState
from tests.pipeline.newsroom import AGROUND, FERRY, Outlet, feed, page
from tests.pipeline.pipeline import Pipeline
from tests.receiver import Receiver
from tests.site import Site
from worker.stages.clean import Cleaned, clean
from worker.steps.deliver import deliver
from worker.steps.fetch import Fetched, fetch_article
from worker.steps.poll import NOTHING, poll_source
from worker.steps.read import read_article

Claiming = Callable[[Session], object]


@dataclass
class Second:
    """The second worker. It claims once, however often the first is slow."""

    pipeline: Pipeline
    claims: Claiming
    has_claimed: bool = False

    def takes_over(self) -> None:
        if self.has_claimed:
            return
        self.has_claimed = True
        self.pipeline.waits(seconds=self.pipeline.runtime.lease.total_seconds() + 1)
        assert self.pipeline.database.write(self.claims)


@pytest.fixture
def following(either_pipeline: Pipeline, herald: Outlet) -> Pipeline:
    either_pipeline.follows(FERRY)
    either_pipeline.polls(herald.feed_url)
    herald.publishes(AGROUND)
    return either_pipeline


def answers(site: Site, path: str, body: str, second: Second) -> None:
    """Serve the body when the second worker has taken over."""

    def script(handler: BaseHTTPRequestHandler) -> None:
        second.takes_over()
        raw = body.encode()
        handler.wfile.write(b'HTTP/1.1 200 OK\r\nETag: "late"\r\nContent-Length: %d\r\n\r\n%b' % (len(raw), raw))

    site.plays(path, script)


def what_changed(pipeline: Pipeline, before: dict[str, list[tuple[object, ...]]]) -> set[str]:
    after = pipeline.snapshot()
    return {name for name in before if before[name] != after[name]}


def test_a_late_poll_stores_nothing(following: Pipeline, herald: Outlet) -> None:
    source = following.source(herald.feed_url)
    lease = following.runtime.lease
    second = Second(following, lambda s: polls.claim_sources(s, [source.id], following.now, lease))
    answers(herald.site, herald.feed_path, feed("Herald", [(AGROUND, herald.url(AGROUND))]), second)
    before = following.snapshot()

    assert poll_source(following.runtime, source.id) == NOTHING

    assert what_changed(following, before) == {"source"}  # it is the second's
    assert following.source(herald.feed_url).etag == ""
    following.polls_again()
    assert following.article(herald.url(AGROUND)).state == "done"


def test_a_late_page_is_not_stored(following: Pipeline, herald: Outlet) -> None:
    following.runs("poll")
    [article] = following.articles()
    lease = following.runtime.lease
    second = Second(
        following, lambda s: articles.claim_article(s, article.id, ArticleState.FETCH, following.now, lease)
    )
    answers(herald.site, herald.path(AGROUND), page(AGROUND), second)

    assert fetch_article(following.runtime, article.id) is Fetched.NOT_OURS

    [article] = following.articles()
    assert (article.state, article.body_digest, article.fence, article.attempts) == ("fetch", None, 2, 2)
    following.polls_again()
    assert following.article(herald.url(AGROUND)).state == "done"


def test_a_late_reading_writes_nothing(following: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch) -> None:
    following.runs("poll", "fetch")
    [article] = following.articles()
    lease = following.runtime.lease
    second = Second(following, lambda s: articles.claim_article(s, article.id, ArticleState.READ, following.now, lease))

    def slow(text: str, *, title: str) -> Cleaned:
        second.takes_over()
        return clean(text, title=title)

    before = following.snapshot()
    with monkeypatch.context() as patched:
        patched.setattr(worker.steps.read, "clean", slow)
        assert read_article(following.runtime, article.id) == ()

    assert what_changed(following, before) == {"article"}  # it is the second's
    [left] = following.articles()
    assert (left.state, left.revision, left.fence) == ("read", 0, article.fence + 2)
    following.polls_again()
    assert following.reasons() == ["first"]


def test_a_late_failure_does_not_count_against_the_second(
    following: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.runs("poll", "fetch")
    [article] = following.articles()
    lease = following.runtime.lease
    second = Second(following, lambda s: articles.claim_article(s, article.id, ArticleState.READ, following.now, lease))

    def breaks(text: str, *, title: str) -> Cleaned:
        second.takes_over()
        raise ValueError(f"{title}: {text}")

    with monkeypatch.context() as patched:
        patched.setattr(worker.steps.read, "clean", breaks)
        read_article(following.runtime, article.id)

    [article] = following.articles()
    assert (article.last_error, article.attempts) == ("", 2)
    assert article.lease_until is not None
    following.polls_again()
    assert following.article(herald.url(AGROUND)).state == "done"


def test_a_late_sending_is_recorded_by_the_second_alone(
    following: Pipeline, herald: Outlet, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both post, under one id; what became of it is the second's to say."""
    hook = {"webhook": receiver.url, "secret": receiver.secret}
    following.follows({**FERRY, "alert": {"to": ["desk"]}}, channels={"desk": hook})
    following.runs("poll", "fetch", "read")
    [delivery] = following.deliveries()
    lease = following.runtime.lease
    second = Second(following, lambda s: alerts.claim_delivery(s, delivery.id, following.now, lease))
    takes = receiver.takes

    def slow(body: bytes, headers: dict[str, str]) -> object:
        second.takes_over()
        return takes(body, headers)

    monkeypatch.setattr(receiver, "takes", slow)
    deliver(following.runtime, delivery.id)

    [delivery] = following.deliveries()
    assert (delivery.status, delivery.sent, delivery.doubts) == ("sending", None, 1)
    following.waits(hours=1)
    following.runs("deliver")
    [delivery] = following.deliveries()
    [alert] = following.alerts()
    assert (delivery.status, delivery.doubts) == ("sent", 2)
    assert receiver.effects == {alert.key: 2}
