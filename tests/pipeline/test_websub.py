"""WebSub from end to end: a feed announces a hub, the hub pushes to the real page, a poll takes it, readers are told.

The page is served beside the pipeline with means of its own, as another process would serve it.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
import structlog
from celery import Task
from sqlalchemy import update

import scheduler.tasks as scheduling
import worker.batch
import worker.runtime
from config.settings import load_settings
from scheduler.sources_file import SourcesWatch
from scheduler.tasks import tick
from storage import sources
from storage.database import Database
from storage.tables import Push, Source, SourceState, Subscription, SubscriptionState
from tests.faults.moments import Death, Moments, WatchedDatabase
from tests.hub import Hub
from tests.pipeline.broker import Broker
from tests.pipeline.conftest import examine
from tests.pipeline.newsroom import AGROUND, FERRY, PIGEONS, SCHOOL, STEERING, Outlet, Report, feed
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from web.server import ServerThread
from web.wiring import page_of
from worker.runtime import Runtime
from worker.steps.poll import poll_source

PUBLIC = "https://news.example.org"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MUCH_SLOWER = timedelta(hours=5)  # a source whose rhythm is not known yet is asked twice an hour, if no hub feeds us
NO_FEED = "<!doctype html><title>Sorry</title><p>The feed is being rebuilt.</p>"


class Publisher(Outlet):
    """An outlet whose feed announces a hub. `own_url`: what the feed says its address is."""

    def __init__(self, site: Site, name: str, hub: Hub, own_url: str = "") -> None:
        self.hub = hub
        self._own_url = own_url
        super().__init__(site, name)

    def part(self, *reports: Report) -> str:
        """A feed of only these, as hubs push it."""
        return self._announcing([(report, self.url(report)) for report in reports])

    def pushes(self, *reports: Report) -> httpx2.Response:
        return self.hub.pushes(self.part(*reports))

    def renews_feed(self) -> None:
        body = self._announcing(list(self.listed.values()))
        tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:12]}"'
        self.site.serves(self.feed_path, body, headers={"ETag": tag, "Content-Type": "application/rss+xml"})

    def _announcing(self, listed: list[tuple[Report, str]]) -> str:
        links = "".join(
            f'<link xmlns="http://www.w3.org/2005/Atom" rel="{relation}" href="{address}"/>'
            for relation, address in (("hub", self.hub.url), ("self", self._own_url or self.feed_url))
        )
        return feed(self.name, listed).replace("<description/>", f"<description/>{links}", 1)


@dataclass
class Desk:
    """A pipeline that follows the ferry, a publisher, its hub, and the page's address."""

    pipeline: Pipeline
    publisher: Publisher
    page_url: str

    @property
    def hub(self) -> Hub:
        return self.publisher.hub

    @property
    def source(self) -> Source:
        return self.pipeline.source(self.publisher.feed_url)

    @property
    def subscription(self) -> Subscription:
        [subscription] = self.pipeline.all(Subscription)
        return subscription

    @property
    def until_next_poll(self) -> timedelta:
        return self.source.next_poll - self.pipeline.now

    @property
    def urls(self) -> list[str]:
        return sorted(article.url for article in self.pipeline.articles())

    def is_subscribed(self, lease_seconds: int = 864_000) -> "Desk":
        """The feed has been polled, with nothing but the school in it, and the hub has verified."""
        self.publisher.publishes(SCHOOL)
        self.pipeline.runs()
        assert self.hub.verifies(lease_seconds=lease_seconds)
        self.pipeline.waits(minutes=5)
        return self

    def is_fed(self) -> "Desk":
        """The hub has pushed something."""
        self.is_subscribed()
        self.publisher.publishes(PIGEONS)
        self.publisher.pushes(PIGEONS)
        self.pipeline.runs()
        return self

    def polls_again(self) -> None:
        """The time has come to ask the feed."""
        self.pipeline.polls_again("poll")


def desk_at(folder: Path, database_url: str, site: Site, own_url: str = "") -> Iterator[Desk]:
    settings = {"DATA": folder, "DATABASE_URL": database_url, "TOPICS": folder / "topics.yaml", "PUBLIC_URL": PUBLIC}
    environment = {f"STORYTRAIL_{name}": str(value) for name, value in settings.items()}
    page = Runtime(load_settings(environment), now=lambda: pipeline.now)
    with ServerThread(page_of(page), "127.0.0.1", 0) as server:
        pipeline = Pipeline(folder, database_url, PUBLIC_URL=server.url)
        publisher = Publisher(site, "Herald", Hub(site), own_url)
        pipeline.follows(FERRY)
        pipeline.polls(publisher.feed_url)
        yield Desk(pipeline, publisher, server.url)
        examine(pipeline)
        assert pipeline.all(Push) == []  # whatever was pushed was taken in the end
    pipeline.close()
    page.close()


@pytest.fixture
def either_desk(tmp_path: Path, migrated_url: str, site: Site) -> Iterator[Desk]:
    yield from desk_at(tmp_path, migrated_url, site)


@pytest.fixture
def desk(tmp_path: Path, migrated_sqlite_url: str, site: Site) -> Iterator[Desk]:
    yield from desk_at(tmp_path, migrated_sqlite_url, site)


# --- Which feeds are subscribed ---


@dataclass(frozen=True)
class Announcement:
    """A feed as it is served; HUB and SELF stand for the addresses."""

    body: str
    link: str = ""


RSS = '<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>N</title>{}</channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><id>urn:n</id>{}</feed>'
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:a="http://www.w3.org/2005/Atom"><channel rdf:about="urn:n"><title>N</title>{}</channel></rdf:RDF>'
)
IN_RSS = '<a:link rel="hub" href="HUB"/><a:link rel="self" type="application/rss+xml" href="SELF"/>'
IN_ATOM = '<link rel="hub" href="HUB"/><link rel="self" href="SELF"/>'
WEBSUB = {"type": "WebSub", "url": "HUB"}
IN_HEADER = '<HUB>; rel="hub", <SELF>; rel="self"'


def json_feed(**fields: Any) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": []} | fields)


def subscribed_to(pipeline: Pipeline, site: Site, announcement: Announcement) -> list[tuple[str, str]]:
    """What becomes of a feed that says this: (hub, topic)."""
    hub, own = site.url("/hub"), site.url("/feed")

    def filled(text: str) -> str:
        return text.replace("HUB", hub).replace("SELF", own)

    headers = {"Link": filled(announcement.link)} if announcement.link else {}
    site.serves("/feed", filled(announcement.body), headers=headers)
    pipeline.polls(own)
    pipeline.runs("poll")
    assert pipeline.source(own).last_error == ""
    return [(row.hub.replace(hub, "HUB"), row.topic.replace(own, "SELF")) for row in pipeline.all(Subscription)]


@pytest.fixture
def reachable(tmp_path: Path, migrated_file: Path) -> Iterator[Pipeline]:
    """On SQLite, and hubs are told of an address."""
    file = tmp_path / "storytrail.db"
    file.write_bytes(migrated_file.read_bytes())
    pipeline = Pipeline(tmp_path, f"sqlite:///{file}", PUBLIC_URL=PUBLIC)
    yield pipeline
    pipeline.close()


@pytest.mark.parametrize(
    "announcement",
    [
        Announcement(RSS.format(IN_RSS)),
        Announcement(RSS.format("").replace("</channel>", f"<item><title>x</title></item>{IN_RSS}</channel>")),  # last
        Announcement(RDF.format(IN_RSS)),
        Announcement(ATOM.format(IN_ATOM)),
        Announcement(ATOM.format('<link href="SELF" rel="self"/><link href="HUB" rel="hub"/><link href="http://n/"/>')),
        Announcement(ATOM.format(IN_ATOM.replace("SELF", "/feed"))),  # relative to where the feed is
        Announcement(json_feed(hubs=[WEBSUB], feed_url="SELF")),
        Announcement(json_feed(hubs=[{"type": "rssCloud", "url": "x"}, WEBSUB], feed_url="SELF")),
        Announcement(RSS.format(""), IN_HEADER),
        Announcement(ATOM.format(""), IN_HEADER),
        Announcement(json_feed(), IN_HEADER),
        Announcement(RSS.format(IN_RSS.replace("HUB", "http://other.example/")), IN_HEADER),  # the header comes first
        Announcement(RSS.format(IN_RSS), '<HUB>; rel="hub"'),  # each says what the other does not
        Announcement(json_feed(feed_url="SELF"), '<HUB>; rel="hub"'),
    ],
)
def test_whatever_announces_a_hub_is_subscribed(reachable: Pipeline, site: Site, announcement: Announcement) -> None:
    assert subscribed_to(reachable, site, announcement) == [("HUB", "SELF")]


@pytest.mark.parametrize(
    "announcement",
    [
        Announcement(RSS.format("")),
        Announcement(RSS.format('<a:link rel="hub" href="HUB"/>')),  # under which address?
        Announcement(RSS.format('<a:link rel="self" href="SELF"/>')),
        Announcement(RSS.format(IN_RSS.replace("HUB", "javascript:alert(1)"))),
        Announcement(RSS.format('<item><title>x</title><a:link rel="hub" href="HUB"/></item>'), '<SELF>; rel="self"'),
        Announcement(json_feed(hubs=[{"type": "rssCloud", "url": "HUB"}], feed_url="SELF")),
        Announcement(json_feed(hubs="HUB", feed_url="SELF")),
        Announcement(RSS.format(""), '<HUB>; rel="hub"; anchor="http://other.example/", <SELF>; rel="self"'),
    ],
)
def test_what_announces_none_is_polled_and_that_is_all(
    reachable: Pipeline, site: Site, announcement: Announcement
) -> None:
    assert subscribed_to(reachable, site, announcement) == []


def test_without_a_public_address_no_hub_is_asked(pipeline: Pipeline, site: Site) -> None:
    publisher = Publisher(site, "Herald", Hub(site))
    publisher.publishes(AGROUND)
    pipeline.polls(publisher.feed_url)
    pipeline.runs()
    assert pipeline.all(Subscription) == []
    assert publisher.hub.asked == []
    assert len(pipeline.articles()) == 1


# --- From the hub to the reader ---


def test_what_is_pushed_is_read_and_told_without_asking_the_feed(either_desk: Desk) -> None:
    desk = either_desk.is_subscribed()
    assert desk.hub.last["hub.callback"].startswith(desk.page_url)
    assert desk.subscription.state == SubscriptionState.ACTIVE
    asked, appointed = desk.publisher.times_asked(), desk.source.next_poll
    address = desk.publisher.publishes(AGROUND)

    assert desk.publisher.pushes(AGROUND).status_code == 202
    desk.pipeline.runs()

    assert desk.publisher.times_asked() == asked
    assert desk.source.next_poll == appointed
    assert (desk.pipeline.article(address).state, desk.pipeline.article(address).outlet) == ("done", "Herald")
    assert desk.pipeline.reasons() == ["first"]
    assert len(desk.pipeline.lines) == 1


def test_what_is_pushed_and_later_listed_is_one_entry_and_one_article(either_desk: Desk) -> None:
    desk = either_desk.is_subscribed()
    address = desk.publisher.publishes(AGROUND)
    desk.publisher.pushes(AGROUND)
    desk.pipeline.runs()
    desk.publisher.pushes(AGROUND)  # some hubs say it again
    desk.polls_again()
    desk.pipeline.runs()
    assert desk.urls == sorted([address, desk.publisher.url(SCHOOL)])
    assert len(desk.pipeline.entries()) == 2
    assert desk.pipeline.article(address).round == 1
    assert desk.pipeline.reasons() == ["first"]


def test_a_hub_that_rewrites_the_feed_makes_no_second_article(desk: Desk) -> None:
    """In another format, and with identities of its own."""
    address = desk.is_subscribed().publisher.publishes(AGROUND)
    entry = f'<entry><id>tag:hub,7</id><title>{AGROUND.title}</title><link href="{address}?utm_source=hub"/></entry>'
    desk.hub.pushes(ATOM.format(entry), content_type="application/atom+xml")
    desk.pipeline.runs()
    desk.polls_again()
    desk.pipeline.runs()
    assert desk.urls == sorted([address, desk.publisher.url(SCHOOL)])
    assert len(desk.pipeline.entries()) == 2
    assert desk.pipeline.reasons() == ["first"]


def test_several_pushes_are_taken_together(either_desk: Desk) -> None:
    desk = either_desk.is_subscribed()
    asked = desk.publisher.times_asked()
    for report in (AGROUND, STEERING, PIGEONS):
        desk.publisher.publishes(report)
        desk.publisher.pushes(report)
    corrected = replace(PIGEONS, title="Racing pigeons from Ghent lost over the Pyrenees")
    desk.publisher.pushes(corrected)
    desk.pipeline.runs("poll")
    titles = [entry.title for entry in desk.pipeline.entries()]
    assert titles == [SCHOOL.title, AGROUND.title, STEERING.title, corrected.title]  # of what came twice, the later
    assert desk.publisher.times_asked() == asked


def test_entries_that_share_a_guid_stay_apart_though_each_is_pushed_alone(desk: Desk) -> None:
    desk.is_subscribed()
    for number, report in enumerate((AGROUND, STEERING, PIGEONS)):
        url = desk.publisher.publishes(report)
        desk.hub.pushes(feed("Herald", [(report.named("the-same"), url)]))
        if number:
            desk.pipeline.runs("poll")
    assert len(desk.pipeline.articles()) == len(desk.pipeline.entries()) == 4


# --- Pushes that bring nothing, and the wrong moment ---


def test_a_push_that_is_no_feed_is_dropped_and_the_feed_is_asked(either_desk: Desk) -> None:
    desk = either_desk.is_fed()
    asked = desk.publisher.times_asked()
    address = desk.publisher.publishes(AGROUND)
    assert desk.hub.pushes(NO_FEED, content_type="text/html").status_code == 202
    desk.pipeline.runs()
    assert desk.publisher.times_asked() == asked + 1
    assert address in desk.urls
    assert desk.pipeline.all(Push) == []
    assert desk.source.last_error == ""
    assert desk.subscription.last_push is not None  # it did tell us
    assert len(desk.hub.asked) == 1


def test_what_is_no_feed_among_others_costs_them_nothing(desk: Desk) -> None:
    desk.is_subscribed()
    asked = desk.publisher.times_asked()
    missed = desk.publisher.publishes(STEERING)  # what the page in between ought to have told
    pushed = desk.publisher.publishes(AGROUND)
    desk.publisher.pushes(PIGEONS)
    desk.hub.pushes(NO_FEED)
    desk.publisher.pushes(AGROUND)
    desk.publisher.listed.pop(PIGEONS.slug, None)
    desk.pipeline.runs("poll")
    assert desk.urls == sorted([missed, pushed, desk.publisher.url(PIGEONS), desk.publisher.url(SCHOOL)])
    assert desk.publisher.times_asked() == asked + 1


@pytest.fixture
def secure_desk(tmp_path: Path, migrated_sqlite_url: str, site: Site) -> Iterator[Desk]:
    """Its feed has https, so it says, and its hub has not: what that pushes could be forged, and is only the word."""
    yield from desk_at(tmp_path, migrated_sqlite_url, site, own_url="https://herald.example/feed.xml")


def test_the_word_that_there_is_something_new_makes_us_ask(secure_desk: Desk) -> None:
    desk = secure_desk.is_subscribed()
    for number, report in enumerate((AGROUND, STEERING), 1):
        asked = desk.publisher.times_asked()
        address = desk.publisher.publishes(report)
        desk.hub.pushes(desk.publisher.part(PIGEONS))  # forged on its way
        desk.pipeline.runs()
        assert desk.publisher.times_asked() == asked + 1
        assert address in desk.urls
        assert desk.until_next_poll > MUCH_SLOWER
        assert len(desk.hub.asked) == 1, f"the hub was doubted, though it told us {number} times"
        desk.pipeline.waits(minutes=5)
    assert desk.publisher.url(PIGEONS) not in desk.urls


def test_a_word_that_comes_before_the_feed_has_it_does_not_make_us_slow(secure_desk: Desk) -> None:
    """Feeds are often kept for some minutes by what stands before them."""
    desk = secure_desk.is_subscribed()
    desk.hub.pushes(b"")
    desk.pipeline.runs()
    assert desk.until_next_poll < HOUR
    desk.pipeline.waits(hours=1)
    desk.publisher.publishes(AGROUND)
    desk.pipeline.runs()
    assert desk.pipeline.reasons() == ["first"]


def pushes_during_a_poll(desk: Desk, body: str) -> None:
    """The feed is answered as it was before, when the hub has pushed."""
    stale = desk.publisher.part(SCHOOL).encode()

    def script(handler: BaseHTTPRequestHandler) -> None:
        desk.publisher.renews_feed()  # the next answer is today's
        assert desk.hub.pushes(body).status_code == 202
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(stale), stale))

    desk.publisher.site.plays(desk.publisher.feed_path, script)


def test_what_is_pushed_during_a_poll_is_taken_by_the_next(either_desk: Desk) -> None:
    desk = either_desk.is_subscribed()
    asked = desk.publisher.times_asked()
    desk.publisher.publishes(AGROUND)
    pushes_during_a_poll(desk, desk.publisher.part(AGROUND))
    desk.polls_again()
    desk.pipeline.runs()
    assert desk.publisher.times_asked() == asked + 1
    assert desk.pipeline.reasons() == ["first"]


def test_a_word_that_comes_during_a_poll_is_heard_by_the_next(either_desk: Desk) -> None:
    desk = either_desk.is_subscribed()
    desk.publisher.publishes(AGROUND)
    pushes_during_a_poll(desk, "")
    desk.polls_again()
    desk.pipeline.runs()
    assert desk.pipeline.reasons() == ["first"]


def test_who_is_pushed_to_without_a_pause_is_asked_all_the_same(desk: Desk) -> None:
    desk.is_fed()
    asked = desk.publisher.times_asked()
    missed = desk.publisher.publishes(AGROUND)
    desk.pipeline.waits(hours=12)
    desk.publisher.pushes(STEERING)  # waits as well when the time to ask has come
    poll_source(desk.pipeline.runtime, desk.source.id)
    assert desk.publisher.times_asked() == asked + 1
    assert missed in desk.urls
    poll_source(desk.pipeline.runtime, desk.source.id)
    assert desk.publisher.times_asked() == asked + 1
    assert desk.publisher.url(STEERING) in desk.urls


def test_pushes_neither_mend_a_failing_source_nor_make_us_ask_it_sooner(desk: Desk) -> None:
    desk.is_fed()
    desk.publisher.site.fails(desk.publisher.feed_path, 500)
    for _ in range(3):
        desk.polls_again()
    assert desk.source.state == SourceState.FAILING
    before, asked = desk.source, desk.publisher.times_asked()
    desk.publisher.pushes(AGROUND)
    desk.pipeline.runs("poll")
    after = desk.source
    assert (after.state, after.reason, after.failures, after.next_poll) == (
        before.state, before.reason, before.failures, before.next_poll,
    )  # fmt: skip
    assert desk.publisher.times_asked() == asked
    assert desk.publisher.url(AGROUND) in desk.urls


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (SourceState.SLOW, "its last answer took 12 s"),
        (SourceState.HEALTHY, "not all of it was taken: the first 2 of 40 entries"),
    ],
)
def test_what_the_last_answer_was_like_is_not_forgotten_over_a_push(
    desk: Desk, state: SourceState, reason: str
) -> None:
    desk.is_subscribed()
    was = update(Source).values(state=state, reason=reason)
    desk.pipeline.database.write(lambda session: session.execute(was))
    desk.publisher.pushes(AGROUND)
    desk.pipeline.runs("poll")
    assert (desk.source.state, desk.source.reason) == (state, reason)


def test_a_push_ends_a_silence(desk: Desk) -> None:
    desk.is_subscribed()
    was = update(Source).values(state=SourceState.QUIET, reason="nothing new for 30 days")
    desk.pipeline.database.write(lambda session: session.execute(was))
    desk.publisher.pushes(AGROUND)
    desk.pipeline.runs("poll")
    assert (desk.source.state, desk.source.reason) == (SourceState.HEALTHY, "")


def test_a_word_waits_while_the_host_is_to_be_left_alone(desk: Desk) -> None:
    desk.is_subscribed()
    asked = desk.publisher.times_asked()
    site = desk.publisher.site
    desk.pipeline.runtime.pace.backoff(f"{site.host}:{site.port}", 600)
    desk.publisher.publishes(AGROUND)
    desk.hub.pushes(b"")
    desk.pipeline.runs("poll")  # ends, though the word still waits
    assert desk.publisher.times_asked() == asked

    desk.pipeline.restarts()  # the host's pause was kept in memory
    desk.pipeline.waits(minutes=11)
    desk.pipeline.runs()
    assert desk.pipeline.reasons() == ["first"]


def test_what_waits_is_taken_though_hubs_cannot_reach_us_any_more(
    desk: Desk, tmp_path: Path, sqlite_database: str
) -> None:
    desk.is_subscribed()
    desk.publisher.publishes(AGROUND)
    desk.publisher.pushes(AGROUND)
    hidden = Pipeline(tmp_path, sqlite_database)
    hidden.clock.now = desk.pipeline.now
    hidden.follows(FERRY)
    hidden.runs()
    assert hidden.reasons() == ["first"]
    hidden.close()


# --- How often the feed is asked ---


def test_a_source_is_asked_more_seldom_while_its_hub_feeds_us(either_desk: Desk) -> None:
    desk = either_desk.is_subscribed()
    desk.polls_again()
    assert desk.until_next_poll < HOUR  # the hub has promised, and not shown anything yet

    desk.publisher.publishes(PIGEONS)
    desk.publisher.pushes(PIGEONS)
    desk.pipeline.runs()
    desk.polls_again()

    assert desk.until_next_poll > MUCH_SLOWER


def test_when_the_hub_forgets_us_the_source_is_asked_as_before(desk: Desk) -> None:
    desk.is_subscribed(lease_seconds=86_400)
    desk.publisher.pushes(SCHOOL)
    desk.pipeline.runs()
    desk.polls_again()
    assert desk.until_next_poll > MUCH_SLOWER
    desk.hub.refuses(500)
    desk.pipeline.waits(days=1)
    desk.pipeline.runs()
    assert desk.until_next_poll < HOUR


def test_a_hub_that_missed_something_is_doubted_at_once(either_desk: Desk) -> None:
    desk = either_desk.is_fed()
    desk.polls_again()
    assert desk.until_next_poll > MUCH_SLOWER

    desk.publisher.publishes(AGROUND)  # and the hub says nothing
    desk.polls_again()
    assert desk.until_next_poll < HOUR
    desk.pipeline.runs()
    assert [form["hub.mode"] for form in desk.hub.asked] == ["subscribe", "subscribe"]
    desk.polls_again()
    assert desk.until_next_poll < HOUR  # it has to show it again

    assert desk.hub.verifies()
    desk.publisher.publishes(STEERING)
    desk.publisher.pushes(STEERING)
    desk.pipeline.runs()
    desk.polls_again()
    assert desk.until_next_poll > MUCH_SLOWER
    desk.pipeline.runs()


def test_a_failing_source_is_asked_again_as_if_there_were_no_hub(desk: Desk) -> None:
    desk.is_fed()
    desk.publisher.site.fails(desk.publisher.feed_path, 500)
    desk.polls_again()
    assert desk.until_next_poll < HOUR


# --- Renewing and leaving ---


def test_a_subscription_is_renewed_before_the_hub_forgets_us(desk: Desk) -> None:
    desk.is_fed()
    desk.pipeline.waits(days=7)
    desk.pipeline.runs()
    assert len(desk.hub.asked) == 1
    desk.pipeline.waits(days=2)
    desk.pipeline.runs()
    assert len(desk.hub.asked) == 2
    assert desk.subscription.until is not None
    assert desk.pipeline.now < desk.subscription.until
    assert desk.hub.verifies()
    assert desk.subscription.until == desk.pipeline.now + 10 * DAY


def test_a_source_that_is_removed_is_left(either_desk: Desk) -> None:
    desk = either_desk.is_fed()
    desk.publisher.pushes(AGROUND)  # too late
    removed, now = desk.source, desk.pipeline.now
    desk.pipeline.database.write(
        lambda session: sources.remove_source(session, session.get_one(Source, removed.id), now)
    )
    desk.pipeline.runs()
    assert desk.hub.last["hub.mode"] == "unsubscribe"
    assert desk.hub.pushes(desk.publisher.part(AGROUND), signature="").status_code == 410
    assert desk.hub.verifies(lease_seconds=None)
    assert desk.pipeline.all(Subscription) == []
    assert desk.publisher.url(AGROUND) not in desk.urls


def test_a_feed_that_goes_to_another_hub_is_subscribed_there(desk: Desk) -> None:
    desk.is_fed()
    former = desk.hub.last
    desk.publisher.hub = Hub(desk.publisher.site, "/better")
    desk.publisher.renews_feed()
    desk.polls_again()
    desk.pipeline.runs()
    assert (desk.subscription.hub, desk.hub.last["hub.topic"]) == (desk.hub.url, former["hub.topic"])
    assert desk.hub.callback != former["hub.callback"]
    assert httpx2.post(former["hub.callback"], content=b"x", trust_env=False).status_code == 410


# --- Whoever dies, whoever looks ---


@pytest.mark.parametrize("side", ["within", "after"])
def test_whenever_a_worker_dies_over_a_push_it_is_neither_lost_nor_doubled(either_desk: Desk, side: str) -> None:
    """At the first write, at the second, and so on; a word in between makes it ask as well."""
    desk = either_desk.is_subscribed()
    pipeline, database = desk.pipeline, desk.pipeline.database
    for number in count(1):
        pushed, told = (AGROUND.named(f"{kind}-{number}") for kind in ("pushed", "told"))
        desk.publisher.lists(told)
        desk.publisher.pushes(pushed)
        desk.hub.pushes(b"")
        moments = Moments("write", side, number=number)
        pipeline.runtime.database = cast(Database, WatchedDatabase(database, moments))
        with suppress(Death):
            pipeline.runs("poll")
        pipeline.runtime.database = database
        pipeline.waits(seconds=pipeline.runtime.lease.total_seconds() + 1)
        pipeline.runs("poll")
        assert {desk.publisher.url(pushed), desk.publisher.url(told)} <= set(desk.urls), f"died {side} write {number}"
        assert len(desk.urls) == len(pipeline.entries()) == 1 + 2 * number
        if not moments.has_come:
            break
    assert number > 4  # what was set apart, two claims, two commits


def test_ticks_hint_at_hubs_to_be_asked_and_at_what_was_pushed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker()

    def apply_async(task: Task, args: Sequence[Any], **how: Any) -> None:
        broker.takes(task, args, **how)

    monkeypatch.setattr(Task, "apply_async", apply_async)
    monkeypatch.setattr(scheduling, "_watch", SourcesWatch())
    monkeypatch.setattr(worker.runtime, "_current", desk.pipeline.runtime)
    monkeypatch.setattr(worker.batch, "stopping", threading.Event())
    tick()
    broker.hands_over()
    tick()
    assert broker.hinted("subscribe") == [[desk.subscription.id]]
    broker.hands_over()
    assert desk.hub.verifies()
    desk.publisher.publishes(AGROUND)
    desk.publisher.pushes(AGROUND)
    tick()
    assert broker.hinted("poll") == [[desk.source.id]]
    broker.hands_over()
    assert desk.pipeline.reasons() == ["first"]
    tick()
    assert broker.waiting == []


def test_the_page_says_which_sources_are_pushed(desk: Desk) -> None:
    desk.publisher.publishes(SCHOOL)
    desk.pipeline.runs()
    assert "pushed" not in httpx2.get(desk.page_url, trust_env=False).text  # the hub was only asked
    assert desk.hub.verifies()
    assert "Sources pushed by a hub" in httpx2.get(desk.page_url, trust_env=False).text

    desk.publisher.site.fails(desk.publisher.feed_path, 500)
    desk.polls_again()
    desk.polls_again()
    assert f"pushed by {desk.hub.url}" in httpx2.get(desk.page_url, trust_env=False).text

    desk.pipeline.waits(days=11)
    assert "pushed" not in httpx2.get(desk.page_url, trust_env=False).text


def test_neither_log_nor_page_shows_what_hubs_know_us_by(desk: Desk) -> None:
    with structlog.testing.capture_logs() as logged:
        desk.publisher.publishes(SCHOOL)
        desk.pipeline.runs("poll")
        token, secret = desk.subscription.token, desk.subscription.secret
        desk.hub.refuses(400, f"cannot verify {desk.page_url}/websub/{token} with {secret}")
        desk.pipeline.runs()
        desk.hub.accepts()
        desk.pipeline.waits(days=8)
        desk.pipeline.runs()
        assert desk.hub.verifies()
        desk.hub.pushes(desk.publisher.part(AGROUND), signature="sha256=00")
        desk.hub.pushes(NO_FEED)
        desk.pipeline.runs()
        desk.hub.denies(f"nobody at {desk.hub.callback}")
        with structlog.testing.capture_logs():
            desk.polls_again()
    page = httpx2.get(desk.page_url, trust_env=False)
    assert page.status_code == 200
    said = f"{logged} {page.text} {desk.subscription.last_error} {desk.source.reason}"
    assert {"a hub refuses", "subscribed", "a push was dropped: its signature is missing or wrong", "a push is no feed",
            "a subscription was denied"} <= {line["event"] for line in logged}  # fmt: skip
    assert token not in said
    assert secret not in said
