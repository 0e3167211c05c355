"""The address that hubs know us by, over real HTTP: whom it believes, and what it lets nobody do."""

import hashlib
import hmac
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from config.settings import load_settings
from storage import polls, pushes, sources, subscriptions
from storage.database import create_all
from storage.pushes import Pushed
from storage.sources import NewSource
from storage.tables import Source, SourceState, Subscription, SubscriptionState
from tests.hub import CHALLENGE, Hub
from tests.site import Site
from web import websub
from web.server import ServerThread
from web.websub import is_believed, is_signed
from web.wiring import page_of
from worker.runtime import Runtime
from worker.steps.subscribe import subscribe

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FEED = "<rss><channel><title>News</title></channel></rss>"
TOPIC = "http://news.example/rss"
TOKEN = "sixteen-letters-or-more"
DAY = timedelta(days=1)


@dataclass
class Desk:
    """A Storytrail that hubs can reach, with one source that it wants to be pushed."""

    run: Runtime
    hub: Hub
    source_id: int
    clock: list[datetime]

    @property
    def subscription(self) -> Subscription | None:
        return self.run.database.read(lambda session: subscriptions.of_source(session, self.source_id))

    @property
    def the_subscription(self) -> Subscription:
        assert self.subscription is not None
        return self.subscription

    def is_due(self) -> bool:
        due = self.run.database.read(lambda session: polls.due_sources(session, self.clock[0], 10))
        return self.source_id in [source_id for source_id, _ in due]

    @property
    def waiting(self) -> list[Pushed]:
        return list(self.run.database.read(lambda session: pushes.pending_pushes(session, self.source_id)))

    def asks(self) -> None:
        subscribe(self.run, self.the_subscription.id)

    def is_subscribed(self) -> "Desk":
        self.asks()
        assert self.hub.verifies()
        return self

    def retires_the_source(self) -> None:
        retired = update(Source).values(state=SourceState.RETIRED)
        self.run.database.write(lambda session: session.execute(retired))

    def passes(self, time: timedelta) -> None:
        self.clock[0] += time


def runtime(folder: Path, clock: list[datetime], **settings: str) -> Runtime:
    given = {
        "DATA": str(folder), "ALLOW_PRIVATE_NETWORKS": "127.0.0.0/8", "HOST_RATE": "0", "FETCH_TIMEOUT": "5",
        "MAX_BODY_BYTES": "100000",
    } | settings  # fmt: skip
    return Runtime(load_settings({f"STORYTRAIL_{name}": value for name, value in given.items()}), lambda: clock[0])


def listening(folder: Path, **settings: str) -> Iterator[Desk]:
    """The page as it is served, and a worker beside it that tells hubs where it is."""
    clock = [NOON]
    page = runtime(folder, clock, PUBLIC_URL="https://set.below", **settings)
    create_all(page.database)
    new = NewSource(TOPIC, sha256(TOPIC.encode()).hexdigest())
    with Site() as site, ServerThread(page_of(page), "127.0.0.1", 0) as server:
        hub = Hub(site)
        run = runtime(folder, clock, PUBLIC_URL=server.url, **settings)
        source = run.database.write(lambda session: sources.add_source(session, new, "command", NOON + DAY))
        assert source is not None
        run.database.write(lambda session: subscriptions.want(session, source.id, hub.url, TOPIC, NOON))
        yield Desk(run, hub, source.id, clock)
        run.close()
    page.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from listening(tmp_path)


# --- Verification of intent ---


def test_what_we_asked_for_is_confirmed_and_active_for_the_hubs_lease(desk: Desk) -> None:
    desk.asks()
    answer = desk.hub.says(
        {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": CHALLENGE, "hub.lease_seconds": "432000"}
    )
    assert (answer.status_code, answer.text) == (200, CHALLENGE)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    active = desk.the_subscription
    assert (active.state, active.until) == (SubscriptionState.ACTIVE, NOON + 5 * DAY)
    assert NOON + 4 * DAY <= active.next_attempt_at <= NOON + 4.5 * DAY


@pytest.mark.parametrize(
    ("lease", "kept"),
    [
        (None, timedelta(days=10)),  # what we wished for
        ("", timedelta(days=10)),
        ("0", timedelta(days=10)),
        ("-5", timedelta(days=10)),
        ("soon", timedelta(days=10)),
        ("1", timedelta(minutes=1)),  # or we would do nothing but renew
        ("86400", DAY),
        ("9" * 9, timedelta(days=30)),  # whoever promises for ever is asked again too
        ("9" * 500, timedelta(days=10)),
    ],
)
def test_the_lease_is_kept_within_bounds(desk: Desk, lease: str | None, kept: timedelta) -> None:
    desk.asks()
    assert desk.hub.verifies(lease_seconds=lease)
    assert desk.the_subscription.until == NOON + kept


def test_a_hub_that_verifies_within_the_request_is_confirmed(desk: Desk) -> None:
    desk.hub.verifies_before_it_answers()
    desk.asks()
    assert desk.the_subscription.state == SubscriptionState.ACTIVE


def test_a_subscription_is_renewed_before_the_hub_forgets_us(desk: Desk) -> None:
    desk.is_subscribed()
    first = desk.the_subscription
    desk.asks()
    assert len(desk.hub.asked) == 1  # not before its time
    desk.passes(9 * DAY)
    desk.asks()
    assert len(desk.hub.asked) == 2
    assert desk.the_subscription.state == SubscriptionState.ACTIVE  # meanwhile
    assert desk.hub.verifies()
    assert desk.the_subscription.until == NOON + 19 * DAY
    assert desk.hub.last == desk.hub.asked[0]
    assert desk.the_subscription.token == first.token


@pytest.mark.parametrize(
    "query",
    [
        {"hub.mode": "subscribe", "hub.topic": "http://other.example/", "hub.challenge": CHALLENGE},
        {"hub.mode": "subscribe", "hub.topic": TOPIC + "/", "hub.challenge": CHALLENGE},
        {"hub.mode": "subscribe", "hub.challenge": CHALLENGE},
        {"hub.mode": "subscribe", "hub.topic": TOPIC},
        {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": ""},
        {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x" * 4097},
        {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "a\0b"},  # binary
        {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "two words"},
        {"hub.mode": "SUBSCRIBE", "hub.topic": TOPIC, "hub.challenge": CHALLENGE},
        {"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.challenge": CHALLENGE},  # somebody else's wish
        {"hub.mode": "publish", "hub.topic": TOPIC, "hub.challenge": CHALLENGE},
        {"hub.mode": "denied", "hub.topic": "http://other.example/"},
        {"hub.topic": TOPIC, "hub.challenge": CHALLENGE},
        {},
    ],
)
def test_what_we_did_not_ask_for_is_not_confirmed(desk: Desk, query: dict[str, str]) -> None:
    desk.asks()
    before = desk.the_subscription.state
    answer = desk.hub.says(query)
    assert (answer.status_code, answer.text) == (404, "")
    assert desk.the_subscription.state == before


def test_a_challenge_cannot_be_made_into_a_page(desk: Desk) -> None:
    desk.asks()
    hostile = "<script>alert(1)</script>"
    answer = desk.hub.says({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": hostile})
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_hub_that_denies_says_why(desk: Desk) -> None:
    desk.is_subscribed()
    assert desk.hub.denies("too many\nfeeds <b>").status_code == 200
    denied = desk.the_subscription
    assert denied.state == SubscriptionState.REFUSED
    assert denied.last_error == "the hub will not have us: too manyfeeds <b>"
    assert denied.next_attempt_at == NOON + 7 * DAY


def test_what_a_hub_says_of_our_address_is_not_kept(desk: Desk) -> None:
    """Whoever reads it could push, or confirm, in the hub's place."""
    desk.is_subscribed()
    kept = desk.the_subscription
    desk.hub.denies(f"no answer at {desk.hub.callback}, signed with {kept.secret}")
    reason = desk.the_subscription.last_error
    assert reason.startswith("the hub will not have us: no answer at http://127.0.0.1")
    assert kept.token not in reason
    assert kept.secret not in reason


def test_when_the_source_is_polled_no_more_we_leave_and_the_hub_may_make_sure(desk: Desk) -> None:
    desk.is_subscribed()
    desk.retires_the_source()
    desk.asks()
    assert desk.hub.last["hub.mode"] == "unsubscribe"
    assert desk.hub.last["hub.callback"] == desk.hub.asked[0]["hub.callback"]
    again = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": CHALLENGE}
    assert desk.hub.says(again).status_code == 404
    assert not desk.hub.verifies(topic="http://other.example/")
    assert desk.hub.verifies(lease_seconds=None)
    assert desk.subscription is None
    assert desk.hub.pushes(FEED, signature="").status_code == 410


def test_before_we_asked_nothing_is_confirmed(desk: Desk) -> None:
    """Whoever has the token cannot have it from us."""
    address = f"{desk.run.settings.public_url}/websub/{desk.the_subscription.token}"
    query = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": CHALLENGE}
    assert httpx2.get(address, params=query, trust_env=False).status_code == 404


# --- Pushes ---


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signed_push_is_kept_and_the_source_is_due(desk: Desk, method: str) -> None:
    desk.is_subscribed()
    assert not desk.is_due()
    assert desk.hub.pushes(FEED, method=method, content_type="application/atom+xml").status_code == 202
    [kept] = desk.waiting
    assert (kept.body, kept.content_type) == (FEED.encode(), "application/atom+xml")
    assert desk.is_due()
    assert desk.the_subscription.last_push == NOON


def forged(method: str) -> str:
    return f"{method}={hmac.new(b'guessed', FEED.encode(), method).hexdigest()}"


@pytest.mark.parametrize(
    "signature",
    [
        "",
        forged("sha256"),
        forged("sha1"),
        "sha256=",
        "sha256",
        "=",
        "md5=" + hashlib.md5(FEED.encode(), usedforsecurity=False).hexdigest(),
        "none=none",
        "sha256=" + "0" * 64,
        "shake_128=00",
    ],
)
def test_a_push_that_is_not_signed_by_the_hub_is_dropped_and_nobody_can_tell(desk: Desk, signature: str) -> None:
    desk.is_subscribed()
    right = desk.hub.pushes("<rss/>")
    before = desk.waiting
    wrong = desk.hub.pushes(FEED, signature=signature)
    assert (wrong.status_code, wrong.content, wrong.headers.keys()) == (202, b"", right.headers.keys())
    assert desk.waiting == before


def test_an_unsigned_push_does_not_even_make_the_source_due(desk: Desk) -> None:
    desk.is_subscribed()
    desk.hub.pushes(FEED, signature="")
    assert not desk.is_due()
    assert desk.the_subscription.last_push is None


def test_a_signature_of_other_bytes_is_worth_nothing(desk: Desk) -> None:
    desk.is_subscribed()
    assert desk.hub.pushes(FEED + " ", signature=desk.hub.signs(FEED.encode())).status_code == 202
    assert desk.waiting == []


def test_the_secret_of_one_subscription_opens_no_other(desk: Desk) -> None:
    desk.is_subscribed()
    other = replace(desk)
    new = NewSource("http://other.example/rss", sha256(b"other").hexdigest())
    source = desk.run.database.write(lambda session: sources.add_source(session, new, "command", NOON + DAY))
    assert source is not None
    other.source_id = source.id
    other.run.database.write(lambda s: subscriptions.want(s, source.id, desk.hub.url, new.url, NOON))
    stolen = desk.hub.signs(FEED.encode())
    other.is_subscribed()
    desk.hub.pushes(FEED, signature=stolen)
    assert other.waiting == []
    desk.hub.pushes(FEED)
    assert (len(other.waiting), desk.waiting) == (1, [])


def test_an_upper_case_signature_is_one_too(desk: Desk) -> None:
    desk.is_subscribed()
    desk.hub.pushes(FEED, signature=desk.hub.signs(FEED.encode()).upper())
    assert len(desk.waiting) == 1


def test_an_empty_push_is_word_that_there_is_something_new(desk: Desk) -> None:
    desk.is_subscribed()
    desk.hub.pushes(b"")
    assert [push.body for push in desk.waiting] == [b""]
    assert desk.is_due()


def test_what_is_not_wanted_any_more_is_gone(desk: Desk) -> None:
    desk.is_subscribed()
    desk.retires_the_source()
    assert desk.hub.pushes(FEED).status_code == 410
    assert desk.waiting == []


def test_a_hub_that_fills_the_store_is_to_come_back(desk: Desk) -> None:
    desk.is_subscribed()
    for number in range(pushes.MAX_WAITING):
        assert desk.hub.pushes(f"{number}").status_code == 202
    answer = desk.hub.pushes("one more")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert len(desk.waiting) == pushes.MAX_WAITING


@pytest.mark.parametrize(
    ("hub", "topic", "believed"),
    [
        ("https://hub.example/", "https://news.example/rss", True),
        ("https://hub.example/", "http://news.example/rss", True),
        ("http://hub.example/", "http://news.example/rss", True),  # the feed could be forged on its way as well
        ("http://hub.example/", "https://news.example/rss", False),
    ],
)
def test_a_push_stands_for_the_feed_where_nobody_on_the_way_could_forge_it(
    hub: str, topic: str, believed: bool
) -> None:
    assert is_believed(hub, topic) is believed


def test_a_push_that_could_be_forged_on_its_way_only_makes_the_source_due(desk: Desk) -> None:
    """The hub of the tests has no https; its feed has now."""
    secure = update(Subscription).values(topic="https://news.example/rss")
    desk.run.database.write(lambda session: session.execute(secure))
    desk.is_subscribed()
    assert desk.hub.pushes(FEED).status_code == 202
    assert [push.body for push in desk.waiting] == [b""]
    assert desk.is_due()


def test_signatures_are_compared_as_bytes() -> None:
    assert is_signed(b"", f"sha256={hmac.new(b's', b'', 'sha256').hexdigest()}", "s")
    assert not is_signed(b"", "sha256=ü", "s")


# --- Too much, too slow ---


class Line:
    """A connection to the callback that sends what a test says, as slowly as it likes."""

    def __init__(self, desk: Desk, head: str) -> None:
        parts = urlsplit(desk.hub.callback)
        assert parts.port is not None
        self._socket = socket.create_connection(("127.0.0.1", parts.port), timeout=30)
        self.sends(f"POST {parts.path} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())

    def sends(self, data: bytes) -> None:
        self._socket.sendall(data)

    def status(self) -> int:
        """Of the answer, as soon as there is one."""
        received = b""
        while b"\r\n" not in received:
            received += self._socket.recv(65_536)
        return int(received.split()[1])

    def ends(self) -> None:
        self._socket.close()


@pytest.fixture
def hasty_desk(tmp_path: Path) -> Iterator[Desk]:
    """Has no patience with slow hubs."""
    for desk in listening(tmp_path, FETCH_TIMEOUT="0.3"):
        yield desk.is_subscribed()


@pytest.mark.parametrize("size", [100_001, 5_000_000])
def test_a_push_that_is_too_large_is_not_read_to_its_end(desk: Desk, size: int) -> None:
    desk.is_subscribed()
    line = Line(desk, f"Content-Length: {size}")
    line.sends(b"x" * 100_001)
    assert line.status() == 413
    line.ends()
    assert desk.waiting == []


def test_the_size_that_is_announced_does_not_count_but_what_is_sent(desk: Desk) -> None:
    desk.is_subscribed()
    line = Line(desk, "Transfer-Encoding: chunked")
    for _ in range(11):
        line.sends(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
    assert line.status() == 413
    line.ends()


def test_a_push_as_large_as_allowed_is_taken(desk: Desk) -> None:
    desk.is_subscribed()
    assert desk.hub.pushes(b"x" * 100_000).status_code == 202
    assert len(desk.waiting) == 1


def test_a_push_that_does_not_end_is_given_up(hasty_desk: Desk) -> None:
    line = Line(hasty_desk, "Content-Length: 100")
    line.sends(b"x" * 50)
    assert line.status() == 408
    line.ends()
    assert hasty_desk.hub.pushes(FEED).status_code == 202


def test_a_hub_that_hangs_up_in_the_middle_leaves_nothing(desk: Desk) -> None:
    desk.is_subscribed()
    line = Line(desk, "Content-Length: 100")
    line.sends(b"x" * 50)
    line.ends()
    assert desk.hub.pushes(FEED).status_code == 202
    assert len(desk.waiting) == 1


def test_one_hub_cannot_take_all_the_room(desk: Desk) -> None:
    """Bodies are held in memory while they come in."""
    desk.is_subscribed()
    slow = [Line(desk, "Content-Length: 100\r\nExpect: 100-continue") for _ in range(websub.AT_ONCE_OF_ONE_HUB)]
    assert [line.status() for line in slow] == [100] * len(slow)  # their bodies are waited for
    refused = desk.hub.pushes(FEED)
    assert (refused.status_code, "retry-after" in refused.headers) == (503, True)
    for line in slow:
        line.sends(b"x" * 100)
        assert line.status() == 202
        line.ends()
    assert desk.hub.pushes(FEED).status_code == 202


def test_what_nobody_knows_is_not_read(desk: Desk) -> None:
    desk.asks()
    address = desk.hub.callback.rsplit("/", 1)[0] + "/" + "x" * 43
    assert httpx2.post(address, content=b"x" * 1000, trust_env=False).status_code == 410
    assert httpx2.get(address, params={"hub.mode": "denied"}, trust_env=False).status_code == 404


# --- Who may come in ---


def guarded(folder: Path, **settings: str) -> Any:
    run = runtime(folder, [NOON], **settings)
    create_all(run.database)
    return TestClient(page_of(run), base_url="http://news.example.org"), run


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/websub/abc", 410),
        ("GET", "/websub/abc", 404),
        ("PUT", "/websub/abc", 405),
        ("GET", "/websub/", 401),
        ("GET", "/websub", 401),
        ("GET", "/websub/abc/def", 401),
        ("GET", "/websub/abc/", 401),
        ("GET", "/websub/..%2fhealthz", 401),
        ("GET", "/websub/%2e%2e/static/style.css", 401),
        ("GET", "/websub/abc%0a", 401),
        ("GET", "/websub/" + "a" * 65, 401),
        ("GET", "//websub/abc", 401),
        ("GET", "/", 401),
        ("GET", "/static/style.css", 401),
        ("GET", "/healthz", 200),
    ],
)
def test_hubs_need_no_password_and_come_no_further(tmp_path: Path, method: str, path: str, status: int) -> None:
    client, run = guarded(tmp_path, PUBLIC_URL="https://news.example.org", ADMIN_TOKEN=TOKEN)
    assert client.request(method, path, follow_redirects=False).status_code == status
    run.close()


def test_without_a_password_hubs_come_in_by_the_public_name_and_nobody_else(tmp_path: Path) -> None:
    client, run = guarded(tmp_path, PUBLIC_URL="https://news.example.org")
    assert client.post("/websub/abc").status_code == 410
    assert client.get("/").status_code == 403
    run.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_public_address_there_is_nothing_for_hubs(tmp_path: Path, method: str) -> None:
    client, run = guarded(tmp_path, ADMIN_TOKEN=TOKEN)
    assert client.request(method, "/websub/abc").status_code == 404
    run.close()
