"""Asking a hub: what is posted, and what follows from each way to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from config.settings import load_settings
from storage import sources, subscriptions
from storage.database import create_all
from storage.sources import NewSource
from storage.tables import Source, SourceState, Subscription, SubscriptionState
from tests.hub import Hub
from tests.site import Site
from worker.errors import PermanentError
from worker.fetch.door import Door
from worker.runtime import Runtime
from worker.steps import subscribe as step
from worker.steps.subscribe import subscribe

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PUBLIC = "https://news.example.org/desk"
TOPIC = "https://news.example/rss?format=atom&edition=world"
ACTIVE, ASKED, REFUSED, WANTED = (
    SubscriptionState.ACTIVE, SubscriptionState.ASKED, SubscriptionState.REFUSED, SubscriptionState.WANTED,
)  # fmt: skip
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@dataclass
class Desk:
    """A worker with one source that is to be pushed, and a clock that the test moves."""

    run: Runtime
    site: Site
    clock: list[datetime]
    source_id: int = 0

    @property
    def now(self) -> datetime:
        return self.clock[0]

    @property
    def all(self) -> list[Subscription]:
        return list(self.run.database.read(lambda session: session.scalars(select(Subscription)).all()))

    @property
    def subscription(self) -> Subscription:
        [subscription] = self.all
        return subscription

    def wants(self, hub: str) -> None:
        self.run.database.write(lambda session: subscriptions.want(session, self.source_id, hub, TOPIC, self.now))

    def asks(self) -> None:
        """What a worker does that was hinted at it."""
        for row in self.all:
            subscribe(self.run, row.id)

    def passes(self, time: timedelta) -> None:
        self.clock[0] += time

    def is_active(self) -> None:
        """As after the hub's verification."""
        token, until = self.subscription.token, self.now + 10 * DAY
        assert self.run.database.write(lambda s: subscriptions.verified(s, token, TOPIC, until, self.now + 9 * DAY))

    def retires_the_source(self) -> None:
        retired = update(Source).values(state=SourceState.RETIRED)
        self.run.database.write(lambda session: session.execute(retired))


def desk_at(folder: Path, **settings: str) -> Iterator[Desk]:
    given = {"DATA": str(folder), "ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8", "HOST_RATE": "0", "FETCH_TIMEOUT": "5"}
    given |= {"PUBLIC_URL": PUBLIC} | settings
    environment = {f"STORYTRAIL_{name}": value for name, value in given.items() if value}
    clock = [NOON]
    run = Runtime(load_settings(environment), lambda: clock[0])
    create_all(run.database)
    with Site() as site:
        desk = Desk(run, site, clock)
        new = NewSource(TOPIC, sha256(TOPIC.encode()).hexdigest())
        source = run.database.write(lambda session: sources.add_source(session, new, "command", NOON))
        assert source is not None
        desk.source_id = source.id
        yield desk
    run.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from desk_at(tmp_path)


@pytest.fixture
def hub(desk: Desk) -> Hub:
    hub = Hub(desk.site)
    desk.wants(hub.url)
    return hub


# --- What is posted ---


def test_a_hub_is_asked_with_all_it_needs(desk: Desk, hub: Hub) -> None:
    desk.asks()
    [request] = desk.site.requests
    assert (request.method, request.headers["content-type"]) == ("POST", "application/x-www-form-urlencoded")
    assert hub.asked == [
        {
            "hub.mode": "subscribe",
            "hub.topic": TOPIC,
            "hub.callback": f"{PUBLIC}/websub/{desk.subscription.token}",
            "hub.secret": desk.subscription.secret,
            "hub.lease_seconds": "864000",
        }
    ]
    assert len(desk.subscription.secret.encode()) < 200  # the Recommendation's limit


def test_a_hub_that_took_the_request_has_time_to_verify_and_is_then_asked_again(desk: Desk, hub: Hub) -> None:
    for expected in (HOUR, 2 * HOUR, 4 * HOUR):
        desk.asks()
        assert (desk.subscription.state, desk.subscription.next_attempt_at - desk.now) == (ASKED, expected)
        desk.passes(expected - timedelta(seconds=1))
        asked = len(hub.asked)
        desk.asks()
        assert len(hub.asked) == asked
        desk.passes(timedelta(seconds=1))


def test_a_hub_that_never_verifies_is_asked_once_a_week_at_last(desk: Desk, hub: Hub) -> None:
    for _ in range(9):
        before = desk.now
        desk.asks()
        desk.clock[0] = desk.subscription.next_attempt_at
    assert (len(hub.asked), desk.now - before) == (9, WEEK)
    for_years = update(Subscription).values(attempts=5_000)
    desk.run.database.write(lambda session: session.execute(for_years))
    before = desk.now
    desk.asks()
    assert desk.subscription.next_attempt_at - before == WEEK


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_kind_of_yes_will_do(desk: Desk, hub: Hub, status: int) -> None:
    desk.site.serves("/hub", b"", status=status)
    desk.asks()
    assert desk.subscription.state == ASKED


def test_without_a_public_address_no_hub_is_asked(tmp_path: Path) -> None:
    for desk in desk_at(tmp_path, PUBLIC_URL=""):
        hub = Hub(desk.site)
        desk.wants(hub.url)
        desk.asks()
        assert hub.asked == []
        assert (desk.subscription.state, desk.subscription.attempts) == (WANTED, 0)


def test_what_is_not_there_is_not_asked_for(desk: Desk) -> None:
    subscribe(desk.run, 4711)
    assert desk.site.requests == []


# --- Hubs that refuse, fail and wander ---


@pytest.mark.parametrize("status", [301, 302, 303, 400, 403, 404, 410, 451])
def test_a_hub_that_refuses_is_asked_again_in_a_week(desk: Desk, hub: Hub, status: int) -> None:
    hub.refuses(status, headers={"Location": "/elsewhere"})
    desk.asks()
    refused = desk.subscription
    assert (refused.state, refused.next_attempt_at) == (REFUSED, NOON + WEEK)
    assert str(status) in refused.last_error
    assert len(desk.site.requests) == 1  # only 307 and 308 send a request on

    desk.passes(WEEK)
    hub.accepts()
    desk.asks()
    assert (desk.subscription.state, desk.subscription.last_error) == (ASKED, "")


@pytest.mark.parametrize(
    ("content_type", "said", "kept"),
    [
        ("text/plain", "topic  not\nallowed", "the hub answered 400: topic not allowed"),
        ("text/plain; charset=utf-8", "no \x1b[31m\u202ered", "the hub answered 400: no [31mred"),  # not for terminals
        ("text/plain", "x" * 5000, "the hub answered 400: " + "x" * 200),
        ("text/plain", "", "the hub answered 400"),
        ("text/html", "<h1>Bad request</h1>", "the hub answered 400"),  # written for a browser
    ],
)
def test_a_hub_that_refuses_is_quoted(desk: Desk, hub: Hub, content_type: str, said: str, kept: str) -> None:
    hub.refuses(400, said, headers={"Content-Type": content_type})
    desk.asks()
    assert desk.subscription.last_error == kept


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_hub_that_fails_is_asked_again_soon(desk: Desk, hub: Hub, status: int) -> None:
    hub.refuses(status)
    desk.asks()
    failed = desk.subscription
    assert failed.state == ASKED
    assert NOON < failed.next_attempt_at <= NOON + timedelta(seconds=30)
    assert str(status) in failed.last_error


def test_a_hub_that_asks_to_wait_is_obeyed(desk: Desk, hub: Hub) -> None:
    hub.refuses(503, headers={"Retry-After": "7200"})
    desk.asks()
    assert desk.subscription.next_attempt_at == NOON + 2 * HOUR
    assert desk.run.pace.take(f"127.0.0.1:{desk.site.port}") > 0  # and left alone by all others


def test_a_hub_that_is_gone_is_asked_less_and_less_and_then_once_a_week(desk: Desk, hub: Hub) -> None:
    hub.refuses(500)
    for _ in range(step.MAX_ATTEMPTS - 1):
        desk.asks()
        assert desk.subscription.state == ASKED
        desk.clock[0] = desk.subscription.next_attempt_at
    assert DAY / 2 < desk.now - NOON < 2 * DAY
    for _ in range(2):
        desk.asks()
        assert (desk.subscription.state, desk.subscription.next_attempt_at) == (REFUSED, desk.now + WEEK)
        desk.passes(WEEK)


def test_no_connection_is_a_failure_like_others(desk: Desk, hub: Hub) -> None:
    with Site() as other:
        gone = other.url("/hub")
    desk.wants(gone)
    desk.asks()
    assert desk.subscription.state == ASKED
    assert "no connection" in desk.subscription.last_error


def test_a_hub_that_hangs_up_may_have_taken_it_and_is_asked_again(desk: Desk, hub: Hub) -> None:
    hub.hangs_up()
    desk.asks()
    assert desk.subscription.state == ASKED
    assert NOON < desk.subscription.next_attempt_at <= NOON + timedelta(seconds=30)
    desk.is_active()  # it had


def test_a_hub_in_a_private_network_is_not_asked(desk: Desk) -> None:
    desk.wants("http://10.0.0.7/hub")
    desk.asks()
    assert desk.subscription.state == REFUSED
    assert "not a public address" in desk.subscription.last_error


@pytest.mark.parametrize("hub", ["ftp://hub.example/", "https://", "nonsense", "http://user:password@127.0.0.1/"])
def test_a_hub_without_a_usable_address_is_refused(desk: Desk, hub: str) -> None:
    desk.wants(hub)
    desk.asks()
    assert desk.subscription.state == REFUSED
    assert desk.subscription.last_error


@pytest.mark.parametrize("status", [307, 308])
def test_a_hub_that_names_another_is_followed(desk: Desk, hub: Hub, status: int) -> None:
    other = Hub(desk.site, "/new")
    hub.moves("/new", status)
    desk.asks()
    assert other.asked == hub.asked
    assert other.last["hub.secret"] == desk.subscription.secret
    assert (desk.subscription.state, desk.subscription.hub) == (ASKED, hub.url)


def test_hubs_that_send_us_around_are_followed_once(desk: Desk, hub: Hub) -> None:
    hub.moves("/hub", 307)
    desk.asks()
    assert len(hub.asked) == 2
    assert desk.subscription.state == REFUSED


def test_a_hub_cannot_send_us_into_a_private_network(desk: Desk, hub: Hub) -> None:
    hub.moves("http://169.254.169.254/latest", 307)
    desk.asks()
    assert desk.subscription.state == REFUSED
    assert "not a public address" in desk.subscription.last_error


def test_a_hub_with_https_does_not_send_the_secret_out_without(desk: Desk) -> None:
    with pytest.raises(PermanentError, match="without https"):
        step._other_hub("https://hub.example/", "http://hub.example/")
    assert step._other_hub("https://hub.example/", "/new") == "https://hub.example/new"
    assert step._other_hub("http://hub.example/", "https://other.example/") == "https://other.example/"


def test_whatever_a_hub_does_to_us_is_on_its_row(desk: Desk, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise KeyError("location")

    with monkeypatch.context() as broken:
        broken.setattr(Door, "post", breaks)
        desk.asks()
    assert "location" in desk.subscription.last_error
    desk.passes(HOUR)
    desk.asks()
    assert desk.subscription.state == ASKED


def test_a_host_that_is_to_be_left_alone_puts_it_off_and_is_no_attempt(desk: Desk, hub: Hub) -> None:
    desk.run.pace.backoff(f"127.0.0.1:{desk.site.port}", 600)
    desk.asks()
    assert hub.asked == []
    put_off = desk.subscription
    assert (put_off.state, put_off.attempts) == (WANTED, 0)
    assert timedelta(minutes=9) < put_off.next_attempt_at - NOON <= timedelta(minutes=10)


def test_what_a_hub_says_of_our_address_or_secret_is_not_kept(desk: Desk, hub: Hub) -> None:
    token, secret = desk.subscription.token, desk.subscription.secret
    hub.refuses(400, f"{' ' * 150}no answer at {PUBLIC}/websub/{token} for {secret}")
    desk.asks()
    assert desk.subscription.last_error.startswith(f"the hub answered 400: no answer at {PUBLIC}/websub/(")
    assert token not in desk.subscription.last_error
    assert secret not in desk.subscription.last_error


# --- Renewing and leaving ---


def test_an_active_subscription_stays_so_while_the_hub_is_asked_again(desk: Desk, hub: Hub) -> None:
    desk.asks()
    desk.is_active()
    desk.passes(9 * DAY)
    hub.refuses(500)
    desk.asks()
    assert desk.subscription.state == ACTIVE
    desk.passes(HOUR)
    hub.accepts()
    desk.asks()
    assert desk.subscription.state == ACTIVE
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe"] * 3


def test_a_source_that_is_polled_no_more_is_unsubscribed(desk: Desk, hub: Hub) -> None:
    desk.asks()
    desk.is_active()
    desk.retires_the_source()
    desk.asks()
    assert hub.last == {
        "hub.mode": "unsubscribe",
        "hub.topic": TOPIC,
        "hub.callback": f"{PUBLIC}/websub/{desk.subscription.token}",
    }
    desk.asks()
    assert len(hub.asked) == 2  # the hub has time to verify


def test_a_source_that_is_polled_again_stays_subscribed(desk: Desk, hub: Hub) -> None:
    desk.asks()
    desk.is_active()
    desk.retires_the_source()
    desk.asks()
    revived = update(Source).values(state=SourceState.HEALTHY)
    desk.run.database.write(lambda session: session.execute(revived))
    desk.passes(HOUR)
    desk.asks()
    assert [form["hub.mode"] for form in hub.asked] == ["subscribe", "unsubscribe", "subscribe"]


@pytest.mark.parametrize("answer", [202, 500])
def test_a_hub_that_does_not_let_us_go_is_left_all_the_same(desk: Desk, hub: Hub, answer: int) -> None:
    desk.asks()
    desk.is_active()
    desk.retires_the_source()
    hub.refuses(answer)
    for _ in range(step.TRIES_TO_LEAVE):
        desk.asks()
        desk.passes(DAY)
    assert len(hub.asked) == 1 + step.TRIES_TO_LEAVE
    desk.asks()
    assert desk.all == []
    assert len(hub.asked) == 1 + step.TRIES_TO_LEAVE


def test_a_hub_whose_host_is_to_be_left_alone_is_left_later(desk: Desk, hub: Hub) -> None:
    desk.asks()
    desk.is_active()
    desk.retires_the_source()
    desk.run.pace.backoff(f"127.0.0.1:{desk.site.port}", 600)
    desk.asks()
    assert len(hub.asked) == 1
    row, now = desk.subscription.id, desk.now
    due = desk.run.database.read(lambda session: subscriptions.due(session, now, 10))
    assert due == []  # or whoever does all that is due would ask for ever
    assert desk.run.database.read(lambda s: subscriptions.due(s, now + timedelta(minutes=10), 10)) == [row]


def test_a_hub_that_does_not_know_us_is_left_at_once(desk: Desk, hub: Hub) -> None:
    desk.asks()
    desk.is_active()
    desk.retires_the_source()
    hub.refuses(404)
    desk.asks()
    assert desk.all == []


def test_what_was_never_active_needs_no_leaving(desk: Desk, hub: Hub) -> None:
    desk.retires_the_source()
    desk.asks()
    assert desk.all == []
    assert hub.asked == []
