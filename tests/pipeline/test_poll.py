"""Polling a source: what comes in, once; what a source that fails, moves or ends is told to be."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

import worker.steps.poll as poll
import worker.steps.poll.understand as understand
from storage import entries
from storage.articles import Listed
from storage.entries import Stored
from storage.tables import Source, SourceState
from tests.pipeline.newsroom import AGROUND, FERRY, REGATTA, SALVAGE, STEERING, Outlet, Report, feed
from tests.pipeline.pipeline import Pipeline
from tests.site import Site
from worker.runtime import Runtime
from worker.steps.poll.parse import Bytes, parsed

ATOM_WITHOUT_LINK = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour notices</title><id>urn:notices</id>'
    "<entry><id>urn:notice:7</id><title>Harbour closed to small boats until Friday</title>"
    "<updated>2026-03-04T09:30:00Z</updated><content>The harbour office closed Brannock harbour to small boats until "
    "Friday morning, because divers are at work on the hull of the ferry Orla.</content></entry></feed>"
)


def ferry_everywhere(pipeline: Pipeline, *outlets: Outlet) -> None:
    """Follow the ferry's story in these outlets."""
    pipeline.follows(FERRY)
    pipeline.polls(*(outlet.feed_url for outlet in outlets))


def test_the_same_article_on_two_feeds_is_one_article_and_raises_one_alert(
    either_pipeline: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    address = herald.publishes(AGROUND)
    herald.lists(AGROUND, f"{address}?utm_source=rss")  # each feed decorates the address in its way
    courier.lists(AGROUND, f"{address}#top")
    ferry_everywhere(either_pipeline, herald, courier)

    either_pipeline.runs()

    assert [article.url for article in either_pipeline.articles()] == [address]
    assert len(either_pipeline.entries()) == 2
    assert either_pipeline.reasons() == ["first"]
    assert len(herald.site.asked(herald.path(AGROUND))) == 1


def test_an_unchanged_feed_answers_304_and_adds_nothing(either_pipeline: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    ferry_everywhere(either_pipeline, herald)
    either_pipeline.runs()
    tag = either_pipeline.source(herald.feed_url).etag
    before = either_pipeline.snapshot()

    either_pipeline.polls_again("poll")

    first, second = herald.site.asked(herald.feed_path)
    assert tag
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == tag
    after = either_pipeline.snapshot()
    assert {name for name in before if before[name] != after[name]} == {"source"}  # it was polled, that is all


def test_an_unchanged_feed_without_an_etag_adds_nothing(pipeline: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    herald.site.serves(herald.feed_path, feed("Herald", [(AGROUND, herald.url(AGROUND))]))
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    before = pipeline.snapshot()

    pipeline.polls_again("poll")

    after = pipeline.snapshot()
    assert herald.times_asked() == 2
    assert {name for name in before if before[name] != after[name]} == {"source"}


def test_a_source_is_not_asked_before_its_time(pipeline: Pipeline, herald: Outlet) -> None:
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    pipeline.waits(minutes=4)  # the shortest interval is five
    pipeline.runs()
    assert herald.times_asked() == 1

    pipeline.waits(hours=24)
    pipeline.runs()
    assert herald.times_asked() == 2


class StorageFullError(Exception):
    """What the database says in the middle of a transaction."""


def test_the_etag_is_never_stored_before_the_entries(
    either_pipeline: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_listed = entries.store_listed

    def stores_half(session: Session, lists: Mapping[int, Sequence[Listed]], *more: Any) -> Stored:
        store_listed(session, {source_id: listed[:1] for source_id, listed in lists.items()}, *more)
        raise StorageFullError

    herald.publishes(AGROUND)
    herald.publishes(STEERING)
    ferry_everywhere(either_pipeline, herald)
    with monkeypatch.context() as broken:
        broken.setattr(entries, "store_listed", stores_half)
        either_pipeline.runs("poll")
    assert herald.times_asked() == 1
    source = either_pipeline.source(herald.feed_url)
    assert (source.etag, source.body_digest) == ("", "")
    assert either_pipeline.articles() == []
    assert either_pipeline.entries() == []

    either_pipeline.polls_again()  # an hour later: the broken poll's lease has lapsed

    assert "if-none-match" not in herald.site.asked(herald.feed_path)[-1].headers
    assert len(either_pipeline.articles()) == 2


def test_a_known_etag_is_kept_when_a_later_poll_breaks(
    pipeline: Pipeline, herald: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> Stored:
        raise StorageFullError

    herald.publishes(AGROUND)
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    old = pipeline.source(herald.feed_url).etag
    herald.publishes(STEERING)
    with monkeypatch.context() as broken:
        broken.setattr(entries, "store_listed", breaks)
        pipeline.polls_again()
    assert herald.times_asked() == 2
    assert pipeline.source(herald.feed_url).etag == old

    pipeline.polls_again()

    assert pipeline.article(herald.url(STEERING)).state == "done"


def test_an_entry_without_a_page_is_read_from_the_feed(pipeline: Pipeline, site: Site) -> None:
    site.serves("/notices", ATOM_WITHOUT_LINK)
    pipeline.follows(FERRY)
    pipeline.polls(site.url("/notices"))

    pipeline.runs()

    [article] = pipeline.articles()
    assert (article.state, article.title) == ("done", "Harbour closed to small boats until Friday")
    assert "divers are at work" in article.text
    assert pipeline.reasons() == ["first"]
    assert [request.path for request in site.requests] == ["/notices"]  # nothing else was there to be fetched


def test_an_entry_that_changes_its_identity_makes_no_second_article(pipeline: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    ferry_everywhere(pipeline, herald)
    pipeline.runs()

    address = herald.url(AGROUND)
    herald.site.serves(herald.feed_path, feed("Herald", [(AGROUND.named("a-new-guid"), address)]))
    pipeline.polls_again()

    assert [article.url for article in pipeline.articles()] == [address]
    assert pipeline.reasons() == ["first"]


# --- Sources that are not well ---


def test_a_failing_source_is_told_with_state_since_and_reason(pipeline: Pipeline, herald: Outlet) -> None:
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    worked = pipeline.now
    herald.site.fails(herald.feed_path, 500)

    pipeline.polls_again()
    assert pipeline.source(herald.feed_url).state == SourceState.HEALTHY  # one failure is weather
    pipeline.polls_again()
    told = pipeline.now
    pipeline.polls_again()

    source = pipeline.source(herald.feed_url)
    assert (source.state, source.since) == (SourceState.FAILING, told)
    assert "500" in source.reason
    assert "3 times in a row" in source.reason
    assert source.last_ok == worked


def test_each_failure_puts_the_next_poll_further_off(pipeline: Pipeline, herald: Outlet) -> None:
    herald.site.fails(herald.feed_path, 500)
    ferry_everywhere(pipeline, herald)
    waits = []
    for _ in range(4):
        pipeline.runs()
        waits.append(pipeline.source(herald.feed_url).next_poll - pipeline.now)
        pipeline.waits(seconds=waits[-1].total_seconds())
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]
    assert herald.times_asked() == 4


def test_a_source_that_recovers_is_well_again(pipeline: Pipeline, herald: Outlet) -> None:
    herald.site.fails(herald.feed_path, 500)
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    pipeline.polls_again()
    assert pipeline.source(herald.feed_url).state == SourceState.FAILING

    herald.publishes(AGROUND)
    pipeline.polls_again()

    source = pipeline.source(herald.feed_url)
    assert (source.state, source.since, source.reason) == (SourceState.HEALTHY, pipeline.now, "")
    assert (source.failures, source.last_error) == (0, "")
    assert pipeline.article(herald.url(AGROUND)).state == "done"


def test_what_is_no_feed_fails_and_says_so(pipeline: Pipeline, site: Site) -> None:
    site.serves("/feed", "<!doctype html><title>Sign in</title><p>Please sign in.</p>")
    pipeline.polls(site.url("/feed"))
    pipeline.runs()
    source = pipeline.source(site.url("/feed"))
    assert source.state == SourceState.FAILING  # it has never answered well
    assert source.reason
    assert source.etag == ""


def test_a_feed_that_breaks_the_parser_holds_up_no_other(
    pipeline: Pipeline, herald: Outlet, courier: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_on_herald(run: Runtime, source: Source, sent: Bytes, now: datetime) -> Any:
        if b"<title>Herald" in sent.body:
            raise RecursionError("too deep")
        return parsed(run, source, sent, now)

    monkeypatch.setattr(understand, "parsed", breaks_on_herald)
    herald.publishes(AGROUND)
    courier.publishes(STEERING)
    ferry_everywhere(pipeline, herald, courier)

    pipeline.runs()

    assert [article.title for article in pipeline.articles()] == [STEERING.title]
    assert "too deep" in pipeline.source(herald.feed_url).reason


def test_a_server_that_asks_to_wait_is_obeyed(pipeline: Pipeline, herald: Outlet) -> None:
    herald.site.fails(herald.feed_path, 429, headers={"Retry-After": "7200"})
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    assert pipeline.source(herald.feed_url).next_poll >= pipeline.now + timedelta(hours=2)


# --- Sources that move or end ---


def moved(site: Site, outlet: Outlet, status: int = 301) -> str:
    """The outlet's former address, which leads to its feed."""
    site.moves("/former.xml", outlet.feed_path, status=status)
    return site.url("/former.xml")


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_move_is_followed_at_once_and_believed_after_three_times(
    pipeline: Pipeline, herald: Outlet, site: Site, status: int
) -> None:
    herald.publishes(AGROUND)
    pipeline.polls(moved(site, herald, status))
    pipeline.runs()
    assert len(pipeline.articles()) == 1
    pipeline.polls_again()
    assert pipeline.source(site.url("/former.xml")).moved_to == herald.feed_url

    pipeline.polls_again()
    assert pipeline.source(herald.feed_url).state == SourceState.HEALTHY
    asked = len(site.asked("/former.xml"))
    pipeline.polls_again()

    assert asked == 3
    assert len(site.asked("/former.xml")) == asked  # the new address alone is asked
    assert herald.times_asked() == 4
    assert len(pipeline.articles()) == 1


def test_a_passing_redirect_is_never_believed(pipeline: Pipeline, herald: Outlet, site: Site) -> None:
    pipeline.polls(moved(site, herald, 302))
    for _ in range(5):
        pipeline.polls_again()
    assert pipeline.source(site.url("/former.xml")).state == SourceState.HEALTHY
    assert len(site.asked("/former.xml")) == 5


def test_a_move_that_is_taken_back_is_not_believed(pipeline: Pipeline, herald: Outlet, site: Site) -> None:
    former = moved(site, herald)
    pipeline.polls(former)
    pipeline.runs()
    pipeline.polls_again()
    site.serves("/former.xml", feed("Herald", []))
    pipeline.polls_again()
    moved(site, herald)
    pipeline.polls_again()
    assert pipeline.source(former).moved_times == 1


def test_a_source_that_moves_to_one_polled_already_is_retired_and_doubles_nothing(
    either_pipeline: Pipeline, herald: Outlet, site: Site
) -> None:
    address = herald.publishes(AGROUND)
    former = moved(site, herald)
    either_pipeline.follows(FERRY)
    either_pipeline.polls(herald.feed_url, former)
    either_pipeline.runs()
    either_pipeline.polls_again()
    either_pipeline.polls_again()

    retired = either_pipeline.source(former)
    assert retired.state == SourceState.RETIRED
    assert herald.feed_url in retired.reason
    asked = len(site.asked("/former.xml"))
    either_pipeline.polls_again()

    assert len(site.asked("/former.xml")) == asked
    assert either_pipeline.source(herald.feed_url).state == SourceState.HEALTHY
    assert [article.url for article in either_pipeline.articles()] == [address]
    assert either_pipeline.reasons() == ["first"]


def test_a_source_that_moves_to_a_retired_one_is_still_polled(pipeline: Pipeline, herald: Outlet, site: Site) -> None:
    former = moved(site, herald)
    site.fails(herald.feed_path, 410)
    pipeline.polls(herald.feed_url)
    pipeline.runs()
    assert pipeline.source(herald.feed_url).state == SourceState.RETIRED

    herald.publishes(AGROUND)  # it is back
    pipeline.polls(former)
    for _ in range(4):
        pipeline.polls_again()
    herald.publishes(STEERING)
    pipeline.polls_again()

    assert {article.title for article in pipeline.articles()} == {AGROUND.title, STEERING.title}


def test_a_source_that_is_gone_for_good_is_retired(pipeline: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    herald.site.fails(herald.feed_path, 410)
    pipeline.polls_again()
    source = pipeline.source(herald.feed_url)
    assert (source.state, source.since) == (SourceState.RETIRED, pipeline.now)
    assert "gone" in source.reason

    asked = herald.times_asked()
    pipeline.polls_again()

    assert herald.times_asked() == asked
    assert len(pipeline.articles()) == 1  # what it brought stays


# --- Times ---


@pytest.mark.parametrize(
    "published",
    [
        datetime.fromisoformat("2120-01-01T00:00:00+00:00"),
        datetime.fromisoformat("1970-01-01T00:00:00+00:00"),  # the date of those who have none
        None,
    ],
)
def test_a_date_that_cannot_be_does_not_move_an_article_in_time(
    pipeline: Pipeline, herald: Outlet, published: datetime | None
) -> None:
    herald.publishes(Report(AGROUND.slug, AGROUND.title, AGROUND.paragraphs, published))
    ferry_everywhere(pipeline, herald)
    pipeline.runs()
    [article] = pipeline.articles()
    assert abs(article.event_time - pipeline.now) < timedelta(days=2)


def test_news_is_read_in_order_of_publication(pipeline: Pipeline, herald: Outlet, courier: Outlet) -> None:
    """So that what is first is told as first, whichever feed was asked before."""
    courier.publishes(SALVAGE)
    herald.publishes(REGATTA)
    herald.publishes(AGROUND)
    ferry_everywhere(pipeline, courier, herald)
    pipeline.waits(hours=30)

    pipeline.runs()

    assert pipeline.alerts()[0].article_id == pipeline.article(herald.url(AGROUND)).id


def test_a_server_that_asks_to_wait_is_left_alone_with_all_its_feeds(
    pipeline: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    herald.site.fails(herald.feed_path, 503)
    courier.publishes(STEERING)
    pipeline.polls(herald.feed_url, courier.feed_url)  # two outlets of one host
    pipeline.runs()
    assert courier.times_asked() == 0
    waiting = pipeline.source(courier.feed_url)
    assert waiting.next_poll > pipeline.now
    assert (waiting.state, waiting.attempts, waiting.lease_until) == (SourceState.HEALTHY, 0, None)


def test_an_unasked_304_is_no_answer(pipeline: Pipeline, site: Site) -> None:
    site.fails("/feed", 304)
    pipeline.polls(site.url("/feed"))
    pipeline.runs()
    source = pipeline.source(site.url("/feed"))
    assert "304" in source.reason
    assert source.state == SourceState.FAILING


def rss(*items: tuple[str, str, str]) -> str:
    """A feed of items given as (guid, address, title)."""
    listed = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title>"
        f"<description>About {title}.</description></item>"
        for guid, link, title in items
    )
    return f"<rss version='2.0'><channel><title>Numbers</title>{listed}</channel></rss>"


def test_five_items_with_one_guid_stay_five(pipeline: Pipeline, site: Site) -> None:
    items = [("same", site.url(f"/{n}"), f"Item {n}") for n in range(5)]
    pipeline.polls(site.url("/feed"))
    for listed in (items, items, items[::-1]):
        site.serves("/feed", rss(*listed))
        pipeline.polls_again()
        assert len(pipeline.entries()) == len(pipeline.articles()) == 5


def test_guids_that_are_new_at_each_poll_add_nothing(pipeline: Pipeline, site: Site) -> None:
    pipeline.polls(site.url("/feed"))
    for time in range(4):
        site.serves("/feed", rss(*((f"{time}-{n}", site.url(f"/{n}"), f"Item {n}") for n in range(5))))
        pipeline.polls_again()
        assert len(pipeline.entries()) == len(pipeline.articles()) == 5
    assert {article.round for article in pipeline.articles()} == {1}  # and nothing was sent on its way again


def test_a_guid_that_is_given_to_another_item_does_not_hide_it(pipeline: Pipeline, site: Site) -> None:
    """Some feeds number their items from the top: 1 is always the newest."""
    pipeline.polls(site.url("/feed"))
    site.serves("/feed", rss(("1", site.url("/a"), "Alpha"), ("2", site.url("/b"), "Beta")))
    pipeline.polls_again()
    site.serves("/feed", rss(("1", site.url("/c"), "Gamma"), ("2", site.url("/a"), "Alpha")))
    for _ in range(3):
        pipeline.polls_again()
        assert sorted(article.url for article in pipeline.articles()) == [site.url(f"/{n}") for n in "abc"]
        assert len(pipeline.entries()) == 3


def test_an_address_that_changes_under_its_guid_and_title_is_the_same_item(pipeline: Pipeline, site: Site) -> None:
    pipeline.polls(site.url("/feed"))
    for link in ("/draft", "/final"):
        site.serves("/feed", rss(("1", site.url(link), "Alpha")))
        pipeline.polls_again()
    assert len(pipeline.entries()) == len(pipeline.articles()) == 1


def test_posts_of_a_live_blog_share_an_address_and_are_told_apart(pipeline: Pipeline, site: Site) -> None:
    live = site.url("/live")
    pipeline.polls(site.url("/feed"))
    for time in range(3):  # its guids change as well
        site.serves("/feed", rss((f"a{time}", live, "Noon"), (f"b{time}", live, "One")))
        pipeline.polls_again()
        assert sorted(entry.title for entry in pipeline.entries()) == ["Noon", "One"]
    assert len(pipeline.articles()) == 1


def test_sources_that_cannot_be_asked_within_the_lease_are_given_back(
    pipeline: Pipeline, herald: Outlet, courier: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else another worker would ask them at the same time, and what we find would be dropped."""
    seconds = iter(range(0, 10_000, 100))  # each look at the watch is 100 seconds later
    monkeypatch.setattr(poll, "monotonic", lambda: next(seconds))
    courier.publishes(STEERING)
    herald.publishes(AGROUND)
    pipeline.polls(herald.feed_url, courier.feed_url)
    ids = [source.id for source in pipeline.all(Source)]
    assert len(list(poll.poll_sources(pipeline.runtime, ids))) == 2
    assert (herald.times_asked(), courier.times_asked()) == (1, 0)
    left = pipeline.source(courier.feed_url)
    assert (left.attempts, left.lease_until, left.next_poll) == (0, None, pipeline.now)
