"""The site over HTTP: conditional requests, the clock, the odd feeds, the command."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import feedparser
import pytest

from seeds.answers import FAILING_FEED, MOVED_FEED, PRIVATE, SLOW_FEED_SECONDS
from seeds.site import Site
from seeds.world import World
from tests.seeds.conftest import fetch

NOT_WORKING = FAILING_FEED, MOVED_FEED


def working_feeds(site: Site) -> list[str]:
    return [url for url in site.feed_urls() if not url.endswith(NOT_WORKING)]


def listed(url: str) -> list[str]:
    """The articles' addresses in a feed of any kind."""
    reply = fetch(url)
    assert reply.status == 200
    if "json" in reply.headers["content-type"]:
        return [item["url"] for item in json.loads(reply.body)["items"]]
    return [entry.link for entry in feedparser.parse(reply.body).entries]


def listed_anywhere(site: Site) -> list[str]:
    return [address for url in working_feeds(site) for address in listed(url)]


def test_nothing_is_out_before_the_clock_moves(site: Site) -> None:
    assert site.served_entries() == ()
    assert listed_anywhere(site) == []


def test_all_articles_are_listed_once_at_the_end(site: Site, world: World) -> None:
    site.end()
    assert sorted(listed_anywhere(site)) == sorted(site.served_entries())
    assert len(site.served_entries()) == len(world.articles)


def test_walking_the_steps_misses_nothing(site: Site, world: World) -> None:
    seen: list[int] = []
    for moment in site.steps():
        site.advance_to(moment)
        assert set(site.served_entries()) == set(listed_anywhere(site))
        seen.append(len(site.served_entries()))
    assert len(seen) == 6
    assert seen == sorted(set(seen))  # each half day brings something
    assert seen[-1] == len(world.articles)


def test_an_article_is_out_from_its_moment_on(site: Site, world: World) -> None:
    article = world.articles[10]
    site.advance_to(article.published - timedelta(seconds=1))
    assert fetch(site.base_url + article.path).status == 404
    site.advance_to(article.published)
    assert fetch(site.base_url + article.path).status == 200


def test_the_clock_never_goes_back(site: Site) -> None:
    first, second, *_ = site.steps()
    site.advance_to(second)
    with pytest.raises(ValueError, match="cannot go back"):
        site.advance_to(first)
    site.advance_to(second)
    assert site.now == second


def test_every_page_is_served_in_its_own_encoding(site: Site, world: World) -> None:
    site.end()
    for article in world.articles:
        outlet = world.outlet(article.outlet)
        reply = fetch(site.base_url + article.path)
        assert (reply.status, reply.headers["content-type"]) == (200, f"text/html; charset={outlet.charset}")
        assert article.as_of(site.now).title.split("'")[-1] in reply.body.decode(outlet.charset)


@pytest.mark.parametrize("address", ["/meridian/rss.xml", "/svitanok/atom.xml", "/open-ledger/feed.json", "/kopru/"])
def test_what_is_unchanged_is_not_sent_again(site: Site, address: str) -> None:
    first, second, *_ = site.steps()
    site.advance_to(first)
    reply = fetch(site.base_url + address)
    again = fetch(site.base_url + address, If_None_Match=reply.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", reply.headers["etag"])
    assert fetch(site.base_url + address, If_Modified_Since=reply.headers["last-modified"]).status == 304

    site.advance_to(second)
    assert fetch(site.base_url + address, If_None_Match=reply.headers["etag"]).status == 200
    assert fetch(site.base_url + address, If_Modified_Since=reply.headers["last-modified"]).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": "*"}, 200),  # of no use for reading; answered in full
        ({"If_None_Match": 'W/{etag}, "other"'}, 304),  # weak, and one of several
        ({"If_None_Match": '"other"', "If_Modified_Since": "Fri, 21 Nov 2036 00:00:00 GMT"}, 200),  # the tag decides
        ({"If_Modified_Since": "last Tuesday"}, 200),
        ({"If_Modified_Since": "Mon, 17 Nov 2025 00:00:00 GMT"}, 200),
    ],
)
def test_conditions_are_read_as_http_says(site: Site, headers: dict[str, str], status: int) -> None:
    site.end()
    etag = fetch(working_feeds(site)[0]).headers["etag"]
    sent = {name: value.format(etag=etag) for name, value in headers.items()}
    assert fetch(working_feeds(site)[0], **sent).status == status


def test_a_correction_changes_page_and_feed(site: Site, world: World) -> None:
    (article,) = [article for article in world.articles if article.revision]
    assert article.revision is not None
    page, feed = site.base_url + article.path, site.base_url + world.outlet(article.outlet).feed_address
    site.advance_to(article.revision.at - timedelta(seconds=1))
    before = fetch(page), fetch(feed)
    site.advance_to(article.revision.at)
    after = fetch(page), fetch(feed)

    assert b"14 people were injured aboard" in before[0].body
    assert b"17 people were injured aboard" in after[0].body
    assert b"Correction, 19 November" in after[0].body
    for old, new in zip(before, after, strict=True):
        assert old.headers["etag"] != new.headers["etag"]
        assert old.headers["last-modified"] != new.headers["last-modified"]


def test_one_feed_always_fails(site: Site) -> None:
    for moment in site.steps():
        site.advance_to(moment)
        assert fetch(site.base_url + FAILING_FEED).status == 500


def test_one_feed_has_moved_to_a_working_one(site: Site) -> None:
    site.end()
    reply = fetch(site.base_url + MOVED_FEED)
    assert reply.status == 301
    assert reply.headers["location"] in working_feeds(site)
    assert len(listed(reply.headers["location"])) > 1


def test_one_feed_keeps_its_readers_waiting(site: Site, world: World, pauses: list[float]) -> None:
    site.end()
    (slow,) = [outlet for outlet in world.outlets if outlet.slow_feed]
    listed_anywhere(site)
    assert pauses == [SLOW_FEED_SECONDS]
    assert len(listed(site.base_url + slow.feed_address)) == 1


def test_robots_may_read_everything_but_one_folder(site: Site) -> None:
    robots = fetch(site.base_url + "/robots.txt").body.decode()
    assert robots.splitlines() == ["User-agent: *", f"Disallow: {PRIVATE}"]
    assert fetch(site.base_url + PRIVATE).status == 200  # so that a robot that comes is noticed in the log


def test_a_home_page_names_its_feed(site: Site, world: World) -> None:
    site.end()
    for outlet in world.outlets:
        page = fetch(site.base_url + outlet.home_address).body.decode(outlet.charset)
        assert '<link rel="alternate" type="application/' in page
        assert f'href="{site.base_url}{outlet.feed_address}"' in page


def test_requests_are_remembered_with_their_status(site: Site) -> None:
    fetch(site.base_url + "/robots.txt")
    fetch(site.base_url + "/nowhere?at=all")
    assert site.requests == (("/robots.txt", 200), ("/nowhere?at=all", 404))


@contextmanager
def running(*options: str) -> Iterator[str]:
    """The site as a command; gives the line that it prints."""
    command = [sys.executable, "-m", "seeds.site", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()


def test_the_command_serves_up_to_a_moment() -> None:
    with running("--at", "2025-11-18T07:30Z") as line:
        url = line.split()[-1]
        assert line == f"News site at {url}\n"
        assert listed(f"{url}slow-mail/feed") == [f"{url}slow-mail/canal-boats-race-in-reverse"]
        assert listed(f"{url}meridian/rss.xml") == [f"{url}meridian/2025/11/18/halderman-offers-for-quenby"]
        assert listed(f"{url}harbour-post/feed/atom") == []
