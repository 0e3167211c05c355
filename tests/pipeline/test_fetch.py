"""Fetching pages: politely, with patience, and never at the price of the article."""

from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from storage.tables import Body
from tests.pipeline.newsroom import AGROUND, FERRY, STEERING, Outlet, Report, page
from tests.pipeline.pipeline import Pipeline
from tests.site import Site

SUMMARY = (
    "The ferry Orla ran aground off Tarn Head on Wednesday and 14 people were injured. Lifeboats took everybody off."
)
SUMMED_UP = replace(AGROUND, summary=SUMMARY)
TOO_OFTEN = "User-agent: *\nCrawl-delay: 60\n"


@pytest.fixture
def following(pipeline: Pipeline, herald: Outlet) -> Pipeline:
    """A pipeline that follows the ferry's story in the Herald."""
    pipeline.follows(FERRY)
    pipeline.polls(herald.feed_url)
    return pipeline


def asked_for_page(herald: Outlet, report: Report = SUMMED_UP) -> int:
    return len(herald.site.asked(herald.path(report)))


def break_off(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Le")


def run_until_done(pipeline: Pipeline, hours: int = 48) -> None:
    """Let time pass by the hour until every article has been read."""
    for _ in range(hours):
        pipeline.runs("fetch", "read", "deliver")
        if all(article.state == "done" for article in pipeline.articles()):
            return
        pipeline.waits(hours=1)
    raise AssertionError(f"not read after {hours} hours")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_a_page_that_cannot_be_had_is_read_from_the_feed_and_says_why(
    following: Pipeline, herald: Outlet, status: int
) -> None:
    herald.lists(SUMMED_UP)
    herald.site.fails(herald.path(SUMMED_UP), status)

    following.runs()

    [article] = following.articles()
    assert (article.state, article.text) == ("done", SUMMARY)
    assert str(status) in article.page_error
    assert following.reasons() == ["first"]
    assert asked_for_page(herald) == 1


def test_a_page_that_fails_in_passing_is_tried_again_later(following: Pipeline, herald: Outlet) -> None:
    herald.publishes(SUMMED_UP)
    herald.site.fails(herald.path(SUMMED_UP), 502)
    following.runs()
    [article] = following.articles()
    assert (article.state, article.attempts) == ("fetch", 1)
    assert "502" in article.last_error
    assert timedelta(seconds=15) <= article.next_attempt_at - following.now <= timedelta(minutes=5)

    following.runs()
    assert asked_for_page(herald) == 1  # not before its time

    herald.publishes(SUMMED_UP)
    following.waits(minutes=10)
    following.runs()

    [article] = following.articles()
    assert (article.state, article.page_error, article.last_error) == ("done", "", "")
    assert AGROUND.paragraphs[-1] in article.text
    assert asked_for_page(herald) == 2


def test_a_page_that_fails_again_and_again_is_given_up_for_the_feeds_text(following: Pipeline, herald: Outlet) -> None:
    herald.lists(SUMMED_UP)
    herald.site.fails(herald.path(SUMMED_UP), 500)
    following.runs()

    run_until_done(following)

    [article] = following.articles()
    assert article.text == SUMMARY
    assert "500" in article.page_error
    assert asked_for_page(herald) == following.runtime.settings.max_attempts
    assert following.reasons() == ["first"]


def test_a_server_that_breaks_off_costs_an_attempt_and_no_more(
    following: Pipeline, herald: Outlet, courier: Outlet
) -> None:
    herald.lists(SUMMED_UP)
    herald.site.plays(herald.path(SUMMED_UP), break_off)
    courier.publishes(STEERING)
    following.polls(courier.feed_url)

    following.runs()

    assert following.article(herald.url(SUMMED_UP)).attempts == 1
    assert following.article(courier.url(STEERING)).state == "done"


def test_a_page_that_moved_is_read_where_it_is(following: Pipeline, herald: Outlet, site: Site) -> None:
    herald.publishes(SUMMED_UP)
    site.serves("/now/here", page(SUMMED_UP))
    site.moves(herald.path(SUMMED_UP), "/now/here")
    following.runs()
    [article] = following.articles()
    assert article.url == herald.url(SUMMED_UP)
    assert AGROUND.paragraphs[-1] in article.text


def test_a_page_under_two_addresses_is_stored_once(following: Pipeline, herald: Outlet) -> None:
    herald.publishes(AGROUND)
    herald.publishes(AGROUND.named("aground-2"))
    following.runs()
    assert len(following.articles()) == 2
    assert len(following.all(Body)) == 1


# --- Politeness ---


def test_a_page_that_robots_txt_keeps_from_us_is_not_fetched(following: Pipeline, herald: Outlet) -> None:
    herald.site.serves("/robots.txt", "User-agent: *\nDisallow: /herald/aground\n")
    herald.publishes(SUMMED_UP)
    herald.publishes(STEERING)

    following.runs()

    article = following.article(herald.url(SUMMED_UP))
    assert asked_for_page(herald) == 0
    assert (article.state, article.text) == ("done", SUMMARY)
    assert "robots.txt" in article.page_error
    assert asked_for_page(herald, STEERING) == 1


def test_robots_txt_that_names_us_counts_more_than_what_it_tells_others(following: Pipeline, herald: Outlet) -> None:
    herald.site.serves("/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: Storytrail\nDisallow: /\n")
    herald.publishes(SUMMED_UP)
    following.runs()
    assert asked_for_page(herald) == 0


def test_as_long_as_robots_txt_cannot_be_read_nothing_is_fetched(following: Pipeline, herald: Outlet) -> None:
    herald.site.fails("/robots.txt", 503)
    herald.publishes(SUMMED_UP)
    following.runs()
    assert asked_for_page(herald) == 0
    assert following.articles()[0].state == "fetch"

    herald.site.serves("/robots.txt", "")
    following.waits(hours=2)
    following.runs()
    assert asked_for_page(herald) == 1


def test_robots_txt_is_asked_for_once_for_many_pages(following: Pipeline, herald: Outlet) -> None:
    for number in range(5):
        herald.publishes(STEERING.named(f"report-{number}"))
    following.runs()
    assert len(herald.site.asked("/robots.txt")) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_gets_no_request_for_any_page(
    following: Pipeline, herald: Outlet, status: int
) -> None:
    """The second page is not even tried, and that is not held against it."""
    herald.publishes(AGROUND)
    herald.publishes(STEERING)
    herald.site.fails(herald.path(AGROUND), status, headers={"Retry-After": "1800"})

    following.runs()

    first, second = following.article(herald.url(AGROUND)), following.article(herald.url(STEERING))
    assert asked_for_page(herald, STEERING) == 0
    assert (first.attempts, second.attempts) == (1, 0)
    assert first.next_attempt_at >= following.now + timedelta(minutes=30)
    assert second.next_attempt_at >= following.now + timedelta(minutes=29)

    herald.publishes(AGROUND)
    following.waits(hours=1)
    following.restarts()  # the pace of a host is kept by the wall clock, which this test cannot move
    following.runs()
    assert {article.state for article in following.articles()} == {"done"}


def test_a_crawl_delay_leaves_the_second_page_for_later(following: Pipeline, herald: Outlet) -> None:
    herald.site.serves("/robots.txt", TOO_OFTEN)
    herald.publishes(AGROUND)
    herald.publishes(STEERING)

    following.runs()

    second = following.article(herald.url(STEERING))
    assert asked_for_page(herald, AGROUND) == 1
    assert asked_for_page(herald, STEERING) == 0
    assert (second.state, second.attempts) == ("fetch", 0)
    assert timedelta(0) < second.next_attempt_at - following.now <= timedelta(minutes=1)


def test_a_host_at_rest_does_not_hold_up_another(following: Pipeline, herald: Outlet) -> None:
    with Site("127.0.0.2") as elsewhere:
        courier = Outlet(elsewhere, "Courier")
        courier.publishes(STEERING)
        following.polls(courier.feed_url)
        herald.publishes(AGROUND)
        herald.site.fails(herald.path(AGROUND), 429)
        following.runs()
        assert following.article(courier.url(STEERING)).state == "done"
        assert following.article(herald.url(AGROUND)).state == "fetch"


# --- Addresses that are not for us ---


def test_a_link_to_a_private_address_is_refused_and_the_article_kept(following: Pipeline, herald: Outlet) -> None:
    herald.lists(SUMMED_UP, "http://192.168.77.1/aground")

    following.runs()

    [article] = following.articles()
    assert (article.state, article.text) == ("done", SUMMARY)
    assert article.page_error
